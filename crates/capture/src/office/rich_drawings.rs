//! Pictures and drawings of an RTF file while they go by.

use throughline_model::{Picture, Sha256};

use super::flow::Flow;

/// What the pictures of one file may have together, in bytes.
const MOST_BYTES: usize = 48 << 20;

/// How much of a property is kept, in bytes.
const LONGEST: usize = 2_000;

/// The pictures that were taken, and what is open.
#[derive(Default)]
pub(super) struct Drawings {
    /// The bytes of each picture, once.
    pub(super) pictures: Vec<Vec<u8>>,
    bytes: usize,
    /// How many pictures were over what there was room for.
    pub(super) too_large: u32,
    open: Option<Drawn>,
    /// A property of a drawing or a picture: its name and its value.
    property: (String, String),
    /// What is said in place of the picture of the drawing that is open, and whether that picture
    /// has gone by.
    caption: Option<String>,
    shown: bool,
}

/// A picture while its digits go by.
#[derive(Default)]
struct Drawn {
    /// That of its format, which is not known before its digits in every file.
    extension: Option<&'static str>,
    bytes: Vec<u8>,
    digit: Option<u8>,
    too_large: bool,
    caption: Option<String>,
}

impl Drawn {
    /// More bytes, as long as there is room; of a picture that has none, nothing is kept.
    fn push(&mut self, bytes: &[u8], room: usize) {
        self.too_large |= bytes.len() > room.saturating_sub(self.bytes.len());
        match self.too_large {
            true => self.bytes = Vec::new(),
            false => self.bytes.extend_from_slice(bytes),
        }
    }
}

impl Drawings {
    /// A drawing begins.
    pub(super) fn begin(&mut self) {
        (self.caption, self.shown) = (None, false);
    }

    pub(super) fn begin_picture(&mut self) {
        self.open = Some(Drawn::default());
    }

    /// Of which format the open picture is.
    pub(super) fn is_of(&mut self, extension: &'static str) {
        if let Some(picture) = &mut self.open {
            picture.extension = Some(extension);
        }
    }

    /// Digits of the open picture.
    pub(super) fn digits(&mut self, digits: &[u8]) {
        let room = MOST_BYTES.saturating_sub(self.bytes);
        let Some(picture) = &mut self.open else { return };
        for digit in digits.iter().filter_map(|digit| char::from(*digit).to_digit(16)) {
            let digit = digit as u8;
            match picture.digit.take() {
                Some(high) => picture.push(&[high << 4 | digit], room),
                None => picture.digit = Some(digit),
            }
        }
    }

    /// Bytes of the open picture, where the file does not spell them.
    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        let room = MOST_BYTES.saturating_sub(self.bytes);
        if let Some(picture) = &mut self.open {
            picture.push(bytes, room);
        }
    }

    /// The open picture is complete. What is kept of one in a format that nothing here looks at is
    /// its bytes.
    pub(super) fn end_picture(&mut self, flow: &mut Flow) {
        let Some(picture) = self.open.take() else { return };
        self.too_large += u32::from(picture.too_large);
        let Drawn { extension, bytes, caption, .. } = picture;
        if bytes.is_empty() {
            return;
        }
        self.bytes += bytes.len();
        let extension = extension.map(|extension| format!(".{extension}")).unwrap_or_default();
        let name = format!("picture {}{extension}", self.pictures.len() + 1);
        let sha256 = Some(Sha256::of(&bytes));
        let caption = caption.or_else(|| self.caption.take());
        flow.picture(Picture { sha256, name, caption, at: None });
        self.shown = true;
        if !self.pictures.contains(&bytes) {
            self.pictures.push(bytes);
        }
    }

    pub(super) fn begin_property(&mut self) {
        self.property = Default::default();
    }

    /// A piece of a property's name.
    pub(super) fn name(&mut self, text: &str) {
        push(&mut self.property.0, text);
    }

    /// A piece of its value.
    pub(super) fn value(&mut self, text: &str) {
        push(&mut self.property.1, text);
    }

    /// A property is complete: what is said in place of a picture stands within the picture, or
    /// beside it in its drawing, before it or after.
    pub(super) fn end_property(&mut self, flow: &mut Flow) {
        let (name, value) = std::mem::take(&mut self.property);
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.trim() != "wzDescription" || value.is_empty() {
            return;
        }
        match &mut self.open {
            Some(picture) => picture.caption = Some(value),
            None if self.shown => flow.caption(&value),
            None => self.caption = Some(value),
        }
    }
}

fn push(into: &mut String, text: &str) {
    if into.len() < LONGEST {
        into.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::Document;

    use crate::{Given, read_rtf};

    fn text_of(body: &str) -> Document {
        let file = format!("{{\\rtf1\\ansi\\ansicpg1252\\deff0{body}}}");
        read_rtf(file.as_bytes(), &Given::default()).unwrap().document
    }

    #[test]
    fn pictures_are_taken_once() {
        let picture = "{\\*\\shppict{\\pict{\\*\\blipuid aabb}\\pngblip\\picw9 8950\n4e47}}\
            {\\nonshppict{\\pict\\wmetafile8 0102}}";
        let file = format!("{{\\rtf1 A{picture}B{picture}\\par}}");
        let read = read_rtf(file.as_bytes(), &Given::default()).unwrap();
        assert_eq!(read.pictures, [b"\x89PNG".to_vec()]);
        assert_eq!((read.document.text.as_str(), read.document.pictures.len()), ("AB", 2));
    }

    #[test]
    fn drawings_lend_their_text_and_their_pictures() {
        let box_of = |inner: &str| {
            format!(
                "{{\\shp{{\\*\\shpinst\\shpz1{{\\sp{{\\sn shapeType}}{{\\sv 202}}}}{{\\shptxt \\s3 {inner}\\par}}}}\
                 {{\\shprslt old}}}}"
            )
        };
        let picture = "{\\shp{\\*\\shpinst{\\sp{\\sn wzDescription}{\\sv The quay\\u8217 \\'92s end}}\
             {\\sp{\\sn pib}{\\sv {\\pict\\pngblip 89504e47}}}}}";
        let file = format!("Before.{}After.\\par", box_of(&format!("{picture}Figure 1: a quay")));
        let document = text_of(&file);
        assert_eq!(document.text, "Before.\n\nFigure 1: a quay\n\nAfter.");
        assert_eq!(document.pictures[0].caption.as_deref(), Some("The quay’s end"));
        // Word says it after the picture, or within.
        for said in [
            "{\\shp{\\*\\shpinst{\\sp{\\sn pib}{\\sv {\\pict\\pngblip 8950}}}\
             {\\sp{\\sn wzDescription}{\\sv A quay}}}}",
            "{\\*\\shppict{\\pict{\\*\\picprop{\\sp{\\sn wzDescription}{\\sv A quay}}}\\pngblip 8950}}",
        ] {
            let document = text_of(&format!("{said}Text.\\par"));
            assert_eq!(document.pictures[0].caption.as_deref(), Some("A quay"), "{said}");
            assert_eq!(document.text, "Text.");
        }
        let cell = text_of(&format!(
            "\\trowd\\pard\\intbl A {} rest\\cell B\\cell\\row\\pard After\\par",
            box_of("\\pard C\\par D")
        ));
        assert_eq!(cell.text, "A C D rest | B\n\nAfter");
        // In a running head it stays one, and in a note it is of the note.
        let head = text_of(&format!(
            "{{\\header {}}}A{{\\footnote B {}}}.\\par",
            box_of("Ministry"),
            box_of("C")
        ));
        assert_eq!(head.text, "A.\n\n1 B C\n\nMinistry");
    }

    #[test]
    fn pictures_that_nothing_here_looks_at_are_kept_as_bytes() {
        let file = b"{\\rtf1 A{\\pict\\emfblip 0100}B{\\pict\\wmetafile8 0900}C{\\pict 07}\
            D{\\pict\\pngblip\\bin4 }}}{}\\par}";
        let read = read_rtf(file, &Given::default()).unwrap();
        assert_eq!(read.document.text, "ABCD");
        let names: Vec<&str> =
            read.document.pictures.iter().map(|picture| picture.name.as_str()).collect();
        assert_eq!(names, ["picture 1.emf", "picture 2.wmf", "picture 3", "picture 4.png"]);
        assert_eq!(read.pictures, [&b"\x01\0"[..], b"\x09\0", b"\x07", b"}}}{"]);
        assert!(read.document.notes.is_empty(), "{:?}", read.document.notes);
    }

    #[test]
    fn a_picture_without_room_is_told_of() {
        let bytes = vec![0; super::MOST_BYTES + 1];
        let head = format!("{{\\rtf1 A{{\\pict\\pngblip\\bin{} ", bytes.len());
        let file = [head.as_bytes(), &bytes, b"}{\\pict\\pngblip 8950}\\par}"].concat();
        let read = read_rtf(&file, &Given::default()).unwrap();
        assert_eq!(read.pictures, [b"\x89P"]);
        let note = "1 picture left out, since all of them are too large together";
        assert_eq!(read.document.notes, [note]);
    }
}

//! Rich text (.rtf), as word processors save it for one another.
//!
//! A file is groups in groups. A group that begins with a word for something else than text, such
//! as a table of fonts, is passed over with all that it holds, and so is every group that is marked
//! as one to pass over by whoever does not know it.

use throughline_model::{Document, Sha256};

use super::Illustrated;
use super::flow::{Flow, Kind};
use super::note_numbers::NoteNumbers;
use super::rich_about::About;
use super::rich_drawings::Drawings;
use super::rich_edges::Edges;
use super::rich_languages::Languages;
use super::rich_letters::{Letters, sign};
use super::rich_places::Place;
use super::rich_state::State;
use super::rich_styles::Styles;
use super::rich_tokens::{Token, Tokens};
use super::told::Told;
use crate::{Cause, Given, MAX_TEXT_BYTES};

pub(super) const FORMAT: &str = "RTF";

/// The largest file that is read, in bytes; its pictures are spelled in digits, two for a byte.
pub const MAX_RTF_BYTES: u64 = 64 << 20;

/// How deep groups may lie in one another; those of Word lie some ten deep.
const DEEPEST: usize = 500;

/// A document from the bytes of a file of rich text, with the pictures in it.
///
/// What is taken in and left out is as for [`read_docx`](crate::read_docx).
///
/// # Errors
/// [`Cause::TooLarge`] if the file or its text is over the limit; [`Cause::Unsound`] if it is no rich
/// text; [`Cause::Empty`].
pub fn read_rtf(bytes: &[u8], given: &Given) -> Result<Illustrated, Cause> {
    let size = bytes.len() as u64;
    if size > MAX_RTF_BYTES {
        return Err(Cause::TooLarge { bytes: Some(size), limit: MAX_RTF_BYTES });
    }
    if !bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return Err(Cause::Unsound { format: FORMAT });
    }
    let mut reading = Reading::new();
    for token in Tokens::of(bytes) {
        reading.take(token)?;
    }
    reading.finish(Document::bare(Sha256::of(bytes)), given)
}

/// A file while its pieces go by.
pub(super) struct Reading {
    pub(super) letters: Letters,
    open: Vec<State>,
    /// Bytes of one font that wait for the rest of their letter.
    bytes: Vec<u8>,
    /// Half a letter, where it takes two numbers.
    half: Option<u16>,
    /// How many pieces are still to be passed over.
    spared: usize,
    /// Whether the next word opens what only some programs know.
    star: bool,
    /// Whether a group has just begun.
    begun: bool,
    /// Whether the next group says once more in other letters what follows it.
    pub(super) twice: bool,
    pub(super) flow: Flow,
    pub(super) told: Told,
    pub(super) styles: Styles,
    /// Cells that ended since the last text of the row.
    pub(super) cells: usize,
    /// The font that the table of fonts tells of.
    pub(super) font: i32,
    pub(super) about: About,
    edges: Edges,
    note: Option<String>,
    /// Whether the open note is one at the end of the text, and how notes are numbered.
    pub(super) endnote: bool,
    pub(super) notes: NoteNumbers,
    pub(super) drawings: Drawings,
    /// The language of what does not say its own, and how much text is in which.
    pub(super) default_language: Option<i32>,
    languages: Languages,
    text_bytes: u64,
}

impl Reading {
    fn new() -> Reading {
        Reading {
            letters: Letters::new(),
            open: vec![State::first()],
            bytes: Vec::new(),
            half: None,
            spared: 0,
            star: false,
            begun: false,
            twice: false,
            flow: Flow::default(),
            told: Told::default(),
            styles: Styles::default(),
            cells: 0,
            font: 0,
            about: About::default(),
            edges: Edges::default(),
            note: None,
            endnote: false,
            notes: NoteNumbers::with_endnotes("decimal"),
            drawings: Drawings::default(),
            default_language: None,
            languages: Languages::default(),
            text_bytes: 0,
        }
    }

    pub(super) fn state(&mut self) -> &mut State {
        // The first is never closed.
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    fn take(&mut self, token: Token) -> Result<(), Cause> {
        let begun = std::mem::take(&mut self.begun);
        match token {
            Token::Open => {
                self.flush();
                self.spared = 0;
                self.begun = true;
                if self.open.len() > DEEPEST {
                    return Err(Cause::Unsound { format: FORMAT });
                }
                let mut inner = self.state().clone();
                if std::mem::take(&mut self.twice) {
                    inner.place = Place::Nowhere;
                }
                self.open.push(inner);
            }
            Token::Close => {
                self.flush();
                self.spared = 0;
                self.star = false;
                if self.open.len() > 1 {
                    let closed = self.open.pop().map(|state| state.place);
                    let around = self.state().place;
                    if let Some(place) = closed.filter(|place| *place != around) {
                        self.close(place);
                    }
                }
            }
            Token::Symbol(b'*') if begun => self.star = true,
            Token::Text(text) => {
                let spared = self.spared.min(text.len());
                self.spared -= spared;
                if spared < text.len() {
                    self.take_text(&text[spared..]);
                }
            }
            Token::Byte(_) | Token::Symbol(_) | Token::Binary(_) if self.spared > 0 => {
                self.spared -= 1
            }
            Token::Byte(byte) => self.take_bytes(&[byte]),
            Token::Binary(bytes) => {
                self.flush();
                if self.state().place == Place::Picture {
                    self.drawings.bytes(bytes);
                }
            }
            Token::Symbol(symbol @ (b'\\' | b'{' | b'}')) => self.take_bytes(&[symbol]),
            Token::Symbol(symbol) => {
                self.flush();
                match symbol {
                    b'~' => self.say(" "),
                    b'_' => self.say("-"),
                    b'\r' | b'\n' => self.paragraph(),
                    _ => {}
                }
            }
            Token::Word(word, number) => {
                self.spared = 0;
                if !matches!(word, "u" | "uc") {
                    self.flush();
                }
                let star = std::mem::take(&mut self.star);
                self.word(word, number, star);
            }
        }
        match self.text_bytes > MAX_TEXT_BYTES {
            true => Err(Cause::TooLarge { bytes: None, limit: MAX_TEXT_BYTES }),
            false => Ok(()),
        }
    }

    fn take_text(&mut self, text: &[u8]) {
        if self.state().place == Place::Picture {
            return self.drawings.digits(text);
        }
        self.take_bytes(text);
    }

    fn take_bytes(&mut self, bytes: &[u8]) {
        if let Some(half) = self.half.take() {
            self.say_units(&[half]);
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// The letters of the bytes that wait.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let font = self.state().font;
        let text = self.letters.decode(&bytes, font);
        self.say(&text);
    }

    /// A letter by its number in UTF-16.
    pub(super) fn unit(&mut self, number: i32) {
        self.flush();
        let unit = number as u16;
        match (self.half.take(), unit) {
            (None, 0xD800..=0xDBFF) => self.half = Some(unit),
            (Some(half), _) => self.say_units(&[half, unit]),
            (None, 0xF000..=0xF0FF) => {
                if let Some(sign) = sign(u32::from(unit)) {
                    self.say(sign.encode_utf8(&mut [0; 4]));
                }
            }
            (None, unit) => self.say_units(&[unit]),
        }
        self.spared = self.state().spare;
    }

    fn say_units(&mut self, units: &[u16]) {
        let text = String::from_utf16_lossy(units);
        self.say(&text);
    }

    /// Text for wherever it stands.
    pub(super) fn say(&mut self, text: &str) {
        let State { hidden, deleted, struck, language, eastern, .. } = *self.state();
        if hidden || deleted || struck {
            return;
        }
        match self.state().text_of() {
            Place::Body => {
                self.text_bytes += text.len() as u64;
                if self.cells > 0 && !text.trim().is_empty() {
                    let bars = std::mem::take(&mut self.cells);
                    if !self.flow.is_blank() {
                        self.flow.push(&" |".repeat(bars.min(50)));
                        self.flow.push(" ");
                    }
                }
                self.languages.take(text, language.or(self.default_language), eastern);
                self.flow.push(text);
            }
            Place::Note => {
                self.text_bytes += text.len() as u64;
                self.note.get_or_insert_default().push_str(text);
            }
            Place::Title => self.about.title(text),
            Place::Author => self.about.author(text),
            Place::Edge => self.edges.push(text),
            Place::Property => self.drawings.name(text),
            Place::Value => self.drawings.value(text),
            Place::Styles => self.styles.name(text),
            Place::Nowhere
            | Place::Fonts
            | Place::About
            | Place::Made
            | Place::Changed
            | Place::Picture
            | Place::Shape
            | Place::Box => {}
        }
    }

    /// What the open paragraph is, by its style and its level.
    pub(super) fn kind(&mut self) -> Kind {
        let State { style, level, .. } = *self.state();
        self.styles.kind(style, level)
    }

    /// A group begins that is for something of its own.
    pub(super) fn enter(&mut self, place: Place, word: &str) {
        // What lies in what is not read is not read either.
        let state = self.state().place;
        let known = place == Place::Author && self.about.has_author();
        if state == Place::Nowhere || known {
            self.state().place = Place::Nowhere;
            return;
        }
        if state == Place::Edge && word == "fldinst" {
            self.edges.count();
        }
        self.told.comments += u32::from(word == "annotation");
        self.state().place = place;
        match place {
            Place::Note => (self.note, self.endnote) = (Some(String::new()), false),
            Place::Picture => self.drawings.begin_picture(),
            Place::Property => self.drawings.begin_property(),
            Place::Shape if word == "shpinst" => {
                let around = if state == Place::Box { self.state().around } else { state };
                self.state().around = around;
                self.drawings.begin();
            }
            Place::Box => self.begin_box(),
            _ => {}
        }
    }

    /// What was gathered in a group that is closed.
    fn close(&mut self, place: Place) {
        match place {
            Place::Note => {
                let note = self.note.take().unwrap_or_default();
                let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
                if !note.is_empty() {
                    let number = self.notes.next(self.endnote);
                    self.flow.note(format!("{number} {note}"));
                }
            }
            Place::Picture => self.drawings.end_picture(&mut self.flow),
            Place::Value => self.drawings.end_property(&mut self.flow),
            Place::Box if self.state().around == Place::Body => match self.state().is_in_a_row() {
                true => self.flow.push(" "),
                false => self.flow.end(Kind::Text),
            },
            Place::Edge => self.edges.end(),
            _ => {}
        }
    }

    /// The text in a drawing begins: it comes before the rest of the paragraph that the drawing
    /// stands in.
    fn begin_box(&mut self) {
        let State { around, in_table, .. } = *self.state();
        if around == Place::Body && !in_table && !self.flow.is_blank() {
            let kind = self.kind();
            self.flow.end(kind);
        }
        let state = self.state();
        state.paragraph_as_usual();
        state.in_cell |= in_table;
    }

    fn finish(mut self, mut document: Document, given: &Given) -> Result<Illustrated, Cause> {
        self.flush();
        let kind = self.kind();
        self.flow.end(kind);
        self.about.tell(&mut document);
        for edge in self.edges.lines() {
            self.flow.push(edge);
            self.flow.end(Kind::Furniture);
        }
        self.flow.finish(&mut document);
        self.told.too_large = self.drawings.too_large;
        self.told.push_to(&mut document.notes);
        if let Some(page) = self.letters.unknown {
            document.notes.push(format!(
                "its code page {page} is not known here, and was read as that of Western Europe"
            ));
        }
        document.source = given.source.clone();
        document.published = given.published.clone();
        document.url = given.url.clone();
        let language = self.languages.most().map(str::to_owned);
        document.language = language.or_else(|| given.language.clone());
        match document.text.is_empty() && document.pictures.is_empty() {
            true => Err(Cause::Empty),
            false => Ok(Illustrated { document, pictures: self.drawings.pictures }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Document {
        let file = format!("{{\\rtf1\\ansi\\ansicpg1252\\deff0{body}}}");
        read_rtf(file.as_bytes(), &Given::default()).unwrap().document
    }

    #[test]
    fn letters_of_several_code_pages_and_of_unicode() {
        let fonts =
            "{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}{\\f2\\fcharset2 Symbol;}}";
        for (body, want) in [
            ("The caf\\'e9\\par", "The café"),
            ("{\\f1 \\'cc\\'e8\\'f0} \\'e9", "Мир é"),
            ("{\\f2\\'b7\\tab}One", "• One"),
            ("\\u1052?\\u1080 ?\\u1088\\'3f.", "Мир."),
            ("{\\uc2\\u8364\\'80\\'80x}\\u8364?y", "€x€y"),
            ("{\\uc0\\u8364 x}", "€x"),
            ("\\u-10179?\\u-8704?", "😀"),
            ("\\ldblquote A\\rdblquote\\emdash b\\~c\\-d\\_e \\{f\\}\\\\", "“A”—b cd-e {f}\\"),
            ("a\\bin3 }}}b\nc", "abc"),
        ] {
            assert_eq!(read(&format!("{fonts}{body}")).text, want, "{body}");
        }
    }

    #[test]
    fn what_is_no_text_is_left_out_with_a_note() {
        let document = read(
            "{\\info{\\title The Lenn report}{\\author Ada Marsh}{\\operator x}}{\\*\\unknown a {b}}\
             {\\header Inquiry\\par}{\\v hidden}A{\\deleted b}{\\revised c}.{\\*\\annotation no}\
             {\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt  here}}{\\footnote {\\super 1} By him.}\\par\
             {\\upr{ansi}{\\*\\ud{unicode}}}\\par",
        );
        assert_eq!(document.text, "Ac. here\n\n1 1 By him.\n\nunicode\n\nInquiry");
        assert_eq!(document.title.as_deref(), Some("The Lenn report"));
        assert_eq!(document.byline.as_deref(), Some("Ada Marsh"));
        assert_eq!(document.notes.len(), 4, "{:?}", document.notes);
        let last = document.zones.last().unwrap();
        assert_eq!(last.role, throughline_model::ZoneRole::Section);
    }

    #[test]
    fn headings_and_tables() {
        let document = read(
            "{\\stylesheet{\\s0 Normal;}{\\s1\\sbasedon0 heading 1;}{\\s2 Title;}}\
             \\pard\\s2 The report\\par\\pard\\s1 One\\par\\pard A.\\line B.\\par\
             \\trowd\\pard\\intbl Lenn\\cell two\\par dead\\cell\\cell\\row\\pard After.\\par",
        );
        assert_eq!(document.text, "The report\n\nOne\n\nA.\nB.\n\nLenn | two dead\n\nAfter.");
        use throughline_model::ZoneRole as Z;
        let roles: Vec<Z> = document.zones.iter().map(|zone| zone.role).collect();
        assert_eq!(roles, [Z::Headline, Z::Section, Z::Body, Z::Body, Z::Body]);
    }

    #[test]
    fn the_language_is_that_of_most_of_the_text() {
        let said = "\\deflang1033\\pard\\plain\\lang2057 Two men {\\lang1031 zwei} were held.\\par";
        assert_eq!(read(said).language.as_deref(), Some("en-GB"));
        assert_eq!(read("\\deflang1036 Deux hommes.").language.as_deref(), Some("fr-FR"));
        assert_eq!(read("\\lang1024 Two men.").language, None);
        assert_eq!(read("Two men.").language, None);
    }

    #[test]
    fn hostile_files_are_read_in_bounds() {
        let given = Given::default();
        let deep = "{\\rtf1 ".to_owned() + &"{".repeat(100_000);
        assert!(matches!(read_rtf(deep.as_bytes(), &given), Err(Cause::Unsound { .. })));
        let long = format!("{{\\rtf1 {}}}", "word ".repeat(2 << 20));
        assert!(matches!(read_rtf(long.as_bytes(), &given), Err(Cause::TooLarge { .. })));
        let closed = "{\\rtf1 }}}}}A\\par";
        assert_eq!(read_rtf(closed.as_bytes(), &given).unwrap().document.text, "A");
        let cells = format!("{{\\rtf1 a{}b}}", "\\cell".repeat(100_000));
        assert!(read_rtf(cells.as_bytes(), &given).unwrap().document.text.len() < 200);
        assert!(matches!(read_rtf(b"{\\rtf1}", &given), Err(Cause::Empty)));
        assert!(matches!(read_rtf(b"rtf", &given), Err(Cause::Unsound { .. })));
    }
}

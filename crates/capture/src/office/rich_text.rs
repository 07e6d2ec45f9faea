//! Rich text (.rtf), as word processors save it for one another.
//!
//! A file is groups in groups. A group that begins with a word for something else than text, such
//! as a table of fonts, is passed over with all that it holds, and so is every group that is marked
//! as one to pass over by whoever does not know it.

use std::collections::HashMap;

use throughline_model::{Document, Picture, Sha256, Stamp};

use super::about;
use super::flow::{Flow, Kind};
use super::rich_letters::{Letters, sign};
use super::rich_tokens::{Token, Tokens};
use super::told::Told;
use super::{Illustrated, likely_author, likely_title};
use crate::{Cause, Given, MAX_TEXT_BYTES};

pub(super) const FORMAT: &str = "RTF";

/// The largest file that is read, in bytes; its pictures are spelled in digits, two for a byte.
pub const MAX_RTF_BYTES: u64 = 64 << 20;

/// How deep groups may lie in one another; those of Word lie some ten deep.
const DEEPEST: usize = 500;

/// What the pictures of one file may have together, in bytes.
const MOST_PICTURE_BYTES: usize = 48 << 20;

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

/// What the text of a group is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Body,
    /// Nothing that is read.
    Nowhere,
    Fonts,
    Styles,
    About,
    Title,
    Author,
    /// When the file was made, and when it was changed.
    Made,
    Changed,
    /// Running heads and feet.
    Edge,
    Note,
    Picture,
}

/// What holds within a group.
#[derive(Clone, Debug)]
struct State {
    place: Place,
    font: i32,
    /// How many pieces stand after a letter of Unicode for programs that do not know it.
    spare: usize,
    hidden: bool,
    deleted: bool,
    /// The style of the paragraph, its level, and whether it is in a table.
    style: Option<i32>,
    level: Option<i32>,
    in_table: bool,
}

struct Reading {
    letters: Letters,
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
    twice: bool,
    flow: Flow,
    told: Told,
    styles: HashMap<i32, String>,
    cells: usize,
    font: i32,
    style_name: (i32, String),
    title: String,
    author: String,
    edge: String,
    edges: Vec<String>,
    /// Whether a field stands in the running line that is open.
    counted: bool,
    made: [i32; 5],
    changed: [i32; 5],
    note: Option<String>,
    picture: Option<Drawn>,
    pictures: Vec<Vec<u8>>,
    picture_bytes: usize,
    text_bytes: u64,
}

/// A picture while its digits go by.
#[derive(Default)]
struct Drawn {
    extension: Option<&'static str>,
    bytes: Vec<u8>,
    digit: Option<u8>,
}

impl Reading {
    fn new() -> Reading {
        let state = State {
            place: Place::Body,
            font: 0,
            spare: 1,
            hidden: false,
            deleted: false,
            style: None,
            level: None,
            in_table: false,
        };
        Reading {
            letters: Letters::new(),
            open: vec![state],
            bytes: Vec::new(),
            half: None,
            spared: 0,
            star: false,
            begun: false,
            twice: false,
            flow: Flow::default(),
            told: Told::default(),
            styles: HashMap::new(),
            cells: 0,
            font: 0,
            style_name: (0, String::new()),
            title: String::new(),
            author: String::new(),
            edge: String::new(),
            edges: Vec::new(),
            counted: false,
            made: [0; 5],
            changed: [0; 5],
            note: None,
            picture: None,
            pictures: Vec::new(),
            picture_bytes: 0,
            text_bytes: 0,
        }
    }

    fn state(&mut self) -> &mut State {
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
            Token::Byte(_) | Token::Symbol(_) if self.spared > 0 => self.spared -= 1,
            Token::Byte(byte) => self.take_bytes(&[byte]),
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
            return self.draw(text);
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
    fn unit(&mut self, number: i32) {
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
    fn say(&mut self, text: &str) {
        const LONGEST: usize = 2_000;
        let State { place, hidden, deleted, .. } = *self.state();
        if hidden || deleted {
            return;
        }
        let short = |into: &mut String| {
            if into.len() < LONGEST {
                into.push_str(text);
            }
        };
        match place {
            Place::Body => {
                self.text_bytes += text.len() as u64;
                if self.cells > 0 && !text.trim().is_empty() {
                    let bars = std::mem::take(&mut self.cells);
                    if !self.flow.is_blank() {
                        self.flow.push(&" |".repeat(bars.min(50)));
                        self.flow.push(" ");
                    }
                }
                self.flow.push(text);
            }
            Place::Note => {
                self.text_bytes += text.len() as u64;
                self.note.get_or_insert_default().push_str(text);
            }
            Place::Title => short(&mut self.title),
            Place::Author => short(&mut self.author),
            Place::Edge => short(&mut self.edge),
            Place::Styles => {
                short(&mut self.style_name.1);
                if self.style_name.1.contains(';') {
                    self.name_style();
                }
            }
            Place::Nowhere
            | Place::Fonts
            | Place::About
            | Place::Made
            | Place::Changed
            | Place::Picture => {}
        }
    }

    /// A style's name is complete.
    fn name_style(&mut self) {
        const MOST_STYLES: usize = 10_000;
        let (number, name) = std::mem::take(&mut self.style_name);
        if self.styles.len() < MOST_STYLES {
            self.styles.insert(number, name.trim_matches([';', ' ']).to_lowercase());
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>, star: bool) {
        let on = number != Some(0);
        match word {
            "u" => return self.unit(number.unwrap_or_default()),
            "uc" => {
                self.state().spare =
                    number.and_then(|n| usize::try_from(n).ok()).unwrap_or(1).min(8);
                return;
            }
            _ => {}
        }
        if let Some(place) = destination(word, star) {
            return self.enter(place, word);
        }
        if star {
            self.state().place = Place::Nowhere;
            return;
        }
        match word {
            "ansicpg" => self.letters.set_page(number.unwrap_or(1252)),
            "mac" => self.letters.set_page(10_000),
            "pc" => self.letters.set_page(437),
            "pca" => self.letters.set_page(850),
            "deff" => {
                self.letters.default_font = number.unwrap_or_default();
                self.state().font = number.unwrap_or_default();
            }
            "f" if self.state().place == Place::Fonts => self.font = number.unwrap_or_default(),
            "f" => self.state().font = number.unwrap_or_default(),
            "fcharset" => self.letters.set_font(self.font, number.unwrap_or_default()),
            "cpg" => self.letters.set_font_page(self.font, number.unwrap_or_default()),
            "s" if self.state().place == Place::Styles => {
                self.style_name.0 = number.unwrap_or_default();
            }
            "plain" => {
                let font = self.letters.default_font;
                let state = self.state();
                (state.font, state.hidden, state.deleted) = (font, false, false);
            }
            "v" => {
                self.told.hidden += u32::from(on && !self.state().hidden);
                self.state().hidden = on;
            }
            "deleted" => {
                self.told.deleted += u32::from(on && !self.state().deleted);
                self.state().deleted = on;
            }
            "revised" => self.told.inserted += u32::from(on),
            "upr" => self.twice = true,
            "pngblip" | "jpegblip" => {
                if let Some(picture) = &mut self.picture {
                    picture.extension = Some(if word == "pngblip" { "png" } else { "jpg" });
                }
            }
            _ => self.layout(word, number),
        }
    }

    /// Words that part the text, and letters that have a word.
    fn layout(&mut self, word: &str, number: Option<i32>) {
        let letter = match word {
            "emdash" => "—",
            "endash" => "–",
            "lquote" => "‘",
            "rquote" => "’",
            "ldblquote" => "“",
            "rdblquote" => "”",
            "bullet" => "•",
            "tab" | "emspace" | "enspace" | "qmspace" => " ",
            "line" | "lbr" => "\n",
            _ => "",
        };
        if !letter.is_empty() {
            return self.say(letter);
        }
        match word {
            "pard" => {
                let state = self.state();
                (state.style, state.level, state.in_table) = (None, None, false);
            }
            "s" => self.state().style = number,
            "outlinelevel" => self.state().level = number,
            "intbl" => self.state().in_table = true,
            "yr" | "mo" | "dy" | "hr" | "min" => self.moment(word, number),
            "par" | "sect" | "page" | "column" => self.paragraph(),
            "cell" | "nestcell" if self.state().place == Place::Body => self.cells += 1,
            "row" | "nestrow" if self.state().place == Place::Body => {
                self.cells = 0;
                self.flow.end(Kind::Text);
            }
            _ => {}
        }
    }

    /// A part of when the file was made or changed.
    fn moment(&mut self, word: &str, number: Option<i32>) {
        let at = ["yr", "mo", "dy", "hr", "min"].iter().position(|part| *part == word);
        let place = self.state().place;
        let moment = match place {
            Place::Made => &mut self.made,
            Place::Changed => &mut self.changed,
            _ => return,
        };
        if let (Some(at), Some(number)) = (at, number) {
            moment[at] = number;
        }
    }

    fn paragraph(&mut self) {
        let State { place, in_table, .. } = *self.state();
        match place {
            // A cell's paragraphs stand in one row.
            Place::Body if in_table => self.flow.push(" "),
            Place::Body => {
                let kind = self.kind();
                self.flow.end(kind);
            }
            Place::Note | Place::Edge => self.say(" "),
            _ => {}
        }
    }

    /// What the open paragraph is, by its style and its level.
    fn kind(&mut self) -> Kind {
        let State { style, level, .. } = *self.state();
        let style = style.and_then(|style| self.styles.get(&style));
        match style.map(String::as_str) {
            Some("title") => Kind::Title,
            Some(style) if style.starts_with("heading") => Kind::Heading,
            _ if level.is_some_and(|level| (0..9).contains(&level)) => Kind::Heading,
            _ => Kind::Text,
        }
    }

    fn enter(&mut self, place: Place, word: &str) {
        // What lies in what is not read is not read either, and of two authors the first wrote it.
        let state = self.state().place;
        let known = place == Place::Author && !self.author.is_empty();
        if state == Place::Nowhere || known {
            self.state().place = Place::Nowhere;
            return;
        }
        // Running lines that count pages say nothing.
        self.counted |= state == Place::Edge && word == "fldinst";
        self.told.comments += u32::from(word == "annotation");
        self.state().place = place;
        match place {
            Place::Note => self.note = Some(String::new()),
            Place::Picture => self.picture = Some(Drawn::default()),
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
                    let number = self.flow.next_note();
                    self.flow.note(format!("{number} {note}"));
                }
            }
            Place::Picture => self.drawn(),
            Place::Edge => {
                let edge = std::mem::take(&mut self.edge);
                let edge = edge.split_whitespace().collect::<Vec<_>>().join(" ");
                let counted = std::mem::take(&mut self.counted);
                if !edge.is_empty() && !counted && !self.edges.contains(&edge) {
                    self.edges.push(edge);
                }
            }
            _ => {}
        }
    }

    /// Digits of a picture.
    fn draw(&mut self, digits: &[u8]) {
        let room = MOST_PICTURE_BYTES.saturating_sub(self.picture_bytes);
        let Some(picture) = self.picture.as_mut().filter(|picture| picture.extension.is_some())
        else {
            return;
        };
        for digit in digits.iter().filter_map(|digit| char::from(*digit).to_digit(16)) {
            let digit = digit as u8;
            match picture.digit.take() {
                Some(high) if picture.bytes.len() < room => picture.bytes.push(high << 4 | digit),
                Some(_) => picture.extension = None,
                None => picture.digit = Some(digit),
            }
        }
    }

    fn drawn(&mut self) {
        let Some(Drawn { extension: Some(extension), bytes, .. }) = self.picture.take() else {
            return;
        };
        if bytes.is_empty() {
            return;
        }
        self.picture_bytes += bytes.len();
        let name = format!("picture {}.{extension}", self.pictures.len() + 1);
        let sha256 = Some(Sha256::of(&bytes));
        self.flow.picture(Picture { sha256, name, caption: None, at: None });
        if !self.pictures.contains(&bytes) {
            self.pictures.push(bytes);
        }
    }

    fn finish(mut self, mut document: Document, given: &Given) -> Result<Illustrated, Cause> {
        self.flush();
        let kind = self.kind();
        self.flow.end(kind);
        document.title = likely_title(&self.title);
        document.byline = likely_author(&self.author);
        about::tell_moments(stamp(self.made), stamp(self.changed), &mut document);
        for edge in &self.edges {
            self.flow.push(edge);
            self.flow.end(Kind::Furniture);
        }
        self.flow.finish(&mut document);
        self.told.push_to(&mut document.notes);
        if let Some(page) = self.letters.unknown {
            document.notes.push(format!(
                "its code page {page} is not known here, and was read as that of Western Europe"
            ));
        }
        document.source = given.source.clone();
        document.published = given.published.clone();
        document.url = given.url.clone();
        document.language = given.language.clone();
        match document.text.is_empty() && document.pictures.is_empty() {
            true => Err(Cause::Empty),
            false => Ok(Illustrated { document, pictures: self.pictures }),
        }
    }
}

/// A moment by its parts, without a zone, which rich text does not tell.
fn stamp([year, month, day, hour, minute]: [i32; 5]) -> Option<Stamp> {
    about::stamp(&format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00"))
}

/// What a group is for that begins with a word. `star` says that programs which do not know the
/// word pass the group over.
fn destination(word: &str, star: bool) -> Option<Place> {
    Some(match word {
        "fonttbl" => Place::Fonts,
        "stylesheet" => Place::Styles,
        "info" => Place::About,
        "title" => Place::Title,
        "author" => Place::Author,
        "creatim" => Place::Made,
        "revtim" => Place::Changed,
        "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr"
        | "footerf" => Place::Edge,
        "footnote" => Place::Note,
        "pict" => Place::Picture,
        "shppict" | "ud" if star => Place::Body,
        "colortbl" | "nonshppict" | "listtable" | "listoverridetable" | "rsidtbl" | "generator"
        | "filetbl" | "revtbl" | "fldinst" | "annotation" | "atnid" | "atnauthor" | "atnref"
        | "bkmkstart" | "bkmkend" | "xe" | "tc" | "rxe" | "objdata" | "private" | "subject"
        | "keywords" | "comment" | "operator" | "company" | "category" | "manager" | "doccomm"
        | "hlinkbase" | "printim" | "buptim" | "sp" | "falt" | "panose" => Place::Nowhere,
        _ => return None,
    })
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
    fn pictures_are_taken_once() {
        let picture = "{\\*\\shppict{\\pict{\\*\\blipuid aabb}\\pngblip\\picw9 8950\n4e47}}\
            {\\nonshppict{\\pict\\wmetafile8 0102}}";
        let file = format!("{{\\rtf1 A{picture}B{picture}\\par}}");
        let read = read_rtf(file.as_bytes(), &Given::default()).unwrap();
        assert_eq!(read.pictures, [b"\x89PNG".to_vec()]);
        assert_eq!((read.document.text.as_str(), read.document.pictures.len()), ("AB", 2));
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

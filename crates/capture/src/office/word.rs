//! Word documents (.docx): Office Open XML, as Word, LibreOffice and others write it.
//!
//! Nothing outside the file is fetched and no macro is run; notes tell of both.

use throughline_model::{Document, Picture, Sha256};

use super::about::Properties;
use super::flow::{Flow, Kind};
use super::note_numbers::NoteNumbers;
use super::numbering::{Counters, Numbering};
use super::package::Package;
use super::told::Told;
use super::word_parts::{FORMAT, Parts, heads_and_feet, is_on};
use super::xml::{Sees, Tag, see};
use super::{Illustrated, finished, likely_language};
use crate::{Cause, Given};

/// A document from the bytes of a Word document, with the pictures in it.
///
/// Deleted text of tracked changes, comments and hidden text are left out with a note; inserted text
/// is taken in. Footnotes and endnotes follow their paragraph. The author becomes the byline; no
/// property of a file is a date of publication.
///
/// # Errors
/// [`Cause::Locked`] if it is encrypted; [`Cause::Swollen`] if it would unpack to more than any real
/// document; [`Cause::TooLarge`] if the file or its text is over the limit; [`Cause::Unsound`] if it
/// is no Word document, or has a document type in its XML; [`Cause::Empty`].
pub fn read_docx(bytes: &[u8], given: &Given) -> Result<Illustrated, Cause> {
    let mut package = Package::open(bytes, FORMAT)?;
    let unsound = || Cause::Unsound { format: FORMAT };
    let body = package.part("word/document.xml")?.ok_or_else(unsound)?;
    let parts = Parts::of(&mut package)?;
    let mut document = Document::bare(Sha256::of(bytes));
    document.language = parts.language.as_deref().and_then(likely_language);
    Properties::of(package.part("docProps/core.xml")?, FORMAT).tell(&mut document);
    let numbering = Numbering::of_word(package.part("word/numbering.xml")?);
    let notes = NoteNumbers::of_word(package.part("word/settings.xml")?);
    let mut word = Word::new(&parts, &numbering, notes);
    // A break of a page that somebody made says little where the others are not known.
    word.paged = memchr::memmem::find(&body, b"w:lastRenderedPageBreak").is_some();
    see(&body, FORMAT, &mut word)?;
    for line in heads_and_feet(&mut package)? {
        word.flow.push(&line);
        word.flow.end(Kind::Furniture);
    }
    word.flow.finish(&mut document);
    word.told.push_to(&mut document.notes);
    if package.names().iter().any(|name| name.ends_with("vbaProject.bin")) {
        document.notes.push("it has macros, which were not run".to_owned());
    }
    finished(document, &mut package, &word.drawn, given)
}

/// The body of a document while it goes by.
struct Word<'w> {
    parts: &'w Parts,
    numbering: &'w Numbering,
    counters: Counters,
    notes: NoteNumbers,
    flow: Flow,
    told: Told,
    /// Whether the file says where its pages ended when it was last shown.
    paged: bool,
    /// For each picture, the part that holds it.
    drawn: Vec<Option<String>>,
    kind: Kind,
    /// The list of the open paragraph and how deep in it.
    list: Option<(String, usize)>,
    numbered: bool,
    /// How deep the walk is in what is left out.
    skipped: usize,
    in_text: bool,
    /// Whether the walk is in a run of letters, which alone say how they look, and whether these are
    /// hidden or struck out.
    in_run: bool,
    hidden: bool,
    /// By one line, and by two.
    struck: [bool; 2],
    /// What the style of the paragraph says of its letters.
    of_style: (bool, bool),
    /// How deep in tables, and whether a cell before this one is in the row.
    tables: usize,
    row_begun: bool,
    /// The name and the description of the drawing that is open.
    drawing: Option<(String, Option<String>)>,
}

impl<'w> Word<'w> {
    fn new(parts: &'w Parts, numbering: &'w Numbering, notes: NoteNumbers) -> Word<'w> {
        Word {
            parts,
            numbering,
            counters: Counters::default(),
            notes,
            flow: Flow::default(),
            told: Told::default(),
            paged: false,
            drawn: Vec::new(),
            kind: Kind::Text,
            list: None,
            numbered: false,
            skipped: 0,
            in_text: false,
            in_run: false,
            hidden: false,
            struck: [false; 2],
            of_style: (false, false),
            tables: 0,
            row_begun: false,
            drawing: None,
        }
    }

    /// Puts the number of the paragraph before its first words.
    fn number(&mut self) {
        if std::mem::replace(&mut self.numbered, true) {
            return;
        }
        let label = self.list.as_ref().filter(|(list, _)| list != "0" && !list.is_empty());
        if let Some((list, level)) = label
            && let Some(label) = self.counters.next(self.numbering, list, *level)
        {
            self.flow.push(&label);
            self.flow.push(" ");
        }
    }

    fn refer(&mut self, endnote: bool, tag: &Tag) {
        let Some(id) = tag.get("w:id") else { return };
        if let Some(text) = self.parts.notes.get(&(endnote, id)) {
            let number = self.notes.next(endnote);
            self.flow.note(format!("{number} {text}"));
        }
    }

    fn draw(&mut self, id: Option<String>) {
        let Some(target) = id.and_then(|id| self.parts.relations.get(&id)) else { return };
        let (name, caption) = self.drawing.clone().unwrap_or_default();
        if target.is_none() {
            self.told.elsewhere += 1;
        }
        let file = target.as_deref().and_then(|part| part.rsplit('/').next()).map(str::to_owned);
        self.flow.picture(Picture { sha256: None, name: file.unwrap_or(name), caption, at: None });
        self.drawn.push(target.clone());
    }

    fn end_paragraph(&mut self) {
        // The cells of a row are one line.
        if self.tables > 0 {
            self.flow.push(" ");
        } else {
            self.flow.end(self.kind);
        }
    }
}

impl Sees for Word<'_> {
    fn open(&mut self, name: &str, tag: &Tag) {
        match name {
            "w:del" | "w:moveFrom" => {
                self.told.deleted += u32::from(self.skipped == 0);
                self.skipped += 1;
                return;
            }
            // What an older program would show in place of what stands beside it.
            "mc:Fallback" => self.skipped += 1,
            _ => {}
        }
        if self.skipped > 0 {
            return;
        }
        match name {
            "w:ins" | "w:moveTo" => self.told.inserted += 1,
            "w:p" => {
                // A text box stands within a paragraph, and its own come before the rest of it.
                if self.tables == 0 && !self.flow.is_blank() {
                    self.flow.end(self.kind);
                }
                (self.kind, self.list, self.numbered) = (Kind::Text, None, false);
                self.of_style = (false, false);
            }
            "w:pStyle" => {
                if let Some(style) = tag.get("w:val").and_then(|id| self.parts.styles.get(&id)) {
                    self.kind = match style {
                        style if style.title => Kind::Title,
                        style if style.contents => Kind::Furniture,
                        style if style.heading => Kind::Heading,
                        _ => Kind::Text,
                    };
                    self.list = style.list.clone();
                    self.of_style = (style.hides.unwrap_or(false), style.strikes.unwrap_or(false));
                }
            }
            "w:ilvl" => {
                let level = tag.get("w:val").and_then(|level| level.parse().ok()).unwrap_or(0);
                self.list.get_or_insert_default().1 = level;
            }
            "w:numId" => {
                self.list.get_or_insert_default().0 = tag.get("w:val").unwrap_or_default();
            }
            "w:r" => {
                self.in_run = true;
                (self.hidden, self.struck) = (self.of_style.0, [self.of_style.1, false]);
            }
            "w:rStyle" if self.in_run => {
                if let Some(style) = tag.get("w:val").and_then(|id| self.parts.styles.get(&id)) {
                    self.hidden = style.hides.unwrap_or(self.hidden);
                    self.struck[0] = style.strikes.unwrap_or(self.struck[0]);
                }
            }
            "w:vanish" if self.in_run => self.hidden = is_on(tag),
            "w:strike" if self.in_run => self.struck[0] = is_on(tag),
            "w:dstrike" if self.in_run => self.struck[1] = is_on(tag),
            "w:t" => {
                self.told.hidden += u32::from(self.hidden);
                let struck = self.struck.contains(&true);
                self.told.struck += u32::from(struck && !self.hidden);
                self.in_text = !self.hidden && !struck;
            }
            "w:tab" | "w:ptab" => self.flow.push(" "),
            "w:noBreakHyphen" => self.flow.push("-"),
            "w:br" | "w:cr" if tag.get("w:type").is_none() => self.flow.push("\n"),
            "w:lastRenderedPageBreak" if self.paged => self.flow.break_page(),
            "w:footnoteReference" => self.refer(false, tag),
            "w:endnoteReference" => self.refer(true, tag),
            "w:commentReference" => self.told.comments += 1,
            "w:tbl" => self.tables += 1,
            "w:tc" if std::mem::replace(&mut self.row_begun, true) => self.flow.push(" | "),
            "wp:docPr" => {
                let caption = tag.get("descr").filter(|caption| !caption.trim().is_empty());
                self.drawing = Some((tag.get("name").unwrap_or_default(), caption));
            }
            "a:blip" => self.draw(tag.get("r:embed").or_else(|| tag.get("r:link"))),
            "v:imagedata" => self.draw(tag.get("r:id")),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.skipped == 0 {
            self.number();
            self.flow.push(text);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "w:del" | "w:moveFrom" | "mc:Fallback" => self.skipped = self.skipped.saturating_sub(1),
            "w:t" => self.in_text = false,
            "w:r" => self.in_run = false,
            "w:p" if self.skipped == 0 => self.end_paragraph(),
            "w:tr" if self.tables == 1 => {
                self.row_begun = false;
                self.flow.end(Kind::Text);
            }
            "w:tbl" => self.tables = self.tables.saturating_sub(1),
            _ => {}
        }
    }
}

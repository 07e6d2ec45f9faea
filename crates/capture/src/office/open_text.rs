//! OpenDocument texts (.odt), as LibreOffice and others write them.
//!
//! Nothing outside the file is fetched and no macro is run; notes tell of both.

use throughline_model::{Document, Picture, Sha256};

use super::about::Properties;
use super::flow::{Flow, Kind};
use super::numbering::Counters;
use super::open_styles::{FORMAT, OpenStyles};
use super::package::Package;
use super::told::Told;
use super::xml::{Sees, Tag, see};
use super::{Illustrated, finished};
use crate::{Cause, Given};

/// A document from the bytes of an OpenDocument text, with the pictures in it.
///
/// What is taken in and left out is as for [`read_docx`](crate::read_docx).
///
/// # Errors
/// As [`read_docx`](crate::read_docx).
pub fn read_odt(bytes: &[u8], given: &Given) -> Result<Illustrated, Cause> {
    let mut package = Package::open(bytes, FORMAT)?;
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(Cause::Locked);
    }
    let content = package.part("content.xml")?.ok_or(Cause::Unsound { format: FORMAT })?;
    let mut styles = OpenStyles::default();
    if let Some(part) = package.part("styles.xml")? {
        see(&part, FORMAT, &mut styles)?;
    }
    see(&content, FORMAT, &mut styles)?;
    let mut document = Document::bare(Sha256::of(bytes));
    document.language = styles.language.as_deref().and_then(super::likely_language);
    Properties::of(package.part("meta.xml")?, FORMAT).tell(&mut document);
    let mut open = Open::new(&styles);
    open.paged = memchr::memmem::find(&content, b"soft-page-break/>").is_some();
    see(&content, FORMAT, &mut open)?;
    for line in &styles.heads_and_feet {
        open.flow.push(line);
        open.flow.end(Kind::Furniture);
    }
    open.flow.finish(&mut document);
    open.told.push_to(&mut document.notes);
    let macros = |name: &String| name.starts_with("Basic/") || name.starts_with("Scripts/");
    if package.names().iter().any(macros) {
        document.notes.push("it has macros, which were not run".to_owned());
    }
    finished(document, &mut package, &open.drawn, given)
}

/// The content of a text while it goes by.
struct Open<'s> {
    styles: &'s OpenStyles,
    counters: Counters,
    flow: Flow,
    told: Told,
    /// Whether the file says where its pages ended when it was last shown.
    paged: bool,
    drawn: Vec<Option<String>>,
    /// Whether the walk is in the text itself, past styles and declarations.
    in_body: bool,
    kind: Kind,
    /// How deep in paragraphs: text between them is only the layout of the file.
    paragraphs: usize,
    skipped: usize,
    /// How deep in what the file hides, and is left out.
    hidden: usize,
    /// For each open element that has text, whether that is struck out.
    struck: Vec<bool>,
    /// The styles of the lists that are open, and whether their item has its mark.
    lists: Vec<String>,
    marked: bool,
    tables: usize,
    row_begun: bool,
    /// The citation and the text of the note that is open.
    note: Option<(String, String)>,
    in_citation: bool,
    /// The name and the description of the drawing that is open, and which of them text is for.
    drawing: Option<(String, String)>,
    in_caption: bool,
    /// Where in the list of pictures those of the open drawing begin.
    index: usize,
}

impl<'s> Open<'s> {
    fn new(styles: &'s OpenStyles) -> Open<'s> {
        Open {
            styles,
            counters: Counters::default(),
            flow: Flow::default(),
            told: Told::default(),
            paged: false,
            drawn: Vec::new(),
            in_body: false,
            kind: Kind::Text,
            paragraphs: 0,
            skipped: 0,
            hidden: 0,
            struck: Vec::new(),
            lists: Vec::new(),
            marked: true,
            tables: 0,
            row_begun: false,
            note: None,
            in_citation: false,
            drawing: None,
            in_caption: false,
            index: 0,
        }
    }

    fn say(&mut self, text: &str) {
        if self.hidden > 0 || self.struck.last() == Some(&true) {
            return;
        }
        if self.in_caption {
            if let Some((_, caption)) = &mut self.drawing {
                caption.push_str(text);
            }
        } else if let Some((citation, words)) = &mut self.note {
            if self.in_citation { citation.push_str(text) } else { words.push_str(text) }
        } else if self.paragraphs > 0 {
            self.mark();
            self.flow.push(text);
        }
    }

    /// Puts the number or the mark of a list's item before its first words.
    fn mark(&mut self) {
        if std::mem::replace(&mut self.marked, true) {
            return;
        }
        let level = self.lists.len().saturating_sub(1);
        if let Some(list) = self.lists.last()
            && let Some(label) = self.counters.next(&self.styles.numbering, list, level)
        {
            self.flow.push(&label);
            self.flow.push(" ");
        }
    }

    /// Counts an element in what is hidden: one that is hidden itself, by its style or its own word,
    /// and every one in it; and notes whether its text is struck out.
    fn hide(&mut self, name: &str, tag: &Tag) {
        let says = |attribute: &str, word: &str| tag.get(attribute).is_some_and(|is| is == word);
        let style = tag.get("text:style-name");
        let style = style.as_deref();
        let begins = match name {
            "text:section" => says("text:display", "none") || says("text:is-hidden", "true"),
            _ => style.is_some_and(|style| self.styles.is_hidden(style)),
        };
        if self.hidden > 0 || begins {
            self.told.hidden += u32::from(self.hidden == 0);
            self.hidden += 1;
        }
        // Text in struck-out text may say that no line goes through it.
        let around = self.struck.last().copied().unwrap_or(false);
        let strikes = style.and_then(|style| self.styles.strikes(style)).unwrap_or(around);
        self.told.struck += u32::from(strikes && !around && self.hidden == 0);
        self.struck.push(strikes);
    }

    fn begin(&mut self, name: &str, tag: &Tag) {
        let style = tag.get("text:style-name").unwrap_or_default();
        if self.note.is_none() {
            if self.tables == 0 && !self.flow.is_blank() {
                self.flow.end(self.kind);
            }
            self.kind = match name {
                _ if self.index > 0 => Kind::Furniture,
                "text:h" => Kind::Heading,
                _ if self.styles.is_title(&style) => Kind::Title,
                _ => Kind::Text,
            };
            if self.paged && self.styles.breaks_page(&style) && self.flow.has_text() {
                self.flow.break_page();
            }
        }
        self.paragraphs += 1;
    }

    fn draw(&mut self, tag: &Tag) {
        let Some(target) = tag.get("xlink:href") else { return };
        let within = target.strip_prefix("./").unwrap_or(&target);
        let inside = !within.contains(':') && !within.starts_with(['/', '.']) && !within.is_empty();
        if !inside {
            self.told.elsewhere += 1;
        }
        let name = match self.drawing.as_ref().filter(|_| !inside) {
            Some((name, _)) => name.clone(),
            None => within.rsplit('/').next().unwrap_or_default().to_owned(),
        };
        self.flow.picture(Picture { sha256: None, name, caption: None, at: None });
        self.drawn.push(inside.then(|| within.to_owned()));
    }
}

impl Sees for Open<'_> {
    fn open(&mut self, name: &str, tag: &Tag) {
        match name {
            "office:text" => self.in_body = true,
            "text:deletion" => self.told.deleted += 1,
            "text:insertion" => self.told.inserted += 1,
            "office:annotation" => self.told.comments += 1,
            _ => {}
        }
        if is_left_out(name) {
            self.skipped += 1;
        }
        if self.skipped > 0 || !self.in_body {
            return;
        }
        if has_text(name) {
            self.hide(name, tag);
        }
        match name {
            "text:p" | "text:h" => self.begin(name, tag),
            "text:s" => self.say(" "),
            "text:tab" => self.say(" "),
            "text:line-break" => self.say("\n"),
            "text:soft-page-break" if self.paged => self.flow.break_page(),
            "text:table-of-content" | "text:alphabetical-index" => self.index += 1,
            "text:list" => {
                let style = tag.get("text:style-name").or_else(|| self.lists.last().cloned());
                let style = style.unwrap_or_default();
                let goes_on = tag.get("text:continue-numbering").is_some_and(|on| on == "true")
                    || tag.get("text:continue-list").is_some();
                if self.lists.is_empty() && !goes_on {
                    self.counters.restart(&style);
                }
                self.lists.push(style);
            }
            "text:list-item" => self.marked = false,
            "text:note" => self.note = Some((String::new(), String::new())),
            "text:note-citation" => self.in_citation = true,
            "table:table" => self.tables += 1,
            "table:table-cell" if std::mem::replace(&mut self.row_begun, true) => {
                self.flow.push(" | ")
            }
            "draw:frame" => {
                self.drawing = Some((tag.get("draw:name").unwrap_or_default(), String::new()));
            }
            "draw:image" => self.draw(tag),
            "svg:title" | "svg:desc" => {
                if let Some((_, caption)) = self.drawing.as_mut().filter(|(_, c)| !c.is_empty()) {
                    caption.push_str(": ");
                }
                self.in_caption = true;
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_body && self.skipped == 0 {
            self.say(text);
        }
    }

    fn close(&mut self, name: &str) {
        if is_left_out(name) {
            self.skipped = self.skipped.saturating_sub(1);
            return;
        }
        if self.skipped > 0 || !self.in_body {
            return;
        }
        if has_text(name) {
            self.hidden = self.hidden.saturating_sub(1);
            self.struck.pop();
        }
        match name {
            "text:p" | "text:h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                match &mut self.note {
                    Some((_, words)) => words.push(' '),
                    None if self.tables > 0 => self.flow.push(" "),
                    None => self.flow.end(self.kind),
                }
            }
            "text:table-of-content" | "text:alphabetical-index" => {
                self.index = self.index.saturating_sub(1);
            }
            "text:list" => drop(self.lists.pop()),
            "text:list-item" => self.marked = true,
            "text:note-citation" => self.in_citation = false,
            "text:note" => {
                if let Some((citation, words)) = self.note.take().filter(|_| self.hidden == 0) {
                    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                    self.flow.note(format!("{} {words}", citation.trim()));
                }
            }
            "table:table-row" if self.tables == 1 => {
                self.row_begun = false;
                self.flow.end(Kind::Text);
            }
            "table:table" => self.tables = self.tables.saturating_sub(1),
            "svg:title" | "svg:desc" => self.in_caption = false,
            "draw:frame" => {
                if let Some((_, caption)) = self.drawing.take() {
                    self.flow.caption(caption.trim());
                }
            }
            "office:text" => self.in_body = false,
            _ => {}
        }
    }
}

/// Elements whose text can be hidden.
fn has_text(name: &str) -> bool {
    matches!(name, "text:p" | "text:h" | "text:span" | "text:section")
}

/// Elements of which nothing is text of the document.
fn is_left_out(name: &str) -> bool {
    matches!(
        name,
        "text:tracked-changes"
            | "office:annotation"
            | "office:forms"
            | "text:ruby-text"
            | "text:sequence-decls"
            | "text:variable-decls"
            | "text:user-field-decls"
    )
}

//! The text of a page in the order in which it is read, one piece for each paragraph, heading,
//! item of a list, row of a table.

use throughline_model::Sha256;

use super::elements::{first_words, is_block, is_caption, is_picture, spaced};
use super::note_marks::is_note_mark;
use super::pictures::others;
use super::roles::{Open, Role, kind, role};
use super::tree::{NodeId, Step, Tree, is_never_shown};
use super::written::Written;
use crate::letters::{one_line, push_words};

/// What a piece of text is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A paragraph, or text that stands as one.
    Paragraph,
    /// A heading, with its level; 7 is a line in bold that stands as one.
    Heading(u8),
    /// An item of a list; numbered ones have their number.
    Item(Option<Number>),
    /// A row of a table, its cells in order.
    Row,
    /// A paragraph in somebody else's words.
    Quote,
    /// Words lifted out for display.
    Pull,
    /// The line beneath the headline that sums up.
    Standfirst,
    /// Who wrote, when: what stands around a headline in small letters.
    Credit,
    /// A term under which the paper files.
    Term,
}

/// The number of an item, and how its list writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    pub(crate) at: u32,
    /// As `type` says it: "1", "a", "A", "i" or "I".
    pub(crate) style: &'static str,
}

/// A piece of a page's text.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) kind: Kind,
    pub(crate) text: String,
    /// How many bytes of it are links to other pages.
    pub(crate) linked: usize,
    /// The element that it is in.
    pub(crate) node: NodeId,
    /// The list or table that it is part of.
    pub(crate) group: Option<NodeId>,
}

impl Piece {
    /// Whether it ends as a sentence does, in any script.
    pub(crate) fn ends_a_sentence(&self) -> bool {
        let closed =
            self.text.trim_end_matches(['"', '\'', '”', '’', '“', ')', ']', '»', '«', '」', ' ']);
        closed.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '।', '؟', '۔', '။'])
    }

    /// Whether most of it leads elsewhere.
    pub(crate) fn is_link(&self) -> bool {
        self.linked * 10 > self.text.len() * 7
    }
}

/// A picture on a page.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) name: String,
    pub(crate) caption: Option<String>,
    /// Where it is, as the page says.
    pub(crate) address: String,
    /// Where the same picture is in other sizes, or will be once a program has loaded it.
    pub(crate) others: Vec<String>,
    /// Whether the caption is what is said in the picture's stead.
    pub(crate) spoken: bool,
    /// Whether nothing tells that it belongs to the article: it then counts only if its bytes came
    /// along.
    pub(crate) loose: bool,
    /// Its bytes' hash, if they came along.
    pub(crate) sha256: Option<Sha256>,
    /// How many pieces stand before it.
    pub(crate) before: usize,
    pub(crate) node: NodeId,
}

/// What a part of a page holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flow {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) pictures: Vec<Shown>,
    /// Whether struck-out words were left out.
    pub(crate) struck: bool,
}

/// The text below `from`, without the elements for which `left_out` says so.
pub(crate) fn flow(tree: &Tree, from: NodeId, left_out: &dyn Fn(NodeId) -> bool) -> Flow {
    let mut reader =
        Reader { tree, flow: Flow::default(), line: Line::default(), open: Vec::new() };
    let mut walk = tree.walk(from);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) => {
                if let Some(words) = tree.text(id) {
                    reader.words(words);
                    continue;
                }
                let name = tree.name(id);
                reader.flow.struck |= matches!(name, "del" | "s" | "strike");
                let hidden = is_never_shown(name) && !(id == from || name == "map");
                if hidden || id != from && (left_out(id) || is_note_mark(tree, id)) {
                    if is_block(name) {
                        reader.finish();
                    }
                    walk.pass_over(id);
                } else if reader.enter(id) {
                    walk.pass_over(id);
                }
            }
            Step::Leave(id) => reader.leave(id),
        }
    }
    reader.finish();
    reader.flow
}

/// The line that is being read.
#[derive(Default)]
struct Line {
    text: String,
    linked: usize,
    bold: usize,
    breaks: usize,
}

struct Reader<'t> {
    tree: &'t Tree,
    flow: Flow,
    line: Line,
    open: Vec<Open>,
}

impl Reader<'_> {
    fn words(&mut self, words: &str) {
        if words.trim().is_empty() && self.line.text.is_empty() {
            return;
        }
        if self.line.breaks == 1 && !words.trim().is_empty() {
            self.line.text.truncate(self.line.text.trim_end().len());
            self.line.text.push('\n');
        }
        if !words.trim().is_empty() {
            self.line.breaks = 0;
        }
        let before = self.line.text.len();
        if self.is_in(Role::Plain) {
            let mut lines = words.split('\n');
            push_words(&mut self.line.text, lines.next().unwrap_or_default());
            for line in lines {
                self.line.text.push('\n');
                push_words(&mut self.line.text, line);
            }
        } else {
            push_words(&mut self.line.text, words);
        }
        let pushed = self.line.text.len() - before;
        for open in &self.open {
            match open.role {
                Role::Link => self.line.linked += pushed,
                Role::Bold => self.line.bold += pushed,
                _ => {}
            }
        }
    }

    fn is_in(&self, role: Role) -> bool {
        self.open.iter().any(|open| open.role == role)
    }

    /// Begins an element; whether what is in it was read with that.
    fn enter(&mut self, id: NodeId) -> bool {
        let tree = self.tree;
        let name = tree.name(id);
        match name {
            "br" => {
                self.line.breaks += 1;
                if self.line.breaks == 2 {
                    self.finish();
                }
                return true;
            }
            "hr" => {
                self.finish();
                return true;
            }
            "img" | "amp-img" => {
                self.picture(id, None);
                return true;
            }
            "figure" if is_picture(tree, id) => {
                self.finish();
                let caption = tree.elements(id).find(|id| is_caption(tree, *id));
                self.picture(id, caption.map(|caption| one_line(&spaced(tree, caption))));
                return true;
            }
            "q" => self.line.text.push('“'),
            // A power, or the mark of a note: no figure of the number before it.
            "sup" => {
                let is_figure = |letter: &char| letter.is_ascii_digit();
                let raised = first_words(tree, id).chars().next().filter(is_figure);
                if raised.is_some() && self.line.text.ends_with(|letter| is_figure(&letter)) {
                    self.line.text.push('^');
                }
            }
            _ => {}
        }
        if is_caption(tree, id) {
            self.finish();
            let caption = one_line(&spaced(tree, id));
            if let Some(last) = self.flow.pictures.last_mut()
                && (last.spoken || last.caption.is_none())
                && !caption.is_empty()
            {
                last.caption = Some(caption);
                last.spoken = false;
            }
            return true;
        }
        let role = role(tree, id, &self.open);
        self.part(name);
        if is_block(name) || matches!(role, Role::Credit | Role::Pull | Role::Terms) {
            self.end_block();
        }
        if role == Role::Cell && !self.line.text.is_empty() {
            self.line.text.truncate(self.line.text.trim_end().len());
            self.line.text.push_str(" | ");
        }
        let role = match role {
            Role::Item(_) => {
                let list = self.open.iter_mut().rev().find_map(|open| match &mut open.role {
                    Role::List { next } => Some(next),
                    _ => None,
                });
                let own = tree.attribute(id, "value").and_then(|value| value.trim().parse().ok());
                let number = list.and_then(|next| next.as_mut()).map(|next| {
                    let number = Number { at: own.unwrap_or(next.at), ..*next };
                    next.at = number.at.saturating_add(1);
                    number
                });
                Role::Item(number)
            }
            role => role,
        };
        self.open.push(Open { id, role });
        false
    }

    /// Keeps words apart that the page sets apart by its style alone: terms, and a name and a role.
    fn part(&mut self, name: &str) {
        if !self.line.text.ends_with(|letter: char| letter.is_alphanumeric()) {
            return;
        }
        if name == "a" && self.is_in(Role::Terms) {
            self.line.text.push_str(", ");
        } else if name == "span" && self.is_in(Role::Credit) {
            self.line.text.push_str(" · ");
        }
    }

    fn leave(&mut self, id: NodeId) {
        let name = self.tree.name(id);
        let role = match self.open.last() {
            Some(open) if open.id == id => Some(open.role),
            _ => None,
        };
        if name == "q" {
            self.line.text.push('”');
        }
        let ends = is_block(name) || matches!(role, Some(Role::Credit | Role::Pull | Role::Terms));
        if ends && role != Some(Role::Row) {
            self.end_block();
        }
        if role == Some(Role::Row) {
            self.finish();
        }
        if role.is_some() {
            self.open.pop();
        }
    }

    /// Ends a line at the edge of a block; within a row of a table, only a word.
    fn end_block(&mut self) {
        match self.is_in(Role::Row) {
            true => push_words(&mut self.line.text, " "),
            false => self.finish(),
        }
    }

    /// Ends the line that is being read.
    fn finish(&mut self) {
        let Line { text, linked, bold, .. } = std::mem::take(&mut self.line);
        // Terms end in the comma that parted them.
        let text = match self.is_in(Role::Terms) {
            true => text.trim_matches([' ', ',', ';', '|', '\n']),
            false => text.trim(),
        };
        if text.chars().all(|letter| !letter.is_alphanumeric()) {
            return;
        }
        let block = self.open.iter().rev().find(|open| is_block(self.tree.name(open.id)));
        let node = block.or(self.open.last()).map_or(Tree::ROOT, |open| open.id);
        let group = self
            .open
            .iter()
            .find(|open| matches!(open.role, Role::List { .. } | Role::Table | Role::Terms))
            .map(|open| open.id);
        let kind = kind(&self.open);
        if matches!(kind, Kind::Item(_)) {
            let is_item = |open: &&mut Open| matches!(open.role, Role::Item(_));
            if let Some(item) = self.open.iter_mut().rev().find(is_item) {
                item.role = Role::Marked;
            }
        }
        let mut piece = Piece { kind, text: text.to_owned(), linked, node, group };
        // A line of nothing but bold letters stands as a heading.
        const LONGEST: usize = 100;
        if kind == Kind::Paragraph
            && bold >= piece.text.len()
            && piece.text.len() <= LONGEST
            && !piece.ends_a_sentence()
        {
            piece.kind = Kind::Heading(7);
        }
        self.flow.pieces.push(piece);
    }

    fn picture(&mut self, id: NodeId, caption: Option<String>) {
        let tree = self.tree;
        let is_image = |id: &NodeId| matches!(tree.name(*id), "img" | "amp-img");
        let Some(image) = tree.elements(id).find(is_image) else { return };
        let size = |side| tree.attribute(image, side).and_then(|size| size.parse::<u32>().ok());
        const SMALLEST: u32 = 100;
        if [size("width"), size("height")].into_iter().flatten().any(|side| side < SMALLEST) {
            return;
        }
        let source = ["src", "data-src"].into_iter().find_map(|name| tree.attribute(image, name));
        let others = others(tree, image);
        let source = source.or(others.first().copied());
        let spoken = tree.attribute(image, "alt").map(one_line).filter(|alt| !alt.is_empty());
        let caption = caption.filter(|caption| !caption.is_empty());
        let loose = caption.is_none() && spoken.is_none() && tree.name(id) != "figure";
        let address = source.map(str::trim).unwrap_or_default();
        let name = match Written::number(address) {
            Some(number) => format!("picture {}", number + 1),
            None => one_line(address),
        };
        self.flow.pictures.push(Shown {
            name: if name.is_empty() { "picture".to_owned() } else { name },
            address: address.to_owned(),
            others: others.into_iter().map(str::to_owned).collect(),
            spoken: caption.is_none(),
            loose,
            sha256: None,
            caption: caption.or(spoken),
            before: self.flow.pieces.len(),
            node: id,
        });
    }
}

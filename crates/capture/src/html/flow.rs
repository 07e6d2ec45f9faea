//! The text of a page in the order in which it is read, one piece for each paragraph, heading,
//! item of a list, row of a table.

use throughline_model::Sha256;

use super::furniture::{is_called, names_of};
use super::letters::{one_line, push_words};
use super::tree::{NodeId, Step, Tree, is_never_shown};
use super::written::Written;

/// What a piece of text is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A paragraph, or text that stands as one.
    Paragraph,
    /// A heading, with its level; 7 is a line in bold that stands as one.
    Heading(u8),
    /// An item of a list; numbered ones have their number.
    Item(Option<u32>),
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
                if hidden || id != from && left_out(id) {
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

/// An open element that says what its text is.
struct Open {
    id: NodeId,
    role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Block,
    Link,
    Bold,
    Words,
    Heading(u8),
    List { next: Option<u32> },
    Item(Option<u32>),
    Table,
    Row,
    Cell,
    Quote,
    Cited,
    Pull,
    Standfirst,
    Credit,
    Terms,
    Plain,
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
        let role = self.role(id);
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
                let number = list.and_then(|next| next.as_mut()).map(|next| {
                    *next += 1;
                    *next - 1
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

    fn role(&self, id: NodeId) -> Role {
        let tree = self.tree;
        let name = tree.name(id);
        let in_row = self.open.iter().rev().find(|open| is_block(tree.name(open.id)));
        let in_row = in_row.is_some_and(|open| matches!(open.role, Role::Row));
        // What sums up stands in a smaller heading as often as in a paragraph.
        if name != "h1" && is_block(name) && is_called(tree, id, &STANDFIRSTS) && is_short(tree, id)
        {
            return Role::Standfirst;
        }
        match name {
            "a" if leads_elsewhere(tree, id) => return Role::Link,
            "a" if tree.attribute(id, "rel").is_some_and(|rel| rel.contains("author")) => {
                return Role::Words;
            }
            "b" | "strong" => return Role::Bold,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                return Role::Heading(name.as_bytes()[1] - b'0');
            }
            "ul" | "menu" if is_terms(tree, id) => return Role::Terms,
            "ul" => return Role::List { next: None },
            "ol" => return Role::List { next: Some(1) },
            "li" => return Role::Item(None),
            "table" if is_data(tree, id) => return Role::Table,
            "tr" if self.is_in(Role::Table) => return Role::Row,
            "td" | "th" if in_row => return Role::Cell,
            "cite" | "footer" if self.is_in(Role::Quote) => return Role::Cited,
            "pre" => return Role::Plain,
            "address" if is_short(tree, id) => return Role::Credit,
            _ => {}
        }
        if is_called(
            tree,
            id,
            &["pullquote", "pull quote", "pull", "pulled quote", "blockquote pull"],
        ) {
            return Role::Pull;
        }
        match name {
            "blockquote" if self.is_inside_aside(id) => return Role::Pull,
            "blockquote" => return Role::Quote,
            _ => {}
        }
        if is_credit(tree, id) && is_short(tree, id) {
            return Role::Credit;
        }
        if is_terms(tree, id) {
            return Role::Terms;
        }
        match is_block(name) {
            true => Role::Block,
            false => Role::Words,
        }
    }

    fn is_inside_aside(&self, id: NodeId) -> bool {
        self.tree.ancestors(id).take(3).any(|above| self.tree.name(above) == "aside")
    }

    /// What the line that is being read is.
    fn kind(&self) -> Kind {
        let mut kind = Kind::Paragraph;
        for open in &self.open {
            kind = match (open.role, kind) {
                (Role::Credit, _) => Kind::Credit,
                (Role::Terms, _) => Kind::Term,
                (Role::Pull, _) => Kind::Pull,
                (_, Kind::Credit | Kind::Term | Kind::Pull) => kind,
                (Role::Standfirst, _) => Kind::Standfirst,
                (Role::Heading(level), _) => Kind::Heading(level),
                (_, Kind::Heading(_) | Kind::Standfirst) => kind,
                (Role::Quote, _) => Kind::Quote,
                (Role::Cited, _) => Kind::Paragraph,
                (Role::Item(number), _) => Kind::Item(number),
                (Role::Row, _) => Kind::Row,
                _ => kind,
            };
        }
        kind
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
        let kind = self.kind();
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
            spoken: caption.is_none(),
            loose,
            sha256: None,
            caption: caption.or(spoken),
            before: self.flow.pieces.len(),
            node: id,
        });
    }
}

/// The words below an element, with a space between those of different blocks.
fn spaced(tree: &Tree, from: NodeId) -> String {
    let mut words = String::new();
    let mut walk = tree.walk(from);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(id) => match tree.text(id) {
                Some(text) => words.push_str(text),
                None if is_never_shown(tree.name(id)) => walk.pass_over(id),
                None if tree.name(id) == "span" || is_block(tree.name(id)) => words.push(' '),
                None => {}
            },
            Step::Leave(id) if is_block(tree.name(id)) => words.push(' '),
            Step::Leave(_) => {}
        }
    }
    words
}

/// Whether an element begins and ends a line.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "amp-img"
    )
}

/// What sites call the line beneath a headline that sums up.
const STANDFIRSTS: [&str; 13] = [
    "standfirst",
    "dek",
    "deck",
    "sub headline",
    "subheadline",
    "subheading",
    "subtitle",
    "article summary",
    "entry subtitle",
    "article intro",
    "article lead",
    "lead",
    "lede",
];

fn leads_elsewhere(tree: &Tree, id: NodeId) -> bool {
    tree.attribute(id, "href").is_some_and(|href| !href.trim().starts_with('#'))
}

fn is_picture(tree: &Tree, id: NodeId) -> bool {
    let has = |name: &str| tree.elements(id).any(|id| tree.name(id) == name);
    let moving = || ["video", "audio", "amp-img", "amp-video", "iframe"].into_iter().any(has);
    (has("img") || moving()) && !has("blockquote") && !has("table")
}

fn is_caption(tree: &Tree, id: NodeId) -> bool {
    tree.name(id) == "figcaption"
        || is_called(
            tree,
            id,
            &[
                "caption text",
                "image caption",
                "media caption",
                "photo caption",
                "wp caption text",
                "figcaption",
                "img caption",
                "caption",
            ],
        ) && !tree.elements(id).any(|id| tree.name(id) == "img")
            && is_short(tree, id)
}

/// Whether there is little to read below an element.
fn is_short(tree: &Tree, id: NodeId) -> bool {
    const LONGEST: usize = 600;
    let mut length = 0;
    for step in tree.walk(id) {
        let Step::Enter(below) = step else { continue };
        if !is_never_shown(tree.name(below)) {
            length += tree.text(below).map_or(0, |text| text.trim().len());
        }
        if length > LONGEST {
            return false;
        }
    }
    true
}

/// Whether an element tells who wrote the article, and when.
fn is_credit(tree: &Tree, id: NodeId) -> bool {
    let name = tree.name(id);
    if name == "time" {
        return true;
    }
    if tree.attribute(id, "itemprop").is_some_and(|names| {
        names
            .split_whitespace()
            .any(|name| matches!(name, "author" | "datePublished" | "dateModified"))
    }) {
        return true;
    }
    names_of(tree, id).any(|words| {
        let last = words.last().map(String::as_str).unwrap_or_default();
        matches!(
            last,
            "byline"
                | "author"
                | "authors"
                | "dateline"
                | "timestamp"
                | "pubdate"
                | "datetime"
                | "submitted"
        ) || words.iter().any(|word| matches!(word.as_str(), "byline" | "timestamp"))
            || words.len() >= 2
                && matches!(
                    words[0].as_str(),
                    "entry"
                        | "post"
                        | "article"
                        | "story"
                        | "submitted"
                        | "posted"
                        | "published"
                        | "publish"
                        | "date"
                        | "field"
                )
                && matches!(
                    last,
                    "meta"
                        | "info"
                        | "date"
                        | "time"
                        | "on"
                        | "published"
                        | "updated"
                        | "by"
                        | "details"
                )
            || words.len() == 1
                && matches!(last, "meta" | "date" | "published" | "updated" | "submitted")
    })
}

/// Whether an element holds the terms under which the paper files the article.
pub(crate) fn is_terms(tree: &Tree, id: NodeId) -> bool {
    let named = names_of(tree, id).any(|words| {
        matches!(
            words.last().map(String::as_str),
            Some("tags" | "topics" | "keywords" | "taglist" | "taxonomy" | "hashtags")
        ) || words.windows(2).any(|two| {
            matches!(
                (two[0].as_str(), two[1].as_str()),
                ("tag", "list")
                    | ("topic", "list")
                    | ("tags", "links")
                    | ("tag", "links")
                    | ("tags", "list")
                    | ("topic", "tags")
            )
        })
    });
    named && is_short(tree, id)
}

/// Whether a table holds data rather than the layout of a page.
fn is_data(tree: &Tree, id: NodeId) -> bool {
    const LONGEST_CELL: usize = 300;
    if tree.attribute(id, "role") == Some("presentation") {
        return false;
    }
    let (mut rows, mut cells, mut length) = (0, 0, 0);
    for step in tree.walk(id).skip(1) {
        let Step::Enter(below) = step else { continue };
        match tree.name(below) {
            "table" | "article" | "h1" | "h2" | "form" | "div" | "ul" => return false,
            "tr" => rows += 1,
            "td" | "th" => {
                cells += 1;
                length = 0;
            }
            _ => length += tree.text(below).map_or(0, |text| text.trim().len()),
        }
        if length > LONGEST_CELL {
            return false;
        }
    }
    rows >= 2 && cells >= rows + 2
}

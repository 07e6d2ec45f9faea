//! The parser under bounds: whatever the page, the tree that grows is small enough to hold and
//! shallow enough to parse in time that grows with the page and no faster.
//!
//! The parser searches its stack of open elements for most tags, so a page of nested elements and
//! nothing else takes it time by the square of its depth. Browsers bound the depth too, at 512; pages of news have some forty.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{LocalName, local_name};

use super::style::{self, MOST_STYLE, Rule};
use super::tags;
use super::tree::{Growing, NodeId, Tree};
use super::written::Written;
use crate::address::joined;

/// The most nodes that a page's tree may have; a long article has some ten thousand.
const MOST_NODES: usize = 400_000;

/// The most attributes that are kept of a page; a long article with its menus has some ten thousand.
const MOST_ATTRIBUTES: usize = 400_000;

/// How deep elements of one name, and of all names together, may lie in one another.
const MOST_ALIKE: u32 = 100;
const MOST_OPEN: u32 = 250;

/// The longest value of an attribute that is kept, in bytes. Longer ones are pictures and state of
/// programs.
const LONGEST_VALUE: usize = 8 << 10;

/// The attributes that something is read from.
const KEPT: [&str; 36] = [
    "alt",
    "aria-hidden",
    "aria-label",
    "cite",
    "charset",
    "class",
    "content",
    "data-src",
    "data-srcset",
    "datetime",
    "epub:type",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemid",
    "itemprop",
    "itemscope",
    "itemtype",
    "lang",
    "media",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "src",
    "srcset",
    "start",
    "style",
    "title",
    "type",
    "value",
    "width",
    "height",
    "xml:lang",
];

/// A page's tree, and what was seen on the way to it.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) tree: Tree,
    /// The comments by which programs say where they saved a page from.
    pub(crate) remarks: Vec<String>,
    /// What its style sheets say of what is shown and hidden.
    pub(super) rules: Vec<Rule>,
    /// The pictures that are written into it.
    pub(crate) written: Written,
    /// The address from which it says that all others are to be seen.
    pub(super) base: Option<String>,
    /// Whether the page had more in it than a tree may hold.
    pub(crate) cut: bool,
}

/// The tree of a page. Nothing in it is executed or fetched.
pub(crate) fn parse(text: &str) -> Parsed {
    parse_with(text, &mut |_| None)
}

/// The tree of a page whose style sheets may lie beside it: `sheet` gives the one at an address.
pub(crate) fn parse_with(text: &str, sheet: &mut dyn FnMut(&str) -> Option<String>) -> Parsed {
    let options = TreeBuilderOpts { drop_doctype: true, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(Growing::new(), options);
    let sieve = Sieve {
        builder,
        open: RefCell::default(),
        total: Cell::new(0),
        dropped: RefCell::default(),
        remarks: RefCell::default(),
        sheets: RefCell::default(),
        written: RefCell::default(),
        base: RefCell::default(),
        cut: Cell::new(false),
        words: Cell::new(Words::Text),
        attributes: Cell::new(0),
    };
    let tokenizer = Tokenizer::new(sieve, TokenizerOpts::default());
    let input = BufferQueue::default();
    // In pieces, so that no text of the tree keeps the whole page in memory.
    let text = tags::thinned(text);
    let mut rest = &*text;
    while !rest.is_empty() {
        let mut end = rest.len().min(64 << 10);
        while !rest.is_char_boundary(end) {
            end += 1;
        }
        let (piece, after) = rest.split_at(end);
        rest = after;
        input.push_back(StrTendril::from(piece));
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    }
    tokenizer.end();
    let Sieve { builder, remarks, sheets, written, base, cut, .. } = tokenizer.sink;
    let base = base.into_inner();
    let mut rules = Vec::new();
    let mut left = MOST_STYLE;
    for one in sheets.into_inner() {
        let text = match one {
            Sheet::Here(text) => Some(text),
            Sheet::Beside(address) => seen_from(&base, &address).find_map(|one| sheet(&one)),
        };
        let Some(text) = text.filter(|text| text.len() <= left) else { continue };
        left -= text.len();
        style::read(&text, &mut rules);
    }
    Parsed {
        tree: builder.sink.finish(),
        remarks: remarks.into_inner(),
        rules,
        written: written.into_inner(),
        base,
        cut: cut.get(),
    }
}

/// The addresses that one on a page may stand for: seen from where the page says, and as it stands.
/// Browsers that save a page leave in it what it said, and make the names of what they saved with it
/// none of these.
pub(super) fn seen_from<'a>(
    base: &Option<String>,
    address: &'a str,
) -> impl Iterator<Item = Cow<'a, str>> + use<'a> {
    let seen = base.as_deref().and_then(|base| joined(base, address));
    seen.map(Cow::Owned).into_iter().chain([Cow::Borrowed(address)])
}

/// A style sheet of a page, in the order in which they hold.
enum Sheet {
    Here(String),
    /// At an address; whether it is there nobody has looked yet.
    Beside(String),
}

/// What the words are that come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    Text,
    /// A program, of which nothing is kept.
    Program,
    /// A style sheet that holds on screens.
    Style,
}

struct Sieve {
    builder: TreeBuilder<NodeId, Growing>,
    /// How many elements of each name are open, as far as their tags tell.
    open: RefCell<HashMap<LocalName, u32>>,
    total: Cell<u32>,
    /// How many start tags of each name were passed over, whose end tags are still to come.
    dropped: RefCell<HashMap<LocalName, u32>>,
    remarks: RefCell<Vec<String>>,
    sheets: RefCell<Vec<Sheet>>,
    written: RefCell<Written>,
    base: RefCell<Option<String>>,
    cut: Cell<bool>,
    words: Cell<Words>,
    /// How many attributes were kept.
    attributes: Cell<usize>,
}

impl TokenSink for Sieve {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if self.builder.sink.count() > MOST_NODES && token != Token::EOFToken {
            self.cut.set(true);
            return TokenSinkResult::Continue;
        }
        match token {
            Token::TagToken(mut tag) => {
                if !self.passes(&tag) {
                    return TokenSinkResult::Continue;
                }
                self.take_written(&mut tag);
                trim(&mut tag);
                self.take_sheet(&tag);
                let kept = self.attributes.get() + tag.attrs.len();
                match kept > MOST_ATTRIBUTES {
                    true => tag.attrs = Vec::new(),
                    false => self.attributes.set(kept),
                }
                self.builder.process_token(Token::TagToken(tag), line)
            }
            Token::CharacterTokens(words) if self.words.get() != Words::Text => {
                if let (Words::Style, Some(Sheet::Here(sheet))) =
                    (self.words.get(), self.sheets.borrow_mut().last_mut())
                    && sheet.len() + words.len() <= MOST_STYLE
                {
                    sheet.push_str(&words);
                }
                TokenSinkResult::Continue
            }
            Token::CommentToken(comment) => {
                self.keep_remark(&comment);
                TokenSinkResult::Continue
            }
            Token::ParseError(_) => TokenSinkResult::Continue,
            other => self.builder.process_token(other, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Sieve {
    /// Whether a tag goes on to the tree, and not beyond the depth that it may have.
    fn passes(&self, tag: &Tag) -> bool {
        if !nests(&tag.name) {
            return true;
        }
        let mut open = self.open.borrow_mut();
        let alike = open.entry(tag.name.clone()).or_insert(0);
        match tag.kind {
            TagKind::StartTag if tag.self_closing && *alike < MOST_ALIKE => true,
            TagKind::StartTag if *alike >= MOST_ALIKE || self.total.get() >= MOST_OPEN => {
                *self.dropped.borrow_mut().entry(tag.name.clone()).or_insert(0) += 1;
                false
            }
            TagKind::StartTag => {
                *alike += 1;
                self.total.set(self.total.get() + 1);
                true
            }
            TagKind::EndTag => {
                if let Some(dropped) = self.dropped.borrow_mut().get_mut(&tag.name)
                    && *dropped > 0
                {
                    *dropped -= 1;
                    return false;
                }
                if *alike > 0 {
                    *alike -= 1;
                    self.total.set(self.total.get() - 1);
                }
                true
            }
        }
    }

    /// Notes a style sheet that a tag opens or names, from where addresses are seen, and what the words
    /// after it are.
    fn take_sheet(&self, tag: &Tag) {
        const MOST_SHEETS: usize = 1_000;
        let attribute = |name: &str| {
            let found = tag.attrs.iter().find(|one| &*one.name.local == name);
            found.map(|one| &*one.value).unwrap_or_default()
        };
        let mut words = match is_program(tag) {
            true => Words::Program,
            false => Words::Text,
        };
        let mut base = self.base.borrow_mut();
        if &*tag.name == "base" && base.is_none() && !attribute("href").is_empty() {
            *base = Some(attribute("href").trim().to_owned());
        }
        let mut sheets = self.sheets.borrow_mut();
        // A template's sheet is on the template alone.
        let in_template =
            self.open.borrow().get(&local_name!("template")).is_some_and(|open| *open > 0);
        let heard = tag.kind == TagKind::StartTag
            && !in_template
            && style::holds_on_screen(attribute("media"))
            && sheets.len() < MOST_SHEETS;
        if heard && &*tag.name == "style" {
            sheets.push(Sheet::Here(String::new()));
            words = Words::Style;
        }
        let named = || attribute("rel").to_ascii_lowercase();
        if heard
            && &*tag.name == "link"
            && named().split_whitespace().any(|one| one == "stylesheet")
        {
            sheets.push(Sheet::Beside(attribute("href").trim().to_owned()));
        }
        self.words.set(words);
    }

    /// Takes the picture that is written into a tag out of it, and leaves its number there.
    fn take_written(&self, tag: &mut Tag) {
        if !matches!(&*tag.name, "img" | "amp-img") {
            return;
        }
        let mut written = self.written.borrow_mut();
        for attribute in tag.attrs.iter_mut().filter(|one| &*one.name.local == "src") {
            if let Some(number) = written.take(&attribute.value) {
                attribute.value = number.into();
            }
        }
    }

    fn keep_remark(&self, comment: &str) {
        const MOST: usize = 8;
        const LONGEST: usize = 4 << 10;
        let saved = ["saved from url=", "Page saved with", "Mirrored from", "saved by", "Saved by"];
        let mut remarks = self.remarks.borrow_mut();
        if comment.len() <= LONGEST
            && remarks.len() < MOST
            && saved.iter().any(|mark| comment.contains(mark))
        {
            remarks.push(comment.to_owned());
        }
    }
}

/// Whether elements of a name lie in one another without bound: not those without content, those
/// whose content is text, and those that the next of their kind closes.
fn nests(name: &str) -> bool {
    !matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "script"
            | "style"
            | "textarea"
            | "title"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "plaintext"
            | "p"
            | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "tbody"
            | "thead"
            | "tfoot"
            | "option"
            | "html"
            | "head"
            | "body"
            | "frame"
            | "frameset"
    )
}

/// Whether a start tag opens a program or a style sheet; data in JSON-LD are neither.
fn is_program(tag: &Tag) -> bool {
    let data = || {
        tag.attrs.iter().any(|attribute| {
            &*attribute.name.local == "type"
                && attribute.value.to_ascii_lowercase().contains("ld+json")
        })
    };
    tag.kind == TagKind::StartTag
        && (matches!(&*tag.name, "style" | "noscript" | "iframe" | "textarea" | "noembed")
            || &*tag.name == "script" && !data())
}

/// Leaves of a tag's attributes those that are read.
fn trim(tag: &mut Tag) {
    tag.attrs.retain_mut(|attribute| {
        let kept = KEPT.contains(&&*attribute.name.local) && attribute.value.len() <= LONGEST_VALUE;
        kept && !attribute.value.trim_start().starts_with("data:")
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(tree: &Tree) -> usize {
        use crate::html::tree::Step;
        let (mut deepest, mut depth) = (0, 0usize);
        for step in tree.walk(Tree::ROOT) {
            match step {
                Step::Enter(_) => depth += 1,
                Step::Leave(_) => depth -= 1,
            }
            deepest = deepest.max(depth);
        }
        deepest
    }

    #[test]
    fn depth_is_bounded_and_words_are_kept() {
        for name in ["div", "b", "font", "table", "template", "ul><li", "a-b", "button", "svg"] {
            let page = format!("{}deep{}", format!("<{name}>").repeat(3_000), "</x>".repeat(9));
            let parsed = parse(&page);
            assert!(depth(&parsed.tree) < 2_000, "{name}");
        }
        let many: String = (0..3_000).map(|at| format!("<x{at}>")).collect();
        assert!(depth(&parse(&many).tree) < 2_000);
        let page = format!("{}deep{}<p>after", "<div>".repeat(9_000), "</div>".repeat(9_000));
        let tree = parse(&page).tree;
        assert_eq!(tree.words(Tree::ROOT), "deepafter");
    }

    #[test]
    fn nodes_are_bounded() {
        let page = "<b a=1><i><u>x<p>".repeat(200_000);
        let parsed = parse(&page);
        assert!(parsed.cut && parsed.tree.len() < MOST_NODES + 10_000);
    }

    #[test]
    fn attributes_are_bounded() {
        let page = "<b id=1 class=2 title=3 href=4 name=5>".repeat(100_000) + "x";
        let tree = parse(&page).tree;
        let kept: usize = tree
            .elements(Tree::ROOT)
            .map(|id| ["id", "class", "title"].map(|name| tree.attribute(id, name)))
            .map(|found| found.into_iter().flatten().count())
            .sum();
        assert!(kept > 0 && kept <= MOST_ATTRIBUTES);
        assert_eq!(tree.words(Tree::ROOT), "x");
    }

    #[test]
    fn programs_leave_nothing() {
        let page = "<script>var a = '<p>no</p>';</script><style>p {}</style><noscript>no</noscript>\
            <template><p>no</p></template><svg><script>no</script><text>no</text></svg>\
            <textarea>no</textarea><p onclick='no()' data-x='no'>yes";
        let parsed = parse(page);
        assert_eq!(parsed.tree.words(Tree::ROOT), "yes");
        assert!(!format!("{:?}", parsed.tree).contains("no()"));
    }

    #[test]
    fn unclosed_paragraphs_are_not_deep() {
        let tree = parse(&"<p>one".repeat(5_000)).tree;
        assert_eq!(tree.elements(Tree::ROOT).filter(|id| tree.name(*id) == "p").count(), 5_000);
    }
}

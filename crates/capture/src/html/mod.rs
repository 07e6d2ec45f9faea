//! Saved HTML pages: the article without the furniture around it, and what the page says of itself.
//!
//! Input: the bytes of one page. Output: a document and its pictures. Nothing in a page is executed
//! or fetched; of other files, only the pictures and style sheets that were saved with it are looked
//! at. A page without an article is kept with what it shows and a note.

mod article;
mod beneath;
mod charset;
mod claims;
mod compose;
mod elements;
mod flow;
mod furniture;
mod json_ld;
mod lives;
mod metadata;
mod note_marks;
mod pictures;
mod roles;
mod settle;
mod shown;
mod sieve;
mod style;
mod tags;
mod tree;
mod when;
mod written;

use throughline_model::{Document, Sha256};

pub(crate) use self::charset::decode_page;
pub(crate) use self::sieve::parse;
pub(crate) use self::tree::{NodeId, Step, Tree};
pub(crate) use self::when::{When, stated};

use self::article::Article;
use self::claims::Field;
use self::compose::Composed;
use crate::address::joined;
use crate::beside::{Absent, Beside, percent_decoded};
use crate::passed_over::is_beside_a_page;
use crate::walk::{Captured, Entry, Flow, Walk};
use crate::{Cause, Given, Illustrated};

/// What a document is told that shows words struck out: whoever strikes out his words takes them back.
pub(crate) const STRUCK: &str = "words that are struck out are left out";

/// The largest page that is read, in bytes; pages with all their pictures in them have some million.
pub const MAX_PAGE_BYTES: u64 = 32 << 20;

/// Takes in a page, with the pictures that a browser saved in the folder beside it.
pub(crate) fn take_page(walk: &mut Walk<'_>, entry: Entry<'_>) -> Flow {
    let Entry { place, name, input, knows, beside, .. } = entry;
    let given = knows.given(walk.given);
    let mut file = |address: &str| match beside.as_ref().ok_or(Absent::NoFolder)? {
        web @ Beside::Web { .. } => web.bytes(address),
        folder => folder.bytes(&saved_with(&name, address).ok_or(Absent::Outside)?),
    };
    let read = input.bytes(MAX_PAGE_BYTES).and_then(|bytes| {
        let read = read_html(&bytes, &given, &mut file)?;
        Ok((read, bytes))
    });
    match read {
        Ok((Illustrated { document, pictures }, bytes)) => {
            let captured = Captured::new(document, bytes, place);
            walk.tell(&knows, Captured { pictures, ..captured })
        }
        Err(cause) => walk.fail(place, cause),
    }
}

/// The name of the file at an address of a page, if it is in the folder that was saved with it.
fn saved_with(page: &str, address: &str) -> Option<String> {
    let address = address.split(['?', '#']).next().unwrap_or_default();
    let name = String::from_utf8(percent_decoded(address)).ok()?;
    let name = name.strip_prefix("./").unwrap_or(&name);
    let (folder, _) = name.split_once('/')?;
    is_beside_a_page(folder, |other| other == page).then(|| name.to_owned())
}

/// A document from the bytes of a saved page, with its pictures. `file` gives the bytes of a file
/// that the page names, a picture or a style sheet.
///
/// # Errors
/// [`Cause::Binary`], [`Cause::Empty`] if there is nothing but white space, or [`Cause::TooLarge`].
pub fn read_html(
    bytes: &[u8],
    given: &Given,
    file: &mut dyn FnMut(&str) -> Result<Vec<u8>, Absent>,
) -> Result<Illustrated, Cause> {
    if bytes.len() as u64 > MAX_PAGE_BYTES {
        let bytes = Some(bytes.len() as u64);
        return Err(Cause::TooLarge { bytes, limit: MAX_PAGE_BYTES });
    }
    read_page(charset::decode_page(bytes)?, Document::bare(Sha256::of(bytes)), given, file)
}

/// As [`read_html`], of a page whose letters are known already.
pub(crate) fn read_page(
    text: String,
    bare: Document,
    given: &Given,
    file: &mut dyn FnMut(&str) -> Result<Vec<u8>, Absent>,
) -> Result<Illustrated, Cause> {
    if text.trim().is_empty() {
        return Err(Cause::Empty);
    }
    let mut sheet = |address: &str| charset::decode_page(&file(address).ok()?).ok();
    let mut parsed = sieve::parse_with(&text, &mut sheet);
    drop(text);
    if let (Some(base), Some(page)) = (&mut parsed.base, &given.url) {
        *base = joined(page, base).unwrap_or_default();
    }
    shown::strike_out(&mut parsed);
    let hidden = shown::hidden(&parsed);
    let mut claims = metadata::read(&parsed);
    let values = |field| claims.of(field).iter().map(|claim| claim.value.as_str()).collect();
    let titles: Vec<&str> = values(Field::Title);
    let authors: Vec<&str> = values(Field::Byline);
    let is_live = claims.is_live || looks_live(&parsed.tree, &titles);
    let said = article::Said { titles: &titles, authors: &authors, is_live };
    let mut article = article::find(&parsed.tree, &hidden, &said);
    claims.is_live = is_live;
    let pictures = pictures::come_along(&mut article.flow.pictures, &mut parsed, file);
    let document = settle::settle(bare, &parsed, &article, &mut claims, given);
    Ok(Illustrated { document, pictures })
}

/// A chapter of a book, with the bytes of its pictures.
pub(crate) struct Chapter {
    pub(crate) composed: Composed,
    pub(crate) pictures: Vec<Vec<u8>>,
    /// Whether it says that it is none of the text.
    pub(crate) is_apart: bool,
}

/// A chapter of a book, under the book's title where that is given: all that it shows is of the text,
/// and nothing around it is furniture. `file` gives the bytes of what it names.
pub(crate) fn read_chapter(
    text: &str,
    title: Option<&str>,
    file: &mut dyn FnMut(&str) -> Result<Vec<u8>, Absent>,
) -> Chapter {
    let mut sheet = |address: &str| charset::decode_page(&file(address).ok()?).ok();
    let mut parsed = sieve::parse_with(text, &mut sheet);
    shown::strike_out(&mut parsed);
    let hidden = shown::hidden(&parsed);
    let tree = &parsed.tree;
    let mut flow = flow::flow(tree, Tree::ROOT, &|id| hidden[id.index()]);
    let is_apart = is_apart(tree);
    let pictures = pictures::come_along(&mut flow.pictures, &mut parsed, file);
    let headline = title.and_then(|title| {
        let mut first = flow.pieces.iter().take(3);
        first.position(|piece| piece.text.replace('\n', " ") == title)
    });
    let title = title.filter(|_| headline.is_none() && !flow.pieces.is_empty());
    let article = Article { flow, headline, is_list: false, unveiled: false };
    let composed = compose::compose(&article, title, None, false);
    Chapter { composed, pictures, is_apart }
}

/// Whether a chapter says that it is none: a title page, a list of chapters, an index.
fn is_apart(tree: &Tree) -> bool {
    const APART: [&str; 6] =
        ["titlepage", "copyright-page", "toc", "landmarks", "index", "colophon"];
    // The page itself, or what holds all of it.
    let outer = tree.elements(Tree::ROOT).skip_while(|id| tree.name(*id) != "body").take(2);
    let kinds = outer.filter_map(|id| tree.attribute(id, "epub:type"));
    kinds.flat_map(str::split_whitespace).any(|kind| APART.contains(&kind))
}

/// Whether a page is one to which its paper adds post after post: its title says so, and it gives
/// times of day without a day.
fn looks_live(tree: &Tree, titles: &[&str]) -> bool {
    const TITLES: [&str; 8] = [
        "live",
        "liveblog",
        "live-blog",
        "as it happened",
        "minute by minute",
        "minuto a minuto",
        "en direct",
        "im ticker",
    ];
    const POSTS: usize = 3;
    let says = |title: &&str| {
        let title = format!(" {} ", title.to_lowercase().replace([':', ',', '–', '|', '.'], " "));
        TITLES.iter().any(|words| title.contains(&format!(" {words} ")))
    };
    let is_clock = |id: &NodeId| {
        let words = elements::first_words(tree, *id);
        let words = words.trim();
        words.len() <= 10
            && words.starts_with(|letter: char| letter.is_ascii_digit())
            && words.contains([':', '.', 'h'])
            && words.bytes().filter(u8::is_ascii_digit).count() <= 4
    };
    titles.iter().any(says)
        && tree
            .elements(Tree::ROOT)
            .filter(|id| tree.name(*id) == "time")
            .filter(is_clock)
            .take(POSTS)
            .count()
            == POSTS
}

/// The words of a piece of HTML, as a feed or a page's metadata hold them.
pub(crate) fn plain_words(fragment: &str) -> String {
    parse(fragment).tree.words(Tree::ROOT)
}

/// The text and zones of a piece of HTML that is all article, with its headline above it.
pub(crate) fn read_fragment(fragment: &str, title: Option<&str>) -> Composed {
    let mut parsed = parse(fragment);
    shown::strike_out(&mut parsed);
    let tree = &parsed.tree;
    let hidden = shown::hidden(&parsed);
    let surely = |id: NodeId| {
        hidden[id.index()] || furniture::of_element(tree, id) == furniture::Furniture::Surely
    };
    let mut flow = flow::flow(tree, Tree::ROOT, &surely);
    flow.pieces.retain(|piece| !furniture::is_phrase(&piece.text, piece.linked > 0));
    flow.pictures.retain(|picture| !picture.loose);
    let article = Article { flow, headline: None, is_list: false, unveiled: false };
    compose::compose(&article, title, None, false)
}

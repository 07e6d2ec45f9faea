//! Saved HTML pages: the article without the furniture around it, and what the page says of itself.
//!
//! Input: the bytes of one page. Output: a [`Document`]. Nothing in a page is executed or fetched;
//! what it refers to in other files is not looked at. A page without an article is kept with what it
//! shows and a note.

mod article;
mod charset;
mod claims;
mod compose;
mod flow;
mod furniture;
mod json_ld;
mod letters;
mod metadata;
mod settle;
mod sieve;
mod tree;
mod when;

use throughline_model::{Document, Sha256};

pub(crate) use self::letters::one_line;
pub(crate) use self::when::stated;

use self::article::Article;
use self::claims::Field;
use self::compose::Composed;
use self::sieve::parse;
use self::tree::Tree;
use crate::{Cause, Given};

/// The largest page that is read, in bytes; pages with all their pictures in them have some million.
pub const MAX_PAGE_BYTES: u64 = 32 << 20;

/// A document from the bytes of a saved page.
///
/// # Errors
/// [`Cause::Binary`], [`Cause::Empty`] if there is nothing but white space, or [`Cause::TooLarge`].
pub fn read_html(bytes: &[u8], given: &Given) -> Result<Document, Cause> {
    if bytes.len() as u64 > MAX_PAGE_BYTES {
        let bytes = Some(bytes.len() as u64);
        return Err(Cause::TooLarge { bytes, limit: MAX_PAGE_BYTES });
    }
    let text = charset::decode_page(bytes)?;
    if text.trim().is_empty() {
        return Err(Cause::Empty);
    }
    let parsed = parse(&text);
    drop(text);
    let mut claims = metadata::read(&parsed);
    let titles: Vec<String> =
        claims.of(Field::Title).iter().map(|claim| claim.value.clone()).collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let article = article::find(&parsed.tree, &titles, claims.is_live);
    let bare = Document::bare(Sha256::of(bytes));
    let document = settle::settle(bare, &parsed, &article, &mut claims, given);
    Ok(document)
}

/// The words of a piece of HTML, as a feed or a page's metadata hold them.
pub(crate) fn plain_words(fragment: &str) -> String {
    parse(fragment).tree.words(Tree::ROOT)
}

/// The text and zones of a piece of HTML that is all article, with its headline above it.
pub(crate) fn read_fragment(fragment: &str, title: Option<&str>) -> Composed {
    let tree = parse(fragment).tree;
    let surely = |id| furniture::of_element(&tree, id) == furniture::Furniture::Surely;
    let mut flow = flow::flow(&tree, Tree::ROOT, &surely);
    flow.pieces.retain(|piece| !furniture::is_phrase(&piece.text, piece.linked > 0));
    let article = Article { flow, headline: None, is_list: false };
    compose::compose(&article, title, None, false)
}

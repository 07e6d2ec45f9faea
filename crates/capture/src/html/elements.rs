//! What elements of a page are, by their names and by what is in them.

use super::furniture::{is_called, names_of};
use super::tree::{NodeId, Step, Tree, is_never_shown};
use crate::letters::push_words;

/// The words below an element, with a space between those of different blocks.
pub(super) fn spaced(tree: &Tree, from: NodeId) -> String {
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

/// The first words below an element, as far as they are near.
pub(super) fn first_words(tree: &Tree, from: NodeId) -> String {
    const STEPS: usize = 60;
    const LONGEST: usize = 200;
    let mut words = String::new();
    for step in tree.walk(from).take(STEPS) {
        if let Step::Enter(id) = step
            && let Some(text) = tree.text(id)
        {
            let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(end, _)| end);
            push_words(&mut words, &text[..end]);
        }
        if words.len() > LONGEST {
            break;
        }
    }
    words
}

/// Whether an element begins and ends a line.
pub(super) fn is_block(name: &str) -> bool {
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

/// Whether an element holds the line beneath a headline that sums up: a smaller heading as often as a
/// paragraph.
pub(super) fn is_standfirst(tree: &Tree, id: NodeId) -> bool {
    let name = tree.name(id);
    name != "h1" && is_block(name) && is_called(tree, id, &STANDFIRSTS) && is_short(tree, id)
}

/// Whether an element holds words that were lifted out for display.
pub(super) fn is_pull(tree: &Tree, id: NodeId) -> bool {
    const NAMES: [&str; 5] = ["pullquote", "pull quote", "pull", "pulled quote", "blockquote pull"];
    is_called(tree, id, &NAMES)
}

/// Whether an element leads to another page.
pub(super) fn leads_elsewhere(tree: &Tree, id: NodeId) -> bool {
    tree.attribute(id, "href").is_some_and(|href| !href.trim().starts_with('#'))
}

/// Whether a figure shows a picture or a film.
pub(super) fn is_picture(tree: &Tree, id: NodeId) -> bool {
    let has = |name: &str| tree.elements(id).any(|id| tree.name(id) == name);
    let moving = || ["video", "audio", "amp-img", "amp-video", "iframe"].into_iter().any(has);
    (has("img") || moving()) && !has("blockquote") && !has("table")
}

/// Whether an element holds what is written under a picture.
pub(super) fn is_caption(tree: &Tree, id: NodeId) -> bool {
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
pub(super) fn is_short(tree: &Tree, id: NodeId) -> bool {
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
pub(super) fn is_credit(tree: &Tree, id: NodeId) -> bool {
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
pub(super) fn is_terms(tree: &Tree, id: NodeId) -> bool {
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
pub(super) fn is_data(tree: &Tree, id: NodeId) -> bool {
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

//! Marks of notes: a raised number or sign that leads to a note, and the arrow that leads back.
//!
//! Read with the words around it, the mark of a note would make "3" killed 31.

use super::elements::first_words;
use super::tree::{NodeId, Tree};

/// Whether an element is nothing but such a mark, or the place where a printed page ended.
pub(super) fn is_note_mark(tree: &Tree, id: NodeId) -> bool {
    match tree.name(id) {
        "a" if leads_within(tree, id) => {
            leads_back(tree, id)
                || is_of_notes(tree, id) && is_mark(tree, id)
                || is_called_one(tree, id)
        }
        "sup" => is_mark(tree, id) && leads_to_a_note(tree, id),
        _ => is_called_one(tree, id),
    }
}

/// Whether an element says that it is one, as those of books do.
fn is_called_one(tree: &Tree, id: NodeId) -> bool {
    let is = |name: &str, marks: [&str; 3]| {
        let words = tree.attribute(id, name).unwrap_or_default();
        words.split_whitespace().any(|word| marks.contains(&word))
    };
    is("epub:type", ["noteref", "backlink", "pagebreak"])
        || is("role", ["doc-noteref", "doc-backlink", "doc-pagebreak"])
}

/// Whether a link leads to another place, in this page or in one of the same book.
fn leads_within(tree: &Tree, id: NodeId) -> bool {
    let address = tree.attribute(id, "href").unwrap_or_default();
    address.contains('#') && !address.contains("://")
}

/// Whether a link is called one to a note by its class, which the page's style then raises.
fn is_of_notes(tree: &Tree, id: NodeId) -> bool {
    let class = tree.attribute(id, "class").unwrap_or_default().to_lowercase();
    ["footnote", "endnote", "noteref", "fnref"].iter().any(|name| class.contains(name))
}

fn leads_to_a_note(tree: &Tree, id: NodeId) -> bool {
    let is_link = |id: NodeId| tree.name(id) == "a" && leads_within(tree, id);
    tree.elements(id).take(4).any(is_link) || tree.ancestors(id).take(2).any(is_link)
}

/// Whether an element says a number of up to three figures, one letter or a sign, in brackets or not.
fn is_mark(tree: &Tree, id: NodeId) -> bool {
    const LONGEST: usize = 12;
    let words = first_words(tree, id);
    let bare = words.trim_matches(|letter: char| !letter.is_alphanumeric());
    let figures = bare.len() <= 3 && bare.bytes().all(|byte| byte.is_ascii_digit());
    let letter = bare.chars().count() == 1 && bare.chars().all(char::is_lowercase);
    words.len() <= LONGEST && (figures || letter)
}

fn leads_back(tree: &Tree, id: NodeId) -> bool {
    let words = first_words(tree, id);
    let words = words.trim();
    words.starts_with(['↩', '↑', '↵', '⤴', '⏎', '^']) && words.chars().count() <= 2
}

#[cfg(test)]
mod tests {
    use crate::html::flow::flow;
    use crate::html::sieve::parse;
    use crate::html::tree::Tree;

    #[track_caller]
    fn check(page: &str, want: &str) {
        let flow = flow(&parse(page).tree, Tree::ROOT, &|_| false);
        let lines: Vec<&str> = flow.pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(lines.join("\n"), want);
    }

    #[test]
    fn marks_are_no_part_of_the_words() {
        for mark in [
            "<sup><a href='#n1'>1</a></sup>",
            "<a href='ch2.xhtml#n1'><sup>12</sup></a>",
            "<sup id=r1><a href='#n1'>[1]</a></sup>",
            "<sup><a href='#n1'>*</a></sup>",
            "<a href='#n1' epub:type=noteref>1</a>",
            "<span role=doc-pagebreak>112</span>",
            "<a href='#n1' class=footnote-ref>1</a>",
            "<a href='#r1'>↩\u{FE0E}</a>",
        ] {
            check(&format!("<p>He killed 3{mark} people.</p>"), "He killed 3 people.");
        }
    }

    #[test]
    fn numbers_that_are_none_stay() {
        check("<p><a href='#12'>12</a> The court heard him.</p>", "12 The court heard him.");
        check("<p>On <sup><a href='#n'>the first</a></sup> day.</p>", "On the first day.");
        check("<p>A house of 90 m<sup>2</sup>.</p>", "A house of 90 m2.");
        check("<p>He killed 3<sup>1</sup>, of 10<sup>6</sup>.</p>", "He killed 3^1, of 10^6.");
        check("<p>The 5<sup>th</sup> man.</p>", "The 5th man.");
    }
}

//! Lines on who somebody is, which pages call "bio".
//!
//! Nearly always it is the author's own, and stands on each of his pages. Beneath an interview it is
//! that of whoever was asked, by whom a reader weighs the answers: such a line is the article's. It is
//! known by beginning with a name that the article's sentences say too, and that nobody has who signs.

use super::compose::is_name;
use super::flow::{Kind, Piece};
use super::furniture::{Furniture, by_form, names_of, of_words};
use super::tree::{NodeId, Tree};
use crate::blocks::is_byline;

/// What pages call a life.
const LIFE: &str = "bio";

/// Words in a name that say whose life it is: the author's.
const AUTHORS: [&str; 8] =
    ["author", "byline", "columnist", "contributor", "journalist", "reporter", "staff", "writer"];

/// The elements called a life that are on somebody whom the article speaks of. `pieces` are the page's
/// without its furniture, and so without any of these; `signed` are the authors that its metadata name.
pub(crate) fn of_others(tree: &Tree, pieces: &[Piece], signed: &[&str]) -> Vec<NodeId> {
    let lives: Vec<NodeId> =
        tree.elements(Tree::ROOT).filter(|id| is_plainly_a_life(tree, *id)).collect();
    if lives.is_empty() {
        return lives;
    }
    let signs = |family: &str| {
        let credits = pieces.iter().filter(|one| one.kind == Kind::Credit || is_byline(&one.text));
        let lines = credits.map(|one| one.text.as_str()).chain(signed.iter().copied());
        lines.into_iter().any(|line| says(line, family))
    };
    let spoken_of = |family: &str| {
        let sentences = pieces.iter().filter(|one| one.kind != Kind::Credit);
        sentences.filter(|one| one.ends_a_sentence()).any(|one| says(&one.text, family))
    };
    let is_of_other = |id: &NodeId| {
        let words = tree.words(*id);
        first_name(&words).is_some_and(|family| spoken_of(family) && !signs(family))
    };
    lives.into_iter().filter(is_of_other).collect()
}

/// Whether an element is furniture for being called a life, and for nothing else, and is not called
/// its author's.
fn is_plainly_a_life(tree: &Tree, id: NodeId) -> bool {
    if by_form(tree, id) != Furniture::No {
        return false;
    }
    let mut found = false;
    for words in names_of(tree, id) {
        found |= words.iter().any(|word| word == LIFE);
        let others: Vec<String> = words.into_iter().filter(|word| word != LIFE).collect();
        if others.iter().any(|word| AUTHORS.contains(&word.as_str()))
            || of_words(&others) != Furniture::No
        {
            return false;
        }
    }
    found
}

/// The family name in the name with which a line begins.
fn first_name(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let mut end = 0;
    for word in line.split_inclusive(char::is_whitespace) {
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        let bare = word.trim_end().trim_end_matches([',', ':', ';', '(', ')']);
        let is_last = bare.len() < word.trim_end().len();
        let start = end;
        end += word.len();
        if is_last {
            end = start + bare.len();
            break;
        }
    }
    let name = line[..end].trim_end();
    is_name(name).then(|| name.split_whitespace().last()).flatten()
}

/// Whether a text has a word, as it is written.
fn says(text: &str, wanted: &str) -> bool {
    let apart = |letter: char| !letter.is_alphanumeric() && letter != '-';
    text.split(apart).any(|word| word == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::flow::flow;
    use crate::html::furniture::of_element;
    use crate::html::sieve::parse;

    #[track_caller]
    fn check(page: &str, signed: &[&str], kept: bool) {
        let tree = parse(page).tree;
        let surely = |id: NodeId| of_element(&tree, id) == Furniture::Surely;
        let pieces = flow(&tree, Tree::ROOT, &surely).pieces;
        assert_eq!(of_others(&tree, &pieces, signed).len(), usize::from(kept), "{page}");
    }

    #[test]
    fn a_life_of_somebody_asked_is_the_articles() {
        let asked = "<p>Mrs Oster, what did the commission miss?<p>The van.";
        let life = "<p class=bio-line>Runa Oster, 58, led the commission.";
        check(&format!("{asked}{life}"), &["Dora Lenk"], true);
        check(&format!("{asked}{life}"), &[], true);
        check(&format!("{asked}<div class=bio><p>Runa Oster (58) led it.</div>"), &[], true);
        check(&format!("{asked}<p id=bio>Runa Oster led the commission."), &[], true);
    }

    #[test]
    fn a_life_of_the_author_is_furniture() {
        let told = "<p>Mrs Oster, what did the commission miss?<p>The van, Lenk was told.";
        let life = "<p class=bio>Dora Lenk is a reporter in Bruck.";
        check(&format!("{told}{life}"), &["Dora Lenk"], false);
        check(&format!("<p class=byline>By Dora Lenk</p>{told}{life}"), &[], false);
        check(&format!("<p>By Dora Lenk</p>{told}{life}"), &[], false);
        // One of whom the article says nothing.
        check(&format!("{told}<p class=bio>Ada Marsh is a reporter."), &[], false);
        check(&format!("{told}<p class=bio>The writer is a reporter."), &[], false);
        check(&format!("{told}<p class=bio>She is a reporter."), &[], false);
        // Called so by whoever made the page.
        check(&format!("{told}<p class=author-bio>Runa Oster writes for us."), &[], false);
        check(&format!("{told}<p class='bio related'>Runa Oster writes."), &[], false);
        check(&format!("{told}<aside class=bio>Runa Oster, 58.</aside>"), &[], false);
    }
}

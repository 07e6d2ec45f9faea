//! What of a page is not its article: by what elements are, what they are called, and by lines that
//! stand on every page.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::elements::{first_words, is_terms};
use super::tree::{NodeId, Tree};

/// How surely an element is furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Furniture {
    /// It is not.
    No,
    /// It is, unless it holds most of the page's sentences.
    Perhaps,
    /// It is, whatever it holds.
    Surely,
}

/// What an element is by its name, its role and its class. What is hidden is told elsewhere
/// ([`super::shown`]).
pub(crate) fn of_element(tree: &Tree, id: NodeId) -> Furniture {
    called(tree, id, of_names(tree, id))
}

/// What an element is by all but its class and its id.
pub(super) fn by_form(tree: &Tree, id: NodeId) -> Furniture {
    called(tree, id, Furniture::No)
}

/// What an element is whose class and id say that it is `by_class`.
fn called(tree: &Tree, id: NodeId, by_class: Furniture) -> Furniture {
    let name = tree.name(id);
    if matches!(name, "html" | "body" | "main") {
        return Furniture::No;
    }
    let by_name = match name {
        "nav" => Furniture::Surely,
        "footer" if is_foot_of_article(tree, id) => return Furniture::No,
        "aside" if holds_correction(tree, id) => return Furniture::No,
        "footer" => Furniture::Perhaps,
        "aside" if is_called(tree, id, &["pull", "pullquote", "pull quote"]) => Furniture::No,
        "aside" | "form" => Furniture::Perhaps,
        "header" if !holds_headline(tree, id) && !is_inside(tree, id, "article") => {
            Furniture::Perhaps
        }
        _ => Furniture::No,
    };
    let by_role = match tree.attribute(id, "role").unwrap_or_default() {
        "navigation" | "search" | "dialog" | "alertdialog" | "menu" | "menubar" | "toolbar" => {
            Furniture::Surely
        }
        "contentinfo" | "complementary" | "banner" | "form" => Furniture::Perhaps,
        _ => Furniture::No,
    };
    let by_type = match tree.attribute(id, "itemtype") {
        Some(kind) if ends_with_any(kind, &["/WPFooter", "/SiteNavigationElement", "/Comment"]) => {
            Furniture::Surely
        }
        Some(kind) if ends_with_any(kind, &["/WPSideBar", "/WPAdBlock", "/WPHeader"]) => {
            Furniture::Perhaps
        }
        _ => Furniture::No,
    };
    let unheard = match tree.attribute(id, "aria-hidden") {
        Some("true") => Furniture::Perhaps,
        _ => Furniture::No,
    };
    by_name.max(by_role).max(by_type).max(unheard).max(by_class)
}

fn ends_with_any(text: &str, ends: &[&str]) -> bool {
    ends.iter().any(|end| text.trim_end().ends_with(end))
}

fn is_inside(tree: &Tree, id: NodeId, name: &str) -> bool {
    tree.ancestors(id).any(|above| tree.name(above) == name)
}

/// Whether a foot belongs to an article: that of a quotation names its speaker, Drupal's "node__meta"
/// the author, and others the terms.
fn is_foot_of_article(tree: &Tree, id: NodeId) -> bool {
    is_inside(tree, id, "blockquote")
        || is_called(tree, id, &["meta", "submitted", "byline"])
        || is_inside(tree, id, "article") && (holds_terms(tree, id) || holds_correction(tree, id))
}

/// Whether the terms of an article are among the first elements below a node.
fn holds_terms(tree: &Tree, id: NodeId) -> bool {
    const FIRST: usize = 20;
    tree.elements(id).take(FIRST).any(|id| is_terms(tree, id))
}

/// Whether a main headline is among the first elements below a node.
fn holds_headline(tree: &Tree, id: NodeId) -> bool {
    const FIRST: usize = 60;
    tree.elements(id).take(FIRST).any(|id| tree.name(id) == "h1")
}

struct Names {
    /// The rest of a name's words by its first word, and whether it holds whatever is inside.
    by_first: HashMap<&'static str, Vec<(Vec<&'static str>, bool)>>,
    /// Beginnings of words.
    beginnings: Vec<(&'static str, bool)>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names { by_first: HashMap::new(), beginnings: Vec::new() };
    for line in lines(include_str!("../../resources/furniture-names.txt")) {
        let surely = line.starts_with('!');
        let line = line.trim_start_matches(['!', ' ']);
        if let Some(beginning) = line.strip_suffix('*') {
            names.beginnings.push((beginning, surely));
            continue;
        }
        let mut words = line.split(' ');
        if let Some(first) = words.next() {
            names.by_first.entry(first).or_default().push((words.collect(), surely));
        }
    }
    names
});

fn of_names(tree: &Tree, id: NodeId) -> Furniture {
    let mut found = Furniture::No;
    for words in names_of(tree, id) {
        found = found.max(of_words(&words));
    }
    found
}

/// What an element is that has a name of these words.
pub(super) fn of_words(words: &[String]) -> Furniture {
    // "has-sidebar" tells of something else, and WordPress puts an article's own terms into classes.
    let first = words.first().map(String::as_str).unwrap_or_default();
    if matches!(first, "has" | "no" | "with" | "without" | "is" | "tag" | "category" | "type") {
        return Furniture::No;
    }
    let certainty = |surely: &bool| if *surely { Furniture::Surely } else { Furniture::Perhaps };
    let mut found = Furniture::No;
    for (at, word) in words.iter().enumerate() {
        let negated = at > 0 && matches!(words[at - 1].as_str(), "has" | "no" | "with" | "show");
        if negated {
            continue;
        }
        if let Some(rests) = NAMES.by_first.get(word.as_str()) {
            let follows = |rest: &Vec<&str>| {
                words.len() > at + rest.len()
                    && rest.iter().zip(&words[at + 1..]).all(|(wanted, word)| wanted == word)
            };
            for (_, surely) in rests.iter().filter(|(rest, _)| follows(rest)) {
                found = found.max(certainty(surely));
            }
        }
        for (_, surely) in NAMES.beginnings.iter().filter(|(start, _)| word.starts_with(start)) {
            found = found.max(certainty(surely));
        }
    }
    found
}

/// The words of each class and of the id of an element.
pub(crate) fn names_of(tree: &Tree, id: NodeId) -> impl Iterator<Item = Vec<String>> {
    const MOST: usize = 24;
    ["class", "id"]
        .into_iter()
        .filter_map(move |kind| tree.attribute(id, kind))
        .flat_map(str::split_whitespace)
        .take(MOST)
        .map(words_of)
}

/// The words of a name, taken apart at what is no letter and at capitals.
pub(crate) fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut apart = true;
    let mut low = false;
    for letter in name.chars().take(120) {
        if !letter.is_alphanumeric() {
            apart = true;
            continue;
        }
        if apart || letter.is_uppercase() && low {
            words.push(String::new());
        }
        apart = false;
        low = letter.is_lowercase() || letter.is_numeric();
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

/// Whether one of an element's names has these words one after the other.
pub(crate) fn is_called(tree: &Tree, id: NodeId, wanted: &[&str]) -> bool {
    names_of(tree, id).any(|words| {
        wanted.iter().any(|name| {
            let name: Vec<&str> = name.split(' ').collect();
            words.windows(name.len()).any(|window| window.iter().eq(name.iter()))
        })
    })
}

#[derive(Default)]
struct Phrases {
    whole: HashSet<&'static str>,
    begin: Vec<&'static str>,
    begin_linked: Vec<&'static str>,
    /// Those with other words in the middle: beginning and middle.
    around: Vec<(&'static str, &'static str)>,
    offers: Vec<&'static str>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::default();
    for line in lines(include_str!("../../resources/furniture-phrases.txt")) {
        match line.split_once(' ') {
            Some(("=", rest)) => {
                phrases.whole.insert(rest);
            }
            Some(("^", rest)) => phrases.begin.push(rest),
            Some(("~", rest)) => phrases.begin_linked.push(rest),
            Some((">", rest)) => phrases.offers.push(rest),
            Some(("&", rest)) => phrases.around.extend(rest.split_once(" … ")),
            _ => {}
        }
    }
    phrases
});

fn lines(resource: &'static str) -> impl Iterator<Item = &'static str> {
    resource.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Whether a line is one that stands on every page.
pub(crate) fn is_phrase(line: &str, has_link: bool) -> bool {
    const LONGEST: usize = 200;
    if line.len() > LONGEST {
        return false;
    }
    let line = line.to_lowercase();
    let whole = line.trim_end_matches([':', '.', '›', '»', '>', ' ', '…']);
    PHRASES.whole.contains(whole)
        || PHRASES.begin.iter().any(|begin| line.starts_with(begin))
        || has_link && PHRASES.begin_linked.iter().any(|begin| line.starts_with(begin))
        || has_link
            && PHRASES.around.iter().any(|(begin, middle)| {
                line.strip_prefix(begin).is_some_and(|rest| rest.contains(middle))
            })
}

/// Whether a heading is that of an offer.
pub(crate) fn is_offer(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    PHRASES.offers.iter().any(|begin| heading.starts_with(begin))
}

/// The beginnings of what a paper says of its own mistakes.
static CORRECTIONS: LazyLock<Vec<&str>> =
    LazyLock::new(|| lines(include_str!("../../resources/corrections.txt")).collect());

/// Whether an element says first of all that the paper corrects itself, or holds a part near its
/// beginning that does. Such words are the article's, wherever they stand.
fn holds_correction(tree: &Tree, id: NodeId) -> bool {
    const FIRST: usize = 16;
    const SHORTEST: usize = 40;
    let mut parts =
        tree.elements(id).take(FIRST).filter(|id| !matches!(tree.name(*id), "a" | "li"));
    parts.any(|part| {
        let words = first_words(tree, part).trim_start().to_lowercase();
        words.len() >= SHORTEST && CORRECTIONS.iter().any(|begin| words.starts_with(begin))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::sieve::parse;

    #[track_caller]
    fn check(element: &str, want: Furniture) {
        let parsed = parse(&format!("<div>{element}"));
        let div = parsed.tree.elements(Tree::ROOT).filter(|id| parsed.tree.name(*id) == "div");
        let id = parsed.tree.children(div.last().unwrap()).next();
        // The last division is the element itself, or has it inside.
        let last = parsed.tree.elements(Tree::ROOT).last().unwrap();
        assert_eq!(of_element(&parsed.tree, id.unwrap_or(last)), want, "{element}");
    }

    #[test]
    fn furniture_is_known_by_its_name() {
        check("<p class='related-links'>", Furniture::Surely);
        check("<p class='relatedLinks'>", Furniture::Surely);
        check("<p id='shareBar'>", Furniture::Surely);
        check("<p class='l-sidebar'>", Furniture::Perhaps);
        check("<p class='article has-sidebar no-comments tag-related'>", Furniture::No);
        check("<p class='story-body adult'>", Furniture::No);
        check("<p role=navigation>", Furniture::Surely);
        check("<aside>", Furniture::Perhaps);
    }

    #[test]
    fn lines_of_every_page_are_known() {
        assert!(is_phrase("Advertisement", false));
        assert!(is_phrase("Read more: Two held at Lenn", true));
        assert!(is_phrase("The post Two held at Lenn appeared first on The Lamp.", true));
        assert!(!is_phrase("The post of the guard at Lenn was empty.", true));
        assert!(!is_phrase("Read more carefully, she said.", false));
        assert!(!is_phrase("Share prices fell after the attack.", false));
    }
}

//! Which part of a page is its article.
//!
//! Sentences vote: each paragraph counts by its length for all elements around it, unless it is a
//! link. The article is the element that the page itself calls so, if it holds half of the sentences
//! or more, and else the smallest element that holds nearly all of them. A page whose sentences lie
//! in many small parts has no article: it is a list of articles.

use std::collections::BTreeMap;

use super::beneath::{drop_comments, drop_offers_and_teasers, drop_rows_of_teasers};
use super::compose::is_name;
use super::flow::{Flow, Kind, Piece, flow};
use super::furniture::{Furniture, is_called, is_phrase, of_element};
use super::lives;
use super::tree::{NodeId, Step, Tree};
use super::when::seen;
use crate::blocks::is_byline;
use crate::date::published_date;

/// What was found on a page.
#[derive(Debug)]
pub(crate) struct Article {
    /// Its text, from the first line around the headline to the last term.
    pub(crate) flow: Flow,
    /// The piece that is the headline, where there is one.
    pub(crate) headline: Option<usize>,
    /// Whether what was found are the beginnings of many articles.
    pub(crate) is_list: bool,
    /// Whether the page hides it until a program shows it.
    pub(crate) unveiled: bool,
}

/// What the metadata of a page say of its article.
pub(crate) struct Said<'a> {
    pub(crate) titles: &'a [&'a str],
    pub(crate) authors: &'a [&'a str],
    /// Whether post is added to it after post.
    pub(crate) is_live: bool,
}

/// The article of a page, of which `hidden` says for each node whether it is not shown.
pub(crate) fn find(tree: &Tree, hidden: &[bool], said: &Said<'_>) -> Article {
    let Said { titles, authors, is_live } = *said;
    let mut judged = judge(tree, hidden);
    let mut shown = flow(tree, Tree::ROOT, &|id| judged[id.index()] == Furniture::Surely);
    drop_comments(tree, &mut shown);
    for life in lives::of_others(tree, &shown.pieces, authors) {
        if !hidden[life.index()] {
            judged[life.index()] = Furniture::No;
        }
    }
    let surely = |id: NodeId| judged[id.index()] == Furniture::Surely;
    let weights = Weights::of(tree, &shown.pieces);
    let total = weights.of_node(Tree::ROOT);
    let most = |id: NodeId| weights.of_node(id) * 5 >= total * 2 && total > 0;
    let furniture =
        |id: NodeId| surely(id) || judged[id.index()] == Furniture::Perhaps && !most(id);
    let found = within(tree, titles, is_live, &furniture);
    // Names that sites give their layout can hide a whole article; what is left then is nearly
    // nothing, and what elements are called is not heard.
    if found.words() >= FEWEST_WORDS {
        return found;
    }
    let plain = |id: NodeId| matches!(tree.name(id), "nav" | "footer");
    let shown = |id: NodeId| hidden[id.index()] || plain(id);
    let second = within(tree, titles, is_live, &shown);
    let found = match second.words() > found.words() * 3 && !second.is_list {
        true => second,
        false => found,
    };
    if found.words() > 0 {
        return found;
    }
    // Some pages hide all of their text until a program shows it.
    let whole = within(tree, titles, is_live, &plain);
    match whole.words() >= FEWEST_WORDS && !whole.is_list {
        true => Article { unveiled: true, ..whole },
        false => found,
    }
}

/// An article of fewer words of sentences is looked for a second time.
const FEWEST_WORDS: usize = 25;

impl Article {
    fn words(&self) -> usize {
        let sentences = self.flow.pieces.iter().filter(|piece| piece.ends_a_sentence());
        sentences.map(|piece| piece.text.split_whitespace().count()).sum()
    }
}

/// What each node is, as far as its own name tells, and whether it is shown.
fn judge(tree: &Tree, hidden: &[bool]) -> Vec<Furniture> {
    let mut judged = vec![Furniture::No; tree.len()];
    for id in tree.elements(Tree::ROOT) {
        judged[id.index()] = match hidden[id.index()] {
            true => Furniture::Surely,
            false => of_element(tree, id),
        };
    }
    judged
}

fn within(
    tree: &Tree,
    titles: &[&str],
    is_live: bool,
    furniture: &dyn Fn(NodeId) -> bool,
) -> Article {
    let mut all = flow(tree, Tree::ROOT, furniture);
    drop_comments(tree, &mut all);
    take_lines_apart(&mut all);
    let titled = named_heading(&all.pieces, titles);
    name_credits(&mut all.pieces, titled);
    let weights = Weights::of(tree, &all.pieces);
    let named = titled.map(|at| all.pieces[at].node);
    let (root, is_list) = root(tree, &weights, named, is_live, furniture);
    if !is_list && !is_live {
        let headline = titled.map(|at| all.pieces[at].text.clone());
        drop_offers_and_teasers(tree, &mut all, headline.as_deref());
        drop_rows_of_teasers(tree, &mut all);
    }
    let mut inside = vec![false; tree.len()];
    for step in tree.walk(root) {
        if let Step::Enter(id) = step {
            inside[id.index()] = true;
        }
    }
    let first = all.pieces.iter().position(|piece| inside[piece.node.index()]).unwrap_or(0);
    let last = all.pieces.iter().rposition(|piece| inside[piece.node.index()]);
    let after = last.map_or(0, |last| last + 1);
    let headline = headline(&all.pieces, first, titles);
    let from = head_from(tree, &all.pieces, headline, first);
    let to = terms_to(&all.pieces, after);
    cut(all, from..to, headline, &inside, is_list)
}

/// Takes apart short lines under one another, as old pages have them around a headline.
fn take_lines_apart(flow: &mut Flow) {
    let is_head = |piece: &Piece| {
        piece.kind == Kind::Paragraph
            && piece.text.contains('\n')
            && piece.text.lines().all(|line| line.trim().len() <= LONGEST_LINE)
            && piece.text.lines().any(|line| is_byline(line) || published_date(line).is_some())
    };
    const LONGEST_LINE: usize = 120;
    let mut moved = Vec::with_capacity(flow.pieces.len() + 1);
    let mut pieces = Vec::with_capacity(flow.pieces.len());
    for piece in flow.pieces.drain(..) {
        moved.push(pieces.len());
        if !is_head(&piece) {
            pieces.push(piece);
            continue;
        }
        for line in piece.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let kind = match is_byline(line) || published_date(line).is_some() {
                true => Kind::Credit,
                false => Kind::Paragraph,
            };
            pieces.push(Piece { kind, text: line.to_owned(), ..piece.clone() });
        }
    }
    moved.push(pieces.len());
    flow.pieces = pieces;
    for picture in &mut flow.pictures {
        picture.before = moved[picture.before];
    }
}

/// Finds, in the lines right after a headline, those that tell who wrote and when without being
/// called so.
fn name_credits(pieces: &mut [Piece], headline: Option<usize>) {
    const LINES: usize = 5;
    const LONGEST: usize = 90;
    let Some(headline) = headline else { return };
    let until = pieces.len().min(headline + 1 + LINES);
    let mut before: Option<usize> = None;
    for at in headline + 1..until {
        let piece = &pieces[at];
        let short = piece.kind == Kind::Paragraph && piece.text.len() <= LONGEST;
        if !short || piece.ends_a_sentence() && !is_byline(&piece.text) {
            // What sums up may stand above them.
            match at == headline + 1 {
                true => continue,
                false => break,
            }
        }
        if is_byline(&piece.text) || seen(&piece.text).is_some() {
            pieces[at].kind = Kind::Credit;
            // A name alone is one if a day stands beneath it.
            if let Some(name) = before.filter(|name| is_name_with_role(&pieces[*name].text)) {
                pieces[name].kind = Kind::Credit;
            }
        }
        before = Some(at);
    }
}

/// Whether a line is a name, perhaps with a role: "Ada Marsh, Crime Correspondent".
fn is_name_with_role(line: &str) -> bool {
    is_name(line.split(',').next().unwrap_or_default())
}

/// How much of a page's sentences lies in each node.
struct Weights(Vec<u64>);

impl Weights {
    fn of(tree: &Tree, pieces: &[Piece]) -> Weights {
        let mut weights = vec![0; tree.len()];
        for piece in pieces {
            weights[piece.node.index()] += weight(piece);
        }
        for step in tree.walk(Tree::ROOT) {
            if let Step::Leave(id) = step
                && let Some(parent) = tree.parent(id)
            {
                weights[parent.index()] += weights[id.index()];
            }
        }
        Weights(weights)
    }

    fn of_node(&self, id: NodeId) -> u64 {
        self.0[id.index()]
    }
}

fn weight(piece: &Piece) -> u64 {
    const SHORTEST: usize = 40;
    let length = piece.text.len();
    let counts = match piece.kind {
        Kind::Paragraph | Kind::Quote | Kind::Item(_) | Kind::Standfirst => true,
        Kind::Row | Kind::Heading(_) | Kind::Pull | Kind::Credit | Kind::Term => false,
    };
    if !counts || length < SHORTEST || piece.linked * 2 > length {
        return 0;
    }
    let length = (length - piece.linked) as u64;
    if piece.ends_a_sentence() { length } else { length / 4 }
}

/// The element that is the article, and whether there is none but many small ones.
fn root(
    tree: &Tree,
    weights: &Weights,
    named: Option<NodeId>,
    is_live: bool,
    furniture: &dyn Fn(NodeId) -> bool,
) -> (NodeId, bool) {
    let total = weights.of_node(Tree::ROOT);
    let mut best: Option<(u8, u64, NodeId)> = None;
    let mut cards = 0;
    let mut walk = tree.walk(Tree::ROOT);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        if tree.name(id).is_empty() {
            continue;
        }
        if furniture(id) {
            walk.pass_over(id);
            continue;
        }
        let weight = weights.of_node(id);
        if tree.name(id) == "article" && weight > 0 {
            cards += 1;
        }
        let Some(rank) = hint(tree, id) else { continue };
        // A live blog's posts are articles of their own; the article is what holds them.
        if weight * 2 < total || is_live && rank < 3 && weight * 10 < total * 9 {
            continue;
        }
        if best.is_none_or(|(ranked, held, _)| rank < ranked || rank == ranked && weight >= held) {
            best = Some((rank, weight, id));
        }
    }
    if let Some((_, held, id)) = best.filter(|_| total > 0) {
        let largest =
            tree.elements(id).filter(|below| tree.name(*below) == "article" && *below != id);
        let largest = largest.map(|below| weights.of_node(below)).max().unwrap_or(0);
        let many = !is_live && cards >= LIST && largest * 2 < held && tree.name(id) == "main";
        return (descend(tree, weights, id, named), many);
    }
    let root = descend(tree, weights, Tree::ROOT, named);
    (root, !is_live && is_list(tree, weights, root, cards))
}

/// From how many parts on a page is a list.
const LIST: usize = 4;

/// Whether no part of an element holds much of its sentences, and many parts lead elsewhere.
fn is_list(tree: &Tree, weights: &Weights, root: NodeId, cards: usize) -> bool {
    const MANY_LINKS: usize = 12;
    if weights.of_node(root) == 0 {
        let link = |id: &NodeId| tree.name(*id) == "a" && tree.attribute(*id, "href").is_some();
        return tree.elements(root).filter(link).take(MANY_LINKS).count() == MANY_LINKS;
    }
    let leads = |id: NodeId| {
        let link = |id: NodeId| tree.name(id) == "a" && tree.attribute(id, "href").is_some();
        tree.elements(id).any(link) || tree.ancestors(id).take(2).any(link)
    };
    let headings = tree
        .elements(root)
        .filter(|id| matches!(tree.name(*id), "h2" | "h3" | "h4") && leads(*id))
        .count();
    let paragraphs = tree.elements(root).filter(|id| weights.of_node(*id) > 0).count();
    headings >= LIST && (cards >= LIST || headings * 3 >= paragraphs)
}

/// What an element says of being the article; the less, the surer.
fn hint(tree: &Tree, id: NodeId) -> Option<u8> {
    let property = tree.attribute(id, "itemprop").unwrap_or_default();
    if property.split_whitespace().any(|name| name == "articleBody") {
        return Some(0);
    }
    let name = tree.name(id);
    if !matches!(name, "html" | "body" | "p" | "span" | "a" | "h1" | "li")
        && is_called(tree, id, &BODIES)
    {
        return Some(1);
    }
    match name {
        "article" => Some(2),
        "main" => Some(3),
        _ if tree.attribute(id, "role") == Some("main") => Some(3),
        _ => None,
    }
}

/// What sites call the element that holds the paragraphs.
const BODIES: [&str; 22] = [
    "article body",
    "articlebody",
    "story body",
    "storybody",
    "entry content",
    "post content",
    "article content",
    "story content",
    "post body",
    "body content",
    "article text",
    "article copy",
    "body copy",
    "story text",
    "field name body",
    "field body",
    "e content",
    "news text",
    "news body",
    "content body",
    "article main",
    "td post content",
];

/// The smallest element below that holds nearly all the sentences, or two thirds of them and the
/// headline: what stands beside both is not of the article.
fn descend(tree: &Tree, weights: &Weights, from: NodeId, named: Option<NodeId>) -> NodeId {
    let total = weights.of_node(from);
    let mut at = from;
    loop {
        let holds_headline = |child: NodeId| {
            named.is_some_and(|named| {
                named == child || tree.ancestors(named).any(|above| above == child)
            })
        };
        let next = tree.children(at).find(|child| {
            let held = weights.of_node(*child);
            !tree.name(*child).is_empty()
                && (held * 20 >= total * 19 || held * 3 >= total * 2 && holds_headline(*child))
        });
        match next {
            Some(next) if total > 0 && !matches!(tree.name(next), "p" | "blockquote") => at = next,
            _ => return at,
        }
    }
}

/// The piece that is the headline: before the end of the article's first lines, the heading that
/// has most words in common with what the page calls itself, else the last main heading.
fn headline(pieces: &[Piece], first: usize, titles: &[&str]) -> Option<usize> {
    const INTO: usize = 4;
    let near = pieces.len().min(first + INTO);
    let headings = || {
        pieces[..near]
            .iter()
            .enumerate()
            .filter(|(_, piece)| matches!(piece.kind, Kind::Heading(1..=3)))
    };
    if let Some(at) = named_heading(&pieces[..near], titles) {
        return Some(at);
    }
    let alike = |piece: &Piece| alike(piece, titles);
    let main = |(_, piece): &(usize, &Piece)| piece.kind == Kind::Heading(1) && !piece.is_link();
    let main = headings().filter(main).map(|(at, _)| at).next_back();
    // Old pages and word processors have no heading there, but a line in large letters.
    const LONGEST: usize = 200;
    let line = |piece: &Piece| piece.text.len() <= LONGEST && !piece.is_link();
    let line = pieces[..near].iter().position(|piece| line(piece) && alike(piece) >= 80);
    // Beneath sentences of a page without a title a heading is one within the article.
    let within = |at: &usize| {
        let above = &pieces[first.min(*at)..*at];
        titles.is_empty() && above.iter().any(|piece| weight(piece) > 0)
    };
    match (main.filter(|at| !within(at)), line) {
        (Some(main), Some(line)) => Some(main.min(line)),
        (main, line) => main.or(line),
    }
}

/// The heading that has most words in common with what the page calls itself.
fn named_heading(pieces: &[Piece], titles: &[&str]) -> Option<usize> {
    pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| matches!(piece.kind, Kind::Heading(1..=3)))
        .map(|(at, piece)| (alike(piece, titles), at))
        .filter(|(alike, _)| *alike >= 50)
        .max_by_key(|(alike, at)| (*alike, std::cmp::Reverse(*at)))
        .map(|(_, at)| at)
}

/// The likeness of a piece to what the page calls itself, in percent.
fn alike(piece: &Piece, titles: &[&str]) -> u32 {
    titles.iter().map(|title| (likeness(&piece.text, title) * 100.0) as u32).max().unwrap_or(0)
}

/// The share of words that two lines have in common, from 0 to 1.
pub(crate) fn likeness(one: &str, other: &str) -> f64 {
    let words = |text: &str| -> std::collections::BTreeSet<String> {
        text.split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (one, other) = (words(one), words(other));
    match one.len() + other.len() {
        0 => 0.0,
        all => 2.0 * one.intersection(&other).count() as f64 / all as f64,
    }
}

/// From which piece on what stands around the headline belongs to the article.
fn head_from(tree: &Tree, pieces: &[Piece], headline: Option<usize>, first: usize) -> usize {
    let Some(headline) = headline.filter(|at| *at <= first) else {
        // Without a headline before it, the lines right above may name author and day.
        let above = pieces[..first].iter().rev().take(3);
        return first - above.take_while(|piece| piece.kind == Kind::Credit).count();
    };
    // A day or an author above the headline counts if it is in the same part of the page.
    let near = |piece: &Piece| {
        let part = tree.ancestors(pieces[headline].node).take(2).last();
        piece.kind == Kind::Credit
            && part.is_some_and(|part| tree.ancestors(piece.node).any(|above| above == part))
    };
    headline - pieces[..headline].iter().rev().take(3).take_while(|piece| near(piece)).count()
}

/// Up to which piece the terms after an article go.
fn terms_to(pieces: &[Piece], after: usize) -> usize {
    const AHEAD: usize = 6;
    let ahead = &pieces[after..pieces.len().min(after + AHEAD)];
    let terms = ahead.iter().position(|piece| piece.kind == Kind::Term);
    let Some(begin) = terms else { return after };
    let many = pieces[after + begin..].iter().take_while(|piece| piece.kind == Kind::Term).count();
    after + begin + many
}

/// The pieces of the article without the furniture that stands among them.
fn cut(
    all: Flow,
    range: std::ops::Range<usize>,
    headline: Option<usize>,
    inside: &[bool],
    is_list: bool,
) -> Article {
    let pieces = &all.pieces;
    // Of each list and table, how many bytes are links, and how many there are.
    let mut groups: BTreeMap<NodeId, (usize, usize)> = BTreeMap::new();
    for piece in pieces {
        if let Some(group) = piece.group {
            let (linked, length) = groups.entry(group).or_default();
            *linked += piece.linked;
            *length += piece.text.len();
        }
    }
    let mut kept: Vec<usize> = Vec::new();
    for at in range.clone() {
        let piece = &pieces[at];
        let is_headline = headline == Some(at);
        let before = headline.is_some_and(|headline| at < headline);
        let belongs = inside[piece.node.index()]
            || matches!(piece.kind, Kind::Credit | Kind::Standfirst | Kind::Term)
            || is_headline
            || headline.is_some_and(|headline| at > headline) && weight(piece) > 0;
        let wanted = belongs
            && (is_headline || !is_phrase(&piece.text, piece.linked > 0))
            && !(before && piece.kind != Kind::Credit)
            && (is_list || is_headline || !leads_away(piece, &groups));
        if wanted {
            kept.push(at);
        }
    }
    if !is_list {
        drop_loose_headings(pieces, &mut kept, headline);
    }
    let place = |before: usize| kept.partition_point(|at| *at < before);
    let pictures = all
        .pictures
        .iter()
        .filter(|picture| {
            let begin = headline.unwrap_or(range.start);
            inside[picture.node.index()] || picture.before > begin && picture.before < range.end
        })
        .map(|picture| {
            let mut picture = picture.clone();
            picture.before = place(picture.before);
            picture
        })
        .collect();
    let headline = headline.and_then(|headline| kept.iter().position(|at| *at == headline));
    let pieces = kept.into_iter().map(|at| pieces[at].clone()).collect();
    let flow = Flow { pieces, pictures, struck: all.struck };
    Article { flow, headline, is_list, unveiled: false }
}

/// Whether a piece is there to lead to another page.
fn leads_away(piece: &Piece, groups: &BTreeMap<NodeId, (usize, usize)>) -> bool {
    match piece.kind {
        Kind::Term | Kind::Credit => false,
        Kind::Heading(_) => piece.is_link(),
        Kind::Paragraph | Kind::Quote | Kind::Standfirst | Kind::Pull => {
            piece.is_link() && !piece.ends_a_sentence()
                || piece.linked + 12 >= piece.text.len() && piece.linked > 0
        }
        Kind::Item(_) | Kind::Row => {
            let sums = piece.group.and_then(|group| groups.get(&group));
            sums.map_or(piece.is_link(), |(linked, length)| linked * 2 > *length)
        }
    }
}

/// Leaves out headings with nothing beneath them.
fn drop_loose_headings(pieces: &[Piece], kept: &mut Vec<usize>, headline: Option<usize>) {
    let mut below = false;
    let mut lowest = 0;
    let mut good: Vec<usize> = Vec::new();
    for at in kept.iter().rev() {
        match pieces[*at].kind {
            Kind::Heading(level) if headline != Some(*at) => {
                // A heading may stand right above a smaller one that has text.
                if below || lowest > level {
                    good.push(*at);
                    lowest = level;
                }
                below = false;
            }
            Kind::Term | Kind::Credit => good.push(*at),
            _ => {
                good.push(*at);
                below = true;
                lowest = 0;
            }
        }
    }
    good.reverse();
    *kept = good;
}

//! What stands beneath a heading that leads away from the article: readers' comments, an offer to
//! subscribe, the teaser of another article.
//!
//! Sites call such parts what they like, but their headings say what they are. A part is taken out up
//! to the end of the element that its heading opens; one in the midst of an article's paragraphs
//! takes none of them along, but for comments, after which no article goes on.

use super::flow::{Flow, Kind, Piece};
use super::furniture::{is_offer, is_phrase};
use super::tree::{Step, Tree};

/// What readers write beneath an article, as headings call it.
const COMMENTS: [&str; 10] = [
    "comment",
    "comments",
    "response",
    "responses",
    "reply",
    "replies",
    "kommentare",
    "commentaires",
    "comentarios",
    "commenti",
];

/// Leaves out readers' comments, which may be more than the article.
pub(crate) fn drop_comments(tree: &Tree, flow: &mut Flow) {
    drop(tree, flow, &|piece, _| counts_comments(&piece.text));
}

/// Leaves out offers and what only leads to other articles. `headline` is the piece that is known to
/// be no such heading.
pub(crate) fn drop_offers_and_teasers(tree: &Tree, flow: &mut Flow, headline: Option<&str>) {
    drop(tree, flow, &|piece, part| {
        let leads = || {
            (is_phrase(&piece.text, true) || is_offer(&piece.text)) && part.pieces <= MOST_PIECES
                || piece.is_link() && part.pieces <= MOST_OF_TEASER && part.length <= LONGEST_TEASER
        };
        piece.kind != Kind::Heading(1)
            && headline != Some(piece.text.as_str())
            && part.is_box
            && leads()
    });
}

/// How many pieces a part may have beneath its heading, and how many letters one that is told by its
/// link alone.
const MOST_PIECES: usize = 12;
const MOST_OF_TEASER: usize = 3;
const LONGEST_TEASER: usize = 500;

/// What stands beneath a heading.
struct Part {
    /// Behind its last piece.
    end: usize,
    pieces: usize,
    /// In bytes.
    length: usize,
    /// Whether the heading opens an element of its own.
    is_box: bool,
}

/// Leaves out rows of teasers: at least three small elements one after the other, each with a line that
/// leads elsewhere and then a day or a sentence.
pub(crate) fn drop_rows_of_teasers(tree: &Tree, flow: &mut Flow) {
    const LEAST: usize = 3;
    let pieces = &flow.pieces;
    let spans = Spans::of(tree, pieces);
    let mut kept = vec![true; pieces.len()];
    let (mut at, mut begin, mut row) = (0, 0, 0);
    while at < pieces.len() {
        let piece = &pieces[at];
        let part = spans.part(tree, pieces, at);
        let is_teaser = matches!(piece.kind, Kind::Paragraph | Kind::Heading(2..))
            && piece.is_link()
            && part.is_box
            && (1..=MOST_OF_TEASER).contains(&part.pieces)
            && part.length <= LONGEST_TEASER;
        if is_teaser {
            begin = if row == 0 { at } else { begin };
            (at, row) = (part.end, row + 1);
        } else {
            (at, row) = (at + 1, 0);
        }
        if row >= LEAST {
            kept[begin..at].fill(false);
        }
    }
    retain(flow, &kept);
}

fn drop(tree: &Tree, flow: &mut Flow, leads_away: &dyn Fn(&Piece, &Part) -> bool) {
    let is_heading = |piece: &Piece| matches!(piece.kind, Kind::Heading(_));
    let pieces = &flow.pieces;
    if !pieces.iter().any(is_heading) {
        return;
    }
    let spans = Spans::of(tree, pieces);
    let mut kept = vec![true; pieces.len()];
    for (at, piece) in pieces.iter().enumerate() {
        if kept[at] && is_heading(piece) {
            let part = spans.part(tree, pieces, at);
            if leads_away(piece, &part) {
                kept[at..part.end].fill(false);
            }
        }
    }
    retain(flow, &kept);
}

/// Leaves the pieces that are kept, with the pictures between them at their place.
fn retain(flow: &mut Flow, kept: &[bool]) {
    let mut moved = Vec::with_capacity(kept.len() + 1);
    let mut count = 0;
    for kept in kept {
        moved.push(count);
        count += usize::from(*kept);
    }
    moved.push(count);
    for picture in &mut flow.pictures {
        picture.before = moved[picture.before];
    }
    let mut kept = kept.iter();
    flow.pieces.retain(|_| kept.next().is_none_or(|kept| *kept));
}

/// The first and the last piece below each node.
struct Spans(Vec<Option<(usize, usize)>>);

impl Spans {
    fn of(tree: &Tree, pieces: &[Piece]) -> Spans {
        let mut spans: Vec<Option<(usize, usize)>> = vec![None; tree.len()];
        let widen = |span: &mut Option<(usize, usize)>, (first, last): (usize, usize)| {
            let (low, high) = span.unwrap_or((first, last));
            *span = Some((low.min(first), high.max(last)));
        };
        for (at, piece) in pieces.iter().enumerate() {
            widen(&mut spans[piece.node.index()], (at, at));
        }
        for step in tree.walk(Tree::ROOT) {
            if let Step::Leave(id) = step
                && let (Some(parent), Some(span)) = (tree.parent(id), spans[id.index()])
            {
                widen(&mut spans[parent.index()], span);
            }
        }
        Spans(spans)
    }

    /// What stands beneath the heading that is the piece `at`: the rest of the smallest element around
    /// it that holds more than the heading.
    fn part(&self, tree: &Tree, pieces: &[Piece], at: usize) -> Part {
        let above = tree.ancestors(pieces[at].node).filter_map(|above| self.0[above.index()]);
        let (first, last) = above.into_iter().find(|span| *span != (at, at)).unwrap_or((at, at));
        let beneath = &pieces[at + 1..=last];
        Part {
            end: last + 1,
            pieces: beneath.len(),
            length: beneath.iter().take(MOST_PIECES).map(|piece| piece.text.len()).sum(),
            is_box: first == at,
        }
    }
}

/// Whether a heading counts what readers wrote, or asks them to write: "17 responses", "Comments (3)",
/// "2 thoughts on “A mill burned”".
fn counts_comments(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    let words: Vec<&str> = lower
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let is_figure = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    match words.as_slice() {
        [one] => COMMENTS.contains(one) && one.ends_with(['s', 'e', 'i']),
        [one, two] => {
            is_figure(one) && COMMENTS.contains(two)
                || COMMENTS.contains(one) && is_figure(two)
                || matches!((*one, *two), ("reader" | "readers", "comments"))
        }
        [one, "thoughts" | "thought", "on", ..] => is_figure(one) || *one == "one",
        ["leave", "a", "comment" | "reply"] | ["join", "the", "conversation" | "discussion"] => {
            true
        }
        [one, "comments" | "responses" | "replies", "to" | "on", ..] => is_figure(one),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::flow::flow;
    use crate::html::sieve::parse;

    /// What of a page is left, a line a piece.
    fn left(page: &str) -> String {
        let tree = parse(page).tree;
        let mut flow = flow(&tree, Tree::ROOT, &|_| false);
        drop_comments(&tree, &mut flow);
        drop_offers_and_teasers(&tree, &mut flow, Some("A mill burned"));
        let lines: Vec<&str> = flow.pieces.iter().map(|piece| piece.text.as_str()).collect();
        lines.join("\n")
    }

    #[test]
    fn parts_go_with_their_headings() {
        let page = "<h1>A mill burned</h1><p>It was night.</p>\
            <div><a href=/1><h4>An old fire</h4></a><p>That one was set, too.</p></div>\
            <div><h3>Become a member</h3><p>Read all of it.</p><p>It is cheap.</p></div>\
            <p>Nobody was hurt.</p><h2>2 comments</h2><p>I saw it.</p><p>So did I.</p>";
        assert_eq!(left(page), "A mill burned\nIt was night.\nNobody was hurt.");
    }

    #[test]
    fn rows_of_teasers_go() {
        let left = |many: usize| {
            let teaser = "<div><div><a href=/1>An old fire</a></div><div>2 May 2016</div></div>";
            let page =
                format!("<p>It was night.</p>{}<p>Nobody was hurt.</p>", teaser.repeat(many));
            let tree = parse(&page).tree;
            let mut flow = flow(&tree, Tree::ROOT, &|_| false);
            drop_rows_of_teasers(&tree, &mut flow);
            flow.pieces.len()
        };
        assert_eq!([left(1), left(2), left(3), left(5)], [4, 6, 2, 2]);
    }

    #[test]
    fn parts_of_an_article_stay() {
        // A heading that leads elsewhere above a chapter, one in the midst of paragraphs, and one
        // that only sounds like comments.
        let chapter = "<p>One sentence of the chapter stands here.</p>".repeat(4);
        let page = format!(
            "<h1>A mill burned</h1><section><h2><a href=/1>The mill</a></h2>{chapter}</section>\
             <p>It was night.</p><h3>Read more</h3><p>Nobody was hurt.</p>\
             <section><h2>The response</h2><p>The brigade came late.</p></section>"
        );
        assert_eq!(left(&page).lines().count(), 11);
    }

    #[test]
    fn pictures_keep_their_place() {
        let page = "<div><h3>Subscribe</h3><p>It is cheap.</p></div><p>It was night.</p>\
            <img src=a.jpg alt=Night><p>Nobody was hurt.</p>";
        let tree = parse(page).tree;
        let mut flow = flow(&tree, Tree::ROOT, &|_| false);
        drop_offers_and_teasers(&tree, &mut flow, None);
        assert_eq!((flow.pieces.len(), flow.pictures[0].before), (2, 1));
    }

    #[test]
    fn headings_of_comments() {
        for heading in [
            "17 responses",
            "Comments",
            "Comments (3)",
            "Leave a reply",
            "1 comment",
            "2 thoughts on “A mill burned”",
            "Reader comments",
            "4 responses to A mill burned",
        ] {
            assert!(counts_comments(heading), "{heading}");
        }
        for heading in [
            "No comment",
            "The response",
            "Comment",
            "17 dead",
            "Response of the army",
            "What the minister comments on",
        ] {
            assert!(!counts_comments(heading), "{heading}");
        }
    }
}

//! Running heads, running feet and page numbers: lines at the edges of pages that come again.

use std::collections::BTreeMap;

use super::line::{Line, RAISED};
use super::notes::mark;

/// How many lines from either edge can be furniture.
const DEEPEST: usize = 4;
/// How far apart two lines at one place of two pages may stand, in points.
const TOLERANCE: f32 = 9.0;

/// The lines of one page, its parts in reading order.
#[derive(Default)]
pub(super) struct PageLines {
    pub(super) parts: Vec<Vec<Line>>,
    /// What is no part of the text, in order from the top.
    pub(super) furniture: Vec<Line>,
}

/// An edge of a page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    Top,
    Foot,
}

/// Moves what comes again at the edges of pages out of their text.
pub(super) fn set_apart(pages: &mut [PageLines]) {
    // How many pages have a line that says the same but for its figures, near the same height.
    let mut seen: BTreeMap<(Edge, String), Vec<f32>> = BTreeMap::new();
    for page in pages.iter() {
        for edge in [Edge::Top, Edge::Foot] {
            let mut own: Vec<(String, f32)> = Vec::new();
            for (part, at) in at_edge(page, edge) {
                let line = &page.parts[part][at];
                let shape = shape(&line.text);
                if !own.iter().any(|(other, _)| *other == shape) {
                    own.push((shape, line.y));
                }
            }
            for (shape, y) in own {
                seen.entry((edge, shape)).or_default().push(y);
            }
        }
    }
    let lettered = pages.iter().filter(|page| !page.parts.is_empty()).count();
    // Left and right pages may differ, and so may the parts of a report.
    let enough = if lettered <= 4 { 2 } else { 3 };
    for page in pages.iter_mut() {
        set_apart_on(page, |edge, line| {
            let alike = seen.get(&(edge, shape(&line.text))).map_or(0, |heights| {
                heights.iter().filter(|y| (**y - line.y).abs() < TOLERANCE).count()
            });
            // "12 Ibid." can end several pages; what has the number of its page is on most.
            let like_a_note = mark(&line.text).is_some() && alike * 5 < lettered * 2;
            let again = alike >= enough && !like_a_note && !line.text.contains(RAISED[0]);
            let alone = lettered == 1 && printed_number(&line.text).is_some_and(|n| n == "1");
            line.artifact || again && lettered > 1 || alone
        });
    }
}

fn set_apart_on(page: &mut PageLines, is_furniture: impl Fn(Edge, &Line) -> bool) {
    let mut gone: Vec<(usize, usize)> = Vec::new();
    for edge in [Edge::Top, Edge::Foot] {
        // Only an unbroken run from the edge: a line that comes again within the text is text.
        let run = at_edge(page, edge)
            .into_iter()
            .take_while(|(part, at)| is_furniture(edge, &page.parts[*part][*at]));
        gone.extend(run);
    }
    for (part, lines) in page.parts.iter().enumerate() {
        gone.extend((0..lines.len()).filter(|at| lines[*at].artifact).map(|at| (part, at)));
    }
    gone.sort_unstable();
    gone.dedup();
    for (part, at) in gone.iter().rev() {
        page.furniture.push(page.parts[*part].remove(*at));
    }
    page.furniture.sort_by(|one, other| one.y.total_cmp(&other.y));
    page.parts.retain(|part| !part.is_empty());
}

/// The places of a page's lines nearest to an edge, the nearest first.
fn at_edge(page: &PageLines, edge: Edge) -> Vec<(usize, usize)> {
    let mut places: Vec<(f32, usize, usize)> = Vec::new();
    for (part, lines) in page.parts.iter().enumerate() {
        for (at, line) in lines.iter().enumerate() {
            let y = if edge == Edge::Top { line.y } else { -line.y };
            places.push((y, part, at));
        }
    }
    places.sort_by(|one, other| one.0.total_cmp(&other.0));
    places.into_iter().take(DEEPEST).map(|(_, part, at)| (part, at)).collect()
}

/// What a line says but for its figures.
fn shape(text: &str) -> String {
    if printed_number(text).is_some_and(|number| is_roman(&number)) {
        return "#".to_owned();
    }
    let mut shape = String::new();
    for letter in text.chars().filter(|letter| !RAISED.contains(letter)) {
        match letter.is_ascii_digit() {
            true if shape.ends_with('#') => {}
            true => shape.push('#'),
            false => shape.push(letter),
        }
    }
    shape
}

/// The number of its page that a line at its edge gives: "112", "- iv -", "Page 3 of 40", "Seite 3".
pub(crate) fn printed_number(text: &str) -> Option<String> {
    const WORDS: [&str; 9] =
        ["page", "p", "seite", "pagina", "página", "pág", "side", "sida", "str"];
    let mut words = text
        .split(|letter: char| letter.is_whitespace() || "-–—|.·[]()".contains(letter))
        .filter(|word| !word.is_empty());
    let mut first = words.next()?;
    if WORDS.contains(&first.to_lowercase().as_str()) {
        first = words.next()?;
    }
    let rest: Vec<&str> = words.collect();
    let (number, whole) = match first.split_once('/') {
        Some((number, of)) => (number, rest.is_empty() && is_figure(of)),
        None => (first, matches!(rest[..], []) || is_of(&rest)),
    };
    (whole && (is_figure(number) || is_roman(number))).then(|| number.to_owned())
}

fn is_of(words: &[&str]) -> bool {
    matches!(words, ["of" | "von" | "de" | "sur" | "/" | "di" | "av", count] if is_figure(count))
}

fn is_figure(word: &str) -> bool {
    (1..=4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_roman(word: &str) -> bool {
    (1..=7).contains(&word.len())
        && word.bytes().all(|byte| b"ivxlc".contains(&byte))
        && crate::counting::of_roman(word).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages() {
        for (text, want) in [
            ("112", Some("112")),
            ("- iv -", Some("iv")),
            ("Page 3 of 40", Some("3")),
            ("3/40", Some("3")),
            ("Seite 7", Some("7")),
            ("[12]", Some("12")),
            ("12 May", None),
            ("Lenn", None),
            ("civil", None),
            ("Page", None),
            ("12345", None),
        ] {
            assert_eq!(printed_number(text).as_deref(), want, "{text}");
        }
    }
}

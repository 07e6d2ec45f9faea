//! Numbers of pages, as they are labelled or printed.

use hayro_syntax::object::{Array, Dict, Name, Object, String as Words};

use super::words::words_of;
use crate::counting::{letters, of_roman, roman};

/// The deepest that a tree of labels may be.
const DEEPEST: usize = 16;
/// The most ranges of labels that are read.
const MOST_RANGES: usize = 10_000;

/// What the file labels its pages, one label a page, or nothing if it does not say.
pub(super) fn labels(catalog: &Dict, pages: usize) -> Option<Vec<String>> {
    let mut ranges = Vec::new();
    read_ranges(&catalog.get::<Dict>(b"PageLabels")?, &mut ranges, DEEPEST);
    ranges.sort_by_key(|range: &Range| range.first);
    let mut labels = Vec::with_capacity(pages);
    let mut current: Option<&Range> = None;
    let mut ahead = ranges.iter().peekable();
    for page in 0..pages {
        while let Some(range) = ahead.next_if(|range| range.first <= page) {
            current = Some(range);
        }
        labels.push(current?.label(page));
    }
    // Labels that only count the pages say no more than their order does.
    let counts = labels.iter().enumerate().all(|(at, label)| *label == (at + 1).to_string());
    (!counts && labels.iter().all(|label| !label.is_empty())).then_some(labels)
}

struct Range {
    first: usize,
    style: Option<u8>,
    prefix: String,
    start: usize,
}

impl Range {
    fn label(&self, page: usize) -> String {
        let number = self.start.saturating_add(page - self.first);
        let number = match self.style {
            Some(b'D') => number.to_string(),
            Some(b'r') => roman(number),
            Some(b'R') => roman(number).to_uppercase(),
            Some(b'a') => letters(number),
            Some(b'A') => letters(number).to_uppercase(),
            _ => String::new(),
        };
        format!("{}{number}", self.prefix)
    }
}

fn read_ranges(tree: &Dict, ranges: &mut Vec<Range>, depth: usize) {
    if let Some(pairs) = tree.get::<Array>(b"Nums") {
        let mut items = pairs.iter::<Object>();
        while let (Some(first), Some(about)) = (items.next(), items.next()) {
            let (Some(first), Some(about)) = (first.into_i32(), about.into_dict()) else {
                continue;
            };
            let Ok(first) = usize::try_from(first) else { continue };
            if ranges.len() >= MOST_RANGES {
                return;
            }
            let start = about.get::<i32>(b"St").and_then(|start| usize::try_from(start).ok());
            let prefix = about.get::<Words>(b"P").map(|words| words_of(words.as_bytes()));
            ranges.push(Range {
                first,
                style: about.get::<Name>(b"S").and_then(|style| style.first().copied()),
                prefix: prefix.unwrap_or_default().chars().take(20).collect(),
                start: start.unwrap_or(1),
            });
        }
    }
    if let (Some(kids), Some(depth)) = (tree.get::<Array>(b"Kids"), depth.checked_sub(1)) {
        for kid in kids.iter::<Dict>().take(MOST_RANGES) {
            if ranges.len() < MOST_RANGES {
                read_ranges(&kid, ranges, depth);
            }
        }
    }
}

/// The names of pages that print their number at an edge, or nothing if too few do.
///
/// `printed` has what may be the number of each page. A number counts if that of a neighbour is one
/// less or one more; a page without one is counted on from its neighbour, and where nothing says
/// what it is, its place in the file stands in brackets.
pub(super) fn from_print(printed: &[Vec<String>]) -> Option<Vec<String>> {
    const REACH: usize = 2;
    let read = |page: usize| printed.get(page).into_iter().flatten().filter_map(|text| value(text));
    // How far each number is ahead of the page's place, where a neighbour agrees.
    let agreed: Vec<Option<(bool, i64)>> = (0..printed.len())
        .map(|page| {
            let near = page.saturating_sub(REACH)..=page + REACH;
            read(page).map(|(roman, number)| (roman, number - page as i64)).find(|ahead| {
                near.clone().filter(|other| *other != page).any(|other| {
                    read(other).any(|(roman, number)| (roman, number - other as i64) == *ahead)
                })
            })
        })
        .collect();
    let certain = agreed.iter().flatten().count();
    if certain < 2 || certain * 2 < printed.len() {
        return None;
    }
    let names = (0..printed.len()).map(|page| {
        let before = agreed[..page].iter().rev().flatten().next();
        let after = agreed[page..].iter().flatten().next();
        let ahead = match (agreed[page], before, after) {
            (Some(own), _, _) => Some(own),
            (None, Some(one), Some(other)) if one == other => Some(*one),
            (None, None, Some(other)) => Some(*other),
            (None, Some(one), None) => Some(*one),
            _ => None,
        };
        match ahead.map(|(roman, ahead)| (roman, ahead + page as i64)) {
            Some((false, number)) if number > 0 => number.to_string(),
            Some((true, number)) if number > 0 => roman(number as usize),
            _ => format!("[{}]", page + 1),
        }
    });
    Some(names.collect())
}

/// Whether a number is Roman, and its value.
fn value(text: &str) -> Option<(bool, i64)> {
    match text.parse() {
        Ok(number) => Some((false, number)),
        Err(_) => Some((true, of_roman(text)? as i64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_numbers_are_taken_where_they_follow_each_other() {
        let printed = |numbers: &[&str]| -> Vec<Vec<String>> {
            numbers
                .iter()
                .map(|text| if text.is_empty() { vec![] } else { vec![(*text).to_owned()] })
                .collect()
        };
        let names = from_print(&printed(&["", "ii", "iii", "1", "2", "", "4", "1977"])).unwrap();
        assert_eq!(names, ["i", "ii", "iii", "1", "2", "3", "4", "5"]);
        assert_eq!(from_print(&printed(&["", "7", "12", "3"])), None);
        let names = from_print(&printed(&["", "", "1", "2", "3"])).unwrap();
        assert_eq!(names, ["[1]", "[2]", "1", "2", "3"]);
    }
}

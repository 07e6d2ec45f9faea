//! A document's text cut where passages begin and end, so that overlapping and nested ones can be
//! marked where they stand.

use std::collections::BTreeMap;

use throughline_model::Span;

/// A passage that something is said in, and its number in the margin, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Passage {
    pub(crate) span: Span,
    pub(crate) number: usize,
}

/// A stretch of text between two places where passages begin or end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) span: Span,
    /// How many passages it lies in.
    pub(crate) depth: usize,
    /// Numbers of the passages that begin with it.
    pub(crate) begins: Vec<usize>,
    /// Numbers of the passages that end with it.
    pub(crate) ends: Vec<usize>,
}

/// Numbers different passages in text order; a passage of which several things are said is one.
pub(crate) fn passages(spans: impl IntoIterator<Item = Span>) -> Vec<Passage> {
    let mut spans: Vec<Span> = spans.into_iter().filter(|span| span.start < span.end).collect();
    // Of two that begin at one place the longer first, as one opens brackets.
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    spans.dedup();
    (1..).zip(spans).map(|(number, span)| Passage { span, number }).collect()
}

/// Cuts a stretch of `text` where passages begin and end, and at other places within it. Passages that do not fit the text, or break a letter, are passed over:
/// words must never be lost for a mark.
pub(crate) fn pieces(
    text: &str,
    stretch: Span,
    passages: &[Passage],
    others: &[u32],
) -> Vec<Piece> {
    let fits = |at: u32| text.is_char_boundary(at as usize);
    let own: Vec<&Passage> = passages
        .iter()
        .filter(|one| one.span.overlaps(stretch) && fits(one.span.start) && fits(one.span.end))
        .collect();
    let mut cuts: BTreeMap<u32, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    cuts.entry(stretch.start).or_default();
    cuts.entry(stretch.end).or_default();
    for at in others.iter().filter(|at| stretch.start < **at && **at < stretch.end && fits(**at)) {
        cuts.entry(*at).or_default();
    }
    for Passage { span, number } in own {
        cuts.entry(span.start.max(stretch.start)).or_default().0.push(*number);
        cuts.entry(span.end.min(stretch.end)).or_default().1.push(*number);
    }
    let places: Vec<_> = cuts.into_iter().collect();
    let mut depth = 0;
    let mut pieces = Vec::new();
    for pair in places.windows(2) {
        let [(start, (begins, ends_before)), (end, (_, ends))] = pair else { continue };
        depth = depth + begins.len() - ends_before.len();
        let span = Span { start: *start, end: *end };
        pieces.push(Piece { span, depth, begins: begins.clone(), ends: ends.clone() });
    }
    pieces
}

/// Where a long text is cut into parts that a browser can hold, each at most `most` bytes unless one
/// line is longer.
pub(crate) fn parts(text: &str, most: usize) -> Vec<Span> {
    let mut parts = Vec::new();
    let (mut start, mut end) = (0, 0);
    for line in text.split_inclusive('\n') {
        if end > start && end + line.len() - start > most {
            parts.push(Span::new(start, end));
            start = end;
        }
        end += line.len();
        // A line without an end is cut within.
        while end - start > 2 * most {
            let mut cut = start + most;
            while !text.is_char_boundary(cut) {
                cut += 1;
            }
            parts.push(Span::new(start, cut));
            start = cut;
        }
    }
    if end > start || parts.is_empty() {
        parts.push(Span::new(start, end));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, stretch: (usize, usize), spans: &[(usize, usize)], want: &str) {
        let numbered = passages(spans.iter().map(|&(a, b)| Span::new(a, b)));
        let stretch = Span::new(stretch.0, stretch.1);
        let cut = pieces(text, stretch, &numbered, &[]);
        let shown: String = cut
            .iter()
            .map(|piece| {
                let open: String = piece.begins.iter().map(|n| format!("[{n}")).collect();
                let close: String = piece.ends.iter().map(|n| format!("{n}]")).collect();
                format!("{open}{}{}{close}", piece.span.of(text), "'".repeat(piece.depth))
            })
            .collect::<Vec<_>>()
            .join("|");
        assert_eq!(shown, want);
        let whole: String = cut.iter().map(|piece| piece.span.of(text)).collect();
        assert_eq!(whole, stretch.of(text), "no letter is lost");
    }

    #[test]
    fn passages_may_nest_overlap_and_coincide() {
        check("abcdef", (0, 6), &[], "abcdef");
        check("abcdef", (0, 6), &[(1, 3)], "a|[1bc'1]|def");
        check("abcdef", (0, 6), &[(1, 3), (1, 3)], "a|[1bc'1]|def");
        check("abcdef", (0, 6), &[(0, 6), (1, 3)], "[1a'|[2bc''2]|def'1]");
        check("abcdef", (0, 6), &[(0, 3), (2, 5)], "[1ab'|[2c''1]|de'2]|f");
        check("abcdef", (0, 6), &[(0, 3), (3, 6)], "[1abc'1]|[2def'2]");
        // A passage over two zones is marked in both.
        check("abcdef", (0, 3), &[(1, 5)], "a|[1bc'1]");
        check("abcdef", (3, 6), &[(1, 5)], "[1de'1]|f");
    }

    #[test]
    fn pages_begin_within_passages() {
        let text = "abcdef";
        let cut = pieces(text, Span::new(0, 6), &passages([Span::new(1, 5)]), &[3, 6, 9]);
        let shown: Vec<&str> = cut.iter().map(|piece| piece.span.of(text)).collect();
        assert_eq!(shown, ["a", "bc", "de", "f"]);
        assert!(cut[2].begins.is_empty() && cut[2].depth == 1);
    }

    #[test]
    fn bad_spans_lose_no_words() {
        check("aéb", (0, 4), &[(0, 2)], "aéb");
        check("aéb", (0, 4), &[(1, 90)], "aéb");
        check("aéb", (0, 4), &[(1, 1)], "aéb");
    }

    #[test]
    fn long_texts_are_cut_between_lines() {
        let cut = |text: &str, most| {
            parts(text, most).iter().map(|part| part.of(text).to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(cut("", 4), [""]);
        assert_eq!(cut("ab\ncd\nef", 6), ["ab\ncd\n", "ef"]);
        assert_eq!(cut("ééééééé", 4).concat(), "ééééééé");
        assert!(cut(&"x".repeat(100), 10).iter().all(|part| part.len() <= 20));
    }
}

//! Lines to paragraphs, across columns and pages.

use super::line::Line;

/// A paragraph, a heading or a note: its lines, each with the page it stands on.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Paragraph {
    pub(super) lines: Vec<(usize, String)>,
    pub(super) size: f32,
    pub(super) bold: bool,
}

impl Paragraph {
    fn last(&self) -> &str {
        self.lines.last().map_or("", |(_, text)| text.as_str())
    }

    pub(super) fn words(&self) -> String {
        self.lines.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// What most of a document is set in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Setting {
    /// The height of its letters, in points.
    pub(super) size: f32,
    /// From one line to the next, in points.
    pub(super) leading: f32,
}

impl Setting {
    /// The setting of most letters.
    pub(super) fn of<'l>(parts: impl Iterator<Item = &'l Vec<Line>> + Clone) -> Setting {
        let letters = parts.clone().flatten().map(|line| (line.size, line.text.len()));
        let size = most(letters).unwrap_or(10.0);
        let pairs = parts.flat_map(|part| part.windows(2)).filter(|pair| {
            let gap = pair[1].y - pair[0].y;
            let alike = pair.iter().all(|line| (line.size - size).abs() < 0.6);
            alike && gap > 0.5 * size && gap < 4.0 * size
        });
        let gap = |pair: &[Line]| (pair[1].y - pair[0].y, 1);
        // A line that begins small goes on with the one before it. Where no line does, each is a
        // paragraph of its own, and from one to the next is no leading; in scripts that have no small
        // letters nothing can be told of it.
        let is_small = |pair: &&[Line]| pair[1].text.starts_with(char::is_lowercase);
        let has_small = pairs.clone().any(|pair| pair[1].text.contains(char::is_lowercase));
        let leading = match has_small {
            true => most(pairs.filter(is_small).map(gap)),
            false => most(pairs.map(gap)),
        };
        Setting { size, leading: leading.unwrap_or(1.2 * size) }
    }
}

/// The value that has most weight, to half a point.
fn most(values: impl Iterator<Item = (f32, usize)>) -> Option<f32> {
    let mut weights = std::collections::BTreeMap::<i32, (usize, f32)>::new();
    for (value, weight) in values {
        let entry = weights.entry((value * 2.0).round() as i32).or_insert((0, value));
        entry.0 += weight;
    }
    weights.into_values().max_by_key(|(weight, _)| *weight).map(|(_, value)| value)
}

/// The paragraphs of a part of a page. The first goes on with one of `before`, if it reads on.
pub(super) fn add_part(
    part: &[Line],
    page: usize,
    setting: Setting,
    paragraphs: &mut Vec<Paragraph>,
) {
    let (left, right) = part.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(left, right), l| {
        (left.min(l.x0), right.max(l.x1))
    });
    let leading = own_leading(part, setting);
    for (at, line) in part.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &part[before]);
        let after = part.get(at + 1);
        let begins = match before {
            Some(before) => begins(line, before, after, leading, (left, right)),
            None => line.cells || paragraphs.last().is_none_or(|last| !reads_on(last, line, after)),
        };
        if begins || paragraphs.is_empty() {
            paragraphs.push(Paragraph { size: line.size, bold: line.bold, ..Paragraph::default() });
        }
        if let Some(last) = paragraphs.last_mut() {
            last.lines.push((page, line.text.clone()));
        }
    }
}

/// From one line to the next in this part, which may be set closer or wider than the rest.
fn own_leading(part: &[Line], setting: Setting) -> f32 {
    let gaps = part.windows(2).map(|pair| (pair[1].y - pair[0].y, 1));
    let close = gaps.filter(|(gap, _)| *gap > 0.5 * setting.size && *gap < 4.0 * setting.size);
    match part.len() {
        0..=6 => setting.leading,
        _ => most(close).unwrap_or(setting.leading),
    }
}

/// Whether a line begins a paragraph, from how it stands below the line before it.
fn begins(
    line: &Line,
    before: &Line,
    after: Option<&Line>,
    leading: f32,
    (left, right): (f32, f32),
) -> bool {
    if line.cells || before.cells {
        return true;
    }
    let gap = line.y - before.y;
    let size = line.size.max(before.size);
    let leading = leading * (line.size.min(before.size) / line.size.max(1.0)).max(0.5);
    if gap > 1.3 * leading.max(1.1 * size) || gap < -size {
        return true;
    }
    if (line.size - before.size).abs() > 0.12 * size || line.bold != before.bold && gap > 0.0 {
        // A few words in bold within a line change nothing; whole lines do.
        return line.bold != before.bold || (line.size - before.size).abs() > 0.12 * size;
    }
    let width = right - left;
    let short = before.x1 < right - 0.12 * width;
    let ended = ends_a_sentence(&before.text);
    if is_numbered(&line.text) && (ended || short) {
        return true;
    }
    // Set in from the line before and the line after: the first line of a paragraph.
    let indent = line.x0 - before.x0;
    let hangs = after.is_some_and(|after| (after.x0 - line.x0).abs() < 0.5 * size);
    if indent > 0.8 * size && indent < 8.0 * size && !hangs && (ended || short) {
        return true;
    }
    // Back to the margin after a paragraph that was set in as a whole.
    if indent < -2.0 * size && ended && gap > 1.05 * leading && !is_numbered(&before.text) {
        return true;
    }
    short && ended && starts_a_sentence(&line.text)
}

/// Whether the first line of a part goes on with the last paragraph.
fn reads_on(last: &Paragraph, line: &Line, after: Option<&Line>) -> bool {
    let alike = (last.size - line.size).abs() < 0.08 * last.size && last.bold == line.bold;
    if !alike || is_numbered(&line.text) && starts_a_sentence(&line.text) {
        return false;
    }
    let text = last.last();
    if ends_a_sentence(text) {
        return line.text.starts_with(char::is_lowercase);
    }
    let set_in = after.is_some_and(|after| line.x0 - after.x0 > 0.8 * line.size);
    // A heading at the end of a page has no full stop either, but the next line begins anew.
    !(set_in && starts_a_sentence(&line.text)) || text.ends_with(['-', ',', '\u{AD}'])
}

pub(super) fn ends_a_sentence(text: &str) -> bool {
    let plain = text.trim_end_matches(|letter: char| {
        "\"'”’)]»\u{2}\u{3}".contains(letter) || letter.is_ascii_digit() && text.contains('\u{3}')
    });
    plain.ends_with(['.', '!', '?', ':', ';', '…', '。', '؟'])
}

fn starts_a_sentence(text: &str) -> bool {
    !text.starts_with(|letter: char| letter.is_lowercase() || ",;.)".contains(letter))
}

/// Whether a line begins with the number of a paragraph or the mark of a list: "12.", "[12]",
/// "(a)", "•".
pub(super) fn is_numbered(text: &str) -> bool {
    let Some(first) = text.split_whitespace().next() else { return false };
    if matches!(first, "•" | "–" | "—" | "-" | "▪" | "◦" | "·" | "*" | "■" | "●" | "o")
    {
        return first.len() < text.len();
    }
    let inner = first.trim_start_matches(['[', '(']).trim_end_matches([']', ')', '.', ':']);
    let framed = inner.len() < first.len();
    let parts = || inner.split('.');
    let figure = |part: &str| part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let letter = |part: &str| {
        part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_alphabetic())
            || crate::counting::of_roman(&part.to_lowercase()).is_some()
    };
    let numbered = !inner.is_empty() && parts().all(|part| !part.is_empty() && figure(part));
    let levels = parts().count();
    let lettered = framed && first.ends_with([')', ']']) && letter(inner);
    numbered && (framed || levels > 1 && levels < 5) && first.len() < text.len() || lettered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_paragraphs() {
        for text in
            ["12. The court", "[12] The court", "(a) a man", "1.2.3 Facts", "(iv) who", "• one"]
        {
            assert!(is_numbered(text), "{text}");
        }
        for text in ["12 people", "12.", "The court", "a man", "3,000. They", "2016 was"] {
            assert!(!is_numbered(text), "{text}");
        }
    }
}

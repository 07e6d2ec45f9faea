//! A twin of an article: the same but for names, places, dates and figures.

use std::collections::BTreeMap;

/// What is replaced by what.
///
/// A row that begins with `@` (a date) or `#` (a number) holds for the lines of a reading
/// only, where these marks stand before them; all others hold for the text as well.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// The longest first, so that "Dawn Column" is replaced before "Column".
    rows: Vec<(String, String)>,
}

impl Table {
    /// A table of rows.
    pub(crate) fn new(mut rows: Vec<(String, String)>) -> Table {
        rows.sort_by(|(a, _), (b, _)| (b.len(), a).cmp(&(a.len(), b)));
        Table { rows }
    }

    /// A text, or a line of a reading, with everything replaced.
    pub(crate) fn rename(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut before = ' ';
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            let marked = matches!(before, '@' | '#');
            let row = self.rows.iter().find(|(old, _)| {
                let row_marked = old.starts_with(['@', '#']);
                let begins = row_marked || !marked && !joined(before, old);
                let after = rest.strip_prefix(old.as_str());
                begins && after.is_some_and(|after| ends(old, after))
            });
            match row {
                Some((old, new)) => {
                    out.push_str(new);
                    before = old.chars().next_back().unwrap_or(' ');
                    rest = &rest[old.len()..];
                }
                None if marked => {
                    // A date or number that no row speaks of stays as it is, to its end.
                    let end = rest.find([' ', ',', ')', '/']).unwrap_or(rest.len()).max(1);
                    let end = (end..=rest.len()).find(|&at| rest.is_char_boundary(at));
                    let end = end.unwrap_or(rest.len());
                    out.push_str(&rest[..end]);
                    before = ' ';
                    rest = &rest[end..];
                }
                None => {
                    out.push(next);
                    before = next;
                    rest = &rest[next.len_utf8()..];
                }
            }
        }
        out
    }
}

/// Whether a row would begin within a word.
fn joined(before: char, old: &str) -> bool {
    before.is_alphanumeric() && old.starts_with(char::is_alphanumeric)
}

/// Whether a row ends with a word.
fn ends(old: &str, after: &str) -> bool {
    !(old.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric))
}

/// The lines that a twin lacks, and those that only it has.
pub(crate) fn differences(table: &Table, lines: &[String], twin: &[String]) -> Vec<String> {
    let mut held: BTreeMap<String, i32> = BTreeMap::new();
    for line in lines {
        *held.entry(table.rename(line)).or_default() += 1;
    }
    for line in twin {
        *held.entry(line.clone()).or_default() -= 1;
    }
    let sign = |count: i32| if count > 0 { "- " } else { "+ " };
    let differing = held.into_iter().filter(|(_, count)| *count != 0);
    differing.map(|(line, count)| format!("{}{line}", sign(count))).collect()
}

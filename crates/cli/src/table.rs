//! Tables as wide as the page, in which no id, date or word is broken over lines; where the page
//! has no room for that, each row becomes a few lines of its own.

use throughline_tell::terminal;
use unicode_width::UnicodeWidthStr;

/// What stands between two columns.
const GAP: usize = 2;

/// Longer words, such as an address, are broken rather than given a column of their own.
const LONGEST_WORD: usize = 24;

/// A table with one header, for a page of `width` letters. Its first column holds ids and the
/// second names; columns in which every row is empty are left out.
pub(crate) fn table(columns: &[&str], rows: &[Vec<String>], width: usize) -> String {
    let filled: Vec<usize> = (0..columns.len())
        .filter(|&at| {
            rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.trim().is_empty()))
        })
        .collect();
    let titles: Vec<&str> = filled.iter().map(|&at| columns[at]).collect();
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let cell = |&at: &usize| row.get(at).map_or_else(String::new, |it| terminal::lines(it));
            filled.iter().map(cell).collect()
        })
        .collect();
    match widths(&titles, &cells, width) {
        Some(widths) => side_by_side(&titles, &cells, &widths),
        None => one_below_another(&titles, &cells, width),
    }
}

/// How wide each column is, if the page has room for all.
fn widths(titles: &[&str], cells: &[Vec<String>], width: usize) -> Option<Vec<usize>> {
    let column = |at: usize| cells.iter().filter_map(move |row| row.get(at));
    let widest = |at: usize| {
        let lines = column(at).flat_map(|cell| cell.lines()).map(UnicodeWidthStr::width);
        lines.chain([titles[at].width()]).max().unwrap_or(0)
    };
    let least = |at: usize| {
        let pieces = column(at).flat_map(|cell| cell.split_whitespace()).flat_map(pieces);
        let longest = pieces.map(UnicodeWidthStr::width).max().unwrap_or(0).min(LONGEST_WORD);
        longest.max(titles[at].width())
    };
    let wanted: Vec<usize> = (0..titles.len()).map(widest).collect();
    // Ids are copied, and so never broken.
    let mut widths: Vec<usize> =
        (0..titles.len()).map(|at| if at == 0 { wanted[0] } else { least(at) }).collect();
    let gaps = GAP * titles.len().saturating_sub(1);
    let mut free = width.checked_sub(gaps + widths.iter().sum::<usize>())?;
    // The narrowest that lacks room gets it first, so that short values stay in one line.
    while free > 0 {
        let lacking = (0..widths.len()).filter(|&at| widths[at] < wanted[at]);
        let Some(at) = lacking.min_by_key(|&at| widths[at]) else { break };
        widths[at] += 1;
        free -= 1;
    }
    Some(widths)
}

fn side_by_side(titles: &[&str], cells: &[Vec<String>], widths: &[usize]) -> String {
    let header: Vec<String> = titles.iter().map(|title| title.to_uppercase()).collect();
    let mut lines = Vec::new();
    for row in std::iter::once(&header).chain(cells) {
        let columns: Vec<Vec<String>> =
            row.iter().zip(widths).map(|(cell, width)| folded(cell, *width)).collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            let mut line = String::new();
            for (column, width) in columns.iter().zip(widths) {
                let part = column.get(at).map_or("", String::as_str);
                line.push_str(part);
                line.push_str(&" ".repeat(width.saturating_sub(part.width()) + GAP));
            }
            lines.push(line.trim_end().to_owned());
        }
    }
    lines.join("\n")
}

/// A row as lines: the id with the name, then all else with its title.
fn one_below_another(titles: &[&str], cells: &[Vec<String>], width: usize) -> String {
    const INDENT: &str = "    ";
    let mut lines: Vec<String> = Vec::new();
    for row in cells {
        let rest: Vec<String> = titles
            .iter()
            .zip(row)
            .skip(2)
            .filter(|(_, cell)| !cell.trim().is_empty())
            .map(|(title, cell)| format!("{title}: {}", cell.replace('\n', ", ")))
            .collect();
        let (id, name) = (row.first().map_or("", |id| id), row.get(1).map_or("", |name| name));
        let beside = id.width() + GAP;
        let mut name = folded(name, width.saturating_sub(beside)).into_iter();
        lines.push(format!("{id}{}{}", " ".repeat(GAP), name.next().unwrap_or_default()));
        lines.extend(name.map(|line| format!("{}{line}", " ".repeat(beside))));
        let rest = folded(&rest.join("; "), width.saturating_sub(INDENT.len()));
        lines.extend(rest.into_iter().map(|line| format!("{INDENT}{line}")));
    }
    lines.join("\n")
}

/// A text in lines of at most `width` letters, broken between words, after hyphens, and within
/// words that are longer than a line.
pub(crate) fn folded(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            for (at, piece) in pieces(word).enumerate() {
                let space = usize::from(at == 0 && !line.is_empty());
                if !line.is_empty() && line.width() + space + piece.width() > width {
                    lines.push(std::mem::take(&mut line));
                } else if space > 0 {
                    line.push(' ');
                }
                for letter in piece.chars() {
                    let mut bytes = [0; 4];
                    if line.width() + letter.encode_utf8(&mut bytes).width() > width {
                        lines.push(std::mem::take(&mut line));
                    }
                    line.push(letter);
                }
            }
        }
        lines.push(line);
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// The parts of a word between which a line may break: after hyphens between letters, but never
/// in an id.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let is_word = |part: &str| part.chars().all(|letter| !letter.is_ascii_digit());
    let is_id = |part: &str| part.len() == "inc-".len() + 12 && part.as_bytes()[3] == b'-';
    let breaks = is_word(word) && !word.split(['/', '[', ']', '(', ')', ',', ';']).any(is_id);
    let mut rest = word;
    std::iter::from_fn(move || {
        let end = match rest.find('-') {
            _ if rest.is_empty() => return None,
            Some(at) if breaks && at > 0 => at + 1,
            _ => rest.len(),
        };
        let (piece, left) = rest.split_at(end);
        rest = left;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[&str] = &["id", "name", "killed", "place", "none"];

    #[track_caller]
    fn check(width: usize, want: &str) {
        let row = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
        let rows = [
            row(&["inc-4q2m8zk7w1ya", "Bomb in the Rue Saint-Germain", "at least 2", "Ostby", ""]),
            row(&["inc-7w1y4q2m8zk7", "火事", "", "Lenn\nÅrby", " "]),
        ];
        let text = table(COLUMNS, &rows, width);
        assert_eq!(text, want.trim_start_matches('\n').trim_end(), "\n{text}");
        assert!(text.lines().all(|line| line.width() <= width));
    }

    #[test]
    fn what_has_room_stays_in_one_line() {
        check(
            100,
            "
ID                NAME                           KILLED      PLACE
inc-4q2m8zk7w1ya  Bomb in the Rue Saint-Germain  at least 2  Ostby
inc-7w1y4q2m8zk7  火事                                       Lenn
                                                             Årby
",
        );
    }

    #[test]
    fn words_are_kept_and_short_values_first() {
        check(
            48,
            "
ID                NAME         KILLED      PLACE
inc-4q2m8zk7w1ya  Bomb in the  at least 2  Ostby
                  Rue Saint-
                  Germain
inc-7w1y4q2m8zk7  火事                     Lenn
                                           Årby
",
        );
    }

    #[test]
    fn a_page_without_room_for_columns_has_lines() {
        check(
            36,
            "
inc-4q2m8zk7w1ya  Bomb in the Rue
                  Saint-Germain
    killed: at least 2; place: Ostby
inc-7w1y4q2m8zk7  火事
    place: Lenn, Årby
",
        );
    }

    #[test]
    fn lines_break_where_they_may() {
        for (text, width, want) in [
            ("a far-off mill", 8, &["a far-", "off mill"][..]),
            ("abcdefghij k", 4, &["abcd", "efgh", "ij k"]),
            ("of jdg-abcdefghjkmn", 8, &["of", "jdg-abcd", "efghjkmn"]),
            ("on 1885-01-26 to 1885-01-30", 14, &["on 1885-01-26", "to 1885-01-30"]),
            ("", 5, &[]),
            ("a\n\nb", 5, &["a", "", "b"]),
        ] {
            assert_eq!(folded(text, width), want, "{text:?}");
        }
    }
}

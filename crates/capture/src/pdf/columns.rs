//! In which order the lines of a page are read.

use super::line::Line;
use super::tables::are_tabular;

/// How many lines there must be on either side of a gutter.
const FEWEST: usize = 4;
/// The share of a column's letters in lines that reach over most of it: cells of a table do not.
const FULL: f32 = 0.6;
/// How many columns within columns are looked for.
const DEEPEST: usize = 4;

/// The parts of a page in reading order, each a list of lines from its top: a page set in one
/// column is one part.
pub(super) fn parts(lines: Vec<Line>) -> Vec<Vec<Line>> {
    let mut parts = Vec::new();
    divide(lines, 0, &mut parts);
    parts
}

fn divide(lines: Vec<Line>, depth: usize, parts: &mut Vec<Vec<Line>>) {
    let gutter = (depth < DEEPEST).then(|| gutter(&lines)).flatten();
    let Some(gutter) = gutter else {
        let whole = joined(lines);
        if !whole.is_empty() {
            parts.push(whole);
        }
        return;
    };
    // What crosses the gutter stands above, between or below columns.
    let leftward = lines.iter().filter(|line| is_leftward(line)).count() * 2 > lines.len();
    let (mut above, mut left, mut right) = (Vec::new(), Vec::new(), Vec::new());
    let flush = |above: &mut Vec<Line>,
                 left: &mut Vec<Line>,
                 right: &mut Vec<Line>,
                 parts: &mut Vec<Vec<Line>>| {
        let whole = joined(std::mem::take(above));
        if !whole.is_empty() {
            parts.push(whole);
        }
        let (first, second) = match leftward {
            true => (std::mem::take(right), std::mem::take(left)),
            false => (std::mem::take(left), std::mem::take(right)),
        };
        divide(first, depth + 1, parts);
        divide(second, depth + 1, parts);
    };
    for line in lines {
        if line.x0 < gutter && line.x1 > gutter {
            if !left.is_empty() || !right.is_empty() {
                flush(&mut above, &mut left, &mut right, parts);
            }
            above.push(line);
        } else if line.x1 <= gutter {
            left.push(line);
        } else {
            right.push(line);
        }
    }
    flush(&mut above, &mut left, &mut right, parts);
}

fn is_leftward(line: &Line) -> bool {
    line.text.chars().any(super::glyph::is_leftward)
}

/// Where two columns of running text part, if they do.
fn gutter(lines: &[Line]) -> Option<f32> {
    let (left, right) = extent(lines)?;
    let width = right - left;
    // Where a line ends a gutter may begin; it is as good as few lines cross it.
    let mut ends: Vec<f32> = lines.iter().map(|line| line.x1 + 0.5).collect();
    ends.sort_by(f32::total_cmp);
    ends.dedup_by(|one, other| (*one - *other).abs() < 1.0);
    let middle = left + 0.2 * width..left + 0.8 * width;
    let mut best: Option<(usize, f32)> = None;
    for x in ends.into_iter().filter(|x| middle.contains(x)) {
        let crossing = lines.iter().filter(|line| line.x0 < x && line.x1 > x).count();
        let before: Vec<&Line> = lines.iter().filter(|line| line.x1 <= x).collect();
        let after: Vec<&Line> = lines.iter().filter(|line| line.x0 >= x).collect();
        if best.is_some_and(|(fewest, _)| fewest <= crossing)
            || crossing * 3 > before.len() + after.len()
            || !are_beside(&before, &after)
        {
            continue;
        }
        let sides = [(left, x, before), (x, right, after)];
        if sides.into_iter().all(|(_, _, side)| is_running_text(&side)) {
            best = Some((crossing, x));
        }
    }
    best.map(|(_, x)| x)
}

/// Whether lines are set as a column of text: enough of them, and most as wide as the column.
fn is_running_text(lines: &[&Line]) -> bool {
    const SHORTEST: usize = 14;
    let Some((left, right)) = extent(lines.iter().copied()) else { return false };
    let letters = |line: &&&Line| line.text.chars().count();
    let wide = lines.iter().filter(|line| line.x1 - line.x0 > 0.7 * (right - left));
    let wide: usize = wide.map(|line| letters(&line)).sum();
    let all: usize = lines.iter().map(|line| letters(&line)).sum();
    lines.len() >= FEWEST && wide as f32 >= FULL * all as f32 && all >= SHORTEST * lines.len()
}

/// Whether two sets of lines share most of the lower one's height.
fn are_beside(one: &[&Line], other: &[&Line]) -> bool {
    let height = |lines: &[&Line]| {
        let top = lines.iter().map(|line| line.y).fold(f32::INFINITY, f32::min);
        let foot = lines.iter().map(|line| line.y).fold(f32::NEG_INFINITY, f32::max);
        (top, foot)
    };
    let ((top, foot), (other_top, other_foot)) = (height(one), height(other));
    let shared = foot.min(other_foot) - top.max(other_top);
    shared > 0.5 * (foot - top).min(other_foot - other_top) && shared > 0.0
}

fn extent<'l>(lines: impl IntoIterator<Item = &'l Line>) -> Option<(f32, f32)> {
    let ends = lines.into_iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(left, right), line| {
        (left.min(line.x0), right.max(line.x1))
    });
    (ends.0 < ends.1).then_some(ends)
}

/// Runs on one height put together again, from left to right; cells of a table become one line,
/// with bars between them.
fn joined(mut lines: Vec<Line>) -> Vec<Line> {
    lines.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for line in lines {
        match rows.last_mut() {
            Some(row) if line.y - row[0].y < 0.3 * line.size.min(row[0].size) => row.push(line),
            _ => rows.push(vec![line]),
        }
    }
    for row in &mut rows {
        row.sort_by(|one, other| one.x0.total_cmp(&other.x0));
    }
    let tabular = are_tabular(&rows);
    rows.into_iter().zip(tabular).filter_map(|(runs, cells)| row(runs, cells)).collect()
}

fn row(mut runs: Vec<Line>, cells: bool) -> Option<Line> {
    let leftward = runs.iter().filter(|run| is_leftward(run)).count() * 2 > runs.len();
    let largest = runs.iter().map(|run| run.size).fold(0.0, f32::max);
    let whole = Line {
        x0: runs.first()?.x0,
        x1: runs.iter().map(|run| run.x1).fold(f32::NEG_INFINITY, f32::max),
        y: runs.iter().find(|run| run.size == largest).map_or(runs[0].y, |run| run.y),
        size: runs.iter().max_by_key(|run| run.text.len())?.size,
        bold: runs.iter().all(|run| run.bold),
        artifact: runs.iter().all(|run| run.artifact),
        cells,
        text: String::new(),
    };
    if leftward {
        runs.reverse();
    }
    let texts: Vec<&str> = runs.iter().map(|run| run.text.as_str()).collect();
    Some(Line { text: texts.join(if cells { " | " } else { " " }), ..whole })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x0: f32, x1: f32, y: f32) -> Line {
        Line {
            text: text.to_owned(),
            x0,
            x1,
            y,
            size: 10.0,
            bold: false,
            artifact: false,
            cells: false,
        }
    }

    fn read(lines: Vec<Line>) -> Vec<Vec<String>> {
        let texts = |part: Vec<Line>| part.into_iter().map(|line| line.text).collect();
        parts(lines).into_iter().map(texts).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other_and_what_spans_them_between() {
        let mut lines = vec![line("The title that spans the page", 50.0, 450.0, 20.0)];
        for at in 0..5u8 {
            let y = 40.0 + 12.0 * f32::from(at);
            lines.push(line(&format!("left column, its line {at}"), 50.0, 240.0, y));
            lines.push(line(&format!("right column, its line {at}"), 260.0, 450.0, y + 3.0));
        }
        let parts = read(lines);
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[0], ["The title that spans the page"]);
        assert!(parts[1].iter().all(|text| text.starts_with("left")));
        assert!(parts[2].iter().all(|text| text.starts_with("right")));
    }

    #[test]
    fn cells_and_hanging_numbers_are_no_columns() {
        let (mut table, mut numbered) = (Vec::new(), Vec::new());
        for at in 0..6u8 {
            let y = 12.0 * f32::from(at);
            table.push(line("Lenn", 50.0, 70.0, y));
            table.push(line("12 May", 250.0, 280.0, y));
            numbered.push(line(&format!("[{at}]"), 50.0, 64.0, y));
            numbered.push(line("The court heard the witness on that day.", 90.0, 450.0, y));
        }
        assert_eq!(read(table)[0][0], "Lenn | 12 May");
        assert_eq!(read(numbered)[0][1], "[1] The court heard the witness on that day.");
    }
}

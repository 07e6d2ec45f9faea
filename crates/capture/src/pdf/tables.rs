//! Rows of tables: words that stand below one another in several places, row after row.
//!
//! A page says of no table where it is. Read as running text its rows would be one paragraph, and the
//! figures of one row those of the next.

use super::line::Line;
use super::paragraph::is_numbered;

/// How far the edges of two cells of a column may lie apart, in heights of the font.
const OFF: f32 = 0.5;
/// How wide the gap between two cells is at least.
const GAP: f32 = 1.2;
/// The longest cell, in letters: columns of running text have lines of thirty and more, row after row.
const LONGEST: usize = 60;
/// The fewest rows of a table of two columns, and of more.
const FEWEST_OF_TWO: usize = 3;
const FEWEST: usize = 2;

/// Which rows are those of a table: each is what stands on one height, from left to right.
pub(super) fn are_tabular(rows: &[Vec<Line>]) -> Vec<bool> {
    let mut tabular = vec![false; rows.len()];
    let mut from = 0;
    while from < rows.len() {
        let alike = (from + 1..rows.len()).take_while(|at| are_alike(&rows[at - 1], &rows[*at]));
        let end = alike.last().map_or(from + 1, |last| last + 1);
        let columns = rows[from].len();
        let fewest = if columns == 2 { FEWEST_OF_TWO } else { FEWEST };
        if columns >= 2 && end - from >= fewest && !are_numbered(&rows[from..end]) {
            tabular[from..end].fill(true);
        }
        from = end;
    }
    tabular
}

/// Whether two rows have the same columns.
fn are_alike(one: &[Line], other: &[Line]) -> bool {
    one.len() == other.len()
        && [one, other].iter().all(|row| has_cells(row))
        && one.iter().zip(other).all(|(above, below)| {
            let off = OFF * above.size.max(below.size);
            let middle = |line: &Line| (line.x0 + line.x1) / 2.0;
            (above.x0 - below.x0).abs() < off
                || (above.x1 - below.x1).abs() < off
                || (middle(above) - middle(below)).abs() < off
        })
}

fn has_cells(row: &[Line]) -> bool {
    let apart = row.windows(2).all(|pair| pair[1].x0 - pair[0].x1 > GAP * pair[0].size);
    apart && row.iter().all(|cell| cell.text.chars().count() <= LONGEST)
}

/// Whether the first column has the numbers or marks of paragraphs.
fn are_numbered(rows: &[Vec<Line>]) -> bool {
    rows[0].len() == 2 && rows.iter().all(|row| is_numbered(&format!("{} x", row[0].text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(cells: &[&[(&str, f32, f32)]]) -> Vec<bool> {
        let cell = |(text, x0, x1): &(&str, f32, f32), y: usize| Line {
            text: (*text).to_owned(),
            x0: *x0,
            x1: *x1,
            y: 12.0 * y as f32,
            size: 10.0,
            bold: false,
            artifact: false,
            cells: false,
        };
        let rows: Vec<Vec<Line>> = cells
            .iter()
            .enumerate()
            .map(|(y, row)| row.iter().map(|one| cell(one, y)).collect())
            .collect();
        are_tabular(&rows)
    }

    #[test]
    fn columns_are_set_to_the_left_to_the_right_or_in_the_middle() {
        let table: [&[(&str, f32, f32)]; 4] = [
            &[("What the inquiry found there", 50.0, 180.0)],
            &[("Place", 50.0, 80.0), ("Killed", 150.0, 180.0), ("Wounded", 230.0, 270.0)],
            &[("Booking hall", 50.0, 110.0), ("31", 170.0, 180.0), ("9", 247.0, 253.0)],
            &[("Quay", 50.0, 75.0), ("1", 175.0, 180.0), ("12", 245.0, 255.0)],
        ];
        assert_eq!(rows(&table), [false, true, true, true]);
    }

    #[test]
    fn words_set_wide_apart_and_numbered_paragraphs_are_no_table() {
        let wide: [&[(&str, f32, f32)]; 3] = [
            &[("The court", 50.0, 95.0), ("heard him", 130.0, 180.0)],
            &[("and let", 50.0, 83.0), ("him go home", 111.0, 168.0)],
            &[("that same", 50.0, 97.0), ("day.", 140.0, 160.0)],
        ];
        assert_eq!(rows(&wide), [false; 3]);
        let numbered: [&[(&str, f32, f32)]; 3] = [
            &[("[1]", 50.0, 64.0), ("The court heard him.", 90.0, 190.0)],
            &[("[2]", 50.0, 64.0), ("He went home.", 90.0, 150.0)],
            &[("[3]", 50.0, 64.0), ("Nobody followed.", 90.0, 170.0)],
        ];
        assert_eq!(rows(&numbered), [false; 3]);
        let two: [&[(&str, f32, f32)]; 2] = [
            &[("Ada Marsh", 50.0, 95.0), ("Odo Lind", 230.0, 280.0)],
            &[("Chair", 50.0, 75.0), ("Clerk", 230.0, 255.0)],
        ];
        assert_eq!(rows(&two), [false; 2]);
    }
}

//! Coded datasets: one incident a row, in CSV.
//!
//! A [`Map`] says what the columns of somebody's table mean; [`Map::code`] turns a row into a cited
//! document, its mentions and assertions, and the judgments of the coder. [`map_of_export`] is the
//! map of the tables that this program writes.
//!
//! Cells that a spreadsheet would take for a formula are written with an apostrophe before them
//! ([`guard`]), and read without it.

pub mod basis;
pub mod cell;
mod cited;
mod date;
mod fault;
mod map;
mod row;
mod said;
mod template;
mod texts;

pub use fault::Fault;
pub use map::{Map, default_kind, map_of_export};
pub use row::{Coded, Entering, Rows};

/// What stands between several values of one cell.
pub const BETWEEN: &str = " | ";

/// What a cell says where a finding holds that a value cannot be known.
pub const UNKNOWABLE: &str = "cannot be known";

/// A cell that no spreadsheet takes for a formula. [`unguard`] gives the text back.
pub fn guard(text: &str) -> String {
    match text.starts_with(is_dangerous) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// The text of a guarded cell.
pub fn unguard(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(is_dangerous)).unwrap_or(cell)
}

/// Letters that begin a formula, in some spreadsheet, and the apostrophe itself.
fn is_dangerous(letter: char) -> bool {
    matches!(letter, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\'' | '＝' | '＋' | '－' | '＠')
}

/// Several values in one cell.
pub fn join(values: &[String]) -> String {
    let apart: Vec<String> =
        values.iter().map(|value| value.replace('\\', "\\\\").replace('|', "\\|")).collect();
    apart.join(BETWEEN)
}

/// The values of a cell that holds several, as [`join`] writes them.
pub fn split(cell: &str) -> Vec<String> {
    let mut values = vec![String::new()];
    let mut letters = cell.chars();
    while let Some(letter) = letters.next() {
        let last = values.len() - 1;
        match letter {
            '\\' => values[last].extend(letters.next()),
            '|' => values.push(String::new()),
            letter => values[last].push(letter),
        }
    }
    values
        .into_iter()
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_cell_begins_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1"] {
            assert!(guard(text).starts_with('\''), "{text}");
        }
        assert_eq!(guard("12"), "12");
    }

    proptest! {
        #[test]
        fn cells_read_back(text in "[-=+@'|\\\\a-c \t]{0,8}", more in "[a-c|\\\\=]{1,5}") {
            let cell = guard(&text);
            prop_assert_eq!(unguard(&cell), text.as_str());
            let trimmed: Vec<String> = [text.trim(), &more]
                .into_iter()
                .filter(|value| !value.is_empty())
                .map(str::to_owned)
                .collect();
            prop_assert_eq!(split(&join(&trimmed)), trimmed);
        }
    }
}

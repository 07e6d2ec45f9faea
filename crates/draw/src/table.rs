//! The facts of a picture as a table, to be printed beside it.

/// The facts of a picture, a row each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What the columns are called.
    pub header: Vec<String>,
    /// The rows, each as long as the header.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub(crate) fn new(header: &[&str]) -> Table {
        Table { header: header.iter().map(|&title| title.to_owned()).collect(), rows: Vec::new() }
    }

    /// Leaves out columns in which no row has anything.
    #[must_use]
    pub(crate) fn without_empty_columns(self) -> Table {
        let filled: Vec<bool> = (0..self.header.len())
            .map(|at| self.rows.is_empty() || self.rows.iter().any(|row| !row[at].is_empty()))
            .collect();
        let keep = |row: Vec<String>| {
            row.into_iter().zip(&filled).filter(|(_, keep)| **keep).map(|(cell, _)| cell).collect()
        };
        Table { header: keep(self.header), rows: self.rows.into_iter().map(keep).collect() }
    }
}

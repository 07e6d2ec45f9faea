//! Why a row is left out.

use std::fmt;

/// Why a row was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The column, where one is to blame.
    pub column: Option<String>,
    /// What is wrong in it.
    pub what: String,
}

impl Fault {
    /// A fault of one column.
    pub(super) fn of(column: &str, what: String) -> Fault {
        Fault { column: Some(column.to_owned()), what }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(f, "column {column}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

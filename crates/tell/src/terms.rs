//! A list of terms searched at once: what each finds, and whether one of them may be somebody's name, so
//! that what the search is for has to be said.
//!
//! Whoever searches a casebook for a list of people looks into what is held of each, as who takes their
//! names out of it does; so the purpose is noted in the ledger, without the terms: what stands there stands
//! for good, and names must be removable.

use std::fmt;

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, Hit, Result};
use throughline_model::{AsOf, SubjectKind};

use crate::found;
use crate::redact::is_description;
use crate::terminal;

/// So many terms at most are searched at once.
pub const MOST: usize = 1_000;

/// So many letters at most has a term.
const LONGEST: usize = 200;

/// A list that cannot be searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It has no terms.
    Empty,
    /// It has more than [`MOST`].
    TooMany(usize),
    /// The term of this line, counted from 1, is too long.
    TooLong(usize),
    /// In the term of this line nothing can be searched for: it has neither letters nor digits.
    Wordless(usize),
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Wrong::Empty => f.write_str("it holds no terms; write one a line"),
            Wrong::TooMany(many) => {
                write!(f, "it holds {many} terms; at most {MOST} are searched at once, so part it")
            }
            Wrong::TooLong(line) => {
                write!(f, "line {line} has more than {LONGEST} letters; a term is a few words")
            }
            Wrong::Wordless(line) => {
                write!(
                    f,
                    "line {line} has neither letters nor digits; write words, or `#` before a remark"
                )
            }
        }
    }
}

impl std::error::Error for Wrong {}

/// The terms of a list: one a line, each once; what begins with `#` is a remark.
///
/// # Errors
/// If there are none or too many, or one is none.
pub fn read(list: &str) -> std::result::Result<Vec<String>, Wrong> {
    let mut terms: Vec<String> = Vec::new();
    for (number, line) in (1..).zip(list.trim_start_matches('\u{feff}').lines()) {
        let term = line.trim();
        if term.is_empty() || term.starts_with('#') {
            continue;
        }
        if term.chars().count() > LONGEST {
            return Err(Wrong::TooLong(number));
        }
        if !term.contains(char::is_alphanumeric) {
            return Err(Wrong::Wordless(number));
        }
        if !terms.iter().any(|known| known == term) {
            terms.push(term.to_owned());
        }
    }
    match terms.len() {
        0 => Err(Wrong::Empty),
        many if many > MOST => Err(Wrong::TooMany(many)),
        _ => Ok(terms),
    }
}

/// Whether a term may be somebody's name: a person of the casebook goes by it, or it is of two words or
/// more with capitals and nothing else there goes by it. It fires on "jan maas" where he is known, and on
/// "Odo Lind" where nobody is; not on "Lenn Harbour" where that is a place, and not on "dynamite".
///
/// # Errors
/// If the casebook cannot be read.
pub fn may_name(casebook: &Casebook, term: &str) -> Result<bool> {
    const FEW: usize = 20;
    let called = |kind: SubjectKind| casebook.named(kind, term, AsOf::default(), FEW);
    if called(SubjectKind::Person)?.iter().any(|row| !is_description(&row.name)) {
        return Ok(true);
    }
    let words =
        term.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let capitals = words.filter(|word| word.starts_with(char::is_uppercase)).count();
    if capitals < 2 {
        return Ok(false);
    }
    for kind in [SubjectKind::Place, SubjectKind::Group, SubjectKind::Outlet, SubjectKind::Channel]
    {
        if !called(kind)?.is_empty() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What must be said before a list is searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsaid {
    /// What it is for, since this term may be somebody's name.
    Purpose(String),
    /// Who searches, since what it is for is noted.
    By,
}

impl fmt::Display for Unsaid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unsaid::Purpose(term) => {
                let term = terminal::one_line(term);
                write!(f, "“{term}” may be somebody's name: say what the search is for")
            }
            Unsaid::By => f.write_str("say who searches, since what it is for is noted"),
        }
    }
}

/// What the ledger is to note, as a disclosure, before a list is searched: nothing where no term may be a
/// name; else purpose, who, and how many terms.
///
/// # Errors
/// If the casebook cannot be read.
pub fn note(
    casebook: &Casebook,
    terms: &[String],
    purpose: Option<&str>,
    by: Option<&str>,
) -> Result<std::result::Result<Option<Json>, Unsaid>> {
    let mut names = Vec::new();
    for term in terms {
        if may_name(casebook, term)? {
            names.push(term);
        }
    }
    let Some(name) = names.first() else { return Ok(Ok(None)) };
    let stated =
        |text: Option<&str>| text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let Some(purpose) = stated(purpose) else {
        return Ok(Err(Unsaid::Purpose((*name).clone())));
    };
    let Some(by) = stated(by) else { return Ok(Err(Unsaid::By)) };
    Ok(Ok(Some(json!({
        "what": "search terms", "purpose": purpose, "by": by,
        "terms": terms.len(), "may_name": names.len(),
    }))))
}

/// What a term finds.
#[derive(Clone, Debug, PartialEq)]
pub struct TermFound {
    /// The term.
    pub term: String,
    /// The documents that hold it, best first.
    pub hits: Vec<Hit>,
    /// Whether there are more.
    pub more: bool,
}

/// What each term finds, at most `most` documents each.
///
/// # Errors
/// If the casebook cannot be read.
pub fn search(
    casebook: &Casebook,
    terms: &[String],
    as_of: AsOf,
    most: usize,
) -> Result<Vec<TermFound>> {
    let one = |term: &String| {
        let mut hits = casebook.search(term, as_of, most.saturating_add(1))?;
        let more = hits.len() > most;
        hits.truncate(most);
        Ok(TermFound { term: term.clone(), hits, more })
    };
    terms.iter().map(one).collect()
}

impl TermFound {
    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        json!({
            "term": self.term,
            "documents": self.hits.iter().map(found::json).collect::<Vec<_>>(),
            "more": self.more,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_line_by_line_and_what_is_wrong_is_named_by_its_line() {
        let list = "\u{feff}# of the trial\nOdo Lind\r\n\n\"white tower\"\nOdo Lind\n";
        assert_eq!(read(list).unwrap(), ["Odo Lind", "\"white tower\""]);
        assert_eq!(read("# nothing\n\n"), Err(Wrong::Empty));
        assert_eq!(read("bomb\n\"?\"\n"), Err(Wrong::Wordless(2)));
        assert_eq!(read(&format!("\n{}", "x".repeat(LONGEST + 1))), Err(Wrong::TooLong(2)));
        let many: String = (0..=MOST).map(|number| format!("term {number}\n")).collect();
        assert_eq!(read(&many), Err(Wrong::TooMany(MOST + 1)));
    }
}

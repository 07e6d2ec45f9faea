//! The coder's judgments on what the dispatches say and of whom.

use std::collections::BTreeSet;

use throughline_model::{Act, AssertionId, Instant, Judgment, JudgmentId, MentionId};

use super::rows::{CodingError, Line, lines};
use super::{Book, Key};

/// When the sample was coded. The moment is no part of a judgment's id.
pub(crate) const MADE: &str = "2026-11-20T12:00:00Z";

impl Book<'_> {
    /// A judgment of the coder that rests on these files.
    pub(crate) fn judgment(
        &self,
        act: Act,
        files: &BTreeSet<&str>,
        supersedes: Vec<JudgmentId>,
        reason: &str,
    ) -> Judgment {
        Judgment {
            id: JudgmentId::from_bits(0),
            by: self.tables.coder.to_owned(),
            made: MADE.parse().unwrap_or(Instant(0)),
            reason: reason.to_owned(),
            cites: self.documents(files),
            supersedes,
            act,
        }
        .sealed()
    }

    /// The files that a cell lists, each of which must be a dispatch.
    pub(crate) fn files<'l, const N: usize>(
        &self,
        line: &Line<'l, N>,
        cell: &'l str,
    ) -> Result<BTreeSet<&'l str>, CodingError> {
        let files: BTreeSet<&str> = cell.split(' ').filter(|file| !file.is_empty()).collect();
        match files.iter().find(|file| !self.tables.dispatches.contains_key(**file)) {
            Some(file) => Err(line.error(format!("there is no dispatch {file:?}"))),
            None => Ok(files),
        }
    }
}

/// A subject as a table names it: by its key, or by a file and its key there.
struct Named<'l> {
    file: Option<&'l str>,
    key: Key,
}

impl<'l> Named<'l> {
    fn read(cell: &'l str) -> Named<'l> {
        match cell.split_once(' ').filter(|(file, _)| file.ends_with(".txt")) {
            Some((file, key)) => Named { file: Some(file), key: Key::read(key) },
            None => Named { file: None, key: Key::read(cell) },
        }
    }

    fn mention<const N: usize>(
        &self,
        book: &Book,
        line: &Line<N>,
    ) -> Result<MentionId, CodingError> {
        let found = match self.file {
            Some(file) => book.head_in(file, &self.key),
            None => book.head(&self.key),
        };
        found.ok_or_else(|| line.error(format!("the coding does not know {}", self.key)))
    }
}

/// All judgments but findings: the readings accepted, who is whom, and the lines of
/// `judgments.tsv`.
pub(crate) fn judgments(book: &Book) -> Result<Vec<Judgment>, CodingError> {
    let columns = ["act", "one", "other", "files", "on", "reason"];
    let table = lines("judgments.tsv", book.tables.judgments, columns)?;
    let mut judged: Vec<Judgment> = Vec::new();
    let mut apart: BTreeSet<[MentionId; 2]> = BTreeSet::new();
    let mut misread: BTreeSet<AssertionId> = BTreeSet::new();
    for line in &table {
        let [act, one, other, files, on, reason] = line.cells;
        let files = book.files(line, files)?;
        let pair = || -> Result<(MentionId, MentionId), CodingError> {
            let (one, other) = (Named::read(one), Named::read(other));
            Ok((one.mention(book, line)?, other.mention(book, line)?))
        };
        let acts: Vec<Act> = match act {
            "same" => vec![pair().map(|(a, b)| Act::Same(a, b))?],
            "unsure" => vec![pair().map(|(a, b)| Act::Unsure(a, b))?],
            "not-same" => {
                let (a, b) = pair()?;
                apart.extend([[a, b], [b, a]]);
                vec![Act::NotSame(a, b)]
            }
            "retract" => {
                let said = spoken(book, line, one, other)?;
                misread.extend(&said);
                said.into_iter().map(Act::Retract).collect()
            }
            "withdraw" => {
                let on: throughline_model::Edtf =
                    on.parse().map_err(|_| line.error(format!("{on:?} is no date")))?;
                spoken(book, line, one, other)?
                    .into_iter()
                    .map(|assertion| Act::Withdraw { assertion, on: on.clone() })
                    .collect()
            }
            _ => return Err(line.error(format!("{act:?} is no act of this table"))),
        };
        judged.extend(acts.into_iter().map(|act| book.judgment(act, &files, Vec::new(), reason)));
    }
    let mut all: Vec<Judgment> = book
        .said
        .iter()
        .filter(|said| !misread.contains(&said.id))
        .map(|said| {
            book.judgment(
                Act::Accept(said.id),
                &BTreeSet::new(),
                Vec::new(),
                "read in the dispatch",
            )
        })
        .collect();
    let keys: BTreeSet<&Key> = book.heads.keys().map(|(_, key)| key).collect();
    for key in keys {
        let files = book.files_of(key);
        let Some((first, rest)) = files.split_first() else { continue };
        for file in rest {
            let (Some(a), Some(b)) = (book.head_in(first, key), book.head_in(file, key)) else {
                continue;
            };
            if !apart.contains(&[a, b]) {
                let reason = format!("both dispatches speak of {key}");
                let cited = BTreeSet::from([*first, *file]);
                all.push(book.judgment(Act::Same(a, b), &cited, Vec::new(), &reason));
            }
        }
    }
    all.extend(judged);
    Ok(all)
}

/// The assertions of a file on a subject that give a variable a value; `other` is `variable value`.
fn spoken<const N: usize>(
    book: &Book,
    line: &Line<N>,
    one: &str,
    other: &str,
) -> Result<Vec<AssertionId>, CodingError> {
    let named = Named::read(one);
    let (variable, value) = other
        .split_once(' ')
        .ok_or_else(|| line.error(format!("{other:?} is not a variable and a value")))?;
    let variable = line.variable(variable)?;
    let found: Vec<AssertionId> = book
        .said
        .iter()
        .filter(|said| {
            named.file.is_none_or(|file| said.row.file == file)
                && said.row.subject == named.key
                && said.row.variable == variable
                && said.row.value == value
        })
        .map(|said| said.id)
        .collect();
    match found.is_empty() {
        true => Err(line.error("no row of the coding says this")),
        false => Ok(found),
    }
}

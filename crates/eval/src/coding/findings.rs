//! The coder's findings: the values held, and on what they rest.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{Act, AssertionId, Judgment, JudgmentId, Stance, Target, Value, Variable};

use super::rows::{CodingError, Line, lines};
use super::{Book, Key, Said, is_subject, question, value, value_key};

/// What a line of `findings.tsv` holds of a question.
enum Held {
    /// This value.
    Value(Value, Option<Key>),
    /// That it cannot be known.
    Unknowable,
    /// Nothing any more: the earlier finding is undone.
    Open,
}

/// A subject, a variable of it, and in relation to whom.
type Question = (Key, Variable, Option<Key>);

/// The findings, in the order of the table.
///
/// Of the lines on one question the later takes the place of the earlier, unless the variable has
/// several values, such as perpetrators, and both give one.
pub(crate) fn findings(book: &Book) -> Result<Vec<Judgment>, CodingError> {
    let columns = ["subject", "variable", "party", "value", "files", "on", "from", "reason"];
    // The findings that stand on each question, and whether each stands alone.
    let mut standing: BTreeMap<Question, Vec<(JudgmentId, bool)>> = BTreeMap::new();
    let mut made = Vec::new();
    for line in lines("findings.tsv", book.tables.findings, columns)? {
        let [subject, variable, party, value, files, on, from, reason] = line.cells;
        let key = Key::read(subject);
        let variable = line.variable(variable)?;
        let party = (!party.is_empty()).then(|| Key::read(party));
        let files = book.files(&line, files)?;
        dated(book, &line, &files, from)?;
        let held = held(book, &line, variable, value, &files)?;
        let rests_on = rests_on(book, &line, (&key, variable, party.as_ref()), &held, &files, on)?;
        let mention = |key: &Key| {
            book.head(key).ok_or_else(|| line.error(format!("the coding does not know {key}")))
        };
        let target = |value| -> Result<Act, CodingError> {
            Ok(Act::Find(Box::new(Target {
                subject: mention(&key)?,
                variable,
                party: party.as_ref().map(mention).transpose()?,
                value,
                rests_on: rests_on.clone(),
            })))
        };
        let (act, single) = match held {
            Held::Value(value, _) => (target(Some(value))?, !may_be_several(variable)),
            Held::Unknowable => (target(None)?, true),
            Held::Open => (Act::Undo, true),
        };
        let earlier = standing.entry((key, variable, party)).or_default();
        // A value beside others leaves those standing, but not the word that none can be known.
        let (gone, kept): (Vec<_>, Vec<_>) =
            earlier.drain(..).partition(|(_, was_single)| single || *was_single);
        *earlier = kept;
        let gone: Vec<JudgmentId> = gone.into_iter().map(|(id, _)| id).collect();
        if act == Act::Undo && gone.is_empty() {
            return Err(line.error("there is no earlier finding to undo"));
        }
        let undone = act == Act::Undo;
        let judgment = book.judgment(act, &files, gone, reason);
        if !undone {
            earlier.push((judgment.id, single));
        }
        made.push(judgment);
    }
    Ok(made)
}

/// Whether several values of the variable can be found side by side.
fn may_be_several(variable: Variable) -> bool {
    is_subject(variable) || variable.shape() == throughline_model::ValueShape::Text
}

/// Checks that a finding stands from the day on which the last of its dispatches was published.
fn dated<const N: usize>(
    book: &Book,
    line: &Line<N>,
    files: &BTreeSet<&str>,
    from: &str,
) -> Result<(), CodingError> {
    let published = files.iter().map(|file| book.tables.dispatches[*file].published.clone());
    let last = published.flatten().max_by_key(|date| date.latest());
    match last {
        Some(date) if date.as_str() == from => Ok(()),
        Some(date) => {
            Err(line.error(format!("its dispatches were public from {date}, not {from}")))
        }
        None => Err(line.error("a finding rests on a dispatch")),
    }
}

fn held<const N: usize>(
    book: &Book,
    line: &Line<N>,
    variable: Variable,
    text: &str,
    files: &BTreeSet<&str>,
) -> Result<Held, CodingError> {
    match text {
        "unknowable" => return Ok(Held::Unknowable),
        "open" => return Ok(Held::Open),
        _ => {}
    }
    if !is_subject(variable) {
        let value = value::read(variable.shape(), text).map_err(|what| line.error(what))?;
        return Ok(Held::Value(value, None));
    }
    let key = value_key(variable, text);
    // The mention of the last dispatch that it rests on, where the name is surest.
    let here = book.files_of(&key).into_iter().rfind(|file| files.contains(file));
    let mention = here.and_then(|file| book.head_in(file, &key));
    match mention {
        Some(mention) => Ok(Held::Value(Value::Mention(mention), Some(key))),
        None => Err(line.error(format!("{key} is in none of the dispatches that this rests on"))),
    }
}

/// The assertions behind a finding: those of its dispatches that put the value forward, or those
/// that `on` names, as `variable` or `key variable`, several after commas.
fn rests_on<const N: usize>(
    book: &Book,
    line: &Line<N>,
    (key, variable, party): (&Key, Variable, Option<&Key>),
    held: &Held,
    files: &BTreeSet<&str>,
    on: &str,
) -> Result<Vec<AssertionId>, CodingError> {
    let mut wanted: Vec<(Key, Variable)> = Vec::new();
    for part in on.split(", ").filter(|part| !part.is_empty()) {
        wanted.push(match part.rsplit_once(' ') {
            Some((key, variable)) => (Key::read(key), line.variable(variable)?),
            None => (key.clone(), line.variable(part)?),
        });
    }
    let named = |said: &&Said| {
        files.contains(said.row.file.as_str())
            && match wanted.is_empty() {
                false => wanted.contains(&(said.row.subject.clone(), said.row.variable)),
                true => {
                    said.row.subject == *key
                        && said.row.variable == variable
                        && said.party.as_ref() == party
                        && supports(said, held)
                }
            }
    };
    let ids: Vec<AssertionId> = book.said.iter().filter(named).map(|said| said.id).collect();
    if ids.is_empty() && !matches!(held, Held::Open) {
        return Err(line.error(format!(
            "no row of its dispatches says this of {key}, {}; name in column on what it rests on",
            question(variable, party)
        )));
    }
    Ok(ids)
}

/// Whether a row puts forward what is held.
fn supports(said: &Said, held: &Held) -> bool {
    match held {
        Held::Open => false,
        Held::Unknowable => said.stance == Stance::Unknown || said.row.value == "unknown",
        Held::Value(value, key) => {
            let forward = matches!(said.stance, Stance::Asserted | Stance::Hedged);
            let equal = match key {
                Some(key) => said.value_key.as_ref() == Some(key),
                None => {
                    value::read(said.row.variable.shape(), &said.row.value).as_ref() == Ok(value)
                }
            };
            forward && equal
        }
    }
}

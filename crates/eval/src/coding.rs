//! From the coder's tables to what a casebook takes in: readings and judgments.
//!
//! Input: the tables of docs/sample.md as text, and the dispatches as captured. Output: for each
//! dispatch one [`Reading`], made by a person, and the coder's judgments: every reading accepted,
//! equal keys in two dispatches judged the same, the judgments of `judgments.tsv`, and the
//! findings of `findings.tsv`, each in place of the earlier one on the same question.
//!
//! Nothing is matched by name between dispatches: that two dispatches speak of one man is the
//! coder's word, by key or by judgment. Within a dispatch a key may be a shorter form of a name.

mod findings;
mod judgments;
mod key;
mod note;
mod rows;
mod subjects;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{
    Assertion, AssertionId, Document, DocumentId, Judgment, MentionId, Reading, Span, Speaker,
    Stance, Value, Variable, Voice, ZoneRole,
};

pub use key::Key;
use note::Copy;
pub use rows::CodingError;
use rows::Row;
use subjects::{Subjects, is_subject, value_key};

/// The coder's tables and the dispatches that they speak of.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'t> {
    /// `coding.tsv`: what each dispatch says.
    pub coding: &'t str,
    /// `subjects.tsv`: what incidents, claims and sets are called.
    pub subjects: &'t str,
    /// `judgments.tsv`: who is whom, and what was taken back.
    pub judgments: &'t str,
    /// `findings.tsv`: the values that the coder holds.
    pub findings: &'t str,
    /// The dispatches, by file name.
    pub dispatches: &'t BTreeMap<String, Document>,
    /// Whom bylines name when papers print an agency's report: one voice, however many print it.
    pub agency: &'t str,
    /// Who coded.
    pub coder: &'t str,
}

/// What the coder read and judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coded {
    /// What each dispatch says, by document; the order is that of the coding.
    pub readings: Vec<(DocumentId, Reading)>,
    /// The judgments; each comes after those that it supersedes.
    pub judgments: Vec<Judgment>,
    /// The coder's key of every mention of an incident, claim, set or person that is a first one.
    pub heads: BTreeMap<(String, Key), MentionId>,
}

/// The names of incidents, claims and sets, by key.
pub(crate) type Names = BTreeMap<Key, String>;

/// An assertion of the coder, with the row behind it.
pub(crate) struct Said {
    row: Row,
    stance: Stance,
    copies: Option<Copy>,
    party: Option<Key>,
    value_key: Option<Key>,
    id: AssertionId,
}

/// What is known when all dispatches are read.
pub(crate) struct Book<'t> {
    tables: Tables<'t>,
    said: Vec<Said>,
    heads: BTreeMap<(String, Key), MentionId>,
    /// The files in order of publication.
    order: Vec<&'t str>,
}

/// Reads the tables.
///
/// # Errors
/// [`CodingError`], with the table, the line and what is wrong: a sentence that is not in its
/// dispatch, a variable or value that is none, a key without a name, a finding that rests on
/// nothing.
pub fn code(tables: Tables) -> Result<Coded, CodingError> {
    let names: Names = rows::lines("subjects.tsv", tables.subjects, ["key", "name"])?
        .into_iter()
        .map(|line| (Key::read(line.cells[0]), line.cells[1].to_owned()))
        .collect();
    let mut files: Vec<(String, Vec<Row>)> = Vec::new();
    for row in rows::coding(tables.coding)? {
        let last = files.last().is_some_and(|(file, _)| *file == row.file);
        if !last && files.iter().any(|(file, _)| *file == row.file) {
            return Err(row.error("the rows of a dispatch must stand together"));
        }
        match files.last_mut().filter(|_| last) {
            Some((_, rows)) => rows.push(row),
            None => files.push((row.file.clone(), vec![row])),
        }
    }
    let mut order: Vec<&str> = tables.dispatches.keys().map(String::as_str).collect();
    order.sort_by_key(|file| {
        (tables.dispatches[*file].published.as_ref().map(|date| date.latest()), *file)
    });
    let mut book = Book { tables, said: Vec::new(), heads: BTreeMap::new(), order };
    let mut readings = Vec::new();
    for (file, rows) in files {
        let document = tables
            .dispatches
            .get(&file)
            .ok_or_else(|| rows[0].error(format!("there is no dispatch {file}")))?;
        let mut subjects = Subjects::of(document, &rows, &names)?;
        let agency = subjects.agency(tables.agency);
        let mut assertions = Vec::new();
        for row in rows {
            let (said, assertion) = read_row(document, &subjects, agency, row)?;
            book.said.push(said);
            assertions.push(assertion);
        }
        for (key, head) in subjects.heads() {
            book.heads.insert((file.clone(), key.clone()), head);
        }
        let mentions = subjects.mentions();
        readings.push((document.id, Reading { mentions, assertions, notes: Vec::new() }));
    }
    book.link_copies(&mut readings);
    let mut judgments = judgments::judgments(&book)?;
    judgments.extend(findings::findings(&book)?);
    Ok(Coded { readings, judgments, heads: book.heads })
}

/// The assertion of a row.
fn read_row(
    document: &Document,
    subjects: &Subjects,
    agency: Option<MentionId>,
    row: Row,
) -> Result<(Said, Assertion), CodingError> {
    let heard = note::read(&row.note);
    let sentence = subjects.sentence(&row)?;
    let mention = |key: &Key| {
        subjects
            .mention(key, sentence)
            .ok_or_else(|| row.error(format!("{key} is not mentioned in the dispatch")))
    };
    let subject = mention(&row.subject)?;
    if !row.variable.subjects().contains(&row.subject.kind) {
        return Err(row.error(format!("{} is not said of {}", row.variable.name(), row.subject)));
    }
    let value_key = is_subject(row.variable).then(|| value_key(row.variable, &row.value));
    let value = match &value_key {
        Some(key) => Value::Mention(mention(key)?),
        None => value::read(row.variable.shape(), &row.value).map_err(|what| row.error(what))?,
    };
    let party = row.party.as_ref().map(mention).transpose()?;
    let zone = zone(document, sentence);
    let copied = heard.copies == Some(Copy::Body);
    let assertion = Assertion {
        id: AssertionId::from_bits(0),
        document: document.id,
        passage: throughline_model::Passage::Text(sentence),
        zone,
        speakers: chain(
            &heard,
            subjects,
            sentence,
            agency.filter(|_| !copied && !row.is_altered()),
        ),
        subject,
        variable: row.variable,
        party,
        value,
        obtained: heard.obtained,
        repeats: None,
        certainty: 100,
    }
    .sealed();
    let said = Said {
        stance: heard.stance,
        copies: heard.copies,
        party: row.party.as_ref().map(|key| subjects.key(key)),
        value_key: value_key.map(|key| subjects.key(&key)),
        id: assertion.id,
        row: Row { subject: subjects.key(&row.subject), ..row },
    };
    Ok((said, assertion))
}

/// The paper, the agency from which it has the report, and those who speak in it.
fn chain(
    heard: &note::Heard,
    subjects: &Subjects,
    sentence: Span,
    agency: Option<MentionId>,
) -> Vec<Speaker> {
    let mut voices = vec![Voice::Document];
    voices.extend(agency.map(Voice::Mention));
    voices.extend(heard.speakers.iter().map(|name| match subjects.speaker(name, sentence) {
        Some(mention) => Voice::Mention(mention),
        None => Voice::Described(name.clone()),
    }));
    let last = voices.len() - 1;
    let stance = |at| if at == last { heard.stance } else { Stance::Asserted };
    let speaker = |(at, voice)| Speaker { voice, stance: stance(at), cue: None };
    voices.into_iter().enumerate().map(speaker).collect()
}

fn zone(document: &Document, sentence: Span) -> ZoneRole {
    let zone = document.zones.iter().find(|zone| zone.span.overlaps(sentence));
    zone.map_or(ZoneRole::Body, |zone| zone.role)
}

impl Row {
    /// Whether the paper changed what the agency had sent.
    fn is_altered(&self) -> bool {
        self.note.ends_with("altered")
    }
}

impl Book<'_> {
    /// Says of copies what they repeat: of headlines and pull-quotes the body of their dispatch,
    /// of recaps the earliest report of the same value.
    fn link_copies(&self, readings: &mut [(DocumentId, Reading)]) {
        let repeated: BTreeMap<AssertionId, AssertionId> = self
            .said
            .iter()
            .filter_map(|said| Some((said.id, self.repeats(said, said.copies?)?)))
            .collect();
        for assertion in readings.iter_mut().flat_map(|(_, reading)| &mut reading.assertions) {
            assertion.repeats = repeated.get(&assertion.id).copied();
        }
    }

    fn repeats(&self, said: &Said, copies: Copy) -> Option<AssertionId> {
        let same_question = |other: &&Said| {
            other.copies.is_none()
                && other.row.subject == said.row.subject
                && other.row.variable == said.row.variable
                && other.party == said.party
        };
        let others: Vec<&Said> = self.said.iter().filter(same_question).collect();
        match copies {
            Copy::Body => {
                let here = |other: &&&Said| other.row.file == said.row.file;
                let equal = |other: &&&Said| other.row.value == said.row.value;
                let body = others.iter().filter(here).find(equal);
                body.or_else(|| others.iter().find(here)).map(|other| other.id)
            }
            Copy::Report => others
                .iter()
                .filter(|other| self.place(&other.row.file) < self.place(&said.row.file))
                .min_by_key(|other| self.place(&other.row.file))
                .map(|other| other.id),
        }
    }

    /// A file's place in the order of publication.
    fn place(&self, file: &str) -> Option<usize> {
        self.order.iter().position(|known| *known == file)
    }

    /// The files in which the coder has a subject, in order of publication.
    fn files_of(&self, key: &Key) -> Vec<&str> {
        let known = |file: &&&str| self.heads.contains_key(&((**file).to_owned(), key.clone()));
        self.order.iter().filter(known).copied().collect()
    }

    /// The first mention of a subject in the first dispatch that speaks of it.
    fn head(&self, key: &Key) -> Option<MentionId> {
        let file = *self.files_of(key).first()?;
        self.head_in(file, key)
    }

    fn head_in(&self, file: &str, key: &Key) -> Option<MentionId> {
        self.heads.get(&(file.to_owned(), key.clone())).copied()
    }

    /// The documents of files, in order of publication, each once.
    fn documents(&self, files: &BTreeSet<&str>) -> Vec<DocumentId> {
        let cited = self.order.iter().filter(|file| files.contains(*file));
        cited.map(|file| self.tables.dispatches[*file].id).collect()
    }
}

/// The words of a name, without a leading "the" and without possessive endings.
pub(crate) fn words(name: &str) -> Vec<String> {
    let name = name.strip_prefix("the ").unwrap_or(name).replace('’', "'");
    let words = name.split(|letter: char| !letter.is_alphanumeric() && letter != '\'');
    let plain = words.map(|word| word.trim_matches('\'').trim_end_matches("'s"));
    plain.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The variables of a table's cell.
pub(crate) fn question(variable: Variable, party: Option<&Key>) -> String {
    match party {
        Some(party) => format!("{} ({party})", variable.name()),
        None => variable.name().to_owned(),
    }
}

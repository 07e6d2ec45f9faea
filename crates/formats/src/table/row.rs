//! One row: the document that it cites, what it says, and the coder's judgments.

use std::collections::BTreeMap;

use throughline_model::{
    Act, Assertion, AssertionId, Document, Instant, Judgment, JudgmentId, Mention, MentionId,
    Passage, Reading, Speaker, Stance, SubjectKind, Target, Value, ValueShape, Variable, Voice,
    ZoneRole,
};

use super::basis::How;
use super::cell::read_denial;
use super::fault::Fault;
use super::map::{Claimed, Entry, Judged, Map};
use super::said::Spelled;
use super::template::Cells;
use super::texts::{bases, rivals, texts};
use super::unguard;
use crate::codebooks::Codebook;

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// The cited place; its text is not held.
    pub document: Document,
    /// The incident, whom and what it involves, and what is said of them.
    pub reading: Reading,
    /// The coder's acceptances and findings.
    pub judgments: Vec<Judgment>,
    /// The row's id.
    pub row: String,
    /// The row's incident.
    pub incident: MentionId,
}

/// The incidents of a table's rows, by their ids, for the cells that name other rows.
pub type Rows = BTreeMap<String, MentionId>;

/// When a row is entered, by what codebook, among which others.
#[derive(Clone, Copy, Debug)]
pub struct Entering<'a> {
    /// The moment.
    pub made: Instant,
    /// What values the coder can stand behind.
    pub codebook: &'a Codebook,
    /// The other rows; needed only where [`Map::names_rows`].
    pub rows: &'a Rows,
}

/// Who puts forward what a row gives in place of a value.
const OTHERWISE: &str = "who says otherwise";

/// Who denies a value of a row and puts nothing in its place.
const DENYING: &str = "who says that it is not so";

impl Map {
    /// What a row says, entered at a moment. Equal rows give equal ids. Values that the coder stands
    /// behind must be such as the codebook allows.
    ///
    /// # Errors
    /// Every [`Fault`] of the row, each with its column; then nothing of the row is taken.
    pub fn code(
        &self,
        columns: &[String],
        cells: &[String],
        entering: Entering,
    ) -> Result<Coded, Vec<Fault>> {
        if cells.len() != columns.len() {
            let what =
                format!("{} cells, and the table has {} columns", cells.len(), columns.len());
            return Err(vec![Fault { column: None, what }]);
        }
        let clean = |cell: &'_ str| -> String {
            let cell = if self.guarded { unguard(cell) } else { cell };
            cell.trim().to_owned()
        };
        let texts: Vec<String> = cells.iter().map(|cell| clean(cell)).collect();
        let by_name = columns.iter().map(String::as_str).zip(texts.iter().map(String::as_str));
        let cells = Cells { by_name: by_name.collect() };
        let mut faults = Vec::new();
        if cells.get(&self.id).is_empty() {
            return Err(vec![Fault::of(&self.id, "the row has no id".to_owned())]);
        }
        let document = self.document(&cells).map_err(|bad| vec![bad])?;
        let mut row = Row::new(self, &cells, document, entering);
        for claim in &self.claims {
            row.claim(claim, &cells);
        }
        for entry in &self.entries {
            if let Err(bad) = row.take(entry, &cells) {
                faults.push(bad);
            }
        }
        if faults.is_empty() { Ok(row.coded) } else { Err(faults) }
    }
}

/// A row as it is taken apart.
pub(super) struct Row<'m> {
    pub(super) map: &'m Map,
    pub(super) coded: Coded,
    pub(super) passage: Passage,
    pub(super) incident: MentionId,
    pub(super) labels: BTreeMap<&'m str, MentionId>,
    pub(super) rows: &'m Rows,
    made: Instant,
    codebook: &'m Codebook,
}

/// A value that a row gives.
struct Given {
    party: Option<MentionId>,
    value: Value,
    judged: Judged,
}

impl<'m> Row<'m> {
    fn new(map: &'m Map, cells: &Cells, document: Document, entering: Entering<'m>) -> Row<'m> {
        let passage = map.passage(cells);
        let name = map.called(cells);
        let incident = Mention::new(SubjectKind::Incident, document.id, passage.clone(), name);
        let id = incident.id;
        let reading = Reading { mentions: vec![incident], ..Reading::default() };
        let row = cells.get(&map.id).to_owned();
        let coded = Coded { document, reading, judgments: Vec::new(), row, incident: id };
        let Entering { made, codebook, rows } = entering;
        Row { map, coded, passage, incident: id, labels: BTreeMap::new(), rows, made, codebook }
    }

    /// A claim on the row's incident, where the row says that there is one.
    fn claim(&mut self, claim: &'m Claimed, cells: &Cells) {
        let cell = cells.get(&claim.column);
        if !claim.is.iter().any(|is| is == cell) {
            return;
        }
        let name = format!("claim of {}", self.map.called(cells));
        let kind = SubjectKind::Claim;
        let claimed = Mention::new(kind, self.coded.document.id, self.passage.clone(), name);
        let id = claimed.id;
        self.bring(vec![claimed]);
        self.labels.insert(&claim.label, id);
        let about = Value::Mention(self.incident);
        for (variable, value) in
            [(Variable::About, about), (Variable::ClaimAct, Value::Term("claims".to_owned()))]
        {
            let voice = (Voice::Document, Stance::Asserted);
            let said = self.assertion(variable, id, (None, &value), voice);
            if let Some(id) = self.assert(said.sealed()) {
                self.judge(Act::Accept(id));
            }
        }
    }

    fn take(&mut self, entry: &'m Entry, cells: &Cells) -> Result<(), Fault> {
        let subject = match &entry.of {
            None => self.incident,
            // Nothing is said of whom the row does not name.
            Some(label) => match self.labels.get(label.as_str()) {
                Some(id) => *id,
                None => return Ok(()),
            },
        };
        if !entry.variable.subjects().contains(&subject.kind()) {
            let kind = subject.kind().name();
            return Err(Fault {
                column: None,
                what: format!("{} is not said of {kind}s", entry.variable.name()),
            });
        }
        let bases = bases(entry, cells)?;
        let texts = texts(entry, cells)?;
        if bases.len() > 1 && bases.len() != texts.len() {
            let column = entry.basis.clone();
            let what = format!("{} bases for {} values", bases.len(), texts.len());
            return Err(Fault { column, what });
        }
        let mut given = Vec::new();
        for (at, text) in texts.into_iter().enumerate() {
            let how = bases.get(at).or(bases.first()).copied();
            let how = how.unwrap_or(How::plainly(entry.judged));
            if let Some(text) = text {
                given.extend(self.say(entry, subject, &text, how)?);
            }
        }
        for text in rivals(entry, cells) {
            self.contest(entry, subject, &given, &text)?;
        }
        Ok(())
    }

    fn say(
        &mut self,
        entry: &'m Entry,
        subject: MentionId,
        text: &str,
        how: How,
    ) -> Result<Option<Given>, Fault> {
        let Some(Spelled { party, value, mentions }) = self.spelled(entry, text, how.judged)?
        else {
            return Ok(None);
        };
        match (&value, how.judged) {
            (Some(Value::Mention(_)), _) | (_, Judged::Proposed) => {}
            _ => self.allow(entry, value.as_ref())?,
        }
        let Some(value) = value else {
            self.bring(mentions);
            self.find(entry.variable, subject, party, None, vec![]);
            return Ok(None);
        };
        self.bring(mentions);
        if let (Some(label), Value::Mention(id)) = (&entry.label, &value) {
            self.labels.insert(label, *id);
        }
        let stance = if how.hedged { Stance::Hedged } else { Stance::Asserted };
        let mut said =
            self.assertion(entry.variable, subject, (party, &value), (Voice::Document, stance));
        if how.copied {
            said.zone = ZoneRole::Headline;
        }
        let given = Given { party, value: value.clone(), judged: how.judged };
        let Some(id) = self.assert(said.sealed()) else { return Ok(Some(given)) };
        match how.judged {
            Judged::Proposed => {}
            Judged::Accepted => self.judge(Act::Accept(id)),
            Judged::Found => {
                self.find(entry.variable, subject, party, Some(value), vec![id]);
                if how.gone {
                    self.judge(Act::Reject(id));
                }
            }
        }
        Ok(Some(given))
    }

    /// What is put forward in place of a value that the row gives. The value stays the one held: it
    /// is denied, and what is put in its place is said with reserve.
    fn contest(
        &mut self,
        entry: &'m Entry,
        subject: MentionId,
        given: &[Given],
        text: &str,
    ) -> Result<(), Fault> {
        let denied = match read_denial(text) {
            Some(value) => self.spelled(entry, value, Judged::Proposed).ok().flatten(),
            None => None,
        };
        let denied = denied.and_then(|spelled| {
            let alike = |one: &&Given| {
                one.party == spelled.party && Some(&one.value) == spelled.value.as_ref()
            };
            given.iter().find(alike)
        });
        if let Some(Given { party, value, .. }) = denied {
            let voice = (Voice::Described(DENYING.to_owned()), Stance::Denied);
            let said = self.assertion(entry.variable, subject, (*party, value), voice);
            self.assert(said.sealed());
            return Ok(());
        }
        let spelled = self.spelled(entry, text, Judged::Proposed)?;
        let Some(Spelled { party, value: Some(value), mentions }) = spelled else { return Ok(()) };
        let Some(held) = given.iter().find(|one| one.party == party) else { return Ok(()) };
        let judged = held.judged == Judged::Accepted;
        if judged && !matches!(value, Value::Mention(_)) {
            self.allow(entry, Some(&value))?;
        }
        self.bring(mentions);
        let voice = || Voice::Described(OTHERWISE.to_owned());
        // To say no is to deny a yes, and a no with reserve contests nothing.
        let answer = entry.variable.shape() == ValueShape::Answer;
        let stance = if answer { Stance::Asserted } else { Stance::Hedged };
        let said = self.assertion(entry.variable, subject, (party, &value), (voice(), stance));
        if let Some(id) = self.assert(said.sealed())
            && judged
        {
            self.judge(Act::Accept(id));
        }
        if !answer {
            let denial = (voice(), Stance::Denied);
            let said = self.assertion(entry.variable, subject, (party, &held.value), denial);
            self.assert(said.sealed());
        }
        Ok(())
    }

    /// Whether the codebook allows what the coder stands behind. What he only passes on is somebody
    /// else's word.
    fn allow(&self, entry: &Entry, value: Option<&Value>) -> Result<(), Fault> {
        match self.codebook.refuses(entry.variable, value) {
            Some(what) => Err(Fault { column: entry.column(), what }),
            None => Ok(()),
        }
    }

    fn bring(&mut self, mentions: Vec<Mention>) {
        for mention in mentions {
            if !self.coded.reading.mentions.iter().any(|other| other.id == mention.id) {
                self.coded.reading.mentions.push(mention);
            }
        }
    }

    /// What a voice of the row says, still without its id.
    fn assertion(
        &self,
        variable: Variable,
        subject: MentionId,
        (party, value): (Option<MentionId>, &Value),
        (voice, stance): (Voice, Stance),
    ) -> Assertion {
        let speaker = |voice, stance| Speaker { voice, stance, cue: None };
        let speakers = match voice {
            Voice::Document => vec![speaker(Voice::Document, stance)],
            other => vec![speaker(Voice::Document, Stance::Asserted), speaker(other, stance)],
        };
        Assertion {
            id: AssertionId::from_bits(0),
            document: self.coded.document.id,
            passage: self.passage.clone(),
            zone: ZoneRole::Body,
            speakers,
            subject,
            variable,
            party,
            value: value.clone(),
            obtained: None,
            repeats: None,
            certainty: 100,
        }
    }

    /// Enters an assertion; `None` if the row says it already.
    fn assert(&mut self, said: Assertion) -> Option<AssertionId> {
        let id = said.id;
        let all = &mut self.coded.reading.assertions;
        if all.iter().any(|other| other.id == id) {
            return None;
        }
        all.push(said);
        Some(id)
    }

    fn find(
        &mut self,
        variable: Variable,
        subject: MentionId,
        party: Option<MentionId>,
        value: Option<Value>,
        rests_on: Vec<AssertionId>,
    ) {
        self.judge(Act::Find(Box::new(Target { subject, variable, party, value, rests_on })));
    }

    fn judge(&mut self, act: Act) {
        let judgment = Judgment {
            id: JudgmentId::from_bits(0),
            by: self.map.by.clone(),
            made: self.made,
            reason: "as coded in the table".to_owned(),
            cites: vec![self.coded.document.id],
            supersedes: vec![],
            act,
        };
        self.coded.judgments.push(judgment.sealed());
    }
}

#[cfg(test)]
mod tests;

//! What coders code beside each other, question by question.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{
    AsOf, AssertionId, Day, Edtf, Instant, JudgmentId, MentionId, Target, Value, Variable,
};

use crate::casebook::Casebook;
use crate::error::Result;
use crate::records::RecordRow;
use crate::records::day;

/// What somebody coded or found of one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coding {
    /// The judgment.
    pub judgment: JudgmentId,
    /// Whose it is.
    pub by: String,
    /// When it was recorded.
    pub recorded: Instant,
    /// The value, mentions as the records they belong to; `None`: it cannot be known.
    pub value: Option<Value>,
    /// The assertions that it names as what it rests on.
    pub rests_on: Vec<AssertionId>,
    /// Why.
    pub reason: String,
}

/// One question of one record, with what coders say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The record.
    pub record: MentionId,
    /// What of it.
    pub variable: Variable,
    /// In relation to which record.
    pub party: Option<MentionId>,
    /// What coders coded, by coder; of what may have several values, one coder may have several.
    pub codings: Vec<Coding>,
    /// What was found: the findings in force.
    pub found: Vec<Coding>,
}

impl Field {
    /// What each coder answers: all values that he coded.
    pub fn answers(&self) -> BTreeMap<&str, BTreeSet<Option<&Value>>> {
        let mut answers: BTreeMap<&str, BTreeSet<Option<&Value>>> = BTreeMap::new();
        for coding in &self.codings {
            answers.entry(&coding.by).or_default().insert(coding.value.as_ref());
        }
        answers
    }

    /// Whether at least two coders coded it, and all alike; `None` with fewer.
    pub fn is_agreed(&self) -> Option<bool> {
        let answers = self.answers();
        let mut each = answers.values();
        let first = each.next()?;
        (answers.len() > 1).then(|| each.all(|other| other == first))
    }
}

/// All that coders coded, as of two dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codings {
    /// The questions, by the day on which their records happened, then by record and variable.
    pub fields: Vec<Field>,
    /// The coders, by name.
    pub coders: BTreeSet<String>,
    /// The names of the records, and of those that are parties and values.
    pub names: BTreeMap<MentionId, String>,
}

impl Casebook {
    /// What coders coded of each question, with what was found of it. Who sees blind gets his own.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn codings(&self, as_of: AsOf) -> Result<Codings> {
        self.snapshot(|| self.codings_now(as_of))
    }

    fn codings_now(&self, as_of: AsOf) -> Result<Codings> {
        let standing = self.standing(as_of)?;
        let judged = self.judged()?;
        let told: BTreeSet<MentionId> = standing.codings().values().flat_map(referred).collect();
        let rows = self.around(&told, as_of)?;
        let record_of: BTreeMap<MentionId, &RecordRow> = rows
            .values()
            .flat_map(|row| row.record.mentions.iter().map(move |id| (*id, row)))
            .collect();
        let record = |id: MentionId| record_of.get(&id).map_or(id, |row| row.record.id);
        let coding = |judgment: JudgmentId, target: &Target| {
            let (by, recorded) = judged.get(judgment)?;
            Some(Coding {
                judgment,
                by: by.by.clone(),
                recorded: *recorded,
                value: target.value.clone().map(|value| match value {
                    Value::Mention(id) => Value::Mention(record(id)),
                    value => value,
                }),
                rests_on: target.rests_on.clone(),
                reason: by.reason.clone(),
            })
        };
        let mut fields: BTreeMap<(MentionId, Variable, Option<MentionId>), Field> = BTreeMap::new();
        for (judgment, target) in standing.codings() {
            // A record that is out of view is not coded in this view.
            let Some(row) = record_of.get(&target.subject) else { continue };
            let key = (row.record.id, target.variable, target.party.map(&record));
            let field = fields.entry(key).or_insert_with(|| Field {
                record: key.0,
                variable: key.1,
                party: key.2,
                codings: Vec::new(),
                found: Vec::new(),
            });
            field.codings.extend(coding(*judgment, target));
        }
        for field in fields.values_mut() {
            field.codings.sort_by(|a, b| (&a.by, &a.value).cmp(&(&b.by, &b.value)));
            let mentions = record_of.get(&field.record).map(|row| &row.record.mentions);
            let findings = mentions.into_iter().flatten().flat_map(|id| standing.findings(*id));
            let own = findings.filter(|(_, target)| {
                (target.variable, target.party.map(&record)) == (field.variable, field.party)
            });
            field.found = own.filter_map(|(judgment, target)| coding(*judgment, target)).collect();
        }
        let mut names = BTreeMap::new();
        for id in told {
            let shown = record(id);
            if let Some(row) = record_of.get(&id) {
                names.insert(shown, row.record.name.clone());
            } else if let Some(name) = self.called(id)? {
                names.insert(shown, name);
            }
        }
        let coders = fields.values().flat_map(|field| &field.codings).map(|one| one.by.clone());
        let coders = coders.collect();
        let mut fields: Vec<Field> = fields.into_values().collect();
        let day = |id: &MentionId| {
            let happened = rows.get(id).and_then(|row| day::happened(&row.record));
            happened.map_or(Day::MAX, Edtf::order)
        };
        fields.sort_by_key(|field| (day(&field.record), field.record, field.variable, field.party));
        Ok(Codings { fields, coders, names })
    }
}

/// The mentions that a target speaks of.
fn referred(target: &Target) -> impl Iterator<Item = MentionId> {
    std::iter::once(target.subject).chain(target.referred())
}

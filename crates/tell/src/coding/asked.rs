//! What a coder is asked of a record, and what he has left to code.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, Codings, EvidenceView, Field, Listed, RecordView, Result};
use throughline_formats::codebooks::{Codebook, Coded};
use throughline_formats::view;
use throughline_model::{AsOf, MentionId, SubjectKind, Variable};

use crate::evidence;
use crate::words::namer;

/// A record as one coder sees it: the questions of a codebook, what documents say to each, and his own
/// answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The record, with what documents say; nobody else's judgments.
    pub shown: RecordView,
    /// The questions that are asked of such a record.
    pub questions: Vec<Coded>,
    /// His own answers.
    pub own: Codings,
}

impl Asked {
    /// The record that a mention belongs to, through a casebook that is seen blind; `None` if it is
    /// out of view. Of all questions, or of some variables.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn gather(
        casebook: &Casebook,
        id: MentionId,
        codebook: &Codebook,
        variables: &[Variable],
        as_of: AsOf,
    ) -> Result<Option<Asked>> {
        casebook.snapshot(|| {
            let Some(shown) = casebook.record(id, as_of)? else { return Ok(None) };
            let mut own = casebook.codings(as_of)?;
            own.fields.retain(|field| field.record == shown.record.id);
            let questions = asks(codebook, shown.record.id.kind(), variables);
            let questions = questions.cloned().collect();
            Ok(Some(Asked { shown, questions, own }))
        })
    }

    /// What documents say to a question.
    pub fn said(&self, variable: Variable) -> impl Iterator<Item = &EvidenceView> {
        self.shown.evidence.values().filter(move |one| one.assertion.variable == variable)
    }

    /// His answers to a question, one for each party.
    pub fn answers(&self, variable: Variable) -> impl Iterator<Item = &Field> {
        self.own.fields.iter().filter(move |field| field.variable == variable)
    }

    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let record = &self.shown.record;
        let names = namer(&self.shown.names);
        let own = namer(&self.own.names);
        let questions = self.questions.iter().map(|coded| {
            let said = self.said(coded.variable);
            let answers = self.answers(coded.variable).flat_map(|field| {
                field.codings.iter().map(|coding| {
                    json!({
                        "judgment": coding.judgment.to_string(),
                        "party": field.party.map(|id| json!({"id": id.to_string(), "name": own(id)})),
                        "value": coding.value.as_ref().map(|value| view::value(value, &own)),
                    })
                })
            });
            json!({
                "variable": coded.variable.name(),
                "question": coded.question,
                "said": said.map(|one| evidence::json(one, &names)).collect::<Vec<_>>(),
                "coded": answers.collect::<Vec<_>>(),
            })
        });
        json!({
            "id": record.id.to_string(),
            "kind": record.id.kind().name(),
            "name": record.name,
            "questions": questions.collect::<Vec<_>>(),
        })
    }
}

/// A record in a coder's list of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The record.
    pub record: Listed,
    /// The variables that he has coded.
    pub done: Vec<Variable>,
    /// Those that he has not.
    pub left: Vec<Variable>,
}

impl Task {
    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let names = |some: &[Variable]| some.iter().map(|one| one.name()).collect::<Vec<_>>();
        json!({
            "id": self.record.id.to_string(),
            "name": self.record.name,
            "coded": names(&self.done),
            "left": names(&self.left),
        })
    }
}

/// What a coder has coded and has left of the first records of a kind, through a casebook that is seen
/// blind. Where a question is asked in relation to several parties, one answer counts as coded.
///
/// # Errors
/// If the casebook cannot be read.
pub fn tasks(
    casebook: &Casebook,
    kind: SubjectKind,
    codebook: &Codebook,
    variables: &[Variable],
    as_of: AsOf,
    limit: usize,
) -> Result<Vec<Task>> {
    casebook.snapshot(|| {
        let own = casebook.codings(as_of)?;
        let coded: BTreeSet<(MentionId, Variable)> =
            own.fields.iter().map(|field| (field.record, field.variable)).collect();
        let asked: Vec<Variable> =
            asks(codebook, kind, variables).map(|coded| coded.variable).collect();
        let listed = casebook.listed(kind, as_of, limit)?;
        let task = |record: Listed| {
            let is_done = |variable: &&Variable| coded.contains(&(record.id, **variable));
            let (done, left): (Vec<&Variable>, Vec<&Variable>) = asked.iter().partition(is_done);
            let (done, left) =
                (done.into_iter().copied().collect(), left.into_iter().copied().collect());
            Task { record, done, left }
        };
        Ok(listed.into_iter().map(task).collect())
    })
}

/// The questions that are asked of records of a kind: all, or those on some variables.
pub fn asks<'c>(
    codebook: &'c Codebook,
    kind: SubjectKind,
    variables: &'c [Variable],
) -> impl Iterator<Item = &'c Coded> {
    let wanted = |variable| variables.is_empty() || variables.contains(&variable);
    codebook
        .variables
        .iter()
        .filter(move |coded| coded.variable.subjects().contains(&kind) && wanted(coded.variable))
}

//! A record: every value with its evidence, what speaks against it, and what is known of it today.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, EvidenceView, Histories, Listed, RecordView, Result};
use throughline_formats::view;
use throughline_model::{
    AsOf, AssertionId, DocumentId, MentionId, Note, SubjectKind, Value, Variable,
};

use crate::claim::ClaimTold;
use crate::claimed::ClaimsRecord;
use crate::evidence;
use crate::history;
use crate::involvement;
use crate::place::PlaceTold;
use crate::redact::is_description;
use crate::reports::Reports;
use crate::terminal::one_line;
use crate::words::{self, namer};

/// A record as of two dates, with what must stand beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordTold {
    /// The record and its evidence.
    pub shown: RecordView,
    /// Of a person in an earlier view, the record of the present: last year's view must not accuse
    /// again somebody who has been cleared since.
    pub present: Option<RecordView>,
    /// The notes of readers on what the record's evidence says, with the words that they are on.
    pub notes: Vec<(Note, String)>,
    /// Of a claim, its features and what they point to.
    pub claim: Option<ClaimTold>,
    /// Of a group that claims, what came of its claims.
    pub claims: Option<ClaimsRecord>,
    /// How its values changed, where that is asked for; of a person never.
    pub history: Option<Histories>,
    /// The documents that tell of it by origin, where that is asked for.
    pub reports: Option<Reports>,
    /// Of a place, the entry of the gazetteer that is proposed.
    pub place: Option<PlaceTold>,
    /// What else it is called.
    pub also_called: Vec<String>,
    /// Of an incident or a set, the claims that are about it, by id, each with its name.
    pub claims_about: Vec<(MentionId, String)>,
    /// Of an incident or a set, what is a part of it, by id, each with its name.
    pub parts: Vec<(MentionId, String)>,
}

impl RecordTold {
    /// The record that a mention belongs to, with at most `most` pieces of evidence; `None` if it is
    /// out of view.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn gather(
        casebook: &Casebook,
        id: MentionId,
        as_of: AsOf,
        most: usize,
    ) -> Result<Option<RecordTold>> {
        let Some(shown) = casebook.shown(id, as_of, most)? else { return Ok(None) };
        let present = match as_of.is_present() || id.kind() != SubjectKind::Person {
            true => None,
            false => casebook.shown(id, AsOf::default(), most)?,
        };
        let notes = notes(casebook, &shown, as_of)?;
        let claim = ClaimTold::gather(casebook, &shown, as_of)?;
        let claims = match shown.record.id.kind() {
            SubjectKind::Group => ClaimsRecord::gather(casebook, shown.record.id, as_of)?,
            _ => None,
        };
        let place = PlaceTold::gather(casebook, &shown)?;
        let (history, reports) = (None, None);
        let also_called = also_called(&shown);
        let (mut claims_about, mut parts) = (Vec::new(), Vec::new());
        if matches!(shown.record.id.kind(), SubjectKind::Incident | SubjectKind::Set) {
            // All mentions: the view leaves out most of those of a large record.
            let whole = casebook.weighed(shown.record.id, as_of)?;
            let own = whole.into_iter().flat_map(|record| record.mentions).collect();
            claims_about = pointing(casebook, &own, (SubjectKind::Claim, Variable::About), as_of)?;
            parts = pointing(casebook, &own, (SubjectKind::Incident, Variable::PartOf), as_of)?;
        }
        Ok(Some(RecordTold {
            shown,
            present,
            notes,
            claim,
            claims,
            place,
            history,
            reports,
            also_called,
            claims_about,
            parts,
        }))
    }

    /// The same with how its values changed, unless it is a person.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn with_history(mut self, casebook: &Casebook, as_of: AsOf) -> Result<RecordTold> {
        let id = self.shown.record.id;
        if id.kind() != SubjectKind::Person {
            self.history = casebook.history(id, as_of, history::DAYS)?;
        }
        Ok(self)
    }

    /// The same with the documents that tell of it by origin.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn with_reports(mut self, casebook: &Casebook) -> Result<RecordTold> {
        self.reports = Some(Reports::gather(casebook, &self.shown)?);
        Ok(self)
    }

    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let shown = &self.shown;
        let names = namer(&shown.names);
        let mut object = view::record(&shown.record, &names);
        object["evidence"] =
            shown.evidence.values().map(|one| evidence::json(one, &names)).collect();
        object["left_out"] = json!({
            "mentions": shown.left_out.mentions,
            "joins": shown.left_out.joins,
            "evidence": shown.left_out.evidence,
        });
        object["claim"] = json!(self.claim.as_ref().map(ClaimTold::json));
        object["claims"] = json!(self.claims.as_ref().map(ClaimsRecord::json));
        object["history"] = json!(self.history.as_ref().map(history::json));
        object["reports"] = json!(self.reports.as_ref().map(Reports::json));
        object["place"] = json!(self.place.as_ref().map(PlaceTold::json));
        object["involvement"] = involvement::json(shown);
        let named = |all: &[(MentionId, String)]| -> Json {
            let one =
                |(id, name): &(MentionId, String)| json!({"id": id.to_string(), "name": name});
            all.iter().map(one).collect()
        };
        object["also_called"] = json!(self.also_called);
        object["claims_about"] = named(&self.claims_about);
        object["parts"] = named(&self.parts);
        object["present_status"] = json!(self.present.as_ref().map(status));
        object["notes"] = self
            .notes
            .iter()
            .map(|(note, words)| {
                json!({
                    "kind": note.kind.name(), "text": note.text, "words": words,
                    "assertion": note.assertion.map(|id| id.to_string()),
                })
            })
            .collect();
        object
    }
}

/// What a record is called beside the name shown: by its mentions, and by what is said of its name.
/// Words that describe somebody are no name of his.
fn also_called(shown: &RecordView) -> Vec<String> {
    let record = &shown.record;
    let said = record.holdings.iter().filter(|held| held.variable == Variable::Name);
    let said = said.filter_map(|held| match &held.value {
        Some(Value::Text(name)) => Some(name.clone()),
        _ => None,
    });
    let names: BTreeSet<String> = shown.called.iter().cloned().chain(said).collect();
    let is_other = |name: &String| {
        *name != record.name && !(record.id.kind() == SubjectKind::Person && is_description(name))
    };
    names.into_iter().filter(is_other).collect()
}

/// The records of a kind that have any of some mentions as the value of a variable, as of two dates.
fn pointing(
    casebook: &Casebook,
    own: &BTreeSet<MentionId>,
    (kind, variable): (SubjectKind, Variable),
    as_of: AsOf,
) -> Result<Vec<(MentionId, String)>> {
    let points = |row: &Listed| {
        row.holdings.iter().any(|held| {
            let value = held.value.as_ref().and_then(Value::mention);
            held.variable == variable && value.is_some_and(|id| own.contains(&id))
        })
    };
    let near = casebook.near(kind, own, as_of)?;
    Ok(near.into_iter().filter(points).map(|row| (row.id, row.name)).collect())
}

/// Assertions that stand behind no value and against none: doubts, and words taken back.
pub fn unweighed(shown: &RecordView) -> Vec<&EvidenceView> {
    let weighed: BTreeSet<AssertionId> = shown
        .record
        .holdings
        .iter()
        .flat_map(|holding| holding.support.iter().chain(&holding.against))
        .copied()
        .collect();
    shown
        .evidence
        .iter()
        .filter(|(id, _)| !weighed.contains(id))
        .map(|(_, evidence)| evidence)
        .collect()
}

/// The notes of readers on what the record's evidence says, with the words that they are on.
fn notes(casebook: &Casebook, shown: &RecordView, as_of: AsOf) -> Result<Vec<(Note, String)>> {
    let documents: BTreeSet<DocumentId> =
        shown.evidence.values().map(|one| one.assertion.document).collect();
    let mut found = Vec::new();
    for id in documents {
        let notes = casebook.notes(id, as_of)?;
        let own: Vec<Note> = notes
            .into_iter()
            .filter(|note| note.assertion.is_some_and(|id| shown.evidence.contains_key(&id)))
            .collect();
        if own.is_empty() {
            continue;
        }
        let text = casebook.document(id)?.map(|document| document.text).unwrap_or_default();
        found.extend(own.into_iter().map(|note| {
            let words = note.span.of(&text).to_owned();
            (note, words)
        }));
    }
    Ok(found)
}

/// Whether a variable is part of a person's status.
pub fn status_of(variable: Variable) -> bool {
    matches!(variable, Variable::Role | Variable::Procedure | Variable::Fate | Variable::Cleared)
}

/// The present status of a person, in words.
pub fn status(view: &RecordView) -> String {
    let names = namer(&view.names);
    let held: Vec<String> = view
        .record
        .holdings
        .iter()
        .filter(|held| status_of(held.variable))
        .map(|holding| {
            let review = if holding.basis.is_reviewed() { "" } else { ", not reviewed" };
            let variable = words::variable(holding.variable, holding.party, &names);
            let value = words::held(holding, &names);
            // "cleared" says all that "cleared: cleared" does.
            match variable == value {
                true => format!("{value}{review}"),
                false => format!("{variable}: {value}{review}"),
            }
        })
        .collect();
    if held.is_empty() { "nothing is held".to_owned() } else { one_line(&held.join("; ")) }
}

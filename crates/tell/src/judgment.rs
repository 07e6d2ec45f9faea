//! Judgments in words and as JSON, and those of them that are asked for.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, JudgmentRow, Result};
use throughline_model::{Act, AsOf, Instant, Judgment, MentionId};

use crate::typed::Id;
use crate::words;

/// Which judgments are asked for; all that are left open are not asked.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of whom.
    pub by: Option<String>,
    /// What they do, as [`Act::name`] names it.
    pub act: Option<&'static str>,
    /// On which record, document or assertion, itself or through what they take the place of.
    pub on: Option<Id>,
    /// Whether only those in force.
    pub in_force: bool,
}

impl Wanted {
    /// Those judgments that are asked for, in their order.
    ///
    /// # Errors
    /// If the casebook cannot be read. Its records must be settled.
    pub fn among(&self, casebook: &Casebook, all: Vec<JudgmentRow>) -> Result<Vec<JudgmentRow>> {
        let mut left = Vec::new();
        let mentions: BTreeSet<MentionId> = match self.on {
            Some(Id::Mention(id)) => {
                let record = casebook.bare(id, AsOf::default())?;
                record
                    .map_or_else(|| BTreeSet::from([id]), |row| row.mentions.into_keys().collect())
            }
            _ => BTreeSet::new(),
        };
        for row in all {
            let (one, _, in_force) = &row;
            let own = self.by.as_ref().is_none_or(|by| one.by == *by)
                && self.act.is_none_or(|act| one.act.name() == act)
                && (*in_force || !self.in_force);
            if own && self.is_on(casebook, one, &mentions)? {
                left.push(row);
            }
        }
        Ok(left)
    }

    fn is_on(
        &self,
        casebook: &Casebook,
        one: &Judgment,
        mentions: &BTreeSet<MentionId>,
    ) -> Result<bool> {
        Ok(match self.on {
            None => true,
            Some(Id::Mention(_)) => !subjects(casebook, one)?.is_disjoint(mentions),
            Some(Id::Assertion(id)) => {
                let mut about = one.assertions().chain(one.rests_on().iter().copied());
                about.any(|other| other == id)
            }
            Some(Id::Document(id)) => {
                let mut on = one.cites.contains(&id)
                    || matches!(one.act, Act::Dated { document, .. } if document == id);
                for assertion in one.assertions() {
                    let said = casebook.assertion_or_correction(assertion)?;
                    on |= said.is_some_and(|said| said.document == id);
                }
                on
            }
            Some(Id::Judgment(id)) => one.id == id || one.supersedes.contains(&id),
            Some(Id::Picture(_)) => false,
        })
    }
}

/// What a judgment is about, in words.
pub fn spelled(judgment: &Judgment) -> String {
    match &judgment.act {
        Act::Accept(id) | Act::Reject(id) | Act::Retract(id) => id.to_string(),
        Act::Correct { assertion, by } => {
            format!("{assertion}, which says {}", words::assertion(by, &|_| None))
        }
        Act::Withdraw { assertion, on } => format!("{assertion}, on {on}"),
        Act::Find(target) | Act::Code(target) => {
            let variable = words::variable(target.variable, target.party, &|_| None);
            let value = target.value.as_ref().map(|value| words::value(value, &|_| None));
            let value = value.unwrap_or_else(|| "cannot be known".to_owned());
            let rests: Vec<String> = target.rests_on.iter().map(ToString::to_string).collect();
            let rests = match rests.is_empty() {
                true => String::new(),
                false => format!(", resting on {}", rests.join(", ")),
            };
            format!("{} {variable}: {value}{rests}", target.subject)
        }
        Act::Same(a, b) | Act::NotSame(a, b) | Act::Unsure(a, b) | Act::Unrelated(a, b) => {
            format!("{a} and {b}")
        }
        Act::Dated { document, published } => format!("{document}: {published}"),
        Act::Grade { source, reliability } => {
            format!("{source}: {reliability}, {}", reliability.means())
        }
        Act::Credit { assertion, credibility } => {
            format!("{assertion}: {credibility}, {}", credibility.means())
        }
        Act::Undo => {
            judgment.supersedes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
    }
}

/// The fields that docs/json.md gives.
pub fn json(judgment: &Judgment, recorded: Instant, in_force: bool) -> Json {
    let written = throughline_formats::write_judgment(judgment);
    let mut object: Json = serde_json::from_str(&written).unwrap_or_default();
    object["recorded"] = json!(recorded.to_string());
    object["in_force"] = json!(in_force);
    object
}

/// The mentions that a judgment is about, itself or through what it supersedes.
pub(crate) fn subjects(casebook: &Casebook, judgment: &Judgment) -> Result<BTreeSet<MentionId>> {
    let (mut found, mut met) = (BTreeSet::new(), BTreeSet::new());
    let mut open = vec![judgment.clone()];
    while let Some(one) = open.pop() {
        found.extend(one.mentions());
        for assertion in one.assertions() {
            let said = casebook.assertion_or_correction(assertion)?;
            found.extend(said.map(|said| said.subject));
        }
        for id in one.supersedes {
            if met.insert(id) {
                open.extend(casebook.judgment(id)?.map(|(judgment, ..)| judgment));
            }
        }
    }
    Ok(found)
}

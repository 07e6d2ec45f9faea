//! One path, step by step.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use throughline_casebook::{EvidenceView, Result};
use throughline_connect::{Path, Weakness};
use throughline_model::{Day, JudgmentId, MentionId};

use super::words::since_json;
use super::{Connections, Named};
use crate::evidence;
use crate::words::namer;

/// A path with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTold {
    /// The records, from the incident asked for to the other.
    pub records: Vec<Named>,
    /// The steps between them.
    pub steps: Vec<StepTold>,
    /// The identities that it needs, beyond those within one document.
    pub identities: Vec<IdentityTold>,
    /// The day on which it could first be seen: [`Day::MIN`] if it rests on no document, [`Day::MAX`]
    /// if something that it needs is undated.
    pub day: Day,
    /// How many ties it counts.
    pub ties: usize,
    /// How many first speakers stand behind all its steps together.
    pub voices: usize,
    /// The number of its weakest step.
    pub weakest: Option<usize>,
    /// Whether it needs an identity that no person has judged, or that is only said with reserve: "if
    /// these two are the same man".
    pub unsure_identity: bool,
    /// Whether it rests on what only a coder knows, and no published document says.
    pub hindsight: bool,
}

/// A step with all that is said for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepTold {
    /// What is said, the word that makes the path visible first before all others.
    pub words: Vec<WordTold>,
    /// How weak the strongest word is.
    pub weakness: Weakness,
    /// How many first speakers say so.
    pub voices: usize,
    /// Whether the tie is held as of the dates asked for.
    pub held: bool,
}

/// One thing said of the two ends of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordTold {
    /// The type of the tie, in words.
    pub relation: String,
    /// Whether it goes from the first to the second record of the step; of one that is mutual, yes.
    pub forward: bool,
    /// The sentence, its source and date; `None` for a finding without an assertion in view.
    pub evidence: Option<Box<EvidenceView>>,
    /// The finding by which it is held, if a person's finding holds it.
    pub finding: Option<JudgmentId>,
    /// The names that the evidence refers to.
    pub names: BTreeMap<MentionId, String>,
    /// The day by which it was public.
    pub day: Day,
    /// The day on which it was taken back or replaced, if it was.
    pub until: Day,
    /// How weak it is.
    pub weakness: Weakness,
}

/// That two mentions are one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityTold {
    /// The record.
    pub record: Named,
    /// The two mentions.
    pub mentions: [MentionId; 2],
    /// Since when that could be seen.
    pub day: Day,
    /// Why.
    pub reason: String,
    /// The judgment, if a person decided it.
    pub judgment: Option<JudgmentId>,
    /// Whether only a coder's word says so, and no published document.
    pub hindsight: bool,
}

impl Connections<'_> {
    /// A path with its evidence.
    pub(super) fn path(&self, path: &Path) -> Result<PathTold> {
        let network = self.network();
        let records =
            path.records.iter().map(|record| self.named(*record)).collect::<Result<Vec<_>>>()?;
        let mut steps = Vec::new();
        for step in path.steps(network) {
            let mut words = Vec::new();
            let first = std::iter::once(step.first);
            let mut others: Vec<usize> =
                step.words.iter().copied().filter(|at| *at != step.first).collect();
            others.sort_by_key(|at| (network.words()[*at].day, *at));
            for at in first.chain(others) {
                words.push(self.word(at, step.from)?);
            }
            let held = network.words()[step.first].held;
            steps.push(StepTold { words, weakness: step.weakness, voices: step.voices, held });
        }
        let identities = self.identities(path)?;
        Ok(PathTold {
            records,
            steps,
            identities,
            day: path.day,
            ties: path.ties,
            voices: path.voices(network),
            weakest: path.weakest(network),
            unsure_identity: path.needs_unsure_identity(network),
            hindsight: path.rests_on_hindsight(network),
        })
    }

    /// A word with its evidence, on a step that begins at a record.
    pub(super) fn word(&self, at: usize, from: usize) -> Result<WordTold> {
        let word = &self.network().words()[at];
        let said_of = self.network().record_at(word.from).unwrap_or_default();
        let (evidence, names) = self
            .with_view(self.network().id(said_of), |view| {
                let view = view?;
                let evidence = view.evidence.get(&word.assertion?)?.clone();
                Some((Box::new(evidence), view.names.clone()))
            })?
            .map_or((None, BTreeMap::new()), |(evidence, names)| (Some(evidence), names));
        Ok(WordTold {
            relation: word.kind.name(),
            forward: said_of == from || word.kind.is_mutual(),
            evidence,
            finding: word.finding,
            names,
            day: word.day,
            until: word.until,
            weakness: word.weakness,
        })
    }

    /// The words of a path that made it visible on its day: those public on it and not before.
    pub(super) fn last_needed(&self, path: &Path) -> Result<Vec<WordTold>> {
        let mut words = Vec::new();
        for (step, records) in path.steps(self.network()).iter().zip(path.records.windows(2)) {
            if self.network().words()[step.first].day == path.day {
                words.push(self.word(step.first, records[0])?);
            }
        }
        Ok(words)
    }

    /// The identities that a path needs, beyond those within one document.
    fn identities(&self, path: &Path) -> Result<Vec<IdentityTold>> {
        let identities = self.network().identities();
        let needed = path.identities().filter(|at| !identities[*at].within_document);
        needed.map(|at| self.identity(at)).collect()
    }

    /// An identity with its record.
    pub(super) fn identity(&self, at: usize) -> Result<IdentityTold> {
        let identity = &self.network().identities()[at];
        let record = self.network().record_at(identity.a).unwrap_or_default();
        Ok(IdentityTold {
            record: self.named(record)?,
            mentions: [identity.a, identity.b],
            day: identity.day,
            reason: identity.reason.clone(),
            judgment: identity.judgment,
            hindsight: identity.is_hindsight(),
        })
    }
}

impl PathTold {
    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        json!({
            "records": self.records.iter().map(Named::json).collect::<Vec<_>>(),
            "steps": self.steps.iter().map(StepTold::json).collect::<Vec<_>>(),
            "identities": self.identities.iter().map(IdentityTold::json).collect::<Vec<_>>(),
            "since": since_json(self.day),
            "undated": self.day == Day::MAX,
            "ties": self.ties,
            "voices": self.voices,
            "weakest": self.weakest,
            "unsure_identity": self.unsure_identity,
            "hindsight": self.hindsight,
        })
    }
}

impl StepTold {
    fn json(&self) -> Json {
        json!({
            "said": self.words.iter().map(WordTold::json).collect::<Vec<_>>(),
            "reviewed": !self.weakness.unreviewed,
            "hedged": self.weakness.hedged,
            "contested": self.weakness.contested,
            "voices": self.voices,
            "held": self.held,
        })
    }
}

impl WordTold {
    pub(super) fn json(&self) -> Json {
        let evidence = self.evidence.as_ref();
        json!({
            "relation": self.relation,
            "forward": self.forward,
            "since": since_json(self.day),
            "until": since_json(self.until),
            "evidence": evidence.map(|one| evidence::json(one, &namer(&self.names))),
            "finding": self.finding.map(|id| id.to_string()),
        })
    }
}

impl IdentityTold {
    pub(super) fn json(&self) -> Json {
        json!({
            "record": self.record.json(),
            "mentions": self.mentions.map(|id| id.to_string()),
            "since": since_json(self.day),
            "reason": self.reason,
            "judgment": self.judgment.map(|id| id.to_string()),
            "hindsight": self.hindsight,
        })
    }
}

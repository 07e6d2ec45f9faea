//! Leads in words.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use throughline_casebook::Result;
use throughline_connect::{Lead, Leads, What};
use throughline_model::{Act, Judgment};

use super::{Connections, Named};

/// The most surprising pairs of incidents.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadsTold {
    /// The leads, the most surprising first.
    pub leads: Vec<LeadTold>,
    /// Those that somebody looked at and judged to be none.
    pub unrelated: Vec<LeadTold>,
    /// How many pairs have something in common, listed or not.
    pub pairs: usize,
    /// How many incidents there are of which something is known that others could share.
    pub incidents: usize,
    /// What too many share to count for anything, in words.
    pub left_out: Vec<String>,
}

/// Two incidents and what they have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadTold {
    /// The two.
    pub ends: [Named; 2],
    /// The surprise, in bits.
    pub bits: f64,
    /// What chance would give incidents of which so much is written, in bits.
    pub expected: f64,
    /// The control: the product of how many facts are written of each.
    pub coverage: usize,
    /// Of leads on which about as much is written, the share that are less surprising.
    pub above: f64,
    /// What they have in common, the most surprising first.
    pub shared: Vec<SharedTold>,
    /// The lead in a sentence.
    pub sentence: String,
    /// The judgment that what they have in common connects them by nothing.
    pub unrelated: Option<Judgment>,
}

/// Something that both have.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedTold {
    /// The record that it is, if it is one.
    pub record: Option<Named>,
    /// What it is, in words.
    pub words: String,
    /// How many incidents have it.
    pub incidents: usize,
    /// How surprising it is that these two have it, in bits.
    pub bits: f64,
}

impl Connections<'_> {
    /// The most surprising pairs of incidents, at most `wanted`; what more than `hub` share counts
    /// for nothing.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn leads(&self, hub: usize, wanted: usize) -> Result<LeadsTold> {
        let unrelated = self.unrelated()?;
        let pairs: BTreeSet<[usize; 2]> = unrelated.keys().copied().collect();
        let found = Leads::without(self.network(), hub, wanted, &pairs);
        let left_out = found.left_out.iter().map(|what| Ok(self.what(what)?.1));
        let told = |leads: &[Lead]| -> Result<Vec<LeadTold>> {
            let all = leads.iter().map(|lead| {
                let told = self.lead(lead, found.incidents)?;
                Ok(LeadTold { unrelated: unrelated.get(&[lead.a, lead.b]).cloned(), ..told })
            });
            all.collect()
        };
        Ok(LeadsTold {
            leads: told(&found.found)?,
            unrelated: told(&found.unrelated)?,
            pairs: found.pairs,
            incidents: found.incidents,
            left_out: left_out.collect::<Result<_>>()?,
        })
    }

    /// The pairs of incidents that judgments in force call unrelated, the lesser record first.
    fn unrelated(&self) -> Result<BTreeMap<[usize; 2], Judgment>> {
        let mut pairs = BTreeMap::new();
        for (judgment, _, in_force) in self.casebook.judgments_as_of(self.as_of)? {
            if let Act::Unrelated(a, b) = judgment.act
                && in_force
                && let Some((a, b)) = self.incident(a).zip(self.incident(b))
            {
                pairs.insert([a.min(b), a.max(b)], judgment);
            }
        }
        Ok(pairs)
    }

    fn lead(&self, lead: &Lead, incidents: usize) -> Result<LeadTold> {
        let mut shared = Vec::new();
        for one in &lead.shared {
            let (record, words) = self.what(&one.what)?;
            shared.push(SharedTold { record, words, incidents: one.incidents, bits: one.bits });
        }
        let told = |one: &SharedTold| {
            format!("{} ({} of {incidents} incidents)", one.words, one.incidents)
        };
        let sentence: Vec<String> = shared.iter().map(told).collect();
        Ok(LeadTold {
            sentence: format!("Both have in common: {}.", sentence.join("; ")),
            ends: [self.named(lead.a)?, self.named(lead.b)?],
            bits: lead.bits,
            expected: lead.expected,
            coverage: lead.coverage,
            above: lead.above,
            shared,
            unrelated: None,
        })
    }

    fn what(&self, what: &What) -> Result<(Option<Named>, String)> {
        Ok(match what {
            What::Record(record) => {
                let named = self.named(*record)?;
                let words = format!("{} {}", named.id.kind().name(), named.name);
                (Some(named), words)
            }
            What::Words(variable, words) => (None, format!("{} {words}", variable.name())),
        })
    }
}

impl LeadsTold {
    /// The fields that docs/json.md gives, one object a lead; of those judged to be none if these are
    /// `unrelated`.
    pub fn json(&self, unrelated: bool) -> Vec<Json> {
        let leads = if unrelated { &self.unrelated } else { &self.leads };
        leads.iter().map(LeadTold::json).collect()
    }
}

impl LeadTold {
    /// How surprising it is, in words: against chance, and against leads on which as much is written.
    pub fn surprise(&self) -> String {
        let among = match (self.above * 100.0).round() {
            share if share < 1.0 => {
                "none of the leads on which as much is written is less surprising".to_owned()
            }
            share => format!(
                "more surprising than {share:.0} % of the leads on which as much is written"
            ),
        };
        format!("{:.1} bits beyond the {:.1} of chance; {among}", self.bits, self.expected)
    }

    fn json(&self) -> Json {
        let shared = self.shared.iter().map(|one| {
            json!({
                "record": one.record.as_ref().map(Named::json),
                "words": one.words,
                "incidents": one.incidents,
                "bits": one.bits,
            })
        });
        json!({
            "a": self.ends[0].json(),
            "b": self.ends[1].json(),
            "bits": self.bits,
            "expected": self.expected,
            "coverage": self.coverage,
            "above": self.above,
            "shared": shared.collect::<Vec<_>>(),
            "sentence": self.sentence,
            "unrelated": self.unrelated.as_ref().map(|judgment| {
                json!({
                    "judgment": judgment.id.to_string(),
                    "by": judgment.by,
                    "reason": judgment.reason,
                })
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::{Fingerprint, MentionId, SubjectKind};

    use super::*;

    #[test]
    fn a_lead_among_the_least_surprising_is_no_share_of_none() {
        let id = MentionId::of(SubjectKind::Incident, Fingerprint::new("test"));
        let named = Named { id, name: "the fire".to_owned(), status: None };
        let lead = |above| LeadTold {
            ends: [named.clone(), named.clone()],
            bits: 2.0,
            expected: 1.0,
            coverage: 4,
            above,
            shared: Vec::new(),
            sentence: String::new(),
            unrelated: None,
        };
        let said = lead(0.0).surprise();
        assert!(said.ends_with("none of the leads on which as much is written is less surprising"));
        assert!(lead(0.62).surprise().contains("more surprising than 62 % of the leads"));
    }
}

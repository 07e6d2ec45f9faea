//! Leads in words.

use serde_json::{Value as Json, json};
use throughline_casebook::Result;
use throughline_connect::{Lead, Leads, What};

use super::{Connections, Named};

/// The most surprising pairs of incidents.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadsTold {
    /// The leads, the most surprising first.
    pub leads: Vec<LeadTold>,
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
        let found = Leads::of(self.network(), hub, wanted);
        let left_out = found.left_out.iter().map(|what| Ok(self.what(what)?.1));
        Ok(LeadsTold {
            leads: found
                .found
                .iter()
                .map(|lead| self.lead(lead, found.incidents))
                .collect::<Result<_>>()?,
            pairs: found.pairs,
            incidents: found.incidents,
            left_out: left_out.collect::<Result<_>>()?,
        })
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
    /// The fields that docs/json.md gives, one object a lead.
    pub fn json(&self) -> Vec<Json> {
        self.leads.iter().map(LeadTold::json).collect()
    }
}

impl LeadTold {
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
        })
    }
}

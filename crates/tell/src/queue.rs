//! What waits for a person: values that only a program proposes, first those by which most changes.
//!
//! What most changes is told by what can be seen without trying each: on how many saved counts a
//! value bears, whether it is one of a claim or an incident, whether it is contested, and how many
//! readings one decision on it settles. To derive everything once more for every proposal would take
//! hours in a large casebook; `impact` does so for one.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, RecordView, Result};
use throughline_formats::{counts, view};
use throughline_model::{AsOf, AssertionId, Basis, Holding, MentionId, SubjectKind, Variable};

use crate::words::namer;

/// How many values are kept: more than anybody decides in a day.
pub const MOST: usize = 2_000;

/// The kinds of record, those first of which more is said.
const KINDS: [SubjectKind; 8] = [
    SubjectKind::Claim,
    SubjectKind::Incident,
    SubjectKind::Set,
    SubjectKind::Person,
    SubjectKind::Group,
    SubjectKind::Outlet,
    SubjectKind::Channel,
    SubjectKind::Place,
];

/// A value that nobody has decided on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The record.
    pub record: MentionId,
    /// Its name.
    pub name: String,
    /// The value as proposed, with what speaks for and against it.
    pub holding: Holding,
    /// The first assertion that says so.
    pub says: AssertionId,
    /// The saved counts that ask for its variable, by name.
    pub counts: Vec<String>,
    /// The names of the mentions that it refers to.
    pub names: BTreeMap<MentionId, String>,
}

/// What waits, the first first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// At most [`MOST`] values.
    pub waiting: Vec<Waiting>,
    /// How many there are in all.
    pub total: usize,
}

impl Waiting {
    /// How many readings a finding of the value settles.
    pub fn readings(&self) -> usize {
        self.holding.support.len() + self.holding.against.len()
    }

    /// The value as it waits in its record now, where it was gathered from an earlier state; `None`
    /// if somebody has decided on it since, or it is no longer there.
    pub fn still(&self, now: &RecordView) -> Option<Waiting> {
        let same = |held: &&Holding| {
            (held.variable, held.party, &held.value)
                == (self.holding.variable, self.holding.party, &self.holding.value)
                && matches!(held.basis, Basis::Proposal(_))
        };
        let holding =
            now.record.holdings.iter().find(same).filter(|_| now.record.id == self.record)?;
        let says = holding.support.first().copied()?;
        let name = now.record.name.clone();
        Some(Waiting { name, holding: holding.clone(), says, ..self.clone() })
    }

    /// What makes it come before others: greater is earlier.
    fn rank(&self) -> (usize, Reverse<usize>, bool, usize, Reverse<(MentionId, AssertionId)>) {
        let kind = KINDS.iter().position(|kind| *kind == self.record.kind());
        (
            self.counts.len(),
            Reverse(kind.unwrap_or(KINDS.len())),
            self.holding.contested,
            self.readings(),
            Reverse((self.record, self.says)),
        )
    }

    /// The fields that docs/pages.md gives.
    pub fn json(&self) -> Json {
        json!({
            "id": self.record.to_string(),
            "name": self.name,
            "value": view::holding(&self.holding, &namer(&self.names)),
            "says": self.says.to_string(),
            "readings": self.readings(),
            "counts": self.counts,
        })
    }
}

impl Queue {
    /// Gathers what waits as of two dates. All records are gone through.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn gather(casebook: &Casebook, as_of: AsOf) -> Result<Queue> {
        let asked = asked(casebook)?;
        let mut queue = Queue::default();
        for kind in KINDS {
            casebook.each_record(kind, as_of, |row| {
                for holding in row.record.holdings {
                    let proposed = matches!(holding.basis, Basis::Proposal(_));
                    let Some(says) = holding.support.first().copied().filter(|_| proposed) else {
                        continue;
                    };
                    queue.total += 1;
                    let counts = match asked.get(&holding.variable) {
                        Some(counts) => counts.clone(),
                        None => Vec::new(),
                    };
                    let referred = holding.value.iter().filter_map(|value| value.mention());
                    let names = referred.chain(holding.party);
                    let names = names
                        .filter_map(|id| row.names.get(&id).map(|name| (id, name.clone())))
                        .collect();
                    let (record, name) = (row.record.id, row.record.name.clone());
                    queue.waiting.push(Waiting { record, name, holding, says, counts, names });
                }
                // Now and then, so that what is kept stays bounded.
                if queue.waiting.len() > 2 * MOST {
                    queue.order();
                }
            })?;
        }
        queue.order();
        Ok(queue)
    }

    fn order(&mut self) {
        self.waiting.sort_by_key(|one| Reverse(one.rank()));
        self.waiting.truncate(MOST);
    }
}

/// The saved counts that ask for each variable.
fn asked(casebook: &Casebook) -> Result<BTreeMap<Variable, Vec<String>>> {
    let mut asked: BTreeMap<Variable, Vec<String>> = BTreeMap::new();
    for saved in casebook.definitions()? {
        // What this program cannot read is told by `counts`.
        let Ok(named) = counts::read(&saved.saved.toml) else { continue };
        for variable in named.definition.variables() {
            asked.entry(variable).or_default().push(named.name.clone());
        }
    }
    Ok(asked)
}

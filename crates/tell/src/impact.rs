//! What would change if an assertion, or all that a document says, fell.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, Counted, Fall, RecordChange, RecordRow, Result, Shift};
use throughline_formats::{counts, typologies, view};
use throughline_model::{AsOf, Holding, MentionId, SubjectKind};
use throughline_weigh::count::Definition;
use throughline_weigh::involvement::hands;

use crate::beside::shifts_json;
use crate::counts::figure;
use crate::involvement::outcome;
use crate::words::{self, namer};

/// What would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impact {
    /// What falls.
    pub fall: Fall,
    /// The records that would be otherwise.
    pub records: Vec<RecordChange>,
    /// The definitions saved whose figures or members would be otherwise.
    pub counts: Vec<CountChange>,
    /// The counts published of which members would stand elsewhere than they do today.
    pub published: Vec<PublishedChange>,
    /// How many saved definitions and published counts were gone through.
    pub counted: (usize, usize),
}

/// What becomes of a saved definition's figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountChange {
    /// The definition's name.
    pub name: String,
    /// The strict and the lenient figure as they are.
    pub before: [String; 2],
    /// As they would be.
    pub after: [String; 2],
    /// Whether the strict figure is final, and whether it would be.
    pub is_final: (bool, bool),
    /// The units that would stand elsewhere.
    pub shifts: Vec<Shift>,
}

/// What becomes of a published count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedChange {
    /// Its number.
    pub number: i64,
    /// The definition's name.
    pub name: String,
    /// Where it was published.
    pub at: String,
    /// The units that would stand elsewhere than today.
    pub shifts: Vec<Shift>,
}

impl Impact {
    /// What would change as of two dates; published counts are each taken as of their own.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn gather(casebook: &Casebook, fall: Fall, as_of: AsOf) -> Result<Impact> {
        casebook.snapshot(|| {
            let records = casebook.changes(&fall, as_of)?;
            let both = |definition: &Definition, as_of| -> Result<(Counted, Counted)> {
                let before = casebook.count(definition, as_of)?;
                let after = casebook
                    .supposing(&fall.assertions, |casebook| casebook.count(definition, as_of))?;
                Ok((before, after))
            };
            let (mut counts, mut published) = (Vec::new(), Vec::new());
            let (saved, released) = (casebook.definitions()?, casebook.published()?);
            let counted = (saved.len(), released.len());
            for one in saved {
                // What this program cannot read is told by `counts`.
                let Ok(named) = counts::read(&one.saved.toml) else { continue };
                let (before, after) = both(&named.definition, as_of)?;
                let shifts = casebook.shifts(&before, &after)?;
                let figures = |counted: &Counted| {
                    [&counted.tallies.strict, &counted.tallies.lenient]
                        .map(|tally| figure(tally, named.definition.sum))
                };
                let change = CountChange {
                    name: named.name,
                    before: figures(&before),
                    after: figures(&after),
                    is_final: (before.tallies.strict.is_final(), after.tallies.strict.is_final()),
                    shifts,
                };
                let same = change.before == change.after && change.is_final.0 == change.is_final.1;
                counts.extend(Some(change).filter(|change| !same || !change.shifts.is_empty()));
            }
            for one in released {
                let Ok(named) = counts::read(&one.published.definition.toml) else { continue };
                let (before, after) = both(&named.definition, one.published.as_of)?;
                let shifts = casebook.shifts(&before, &after)?;
                if !shifts.is_empty() {
                    published.push(PublishedChange {
                        number: one.number,
                        name: named.name,
                        at: one.published.at,
                        shifts,
                    });
                }
            }
            Ok(Impact { fall, records, counts, published, counted })
        })
    }

    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let records = self.records.iter().map(|change| {
            let names = names(change);
            let names = namer(&names);
            let value = |held: Option<&Holding>| held.map(|held| view::holding(held, &names));
            let values = change
                .values()
                .into_iter()
                .map(|(before, after)| json!({"before": value(before), "after": value(after)}));
            json!({
                "id": id(change).map(|id| id.to_string()),
                "name": name(change),
                "gone": change.after.is_none(),
                "new": change.before.is_none(),
                "values": values.collect::<Vec<_>>(),
                "involvement": involvement(change),
            })
        });
        let counts = self.counts.iter().map(|one| {
            json!({
                "name": one.name,
                "before": {"strict": one.before[0], "lenient": one.before[1], "final": one.is_final.0},
                "after": {"strict": one.after[0], "lenient": one.after[1], "final": one.is_final.1},
                "shifts": shifts_json(&one.shifts),
            })
        });
        let published = self.published.iter().map(|one| {
            json!({
                "number": one.number,
                "name": one.name,
                "at": one.at,
                "shifts": shifts_json(&one.shifts),
            })
        });
        json!({
            "assertions": self.fall.assertions.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "records": records.collect::<Vec<_>>(),
            "counts": counts.collect::<Vec<_>>(),
            "published": published.collect::<Vec<_>>(),
        })
    }
}

/// The id of a record that changes.
pub fn id(change: &RecordChange) -> Option<MentionId> {
    change.before.as_ref().or(change.after.as_ref()).map(|row| row.record.id)
}

/// Its name.
pub fn name(change: &RecordChange) -> &str {
    let row = change.before.as_ref().or(change.after.as_ref());
    row.map_or("", |row| &row.record.name)
}

/// The names of the mentions that its values refer to.
pub fn names(change: &RecordChange) -> BTreeMap<MentionId, String> {
    let rows = change.before.iter().chain(&change.after);
    rows.flat_map(|row| row.names.clone()).collect()
}

/// A value and what it rests on, in words.
pub fn value(held: Option<&Holding>, names: words::Names) -> String {
    match held {
        Some(held) => format!("{} ({})", words::held(held, names), words::basis(held)),
        None => "nothing held".to_owned(),
    }
}

/// How an incident would stand otherwise under published typologies, each in a line.
pub fn involvement(change: &RecordChange) -> Vec<String> {
    let names = names(change);
    let names = namer(&names);
    let stands = |row: Option<&RecordRow>| -> BTreeMap<(Option<MentionId>, String), String> {
        let Some(row) = row.filter(|row| row.record.id.kind() == SubjectKind::Incident) else {
            return BTreeMap::new();
        };
        let all = typologies::all();
        let mut found = BTreeMap::new();
        for hand in hands(&row.record, &row.names, &all) {
            for one in &hand.standings {
                let Some(typology) = all.get(one.typology) else { continue };
                for (graded, reading) in [(&one.lenient, ""), (&one.strict, ", by findings alone")]
                {
                    let key = (hand.party, format!("{}{reading}", typology.name));
                    found.insert(key, outcome(typology, &graded.outcome()));
                }
            }
        }
        found
    };
    let (before, after) = (stands(change.before.as_ref()), stands(change.after.as_ref()));
    let mut keys: Vec<_> = before.keys().chain(after.keys()).collect();
    keys.sort();
    keys.dedup();
    let told = |outcome: Option<&String>| outcome.map_or("nothing said", String::as_str).to_owned();
    keys.into_iter()
        .filter(|key| before.get(*key) != after.get(*key))
        .map(|key| {
            let whose = key.0.map(|party| format!(" ({})", words::named(party, &names)));
            format!(
                "{}{}: {} → {}",
                key.1,
                whose.unwrap_or_default(),
                told(before.get(key)),
                told(after.get(key))
            )
        })
        .collect()
}

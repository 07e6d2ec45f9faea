//! Incidents as filled templates: what happened, who did it to whom with what, who says so.
//!
//! A line of gold has `docid`, `text`, `templates` (the key of 1992, with all slots), `gtt` (type
//! and five roles of each incident) and `ree` (the roles merged over the document). A prediction
//! is `{"docid": …, "templates": [{"incident_type": …, "PerpInd": [[mention, …], …], …}]}`, where
//! slots may stand beside the roles, and perhaps `"ree"`. A file of gold is a prediction too.
//!
//! Three measures: [`gtt`] over type and roles of templates mapped one to one, [`ree`] over the
//! entities of the document, [`full`] over all slots, with half a credit for what is half right.

mod compare;
mod full;
mod gtt;
mod parse;
mod ree;

use std::collections::BTreeMap;

use super::{Counts, Error, Percent, interval, lines};
pub use compare::{normal, place};
pub use parse::line;

/// The roles, as the measures call them.
pub const ROLES: [&str; 5] = ["PerpInd", "PerpOrg", "Target", "Victim", "Weapon"];

/// The slots of the key of 1992.
pub const SLOTS: [&str; 23] = [
    "date",
    "location",
    "type",
    "stage",
    "instrument_id",
    "instrument_type",
    "perp_category",
    "perp_individual",
    "perp_org",
    "perp_org_confidence",
    "phys_id",
    "phys_type",
    "phys_number",
    "phys_nation",
    "phys_effect",
    "phys_total_number",
    "hum_name",
    "hum_description",
    "hum_type",
    "hum_number",
    "hum_nation",
    "hum_effect",
    "hum_total_number",
];

/// The slots that roles fill, where a prediction has no slot of its own.
const OF_ROLES: [&str; 5] = ["perp_individual", "perp_org", "phys_id", "hum_name", "instrument_id"];

/// An entity: its mentions.
pub type Entity = Vec<String>;

/// The entities of each role, in the order of [`ROLES`].
pub type Roles = [Vec<Entity>; 5];

/// What stands in a slot: any of its alternatives is right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filler {
    /// Alternatives; of a prediction the first counts.
    pub alternatives: Vec<String>,
    /// What other filler it belongs to.
    pub of: Vec<String>,
    /// Whether it may be left out.
    pub optional: bool,
}

/// An incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// "bombing", "attack", …; `None` where only the slot says so.
    pub kind: Option<String>,
    /// Entities by role.
    pub roles: Roles,
    /// Fillers by slot; absent where nothing was said of the slot.
    pub slots: BTreeMap<&'static str, Vec<Filler>>,
    /// Whether it may be left out.
    pub optional: bool,
}

/// A document with its incidents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// What it is called.
    pub document: String,
    /// Its text; empty in predictions.
    pub text: String,
    /// Incidents with all slots.
    pub templates: Vec<Template>,
    /// Incidents with type and roles, where they are given apart.
    pub gtt: Option<Vec<Template>>,
    /// The roles of the document, where they are given apart.
    pub ree: Option<Roles>,
}

impl Record {
    /// The incidents of which type and roles count.
    pub fn incidents(&self) -> &[Template] {
        self.gtt.as_deref().unwrap_or(&self.templates)
    }
}

/// The records of lines of JSON.
///
/// # Errors
/// If a line is no JSON, has no document or one that an earlier line has, or a template, role or
/// slot is not what it must be.
pub fn records(text: &str) -> Result<Vec<Record>, Error> {
    lines::objects(text, "docid")?
        .into_iter()
        .map(|(line, document, json)| parse::record(line, document, &json))
        .collect()
}

/// Right and all of the predicted, right and all of the gold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sides {
    predicted_right: u32,
    predicted: u32,
    gold_right: u32,
    gold: u32,
}

impl Sides {
    fn add(&mut self, other: Sides) {
        self.predicted_right += other.predicted_right;
        self.predicted += other.predicted;
        self.gold_right += other.gold_right;
        self.gold += other.gold;
    }

    fn percent(self) -> Percent {
        let share = |right: u32, of: u32| match of {
            0 => 0.0,
            of => 100.0 * f64::from(right) / f64::from(of),
        };
        let precision = share(self.predicted_right, self.predicted);
        let recall = share(self.gold_right, self.gold);
        let counts =
            Counts { right: self.predicted_right, predicted: self.predicted, gold: self.gold };
        Percent { precision, recall, f1: harmonic(precision, recall), counts }
    }
}

fn harmonic(precision: f64, recall: f64) -> f64 {
    let sum = precision + recall;
    if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 }
}

/// The score of predictions.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Templates: type, then the roles.
    pub gtt: [Percent; 6],
    /// Templates: all together.
    pub gtt_all: Percent,
    /// Entities of documents, by role.
    pub ree: [Percent; 5],
    /// Entities of documents: all together.
    pub ree_all: Percent,
    /// Slots, in the order of [`SLOTS`]; what is right is in whole and half credits.
    pub full: Vec<Percent>,
    /// Slots: all together.
    pub full_all: Percent,
    /// Templates mapped, whatever their slots.
    pub templates: Percent,
    /// Documents that have an incident.
    pub relevance: Percent,
    /// Of the organisations found, for how many the confidence is right, in percent.
    pub confidence: f64,
    /// Bounds of the F1 of `gtt_all`, `ree_all` and `full_all` for nineteen of twenty samples of
    /// the documents.
    pub bounds: [(f64, f64); 3],
}

/// Counts of one document.
#[derive(Clone, Debug, Default)]
struct Tally {
    gtt: [Sides; 6],
    ree: [Sides; 5],
    full: full::Tally,
}

/// Scores predictions, given for each document of the gold; one without any has no incident.
pub fn score(gold: &[Record], predicted: &BTreeMap<String, Record>) -> Score {
    let none = Record::default();
    let tallies: Vec<Tally> = gold
        .iter()
        .map(|record| {
            let own = predicted.get(&record.document).unwrap_or(&none);
            Tally {
                gtt: gtt::tally(own, record),
                ree: ree::tally(own, record),
                full: full::tally(own, record),
            }
        })
        .collect();
    let gtt_of = |tallies: &mut dyn Iterator<Item = &Tally>| {
        let mut sum = [Sides::default(); 6];
        tallies.for_each(|one| sum.iter_mut().zip(one.gtt).for_each(|(sum, own)| sum.add(own)));
        sum
    };
    let ree_of = |tallies: &mut dyn Iterator<Item = &Tally>| {
        let mut sum = [Sides::default(); 5];
        tallies.for_each(|one| sum.iter_mut().zip(one.ree).for_each(|(sum, own)| sum.add(own)));
        sum
    };
    let full_of = |tallies: &mut dyn Iterator<Item = &Tally>| {
        let mut sum = full::Tally::default();
        tallies.for_each(|one| sum.add(&one.full));
        sum
    };
    let all = |sides: &[Sides]| {
        let mut sum = Sides::default();
        sides.iter().for_each(|one| sum.add(*one));
        sum.percent()
    };
    let bounds = [
        interval::bounds(tallies.len(), |drawn| {
            all(&gtt_of(&mut drawn.iter().map(|at| &tallies[*at]))).f1
        }),
        interval::bounds(tallies.len(), |drawn| {
            all(&ree_of(&mut drawn.iter().map(|at| &tallies[*at]))).f1
        }),
        interval::bounds(tallies.len(), |drawn| {
            full_of(&mut drawn.iter().map(|at| &tallies[*at])).all().f1
        }),
    ];
    let (gtt, ree) = (gtt_of(&mut tallies.iter()), ree_of(&mut tallies.iter()));
    let full = full_of(&mut tallies.iter());
    Score {
        gtt: gtt.map(Sides::percent),
        gtt_all: all(&gtt),
        ree: ree.map(Sides::percent),
        ree_all: all(&ree),
        full: full.slots(),
        full_all: full.all(),
        templates: full.templates(),
        relevance: full.relevance(),
        confidence: full.confidence(),
        bounds,
    }
}

#[cfg(test)]
mod tests;

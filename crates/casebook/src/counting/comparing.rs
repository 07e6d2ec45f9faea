//! Two counts beside each other: which units stand elsewhere, and why; and the figures that documents
//! quote of the sets that a definition names.

use std::collections::BTreeMap;

use throughline_model::{AsOf, AssertionId, Edtf, MentionId, Share, SubjectKind, Value, Variable};
use throughline_resolve::normal;
use throughline_weigh::count::{Ground, Place, Placed, Reading, UnitId, Who};

use crate::casebook::Casebook;
use crate::counting::{Counted, CountedUnit};
use crate::error::Result;

/// A unit that stands elsewhere in another count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The unit.
    pub unit: UnitId,
    /// Its name, in the count that has it.
    pub name: String,
    /// When it happened.
    pub happened: Option<Edtf>,
    /// In which reading.
    pub reading: Reading,
    /// Where it stands in the first count.
    pub from: Place,
    /// Where it stands in the second.
    pub to: Place,
    /// Why it stands in the first where it does.
    pub before: Vec<Ground>,
    /// Why it stands in the second where it does.
    pub after: Vec<Ground>,
    /// The names of the mentions that the grounds refer to.
    pub names: BTreeMap<MentionId, String>,
    /// The unit of the second count that it is one with, if its record was merged into another.
    pub now: Option<UnitId>,
}

/// A figure that documents quote of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    /// The set.
    pub set: MentionId,
    /// Its name.
    pub name: String,
    /// The figure.
    pub share: Share,
    /// The assertions that say so.
    pub support: Vec<AssertionId>,
    /// Those that say otherwise.
    pub against: Vec<AssertionId>,
}

/// Units by their ids.
type Units<'u> = BTreeMap<UnitId, &'u CountedUnit>;

impl Casebook {
    /// The units that stand elsewhere in `after` than in `before`, by unit, the strict reading first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn shifts(&self, before: &Counted, after: &Counted) -> Result<Vec<Shift>> {
        self.shifts_of(&before.units, &after.units, after.as_of)
    }

    pub(crate) fn shifts_of(
        &self,
        before: &[CountedUnit],
        after: &[CountedUnit],
        as_of: AsOf,
    ) -> Result<Vec<Shift>> {
        let by_id = |units: &'_ [CountedUnit]| -> Vec<UnitId> {
            units.iter().map(|unit| unit.placing.id).collect()
        };
        let mut ids = [by_id(before), by_id(after)].concat();
        ids.sort();
        ids.dedup();
        let was: Units = before.iter().map(|unit| (unit.placing.id, unit)).collect();
        let is: Units = after.iter().map(|unit| (unit.placing.id, unit)).collect();
        let mut shifts = Vec::new();
        for id in ids {
            let (one, other) = (was.get(&id).copied(), is.get(&id).copied());
            let Some(told) = other.or(one) else { continue };
            for reading in [Reading::Strict, Reading::Lenient] {
                let (before, after) = (placed(one, reading), placed(other, reading));
                let place =
                    |placed: Option<&Placed>| placed.map_or(Place::Outside, |one| one.place);
                let (from, to) = (place(before), place(after));
                if from == to {
                    continue;
                }
                let grounds = |placed: Option<&Placed>| {
                    placed.map(|one| one.grounds.clone()).unwrap_or_default()
                };
                let mut names = one.map(|unit| unit.names.clone()).unwrap_or_default();
                names.extend(other.map(|unit| unit.names.clone()).unwrap_or_default());
                shifts.push(Shift {
                    unit: id,
                    name: told.name.clone(),
                    happened: told.happened.clone(),
                    reading,
                    from,
                    to,
                    before: grounds(before),
                    after: grounds(after),
                    names,
                    now: match other {
                        Some(_) => None,
                        None => self.merged_into(id, as_of)?,
                    },
                });
            }
        }
        Ok(shifts)
    }

    /// The unit that the records of a unit make as of other dates, if it is another.
    fn merged_into(&self, unit: UnitId, as_of: AsOf) -> Result<Option<UnitId>> {
        let today = |mention: MentionId| -> Result<MentionId> {
            Ok(self.listed_one(mention, as_of)?.map_or(mention, |row| row.id))
        };
        let now =
            UnitId { record: today(unit.record)?, person: unit.person.map(today).transpose()? };
        Ok((now != unit).then_some(now))
    }

    /// The figures that documents quote of some sets, each given by name or id; and what of these names no
    /// set in view.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn quoted(&self, sets: &[Who], as_of: AsOf) -> Result<(Vec<Quoted>, Vec<Who>)> {
        let mut found = Vec::new();
        if sets.is_empty() {
            return Ok((found, Vec::new()));
        }
        let mut left: Vec<Who> = sets.to_vec();
        self.each_record(SubjectKind::Set, as_of, |row| {
            let called = |who: &Who| match who {
                Who::Record(id) => row.mentions.contains_key(id),
                Who::Named(wanted) => {
                    let wanted = normal(wanted);
                    let names = row.mentions.values().map(|(_, name)| name);
                    names.chain([&row.record.name]).any(|name| normal(name) == wanted)
                }
            };
            if !sets.iter().any(called) {
                return;
            }
            left.retain(|who| !called(who));
            for held in row.record.holdings.iter().filter(|one| one.variable == Variable::Share) {
                if let Some(Value::Share(share)) = &held.value {
                    found.push(Quoted {
                        set: row.record.id,
                        name: row.record.name.clone(),
                        share: share.clone(),
                        support: held.support.clone(),
                        against: held.against.clone(),
                    });
                }
            }
        })?;
        found.sort_by(|one, other| (one.set, &one.share).cmp(&(other.set, &other.share)));
        Ok((found, left))
    }
}

fn placed(unit: Option<&CountedUnit>, reading: Reading) -> Option<&Placed> {
    unit.map(|unit| match reading {
        Reading::Strict => &unit.placing.strict,
        Reading::Lenient => &unit.placing.lenient,
    })
}

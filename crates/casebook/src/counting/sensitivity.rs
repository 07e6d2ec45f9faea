//! What a count hangs on: which single assertion, if it fell, would change it.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{AssertionId, Basis, Variable};
use throughline_weigh::count::{Definition, Ground, Tallies, Unit, UnitId};

use crate::casebook::Casebook;
use crate::counting::comparing::Shift;
use crate::counting::{Counted, CountedUnit};
use crate::error::Result;

/// Of so many units at most each is left out in turn.
const MOST_UNITS: usize = 1_000;
/// So many assertions are tried.
const MOST: usize = 400;
/// So many of them by counting everything anew, which takes longer.
const MOST_ANEW: usize = 40;

/// What a count hangs on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sensitivity {
    /// The assertions that would change it, those with most units first.
    pub hanging: Vec<Hanging>,
    /// How many assertions the places of units rest on.
    pub candidates: usize,
    /// How many of these were tried.
    pub tried: usize,
    /// What the figures would be without one unit, those of most units first; empty where there are
    /// too many units to try each.
    pub units: Vec<Without>,
}

/// Units without any one of which the figures would be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Without {
    /// The units.
    pub units: Vec<UnitId>,
    /// The name of the first of them.
    pub name: String,
    /// The figures without it.
    pub tallies: Tallies,
}

/// One assertion on which a count hangs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hanging {
    /// The assertion.
    pub assertion: AssertionId,
    /// The units that would stand elsewhere if it fell.
    pub shifts: Vec<Shift>,
    /// The figures as they would be.
    pub tallies: Tallies,
}

impl Casebook {
    /// What a count hangs on. Each assertion on which the place of a unit rests is taken away by
    /// itself, as a retraction would, and the units that it can reach are placed anew.
    ///
    /// A finding outlives its evidence, so a strict figure moves with no assertion; what changes is
    /// that it is no longer final.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn sensitivity(&self, definition: &Definition, counted: &Counted) -> Result<Sensitivity> {
        self.snapshot(|| {
            let candidates = self.candidates(counted)?;
            let prepared = self.prepared(definition, counted.as_of)?;
            let mut found = Sensitivity {
                hanging: Vec::new(),
                candidates: candidates.len(),
                tried: 0,
                units: without_each(definition, counted),
            };
            let mut anew = 0;
            for id in candidates.into_iter().take(MOST) {
                let Some(said) = self.assertion_or_correction(id)? else { continue };
                let Some(fall) = self.fall_of_assertion(id)? else { continue };
                let kind = definition.unit.kind();
                let own = definition.unit != Unit::Perpetrator
                    // A finding on something else may rest on it, and be what the count goes by.
                    && fall.subjects.iter().all(|subject| subject.kind() == kind)
                    // A name may be one that the definition goes by.
                    && said.variable != Variable::Name;
                if !own {
                    anew += 1;
                    if anew > MOST_ANEW {
                        continue;
                    }
                }
                found.tried += 1;
                let fallen = &fall.assertions;
                let after = match own {
                    true => {
                        let around = |casebook: &Casebook| {
                            let rows = casebook.around(&fall.subjects, counted.as_of)?;
                            let units =
                                rows.values().flat_map(|row| prepared.place(definition, row));
                            Ok(units.collect::<Vec<CountedUnit>>())
                        };
                        let (was, is) = (around(self)?, self.supposing(fallen, around)?);
                        replaced(counted, &was, is)
                    }
                    false => {
                        self.supposing(fallen, |casebook| {
                            casebook.count(definition, counted.as_of)
                        })?
                        .units
                    }
                };
                found.hanging.extend(self.hangs(definition, counted, id, after)?);
            }
            found.hanging.sort_by_key(|one| (std::cmp::Reverse(one.shifts.len()), one.assertion));
            Ok(found)
        })
    }

    /// What would change with one assertion; `None` if nothing does.
    fn hangs(
        &self,
        definition: &Definition,
        counted: &Counted,
        assertion: AssertionId,
        after: Vec<CountedUnit>,
    ) -> Result<Option<Hanging>> {
        let shifts = self.shifts_of(&counted.units, &after, counted.as_of)?;
        let mut tallies = Tallies::default();
        for unit in &after {
            tallies.add(&unit.placing, definition.sum.is_some());
        }
        let (before, now) = (&counted.tallies, &tallies);
        let figures = |tallies: &Tallies| {
            [&tallies.strict, &tallies.lenient].map(|tally| (tally.range(), tally.denominator()))
        };
        let unsettled = before.strict.is_final() && !now.strict.is_final();
        let moves = !shifts.is_empty() || figures(before) != figures(now) || unsettled;
        Ok(moves.then_some(Hanging { assertion, shifts, tallies }))
    }

    /// The assertions on which the places of units rest: those behind the values that decide, within the
    /// denominator and of it, and those that findings name.
    fn candidates(&self, counted: &Counted) -> Result<BTreeSet<AssertionId>> {
        let mut found = BTreeSet::new();
        let grounds = |unit: &'_ CountedUnit| -> Vec<Ground> {
            [&unit.placing.strict, &unit.placing.lenient]
                .into_iter()
                .flat_map(|placed| placed.grounds.iter().chain(&placed.admitted).cloned())
                .collect()
        };
        for ground in counted.units.iter().flat_map(grounds) {
            let Some(held) = ground.held else { continue };
            if let Basis::Finding(id) = held.basis
                && let Some((judgment, ..)) = self.judgment(id)?
            {
                found.extend(judgment.rests_on().iter().copied());
            }
            found.extend(held.support.into_iter().chain(held.against));
        }
        Ok(found)
    }
}

/// The figures without each unit of the denominator of either reading.
fn without_each(definition: &Definition, counted: &Counted) -> Vec<Without> {
    let mut found: Vec<Without> = Vec::new();
    if counted.units.len() > MOST_UNITS {
        return found;
    }
    let figures = |tallies: &Tallies| {
        [&tallies.strict, &tallies.lenient].map(|tally| (tally.range(), tally.denominator()))
    };
    for (at, unit) in counted.units.iter().enumerate() {
        let mut tallies = Tallies::default();
        let others = counted.units.iter().enumerate().filter(|(other, _)| *other != at);
        for (_, other) in others {
            tallies.add(&other.placing, definition.sum.is_some());
        }
        // Those apart are in no figure.
        if figures(&tallies) == figures(&counted.tallies) {
            continue;
        }
        match found.iter_mut().find(|one| figures(&one.tallies) == figures(&tallies)) {
            Some(same) => same.units.push(unit.placing.id),
            None => found.push(Without {
                units: vec![unit.placing.id],
                name: unit.name.clone(),
                tallies,
            }),
        }
    }
    found.sort_by_key(|one| (std::cmp::Reverse(one.units.len()), one.units.first().copied()));
    found
}

/// The units of a count with some of them placed anew.
fn replaced(counted: &Counted, was: &[CountedUnit], is: Vec<CountedUnit>) -> Vec<CountedUnit> {
    let touched: BTreeSet<UnitId> = was.iter().map(|unit| unit.placing.id).collect();
    let mut units: BTreeMap<UnitId, CountedUnit> = counted
        .units
        .iter()
        .filter(|unit| !touched.contains(&unit.placing.id))
        .map(|unit| (unit.placing.id, unit.clone()))
        .collect();
    let listed = is.into_iter().filter(CountedUnit::is_listed);
    units.extend(listed.map(|unit| (unit.placing.id, unit)));
    units.into_values().collect()
}

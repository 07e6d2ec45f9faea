//! The place of each name.

use crate::analysis::{Analysis, Report};
use crate::context::{Chances, TOGETHER, TOGETHER_NAMES, together};
use crate::feature::{ALONE, alone};
use crate::gazetteer::{EntryId, Gazetteer};
use crate::home::Home;
use crate::sure::{SURE, sure};
use crate::weights::{self, Weights};

/// How often names are placed anew by what the others mean.
pub const ROUNDS: usize = 2;

/// Where a name lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The entry of the gazetteer.
    pub id: EntryId,
    /// How sure it is that this is the place, and not another of the name or one that the gazetteer has
    /// not, in percent, never 0 and never 100.
    pub percent: u8,
    /// What spoke for and against it, the strongest first, in hundredths of log-odds.
    pub reasons: Vec<Reason>,
}

/// A feature of an entry that was placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which it is, one of [`TOGETHER_NAMES`].
    pub feature: &'static str,
    /// Its value, in percent.
    pub value: i32,
    /// What it adds, in hundredths of log-odds.
    pub adds: i32,
}

/// Weights by which names are placed.
#[derive(Clone, Copy, Debug)]
pub struct Model<'w> {
    /// For an entry by itself.
    pub alone: &'w Weights<ALONE>,
    /// For all names together.
    pub together: &'w Weights<TOGETHER>,
    /// For how sure it is that the likeliest is the place.
    pub sure: &'w Weights<SURE>,
}

impl Model<'static> {
    /// The weights that ship.
    pub fn own() -> Model<'static> {
        Model { alone: weights::alone(), together: weights::together(), sure: weights::sure() }
    }
}

/// Reports of one source, looked up once and placed with one another.
#[derive(Debug)]
pub struct Reports<'g> {
    gazetteer: &'g Gazetteer,
    analyses: Vec<Analysis>,
    alone: Vec<Vec<Vec<[i32; ALONE]>>>,
}

impl<'g> Reports<'g> {
    /// Looks up the names of reports. Reports without a source stand alone, each in a set of its own.
    pub fn of(gazetteer: &'g Gazetteer, reports: &[Report<'_>]) -> Reports<'g> {
        let analyses: Vec<Analysis> =
            reports.iter().map(|report| Analysis::of(gazetteer, report)).collect();
        let alone = analyses.iter().map(|analysis| alone(gazetteer, analysis)).collect();
        Reports { gazetteer, analyses, alone }
    }

    /// What is known of each report.
    pub fn analyses(&self) -> &[Analysis] {
        &self.analyses
    }

    /// The values of each entry by itself, of each report.
    pub fn alone(&self) -> &[Vec<Vec<[i32; ALONE]>>] {
        &self.alone
    }

    /// How likely each entry is by itself, of each report.
    pub fn first(&self, weights: &Weights<ALONE>) -> Vec<Chances> {
        self.alone.iter().map(|values| weights.chances(values)).collect()
    }

    /// The values of all features, of each report, given how likely each entry was before.
    pub fn together(&self, chances: &[Chances]) -> Vec<Vec<Vec<[i32; TOGETHER]>>> {
        // One report says nothing of its source that its own names do not say.
        let home = (self.analyses.len() > 1)
            .then(|| Home::of(self.gazetteer, self.analyses.iter().zip(chances)));
        let each = self.analyses.iter().zip(&self.alone).zip(chances);
        each.map(|((analysis, alone), chances)| {
            together(self.gazetteer, analysis, alone, chances, home.as_ref())
        })
        .collect()
    }

    /// The place of each toponym of each report; of a name that the gazetteer has not, none.
    pub fn placed(&self, model: &Model<'_>) -> Vec<Vec<Option<Placed>>> {
        let mut chances = self.first(model.alone);
        let mut values = Vec::new();
        for _ in 0..ROUNDS {
            values = self.together(&chances);
            chances = values.iter().map(|values| model.together.chances(values)).collect();
        }
        let each = self.analyses.iter().zip(&values).zip(&chances);
        each.map(|((analysis, values), chances)| {
            let many = analysis.names.iter().map(|name| name.toponyms.len()).sum();
            let mut placed = vec![None; many];
            for ((name, values), chances) in analysis.names.iter().zip(values).zip(chances) {
                let Some(best) = best(chances) else { continue };
                let found = Placed {
                    id: name.candidates[best].id,
                    percent: model.sure.percent(&sure(&model.together.scores(values), best)),
                    reasons: reasons(model.together, &values[best]),
                };
                name.toponyms.iter().for_each(|at| placed[*at] = Some(found.clone()));
            }
            placed
        })
        .collect()
    }
}

/// The place of each toponym of a report by itself; of a name that the gazetteer has not, none.
pub fn place(report: &Report<'_>) -> Vec<Option<Placed>> {
    let reports = Reports::of(Gazetteer::own(), std::slice::from_ref(report));
    reports.placed(&Model::own()).pop().unwrap_or_default()
}

/// The likeliest, and of those alike the one that is spoken of most.
pub fn best(chances: &[u32]) -> Option<usize> {
    (0..chances.len()).min_by_key(|at| (std::cmp::Reverse(chances[*at]), *at))
}

fn reasons(weights: &Weights<TOGETHER>, values: &[i32; TOGETHER]) -> Vec<Reason> {
    let parts = weights.parts(values);
    let mut reasons: Vec<Reason> = (0..TOGETHER)
        .filter(|at| parts[*at] != 0)
        .map(|at| Reason { feature: TOGETHER_NAMES[at], value: values[at], adds: parts[at] })
        .collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.adds.abs()));
    reasons
}

#[cfg(test)]
mod tests;

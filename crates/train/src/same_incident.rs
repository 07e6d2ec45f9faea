//! The weights by which reports of incidents are compared.

use std::collections::{BTreeMap, HashMap};

use throughline_eval::bench::clusters::{self, Gold, Score as Found};
use throughline_eval::bench::reports;
use throughline_eval::bench::resolver::{Seen, in_order};
use throughline_linear::logistic;
use throughline_resolve::incident::{FEATURES, Feature, Report, candidates, compare, group_by};
use throughline_resolve::{Score, Weights};

use crate::{Bench, Error};

/// How much weights are drawn to zero.
pub const L2: f64 = 1.0;

/// The dated reports, and their gold.
pub const GVA: (&str, &str) = ("same-incident/gva/docs.jsonl", "same-incident/gva/gold.jsonl");

/// The reports without dates, and their gold.
pub const ECB: (&str, &str) =
    ("same-incident/ecb/docs.train.jsonl", "same-incident/ecb/gold_docs.train.jsonl");

/// Reports without dates that no weights are made of, and their gold.
pub const ECB_DEV: (&str, &str) =
    ("same-incident/ecb/docs.dev.jsonl", "same-incident/ecb/gold_docs.dev.jsonl");

/// How many parts the incidents are cut into to be cross-validated.
const PARTS: usize = 5;

/// Reports in the order in which they are joined, each with its incident.
pub struct Pool {
    ids: Vec<String>,
    seen: Vec<Seen>,
    /// By number, in the order in which they are met.
    incidents: Vec<usize>,
    gold: Vec<Gold>,
}

/// Two reports, by their places in a pool.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    later: usize,
    earlier: usize,
    values: [i32; FEATURES],
    same: bool,
}

impl Pool {
    /// Reads the reports of a bench, those that have an incident in the gold.
    ///
    /// # Errors
    /// If the bench cannot be read.
    pub fn read(bench: &Bench, (documents, gold): (&str, &str)) -> Result<Pool, Error> {
        let answers =
            clusters::gold(&bench.text(gold)?).map_err(|cause| bench.wrong(gold, cause))?;
        let by_id: HashMap<&str, &str> =
            answers.iter().map(|one| (one.id.as_str(), one.group.as_str())).collect();
        let texts = reports::documents(&bench.text(documents)?);
        let texts = texts.map_err(|cause| bench.wrong(documents, cause))?;
        let mut all: Vec<(String, Seen)> = texts
            .iter()
            .filter(|(id, _)| by_id.contains_key(id.as_str()))
            .map(|(id, document)| (id.clone(), Seen::of(document)))
            .collect();
        in_order(&mut all);
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let mut incidents = Vec::with_capacity(all.len());
        for (id, _) in &all {
            let next = numbers.len();
            incidents.push(*numbers.entry(by_id[id.as_str()]).or_insert(next));
        }
        let (ids, seen) = all.into_iter().unzip();
        Ok(Pool { ids, seen, incidents, gold: answers })
    }

    fn reports(&self) -> Vec<Report<'_>> {
        self.seen.iter().map(Seen::report).collect()
    }

    /// Every report with the earlier ones that share most of its rare words.
    pub fn examples(&self) -> Vec<Example> {
        let reports = self.reports();
        let pairs = candidates(&reports).into_iter().enumerate();
        let example = |later: usize, earlier: usize| Example {
            later,
            earlier,
            values: compare(&reports[later], &reports[earlier]),
            same: self.incidents[later] == self.incidents[earlier],
        };
        pairs
            .flat_map(|(later, of)| of.into_iter().map(move |at| (later, at)))
            .map(|(later, earlier)| example(later, earlier))
            .collect()
    }

    /// How well the reports are grouped where each is compared by weights that saw no report of the
    /// incidents in its part; without some of the features.
    pub fn cross_validated(&self, examples: &[Example], without: &[Feature]) -> Found {
        let part = |report: usize| self.incidents[report] % PARTS;
        let weights: Vec<Weights<FEATURES>> = (0..PARTS)
            .map(|out| {
                let own = |one: &&Example| part(one.later) != out && part(one.earlier) != out;
                fit(examples.iter().filter(own), without)
            })
            .collect();
        self.found(|report| &weights[part(report)])
    }

    /// How well the reports are grouped by weights, those of the later of two.
    pub fn found<'w>(&self, weights: impl Fn(usize) -> &'w Weights<FEATURES>) -> Found {
        let reports = self.reports();
        let score = |later: usize, earlier: usize| -> Score {
            weights(later).score(&compare(&reports[later], &reports[earlier]))
        };
        let groups = group_by(&reports, score);
        let predicted = self.ids.iter().cloned().zip(groups.iter().map(usize::to_string)).collect();
        clusters::score(&self.gold, &predicted)
    }
}

/// Weights from examples; those of some features nothing.
pub fn fit<'e>(
    examples: impl Iterator<Item = &'e Example>,
    without: &[Feature],
) -> Weights<FEATURES> {
    let left_out = |at: usize| without.iter().any(|feature| *feature as usize == at);
    let (mut rows, mut labels) = (Vec::new(), Vec::new());
    for example in examples {
        let values = example.values.iter().enumerate();
        let value = |(at, value): (usize, &i32)| match left_out(at) {
            true => 0.0,
            false => f64::from(*value) / 100.0,
        };
        rows.push(values.map(value).collect());
        labels.push(example.same);
    }
    let weights = logistic::fit(&rows, &labels, L2);
    let hundredths = |at: usize| {
        weights.get(at).map_or(0, |weight| (weight * 100.0).round().clamp(-1e6, 1e6) as i32)
    };
    Weights { bias: hundredths(0), of: std::array::from_fn(|at| hundredths(at + 1)) }
}

//! Series: incidents that belong together, what ties them, and how much of that stands if ties are
//! missing.
//!
//! Two incidents belong to one series if a path of at most the rule's ties leads from one to the other;
//! a series is all that such paths hold together. The record of no plot is complete, and the ties that
//! nobody wrote down are missing from every network: so a share of the ties is left out at random, over
//! and over, and it is counted what still hangs together (Borgatti, Carley and Krackhardt 2006 try
//! measures of networks so).

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{SubjectKind, Variable};

use crate::network::{Bond, Network};
use crate::rule::Rule;
use crate::sets::Sets;

/// Incidents that hang together.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// The incidents, two or more.
    pub incidents: Vec<usize>,
    /// What is tied to several of them, by record.
    pub through: Vec<Through>,
    /// How much of it stands if ties are missing.
    pub stands: Stands,
}

/// What holds a series together: a record that a path from each of several of its incidents reaches by
/// half of the rule's ties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Through {
    /// The record.
    pub record: usize,
    /// The incidents.
    pub incidents: Vec<usize>,
}

/// How much of a series stands if ties are missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stands {
    /// Of its pairs of incidents, the share that still belong to one series, on the mean.
    pub pairs: f64,
    /// Of the draws, the share in which all of it does.
    pub whole: f64,
}

/// Which ties are left out to see what stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Missing {
    /// The share of the ties.
    pub share: f64,
    /// How often it is drawn.
    pub draws: usize,
    /// Where drawing begins: equal seeds draw alike.
    pub seed: u64,
}

impl Default for Missing {
    /// A tenth, five hundred times.
    fn default() -> Missing {
        Missing { share: 0.1, draws: 500, seed: 1 }
    }
}

impl Network {
    /// The series of incidents by paths of at most the rule's ties, of which an even number counts, the
    /// largest first. Parts of one incident by themselves are no series.
    pub fn series(&self, rule: &Rule, missing: &Missing) -> Vec<Series> {
        let is_incident = |record: &usize| self.id(*record).kind() == SubjectKind::Incident;
        let incidents: Vec<usize> = (0..self.len()).filter(is_incident).collect();
        let mut parts = self.joined_by(Variable::PartOf);
        let mut series: Vec<Series> = self
            .together(&incidents, rule, &|_| true)
            .into_iter()
            .filter(|some| {
                some.iter().map(|one| parts.root(*one)).collect::<BTreeSet<_>>().len() > 1
            })
            .map(|incidents| Series {
                through: self.through(&incidents, rule),
                stands: self.stands(&incidents, rule, missing),
                incidents,
            })
            .collect();
        series.sort_by_key(|one| (std::cmp::Reverse(one.incidents.len()), one.incidents[0]));
        series
    }

    /// The sets that paths of at most the rule's ties make of some incidents, if only some ties are
    /// there; sets of one are left out.
    fn together(
        &self,
        incidents: &[usize],
        rule: &Rule,
        there: &dyn Fn(usize) -> bool,
    ) -> Vec<Vec<usize>> {
        let mut sets = Sets::new(self.len());
        for &incident in incidents {
            for record in self.ball(incident, rule, there) {
                // Half of a path from one incident meets half of one from another.
                let meets = record == incident || rule.passes(self, record);
                if meets || self.id(record).kind() == SubjectKind::Incident {
                    sets.join(incident, record);
                }
            }
        }
        let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &incident in incidents {
            found.entry(sets.root(incident)).or_default().push(incident);
        }
        found.into_values().filter(|some| some.len() > 1).collect()
    }

    /// The records within half of the rule's ties of an incident, itself included.
    fn ball(&self, from: usize, rule: &Rule, there: &dyn Fn(usize) -> bool) -> BTreeSet<usize> {
        let mut met = BTreeSet::from([from]);
        let mut layer = vec![from];
        for ties in 0..=rule.ties / 2 {
            // First all that is one with what was reached, then what is a tie away.
            let mut open = layer.clone();
            let mut next = Vec::new();
            while let Some(at) = open.pop() {
                if at != from && !rule.passes(self, at) {
                    continue;
                }
                for (place, bond) in self.bonds_of(at) {
                    let other = bond.beyond(at);
                    let reached = bond.length == 0 || ties < rule.ties / 2;
                    if !reached || !there(place) || met.contains(&other) {
                        continue;
                    }
                    match bond.length {
                        0 => {
                            met.insert(other);
                            open.push(other);
                        }
                        _ => next.push(other),
                    }
                }
            }
            next.retain(|at| met.insert(*at));
            layer = next;
        }
        met
    }

    fn through(&self, incidents: &[usize], rule: &Rule) -> Vec<Through> {
        let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &incident in incidents {
            for record in self.ball(incident, rule, &|_| true) {
                if self.id(record).kind() != SubjectKind::Incident && rule.passes(self, record) {
                    found.entry(record).or_default().push(incident);
                }
            }
        }
        let several = found.into_iter().filter(|(_, of)| of.len() > 1);
        several.map(|(record, incidents)| Through { record, incidents }).collect()
    }

    fn stands(&self, incidents: &[usize], rule: &Rule, missing: &Missing) -> Stands {
        let of = |many: usize| (many * (many - 1) / 2) as f64;
        let mut random = fastrand::Rng::with_seed(missing.seed);
        let (mut pairs, mut whole) = (0.0, 0);
        for _ in 0..missing.draws {
            let draw = random.u64(..);
            // The same tie is missing from whichever end it is come to.
            let there = |place: usize| {
                let bond: &Bond = &self.bonds()[place];
                let own = draw.wrapping_add((place as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
                bond.length == 0 || fastrand::Rng::with_seed(own).f64() >= missing.share
            };
            let left = self.together(incidents, rule, &there);
            pairs += left.iter().map(|some| of(some.len())).sum::<f64>() / of(incidents.len());
            whole += usize::from(left.iter().any(|some| some.len() == incidents.len()));
        }
        let draws = missing.draws.max(1) as f64;
        Stands { pairs: pairs / draws, whole: whole as f64 / draws }
    }
}

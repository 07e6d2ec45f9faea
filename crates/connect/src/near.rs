//! The incidents nearest to one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use throughline_model::SubjectKind;

use crate::network::Network;
use crate::path::{Path, pass};
use crate::rule::Rule;

/// An incident near another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The incident.
    pub record: usize,
    /// The best path to it.
    pub path: Path,
}

impl Network {
    /// The incidents nearest to one, at most `wanted`: by how many ties lie between, then by what
    /// the best path of so many costs, then by id.
    pub fn nearest(&self, from: usize, rule: &Rule, wanted: usize) -> Vec<Near> {
        let mut found: Vec<Near> = Vec::new();
        for (ties, records) in self.rings(from, rule, wanted) {
            let rule = Rule { ties, ..*rule };
            let best =
                |record| Some(Near { record, path: self.paths(from, record, &rule, 1).0.pop()? });
            let mut ring: Vec<Near> = records.into_iter().filter_map(best).collect();
            ring.sort_by_key(|near| (near.path.cost, near.record));
            found.extend(ring);
        }
        found.truncate(wanted);
        found
    }

    /// The incidents by how many ties lie between, ring by ring, until there are enough; of a ring
    /// with more than is wanted, those of least cost.
    fn rings(&self, from: usize, rule: &Rule, wanted: usize) -> Vec<(usize, Vec<usize>)> {
        let mut reached: BTreeMap<usize, (usize, u32)> = BTreeMap::from([(from, (0, 0))]);
        let mut layer: BTreeMap<usize, u32> = BTreeMap::from([(from, 0)]);
        let mut rings = Vec::new();
        let mut many = 0;
        for ties in 0..=rule.ties {
            let mut ring: Vec<(u32, usize)> = Vec::new();
            let mut open: BinaryHeap<Reverse<(u32, usize)>> =
                layer.iter().map(|(at, cost)| Reverse((*cost, *at))).collect();
            let mut next: BTreeMap<usize, u32> = BTreeMap::new();
            while let Some(Reverse((cost, at))) = open.pop() {
                if reached.get(&at) != Some(&(ties, cost)) {
                    continue;
                }
                if at != from && self.id(at).kind() == SubjectKind::Incident {
                    ring.push((cost, at));
                }
                let through = if at == from { 0 } else { pass(self.degree(at)) };
                for (_, bond) in self.bonds_of(at) {
                    let (other, after) = (bond.beyond(at), ties + bond.length);
                    let may = at == from || rule.passes(self, at);
                    let cost = cost + through + bond.cost();
                    if !may || after > rule.ties {
                        continue;
                    }
                    match bond.length {
                        0 if reached.get(&other).is_none_or(|old| (ties, cost) < *old) => {
                            reached.insert(other, (ties, cost));
                            open.push(Reverse((cost, other)));
                        }
                        0 => {}
                        _ => {
                            let least = next.entry(other).or_insert(cost);
                            *least = cost.min(*least);
                        }
                    }
                }
            }
            ring.sort_unstable();
            ring.truncate(wanted - many);
            many += ring.len();
            if !ring.is_empty() {
                rings.push((ties, ring.into_iter().map(|(_, at)| at).collect()));
            }
            if many == wanted {
                break;
            }
            next.retain(|at, cost| {
                let new = !reached.contains_key(at);
                if new {
                    reached.insert(*at, (ties + 1, *cost));
                }
                new
            });
            layer = next;
        }
        rings
    }
}

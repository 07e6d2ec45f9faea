//! What judgments say of units: which are tied, and which are held apart.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{Edtf, Join, MentionId};

use crate::{Links, unit::Unit};

/// Units tied by judgments, over any number of links, those to mentions out of view included.
pub(super) struct Clusters {
    /// Each below `many`.
    pub(super) of_unit: Vec<usize>,
    pub(super) many: usize,
    apart: BTreeMap<usize, BTreeSet<usize>>,
}

impl Clusters {
    pub(super) fn of(units: &[Unit], links: &Links) -> Clusters {
        if links.is_empty() {
            let many = units.len();
            return Clusters { of_unit: (0..many).collect(), many, apart: BTreeMap::new() };
        }
        let mut sets = Sets::default();
        for unit in units {
            let first = sets.index(unit.mentions[0].id);
            for mention in &unit.mentions {
                let at = sets.index(mention.id);
                sets.join(first, at);
            }
        }
        let own: Vec<MentionId> =
            units.iter().flat_map(|u| u.mentions.iter().map(|m| m.id)).collect();
        let mut reached: BTreeSet<MentionId> = BTreeSet::new();
        for &mention in own.iter().filter(|&&mention| !links.same_as(mention).is_empty()) {
            if !reached.contains(&mention) {
                reached.extend(links.reach(mention));
            }
        }
        let everybody: BTreeSet<MentionId> =
            own.iter().copied().chain(reached.iter().copied()).collect();
        let apart: Vec<(usize, usize)> = everybody
            .iter()
            .flat_map(|&a| links.apart_from(a).iter().map(move |&b| (a, b)))
            .map(|(a, b)| (sets.index(a), sets.index(b)))
            .collect();
        // In the order of the judgments' ids, so that the outcome does not hang on arrival.
        let mut same: Vec<_> = reached.iter().flat_map(|&at| links.same_as(at)).collect();
        same.sort_by_key(|link| link.judgment);
        same.dedup();
        for link in same {
            let (a, b) = (sets.index(link.a), sets.index(link.b));
            let (a, b) = (sets.root(a), sets.root(b));
            let kept_apart = apart.iter().any(|&(x, y)| {
                let pair = (sets.root(x), sets.root(y));
                pair == (a, b) || pair == (b, a)
            });
            if !kept_apart {
                sets.join(a, b);
            }
        }
        let of_unit = units.iter().map(|unit| sets.index(unit.mentions[0].id)).collect::<Vec<_>>();
        let of_unit = of_unit.into_iter().map(|at| sets.root(at)).collect();
        let mut apart_of: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (a, b) in apart {
            let (a, b) = (sets.root(a), sets.root(b));
            apart_of.entry(a).or_default().insert(b);
            apart_of.entry(b).or_default().insert(a);
        }
        Clusters { of_unit, many: sets.parent.len(), apart: apart_of }
    }

    /// Whether a judgment tells a cluster from any other.
    pub(super) fn has_apart(&self, cluster: usize) -> bool {
        self.apart.contains_key(&cluster)
    }

    /// Whether a cluster is judged apart from any of a record's.
    pub(super) fn are_apart(&self, cluster: usize, record: &BTreeSet<usize>) -> bool {
        self.apart.get(&cluster).is_some_and(|apart| !apart.is_disjoint(record))
    }

    /// Why a unit belongs to a record by judgment: the judgments that lead from it to the nearest
    /// mention of the record.
    pub(super) fn judged_join(&self, unit: &Unit, record: &[&Unit], links: &Links) -> Join {
        let mut best: Option<(usize, MentionId, MentionId)> = None;
        for from in &unit.mentions {
            let near = links.distances(from.id);
            if near.len() < 2 {
                continue;
            }
            for to in record.iter().flat_map(|other| &other.mentions) {
                let Some(&links) = near.get(&to.id) else { continue };
                if best.is_none_or(|(fewest, ..)| links < fewest) {
                    best = Some((links, from.id, to.id));
                }
            }
        }
        let best = best.and_then(|(_, from, to)| Some((links.path(from, to)?, from, to)));
        match best {
            Some((path, mention, to)) => {
                let words: Vec<String> =
                    path.iter().map(|link| link.judgment.to_string()).collect();
                let since = match path.iter().any(|link| link.since.is_none()) {
                    true => None,
                    false => path.iter().filter_map(|l| l.since.clone()).max_by_key(Edtf::latest),
                };
                Join {
                    mention,
                    to,
                    since,
                    reason: format!("judged to be the same ({})", words.join(", ")),
                    judgment: path.first().map(|link| link.judgment),
                }
            }
            // Parts of one local, tied to the record through a unit of the same cluster.
            None => Join {
                mention: unit.mentions[0].id,
                to: record[0].mentions[0].id,
                since: unit.local.published.clone(),
                reason: "tied by judgments through other mentions of its document".to_owned(),
                judgment: None,
            },
        }
    }
}

/// Disjoint sets of mentions.
#[derive(Default)]
struct Sets {
    index: BTreeMap<MentionId, usize>,
    parent: Vec<usize>,
}

impl Sets {
    fn index(&mut self, mention: MentionId) -> usize {
        let next = self.parent.len();
        let at = *self.index.entry(mention).or_insert(next);
        if at == next {
            self.parent.push(next);
        }
        at
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

//! How near records lie to one, over the second half of the ties that a path may have.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use crate::network::Network;
use crate::path::pass;
use crate::rule::Rule;

/// How cheaply a record is reached from others, by the ties that are left.
pub(crate) struct Reach {
    /// The most ties that were looked at.
    half: usize,
    /// The least cost of each number of ties; `u32::MAX` where the record is not reached.
    costs: BTreeMap<usize, Vec<u32>>,
}

impl Reach {
    /// Looks around a record. What is found is never too dear: it leaves out what a path may pass.
    pub(crate) fn of(network: &Network, to: usize, rule: &Rule) -> Reach {
        let half = rule.ties / 2;
        let mut reach = Reach { half, costs: BTreeMap::from([(to, vec![0; half + 1])]) };
        let mut layer: Vec<usize> = vec![to];
        for ties in 0..=half {
            let mut open: BinaryHeap<Reverse<(u32, usize)>> = BinaryHeap::new();
            open.extend(layer.drain(..).map(|at| Reverse((reach.cost(at, ties), at))));
            while let Some(Reverse((cost, at))) = open.pop() {
                if cost > reach.cost(at, ties) {
                    continue;
                }
                let through = if at == to { 0 } else { pass(network.degree(at)) };
                for (_, bond) in network.bonds_of(at).filter(|(_, bond)| ties + bond.length <= half)
                {
                    let (other, cost) = (bond.beyond(at), cost + through + bond.cost());
                    let ties = ties + bond.length;
                    if cost < reach.cost(other, ties) {
                        let none = || vec![u32::MAX; half + 1];
                        let own = reach.costs.entry(other).or_insert_with(none);
                        own[ties..].iter_mut().for_each(|old| *old = cost.min(*old));
                        match bond.length {
                            0 => open.push(Reverse((cost, other))),
                            _ => layer.push(other),
                        }
                    }
                }
            }
        }
        reach
    }

    /// The least cost from a record with so many ties left, without that of passing the record
    /// itself; nothing, if that many were not looked at.
    pub(crate) fn cost(&self, record: usize, left: usize) -> u32 {
        match left > self.half {
            true => 0,
            false => self.costs.get(&record).map_or(u32::MAX, |own| own[left]),
        }
    }

    /// Whether a record may be within so many ties.
    pub(crate) fn within(&self, record: usize, left: usize) -> bool {
        self.cost(record, left) < u32::MAX
    }
}

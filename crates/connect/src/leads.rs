//! Leads: pairs of incidents by how surprising it is that they have in common what they have.
//!
//! That two incidents share a fact surprises the more the rarer it is, and the less the more is
//! written of either: of a well-documented plot somebody has noted everything that others share.
//! So the chance that an incident with k facts has one that f incidents have is taken for
//! 1 − exp(−k·f/m), m being all facts of all incidents (Chung and Lu's random graph with given
//! degrees), and a shared fact is worth the bits of the chance that both have it. From the sum is
//! taken what chance alone would give incidents of which so much is written.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Facts, What};
use crate::network::Network;

/// Into how many parts leads are cut by how much is written of their incidents.
const STRATA: usize = 10;

/// Something that both incidents of a lead have.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// What it is.
    pub what: What,
    /// How many incidents have it.
    pub incidents: usize,
    /// How surprising it is that these two have it, in bits.
    pub bits: f64,
}

/// Two incidents and what they have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Lead {
    /// The record of the one incident, the lesser.
    pub a: usize,
    /// The record of the other.
    pub b: usize,
    /// The surprise, in bits: that of what is shared, less what chance would give.
    pub bits: f64,
    /// What chance would give incidents of which so much is written, in bits.
    pub expected: f64,
    /// The control: the product of how many facts are written of each, which knows nothing else.
    pub coverage: usize,
    /// Of the leads on which about as much is written, the share that are less surprising.
    pub above: f64,
    /// What they have in common, the most surprising first.
    pub shared: Vec<Shared>,
}

/// The most surprising pairs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leads {
    /// The leads, the most surprising first.
    pub found: Vec<Lead>,
    /// Those that somebody looked at and judged to be none, the most surprising first.
    pub unrelated: Vec<Lead>,
    /// How many pairs have something in common, listed or not.
    pub pairs: usize,
    /// How many incidents there are of which a fact is known.
    pub incidents: usize,
    /// What too many share to count for anything.
    pub left_out: Vec<What>,
}

/// A pair as long as all are held.
struct Pair {
    a: u32,
    b: u32,
    bits: f64,
    coverage: u64,
}

impl Leads {
    /// The pairs of incidents with something in common, at most `wanted`. Parts of one incident are
    /// no pair.
    pub fn of(network: &Network, hub: usize, wanted: usize) -> Leads {
        Leads::without(network, hub, wanted, &BTreeSet::new())
    }

    /// The same with the `unrelated` pairs apart, each given with the lesser record first.
    pub fn without(
        network: &Network,
        hub: usize,
        wanted: usize,
        unrelated: &BTreeSet<[usize; 2]>,
    ) -> Leads {
        let facts = Facts::of(network, hub);
        let mut chance = Chance::of(&facts);
        let mut pairs = pairs(&facts, &mut chance);
        let above = Above::of(&pairs);
        pairs.sort_by(|one, other| {
            other.bits.total_cmp(&one.bits).then((one.a, one.b).cmp(&(other.a, other.b)))
        });
        let many = pairs.len();
        let (judged, mut open): (Vec<Pair>, Vec<Pair>) = pairs.into_iter().partition(|pair| {
            !unrelated.is_empty()
                && unrelated.contains(&[pair.a, pair.b].map(|at| facts.incidents[at as usize]))
        });
        open.truncate(wanted);
        let mut told = |pairs: &[Pair]| -> Vec<Lead> {
            pairs.iter().map(|pair| lead(pair, &facts, &mut chance, &above)).collect()
        };
        Leads {
            found: told(&open),
            unrelated: told(&judged),
            pairs: many,
            incidents: facts.of.iter().filter(|own| !own.is_empty()).count(),
            left_out: facts.left_out,
        }
    }
}

fn pairs(facts: &Facts, chance: &mut Chance) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut bits: Vec<Option<f64>> = vec![None; facts.incidents.len()];
    let mut met: Vec<usize> = Vec::new();
    for (a, own) in facts.of.iter().enumerate() {
        for &fact in own {
            let having = &facts.all[fact].incidents;
            let after = having.partition_point(|other| *other <= a);
            for &b in &having[after..] {
                if facts.whole[a] == facts.whole[b] {
                    continue;
                }
                if bits[b].is_none() {
                    met.push(b);
                }
                let more = chance.bits(own.len(), facts.of[b].len(), having.len());
                *bits[b].get_or_insert(0.0) += more;
            }
        }
        for b in met.drain(..) {
            let (one, other) = (own.len(), facts.of[b].len());
            let bits = bits[b].take().unwrap_or_default() - chance.expected(one, other);
            let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let coverage = one as u64 * other as u64;
            pairs.push(Pair { a: narrow(a), b: narrow(b), bits, coverage });
        }
    }
    pairs
}

fn lead(pair: &Pair, facts: &Facts, chance: &mut Chance, above: &Above) -> Lead {
    let (a, b) = (pair.a as usize, pair.b as usize);
    let (one, other) = (&facts.of[a], &facts.of[b]);
    let both = one.iter().filter(|fact| other.binary_search(fact).is_ok());
    let mut shared: Vec<Shared> = both
        .map(|fact| {
            let fact = &facts.all[*fact];
            let incidents = fact.incidents.len();
            let bits = chance.bits(one.len(), other.len(), incidents);
            Shared { what: fact.what.clone(), incidents, bits }
        })
        .collect();
    shared.sort_by(|one, other| other.bits.total_cmp(&one.bits).then(one.what.cmp(&other.what)));
    Lead {
        a: facts.incidents[a],
        b: facts.incidents[b],
        bits: pair.bits,
        expected: chance.expected(one.len(), other.len()),
        coverage: one.len() * other.len(),
        above: above.share(pair),
        shared,
    }
}

/// How likely incidents have facts by chance.
pub(crate) struct Chance {
    /// All facts of all incidents.
    all: f64,
    /// How many facts so many incidents have.
    sizes: BTreeMap<usize, usize>,
    /// What chance gives incidents with so many facts each, once it is known.
    known: BTreeMap<(usize, usize), f64>,
}

impl Chance {
    pub(crate) fn of(facts: &Facts) -> Chance {
        let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
        for fact in &facts.all {
            *sizes.entry(fact.incidents.len()).or_default() += 1;
        }
        let all = sizes.iter().map(|(size, many)| size * many).sum::<usize>();
        Chance { all: all as f64, sizes, known: BTreeMap::new() }
    }

    /// The chance that two incidents with so many facts both have one that `having` incidents have.
    fn both(&self, one: usize, other: usize, having: usize) -> f64 {
        let has = |facts: usize| 1.0 - (-(facts as f64) * having as f64 / self.all).exp();
        has(one) * has(other)
    }

    /// How surprising that is, in bits.
    pub(crate) fn bits(&self, one: usize, other: usize, having: usize) -> f64 {
        -self.both(one, other, having).log2()
    }

    /// The bits that chance gives two incidents with so many facts.
    pub(crate) fn expected(&mut self, one: usize, other: usize) -> f64 {
        let key = (one.min(other), one.max(other));
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let of = |(size, many): (&usize, &usize)| {
            let both = self.both(one, other, *size);
            *many as f64 * both * -both.log2()
        };
        let sum = self.sizes.iter().map(of).sum();
        self.known.insert(key, sum);
        sum
    }
}

/// The surprise of all leads, by how much is written of them.
struct Above {
    cuts: Vec<u64>,
    strata: Vec<Vec<f64>>,
}

impl Above {
    fn of(pairs: &[Pair]) -> Above {
        let mut all: Vec<u64> = pairs.iter().map(|pair| pair.coverage).collect();
        all.sort_unstable();
        let mut cuts: Vec<u64> =
            (1..STRATA).filter_map(|part| all.get(all.len() * part / STRATA).copied()).collect();
        cuts.dedup();
        let mut strata = vec![Vec::new(); cuts.len() + 1];
        for pair in pairs {
            strata[cuts.partition_point(|cut| *cut <= pair.coverage)].push(pair.bits);
        }
        strata.iter_mut().for_each(|bits| bits.sort_unstable_by(f64::total_cmp));
        Above { cuts, strata }
    }

    /// The share of leads on which about as much is written that are less surprising.
    fn share(&self, pair: &Pair) -> f64 {
        let own = &self.strata[self.cuts.partition_point(|cut| *cut <= pair.coverage)];
        let less = own.partition_point(|bits| *bits < pair.bits);
        less as f64 / (own.len().saturating_sub(1)).max(1) as f64
    }
}

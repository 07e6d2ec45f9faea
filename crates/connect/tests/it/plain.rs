//! The plain references: everything tried, nothing clever.

use std::collections::{BTreeMap, BTreeSet};

use throughline_connect::*;
use throughline_model::*;

use crate::world::World;

/// A world as it could be seen on a day: mentions in the parts that identities make of them.
pub(crate) struct Plain<'w> {
    network: &'w Network,
    part: BTreeMap<MentionId, MentionId>,
    words: Vec<&'w Word>,
    rule: Rule,
}

fn length(word: &Word) -> Option<usize> {
    match word.kind.class()? {
        Class::Link => Some(1),
        Class::Same => Some(0),
        Class::Circumstance => None,
    }
}

impl<'w> Plain<'w> {
    /// On a day; `held` leaves out words that are not held.
    pub(crate) fn on(
        world: &'w World,
        network: &'w Network,
        rule: Rule,
        day: Day,
        held: bool,
    ) -> Plain<'w> {
        let mentions = world.subjects.iter().flat_map(|subject| &subject.mentions);
        let mut part: BTreeMap<MentionId, MentionId> = mentions.map(|id| (*id, *id)).collect();
        for identity in world.identities.iter().filter(|identity| identity.day <= day) {
            let (old, new) = (part[&identity.a], part[&identity.b]);
            part.values_mut().filter(|one| **one == old).for_each(|one| *one = new);
        }
        let alive = |word: &&Word| word.day <= day && (word.until > day || word.until == Day::MAX);
        let words = world.words.iter().filter(alive).filter(|word| word.held || !held).collect();
        Plain { network, part, words, rule }
    }

    fn record(&self, mention: MentionId) -> usize {
        self.network.record_at(mention).unwrap()
    }

    /// Whether a way of at most the rule's ties leads from a mention's part to another's, by trying
    /// all ways that pass no part twice.
    pub(crate) fn leads(&self, from: MentionId, to: MentionId) -> bool {
        let (from, to) = (self.part[&from], self.part[&to]);
        self.tries(from, to, from, 0, &mut BTreeSet::new())
    }

    fn tries(
        &self,
        at: MentionId,
        to: MentionId,
        start: MentionId,
        ties: usize,
        met: &mut BTreeSet<MentionId>,
    ) -> bool {
        if at == to {
            return true;
        }
        met.insert(at);
        let record = self.record(at);
        let found = self.words.iter().any(|word| {
            let Some(length) = length(word) else { return false };
            let (a, b) = (self.part[&word.from], self.part[&word.to]);
            if a == b || ![a, b].contains(&at) {
                return false;
            }
            let other = if a == at { b } else { a };
            let third = self.network.id(record).kind() == SubjectKind::Incident
                && !self.rule.through_incidents;
            let may = at == start || self.network.degree(record) <= self.rule.hub && !third;
            may && ties + length <= self.rule.ties
                && !met.contains(&other)
                && self.tries(other, to, start, ties + length, met)
        });
        met.remove(&at);
        found
    }

    /// Whether a way leads along these records, one step for each, of these lengths.
    pub(crate) fn leads_along(&self, records: &[usize], lengths: &[usize]) -> bool {
        let head = |record: usize| self.part[&self.network.id(record)];
        let mut here = BTreeSet::from([head(records[0])]);
        for (step, wanted) in records.windows(2).zip(lengths) {
            let mut there = BTreeSet::new();
            for word in self.words.iter().filter(|word| length(word) == Some(*wanted)) {
                for (a, b) in [(word.from, word.to), (word.to, word.from)] {
                    let (a, b) = (self.part[&a], self.part[&b]);
                    if (self.record(a), self.record(b)) == (step[0], step[1]) && here.contains(&a) {
                        there.insert(b);
                    }
                }
            }
            here = there;
        }
        here.contains(&head(*records.last().unwrap()))
    }
}

/// Every day on which anything became public.
pub(crate) fn days(world: &World) -> BTreeSet<Day> {
    let words = world.words.iter().map(|word| word.day);
    words.chain(world.identities.iter().map(|identity| identity.day)).chain([Day::MIN]).collect()
}

/// The first day on which one incident leads to another; `None` if none does.
pub(crate) fn first_day(
    world: &World,
    network: &Network,
    rule: Rule,
    (a, b): (usize, usize),
    held: bool,
) -> Option<Day> {
    let (a, b) = (network.id(a), network.id(b));
    let on = |day: &Day| Plain::on(world, network, rule, *day, held).leads(a, b);
    days(world).into_iter().find(on)
}

/// A path found by trying all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tried {
    pub(crate) cost: u32,
    pub(crate) records: Vec<usize>,
    pub(crate) lengths: Vec<usize>,
    pub(crate) day: Day,
}

impl Tried {
    pub(crate) fn ties(&self) -> usize {
        self.lengths.iter().sum()
    }
}

/// All paths between two records that pass none twice, best first.
pub(crate) fn all_paths(
    world: &World,
    network: &Network,
    rule: Rule,
    from: usize,
    to: usize,
) -> Vec<Tried> {
    let on = |day: Day| (day, Plain::on(world, network, rule, day, true));
    let every_day: Vec<(Day, Plain)> = days(world).into_iter().map(on).collect();
    let mut found = Vec::new();
    let start = Tried { cost: 0, records: vec![from], lengths: vec![], day: Day::MIN };
    go(&every_day, network, rule, to, start, &mut found);
    found.sort();
    found
}

fn go(
    every_day: &[(Day, Plain)],
    network: &Network,
    rule: Rule,
    to: usize,
    path: Tried,
    found: &mut Vec<Tried>,
) {
    let last = *path.records.last().unwrap();
    let start = path.records.len() == 1;
    if last == to {
        let mut days = every_day.iter();
        let along = |one: &&(Day, Plain)| one.1.leads_along(&path.records, &path.lengths);
        if let Some((day, _)) = days.find(along) {
            found.push(Tried { day: *day, ..path });
        }
        return;
    }
    for bond in network.bonds().iter().filter(|bond| bond.a == last || bond.b == last) {
        let other = bond.beyond(last);
        let third = network.id(last).kind() == SubjectKind::Incident && !rule.through_incidents;
        let may = start || network.degree(last) <= rule.hub && !third;
        if !may || path.records.contains(&other) || path.ties() + bond.length > rule.ties {
            continue;
        }
        let mut further = path.clone();
        let through = if start { 0 } else { bits(network.degree(last)) };
        let weak = bond.weakness;
        further.cost += if bond.length > 0 { 1000 } else { 100 }
            + through
            + 400 * u32::from(weak.contested)
            + 200 * u32::from(weak.hedged)
            + 100 * u32::from(weak.unreviewed);
        further.records.push(other);
        further.lengths.push(bond.length);
        go(every_day, network, rule, to, further, found);
    }
}

/// The logarithm in hundredths, to the digit for what small worlds have.
fn bits(degree: usize) -> u32 {
    let table = [0, 0, 100, 158, 200, 232, 258, 280, 300, 316, 332, 345];
    table[degree]
}

//! Paths between two incidents: the best distinct ones, and what each needs.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use throughline_model::Day;

use crate::bits::hundredths;
use crate::network::{Bond, Network, Via, price};
use crate::reach::Reach;
use crate::rule::Rule;
use crate::word::Weakness;

/// How many beginnings of paths are tried before the search is given up: in a dense network there
/// are more paths than anybody looks at.
const MOST_TRIED: usize = 200_000;

/// What passing through a record with so many ties costs: the bits that it takes to say which.
pub(crate) fn pass(degree: usize) -> u32 {
    hundredths(degree as u64)
}

/// What a path needs to hold, by place in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// A word, which leads to the next record.
    Word(usize),
    /// That two mentions of a record are one subject.
    Identity(usize),
}

impl Need {
    pub(crate) fn of(via: Via) -> Need {
        match via {
            Via::Word(at) => Need::Word(at as usize),
            Via::Identity(at) => Need::Identity(at as usize),
        }
    }
}

/// A way from one record to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The records, from the one asked for to the other.
    pub records: Vec<usize>,
    /// What it needs so as to be seen earliest, in the order of the way.
    pub needs: Vec<Need>,
    /// The latest day of what it needs: on it the path could first be seen. [`Day::MIN`] if it needs
    /// nothing that was published, [`Day::MAX`] if something is undated.
    pub day: Day,
    /// How many ties it counts.
    pub ties: usize,
    /// What it costs, in hundredths of bits and of the price of a tie; the least is the best.
    pub cost: u32,
}

/// A step of a path, with all that is held of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// From which record.
    pub from: usize,
    /// To which.
    pub to: usize,
    /// The word by which it could first be seen on this path.
    pub first: usize,
    /// All words held between the two, the first one among them.
    pub words: Vec<usize>,
    /// How weak the strongest of them is.
    pub weakness: Weakness,
    /// How many first speakers stand behind them.
    pub voices: usize,
}

impl Path {
    /// The way from a record by what it needs.
    pub(crate) fn of(network: &Network, from: usize, needs: Vec<Need>) -> Path {
        let mut path = Path { records: vec![from], needs, day: Day::MIN, ties: 0, cost: 0 };
        for need in &path.needs {
            let day = match need {
                Need::Identity(at) => network.identities()[*at].day,
                Need::Word(at) => {
                    let word = &network.words()[*at];
                    let here = path.records.last().copied();
                    let ends = [network.record_at(word.from), network.record_at(word.to)];
                    let other = ends.into_iter().flatten().find(|end| Some(*end) != here);
                    path.records.extend(other.or(here));
                    word.day
                }
            };
            path.day = path.day.max(day);
        }
        let steps = path.steps(network);
        for step in &steps {
            let length = network.words()[step.first].kind.class();
            let length = usize::from(length == Some(crate::Class::Link));
            path.ties += length;
            path.cost += price(length, step.weakness);
        }
        let inner = path.records.len().saturating_sub(1);
        let inner = path.records.get(1..inner).unwrap_or_default();
        path.cost += inner.iter().map(|record| pass(network.degree(*record))).sum::<u32>();
        path
    }

    /// The steps from record to record.
    pub fn steps(&self, network: &Network) -> Vec<Step> {
        let words = self.needs.iter().filter_map(|need| match need {
            Need::Word(at) => Some(*at),
            Need::Identity(_) => None,
        });
        let ends = self.records.windows(2);
        ends.zip(words)
            .map(|(ends, first)| {
                let (from, to) = (ends[0], ends[1]);
                let class = network.words()[first].kind.class();
                let alike =
                    |bond: &&Bond| (bond.length == 0) == (class == Some(crate::Class::Same));
                let bond = network.between(from, to).map(|(_, bond)| bond).find(alike);
                // What is not held has no bond, and stands for itself.
                let held = bond.filter(|bond| bond.words.contains(&first));
                let words = held.map_or_else(|| vec![first], |bond| bond.words.clone());
                let weakness = held.map_or(network.words()[first].weakness, |bond| bond.weakness);
                let voices = voices(network, words.iter().copied());
                Step { from, to, first, words, weakness, voices }
            })
            .collect()
    }

    /// The identities that it needs, by place in [`Network::identities`].
    pub fn identities(&self) -> impl Iterator<Item = usize> {
        self.needs.iter().filter_map(|need| match need {
            Need::Identity(at) => Some(*at),
            Need::Word(_) => None,
        })
    }

    /// The number of its weakest step: by what is said there, then by how few say it.
    pub fn weakest(&self, network: &Network) -> Option<usize> {
        let steps = self.steps(network);
        let rank =
            |at: &usize| (steps[*at].weakness.cost(), Reverse(steps[*at].voices), Reverse(*at));
        (0..steps.len()).max_by_key(rank)
    }

    /// How many first speakers stand behind all its steps together.
    pub fn voices(&self, network: &Network) -> usize {
        let steps = self.steps(network);
        voices(network, steps.iter().flat_map(|step| step.words.iter().copied()))
    }

    /// Whether it needs an identity that no person has judged, or that is only said with reserve: "if
    /// these two are the same man".
    pub fn needs_unsure_identity(&self, network: &Network) -> bool {
        let joins = self.identities().any(|at| network.identities()[at].is_unreviewed());
        let named = self.steps(network).iter().any(|step| {
            let word = &network.words()[step.first];
            word.kind == crate::Kind::Of(throughline_model::Variable::IdentifiedAs)
                && step.weakness != Weakness::default()
        });
        joins || named
    }

    /// Whether it rests on what only a coder knows, and no published document says.
    pub fn rests_on_hindsight(&self, network: &Network) -> bool {
        self.needs.iter().any(|need| match need {
            Need::Identity(at) => network.identities()[*at].is_hindsight(),
            Need::Word(at) => network.words()[*at].hindsight,
        })
    }
}

impl Network {
    /// The best distinct paths between two records, at most `wanted`, best first; and whether all
    /// were looked at.
    ///
    /// The best has least cost: for each tie a price, more where a step is weaker, and for each record
    /// passed the bits that it takes to say which of its ties is meant. Each path after the first
    /// passes through a record that none before it does.
    pub fn paths(&self, from: usize, to: usize, rule: &Rule, wanted: usize) -> (Vec<Path>, bool) {
        let mut found: Vec<Path> = Vec::new();
        let mut passed: BTreeSet<usize> = BTreeSet::new();
        if from == to || wanted == 0 {
            return (found, true);
        }
        let reach = Reach::of(self, to, rule);
        let mut open: BinaryHeap<Reverse<Begun>> = BinaryHeap::new();
        open.push(Reverse(Begun {
            least: 0,
            records: vec![from],
            bonds: vec![],
            spent: 0,
            ties: 0,
        }));
        let mut tried = 0;
        while let Some(Reverse(begun)) = open.pop() {
            let Some(&last) = begun.records.last() else { continue };
            if last == to {
                let inner = &begun.records[1..begun.records.len() - 1];
                let new = inner.is_empty() || inner.iter().any(|record| !passed.contains(record));
                if new && let Some(path) = self.along(&begun.records, &begun.bonds) {
                    passed.extend(inner);
                    found.push(path);
                }
                if found.len() == wanted {
                    return (found, true);
                }
                continue;
            }
            tried += 1;
            if tried > MOST_TRIED {
                return (found, false);
            }
            open.extend(self.further(&begun, last, to, rule, &reach).map(Reverse));
        }
        (found, true)
    }

    /// The paths that go one bond beyond a beginning and may still arrive.
    fn further<'n>(
        &'n self,
        begun: &'n Begun,
        last: usize,
        to: usize,
        rule: &'n Rule,
        reach: &'n Reach,
    ) -> impl Iterator<Item = Begun> + 'n {
        let start = begun.records.len() == 1;
        let through = if start { 0 } else { pass(self.degree(last)) };
        self.bonds_of(last).filter_map(move |(at, bond)| {
            let (other, ties) = (bond.beyond(last), begun.ties + bond.length);
            let may = start || rule.passes(self, last);
            if ties > rule.ties || !may || begun.records.contains(&other) {
                return None;
            }
            let spent = begun.spent + through + bond.cost();
            let after = if other == to { 0 } else { pass(self.degree(other)) };
            let least =
                spent.checked_add(after)?.checked_add(reach.cost(other, rule.ties - ties))?;
            let least = if other == to { spent } else { least };
            let records = begun.records.iter().copied().chain([other]).collect();
            let bonds = begun.bonds.iter().copied().chain([at]).collect();
            Some(Begun { least, records, bonds, spent, ties })
        })
    }

    /// The path along these records by these bonds, seen as early as it could be, and of what is as
    /// early by fewest identities that nobody reviewed; `None` if nothing says that the mentions
    /// where words meet are one subject.
    fn along(&self, records: &[usize], bonds: &[usize]) -> Option<Path> {
        let mut ways = Ways::default();
        let mut here = BTreeMap::from([(self.head(records[0]), ways.start())]);
        self.spread(records[0], &mut here, &mut ways);
        for (next, bond) in records[1..].iter().zip(bonds) {
            let mut there: BTreeMap<u32, usize> = BTreeMap::new();
            for &at in &self.bonds()[*bond].words {
                let word = &self.words()[at];
                let (Some(a), Some(b)) = (self.point(word.from), self.point(word.to)) else {
                    continue;
                };
                let (near, far) = if self.record_of(b) == *next { (a, b) } else { (b, a) };
                if let Some(&before) = here.get(&near) {
                    ways.offer(&mut there, far, before, Need::Word(at), word.day, 0);
                }
            }
            here = there;
            self.spread(*next, &mut here, &mut ways);
        }
        let end = here.get(&self.head(*records.last()?))?;
        Some(Path::of(self, records[0], ways.needs(*end)))
    }

    /// Goes from mentions of a record to its others, as early as can be.
    fn spread(&self, record: usize, here: &mut BTreeMap<u32, usize>, ways: &mut Ways) {
        let mut open: BinaryHeap<Reverse<(Day, u32, u32, usize)>> = BinaryHeap::new();
        let entry = |point: u32, at: usize, ways: &Ways| {
            Reverse((ways.all[at].day, ways.all[at].doubts, point, at))
        };
        open.extend(here.iter().map(|(point, at)| entry(*point, *at, ways)));
        while let Some(Reverse((.., point, at))) = open.pop() {
            if here.get(&point) != Some(&at) {
                continue;
            }
            for arc in self.arcs_of(point).iter().filter(|arc| self.record_of(arc.to) == record) {
                let Via::Identity(identity) = arc.via else { continue };
                let doubt = u32::from(self.identities()[identity as usize].is_unreviewed());
                let need = Need::of(arc.via);
                if let Some(new) = ways.offer(here, arc.to, at, need, arc.day, doubt) {
                    open.push(entry(arc.to, new, ways));
                }
            }
        }
    }
}

/// The beginning of a path, in order of the least that a whole one can cost.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Begun {
    least: u32,
    records: Vec<usize>,
    bonds: Vec<usize>,
    spent: u32,
    ties: usize,
}

/// Ways along one sequence of records, each by the one before it.
#[derive(Default)]
struct Ways {
    all: Vec<Way>,
}

struct Way {
    day: Day,
    doubts: u32,
    from: Option<(usize, Need)>,
}

impl Ways {
    fn start(&mut self) -> usize {
        self.all.push(Way { day: Day::MIN, doubts: 0, from: None });
        self.all.len() - 1
    }

    /// Enters a way to a mention if it is earlier than the one there, or as early by fewer doubts.
    fn offer(
        &mut self,
        at: &mut BTreeMap<u32, usize>,
        point: u32,
        before: usize,
        need: Need,
        day: Day,
        doubt: u32,
    ) -> Option<usize> {
        let (day, doubts) = (self.all[before].day.max(day), self.all[before].doubts + doubt);
        let beaten = at.get(&point).is_some_and(|old| {
            let old = &self.all[*old];
            (old.day, old.doubts) <= (day, doubts)
        });
        if beaten {
            return None;
        }
        self.all.push(Way { day, doubts, from: Some((before, need)) });
        at.insert(point, self.all.len() - 1);
        Some(self.all.len() - 1)
    }

    fn needs(&self, mut at: usize) -> Vec<Need> {
        let mut needs = Vec::new();
        while let Some((before, need)) = self.all[at].from {
            needs.push(need);
            at = before;
        }
        needs.reverse();
        needs
    }
}

/// How many first speakers stand behind words, given by their places.
fn voices(network: &Network, words: impl Iterator<Item = usize>) -> usize {
    let mut words: Vec<usize> = words.collect();
    words.sort_by_key(|at| (network.words()[*at].day, *at));
    throughline_model::voices(words.iter().map(|at| {
        let word = &network.words()[*at];
        (word.voice, word.document, word.wording)
    }))
}

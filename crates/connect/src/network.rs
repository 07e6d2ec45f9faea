//! Records, what ties them, and why their mentions are one: indexed for searching.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use throughline_model::{AssertionId, Day, MentionId, SubjectKind, Variable};

use crate::kind::{Class, Kind};
use crate::sets::Sets;
use crate::word::{Identity, Weakness, Word};

/// A subject with all its mentions, the one whose id it shows first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its mentions. Never empty.
    pub mentions: Vec<MentionId>,
}

/// A circumstance of a record in words, which others may share by chance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circumstance {
    /// Whose.
    pub of: MentionId,
    /// Which: a weapon, a type, a kind of target.
    pub variable: Variable,
    /// The value in normal form: equal words are one circumstance.
    pub words: String,
    /// The assertions that say so.
    pub said: Vec<AssertionId>,
}

/// All that is held of how two records are tied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bond {
    /// One record.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// How many ties it counts: none where both are one subject or parts of one.
    pub length: usize,
    /// What is said, by place in [`Network::words`].
    pub words: Vec<usize>,
    /// How weak the strongest word is.
    pub weakness: Weakness,
}

impl Bond {
    /// The other end.
    pub fn beyond(&self, record: usize) -> usize {
        if self.a == record { self.b } else { self.a }
    }

    pub(crate) fn cost(&self) -> u32 {
        price(self.length, self.weakness)
    }
}

/// What a step costs: a tie its price, and what is no tie a little, so that of two paths the plainer
/// comes first.
pub(crate) fn price(length: usize, weakness: Weakness) -> u32 {
    let own = if length > 0 { 1000 } else { 100 };
    own + weakness.cost()
}

/// A step between two mentions: a word, or that they are one subject.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arc {
    pub(crate) to: u32,
    pub(crate) via: Via,
    pub(crate) day: Day,
    pub(crate) until: Day,
    pub(crate) length: u8,
}

/// What an [`Arc`] rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Via {
    Word(u32),
    Identity(u32),
}

/// Records, what ties them, and why their mentions are one.
///
/// Records are known by their place in the order of ids. Words and identities that name a mention
/// of no record are left out.
#[derive(Clone, Debug, Default)]
pub struct Network {
    ids: Vec<MentionId>,
    /// The place of each mention; looked up, never gone through.
    points: HashMap<MentionId, u32>,
    record_of: Vec<u32>,
    head: Vec<u32>,
    words: Vec<Word>,
    identities: Vec<Identity>,
    circumstances: Vec<Circumstance>,
    arcs: Rows<Arc>,
    /// Whether the last tie of a path may lead to a record: it is an incident, or something leads on
    /// from it that is no tie.
    ends: Vec<bool>,
    bonds: Vec<Bond>,
    bonds_of: Rows<u32>,
    degrees: Vec<usize>,
}

impl Network {
    /// The network of these subjects.
    pub fn new(
        mut subjects: Vec<Subject>,
        words: Vec<Word>,
        identities: Vec<Identity>,
        circumstances: Vec<Circumstance>,
    ) -> Network {
        subjects.retain(|subject| !subject.mentions.is_empty());
        subjects.sort_by_key(|subject| subject.mentions[0]);
        let mut network = Network::default();
        for subject in &subjects {
            let record = narrow(network.ids.len());
            network.ids.push(subject.mentions[0]);
            network.head.push(narrow(network.record_of.len()));
            for mention in &subject.mentions {
                network.points.insert(*mention, narrow(network.record_of.len()));
                network.record_of.push(record);
            }
        }
        network.take(words, identities);
        let known = |of: &Circumstance| network.points.contains_key(&of.of);
        network.circumstances = circumstances.into_iter().filter(known).collect();
        network.bind();
        network
    }

    fn take(&mut self, words: Vec<Word>, identities: Vec<Identity>) {
        let mut arcs: Vec<(u32, Arc)> = Vec::new();
        let mut both = |a: u32, b: u32, arc: Arc| {
            arcs.push((a, Arc { to: b, ..arc }));
            arcs.push((b, Arc { to: a, ..arc }));
        };
        for word in words {
            let ends = (self.points.get(&word.from), self.points.get(&word.to));
            let (Some(&a), Some(&b)) = ends else { continue };
            let place = narrow(self.words.len());
            // Also between mentions of one record: before they were known to be one, it tied two.
            if let Some(length) = word.kind.class().and_then(length)
                && a != b
            {
                let (day, until) = (word.day, word.until);
                both(a, b, Arc { to: b, via: Via::Word(place), day, until, length });
            }
            self.words.push(word);
        }
        for identity in identities {
            let ends = (self.points.get(&identity.a), self.points.get(&identity.b));
            let (Some(&a), Some(&b)) = ends else { continue };
            let via = Via::Identity(narrow(self.identities.len()));
            both(a, b, Arc { to: b, via, day: identity.day, until: Day::MAX, length: 0 });
            self.identities.push(identity);
        }
        self.ends = self.ids.iter().map(|id| id.kind() == SubjectKind::Incident).collect();
        for (from, arc) in &arcs {
            if arc.length == 0 && matches!(arc.via, Via::Word(_)) {
                self.ends[self.record_of[*from as usize] as usize] = true;
            }
        }
        self.arcs = Rows::of(self.record_of.len(), arcs);
    }

    /// Puts the words held between two records together.
    fn bind(&mut self) {
        let mut bonds: BTreeMap<(usize, usize, usize), Vec<usize>> = BTreeMap::new();
        for (place, word) in self.words.iter().enumerate().filter(|(_, word)| word.held) {
            let Some(length) = word.kind.class().and_then(length) else { continue };
            let (a, b) = (self.record_at(word.from), self.record_at(word.to));
            if let (Some(a), Some(b)) = (a, b)
                && a != b
            {
                bonds.entry((a.min(b), a.max(b), length.into())).or_default().push(place);
            }
        }
        let weakest = |words: &[usize]| words.iter().map(|at| self.words[*at].weakness).min();
        self.bonds = bonds
            .into_iter()
            .map(|((a, b, length), words)| {
                let weakness = weakest(&words).unwrap_or_default();
                Bond { a, b, length, words, weakness }
            })
            .collect();
        let ends = self.bonds.iter().enumerate();
        let ends =
            ends.flat_map(|(at, bond)| [bond.a, bond.b].map(|end| (narrow(end), narrow(at))));
        self.bonds_of = Rows::of(self.ids.len(), ends.collect());
        let records = 0..self.ids.len();
        self.degrees = records
            .map(|record| {
                let own = self.bonds_of(record).filter(|(_, bond)| bond.length > 0);
                own.map(|(_, bond)| bond.beyond(record)).collect::<BTreeSet<_>>().len()
            })
            .collect();
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The id of a record.
    pub fn id(&self, record: usize) -> MentionId {
        self.ids[record]
    }

    /// The record of a mention.
    pub fn record_at(&self, mention: MentionId) -> Option<usize> {
        self.points.get(&mention).map(|&point| self.record_of[point as usize] as usize)
    }

    /// All words, held or not.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// All identities.
    pub fn identities(&self) -> &[Identity] {
        &self.identities
    }

    /// All circumstances in words.
    pub fn circumstances(&self) -> &[Circumstance] {
        &self.circumstances
    }

    /// The bonds between records.
    pub fn bonds(&self) -> &[Bond] {
        &self.bonds
    }

    /// How many other records one is tied to.
    pub fn degree(&self, record: usize) -> usize {
        self.degrees[record]
    }

    /// The records with more ties than a rule lets a path pass through, by id.
    pub fn hubs(&self, most: usize) -> Vec<usize> {
        (0..self.len()).filter(|record| self.degrees[*record] > most).collect()
    }

    /// Which records a variable says are one subject, or parts of one.
    pub(crate) fn joined_by(&self, variable: Variable) -> Sets {
        let mut sets = Sets::new(self.len());
        for bond in self.bonds.iter().filter(|bond| bond.length == 0) {
            if bond.words.iter().any(|at| self.words[*at].kind == Kind::Of(variable)) {
                sets.join(bond.a, bond.b);
            }
        }
        sets
    }

    pub(crate) fn bonds_of(&self, record: usize) -> impl Iterator<Item = (usize, &Bond)> {
        self.bonds_of.row(record).iter().map(|&at| (at as usize, &self.bonds[at as usize]))
    }

    /// The bonds between two records.
    pub(crate) fn between(&self, a: usize, b: usize) -> impl Iterator<Item = (usize, &Bond)> {
        let (own, other) = match self.bonds_of.row(a).len() <= self.bonds_of.row(b).len() {
            true => (a, b),
            false => (b, a),
        };
        self.bonds_of(own).filter(move |(_, bond)| bond.beyond(own) == other)
    }

    pub(crate) fn arcs_of(&self, point: u32) -> &[Arc] {
        self.arcs.row(point as usize)
    }

    pub(crate) fn record_of(&self, point: u32) -> usize {
        self.record_of[point as usize] as usize
    }

    /// Whether the last tie of a path between incidents may lead to a record.
    pub(crate) fn may_end(&self, record: usize) -> bool {
        self.ends[record]
    }

    /// The mention whose id a record shows.
    pub(crate) fn head(&self, record: usize) -> u32 {
        self.head[record]
    }

    pub(crate) fn point(&self, mention: MentionId) -> Option<u32> {
        self.points.get(&mention).copied()
    }

    /// How many mentions there are.
    pub(crate) fn points(&self) -> usize {
        self.record_of.len()
    }

    pub(crate) fn is_held(&self, via: Via) -> bool {
        match via {
            Via::Word(at) => self.words[at as usize].held,
            Via::Identity(_) => true,
        }
    }
}

/// How many ties a tie of a class counts; `None` for what no path goes along.
fn length(class: Class) -> Option<u8> {
    match class {
        Class::Link => Some(1),
        Class::Same => Some(0),
        Class::Circumstance => None,
    }
}

/// A place as it is stored: networks of more than four thousand million parts are none of ours.
fn narrow(place: usize) -> u32 {
    u32::try_from(place).expect("a network has fewer than 2^32 parts")
}

/// Lists of different lengths, one for each number, in one piece of memory.
#[derive(Clone, Debug)]
struct Rows<T> {
    starts: Vec<u32>,
    all: Vec<T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Rows<T> {
        Rows { starts: vec![0], all: Vec::new() }
    }
}

impl<T: Copy> Rows<T> {
    /// The things by their row, each row in the order in which they come.
    fn of(rows: usize, things: Vec<(u32, T)>) -> Rows<T> {
        let mut starts = vec![0_u32; rows + 1];
        for (row, _) in &things {
            starts[*row as usize + 1] += 1;
        }
        for row in 0..rows {
            starts[row + 1] += starts[row];
        }
        let mut next = starts.clone();
        let mut all: Vec<T> =
            things.first().map(|(_, one)| vec![*one; things.len()]).unwrap_or_default();
        for (row, one) in things {
            let place = &mut next[row as usize];
            all[*place as usize] = one;
            *place += 1;
        }
        Rows { starts, all }
    }

    fn row(&self, row: usize) -> &[T] {
        match (self.starts.get(row), self.starts.get(row + 1)) {
            (Some(&start), Some(&end)) => &self.all[start as usize..end as usize],
            _ => &[],
        }
    }
}

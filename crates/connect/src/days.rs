//! Since when two incidents could be seen to hang together.
//!
//! A path could be seen on a day if all that it needs was public by then and nothing of it had been
//! taken back: its words, and that the mentions in which they meet are one subject. The first such
//! day is the least, over all paths, of the latest day of what a path needs: the widest path
//! problem with days for widths, searched one number of ties after the other.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use throughline_model::{Day, SubjectKind};

use crate::network::{Arc, Network, Via};
use crate::path::{Need, Path};
use crate::reach::Reach;
use crate::rule::Rule;

/// Since when an incident could be seen to hang together with the one that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    /// The other incident.
    pub record: usize,
    /// The first day; [`Day::MAX`] where only undated documents show it.
    pub day: Day,
    /// The day on which that path was gone again, since something of it was taken back;
    /// [`Day::MAX`] if it still stands.
    pub until: Day,
    /// The path, with what it needed on that day.
    pub path: Path,
}

/// Which words are gone along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those of ties that are held.
    Held,
    /// All that was ever put forward.
    All,
    /// Those of ties that are held, as if nothing of them had been taken back and every two mentions of
    /// a subject had been known to be one from the beginning.
    Lifted,
}

impl Which {
    fn goes(self, network: &Network, via: Via) -> bool {
        match self {
            Which::Held => network.is_held(via),
            Which::All => true,
            Which::Lifted => network.is_held(via) || network.is_held_again(via),
        }
    }

    /// From which day until which a step could be seen.
    fn days(self, arc: &Arc) -> (Day, Day) {
        match (self, arc.via) {
            (Which::Lifted, Via::Identity(_)) => (Day::MIN, Day::MAX),
            (Which::Lifted, Via::Word(_)) => (arc.day, Day::MAX),
            _ => (arc.day, arc.until),
        }
    }
}

/// A way to a mention, by what it needed.
#[derive(Clone, Copy, Debug)]
struct Label {
    point: u32,
    ties: u8,
    day: Day,
    until: Day,
    /// Whether no word was needed, so that this still is the incident asked for: it may be gone on
    /// from whatever it is.
    own: bool,
    /// The label before it and what led on from there.
    from: Option<(u32, Via)>,
}

impl Network {
    /// The incidents that hang together with one, each since the first day on which that could be
    /// seen, by record. Only one if `to` names it.
    ///
    /// An incident is itself by the mention whose id it shows: that other mentions are the same
    /// incident is needed where they are used, and dated like all else.
    pub fn first_days(&self, from: usize, rule: &Rule, to: Option<usize>) -> Vec<First> {
        self.search(from, rule, Which::Held, to, Day::MAX)
    }

    fn search(
        &self,
        from: usize,
        rule: &Rule,
        which: Which,
        to: Option<usize>,
        by: Day,
    ) -> Vec<First> {
        Search::new(self).run(from, rule, which, to, by)
    }
}

/// The labels of a search; one after the other uses the same memory.
pub(crate) struct Search<'n> {
    network: &'n Network,
    labels: Vec<Label>,
    /// The labels at each mention that no other beats; few, since most ways are beaten.
    best: Vec<Vec<u32>>,
    touched: Vec<u32>,
    /// The labels with which the next number of ties begins.
    next: Vec<u32>,
}

impl<'n> Search<'n> {
    pub(crate) fn new(network: &'n Network) -> Search<'n> {
        Search {
            network,
            labels: Vec::new(),
            best: vec![Vec::new(); network.points()],
            touched: Vec::new(),
            next: Vec::new(),
        }
    }

    /// The first ways from one incident to others, or to one, by what is public on a day.
    pub(crate) fn run(
        &mut self,
        from: usize,
        rule: &Rule,
        which: Which,
        to: Option<usize>,
        by: Day,
    ) -> Vec<First> {
        for point in self.touched.drain(..) {
            self.best[point as usize].clear();
        }
        self.labels.clear();
        let point = self.network.head(from);
        let (day, until) = (Day::MIN, Day::MAX);
        let start = Label { point, ties: 0, day, until, own: true, from: None };
        self.next = self.offer(start).into_iter().collect();
        // Only ties that are held have the bonds by which nearness is known.
        let near = to.filter(|_| which != Which::All).map(|to| Reach::of(self.network, to, rule));
        for ties in 0..=rule.ties {
            self.spread(rule, which, ties, by, near.as_ref());
        }
        self.found(from, to)
    }

    /// Enters a label unless another of no more ties is as early and lasts as long.
    fn offer(&mut self, label: Label) -> Option<u32> {
        let own = &mut self.best[label.point as usize];
        let labels = &self.labels;
        let beats = |one: &Label, other: &Label| {
            let no_worse = one.day <= other.day && one.until >= other.until;
            one.ties <= other.ties && no_worse && (one.own || !other.own)
        };
        if own.iter().any(|at| beats(&labels[*at as usize], &label)) {
            return None;
        }
        if own.is_empty() {
            self.touched.push(label.point);
        }
        own.retain(|at| !beats(&label, &labels[*at as usize]));
        let at = u32::try_from(self.labels.len()).expect("labels fit 32 bits");
        own.push(at);
        self.labels.push(label);
        Some(at)
    }

    fn is_best(&self, at: u32) -> bool {
        self.best[self.labels[at as usize].point as usize].contains(&at)
    }

    /// Goes on from all labels of a number of ties: without a tie in order of days, and with one more
    /// into the next number.
    fn spread(&mut self, rule: &Rule, which: Which, ties: usize, by: Day, near: Option<&Reach>) {
        let network = self.network;
        let mut open: BinaryHeap<Reverse<(Day, Reverse<Day>, u32)>> = BinaryHeap::new();
        for at in std::mem::take(&mut self.next) {
            let label = &self.labels[at as usize];
            open.push(Reverse((label.day, Reverse(label.until), at)));
        }
        while let Some(Reverse((.., at))) = open.pop() {
            if !self.is_best(at) {
                continue;
            }
            let label = self.labels[at as usize];
            let record = network.record_of(label.point);
            for arc in network.arcs_of(label.point) {
                let other = network.record_of(arc.to);
                let length = usize::from(arc.length);
                let says = matches!(arc.via, Via::Word(_));
                if ties + length > rule.ties
                    || ties + length == rule.ties && !network.may_end(other)
                    || !which.goes(network, arc.via)
                    || says && !label.own && !rule.passes(network, record)
                    || near.is_some_and(|near| !near.within(other, rule.ties - ties - length))
                {
                    continue;
                }
                let (since, until) = which.days(arc);
                let (day, until) = (label.day.max(since), label.until.min(until));
                let gone = day >= until && until != Day::MAX;
                if gone || day > by {
                    continue;
                }
                let label = Label {
                    point: arc.to,
                    ties: label.ties + arc.length,
                    day,
                    until,
                    own: label.own && !says,
                    from: Some((at, arc.via)),
                };
                if let Some(new) = self.offer(label) {
                    match length {
                        0 => open.push(Reverse((day, Reverse(until), new))),
                        _ => self.next.push(new),
                    }
                }
            }
        }
        // What a shorter way beat since it was entered goes nowhere.
        let next = std::mem::take(&mut self.next);
        self.next = next.into_iter().filter(|at| self.is_best(*at)).collect();
    }

    /// The first way to each incident, by its own mention.
    fn found(&self, start: usize, to: Option<usize>) -> Vec<First> {
        let network = self.network;
        let mut found: Vec<First> = Vec::new();
        for &point in &self.touched {
            let record = network.record_of(point);
            let wanted = to.is_none_or(|to| to == record);
            let incident = network.id(record).kind() == SubjectKind::Incident;
            if record == start || !incident || !wanted || network.head(record) != point {
                continue;
            }
            let own = self.best[point as usize].iter();
            let first = own.min_by_key(|at| {
                let label = &self.labels[**at as usize];
                (label.day, Reverse(label.until), label.ties, **at)
            });
            if let Some(&at) = first {
                let label = &self.labels[at as usize];
                let path = self.path(at);
                found.push(First { record, day: label.day, until: label.until, path });
            }
        }
        found.sort_by_key(|first| first.record);
        found
    }

    /// The way that a label ends.
    fn path(&self, mut at: u32) -> Path {
        let mut needs: Vec<Need> = Vec::new();
        while let Some((before, via)) = self.labels[at as usize].from {
            needs.push(Need::of(via));
            at = before;
        }
        needs.reverse();
        Path::of(self.network, self.network.record_of(self.labels[at as usize].point), needs)
    }
}

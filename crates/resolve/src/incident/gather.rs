//! What comes at once, joined to what was there before and to each other: what fits best first.
//!
//! Reports without a date have no order. Joined one after the other, each would go by what happens
//! to stand before it; so the two groups that fit each other best are joined, over and over, by the
//! mean over their reports, until none are left that fit (average linkage). Groups that were there
//! before are never joined with each other.
//!
//! Reports of one day were tried in this way too: of these more are joined wrongly than one after the
//! other (docs/accuracy.md).

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};

use super::group::compared;
use crate::score::Score;

/// How much speaks for two groups being one: the sum over so many pairs of reports.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fit {
    sum: i64,
    pairs: i64,
}

impl Fit {
    /// Of so many pairs with this mean.
    pub(crate) fn of(mean: Score, pairs: usize) -> Fit {
        let pairs = i64::try_from(pairs).unwrap_or(i64::MAX);
        Fit { sum: i64::from(mean.0).saturating_mul(pairs), pairs }
    }

    fn and(self, other: Fit) -> Fit {
        Fit {
            sum: self.sum.saturating_add(other.sum),
            pairs: self.pairs.saturating_add(other.pairs),
        }
    }

    fn mean(self) -> i64 {
        self.sum.div_euclid(self.pairs.max(1))
    }
}

/// Something that groups are made of: a group that was there, or what comes, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// A group that was there before.
    There(usize),
    /// One of those that come.
    Comes(usize),
}

/// Where what comes belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Home {
    /// To a group that was there.
    There(usize),
    /// To a new group, which is known by the first of those that come to it.
    New(usize),
}

/// For each of so many that come, in their order, where it belongs.
///
/// `near` gives for each the parts with which it is compared first; of two that come one need name the
/// other only. `fit` tells how well one that comes fits a part: `None` if they must never be one.
pub(crate) fn gather(
    many: usize,
    near: impl Fn(usize) -> Vec<Part>,
    fit: impl Fn(usize, Part) -> Option<Fit>,
) -> Vec<Home> {
    match many {
        1 => vec![alone(near(0), fit)],
        _ => best_first(many, near, fit),
    }
}

fn best_first(
    many: usize,
    near: impl Fn(usize) -> Vec<Part>,
    fit: impl Fn(usize, Part) -> Option<Fit>,
) -> Vec<Home> {
    let mut all = Groups::of(many, fit);
    for one in 0..many {
        for part in near(one) {
            let other = all.group(part);
            all.meet(one, other);
        }
    }
    while let Some((mean, Reverse(one), Reverse(other), stamps)) = all.best.pop() {
        let as_they_were = stamps == (all.groups[one].stamp, all.groups[other].stamp);
        if as_they_were && mean >= 0 {
            all.join(one, other);
        }
    }
    all.homes(many)
}

/// Where what comes alone belongs: to what it fits best, of equals to what was named first.
fn alone(near: Vec<Part>, fit: impl Fn(usize, Part) -> Option<Fit>) -> Home {
    let mut best: Option<(i64, usize)> = None;
    for part in near {
        let Part::There(there) = part else { continue };
        let mean = fit(0, part).map(Fit::mean).filter(|mean| *mean >= 0);
        if let Some(mean) = mean
            && best.is_none_or(|(most, _)| mean > most)
        {
            best = Some((mean, there));
        }
    }
    best.map_or(Home::New(0), |(_, there)| Home::There(there))
}

/// A group while it is gathered.
#[derive(Debug, Default)]
struct Group {
    there: Option<usize>,
    /// Those that came, in order.
    comes: Vec<usize>,
    /// The groups with which it has been compared.
    met: BTreeSet<usize>,
    /// Raised when it changes or goes, so that older comparisons are known for what they are.
    stamp: u32,
}

impl Group {
    /// What it is made of; of very many that came so many as are compared.
    fn parts(&self) -> Vec<Part> {
        let comes = compared(self.comes.len()).map(|at| Part::Comes(self.comes[at]));
        self.there.into_iter().map(Part::There).chain(comes).collect()
    }
}

/// Two groups, the lower first.
fn key(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}

/// The mean, the two groups, and their stamps when they were compared.
type Compared = (i64, Reverse<usize>, Reverse<usize>, (u32, u32));

struct Groups<F> {
    fit: F,
    groups: Vec<Group>,
    of_there: HashMap<usize, usize>,
    /// By two groups, the lower first: `None` if they must never be one.
    fits: HashMap<(usize, usize), Option<Fit>>,
    best: BinaryHeap<Compared>,
}

impl<F: Fn(usize, Part) -> Option<Fit>> Groups<F> {
    fn of(many: usize, fit: F) -> Groups<F> {
        let group = |at| Group { comes: vec![at], ..Group::default() };
        Groups {
            fit,
            groups: (0..many).map(group).collect(),
            of_there: HashMap::new(),
            fits: HashMap::new(),
            best: BinaryHeap::new(),
        }
    }

    /// The group that a part is at the beginning.
    fn group(&mut self, part: Part) -> usize {
        match part {
            Part::Comes(one) => one,
            Part::There(there) => *self.of_there.entry(there).or_insert_with(|| {
                self.groups.push(Group { there: Some(there), ..Group::default() });
                self.groups.len() - 1
            }),
        }
    }

    /// How well two groups fit, each part of one with each of the other.
    fn compared(&self, one: usize, other: usize) -> Option<Fit> {
        let (one, other) = (&self.groups[one], &self.groups[other]);
        if one.there.is_some() && other.there.is_some() {
            return None;
        }
        let mut all = Fit::default();
        for a in one.parts() {
            for &b in &other.parts() {
                let fit = match (a, b) {
                    (Part::Comes(one), part) | (part, Part::Comes(one)) => (self.fit)(one, part)?,
                    (Part::There(_), Part::There(_)) => return None,
                };
                all = all.and(fit);
            }
        }
        Some(all)
    }

    fn known(&mut self, one: usize, other: usize) -> Option<Fit> {
        let key = key(one, other);
        if let Some(fit) = self.fits.get(&key) {
            return *fit;
        }
        let fit = self.compared(one, other);
        self.fits.insert(key, fit);
        fit
    }

    fn meet(&mut self, one: usize, other: usize) {
        if one == other {
            return;
        }
        let (one, other) = key(one, other);
        self.groups[one].met.insert(other);
        self.groups[other].met.insert(one);
        if let Some(fit) = self.known(one, other) {
            let stamps = (self.groups[one].stamp, self.groups[other].stamp);
            self.best.push((fit.mean(), Reverse(one), Reverse(other), stamps));
        }
    }

    /// Makes one group of two: the one that was there, or else the one whose first came first.
    fn join(&mut self, one: usize, other: usize) {
        let (stays, goes) = match self.groups[other].there {
            Some(_) => (other, one),
            None => (one, other),
        };
        let mut met: BTreeSet<usize> =
            self.groups[stays].met.union(&self.groups[goes].met).copied().collect();
        met.remove(&stays);
        met.remove(&goes);
        // What was compared with one of the two only is compared with the other now.
        for &third in &met {
            let both = self.known(stays, third).zip(self.known(goes, third));
            self.fits.insert(key(stays, third), both.map(|(a, b)| a.and(b)));
            self.groups[third].met.remove(&goes);
        }
        let gone = std::mem::take(&mut self.groups[goes]);
        self.groups[goes].stamp = gone.stamp + 1;
        let group = &mut self.groups[stays];
        group.comes.extend(gone.comes);
        group.comes.sort_unstable();
        group.stamp += 1;
        group.met.clone_from(&met);
        met.into_iter().for_each(|third| self.meet(stays, third));
    }

    fn homes(self, many: usize) -> Vec<Home> {
        let mut homes: Vec<Home> = (0..many).map(Home::New).collect();
        for group in &self.groups {
            let Some(&first) = group.comes.first() else { continue };
            let home = group.there.map_or(Home::New(first), Home::There);
            group.comes.iter().for_each(|&one| homes[one] = home);
        }
        homes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gathers letters: pairs that fit with their scores, any other at -100; a capital was there.
    #[track_caller]
    fn check(comes: &str, fits: &[(&str, i32)], want: &str) {
        let letters: Vec<char> = comes.chars().collect();
        let there = ['A', 'B'];
        let letter = |part: Part| match part {
            Part::There(at) => there[at],
            Part::Comes(at) => letters[at],
        };
        let fit = |one: usize, part: Part| {
            let (a, b) = (letters[one], letter(part));
            let found = fits.iter().find(|(pair, _)| pair.contains(a) && pair.contains(b));
            match found.map_or(-100, |(_, score)| *score) {
                i32::MIN => None,
                score => Some(Fit::of(Score(score), 1)),
            }
        };
        let near = |one: usize| {
            let there = (0..there.len()).map(Part::There);
            there.chain((0..one).map(Part::Comes)).collect()
        };
        let homes = gather(letters.len(), near, fit);
        let got: String = homes
            .iter()
            .map(|home| match home {
                Home::There(at) => there[*at],
                Home::New(first) => letters[*first],
            })
            .collect();
        assert_eq!(got, want, "{comes}: {fits:?}");
    }

    #[test]
    fn what_fits_best_is_joined_first() {
        check("abc", &[], "abc");
        check("abc", &[("ab", 10), ("bc", 50)], "abb");
        // The third fits the two others on the mean.
        check("abc", &[("ab", 10), ("bc", 50), ("ac", -5)], "aaa");
        check("abc", &[("ab", 0)], "aac");
        check("abcd", &[("ab", 80), ("cd", 70), ("ac", 20), ("bd", 20)], "aacc");
        check("abcd", &[("ab", 80), ("cd", 70), ("ac", 90), ("bd", 90)], "abab");
    }

    #[test]
    fn what_comes_alone_goes_where_it_would_by_what_fits_best_first() {
        let scores = [None, Some(-10), Some(0), Some(7), Some(9)];
        let all = |at: usize| [at % 5, at / 5 % 5, at / 25 % 5].map(|one| scores[one]);
        for of in (0..125).map(all) {
            let near = |_| [2, 0, 1].map(Part::There).to_vec();
            let fit = |_, part| match part {
                Part::There(at) => of[at].map(|score| Fit::of(Score(score), 1)),
                Part::Comes(_) => None,
            };
            assert_eq!(vec![alone(near(0), fit)], best_first(1, near, fit), "{of:?}");
        }
    }

    #[test]
    fn what_was_there_is_never_joined_with_its_like() {
        check("ab", &[("Aa", 50), ("ab", 90), ("Bb", 60)], "aa");
        check("ab", &[("Aa", 50), ("Bb", 60)], "AB");
        check("ab", &[("Aa", 150), ("ab", 120)], "AA");
        check("a", &[("Aa", 50), ("Ba", 60)], "B");
    }

    #[test]
    fn what_is_told_apart_is_not_joined_through_a_third() {
        check("abc", &[("ab", 90), ("bc", 80), ("ac", i32::MIN)], "aac");
        check("ab", &[("Aa", 90), ("ab", 80), ("Ab", i32::MIN)], "Ab");
    }

    #[test]
    fn every_order_and_size_comes_to_an_end() {
        let near = |one: usize| (0..one).map(Part::Comes).collect();
        let fit = |one: usize, part: Part| {
            let Part::Comes(other) = part else { return None };
            let alike = one % 5 == other % 5;
            Some(Fit::of(Score(if alike { 40 } else { -30 } + (one * other % 7) as i32), 1))
        };
        let homes = gather(60, near, fit);
        assert!(homes.iter().enumerate().all(|(at, home)| *home == Home::New(at % 5)));
    }
}

//! Clusters and what merging any two of them would lose.

/// Clusters in slots, of which some may be free.
///
/// With `c(s)` the occurrences of a cluster, `c(s, t)` those of `s` before `t`, and `N` all pairs,
/// two clusters share `q(s, t) = c(s, t) · ln(c(s, t) N / (c(s) c(t)))` and the same the other way
/// round. Merging `s` and `t` loses, for every other cluster `u`, `q(s, u) + q(t, u) - q(s ∪ t, u)`;
/// the sum of that over all `u` is held for every pair.
#[derive(Debug)]
pub(super) struct Merging<'a> {
    slots: usize,
    word_counts: &'a [u32],
    taken: Vec<bool>,
    counts: Vec<u64>,
    log_counts: Vec<f64>,
    log_all: f64,
    /// How often the cluster of the row stands before that of the column.
    pairs: Vec<u32>,
    /// The logarithm of the occurrences of two together.
    log_both: Vec<f64>,
    /// What merging two loses with all others; only pairs with the lower slot first are kept.
    lost: Vec<f64>,
    logs: Logs,
}

/// Logarithms of whole numbers, most of which are small.
#[derive(Debug)]
struct Logs(Vec<f64>);

impl Logs {
    fn of(&self, number: u64) -> f64 {
        match self.0.get(number as usize) {
            Some(log) => *log,
            None => (number as f64).ln(),
        }
    }
}

/// One cluster as all others see it.
struct Side {
    after: Vec<u32>,
    before: Vec<u32>,
    shared: Vec<f64>,
    log_count: f64,
}

impl<'a> Merging<'a> {
    pub(super) fn new(slots: usize, word_counts: &'a [u32], pairs_in_all: u64) -> Merging<'a> {
        Merging {
            slots,
            word_counts,
            taken: vec![false; slots],
            counts: vec![0; slots],
            log_counts: vec![0.0; slots],
            log_all: (pairs_in_all.max(1) as f64).ln(),
            pairs: vec![0; slots * slots],
            log_both: vec![0.0; slots * slots],
            lost: vec![0.0; slots * slots],
            logs: Logs((0..1u64 << 16).map(|n| (n.max(1) as f64).ln()).collect()),
        }
    }

    /// How many slots are taken.
    pub(super) fn len(&self) -> usize {
        self.taken.iter().filter(|taken| **taken).count()
    }

    /// The first free slot.
    ///
    /// # Panics
    /// If none is free.
    pub(super) fn free(&self) -> usize {
        let free = self.taken.iter().position(|taken| !taken);
        free.expect("clusters are merged before another word comes in")
    }

    fn taken(&self) -> Vec<usize> {
        (0..self.slots).filter(|slot| self.taken[*slot]).collect()
    }

    /// Puts a word into a slot, with how often each cluster comes after it and before it.
    pub(super) fn add(
        &mut self,
        slot: usize,
        word: usize,
        neighbours: impl Iterator<Item = (usize, u32, u32)>,
    ) {
        let width = self.slots;
        for other in 0..width {
            self.pairs[slot * width + other] = 0;
            self.pairs[other * width + slot] = 0;
        }
        let mut itself = 0;
        for (other, after, before) in neighbours {
            if other == slot {
                // A pair with itself is counted from both of its ends.
                itself += after;
            } else {
                self.pairs[slot * width + other] += after;
                self.pairs[other * width + slot] += before;
            }
        }
        self.pairs[slot * width + slot] = itself;
        self.taken[slot] = true;
        self.set_count(slot, u64::from(self.word_counts[word]));
        self.join_sums(slot, 1.0, Some(slot));
        self.sum_anew(slot);
    }

    /// Puts what is in the slot `other` into the slot `one`.
    pub(super) fn merge(&mut self, one: usize, other: usize) {
        let width = self.slots;
        self.join_sums(one, -1.0, Some(other));
        self.join_sums(other, -1.0, Some(one));
        for third in 0..width {
            if third != one && third != other {
                self.pairs[one * width + third] += self.pairs[other * width + third];
                self.pairs[third * width + one] += self.pairs[third * width + other];
            }
        }
        self.pairs[one * width + one] += self.pairs[other * width + other]
            + self.pairs[one * width + other]
            + self.pairs[other * width + one];
        self.taken[other] = false;
        self.set_count(one, self.counts[one] + self.counts[other]);
        self.join_sums(one, 1.0, None);
        self.sum_anew(one);
    }

    /// The two slots whose merging loses least, the first of several.
    ///
    /// # Panics
    /// If fewer than two are taken.
    pub(super) fn cheapest(&self) -> (usize, usize) {
        let taken = self.taken();
        let mut best: Option<(f64, usize, usize)> = None;
        for (at, &one) in taken.iter().enumerate() {
            for &other in &taken[at + 1..] {
                let loss = self.lost[one * self.slots + other] + self.lost_inside(one, other);
                if best.is_none_or(|(least, ..)| loss < least) {
                    best = Some((loss, one, other));
                }
            }
        }
        let (_, one, other) = best.expect("two clusters or more can be merged");
        (one, other)
    }

    /// What merging two loses of what they share with themselves and each other.
    fn lost_inside(&self, one: usize, other: usize) -> f64 {
        let pairs = |s: usize, t: usize| self.pairs[s * self.slots + t];
        let own = |s: usize| self.term(pairs(s, s), self.log_counts[s], self.log_counts[s]);
        let both = self.log_both[one * self.slots + other];
        let inside = pairs(one, one) + pairs(other, other) + pairs(one, other) + pairs(other, one);
        own(one) + own(other) + self.shared(one, other) - self.term(inside, both, both)
    }

    fn term(&self, pairs: u32, log_one: f64, log_other: f64) -> f64 {
        if pairs == 0 {
            return 0.0;
        }
        f64::from(pairs) * (self.logs.of(u64::from(pairs)) + self.log_all - log_one - log_other)
    }

    /// q of two different clusters.
    fn shared(&self, one: usize, other: usize) -> f64 {
        let (log_one, log_other) = (self.log_counts[one], self.log_counts[other]);
        self.term(self.pairs[one * self.slots + other], log_one, log_other)
            + self.term(self.pairs[other * self.slots + one], log_one, log_other)
    }

    fn set_count(&mut self, slot: usize, count: u64) {
        self.counts[slot] = count;
        self.log_counts[slot] = self.logs.of(count);
        for other in 0..self.slots {
            let both = self.logs.of(count + self.counts[other]);
            self.log_both[slot * self.slots + other] = both;
            self.log_both[other * self.slots + slot] = both;
        }
    }

    fn side(&self, slot: usize) -> Side {
        let all = 0..self.slots;
        Side {
            after: all.clone().map(|other| self.pairs[other * self.slots + slot]).collect(),
            before: all.clone().map(|other| self.pairs[slot * self.slots + other]).collect(),
            shared: all.map(|other| self.shared(slot, other)).collect(),
            log_count: self.log_counts[slot],
        }
    }

    /// What two lose with a third when they are merged.
    fn lost_with(&self, third: &Side, one: usize, other: usize) -> f64 {
        let after = third.after[one] + third.after[other];
        let before = third.before[one] + third.before[other];
        if after == 0 && before == 0 {
            return 0.0;
        }
        let both = self.log_both[one * self.slots + other];
        third.shared[one] + third.shared[other]
            - self.term(after, both, third.log_count)
            - self.term(before, both, third.log_count)
    }

    /// Adds to the sum of every pair what it loses with a third cluster, `sign` times; pairs with
    /// that one itself or with `except` are left alone.
    fn join_sums(&mut self, third: usize, sign: f64, except: Option<usize>) {
        let side = self.side(third);
        let others: Vec<usize> =
            self.taken().into_iter().filter(|one| *one != third && Some(*one) != except).collect();
        for (at, &one) in others.iter().enumerate() {
            for &other in &others[at + 1..] {
                let lost = self.lost_with(&side, one, other);
                self.lost[one * self.slots + other] += sign * lost;
            }
        }
    }

    /// Sums what every pair with a cluster loses.
    fn sum_anew(&mut self, slot: usize) {
        let taken = self.taken();
        let mut sums = vec![0.0; self.slots];
        for &third in taken.iter().filter(|third| **third != slot) {
            let side = self.side(third);
            for &other in taken.iter().filter(|other| **other != slot && **other != third) {
                sums[other] += self.lost_with(&side, slot, other);
            }
        }
        for other in taken {
            self.lost[slot.min(other) * self.slots + slot.max(other)] = sums[other];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_that_are_kept_up_to_date_are_those_summed_anew() {
        let counts = [40, 30, 20, 10, 5];
        let mut merging = Merging::new(6, &counts, 100);
        for word in 0..5 {
            let n = word as u32;
            let pairs =
                (0..=word).map(|other| (other, (other as u32 * 3 + n) % 5, (n * 2 + 1) % 4));
            merging.add(word, word, pairs);
        }
        merging.merge(1, 3);
        let kept = merging.lost.clone();
        let taken = merging.taken();
        for (at, &one) in taken.iter().enumerate() {
            merging.sum_anew(one);
            for &other in &taken[at + 1..] {
                let pair = one * merging.slots + other;
                assert!((merging.lost[pair] - kept[pair]).abs() < 1e-9, "{one} {other}");
            }
        }
        assert_eq!(merging.len(), 4);
    }
}

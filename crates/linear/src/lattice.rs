//! The two sums over all rows of labels: the best one, and how probable each label is.

use crate::Probabilities;

/// The scores of the labels at each place and between neighbours, in natural units.
#[derive(Debug)]
pub(crate) struct Lattice<'a> {
    /// How many labels there are.
    pub(crate) labels: usize,
    /// A row of scores a place.
    pub(crate) places: &'a [f32],
    /// What going from one label to another adds: a row for each label that is left.
    pub(crate) between: &'a [f32],
    /// What beginning with a label adds.
    pub(crate) first: &'a [f32],
    /// What ending with a label adds.
    pub(crate) last: &'a [f32],
}

/// What the sums over all rows of labels give.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    /// The logarithm of the sum over all rows of labels.
    pub(crate) log_total: f64,
    /// The probability of each label at each place.
    pub(crate) places: Vec<f32>,
    /// Expected number of times that one label follows another.
    pub(crate) between: Vec<f32>,
}

impl Sums {
    /// Counts a row of labels, `times` times.
    pub(crate) fn count(&mut self, labels: usize, row: &[usize], times: f32) {
        for (place, label) in row.iter().enumerate() {
            self.places[place * labels + label] += times;
            if place > 0 {
                self.between[row[place - 1] * labels + label] += times;
            }
        }
    }
}

impl Lattice<'_> {
    /// The sum of the scores of a row of labels, which is not empty.
    pub(crate) fn score(&self, row: &[usize]) -> f64 {
        let mut score = f64::from(self.first[row[0]] + self.last[row[row.len() - 1]]);
        for (place, label) in row.iter().enumerate() {
            score += f64::from(self.places[place * self.labels + label]);
            if place > 0 {
                score += f64::from(self.between[row[place - 1] * self.labels + label]);
            }
        }
        score
    }

    /// How many places there are.
    fn len(&self) -> usize {
        self.places.len() / self.labels
    }

    /// Sums forward and backward (Rabiner 1989), each place scaled to add up to one. The sums
    /// between neighbours are left out unless asked for, since only training needs them.
    pub(crate) fn sums(&self, neighbours: bool) -> Sums {
        let (count, labels) = (self.len(), self.labels);
        if count == 0 {
            return Sums::default();
        }
        let between: Vec<f32> = self.between.iter().map(|score| exp(*score)).collect();
        let mut log_total = 0.0;
        // Factors of the places, each divided by its greatest, so that none overflows.
        let mut factors = vec![0.0; count * labels];
        for (place, row) in factors.chunks_mut(labels).enumerate() {
            let scores = &self.places[place * labels..(place + 1) * labels];
            let edge = |label: usize| {
                let first = if place == 0 { self.first[label] } else { 0.0 };
                let last = if place + 1 == count { self.last[label] } else { 0.0 };
                scores[label] + first + last
            };
            let greatest = (0..labels).map(edge).fold(f32::MIN, f32::max);
            (0..labels).for_each(|label| row[label] = exp(edge(label) - greatest));
            log_total += f64::from(greatest);
        }
        let mut forward = factors.clone();
        let mut scales = vec![0.0f32; count];
        for place in 0..count {
            let (before, rest) = forward.split_at_mut(place * labels);
            let row = &mut rest[..labels];
            if place > 0 {
                let before = &before[(place - 1) * labels..];
                let mut sums = vec![0.0; labels];
                for (from, share) in before.iter().enumerate() {
                    let ways = &between[from * labels..(from + 1) * labels];
                    sums.iter_mut().zip(ways).for_each(|(sum, way)| *sum += share * way);
                }
                row.iter_mut().zip(&sums).for_each(|(factor, sum)| *factor *= sum);
            }
            let total: f32 = row.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            row.iter_mut().for_each(|share| *share /= total);
            scales[place] = total;
            log_total += f64::from(total).ln();
        }
        let mut backward = vec![1.0f32; labels];
        let mut expected = if neighbours { vec![0.0; labels * labels] } else { Vec::new() };
        let mut weighted = vec![0.0; labels];
        for place in (0..count).rev() {
            let row = place * labels..(place + 1) * labels;
            forward[row.clone()].iter_mut().zip(&backward).for_each(|(one, back)| *one *= back);
            if place == 0 {
                break;
            }
            for label in 0..labels {
                weighted[label] = factors[row.start + label] * backward[label] / scales[place];
            }
            let before = &forward[row.start - labels..row.start];
            for from in 0..labels {
                let ways = &between[from * labels..(from + 1) * labels];
                if neighbours {
                    let share = before[from];
                    let into = &mut expected[from * labels..(from + 1) * labels];
                    for label in 0..labels {
                        into[label] += share * ways[label] * weighted[label];
                    }
                }
                backward[from] = ways.iter().zip(&weighted).map(|(way, one)| way * one).sum();
            }
        }
        Sums { log_total, places: forward, between: expected }
    }

    /// The probability of each label at each place.
    pub(crate) fn probabilities(&self) -> Probabilities {
        Probabilities::new(self.labels, self.sums(false).places)
    }
}

/// Of all rows of labels the one with the greatest sum, from scores of places (row by row), of
/// neighbours, and of labels at the beginning and the end; the first of several (Viterbi 1967).
pub(crate) fn best<S>(
    labels: usize,
    places: &[S],
    between: &[S],
    first: &[S],
    last: &[S],
) -> Vec<usize>
where
    S: Copy + PartialOrd + std::ops::Add<Output = S>,
{
    let count = places.len() / labels;
    if count == 0 {
        return Vec::new();
    }
    let mut sums: Vec<S> = (0..labels).map(|label| places[label] + first[label]).collect();
    let mut came_from = vec![0u32; count * labels];
    for place in 1..count {
        let mut next = Vec::with_capacity(labels);
        for label in 0..labels {
            let mut from = 0;
            let mut most = sums[0] + between[label];
            for other in 1..labels {
                let sum = sums[other] + between[other * labels + label];
                if sum > most {
                    (from, most) = (other, sum);
                }
            }
            came_from[place * labels + label] = from as u32;
            next.push(most + places[place * labels + label]);
        }
        sums = next;
    }
    let mut at = 0;
    for label in 1..labels {
        if sums[label] + last[label] > sums[at] + last[at] {
            at = label;
        }
    }
    let mut row = vec![at; count];
    for place in (1..count).rev() {
        at = came_from[place * labels + at] as usize;
        row[place - 1] = at;
    }
    row
}

/// The exponential function, from products and sums alone, so that it is the same on every
/// machine; off by less than three in ten million.
///
/// e^x is 2^n · 2^f with a whole n and f of at most a half, and 2^f its Taylor polynomial.
pub fn exp(x: f32) -> f32 {
    if x.is_nan() {
        return x;
    }
    let scaled = f64::from(x.clamp(-87.0, 88.0)) * std::f64::consts::LOG2_E;
    let whole = scaled.round();
    let rest = (scaled - whole) * std::f64::consts::LN_2;
    let mut sum = 1.0;
    for n in (1..=7).rev() {
        sum = 1.0 + sum * rest / f64::from(n);
    }
    // Between -126 and 127, so that the exponent is that of an ordinary number.
    let power = f64::from_bits(((1023 + whole as i64) as u64) << 52);
    (sum * power) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Random;

    /// Every row of labels of a length.
    fn rows(labels: usize, count: usize) -> Vec<Vec<usize>> {
        (0..labels.pow(count as u32))
            .map(|n| (0..count as u32).map(|at| n / labels.pow(at) % labels).collect())
            .collect()
    }

    #[test]
    fn sums_are_those_over_every_row_of_labels() {
        let (labels, count) = (3, 4);
        let mut random = Random::new(7);
        let mut some =
            |n: usize| -> Vec<f32> { (0..n).map(|_| random.share() * 6.0 - 3.0).collect() };
        let (places, between) = (some(labels * count), some(labels * labels));
        let (first, last) = (some(labels), some(labels));
        let lattice =
            Lattice { labels, places: &places, between: &between, first: &first, last: &last };
        let score = |row: &[usize]| -> f32 {
            let own: f32 = row.iter().enumerate().map(|(at, l)| places[at * labels + l]).sum();
            let ways: f32 = row.windows(2).map(|two| between[two[0] * labels + two[1]]).sum();
            own + ways + first[row[0]] + last[row[count - 1]]
        };
        let all = rows(labels, count);
        let total: f64 = all.iter().map(|row| f64::from(score(row)).exp()).sum();
        let sums = lattice.sums(true);
        assert!((sums.log_total - total.ln()).abs() < 1e-4);
        for place in 0..count {
            for label in 0..labels {
                let with = all.iter().filter(|row| row[place] == label);
                let share: f64 = with.map(|row| f64::from(score(row)).exp() / total).sum();
                assert!((f64::from(sums.places[place * labels + label]) - share).abs() < 1e-5);
            }
        }
        for (one, other) in (0..labels).flat_map(|one| (0..labels).map(move |other| (one, other))) {
            let expected: f64 = all
                .iter()
                .map(|row| {
                    let times = row.windows(2).filter(|two| **two == [one, other]).count();
                    times as f64 * f64::from(score(row)).exp() / total
                })
                .sum();
            assert!((f64::from(sums.between[one * labels + other]) - expected).abs() < 1e-5);
        }
        let most = all.iter().max_by(|one, other| score(one).total_cmp(&score(other))).unwrap();
        assert_eq!(&best(labels, &places, &between, &first, &last), most);
    }

    #[test]
    fn great_scores_and_long_rows_stay_probabilities() {
        let (labels, count) = (2, 5000);
        let places: Vec<f32> =
            (0..labels * count).map(|n| if n % 3 == 0 { 400.0 } else { -400.0 }).collect();
        let flat = vec![0.0; labels * labels];
        let lattice =
            Lattice { labels, places: &places, between: &flat, first: &flat, last: &flat };
        let probabilities = lattice.probabilities();
        for place in 0..count {
            let sum: f32 = probabilities.at(place).iter().sum();
            assert!((sum - 1.0).abs() < 1e-4, "{place}: {sum}");
        }
    }

    #[test]
    fn the_exponential_function() {
        for n in -870..880 {
            let x = n as f32 / 10.0;
            let right = f64::from(x).exp();
            assert!((f64::from(exp(x)) - right).abs() <= right * 3e-7, "{x}");
        }
        assert!(exp(-1000.0) > 0.0 && exp(1000.0).is_finite() && exp(f32::NAN).is_nan());
    }
}

//! Where a coefficient lies, by drawing units anew.

use super::Ratings;

/// How often units are drawn.
const DRAWS: usize = 1_000;

/// Between which a coefficient lies for nineteen of twenty samples of as many units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

/// Of fewer units that two coders coded no bounds are given: samples of so few are alike, and would say
/// of the least that it is the surest.
const FEWEST: usize = 10;

/// Why a coefficient has no bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unbounded {
    /// Too few units were coded by two coders.
    Few,
    /// All samples give the same: nobody differs on anything.
    Alike,
    /// It is not defined in one sample of ten: the bounds would be those of other questions.
    Undefined,
}

impl Unbounded {
    /// Why, in words.
    pub fn words(self) -> &'static str {
        match self {
            Unbounded::Few => "too few questions for bounds",
            Unbounded::Alike => "no bounds, since no answers differ",
            Unbounded::Undefined => "no bounds, since samples do not give it",
        }
    }
}

/// The percentile bootstrap over units, from a seed, so that it can be made again.
///
/// # Errors
/// [`Unbounded`] where samples say nothing of how sure the coefficient is.
pub fn interval(
    ratings: &Ratings,
    seed: u64,
    coefficient: impl Fn(&Ratings) -> Option<f64>,
) -> Result<Interval, Unbounded> {
    if ratings.shared() < FEWEST {
        return Err(Unbounded::Few);
    }
    let many = ratings.units.len();
    let mut random = Random(seed);
    // Rows are written over: making each anew took most of the time.
    let mut drawn = ratings.clone();
    let mut found: Vec<f64> = Vec::with_capacity(DRAWS);
    for _ in 0..DRAWS {
        for unit in &mut drawn.units {
            unit.clone_from(&ratings.units[random.below(many)]);
        }
        found.extend(coefficient(&drawn));
    }
    if found.len() * 10 <= DRAWS * 9 {
        return Err(Unbounded::Undefined);
    }
    found.sort_by(f64::total_cmp);
    let at = |share: usize| found[(found.len() * share / 1_000).min(found.len() - 1)];
    match found.first() == found.last() {
        true => Err(Unbounded::Alike),
        false => Ok(Interval { low: at(25), high: at(975) }),
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): enough for drawing, and the same everywhere.
struct Random(u64);

impl Random {
    /// A number below `bound`, which is not zero.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^= word >> 31;
        // The product's upper half is spread evenly over all that lies below the bound.
        ((u128::from(word) * bound as u128) >> 64) as usize
    }
}

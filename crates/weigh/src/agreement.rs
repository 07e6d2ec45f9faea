//! How far coders agree: coefficients over what each coded of each unit.
//!
//! Input: [`Ratings`], a table of units by coders in which places may be empty, with the scale of its
//! values. Output: the observed agreement and the coefficients of the field, each `None` where it is
//! not defined: with one value alone nothing can be told from chance.
//!
//! What is measured is whether coders answer a question alike, and never how good a coder is.

mod alpha;
mod interval;
mod kappa;

pub use alpha::alpha;
pub use interval::{Interval, Unbounded, interval};
pub use kappa::{cohen, fleiss};

/// How far apart two values are.
#[derive(Clone, Debug, PartialEq)]
pub enum Scale {
    /// The same or another.
    Nominal,
    /// In an order: the categories stand in it.
    Ordinal,
    /// At a distance: of each category, where it lies.
    Interval(Vec<f64>),
}

/// What coders coded: for each unit, for each coder the number of a category, or nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Ratings {
    /// A row a unit, all with as many places as there are coders.
    pub units: Vec<Vec<Option<usize>>>,
    /// How many categories there are; every number is below it.
    pub categories: usize,
    /// How far apart they are.
    pub scale: Scale,
}

impl Ratings {
    /// How many coders there are.
    pub fn coders(&self) -> usize {
        self.units.first().map_or(0, Vec::len)
    }

    /// The units that at least two coders coded: the others say nothing of agreement.
    pub fn shared(&self) -> usize {
        self.units.iter().filter(|unit| unit.iter().flatten().count() > 1).count()
    }

    /// The share of pairs of codings of one unit that are alike; `None` without any pair.
    pub fn alike(&self) -> Option<f64> {
        let (mut pairs, mut alike) = (0_u64, 0_u64);
        for unit in &self.units {
            let coded: Vec<usize> = unit.iter().flatten().copied().collect();
            for (at, one) in coded.iter().enumerate() {
                pairs += (coded.len() - at - 1) as u64;
                alike += coded[at + 1..].iter().filter(|other| one == *other).count() as u64;
            }
        }
        (pairs > 0).then(|| alike as f64 / pairs as f64)
    }

    /// The same ratings by two of the coders.
    #[must_use]
    pub fn of_two(&self, one: usize, other: usize) -> Ratings {
        let pair = |unit: &Vec<Option<usize>>| vec![unit[one], unit[other]];
        Ratings {
            units: self.units.iter().map(pair).collect(),
            categories: self.categories,
            scale: self.scale.clone(),
        }
    }
}

#[cfg(test)]
mod tests;

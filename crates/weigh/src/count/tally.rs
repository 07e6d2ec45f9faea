//! The figure: what stands where, added up.

use std::collections::{BTreeMap, BTreeSet};

use super::{Mark, Place, Placed, Placing, UnitId};

/// What stands in one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// How many units.
    pub units: u64,
    /// Of a sum, how many units have no known toll.
    pub without: u64,
    /// The least they add up to: units, or people in a sum.
    pub least: u64,
    /// The most; `None` if no bound is known.
    pub most: Option<u64>,
}

impl Amount {
    fn nothing() -> Amount {
        Amount { most: Some(0), ..Amount::default() }
    }

    fn plus(self, other: Amount) -> Amount {
        Amount {
            units: self.units + other.units,
            without: self.without + other.without,
            least: self.least + other.least,
            most: self.most.zip(other.most).map(|(one, other)| one + other),
        }
    }
}

/// One reading of a count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    amounts: BTreeMap<Place, Amount>,
    marks: BTreeMap<Mark, BTreeSet<UnitId>>,
}

impl Tally {
    /// Adds where a unit stands.
    pub fn add(&mut self, id: UnitId, placed: &Placed, sums: bool) {
        if placed.place == Place::Outside {
            return;
        }
        let (least, most) = match (sums, placed.toll) {
            (false, _) => (1, Some(1)),
            (true, Some(toll)) => (toll.least, toll.most),
            (true, None) => (0, Some(0)),
        };
        // Those apart have no part in any sum, so it means nothing that their toll is not known.
        let without = sums && placed.toll.is_none() && placed.place != Place::Apart;
        let one = Amount { units: 1, without: without.into(), least, most };
        let amount = self.amounts.entry(placed.place).or_insert(Amount::nothing());
        *amount = amount.plus(one);
        for mark in &placed.marks {
            self.marks.entry(*mark).or_default().insert(id);
        }
    }

    /// Marks the figure as a whole.
    pub fn mark(&mut self, mark: Mark) {
        self.marks.entry(mark).or_default();
    }

    /// What stands in a place.
    pub fn amount(&self, place: Place) -> Amount {
        self.amounts.get(&place).copied().unwrap_or(Amount::nothing())
    }

    /// The denominator: in, out, unknown and contested.
    pub fn denominator(&self) -> Amount {
        self.sum(&Place::COUNTED)
    }

    /// The figure: at least those in, at most those in, unknown and contested.
    pub fn range(&self) -> (u64, Option<u64>) {
        let possible = self.sum(&[Place::In, Place::Unknown, Place::Contested]);
        (self.amount(Place::In).least, possible.most)
    }

    fn sum(&self, places: &[Place]) -> Amount {
        places.iter().map(|place| self.amount(*place)).fold(Amount::nothing(), Amount::plus)
    }

    /// Why the figure is not final, with the units concerned; none for what concerns the whole.
    pub fn marks(&self) -> &BTreeMap<Mark, BTreeSet<UnitId>> {
        &self.marks
    }

    /// Whether nothing speaks against citing the figure.
    pub fn is_final(&self) -> bool {
        self.marks.is_empty()
    }
}

/// Both readings of a count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tallies {
    /// Resting on findings only.
    pub strict: Tally,
    /// Resting on proposals too.
    pub lenient: Tally,
    /// How many units are outside by what is said alone.
    pub left_out: u64,
}

impl Tallies {
    /// Adds where a unit stands in both.
    pub fn add(&mut self, placing: &Placing, sums: bool) {
        self.strict.add(placing.id, &placing.strict, sums);
        self.lenient.add(placing.id, &placing.lenient, sums);
        self.left_out += u64::from(placing.left_out);
    }
}

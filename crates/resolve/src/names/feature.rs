//! What speaks for one bearer of two names, and what against it.

use std::fmt;
use std::sync::LazyLock;

use super::align::{How, Match, align, bits};
use super::edits::within;
use super::part::Name;
use crate::score::{Score, Weights};

/// From this score on, in percent, two names are taken to be one's.
pub const THRESHOLD: u8 = 50;

/// A feature of a pair of names. Each has a value from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// How much of the shorter name stands in the other, by the weight of its parts.
    Shared,
    /// Each has a part that the other has not.
    Conflict,
    /// Only one has parts that the other lacks, and its last is among them.
    LastLeftOver,
    /// Two letters differ in parts that stand for each other.
    TwoMisspelt,
    /// More letters do.
    MoreMisspelt,
    /// How unlike the least alike of these parts are.
    Unlike,
    /// All in all, no more than two letters differ.
    TwoLetters,
    /// As they sound, no more than two letters differ.
    TwoSounds,
    /// A part is only an initial.
    Initial,
    /// A part is a short form.
    ShortForm,
    /// Both have marks (form of a company, generation), and they differ.
    Marks,
    /// They are in Arabic and in Latin script.
    Script,
    /// Their parts stand in another order.
    Order,
}

impl Feature {
    /// All of them, in the order of their values.
    pub const ALL: [Feature; 13] = [
        Feature::Shared,
        Feature::Conflict,
        Feature::LastLeftOver,
        Feature::TwoMisspelt,
        Feature::MoreMisspelt,
        Feature::Unlike,
        Feature::TwoLetters,
        Feature::TwoSounds,
        Feature::Initial,
        Feature::ShortForm,
        Feature::Marks,
        Feature::Script,
        Feature::Order,
    ];

    /// Its name in the table of weights.
    pub fn name(self) -> &'static str {
        match self {
            Feature::Shared => "shared",
            Feature::Conflict => "conflict",
            Feature::LastLeftOver => "last-left-over",
            Feature::TwoMisspelt => "two-misspelt",
            Feature::MoreMisspelt => "more-misspelt",
            Feature::Unlike => "unlike",
            Feature::TwoLetters => "two-letters",
            Feature::TwoSounds => "two-sounds",
            Feature::Initial => "initial",
            Feature::ShortForm => "short-form",
            Feature::Marks => "marks",
            Feature::Script => "script",
            Feature::Order => "order",
        }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The weights that ship: `models/same-name.md` says what they were trained on.
static WEIGHTS: LazyLock<Weights<13>> = LazyLock::new(|| {
    let table = include_str!("../../../../models/same-name.tsv");
    Weights::of_table(table, &Feature::ALL.map(Feature::name))
});

/// What two names have in common, and what not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Which parts stand for each other.
    pub matches: Vec<Match>,
    /// The value of each feature, in the order of [`Feature::ALL`].
    pub values: [i32; 13],
    /// The weight of all parts of each.
    pub(super) weights: (i32, i32),
}

impl Comparison {
    /// Compares two names. Which comes first changes nothing but the sides of the matches.
    pub fn of(one: &Name, other: &Name) -> Comparison {
        let matches = align(one, other);
        let scripts = one.arabic != other.arabic;
        let weight = |name: &Name, places: u32| -> i32 {
            let parts = name.parts.iter().enumerate();
            parts.filter(|(at, _)| places >> at & 1 == 1).map(|(_, part)| part.weight).sum()
        };
        let all = |name: &Name| bits(&(0..name.parts.len()));
        let rest = |name: &Name, used: u32| all(name) & !used;
        let rest_of_one = rest(one, matches.iter().fold(0, |set, found| set | bits(&found.one)));
        let rest_of_other =
            rest(other, matches.iter().fold(0, |set, found| set | bits(&found.other)));
        let shared: i32 = matches
            .iter()
            .map(|found| {
                let both = (weight(one, bits(&found.one)), weight(other, bits(&found.other)));
                found.alike * both.0.min(both.1) / 100
            })
            .sum();
        let weights = (weight(one, all(one)), weight(other, all(other)));
        let short = weights.0.min(weights.1);
        let share = if short > 0 { (100 * shared / short).min(100) } else { 0 };
        let one_sided = (rest_of_one == 0) != (rest_of_other == 0);
        let last = |name: &Name, rest: u32| rest >> name.parts.len().saturating_sub(1) & 1 == 1;
        let misspelt: usize = matches.iter().map(|found| found.misspelt).sum();
        let least_alike = matches
            .iter()
            .filter(|found| {
                matches!(found.how, How::Near | How::Sound | How::ShortForm | How::Script)
            })
            .map(|found| found.alike)
            .min();
        let apart = |a: &[u8], b: &[u8]| !scripts && within(a, b, 2).is_some();
        let has = |how: How| matches.iter().any(|found| found.how == how);
        let order = matches.windows(2).any(|pair| pair[0].other.start > pair[1].other.start);
        let marks = !one.marks.is_empty() && !other.marks.is_empty() && one.marks != other.marks;
        let conflict = rest_of_one != 0 && rest_of_other != 0;
        let yes = |is: bool| if is { 100 } else { 0 };
        let value = |feature: Feature| match feature {
            Feature::Shared => share,
            Feature::Conflict => yes(conflict),
            Feature::LastLeftOver => {
                yes(one_sided && (last(one, rest_of_one) || last(other, rest_of_other)))
            }
            Feature::TwoMisspelt => yes(misspelt == 2),
            Feature::MoreMisspelt => yes(misspelt > 2),
            Feature::Unlike => 100 - least_alike.unwrap_or(100),
            Feature::TwoLetters => yes(apart(&one.letters, &other.letters)),
            Feature::TwoSounds => yes(apart(&one.sounds, &other.sounds)),
            Feature::Initial => yes(has(How::Initial)),
            Feature::ShortForm => yes(has(How::ShortForm)),
            Feature::Marks => yes(marks),
            Feature::Script => yes(scripts),
            Feature::Order => yes(order),
        };
        let values = Feature::ALL.map(value);
        Comparison { matches, values, weights }
    }

    /// How alike the names are, by the weights that ship.
    pub fn score(&self) -> Score {
        Self::weights().score(&self.values)
    }

    /// The weights that ship, in the order of [`Feature::ALL`].
    pub fn weights() -> &'static Weights<13> {
        &WEIGHTS
    }

    /// The value of a feature.
    pub fn value(&self, feature: Feature) -> i32 {
        self.values[feature as usize]
    }

    /// Whether every part of the shorter name is in the other, spelled otherwise at most: no letter
    /// differs that makes another name, and no mark.
    pub fn fits(&self) -> bool {
        let sure = |found: &Match| !matches!(found.how, How::Near | How::Script);
        !self.matches.is_empty()
            && self.value(Feature::Conflict) == 0
            && self.value(Feature::Marks) == 0
            && self.matches.iter().all(sure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(one: &str, other: &str) -> Comparison {
        Comparison::of(&Name::of(one), &Name::of(other))
    }

    #[test]
    fn values_stand_in_the_order_of_the_features() {
        for (at, feature) in Feature::ALL.iter().enumerate() {
            assert_eq!(*feature as usize, at);
        }
        let weights = Comparison::weights();
        assert!(
            weights.of[Feature::Conflict as usize] < 0,
            "another part speaks against one bearer"
        );
    }

    #[test]
    fn which_name_comes_first_changes_no_score() {
        for (one, other) in [
            ("Karl Brandt", "Brandt, K."),
            ("Nikolai Plat Ono Vich Marl", "Nikolai Platonovich Marl"),
            ("Isa Bin Tarif", "Isa Tarif al-Ruel"),
            ("يوسف خليفة", "Yusuf Khalifa"),
        ] {
            assert_eq!(of(one, other).values, of(other, one).values, "{one} / {other}");
        }
    }

    #[test]
    fn one_bearer_or_two() {
        for (one, other, same) in [
            ("Abdelhamid Ruelaoud", "Abdel-Hamid Ruelaud", true),
            ("Karl Brandt", "Karl Brandt", true),
            ("Karl Brandt", "Brandt, Karl", true),
            ("Sa’id Jan ‘Abd-al-Salam", "Said Jan Abdul Salam", true),
            ("Karl Johann Brandt", "Karl Brandt", true),
            ("Donlad Brandt", "Donald Brandt", true),
            ("Karl Brandt", "Ada Brandt", false),
            ("Karl Brandt", "Karl Ruel", false),
            ("Abdul Qadir Basir Abdul Hakim", "Abdul Qadir Basir Abdul Wadud", false),
            ("Karl Brandt", "", false),
        ] {
            let score = of(one, other).score();
            assert_eq!(score.percent() >= THRESHOLD, same, "{one} / {other}: {score:?}");
        }
    }

    #[test]
    fn what_fits_leaves_no_part_and_no_letter_open() {
        assert!(of("K. Brandt", "Karl Brandt").fits());
        assert!(of("Masood", "Khalid Masoud").fits());
        assert!(!of("Salah Marl", "Salam Marl").fits());
        assert!(!of("Karl Brandt Jr.", "Karl Brandt Sr.").fits());
        assert!(!of("Karl Brandt", "Ada Ruel").fits());
    }
}

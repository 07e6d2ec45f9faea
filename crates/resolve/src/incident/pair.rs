//! What speaks for two reports being of one incident, and what against it.

use std::fmt;
use std::sync::LazyLock;

use throughline_model::{Day, Figure};

use super::rarity::most;
use super::weighed::Weighed;
use crate::score::{Score, Weights};

/// A report of an incident, as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report<'a> {
    /// Its words.
    pub words: Option<Weighed<'a>>,
    /// The day of its publication.
    pub published: Option<Day>,
    /// Where the incident is said to be, by normal names.
    pub places: Vec<String>,
    /// When it is said to have been: first and last days.
    pub dates: Vec<(Day, Day)>,
    /// The killed that it gives.
    pub killed: Vec<Figure>,
}

/// A feature of a pair of reports. Each has a value from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// How alike their words are, by rarity: the cosine.
    Words,
    /// How alike the words with capitals are.
    Named,
    /// How much of each headline the other report has.
    Headline,
    /// How much of each beginning the other report has.
    Opening,
    /// How rare the full names are that both have.
    FullNames,
    /// How rare the rarest names are that both have.
    RareNames,
    /// How many people with an age both have, up to two.
    Aged,
    /// Both have such people, and no one in common.
    OtherAged,
    /// How many ages both have, up to three.
    Ages,
    /// How many numbers both have near the beginning, up to three.
    Numbers,
    /// Both have numbers there, and none in common.
    OtherNumbers,
    /// Both say a year near the beginning, and one in common.
    SameYear,
    /// Both say a year there, and none in common.
    OtherYear,
    /// Both name a street, and one in common.
    Street,
    /// How far apart they were published, by the logarithm.
    Later,
    /// More than two weeks lie between.
    WeeksLater,
    /// The rare full names, where more than two weeks lie between.
    NamesLater,
    /// Both say a day, and one in common.
    SameDay,
    /// Both say a day, and two that lie within a day of each other.
    NearDay,
    /// Both say a day, and no two that do.
    OtherDay,
    /// Both say where, and one place in common.
    SamePlace,
    /// Both say where, and none in common.
    OtherPlace,
    /// Both say when, and the dates lie within a day of each other.
    SameDate,
    /// Both say when, and they do not.
    OtherDate,
    /// Both say how many were killed, and one figure in common.
    SameToll,
    /// Both say how many were killed, and the figures are further apart than one.
    OtherToll,
}

/// How many features there are.
pub const FEATURES: usize = 26;

impl Feature {
    /// All of them, in the order of their values.
    pub const ALL: [Feature; FEATURES] = [
        Feature::Words,
        Feature::Named,
        Feature::Headline,
        Feature::Opening,
        Feature::FullNames,
        Feature::RareNames,
        Feature::Aged,
        Feature::OtherAged,
        Feature::Ages,
        Feature::Numbers,
        Feature::OtherNumbers,
        Feature::SameYear,
        Feature::OtherYear,
        Feature::Street,
        Feature::Later,
        Feature::WeeksLater,
        Feature::NamesLater,
        Feature::SameDay,
        Feature::NearDay,
        Feature::OtherDay,
        Feature::SamePlace,
        Feature::OtherPlace,
        Feature::SameDate,
        Feature::OtherDate,
        Feature::SameToll,
        Feature::OtherToll,
    ];

    /// Its name in the table of weights.
    pub fn name(self) -> &'static str {
        match self {
            Feature::Words => "words",
            Feature::Named => "named",
            Feature::Headline => "headline",
            Feature::Opening => "opening",
            Feature::FullNames => "full-names",
            Feature::RareNames => "rare-names",
            Feature::Aged => "aged",
            Feature::OtherAged => "other-aged",
            Feature::Ages => "ages",
            Feature::Numbers => "numbers",
            Feature::OtherNumbers => "other-numbers",
            Feature::SameYear => "same-year",
            Feature::OtherYear => "other-year",
            Feature::Street => "street",
            Feature::Later => "later",
            Feature::WeeksLater => "weeks-later",
            Feature::NamesLater => "names-later",
            Feature::SameDay => "same-day",
            Feature::NearDay => "near-day",
            Feature::OtherDay => "other-day",
            Feature::SamePlace => "same-place",
            Feature::OtherPlace => "other-place",
            Feature::SameDate => "same-date",
            Feature::OtherDate => "other-date",
            Feature::SameToll => "same-toll",
            Feature::OtherToll => "other-toll",
        }
    }
}

impl Feature {
    /// In words, for a reader.
    pub fn words(self) -> &'static str {
        match self {
            Feature::Words => "words",
            Feature::Named => "words with capitals",
            Feature::Headline => "headline in the other",
            Feature::Opening => "first lines in the other",
            Feature::FullNames => "rare full names",
            Feature::RareNames => "rare names",
            Feature::Aged => "people with their age",
            Feature::OtherAged => "other people with their age",
            Feature::Ages => "ages",
            Feature::Numbers => "numbers",
            Feature::OtherNumbers => "other numbers",
            Feature::SameYear => "year",
            Feature::OtherYear => "other year",
            Feature::Street => "street",
            Feature::Later => "time between",
            Feature::WeeksLater => "weeks between",
            Feature::NamesLater => "rare full names after weeks",
            Feature::SameDay => "day said",
            Feature::NearDay => "day said within one",
            Feature::OtherDay => "other days said",
            Feature::SamePlace => "place",
            Feature::OtherPlace => "other place",
            Feature::SameDate => "date",
            Feature::OtherDate => "other date",
            Feature::SameToll => "toll",
            Feature::OtherToll => "other toll",
        }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The weights that ship, where both days of publication are known and where one is not:
/// `models/same-incident.md` says what they were trained on.
static DATED: LazyLock<Weights<FEATURES>> =
    LazyLock::new(|| shipped(include_str!("../../../../models/same-incident.tsv")));
static UNDATED: LazyLock<Weights<FEATURES>> =
    LazyLock::new(|| shipped(include_str!("../../../../models/same-incident-undated.tsv")));

fn shipped(table: &str) -> Weights<FEATURES> {
    Weights::of_table(table, &Feature::ALL.map(Feature::name))
}

/// The weights for two reports, in the order of [`Feature::ALL`].
pub fn weights(one: &Report, other: &Report) -> &'static Weights<FEATURES> {
    match (one.published, other.published) {
        (Some(_), Some(_)) => &DATED,
        _ => &UNDATED,
    }
}

/// The values of the features of two reports, in the order of [`Feature::ALL`]. Which comes first
/// changes nothing.
pub fn compare(one: &Report, other: &Report) -> [i32; FEATURES] {
    let mut values = [0; FEATURES];
    let mut set = |feature: Feature, value: i64| {
        values[feature as usize] = value.clamp(0, 100) as i32;
    };
    let yes = |is: bool| if is { 100 } else { 0 };
    let apart = one.published.zip(other.published).map(|(a, b)| i64::from(a.0.abs_diff(b.0)));
    let weeks = apart.is_some_and(|days| days > 14);
    if let (Some(one), Some(other)) = (&one.words, &other.words) {
        let words = Shared::of(one, other);
        set(Feature::Words, words.words);
        set(Feature::Named, words.named);
        set(Feature::Headline, words.headline);
        set(Feature::Opening, words.opening);
        set(Feature::RareNames, words.rare_names);
        let full_names = full_names(one, other);
        set(Feature::FullNames, full_names);
        set(Feature::NamesLater, if weeks { full_names } else { 0 });
        let (a, b) = (one.outline, other.outline);
        let aged = common(&a.aged, &b.aged);
        set(Feature::Aged, 50 * aged as i64);
        set(Feature::OtherAged, yes(aged == 0 && !a.aged.is_empty() && !b.aged.is_empty()));
        set(Feature::Ages, 33 * common(&a.ages, &b.ages) as i64);
        let numbers = common(&a.numbers, &b.numbers);
        set(Feature::Numbers, 33 * numbers as i64);
        let both = !a.numbers.is_empty() && !b.numbers.is_empty();
        set(Feature::OtherNumbers, yes(both && numbers == 0));
        if !a.years.is_empty() && !b.years.is_empty() {
            let same = common(&a.years, &b.years) > 0;
            set(Feature::SameYear, yes(same));
            set(Feature::OtherYear, yes(!same));
        }
        set(Feature::Street, yes(common(&a.streets, &b.streets) > 0));
        if !a.days.is_empty() && !b.days.is_empty() {
            let near = |x: &Day| b.days.iter().any(|y| x.0.abs_diff(y.0) <= 1);
            let near = a.days.iter().any(near);
            set(Feature::SameDay, yes(common(&a.days, &b.days) > 0));
            set(Feature::NearDay, yes(near));
            set(Feature::OtherDay, yes(!near));
        }
    }
    // Ten for each doubling, so that three years are a hundred.
    set(Feature::Later, apart.map_or(0, |days| 10 * i64::from((days + 1).ilog2())));
    set(Feature::WeeksLater, yes(weeks));
    if !one.places.is_empty() && !other.places.is_empty() {
        let same = one.places.iter().any(|place| other.places.contains(place));
        set(Feature::SamePlace, yes(same));
        set(Feature::OtherPlace, yes(!same));
    }
    if !one.dates.is_empty() && !other.dates.is_empty() {
        let near =
            |a: &(Day, Day)| other.dates.iter().any(|b| a.0 <= b.1.plus(1) && b.0 <= a.1.plus(1));
        let near = one.dates.iter().any(near);
        set(Feature::SameDate, yes(near));
        set(Feature::OtherDate, yes(!near));
    }
    if !one.killed.is_empty() && !other.killed.is_empty() {
        let gap = |a: &Figure, b: &Figure| {
            let (low, high) = if a.least <= b.least { (a, b) } else { (b, a) };
            low.most.map_or(0, |most| high.least.saturating_sub(most))
        };
        let least =
            one.killed.iter().flat_map(|a| other.killed.iter().map(move |b| gap(a, b))).min();
        set(Feature::SameToll, yes(least == Some(0)));
        set(Feature::OtherToll, yes(least.is_some_and(|gap| gap > 1)));
    }
    values
}

/// How much speaks for two reports being of one incident, by the weights that ship.
pub fn score(one: &Report, other: &Report) -> Score {
    weights(one, other).score(&compare(one, other))
}

/// How many elements two sorted lists have in common.
fn common<T: Ord>(one: &[T], other: &[T]) -> usize {
    let (mut one, mut other, mut both) = (one.iter().peekable(), other.iter().peekable(), 0);
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        let order = a.cmp(b);
        if order.is_le() {
            one.next();
        }
        if order.is_ge() {
            other.next();
        }
        both += usize::from(order.is_eq());
    }
    both
}

/// The cosine of two vectors, in percent, by their product and the squares of their lengths: whole
/// numbers far below 2^53, so exact until the root.
fn cosine(product: i64, a: i64, b: i64) -> i64 {
    let (product, a, b) = (product as f64, a as f64, b as f64);
    if a > 0.0 && b > 0.0 { (100.0 * product / (a * b).sqrt()).round() as i64 } else { 0 }
}

/// How rare the three rarest full names are that both have, in percent.
fn full_names(one: &Weighed, other: &Weighed) -> i64 {
    let names = one.outline.full_names.iter().zip(&one.full_names);
    let mut rare: Vec<i64> = names
        .filter(|(pair, _)| other.outline.full_names.binary_search(pair).is_ok())
        .map(|(_, rare)| *rare)
        .collect();
    rare.sort_unstable_by(|a, b| b.cmp(a));
    rare.iter().take(3).sum::<i64>() / 3
}

/// What the words of two outlines have in common, in percent.
struct Shared {
    words: i64,
    named: i64,
    headline: i64,
    opening: i64,
    rare_names: i64,
}

impl Shared {
    fn of(one: &Weighed, other: &Weighed) -> Shared {
        let (a, b) = (one.sums, other.sums);
        let (mut words, mut named) = (0, 0);
        let (mut headlines, mut openings) = ([0, 0], [0, 0]);
        let mut rarest = [0; 6];
        one.each_shared(other, |x, y| {
            words += i64::from(x.said) * i64::from(y.said);
            let both = i64::from(x.named) * i64::from(y.named);
            named += both;
            if both > 0 {
                // Few outrank those before them.
                let own = i64::from(x.weight);
                if let Some(rank) = rarest.iter().position(|rare| *rare < own) {
                    rarest[rank..].rotate_right(1);
                    rarest[rank] = own;
                }
            }
            for (side, word) in [x, y].into_iter().enumerate() {
                headlines[side] += i64::from(word.headline);
                openings[side] += i64::from(word.opening);
            }
        });
        let share = |part: i64, of: i64| if of > 0 { 100 * part / of } else { 0 };
        Shared {
            words: cosine(words, a.words, b.words),
            named: cosine(named, a.named, b.named),
            headline: (share(headlines[0], a.headline) + share(headlines[1], b.headline)) / 2,
            opening: (share(openings[0], a.opening) + share(openings[1], b.opening)) / 2,
            rare_names: rarest.iter().sum::<i64>() * 100 / (6 * most()),
        }
    }
}

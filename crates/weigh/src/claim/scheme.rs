//! What published work says that the features of a claim point to.

use super::FeatureKind;

/// The features of a claim, each with what published work says of its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Its name.
    pub name: String,
    /// The version of the file, from 1.
    pub version: u32,
    /// Remarks for readers.
    pub notes: Option<String>,
    /// Phrases that claims repeat whatever the attack.
    pub formulae: Vec<String>,
    /// The features, in the order of a page.
    pub features: Vec<FeatureNote>,
}

/// One feature, and what its values are said to point to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureNote {
    /// The feature.
    pub feature: FeatureKind,
    /// Its name on pages.
    pub title: String,
    /// The question that it answers.
    pub question: String,
    /// What published work says.
    pub pointers: Vec<Pointer>,
}

/// What one work says of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// The value.
    pub value: String,
    /// Where it points.
    pub points: Points,
    /// What the work says, in our words.
    pub says: String,
    /// The work.
    pub source: String,
}

/// In which direction a value points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Points {
    /// To a hand of the claimant in the attack.
    Hand,
    /// To an attack without such a hand: an inspired one, or one that others did.
    NoHand,
    /// It is found with both.
    Both,
}

impl Points {
    /// All directions.
    pub const ALL: [Points; 3] = [Points::Hand, Points::NoHand, Points::Both];

    /// The direction's name in files and formats.
    pub fn name(self) -> &'static str {
        match self {
            Points::Hand => "hand",
            Points::NoHand => "no-hand",
            Points::Both => "both",
        }
    }
}

impl Scheme {
    /// What is known of a feature.
    pub fn note(&self, feature: FeatureKind) -> Option<&FeatureNote> {
        self.features.iter().find(|note| note.feature == feature)
    }
}

impl FeatureNote {
    /// What published work says of a value.
    pub fn of(&self, value: &str) -> impl Iterator<Item = &Pointer> {
        self.pointers.iter().filter(move |pointer| pointer.value == value)
    }
}

//! Who says it, and how far they stand behind it.

use crate::{MentionId, Span};

/// One link in the chain of those through whom an assertion comes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Speaker {
    /// Who speaks.
    pub voice: Voice,
    /// How far this speaker stands behind the words.
    pub stance: Stance,
    /// The words that show the stance ("suggested", "denied"), where there are any.
    pub cue: Option<Span>,
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// The document itself: its paper, in its author's words.
    Document,
    /// Somebody mentioned in the text: a person, a group, an outlet.
    Mention(MentionId),
    /// Somebody described but not named: "experts", "a senior official".
    Described(String),
    /// Nobody in particular: "it was reported".
    Unnamed,
}

/// How far a speaker stands behind what is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// Said as so.
    Asserted,
    /// Said with reserve: suggested, appeared, allegedly.
    Hedged,
    /// Said not to be so.
    Denied,
    /// Put in doubt or asked.
    Questioned,
    /// Said not to be known.
    Unknown,
}

impl Stance {
    /// All stances, strongest first.
    pub const ALL: [Stance; 5] =
        [Stance::Asserted, Stance::Hedged, Stance::Questioned, Stance::Unknown, Stance::Denied];

    /// The stance's name in formats and on pages.
    pub fn name(self) -> &'static str {
        match self {
            Stance::Asserted => "asserted",
            Stance::Hedged => "hedged",
            Stance::Denied => "denied",
            Stance::Questioned => "questioned",
            Stance::Unknown => "unknown",
        }
    }

    /// The stance with this name.
    pub fn from_name(name: &str) -> Option<Stance> {
        Stance::ALL.into_iter().find(|stance| stance.name() == name)
    }
}

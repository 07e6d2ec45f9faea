//! What an assertion says a variable is.

use crate::{Edtf, Fingerprint, MentionId};

/// The value that an assertion or a finding gives a variable.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Words of the source, or a coder's own.
    Text(String),
    /// A term of a closed list, lower case: `bombing`, `foiled`, `arrested`.
    Term(String),
    /// Another subject.
    Mention(MentionId),
    /// When.
    Date(Edtf),
    /// How many.
    Figure(Figure),
    /// Yes, no, unknown.
    Answer(Answer),
    /// So many of so many.
    Share(Share),
}

/// The shape of a value, so that a definition can say what it expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueShape {
    /// [`Value::Text`]
    Text,
    /// [`Value::Term`]
    Term,
    /// [`Value::Mention`]
    Mention,
    /// [`Value::Date`]
    Date,
    /// [`Value::Figure`]
    Figure,
    /// [`Value::Answer`]
    Answer,
    /// [`Value::Share`]
    Share,
}

impl Value {
    /// The value's shape.
    pub fn shape(&self) -> ValueShape {
        match self {
            Value::Text(_) => ValueShape::Text,
            Value::Term(_) => ValueShape::Term,
            Value::Mention(_) => ValueShape::Mention,
            Value::Date(_) => ValueShape::Date,
            Value::Figure(_) => ValueShape::Figure,
            Value::Answer(_) => ValueShape::Answer,
            Value::Share(_) => ValueShape::Share,
        }
    }

    /// The mention that it is, if it is one.
    pub fn mention(&self) -> Option<MentionId> {
        match self {
            Value::Mention(id) => Some(*id),
            _ => None,
        }
    }

    /// Whether it is a type of attack that leaves open what was done: an attack or an assault may
    /// be any closer type.
    pub fn leaves_type_open(&self) -> bool {
        matches!(self, Value::Term(term) if term == "attack" || term == "assault")
    }

    /// Adds the value to a fingerprint, so that equal values and only they hash alike.
    #[must_use]
    pub fn add_to(&self, key: Fingerprint) -> Fingerprint {
        match self {
            Value::Text(words) => key.number(0).field(words.as_bytes()),
            Value::Term(term) => key.number(1).field(term.as_bytes()),
            Value::Mention(id) => key.number(2).number(id.bits()),
            Value::Date(date) => key.number(3).field(date.as_str().as_bytes()),
            Value::Figure(figure) => {
                let most = figure.most.map_or(u64::MAX, u64::from);
                key.number(4).number(figure.least.into()).number(most).number(figure.about.into())
            }
            Value::Answer(answer) => key.number(5).field(answer.name().as_bytes()),
            Value::Share(share) => {
                let whole = share.whole.map_or(u64::MAX, u64::from);
                let key = key.number(6).number(share.part.into()).number(whole);
                key.field(share.property.as_bytes())
            }
        }
    }
}

/// A number of people or things, as exact as the source: "130", "at least 12", "30 to 40".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Figure {
    /// The least it can be.
    pub least: u32,
    /// The most it can be; `None` for "at least".
    pub most: Option<u32>,
    /// Whether the source says about, some, nearly.
    pub about: bool,
}

impl Figure {
    /// Exactly `n`.
    pub fn exactly(n: u32) -> Figure {
        Figure { least: n, most: Some(n), about: false }
    }
}

/// Whether something holds. "Nobody says" is no value at all; `Unknown` is said to be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It is said not to be known.
    Unknown,
}

impl Answer {
    /// The answer's name in formats and on pages.
    pub fn name(self) -> &'static str {
        match self {
            Answer::Yes => "yes",
            Answer::No => "no",
            Answer::Unknown => "unknown",
        }
    }

    /// The answer with this name.
    pub fn from_name(name: &str) -> Option<Answer> {
        [Answer::Yes, Answer::No, Answer::Unknown].into_iter().find(|answer| answer.name() == name)
    }
}

/// "31 of 38": a part, the whole where it is given, and what the part has in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share {
    /// How many have the property.
    pub part: u32,
    /// Of how many; `None` when the source does not say.
    pub whole: Option<u32>,
    /// The property, in the words of the source.
    pub property: String,
}

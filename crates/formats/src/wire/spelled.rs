//! Values that JSON spells as a string: ids, dates, names of variables.

use std::fmt::Display;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use throughline_model::{Answer, DocumentId, NoteKind, Stance, SubjectKind, Variable};

use super::document::parse_sha256;

/// A value written by `Display` and read by `FromStr`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spelled<T>(pub(crate) T);

impl<T: Display> Serialize for Spelled<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, T: FromStr<Err: Display>> Deserialize<'de> for Spelled<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Spelled<T>, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map(Spelled).map_err(D::Error::custom)
    }
}

impl<T: Copy> Spelled<T> {
    /// The values, of a list.
    pub(crate) fn all(list: &[Spelled<T>]) -> Vec<T> {
        list.iter().map(|one| one.0).collect()
    }
}

/// A document by its id; read from its SHA-256 as well, so that nobody has to make the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DocumentName(pub(crate) DocumentId);

impl Serialize for DocumentName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for DocumentName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DocumentName, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        match parse_sha256(&text) {
            Ok(sha256) => Ok(DocumentName(DocumentId::of_bytes(sha256))),
            Err(_) => text.parse().map(DocumentName).map_err(D::Error::custom),
        }
    }
}

macro_rules! named {
    ($($form:ident $type:ty, $wanted:literal;)*) => {$(
        /// A name of a closed list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) struct $form(pub(crate) $type);

        impl Serialize for $form {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.0.name())
            }
        }

        impl<'de> Deserialize<'de> for $form {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$form, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                <$type>::from_name(&text)
                    .map($form)
                    .ok_or_else(|| D::Error::custom(format!("{text:?} is no {}", $wanted)))
            }
        }
    )*};
}

named! {
    KindName SubjectKind, "kind of subject";
    StanceName Stance, "stance (asserted, hedged, questioned, unknown, denied)";
    VariableName Variable, "variable; see the list in docs/formats.md";
    AnswerName Answer, "answer (yes, no, unknown)";
    NoteName NoteKind, "kind of note";
}

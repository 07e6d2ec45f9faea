//! Keys and values of a TOML table, and where they stand.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A definition that could not be read: where, what was found and what was wanted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {text}")]
pub struct DefinitionError {
    /// The line, from 1.
    pub line: usize,
    /// What was found, and what was wanted.
    pub text: String,
}

pub(crate) type Result<T> = std::result::Result<T, DefinitionError>;

/// A value and where it stands.
pub(crate) type Value<'v> = Spanned<DeValue<'v>>;

/// The text in which places are told as lines.
#[derive(Clone, Copy)]
pub(crate) struct Place<'t> {
    pub(crate) toml: &'t str,
}

impl Place<'_> {
    pub(crate) fn error(self, span: Range<usize>, text: impl Into<String>) -> DefinitionError {
        let before = self.toml.get(..span.start.min(self.toml.len())).unwrap_or_default();
        DefinitionError { line: before.matches('\n').count() + 1, text: text.into() }
    }

    /// A value that is not what its place wants.
    pub(crate) fn unwanted(self, value: &Value, wanted: &str) -> DefinitionError {
        let found = match value.get_ref() {
            DeValue::String(text) => format!("{text:?}"),
            DeValue::Integer(number) => number.as_str().to_owned(),
            DeValue::Boolean(truth) => truth.to_string(),
            other => format!("a value of type {}", other.type_str()),
        };
        self.error(value.span(), format!("found {found}, wanted {wanted}"))
    }
}

/// A table with only known keys.
pub(crate) struct Keys<'t, 'v> {
    pub(crate) place: Place<'t>,
    what: &'static str,
    span: Range<usize>,
    table: &'v DeTable<'v>,
}

impl<'t, 'v> Keys<'t, 'v> {
    /// The keys of `what`, which may be those of `known`.
    pub(crate) fn of(
        place: Place<'t>,
        what: &'static str,
        span: Range<usize>,
        table: &'v DeTable<'v>,
        known: &[&str],
    ) -> Result<Keys<'t, 'v>> {
        match table.keys().find(|key| !known.contains(&key.get_ref().as_ref())) {
            None => Ok(Keys { place, what, span, table }),
            Some(key) => {
                let text =
                    format!("unknown key {:?}; {what} has {}", key.get_ref(), known.join(", "));
                Err(place.error(key.span(), text))
            }
        }
    }

    /// The value of a key, if it is there.
    pub(crate) fn get(&self, key: &str) -> Option<&'v Value<'v>> {
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    /// The value of a key that may be left out, read.
    pub(crate) fn optional<T>(
        &self,
        key: &str,
        read: impl FnOnce(Place<'t>, &'v Value<'v>) -> Result<T>,
    ) -> Result<Option<T>> {
        self.get(key).map(|value| read(self.place, value)).transpose()
    }

    /// The value of a key that must be there, read.
    pub(crate) fn needed<T>(
        &self,
        key: &str,
        read: impl FnOnce(Place<'t>, &'v Value<'v>) -> Result<T>,
    ) -> Result<T> {
        self.optional(key, read)?.ok_or_else(|| self.missing(key))
    }

    pub(crate) fn missing(&self, key: &str) -> DefinitionError {
        self.error(format!("{} needs {key:?}", self.what))
    }

    /// The value of `key` is not what is wanted.
    pub(crate) fn wrong(&self, key: &str, wanted: &str) -> DefinitionError {
        match self.get(key) {
            Some(value) => self.place.unwanted(value, &format!("{key}: {wanted}")),
            None => self.missing(key),
        }
    }

    /// An error of the table as a whole.
    pub(crate) fn error(&self, text: impl Into<String>) -> DefinitionError {
        self.place.error(self.span.clone(), text)
    }
}

/// A list of tables with only the keys known of `what`, each read.
pub(crate) fn tables<T>(
    place: Place,
    value: &Value,
    (what, known): (&'static str, &[&str]),
    read: impl Fn(&Keys) -> Result<T>,
) -> Result<Vec<T>> {
    let DeValue::Array(list) = value.get_ref() else {
        return Err(place.unwanted(value, "a list of tables"));
    };
    list.iter()
        .map(|one| match one.get_ref() {
            DeValue::Table(table) => read(&Keys::of(place, what, one.span(), table, known)?),
            _ => Err(place.unwanted(one, "a list of tables")),
        })
        .collect()
}

/// A text.
pub(crate) fn text(place: Place, value: &Value) -> Result<String> {
    match value.get_ref() {
        DeValue::String(text) if !text.trim().is_empty() => Ok(text.clone().into_owned()),
        _ => Err(place.unwanted(value, "a text between quotation marks")),
    }
}

/// A name by which commands and citations call something.
pub(crate) fn name(place: Place, value: &Value) -> Result<String> {
    let wanted = "name: lower-case letters, digits and dashes, such as \"had-help\"";
    let fits =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    match text(place, value) {
        Ok(name) if name.chars().all(fits) && !name.starts_with('-') => Ok(name),
        _ => Err(place.unwanted(value, wanted)),
    }
}

/// A text, or a list of texts.
pub(crate) fn texts(place: Place, value: &Value) -> Result<Vec<String>> {
    match value.get_ref() {
        DeValue::Array(list) if list.iter().next().is_some() => {
            list.iter().map(|one| text(place, one)).collect()
        }
        DeValue::String(_) => Ok(vec![text(place, value)?]),
        _ => Err(place.unwanted(value, "a text, or a list of texts")),
    }
}

/// A whole number.
pub(crate) fn number(place: Place, value: &Value) -> Result<u32> {
    let number = match value.get_ref() {
        DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    };
    number.ok_or_else(|| place.unwanted(value, "a whole number"))
}

/// True or false.
pub(crate) fn truth(place: Place, value: &Value) -> Result<bool> {
    match value.get_ref() {
        DeValue::Boolean(truth) => Ok(*truth),
        _ => Err(place.unwanted(value, "true or false")),
    }
}

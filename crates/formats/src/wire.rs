//! The JSON forms of the model's types.
//!
//! The model derives no serialisation, so that it stays free to change; here each type has a form
//! of its own, with the field names that docs/formats.md promises.

mod assertion;
mod document;
mod holding;
mod judgment;
mod spelled;
mod value;

use throughline_model::{Assertion, Document, Holding, Judgment, Mention, Note, Reading};

pub(crate) use assertion::{AssertionForm, MentionForm, ReadingForm};
pub(crate) use document::DocumentForm;
pub use document::relation_name;
pub(crate) use document::role_name;
pub(crate) use judgment::JudgmentForm;
pub(crate) use spelled::{DocumentName, NoteName, Spelled};
pub(crate) use value::{SpanForm, ValueForm};

/// A JSON object that is not what its place wants: what was found, and what was wanted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FormatError(pub String);

impl FormatError {
    pub(crate) fn new(text: impl Into<String>) -> FormatError {
        FormatError(text.into())
    }
}

impl From<serde_json::Error> for FormatError {
    fn from(error: serde_json::Error) -> FormatError {
        FormatError(error.to_string())
    }
}

macro_rules! forms {
    ($($(#[$read:meta])* $read_fn:ident $(#[$write:meta])* $write_fn:ident $type:ty, $form:ty;)*) => {$(
        $(#[$read])*
        ///
        /// # Errors
        /// [`FormatError`] if the text is no JSON object of this form.
        pub fn $read_fn(json: &str) -> Result<$type, FormatError> {
            serde_json::from_str::<$form>(json)?.try_into()
        }

        $(#[$write])*
        pub fn $write_fn(value: &$type) -> String {
            // Writing to memory fails only for maps with keys that are no strings; there are none.
            serde_json::to_string(&<$form>::from(value)).unwrap_or_default()
        }
    )*};
}

forms! {
    /// The document in a JSON object.
    read_document
    /// A document as a JSON object, without its bytes.
    write_document Document, DocumentForm;
    /// The mention in a JSON object.
    read_mention
    /// A mention as a JSON object.
    write_mention Mention, MentionForm;
    /// The assertion in a JSON object.
    read_assertion
    /// An assertion as a JSON object.
    write_assertion Assertion, AssertionForm;
    /// The reading in a JSON object.
    read_reading
    /// A reading as a JSON object.
    write_reading Reading, ReadingForm;
    /// The judgment in a JSON object.
    read_judgment
    /// A judgment as a JSON object.
    write_judgment Judgment, JudgmentForm;
}

/// A reading with the name of who made it, as the ledger holds it.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FiledForm {
    reader: String,
    reading: ReadingForm,
}

/// The reader and the reading in a JSON object.
///
/// # Errors
/// [`FormatError`] if the text is no JSON object of this form.
pub fn read_filed(json: &str) -> Result<(String, Reading), FormatError> {
    let form: FiledForm = serde_json::from_str(json)?;
    Ok((form.reader, form.reading.try_into()?))
}

/// The reader and the notes in such an object. The rest of it is passed over, unread.
///
/// # Errors
/// [`FormatError`] if the text is no JSON object of this form.
pub fn read_notes(json: &str) -> Result<(String, Vec<Note>), FormatError> {
    #[derive(serde::Deserialize)]
    struct Noted {
        reader: String,
        reading: Notes,
    }
    #[derive(serde::Deserialize)]
    struct Notes {
        #[serde(default)]
        notes: Vec<assertion::NoteForm>,
    }
    let noted: Noted = serde_json::from_str(json)?;
    Ok((noted.reader, noted.reading.notes.into_iter().map(Note::from).collect()))
}

/// A reading and its reader as a JSON object.
pub fn write_filed(reader: &str, reading: &Reading) -> String {
    let form = FiledForm { reader: reader.to_owned(), reading: reading.into() };
    // Writing to memory fails only for maps with keys that are no strings; there are none.
    serde_json::to_string(&form).unwrap_or_default()
}

/// Holdings in a JSON array, with no assertions behind them; `rule` gives the rule of a name.
///
/// # Errors
/// [`FormatError`] if the text is no JSON array of this form.
pub fn read_holdings(
    json: &str,
    rule: &dyn Fn(&str) -> Option<&'static str>,
) -> Result<Vec<Holding>, FormatError> {
    let forms: Vec<holding::HoldingForm> = serde_json::from_str(json)?;
    forms.into_iter().map(|form| form.holding(rule)).collect()
}

/// Holdings as a JSON array, without the assertions behind them.
pub fn write_holdings(holdings: &[Holding]) -> String {
    let forms: Vec<holding::HoldingForm> = holdings.iter().map(Into::into).collect();
    // Writing to memory fails only for maps with keys that are no strings; there are none.
    serde_json::to_string(&forms).unwrap_or_default()
}

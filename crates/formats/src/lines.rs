//! One JSON object a line: what `import assertions` reads and `export assertions` writes.

use serde::{Deserialize, Serialize};
use throughline_model::{Assertion, Document, Judgment, Mention};

use crate::FormatError;
use crate::wire::{AssertionForm, DocumentForm, JudgmentForm, MentionForm};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A document: what is known of it, and its text where that is held.
    Document(Document),
    /// A mention, and by which reader it was read.
    Mention(Mention, Option<String>),
    /// An assertion, and by which reader it was read.
    Assertion(Assertion, Option<String>),
    /// A judgment.
    Judgment(Judgment),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum LineForm {
    Document(DocumentForm),
    Mention(MentionForm),
    Assertion(AssertionForm),
    Judgment(JudgmentForm),
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    #[serde(skip_serializing_if = "Option::is_none")]
    reader: Option<String>,
    #[serde(flatten)]
    line: LineForm,
}

/// Reads a line: `{"assertion": {…}}`, with `"reader"` beside it if a reader other than the
/// importing person made it.
///
/// # Errors
/// [`FormatError`], with the column, what was found and what was wanted.
pub fn read(line: &str) -> Result<Line, FormatError> {
    let Envelope { reader, line } = serde_json::from_str(line)?;
    Ok(match line {
        LineForm::Document(form) => Line::Document(form.try_into()?),
        LineForm::Mention(form) => Line::Mention(form.try_into()?, reader),
        LineForm::Assertion(form) => Line::Assertion(form.try_into()?, reader),
        LineForm::Judgment(form) => Line::Judgment(form.try_into()?),
    })
}

/// Writes a line, without its end.
pub fn write(line: &Line) -> String {
    let (form, reader) = match line {
        Line::Document(document) => (LineForm::Document(document.into()), None),
        Line::Mention(mention, reader) => (LineForm::Mention(mention.into()), reader.clone()),
        Line::Assertion(said, reader) => (LineForm::Assertion(said.into()), reader.clone()),
        Line::Judgment(judgment) => (LineForm::Judgment(judgment.into()), None),
    };
    // Writing to memory fails only for maps with keys that are no strings; there are none.
    serde_json::to_string(&Envelope { reader, line: form }).unwrap_or_default()
}

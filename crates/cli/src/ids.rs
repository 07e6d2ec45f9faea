//! Ids as they are typed: in full, or their beginning.

use anyhow::{Context, bail};
use throughline_casebook::Casebook;
use throughline_model::{AssertionId, DocumentId, JudgmentId, MentionId};

/// What an id names.
pub(crate) enum Id {
    Document(DocumentId),
    Assertion(AssertionId),
    Judgment(JudgmentId),
    Mention(MentionId),
}

/// The thing that an id names.
pub(crate) fn parse(casebook: &Casebook, text: &str) -> anyhow::Result<Id> {
    Ok(match text.split('-').next() {
        Some("doc") => Id::Document(document(casebook, text)?),
        Some("ast") => Id::Assertion(text.parse()?),
        Some("jdg") => Id::Judgment(text.parse()?),
        _ => Id::Mention(casebook.find_mention(text)?),
    })
}

/// A document's id, or the beginning of one.
pub(crate) fn document(casebook: &Casebook, text: &str) -> anyhow::Result<DocumentId> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    if !text.starts_with("doc-") || text.len() < 6 {
        bail!("{text:?} is no document's id (doc- and twelve characters, or the first of them)");
    }
    let mut found =
        casebook.document_ids()?.into_iter().filter(|id| id.to_string().starts_with(text));
    let first = found.next().with_context(|| format!("no document begins with {text}"))?;
    match found.next() {
        None => Ok(first),
        Some(second) => bail!("{text} could be {first} or {second}; write more of it"),
    }
}

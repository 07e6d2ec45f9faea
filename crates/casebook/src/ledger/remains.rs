//! What stays of judgments that went with a document: nothing of what they said, but what others hang on.

use serde_json::{Value as Json, json};
use throughline_model::{Act, DocumentId, Edtf, Fingerprint, Instant, Judgment, JudgmentId};

use crate::ledger::tombstones::named;

/// What stays of a judgment that took the place of others, or gave its document a date. What it
/// superseded does not come back, as if its coder had undone it: he had thought better of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remains {
    /// The judgment.
    pub id: JudgmentId,
    /// Whose it was.
    pub by: String,
    /// When it was recorded; nothing of one that never was here.
    pub recorded: Option<Instant>,
    /// The documents that it cited: what it superseded is superseded as of when they all were public.
    pub cites: Vec<DocumentId>,
    /// What it took the place of.
    pub supersedes: Vec<JudgmentId>,
    /// The date that it gave its document.
    pub published: Option<Edtf>,
}

impl Remains {
    /// What stays of a judgment.
    pub(crate) fn of(judgment: &Judgment, recorded: Instant) -> Remains {
        Remains {
            id: judgment.id,
            by: judgment.by.clone(),
            recorded: Some(recorded),
            cites: judgment.cites.clone(),
            supersedes: judgment.supersedes.clone(),
            published: match &judgment.act {
                Act::Dated { published, .. } => Some(published.clone()),
                _ => None,
            },
        }
    }

    /// The judgment that says no more than this, on a document that was removed.
    pub(crate) fn judgment(&self, document: DocumentId) -> Judgment {
        Judgment {
            id: self.id,
            by: self.by.clone(),
            made: Instant(0),
            reason: String::new(),
            cites: self.cites.clone(),
            supersedes: self.supersedes.clone(),
            act: match &self.published {
                Some(published) => Act::Dated { document, published: published.clone() },
                None => Act::Undo,
            },
        }
    }

    pub(crate) fn write(&self) -> Json {
        let cites: Vec<String> = self.cites.iter().map(ToString::to_string).collect();
        let supersedes: Vec<String> = self.supersedes.iter().map(ToString::to_string).collect();
        let mut written = json!({
            "id": self.id.to_string(),
            "by": self.by,
            "cites": cites,
            "supersedes": supersedes,
        });
        if let Some(Instant(recorded)) = self.recorded {
            written["recorded"] = recorded.into();
        }
        if let Some(published) = &self.published {
            written["published"] = published.as_str().into();
        }
        written
    }

    pub(crate) fn read(written: &Json) -> Option<Remains> {
        Some(Remains {
            id: named(&written["id"])?,
            by: written["by"].as_str()?.to_owned(),
            recorded: written["recorded"].as_i64().map(Instant),
            cites: written["cites"].as_array()?.iter().map(named).collect::<Option<_>>()?,
            supersedes: written["supersedes"]
                .as_array()?
                .iter()
                .map(named)
                .collect::<Option<_>>()?,
            published: match &written["published"] {
                Json::Null => None,
                date => Some(named(date)?),
            },
        })
    }

    /// Adds what counts of it in the content hash.
    pub(crate) fn add_to(&self, content: Fingerprint) -> Fingerprint {
        let content = content.field(b"remains").number(self.id.bits());
        let content = match &self.published {
            Some(published) => content.field(published.as_str().as_bytes()),
            None => content,
        };
        let content = self
            .cites
            .iter()
            .fold(content.number(self.cites.len() as u64), |content, id| content.number(id.bits()));
        self.supersedes.iter().fold(content.number(self.supersedes.len() as u64), |content, id| {
            content.number(id.bits())
        })
    }
}

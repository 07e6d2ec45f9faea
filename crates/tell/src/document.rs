//! A document: what is known of it, and what a coder should look at.

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, DocumentRow, Passed, Result};
use throughline_model::{AsOf, Document, DocumentId, Note, Picture, PictureId, Relation};

/// A document as of two dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentTold {
    /// The document, as it was captured.
    pub document: Document,
    /// What lists give of it.
    pub row: DocumentRow,
    /// The notes of its readers.
    pub notes: Vec<Note>,
    /// The documents that it tells of, with those of them that are held.
    pub passed: Vec<Passed>,
}

/// What became of a document that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentAnswer {
    /// It is in view.
    Told(Box<DocumentTold>),
    /// It was removed on a court's order or a subject's request: by whom, and why.
    Removed {
        /// Who removed it.
        by: String,
        /// The order or the request.
        reason: String,
    },
    /// It was not published or recorded by the dates asked for.
    OutOfView,
    /// It was never here.
    Unknown,
}

impl DocumentAnswer {
    /// Looks a document up.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn gather(casebook: &Casebook, id: DocumentId, as_of: AsOf) -> Result<DocumentAnswer> {
        if let Some(tombstone) = casebook.tombstone(id)? {
            return Ok(DocumentAnswer::Removed { by: tombstone.by, reason: tombstone.reason });
        }
        let Some(document) = casebook.document(id)? else { return Ok(DocumentAnswer::Unknown) };
        let Some(row) = casebook.document_row(id, as_of)? else {
            return Ok(DocumentAnswer::OutOfView);
        };
        let notes = casebook.notes(id, as_of)?;
        let passed = casebook.passed(&document, as_of)?;
        Ok(DocumentAnswer::Told(Box::new(DocumentTold { document, row, notes, passed })))
    }
}

impl DocumentTold {
    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let written = throughline_formats::write_document(&self.document);
        let mut object: Json = serde_json::from_str(&written).unwrap_or_default();
        for field in [
            "medium",
            "source",
            "title",
            "byline",
            "published_at",
            "modified",
            "fetched",
            "url",
            "language",
            "section",
            "item",
            "file",
            "zones",
            "pages",
            "text",
        ] {
            // Every field is there, so that programs need not ask.
            let empty = match field {
                "zones" | "pages" => json!([]),
                "text" => json!(""),
                _ => Json::Null,
            };
            if object[field].is_null() {
                object[field] = empty;
            }
        }
        object["pictures"] = self.document.pictures.iter().map(picture_json).collect();
        object["references"] = self.passed.iter().map(passed_json).collect();
        object["capture_notes"] = json!(self.document.notes);
        object["published"] = json!(self.row.published.as_ref().map(ToString::to_string));
        object["changed"] = json!(self.row.changed().map(ToString::to_string));
        object["opening"] = json!(self.row.opening);
        object["recorded"] = json!(self.row.recorded.to_string());
        object["reader"] = json!(self.row.reader);
        object["notes"] = self
            .notes
            .iter()
            .map(|note| {
                json!({
                    "kind": note.kind.name(), "text": note.text,
                    "words": note.span.of(&self.document.text),
                    "assertion": note.assertion.map(|id| id.to_string()),
                })
            })
            .collect();
        object
    }
}

/// A removed document, in the fields that docs/json.md gives.
pub fn removed_json(id: DocumentId, by: &str, reason: &str) -> Json {
    json!({"id": id.to_string(), "removed": {"by": by, "reason": reason}})
}

/// A document that another tells of, with the one held, in the fields that docs/json.md gives.
pub fn passed_json(passed: &Passed) -> Json {
    let reference = &passed.reference;
    json!({
        "relation": throughline_formats::relation_name(reference.relation),
        "source": reference.source,
        "item": reference.item,
        "at": reference.at.as_ref().map(ToString::to_string),
        "document": passed.held.map(|id| id.to_string()),
    })
}

fn picture_json(picture: &Picture) -> Json {
    json!({
        "picture": picture.sha256.map(|hash| PictureId::of_bytes(hash).to_string()),
        "sha256": picture.sha256.map(|hash| hash.to_string()),
        "name": picture.name,
        "caption": picture.caption,
        "at": picture.at,
    })
}

/// Which document another one means, as far as it is held: its id, or why there is none. Without a
/// number, one that is held may be meant and not be told from its neighbours.
pub fn which(passed: &Passed) -> String {
    match (passed.held, &passed.reference.item) {
        (Some(id), _) => id.to_string(),
        (None, Some(_)) => "not held".to_owned(),
        (None, None) => "not found among what is held".to_owned(),
    }
}

/// What a document does with another, as a verb.
pub fn verb(relation: Relation) -> &'static str {
    match relation {
        Relation::Forwards => "passes on",
        Relation::Answers => "answers",
        Relation::AttachedTo => "came along with",
        Relation::Translates => "translates",
        Relation::Replaces => "is a later state of",
    }
}

/// When a document was published and, where it counts from a later change on, when that was; "?"
/// if it is undated.
pub fn dated(row: &DocumentRow) -> String {
    let published = row.published.as_ref().map_or_else(|| "?".to_owned(), ToString::to_string);
    match row.changed() {
        Some(on) => format!("{published}, changed {on}"),
        None => published,
    }
}

/// What a document goes by: its headline, else how it begins, else that it has neither.
pub fn called(row: &DocumentRow) -> &str {
    row.title.as_deref().or(row.opening.as_deref()).unwrap_or("untitled")
}

/// A document in a list, in the fields that docs/json.md gives.
pub fn row_json(row: &DocumentRow) -> Json {
    json!({
        "id": row.id.to_string(),
        "published": row.published.as_ref().map(ToString::to_string),
        "changed": row.changed().map(ToString::to_string),
        "source": row.source,
        "title": row.title,
        "opening": row.opening,
        "file": row.file,
        "recorded": row.recorded.to_string(),
        "reader": row.reader,
    })
}

//! Everything, so that an import into an empty casebook gives the same content.

use std::io::Write;

use throughline_casebook::{Casebook, EntryKind, Tombstone};
use throughline_formats::lines::{self, Line, Remains, Removal};
use throughline_model::DocumentId;

use super::{Told, judgments_in_order};

/// Every document with its readings, every removal, every judgment, every codebook, definition and
/// published count, each after what it refers to. Original bytes stay behind: a backup takes them along.
pub(super) fn write(casebook: &Casebook, writer: &mut dyn Write) -> anyhow::Result<usize> {
    let mut written = 0;
    let mut put = |line: Line| -> anyhow::Result<()> {
        writeln!(writer, "{}", lines::write(&line))?;
        written += 1;
        Ok(())
    };
    for id in casebook.document_ids()? {
        let Some(document) = casebook.document(id)? else { continue };
        put(Line::Document(Box::new(document)))?;
        for (reader, reading) in casebook.filed(id)? {
            put(Line::Reading { document: id, reader: reader.clone() })?;
            for mention in reading.mentions {
                put(Line::Mention(mention, Some(reader.clone())))?;
            }
            for said in reading.assertions {
                put(Line::Assertion(said, Some(reader.clone())))?;
            }
            for note in reading.notes {
                put(Line::Note(id, note, Some(reader.clone())))?;
            }
        }
    }
    for document in casebook.removed()? {
        for tombstone in casebook.tombstones(document)? {
            put(Line::Removed(removal(document, tombstone)))?;
        }
    }
    for Told { judgment, held, .. } in judgments_in_order(casebook)? {
        put(Line::Judgment(judgment, held))?;
    }
    let kinds = [EntryKind::Codebook, EntryKind::Definition, EntryKind::Published];
    for entry in casebook.entries(&kinds)? {
        if let Some(payload) = entry.payload {
            put(Line::Entry { kind: entry.kind.name().to_owned(), payload })?;
        }
    }
    Ok(written)
}

/// A tombstone as others take it over: without what was recorded here.
fn removal(document: DocumentId, tombstone: Tombstone) -> Removal {
    let Tombstone { by, reason, public, successors, judgments, remains, .. } = tombstone;
    let remain = |one: throughline_casebook::Remains| Remains {
        id: one.id,
        by: one.by,
        cites: one.cites,
        supersedes: one.supersedes,
        published: one.published,
    };
    Removal {
        document,
        by,
        reason,
        public,
        successors: successors.pairs().collect(),
        judgments: judgments.into_iter().collect(),
        remains: remains.into_iter().map(remain).collect(),
    }
}

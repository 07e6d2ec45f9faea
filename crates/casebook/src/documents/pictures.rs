//! Pictures: their bytes, kept once, which documents have them, and what they look like.

use rusqlite::{Connection, OptionalExtension, params};
use throughline_formats::relation_name;
use throughline_model::{AsOf, Day, Document, DocumentId, PictureId, Sha256};
use throughline_picture::{Kind, LOOK, Likeness, Look, Unseen, look};

use crate::care::Fault;
use crate::casebook::Casebook;
use crate::documents::DocumentRow;
use crate::error::Result;
use crate::ledger::{bits, document_of};

/// The bytes of a picture and what they look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureBytes {
    bytes: Vec<u8>,
    sha256: Sha256,
    look: Look,
}

impl PictureBytes {
    /// Looks at some bytes, so that many can be looked at side by side before they are stored.
    pub fn seen(bytes: Vec<u8>) -> PictureBytes {
        PictureBytes { sha256: Sha256::of(&bytes), look: look(&bytes), bytes }
    }
}

/// A picture in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureRow {
    /// Its id.
    pub id: PictureId,
    /// The hash of its bytes.
    pub sha256: Sha256,
    /// What it looks like; `None` where its bytes are not held.
    pub look: Option<Look>,
    /// How many documents in view have it.
    pub documents: u64,
    /// The first of these: by day of publication, undated ones last, then by id.
    pub first: DocumentRow,
}

/// That a document has a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pictured {
    /// The document.
    pub document: DocumentId,
    /// The picture.
    pub sha256: Sha256,
}

impl Casebook {
    /// The pictures of documents in view by their first document, at most `limit`.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn pictures(&self, as_of: AsOf, limit: usize) -> Result<Vec<PictureRow>> {
        self.snapshot(|| {
            let mut found: Vec<PictureRow> = Vec::new();
            let mut at = std::collections::BTreeMap::new();
            for row in self.documents_pictured(as_of)? {
                for sha256 in self.pictures_of(row.id)? {
                    if let Some(&at) = at.get(&sha256) {
                        let known: &mut PictureRow = &mut found[at];
                        known.documents += 1;
                        continue;
                    }
                    at.insert(sha256, found.len());
                    let (id, look) = (PictureId::of_bytes(sha256), self.look(sha256)?);
                    let first = row.clone();
                    found.push(PictureRow { id, sha256, look, documents: 1, first });
                }
            }
            found.truncate(limit);
            Ok(found)
        })
    }

    /// A picture of documents in view, as lists give it; `None` where none of them has it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn picture_row(&self, sha256: Sha256, as_of: AsOf) -> Result<Option<PictureRow>> {
        self.snapshot(|| {
            let mut rows = Vec::new();
            for document in self.documents_with(sha256)? {
                rows.extend(self.document_row(document, as_of)?);
            }
            let documents = rows.len() as u64;
            let Some(first) = rows.into_iter().min_by_key(order) else { return Ok(None) };
            let (id, look) = (PictureId::of_bytes(sha256), self.look(sha256)?);
            Ok(Some(PictureRow { id, sha256, look, documents, first }))
        })
    }

    /// The documents in view that have pictures, in the order of [`Casebook::documents`].
    fn documents_pictured(&self, as_of: AsOf) -> Result<Vec<DocumentRow>> {
        let mut statement =
            self.connection.prepare_cached("SELECT DISTINCT document FROM pictured")?;
        let rows = statement.query_map([], |row| row.get::<_, i64>(0))?;
        let mut found = Vec::new();
        for row in rows {
            found.extend(self.document_row(document_of(row?), as_of)?);
        }
        found.sort_by_key(order);
        Ok(found)
    }

    /// The pictures of a document whose hashes are known, in its order, each once.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn pictures_of(&self, document: DocumentId) -> Result<Vec<Sha256>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT sha256 FROM pictured WHERE document = ? ORDER BY place")?;
        let rows = statement.query_map([bits(document)], |row| row.get(0).map(Sha256))?;
        let mut found: Vec<Sha256> = Vec::new();
        for row in rows {
            let row = row?;
            if !found.contains(&row) {
                found.push(row);
            }
        }
        Ok(found)
    }

    /// The bytes of a picture, if they are held.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn picture(&self, sha256: Sha256) -> Result<Option<Vec<u8>>> {
        Ok(self
            .connection
            .prepare_cached("SELECT bytes FROM picture WHERE sha256 = ?")?
            .query_row([sha256.0], |row| row.get(0))
            .optional()?)
    }

    /// What a picture looks like, if its bytes are held.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn look(&self, sha256: Sha256) -> Result<Option<Look>> {
        let row = self
            .connection
            .prepare_cached(
                "SELECT kind, width, height, likeness, unseen FROM sight WHERE sha256 = ?",
            )?
            .query_row([sha256.0], |row| {
                Ok((
                    row.get::<_, Option<String>>(0)?,
                    row.get::<_, Option<u32>>(1)?,
                    row.get::<_, Option<u32>>(2)?,
                    row.get::<_, Option<[u8; Likeness::BYTES]>>(3)?,
                    row.get::<_, Option<String>>(4)?,
                ))
            })
            .optional()?;
        let Some((kind, width, height, likeness, unseen)) = row else { return Ok(None) };
        let unseen = unseen.as_deref().and_then(Unseen::from_name);
        Ok(Some(Look {
            kind: kind.as_deref().and_then(Kind::from_name),
            size: width.zip(height),
            likeness: match likeness {
                Some(bytes) => Ok(Likeness::from_bytes(bytes)),
                None => Err(unseen.unwrap_or(Unseen::Broken)),
            },
        }))
    }

    /// The pictures held that are like one, itself included, with how far each is from it, nearest
    /// first.
    ///
    /// Every picture is compared: a million take a fraction of a second.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn alike(&self, likeness: &Likeness, within: u32) -> Result<Vec<(Sha256, u32)>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT sha256, likeness FROM sight WHERE likeness IS NOT NULL")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let distance = Likeness::from_bytes(row.get(1)?).distance(likeness);
            if distance <= within {
                found.push((Sha256(row.get(0)?), distance));
            }
        }
        found.sort_by_key(|(sha256, distance)| (*distance, *sha256));
        Ok(found)
    }

    /// The documents that have a picture.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn documents_with(&self, sha256: Sha256) -> Result<Vec<DocumentId>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT DISTINCT document FROM pictured WHERE sha256 = ?")?;
        let rows = statement.query_map([sha256.0], |row| row.get(0).map(document_of))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// By day of publication, undated documents last, then by id.
fn order(row: &DocumentRow) -> (bool, Option<Day>, DocumentId) {
    let day = row.since.as_ref().map(throughline_model::Edtf::latest);
    (day.is_none(), day, row.id)
}

/// Keeps the bytes of those pictures of a document that are not there yet, with what they look like.
pub(crate) fn keep(
    connection: &Connection,
    document: &Document,
    pictures: &[PictureBytes],
) -> Result<()> {
    for picture in pictures {
        // What the document as it is held does not name would be kept for ever: nothing would
        // remove it.
        let named = connection
            .prepare_cached("SELECT 1 FROM pictured WHERE document = ? AND sha256 = ?")?
            .exists(params![bits(document.id), picture.sha256.0])?;
        if !named {
            continue;
        }
        let new = connection
            .prepare_cached("INSERT OR IGNORE INTO picture (sha256, bytes) VALUES (?, ?)")?
            .execute(params![picture.sha256.0, picture.bytes])?;
        if new > 0 {
            add_sight(connection, picture.sha256, &picture.look)?;
        }
    }
    Ok(())
}

/// Enters the pictures and the references of a document.
pub(crate) fn capture(connection: &Connection, document: &Document) -> Result<()> {
    let place = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
    for (at, picture) in document.pictures.iter().enumerate() {
        let Some(sha256) = picture.sha256 else { continue };
        let id = i64::try_from(PictureId::of_bytes(sha256).bits()).unwrap_or(i64::MAX);
        connection
            .prepare_cached(
                "INSERT INTO pictured (document, place, sha256, picture) VALUES (?, ?, ?, ?)",
            )?
            .execute(params![bits(document.id), place(at), sha256.0, id])?;
    }
    for (at, other) in document.references.iter().enumerate() {
        connection
            .prepare_cached(
                "INSERT INTO referred (document, place, relation, source, item)
                 VALUES (?, ?, ?, ?, ?)",
            )?
            .execute(params![
                bits(document.id),
                place(at),
                relation_name(other.relation),
                other.source,
                other.item,
            ])?;
    }
    Ok(())
}

/// Removes what a document alone has.
pub(crate) fn removal(connection: &Connection, document: DocumentId) -> Result<()> {
    let alone = "SELECT sha256 FROM pictured p WHERE document = ?1 AND NOT EXISTS (
                     SELECT 1 FROM pictured o WHERE o.sha256 = p.sha256 AND o.document <> ?1)";
    let id = bits(document);
    for table in ["picture", "sight"] {
        connection.execute(&format!("DELETE FROM {table} WHERE sha256 IN ({alone})"), [id])?;
    }
    for table in ["pictured", "referred"] {
        connection.execute(&format!("DELETE FROM {table} WHERE document = ?"), [id])?;
    }
    Ok(())
}

fn add_sight(connection: &Connection, sha256: Sha256, look: &Look) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO sight (sha256, kind, width, height, likeness, unseen, look)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            sha256.0,
            look.kind.map(Kind::name),
            look.size.map(|(width, _)| width),
            look.size.map(|(_, height)| height),
            look.likeness.ok().map(|likeness| likeness.bytes()),
            look.likeness.err().map(Unseen::name),
            LOOK,
        ])?;
    Ok(())
}

/// What becomes of the looks of pictures when everything else is derived anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looks {
    /// Those that this version of the program took stay: decoding thousands of pictures takes
    /// minutes, and what a picture looks like hangs on its bytes alone.
    Kept,
    /// All pictures are looked at again.
    Anew,
}

type SetAside = Vec<(Sha256, Look)>;

/// Takes the looks that stay out of tables that are about to be dropped.
pub(crate) fn set_aside(connection: &Connection, looks: Looks) -> Result<SetAside> {
    let there = connection
        .query_row("SELECT 1 FROM sqlite_schema WHERE name = 'sight'", [], |_| Ok(()))
        .optional()?;
    if looks == Looks::Anew || there.is_none() {
        return Ok(Vec::new());
    }
    let mut statement = connection
        .prepare("SELECT sha256, kind, width, height, likeness, unseen FROM sight WHERE look = ?");
    // A table of another shape was made by another version.
    let Ok(statement) = &mut statement else { return Ok(Vec::new()) };
    let mut rows = statement.query([LOOK])?;
    let mut kept = Vec::new();
    while let Some(row) = rows.next()? {
        let kind: Option<String> = row.get(1)?;
        let (width, height): (Option<u32>, Option<u32>) = (row.get(2)?, row.get(3)?);
        let unseen: Option<String> = row.get(5)?;
        let likeness = match row.get::<_, Option<[u8; Likeness::BYTES]>>(4)? {
            Some(bytes) => Ok(Likeness::from_bytes(bytes)),
            None => match unseen.as_deref().and_then(Unseen::from_name) {
                Some(unseen) => Err(unseen),
                None => continue,
            },
        };
        let kind = kind.as_deref().and_then(Kind::from_name);
        kept.push((Sha256(row.get(0)?), Look { kind, size: width.zip(height), likeness }));
    }
    Ok(kept)
}

/// Derives what all pictures look like from their bytes, but for those set aside.
pub(crate) fn look_at_all(connection: &Connection, kept: SetAside) -> Result<()> {
    let kept: std::collections::BTreeMap<Sha256, Look> = kept.into_iter().collect();
    let all: Vec<[u8; 32]> = connection
        .prepare("SELECT sha256 FROM picture")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for sha256 in all.into_iter().map(Sha256) {
        if let Some(look) = kept.get(&sha256) {
            add_sight(connection, sha256, look)?;
            continue;
        }
        let bytes: Vec<u8> = connection
            .prepare_cached("SELECT bytes FROM picture WHERE sha256 = ?")?
            .query_row([sha256.0], |row| row.get(0))?;
        add_sight(connection, sha256, &look(&bytes))?;
    }
    Ok(())
}

/// Whether all pictures are as they were captured, and none is left of a removed document.
pub(crate) fn verify(connection: &Connection, faults: &mut Vec<Fault>) -> Result<()> {
    let mut statement = connection.prepare(
        "SELECT p.sha256, p.bytes, EXISTS (SELECT 1 FROM pictured d WHERE d.sha256 = p.sha256)
         FROM picture p",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (sha256, bytes): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let Ok(sha256) = <[u8; 32]>::try_from(sha256).map(Sha256) else {
            faults.push(Fault { text: "a picture is kept under no hash".into() });
            continue;
        };
        let id = PictureId::of_bytes(sha256);
        if Sha256::of(&bytes) != sha256 {
            faults.push(Fault { text: format!("the bytes of the picture {id} were changed") });
        }
        if !row.get::<_, bool>(2)? {
            faults.push(Fault { text: format!("no document has the picture {id}") });
        }
    }
    Ok(())
}

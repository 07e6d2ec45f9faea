//! What is asked of a casebook, as of two dates.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, btree_map::Entry};

use rusqlite::{OptionalExtension, params};
use throughline_flow::{Filed, Local, derive};
use throughline_model::{
    AsOf, Assertion, AssertionId, Day, Document, DocumentId, Edtf, Holding, Instant, MentionId,
    Note, Reading, Record, SubjectKind, Variable,
};
use throughline_weigh::{Standing, Withdrawal};

use crate::casebook::Casebook;
use crate::derived;
use crate::error::{Error, Result};
use crate::ledger::{self, EntryKind, bits, document_of};
use crate::locals::mention_of;
use crate::paging::Part;
use crate::store;

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its id.
    pub id: DocumentId,
    /// When it was recorded here.
    pub recorded: Instant,
    /// Who published it.
    pub source: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Of one without a headline how it begins: its first words in quotation marks; in brackets
    /// what capture noted, where it has no words.
    pub opening: Option<String>,
    /// When it was published, by itself or by a judgment.
    pub published: Option<Edtf>,
    /// The reader of its reading in force, if a machine read it.
    pub reader: Option<String>,
}

/// A record in a list, with the names that its values refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    /// The record.
    pub record: Record,
    /// The names of the mentions that its values and parties are.
    pub names: BTreeMap<MentionId, String>,
    /// Where each of its mentions stands, and what it is called there.
    pub mentions: BTreeMap<MentionId, (DocumentId, String)>,
}

/// A record in a list: as much of it as fits in a line or two, however many mentions it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The id shown: that of the earliest mention.
    pub id: MentionId,
    /// The name shown.
    pub name: String,
    /// How many mentions it has.
    pub mentions: u64,
    /// When the first document that mentions it was published.
    pub first_published: Option<Edtf>,
    /// The values held. The assertions behind them are left out; the record itself has them.
    pub holdings: Vec<Holding>,
    /// The names of the mentions that its values and parties are.
    pub names: BTreeMap<MentionId, String>,
}

impl From<RecordRow> for Listed {
    fn from(RecordRow { record, names, .. }: RecordRow) -> Listed {
        Listed::from((record, names))
    }
}

impl From<(Record, BTreeMap<MentionId, String>)> for Listed {
    fn from((record, names): (Record, BTreeMap<MentionId, String>)) -> Listed {
        let bare = |held: Holding| Holding {
            support: Vec::new(),
            against: Vec::new(),
            rivals: Vec::new(),
            ..held
        };
        Listed {
            id: record.id,
            name: record.name,
            mentions: record.mentions.len() as u64,
            first_published: record.first_published,
            holdings: record.holdings.into_iter().map(bare).collect(),
            names,
        }
    }
}

/// A record with all its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordView {
    /// The record as of the dates asked for.
    pub record: Record,
    /// The names of all mentions that it refers to.
    pub names: BTreeMap<MentionId, String>,
    /// The assertions on it, as people left them.
    pub evidence: BTreeMap<AssertionId, EvidenceView>,
    /// How much there is beyond what was asked for.
    pub left_out: LeftOut,
}

/// How much of a large record a view leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Mentions beyond those listed.
    pub mentions: usize,
    /// Joins beyond those listed.
    pub joins: usize,
    /// Assertions whose sentence and source are not given.
    pub evidence: usize,
}

/// An assertion, where it stands and what has become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceView {
    /// The assertion.
    pub assertion: Assertion,
    /// The words of its passage; empty for a cited place.
    pub sentence: String,
    /// The page on which its passage begins, where the document has pages.
    pub page: Option<String>,
    /// The document's headline.
    pub title: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// Whether somebody accepted it.
    pub accepted: bool,
    /// That its source took it back, in view or later.
    pub withdrawn: Option<Withdrawal>,
}

/// An assertion in a list, with the names that it refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssertionRow {
    /// The assertion and where it stands.
    pub evidence: EvidenceView,
    /// The names of all mentions that it refers to.
    pub names: BTreeMap<MentionId, String>,
}

impl Casebook {
    /// Derives all records that entries have touched since they were last derived. Queries of the
    /// present need it; `progress` hears how many blocks are left.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn settle(&mut self, mut progress: impl FnMut(u64)) -> Result<()> {
        const BLOCKS_A_STEP: usize = 2_000;
        let mut open = derived::unsettled(&self.connection)?;
        progress(open);
        while open > 0 {
            // Judgments are read within the step: another process may have entered one.
            open = self.write(|writer| {
                let (judged, ties) = (self.judged()?, self.ties()?);
                derived::settle(writer.transaction, &judged, &ties, BLOCKS_A_STEP)
            })?;
            progress(open);
        }
        Ok(())
    }

    /// The judgments in force as of two dates.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn standing(&self, as_of: AsOf) -> Result<Standing> {
        self.judged()?.standing(&self.connection, as_of)
    }

    /// A document as it was captured; `None` if it is not here or was forgotten.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn document(&self, id: DocumentId) -> Result<Option<Document>> {
        let seq: Option<i64> = self
            .connection
            .prepare_cached("SELECT seq FROM document WHERE document = ?")?
            .query_row([bits(id)], |row| row.get(0))
            .optional()?;
        let Some(seq) = seq else { return Ok(None) };
        let payload = ledger::entry(&self.connection, seq)?.payload.unwrap_or_default();
        throughline_formats::read_document(&payload)
            .map(Some)
            .map_err(|error| Error::Damaged(format!("{id}: {error}")))
    }

    /// The original bytes of a document, if they are held.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn original(&self, id: DocumentId) -> Result<Option<Vec<u8>>> {
        let packed: Option<Vec<u8>> = self
            .connection
            .prepare_cached("SELECT bytes FROM original WHERE document = ?")?
            .query_row([bits(id)], |row| row.get(0))
            .optional()?;
        packed.map(|packed| ledger::unpack(&packed)).transpose()
    }

    /// The documents in view, by day of publication, undated ones last, and how many are left out
    /// because they are undated.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn documents(&self, as_of: AsOf, limit: usize) -> Result<(Vec<DocumentRow>, u64)> {
        self.snapshot(|| self.documents_now(as_of, limit))
    }

    fn documents_now(&self, as_of: AsOf, limit: usize) -> Result<(Vec<DocumentRow>, u64)> {
        let standing = self.standing(as_of)?;
        let by = as_of.recorded.map_or(i64::MAX, |Instant(by)| by);
        // Those that judgments date are few, and stand elsewhere than their own row says.
        let mut judged: Vec<DocumentRow> = Vec::new();
        for id in standing.all_dated() {
            judged.extend(self.row_of(id, &standing)?.filter(|row| row.recorded.0 <= by));
        }
        let undated: i64 = match as_of.published {
            None => 0,
            Some(_) => self
                .connection
                .prepare_cached(
                    "SELECT count(*) FROM document WHERE published IS NULL AND recorded <= ?",
                )?
                .query_row([by], |row| row.get(0))?,
        };
        let mut undated = undated.unsigned_abs();
        for row in &judged {
            let own: bool = self
                .connection
                .prepare_cached("SELECT published IS NULL FROM document WHERE document = ?")?
                .query_row([bits(row.id)], |row| row.get(0))?;
            if own && as_of.published.is_some() {
                undated = undated.saturating_sub(1);
            }
        }
        let dated_here: BTreeSet<DocumentId> = judged.iter().map(|row| row.id).collect();
        judged.retain(|row| as_of.sees(row.published.as_ref()));
        let day =
            |row: &DocumentRow| (row.published.as_ref().map_or(Day::MAX, Edtf::latest), row.id);
        judged.sort_by_key(day);
        let mut judged = judged.into_iter().peekable();
        let mut statement = self.connection.prepare_cached(
            "SELECT document, recorded, source, title, published, reader, opening FROM document
             WHERE recorded <= ?1 AND day <= ?2 AND (published IS NOT NULL OR NOT ?3)
             ORDER BY day, document",
        )?;
        let until = as_of.published.unwrap_or(Day::MAX).0;
        let mut rows = statement.query(params![by, until, as_of.published.is_some()])?;
        let mut found = Vec::new();
        while found.len() < limit {
            let Some(row) = rows.next()? else { break };
            let row = document_row(row, &standing)?;
            if dated_here.contains(&row.id) {
                continue;
            }
            while let Some(earlier) = judged.next_if(|other| day(other) < day(&row)) {
                found.push(earlier);
            }
            found.push(row);
        }
        found.extend(judged);
        found.truncate(limit);
        let found: Result<_> = found.into_iter().map(|row| self.recall(row, as_of)).collect();
        Ok((found?, undated))
    }

    /// One document's row, as of two dates; `None` if it is out of view.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn document_row(&self, id: DocumentId, as_of: AsOf) -> Result<Option<DocumentRow>> {
        let standing = self.standing(as_of)?;
        let row = self
            .row_of(id, &standing)?
            .filter(|row| as_of.recalls(row.recorded) && as_of.sees(row.published.as_ref()));
        row.map(|row| self.recall(row, as_of)).transpose()
    }

    fn row_of(&self, id: DocumentId, standing: &Standing) -> Result<Option<DocumentRow>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT document, recorded, source, title, published, reader, opening FROM document
             WHERE document = ?",
        )?;
        let mut rows = statement.query([bits(id)])?;
        rows.next()?.map(|row| document_row(row, standing)).transpose()
    }

    /// The tombstone of a forgotten document: who removed it, when and why, as JSON.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn tombstone(&self, id: DocumentId) -> Result<Option<String>> {
        let seq: Option<i64> = self
            .connection
            .prepare_cached("SELECT seq FROM forgotten WHERE document = ?")?
            .query_row([bits(id)], |row| row.get(0))
            .optional()?;
        seq.map(|seq| Ok(ledger::entry(&self.connection, seq)?.payload.unwrap_or_default()))
            .transpose()
    }

    /// Documents that no machine, or another than `reader`, has read; at most `limit`.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn unread(&self, reader: &str, limit: usize) -> Result<Vec<DocumentId>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT document FROM document WHERE reader IS NOT ? ORDER BY document LIMIT ?",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = statement.query_map(params![reader, limit], |row| row.get(0))?;
        Ok(rows.map(|row| row.map(document_of)).collect::<rusqlite::Result<_>>()?)
    }

    /// The documents whose reading in force is by `reader`.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn read_by(&self, reader: &str) -> Result<Vec<DocumentId>> {
        let mut statement =
            self.connection.prepare_cached("SELECT document FROM document WHERE reader = ?")?;
        let rows = statement.query_map([reader], |row| row.get(0))?;
        Ok(rows.map(|row| row.map(document_of)).collect::<rusqlite::Result<_>>()?)
    }

    /// The assertions in view, as people left them, by day of publication, document and place, at
    /// most `limit`; only those of a document or a variable if one is given.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn assertions(
        &self,
        as_of: AsOf,
        document: Option<DocumentId>,
        variable: Option<Variable>,
        limit: usize,
    ) -> Result<Vec<AssertionRow>> {
        let standing = self.standing(as_of)?;
        let documents = match document {
            Some(document) => vec![document],
            None => self.documents(as_of, usize::MAX)?.0.into_iter().map(|row| row.id).collect(),
        };
        let mut rows = Vec::new();
        for id in documents {
            let Some(document) = self.document(id)? else { continue };
            let mut own: Vec<AssertionRow> = Vec::new();
            for local in crate::locals::of_document(&self.connection, id, as_of)? {
                let Some(local) = throughline_flow::in_view(&local, &standing, as_of) else {
                    continue;
                };
                let mut names: BTreeMap<MentionId, String> = local
                    .referents
                    .iter()
                    .map(|(id, referent)| (*id, referent.name.clone()))
                    .collect();
                for mention in &local.mentions {
                    names.insert(mention.id, local.name().to_owned());
                }
                let wanted = local
                    .assertions
                    .iter()
                    .filter(|said| variable.is_none_or(|variable| said.variable == variable));
                own.extend(wanted.map(|said| AssertionRow {
                    evidence: evidence(said, &local, Some(&document), &standing),
                    names: names.clone(),
                }));
            }
            own.sort_by(|a, b| {
                let key = |row: &AssertionRow| {
                    (row.evidence.assertion.passage.clone(), row.evidence.assertion.id)
                };
                key(a).cmp(&key(b))
            });
            rows.extend(own);
            if rows.len() >= limit {
                break;
            }
        }
        rows.truncate(limit);
        Ok(rows)
    }

    /// The readings of a document in force now, and the notes of its readers.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn readings(&self, id: DocumentId) -> Result<Vec<Reading>> {
        let filed = store::filed(&self.connection, id, i64::MAX)?;
        let judged = self.judged()?;
        let filed: Vec<_> = filed.iter().collect();
        Ok(throughline_flow::in_force(&filed, &|id| judged.is_judged(id)))
    }

    /// All readings of a document, each with its reader, in the order in which they were filed.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn filed(&self, id: DocumentId) -> Result<Vec<(String, Reading)>> {
        let filed = store::filed(&self.connection, id, i64::MAX)?;
        Ok(filed.into_iter().map(|filed| (filed.reader, filed.reading)).collect())
    }

    /// The notes of the readings of a document in force by what was recorded in view.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn notes(&self, id: DocumentId, as_of: AsOf) -> Result<Vec<Note>> {
        let filed = self.recalled(id, as_of)?;
        let filed: Vec<_> = filed.iter().collect();
        // What is left of earlier readings, since it was judged, has no notes.
        let readings = throughline_flow::in_force(&filed, &|_| false);
        Ok(readings.into_iter().flat_map(|reading| reading.notes).collect())
    }

    /// The readings of a document that were recorded in view.
    fn recalled(&self, id: DocumentId, as_of: AsOf) -> Result<Vec<Filed>> {
        let mut filed = store::filed(&self.connection, id, i64::MAX)?;
        filed.retain(|one| as_of.recalls(one.recorded));
        Ok(filed)
    }

    /// A document's row with the reader that it had as of a moment of recording.
    pub(crate) fn recall(&self, row: DocumentRow, as_of: AsOf) -> Result<DocumentRow> {
        if as_of.recorded.is_none() {
            return Ok(row);
        }
        let filed = self.recalled(row.id, as_of)?;
        let mut readers = filed.into_iter().rev().map(|one| one.reader);
        Ok(DocumentRow { reader: readers.find(|one| !throughline_flow::by_hand(one)), ..row })
    }

    /// An assertion as it was read, now or earlier.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn assertion(&self, id: AssertionId) -> Result<Option<Assertion>> {
        let Some(document) = derived::document_of_assertion(&self.connection, id)? else {
            return Ok(None);
        };
        let filed = store::filed(&self.connection, document, i64::MAX)?;
        Ok(filed
            .into_iter()
            .rev()
            .flat_map(|filed| filed.reading.assertions)
            .find(|said| said.id == id))
    }

    /// The records of a kind in view, at most `limit`, by the day on which they happened, then by
    /// id; those without a day last.
    ///
    /// # Errors
    /// If the file cannot be read. For the present, records must be settled.
    pub fn records(&self, kind: SubjectKind, as_of: AsOf, limit: usize) -> Result<Vec<RecordRow>> {
        let mut rows = Vec::new();
        self.snapshot(|| self.each_record(kind, as_of, |row| rows.push(row)))?;
        rows.sort_by_key(|row| {
            let day = derived::happened(&row.record).map_or(Day::MAX, Edtf::earliest);
            (day, row.record.id)
        });
        rows.truncate(limit);
        Ok(rows)
    }

    /// As [`Casebook::records`], but only what a list shows. Lists of the present come from rows
    /// that are kept, and take no longer in a large casebook than in a small one; lists as of a day
    /// take from these what the day leaves as it is.
    ///
    /// # Errors
    /// If the file cannot be read. For the present, records must be settled.
    pub fn listed(&self, kind: SubjectKind, as_of: AsOf, limit: usize) -> Result<Vec<Listed>> {
        match as_of {
            AsOf { published: None, recorded: None } => {}
            AsOf { published: Some(day), recorded: None } if day < Day::MAX => {
                return self.snapshot(|| self.listed_on(kind, day, limit));
            }
            // What was recorded later may have taken the place of anything.
            _ => {
                let rows = self.records(kind, as_of, limit)?;
                return Ok(rows.into_iter().map(Listed::from).collect());
            }
        }
        self.listed_part(kind, as_of, Part { from: 0, many: limit })
    }

    /// Some mentions, one for each number below the count of mentions that `choose` gives; for
    /// trying a casebook out.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn some_mentions(
        &self,
        many: usize,
        choose: &mut dyn FnMut(usize) -> usize,
    ) -> Result<Vec<MentionId>> {
        let all: Vec<i64> = self
            .connection
            .prepare("SELECT mention FROM mention ORDER BY mention")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        (0..many.min(all.len())).map(|_| mention_of(all[choose(all.len())])).collect()
    }

    /// Visits every record of a kind in view, in no order that means anything.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn each_record(
        &self,
        kind: SubjectKind,
        as_of: AsOf,
        mut visit: impl FnMut(RecordRow),
    ) -> Result<()> {
        let (standing, ties) = (self.standing(as_of)?, self.ties()?);
        let prefix = kind.prefix();
        let blocks: Vec<String> = self
            .connection
            .prepare_cached("SELECT DISTINCT block FROM local WHERE block >= ? AND block < ?")?
            .query_map([prefix.to_owned(), format!("{prefix}~")], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut done: BTreeSet<String> = BTreeSet::new();
        for block in blocks {
            if done.contains(&block) {
                continue;
            }
            let closed = derived::closure(&ties, [block]);
            let locals = derived::load(&self.connection, &closed, as_of)?;
            rows_of(&locals, &standing, as_of).into_iter().for_each(&mut visit);
            if closed.len() > 1 {
                done.extend(closed);
            }
        }
        Ok(())
    }

    /// The record that a mention belongs to as of two dates, with all its evidence; `None` if the
    /// mention is out of view.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn record(&self, mention: MentionId, as_of: AsOf) -> Result<Option<RecordView>> {
        self.shown(mention, as_of, usize::MAX)
    }

    /// As [`Casebook::record`], with at most `most` mentions, joins and pieces of evidence, since a
    /// group may be mentioned in every document there is; values lose none of their supporters.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn shown(
        &self,
        mention: MentionId,
        as_of: AsOf,
        most: usize,
    ) -> Result<Option<RecordView>> {
        self.snapshot(|| self.shown_now(mention, as_of, most))
    }

    fn shown_now(
        &self,
        mention: MentionId,
        as_of: AsOf,
        most: usize,
    ) -> Result<Option<RecordView>> {
        let (standing, ties) = (self.standing(as_of)?, self.ties()?);
        let seeds = derived::blocks_of(&self.connection, mention)?;
        let blocks = derived::closure(&ties, seeds);
        let locals = derived::load(&self.connection, &blocks, as_of)?;
        let found = named_records(&locals, &standing, as_of)
            .into_iter()
            .find(|(record, _)| record.mentions.contains(&mention));
        let Some((mut record, mut names)) = found else { return Ok(None) };
        let own: HashSet<MentionId> = record.mentions.iter().copied().collect();
        let locals: Vec<Cow<Local>> = locals
            .iter()
            .filter(|local| !local.assertions.is_empty())
            .filter(|local| local.mentions.iter().any(|mention| own.contains(&mention.id)))
            .filter_map(|local| throughline_flow::in_view(local, &standing, as_of))
            .collect();
        let said: HashMap<AssertionId, (&Assertion, &Local)> = locals
            .iter()
            .flat_map(|local| local.assertions.iter().map(|said| (said.id, (said, local.as_ref()))))
            .filter(|(_, (said, _))| own.contains(&said.subject))
            .collect();
        let mut evidence = BTreeMap::new();
        let mut texts: BTreeMap<DocumentId, Option<Document>> = BTreeMap::new();
        for id in first_evidence(&record.holdings, &said, most) {
            let Some((said, local)) = said.get(&id) else { continue };
            let document = match texts.entry(local.document) {
                Entry::Occupied(held) => held.into_mut(),
                Entry::Vacant(place) => place.insert(self.document(local.document)?),
            };
            evidence.insert(id, self::evidence(said, local, document.as_ref(), &standing));
            for (id, referent) in &local.referents {
                names.entry(*id).or_insert_with(|| referent.name.clone());
            }
        }
        let left_out = LeftOut {
            mentions: record.mentions.len().saturating_sub(most),
            joins: record.joins.len().saturating_sub(most),
            evidence: said.len() - evidence.len(),
        };
        record.mentions.truncate(most);
        record.joins.truncate(most);
        Ok(Some(RecordView { record, names, evidence, left_out }))
    }

    /// The documents in which some mentions stand, by the readings of now and before.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn documents_mentioning(
        &self,
        mentions: &BTreeSet<MentionId>,
    ) -> Result<BTreeSet<DocumentId>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT l.document FROM mention m JOIN local l ON l.local = m.local
             WHERE m.mention = ?",
        )?;
        let mut found = BTreeSet::new();
        for mention in mentions {
            let id = crate::locals::mention_bits(*mention);
            for row in statement.query_map([id], |row| row.get(0))? {
                found.insert(document_of(row?));
            }
        }
        Ok(found)
    }

    /// The entries of some kinds of the ledger, in order of arrival.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn entries(&self, kinds: &[EntryKind]) -> Result<Vec<crate::Entry>> {
        ledger::entries(&self.connection, kinds, None)
    }

    /// Every document's id, by id.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn document_ids(&self) -> Result<Vec<DocumentId>> {
        let mut statement =
            self.connection.prepare_cached("SELECT document FROM document ORDER BY document")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.map(|row| row.map(document_of)).collect::<rusqlite::Result<_>>()?)
    }
}

/// The records of whole blocks, with the names that their values refer to and where their mentions
/// stand.
fn rows_of(locals: &[Local], standing: &Standing, as_of: AsOf) -> Vec<RecordRow> {
    let mentioned: BTreeMap<MentionId, (DocumentId, &str)> = locals
        .iter()
        .flat_map(|local| local.mentions.iter().map(|m| (m.id, (local.document, m.name.as_str()))))
        .collect();
    named_records(locals, standing, as_of)
        .into_iter()
        .map(|(record, names)| {
            let own = record.mentions.iter().filter_map(|id| Some((*id, *mentioned.get(id)?)));
            let mentions = own.map(|(id, (at, name))| (id, (at, name.to_owned()))).collect();
            RecordRow { record, names, mentions }
        })
        .collect()
}

/// The records of whole blocks, each with the names that its values refer to.
pub(crate) fn named_records(
    locals: &[Local],
    standing: &Standing,
    as_of: AsOf,
) -> Vec<(Record, BTreeMap<MentionId, String>)> {
    let all: Vec<&Local> = locals.iter().collect();
    let records = derive(&all, standing, as_of);
    let wanted = |record: &Record| -> Vec<MentionId> {
        let of = |holding: &Holding| {
            let value = holding.value.as_ref().and_then(throughline_model::Value::mention);
            value.into_iter().chain(holding.party)
        };
        record.holdings.iter().flat_map(of).collect()
    };
    let mut names: HashMap<MentionId, Option<String>> =
        records.iter().flat_map(wanted).map(|id| (id, None)).collect();
    if !names.is_empty() {
        let telling = locals.iter().filter(|local| !local.referents.is_empty());
        for local in telling.filter_map(|l| throughline_flow::in_view(l, standing, as_of)) {
            for (id, referent) in &local.referents {
                for id in [*id, referent.head] {
                    if let Some(name) = names.get_mut(&id) {
                        *name = Some(referent.name.clone());
                    }
                }
            }
        }
    }
    let named = |record: Record| {
        let own = wanted(&record).into_iter();
        let own = own.filter_map(|id| Some((id, names.get(&id)?.clone()?))).collect();
        (record, own)
    };
    records.into_iter().map(named).collect()
}

/// At most `most` assertions: of each value some for it and some against it before more of any, and
/// at last those behind no value.
fn first_evidence(
    holdings: &[Holding],
    said: &HashMap<AssertionId, (&Assertion, &Local)>,
    most: usize,
) -> BTreeSet<AssertionId> {
    if said.len() <= most {
        return said.keys().copied().collect();
    }
    let mut chosen = BTreeSet::new();
    for few in [1, 5, usize::MAX] {
        for holding in holdings {
            for ids in [&holding.support, &holding.against] {
                for id in ids.iter().take(few) {
                    if chosen.len() == most {
                        return chosen;
                    }
                    chosen.insert(*id);
                }
            }
        }
    }
    let missing = most - chosen.len();
    let mut rest: Vec<_> = said.keys().copied().filter(|id| !chosen.contains(id)).collect();
    rest.sort_unstable();
    chosen.extend(rest.into_iter().take(missing));
    chosen
}

fn evidence(
    said: &Assertion,
    local: &Local,
    document: Option<&Document>,
    standing: &Standing,
) -> EvidenceView {
    EvidenceView {
        assertion: said.clone(),
        sentence: document
            .and_then(|document| Some(said.passage.span()?.of(&document.text)))
            .unwrap_or_default()
            .to_owned(),
        page: document
            .and_then(|document| document.page_at(said.passage.span()?.start))
            .map(str::to_owned),
        title: document.and_then(|document| document.title.clone()),
        source: local.source.clone(),
        published: local.published.clone(),
        accepted: standing.accepted(said.id).is_some(),
        withdrawn: standing.withdrawn(said.id).cloned(),
    }
}

pub(crate) fn listed_row(row: &rusqlite::Row) -> Result<Listed> {
    let id = mention_of(row.get(0)?)?;
    let damaged = |error: String| Error::Damaged(format!("the row of {id}: {error}"));
    let published: Option<String> = row.get(2)?;
    let (held, names): (String, String) = (row.get(4)?, row.get(5)?);
    let names: BTreeMap<String, String> =
        serde_json::from_str(&names).map_err(|error| damaged(error.to_string()))?;
    Ok(Listed {
        id,
        name: row.get(1)?,
        mentions: row.get::<_, i64>(3)?.unsigned_abs(),
        first_published: published
            .map(|date| date.parse())
            .transpose()
            .map_err(|error: throughline_model::EdtfError| damaged(error.to_string()))?,
        holdings: throughline_formats::read_holdings(&held, &throughline_weigh::rule)
            .map_err(|error| damaged(error.to_string()))?,
        names: names
            .into_iter()
            .map(|(id, name)| Ok((id.parse()?, name)))
            .collect::<std::result::Result<_, throughline_model::IdError>>()
            .map_err(|error| damaged(error.to_string()))?,
    })
}

pub(crate) fn document_row(row: &rusqlite::Row, standing: &Standing) -> Result<DocumentRow> {
    let id = document_of(row.get(0)?);
    let published: Option<String> = row.get(4)?;
    let published = published
        .map(|date| date.parse())
        .transpose()
        .map_err(|error: throughline_model::EdtfError| Error::Damaged(format!("{id}: {error}")))?;
    Ok(DocumentRow {
        id,
        recorded: Instant(row.get(1)?),
        source: row.get(2)?,
        title: row.get(3)?,
        published: standing.dated(id).cloned().or(published),
        reader: row.get(5)?,
        opening: row.get(6)?,
    })
}

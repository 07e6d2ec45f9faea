//! Records as of two dates in lists.

pub(crate) mod bare;
pub(crate) mod day;
pub(crate) mod doubtful;
pub(crate) mod evidence;
pub(crate) mod history;
pub(crate) mod named;
pub(crate) mod near;
pub(crate) mod paging;
pub(crate) mod shown;
pub(crate) mod supposing;
pub(crate) mod tied;
pub(crate) mod weighed;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use throughline_flow::{Local, derive, derive_some};
use throughline_model::{AsOf, Day, DocumentId, Edtf, Holding, MentionId, Record, SubjectKind};
use throughline_weigh::Standing;

use crate::casebook::Casebook;
use crate::derived;
use crate::derived::blocks::Loaded;
use crate::derived::locals::mention_of;
use crate::derived::settling;
use crate::derived::unsettled;
use crate::error::{Error, Result};
use crate::ledger::{self, EntryKind};
use crate::records::paging::Part;

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

impl Casebook {
    /// Derives all records that entries have touched since they were last derived. Queries of the
    /// present need it; `progress` hears how many blocks are left.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn settle(&mut self, mut progress: impl FnMut(u64)) -> Result<()> {
        const BLOCKS_A_STEP: usize = 2_000;
        let mut open = unsettled::count(&self.connection)?;
        progress(open);
        while open > 0 {
            // Judgments are read within the step: another process may have entered one.
            open = self.write(|writer| {
                let (judged, ties) = (self.judged()?, self.ties()?);
                settling::settle(writer.transaction, &judged, &ties, BLOCKS_A_STEP)
            })?;
            progress(open);
        }
        Ok(())
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
            let day = day::happened(&row.record).map_or(Day::MAX, Edtf::order);
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
            // Rows that are kept know of all judgments.
            _ if self.is_blind() => {
                let rows = self.records(kind, as_of, limit)?;
                return Ok(rows.into_iter().map(Listed::from).collect());
            }
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
        let standing = self.standing(as_of)?;
        let prefix = kind.prefix();
        self.each_closed(prefix, &format!("{prefix}~"), as_of, |loaded| {
            for mut row in rows_of(loaded, &standing, as_of) {
                self.name_others(&row.record.holdings, &mut row.names, as_of)?;
                visit(row);
            }
            Ok(())
        })
    }

    /// Visits the locals of each block between two keys, with those of the blocks that judgments tie
    /// to it, once: one after the other, and none is kept.
    pub(crate) fn each_closed(
        &self,
        from: &str,
        to: &str,
        as_of: AsOf,
        mut visit: impl FnMut(&Loaded) -> Result<()>,
    ) -> Result<()> {
        let ties = self.ties()?;
        let blocks: Vec<String> = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT block FROM local WHERE block >= ? AND block < ? ORDER BY block",
            )?
            .query_map([from, to], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut done: BTreeSet<String> = BTreeSet::new();
        for block in blocks {
            if done.contains(&block) {
                continue;
            }
            let closed = derived::closure(&ties, [block]);
            visit(&self.load_once(&closed, as_of)?)?;
            if closed.len() > 1 {
                done.extend(closed);
            }
        }
        Ok(())
    }

    /// The entries of some kinds of the ledger, in order of arrival.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn entries(&self, kinds: &[EntryKind]) -> Result<Vec<crate::Entry>> {
        ledger::entries(&self.connection, kinds, None)
    }
}

/// The records of whole blocks, with the names that their values refer to and where their mentions
/// stand.
pub(crate) fn rows_of(loaded: &Loaded, standing: &Standing, as_of: AsOf) -> Vec<RecordRow> {
    placed(loaded, named_records(loaded, standing, as_of))
}

/// Those of them whose ids are asked for.
pub(crate) fn some_rows_of(
    loaded: &Loaded,
    standing: &Standing,
    as_of: AsOf,
    wanted: &BTreeSet<MentionId>,
) -> Vec<RecordRow> {
    placed(loaded, some_named_records(loaded, standing, as_of, wanted))
}

/// Records with where their mentions stand.
fn placed(loaded: &Loaded, records: Vec<(Record, BTreeMap<MentionId, String>)>) -> Vec<RecordRow> {
    let mentioned = mentioned(&loaded.all());
    records
        .into_iter()
        .map(|(record, names)| {
            let own = record.mentions.iter().filter_map(|id| Some((*id, *mentioned.get(id)?)));
            let mentions = own.map(|(id, (at, name))| (id, (at, name.to_owned()))).collect();
            RecordRow { record, names, mentions }
        })
        .collect()
}

/// Where each mention stands, and what it is called there.
pub(crate) fn mentioned<'l>(locals: &[&'l Local]) -> BTreeMap<MentionId, (DocumentId, &'l str)> {
    locals
        .iter()
        .flat_map(|local| local.mentions.iter().map(|m| (m.id, (local.document, m.name.as_str()))))
        .collect()
}

/// The records of whole blocks, each with the names that its values refer to.
pub(crate) fn named_records(
    loaded: &Loaded,
    standing: &Standing,
    as_of: AsOf,
) -> Vec<(Record, BTreeMap<MentionId, String>)> {
    let locals = loaded.all();
    let records = derive(&locals, loaded.folded(), standing, as_of);
    with_names(records, &locals, standing, as_of)
}

/// Those of them whose ids are asked for.
pub(crate) fn some_named_records(
    loaded: &Loaded,
    standing: &Standing,
    as_of: AsOf,
    wanted: &BTreeSet<MentionId>,
) -> Vec<(Record, BTreeMap<MentionId, String>)> {
    let locals = loaded.all();
    let records = derive_some(&locals, loaded.folded(), standing, as_of, wanted);
    with_names(records, &locals, standing, as_of)
}

/// Records, each with the names that its values refer to, as these locals have them.
pub(crate) fn with_names(
    records: Vec<Record>,
    locals: &[&Local],
    standing: &Standing,
    as_of: AsOf,
) -> Vec<(Record, BTreeMap<MentionId, String>)> {
    let names = names_of(&records, locals, standing, as_of);
    let named = |record: Record| {
        let own = referred(&record).filter_map(|id| Some((id, names.get(&id)?.clone()?))).collect();
        (record, own)
    };
    records.into_iter().map(named).collect()
}

/// A record with the names that its values refer to, as its own locals have them.
pub(crate) fn with_own_names(
    record: Record,
    own: &[&Local],
    standing: &Standing,
    as_of: AsOf,
) -> (Record, BTreeMap<MentionId, String>) {
    let names = names_of(std::slice::from_ref(&record), own, standing, as_of);
    let named = names.into_iter().filter_map(|(id, name)| Some((id, name?))).collect();
    (record, named)
}

/// The mentions that the values and parties of a record are.
fn referred(record: &Record) -> impl Iterator<Item = MentionId> {
    spoken_of(&record.holdings)
}

/// The mentions that values and parties are.
pub(crate) fn spoken_of(holdings: &[Holding]) -> impl Iterator<Item = MentionId> {
    holdings.iter().flat_map(|holding| {
        let value = holding.value.as_ref().and_then(throughline_model::Value::mention);
        value.into_iter().chain(holding.party)
    })
}

/// What the mentions that records refer to are called where these locals stand.
pub(crate) fn names_of(
    records: &[Record],
    locals: &[&Local],
    standing: &Standing,
    as_of: AsOf,
) -> HashMap<MentionId, Option<String>> {
    let mut names: HashMap<MentionId, Option<String>> =
        records.iter().flat_map(referred).map(|id| (id, None)).collect();
    if names.is_empty() {
        return names;
    }
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
    names
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

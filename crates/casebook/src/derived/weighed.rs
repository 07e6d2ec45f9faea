//! Records of the present as counts ask for them: what is held of each with the assertions behind it,
//! and where its mentions stand. A count goes over all records of a kind, and weighing them anew
//! would be most of what it costs.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use throughline_model::{
    Basis, DocumentId, Edtf, Holding, JudgmentId, MentionId, Record, Value, Variable,
};

use throughline_resolve::normal;

use crate::derived::body::{Reader, Writer};
use crate::derived::locals::mention_of;
use crate::error::{Error, Result};
use crate::records::RecordRow;

/// Where each mention stands, and what it is called there.
pub(crate) type Mentioned<'l> = BTreeMap<MentionId, (DocumentId, &'l str)>;

/// The columns that [`row`] reads, of `weighed` as `w`.
pub(crate) const COLUMNS: &str = "w.record, w.name, w.published, w.body";

/// A record as it is kept, read as far as its mentions.
pub(crate) struct Kept<'r> {
    id: MentionId,
    row: &'r rusqlite::Row<'r>,
    called: Vec<&'r str>,
    /// Each with the number of its document and of its name.
    mentions: Vec<(MentionId, DocumentId, usize)>,
    rest: Reader<'r>,
}

impl<'r> Kept<'r> {
    /// The record in the columns [`COLUMNS`], if one of some mentions belongs to it.
    pub(crate) fn of(
        row: &'r rusqlite::Row<'r>,
        wanted: Option<&HashSet<MentionId>>,
    ) -> Result<Option<Kept<'r>>> {
        let id = mention_of(row.get(0)?)?;
        let body = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
        let mut rest = Reader::of(body);
        let damaged = || Error::Damaged(format!("the names of {id}"));
        let called = rest.list(Reader::words).ok_or_else(damaged)?;
        let mentions = rest.list(|input| {
            Some((input.mention()?, DocumentId::from_bits(input.id()?), input.small()?))
        });
        let mentions = mentions.ok_or_else(damaged)?;
        let is_wanted = match wanted {
            Some(wanted) => mentions.iter().any(|(mention, ..)| wanted.contains(mention)),
            None => true,
        };
        Ok(is_wanted.then_some(Kept { id, row, called, mentions, rest }))
    }

    /// All of it. Why its mentions are together, and which words are superseded, is not kept.
    pub(crate) fn row(self) -> Result<RecordRow> {
        let Kept { id, row, called, mentions, mut rest } = self;
        let damaged = |what: &str| Error::Damaged(format!("{what} of {id}"));
        let published: Option<String> = row.get(2)?;
        let first_published: Option<Edtf> = published
            .map(|date| date.parse())
            .transpose()
            .map_err(|error| Error::Damaged(format!("the row of {id}: {error}")))?;
        let placed = |(mention, document, name): &(MentionId, DocumentId, usize)| {
            Some((*mention, (*document, (*called.get(*name)?).to_owned())))
        };
        let placed: Option<BTreeMap<_, _>> = mentions.iter().map(placed).collect();
        let (holdings, names) = read(&mut rest).ok_or_else(|| damaged("what is held"))?;
        let record = Record {
            id,
            name: row.get(1)?,
            mentions: mentions.iter().map(|(mention, ..)| *mention).collect(),
            joins: Vec::new(),
            first_published,
            holdings,
            superseded: BTreeSet::new(),
        };
        Ok(RecordRow { record, names, mentions: placed.ok_or_else(|| damaged("the names"))? })
    }
}

/// What counts ask of a record, with the names that its values refer to; and the names by which it
/// goes, as they are compared: those of its mentions, and those that it is said to have.
pub(crate) fn write(
    record: &Record,
    names: &BTreeMap<MentionId, String>,
    mentioned: &Mentioned,
) -> (Vec<u8>, BTreeSet<String>) {
    let mut called: BTreeMap<&str, u64> =
        record.mentions.iter().filter_map(|id| Some((mentioned.get(id)?.1, 0))).collect();
    called.extend(record.holdings.iter().filter_map(|held| match (&held.variable, &held.value) {
        (Variable::Name, Some(Value::Text(name))) => Some((name.as_str(), 0)),
        _ => None,
    }));
    called.values_mut().zip(0..).for_each(|(place, at)| *place = at);
    let mut out = Writer::new();
    let all: Vec<&str> = called.keys().copied().collect();
    out.list(&all, |out, name| out.text(name));
    let stand = record.mentions.iter().filter_map(|id| Some((id, mentioned.get(id)?)));
    let stand: Vec<_> = stand.collect();
    out.list(&stand, |out, (id, (document, name))| {
        out.id(id.bits());
        out.id(document.bits());
        out.number(called[name]);
    });
    out.list(&record.holdings, Writer::holding);
    out.number(names.len() as u64);
    for (id, name) in names {
        out.id(id.bits());
        out.text(name);
    }
    (out.bytes(), all.into_iter().map(normal).collect())
}

/// What [`write`] gave after the mentions; `None` if the bytes are nothing of the kind.
fn read(input: &mut Reader) -> Option<(Vec<Holding>, BTreeMap<MentionId, String>)> {
    let holdings = input.list(Reader::holding)?;
    let names = input.list(|input| Some((input.mention()?, input.text()?)))?;
    input.is_empty().then_some((holdings, names.into_iter().collect()))
}

impl Writer {
    fn holding(&mut self, held: &Holding) {
        self.variable(held.variable);
        self.optional(held.party, |out, id| out.id(id.bits()));
        self.optional(held.value.as_ref(), Writer::value);
        match held.basis {
            Basis::Finding(id) => {
                self.number(0);
                self.id(id.bits());
            }
            Basis::Accepted(id) => {
                self.number(1);
                self.id(id.bits());
            }
            Basis::Proposal(rule) => {
                self.number(2);
                self.text(rule);
            }
        }
        for assertions in [&held.support, &held.against] {
            self.list(assertions, |out, id| out.id(id.bits()));
        }
        self.number(held.voices.into());
        for mark in [held.hedged, held.copied, held.contested, held.evidence_gone] {
            self.number(mark.into());
        }
        self.list(&held.rivals, |out, rival| out.optional(rival.as_ref(), Writer::value));
    }
}

impl Reader<'_> {
    fn holding(&mut self) -> Option<Holding> {
        Some(Holding {
            variable: self.variable()?,
            party: self.optional(Reader::mention)?,
            value: self.optional(Reader::value)?,
            basis: match self.number()? {
                0 => Basis::Finding(JudgmentId::from_bits(self.id()?)),
                1 => Basis::Accepted(JudgmentId::from_bits(self.id()?)),
                2 => Basis::Proposal(throughline_weigh::rule(self.words()?)?),
                _ => return None,
            },
            support: self.list(Reader::assertion_id)?,
            against: self.list(Reader::assertion_id)?,
            voices: self.small()?,
            hedged: self.flag()?,
            copied: self.flag()?,
            contested: self.flag()?,
            evidence_gone: self.flag()?,
            rivals: self.list(|input| input.optional(Reader::value))?,
        })
    }
}

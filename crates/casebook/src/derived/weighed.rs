//! Records of the present as counts ask for them: what is held of each with the assertions behind it,
//! and where its mentions stand. A count goes over all records of a kind, and weighing them anew
//! would be most of what it costs.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;

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

/// The columns that [`Packed::push`] reads, of `weighed` as `w`.
pub(crate) const COLUMNS: &str = "w.record, w.name, w.published, w.body";

/// Records as they are kept, to be read elsewhere than where the casebook is.
#[derive(Default)]
pub(crate) struct Packed {
    rows: Vec<PackedRow>,
    bytes: Vec<u8>,
}

/// Where what is kept of a record lies among the bytes.
struct PackedRow {
    id: MentionId,
    name: Range<usize>,
    published: Option<Range<usize>>,
    body: Range<usize>,
}

impl Packed {
    /// Takes in the record in the columns [`COLUMNS`].
    pub(crate) fn push(&mut self, row: &rusqlite::Row) -> Result<()> {
        let mut pack = |bytes: &[u8]| {
            let from = self.bytes.len();
            self.bytes.extend(bytes);
            from..self.bytes.len()
        };
        let words = |at: usize| -> Result<Option<&[u8]>> {
            Ok(row.get_ref(at)?.as_bytes_or_null().map_err(rusqlite::Error::from)?)
        };
        let packed = PackedRow {
            id: mention_of(row.get(0)?)?,
            name: pack(words(1)?.unwrap_or_default()),
            published: words(2)?.map(&mut pack),
            body: pack(words(3)?.unwrap_or_default()),
        };
        self.rows.push(packed);
        Ok(())
    }

    /// How many bytes there are.
    pub(crate) fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// The records, or those of them that one of some mentions belongs to; all of each, or as much as
    /// counts look at that look at some variables.
    pub(crate) fn read(
        &self,
        wanted: Option<&HashSet<MentionId>>,
        looked_at: Option<&BTreeSet<Variable>>,
    ) -> impl Iterator<Item = Result<RecordRow>> {
        let kept = move |row: &PackedRow| {
            let kept = Kept::of(row.id, &self.bytes[row.body.clone()], wanted)?;
            let words = |range: &Range<usize>| {
                let words = str::from_utf8(&self.bytes[range.clone()]);
                words.map_err(|error| Error::Damaged(format!("the row of {}: {error}", row.id)))
            };
            let Some(kept) = kept else { return Ok(None) };
            let published = row.published.as_ref().map(words).transpose()?;
            kept.row(words(&row.name)?, published, looked_at).map(Some)
        };
        self.rows.iter().filter_map(move |row| kept(row).transpose())
    }
}

/// A record as it is kept, read as far as its mentions.
pub(crate) struct Kept<'r> {
    id: MentionId,
    called: Vec<&'r str>,
    /// Each with the number of its document and of its name.
    mentions: Vec<(MentionId, DocumentId, usize)>,
    rest: Reader<'r>,
}

impl<'r> Kept<'r> {
    /// The record with this body, if one of some mentions belongs to it.
    pub(crate) fn of(
        id: MentionId,
        body: &'r [u8],
        wanted: Option<&HashSet<MentionId>>,
    ) -> Result<Option<Kept<'r>>> {
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
        Ok(is_wanted.then_some(Kept { id, called, mentions, rest }))
    }

    /// All of it, with its name and the day of its first publication. Why its mentions are together, and
    /// which words are superseded, is not kept. Where only some variables are looked at, proposals of
    /// others and what its own mentions are called are left out, too.
    fn row(
        self,
        name: &str,
        published: Option<&str>,
        looked_at: Option<&BTreeSet<Variable>>,
    ) -> Result<RecordRow> {
        let Kept { id, called, mentions, mut rest } = self;
        let damaged = |what: &str| Error::Damaged(format!("{what} of {id}"));
        let first_published: Option<Edtf> = published
            .map(str::parse)
            .transpose()
            .map_err(|error| Error::Damaged(format!("the row of {id}: {error}")))?;
        let placed = |(mention, document, name): &(MentionId, DocumentId, usize)| {
            let name = called.get(*name)?;
            let name = if looked_at.is_none() { (*name).to_owned() } else { String::new() };
            Some((*mention, (*document, name)))
        };
        let placed: Option<BTreeMap<_, _>> = mentions.iter().map(placed).collect();
        let held = match looked_at {
            None => read(&mut rest),
            Some(looked_at) => read_some(&mut rest, looked_at),
        };
        let (holdings, names) = held.ok_or_else(|| damaged("what is held"))?;
        let record = Record {
            id,
            name: name.to_owned(),
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

/// The same, without proposals for values of other variables than some and the names that only these
/// refer to; where nothing else is held, with the first of them.
fn read_some(
    input: &mut Reader,
    looked_at: &BTreeSet<Variable>,
) -> Option<(Vec<Holding>, BTreeMap<MentionId, String>)> {
    let mut first = None;
    let held = input.list(|input| {
        let start = *input;
        match input.passes_over_proposal(looked_at)? {
            true => {
                first.get_or_insert(start);
                Some(None)
            }
            false => {
                *input = start;
                input.holding().map(Some)
            }
        }
    })?;
    let mut holdings: Vec<Holding> = held.into_iter().flatten().collect();
    if let (true, Some(mut first)) = (holdings.is_empty(), first) {
        holdings.push(first.holding()?);
    }
    let referred = |id: &MentionId| {
        holdings.iter().any(|held| {
            let values = std::iter::once(&held.value).chain(&held.rivals).flatten();
            held.party == Some(*id) || values.filter_map(Value::mention).any(|value| value == *id)
        })
    };
    let names = input.list(|input| {
        let (id, name) = (input.mention()?, input.words()?);
        Some(referred(&id).then(|| (id, name.to_owned())))
    })?;
    input.is_empty().then(|| (holdings, names.into_iter().flatten().collect()))
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
    /// Passes over what is held if nobody has judged it and its variable is none of some; where it says
    /// no, as far as it had to.
    fn passes_over_proposal(&mut self, looked_at: &BTreeSet<Variable>) -> Option<bool> {
        if looked_at.contains(&self.variable()?) {
            return Some(false);
        }
        self.optional(Reader::id)?;
        self.optional(Reader::pass_value)?;
        if self.number()? != 2 {
            return Some(false);
        }
        self.words()?;
        self.pass_ids()?;
        self.pass_ids()?;
        // How many voices, and four marks.
        for _ in 0..5 {
            self.number()?;
        }
        self.list(|input| input.optional(Reader::pass_value))?;
        Some(true)
    }

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

//! Records of the present that have many mentions, kept whole: weighing all that is said of such a subject
//! is most of what showing it costs.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use throughline_flow::{InView, Local, in_view};
use throughline_model::{AsOf, AssertionId, Join, MentionId, Record};
use throughline_weigh::Standing;

use crate::casebook::Casebook;
use crate::derived::body::{Reader, Writer};
use crate::derived::closure;
use crate::derived::folds;
use crate::derived::locals;
use crate::derived::unsettled;
use crate::error::{Error, Result};
use crate::records::evidence::first_evidence;
use crate::records::shown::Extents;
use crate::records::shown::called;
use crate::records::{Listed, listed_row};

/// So many mentions, joins and pieces of evidence of a record are shown where nobody asks for more.
pub const SHOWN: usize = 200;

/// A record of fewer mentions is derived as fast as it is read.
const MANY: usize = 4;

/// A record as it is kept.
#[derive(Debug)]
pub(crate) struct Whole {
    /// All of it but joins beyond the first.
    pub(crate) record: Record,
    /// The names of the mentions that its values and parties are.
    pub(crate) names: BTreeMap<MentionId, String>,
    /// What its mentions are called.
    pub(crate) called: BTreeSet<String>,
    first: Vec<First>,
    extents: Extents,
}

/// An assertion that is shown before others, and the head of the local in which it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct First {
    said: AssertionId,
    head: MentionId,
}

impl Whole {
    /// The assertions that are shown first, at most `most`, each with the head of its local.
    pub(crate) fn first(&self, most: usize) -> impl Iterator<Item = (AssertionId, MentionId)> {
        self.first.iter().take(most).map(|first| (first.said, first.head))
    }

    /// How much there is of the record.
    pub(crate) fn extents(&self) -> Extents {
        self.extents
    }
}

impl Casebook {
    /// Whether records are kept as of two dates: those of the present are, under all judgments.
    pub(crate) fn is_kept(&self, as_of: AsOf) -> bool {
        as_of.is_present() && !self.is_blind() && self.supposed.borrow().is_empty()
    }

    /// The record that a mention belongs to, if it is kept whole and holds as of two dates.
    pub(crate) fn whole(&self, mention: MentionId, as_of: AsOf) -> Result<Option<Whole>> {
        if !self.is_kept(as_of) {
            return Ok(None);
        }
        let blocks = closure(&*self.ties()?, locals::blocks_now(&self.connection, mention)?);
        for block in &blocks {
            if unsettled::is_there(&self.connection, block)? {
                return Ok(None);
            }
        }
        let mut candidates = folds::records_of(&self.connection, mention)?;
        if candidates.is_empty() {
            let mut statement = self.connection.prepare_cached(
                "SELECT w.record FROM record r JOIN whole w ON w.record = r.record WHERE r.block = ?",
            )?;
            for block in &blocks {
                for record in statement.query_map([block], |row| row.get(0))? {
                    candidates.push(record?);
                }
            }
        }
        for record in candidates {
            let whole = self.whole_row(record)?;
            // Parts of a local that judgments split stand in several records.
            if let Some(whole) = whole.filter(|whole| whole.record.mentions.contains(&mention)) {
                return Ok(Some(whole));
            }
        }
        Ok(None)
    }

    fn whole_row(&self, record: i64) -> Result<Option<Whole>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT r.record, r.name, r.published, r.mentions, r.held, r.names, w.body
             FROM whole w JOIN record r ON r.record = w.record WHERE w.record = ?",
        )?;
        let mut rows = statement.query([record])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let mut listed = listed_row(row)?;
        self.name_others(&listed.holdings, &mut listed.names, AsOf::default())?;
        let body = row.get_ref(6)?.as_blob().map_err(rusqlite::Error::from)?;
        let id = listed.id;
        let damaged = || Error::Damaged(format!("what is kept of {id}"));
        read(body, listed).ok_or_else(damaged).map(Some)
    }

    /// The locals in which the assertions stand that are shown first, as they are in view, by their
    /// heads.
    pub(crate) fn locals_of_first(
        &self,
        whole: &Whole,
        standing: &Standing,
        most: usize,
    ) -> Result<HashMap<MentionId, Local>> {
        let heads: BTreeSet<MentionId> = whole.first(most).map(|(_, head)| head).collect();
        let mut found = HashMap::new();
        for head in heads {
            let local = locals::of_mention(&self.connection, head, AsOf::default())?;
            let Some(local) = local else { continue };
            let local = match in_view(&local, standing, AsOf::default()) {
                Some(InView::Judged(judged)) => *judged,
                Some(InView::Read(_)) => local,
                None => continue,
            };
            found.insert(head, local);
        }
        Ok(found)
    }
}

/// The locals of whole blocks by the mentions that stand in them.
pub(crate) struct ByMention<'l>(HashMap<MentionId, &'l Local>);

impl<'l> ByMention<'l> {
    pub(crate) fn of(locals: &[&'l Local]) -> ByMention<'l> {
        let each = |local: &'l Local| local.mentions.iter().map(move |one| (one.id, local));
        ByMention(locals.iter().copied().flat_map(each).collect())
    }

    /// The locals of a record, each once, however many of its mentions stand in it.
    pub(crate) fn of_record(&self, record: &Record) -> Vec<&'l Local> {
        let mut met = HashSet::new();
        let all = record.mentions.iter().filter_map(|mention| self.0.get(mention).copied());
        all.filter(|local| met.insert(local.mentions[0].id)).collect()
    }
}

/// What is kept of a record beyond what lists show, if it has many mentions.
pub(crate) fn kept(record: &Record, locals: &ByMention, standing: &Standing) -> Option<Vec<u8>> {
    (record.mentions.len() >= MANY).then(|| write(record, locals, standing))
}

/// What a record has beyond what lists show.
fn write(record: &Record, locals: &ByMention, standing: &Standing) -> Vec<u8> {
    let own: HashSet<MentionId> = record.mentions.iter().copied().collect();
    let locals = locals.of_record(record);
    let mut heads = HashMap::new();
    for &local in &locals {
        let head = local.mentions[0].id;
        if let Some(local) = in_view(local, standing, AsOf::default()) {
            let said = local.assertions.iter().filter(|said| own.contains(&said.subject));
            heads.extend(said.map(|said| (said.id, head)));
        }
    }
    let first = first_evidence(&record.holdings, &heads.keys().copied().collect(), SHOWN);
    let called = called(record, locals.iter().copied());
    let called: Vec<String> = called.into_iter().collect();
    let mut out = Writer::new();
    out.list(&record.mentions, |out, id| out.id(id.bits()));
    out.number(record.joins.len() as u64);
    let joins = &record.joins[..record.joins.len().min(SHOWN)];
    out.list(joins, Writer::join);
    out.list(&record.holdings, |out, held| {
        out.list(&held.support, |out, id| out.id(id.bits()));
        out.list(&held.against, |out, id| out.id(id.bits()));
        out.list(&held.rivals, |out, rival| out.optional(rival.as_ref(), Writer::value));
    });
    let superseded: Vec<AssertionId> = record.superseded.iter().copied().collect();
    out.list(&superseded, |out, id| out.id(id.bits()));
    out.number(heads.len() as u64);
    out.list(&first, |out, said| {
        out.id(said.bits());
        out.id(heads[said].bits());
    });
    out.list(&called, |out, name| out.text(name));
    out.bytes()
}

/// What [`write`] gave, joined with what lists show; `None` if the bytes are nothing of the kind.
fn read(bytes: &[u8], listed: Listed) -> Option<Whole> {
    let mut input = Reader::of(bytes);
    let mentions = input.list(Reader::mention)?;
    let joins_there = input.small()?;
    let joins: Vec<Join> = input.list(Reader::join)?;
    let mut holdings = listed.holdings.into_iter();
    let holdings = input.list(|input| {
        let mut held = holdings.next()?;
        held.support = input.list(Reader::assertion_id)?;
        held.against = input.list(Reader::assertion_id)?;
        held.rivals = input.list(|input| input.optional(Reader::value))?;
        Some(held)
    })?;
    let superseded = input.list(Reader::assertion_id)?;
    let said_there = input.small()?;
    let first =
        input.list(|input| Some(First { said: input.assertion_id()?, head: input.mention()? }))?;
    let called = input.list(Reader::text)?.into_iter().collect();
    if !input.is_empty() {
        return None;
    }
    let extents = Extents { mentions: mentions.len(), joins: joins_there, evidence: said_there };
    let record = Record {
        id: listed.id,
        name: listed.name,
        mentions,
        joins,
        first_published: listed.first_published,
        holdings,
        superseded: superseded.into_iter().collect(),
    };
    Some(Whole { record, names: listed.names, called, first, extents })
}

#[cfg(test)]
mod tests {
    use throughline_flow::BlockKey;
    use throughline_model::{DocumentId, Mention, Passage, Sha256, Span, SubjectKind};

    use super::*;

    /// A long document names a group thousands of times: gone through once for each, that costs the
    /// square of its length.
    #[test]
    fn a_local_of_many_mentions_is_gone_through_once() {
        let local = |name: &[u8], many: usize| {
            let document = DocumentId::of_bytes(Sha256::of(name));
            let mention = |at: usize| {
                let passage = Passage::Text(Span::new(at, at + 1));
                Mention::new(SubjectKind::Group, document, passage, "The Red Rope")
            };
            let mentions: Vec<Mention> = (0..many).map(mention).collect();
            Local {
                block: BlockKey::alone(mentions[0].id),
                document,
                published: None,
                source: None,
                mentions,
                assertions: Vec::new(),
                sentences: Vec::new(),
                referents: throughline_resolve::Referents::default(),
                context: Vec::new(),
                outline: None,
            }
        };
        let (long, short) = (local(b"long", 900), local(b"short", 2));
        let record = Record {
            id: long.mentions[0].id,
            name: "The Red Rope".to_owned(),
            mentions: long.mentions.iter().chain(&short.mentions).map(|one| one.id).collect(),
            joins: Vec::new(),
            first_published: None,
            holdings: Vec::new(),
            superseded: BTreeSet::new(),
        };
        let all = [&long, &short];
        let found = ByMention::of(&all).of_record(&record);
        let heads: Vec<MentionId> = found.iter().map(|local| local.mentions[0].id).collect();
        assert_eq!(heads, [long.mentions[0].id, short.mentions[0].id]);
    }
}

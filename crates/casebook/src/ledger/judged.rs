//! All judgments of a ledger, which of them stand as of two dates, and what each of them touches.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use throughline_model::{
    Act, AsOf, Assertion, AssertionId, DocumentId, Edtf, Instant, Judgment, JudgmentId, MentionId,
};
use throughline_weigh::Standing;

use crate::derived::{self, locals};
use crate::error::{Error, Result};
use crate::ledger::tombstones::Tombstones;
use crate::ledger::{self, EntryKind};
use crate::records::evidence;

/// All judgments of a ledger, or of its beginning, and what must be derived again when one enters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Judged {
    judgments: BTreeMap<JudgmentId, (Judgment, Instant)>,
    ties: BTreeMap<MentionId, BTreeSet<(MentionId, JudgmentId)>>,
    /// Mentions that somebody ever told apart from others.
    apart: BTreeSet<MentionId>,
    /// Assertions that somebody ever judged or rested a finding on, and corrections put in their
    /// place.
    assertions: BTreeSet<AssertionId>,
    /// The subjects of the findings that rest on an assertion.
    resting: BTreeMap<AssertionId, BTreeSet<MentionId>>,
    citing: BTreeMap<DocumentId, Vec<JudgmentId>>,
    /// For a mention, the subjects whose findings and corrections refer to it.
    referring: BTreeMap<MentionId, BTreeSet<MentionId>>,
    /// The judgments on each thing: only those on one thing can contradict each other.
    on: BTreeMap<Thing, Vec<JudgmentId>>,
    superseded: BTreeSet<JudgmentId>,
    corrections: BTreeMap<AssertionId, JudgmentId>,
    /// What is still known of removed documents.
    tombstones: Tombstones,
}

/// What judgments that contradict each other have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Assertion(AssertionId),
    Document(DocumentId),
    /// What is held of a subject.
    Subject(MentionId),
    /// How reliable sources are.
    Sources,
    /// Who is who: such judgments contradict each other over any number of links.
    Identities,
}

impl Thing {
    fn of(act: &Act) -> Option<Thing> {
        Some(match act {
            Act::Accept(id) | Act::Reject(id) | Act::Retract(id) => Thing::Assertion(*id),
            Act::Correct { assertion, .. }
            | Act::Withdraw { assertion, .. }
            | Act::Credit { assertion, .. } => Thing::Assertion(*assertion),
            Act::Grade { .. } => Thing::Sources,
            Act::Find(target) | Act::Code(target) => Thing::Subject(target.subject),
            Act::Same(..) | Act::NotSame(..) => Thing::Identities,
            Act::Dated { document, .. } => Thing::Document(*document),
            Act::Unsure(..) | Act::Unrelated(..) | Act::Undo => return None,
        })
    }
}

impl Judged {
    /// All judgments.
    pub(crate) fn load(connection: &Connection) -> Result<Judged> {
        let mut judged = Judged::none(connection)?;
        for entry in ledger::entries(connection, &[EntryKind::Judgment], None)? {
            let Some(payload) = &entry.payload else { continue };
            let judgment = judged.read(payload, entry.seq)?;
            judged.add(judgment, entry.recorded);
        }
        Ok(judged)
    }

    /// No judgment yet, with what is known by now of removed documents.
    pub(crate) fn none(connection: &Connection) -> Result<Judged> {
        Ok(Judged::beside_tombstones(Tombstones::load(connection)?))
    }

    fn beside_tombstones(tombstones: Tombstones) -> Judged {
        let took = tombstones.remains().flat_map(|(one, _)| one.supersedes.iter().copied());
        Judged { superseded: took.collect(), tombstones, ..Judged::default() }
    }

    /// The judgment of an entry's payload, on what stands now for the mentions that it was made on.
    pub(crate) fn read(&self, payload: &str, seq: i64) -> Result<Judgment> {
        let judgment = throughline_formats::read_judgment(payload)
            .map_err(|error| Error::Damaged(format!("entry {seq}: {error}")))?;
        Ok(self.tombstones.judgment(judgment))
    }

    /// What is still known of removed documents.
    pub(crate) fn tombstones(&self) -> &Tombstones {
        &self.tombstones
    }

    /// Since when a document that judgments cite is public by itself, or was before it was removed; `None` if
    /// it was not recorded in view.
    fn cited(
        &self,
        connection: &Connection,
        document: DocumentId,
        as_of: AsOf,
    ) -> Result<Option<Option<Edtf>>> {
        if let Some(recorded) = derived::recorded(connection, document)? {
            let since = || derived::since(connection, document);
            return as_of.recalls(recorded).then(since).transpose();
        }
        let gone = self.tombstones.dates(document);
        let recalled = gone.filter(|(_, recorded)| as_of.recalls(*recorded));
        Ok(recalled.map(|(since, _)| since.clone()))
    }

    /// What one coder may see: his own judgments, and of others' those that make the records which all
    /// code.
    pub(crate) fn seen_by(self, coder: &str) -> Judged {
        let shared = |judgment: &Judgment| {
            matches!(
                judgment.act,
                Act::Same(..)
                    | Act::NotSame(..)
                    | Act::Unsure(..)
                    | Act::Dated { .. }
                    | Act::Withdraw { .. }
            )
        };
        // What went is the coder's own, or took the place of what all see.
        let tombstones = self.tombstones.clone().seen_by(coder, &|id| {
            self.judgments.get(&id).is_some_and(|(judgment, _)| shared(judgment))
        });
        let mut seen = Judged::beside_tombstones(tombstones);
        let mut undos = Vec::new();
        let mut visible: BTreeSet<JudgmentId> = BTreeSet::new();
        for (judgment, recorded) in self.judgments.into_values() {
            if shared(&judgment) || judgment.by == coder {
                visible.insert(judgment.id);
                seen.add(judgment, recorded);
            } else if matches!(judgment.act, Act::Undo) {
                undos.push((judgment, recorded));
            }
        }
        // Why somebody undid what is hidden may tell what that was. An undo may undo another.
        loop {
            let (told, rest): (Vec<_>, Vec<_>) = undos
                .into_iter()
                .partition(|(undo, _)| undo.supersedes.iter().any(|id| visible.contains(id)));
            undos = rest;
            if told.is_empty() {
                return seen;
            }
            for (judgment, recorded) in told {
                visible.insert(judgment.id);
                seen.add(judgment, recorded);
            }
        }
    }

    pub(crate) fn add(&mut self, judgment: Judgment, recorded: Instant) {
        if let Act::Same(a, b) = judgment.act {
            self.ties.entry(a).or_default().insert((b, judgment.id));
            self.ties.entry(b).or_default().insert((a, judgment.id));
        }
        if let Act::NotSame(a, b) = judgment.act {
            self.apart.extend([a, b]);
        }
        self.assertions.extend(judgment.assertions());
        if let Act::Find(target) = &judgment.act {
            for assertion in &target.rests_on {
                self.assertions.insert(*assertion);
                self.resting.entry(*assertion).or_default().insert(target.subject);
            }
        }
        for document in &judgment.cites {
            self.citing.entry(*document).or_default().push(judgment.id);
        }
        let subject = match &judgment.act {
            // What coders code for themselves changes nothing that is held.
            Act::Find(target) => Some(target.subject),
            Act::Correct { by, .. } => Some(by.subject),
            _ => None,
        };
        let referred = judgment.referred().filter_map(|mention| Some((mention, subject?)));
        for (mention, subject) in referred {
            self.referring.entry(mention).or_default().insert(subject);
        }
        if let Act::Correct { by, .. } = &judgment.act {
            self.corrections.insert(by.id, judgment.id);
        }
        if let Some(thing) = Thing::of(&judgment.act) {
            self.on.entry(thing).or_default().push(judgment.id);
        }
        self.superseded.extend(judgment.supersedes.iter().copied());
        self.judgments.insert(judgment.id, (judgment, recorded));
    }

    /// Whether somebody ever judged an assertion, put it in the place of another, or rested a finding
    /// on it.
    pub(crate) fn is_judged(&self, assertion: AssertionId) -> bool {
        self.assertions.contains(&assertion)
    }

    /// The subjects of findings that rest on an assertion, or on one in whose place it was put.
    pub(crate) fn resting_on(&self, assertion: AssertionId) -> BTreeSet<MentionId> {
        let mut subjects = BTreeSet::new();
        let mut met = BTreeSet::new();
        let mut at = Some(assertion);
        while let Some(id) = at.filter(|id| met.insert(*id)) {
            subjects.extend(self.resting.get(&id).into_iter().flatten());
            let correction = self.corrections.get(&id).and_then(|judgment| self.get(*judgment));
            at = match correction.map(|(judgment, _)| &judgment.act) {
                Some(Act::Correct { assertion, .. }) => Some(*assertion),
                _ => None,
            };
        }
        subjects
    }

    /// The judgments that cite a document.
    pub(crate) fn citing(&self, document: DocumentId) -> impl Iterator<Item = &Judgment> {
        let ids = self.citing.get(&document).into_iter().flatten();
        ids.filter_map(|id| self.judgments.get(id)).map(|(judgment, _)| judgment)
    }

    /// The subjects whose findings and corrections refer to a mention.
    pub(crate) fn referring(&self, mention: MentionId) -> impl Iterator<Item = MentionId> {
        self.referring.get(&mention).into_iter().flatten().copied()
    }

    /// The mentions of which a judgment that ties two, or tells them apart, changes whom they can be
    /// one with.
    ///
    /// A side is all that others, in force or not, tie to `one` or to `other`; if they tie the two as
    /// well, both sides are one. What refers to both sides refers to the smaller one too, and that is
    /// enough, unless a side was told apart from something: then the other side is told apart from it
    /// as well, and both are given.
    pub(crate) fn affected(
        &self,
        link: JudgmentId,
        one: MentionId,
        other: MentionId,
    ) -> BTreeSet<MentionId> {
        let (a, b) = (self.side(link, one), self.side(link, other));
        if a.iter().chain(&b).any(|mention| self.apart.contains(mention)) {
            return &a | &b;
        }
        if a.len() <= b.len() { a } else { b }
    }

    fn side(&self, without: JudgmentId, start: MentionId) -> BTreeSet<MentionId> {
        let mut reached = BTreeSet::from([start]);
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            for (next, by) in self.ties.get(&at).into_iter().flatten() {
                if *by != without && reached.insert(*next) {
                    open.push(*next);
                }
            }
        }
        reached
    }

    /// Every mention that a judgment ever called the same as another, with those others.
    pub(crate) fn ties(&self) -> &BTreeMap<MentionId, BTreeSet<(MentionId, JudgmentId)>> {
        &self.ties
    }

    /// Whether somebody ever said when a document was published.
    pub(crate) fn dates(&self, document: DocumentId) -> bool {
        self.on.contains_key(&Thing::Document(document))
    }

    /// The judgments in force now that are on the same thing as this one.
    pub(crate) fn beside(&self, judgment: &Judgment) -> impl Iterator<Item = &Judgment> {
        let ids = Thing::of(&judgment.act).and_then(|thing| self.on.get(&thing));
        ids.into_iter()
            .flatten()
            .filter(|id| !self.superseded.contains(id))
            .filter_map(|id| self.get(*id))
            .map(|(judgment, _)| judgment)
    }

    /// The assertion that some judgment put in the place of another.
    pub(crate) fn correction(&self, id: AssertionId) -> Option<&Assertion> {
        match &self.get(*self.corrections.get(&id)?)?.0.act {
            Act::Correct { by, .. } => Some(by),
            _ => None,
        }
    }

    /// The document of an assertion that a judgment recorded in view put in the place of another:
    /// it came with that judgment, and stands in no reading.
    fn corrected_in(&self, id: AssertionId, as_of: AsOf) -> Option<DocumentId> {
        let (_, recorded) = self.get(*self.corrections.get(&id)?)?;
        let by = self.correction(id).filter(|_| as_of.recalls(*recorded))?;
        Some(by.document)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &(Judgment, Instant)> {
        self.judgments.values()
    }

    /// The pairs of mentions of which somebody has said, by when is asked for, that he cannot tell.
    pub(crate) fn unsure(&self, as_of: AsOf) -> impl Iterator<Item = (MentionId, MentionId)> {
        let recalled = move || self.all().filter(move |(_, recorded)| as_of.recalls(*recorded));
        let gone = self.tombstones.remains().filter(move |(_, recorded)| as_of.recalls(*recorded));
        let superseded: BTreeSet<JudgmentId> =
            recalled().chain(gone).flat_map(|(one, _)| one.supersedes.iter().copied()).collect();
        let in_force = recalled().filter(move |(one, _)| !superseded.contains(&one.id));
        in_force.filter_map(|(judgment, _)| match judgment.act {
            Act::Unsure(one, other) => Some((one, other)),
            _ => None,
        })
    }

    /// Whether a judgment stands now: none has superseded it.
    pub(crate) fn in_force(&self, id: JudgmentId) -> bool {
        !self.superseded.contains(&id)
    }

    /// The judgments on an assertion, those that no longer stand included.
    pub(crate) fn on_assertion(&self, id: AssertionId) -> impl Iterator<Item = &JudgmentId> {
        self.on.get(&Thing::Assertion(id)).into_iter().flatten()
    }

    pub(crate) fn get(&self, id: JudgmentId) -> Option<&(Judgment, Instant)> {
        self.judgments.get(&id)
    }

    /// The judgments that count as of two dates, by time, each with whether it is in force there:
    /// whether none that counts takes its place.
    pub(crate) fn in_view(
        &self,
        connection: &Connection,
        as_of: AsOf,
    ) -> Result<Vec<(Judgment, Instant, bool)>> {
        let standing = self.standing(connection, as_of)?;
        let counting = self.all().filter_map(|(judgment, recorded)| {
            Some((judgment.clone(), *recorded, standing.in_force(judgment.id)?))
        });
        let mut all: Vec<(Judgment, Instant, bool)> = counting.collect();
        all.sort_by_key(|(judgment, recorded, _)| (*recorded, judgment.id));
        Ok(all)
    }

    /// The judgments in force as of two dates.
    pub(crate) fn standing(&self, connection: &Connection, as_of: AsOf) -> Result<Standing> {
        let cited: BTreeSet<DocumentId> =
            self.ever().flat_map(|(judgment, _)| judgment.cites.iter().copied()).collect();
        let mut published: BTreeMap<DocumentId, Option<Edtf>> = BTreeMap::new();
        for document in cited {
            // When a document was published is not known here before it is.
            if let Some(since) = self.cited(connection, document, as_of)? {
                published.insert(document, since);
            }
        }
        let mut standing = Standing::new(
            self.ever().map(|(judgment, recorded)| (judgment, *recorded)),
            &|document| published.get(&document).cloned().flatten(),
            as_of,
        );
        let mut missing = BTreeSet::new();
        for assertion in standing.all_rested_on() {
            let document = match self.corrected_in(assertion, as_of) {
                Some(document) => Some(document),
                None => evidence::read_in(connection, assertion, as_of)?,
            };
            if !sees(connection, document, &standing, as_of)? {
                missing.insert(assertion);
            }
        }
        standing.miss(missing);
        let mut elsewhere: BTreeSet<MentionId> = standing.all_found().collect();
        let successors = self.tombstones.successors();
        standing.lose(elsewhere.iter().copied().filter(|mention| successors.is_lost(*mention)));
        elsewhere.extend(locals::referred_to(connection)?);
        let mut called = BTreeMap::new();
        for mention in elsewhere {
            let Some(local) = locals::of_mention(connection, mention, as_of)? else { continue };
            if sees(connection, Some(local.document), &standing, as_of)? {
                called.insert(mention, throughline_flow::called(&local, mention, &standing));
            }
        }
        standing.call(called);
        Ok(standing)
    }

    /// All judgments, and what stays of those that went with their documents.
    fn ever(&self) -> impl Iterator<Item = &(Judgment, Instant)> {
        self.all().chain(self.tombstones.remains())
    }
}

/// Whether a document is here and was public as of a date.
fn sees(
    connection: &Connection,
    document: Option<DocumentId>,
    standing: &Standing,
    as_of: AsOf,
) -> Result<bool> {
    let Some(document) = document else { return Ok(false) };
    let since = derived::since(connection, document)?;
    Ok(as_of.sees(standing.dated(document).or(since.as_ref())))
}

//! Judgments: entering them, refusing what contradicts, and which of them stand.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use throughline_model::{
    Act, AsOf, Assertion, AssertionId, DocumentId, Edtf, Fingerprint, Instant, Judgment,
    JudgmentId, MentionId, Value,
};
use throughline_weigh::{Standing, conflicts};

use crate::casebook::Casebook;
use crate::codebook::Versions;
use crate::derived;
use crate::error::{Error, Result};
use crate::evidence;
use crate::ledger::{self, EntryKind, Writer};
use crate::paging::Part;

/// What became of an imported judgment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// It is entered.
    Entered,
    /// The same judgment was there.
    Known,
    /// It contradicts these, and is held apart.
    HeldApart(Vec<JudgmentId>),
}

/// A judgment, when it was recorded, and whether it is in force now.
pub type JudgmentRow = (Judgment, Instant, bool);

/// An imported judgment that contradicts others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldApart {
    /// The judgment.
    pub judgment: Judgment,
    /// When it was recorded.
    pub recorded: Instant,
}

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
            Act::Unsure(..) | Act::Undo => return None,
        })
    }
}

impl Judged {
    /// All judgments.
    pub(crate) fn load(connection: &Connection) -> Result<Judged> {
        let mut judged = Judged::default();
        for entry in ledger::entries(connection, &[EntryKind::Judgment], None)? {
            let Some(payload) = entry.payload else { continue };
            judged.add(read(&payload)?, entry.recorded);
        }
        Ok(judged)
    }

    /// What one coder may see: his own judgments, and of others' those that make the records which all
    /// code.
    pub(crate) fn seen_by(self, coder: &str) -> Judged {
        let mut seen = Judged::default();
        for (judgment, recorded) in self.judgments.into_values() {
            let shared = matches!(
                judgment.act,
                Act::Same(..)
                    | Act::NotSame(..)
                    | Act::Unsure(..)
                    | Act::Dated { .. }
                    | Act::Withdraw { .. }
                    | Act::Undo
            );
            if shared || judgment.by == coder {
                seen.add(judgment, recorded);
            }
        }
        seen
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
        let referred: Vec<(MentionId, MentionId)> = match &judgment.act {
            Act::Find(target) => {
                let value = target.value.as_ref().and_then(Value::mention);
                value.into_iter().chain(target.party).map(|id| (id, target.subject)).collect()
            }
            Act::Correct { by, .. } => by.referred().map(|id| (id, by.subject)).collect(),
            _ => Vec::new(),
        };
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

    /// The judgments in force now that are on the same thing as this one.
    fn beside(&self, judgment: &Judgment) -> impl Iterator<Item = &Judgment> {
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

    /// The pairs of mentions of which somebody has said that he cannot tell.
    pub(crate) fn unsure(&self) -> impl Iterator<Item = (MentionId, MentionId)> {
        let in_force = self.all().filter(|(one, _)| !self.superseded.contains(&one.id));
        in_force.filter_map(|(judgment, _)| match judgment.act {
            Act::Unsure(one, other) => Some((one, other)),
            _ => None,
        })
    }

    pub(crate) fn get(&self, id: JudgmentId) -> Option<&(Judgment, Instant)> {
        self.judgments.get(&id)
    }

    /// The judgments in force as of two dates.
    pub(crate) fn standing(&self, connection: &Connection, as_of: AsOf) -> Result<Standing> {
        let cited: BTreeSet<DocumentId> =
            self.all().flat_map(|(judgment, _)| judgment.cites.iter().copied()).collect();
        let mut published: BTreeMap<DocumentId, Option<Edtf>> = BTreeMap::new();
        for document in cited {
            // When a document was published is not known here before it is.
            if derived::recorded(connection, document)?.is_some_and(|then| as_of.recalls(then)) {
                published.insert(document, derived::since(connection, document)?);
            }
        }
        let mut standing = Standing::new(
            self.all().map(|(judgment, recorded)| (judgment, *recorded)),
            &|document| published.get(&document).cloned().flatten(),
            as_of,
        );
        let mut missing = BTreeSet::new();
        for assertion in standing.all_rested_on() {
            let document = match self.corrected_in(assertion, as_of) {
                Some(document) => Some(document),
                None => evidence::read_in(connection, assertion, as_of)?,
            };
            let since = match document {
                Some(document) => derived::since(connection, document)?,
                None => None,
            };
            let since = document.and_then(|id| standing.dated(id).cloned()).or(since);
            if document.is_none() || !as_of.sees(since.as_ref()) {
                missing.insert(assertion);
            }
        }
        standing.miss(missing);
        Ok(standing)
    }
}

/// The places of judgments in an order in which none comes before one that it supersedes; else as
/// they are given.
fn in_order(judgments: &[Judgment]) -> Vec<usize> {
    let place: BTreeMap<JudgmentId, usize> =
        judgments.iter().enumerate().map(|(at, judgment)| (judgment.id, at)).collect();
    let mut order = Vec::with_capacity(judgments.len());
    let mut seen = vec![false; judgments.len()];
    for start in 0..judgments.len() {
        // Without recursion: a chain of judgments may be as long as the file.
        let mut open = vec![(start, false)];
        while let Some((at, ready)) = open.pop() {
            if ready {
                order.push(at);
            } else if !std::mem::replace(&mut seen[at], true) {
                open.push((at, true));
                let before = judgments[at].supersedes.iter().rev();
                open.extend(before.filter_map(|id| place.get(id)).map(|&at| (at, false)));
            }
        }
    }
    order
}

fn read(payload: &str) -> Result<Judgment> {
    throughline_formats::read_judgment(payload)
        .map_err(|error| Error::Damaged(format!("a judgment: {error}")))
}

impl Casebook {
    /// Enters a judgment. The same judgment again changes nothing.
    ///
    /// # Errors
    /// [`Error::Contradiction`], naming the judgments that it contradicts; [`Error::Unknown`] if it
    /// is about something that is not in the casebook; [`Error::Refused`] if it makes no sense.
    pub fn judge(&mut self, judgment: &Judgment) -> Result<Disposition> {
        let done = self.judge_all(std::slice::from_ref(judgment))?;
        Ok(done.into_iter().next().unwrap_or(Disposition::Known))
    }

    /// Enters several judgments, all in one step or none of them. Those that were there change nothing.
    ///
    /// # Errors
    /// As [`Casebook::judge`], for the first that cannot be entered.
    pub fn judge_all(&mut self, judgments: &[Judgment]) -> Result<Vec<Disposition>> {
        let none = BTreeSet::new();
        self.entering(|casebook, writer| {
            let each = judgments.iter().map(|judgment| {
                match casebook.examine(judgment, &none, Versions::InForce)? {
                    Disposition::HeldApart(others) => Err(Error::Contradiction(others)),
                    Disposition::Known => Ok(Disposition::Known),
                    Disposition::Entered => casebook.enter(writer, judgment, EntryKind::Judgment),
                }
            });
            each.collect()
        })
    }

    /// Enters judgments that come from elsewhere, in one step: those that contradict others are
    /// held apart, and those that make no sense here are passed over with the reason. They may come
    /// in any order: what supersedes another waits for it.
    ///
    /// # Errors
    /// If the file cannot be written; then none of them is entered.
    pub fn import_judgments(&mut self, judgments: &[Judgment]) -> Result<Vec<Result<Disposition>>> {
        // What others of them take the place of contradicts nothing, in whatever order they come.
        let replaced: BTreeSet<JudgmentId> =
            judgments.iter().flat_map(|judgment| judgment.supersedes.iter().copied()).collect();
        self.entering(|casebook, writer| {
            let mut held: BTreeSet<JudgmentId> =
                casebook.held_apart()?.into_iter().map(|held| held.judgment.id).collect();
            let mut done = Vec::with_capacity(judgments.len());
            done.resize_with(judgments.len(), || None);
            for at in in_order(judgments) {
                let judgment = &judgments[at];
                let examined = match held.contains(&judgment.id) {
                    true => Ok(Disposition::Known),
                    false => casebook.examine(judgment, &replaced, Versions::Any),
                };
                done[at] = Some(match examined {
                    Ok(Disposition::Entered) => {
                        Ok(casebook.enter(writer, judgment, EntryKind::Judgment)?)
                    }
                    Ok(Disposition::HeldApart(others)) => {
                        casebook.enter(writer, judgment, EntryKind::Held)?;
                        held.insert(judgment.id);
                        Ok(Disposition::HeldApart(others))
                    }
                    Err(error @ (Error::Unknown(_) | Error::Refused(_))) => Err(error),
                    other => Ok(other?),
                });
            }
            Ok(done.into_iter().flatten().collect())
        })
    }

    /// Runs a step that enters judgments; if it fails, what was noted of them is forgotten.
    fn entering<T>(&mut self, step: impl FnOnce(&Casebook, &mut Writer) -> Result<T>) -> Result<T> {
        let casebook: &Casebook = self;
        let result = casebook.write(|writer| step(casebook, writer));
        if result.is_err() {
            casebook.forget_judged();
        }
        result
    }

    /// What would become of a judgment, beside all but the `replaced`.
    fn examine(
        &self,
        judgment: &Judgment,
        replaced: &BTreeSet<JudgmentId>,
        versions: Versions,
    ) -> Result<Disposition> {
        let judged = self.judged()?;
        if judged.get(judgment.id).is_some() {
            return Ok(Disposition::Known);
        }
        self.check(judgment)?;
        self.check_coded(judgment, versions)?;
        if replaced.contains(&judgment.id) {
            return Ok(Disposition::Entered);
        }
        let beside = judged.beside(judgment).filter(|one| !replaced.contains(&one.id));
        let found = conflicts(beside, judgment);
        Ok(if found.is_empty() { Disposition::Entered } else { Disposition::HeldApart(found) })
    }

    fn enter(
        &self,
        writer: &mut Writer,
        judgment: &Judgment,
        kind: EntryKind,
    ) -> Result<Disposition> {
        let content = Fingerprint::new(kind.name()).number(judgment.id.bits());
        let payload = throughline_formats::write_judgment(judgment);
        let entry = writer.append(kind, None, content, payload)?;
        if kind == EntryKind::Judgment {
            self.note_judged(&entry, judgment)?;
            derived::judged(&self.connection, &entry, judgment, &*self.judged()?)?;
        }
        Ok(Disposition::Entered)
    }

    /// Refuses a judgment about what is not there, or that no reader could make sense of.
    fn check(&self, judgment: &Judgment) -> Result<()> {
        if judgment.by.trim().is_empty() || judgment.reason.trim().is_empty() {
            return Err(Error::Refused(
                "a judgment needs the name of who judges and a reason; give --by and --reason"
                    .into(),
            ));
        }
        let judged = self.judged()?;
        for id in &judgment.supersedes {
            if judged.get(*id).is_none() {
                return Err(Error::Unknown(id.to_string()));
            }
        }
        if matches!(judgment.act, Act::Undo) && judgment.supersedes.is_empty() {
            return Err(Error::Refused("undo needs the judgment to undo".into()));
        }
        for mention in judgment.mentions() {
            if derived::blocks_of(&self.connection, mention)?.is_empty() {
                return Err(Error::Unknown(mention.to_string()));
            }
        }
        match &judgment.act {
            Act::Accept(id) | Act::Reject(id) | Act::Retract(id) => {
                self.known_assertion(*id)?;
            }
            Act::Withdraw { assertion, .. } | Act::Credit { assertion, .. } => {
                self.known_assertion(*assertion)?;
            }
            Act::Grade { source, .. } => {
                let known: bool = self
                    .connection
                    .prepare_cached("SELECT EXISTS (SELECT 1 FROM document WHERE source = ?)")?
                    .query_row([source], |row| row.get(0))?;
                if !known {
                    return Err(Error::Unknown(format!("a source called {source:?}")));
                }
            }
            Act::Correct { assertion, by } => {
                let old = self.known_assertion(*assertion)?;
                if by.document != old.document || by.subject != old.subject {
                    return Err(Error::Refused(
                        "a correction keeps the document and the subject; to move words to \
                         another subject, reject them and add an assertion"
                            .into(),
                    ));
                }
            }
            Act::Same(a, b) | Act::NotSame(a, b) | Act::Unsure(a, b) => {
                if a == b || a.kind() != b.kind() {
                    return Err(Error::Refused(format!(
                        "{a} and {b} cannot be compared: they must be two mentions of one kind"
                    )));
                }
            }
            Act::Find(target) | Act::Code(target) => {
                if !target.variable.subjects().contains(&target.subject.kind()) {
                    return Err(Error::Refused(format!(
                        "{} is not said of {}s",
                        target.variable.name(),
                        target.subject.kind().name()
                    )));
                }
            }
            Act::Dated { document, .. } => {
                if self.document(*document)?.is_none() {
                    return Err(Error::Unknown(document.to_string()));
                }
            }
            Act::Undo => {}
        }
        Ok(())
    }

    fn known_assertion(&self, id: AssertionId) -> Result<Assertion> {
        let judged = self.judged()?;
        // A correction may itself be judged.
        let corrected = judged.correction(id).cloned();
        match corrected {
            Some(assertion) => Ok(assertion),
            None => self.assertion(id)?.ok_or_else(|| Error::Unknown(id.to_string())),
        }
    }

    /// All judgments, with when they were recorded and whether they are in force now, by time.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn judgments(&self) -> Result<Vec<JudgmentRow>> {
        let judged = self.judged()?;
        let mut all: Vec<_> = judged
            .all()
            .map(|(judgment, recorded)| {
                (judgment.clone(), *recorded, !judged.superseded.contains(&judgment.id))
            })
            .collect();
        all.sort_by_key(|(judgment, recorded, _)| (*recorded, judgment.id));
        Ok(all)
    }

    /// One judgment, with when it was recorded and whether it is in force now.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn judgment(&self, id: JudgmentId) -> Result<Option<JudgmentRow>> {
        let judged = self.judged()?;
        let found = judged.get(id).map(|(judgment, recorded)| {
            (judgment.clone(), *recorded, !judged.superseded.contains(&id))
        });
        Ok(found)
    }

    /// The judgments on some assertions and on what was put in their place, in force or not, by
    /// time.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn judgments_on(
        &self,
        assertions: impl IntoIterator<Item = AssertionId>,
    ) -> Result<Vec<JudgmentRow>> {
        let judged = self.judged()?;
        let mut open: Vec<AssertionId> = assertions.into_iter().collect();
        let mut met: BTreeSet<AssertionId> = open.iter().copied().collect();
        let mut found: BTreeMap<JudgmentId, JudgmentRow> = BTreeMap::new();
        while let Some(assertion) = open.pop() {
            for id in judged.on.get(&Thing::Assertion(assertion)).into_iter().flatten() {
                let Some((judgment, recorded)) = judged.get(*id) else { continue };
                open.extend(judgment.assertions().filter(|other| met.insert(*other)));
                let in_force = !judged.superseded.contains(id);
                found.insert(*id, (judgment.clone(), *recorded, in_force));
            }
        }
        let mut found: Vec<_> = found.into_values().collect();
        found.sort_by_key(|(judgment, recorded, _)| (*recorded, judgment.id));
        Ok(found)
    }

    /// Some of the judgments, newest first: how many `wanted` takes, and a part of them. It also
    /// hears whether a judgment is in force now.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn judgments_part(
        &self,
        wanted: impl Fn(&Judgment, Instant, bool) -> bool,
        part: Part,
    ) -> Result<(usize, Vec<JudgmentRow>)> {
        let judged = self.judged()?;
        let mut all: Vec<_> = judged
            .all()
            .map(|(judgment, recorded)| {
                (judgment, *recorded, !judged.superseded.contains(&judgment.id))
            })
            .filter(|(judgment, recorded, in_force)| wanted(judgment, *recorded, *in_force))
            .collect();
        all.sort_by_key(|(judgment, recorded, _)| (std::cmp::Reverse(*recorded), judgment.id));
        let some = all.iter().skip(part.from).take(part.many);
        let some =
            some.map(|(judgment, recorded, stands)| ((*judgment).clone(), *recorded, *stands));
        Ok((all.len(), some.collect()))
    }

    /// Imported judgments that contradict others, by time.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn held_apart(&self) -> Result<Vec<HeldApart>> {
        if self.is_blind() {
            return Ok(Vec::new());
        }
        ledger::entries(&self.connection, &[EntryKind::Held], None)?
            .into_iter()
            .filter_map(|entry| entry.payload.map(|payload| (payload, entry.recorded)))
            .map(|(payload, recorded)| Ok(HeldApart { judgment: read(&payload)?, recorded }))
            .collect()
    }
}

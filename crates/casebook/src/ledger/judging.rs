//! Judgments: entering them, and refusing what contradicts.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{
    Act, AsOf, Assertion, AssertionId, Fingerprint, Instant, Judgment, JudgmentId, SubjectKind,
    Target,
};
use throughline_weigh::conflicts;

use crate::casebook::Casebook;
use crate::derived;
use crate::error::{Error, Result};
use crate::ledger::codebook::Versions;
use crate::ledger::{self, EntryKind, Writer};
use crate::records::paging::Part;

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
            let mut held = casebook.ids_held_apart()?;
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
                    Ok(Disposition::Known) => Ok(Disposition::Known),
                    Err(error) => passed_over(error)?,
                });
            }
            Ok(done.into_iter().flatten().collect())
        })
    }

    /// Holds judgments apart that are so where they come from: that they contradicted something is
    /// for a person to settle, though what they contradicted be gone by now, or not here. Those that
    /// make no sense here are passed over with the reason.
    ///
    /// # Errors
    /// If the file cannot be written; then none of them is entered.
    pub fn hold_apart(&mut self, judgments: &[Judgment]) -> Result<Vec<Result<Disposition>>> {
        let none = BTreeSet::new();
        self.entering(|casebook, writer| {
            let mut held = casebook.ids_held_apart()?;
            let each = judgments.iter().map(|judgment| {
                if !held.insert(judgment.id) {
                    return Ok(Ok(Disposition::Known));
                }
                let others = match casebook.examine(judgment, &none, Versions::Any) {
                    Ok(Disposition::Known) => return Ok(Ok(Disposition::Known)),
                    Ok(Disposition::HeldApart(others)) => others,
                    Ok(Disposition::Entered) => Vec::new(),
                    Err(error) => return passed_over(error),
                };
                casebook.enter(writer, judgment, EntryKind::Held)?;
                Ok(Ok(Disposition::HeldApart(others)))
            });
            each.collect()
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
        let judgment = &judged.tombstones().judgment(judgment.clone());
        self.check(judgment, versions)?;
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
        // Asked before the entry is there: after it, all that is known by then would be read again.
        let judgment = self.judged()?.tombstones().judgment(judgment.clone());
        let entry = writer.append(kind, None, content, payload)?;
        if kind == EntryKind::Judgment {
            self.note_judged(&entry, &judgment)?;
            derived::judged(&self.connection, &entry, &judgment, &*self.judged()?)?;
        }
        Ok(Disposition::Entered)
    }

    /// Refuses a judgment about what is not there, or that no reader could make sense of.
    fn check(&self, judgment: &Judgment, versions: Versions) -> Result<()> {
        if judgment.by.trim().is_empty() || judgment.reason.trim().is_empty() {
            return Err(Error::Refused(
                "a judgment needs the name of who judges and a reason; give --by and --reason"
                    .into(),
            ));
        }
        let judged = self.judged()?;
        for id in &judgment.supersedes {
            // What went with a document may have been superseded elsewhere before it went.
            if judged.get(*id).is_none() && !judged.tombstones().took(*id) {
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
            Act::Credit { assertion, .. } => {
                self.known_assertion(*assertion)?;
            }
            Act::Withdraw { assertion, on } => {
                let said = self.known_assertion(*assertion)?;
                let published = self.document(said.document)?.and_then(|one| one.published);
                let published =
                    self.standing(AsOf::default())?.dated(said.document).cloned().or(published);
                if let Some(published) = published.filter(|day| day.earliest() > on.latest()) {
                    return Err(Error::Refused(format!(
                        "{} was published on {published}, and cannot have taken anything back by {on}",
                        said.document
                    )));
                }
            }
            // What comes from elsewhere may grade a source of which every document was removed.
            Act::Grade { .. } if versions == Versions::Any => {}
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
            Act::Unrelated(a, b) => {
                let incidents = [a, b].into_iter().all(|id| id.kind() == SubjectKind::Incident);
                if a == b || !incidents {
                    return Err(Error::Refused(format!(
                        "{a} and {b} are no lead: that is two incidents, inc-…, as `throughline leads` \
                         lists them"
                    )));
                }
            }
            Act::Find(target) | Act::Code(target) => {
                let Target { subject, variable, party, value, .. } = &**target;
                if let Some(why) = variable.refuses(*subject, value.as_ref(), *party) {
                    return Err(Error::Refused(why));
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
            .map(|(judgment, recorded)| (judgment.clone(), *recorded, judged.in_force(judgment.id)))
            .collect();
        all.sort_by_key(|(judgment, recorded, _)| (*recorded, judgment.id));
        Ok(all)
    }

    /// The judgments that count as of two dates, by time, each with whether it was in force then: those
    /// recorded by then that rest on nothing published later.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn judgments_as_of(&self, as_of: AsOf) -> Result<Vec<JudgmentRow>> {
        match as_of.is_present() {
            true => self.judgments(),
            false => self.judged()?.in_view(&self.connection, as_of),
        }
    }

    /// One judgment, with when it was recorded and whether it is in force now.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn judgment(&self, id: JudgmentId) -> Result<Option<JudgmentRow>> {
        let judged = self.judged()?;
        let found = judged
            .get(id)
            .map(|(judgment, recorded)| (judgment.clone(), *recorded, judged.in_force(id)));
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
            for id in judged.on_assertion(assertion) {
                let Some((judgment, recorded)) = judged.get(*id) else { continue };
                open.extend(judgment.assertions().filter(|other| met.insert(*other)));
                let in_force = judged.in_force(*id);
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
            .map(|(judgment, recorded)| (judgment, *recorded, judged.in_force(judgment.id)))
            .filter(|(judgment, recorded, in_force)| wanted(judgment, *recorded, *in_force))
            .collect();
        all.sort_by_key(|(judgment, recorded, _)| (std::cmp::Reverse(*recorded), judgment.id));
        let some = all.iter().skip(part.from).take(part.many);
        let some =
            some.map(|(judgment, recorded, stands)| ((*judgment).clone(), *recorded, *stands));
        Ok((all.len(), some.collect()))
    }

    fn ids_held_apart(&self) -> Result<BTreeSet<JudgmentId>> {
        Ok(self.held_apart()?.into_iter().map(|held| held.judgment.id).collect())
    }

    /// Imported judgments that contradict others, by time.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn held_apart(&self) -> Result<Vec<HeldApart>> {
        if self.is_blind() {
            return Ok(Vec::new());
        }
        let judged = self.judged()?;
        let held = ledger::entries(&self.connection, &[EntryKind::Held], None)?;
        let held = held.iter().filter_map(|entry| Some((entry, entry.payload.as_deref()?)));
        held.map(|(entry, payload)| {
            let judgment = judged.read(payload, entry.seq)?;
            Ok(HeldApart { judgment, recorded: entry.recorded })
        })
        .collect()
    }
}

/// What makes no sense here is passed over with the reason; all other errors end the import.
fn passed_over<T>(error: Error) -> Result<Result<T>> {
    match error {
        Error::Unknown(_) | Error::Refused(_) => Ok(Err(error)),
        other => Err(other),
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

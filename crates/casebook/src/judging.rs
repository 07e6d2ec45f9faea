//! Judgments: entering them, refusing what contradicts, and which of them stand.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use throughline_model::{
    Act, AsOf, DocumentId, Edtf, Fingerprint, Instant, Judgment, JudgmentId, MentionId,
};
use throughline_weigh::{Standing, conflicts};

use crate::casebook::Casebook;
use crate::derived;
use crate::error::{Error, Result};
use crate::ledger::{self, EntryKind, Writer};

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

/// An imported judgment that contradicts others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldApart {
    /// The judgment.
    pub judgment: Judgment,
    /// When it was recorded.
    pub recorded: Instant,
}

/// All judgments of a ledger, or of its beginning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Judged {
    judgments: BTreeMap<JudgmentId, (Judgment, Instant)>,
    ties: BTreeMap<MentionId, BTreeSet<MentionId>>,
}

impl Judged {
    /// All judgments.
    pub(crate) fn load(connection: &Connection) -> Result<Judged> {
        Judged::until(connection, i64::MAX)
    }

    /// The judgments up to an entry.
    pub(crate) fn until(connection: &Connection, seq: i64) -> Result<Judged> {
        let mut judged = Judged::default();
        for entry in ledger::entries(connection, &[EntryKind::Judgment], None)? {
            let Some(payload) = entry.payload.filter(|_| entry.seq <= seq) else { continue };
            let judgment = read(&payload)?;
            judged.add(judgment, entry.recorded);
        }
        Ok(judged)
    }

    pub(crate) fn add(&mut self, judgment: Judgment, recorded: Instant) {
        if let Act::Same(a, b) = judgment.act {
            self.ties.entry(a).or_default().insert(b);
            self.ties.entry(b).or_default().insert(a);
        }
        self.judgments.insert(judgment.id, (judgment, recorded));
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &(Judgment, Instant)> {
        self.judgments.values()
    }

    pub(crate) fn get(&self, id: JudgmentId) -> Option<&(Judgment, Instant)> {
        self.judgments.get(&id)
    }

    /// Whether any judgment ever said that two mentions are the same.
    pub(crate) fn ties_any(&self) -> bool {
        !self.ties.is_empty()
    }

    /// The mentions that some judgment, in force or not, ever called the same as this one.
    pub(crate) fn tied(&self, mention: MentionId) -> impl Iterator<Item = MentionId> {
        self.ties.get(&mention).into_iter().flatten().copied()
    }

    /// The judgments in force as of two dates.
    pub(crate) fn standing(&self, connection: &Connection, as_of: AsOf) -> Result<Standing> {
        let cited: BTreeSet<DocumentId> =
            self.all().flat_map(|(judgment, _)| judgment.cites.iter().copied()).collect();
        let mut published: BTreeMap<DocumentId, Option<Edtf>> = BTreeMap::new();
        for document in cited {
            published.insert(document, derived::about(connection, document)?.0);
        }
        Ok(Standing::new(
            self.all().map(|(judgment, recorded)| (judgment, *recorded)),
            &|document| published.get(&document).cloned().flatten(),
            as_of,
        ))
    }
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
        self.entering(|casebook, writer| match casebook.examine(judgment)? {
            Disposition::HeldApart(others) => Err(Error::Contradiction(others)),
            Disposition::Known => Ok(Disposition::Known),
            Disposition::Entered => casebook.enter(writer, judgment, EntryKind::Judgment),
        })
    }

    /// Enters judgments that come from elsewhere, in one step: those that contradict others are
    /// held apart, and those that make no sense here are passed over with the reason.
    ///
    /// # Errors
    /// If the file cannot be written; then none of them is entered.
    pub fn import_judgments(&mut self, judgments: &[Judgment]) -> Result<Vec<Result<Disposition>>> {
        let mut held: BTreeSet<JudgmentId> =
            self.held_apart()?.into_iter().map(|held| held.judgment.id).collect();
        self.entering(|casebook, writer| {
            let mut done = Vec::with_capacity(judgments.len());
            for judgment in judgments {
                let examined = match held.contains(&judgment.id) {
                    true => Ok(Disposition::Known),
                    false => casebook.examine(judgment),
                };
                done.push(match examined {
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
            Ok(done)
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

    /// What would become of a judgment.
    fn examine(&self, judgment: &Judgment) -> Result<Disposition> {
        let judged = self.judged()?;
        if judged.get(judgment.id).is_some() {
            return Ok(Disposition::Known);
        }
        self.check(judgment)?;
        let found = conflicts(judged.all().map(|(one, _)| one), judgment);
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
            Act::Withdraw { assertion, .. } => {
                self.known_assertion(*assertion)?;
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
            Act::Find(target) => {
                if !target.variable.subjects().contains(&target.subject.kind()) {
                    return Err(Error::Refused(format!(
                        "{} is not said of a {}",
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

    fn known_assertion(
        &self,
        id: throughline_model::AssertionId,
    ) -> Result<throughline_model::Assertion> {
        let judged = self.judged()?;
        // A correction may itself be judged.
        let corrected = judged.all().find_map(|(judgment, _)| match &judgment.act {
            Act::Correct { by, .. } if by.id == id => Some((**by).clone()),
            _ => None,
        });
        match corrected {
            Some(assertion) => Ok(assertion),
            None => self.assertion(id)?.ok_or_else(|| Error::Unknown(id.to_string())),
        }
    }

    /// All judgments, with when they were recorded and whether they are in force now, by time.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn judgments(&self) -> Result<Vec<(Judgment, Instant, bool)>> {
        let judged = self.judged()?;
        let superseded: BTreeSet<JudgmentId> =
            judged.all().flat_map(|(judgment, _)| judgment.supersedes.iter().copied()).collect();
        let mut all: Vec<_> = judged
            .all()
            .map(|(judgment, recorded)| {
                (judgment.clone(), *recorded, !superseded.contains(&judgment.id))
            })
            .collect();
        all.sort_by_key(|(judgment, recorded, _)| (*recorded, judgment.id));
        Ok(all)
    }

    /// Imported judgments that contradict others, by time.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn held_apart(&self) -> Result<Vec<HeldApart>> {
        ledger::entries(&self.connection, &[EntryKind::Held], None)?
            .into_iter()
            .filter_map(|entry| entry.payload.map(|payload| (payload, entry.recorded)))
            .map(|(payload, recorded)| Ok(HeldApart { judgment: read(&payload)?, recorded }))
            .collect()
    }
}

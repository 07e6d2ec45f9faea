//! Which judgments are in force as of two dates, and what they do.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{
    Act, AsOf, Assertion, AssertionId, DocumentId, Edtf, Instant, Judgment, JudgmentId, MentionId,
    Target, Variable,
};

/// A judgment on two mentions, in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// One mention.
    pub a: MentionId,
    /// The other.
    pub b: MentionId,
    /// Since when all documents that it cites were public; `None` if it cites none.
    pub since: Option<Edtf>,
    /// The judgment.
    pub judgment: JudgmentId,
}

/// The judgments in force as of two dates, by what they are about.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    gone: BTreeSet<AssertionId>,
    accepted: BTreeMap<AssertionId, JudgmentId>,
    corrected: BTreeMap<AssertionId, Assertion>,
    withdrawn: BTreeMap<AssertionId, Edtf>,
    findings: BTreeMap<MentionId, Vec<(JudgmentId, Target)>>,
    same: Vec<Pair>,
    apart: Vec<Pair>,
    dated: BTreeMap<DocumentId, Edtf>,
}

impl Standing {
    /// The judgments in force among `judgments`, each with the moment it was recorded.
    ///
    /// One is in force if it was recorded in view, if every document it cites was published in
    /// view (`published_of` tells when, without judgments on dates), and if no judgment that is in
    /// view supersedes it. Undoing brings nothing back: what an undone judgment superseded stays
    /// superseded. A retraction and a document's date hold as of every day of publication.
    pub fn new<'j>(
        judgments: impl IntoIterator<Item = (&'j Judgment, Instant)>,
        published_of: &dyn Fn(DocumentId) -> Option<Edtf>,
        as_of: AsOf,
    ) -> Standing {
        let recalled: Vec<&Judgment> = judgments
            .into_iter()
            .filter(|(_, recorded)| as_of.recalls(*recorded))
            .map(|(judgment, _)| judgment)
            .collect();
        let timeless =
            |judgment: &&&Judgment| matches!(judgment.act, Act::Dated { .. } | Act::Retract(_));

        let mut standing = Standing::default();
        let superseded = supersessions(recalled.iter().copied());
        for judgment in recalled.iter().filter(timeless) {
            if let Act::Dated { document, published } = &judgment.act
                && !superseded.contains(&judgment.id)
            {
                standing.dated.insert(*document, published.clone());
            }
        }
        let published = |document: DocumentId| {
            standing.dated.get(&document).cloned().or_else(|| published_of(document))
        };
        let in_view = |judgment: &&Judgment| {
            timeless(&judgment)
                || judgment.cites.iter().all(|cited| as_of.sees(published(*cited).as_ref()))
        };
        let mut seen: Vec<(&Judgment, Option<Edtf>)> = recalled
            .iter()
            .copied()
            .filter(in_view)
            .map(|judgment| (judgment, since(judgment, &published)))
            .collect();
        // Two judgments of one thing are told apart by id, never by the order of arrival.
        seen.sort_by_key(|(judgment, _)| judgment.id);
        let superseded = supersessions(seen.iter().map(|(judgment, _)| *judgment));
        for (judgment, since) in seen {
            if !superseded.contains(&judgment.id) {
                standing.take(judgment, since);
            }
        }
        standing
    }

    fn take(&mut self, judgment: &Judgment, since: Option<Edtf>) {
        let pair = |a: MentionId, b: MentionId| Pair { a, b, since, judgment: judgment.id };
        match &judgment.act {
            Act::Accept(assertion) => {
                self.accepted.entry(*assertion).or_insert(judgment.id);
            }
            Act::Reject(assertion) | Act::Retract(assertion) => {
                self.gone.insert(*assertion);
            }
            Act::Correct { assertion, by } => {
                self.accepted.entry(by.id).or_insert(judgment.id);
                self.corrected.entry(*assertion).or_insert_with(|| (**by).clone());
            }
            Act::Withdraw { assertion, on } => {
                self.withdrawn.entry(*assertion).or_insert_with(|| on.clone());
            }
            Act::Find(target) => self
                .findings
                .entry(target.subject)
                .or_default()
                .push((judgment.id, (**target).clone())),
            Act::Same(a, b) => self.same.push(pair(*a, *b)),
            Act::NotSame(a, b) => self.apart.push(pair(*a, *b)),
            // Dates are taken first, since whether others count hangs on them.
            Act::Dated { .. } | Act::Unsure(..) | Act::Undo => {}
        }
    }

    /// Whether people left an assertion otherwise than it was read.
    pub fn changes(&self, assertion: AssertionId) -> bool {
        self.gone.contains(&assertion) || self.corrected.contains_key(&assertion)
    }

    /// The assertion as people leave it: itself, its correction, or `None` if it was rejected or
    /// retracted.
    pub fn read(&self, assertion: &Assertion) -> Option<Assertion> {
        if self.gone.contains(&assertion.id) {
            return None;
        }
        match self.corrected.get(&assertion.id) {
            Some(by) if self.gone.contains(&by.id) => None,
            Some(by) => Some(by.clone()),
            None => Some(assertion.clone()),
        }
    }

    /// The judgment by which a person stands behind this reading, if one does.
    pub fn accepted(&self, assertion: AssertionId) -> Option<JudgmentId> {
        self.accepted.get(&assertion).copied()
    }

    /// The day on which the source took these words back, if it ever did.
    pub fn withdrawn(&self, assertion: AssertionId) -> Option<&Edtf> {
        self.withdrawn.get(&assertion)
    }

    /// The findings on a mention.
    pub fn findings(&self, subject: MentionId) -> &[(JudgmentId, Target)] {
        self.findings.get(&subject).map_or(&[], Vec::as_slice)
    }

    /// Every finding, with the variable it settles.
    pub fn all_findings(&self) -> impl Iterator<Item = (MentionId, Variable)> {
        self.findings.values().flatten().map(|(_, target)| (target.subject, target.variable))
    }

    /// Mentions judged to be one subject.
    pub fn same(&self) -> &[Pair] {
        &self.same
    }

    /// Mentions judged to be two subjects.
    pub fn apart(&self) -> &[Pair] {
        &self.apart
    }

    /// The documents whose day of publication a judgment gives.
    pub fn all_dated(&self) -> impl Iterator<Item = DocumentId> {
        self.dated.keys().copied()
    }

    /// When a document was published by judgment, where one says so.
    pub fn dated(&self, document: DocumentId) -> Option<&Edtf> {
        self.dated.get(&document)
    }
}

fn supersessions<'j>(judgments: impl Iterator<Item = &'j Judgment>) -> BTreeSet<JudgmentId> {
    judgments.flat_map(|judgment| judgment.supersedes.iter().copied()).collect()
}

/// The last of the days on which the cited documents were published.
fn since(judgment: &Judgment, published: &dyn Fn(DocumentId) -> Option<Edtf>) -> Option<Edtf> {
    let days: Option<Vec<Edtf>> = judgment.cites.iter().map(|cited| published(*cited)).collect();
    days?.into_iter().max_by_key(Edtf::latest)
}

//! Which judgments are in force as of two dates, and what they do.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{
    Act, AsOf, Assertion, AssertionId, Credibility, DocumentId, Edtf, Instant, Judgment,
    JudgmentId, MentionId, Reliability, Target, Variable,
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

/// That a source took its own words back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// On which day.
    pub on: Edtf,
    /// Whether that lies in view: the day has come, and what shows it was public. If not, the words
    /// still stand, and were withdrawn later.
    pub counts: bool,
}

/// The judgments in force as of two dates, by what they are about.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    gone: BTreeSet<AssertionId>,
    /// What findings rest on and is not in view: its document was removed, has not come yet, or was
    /// published later.
    missing: BTreeSet<AssertionId>,
    accepted: BTreeMap<AssertionId, JudgmentId>,
    corrected: BTreeMap<AssertionId, Assertion>,
    withdrawn: BTreeMap<AssertionId, Withdrawal>,
    findings: BTreeMap<MentionId, Vec<(JudgmentId, Target)>>,
    codings: BTreeMap<JudgmentId, Target>,
    same: Vec<Pair>,
    apart: Vec<Pair>,
    told_apart: BTreeSet<(MentionId, MentionId)>,
    dated: BTreeMap<DocumentId, Edtf>,
    reliability: BTreeMap<String, Reliability>,
    credibility: BTreeMap<AssertionId, Credibility>,
    /// The judgments that count in view, and whether each is in force there.
    counting: BTreeMap<JudgmentId, bool>,
    /// Mentions that went with removed documents, and that nothing stands for.
    lost: BTreeSet<MentionId>,
    /// What mentions that lie elsewhere than what refers to them are called there.
    called: BTreeMap<MentionId, String>,
}

impl Standing {
    /// The judgments in force among `judgments`, each with the moment it was recorded.
    ///
    /// One is in force if it was recorded in view, if every document it cites was published in
    /// view (`published_of` tells when, without judgments on dates), and if no judgment that is in
    /// view takes its place, itself or through others that it superseded. Undoing brings nothing
    /// back: what an undone judgment superseded stays superseded. A retraction and a document's
    /// date hold as of every day of publication; a withdrawal that lies ahead is known of.
    pub fn new<'j>(
        judgments: impl IntoIterator<Item = (&'j Judgment, Instant)>,
        published_of: &dyn Fn(DocumentId) -> Option<Edtf>,
        as_of: AsOf,
    ) -> Standing {
        let mut recalled: Vec<&Judgment> = judgments
            .into_iter()
            .filter(|(_, recorded)| as_of.recalls(*recorded))
            .map(|(judgment, _)| judgment)
            .collect();
        // Two judgments of one thing are told apart by id, never by the order of arrival.
        recalled.sort_by_key(|judgment| judgment.id);
        let timeless =
            |judgment: &Judgment| matches!(judgment.act, Act::Dated { .. } | Act::Retract(_));

        let mut standing = Standing::default();
        let superseded = supersessions(&recalled, &recalled);
        for judgment in recalled.iter().filter(|judgment| !superseded.contains(&judgment.id)) {
            match &judgment.act {
                Act::Dated { document, published } => {
                    standing.dated.entry(*document).or_insert_with(|| published.clone());
                }
                Act::Withdraw { assertion, on } => {
                    let later = Withdrawal { on: on.clone(), counts: false };
                    standing.withdrawn.entry(*assertion).or_insert(later);
                }
                _ => {}
            }
        }
        let published = |document: DocumentId| {
            standing.dated.get(&document).cloned().or_else(|| published_of(document))
        };
        let seen: Vec<(&Judgment, Option<Edtf>)> = recalled
            .iter()
            .filter(|judgment| {
                timeless(judgment)
                    || judgment.cites.iter().all(|cited| as_of.sees(published(*cited).as_ref()))
            })
            .map(|judgment| (*judgment, since(judgment, &published)))
            .collect();
        let superseded = supersessions(seen.iter().map(|(judgment, _)| judgment), &recalled);
        for (judgment, since) in seen {
            let in_force = !superseded.contains(&judgment.id);
            standing.counting.insert(judgment.id, in_force);
            if in_force {
                standing.take(judgment, since, as_of);
            }
        }
        standing
    }

    fn take(&mut self, judgment: &Judgment, since: Option<Edtf>, as_of: AsOf) {
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
                if as_of.sees(Some(on)) && !self.withdrawn.get(assertion).is_some_and(|w| w.counts)
                {
                    self.withdrawn.insert(*assertion, Withdrawal { on: on.clone(), counts: true });
                }
            }
            Act::Find(target) => self
                .findings
                .entry(target.subject)
                .or_default()
                .push((judgment.id, (**target).clone())),
            Act::Code(target) => {
                self.codings.insert(judgment.id, (**target).clone());
            }
            Act::Same(a, b) => self.same.push(pair(*a, *b)),
            Act::NotSame(a, b) => {
                self.apart.push(pair(*a, *b));
                self.told_apart.insert((*a.min(b), *a.max(b)));
            }
            Act::Grade { source, reliability } => {
                self.reliability.entry(source.clone()).or_insert(*reliability);
            }
            Act::Credit { assertion, credibility } => {
                self.credibility.entry(*assertion).or_insert(*credibility);
            }
            // Dates are taken first, since whether others count hangs on them.
            Act::Dated { .. } | Act::Unsure(..) | Act::Unrelated(..) | Act::Undo => {}
        }
    }

    /// As if somebody had retracted some assertions too.
    pub fn retract(&mut self, assertions: impl IntoIterator<Item = AssertionId>) {
        self.gone.extend(assertions);
    }

    /// That some assertions are not in view: their documents were removed, have not come yet, or
    /// were published later.
    pub fn miss(&mut self, assertions: impl IntoIterator<Item = AssertionId>) {
        self.missing.extend(assertions);
    }

    /// That some mentions went with removed documents, and that nothing stands for them: what is found of
    /// them stays, and rests on nothing any more.
    pub fn lose(&mut self, mentions: impl IntoIterator<Item = MentionId>) {
        self.lost.extend(mentions);
    }

    /// Whether a mention went with its document, and nothing stands for it.
    pub fn is_lost(&self, mention: MentionId) -> bool {
        self.lost.contains(&mention)
    }

    /// What some mentions are called in their documents, to which other documents' assertions or findings
    /// on their subjects refer.
    pub fn call(&mut self, names: impl IntoIterator<Item = (MentionId, String)>) {
        self.called.extend(names);
    }

    /// What a mention is called in its document, if something elsewhere refers to it.
    pub fn called(&self, mention: MentionId) -> Option<&str> {
        self.called.get(&mention).map(String::as_str)
    }

    /// Whether a judgment is in force in view; `None` if it does not count there.
    pub fn in_force(&self, judgment: JudgmentId) -> Option<bool> {
        self.counting.get(&judgment).copied()
    }

    /// Whether people left an assertion otherwise than it was read.
    pub fn changes(&self, assertion: AssertionId) -> bool {
        self.gone.contains(&assertion) || self.corrected.contains_key(&assertion)
    }

    /// The assertion as people leave it: itself, its correction or the correction of that, or
    /// `None` if it was rejected or retracted.
    pub fn read(&self, assertion: &Assertion) -> Option<Assertion> {
        let mut left = assertion;
        let mut met = BTreeSet::new();
        while !self.gone.contains(&left.id) {
            match self.corrected.get(&left.id) {
                // Corrections that lead back to where they began end there.
                Some(by) if met.insert(left.id) => left = by,
                _ => return Some(left.clone()),
            }
        }
        None
    }

    /// Whether an assertion, as people left it, still counts for anything: in view, and neither
    /// rejected nor retracted, nor taken back in view.
    pub fn stands(&self, assertion: AssertionId) -> bool {
        let mut left = assertion;
        let mut met = BTreeSet::new();
        while let Some(by) = self.corrected.get(&left).filter(|_| met.insert(left)) {
            left = by.id;
        }
        // What was rejected on the way was rejected with all that took its place.
        met.insert(left);
        met.iter().all(|id| {
            let withdrawn = self.withdrawn.get(id).is_some_and(|withdrawal| withdrawal.counts);
            !self.gone.contains(id) && !withdrawn && !self.missing.contains(id)
        })
    }

    /// The judgment by which a person stands behind this reading, if one does.
    pub fn accepted(&self, assertion: AssertionId) -> Option<JudgmentId> {
        self.accepted.get(&assertion).copied()
    }

    /// That the source took these words back, if it ever did.
    pub fn withdrawn(&self, assertion: AssertionId) -> Option<&Withdrawal> {
        self.withdrawn.get(&assertion)
    }

    /// How reliable a source is, where somebody has judged it.
    pub fn reliability(&self, source: &str) -> Option<Reliability> {
        self.reliability.get(source).copied()
    }

    /// How credible an assertion is, where somebody has judged it.
    pub fn credibility(&self, assertion: AssertionId) -> Option<Credibility> {
        self.credibility.get(&assertion).copied()
    }

    /// The findings on a mention.
    pub fn findings(&self, subject: MentionId) -> &[(JudgmentId, Target)] {
        self.findings.get(&subject).map_or(&[], Vec::as_slice)
    }

    /// What coders code for themselves, by judgment.
    pub fn codings(&self) -> &BTreeMap<JudgmentId, Target> {
        &self.codings
    }

    /// The mentions that values and parties of findings are.
    pub fn all_found(&self) -> impl Iterator<Item = MentionId> {
        self.findings.values().flatten().flat_map(|(_, target)| target.referred())
    }

    /// Every finding, with the variable it settles.
    pub fn all_findings(&self) -> impl Iterator<Item = (MentionId, Variable)> {
        self.findings.values().flatten().map(|(_, target)| (target.subject, target.variable))
    }

    /// What the findings rest on.
    pub fn all_rested_on(&self) -> BTreeSet<AssertionId> {
        let findings = self.findings.values().flatten();
        findings.flat_map(|(_, target)| target.rests_on.iter().copied()).collect()
    }

    /// Mentions judged to be one subject.
    pub fn same(&self) -> &[Pair] {
        &self.same
    }

    /// Mentions judged to be two subjects.
    pub fn apart(&self) -> &[Pair] {
        &self.apart
    }

    /// Whether a judgment says of these very mentions that they are two subjects.
    pub fn are_apart(&self, one: MentionId, other: MentionId) -> bool {
        self.told_apart.contains(&(one.min(other), one.max(other)))
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

/// What some judgments take the place of, over all that they superseded before.
fn supersessions<'j>(
    judgments: impl IntoIterator<Item = &'j &'j Judgment>,
    all: &[&Judgment],
) -> BTreeSet<JudgmentId> {
    let mut open: Vec<JudgmentId> =
        judgments.into_iter().flat_map(|judgment| judgment.supersedes.iter().copied()).collect();
    let mut superseded = BTreeSet::new();
    while let Some(id) = open.pop() {
        // `all` is sorted by id.
        if superseded.insert(id)
            && let Ok(at) = all.binary_search_by_key(&id, |judgment| judgment.id)
        {
            open.extend(&all[at].supersedes);
        }
    }
    superseded
}

/// The last of the days on which the cited documents were published.
fn since(judgment: &Judgment, published: &dyn Fn(DocumentId) -> Option<Edtf>) -> Option<Edtf> {
    let days: Option<Vec<Edtf>> = judgment.cites.iter().map(|cited| published(*cited)).collect();
    days?.into_iter().max_by_key(Edtf::latest)
}

//! Assertions as of two dates: where each stands and what has become of it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::Connection;
use throughline_flow::Local;
use throughline_model::{
    AsOf, Assertion, AssertionId, Credibility, Day, Document, DocumentId, Edtf, Holding, Instant,
    MentionId, Reliability, SubjectKind, Variable, Wording,
};
use throughline_weigh::{Standing, Withdrawal};

use crate::casebook::Casebook;
use crate::derived;
use crate::error::Result;
use crate::ledger::bits;
use crate::ledger::store;

/// An assertion, where it stands and what has become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceView {
    /// The assertion.
    pub assertion: Assertion,
    /// The words of its passage; empty for a cited place.
    pub sentence: String,
    /// The page on which its passage begins, where the document has pages.
    pub page: Option<String>,
    /// The document's headline.
    pub title: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// When its document was published.
    pub published: Option<Edtf>,
    /// When its document was last changed, where it counts from then on.
    pub changed: Option<Edtf>,
    /// Whether somebody accepted it.
    pub accepted: bool,
    /// That its source took it back, in view or later.
    pub withdrawn: Option<Withdrawal>,
    /// How reliable its source is, where somebody has judged that.
    pub reliability: Option<Reliability>,
    /// How credible it is, where somebody has judged that.
    pub credibility: Option<Credibility>,
    /// How its sentence is worded, if that tells whose words they are.
    pub wording: Option<Wording>,
    /// What a document before it, undated ones last, says of the same variable in a sentence that is worded
    /// alike, among the evidence shown: where both say the same, this one adds no voice.
    pub worded_as: Option<AssertionId>,
}

/// Notes of each piece of evidence on a record which earlier one is in the same words.
pub(crate) fn compare_words(evidence: &mut BTreeMap<AssertionId, EvidenceView>) {
    let mut order: Vec<(Day, AssertionId)> = evidence
        .values()
        .filter(|one| one.wording.is_some())
        .map(|one| {
            let since = one.changed.as_ref().or(one.published.as_ref());
            (since.map_or(Day::MAX, Edtf::latest), one.assertion.id)
        })
        .collect();
    order.sort();
    // By the variable and what copies share, which was first.
    let mut first: HashMap<(Variable, u64), AssertionId> = HashMap::new();
    let mut copies: Vec<(AssertionId, AssertionId)> = Vec::new();
    for (_, id) in order {
        let own = &evidence[&id];
        let Some(wording) = own.wording else { continue };
        let keys = || wording.alike().map(|parts| (own.assertion.variable, parts));
        let before = keys().filter_map(|key| first.get(&key));
        let elsewhere =
            |id: &&AssertionId| evidence[*id].assertion.document != own.assertion.document;
        copies.extend(
            before.copied().collect::<BTreeSet<_>>().iter().find(elsewhere).map(|of| (id, *of)),
        );
        for key in keys() {
            first.entry(key).or_insert(id);
        }
    }
    for (id, first) in copies {
        evidence.entry(id).and_modify(|one| one.worded_as = Some(first));
    }
}

/// An assertion in a list, with the names that it refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssertionRow {
    /// The assertion and where it stands.
    pub evidence: EvidenceView,
    /// The names of all mentions that it refers to.
    pub names: BTreeMap<MentionId, String>,
}

impl Casebook {
    /// The assertions in view, as people left them, by day of publication, document and place, at
    /// most `limit`; only those of a document or a variable if one is given.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn assertions(
        &self,
        as_of: AsOf,
        document: Option<DocumentId>,
        variable: Option<Variable>,
        limit: usize,
    ) -> Result<Vec<AssertionRow>> {
        let standing = self.standing(as_of)?;
        let documents = match document {
            Some(document) => vec![document],
            None => self.documents(as_of, usize::MAX)?.0.into_iter().map(|row| row.id).collect(),
        };
        let mut rows = Vec::new();
        for id in documents {
            let Some(document) = self.document(id)? else { continue };
            let mut own: Vec<AssertionRow> = Vec::new();
            for local in crate::derived::locals::of_document(&self.connection, id, as_of)? {
                let Some(local) = throughline_flow::in_view(&local, &standing, as_of) else {
                    continue;
                };
                let mut names: BTreeMap<MentionId, String> = local
                    .referents
                    .iter()
                    .map(|(id, referent)| (*id, referent.name.clone()))
                    .collect();
                for mention in &local.mentions {
                    names.insert(mention.id, local.name().to_owned());
                }
                let wanted = local
                    .assertions
                    .iter()
                    .filter(|said| variable.is_none_or(|variable| said.variable == variable));
                own.extend(wanted.map(|said| AssertionRow {
                    evidence: evidence(said, &local, Some(&document), &standing),
                    names: names.clone(),
                }));
            }
            own.sort_by(|a, b| {
                let key = |row: &AssertionRow| {
                    (row.evidence.assertion.passage.clone(), row.evidence.assertion.id)
                };
                key(a).cmp(&key(b))
            });
            rows.extend(own);
            if rows.len() >= limit {
                break;
            }
        }
        rows.truncate(limit);
        Ok(rows)
    }

    /// What some documents say of some variables, as people left it and without what its source took
    /// back. Only what they say of subjects that have these variables is read, and none of their text.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn said_of(
        &self,
        as_of: AsOf,
        documents: &BTreeSet<DocumentId>,
        variables: &[Variable],
    ) -> Result<Vec<Assertion>> {
        let standing = self.standing(as_of)?;
        let kinds: BTreeSet<SubjectKind> =
            variables.iter().flat_map(|variable| variable.subjects()).copied().collect();
        let documents = documents.iter().map(|id| bits(*id)).collect();
        let mut found = Vec::new();
        for kind in kinds {
            let locals = derived::locals::of_kind_in_documents(
                &self.connection,
                &documents,
                true,
                kind,
                as_of,
            )?;
            let in_view = locals
                .iter()
                .filter_map(|local| throughline_flow::in_view(local, &standing, as_of));
            for local in in_view {
                let stands = |said: &&Assertion| {
                    let withdrawn = standing.withdrawn(said.id);
                    variables.contains(&said.variable) && withdrawn.is_none_or(|one| !one.counts)
                };
                found.extend(local.assertions.iter().filter(stands).cloned());
            }
        }
        Ok(found)
    }

    /// An assertion as it was read, now or earlier.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn assertion(&self, id: AssertionId) -> Result<Option<Assertion>> {
        let Some(document) = derived::document_of_assertion(&self.connection, id)? else {
            return Ok(None);
        };
        let filed = store::filed(&self.connection, document, i64::MAX)?;
        let mut said = filed.into_iter().rev().flat_map(|filed| filed.reading.assertions);
        let said = said.find(|said| said.id == id);
        let judged = self.judged()?;
        let successors = judged.tombstones().successors();
        Ok(said.map(|said| said.referring(&|mention| successors.stands_for(mention))))
    }
}

/// The document in which an assertion was read by what was recorded in view; `None` if it is not
/// here.
pub(crate) fn read_in(
    connection: &Connection,
    assertion: AssertionId,
    as_of: AsOf,
) -> Result<Option<DocumentId>> {
    let Some(document) = derived::document_of_assertion(connection, assertion)? else {
        return Ok(None);
    };
    if as_of.recorded.is_none() {
        return Ok(Some(document));
    }
    let (first, last): (Option<i64>, Option<i64>) = connection
        .prepare_cached(
            "SELECT min(recorded), max(recorded) FROM ledger
             WHERE document = ? AND kind IN ('reading', 'hand')",
        )?
        .query_row([bits(document)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let recalls = |moment: Option<i64>| moment.is_some_and(|at| as_of.recalls(Instant(at)));
    if recalls(first) == recalls(last) {
        return Ok(recalls(first).then_some(document));
    }
    // Some of its readings are in view: which of them says so has to be looked up.
    let filed = store::filed(connection, document, i64::MAX)?;
    let mut filed = filed.iter().filter(|filed| as_of.recalls(filed.recorded));
    let says = |said: &Assertion| said.id == assertion;
    Ok(filed.any(|filed| filed.reading.assertions.iter().any(says)).then_some(document))
}

/// At most `most` of the assertions on a record: of each value some for it and some against it before
/// more of any, and at last those behind no value.
pub(crate) fn first_evidence(
    holdings: &[Holding],
    said: &HashSet<AssertionId>,
    most: usize,
) -> Vec<AssertionId> {
    let mut met = HashSet::new();
    let mut chosen = Vec::new();
    for few in [1, 5, usize::MAX] {
        for held in holdings {
            for ids in [&held.support, &held.against] {
                for id in ids.iter().take(few) {
                    if chosen.len() == most {
                        return chosen;
                    }
                    if said.contains(id) && met.insert(*id) {
                        chosen.push(*id);
                    }
                }
            }
        }
    }
    let mut rest: Vec<AssertionId> = said.difference(&met).copied().collect();
    rest.sort_unstable();
    chosen.extend(rest.into_iter().take(most - chosen.len()));
    chosen
}

pub(crate) fn evidence(
    said: &Assertion,
    local: &Local,
    document: Option<&Document>,
    standing: &Standing,
) -> EvidenceView {
    let own = document.and_then(|document| document.published.as_ref());
    let published = standing.dated(local.document).or(own).or(local.published.as_ref()).cloned();
    EvidenceView {
        assertion: said.clone(),
        sentence: document
            .and_then(|document| Some(said.passage.span()?.of(&document.text)))
            .unwrap_or_default()
            .to_owned(),
        page: document
            .and_then(|document| document.page_at(said.passage.span()?.start))
            .map(str::to_owned),
        title: document.and_then(|document| document.title.clone()),
        source: local.source.clone(),
        changed: local.published.clone().filter(|since| Some(since) != published.as_ref()),
        published,
        accepted: standing.accepted(said.id).is_some(),
        withdrawn: standing.withdrawn(said.id).cloned(),
        reliability: local.source.as_deref().and_then(|source| standing.reliability(source)),
        credibility: standing.credibility(said.id),
        wording: local.wording_of(said),
        worded_as: None,
    }
}

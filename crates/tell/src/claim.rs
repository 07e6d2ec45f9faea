//! A claim of responsibility, feature by feature: what each is, what it rests on, and what published
//! work takes it to point to. There is no verdict.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use throughline_casebook::{
    AssertionRow, Casebook, EvidenceView, Listed, RecordView, Result, normal,
};
use throughline_formats::claims;
use throughline_model::{
    AsOf, Assertion, AssertionId, DocumentId, Edtf, MentionId, Record, SubjectKind, Value,
    Variable, Voice,
};
use throughline_weigh::claim::{
    Around, Detail, Feature, Other, Perpetrator, Pointer, Public, Scheme, Told, features,
};

use crate::claimed::{ClaimsRecord, issued};
use crate::evidence;
use crate::words::namer;

/// How many pieces of evidence on the incident are gone through.
const MOST: usize = 2_000;
/// In how many documents it is looked up what channels passed on.
const DOCUMENTS: usize = 200;

/// An assessment of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimTold {
    /// The incident that it is about, with its name.
    pub incident: Option<(MentionId, String)>,
    /// The features, in the order of a page.
    pub features: Vec<Feature>,
    /// What others say of the claimant's hand in the incident: their own assessments.
    pub assessments: Vec<AssertionId>,
    /// What the features and assessments rest on.
    pub evidence: BTreeMap<AssertionId, EvidenceView>,
    /// The names of the mentions that the evidence refers to.
    pub names: BTreeMap<MentionId, String>,
    /// What came of the claimant's claims.
    pub record: Option<ClaimsRecord>,
}

/// The scheme of features that is part of the program.
pub fn scheme() -> Option<&'static Scheme> {
    claims::shipped()
}

/// What published work says of the value of a feature.
pub fn pointers(feature: &Feature) -> impl Iterator<Item = &'static Pointer> {
    let note = scheme().and_then(|scheme| scheme.note(feature.kind));
    let value = feature.found.value;
    note.into_iter().flat_map(move |note| note.of(value))
}

/// The name of a feature on pages, and the question that it answers.
pub fn title(feature: &Feature) -> (&'static str, &'static str) {
    let note = scheme().and_then(|scheme| scheme.note(feature.kind));
    note.map_or((feature.kind.name(), ""), |note| (&note.title, &note.question))
}

/// The value of a feature: "next day (1 day)".
pub fn value(feature: &Feature) -> String {
    let value = feature.found.value.replace('-', " ");
    match &feature.found.words {
        Some(words) => format!("{value} ({words})"),
        None => value,
    }
}

/// Whether a detail was public before, in words.
pub fn public(detail: &Detail) -> String {
    match &detail.public {
        Public::Before(on, by) => format!("public before, since {on} [{by}]"),
        Public::SameDay(on, by) => {
            format!("published on the same day, {on}, in unknown order [{by}]")
        }
        Public::No => "not public before, as far as is held".to_owned(),
        Public::Unknown => "whether it was public before cannot be told".to_owned(),
    }
}

impl ClaimTold {
    /// The assessment of a claim's record; `None` of other records.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn gather(
        casebook: &Casebook,
        shown: &RecordView,
        as_of: AsOf,
    ) -> Result<Option<ClaimTold>> {
        if shown.record.id.kind() != SubjectKind::Claim {
            return Ok(None);
        }
        let values = |variable| {
            let held = shown.record.holdings.iter().filter(move |held| held.variable == variable);
            held.filter_map(|held| held.value.as_ref().and_then(Value::mention))
        };
        let claimant = match values(Variable::Claimant).next() {
            Some(id) => casebook.weighed(id, as_of)?,
            None => None,
        };
        let own: BTreeSet<MentionId> =
            claimant.iter().flat_map(|record| &record.mentions).copied().collect();
        // All that its maker claims, and all that is claimed of the incident.
        let made = casebook.near(SubjectKind::Claim, &own, as_of)?;
        let incident = values(Variable::About).find(|id| id.kind() == SubjectKind::Incident);
        let incident = match incident {
            Some(id) => casebook.shown(id, as_of, MOST)?,
            None => None,
        };
        let passed_on = PassedOn::of(casebook, std::iter::once(shown).chain(&incident), as_of)?;
        let through: Vec<MentionId> = values(Variable::Through).collect();
        let outlets = outlets(casebook, &through, &passed_on, &own, as_of)?;
        let wrong_man = match &incident {
            Some(view) => passed_on.wrong_man(view, &outlets, &own),
            None => Vec::new(),
        };
        let others = others(casebook, shown, incident.as_ref(), as_of)?;
        let others: Vec<Other> = others
            .iter()
            .map(|one| Other { claim: one.id, holdings: &one.holdings, same: is_by(one, &own) })
            .collect();
        let habits = habits(claimant.as_ref());
        let told: Vec<Told> = incident
            .iter()
            .flat_map(|view| view.evidence.values())
            .filter(|one| stands(one))
            .map(told)
            .collect();
        let around = Around {
            claim: &shown.record,
            claimant: &own,
            outlets: &outlets,
            incident: incident.as_ref().map(|view| &view.record),
            told: &told,
            perpetrators: &perpetrators(casebook, incident.as_ref(), as_of)?,
            others: &others,
            earlier: &earlier(&made, shown, &own),
            wrong_man: &wrong_man,
            habits: &habits,
            formulae: scheme().map_or(&[][..], |scheme| &scheme.formulae),
            normal: &normal,
        };
        let features = features(&around);
        let assessments = assessments(incident.as_ref(), &own, &outlets);
        let cited = features.iter().flat_map(|one| {
            let details = one.found.details.iter().flat_map(|detail| match &detail.public {
                Public::Before(_, by) | Public::SameDay(_, by) => vec![*by],
                Public::No | Public::Unknown => vec![],
            });
            one.found.evidence.iter().copied().chain(details)
        });
        let cited: BTreeSet<AssertionId> = cited.chain(assessments.iter().copied()).collect();
        let mut said = Said::of(shown);
        if let Some(view) = &incident {
            said.names.extend(view.names.clone());
            said.rows.extend(view.evidence.clone());
        }
        said.add(casebook, habits.iter().chain(&wrong_man).copied(), as_of)?;
        said.rows.retain(|id, one| cited.contains(id) && stands(one));
        let record = match &claimant {
            Some(record) => ClaimsRecord::among(casebook, record, &made, as_of)?,
            None => None,
        };
        Ok(Some(ClaimTold {
            incident: incident.map(|view| (view.record.id, view.record.name)),
            features,
            assessments,
            evidence: said.rows,
            names: said.names,
            record,
        }))
    }

    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let names = namer(&self.names);
        let ids = |ids: &[AssertionId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        json!({
            "scheme": scheme().map(|scheme| json!({"name": scheme.name, "version": scheme.version})),
            "incident": self.incident.as_ref().map(|(id, name)| {
                json!({"id": id.to_string(), "name": name})
            }),
            "features": self.features.iter().map(feature_json).collect::<Vec<_>>(),
            "assessments": ids(&self.assessments),
            "evidence": self.evidence.values().map(|one| evidence::json(one, &names)).collect::<Vec<_>>(),
            "claimant": self.record.as_ref().map(ClaimsRecord::json),
        })
    }

    /// The names of the mentions that the evidence refers to.
    pub fn namer(&self) -> impl Fn(MentionId) -> Option<String> + '_ {
        namer(&self.names)
    }
}

fn feature_json(feature: &Feature) -> Json {
    let found = &feature.found;
    let points = pointers(feature).map(|pointer| {
        json!({"to": pointer.points.name(), "says": pointer.says, "source": pointer.source})
    });
    let details = found.details.iter().map(|detail| {
        let (public, on, by) = match &detail.public {
            Public::Before(on, by) => ("before", Some(on), Some(by)),
            Public::SameDay(on, by) => ("same-day", Some(on), Some(by)),
            Public::No => ("no", None, None),
            Public::Unknown => ("unknown", None, None),
        };
        json!({
            "words": detail.words,
            "public": public,
            "on": on.map(ToString::to_string),
            "by": by.map(ToString::to_string),
        })
    });
    json!({
        "feature": feature.kind.name(),
        "value": found.value,
        "words": found.words,
        "details": details.collect::<Vec<_>>(),
        "points": points.collect::<Vec<_>>(),
        "evidence": found.evidence.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "claims": found.claims.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

/// Whether its source has not taken it back.
fn stands(one: &EvidenceView) -> bool {
    !one.withdrawn.as_ref().is_some_and(|withdrawal| withdrawal.counts)
}

fn told(one: &EvidenceView) -> Told<'_> {
    let published = one.changed.as_ref().or(one.published.as_ref());
    let sentence = match &one.assertion.value {
        // Of a place that is only cited the words are not held, but what a coder took from it is.
        Value::Text(words) | Value::Term(words) if one.sentence.is_empty() => words,
        _ => &one.sentence,
    };
    Told { assertion: &one.assertion, sentence, published }
}

/// What is said of a claim and of its incident.
#[derive(Default)]
struct Said {
    rows: BTreeMap<AssertionId, EvidenceView>,
    names: BTreeMap<MentionId, String>,
}

impl Said {
    fn of(view: &RecordView) -> Said {
        let mut said = Said { rows: BTreeMap::new(), names: view.names.clone() };
        said.rows.extend(view.evidence.clone());
        said
    }

    /// Adds what some assertions beside them say, each looked up in its document.
    fn add(
        &mut self,
        casebook: &Casebook,
        ids: impl IntoIterator<Item = AssertionId>,
        as_of: AsOf,
    ) -> Result<()> {
        let mut wanted = BTreeSet::new();
        let mut documents = BTreeSet::new();
        for id in ids {
            if !self.rows.contains_key(&id)
                && let Some(found) = casebook.assertion(id)?
            {
                wanted.insert(id);
                documents.insert(found.document);
            }
        }
        for document in documents {
            for AssertionRow { evidence, names } in
                casebook.assertions(as_of, Some(document), None, usize::MAX)?
            {
                if wanted.contains(&evidence.assertion.id) {
                    self.names.extend(names);
                    self.rows.insert(evidence.assertion.id, evidence);
                }
            }
        }
        Ok(())
    }
}

/// What channels passed on and who was cleared, as the documents that speak of a claim or its incident
/// say.
struct PassedOn(Vec<Assertion>);

impl PassedOn {
    fn of<'v>(
        casebook: &Casebook,
        views: impl IntoIterator<Item = &'v RecordView>,
        as_of: AsOf,
    ) -> Result<PassedOn> {
        let documents: BTreeSet<DocumentId> = views
            .into_iter()
            .flat_map(|view| view.evidence.values().map(|one| one.assertion.document))
            .collect();
        let first = documents.into_iter().take(DOCUMENTS).collect();
        let variables = [Variable::OutletOf, Variable::Shared, Variable::Cleared];
        casebook.said_of(as_of, &first, &variables).map(PassedOn)
    }

    /// What is said of one variable.
    fn on(&self, variable: Variable) -> impl Iterator<Item = &Assertion> {
        self.0.iter().filter(move |said| said.variable == variable)
    }

    /// Assertions that a channel or outlet of the claimant, or it itself, passed something on, in a
    /// passage that speaks of the incident and clears somebody.
    fn wrong_man(
        &self,
        incident: &RecordView,
        outlets: &BTreeSet<MentionId>,
        claimant: &BTreeSet<MentionId>,
    ) -> Vec<AssertionId> {
        let shares = |one: &Assertion, other: &Assertion| {
            let spans = one.passage.span().zip(other.passage.span());
            one.document == other.document && spans.is_some_and(|(one, other)| one.overlaps(other))
        };
        let own =
            |said: &&Assertion| outlets.contains(&said.subject) || claimant.contains(&said.subject);
        self.on(Variable::Shared)
            .filter(own)
            .filter(|shared| self.on(Variable::Cleared).any(|cleared| shares(shared, cleared)))
            .filter(|shared| incident.evidence.values().any(|one| shares(shared, &one.assertion)))
            .map(|shared| shared.id)
            .collect()
    }
}

/// The mentions of outlets and channels that belong to the claimant, as far as these documents or the
/// record of an outlet say.
fn outlets(
    casebook: &Casebook,
    through: &[MentionId],
    said: &PassedOn,
    claimant: &BTreeSet<MentionId>,
    as_of: AsOf,
) -> Result<BTreeSet<MentionId>> {
    let belongs = |value: Option<MentionId>| value.is_some_and(|id| claimant.contains(&id));
    let mut found: BTreeSet<MentionId> = said
        .on(Variable::OutletOf)
        .filter(|said| belongs(said.value.mention()))
        .map(|said| said.subject)
        .collect();
    for outlet in through {
        let Some(record) = casebook.weighed(*outlet, as_of)? else { continue };
        let held = record.holdings.iter().filter(|held| held.variable == Variable::OutletOf);
        let own = held.filter_map(|held| held.value.as_ref()).any(|value| belongs(value.mention()));
        if own || record.mentions.iter().any(|mention| found.contains(mention)) {
            found.extend(record.mentions);
        }
    }
    Ok(found)
}

/// The other claims about an incident.
fn others(
    casebook: &Casebook,
    shown: &RecordView,
    incident: Option<&RecordView>,
    as_of: AsOf,
) -> Result<Vec<Listed>> {
    let Some(incident) = incident else { return Ok(Vec::new()) };
    let own: BTreeSet<MentionId> = incident.record.mentions.iter().copied().collect();
    let about = |claim: &Listed| {
        claim.id != shown.record.id
            && claim.holdings.iter().any(|held| {
                let id = held.value.as_ref().and_then(Value::mention);
                held.variable == Variable::About && id.is_some_and(|id| own.contains(&id))
            })
    };
    let mut found = casebook.near(SubjectKind::Claim, &own, as_of)?;
    found.retain(about);
    Ok(found)
}

fn is_by(claim: &Listed, claimant: &BTreeSet<MentionId>) -> bool {
    claim.holdings.iter().any(|held| {
        let id = held.value.as_ref().and_then(Value::mention);
        held.variable == Variable::Claimant && id.is_some_and(|id| claimant.contains(&id))
    })
}

/// The wording of the claimant's claims that were made before this one, each once.
fn earlier(made: &[Listed], shown: &RecordView, claimant: &BTreeSet<MentionId>) -> Vec<String> {
    let Some(own) = issued(&shown.record.holdings) else { return Vec::new() };
    let before = |claim: &&Listed| {
        issued(&claim.holdings).is_some_and(|date| date.latest() < own.earliest())
    };
    made.iter()
        .filter(|claim| is_by(claim, claimant))
        .filter(before)
        .flat_map(|claim| &claim.holdings)
        .filter_map(|held| match (held.variable, &held.value) {
            (Variable::Wording, Some(Value::Text(text))) => Some(text.clone()),
            _ => None,
        })
        .collect::<BTreeSet<String>>()
        .into_iter()
        .collect()
}

/// What is said of the claimant's habits.
fn habits(claimant: Option<&Record>) -> Vec<AssertionId> {
    const MOST: usize = 12;
    let held = claimant.iter().flat_map(|record| &record.holdings);
    let practice = held.filter(|held| held.variable == Variable::Practice);
    practice.flat_map(|held| held.support.iter().copied()).take(MOST).collect()
}

/// The named perpetrators of an incident, and when each was first named as one.
fn perpetrators(
    casebook: &Casebook,
    incident: Option<&RecordView>,
    as_of: AsOf,
) -> Result<Vec<Perpetrator>> {
    let Some(incident) = incident else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for held in incident.record.holdings.iter().filter(|one| one.variable == Variable::Perpetrator)
    {
        let Some(id) = held.value.as_ref().and_then(Value::mention) else { continue };
        let Some(row) = casebook.bare(id, as_of)? else { continue };
        let called = row.mentions.values().map(|(_, name)| name.clone());
        let aliases =
            row.record.holdings.iter().filter_map(|held| match (held.variable, &held.value) {
                (Variable::Name, Some(Value::Text(name))) => Some(name.clone()),
                _ => None,
            });
        // Names have a capital, descriptions ("the second man") have none.
        let is_name = |name: &String| name.chars().next().is_some_and(char::is_uppercase);
        let names: BTreeSet<String> = called.chain(aliases).filter(is_name).collect();
        let first = incident
            .evidence
            .values()
            .filter(|one| {
                one.assertion.variable == Variable::Perpetrator
                    && one
                        .assertion
                        .value
                        .mention()
                        .is_some_and(|id| row.mentions.contains_key(&id))
            })
            .filter_map(|one| Some((one.published.clone()?, one.assertion.id)))
            .min_by_key(|(published, id): &(Edtf, AssertionId)| (published.latest(), *id));
        if !names.is_empty() {
            found.push(Perpetrator { names: names.into_iter().collect(), first });
        }
    }
    Ok(found)
}

/// What others than the claimant say of its hand in the incident.
fn assessments(
    incident: Option<&RecordView>,
    claimant: &BTreeSet<MentionId>,
    outlets: &BTreeSet<MentionId>,
) -> Vec<AssertionId> {
    let own = |said: &Assertion| match said.speakers.last().map(|last| &last.voice) {
        Some(Voice::Mention(id)) => claimant.contains(id) || outlets.contains(id),
        _ => false,
    };
    let on_hand = |said: &Assertion| match said.variable {
        Variable::Involvement(_) | Variable::Link => {
            said.party.is_some_and(|party| claimant.contains(&party))
        }
        Variable::AscribedTo => true,
        _ => false,
    };
    let Some(view) = incident else { return Vec::new() };
    let evidence = view.evidence.values().filter(|one| stands(one)).map(|one| &one.assertion);
    let found = evidence.filter(|said| on_hand(said) && !own(said));
    found.map(|said| said.id).filter(|id| !view.record.superseded.contains(id)).collect()
}

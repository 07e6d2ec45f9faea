//! A claimant's record: what came of all its claims, as of the dates of a view.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, Listed, Result};
use throughline_model::{
    AsOf, Day, Edtf, Element, Holding, MentionId, Record, SubjectKind, Value, Variable,
};
use throughline_weigh::claim::{Outcome, OutcomeKind, outcome};
use throughline_weigh::count::{Reading, Truth};

/// Of how many claims the outcome is looked up, the latest first.
const MOST: usize = 300;

/// What came of a claimant's claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimsRecord {
    /// Who claims.
    pub claimant: MentionId,
    /// Its name.
    pub name: String,
    /// Its claims, the latest first.
    pub claims: Vec<Claimed>,
    /// How many earlier ones were not looked up.
    pub left_out: usize,
}

/// One claim of a claimant, and what is held of the incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The claim.
    pub claim: MentionId,
    /// Its name.
    pub name: String,
    /// When it was made.
    pub issued: Option<Edtf>,
    /// The incident that it is about, with its name; `None` if that is not known.
    pub incident: Option<(MentionId, String)>,
    /// Of the claimant's hand, resting on findings only.
    pub strict: Outcome,
    /// Resting on accepted readings and proposals too.
    pub lenient: Outcome,
}

impl Claimed {
    /// What came of it in one of the readings.
    pub fn outcome(&self, reading: Reading) -> &Outcome {
        match reading {
            Reading::Strict => &self.strict,
            Reading::Lenient => &self.lenient,
        }
    }
}

impl ClaimsRecord {
    /// The record of whom a mention stands for; `None` if it makes no claim in view.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn gather(
        casebook: &Casebook,
        claimant: MentionId,
        as_of: AsOf,
    ) -> Result<Option<ClaimsRecord>> {
        let Some(group) = casebook.weighed(claimant, as_of)? else { return Ok(None) };
        let own: BTreeSet<MentionId> = group.mentions.iter().copied().collect();
        let claims = casebook.near(SubjectKind::Claim, &own, as_of)?;
        ClaimsRecord::among(casebook, &group, &claims, as_of)
    }

    /// As [`ClaimsRecord::gather`], from all claims that speak of the claimant.
    pub(crate) fn among(
        casebook: &Casebook,
        group: &Record,
        claims: &[Listed],
        as_of: AsOf,
    ) -> Result<Option<ClaimsRecord>> {
        let own: BTreeSet<MentionId> = group.mentions.iter().copied().collect();
        let mut made: Vec<&Listed> = claims.iter().filter(|claim| makes(claim, &own)).collect();
        if made.is_empty() {
            return Ok(None);
        }
        made.sort_by_key(|claim| {
            let day = issued(&claim.holdings).map_or(Day::MIN, Edtf::latest);
            (std::cmp::Reverse(day), claim.id)
        });
        let left_out = made.len().saturating_sub(MOST);
        made.truncate(MOST);
        let mut rows = Vec::with_capacity(made.len());
        for claim in made {
            let incident = match about(claim) {
                Some(id) => casebook.listed_one(id, as_of)?,
                None => None,
            };
            let of = |reading| match &incident {
                Some(row) => outcome(&row.holdings, &own, reading),
                None => Outcome { kind: OutcomeKind::Unresolved, elements: BTreeMap::new() },
            };
            rows.push(Claimed {
                claim: claim.id,
                name: claim.name.clone(),
                issued: issued(&claim.holdings).cloned(),
                strict: of(Reading::Strict),
                lenient: of(Reading::Lenient),
                incident: incident.map(|row| (row.id, row.name)),
            });
        }
        Ok(Some(ClaimsRecord {
            claimant: group.id,
            name: group.name.clone(),
            claims: rows,
            left_out,
        }))
    }

    /// How many claims came to each outcome.
    pub fn outcomes(&self, reading: Reading) -> Vec<(OutcomeKind, usize)> {
        let many =
            |kind| self.claims.iter().filter(|one| one.outcome(reading).kind == kind).count();
        OutcomeKind::ALL.into_iter().map(|kind| (kind, many(kind))).collect()
    }

    /// For each element of involvement of which anything is held, how many incidents have it, have it
    /// not, or are contested; of the others nothing is held.
    pub fn elements(&self, reading: Reading) -> Vec<(Element, [usize; 3])> {
        let many = |element: &Element, wanted: Truth| {
            let truths = self.claims.iter().map(|one| one.outcome(reading).elements.get(element));
            truths.filter(|truth| *truth == Some(&wanted)).count()
        };
        let counts = |element: &Element| {
            [Truth::Yes, Truth::No, Truth::Contested].map(|truth| many(element, truth))
        };
        let all = Element::ALL.into_iter().map(|element| (element, counts(&element)));
        all.filter(|(_, counts)| counts.iter().any(|many| *many > 0)).collect()
    }

    /// Of how many claims it is known what came of them.
    pub fn resolved(&self, reading: Reading) -> usize {
        let unresolved = |one: &&Claimed| one.outcome(reading).kind == OutcomeKind::Unresolved;
        self.claims.len() - self.claims.iter().filter(unresolved).count()
    }

    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let reading = |reading| {
            let outcomes: serde_json::Map<String, Json> = self
                .outcomes(reading)
                .into_iter()
                .map(|(kind, many)| (kind.name().to_owned(), json!(many)))
                .collect();
            let elements = self.elements(reading).into_iter().map(|(element, [yes, no, contested])| {
                json!({"element": element.name(), "yes": yes, "no": no, "contested": contested})
            });
            json!({
                "resolved": self.resolved(reading),
                "outcomes": outcomes,
                "elements": elements.collect::<Vec<_>>(),
            })
        };
        let claims = self.claims.iter().map(|one| {
            json!({
                "id": one.claim.to_string(),
                "name": one.name,
                "issued": one.issued.as_ref().map(ToString::to_string),
                "incident": one.incident.as_ref().map(|(id, name)| {
                    json!({"id": id.to_string(), "name": name})
                }),
                "strict": one.strict.kind.name(),
                "lenient": one.lenient.kind.name(),
            })
        });
        json!({
            "claimant": {"id": self.claimant.to_string(), "name": self.name},
            "claims": claims.collect::<Vec<_>>(),
            "left_out": self.left_out,
            "strict": reading(Reading::Strict),
            "lenient": reading(Reading::Lenient),
        })
    }
}

/// Whether a claim is made by somebody, and claims.
fn makes(claim: &Listed, claimant: &BTreeSet<MentionId>) -> bool {
    let own = |value: &Option<Value>| {
        value.as_ref().and_then(Value::mention).is_some_and(|id| claimant.contains(&id))
    };
    let claims =
        |value: &Option<Value>| matches!(value, Some(Value::Term(term)) if term == "claims");
    let has = |variable, wanted: &dyn Fn(&Option<Value>) -> bool| {
        claim.holdings.iter().any(|held| held.variable == variable && wanted(&held.value))
    };
    has(Variable::Claimant, &own) && has(Variable::ClaimAct, &claims)
}

/// When a claim was made.
pub(crate) fn issued(holdings: &[Holding]) -> Option<&Edtf> {
    holdings.iter().find_map(|held| match (held.variable, &held.value) {
        (Variable::Issued, Some(Value::Date(date))) => Some(date),
        _ => None,
    })
}

/// The incident that a claim is about, or the first of several.
fn about(claim: &Listed) -> Option<MentionId> {
    let about = claim.holdings.iter().filter(|held| held.variable == Variable::About);
    let mut incidents = about
        .filter_map(|held| held.value.as_ref().and_then(Value::mention))
        .filter(|id| id.kind() == SubjectKind::Incident);
    incidents.next()
}

//! The value held of each variable of a record, and what speaks for it and against it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{
    AssertionId, Basis, Day, Holding, JudgmentId, MentionId, Target, Value, Variable,
};

use crate::Standing;
use crate::fit::{fit, is_exact, same, says, width};
use crate::said::{Evidence, Said, Source, supersede};
use crate::steps::ends;

/// What comes of weighing the assertions on one record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weighed {
    /// The values held, in the order of [`Variable`], then party, then value.
    pub holdings: Vec<Holding>,
    /// Words of which the same voice has said otherwise since: they stand for nothing.
    pub superseded: BTreeSet<AssertionId>,
}

/// Whether the variable has one value (per party), so that two values cannot both be so.
pub fn is_single(variable: Variable) -> bool {
    use Variable as V;
    match variable {
        V::Name
        | V::Description
        | V::Place
        | V::Target
        | V::Weapon
        | V::Perpetrator
        | V::Victim => false,
        V::AscribedTo | V::PartOf | V::Member | V::Share | V::Through | V::About | V::Wording => {
            false
        }
        V::Details | V::Manner | V::OutletOf | V::Shared | V::CallsFor | V::Practice => false,
        V::Affiliation | V::IdentifiedAs | V::Confession | V::Statement => false,
        V::Type | V::TargetType | V::Stage | V::Date | V::Company => true,
        V::Killed | V::Wounded | V::Arrested => true,
        V::Mode | V::Link | V::Size | V::Claimant | V::ClaimAct | V::Issued | V::Age | V::Role => {
            true
        }
        V::Procedure | V::Fate | V::Cleared | V::TravelledTo | V::MemberOf | V::PledgedTo => true,
        V::ContactWith | V::KinOf | V::Involvement(_) => true,
    }
}

const EACH_VALUE: &str = "each value said";
const ONLY_HEADLINE: &str = "only a headline or pull-quote says it";
const LATEST: &str = "the latest word";
const MOST_VOICES: &str = "most voices";

/// The rule of this name, by which a proposal is chosen.
pub fn rule(name: &str) -> Option<&'static str> {
    [EACH_VALUE, ONLY_HEADLINE, LATEST, MOST_VOICES].into_iter().find(|rule| *rule == name)
}

/// How a value of the variable is chosen among proposals that differ: the name of the rule.
pub fn chosen_by(variable: Variable) -> &'static str {
    match (is_single(variable), goes_on(variable)) {
        (false, _) => EACH_VALUE,
        (true, true) => LATEST,
        (true, false) => MOST_VOICES,
    }
}

/// Whether the latest word on a variable takes the place of earlier ones: tolls rise, proceedings
/// go on.
fn goes_on(variable: Variable) -> bool {
    use Variable as V;
    matches!(
        variable,
        V::Killed | V::Wounded | V::Arrested | V::Stage | V::Procedure | V::Fate | V::Cleared
    )
}

/// The values held of a record.
///
/// `findings` are those in force on any of its mentions. `subject_of` names the subject that a
/// mention stands for, so that "Masood" and "Khalid Masood" are one value; it must give equal ids
/// for equal subjects and may give any id for others.
///
/// Of one voice, a later word takes the place of an earlier one. For each variable (and party), in
/// this order: a finding (marked where all that it names as its evidence is gone, or whom it names); else what accepted
/// readings say; else what proposals say. Within these,
/// bodies before headlines and pull-quotes, which only lend support; words said without reserve
/// before hedged ones; then, for tolls and proceedings, the latest word (of one day the step that ends
/// the others), and for all else the value with most voices, then the most exact, then the earliest, then what a paper says in its own words. A
/// copy of a sentence adds no voice, in the same paper or in another that has it in the same words, nor does a paper
/// that quotes another's speaker, and a value that leaves more open supports a closer one without adding a voice to it.
pub fn weigh(
    evidence: &[Evidence],
    findings: &[(JudgmentId, &Target)],
    standing: &Standing,
    subject_of: &dyn Fn(MentionId) -> MentionId,
) -> Weighed {
    let mut questions: BTreeMap<(Variable, Option<MentionId>), Question> = BTreeMap::new();
    for one in evidence {
        let said = Said::of(*one, standing, subject_of);
        let key = (one.assertion.variable, one.assertion.party.map(subject_of));
        questions.entry(key).or_default().said.push(said);
    }
    for (judgment, target) in findings {
        let key = (target.variable, target.party.map(subject_of));
        let stands = |id: &AssertionId| standing.stands(*id);
        let gone = !target.rests_on.is_empty() && !target.rests_on.iter().any(stands)
            || target.referred().any(|mention| standing.is_lost(mention));
        questions.entry(key).or_default().findings.push((*judgment, target, gone));
    }
    let mut weighed = Weighed::default();
    for ((variable, party), mut question) in questions {
        supersede(&mut question.said, is_single(variable));
        let outdated = question.said.iter().filter(|said| said.superseded);
        weighed.superseded.extend(outdated.map(|said| said.id));
        weighed.holdings.extend(question.answer(variable, party, subject_of));
    }
    weighed
}

/// All that is said and found on one variable of a record, in relation to one party.
#[derive(Default)]
struct Question<'a> {
    said: Vec<Said<'a>>,
    /// With whether all that each rests on is gone.
    findings: Vec<(JudgmentId, &'a Target, bool)>,
}

impl<'a> Question<'a> {
    fn answer(
        self,
        variable: Variable,
        party: Option<MentionId>,
        subject_of: &dyn Fn(MentionId) -> MentionId,
    ) -> Vec<Holding> {
        let mut held: Vec<Holding> = Vec::new();
        let mut found: BTreeMap<Option<Value>, (JudgmentId, bool)> = BTreeMap::new();
        for (judgment, target, gone) in &self.findings {
            let value = target.value.as_ref().map(|value| same(value, subject_of));
            let one = found.entry(value).or_insert((*judgment, true));
            // Of several findings of one value, one whose evidence stands is enough.
            *one = (*judgment, one.1 && *gone);
        }
        for (value, (judgment, gone)) in &found {
            let basis = Basis::Finding(*judgment);
            let holding = self.holding(variable, party, value.clone(), basis);
            held.push(Holding { evidence_gone: *gone, ..holding });
        }
        let settled = !found.is_empty() && (is_single(variable) || found.contains_key(&None));
        if settled {
            for holding in &mut held {
                // A finding that leaves more open than another contradicts nothing.
                let fits = |value: &Option<Value>| match (value, &holding.value) {
                    (Some(value), Some(held)) => fit(held, value),
                    (value, held) => value == held,
                };
                let others: Vec<_> = found.keys().filter(|value| !fits(value)).cloned().collect();
                holding.dispute(others);
            }
            return held;
        }
        let groups = self.groups();
        if is_single(variable) {
            held.extend(self.choose(variable, party, &groups));
        } else {
            // Among many values, only what says or denies the same one bears on each.
            let mut by_value: BTreeMap<&Value, Vec<&Said>> = BTreeMap::new();
            for said in &self.said {
                by_value.entry(&said.value).or_default().push(said);
            }
            for (value, members) in &groups {
                if found.contains_key(&Some(value.clone())) {
                    continue;
                }
                let accepted = members.iter().find_map(|said| said.accepted);
                // "31 plots" in a pull-quote is the body's "31 of 38" with a difference, no second
                // figure; accepted, somebody holds it for one.
                if accepted.is_none() && members.iter().all(|said| self.repeats(said)) {
                    continue;
                }
                let basis = accepted.map_or(Basis::Proposal(EACH_VALUE), Basis::Accepted);
                let alike = by_value.get(value).map_or(&[][..], Vec::as_slice).iter().copied();
                let exact = matches!(value, Value::Mention(_) | Value::Term(_) | Value::Answer(_));
                let held_here = Some(value.clone());
                let mut holding = match exact {
                    true => self.holding_among(alike.clone(), variable, party, held_here, basis),
                    false => self.holding(variable, party, held_here, basis),
                };
                let firm = members.iter().any(|said| said.is_firm());
                if firm && alike.clone().any(|said| said.speaks_against() && !said.copy) {
                    holding.dispute(vec![None]);
                }
                held.push(holding);
            }
        }
        held
    }

    /// Whether an assertion repeats another one of this question.
    fn repeats(&self, said: &Said) -> bool {
        said.repeats.is_some_and(|of| self.said.iter().any(|other| other.id == of))
    }

    /// What is put forward, by value. Values that fit each other go together, under the one that
    /// people accepted, that a body says, without reserve, and most exactly, in this order; so a
    /// headline or a guess makes nothing more exact. What leaves open which of two it means
    /// stands with both.
    fn groups(&self) -> BTreeMap<Value, Vec<&Said<'a>>> {
        let mut forward: Vec<&Said> = self.said.iter().filter(|said| said.puts_forward()).collect();
        forward.sort_by_cached_key(|said| {
            let rank = (said.accepted.is_none(), said.copy, !said.is_firm());
            (rank, width(&said.value), said.day(), said.value.clone(), said.id)
        });
        let mut groups: BTreeMap<Value, Vec<&Said>> = BTreeMap::new();
        for said in forward {
            let homes: Vec<Value> = match is_exact(&said.value) {
                true => Vec::new(),
                false => groups.keys().filter(|held| fit(held, &said.value)).cloned().collect(),
            };
            if homes.is_empty() {
                groups.entry(said.value.clone()).or_default().push(said);
            }
            for home in homes {
                groups.entry(home).or_default().push(said);
            }
        }
        groups
    }

    fn choose(
        &self,
        variable: Variable,
        party: Option<MentionId>,
        groups: &BTreeMap<Value, Vec<&Said<'a>>>,
    ) -> Option<Holding> {
        let accepted: Vec<&Value> = groups
            .iter()
            .filter(|(_, members)| members.iter().any(|said| said.accepted.is_some()))
            .map(|(value, _)| value)
            .collect();
        let pool: Vec<&Value> = match accepted.is_empty() {
            true => groups.keys().collect(),
            false => accepted,
        };
        // What only headlines and pull-quotes say counts only where the body says nothing.
        let body = |value: &&Value| groups[*value].iter().any(|said| !said.copy);
        let from_body: Vec<&Value> = pool.iter().copied().filter(|value| body(value)).collect();
        let only_headlines = from_body.is_empty();
        let pool = if only_headlines { pool } else { from_body };
        let chosen = pool.iter().copied().max_by_key(|value| {
            let members = &groups[*value];
            let exact: Vec<&Said> =
                members.iter().copied().filter(|said| says(&said.value, value)).collect();
            let firm = exact.iter().any(|said| said.is_firm() && !said.copy);
            // Copies are no later and no earlier word.
            let own = || members.iter().filter(|said| !said.copy || only_headlines);
            let dated = own().map(|said| said.day()).filter(|day| *day != Day::MAX);
            (
                firm,
                goes_on(variable).then_some(dated.max()),
                pool.iter().filter(|other| ends(variable, value, other)).count(),
                voices(&exact),
                Reverse(width(value)),
                Reverse(own().map(|said| said.day()).min()),
                // What a paper says in its own words, before what it passes on.
                exact.iter().any(|said| !said.copy && said.is_of_a_paper()),
                Reverse(*value),
            )
        })?;
        let judged = groups[chosen].iter().find_map(|said| said.accepted);
        let rule = match (only_headlines, goes_on(variable)) {
            (true, _) => ONLY_HEADLINE,
            (false, true) => LATEST,
            (false, false) => MOST_VOICES,
        };
        let basis = judged.map_or(Basis::Proposal(rule), Basis::Accepted);
        let mut holding = self.holding(variable, party, Some(chosen.clone()), basis);
        holding.copied |= only_headlines && judged.is_none();
        let others = pool.iter().copied().filter(|value| *value != chosen);
        let others = others.filter(|value| !ends(variable, chosen, value));
        let standing = others.filter(|v| Self::contests(variable, &groups[*v], &groups[chosen]));
        let mut rivals: BTreeSet<Option<Value>> = standing.cloned().map(Some).collect();
        rivals.extend(self.denials(chosen));
        holding.dispute(rivals.into_iter().collect());
        Some(holding)
    }

    /// What those put forward who deny a value: what each says in its place, if with reserve, or
    /// `None`, for "this is not so".
    fn denials(&self, chosen: &Value) -> BTreeSet<Option<Value>> {
        let own = || self.said.iter().filter(|said| !said.copy);
        let denies = |said: &&Said| said.speaks_against() && fit(chosen, &said.value);
        let mut deniers: BTreeMap<&Source, bool> =
            own().filter(denies).map(|said| (&said.voice, false)).collect();
        let mut instead = BTreeSet::new();
        for said in own().filter(|said| said.puts_forward() && !fit(chosen, &said.value)) {
            if let Some(answered) = deniers.get_mut(&said.voice) {
                *answered = true;
                instead.insert(Some(said.value.clone()));
            }
        }
        instead.extend(deniers.into_values().any(|answered| !answered).then_some(None));
        instead
    }

    /// Whether another value still stands against the chosen one. What speaks of tolls and
    /// proceedings is outdated, not contested, once the chosen value is said later.
    fn contests(variable: Variable, other: &[&Said], chosen: &[&Said]) -> bool {
        let firm = || other.iter().filter(|said| said.is_firm() && !said.copy);
        let days = |said: &&Said| Some(said.day()).filter(|day| *day != Day::MAX);
        let last = firm().filter_map(days).max();
        let first = chosen.iter().filter(|said| !said.copy).filter_map(days).min();
        let outdated = goes_on(variable) && matches!((last, first), (Some(a), Some(b)) if a < b);
        firm().next().is_some() && !outdated
    }

    fn holding(
        &self,
        variable: Variable,
        party: Option<MentionId>,
        value: Option<Value>,
        basis: Basis,
    ) -> Holding {
        self.holding_among(self.said.iter(), variable, party, value, basis)
    }

    /// The holding by those of `said` that bear on the value; `said` must hold all that do.
    fn holding_among<'s>(
        &self,
        said: impl Iterator<Item = &'s Said<'a>> + Clone,
        variable: Variable,
        party: Option<MentionId>,
        value: Option<Value>,
        basis: Basis,
    ) -> Holding
    where
        'a: 's,
    {
        let says_so = |said: &&Said| {
            said.puts_forward() && value.as_ref().is_some_and(|value| fit(value, &said.value))
        };
        let otherwise = |said: &&Said| {
            let denies = said.speaks_against()
                && value.as_ref().is_some_and(|value| fit(value, &said.value));
            denies || is_single(variable) && said.puts_forward() && !says_so(said)
        };
        let support: Vec<&Said> = said.clone().filter(says_so).collect();
        let exact: Vec<&Said> = support
            .iter()
            .copied()
            .filter(|said| value.as_ref().is_some_and(|value| says(&said.value, value)))
            .collect();
        // Copies make a value no firmer than the words that they copy; where nothing else says it,
        // they are all that there is to ask.
        let copied = !support.is_empty() && support.iter().all(|said| said.copy);
        // A finding may be more exact than all that is said; then what it fits is asked.
        let asked = if exact.is_empty() { &support } else { &exact };
        Holding {
            variable,
            party,
            hedged: !support.is_empty()
                && !asked.iter().any(|said| said.is_firm() && (copied || !said.copy)),
            copied,
            voices: u32::try_from(voices(&exact)).unwrap_or(u32::MAX),
            against: said.filter(otherwise).map(|said| said.id).collect(),
            support: support.into_iter().map(|said| said.id).collect(),
            value,
            basis,
            contested: false,
            evidence_gone: false,
            rivals: Vec::new(),
        }
    }
}

/// How many first speakers stand behind what is no copy; one where there are only copies.
fn voices(members: &[&Said]) -> usize {
    let mut own: Vec<&Said> = members.iter().copied().filter(|said| !said.copy).collect();
    own.sort_by_key(|said| (said.day(), said.id));
    let heard = throughline_model::voices(
        own.iter().map(|said| (&said.voice, said.document, said.wording)),
    );
    heard.max(usize::from(!members.is_empty()))
}

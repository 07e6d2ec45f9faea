//! The value held of each variable of a record, and what speaks for it and against it.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{
    AsOf, Assertion, AssertionId, Basis, Day, DocumentId, Edtf, Holding, JudgmentId, MentionId,
    Stance, Target, Value, ValueShape, Variable, Voice, ZoneRole,
};

use crate::Standing;

/// An assertion in view, as people left it, and where it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The assertion.
    pub assertion: &'a Assertion,
    /// When its document was published.
    pub published: Option<&'a Edtf>,
    /// Who published it.
    pub source: Option<&'a str>,
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
        V::Link | V::Size | V::Claimant | V::ClaimAct | V::Issued | V::Age | V::Role => true,
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
/// For each variable (and party), in this order: a finding; else what accepted readings say; else
/// what proposals say. Within these, bodies before headlines and pull-quotes, which only lend
/// support; words said without reserve before hedged ones; then, for tolls and proceedings, the
/// latest word, and for all else the value with most voices, then the most exact, then the
/// earliest. A copy of a sentence adds no voice, nor does a paper that quotes another's speaker.
///
/// Returns holdings in the order of [`Variable`], then party, then value.
pub fn weigh(
    evidence: &[Evidence],
    findings: &[(JudgmentId, &Target)],
    standing: &Standing,
    as_of: AsOf,
    subject_of: &dyn Fn(MentionId) -> MentionId,
) -> Vec<Holding> {
    let mut questions: BTreeMap<(Variable, Option<MentionId>), Question> = BTreeMap::new();
    for one in evidence {
        let said = Said::of(*one, standing, as_of, subject_of);
        let key = (one.assertion.variable, one.assertion.party.map(subject_of));
        questions.entry(key).or_default().said.push(said);
    }
    for (judgment, target) in findings {
        let key = (target.variable, target.party.map(subject_of));
        questions.entry(key).or_default().findings.push((*judgment, target));
    }
    questions
        .into_iter()
        .flat_map(|((variable, party), question)| question.answer(variable, party, subject_of))
        .collect()
}

/// All that is said and found on one variable of a record, in relation to one party.
#[derive(Default)]
struct Question<'a> {
    said: Vec<Said<'a>>,
    findings: Vec<(JudgmentId, &'a Target)>,
}

/// One assertion, as far as weighing needs it.
struct Said<'a> {
    id: AssertionId,
    value: Value,
    stance: Stance,
    voice: Source<'a>,
    day: Option<Day>,
    place: (DocumentId, AssertionId),
    accepted: Option<JudgmentId>,
    /// A headline, a pull-quote or a repetition.
    copy: bool,
    /// Taken back by its source.
    withdrawn: bool,
}

/// Whom a voice belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source<'a> {
    Paper(&'a str),
    Document(DocumentId),
    Subject(MentionId),
    Described(DocumentId, &'a str),
}

impl<'a> Said<'a> {
    fn of(
        evidence: Evidence<'a>,
        standing: &Standing,
        as_of: AsOf,
        subject_of: &dyn Fn(MentionId) -> MentionId,
    ) -> Said<'a> {
        let Evidence { assertion, published, source } = evidence;
        let paper = source.map_or(Source::Document(assertion.document), Source::Paper);
        let voice = match assertion.speakers.last().map(|speaker| &speaker.voice) {
            Some(Voice::Mention(id)) => Source::Subject(subject_of(*id)),
            Some(Voice::Described(words)) => Source::Described(assertion.document, words),
            Some(Voice::Document | Voice::Unnamed) | None => paper,
        };
        let value = match &assertion.value {
            Value::Mention(id) => Value::Mention(subject_of(*id)),
            value => value.clone(),
        };
        let withdrawn = standing.withdrawn(assertion.id).is_some_and(|on| as_of.sees(Some(on)));
        Said {
            id: assertion.id,
            value,
            stance: weakest(assertion),
            voice,
            day: published.map(Edtf::latest),
            place: (assertion.document, assertion.id),
            accepted: standing.accepted(assertion.id),
            copy: assertion.repeats.is_some()
                || matches!(assertion.zone, ZoneRole::Headline | ZoneRole::PullQuote),
            withdrawn,
        }
    }

    /// Whether it puts its value forward, with or without reserve. A yes, no or unknown already
    /// says what a denial denies.
    fn puts_forward(&self) -> bool {
        !self.withdrawn
            && (self.value.shape() == ValueShape::Answer
                || matches!(self.stance, Stance::Asserted | Stance::Hedged))
    }

    fn speaks_against(&self) -> bool {
        !self.withdrawn
            && self.value.shape() != ValueShape::Answer
            && matches!(self.stance, Stance::Denied)
    }

    fn is_firm(&self) -> bool {
        match self.value.shape() {
            ValueShape::Answer => !matches!(self.stance, Stance::Hedged | Stance::Questioned),
            _ => self.stance == Stance::Asserted,
        }
    }
}

/// The most reserved stance of a chain of speakers.
fn weakest(assertion: &Assertion) -> Stance {
    assertion.speakers.iter().map(|speaker| speaker.stance).max().unwrap_or(Stance::Asserted)
}

impl<'a> Question<'a> {
    fn answer(
        self,
        variable: Variable,
        party: Option<MentionId>,
        subject_of: &dyn Fn(MentionId) -> MentionId,
    ) -> Vec<Holding> {
        let mut held: Vec<Holding> = Vec::new();
        let found: BTreeMap<Option<Value>, JudgmentId> = self
            .findings
            .iter()
            .map(|(id, target)| (target.value.as_ref().map(|value| same(value, subject_of)), *id))
            .collect();
        for (value, judgment) in &found {
            held.push(self.holding(variable, party, value.clone(), Basis::Finding(*judgment)));
        }
        let settled = !found.is_empty() && (is_single(variable) || found.contains_key(&None));
        if settled {
            for holding in &mut held {
                let others = found.keys().filter(|value| **value != holding.value);
                holding.dispute(others.cloned().collect());
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
                let basis = accepted.map_or(Basis::Proposal(EACH_VALUE), Basis::Accepted);
                let alike = by_value.get(value).map_or(&[][..], Vec::as_slice).iter().copied();
                let exact = matches!(value, Value::Mention(_) | Value::Term(_) | Value::Answer(_));
                let held_here = Some(value.clone());
                let mut holding = match exact {
                    true => self.holding_among(alike.clone(), variable, party, held_here, basis),
                    false => self.holding(variable, party, held_here, basis),
                };
                let firm = members.iter().any(|said| said.is_firm());
                if firm && alike.clone().any(Said::speaks_against) {
                    holding.dispute(vec![None]);
                }
                held.push(holding);
            }
        }
        held
    }

    /// What is put forward, by value; figures and dates that fit each other go together under the
    /// most exact.
    fn groups(&self) -> BTreeMap<Value, Vec<&Said<'a>>> {
        let mut groups: BTreeMap<Value, Vec<&Said>> = BTreeMap::new();
        let mut forward: Vec<&Said> = self.said.iter().filter(|said| said.puts_forward()).collect();
        forward.sort_by_key(|said| (width(&said.value), said.day, said.place));
        for said in forward {
            let home = match &said.value {
                // These fit only what equals them.
                Value::Mention(_) | Value::Term(_) | Value::Answer(_) | Value::Share(_) => None,
                value => groups.keys().find(|held| fit(held, value)).cloned(),
            };
            groups.entry(home.unwrap_or_else(|| said.value.clone())).or_default().push(said);
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
            let firm = members.iter().any(|said| said.is_firm() && !said.copy);
            let latest = members.iter().filter_map(|said| said.day).max();
            let earliest = members.iter().filter_map(|said| said.day).min();
            let first = members.iter().map(|said| said.place).min();
            (
                firm,
                goes_on(variable).then_some(latest),
                voices(members),
                std::cmp::Reverse(width(value)),
                std::cmp::Reverse(earliest),
                std::cmp::Reverse(first),
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
        holding.hedged |= only_headlines && judged.is_none();
        let others = pool.iter().copied().filter(|value| *value != chosen);
        let standing = others.filter(|v| self.contests(variable, &groups[*v], &groups[chosen]));
        let mut rivals: Vec<Option<Value>> = standing.cloned().map(Some).collect();
        if self.said.iter().any(|said| said.speaks_against() && fit(chosen, &said.value)) {
            rivals.push(None);
        }
        holding.dispute(rivals);
        Some(holding)
    }

    /// Whether another value still stands against the chosen one. What speaks of tolls and
    /// proceedings is outdated, not contested, once the chosen value is said later.
    fn contests(&self, variable: Variable, other: &[&Said], chosen: &[&Said]) -> bool {
        let firm: Vec<&&Said> = other.iter().filter(|said| said.is_firm() && !said.copy).collect();
        let last = firm.iter().filter_map(|said| said.day).max();
        let first = chosen.iter().filter_map(|said| said.day).min();
        let outdated = goes_on(variable) && matches!((last, first), (Some(a), Some(b)) if a < b);
        let heard: BTreeSet<&Source> = chosen.iter().map(|said| &said.voice).collect();
        // One voice that says two things is outdated by its latest word.
        let others = firm.iter().any(|said| !heard.contains(&said.voice));
        let undecided = chosen.iter().all(|said| !said.is_firm());
        !firm.is_empty() && !outdated && (others || undecided)
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
        Holding {
            variable,
            party,
            hedged: !support.is_empty() && !support.iter().any(|said| said.is_firm() && !said.copy),
            voices: u32::try_from(voices(&support)).unwrap_or(u32::MAX),
            against: said.filter(otherwise).map(|said| said.id).collect(),
            support: support.into_iter().map(|said| said.id).collect(),
            value,
            basis,
            contested: false,
            rivals: Vec::new(),
        }
    }
}

/// How many first speakers stand behind what is no copy; one where there are only copies.
fn voices(members: &[&Said]) -> usize {
    let heard: BTreeSet<&Source> =
        members.iter().filter(|said| !said.copy).map(|said| &said.voice).collect();
    heard.len().max(usize::from(!members.is_empty()))
}

/// The value with its mention as the subject it stands for.
fn same(value: &Value, subject_of: &dyn Fn(MentionId) -> MentionId) -> Value {
    match value {
        Value::Mention(id) => Value::Mention(subject_of(*id)),
        value => value.clone(),
    }
}

/// Whether two values can both be said of one fact.
fn fit(held: &Value, said: &Value) -> bool {
    match (held, said) {
        (Value::Date(a), Value::Date(b)) => a.contains(b) || b.contains(a),
        (Value::Figure(a), Value::Figure(b)) => {
            let above = |x: u32, most: Option<u32>| most.is_none_or(|most| x <= most);
            above(a.least, b.most) && above(b.least, a.most)
        }
        (Value::Text(a), Value::Text(b)) => a.trim().eq_ignore_ascii_case(b.trim()),
        (held, said) => held == said,
    }
}

/// How inexact a value is: days a date leaves open, people a figure leaves open.
fn width(value: &Value) -> i64 {
    match value {
        Value::Date(date) => i64::from(date.latest().0) - i64::from(date.earliest().0),
        Value::Figure(figure) => match figure.most {
            Some(most) => i64::from(most) - i64::from(figure.least) + i64::from(figure.about),
            None => i64::MAX,
        },
        _ => 0,
    }
}

//! What is held of a claimant's hand in an incident that it claimed.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{Answer, Basis, Element, Holding, MentionId, Value, Variable};

use crate::count::{Reading, Truth};

/// What came of a claim, as far as is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// In one word.
    pub kind: OutcomeKind,
    /// The elements of involvement of which something is held, in relation to the claimant.
    pub elements: BTreeMap<Element, Truth>,
}

/// What came of a claim, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OutcomeKind {
    /// The claimant had a hand in it: contact, instruction, money, arms, training or a plan.
    Hand,
    /// It was drawn by the claimant or answered its call; of a hand nothing is held.
    Drawn,
    /// It is ascribed to the claimant, and no element says how.
    Ascribed,
    /// It is ascribed to others alone. Whether these are its own people is not said by that.
    Others,
    /// It is held that there is no link.
    Refuted,
    /// Speakers contradict each other.
    Disputed,
    /// Nothing is held that says.
    Unresolved,
}

impl OutcomeKind {
    /// All outcomes, in the order of a table.
    pub const ALL: [OutcomeKind; 7] = [
        OutcomeKind::Hand,
        OutcomeKind::Drawn,
        OutcomeKind::Ascribed,
        OutcomeKind::Others,
        OutcomeKind::Refuted,
        OutcomeKind::Disputed,
        OutcomeKind::Unresolved,
    ];

    /// The outcome's name in formats and on pages.
    pub fn name(self) -> &'static str {
        match self {
            OutcomeKind::Hand => "had-a-hand",
            OutcomeKind::Drawn => "drawn-by-it",
            OutcomeKind::Ascribed => "ascribed-to-it",
            OutcomeKind::Others => "ascribed-to-others",
            OutcomeKind::Refuted => "refuted",
            OutcomeKind::Disputed => "disputed",
            OutcomeKind::Unresolved => "unresolved",
        }
    }
}

/// Elements that show no hand of the group's own.
const DRAWN: [Element; 3] = [Element::Inspired, Element::AnsweredCall, Element::Pledged];

/// What is held of the hand of a claimant, by its mentions, in an incident of which these values are held.
pub fn outcome(incident: &[Holding], claimant: &BTreeSet<MentionId>, reading: Reading) -> Outcome {
    let counts = |held: &&Holding| match reading {
        Reading::Strict => matches!(held.basis, Basis::Finding(_)),
        // What every speaker says with reserve, or only headlines and copies say, does not decide
        // what came of a claim.
        Reading::Lenient => matches!(held.basis, Basis::Finding(_)) || !held.is_weak(),
    };
    let held: Vec<&Holding> = incident.iter().filter(counts).collect();
    let own = |held: &&&Holding| held.party.is_some_and(|party| claimant.contains(&party));
    let mut elements: BTreeMap<Element, Truth> = BTreeMap::new();
    for one in held.iter().filter(own) {
        if let Variable::Involvement(element) = one.variable {
            elements.insert(element, truth(one));
        }
    }
    let link = held.iter().filter(own).find(|one| one.variable == Variable::Link);
    let any = |hand: bool, wanted: Truth| {
        elements.iter().any(|(one, truth)| DRAWN.contains(one) != hand && *truth == wanted)
    };
    let linked = |wanted: &str| {
        let says =
            |one: &&&Holding| matches!(&one.value, Some(Value::Term(term)) if term == wanted);
        link.filter(says).is_some()
    };
    let disputed = link.is_some_and(|one| one.contested);
    let ascribed = ascribed(&held, claimant);
    let kind = if any(true, Truth::Yes) || linked("direct") && !disputed {
        OutcomeKind::Hand
    } else if any(true, Truth::Contested) || disputed || ascribed == Some(Truth::Contested) {
        OutcomeKind::Disputed
    } else if any(false, Truth::Yes) {
        OutcomeKind::Drawn
    } else if linked("none") {
        OutcomeKind::Refuted
    } else if ascribed == Some(Truth::No) {
        OutcomeKind::Others
    } else if ascribed == Some(Truth::Yes) {
        OutcomeKind::Ascribed
    } else {
        OutcomeKind::Unresolved
    };
    Outcome { kind, elements }
}

fn truth(held: &Holding) -> Truth {
    match &held.value {
        _ if held.contested => Truth::Contested,
        Some(Value::Answer(Answer::Yes)) => Truth::Yes,
        Some(Value::Answer(Answer::No)) => Truth::No,
        _ => Truth::Unknown,
    }
}

/// Whether the incident is ascribed to the claimant, to others alone, or to both.
fn ascribed(held: &[&Holding], claimant: &BTreeSet<MentionId>) -> Option<Truth> {
    let to = held.iter().filter(|one| one.variable == Variable::AscribedTo);
    let mut found = None;
    for one in to {
        let Some(Value::Mention(id)) = &one.value else { continue };
        let says = match (one.contested, claimant.contains(id)) {
            (true, _) => Truth::Contested,
            (false, own) => Truth::of(own),
        };
        found = Some(match found {
            None => says,
            Some(other) if other == says => says,
            Some(_) => Truth::Contested,
        });
    }
    found
}

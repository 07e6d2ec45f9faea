//! Under which class of a typology an incident stands, by the elements of involvement.
//!
//! What is held of one element says something of others: who was sent was in contact, and where
//! there was no contact nobody was sent. Findings speak first, then accepted readings, then
//! proposals, and what speaks later changes nothing that is decided: so what findings decide, more
//! evidence cannot decide otherwise.

use std::collections::BTreeMap;

use throughline_model::{Basis, Element, Variable};

use super::evidence::{Asked, Ground, Rules, Verdict, Why};
use super::known::Case;
use super::{Party, Test, Truth};
use crate::typology::{Typology, When};

/// How firmly something is held, the firmest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Hold {
    Found,
    Accepted,
    Proposed,
}

/// What is said of one element, and how firmly it is held.
#[derive(Clone, Debug)]
pub(crate) struct Stated {
    verdict: Verdict,
    hold: Hold,
}

impl Stated {
    fn of(verdict: Verdict) -> Stated {
        let holds = verdict.grounds.iter().filter_map(|ground| ground.held.as_ref());
        let hold = holds.map(|held| match held.basis {
            Basis::Finding(_) => Hold::Found,
            Basis::Accepted(_) => Hold::Accepted,
            Basis::Proposal(_) => Hold::Proposed,
        });
        Stated { hold: hold.min().unwrap_or(Hold::Proposed), verdict }
    }

    /// What would be said of an element that somebody found to be there, or not.
    pub(crate) fn supposed(is_there: bool) -> Stated {
        let verdict = Verdict { truth: Truth::of(is_there), grounds: Vec::new() };
        Stated { verdict, hold: Hold::Found }
    }
}

impl Rules<'_> {
    /// What is said of each element of an incident, in relation to a party.
    pub(crate) fn elements(self, case: &Case, party: &Party) -> BTreeMap<Element, Stated> {
        let said = |element| {
            let variable = Variable::Involvement(element);
            Stated::of(self.value(case, variable, party, &Test::Answer(true)))
        };
        Element::ALL.into_iter().map(|element| (element, said(element))).collect()
    }

    /// Whether an incident stands under one of some classes, which are given by their names.
    pub(super) fn typed(
        self,
        case: &Case,
        typology: &Typology,
        classes: &[String],
        party: &Party,
    ) -> Verdict {
        let elements = typology.close(&self.elements(case, party));
        let each = typology.decide(&elements).into_iter().zip(&typology.classes);
        let wanted = each.filter(|(_, class)| classes.contains(&class.name));
        let verdict =
            Verdict::combine(wanted.map(|(verdict, _)| verdict).collect(), |each| Truth::any(each));
        // A line for each of ten elements of which nothing is held says no more than one.
        let silent = |ground: &Ground| ground.held.is_none();
        if verdict.truth == Truth::Unknown && verdict.grounds.iter().all(silent) {
            let asked = Asked::Typology(typology.name.clone());
            return Verdict::of(Ground::none(asked, Truth::Unknown, Why::Nothing));
        }
        verdict
    }
}

impl Typology {
    /// What is held of each element, with what the file says that elements say of each other.
    pub(crate) fn close(&self, said: &BTreeMap<Element, Stated>) -> BTreeMap<Element, Verdict> {
        let undecided = |stated: &Stated| Verdict {
            truth: Truth::Unknown,
            grounds: stated.verdict.grounds.clone(),
        };
        let mut closed: BTreeMap<Element, Verdict> =
            said.iter().map(|(element, stated)| (*element, undecided(stated))).collect();
        for hold in [Hold::Found, Hold::Accepted, Hold::Proposed] {
            let stated: BTreeMap<Element, &Verdict> = said
                .iter()
                .filter(|(element, stated)| {
                    stated.hold == hold
                        && stated.verdict.truth != Truth::Unknown
                        && closed[element].truth == Truth::Unknown
                })
                .map(|(element, stated)| (*element, &stated.verdict))
                .collect();
            let open: Vec<Element> = closed
                .iter()
                .filter(|(_, verdict)| verdict.truth == Truth::Unknown)
                .map(|(element, _)| *element)
                .collect();
            for element in open {
                if let Some(verdict) = self.follows(element, &stated) {
                    closed.insert(element, verdict);
                }
            }
        }
        closed
    }

    /// What follows for an element from what is stated of it and of others; `None` if nothing does.
    fn follows(&self, element: Element, stated: &BTreeMap<Element, &Verdict>) -> Option<Verdict> {
        let implied = self.implied(element);
        let own = stated.get(&element);
        if let Some(own) = own.filter(|own| own.truth == Truth::Contested) {
            return Some((**own).clone());
        }
        let speaks = |other: &Element, verdict: &Verdict| match verdict.truth {
            // Who says that it was so says that all was that it implies.
            truth @ (Truth::Yes | Truth::Contested) => {
                self.implied(*other).contains(&element).then_some(truth)
            }
            Truth::No => implied.contains(other).then_some(Truth::No),
            Truth::Unknown => None,
        };
        let mut parts: Vec<(Truth, Vec<Ground>)> = stated
            .iter()
            .filter(|(other, _)| **other != element)
            .filter_map(|(other, verdict)| {
                let truth = speaks(other, verdict)?;
                let implied =
                    |ground: &Ground| Ground { truth, why: Why::Implied, ..ground.clone() };
                Some((truth, verdict.grounds.iter().map(implied).collect()))
            })
            .collect();
        parts.extend(own.map(|own| (own.truth, own.grounds.clone())));
        let says = |truth: Truth| parts.iter().any(|(part, _)| *part == truth);
        let truth = match (says(Truth::Yes), says(Truth::No), says(Truth::Contested)) {
            (true, true, _) => Truth::Contested,
            (true, false, _) => Truth::Yes,
            (false, true, _) => Truth::No,
            (false, false, true) => Truth::Contested,
            (false, false, false) => return None,
        };
        // A contradiction rests on both sides of it.
        let both = says(Truth::Yes) && says(Truth::No);
        let deciding = parts.into_iter().filter(|(part, _)| both || *part == truth);
        let mut grounds: Vec<Ground> = deciding.flat_map(|(_, grounds)| grounds).collect();
        if both {
            for ground in &mut grounds {
                ground.truth = Truth::Contested;
            }
        }
        Some(Verdict { truth, grounds })
    }

    /// Whether each class holds, in their order: its condition does and that of no closer one.
    pub(crate) fn decide(&self, elements: &BTreeMap<Element, Verdict>) -> Vec<Verdict> {
        let whens: Vec<Verdict> =
            self.classes.iter().map(|class| class.when.decide(elements)).collect();
        (0..whens.len())
            .map(|at| {
                let closer = whens[..at].iter().map(|closer| closer.clone().turned());
                let parts = closer.chain([whens[at].clone()]).collect();
                Verdict::combine(parts, |parts| Truth::all(parts))
            })
            .collect()
    }
}

impl When {
    fn decide(&self, elements: &BTreeMap<Element, Verdict>) -> Verdict {
        let each = |parts: &[When]| parts.iter().map(|part| part.decide(elements)).collect();
        match self {
            When::Element(element) => elements[element].clone(),
            When::All(parts) => Verdict::combine(each(parts), |parts| Truth::all(parts)),
            When::Any(parts) => Verdict::combine(each(parts), |parts| Truth::any(parts)),
            When::Not(part) => part.decide(elements).turned(),
        }
    }
}

//! Chains of hands: from an incident to who did it, to who planned, paid, armed, trained or sent them, and
//! to the group behind these.

use std::collections::BTreeMap;

use throughline_model::{Element, SubjectKind, Variable};

use crate::kind::{Kind, Role};
use crate::network::Network;

/// A chain of hands goes no further than this.
const LONGEST: usize = 6;

/// A chain of hands, from an incident outwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// The incident, and whom each step leads to; three or more.
    pub records: Vec<usize>,
    /// The word of each step, by place in [`Network::words`]: of several the firmest, of these the
    /// earliest.
    pub words: Vec<usize>,
}

impl Network {
    /// The chains of hands from an incident, as long as they go, in the order of ids: each begins with
    /// who did it or whom it is ascribed to, and has another behind that one.
    pub fn chains(&self, incident: usize) -> Vec<Chain> {
        let mut found = Vec::new();
        let mut open = Chain { records: vec![incident], words: Vec::new() };
        self.go_on(&mut open, &mut found);
        found
    }

    fn go_on(&self, chain: &mut Chain, found: &mut Vec<Chain>) {
        let at = chain.records[chain.records.len() - 1];
        let mut next = self.behind(at);
        next.retain(|other, _| !chain.records.contains(other));
        if next.is_empty() || chain.words.len() == LONGEST {
            if chain.words.len() > 1 {
                found.push(chain.clone());
            }
            return;
        }
        for (other, word) in next {
            chain.records.push(other);
            chain.words.push(word);
            self.go_on(chain, found);
            chain.records.pop();
            chain.words.pop();
        }
    }

    /// Who stands behind a record by one tie, with the word that says so.
    fn behind(&self, record: usize) -> BTreeMap<usize, usize> {
        let mut found: BTreeMap<usize, usize> = BTreeMap::new();
        for (_, bond) in self.bonds_of(record).filter(|(_, bond)| bond.length > 0) {
            let other = bond.beyond(record);
            let says = |at: &&usize| {
                let word = &self.words()[**at];
                let away = self.record_at(word.from) == Some(record);
                leads(word.kind, away)
            };
            let firmest = |at: &&usize| {
                let word = &self.words()[**at];
                (word.weakness, word.day, **at)
            };
            let hand = matches!(
                self.id(other).kind(),
                SubjectKind::Person
                    | SubjectKind::Group
                    | SubjectKind::Outlet
                    | SubjectKind::Channel
            );
            if let Some(word) = bond.words.iter().filter(says).min_by_key(firmest).filter(|_| hand)
            {
                found.insert(other, *word);
            }
        }
        found
    }
}

/// Whether a tie leads from a record to a hand behind it: `away` if it is said of the record, else of the
/// other side.
fn leads(kind: Kind, away: bool) -> bool {
    use Variable as V;
    match kind {
        Kind::Of(V::Perpetrator | V::AscribedTo | V::MemberOf | V::PledgedTo | V::Affiliation) => {
            away
        }
        // Who was inspired or answered a call had no hand behind him for that.
        Kind::Of(V::Involvement(Element::Inspired | Element::AnsweredCall)) => false,
        Kind::Of(V::Involvement(_)) => away,
        Kind::Role(Role::Perpetrator | Role::Accomplice | Role::Suspect) => !away,
        _ => false,
    }
}

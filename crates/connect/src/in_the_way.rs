//! What stood in the way of seeing earlier that two incidents hang together.
//!
//! Two things can: a name was known in two ways until something showed that they are one subject, and
//! what is held today was said before and taken back. So the search for the first day is made once
//! more as if every two mentions of a subject had been known to be one from the beginning, and as if
//! nothing had been taken back that is held today. If it finds an earlier day, the path that it takes
//! needs some of what was lifted: that stood in the way.

use throughline_model::Day;

use crate::days::{Search, Which};
use crate::network::{Network, Via};
use crate::path::{Need, Path};
use crate::rule::Rule;

/// Something that stood in the way, by place in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// That two mentions are one subject could not be seen yet.
    Apart(usize),
    /// It was said and taken back, and is held today by another word.
    TakenBack(usize),
}

/// On which day two incidents could have been seen to hang together, and what stood in the way of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InTheWay {
    /// The day on which all that the path needs had been said.
    pub day: Day,
    /// The path that could have been seen.
    pub path: Path,
    /// What stood in its way, in the order of the path; at least one.
    pub obstacles: Vec<Obstacle>,
}

impl Network {
    /// What stood in the way of seeing on an earlier day that two incidents hang together; `None` if
    /// nothing did, or they do not.
    pub fn in_the_way(&self, from: usize, to: usize, rule: &Rule) -> Option<InTheWay> {
        let first = self.first_days(from, rule, Some(to)).pop()?;
        let lifted = Search::new(self).run(from, rule, Which::Lifted, Some(to), Day::MAX).pop()?;
        if lifted.day >= first.day {
            return None;
        }
        let stood = |need: &Need| match *need {
            Need::Identity(at) => {
                (self.identities()[at].day > lifted.day).then_some(Obstacle::Apart(at))
            }
            Need::Word(at) => (!self.words()[at].held).then_some(Obstacle::TakenBack(at)),
        };
        let obstacles = lifted.path.needs.iter().filter_map(stood).collect();
        Some(InTheWay { day: lifted.day, path: lifted.path, obstacles })
    }

    /// Whether something was taken back that is held today: another word says the same of the same two.
    pub(crate) fn is_held_again(&self, via: Via) -> bool {
        let Via::Word(at) = via else { return false };
        let word = &self.words()[at as usize];
        let ends = self.record_at(word.from).zip(self.record_at(word.to));
        !word.held
            && word.until != Day::MAX
            && ends.is_some_and(|(a, b)| {
                let mut bonds = self.between(a, b);
                bonds.any(|(_, bond)| {
                    bond.words.iter().any(|at| self.words()[*at].kind == word.kind)
                })
            })
    }
}

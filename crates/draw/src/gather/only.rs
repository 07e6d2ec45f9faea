//! Which incidents a picture of a whole casebook is on, by what is held of them.

use std::collections::BTreeSet;

use throughline_casebook::RecordRow;
use throughline_model::{Answer, Element, MentionId, SubjectKind, Value, Variable};

use super::Catalog;

/// What is asked of an incident to be in a picture; all of it must hold, and nothing asks for all.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Only {
    /// Its type, as the codebook calls it.
    pub kind: Option<String>,
    /// Words of the name of a group that is tied to it, or to a claim of it.
    pub group: Option<String>,
    /// Words of the name of a place that it is tied to.
    pub place: Option<String>,
    /// An element of involvement that is held of it.
    pub involvement: Option<Element>,
    /// Whether somebody must have found or accepted something of it.
    pub judged: bool,
}

impl Only {
    /// Whether everything is in.
    pub fn is_all(&self) -> bool {
        *self == Only::default()
    }

    /// What is asked, as a sentence that stands on the picture; `None` if nothing is.
    pub fn words(&self) -> Option<String> {
        let asked = [
            self.kind.as_ref().map(|kind| format!("of the type {kind}")),
            self.group.as_ref().map(|group| format!("with a group called “{group}”")),
            self.place.as_ref().map(|place| format!("at a place called “{place}”")),
            self.involvement.map(|element| format!("with involvement: {}", element.name())),
            self.judged.then(|| "of which somebody has judged something".to_owned()),
        ];
        let asked: Vec<String> = asked.into_iter().flatten().collect();
        (!asked.is_empty()).then(|| format!("Only incidents {}.", asked.join(", ")))
    }
}

impl Catalog<'_> {
    /// Leaves in pictures of all there is only the incidents that fit, what is claimed of them, and what is
    /// tied to these; until it is narrowed otherwise.
    pub fn narrow(&mut self, only: &Only) {
        self.narrowed = match only.words() {
            None => None,
            Some(words) => {
                let all = self.rows.iter().filter(|(id, _)| id.kind() == SubjectKind::Incident);
                let fitting = all.filter(|(id, row)| self.fits(**id, row, only));
                Some((fitting.map(|(id, _)| *id).collect(), words))
            }
        };
    }

    /// Whether a record is in pictures of all there is.
    pub(super) fn is_in(&self, id: MentionId) -> bool {
        let Some((incidents, _)) = &self.narrowed else { return true };
        match id.kind() {
            SubjectKind::Incident => incidents.contains(&id),
            SubjectKind::Claim => self.neighbours(id).iter().any(|one| incidents.contains(one)),
            _ => true,
        }
    }

    fn fits(&self, id: MentionId, row: &RecordRow, only: &Only) -> bool {
        let holdings = || row.record.holdings.iter();
        let is_of_kind = |kind: &String| {
            holdings().any(|held| {
                held.variable == Variable::Type
                    && matches!(&held.value, Some(Value::Term(term)) if **term == **kind)
            })
        };
        let is_involved = |element: Element| {
            holdings().any(|held| {
                held.variable == Variable::Involvement(element)
                    && held.value == Some(Value::Answer(Answer::Yes))
            })
        };
        let around = self.neighbours(id);
        let through_claims = around
            .iter()
            .filter(|one| one.kind() == SubjectKind::Claim)
            .flat_map(|one| self.neighbours(*one));
        let parties = holdings().filter_map(|held| held.party.and_then(|id| self.record(id)));
        let tied: BTreeSet<MentionId> =
            around.iter().copied().chain(through_claims).chain(parties).collect();
        let called = |kind: SubjectKind, words: &String| {
            tied.iter().any(|one| one.kind() == kind && self.is_called(*one, words))
        };
        only.kind.as_ref().is_none_or(is_of_kind)
            && only.involvement.is_none_or(is_involved)
            && only.group.as_ref().is_none_or(|words| called(SubjectKind::Group, words))
            && only.place.as_ref().is_none_or(|words| called(SubjectKind::Place, words))
            && (!only.judged || holdings().any(|held| held.basis.is_reviewed()))
    }

    /// Whether a record goes by a name, anywhere, that holds these words.
    fn is_called(&self, id: MentionId, words: &str) -> bool {
        let words = words.to_lowercase();
        let Some(row) = self.rows.get(&id) else { return false };
        let holds = |name: &str| name.to_lowercase().contains(&words);
        holds(&row.record.name) || row.mentions.values().any(|(_, name)| holds(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_stands_on_the_picture() {
        assert_eq!(Only::default().words(), None);
        let only = Only {
            kind: Some("bombing".to_owned()),
            place: Some("Lenn".to_owned()),
            judged: true,
            ..Only::default()
        };
        let want = "Only incidents of the type bombing, at a place called “Lenn”, of which somebody has \
                    judged something.";
        assert_eq!(only.words().as_deref(), Some(want));
        assert!(!only.is_all());
    }
}

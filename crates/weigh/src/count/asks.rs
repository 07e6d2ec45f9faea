//! What is asked of a unit: a value, membership of a set, its level, its perpetrator, its toll.

use throughline_model::{Basis, Holding, MentionId, SubjectKind, Value, Variable};

use super::evidence::{Asked, Ground, Piece, Rules, Verdict, Why};
use super::known::{Case, Identity, Part, Subject};
use super::test::{bounds, is_one_of};
use super::{Party, Test, Truth, Who};

impl Rules<'_> {
    /// Whether a value of a variable passes a test.
    pub(super) fn value(
        self,
        case: &Case,
        variable: Variable,
        party: &Party,
        test: &Test,
    ) -> Verdict {
        let asked = Asked::Variable(variable);
        let Some(subject) = case.subject_of(variable) else {
            return Verdict::of(Ground::none(asked, Truth::Unknown, Why::Nothing));
        };
        let mut pieces = Vec::new();
        for holding in subject.record.holdings.iter().filter(|held| held.variable == variable) {
            let Some(reached) = self.reaches(party, holding.party, case) else { continue };
            let mut piece = self.piece(holding, test, subject);
            match reached {
                Reached::Whom(identity) => {
                    piece.identity = piece.identity.max(identity);
                }
                // "Instructed", and nobody says by whom: perhaps by the one asked for.
                Reached::Perhaps if piece.truth == Truth::Yes => {
                    piece.truth = Truth::Unknown;
                    piece.why = Why::NoParty;
                }
                Reached::Perhaps => {}
            }
            pieces.push(piece);
        }
        match test {
            Test::Given(wanted) => {
                // Nothing held is an answer here; so is a value that says "unknown".
                for piece in pieces.iter_mut().filter(|piece| piece.why == Why::Unknowable) {
                    piece.truth = Truth::No;
                }
                let verdict = self.any_passes(&pieces, &asked, Truth::No);
                if *wanted { verdict } else { verdict.turned() }
            }
            Test::Answer(false) => self.any_passes(&pieces, &asked, Truth::Unknown).turned(),
            _ => self.any_passes(&pieces, &asked, Truth::Unknown),
        }
    }

    /// Whether the party of a value is one that is asked for.
    fn reaches(self, party: &Party, said: Option<MentionId>, case: &Case) -> Option<Reached> {
        match (party, said) {
            (Party::Anyone, _) => Some(Reached::Whom(Identity::Reviewed)),
            (_, None) => Some(Reached::Perhaps),
            (Party::Named(wanted), Some(said)) => match is_one_of(wanted, said, self.known) {
                (Truth::Yes, identity) => Some(Reached::Whom(identity)),
                _ => None,
            },
            (Party::ThisIncident, Some(said)) => {
                let own = case.main.record.mentions.contains(&said);
                own.then_some(Reached::Whom(Identity::Reviewed))
            }
        }
    }

    /// Whether the incident is a member of a set.
    pub(super) fn member(self, case: &Case, set: &Who) -> Verdict {
        let asked = Asked::Set(set.clone());
        let record = case.main.record;
        let empty = Vec::new();
        let sets = self.known.sets.get(set).unwrap_or(&empty);
        let mut pieces = Vec::new();
        let mut complete = !sets.is_empty();
        for set in sets {
            // It is the incident itself, or the set that it is said to be part of.
            let own = |holding: &&Holding| match (holding.variable, &holding.value) {
                (Variable::Member, Some(Value::Mention(id))) => record.mentions.contains(id),
                _ => false,
            };
            let within = |holding: &&Holding| match (holding.variable, &holding.value) {
                (Variable::PartOf, Some(Value::Mention(id))) => set.mentions.contains(id),
                _ => false,
            };
            let said = set.holdings.iter().filter(own);
            for holding in said.chain(record.holdings.iter().filter(within)) {
                let truth = if holding.contested { Truth::Contested } else { Truth::Yes };
                let why = if holding.contested { Why::Disputed } else { Why::Decides };
                pieces.push(Piece {
                    held: holding,
                    truth,
                    why,
                    identity: set.identity,
                    refused: self.refuses(holding),
                    weak: false,
                });
            }
            complete &= self.is_complete(&set.holdings);
        }
        match (pieces.is_empty(), complete) {
            (true, true) => Verdict::of(Ground::none(asked, Truth::No, Why::Decides)),
            (true, false) => Verdict::of(Ground::none(asked, Truth::Unknown, Why::MembersUnknown)),
            _ => self.any_passes(&pieces, &asked, Truth::Unknown),
        }
    }

    /// Whether as many members of a set are known as it has.
    fn is_complete(self, holdings: &[Holding]) -> bool {
        let counted = |holding: &&Holding| self.refuses(holding).is_none() && !holding.contested;
        let members = holdings
            .iter()
            .filter(counted)
            .filter(|holding| holding.variable == Variable::Member && holding.value.is_some());
        let members = members.count();
        holdings.iter().filter(counted).any(|holding| match (holding.variable, &holding.value) {
            (Variable::Size, Some(Value::Figure(size))) => {
                !size.about && size.most.is_some_and(|most| members >= most as usize)
            }
            _ => false,
        })
    }

    /// Whether the incident is part of another: only if somebody says so.
    pub(super) fn is_part(self, case: &Case) -> Verdict {
        let own = &case.main.record.mentions;
        // An incident that was joined to what it is part of is no part of itself.
        let of_incident = |holding: &&Holding| match (holding.variable, &holding.value) {
            (Variable::PartOf, Some(Value::Mention(id))) => {
                id.kind() == SubjectKind::Incident && !own.contains(id)
            }
            (Variable::PartOf, None) => true,
            _ => false,
        };
        let holdings = case.main.record.holdings.iter().filter(of_incident);
        let pieces: Vec<Piece> =
            holdings.map(|holding| self.piece(holding, &Test::Given(true), case.main)).collect();
        self.any_passes(&pieces, &Asked::Level, Truth::No)
    }

    /// Whether the person of the unit is a perpetrator of the incident, and none of the others.
    pub(super) fn is_perpetrator(self, case: &Case) -> Verdict {
        let Some(part) = case.part else {
            return Verdict { truth: Truth::Yes, grounds: Vec::new() };
        };
        let pieces: Vec<Piece> = part
            .holdings
            .iter()
            .map(|held| self.piece(held, &Test::Given(true), case.main))
            .collect();
        let found = part.holdings.iter().any(|held| matches!(held.basis, Basis::Finding(_)));
        let did_it = self.any_passes(&pieces, &Asked::Perpetrator, Truth::Unknown);
        let distinct = match self.identified(part) {
            Some(identified) => identified.turned(),
            None if part.named || found || part.others.is_empty() => {
                Verdict { truth: Truth::Yes, grounds: Vec::new() }
            }
            None => {
                let asked = Asked::Variable(Variable::IdentifiedAs);
                Verdict::of(Ground::none(asked, Truth::Unknown, Why::Described))
            }
        };
        Verdict::combine(vec![did_it, distinct], |parts| Truth::all(parts))
    }

    /// Whether the person is identified as another perpetrator; `None` if nobody says so.
    fn identified(self, part: Part) -> Option<Verdict> {
        let asked = Asked::Variable(Variable::IdentifiedAs);
        let subject = part.subject?;
        let as_another = |holding: &&Holding| match (holding.variable, &holding.value) {
            (Variable::IdentifiedAs, Some(Value::Mention(id))) => part.others.contains(id),
            _ => false,
        };
        let pieces: Vec<Piece> = subject
            .record
            .holdings
            .iter()
            .filter(as_another)
            .map(|holding| self.piece(holding, &Test::Given(true), subject))
            .collect();
        (!pieces.is_empty()).then(|| self.any_passes(&pieces, &asked, Truth::No))
    }

    /// The toll of an incident, and what it rests on.
    pub(super) fn toll(self, case: &Case, variable: Variable) -> (Option<Toll>, Vec<Ground>) {
        let mut sum: Option<Toll> = None;
        let mut grounds = Vec::new();
        for holding in case.main.record.holdings.iter().filter(|held| held.variable == variable) {
            let refused = self.refuses(holding);
            let values: Vec<Toll> = std::iter::once(&holding.value)
                .chain(&holding.rivals)
                .map(|value| match value {
                    Some(Value::Figure(figure)) => {
                        let (least, most) = bounds(figure);
                        Toll { least: least.into(), most: most.map(u64::from) }
                    }
                    // Denied, or not to be known: it may be anything.
                    _ => Toll { least: 0, most: None },
                })
                .collect();
            let known =
                holding.value.as_ref().is_some_and(|value| value.shape() == variable.shape());
            let (truth, why) = match (refused, known, holding.contested) {
                (Some(why), ..) => (Truth::Unknown, why),
                (None, false, false) => (Truth::Unknown, Why::Unknowable),
                (None, _, true) => (Truth::Contested, Why::Disputed),
                (None, true, false) => (Truth::Yes, Why::Decides),
            };
            if refused.is_none() && (known || holding.contested) {
                sum = values.into_iter().fold(sum, |sum, one| Some(one.or(sum)));
            }
            let held = Some(holding.clone());
            let identity = Identity::Reviewed;
            grounds.push(Ground { asked: Asked::Toll, held, truth, why, identity, claim: None });
        }
        if grounds.is_empty() {
            grounds.push(Ground::none(Asked::Toll, Truth::Unknown, Why::Nothing));
        }
        (sum, grounds)
    }
}

/// A number of people, as exact as it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Toll {
    pub(super) least: u64,
    pub(super) most: Option<u64>,
}

impl Toll {
    /// The range that holds both.
    fn or(self, other: Option<Toll>) -> Toll {
        let Some(other) = other else { return self };
        let most = self.most.zip(other.most).map(|(one, other)| one.max(other));
        Toll { least: self.least.min(other.least), most }
    }
}

/// Whether a value is in relation to the party asked for.
enum Reached {
    /// It is.
    Whom(Identity),
    /// In relation to whom is not said.
    Perhaps,
}

impl Case<'_> {
    /// The record of which a variable is asked: of a perpetrator in an incident, the person for
    /// what people have, else the incident.
    fn subject_of(&self, variable: Variable) -> Option<Subject<'_>> {
        match self.part {
            Some(part) if variable.subjects().contains(&SubjectKind::Person) => part.subject,
            _ => Some(self.main),
        }
    }
}

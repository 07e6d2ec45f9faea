//! What is asked of the claims about an incident.

use throughline_model::{Holding, Value, Variable};

use super::evidence::{Asked, Ground, Piece, Rules, Verdict, Why};
use super::known::{Case, Identity, Subject};
use super::{Condition, Party, Test, Truth};

impl Rules<'_> {
    /// Whether somebody spoke of the incident in a claim of which a condition holds, made at most so
    /// many days after it. Of what no claim is known, none was made: that somebody claims is itself
    /// a public word.
    pub(super) fn claimed(self, case: &Case, of: &Condition, days: Option<u32>) -> Verdict {
        let each: Vec<Verdict> = case
            .claims
            .iter()
            .map(|claim| {
                let own = Case { main: *claim, part: None, claims: &[] };
                let mut parts = vec![self.is_about(claim, case), of.decide(self, &own)];
                parts.extend(days.map(|days| self.is_made_within(&own, case, days)));
                let mut verdict = Verdict::combine(parts, |parts| Truth::all(parts));
                for ground in &mut verdict.grounds {
                    ground.claim = Some(claim.record.id);
                    ground.identity = ground.identity.max(claim.identity);
                }
                verdict
            })
            .collect();
        match each.is_empty() {
            true => Verdict::of(Ground::none(Asked::Claim, Truth::No, Why::Nothing)),
            false => Verdict::combine(each, |each| Truth::any(each)),
        }
    }

    /// Whether a claim is about the incident.
    fn is_about(self, claim: &Subject, case: &Case) -> Verdict {
        let about = |holding: &&Holding| match (holding.variable, &holding.value) {
            (Variable::About, Some(Value::Mention(id))) => case.main.record.mentions.contains(id),
            _ => false,
        };
        let holdings = claim.record.holdings.iter().filter(about);
        let pieces: Vec<Piece> =
            holdings.map(|holding| self.piece(holding, &Test::Given(true), *claim)).collect();
        self.any_passes(&pieces, &Asked::Claim, Truth::No)
    }

    /// Whether a claim was made no more than so many days after the incident.
    fn is_made_within(self, claim: &Case, incident: &Case, days: u32) -> Verdict {
        let asked = Asked::Variable(Variable::Date);
        let record = incident.main.record;
        let held = record.holdings.iter().find(|holding| holding.variable == Variable::Date);
        let Some(held) = held else {
            return Verdict::of(Ground::none(asked, Truth::Unknown, Why::Nothing));
        };
        let made_after = |date: &Option<Value>| match date {
            Some(Value::Date(date)) => {
                let test = Test::Follows(date.clone(), days);
                Some(self.value(claim, Variable::Issued, &Party::Anyone, &test))
            }
            _ => None,
        };
        let made = made_after(&held.value);
        let (truth, why) = match &made {
            None => (Truth::Unknown, Why::Unknowable),
            Some(_) if !held.contested => (Truth::Yes, Why::Decides),
            // Whichever day it was, the answer is the same.
            Some(made) => {
                let agrees = |rival: &Option<Value>| {
                    made_after(rival).is_some_and(|other| other.truth == made.truth)
                };
                match held.rivals.iter().all(agrees) {
                    true => (Truth::Yes, Why::EitherWay),
                    false => (Truth::Contested, Why::Disputed),
                }
            }
        };
        let (identity, refused) = (Identity::Reviewed, self.refuses(held));
        let day = Piece { held, truth, why, identity, refused, weak: false };
        let day = self.any_passes(&[day], &asked, truth);
        match (day.truth, made) {
            // Counted from a day that counts.
            (Truth::Yes, Some(made)) => {
                Verdict::combine(vec![day, made], |parts| Truth::all(parts))
            }
            _ => day,
        }
    }
}

//! The features of one claim, each with its value and what it rests on.

use std::collections::BTreeSet;

use throughline_model::{
    Assertion, AssertionId, Basis, Day, Edtf, Holding, MentionId, Record, Value, Variable, Voice,
};

use super::details::{Detail, Public, public};
use super::outcome::{OutcomeKind, outcome};
use crate::count::Reading;

/// All that bears on a claim.
pub struct Around<'a> {
    /// The claim.
    pub claim: &'a Record,
    /// The mentions of who made it.
    pub claimant: &'a BTreeSet<MentionId>,
    /// The mentions of the outlets and channels through which the claimant speaks.
    pub outlets: &'a BTreeSet<MentionId>,
    /// The incident that it is about.
    pub incident: Option<&'a Record>,
    /// What is said of the incident, sentence by sentence.
    pub told: &'a [Told<'a>],
    /// The incident's perpetrators.
    pub perpetrators: &'a [Perpetrator],
    /// Other claims about the incident.
    pub others: &'a [Other<'a>],
    /// The wording of earlier claims of the claimant.
    pub earlier: &'a [String],
    /// Assertions that a channel or outlet of the claimant passed on a picture or name of somebody
    /// who was wrongly accused of this.
    pub wrong_man: &'a [AssertionId],
    /// What is said of the claimant's habits.
    pub habits: &'a [AssertionId],
    /// Phrases that claims repeat whatever the attack.
    pub formulae: &'a [String],
    /// How texts are compared: without case, accents, punctuation.
    pub normal: &'a dyn Fn(&str) -> String,
}

/// A sentence on the incident.
#[derive(Clone, Copy, Debug)]
pub struct Told<'t> {
    /// What it says.
    pub assertion: &'t Assertion,
    /// Its words.
    pub sentence: &'t str,
    /// When it was public.
    pub published: Option<&'t Edtf>,
}

/// A perpetrator of the incident, as far as a claim could name one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Perpetrator {
    /// What he is called.
    pub names: Vec<String>,
    /// When he was first named as one in public, and by which assertion.
    pub first: Option<(Edtf, AssertionId)>,
}

/// Another claim about the incident.
#[derive(Clone, Copy, Debug)]
pub struct Other<'o> {
    /// The claim.
    pub claim: MentionId,
    /// What is held of it.
    pub holdings: &'o [Holding],
    /// Whether the same claimant made it.
    pub same: bool,
}

/// One feature of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// Which.
    pub kind: FeatureKind,
    /// What it is.
    pub found: Found,
}

/// What a feature of a claim is, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its value, one of [`FeatureKind::values`].
    pub value: &'static str,
    /// The value in figures or words of sources, where there is more to say.
    pub words: Option<String>,
    /// What it rests on.
    pub evidence: Vec<AssertionId>,
    /// The details that the claim gives, of that feature.
    pub details: Vec<Detail>,
    /// Other claims that it rests on.
    pub claims: Vec<MentionId>,
}

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident $text:literal $values:tt;)*) => {
        /// What can be told of a claim.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum FeatureKind {
            $($(#[$doc])* $name,)*
        }

        impl FeatureKind {
            /// All features, in the order of a page.
            pub const ALL: &'static [FeatureKind] = &[$(FeatureKind::$name,)*];

            /// The feature's name in files and formats.
            pub fn name(self) -> &'static str {
                match self {
                    $(FeatureKind::$name => $text,)*
                }
            }

            /// The values that it can have.
            pub fn values(self) -> &'static [&'static str] {
                match self {
                    $(FeatureKind::$name => &$values,)*
                }
            }
        }
    };
}

features! {
    /// Through whom it came.
    Outlet "outlet" ["own-outlet", "an-outlet", "not-said"];
    /// By what means, in the terms of the variable `mode`.
    Mode "mode" ["said", "not-said"];
    /// Whether its words are a formula.
    Wording "wording" ["formula", "other-words", "not-held"];
    /// Whether it gives details, and whether they were public before.
    Details "details" ["none", "only-public", "some-new", "undated", "unspecified", "not-said"];
    /// Formula and details together.
    Form "form" ["short", "expanded", "neither"];
    /// How long after the incident it came.
    Delay "delay" ["before", "same-day", "next-day", "later", "unclear", "unknown"];
    /// Whether it names the attacker, before or after others did.
    Names "names-attacker" ["before-others", "after-others", "no", "unknown"];
    /// Whether channels or outlets of the claimant passed on a man wrongly accused.
    WrongMan "wrong-man" ["passed-on", "not-known"];
    /// Whether it says of the incident what was found to be otherwise.
    Errors "errors" ["found", "none-known"];
    /// Whether others claim the incident too.
    Competing "competing" ["yes", "none-known"];
    /// Whether the claimant denied it or took it back.
    TakenBack "taken-back" ["yes", "none-known"];
    /// What is said of the claimant's habits.
    Habit "habit" ["stated", "none-known"];
    /// What is held today of the claimant's hand in the incident.
    Since "since" ["had-a-hand", "drawn-by-it", "ascribed-to-it", "ascribed-to-others", "refuted", "disputed", "unresolved"];
}

impl FeatureKind {
    /// The feature with this name.
    pub fn from_name(name: &str) -> Option<FeatureKind> {
        FeatureKind::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// The features of a claim, in the order of [`FeatureKind::ALL`].
pub fn features(around: &Around) -> Vec<Feature> {
    FeatureKind::ALL.iter().map(|kind| around.feature(*kind)).collect()
}

impl<'a> Around<'a> {
    fn feature(&self, kind: FeatureKind) -> Feature {
        let found = match kind {
            FeatureKind::Outlet => self.outlet(),
            FeatureKind::Mode => match self.held(Variable::Mode).next() {
                Some(held) => told("said", held),
                None => bare("not-said"),
            },
            FeatureKind::Wording => self.wording(),
            FeatureKind::Details => self.details(),
            FeatureKind::Form => self.form(),
            FeatureKind::Delay => self.delay(),
            FeatureKind::Names => self.names(),
            FeatureKind::WrongMan => listed("passed-on", "not-known", self.wrong_man.to_vec()),
            FeatureKind::Errors => listed("found", "none-known", self.errors()),
            FeatureKind::Competing => self.of_others("yes", false, &["claims"]),
            FeatureKind::TakenBack => self.of_others("yes", true, &["denies", "withdraws"]),
            FeatureKind::Habit => listed("stated", "none-known", self.habits.to_vec()),
            FeatureKind::Since => self.since(),
        };
        debug_assert!(kind.values().contains(&found.value), "{kind:?}: {}", found.value);
        Feature { kind, found }
    }

    /// The values held of a variable of the claim.
    fn held(&self, variable: Variable) -> impl Iterator<Item = &'a Holding> {
        self.claim.holdings.iter().filter(move |held| held.variable == variable)
    }

    fn issued(&self) -> Option<(&'a Edtf, &'a Holding)> {
        self.held(Variable::Issued).find_map(|held| match &held.value {
            Some(Value::Date(date)) => Some((date, held)),
            _ => None,
        })
    }

    fn outlet(&self) -> Found {
        let through: Vec<&Holding> = self.held(Variable::Through).collect();
        let own = |held: &&&Holding| {
            let id = held.value.as_ref().and_then(Value::mention);
            id.is_some_and(|id| self.outlets.contains(&id) || self.claimant.contains(&id))
        };
        match (through.iter().find(own), through.first()) {
            (Some(held), _) => told("own-outlet", held),
            (None, Some(held)) => told("an-outlet", held),
            (None, None) => bare("not-said"),
        }
    }

    fn wording(&self) -> Found {
        let texts: Vec<(&str, &Holding)> = texts(self.held(Variable::Wording));
        let Some((first, _)) = texts.first() else { return bare("not-held") };
        let is_known = |text: &str| {
            let text = format!(" {} ", (self.normal)(text));
            let phrases = self.formulae.iter().chain(self.earlier);
            let mut phrases = phrases.map(|phrase| (self.normal)(phrase));
            phrases.any(|phrase| !phrase.is_empty() && text.contains(&format!(" {phrase} ")))
        };
        let formula = texts.iter().any(|(text, _)| is_known(text));
        Found {
            words: Some((*first).to_owned()),
            evidence: support(texts.iter().map(|(_, held)| *held)),
            ..bare(if formula { "formula" } else { "other-words" })
        }
    }

    fn details(&self) -> Found {
        let texts = texts(self.held(Variable::Details));
        if texts.is_empty() {
            return bare("not-said");
        }
        let evidence = support(texts.iter().map(|(_, held)| *held));
        let given: Vec<_> =
            texts.into_iter().filter(|(text, _)| !["none", "some"].contains(text)).collect();
        let issued = self.issued().map(|(date, _)| date);
        let details: Vec<Detail> = given
            .iter()
            .map(|(text, held)| Detail {
                words: (*text).to_owned(),
                evidence: held.support.clone(),
                public: public(text, issued, self.told, self.normal),
            })
            .collect();
        let any = |wanted: &dyn Fn(&Public) -> bool| details.iter().any(|one| wanted(&one.public));
        let value = if details.is_empty() {
            match self.held(Variable::Details).any(|held| is_text(held, "some")) {
                true => "unspecified",
                false => "none",
            }
        } else if any(&|public| *public == Public::No) {
            "some-new"
        } else if any(&|public| matches!(public, Public::Unknown | Public::SameDay(..))) {
            "undated"
        } else {
            "only-public"
        };
        Found { evidence, details, ..bare(value) }
    }

    /// The two forms that ITIC tells apart, as far as wording, details and delay show them; it rests on
    /// what these rest on.
    fn form(&self) -> Found {
        let (wording, details, delay) = (self.wording(), self.details(), self.delay());
        let value = match (wording.value, details.value, delay.value) {
            ("formula", "none", _) => "short",
            (_, "some-new", "same-day" | "before") => "expanded",
            _ => "neither",
        };
        bare(value)
    }

    fn delay(&self) -> Found {
        let date = self.incident.and_then(|incident| {
            incident.holdings.iter().find_map(|held| match (held.variable, &held.value) {
                (Variable::Date, Some(Value::Date(date))) => Some((date, held)),
                _ => None,
            })
        });
        let (Some((issued, told)), Some((date, happened))) = (self.issued(), date) else {
            return bare("unknown");
        };
        let least = days(date.latest(), issued.earliest());
        let most = days(date.earliest(), issued.latest());
        let value = match (least, most) {
            (_, Some(most)) if most < 0 => "before",
            (Some(0), Some(0)) => "same-day",
            (Some(1), Some(1)) => "next-day",
            (Some(least), _) if least > 1 => "later",
            _ => "unclear",
        };
        Found { words: how_long(least, most), evidence: support([told, happened]), ..bare(value) }
    }

    fn names(&self) -> Found {
        let said: Vec<(&str, &Holding)> = [Variable::Wording, Variable::Details]
            .into_iter()
            .flat_map(|variable| texts(self.held(variable)))
            .collect();
        let spoken: Vec<(String, &Holding)> =
            said.iter().map(|(text, held)| (format!(" {} ", (self.normal)(text)), *held)).collect();
        for perpetrator in self.perpetrators {
            let names = perpetrator.names.iter().map(|name| (self.normal)(name));
            let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
            let named = spoken
                .iter()
                .find(|(text, _)| names.iter().any(|name| text.contains(&format!(" {name} "))));
            let Some((_, held)) = named else { continue };
            let value = match (&perpetrator.first, self.issued()) {
                (Some((first, _)), Some((issued, _))) if first.latest() < issued.earliest() => {
                    "after-others"
                }
                (None, Some(_)) => "before-others",
                (Some((first, _)), Some((issued, _))) if first.earliest() > issued.latest() => {
                    "before-others"
                }
                _ => "unknown",
            };
            let mut evidence = held.support.clone();
            evidence.extend(perpetrator.first.as_ref().map(|(_, id)| *id));
            return Found { evidence, ..bare(value) };
        }
        // Who gives no other details names nobody; of a claim that is not held in its words nobody
        // can tell.
        let silent: Vec<&Holding> =
            self.held(Variable::Details).filter(|held| is_text(held, "none")).collect();
        match silent.is_empty() {
            true => bare("unknown"),
            false => Found { evidence: support(silent), ..bare("no") },
        }
    }

    /// What the claimant or its outlets say of the incident, and a finding holds otherwise.
    fn errors(&self) -> Vec<AssertionId> {
        let own = |voice: &Voice| match voice {
            Voice::Mention(id) => self.claimant.contains(id) || self.outlets.contains(id),
            _ => false,
        };
        let spoken: BTreeSet<AssertionId> = self
            .told
            .iter()
            .filter(|one| one.assertion.speakers.last().is_some_and(|last| own(&last.voice)))
            .map(|one| one.assertion.id)
            .collect();
        let holdings = self.incident.into_iter().flat_map(|incident| &incident.holdings);
        holdings
            .filter(|held| matches!(held.basis, Basis::Finding(_)))
            .flat_map(|held| held.against.iter().copied())
            .filter(|id| spoken.contains(id))
            .collect()
    }

    /// Other claims about the incident, by the same claimant or by others, that do one of `acts`.
    fn of_others(&self, value: &'static str, same: bool, acts: &[&str]) -> Found {
        let does = |other: &Other| {
            other.holdings.iter().any(|held| {
                let term = match &held.value {
                    Some(Value::Term(term)) => term.as_str(),
                    _ => return false,
                };
                held.variable == Variable::ClaimAct && acts.contains(&term)
            })
        };
        let found = self.others.iter().filter(|other| other.same == same && does(other));
        let claims: Vec<MentionId> = found.map(|other| other.claim).collect();
        match claims.is_empty() {
            true => bare("none-known"),
            false => Found { claims, ..bare(value) },
        }
    }

    fn since(&self) -> Found {
        let Some(incident) = self.incident else { return bare(OutcomeKind::Unresolved.name()) };
        let outcome = outcome(&incident.holdings, self.claimant, Reading::Lenient);
        let own = |held: &&Holding| {
            let party = held.party.is_some_and(|party| self.claimant.contains(&party));
            let ascribed = held.variable == Variable::AscribedTo;
            let linked = matches!(held.variable, Variable::Involvement(_) | Variable::Link);
            ascribed || linked && party
        };
        let evidence = match outcome.kind {
            OutcomeKind::Unresolved => Vec::new(),
            _ => support(incident.holdings.iter().filter(own)),
        };
        Found { evidence, ..bare(outcome.kind.name()) }
    }
}

/// How many days lie between two; unknown where one is an open end.
fn days(from: Day, to: Day) -> Option<i64> {
    let open = |day: Day| day == Day::MIN || day == Day::MAX;
    (!open(from) && !open(to)).then(|| i64::from(to.0) - i64::from(from.0))
}

/// A number of days in words; `None` where nothing is known of it.
fn how_long(least: Option<i64>, most: Option<i64>) -> Option<String> {
    match (least, most) {
        (Some(1), Some(1)) => Some("1 day".to_owned()),
        (Some(least), Some(most)) if least == most => Some(format!("{least} days")),
        (Some(least), Some(most)) => Some(format!("{least} to {most} days")),
        (None, Some(most)) => Some(format!("at most {most} days")),
        (Some(least), None) => Some(format!("at least {least} days")),
        (None, None) => None,
    }
}

fn bare(value: &'static str) -> Found {
    let (words, evidence, details, claims) = (None, Vec::new(), Vec::new(), Vec::new());
    Found { value, words, evidence, details, claims }
}

fn told(value: &'static str, held: &Holding) -> Found {
    let words = match &held.value {
        Some(Value::Term(term)) => Some(term.clone()),
        _ => None,
    };
    Found { words, evidence: held.support.clone(), ..bare(value) }
}

fn listed(some: &'static str, none: &'static str, evidence: Vec<AssertionId>) -> Found {
    let value = if evidence.is_empty() { none } else { some };
    Found { evidence, ..bare(value) }
}

fn texts<'h>(held: impl Iterator<Item = &'h Holding>) -> Vec<(&'h str, &'h Holding)> {
    held.filter_map(|held| match &held.value {
        Some(Value::Text(text)) => Some((text.as_str(), held)),
        _ => None,
    })
    .collect()
}

fn is_text(held: &Holding, wanted: &str) -> bool {
    matches!(&held.value, Some(Value::Text(text)) if text == wanted)
}

fn support<'h>(held: impl IntoIterator<Item = &'h Holding>) -> Vec<AssertionId> {
    let mut found: Vec<AssertionId> =
        held.into_iter().flat_map(|held| held.support.iter().copied()).collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_with_an_open_end_has_no_bound_there() {
        let date = |text: &str| text.parse::<Edtf>().unwrap();
        for (issued, happened, want) in [
            ("../1887-04-18", "1882-05-06", "at most 1808 days"),
            ("1882-05-08/..", "1882-05-06", "at least 2 days"),
            ("1882-05-07", "1882-05-06", "1 day"),
            ("1882-05", "1882-05-06", "-5 to 25 days"),
        ] {
            let (issued, happened) = (date(issued), date(happened));
            let least = days(happened.latest(), issued.earliest());
            let most = days(happened.earliest(), issued.latest());
            assert_eq!(how_long(least, most).as_deref(), Some(want));
        }
        assert_eq!(how_long(None, None), None);
    }
}

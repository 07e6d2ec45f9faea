//! Figures, what they rest on, and how they are cited.

use throughline_formats::counts::PublishedReading;
use throughline_formats::typologies;
use throughline_model::{Basis, Sha256, Variable};
use throughline_weigh::count::{
    Amount, Asked, Definition, Ground, Identity, Mark, Place, Tally, Who, Why,
};
use throughline_weigh::typology::Typology;

use crate::words::{self, Names};

/// The figure: "31 to 35 of 38 (2 unknown, 2 contested)", and how many units stand apart.
pub fn figure(tally: &Tally, sum: Option<Variable>) -> String {
    let whole = tally.denominator();
    let units = |place| tally.amount(place).units;
    let without = match whole.without {
        0 => None,
        many => Some(format!("{} without a known toll", incidents(many))),
    };
    spelled_figure(tally.range(), (whole.least, whole.most), without, sum, &units)
}

/// The figure of a count as it was published, of which the ledger has the bounds and the places of all
/// units.
pub fn published_figure(reading: &PublishedReading, sum: Option<Variable>) -> String {
    let units = |place| {
        let there = reading.members.values().filter(|own| **own == place).count();
        u64::try_from(there).unwrap_or(u64::MAX)
    };
    // How many they are the ledger does not say.
    let without = reading.marks.contains(Mark::Toll.name());
    let without = without.then(|| "incidents without a known toll".to_owned());
    spelled_figure(reading.figure, reading.denominator, without, sum, &units)
}

/// A figure with what is not settled of it. `without` says that incidents have no known toll, `units` how
/// many units stand in a place.
fn spelled_figure(
    (least, most): (u64, Option<u64>),
    whole: (u64, Option<u64>),
    without: Option<String>,
    sum: Option<Variable>,
    units: &dyn Fn(Place) -> u64,
) -> String {
    let mut text = format!("{} of {}", range(least, most), range(whole.0, whole.1));
    if let Some(toll) = sum {
        text.push_str(&format!(" {}", toll.name()));
    }
    let mut beside: Vec<String> = [Place::Unknown, Place::Contested]
        .into_iter()
        .map(|place| (units(place), place))
        .filter(|(units, _)| *units > 0)
        .map(|(units, place)| match sum {
            None => format!("{units} {}", place.name()),
            Some(_) => format!("{} {}", incidents(units), place.name()),
        })
        .collect();
    beside.extend(without);
    if !beside.is_empty() {
        text.push_str(&format!(" ({})", beside.join(", ")));
    }
    match units(Place::Apart) {
        0 => {}
        1 => text.push_str("; 1 stands apart"),
        many => text.push_str(&format!("; {many} stand apart")),
    }
    text
}

fn incidents(units: u64) -> String {
    match units {
        1 => "1 incident".to_owned(),
        many => format!("{many} incidents"),
    }
}

/// "31", "31 to 35", "at least 31".
pub fn range(least: u64, most: Option<u64>) -> String {
    match most {
        Some(most) if most == least => least.to_string(),
        Some(most) => format!("{least} to {most}"),
        None => format!("at least {least}"),
    }
}

/// What stands in one place: "12", or in a sum "41 to 52 in 7 incidents".
pub fn amount(amount: &Amount, sum: Option<Variable>) -> String {
    match sum {
        None => amount.units.to_string(),
        Some(_) => format!("{} in {}", range(amount.least, amount.most), incidents(amount.units)),
    }
}

/// What a ground says: `company: cell (finding jdg-…)`, `company: nothing is held`.
pub fn ground(ground: &Ground, names: Names) -> String {
    spelled(ground, names, true)
}

/// As [`ground`], without the ids of judgments and claims: `company: cell (finding)`.
pub fn ground_without_ids(ground: &Ground, names: Names) -> String {
    spelled(ground, names, false)
}

fn spelled(ground: &Ground, names: Names, ids: bool) -> String {
    let mut text = match &ground.held {
        Some(held) => words::variable(held.variable, held.party, names),
        None => asked(&ground.asked),
    };
    if let Some(claim) = ground.claim {
        text = if ids { format!("{claim}, {text}") } else { format!("a claim, {text}") };
    }
    let Some(held) = &ground.held else {
        text.push_str(&format!(": {}", why(ground.why)));
        return text;
    };
    text.push_str(&format!(": {}", words::held(held, names)));
    for rival in held.rivals.iter().filter(|_| held.contested) {
        match rival {
            Some(value) => text.push_str(&format!(" or {}", words::value(value, names))),
            None => text.push_str(" or not"),
        }
    }
    let basis = match &held.basis {
        Basis::Finding(id) if ids => format!("finding {id}"),
        Basis::Accepted(id) if ids => format!("accepted {id}"),
        Basis::Finding(_) => "finding".to_owned(),
        Basis::Accepted(_) => "accepted".to_owned(),
        Basis::Proposal(_) => "proposal".to_owned(),
    };
    text.push_str(&format!(" ({basis}"));
    // A value that says itself that it cannot be known needs no second word.
    if ground.why != Why::Decides && held.value.is_some() {
        text.push_str(&format!("; {}", why(ground.why)));
    }
    if held.evidence_gone {
        text.push_str(&format!("; {}", words::EVIDENCE_GONE));
    }
    if ground.identity == Identity::Proposed {
        text.push_str("; by an identity that is only proposed");
    }
    text.push(')');
    text
}

fn asked(asked: &Asked) -> String {
    match asked {
        Asked::Variable(variable) => variable.name().to_owned(),
        Asked::Set(who) => format!("member of {}", self::who(who)),
        Asked::Level => "part of another incident".to_owned(),
        Asked::Perpetrator => "perpetrator".to_owned(),
        Asked::Toll => "toll".to_owned(),
        Asked::Claim => "claim about it".to_owned(),
        Asked::Typology(name) => format!("class of {name}"),
    }
}

/// A record as a definition names it.
pub fn who(who: &Who) -> String {
    match who {
        Who::Named(name) => format!("“{name}”"),
        Who::Record(id) => id.to_string(),
    }
}

fn why(why: Why) -> &'static str {
    match why {
        Why::Decides => "it is so",
        Why::EitherWay => "contested, and it makes no difference",
        Why::Nothing => "nothing is held",
        Why::NotFound => "said, and not found",
        Why::Hedged => "only hedged",
        Why::Copied => "only copies say so",
        Why::TooFewVoices => "too few voices",
        Why::Unknowable => "not known",
        Why::Partly => "partly inside what is asked",
        Why::NoParty => "in relation to whom is not said",
        Why::Disputed => "contested",
        Why::Described => "only described, and perhaps another perpetrator",
        Why::MembersUnknown => "not all members are known",
        Why::Implied => "and what follows from it",
    }
}

/// The typologies that a definition asks for, each once, with the hash of its file.
pub fn typologies(definition: &Definition) -> Vec<(&Typology, Sha256)> {
    let mut found: Vec<(&Typology, Sha256)> = Vec::new();
    for typology in
        [&definition.of, &definition.within].into_iter().flat_map(|one| one.typologies())
    {
        let hash = typologies::sha256(&typology.name);
        if let Some(hash) = hash.filter(|hash| found.iter().all(|(_, other)| other != hash)) {
            found.push((typology, hash));
        }
    }
    found
}

/// What a mark says of a figure.
pub fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Proposal => "rests on what nobody has judged, or leaves it open",
        Mark::Contested => "hangs on values that are contested",
        Mark::Evidence => "rests on a finding of which no evidence stands",
        Mark::Denominator => "stands apart, and nobody has found whether it belongs to the whole",
        Mark::Identity => "mentions of several documents were joined by a proposal",
        Mark::Toll => "a toll is not known",
        Mark::Name => "no record goes by a name in the definition",
        Mark::Term => "the codebook has no such value as the definition asks for",
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::{Fingerprint, MentionId, SubjectKind};
    use throughline_weigh::count::{Placed, UnitId};

    use super::*;

    fn tally(places: &[(Place, u64)]) -> Tally {
        let mut tally = Tally::default();
        for (number, &(place, times)) in (0u64..).zip(places) {
            for time in 0..times {
                let key = Fingerprint::new("test").number(number).number(time);
                let id = UnitId { record: MentionId::of(SubjectKind::Incident, key), person: None };
                tally.add(id, &Placed::at(place), false);
            }
        }
        tally
    }

    #[test]
    fn a_figure_is_a_range_only_where_it_must_be() {
        use Place::{Apart, Contested, In, Out, Unknown};
        for (places, want) in [
            (
                &[(In, 31), (Out, 3), (Unknown, 2), (Contested, 2)][..],
                "31 to 35 of 38 (2 unknown, 2 contested)",
            ),
            (&[(In, 31), (Out, 7)], "31 of 38"),
            (&[(In, 1), (Apart, 1)], "1 of 1; 1 stands apart"),
            (&[(Out, 2), (Apart, 3)], "0 of 2; 3 stand apart"),
            (&[], "0 of 0"),
        ] {
            let tally = tally(places);
            assert_eq!(figure(&tally, None), want);
            let unit = |number: u64| {
                let key = Fingerprint::new("published").number(number);
                UnitId { record: MentionId::of(SubjectKind::Incident, key), person: None }
            };
            let all = places.iter().flat_map(|&(place, times)| (0..times).map(move |_| place));
            let members = (0u64..).zip(all).map(|(number, place)| (unit(number), place)).collect();
            let published = PublishedReading::of(&tally, members);
            assert_eq!(published_figure(&published, None), want, "as it was published");
            let marks = [Mark::Toll.name().to_owned()].into();
            let toll = PublishedReading { marks, ..published };
            let told = published_figure(&toll, Some(Variable::Killed));
            assert!(told.contains("incidents without a known toll)"), "{told}");
        }
    }
}

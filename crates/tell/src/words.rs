//! Values, speakers and figures in plain English.

use std::collections::BTreeMap;

pub use throughline_formats::table::basis::{CONTESTED, COPIED, EVIDENCE_GONE, HEDGED, marks};
use throughline_model::{
    Assertion, Basis, Edtf, Figure, Holding, MentionId, Share, Speaker, Stance, Value, Variable,
    Voice,
};

/// The name of a mention, where it is known.
pub type Names<'a> = &'a dyn Fn(MentionId) -> Option<String>;

/// A function that names mentions.
pub fn namer(names: &BTreeMap<MentionId, String>) -> impl Fn(MentionId) -> Option<String> {
    move |id| names.get(&id).cloned()
}

/// A value: "130", "at least 12", "31 of 38: direction", "Valmont".
pub fn value(value: &Value, names: Names) -> String {
    match value {
        Value::Text(words) => words.clone(),
        Value::Term(term) => term.clone(),
        Value::Mention(id) => named(*id, names),
        Value::Date(date) => self::date(date),
        Value::Figure(number) => figure(number),
        Value::Answer(answer) => answer.name().to_owned(),
        Value::Share(share) => self::share(share),
    }
}

/// A date: `1885-01-26 to 1885-01-30`, `by 1887-04-18`, `about 1892-03`, `summer 2016`. What is
/// rarer stays EDTF.
pub fn date(date: &Edtf) -> String {
    let text = date.as_str();
    let doubtful = |side: &str| {
        let (bare, mark) = match side.char_indices().last() {
            Some((at, mark @ ('?' | '~' | '%'))) => (&side[..at], mark),
            _ => (side, ' '),
        };
        let plain = bare.chars().all(|letter| letter.is_ascii_digit() || letter == '-');
        let bare = season(bare).unwrap_or_else(|| bare.to_owned());
        (plain && !bare.is_empty()).then(|| match mark {
            '?' => format!("perhaps {bare}"),
            '~' => format!("about {bare}"),
            '%' => format!("perhaps about {bare}"),
            _ => bare,
        })
    };
    let words = match text.split_once('/') {
        None => doubtful(text),
        Some((".." | "", "..") | ("..", "")) => None,
        Some(("..", end)) => doubtful(end).map(|end| format!("by {end}")),
        Some((start, "..")) => doubtful(start).map(|start| format!("from {start} on")),
        Some((start, end)) => match (doubtful(start), doubtful(end)) {
            (Some(start), Some(end)) => Some(format!("{start} to {end}")),
            _ => None,
        },
    };
    words.unwrap_or_else(|| text.to_owned())
}

/// EDTF writes seasons as months that no calendar has: `2016-22`.
fn season(date: &str) -> Option<String> {
    const SEASONS: [(&str, &str); 4] =
        [("21", "spring"), ("22", "summer"), ("23", "autumn"), ("24", "winter")];
    let (year, month) = date.split_once('-')?;
    let (_, season) = SEASONS.iter().find(|(number, _)| *number == month)?;
    Some(format!("{season} {year}"))
}

/// A number of people or things, as exact as the source.
pub fn figure(figure: &Figure) -> String {
    let number = match figure.most {
        Some(most) if most == figure.least => most.to_string(),
        Some(most) => format!("{} to {most}", figure.least),
        None => format!("at least {}", figure.least),
    };
    if figure.about { format!("about {number}") } else { number }
}

fn share(share: &Share) -> String {
    match share.whole {
        Some(whole) => format!("{} of {whole}: {}", share.part, share.property),
        None => format!("{} (of how many is not said): {}", share.part, share.property),
    }
}

/// The name of a mention, or its id.
pub fn named(id: MentionId, names: Names) -> String {
    names(id).unwrap_or_else(|| id.to_string())
}

/// The chain of those through whom something comes: `The Coast Wire → police (hedged)`.
pub fn speakers(chain: &[Speaker], source: Option<&str>, names: Names) -> String {
    let link = |speaker: &Speaker| {
        let voice = match &speaker.voice {
            Voice::Document => source.unwrap_or("the document").to_owned(),
            Voice::Mention(id) => named(*id, names),
            Voice::Described(words) => words.clone(),
            Voice::Unnamed => "somebody not named".to_owned(),
        };
        match speaker.stance {
            Stance::Asserted => voice,
            stance => format!("{voice} ({})", stance.name()),
        }
    };
    chain.iter().map(link).collect::<Vec<_>>().join(" → ")
}

/// What an assertion says: `killed: 130`, `involvement.inspired (Isil): yes`.
pub fn assertion(said: &Assertion, names: Names) -> String {
    let variable = variable(said.variable, said.party, names);
    format!("{variable}: {}", value(&said.value, names))
}

/// A variable and its party.
pub fn variable(variable: Variable, party: Option<MentionId>, names: Names) -> String {
    match party {
        Some(party) => format!("{} ({})", variable.name(), named(party, names)),
        None => variable.name().to_owned(),
    }
}

/// The value of a holding; "cannot be known" where a finding says so.
pub fn held(holding: &Holding, names: Names) -> String {
    match &holding.value {
        Some(held) => value(held, names),
        None => "cannot be known".to_owned(),
    }
}

/// What a holding rests on: `proposal (most voices), 2 voices, hedged, contested`.
pub fn basis(holding: &Holding) -> String {
    let mut words = vec![match &holding.basis {
        Basis::Finding(id) => format!("finding {id}"),
        Basis::Accepted(id) => format!("accepted {id}"),
        Basis::Proposal(rule) => format!("proposal ({rule})"),
    }];
    words.push(match holding.voices {
        1 => "1 voice".to_owned(),
        many => format!("{many} voices"),
    });
    words.extend(marks(holding).map(str::to_owned));
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use throughline_model::{Fingerprint, SubjectKind};

    use super::*;

    #[test]
    fn figures_are_as_exact_as_their_source() {
        let exact = Figure::exactly(130);
        let open = Figure { least: 12, most: None, about: false };
        let range = Figure { least: 30, most: Some(40), about: true };
        assert_eq!(figure(&exact), "130");
        assert_eq!(figure(&open), "at least 12");
        assert_eq!(figure(&range), "about 30 to 40");
    }

    #[test]
    fn dates_are_words_only_where_digits_are_not_enough() {
        for (edtf, want) in [
            ("1885-01-26", "1885-01-26"),
            ("1885", "1885"),
            ("1885-01-26/1885-01-30", "1885-01-26 to 1885-01-30"),
            ("../1887-04-18", "by 1887-04-18"),
            ("1887-04/..", "from 1887-04 on"),
            ("1892-03~", "about 1892-03"),
            ("1892?", "perhaps 1892"),
            ("2016-22", "summer 2016"),
            ("1892-XX-03", "1892-XX-03"),
        ] {
            let date: Edtf = edtf.parse().unwrap();
            assert_eq!(super::date(&date), want, "{edtf}");
        }
    }

    #[test]
    fn a_chain_names_everybody_with_his_reserve() {
        let id = MentionId::of(SubjectKind::Person, Fingerprint::new("test"));
        let chain = [
            Speaker { voice: Voice::Document, stance: Stance::Asserted, cue: None },
            Speaker { voice: Voice::Mention(id), stance: Stance::Hedged, cue: None },
        ];
        let names = |_| Some("the Prefect".to_owned());
        assert_eq!(
            speakers(&chain, Some("The Evening Cresset"), &names),
            "The Evening Cresset → the Prefect (hedged)"
        );
    }
}

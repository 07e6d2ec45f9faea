//! A reading as lines that people can read and tests can compare.

use throughline_model::{Answer, Figure, MentionId, Reading, Share, Value, Voice, ZoneRole};

/// One line for each mention, assertion and note, in text order, without ids.
pub(crate) fn lines(reading: &Reading) -> Vec<String> {
    let mut lines = Vec::new();
    for mention in &reading.mentions {
        let name = named(reading, mention.id);
        lines.push(match mention.antecedent {
            Some(earlier) => format!("mention {name} <- {}", named(reading, earlier)),
            None => format!("mention {name}"),
        });
    }
    lines.extend(assertions(reading));
    lines.extend(
        reading.notes.iter().map(|note| format!("note {}: {}", note.kind.name(), note.text)),
    );
    lines
}

/// One line for each assertion: zone, subject, variable, value, speakers with their stances,
/// certainty, and whether it repeats another.
pub(crate) fn assertions(reading: &Reading) -> Vec<String> {
    let line = |assertion: &throughline_model::Assertion| {
        let zone = match assertion.zone {
            ZoneRole::Headline => "headline ",
            ZoneRole::PullQuote => "pull-quote ",
            _ => "",
        };
        let party = assertion.party.map(|party| format!(" ({})", chain(reading, party)));
        let stances: Vec<String> = assertion
            .speakers
            .iter()
            .map(|speaker| {
                let voice = match &speaker.voice {
                    Voice::Document => "document".to_owned(),
                    Voice::Mention(id) => chain(reading, *id),
                    Voice::Described(words) => words.clone(),
                    Voice::Unnamed => "unnamed".to_owned(),
                };
                format!("{voice} {}", speaker.stance.name())
            })
            .collect();
        let repeats = if assertion.repeats.is_some() { " (repeats)" } else { "" };
        format!(
            "{zone}{} | {}{} = {} | {} | {}%{repeats}",
            chain(reading, assertion.subject),
            assertion.variable.name(),
            party.unwrap_or_default(),
            value(reading, &assertion.value),
            stances.join(" < "),
            assertion.certainty,
        )
    };
    reading.assertions.iter().map(line).collect()
}

/// A value in words.
pub(crate) fn value(reading: &Reading, value: &Value) -> String {
    match value {
        Value::Text(words) => format!("“{words}”"),
        Value::Term(term) => term.clone(),
        Value::Mention(id) => chain(reading, *id),
        Value::Date(date) => format!("@{date}"),
        Value::Figure(figure) => number(figure),
        Value::Answer(answer) => match answer {
            Answer::Yes => "yes".to_owned(),
            other => other.name().to_owned(),
        },
        Value::Share(Share { part, whole, property }) => match whole {
            Some(whole) => format!("#{part} of #{whole} “{property}”"),
            None => format!("#{part} “{property}”"),
        },
    }
}

fn number(figure: &Figure) -> String {
    let about = if figure.about { "about " } else { "" };
    match figure.most {
        Some(most) if most == figure.least => format!("{about}#{most}"),
        Some(most) => format!("{about}#{} to #{most}", figure.least),
        None => format!("{about}#{} or more", figure.least),
    }
}

/// A mention by its own words, with its kind.
pub(crate) fn named(reading: &Reading, id: MentionId) -> String {
    let found = reading.mentions.iter().find(|mention| mention.id == id);
    let name = found.map_or("?", |mention| mention.name.as_str());
    format!("{}:{name}", id.kind().name())
}

/// A mention by the words of the first one of its chain.
pub(crate) fn chain(reading: &Reading, id: MentionId) -> String {
    let found = reading.mentions.iter().find(|mention| mention.id == id);
    named(reading, found.and_then(|mention| mention.antecedent).unwrap_or(id))
}

//! Readings of short texts, as lines.

use throughline_model::{
    Answer, Document, Mention, MentionId, Sha256, SubjectKind, Value, Variable,
};

/// What is said of people, and of incidents by these rules, in a text published on 9 June
/// 2031: one line an assertion, in text order. A mention is shown by its words.
pub(super) fn lines(text: &str) -> Vec<String> {
    let sha256 = Sha256::of(text.as_bytes());
    let document = Document {
        published: "2031-06-09".parse().ok(),
        text: text.to_owned(),
        ..Document::bare(sha256)
    };
    let reading = crate::read(&document);
    let mention = |id: MentionId| {
        reading.mentions.iter().find(|held| held.id == id).map_or("?", |held: &Mention| &held.name)
    };
    let of_incident = [Variable::Arrested, Variable::Victim];
    reading
        .assertions
        .iter()
        .filter(|said| {
            said.subject.kind() == SubjectKind::Person || of_incident.contains(&said.variable)
        })
        .map(|said| {
            let value = match &said.value {
                Value::Text(text) | Value::Term(text) => text.clone(),
                Value::Mention(id) => mention(*id).to_owned(),
                Value::Figure(figure) => figure.least.to_string(),
                // Whether a question makes an answer unknown is for the speakers to say.
                Value::Answer(Answer::Unknown) => "unknown".to_owned(),
                Value::Answer(answer) => answer.name().to_owned(),
                Value::Date(date) => date.as_str().to_owned(),
                Value::Share(share) => share.property.clone(),
            };
            let party = said.party.map(|party| format!(" [{}]", mention(party)));
            let party = party.unwrap_or_default();
            format!("{} {}{party}: {value}", mention(said.subject), said.variable.name())
        })
        .collect()
}

/// Asserts that exactly these lines are said.
pub(super) fn check(text: &str, expected: &[&str]) {
    assert_eq!(lines(text), expected, "{text}");
}

//! Words of likelihood and of confidence in a piece of evidence, beside what published scales mean.
//!
//! How likely a thing is and how sure its speaker is are never told in one sentence.

use serde_json::{Value as Json, json};
use throughline_formats::likelihood;
use throughline_weigh::likelihood::{Estimate, Level, Said, Scale, Term};

use crate::terminal::one_line;

/// What stands in a sentence.
fn estimate(sentence: &str) -> Estimate<'_> {
    throughline_weigh::likelihood::said(sentence, likelihood::all())
}

/// What a sentence says of likelihood and of confidence, each in a sentence of its own; empty for most.
pub fn told(sentence: &str) -> Vec<String> {
    let found = estimate(sentence);
    let mut lines: Vec<String> = found.likelihood.iter().map(likely).collect();
    lines.extend(found.confidence.iter().map(sure));
    lines
}

fn likely(said: &Said<&Term>) -> String {
    let means: Vec<String> = said
        .means
        .iter()
        .map(|(scale, term)| format!("{} to {} % in {}", term.least, term.most, scale.title))
        .collect();
    format!("Likelihood as said: “{}”, which is {}.", one_line(said.words), means.join(", "))
}

fn sure(said: &Said<&Level>) -> String {
    format!("Confidence as said: “{}”.", one_line(said.words))
}

/// The fields that docs/json.md gives: of likelihood, and of confidence.
pub fn json(sentence: &str) -> (Json, Json) {
    let found = estimate(sentence);
    let scale = |scale: &Scale| json!({"name": scale.name, "version": scale.version});
    let likelihood = found.likelihood.iter().map(|said| {
        let means = said.means.iter().map(|(of, term)| {
            json!({"scale": scale(of), "term": term.term, "least": term.least, "most": term.most})
        });
        json!({"words": said.words, "means": means.collect::<Vec<_>>()})
    });
    let confidence = found.confidence.iter().map(|said| {
        let means =
            said.means.iter().map(|(of, level)| json!({"scale": scale(of), "level": level.level}));
        json!({"words": said.words, "means": means.collect::<Vec<_>>()})
    });
    (likelihood.collect(), confidence.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likelihood_and_confidence_stand_in_sentences_of_their_own() {
        let lines = told("They judge with moderate confidence that it is very likely his work.");
        assert_eq!(
            lines,
            [
                "Likelihood as said: “very likely”, which is 80 to 95 % in ICD 203.",
                "Confidence as said: “moderate confidence”."
            ]
        );
        for line in &lines {
            let both = line.to_lowercase();
            assert!(!(both.contains("likel") && both.contains("confidence")), "{line}");
        }
        assert!(told("Three people were killed.").is_empty());
    }
}

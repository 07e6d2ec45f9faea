//! One piece of evidence: the sentence, who says it and how firmly, where and when.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use throughline_casebook::EvidenceView;
use throughline_formats::view;
use throughline_model::{
    AsOf, AssertionId, Credibility, MentionId, Passage, Reliability, ZoneRole,
};
use throughline_weigh::Withdrawal;

use crate::terminal::one_line;
use crate::words::{self, Names, namer};

/// The sentence between quotation marks, its own or ours, or the place that is cited.
pub fn words_of(one: &EvidenceView) -> String {
    match &one.assertion.passage {
        Passage::Text(_) if one.sentence.starts_with(['"', '“']) => one_line(&one.sentence),
        Passage::Text(_) => format!("“{}”", one_line(&one.sentence)),
        Passage::Cited { work, place } => format!("{}, {}", one_line(work), one_line(place)),
    }
}

/// Through whom it comes, when it was published, on which page, and what a reader must know of
/// it; `outdated` where its speaker's later word took its place.
pub fn source_of(
    one: &EvidenceView,
    names: &BTreeMap<MentionId, String>,
    outdated: bool,
    as_of: AsOf,
) -> String {
    let names = namer(names);
    let speakers = &one.assertion.speakers;
    let mut from = vec![words::speakers(speakers, one.source.as_deref(), &names)];
    from.push(one.published.as_ref().map_or_else(|| "undated".to_owned(), ToString::to_string));
    from.extend(one.page.as_ref().map(|page| format!("p. {page}")));
    from.extend(remarks(one, outdated, as_of));
    from.join(", ")
}

/// What a reader must know of a piece of evidence beside its words.
pub fn remarks(one: &EvidenceView, outdated: bool, as_of: AsOf) -> Vec<String> {
    let said = &one.assertion;
    let mut words = Vec::new();
    words.extend(match said.zone {
        ZoneRole::Headline => Some("the headline".to_owned()),
        ZoneRole::PullQuote => Some("a pull-quote, a copy".to_owned()),
        _ => None,
    });
    words.extend(one.changed.as_ref().map(|on| format!("as changed on {on}")));
    words.extend(said.repeats.map(|other| format!("a copy of {other}")));
    words.extend(one.worded_as.map(|other| format!("worded as {other}")));
    words.extend(said.obtained.as_ref().map(|how| format!("obtained {how}")));
    words.extend(one.accepted.then(|| "accepted".to_owned()));
    words.extend(one.reliability.map(|grade| match grade {
        Reliability::F => "the source's reliability cannot be judged".to_owned(),
        grade => format!("source graded {grade}, {}", grade.means()),
    }));
    words.extend(one.credibility.map(|grade| match grade {
        Credibility::CannotBeJudged => "its credibility cannot be judged".to_owned(),
        grade => format!("information graded {grade}, {}", grade.means()),
    }));
    // How sure the reader is says nothing of whether it is so; it is worth a word where it is low.
    words
        .extend((said.certainty < 60).then(|| format!("read with {} % certainty", said.certainty)));
    words.extend(outdated.then(|| "superseded by a later word".to_owned()));
    words.extend(one.withdrawn.as_ref().map(|Withdrawal { on, counts }| {
        match (*counts, as_of.sees(Some(on))) {
            (true, _) => format!("withdrawn {on}"),
            (false, false) => format!("later withdrawn, {on}"),
            (false, true) => format!("withdrawn {on}, as became known later"),
        }
    }));
    words
}

/// The best grade among the sources of some assertions; "cannot be judged" is none.
pub fn best_source(
    evidence: &BTreeMap<AssertionId, EvidenceView>,
    assertions: &[AssertionId],
) -> Option<Reliability> {
    let graded = assertions.iter().filter_map(|id| evidence.get(id)?.reliability);
    graded.filter(|grade| *grade != Reliability::F).min()
}

/// The fields of an assertion with its sentence, as docs/json.md gives them.
pub fn json(one: &EvidenceView, names: Names) -> Json {
    let mut said = view::assertion(&one.assertion, names);
    said.insert("sentence".into(), json!(one.sentence));
    let (likelihood, confidence) = crate::likelihood::json(&one.sentence);
    said.insert("likelihood".into(), likelihood);
    said.insert("confidence".into(), confidence);
    said.insert("page".into(), json!(one.page));
    said.insert("title".into(), json!(one.title));
    said.insert("source".into(), json!(one.source));
    said.insert("published".into(), json!(one.published.as_ref().map(ToString::to_string)));
    said.insert("changed".into(), json!(one.changed.as_ref().map(ToString::to_string)));
    said.insert("accepted".into(), json!(one.accepted));
    said.insert("reliability".into(), json!(one.reliability.map(|grade| grade.to_string())));
    said.insert("credibility".into(), json!(one.credibility.map(|grade| grade.to_string())));
    said.insert("worded_as".into(), json!(one.worded_as.map(|other| other.to_string())));
    said.insert("withdrawn".into(), json!(one.withdrawn.as_ref().map(|one| one.on.to_string())));
    Json::Object(said)
}

//! A record: every value with its evidence, and what speaks against it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::bail;
use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, EvidenceView, RecordView};
use throughline_formats::view;
use throughline_model::{
    AsOf, AssertionId, Basis, DocumentId, Holding, JudgmentId, MentionId, Note, SubjectKind,
    Variable,
};
use throughline_tell::words;

use super::evidence;
use crate::output::{Output, counted, header, namer, plain, print_json, say, wrapped};

pub(super) fn show(
    casebook: &Casebook,
    id: MentionId,
    as_of: AsOf,
    most: usize,
    output: Output,
) -> anyhow::Result<()> {
    let Some(shown) = casebook.shown(id, as_of, most)? else {
        let present = casebook.record(id, AsOf::default())?;
        match present {
            Some(present) => bail!(
                "{id} ({}) was not published or recorded by the dates asked for; it was first \
                 published {}",
                plain(&present.record.name),
                present
                    .record
                    .first_published
                    .as_ref()
                    .map_or("on no known day".into(), ToString::to_string),
            ),
            None => bail!("{id} was read once, and is in no reading now"),
        }
    };
    let present = match as_of.is_present() || id.kind() != SubjectKind::Person {
        true => None,
        false => casebook.record(id, AsOf::default())?,
    };
    let notes = notes(casebook, &shown, as_of)?;
    if output.json {
        print_json(&Json::Array(vec![json_of(&shown, present.as_ref(), &notes)]))?;
        return Ok(());
    }
    head(&shown, as_of)?;
    if let Some(present) = &present {
        // Last year's view must not accuse again somebody who has been cleared since.
        say(&wrapped(&format!("present status: {}", status(present)), "", ""))?;
    }
    let judges: BTreeMap<JudgmentId, String> = casebook
        .judgments()?
        .into_iter()
        .map(|(judgment, ..)| (judgment.id, format!("{}: {}", judgment.by, judgment.reason)))
        .collect();
    for holding in &shown.record.holdings {
        value(holding, &shown, &judges, as_of)?;
    }
    if shown.left_out.evidence > 0 {
        let more = counted(shown.left_out.evidence, "assertion");
        say(&format!("\n{more} more not printed; --all prints all"))?;
    }
    unweighed(&shown, as_of)?;
    if !notes.is_empty() {
        say("\nto look at")?;
        for (note, words) in &notes {
            say(&wrapped(&format!("{}: {}", note.kind.name(), plain(&note.text)), "  ", "  "))?;
            say(&wrapped(&format!("“{}”", plain(words)), "            ", "            "))?;
        }
    }
    joins(&shown)
}

fn head(shown: &RecordView, as_of: AsOf) -> anyhow::Result<()> {
    let record = &shown.record;
    say(&format!("{}  {}", record.id, record.id.kind().name()))?;
    say(&wrapped(&plain(&record.name), "", ""))?;
    let first = record.first_published.as_ref();
    let first = first.map_or_else(|| "on no known day".into(), ToString::to_string);
    let documents: BTreeSet<DocumentId> =
        shown.evidence.values().map(|one| one.assertion.document).collect();
    say(&format!(
        "first published {first}, {} in {}",
        counted(record.mentions.len() + shown.left_out.mentions, "mention"),
        counted(documents.len().max(1), "document")
    ))?;
    if let Some(header) = header(as_of) {
        say(&header)?;
    }
    Ok(())
}

fn value(
    holding: &Holding,
    shown: &RecordView,
    judges: &BTreeMap<JudgmentId, String>,
    as_of: AsOf,
) -> anyhow::Result<()> {
    let names = namer(&shown.names);
    let variable = plain(&words::variable(holding.variable, holding.party, &names));
    let held = plain(&words::held(holding, &names));
    say("")?;
    say(&wrapped(&format!("{variable}: {held}"), "", "  "))?;
    let mut rests = vec![match &holding.basis {
        Basis::Finding(id) => {
            format!("found by {} [{id}]", plain(judges.get(id).map_or("?", |who| who)))
        }
        Basis::Accepted(id) => {
            format!("accepted by {} [{id}]", plain(judges.get(id).map_or("?", |who| who)))
        }
        Basis::Proposal(rule) => format!("not reviewed: {rule}"),
    }];
    let voices = usize::try_from(holding.voices).unwrap_or(usize::MAX);
    rests.extend((voices > 0).then(|| counted(voices, "voice")));
    rests.extend(holding.hedged.then(|| "hedged".to_owned()));
    rests.extend(holding.contested.then(|| "contested".to_owned()));
    say(&wrapped(&rests.join("; "), "  ", "  "))?;
    for (mark, ids) in [("for", &holding.support), ("against", &holding.against)] {
        for one in ids.iter().filter_map(|id| shown.evidence.get(id)) {
            if mark == "for" {
                evidence::say_one(mark, one, shown, as_of)?;
                continue;
            }
            let other = plain(&words::value(&one.assertion.value, &names));
            say(&wrapped(&other, &format!("  {mark:<10}"), "            "))?;
            evidence::say_one("", one, shown, as_of)?;
        }
    }
    Ok(())
}

/// Assertions that stand behind no value and against none: doubts, and words taken back.
fn unweighed(shown: &RecordView, as_of: AsOf) -> anyhow::Result<()> {
    let weighed: BTreeSet<AssertionId> = shown
        .record
        .holdings
        .iter()
        .flat_map(|holding| holding.support.iter().chain(&holding.against))
        .copied()
        .collect();
    let rest: Vec<&EvidenceView> = shown
        .evidence
        .iter()
        .filter(|(id, _)| !weighed.contains(id))
        .map(|(_, evidence)| evidence)
        .collect();
    if rest.is_empty() {
        return Ok(());
    }
    say("\nsaid, and counted neither for nor against a value")?;
    for one in rest {
        let names = namer(&shown.names);
        say(&wrapped(&plain(&words::assertion(&one.assertion, &names)), "  ", "  "))?;
        evidence::say_one("", one, shown, as_of)?;
    }
    Ok(())
}

fn joins(shown: &RecordView) -> anyhow::Result<()> {
    let record = &shown.record;
    if record.mentions.len() < 2 {
        return Ok(());
    }
    say("\nwhy these mentions are one (`judge split` takes one out)")?;
    for join in &record.joins {
        let since = match (&join.since, join.judgment) {
            (Some(day), _) => format!(", since {day}"),
            // A judgment that cites nothing counts as of any day.
            (None, Some(_)) => String::new(),
            (None, None) => ", since no known day".to_owned(),
        };
        let how = if join.judgment.is_some() { "" } else { "proposed: " };
        say(&format!("  {} to {}{since}", join.mention, join.to))?;
        say(&wrapped(&format!("{how}{}", plain(&join.reason)), "    ", "    "))?;
    }
    if shown.left_out.joins > 0 {
        say(&format!("  and {} more; --all prints them", shown.left_out.joins))?;
    }
    Ok(())
}

/// The notes of readers on what the record's evidence says, with the words that they are on.
fn notes(
    casebook: &Casebook,
    shown: &RecordView,
    as_of: AsOf,
) -> anyhow::Result<Vec<(Note, String)>> {
    let documents: BTreeSet<DocumentId> =
        shown.evidence.values().map(|one| one.assertion.document).collect();
    let mut found = Vec::new();
    for id in documents {
        let notes = casebook.notes(id, as_of)?;
        let own: Vec<Note> = notes
            .into_iter()
            .filter(|note| note.assertion.is_some_and(|id| shown.evidence.contains_key(&id)))
            .collect();
        if own.is_empty() {
            continue;
        }
        let text = casebook.document(id)?.map(|document| document.text).unwrap_or_default();
        found.extend(own.into_iter().map(|note| {
            let words = note.span.of(&text).to_owned();
            (note, words)
        }));
    }
    Ok(found)
}

/// Whether a variable is part of a person's status.
pub(crate) fn status_of(variable: Variable) -> bool {
    matches!(variable, Variable::Role | Variable::Procedure | Variable::Fate | Variable::Cleared)
}

/// The present status of a person, in words.
pub(crate) fn status(view: &RecordView) -> String {
    let names = namer(&view.names);
    let held: Vec<String> = view
        .record
        .holdings
        .iter()
        .filter(|held| status_of(held.variable))
        .map(|holding| {
            let review = if holding.basis.is_reviewed() { "" } else { ", not reviewed" };
            format!(
                "{} {}{review}",
                words::variable(holding.variable, holding.party, &names),
                words::held(holding, &names)
            )
        })
        .collect();
    if held.is_empty() { "nothing is held".to_owned() } else { plain(&held.join("; ")) }
}

fn json_of(shown: &RecordView, present: Option<&RecordView>, notes: &[(Note, String)]) -> Json {
    let names = namer(&shown.names);
    let mut object = view::record(&shown.record, &names);
    let evidence: Vec<Json> =
        shown.evidence.values().map(|one| evidence::json(one, &names)).collect();
    object["evidence"] = Json::Array(evidence);
    object["left_out"] = json!({
        "mentions": shown.left_out.mentions,
        "joins": shown.left_out.joins,
        "evidence": shown.left_out.evidence,
    });
    object["present_status"] = json!(present.map(status));
    object["notes"] = notes
        .iter()
        .map(|(note, words)| {
            json!({
                "kind": note.kind.name(), "text": note.text, "words": words,
                "assertion": note.assertion.map(|id| id.to_string()),
            })
        })
        .collect();
    object
}

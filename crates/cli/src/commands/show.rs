//! `throughline show`

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, EvidenceView, RecordView};
use throughline_formats::view;
use throughline_model::{
    AsOf, AssertionId, DocumentId, JudgmentId, MentionId, Passage, SubjectKind, Variable,
};
use throughline_tell::words;

use crate::args::Dates;
use crate::commands::open;
use crate::ids::{self, Id};
use crate::output::{Output, header, namer, plain, print_json, say};

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// A record, document, assertion or judgment; the beginning of an id is enough.
    id: String,
    #[command(flatten)]
    dates: Dates,
    /// For a record: print everything, however much it is.
    #[arg(long)]
    all: bool,
    /// For a document: print its text.
    #[arg(long)]
    text: bool,
}

impl Show {
    /// How many mentions and pieces of evidence are printed.
    fn most(&self) -> usize {
        const FITS_A_READER: usize = 200;
        if self.all { usize::MAX } else { FITS_A_READER }
    }
}

pub(crate) fn run(path: &Path, command: &Show, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let as_of = command.dates.as_of();
    match ids::parse(&casebook, &command.id)? {
        Id::Document(id) => document(&casebook, id, as_of, command.text, output)?,
        Id::Assertion(id) => assertion(&casebook, id, as_of, output)?,
        Id::Judgment(id) => judgment(&casebook, id, output)?,
        Id::Mention(id) => record(&casebook, id, as_of, command.most(), output)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn record(
    casebook: &Casebook,
    id: MentionId,
    as_of: AsOf,
    most: usize,
    output: Output,
) -> anyhow::Result<()> {
    let shown = casebook.shown(id, as_of, most)?.with_context(|| {
        format!("{id} is in no document that was published and recorded by the dates asked for")
    })?;
    let present = match as_of.is_present() || id.kind() != SubjectKind::Person {
        true => None,
        false => casebook.record(id, AsOf::default())?,
    };
    if output.json {
        print_json(&Json::Array(vec![json_of(&shown, present.as_ref())]))?;
        return Ok(());
    }
    let names = namer(&shown.names);
    let record = &shown.record;
    say(&format!("{}  {}  ({})", record.id, plain(&record.name), record.id.kind().name()))?;
    if let Some(header) = header(as_of) {
        say(&header)?;
    }
    if let Some(present) = &present {
        // Last year's view must not accuse again somebody who has been cleared since.
        say(&format!("Present status: {}", status(present)))?;
    }
    let first = record.first_published.as_ref().map_or_else(|| "?".into(), ToString::to_string);
    let many = record.mentions.len() + shown.left_out.mentions;
    say(&format!("first published {first}, {many} mentions"))?;
    for holding in &record.holdings {
        say(&format!(
            "\n{}: {}   [{}]",
            words::variable(holding.variable, holding.party, &names),
            plain(&words::held(holding, &names)),
            words::basis(holding),
        ))?;
        for (mark, ids) in [("+", &holding.support), ("-", &holding.against)] {
            for id in ids {
                if let Some(evidence) = shown.evidence.get(id) {
                    say_evidence(mark, evidence, &shown)?;
                }
            }
        }
    }
    if shown.left_out.evidence > 0 {
        let more = shown.left_out.evidence;
        say(&format!("\n{more} more assertions are not printed; --all prints them"))?;
    }
    say_unweighed(&shown)?;
    if record.joins.len() > 1 || record.mentions.len() > 1 {
        say("\nwhy these mentions are one:")?;
        for join in &record.joins {
            let since = join.since.as_ref().map_or_else(|| "?".into(), ToString::to_string);
            say(&format!(
                "  {} to {}, since {since}: {}",
                join.mention,
                join.to,
                plain(&join.reason)
            ))?;
        }
        if shown.left_out.joins > 0 {
            say(&format!("  and {} more; --all prints them", shown.left_out.joins))?;
        }
    }
    Ok(())
}

/// Assertions that stand behind no value and against none: doubts, and words taken back.
fn say_unweighed(shown: &RecordView) -> anyhow::Result<()> {
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
    if !rest.is_empty() {
        say("\nsaid, and counted for nothing:")?;
        for evidence in rest {
            let names = namer(&shown.names);
            say(&format!("  {}", plain(&words::assertion(&evidence.assertion, &names))))?;
            say_evidence("·", evidence, shown)?;
        }
    }
    Ok(())
}

fn say_evidence(mark: &str, evidence: &EvidenceView, shown: &RecordView) -> anyhow::Result<()> {
    let names = namer(&shown.names);
    let said = &evidence.assertion;
    let source = evidence.source.as_deref();
    let published = evidence.published.as_ref().map_or_else(|| "?".into(), ToString::to_string);
    let mut notes = vec![published];
    notes.extend(said.obtained.as_ref().map(|how| format!("obtained {how}")));
    notes.extend(said.repeats.map(|_| "a copy".to_owned()));
    notes.extend(evidence.accepted.then(|| "accepted".to_owned()));
    notes.extend(evidence.withdrawn.as_ref().map(|day| format!("withdrawn {day}")));
    let sentence = match &said.passage {
        Passage::Text(_) => plain(&evidence.sentence),
        Passage::Cited { work, place } => format!("{}, {}", plain(work), plain(place)),
    };
    say(&format!("    {mark} {}  {sentence}", said.id))?;
    say(&format!(
        "        {}; {}",
        plain(&words::speakers(&said.speakers, source, &names)),
        notes.join(", ")
    ))?;
    Ok(())
}

/// The present status of a person, in words.
fn status(view: &RecordView) -> String {
    use Variable as V;
    let names = namer(&view.names);
    let held: Vec<String> = view
        .record
        .holdings
        .iter()
        .filter(|h| matches!(h.variable, V::Role | V::Procedure | V::Fate | V::Cleared))
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

fn json_of(shown: &RecordView, present: Option<&RecordView>) -> Json {
    let names = namer(&shown.names);
    let mut object = view::record(&shown.record, &names);
    let evidence: Vec<Json> =
        shown.evidence.values().map(|one| evidence_json(one, &names)).collect();
    object["evidence"] = Json::Array(evidence);
    object["left_out"] = json!({
        "mentions": shown.left_out.mentions,
        "joins": shown.left_out.joins,
        "evidence": shown.left_out.evidence,
    });
    object["present_status"] = json!(present.map(status));
    object
}

fn evidence_json(one: &EvidenceView, names: view::Names) -> Json {
    let mut said = view::assertion(&one.assertion, names);
    said.insert("sentence".into(), json!(one.sentence));
    said.insert("title".into(), json!(one.title));
    said.insert("source".into(), json!(one.source));
    said.insert("published".into(), json!(one.published.as_ref().map(ToString::to_string)));
    said.insert("accepted".into(), json!(one.accepted));
    said.insert("withdrawn".into(), json!(one.withdrawn.as_ref().map(ToString::to_string)));
    Json::Object(said)
}

fn assertion(
    casebook: &Casebook,
    id: AssertionId,
    as_of: AsOf,
    output: Output,
) -> anyhow::Result<()> {
    let said = casebook.assertion(id)?.with_context(|| format!("there is no assertion {id}"))?;
    // Shown on its record, so that it never stands without its status and its speakers.
    let shown = casebook
        .record(said.subject, as_of)?
        .with_context(|| format!("{id} was not published or recorded by the dates asked for"))?;
    let names = namer(&shown.names);
    match shown.evidence.get(&id) {
        Some(evidence) if output.json => print_json(&json!([evidence_json(evidence, &names)]))?,
        Some(evidence) => {
            say(&plain(&words::assertion(&evidence.assertion, &names)))?;
            say(&format!("of {} ({})", plain(&shown.record.name), shown.record.id))?;
            say_evidence("+", evidence, &shown)?;
        }
        None => say(&format!("{id} was rejected, retracted or corrected by a judgment"))?,
    }
    Ok(())
}

fn judgment(casebook: &Casebook, id: JudgmentId, output: Output) -> anyhow::Result<()> {
    let (judgment, recorded, stands) = casebook
        .judgments()?
        .into_iter()
        .find(|(judgment, ..)| judgment.id == id)
        .with_context(|| format!("there is no judgment {id}"))?;
    let json = throughline_formats::write_judgment(&judgment);
    if output.json {
        let mut object: Json = serde_json::from_str(&json)?;
        object["recorded"] = json!(recorded.to_string());
        object["in_force"] = json!(stands);
        print_json(&json!([object]))?;
    } else {
        say(&format!("{id}  {} by {}, {recorded}", judgment.act.name(), plain(&judgment.by)))?;
        say(&format!("reason: {}", plain(&judgment.reason)))?;
        say(if stands { "in force" } else { "superseded" })?;
        say(&plain(&json))?;
    }
    Ok(())
}

fn document(
    casebook: &Casebook,
    id: DocumentId,
    as_of: AsOf,
    text: bool,
    output: Output,
) -> anyhow::Result<()> {
    if let Some(tombstone) = casebook.tombstone(id)? {
        let tomb: Json = serde_json::from_str(&tombstone)?;
        if output.json {
            print_json(&json!([{"id": id.to_string(), "removed": tomb}]))?;
        } else {
            say(&format!("{id} was removed: {}", plain(tomb["reason"].as_str().unwrap_or("?"))))?;
        }
        return Ok(());
    }
    let document = casebook.document(id)?.with_context(|| format!("there is no document {id}"))?;
    let row = casebook.document_row(id, as_of)?.context("the document has no row")?;
    let notes = casebook.notes(id)?;
    if output.json {
        let mut object: Json =
            serde_json::from_str(&throughline_formats::write_document(&document))?;
        object["published"] = json!(row.published.as_ref().map(ToString::to_string));
        object["recorded"] = json!(row.recorded.to_string());
        object["reader"] = json!(row.reader);
        object["notes"] = notes
            .iter()
            .map(|note| {
                json!({
                    "kind": note.kind.name(), "text": note.text,
                    "words": note.span.of(&document.text),
                    "assertion": note.assertion.map(|id| id.to_string()),
                })
            })
            .collect();
        print_json(&json!([object]))?;
        return Ok(());
    }
    let or_unknown = |text: Option<&str>| plain(text.unwrap_or("unknown"));
    say(&format!("{id}  {}", plain(document.title.as_deref().unwrap_or("untitled"))))?;
    say(&format!("source:    {}", or_unknown(document.source.as_deref())))?;
    say(&format!("byline:    {}", or_unknown(document.byline.as_deref())))?;
    let published = row.published.as_ref().map(ToString::to_string);
    say(&format!("published: {}", or_unknown(published.as_deref())))?;
    say(&format!("recorded:  {}", row.recorded))?;
    say(&format!("sha256:    {}", document.sha256))?;
    say(&format!("reader:    {}", or_unknown(row.reader.as_deref())))?;
    for note in &notes {
        let words = plain(note.span.of(&document.text));
        say(&format!("note ({}): {}\n    {words}", note.kind.name(), plain(&note.text)))?;
    }
    if text {
        say(&format!("\n{}", throughline_tell::terminal::lines(&document.text)))?;
    }
    Ok(())
}

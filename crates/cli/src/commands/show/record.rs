//! A record: every value with its evidence, and what speaks against it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::bail;
use serde_json::Value as Json;
use throughline_casebook::{Casebook, Histories, RecordView};
use throughline_model::{AsOf, Basis, DocumentId, Holding, JudgmentId, MentionId, Variable};
use throughline_tell::evidence::best_source;
use throughline_tell::record::{self, RecordTold};
use throughline_tell::reports::{Reports, Told};
use throughline_tell::{history, involvement, words};
use throughline_weigh::involvement::Graded;

use super::{claim, evidence};
use crate::output::{Output, counted, header, namer, plain, print_json, say, wrapped};

/// What is asked for beside the values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    /// How they changed.
    pub(super) history: bool,
    /// Which documents are copies of one report.
    pub(super) reports: bool,
}

pub(super) fn show(
    casebook: &Casebook,
    id: MentionId,
    as_of: AsOf,
    most: usize,
    asked: Beside,
    output: Output,
) -> anyhow::Result<()> {
    let Some(mut told) = RecordTold::gather(casebook, id, as_of, most)? else {
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
    if asked.history {
        told = told.with_history(casebook, as_of)?;
        if told.history.is_none() {
            bail!(
                "{id} is a person, and an earlier view of a person stands only beside what is held \
                 today: show it with --as-of"
            );
        }
    }
    if asked.reports {
        told = told.with_reports(casebook)?;
    }
    if output.json {
        print_json(&Json::Array(vec![told.json()]))?;
        return Ok(());
    }
    let RecordTold { shown, present, notes, claim: assessed, claims, place, history, .. } = told;
    head(&shown, as_of)?;
    called(&told.also_called)?;
    if let Some(place) = &place {
        say("\nproposed for it by the gazetteer")?;
        place.words().iter().try_for_each(|line| say(&wrapped(&plain(line), "  ", "    ")))?;
    }
    if let Some(present) = &present {
        // Last year's view must not accuse again somebody who has been cleared since.
        say(&wrapped(&format!("present status: {}", record::status(present)), "", ""))?;
    }
    let judges: BTreeMap<JudgmentId, String> = casebook
        .judgments()?
        .into_iter()
        .map(|(judgment, ..)| (judgment.id, format!("{}: {}", judgment.by, judgment.reason)))
        .collect();
    let mut printed: BTreeMap<Variable, usize> = BTreeMap::new();
    for holding in &shown.record.holdings {
        let own = printed.entry(holding.variable).or_default();
        *own += 1;
        if *own <= most {
            value(holding, &shown, &judges, as_of)?;
        }
    }
    for (variable, many) in printed.into_iter().filter(|(_, many)| *many > most) {
        let more = counted(many - most, "value");
        say(&format!("\n{}: {more} more not printed; --all prints all", plain(variable.name())))?;
    }
    beside("its parts", &told.parts)?;
    beside("claims about it", &told.claims_about)?;
    if let Some(history) = &history {
        changes(history)?;
    }
    if let Some(reports) = &told.reports {
        origins(reports)?;
    }
    hands(&shown)?;
    if let Some(assessed) = &assessed {
        claim::features(assessed, as_of)?;
    }
    if let Some(claims) = &claims {
        claim::record(claims)?;
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
        "first published {first}, {}, evidence from {}",
        counted(record.mentions.len() + shown.left_out.mentions, "mention"),
        counted(documents.len(), "document")
    ))?;
    if let Some(header) = header(as_of) {
        say(&header)?;
    }
    Ok(())
}

/// What else a record is called.
fn called(names: &[String]) -> anyhow::Result<()> {
    const MOST: usize = 12;
    if names.is_empty() {
        return Ok(());
    }
    let mut words: Vec<String> = names.iter().take(MOST).map(|name| plain(name)).collect();
    let more = names.len().saturating_sub(MOST);
    words.extend((more > 0).then(|| format!("and {more} more; --json gives all")));
    say(&wrapped(&format!("also called: {}", words.join("; ")), "", "  "))?;
    Ok(())
}

/// Records that point to this one.
fn beside(heading: &str, records: &[(MentionId, String)]) -> anyhow::Result<()> {
    if records.is_empty() {
        return Ok(());
    }
    say(&format!("\n{heading}"))?;
    for (id, name) in records {
        say(&wrapped(&plain(name), &format!("  {id}  "), "                    "))?;
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
    let best = best_source(&shown.evidence, &holding.support);
    rests.extend(best.map(|grade| format!("best source {grade}")));
    rests.extend(words::marks(holding).map(str::to_owned));
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

/// The documents by origin, with what copies changed.
fn origins(told: &Reports) -> anyhow::Result<()> {
    say("\ndocuments that tell of it, copies beneath the one that was published first")?;
    let line = |told: &Told| {
        let source = told.source.as_deref().unwrap_or("unknown source");
        let day = told.published.as_ref().map_or_else(|| "undated".to_owned(), words::date);
        plain(&format!("{source}, {day} [{}]", told.document))
    };
    for origin in &told.origins {
        say(&wrapped(&line(&origin.first), "  ", "    "))?;
        for copy in &origin.copies {
            let words = format!("{}; {} % of its words", line(&copy.told), copy.shared);
            say(&wrapped(&words, "    ", "      "))?;
            for (what, all) in [("adds", &copy.adds), ("leaves out", &copy.leaves_out)] {
                for one in all {
                    say(&wrapped(&plain(&format!("{what} “{one}”")), "      ", "        "))?;
                }
            }
            if copy.more > 0 {
                say(&format!("      and {} more", counted(copy.more, "difference")))?;
            }
        }
    }
    if told.left_out > 0 {
        say(&format!("  {} more not compared", counted(told.left_out, "document")))?;
    }
    Ok(())
}

/// How the values changed, day by day.
fn changes(told: &Histories) -> anyhow::Result<()> {
    let names = namer(&told.names);
    say("\nhow the values changed, as of each day on which they did")?;
    let mut any = false;
    for one in history::changed(told) {
        any = true;
        let variable = words::variable(one.variable, one.party, &names);
        say(&wrapped(&plain(&variable), "  ", "    "))?;
        for (day, held) in &one.steps {
            let line = format!("{}: {}", history::since(*day), history::held(held, &names));
            say(&wrapped(&plain(&line), "    ", "      "))?;
        }
    }
    if !any {
        say("  none changed after it was first held")?;
    }
    if told.left_out > 0 {
        say(&format!("  {} before these not looked at", counted(told.left_out, "earlier day")))?;
    }
    Ok(())
}

/// How an incident stands under published typologies, and why.
fn hands(shown: &RecordView) -> anyhow::Result<()> {
    let names = namer(&shown.names);
    for hand in involvement::hands(shown) {
        let whose = hand.party.map_or_else(
            || "whose hand it was is not said".to_owned(),
            |party| format!("the hand of {}", plain(&words::named(party, &names))),
        );
        say("")?;
        say(&wrapped(&format!("under published typologies: {whose}"), "", "  "))?;
        for one in &hand.standings {
            let Some(typology) = involvement::typology(one) else { continue };
            let outcome = |graded: &Graded| involvement::outcome(&typology, &graded.outcome());
            let (lenient, strict) = (outcome(&one.lenient), outcome(&one.strict));
            let found = match strict == lenient {
                true => "the same by findings alone".to_owned(),
                false => format!("by findings alone: {strict}"),
            };
            say(&wrapped(&format!("{}: {lenient} ({found})", typology.name), "  ", "    "))?;
            for line in involvement::because(&one.lenient, &names) {
                say(&wrapped(&plain(&line), "    because  ", "             "))?;
            }
            for change in &one.changes {
                let line = involvement::change(&typology, change);
                say(&wrapped(&line, "    would be ", "             "))?;
            }
        }
    }
    Ok(())
}

/// Assertions that stand behind no value and against none: doubts, and words taken back.
fn unweighed(shown: &RecordView, as_of: AsOf) -> anyhow::Result<()> {
    let rest = record::unweighed(shown);
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

//! Connections laid out for a terminal.

use throughline_model::{AsOf, Day};
use throughline_tell::connections::words::{
    chain, identities, line, looked, nothing, obstacle, since, stands, through, weakness,
};
use throughline_tell::connections::{
    AllSeriesTold, Connected, FallenTold, InTheWayTold, LeadTold, LeadsTold, Named, Nearest,
    ObstacleTold, PathTold, ReplayTold, Searched, SeenTold, WordTold,
};
use throughline_tell::evidence;

use crate::output::{counted, header, plain, say, table, wrapped};

/// How many sentences of a step are printed; `--json` has all.
const SENTENCES: usize = 3;

/// How two incidents hang together, and what stood in the way of seeing it earlier if that was `asked`.
pub(super) fn connected(connected: &Connected, asked: bool, as_of: AsOf) -> anyhow::Result<()> {
    for end in &connected.ends {
        say(&format!("{}  {}", end.id, plain(&end.name)))?;
    }
    head(&connected.searched, as_of)?;
    let Some(day) = connected.since() else {
        say(&format!("\n{}", nothing(connected)))?;
        return foot(&connected.searched);
    };
    say(&wrapped(&format!("connected, as could be seen {}", since(day)), "", "  "))?;
    for (at, path) in connected.paths.iter().enumerate() {
        say("")?;
        say_path(&format!("{}. {}", at + 1, title(path)), path, as_of)?;
    }
    if let Some(first) = &connected.first {
        say("")?;
        say_path(&format!("The first that could be seen: {}", title(first)), first, as_of)?;
    }
    if asked {
        say("")?;
        in_the_way(connected.in_the_way.as_ref(), as_of)?;
    }
    let way = connected.in_the_way.as_ref().map(|way| &way.path);
    let paths = connected.paths.iter().chain(&connected.first).chain(way);
    people(paths.flat_map(|path| &path.records))?;
    if !connected.searched.complete {
        say("\nthere are more paths than were looked at; --within or --hub narrows the search")?;
    }
    foot(&connected.searched)
}

fn in_the_way(found: Option<&InTheWayTold>, as_of: AsOf) -> anyhow::Result<()> {
    let Some(found) = found else {
        say("Nothing stood in the way of seeing it earlier: what it needs was not said before.")?;
        return Ok(());
    };
    say(&wrapped(
        &format!("All that it needs was said {}. In the way stood:", since(found.day)),
        "",
        "  ",
    ))?;
    for one in &found.obstacles {
        say(&wrapped(&plain(&obstacle(one)), " - ", "   "))?;
        if let ObstacleTold::TakenBack(word) = one {
            say_word(word, as_of)?;
        }
    }
    say_path(&format!("The path: {}", title(&found.path)), &found.path, as_of)
}

pub(super) fn nearest(nearest: &Nearest, as_of: AsOf) -> anyhow::Result<()> {
    say(&format!("{}  {}", nearest.from.id, plain(&nearest.from.name)))?;
    head(&nearest.searched, as_of)?;
    say("")?;
    if nearest.paths.is_empty() {
        say(&format!("No connection {} with any other incident.", looked(&nearest.searched)))?;
        return foot(&nearest.searched);
    }
    let rows: Vec<Vec<String>> = nearest.paths.iter().map(row).collect();
    say(&table(&["id", "name", "ties", "through", "since", "weakest step"], &rows))?;
    say("\n`throughline connect INCIDENT INCIDENT` gives the evidence")?;
    people(nearest.paths.iter().flat_map(|path| &path.records))?;
    foot(&nearest.searched)
}

fn row(path: &PathTold) -> Vec<String> {
    let (id, name) = match path.records.last() {
        Some(end) => (end.id.to_string(), end.name.clone()),
        None => (String::new(), String::new()),
    };
    let weakest = path.weakest.map(|at| {
        let said = weakness(path.steps[at].weakness);
        let voices = counted(path.steps[at].voices, "voice");
        if said.is_empty() { voices } else { format!("{said}, {voices}") }
    });
    vec![id, name, path.ties.to_string(), inner(path), day(path.day), weakest.unwrap_or_default()]
}

/// Through whom a path leads; with a question mark, if it needs an identity that is
/// not sure.
fn inner(path: &PathTold) -> String {
    let doubt = if path.unsure_identity { "?" } else { "" };
    format!("{}{doubt}", plain(&through(path)))
}

fn day(day: Day) -> String {
    match day {
        Day::MIN => "hindsight".to_owned(),
        Day::MAX => "?".to_owned(),
        day => day.to_string(),
    }
}

/// Through whom a path leads, how long it is and since when it could be seen.
fn title(path: &PathTold) -> String {
    let through = match through(path) {
        none if none.is_empty() => "directly".to_owned(),
        through => format!("through {}", plain(&through)),
    };
    let mut words =
        vec![through, counted(path.ties, "tie"), format!("could be seen {}", since(path.day))];
    words.extend(path.unsure_identity.then(|| "if those named as one are one".to_owned()));
    words.extend(path.hindsight.then(|| "rests on hindsight".to_owned()));
    words.join("; ")
}

fn say_path(title: &str, path: &PathTold, as_of: AsOf) -> anyhow::Result<()> {
    say(&wrapped(title, "", "   "))?;
    for (at, step) in path.steps.iter().enumerate() {
        let mut marks = vec![counted(step.voices, "voice")];
        marks.extend(Some(weakness(step.weakness)).filter(|words| !words.is_empty()));
        marks.extend((!step.held).then(|| "not held".to_owned()));
        let weakest = path.steps.len() > 1 && path.weakest == Some(at);
        marks.extend(weakest.then(|| "the weakest link".to_owned()));
        let text = format!("{} ({})", plain(&line(path, at)), marks.join(", "));
        say(&wrapped(&text, "   ", "     "))?;
        for word in step.words.iter().take(SENTENCES) {
            say_word(word, as_of)?;
        }
        if step.words.len() > SENTENCES {
            let more = counted(step.words.len() - SENTENCES, "more sentence");
            say(&format!("       and {more}; --json prints all"))?;
        }
    }
    if let Some(words) = identities(path) {
        say(&wrapped(&plain(&words), "   ", "     "))?;
    }
    Ok(())
}

fn say_word(word: &WordTold, as_of: AsOf) -> anyhow::Result<()> {
    const INDENT: &str = "       ";
    let Some(one) = &word.evidence else {
        say(&format!("{INDENT}a finding, {}", since(word.day)))?;
        return Ok(());
    };
    say(&wrapped(&evidence::words_of(one), INDENT, INDENT))?;
    let from = plain(&evidence::source_of(one, &word.names, false, as_of));
    let found = word.finding.map(|id| format!(", found: {id}")).unwrap_or_default();
    say(&wrapped(&format!("{from} [{}]{found}", one.assertion.id), INDENT, INDENT))?;
    Ok(())
}

/// The people on the way with the status held today: a tie alone must not accuse.
fn people<'p>(records: impl Iterator<Item = &'p Named>) -> anyhow::Result<()> {
    let mut told: Vec<&Named> = Vec::new();
    for one in records {
        if one.status.is_some() && !told.iter().any(|other| other.id == one.id) {
            told.push(one);
        }
    }
    if !told.is_empty() {
        say("\nstatus today")?;
    }
    for one in told {
        let status = one.status.as_deref().unwrap_or_default();
        say(&wrapped(&format!("{}  {}: {status}", one.id, plain(&one.name)), "  ", "    "))?;
    }
    Ok(())
}

pub(super) fn replay(replay: &ReplayTold, as_of: AsOf) -> anyhow::Result<()> {
    say(&format!("What became visible from {} to {}", replay.days[0], replay.days[1]))?;
    head(&replay.searched, as_of)?;
    say("")?;
    if replay.seen.is_empty() {
        say(&format!("No new connection {}.", looked(&replay.searched)))?;
    } else {
        let rows: Vec<Vec<String>> = replay.seen.iter().map(seen).collect();
        say(&table(&["day", "incident", "incident", "ties", "through", "what was new"], &rows))?;
        say(&format!("\n{}", counted(rows.len(), "new connection")))?;
    }
    if !replay.fallen.is_empty() {
        say("\nfalse leads: visible then, and not held")?;
        let rows: Vec<Vec<String>> = replay.fallen.iter().map(fallen).collect();
        let columns = ["day", "until", "incident", "incident", "through", "what is not held"];
        say(&table(&columns, &rows))?;
    }
    let seen = replay.seen.iter().map(|one| &one.path);
    let all = seen.chain(replay.fallen.iter().map(|one| &one.path));
    people(all.flat_map(|path| &path.records))?;
    if !replay.series.is_empty() {
        say(&match replay.together {
            Some(day) => format!("\nas one series: {}", since(day)),
            None => format!("\nas one series: not by {}", replay.days[1]),
        })?;
    }
    foot(&replay.searched)
}

fn ends(path: &PathTold) -> [String; 2] {
    let name = |one: Option<&Named>| one.map(|one| plain(&one.name)).unwrap_or_default();
    [name(path.records.first()), name(path.records.last())]
}

fn seen(one: &SeenTold) -> Vec<String> {
    let path = &one.path;
    let [a, b] = ends(path);
    let mut new: Vec<String> = Vec::new();
    for word in one.last.iter().map(told) {
        if !new.contains(&word) {
            new.push(word);
        }
    }
    let known = one.identities.iter().map(|record| plain(&record.name)).collect::<Vec<_>>();
    new.extend((!known.is_empty()).then(|| format!("known as one: {}", known.join(", "))));
    vec![day(path.day), a, b, path.ties.to_string(), inner(path), new.join("; ")]
}

/// A word by its relation and who published it.
fn told(word: &WordTold) -> String {
    let marks = weakness(word.weakness);
    let marks = if marks.is_empty() { String::new() } else { format!(" ({marks})") };
    let source = word.evidence.as_ref().map(|one| one.source.as_deref().unwrap_or("?"));
    format!("{}{marks}, {}", word.relation, plain(source.unwrap_or("a finding")))
}

fn fallen(one: &FallenTold) -> Vec<String> {
    let [a, b] = ends(&one.path);
    let until = match (one.until, one.held) {
        (Day::MAX, Some(held)) => format!("shown otherwise {}", day(held)),
        (Day::MAX, None) => String::new(),
        (until, _) => until.to_string(),
    };
    let not_held: Vec<String> = one.not_held.iter().map(told).collect();
    vec![day(one.path.day), until, a, b, inner(&one.path), not_held.join("; ")]
}

/// How many chains of a series are printed; `--json` has all.
const CHAINS: usize = 12;

pub(super) fn series(found: &AllSeriesTold, all: usize, as_of: AsOf) -> anyhow::Result<()> {
    if let Some(header) = header(as_of) {
        say(&format!("{header}\n"))?;
    }
    if found.series.is_empty() {
        say(&format!("No two incidents hang together {}.", looked(&found.searched)))?;
    }
    for (at, one) in found.series.iter().enumerate() {
        say(&format!("{}. {}", at + 1, counted(one.incidents.len(), "incident")))?;
        for incident in &one.incidents {
            let line = format!("{}  {}", incident.id, plain(&incident.name));
            say(&wrapped(&line, "   ", "                    "))?;
        }
        let seen = one.since.map_or("on no day that is known".to_owned(), since);
        say(&format!("   could be seen as one {seen}"))?;
        say(&wrapped(&stands(one, &found.missing), "   ", "   "))?;
        if !one.through.is_empty() {
            say("   tied to several of them")?;
        }
        for through in &one.through {
            let record = &through.record;
            let status = record.status.as_deref().map(|words| format!("; status today: {words}"));
            let line = format!(
                "{}  {}, {}{}",
                record.id,
                plain(&record.name),
                counted(through.incidents.len(), "incident"),
                status.unwrap_or_default()
            );
            say(&wrapped(&line, "     ", "       "))?;
        }
        if !one.chains.is_empty() {
            say("   who stands behind whom")?;
        }
        for line in one.chains.iter().take(CHAINS) {
            say(&wrapped(&plain(&chain(line)), "     ", "       "))?;
        }
        if one.chains.len() > CHAINS {
            say(&format!("     {} more with --json", one.chains.len() - CHAINS))?;
        }
        say("")?;
    }
    if found.series.len() < all {
        say(&format!("{} of {all} series; --limit shows more", found.series.len()))?;
    }
    people(found.series.iter().flat_map(|one| one.chains.iter().flat_map(|chain| &chain.records)))?;
    foot(&found.searched)
}

pub(super) fn leads(leads: &LeadsTold, as_of: AsOf) -> anyhow::Result<()> {
    if let Some(header) = header(as_of) {
        say(&format!("{header}\n"))?;
    }
    if leads.pairs == 0 {
        say("no two incidents have anything in common that is held")?;
    }
    for (at, one) in leads.leads.iter().enumerate() {
        lead(at, one, leads.incidents)?;
    }
    say(&format!("\n{} of {} pairs with something in common", leads.leads.len(), leads.pairs))?;
    if !leads.unrelated.is_empty() {
        let many = leads.unrelated.len();
        say(&format!("{many} judged to be unrelated; `leads --unrelated` lists them"))?;
    }
    if !leads.left_out.is_empty() {
        let names = plain(&leads.left_out.join(", "));
        say(&wrapped(&format!("left out, since too many share it: {names}"), "", "  "))?;
    }
    Ok(())
}

/// Leads that somebody looked at and judged to be none, the first of `all`.
pub(super) fn unrelated(leads: &LeadsTold, all: usize, as_of: AsOf) -> anyhow::Result<()> {
    if let Some(header) = header(as_of) {
        say(&format!("{header}\n"))?;
    }
    if leads.unrelated.is_empty() {
        say("no two incidents with something in common were judged to be unrelated")?;
    }
    for (at, one) in leads.unrelated.iter().enumerate() {
        lead(at, one, leads.incidents)?;
        if let Some(judgment) = &one.unrelated {
            let by = format!("unrelated: {} ({})", plain(&judgment.by), judgment.id);
            say(&wrapped(&by, "   ", "   "))?;
            say(&wrapped(&format!("“{}”", plain(&judgment.reason)), "   ", "   "))?;
        }
    }
    if leads.unrelated.len() < all {
        say(&format!("\nthe first {} of {all}; --limit gives more", leads.unrelated.len()))?;
    }
    Ok(())
}

fn lead(at: usize, lead: &LeadTold, incidents: usize) -> anyhow::Result<()> {
    let [a, b] = &lead.ends;
    let names = format!("{} and {}", plain(&a.name), plain(&b.name));
    say(&wrapped(&names, &format!("{}. ", at + 1), "   "))?;
    say(&format!("   {} and {}", a.id, b.id))?;
    let figures = format!("{} (coverage {})", lead.surprise(), lead.coverage);
    say(&wrapped(&figures, "   ", "   "))?;
    for one in &lead.shared {
        let status = one.record.as_ref().and_then(|record| record.status.as_deref());
        let status = status.map(|words| format!("; status today: {words}")).unwrap_or_default();
        let words = plain(&one.words);
        let text = format!(
            "{:>5.1}  {words}, of {} of {incidents} incidents{status}",
            one.bits, one.incidents
        );
        say(&wrapped(&text, "   ", "          "))?;
    }
    Ok(())
}

fn head(searched: &Searched, as_of: AsOf) -> anyhow::Result<()> {
    if let Some(header) = header(as_of) {
        say(&header)?;
        if searched.undated > 0 {
            let many = usize::try_from(searched.undated).unwrap_or(usize::MAX);
            let left = counted(many, "undated document");
            say(&format!("{left} left out: without a date, in no view as of a day"))?;
        }
    }
    Ok(())
}

fn foot(searched: &Searched) -> anyhow::Result<()> {
    if !searched.left_out.is_empty() {
        let names: Vec<String> = searched.left_out.iter().map(|one| plain(&one.name)).collect();
        let names = names.join(", ");
        let text = format!("passed through by no path, since too much is tied to it: {names}");
        say(&wrapped(&text, "", "  "))?;
    }
    Ok(())
}

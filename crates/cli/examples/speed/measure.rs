//! Runs commands and asks questions, and prints how long they take.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use throughline_casebook::{Casebook, Part};
use throughline_model::{AsOf, MentionId, SubjectKind};

use crate::documents::Dice;

/// What a command took.
pub(crate) struct Run {
    pub(crate) seconds: f64,
    pub(crate) processor: f64,
    pub(crate) peak_kib: u64,
}

/// Runs a command to its end, looking at its memory meanwhile.
pub(crate) fn run(binary: &Path, casebook: &Path, arguments: &[&str]) -> anyhow::Result<Run> {
    let start = Instant::now();
    let mut child = Command::new(binary)
        .arg("--casebook")
        .arg(casebook)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let (mut peak_kib, mut processor) = (0, 0.0_f64);
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        peak_kib = peak_kib.max(peak(child.id()).unwrap_or(0));
        processor = processor.max(processor_seconds(child.id()));
        std::thread::sleep(Duration::from_millis(2));
    };
    let seconds = start.elapsed().as_secs_f64();
    anyhow::ensure!(status.success(), "{arguments:?} failed");
    Ok(Run { seconds, processor, peak_kib })
}

/// How long a process has had a processor, in seconds, to a hundredth; nothing where the system does
/// not tell.
pub(crate) fn processor_seconds(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // After the name in brackets: the state is the first field, user and system time the 12th and 13th.
    let fields = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
    let ticks =
        fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// How long this thread has had a processor, in milliseconds.
fn thread_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or_default() / 1e6
}

/// The most memory that a process has held, in KiB, where the system tells.
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

pub(crate) fn megabytes(process: u32) -> anyhow::Result<String> {
    Ok(format!("{} MB", peak(process).context("the system does not tell")? / 1024))
}

pub(crate) fn rate(many: usize, seconds: f64) -> u64 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a rate to be printed"
    )]
    let rate = (many as f64 / seconds) as u64;
    rate
}

pub(crate) fn say(text: &str) -> anyhow::Result<()> {
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}

/// Asks one thing many times; prints median, 95th percentile and worst.
fn ask<T, E>(
    what: &str,
    times: usize,
    mut one: impl FnMut(usize) -> Result<T, E>,
) -> anyhow::Result<()>
where
    anyhow::Error: From<E>,
{
    let (mut took, mut used) = (Vec::with_capacity(times), Vec::with_capacity(times));
    for at in 0..times {
        let (start, before) = (Instant::now(), thread_ms());
        one(at)?;
        took.push(start.elapsed().as_secs_f64() * 1e3);
        used.push(thread_ms() - before);
    }
    took.sort_by(f64::total_cmp);
    used.sort_by(f64::total_cmp);
    let of = |percent: usize| {
        let at = (times * percent / 100).min(times.saturating_sub(1));
        format!("{:.1} ms [{:.1}]", took[at], used[at])
    };
    say(&format!("{what}: median {}, 95th percentile {}, worst {}", of(50), of(95), of(100)))
}

const LISTS: [(&str, SubjectKind); 8] = [
    ("incidents", SubjectKind::Incident),
    ("sets", SubjectKind::Set),
    ("claims", SubjectKind::Claim),
    ("people", SubjectKind::Person),
    ("groups", SubjectKind::Group),
    ("outlets", SubjectKind::Outlet),
    ("channels", SubjectKind::Channel),
    ("places", SubjectKind::Place),
];

const WORDS: [&str; 8] = [
    "bomb",
    "police",
    "\"car bomb\"",
    "killed wounded",
    "president",
    "ambassador",
    "gasoline",
    "the",
];

/// Everything that is asked of a casebook, in this process and as whole commands.
pub(crate) fn questions(binary: &Path, path: &Path) -> anyhow::Result<()> {
    ask("open", 20, |_| Casebook::open(path))?;
    let casebook = Casebook::open(path)?;
    let mut dice = Dice(7);
    let mut ids: Vec<MentionId> = Vec::new();
    for (name, kind) in LISTS {
        let mut some = Vec::new();
        ask(&format!("list {name}"), 5, |_| {
            some = casebook.listed(kind, AsOf::default(), 100)?;
            anyhow::Ok(())
        })?;
        ids.extend(some.iter().map(|row| row.id));
    }
    // Records as they are met: by any of their mentions, so that the frequent come up often.
    let mentions = casebook.some_mentions(400, &mut |end| dice.below(end))?;
    let days: Vec<AsOf> = (0..400)
        .map(|_| AsOf {
            published: Some(throughline_model::Day(
                15_706 + i32::try_from(dice.below(1_461)).unwrap_or(0),
            )),
            recorded: None,
        })
        .collect();
    ask("documents", 20, |_| casebook.documents(AsOf::default(), 100))?;
    ask("documents as of", 20, |at| casebook.documents(days[at], 100))?;
    ask("record, one of the first listed", ids.len(), |at| {
        casebook.shown(ids[at], AsOf::default(), 200)
    })?;
    ask("record of any mention", mentions.len(), |at| {
        casebook.shown(mentions[at], AsOf::default(), 200)
    })?;
    ask("record of any mention, as of any day", mentions.len(), |at| {
        casebook.shown(mentions[at], days[at], 200)
    })?;
    let documents = casebook.extent(AsOf::default())?.documents;
    let moments: Vec<AsOf> = days
        .iter()
        .map(|day| {
            let from = dice.below(usize::try_from(documents).unwrap_or(usize::MAX));
            let one = casebook.documents_part(AsOf::default(), Part { from, many: 1 })?;
            Ok(AsOf { recorded: one.first().map(|one| one.recorded), ..*day })
        })
        .collect::<anyhow::Result<_>>()?;
    ask("record of any mention, as of any moment of recording", mentions.len(), |at| {
        casebook.shown(mentions[at], AsOf { published: None, ..moments[at] }, 200)
    })?;
    ask("record of any mention, as of any two dates", mentions.len(), |at| {
        casebook.shown(mentions[at], moments[at], 200)
    })?;
    for (name, kind) in LISTS {
        ask(&format!("list {name} as of"), 1, |at| casebook.listed(kind, days[at], 100))?;
    }
    for words in WORDS {
        ask(&format!("search {words}"), 5, |_| casebook.search(words, AsOf::default(), 20))?;
    }
    drop(casebook);
    for (name, _) in LISTS {
        ask(&format!("throughline {name}"), 5, |_| run(binary, path, &[name]))?;
    }
    ask("throughline show", 100, |at| run(binary, path, &["show", &mentions[at].to_string()]))?;
    ask("throughline search", 24, |at| run(binary, path, &["search", WORDS[at % 8]]))
}

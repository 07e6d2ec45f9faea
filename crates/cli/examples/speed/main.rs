//! Measures what docs/performance.md reports: `cargo xtask bench`, or
//! `cargo run --release -p throughline-cli --example speed -- TEXTS DOCUMENTS [WORK [read|made]]`.
//!
//! Makes DOCUMENTS documents from the sentences below the folder TEXTS, has the release binary
//! capture and read them, fills a second casebook with made readings, and asks it everything. Works
//! in the folder WORK, which it makes and leaves; `read` and `made` ask for one of the two only.
//! With `sources` in place of DOCUMENTS it makes saved pages, an export of a channel and archives of
//! 2 GB, or of the megabytes that are named last, and has these read.
//! Times are of the clock, and in brackets of the processor, which others on the machine disturb
//! less.

mod archives;
mod channel;
mod documents;
mod measure;
mod pages;
mod readings;
mod sources;

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use rayon::prelude::*;
use throughline_capture::{Given, capture};
use throughline_casebook::{Casebook, Item};
use throughline_model::Reading;

use documents::{Dice, line, sentences};
use measure::{Run, megabytes, rate, run, say};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let texts = PathBuf::from(arguments.next().context("name a folder of texts")?);
    let many = arguments.next().context("say how many documents")?;
    let work = arguments.next().map_or_else(|| PathBuf::from("target/speed"), PathBuf::from);
    let part = arguments.next();
    let wants = |name: &str| part.as_deref().is_none_or(|part| part == name);
    std::fs::create_dir_all(&work)?;

    if many == "sources" {
        let megabytes: u64 = part.as_deref().unwrap_or("2000").parse()?;
        return sources::measure(&texts, &work, megabytes * 1_000_000, &binary()?);
    }
    let many: usize = many.parse()?;
    let lines = work.join(format!("{many}.jsonl"));
    make(&texts, many, &lines)?;
    let binary = binary()?;
    let read = |name: &str, arguments: &[&str]| -> anyhow::Result<()> {
        let casebook = work.join(format!("{many}-{name}.casebook"));
        let _ = std::fs::remove_file(&casebook);
        let Run { seconds, processor, peak_kib } =
            run(&binary, &casebook, &[&["read", &lines.to_string_lossy()], arguments].concat())?;
        say(&format!(
            "{name}: {} documents/s [{} for each second of processor], peak {} MB, {} bytes a document",
            rate(many, seconds),
            rate(many, processor),
            peak_kib / 1024,
            std::fs::metadata(&casebook)?.len() / many as u64,
        ))
    };
    if wants("read") {
        read("capture", &["--capture-only"])?;
        read("read", &[])?;
    }
    if !wants("made") {
        return Ok(());
    }
    let casebook = work.join(format!("{many}-made.casebook"));
    if !casebook.exists() {
        fill(&lines, many, &casebook)?;
    }
    say(&format!("made: {} bytes a document", std::fs::metadata(&casebook)?.len() / many as u64))?;
    measure::questions(&binary, &casebook)?;
    say(&format!("this process: peak {}", megabytes(std::process::id())?))
}

fn make(texts: &Path, many: usize, lines: &Path) -> anyhow::Result<()> {
    let sentences = sentences(texts)?;
    let mut dice = Dice(1878);
    let mut file = BufWriter::new(std::fs::File::create(lines)?);
    for number in 0..many {
        writeln!(file, "{}", line(&sentences, number, &mut dice))?;
    }
    file.flush()?;
    Ok(())
}

/// The release binary beside this example.
fn binary() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).context("no folder above the example")?;
    let binary = folder.join("throughline");
    anyhow::ensure!(binary.exists(), "build it first: cargo build --release --bin throughline");
    Ok(binary)
}

/// Stores the documents with made readings, as `throughline read` does, then a few more, to see what
/// a small addition to a large casebook costs.
fn fill(lines: &Path, many: usize, path: &Path) -> anyhow::Result<()> {
    let (start, processor) = (Instant::now(), measure::processor_seconds(std::process::id()));
    let used = || measure::processor_seconds(std::process::id()) - processor;
    let mut casebook = Casebook::open_or_create(path)?;
    let captured = capture([lines.to_owned()], Given::default());
    let captured: Vec<_> = captured.collect::<Result<_, _>>()?;
    let last = captured.len().saturating_sub(100);
    for (at, chunk) in captured.chunks(128).chain([&captured[last..]]).enumerate() {
        let read: Vec<Reading> = chunk
            .par_iter()
            .enumerate()
            .map(|(place, one)| {
                // The last hundred are read again, as if they were new.
                let seed = (at * 128 + place) as u64;
                readings::reading(&one.document, &mut Dice(seed))
            })
            .collect();
        let again = at * 128 >= captured.len();
        let reader = if again { "made-2" } else { "made-1" };
        let items: Vec<Item> = chunk
            .iter()
            .zip(&read)
            .map(|(one, reading)| Item {
                document: &one.document,
                bytes: &one.bytes,
                pictures: &[],
                reading: Some((reader, reading)),
            })
            .collect();
        if again {
            say(&format!(
                "made: stored {} documents/s",
                rate(many, start.elapsed().as_secs_f64())
            ))?;
            let settling = Instant::now();
            casebook.settle(|_| {})?;
            let seconds = settling.elapsed().as_secs_f64();
            say(&format!(
                "made: all settled in {seconds:.1} s; stored and settled {} documents/s [{}]",
                rate(many, start.elapsed().as_secs_f64()),
                rate(many, used())
            ))?;
        }
        casebook.store(&items)?;
    }
    let (settling, before) = (Instant::now(), used());
    casebook.settle(|_| {})?;
    say(&format!(
        "made: 100 read again settled in {:.0} ms [{:.0} ms]",
        settling.elapsed().as_secs_f64() * 1e3,
        (used() - before) * 1e3,
    ))
}

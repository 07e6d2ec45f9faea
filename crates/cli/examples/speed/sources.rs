//! What reading the files that people have takes: saved pages, an export of a channel, archives.
//!
//! The files are made from the sentences of others, the same ones every time, and removed after they
//! were read. Large ones are captured and not read, since what reading costs is measured by
//! documents elsewhere.

use std::path::Path;

use throughline_casebook::Casebook;

use crate::archives;
use crate::channel;
use crate::documents::{Dice, sentences};
use crate::measure::{Run, run, say};
use crate::pages;

const PAGES: usize = 1_000;
const MESSAGES: usize = 5_000;
const PICTURES: usize = 500;

/// Makes each file in the folder `work`, archives of so many bytes, has `binary` read it, and prints
/// a row.
pub(crate) fn measure(
    texts: &Path,
    work: &Path,
    archive_bytes: u64,
    binary: &Path,
) -> anyhow::Result<()> {
    let sentences = sentences(texts)?;
    let mut dice = Dice(1914);
    say("| file | | bytes | documents | clock | processor | peak memory |")?;
    say("|---|---|---|---|---|---|---|")?;
    let row = |what: &str, source: &Path, all: &[&[&str]], least: usize| -> anyhow::Result<()> {
        for arguments in all {
            read(what, source, arguments, least, work, binary)?;
        }
        match source.is_dir() {
            true => std::fs::remove_dir_all(source)?,
            false => std::fs::remove_file(source)?,
        }
        Ok(())
    };
    let both: &[&[&str]] = &[&["--capture-only"], &[]];
    let captured: &[&[&str]] = &[&["--capture-only"]];

    let folder = work.join("pages");
    pages::make(&folder, PAGES, &sentences, &mut dice)?;
    row("saved pages", &folder, both, PAGES)?;

    let folder = work.join("ChatExport");
    channel::make(&folder, MESSAGES, PICTURES, &sentences, &mut dice)?;
    row("export of a channel", &folder, both, MESSAGES)?;

    let folder = work.join("CrowdedExport");
    channel::make_crowded(&folder, archive_bytes)?;
    row("export of which one message is read", &folder, captured, 1)?;

    let file = work.join("folder.zip");
    let many = archives::zip(&file, archive_bytes, &sentences, &mut dice)?;
    row("zip", &file, captured, many)?;

    let file = work.join("letters.mbox");
    let many = archives::mailbox(&file, archive_bytes, &sentences, &mut dice)?;
    row("mailbox", &file, captured, many)?;

    let file = work.join("crawl.warc.gz");
    let many = archives::warc(&file, archive_bytes, &sentences, &mut dice)?;
    let wacz = work.join("crawl.wacz");
    archives::wacz(&wacz, &file)?;
    row("WARC, each record packed", &file, captured, many)?;
    row("the same in a WACZ", &wacz, captured, many)
}

/// Has the program read a file into a new casebook, and prints what that took.
fn read(
    what: &str,
    source: &Path,
    arguments: &[&str],
    least: usize,
    work: &Path,
    binary: &Path,
) -> anyhow::Result<()> {
    let casebook = work.join("sources.casebook");
    let remove = || {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", casebook.display()));
        }
    };
    remove();
    let path = source.to_string_lossy();
    let Run { seconds, processor, peak_kib } =
        run(binary, &casebook, &[&["read", &path], arguments].concat())?;
    let documents = Casebook::open(&casebook)?.document_ids()?.len();
    remove();
    anyhow::ensure!(documents >= least, "{what}: {documents} documents, and {least} were made");
    let how = if arguments.is_empty() { "captured and read" } else { "captured" };
    say(&format!(
        "| {what} | {how} | {} MB | {documents} | {seconds:.1} s | {processor:.1} s | {} MB |",
        bytes_of(source)? / 1_000_000,
        peak_kib / 1024,
    ))
}

/// The size of a file, or of all files in a folder.
fn bytes_of(path: &Path) -> anyhow::Result<u64> {
    if !path.is_dir() {
        return Ok(std::fs::metadata(path)?.len());
    }
    let mut sum = 0;
    for entry in std::fs::read_dir(path)? {
        sum += bytes_of(&entry?.path())?;
    }
    Ok(sum)
}

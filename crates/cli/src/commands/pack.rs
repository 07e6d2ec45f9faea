//! `throughline pack` and `verify-pack`: the evidence of a published count, and checking it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, Error, PublishedCount};
use throughline_tell::pack::{self, Verdict};

use crate::commands::open;
use crate::new_file::NewFile;
use crate::output::{Output, plain, print_json, say, wrapped};

#[derive(Debug, Args)]
pub(crate) struct Pack {
    /// The number of the published count; `throughline counts` lists them.
    #[arg(value_parser = number)]
    number: i64,
    /// The file to write, which must be new; standard output if none is named.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct VerifyPack {
    /// The pack.
    file: PathBuf,
    /// The seal that was printed with the figure.
    #[arg(long, value_name = "HASH")]
    seal: Option<String>,
    /// Make the pack again from the casebook too, and compare the two.
    #[arg(long)]
    remake: bool,
}

/// What is said of a pack without faults whose seal was compared.
const HOLDS: &str = "This is the pack that was sealed, and its figures follow from what is in it. Whether the \
    papers say what is quoted, and whether that is so, is for who reads them.";

/// What is said of a pack without faults whose seal was not compared.
const UNCOMPARED: &str = "Its figures follow from what is in it. Who changes a pack can seal it anew: compare \
    this seal with the one that was printed with the figure (--seal HASH).";

/// What is said of a pack with faults.
const BROKEN: &str = "Not all of it holds: the faults say what does not.";

fn number(text: &str) -> Result<i64, String> {
    text.parse().map_err(|_| {
        "a published count goes by its number; `throughline counts` lists them".to_owned()
    })
}

pub(crate) fn make(path: &Path, command: &Pack, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let pack = pack::make(&casebook, &published(&casebook, command.number)?)?;
    let text = serde_json::to_string_pretty(&pack)?;
    let seal = pack["seal"].as_str().unwrap_or_default();
    match &command.out {
        None => say(&text)?,
        Some(out) => {
            let mut file = NewFile::make(out)?;
            writeln!(file, "{text}").with_context(|| out.display().to_string())?;
            file.finish()?;
            match output.json {
                true => print_json(&json!([{"file": out.to_string_lossy(), "seal": seal}]))?,
                false => say(&format!("written to {}\nseal {seal}", out.display()))?,
            }
        }
    }
    eprintln!(
        "names withheld, as far as anybody has recognised them in the texts; read it before you \
         publish it"
    );
    Ok(ExitCode::SUCCESS)
}

fn published(casebook: &Casebook, number: i64) -> anyhow::Result<PublishedCount> {
    let found = casebook.published()?.into_iter().find(|count| count.number == number);
    found.with_context(|| {
        format!("no published count has the number {number}; `throughline counts` lists them")
    })
}

pub(crate) fn verify(
    path: &Path,
    command: &VerifyPack,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let place = command.file.display();
    let text = std::fs::read_to_string(&command.file)
        .with_context(|| format!("{place} cannot be read; check the path"))?;
    let pack: Json =
        serde_json::from_str(&text).with_context(|| format!("{place} is no evidence pack"))?;
    let mut verdict = pack::verify(&pack);
    if let Some(seal) = &command.seal {
        match *seal == verdict.seal {
            true => verdict.holds.push("its seal is the one given".to_owned()),
            false => verdict.faults.push(format!(
                "seal: this file has another than the one given, {seal}: it is not the pack that was \
                 published with that"
            )),
        }
    }
    if command.remake {
        remake(path, &pack, &mut verdict)?;
    }
    let Verdict { seal, holds, faults } = &verdict;
    if output.json {
        print_json(&json!([{"seal": seal, "holds": holds, "faults": faults}]))?;
    } else {
        let is_pack = !pack["pack"].is_null();
        if is_pack {
            say(&wrapped(&plain(&pack::title(&pack)), "", "  "))?;
        }
        for line in holds {
            say(&wrapped(&plain(&format!("holds: {line}")), "", "  "))?;
        }
        for line in faults {
            say(&wrapped(&plain(&format!("fault: {line}")), "", "  "))?;
        }
        say(&format!("seal {seal}"))?;
        let summary = match (faults.is_empty(), &command.seal) {
            (true, Some(_)) => Some(HOLDS),
            (true, None) => Some(UNCOMPARED),
            (false, _) => is_pack.then_some(BROKEN),
        };
        if let Some(summary) = summary {
            say(&wrapped(summary, "", ""))?;
        }
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Compares a pack with what the casebook gives for the same published count.
fn remake(path: &Path, pack: &Json, verdict: &mut Verdict) -> anyhow::Result<()> {
    let Some(number) = pack["count"]["number"].as_i64() else {
        bail!("the pack names no published count")
    };
    let casebook = open(path)?;
    let again = match pack::make(&casebook, &published(&casebook, number)?) {
        Ok(again) => again,
        Err(Error::Refused(why)) => {
            verdict.faults.push(format!("it cannot be compared with the casebook: {why}"));
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    for part in ["count", "units", "passages", "documents"] {
        match pack[part] == again[part] {
            true => verdict.holds.push(format!("the casebook gives the same {part}")),
            false => verdict.faults.push(format!(
                "{part}: the casebook gives others; if names have come to be withheld or shown since, \
                 make the pack anew"
            )),
        }
    }
    Ok(())
}

//! `throughline search`

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use serde_json::Value as Json;
use throughline_casebook::{EntryKind, Hit};
use throughline_tell::document::dated;
use throughline_tell::found;
use throughline_tell::terms::{self, TermFound, Unsaid};

use crate::args::{Dates, at_least_one};
use crate::commands::{list, open};
use crate::output::{Output, plain, print_json, say};

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// Words that a document must hold; those between quotation marks must stand together.
    #[arg(value_name = "WORDS", required_unless_present = "terms")]
    words: Vec<String>,
    /// A file of terms, one a line, each searched by itself; what begins with # is a remark.
    #[arg(long, value_name = "FILE", conflicts_with = "words")]
    terms: Option<PathBuf>,
    /// What the search is for, where a term may be somebody's name; noted in the ledger with --by.
    #[arg(long, value_name = "TEXT", requires = "terms")]
    purpose: Option<String>,
    /// Who searches.
    #[arg(long, value_name = "NAME", env = "THROUGHLINE_BY")]
    by: Option<String>,
    #[command(flatten)]
    dates: Dates,
    /// How many documents to print, of each term.
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = at_least_one)]
    limit: usize,
}

pub(crate) fn run(path: &Path, command: &Search, output: Output) -> anyhow::Result<ExitCode> {
    if let Some(file) = &command.terms {
        return search_terms(path, command, file, output);
    }
    let casebook = open(path)?;
    let as_of = command.dates.as_of();
    let hits = casebook.search(&command.words.join(" "), as_of, list::one_more(command.limit))?;
    let (hits, more) = list::first(hits, command.limit);
    if !output.json {
        list::head(&casebook, as_of)?;
    }
    let json = hits.iter().map(found::json);
    output.records(&["id", "published", "source", "words"], hits.iter().map(row), json)?;
    list::foot(more, command.limit, output)?;
    Ok(ExitCode::SUCCESS)
}

/// A document found, as a row.
fn row(hit: &Hit) -> Vec<String> {
    let document = &hit.document;
    vec![
        document.id.to_string(),
        dated(document),
        document.source.clone().unwrap_or_default(),
        hit.snippet.clone(),
    ]
}

/// Searches for each term of a list. Where one may be somebody's name, what it is for is noted before
/// anything is found.
fn search_terms(
    path: &Path,
    command: &Search,
    file: &Path,
    output: Output,
) -> anyhow::Result<ExitCode> {
    let list = read_list(file)?;
    let terms = terms::read(&list).with_context(|| file.display().to_string())?;
    let mut casebook = open(path)?;
    let as_of = command.dates.as_of();
    let (purpose, by) = (command.purpose.as_deref(), command.by.as_deref());
    match terms::note(&casebook, &terms, purpose, by)? {
        Ok(Some(note)) => drop(casebook.note(EntryKind::Disclosure, &note)?),
        Ok(None) => {}
        Err(unsaid @ Unsaid::Purpose(_)) => bail!("{unsaid}, --purpose TEXT"),
        Err(unsaid @ Unsaid::By) => bail!("{unsaid}: --by NAME"),
    }
    let found = terms::search(&casebook, &terms, as_of, command.limit)?;
    if output.json {
        print_json(&found.iter().map(TermFound::json).collect())?;
        return Ok(ExitCode::SUCCESS);
    }
    list::head(&casebook, as_of)?;
    for one in &found {
        say(&format!("\n{}", plain(&one.term)))?;
        if one.hits.is_empty() {
            say("  in no document")?;
            continue;
        }
        let none = std::iter::empty::<Json>();
        output.records(&["id", "published", "source", "words"], one.hits.iter().map(row), none)?;
        list::foot(one.more, command.limit, output)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The text of a list of terms.
fn read_list(file: &Path) -> anyhow::Result<String> {
    // A term has a few words, so a longer file is another one.
    const LONGEST: u64 = 1 << 20;
    let about = || file.display().to_string();
    let opened = File::open(file).with_context(about)?;
    let mut bytes = Vec::new();
    opened.take(LONGEST + 1).read_to_end(&mut bytes).with_context(about)?;
    if bytes.len() as u64 > LONGEST {
        bail!("{}: more than a mebibyte is no list of terms", about());
    }
    String::from_utf8(bytes)
        .map_err(|_| anyhow::anyhow!("{}: it is no text in UTF-8; save it as such", about()))
}

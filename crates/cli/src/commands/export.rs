//! `throughline export`

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use serde_json::json;
use throughline_casebook::{Casebook, EntryKind};
use throughline_formats::lines::{self, Line};

use crate::commands::open;
use crate::output::Output;

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Documents, mentions, assertions and judgments, one JSON object a line (docs/formats.md).
    Assertions {
        /// The file to write; standard output if none is named.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Everything, with all names; needs --purpose and is noted in the ledger.
        #[arg(long, requires = "purpose")]
        full: bool,
        /// What the names are needed for.
        #[arg(long, value_name = "TEXT")]
        purpose: Option<String>,
        /// Who takes them out.
        #[arg(long, value_name = "NAME", env = "THROUGHLINE_BY")]
        by: Option<String>,
    },
}

pub(crate) fn run(path: &Path, command: &Export, _: Output) -> anyhow::Result<ExitCode> {
    match &command.what {
        What::Assertions { out, full, purpose, by } => {
            let mut casebook = open(path)?;
            if !full {
                bail!("only --full --purpose TEXT is known");
            }
            let purpose = purpose.as_deref().filter(|purpose| !purpose.trim().is_empty());
            let purpose = purpose.context("say what the names are needed for: --purpose TEXT")?;
            casebook.note(
                EntryKind::Disclosure,
                &json!({"what": "export assertions", "purpose": purpose, "by": by}),
            )?;
            let mut writer = writer(out.as_deref())?;
            full_lines(&casebook, &mut writer)?;
            writer.flush()?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The file, or standard output.
fn writer(out: Option<&Path>) -> anyhow::Result<Box<dyn Write>> {
    Ok(match out {
        Some(path) => {
            let file = File::create_new(path)
                .with_context(|| format!("{} cannot be made", path.display()))?;
            Box::new(BufWriter::new(file))
        }
        None => Box::new(BufWriter::new(std::io::stdout())),
    })
}

/// Every document with its readings, then every judgment.
fn full_lines(casebook: &Casebook, writer: &mut dyn Write) -> anyhow::Result<()> {
    for id in casebook.document_ids()? {
        let Some(document) = casebook.document(id)? else { continue };
        writeln!(writer, "{}", lines::write(&Line::Document(document)))?;
        for (reader, reading) in casebook.filed(id)? {
            for mention in reading.mentions {
                writeln!(
                    writer,
                    "{}",
                    lines::write(&Line::Mention(mention, Some(reader.clone())))
                )?;
            }
            for said in reading.assertions {
                writeln!(writer, "{}", lines::write(&Line::Assertion(said, Some(reader.clone()))))?;
            }
        }
    }
    for (judgment, ..) in casebook.judgments()? {
        writeln!(writer, "{}", lines::write(&Line::Judgment(judgment)))?;
    }
    Ok(())
}

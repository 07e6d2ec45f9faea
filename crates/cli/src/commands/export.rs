//! `throughline export`

mod exchange;
mod full;
mod network;
mod table;
mod withheld;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand};
use serde_json::json;
use throughline_casebook::{Casebook, EntryKind};
use throughline_model::Judgment;

use crate::args::Dates;
use crate::commands::open;
use crate::new_file::Out;
use crate::output::{Output, counted, print_json};

#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Documents, mentions, assertions and judgments, one JSON object a line.
    ///
    /// Names of people accused and not convicted, of victims, minors and kin, and of everybody
    /// whose status is not known are withheld, unless --full and --purpose ask for them.
    Assertions {
        #[command(flatten)]
        to: To,
    },
    /// A table in CSV, a row an incident, with the values held and what each rests on.
    ///
    /// Names are withheld as for assertions.
    Table {
        #[command(flatten)]
        to: To,
        #[command(flatten)]
        dates: Dates,
        /// In the columns of another dataset: `gtd`, `plover`, or a TOML file.
        #[arg(long = "as", value_name = "SET")]
        columns: Option<String>,
    },
    /// Who and what is tied to what, for programs that draw and measure networks.
    ///
    /// Names are withheld as for assertions. Ties have no weights, since nobody is ranked.
    Network {
        /// The record around which to go two steps, as lists and `show` give it; all there is if none
        /// is named.
        #[arg(value_name = "ID")]
        id: Option<String>,
        #[command(flatten)]
        to: To,
        #[command(flatten)]
        dates: Dates,
        /// The form of the file.
        #[arg(long = "as", value_enum, default_value = "gexf", value_name = "FORM")]
        form: network::Form,
    },
    /// The map with which `import table` reads such a table back.
    Map {
        /// The file to write; standard output if none is named.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// The map for a table in the columns of another dataset: `gtd`, `plover`, or a TOML file.
        #[arg(long = "as", value_name = "SET")]
        columns: Option<String>,
    },
}

/// Where what leaves the casebook goes, and whether it names everybody.
#[derive(Debug, Args)]
pub(crate) struct To {
    /// The file to write, which must be new; standard output if none is named.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Everything, with all names; needs --purpose and --by, and is noted in the ledger.
    #[arg(long, requires = "purpose")]
    full: bool,
    /// What the names are needed for.
    #[arg(long, value_name = "TEXT", requires = "full")]
    purpose: Option<String>,
    /// Who takes them out.
    #[arg(long, value_name = "NAME", env = "THROUGHLINE_BY")]
    by: Option<String>,
}

pub(crate) fn run(path: &Path, command: &Export, output: Output) -> anyhow::Result<ExitCode> {
    let (out, many, what) = match &command.what {
        What::Assertions { to } => {
            let mut casebook = open(path)?;
            let lines = to.write(
                &mut casebook,
                "export assertions",
                |casebook, full, writer| match full {
                    true => full::write(casebook, writer),
                    false => withheld::write(casebook, writer),
                },
            )?;
            (&to.out, lines, "line")
        }
        What::Table { to, dates, columns } => {
            let set = columns.as_deref().map(exchange::set_of).transpose()?;
            let mut casebook = open(path)?;
            let lines =
                to.write(&mut casebook, "export table", |casebook, full, writer| match &set {
                    Some(set) => exchange::write(casebook, dates.as_of(), full, set, writer),
                    None => table::write(casebook, dates.as_of(), full, writer),
                })?;
            (&to.out, lines, "line")
        }
        What::Network { id, to, dates, form } => {
            let mut casebook = open(path)?;
            let (id, as_of) = (id.as_deref(), dates.as_of());
            let ties = to.write(&mut casebook, "export network", |casebook, full, writer| {
                network::write(casebook, id, as_of, *form, full, writer)
            })?;
            (&to.out, ties, "tie")
        }
        What::Map { out, columns } => {
            let map = match columns {
                Some(named) => throughline_formats::exchange::map(&exchange::set_of(named)?),
                None => throughline_formats::table::map_of_export().to_owned(),
            };
            let mut writer = Out::to(out.as_deref())?;
            writer.write_all(map.as_bytes())?;
            writer.finish()?;
            (out, map.lines().count(), "line")
        }
    };
    // On standard output nothing may stand but the export itself.
    if let Some(out) = out {
        match output.json {
            true => {
                print_json(&json!([{"file": out.to_string_lossy(), format!("{what}s"): many}]))?
            }
            false => eprintln!("{} written to {}", counted(many, what), out.display()),
        }
    }
    Ok(ExitCode::SUCCESS)
}

impl To {
    /// Writes what `export` gives, told whether names are given too. That they are is noted under
    /// `what`, before the first of them leaves.
    pub(crate) fn write<T>(
        &self,
        casebook: &mut Casebook,
        what: &str,
        export: impl FnOnce(&Casebook, bool, &mut dyn Write) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let stated = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let disclosure = match self.full {
            true => {
                let purpose = stated(&self.purpose)
                    .context("say what the names are needed for: --purpose TEXT")?;
                let by = stated(&self.by).context("say who takes the names out: --by NAME")?;
                Some(json!({"what": what, "purpose": purpose, "by": by}))
            }
            false => None,
        };
        // A refused export makes no file, and one that cannot be made discloses nothing.
        let mut writer = Out::to(self.out.as_deref())?;
        if let Some(disclosure) = disclosure {
            // Noted before the first name leaves.
            casebook.note(EntryKind::Disclosure, &disclosure)?;
        }
        let lines = export(casebook, self.full, &mut writer)?;
        writer.finish()?;
        if !self.full {
            eprintln!(
                "names withheld, as far as anybody has recognised them in the texts; read it before \
                 you publish it"
            );
        }
        Ok(lines)
    }
}

/// A judgment that leaves the casebook.
struct Told {
    judgment: Judgment,
    /// Whether it is held apart, since it contradicted others.
    held: bool,
    in_force: bool,
}

/// The judgments, those held apart too, in order of arrival.
fn judgments_in_order(casebook: &Casebook) -> anyhow::Result<Vec<Told>> {
    let in_force: BTreeMap<_, bool> = casebook
        .judgments()?
        .into_iter()
        .map(|(judgment, _, stands)| (judgment.id, stands))
        .collect();
    let kinds = [EntryKind::Judgment, EntryKind::Held];
    casebook
        .entries(&kinds)?
        .into_iter()
        .filter_map(|entry| Some((entry.kind == EntryKind::Held, entry.payload?)))
        .map(|(held, payload)| {
            let judgment = throughline_formats::read_judgment(&payload)?;
            let stands = in_force.get(&judgment.id).copied().unwrap_or(false);
            Ok(Told { judgment, held, in_force: stands && !held })
        })
        .collect()
}

//! `throughline codebook`: prints a codebook, or checks one.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use serde_json::json;
use throughline_formats::codebooks::{self, Codebook, Coded};
use throughline_formats::typologies;
use throughline_model::Sha256;

use crate::output::{Output, counted, plain, print_json, say, wrapped};

#[derive(Debug, Args)]
pub(crate) struct CodebookCommand {
    /// A codebook of the program by its name, or a TOML file of one's own, which is checked.
    #[arg(value_name = "NAME or FILE", default_value = "plot")]
    codebook: String,
    /// Only this variable.
    #[arg(long, value_name = "NAME")]
    variable: Option<String>,
    /// Print the file as it is, to begin one of one's own with.
    #[arg(long, conflicts_with = "variable")]
    toml: bool,
}

pub(crate) fn run(command: &CodebookCommand, output: Output) -> anyhow::Result<ExitCode> {
    let toml = text_of(&command.codebook)?;
    if command.toml {
        say(toml.trim_end())?;
        return Ok(ExitCode::SUCCESS);
    }
    // A typology is one file among the codebooks, and is checked in the same way.
    let codebook = match codebooks::read(&toml) {
        Ok(codebook) => codebook,
        Err(error) if toml.contains("[[class]]") => {
            let typology =
                typologies::read(&toml).with_context(|| command.codebook.clone()).map_err(
                    |other| if toml.contains("[[variable]]") { error.into() } else { other },
                )?;
            let classes = counted_classes(typology.classes.len());
            say(&plain(&format!("{}, version {}: {classes}", typology.title, typology.version)))?;
            return Ok(ExitCode::SUCCESS);
        }
        Err(error) => return Err(error).with_context(|| command.codebook.clone()),
    };
    let variables: Vec<&Coded> = match &command.variable {
        None => codebook.variables.iter().collect(),
        Some(name) => {
            let one = codebook.variables.iter().find(|coded| coded.variable.name() == name);
            match one {
                Some(one) => vec![one],
                None => {
                    let names: Vec<&str> =
                        codebook.variables.iter().map(|coded| coded.variable.name()).collect();
                    bail!("{name:?} is no variable of this codebook; it has {}", names.join(", "))
                }
            }
        }
    };
    match output.json {
        true => print_json(&json!([json(&codebook, &toml, &variables)]))?,
        false => print(&codebook, &variables)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn counted_classes(many: usize) -> String {
    match many {
        1 => "1 class".to_owned(),
        many => format!("{many} classes"),
    }
}

/// The text of a codebook: that of a file, or one of the program.
fn text_of(codebook: &str) -> anyhow::Result<String> {
    let path = Path::new(codebook);
    if path.is_file() {
        return std::fs::read_to_string(path).with_context(|| codebook.to_owned());
    }
    match codebooks::SHIPPED.iter().find(|(name, _)| *name == codebook) {
        Some((_, toml)) => Ok((*toml).to_owned()),
        None => {
            let names: Vec<&str> = codebooks::SHIPPED.iter().map(|(name, _)| *name).collect();
            bail!(
                "{codebook}: there is no such file, and no codebook of this name; there are {}",
                names.join(", ")
            )
        }
    }
}

fn print(codebook: &Codebook, variables: &[&Coded]) -> anyhow::Result<()> {
    let many = counted(codebook.variables.len(), "variable");
    let title = format!("{}, version {}: {many}", codebook.title, codebook.version);
    say(&wrapped(&plain(&title), "", ""))?;
    if let Some(notes) = &codebook.notes {
        say(&wrapped(&plain(notes), "", ""))?;
    }
    for change in &codebook.changes {
        let again = change.recode.join(", ");
        let line = format!("version {}: code again {again}: {}", change.version, change.because);
        say(&wrapped(&plain(&line), "", "  "))?;
    }
    for coded in variables {
        say("")?;
        let name = coded.variable.name();
        say(&wrapped(&plain(&format!("{name}: {}", coded.question)), "", "  "))?;
        say(&wrapped(&plain(&coded.definition), "  ", "  "))?;
        for term in &coded.values {
            let line = format!("{}: {}", term.value, term.means);
            say(&wrapped(&plain(&line), "    ", "      "))?;
        }
        if coded.open {
            say("    and other terms, where none of these fits")?;
        }
        for (title, words) in
            [("cannot be known", &coded.unknown), ("does not apply", &coded.not_applicable)]
        {
            if let Some(words) = words {
                say(&wrapped(&plain(&format!("{title}: {words}")), "  ", "    "))?;
            }
        }
        for (title, examples) in [("counts", &coded.within), ("does not count", &coded.out)] {
            for example in examples {
                say(&wrapped(&plain(&format!("{title}: {example}")), "  ", "    "))?;
            }
        }
        let chosen = throughline_weigh::chosen_by(coded.variable);
        say(&format!("  chosen among proposals by: {chosen}"))?;
    }
    Ok(())
}

fn json(codebook: &Codebook, toml: &str, variables: &[&Coded]) -> serde_json::Value {
    let variables = variables.iter().map(|coded| {
        let terms = coded.values.iter();
        json!({
            "name": coded.variable.name(),
            "question": coded.question,
            "definition": coded.definition,
            "values": terms
                .map(|term| json!({"value": term.value, "means": term.means}))
                .collect::<Vec<_>>(),
            "open": coded.open,
            "unknown": coded.unknown,
            "not_applicable": coded.not_applicable,
            "in": coded.within,
            "out": coded.out,
            "scale": coded.scale.name(),
            "chosen": throughline_weigh::chosen_by(coded.variable),
        })
    });
    let changes = codebook.changes.iter().map(|change| {
        json!({"version": change.version, "recode": change.recode, "because": change.because})
    });
    json!({
        "name": codebook.name,
        "title": codebook.title,
        "version": codebook.version,
        "sha256": Sha256::of(toml.as_bytes()).to_string(),
        "notes": codebook.notes,
        "changes": changes.collect::<Vec<_>>(),
        "variables": variables.collect::<Vec<_>>(),
    })
}

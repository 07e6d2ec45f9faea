//! `throughline codebook`: prints a codebook, or checks one.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use serde_json::json;
use throughline_casebook::Casebook;
use throughline_formats::codebooks::{self, Codebook, Coded};
use throughline_formats::exchange::{self, Column, Exchange, Holds};
use throughline_formats::{likelihood, typologies};
use throughline_model::Sha256;
use throughline_tell::judgment;
use throughline_weigh::likelihood::Scale;

use crate::commands::open;
use crate::output::{Output, counted, plain, print_json, say, wrapped};

#[derive(Debug, Args)]
pub(crate) struct CodebookCommand {
    /// A codebook of the program by its name, or a TOML file of one's own, which is checked; without
    /// it the codebook that the casebook goes by.
    #[arg(value_name = "NAME or FILE")]
    codebook: Option<String>,
    /// Only this variable.
    #[arg(long, value_name = "NAME")]
    variable: Option<String>,
    /// Print the file as it is, to begin one of one's own with.
    #[arg(long, conflicts_with = "variable")]
    toml: bool,
    /// From here on the casebook goes by this codebook.
    #[arg(long, requires = "codebook", conflicts_with_all = ["variable", "toml"])]
    adopt: bool,
    /// List the findings and codings that must be made again, since the codebook has changed.
    #[arg(long, conflicts_with_all = ["codebook", "variable", "toml", "adopt"])]
    recode: bool,
}

pub(crate) fn run(
    path: &Path,
    command: &CodebookCommand,
    output: Output,
) -> anyhow::Result<ExitCode> {
    if command.recode {
        return recode(path, output);
    }
    let (called, toml) = match &command.codebook {
        Some(codebook) => (codebook.clone(), text_of(codebook)?),
        None if path.exists() => {
            let held = Casebook::open(path)?.codebook()?;
            (held.codebook.name, held.toml)
        }
        None => ("plot".to_owned(), text_of("plot")?),
    };
    if command.adopt {
        return adopt(path, &called, &toml, output);
    }
    if command.toml {
        say(toml.trim_end())?;
        return Ok(ExitCode::SUCCESS);
    }
    if toml.contains("[[term]]") && !toml.contains("[[variable]]") {
        let scale = likelihood::read(&toml).with_context(|| called.clone())?;
        return scale_of(&scale, output);
    }
    if toml.contains("[[column]]") && !toml.contains("[[variable]]") {
        let set = exchange::read(&toml).with_context(|| called.clone())?;
        return set_of(&set, output);
    }
    // A typology is one file among the codebooks, and is checked in the same way.
    let codebook = match codebooks::read(&toml) {
        Ok(codebook) => codebook,
        Err(error) if toml.contains("[[class]]") => {
            let typology =
                typologies::read(&toml).with_context(|| called.clone()).map_err(|other| {
                    if toml.contains("[[variable]]") { error.into() } else { other }
                })?;
            let classes = counted_classes(typology.classes.len());
            say(&plain(&format!("{}, version {}: {classes}", typology.title, typology.version)))?;
            return Ok(ExitCode::SUCCESS);
        }
        Err(error) => return Err(error).with_context(|| called.clone()),
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

/// From here on the casebook goes by this codebook.
fn adopt(path: &Path, called: &str, toml: &str, output: Output) -> anyhow::Result<ExitCode> {
    let codebook = codebooks::read(toml).with_context(|| called.to_owned())?;
    let mut casebook = open(path)?;
    let adopted = casebook.adopt_codebook(toml).with_context(|| called.to_owned())?;
    let again = casebook.recode()?.len();
    if output.json {
        print_json(&json!([{
            "name": codebook.name,
            "version": codebook.version,
            "adopted": adopted,
            "recode": again,
        }]))?;
        return Ok(ExitCode::SUCCESS);
    }
    let what = format!("{}, version {}", codebook.name, codebook.version);
    say(&match adopted {
        true => format!("the casebook goes by {what} from here on"),
        false => format!("the casebook goes by {what} already"),
    })?;
    if again > 0 {
        let many = counted(again, "judgment");
        say(&format!("{many} must be made again; `throughline codebook --recode` lists them"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What must be coded again.
fn recode(path: &Path, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let again = casebook.recode()?;
    let json = again.iter().map(|one| {
        let mut object = judgment::json(&one.judgment, one.recorded, true);
        object["because"] = json!(one.because);
        object
    });
    let rows = again.iter().map(|one| {
        let act = one.judgment.act.name();
        vec![
            format!("{}\n{act}", one.judgment.id),
            plain(&judgment::spelled(&one.judgment)),
            plain(&one.judgment.by),
            plain(&one.because.join("; ")),
        ]
    });
    output.records(&["judgment", "about", "by", "because"], rows, json)?;
    Ok(ExitCode::SUCCESS)
}

/// A set of columns for exchange, column by column.
fn set_of(set: &Exchange, output: Output) -> anyhow::Result<ExitCode> {
    let columns = set.columns.iter();
    if output.json {
        let columns = columns.map(|column| {
            json!({
                "name": column.name,
                "means": column.means,
                "writes": column.writes,
                "reads": column.reads,
            })
        });
        print_json(&json!([{
            "name": set.name,
            "title": set.title,
            "version": set.version,
            "source": set.source,
            "notes": set.notes,
            "called": set.called,
            "beyond": set.beyond,
            "columns": columns.collect::<Vec<_>>(),
        }]))?;
        return Ok(ExitCode::SUCCESS);
    }
    say(&wrapped(&plain(&format!("{}, version {}", set.title, set.version)), "", ""))?;
    say(&wrapped(&plain(&set.source), "", "  "))?;
    if let Some(notes) = &set.notes {
        say(&wrapped(&plain(notes), "", ""))?;
    }
    let from = |column: &Column| match &column.holds {
        Holds::Variable(variable, _) => variable.name().to_owned(),
        Holds::Claim(_) => "claims".to_owned(),
        Holds::Fixed(text) => format!("always {text}"),
    };
    let rows = columns.map(|one| vec![plain(&one.name), plain(&from(one)), plain(&one.means)]);
    output.records(&["column", "from", "means"], rows, [])?;
    for beyond in &set.beyond {
        say(&wrapped(&plain(&format!("not told here: {beyond}")), "", "  "))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A scale of likelihood, term by term.
fn scale_of(scale: &Scale, output: Output) -> anyhow::Result<ExitCode> {
    if output.json {
        let terms = scale.terms.iter().map(|term| {
            json!({
                "term": term.term,
                "least": term.least,
                "most": term.most,
                "phrases": term.phrases,
            })
        });
        let confidence =
            scale.confidence.iter().map(|one| json!({"level": one.level, "phrases": one.phrases}));
        print_json(&json!([{
            "name": scale.name,
            "title": scale.title,
            "version": scale.version,
            "source": scale.source,
            "notes": scale.notes,
            "terms": terms.collect::<Vec<_>>(),
            "confidence": confidence.collect::<Vec<_>>(),
        }]))?;
        return Ok(ExitCode::SUCCESS);
    }
    say(&wrapped(&plain(&format!("{}, version {}", scale.title, scale.version)), "", ""))?;
    say(&wrapped(&plain(&scale.source), "", "  "))?;
    if let Some(notes) = &scale.notes {
        say(&wrapped(&plain(notes), "", ""))?;
    }
    let rows = scale.terms.iter().map(|term| {
        vec![
            plain(&term.term),
            format!("{} to {} %", term.least, term.most),
            plain(&term.phrases.join(", ")),
        ]
    });
    output.records(&["term", "means", "read in"], rows, [])?;
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
    let shipped =
        || codebooks::SHIPPED.iter().chain(&likelihood::SHIPPED).chain(&exchange::SHIPPED);
    match shipped().find(|(name, _)| *name == codebook) {
        Some((_, toml)) => Ok((*toml).to_owned()),
        None => {
            let names: Vec<&str> = shipped().map(|(name, _)| *name).collect();
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

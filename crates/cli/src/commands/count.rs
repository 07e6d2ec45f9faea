//! `throughline count`

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use serde_json::json;
use throughline_casebook::{Casebook, Counted, CountedUnit, PROGRAM, Publication};
use throughline_formats::counts::{self, NamedDefinition, unit_text};
use throughline_model::Sha256;
use throughline_tell::counted;
use throughline_tell::counts as words;
use throughline_tell::words::date;
use throughline_weigh::count::{Place, Placed};

use crate::args::Dates;
use crate::commands::judge::now;
use crate::commands::open;
use crate::output::{self, Output, header, namer, plain, print_json, say, table, wrapped};

#[derive(Debug, Args)]
pub(crate) struct Count {
    /// The definition: a TOML file, or the name of one saved in the casebook.
    #[arg(value_name = "FILE or NAME")]
    definition: String,
    #[command(flatten)]
    dates: Dates,
    /// Which units to list.
    #[arg(long, value_enum, value_name = "PLACE")]
    members: Option<Members>,
    /// Of which reading the reasons are listed.
    #[arg(long, value_enum, default_value = "strict", value_name = "READING")]
    reading: Resting,
    /// Keep the definition in the casebook.
    #[arg(long)]
    save: bool,
    /// Print a line to cite; refused if the figure is not final.
    #[arg(long)]
    cite: bool,
    /// Enter the count in the ledger as published; refused if the figure is not final.
    #[arg(long, requires_all = ["by", "place"])]
    publish: bool,
    /// Who publishes it.
    #[arg(long, env = "THROUGHLINE_BY", value_name = "NAME")]
    by: Option<String>,
    /// Where it is published: the title of the article, the page.
    #[arg(long = "where", id = "place", value_name = "TITLE")]
    place: Option<String>,
    /// Publish it as a draft, although the figure is not final.
    #[arg(long, requires = "publish")]
    draft: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Members {
    In,
    Out,
    Unknown,
    Contested,
    Apart,
    /// The figures alone.
    None,
}

impl Members {
    fn place(self) -> Option<Place> {
        match self {
            Members::In => Some(Place::In),
            Members::Out => Some(Place::Out),
            Members::Unknown => Some(Place::Unknown),
            Members::Contested => Some(Place::Contested),
            Members::Apart => Some(Place::Apart),
            Members::None => None,
        }
    }
}

/// How much a count rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Resting {
    /// On findings only.
    Strict,
    /// On findings, accepted readings and proposals.
    Lenient,
}

impl Resting {
    fn of(self, unit: &CountedUnit) -> &Placed {
        match self {
            Resting::Strict => &unit.placing.strict,
            Resting::Lenient => &unit.placing.lenient,
        }
    }
}

pub(crate) fn run(path: &Path, command: &Count, output: Output) -> anyhow::Result<ExitCode> {
    let mut casebook = open(path)?;
    let toml = text_of(&casebook, &command.definition)?;
    let named = counts::read(&toml).with_context(|| command.definition.clone())?;
    let as_of = command.dates.as_of();
    if command.save {
        casebook.save_definition(&toml)?;
    }
    let mut number = None;
    let counted = match (command.publish, &command.by, &command.place) {
        (true, Some(by), Some(at)) => {
            let publication = Publication { toml: &toml, as_of, by, at, draft: command.draft };
            let (published, counted) = casebook.publish(&publication)?;
            number = Some(published.number);
            counted
        }
        _ => casebook.count(&named.definition, as_of)?,
    };
    if command.cite {
        say(&plain(&citation(&named, &toml, &counted)?))?;
        return Ok(ExitCode::SUCCESS);
    }
    match output.json {
        true => print_json(&json!([counted::json(
            &named,
            &toml,
            &counted,
            number,
            &listed(&counted, command)
        )]))?,
        false => print(&named, &counted, number, command)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The text of a definition: that of a file, or of one saved.
fn text_of(casebook: &Casebook, definition: &str) -> anyhow::Result<String> {
    let path = Path::new(definition);
    if path.is_file() {
        return std::fs::read_to_string(path).with_context(|| definition.to_owned());
    }
    let mut saved = casebook.definitions()?;
    match saved.iter().position(|one| one.saved.name == definition) {
        Some(at) => Ok(saved.swap_remove(at).saved.toml),
        None if saved.is_empty() => {
            bail!(
                "{definition}: there is no such file, and no definition is saved in this casebook"
            )
        }
        None => {
            let names: Vec<&str> = saved.iter().map(|one| one.saved.name.as_str()).collect();
            bail!(
                "{definition}: there is no such file, and no saved definition of this name; \
                 there are {}",
                names.join(", ")
            )
        }
    }
}

fn citation(named: &NamedDefinition, toml: &str, counted: &Counted) -> anyhow::Result<String> {
    let strict = &counted.tallies.strict;
    let figure = words::figure(strict, named.definition.sum);
    if !strict.is_final() {
        let marks: Vec<String> = strict
            .marks()
            .keys()
            .map(|mark| format!("{}: {}", mark.name(), words::mark(*mark)))
            .collect();
        bail!("{figure} is not final and cannot be cited ({})", marks.join("; "));
    }
    let today = now().to_string();
    Ok(words::citation(&words::Citation {
        title: &named.title,
        figure: &figure,
        definition: &named.name,
        sha256: Sha256::of(toml.as_bytes()),
        as_of: counted.as_of,
        content: counted.head.content,
        head: counted.head.chain,
        program: PROGRAM,
        day: today.split('T').next().unwrap_or_default(),
    }))
}

/// The units asked for, place by place.
fn listed<'c>(counted: &'c Counted, command: &Count) -> Vec<&'c CountedUnit> {
    let place = |unit: &CountedUnit| command.reading.of(unit).place;
    let wanted = |unit: &&CountedUnit| match command.members {
        None => true,
        Some(members) => Some(place(unit)) == members.place(),
    };
    let mut units: Vec<&CountedUnit> = counted.units.iter().filter(wanted).collect();
    units.sort_by_key(|unit| place(unit));
    units
}

fn print(
    named: &NamedDefinition,
    counted: &Counted,
    number: Option<i64>,
    command: &Count,
) -> anyhow::Result<()> {
    const INDENT: &str = "         ";
    let sum = named.definition.sum;
    say(&wrapped(&plain(&named.title), "", ""))?;
    if let Some(question) = &named.question {
        say(&wrapped(&plain(question), "", ""))?;
    }
    if let Some(header) = header(counted.as_of) {
        say(&header)?;
    }
    if counted.undated > 0 {
        let undated = usize::try_from(counted.undated).unwrap_or(usize::MAX);
        let left = output::counted(undated, "undated document");
        say(&format!("{left} left out: without a date, in no view as of a day"))?;
    }
    say("")?;
    for (name, tally) in
        [("strict", &counted.tallies.strict), ("lenient", &counted.tallies.lenient)]
    {
        say(&wrapped(&words::figure(tally, sum), &format!("{name:8} "), INDENT))?;
        for (mark, units) in tally.marks() {
            let of = match units.len() {
                0 => String::new(),
                many => format!(" ({})", output::counted(many, "unit")),
            };
            let line = format!("not final, {}: {}{of}", mark.name(), words::mark(*mark));
            say(&wrapped(&line, INDENT, INDENT))?;
        }
    }
    match counted.tallies.left_out {
        0 => {}
        1 => say("1 more is left out by what documents say; no finding says so")?,
        many => {
            say(&format!("{many} more are left out by what documents say; no finding says so"))?
        }
    }
    for (typology, sha256) in words::typologies(&named.definition) {
        let line =
            format!("typology {}, version {} (sha256 {sha256})", typology.name, typology.version);
        say(&wrapped(&line, "", ""))?;
    }
    for who in &counted.nameless {
        say(&plain(&format!("no record goes by {}", words::who(who))))?;
    }
    let rows: Vec<Vec<String>> =
        listed(counted, command).into_iter().map(|unit| row(unit, command.reading)).collect();
    if !rows.is_empty() {
        say("")?;
        let because = match command.reading {
            Resting::Strict => "because (strict)",
            Resting::Lenient => "because (lenient)",
        };
        say(&table(&["id", "name", "date", "strict", "lenient", because], &rows))?;
    }
    say("")?;
    say(&format!("content {}\nhead    {}", counted.head.content, counted.head.chain))?;
    if let Some(number) = number {
        let draft = if counted.tallies.strict.is_final() { "" } else { " as a draft" };
        say(&format!("published{draft} as number {number}"))?;
    }
    Ok(())
}

fn row(unit: &CountedUnit, reading: Resting) -> Vec<String> {
    let names = namer(&unit.names);
    let grounds = &reading.of(unit).grounds;
    let because: Vec<String> = grounds.iter().map(|one| words::ground(one, &names)).collect();
    vec![
        unit_text(unit.placing.id),
        unit.name.clone(),
        unit.happened.as_ref().map_or_else(String::new, date),
        unit.placing.strict.place.name().to_owned(),
        unit.placing.lenient.place.name().to_owned(),
        because.join("\n"),
    ]
}

//! `throughline count`

mod beside;
mod cite;

pub(crate) use beside::shifts;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use serde_json::json;
use throughline_casebook::{Casebook, Counted, CountedUnit, Publication, Publishing};
use throughline_formats::counts::{self, NamedDefinition, unit_text};
use throughline_model::AsOf;
use throughline_tell::beside::{Beside, Other};
use throughline_tell::counted;
use throughline_tell::counts as words;
use throughline_tell::words::date;
use throughline_weigh::count::{Place, Placed};

use crate::args::Dates;
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
    /// Print how the figure is cited and verified; refused if it is not final.
    #[arg(
        long,
        value_enum,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "text",
        value_name = "FORM"
    )]
    cite: Option<Form>,
    /// Verify a cited figure: fail unless the strict one is this.
    #[arg(long, value_name = "FIGURE")]
    expect: Option<String>,
    /// Verify a cited definition: fail unless its text has this SHA-256.
    #[arg(long, value_name = "HASH")]
    hash: Option<String>,
    /// Set it against another count: as of another day, as it was recorded here by a moment
    /// (2026-11-30T19:49Z), or by another definition (a file or a name saved).
    #[arg(long, value_name = "DATE or DEFINITION")]
    against: Option<String>,
    /// Say on which single assertions the figure hangs.
    #[arg(long)]
    sensitivity: bool,
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

/// In which form a figure is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A line.
    Text,
    /// An entry for BibTeX.
    Bibtex,
    /// An item of CSL-JSON.
    Csl,
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
    let saved = command.save.then(|| casebook.save_definition(&toml)).transpose()?;
    let mut published = None;
    let counted = match (command.publish, &command.by, &command.place) {
        (true, Some(by), Some(at)) => {
            let publication = Publication { toml: &toml, as_of, by, at, draft: command.draft };
            let Publishing { count, counted, new } = casebook.publish(&publication)?;
            published = Some((count.number, new));
            counted
        }
        _ => casebook.count(&named.definition, as_of)?,
    };
    if let Some(form) = command.cite {
        cite::cite(&casebook, (&named, &toml), &counted, command, form)?;
        return Ok(ExitCode::SUCCESS);
    }
    if command.expect.is_some() || command.hash.is_some() {
        cite::verify(&named, &toml, &counted, command)?;
        return Ok(ExitCode::SUCCESS);
    }
    let other = match &command.against {
        None => None,
        Some(other) => Some(against(&casebook, &named, as_of, other)?),
    };
    let (quoted, unquoted) = casebook.quoted(&named.quoted, as_of)?;
    let beside = Beside {
        quoted,
        unquoted,
        shifts: match &other {
            None => None,
            Some((_, other)) => Some(casebook.shifts(&counted, other)?),
        },
        sensitivity: match command.sensitivity {
            false => None,
            true => Some(casebook.sensitivity(&named.definition, &counted)?),
        },
    };
    if output.json {
        let units = listed(&counted, command);
        print_json(&json!([counted::json(
            &named,
            &toml,
            &counted,
            published.map(|(number, _)| number),
            &units,
            &beside
        )]))?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&named, &counted, published, command)?;
    if saved == Some(true) {
        say(&format!("saved as {}", named.name))?;
    }
    beside::quoted(&beside.quoted, &counted)?;
    for who in &beside.unquoted {
        say(&plain(&format!(
            "no set goes by {}, of which figures are asked for",
            words::who(who)
        )))?;
    }
    if let (Some((name, other)), Some(shifts)) = (&other, &beside.shifts) {
        beside::against(name, &named, other, shifts)?;
    }
    if let Some(sensitivity) = &beside.sensitivity {
        beside::sensitivity(&casebook, sensitivity, &named.definition)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The count that another is set against: as of another day, as recorded by a moment, or by another
/// definition.
fn against(
    casebook: &Casebook,
    named: &NamedDefinition,
    as_of: AsOf,
    other: &str,
) -> anyhow::Result<(String, Counted)> {
    let other = Other::read(named, as_of, other, || text_of(casebook, other))?;
    Ok((other.called.clone(), other.count(casebook)?))
}

/// The text of a definition: that of a file, or of one saved.
fn text_of(casebook: &Casebook, definition: &str) -> anyhow::Result<String> {
    let path = Path::new(definition);
    if path.is_dir() {
        bail!("{definition} is a folder; name one of the definitions in it");
    }
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
    published: Option<(i64, bool)>,
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
    for why in counted.wordless.iter().chain(&counted.slips) {
        say(&wrapped(&plain(why), "", ""))?;
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
    if let Some((number, new)) = published {
        let draft = if counted.tallies.strict.is_final() { "" } else { " as a draft" };
        let before = if new { "" } else { " before" };
        say(&format!("published{before}{draft} as number {number}"))?;
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

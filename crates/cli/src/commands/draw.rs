//! `throughline draw`: pictures in SVG, and their facts as tables.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use clap::{Args, Subcommand};
use serde_json::json;
use throughline_casebook::Casebook;
use throughline_draw::gather::{Catalog, NETWORK, Open, Picture, TOLL, Veil};
use throughline_draw::{Caption, Drawing, Table, View as MapView};
use throughline_formats::table::guard;
use throughline_model::{AsOf, MentionId, SubjectKind};
use throughline_tell::disclosed::Disclosed;
use throughline_tell::typed;

use crate::args::Dates;
use crate::commands::export::To;
use crate::commands::open;
use crate::new_file::NewFile;
use crate::output::{Output, print_json};

#[derive(Debug, Args)]
pub(crate) struct Draw {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Who and what is tied to what: around one record, or over all incidents.
    Network {
        #[command(flatten)]
        of: Of,
        /// The most records to draw.
        #[arg(long, default_value_t = NETWORK, value_name = "N", value_parser = at_most::<2_000>)]
        most: usize,
    },
    /// Where things happened: of one record, or all.
    Map {
        #[command(flatten)]
        of: Of,
        /// The stretch of the globe to show, in degrees: west,south,east,north; all that lies anywhere
        /// if none is named.
        #[arg(long, value_name = "W,S,E,N", value_parser = stretch, allow_hyphen_values = true)]
        view: Option<MapView>,
    },
    /// When things happened, were claimed, published and corrected: of one record, or all.
    Timeline {
        #[command(flatten)]
        of: Of,
    },
    /// Since when connections between incidents could be seen, and which false leads: of one
    /// incident, or all.
    Replay {
        #[command(flatten)]
        of: Of,
    },
    /// Who published what of the connection between two incidents when.
    Known {
        /// The one incident.
        #[arg(value_name = "INCIDENT")]
        from: String,
        /// The other.
        #[arg(value_name = "INCIDENT")]
        other: String,
        #[command(flatten)]
        view: View,
    },
    /// Killed and wounded: of one incident as reported over time, else of a list of incidents.
    Toll {
        #[command(flatten)]
        of: Of,
        /// The most incidents to list.
        #[arg(long, default_value_t = TOLL, value_name = "N", value_parser = at_most::<1_000>)]
        most: usize,
    },
}

/// What is drawn.
#[derive(Debug, Args)]
struct Of {
    /// The record to draw it around, as lists and `show` give it; all there is if none is named.
    #[arg(value_name = "ID")]
    id: Option<String>,
    #[command(flatten)]
    view: View,
}

/// As of when something is drawn, and where it goes.
#[derive(Debug, Args)]
struct View {
    #[command(flatten)]
    dates: Dates,
    #[command(flatten)]
    to: To,
    /// A new file for the facts of the picture, in CSV.
    #[arg(long, value_name = "FILE")]
    table: Option<PathBuf>,
}

fn at_most<const MOST: usize>(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if (1..=MOST).contains(&number) => Ok(number),
        _ => Err(format!("a number from 1 to {MOST}")),
    }
}

fn stretch(text: &str) -> Result<MapView, String> {
    MapView::read(text).ok_or_else(|| "degrees, such as -5,42,9,51.5".to_owned())
}

pub(crate) fn run(path: &Path, command: &Draw, output: Output) -> anyhow::Result<ExitCode> {
    match &command.what {
        What::Network { of, most } => {
            of.draw(path, output, "draw network", Picture::Network { most: *most })
        }
        What::Map { of, view } => of.draw(path, output, "draw map", Picture::Map { view: *view }),
        What::Timeline { of } => of.draw(path, output, "draw timeline", Picture::Timeline),
        What::Replay { of } => {
            if let Some(typed) = &of.id {
                incident(&open(path)?, typed)?;
            }
            of.draw(path, output, "draw replay", Picture::Replay)
        }
        What::Known { from, other, view } => {
            let mut casebook = open(path)?;
            let ends = [from, other].map(|text| {
                let id = incident(&casebook, text)?;
                in_view(&casebook, id, view.dates.as_of())?;
                anyhow::Ok(id)
            });
            let [from, other] = ends;
            let (from, other) = (from?, other?);
            if from == other {
                bail!("both are one incident; name another");
            }
            view.draw(&mut casebook, output, "draw known", |catalog| {
                catalog.draw_known(from, other)
            })
        }
        What::Toll { of, most } => {
            of.draw(path, output, "draw toll", Picture::Toll { most: *most })
        }
    }
}

impl Of {
    fn draw(
        &self,
        path: &Path,
        output: Output,
        what: &str,
        picture: Picture,
    ) -> anyhow::Result<ExitCode> {
        let mut casebook = open(path)?;
        let id = self.id.as_deref().map(|text| typed::mention(&casebook, text)).transpose()?;
        if let Some(id) = id {
            in_view(&casebook, id, self.view.dates.as_of())?;
        }
        self.view.draw(&mut casebook, output, what, |catalog| catalog.draw(picture, id))
    }
}

impl View {
    fn draw(
        &self,
        casebook: &mut Casebook,
        output: Output,
        what: &str,
        draw: impl FnOnce(&Catalog) -> throughline_casebook::Result<(Caption, Drawing)>,
    ) -> anyhow::Result<ExitCode> {
        let as_of = self.dates.as_of();
        if self.table.is_some() && self.table == self.to.out {
            bail!("the picture and its table are two files; name another after --table");
        }
        // A file that cannot be made is known before names are noted as taken out.
        let table = self.table.as_deref().map(NewFile::make).transpose()?;
        self.to.write(casebook, what, |casebook, full, writer| {
            let veil: Arc<dyn Veil> = match full {
                true => Arc::new(Open),
                false => Arc::new(Disclosed::gather(casebook)?),
            };
            let catalog = Catalog::load(casebook, as_of, veil)?;
            let (caption, drawing) = draw(&catalog)?;
            // Without a file, standard output has room for one of the two.
            if self.to.out.is_some() || !output.json {
                writer.write_all(drawing.svg.as_bytes())?;
            }
            if output.json {
                print_json(&json!([throughline_draw::json(&caption, &drawing.table, as_of)]))?;
            }
            if let Some(mut table) = table {
                write_table(&drawing.table, &mut table)?;
                table.finish()?;
            }
            Ok(())
        })?;
        for file in [&self.to.out, &self.table].into_iter().flatten().filter(|_| !output.json) {
            eprintln!("written to {}", file.display());
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The incident that an id names.
fn incident(casebook: &Casebook, text: &str) -> anyhow::Result<MentionId> {
    let id = typed::mention(casebook, text)?;
    if id.kind() != SubjectKind::Incident {
        bail!(
            "{id} is a {}; connections are drawn of incidents, inc-…, which `throughline incidents` lists",
            id.kind().name()
        );
    }
    Ok(id)
}

pub(crate) fn in_view(casebook: &Casebook, id: MentionId, as_of: AsOf) -> anyhow::Result<()> {
    if casebook.shown(id, as_of, 1)?.is_none() {
        bail!("{id} was not published or recorded by the dates asked for; `show` says when it was");
    }
    Ok(())
}

pub(crate) fn write_table(table: &Table, file: &mut dyn Write) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(file);
    writer.write_record(&table.header)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| guard(cell)))?;
    }
    Ok(writer.flush()?)
}

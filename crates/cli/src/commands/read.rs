//! `throughline read`

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use throughline_capture::{Failure, Format, Given, capture};
use throughline_casebook::Casebook;
use throughline_intake::{Heard, Tally, Wanted, catch_up, lines, published, take_in};
use throughline_model::{Edtf, Medium};

use crate::commands::judge::now;
use crate::output::{Output, plain, print_json, say, send};

#[derive(Debug, Args)]
#[command(after_long_help = formats())]
pub(crate) struct Read {
    /// Files, archives and folders with all they hold, or `-` for standard input.
    #[arg(value_name = "PATH", required_unless_present = "resume")]
    paths: Vec<PathBuf>,
    /// When documents were published that do not say so themselves.
    #[arg(long, value_name = "DATE", value_parser = parse_published)]
    published: Option<Edtf>,
    /// Who published documents that do not say so themselves.
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// What documents are whose format does not tell: page, feed, channel, chat or letter.
    #[arg(long, value_name = "MEDIUM", value_parser = parse_medium)]
    medium: Option<Medium>,
    /// Only store the documents; read them later with --resume.
    #[arg(long)]
    capture_only: bool,
    /// Also read what is stored and was not read yet, or was read by an older reader.
    #[arg(long)]
    resume: bool,
    /// Print a line for every document as soon as it is on the disk.
    #[arg(long)]
    each: bool,
}

/// The formats that are read, for the help.
fn formats() -> String {
    let mut lines = vec!["Formats:".to_owned()];
    for format in Format::ALL {
        let extensions: Vec<String> =
            format.extensions().iter().map(|extension| format!(".{extension}")).collect();
        lines.push(match extensions.is_empty() {
            true => format!("  {}", format.name()),
            false => format!("  {} ({})", format.name(), extensions.join(", ")),
        });
    }
    lines.push("docs/formats.md tells what is read of each.".to_owned());
    lines.join("\n")
}

/// A date on which something can have been published by now.
pub(crate) fn parse_published(text: &str) -> Result<Edtf, String> {
    published(text, now())
}

impl Read {
    /// Whether none of the paths is there.
    fn names_nothing(&self) -> bool {
        !self.paths.is_empty()
            && self.paths.iter().all(|path| path.as_os_str() != "-" && !path.exists())
    }

    fn given(&self) -> Given {
        Given {
            published: self.published.clone(),
            source: self.source.clone(),
            medium: self.medium,
            ..Given::default()
        }
    }
}

fn parse_medium(text: &str) -> Result<Medium, String> {
    Medium::from_name(text).ok_or_else(|| {
        format!("{text:?} is no medium; give one of {}", Medium::ALL.map(Medium::name).join(", "))
    })
}

pub(crate) fn run(path: &Path, command: &Read, output: Output) -> anyhow::Result<ExitCode> {
    let mut tally = Tally::default();
    if !path.exists() && command.names_nothing() {
        // A mistyped path leaves no empty casebook behind.
        let failures: Vec<Failure> = capture(command.paths.iter().cloned(), Given::default())
            .filter_map(Result::err)
            .collect();
        tally.fail(failures);
        report(&tally, output)?;
        return Ok(ExitCode::FAILURE);
    }
    let mut casebook = Casebook::open_or_create(path)?;
    let bar = progress("documents stored");
    let mut hear = |heard: Heard<'_>| -> anyhow::Result<ControlFlow<()>> {
        match heard {
            Heard::Entered(one) if command.each => {
                say(&format!("{} {} {}", one.became.name(), one.id, plain(&one.place)))?;
            }
            Heard::Entered(_) => {}
            Heard::Batch(tally) => {
                send()?;
                bar.set_position(tally.seen());
            }
        }
        Ok(ControlFlow::Continue(()))
    };
    let items = capture(command.paths.iter().cloned(), command.given());
    let wanted = Wanted { readings: !command.capture_only, now: now() };
    take_in(&mut casebook, items, wanted, &mut tally, &mut hear)?;
    if command.resume {
        catch_up(&mut casebook, &mut tally, &mut hear)?;
    }
    bar.finish_and_clear();
    let bar = progress("blocks to derive");
    casebook.settle(|left| bar.set_position(left))?;
    bar.finish_and_clear();
    report(&tally, output)?;
    Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn report(tally: &Tally, output: Output) -> anyhow::Result<()> {
    for line in lines(&tally.remarks()) {
        eprintln!("{}", plain(&line));
    }
    list(
        "kept without text (`throughline read --help` lists the formats that are read):",
        &tally.unread,
        tally.kept,
    );
    list("not taken in:", &tally.why_failed(), tally.failed);
    if output.json {
        print_json(&json!([tally.json()]))?;
        return Ok(());
    }
    if let Some(passed_over) = tally.passed_over() {
        eprintln!("passed over: {passed_over}");
    }
    say(&format!("documents: {}", tally.told()))?;
    Ok(())
}

/// The first of some places and what is said of each under a heading, and how many there are beyond.
fn list(heading: &str, said: &[(String, String)], all: usize) {
    if all == 0 {
        return;
    }
    eprintln!("{heading}");
    lines(said).iter().for_each(|line| eprintln!("  {}", plain(line)));
    if all > said.len() {
        eprintln!("  and {} more", all - said.len());
    }
}

fn progress(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} {msg} ({elapsed})") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

//! `throughline serve`

use std::path::Path;
use std::process::ExitCode;

use anyhow::ensure;
use clap::{Args, ValueEnum};
use serde_json::json;
use throughline_casebook::Casebook;
use throughline_web::{Audience, Manner, Served};

use crate::args::Seen;
use crate::output::{Output, plain, print_json, say, send};

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The port; without it 4717, or the next one that is free.
    #[arg(long, value_name = "N", value_parser = port)]
    port: Option<u16>,
    /// For whom: `desk` shows every name, `readers` withholds names as exports do.
    #[arg(long, value_enum, default_value_t = Edition::Desk)]
    edition: Edition,
    /// Only for reading: nobody can judge through the pages, and no key is asked for.
    #[arg(long)]
    read_only: bool,
    /// Make the casebook if there is none.
    #[arg(long, conflicts_with = "read_only")]
    new: bool,
    #[command(flatten)]
    seen: Seen,
    /// Open the pages in the browser.
    #[arg(long)]
    open: bool,
}

fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| "a port is a number up to 65535, such as 4717".to_owned())
}

/// For whom pages are made.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Edition {
    Desk,
    Readers,
}

pub(crate) fn run(path: &Path, command: &Serve, output: Output) -> anyhow::Result<ExitCode> {
    let audience = match command.edition {
        Edition::Desk => Audience::Desk,
        Edition::Readers => Audience::Readers,
    };
    let coder = command.seen.blind.as_deref();
    ensure!(
        coder.is_none() || audience == Audience::Desk,
        "--blind is for a coder at work, and the readers' edition shows what was found; give one of \
         the two"
    );
    if command.new && !path.exists() {
        drop(Casebook::open_or_create(path)?);
    }
    let manner = Manner { audience, coder: coder.map(str::to_owned), read_only: command.read_only };
    throughline_web::serve(path, command.port, &manner, |served| {
        // Whoever started it may have closed its output; the pages are served all the same.
        let _closed = announce(served, output);
        if command.open
            && let Err(error) = open::that_detached(served.url())
        {
            eprintln!("no browser could be started ({error}); open {} yourself", served.url());
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

fn announce(served: &Served, output: Output) -> std::io::Result<()> {
    let casebook = served.casebook.display().to_string();
    if output.json {
        return print_json(&json!([{"casebook": casebook, "address": served.url()}]));
    }
    say(&format!("{} is served at {}", plain(&casebook), served.url()))?;
    say(match (&served.key, served.judges) {
        (None, _) => "on this machine alone, for reading; Ctrl-C ends it",
        (Some(_), false) => {
            "on this machine alone, to whoever has this address, for reading; Ctrl-C ends it"
        }
        (Some(_), true) => {
            "on this machine alone, to whoever has this address, to read and judge; Ctrl-C ends it"
        }
    })?;
    send()
}

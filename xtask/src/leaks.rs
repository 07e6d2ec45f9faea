//! The leak tests over a large made casebook: every export, drawing, citation and pack, and every page
//! for readers.

use std::process::Command;

use anyhow::{Context, ensure};

/// How many incidents are gone through where none are named.
const INCIDENTS: usize = 1_000;

/// Runs the leak tests of both crates that let words out, optimised, over so many incidents.
pub(crate) fn run(many: Option<&str>) -> anyhow::Result<()> {
    let many = match many {
        None => INCIDENTS,
        Some(text) => {
            text.parse().with_context(|| format!("{text:?} is no number of incidents"))?
        }
    };
    for package in ["throughline-cli", "throughline-web"] {
        let arguments = ["test", "--release", "-p", package, "--test", "it", "leaks"];
        eprintln!("cargo {}, over {many} incidents", arguments.join(" "));
        let status = Command::new(env!("CARGO"))
            .args(arguments)
            .env("THROUGHLINE_LEAKS", many.to_string())
            .status()
            .context("cargo cannot be run")?;
        ensure!(status.success(), "a protected name goes out, or something else failed; see above");
    }
    eprintln!("0 protected names in what goes out of {many} incidents");
    Ok(())
}

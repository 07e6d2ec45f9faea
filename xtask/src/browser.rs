//! The pages in a real browser: `cargo xtask browser`, and the last step of `cargo xtask test`.
//!
//! It needs node, the packages of `browser/package-lock.json` and Chromium. Where one of them is
//! missing, the tests say so in one loud line and nothing is checked.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};

use crate::sample::root;
use crate::stage::Stage;

/// The oldest node that the packages run on.
const NODE: u32 = 20;

/// What Chromium is called, in the order in which it is looked for.
const CHROMIUM: [&str; 4] =
    ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/// What the scripts run with.
pub(crate) struct Browser {
    chromium: PathBuf,
}

impl Browser {
    /// Looks for everything that is needed; says what is missing.
    pub(crate) fn find() -> Result<Browser, String> {
        let mut missing = Vec::new();
        if node_version().is_none_or(|version| version < NODE) {
            missing.push(format!("no node of version {NODE} or later"));
        }
        let modules = root().join("browser/node_modules");
        if !["playwright-core", "axe-core"].iter().all(|name| modules.join(name).is_dir()) {
            missing.push("no packages (`npm ci --prefix browser`)".to_owned());
        }
        let chromium = on_the_path(&CHROMIUM);
        if chromium.is_none() {
            missing.push("no Chromium on the PATH (`apt-get install chromium`)".to_owned());
        }
        match chromium {
            Some(chromium) if missing.is_empty() => Ok(Browser { chromium }),
            _ => Err(missing.join(", ")),
        }
    }

    /// Runs a script of `browser/` with the program and Chromium, and more arguments.
    pub(crate) fn run(&self, script: &str, stage: &Stage, more: &[&str]) -> anyhow::Result<()> {
        let status = Command::new("node")
            .arg(root().join("browser").join(script))
            .arg("--program")
            .arg(&stage.program)
            .arg("--chromium")
            .arg(&self.chromium)
            .args(more)
            .status()
            .context("node could not be started")?;
        ensure!(status.success(), "browser/{script} failed");
        Ok(())
    }
}

/// Checks the pages, as a step of the tests: without a browser it says so, and goes on.
pub(crate) fn step() -> anyhow::Result<()> {
    match Browser::find() {
        Ok(browser) => check(&browser, &[]),
        Err(missing) => {
            eprintln!("\nBROWSER: browser tests not run: {missing}\n");
            Ok(())
        }
    }
}

/// Checks the pages; `more` goes to the script.
pub(crate) fn run(more: &[&str]) -> anyhow::Result<()> {
    match Browser::find() {
        Ok(browser) => check(&browser, more),
        Err(missing) => bail!("browser tests not run: {missing}"),
    }
}

fn check(browser: &Browser, more: &[&str]) -> anyhow::Result<()> {
    crate::page::step()?;
    // Every page means thousands of pages, for which a program without optimisation takes hours.
    let all = more.contains(&"--all");
    let build = ["build", "--bin", "throughline", "--locked"];
    crate::cargo(&[&build[..], if all { &["--release"] } else { &[] }].concat())?;
    let stages = stages(all)?;
    let mut arguments = more.to_vec();
    let casebooks: Vec<String> =
        stages.iter().map(|stage| stage.casebook.display().to_string()).collect();
    for casebook in &casebooks {
        arguments.extend(["--casebook", casebook]);
    }
    browser.run("check.mjs", &stages[0], &arguments)?;
    for what in ["judging", "grading", "sources", "counting", "linking"] {
        let folder = stages[0].folder.join(what).display().to_string();
        browser.run(&format!("{what}.mjs"), &stages[0], &["--folder", &folder])?;
    }
    Ok(())
}

/// The sample, and what three channels made of a picture; with the optimised program, or the one that
/// was built with this.
pub(crate) fn stages(optimised: bool) -> anyhow::Result<[Stage; 2]> {
    let mut sample = Stage::set("browser")?;
    if optimised {
        sample.program = sample.program_of("release");
    }
    sample.sample()?;
    let channels = Stage { casebook: sample.folder.join("channels.casebook"), ..sample.clone() };
    channels.quietly(&["read", "browser/channels"])?;
    Ok([sample, channels])
}

/// The first number of node's version.
pub(crate) fn node_version() -> Option<u32> {
    let output = Command::new("node").arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    text.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// The first of some programs that lies in a folder of the PATH.
fn on_the_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let all = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    all.into_iter().find(|program: &PathBuf| Path::is_file(program))
}

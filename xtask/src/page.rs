//! The script of the pages: `cargo xtask page`, and a step of all that shows or tests pages.
//!
//! It is built from `crates/web/page` by node into `crates/web/page/built`, from where the program
//! takes it. Where there is no node, pages are built without it, and one line says so.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use anyhow::{Context, ensure};

use crate::browser::node_version;
use crate::sample::root;

/// The oldest node that the packages run on.
const NODE: u32 = 20;

/// Builds it, or says why not; fails where it is there and does not build.
pub(crate) fn run() -> anyhow::Result<()> {
    ensure!(step()?, "the script of the pages was not built");
    Ok(())
}

/// As [`run`], and says whether it was built: without node, pages do without.
pub(crate) fn step() -> anyhow::Result<bool> {
    let folder = root().join("crates/web/page");
    if node_version().is_none_or(|version| version < NODE) {
        eprintln!(
            "PAGE: no node of version {NODE} or later, so the pages are built without their script"
        );
        return Ok(false);
    }
    if !is_installed(&folder) {
        npm(&folder, &["ci", "--no-fund", "--no-audit"])?;
    }
    if is_built(&folder)? {
        return Ok(true);
    }
    for old in files(&folder.join("built"), "js")? {
        std::fs::remove_file(&old).with_context(|| old.display().to_string())?;
    }
    npm(&folder, &["run", "build"])?;
    Ok(true)
}

/// Whether the packages are those of the list: npm notes beside them what it installed.
fn is_installed(folder: &Path) -> bool {
    let changed = |path: PathBuf| path.metadata().and_then(|about| about.modified()).ok();
    let listed = changed(folder.join("package-lock.json"));
    let installed = changed(folder.join("node_modules/.package-lock.json"));
    installed.is_some() && installed >= listed
}

/// Whether what was built is younger than all that it is built from: built again, it would be the
/// same, and the program would be compiled anew for it.
fn is_built(folder: &Path) -> anyhow::Result<bool> {
    let changed = |path: &PathBuf| -> anyhow::Result<SystemTime> {
        let about = path.metadata().with_context(|| path.display().to_string())?;
        Ok(about.modified()?)
    };
    let mut from = files(&folder.join("src"), "ts")?;
    let around = ["package-lock.json", "package.json", "tsconfig.json", "vite.config.js"];
    from.extend(around.iter().map(|name| folder.join(name)));
    let last = from.iter().map(changed).collect::<anyhow::Result<Vec<_>>>()?.into_iter().max();
    let built = files(&folder.join("built"), "js")?;
    let first = built.iter().map(changed).collect::<anyhow::Result<Vec<_>>>()?.into_iter().min();
    Ok(first.zip(last).is_some_and(|(first, last)| first > last))
}

/// The files of a folder whose names end so.
fn files(folder: &Path, end: &str) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == end) {
            found.push(path);
        }
    }
    Ok(found)
}

/// Runs npm, and is silent unless it fails.
fn npm(folder: &Path, arguments: &[&str]) -> anyhow::Result<()> {
    eprintln!("npm {} (crates/web/page)", arguments.join(" "));
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(program).args(arguments).current_dir(folder).output();
    let Output { status, stdout, stderr } = output.context("npm could not be started")?;
    ensure!(
        status.success(),
        "npm {} failed: {}{}",
        arguments.join(" "),
        String::from_utf8_lossy(&stdout),
        String::from_utf8_lossy(&stderr)
    );
    Ok(())
}

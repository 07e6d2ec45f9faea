//! The script of the pages: `cargo xtask page`, and a step of all that shows or tests pages.
//!
//! It is built from `crates/web/page` by node into `crates/web/page/built`, from where the program
//! takes it. Where there is no node, pages are built without it, and one line says so.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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
    for old in scripts(&folder.join("built"))? {
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

fn scripts(built: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(built).with_context(|| built.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "js") {
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

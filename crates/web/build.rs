//! Puts the built script of the pages into the program, if it was built.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{env, fs, io};

/// Where `cargo xtask page` puts what it builds. The folder is always there, so that cargo notices
/// what comes into it.
const BUILT: &str = "page/built";

/// What it is built from.
const SOURCE: &str = "page/src";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={BUILT}");
    println!("cargo::rerun-if-changed={SOURCE}");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let (built, source) = (latest(&root.join(BUILT), "js")?, latest(&root.join(SOURCE), "ts")?);
    if built.is_some() && built < source {
        println!(
            "cargo::warning=the script of the pages is older than its source; `cargo xtask page` builds it anew"
        );
    }
    fs::write(out.join("assets.rs"), listed(&root.join(BUILT), &out)?)
}

/// When the last file of a kind in a folder was written.
fn latest(folder: &Path, kind: &str) -> io::Result<Option<SystemTime>> {
    let mut latest = None;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == kind) {
            latest = latest.max(Some(path.metadata()?.modified()?));
        }
    }
    Ok(latest)
}

/// The scripts of a folder as a list in Rust, by name. They are copied, so that one that is built
/// anew while the program is compiled does no harm.
fn listed(folder: &Path, out: &Path) -> io::Result<String> {
    let mut scripts = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "js") {
            scripts.push(path);
        }
    }
    scripts.sort();
    let mut list = String::from("static ASSETS: &[(&str, &[u8])] = &[\n");
    for path in scripts {
        let name = path.file_name().unwrap_or_default();
        let own = out.join(name);
        fs::copy(&path, &own)?;
        let name = name.to_string_lossy();
        let _infallible = writeln!(list, "    ({name:?}, include_bytes!({own:?})),");
    }
    list.push_str("];\n");
    Ok(list)
}

//! What developers run: `cargo xtask demo`, `cargo xtask test` and the steps of both.

mod bench;
mod browser;
mod demo;
mod drawings;
mod gazetteer;
mod leaks;
mod outlines;
mod page;
mod pages;
mod photographs;
mod places;
mod sample;
mod score;
mod stage;
mod tidy;

use std::io::BufWriter;
use std::process::{Command, ExitCode};

use anyhow::{Context, bail};

pub(crate) const USAGE: &str = "usage: cargo xtask TASK

  demo [--no-serve]       build the program, make the sample casebook, show the way through it, serve it
  test                    formatting, lints, tidy and all tests, the pages in a browser last
  soak [CASES]            all tests with other random cases than `test` takes, 1,000 of each or so many
  browser [--all]         pages of every kind in a browser; with --all every page, which takes long
  page                    build the script of the pages with node, into the program
  leaks [INCIDENTS]       look for protected names in all that goes out of a made casebook of 1,000
                          incidents, or of so many; `test` does it with fewer
  tidy                    what the manual names exists; no file without a word on what it is for
  sample                  print what the sample's coder read and judged, as `import assertions` takes it
  score [--write]         score the reader against that coder; --write puts it into docs/accuracy.md
  pages [FOLDER]          score the reading of saved pages against their articles
  drawings                draw the pictures of docs/drawings.md anew
  photographs             take the pictures of docs/pages.md anew, in a browser
  bench [FOLDER [SIZE…]]  measure speed on documents made from the texts in a folder
  bench sources [FOLDER]  measure it on saved pages, an export and archives made from these
  places FOLDER           make the reader's table of places from GeoNames
  gazetteer FOLDER        make the gazetteer of crates/places from GeoNames
  outlines FOLDER         make the outlines of countries of crates/places from Natural Earth";

/// The steps of `cargo xtask test`, in order, each a call of cargo.
const TEST: &[&[&str]] = &[
    &["fmt", "--all", "--check"],
    // The fuzzer is apart from the workspace: its lock must follow the crates it calls.
    &["tree", "--locked", "--depth", "0", "--manifest-path", "fuzz/Cargo.toml"],
    &["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"],
    // Examples are commands that measure: that they compile, clippy has seen.
    &["test", "--workspace", "--locked", "--lib", "--bins", "--tests"],
    &["test", "--workspace", "--locked", "--doc"],
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments.as_slice() {
        ["demo"] => demo::run(true),
        ["demo", "--no-serve"] => demo::run(false),
        ["test"] => test(),
        ["soak", cases @ ..] => soak(cases.first().copied().unwrap_or("1000")),
        ["browser", more @ ..] => browser::run(more),
        ["sample"] => print_sample(),
        ["page"] => page::run(),
        ["leaks", many @ ..] => leaks::run(many.first().copied()),
        ["tidy"] => tidy::run(),
        ["drawings"] => drawings::write(),
        ["photographs"] => photographs::run(),
        ["score"] => score::run(false),
        ["score", "--write"] => score::run(true),
        ["pages", folder @ ..] => pages::run(folder.first().copied()),
        ["bench", rest @ ..] => bench::run(rest),
        ["gazetteer", folder] => gazetteer::write(std::path::Path::new(folder)),
        ["outlines", folder] => outlines::write(std::path::Path::new(folder)),
        ["places", folder @ ..] => {
            return places::build(folder.first().map(|folder| (*folder).to_owned()));
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What random tests begin with: the same cases each time, so that a change passes or fails by what
/// it changes. `soak` looks for what other cases bring to light.
const SEED: &str = "18940212";

fn test() -> anyhow::Result<()> {
    page::step()?;
    let seed = std::env::var("PROPTEST_RNG_SEED").unwrap_or_else(|_| SEED.to_owned());
    TEST.iter().try_for_each(|arguments| cargo_with(arguments, &[("PROPTEST_RNG_SEED", &seed)]))?;
    licences()?;
    eprintln!("cargo xtask tidy");
    tidy::run()?;
    browser::step()
}

/// Runs the tests with random cases that no other run had, told so that a failure can be seen again.
fn soak(cases: &str) -> anyhow::Result<()> {
    cases.parse::<u32>().with_context(|| format!("{cases:?} is no number of cases"))?;
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed()?;
    let seed = std::env::var("PROPTEST_RNG_SEED").unwrap_or_else(|_| since.as_nanos().to_string());
    eprintln!("PROPTEST_RNG_SEED={seed} PROPTEST_CASES={cases}");
    let tests = ["test", "--workspace", "--locked", "--no-fail-fast", "--lib", "--bins", "--tests"];
    cargo_with(&tests, &[("PROPTEST_RNG_SEED", &seed), ("PROPTEST_CASES", cases)])
}

/// Checks the dependencies against deny.toml, where cargo-deny is installed.
fn licences() -> anyhow::Result<()> {
    let found = Command::new(env!("CARGO")).args(["deny", "--version"]).output();
    if found.is_ok_and(|output| output.status.success()) {
        return cargo(&["deny", "check", "bans", "licenses", "sources"]);
    }
    eprintln!("licences of dependencies NOT checked: `cargo install cargo-deny` brings the check");
    Ok(())
}

/// Runs cargo, saying so.
pub(crate) fn cargo(arguments: &[&str]) -> anyhow::Result<()> {
    cargo_with(arguments, &[])
}

fn cargo_with(arguments: &[&str], variables: &[(&str, &str)]) -> anyhow::Result<()> {
    eprintln!("cargo {}", arguments.join(" "));
    let status = Command::new(env!("CARGO"))
        .args(arguments)
        .envs(variables.iter().copied())
        .current_dir(sample::root())
        .status()
        .context("cargo could not be started")?;
    if !status.success() {
        bail!("cargo {} failed", arguments.join(" "));
    }
    Ok(())
}

fn print_sample() -> anyhow::Result<()> {
    let coded = sample::Sample::load()?.coded()?;
    sample::write_lines(&coded, &mut BufWriter::new(std::io::stdout().lock()))?;
    Ok(())
}

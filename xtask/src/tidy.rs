//! `cargo xtask tidy`: what the manual names exists, and nothing is in the text that must not be.
//!
//! - every path in a code span or link of a Markdown page;
//! - every `throughline COMMAND` and `cargo xtask TASK` in a span or block of code;
//! - every source file begins with what it is for, and none is named after nothing;
//! - no text speaks of places outside the project or of work that is not done;
//! - what is no text, but for what tests read, is of a kind that the project makes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::sample::root;

/// Folders of the project that hold its own text; what is built or brought in lies elsewhere.
const FOLDERS: [&str; 9] =
    [".cargo", ".ci", "browser", "codebooks", "crates", "docs", "models", "sample", "xtask"];

/// What a folder of these names holds was brought in.
const BROUGHT_IN: &str = "node_modules";

/// Names that say nothing of what a module is for.
const EMPTY_NAMES: [&str; 7] = ["helper", "helpers", "manager", "misc", "util", "utils", "stuff"];

/// Words that no text of the project may hold, each split so that this list holds none, and why.
const FORBIDDEN: [(&str, &str, &str); 5] = [
    ("../", "shared", "nothing outside the project may be named"),
    ("/wo", "rk/", "no path of one machine may be named"),
    ("TO", "DO", "write what is so, and leave out what is not yet"),
    ("FIX", "ME", "write what is so, and leave out what is not yet"),
    ("lorem ", "ipsum", "every sentence is meant"),
];

pub(crate) fn run() -> anyhow::Result<()> {
    let root = root();
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&root)? {
        let path = entry?.path();
        if path.is_file() && path.extension().is_some_and(|end| end != "lock") {
            files.push(path);
        }
    }
    for folder in FOLDERS {
        walk(&root.join(folder), &mut files)?;
    }
    files.sort();
    let mut found = Vec::new();
    let mut commands: BTreeSet<(String, String)> = BTreeSet::new();
    for path in &files {
        let name = path.strip_prefix(&root).unwrap_or(path).display().to_string();
        // What is no text, such as a picture, names nothing.
        let Ok(text) = std::fs::read_to_string(path) else {
            found.extend(stray(&name, path));
            continue;
        };
        found.extend(words(&name, &text));
        match path.extension().and_then(|end| end.to_str()) {
            Some("rs") => found.extend(source(&name, &text)),
            Some("md") => {
                found.extend(paths(&root, path, &name, &text));
                commands.extend(spoken(&text).into_iter().map(|command| (command, name.clone())));
            }
            _ => {}
        }
    }
    found.extend(unknown_commands(&commands)?);
    found.iter().for_each(|complaint| eprintln!("{complaint}"));
    match found.len() {
        0 => Ok(()),
        many => bail!("{many} to be tidied"),
    }
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry?.path();
        if path.ends_with(BROUGHT_IN) {
            continue;
        }
        match path.is_dir() {
            true => walk(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

/// Whether a file that is no text was left there by some other program.
fn stray(name: &str, path: &Path) -> Option<String> {
    // Weights, packed tables and pictures.
    let ours = ["bin", "zst", "png"];
    let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
    let read_by_tests = path.components().any(|folder| folder.as_os_str() == "tests");
    (!read_by_tests && !ours.contains(&end))
        .then(|| format!("{name}: no text, and nothing that the project makes"))
}

/// Words that must not stand in a text.
fn words(name: &str, text: &str) -> Vec<String> {
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(at, line)| {
            FORBIDDEN.iter().filter_map(move |(one, other, why)| {
                let word = format!("{one}{other}");
                line.contains(&word).then(|| format!("{name}:{}: {word:?}: {why}", at + 1))
            })
        })
        .collect()
}

/// A source file's name and its first line.
fn source(name: &str, text: &str) -> Vec<String> {
    let stem = Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let mut found = Vec::new();
    if name.contains("/src/") && EMPTY_NAMES.contains(&stem) {
        found.push(format!("{name}: {stem} says nothing of what the file is for"));
    }
    if !text.starts_with("//!") {
        found.push(format!("{name}:1: a file begins with //! and what it is for"));
    }
    found
}

/// Paths in code spans and links that lead nowhere: from the project's folder, the page's, or that
/// of a crate.
fn paths(root: &Path, page: &Path, name: &str, text: &str) -> Vec<String> {
    let beside = page.parent().unwrap_or(root);
    let crates = std::fs::read_dir(root.join("crates")).into_iter().flatten();
    let folders: Vec<PathBuf> = [root.to_owned(), beside.to_owned()]
        .into_iter()
        .chain(crates.flatten().map(|entry| entry.path()))
        .collect();
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let spans = line.split('`').skip(1).step_by(2).filter(|span| is_path(span));
        let links = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let links = links.map(|link| link.split('#').next().unwrap_or_default());
        let links = links.filter(|link| !link.is_empty() && !link.contains("://"));
        for path in spans.chain(links) {
            if !folders.iter().any(|folder| folder.join(path).exists()) {
                found.push(format!("{name}:{}: there is no {path}", at + 1));
            }
        }
    }
    found
}

/// Whether a code span is a path of the project, and not words in the form of one.
fn is_path(span: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
    // FILE.toml stands for whatever the reader has; target/ is what is built.
    let stands_for = span.split(['/', '.']).any(|part| {
        part.len() > 2
            && part.chars().all(|letter| letter.is_ascii_uppercase())
            && !span.ends_with(".md")
    });
    let inside = FOLDERS.iter().any(|folder| span.starts_with(&format!("{folder}/")));
    span.chars().all(plain) && !stands_for && (inside || span.ends_with(".md"))
}

/// The commands that a page speaks of, as `throughline judge` and `cargo xtask demo`.
fn spoken(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        let spans: Vec<&str> = match fenced {
            true => vec![line.trim_start_matches("$ ")],
            false => line.split('`').skip(1).step_by(2).collect(),
        };
        for span in spans {
            let words: Vec<&str> = span.split_whitespace().collect();
            let command = match words.as_slice() {
                ["cargo", "xtask", task, ..] => format!("cargo xtask {task}"),
                ["throughline", command, ..] => format!("throughline {command}"),
                _ => continue,
            };
            let last = command.rsplit(' ').next().unwrap_or_default();
            if last.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-')
                && !last.starts_with('-')
            {
                found.insert(command);
            }
        }
    }
    found
}

/// The commands that nobody knows.
fn unknown_commands(commands: &BTreeSet<(String, String)>) -> anyhow::Result<Vec<String>> {
    crate::cargo(&["build", "--quiet", "--bin", "throughline", "--locked"])?;
    let own = std::env::current_exe().context("where this program lies is not known")?;
    let program = own.with_file_name(format!("throughline{}", std::env::consts::EXE_SUFFIX));
    let mut found = Vec::new();
    for (command, page) in commands {
        let known = match command.split_once("xtask ") {
            Some((_, task)) => {
                crate::USAGE.lines().any(|line| line.trim_start().split(' ').next() == Some(task))
            }
            None => {
                let name = command.rsplit(' ').next().unwrap_or_default();
                let help = Command::new(&program)
                    .args(["help", name])
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .status();
                help.with_context(|| program.display().to_string())?.success()
            }
        };
        if !known {
            found.push(format!("{page}: there is no `{command}`"));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_the_project_are_told_from_words() {
        for (span, path) in [
            ("crates/model", true),
            ("docs/none.md", true),
            ("ARCHITECTURE.md", true),
            ("yes/no", false),
            ("sample/FILE.toml", false),
            ("target/demo/sample.casebook", false),
            ("crates/<stage>/tests", false),
            ("had-help.toml", false),
        ] {
            assert_eq!(is_path(span), path, "{span}");
        }
    }

    #[test]
    fn a_path_that_leads_nowhere_is_named_with_its_line() {
        let root = root();
        let page = root.join("docs/page.md");
        let text = "See `crates/model`.\nSee `docs/nowhere.md` and [that](nowhere.md#part).\n";
        let found = paths(&root, &page, "docs/page.md", text);
        assert_eq!(
            found,
            [
                "docs/page.md:2: there is no docs/nowhere.md",
                "docs/page.md:2: there is no nowhere.md"
            ]
        );
    }

    #[test]
    fn commands_are_read_from_spans_and_blocks() {
        let text = "Run `cargo xtask demo` or `throughline show ID`.\n\n```sh\n\
                    throughline count FILE # a figure\n$ throughline --help\n```\nthroughline nothing\n";
        let commands: Vec<String> = spoken(text).into_iter().collect();
        assert_eq!(commands, ["cargo xtask demo", "throughline count", "throughline show"]);
    }

    #[test]
    fn forbidden_words_and_empty_names_are_found() {
        let (one, other, _) = FORBIDDEN[2];
        assert_eq!(words("a.rs", &format!("fine\n// {one}{other}: later")).len(), 1);
        assert!(words("a.rs", "nothing to complain of").is_empty());
        assert_eq!(source("crates/a/src/utils.rs", "//! Things.\n").len(), 1);
        assert_eq!(source("crates/a/src/names.rs", "use b;\n").len(), 1);
        assert!(source("crates/a/src/names.rs", "//! Names.\n").is_empty());
    }
}

//! `cargo xtask demo`: builds the program, makes the sample casebook and shows the way through it.
//!
//! Every command that runs is printed first, as it can be typed; long output is cut, and says so.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, bail};
use throughline_eval::coding::{Coded, Key};
use throughline_model::MentionId;

use crate::sample::{CODER, Sample, root};
use crate::stage::{COUNTS, Stage};

/// What of a command's output is printed.
enum Shown {
    /// All of it.
    All,
    /// The figures of a count, before the table of its members.
    Figures,
    /// Of a record its first lines and the values whose names begin so.
    Values(&'static [&'static str]),
}

/// Shows the way, and at its end serves the sample's pages where somebody sits before a terminal.
pub(crate) fn run(serve: bool) -> anyhow::Result<()> {
    crate::page::step()?;
    crate::cargo(&["build", "--bin", "throughline", "--locked"])?;
    let stage = Stage::set("demo")?;
    let coded = Sample::load()?.coded()?;
    let lines = stage.coding(&coded)?;
    way(&stage, &coded, &relative(&lines))?;
    stage.farewell()?;
    match serve && std::io::stdout().is_terminal() {
        true => stage.serve(),
        false => Ok(()),
    }
}

/// The way through the sample.
fn way(stage: &Stage, coded: &Coded, lines: &str) -> anyhow::Result<()> {
    let frick = record(coded, "frick-1892")?;
    let henry = record(coded, "c:henry-1894")?;
    say(&format!("$ alias throughline={}\n", relative(&stage.program)))?;
    say("1. Sixty-four dispatches, 1878 to 1931, read by the program: proposals, marked \"?\"")?;
    let reader = Stage { casebook: stage.folder.join("proposals.casebook"), ..stage.clone() };
    reader.announce()?;
    reader.run(&["read", "sample/dispatches"], Shown::All)?;
    reader.run(&["incidents", "--limit", "6"], Shown::All)?;

    say("2. The same dispatches as a coder read, joined and judged them")?;
    stage.announce()?;
    stage.run(&["read", "--capture-only", "sample/dispatches"], Shown::All)?;
    stage.run(&["import", "assertions", lines, "--by", CODER], Shown::All)?;
    stage.run(&["incidents", "--limit", "12"], Shown::All)?;

    say("3. One incident: who says that he was alone, and who says that he was not")?;
    stage.run(&["show", &frick], Shown::Values(&["company", "involvement"]))?;
    say("   The same as of 1914, when only one of them had spoken")?;
    stage.run(&["show", &frick, "--as-of", "1914"], Shown::Values(&["company", "involvement"]))?;

    say("4. A claim of responsibility, with the details that only the maker could know")?;
    stage.run(&["show", &henry], Shown::All)?;

    say("5. A count, and the same count as of earlier years")?;
    for as_of in [None, Some("1901")] {
        stage.count("had-help", as_of)?;
    }
    say("   This one changes with a book of 1931")?;
    for as_of in [Some("1914"), None] {
        stage.count("one-man", as_of)?;
    }

    say("6. The casebook proves itself")?;
    stage.run(&["verify"], Shown::All)
}

/// The record that stands for a key: the id of its earliest mention.
pub(crate) fn record(coded: &Coded, key: &str) -> anyhow::Result<String> {
    let wanted = Key::read(key);
    // File names begin with the day of publication, so the first is the earliest.
    let head = coded.heads.iter().find(|((_, key), _)| *key == wanted);
    let id: &MentionId =
        head.map(|(_, id)| id).with_context(|| format!("no {key} in the coding"))?;
    Ok(id.to_string())
}

impl Stage {
    fn count(&self, name: &str, as_of: Option<&str>) -> anyhow::Result<()> {
        let file = format!("sample/counts/{name}.toml");
        let mut arguments = vec!["count", file.as_str()];
        arguments.extend(as_of.into_iter().flat_map(|day| ["--as-of", day]));
        self.run(&arguments, Shown::Figures)
    }

    /// Says to which casebook the following commands speak.
    fn announce(&self) -> anyhow::Result<()> {
        say(&format!("$ export THROUGHLINE_CASEBOOK={}", relative(&self.casebook)))
    }

    /// Prints a command, runs it, and prints what it says.
    fn run(&self, arguments: &[&str], shown: Shown) -> anyhow::Result<()> {
        let typed: Vec<String> = arguments.iter().map(|word| quoted(word)).collect();
        say(&format!("$ throughline {}", typed.join(" ")))?;
        let output = self.command(arguments).stderr(Stdio::inherit()).output();
        let output =
            output.with_context(|| format!("{} could not be started", self.program.display()))?;
        let text = String::from_utf8_lossy(&output.stdout);
        say(&cut(&text, &shown))?;
        if !output.status.success() {
            bail!("throughline {} failed: {}", typed.join(" "), output.status);
        }
        Ok(())
    }

    /// Serves the sample's pages until somebody ends it, and opens them where there is a desktop.
    fn serve(&self) -> anyhow::Result<()> {
        say("   The sample's counts are kept in the casebook, so that its pages have them")?;
        for name in COUNTS {
            let file = format!("sample/counts/{name}.toml");
            self.run(&["count", &file, "--save"], Shown::Figures)?;
        }
        let mut arguments = vec!["serve"];
        arguments.extend(has_desktop().then_some("--open"));
        say(&format!("\n$ throughline {}", arguments.join(" ")))?;
        let status = self.command(&arguments).status();
        let status =
            status.with_context(|| format!("{} could not be started", self.program.display()))?;
        if !status.success() {
            bail!("throughline serve failed: {status}");
        }
        Ok(())
    }

    fn farewell(&self) -> anyhow::Result<()> {
        let casebook = relative(&self.casebook);
        say(&format!(
            "The sample casebook is {casebook}. To go on:

  alias throughline={}
  export THROUGHLINE_CASEBOOK={casebook}
  throughline people                       # who was arrested, and who was let go
  throughline search 'drew lots'           # three papers, one soldier's word
  throughline claims --as-of 1881-03-20    # before the letter of the Committee
  throughline count sample/counts/let-go.toml
  throughline serve --open                 # all of it as pages, in a browser
  throughline --help

sample/README.md says what there is to look for.",
            relative(&self.program),
        ))
    }
}

/// Whether a browser can be opened: always, but on systems where a desktop is a program of its own.
fn has_desktop() -> bool {
    let own = cfg!(any(target_os = "macos", windows));
    own || ["DISPLAY", "WAYLAND_DISPLAY"].into_iter().any(|name| std::env::var_os(name).is_some())
}

/// A path as it is typed in the project's folder.
fn relative(path: &Path) -> String {
    let root = root().canonicalize().unwrap_or_else(|_| root());
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    path.strip_prefix(&root).unwrap_or(&path).display().to_string()
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    match word.contains(' ') {
        true => format!("'{word}'"),
        false => word.to_owned(),
    }
}

/// The part of an output that is printed, with a line that says what was left out.
fn cut(text: &str, shown: &Shown) -> String {
    let all: Vec<&str> = text.trim_end().lines().collect();
    let kept: Vec<&str> = match shown {
        Shown::All => all.clone(),
        Shown::Figures => all.iter().take_while(|line| !line.starts_with("ID ")).copied().collect(),
        Shown::Values(names) => {
            let blocks: Vec<&[&str]> = all.split(|line| line.is_empty()).collect();
            let wanted = |block: &&&[&str]| {
                block.first().is_some_and(|line| names.iter().any(|name| line.starts_with(name)))
            };
            let head = blocks.first().into_iter();
            head.chain(blocks.iter().filter(wanted))
                .flat_map(|block| block.iter().copied().chain([""]))
                .collect()
        }
    };
    let left = all.len().saturating_sub(kept.len());
    let mut text = kept.join("\n").trim_end().to_owned();
    if left > 0 {
        text.push_str(&format!("\n… ({left} more lines)"));
    }
    text.push('\n');
    text
}

fn say(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")?;
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_cut_and_says_so() {
        let text = "inc-1  Bomb\nfirst published 1890\n\ntype: bombing\n    + a\n\ncompany: alone\n    + b\n";
        assert_eq!(cut(text, &Shown::All), text);
        let count = "Attacks\n\nstrict   1 of 2\n\nID     NAME\ninc-1  Bomb\n";
        assert_eq!(cut(count, &Shown::Figures), "Attacks\n\nstrict   1 of 2\n… (2 more lines)\n");
        assert_eq!(
            cut(text, &Shown::Values(&["company"])),
            "inc-1  Bomb\nfirst published 1890\n\ncompany: alone\n    + b\n… (2 more lines)\n"
        );
        assert_eq!(cut("", &Shown::All), "\n");
    }
}

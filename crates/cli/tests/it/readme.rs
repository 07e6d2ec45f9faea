//! The README's way through one's own articles, typed as it stands there: every command ends well
//! and prints what the page shows.

use std::env;
use std::path::Path;
use std::process::Command;

use crate::support::Casebook;

const README: &str = include_str!("../../../../README.md");

/// What the page shows of a command's output; a line `…` stands for any number of lines.
struct Shown {
    command: String,
    lines: Vec<String>,
}

/// The section's commands as one script, which prints a mark before the output of each that the
/// page shows. The installation is left out: the test brings the program along.
fn script(section: &str, mark: &str) -> (String, Vec<Shown>) {
    let mut script = "set -e\n".to_owned();
    let mut shown: Vec<Shown> = Vec::new();
    let blocks = section.split("```").skip(1).step_by(2);
    for block in blocks.filter(|block| !block.contains("cargo install")) {
        match block.split_once('\n') {
            Some(("sh", typed)) => script.push_str(&format!("{{\n{typed}}} > /dev/null\n")),
            Some(("console", text)) => {
                for line in text.lines() {
                    if let Some(command) = line.strip_prefix("$ ") {
                        script.push_str(&format!("echo '{mark}'\n{command}\n"));
                        shown.push(Shown { command: command.to_owned(), lines: Vec::new() });
                    } else if let Some(last) = shown.last_mut() {
                        last.lines.push(line.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    (script, shown)
}

/// Whether the parts of the page between two `…` stand in the output, in order.
fn agrees(page: &[String], output: &str) -> bool {
    let output: Vec<&str> = output.trim_end().lines().collect();
    let mut from = 0;
    let parts: Vec<&[String]> = page.split(|line| line == "…").collect();
    for (at, part) in parts.iter().enumerate() {
        let found = match (at == 0, at + 1 == parts.len()) {
            (true, _) => Some(0),
            (false, true) => output.len().checked_sub(part.len()),
            (false, false) => {
                (from..output.len()).find(|&start| output[start..].starts_with_lines(part))
            }
        };
        match found.filter(|&start| start >= from && output[start..].starts_with_lines(part)) {
            Some(start) => from = start + part.len(),
            None => return false,
        }
    }
    from == output.len() || page.last().is_some_and(|line| line == "…")
}

trait StartsWithLines {
    fn starts_with_lines(&self, lines: &[String]) -> bool;
}

impl StartsWithLines for [&str] {
    fn starts_with_lines(&self, lines: &[String]) -> bool {
        self.len() >= lines.len() && self.iter().zip(lines).all(|(one, other)| one == other)
    }
}

#[test]
fn the_page_agrees_with_what_stands_between_its_gaps() {
    let page = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    for (shows, output, want) in [
        ("a\nb", "a\nb\n", true),
        ("a", "a\nb\n", false),
        ("a\n…", "a\nb\n", true),
        ("…\nb\n…", "a\nb\nc\n", true),
        ("…\nc", "a\nb\nc\n", true),
        ("…\nb", "a\nb\nc\n", false),
        ("a\n…\nc\n…\nb\n…", "a\nb\nc\nd\n", false),
    ] {
        assert_eq!(agrees(&page(shows), output), want, "{shows:?} {output:?}");
    }
}

#[test]
fn ones_own_articles_go_as_the_readme_says() {
    const MARK: &str = "--- the next command ---";
    let start = README.find("## Use it on your own articles").unwrap();
    let section = &README[start..];
    let section = section.split("\n## ").next().unwrap();
    let (script, shown) = script(section, MARK);
    assert!(shown.len() > 3, "the section shows no output");

    let casebook = Casebook::new();
    let program = Path::new(env!("CARGO_BIN_EXE_throughline")).parent().unwrap();
    let path = env::join_paths(
        std::iter::once(program.to_owned())
            .chain(env::split_paths(&env::var_os("PATH").unwrap_or_default())),
    );
    let run = Command::new("sh")
        .arg("-c")
        .arg(&script)
        .current_dir(casebook.at(""))
        .env("PATH", path.unwrap())
        .env_remove("THROUGHLINE_CASEBOOK")
        .env_remove("THROUGHLINE_BY")
        .output()
        .unwrap();
    let output = String::from_utf8(run.stdout).unwrap();
    assert!(run.status.success(), "{output}\n{}", String::from_utf8_lossy(&run.stderr));
    let printed: Vec<&str> = output.split(MARK).skip(1).map(str::trim_start).collect();
    assert_eq!(printed.len(), shown.len());
    for (shown, printed) in shown.iter().zip(printed) {
        assert!(
            agrees(&shown.lines, printed),
            "README.md shows for `{}`\n{}\n\nand the program prints\n{printed}",
            shown.command,
            shown.lines.join("\n")
        );
    }
}

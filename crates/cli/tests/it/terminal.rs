//! Words of others cannot reach the terminal, and a reader that stops early is no failure.

use std::process::Stdio;

use crate::support::{Casebook, arg, two_papers};

const HOSTILE: &str = "The \u{1b}]0;owned\u{7}Post\n\nBomb \u{202e}elit\u{2066} in \u{1b}[31mLenn\n\n\
    12 May 2016\n\nA \u{9b}2Jbomb went\u{8}\u{8} off.\u{200f}\n";

#[track_caller]
fn harmless(text: &str) {
    let bad = text.chars().find(|letter| {
        letter.is_control() && *letter != '\n'
            || matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{61C}')
    });
    assert_eq!(bad, None, "{text:?}");
}

#[test]
fn hostile_words_are_harmless_wherever_they_are_printed() {
    let casebook = Casebook::new();
    let id = casebook.store("a.txt", HOSTILE);
    let (assertion, subject) = casebook.add(&[
        "--document",
        &id,
        "--words",
        "A 2Jbomb went off.",
        "--new",
        "incident:a \u{1b}[1mbomb",
        "--variable",
        "target",
        "--value",
        "the \u{202e}mill",
        "--speaker",
        "a \u{1b}[2mman",
        "--reason",
        "so it \u{7}stands",
    ]);
    let judged = casebook.judge(&["find", &subject, "target", "\u{1b}[5mnone", "--cites", &id]);
    for args in [
        &["documents"][..],
        &["incidents"],
        &["assertions"],
        &["judgments"],
        &["search", "bomb"],
        &["show", &id, "--text"],
        &["show", &subject],
        &["show", &assertion],
        &["show", &judged],
        &["incidents", "--json"],
        &["show", &subject, "--json"],
    ] {
        let run = casebook.run(args);
        assert_eq!(run.code, 0, "{args:?} {}", run.err);
        if !args.contains(&"--json") {
            harmless(&run.out);
        } else {
            // JSON spells control characters; what programs do with the rest is theirs.
            assert!(
                !run.out
                    .chars()
                    .any(|letter| letter.is_control() && letter != '\n' && letter != '\u{9b}')
            );
        }
    }
}

#[test]
fn hostile_names_and_lines_are_harmless_in_messages() {
    let casebook = Casebook::new();
    let path = casebook.file("a\u{1b}[31m\u{202e}.pdf", "x");
    let lines = casebook.file("b.jsonl", "{\"text\": \"x\", \"published\": \"so\u{202e}on\"}\n");
    let run = casebook.run(&["read", arg(&path), arg(&lines), "c\u{1b}[31m"]);
    assert_eq!(run.code, 1);
    harmless(&run.err);
    let bad = casebook.file("d.jsonl", "{\"cl\u{202e}aim\": 1}\n");
    let run = casebook.run(&["import", "assertions", arg(&bad), "--by", "B"]);
    assert_eq!(run.code, 1);
    harmless(&run.err);
    harmless(&casebook.run(&["show", "in\u{1b}[31m\u{202e}c-1"]).err);
}

#[test]
fn a_reader_that_stops_early_has_what_it_wanted() {
    let casebook = Casebook::new();
    two_papers(&casebook);
    for args in
        [&["assertions", "--json"][..], &["export", "assertions"], &["incidents"], &["head"]]
    {
        let mut child = casebook
            .command()
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{args:?}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{args:?}");
    }
}

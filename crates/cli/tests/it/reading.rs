//! `read`: what comes in, what is refused, and how that is said.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use crate::support::{Casebook, FIRST, SECOND, arg, text};

fn ids(casebook: &Casebook) -> Vec<String> {
    casebook.json(&["documents"]).iter().map(|row| text(row, "id").to_owned()).collect()
}

#[test]
fn files_folders_lines_and_standard_input() {
    let casebook = Casebook::new();
    casebook.file("in/a.txt", FIRST);
    casebook.file("in/deep/er/b.txt", SECOND);
    casebook.file("in/c.jsonl", "{\"text\": \"One.\"}\n\n{\"text\": \"Two.\", \"id\": 7}\n");
    casebook.file("in/.hidden.txt", "Not a document.");
    let mut child = casebook
        .command()
        .args(["read", "in", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"From the standard input.").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "documents: 5 new\n");
    assert_eq!(ids(&casebook).len(), 5);
}

#[test]
fn the_same_bytes_twice_add_nothing() {
    let casebook = Casebook::new();
    let path = casebook.file("a.txt", FIRST);
    casebook.file("copy/b.txt", FIRST);
    casebook.ok(&["read", arg(&path)]);
    let before = casebook.content();
    assert_eq!(casebook.ok(&["read", arg(&path), "copy"]), "documents: 0 new, 2 known\n");
    assert_eq!(casebook.content(), before);
}

#[test]
fn a_date_comes_from_the_document_or_the_option_or_is_unknown() {
    let casebook = Casebook::new();
    let dated = casebook.file("dated.txt", FIRST);
    let given = casebook.file("given.txt", "A fire broke out.\n");
    let bare = casebook.file("bare.txt", "A bridge fell.\n");
    casebook.ok(&["read", "--published", "2 June 2016", arg(&dated), arg(&given)]);
    casebook.ok(&["read", arg(&bare)]);
    let mut dates: Vec<String> =
        casebook.json(&["documents"]).iter().map(|row| row["published"].to_string()).collect();
    dates.sort();
    assert_eq!(dates, ["\"2016-05-12\"", "\"2016-06-02\"", "null"]);
    // An undated document is in no view as of a day, and the list says so.
    let listed = casebook.ok(&["documents", "--as-of", "2016-05"]);
    assert!(listed.contains("1 undated document left out"), "{listed}");
    assert_eq!(casebook.json(&["documents", "--as-of", "2016-05"]).len(), 1);
    // A day that has not come is what the document says, and is told of.
    let ahead = casebook.file("ahead.txt", FIRST.replace("2016", "2216"));
    let run = casebook.run(&["read", arg(&ahead)]);
    assert!(run.err.contains("the date 2216-05-12, which has not come yet"), "{}", run.err);
    assert_eq!(run.code, 0);
    // Another date for the same bytes changes nothing, and says what does.
    let run = casebook.run(&["read", "--published", "2015", arg(&given)]);
    assert!(run.err.contains("the date 2016-06-02, which stays"), "{}", run.err);
}

#[test]
fn bad_input_is_named_and_the_rest_goes_on() {
    let casebook = Casebook::new();
    casebook.file("in/a-good.txt", FIRST);
    casebook.file("in/b-empty.txt", "");
    casebook.file("in/c-binary.txt", b"\x7FELF\0\0");
    casebook.file("in/d-cut.jsonl", "{\"text\": \"Good.\"}\n{\"text\": \"cut\n");
    casebook.file("in/e-when.jsonl", "{\"text\": \"x\", \"published\": \"soon\"}\n");
    casebook.file("in/f-slides.key", "\0");
    casebook.file("in/f-style.css", "p { margin: 0 }");
    casebook.file("in/g-latin.txt", b"The caf\xE9 was hit.");
    casebook.file("in/h-latin.jsonl", b"{\"text\": \"Two caf\xE9s were hit.\"}\n");
    casebook.file("in/j-none.jsonl", "{\"title\": \"no text\"}\n");
    fs::create_dir_all(casebook.at("in/i-folder.txt")).unwrap();
    let large = casebook.at("in/z-large.txt");
    // A sparse file: a gigabyte that takes no room.
    fs::File::create(&large).unwrap().set_len(1 << 30).unwrap();
    let run = casebook.run(&["read", "in", "missing.txt"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.out, "documents: 5 new (1 without text), 7 failed\n");
    for (place, what) in [
        ("b-empty.txt", "nothing in it to read"),
        ("c-binary.txt", "NUL bytes"),
        ("d-cut.jsonl:2", "not a JSON object"),
        ("e-when.jsonl:1", "\"soon\" is no date of publication"),
        ("f-slides.key", "kept as bytes: no reader for .key files"),
        ("kept without text", "`throughline read --help` lists the formats"),
        ("passed over", "1 style sheet, script or font"),
        ("j-none.jsonl:1", "no text"),
        ("z-large.txt", "too large: 1 GiB, and the limit is 8 MiB"),
        ("missing.txt", "no such file or folder"),
    ] {
        let line = run.err.lines().find(|line| line.contains(place));
        assert!(line.is_some_and(|line| line.contains(what)), "{place}: {}", run.err);
    }
    assert_eq!(casebook.json(&["search", "café"]).len(), 1);
    // With --json, what failed is in the record too, and the status is the same.
    let run = casebook.run(&["read", "in", "--json"]);
    let records: Vec<serde_json::Value> = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, &records[0]["failures"]), (1, &serde_json::json!(6)));
}

#[test]
fn a_file_that_was_kept_as_bytes_takes_its_text_when_a_reader_has_it() {
    let casebook = Casebook::new();
    // Of a name that nobody reads, the bytes are kept; of the right one, they are read.
    let unread = casebook.file("in/a.xyz", FIRST);
    assert_eq!(casebook.ok(&["read", arg(&unread)]), "documents: 1 new without text\n");
    let read = casebook.file("in/a.txt", FIRST);
    assert_eq!(
        casebook.ok(&["read", arg(&read)]),
        "documents: 0 new, 1 read that were stored before\n"
    );
    assert_eq!(casebook.ok(&["read", arg(&read)]), "documents: 0 new, 1 known\n");
    let straight = Casebook::new();
    straight.file("a.txt", FIRST);
    straight.ok(&["read", "a.txt"]);
    assert_eq!(casebook.content(), straight.content());
    assert_eq!(casebook.run(&["verify"]).code, 0);
}

#[test]
fn help_lists_the_formats_once() {
    let casebook = Casebook::new();
    let help = casebook.ok(&["read", "--help"]);
    assert!(
        help.contains("  a web page (.html, .htm,") && help.contains("  rich text (.rtf)"),
        "{help}"
    );
    casebook.file("in/a.key", "\0");
    casebook.file("in/b.key", "\0\0");
    let err = casebook.run(&["read", "in"]).err;
    assert_eq!(err.matches("--help").count(), 1, "{err}");
}

#[test]
fn a_line_without_end_is_refused_in_bounded_memory() {
    let casebook = Casebook::new();
    let path = casebook.at("long.jsonl");
    fs::File::create(&path).unwrap().set_len(65 << 20).unwrap();
    let err = casebook.fails(1, &["read", arg(&path)]);
    assert!(err.contains("long.jsonl:1: too large"), "{err}");
}

#[cfg(unix)]
#[test]
fn pipes_links_and_names_that_are_no_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    let casebook = Casebook::new();
    casebook.file("in/a.txt", FIRST);
    symlink(casebook.at("in"), casebook.at("in/circle")).unwrap();
    symlink(casebook.at("in/self.txt"), casebook.at("in/self.txt")).unwrap();
    symlink(casebook.at("gone.txt"), casebook.at("in/dangling.txt")).unwrap();
    fs::write(casebook.at("in").join(OsStr::from_bytes(b"b\xFF.txt")), SECOND).unwrap();
    let made = std::process::Command::new("mkfifo").arg(casebook.at("in/pipe.txt")).status();
    assert!(made.unwrap().success());
    let run = casebook.run(&["read", "in"]);
    assert_eq!((run.code, run.out.as_str()), (1, "documents: 2 new, 3 failed\n"), "{}", run.err);
    assert!(run.err.contains("pipe.txt: neither a file nor a folder"), "{}", run.err);
    assert!(run.err.contains("dangling.txt: no such file"), "{}", run.err);
    // Named by itself, it would be waited for.
    let err = casebook.fails(1, &["read", "in/pipe.txt"]);
    assert!(err.contains("pipe.txt: a named pipe and no file"), "{err}");
}

#[test]
fn the_casebook_itself_is_no_document() {
    let casebook = Casebook::new();
    casebook.file("a.txt", FIRST);
    casebook.ok(&["read", "."]);
    assert_eq!(casebook.ok(&["read", "."]), "documents: 0 new, 1 known\n");
}

#[test]
fn what_was_only_stored_is_read_later() {
    let casebook = Casebook::new();
    casebook.file("a.txt", FIRST);
    casebook.ok(&["read", "--capture-only", "a.txt"]);
    assert!(casebook.json(&["documents"])[0]["reader"].is_null());
    let out = casebook.ok(&["read", "--resume"]);
    assert_eq!(out, "documents: 0 new, 1 read that were stored before\n");
    assert!(casebook.json(&["documents"])[0]["reader"].is_string());
    let straight = Casebook::new();
    straight.file("a.txt", FIRST);
    straight.ok(&["read", "a.txt"]);
    assert_eq!(casebook.content(), straight.content());
}

#[test]
fn wrong_usage_ends_with_two() {
    let casebook = Casebook::new();
    for args in [
        &["read"][..],
        &["read", "--published", "soon", "a.txt"],
        &["raed", "a.txt"],
        &["incidents", "--as-of", "32 May"],
        &["judge", "accept"],
        &["export", "assertions", "--full"],
        &["search"],
    ] {
        let err = casebook.fails(2, args);
        assert!(!err.is_empty());
    }
    assert!(casebook.fails(2, &["raed", "a.txt"]).contains("read"), "what was meant");
}

#[test]
fn where_the_casebook_is() {
    let casebook = Casebook::new();
    casebook.file("a.txt", FIRST);
    let err = casebook.fails(1, &["incidents"]);
    assert!(err.contains("there is no casebook here; `throughline read` makes one"), "{err}");
    let run = crate::support::finish(
        casebook.command().env("THROUGHLINE_CASEBOOK", "named.casebook").args(["read", "a.txt"]),
    );
    assert_eq!(run.code, 0);
    assert!(casebook.at("named.casebook").exists());
    // The option wins over the environment.
    let run = crate::support::finish(
        casebook.command().env("THROUGHLINE_CASEBOOK", "named.casebook").args([
            "--casebook",
            "other.casebook",
            "documents",
        ]),
    );
    assert_eq!(run.code, 1);
    assert!(run.err.contains("other.casebook"), "{}", run.err);
    let err = casebook.fails(1, &["--casebook", "a.txt", "documents"]);
    assert!(err.contains("this file is no casebook; it was left as it is"), "{err}");
    assert_eq!(fs::read_to_string(casebook.at("a.txt")).unwrap(), FIRST);
}

#[test]
fn what_brings_nothing_leaves_no_casebook_behind() {
    let casebook = Casebook::new();
    casebook.file("table.csv", "a,b\n1,2\n");
    let err = casebook.fails(1, &["read", "no such folder"]);
    assert!(err.contains("no such file or folder"), "{err}");
    let err = casebook.fails(1, &["import", "assertions", "table.csv", "--by", "R. Coder"]);
    assert!(err.contains("table.csv:1: not JSON"), "{err}");
    assert!(!casebook.at("throughline.casebook").exists());
}

#[test]
fn a_document_is_removed_once() {
    let casebook = Casebook::new();
    let id = casebook.store("a.txt", FIRST);
    let forget = ["forget", &id, "--by", "B", "--reason", "an order of a court"];
    casebook.ok(&forget);
    let err = casebook.fails(1, &forget);
    assert!(err.contains("was removed before; `throughline show"), "{err}");
}

#[test]
fn a_casebook_is_a_file_whatever_its_name() {
    let casebook = Casebook::new();
    let article = casebook.file("a.txt", FIRST);
    for name in [":memory:", "file:a?mode=memory", "file::memory:", "-", "a b\u{202e}%00#?"] {
        let named = format!("--casebook={name}");
        casebook.ok(&[&named, "read", "--capture-only", arg(&article)]);
        assert!(casebook.at(name).is_file(), "{name}");
        assert_eq!(casebook.json(&[&named, "documents"]).len(), 1, "{name}");
    }
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let casebook = Casebook::new();
    let id = casebook.store("a.txt", FIRST);
    let words = (0..201).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    for (code, args, said) in [
        (2, vec!["forget", &id, "--by", " ", "--reason", "r"], "it is blank"),
        (2, vec!["forget", &id, "--by", "B", "--reason", ""], "it is blank"),
        (2, vec!["import", "assertions", "a.jsonl", "--by", " "], "it is blank"),
        (2, vec!["incidents", "--blind", " "], "it is blank"),
        (1, vec!["search", &words], "these are 201 words"),
        (2, vec!["judge", "dated", &id, "0000", "--by", "B", "--reason", "r"], "no date of pub"),
        (2, vec!["judge", "dated", &id, "../1887", "--by", "B", "--reason", "r"], "no date of pub"),
        (2, vec!["read", ".", "--published", "9999-12-31"], "no date of publication"),
        (2, vec!["read", ".", "--published", "2900-12-31"], "has not come yet"),
    ] {
        let err = casebook.fails(code, &args);
        assert!(err.contains(said), "{args:?}: {err}");
    }
    let full = ["export", "assertions", "--out", "all.jsonl", "--full", "--purpose", "p"];
    casebook.fails(1, &full);
    assert!(!casebook.at("all.jsonl").exists(), "a refused export makes no file");
    casebook.ok(&["backup", ":memory:"]);
    assert!(casebook.at(":memory:").is_file());
    let err = casebook.fails(1, &["backup", "no/such/folder"]);
    assert!(err.contains("no/such/folder: the file cannot be opened or made"), "{err}");
}

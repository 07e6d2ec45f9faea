//! `export assertions --full` and `import assertions`: everything, there and back.

use std::fs;

use crate::support::{Casebook, arg, text, two_papers};

const LISTS: &[&str] = &[
    "incidents",
    "people",
    "groups",
    "claims",
    "sets",
    "outlets",
    "channels",
    "places",
    "documents",
    "assertions",
    "judgments",
];

/// The document that is removed.
const GONE: &str = "A word about the shooting at Lenn: two were hurt.\n";

fn export(casebook: &Casebook) -> String {
    casebook.ok(&["export", "assertions", "--full", "--purpose", "a second copy", "--by", "B"])
}

/// The lists, without the times of recording.
fn lists(casebook: &Casebook) -> Vec<String> {
    let all = LISTS.iter().map(|list| {
        let mut rows = casebook.json(&[list]);
        for row in &mut rows {
            row.as_object_mut().unwrap().remove("recorded");
        }
        let mut rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
        // Judgments are listed by their time of recording.
        rows.sort();
        rows.join("\n")
    });
    all.collect()
}

/// A casebook with everything in it: read by machine and twice by the same hand, judged, undone,
/// dated, with a document removed.
fn full() -> Casebook {
    let casebook = Casebook::new();
    let (incident, first, second) = two_papers(&casebook);
    casebook.ok(&["read", "--resume"]);
    let bare = casebook.store("bare.txt", "A bridge fell. Odo Lind was seen near it.\n");
    casebook.judge(&["dated", &bare, "2016-06"]);
    let (_, man) = casebook.add(&[
        "--document",
        &bare,
        "--words",
        "Odo Lind was seen near it.",
        "--new",
        "person:Odo Lind",
        "--variable",
        "role",
        "--value",
        "witness",
    ]);
    casebook.add(&[
        "--document",
        &bare,
        "--words",
        "A bridge fell.",
        "--new",
        "incident:fall of the bridge",
        "--variable",
        "stage",
        "--value",
        "executed",
    ]);
    let found = casebook.judge(&["find", &incident, "killed", "5", "--rests-on", &second]);
    let undone = casebook.judge(&["undo", &found]);
    let _ = undone;
    casebook.judge(&["find", &incident, "killed", "3", "--rests-on", &first]);
    casebook.judge(&["withdraw", &second, "2016-05-20"]);
    casebook.judge(&["find", &man, "role", "witness"]);
    let gone = casebook.store("gone.txt", GONE);
    let (_, told) = casebook.add(&[
        "--document",
        &gone,
        "--words",
        "two were hurt",
        "--new",
        "incident:the shooting",
        "--variable",
        "wounded",
        "--value",
        "2",
    ]);
    casebook.judge(&["same", &told, &incident]);
    casebook.judge(&["find", &told, "wounded", "2"]);
    let said = casebook.ok(&["forget", &gone, "--by", "B", "--reason", "asked for"]);
    assert!(said.contains("and 2 judgments on what it says"), "{said}");
    assert!(said.contains("1 judgment stays, on a subject of which other documents"), "{said}");
    assert_eq!(casebook.ok(&["show", &told]), casebook.ok(&["show", &incident]));
    let count = "name = 'all'\ntitle = 'Incidents that killed'\nunit = 'incident'\n[in]\n\
        variable = 'killed'\nat-least = 1\n";
    let count = casebook.file("all.toml", count);
    casebook.ok(&[
        "count",
        arg(&count),
        "--save",
        "--publish",
        "--draft",
        "--by",
        "B",
        "--where",
        "x",
    ]);
    casebook
}

#[test]
fn an_import_into_an_empty_casebook_gives_the_same_content_and_records() {
    let from = full();
    let lines = export(&from);
    let to = Casebook::new();
    let file = to.file("all.jsonl", &lines);
    to.ok(&["import", "assertions", arg(&file), "--by", "C"]);
    assert_eq!(to.content(), from.content());
    assert_eq!(lists(&to), lists(&from));
    assert_eq!(to.json(&["counts"])[0]["definitions"][0]["name"], "all");
    assert!(to.run(&["verify"]).code == 0);
    assert_eq!(export(&to), lines);
    // A removed document is not taken again, there either.
    let again = to.file("gone.txt", GONE);
    assert!(to.run(&["read", arg(&again)]).err.contains("was removed"));

    let run = to.run(&["import", "assertions", arg(&file), "--by", "C"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.starts_with("0 new documents, 0 new readings, 0 new judgments"), "{}", run.out);
    assert_eq!(to.content(), from.content());
}

#[test]
fn the_order_of_the_lines_does_not_matter() {
    let from = full();
    let mut lines: Vec<String> = export(&from).lines().map(str::to_owned).collect();
    // Judgments first, then all else; judgments that supersede others before these.
    let judgments = lines.iter().filter(|line| line.contains("{\"judgment\"")).rev();
    let mut turned: Vec<String> = judgments.cloned().collect();
    lines.retain(|line| !line.contains("{\"judgment\""));
    turned.extend(lines);
    let to = Casebook::new();
    let file = to.file("all.jsonl", turned.join("\n"));
    to.ok(&["import", "assertions", arg(&file), "--by", "C"]);
    assert_eq!(lists(&to), lists(&from));
}

#[test]
fn names_leave_only_for_a_stated_purpose_which_is_noted() {
    let casebook = full();
    casebook.fails(2, &["export", "assertions", "--full"]);
    let err = casebook.fails(1, &["export", "assertions", "--full", "--purpose", " ", "--by", "B"]);
    assert!(err.contains("what the names are needed for"), "{err}");
    let err = casebook.fails(1, &["export", "assertions", "--full", "--purpose", "x"]);
    assert!(err.contains("who takes the names out"), "{err}");
    let before = casebook.json(&["head"])[0]["entries"].as_i64();
    export(&casebook);
    assert_eq!(casebook.json(&["head"])[0]["entries"].as_i64(), before.map(|n| n + 1));
    // The default is not noted, and cannot be imported.
    let lines = casebook.ok(&["export", "assertions"]);
    let file = casebook.file("withheld.jsonl", lines);
    let err = casebook.fails(1, &["import", "assertions", arg(&file), "--by", "B"]);
    assert!(err.contains("withholds names, and cannot be imported"), "{err}");
    let out = casebook.at("taken.jsonl");
    casebook.ok(&["export", "assertions", "--out", arg(&out)]);
    let err = casebook.fails(1, &["export", "assertions", "--out", arg(&out)]);
    assert!(err.contains("taken.jsonl: there is a file already"), "{err}");
}

#[test]
fn bad_lines_are_named_and_the_rest_goes_on() {
    let from = full();
    let mut lines: Vec<String> = export(&from).lines().map(str::to_owned).collect();
    let count = |kind: &str| lines.iter().filter(|line| line.contains(kind)).count();
    let judgments = count("{\"judgment\"");
    lines.insert(0, "{\"assertion\": {".into());
    lines.insert(1, "{\"claim\": {}}".into());
    let is_three = |line: &String| line.contains("\"killed\"") && line.contains("\"least\":3");
    let changed = lines.iter().position(is_three).unwrap();
    lines[changed] = lines[changed].replace("\"least\":3", "\"least\":4");
    let to = Casebook::new();
    let file = to.file("all.jsonl", lines.join("\r\n"));
    let run = to.run(&["import", "assertions", arg(&file), "--by", "C"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("all.jsonl:1: not JSON"), "{}", run.err);
    assert!(run.err.contains("all.jsonl:2: \"claim\" is no kind of line"), "{}", run.err);
    let line = format!("all.jsonl:{}: the id", changed + 1);
    assert!(
        run.err.contains(&line) && run.err.contains("something in it was changed"),
        "{}",
        run.err
    );
    assert_eq!(to.json(&["documents"]).len(), 3);
    assert!(to.json(&["judgments"]).len() + 3 >= judgments);
}

#[test]
fn assertions_must_fit_their_document() {
    let from = Casebook::new();
    let (_, first, _) = two_papers(&from);
    let lines = export(&from);
    let without = |what: &str, left_out: &dyn Fn(&str) -> bool| {
        let to = Casebook::new();
        let kept: Vec<&str> = lines.lines().filter(|line| !left_out(line)).collect();
        let file = to.file("part.jsonl", kept.join("\n"));
        let err = to.fails(1, &["import", "assertions", arg(&file), "--by", "C"]);
        assert!(err.contains(what), "{what}: {err}");
    };
    without("and no line gives it", &|line| {
        line.starts_with("{\"document\"") && line.contains("Ferry")
    });
    without("no line gives the mention", &|line| {
        line.contains("{\"reader\"") && line.contains("\"mention\":{")
    });
    let said = lines.lines().find(|line| line.contains(&first)).unwrap();
    let mut moved: serde_json::Value = serde_json::from_str(said).unwrap();
    moved["assertion"]["passage"] = serde_json::json!({"span": [1, 100_000]});
    moved["assertion"].as_object_mut().unwrap().remove("id");
    let file = from.file("moved.jsonl", moved.to_string());
    let err = from.fails(1, &["import", "assertions", arg(&file), "--by", "C"]);
    assert!(err.contains("moved.jsonl:1: its span does not fit the text"), "{err}");
}

#[test]
fn a_casebook_filled_only_by_import_works_in_every_command() {
    let from = full();
    let to = Casebook::new();
    let file = to.file("all.jsonl", export(&from));
    to.ok(&["import", "assertions", arg(&file), "--by", "C"]);
    for list in LISTS {
        to.ok(&[list]);
        to.ok(&[list, "--json"]);
        if *list != "judgments" {
            to.ok(&[list, "--as-of", "2016-05-13", "--recorded-by", "2100"]);
            for row in to.json(&[list]) {
                to.ok(&["show", text(&row, "id")]);
            }
        }
    }
    to.ok(&["search", "killed"]);
    to.ok(&["verify"]);
    to.ok(&["rebuild"]);
    to.ok(&["head"]);
    to.ok(&["backup", "copy.casebook"]);
    to.ok(&["export", "table"]);
    to.ok(&["export", "assertions"]);
    to.ok(&["read", "--resume"]);
    let article = to.file("new.txt", "The Lamp\n\nNews\n\n1 June 2016\n\nA tram burned.\n");
    to.ok(&["read", arg(&article)]);
    let incident = to.json(&["incidents"]).remove(0);
    let id = text(&incident, "id");
    to.judge(&["find", id, "wounded", "2"]);
    let document = to.json(&["documents"]).remove(0);
    let id = text(&document, "id").to_owned();
    to.ok(&["forget", &id, "--by", "B", "--reason", "asked for"]);
    to.ok(&["verify"]);
}

#[test]
fn judgments_that_contradict_are_held_apart_and_listed() {
    let from = Casebook::new();
    let (incident, ..) = two_papers(&from);
    let lines = export(&from);
    let other = Casebook::new();
    let file = other.file("all.jsonl", &lines);
    other.ok(&["import", "assertions", arg(&file), "--by", "C"]);
    from.judge(&["find", &incident, "killed", "3"]);
    other.judge(&["find", &incident, "killed", "5"]);
    let file = other.file("theirs.jsonl", export(&from));
    let run = other.run(&["import", "assertions", arg(&file), "--by", "C"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("is held apart"), "{}", run.err);
    assert!(other.ok(&["judgments"]).contains("held apart, since it contradicts others"));
    assert_eq!(fs::read_to_string(other.at("theirs.jsonl")).unwrap(), export(&from));
}

#[test]
fn what_was_entered_on_a_record_of_another_document_comes_along() {
    let casebook = Casebook::new();
    let (incident, ..) = two_papers(&casebook);
    let third = casebook.store(
        "three.txt",
        "The Ferry Post\n\nA helper held\n\n20 May 2016\n\nA helper was held, the police said.\n",
    );
    casebook.add(&[
        "--document",
        &third,
        "--words",
        "was held",
        "--new",
        "person:Unnamed helper",
        "--variable",
        "role",
        "--value",
        "accomplice",
        "--party",
        &incident,
    ]);
    let full =
        ["export", "assertions", "--full", "--purpose", "p", "--by", "B", "--out", "all.jsonl"];
    casebook.ok(&full);
    let other = Casebook::new();
    let file = other.file("all.jsonl", std::fs::read(casebook.at("all.jsonl")).unwrap());
    let run = other.run(&["import", "assertions", crate::support::arg(&file), "--by", "B"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(other.content(), casebook.content());
}

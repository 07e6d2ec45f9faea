//! `throughline count` and `counts`, from the outside.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value as Json;
use throughline_formats::lines::{Line, write};
use throughline_model::*;

/// A folder with a casebook, and the command that works on it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    /// A casebook with attacks, each with the number of dead that a paper gives.
    fn with(attacks: &[(&str, u32)]) -> Desk {
        let desk = Desk::empty();
        let lines: Vec<String> =
            attacks.iter().flat_map(|(name, dead)| tell(name, *dead)).collect();
        let path = desk.path("in.jsonl");
        std::fs::write(&path, lines.join("\n")).unwrap();
        desk.done(&["import", "assertions", &path, "--by", "A coder"]);
        std::fs::write(desk.path("deadly.toml"), DEFINITION).unwrap();
        desk
    }

    fn empty() -> Desk {
        Desk { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_throughline"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("THROUGHLINE_BY")
            .env("THROUGHLINE_CASEBOOK", Path::new(&self.path("casebook")))
            .output()
            .unwrap()
    }

    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    fn json(&self, arguments: &[&str]) -> Json {
        let mut all = arguments.to_vec();
        all.push("--json");
        let mut records: Vec<Json> = serde_json::from_str(&self.done(&all)).unwrap();
        records.remove(0)
    }

    /// Finds how many were killed; returns the judgment.
    fn find(&self, name: &str, value: &str) -> String {
        let id = mention(name).id.to_string();
        let words = ["judge", "find", &id, "killed", value, "--by", "A coder", "--reason", "read"];
        self.json(&words)["judgment"].as_str().unwrap().to_owned()
    }
}

const DEFINITION: &str = "
name = 'deadly'
title = 'Attacks that killed'
unit = 'incident'
[in]
variable = 'killed'
at-least = 1
";

fn text(name: &str) -> String {
    format!("The attack at {name}.")
}

fn mention(name: &str) -> Mention {
    let sha256 = Sha256::of(text(name).as_bytes());
    let span = Passage::Text(Span::new(0, text(name).len()));
    Mention::new(SubjectKind::Incident, DocumentId::of_bytes(sha256), span, name)
}

/// The lines of one paper's report.
fn tell(name: &str, dead: u32) -> Vec<String> {
    let text = text(name);
    let mention = mention(name);
    let document = Document {
        source: Some("The Harbour Post".into()),
        published: Some("1894-03-01".parse().unwrap()),
        text: text.clone(),
        ..Document::bare(Sha256::of(text.as_bytes()))
    };
    let said = Assertion {
        id: AssertionId::from_bits(0),
        document: document.id,
        passage: mention.passage.clone(),
        zone: ZoneRole::Body,
        speakers: vec![Speaker { voice: Voice::Document, stance: Stance::Asserted, cue: None }],
        subject: mention.id,
        variable: Variable::Killed,
        party: None,
        value: Value::Figure(Figure::exactly(dead)),
        obtained: None,
        repeats: None,
        certainty: 90,
    }
    .sealed();
    let reader = Some("reader-5".to_owned());
    [
        Line::Document(Box::new(document)),
        Line::Mention(mention, reader.clone()),
        Line::Assertion(said, reader),
    ]
    .iter()
    .map(write)
    .collect()
}

#[test]
fn a_figure_becomes_final_as_its_values_are_found() {
    let desk = Desk::with(&[("Arden", 2), ("Bellmar", 0)]);
    let count = desk.json(&["count", "deadly.toml"]);
    assert_eq!(count["strict"]["figure"], "0 to 2 of 2 (2 unknown)");
    assert_eq!(count["lenient"]["figure"], "1 of 2");
    assert_eq!(count["strict"]["marks"][0]["mark"], "proposal");
    let units = count["units"].as_array().unwrap();
    let because = |unit: &Json, reading: &str| unit[reading]["because"][0].clone();
    assert!(units.iter().all(|unit| because(unit, "strict")["why"] == "not-found"));
    let refused = desk.refused(&["count", "deadly.toml", "--cite"]);
    assert!(refused.contains("not final") && refused.contains("proposal"), "{refused}");

    desk.find("Arden", "2");
    desk.find("Bellmar", "0");
    let count = desk.json(&["count", "deadly.toml", "--members", "in"]);
    assert_eq!(count["strict"]["final"], true);
    assert_eq!(count["units"].as_array().unwrap().len(), 1);
    assert_eq!(count["units"][0]["id"], mention("Arden").id.to_string());
    assert_eq!(because(&count["units"][0], "strict")["value"]["basis"], "finding");
    let cited = desk.done(&["count", "deadly.toml", "--cite"]);
    assert!(cited.starts_with("Attacks that killed: 1 of 2. Definition deadly"), "{cited}");
    for part in [&count["content"], &count["head"], &count["sha256"]] {
        assert!(cited.contains(part.as_str().unwrap()), "{cited}");
    }
    // A citation is one line, and names nobody.
    assert_eq!(cited.lines().count(), 1);
    assert!(!cited.contains("Arden"));
    let printed = desk.done(&["count", "deadly.toml"]);
    for words in ["strict   1 of 2", "killed: 2 (finding jdg-", "content ", "head "] {
        assert!(printed.contains(words), "{words}: {printed}");
    }
    // Before the papers came out, there was nothing to count.
    let before = desk.json(&["count", "deadly.toml", "--as-of", "1893"]);
    assert_eq!(before["strict"]["figure"], "0 of 0");
}

#[test]
fn a_published_count_holds_ids_alone_and_tells_what_moved() {
    let desk = Desk::with(&[("Arden", 2), ("Bellmar", 0)]);
    let publish =
        ["count", "deadly.toml", "--publish", "--by", "A coder", "--where", "The Merton Quarterly"];
    let refused = desk.refused(&publish);
    assert!(refused.contains("not final"), "{refused}");
    let draft: Vec<&str> = publish.iter().copied().chain(["--draft"]).collect();
    let number = desk.json(&draft)["published"].to_string();

    // The name now works as the file did.
    assert_eq!(desk.json(&["count", "deadly"])["lenient"]["figure"], "1 of 2");
    let counts = desk.json(&["counts", &number]);
    let published = &counts["published"][0];
    assert_eq!(published["state"]["stands"], true);
    assert_eq!(published["state"]["content_changed"], false);
    assert!(!published["count"]["strict"].to_string().contains("Arden"));

    desk.find("Arden", "0");
    let state = desk.json(&["counts", "deadly"])["published"][0]["state"].clone();
    assert_eq!(state["content_changed"], true);
    let arden = mention("Arden").id.to_string();
    let moved: Vec<(&Json, &Json)> = state["since"]
        .as_array()
        .unwrap()
        .iter()
        .inspect(|one| assert_eq!(one["id"], arden))
        .map(|one| (&one["from"], &one["to"]))
        .collect();
    assert_eq!(moved, [(&"unknown".into(), &"out".into()), (&"in".into(), &"out".into())]);
    assert!(desk.done(&["counts"]).contains("1 moved"));
    assert!(desk.done(&["counts", "deadly"]).contains("unknown → out"));
}

#[test]
fn what_cannot_be_counted_is_told_with_what_to_do() {
    let desk = Desk::with(&[("Arden", 2)]);
    std::fs::write(desk.path("bad.toml"), "name = 'n'\ncolour = 'red'\n").unwrap();
    for (arguments, words) in [
        (&["count", "bad.toml"][..], "line 2: unknown key \"colour\""),
        (&["count", "elsewhere.toml"], "no such file, and no definition is saved"),
        (&["counts", "elsewhere"], "no definition is called"),
    ] {
        let refused = desk.refused(arguments);
        assert!(refused.contains(words), "{refused}");
    }
    assert!(desk.done(&["counts"]).contains("--save"));
    let wrong_usage = desk.run(&["count", "bad.toml", "--publish"]);
    assert_eq!(wrong_usage.status.code(), Some(2));
}

#[test]
fn sets_that_nothing_is_called_and_lists_of_no_conditions_are_told() {
    let desk = Desk::with(&[("Arden", 2)]);
    let quoting = DEFINITION.replacen("unit =", "quoted = [\"the plots\"]\nunit =", 1);
    std::fs::write(desk.path("quoting.toml"), quoting).unwrap();
    let printed = desk.done(&["count", "quoting.toml"]);
    assert!(printed.contains("no set goes by “the plots”, of which figures"), "{printed}");
    assert_eq!(desk.json(&["count", "quoting.toml"])["unquoted"][0], "“the plots”");
    std::fs::write(
        desk.path("none.toml"),
        "name = \"none\"\ntitle = \"T\"\nunit = \"incident\"\n[of]\nall = []\n[in]\nall = []\n",
    )
    .unwrap();
    let error = desk.refused(&["count", "none.toml"]);
    assert!(
        error.contains("line 5") && error.contains("an empty list asks for nothing"),
        "{error}"
    );
}

#[test]
fn incidents_are_counted_by_the_claims_about_them() {
    let desk = Desk::with(&[("Arden", 2), ("Bellmar", 1)]);
    let definition = "name = 'claimed'\ntitle = 'Attacks that the Ring claimed'\nunit = 'incident'\n\
                      [in]\nclaim = { variable = 'claimant', is = 'The Ring' }\n";
    std::fs::write(desk.path("claimed.toml"), definition).unwrap();
    let count = || desk.json(&["count", "claimed.toml"]);
    assert_eq!(count()["strict"]["figure"], "0 of 2");

    let incident = mention("Arden").id.to_string();
    let add = |subject: [&str; 2], variable: &str, value: &str| {
        let words = ["add", "--work", "A. Marsh, The Note, 1895", "--place", "p. 3", "--published"];
        let rest = ["1895", "--variable", variable, "--value", value, "--by", "A coder"];
        let entered = desk.json(&[&words[..], &rest[..1], &subject[..], &rest[1..]].concat());
        entered["subject"].as_str().unwrap().to_owned()
    };
    let claim = add(["--new", "claim:a note"], "about", &incident);
    add(["--subject", &claim], "claimant", "group:The Ring");
    let counted = count();
    assert_eq!(counted["strict"]["figure"], "0 to 1 of 2 (1 unknown)");
    assert_eq!(counted["lenient"]["figure"], "1 of 2");
    let units = counted["units"].as_array().unwrap();
    let arden = units.iter().find(|unit| unit["id"] == incident.as_str()).unwrap();
    let because = arden["lenient"]["because"].as_array().unwrap();
    assert!(because.iter().all(|ground| ground["claim"] == claim.as_str()), "{because:?}");
    assert!(because.iter().any(|ground| ground["value"]["value"]["mention"]["name"] == "The Ring"));

    for (variable, value) in [("about", &incident), ("claimant", &group(&counted))] {
        let words = ["judge", "find", &claim, variable, value, "--by", "A coder", "--reason", "so"];
        desk.done(&words);
    }
    assert_eq!(count()["strict"]["figure"], "1 of 2");
    assert!(
        desk.done(&["count", "claimed.toml"]).contains(&format!("{claim}, claimant: The Ring"))
    );
}

/// The group that a count's grounds name.
fn group(count: &Json) -> String {
    let text = count.to_string();
    let at = text.find("grp-").unwrap();
    text[at..at + 16].to_owned()
}

/// The command that a citation ends with, as arguments.
fn verifying(cited: &str) -> Vec<String> {
    let (_, command) = cited.trim().split_once("Verify: throughline ").unwrap();
    let mut arguments = Vec::new();
    for (at, part) in command.split('\'').enumerate() {
        match at % 2 {
            0 => arguments.extend(part.split_whitespace().map(str::to_owned)),
            _ => arguments.push(part.to_owned()),
        }
    }
    arguments
}

#[test]
fn a_cited_figure_is_verified_by_the_command_that_the_citation_gives() {
    let desk = Desk::with(&[("Arden", 2), ("Bellmar", 0)]);
    let found = desk.find("Arden", "2");
    desk.find("Bellmar", "0");
    desk.done(&["count", "deadly.toml", "--save"]);
    let cited = desk.done(&["count", "deadly", "--cite", "--by", "R. Coder"]);
    assert!(cited.starts_with("R. Coder. Attacks that killed: 1 of 2."), "{cited}");
    let verify = verifying(&cited);
    let verify: Vec<&str> = verify.iter().map(String::as_str).collect();
    assert_eq!(desk.done(&verify), "verified: 1 of 2\n");
    // What came since changes nothing of what was recorded by then.
    desk.done(&["judge", "undo", &found, "--by", "B", "--reason", "a doubt"]);
    assert_eq!(desk.done(&verify), "verified: 1 of 2\n");
    let now: Vec<&str> = ["count", "deadly", "--expect", "1 of 2"].to_vec();
    assert!(desk.refused(&now).contains("and not 1 of 2"), "{}", desk.refused(&now));
    let mut other = verify.clone();
    let hash = other.iter().position(|one| *one == "--hash").unwrap() + 1;
    other[hash] = "00";
    assert!(desk.refused(&other).contains("the definition was changed since"));
}

#[test]
fn a_figure_is_cited_for_programs_too() {
    let desk = Desk::with(&[("Arden", 2)]);
    desk.find("Arden", "2");
    let bibtex = desk.done(&["count", "deadly.toml", "--cite=bibtex", "--by", "R. Coder & Co."]);
    assert!(bibtex.starts_with("@misc{deadly-"), "{bibtex}");
    assert!(bibtex.contains("{{R. Coder \\& Co.}}") && bibtex.contains("1 of 1."), "{bibtex}");
    let csl: Json =
        serde_json::from_str(&desk.done(&["count", "deadly.toml", "--cite=csl"])).unwrap();
    assert_eq!(csl[0]["type"], "dataset");
    assert_eq!(csl[0]["title"], "Attacks that killed");
    assert!(csl[0]["note"].as_str().unwrap().contains("--expect '1 of 1'"));
}

#[test]
fn a_count_says_what_moved_and_what_it_hangs_on() {
    let desk = Desk::with(&[("Arden", 2), ("Bellmar", 0)]);
    // Before the papers came out there was nothing, so each of the two came in.
    let count = desk.json(&["count", "deadly.toml", "--against", "1893"]);
    let shifts = count["against"].as_array().unwrap();
    let arden = |one: &&Json| one["name"] == "Arden" && one["reading"] == "lenient";
    let moved = shifts.iter().find(arden).unwrap();
    assert_eq!((&moved["from"], &moved["to"]), (&"in".into(), &"outside".into()));
    assert_eq!(moved["before"][0]["value"]["variable"], "killed");
    assert!(moved["after"].as_array().unwrap().is_empty());
    // By a stricter definition one of them is out.
    let strict = DEFINITION.replace("at-least = 1", "at-least = 3").replace("deadly", "deadlier");
    std::fs::write(desk.path("deadlier.toml"), strict).unwrap();
    let count = desk.json(&["count", "deadly.toml", "--against", "deadlier.toml"]);
    let moved: Vec<&Json> = count["against"].as_array().unwrap().iter().collect();
    assert_eq!(moved.len(), 1, "{moved:?}");
    assert_eq!((&moved[0]["from"], &moved[0]["to"]), (&"in".into(), &"out".into()));

    let count = desk.json(&["count", "deadly.toml", "--sensitivity"]);
    let hanging = count["hangs_on"]["assertions"].as_array().unwrap();
    assert_eq!(hanging.len(), 2, "{hanging:?}");
    let without = count["hangs_on"]["without"].as_array().unwrap();
    let lenient: Vec<&Json> = without.iter().map(|one| &one["lenient"]).collect();
    assert_eq!(lenient.len(), 2, "one of them is in and one is out: {without:?}");
    assert!(lenient.contains(&&"0 of 1".into()) && lenient.contains(&&"1 of 1".into()));
    let of_arden = hanging.iter().find(|one| one["shifts"][0]["name"] == "Arden").unwrap();
    assert_eq!(of_arden["lenient"], "0 of 1", "nothing else is said of it");
    let printed = desk.done(&["count", "deadly.toml", "--sensitivity", "--against", "1893"]);
    assert!(printed.contains("against the count as of 1893-12-31"), "{printed}");
    assert!(printed.contains("if one assertion fell, of 2 assertions tried"), "{printed}");
    assert!(printed.contains("killed: 2, of Arden"), "each by what it says: {printed}");
    // As it was recorded here by a moment, which is no day of publication.
    let printed = desk.done(&["count", "deadly.toml", "--against", "2001-01-01T10:00:00Z"]);
    assert!(
        printed.contains("against the count as recorded by 2001-01-01T10:00:00Z\nstrict   0 of 0"),
        "{printed}"
    );

    // The same is told of the assertion itself, beforehand.
    desk.done(&["count", "deadly.toml", "--save"]);
    let id = of_arden["assertion"].as_str().unwrap();
    let impact = desk.json(&["impact", id]);
    assert_eq!(impact["counts"][0]["after"]["lenient"], "0 of 1");
    desk.done(&["judge", "retract", id, "--by", "B", "--reason", "misread"]);
    assert_eq!(desk.json(&["count", "deadly"])["lenient"]["figure"], "0 of 1");
}

#[test]
fn corrections_name_the_published_counts_that_they_touch() {
    let desk = Desk::with(&[("Arden", 2), ("Bellmar", 0)]);
    let publish =
        ["count", "deadly.toml", "--publish", "--draft", "--by", "A", "--where", "The Lamp"];
    desk.done(&publish);
    let since = ["corrections", "--since", "2000"];
    assert_eq!(desk.json(&since)["touched"], Json::Array(vec![]));
    let hanging =
        desk.json(&["count", "deadly", "--sensitivity"])["hangs_on"]["assertions"].clone();
    let of_arden = |one: &&Json| one["shifts"][0]["name"] == "Arden";
    let id = hanging.as_array().unwrap().iter().find(of_arden).unwrap()["assertion"].clone();
    let id = id.as_str().unwrap();
    let done = desk.json(&["judge", "retract", id, "--by", "B", "--reason", "misread"]);
    let touched = desk.json(&since)["touched"].clone();
    assert_eq!(touched.as_array().unwrap().len(), 1, "{touched}");
    assert_eq!(touched[0]["by"], Json::Array(vec![done["judgment"].clone()]));
    assert_eq!(touched[0]["shifts"][0]["name"], "Arden");
    let printed = desk.done(&since);
    assert!(printed.contains("published counts touched: 1 of 1"), "{printed}");
    assert!(
        printed.contains("0 of 2 (2 unknown) as published in The Lamp")
            || printed.contains(" as published in The Lamp\n  now "),
        "{printed}"
    );
    assert_eq!(touched[0]["now"], desk.json(&["count", "deadly"])["strict"]["figure"]);
    // As of an earlier day documents are left out, and not the counts that hang on them.
    let printed = desk.done(&[&since[..], &["--as-of", "1850"]].concat());
    assert!(printed.contains(" of 1") && !printed.contains("of 0\n"), "{printed}");
    let listed = desk.done(&["counts"]);
    assert!(listed.contains("lenient now"), "{listed}");
    // Nothing was corrected after that.
    assert_eq!(desk.json(&["corrections", "--since", "2200"])["judgments"], Json::Array(vec![]));
}

/// A desk whose figure was published as final: both incidents are found.
fn final_count() -> Desk {
    let desk = Desk::with(&[("Arden", 2), ("Bellmar", 1)]);
    desk.find("Arden", "2");
    desk.find("Bellmar", "1");
    desk.done(&["count", "deadly.toml", "--publish", "--by", "A", "--where", "The Lamp"]);
    assert_eq!(desk.json(&["counts"])["published"][0]["state"]["stands"], true);
    desk
}

#[test]
fn a_published_count_tells_of_documents_that_were_removed() {
    let desk = final_count();
    let gone = DocumentId::of_bytes(Sha256::of(text("Arden").as_bytes())).to_string();
    desk.done(&["forget", &gone, "--by", "B", "--reason", "order 7"]);
    let state = desk.json(&["counts"])["published"][0]["state"].clone();
    assert_eq!((&state["removed"], &state["stands"]), (&Json::from(1), &Json::from(false)));
    assert_eq!(state["by_program"], Json::Array(vec![]), "no program counts otherwise");
    assert_eq!(state["since"][0]["to"], "outside");
    let listed = desk.done(&["counts"]);
    assert!(listed.contains("1 document was removed since"), "{listed}");
    assert!(!listed.contains("by this program"), "{listed}");
    let since = ["corrections", "--since", "2000"];
    let touched = desk.json(&since)["touched"].clone();
    assert_eq!(touched[0]["removed"], Json::Array(vec![gone.clone().into()]), "{touched}");
    assert_eq!(touched[0]["shifts"][0]["from"], "in");
    assert!(desk.done(&since).contains(&format!("{gone} was removed")));
}

#[test]
fn a_removal_is_told_with_what_it_moved_and_nothing_that_moved_before() {
    let desk = Desk::with(&[("Arden", 2), ("Bellmar", 1), ("Corin", 3)]);
    let found = ["Arden", "Bellmar", "Corin"].map(|name| desk.find(name, "2"));
    desk.done(&["count", "deadly.toml", "--publish", "--by", "A", "--where", "The Lamp"]);
    let undo = |id: &str| desk.json(&["judge", "undo", id, "--by", "B", "--reason", "r"]);
    undo(&found[1]);
    // From here on, before the removal.
    undo(&found[2]);
    let all: Vec<Json> = serde_json::from_str(&desk.done(&["judgments", "--json"])).unwrap();
    let recorded = all.iter().map(|one| one["recorded"].as_str().unwrap().to_owned()).max();
    let gone = DocumentId::of_bytes(Sha256::of(text("Arden").as_bytes())).to_string();
    desk.done(&["forget", &gone, "--by", "B", "--reason", "order 7"]);
    let names = |since: &str| {
        let touched = desk.json(&["corrections", "--since", since])["touched"].clone();
        assert_eq!(touched[0]["removed"], Json::Array(vec![gone.clone().into()]), "{touched}");
        let shifts = touched[0]["shifts"].as_array().cloned().unwrap_or_default();
        let names: std::collections::BTreeSet<String> =
            shifts.iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect();
        names.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(names(&recorded.unwrap()).len(), 2, "what went, and Corin");
    assert_eq!(names("2000").len(), 3, "Bellmar too");
}

#[test]
fn a_figure_that_is_no_longer_final_no_longer_stands() {
    let desk = Desk::with(&[("Arden", 2)]);
    let said = desk.json(&["assertions"])["id"].as_str().unwrap().to_owned();
    let id = mention("Arden").id.to_string();
    let words = ["--rests-on", &said, "--by", "A coder", "--reason", "as it says"];
    desk.done(&[&["judge", "find", &id, "killed", "2"][..], &words].concat());
    desk.done(&["count", "deadly.toml", "--publish", "--by", "A", "--where", "The Lamp"]);
    let done = desk.json(&["judge", "retract", &said, "--by", "B", "--reason", "misread"]);
    let state = desk.json(&["counts"])["published"][0]["state"].clone();
    assert_eq!(state["since"], Json::Array(vec![]), "the finding holds the unit where it is");
    assert_eq!(state["marks"], Json::Array(vec!["evidence".into()]));
    assert_eq!(state["stands"], false);
    assert!(desk.done(&["counts"]).contains("no longer final: evidence"));
    let touched = desk.json(&["corrections", "--since", "2000"])["touched"].clone();
    assert_eq!(touched[0]["by"], Json::Array(vec![done["judgment"].clone()]), "{touched}");
}

#[test]
fn what_was_published_elsewhere_is_counted_against_what_was_published() {
    let from = final_count();
    from.done(&[
        "export",
        "assertions",
        "--full",
        "--purpose",
        "p",
        "--by",
        "B",
        "--out",
        "a.jsonl",
    ]);
    let to = Desk::empty();
    std::fs::copy(from.path("a.jsonl"), to.path("a.jsonl")).unwrap();
    to.done(&["import", "assertions", "a.jsonl", "--by", "B"]);
    let state = |desk: &Desk| desk.json(&["counts"])["published"][0]["state"].clone();
    assert_eq!(state(&to)["elsewhere"], true);
    assert_eq!(state(&to)["stands"], true, "{}", state(&to));
    assert_eq!(state(&from)["elsewhere"], false);
    let found = to.json(&["judgments"])["id"].as_str().unwrap().to_owned();
    to.done(&["judge", "undo", &found, "--by", "B", "--reason", "r"]);
    assert_eq!(state(&to)["since"][0]["to"], "unknown", "{}", state(&to));
    let touched = to.json(&["corrections", "--since", "2000"])["touched"].clone();
    assert_eq!(touched[0]["shifts"][0]["to"], "unknown", "{touched}");
}

//! `judge code`, `coding` and `codebook`: coding together, and by a codebook.

use serde_json::json;

use crate::served::Served;
use crate::support::{Casebook, arg, text, two_papers};

const ONE: [&str; 4] = ["--by", "Ada One", "--reason", "as read"];
const OTHER: [&str; 4] = ["--by", "Ben Other", "--reason", "as read"];

impl Casebook {
    #[track_caller]
    fn code(&self, who: [&str; 4], rest: &[&str]) -> String {
        let all = [&["judge", "code"], rest, &who[..]].concat();
        text(&self.json(&all)[0], "judgment").to_owned()
    }
}

/// Two papers on one incident, coded by two coders who differ on the toll and agree on the company.
fn coded() -> (Casebook, String, String) {
    let casebook = Casebook::new();
    let (incident, first, second) = two_papers(&casebook);
    casebook.code(ONE, &[&incident, "killed", "3", "--rests-on", &first]);
    casebook.code(OTHER, &[&incident, "killed", "5", "--rests-on", &second]);
    for who in [ONE, OTHER] {
        casebook.code(who, &[&incident, "company", "alone"]);
    }
    (casebook, incident, second)
}

#[test]
fn two_coders_are_compared_measured_and_adjudicated_and_both_codings_stay() {
    let (casebook, incident, second) = coded();
    let held = |casebook: &Casebook| casebook.json(&["show", &incident])[0]["values"].clone();
    let before = held(&casebook);
    assert!(!before.to_string().contains("company"), "a coding is no value: {before}");

    let differs = casebook.json(&["coding", "compare", "--only", "differs"]);
    assert_eq!((differs.len(), text(&differs[0], "variable")), (1, "killed"));
    let shown = casebook.ok(&["coding", "compare"]);
    assert!(shown.contains("Ada One: 3") && shown.contains("Ben Other: 5"), "{shown}");
    let agreement = casebook.json(&["coding", "agreement"]);
    let of = |name: &str| agreement.iter().find(|one| one["variable"] == name).unwrap().clone();
    assert_eq!(
        (of("company")["alike"].clone(), of("company")["alpha"].clone()),
        (json!(1.0), json!(null))
    );
    assert_eq!(
        (of("killed")["alike"].clone(), of("killed")["scale"].clone()),
        (json!(0.0), json!("interval"))
    );
    let words = casebook.ok(&["coding", "agreement"]);
    assert!(words.contains("100 %") && words.contains("not defined"), "{words}");
    let err = casebook.fails(1, &["coding", "agreement", "--coder", "Nobody"]);
    assert!(err.contains("those who have are Ada One, Ben Other"), "{err}");

    let take = ["coding", "adjudicate", &incident, "killed", "--by", "Editor", "--reason", "later"];
    let err = casebook.fails(1, &take);
    assert!(err.contains("--take CODER"), "{err}");
    let err = casebook.fails(1, &[&take[..], &["--take", "Nobody"]].concat());
    assert!(err.contains("those who have are Ada One, Ben Other"), "{err}");
    casebook.ok(&[&take[..], &["--take", "Ben Other"]].concat());
    casebook.ok(&["coding", "adopt", "--by", "Editor", "--reason", "both say so"]);
    let again = casebook.ok(&["coding", "adopt", "--by", "Editor", "--reason", "both say so"]);
    assert!(again.contains("nothing to find"), "{again}");
    let values = held(&casebook);
    let value = |name: &str| {
        let all = values.as_array().unwrap();
        all.iter().find(|one| one["variable"] == name).unwrap().clone()
    };
    assert_eq!(value("killed")["value"], json!({"figure": {"least": 5, "most": 5}}));
    assert_eq!(value("killed")["basis"], "finding");
    assert_eq!(value("company")["value"], json!({"term": "alone"}));
    // It rests on what the coding that it follows rests on, and was not to be known before.
    let found = casebook.json(&["show", text(&value("killed"), "judgment")]);
    assert_eq!(found[0]["act"]["find"]["rests_on"], json!([second]));
    assert_eq!(found[0]["cites"].as_array().map(Vec::len), Some(1));
    // Both codings stand beside it.
    let fields = casebook.json(&["coding", "compare", "--variable", "killed"]);
    assert_eq!(fields[0]["codings"].as_array().map(Vec::len), Some(2));
    assert_eq!(text(&fields[0]["found"][0], "by"), "Editor");
    assert_eq!(
        casebook.json(&["coding", "compare", "--only", "open"]),
        Vec::<serde_json::Value>::new()
    );
    casebook.ok(&["verify"]);
}

#[test]
fn a_coder_sees_his_own_answers_and_nobody_elses() {
    let (casebook, incident, _) = coded();
    casebook.judge(&["find", &incident, "stage", "executed"]);
    let shown =
        casebook.ok(&["coding", "show", &incident, "--by", "Ada One", "--variable", "killed"]);
    assert!(shown.contains("How many were killed?") && shown.contains("yours     3"), "{shown}");
    assert!(shown.contains("Five people were killed"), "what documents say is seen: {shown}");
    assert!(!shown.contains("Ben Other") && !shown.contains("R. Coder"), "{shown}");
    let sheet = casebook.json(&["coding", "sheet", "--by", "Ada One"]);
    assert_eq!(sheet[0]["coded"], json!(["killed", "company"]));
    assert!(sheet[0]["left"].as_array().unwrap().contains(&json!("stage")));
    let all = casebook.ok(&["coding", "sheet", "--by", "Ben Other", "--variable", "killed"]);
    assert!(all.contains("1 of 1 record done"), "{all}");

    for blind in [&["show", incident.as_str()][..], &["incidents"], &["judgments"], &["people"]] {
        let seen = casebook.ok(&[blind, &["--blind", "Ada One"]].concat());
        assert!(!seen.contains("Ben Other") && !seen.contains("executed"), "{blind:?}: {seen}");
    }
    assert!(casebook.ok(&["judgments", "--blind", "Ada One"]).contains("Ada One"));

    let served = Served::with(&casebook, &["--blind", "Ada One"]);
    for page in
        [format!("/incidents/{incident}"), "/coding".into(), "/judgments".into(), "/".into()]
    {
        let (status, body) = served.get(&page);
        assert_eq!(status, 200, "{page}");
        assert!(!body.contains("Ben Other") && !body.contains("executed"), "{page}: {body}");
        assert!(body.contains("what others judged is hidden"), "{page}");
    }
    let desk = Served::start(&casebook);
    let page = desk.get("/coding").1;
    assert!(page.contains("Ada One") && page.contains("Ben Other") && page.contains("≠ differs"));
    let err = casebook.fails(1, &["serve", "--edition", "readers", "--blind", "Ada One"]);
    assert!(err.contains("give one of the two"), "{err}");
}

#[test]
fn a_coder_changes_his_mind_and_codes_several_values_where_there_may_be_several() {
    let (casebook, incident, _) = coded();
    casebook.code(ONE, &[&incident, "killed", "4"]);
    casebook.code(ONE, &[&incident, "target", "the station"]);
    casebook.code(ONE, &[&incident, "target", "the guard"]);
    let fields = casebook.json(&["coding", "compare"]);
    let of = |name: &str| fields.iter().find(|one| one["variable"] == name).unwrap();
    let own = |name: &str| -> Vec<&serde_json::Value> {
        let all = of(name)["codings"].as_array().unwrap().iter();
        all.filter(|one| one["by"] == "Ada One").map(|one| &one["value"]).collect()
    };
    assert_eq!(own("killed"), vec![&json!({"figure": {"least": 4, "most": 4}})]);
    assert_eq!(own("target").len(), 2);
    // That it cannot be known stands beside no value.
    casebook.code(ONE, &[&incident, "target", "--unknowable"]);
    let fields = casebook.json(&["coding", "compare", "--variable", "target"]);
    assert_eq!(fields[0]["codings"].as_array().map(Vec::len), Some(1));
    assert_eq!(text(&fields[0], "stands"), "one coder");
}

const OWN: &str = r#"
name = "own"
title = "Our own"
version = 1

[[variable]]
name = "company"
question = "Alone?"
definition = "Who took part."
values = [{ value = "alone", means = "nobody else" }, { value = "crowd", means = "many" }]
chosen = "most voices"
"#;

#[test]
fn a_casebook_goes_by_its_codebook_and_a_new_version_says_what_to_code_again() {
    let (casebook, incident, _) = coded();
    let find = |value: &str| {
        ["judge", "find", &incident, "company", value, "--by", "A", "--reason", "r"]
            .map(str::to_owned)
    };
    let run = |args: &[String]| casebook.run(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let refused = run(&find("crowd"));
    assert_eq!(refused.code, 1);
    let wanted = "company: \"crowd\" is no value of it; allowed are alone, helpers, cell";
    assert!(refused.err.contains(wanted), "{}", refused.err);

    let file = casebook.file("own.toml", OWN);
    let said = casebook.ok(&["codebook", arg(&file), "--adopt"]);
    assert!(said.contains("goes by own, version 1"), "{said}");
    assert!(casebook.ok(&["codebook"]).contains("Our own, version 1"));
    assert_eq!(run(&find("crowd")).code, 0);
    assert!(casebook.ok(&["codebook", "--recode"]).contains("none"));

    let second = OWN.replace(
        "version = 1",
        "version = 2\n[[change]]\nversion = 2\nrecode = 'company'\nbecause = 'crowds of two'",
    );
    let same = casebook.file("same.toml", OWN.replace("many", "some"));
    let err = casebook.fails(1, &["codebook", arg(&same), "--adopt"]);
    assert!(err.contains("raise its version"), "{err}");
    let file = casebook.file("second.toml", second);
    let adopted = casebook.json(&["codebook", arg(&file), "--adopt"]);
    assert_eq!(adopted[0]["recode"], 3, "a finding and two codings: {adopted:?}");
    let again = casebook.json(&["codebook", "--recode"]);
    assert_eq!(again[0]["because"], json!(["version 2: crowds of two"]));

    // A line and a row whose value is not allowed are named with it, and nothing of them is taken.
    let lines = casebook.ok(&["export", "assertions", "--full", "--purpose", "copy", "--by", "A"]);
    let other = Casebook::new();
    let file = other.file("all.jsonl", &lines);
    other.ok(&["import", "assertions", arg(&file), "--by", "B"]);
    assert_eq!(other.content(), casebook.content());
    assert_eq!(other.json(&["codebook"])[0]["version"], 2);
    let wrong = lines.replace("\"crowd\"", "\"gang\"");
    let (third, at) = (Casebook::new(), |lines: &str| {
        lines.lines().position(|line| line.contains("\"gang\"")).map(|at| at + 1)
    });
    let file = third.file("wrong.jsonl", without_ids(&wrong));
    let run = third.run(&["import", "assertions", arg(&file), "--by", "B"]);
    let place = format!("wrong.jsonl:{}: ", at(&wrong).unwrap());
    assert!(
        run.err.contains(&place) && run.err.contains("allowed are alone, crowd"),
        "{}",
        run.err
    );
}

/// Judgments whose ids were made for other values.
fn without_ids(lines: &str) -> String {
    let line = |line: &str| {
        let mut json: serde_json::Value = serde_json::from_str(line).unwrap();
        if line.contains("\"gang\"")
            && let Some(judgment) = json.get_mut("judgment").and_then(|one| one.as_object_mut())
        {
            judgment.remove("id");
        }
        json.to_string()
    };
    lines.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn why_somebody_undid_what_is_hidden_is_hidden() {
    let (casebook, ..) = coded();
    let made = casebook.json(&["judgments"]);
    let of = |coder: &str| {
        let found = made.iter().find(|one| one["by"] == coder).unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    for (coder, reason) in [("Ben Other", "two cells, he says"), ("Ada One", "a slip of hers")] {
        let undo = ["judge", "undo", &of(coder), "--by", "Cy Third", "--reason", reason];
        let told = casebook.json(&undo)[0]["remarks"].to_string();
        assert!(told.contains(&format!("by {coder} no longer counts")), "{told}");
    }
    let seen = casebook.ok(&["judgments", "--blind", "Ada One"]);
    assert!(seen.contains("a slip of hers") && !seen.contains("two cells"), "{seen}");
}

#[test]
fn what_is_found_otherwise_than_all_coders_coded_is_told() {
    let (casebook, incident, _) = coded();
    casebook.judge(&["find", &incident, "company", "cell"]);
    let fields = casebook.json(&["coding", "compare", "--variable", "company"]);
    assert_eq!(text(&fields[0], "stands"), "agreed, and found otherwise");
    assert_eq!(casebook.json(&["coding", "compare", "--only", "agreed"]).len(), 1);
    let found = casebook.json(&["judgments"]);
    casebook.judge(&["undo", text(found.last().unwrap(), "id")]);
    casebook.judge(&["find", &incident, "company", "alone"]);
    let fields = casebook.json(&["coding", "compare", "--variable", "company"]);
    assert_eq!(text(&fields[0], "stands"), "agreed");
}

#[test]
fn a_sheet_of_what_nothing_is_asked_of_is_refused() {
    let (casebook, ..) = coded();
    let sheet = ["coding", "sheet", "--by", "Ada One", "--kind", "person"];
    casebook.ok(&sheet);
    let err = casebook.fails(1, &[&sheet[..], &["--variable", "company"]].concat());
    assert!(err.contains("asks nothing of this of a person"), "{err}");
}

//! Lists, `show` and `search`: what a reader sees, as of two dates.

use serde_json::json;

use crate::support::{Casebook, held, text, two_papers};

#[test]
fn every_value_stands_with_its_evidence_and_what_speaks_against_it() {
    let casebook = Casebook::new();
    let (id, first, second) = two_papers(&casebook);
    let shown = casebook.ok(&["show", &id]);
    for line in [
        "killed: 5".to_owned(),
        "  for       “Five people were killed at Lenn station”".to_owned(),
        format!("            The Evening Lamp → the prosecutor, 2016-05-14, accepted [{second}]"),
        "  against   3".to_owned(),
        "            “Three people were killed at Lenn station.”".to_owned(),
        format!("            The Ferry Post, 2016-05-12, accepted [{first}]"),
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}\n{shown}");
    }
    assert!(shown.lines().all(|line| line.chars().count() <= 100), "{shown}");
    // The beginning of an id is enough, and a record answers to each of its mentions.
    assert_eq!(casebook.ok(&["show", &id[..9]]), shown);
    let mentions = casebook.json(&["show", &id])[0]["mentions"].clone();
    for mention in mentions.as_array().unwrap() {
        assert_eq!(casebook.ok(&["show", mention.as_str().unwrap()]), shown);
    }
}

#[test]
fn both_dates_hold_in_lists_shows_and_searches() {
    let casebook = Casebook::new();
    let (id, ..) = two_papers(&casebook);
    let killed = |args: &[&str]| {
        let mut all = vec!["incidents"];
        all.extend(args);
        let rows = casebook.json(&all);
        rows.first().map(|row| held(row, "killed").unwrap()["value"]["figure"]["least"].clone())
    };
    assert_eq!(killed(&[]), Some(json!(5)));
    assert_eq!(killed(&["--as-of", "2016-05-13"]), Some(json!(3)));
    assert_eq!(killed(&["--as-of", "2016-05-11"]), None);
    assert_eq!(killed(&["--recorded-by", "2001"]), None);
    let recorded = casebook.json(&["documents"]);
    let first = text(&recorded[0], "recorded");
    assert_eq!(killed(&["--recorded-by", first]), None, "nothing was said of it yet");
    assert_eq!(casebook.json(&["documents", "--recorded-by", first]).len(), 1);
    assert_eq!(casebook.json(&["search", "killed"]).len(), 2);
    assert_eq!(casebook.json(&["search", "killed", "--as-of", "2016-05-13"]).len(), 1);
    assert_eq!(casebook.json(&["assertions", "--as-of", "2016-05-13"]).len(), 1);
    let head = casebook.ok(&["incidents", "--as-of", "2016-05-13"]);
    assert!(head.starts_with("As of: the public record of 2016-05-13, under today's judgments"));
    let err = casebook.fails(1, &["show", &id, "--as-of", "2016-05-11"]);
    assert!(err.contains("it was first published 2016-05-12"), "{err}");
}

#[test]
fn an_older_view_of_a_person_gives_the_present_status() {
    let casebook = Casebook::new();
    let one = casebook.store("one.txt", crate::support::FIRST);
    let two = casebook.store("two.txt", crate::support::SECOND);
    let (_, man) = casebook.proceed(&one, "Karl Vossler was arrested.", "arrested");
    let (_, again) = casebook.proceed(&two, "Karl Vossler was released.", "released");
    casebook.judge(&["same", &man, &again]);
    let shown = casebook.ok(&["show", &man, "--as-of", "2016-05-13"]);
    assert!(shown.contains("procedure: arrested"), "{shown}");
    assert!(shown.contains("present status: procedure: released"), "{shown}");
    let record = &casebook.json(&["show", &man, "--as-of", "2016-05-13"])[0];
    assert_eq!(text(record, "present_status"), "procedure: released");
}

#[test]
fn words_are_found_with_what_stands_around_them() {
    let casebook = Casebook::new();
    two_papers(&casebook);
    let hits = casebook.json(&["search", "prosecutor"]);
    assert_eq!(hits.len(), 1);
    assert!(text(&hits[0], "snippet").contains("the prosecutor said"));
    assert_eq!(casebook.json(&["search", "\"killed at Lenn\""]).len(), 2);
    assert_eq!(casebook.json(&["search", "\"Lenn killed\""]).len(), 0);
    assert_eq!(casebook.ok(&["search", "bridge"]), "none\n");
    // Nothing of it is syntax.
    for words in ["NEAR(", "a OR b)", "\"", "*", "title:x"] {
        casebook.ok(&["search", words]);
    }
}

#[test]
fn an_id_that_names_nothing_says_what_to_do() {
    let casebook = Casebook::new();
    two_papers(&casebook);
    for (id, why) in [
        ("Lenn", "is no id, such as inc-4q2m8zk7w1ya"),
        ("ind-1234", "did you mean inc-1234?"),
        (
            "inc-zzzzzzzzzzzz",
            "nothing in this casebook has an id that begins with inc-zzzzzzzzzzzz",
        ),
        ("doc-", "doc- begins very many ids; give some letters more"),
        ("ast-é", "no id has 'é', which stands in ast-é"),
    ] {
        // What can be no id is wrong usage.
        let usage = why.contains("no id") || why.contains("did you mean");
        let err = casebook.fails(if usage { 2 } else { 1 }, &["show", id]);
        assert!(err.contains(why), "{id}: {err}");
    }
}

#[test]
fn a_removed_document_shows_its_tombstone() {
    let casebook = Casebook::new();
    let (id, ..) = two_papers(&casebook);
    let documents = casebook.json(&["documents"]);
    let one = text(&documents[0], "id");
    casebook.ok(&["forget", one, "--by", "B", "--reason", "order 7 of the court of Lenn"]);
    let shown = casebook.ok(&["show", one]);
    assert!(shown.contains("was removed by B") && shown.contains("order 7"), "{shown}");
    assert_eq!(casebook.json(&["documents"]).len(), 1);
    let shown = casebook.ok(&["show", &id]);
    assert!(shown.contains("1 mention, evidence from 1 document"), "the other's stays: {shown}");
    assert!(casebook.run(&["verify"]).code == 0);
    casebook.ok(&["backup", "copy.casebook"]);
    assert_eq!(casebook.json(&["--casebook", "copy.casebook", "head"]), casebook.json(&["head"]));
    assert!(casebook.fails(1, &["backup", "copy.casebook"]).contains("there is a file already"));
}

#[test]
fn a_list_marks_what_is_open_and_what_is_part_of_another() {
    use throughline_formats::lines::{Line, write};
    use throughline_model::{
        Assertion, AssertionId, Mention, Passage, Span, Speaker, Stance, SubjectKind, Value,
        Variable, Voice, ZoneRole,
    };
    let casebook = Casebook::new();
    let one = casebook.store("one.txt", "The Post\n\nAt Lenn\n\nA quay and a mill.\n");
    let document = one.parse().unwrap();
    let at = |start, end| Passage::Text(Span::new(start, end));
    let whole = Mention::new(SubjectKind::Incident, document, at(0, 3), "blasts at Lenn");
    let part = Mention::new(SubjectKind::Incident, document, at(4, 8), "blast in the mill");
    let said = |subject: &Mention, variable, value: Value, who: &str| {
        let said = Assertion {
            id: AssertionId::from_bits(0),
            document,
            passage: at(0, 8),
            zone: ZoneRole::Body,
            speakers: [Voice::Document, Voice::Described(who.into())]
                .map(|voice| Speaker { voice, stance: Stance::Asserted, cue: None })
                .to_vec(),
            subject: subject.id,
            variable,
            party: None,
            value,
            obtained: None,
            repeats: None,
            certainty: 90,
        };
        Line::Assertion(said.sealed(), None)
    };
    let lines = [
        said(&whole, Variable::Type, Value::Term("bombing".into()), "a guard"),
        said(&whole, Variable::Type, Value::Term("arson".into()), "a clerk"),
        said(&part, Variable::PartOf, Value::Mention(whole.id), "a guard"),
        Line::Mention(whole, None),
        Line::Mention(part, None),
    ];
    let file = casebook.file("lines.jsonl", lines.iter().map(write).collect::<Vec<_>>().join("\n"));
    casebook.ok(&["import", "assertions", file.to_str().unwrap(), "--by", "C"]);
    let list = casebook.ok(&["incidents"]);
    let rows: Vec<&str> = list.lines().filter(|line| line.starts_with("inc-")).collect();
    assert!(rows[0].contains("  blasts at Lenn "), "{list}");
    assert!(rows[0].contains("? (contested)"), "{list}");
    assert!(rows[1].contains("  └? blast in the mill"), "{list}");
    assert!(list.contains("└ part of the incident above: 1 of these 2"), "{list}");
}

#[test]
fn words_of_likelihood_stand_beside_what_scales_mean_by_them() {
    let casebook = Casebook::new();
    let document = casebook.store(
        "one.txt",
        "The Ferry Post\n\nA second bomb\n\n- By Ada Marsh\n\n12 May 2016\n\nThe police judge with \
         moderate confidence that the Ring very likely placed it.\n",
    );
    let words = "The police judge with moderate confidence that the Ring very likely placed it.";
    let said = ["--document", &document, "--words", words, "--new", "incident:the second bomb"];
    let value = ["--variable", "type", "--value", "bombing", "--stance", "hedged"];
    let (_, incident) = casebook.add(&[&said[..], &value[..]].concat());
    let shown = casebook.ok(&["show", &incident]);
    for line in [
        "Likelihood as said: “very likely”, which is 80 to 95 % in ICD 203.",
        "Confidence as said: “moderate confidence”.",
    ] {
        assert!(shown.lines().any(|shown| shown.trim() == line), "{line}\n{shown}");
    }
    let evidence = &casebook.json(&["show", &incident])[0]["evidence"][0];
    assert_eq!(evidence["likelihood"][0]["words"], "very likely");
    assert_eq!(evidence["confidence"][0]["means"][0]["level"], "moderate");
    let scale = casebook.ok(&["codebook", "phia"]);
    assert!(scale.contains("realistic possibility") && scale.contains("40 to 50 %"), "{scale}");
}

#[test]
fn a_history_says_what_was_held_as_of_each_day_on_which_it_changed() {
    let casebook = Casebook::new();
    let (id, first, second) = two_papers(&casebook);
    casebook.judge(&["withdraw", &second, "2016-05-20"]);
    let history = casebook.json(&["show", &id, "--history"])[0]["history"].clone();
    let killed =
        history["values"].as_array().unwrap().iter().find(|one| one["variable"] == "killed");
    let steps: Vec<(&str, &serde_json::Value)> = killed.unwrap()["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| (text(step, "since"), &step["held"][0]["value"]["figure"]["least"]))
        .collect();
    assert_eq!(
        steps,
        [("2016-05-12", &json!(3)), ("2016-05-14", &json!(5)), ("2016-05-20", &json!(3))]
    );
    // Each step is what the view of that day holds.
    for (day, least) in steps {
        let view = casebook.json(&["show", &id, "--as-of", day]);
        assert_eq!(held(&view[0], "killed").unwrap()["value"]["figure"]["least"], *least, "{day}");
    }
    let shown = casebook.ok(&["show", &id, "--history"]);
    assert!(shown.contains("2016-05-14: 5 (accepted)"), "{shown}");
    let before = casebook.json(&["show", &id, "--history", "--as-of", "2016-05-15"]);
    assert!(!before[0]["history"].to_string().contains("2016-05-20"), "{before:?}");
    assert_eq!(casebook.json(&["show", &id])[0]["history"], json!(null));
    let _ = first;

    let (_, person) = casebook.add(&[
        "--work",
        "W",
        "--place",
        "p. 1",
        "--new",
        "person:Karl Vossler",
        "--variable",
        "procedure",
        "--value",
        "arrested",
    ]);
    let err = casebook.fails(1, &["show", &person, "--history"]);
    assert!(err.contains("is a person") && !err.contains("Vossler"), "{err}");
}

#[test]
fn what_was_retracted_still_shows_what_it_said() {
    let casebook = Casebook::new();
    let (_, first, _) = two_papers(&casebook);
    let acceptance = casebook.acceptance_of(&first);
    casebook.judge(&["retract", &first, "--supersedes", &acceptance]);
    let out = casebook.ok(&["show", &first]);
    for words in ["killed: 3", "Three people were killed", "counts no more: retract"] {
        assert!(out.contains(words), "{words}: {out}");
    }
}

#[test]
fn an_incident_lists_its_parts_and_the_claims_about_it_and_a_group_its_other_names() {
    let casebook = Casebook::new();
    let (incident, ..) = two_papers(&casebook);
    let document = text(&casebook.json(&["documents"])[0], "id").to_owned();
    let new = |words: &str, new: &str, variable: &str, value: &str| {
        let args = ["--document", &document, "--words", words, "--new", new];
        casebook.add(&[&args[..], &["--variable", variable, "--value", value]].concat()).1
    };
    let part = new("Karl Vossler was arrested", "incident:the first shot", "part-of", &incident);
    let claim = new("Three people", "claim:the letter", "about", &incident);
    let out = casebook.ok(&["show", &incident]);
    assert!(out.contains(&format!("its parts\n  {part}  the first shot")), "{out}");
    assert!(out.contains(&format!("claims about it\n  {claim}  the letter")), "{out}");
    let group = new("killed at Lenn station", "group:Red Lamp", "name", "The Lamp of Lenn");
    let out = casebook.ok(&["show", &group]);
    assert!(out.contains("also called: The Lamp of Lenn"), "{out}");
}

#[test]
fn a_file_with_a_line_end_in_its_name_is_one_line_of_a_list() {
    let casebook = Casebook::new();
    casebook.store("a\nb.txt", crate::support::FIRST);
    let out = casebook.ok(&["documents"]);
    assert!(out.contains("a b.txt"), "{out}");
}

#[test]
fn who_dated_a_document_when_and_why_stands_on_it() {
    let casebook = Casebook::new();
    let document = casebook.store("one.txt", crate::support::FIRST);
    let dated = casebook.judge(&["dated", &document, "2016-06"]);
    let again = ["judge", "dated", &document, "2016-07", "--by", "B", "--reason", "by the mark"];
    let later = casebook.json(&[&again[..], &["--supersedes", &dated]].concat()).remove(0);
    let shown = casebook.ok(&["show", &document]);
    for words in [
        "published 2016-07\n",
        "dated     2016-06, by R. Coder on 2",
        "no longer in force: as read",
        "dated     2016-07, by B on 2",
        ": by the mark",
        "own date  2016-05-12\n",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let json = casebook.json(&["show", &document]).remove(0);
    assert_eq!(text(&json, "own_published"), "2016-05-12");
    let ids: Vec<&str> =
        json["dated"].as_array().unwrap().iter().map(|one| text(one, "judgment")).collect();
    assert_eq!(ids, [dated.as_str(), text(&later, "judgment")]);
    // Before it was dated, nobody had dated it.
    let before = casebook.json(&["show", &document, "--recorded-by", "2999"]);
    assert_eq!(before[0]["dated"][0]["in_force"], false);
    assert!(!casebook.ok(&["documents"]).contains("2016-05-12"));
}

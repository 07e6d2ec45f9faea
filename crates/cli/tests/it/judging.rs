//! `add` and `judge`: what people say, and what it changes.

use serde_json::json;

use serde_json::Value as Json;

use crate::support::{Casebook, FIRST, held, text, two_papers};

const THIRD: &str = "The Ferry Post\n\nFour dead at Lenn\n\n- By Ada Marsh\n\n\
    20 May 2016\n\nFour people were killed at Lenn station, not three.\n";

fn incident(casebook: &Casebook, id: &str) -> serde_json::Value {
    casebook.json(&["show", id]).remove(0)
}

#[test]
fn readings_are_accepted_rejected_corrected_and_undone() {
    let casebook = Casebook::new();
    let (id, first, second) = two_papers(&casebook);
    let killed = |casebook: &Casebook| held(&incident(casebook, &id), "killed").cloned();
    assert_eq!(killed(&casebook).unwrap()["value"], json!({"figure": {"least": 5, "most": 5}}));
    assert_eq!(killed(&casebook).unwrap()["against"], json!([first]));

    // The acceptance that came with the entry stands against a rejection, and is named.
    let accepted = casebook.json(&["judgments"]);
    let of = |id: &str| {
        let about = json!({"accept": id});
        let found = accepted.iter().find(|judgment| judgment["act"] == about).unwrap();
        text(found, "id").to_owned()
    };
    let err = casebook.fails(1, &["judge", "reject", &second, "--by", "B", "--reason", "no"]);
    assert!(err.contains("this contradicts") && err.contains(&of(&second)), "{err}");
    let rejected = casebook.judge(&["reject", &second, "--supersedes", &of(&second)]);
    assert_eq!(killed(&casebook).unwrap()["value"], json!({"figure": {"least": 3, "most": 3}}));
    let gone = casebook.ok(&["show", &second]);
    assert!(gone.contains("counts no more: reject by R. Coder"), "{gone}");

    // Undoing brings nothing back; the acceptance is said again.
    casebook.judge(&["undo", &rejected[..8]]);
    assert_eq!(killed(&casebook).unwrap()["value"], json!({"figure": {"least": 3, "most": 3}}));
    let again = ["judge", "accept", &second, "--by", "R. Coder", "--reason", "entered by hand"];
    let again = casebook.json(&again)[0]["judgment"].as_str().unwrap().to_owned();
    assert_eq!(killed(&casebook).unwrap()["value"], json!({"figure": {"least": 5, "most": 5}}));
    casebook.judge(&["correct", &first, "about 4", "--supersedes", &of(&first)]);
    let evidence = incident(&casebook, &id)["evidence"].clone();
    let says = |least: u32| json!({"figure": {"about": true, "least": least, "most": least}});
    assert!(evidence.as_array().unwrap().iter().any(|one| one["value"] == says(4)), "{evidence}");
    casebook.judge(&["retract", &second, "--supersedes", &again]);
    assert!(casebook.run(&["verify"]).code == 0);
}

#[test]
fn a_finding_settles_a_value_and_an_unknowable_one() {
    let casebook = Casebook::new();
    let (id, first, _) = two_papers(&casebook);
    let found = casebook.judge(&["find", &id, "killed", "3", "--rests-on", &first]);
    let killed = held(&incident(&casebook, &id), "killed").cloned().unwrap();
    assert_eq!((text(&killed, "basis"), text(&killed, "judgment")), ("finding", found.as_str()));
    let shown = casebook.ok(&["show", &id]);
    assert!(shown.contains("found by R. Coder: as read"), "{shown}");
    // It was not to be known before what it rests on.
    let cites = casebook.json(&["show", &found])[0]["cites"].clone();
    assert_eq!(cites.as_array().map(Vec::len), Some(1), "{cites}");
    casebook.judge(&["find", &id, "killed", "--unknowable", "--supersedes", &found]);
    let shown = casebook.ok(&["show", &id]);
    assert!(shown.contains("killed: cannot be known"), "{shown}");
}

#[test]
fn what_a_source_took_back_stands_before_that_day_and_not_after() {
    let casebook = Casebook::new();
    let (id, _, second) = two_papers(&casebook);
    casebook.judge(&["withdraw", &second, "2016-05-20"]);
    let before = casebook.ok(&["show", &id, "--as-of", "2016-05-15"]);
    assert!(
        before.contains("killed: 5") && before.contains("later withdrawn, 2016-05-20"),
        "{before}"
    );
    let after = casebook.ok(&["show", &id, "--as-of", "2016-05-20"]);
    assert!(after.contains("killed: 3") && after.contains("withdrawn 2016-05-20"), "{after}");
    assert!(after.contains("said, and counted neither for nor against a value"), "{after}");
}

#[test]
fn a_withdrawal_learned_of_later_shows_before_and_counts_once_it_is_public() {
    let casebook = Casebook::new();
    let (id, _, second) = two_papers(&casebook);
    let cites = casebook.store("three.txt", THIRD);
    casebook.judge(&["withdraw", &second, "2016-05-16", "--cites", &cites]);
    for (day, held, remark) in [
        ("2016-05-15", "killed: 5", "later withdrawn, 2016-05-16"),
        ("2016-05-17", "killed: 5", "withdrawn 2016-05-16, as became known later"),
        ("2016-05-20", "killed: 3", "withdrawn 2016-05-16"),
    ] {
        let shown = casebook.ok(&["show", &id, "--as-of", day]);
        let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains(held) && shown.contains(remark), "as of {day}: {shown}");
    }
    // The page of a document is no page of an earlier day.
    let err = casebook.fails(1, &["show", &cites, "--as-of", "2016-05-15"]);
    assert!(err.contains("was not published or recorded by the dates asked for"), "{err}");
}

#[test]
fn a_papers_later_word_takes_the_place_of_its_earlier_one() {
    let casebook = Casebook::new();
    let (id, first, _) = two_papers(&casebook);
    let third = casebook.store("three.txt", THIRD);
    let words = ["--words", "Four people were killed at Lenn station", "--value", "4"];
    let about = ["--new", "incident:the shooting", "--variable", "killed", "--document", &third];
    let (_, other) = casebook.add(&[&words[..], &about[..]].concat());
    casebook.judge(&["same", &id, &other]);
    let shown = casebook.ok(&["show", &id]);
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("killed: 4") && shown.contains("superseded by a later word"), "{shown}");
    assert_eq!(incident(&casebook, &id)["superseded"], json!([first]));
    let before = casebook.ok(&["show", &id, "--as-of", "2016-05-19"]);
    assert!(!before.contains("superseded"), "{before}");
}

#[test]
fn identities_are_judged_and_split() {
    let casebook = Casebook::new();
    let (id, ..) = two_papers(&casebook);
    assert_eq!(casebook.json(&["incidents"]).len(), 1);
    let shown = casebook.ok(&["show", &id]);
    assert!(shown.contains("why these mentions are one"), "{shown}");
    let judgments = casebook.json(&["judgments"]);
    let same = judgments.iter().find(|one| one["act"]["same"].is_array()).unwrap();
    let other = same["act"]["same"][1].as_str().unwrap();
    // A judged join is not split without a word on the judgment.
    let split = ["judge", "split", other, "--by", "B", "--reason", "two shootings"];
    let err = casebook.fails(1, &split);
    assert!(err.contains(text(same, "id")), "{err}");
    casebook.judge(&["split", other, "--supersedes", text(same, "id")]);
    assert_eq!(casebook.json(&["incidents"]).len(), 2);
    // "Not the same" is remembered.
    casebook.fails(1, &["judge", "same", &id, other, "--by", "B", "--reason", "one after all"]);
    let err = casebook.fails(1, &["judge", "split", other, "--by", "B", "--reason", "again"]);
    assert!(err.contains("the only mention of its record"), "{err}");
}

#[test]
fn a_document_is_dated_by_judgment() {
    let casebook = Casebook::new();
    let id = casebook.store("bare.txt", "A bridge fell.\n");
    assert_eq!(casebook.json(&["documents", "--as-of", "2016"]).len(), 0);
    casebook.judge(&["dated", &id, "2016-02"]);
    assert_eq!(text(&casebook.json(&["documents", "--as-of", "2016"])[0], "published"), "2016-02");
    assert_eq!(casebook.json(&["documents", "--as-of", "2016-02-28"]).len(), 0);
}

#[test]
fn an_assertion_is_entered_on_words_or_on_a_cited_place() {
    let casebook = Casebook::new();
    let id = casebook.store("a.txt", FIRST);
    let add = |rest: &[&str]| {
        let mut all = vec!["add", "--by", "B"];
        all.extend(rest);
        casebook.fails(1, &all)
    };
    let err = add(&[
        "--document",
        &id,
        "--words",
        "Nobody",
        "--new",
        "incident:x",
        "--variable",
        "killed",
        "--value",
        "1",
    ]);
    assert!(err.contains("do not stand in"), "{err}");
    let err = add(&[
        "--document",
        &id,
        "--words",
        "Lenn station",
        "--new",
        "incident:x",
        "--variable",
        "killed",
        "--value",
        "1",
    ]);
    assert!(err.contains("stand more than once"), "{err}");
    let err = add(&[
        "--document",
        &id,
        "--words",
        "Three people",
        "--new",
        "attack:x",
        "--variable",
        "killed",
        "--value",
        "1",
    ]);
    assert!(err.contains("the kinds are incident, set"), "{err}");
    let (assertion, subject) = casebook.add(&[
        "--work",
        "A. Marsh, The Lenn Trial, 2019",
        "--place",
        "p. 12",
        "--published",
        "2019",
        "--new",
        "person:Odo Lind",
        "--variable",
        "procedure",
        "--value",
        "acquitted",
    ]);
    let shown = casebook.ok(&["show", &subject]);
    assert!(shown.contains("A. Marsh, The Lenn Trial, 2019, p. 12"), "{shown}");
    assert!(casebook.ok(&["show", &assertion]).contains("present status: procedure: acquitted"));
}

#[test]
fn sources_and_what_they_say_are_graded_apart() {
    let casebook = Casebook::new();
    let (id, first, second) = two_papers(&casebook);
    let paper = casebook.json(&["show", &second])[0]["source"].as_str().unwrap().to_owned();
    let grade = casebook.judge(&["grade", &paper, "B"]);
    casebook.judge(&["credit", &first, "1"]);
    casebook.judge(&["credit", &second, "6"]);
    let grades = |id: &str| {
        let said = casebook.json(&["show", id])[0].clone();
        [said["reliability"].clone(), said["credibility"].clone()]
    };
    assert_eq!(grades(&second), [Json::from("B"), Json::from("6")]);
    assert_eq!(grades(&first), [Json::Null, Json::from("1")]);
    let shown = casebook.ok(&["show", &id]);
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "source graded B, usually reliable",
        "information graded 1, confirmed by other sources",
        "its credibility cannot be judged",
        "best source B",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    // A second grade takes the place of the first, or is refused.
    let refused =
        casebook.fails(1, &["judge", "grade", &paper, "D", "--by", "R. Coder", "--reason", "r"]);
    assert!(refused.contains(&grade), "{refused}");
    casebook.judge(&["grade", &paper, "F", "--supersedes", &grade]);
    let shown = casebook.ok(&["show", &id]);
    assert!(!shown.contains("best source"), "what cannot be judged is no grade: {shown}");
    // Grades change no value.
    assert!(shown.contains("killed: 5") || shown.contains("killed: 3"), "{shown}");
    let by = ["--by", "R. Coder", "--reason", "r"];
    let unknown = casebook.fails(1, &[&["judge", "grade", "The Nobody", "A"], &by[..]].concat());
    assert!(unknown.contains("The Nobody"), "{unknown}");
    let no_grade = casebook.fails(2, &[&["judge", "grade", &paper, "G"], &by[..]].concat());
    assert!(no_grade.contains("F (cannot be judged)"), "{no_grade}");
}

#[test]
fn why_tells_what_was_compared_and_duplicates_asks_until_somebody_judges() {
    let casebook = Casebook::new();
    for (at, paper) in ["The Lamp", "Coast Wire"].iter().enumerate() {
        let text = format!("Police arrested Ada Brandvold in town {at} on Friday.");
        let article = serde_json::json!({"source": paper, "published": "2016-05-14", "text": text});
        let file = casebook.file(&format!("{at}.jsonl"), article.to_string());
        casebook.ok(&["read", crate::support::arg(&file)]);
    }
    let queue = casebook.json(&["duplicates"]);
    assert_eq!(queue.len(), 1, "{queue:?}");
    let [one, other] = ["one", "other"].map(|side| queue[0][side]["id"].as_str().unwrap());
    // Two records are compared here as there.
    assert_eq!(casebook.json(&["why", one, other])[0]["score"], queue[0]["score"]);
    let why = casebook.ok(&["why", one, other]);
    for wanted in ["two records; nobody has judged them", "brandvold", "shared", "score"] {
        assert!(why.contains(wanted), "{why}");
    }
    assert!(casebook.ok(&["duplicates"]).contains("throughline why"));
    casebook.ok(&[
        "judge",
        "unsure",
        one,
        other,
        "--by",
        "A coder",
        "--reason",
        "nothing tells them apart",
    ]);
    assert_eq!(casebook.json(&["duplicates"]), Vec::<serde_json::Value>::new());
    casebook.ok(&["judge", "same", one, other, "--by", "A coder", "--reason", "one weaver"]);
    let why = casebook.ok(&["why", one, other]);
    assert!(why.contains("one record, by these joins:") && why.contains("judged"), "{why}");
}

#[test]
fn words_that_are_somebody_are_nobody_else() {
    let casebook = Casebook::new();
    let document = casebook.store("one.txt", FIRST);
    let add = |name: &str, variable: &str, value: &str| -> Vec<String> {
        let args = ["add", "--document", &document, "--words", "Karl Vossler", "--new", name];
        let rest =
            ["--variable", variable, "--value", value, "--by", "B", "--reason", "it says so"];
        args.iter().chain(&rest).map(|one| (*one).to_owned()).collect()
    };
    let run =
        |args: Vec<String>| casebook.run(&args.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(run(add("person:Karl Vossler", "procedure", "arrested")).code, 0);
    let content = casebook.content();
    for (args, why) in [
        (add("person:Piet Maas", "procedure", "acquitted"), "these words are Karl Vossler already"),
        (add("person:Karl Vossler", "description", " "), "no value of description was given"),
    ] {
        let refused = run(args);
        assert!(refused.err.contains(why), "{}", refused.err);
    }
    assert_eq!(casebook.content(), content);
}

/// A count of the incidents of which a variable is a term.
fn counted(casebook: &Casebook, variable: &str, term: &str) -> Json {
    let toml = format!(
        "name = \"asked\"\ntitle = \"Asked\"\nquestion = \"How many?\"\nunit = \"incident\"\n\n\
         [in]\nvariable = \"{variable}\"\nis = \"{term}\"\n"
    );
    let file = casebook.file("asked.toml", toml);
    casebook.json(&["count", file.to_str().unwrap()]).remove(0)
}

#[test]
fn a_count_that_asks_for_what_no_codebook_has_is_not_final() {
    let casebook = Casebook::new();
    two_papers(&casebook);
    let wordless = |counted: &Json| counted["wordless"].as_array().unwrap().len();
    assert_eq!(wordless(&counted(&casebook, "company", "alone")), 0);
    let counted = counted(&casebook, "company", "aloen");
    assert_eq!(wordless(&counted), 1, "{counted}");
    assert!(counted["strict"]["marks"].to_string().contains("term"), "{counted}");
}

#[test]
fn a_count_that_asks_for_a_slip_of_a_listed_term_says_which_was_likely_meant() {
    let casebook = Casebook::new();
    two_papers(&casebook);
    let slips = |term: &str| counted(&casebook, "type", term)["slips"].clone();
    assert_eq!(
        slips("bombng"),
        json!(["the codebook lists no type \"bombng\"; did you mean bombing?"])
    );
    for term in ["bombing", "ram raid"] {
        assert_eq!(slips(term), json!([]), "{term}");
    }
}

#[test]
fn a_date_that_somebody_gives_reaches_the_days_that_the_document_tells_of() {
    let casebook = Casebook::new();
    let text = "The Ferry Post\n\nThree killed at Lenn station\n\nA gunman killed three people at Lenn \
                station on Wednesday, police said.\n";
    let file = casebook.file("a.txt", text);
    casebook.ok(&["read", file.to_str().unwrap()]);
    let date = || {
        let incidents = casebook.json(&["incidents"]);
        held(&incidents[0], "date").map(|held| held["value"]["date"].to_string())
    };
    assert_eq!(date(), None);
    let document = text_of(&casebook.json(&["documents"])[0], "id");
    let by = ["--by", "R. Coder", "--reason", "bound so"];
    let out = casebook.ok(&[&["judge", "dated", &document, "2016-05-12"][..], &by].concat());
    assert!(out.contains("is read again by the date in force: 1 assertion otherwise"), "{out}");
    assert_eq!(date().as_deref(), Some("\"2016-05-11\""));
    // Read again from its file, it keeps the date that was given.
    casebook.ok(&["read", file.to_str().unwrap()]);
    casebook.ok(&["read", "--resume"]);
    assert_eq!(date().as_deref(), Some("\"2016-05-11\""));
    let judgment = text_of(&casebook.json(&["judgments"])[0], "id");
    casebook.ok(&[&["judge", "undo", &judgment][..], &by].concat());
    assert_eq!(date(), None);
    casebook.ok(&["verify"]);
}

fn text_of(json: &serde_json::Value, field: &str) -> String {
    text(json, field).to_owned()
}

#[test]
fn what_was_judged_and_counted_is_listed_as_of_two_dates() {
    let casebook = Casebook::new();
    let (incident, first, second) = two_papers(&casebook);
    casebook.judge(&["find", &incident, "killed", "5", "--rests-on", &second]);
    let documents = casebook.json(&["documents"]);
    let later = documents.iter().find(|row| text(row, "published") == "2016-05-14").unwrap();
    let acceptance = casebook.acceptance_of(&first);
    let reject = ["reject", &first, "--cites", text(later, "id"), "--supersedes", &acceptance];
    casebook.judge(&reject);
    let many = |args: &[&str]| casebook.json(&[&["judgments"], args].concat()).len();
    let all = many(&[]);
    assert_eq!(many(&["--recorded-by", "2001"]), 0);
    assert_eq!(many(&["--recorded-by", "2999"]), all);
    // The finding and the rejection rest on the second paper, which came two days later.
    assert_eq!(many(&["--as-of", "2016-05-13"]) + 2, all);
    assert_eq!(many(&["--as-of", "2016-05-14"]), all);
    let file = casebook.file(
        "d.toml",
        "name = \"deaths\"\ntitle = \"Deaths\"\nunit = \"incident\"\n[in]\nvariable = \"type\"\n\
         is = \"bombing\"\n",
    );
    casebook.ok(&["count", file.to_str().unwrap(), "--save"]);
    let saved = |args: &[&str]| {
        casebook.json(&[&["counts"], args].concat())[0]["definitions"].as_array().unwrap().len()
    };
    assert_eq!(saved(&[]), 1);
    assert_eq!(saved(&["--recorded-by", "2001"]), 0);
    assert_eq!(saved(&["--as-of", "2999"]), 1);
    let corrected = |args: &[&str]| {
        let all = [&["corrections", "--since", "2001"], args].concat();
        casebook.json(&all)[0]["judgments"].as_array().unwrap().len()
    };
    assert_eq!((corrected(&[]), corrected(&["--recorded-by", "2002"])), (1, 0));
    assert_eq!(corrected(&["--as-of", "2016-05-13"]), 0);
    assert_eq!(casebook.json(&["duplicates", "--as-of", "2016-05-11"]).len(), 0);
}

#[test]
fn the_other_side_of_a_value_can_be_somebody_new() {
    let casebook = Casebook::new();
    let document = casebook.store("one.txt", crate::support::FIRST);
    casebook.add(&[
        "--document",
        &document,
        "--words",
        "Three people were killed",
        "--new",
        "incident:shots",
        "--variable",
        "involvement.trained",
        "--value",
        "yes",
        "--party",
        "group:Red Lamp",
    ]);
    assert!(casebook.ok(&["groups"]).contains("Red Lamp"));
}

#[test]
fn a_finding_takes_what_its_variable_takes_and_a_slip_is_told() {
    let casebook = Casebook::new();
    let (id, first, _) = two_papers(&casebook);
    let work = ["--work", "W", "--place", "p. 1", "--new", "person:Odo Lind"];
    let (_, person) = casebook.add(&[&work[..], &["--variable", "age", "--value", "30"]].concat());
    let by = ["--by", "B", "--reason", "r"];
    fn find<'a>(rest: &[&'a str], by: &[&'a str]) -> Vec<&'a str> {
        [&["judge", "find"], rest, by].concat()
    }
    for (rest, said) in [
        (vec![id.as_str(), "place", &person], "place takes a place; "),
        (vec![&id, "part-of", &id], "and itself"),
        (vec![&person, "role", "perpetrator", "--party", &person], "and itself"),
        (vec![&person, "kin-of", "yes", "--party", &id], "in relation to a person; "),
        (vec![&id, "age", "3"], "age is not said of incidents"),
    ] {
        let error = casebook.fails(1, &find(&rest, &by));
        assert!(error.contains(said), "{rest:?}: {error}");
    }
    let run = casebook.run(&find(&[&id, "type", "boming"], &by));
    assert!(run.code == 0 && run.err.contains("did you mean bombing?"), "{}", run.err);
    // More exact than what is said, and no less firm.
    casebook.judge(&["find", &id, "date", "2016-05-11", "--rests-on", &first]);
    let date = held(&incident(&casebook, &id), "date").cloned().unwrap();
    assert_eq!(date["hedged"], false, "{date}");
}

#[test]
fn judgments_are_listed_by_whose_they_are_what_they_do_and_on_what() {
    let casebook = Casebook::new();
    let (incident, first, second) = two_papers(&casebook);
    let other = ["judge", "credit", &second, "2", "--by", "S. Coder", "--reason", "the court"];
    casebook.ok(&other);
    let accepted = casebook.acceptance_of(&first);
    let rejected = casebook.judge(&["reject", &first, "--supersedes", &accepted]);
    let ids = |args: &[&str]| {
        let all = casebook.json(&[&["judgments"], args].concat());
        all.iter().map(|one| text(one, "id").to_owned()).collect::<Vec<_>>()
    };
    let all = ids(&[]);
    assert_eq!(ids(&["--coder", "S. Coder"]).len(), 1);
    assert_eq!(ids(&["--act", "reject"]), [rejected.as_str()]);
    assert_eq!(ids(&["--on", &first]), [accepted.as_str(), &rejected]);
    assert_eq!(ids(&["--on", &first, "--in-force"]), [rejected.as_str()]);
    assert_eq!(ids(&["--on", &incident]), all, "all of them are on it");
    let document = text(&casebook.json(&["show", &second])[0], "document").to_owned();
    assert_eq!(ids(&["--on", &document]).len(), 2);
    assert_eq!(ids(&["--limit", "1"]), [all.last().unwrap().as_str()], "the newest");
    let printed = casebook.ok(&["judgments", "--limit", "1"]);
    assert!(printed.contains(&format!("{} earlier left out", all.len() - 1)), "{printed}");
    assert!(casebook.fails(2, &["judgments", "--act", "refuse"]).contains("accept, reject"));
}

#[test]
fn an_undo_counts_where_what_it_undoes_does_and_is_not_undone_itself() {
    let casebook = Casebook::new();
    let (incident, first, second) = two_papers(&casebook);
    let killed = |day: &str| {
        let shown = casebook.json(&["show", &incident, "--as-of", day]);
        let values = shown[0]["values"].as_array().unwrap().clone();
        let held = values.into_iter().find(|one| one["variable"] == "killed").unwrap();
        (held["value"].clone(), held["basis"].clone())
    };
    let one = casebook.judge(&["find", &incident, "killed", "3", "--rests-on", &first]);
    let days = ["2016-05-13", "2016-05-20"];
    let with_one = days.map(killed);
    let rests = ["--rests-on", &second, "--supersedes", &one];
    let other = casebook.judge(&[&["find", &incident, "killed", "5"][..], &rests].concat());
    let undo = casebook.judge(&["undo", &other]);
    // The later paper was not out yet: neither what rests on it nor its undo counts.
    assert_eq!(killed(days[0]), with_one[0]);
    assert_ne!(killed(days[1]), with_one[1]);
    let err = casebook.fails(1, &["judge", "undo", &undo, "--by", "B", "--reason", "r"]);
    assert!(err.contains("is an undo itself") && err.contains(&other), "{err}");
    // What is misread is so for every day, and so is that it was not.
    let document = casebook.json(&["documents"]).iter().map(|one| text(one, "id").to_owned()).max();
    let accepted = casebook.acceptance_of(&first);
    let misread = ["retract", &first, "--cites", &document.unwrap(), "--supersedes", &accepted];
    let retracted = casebook.judge(&misread);
    casebook.judge(&["undo", &retracted]);
    assert_eq!(killed(days[0]), with_one[0]);
    // Judged so again, it counts again.
    casebook.judge(&[&["find", &incident, "killed", "5"][..], &rests].concat());
    assert_ne!(killed(days[1]), with_one[1]);
}

//! What `judge` and `add` refuse since it would mean nothing, and what they take for what it means.

use serde_json::Value as Json;

use crate::support::{Casebook, text, two_papers};

/// A judgment that must be refused; returns what was said.
#[track_caller]
fn refused(casebook: &Casebook, args: &[&str]) -> String {
    let all = [&["judge", "--by", "R. Coder", "--reason", "as read"], args].concat();
    casebook.fails(1, &all)
}

/// The remarks on a judgment that is entered.
#[track_caller]
fn remarks(casebook: &Casebook, args: &[&str]) -> Vec<String> {
    let all = [&["judge", "--by", "R. Coder", "--reason", "as read"], args].concat();
    let entered = casebook.json(&all).remove(0);
    let remarks: Option<Vec<&str>> =
        entered["remarks"].as_array().unwrap().iter().map(Json::as_str).collect();
    remarks.unwrap().into_iter().map(str::to_owned).collect()
}

/// A new incident on words of a document; returns its id.
#[track_caller]
fn incident(casebook: &Casebook, document: &str, words: &str, name: &str) -> String {
    let new = format!("incident:{name}");
    let place = ["--document", document, "--words", words, "--new", &new];
    casebook.add(&[&place[..], &["--variable", "type", "--value", "shooting"]].concat()).1
}

/// The judgment that two mentions are one, and these.
#[track_caller]
fn joining(judgments: &[Json]) -> (&Json, &str, &str) {
    let same = judgments.iter().find(|one| one["act"]["same"].is_array()).unwrap();
    let side = |at: usize| same["act"]["same"][at].as_str().unwrap();
    (same, side(0), side(1))
}

#[test]
fn nothing_is_a_part_of_what_is_a_part_of_it() {
    let casebook = Casebook::new();
    let (whole, ..) = two_papers(&casebook);
    let document = text(&casebook.json(&["documents"])[1], "id").to_owned();
    let hall = incident(&casebook, &document, "Five people", "shots in the hall");
    let stair = incident(&casebook, &document, "Lenn station", "shots on the stair");
    casebook.judge(&["find", &hall, "part-of", &whole]);
    casebook.judge(&["find", &stair, "part-of", &hall]);
    let long = refused(&casebook, &["find", &whole, "part-of", &stair]);
    for step in ["shots on the stair is part of shots in the hall", "would be a part of itself"] {
        assert!(long.contains(step), "{step}: {long}");
    }
    let names = casebook.json(&["judgments"]);
    let mut finds = names.iter().filter(|one| one["act"]["find"]["variable"] == "part-of");
    assert!(finds.clone().all(|one| long.contains(text(one, "id"))), "each step by its judgment");
    let own: Vec<String> = casebook.json(&["show", &whole])[0]["mentions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|mention| mention.as_str().unwrap_or_else(|| text(mention, "id")).to_owned())
        .collect();
    assert!(own.len() > 1, "{own:?}");
    let itself = refused(&casebook, &["find", &own[0], "part-of", &own[1]]);
    assert!(itself.contains("is no part of itself"), "{itself}");
    // What was only read says nothing of what may be found, and what no longer holds neither.
    let last = text(finds.next_back().unwrap(), "id").to_owned();
    casebook.judge(&["undo", &last]);
    casebook.judge(&["find", &whole, "part-of", &stair]);
}

#[test]
fn one_subject_is_neither_joined_nor_told_apart_nor_a_lead() {
    let casebook = Casebook::new();
    let (first, ..) = two_papers(&casebook);
    let joined = casebook.json(&["judgments"]);
    let (same, a, b) = joining(&joined);
    let said = refused(&casebook, &["unrelated", a, b]);
    assert!(said.contains("are one record, "), "{said}");
    for act in ["same", "not-same", "unsure"] {
        let said = refused(&casebook, &[act, &first, &first]);
        assert!(said.contains(&format!("both ids are {first} (")), "{act}: {said}");
    }
    let own = text(same, "by");
    let again = ["judge", "same", a, b, "--by", own, "--reason", "one station, after all"];
    let said = casebook.fails(1, &again);
    let by = text(same, "id");
    assert!(said.contains(&format!("are one already, by {by}")), "{said}");
    // With another reason in its place it is a judgment like any other; and so is another's.
    casebook.ok(&["judge", "same", a, b, "--by", "S. Coder", "--reason", "one station"]);
    casebook.ok(&[&again[..], &["--supersedes", by]].concat());
}

#[test]
fn words_that_no_longer_stand_are_neither_taken_back_nor_graded() {
    let casebook = Casebook::new();
    let (incident, first, second) = two_papers(&casebook);
    let accepted = casebook.acceptance_of(&first);
    let rejected = casebook.judge(&["reject", &first, "--supersedes", &accepted]);
    for act in [["withdraw", &first, "2016-06-01"], ["credit", &first, "2"]] {
        let said = refused(&casebook, &act);
        let why = format!("{first} was rejected by R. Coder ({rejected})");
        assert!(said.contains(&why), "{said}");
    }
    let rests = ["find", &incident, "killed", "3", "--rests-on", &first];
    assert!(remarks(&casebook, &rests)[0].contains("was rejected by R. Coder"));
    let accepted = casebook.acceptance_of(&second);
    casebook.judge(&["correct", &second, "4", "--supersedes", &accepted]);
    let said = refused(&casebook, &["credit", &second, "2"]);
    assert!(said.contains("what stands in its place is ast-"), "{said}");
    let put = said.rsplit(' ').next().unwrap().trim().to_owned();
    casebook.judge(&["credit", &put, "2"]);
    // Taken back first and rejected later, both stand.
    casebook.judge(&["undo", &rejected]);
    casebook.judge(&["withdraw", &first, "2016-06-01"]);
}

#[test]
fn a_day_that_had_not_come_is_remarked_on() {
    let casebook = Casebook::new();
    let (incident, first, _) = two_papers(&casebook);
    let ahead = remarks(&casebook, &["find", &incident, "date", "2999-01"]);
    assert!(ahead[0].starts_with("2999-01 has not come yet; today is 2"), "{ahead:?}");
    let found = casebook.json(&["judgments"]);
    let found = text(found.last().unwrap(), "id").to_owned();
    let later = ["find", &incident, "date", "2016-05-13", "--supersedes", &found];
    assert!(remarks(&casebook, &later)[0].contains("was written of on 2016-05-12"));
    casebook.judge(&["undo", text(casebook.json(&["judgments"]).last().unwrap(), "id")]);
    let rests = ["find", &incident, "date", "2016-05-13", "--rests-on", &first];
    let own = format!("{first} was published on 2016-05-12, before 2016-05-13");
    assert_eq!(remarks(&casebook, &rests), [own]);
    casebook.judge(&["undo", text(casebook.json(&["judgments"]).last().unwrap(), "id")]);
    // A month may hold the day of publication.
    assert_eq!(remarks(&casebook, &["find", &incident, "date", "2016-05"]), Vec::<String>::new());
}

#[test]
fn what_was_found_of_a_record_is_known_by_each_of_its_mentions() {
    let casebook = Casebook::new();
    let (incident, ..) = two_papers(&casebook);
    let joined = casebook.json(&["judgments"]);
    let (_, a, b) = joining(&joined);
    let other = if a == incident { b } else { a };
    let found = casebook.judge(&["find", &incident, "killed", "5"]);
    let again = ["judge", "find", other, "killed", "5", "--by", "R. Coder", "--reason", "as read"];
    let again = &casebook.json(&again)[0];
    assert_eq!((text(again, "judgment"), &again["entered"]), (found.as_str(), &Json::from(false)));
    let why = ["judge", "find", other, "killed", "5", "--by", "S. Coder", "--reason", "counted"];
    let second = &casebook.json(&why)[0];
    assert_eq!(second["remarks"][0], format!("{found} by R. Coder finds the same already"));
}

#[test]
fn a_record_is_taken_by_the_id_that_lists_show() {
    let casebook = Casebook::new();
    let (incident, ..) = two_papers(&casebook);
    let later = text(&casebook.json(&["documents"])[1], "id").to_owned();
    let words = ["--document", &later, "--words", "Five dead at Lenn", "--subject", &incident];
    let (_, subject) =
        casebook.add(&[&words[..], &["--variable", "type", "--value", "shooting"]].concat());
    assert_ne!(subject, incident, "by its own mention");
    let shown = casebook.json(&["show", &subject]);
    assert_eq!(text(&shown[0], "id"), incident);
    let third = casebook.store(
        "three.txt",
        "The Ferry Post\n\nA fire\n\n16 May 2016\n\nA barn burnt down at Ostby.\n",
    );
    let place = ["add", "--by", "B", "--document", &third, "--words", "A barn", "--subject"];
    let said = [&place[..], &[&incident, "--variable", "type", "--value", "arson"]].concat();
    let refused = casebook.fails(1, &said);
    for words in ["does not speak of", "--new incident:NAME", "throughline judge same"] {
        assert!(refused.contains(words), "{words}: {refused}");
    }
}

#[test]
fn what_can_be_no_id_is_wrong_usage() {
    let casebook = Casebook::new();
    let (incident, first, _) = two_papers(&casebook);
    for (id, why) in [
        ("inc-4oil", "the digit 0?"),
        ("inc-4i2m", "the digit 1?"),
        ("inc-4q2m8zk7w1ya4", "too long for an id"),
        ("inc-4Q2M", "inc-4q2m"),
        ("inc-4_2m", "stands in inc-4_2m"),
        ("ind-4q2m", "did you mean inc-4q2m?"),
        ("shooting", "is no id"),
    ] {
        let said = casebook.fails(2, &["show", id]);
        assert!(said.contains(why), "{id}: {said}");
    }
    casebook.fails(2, &["judge", "accept", &incident, "--by", "B", "--reason", "r"]);
    // What could be one and is not here is no wrong usage.
    let none = if incident.starts_with("inc-000") { "inc-zzz" } else { "inc-000" };
    casebook.fails(1, &["show", none]);
    let place = ["add", "--by", "B", "--document", "doc-", "--words", "Three people"];
    let document = text(&casebook.json(&["show", &first])[0], "document").to_owned();
    let mut said = [&place[..], &["--subject", &incident, "--variable", "wounded"]].concat();
    said[4] = &document;
    let said = [&said[..], &["--value", "2", "--speaker", "per-00000000000z"]].concat();
    let unknown = casebook.fails(1, &said);
    assert!(unknown.contains("per-00000000000z"), "a speaker that is nobody: {unknown}");
}

#[test]
fn a_judgment_needs_a_name_a_reason_and_a_thing() {
    let casebook = Casebook::new();
    let (id, first, _) = two_papers(&casebook);
    for (args, why) in [
        (vec!["judge", "accept", &first, "--reason", "r"], "needs the name of who judges: --by"),
        (vec!["judge", "accept", &first, "--by", "B"], "needs a reason: --reason"),
        (vec!["judge", "accept", &first, "--by", " ", "--reason", "r"], "needs the name"),
        (vec!["judge", "accept", &id, "--by", "B", "--reason", "r"], "is not an assertion's id"),
        (
            vec!["judge", "accept", "ast-000000000000", "--by", "B", "--reason", "r"],
            "nothing in this casebook",
        ),
        (
            vec!["judge", "find", &id, "kiled", "3", "--by", "B", "--reason", "r"],
            "did you mean killed?",
        ),
        (
            vec!["judge", "find", &id, "killed", "many", "--by", "B", "--reason", "r"],
            "killed is a number",
        ),
        (
            vec!["judge", "find", &id, "age", "3", "--by", "B", "--reason", "r"],
            "age is not said of incidents",
        ),
        (vec!["judge", "same", &id, &id, "--by", "B", "--reason", "r"], "both ids are"),
        (
            vec!["judge", "same", &id, &first, "--by", "B", "--reason", "r"],
            "names an assertion; wanted is a record",
        ),
        (vec!["judge", "undo", "jdg-zz", "--by", "B", "--reason", "r"], "nothing in this casebook"),
    ] {
        // What the command line lacks is a wrong usage of it, and so is an id of another kind.
        let usage = why.starts_with("needs") || why.contains(" an assertion");
        let err = casebook.fails(if usage { 2 } else { 1 }, &args);
        assert!(err.contains(why) && !err.contains("Usage: throughline ["), "{args:?}: {err}");
    }
    let both = casebook.fails(2, &["judge", "accept", &first]);
    assert!(both.contains("--by NAME") && both.contains("--reason TEXT"), "{both}");
}

#[test]
fn what_changes_nothing_is_refused_and_what_is_only_half_said_is_remarked_on() {
    let casebook = Casebook::new();
    let (incident, first, _) = two_papers(&casebook);
    let by = ["--by", "B. Coder", "--reason", "r"];
    let judge = |words: &[&str]| casebook.run(&[&["judge"], words, &by].concat());
    let same = judge(&["correct", &first, "3"]);
    assert!(same.code != 0 && same.err.contains("says so already"), "{}", same.err);
    // On one's own word twice nothing changes, on another's it does.
    let shown = casebook.json(&["show", &incident]).remove(0);
    let mentions: Vec<&str> =
        shown["mentions"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    let other = (*mentions.iter().find(|one| **one != incident).unwrap()).to_owned();
    let run = judge(&["same", &incident, &other]);
    assert!(run.code == 0 && format!("{}{}", run.out, run.err).contains("already, by jdg-"));
    let run = judge(&["same", &incident, &other]);
    assert_eq!(run.code, 0, "the same again is known: {}", run.err);
    let found = casebook.judge(&["find", &incident, "killed", "3", "--rests-on", &first]);
    casebook.judge(&["undo", &found]);
    let again = judge(&["undo", &found]);
    assert!(again.err.contains("counts no more already, by jdg-"), "{}", again.err);
    // What rests on something more is another finding.
    let document = casebook.json(&["documents"]).remove(0);
    let cites = ["--cites", text(&document, "id")];
    let bare = judge(&["find", &incident, "wounded", "4"]);
    let again = judge(&["find", &incident, "wounded", "4"]);
    let cited = judge(&[&["find", &incident, "wounded", "4"][..], &cites].concat());
    let id = |said: &str| said.split(' ').next().map(str::to_owned);
    assert!(id(&bare.out) == id(&again.out) && id(&bare.out) != id(&cited.out), "{}", cited.out);
    // Who did it is two values, of him and of the incident.
    let bare = casebook.store("bare.txt", "Odo Lind was tried for the shooting at Lenn.\n");
    let (_, man) = casebook.add(&[
        "--document",
        &bare,
        "--words",
        "Odo Lind",
        "--new",
        "person:Odo Lind",
        "--variable",
        "age",
        "--value",
        "40",
    ]);
    let half = judge(&["find", &man, "role", "perpetrator", "--party", &incident]);
    assert!(format!("{}{}", half.out, half.err).contains("as its perpetrator"), "{}", half.err);
    casebook.judge(&["find", &incident, "perpetrator", &man]);
}

#[test]
fn a_work_has_one_date() {
    let casebook = Casebook::new();
    let add = |place: &str, published: &str| {
        casebook.run(&[
            "add",
            "--work",
            "Ruel, The Mills, 1901",
            "--place",
            place,
            "--published",
            published,
            "--new",
            "incident:fire at the mill",
            "--variable",
            "killed",
            "--value",
            "2",
            "--by",
            "B",
        ])
    };
    assert_eq!(add("p. 12", "1901").code, 0);
    let other = add("p. 13", "1902");
    assert!(other.code != 0 && other.err.contains("is here with the date 1901"), "{}", other.err);
    assert_eq!(add("p. 13", "1901").code, 0);
}

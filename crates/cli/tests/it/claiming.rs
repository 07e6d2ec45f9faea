//! A claim of responsibility, as an article reasons about it, and what a detail changes.

use serde_json::Value as Json;

use crate::support::{Casebook, arg, text};

const ARTICLE: &str = include_str!("../../../read/tests/fixtures/harbour-bridge.txt");

/// Reads the article on the Harbour Bridge, and adds to its claim a detail that the police had given
/// before; returns the claim and the group.
pub(crate) fn bridge(casebook: &Casebook) -> (String, String) {
    let article = casebook.file("bridge.txt", ARTICLE);
    casebook.ok(&["read", "--published", "2019-03-04", arg(&article)]);
    let claim = text(&casebook.json(&["claims"])[0], "id").to_owned();
    let group = casebook.json(&["groups"]);
    let group = group.iter().find(|one| text(one, "name").contains("Dawn Column")).unwrap();
    let told = ("Harbour Police, notice", "2019-03-02");
    also_said(casebook, told, &incident(casebook), "weapon", "a kitchen knife");
    (claim, text(group, "id").to_owned())
}

/// Adds a detail that the claim gives.
pub(crate) fn detail(casebook: &Casebook, claim: &str, words: &str) {
    also_said(casebook, ("The Dawn, in full", "2019-03-03"), claim, "details", words);
}

/// Enters what another work says of a record.
fn also_said(
    casebook: &Casebook,
    (work, published): (&str, &str),
    record: &str,
    variable: &str,
    value: &str,
) {
    let kind = if record.starts_with("clm") { "claim" } else { "incident" };
    let new = format!("{kind}:as {work} has it");
    let place = value;
    let (_, other) = casebook.add(&[
        "--work",
        work,
        "--place",
        place,
        "--published",
        published,
        "--new",
        &new,
        "--variable",
        variable,
        "--value",
        value,
    ]);
    casebook.judge(&["same", record, &other]);
}

fn incident(casebook: &Casebook) -> String {
    let incidents = casebook.json(&["incidents"]);
    let bridge = incidents.iter().find(|one| text(one, "name").contains("Harbour Bridge"));
    text(bridge.unwrap(), "id").to_owned()
}

fn feature<'c>(claim: &'c Json, name: &str) -> &'c Json {
    let features = claim["claim"]["features"].as_array().unwrap();
    features.iter().find(|one| one["feature"] == name).unwrap()
}

/// Where the values of a claim's features point.
fn points(claim: &Json, name: &str) -> Vec<String> {
    let points = feature(claim, name)["points"].as_array().unwrap();
    points.iter().map(|one| text(one, "to").to_owned()).collect()
}

#[test]
fn a_claim_without_details_comes_out_as_the_article_reasons() {
    let casebook = Casebook::new();
    let (claim, _) = bridge(&casebook);
    let shown = &casebook.json(&["show", &claim])[0];
    for (name, value) in [
        ("outlet", "an-outlet"),
        ("wording", "other-words"),
        ("details", "none"),
        ("delay", "next-day"),
        ("names-attacker", "no"),
        ("wrong-man", "passed-on"),
        ("habit", "stated"),
        ("competing", "none-known"),
        ("since", "unresolved"),
    ] {
        assert_eq!(feature(shown, name)["value"], value, "{name}");
    }
    for name in ["details", "names-attacker", "wrong-man", "delay"] {
        assert_eq!(points(shown, name), ["no-hand"], "{name}");
    }
    // Every feature that is not silent rests on a sentence that is there.
    let evidence = shown["claim"]["evidence"].as_array().unwrap();
    let sentence = |id: &Json| {
        let one = evidence.iter().find(|one| one["id"] == *id);
        one.unwrap_or_else(|| panic!("{id} is not there"))["sentence"].as_str().unwrap().to_owned()
    };
    for name in ["details", "names-attacker", "wrong-man", "habit", "outlet"] {
        let rests = feature(shown, name)["evidence"].as_array().unwrap();
        assert!(!rests.is_empty(), "{name}");
        assert!(rests.iter().all(|id| !sentence(id).is_empty()), "{name}");
    }
    // The paper's own view stands beside, with its reserve.
    let assessed = shown["claim"]["assessments"].as_array().unwrap();
    let said: Vec<&Json> = evidence.iter().filter(|one| assessed.contains(&one["id"])).collect();
    let says = |variable: &str, value: &str| {
        said.iter().any(|one| one["variable"] == variable && one["value"]["answer"] == value)
    };
    assert!(says("involvement.inspired", "yes") && says("involvement.instructed", "no"));
    let page = casebook.ok(&["show", &claim]);
    assert!(
        page.contains("to no hand in the attack") && page.contains("wrongly accused"),
        "{page}"
    );
}

#[test]
fn a_detail_is_told_from_what_was_public_before() {
    let casebook = Casebook::new();
    let (claim, group) = bridge(&casebook);
    let incident = casebook.json(&["show", &claim])[0]["claim"]["incident"]["id"].clone();
    let incident = incident.as_str().unwrap();
    detail(&casebook, &claim, "the kitchen knife");
    let shown = &casebook.json(&["show", &claim])[0];
    let details = &feature(shown, "details")["details"];
    assert_eq!(feature(shown, "details")["value"], "only-public", "{details}");
    assert_eq!(details[0]["public"], "before");
    assert_eq!(details[0]["on"], "2019-03-02");
    detail(&casebook, &claim, "the letter in his left shoe");
    let shown = &casebook.json(&["show", &claim])[0];
    assert_eq!(feature(shown, "details")["value"], "some-new");
    assert_eq!(points(shown, "details"), ["hand"]);

    // What is found of the group's hand reaches its record at once.
    let record = |reading: &str| casebook.json(&["show", &group])[0]["claims"][reading].clone();
    assert_eq!(record("strict")["resolved"], 0);
    let found =
        casebook.judge(&["find", incident, "involvement.gave-money", "yes", "--party", &group]);
    assert_eq!(record("strict")["outcomes"]["had-a-hand"], 1);
    casebook.judge(&["undo", &found]);
    assert_eq!(record("strict")["outcomes"]["unresolved"], 1);
}

#[test]
fn what_a_source_took_back_is_no_feature() {
    let casebook = Casebook::new();
    let (claim, _) = bridge(&casebook);
    let shown = casebook.json(&["show", &claim]);
    let shared = &feature(&shown[0], "wrong-man")["evidence"][0];
    casebook.judge(&["withdraw", shared.as_str().unwrap(), "2019-03-05"]);
    let value = |dates: &[&str]| {
        let shown = casebook.json(&[&["show", &claim], dates].concat());
        feature(&shown[0], "wrong-man")["value"].clone()
    };
    assert_eq!(value(&[]), "not-known");
    assert_eq!(value(&["--as-of", "2019-03-04"]), "passed-on", "it stood on that day");
}

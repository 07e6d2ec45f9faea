//! `pack` and `verify-pack`: the evidence of a published count.

use serde_json::{Value as Json, json};

use crate::support::{Casebook, arg, text};

const COUNT: &str = r#"
name = "deadly"
title = "Incidents that killed"
unit = "incident"

[of]
variable = "type"
is = "bombing"

[in]
variable = "killed"
at-least = 1
"#;

/// Two incidents with all that a count asks found, a third that stands apart, and a man who was
/// arrested; the number under which the count of them was published.
fn published(man: &str) -> (Casebook, String) {
    let casebook = Casebook::new();
    let report = format!(
        "The Ferry Post\n\nBombs at Lenn\n\n- By Ada Marsh\n\n12 May 2016\n\nA bomb killed three at \
         the quay, and {man} was arrested. A bomb at the mill hurt nobody, {man} said. A shed burned.\n"
    );
    let document = casebook.store("one.txt", &report);
    let quay = format!("A bomb killed three at the quay, and {man} was arrested.");
    let mill = format!("A bomb at the mill hurt nobody, {man} said.");
    let said = |words: &str, rest: &[&str]| {
        let head = ["--document", &document, "--words", words];
        casebook.add(&[&head[..], rest].concat())
    };
    let named = format!("person:{man}");
    let (_, person) =
        said(&quay, &["--new", &named, "--variable", "procedure", "--value", "arrested"]);
    for (words, name, killed) in
        [(&quay, "the bomb at the quay", "3"), (&mill, "the bomb at the mill", "0")]
    {
        let new = format!("incident:{name}");
        let (kind, incident) =
            said(words, &["--new", &new, "--variable", "type", "--value", "bombing"]);
        let (toll, _) =
            said(words, &["--subject", &incident, "--variable", "killed", "--value", killed]);
        casebook.judge(&["find", &incident, "type", "bombing", "--rests-on", &kind]);
        casebook.judge(&["find", &incident, "killed", killed, "--rests-on", &toll]);
    }
    let _ = person;
    said(
        "A shed burned.",
        &["--new", "incident:the fire", "--variable", "type", "--value", "arson"],
    );
    let file = casebook.file("count.toml", COUNT);
    let publish =
        ["count", arg(&file), "--publish", "--draft", "--by", "R. Coder", "--where", "The Ring"];
    let number = casebook.json(&publish)[0]["published"].to_string();
    (casebook, number)
}

fn pack(casebook: &Casebook, number: &str) -> Json {
    serde_json::from_str(&casebook.ok(&["pack", number])).unwrap()
}

#[test]
fn a_pack_verifies_alone_and_says_what_its_figure_rests_on() {
    let (casebook, number) = published("Karl Vossler");
    let file = casebook.at("deadly.json");
    let made = casebook.json(&["pack", &number, "--out", arg(&file)]);
    let seal = text(&made[0], "seal").to_owned();
    let held = pack(&casebook, &number);
    assert_eq!(text(&held["count"]["strict"], "figure"), "1 of 2");
    assert_eq!(held["units"].as_array().map(Vec::len), Some(2));
    let sentences = held["passages"].to_string();
    assert!(sentences.contains("A bomb killed three at the quay"), "{sentences}");
    assert!(!held.to_string().contains("Vossler"), "{held}");
    for prefix in ["inc-", "ast-", "doc-", "per-", "jdg-"] {
        assert!(!held.to_string().contains(prefix), "{prefix} in {held}");
    }

    // Somebody without any casebook.
    let other = Casebook::new();
    let copy = other.file("pack.json", std::fs::read(&file).unwrap());
    let verdict = other.json(&["verify-pack", arg(&copy), "--seal", &seal]);
    assert_eq!(verdict[0]["faults"], json!([]));
    let words = other.ok(&["verify-pack", arg(&copy)]);
    assert!(words.starts_with("the evidence of deadly, published as number"), "{words}");
    assert!(words.contains("the strict figure follows from its units: 1 of 2"), "{words}");
    assert!(words.contains("can seal it anew"), "{words}");
    let words = other.ok(&["verify-pack", arg(&copy), "--seal", &seal]);
    assert!(words.contains("This is the pack that was sealed"), "{words}");
    let err = other.run(&["verify-pack", arg(&copy), "--seal", "00"]);
    assert!(err.code == 1 && err.out.contains("fault: seal"), "{}", err.out);

    // Its owner, also when something was corrected since.
    casebook.ok(&["verify-pack", arg(&file), "--remake"]);
    let first = casebook.json(&["assertions", "--variable", "killed"])[0]["id"].clone();
    let accepted = casebook.json(&["judgments"]);
    let accepted = accepted.iter().find(|one| one["act"] == json!({"accept": first})).unwrap();
    casebook.judge(&["retract", first.as_str().unwrap(), "--supersedes", text(accepted, "id")]);
    let out = casebook.run(&["verify-pack", arg(&file), "--remake"]);
    assert!(out.out.contains("the casebook gives the same count"), "{}", out.out);
    // What was removed since cannot be compared; the pack itself still holds together.
    let document = casebook.json(&["documents"])[0]["id"].clone();
    let document = document.as_str().unwrap();
    casebook.ok(&["forget", document, "--by", "B", "--reason", "order 7"]);
    let out = casebook.run(&["verify-pack", arg(&file), "--remake"]);
    assert!(
        out.code == 1 && out.out.contains("holds: its content is what was sealed"),
        "{}",
        out.out
    );
    assert!(out.out.contains("fault: it cannot be compared with the casebook"), "{}", out.out);
}

#[test]
fn a_pack_that_was_changed_is_found_out() {
    let (casebook, number) = published("Karl Vossler");
    let held = pack(&casebook, &number);
    let check = |changed: &Json| {
        let name = "changed.json";
        let file = casebook.file(name, changed.to_string());
        casebook.run(&["verify-pack", arg(&file)])
    };
    assert_eq!(check(&held).code, 0);
    let mut words = held.clone();
    words["passages"][0]["sentence"] = json!("Nobody was hurt.");
    let run = check(&words);
    assert!(run.code == 1 && run.out.contains("changed after it was sealed"), "{}", run.out);
    // With a seal made to fit, what does not follow still shows.
    for (at, value, fault) in [
        ("/count/strict/figure", json!("2 of 2"), "count.strict: its units give 1 of 2"),
        ("/units/0/strict/place", json!("unknown"), "count.strict"),
        ("/units/0/strict/place", json!("elsewhere"), "there is no such place"),
        ("/count/definition/toml", json!(COUNT.replace("at-least = 1", "at-least = 2")), "sha256"),
        ("/passages/0/document", json!(9), "documents: they are not those"),
        ("/units/0/strict/because/0/rests_on", json!([99]), "passages: they are not those"),
        ("/pack", json!(2), "no evidence pack of version 1"),
    ] {
        let mut changed = held.clone();
        *changed.pointer_mut(at).unwrap() = value;
        let seal = text(&casebook.json_of(&check_json(&casebook, &changed))[0], "seal").to_owned();
        changed["seal"] = json!(seal);
        let run = check(&changed);
        assert!(run.code == 1 && run.out.contains(fault), "{at}: {}", run.out);
        assert!(at == "/pack" || !run.out.contains("changed after"), "{at}: {}", run.out);
    }
    let file = casebook.file("none.json", "no JSON");
    let err = casebook.fails(1, &["verify-pack", arg(&file)]);
    assert!(err.contains("none.json is no evidence pack"), "{err}");
    let err = casebook.fails(1, &["pack", "9999"]);
    assert!(err.contains("no published count has the number 9999"), "{err}");
}

/// What checking a pack prints as JSON, however it ends.
fn check_json(casebook: &Casebook, pack: &Json) -> String {
    let file = casebook.file("bare.json", pack.to_string());
    casebook.run(&["verify-pack", arg(&file), "--json"]).out
}

impl Casebook {
    fn json_of(&self, text: &str) -> Vec<Json> {
        serde_json::from_str(text).unwrap()
    }
}

#[test]
fn packs_of_casebooks_that_differ_in_a_protected_name_differ_in_hashes_alone() {
    let bare = |man: &str| {
        let (casebook, number) = published(man);
        let mut pack = pack(&casebook, &number);
        for hash in ["/seal", "/count/content", "/count/head", "/count/recorded"] {
            pack.pointer_mut(hash).unwrap().take();
        }
        for list in ["passages", "documents"] {
            for one in pack[list].as_array_mut().unwrap() {
                assert!(one["keyed"].as_str().is_some_and(|hash| hash.len() == 64));
                one["keyed"].take();
            }
        }
        pack
    };
    let first = bare("Karl Vossler");
    for man in ["Odo Lind", "Zeno Abramovici"] {
        assert_eq!(bare(man), first, "{man}");
    }
}

#[test]
fn a_definition_that_names_a_protected_person_makes_no_pack() {
    let (casebook, _) = published("Karl Vossler");
    let named = COUNT
        .replace(
            "variable = \"killed\"\nat-least = 1",
            "variable = \"perpetrator\"\nis = \"Karl Vossler\"",
        )
        .replace("deadly", "by-him");
    let file = casebook.file("named.toml", named);
    let publish = ["count", arg(&file), "--publish", "--draft", "--by", "R. Coder", "--where", "W"];
    let number = casebook.json(&publish)[0]["published"].to_string();
    let err = casebook.fails(1, &["pack", &number]);
    assert!(
        err.contains("names somebody whose name is withheld") && !err.contains("Vossler"),
        "{err}"
    );
}

//! What `draw` draws.

use serde_json::Value as Json;

use crate::support::{Casebook, two_papers};

/// Everything drawn, with all names.
const FULL: [&str; 5] = ["--full", "--purpose", "a test", "--by", "R. Coder"];

fn table(casebook: &Casebook, what: &[&str]) -> Json {
    casebook.json(&[what, &FULL].concat())[0].clone()
}

fn rows(table: &Json) -> Vec<Vec<String>> {
    serde_json::from_value(table["rows"].clone()).unwrap()
}

#[test]
fn a_picture_of_last_year_accuses_nobody_who_has_been_cleared_since() {
    let casebook = Casebook::new();
    let paper = |day: &str, text: &str| format!("The Lamp\n\nNews\n\n{day} May 2016\n\n{text}\n");
    let (shot, cleared) = ("Odo Lind shot at the mill.", "Odo Lind had nothing to do with it.");
    let one = casebook.store("one.txt", &paper("1", shot));
    let two = casebook.store("two.txt", &paper("9", cleared));
    let add = |document: &str, words: &str, rest: &[&str]| {
        casebook.add(&[&["--document", document, "--words", words], rest].concat())
    };
    let man = "person:Odo Lind";
    let mill = ["--new", "incident:shots at the mill", "--variable", "perpetrator", "--value", man];
    let (_, incident) = add(&one, shot, &mill);
    let (_, again) =
        add(&two, cleared, &["--new", man, "--variable", "cleared", "--value", "cleared"]);
    let shown = &casebook.json(&["show", &incident])[0];
    let first = shown["values"][0]["value"]["mention"]["id"].as_str().unwrap();
    casebook.judge(&["same", first, &again]);
    let then = table(&casebook, &["draw", "network", "--as-of", "2016-05-02"]);
    let row = &rows(&then)[0];
    for words in ["Odo Lind", "today: cleared", "perpetrator", "reported", "The Lamp", "2016-05-01"]
    {
        assert!(row.contains(&words.to_owned()), "{words} in {row:?}");
    }
    let svg = casebook.ok(&[&["draw", "network", "--as-of", "2016-05-02"][..], &FULL].concat());
    assert!(svg.contains("today: cleared") && svg.contains("The public record of 2016-05-02"));
    let late = table(&casebook, &["draw", "timeline", &incident]);
    let said = rows(&late).iter().any(|row| row.contains(&"Odo Lind: cleared".to_owned()));
    assert!(said, "{late}");
    // That he was let go stands among the corrections; that he was held does not.
    for value in ["arrested", "released"] {
        add(&two, cleared, &["--subject", &again, "--variable", "procedure", "--value", value]);
    }
    let late = table(&casebook, &["draw", "timeline", &incident]);
    let corrections: Vec<String> = rows(&late)
        .iter()
        .map(|row| row.join(" "))
        .filter(|row| row.contains("Odo Lind:"))
        .collect();
    assert!(corrections.iter().any(|row| row.contains("Odo Lind: released")), "{corrections:?}");
    assert!(!corrections.iter().any(|row| row.contains("arrested")), "{corrections:?}");
}

#[test]
fn a_toll_shows_each_report_and_what_was_in_force_on_its_day() {
    let casebook = Casebook::new();
    let (incident, ..) = two_papers(&casebook);
    let drawn = table(&casebook, &["draw", "toll", &incident]);
    let told: Vec<String> = rows(&drawn).iter().map(|row| row[..4].join(" ")).collect();
    assert_eq!(
        told,
        [
            "killed 2016-05-12 3 reported",
            "killed 2016-05-14 5 reported",
            "killed 2016-05-12 3 in force",
            "killed 2016-05-14 5 in force",
            "wounded 2016-05-14 not known in force",
        ]
    );
    // As of the first day nobody had said five.
    let then = table(&casebook, &["draw", "toll", &incident, "--as-of", "2016-05-12"]);
    assert_eq!(rows(&then).len(), 3, "{then}");
    let listed = table(&casebook, &["draw", "toll"]);
    assert_eq!(rows(&listed)[0][2], "5", "{listed}");
}

#[test]
fn what_has_no_room_is_said() {
    let casebook = Casebook::new();
    two_papers(&casebook);
    let text = "The Lamp\n\nNews\n\n20 May 2016\n\nA mill burned at Ostby.\n";
    let fire = casebook.store("fire.txt", text);
    casebook.add(&[
        "--document",
        &fire,
        "--words",
        "A mill burned at Ostby.",
        "--new",
        "incident:the fire at Ostby",
        "--variable",
        "place",
        "--value",
        "place:Ostby",
    ]);
    let drawn = table(&casebook, &["draw", "network", "--most", "1"]);
    let marks = drawn["marks"].to_string();
    assert!(marks.contains("the first 1 of 2 incidents"), "{marks}");
    let listed = table(&casebook, &["draw", "toll", "--most", "1"]);
    assert!(listed["marks"].to_string().contains("the first 1 of 2 incidents"), "{listed}");
    assert!(casebook.fails(2, &["draw", "network", "--most", "0"]).contains("from 1 to 2000"));
}

#[test]
fn a_network_goes_to_other_programs_without_protected_names() {
    let casebook = Casebook::new();
    let paper = "The Lamp\n\nNews\n\n1 May 2016\n\nOdo Lind shot at the mill.\n";
    let document = casebook.store("one.txt", paper);
    let (_, incident) = casebook.add(&[
        "--document",
        &document,
        "--words",
        "Odo Lind shot at the mill.",
        "--new",
        "incident:shots at the mill",
        "--variable",
        "perpetrator",
        "--value",
        "person:Odo Lind",
    ]);
    let network = |rest: &[&str]| casebook.ok(&[&["export", "network"], rest].concat());
    for form in ["gexf", "graphml", "csv"] {
        let withheld = network(&["--as", form]);
        assert!(withheld.contains("perpetrator") && withheld.contains("2016-05-01"), "{withheld}");
        assert!(!withheld.contains("Odo") && !withheld.contains(&incident), "{withheld}");
        let full = network(&[&[&incident, "--as", form][..], &FULL].concat());
        assert!(full.contains("Odo Lind") && full.contains(&incident), "{full}");
        let before = network(&["--as", form, "--as-of", "2016-04-30"]);
        assert!(!before.contains("perpetrator") || form == "csv", "{before}");
        assert!(!before.contains("The Lamp"), "{before}");
    }
}

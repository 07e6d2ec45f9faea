//! Lists of terms searched at once, and documents that are copies of one report.

use crate::support::{Casebook, arg, text};

const REPORT: &str = "A bomb exploded at the market hall of Lenn on Monday morning and killed three people. \
    Two men were seen running away towards the river shortly before the blast. Nobody has said that he \
    did it, and the hall stays closed until further notice.";

/// A report, the same in another paper with another figure, and a report of its own.
pub(crate) fn casebook() -> Casebook {
    let casebook = Casebook::new();
    let copy = REPORT.replace("three people", "four people");
    let own = "An explosion in the market hall of Lenn left three dead on Monday. Odo Lind, who sells fish there, said \
        that he had heard two blasts.";
    for (source, day, words) in [
        ("The Ferry Post", "2016-05-10", REPORT),
        ("The Lamp", "2016-05-11", &copy),
        ("The Quay", "2016-05-11", own),
    ] {
        let name = source.replace(' ', "-");
        let file = casebook
            .file(&format!("{name}.txt"), format!("{source}\n\nMarket hall\n\n{day}\n\n{words}\n"));
        casebook.ok(&["read", arg(&file)]);
    }
    casebook
}

/// How many entries the ledger has, and the last of them.
fn entries(casebook: &Casebook) -> u64 {
    casebook.json(&["verify"])[0]["entries"].as_u64().unwrap()
}

#[test]
fn terms_are_searched_at_once_and_names_only_for_a_purpose_that_is_noted() {
    let casebook = casebook();
    let plain = casebook.file("plain.txt", "# of the hall\nriver\n\"two blasts\"\nzeppelin\n");
    let before = entries(&casebook);
    let found = casebook.json(&["search", "--terms", arg(&plain)]);
    let many = |at: usize| found[at]["documents"].as_array().unwrap().len();
    assert_eq!((text(&found[0], "term"), many(0), many(1), many(2)), ("river", 2, 1, 0));
    assert_eq!(entries(&casebook), before, "words that name nobody need no purpose");
    let said = casebook.ok(&["search", "--terms", arg(&plain), "--limit", "1"]);
    assert!(said.contains("zeppelin\n  in no document"), "{said}");

    let names = casebook.file("names.txt", "river\nOdo Lind\n");
    let refused = casebook.fails(1, &["search", "--terms", arg(&names), "--by", "Ada"]);
    assert!(
        refused.contains("“Odo Lind” may be somebody's name") && refused.contains("--purpose"),
        "{refused}"
    );
    assert_eq!(entries(&casebook), before, "what is refused is not noted");
    let purpose = ["--purpose", "the inquest", "--by", "Ada"];
    let found = casebook.json(&[&["search", "--terms", arg(&names)][..], &purpose].concat());
    assert_eq!(found[1]["documents"].as_array().unwrap().len(), 1);
    assert_eq!(entries(&casebook), before + 1);
    casebook.ok(&["verify"]);

    for (list, wrong) in [("# none\n", "holds no terms"), ("river\n???\n", "line 2 has neither")] {
        let file = casebook.file("wrong.txt", list);
        let refused = casebook.fails(1, &["search", "--terms", arg(&file)]);
        assert!(refused.contains(wrong) && refused.contains("wrong.txt"), "{refused}");
    }
}

#[test]
fn papers_that_print_one_report_are_one_voice() {
    let casebook = casebook();
    let voices = |variable: &str| {
        let incidents = casebook.json(&["incidents"]);
        assert_eq!(incidents.len(), 1, "{incidents:?}");
        let holdings = incidents[0]["values"].as_array().unwrap();
        let held = holdings.iter().find(|held| held["variable"] == variable).unwrap();
        held["voices"].as_u64().unwrap()
    };
    let before = (voices("type"), voices("killed"), voices("place"));
    for (name, day) in [("Pier", "2016-05-11"), ("Mole", "2016-05-12")] {
        let text =
            format!("The {name}\n\nMarket hall\n\n{day}\n\n{REPORT} The {name} went there.\n");
        casebook.ok(&["read", arg(&casebook.file(&format!("{name}.txt"), text))]);
    }
    assert_eq!((voices("type"), voices("killed"), voices("place")), before);
    casebook.ok(&["verify"]);
}

#[test]
fn copies_of_a_report_stand_beneath_it_with_what_they_change() {
    let casebook = casebook();
    let incidents = casebook.json(&["incidents"]);
    let mut copied = 0;
    for incident in &incidents {
        let id = text(incident, "id");
        let shown = &casebook.json(&["show", id, "--reports"])[0];
        for origin in shown["reports"]["origins"].as_array().unwrap() {
            for copy in origin["copies"].as_array().unwrap() {
                copied += 1;
                assert_eq!(
                    (text(origin, "source"), text(copy, "source")),
                    ("The Ferry Post", "The Lamp")
                );
                assert_eq!(copy["adds"], serde_json::json!(["four"]));
                assert_eq!(copy["leaves_out"], serde_json::json!(["three"]));
                let said = casebook.ok(&["show", id, "--reports"]);
                assert!(
                    said.contains("adds “four”") && said.contains("leaves out “three”"),
                    "{said}"
                );
            }
        }
        assert!(casebook.json(&["show", id])[0]["reports"].is_null(), "only where it is asked for");
    }
    assert_eq!(copied, 1, "{incidents:?}");
}

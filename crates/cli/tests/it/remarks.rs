//! What `judge` and `add` say of what was perhaps not meant, and what they refuse or put right.

use serde_json::json;

use crate::support::{Casebook, FIRST, SECOND, proceeding, text, two_papers};

#[test]
fn nothing_is_taken_back_before_it_was_published() {
    let casebook = Casebook::new();
    let (_, _, second) = two_papers(&casebook);
    let args = ["judge", "withdraw", &second, "2016-05-13", "--by", "B", "--reason", "r"];
    let err = casebook.fails(1, &args);
    assert!(err.contains("was published on 2016-05-14, and cannot have taken"), "{err}");
    casebook.judge(&["withdraw", &second, "2016-05-14"]);
}

#[test]
fn what_was_perhaps_not_meant_is_remarked_on() {
    let casebook = Casebook::new();
    let (incident, first, _) = two_papers(&casebook);
    let document = text(&casebook.json(&["documents"])[0], "id").to_owned();
    let arrest = proceeding(&document, "Karl Vossler", "arrested");
    let (arrested, _) = casebook.add(&arrest);
    let again = casebook.ok(&[&["add", "--by", "R. Coder"], &arrest[..]].concat());
    assert!(again.contains("was entered before"), "{again}");
    let mut slip = [&["add", "--by", "R. Coder"], &arrest[..]].concat();
    *slip.last_mut().unwrap() = "acquited";
    assert!(casebook.run(&slip).err.contains("did you mean acquitted?"));
    let remarks = |args: &[&str]| {
        let all = [&["judge", "--by", "R. Coder", "--reason", "as read"], args].concat();
        casebook.json(&all)[0]["remarks"].clone()
    };
    assert_eq!(remarks(&["find", &incident, "killed", "3", "--rests-on", &first]), json!([]));
    let elsewhere = remarks(&["find", &incident, "wounded", "3", "--rests-on", &arrested]);
    assert!(
        elsewhere[0].as_str().unwrap().contains("says nothing of")
            && elsewhere[0].as_str().unwrap().contains("something of Karl Vossler"),
        "{elsewhere}"
    );
    let published = casebook.json(&["show", &document])[0]["published"].clone();
    let other = remarks(&["dated", &document, "2016-06"]);
    let own = format!("gives itself the date {}", published.as_str().unwrap());
    assert!(other[0].as_str().unwrap().contains(&own), "{other}");
}

#[test]
fn who_is_entered_anew_under_a_name_that_is_there_is_told_of() {
    let casebook = Casebook::new();
    let texts = [("one.txt", FIRST), ("two.txt", SECOND)];
    let [one, two] = texts.map(|(name, text)| casebook.store(name, text));
    let add = |document: &str, procedure: &str| {
        let words = ["add", "--by", "B"];
        let new = proceeding(document, "Karl Vossler", procedure);
        let run = casebook.run(&[&words[..], &new].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        run.err
    };
    assert_eq!(add(&one, "arrested"), "");
    let note = add(&two, "released");
    assert!(
        note.contains("goes by the same name; if both are one: throughline judge same"),
        "{note}"
    );
}

#[test]
fn a_finding_on_a_record_by_the_id_that_lists_show_settles_what_was_read() {
    let casebook = Casebook::new();
    let (incident, ..) = two_papers(&casebook);
    let papers = casebook.json(&["documents"]);
    let later = text(&papers[0], "id");
    let words = [
        "--document",
        later,
        "--words",
        "people were killed at Lenn station",
        "--subject",
        &incident,
    ];
    let by = ["--variable", "perpetrator", "--value", "group:Red Hand"];
    casebook.add(&[&words[..], &by].concat());
    let earlier = casebook.store(
        "three.txt",
        "The Ferry Post\n\nA new group\n\n2 May 2016\n\nThe Red Hand is small, it is said.\n",
    );
    let words = ["--document", &earlier, "--words", "Red Hand", "--new", "group:Red Hand"];
    casebook.add(&[&words[..], &["--variable", "description", "--value", "small"]].concat());
    let groups = casebook.json(&["groups"]);
    assert_eq!(groups.len(), 1, "the two are one group, and go by the earlier mention");
    casebook.judge(&["find", &incident, "perpetrator", text(&groups[0], "id")]);
    let shown = casebook.json(&["show", &incident]).remove(0);
    let held = shown["values"].as_array().unwrap();
    let held: Vec<_> = held.iter().filter(|one| one["variable"] == "perpetrator").collect();
    assert_eq!(held.len(), 1, "{held:?}");
    assert_eq!(text(held[0], "basis"), "finding");
}

#[test]
fn what_somebody_put_in_the_place_of_a_judgment_must_be_named() {
    let casebook = Casebook::new();
    let (_, first, second) = two_papers(&casebook);
    let accepted = casebook.acceptance_of(&first);
    let args = ["--by", "B", "--reason", "no"];
    let reject = ["judge", "reject", &first, "--supersedes", &accepted];
    let rejected = casebook.json(&[&reject[..], &args].concat()).remove(0);
    let remark = rejected["remarks"][0].as_str().unwrap().to_owned();
    assert!(remark.contains("by R. Coder no longer counts: accept"), "{remark}");
    let again = ["judge", "accept", &first, "--by", "R. Coder", "--reason", "entered by hand"];
    let refused = casebook.fails(1, &again);
    assert!(refused.contains("reject by B took its place"), "{refused}");
    // Who replaces what is on something else is told so.
    let other = text(&rejected, "judgment");
    let elsewhere = ["judge", "credit", &second, "6", "--supersedes", other];
    let by = ["--by", "B", "--reason", "r"];
    let remarks = casebook.json(&[&elsewhere[..], &by].concat())[0]["remarks"].clone();
    assert!(remarks.to_string().contains(&first), "{remarks}");
}

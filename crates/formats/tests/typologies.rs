//! Where incidents stand under the typologies that are shipped, as their files say.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use throughline_formats::typologies;
use throughline_model::*;
use throughline_weigh::involvement::{Graded, Hand, Outcome, hands};

fn id(kind: SubjectKind, name: &str) -> MentionId {
    MentionId::of(kind, Fingerprint::new("test").field(name.as_bytes()))
}

/// A value of an element: "trained yes found", "in-contact no said", "planned yes said or no".
fn holding(text: &str) -> Holding {
    let (said, disputed) = match text.strip_suffix(" or no") {
        Some(said) => (said, true),
        None => (text, false),
    };
    let words: Vec<&str> = said.split(' ').collect();
    let [element, answer, basis] = words[..] else { panic!("{text}") };
    let mut holding = Holding {
        variable: Variable::Involvement(Element::from_name(element).unwrap()),
        party: Some(id(SubjectKind::Group, "The Ring")),
        value: Some(Value::Answer(Answer::from_name(answer).unwrap())),
        basis: match basis {
            "found" => Basis::Finding(JudgmentId::from_bits(1)),
            "said" => Basis::Proposal("most voices"),
            other => panic!("{other}"),
        },
        support: vec![],
        against: vec![],
        voices: 1,
        hedged: false,
        copied: false,
        contested: false,
        evidence_gone: false,
        rivals: vec![],
    };
    if disputed {
        holding.dispute(vec![Some(Value::Answer(Answer::No))]);
    }
    holding
}

fn hand(values: &[&str]) -> Hand {
    let incident = id(SubjectKind::Incident, "Arden");
    let record = Record {
        id: incident,
        name: "Arden".into(),
        mentions: vec![incident],
        joins: vec![],
        first_published: None,
        holdings: values.iter().map(|text| holding(text)).collect(),
        superseded: BTreeSet::new(),
    };
    let mut hands = hands(&record, &BTreeMap::new(), &typologies::all());
    assert_eq!(hands.len(), 1);
    hands.remove(0)
}

/// The outcome in words: a class, "none", or what is open with "?" or, if contested, "!".
fn words(typology: &str, graded: &Graded) -> String {
    let typology = typologies::shipped(typology).unwrap();
    let name = |at: usize| typology.classes[at].name.clone();
    match graded.outcome() {
        Outcome::Class(at) => name(at),
        Outcome::None => "none".into(),
        Outcome::Open(open, contested) => {
            let open: Vec<String> = open.into_iter().map(name).collect();
            format!("{}{}", open.join("|"), if contested { "!" } else { "?" })
        }
    }
}

#[track_caller]
fn check(values: &[&str], want: &[(&str, &str)]) {
    let hand = hand(values);
    let all = typologies::all();
    for (typology, want) in want {
        let at = all.iter().position(|one| one.name == *typology).unwrap();
        let standings = &hand.standings[at];
        assert_eq!(words(typology, &standings.lenient), *want, "{typology}: {values:?}");
    }
}

#[test]
fn one_incident_stands_differently_under_each() {
    // Trained, and nobody told him to attack.
    check(
        &["trained yes found", "instructed no found", "planned no found", "dispatched no found"],
        &[
            ("new-america", "directed"),
            ("hegghammer-nesser", "training"),
            ("orton", "guided"),
            ("bergema-kearney", "remotely-controlled"),
        ],
    );
    // Told online, by men he never met.
    check(
        &[
            "instructed yes found",
            "trained no found",
            "gave-money no found",
            "gave-arms no found",
            "planned no found",
            "dispatched no found",
        ],
        &[
            ("new-america", "enabled"),
            ("hegghammer-nesser", "remote-directives"),
            ("orton", "guided"),
            ("bergema-kearney", "remotely-controlled"),
        ],
    );
    // Paid, trained, told and planned for.
    check(
        &["gave-money yes found", "trained yes found", "planned yes found", "instructed yes found"],
        &[
            ("new-america", "directed"),
            ("hegghammer-nesser", "training-top-level"),
            ("orton", "controlled"),
            ("bergema-kearney", "directed"),
        ],
    );
}

#[test]
fn that_there_was_no_contact_rules_out_all_that_needs_one() {
    let alone = ["inspired yes found", "in-contact no found"];
    check(
        &alone,
        &[
            ("new-america", "inspired"),
            ("hegghammer-nesser", "sympathy"),
            ("orton", "inspired"),
            ("bergema-kearney", "inspired"),
        ],
    );
    // A report that he was sent unmakes no finding.
    check(&[alone[0], alone[1], "dispatched yes said"], &[("new-america", "inspired")]);
    // Two findings that exclude each other are contested, and so is what hangs on them.
    check(
        &[alone[0], alone[1], "dispatched yes found"],
        &[("new-america", "directed|enabled|inspired!")],
    );
}

#[test]
fn silence_leaves_everything_open_and_says_what_would_settle_it() {
    let values = ["inspired yes said", "instructed no said"];
    check(
        &values,
        &[
            ("new-america", "directed|enabled|inspired?"),
            ("orton", "guided|inspired?"),
            ("hegghammer-nesser", "training|remote-contact|sympathy?"),
        ],
    );
    let all = typologies::all();
    let standings = &hand(&values).standings[0];
    assert_eq!(words("new-america", &standings.strict), "directed|enabled|inspired?");
    let to_inspired = standings.changes.iter().find(
        |change| matches!(change.to, Outcome::Class(at) if all[0].classes[at].name == "inspired"),
    );
    assert_eq!(to_inspired.unwrap().found, [(Element::InContact, false)]);
}

#[test]
fn a_dispute_on_what_decides_is_a_dispute_on_the_class() {
    check(
        &["trained yes said or no", "in-contact yes found"],
        &[("new-america", "directed|enabled!")],
    );
}

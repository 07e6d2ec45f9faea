//! What a reader must find in the article at the least, in the words of the demands rather
//! than as whatever it finds.

use std::collections::BTreeSet;

use throughline_model::{MentionId, Reading, SubjectKind, Variable, ZoneRole};

use crate::document::document;
use crate::view;

const ARTICLE: &str = include_str!("../fixtures/harbour-bridge.txt");

fn reading() -> Reading {
    throughline_read::read(&document(ARTICLE, None))
}

/// The subjects of a kind, each once.
fn subjects(reading: &Reading, kind: SubjectKind) -> BTreeSet<MentionId> {
    let of_kind = reading.mentions.iter().filter(|mention| mention.kind() == kind);
    of_kind.map(|mention| mention.antecedent.unwrap_or(mention.id)).collect()
}

/// Fails unless some assertion's line has all of these parts.
fn check(lines: &[String], demands: &[&[&str]]) {
    for parts in demands {
        let found = lines.iter().any(|line| parts.iter().all(|part| line.contains(part)));
        assert!(found, "nothing says {parts:?} in\n{}", lines.join("\n"));
    }
}

#[test]
fn four_attacks_and_no_fifth() {
    let reading = reading();
    let parts: BTreeSet<MentionId> = reading
        .assertions
        .iter()
        .filter(|assertion| assertion.variable == Variable::PartOf)
        .map(|assertion| assertion.subject)
        .collect();
    let attacks = subjects(&reading, SubjectKind::Incident);
    assert_eq!(attacks.difference(&parts).count(), 4);
    assert_eq!(parts.len(), 3, "station, market hall and theatre");
    check(
        &view::assertions(&reading),
        &[
            &["Harbour Bridge", "| date = @2019-03-02"],
            &["Lindqvist theatre", "| date = @2018-12-24"],
            &["Tessel ferry terminal", "| date = @2018-21"],
            &["central station", "| date = @2017-06-09"],
            &["central station", "| killed = #41"],
            &["Harbour Bridge", "| killed = #3", "Police asserted"],
            &["Harbour Bridge", "| wounded = #11 or more", "Police asserted"],
        ],
    );
}

#[test]
fn one_claim() {
    let reading = reading();
    assert_eq!(subjects(&reading, SubjectKind::Claim).len(), 1);
    check(
        &view::assertions(&reading),
        &[
            &["claim:", "| claimant = group:Dawn Column"],
            &["claim:", "| through = outlet:Farrow"],
            &["claim:", "| issued = @2019-03-03"],
            &["claim:", "| about = ", "Harbour Bridge"],
            &["claim:", "| wording = “servant of the dawn”"],
            &["claim:", "| details = “none”"],
            &["channel:", "| shared = “photographs of a student"],
            &["person:a student", "| cleared = misidentified"],
        ],
    );
}

#[test]
fn hands_and_company() {
    check(
        &view::assertions(&reading()),
        &[
            &["headline", "inspired (group:Dawn Column) = yes", "document asserted"],
            &["Harbour Bridge", "inspired (group:Dawn Column) = yes", "document hedged"],
            &["Harbour Bridge", "instructed (group:Dawn Column) = no", "document hedged"],
            &["Lindqvist theatre", "trained (group:Dawn Column) = yes", "document asserted"],
            &["Lindqvist theatre", "gave-money (group:Dawn Column) = yes"],
            &["Lindqvist theatre", "guided-target (group:Dawn Column) = yes"],
            &["Tessel ferry terminal", "link (group:Dawn Column) = tenuous"],
            &["group:Dawn Column", "practice = “seldom claims an attack"],
            &["Harbour Bridge", "company = alone", "document hedged"],
            &["person:Ingrid Solheim", "statement = “Nobody plans", "Ingrid Solheim asserted"],
            &["person:Ingrid Solheim", "affiliation = group:Institute for Conflict Records"],
            &["person:Anton Verhulst", "travelled-to (place:Libya) = unknown"],
            &["person:Anton Verhulst", "travelled-to (place:Yemen) = unknown"],
            &["person:A second man", "procedure = released"],
        ],
    );
}

#[test]
fn a_figure_and_its_copy() {
    let reading = reading();
    assert_eq!(subjects(&reading, SubjectKind::Set).len(), 1);
    check(
        &view::assertions(&reading),
        &[
            &["set:", "| share = #12 of #17 “were directed by the movement"],
            &["pull-quote set:", "| share = #12 “", "(repeats)"],
        ],
    );
    let copies = reading.assertions.iter().filter(|held| held.zone == ZoneRole::PullQuote);
    assert!(copies.clone().count() > 0 && copies.clone().all(|copy| copy.repeats.is_some()));
    let noted = |words: &str| reading.notes.iter().any(|note| note.text.contains(words));
    assert!(noted("leaves out the whole of 17") && noted("“inspired by”"));
}

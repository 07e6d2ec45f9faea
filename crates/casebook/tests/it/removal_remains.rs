//! What was superseded by a judgment that went does not come back, and dates that were given hold on.

use throughline_casebook::{Casebook, Item, Tombstone};
use throughline_model::*;

use crate::removal::{World, other, removed, same, world};
use crate::world::{Story, reading};

#[test]
fn what_was_superseded_stays_so_when_what_took_its_place_goes() {
    let mut world = world(&[other(1), same(4)]);
    let first = world.find(1, 5);
    let before = world.casebook.judgments().unwrap().remove(0).1;
    // He thought better of it over a document that has to go.
    let killed = world.killed(0, 6);
    let second = world.judge_instead(first, killed);
    assert_eq!(world.found(1), None);
    assert_eq!(world.forget(0), removed(1, 0, 0));
    assert_eq!(world.found(1), None, "he has not gone back to it");
    let (only, _, in_force) = world.casebook.judgments().unwrap().remove(0);
    assert_eq!((only.id, in_force), (first, false));
    let then = AsOf { published: None, recorded: Some(before) };
    assert!(world.casebook.judgments_as_of(then).unwrap().remove(0).2);
    // He may find it again.
    let killed = world.killed(1, 5);
    let again = world.judge_instead(second, killed);
    assert_eq!(world.found(1), Some(again));
}

#[test]
fn a_chain_of_judgments_that_went_holds_what_it_began_with() {
    let mut world = world(&[other(1), same(4), other(9)]);
    let first = world.find(1, 5);
    let (six, seven) = (world.killed(0, 6), world.killed(2, 7));
    let second = world.judge_instead(first, six);
    world.judge_instead(second, seven);
    for gone in [0, 2] {
        world.forget(gone);
        assert_eq!(world.found(1), None);
    }
}

#[test]
fn what_cites_a_document_that_was_dated_counts_from_that_day_as_before() {
    let mut world = world(&[other(1), same(4)]);
    let cites = vec![world.documents[0].id];
    let killed = world.killed(1, 6);
    let found = world.judge_citing(cites, killed);
    let undated = world.casebook.judgments().unwrap().remove(0).1;
    let published = "1894-03-15".parse().unwrap();
    world.judge(Act::Dated { document: world.documents[0].id, published });
    let held = |world: &World, day: &str, recorded: Option<Instant>| {
        let day = day.parse::<Edtf>().unwrap().latest();
        let as_of = AsOf { published: Some(day), recorded };
        let record = world.casebook.weighed(world.incidents[1], as_of).unwrap();
        let held = record.iter().flat_map(|record| &record.holdings);
        held.filter(|held| held.basis == Basis::Finding(found)).count()
    };
    let all = |world: &World| {
        ["1894-03-10", "1894-03-14", "1894-03-15"]
            .map(|day| [None, Some(undated)].map(|recorded| held(world, day, recorded)))
    };
    let before = all(&world);
    assert_eq!(before, [[0, 1], [0, 1], [1, 1]]);
    assert_eq!(world.forget(0), removed(1, 0, 0));
    assert_eq!(all(&world), before);
}

#[test]
fn casebooks_that_removed_one_document_each_know_what_both_knew() {
    // Each kept another document beside the one that goes, and judged another thing of what stays.
    let mut one = world(&[same(1), same(4)]);
    let mut other = world(&[same(1), same(7)]);
    let found = one.find(0, 6);
    let judgment = one.casebook.judgment(found).unwrap().unwrap().0;
    one.forget(0);
    other.forget(0);
    let gone = one.documents[0].id;
    let tombstone = |world: &World| world.casebook.tombstones(gone).unwrap();
    let (first, second): (Vec<Tombstone>, Vec<Tombstone>) = (tombstone(&one), tombstone(&other));
    for (world, from) in [(&mut one, &second), (&mut other, &first)] {
        for tombstone in from {
            assert!(world.casebook.take_removal(gone, tombstone).unwrap());
            assert!(!world.casebook.take_removal(gone, tombstone).unwrap(), "once is enough");
        }
    }
    // Whatever one has, the other gets.
    let (fourth, seventh) = (one.documents[1].clone(), other.documents[1].clone());
    store(&mut other.casebook, &fourth, &same(4));
    store(&mut one.casebook, &seventh, &same(7));
    for done in other.casebook.import_judgments(&[judgment]).unwrap() {
        done.unwrap();
    }
    other.casebook.settle(|_| {}).unwrap();
    let mut contents = Vec::new();
    for world in [&mut one, &mut other] {
        world.casebook.settle(|_| {}).unwrap();
        assert_eq!(world.casebook.verify(|_| {}).unwrap().faults, vec![]);
        assert_eq!(world.casebook.verify(|_| {}).unwrap().removed, 1);
        assert_eq!(world.found(1), Some(found));
        contents.push(world.casebook.head().unwrap().content);
        let old = world.incidents[0].to_string();
        let leads = world.casebook.find_mention(&old).unwrap();
        assert!(world.record(1).unwrap().mentions.contains(&leads));
    }
    assert_eq!(contents[0], contents[1]);
}

fn store(casebook: &mut Casebook, document: &Document, story: &Story) {
    let read = reading(document, story);
    let (bytes, reading) = (document.text.as_bytes(), Some(("rules-1", &read)));
    casebook.store(&[Item { document, bytes, pictures: &[], reading }]).unwrap();
}

//! What refers to a mention of a removed document refers to what stands for it.

use throughline_casebook::Casebook;
use throughline_model::*;

use crate::removal::{World, other, removed, same, world};
use crate::world::{Story, reading, reading_with};

fn person(world: &World, at: usize, story: &Story) -> MentionId {
    reading(&world.documents[at], story).mentions[0].id
}

fn says(world: &World, at: usize, story: &Story, variable: Variable) -> Assertion {
    let said = reading(&world.documents[at], story).assertions;
    said.into_iter().find(|said| said.variable == variable).unwrap()
}

fn value(held: &Holding) -> MentionId {
    held.value.as_ref().and_then(Value::mention).unwrap()
}

#[test]
fn a_finding_names_whom_the_removed_document_named_as_others_do() {
    // All three name Emile Henry; the last tells of another incident.
    let stories = [same(1), same(4), Story { person: 0, ..other(9) }];
    let mut world = world(&stories);
    let henry = person(&world, 0, &stories[0]);
    let found = world.found_of(1, Variable::Perpetrator, Value::Mention(henry));
    let found = world.judge(found);
    assert_eq!(world.forget(0), removed(0, 1, 0));
    let held = world.perpetrators(1);
    let [held] = &held[..] else { panic!("{held:?}") };
    assert_eq!(held.basis, Basis::Finding(found));
    assert_eq!(value(held), person(&world, 1, &stories[1]), "as this record names him");
    assert_eq!(held.support, [says(&world, 1, &stories[1], Variable::Perpetrator).id]);
    assert!(!held.evidence_gone);
}

#[test]
fn a_finding_on_whom_only_the_removed_document_named_stays_and_says_so() {
    let stories = [Story { person: 2, ..same(1) }, same(4)];
    let mut world = world(&stories);
    let pauwels = person(&world, 0, &stories[0]);
    let found = world.found_of(1, Variable::Perpetrator, Value::Mention(pauwels));
    let found = world.judge(found);
    let made = world.casebook.judgment(found).unwrap().unwrap().0;
    assert!(world.perpetrators(1).iter().all(|held| !held.evidence_gone));
    assert_eq!(world.forget(0), removed(0, 1, 1));
    let held = world.perpetrators(1);
    let held = held.iter().find(|held| held.basis == Basis::Finding(found)).unwrap();
    assert!(held.evidence_gone && value(held) == pauwels);
    assert_eq!(world.casebook.called(pauwels).unwrap(), None, "nobody says who it was");
    let shown = world.casebook.record(world.incidents[1], AsOf::default()).unwrap().unwrap();
    assert_eq!(shown.names[&pauwels], "person of a removed document");
    // It can come once more from a casebook that knew him.
    let again = Judgment { by: "Another".into(), ..made }.sealed();
    let done = world.casebook.import_judgments(&[again]).unwrap().remove(0);
    assert!(done.is_ok(), "{done:?}");
    assert_eq!(world.casebook.verify(|_| {}).unwrap().faults, vec![]);
}

#[test]
fn a_correction_names_whom_the_removed_document_named_as_others_do() {
    let stories = [same(1), Story { person: 2, ..same(4) }, Story { person: 0, ..other(9) }];
    let mut world = world(&stories);
    let henry = person(&world, 0, &stories[0]);
    let read = says(&world, 1, &stories[1], Variable::Perpetrator);
    let put = Assertion { value: Value::Mention(henry), ..read.clone() }.sealed();
    world.judge(Act::Correct { assertion: read.id, by: Box::new(put.clone()) });
    world.forget(0);
    let left = person(&world, 2, &stories[2]);
    let held = world.perpetrators(1);
    let [held] = &held[..] else { panic!("{held:?}") };
    assert_eq!((value(held), &held.support[..]), (left, &[put.id][..]), "under its own name");
    let shown = world.casebook.assertion_or_correction(put.id).unwrap().unwrap();
    assert_eq!(shown.value, Value::Mention(left));
}

#[test]
fn words_entered_by_hand_name_whom_the_removed_document_named_as_others_do() {
    let stories = [same(1), Story { person: 2, ..same(4) }, Story { person: 0, ..other(9) }];
    let mut world = world(&stories);
    let henry = person(&world, 0, &stories[0]);
    let hand = reading_with(&world.documents[1], &stories[1], Some(henry));
    let file = |casebook: &mut Casebook| {
        casebook.file(&[(hand.mentions[0].document, "hand:A coder", &hand)]).unwrap();
        casebook.settle(|_| {}).unwrap();
    };
    file(&mut world.casebook);
    let named = |world: &World| world.perpetrators(1).iter().map(value).collect::<Vec<_>>();
    assert!(named(&world).contains(&henry));
    world.forget(0);
    let left = person(&world, 2, &stories[2]);
    assert!(named(&world).contains(&left) && !named(&world).contains(&henry));
    // So does what is entered again.
    assert!(world.casebook.file(&[(hand.mentions[0].document, "hand:B", &hand)]).unwrap()[0]);
    world.casebook.settle(|_| {}).unwrap();
    assert!(!named(&world).contains(&henry));
    assert_eq!(world.casebook.verify(|_| {}).unwrap().faults, vec![]);
}

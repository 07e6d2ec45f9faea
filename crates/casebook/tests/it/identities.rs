//! People judged to be two stay two wherever they are referred to.

use crate::world::{Story, document, reading, reading_with};
use throughline_casebook::{Casebook, Item};
use throughline_model::*;

fn story(number: u8) -> Story {
    Story {
        number,
        published: Some(5),
        place: 0,
        day: 1,
        killed: 0,
        person: 0,
        hedged: false,
        long: true,
    }
}

fn store(casebook: &mut Casebook, document: &Document, reading: &Reading) {
    let bytes = document.text.as_bytes();
    let item = Item { document, bytes, pictures: &[], reading: Some(("rules-1", reading)) };
    casebook.store(&[item]).unwrap();
}

fn tell_apart(casebook: &mut Casebook, a: MentionId, b: MentionId) {
    let judgment = Judgment {
        id: JudgmentId::from_bits(0),
        by: "A coder".into(),
        made: Instant(0),
        reason: "two men".into(),
        cites: vec![],
        supersedes: vec![],
        act: Act::NotSame(a, b),
    };
    casebook.judge(&judgment.sealed()).unwrap();
}

/// The perpetrators of all incidents, by the names shown.
fn check(casebook: &mut Casebook, want: &[&str]) {
    casebook.settle(|_| {}).unwrap();
    for row in [true, false] {
        let listed = match row {
            true => casebook.listed(SubjectKind::Incident, AsOf::default(), usize::MAX).unwrap(),
            false => casebook
                .records(SubjectKind::Incident, AsOf::default(), usize::MAX)
                .unwrap()
                .into_iter()
                .map(Into::into)
                .collect(),
        };
        let mut got: Vec<&str> = listed
            .iter()
            .flat_map(|row| row.holdings.iter().map(move |held| (row, held)))
            .filter(|(_, held)| held.variable == Variable::Perpetrator)
            .map(|(row, held)| {
                row.names[&held.value.as_ref().and_then(Value::mention).unwrap()].as_str()
            })
            .collect();
        got.sort_unstable();
        assert_eq!(got, want);
    }
    assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![]);
}

#[test]
fn one_name_borne_by_two_is_two_values() {
    let mut casebook = Casebook::in_memory().unwrap();
    let people: Vec<MentionId> = [0, 1]
        .into_iter()
        .map(|number| {
            let document = document(&story(number));
            let reading = reading(&document, &story(number));
            store(&mut casebook, &document, &reading);
            reading.mentions[0].id
        })
        .collect();
    check(&mut casebook, &["Emile Henry"]);
    tell_apart(&mut casebook, people[0], people[1]);
    check(&mut casebook, &["Emile Henry", "Emile Henry"]);
}

#[test]
fn who_is_split_off_no_longer_bears_the_name() {
    let mut casebook = Casebook::in_memory().unwrap();
    let document = document(&story(0));
    let other = reading(&document, &story(0)).mentions[1].id;
    let mut reading = reading_with(&document, &story(0), Some(other));
    reading.mentions[1].name = "him".into();
    store(&mut casebook, &document, &reading);
    check(&mut casebook, &["Emile Henry"]);
    tell_apart(&mut casebook, reading.mentions[0].id, other);
    check(&mut casebook, &["him"]);
}

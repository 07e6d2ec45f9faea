//! A casebook opened only to ask: it changes nothing, and one state is asked at a time.

use throughline_casebook::{Casebook, Error, Item, JudgmentRow, Part};
use throughline_model::{Act, AssertionId, Judgment, JudgmentId};

use crate::world::{Story, document, reading};

fn made(path: &std::path::Path) -> (Casebook, AssertionId) {
    let mut casebook = Casebook::open_or_create(path).unwrap();
    let story = Story {
        number: 1,
        published: Some(3),
        place: 0,
        day: 4,
        killed: 2,
        person: 0,
        hedged: false,
        long: true,
    };
    let document = document(&story);
    let reading = reading(&document, &story);
    let said = reading.assertions[0].id;
    let bytes = document.text.as_bytes();
    casebook
        .store(&[Item {
            document: &document,
            bytes,
            pictures: &[],
            reading: Some(("rules-1", &reading)),
        }])
        .unwrap();
    casebook.settle(|_| {}).unwrap();
    (casebook, said)
}

fn judgment(act: Act, supersedes: &[JudgmentId]) -> Judgment {
    Judgment {
        id: JudgmentId::from_bits(0),
        by: "A".into(),
        made: throughline_model::Instant(0),
        reason: "r".into(),
        cites: Vec::new(),
        supersedes: supersedes.to_vec(),
        act,
    }
    .sealed()
}

#[test]
fn who_only_asks_can_change_nothing_and_sees_what_others_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.casebook");
    let (mut writer, said) = made(&path);
    let mut asking = Casebook::open_to_ask(&path).unwrap();
    assert_eq!(asking.tip().unwrap().entries, 2);
    assert_eq!(asking.tip().unwrap().chain, writer.head().unwrap().chain);
    let accept = judgment(Act::Accept(said), &[]);
    assert!(matches!(asking.judge(&accept), Err(Error::ReadOnly)));
    // Within one question nothing moves; after it, everything is seen.
    let before = asking.tip().unwrap();
    asking
        .snapshot(|| {
            assert_eq!(asking.tip()?, before);
            writer.judge(&accept)?;
            assert_eq!(asking.tip()?, before);
            Ok::<(), Error>(())
        })
        .unwrap();
    assert_eq!(asking.tip().unwrap().entries, 3);
    assert!(asking.unsettled().unwrap() > 0);
    assert!(matches!(Casebook::open_to_ask(&folder.path().join("none")), Err(Error::Missing(_))));
}

#[test]
fn judgments_are_found_by_what_they_are_on() {
    let folder = tempfile::tempdir().unwrap();
    let (mut casebook, said) = made(&folder.path().join("a.casebook"));
    let first = judgment(Act::Accept(said), &[]);
    casebook.judge(&first).unwrap();
    let mut by = casebook.assertion(said).unwrap().unwrap();
    by.obtained = Some("in court".into());
    let by = Box::new(by.sealed());
    let corrected = by.id;
    let second = judgment(Act::Correct { assertion: said, by }, &[first.id]);
    casebook.judge(&second).unwrap();
    let third = judgment(Act::Retract(corrected), &[]);
    casebook.judge(&third).unwrap();
    // From the assertion to its correction, and from that to what became of it.
    let ids = |rows: Vec<JudgmentRow>| -> Vec<(JudgmentId, bool)> {
        rows.into_iter().map(|(one, _, in_force)| (one.id, in_force)).collect()
    };
    let found = ids(casebook.judgments_on([said]).unwrap());
    assert_eq!(found, [(first.id, false), (second.id, true), (third.id, true)]);
    assert!(casebook.judgments_on([AssertionId::from_bits(7)]).unwrap().is_empty());
    assert_eq!(casebook.judgment(second.id).unwrap().unwrap().0, second);
    assert!(casebook.judgment(JudgmentId::from_bits(9)).unwrap().is_none());
    let subject = casebook.assertion(said).unwrap().unwrap().subject;
    let name = casebook.record(subject, Default::default()).unwrap().unwrap().record.name;
    assert_eq!(casebook.called(subject).unwrap(), Some(name));
    let part = Part { from: 1, many: 1 };
    let (total, rows) = casebook.judgments_part(|_, _, _| true, part).unwrap();
    assert_eq!((total, ids(rows)), (3, vec![(second.id, true)]), "newest first");
    let standing = |one: &Judgment, _, in_force| in_force && one.id != third.id;
    let (total, rows) = casebook.judgments_part(standing, Part { from: 0, many: 9 }).unwrap();
    assert_eq!((total, ids(rows)), (1, vec![(second.id, true)]));
}

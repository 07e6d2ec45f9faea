//! Under random commands, every view as of any two dates equals the plain derivation from the
//! ledger filtered by them, and the derived tables equal what the ledger gives.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;

use common::{Command, command, document, judgment, reading};
use proptest::prelude::*;
use throughline_casebook::{Casebook, EntryKind, Error, Item};
use throughline_flow::{Filed, from_scratch};
use throughline_model::*;

/// What was done to a casebook, as far as choosing the next command needs it.
#[derive(Default)]
struct Done {
    documents: Vec<Document>,
    readings: Vec<Reading>,
    judgments: Vec<Judgment>,
}

fn run(casebook: &mut Casebook, done: &mut Done, command: &Command) {
    match command {
        Command::Store(story) => {
            let document = document(story);
            let reading = reading(&document, story);
            let item = Item {
                document: &document,
                bytes: document.text.as_bytes(),
                reading: Some(("rules-1", &reading)),
            };
            casebook.store(&[item]).unwrap();
            done.documents.push(document);
            done.readings.push(reading);
        }
        Command::Reread(at, story) => {
            let Some(document) = done.documents.get(at % done.documents.len().max(1)) else {
                return;
            };
            if casebook.document(document.id).unwrap().is_none() {
                return;
            }
            let reading = reading(document, story);
            casebook.file(&[(document.id, "rules-2", &reading)]).unwrap();
            done.readings.push(reading);
        }
        Command::Judge(verdict, a, b, cites) => {
            let made = judgment(
                *verdict,
                (*a, *b),
                *cites,
                &done.documents,
                &done.readings,
                &done.judgments,
            );
            let Some(made) = made else { return };
            match casebook.judge(&made) {
                Ok(_) => done.judgments.push(made),
                Err(Error::Contradiction(others)) => assert!(!others.is_empty()),
                Err(Error::Unknown(_) | Error::Refused(_)) => {}
                Err(other) => panic!("{other}"),
            }
        }
        Command::Forget(at) => {
            let Some(document) = done.documents.get(at % done.documents.len().max(1)) else {
                return;
            };
            match casebook.forget(document.id, "A coder", "a request") {
                Ok(()) | Err(Error::Unknown(_)) => {}
                Err(other) => panic!("{other}"),
            }
        }
    }
}

/// What the ledger holds, without any derived table.
fn ledger(casebook: &Casebook) -> (Vec<Filed>, Vec<(Judgment, Instant)>) {
    let (mut filed, mut judgments) = (Vec::new(), Vec::new());
    let mut documents: BTreeMap<DocumentId, Document> = BTreeMap::new();
    let kinds = [EntryKind::Capture, EntryKind::Reading, EntryKind::Hand, EntryKind::Judgment];
    for entry in casebook.entries(&kinds).unwrap() {
        let Some(payload) = entry.payload else { continue };
        match entry.kind {
            EntryKind::Capture => {
                let document = throughline_formats::read_document(&payload).unwrap();
                documents.insert(document.id, document);
            }
            EntryKind::Judgment => {
                let judgment = throughline_formats::read_judgment(&payload).unwrap();
                judgments.push((judgment, entry.recorded));
            }
            _ => {
                let (reader, reading) = throughline_formats::read_filed(&payload).unwrap();
                let document = &documents[&entry.document.unwrap()];
                filed.push(Filed {
                    document: document.id,
                    published: document.published.clone(),
                    source: document.source.clone(),
                    recorded: entry.recorded,
                    reader,
                    reading,
                });
            }
        }
    }
    (filed, judgments)
}

/// Compares everything that can be asked as of two dates with the plain derivation.
fn check(casebook: &mut Casebook, as_of: AsOf) {
    casebook.settle(|_| {}).unwrap();
    let (filed, judgments) = ledger(casebook);
    let want = from_scratch(&filed, &judgments, as_of);
    let mut got = Vec::new();
    for kind in SubjectKind::ALL {
        let rows = casebook.records(kind, as_of, usize::MAX).unwrap();
        got.extend(rows.into_iter().map(|row| row.record));
    }
    got.sort_by_key(|record| record.id);
    assert_eq!(got, want, "as of {as_of:?}");
    for record in &want {
        for mention in &record.mentions {
            let shown = casebook.record(*mention, as_of).unwrap().unwrap();
            assert_eq!(&shown.record, record);
            for id in record.holdings.iter().flat_map(|h| h.support.iter().chain(&h.against)) {
                assert!(shown.evidence.contains_key(id));
            }
        }
    }
    // Search obeys both dates.
    let by = |one: &Filed| as_of.recalls(one.recorded);
    let standing = casebook.standing(as_of).unwrap();
    let mut want: Vec<DocumentId> = filed
        .iter()
        .filter(|one| by(one))
        .filter(|one| as_of.sees(standing.dated(one.document).or(one.published.as_ref())))
        .map(|one| one.document)
        .collect();
    want.sort();
    want.dedup();
    let hits = casebook.search("bomb exploded", as_of, usize::MAX).unwrap();
    let mut got: Vec<DocumentId> = hits.into_iter().map(|hit| hit.document.id).collect();
    got.sort();
    assert_eq!(got, want);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn views_equal_the_plain_derivation(
        commands in prop::collection::vec(command(), 1..24),
        days in prop::collection::vec(1..22u8, 2),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut casebook = Casebook::in_memory().unwrap();
        let mut done = Done::default();
        let mut moments = vec![];
        for command in &commands {
            run(&mut casebook, &mut done, command);
            let last = casebook.entries(&[
                EntryKind::Capture, EntryKind::Reading, EntryKind::Judgment, EntryKind::Removal,
            ]).unwrap().into_iter().map(|entry| entry.recorded).max();
            moments.extend(last);
        }
        check(&mut casebook, AsOf::default());
        let recorded = (!moments.is_empty()).then(|| moments[cut.index(moments.len())]);
        for day in days {
            let published = format!("1894-03-{day:02}").parse::<Edtf>().unwrap().latest();
            for recorded in [None, recorded] {
                check(&mut casebook, AsOf { published: Some(published), recorded });
            }
        }
        check(&mut casebook, AsOf { published: None, recorded });
        let verified = casebook.verify(|_| {}).unwrap();
        prop_assert_eq!(verified.faults, vec![]);
    }

    #[test]
    fn any_order_and_split_gives_the_same_content(
        stories in prop::collection::vec(common::story(), 1..10),
        order in any::<prop::sample::Index>(),
    ) {
        let fill = |stories: &[common::Story], split: bool| {
            let mut casebook = Casebook::in_memory().unwrap();
            let documents: Vec<Document> = stories.iter().map(document).collect();
            let readings: Vec<Reading> =
                documents.iter().zip(stories).map(|(d, s)| reading(d, s)).collect();
            for (document, reading) in documents.iter().zip(&readings) {
                let reading = ("rules-1", reading);
                let item = |reading| Item {
                    document, bytes: document.text.as_bytes(), reading,
                };
                if split {
                    casebook.store(&[item(None)]).unwrap();
                    casebook.file(&[(document.id, reading.0, reading.1)]).unwrap();
                } else {
                    casebook.store(&[item(Some(reading))]).unwrap();
                }
            }
            casebook.head().unwrap()
        };
        // Stories with one text and two dates are one document, dated by the first: leave them out.
        let mut stories = stories;
        stories.sort_by_key(|story| story.number);
        stories.dedup_by_key(|story| story.number);
        let mut turned = stories.clone();
        turned.rotate_left(order.index(stories.len()));
        prop_assert_eq!(fill(&stories, false).content, fill(&turned, true).content);
    }
}

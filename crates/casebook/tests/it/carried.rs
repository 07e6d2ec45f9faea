//! A casebook that takes over all of another, as imports do, says the same.

use std::collections::BTreeMap;

use proptest::prelude::*;
use throughline_casebook::{Along, Casebook, Disposition, EntryKind, Error, Item};
use throughline_model::*;

use crate::as_of::{Done, config, run};
use crate::world::{Command, Story, command, document, reading, records};

/// Takes over documents, readings, tombstones and judgments, in the order in which an import does.
fn carry(from: &Casebook, to: &mut Casebook) {
    for (kind, done) in carry_some(from, to, &|_| true, &|_, _| true, &|_| true) {
        let fine = match kind {
            EntryKind::Held => matches!(done, Ok(Disposition::HeldApart(_) | Disposition::Known)),
            _ => matches!(done, Ok(Disposition::Entered | Disposition::Known)),
        };
        assert!(fine, "{done:?}");
    }
}

/// A judgment that was entered or held apart, and what became of it where it was taken over.
type Carried = (EntryKind, Result<Disposition, Error>);

/// The same with some of the documents, of their readings and of the judgments.
pub(crate) fn carry_some(
    from: &Casebook,
    to: &mut Casebook,
    wanted: &dyn Fn(DocumentId) -> bool,
    read: &dyn Fn(DocumentId, &Reading) -> bool,
    judged: &dyn Fn(&Judgment) -> bool,
) -> Vec<Carried> {
    for id in from.document_ids().unwrap().into_iter().filter(|id| wanted(*id)) {
        let document = from.document(id).unwrap().unwrap();
        let item = Item { document: &document, bytes: &[], pictures: &[], reading: None };
        to.store(&[item]).unwrap();
        if !to.holds(id).unwrap() {
            continue;
        }
        let filed = from.filed(id).unwrap();
        let wanted = filed.iter().filter(|(_, reading)| read(id, reading));
        let wanted: Vec<(DocumentId, &str, &Reading)> =
            wanted.map(|(reader, reading)| (id, reader.as_str(), reading)).collect();
        to.bring(&mut Along::default(), &wanted).unwrap();
    }
    for id in from.removed().unwrap() {
        for tombstone in from.tombstones(id).unwrap() {
            to.take_removal(id, &tombstone).unwrap();
        }
    }
    // As they were made, those held apart too.
    let entries = from.entries(&[EntryKind::Judgment, EntryKind::Held]).unwrap().into_iter();
    let judgments = entries.filter_map(|entry| Some((entry.kind, entry.payload?)));
    let (mut judgments, apart): (Vec<_>, Vec<_>) = judgments
        .map(|(kind, payload)| (kind, throughline_formats::read_judgment(&payload).unwrap()))
        .filter(|(_, judgment)| judged(judgment))
        .partition(|(kind, _)| *kind == EntryKind::Judgment);
    let only = |judgments: &[(EntryKind, Judgment)]| -> Vec<Judgment> {
        judgments.iter().map(|(_, judgment)| judgment.clone()).collect()
    };
    let mut done = to.import_judgments(&only(&judgments)).unwrap();
    done.extend(to.hold_apart(&only(&apart)).unwrap());
    judgments.extend(apart);
    to.settle(|_| {}).unwrap();
    judgments.into_iter().map(|(kind, _)| kind).zip(done).collect()
}

/// What a casebook says as of some days: nothing of it hangs on when it was recorded.
pub(crate) fn said(casebook: &Casebook, days: &[u8]) -> Vec<BTreeMap<MentionId, Record>> {
    let on = |day: &u8| format!("1894-03-{day:02}").parse::<Edtf>().unwrap().latest();
    let dates = days.iter().map(|day| AsOf { published: Some(on(day)), recorded: None });
    let all = dates.chain([AsOf::default()]);
    let of = |as_of| records(casebook, as_of).into_iter().map(|(id, row)| (id, row.record));
    all.map(|as_of| of(as_of).collect()).collect()
}

pub(crate) fn made(commands: &[Command]) -> Casebook {
    let mut casebook = Casebook::in_memory().unwrap();
    let mut done = Done::before(commands);
    commands.iter().for_each(|command| run(&mut casebook, &mut done, command));
    casebook.settle(|_| {}).unwrap();
    casebook
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn what_is_carried_over_says_the_same(
        commands in prop::collection::vec(command(), 1..28),
        days in prop::collection::vec(1..22u8, 2),
    ) {
        let from = made(&commands);
        let mut to = Casebook::in_memory().unwrap();
        carry(&from, &mut to);
        prop_assert_eq!(said(&to, &days), said(&from, &days));
        prop_assert_eq!(to.verify(|_| {}).unwrap().faults, vec![]);
        prop_assert_eq!(to.head().unwrap().content, from.head().unwrap().content);
        // Once is enough, but that of two machine readings the last is filed last again.
        let content = to.head().unwrap().content;
        carry(&from, &mut to);
        prop_assert_eq!(to.head().unwrap().content, content);
        prop_assert_eq!(said(&to, &days), said(&from, &days));
    }
}

#[test]
fn readings_that_are_brought_a_second_time_change_nothing() {
    let story = |killed: u32| Story { killed, ..Story::plain() };
    let document = document(&story(1));
    let item = Item { document: &document, bytes: &[], pictures: &[], reading: None };
    let [first, second] = [1, 2].map(|killed| reading(&document, &story(killed)));
    let of = |reader, reading| (document.id, reader, reading);
    let both = [of("rules-1", &first), of("rules-2", &second)];
    let mut casebook = Casebook::in_memory().unwrap();
    casebook.store(&[item]).unwrap();
    assert_eq!(casebook.bring(&mut Along::default(), &both).unwrap(), [true, true]);
    let entries = casebook.head().unwrap();
    assert_eq!(casebook.bring(&mut Along::default(), &both).unwrap(), [false, false]);
    // What was read since stays in force.
    assert_eq!(casebook.bring(&mut Along::default(), &both[..1]).unwrap(), [false]);
    assert_eq!(casebook.head().unwrap(), entries);
    // Where there was another between them, what followed it follows again.
    let other = reading(&document, &story(3));
    let three = [of("rules-1", &first), of("rules-1", &other), of("rules-2", &second)];
    assert_eq!(casebook.bring(&mut Along::default(), &three).unwrap(), [false, true, true]);
    // In however many calls.
    let mut along = Along::default();
    let brought = three.map(|one| casebook.bring(&mut along, &[one]).unwrap());
    assert_eq!(brought, [[false], [false], [false]]);
    casebook.verify(|_| {}).unwrap();
}

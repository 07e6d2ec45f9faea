//! Pictures: kept once, proved, and gone with the last document that has them.

use rusqlite::Connection;
use throughline_casebook::{Casebook, Item, PictureBytes, Stored};
use throughline_model::*;

const ONE: &[u8] = b"the bytes of one picture";
const TWO: &[u8] = b"the bytes of another";

fn document(text: &str, pictures: &[&[u8]]) -> Document {
    let picture = |bytes: &&[u8]| Picture {
        sha256: Some(Sha256::of(bytes)),
        name: "../../quay.jpg".into(),
        caption: None,
        at: None,
    };
    Document {
        source: Some("The Chain".into()),
        text: text.into(),
        pictures: pictures.iter().map(picture).collect(),
        ..Document::bare(Sha256::of(text.as_bytes()))
    }
}

fn store(casebook: &mut Casebook, document: &Document, pictures: &[&[u8]]) -> Stored {
    let pictures: Vec<PictureBytes> =
        pictures.iter().map(|bytes| PictureBytes::seen(bytes.to_vec())).collect();
    let bytes = document.text.as_bytes();
    let item = Item { document, bytes, pictures: &pictures, reading: None };
    casebook.store(&[item]).unwrap().remove(0)
}

fn held(casebook: &Casebook, bytes: &[u8]) -> bool {
    casebook.picture(Sha256::of(bytes)).unwrap().is_some_and(|held| held == bytes)
}

#[test]
fn a_picture_goes_with_the_last_document_that_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.casebook");
    let mut casebook = Casebook::open_or_create(&path).unwrap();
    let (first, second) = (document("First.", &[ONE, TWO]), document("Second.", &[ONE]));
    store(&mut casebook, &first, &[ONE, TWO]);
    store(&mut casebook, &second, &[ONE]);
    let rows = casebook.pictures(AsOf::default(), 9).unwrap();
    let many: Vec<u64> = rows.iter().map(|row| row.documents).collect();
    assert_eq!(many.iter().sum::<u64>(), 3);
    assert_eq!(rows.len(), 2);
    let id = PictureId::of_bytes(Sha256::of(TWO)).to_string();
    assert_eq!(casebook.find_picture(&id[..9]).unwrap(), Sha256::of(TWO));
    assert!(casebook.find_picture("pic-000000000000").is_err());
    casebook.forget(first.id, "A coder", "a request").unwrap();
    assert!(held(&casebook, ONE) && !held(&casebook, TWO));
    assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![]);
    casebook.forget(second.id, "A coder", "a request").unwrap();
    assert!(!held(&casebook, ONE));
    assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![]);
    // What is forgotten is not taken again, nor are its pictures.
    assert_eq!(store(&mut casebook, &second, &[ONE]), Stored::Forgotten);
    assert!(!held(&casebook, ONE));
    drop(casebook);
    let left = std::fs::read(&path).unwrap();
    assert!(!left.windows(ONE.len()).any(|bytes| bytes == ONE), "the bytes are still in the file");
}

#[test]
fn bytes_that_come_later_are_added_and_those_of_no_document_are_not() {
    let mut casebook = Casebook::in_memory().unwrap();
    let one = document("First.", &[ONE]);
    assert_eq!(store(&mut casebook, &one, &[]), Stored::New);
    assert!(!held(&casebook, ONE));
    assert_eq!(casebook.pictures(AsOf::default(), 9).unwrap()[0].look, None);
    assert_eq!(store(&mut casebook, &one, &[TWO, ONE]), Stored::Known);
    assert!(held(&casebook, ONE) && !held(&casebook, TWO));
}

#[test]
fn a_backup_has_the_pictures_and_a_changed_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.casebook");
    let mut casebook = Casebook::open_or_create(&path).unwrap();
    store(&mut casebook, &document("First.", &[ONE]), &[ONE]);
    let copy = folder.path().join("b.casebook");
    casebook.backup(&copy).unwrap();
    assert!(held(&Casebook::open(&copy).unwrap(), ONE));
    casebook.rebuild().unwrap();
    assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![]);
    drop(casebook);
    for (sql, want) in [
        ("UPDATE picture SET bytes = x'00'", "were changed"),
        ("UPDATE sight SET width = 7", "the derived table “sight”"),
        ("DELETE FROM pictured", "the derived table “pictured”"),
        ("INSERT INTO picture VALUES (zeroblob(32), x'00')", "no document has the picture"),
    ] {
        let path = folder.path().join("c.casebook");
        std::fs::copy(&copy, &path).unwrap();
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let faults = Casebook::open(&path).unwrap().verify(|_| {}).unwrap().faults;
        assert!(faults.iter().any(|fault| fault.text.contains(want)), "{sql}: {faults:?}");
    }
}

/// A message and one that passes it on, with and without its number; a later state of one.
#[test]
fn messages_passed_on_are_found_where_they_are_held() {
    let mut casebook = Casebook::in_memory().unwrap();
    let message = |source: &str, item: &str, at: &str, text: &str, references: Vec<Reference>| {
        let at: Stamp = at.parse().unwrap();
        Document {
            source: Some(source.into()),
            item: Some(item.into()),
            published: Some(at.date()),
            published_at: Some(at),
            text: text.into(),
            references,
            ..Document::bare(Sha256::of(format!("{source}{item}{text}").as_bytes()))
        }
    };
    let refers = |relation, source: &str, item: Option<&str>| Reference {
        relation,
        source: Some(source.into()),
        item: item.map(str::to_owned),
        at: None,
    };
    let first = message("A", "1", "2017-03-24T09:00:00Z", "This is  he.", vec![]);
    let again = message("A", "9", "2017-03-24T12:00:00Z", "This is he.", vec![]);
    let forwards = vec![refers(Relation::Forwards, "A", None)];
    let passing = message("B", "4", "2017-03-24T10:00:00Z", "This is he.", forwards.clone());
    let stranger = message("C", "4", "2017-03-24T10:00:00Z", "Another thing.", forwards);
    let answers = vec![refers(Relation::Answers, "B", Some("4"))];
    let answer = message("B", "5", "2017-03-24T11:00:00Z", "No, it is not.", answers);
    let mut changed = message("A", "1", "2017-03-24T09:00:00Z", "It was not he.", vec![]);
    changed.modified = Some("2017-03-26T09:00:00Z".parse().unwrap());
    // What was passed on has other words by now, and is told by its moment.
    let mut since = message("A", "7", "2017-03-24T09:30:00Z", "It was not he either.", vec![]);
    since.modified = Some("2017-03-26T10:00:00Z".parse().unwrap());
    let at = |at: &str| {
        let at = Some(at.parse().unwrap());
        vec![Reference { at, ..refers(Relation::Forwards, "A", None) }]
    };
    let timed = at("2017-03-23T22:30:00-11:00");
    let timed = message("D", "1", "2017-03-24T10:00:00Z", "Then he.", timed);
    let other_second = at("2017-03-24T09:30:01Z");
    let other_second = message("D", "2", "2017-03-24T10:00:00Z", "Then he too.", other_second);
    let no_zone = at("2017-03-24T09:30:00");
    let no_zone = message("D", "3", "2017-03-24T10:00:00Z", "And he.", no_zone);
    for one in [&first, &again, &passing, &stranger, &answer, &changed] {
        store(&mut casebook, one, &[]);
    }
    for one in [&since, &timed, &other_second, &no_zone] {
        store(&mut casebook, one, &[]);
    }
    let held = |document: &Document, as_of| casebook.passed(document, as_of).unwrap()[0].held;
    let present = AsOf::default();
    // The later message with the same words cannot be what was passed on.
    assert_eq!(held(&passing, present), Some(first.id));
    assert_eq!(held(&stranger, present), None);
    assert_eq!(held(&answer, present), Some(passing.id));
    assert_eq!(held(&timed, present), Some(since.id));
    assert_eq!(held(&other_second, present), None);
    assert_eq!(held(&no_zone, present), None);
    let all = [&first, &again, &passing, &stranger, &answer, &changed].map(|one| one.id).into();
    let order = |as_of| -> Vec<DocumentId> {
        casebook.steps(&all, as_of).unwrap().0.iter().map(|step| step.row.id).collect()
    };
    let mut same_time = [passing.id, stranger.id];
    same_time.sort();
    let want = [first.id, same_time[0], same_time[1], answer.id, again.id];
    let that_day =
        AsOf { published: Some("2017-03-24".parse::<Edtf>().unwrap().latest()), ..present };
    assert_eq!(order(that_day), want);
    assert_eq!(held(&timed, that_day), None, "its present words were not there then");
    assert_eq!(order(present), [&want[..], &[changed.id]].concat());
}

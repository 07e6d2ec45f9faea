//! What can befall a file: a full disk, tampering, damage, another program's file.

use std::path::{Path, PathBuf};

use crate::world::{Story, document, reading};
use rusqlite::Connection;
use throughline_casebook::{Casebook, Error, Item};
use throughline_model::*;

fn story(number: u8) -> Story {
    Story {
        number,
        published: Some(1 + number % 19),
        place: usize::from(number % 2),
        day: 1 + number % 3,
        killed: u32::from(number),
        person: usize::from(number % 4),
        hedged: number.is_multiple_of(3),
        long: true,
    }
}

fn store(casebook: &mut Casebook, number: u8) -> Result<DocumentId, Error> {
    let document = document(&story(number));
    let reading = reading(&document, &story(number));
    let item = Item {
        document: &document,
        bytes: document.text.as_bytes(),
        pictures: &[],
        reading: Some(("rules-1", &reading)),
    };
    casebook.store(&[item])?;
    Ok(document.id)
}

fn filled(folder: &Path, documents: u8) -> PathBuf {
    let path = folder.join("a.casebook");
    let mut casebook = Casebook::open_or_create(&path).unwrap();
    for number in 0..documents {
        store(&mut casebook, number).unwrap();
    }
    casebook.settle(|_| {}).unwrap();
    path
}

#[test]
fn a_full_disk_loses_nothing_reported_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let whole = filled(folder.path(), 30);
    let want = Casebook::open(&whole).unwrap().head().unwrap().content;
    let path = folder.path().join("bounded.casebook");
    let mut casebook = Casebook::open_or_create(&path).unwrap();
    let (mut stored, mut full, mut pages) = (Vec::new(), 0, 1);
    for number in 0..30 {
        // One page more at a time, so that each step is cut at every page it needs.
        loop {
            casebook.bound(pages).unwrap();
            match store(&mut casebook, number).and_then(|id| Ok((id, casebook.settle(|_| {})?))) {
                Ok((id, ())) => {
                    stored.push(id);
                    break;
                }
                Err(Error::Full) => full += 1,
                Err(other) => panic!("{other}"),
            }
            for id in &stored {
                assert!(casebook.document(*id).unwrap().is_some(), "{id} was reported and is lost");
            }
            pages += 1;
        }
    }
    assert!(full > 20, "the disk was full {full} times only");
    assert_eq!(casebook.head().unwrap().content, want);
    casebook.bound(1 << 20).unwrap();
    assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![]);
}

/// What `verify` says after some SQL was run on a sound casebook.
fn after(sql: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path(), 6);
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch(sql).unwrap();
    drop(connection);
    let verified = Casebook::open(&path).unwrap().verify(|_| {}).unwrap();
    verified.faults.into_iter().map(|fault| fault.text).collect()
}

#[test]
fn what_is_damaged_leads_on_to_what_mends_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path(), 6);
    let sql = "UPDATE local SET body = x'00' WHERE body IS NOT NULL";
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    let mut casebook = Casebook::open(&path).unwrap();
    let asked = casebook.records(SubjectKind::Incident, AsOf::default(), 9);
    let error = asked.unwrap_err().to_string();
    assert!(error.contains("is damaged: a derived row of doc-"), "{error}");
    assert!(error.contains("`throughline rebuild`") && !error.contains("verify"), "{error}");
    casebook.rebuild().unwrap();
    assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![]);
}

#[test]
fn verify_sees_every_kind_of_tampering() {
    assert_eq!(after("SELECT 1"), Vec::<String>::new());
    for (sql, said) in [
        (
            "UPDATE payload SET body = (SELECT body FROM payload WHERE seq = 3) WHERE seq = 1",
            "the payload of entry 1 was changed",
        ),
        ("UPDATE payload SET body = x'00' WHERE seq = 1", "entry 1 has a payload that cannot"),
        (
            "DELETE FROM payload WHERE seq = 2",
            "the payload of entry 2 is missing, and no tombstone",
        ),
        ("DELETE FROM ledger WHERE seq = 4", "entry 4 is missing"),
        (
            "UPDATE ledger SET seq = 99 WHERE seq = 3; UPDATE ledger SET seq = 3 WHERE seq = 5;
             UPDATE ledger SET seq = 5 WHERE seq = 99",
            "entry 3 does not follow from the one before it",
        ),
        ("UPDATE ledger SET recorded = recorded - 1 WHERE seq = 5", "entry 5 does not follow"),
        ("UPDATE ledger SET kind = 'wish' WHERE seq = 5", "entry 5 is a \"wish\""),
        (
            "UPDATE original SET bytes = (SELECT max(bytes) FROM original)
             WHERE document = (SELECT document FROM original ORDER BY bytes LIMIT 1)",
            "the original bytes of doc-",
        ),
        ("UPDATE original SET bytes = x'00'", "the original bytes of doc-"),
        ("UPDATE document SET title = 'Another'", "“document” has 6 rows that the ledger"),
        ("DELETE FROM local WHERE block LIKE 'plc %'", "“local” has 6 rows missing"),
        ("UPDATE mention SET local = local + 1000", "“mention” has 24 rows that the ledger"),
        ("DELETE FROM assertion", "“assertion” has 35 rows missing"),
        (
            "INSERT INTO reference VALUES (1, 1)",
            "“reference” has 1 rows that the ledger does not give",
        ),
        ("UPDATE record SET held = '[]' WHERE kind = 0", "“record” has "),
        ("INSERT INTO forgotten VALUES (1, 1)", "“forgotten” has 1 rows that the ledger"),
        (
            "DELETE FROM words WHERE rowid = (SELECT max(document) FROM document)",
            "the search index is not what the documents give",
        ),
        (
            "INSERT INTO words (rowid, title, text) VALUES (1, 'A', 'word')",
            "the search index is not what the documents give",
        ),
    ] {
        let faults = after(sql);
        assert!(faults.iter().any(|fault| fault.contains(said)), "{sql}: {faults:?}");
    }
}

#[test]
fn files_that_are_no_sound_casebook_get_a_named_error() {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str| Casebook::open_or_create(&folder.path().join(name));
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();

    write("text", b"This is a letter, and not a casebook. It is long enough to have a header.");
    assert!(matches!(open("text"), Err(Error::NotACasebook(_))));
    Connection::open(folder.path().join("other"))
        .unwrap()
        .execute_batch("CREATE TABLE a (b)")
        .unwrap();
    assert!(matches!(open("other"), Err(Error::NotACasebook(_))));
    assert!(matches!(Casebook::open(&folder.path().join("none")), Err(Error::Missing(_))));
    assert!(matches!(open("no/such/folder"), Err(Error::CannotOpen(_))));
    // What is left where the first step was cut short, and what an emptied file looks like.
    let begun = folder.path().join("begun");
    Connection::open(&begun).unwrap().execute_batch("CREATE TABLE a (b); DROP TABLE a").unwrap();
    write("nothing", b"");
    for begun in [begun, folder.path().join("nothing")] {
        assert!(matches!(Casebook::open(&begun), Err(Error::Empty(_))));
        store(&mut Casebook::open_or_create(&begun).unwrap(), 1).unwrap();
        assert_eq!(Casebook::open(&begun).unwrap().verify(|_| {}).unwrap().faults, vec![]);
    }
    std::fs::create_dir(folder.path().join("folder")).unwrap();
    assert!(matches!(open("folder"), Err(Error::NotAFile(_))));
    // Nobody writes below /proc, not even who may write everywhere.
    if Path::new("/proc/version").exists() {
        let read_only = Casebook::open_or_create(Path::new("/proc/a.casebook"));
        assert!(matches!(read_only, Err(Error::CannotOpen(_))));
    }

    let path = filled(folder.path(), 20);
    let sound = std::fs::read(&path).unwrap();
    let connection = Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    assert!(matches!(Casebook::open(&path), Err(Error::Newer { found: 99, .. })));

    // Cut anywhere, or with any page overwritten, it is refused or its faults are told.
    for cut in [10, 100, 4_096, 5_000, sound.len() / 2, sound.len() - 4_096, sound.len() - 1] {
        write("cut", &sound[..cut]);
        assert_unsound(&folder.path().join("cut"), &format!("cut at {cut}"));
    }
    for page in 0..sound.len() / 4_096 {
        let mut bytes = sound.clone();
        bytes[page * 4_096..(page + 1) * 4_096].fill(0x5a);
        write("overwritten", &bytes);
        assert_unsound(&folder.path().join("overwritten"), &format!("page {page}"));
    }
}

/// Opening or verifying fails with an error that says what is wrong, or verifying finds faults.
fn assert_unsound(path: &Path, what: &str) {
    match Casebook::open(path).and_then(|mut casebook| casebook.verify(|_| {})) {
        Ok(verified) => assert_ne!(verified.faults, vec![], "{what}"),
        Err(Error::NotACasebook(_) | Error::Damaged(_) | Error::CannotOpen(_)) => {}
        Err(other) => panic!("{what}: {other:?}"),
    }
}

#[test]
fn a_casebook_that_may_not_be_written_to_answers_and_takes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = filled(folder.path(), 6);
    let want = Casebook::open(&path).unwrap().records(SubjectKind::Incident, AsOf::default(), 9);
    let named = folder.path().join("what? 100 % of #1.casebook");
    std::fs::copy(&path, &named).unwrap();
    for path in [&path, &named] {
        let mut casebook = Casebook::open_unwritable(path).unwrap();
        casebook.settle(|_| {}).unwrap();
        let got = casebook.records(SubjectKind::Incident, AsOf::default(), 9).unwrap();
        assert_eq!(&got, want.as_ref().unwrap());
        assert!(matches!(store(&mut casebook, 7), Err(Error::ReadOnly)));
    }
    // What lies in a log alone cannot be left out without a word.
    std::fs::write(format!("{}-wal", path.display()), "log").unwrap();
    assert!(matches!(Casebook::open_unwritable(&path), Err(Error::ReadOnly)));
}

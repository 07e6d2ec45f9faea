//! Derived rows of a casebook that somebody else made.

use std::path::Path;

use throughline_casebook::{Casebook, Item};
use throughline_flow::{READER, read_document};
use throughline_model::{AsOf, Day, Document, Edtf, Sha256, SubjectKind};

const STORY: &str = "A gunman named Adnan Rauf killed three people at Lenn station on 4 May 2016, \
    police said. The Red Front claimed responsibility.";

/// Columns of derived rows that hold bytes of this program's own making.
const COLUMNS: [(&str, &str); 6] = [
    ("document", "outline"),
    ("local", "indexed"),
    ("local", "body"),
    ("whole", "body"),
    ("folded", "body"),
    ("sight", "likeness"),
];

/// Bytes in place of what a casebook holds of each record: it is shown, or the fault is told.
pub fn derived(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder for a try");
    for (table, column) in COLUMNS {
        let path = folder.path().join(format!("{table}-{column}.casebook"));
        std::fs::write(&path, sound()).expect("a file for a try");
        let file = rusqlite::Connection::open(&path).expect("a casebook");
        let update = format!("UPDATE {table} SET {column} = ?1");
        file.execute(&update, [bytes]).expect("a column of blobs");
        drop(file);
        ask(&path);
    }
}

/// Asks for all that is shown of a casebook.
fn ask(path: &Path) {
    let told = |error: throughline_casebook::Error| assert!(!error.to_string().is_empty());
    let mut casebook = match Casebook::open(path) {
        Ok(casebook) => casebook,
        Err(error) => return told(error),
    };
    for kind in SubjectKind::ALL {
        for as_of in [AsOf::default(), AsOf { published: Some(day()), recorded: None }] {
            match casebook.records(kind, as_of, 20) {
                Ok(rows) => rows.iter().for_each(|row| {
                    let _ = casebook.record(row.record.id, as_of).map_err(told);
                }),
                Err(error) => told(error),
            }
        }
    }
    let _ = casebook.documents(AsOf::default(), 20).map_err(told);
    let _ = casebook.doubtful(5, AsOf::default()).map_err(told);
    let _ = casebook.verify(|_| {}).map_err(told);
    casebook.rebuild().expect("the ledger is sound, and gives it anew");
}

fn day() -> Day {
    "2017".parse::<Edtf>().expect("a year").latest()
}

/// The bytes of a casebook of two reports of one attack.
fn sound() -> &'static [u8] {
    static SOUND: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    SOUND.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder for a casebook");
        let path = folder.path().join("sound.casebook");
        store(&path);
        std::fs::read(&path).expect("a casebook")
    })
}

/// Makes a casebook of two reports of one attack.
pub(crate) fn store(path: &Path) {
    let mut casebook = Casebook::open_or_create(path).expect("a casebook");
    for day in ["2016-05-05", "2016-05-06"] {
        let text = format!("{STORY} It was written on {day}.");
        let published = Some(day.parse().expect("a day"));
        let sha256 = Sha256::of(text.as_bytes());
        let document = Document { published, text, ..Document::bare(sha256) };
        let reading = read_document(&document);
        let item = Item {
            document: &document,
            bytes: document.text.as_bytes(),
            pictures: &[],
            reading: Some((READER, &reading)),
        };
        casebook.store(&[item]).expect("a document");
    }
    casebook.settle(|_| {}).expect("records");
}

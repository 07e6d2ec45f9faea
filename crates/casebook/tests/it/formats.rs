//! Casebooks of every format that was ever released, opened by this program.
//!
//! `UPDATE_FORMATS=1` writes the one of the present format; do so only before its first release.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use throughline_casebook::{Casebook, Item, PictureBytes};
use throughline_model::*;

use crate::world::{Story, document, reading};

/// Each format, with the content hash of its casebook.
const RELEASED: &[(u32, &str)] = &[
    (1, "fc6e0203fb3d7d7a5b8a2c0c5a49c30d4290746c34144c03d2c2bd0e7ac2b316"),
    // Pictures, of which the first document has one.
    (2, "518f4814f7dee38d52601d3feebd80c7d778febb0a1d923a073142f0cb23efc9"),
    // Media, which the second document says.
    (3, "ee246984ecb134298f2bd15a3c74004b7251886f68efd54fda22d9ae1693e1ea"),
    // Grades of a source and of what it says.
    (4, "52d57fdb6c88fb13f25c69adc3d8693b222dbcb10f97e3bb90ea594151cb70ce"),
    // The file that the third document came in, what one coder coded, and a codebook.
    (5, "ae2d12eaa341850857ca49534910ef1b831c8d1a019baa9a48390fc42eb7807c"),
    // Two incidents that somebody judged to have nothing to do with each other.
    (6, "939f40500fdc0477a2bd3c7a8ece5ce89ec349423442e3e0261dd879e9a7e439"),
    // What stands for the mentions of the document that was removed, of which somebody found something.
    (7, "dee756fcdb77d8b0603002af56811143eb57e319f139ffdccb06e59bfaa6fa21"),
    // What stays of two judgments that went with it, one of which took the place of the grade of what was said.
    (8, "c700f9d711a51a448a1ea714a93f527baa2bd04cdb5d17bcb2248cfd7b03e2cb"),
];

const CODEBOOK: &str = "name = 'own'\ntitle = 'Our own'\nversion = 1\n[[variable]]\nname = 'killed'\n\
    question = 'How many?'\ndefinition = 'All.'\nchosen = 'the latest word'\n";

const PICTURE: &[u8] = b"the bytes of a picture";

fn kept(version: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/formats/v{version}.casebook"))
}

fn story(number: u8) -> Story {
    let published = (number != 2).then_some(number + 1);
    let (place, person) = (usize::from(number % 2), usize::from(number % 4));
    Story { number, published, place, day: 1, killed: 3, person, hedged: number == 1, long: false }
}

fn store(casebook: &mut Casebook, number: u8) {
    let mut document = document(&story(number));
    if number == 0 {
        let (sha256, name) = (Some(Sha256::of(PICTURE)), "quay.jpg".to_owned());
        document.pictures = vec![Picture { sha256, name, caption: None, at: None }];
    }
    document.medium = (number == 1).then_some(Medium::Letter);
    document.file = (number == 2).then(|| "reports/march.txt".to_owned());
    let reading = reading(&document, &story(number));
    let bytes = document.text.as_bytes();
    let pictures = [PictureBytes::seen(PICTURE.to_vec())];
    let pictures = &pictures[..document.pictures.len()];
    let item = Item { document: &document, bytes, pictures, reading: Some(("rules-1", &reading)) };
    casebook.store(&[item]).unwrap();
}

/// Four documents, one with a picture, three kinds of judgment, a removal.
fn make(path: &Path) {
    let _ = std::fs::remove_file(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut casebook = Casebook::open_or_create(path).unwrap();
    (0..4).for_each(|number| store(&mut casebook, number));
    let readings = [0, 2].map(|number| reading(&document(&story(number)), &story(number)));
    let goes = reading(&document(&story(3)), &story(3));
    let going = goes.mentions[2].id;
    let acts = [
        Act::Same(readings[0].mentions[2].id, readings[1].mentions[2].id),
        Act::Accept(readings[0].assertions[0].id),
        Act::Dated {
            document: readings[1].mentions[0].document,
            published: "1894-03-09".parse().unwrap(),
        },
        Act::Grade { source: "Paper 0".into(), reliability: Reliability::B },
        Act::Credit { assertion: readings[0].assertions[1].id, credibility: Credibility::Possible },
        Act::Code(Box::new(Target {
            subject: readings[0].assertions[1].subject,
            variable: Variable::Killed,
            party: None,
            value: Some(Value::Figure(Figure::exactly(4))),
            rests_on: vec![readings[0].assertions[1].id],
        })),
        Act::Unrelated(readings[0].assertions[1].subject, readings[1].assertions[1].subject),
        Act::Same(going, readings[1].mentions[2].id),
        Act::Find(Box::new(Target {
            subject: going,
            variable: Variable::Wounded,
            party: None,
            value: Some(Value::Figure(Figure::exactly(7))),
            rests_on: vec![],
        })),
        Act::Dated {
            document: goes.mentions[0].document,
            published: "1894-03-11".parse().unwrap(),
        },
        Act::Accept(goes.assertions[0].id),
    ];
    let mut graded = vec![];
    for act in acts {
        let of_what_goes = act == Act::Accept(goes.assertions[0].id);
        let grades = matches!(act, Act::Credit { .. });
        let judgment = Judgment {
            id: JudgmentId::from_bits(0),
            by: "A coder".into(),
            made: Instant(0),
            reason: "as read".into(),
            cites: vec![],
            supersedes: if of_what_goes { graded.clone() } else { vec![] },
            act,
        };
        let judgment = judgment.sealed();
        casebook.judge(&judgment).unwrap();
        graded.extend(grades.then_some(judgment.id));
    }
    casebook.adopt_codebook(CODEBOOK).unwrap();
    casebook.forget(document(&story(3)).id, "A coder", "a request").unwrap();
}

#[test]
fn every_released_format_opens_verifies_and_goes_on() {
    if std::env::var_os("UPDATE_FORMATS").is_some() {
        make(&kept(RELEASED[RELEASED.len() - 1].0));
    }
    for (version, content) in RELEASED {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.casebook");
        std::fs::copy(kept(*version), &path).unwrap();
        let mut casebook = Casebook::open(&path).unwrap();
        assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![], "format {version}");
        let head = casebook.head().unwrap();
        let entries = match version {
            1..=3 => 12,
            4 => 14,
            5 => 16,
            6 => 17,
            7 => 19,
            _ => 21,
        };
        assert_eq!((head.entries, head.content.to_string().as_str()), (entries, *content));
        let held = casebook.picture(Sha256::of(PICTURE)).unwrap();
        assert_eq!(held.is_some(), *version >= 2, "format {version}");
        let letter = casebook.document(document(&story(1)).id).unwrap().unwrap();
        assert_eq!(letter.medium.is_some(), *version >= 3, "format {version}");
        let third = casebook.document(document(&story(2)).id).unwrap().unwrap();
        assert_eq!(third.file.is_some(), *version >= 5, "format {version}");
        let own = casebook.codebook().unwrap().codebook.name == "own";
        assert_eq!(own, *version >= 5, "format {version}");
        let codings = casebook.codings(AsOf::default()).unwrap();
        assert_eq!(codings.fields.len(), usize::from(*version >= 5), "format {version}");
        let found = casebook.listed(SubjectKind::Incident, AsOf::default(), 9).unwrap();
        let found = found.iter().flat_map(|one| &one.holdings);
        let found = found.filter(|held| held.variable == Variable::Wounded).count();
        assert_eq!(found, usize::from(*version >= 7), "format {version}");
        let said = reading(&document(&story(0)), &story(0)).assertions[1].id;
        let graded = casebook.standing(AsOf::default()).unwrap().credibility(said).is_some();
        assert_eq!(graded, (4..=7).contains(version), "format {version}");
        let incidents = casebook.listed(SubjectKind::Incident, AsOf::default(), 9).unwrap();
        assert_eq!(incidents.len(), 2, "format {version}");
        store(&mut casebook, 9);
        casebook.settle(|_| {}).unwrap();
        assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![], "format {version}");
    }
}

#[test]
fn rows_that_another_version_derived_are_made_anew() {
    for sql in [
        "UPDATE derivation SET version = 99; UPDATE record SET held = '?'; DELETE FROM local",
        "DROP TABLE derivation; DROP TABLE record; ALTER TABLE mention ADD COLUMN more INTEGER",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.casebook");
        std::fs::copy(kept(1), &path).unwrap();
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let mut casebook = Casebook::open(&path).unwrap();
        assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![], "{sql}");
    }
}

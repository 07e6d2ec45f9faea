//! The sample's tables, read against its dispatches: nothing in them hangs in the air.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use throughline_eval::coding::{Coded, Tables, code};
use throughline_model::Document;

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample")
}

fn table(name: &str) -> String {
    std::fs::read_to_string(sample().join(name)).unwrap()
}

fn dispatches() -> BTreeMap<String, Document> {
    throughline_capture::capture([sample().join("dispatches")], Default::default())
        .map(|item| {
            let captured = item.unwrap();
            let file = Path::new(&captured.place).file_name().unwrap().to_str().unwrap().to_owned();
            (file, captured.document)
        })
        .collect()
}

fn coded() -> Coded {
    let dispatches = dispatches();
    let tables = Tables {
        coding: &table("coding.tsv"),
        subjects: &table("subjects.tsv"),
        judgments: &table("judgments.tsv"),
        findings: &table("findings.tsv"),
        dispatches: &dispatches,
        agency: "Meridian Agency",
        coder: "the coder",
    };
    code(tables).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_row_becomes_an_assertion() {
    let coded = coded();
    let rows = table("coding.tsv").lines().count() - 1;
    let said: usize = coded.readings.iter().map(|(_, reading)| reading.assertions.len()).sum();
    assert_eq!(said, rows);
    assert_eq!(coded.readings.len(), dispatches().len());
}

#[test]
fn the_sample_shows_every_kind_of_judgment() {
    let acts: std::collections::BTreeSet<&str> =
        coded().judgments.iter().map(|judgment| judgment.act.name()).collect();
    for act in ["accept", "find", "same", "not-same", "unsure", "withdraw", "retract", "undo"] {
        assert!(acts.contains(act), "{act}");
    }
}

#[test]
fn every_judgment_supersedes_only_earlier_ones_and_gives_a_reason() {
    let mut known = std::collections::BTreeSet::new();
    for judgment in coded().judgments {
        assert!(judgment.supersedes.iter().all(|id| known.contains(id)), "{}", judgment.reason);
        assert!(!judgment.reason.is_empty());
        assert!(known.insert(judgment.id), "twice: {}", judgment.reason);
    }
}

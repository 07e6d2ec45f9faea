//! docs/formats.md against what is read and written.

use throughline_model::{Act, DocumentId, Sha256, Variable};

use crate::lines::{self, Line};
use crate::table::Map;

const PAGE: &str = include_str!("../../../docs/formats.md");

/// The names that an error lists as expected.
fn expected(error: &str) -> Vec<String> {
    if let Some((_, list)) =
        error.split_once("unknown key").and_then(|(_, it)| it.split_once(" has "))
    {
        return list.split(", ").map(str::to_owned).collect();
    }
    let list = error.split_once("expected ").map_or("", |(_, list)| list);
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[track_caller]
fn check(error: &str) {
    let names = expected(error);
    assert!(!names.is_empty(), "{error}");
    for name in names {
        assert!(PAGE.contains(&format!("`{name}`")), "`{name}` is not in docs/formats.md");
    }
}

#[test]
fn every_field_of_a_line_is_described() {
    for kind in
        ["document", "reading", "mention", "assertion", "note", "judgment", "removed", "entry"]
    {
        assert!(PAGE.contains(&format!("`{kind}`")), "{kind}");
        let line = format!("{{\"{kind}\": {{\"zzz\": 1}}}}");
        check(&lines::read(&line).unwrap_err().to_string());
    }
    // An undo is its name alone.
    assert!(PAGE.contains("`\"undo\"`"), "undo");
    for act in Act::NAMES.into_iter().filter(|name| *name != "undo") {
        assert!(PAGE.contains(&format!("{{\"{act}\": ")), "{act}");
    }
}

#[test]
fn every_key_of_a_map_is_described() {
    let head = "by = \"A\"\nid = \"i\"\n";
    for map in [
        "zzz = 1".to_owned(),
        format!("{head}[cites]\nzzz = 1"),
        format!("{head}cites = {{ work = \"w\" }}\n[[value]]\nzzz = 1"),
        format!("{head}cites = {{ work = \"w\" }}\n[[claim]]\nzzz = 1"),
    ] {
        check(&Map::read(&map).unwrap_err().to_string());
    }
}

#[test]
fn every_variable_is_described() {
    for variable in Variable::all() {
        assert!(PAGE.contains(&format!("| `{}` |", variable.name())), "{}", variable.name());
    }
}

#[test]
fn the_example_of_a_map_is_one() {
    let from = PAGE.find("```toml\n").unwrap() + "```toml\n".len();
    let to = from + PAGE[from..].find("```").unwrap();
    Map::read(&PAGE[from..to]).unwrap();
}

/// The lines of a block of the page.
fn block(language: &str) -> &'static str {
    let (_, rest) = PAGE.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn the_lines_shown_name_each_other_by_the_ids_that_they_get() {
    let read: Vec<Line> = block("jsonl").lines().map(|line| lines::read(line).unwrap()).collect();
    let [Line::Document(document), Line::Mention(mention, None), Line::Assertion(said, None)] =
        read.as_slice()
    else {
        panic!("{read:?}")
    };
    assert_eq!(document.sha256, Sha256::of(document.text.as_bytes()));
    assert_eq!((mention.document, said.document), (document.id, document.id));
    assert_eq!(said.subject, mention.id);
}

#[test]
fn a_document_that_is_not_named_gets_its_id_and_one_of_nothing_is_refused() {
    let document = |fields: &str| match lines::read(&format!("{{\"document\": {{{fields}}}}}")) {
        Ok(Line::Document(document)) => Ok(document.id),
        other => Err(other.unwrap_err().to_string()),
    };
    let of = |text: &str| Ok(DocumentId::of_bytes(Sha256::of(text.as_bytes())));
    assert_eq!(document(r#""text": "Two held.", "title": "Held""#), of("Two held."));
    assert_eq!(document(r#""title": "A. Marsh, 2019""#), of("A. Marsh, 2019"));
    let other = DocumentId::of_bytes(Sha256::of(b"other"));
    let wrong = document(&format!(r#""id": "{other}", "text": "Two held.""#)).unwrap_err();
    assert!(wrong.contains("does not belong to this document"), "{wrong}");
    let nothing = document(r#""source": "The Post""#).unwrap_err();
    assert!(nothing.contains("give its sha256, its text, or the title"), "{nothing}");
}

//! docs/formats.md against what is read and written.

use throughline_model::Variable;

use crate::lines;
use crate::table::Map;

const PAGE: &str = include_str!("../../../docs/formats.md");

/// The names that an error lists as expected.
fn expected(error: &str) -> Vec<String> {
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
    for act in [
        "accept", "reject", "correct", "retract", "withdraw", "find", "same", "not-same", "unsure",
        "dated", "grade", "credit",
    ] {
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

//! Pages of cases: a short text and the records that it must give.
//!
//! Each `golden/*.md` has cases under second headings: a sentence that says why, a block
//! with the text, and a block of the expected lines. The text's block is `text` (its words
//! are all body) or `article` (laid out as a paper prints it), with `published=DAY`; or
//! `article from=FILE`, a file beside the pages. What is known to be wrong is recorded as it
//! is, under a heading that ends with `known-wrong`. `UPDATE_GOLDEN=1` rewrites the records.

use std::path::{Path, PathBuf};

use throughline_model::Document;

use crate::document::{document, plain};
use crate::view;

/// One case of a page. Lines are indices into the page.
struct Case {
    heading: String,
    text: Option<(String, String)>,
    why: bool,
    records: Option<std::ops::Range<usize>>,
}

#[test]
fn pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    pages.sort();
    assert!(!pages.is_empty(), "no pages in {}", folder.display());
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut problems = Vec::new();
    for path in pages {
        let page = std::fs::read_to_string(&path).unwrap();
        let (rewritten, found) = check(&folder, &page);
        if update {
            std::fs::write(&path, rewritten).unwrap();
        }
        let name = path.file_name().unwrap_or_default().display().to_string();
        problems.extend(found.iter().map(|problem| format!("{name}: {problem}")));
    }
    assert!(update || problems.is_empty(), "{}", problems.join("\n"));
}

/// The page with the records as they are read, and what differs.
fn check(folder: &Path, page: &str) -> (String, Vec<String>) {
    let mut lines: Vec<String> = page.lines().map(str::to_owned).collect();
    let mut problems = Vec::new();
    let cases = cases(&lines);
    if cases.is_empty() {
        problems.push("no case".to_owned());
    }
    // From the last case on, so that the places of earlier ones stay.
    for case in cases.iter().rev() {
        let heading = &case.heading;
        let (Some((info, text)), Some(records), true) = (&case.text, &case.records, case.why)
        else {
            problems.push(format!("{heading}: a case is a sentence, a text and its records"));
            continue;
        };
        let document = case_document(folder, info, text);
        let found = view::lines(&throughline_read::read(&document));
        let expected = &lines[records.clone()];
        if expected != found {
            let only = |a: &[String], b: &[String], sign: &str| -> Vec<String> {
                a.iter().filter(|line| !b.contains(line)).map(|l| format!("  {sign} {l}")).collect()
            };
            let mut differing = only(expected, &found, "-");
            differing.extend(only(&found, expected, "+"));
            problems.push(format!("{heading}\n{}", differing.join("\n")));
        }
        lines.splice(records.clone(), found);
    }
    (lines.join("\n") + "\n", problems)
}

fn cases(lines: &[String]) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].as_str();
        at += 1;
        if let Some(heading) = line.strip_prefix("## ") {
            let heading = heading.to_owned();
            cases.push(Case { heading, text: None, why: false, records: None });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        let Some(info) = line.strip_prefix("```") else {
            case.why |= !line.trim().is_empty();
            continue;
        };
        let from = at;
        while at < lines.len() && lines[at] != "```" {
            at += 1;
        }
        let block = from..at;
        at += 1;
        if info == "records" {
            case.records = Some(block);
        } else {
            case.text = Some((info.to_owned(), lines[block].join("\n")));
        }
    }
    cases
}

fn case_document(folder: &Path, info: &str, text: &str) -> Document {
    let given = |key: &str| info.split(' ').find_map(|part| part.strip_prefix(key));
    let published = given("published=");
    if let Some(file) = given("from=") {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        return document(&text, published.map(|day| day.parse().unwrap()));
    }
    if info.starts_with("article") {
        return document(text, published.map(|day| day.parse().unwrap()));
    }
    plain(text, published)
}

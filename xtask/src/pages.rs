//! `cargo xtask pages`: how much of the articles in saved pages is read, and how much else.
//!
//! A folder holds pages, `NAME.html`, each with `NAME.article.txt`: the article's words, then a line
//! of four hyphens, then words beside it that a reader may have or leave (headline, author, caption,
//! terms). With `--features readability` a readability library is scored beside ours.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use throughline_capture::{Absent, Given, read_html};

use crate::sample::root;

const PAGES: &str = "crates/capture/tests/pages";

/// A reader of pages: its name, and what it makes of one.
type Reader = (&'static str, fn(&[u8]) -> String);

fn readers() -> Vec<Reader> {
    vec![
        ("capture", |bytes| {
            let page = read_html(bytes, &Given::default(), &mut |_| Err(Absent::NoFolder));
            page.map(|page| page.document.text).unwrap_or_default()
        }),
        #[cfg(feature = "readability")]
        ("dom_smoothie", |bytes| {
            // The library takes text, so it is given ours: UTF-8 as far as it is, else Windows-1252.
            let text = throughline_capture::decode(bytes).unwrap_or_default();
            let article = dom_smoothie::Readability::new(text.as_str(), None, None)
                .and_then(|mut reader| reader.parse());
            // It joins paragraphs without a space; the end of a tag is one here.
            article.map(|article| spaced(&article.content)).unwrap_or_default()
        }),
    ]
}

/// The words between tags.
#[cfg(feature = "readability")]
fn spaced(html: &str) -> String {
    let fragment = format!("<article>{}</article>", html.replace('<', " <"));
    dom_smoothie::Readability::new(fragment.as_str(), None, None)
        .map(|reader| reader.doc.text().to_string())
        .unwrap_or_default()
}

/// Prints the score of each page and reader.
pub(crate) fn run(folder: Option<&str>) -> anyhow::Result<()> {
    let folder = folder.map_or_else(|| root().join(PAGES), PathBuf::from);
    let readers = readers();
    let names: Vec<&str> = readers.iter().map(|(name, _)| *name).collect();
    println!("| page | {} |\n|---|{}", names.join(" | "), "--:|".repeat(names.len()));
    let mut sums = vec![0.0; readers.len()];
    let mut spent = vec![Duration::ZERO; readers.len()];
    let pages = pages(&folder)?;
    if pages.is_empty() {
        bail!("{} holds no page with its article", folder.display());
    }
    for (name, page, article) in &pages {
        let mut row = format!("| {name} |");
        for (at, (_, reader)) in readers.iter().enumerate() {
            let begun = Instant::now();
            let text = reader(page);
            spent[at] += begun.elapsed();
            let score = article.f1(&text);
            sums[at] += score;
            row.push_str(&format!(" {score:.3} |"));
        }
        println!("{row}");
    }
    let count = pages.len() as f64;
    let means: Vec<String> = sums.iter().map(|sum| format!("{:.3}", sum / count)).collect();
    println!("| **mean of {}** | {} |", pages.len(), means.join(" | "));
    let bytes: usize = pages.iter().map(|(_, page, _)| page.len()).sum();
    for (at, (name, _)) in readers.iter().enumerate() {
        let a_minute = count / spent[at].as_secs_f64() * 60.0;
        eprintln!(
            "{name}: {a_minute:.0} pages a minute on one core, of {} KB each",
            bytes / pages.len() / 1_000
        );
    }
    Ok(())
}

/// The words of an article, and those beside it.
struct Article {
    words: BTreeMap<String, usize>,
    beside: BTreeMap<String, usize>,
}

impl Article {
    /// The harmonic mean of the share of `text` that is the article's, and of the article that
    /// `text` has, by words; words beside the article count neither way.
    fn f1(&self, text: &str) -> f64 {
        let found = words(text);
        let (mut both, mut more) = (0, 0);
        for (word, count) in &found {
            let wanted = self.words.get(word).copied().unwrap_or(0);
            let free = self.beside.get(word).copied().unwrap_or(0);
            both += wanted.min(*count);
            more += count.saturating_sub(wanted + free);
        }
        let all: usize = self.words.values().sum();
        match both + more + all {
            0 => 1.0,
            sum => 2.0 * both as f64 / sum as f64,
        }
    }
}

fn words(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let words =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words {
        *counts.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    counts
}

type Page = (String, Vec<u8>, Article);

fn pages(folder: &Path) -> anyhow::Result<Vec<Page>> {
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let article = path.with_extension("article.txt");
        if path.extension().is_none_or(|extension| extension != "html") || !article.exists() {
            continue;
        }
        let text = std::fs::read_to_string(&article)?;
        let (own, beside) = text.split_once("----\n").unwrap_or((&text, ""));
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let article = Article { words: words(own), beside: words(beside) };
        pages.push((name, std::fs::read(&path)?, article));
    }
    pages.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(pages)
}

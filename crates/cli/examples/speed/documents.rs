//! Documents made by recombining the sentences of others, the same ones for the same seed.

use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Value, json};

/// Numbers that look random and are the same every time (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or(0)
    }

    /// A rank below `end`, so that the first is `end.ln()` times as likely as an even share: as
    /// names are distributed in news.
    pub(crate) fn zipf(&mut self, end: usize) -> usize {
        #[expect(clippy::cast_precision_loss, reason = "fifty-three bits are plenty for a die")]
        let even = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        #[expect(clippy::cast_precision_loss, reason = "ranks are far below 2^53")]
        let rank = ((end as f64 + 1.0).powf(even) - 1.0).floor();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and end"
        )]
        let rank = rank as usize;
        rank.min(end - 1)
    }
}

/// The sentences of every text below a folder: of JSON lines (`.jsonl`) with a field `text` or a
/// list `sentences` of words, and of plain text files (`.txt`). Other files are not opened.
pub(crate) fn sentences(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut files = files(folder)?;
    files.sort();
    let mut sentences = Vec::new();
    for file in files {
        let read = || std::fs::read_to_string(&file).with_context(|| file.display().to_string());
        match file.extension().and_then(|ending| ending.to_str()) {
            Some("jsonl") => {
                for line in read()?.lines() {
                    let line: Value = serde_json::from_str(line)?;
                    if let Some(text) = line["text"].as_str() {
                        sentences.extend(split(text));
                    }
                    for words in line["sentences"].as_array().into_iter().flatten() {
                        let words: Vec<&str> = words
                            .as_array()
                            .into_iter()
                            .flatten()
                            .filter_map(Value::as_str)
                            .collect();
                        sentences.push(words.join(" "));
                    }
                }
            }
            Some("txt") => sentences.extend(split(&read()?)),
            _ => {}
        }
    }
    sentences.retain(|sentence| (20..600).contains(&sentence.len()));
    anyhow::ensure!(!sentences.is_empty(), "{} holds no texts", folder.display());
    Ok(sentences)
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        match path.is_dir() {
            true => found.extend(files(&path)?),
            false => found.push(path),
        }
    }
    Ok(found)
}

fn split(text: &str) -> Vec<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.split_inclusive(". ").map(|sentence| sentence.trim().to_owned()).collect()
}

/// A text of so many bytes or a few more, in paragraphs of three sentences.
pub(crate) fn text(sentences: &[String], bytes: usize, dice: &mut Dice) -> String {
    let mut text = String::with_capacity(bytes + 2_000);
    while text.len() < bytes {
        for end in [" ", " ", "\n\n"] {
            text.push_str(&sentences[dice.below(sentences.len())]);
            text.push_str(end);
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// One JSON line a document: eight to fifteen sentences, a headline, a date within four years.
pub(crate) fn line(sentences: &[String], number: usize, dice: &mut Dice) -> String {
    let mut pick = || sentences[dice.below(sentences.len())].as_str();
    let title: String = pick().chars().take(70).collect();
    let paragraphs: Vec<&str> = (0..8).map(|_| pick()).collect();
    let more: Vec<String> =
        (0..dice.below(8)).map(|_| sentences[dice.below(sentences.len())].clone()).collect();
    let (year, month, day) = (2013 + dice.below(4), 1 + dice.below(12), 1 + dice.below(28));
    json!({
        "id": number.to_string(),
        "source": format!("Paper {}", dice.zipf(200)),
        "title": title,
        "published": format!("{year:04}-{month:02}-{day:02}"),
        "text": format!("{}\n\n{}", paragraphs.join(" "), more.join(" ")),
    })
    .to_string()
}

//! What reading costs as texts grow, for texts that no newspaper prints: one sentence without an
//! end, one name over and over, nothing but numbers, marks or capitals.
//!
//! `cargo run --release -p throughline-read --example lengths -- [KILOBYTES [KIND]]`
//!
//! Each kind is read at a quarter, at half and at all of so many kilobytes (1,024 unless told). A
//! text twice as long should take twice as long: the last column says how many times as long it
//! took. Seconds of the clock.

use std::time::Instant;

use throughline_model::{Document, Sha256};

/// What is repeated up to the length, by kind.
const KINDS: &[(&str, &str)] = &[
    ("paragraph", "A gunman killed three people at Lenn station on Tuesday, police said. "),
    ("unended", "a gunman named Adnan Rauf killed three people at Lenn station, police said, and "),
    ("name", "Adnan Rauf "),
    ("names", "Adnan Rauf and Karl Benn of the Red Front in Lenn, "),
    ("group", "Islamic State "),
    ("said", "police said "),
    ("quoted", "“we did it,” said Adnan Rauf, "),
    ("date", "13 November 2015 "),
    ("days", "Tuesday, last summer, 2015-11-13, "),
    ("number", "31 "),
    ("counted", "three of the 31 people, "),
    ("digits", "1"),
    ("straight", "\""),
    ("single", "'"),
    ("opening", "“"),
    ("closing", "”"),
    ("marked", "\"a\" 'b' "),
    ("brackets", "("),
    ("bracketed", "(a) [b] "),
    ("capital", "A "),
    ("capitals", "ABRA "),
    ("comma", ","),
    ("commas", "a, "),
    ("hyphens", "a-"),
    ("prefixes", "anti-A"),
    ("clitics", "a's's "),
    ("stops", "A."),
    ("dots", "."),
    ("letter", "a"),
    ("accents", "e\u{301}"),
    ("killed", "killed "),
    ("he", "he "),
    ("and", "and "),
    ("of", "of the "),
    ("address", "http://a.b/c?"),
    ("lines", "A gunman\n\n"),
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let most = arguments.next().and_then(|all| all.parse().ok()).unwrap_or(1024usize) << 10;
    let asked = arguments.next();
    println!("{:<12}{:>10}{:>10}{:>10}{:>8}", "kind", most / 4, most / 2, most, "times");
    for (kind, piece) in KINDS {
        if asked.as_ref().is_some_and(|asked| asked != kind) {
            continue;
        }
        let [quarter, half, all] = [most / 4, most / 2, most].map(|bytes| seconds(piece, bytes));
        println!("{kind:<12}{quarter:>10.2}{half:>10.2}{all:>10.2}{:>8.1}", all / half);
    }
}

/// How long a text of so many bytes takes.
fn seconds(piece: &str, bytes: usize) -> f64 {
    let text = piece.repeat(bytes / piece.len());
    let document = Document { text, ..Document::bare(Sha256::of(b"length")) };
    let start = Instant::now();
    let reading = throughline_read::read(&document);
    assert!(reading.mentions.len() <= document.text.len());
    start.elapsed().as_secs_f64()
}

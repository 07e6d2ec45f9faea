//! What capture makes of office documents, and how fast: for looking at, and for the figures in
//! `docs/performance.md`.
//!
//! `cargo run --release -p throughline-capture --example office -- FILE…` prints each document;
//! with `--time`, only the pages read in a second; with `--against TEXT`, how many words of TEXT
//! stand in each document, in their order.

use std::path::Path;
use std::time::Instant;

use throughline_capture::{Cause, Given, read_docx, read_epub, read_odt, read_pdf};
use throughline_model::Document;

fn main() {
    let (mut timed, mut pages, started) = (false, 0, Instant::now());
    let mut against: Option<String> = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--against" {
            against = arguments.next().and_then(|path| std::fs::read_to_string(path).ok());
            continue;
        }
        if argument == "--time" {
            timed = true;
            continue;
        }
        match read(Path::new(&argument)) {
            Ok(document) if against.is_some() => {
                let source = against.as_deref().unwrap_or_default();
                let (found, all, more) = shared(source, &document.text);
                println!("{argument}: {found} of {all} words in order, {more} more words");
            }
            Ok(document) if timed => pages += document.pages.len(),
            Ok(document) => print(&argument, &document),
            Err(cause) => println!("{argument}: {cause}"),
        }
    }
    if timed {
        let seconds = started.elapsed().as_secs_f64();
        println!("{pages} pages in {seconds:.2} s, {:.0} a second", pages as f64 / seconds);
    }
}

fn read(path: &Path) -> Result<Document, Cause> {
    let bytes = std::fs::read(path).map_err(Cause::Io)?;
    let given = Given::default();
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("docx") => read_docx(&bytes, &given).map(|read| read.document),
        Some("epub") => read_epub(&bytes, &given).map(|read| read.document),
        Some("odt") => read_odt(&bytes, &given).map(|read| read.document),
        _ => read_pdf(&bytes, &given).map(|read| read.document),
    }
}

fn print(path: &str, document: &Document) {
    println!("== {path}");
    println!("title {:?} byline {:?}", document.title, document.byline);
    println!("language {:?} modified {:?}", document.language, document.modified);
    for note in &document.notes {
        println!("note: {note}");
    }
    for picture in &document.pictures {
        println!("picture: {picture:?}");
    }
    for zone in &document.zones {
        let page = document.page_at(zone.span.start).unwrap_or("-");
        println!("[{page}] {:?}: {}", zone.role, zone.span.of(&document.text));
    }
}

/// How many words of a source stand in a text in their order, how many there are, and how many more
/// the text has.
fn shared(source: &str, text: &str) -> (usize, usize, usize) {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (source, text) = (words(source), words(text));
    let mut row = vec![0usize; text.len() + 1];
    for word in &source {
        let mut diagonal = 0;
        for (at, other) in text.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if word == other { diagonal + 1 } else { above.max(row[at]) };
            diagonal = above;
        }
    }
    let found = row[text.len()];
    (found, source.len(), text.len() - found)
}

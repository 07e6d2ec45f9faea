//! What capture makes of office documents, and how fast: for looking at, and for the figures in
//! `docs/performance.md`.
//!
//! `cargo run --release -p throughline-capture --example office -- FILE…` prints each document;
//! with `--time`, only its pages and the pages read in a second.

use std::path::Path;
use std::time::Instant;

use throughline_capture::{Cause, Given, read_docx, read_odt, read_pdf};
use throughline_model::Document;

fn main() {
    let (mut timed, mut pages, started) = (false, 0, Instant::now());
    for argument in std::env::args().skip(1) {
        if argument == "--time" {
            timed = true;
            continue;
        }
        match read(Path::new(&argument)) {
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
        Some("odt") => read_odt(&bytes, &given).map(|read| read.document),
        _ => read_pdf(&bytes, &given),
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

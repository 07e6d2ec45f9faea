//! How many words a second the stages read, each on texts that are in memory already.
//!
//! `cargo run --release -p throughline-read --example words -- TEXTS [ROUNDS]`
//!
//! TEXTS is one file of texts, a form feed between them. Each stage reads all of them ROUNDS times
//! (three unless told), on one thread; the fastest round counts. Words are runs of characters that
//! are no space, so that programs that cut words otherwise can be set beside this.

use std::time::Instant;

use throughline_model::{Document, Sha256};
use throughline_read::trained::{Columns, Page, Weights, names, parts, syntax};

/// What a stage is timed by: it reads a text, and says how much it found.
type Stage<'a> = &'a dyn Fn(&str) -> usize;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("name a file of texts");
    let rounds: usize = arguments.next().and_then(|many| many.parse().ok()).unwrap_or(3);
    let all = std::fs::read_to_string(&path).expect("the file of texts can be read");
    let texts: Vec<&str> = all.split('\u{c}').filter(|text| !text.trim().is_empty()).collect();
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    println!("texts: {}, words: {words}", texts.len());

    let weights = Weights::own();
    let tagged = |text: &str| {
        let page = Page::of_text(text);
        let columns = Columns::new(&page, &weights);
        parts::read(&columns, &weights).len()
    };
    let named = |text: &str| {
        let page = Page::of_text(text);
        let columns = Columns::new(&page, &weights);
        let tags = parts::read(&columns, &weights);
        names::read(&columns, &tags, &weights).len()
    };
    let parsed = |text: &str| {
        let page = Page::of_text(text);
        let columns = Columns::new(&page, &weights);
        let tags = parts::read(&columns, &weights);
        let trees = syntax::read(&columns, &tags, &weights);
        names::read(&columns, &tags, &weights).len() + trees.heads.len()
    };
    let whole = |text: &str| {
        let bare = Document::bare(Sha256::of(text.as_bytes()));
        let document = Document { text: text.to_owned(), ..bare };
        throughline_read::read(&document).assertions.len()
    };
    let stages: [(&str, Stage<'_>); 4] = [
        ("parts of speech", &tagged),
        ("and names", &named),
        ("and trees", &parsed),
        ("the whole reader", &whole),
    ];
    for (name, stage) in stages {
        let fastest = (0..rounds).map(|_| seconds(&texts, stage)).fold(f64::INFINITY, f64::min);
        #[expect(clippy::cast_precision_loss, reason = "a rate to be printed")]
        let rate = words as f64 / fastest;
        println!("{name}: {rate:.0} words a second");
    }
}

/// How long a stage takes for all texts, which it must find something in.
fn seconds(texts: &[&str], stage: &dyn Fn(&str) -> usize) -> f64 {
    let start = Instant::now();
    let found: usize = texts.iter().map(|text| stage(text)).sum();
    assert!(found > 0, "nothing was read");
    start.elapsed().as_secs_f64()
}

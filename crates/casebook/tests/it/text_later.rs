//! A document that was kept as bytes and has its text later.

use throughline_casebook::{Casebook, Item, Stored};
use throughline_model::*;

const BYTES: &[u8] = b"{\\rtf1 A bomb went off at the tram depot.}";

fn kept() -> Document {
    Document { notes: vec!["kept as bytes".into()], ..Document::bare(Sha256::of(BYTES)) }
}

fn read() -> Document {
    let text = "A bomb went off at the tram depot.";
    let zones = vec![Zone { role: ZoneRole::Body, span: Span::new(0, text.len()) }];
    let published = Some("2016-05-12".parse().unwrap());
    Document { text: text.into(), zones, published, ..Document::bare(Sha256::of(BYTES)) }
}

fn store(casebook: &mut Casebook, document: &Document) -> Stored {
    let reading = throughline_flow::read_document(document);
    let item = Item { document, bytes: BYTES, pictures: &[], reading: Some(("reader", &reading)) };
    casebook.store(&[item]).unwrap().remove(0)
}

#[test]
fn a_document_that_was_kept_as_bytes_takes_its_text_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.casebook");
    let mut casebook = Casebook::open_or_create(&path).unwrap();
    assert_eq!(store(&mut casebook, &kept()), Stored::New);
    let came = casebook.documents(AsOf::default(), 9).unwrap().0[0].recorded;
    assert_eq!(store(&mut casebook, &kept()), Stored::Known);
    assert_eq!(store(&mut casebook, &read()), Stored::Text);
    assert_eq!(store(&mut casebook, &read()), Stored::Known);
    // Without its reader it is not taken back.
    assert_eq!(store(&mut casebook, &kept()), Stored::Known);
    casebook.settle(|_| {}).unwrap();
    assert_eq!(casebook.document(read().id).unwrap(), Some(read()));
    assert_eq!(casebook.original(read().id).unwrap().as_deref(), Some(BYTES));
    assert_eq!(casebook.documents(AsOf::default(), 9).unwrap().0[0].recorded, came);
    assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![]);
    // What is known is the same as if it had had its text at once.
    let mut straight = Casebook::in_memory().unwrap();
    store(&mut straight, &read());
    assert_eq!(casebook.head().unwrap().content, straight.head().unwrap().content);
    casebook.forget(read().id, "A coder", "a request").unwrap();
    assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![]);
    drop(casebook);
    let left = std::fs::read(&path).unwrap();
    assert!(!left.windows(10).any(|bytes| bytes == b"tram depot"), "the words are still there");
}

//! How a document begins that has no headline to be known by.

use throughline_model::{Document, ZoneRole};

/// How many letters of its first words are shown.
const LETTERS: usize = 80;

/// The first words of a document without a headline, in quotation marks; where it has none, what
/// capture noted of it, in brackets.
pub(crate) fn opening(document: &Document) -> Option<String> {
    if document.title.is_some() {
        return None;
    }
    let body = document.zones.iter().find(|zone| zone.role == ZoneRole::Body);
    let text = body.and_then(|zone| document.text.get(zone.span.start as usize..));
    let words = shortened(text.unwrap_or(&document.text));
    if !words.is_empty() {
        return Some(format!("“{words}”"));
    }
    // The last says what stood in the way of reading it.
    document.notes.last().map(|note| format!("({})", shortened(note)))
}

/// A text in one line, cut between two words.
fn shortened(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        let full = line.chars().count() + 1 + word.chars().count() > LETTERS;
        match line.is_empty() {
            // A first word without end.
            true => line.extend(word.chars().take(LETTERS)),
            false if full => return line + " …",
            false => {
                line.push(' ');
                line.push_str(word);
            }
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use throughline_model::{Sha256, Span, Zone};

    use super::*;

    fn document(text: &str, body: Option<usize>) -> Document {
        let zone = |start| Zone { role: ZoneRole::Body, span: Span::new(start, text.len()) };
        Document {
            text: text.into(),
            zones: body.map(zone).into_iter().collect(),
            notes: vec!["made on Friday".into(), "kept as bytes".into()],
            ..Document::bare(Sha256::of(text.as_bytes()))
        }
    }

    #[test]
    fn an_untitled_document_is_known_by_its_first_words() {
        let check = |document: Document, want: Option<&str>| {
            assert_eq!(opening(&document).as_deref(), want);
        };
        check(document("@lenn\n\nA bomb\nwent off.", Some(7)), Some("“A bomb went off.”"));
        check(document("Share this.", None), Some("“Share this.”"));
        check(document(" ", None), Some("(kept as bytes)"));
        check(Document { title: Some("Two held".into()), ..document("Text.", None) }, None);
        check(Document { notes: vec![], ..document("", None) }, None);
        let long = opening(&document(&"word ".repeat(50), None)).unwrap();
        assert!(long.ends_with("word …”") && long.chars().count() <= LETTERS + 4, "{long}");
        let endless = opening(&document(&"x".repeat(500), None)).unwrap();
        assert_eq!(endless.chars().count(), LETTERS + 2);
    }
}

//! What goes on without the end of a sentence for longer than any sentence: it was read in pieces, and
//! a coder should know.

use throughline_model::NoteKind;

use super::builder::Builder;
use crate::analysis::Analysis;

/// How many words of its beginning a note is about.
const BEGINNING: usize = 8;

/// Notes each such stretch, where it begins.
pub(crate) fn note(analysis: &Analysis, builder: &mut Builder<'_>) {
    let mut within = false;
    for sentence in &analysis.sentences {
        if sentence.goes_on && !within {
            let start = sentence.tokens.start;
            let beginning = start..sentence.tokens.end.min(start + BEGINNING);
            let text = format!(
                "what begins “{}” has no end of a sentence for {} words and marks and more; it is read \
                 in pieces",
                builder.text(beginning.clone()),
                sentence.tokens.len()
            );
            builder.note(beginning, None, NoteKind::Unread, text);
        }
        within = sentence.goes_on;
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::{Document, NoteKind, Sha256};

    #[test]
    fn each_stretch_has_one_note_where_it_begins() {
        let list = "a mill in Ostby, ".repeat(900);
        let text = format!("A mill burned.\n\n{list}\n\nNobody was hurt.\n\nNames: {list}");
        let document = Document { text, ..Document::bare(Sha256::of(b"list")) };
        let notes = crate::read(&document).notes;
        let notes: Vec<_> = notes.iter().filter(|note| note.kind == NoteKind::Unread).collect();
        let words = |at: usize| notes[at].span.of(&document.text);
        assert_eq!(notes.len(), 2, "{notes:?}");
        assert_eq!(words(0), "a mill in Ostby, a mill in");
        assert!(words(1).starts_with("Names: a mill"), "{}", words(1));
        assert!(notes[0].text.contains("“a mill in Ostby, a mill in”"), "{}", notes[0].text);
        let short = Document { text: "A mill burned. ".repeat(900), ..document };
        assert!(crate::read(&short).notes.iter().all(|note| note.kind != NoteKind::Unread));
    }
}

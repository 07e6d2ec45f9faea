//! Which words stand between quotation marks.

use throughline_linear::hash;

use super::columns::Columns;

/// How each word stands to quotation marks: 0 outside, 1 within, 2 as an opening mark, 3 as a
/// closing one.
#[derive(Clone, Debug, Default)]
pub struct Quoted(Vec<u8>);

pub(super) const WITHIN: u8 = 1;
pub(super) const OPENING: u8 = 2;
pub(super) const CLOSING: u8 = 3;

impl Quoted {
    /// Marks pair within a paragraph; one that is not closed reaches to its end.
    pub fn of(columns: &Columns) -> Quoted {
        let known = |marks: &[&str]| -> Vec<u64> {
            marks.iter().map(|mark| hash(mark.as_bytes())).collect()
        };
        let (opening, closing) = (known(&["“", "„", "``", "«"]), known(&["”", "»"]));
        // Agencies write two apostrophes on either side.
        let either = known(&["\"", "''"]);
        let mut held = vec![0; columns.all.len()];
        let (mut open, mut paragraph) = (false, usize::MAX);
        for (sentence, own) in columns.sentences.iter().zip(&columns.paragraphs) {
            if *own != paragraph {
                (open, paragraph) = (false, *own);
            }
            for at in sentence.clone() {
                let word = columns.all[at].word;
                held[at] = if opening.contains(&word) || !open && either.contains(&word) {
                    open = true;
                    OPENING
                } else if open && (closing.contains(&word) || either.contains(&word)) {
                    open = false;
                    CLOSING
                } else {
                    u8::from(open)
                };
            }
        }
        Quoted(held)
    }

    pub(super) fn at(&self, at: usize) -> u8 {
        self.0[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::learned::models::Weights;
    use crate::analysis::learned::page::Page;

    fn check(text: &str, expected: &[u8]) {
        let columns = Columns::new(&Page::of_text(text), &Weights::own());
        assert_eq!(Quoted::of(&columns).0, expected, "{text}");
    }

    #[test]
    fn marks_pair_within_a_paragraph() {
        check("“It rained,” he said.", &[2, 1, 1, 1, 3, 0, 0, 0]);
        check("''Yes.'' She left.", &[2, 1, 1, 3, 0, 0, 0]);
        check("\"Yes.\" She said \"no\".", &[2, 1, 1, 3, 0, 0, 2, 1, 3, 0]);
    }

    #[test]
    fn what_is_not_closed_reaches_to_the_end_of_its_paragraph() {
        check("“It rained. We left.\n\nThey stayed.", &[2, 1, 1, 1, 1, 1, 1, 0, 0, 0]);
    }
}

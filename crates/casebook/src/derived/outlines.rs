//! The outline of a document as bytes, in its derived row.
//!
//! Numbers are LEB128. What is in order is written as the step from the one before it.

use rusqlite::{Connection, OptionalExtension};
use throughline_model::{Day, DocumentId, Outline, OutlineWord};

use crate::derived::body::{Reader, Writer};
use crate::error::{Error, Result};
use crate::ledger::bits;

/// The outline of a document, if it is here and has one.
pub(crate) fn of(connection: &Connection, document: DocumentId) -> Result<Option<Outline>> {
    let bytes: Option<Option<Vec<u8>>> = connection
        .prepare_cached("SELECT outline FROM document WHERE document = ?")?
        .query_row([bits(document)], |row| row.get(0))
        .optional()?;
    bytes.flatten().map(|bytes| decoded(document, &bytes)).transpose()
}

/// The outline of a document from its row.
pub(crate) fn decoded(document: DocumentId, bytes: &[u8]) -> Result<Outline> {
    read(bytes).ok_or_else(|| Error::Damaged(format!("the outline of {document}")))
}

/// An outline as bytes.
pub(crate) fn write(outline: &Outline) -> Vec<u8> {
    let mut out = Writer::new();
    let mut last = 0;
    out.list(&outline.words, |out, one| {
        out.number(u64::from(one.word.wrapping_sub(last)));
        last = one.word;
        out.number(one.said.into());
        out.number(one.named.into());
        out.number(u64::from(one.headline) | u64::from(one.opening) << 1);
    });
    out.list(&outline.full_names, |out, (first, second)| {
        out.number((*first).into());
        out.number((*second).into());
    });
    for names in [&outline.aged, &outline.streets] {
        out.list(names, |out, name| out.number((*name).into()));
    }
    out.list(&outline.ages, |out, age| out.number((*age).into()));
    // A day before 1970 is negative: the sign goes to the end.
    out.list(&outline.days, |out, day| {
        let day = i64::from(day.0);
        out.number(((day << 1) ^ (day >> 63)).cast_unsigned());
    });
    for numbers in [&outline.numbers, &outline.years] {
        out.list(numbers, |out, number| out.number((*number).into()));
    }
    out.list(&outline.sentences, Writer::sentence);
    out.bytes()
}

/// What [`write`] gave; `None` if the bytes are nothing of the kind.
fn read(bytes: &[u8]) -> Option<Outline> {
    let mut input = Reader::of(bytes);
    let mut last = 0u32;
    let words = input.list(|input| {
        last = last.wrapping_add(input.small()?);
        let (said, named) = (input.small()?, input.small()?);
        let marks: u8 = input.small()?;
        let (headline, opening) = (marks & 1 == 1, marks & 2 == 2);
        Some(OutlineWord { word: last, said, named, headline, opening })
    })?;
    let full_names = input.list(|input| Some((input.small()?, input.small()?)))?;
    let (aged, streets) = (input.list(Reader::small)?, input.list(Reader::small)?);
    let ages = input.list(Reader::small)?;
    let days = input.list(|input| {
        let folded = input.number()?;
        let day = (folded >> 1).cast_signed() ^ -(folded & 1).cast_signed();
        Some(Day(i32::try_from(day).ok()?))
    })?;
    let (numbers, years) = (input.list(Reader::small)?, input.list(Reader::small)?);
    let sentences = input.list(Reader::sentence)?;
    let read = Outline { words, full_names, aged, ages, streets, days, numbers, years, sentences };
    input.is_empty().then_some(read)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use throughline_model::{Sentence, Span, Wording};

    fn outline() -> impl Strategy<Value = Outline> {
        let word = (any::<u32>(), any::<u8>(), any::<u8>(), any::<bool>(), any::<bool>());
        let word = word.prop_map(|(word, said, named, headline, opening)| OutlineWord {
            word,
            said,
            named,
            headline,
            opening,
        });
        use prop::collection::vec;
        let hashes = || vec(any::<u32>(), 0..5);
        let sentence = (any::<u16>(), any::<u64>()).prop_map(|(start, wording)| Sentence {
            span: Span::new(start.into(), usize::from(start) + 90),
            wording: Wording::from_bits(wording),
        });
        (
            vec(word, 0..9),
            vec(any::<(u32, u32)>(), 0..5),
            hashes(),
            vec(any::<u8>(), 0..5),
            hashes(),
            vec(any::<i32>().prop_map(Day), 0..5),
            vec(any::<u16>(), 0..5),
            (vec(any::<u16>(), 0..5), vec(sentence, 0..5)),
        )
            .prop_map(|(words, full_names, aged, ages, streets, days, numbers, last)| {
                let (years, sentences) = last;
                Outline { words, full_names, aged, ages, streets, days, numbers, years, sentences }
            })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_and_nothing_less(outline in outline()) {
            let bytes = write(&outline);
            prop_assert_eq!(read(&bytes), Some(outline));
            prop_assert_eq!(read(&bytes[..bytes.len() - 1]), None);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = read(&bytes);
        }
    }
}

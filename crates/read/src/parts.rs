//! Long documents in parts, so that what reading one takes in memory has a bound.
//!
//! What the first layer finds takes some hundred and fifty times the text, and some seven hundred bytes
//! a word or mark: a text of nothing but marks would take five times as much as one of words. A document longer
//! than a part is read one part after the other: a name, a pronoun or an incident is then followed
//! within its part, and what joins parts are the names themselves, as between documents.

use throughline_model::{Document, Reading, Span, Zone, ZoneRole};

/// The longest text that is read at once, by its [`extent`]: some hundred and seventy pages of print.
const PART: usize = 512 << 10;

/// For how many bytes a word or mark counts at least. In print it takes more than five, with its space.
const WORD: usize = 4;

/// Reads a document whole, or part by part where it is long.
pub(crate) fn read(document: &Document, read: impl Fn(&Document) -> Reading) -> Reading {
    read_in(document, PART, read)
}

fn read_in(document: &Document, most: usize, read: impl Fn(&Document) -> Reading) -> Reading {
    if is_short(document, most) {
        return read(document);
    }
    let mut whole = Reading::default();
    let mut part = document.clone();
    for zones in of(document, most) {
        part.zones = zones;
        let Reading { mentions, assertions, notes } = read(&part);
        whole.mentions.extend(mentions);
        whole.assertions.extend(assertions);
        whole.notes.extend(notes);
    }
    whole
}

/// A document with the zones of its first part alone; `None` where it has no second.
pub(crate) fn first(document: &Document) -> Option<Document> {
    if is_short(document, PART) {
        return None;
    }
    let zones = of(document, PART).into_iter().next()?;
    Some(Document { zones, ..document.clone() })
}

/// Whether a document is no longer than a part.
fn is_short(document: &Document, most: usize) -> bool {
    fitting(&document.text, most).is_none()
}

/// How long a text is where each of its letters ends, in bytes of print: a mark, or a letter that begins
/// a word, counts for at least a word.
fn extent(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let (mut words, mut within) = (0, false);
    text.char_indices().map(move |(at, letter)| {
        let wordly = letter.is_alphanumeric();
        words += usize::from(!(wordly && within || letter.is_whitespace()));
        within = wordly;
        let end = at + letter.len_utf8();
        (end, end.max(words * WORD))
    })
}

/// The zones of a document in parts of at most so long an extent each, in order. A zone that is longer is
/// cut after a sentence, else between words.
fn of(document: &Document, most: usize) -> Vec<Vec<Zone>> {
    let text = document.text.as_str();
    let whole = [Zone { role: ZoneRole::Body, span: Span::new(0, text.len()) }];
    let zones = if document.zones.is_empty() { &whole[..] } else { &document.zones };
    let mut parts = Vec::new();
    let mut part = Vec::new();
    let mut taken = 0;
    for zone in zones {
        for span in pieces(text, zone.span, most) {
            let long = extent(span.of(text)).last().map_or(0, |(_, long)| long);
            if taken + long > most && !part.is_empty() {
                parts.push(std::mem::take(&mut part));
                taken = 0;
            }
            taken += long;
            part.push(Zone { span, ..*zone });
        }
    }
    if !part.is_empty() {
        parts.push(part);
    }
    parts
}

/// How many bytes of a text have at most so long an extent; `None` if all have.
fn fitting(text: &str, most: usize) -> Option<usize> {
    let mut fits = 0;
    for (end, long) in extent(text) {
        if long > most {
            return Some(fits);
        }
        fits = end;
    }
    None
}

/// A span in pieces of at most so long an extent. One that does not fit the text has no words, and
/// stays.
fn pieces(text: &str, span: Span, most: usize) -> Vec<Span> {
    let (mut start, end) = (span.start as usize, span.end as usize);
    let mut found = Vec::new();
    while let Some(rest) = text.get(start..end) {
        let Some(fits) = fitting(rest, most) else { break };
        // One letter at least, so that it comes to an end.
        let cut = fits.max(rest.chars().next().map_or(1, char::len_utf8));
        if cut >= rest.len() {
            break;
        }
        let piece = &rest[..cut];
        let after =
            |at: Option<usize>, long: usize| at.map(|at| at + long).filter(|at| *at > cut / 2);
        let ends = ["\n\n", ". ", "? ", "! ", "。"];
        let sentence = ends.iter().filter_map(|stop| after(piece.rfind(stop), stop.len())).max();
        let word = || after(piece.rfind(' '), 1);
        let cut = sentence.or_else(word).unwrap_or(cut).max(1);
        found.push(Span::new(start, start + cut));
        start += cut;
    }
    found.push(Span::new(start, end));
    found
}

#[cfg(test)]
mod tests {
    use throughline_model::Sha256;

    use super::*;

    fn document(text: &str, zones: &[(ZoneRole, &str)]) -> Document {
        let mut from = 0;
        let zones = zones.iter().map(|(role, words)| {
            let start = from + text[from..].find(words).unwrap();
            from = start + words.len();
            Zone { role: *role, span: Span::new(start, from) }
        });
        let zones = zones.collect();
        Document { text: text.into(), zones, ..Document::bare(Sha256::of(text.as_bytes())) }
    }

    #[track_caller]
    fn check(document: &Document, most: usize, want: &[&[&str]]) {
        let parts = of(document, most);
        let words = |part: &Vec<Zone>| -> Vec<String> {
            part.iter().map(|zone| zone.span.of(&document.text).to_owned()).collect()
        };
        assert_eq!(parts.iter().map(words).collect::<Vec<_>>(), want);
    }

    #[test]
    fn parts_are_cut_between_zones_then_sentences_then_words() {
        use ZoneRole::{Body, Headline};
        let text = "Fire\n\nA mill burned. Two died in it.\n\nNobody was hurt.";
        let zones = [
            (Headline, "Fire"),
            (Body, "A mill burned. Two died in it."),
            (Body, "Nobody was hurt."),
        ];
        let zoned = document(text, &zones);
        check(&zoned, 40, &[&["Fire", "A mill burned. Two died in it."], &["Nobody was hurt."]]);
        let cut: &[&[&str]] =
            &[&["Fire", "A mill burned. "], &["Two died in it."], &["Nobody was hurt."]];
        check(&zoned, 22, cut);
        check(&document("a mill burned", &[]), 8, &[&["a mill "], &["burned"]]);
        check(&document("éééé", &[]), 3, &[&["é"], &["é"], &["é"], &["é"]]);
        check(&document("", &[]), 8, &[&[""]]);
    }

    /// What reading takes in memory goes by words and marks, and so do parts.
    #[test]
    fn a_text_of_marks_has_more_parts_than_one_of_words() {
        check(&document("((((((((", &[]), 12, &[&["((("], &["((("], &["(("]]);
        check(&document("a b c d", &[]), 8, &[&["a b "], &["c d"]]);
        for mark in ["(", "“", "a ", "🙂", "…", "A."] {
            let most = 4_000;
            let marks = document(&mark.repeat(20_000 / mark.len()), &[]);
            for part in of(&marks, most) {
                let alone = Document { zones: part, ..marks.clone() };
                let (tokens, _) = crate::analysis::sentences(&alone);
                assert!(tokens.len() <= most / WORD, "{mark}: {}", tokens.len());
            }
        }
    }

    #[test]
    fn a_long_document_says_what_its_parts_say() {
        let sentence = "A gunman killed three people at Lenn station on Tuesday, police said.\n\n";
        let times = 12;
        let long = Document { text: sentence.repeat(times), ..Document::bare(Sha256::of(b"long")) };
        let most = 3 * sentence.len() + 9;
        let read = read_in(&long, most, |part| {
            let analysis = crate::analysis::analyse(part);
            crate::say::assertions(part, &analysis)
        });
        let alone = |zones| crate::read(&Document { zones, ..long.clone() });
        let parts: Vec<Reading> = of(&long, most).into_iter().map(alone).collect();
        assert_eq!(parts.len(), 4);
        let said = |reading: &Reading| reading.assertions.len();
        assert_eq!(said(&read), parts.iter().map(said).sum::<usize>());
        assert!(parts.iter().all(|part| said(part) > 0));
        let mut ids: Vec<_> = read.mentions.iter().map(|mention| mention.id).collect();
        assert!(ids.len() > times);
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), read.mentions.len(), "no mention is told twice");
        let starts: Vec<_> = read.mentions.iter().map(|one| one.passage.span()).collect();
        assert!(starts.is_sorted_by_key(|span| span.map(|span| span.start)));
    }
}

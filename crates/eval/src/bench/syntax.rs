//! Parts of speech and dependencies, in CoNLL-U.
//!
//! Sentences are paired by `# sent_id`, words by their place among the letters of the sentence,
//! spaces left out, so that another way of cutting words costs only the words that it changes;
//! words within a multi-word token are told by their rank in it. Counted are words, their tag, their
//! head, and head with relation, without subtype and with it. Punctuation counts.

use std::collections::BTreeMap;

use super::{Counts, Error, Percent, interval};

/// A word of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it is written.
    pub form: String,
    /// Its part of speech (UPOS).
    pub tag: String,
    /// What it hangs on.
    head: Head,
    relation: String,
    place: Place,
}

/// Where a word stands: its first letter and the one after its last, and its rank counted from the
/// end within a multi-word token, 0 outside.
type Place = (usize, usize, usize);

impl Word {
    /// How it hangs on its head.
    pub fn relation(&self) -> &str {
        &self.relation
    }

    /// Whether it hangs on another word of its sentence.
    pub fn hangs_on(&self, other: &Word) -> bool {
        self.head == Head::Word(other.place)
    }
}

/// What a word hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    Root,
    Word(Place),
}

/// A sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// What it is called.
    pub id: String,
    /// Its words in order, without those that stand for several.
    pub words: Vec<Word>,
    /// The lines of the file it came from, from the first word's to the last's.
    lines: Vec<Vec<String>>,
}

/// The sentences of a CoNLL-U file.
///
/// # Errors
/// If a line has not ten columns or a wrong number in one, a sentence has no name or that of an
/// earlier one, or a head is no word of its sentence.
pub fn sentences(text: &str) -> Result<Vec<Sentence>, Error> {
    let mut found: Vec<Sentence> = Vec::new();
    let mut known = std::collections::BTreeSet::new();
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    let mut id: Option<String> = None;
    for (at, line) in text.lines().chain([""]).enumerate() {
        if let Some(comment) = line.strip_prefix('#') {
            if let Some(name) = comment.strip_prefix(" sent_id =") {
                id = Some(name.trim().to_owned());
            }
        } else if !line.trim().is_empty() {
            let columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
            if columns.len() != 10 {
                let what = format!("expected 10 tab-separated columns, found {}", columns.len());
                return Err(Error::new(at + 1, what));
            }
            rows.push((at + 1, columns));
        } else {
            if !rows.is_empty() {
                let Some(id) = id.take() else {
                    return Err(Error::new(rows[0].0, "sentence without \"# sent_id =\""));
                };
                if !known.insert(id.clone()) {
                    return Err(Error::new(rows[0].0, format!("sent_id {id} occurs twice")));
                }
                let words = words(&rows)?;
                let lines = std::mem::take(&mut rows).into_iter().map(|(_, row)| row).collect();
                found.push(Sentence { id, words, lines });
            }
            id = None;
        }
    }
    Ok(found)
}

fn words(rows: &[(usize, Vec<String>)]) -> Result<Vec<Word>, Error> {
    let mut at = 0;
    let mut places: BTreeMap<usize, Place> = BTreeMap::new();
    let mut found: Vec<(usize, usize, Word)> = Vec::new();
    // The letters of the multi-word token that is being gone through, and how many words are left.
    let mut several = (0, 0, 0);
    for (line, columns) in rows {
        let wrong = |what: &str| Error::new(*line, what);
        let [id, form, _, tag, _, _, head, relation, ..] = columns.as_slice() else {
            return Err(wrong("expected 10 tab-separated columns"));
        };
        if id.contains('.') {
            continue;
        }
        let size = form.chars().filter(|c| !c.is_whitespace()).count();
        if let Some((first, last)) = id.split_once('-') {
            let range = first.parse::<usize>().ok().zip(last.parse::<usize>().ok());
            let Some((first, last)) = range.filter(|(first, last)| first <= last) else {
                return Err(wrong("a range of words needs two numbers"));
            };
            several = (at, at + size, last - first + 1);
            at += size;
            continue;
        }
        let (Ok(id), Ok(head)) = (id.parse::<usize>(), head.parse::<usize>()) else {
            return Err(wrong("ID and HEAD must be numbers"));
        };
        let place = if several.2 > 0 {
            several.2 -= 1;
            (several.0, several.1, several.2 + 1)
        } else {
            at += size;
            (at - size, at, 0)
        };
        places.insert(id, place);
        let word = Word {
            form: form.clone(),
            tag: tag.clone(),
            head: Head::Root,
            relation: relation.clone(),
            place,
        };
        found.push((*line, head, word));
    }
    found
        .into_iter()
        .map(|(line, head, word)| match (head, places.get(&head)) {
            (0, _) => Ok(word),
            (_, Some(place)) => Ok(Word { head: Head::Word(*place), ..word }),
            _ => Err(Error::new(line, format!("HEAD {head} is not a word of the sentence"))),
        })
        .collect()
}

/// What is read of a word: its tag, the rank of the word that it hangs on (none for the root), and
/// how.
pub type Read<'r> = (&'r str, Option<usize>, &'r str);

/// A sentence with what is read of each word, and nothing else changed, as CoNLL-U.
///
/// # Panics
/// If not as many words were read as there are.
pub fn annotated(sentence: &Sentence, read: &[Read<'_>]) -> String {
    assert_eq!(sentence.words.len(), read.len(), "every word is read once");
    let mut text = format!("# sent_id = {}\n", sentence.id);
    let mut read = read.iter();
    for columns in &sentence.lines {
        let mut columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let number;
        if !columns[0].contains(['-', '.'])
            && let Some((tag, head, relation)) = read.next()
        {
            number = head.map_or(0, |head| head + 1).to_string();
            (columns[3], columns[6], columns[7]) = (tag, &number, relation);
        }
        text.push_str(&columns.join("\t"));
        text.push('\n');
    }
    text.push('\n');
    text
}

/// What is counted, in the order of the table.
pub const MEASURES: [&str; 5] = ["words", "upos", "uas", "las", "las_full"];

/// The score of predictions.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// In the order of [`MEASURES`].
    pub measures: [Percent; MEASURES.len()],
    /// Between what bounds the F1 of each lies for nineteen of twenty samples of the sentences.
    pub bounds: [(f64, f64); MEASURES.len()],
}

/// Scores predicted sentences; one of the gold that is missing has no words.
pub fn score(gold: &[Sentence], predicted: &[Sentence]) -> Score {
    let predicted: BTreeMap<&str, &Sentence> =
        predicted.iter().map(|one| (one.id.as_str(), one)).collect();
    let tallies: Vec<[Counts; MEASURES.len()]> =
        gold.iter().map(|one| tally(one, predicted.get(one.id.as_str()).copied())).collect();
    let sums = |at: usize, measure: usize, sum: &mut Counts| sum.add(tallies[at][measure]);
    let mut measures = [Percent::default(); MEASURES.len()];
    for (measure, percent) in measures.iter_mut().enumerate() {
        let mut sum = Counts::default();
        (0..tallies.len()).for_each(|at| sums(at, measure, &mut sum));
        *percent = sum.percent();
    }
    let bounds = [0, 1, 2, 3, 4].map(|measure| {
        interval::bounds(tallies.len(), |drawn| {
            let mut sum = Counts::default();
            drawn.iter().for_each(|at| sums(*at, measure, &mut sum));
            sum.percent().f1
        })
    });
    Score { measures, bounds }
}

fn tally(gold: &Sentence, predicted: Option<&Sentence>) -> [Counts; MEASURES.len()] {
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let none = Vec::new();
    let predicted = predicted.map_or(&none, |one| &one.words);
    let by_place: BTreeMap<Place, &Word> = predicted.iter().map(|one| (one.place, one)).collect();
    let counts =
        Counts { right: 0, predicted: count(predicted.len()), gold: count(gold.words.len()) };
    let mut found = [counts; MEASURES.len()];
    for word in &gold.words {
        let Some(other) = by_place.get(&word.place) else { continue };
        let head = other.head == word.head;
        let plain = |relation: &str| relation.split(':').next().map(str::to_owned);
        let same = plain(&other.relation) == plain(&word.relation);
        let right = [
            true,
            other.tag == word.tag,
            head,
            head && same,
            head && other.relation == word.relation,
        ];
        found.iter_mut().zip(right).for_each(|(one, right)| one.right += u32::from(right));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLD: &str = "# sent_id = a\n# text = Don't go, Ada.\n\
        1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        1\tDo\tdo\tAUX\t_\t_\t3\taux\t_\t_\n\
        2\tn't\tnot\tPART\t_\t_\t3\tadvmod:neg\t_\t_\n\
        3\tgo\tgo\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n\
        4\t,\t,\tPUNCT\t_\t_\t5\tpunct\t_\t_\n\
        5\tAda\tAda\tPROPN\t_\t_\t3\tvocative\t_\tSpaceAfter=No\n\
        6\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_\n";

    #[test]
    fn gold_against_itself_has_full_marks_and_nothing_none() {
        let gold = sentences(GOLD).unwrap();
        assert!(score(&gold, &gold).measures.iter().all(|one| one.f1 == 100.0));
        assert!(score(&gold, &[]).measures.iter().all(|one| one.f1 == 0.0));
    }

    #[test]
    fn other_tags_and_relations_cost_what_they_change() {
        let gold = sentences(GOLD).unwrap();
        let other = GOLD.replace("advmod:neg", "advmod").replace("5\tpunct", "3\tpunct");
        let changed = sentences(&other).unwrap();
        let read = [
            ("AUX", Some(2), "aux"),
            ("PART", Some(2), "advmod"),
            ("NOUN", None, "root"),
            ("PUNCT", Some(2), "punct"),
            ("PROPN", Some(2), "vocative"),
            ("PUNCT", Some(2), "punct"),
        ];
        let changed = sentences(&annotated(&changed[0], &read)).unwrap();
        let rights = score(&gold, &changed).measures.map(|one| one.counts.right);
        assert_eq!(rights, [6, 5, 5, 5, 4]);
    }

    #[test]
    fn words_cut_otherwise_cost_the_words_that_change() {
        let gold = sentences(GOLD).unwrap();
        let whole = "# sent_id = a\n1\tDon't\t_\tAUX\t_\t_\t2\taux\t_\t_\n\
            2\tgo\t_\tVERB\t_\t_\t0\troot\t_\t_\n3\t,\t_\tPUNCT\t_\t_\t4\tpunct\t_\t_\n\
            4\tAda\t_\tPROPN\t_\t_\t2\tvocative\t_\t_\n5\t.\t_\tPUNCT\t_\t_\t2\tpunct\t_\t_\n";
        let words = score(&gold, &sentences(whole).unwrap()).measures[0].counts;
        assert_eq!(words, Counts { right: 4, predicted: 5, gold: 6 });
    }

    #[test]
    fn lines_that_cannot_be_used_are_named() {
        let row = "1\ta\t_\tX\t_\t_\tHEAD\tdep\t_\t_\n";
        for (text, wanted) in [
            ("# sent_id = a\n1\ta\n".to_owned(), "line 2: expected 10"),
            (row.replace("HEAD", "0"), "line 1: sentence without"),
            (format!("# sent_id = a\n{}", row.replace("HEAD", "x")), "line 2: ID and HEAD"),
            (format!("# sent_id = a\n{}", row.replace("HEAD", "7")), "HEAD 7 is not"),
            (format!("# sent_id = a\n{}", row.replace("1\t", "2-1\t")), "a range of words"),
        ] {
            let error = sentences(&text).unwrap_err().to_string();
            assert!(error.contains(wanted), "{error}");
        }
    }
}

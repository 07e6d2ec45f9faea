//! What is looked up of each word, once for all stages.

use std::collections::HashMap;
use std::ops::Range;

use throughline_linear::{Code, hash, join};

use super::lists::{self, Listed};
use super::models::Weights;
use super::page::Page;
use crate::analysis::names::words::{self, Class};
use crate::analysis::{lemmas, tokens};

/// How the letters of a sentence are written, as far as capitals tell names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// As sentences are.
    Mixed,
    Upper,
    Lower,
    Title,
}

/// What is known of one word.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// The word in lower case, its digits all alike.
    pub(super) word: u64,
    /// Its letters as signs for their kinds, and the same with repetitions once.
    pub(super) shape: u64,
    pub(super) brief: u64,
    /// Its first one to four letters; its last.
    pub(super) starts: [u64; 4],
    pub(super) ends: [u64; 4],
    /// Its cluster by its neighbours in the texts of the bench, and by its vector.
    pub(super) code: Option<Code>,
    pub(super) related: Option<Code>,
    /// What the word lists say.
    pub(super) classes: Class,
    /// What it is part of, by the lists of names and by the table of places.
    pub(super) name: Listed,
    pub(super) place: Listed,
    pub(super) letters: Letters,
    pub(super) capital: bool,
    /// Whether it is the first word of its sentence, marks aside.
    pub(super) first: bool,
}

/// What is known of each word of a page.
#[derive(Debug, Default)]
pub struct Columns {
    pub(super) all: Vec<Column>,
    pub(super) sentences: Vec<Range<usize>>,
    /// The paragraph that each sentence stands in.
    pub(super) paragraphs: Vec<usize>,
    elsewhere: HashMap<u64, Elsewhere>,
}

/// What the rest of a text shows of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Elsewhere {
    /// It stands in small letters; with a capital of its own.
    pub(super) small: bool,
    pub(super) own: bool,
    /// Classes of words before it and after it, wherever it has a capital.
    pub(super) before: Class,
    pub(super) after: Class,
    /// Whether it stands in a list of places, or of other names, with its neighbours.
    pub(super) listed: u8,
}

impl Columns {
    /// Looks up every word of a page.
    pub fn new(page: &Page<'_>, weights: &Weights<'_>) -> Columns {
        let (codes, related) = (weights.clusters, weights.related);
        let lowers: Vec<String> = page.words.iter().map(|word| tokens::plain(word)).collect();
        let mut all: Vec<Column> = Vec::with_capacity(page.words.len());
        for sentence in &page.sentences {
            let letters = letters(&page.words[sentence.clone()]);
            let mut first = true;
            for at in sentence.clone() {
                let (written, lower) = (page.words[at].as_ref(), lowers[at].as_str());
                let word = hash(normal(lower).as_bytes());
                let is_word = written.contains(char::is_alphanumeric);
                let capital = written.contains(char::is_uppercase);
                let (shape, brief) = shapes(written, letters);
                let classes = match is_word {
                    true => words::classes(lower, &lemmas::lemma(lower)),
                    false => 0,
                };
                all.push(Column {
                    word,
                    shape,
                    brief,
                    starts: edges(lower.chars()),
                    ends: edges(lower.chars().rev()),
                    code: codes.get(word),
                    related: related.get(word),
                    classes,
                    name: Listed::default(),
                    place: Listed::default(),
                    letters,
                    capital,
                    first: first && is_word,
                });
                first &= !is_word;
            }
        }
        for sentence in &page.sentences {
            lists::mark(&lowers, sentence.clone(), &mut all);
        }
        let elsewhere = elsewhere(&all, &page.sentences);
        Columns {
            all,
            sentences: page.sentences.clone(),
            paragraphs: page.paragraphs.clone(),
            elsewhere,
        }
    }

    /// What the whole text shows of a word.
    pub(super) fn elsewhere(&self, at: usize) -> Elsewhere {
        self.elsewhere.get(&self.all[at].word).copied().unwrap_or_default()
    }
}

/// A word as clusters know it: in lower case, every digit a zero.
pub fn written(word: &str) -> String {
    normal(&tokens::plain(word)).into_owned()
}

/// The word with every digit a zero.
fn normal(lower: &str) -> std::borrow::Cow<'_, str> {
    if !lower.bytes().any(|byte| byte.is_ascii_digit()) {
        return lower.into();
    }
    lower.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect::<String>().into()
}

/// The hashes of the first one to four letters.
fn edges(letters: impl Iterator<Item = char>) -> [u64; 4] {
    let mut hashes = [0; 4];
    let mut held = 0;
    let mut known = 0;
    for (at, letter) in letters.take(4).enumerate() {
        held = join(held, u64::from(letter));
        hashes[at] = held;
        known = at + 1;
    }
    // A shorter word has its whole and a mark that it ends there.
    hashes[known..].fill(join(held, u64::MAX));
    hashes
}

/// The shape of a word: a sign for each letter's kind, and the same without repetitions. Where all
/// words are written alike, their letters tell nothing but that.
fn shapes(written: &str, letters: Letters) -> (u64, u64) {
    let mut shape = hash(&[letters as u8]);
    let mut brief = shape;
    let mut before = ' ';
    for letter in written.chars() {
        let kind = match letter {
            c if c.is_uppercase() => {
                if letters == Letters::Mixed {
                    'X'
                } else {
                    'x'
                }
            }
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => '9',
            '’' => '\'',
            c => c,
        };
        shape = join(shape, u64::from(kind));
        if kind != before {
            brief = join(brief, u64::from(kind));
        }
        before = kind;
    }
    (shape, brief)
}

/// How a sentence is written.
fn letters<S: AsRef<str>>(words: &[S]) -> Letters {
    let (mut long, mut upper, mut lower, mut capital) = (0, 0, 0, 0);
    for word in words.iter().map(AsRef::as_ref) {
        let mut own = word.chars().filter(|c| c.is_alphabetic());
        let Some(first) = own.next() else { continue };
        let mut rest = own.peekable();
        if rest.peek().is_none() {
            continue;
        }
        let others = rest.count();
        let uppers = word.chars().filter(|c| c.is_uppercase()).count();
        upper += usize::from(uppers == others + 1);
        lower += usize::from(uppers == 0);
        if others > 2 {
            long += 1;
            capital += usize::from(first.is_uppercase() && uppers == 1);
        }
    }
    let all = words.len().min(upper + lower + capital);
    match () {
        () if lower == 0 && upper > 1 || upper >= 4 && upper * 10 >= all * 8 => Letters::Upper,
        () if upper == 0 && capital == 0 && lower > 1 => Letters::Lower,
        () if long > 3 && capital * 10 >= long * 9 => Letters::Title,
        () => Letters::Mixed,
    }
}

/// Gathers what each word of a text shows elsewhere in it.
fn elsewhere(all: &[Column], sentences: &[Range<usize>]) -> HashMap<u64, Elsewhere> {
    let mut found: HashMap<u64, Elsewhere> = HashMap::with_capacity(all.len() / 2);
    for sentence in sentences {
        for at in sentence.clone() {
            let column = &all[at];
            let held = found.entry(column.word).or_default();
            let mixed = column.letters == Letters::Mixed;
            held.small |= mixed && !column.capital;
            held.own |= mixed && column.capital && !column.first;
            held.listed |= column.name.sign() | column.place.sign();
            if column.capital || !mixed {
                if at > sentence.start {
                    held.before |= all[at - 1].classes;
                }
                if at + 1 < sentence.end {
                    held.after |= all[at + 1].classes;
                }
            }
        }
    }
    found
}

//! Words of likelihood and of confidence in a sentence, as published scales mean them.
//!
//! Input: a sentence, and scales as they were published. Output: the words that stand there, each with
//! what every scale that has them means by them. It is the source's word beside a scale's: nothing is
//! added up, no value hangs on it, and how likely a thing is stays apart from how sure its speaker is.

/// A published scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// What commands call it.
    pub name: String,
    /// Its name in sentences.
    pub title: String,
    /// The version of its file.
    pub version: u32,
    /// Who published it, and where.
    pub source: String,
    /// Remarks.
    pub notes: Option<String>,
    /// Its terms, the least likely first.
    pub terms: Vec<Term>,
    /// Its levels of confidence.
    pub confidence: Vec<Level>,
}

/// A term of a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As it was published.
    pub term: String,
    /// The least that it means, in percent.
    pub least: u32,
    /// The most that it means, in percent.
    pub most: u32,
    /// The phrases by which texts say it, in lower case.
    pub phrases: Vec<String>,
}

/// A level of confidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Its name: high, moderate, low.
    pub level: String,
    /// The phrases by which texts say it, in lower case.
    pub phrases: Vec<String>,
}

/// What stands in a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Estimate<'s> {
    /// Words of likelihood, in the order of the sentence.
    pub likelihood: Vec<Said<'s, &'s Term>>,
    /// Words of confidence.
    pub confidence: Vec<Said<'s, &'s Level>>,
}

/// Words of a sentence, and what scales mean by them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<'s, T> {
    /// As they stand there.
    pub words: &'s str,
    /// The scales that have them, each with what it has.
    pub means: Vec<(&'s Scale, T)>,
}

/// After these a term says something else: "not likely", "more likely than".
const TURNED: [&str; 16] = [
    "not", "no", "never", "hardly", "scarcely", "less", "more", "least", "most", "as", "how", "so",
    "too", "equally", "any", "nor",
];

/// The words of likelihood and of confidence in a sentence. Of words that overlap the longest count:
/// "very unlikely" is no "unlikely".
pub fn said<'s>(sentence: &'s str, scales: &'s [Scale]) -> Estimate<'s> {
    let words = words(sentence);
    let terms = |scale: &'s Scale| scale.terms.iter().map(|term| (term, &term.phrases[..]));
    let levels = |scale: &'s Scale| scale.confidence.iter().map(|one| (one, &one.phrases[..]));
    let each = |scale: &'s Scale| terms(scale).map(move |(term, all)| ((scale, term), all));
    let likelihood = found(sentence, &words, scales.iter().flat_map(each).collect());
    let each = |scale: &'s Scale| levels(scale).map(move |(level, all)| ((scale, level), all));
    let confidence = found(sentence, &words, scales.iter().flat_map(each).collect());
    Estimate { likelihood, confidence }
}

/// A word in lower case, and where it stands.
type Word = (String, usize, usize);

fn found<'s, T: Copy>(
    sentence: &'s str,
    words: &[Word],
    phrases: Vec<((&'s Scale, T), &'s [String])>,
) -> Vec<Said<'s, T>> {
    let mut all = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let lengths = phrases.iter().flat_map(|(_, phrases)| phrases.iter());
        let longest = lengths.filter_map(|phrase| length(phrase, &words[at..])).max();
        let Some(many) = longest else {
            at += 1;
            continue;
        };
        let turned = at > 0 && {
            let before = words[at - 1].0.as_str();
            TURNED.contains(&before) || before.ends_with("n't") || before.ends_with("n’t")
        };
        if !turned {
            let means = phrases.iter().filter(|(_, phrases)| {
                phrases.iter().any(|phrase| length(phrase, &words[at..]) == Some(many))
            });
            let (from, to) = (words[at].1, words[at + many - 1].2);
            let means = means.map(|(what, _)| *what).collect();
            all.push(Said { words: &sentence[from..to], means });
        }
        at += many;
    }
    all
}

/// How many words a phrase has, if these begin with it.
fn length(phrase: &str, words: &[Word]) -> Option<usize> {
    let mut many = 0;
    for part in phrase.split(' ') {
        if words.get(many).is_none_or(|(word, ..)| word != part) {
            return None;
        }
        many += 1;
    }
    Some(many)
}

fn words(sentence: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’' | '-');
    for (at, letter) in sentence.char_indices().chain([(sentence.len(), ' ')]) {
        match (start, is_part(letter)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push((sentence[from..at].to_lowercase(), from, at));
                start = None;
            }
            _ => {}
        }
    }
    words
}

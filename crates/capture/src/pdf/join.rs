//! Lines to running text: words that were broken at the end of a line are put together.

use std::collections::HashSet;

/// The words of a document that stand whole in a line, by which broken ones are known.
#[derive(Default)]
pub(super) struct Words(HashSet<String>);

impl Words {
    /// Adds the words of a line; its first and last may be parts of one.
    pub(super) fn add(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let whole = words.get(1..words.len().saturating_sub(1)).unwrap_or_default();
        for word in whole.iter().map(|word| bare(word)).filter(|word| word.len() > 2) {
            self.0.insert(word.clone());
            for part in word.split('-').filter(|part| part.len() > 2) {
                self.0.insert(part.to_owned());
            }
        }
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// A word in lower case without what stands around it.
fn bare(word: &str) -> String {
    word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase()
}

/// Adds a line to a text that may end in the middle of a word. Returns where the line begins.
pub(super) fn add_line(text: &mut String, line: &str, start: usize, words: &Words) -> usize {
    let line = line.trim_start();
    if text.len() == start {
        text.push_str(line);
        return start;
    }
    if text.ends_with('\u{AD}') {
        text.pop();
    } else if text.ends_with(['-', '\u{2010}']) {
        if is_broken(&text[start..], line, words) {
            text.pop();
        }
    } else if !text.ends_with(['—', '/']) || line.starts_with(char::is_whitespace) {
        text.push(' ');
    }
    let at = text.len();
    text.push_str(line);
    at
}

/// Whether the hyphen at the end of a text was only put there to break a word over two lines.
fn is_broken(text: &str, line: &str, words: &Words) -> bool {
    let first = text.split_whitespace().next_back().unwrap_or_default();
    let stem = first.trim_end_matches(['-', '\u{2010}']);
    let second = line.split_whitespace().next().unwrap_or_default();
    let last = stem.rsplit(['-', '\u{2010}']).next().unwrap_or_default();
    // A name, a figure or a dash between two words keeps it.
    let letters = |part: &str| part.chars().next_back().is_some_and(char::is_alphabetic);
    if !letters(stem) || !second.starts_with(char::is_lowercase) {
        return false;
    }
    let (one, other) = (bare(stem), bare(second));
    if words.has(&format!("{one}{other}")) {
        return true;
    }
    if words.has(&format!("{one}-{other}")) || stem.contains('-') && words.has(&bare(last)) {
        return false;
    }
    // Two words that the text has, each for itself, are a compound: "well-known".
    !(words.has(&one) && words.has(other.split('-').next().unwrap_or_default()))
}

/// A text without soft hyphens, which only say where a word might be broken.
pub(super) fn without_soft_hyphens(line: &str) -> String {
    match line.contains('\u{AD}') {
        false => line.to_owned(),
        true => {
            let end = if line.ends_with('\u{AD}') { "\u{AD}" } else { "" };
            format!("{}{end}", line.replace('\u{AD}', ""))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[&str], want: &str) {
        let mut words = Words::default();
        words.add("the long investigation of well known people and a well-armed man there");
        let mut text = String::new();
        for line in lines {
            add_line(&mut text, line, 0, &words);
        }
        assert_eq!(text, want);
    }

    #[test]
    fn broken_words_are_put_together_and_compounds_are_kept() {
        check(&["an investi-", "gation began"], "an investigation began");
        check(&["a hitherto uncon-", "cerned man"], "a hitherto unconcerned man");
        check(&["a well-", "known man"], "a well-known man");
        check(&["a well-", "armed man"], "a well-armed man");
        check(&["Anne-", "Marie said"], "Anne-Marie said");
        check(&["in 2015-", "2016 they"], "in 2015-2016 they");
        check(&["the mill—", "a ruin"], "the mill—a ruin");
        check(&["a soft\u{AD}", "ened word"], "a softened word");
        check(&["one", "two"], "one two");
    }
}

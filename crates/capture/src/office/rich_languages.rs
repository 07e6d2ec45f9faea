//! In which language the text of an RTF file is: each piece of it has the number of one.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// How much of a text is in which language.
#[derive(Default)]
pub(super) struct Languages {
    letters: BTreeMap<i32, usize>,
}

impl Languages {
    /// Takes in text, with the numbers that hold for it: of languages in letters such as these, and
    /// of those in signs of East Asia, for which a file gives one beside the other.
    pub(super) fn take(&mut self, text: &str, language: Option<i32>, eastern: Option<i32>) {
        let (mut plain, mut signs) = (0, 0);
        for letter in text.chars().filter(|letter| letter.is_alphabetic()) {
            if is_eastern(letter) { signs += 1 } else { plain += 1 }
        }
        for (number, letters) in [(language, plain), (eastern, signs)] {
            if let Some(number) = number.filter(|number| tag(*number).is_some()) {
                *self.letters.entry(number).or_default() += letters;
            }
        }
    }

    /// The language of most letters, as a tag; of two with as many, the one with the smaller number.
    pub(super) fn most(&self) -> Option<&'static str> {
        let most = self.letters.iter().filter(|(_, letters)| **letters > 0);
        let most = most.max_by_key(|(number, letters)| (**letters, std::cmp::Reverse(**number)));
        most.and_then(|(number, _)| tag(*number))
    }
}

/// Chinese and Japanese signs and those of Korea.
fn is_eastern(letter: char) -> bool {
    matches!(letter, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FFDC}' | '\u{20000}'..='\u{3FFFF}')
}

/// The tag of a language's number.
fn tag(number: i32) -> Option<&'static str> {
    static TAGS: LazyLock<HashMap<i32, &'static str>> = LazyLock::new(|| {
        let lines = include_str!("../../resources/languages.tsv").lines();
        let pairs = lines.filter(|line| !line.starts_with('#'));
        pairs
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(number, tag)| Some((number.parse().ok()?, tag)))
            .collect()
    });
    TAGS.get(&number).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::likely_language;

    #[test]
    fn every_line_is_a_number_and_a_tag() {
        let lines = include_str!("../../resources/languages.tsv").lines();
        for line in lines.filter(|line| !line.starts_with('#')) {
            let (number, own) = line.split_once('\t').unwrap();
            assert_eq!(tag(number.parse().unwrap()), Some(own), "{line} stands there twice");
            assert_eq!(likely_language(own).as_deref(), Some(own));
        }
    }

    #[test]
    fn the_language_of_most_letters_wins() {
        let mut languages = Languages::default();
        languages.take("1 2 3", Some(1031), None);
        assert_eq!(languages.most(), None, "figures are in no language");
        languages.take("one two", Some(2057), Some(2052));
        languages.take("drei", Some(1031), Some(2052));
        languages.take("not to be checked, however long", Some(1024), None);
        assert_eq!(languages.most(), Some("en-GB"));
        languages.take("東京都の港で爆発", Some(2057), Some(1041));
        assert_eq!(languages.most(), Some("ja-JP"));
    }
}

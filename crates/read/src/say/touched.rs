//! The people whom a report names as victims or suspects of its incident.
//!
//! Told by what stands beside a full name: an age, a word of harm ("was shot", "died"), a word of
//! proceedings ("charged", "suspect"). Whoever speaks for an office is neither.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use throughline_model::{Document, SubjectKind};

use super::incidents::lexicon::{entries, sections};
use super::words::Words;

/// How many words before and after a name are looked at.
const NEAR: usize = 8;

type Class = u8;
const TOUCHED: Class = 1;
const OFFICE: Class = 1 << 1;
const SPEAKING: Class = 1 << 2;

const SECTIONS: [(&str, Class); 3] =
    [("touched", TOUCHED), ("office", OFFICE), ("speaking", SPEAKING)];

const LIST: &str = include_str!("../../resources/say/touched.txt");

static WORDS: LazyLock<HashMap<&'static str, Class>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, Class> = HashMap::new();
    for (section, word) in sections(LIST).flat_map(entries) {
        let class = SECTIONS.iter().find(|(known, _)| *known == section).map_or(0, |(_, c)| *c);
        *words.entry(word).or_default() |= class;
    }
    words
});

/// What speaks for and against a person, over all mentions.
#[derive(Default)]
struct Person {
    name: String,
    length: usize,
    touched: u32,
    office: u32,
}

/// The names of victims and suspects, each once, in text order.
pub(crate) fn names(document: &Document, words: &Words<'_>) -> Vec<String> {
    let names = &words.analysis.names;
    let mut people: Vec<(usize, Person)> = Vec::new();
    for (number, name) in names.iter().enumerate() {
        if name.kind != SubjectKind::Person {
            continue;
        }
        let root = words.root(number);
        let at = people.iter().rposition(|(of, _)| *of == root).unwrap_or_else(|| {
            people.push((root, Person::default()));
            people.len() - 1
        });
        let person = &mut people[at].1;
        let tokens = name.tokens.clone();
        person.office += u32::from(office(words, &tokens));
        person.touched += touched(words, &tokens);
        if tokens.len() > person.length {
            let all = &words.analysis.tokens[tokens.clone()];
            let span = all[0].span.join(all[all.len() - 1].span);
            person.length = tokens.len();
            person.name = span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }
    let named = people.into_iter().map(|(_, person)| person);
    let kept = named.filter(|one| one.length > 1 && one.touched > 0 && one.office < one.touched);
    kept.map(|person| person.name).collect()
}

fn is(words: &Words<'_>, at: usize, class: Class) -> bool {
    WORDS.get(words.lower(at)).is_some_and(|own| own & class != 0)
}

/// "Sheriff X", "X, a spokesman for", "X said".
fn office(words: &Words<'_>, name: &Range<usize>) -> bool {
    let before = (name.start.saturating_sub(3)..name.start).any(|at| is(words, at, OFFICE));
    let after = matches!(words.lower(name.end), ",")
        && (name.end + 1..name.end + 6).any(|at| is(words, at, OFFICE));
    let speaks = (name.end..name.end + 2).any(|at| is(words, at, SPEAKING));
    let spoken = name.start.checked_sub(1).is_some_and(|at| is(words, at, SPEAKING));
    before || after || speaks || spoken
}

/// How firmly the words around a name tell of harm or of proceedings.
fn touched(words: &Words<'_>, name: &Range<usize>) -> u32 {
    let Some(sentence) = words.sentence(name.start) else { return 0 };
    let number = |at: usize| {
        words.lower(at).parse::<u32>().is_ok_and(|age| age < 110)
            || words.lower(at).ends_with("-year-old")
            || words.lower(at).ends_with("-month-old")
    };
    // "X, 22," and "22-year-old X".
    let age = words.lower(name.end) == "," && number(name.end + 1)
        || name.start.checked_sub(1).is_some_and(number)
        || words.lower(name.end) == "(" && number(name.end + 1);
    let from = sentence.tokens.start.max(name.start.saturating_sub(NEAR));
    let to = sentence.tokens.end.min(name.end + NEAR);
    let near = (from..name.start).chain(name.end..to).any(|at| is(words, at, TOUCHED));
    2 * u32::from(age) + u32::from(near)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{analyse, testing::document};

    fn check(text: &str, expected: &[&str]) {
        let document = document(text, Some("2017-03-24"));
        let analysis = analyse(&document);
        assert_eq!(names(&document, &Words::new(&analysis)), expected, "{text}");
    }

    #[test]
    fn victims_and_suspects() {
        check("Emil Harko, 22, was shot in the leg.", &["Emil Harko"]);
        check("Anton Vell was charged with murder. Vell is in custody.", &["Anton Vell"]);
        check("Police found 34-year-old Anna Vell dead.", &["Anna Vell"]);
    }

    #[test]
    fn whoever_speaks_for_an_office_is_neither() {
        check("Sheriff Anton Vell said two men were shot.", &[]);
        check("The men were shot, said Anna Vell, a spokeswoman for the police.", &[]);
        check("Anna Vell lives there.", &[]);
    }

    #[test]
    fn every_section_of_the_list_is_known() {
        for (section, _) in sections(LIST) {
            assert!(SECTIONS.iter().any(|(known, _)| *known == section), "{section}");
        }
    }
}

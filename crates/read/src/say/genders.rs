//! Who can be "he" and who "she": by a form of address, by the given name, by what stands
//! beside a name ("his wife, Anna"), by the noun of a description.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use throughline_model::SubjectKind;

use super::incidents::lexicon::{entries, plural, sections};
use super::words::Words;

const GENDERS: &str = include_str!("../../resources/say/genders.txt");
const GIVEN: &str = include_str!("../../resources/names/given-names.txt");

/// Whether somebody is "he" or "she".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    He,
    She,
}

/// What is known of the people named, by the first name of each chain.
#[derive(Debug, Default)]
pub(crate) struct Genders {
    named: BTreeMap<usize, Gender>,
}

impl Genders {
    /// Reads them off the names of a document and what stands beside these. A form of address
    /// tells more than a given name, and that more than a noun; what two names of one person
    /// tell differently tells nothing.
    pub(crate) fn new(words: &Words<'_>) -> Genders {
        type Evidence = fn(&Words<'_>, usize) -> Option<Gender>;
        const EVIDENCE: [Evidence; 3] = [by_address, by_given_name, by_noun];
        let mut genders = Genders::default();
        for evidence in EVIDENCE {
            let mut told: BTreeMap<usize, Option<Gender>> = BTreeMap::new();
            for (at, name) in words.analysis.names.iter().enumerate() {
                if name.kind != SubjectKind::Person {
                    continue;
                }
                let Some(gender) = evidence(words, at) else { continue };
                let held = told.entry(words.root(at)).or_insert(Some(gender));
                if *held != Some(gender) {
                    *held = None;
                }
            }
            for (root, gender) in told {
                if let Some(gender) = gender {
                    genders.named.entry(root).or_insert(gender);
                }
            }
        }
        genders
    }

    /// Whether somebody named is "he" or "she", where that is known.
    pub(crate) fn of_name(&self, words: &Words<'_>, name: usize) -> Option<Gender> {
        self.named.get(&words.root(name)).copied()
    }
}

/// Whom a pronoun can stand for; `None` for any other word.
pub(crate) fn of_pronoun(lower: &str) -> Option<Gender> {
    match lower {
        "he" | "him" | "his" => Some(Gender::He),
        "she" | "her" => Some(Gender::She),
        _ => None,
    }
}

/// Whether a noun stands for a man or a woman: "gunman", "his wife", but not "the student".
pub(crate) fn of_noun(lower: &str) -> Option<Gender> {
    static NOUNS: OnceLock<HashMap<String, Gender>> = OnceLock::new();
    let nouns = NOUNS.get_or_init(|| {
        let mut nouns = HashMap::new();
        for (section, entry) in sections(GENDERS).flat_map(entries) {
            let gender = match section {
                "she nouns" => Gender::She,
                "he nouns" => Gender::He,
                _ => continue,
            };
            let (one, many) = match entry.split_once('/') {
                Some((one, many)) => (one, many.to_owned()),
                None => (entry, plural(entry)),
            };
            nouns.insert(one.to_owned(), gender);
            nouns.insert(many, gender);
        }
        nouns
    });
    nouns.get(lower).copied()
}

/// "Mr Harko", "Sir Emil Harko", "Queen Anna".
fn by_address(words: &Words<'_>, name: usize) -> Option<Gender> {
    let start = words.analysis.names[name].tokens.start;
    let before = start.checked_sub(1).filter(|&at| words.lower(at) != ".").or(start.checked_sub(2));
    [before, Some(start)].into_iter().flatten().find_map(|at| match words.lower(at) {
        "mr" | "mr." | "sir" | "lord" | "herr" | "monsieur" | "señor" | "senor" | "signor"
        | "don" | "king" | "prince" | "emperor" | "brother" | "father" => Some(Gender::He),
        "mrs" | "mrs." | "ms" | "ms." | "miss" | "lady" | "dame" | "frau" | "madame" | "mme"
        | "mademoiselle" | "mlle" | "señora" | "doña" | "queen" | "princess" | "empress" => {
            Some(Gender::She)
        }
        _ => None,
    })
}

fn by_given_name(words: &Words<'_>, name: usize) -> Option<Gender> {
    static NAMES: OnceLock<HashMap<&str, Option<Gender>>> = OnceLock::new();
    let names = NAMES.get_or_init(|| {
        let mut names = HashMap::new();
        for (section, line) in sections(GENDERS) {
            let gender = match section {
                "women" => Some(Gender::She),
                "men" => Some(Gender::He),
                "either" => None,
                _ => continue,
            };
            names.extend(line.split_whitespace().map(|name| (name, gender)));
        }
        for (_, line) in sections(GIVEN) {
            for name in line.split_whitespace() {
                names.entry(name).or_insert(Some(Gender::He));
            }
        }
        names
    });
    let tokens = words.analysis.names[name].tokens.clone();
    // A name of one word is a surname as often as not.
    if tokens.len() < 2 {
        return None;
    }
    let given = deunicode::deunicode(words.lower(tokens.start)).to_lowercase();
    names.get(given.as_str()).copied().flatten()
}

/// "his wife, Anna Harko", "the gunman Harko", "Harko, a 34-year-old woman".
fn by_noun(words: &Words<'_>, name: usize) -> Option<Gender> {
    let held = &words.analysis.names[name];
    if let Some(role) = held.role.clone()
        && let Some(gender) = role.clone().rev().find_map(|at| of_noun(words.lower(at)))
    {
        return Some(gender);
    }
    // "the woman, Harko said" is no apposition.
    let before = held.tokens.start.checked_sub(1).and_then(|before| {
        let comma = words.lower(before) == ",";
        let closed = !comma || words.mark(held.tokens.end);
        let noun = if comma { before.checked_sub(1)? } else { before };
        Some(noun).filter(|&noun| closed && !words.possessive(noun))
    });
    if let Some(gender) = before.and_then(|noun| of_noun(words.lower(noun))) {
        return Some(gender);
    }
    if words.lower(held.tokens.end) != "," {
        return None;
    }
    let from = held.tokens.end + 1;
    if !matches!(words.lower(from), "a" | "an" | "the" | "his" | "her") {
        return None;
    }
    let near = (from + 1..from + 8).take_while(|&at| words.lower(at) == "-" || !words.bounds(at));
    near.filter(|&at| !words.possessive(at)).find_map(|at| of_noun(words.lower(at)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{analyse, testing::document};

    /// Asserts what is known of the first person named.
    fn check(text: &str, expected: Option<Gender>) {
        let analysis = analyse(&document(text, None));
        let words = Words::new(&analysis);
        let genders = Genders::new(&words);
        let first = analysis.names.iter().position(|name| name.kind == SubjectKind::Person);
        let found = genders.named.get(&words.root(first.unwrap())).copied();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn given_names_and_forms_of_address_tell() {
        check("Nadia Ferrand was there.", Some(Gender::She));
        check("Émile Ferrand was there.", Some(Gender::He));
        check("Kim Ferrand was there.", None);
        check("Mrs Ferrand was there.", Some(Gender::She));
        check("Kim Ferrand was there. Mr Ferrand left.", Some(Gender::He));
    }

    #[test]
    fn so_does_what_stands_beside_a_name() {
        check("His wife, Kim Ferrand, was there.", Some(Gender::She));
        check("The gunman Kim Ferrand was there.", Some(Gender::He));
        check("Kim Ferrand, a 34-year-old woman, was there.", Some(Gender::She));
    }

    #[test]
    fn every_section_of_the_list_is_known() {
        for (section, _) in sections(GENDERS) {
            assert!(
                ["women", "men", "either", "she nouns", "he nouns"].contains(&section),
                "{section}"
            );
        }
    }
}

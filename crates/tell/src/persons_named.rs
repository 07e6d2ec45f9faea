//! People who are named within a text that is not a name as a whole: "a police officer named Karl
//! Vossler", "President Ruhl".
//!
//! Input: a text that says whom or what something was aimed at. Output: the names in it that are
//! people's, by what stands before them. What is called after somebody ("King Street") is nobody.

use crate::lists::{is_person_noun, is_regal, is_thing, is_title};
use crate::redact::{Word, adjoin, is_capital, possessive, words};

/// Somebody named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonNamed {
    /// The name without titles.
    pub(crate) name: String,
    /// The title before it, where it is one that goes before given names ("King Humbert"): the name
    /// alone is then anybody's.
    pub(crate) regal: Option<String>,
}

/// The people whom a text names.
///
/// A name is a run of words with capitals, of which one of these is true: a title or a noun for a
/// person stands before it ("President Ruhl", "the baker Odo Lind"), "named" or "called" does, it
/// begins with an initial ("O. Lind"), or it is all that the text says ("Odo Lind"). "Café Lind" and
/// "the Lamp company" name nobody.
pub(crate) fn persons_named(text: &str) -> Vec<PersonNamed> {
    let words = words(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if !is_capital(words[at].text) {
            at += 1;
            continue;
        }
        let mut to = at;
        while let Some(next) = joined(text, &words, to) {
            to = next;
        }
        found.extend(person(text, &words, at, to));
        at = to + 1;
    }
    found
}

/// The next word of a name that goes on: another one with a capital, over a particle or none.
fn joined(text: &str, words: &[Word], at: usize) -> Option<usize> {
    let beside = |one: usize, other: usize| {
        words.get(other).is_some_and(|next| {
            adjoin(text, &words[one], next)
                || is_title(&words[one].plain) && stopped(text, &words[one], next)
        })
    };
    let capital = |at: usize| words.get(at).is_some_and(|word| is_capital(word.text));
    match words.get(at + 1) {
        Some(_) if beside(at, at + 1) && capital(at + 1) => Some(at + 1),
        Some(next) if is_particle(&next.plain) && beside(at, at + 1) && beside(at + 1, at + 2) => {
            capital(at + 2).then_some(at + 2)
        }
        _ => None,
    }
}

/// Whether a stop and a space stand between two words, as after "Mr.".
pub(crate) fn stopped(text: &str, one: &Word, other: &Word) -> bool {
    let between = &text[one.start + one.text.len()..other.start];
    possessive(one.text).is_empty()
        && between.chars().all(|letter| letter.is_whitespace() || letter == '.')
}

/// The person that a run of words names, if it does.
fn person(text: &str, words: &[Word], from: usize, to: usize) -> Option<PersonNamed> {
    let run = &words[from..=to];
    if run.iter().any(|word| is_thing(&word.plain)) {
        return None;
    }
    // "The" begins a text and no name; titles are no part of it.
    let article = usize::from(matches!(run[0].plain.as_str(), "the" | "a" | "an") && run.len() > 1);
    let is_before = |word: &&Word| is_title(&word.plain) && possessive(word.text).is_empty();
    let titles = run[article..run.len() - 1].iter().take_while(is_before).count();
    let name = &run[article + titles..];
    let before =
        from.checked_sub(1).map(|at| &words[at]).filter(|word| stopped(text, word, &run[0]));
    let titled = titles > 0 || article == 0 && before.is_some_and(|word| is_title(&word.plain));
    let described = article == 0
        && before.is_some_and(|word| {
            is_person_noun(&word.plain) || matches!(word.plain.as_str(), "named" | "called")
        });
    let initial = name.len() > 1 && name[0].plain.chars().count() == 1;
    let alone = name.len() > 1 && article == 0 && run.len() == words.len();
    if !(titled || described || initial || alone) || name.iter().all(|word| is_title(&word.plain)) {
        return None;
    }
    let title = match titles {
        0 => before.filter(|_| titled),
        _ => Some(&run[article + titles - 1]),
    };
    let regal = title.filter(|title| name.len() == 1 && is_regal(&title.plain));
    let start = name[0].start;
    let last = &name[name.len() - 1];
    let end = last.start + last.text.len() - possessive(last.text).len();
    Some(PersonNamed {
        name: text[start..end].to_owned(),
        regal: regal.map(|title| title.plain.clone()),
    })
}

fn is_particle(plain: &str) -> bool {
    matches!(
        plain,
        "de" | "da"
            | "di"
            | "du"
            | "del"
            | "von"
            | "van"
            | "der"
            | "den"
            | "al"
            | "el"
            | "bin"
            | "ibn"
            | "la"
            | "le"
            | "y"
            | "zu"
            | "ten"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, names: &[&str]) {
        let found: Vec<String> = persons_named(text).into_iter().map(|one| one.name).collect();
        assert_eq!(found, names, "{text}");
    }

    #[test]
    fn people_are_told_by_what_stands_before_their_names() {
        check("a police officer named Karl Vossler", &["Karl Vossler"]);
        check("President Ruhl", &["Ruhl"]);
        check("the Archduke Odo Lind and his wife", &["Odo Lind"]);
        check("Marshal Odo de Lind", &["Odo de Lind"]);
        check("Mr. Lind's carriage", &["Lind"]);
        check("O. P. Lind", &["O. P. Lind"]);
        check("Odo Lind", &["Odo Lind"]);
        check("constable Lind, or King Odo", &["Lind", "Odo"]);
        check("the baker Odo Lind", &["Odo Lind"]);
    }

    #[test]
    fn what_is_no_person_is_none() {
        for text in [
            "the President",
            "the Prince of Lenn",
            "Café Lind",
            "King Street",
            "Police Headquarters",
            "the Lamp mining company",
            "the Corpus Christi procession",
            "Lenn",
            "the senators",
            "St Odo's Cathedral",
            "",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn a_given_name_behind_a_crown_is_anybodys() {
        let named = |text: &str| persons_named(text).remove(0).regal;
        assert_eq!(named("King Odo"), Some("king".into()));
        assert_eq!(named("President Ruhl"), None);
        assert_eq!(named("the Archduke Odo Lind"), None);
    }
}

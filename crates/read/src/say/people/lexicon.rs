//! The word lists of people: `resources/say/proceedings.txt`, `persons.txt` and `travel.txt`,
//! and the nouns for what people are that the names know.

use std::collections::HashMap;
use std::sync::OnceLock;

use throughline_model::Variable;

use crate::say::incidents::lexicon::{Form, entries, plural, sections};

/// What a verb or noun says of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Act {
    pub(super) variable: Variable,
    pub(super) term: &'static str,
    pub(super) frame: Frame,
    pub(super) form: Form,
    /// The words that must follow: "into custody" in "took into custody".
    pub(super) particle: Option<&'static str>,
}

/// Where the person stands; `resources/say/proceedings.txt` explains each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frame {
    Object,
    Subject,
    Noun,
}

/// A form of a verb of going, and the small words before the place; "-" for none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Going {
    pub(super) form: Form,
    pub(super) before: &'static str,
}

macro_rules! classes {
    ($($name:ident $text:literal,)*) => {
        /// A class of words around people.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Class { $($name,)* }

        impl Class {
            fn from_name(name: &str) -> Option<Class> {
                match name { $($text => Some(Class::$name),)* _ => None }
            }
        }
    };
}

classes! {
    Person "person",
    Label "label",
    Vague "vague",
    Suspect "suspect",
    Accomplice "accomplice",
    Victim "victim",
    Witness "witness",
    Kin "kin",
    Doubted "doubted",
    Police "police",
    Wrongly "wrongly",
    Accusing "accusing",
    Justice "justice",
    Naming "naming",
    HarmDead "harm-dead",
    Harm "harm",
    HarmNoun "harm-noun",
    Commit "commit",
    Confess "confess",
    Allegiance "allegiance",
    Pledging "pledging",
    Unreal "unreal",
    Offender "offender",
    Spoke "spoke",
}

/// What a word can be.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    classes: u64,
    pub(super) plural: bool,
    pub(super) acts: Vec<Act>,
    pub(super) goings: Vec<Going>,
}

impl Word {
    fn is(&self, class: Class) -> bool {
        self.classes & (1u64 << class as u32) != 0
    }
}

/// All words of the lists.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: HashMap<String, Word>,
}

const PROCEEDINGS: &str = include_str!("../../../resources/say/proceedings.txt");
const PERSONS: &str = include_str!("../../../resources/say/persons.txt");
const TRAVEL: &str = include_str!("../../../resources/say/travel.txt");
const ROLES: &str = include_str!("../../../resources/names/roles.txt");

/// Classes whose words are nouns listed in the singular.
const NOUNS: [&str; 9] =
    ["person", "label", "vague", "suspect", "accomplice", "victim", "witness", "kin", "offender"];

impl Lexicon {
    /// The table, made on first use.
    pub(super) fn get() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(Lexicon::load)
    }

    /// What a word, in lower case, can be.
    pub(super) fn word(&self, lower: &str) -> Option<&Word> {
        self.words.get(lower)
    }

    /// Whether a word is of a class.
    pub(super) fn is(&self, lower: &str, class: Class) -> bool {
        self.word(lower).is_some_and(|word| word.is(class))
    }

    fn load() -> Lexicon {
        let mut lexicon = Lexicon::default();
        for (head, line) in sections(PROCEEDINGS) {
            lexicon.act(head, line);
        }
        for (name, entry) in sections(PERSONS).flat_map(entries) {
            let Some(class) = Class::from_name(name) else { continue };
            lexicon.noun(entry, class, NOUNS.contains(&name));
        }
        for (_, line) in sections(ROLES) {
            for noun in line.split_whitespace() {
                lexicon.noun(noun, Class::Person, true);
            }
        }
        for (_, line) in sections(TRAVEL) {
            let Some((forms, before)) = line.split_once(" + ") else { continue };
            for (form, text) in forms_of(forms) {
                lexicon.words.entry(text).or_default().goings.push(Going { form, before });
            }
        }
        lexicon
    }

    fn noun(&mut self, entry: &'static str, class: Class, inflected: bool) {
        let bit = 1u64 << class as u32;
        let (one, many) = match entry.split_once('/') {
            Some((one, many)) => (one, many.to_owned()),
            None => (entry, plural(entry)),
        };
        self.words.entry(one.to_owned()).or_default().classes |= bit;
        if inflected {
            let many = self.words.entry(many).or_default();
            many.classes |= bit;
            many.plural = true;
        }
    }

    fn act(&mut self, head: &'static str, line: &'static str) {
        let Some((what, frame)) = head.split_once(' ') else { return };
        let Some((variable, term)) = what.split_once('.') else { return };
        let Some(variable) = Variable::from_name(variable) else { return };
        let mut add = |text: String, frame, form, particle| {
            let act = Act { variable, term, frame, form, particle };
            let word = self.words.entry(text).or_default();
            if !word.acts.contains(&act) {
                word.acts.push(act);
            }
        };
        if frame == "noun" {
            for (_, noun) in entries((head, line)) {
                add(noun.to_owned(), Frame::Noun, Form::Base, None);
            }
            return;
        }
        let frame = if frame == "subject" { Frame::Subject } else { Frame::Object };
        let (forms, particle) = match line.split_once(" + ") {
            Some((forms, particle)) => (forms, Some(particle)),
            None => (line, None),
        };
        for (form, text) in forms_of(forms) {
            add(text, frame, form, particle);
        }
    }
}

/// The forms of a line, the third person too.
fn forms_of(forms: &'static str) -> Vec<(Form, String)> {
    let mut all = Vec::new();
    for (at, text) in forms.split_whitespace().enumerate() {
        let form = [Form::Base, Form::Past, Form::Past, Form::Ing][at.min(3)];
        if at == 0 {
            all.push((form, plural(text)));
        }
        all.push((form, text.to_owned()));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_of_the_lists_is_known() {
        for (section, _) in sections(PERSONS) {
            assert!(Class::from_name(section).is_some(), "{section}");
        }
        for (section, _) in sections(PROCEEDINGS) {
            let variable = section.split_once('.').map(|(variable, _)| variable);
            assert!(variable.and_then(Variable::from_name).is_some(), "{section}");
        }
    }

    #[test]
    fn words_are_what_the_lists_say() {
        let lexicon = Lexicon::get();
        assert!(lexicon.is("carpenters", Class::Person));
        assert!(lexicon.word("carpenters").unwrap().plural);
        assert!(!lexicon.word("suspect").unwrap().plural);
        let acts = &lexicon.word("hanged").unwrap().acts;
        assert!(acts.iter().any(|act| act.term == "executed"));
        assert!(acts.iter().any(|act| act.term == "suicide"));
    }
}

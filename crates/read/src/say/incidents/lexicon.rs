//! The word lists of attacks, as one table from words to what they can be.

use std::collections::HashMap;
use std::sync::OnceLock;

/// What a word, or an expression of up to three words, can be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Word {
    classes: u64,
    /// The type of attack that the noun names; "plot" for what is only planned.
    pub(crate) attack: Option<&'static str>,
    /// The type of attack that somebody called so has made; "band" tells none.
    pub(crate) doer: Option<&'static str>,
    /// The type of attack that the weapon tells.
    pub(crate) weapon: Option<&'static str>,
    /// Whether the noun is in the plural.
    pub(crate) plural: bool,
    pub(crate) verbs: Vec<Verb>,
}

/// A form of a verb of attacking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verb {
    pub(crate) kind: &'static str,
    pub(crate) frame: Frame,
    pub(crate) form: Form,
    /// The words that must follow: "up" in "blew up".
    pub(crate) particle: Option<&'static str>,
}

/// What stands around a verb of attacking; `resources/say/verbs.txt` explains each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    Object,
    At,
    Throw,
    Blast,
    Strike,
    Ram,
    Kill,
}

/// The form of a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Base,
    Past,
    Ing,
}

macro_rules! classes {
    ($($name:ident $text:literal,)*) => {
        /// A class of words that the rules ask for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Class { $($name,)* }

        impl Class {
            fn from_name(name: &str) -> Option<Class> {
                match name { $($text => Some(Class::$name),)* _ => None }
            }
        }
    };
}

classes! {
    Site "site",
    People "people",
    Killed "killed",
    Wounded "wounded",
    Killing "killing",
    Wounding "wounding",
    Force "force",
    Determiner "determiner",
    Preposition "preposition",
    Conjunction "conjunction",
    Relative "relative",
    Pronoun "pronoun",
    Auxiliary "auxiliary",
    Modal "modal",
    Negation "negation",
    Generic "generic",
    Definite "definite",
    Indefinite "indefinite",
    Collective "collective",
    Inclusive "inclusive",
    Attempt "attempt",
    Intent "intent",
    OtherVerb "other-verb",
    Claim "claim",
    Statement "statement",
    Responsible "responsible",
    Claiming "claiming",
    Denying "denying",
    Issuing "issuing",
    MediaArm "media-arm",
    Calling "calling",
    Giving "giving",
    Detail "detail",
    Without "none",
    Region "region",
    Foiled "foiled",
    Failed "failed",
    Linked "linked",
    Sharing "sharing",
    Shared "shared",
    Channel "channel",
    Manner "manner",
}

impl Word {
    /// Whether the word can be of a class.
    pub(crate) fn is(&self, class: Class) -> bool {
        self.classes & (1u64 << class as u32) != 0
    }
}

/// All words of the lists.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: HashMap<String, Word>,
    /// First words of expressions of more than one word.
    openers: HashMap<String, usize>,
}

const ATTACKS: &str = include_str!("../../../resources/say/attacks.txt");
const DOERS: &str = include_str!("../../../resources/say/doers.txt");
const VERBS: &str = include_str!("../../../resources/say/verbs.txt");
const TARGETS: &str = include_str!("../../../resources/say/targets.txt");
const WEAPONS: &str = include_str!("../../../resources/say/weapons.txt");
const PEOPLE: &str = include_str!("../../../resources/say/people.txt");
const SMALL: &str = include_str!("../../../resources/say/function-words.txt");
const CLAIMS: &str = include_str!("../../../resources/say/claims.txt");

/// Classes whose words are nouns listed in the singular.
const NOUNS: [&str; 6] = ["site", "people", "statement", "shared", "channel", "claim"];

impl Lexicon {
    /// The table, made on first use.
    pub(crate) fn get() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(Lexicon::load)
    }

    /// What a word or expression, in lower case, can be.
    pub(crate) fn word(&self, lower: &str) -> Option<&Word> {
        self.words.get(lower)
    }

    /// How many words the longest expression that begins with this word has.
    pub(crate) fn longest_from(&self, lower: &str) -> usize {
        self.openers.get(lower).copied().unwrap_or(1)
    }

    fn load() -> Lexicon {
        let mut lexicon = Lexicon::default();
        for (kind, noun) in sections(ATTACKS).flat_map(entries) {
            lexicon.noun(noun, |word| word.attack = Some(kind));
        }
        for (kind, noun) in sections(DOERS).flat_map(entries) {
            lexicon.noun(noun, |word| word.doer = Some(kind));
        }
        for (kind, noun) in sections(WEAPONS).flat_map(entries) {
            lexicon.noun(noun, |word| word.weapon = Some(kind));
        }
        for list in [TARGETS, PEOPLE, SMALL, CLAIMS] {
            for (name, entry) in sections(list).flat_map(entries) {
                let Some(class) = Class::from_name(name) else { continue };
                let add = |word: &mut Word| word.classes |= 1u64 << class as u32;
                if NOUNS.contains(&name) {
                    lexicon.noun(entry, add);
                } else {
                    lexicon.add(entry, add);
                }
            }
        }
        for (head, line) in sections(VERBS) {
            lexicon.verb(head, line);
        }
        lexicon
    }

    fn add(&mut self, text: &str, change: impl FnOnce(&mut Word)) {
        change(self.words.entry(text.to_owned()).or_default());
        let mut words = text.split(' ');
        let (first, more) = (words.next().unwrap_or_default(), words.count());
        if more > 0 {
            let longest = self.openers.entry(first.to_owned()).or_default();
            *longest = (*longest).max(more + 1);
        }
    }

    fn noun(&mut self, entry: &'static str, change: impl Fn(&mut Word)) {
        let (one, many) = match entry.split_once('/') {
            Some((one, many)) => (one, many.to_owned()),
            None => (entry, plural(entry)),
        };
        self.add(one, &change);
        if many != one {
            self.add(&many, |word| {
                change(word);
                word.plural = true;
            });
        }
    }

    fn verb(&mut self, head: &'static str, line: &'static str) {
        let Some((kind, frame)) = head.split_once(' ') else { return };
        let frame = match frame {
            "at" => Frame::At,
            "throw" => Frame::Throw,
            "blast" => Frame::Blast,
            "strike" => Frame::Strike,
            "ram" => Frame::Ram,
            _ if kind == "kill" => Frame::Kill,
            _ => Frame::Object,
        };
        let kind = if kind == "kill" { "attack" } else { kind };
        let (forms, particle) = match line.split_once(" + ") {
            Some((forms, particle)) => (forms, Some(particle)),
            None => (line, None),
        };
        for (at, text) in forms.split_whitespace().enumerate() {
            let form = [Form::Base, Form::Past, Form::Past, Form::Ing][at.min(3)];
            let verb = Verb { kind, frame, form, particle };
            let mut add = |text: &str| {
                self.add(text, |word| {
                    if !word.verbs.contains(&verb) {
                        word.verbs.push(verb);
                    }
                });
            };
            add(text);
            if at == 0 {
                add(&plural(text));
            }
        }
    }
}

/// The lines of a list with the section they stand in; comments and empty lines left out.
pub(crate) fn sections(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut section = "";
    list.lines().filter_map(move |line| {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            return None;
        }
        Some((section, line))
    })
}

pub(crate) fn entries(
    (section, line): (&'static str, &'static str),
) -> impl Iterator<Item = (&'static str, &'static str)> {
    line.split(',').map(str::trim).filter(|e| !e.is_empty()).map(move |entry| (section, entry))
}

/// The regular plural, which is also the regular third person.
pub(crate) fn plural(noun: &str) -> String {
    if ["s", "x", "ch", "sh", "z"].iter().any(|end| noun.ends_with(end)) {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_the_lists_say() {
        let lexicon = Lexicon::get();
        let attack = |word: &str| lexicon.word(word).and_then(|word| word.attack);
        assert_eq!(attack("stabbings"), Some("stabbing"));
        assert_eq!(attack("conspiracies"), Some("plot"));
        assert_eq!(attack("bomb attack"), Some("bombing"));
        assert_eq!(attack("incident"), None);
        assert_eq!(lexicon.longest_from("bomb"), 2);
        assert!(lexicon.word("gunmen").unwrap().plural);
        assert!(lexicon.word("restaurants").unwrap().is(Class::Site));
        assert!(lexicon.word("the").unwrap().is(Class::Definite));
    }

    #[test]
    fn every_section_of_the_lists_is_known() {
        for list in [TARGETS, PEOPLE, SMALL, CLAIMS] {
            for (section, _) in sections(list) {
                assert!(Class::from_name(section).is_some(), "{section}");
            }
        }
    }

    #[test]
    fn a_form_can_belong_to_several_verbs() {
        let set = &Lexicon::get().word("set").unwrap().verbs;
        assert!(set.iter().any(|verb| verb.particle == Some("off")));
        assert!(set.iter().any(|verb| verb.particle == Some("fire to")));
    }
}

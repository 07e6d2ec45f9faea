//! Words that show how something is said, what a group did in an attack and where
//! proceedings stand, as one table from words to what they can be a cue of.
//!
//! Apart from the lexicon of attacks, since that one also bounds phrases.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::words::bare;
use crate::analysis::Token;

macro_rules! cues {
    ($($name:ident $text:literal,)*) => {
        /// What a word can be a cue of.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Cue { $($name,)* }

        impl Cue {
            fn from_name(name: &str) -> Option<Cue> {
                match name { $($text => Some(Cue::$name),)* _ => None }
            }
        }
    };
}

cues! {
    Saying "saying",
    Telling "telling",
    Supposing "supposing",
    Suggesting "suggesting",
    Refusing "refusing",
    Asking "asking",
    Doubting "doubting",
    Bare "bare",
    Knowing "knowing",
    Voice "voice",
    According "according",
    Citing "citing",
    HedgeAdverb "hedge-adverb",
    HedgeVerb "hedge-verb",
    HedgeModal "hedge-modal",
    HedgePassive "hedge-passive",
    HedgeAdjective "hedge-adjective",
    HedgeNoun "hedge-noun",
    ReportNoun "report-noun",
    DenialNoun "denial-noun",
    EvidenceNoun "evidence-noun",
    Unclear "unclear",
    Certain "certain",
    RuleOut "rule-out",
    Contrast "contrast",
    NothingMore "nothing-more",
    Noun "no-cue",
    Fiction "fiction",
    FictionVerb "fiction-verb",
    Drill "drill",
    Mock "mock",
    InWords "in-words",
    OfWords "of-words",
    Compound "compound",
    Mishap "mishap",
    Inflated "inflated",
    Disaster "disaster",
    Inspiring "inspiring",
    Instructing "instructing",
    Funding "funding",
    Arming "arming",
    Training "training",
    Planning "planning",
    Dispatching "dispatching",
    Choosing "choosing",
    Guiding "guiding",
    Instruction "instruction",
    Taking "taking",
    TargetWord "target-word",
    MethodWord "method-word",
    TimingWord "timing-word",
    Pledging "pledging",
    Allegiance "allegiance",
    Answering "answering",
    Call "call",
    Touch "touch",
    Giving "giving",
    Arms "arms",
    Money "money",
    Handler "handler",
    GroupWord "group-word",
    Official "official",
    Connection "connection",
    Tenuous "tenuous",
    Close "close",
    Alone "alone",
    Helped "helped",
    Cell "cell",
    Frequency "frequency",
    Tending "tending",
    Bidding "bidding",
    Follower "followers",
    Adverb "adverb",
    NoAdverb "no-adverb",
}

const LISTS: [&str; 6] = [
    include_str!("../../resources/say/speech.txt"),
    include_str!("../../resources/say/imagined.txt"),
    include_str!("../../resources/say/involvement.txt"),
    include_str!("../../resources/say/company.txt"),
    include_str!("../../resources/say/habits.txt"),
    include_str!("../../resources/say/adverbs.txt"),
];

/// What each token of a document can be a cue of.
#[derive(Debug)]
pub(crate) struct Cues {
    held: Vec<u128>,
}

impl Cues {
    /// Looks every token up; an expression of several words stands at its last one.
    pub(crate) fn new(tokens: &[Token]) -> Cues {
        let table = Table::get();
        let mut held: Vec<u128> = tokens.iter().map(|token| table.of(bare(&token.lower))).collect();
        let mut joined = String::new();
        for (start, first) in tokens.iter().enumerate() {
            let longest = table.openers.get(first.lower.as_str()).copied().unwrap_or(1);
            joined.clear();
            for (at, token) in tokens.iter().enumerate().skip(start).take(longest) {
                if at > start {
                    joined.push(' ');
                }
                joined.push_str(bare(&token.lower));
                if at > start {
                    let found = table.of(&joined);
                    held[at] |= found;
                    if found & bit(Cue::Noun) != 0 {
                        held[start..=at].fill(0);
                    }
                }
            }
        }
        Cues { held }
    }

    /// Whether a token, or an expression that ends with it, can be a cue.
    pub(crate) fn is(&self, token: usize, cue: Cue) -> bool {
        self.held.get(token).is_some_and(|held| held & bit(cue) != 0)
    }
}

fn bit(cue: Cue) -> u128 {
    1 << cue as u32
}

/// The lists as one table.
#[derive(Debug, Default)]
struct Table {
    words: HashMap<String, u128>,
    /// First words of expressions, with the length of the longest.
    openers: HashMap<String, usize>,
}

impl Table {
    fn get() -> &'static Table {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(Table::load)
    }

    fn of(&self, lower: &str) -> u128 {
        self.words.get(lower).copied().unwrap_or_default()
    }

    fn load() -> Table {
        let mut table = Table::default();
        for list in LISTS {
            for (head, line) in lines(list) {
                let (name, sort) = head.split_once(' ').unwrap_or((head, ""));
                let Some(cue) = Cue::from_name(name) else { continue };
                for entry in line.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
                    let mut forms = entry.split('/');
                    let base = forms.next().unwrap_or_default();
                    table.add(base, cue);
                    let mut more = 0;
                    for form in forms {
                        table.add(form, cue);
                        more += 1;
                    }
                    match sort {
                        "verbs" => inflect(base, more == 0, &mut |form| table.add(form, cue)),
                        "nouns" if more == 0 => table.add(&ending_s(base), cue),
                        _ => {}
                    }
                }
            }
        }
        table
    }

    fn add(&mut self, text: &str, cue: Cue) {
        *self.words.entry(text.to_owned()).or_default() |= bit(cue);
        let mut words = text.split(' ');
        let (first, more) = (words.next().unwrap_or_default(), words.count());
        if more > 0 {
            let longest = self.openers.entry(first.to_owned()).or_default();
            *longest = (*longest).max(more + 1);
        }
    }
}

/// The lines of a list with the head of the section they stand in.
fn lines(list: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut head = "";
    list.lines().map(str::trim).filter_map(move |line| {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            head = name;
            return None;
        }
        (!line.is_empty() && !line.starts_with('#')).then_some((head, line))
    })
}

/// Adds third person, "-ing" form and, where it is regular, the past of a verb, whose
/// particle, if any, follows its first word.
fn inflect(base: &str, regular: bool, add: &mut impl FnMut(&str)) {
    let (verb, particle) = match base.split_once(' ') {
        Some((verb, particle)) => (verb, format!(" {particle}")),
        None => (base, String::new()),
    };
    let mut form = |stem: &str, ending: &str| add(&format!("{stem}{ending}{particle}"));
    let silent = verb.strip_suffix('e').filter(|stem| !stem.ends_with('e'));
    form(&ending_s(verb), "");
    form(silent.unwrap_or(verb), "ing");
    if regular {
        match (silent, verb.strip_suffix('y')) {
            (Some(stem), _) => form(stem, "ed"),
            (None, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => form(stem, "ied"),
            _ => form(verb, "ed"),
        }
    }
}

/// The plural of a noun or the third person of a verb.
fn ending_s(word: &str) -> String {
    let stem = word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    match stem {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "ch", "sh", "z"].iter().any(|end| word.ends_with(end)) => {
            format!("{word}es")
        }
        None => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(word: &str, cue: Cue) -> bool {
        Table::get().of(word) & bit(cue) != 0
    }

    #[test]
    fn verbs_are_inflected() {
        for form in ["deny", "denies", "denied", "denying"] {
            assert!(is(form, Cue::Refusing), "{form}");
        }
        for form in ["ruled out", "rules out", "excluding", "excluded"] {
            assert!(is(form, Cue::RuleOut), "{form}");
        }
        assert!(is("said", Cue::Saying) && !is("saied", Cue::Saying));
        assert!(is("authorities", Cue::Voice));
    }

    #[test]
    fn every_section_of_the_lists_is_known() {
        for (head, _) in LISTS.into_iter().flat_map(lines) {
            let name = head.split(' ').next().unwrap_or_default();
            assert!(Cue::from_name(name).is_some(), "{head}");
        }
    }
}

//! Attacks ascribed to a group apart from the words that tell of them: "police ascribe the
//! explosions to the movement", "the front was blamed for the attack".
//!
//! Must not: "the minister blamed the police for delays" (no attack is spoken of in the
//! sentence or pointed to by it).

use throughline_model::{SubjectKind, Value, Variable, ZoneRole};

use super::Deeds;
use super::lexicon::Class;
use crate::analysis::Sentence;
use crate::say::builder::Builder;
use crate::say::words::Words;

/// How far the group can stand from the verb, in tokens.
const REACH: usize = 14;

/// Says to which groups attacks are ascribed.
pub(crate) fn say(words: &Words<'_>, deeds: &Deeds, builder: &mut Builder<'_>) {
    for sentence in words.analysis.sentences.iter().filter(|held| held.zone == ZoneRole::Body) {
        for verb in sentence.tokens.clone() {
            let Some((group, at)) = ascribed(words, sentence, verb) else { continue };
            if !points(words, sentence) {
                continue;
            }
            let Some(deed) = deeds.current(verb) else { continue };
            let group = Value::Mention(builder.name(group));
            builder.say(at..at + 1, deed.mention, Variable::AscribedTo, None, group, 75);
        }
    }
}

/// The group that a verb ascribes something to, and where it is named.
fn ascribed(words: &Words<'_>, sentence: &Sentence, verb: usize) -> Option<(usize, usize)> {
    let end = sentence.tokens.end.min(verb + REACH);
    let group_after = |from: usize| {
        let phrase = words.right(from, end);
        let name = words.names_in(phrase, SubjectKind::Group).first().copied();
        name.map(|name| (name, words.analysis.names[name].tokens.start))
    };
    match words.lemma(verb) {
        "ascribe" | "attribute" | "trace" => {
            let to = (verb + 1..end).find(|&at| words.lower(at) == "to")?;
            group_after(to + 1)
        }
        // "accused the front of planting the bomb".
        "accuse" => {
            let active = !verb.checked_sub(1).is_some_and(|be| words.is(be, Class::Auxiliary));
            group_after(verb + 1).filter(|_| active)
        }
        "blame" => {
            let on = (verb + 1..end).find(|&at| words.lower(at) == "on");
            let passive = verb.checked_sub(1).is_some_and(|be| words.is(be, Class::Auxiliary));
            if passive {
                let last = (sentence.tokens.start..verb)
                    .rev()
                    .find(|&at| !words.is(at, Class::Auxiliary) && !words.adverb(at))?;
                let name = words.name_of(last, SubjectKind::Group);
                return name.map(|name| (name, verb)).or_else(|| group_after(on? + 1));
            }
            group_after(verb + 1).or_else(|| group_after(on? + 1))
        }
        _ => None,
    }
}

/// Whether a sentence speaks of an attack, or points to one: "the bombs", "it".
fn points(words: &Words<'_>, sentence: &Sentence) -> bool {
    sentence.tokens.clone().any(|token| {
        let word = words.word(token);
        word.is_some_and(|word| word.attack.is_some() || word.weapon.is_some())
            || matches!(words.lower(token), "it" | "them" | "deed" | "crime")
    })
}

//! Whether an attack was made alone, with helpers or by a cell.
//!
//! Fires on "Ames acted alone", "the gunman had help", "‘lone wolf’ attacker"; not on attackers in
//! general ("experts say that lone wolves rarely act in isolation"), whose company is nobody's in
//! particular, and not on those who are rarely alone.

use std::ops::Range;

use throughline_model::{SubjectKind, Value, Variable, ZoneRole};

use super::builder::Builder;
use super::cues::Cue;
use super::incidents::Deeds;
use super::incidents::lexicon::Class;
use super::incidents::police;
use super::words::Words;
use crate::analysis::Sentence;

/// How far before the expression its subject may stand, in tokens.
const REACH: usize = 14;

/// Says the company of the attacks of a document.
pub(crate) fn say(words: &Words<'_>, deeds: &Deeds, builder: &mut Builder<'_>) {
    for sentence in &words.analysis.sentences {
        if !matches!(sentence.zone, ZoneRole::Headline | ZoneRole::Body) {
            continue;
        }
        for at in sentence.tokens.clone() {
            let Some(term) = term(words, at) else { continue };
            if !particular(words, deeds, sentence, at)
                || inverted(words, sentence, at)
                || term == "helpers" && of_others(words, sentence, at)
            {
                continue;
            }
            let told =
                place_after(words, sentence, at).and_then(|place| deeds.at(words, place, at));
            let Some(deed) = told.or_else(|| deeds.current(at)) else { continue };
            let value = Value::Term(term.to_owned());
            // "had no accomplices" says that he was alone, and denies nothing.
            let no = (sentence.tokens.start.max(at.saturating_sub(3))..at)
                .find(|&token| matches!(words.lower(token), "no" | "without"));
            let at = no.filter(|_| term == "alone").unwrap_or(at);
            builder.say(at..at + 1, deed.mention, Variable::Company, None, value, 75);
        }
    }
}

/// The place that stands right behind an expression: "acted alone in Bellmar".
fn place_after(words: &Words<'_>, sentence: &Sentence, at: usize) -> Option<usize> {
    let preposition = at + 1;
    let placed = matches!(words.lower(preposition), "in" | "at" | "near");
    let phrase = words.right(preposition + 1, sentence.tokens.end);
    placed.then(|| words.names_in(phrase, SubjectKind::Place).first().copied()).flatten()
}

/// What an expression that ends here tells.
fn term(words: &Words<'_>, at: usize) -> Option<&'static str> {
    const TERMS: [(Cue, &str); 3] =
        [(Cue::Alone, "alone"), (Cue::Helped, "helpers"), (Cue::Cell, "cell")];
    TERMS.iter().find(|(cue, _)| words.cue(at, *cue)).map(|(_, term)| *term)
}

/// Whether the expression speaks of one attack or attacker rather than of attackers in general.
fn particular(words: &Words<'_>, deeds: &Deeds, sentence: &Sentence, at: usize) -> bool {
    let from = clause_start(words, sentence, at);
    // The attacker may stand after it: "‘lone wolf’ attacker".
    let to = sentence.tokens.end.min(at + 4);
    for token in (from..to).rev() {
        if words.name_of(token, SubjectKind::Person).is_some() {
            return true;
        }
        match words.lower(token) {
            "he" | "she" | "him" | "her" | "his" | "himself" => return true,
            "they" | "their" | "them" | "themselves" => return false,
            _ => {}
        }
        let Some(word) = words.word(token) else { continue };
        let phrase = words.left(token, from);
        let general = words.is(phrase.start, Class::Generic) || words.is(token, Class::Generic);
        if word.doer.is_some() {
            return !word.plural && !general && !words.is(phrase.start, Class::Indefinite);
        }
        let one = word.is(Class::People) && !word.plural;
        if one && words.is(phrase.start, Class::Definite) && !general {
            return true;
        }
        if word.attack.is_some() {
            return deeds.in_tokens(phrase).any(|deed| !deed.set);
        }
    }
    false
}

/// "Police are investigating the attack with the help of the army", "a guard, with help from two
/// passengers, held him down": help of those who look into an attack or end it.
fn of_others(words: &Words<'_>, sentence: &Sentence, at: usize) -> bool {
    const NEAR: usize = 8;
    let aid = at.saturating_sub(3)..at + 1;
    if !aid.clone().any(|at| {
        matches!(words.lower(at), "help" | "helped" | "aid" | "aided" | "assisted" | "assistance")
    }) {
        return false;
    }
    let helpers = words.right(at + 1, sentence.tokens.end.min(at + NEAR));
    let bystander = |at: usize| {
        matches!(
            words.lemma(at),
            "passenger"
                | "bystander"
                | "neighbour"
                | "neighbor"
                | "resident"
                | "passer-by"
                | "passersby"
                | "public"
                | "witness"
                | "colleague"
                | "expert"
                | "dog"
        )
    };
    if helpers.clone().any(|at| police::armed_by_state(words, at) || bystander(at)) {
        return true;
    }
    // "with the help of a mobile phone": a thing helps nobody.
    let somebody = |at: usize| {
        words.name(at).is_some()
            || words.word(at).is_some_and(|word| word.is(Class::People) || word.doer.is_some())
            || matches!(words.lemma(at), "accomplice" | "helper" | "friend" | "man" | "woman")
            || words.cue(at, Cue::Handler)
            || words.cue(at, Cue::GroupWord)
    };
    if words.lower(at) == "of" && !helpers.is_empty() && !helpers.into_iter().any(somebody) {
        return true;
    }
    let from = clause_start(words, sentence, at);
    (from..at).any(|at| matches!(words.lemma(at), "investigate" | "investigation" | "inquiry"))
}

/// The start of the clause that an expression stands in, or of what is near enough.
fn clause_start(words: &Words<'_>, sentence: &Sentence, at: usize) -> usize {
    let floor = sentence.tokens.start.max(at.saturating_sub(REACH));
    let breaks = |token: usize| matches!(words.lower(token), "." | ";" | ":" | "but" | "although");
    (floor..at).rev().find(|&token| breaks(token)).map_or(floor, |token| token + 1)
}

/// "is rarely alone", "did not act alone": the contrary, which tells no other company either.
fn inverted(words: &Words<'_>, sentence: &Sentence, at: usize) -> bool {
    let from = sentence.tokens.start.max(at.saturating_sub(6));
    let before: Range<usize> = from..at;
    before.into_iter().any(|token| {
        words.cue(token, Cue::Frequency)
            || matches!(
                words.lower(token),
                "rarely" | "seldom" | "hardly" | "never" | "if" | "always"
            )
    })
}

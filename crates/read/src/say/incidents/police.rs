//! What police and soldiers do on duty, which is no attack: their raids, their shots, and whom
//! they kill.
//!
//! Must not: "two officers were shot dead during a raid by police", "soldiers killed nine
//! villagers".

use std::ops::Range;

use throughline_model::SubjectKind;

use super::found::Found;
use super::lexicon::Class;
use super::{imagined, tolls};
use crate::analysis::Sentence;
use crate::say::cues::Cue;
use crate::say::words::Words;

/// "officers took part in the raid", "a police raid": a search and no attack; not "the raid
/// on the police station", "gunmen killed two officers in the raid". Also "a raid on his house by
/// Morden police".
pub(super) fn search(words: &Words<'_>, sentence: &Sentence, head: usize) -> bool {
    let until = imagined::near(&sentence.tokens, head).end;
    let by = (head + 1..until)
        .take_while(|&at| !words.mark(at) && !words.is(at, Class::Auxiliary))
        .find(|&at| words.lower(at) == "by");
    let agent = by.map(|by| words.right(by + 1, sentence.tokens.end));
    if words.lemma(head) == "raid"
        && agent.is_some_and(|agent| {
            agent.clone().next_back().is_some_and(|last| words.is(last, Class::Force))
        })
    {
        return true;
    }
    let before = imagined::near(&sentence.tokens, head).start..head;
    let arrests = |at: usize| {
        matches!(words.lemma(at), "arrest" | "seize" | "detain" | "recover" | "apprehend")
            && words.name(at).is_none()
    };
    let state =
        |at: usize| words.is(at, Class::Force) || of_state(words, words.left(at, before.start));
    let force = before.clone().any(state) || sentence.tokens.clone().take(200).any(arrests);
    // "security forces killed two rebels in a raid", but not "gunmen killed two officers in the raid".
    let doer = before.clone().find(|&at| words.word(at).is_some_and(|word| word.doer.is_some()));
    let theirs = doer.is_none_or(|doer| {
        (before.start..doer).any(|at| state(at) && words.is(at + 1, Class::Killing))
    });
    words.lemma(head) == "raid" && (force && theirs || ended_in(words, before))
}

/// "the suspected mastermind of the attack was killed in a raid": those who look for him raid. Whoever is
/// killed in a raid on a place is attacked there.
fn ended_in(words: &Words<'_>, before: Range<usize>) -> bool {
    let raid = before.end;
    let phrase = words.left(raid, before.start);
    let Some(preposition) = phrase.start.checked_sub(1).filter(|&at| at > before.start) else {
        return false;
    };
    let fate = matches!(words.lower(preposition), "in" | "during")
        && tolls::casualty(words, preposition - 1).is_some();
    let aimed = matches!(words.lower(raid + 1), "on" | "against") && words.time(raid + 2).is_none();
    let looked_for = |at: usize| {
        matches!(words.lower(at), "suspected" | "alleged" | "wanted")
            || matches!(words.lemma(at), "suspect" | "mastermind" | "ringleader" | "fugitive")
    };
    fate && !aimed && before.clone().any(looked_for)
}

/// Whether a word stands for those who bear arms for a state: whom they shoot they do not
/// attack, where it was an attacker.
pub(crate) fn armed_by_state(words: &Words<'_>, token: usize) -> bool {
    words.is(token, Class::Force)
        || matches!(
            words.lemma(token),
            "soldier"
                | "troop"
                | "officer"
                | "policeman"
                | "policewoman"
                | "constable"
                | "guard"
                | "gendarme"
                | "trooper"
                | "deputy"
                | "marshal"
                | "sergeant"
                | "detective"
                | "agent"
                | "sniper"
                | "army"
                | "marine"
        )
        || words.lower(token) == "forces"
}

/// Whether police do it: their shots and raids are no attack. Also "police said they had shot
/// a man", "officers chased the man, shooting him"; not "police said he shot a man".
pub(super) fn on_duty(words: &Words<'_>, sentence: &Sentence, found: &Found) -> bool {
    let head = |by: &Range<usize>| by.end.checked_sub(1).filter(|&head| by.contains(&head));
    if let Some(by) = &found.by {
        // "officers opened fire on the suspect".
        let attacker = |at: usize| {
            words.lemma(at) == "suspect" || words.word(at).is_some_and(|word| word.doer.is_some())
        };
        let aim = found.target.as_ref().and_then(head);
        if aim.is_some_and(attacker) && head(by).is_some_and(|by| armed_by_state(words, by)) {
            return true;
        }
        return head(by).is_some_and(|head| words.is(head, Class::Force))
            || of_state(words, by.clone());
    }
    // "police said they had foiled a plot to bomb": not theirs.
    if found.stage != Some("executed") {
        return false;
    }
    if in_search(words, sentence, found) || lunged_at_officer(words, found) {
        return true;
    }
    let before = imagined::near(&sentence.tokens, found.head).start..found.head;
    let Some(force) = before.clone().rev().find(|&at| words.is(at, Class::Force)) else {
        return false;
    };
    let between = force + 1..found.head;
    if between.clone().any(|at| words.word(at).is_some_and(|word| word.doer.is_some())) {
        return false;
    }
    let speech = between.clone().find(|&at| {
        words.cue(at, Cue::Saying) || words.cue(at, Cue::Telling) || words.cue(at, Cue::Supposing)
    });
    match speech {
        Some(verb) => (verb..found.head.min(verb + 6)).any(|at| words.lower(at) == "they"),
        None => {
            let apart = found.head.checked_sub(1).is_some_and(|at| words.lower(at) == ",");
            apart && words.lower(found.head).ends_with("ing")
        }
    }
}

/// Whether a phrase stands for those who enforce the law: "the National Agency", "security forces", "law
/// enforcement personnel", "the bomb squad"; not "men dressed as security forces", "the Republican Guard".
fn of_state(words: &Words<'_>, phrase: Range<usize>) -> bool {
    let Some(head) = phrase.clone().next_back() else { return false };
    if let Some(name) = words.name_of(head, SubjectKind::Group) {
        return words.official(name);
    }
    let told = |at: usize| {
        matches!(
            words.lower(at),
            "security" | "police" | "government" | "enforcement" | "bomb" | "special" | "disposal"
        )
    };
    matches!(words.lower(head), "forces" | "personnel" | "squad" | "experts" | "unit" | "team")
        && phrase.start + 4 > head
        && (phrase.start..head).any(told)
}

/// Whether somebody is shot in a raid of police: "was shot dead during a raid by police"; not "two
/// officers were shot during a raid by police".
fn in_search(words: &Words<'_>, sentence: &Sentence, found: &Found) -> bool {
    let target = found.target.clone().and_then(|target| target.into_iter().next_back());
    in_raid(words, sentence, found.head) && !target.is_some_and(|at| armed_by_state(words, at))
}

/// Whether what a verb tells happened in a raid of police: "was shot dead during a raid by police".
pub(crate) fn in_raid(words: &Words<'_>, sentence: &Sentence, verb: usize) -> bool {
    let until = imagined::near(&sentence.tokens, verb).end;
    (verb + 1..until).any(|raid| {
        let before = verb.max(raid.saturating_sub(5))..raid;
        before.into_iter().any(|at| matches!(words.lower(at), "during" | "in"))
            && (search(words, sentence, raid) || battle(words, raid, sentence.tokens.end))
    })
}

/// "a gun battle with police", "a shootout with officers".
fn battle(words: &Words<'_>, at: usize, end: usize) -> bool {
    let fight = matches!(
        words.lower(at),
        "battle"
            | "gunbattle"
            | "shootout"
            | "gunfight"
            | "firefight"
            | "standoff"
            | "clash"
            | "confrontation"
    ) || words.lower(at) == "out" && words.lower(at.saturating_sub(2)) == "shoot";
    fight
        && words.lower(at + 1) == "with"
        && words.right(at + 2, end).any(|force| armed_by_state(words, force))
}

/// "shot dead by police after he lunged at an officer": with nothing in his hand, no attack.
fn lunged_at_officer(words: &Words<'_>, found: &Found) -> bool {
    let target = found.target.clone().and_then(|target| target.into_iter().next_back());
    words.lemma(found.head) == "lunge"
        && found.weapon.is_none()
        && target.is_some_and(|at| armed_by_state(words, at))
}

/// "a man was shot dead by police", "five more were killed in police firing on the crowd": no toll
/// of the attack that is spoken of.
pub(crate) fn killed(words: &Words<'_>, token: usize) -> bool {
    const FATE: usize = 10;
    const AGENT: usize = 5;
    let Some(sentence) = words.sentence(token) else { return false };
    let end = sentence.tokens.end;
    let Some(fate) = (token..end.min(token + FATE))
        .take_while(|&at| !words.mark(at))
        .find(|&at| tolls::casualty(words, at).is_some())
    else {
        return false;
    };
    let near = fate + 1..end.min(fate + 1 + AGENT);
    let preposition = near
        .take_while(|&at| !words.mark(at) && !words.is(at, Class::Conjunction))
        .find(|&at| matches!(words.lower(at), "by" | "in" | "during" | "when"));
    let Some(preposition) = preposition else { return false };
    let from = preposition + 1;
    // "by gunmen in police uniforms", "by a former police officer": not by police.
    if words.lower(preposition) == "by" {
        let agent = words.right(from, end);
        let head = agent.clone().next_back();
        return head.is_some_and(|head| words.is(head, Class::Force))
            && !words.is(agent.end, Class::Relative);
    }
    let force = (from..end.min(from + 3)).find(|&at| words.is(at, Class::Force));
    force.is_some_and(|force| match words.lower(preposition) {
        "when" => matches!(words.lower(force + 1), "fired" | "opened" | "shot" | "raided"),
        _ => matches!(
            words.lower(force + 1),
            "firing" | "fire" | "shooting" | "gunfire" | "raid" | "raids" | "operation"
        ),
    })
}

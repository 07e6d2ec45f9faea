//! What a group or a handler did for an attack: inspired, instructed, trained, funded …
//!
//! Each element is said of the incident, with the group or handler as its party, and each with
//! its own yes or no: "inspired – rather than instructed – by the group" says both. Nothing is
//! said here of attackers in general ("some killers have pledged allegiance"): such sentences
//! are habits of the group ([`super::habits`]).
//!
//! [`verbs`] reads what a group does ("was coached by handlers, who funded …"), [`taken`] what an
//! attacker takes from it ("acting on orders from …"), [`links`] how close a link is called.

mod links;
mod parties;
mod taken;
mod verbs;

use std::ops::Range;

use throughline_model::{Answer, Element, MentionId, SubjectKind, Value, Variable, ZoneRole};

use self::parties::Party;
use super::builder::Builder;
use super::incidents::Deeds;
use super::words::Words;
use crate::analysis::Sentence;

/// A hand in an attack, as some words tell it.
#[derive(Debug, Clone)]
struct Hand {
    /// The words that tell the element.
    at: Range<usize>,
    element: Element,
    /// Whether the words deny it: "rather than instructed".
    not: bool,
    party: Party,
}

/// Says the elements of involvement, and how close links are called.
pub(crate) fn say(words: &Words<'_>, deeds: &Deeds, builder: &mut Builder<'_>) {
    for sentence in &words.analysis.sentences {
        if !matches!(sentence.zone, ZoneRole::Headline | ZoneRole::Body) {
            continue;
        }
        let mut hands = verbs::find(words, deeds, sentence);
        hands.extend(taken::find(words, deeds, sentence));
        for hand in hands {
            if of_set(deeds, sentence, hand.at.start) {
                continue;
            }
            let Some(deed) = deeds.current(hand.at.start) else { continue };
            let party = mention(words, &hand.party, builder);
            // Where the clause denies already, the builder turns the answer round.
            let denied = builder.denies(hand.at.start);
            let answer = if hand.not && !denied { Answer::No } else { Answer::Yes };
            let variable = Variable::Involvement(hand.element);
            let value = Value::Answer(answer);
            builder.say(hand.at, deed.mention, variable, Some(party), value, 80);
        }
        links::say(words, deeds, sentence, builder);
    }
}

/// Whether a sentence speaks of a set ("twelve of the 17 plots were directed by …") and of no
/// incident before the words: then the set's share tells it.
fn of_set(deeds: &Deeds, sentence: &Sentence, at: usize) -> bool {
    deeds.set_in(sentence.tokens.clone()).is_some()
        && !deeds.in_tokens(sentence.tokens.start..at).any(|deed| !deed.set)
}

/// The mention that a party stands for.
fn mention(words: &Words<'_>, party: &Party, builder: &mut Builder<'_>) -> MentionId {
    match party {
        Party::Named(name) => builder.name(words.root(*name)),
        Party::Described(tokens) => builder.described(SubjectKind::Person, tokens.clone()),
    }
}

/// Whether a sentence says something of attackers in general that involves a group, and the
/// group: "others have had guidance on everything from the target to the timing".
pub(crate) fn general(words: &Words<'_>, sentence: &Sentence) -> Option<usize> {
    let told = verbs::of_attackers_in_general(words, sentence)
        || taken::of_attackers_in_general(words, sentence);
    told.then(|| words.latest_group(sentence.tokens.end)).flatten()
}

//! Sentences that speak of a statement: a claim of responsibility, a message, a letter; or
//! that say that somebody claimed an attack.

use std::ops::Range;

use throughline_model::{SubjectKind, ZoneRole};

use super::spoken;
use crate::analysis::Sentence;
use crate::say::cues::Cue;
use crate::say::incidents::lexicon::Class;
use crate::say::incidents::nouns::answered_on;
use crate::say::words::Words;

/// What one sentence says of a statement. Names and times are indices into the analysis.
#[derive(Debug, Clone, Default)]
pub(crate) struct Statement {
    /// The words that mention it.
    pub(crate) tokens: Range<usize>,
    pub(crate) head: usize,
    pub(crate) sentence: Range<usize>,
    /// Whether it points back: "the message".
    pub(crate) definite: bool,
    /// Whether the sentence shows that it is on responsibility.
    pub(crate) evident: bool,
    /// Whether it stands for a kind of statement only ("a letter"), with nobody it is from.
    pub(crate) loose: bool,
    /// claims or denies.
    pub(crate) act: &'static str,
    pub(crate) claimant: Option<Claimant>,
    pub(crate) outlet: Option<usize>,
    pub(crate) outlet_of_claimant: bool,
    pub(crate) issued: Option<usize>,
    pub(crate) wording: Vec<Range<usize>>,
    pub(crate) no_details: bool,
    pub(crate) manner: Option<Range<usize>>,
}

/// Who claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Claimant {
    /// An index into the names.
    Name(usize),
    /// A group without a name: "two anarchist groups".
    Group(Range<usize>),
}

impl Claimant {
    /// Whether it is a group rather than a person.
    pub(crate) fn of_group(&self, words: &Words<'_>) -> bool {
        match self {
            Claimant::Name(name) => words.analysis.names[*name].kind == SubjectKind::Group,
            Claimant::Group(_) => true,
        }
    }
}

/// The claimant that a phrase stands for: a name, the group that "the group" points back to,
/// or a group without a name.
pub(crate) fn claimant(words: &Words<'_>, phrase: Range<usize>) -> Option<Claimant> {
    if let Some(name) = name_of(words, phrase.clone()) {
        return Some(Claimant::Name(name));
    }
    let head = phrase.end.checked_sub(1).filter(|&head| phrase.contains(&head))?;
    if words.is(phrase.start, Class::Definite)
        && let Some(name) = words.group_meant(head)
    {
        return Some(Claimant::Name(name));
    }
    let group = matches!(
        words.lower(head),
        "group"
            | "groups"
            | "movement"
            | "organisation"
            | "organization"
            | "organisations"
            | "organizations"
            | "faction"
            | "brigade"
            | "committee"
            | "outfit"
            | "outfits"
            | "cell"
            | "league"
            | "militia"
    );
    group.then_some(Claimant::Group(phrase))
}

/// The statements that the body speaks of, in text order; one a sentence.
pub(crate) fn find(words: &Words<'_>) -> Vec<Statement> {
    let body = words.analysis.sentences.iter().filter(|held| held.zone == ZoneRole::Body);
    body.filter_map(|sentence| in_sentence(words, sentence)).collect()
}

/// The statement of a sentence; one that both a noun and a verb tell ("claimed the attack in a
/// statement") has the parts of both.
fn in_sentence(words: &Words<'_>, sentence: &Sentence) -> Option<Statement> {
    let noun = by_noun(words, sentence);
    let told = by_verb(words, sentence).or_else(|| {
        let known = noun.as_ref().is_some_and(|noun| noun.evident);
        (!known).then(|| spoken::find(words, sentence)).flatten()
    });
    let Some(mut found) = noun else { return told };
    if let Some(told) = told {
        // "claims responsibility, but police say they are investigating the claim": the claim is told
        // where it is made, and not where somebody else speaks of it.
        let spoken_of = found.definite && words.is(found.head, Class::Claim);
        if spoken_of && told.head < found.tokens.start {
            return Some(told);
        }
        found.claimant = told.claimant.or(found.claimant);
        if found.act != "withdraws" {
            found.act = told.act;
        }
        found.evident = true;
    }
    Some(found)
}

/// "claim of responsibility", "a statement released by …", "the message".
fn by_noun(words: &Words<'_>, sentence: &Sentence) -> Option<Statement> {
    let tokens = sentence.tokens.clone();
    let head = tokens.clone().find(|&token| is_statement(words, token, tokens.start))?;
    let full = words.is(head, Class::Claim);
    let mut found = Statement {
        tokens: words.left(head, tokens.start),
        head,
        sentence: tokens.clone(),
        act: "claims",
        ..Statement::default()
    };
    // A quantifier or "no" before it speaks of claims in general or of none.
    let opener = found.tokens.start;
    if words.is(opener, Class::Generic) && !words.is(opener, Class::Definite) {
        return None;
    }
    found.definite = words.is(opener, Class::Definite) || words.possessive(opener);
    found.manner = manner(words, found.tokens.clone(), head);
    let of_responsibility = words.lower(head) != "responsibility"
        && words.lower(head + 1) == "of"
        && (words.is(head + 2, Class::Responsible) || words.is(head + 2, Class::Claim));
    let end = if of_responsibility { head + 3 } else { head + 1 };
    found.tokens.end = end;
    let before = words.names_in(found.tokens.clone(), SubjectKind::Group);
    found.claimant = before.first().copied().map(Claimant::Name);
    from(words, &mut found, end, tokens.end);
    outlet(words, &mut found, tokens.clone());
    found.loose = found.claimant.is_none() && found.outlet.is_none() && !found.definite;
    wording(words, &mut found);
    found.no_details = no_details(words, tokens.clone());
    let responsible = words.any(tokens.clone(), Class::Responsible);
    let known = found.claimant.is_some() || found.outlet.is_some();
    let spoken = known || found.definite;
    found.evident = (full && (of_responsibility || words.lower(head).contains(' ')))
        || (known && responsible && !full)
        || (spoken && calls_attacker(words, &found));
    let denial = |at: usize| words.lower(at) == "denial" || words.is(at, Class::Denying);
    if responsible && tokens.clone().any(denial) {
        found.act = "denies";
    }
    if let Some(verb) = taken_back(words, tokens.clone(), head) {
        found.act = "withdraws";
        found.claimant = found.claimant.take().or_else(|| subject(words, verb, tokens.start));
    }
    Some(found)
}

fn is_statement(words: &Words<'_>, token: usize, floor: usize) -> bool {
    if words.name(token).is_some() {
        return false;
    }
    if words.is(token, Class::Claim) {
        // "claims attacks" is a verb, "a claim" and "claim of responsibility" are nouns.
        let phrase = words.left(token, floor);
        let opened = phrase.len() > 1
            && (words.is(phrase.start, Class::Determiner)
                || phrase.clone().any(|at| words.possessive(at) || words.name(at).is_some()));
        return words.lower(token).contains(' ')
            || (words.lower(token + 1) == "of" && words.is(token + 2, Class::Responsible))
            || (opened
                && words.lower(token) == "claim"
                && !words.is(token + 1, Class::Determiner));
    }
    // "a letter bomb" says nothing.
    let bomb = words.word(token + 1).is_some_and(|word| word.weapon.is_some());
    words.is(token, Class::Statement) && !bomb && {
        let phrase = words.left(token, floor);
        // "posted", "released" as verbs are other words; "to post" and "a post" differ.
        phrase.len() > 1 || words.is(token + 1, Class::Preposition)
    }
}

/// Whose statement it is: "by the group", "from the movement", "of the party".
fn from(words: &Words<'_>, found: &mut Statement, from: usize, end: usize) {
    let until = end.min(from + 24);
    let mut at = from;
    while at < until {
        if words.is(at, Class::Issuing)
            && let Some(time) = time_near(words, at, until)
        {
            found.issued = found.issued.or(Some(time));
        }
        if matches!(words.lower(at), "by" | "from" | "of" | "through" | "via")
            && found.claimant.is_none()
        {
            let name = words.name_of(at + 1, SubjectKind::Group).or_else(|| {
                let phrase = words.right(at + 1, end);
                words.names_in(phrase, SubjectKind::Group).first().copied()
            });
            let armed = name.filter(|&name| !words.official(name));
            found.claimant = armed.map(Claimant::Name);
        }
        let clause = words.is(at, Class::Relative) && words.name(at).is_none();
        if words.is(at, Class::Calling) || words.is(at, Class::Giving) || clause {
            break;
        }
        at += 1;
    }
}

/// The time right after a verb of issuing: "released yesterday", "published on Sunday".
fn time_near(words: &Words<'_>, verb: usize, end: usize) -> Option<usize> {
    // "claimed responsibility for Sunday's attack": not the day of the claim.
    (verb + 1..end.min(verb + 10))
        .take_while(|&token| {
            !words.is(token, Class::Calling)
                && !words.is(token, Class::Giving)
                && words.lower(token) != "for"
        })
        .find_map(|token| words.time(token))
}

/// The outlet that a sentence names, and whether it is said to be the claimant's.
fn outlet(words: &Words<'_>, found: &mut Statement, tokens: Range<usize>) {
    let outlets = words.names_in(tokens.clone(), SubjectKind::Outlet);
    let after = tokens.clone().any(|token| {
        words.is(token, Class::Issuing)
            || matches!(words.lower(token), "through" | "via" | "by" | "on")
    });
    let Some(&outlet) = outlets.first().filter(|_| after) else { return };
    found.outlet = Some(outlet);
    let name = words.analysis.names[outlet].tokens.clone();
    // "the group's official news agency X", "the agency X of the group".
    let owner = words.left(name.start, tokens.start).clone().any(|at| words.possessive(at));
    let of = (name.end..tokens.end.min(name.end + 4)).find(|&at| words.lower(at) == "of");
    let group_after = of.and_then(|of| {
        let phrase = words.right(of + 1, tokens.end);
        words.names_in(phrase, SubjectKind::Group).first().copied()
    });
    found.outlet_of_claimant = owner || group_after.is_some();
    found.claimant = found.claimant.take().or(group_after.map(Claimant::Name));
}

/// Quoted words of the statement: those after a verb of calling, or after "said" with the
/// statement itself as the subject.
fn wording(words: &Words<'_>, found: &mut Statement) {
    let sentence = found.sentence.clone();
    let quotes = &words.analysis.quotes;
    let from = quotes.partition_point(|quote| quote.tokens.start < found.head);
    for quote in &quotes[from..] {
        if quote.tokens.start >= sentence.end {
            break;
        }
        let before = found.head..quote.tokens.start;
        let called = words.any(before.clone(), Class::Calling);
        let said = before.clone().any(|token| {
            matches!(words.lower(token), "said" | "says" | "read" | "reads" | "declared" | "that")
        });
        if called || said {
            found.wording.push(quote.tokens.clone());
        }
    }
}

/// "gave no other details", "offered no further particulars", "without details".
fn no_details(words: &Words<'_>, tokens: Range<usize>) -> bool {
    tokens.clone().any(|token| {
        words.is(token, Class::Detail) && {
            let from = tokens.start.max(token.saturating_sub(4));
            (from..token).any(|at| words.is(at, Class::Without))
                && (tokens.start.max(token.saturating_sub(7))..token)
                    .any(|at| words.is(at, Class::Giving) || words.lower(at) == "without")
        }
    })
}

/// "carefully worded", "vague": how the wording is judged, before the noun.
fn manner(words: &Words<'_>, phrase: Range<usize>, head: usize) -> Option<Range<usize>> {
    let word = (phrase.start..head).find(|&token| words.is(token, Class::Manner))?;
    let adverb =
        word.checked_sub(1).filter(|&adverb| adverb >= phrase.start && words.adverb(adverb));
    Some(adverb.unwrap_or(word)..word + 1)
}

/// The verb that takes a claim back: "The group retracted its claim of responsibility", "we are withdrawing our claim", "withdrew the
/// statement"; not "refused to withdraw its claim", "the paper retracted its report".
fn taken_back(words: &Words<'_>, sentence: Range<usize>, head: usize) -> Option<usize> {
    const NEAR: usize = 5;
    let from = sentence.start.max(head.saturating_sub(NEAR));
    let verb = (from..head).rev().find(|&at| {
        matches!(words.lemma(at), "retract" | "withdraw" | "recant" | "rescind" | "disown")
    })?;
    let own = (verb + 1..head + 1).any(|at| words.is(at, Class::Definite));
    let mut before = sentence.start.max(verb.saturating_sub(4))..verb;
    let unreal = before.any(|at| words.is(at, Class::Negation) || words.lower(at) == "to");
    (own && !unreal).then_some(verb)
}

/// Whether the statement says what the attacker was: "described the assailant as", "called
/// him a …" with quoted words.
fn calls_attacker(words: &Words<'_>, found: &Statement) -> bool {
    let after = found.head..found.sentence.end;
    let Some(call) = after.clone().find(|&token| words.is(token, Class::Calling)) else {
        return false;
    };
    let attacker = (call..found.sentence.end.min(call + 8)).any(|token| {
        words.word(token).is_some_and(|word| word.doer.is_some())
            || matches!(words.lower(token), "him" | "her" | "them" | "man" | "men" | "woman")
    });
    attacker && !found.wording.is_empty()
}

/// "The group claimed responsibility for the attack", "the blast was claimed by X".
fn by_verb(words: &Words<'_>, sentence: &Sentence) -> Option<Statement> {
    let tokens = sentence.tokens.clone();
    let verb = tokens.clone().find(|&token| {
        (words.is(token, Class::Claiming) || words.is(token, Class::Denying))
            && words.name(token).is_none()
            && taken(words, token, tokens.end)
    })?;
    let floor = tokens.start.max(verb.saturating_sub(6));
    let doubtful = (floor..verb).any(|token| {
        words.is(token, Class::Negation)
            || words.is(token, Class::Modal)
            || words.cue(token, Cue::Frequency)
            || matches!(words.lower(token), "if" | "nobody" | "before")
    });
    if doubtful {
        return None;
    }
    let passive = (floor..verb)
        .any(|token| matches!(words.lower(token), "was" | "were" | "been" | "is" | "are"));
    let claimant = if passive {
        let by = (verb..tokens.end.min(verb + 8)).find(|&token| words.lower(token) == "by")?;
        claimant(words, words.right(by + 1, tokens.end))
    } else {
        subject(words, verb, tokens.start)
    };
    let act = if words.is(verb, Class::Denying) { "denies" } else { "claims" };
    let mut found = Statement {
        tokens: verb..claim_end(words, verb, tokens.end),
        head: verb,
        sentence: tokens.clone(),
        evident: true,
        act,
        claimant: Some(claimant?),
        ..Statement::default()
    };
    outlet(words, &mut found, tokens.clone());
    found.issued =
        time_near(words, verb.saturating_sub(3), verb).or_else(|| time_near(words, verb, verb + 4));
    if found.issued.is_none() && words.lower(verb) == "claimed" {
        let object = words.right(verb + 1, tokens.end);
        found.issued = object.last().and_then(|head| answered_on(words, head));
    }
    found.no_details = no_details(words, tokens.clone());
    found.wording.clear();
    Some(found)
}

/// Who claims by an active verb: the phrase before it, or before "that" and "which" ("the
/// group that claimed"); across an apposition or another verb the last group named.
fn subject(words: &Words<'_>, verb: usize, floor: usize) -> Option<Claimant> {
    let mut first = verb;
    while first > floor
        && (words.is(first - 1, Class::Auxiliary)
            || words.time(first - 1).is_some()
            || words.adverb(first - 1)
            || matches!(words.lower(first - 1), "on" | "today"))
    {
        first -= 1;
    }
    let last = first.checked_sub(1).filter(|&last| last >= floor)?;
    if words.is(last, Class::Relative) {
        let before = last.checked_sub(1).filter(|&before| before >= floor)?;
        return claimant(words, words.left(before, floor));
    }
    claimant(words, words.left(last, floor)).or_else(|| {
        let groups = words.names_in(floor..verb, SubjectKind::Group);
        let armed = groups.into_iter().rev().find(|&group| !words.official(group));
        armed.map(Claimant::Name)
    })
}

fn name_of(words: &Words<'_>, phrase: Range<usize>) -> Option<usize> {
    let groups = words.names_in(phrase.clone(), SubjectKind::Group);
    let people = || words.names_in(phrase.clone(), SubjectKind::Person);
    groups.last().copied().or_else(|| people().last().copied())
}

/// Whether what follows a verb of claiming is responsibility or an attack.
fn taken(words: &Words<'_>, verb: usize, end: usize) -> bool {
    let until = end.min(verb + 5);
    let responsible = (verb + 1..until).any(|token| words.is(token, Class::Responsible));
    let before = verb.checked_sub(1).unwrap_or(verb);
    let passive = words.is(before, Class::Auxiliary);
    let subject = (verb.saturating_sub(6)..verb).any(|token| {
        words.is(token, Class::Responsible)
            || words
                .word(token)
                .is_some_and(|word| word.attack.is_some() || word.weapon == Some("bombing"))
    });
    if responsible || passive && subject && words.lower(verb + 1) == "by" {
        return true;
    }
    if !matches!(words.lower(verb), "claimed" | "claims" | "claim" | "claiming") {
        return false;
    }
    let object = words.right(verb + 1, end);
    let definite = words.is(object.start, Class::Definite);
    definite
        && object.clone().next_back().is_some_and(|last| {
            let attack = words.word(last).is_some_and(|word| word.attack.is_some());
            // "we claim this operation".
            attack || matches!(words.lower(last), "operation" | "action" | "strike" | "deed")
        })
}

fn claim_end(words: &Words<'_>, verb: usize, end: usize) -> usize {
    let responsible =
        (verb + 1..end.min(verb + 5)).find(|&token| words.is(token, Class::Responsible));
    responsible.map_or(verb + 1, |token| token + 1)
}

//! Claims in ordinary words: "the movement said it was behind the attack", "the brigade
//! admitted planting the bomb", "a letter signed by the committee said that its members had
//! fired the shots", "the league denied any part in it".
//!
//! Only groups, and statements of groups, claim in this way: what a person says of his own
//! hand is a confession.

use std::ops::Range;

use throughline_model::{SubjectKind, ZoneRole};

use super::statements::{Claimant, Statement, claimant};
use crate::analysis::Sentence;
use crate::say::cues::Cue;
use crate::say::incidents::lexicon::{Class, Form};
use crate::say::words::Words;

/// How far after the verb of speech the words begin by which the speaker means itself.
const REACH: usize = 14;

/// The claim or denial that a sentence tells in words of speech.
pub(super) fn find(words: &Words<'_>, sentence: &Sentence) -> Option<Statement> {
    if sentence.zone != ZoneRole::Body {
        return None;
    }
    sentence.tokens.clone().find_map(|verb| {
        let speaks = words.cue(verb, Cue::Saying)
            || words.cue(verb, Cue::Telling)
            || words.cue(verb, Cue::Refusing);
        let says = words.cue(verb, Cue::Saying);
        let tells = says || words.is(verb, Class::Calling) && words.name(verb).is_none();
        let spoken = speaks.then(|| spoken(words, sentence, verb)).flatten();
        let quoted = || says.then(|| quoted(words, sentence, verb)).flatten();
        let passed_on = || tells.then(|| passed_on(words, sentence, verb)).flatten();
        spoken.or_else(quoted).or_else(passed_on)
    })
}

/// The claim or denial in words quoted before a verb of speech: "“We planted the bomb,” the league
/// said", "“We had no part in it,” said a spokesman for the league".
fn quoted(words: &Words<'_>, sentence: &Sentence, verb: usize) -> Option<Statement> {
    let tokens = sentence.tokens.clone();
    let quotes = words.analysis.quotes.iter().map(|quote| quote.tokens.clone());
    let mut before = quotes.filter(|quote| tokens.start <= quote.start && quote.end <= verb);
    let (own, (denied, to)) = before.find_map(|quote| {
        let ours = |at: usize| own(words, at) && words.lower(at - 1) == "our";
        let own = quote.clone().find(|&at| words.lower(at) == "we" || at > 0 && ours(at))?;
        Some((own, done(words, own + 1, quote.end, false)?))
    })?;
    let first = opening(words, verb, to);
    let named = |phrase: Range<usize>| claimant(words, phrase).filter(|who| who.of_group(words));
    let after = words.right(verb + 1, tokens.end);
    let spokesman = after.clone().next_back().filter(|&head| spokes(words.lower(head)));
    let speaker = match spokesman {
        // "a spokesman for the league": the league.
        Some(head) if matches!(words.lower(head + 1), "for" | "of") => {
            named(words.right(head + 2, tokens.end))
        }
        _ => named(after),
    };
    let before = || (first > to).then(|| speaker_of(words, first, &(to..tokens.end))).flatten();
    let speaker = speaker.or_else(before)?;
    Some(Statement {
        tokens: own..to,
        head: own,
        sentence: tokens,
        evident: true,
        act: if denied { "denies" } else { "claims" },
        claimant: Some(speaker),
        ..Statement::default()
    })
}

/// The claim that an outlet of a group passes on: "the agency Amaq said that the attack was carried out by a
/// soldier of the league". The outlet's own word that somebody else did it is none.
fn passed_on(words: &Words<'_>, sentence: &Sentence, verb: usize) -> Option<Statement> {
    let tokens = sentence.tokens.clone();
    let first = opening(words, verb, tokens.start);
    let last = first.checked_sub(1).filter(|&last| last >= tokens.start)?;
    let phrase = words.left(last, tokens.start);
    let outlet = words.names_in(phrase.clone(), SubjectKind::Outlet).last().copied()?;
    // What a paper says of an attack is its report: "Reuters said", but "the group's agency said".
    let own = |at: usize| words.possessive(at) || words.is(at, Class::MediaArm);
    if !phrase.clone().any(own) {
        return None;
    }
    let fighter = |at: usize| {
        matches!(words.lower(at), "soldier" | "soldiers" | "fighter" | "fighters")
            || matches!(words.lower(at), "martyr" | "mujahid" | "mujahideen")
    };
    let who = (verb + 1..tokens.end).find(|&at| fighter(at))?;
    let of = who + 1 + usize::from(words.quote(who + 1));
    let owner = words.right(of + 1, tokens.end);
    let group = words.names_in(owner.clone(), SubjectKind::Group).first().copied();
    let caliphate = owner.clone().any(|at| words.lower(at) == "caliphate");
    if words.lower(of) != "of" || group.is_none() && !caliphate {
        return None;
    }
    // "was carried out by a soldier of", "the attacker was a soldier of", "described the attacker as one";
    // not "killed a soldier of".
    let told = |at: usize| {
        words.name(at).is_none()
            && words.word(at).is_some_and(|word| {
                word.attack.is_some() || word.doer.is_some() || !word.verbs.is_empty()
            })
    };
    let phrase = words.left(who, verb + 1);
    let before = phrase.start - 1 - usize::from(words.quote(phrase.start - 1));
    if !matches!(words.lower(before), "by" | "was" | "were" | "as") {
        return None;
    }
    let denied = (verb + 1..who).any(|at| words.is(at, Class::Negation));
    if denied || !(verb + 1..who).any(told) {
        return None;
    }
    let before = words.names_in(tokens.start..verb, SubjectKind::Group).last().copied();
    if group.is_some_and(|group| words.official(group)) {
        return None;
    }
    let group = group.or(before).filter(|&group| !words.official(group));
    Some(Statement {
        tokens: verb..who + 1,
        head: verb,
        sentence: tokens,
        evident: true,
        act: "claims",
        claimant: group.map(Claimant::Name),
        outlet: Some(outlet),
        ..Statement::default()
    })
}

fn spoken(words: &Words<'_>, sentence: &Sentence, verb: usize) -> Option<Statement> {
    let tokens = sentence.tokens.clone();
    let (act, to) = hand(words, verb, tokens.end)?;
    let first = opening(words, verb, tokens.start);
    let doubted = (first..verb).any(|at| {
        words.is(at, Class::Negation) || words.is(at, Class::Modal) || words.lower(at) == "to"
    });
    let asked = first.checked_sub(1).is_some_and(|at| matches!(words.lower(at), "if" | "whether"));
    if doubted || asked {
        return None;
    }
    let claimant = speaker_of(words, first, &tokens)?;
    Some(Statement {
        tokens: verb..to,
        head: verb,
        sentence: tokens,
        evident: true,
        act,
        claimant: Some(claimant),
        ..Statement::default()
    })
}

/// The first of the small words before a verb: "has" in "has also said".
fn opening(words: &Words<'_>, verb: usize, floor: usize) -> usize {
    let mut at = verb;
    while at > floor
        && (words.is(at - 1, Class::Auxiliary)
            || words.is(at - 1, Class::Modal)
            || words.is(at - 1, Class::Negation)
            || words.time(at - 1).is_some()
            || words.adverb(at - 1)
            || matches!(words.lower(at - 1), "to" | "on"))
    {
        at -= 1;
    }
    at
}

/// Whose word it is: a group named or described before the verb, or the group that a
/// statement is of.
fn speaker_of(words: &Words<'_>, first: usize, sentence: &Range<usize>) -> Option<Claimant> {
    let last = first.checked_sub(1).filter(|&last| last >= sentence.start)?;
    let floor = sentence.start;
    // "The Reed League, a band of printers, said"; "a breakaway group, the Reed League, said",
    // where the name is the apposition.
    if words.lower(last) == "," {
        let from = floor.max(last.saturating_sub(24));
        let open = (from + 1..last).rev().find(|&at| words.lower(at) == ",")?;
        let groups = |phrase| words.names_in(phrase, SubjectKind::Group).last().copied();
        let near = words.left(last - 1, open);
        let named = groups(near.clone()).filter(|_| near.start <= open + 1);
        let name = named.or_else(|| groups(words.left(open - 1, floor)));
        return name.map(Claimant::Name);
    }
    let phrase = words.left(last, floor);
    // "No group denied it": nobody did.
    let nobody = |phrase: &Range<usize>| {
        words.is(phrase.start, Class::Negation) || words.is(phrase.start, Class::Generic)
    };
    let group = |phrase: Range<usize>| {
        let of_group = || claimant(words, phrase.clone()).filter(|held| held.of_group(words));
        (!nobody(&phrase)).then(of_group).flatten()
    };
    let small = phrase.start.checked_sub(1).filter(|&small| small > floor);
    let Some(small) = small.filter(|&at| words.is(at, Class::Preposition)) else {
        return group(phrase);
    };
    // "a letter signed by the committee", "a spokesman for the group"; a claim made "in
    // the town of" is not the town's.
    let of = matches!(words.lower(small), "by" | "from" | "of" | "for");
    let thing = (floor.max(small.saturating_sub(6))..small).any(|at| {
        words.is(at, Class::Statement) || words.is(at, Class::Claim) || spokes(words.lower(at))
    });
    (of && thing).then(|| group(phrase)).flatten()
}

fn spokes(lower: &str) -> bool {
    matches!(
        lower,
        "spokesman" | "spokeswoman" | "spokesperson" | "representative" | "caller" | "commander"
    )
}

/// What the words after a verb of speech say of the speaker's own hand, "claims" or "denies",
/// and where they end.
fn hand(words: &Words<'_>, verb: usize, end: usize) -> Option<(&'static str, usize)> {
    if words.cue(verb, Cue::Refusing) || words.is(verb, Class::Denying) {
        return refused(words, verb, end).map(|to| ("denies", to));
    }
    // "admitted planting the bomb", "claims to have sent it", "admitted having fired".
    let admits = matches!(words.lower(verb), "admitted" | "admits" | "acknowledged");
    let doing = match (words.lower(verb + 1), words.lower(verb + 2)) {
        ("to", "have") => Some(verb + 3),
        ("having", _) => Some(verb + 2),
        _ if admits => Some(verb + 1),
        _ => None,
    };
    if let Some(at) = doing.filter(|&at| deed_verb(words, at)) {
        return aimed(words, at + 1, end).then_some(("claims", at + 1));
    }
    let own = meant_itself(words, verb, end)?;
    let (denied, to) =
        done(words, own + 1, end, false).or_else(|| one_of_its_own(words, verb + 1..own + 1))?;
    Some((if denied { "denies" } else { "claims" }, to))
}

/// "the gunman was one of its fighters", "the man who killed two people was not its member": words that end
/// with those whom the speaker calls its own. Whether it denies that they are, and where the words end.
fn one_of_its_own(words: &Words<'_>, said: Range<usize>) -> Option<(bool, usize)> {
    let own = said.end - 1;
    let its = own.checked_sub(1).map(|its| its - usize::from(words.quote(its) && its > 0));
    let its = its.filter(|its| said.contains(its))?;
    if !matches!(words.lower(its), "its" | "our" | "their") {
        return None;
    }
    let from = its.saturating_sub(5).max(said.start);
    let was =
        (from..its).rev().find(|&at| matches!(words.lower(at), "was" | "were" | "are" | "is"))?;
    let small = |at: usize| {
        words.is(at, Class::Negation)
            || words.quote(at)
            || words.quantity(at).is_some()
            || matches!(words.lower(at), "one" | "two" | "of" | "among" | "all" | "both" | "a")
    };
    // "the gunman", "the man who shot two people"; whoever was shot is none.
    let attacker = |at: usize| {
        let did = at > 0 && words.is(at - 1, Class::Relative);
        words.name(at).is_none()
            && words.word(at).is_some_and(|word| {
                word.doer.is_some() || word.attack.is_some() || did && !word.verbs.is_empty()
            })
    };
    let denied = (was..its).any(|at| words.is(at, Class::Negation));
    let plain = (was + 1..its).all(small);
    (plain && (said.start..was).any(attacker)).then_some((denied, said.end))
}

/// Where the words end by which the speaker refuses to have had a hand in it, after a verb of refusing:
/// "denied involvement in the attack", "denied planting the bomb", "denied that it was behind the
/// attack", "rejected accusations that its men had fired the shots".
fn refused(words: &Words<'_>, verb: usize, end: usize) -> Option<usize> {
    const NEAR: usize = 5;
    let part = (verb + 1..end.min(verb + NEAR)).find(|&at| part(words.lower(at)));
    if let Some(part) = part
        && matches!(words.lower(part + 1), "in" | "for" | "of" | "with")
    {
        return aimed(words, part + 2, end).then_some(part + 1);
    }
    let mut doing = verb + 1;
    while matches!(words.lower(doing), "having" | "being" | "been") {
        doing += 1;
    }
    let gerund = doing > verb + 1 || words.lower(doing).ends_with("ing");
    if gerund && let Some((false, to)) = done(words, doing, end, true) {
        return Some(to);
    }
    let own = meant_itself(words, verb, end)?;
    done(words, own + 1, end, true).filter(|(denied, _)| !denied).map(|(_, to)| to)
}

/// The word after a verb of speech by which the speaker means itself.
fn meant_itself(words: &Words<'_>, verb: usize, end: usize) -> Option<usize> {
    let until = end.min(verb + REACH);
    let ends = |at: usize| matches!(words.lower(at), ";" | "if" | "whether");
    (verb + 1..until).take_while(|&at| !ends(at)).find(|&at| own(words, at))
}

/// Whether the words from a place on, behind a subject, say that it did not do it ("was not behind the
/// attack") rather than that it did, and where they end; `None` if they say neither. That it had "any part in
/// it" says so only where that is `refused`.
fn done(words: &Words<'_>, mut at: usize, end: usize, refused: bool) -> Option<(bool, usize)> {
    let mut denied = false;
    let small = |at: usize| {
        words.is(at, Class::Auxiliary)
            || words.is(at, Class::Negation)
            || words.adverb(at)
            || words.quote(at)
            || matches!(words.lower(at), "alone" | "indeed" | "any" | "anything")
    };
    while at < end && small(at) {
        denied |= words.is(at, Class::Negation) && words.lower(at) != "no";
        at += 1;
    }
    let before = words.lower(at.saturating_sub(1));
    let (taken, from) = match (words.lower(at), words.lower(at + 1)) {
        ("behind", _) => (true, at + 1),
        ("responsible", "for") => (true, at + 2),
        ("involved" | "implicated", "in") => (denied || refused, at + 2),
        ("nothing", "to") if words.lower(at + 2) == "do" => {
            denied = true;
            (true, at + 4)
        }
        ("to", "do") if before == "anything" => (denied || refused, at + 3),
        ("part" | "role" | "hand" | "involvement", "in") => {
            denied |= before == "no";
            (denied || refused && before == "any", at + 2)
        }
        // "did not plant the bomb": the denied verb has no other form.
        _ if denied && deed_base(words, at) => (true, at + 1),
        _ => (deed_verb(words, at), at + 1),
    };
    (taken && aimed(words, from, end)).then_some((denied, from))
}

fn part(lower: &str) -> bool {
    matches!(lower, "involvement" | "part" | "role" | "hand" | "responsibility" | "complicity")
}

/// Whether a word ends the phrase by which a group means itself: "it", "its fighters", "the
/// group", "one of its members".
fn own(words: &Words<'_>, at: usize) -> bool {
    // "its “soldiers”": over the mark.
    let before =
        at.checked_sub(1).map(|before| before - usize::from(words.quote(before) && before > 0));
    let before = before.map_or("", |before| words.lower(before));
    match words.lower(at) {
        "it" | "we" => true,
        "they" => true,
        "group" | "movement" | "organisation" | "organization" => before == "the",
        "members" | "fighters" | "men" | "unit" | "units" | "militants" | "volunteers"
        | "soldiers" | "wing" | "cell" | "cells" | "brigade" | "commandos" | "people" => {
            matches!(before, "its" | "our" | "their")
        }
        _ => false,
    }
}

/// Whether a form is of a verb for having done an attack, told as done.
fn deed_verb(words: &Words<'_>, at: usize) -> bool {
    let told = matches!(
        words.lower(at),
        "carried"
            | "carrying"
            | "planted"
            | "planting"
            | "placed"
            | "placing"
            | "sent"
            | "sending"
            | "mailed"
            | "staged"
            | "mounted"
            | "executed"
            | "detonated"
            | "committed"
            | "conducted"
            | "launched"
            | "fired"
            | "laid"
            | "targeted"
    );
    let past = |form: Form| form != Form::Base;
    told || words.word(at).is_some_and(|word| word.verbs.iter().any(|verb| past(verb.form)))
}

/// Whether it is the base form of such a verb: "did not plant".
fn deed_base(words: &Words<'_>, at: usize) -> bool {
    let told = matches!(
        words.lower(at),
        "carry"
            | "plant"
            | "place"
            | "send"
            | "stage"
            | "mount"
            | "commit"
            | "conduct"
            | "launch"
            | "fire"
            | "lay"
    );
    told || words.word(at).is_some_and(|word| word.verbs.iter().any(|verb| verb.form == Form::Base))
}

/// Whether an attack or its means stands right after: "out the attack", "the bomb".
fn aimed(words: &Words<'_>, from: usize, end: usize) -> bool {
    let from = from + usize::from(words.lower(from) == "out");
    let phrase = words.right(from, end);
    let meant = |at: usize| {
        words.word(at).is_some_and(|word| {
            word.attack.is_some() || word.weapon.is_some_and(|kind| kind == "bombing")
        }) && words.name(at).is_none()
    };
    phrase.clone().any(meant) || matches!(words.lower(from), "it" | "them") && words.mark(from + 1)
}

//! What a mention of an incident or set says of it.

use std::collections::BTreeMap;
use std::ops::Range;

use throughline_model::{MentionId, SubjectKind, Value, Variable};

use super::found::Found;
use super::group::broad;
use super::lexicon::Class;
use crate::say::builder::Builder;
use crate::say::cues::Cue;
use crate::say::words::Words;

/// How sure the reader is of what stands in the words of the mention itself.
const IN_PHRASE: u8 = 90;
/// And of what stands elsewhere in the sentence.
const IN_SENTENCE: u8 = 75;

/// Makes a mention of each, joined to the earlier ones of its group.
pub(crate) fn mention(
    words: &Words<'_>,
    all: &[Found],
    groups: &[usize],
    builder: &mut Builder<'_>,
) -> Vec<MentionId> {
    let mut first: BTreeMap<usize, MentionId> = BTreeMap::new();
    let mut mentions = Vec::with_capacity(all.len());
    // What the text itself calls an incident names it better than words made for it.
    let mut called: BTreeMap<usize, String> = BTreeMap::new();
    for (found, &group) in all.iter().zip(groups) {
        let told = (!found.places.is_empty() || found.target.is_some()) && !found.happened;
        if !found.verbal && !found.doer && !found.display && told {
            called.entry(group).or_insert_with(|| shown(words, found, builder));
        }
    }
    for (found, &group) in all.iter().zip(groups) {
        let kind = if found.set { SubjectKind::Set } else { SubjectKind::Incident };
        let shown = match called.get(&group).filter(|_| found.verbal) {
            Some(called) => called.clone(),
            None => shown(words, found, builder),
        };
        let id = builder.shown(kind, found.tokens.clone(), shown);
        match first.get(&group) {
            Some(&earlier) => builder.join(earlier, id),
            None => {
                first.insert(group, id);
            }
        }
        mentions.push(id);
    }
    mentions
}

/// Words for an incident that the text only presupposes or tells by a verb.
fn shown(words: &Words<'_>, found: &Found, builder: &Builder<'_>) -> String {
    if !found.doer && !found.verbal {
        // "Wednesday's murders" is a name on its own day alone.
        let after_day = found.tokens.clone().find(|&token| {
            words.time(found.tokens.start).is_some()
                && words.possessive(token)
                && token < found.head
        });
        let start = after_day.map_or(found.tokens.start, |token| token + 1);
        return builder.text(start..found.tokens.end);
    }
    let at_site = found.target.as_ref().is_some_and(|at| words.is(at.end - 1, Class::Site));
    let (noun, of) = match found.kind {
        "vehicle" => ("vehicle attack", "on"),
        "arson" => ("arson attack", "on"),
        "assault" => ("assault", "on"),
        kind if broad(kind) => ("attack", "on"),
        kind @ ("shooting" | "stabbing") if at_site => (kind, "at"),
        kind => (kind, "of"),
    };
    let place = found.places.first().map(|&place| words.analysis.names[place].tokens.clone());
    let name = |tokens: Range<usize>| builder.text(tokens);
    // Of several sites, all of them.
    let sites = found.sites.first().zip(found.sites.last());
    let sites = sites.map(|(first, last)| first.start..last.end);
    match (place, found.target.as_ref().or(sites.as_ref())) {
        (Some(place), _) if found.doer => format!("{} {noun}", name(place)),
        (Some(place), None) => format!("{noun} in {}", name(place)),
        (Some(place), Some(target)) if target.contains(&place.start) => {
            format!("{noun} {of} {}", name(target.clone()))
        }
        (Some(place), Some(target)) => {
            format!("{noun} {of} {} in {}", name(target.clone()), name(place))
        }
        (None, Some(target)) => format!("{noun} {of} {}", name(target.clone())),
        (None, None) => name(found.tokens.clone()),
    }
}

/// Says type, stage, date, place, target, weapon, perpetrator and group of each.
pub(crate) fn say(
    words: &Words<'_>,
    all: &[Found],
    groups: &[usize],
    mentions: &[MentionId],
    builder: &mut Builder<'_>,
) {
    // An open type adds nothing where another mention tells a closer one.
    let mut closer: BTreeMap<usize, bool> = BTreeMap::new();
    // What only calls it a plot tells nothing of what came of it, where another mention does.
    let mut came_of_it: BTreeMap<usize, bool> = BTreeMap::new();
    // A bomb that was laid and did not go off.
    let mut fell_short: BTreeMap<usize, bool> = BTreeMap::new();
    for (found, &group) in all.iter().zip(groups) {
        *closer.entry(group).or_default() |= !broad(found.kind);
        *came_of_it.entry(group).or_default() |=
            matches!(found.stage, Some("foiled" | "failed" | "executed"));
        *fell_short.entry(group).or_default() |= matches!(found.stage, Some("foiled" | "failed"));
    }
    for ((found, group), &id) in all.iter().zip(groups).zip(mentions) {
        let open = broad(found.kind);
        if !found.set && found.stage != Some("planned") && !(open && closer[group]) {
            let sure = if open { IN_SENTENCE } else { IN_PHRASE };
            let kind = Value::Term(found.kind.to_owned());
            tell(found, id, Variable::Type, kind, sure, builder);
        }
        let plot = found.stage == Some("planned") && !found.verbal && came_of_it[group];
        let laid = found.laid && fell_short[group];
        if let Some(stage) = found.stage.filter(|_| !found.set && !plot && !laid) {
            let stage = Value::Term(stage.to_owned());
            tell(found, id, Variable::Stage, stage, IN_SENTENCE, builder);
        }
        let sure = |at: &Range<usize>| {
            if found.tokens.contains(&at.start) { IN_PHRASE } else { IN_SENTENCE }
        };
        if let Some(time) = found.time
            && let Some(date) = found.date(words, builder.published().as_ref())
        {
            let at = words.analysis.times[time].tokens.clone();
            let sure = sure(&at);
            tell(found, id, Variable::Date, Value::Date(date), sure, builder);
        }
        for &place in &found.places {
            let at = words.analysis.names[place].tokens.clone();
            if words.is(at.start, Class::Region) && !found.set {
                continue;
            }
            let sure = sure(&at);
            let place = Value::Mention(builder.name(place));
            tell(found, id, Variable::Place, place, sure, builder);
        }
        let own =
            |target: &Range<usize>| !matches!(words.lower(target.start), "his" | "her" | "their");
        if let Some(target) = found.target.clone().filter(|target| !found.set && own(target)) {
            let text = Value::Text(builder.text(target));
            tell(found, id, Variable::Target, text, IN_PHRASE, builder);
        }
        if let Some(weapon) = found.weapon.clone() {
            let sure = sure(&weapon);
            let text = Value::Text(builder.text(weapon));
            tell(found, id, Variable::Weapon, text, sure, builder);
        }
        if let Some(group) = found.ascribed {
            let value = Value::Mention(builder.name(group));
            let at = doubted(words, found).unwrap_or(found.head);
            builder.say(at..at + 1, id, Variable::AscribedTo, None, value, IN_SENTENCE);
        }
        if let Some(by) = &found.by {
            perpetrators(words, found, by.clone(), id, builder);
        }
    }
}

/// Says a value of an incident, where the mention stands.
fn tell(
    found: &Found,
    id: MentionId,
    variable: Variable,
    value: Value,
    sure: u8,
    builder: &mut Builder<'_>,
) {
    builder.say(found.head..found.head + 1, id, variable, None, value, sure);
}

/// Says who did it, where the phrase stands for people: named, or described by a word for
/// attackers. A group is said under "ascribed to".
fn perpetrators(
    words: &Words<'_>,
    found: &Found,
    by: Range<usize>,
    id: MentionId,
    builder: &mut Builder<'_>,
) {
    let people = words.people_meant(by.clone());
    let mut said = Vec::new();
    for person in people {
        said.push(builder.name(person));
    }
    let head = words.word(by.end - 1);
    let doer = head.is_some_and(|word| word.doer.is_some() || word.is(Class::People));
    if said.is_empty() && doer {
        let plural = head.is_some_and(|word| word.plural);
        let named = stood_for(words, by.start, found.sentence.start, plural);
        said.extend(named.into_iter().map(|person| builder.name(person)));
    }
    if said.is_empty() {
        if !doer {
            return;
        }
        let phrase = coordinated(words, by.clone(), found.sentence.start);
        let phrase = with_whose(words, phrase);
        said.push(builder.described(SubjectKind::Person, phrase));
    }
    let at = doubted(words, found).unwrap_or(found.head);
    let at = at..at + 1;
    for person in said {
        let value = Value::Mention(person);
        builder.say(at.clone(), id, Variable::Perpetrator, None, value, IN_SENTENCE);
    }
}

/// "the brother of Otto Brandt": whose he is belongs to what somebody without a name is called.
fn with_whose(words: &Words<'_>, phrase: Range<usize>) -> Range<usize> {
    let name = (words.lower(phrase.end) == "of")
        .then(|| words.name_of(phrase.end + 1, SubjectKind::Person))
        .flatten();
    name.map_or(phrase.clone(), |name| phrase.start..words.analysis.names[name].tokens.end)
}

/// "suspected rebels attacked the farm": the word that hedges who did it, and not the attack.
fn doubted(words: &Words<'_>, found: &Found) -> Option<usize> {
    found.by.clone()?.find(|&at| words.cue(at, Cue::HedgeAdjective))
}

/// "X, the man who bombed the station", "X and Y, the men who bombed it": the names before the comma
/// that a phrase beginning at `start` stands for, several only where it stands for several; none
/// where no name stands there.
fn stood_for(words: &Words<'_>, start: usize, floor: usize, plural: bool) -> Vec<usize> {
    let mut names = Vec::new();
    let mut before = start.checked_sub(1).filter(|&comma| words.lower(comma) == ",");
    while let Some(mark) = before.filter(|&mark| mark > floor) {
        let Some(name) = words.name_of(mark - 1, SubjectKind::Person) else { break };
        names.insert(0, name);
        let first = words.analysis.names[name].tokens.start;
        let joined = |&mark: &usize| plural && matches!(words.lower(mark), "and" | ",");
        before = first.checked_sub(1).filter(joined);
    }
    // "After meeting X, the man who bombed it fled": the phrase begins the clause.
    let fronted = words.is(floor, Class::Preposition)
        && !(floor..start.saturating_sub(1)).any(|at| words.lower(at) == ",");
    if fronted {
        return Vec::new();
    }
    // Several are not one of them, and one is not several.
    if plural == (names.len() > 1) { names } else { Vec::new() }
}

/// "suicide bombers and gunmen": takes in what "and" joins to a phrase on its left.
fn coordinated(words: &Words<'_>, by: Range<usize>, floor: usize) -> Range<usize> {
    let joined = by.start.checked_sub(1).filter(|&and| and > floor && words.lower(and) == "and");
    let other = joined
        .and_then(|and| and.checked_sub(1))
        .filter(|&head| words.word(head).is_some_and(|word| word.doer.is_some()));
    match other {
        Some(head) => words.left(head, floor).start..by.end,
        None => by,
    }
}

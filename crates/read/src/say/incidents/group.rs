//! Which mentions of a document stand for one incident.
//!
//! Mentions are taken in text order, those of the body first. Each joins the latest
//! incident that nothing speaks against: another place, dates that cannot be the same,
//! another type, another target. A mention that tells nothing of its own ("the attack")
//! joins on its type alone, one that tells something must agree in it or add what is
//! still missing.

use std::ops::Range;

use throughline_model::{Edtf, SubjectKind};

use super::found::Found;
use super::lexicon::Class;
use crate::analysis::may_lie_in;
use crate::say::words::Words;

/// A mention is compared with this many incidents, the latest, and with this many targets
/// and places of each; reading stays linear in the length.
const LATEST: usize = 120;
const DETAILS: usize = 12;

/// What is known of an incident from the mentions joined so far.
#[derive(Debug, Default)]
struct Group {
    set: bool,
    kind: &'static str,
    places: Vec<usize>,
    date: Option<Edtf>,
    targets: Vec<Range<usize>>,
    plural: bool,
    /// Whether its first mention sets it apart from those told before.
    another: bool,
    display: bool,
    /// The paragraph of the latest mention.
    paragraph: usize,
    /// Position of the latest mention.
    latest: usize,
    /// How many mentions there are.
    count: usize,
    /// The sentence of the latest mention that stands before all others of its sentence.
    opened: usize,
    /// Whether it is told as something meant.
    meant: bool,
}

/// The group of each mention: equal numbers for one incident or set.
pub(crate) fn group(words: &Words<'_>, found: &[Found]) -> Vec<usize> {
    let mut groups: Vec<Group> = Vec::new();
    let mut of = vec![0; found.len()];
    let body_first = found.iter().enumerate().filter(|(_, found)| !found.display);
    let display = found.iter().enumerate().filter(|(_, found)| found.display);
    for (at, mention) in body_first.chain(display) {
        let told = at.checked_sub(1).filter(|&before| goes_on(words, &found[before], mention));
        let number = told.map(|before| of[before]);
        let number = number.or_else(|| choose(words, mention, &groups)).unwrap_or_else(|| {
            groups.push(Group {
                set: mention.set,
                another: mention.another,
                kind: "attack",
                ..Group::default()
            });
            groups.len() - 1
        });
        groups[number].take(words, mention);
        let first = at.checked_sub(1).is_none_or(|at| found[at].sentence != mention.sentence);
        // What an attack is compared with is named as known: "he praised the shooting at a farm".
        let anew =
            mention.verbal || !mention.definite || mention.tokens.start == mention.sentence.start;
        if first && anew {
            groups[number].opened = mention.sentence.start;
        }
        of[at] = number;
    }
    of
}

impl Group {
    fn take(&mut self, words: &Words<'_>, found: &Found) {
        if broad(self.kind) {
            self.kind = found.kind;
        }
        for &place in &found.places {
            let root = words.root(place);
            if !self.places.contains(&root) && self.places.len() < DETAILS {
                self.places.push(root);
            }
        }
        let date = date(words, found);
        // The narrower of two dates that agree is the one to compare with.
        if let Some(date) = date
            && self.date.as_ref().is_none_or(|held| held.contains(date))
        {
            self.date = Some(date.clone());
        }
        self.targets.extend(found.target.clone().filter(|_| self.targets.len() < DETAILS));
        self.plural |= found.plural;
        self.display = found.display;
        self.paragraph = self.paragraph.max(found.paragraph);
        self.latest = self.latest.max(found.tokens.start);
        self.count += 1;
        self.meant |= matches!(found.stage, Some("planned" | "foiled"));
    }
}

/// "the attacks in Lima when gunmen stormed a bank": the clause tells what the noun named.
fn goes_on(words: &Words<'_>, noun: &Found, verb: &Found) -> bool {
    // "was placed near a base, but failed to explode".
    if noun.laid && noun.sentence == verb.sentence && verb.verbal && verb.weapon.is_none() {
        return verb.stage == Some("failed") && !verb.told();
    }
    if noun.verbal || noun.set || !verb.verbal || noun.sentence != verb.sentence {
        return false;
    }
    let mut at = noun.tokens.end;
    at += usize::from(words.lower(at) == ",");
    let opens = matches!(words.lower(at), "when" | "where")
        || words.lower(at) == "in" && words.lower(at + 1) == "which";
    let between = at..verb.head;
    let other =
        between.clone().any(|token| words.is(token, Class::OtherVerb) || words.lower(token) == ",");
    opens && !other && fits(noun.kind, verb.kind)
}

fn choose(words: &Words<'_>, found: &Found, groups: &[Group]) -> Option<usize> {
    let latest = groups.iter().enumerate().rev().take(LATEST);
    // A headline is of what the article tells first.
    let earliest = |number: usize| if found.display { usize::MAX - number } else { 0 };
    let before = words.sentence(found.sentence.start.saturating_sub(1));
    let before = before.map_or(0, |held| held.tokens.start);
    let scored = latest.filter_map(|(number, group)| {
        // "the shooting": the one that this sentence or the one before tells first, else the one most spoken
        // of; "the massacre" after "an earlier killing" is the one that the document is about.
        let recent = group.latest >= found.sentence.start || group.opened >= before;
        let latest = if recent { group.latest } else { 0 };
        let score = agreement(words, found, group)?;
        let spoken_of = (recent, latest, group.count, group.latest);
        Some((score, !group.another, earliest(number), spoken_of, number))
    });
    scored.max().map(|(_, _, _, _, number)| number)
}

/// How much speaks for a mention being of a group; `None` if something speaks against it or
/// too little for it.
fn agreement(words: &Words<'_>, found: &Found, group: &Group) -> Option<u32> {
    if found.set != group.set || found.another || !fits(found.kind, group.kind) {
        return None;
    }
    // "The attack took place in Ruel" says where the one spoken of was.
    let told = found.places.iter().filter(|_| !found.happened);
    let places: Vec<usize> = told.map(|&place| words.root(place)).collect();
    let same_place = places.iter().any(|place| group.places.contains(place));
    // "The blast in Mardan" after "a bomber in Pakistan".
    let nested = places.iter().any(|&place| {
        group.places.iter().any(|&held| lies_in(words, place, held) || lies_in(words, held, place))
    });
    let other_place = !places.is_empty() && !group.places.is_empty() && !same_place && !nested;
    let date = date(words, found);
    let (same_date, other_date) = match (date, &group.date) {
        (Some(a), Some(b)) => (a.overlaps(b), !a.overlaps(b)),
        _ => (false, false),
    };
    let (same_target, other_target) = targets(words, found, group);
    // "under his carriage", "at the door": more of the same, unless it has a day or place too.
    let detail = found.verbal
        && found.stage != Some("planned")
        && found.time.is_none()
        && found.places.is_empty()
        && found.target.as_ref().is_some_and(|target| {
            words.is(target.start, Class::Definite)
                && !target.clone().any(|token| words.name(token).is_some())
        });
    let detail = detail || by_them(words, found);
    let other_target = other_target && !(detail && found.paragraph <= group.paragraph + 1);
    // "was planning its own attack": none that took place.
    if found.stage == Some("planned") && !found.verbal && !group.meant {
        return None;
    }
    // Two names of places can be of one town; a target with a name of its own on the same day
    // says so, "a nightclub" in the same season does not.
    let same_day = match (date, &group.date) {
        (Some(a), Some(b)) => a == b && a.earliest() == a.latest(),
        _ => false,
    };
    // A headline is of the article it stands over.
    let headline = found.display && same_target;
    if other_date || (other_place && !(same_target && same_day) && !headline) {
        return None;
    }
    if other_target && !(same_place && same_date && found.definite) {
        return None;
    }
    if found.set {
        // Sets are told apart by their words: only an explicit "the series" points back.
        return (found.definite && found.size.is_none() && !found.told()).then_some(1);
    }
    let score = 4 * u32::from(same_place) + 3 * u32::from(same_date) + 4 * u32::from(same_target);
    let near = found.paragraph <= group.paragraph + 1;
    if score > 0 {
        // A new report of the same town is another incident unless day or target agree, or
        // one of the two leaves them open. A headline that names another target is of what is told first.
        let other_words = found.target.is_some() && !group.targets.is_empty() && !same_target;
        return Some(if found.display && other_words { 1 } else { score + 1 });
    }
    let points_back = found.definite || found.verbal || found.display;
    if !found.told() || found.happened {
        let number = !found.plural || group.plural;
        return (points_back && number).then_some(1);
    }
    // It adds a place, a day or a target that the group does not have yet.
    let adds = (places.is_empty() || group.places.is_empty() || nested)
        && (date.is_none() || group.date.is_none())
        && (found.target.is_none() || group.targets.is_empty() || detail);
    let only_date = places.is_empty() && found.target.is_none();
    let allowed = if found.definite && (only_date || nested && near) {
        true
    } else if found.doer || (found.definite && !places.is_empty()) {
        false
    } else {
        near && points_back
    };
    (adds && allowed).then_some(1)
}

/// "The gunmen killed two guards", "the rebels also fired at medics": whom those spoken of attacked as well.
fn by_them(words: &Words<'_>, found: &Found) -> bool {
    let plain = found.verbal && found.time.is_none() && found.places.is_empty();
    found.by.as_ref().filter(|_| plain).is_some_and(|by| {
        words.is(by.start, Class::Definite)
            && words.word(by.end - 1).is_some_and(|word| word.doer.is_some())
    })
}

/// Whether a place lies in the country that another is.
fn lies_in(words: &Words<'_>, part: usize, country: usize) -> bool {
    let spelled = |name: usize| {
        let tokens = words.analysis.names[name].tokens.clone();
        tokens.map(|token| words.lower(token)).collect::<Vec<_>>().join(" ")
    };
    may_lie_in(&spelled(part), &spelled(country))
}

/// Whether two types can be one attack.
fn fits(a: &str, b: &str) -> bool {
    a == b || broad(a) || broad(b)
}

/// Whether a type leaves open what was done.
pub(crate) fn broad(kind: &str) -> bool {
    matches!(kind, "" | "attack" | "assault")
}

fn date<'a>(words: &Words<'a>, found: &Found) -> Option<&'a Edtf> {
    words.analysis.times[found.time?].value.as_ref()
}

/// Whether the targets of mention and group share a word, and whether they are things of
/// one sort that share none.
fn targets(words: &Words<'_>, found: &Found, group: &Group) -> (bool, bool) {
    let Some(target) = &found.target else { return (false, false) };
    if group.targets.is_empty() {
        return (false, false);
    }
    let told = |phrase: &Range<usize>| -> Vec<&str> {
        // "three people" may be anybody.
        let anybody = |token| {
            words.quantity(token).is_some()
                || matches!(words.lower(token), "people" | "persons" | "others")
        };
        let told = phrase.clone().filter(|&token| {
            !words.mark(token)
                && !words.is(token, Class::Determiner)
                && !words.bounds(token)
                && !anybody(token)
        });
        told.map(|token| words.lower(token)).collect()
    };
    let mine = told(target);
    let mut share = false;
    let mut same_sort = false;
    for other in &group.targets {
        let theirs = told(other);
        share |= mine.iter().any(|word| theirs.contains(word));
        same_sort |= sort(words, target) == sort(words, other);
    }
    (share, !share && same_sort)
}

/// What sort of target a phrase is: a site, somebody, or something else.
fn sort(words: &Words<'_>, phrase: &Range<usize>) -> u8 {
    let site =
        |token| words.is(token, Class::Site) || words.name_of(token, SubjectKind::Place).is_some();
    let person = |token| {
        words.is(token, Class::People) || words.name_of(token, SubjectKind::Person).is_some()
    };
    if phrase.clone().any(site) {
        1
    } else if phrase.clone().any(person) {
        2
    } else {
        0
    }
}

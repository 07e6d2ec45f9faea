//! Copy that is all in capitals, as agencies sent it: capitals tell nothing, so names are
//! found by the lists, by words for what they are, and by where they stand, and end at the
//! first ordinary word.

use std::ops::Range;

use throughline_model::SubjectKind;

use super::people::initial;
use super::scene::{Casing, Scene};
use super::words::{
    BAND, BODY, DEMONYM, EVENT, FOREIGN, FUNCTION, GIVEN, OFFICE, OUTLET, PARTICLE, ROLE, SITE,
    SITE_FIRST, TITLE,
};
use super::{Candidate, Strength, gazetteer};

/// Adds what can be told in capitals.
pub(super) fn find(scene: &Scene<'_>, found: &mut Vec<Candidate>) {
    if !scene.has_upper() {
        return;
    }
    groups(scene, found);
    places(scene, found);
    for at in 0..scene.len() {
        if scene.casing(at) == Casing::Upper {
            person(scene, at, found);
        }
    }
}

fn push(found: &mut Vec<Candidate>, tokens: Range<usize>, kind: SubjectKind, strength: Strength) {
    found.push(Candidate { tokens, kind, canonical: None, strength });
}

/// A word for a body after words that go with one.
fn groups(scene: &Scene<'_>, found: &mut Vec<Candidate>) {
    for head in 0..scene.len() {
        if scene.casing(head) != Casing::Upper || !scene.is(head, BODY) || !scene.capitalised(head)
        {
            continue;
        }
        let floor = scene.bounds(head).start.max(head.saturating_sub(5));
        let mut start = head;
        while start > floor && modifies(scene, start - 1) {
            start -= 1;
        }
        let proper = (start..head).filter(|&at| strong_modifier(scene, at)).count();
        let ministry =
            matches!(scene.lower(head), "ministry" | "department") && scene.lower(head + 1) == "of";
        let land = || gazetteer::longest((head + 2..head + 5).map(|at| scene.lower(at))).is_some();
        if ministry && scene.capitalised(head + 2) && !scene.is(head + 2, FUNCTION) {
            if !land() {
                push(found, head..head + 3, SubjectKind::Group, Strength::Body);
            }
        } else if head - start >= 2 && proper > 0
            || head - start == 1 && proper == 1 && firm(scene.lower(head))
        {
            push(found, start..head + 1, SubjectKind::Group, Strength::Body);
        } else if firm(scene.lower(head))
            && head - start <= 2
            && start < head
            && start.checked_sub(1).is_some_and(|before| scene.lower(before) == "the")
            && (start..head).all(|at| !scene.is(at, DEMONYM | BODY | GIVEN))
        {
            // "the Arce Battalion": a name that no list knows, after an article.
            push(found, start..head + 1, SubjectKind::Group, Strength::Told);
        }
    }
}

/// Words that stand before the head of a body's name in capitals.
fn modifies(scene: &Scene<'_>, at: usize) -> bool {
    !scene.mark(at)
        && scene.capitalised(at)
        && !scene.is(at, FUNCTION)
        && (strong_modifier(scene, at) || scene.is(at, DEMONYM | BODY) || !scene.ordinary(at))
}

fn strong_modifier(scene: &Scene<'_>, at: usize) -> bool {
    matches!(
        scene.lower(at),
        "national"
            | "liberation"
            | "popular"
            | "revolutionary"
            | "people's"
            | "people"
            | "workers"
            | "central"
            | "communist"
            | "socialist"
            | "democratic"
            | "republican"
            | "patriotic"
            | "federal"
            | "supreme"
            | "christian"
            | "armed"
            | "civil"
            | "royal"
            | "international"
            | "united"
            | "liberal"
            | "conservative"
            | "nationalist"
            | "labor"
            | "trade"
            | "unified"
    )
}

fn firm(lower: &str) -> bool {
    matches!(
        lower,
        "front"
            | "party"
            | "brigade"
            | "army"
            | "guard"
            | "police"
            | "assembly"
            | "court"
            | "council"
            | "congress"
            | "ministry"
            | "commission"
            | "movement"
            | "forces"
            | "battalion"
            | "command"
            | "federation"
    )
}
/// Words that are no ordinary ones after "in" or "near", or
/// before a noun for a site or part of a country ("the Ruel Bridge", "Ruel Department").
fn places(scene: &Scene<'_>, found: &mut Vec<Candidate>) {
    let mut at = 0;
    while at < scene.len() {
        let start = at;
        at += 1;
        if scene.casing(start) != Casing::Upper || !unknown(scene, start) {
            continue;
        }
        let limit = scene.bounds(start).end.min(start + 5);
        let mut end = start + 1;
        let mut next = end;
        while next < limit {
            if unknown(scene, next) {
                next += 1;
                end = next;
            } else if scene.is(next, FOREIGN) && scene.capitalised(next) && next + 1 < limit {
                next += 1;
            } else {
                break;
            }
        }
        at = end;
        let named = (start..end).any(|n| !scene.is(n, SITE_FIRST | FOREIGN | GIVEN));
        let before = start.checked_sub(1).map_or("", |before| scene.lower(before));
        let article = start.checked_sub(2).map_or("", |before| scene.lower(before));
        let inside = |lower: &str| matches!(lower, "in" | "near" | "outside" | "at" | "around");
        let head = scene.is(end, SITE) && scene.capitalised(end);
        if head
            && matches!(scene.casing(end), Casing::Upper)
            && (before == "the" || inside(before) || scene.is(start.wrapping_sub(1), SITE_FIRST))
        {
            push(found, start..end + 1, SubjectKind::Place, Strength::Site);
        } else if inside(before)
            && !(end - start == 1 && abstract_noun(scene.lower(start)))
            && (named || end - start > 1)
            && !scene.is(end, BODY | ROLE | BAND)
        {
            push(found, start..end, SubjectKind::Place, Strength::PlacedPlace);
        } else if before == "the" && inside(article) && head {
            push(found, start..end + 1, SubjectKind::Place, Strength::Site);
        }
    }
}

/// A word that no list has as something other than a place.
fn unknown(scene: &Scene<'_>, at: usize) -> bool {
    scene.capitalised(at)
        && !scene.is(at, FUNCTION | DEMONYM | EVENT | TITLE | ROLE | BODY | OFFICE | BAND)
        && (!scene.is(at, SITE) || scene.is(at, SITE_FIRST))
        && !scene.ordinary(at)
        && scene.lower(at).len() > 2
}

/// Endings that ordinary English nouns have more often than names of places: "in custody",
/// "in reprisal". In copy that is all in capitals nothing else tells them apart.
fn abstract_noun(lower: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "al", "ent", "ence", "ance", "ure", "age", "dom", "ory", "ary", "ive", "ous", "ty", "cy",
        "se", "sm", "ght", "ness", "er", "ers", "ies", "ant", "ic", "ics", "ism", "ion", "ions",
    ];
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}
/// After a title or from a given name on, as long as the words
/// are none that the lists know as something else.
fn person(scene: &Scene<'_>, at: usize, found: &mut Vec<Candidate>) {
    if !scene.capitalised(at) {
        return;
    }
    let title = scene.is(at, TITLE) && !scene.is(at + 1, TITLE) && !scene.mark(at + 1);
    let given = scene.is(at, GIVEN) && !scene.is(at, EVENT) && !scene.ordinary(at);
    // "San Luis" is a place.
    let follows_given =
        at.checked_sub(1).is_some_and(|before| scene.is(before, GIVEN | SITE_FIRST));
    let start = if title { at + 1 } else { at };
    if !title && (!given || follows_given) {
        return;
    }
    let sentence = scene.bounds(at);
    let mut end = start;
    let mut next = start;
    while next < sentence.end.min(start + 5) {
        let known = scene
            .is(next, DEMONYM | EVENT | BODY | SITE | OUTLET | TITLE | FUNCTION | ROLE)
            || scene.ordinary(next);
        let particle = scene.is(next, PARTICLE)
            && next > start
            && scene.lower(next).len() <= 3
            && !matches!(scene.lower(next), "y" | "in");
        if scene.is(next, GIVEN) || initial(scene, next) || scene.capitalised(next) && !known {
            next += 1;
            end = next;
        } else if particle && scene.capitalised(next) {
            next += 1;
        } else {
            break;
        }
    }
    if end > start && (title || end - start > 1) {
        push(found, start..end, SubjectKind::Person, Strength::Person);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use throughline_model::SubjectKind::{Group, Person, Place};

    #[test]
    fn groups_by_their_words() {
        check(
            Group,
            "MEMBERS OF THE MARLIST LIBERATION FRONT [MLF] FOUGHT THE ARMY NEAR THE RIVER.",
            &["MARLIST LIBERATION FRONT"],
        );
        check(Group, "THE FRONT DOOR OF THE HOUSE WAS BLOWN IN BY THE BLAST.", &[]);
    }

    #[test]
    fn places_where_one_is_due() {
        check(
            Place,
            "SHOTS WERE FIRED IN RUELTEPEQUE AND ON THE LAS MARLAS BRIDGE YESTERDAY.",
            &["RUELTEPEQUE", "LAS MARLAS BRIDGE"],
        );
        check(Place, "THE MEN ARE IN CUSTODY AND THE CASE IS IN DOUBT.", &[]);
        check(Place, "US TOO. IT IS NICE TO BE READING IN MARCH.", &[]);
    }

    #[test]
    fn people_by_title_or_given_name() {
        check(
            Person,
            "PRESIDENT ALFREDO RUEL SAID THAT GENERAL MARLANA DISCLOSED THE PLAN TO THE PRESS.",
            &["ALFREDO RUEL", "MARLANA"],
        );
        check(Person, "THE MEN TOOK THE ROAD TO SAN LUIS AND SAN PEDRO LAST NIGHT.", &[]);
    }
}

//! Names in a series with a person: "Ruel, Marl and Ortiz were acquitted" are three people
//! if one of them is.

use throughline_model::SubjectKind;

use super::scene::{Casing, Scene};
use super::words::{BODY, DEMONYM, EVENT, FUNCTION, ROLE, SITE, TITLE};
use super::{Candidate, Strength, gazetteer};

/// Adds the names beside people that commas and "and" join to them, keeping the order.
pub(super) fn find(scene: &Scene<'_>, standing: &mut Vec<Candidate>) {
    let mut covered = vec![false; scene.len()];
    for held in standing.iter() {
        covered[held.tokens.clone()].fill(true);
    }
    let people: Vec<_> = standing
        .iter()
        .filter(|held| held.kind == SubjectKind::Person)
        .map(|held| held.tokens.clone())
        .collect();
    for person in people {
        if scene.casing(person.start) != Casing::Mixed {
            continue;
        }
        let sentence = scene.bounds(person.start);
        let mut at = person.end;
        while let Some(next) = after(scene, at).filter(|&next| next < sentence.end) {
            if covered[next] || !surname(scene, next) {
                break;
            }
            covered[next] = true;
            push(standing, next);
            at = next + 1;
        }
        let mut at = person.start;
        while let Some(before) = before(scene, at).filter(|&before| before >= sentence.start) {
            if covered[before] || !surname(scene, before) {
                break;
            }
            covered[before] = true;
            push(standing, before);
            at = before;
        }
    }
    standing.sort_by_key(|held| held.tokens.start);
}

fn push(standing: &mut Vec<Candidate>, at: usize) {
    standing.push(Candidate {
        tokens: at..at + 1,
        kind: SubjectKind::Person,
        canonical: None,
        strength: Strength::Beside,
    });
}

/// The word that follows "," or "and" at a token; not ", and" alone, which joins sentences.
fn after(scene: &Scene<'_>, at: usize) -> Option<usize> {
    matches!(scene.lower(at), "," | "and" | "or").then_some(at + 1)
}

fn before(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let joint = at.checked_sub(1)?;
    matches!(scene.lower(joint), "," | "and" | "or").then(|| joint.checked_sub(1)).flatten()
}

/// One word that can be nothing but a surname, with no other capital beside it.
fn surname(scene: &Scene<'_>, at: usize) -> bool {
    let other = DEMONYM | EVENT | BODY | SITE | TITLE | ROLE | FUNCTION;
    let alone = !scene.capitalised(at + 1) && (at == 0 || !scene.own(at - 1));
    let place = || {
        gazetteer::longest(std::iter::once(scene.lower(at))).is_some_and(|(_, e)| e.well_known())
    };
    scene.capitalised(at)
        && alone
        && !scene.is(at, other)
        && !scene.ordinary(at)
        && !scene.upper(at)
        && !place()
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use throughline_model::SubjectKind::Person;

    #[test]
    fn one_person_makes_the_series() {
        check(Person, "Ruel, Marl and Anton Verhulst left.", &["Ruel", "Marl", "Anton Verhulst"]);
        check(Person, "Anton Verhulst, Paris and London", &["Anton Verhulst"]);
        check(Person, "Anton Verhulst and Isil", &["Anton Verhulst"]);
    }
}

//! Looks for what stands as a name in the rest of the text: the surname of a full name, a
//! site without its noun, a name without the words that showed it the first time.

use std::collections::HashMap;

use throughline_model::SubjectKind;

use super::scene::{Casing, Scene};
use super::words::SITE;
use super::{Candidate, Strength, people};

/// Adds the repeats of the names that stand, keeping their order.
pub(super) fn find(scene: &Scene<'_>, standing: &mut Vec<Candidate>) {
    let mut covered = vec![false; scene.len()];
    for held in standing.iter() {
        covered[held.tokens.clone()].fill(true);
    }
    let mut known: HashMap<Vec<&str>, usize> = HashMap::new();
    let mut longest = 0;
    for (number, held) in standing.iter().enumerate() {
        let words: Vec<&str> = held.tokens.clone().map(|at| scene.lower(at)).collect();
        let mut forms = vec![words];
        match held.kind {
            SubjectKind::Person => {
                let short = people::short_forms(scene, held.tokens.clone());
                forms.extend(
                    short
                        .into_iter()
                        .map(|form| form.map(|at| scene.lower(at)).collect::<Vec<_>>()),
                );
            }
            SubjectKind::Place if scene.small(held.tokens.end - 1) => {
                let site = held.tokens.clone().take_while(|&at| !scene.small(at));
                forms.push(site.map(|at| scene.lower(at)).collect());
            }
            _ => {}
        }
        for form in forms.into_iter().filter(|form| !form.is_empty()) {
            longest = longest.max(form.len());
            known.entry(form).or_insert(number);
        }
    }
    let mut more = Vec::new();
    let mut at = 0;
    while at < scene.len() {
        let start = at;
        at += 1;
        if covered[start] || !scene.capitalised(start) {
            continue;
        }
        let sentence = scene.bounds(start).end;
        let most = longest.min(sentence - start);
        let free = covered[start..start + most].iter().take_while(|covered| !**covered).count();
        let words: Vec<&str> = (start..start + free).map(|at| scene.lower(at)).collect();
        let fitting = (1..=free).rev().find_map(|count| {
            let number = *known.get(&words[..count])?;
            let small = scene.small(standing[number].tokens.end - 1);
            (small || scene.capitalised(start + count - 1)).then_some((count, number))
        });
        let Some((count, number)) = fitting else { continue };
        let plain = count == 1 && !scene.own(start) && scene.ordinary(start);
        let next = scene.own(start + 1)
            && scene.is(start + 1, SITE)
            && scene.casing(start) == Casing::Mixed;
        if plain || next {
            continue;
        }
        let held = &standing[number];
        let end = start + count;
        covered[start..end].fill(true);
        more.push(Candidate {
            tokens: start..end,
            kind: held.kind,
            canonical: held.canonical,
            strength: Strength::Beside,
        });
        at = end;
    }
    standing.append(&mut more);
    standing.sort_by_key(|held| held.tokens.start);
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use throughline_model::SubjectKind::{Outlet, Person, Place};

    #[test]
    fn what_was_shown_once_is_found_again() {
        check(Person, "Anton Verhulst fled. Verhulst is ill.", &["Anton Verhulst", "Verhulst"]);
        check(Place, "the Ember nightclub; at Ember it burnt", &["Ember nightclub", "Ember"]);
        check(Outlet, "the Farrow news agency. Then Farrow fell.", &["Farrow", "Farrow"]);
        check(Person, "Anna Church left. Church bells rang.", &["Anna Church"]);
    }
}

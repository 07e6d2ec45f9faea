//! Which names of a text stand for one: equal words, aliases of one canonical name, the short
//! form in brackets after the long one, a surname after the full name, a site without its
//! noun. Never names of two kinds, nor of two canonical names.

use std::collections::HashMap;

use throughline_model::SubjectKind;

use super::scene::Scene;
use super::{groups, people};
use crate::analysis::Name;

/// Sets [`Name::same_as`] of every name that is not the first of its chain.
pub(super) fn tie(scene: &Scene<'_>, names: &mut [Name]) {
    let mut chains = Chains { parent: (0..names.len()).collect() };
    let mut by_words: HashMap<(SubjectKind, String), usize> = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        if let Some(canonical) = &name.canonical {
            let first = *by_words.entry((name.kind, canonical.to_lowercase())).or_insert(at);
            chains.join(names, first, at);
        }
        let first = *by_words.entry((name.kind, words(scene, name))).or_insert(at);
        chains.join(names, first, at);
    }
    for (at, name) in names.iter().enumerate() {
        match name.kind {
            SubjectKind::Group | SubjectKind::Outlet => {
                let bracket = groups::short_form(scene, name.tokens.end).map(|short| short.start);
                if let Some(next) =
                    names.get(at + 1).filter(|next| Some(next.tokens.start) == bracket)
                    && next.kind == name.kind
                {
                    chains.join(names, at, at + 1);
                }
            }
            SubjectKind::Place => {
                let site = name.tokens.clone().take_while(|&token| !scene.small(token)).count();
                if site > 0 && site < name.tokens.len() {
                    let short = joined(scene, name.tokens.start..name.tokens.start + site);
                    if let Some(&other) = by_words.get(&(name.kind, short)) {
                        chains.join(names, at, other);
                    }
                }
            }
            _ => {}
        }
    }
    people(scene, names, &mut chains);
    for (at, name) in names.iter_mut().enumerate() {
        let root = chains.root(at);
        name.same_as = (root != at).then_some(root);
    }
}

/// Short names join the full name they are a part of, full names each other where given
/// names agree. What two full names share joins neither.
fn people(scene: &Scene<'_>, names: &[Name], chains: &mut Chains) {
    let people: Vec<usize> =
        (0..names.len()).filter(|&at| names[at].kind == SubjectKind::Person).collect();
    // What each short form stands for; nothing if for two.
    let mut full_of: HashMap<String, Vec<usize>> = HashMap::new();
    for &at in &people {
        for form in people::short_forms(scene, names[at].tokens.clone()) {
            full_of.entry(joined(scene, form)).or_default().push(at);
        }
    }
    let full: Vec<usize> = people
        .iter()
        .copied()
        .filter(|&at| {
            let tokens = names[at].tokens.clone();
            let of = tokens.clone().any(|token| scene.lower(token) == "of");
            tokens.len() > 1 && !of && !full_of.contains_key(&words(scene, &names[at]))
        })
        .collect();
    // "Anna Ruel" and "Anna Maria Ruel" are one; "A. Ruel" is one of them if nobody else can be.
    let mut by_given: HashMap<(&str, &str), usize> = HashMap::new();
    let mut by_letter: HashMap<(&str, char), Option<usize>> = HashMap::new();
    let surname = |at: usize| scene.lower(names[at].tokens.end - 1);
    let given = |at: usize| scene.lower(names[at].tokens.start);
    let letter = |at: usize| given(at).chars().next().unwrap_or_default();
    for &at in full.iter().filter(|&&at| !is_initial(given(at))) {
        let first = *by_given.entry((surname(at), given(at))).or_insert(at);
        chains.join(names, first, at);
        let only = by_letter.entry((surname(at), letter(at))).or_insert(Some(first));
        if only.is_some_and(|only| only != first) {
            *only = None;
        }
    }
    for &at in full.iter().filter(|&&at| is_initial(given(at))) {
        if let Some(only) = by_letter.entry((surname(at), letter(at))).or_insert(Some(at)) {
            chains.join(names, *only, at);
        }
    }
    let mut only_of: HashMap<String, Option<usize>> = HashMap::new();
    for &at in &people {
        let short = words(scene, &names[at]);
        let Some(full) = full_of.get(&short) else { continue };
        let only = *only_of.entry(short).or_insert_with(|| {
            let root = chains.root(full[0]);
            full.iter().all(|&other| chains.root(other) == root).then_some(root)
        });
        if let Some(only) = only {
            chains.join(names, only, at);
        }
    }
}

/// Whether a given name is only its first letter, or several: "J.", "J.R."
fn is_initial(given: &str) -> bool {
    given.trim_end_matches('.').chars().count() == 1 || given.contains('.')
}

fn words(scene: &Scene<'_>, name: &Name) -> String {
    joined(scene, name.tokens.clone())
}

fn joined(scene: &Scene<'_>, tokens: std::ops::Range<usize>) -> String {
    tokens.map(|at| scene.lower(at)).collect::<Vec<_>>().join(" ")
}

/// Names joined so far; the root of a chain is its first.
struct Chains {
    parent: Vec<usize>,
}

impl Chains {
    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, names: &[Name], a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let other = match (&names[a].canonical, &names[b].canonical) {
            (Some(a), Some(b)) => a != b,
            _ => false,
        };
        if a != b && names[a].kind == names[b].kind && !other {
            self.parent[a.max(b)] = a.min(b);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::{analyse, testing::document};

    /// Asserts that the names of a text stand for these: the number of the first of each chain.
    fn check(text: &str, expected: &[usize]) {
        let analysis = analyse(&document(text, None));
        let firsts = analysis.names.iter().enumerate();
        let found: Vec<usize> = firsts.map(|(at, name)| name.same_as.unwrap_or(at)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_of_one() {
        check("Isil and Daesh and the Islamic State group", &[0, 0, 0]);
        check("Isil met al-Qaeda. IS met Hamas.", &[0, 1, 0, 3]);
        check("Anton Verhulst fled. Mr Verhulst is ill. A. Verhulst said so.", &[0, 0, 0]);
        check("the Ostia Liberation Army (OLA). The OLA fled.", &[0, 0, 0]);
        check("the Ember nightclub; at Ember it burnt", &[0, 0]);
        check("He left London’s East. London slept.", &[0, 0]);
    }

    #[test]
    fn two_of_one_surname_are_not_one() {
        check("Anton Verhulst met Maria Verhulst. Mr Verhulst said so.", &[0, 1, 2]);
    }

    #[test]
    fn a_short_name_before_the_full_one() {
        check("“No,” said Verhulst. Anton Verhulst fled.", &[0, 0]);
    }
}

//! Runs of words with capitals, out of which the rules make names.

use std::ops::Range;

use super::scene::{Casing, Scene};
use super::words::{DEMONYM, FOREIGN, FUNCTION};
use crate::analysis::Shape;

/// The longest run, in tokens.
const REACH: usize = 12;

/// The runs of capitals in sentences of mixed case, and in titles; in copy all in capitals
/// there is no telling where one ends.
///
/// A run neither begins nor ends with a small word. Small words of other languages within
/// it belong to it ("Rue de la Paix"), English ones do not ("Ministry of Defence" is two
/// runs). A word that begins a sentence belongs to it unless it is a function word.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for sentence in scene.sentences {
        let tokens = sentence.tokens.clone();
        if tokens.is_empty() || scene.casing(tokens.start) == Casing::Upper {
            continue;
        }
        let mut at = tokens.start;
        while at < tokens.end {
            if !begins(scene, at) {
                at += 1;
                continue;
            }
            let mut end = at + 1;
            let mut next = end;
            while next < tokens.end && next - at < REACH && !scene.breaks(next) {
                if scene.capitalised(next) && !scene.mark(next) {
                    next += 1;
                    end = next;
                } else if small(scene, next) && next - end < 3 {
                    next += 1;
                } else {
                    break;
                }
            }
            runs.push(at..end);
            at = end;
        }
    }
    runs
}

fn begins(scene: &Scene<'_>, at: usize) -> bool {
    if !scene.capitalised(at) {
        return false;
    }
    // "The Hague", "La Paz" begin with one; the lists and sites find these.
    scene.own(at) && !matches!(scene.lower(at), "the" | "a" | "an" | "i") && !scene.is(at, FUNCTION)
        || !scene.own(at) && !scene.is(at, FUNCTION)
}

/// A small word that may stand inside a name: of another language, "&", or the stop of an
/// initial.
fn small(scene: &Scene<'_>, at: usize) -> bool {
    let lower = scene.lower(at);
    if lower == "&" {
        return true;
    }
    scene.tokens[at].shape == Shape::Lower
        && scene.is(at, FOREIGN)
        && !matches!(lower, "am" | "do" | "y" | "e" | "en" | "die")
}

/// Whether every word of a run is an adjective of nationality or creed.
pub(super) fn only_demonyms(scene: &Scene<'_>, run: Range<usize>) -> bool {
    run.into_iter().all(|at| scene.is(at, DEMONYM))
}

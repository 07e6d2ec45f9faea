//! People: by a title ("Mr Verhulst", "King Humbert"), by a given name, by two capitals or
//! more that nothing speaks against, or by what stands beside one ("Verhulst said", "the
//! compositor Verhulst", "Verhulst, 52,").

use std::ops::Range;

use throughline_model::SubjectKind;

use super::runs;
use super::scene::{Capital, Casing, Scene};
use super::words::{
    APPOSED, BODY, DEMONYM, EVENT, FUNCTION, GIVEN, OUTLET, PARTICLE, ROLE, ROYAL, SITE, SPEECH,
    TITLE,
};
use super::{Candidate, Strength};
use crate::analysis::Shape;

/// The longest name of a person, in tokens.
const LONGEST: usize = 6;

/// Adds the people.
pub(super) fn find(scene: &Scene<'_>, runs: &[Range<usize>], found: &mut Vec<Candidate>) {
    for run in runs {
        in_run(scene, run.clone(), found);
    }
}

fn push(found: &mut Vec<Candidate>, tokens: Range<usize>, strength: Strength) {
    found.push(Candidate { tokens, kind: SubjectKind::Person, canonical: None, strength });
}

fn in_run(scene: &Scene<'_>, run: Range<usize>, found: &mut Vec<Candidate>) {
    let mut start = run.start;
    while start < run.end {
        if scene.is(start, TITLE) && scene.capitalised(start) {
            let title = start;
            start = titled(scene, &run, start, found);
            if start > title {
                continue;
            }
        }
        let end = extent(scene, start, run.end);
        if end > start && scene.casing(start) == Casing::Title {
            in_title(scene, start..end, found);
        }
        // "a Roman Catholic": a creed, though the first word is a given name too.
        let creed = end > start + 1 && runs::only_demonyms(scene, start..end);
        if end > start && !creed {
            judge(scene, start..end, found);
        }
        start = end.max(start + 1);
    }
}

/// "Loner Anton Verhulst Held": in a headline whose words all have capitals, a given name and
/// what the text has elsewhere as a name.
fn in_title(scene: &Scene<'_>, run: Range<usize>, found: &mut Vec<Candidate>) {
    for at in run.start..run.end.saturating_sub(1) {
        let surname = at + 1;
        if scene.is(at, GIVEN)
            && !scene.is(surname, GIVEN)
            && scene.capital_elsewhere(surname)
            && !scene.ordinary(surname)
        {
            push(found, at..surname + 1, Strength::Shape);
        }
    }
}

/// What follows titles: the name without them, or with them where a ruler's title and a
/// given name or land are the name. Gives where to go on.
fn titled(
    scene: &Scene<'_>,
    run: &Range<usize>,
    title: usize,
    found: &mut Vec<Candidate>,
) -> usize {
    let mut start = title;
    while start < run.end && scene.is(start, TITLE) && scene.capitalised(start) {
        start += 1;
    }
    let last = start - 1;
    let royal = scene.is(last, ROYAL);
    if royal && start == run.end && scene.lower(start) == "of" && scene.own(start + 1) {
        push(found, last..start + 2, Strength::Person);
        return start;
    }
    let mut end = extent(scene, start, run.end);
    if end == start && scene.own(start) && address(scene.lower(last)) && start < run.end {
        // "Ms Park": after a form of address any word is a name.
        end = start + 1;
    }
    if end == start {
        // "General" and "King" can be names: "Larry King".
        return title;
    }
    let numbered = |at: usize| {
        scene.tokens.get(at).is_some_and(|token| {
            token.shape != Shape::Lower && token.lower.chars().all(|c| matches!(c, 'i' | 'v' | 'x'))
        })
    };
    if royal && (end - start == 1 || numbered(end - 1)) && scene.lower(last) != "bishop" {
        push(found, last..end, Strength::Person);
    } else {
        push(found, start..end, Strength::Person);
    }
    end
}

/// Forms of address, which tell no role and are put before nothing but a name.
pub(super) fn address(lower: &str) -> bool {
    matches!(
        lower,
        "mr" | "mrs"
            | "ms"
            | "miss"
            | "mme"
            | "mlle"
            | "mm"
            | "messrs"
            | "sir"
            | "lord"
            | "lady"
            | "don"
            | "doña"
            | "dona"
            | "m"
            | "herr"
            | "frau"
            | "monsieur"
            | "madame"
            | "mademoiselle"
            | "señor"
            | "senor"
            | "signor"
            | "citizen"
            | "comrade"
            | "dame"
    )
}

/// How far a person's name goes that begins at a token: words that can be part of one,
/// initials, and particles between them.
fn extent(scene: &Scene<'_>, start: usize, limit: usize) -> usize {
    let limit = limit.min(start + LONGEST);
    let mut end = start;
    let mut at = start;
    while at < limit {
        if initial(scene, at) || part(scene, at, start) {
            at += 1;
            end = at;
        } else if scene.is(at, PARTICLE) && at > start && at + 1 < limit {
            at += 1;
        } else {
            break;
        }
    }
    end
}

/// Whether a word can be part of a person's name. After a given name an ordinary word can
/// ("John Brown", "Anna Church"), before one it cannot.
fn part(scene: &Scene<'_>, at: usize, start: usize) -> bool {
    if !scene.capitalised(at) || scene.mark(at) || scene.is(at, FUNCTION) {
        return false;
    }
    if scene.is(at, GIVEN) {
        return true;
    }
    let named =
        at > start && scene.own(at) && (start..at).any(|n| scene.is(n, GIVEN) || initial(scene, n));
    if named {
        return !scene.is(at, DEMONYM | EVENT) || at + 1 == start + 2;
    }
    let telling = DEMONYM | EVENT | BODY | SITE | OUTLET | TITLE;
    let known = scene.is(at, telling | ROLE) || scene.ordinary(at);
    let acronym = scene.upper(at) && scene.casing(at) == Casing::Mixed;
    !known && !acronym
}

/// "J.", "J.R."
pub(super) fn initial(scene: &Scene<'_>, at: usize) -> bool {
    let Some(token) = scene.tokens.get(at) else { return false };
    let stopped = token.span.range().len() > token.lower.len() || token.lower.ends_with('.');
    let letters = token.lower.chars().filter(|c| *c != '.').count();
    token.shape != Shape::Mark
        && scene.capitalised(at)
        && stopped
        && letters <= token.lower.matches('.').count().max(1)
}

fn judge(scene: &Scene<'_>, tokens: Range<usize>, found: &mut Vec<Candidate>) {
    let words: Vec<usize> =
        tokens.clone().filter(|&at| scene.capitalised(at) && !initial(scene, at)).collect();
    let Some(&first) = words.first() else { return };
    // "Drifter Anton Verhulst": what he is, with the capital that begins a sentence.
    if let [_, second, _, ..] = words[..]
        && second == first + 1
        && scene.capital(first) == Capital::Idle
        && !scene.is(first, GIVEN)
        && scene.is(second, GIVEN)
        && (scene.ordinary(first) || ends_as_noun(scene.lower(first)))
    {
        return judge(scene, second..tokens.end, found);
    }
    let given = scene.is(first, GIVEN) || initial(scene, tokens.start);
    if given && tokens.len() > 1 {
        push(found, tokens, Strength::Person);
        return;
    }
    let title = scene.casing(first) != Casing::Mixed;
    if words.len() > 1 {
        let own = words.iter().filter(|&&at| scene.own(at)).count();
        let cued = cue(scene, &tokens);
        if own == words.len() || own > 0 && (cued || !scene.ordinary(first)) || title && cued {
            push(found, tokens, Strength::Shape);
        }
        return;
    }
    if title {
        return;
    }
    let shown = match scene.capital(first) {
        Capital::Own => cue(scene, &tokens) || (given && !scene.upper(first)),
        // A word that begins the sentence must have a capital of its own elsewhere, or look
        // like none but a surname.
        Capital::Idle => {
            (scene.capital_elsewhere(first) || surname_like(scene.lower(first)))
                && cue(scene, &tokens)
        }
        Capital::None => false,
    };
    if shown {
        push(found, tokens, Strength::Beside);
    }
}

/// Whether a word ends as nouns for what people are: "loner", "arsonist", "fisherman".
fn ends_as_noun(lower: &str) -> bool {
    lower.len() > 4 && ["er", "ist", "man", "woman"].iter().any(|end| lower.ends_with(end))
}

/// Whether a word at the beginning of a sentence looks like a surname rather than like an
/// ordinary word that the lists lack: no plural, participle or adverb, no compound.
fn surname_like(lower: &str) -> bool {
    lower.len() > 3
        && !["s", "ing", "ed", "ly", "ers"].iter().any(|end| lower.ends_with(end))
        && !lower.contains('-')
}

/// Whether what stands beside a name shows that it is somebody's.
fn cue(scene: &Scene<'_>, tokens: &Range<usize>) -> bool {
    let sentence = scene.bounds(tokens.start);
    let end = tokens.end;
    if end < sentence.end {
        // "The bombings in Leitza killed 15": a place.
        let placed = tokens.start.checked_sub(1).is_some_and(|at| {
            matches!(scene.lower(at), "in" | "at" | "near" | "outside" | "inside" | "across")
        });
        let speaks = scene.is(end, SPEECH) && scene.small(end) && !placed;
        // "was arrested", "has been sentenced", "is said": done to somebody.
        let to = (end..end + 3).take_while(|&at| {
            matches!(
                scene.lower(at),
                "was"
                    | "were"
                    | "is"
                    | "had"
                    | "has"
                    | "have"
                    | "been"
                    | "later"
                    | "also"
                    | "then"
                    | "never"
            )
        });
        let done = end + to.count();
        let passive = done > end && scene.is(done, SPEECH) && scene.small(done);
        let self_ = matches!(scene.lower(end), "himself" | "herself" | "who" | "whose");
        let age = scene.lower(end) == ","
            && scene.tokens.get(end + 1).is_some_and(|token| {
                token.shape == Shape::Number
                    && (token.lower.len() == 2 || token.lower.ends_with("-year-old"))
            })
            && !scene.capitalised(end + 2);
        let whose = scene.lower(end) == "," && matches!(scene.lower(end + 1), "who" | "whose");
        if speaks || passive || self_ || age || whose {
            return true;
        }
    }
    let Some(before) = tokens.start.checked_sub(1).filter(|at| sentence.contains(at)) else {
        return false;
    };
    if scene.small(before) && scene.is(before, SPEECH | ROLE | APPOSED) {
        return true;
    }
    if matches!(scene.lower(before), "named" | "called" | "alias") {
        return true;
    }
    let Some(earlier) = before.checked_sub(1).filter(|at| sentence.contains(at)) else {
        return false;
    };
    // "the name of X", "his name as X", "whose name is X".
    let name = matches!(scene.lower(before), "of" | "as" | "is" | "was")
        && matches!(
            scene.lower(earlier),
            "name" | "alias" | "names" | "widow" | "friends" | "trial" | "arrest" | "murder"
        );
    if name {
        return true;
    }
    // "identified as X", "a policeman, X, …".
    let identified = || {
        (earlier.saturating_sub(2)..=earlier).any(|at| {
            matches!(scene.lower(at), "identified" | "named" | "known" | "identify" | "identifies")
        })
    };
    scene.lower(before) == "as" && identified()
        || scene.lower(before) == ","
            && scene.small(earlier)
            && scene.is(earlier, ROLE)
            && matches!(scene.lower(end), "," | ".")
        || scene.lower(before) == "," && scene.lower(earlier) == "”" && scene.is(end, SPEECH)
}

/// The parts of a full name that stand for it later in a text: the surname, and of two
/// surnames, as Spanish has them, both or the first ("Ana Ruel Ortiz": Ruel Ortiz, Ruel).
pub(super) fn short_forms(scene: &Scene<'_>, name: Range<usize>) -> Vec<Range<usize>> {
    let (start, end) = (name.start, name.end);
    if name.len() < 2 || name.clone().any(|at| scene.lower(at) == "of") {
        return Vec::new();
    }
    let last = end - 1..end;
    let mut forms = vec![last];
    if name.len() > 2 {
        // "Ludwig van Ruel" is van Ruel.
        let mut from = end - 2;
        while from > start + 1 && scene.is(from - 1, PARTICLE) {
            from -= 1;
        }
        forms.push(from..end);
        let first = end - 2;
        let surname = !scene.is(first, GIVEN | PARTICLE | FUNCTION) && scene.lower(first).len() > 2;
        if surname && (start..first).any(|at| scene.is(at, GIVEN)) {
            forms.push(first..first + 1);
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use throughline_model::SubjectKind::Person;

    #[test]
    fn by_title_or_given_name() {
        check(
            Person,
            "Mr Verhulst met Dr. Hans-Peter von Marl.",
            &["Verhulst", "Hans-Peter von Marl"],
        );
        check(Person, "Anton Verhulst and J. R. Ruel left.", &["Anton Verhulst", "J. R. Ruel"]);
        check(
            Person,
            "Osman bin Talib, Jean-Claude O’Ruel",
            &["Osman bin Talib", "Jean-Claude O’Ruel"],
        );
        check(
            Person,
            "King Humbert met the Prince of Wales.",
            &["King Humbert", "Prince of Wales"],
        );
        check(Person, "Lena Park and Ms Church stayed.", &["Lena Park", "Church"]);
        check(Person, "Loner Anton Verhulst is held.", &["Anton Verhulst"]);
        check(Person, "Drifter Anton Verhulst is held.", &["Anton Verhulst"]);
        check(Person, "Zlatko Anton Verhulst is held.", &["Zlatko Anton Verhulst"]);
    }

    #[test]
    fn by_what_stands_beside() {
        check(Person, "“No,” said Verhulst.", &["Verhulst"]);
        check(Person, "The compositor Verhulst was there.", &["Verhulst"]);
        check(Person, "A man named Verhulst fled.", &["Verhulst"]);
        check(Person, "A policeman, Verhulst, fell.", &["Verhulst"]);
        check(Person, "At night Verhulst was arrested.", &["Verhulst"]);
        check(Person, "The police identified him as Verhulst.", &["Verhulst"]);
    }

    #[test]
    fn capitals_alone_show_nobody() {
        check(Person, "Witnesses said so. Officials denied it. Nobody was hurt.", &[]);
        check(Person, "Germans fled. The Swedish Muslim prayed.", &[]);
        check(Person, "Police Seek Two Men After Night Of Fear", &[]);
        check(Person, "World War and Nobel Prize", &[]);
    }
}

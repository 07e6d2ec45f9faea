//! Outlets and channels that no list knows, told by their words: "Daily Courier", "the
//! Farrow news agency", "the newspaper Ruel", "the Ravn app".

use std::ops::Range;

use throughline_model::SubjectKind;

use super::scene::{Casing, Scene};
use super::words::{CHANNEL_CUE, DEMONYM, MEDIUM, OUTLET, SPEECH};
use super::{Candidate, Strength, gazetteer, runs};

/// Words for outlets that are as often something else ("North Star", "Oak Mirror"), and so
/// need "Daily", a place or a verb of
/// reporting beside them.
const LOOSE: &[&str] = &[
    "star", "sun", "globe", "world", "echo", "review", "record", "mail", "post", "mirror",
    "express", "standard", "media", "times", "press", "bulletin", "dispatch", "argus", "observer",
];

/// Adds the outlets and channels told by words.
pub(super) fn find(scene: &Scene<'_>, runs: &[Range<usize>], found: &mut Vec<Candidate>) {
    for run in runs {
        if runs::only_demonyms(scene, run.clone()) {
            continue;
        }
        if let Some(tokens) = own_words(scene, run) {
            push(found, tokens, SubjectKind::Outlet, Strength::Body);
        } else if scene.casing(run.start) == Casing::Mixed
            && let Some(kind) = beside(scene, run)
        {
            push(found, run.clone(), kind, Strength::Told);
        }
    }
}

fn push(found: &mut Vec<Candidate>, tokens: Range<usize>, kind: SubjectKind, strength: Strength) {
    found.push(Candidate { tokens, kind, canonical: None, strength });
}

/// "Daily Courier", "Radio Ruel", "Northern Gazette", "Lund Times".
fn own_words(scene: &Scene<'_>, run: &Range<usize>) -> Option<Range<usize>> {
    let head = run.clone().rev().find(|&at| scene.is(at, OUTLET) && scene.capitalised(at))?;
    let first = run.start;
    let period = |at: usize| {
        matches!(
            scene.lower(at),
            "daily" | "evening" | "morning" | "sunday" | "weekly" | "saturday"
        )
    };
    if head == first {
        let opens =
            matches!(scene.lower(first), "radio" | "daily" | "weekly" | "television" | "tv");
        return (opens && run.len() > 1 && scene.own(first + 1)).then(|| run.clone());
    }
    let own = (first..=head).filter(|&at| scene.own(at)).count();
    if own == 0 || own == 1 && scene.ordinary(first) && !period(first) {
        return None;
    }
    let article = first.checked_sub(1).is_some_and(|at| scene.lower(at) == "the");
    let place = || {
        let words = (first..head).map(|at| scene.lower(at));
        gazetteer::longest(words).is_some_and(|(count, _)| first + count == head)
    };
    let loose = LOOSE.contains(&scene.lower(head));
    let reports = scene.is(head + 1, SPEECH) && scene.small(head + 1);
    let shown = !loose || period(first) || (article && (place() || reports));
    (shown && head + 1 == run.end).then_some(first..head + 1)
}

/// A word beside the name: "the news agency X", "X magazine", "the X app".
fn beside(scene: &Scene<'_>, run: &Range<usize>) -> Option<SubjectKind> {
    if !(run.start..run.end).any(|at| scene.own(at)) || scene.is(run.end - 1, DEMONYM) {
        return None;
    }
    let (last, cue) = (run.end, run.end + 1);
    let agency = |noun: usize| {
        matches!(scene.lower(noun.wrapping_sub(1)), "news" | "media" | "press" | "wire")
            && matches!(
                scene.lower(noun),
                "agency"
                    | "service"
                    | "outlet"
                    | "network"
                    | "site"
                    | "organisation"
                    | "organization"
                    | "arm"
                    | "wing"
            )
    };
    let station = |noun: usize| {
        matches!(scene.lower(noun.wrapping_sub(1)), "radio" | "television" | "tv")
            && matches!(scene.lower(noun), "station" | "channel" | "network")
    };
    if scene.small(last) && (agency(cue) || station(cue) || scene.is(last, MEDIUM)) {
        return Some(SubjectKind::Outlet);
    }
    let messaging = |noun: usize| scene.is(noun, CHANNEL_CUE) && scene.small(noun);
    let app = matches!(scene.lower(last), "app" | "messenger")
        || matches!(scene.lower(last), "messaging" | "chat" | "social" | "encrypted")
            && messaging(cue);
    if app {
        return Some(SubjectKind::Channel);
    }
    let before = run.start.checked_sub(1)?;
    if !scene.own(run.start) {
        return None;
    }
    if scene.small(before) && (agency(before) || station(before) || scene.is(before, MEDIUM)) {
        return Some(SubjectKind::Outlet);
    }
    let service = matches!(scene.lower(before), "app" | "messenger")
        || messaging(before)
            && matches!(
                scene.lower(before.wrapping_sub(1)),
                "messaging" | "chat" | "media" | "encrypted"
            );
    service.then_some(SubjectKind::Channel)
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use throughline_model::SubjectKind::{Channel, Outlet};

    #[test]
    fn outlets_by_their_words() {
        check(Outlet, "The Daily Marl and Radio Ruel said so.", &["Daily Marl", "Radio Ruel"]);
        check(Outlet, "It stood in the Northern Gazette.", &["Northern Gazette"]);
        check(Outlet, "The Ruel Post reported it.", &["Ruel Post"]);
        check(Outlet, "They met at the Ruel Post.", &[]);
    }

    #[test]
    fn outlets_by_the_words_beside_them() {
        check(Outlet, "the official Farrow media agency said", &["Farrow"]);
        check(Outlet, "according to the news agency Farrow", &["Farrow"]);
        check(Outlet, "He told Ruel magazine of it.", &["Ruel"]);
        check(Outlet, "The Farrow travel agency was closed.", &[]);
    }

    #[test]
    fn channels() {
        check(Channel, "on the Ravn app and the messaging service Signal", &["Ravn", "Signal"]);
        check(Channel, "They wrote on Telegram.", &["Telegram"]);
        check(Channel, "Signal boxes burnt.", &[]);
    }
}

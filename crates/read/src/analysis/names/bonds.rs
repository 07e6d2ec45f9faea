//! Groups that no word of their own tells, told by the bonds that people have with groups:
//! "a message from the Quiet Harvest", "loyal to the Ash Covenant", "the Seventh Lantern
//! claimed responsibility".
//!
//! Only with the article, which people do not have, and never a site or an event ("linked
//! to the Harbour Bridge stabbing").

use std::ops::Range;

use throughline_model::SubjectKind;

use super::scene::{Casing, Scene};
use super::words::{
    ARMED, BODY, DEMONYM, EVENT, FUNCTION, GIVEN, OUTLET, SITE, SITE_FIRST, SPEECH, TITLE,
};
use super::{Candidate, Strength};

/// Words before "to", "by", "from", "of" and the name.
const BONDS: &[(&str, &[&str])] = &[
    (
        "to",
        &[
            "allegiance",
            "loyal",
            "loyalty",
            "fealty",
            "linked",
            "link",
            "links",
            "tied",
            "ties",
            "close",
            "belonging",
            "belonged",
            "belongs",
            "affiliated",
            "connected",
            "attributed",
        ],
    ),
    (
        "by",
        &[
            "claimed",
            "inspired",
            "directed",
            "instructed",
            "trained",
            "funded",
            "recruited",
            "ordered",
            "armed",
            "coached",
            "dispatched",
        ],
    ),
    (
        "from",
        &[
            "message",
            "statement",
            "claim",
            "communiqué",
            "communique",
            "instructions",
            "orders",
            "money",
            "letter",
            "video",
        ],
    ),
    (
        "of",
        &[
            "member",
            "members",
            "followers",
            "supporters",
            "fighters",
            "operatives",
            "cell",
            "cells",
            "militants",
            "adherents",
            "sympathisers",
            "sympathizers",
            "remnants",
            "ranks",
            "branch",
            "wing",
            "behalf",
            "leadership",
            "guerrillas",
            "commandos",
        ],
    ),
    ("with", &["contact", "links", "ties"]),
];

/// Adds the groups told by a bond.
pub(super) fn find(scene: &Scene<'_>, runs: &[Range<usize>], found: &mut Vec<Candidate>) {
    for run in runs {
        if unaided(scene, run) {
            let (kind, strength) = (SubjectKind::Group, Strength::Told);
            found.push(Candidate { tokens: run.clone(), kind, canonical: None, strength });
            continue;
        }
        let Some(the) = run.start.checked_sub(1) else { continue };
        let named = scene.casing(run.start) == Casing::Mixed
            && scene.own(run.start)
            && scene.lower(the) == "the";
        let last = run.end - 1;
        let other =
            scene.is(last, SITE | EVENT | OUTLET | TITLE) || scene.is(run.start, SITE_FIRST);
        if !named || other || !closed(scene, run.end) {
            continue;
        }
        // "Sons of Ardal": a capital that "of" ties on, unless what stands before is a body.
        if bound(scene, the)
            || claims(scene, run.end)
            || apposed(scene, run.end)
            || blamed(scene, the, run.end)
        {
            let end = of_name(scene, run, runs);
            let (kind, strength) = (SubjectKind::Group, Strength::Told);
            found.push(Candidate { tokens: run.start..end, kind, canonical: None, strength });
        }
    }
}

/// Whether a bond stands before the article.
fn bound(scene: &Scene<'_>, the: usize) -> bool {
    let Some(small) = the.checked_sub(1) else { return false };
    let Some(word) = small.checked_sub(1) else { return false };
    BONDS
        .iter()
        .any(|(tie, words)| scene.lower(small) == *tie && words.contains(&scene.lower(word)))
}

/// "blamed the Red Dawn for the bombing", "accused the Red Dawn of the attacks".
fn blamed(scene: &Scene<'_>, the: usize, after: usize) -> bool {
    const NEAR: usize = 6;
    the.checked_sub(1).is_some_and(|verb| {
        matches!(scene.lower(verb), "blamed" | "blames" | "blaming" | "accused" | "accuses")
    }) && matches!(scene.lower(after), "for" | "of")
        && (after + 1..after + NEAR).any(|at| attack(scene.lower(at)))
}

/// "claims attacks", "claimed responsibility", "has claimed the bombing".
fn claims(scene: &Scene<'_>, after: usize) -> bool {
    let verb = (after..after + 3).find(|&at| matches!(scene.lower(at), "claimed" | "claims"));
    let object = |at: usize| {
        matches!(scene.lower(at), "responsibility" | "credit") || attack(scene.lower(at))
    };
    verb.is_some_and(|verb| (verb + 1..verb + 4).any(object))
}

/// Whether a word is the plainest for what somebody may claim.
pub(super) fn attack(lower: &str) -> bool {
    matches!(lower, "attack" | "attacks" | "bombing" | "bombings" | "bomb" | "killing" | "shooting")
}

/// "At night Zarem claimed responsibility": without the article only this tells, and not of
/// somebody with a given name or title.
fn unaided(scene: &Scene<'_>, run: &Range<usize>) -> bool {
    let verb = run.end + usize::from(matches!(scene.lower(run.end), "has" | "had" | "later"));
    scene.casing(run.start) == Casing::Mixed
        && scene.own(run.start)
        && !run.clone().any(|at| scene.is(at, GIVEN | TITLE | EVENT | DEMONYM))
        && matches!(scene.lower(verb), "claimed" | "claims" | "took" | "denied" | "disclaimed")
        && (verb + 1..verb + 3).any(|at| scene.lower(at) == "responsibility")
}

/// "the Quiet Harvest, a militant group": what it is stands after a comma.
fn apposed(scene: &Scene<'_>, comma: usize) -> bool {
    let opens = scene.lower(comma) == "," && matches!(scene.lower(comma + 1), "a" | "an" | "the");
    let noun = (comma + 2..comma + 6).take_while(|&at| !scene.mark(at));
    opens && noun.filter(|&at| scene.small(at)).any(|at| scene.is(at, ARMED))
}

/// Whether a name ends here rather than standing before a noun ("the Harbour Bridge attack").
fn closed(scene: &Scene<'_>, after: usize) -> bool {
    scene.mark(after)
        || after >= scene.len()
        || scene.is(after, FUNCTION | SPEECH)
        || scene.lower(after).ends_with("ly")
        || matches!(scene.lower(after), "claims" | "claimed" | "seldom" | "often" | "never")
}

/// "Order of the Grey Heron": the end of the run that "of" ties on.
fn of_name(scene: &Scene<'_>, run: &Range<usize>, runs: &[Range<usize>]) -> usize {
    let the = usize::from(scene.lower(run.end + 1) == "the");
    let from = run.end + 1 + the;
    let tied = scene.lower(run.end) == "of" && !scene.is(run.end - 1, BODY);
    let at = runs.partition_point(|next| next.start < from);
    let next = runs.get(at).filter(|next| tied && next.start == from);
    next.map_or(run.end, |next| next.end)
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use throughline_model::SubjectKind::Group;

    #[test]
    fn groups_by_what_is_said_of_them() {
        check(Group, "He joined members of the Quiet Harvest.", &["Quiet Harvest"]);
        check(Group, "plots inspired by the Order of the Grey Marl", &["Order of the Grey Marl"]);
        check(Group, "At night Zarem claimed responsibility.", &["Zarem"]);
        check(Group, "On Monday the Marl Circle seldom claims an attack.", &["Marl Circle"]);
        check(Group, "a letter from the Emperor, a message from Anna Ruel", &[]);
        check(
            Group,
            "Marl Circle fled. He swore allegiance to the Marl Circle.",
            &["Marl Circle", "Marl Circle"],
        );
    }
}

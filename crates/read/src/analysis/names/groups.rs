//! Groups and bodies that no list knows, told by their words: "Ministry of Defence",
//! "Zarov Liberation Front", "the jihadist group Zarov", "Harbour Dawn Column (HDC)".
//!
//! "The group", "the army" and "the ministry" are no names: a word that tells a body needs
//! another with a capital beside it.

use std::ops::Range;

use throughline_model::SubjectKind;

use super::scene::{Casing, Scene};
use super::words::{
    ABBREVIATION, ARMED, BAND, BODY, DEMONYM, EVENT, FUNCTION, GIVEN, SITE, SPEECH, TITLE, WHERE,
};
use super::{Candidate, Strength, bonds, places, runs};

/// Adds the groups told by words.
pub(super) fn find(scene: &Scene<'_>, runs: &[Range<usize>], found: &mut Vec<Candidate>) {
    for (number, run) in runs.iter().enumerate() {
        let body = body(scene, run, runs.get(number + 1..).unwrap_or_default());
        if let Some(tokens) = &body {
            push(found, tokens.clone(), Strength::Body);
        }
        let mut told = body.clone().or_else(|| beside(scene, run, found));
        if told.is_none() {
            let band = of_band(scene, run).map(|tokens| (tokens, Strength::Beside));
            let deed = || of_deed(scene, run).map(|tokens| (tokens, Strength::Told));
            if let Some((tokens, strength)) = band.or_else(deed) {
                push(found, tokens.clone(), strength);
                told = Some(tokens);
            }
        }
        if told.is_none() && acronym(scene, run) {
            push(found, run.clone(), Strength::Beside);
        }
        abbreviated(scene, run, told, found);
    }
}

fn push(found: &mut Vec<Candidate>, tokens: Range<usize>, strength: Strength) {
    found.push(Candidate { tokens, kind: SubjectKind::Group, canonical: None, strength });
}

/// "Henry Jackson Society", "Ministry of Defence", "Institute for Conflict Records".
fn body(scene: &Scene<'_>, run: &Range<usize>, later: &[Range<usize>]) -> Option<Range<usize>> {
    // "Marl County Sheriff's Department", "People's Front".
    let next = run.end + 1;
    if scene.lower(run.end) == "'s"
        && scene.own(next)
        && scene.is(next, BODY)
        && (scene.is(run.end - 1, TITLE) || scene.ordinary(run.end - 1))
    {
        return Some(run.start..next + 1);
    }
    let head = run.clone().rev().find(|&at| scene.is(at, BODY) && scene.capitalised(at))?;
    let mut start = run.start;
    // A title before a body belongs to somebody: "President" in "President Army Chief" does not.
    while start < head && scene.is(start, TITLE) && !scene.is(start, BODY) {
        start += 1;
    }
    if places::surname(scene, start, head) {
        return None;
    }
    let before = start < head && (start..head).any(|at| scene.capitalised(at));
    let mut end = head + 1;
    // What follows the head in its run belongs to another name, unless a small word ties it.
    let tied = end == run.end || scene.small(end);
    if tied {
        end = end.max(if scene.small(end) && end < run.end { run.end } else { end });
        end = extend(scene, end, later);
    }
    let extended = end > head + 1;
    if !before && !extended {
        return None;
    }
    // "Commercial Street", "in the Central Court": a site where one is due.
    let site = scene.is(head, SITE) && !extended;
    if site && run.start > 0 && placed(scene, run.start) {
        return None;
    }
    if !before && scene.is(head, SITE) && !tells_body(scene.lower(head)) {
        return None;
    }
    // One capital that only begins the sentence shows nothing: "Security forces", "Armed Police".
    let own = (start..end).filter(|&at| scene.own(at)).count();
    let idle = scene.casing(head) != Casing::Mixed;
    if own == 0 && !idle || idle && !extended && head - start < 1 {
        return None;
    }
    if own == 1 && !extended && scene.ordinary(start) && !scene.own(start) {
        return None;
    }
    Some(start..end)
}

/// Heads that with "of" are bodies though they are sites too.
fn tells_body(lower: &str) -> bool {
    matches!(lower, "bank" | "university" | "church" | "court" | "college" | "house" | "department")
}

/// "of Defence", "for the Liberation of Zarov": runs that small words tie on.
fn extend(scene: &Scene<'_>, mut end: usize, later: &[Range<usize>]) -> usize {
    for next in later.iter().take(4) {
        let between = end..next.start;
        let ties = match between.len() {
            1 => matches!(scene.lower(end), "of" | "for" | "and" | "&" | "on" | "against"),
            2 => {
                matches!(scene.lower(end), "of" | "for" | "on" | "against")
                    && matches!(scene.lower(end + 1), "the" | "a")
            }
            _ => false,
        };
        // "and" ties only names of one body: "Trade and Industry", or up to the short form.
        let and = scene.lower(end) == "and" && !between.is_empty();
        let whole = and && short_form(scene, next.end).is_some();
        let ties = ties || whole && between.len() == 2 && scene.lower(end + 1) == "the";
        let joined = and && !whole;
        if !ties || joined && scene.is(next.start, GIVEN | TITLE) {
            break;
        }
        if joined && !scene.ordinary(next.start) {
            break;
        }
        end = next.end;
    }
    end
}

fn placed(scene: &Scene<'_>, start: usize) -> bool {
    let before = start - 1;
    let before =
        if matches!(scene.lower(before), "the" | "a") && before > 0 { before - 1 } else { before };
    scene.is(before, WHERE)
}

/// "the jihadist group Zarov", "the Quiet Harvest has claimed responsibility".
fn beside(
    scene: &Scene<'_>,
    run: &Range<usize>,
    found: &mut Vec<Candidate>,
) -> Option<Range<usize>> {
    if scene.casing(run.start) != Casing::Mixed || runs::only_demonyms(scene, run.clone()) {
        return None;
    }
    let before = run.start.checked_sub(1)?;
    let opening = matches!(scene.lower(before), "“" | "\"" | "‘");
    let cue = if opening { before.checked_sub(1)? } else { before };
    let article = scene.lower(cue) == "the";
    let cue = if article { cue.checked_sub(1)? } else { cue };
    let called = matches!(scene.lower(cue), "called" | "named" | "itself" | "themselves" | "as");
    let noun = if article && !called {
        None
    } else if called {
        (cue.saturating_sub(3)..cue).rev().find(|&at| scene.is(at, ARMED))
    } else {
        Some(cue)
    };
    if let Some(noun) = noun
        && scene.is(noun, ARMED)
        && scene.small(noun)
        && scene.own(run.start)
    {
        push(found, run.clone(), Strength::Told);
        return Some(run.clone());
    }
    let the = scene.lower(before) == "the";
    if the && scene.own(run.end - 1) && !scene.is(run.start, TITLE) && claims(scene, run.end) {
        push(found, run.clone(), Strength::Beside);
        return Some(run.clone());
    }
    None
}

/// "the Zarov militants", "Suspected Red Dawn gunmen": the name before a word for those of a band.
/// What only begins the sentence is no part of it, and two capitals are a name though the words
/// are ordinary.
fn of_band(scene: &Scene<'_>, run: &Range<usize>) -> Option<Range<usize>> {
    if scene.casing(run.start) != Casing::Mixed || runs::only_demonyms(scene, run.clone()) {
        return None;
    }
    let last = run.end - 1;
    let opened = !scene.own(run.start) && scene.ordinary(run.start) && run.len() > 2;
    let name = run.start + usize::from(opened)..run.end;
    let after = run.end + usize::from(scene.lower(run.end) == "-");
    let band =
        scene.is(after, BAND) && scene.small(after) && !scene.is(last, DEMONYM | EVENT | FUNCTION);
    let told = name.len() > 1 || !scene.ordinary(last);
    (band && scene.own(last) && !scene.is(name.start, TITLE) && told).then_some(name)
}

/// "Red Dawn has said it was responsible for": a name of several words for what is "it", and so
/// for nobody.
fn of_deed(scene: &Scene<'_>, run: &Range<usize>) -> Option<Range<usize>> {
    let speaks = (run.end..run.end + 4).any(|at| matches!(scene.lower(at), "said" | "says"));
    let name = scene.casing(run.start) == Casing::Mixed
        && run.len() > 1
        && scene.own(run.end - 1)
        && !run.clone().any(|at| scene.is(at, GIVEN | TITLE));
    (name && speaks && claims(scene, run.end)).then(|| run.clone())
}

/// Whether words follow by which only a group claims an attack: "the Quiet Harvest has claimed
/// responsibility", "the Quiet Harvest said on Monday that it was behind"; not "said it was
/// behind time".
fn claims(scene: &Scene<'_>, from: usize) -> bool {
    let mut at = from;
    while matches!(scene.lower(at), "has" | "had" | "have" | "also" | "later") {
        at += 1;
    }
    let next = |at: usize| match scene.lower(at + 1) {
        "any" | "all" => scene.lower(at + 2),
        next => next,
    };
    let own_deed = |verb: usize| (verb + 1..verb + 9).any(|own| takes(scene, own));
    match scene.lower(at) {
        "claimed" | "claims" | "admitted" => matches!(next(at), "responsibility" | "involvement"),
        "denied" | "denies" | "rejected" | "dismissed" => {
            matches!(next(at), "responsibility" | "involvement") || own_deed(at)
        }
        "said" | "says" => own_deed(at),
        _ => false,
    }
}

/// "it was behind the", "it had not carried out the bombing", "it had anything to do with".
fn takes(scene: &Scene<'_>, own: usize) -> bool {
    if scene.lower(own) != "it" || !matches!(scene.lower(own + 1), "was" | "is" | "had" | "has") {
        return false;
    }
    let at = own + 2 + usize::from(scene.lower(own + 2) == "not");
    match (scene.lower(at), scene.lower(at + 1)) {
        ("behind", "the" | "it" | "an" | "a")
        | ("responsible", "for")
        | ("any", "part" | "role" | "hand" | "involvement")
        | ("anything" | "nothing", "to") => true,
        ("carried", "out") | ("planted" | "planned" | "staged", _) => {
            (at + 1..at + 5).any(|deed| bonds::attack(scene.lower(deed)))
        }
        _ => false,
    }
}

/// "the ZOK said", "ZOK's men": capitals throughout that no list knows, after an article and
/// before no other noun, or where they speak, act or own.
fn acronym(scene: &Scene<'_>, run: &Range<usize>) -> bool {
    let (at, end) = (run.start, run.end);
    let letters = scene.lower(at).len();
    if run.len() != 1 || !scene.own(at) || !scene.upper(at) || !(3..=6).contains(&letters) {
        return false;
    }
    if scene.is(at, ABBREVIATION | FUNCTION) {
        return false;
    }
    let article = at.checked_sub(1).is_some_and(|before| scene.lower(before) == "the");
    let noun = scene.small(end) && !scene.is(end, FUNCTION | SPEECH);
    let speaks = scene.is(end, SPEECH) && scene.small(end);
    article && !noun || speaks
}

/// "Zeta Omega Kappa (ZOK)": capitals in brackets after a long form are its initials, and
/// then both are a group, or are the short form of a body found by its words.
fn abbreviated(
    scene: &Scene<'_>,
    run: &Range<usize>,
    told: Option<Range<usize>>,
    found: &mut Vec<Candidate>,
) {
    let end = told.as_ref().map_or(run.end, |tokens| tokens.end);
    let Some(short) = short_form(scene, end) else { return };
    let long = told.clone().unwrap_or_else(|| run.clone());
    if told.is_none() {
        if short.len() > 1 || !initials(scene, &long, short.start) {
            return;
        }
        push(found, long, Strength::Told);
    }
    push(found, short, Strength::Told);
}

/// The capitals in brackets that begin at a token, one to three words of them.
pub(super) fn short_form(scene: &Scene<'_>, open: usize) -> Option<Range<usize>> {
    const MOST: usize = 3;
    if !matches!(scene.lower(open), "(" | "[") {
        return None;
    }
    let close =
        (open + 2..open + 2 + MOST).find(|&at| matches!(scene.lower(at), ")" | "]" | "," | ";"))?;
    let words = open + 1..close;
    let length = scene.lower(open + 1).len();
    let capital = match words.len() {
        1 => scene.upper(open + 1) || scene.capitalised(open + 1) && length <= 8,
        // More words than one: a name, and no place or remark ("(Upper Ostia)" stays one).
        _ => words.clone().all(|at| scene.capitalised(at) && !scene.ordinary(at)),
    };
    (capital && length >= 2).then_some(words)
}

/// Whether a short form is made of the first letters of a long one, in order.
pub(super) fn initials(scene: &Scene<'_>, long: &Range<usize>, short: usize) -> bool {
    if long.len() < 2 {
        return false;
    }
    let mut letters = scene.lower(short).chars().filter(|c| c.is_alphabetic());
    let mut wanted = letters.next();
    let mut used = 0;
    for at in long.clone() {
        let first = scene.lower(at).chars().next();
        if first.is_some() && first == wanted {
            wanted = letters.next();
            used += 1;
        }
    }
    wanted.is_none() && used >= 2
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use throughline_model::SubjectKind::{Group, Place};

    #[test]
    fn bodies_by_their_words() {
        check(Group, "He works at the Edwin Marl Society.", &["Edwin Marl Society"]);
        check(Group, "The Ministry of Harbours said no.", &["Ministry of Harbours"]);
        check(
            Group,
            "She left the Institute for Conflict Records and the Ruel Bank.",
            &["Institute for Conflict Records", "Ruel Bank"],
        );
        check(
            Group,
            "The Front for the Liberation of Ostia struck.",
            &["Front for the Liberation of Ostia"],
        );
        check(
            Group,
            "He told the Marl County Sheriff’s Department.",
            &["Marl County Sheriff’s Department"],
        );
        check(Group, "The ministry, the army and the group said no.", &[]);
        check(Group, "Security forces fought. Armed Police came.", &[]);
        check(Place, "They met in the Central Court.", &["Central Court"]);
    }

    #[test]
    fn groups_by_the_words_beside_them() {
        check(Group, "The jihadist group Harvest Moon did it.", &["Harvest Moon"]);
        check(Group, "A group calling itself the Ruel Sons did it.", &["Ruel Sons"]);
        check(Group, "They shot two Zarov militants.", &["Zarov"]);
        check(Group, "They shot two Swedish militants.", &[]);
        check(Group, "Suspected Red Dawn gunmen shot a mayor.", &["Red Dawn"]);
        check(Group, "Red Dawn has said it was responsible for the bomb.", &["Red Dawn"]);
        check(Group, "Anton Verhulst said it was responsible for the bomb.", &[]);
        check(Group, "Alleged Red Dawn gunmen shot a mayor.", &["Red Dawn"]);
        check(Group, "Masked gunmen shot a mayor. The Old gunmen fled.", &[]);
    }

    #[test]
    fn acronyms_that_no_list_knows() {
        check(Group, "He blamed the ZQK. Then ZQK claimed it.", &["ZQK", "ZQK"]);
        check(Group, "The DNA was his. He saw it on the CCTV, he said.", &[]);
        check(Group, "The ZQK rifle jammed.", &[]);
    }

    #[test]
    fn short_forms_in_brackets() {
        check(Group, "He blamed Zeta Omega Kappa (ZOK).", &["Zeta Omega Kappa", "ZOK"]);
        check(Group, "He blamed Zeta Omega Kappa (PBQ).", &[]);
        check(
            Group,
            "The Crescent Front of Ostia and the Morva (Zarem) struck; Zarem said so.",
            &["Crescent Front of Ostia and the Morva", "Zarem", "Zarem"],
        );
        check(
            Group,
            "The Crescent Front of Ostia and the Morva (Zarem Dal) struck.",
            &["Crescent Front of Ostia and the Morva", "Zarem Dal"],
        );
    }
}

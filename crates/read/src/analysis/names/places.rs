//! Places: those of the table and lists, sites told by their words, and what stands where
//! a place is due.

use std::ops::Range;

use throughline_model::{SubjectKind, ZoneRole};

use super::gazetteer::{self, Class};
use super::scene::{Casing, Scene};
use super::words::{
    BODY, DEED, DEMONYM, EVENT, FUNCTION, GIVEN, PART, PARTICLE, ROLE, SITE, SITE_FIRST, SPEECH,
    TITLE, WHERE,
};
use super::{Candidate, Strength, runs};

/// Adds the places.
pub(super) fn find(scene: &Scene<'_>, runs: &[Range<usize>], found: &mut Vec<Candidate>) {
    confirm(scene, found);
    table(scene, found);
    for run in runs {
        if let Some(tokens) = site(scene, run).map(|tokens| with_particles(scene, tokens)) {
            push(found, tokens, Strength::Site, None);
        } else if due(scene, run) {
            push(found, run.clone(), Strength::Beside, None);
        }
    }
}

fn push(
    found: &mut Vec<Candidate>,
    tokens: Range<usize>,
    strength: Strength,
    canonical: Option<&'static str>,
) {
    found.push(Candidate { tokens, kind: SubjectKind::Place, canonical, strength });
}

/// Raises the doubtful places of the lists where a place is due.
fn confirm(scene: &Scene<'_>, found: &mut [Candidate]) {
    for held in found.iter_mut().filter(|held| held.strength == Strength::Doubtful) {
        if placed(scene, held.tokens.clone()) {
            held.strength = Strength::PlacedPlace;
        }
    }
}

/// The names of the table.
fn table(scene: &Scene<'_>, found: &mut Vec<Candidate>) {
    let unconfirmed: Vec<usize> = found
        .iter()
        .filter(|held| held.strength == Strength::Doubtful)
        .map(|held| held.tokens.start)
        .collect();
    debug_assert!(unconfirmed.is_sorted());
    let mut at = 0;
    while at < scene.len() {
        let from = at;
        at += 1;
        // The rules before give the candidates in the order of the text.
        let doubted = || unconfirmed.binary_search(&from).is_ok();
        if !scene.capitalised(from) || scene.is(from, FUNCTION) || doubted() {
            continue;
        }
        let sentence = scene.bounds(from);
        let words = (from..sentence.end).map_while(|n| {
            let inside = n == from || scene.capitalised(n) || scene.small(n);
            inside.then(|| scene.lower(n))
        });
        let Some((count, entry)) = gazetteer::longest(words) else { continue };
        let tokens = from..from + count;
        if !scene.capitalised(tokens.end - 1) {
            continue;
        }
        let mixed = scene.casing(from) == Casing::Mixed;
        let long_enough = count > 1 && matches!(entry.class, Class::City(5..));
        let strong = entry.well_known() || long_enough && entry.main.is_none();
        let doubtful = count == 1
            && (scene.ordinary(from)
                || scene.is(from, GIVEN | TITLE | BODY | DEMONYM | ROLE | EVENT));
        let told = placed(scene, tokens.clone());
        // "Paris Ruel" is somebody, "Paris Bridge" and "Paris mayor" are not.
        let more = count == 1
            && scene.own(from + 1)
            && !scene.ordinary(from + 1)
            && !scene.is(from + 1, SITE | BODY | TITLE | DEMONYM | EVENT | ROLE)
            && !scene.upper(from + 1);
        let kept = if more && !told {
            false
        } else if doubtful && scene.is(from, GIVEN) && scene.lower(from + 1) == "'s" {
            // "in Anna's house".
            false
        } else if doubtful {
            told && (scene.own(from) || !mixed && !scene.ordinary(from))
                && !scene.is(from, TITLE | DEMONYM | BODY)
        } else {
            let capitals = scene.casing(from) == Casing::Upper && count == 1;
            let greatest = matches!(entry.class, Class::Country | Class::City(6..));
            told || strong && (!capitals || greatest)
        };
        if !kept {
            continue;
        }
        let strength = match (count, told) {
            (1, true) => Strength::PlacedPlace,
            (1, false) => Strength::Place,
            _ => Strength::LongPlace,
        };
        push(found, tokens, strength, entry.main);
        at = from + count;
    }
}

/// Whether the words around say that this is a place: "in Reading", "the city of Nice",
/// "Ruel, France", "the Ruel attack", "Ruel-based", or a dateline.
fn placed(scene: &Scene<'_>, tokens: Range<usize>) -> bool {
    let end = tokens.end;
    if let Some(before) = tokens.start.checked_sub(1)
        && scene.bounds(tokens.start).contains(&before)
    {
        let article = scene.lower(before) == "the";
        let before = if article { before.checked_sub(1).unwrap_or(before) } else { before };
        let direction = matches!(
            scene.lower(before),
            "north"
                | "south"
                | "east"
                | "west"
                | "northern"
                | "southern"
                | "eastern"
                | "western"
                | "central"
                | "downtown"
        );
        if scene.is(before, WHERE) || direction && !scene.mark(before) {
            return true;
        }
        if scene.lower(before) == "of" && before > 0 && scene.is(before - 1, PART) {
            return true;
        }
        // "in Ruel and Nice", "Peru or Georgia": a list of places.
        let joint = matches!(scene.lower(before), "and" | "or" | ",") && before > 1;
        let earlier = before.saturating_sub(1);
        let listed = joint
            && scene.capitalised(earlier)
            && (scene.is(before.saturating_sub(2), WHERE)
                || gazetteer::longest(std::iter::once(scene.lower(earlier)))
                    .is_some_and(|(_, entry)| matches!(entry.class, Class::Country)));
        if listed {
            return true;
        }
    }
    if scene.lower(end) == "-" && matches!(scene.lower(end + 1), "based" | "born" | "wide") {
        return true;
    }
    // "a Leeds bar".
    let before = tokens.start.checked_sub(1).map(|at| scene.lower(at));
    if matches!(before, Some("a" | "an" | "another")) && scene.is(end, SITE) && scene.small(end) {
        return true;
    }
    // "the Ruel attack", "the Ruel nightclub bombing".
    let deed = |at: usize| scene.is(at, DEED) && !scene.mark(at);
    if deed(end) || scene.is(end, SITE) && deed(end + 1) {
        return true;
    }
    if scene.lower(end) == "," && scene.capitalised(end + 1) {
        let words =
            (end + 1..scene.bounds(tokens.start).end.min(end + 4)).map(|at| scene.lower(at));
        let within = gazetteer::longest(words)
            .is_some_and(|(_, entry)| matches!(entry.class, Class::Country | Class::Area));
        if within {
            return true;
        }
    }
    dateline(scene, tokens)
}

/// "PARIS, Tuesday.", "SAN SALVADOR, 3 Jan (EFE) --".
fn dateline(scene: &Scene<'_>, tokens: Range<usize>) -> bool {
    let body = scene.sentence(tokens.start).is_some_and(|held| held.zone == ZoneRole::Body);
    let follows = matches!(scene.lower(tokens.end), "," | "(" | "[" | "–" | "—" | "--" | "-");
    body && scene.first(tokens.start) && follows && scene.upper(tokens.start)
}

/// "van der Meer theatre": a site called after somebody keeps the small words of his name.
fn with_particles(scene: &Scene<'_>, tokens: Range<usize>) -> Range<usize> {
    let floor = tokens.start.saturating_sub(2);
    let small = |&at: &usize| scene.is(at, PARTICLE) && scene.small(at);
    let start = (floor..tokens.start).rev().take_while(small).last();
    start.unwrap_or(tokens.start)..tokens.end
}

/// "Pulse nightclub", "Harbour Bridge", "Rue de Clichy", "Lake Ruel".
fn site(scene: &Scene<'_>, run: &Range<usize>) -> Option<Range<usize>> {
    let mixed = scene.casing(run.start) == Casing::Mixed;
    let first = run.start;
    let own = run.clone().filter(|&at| scene.own(at)).count();
    if own == 0 && mixed {
        return None;
    }
    // "St Ruel's Hospital".
    let next = run.end + 1;
    if mixed && scene.lower(run.end) == "'s" && scene.own(next) && scene.is(next, SITE) {
        let saint = matches!(scene.lower(first), "st" | "saint" | "king" | "queen");
        return (saint || run.len() == 1).then_some(first..next + 1);
    }
    // A head with a capital: "Harbour Bridge"; the last one of the run.
    let head =
        run.clone().rev().find(|&at| at > first && scene.is(at, SITE) && scene.capitalised(at));
    if let Some(head) = head.filter(|&head| head + 1 == run.end) {
        let start = after_titles(scene, first, head);
        if start > first || surname(scene, first, head) {
            return None;
        }
        let bare = head - start == 1
            && (scene.is(start, DEMONYM) || !scene.own(start) && scene.ordinary(start));
        return (!bare && start < head && mixed).then_some(start..head + 1);
    }
    // A head in small letters: "Pulse nightclub". Not after a place ("the Istanbul
    // nightclub"), where it is a site of that place.
    let end = run.end;
    let heads = (end..end + 3).take_while(|&at| scene.small(at) && !scene.is(at, FUNCTION));
    let small_head = heads.filter(|&at| scene.is(at, SITE)).last();
    if let Some(head) = small_head.filter(|_| mixed) {
        let near_words = (end..head)
            .all(|at| scene.is(at, SITE) || scene.is(at, BODY) || modifies_site(scene.lower(at)));
        let place = gazetteer::longest(run.clone().map(|at| scene.lower(at)))
            .filter(|(count, _)| *count == run.len())
            .is_some_and(|(_, entry)| entry.well_known() || of_town(scene, first, entry.class));
        let plain = run.len() == 1 && scene.ordinary(first) && !scene.own(first);
        let person = scene.is(first, TITLE) || scene.lower(end) == "'s";
        let generic = runs::only_demonyms(scene, run.clone()) || scene.is(end - 1, DEMONYM);
        if near_words && !place && !plain && !person && !generic && own > 0 {
            return Some(first..head + 1);
        }
    }
    // A head that comes first: "Rue de Clichy", "Lake Ruel".
    let opener = run.clone().find(|&at| scene.is(at, SITE_FIRST) && scene.capitalised(at))?;
    let more = (opener + 1..run.end).any(|at| scene.own(at));
    (more && mixed).then_some(opener..run.end)
}

/// Whether the words before the name of a town say that what follows is one of its sites, and not the
/// name of one: "a Leeds bar", "Blast in Leeds bar" as headlines have it.
fn of_town(scene: &Scene<'_>, first: usize, class: Class) -> bool {
    let before = first.checked_sub(1).map(|at| scene.lower(at));
    let headline = scene.sentence(first).is_some_and(|held| held.zone == ZoneRole::Headline);
    match class {
        Class::City(4..) if matches!(before, Some("a" | "an" | "another")) => true,
        Class::City(5..) => headline && before != Some("the"),
        _ => false,
    }
}

/// Nouns between a site's name and its head: "Marlow ferry terminal", "Ruel concert hall".
fn modifies_site(lower: &str) -> bool {
    matches!(
        lower,
        "concert"
            | "ferry"
            | "train"
            | "railway"
            | "metro"
            | "bus"
            | "tube"
            | "police"
            | "power"
            | "shopping"
            | "sports"
            | "football"
            | "music"
            | "night"
            | "dance"
            | "town"
            | "city"
            | "army"
            | "military"
            | "air"
            | "naval"
            | "primary"
            | "high"
            | "secondary"
            | "art"
            | "underground"
            | "international"
            | "oil"
            | "gas"
            | "refugee"
            | "prison"
            | "suspension"
    )
}

/// Whether a word for a site or body is the surname of somebody: "Lena Park", unless the
/// words before say otherwise ("in Victor Park", "the John Church").
pub(super) fn surname(scene: &Scene<'_>, first: usize, head: usize) -> bool {
    let before = first.checked_sub(1);
    let shown = before.is_some_and(|at| scene.lower(at) == "the" || scene.is(at, WHERE));
    head == first + 1 && scene.is(first, GIVEN) && !shown
}

fn after_titles(scene: &Scene<'_>, first: usize, head: usize) -> usize {
    (first..head).find(|&at| !scene.is(at, TITLE) || scene.is(at, SITE_FIRST)).unwrap_or(head)
}

/// A run that no list knows, where only a place can stand: "in Ruel", "near Ruel".
fn due(scene: &Scene<'_>, run: &Range<usize>) -> bool {
    if scene.casing(run.start) != Casing::Mixed || run.len() > 3 || !scene.own(run.start) {
        return false;
    }
    let Some(before) = run.start.checked_sub(1) else { return false };
    let preposition = matches!(
        scene.lower(before),
        "in" | "near" | "outside" | "inside" | "throughout" | "across"
    );
    let of = scene.lower(before) == "of"
        && before > 0
        && matches!(
            scene.lower(before - 1),
            "city"
                | "town"
                | "village"
                | "district"
                | "suburb"
                | "province"
                | "outskirts"
                | "region"
        );
    let deed = scene.is(run.end, DEED) && scene.small(run.end) && run.len() < 3;
    // "The bombings in Leitza killed 15".
    let verb_follows = scene.is(run.end, SPEECH) && scene.lower(run.end).ends_with("ed");
    let noun_follows = scene.small(run.end)
        && !scene.is(run.end, FUNCTION | SITE)
        && !scene.dated(run.end)
        && !verb_follows
        && !deed;
    let other = run.clone().any(|at| {
        scene.is(at, DEMONYM | EVENT | BODY | TITLE | GIVEN | ROLE | FUNCTION) || scene.ordinary(at)
    });
    let acronym = run.len() == 1 && scene.upper(run.start);
    ((preposition || of) && !noun_follows || deed)
        && !other
        && !acronym
        && scene.lower(run.end) != "'s"
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use throughline_model::SubjectKind::Place;

    #[test]
    fn places_of_the_table() {
        check(Place, "He went from Lima to Peru.", &["Lima", "Peru"]);
        check(Place, "He had lived in Reading and Nice.", &["Reading", "Nice"]);
        check(Place, "Nice was worst. Police in Police said nothing.", &[]);
        check(Place, "Reading was banned. In March, most of them left.", &[]);
        check(Place, "They met Paris Walden and Jack London.", &[]);
        check(Place, "French and Germans left Bath, England.", &["Bath", "England"]);
        check(Place, "a London-based man of New York", &["London", "New York"]);
    }

    #[test]
    fn sites() {
        check(Place, "He died at the Ember nightclub.", &["Ember nightclub"]);
        check(Place, "the Istanbul nightclub attack", &["Istanbul"]);
        check(Place, "He died in a Leeds bar.", &["Leeds"]);
        check(Place, "He died in the Wellington bar.", &["Wellington bar"]);
        check(Place, "It was in the Rue de Marl by Lake Ruel.", &["Rue de Marl", "Lake Ruel"]);
        check(Place, "He fled over Harbour Bridge.", &["Harbour Bridge"]);
        check(Place, "He fled over the bridge. Two bridges burnt.", &[]);
        check(Place, "the Marlow ferry terminal", &["Marlow ferry terminal"]);
        check(Place, "He lay in St Ruel's Hospital.", &["St Ruel's Hospital"]);
    }

    #[test]
    fn places_where_one_is_due() {
        check(Place, "It was in Ruelmark last summer.", &["Ruelmark"]);
        check(Place, "The Ruelmark attacker fled.", &["Ruelmark"]);
        check(Place, "They believed in Ruelmark values.", &[]);
        check(Place, "He is in Anna's house.", &[]);
    }
}

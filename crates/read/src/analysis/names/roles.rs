//! What a person is said to be, beside the name: "Kyle Verhulst, Baltic analyst at the
//! Institute for Records", "the interior minister, Anna Ruel", "police spokesman Ruel",
//! "President Ruel".

use std::ops::Range;

use throughline_model::SubjectKind;

use super::people::address;
use super::scene::{Casing, Scene};
use super::words::{BODY, DEMONYM, FUNCTION, OFFICE, ROLE, SPEECH, TITLE};
use crate::analysis::{Name, Shape};

/// The longest role, in tokens, and the farthest affiliation from it.
const REACH: usize = 10;

/// Sets [`Name::role`] and [`Name::affiliation`] of people.
pub(super) fn read(scene: &Scene<'_>, names: &mut [Name]) {
    for at in 0..names.len() {
        if names[at].kind != SubjectKind::Person {
            continue;
        }
        let Some(role) = after(scene, names, at).or_else(|| before(scene, names, at)) else {
            continue;
        };
        names[at].affiliation = affiliation(scene, names, at, &role);
        names[at].role = Some(role);
    }
}

/// ", Baltic analyst at …", ", a researcher at …", ", who is the mayor of …".
fn after(scene: &Scene<'_>, names: &[Name], at: usize) -> Option<Range<usize>> {
    let end = scene.bounds(names[at].tokens.start).end;
    let mut from = names[at].tokens.end;
    if !matches!(scene.lower(from), "," | "(" | "–" | "—") || from + 1 >= end {
        return None;
    }
    from += 1;
    // ", 52, a clerk": the age stands between.
    let aged = scene.tokens.get(from).is_some_and(|token| token.shape == Shape::Number)
        && scene.lower(from + 1) == ",";
    from += if aged { 2 } else { 0 };
    while from < end
        && matches!(
            scene.lower(from),
            "the" | "a" | "an" | "his" | "her" | "their" | "who" | "is" | "was"
        )
    {
        from += 1;
    }
    let until = end.min(from + REACH);
    let stops = |token: usize| {
        scene.mark(token) && !matches!(scene.lower(token), "'s" | "-" | "’")
            || scene.is(token, SPEECH) && !scene.is(token, ROLE)
            || scene.is(token, FUNCTION) && !matches!(scene.lower(token), "and")
    };
    let stop = (from..until).find(|&token| stops(token)).unwrap_or(until);
    let head = (from..stop)
        .rev()
        .find(|&token| scene.is(token, ROLE) && names_nobody(names, at, token))?;
    let own = |token| names_nobody(names, at, token);
    (scene.lower(from) != "and" && (from..head).all(own)).then_some(from..head + 1)
}

/// "police spokesman X", "the interior minister, X", "President X".
fn before(scene: &Scene<'_>, names: &[Name], at: usize) -> Option<Range<usize>> {
    let start = scene.bounds(names[at].tokens.start).start;
    let mut end = names[at].tokens.start;
    if end > start
        && scene.lower(end - 1) == ","
        && matches!(scene.lower(names[at].tokens.end), "," | "." | "")
    {
        end -= 1;
    }
    let head = end.checked_sub(1).filter(|&head| head >= start)?;
    if !scene.is(head, ROLE | TITLE) || address(scene.lower(head)) || !names_nobody(names, at, head)
    {
        return None;
    }
    let mut from = head;
    let mixed = scene.casing(head) == Casing::Mixed;
    while from > start.max(head.saturating_sub(6)) {
        let token = from - 1;
        // A body or land is taken in whole: "Marl County Sheriff's Department spokesman".
        if let Some(name) = names[at.saturating_sub(3)..at]
            .iter()
            .find(|name| name.kind != SubjectKind::Person && name.tokens.contains(&token))
        {
            from = name.tokens.start;
            continue;
        }
        if !mixed && !scene.is(token, OFFICE | ROLE | TITLE | BODY | DEMONYM)
            || mixed && verbal(scene, token)
        {
            break;
        }
        // "Chief of Detectives X", "Minister of Health X".
        let office = token.checked_sub(1).filter(|&office| {
            office >= start && scene.lower(token) == "of" && scene.capitalised(from)
        });
        if let Some(office) = office
            .filter(|&office| scene.is(office, ROLE | TITLE | OFFICE) && scene.capitalised(office))
        {
            from = office;
            continue;
        }
        let own = scene.mark(token) && scene.lower(token) != "'s" && scene.lower(token) != "-";
        if own || scene.is(token, FUNCTION | SPEECH) || scene.lower(token) == "'s" {
            break;
        }
        from = token;
    }
    Some(from..head + 1)
}

/// A verb in the past, which ends what belongs to a role: "told minister X".
fn verbal(scene: &Scene<'_>, token: usize) -> bool {
    let held = &scene.tokens[token];
    scene.small(token)
        && held.lemma != held.lower
        && !held.lower.ends_with('s')
        && !scene.is(token, OFFICE)
}

/// Whether a token belongs to no name of a person.
fn names_nobody(names: &[Name], near: usize, token: usize) -> bool {
    let from = near.saturating_sub(3);
    !names[from..names.len().min(near + 4)]
        .iter()
        .any(|name| name.kind == SubjectKind::Person && name.tokens.contains(&token))
}

/// The organisation or outlet in the apposition: in the role itself ("Farrow agency
/// correspondent"), or after "at", "of", "for", "from", "with".
fn affiliation(scene: &Scene<'_>, names: &[Name], at: usize, role: &Range<usize>) -> Option<usize> {
    let organisation = |name: &Name| matches!(name.kind, SubjectKind::Group | SubjectKind::Outlet);
    let near = at.saturating_sub(4)..names.len().min(at + 6);
    let inside =
        near.clone().find(|&n| organisation(&names[n]) && role.contains(&names[n].tokens.start));
    if inside.is_some() {
        return inside;
    }
    if role.start < names[at].tokens.start {
        return None;
    }
    let end = scene.bounds(role.start).end.min(role.end + REACH);
    if !matches!(scene.lower(role.end), "at" | "of" | "for" | "from" | "with" | "in" | "to") {
        return None;
    }
    let stop = (role.end..end)
        .find(|&token| {
            matches!(scene.lower(token), "," | ";" | "”" | "who") || scene.is(token, SPEECH)
        })
        .unwrap_or(end);
    near.into_iter()
        .find(|&n| organisation(&names[n]) && (role.end..stop).contains(&names[n].tokens.start))
}

#[cfg(test)]
mod tests {
    use crate::analysis::{analyse, testing::document};

    /// Asserts the role of the first person, and the organisation in the apposition.
    fn check(text: &str, role: Option<&str>, affiliation: Option<&str>) {
        let document = document(text, None);
        let analysis = analyse(&document);
        let words = |range: &std::ops::Range<usize>| {
            let held = &analysis.tokens[range.clone()];
            held[0].span.join(held[held.len() - 1].span).of(&document.text)
        };
        let person = analysis.names.iter().find(|name| name.kind == super::SubjectKind::Person);
        let person = person.unwrap();
        assert_eq!(person.role.as_ref().map(words), role, "{text}");
        let body = person.affiliation.map(|at| words(&analysis.names[at].tokens));
        assert_eq!(body, affiliation, "{text}");
    }

    #[test]
    fn beside_the_name() {
        let institute = Some("Edwin Marl Institute");
        check(
            "Ingrid Ruel, Baltic analyst at the Edwin Marl Institute.",
            Some("Baltic analyst"),
            institute,
        );
        check(
            "Ingrid Ruel, 52, a researcher at the Edwin Marl Institute.",
            Some("researcher"),
            institute,
        );
        check("The interior minister, Anna Ruel, left.", Some("interior minister"), None);
        check("They told police spokesman Nils Ruel.", Some("police spokesman"), None);
        check("President Ruel and Isil fought.", Some("President"), None);
        check("Senior Isis commander Nils Ruel fell.", Some("Senior Isis commander"), Some("Isis"));
        check(
            "He told Marl County Sheriff’s Department spokesman Nils Ruel.",
            Some("Marl County Sheriff’s Department spokesman"),
            Some("Marl County Sheriff’s Department"),
        );
        check("Mr Ruel left.", None, None);
        check("Nils Ruel, and the mayor left.", None, None);
        check("Nils Ruel, who fled, was a clerk of Isil.", None, None);
    }
}

//! The sites of an attack that struck several: "targeted the stadium, restaurants and the
//! concert hall".
//!
//! Each is an incident of its own that is a part of the whole. People and bodies in such a
//! list are targets, no sites.

use std::ops::Range;

use throughline_model::{MentionId, SubjectKind, Value, Variable};

use super::found::Found;
use super::lexicon::Class;
use crate::analysis::Shape;
use crate::say::builder::Builder;
use crate::say::words::Words;

/// Finds the sites of the attacks of a sentence; a target that is one site of several tells
/// nothing of the whole.
pub(crate) fn find(words: &Words<'_>, found: &mut [Found]) {
    for found in found.iter_mut().filter(|found| found.verbal && !found.set) {
        let Some(target) = found.target.clone() else { continue };
        let sites = list(words, target, found.sentence.end);
        if sites.len() < 2 {
            continue;
        }
        let listed = sites[0].start..sites[sites.len() - 1].end;
        found.places.retain(|&place| !listed.contains(&words.analysis.names[place].tokens.start));
        found.tokens.end = found.tokens.end.max(listed.end);
        found.sites = sites;
        found.target = None;
    }
}

/// Says the parts of every attack on several sites.
pub(crate) fn say(
    words: &Words<'_>,
    all: &[Found],
    mentions: &[MentionId],
    builder: &mut Builder<'_>,
) {
    for (found, &whole) in all.iter().zip(mentions) {
        for site in &found.sites {
            let part = builder.described(SubjectKind::Incident, site.clone());
            let text = Value::Text(builder.text(site.clone()));
            let head = found.head..found.head + 1;
            builder.say(head.clone(), part, Variable::PartOf, None, Value::Mention(whole), 85);
            builder.say(head.clone(), part, Variable::Target, None, text, 85);
            let mut places: Vec<MentionId> = words
                .names_in(site.clone(), SubjectKind::Place)
                .into_iter()
                .map(|place| builder.name(place))
                .collect();
            if places.is_empty() && titled(words, site) {
                places.push(builder.described(SubjectKind::Place, site.start + 1..site.end));
            }
            for place in places {
                let place = Value::Mention(place);
                builder.say(head.clone(), part, Variable::Place, None, place, 75);
            }
        }
    }
}

/// The phrases of a list that begins with `first`; empty if one of them is no site.
fn list(words: &Words<'_>, first: Range<usize>, end: usize) -> Vec<Range<usize>> {
    let mut items = vec![first];
    while let Some(last) = items.last() {
        let mut at = last.end;
        let comma = words.lower(at) == ",";
        at += usize::from(comma);
        let and = words.lower(at) == "and";
        at += usize::from(and);
        if !(comma || and) {
            break;
        }
        let item = words.right(at, end);
        if item.is_empty() || !(site(words, &item) || titled(words, &item)) {
            break;
        }
        items.push(item);
        if and {
            break;
        }
    }
    // Beside a site that its words tell, a title that tells nothing is one: "the Mirador, a café".
    let all = items.iter().all(|item| site(words, item) || titled(words, item));
    let told = items.iter().any(|item| site(words, item));
    if all && told { items } else { Vec::new() }
}

/// "the Stadio Olimpico": capitals after an article, of nobody and no body that is known.
fn titled(words: &Words<'_>, item: &Range<usize>) -> bool {
    let last = item.end - 1;
    let capital = |token: usize| {
        let shape = words.analysis.tokens[token].shape;
        matches!(shape, Shape::Capital | Shape::Upper)
    };
    words.is(item.start, Class::Definite)
        && item.len() > 1
        && words.names_in(item.clone(), SubjectKind::Group).is_empty()
        && words.names_in(item.clone(), SubjectKind::Outlet).is_empty()
        && capital(last)
}

fn site(words: &Words<'_>, item: &Range<usize>) -> bool {
    let last = item.end - 1;
    words.is(last, Class::Site)
        || words.is(item.start, Class::Site)
        || words.name_of(last, SubjectKind::Place).is_some()
        || item.clone().any(|token| words.is(token, Class::Site))
}

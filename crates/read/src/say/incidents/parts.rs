//! The sites of an attack that struck several: "targeted the stadium, restaurants and the
//! concert hall".
//!
//! Each is an incident of its own that is a part of the whole. People and bodies in such a
//! list are targets, no sites.

use std::ops::Range;

use throughline_model::{MentionId, SubjectKind, Value, Variable};

use super::found::Found;
use super::lexicon::Class;
use super::phrases::Words;
use crate::say::builder::Builder;

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
            for place in words.names_in(site.clone(), SubjectKind::Place) {
                let place = Value::Mention(builder.name(place));
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
        if item.is_empty() || !site(words, &item) {
            break;
        }
        items.push(item);
        if and {
            break;
        }
    }
    let sites = items.iter().all(|item| site(words, item));
    if sites { items } else { Vec::new() }
}

fn site(words: &Words<'_>, item: &Range<usize>) -> bool {
    let last = item.end - 1;
    words.is(last, Class::Site)
        || words.is(item.start, Class::Site)
        || words.name_of(last, SubjectKind::Place).is_some()
        || item.clone().any(|token| words.is(token, Class::Site))
}

//! What a document on the way says of itself and of others, in words.

use throughline_casebook::{Passed, Step};
use throughline_model::{Document, DocumentId, PictureId, Relation, ZoneRole};
use throughline_picture::Likeness;

use super::{Asked, Spread};
use crate::document::{verb, which};
use crate::naming::accuses;
use crate::terminal::one_line;
use crate::words;

/// When it was said, as exactly as it is known.
pub fn when(step: &Step) -> String {
    let published = step.row.published.as_ref();
    let Some(published) = published else { return "undated".to_owned() };
    let own = step.document.published_at.as_ref().filter(|at| &at.date() == published);
    let at = own.map_or_else(|| words::date(published), ToString::to_string);
    match &step.document.modified {
        Some(modified) => format!("{modified} (changed; first published {at})"),
        None => at,
    }
}

/// Who published it, and what that source calls it.
pub fn whose(step: &Step) -> String {
    let source = one_line(step.row.source.as_deref().unwrap_or("source unknown"));
    match &step.document.item {
        Some(item) => format!("{source} {}", one_line(item)),
        None => source,
    }
}

/// What is to be known of a step: that it is the first, what it passes on, which pictures it has.
pub fn remarks(spread: &Spread, at: usize, step: &Step) -> Vec<String> {
    let mut remarks = Vec::new();
    if at == 0 && step.row.published.is_some() {
        remarks.push("the first that is held".to_owned());
    }
    remarks.extend(step.passed.iter().map(|passed| passed_on(passed, &spread.steps)));
    if let Asked::Picture { sha256, .. } = spread.asked {
        let shown = spread.pictures_of(step);
        if shown.is_empty() {
            remarks.push("without the picture".to_owned());
        }
        remarks.extend(shown.into_iter().map(|(one, distance)| match one == sha256 {
            true => "the picture itself".to_owned(),
            false => changed(PictureId::of_bytes(one), distance),
        }));
    }
    remarks
}

/// What a picture that is not compared is not followed through; `None` of others and of people.
pub fn not_compared(spread: &Spread) -> Option<&'static str> {
    let Asked::Picture { look, .. } = &spread.asked else { return None };
    look.is_none_or(|look| look.likeness.is_err()).then_some(
        "Not compared with others: shown is where this very file was, and not where it was scaled, \
         cropped or recompressed.",
    )
}

/// Whose names stand in the document of a step though nothing was read of them there.
pub fn named(spread: &Spread, step: &Step) -> Vec<String> {
    let told =
        |name| format!("{} is named there, and nothing was read of that name", one_line(name));
    spread.named_in(step).into_iter().map(told).collect()
}

/// What a document says of another.
fn passed_on(passed: &Passed, steps: &[Step]) -> String {
    let reference = &passed.reference;
    let source = one_line(reference.source.as_deref().unwrap_or("somebody not named"));
    let on_the_way = |id: &DocumentId| steps.iter().find(|step| step.row.id == *id);
    let item = passed
        .held
        .as_ref()
        .and_then(on_the_way)
        .and_then(|step| step.document.item.clone())
        .or_else(|| reference.item.clone());
    let item = item.map(|item| format!(" {}", one_line(&item))).unwrap_or_default();
    match reference.relation {
        Relation::Replaces => match passed.held {
            Some(id) => format!("a later state of {id}"),
            None => "a later state; the earlier one is not held".to_owned(),
        },
        relation => format!("{} {source}{item} [{}]", verb(relation), which(passed)),
    }
}

fn changed(id: PictureId, distance: u32) -> String {
    let bits = 8 * Likeness::BYTES;
    match distance {
        0 => format!("the same picture in other bytes, {id}"),
        _ => format!("the picture slightly changed, {id}, {distance} of {bits} apart"),
    }
}

/// The beginning of a document's own words, without headline and author.
pub fn excerpt(document: &Document) -> String {
    const MOST: usize = 160;
    let body = document.zones.iter().find(|zone| zone.role == ZoneRole::Body);
    let text = body.and_then(|zone| document.text.get(zone.span.start as usize..));
    let text = text.unwrap_or(&document.text);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(MOST) {
        Some((end, _)) => {
            let cut = words[..end].rfind(' ').unwrap_or(end);
            format!("{} …", &words[..cut])
        }
        None => words,
    }
}

/// Whether somebody is accused and nothing in view takes it back.
pub fn stands_uncorrected(person: &super::Person) -> bool {
    person.corrected.is_empty() && person.said.iter().any(|row| accuses(&row.evidence.assertion))
}

/// That several records go by one name; `None` where there is one.
pub fn of_one_name(spread: &Spread) -> Option<String> {
    let many = spread.people.len();
    (many > 1).then(|| {
        format!(
            "{many} records go by this name, and nobody has judged whether they are one person; what \
             is said of each stays apart (`throughline judge same` joins them)"
        )
    })
}

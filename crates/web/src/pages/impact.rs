//! What would change if an assertion, or all that a document says, fell.

use std::collections::BTreeMap;
use std::sync::Arc;

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{Fall, RecordChange, Shift};
use throughline_formats::counts::unit_text;
use throughline_model::{Holding, SubjectKind};
use throughline_tell::impact::{self, CountChange, Impact};
use throughline_tell::listing::accuses;
use throughline_tell::words::namer;
use throughline_tell::{beside, counts};

use super::counts::COUNTING;
use super::ids;
use super::values::{Names, held, mention, short_basis, variable};
use crate::address;
use crate::ask::Ask;
use crate::counter::Found;
use crate::desk::{Answer, Page, Room};
use crate::layout::{self, Frame};
use crate::trouble::Trouble;

/// How many rows of a list are shown.
const MOST: usize = 200;

struct ImpactPage {
    /// The id of what would fall.
    id: String,
    /// Where it stands.
    address: String,
    fallen: usize,
    found: Option<Result<Arc<Impact>, String>>,
}

pub(crate) fn of_assertion(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let typed = ask.id.as_deref().unwrap_or_default();
    let id = ids::assertion_id(room, typed)?;
    let fall = room.casebook.fall_of_assertion(id)?.ok_or_else(|| ids::unknown(typed))?;
    Ok(page(room, ask, id.to_string(), address::assertion(id), fall))
}

pub(crate) fn of_document(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let id = ids::document(room, ask.id.as_deref().unwrap_or_default())?;
    let fall = room.casebook.fall_of_document(id)?;
    Ok(page(room, ask, id.to_string(), address::document(id), fall))
}

fn page(room: &Room, ask: &Ask, id: String, address: String, fall: Fall) -> Answer {
    let own = format!("{address}/impact");
    if ask.path != own {
        return Answer::Elsewhere(own);
    }
    let fallen = fall.assertions.len();
    let found = room.impact(id.clone(), fall, ask.as_of).map(|found| match found {
        Found::Impact(impact) => Ok(impact),
        Found::Failed(why) => Err(why),
        _ => Err(COUNTING.to_owned()),
    });
    Answer::page(ImpactPage { id, address, fallen, found })
}

impl Page for ImpactPage {
    fn title(&self) -> String {
        format!("If {} fell", self.id)
    }

    fn json(&self) -> Json {
        match &self.found {
            Some(Ok(impact)) => json!([impact.json()]),
            Some(Err(why)) => json!([{"error": why}]),
            None => json!([{"error": COUNTING}]),
        }
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            header.subject {
                p.kind { "What hangs on " a href=(frame.to(&self.address)) { code { (self.id) } } }
                h1 { "If it fell" }
            }
            p.about {
                "What would be otherwise if "
                (layout::counted(self.fallen as u64, "assertion", "assertions"))
                " had been retracted. Nothing is changed by asking."
            }
            @match &self.found {
                None => p { (COUNTING) },
                Some(Err(why)) => p { "It cannot be told: " (frame.words(why)) },
                Some(Ok(impact)) => { (told(frame, impact)) }
            }
        }
    }
}

fn told(frame: &Frame, impact: &Impact) -> Markup {
    html! {
        h2 { "Records" }
        @if impact.records.is_empty() { p { "No record would change." } }
        @for change in impact.records.iter().take(MOST) { (record(frame, change)) }
        @if impact.records.len() > MOST {
            p { "and " (impact.records.len() - MOST) " more; the JSON of this page has all." }
        }
        h2 { "Counts" }
        @if impact.counts.is_empty() {
            p { "No figure of " (layout::counted(impact.counted.0 as u64, "saved definition", "saved definitions")) " would change." }
        }
        @for one in &impact.counts { (count(frame, one)) }
        h2 { "Published counts" }
        @if impact.published.is_empty() {
            p { "No member of " (layout::counted(impact.counted.1 as u64, "published count", "published counts")) " would move." }
        }
        @for one in &impact.published {
            h3 {
                a href=(frame.to(&format!("/published/{}", one.number))) { (frame.words(&one.name)) ", number " (one.number) }
                ", in " (frame.words(&one.at))
            }
            (shifts(frame, &one.shifts))
        }
    }
}

/// The names of what is no person: who is accused stands by name on the record alone.
fn names(all: BTreeMap<throughline_model::MentionId, String>) -> Names {
    all.into_iter().filter(|(id, _)| id.kind() != SubjectKind::Person).collect()
}

fn record(frame: &Frame, change: &RecordChange) -> Markup {
    let Some(id) = impact::id(change) else { return html! {} };
    let names = names(impact::names(change));
    let fate = match (&change.before, &change.after) {
        (_, None) => ", gone",
        (None, _) => ", new",
        _ => "",
    };
    let own = (id.kind() != SubjectKind::Person).then(|| impact::name(change));
    let values = change.values();
    let shown = |one: Option<&Holding>| {
        html! {
            @match one {
                None => "nothing held",
                Some(one) if accuses(one.variable, one.value.as_ref()) => "see the record",
                Some(one) => { (held(frame, one, &names)) (short_basis(one)) }
            }
        }
    };
    html! {
        h3 { (frame.mention(id, own)) (fate) }
        @if values.is_empty() && change.after.is_some() {
            p { "The same values, with fewer voices, sentences or mentions." }
        }
        @if !values.is_empty() {
            div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                caption.unseen { "Values as they are, and as they would be" }
                thead { tr { th scope="col" { "Value" } th scope="col" { "As it is" } th scope="col" { "As it would be" } } }
                tbody {
                    @for (before, after) in values {
                        @if let Some(one) = before.or(after) {
                            tr {
                                th scope="row" { (variable(frame, one.variable, one.party, &names)) }
                                td data-title="As it is" { (shown(before)) }
                                td data-title="As it would be" { (shown(after)) }
                            }
                        }
                    }
                }
            } }
        }
        @let involvement = impact::involvement(change);
        @if !involvement.is_empty() { ul { @for line in &involvement { li { (frame.words(line)) } } } }
    }
}

fn count(frame: &Frame, one: &CountChange) -> Markup {
    let final_word = |is_final: bool| if is_final { "" } else { ", not final" };
    html! {
        h3 { a href=(frame.to(&format!("/counts/{}", address::escaped(&one.name)))) { (frame.words(&one.name)) } }
        ul {
            li { "strict: " (one.before[0]) (final_word(one.is_final.0)) " → " (one.after[0]) (final_word(one.is_final.1)) }
            li { "lenient: " (one.before[1]) " → " (one.after[1]) }
        }
        (shifts(frame, &one.shifts))
    }
}

/// The units that would stand elsewhere.
fn shifts(frame: &Frame, all: &[Shift]) -> Markup {
    html! {
        @if !all.is_empty() {
            div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                caption.unseen { "Units that would stand elsewhere" }
                thead { tr {
                    th scope="col" { "Unit" } th scope="col" { "Reading" } th scope="col" { "Place" } th scope="col" { "Because, as it would be" }
                } }
                tbody {
                    @for shift in all.iter().take(MOST) {
                        @let own = names(shift.names.clone());
                        tr {
                            th scope="row" {
                                @match shift.unit.person {
                                    Some(_) => code { (unit_text(shift.unit)) },
                                    None if shift.unit.record.kind() == SubjectKind::Person => (mention(frame, shift.unit.record, &Names::new())),
                                    None => a href=(frame.to(&address::record(shift.unit.record))) { (frame.name(shift.unit.record, &shift.name)) },
                                }
                            }
                            td data-title="Reading" { (beside::reading(shift.reading)) }
                            td data-title="Place" { (shift.from.name()) " → " (shift.to.name()) }
                            td data-title="Because, as it would be" {
                                @for ground in &shift.after { (frame.words(&counts::ground(ground, &namer(&own)))) br; }
                            }
                        }
                    }
                }
            } }
        }
    }
}

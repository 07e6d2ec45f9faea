//! Counts: definitions saved, with their figures, and counts published, with what has become of them.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{PublishedCount, SavedDefinition, State};
use throughline_formats::counts;
use throughline_model::AsOf;
use throughline_tell::counts::figure;
use throughline_tell::{counted as told, dates};

use crate::address::escaped;
use crate::ask::Ask;
use crate::counter::Found;
use crate::desk::{Answer, Page, Room};
use crate::layout::Frame;
use crate::trouble::Trouble;

struct Counts {
    definitions: Vec<(SavedDefinition, Option<Found>)>,
    published: Vec<(PublishedCount, Option<Found>)>,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let mut definitions = room.casebook.definitions()?;
    definitions
        .retain(|one| ask.as_of.recalls(one.recorded) && room.edition.can_spell(&one.saved.name));
    let definitions = definitions
        .into_iter()
        .map(|one| {
            let found = room.counted(&one.saved.toml, ask.as_of);
            (one, found)
        })
        .collect();
    Ok(Answer::page(Counts { definitions, published: published(room, ask.as_of)? }))
}

/// The counts published in view, newest first, with what has become of them.
pub(crate) fn published(
    room: &Room,
    as_of: AsOf,
) -> Result<Vec<(PublishedCount, Option<Found>)>, Trouble> {
    let mut published = room.casebook.published()?;
    let can_spell = |one: &PublishedCount| room.edition.can_spell(&one.published.definition.name);
    published.retain(|one| as_of.recalls(one.recorded) && can_spell(one));
    published.reverse();
    Ok(published
        .into_iter()
        .map(|one| {
            let found = room.state(&one);
            (one, found)
        })
        .collect())
}

/// What a page says while something is still being counted.
pub(crate) const COUNTING: &str = "being worked out; this page loads again by itself";

/// The state of a published count, for JSON.
pub(crate) fn state_of(found: Option<&Found>) -> Result<State, String> {
    match found {
        Some(Found::State(state)) => Ok((**state).clone()),
        Some(Found::Failed(why)) => Err(why.clone()),
        _ => Err("being counted; ask again".to_owned()),
    }
}

impl Page for Counts {
    fn title(&self) -> String {
        "Counts".to_owned()
    }

    fn json(&self) -> Json {
        let definitions = self.definitions.iter().map(|(one, _)| {
            json!({
                "name": one.saved.name,
                "recorded": one.recorded.to_string(),
                "toml": one.saved.toml,
            })
        });
        // The command lists them in the order in which they were published.
        let published = self
            .published
            .iter()
            .rev()
            .map(|(count, found)| told::published_json(count, &state_of(found.as_ref())));
        json!([{
            "definitions": definitions.collect::<Vec<_>>(),
            "published": published.collect::<Vec<_>>(),
        }])
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "Counts" }
            p.about {
                "A count is a saved definition: what is counted, out of which, and what puts a unit in. "
                "The strict figure rests on what people found; the lenient one also on what is proposed."
            }
            h2 { "Definitions" }
            @if self.definitions.is_empty() {
                p { "None is saved yet." }
            } @else {
                div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                    caption.unseen { "Saved definitions with their figures" }
                    thead { tr {
                        th scope="col" { "What is counted" } th scope="col" { "Strict" } th scope="col" { "Lenient" }
                    } }
                    tbody { @for (one, found) in &self.definitions { (definition(frame, one, found.as_ref())) } }
                } }
            }
            (choose(frame))
            h2 { "Published" }
            @if self.published.is_empty() {
                p { "None is published." }
            } @else {
                (table(frame, &self.published))
            }
        }
    }
}

/// The way to a new definition.
pub(super) fn choose(frame: &Frame) -> Markup {
    html! {
        p {
            @if frame.writes { a href=(frame.to("/count")) { "Choose a count" } ", or save one that is written as a file with " code { "throughline count FILE --save" } "." }
            @else { code { "throughline count FILE --save" } " saves a definition." }
        }
    }
}

fn definition(frame: &Frame, one: &SavedDefinition, found: Option<&Found>) -> Markup {
    let named = counts::read(&one.saved.toml);
    let title = named.as_ref().map_or_else(|_| one.saved.name.clone(), |named| named.title.clone());
    let sum = named.as_ref().ok().and_then(|named| named.definition.sum);
    html! {
        tr {
            th scope="row" {
                (frame.link(&format!("/counts/{}", escaped(&one.saved.name)), &title))
                br; small { code { (frame.words(&one.saved.name)) } }
            }
            @match found {
                Some(Found::Counted(counted)) => {
                    @for (reading, tally) in [("Strict", &counted.tallies.strict), ("Lenient", &counted.tallies.lenient)] {
                        td data-title=(reading) {
                            (figure(tally, sum)) " "
                            @if tally.is_final() { span.basis.found { "● final" } }
                            @else { span.basis.proposed { "○ not final" } }
                        }
                    }
                }
                Some(Found::Failed(why)) => td colspan="2" { "Cannot be counted: " (frame.words(why)) },
                _ => td colspan="2" { (COUNTING) },
            }
        }
    }
}

/// Published counts as a table.
pub(crate) fn table(frame: &Frame, published: &[(PublishedCount, Option<Found>)]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
            caption.unseen { "Published counts and what has become of them" }
            thead { tr {
                th scope="col" { "Count" } th scope="col" { "Published figure" } th scope="col" { "Where" } th scope="col" { "Today" }
            } }
            tbody {
                @for (count, found) in published {
                    tr {
                        th scope="row" {
                            a href=(frame.to(&format!("/published/{}", count.number))) {
                                (frame.words(&count.published.definition.name)) ", number " (count.number)
                            }
                        }
                        td data-title="Published figure" {
                            (told::published_figures(&count.published)[0])
                            @if count.published.draft { " " span.basis.proposed { "○ draft" } }
                            br; small { (dates::in_words(count.published.as_of)) }
                        }
                        td data-title="Where" { (frame.words(&count.published.at)) ", by " (frame.words(&count.published.by)) }
                        td data-title="Today" { (state(frame, count, found.as_ref())) }
                    }
                }
            }
        } }
    }
}

/// What has become of a published count.
pub(crate) fn state(frame: &Frame, count: &PublishedCount, found: Option<&Found>) -> Markup {
    html! {
        @match found {
            Some(Found::State(state)) => {
                @if state.stands() { span.basis.found { "● stands" } }
                @else { span.basis.over { "× no longer stands" } }
                ": " (told::state_words(&count.published, state).replace('\n', "; "))
            }
            Some(Found::Failed(why)) => { "Cannot be counted: " (frame.words(why)) }
            _ => (COUNTING),
        }
    }
}

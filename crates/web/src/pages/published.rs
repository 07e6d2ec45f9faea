//! One published count: what was published, and what has become of it.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{Move, PublishedCount};
use throughline_formats::counts::unit_text;
use throughline_model::{MentionId, SubjectKind};
use throughline_tell::{counted as told, dates};

use super::counts::{state, state_of};
use super::judged;
use crate::address;
use crate::ask::Ask;
use crate::counter::Found;
use crate::desk::{Answer, Page, Room};
use crate::layout::Frame;
use crate::trouble::Trouble;

/// How many moves are listed.
const MOVES: usize = 200;

struct PublishedPage {
    count: PublishedCount,
    found: Option<Found>,
    names: BTreeMap<MentionId, String>,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let typed = ask.id.as_deref().unwrap_or_default();
    let published = room.casebook.published()?;
    let found = |one: &PublishedCount| {
        one.number.to_string() == typed && room.edition.can_spell(&one.published.definition.name)
    };
    let Some(count) = published.into_iter().find(found) else {
        return Err(Trouble::missing(
            format!("No published count has the number “{typed}”."),
            "The page of counts lists them.",
        ));
    };
    let found = room.state(&count);
    let mut names = BTreeMap::new();
    if let Some(Found::State(state)) = &found {
        for moved in state.by_program.iter().chain(&state.since).take(2 * MOVES) {
            let record = moved.unit.record;
            // People are not listed by name beside a place in a count.
            if record.kind() != SubjectKind::Person
                && let Some(shown) = room.casebook.shown(record, count.published.as_of, 0)?
            {
                names.insert(record, shown.record.name);
            }
        }
    }
    Ok(Answer::page(PublishedPage { count, found, names }))
}

impl Page for PublishedPage {
    fn title(&self) -> String {
        format!("Published count {}", self.count.number)
    }

    /// The command's record of this count alone.
    fn json(&self) -> Json {
        let published = told::published_json(&self.count, &state_of(self.found.as_ref()));
        json!([{"definitions": [], "published": [published]}])
    }

    fn html(&self, frame: &Frame) -> Markup {
        let published = &self.count.published;
        let definition = &published.definition.name;
        html! {
            header.subject {
                p.kind { a href=(frame.to("/counts")) { "Published count" } " " (self.count.number) }
                h1 {
                    (frame.words(definition)) ": " (told::published_figures(published)[0])
                }
            }
            p { (state(frame, &self.count, self.found.as_ref())) }
            dl.facts {
                div { dt { "Where" } dd { (frame.words(&published.at)) } }
                div { dt { "By" } dd { (frame.words(&published.by)) } }
                div { dt { "Recorded here" } dd { (judged::day(self.count.recorded)) } }
                div { dt { "Its dates" } dd { (dates::in_words(published.as_of)) } }
                div { dt { "Strict" } dd { (told::published_figures(published)[0]) } }
                div { dt { "Lenient" } dd { (told::published_figures(published)[1]) } }
                div {
                    dt { "State" }
                    dd { @if published.draft { "published as a draft" } @else { "published as final" } }
                }
                div { dt { "Program" } dd { (frame.words(&published.program)) } }
                div { dt { "Content" } dd { code.hash { (frame.words(&published.content)) } } }
                div { dt { "Head" } dd { code.hash { (frame.words(&published.head)) } } }
            }
            p { a href=(frame.to(&format!("/counts/{}", address::escaped(definition)))) { "The count today" } }
            @if frame.edition.is_desk() {
                p {
                    "Its evidence, without full texts and protected names, in a file that verifies alone: "
                    code { "throughline pack " (self.count.number) }
                }
            }
            @if let Some(Found::State(state)) = &self.found {
                (self.moves(frame, "Counted otherwise by this program", &state.by_program))
                (self.moves(frame, "Moved since it was published", &state.since))
            }
        }
    }
}

impl PublishedPage {
    fn moves(&self, frame: &Frame, title: &str, moves: &[Move]) -> Markup {
        html! {
            @if !moves.is_empty() {
                h2 { (title) }
                div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                    caption.unseen { (title) }
                    thead { tr {
                        th scope="col" { "Unit" } th scope="col" { "Reading" } th scope="col" { "From" } th scope="col" { "To" }
                    } }
                    tbody {
                        @for moved in moves.iter().take(MOVES) {
                            tr {
                                th scope="row" {
                                    a href=(frame.to(&address::record(moved.unit.person.unwrap_or(moved.unit.record)))) {
                                        @match self.names.get(&moved.unit.record).filter(|_| moved.unit.person.is_none()) {
                                            Some(name) => (frame.name(moved.unit.record, name)),
                                            None => code { (unit_text(moved.unit)) },
                                        }
                                    }
                                    @if let Some(now) = moved.now { br; small { "now " code { (unit_text(now)) } } }
                                }
                                td data-title="Reading" { (told::reading(moved)) }
                                td data-title="From" { (moved.from.name()) }
                                td data-title="To" { (moved.to.name()) }
                            }
                        }
                    }
                } }
                @if moves.len() > MOVES { p { "and " (moves.len() - MOVES) " more; the JSON of this page has all." } }
            }
        }
    }
}

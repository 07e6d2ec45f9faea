//! The way of a picture or a name: where it came first, who passed it on, where it was corrected.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{AssertionRow, Step};
use throughline_model::{AsOf, SubjectKind};
use throughline_tell::spread::words::{
    excerpt, named, not_compared, of_one_name, remarks, stands_uncorrected, when, whose,
};
use throughline_tell::spread::{Asked, Person, Spread};

use super::evidence::quoted;
use super::values::{mention, value, variable};
use super::{drawing, ids, status};
use crate::address;
use crate::ask::Ask;
use crate::desk::{Answer, Page, Room};
use crate::layout::{self, Frame, counted};
use crate::trouble::Trouble;

/// In how large a casebook pages follow, in records: it goes through the names of all people.
const MOST_RECORDS: u64 = 20_000;

struct SpreadPage {
    name: String,
    id: String,
    spread: Option<Spread>,
}

/// Follows what is asked for; `None` in a casebook that is too large for a page.
pub(super) fn follow(room: &Room, asked: Asked, as_of: AsOf) -> Result<Option<Spread>, Trouble> {
    let many: u64 = room.totals()?.iter().map(|(_, many)| many).sum();
    match many > MOST_RECORDS {
        true => Ok(None),
        false => Ok(Some(Spread::follow(room.casebook, asked, as_of)?)),
    }
}

/// The way of a person's name.
pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let (own, name) = match ids::record_of(room, ask, SubjectKind::Person, address::spread)? {
        Ok(found) => found,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let spread = follow(room, Asked::People(vec![own]), ask.as_of)?;
    Ok(Answer::page(SpreadPage { name, id: own.to_string(), spread }))
}

impl Page for SpreadPage {
    fn title(&self) -> String {
        format!("The way of the name {}", self.name)
    }

    fn json(&self) -> Json {
        match &self.spread {
            Some(spread) => json!([spread.json()]),
            None => json!([{"error": too_large(&self.command())}]),
        }
    }

    fn html(&self, frame: &Frame) -> Markup {
        let person = self.id.parse().ok();
        html! {
            header.subject {
                p.kind { a href=(frame.to("/people")) { "Person" } " " code { (self.id) } }
                h1 { (frame.words(&self.name)) }
            }
            (drawing::links(frame, person))
            (told(frame, self.spread.as_ref(), &self.command()))
        }
    }
}

impl SpreadPage {
    fn command(&self) -> String {
        format!("throughline spread {}", self.id)
    }
}

fn too_large(command: &str) -> String {
    format!(
        "Pages follow in casebooks of at most {} records, since all names are gone through; `{command}` \
         does it",
        layout::number(MOST_RECORDS)
    )
}

/// What was found; or the command that finds it.
pub(super) fn told(frame: &Frame, spread: Option<&Spread>, command: &str) -> Markup {
    let Some(spread) = spread else {
        return html! { p.notice { (too_large(command)) "." } };
    };
    let picture = matches!(spread.asked, Asked::Picture { .. });
    html! {
        section aria-labelledby="way" {
            h2 #way { "Where it came first, and who passed it on" }
            @if spread.held == Some(false) { p { "Its bytes are not in this casebook." } }
            @if let Some(words) = not_compared(spread) { p { (words) } }
            @if !picture && let Some(words) = of_one_name(spread) { p.notice { (words) "." } }
            @if spread.undated > 0 {
                p {
                    (counted(spread.undated as u64, "undated document is", "undated documents are"))
                    " left out: without a date, in no view as of a day."
                }
            }
            @if spread.steps.is_empty() { p { "In no document in view." } }
            ol.way { @for (at, step) in spread.steps.iter().enumerate() { (self::step(frame, spread, at, step)) } }
        }
        @if !spread.people.is_empty() {
            section aria-labelledby="people" {
                h2 #people {
                    @if picture { "People accused, cleared or named in these documents" } @else { "What is held, and what takes it back" }
                }
                @for one in &spread.people { (person(frame, one, picture)) }
            }
        }
        @if !spread.today.is_empty() {
            section.today aria-labelledby="of-the-name" {
                h2 #of-the-name { "Of the same name, today" }
                ul { @for one in &spread.today {
                    li { a href=(address::record(one.id)) { (frame.words(&one.name)) } ": " (frame.words(&one.status)) }
                } }
            }
        }
    }
}

fn step(frame: &Frame, spread: &Spread, at: usize, step: &Step) -> Markup {
    let words = excerpt(&step.document);
    let said = spread.said_in(step);
    html! {
        li {
            h3 {
                time { (when(step)) } " "
                a href=(frame.to(&address::document(step.row.id))) { (frame.words(&whose(step))) }
            }
            @if !words.is_empty() { blockquote { p { "“" (frame.words(&words)) "”" } } }
            @let remarks = remarks(spread, at, step);
            @if !remarks.is_empty() { p.source { (frame.words(&remarks.join("; "))) } }
            @for words in named(spread, step) { p.source { (frame.words(&words)) } }
            @if let Asked::People(_) = spread.asked {
                @if said.is_empty() { p.source { "The name stands there; nothing that is said of it was read." } }
                @for row in said { (self::said(frame, row)) }
            }
        }
    }
}

fn said(frame: &Frame, row: &AssertionRow) -> Markup {
    let said = &row.evidence.assertion;
    html! {
        div.said.withdrawn[row.evidence.withdrawn.is_some()] {
            p.what {
                (variable(frame, said.variable, said.party, &row.names)) ": "
                strong { (value(frame, &said.value, &row.names)) }
                @if said.subject.kind() != SubjectKind::Person {
                    span.of { " of " (said.subject.kind().name()) " " (mention(frame, said.subject, &row.names)) }
                }
            }
            (quoted(frame, &row.evidence, &row.names, false))
        }
    }
}

fn person(frame: &Frame, one: &Person, picture: bool) -> Markup {
    html! {
        div.value {
            h3 {
                a href=(frame.to(&address::record(one.id))) { (frame.words(&one.name)) }
                @if one.namesake { " (of the same name; not judged to be one)" }
            }
            (status::parts(frame, &one.shown))
            @if let Some(present) = &one.present {
                div.today {
                    h4 { "Present status" }
                    (status::today(frame, present))
                }
            }
            @if picture && !one.said.is_empty() {
                h4 { "Said" }
                @for row in &one.said { (said(frame, row)) }
            }
            @if !one.corrected.is_empty() {
                h4 { "Corrected" }
                @for row in &one.corrected { (said(frame, row)) }
            } @else if stands_uncorrected(one) {
                p { "Corrected nowhere in view, as far as the program has read." }
            }
        }
    }
}

//! What an incident hangs together with: the nearest other incidents, and the path to each.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_connect::{Rule, Weakness};
use throughline_model::{MentionId, SubjectKind};
use throughline_tell::connections::words::{identities, looked, since, weakness};
use throughline_tell::connections::{Connections, Named, Nearest, PathTold, StepTold, WordTold};

use super::evidence::quoted;
use super::{drawing, ids};
use crate::address;
use crate::ask::Ask;
use crate::desk::{Answer, Page, Room};
use crate::layout::{self, Frame, counted};
use crate::trouble::Trouble;

/// In how large a casebook pages look for connections, in records: all of them are gone through.
const MOST_RECORDS: u64 = 20_000;

/// Whether pages look for connections in this casebook.
pub(super) fn small_enough(room: &Room) -> Result<bool, Trouble> {
    Ok(room.totals()?.iter().map(|(_, many)| many).sum::<u64>() <= MOST_RECORDS)
}

/// That they do not, and which command does.
pub(super) fn too_large(command: &str) -> String {
    format!(
        "Pages look for connections in casebooks of at most {} records, since all are gone through; \
         `throughline {command}` does it",
        layout::number(MOST_RECORDS)
    )
}

/// How many incidents a page has.
const MOST: usize = 10;

struct ConnectionsPage {
    name: String,
    id: MentionId,
    nearest: Option<Nearest>,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let (own, name) = match ids::record_of(room, ask, SubjectKind::Incident, address::connections)?
    {
        Ok(found) => found,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let nearest = match small_enough(room)? {
        false => None,
        true => {
            let connections = Connections::load(room.casebook, ask.as_of)?;
            let record = connections.incident(own);
            let near = record.map(|at| connections.nearest(at, &Rule::default(), MOST));
            near.transpose()?
        }
    };
    Ok(Answer::page(ConnectionsPage { name, id: own, nearest }))
}

impl Page for ConnectionsPage {
    fn title(&self) -> String {
        format!("Connections of {}", self.name)
    }

    fn json(&self) -> Json {
        match &self.nearest {
            Some(nearest) => json!([nearest.json()]),
            None => json!([{"error": self.too_large()}]),
        }
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            header.subject {
                p.kind { a href=(frame.to("/incidents")) { "Incident" } " " code { (self.id) } }
                h1 { (frame.words(&self.name)) }
            }
            (drawing::links(frame, Some(self.id)))
            @match &self.nearest {
                Some(nearest) => (told(frame, nearest)),
                None => p.notice { (self.too_large()) "." },
            }
        }
    }
}

impl ConnectionsPage {
    fn too_large(&self) -> String {
        too_large(&format!("connect {}", self.id))
    }
}

fn told(frame: &Frame, nearest: &Nearest) -> Markup {
    let searched = &nearest.searched;
    html! {
        section aria-labelledby="nearest" {
            h2 #nearest { "The nearest incidents" }
            p.about {
                "Looked " (looked(searched)) ". A path could first be seen on the day on which the last "
                "thing that it needs was published. It proves nothing of the people it passes through. "
                a href=(frame.to("/knowable")) { "All days on which connections could first be seen" } ", "
                a href=(frame.to("/series")) { "series of incidents" } ", "
                a href=(frame.to("/leads")) { "leads" } "."
            }
            @if nearest.paths.is_empty() { p { "No connection with any other incident." } }
            @if !searched.left_out.is_empty() {
                p {
                    "Passed through by no path, since too much is tied to it: "
                    @for (at, one) in searched.left_out.iter().enumerate() {
                        @if at > 0 { ", " } (named(frame, one))
                    }
                    "."
                }
            }
            @for one in &nearest.paths { (path(frame, one)) }
        }
    }
}

/// A record with its link, and of a person the status held today.
pub(super) fn named(frame: &Frame, one: &Named) -> Markup {
    html! {
        a href=(frame.to(&address::record(one.id))) { (frame.words(&one.name)) }
        @if let Some(status) = &one.status { " (status today: " (frame.words(status)) ")" }
    }
}

fn path(frame: &Frame, path: &PathTold) -> Markup {
    html! {
        @if let Some(end) = path.records.last() {
            article.value {
                h3 { a href=(frame.to(&address::record(end.id))) { (frame.words(&end.name)) } }
                p {
                    (counted(path.ties as u64, "tie", "ties")) ", could be seen " (since(path.day))
                    @if path.unsure_identity { "; if those named as one are one" }
                    @if path.hindsight { "; rests on hindsight" }
                    "."
                }
                ol.way {
                    @for (at, one) in path.steps.iter().enumerate() {
                        (step(frame, path, at, one))
                    }
                }
                @if let Some(words) = identities(path) { p.source { (frame.words(&words)) } }
            }
        }
    }
}

fn step(frame: &Frame, path: &PathTold, at: usize, step: &StepTold) -> Markup {
    let weakest = path.steps.len() > 1 && path.weakest == Some(at);
    html! {
        li {
            p {
                (named(frame, &path.records[at])) " "
                @for (at, word) in relations(step).iter().enumerate() {
                    @if at > 0 { ", " } (relation(word))
                }
                " " (named(frame, &path.records[at + 1]))
            }
            p.source {
                (counted(step.voices as u64, "voice", "voices"))
                @if step.weakness != Weakness::default() { ", " (weakness(step.weakness)) }
                @if weakest { ", the weakest link" }
            }
            @for word in &step.words {
                @match &word.evidence {
                    Some(one) => (quoted(frame, one, &word.names, false)),
                    None => p.source { "a finding, " (since(word.day)) },
                }
            }
        }
    }
}

/// The words of a step, one of each type.
fn relations(step: &StepTold) -> Vec<&WordTold> {
    let mut found: Vec<&WordTold> = Vec::new();
    for word in &step.words {
        let key = (&word.relation, word.forward);
        if !found.iter().any(|other| (&other.relation, other.forward) == key) {
            found.push(word);
        }
    }
    found
}

fn relation(word: &WordTold) -> Markup {
    html! {
        @if word.forward { em { (word.relation) } " →" } @else { "← " em { (word.relation) } }
    }
}

//! The replay: on which days incidents could first be seen to hang together, and false leads.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_connect::{Rule, Weakness};
use throughline_model::Day;
use throughline_tell::connections::words::{looked, since, weakness};
use throughline_tell::connections::{
    Connections, FallenTold, PathTold, ReplayTold, SeenTold, WordTold,
};

use super::connections::{named, small_enough, too_large};
use super::evidence::quoted;
use crate::ask::Ask;
use crate::desk::{Answer, Page, Room};
use crate::layout::{Frame, counted};
use crate::trouble::Trouble;

struct Knowable {
    replay: Option<ReplayTold>,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let replay = match small_enough(room)? {
        false => None,
        true => {
            let connections = Connections::load(room.casebook, ask.as_of)?;
            let always = [Day::MIN, Day::MAX.min(ask.as_of.published.unwrap_or(Day::MAX))];
            Some(connections.replay(&Rule::default(), always, None)?)
        }
    };
    Ok(Answer::page(Knowable { replay }))
}

impl Page for Knowable {
    fn title(&self) -> String {
        "Since when connections could be seen".to_owned()
    }

    fn json(&self) -> Json {
        match &self.replay {
            Some(replay) => json!([replay.json()]),
            None => json!([{"error": too_large("knowable")}]),
        }
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "Since when connections could be seen" }
            @match &self.replay {
                Some(replay) => (told(frame, replay)),
                None => p.notice { (too_large("knowable")) "." },
            }
        }
    }
}

fn told(frame: &Frame, replay: &ReplayTold) -> Markup {
    html! {
        p.about {
            "Each pair of incidents stands at the day on which it could first be seen to hang together, "
            (looked(&replay.searched)) ", with what became public on that day."
        }
        section aria-labelledby="new" {
            h2 #new { (counted(replay.seen.len() as u64, "connection", "connections")) }
            ol.way { @for one in &replay.seen { (seen(frame, one)) } }
        }
        @if !replay.fallen.is_empty() {
            section aria-labelledby="fallen" {
                h2 #fallen { "False leads: visible then, and not held" }
                ol.way { @for one in &replay.fallen { (fallen(frame, one)) } }
            }
        }
    }
}

/// The two incidents, whom the path passes through, and since when.
fn head(frame: &Frame, path: &PathTold) -> Markup {
    html! {
        @if let [first, inner @ .., last] = path.records.as_slice() {
            h3 { time { (since(path.day)) } " " (named(frame, first)) " and " (named(frame, last)) }
            p {
                (counted(path.ties as u64, "tie", "ties"))
                @for (at, one) in inner.iter().enumerate() {
                    @if at == 0 { ", through " } @else { ", " } (named(frame, one))
                }
                @if path.unsure_identity { "; if those named as one are one" }
                @if path.hindsight { "; rests on hindsight" }
                "."
            }
        }
    }
}

fn word(frame: &Frame, word: &WordTold) -> Markup {
    html! {
        p {
            em { (word.relation) }
            @if word.weakness != Weakness::default() { ", " (weakness(word.weakness)) }
        }
        @if let Some(one) = &word.evidence { (quoted(frame, one, &word.names, false)) }
    }
}

fn seen(frame: &Frame, one: &SeenTold) -> Markup {
    html! {
        li {
            (head(frame, &one.path))
            @for said in &one.last { (word(frame, said)) }
            @for known in &one.identities { p.source { "Known as one from then on: " (named(frame, known)) "." } }
        }
    }
}

fn fallen(frame: &Frame, one: &FallenTold) -> Markup {
    html! {
        li {
            (head(frame, &one.path))
            p.source {
                @if one.until < Day::MAX { "Taken back or said otherwise " time { (one.until) } ". " }
                @if let Some(held) = one.held { "By what is held, " (since(held)) "." }
            }
            @for said in &one.not_held { (word(frame, said)) }
        }
    }
}

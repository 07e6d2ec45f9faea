//! The replay: on which days incidents could first be seen to hang together, and false leads.

use std::sync::Arc;

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_connect::{Rule, Weakness};
use throughline_draw::gather::{Only, Picture};
use throughline_model::Day;
use throughline_tell::connections::words::{looked, since, weakness};
use throughline_tell::connections::{
    Connections, FallenTold, PathTold, ReplayTold, SeenTold, WordTold,
};

use super::connections::{named, small_enough, too_large};
use super::drawing;
use super::evidence::quoted;
use crate::ask::{Ask, Form};
use crate::desk::{Answer, Page, Room};
use crate::drawer::{Drawn, Sketch};
use crate::layout::{Frame, counted};
use crate::trouble::Trouble;

struct Knowable {
    replay: Option<ReplayTold>,
    /// The same as a picture; none while it is being drawn.
    drawn: Option<Arc<Drawn>>,
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
    let drawn = match &replay {
        Some(replay) if ask.form == Form::Html && !replay.is_empty() && drawing::draws(room)? => {
            let (as_of, only) = (ask.as_of, Only::default());
            room.drawn(Sketch { picture: Picture::Replay, of: None, as_of, only })?
        }
        _ => None,
    };
    Ok(Answer::page(Knowable { replay, drawn }))
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
                Some(replay) => (told(frame, replay, self.drawn.as_deref())),
                None => p.notice { (too_large("knowable")) "." },
            }
        }
    }
}

fn told(frame: &Frame, replay: &ReplayTold, drawn: Option<&Drawn>) -> Markup {
    html! {
        p.about {
            "Each pair of incidents stands at the day on which it could first be seen to hang together, "
            (looked(&replay.searched)) ", with what became public on that day."
        }
        // Here the script lays what plays the days.
        div data-replay {}
        @if let Some(drawn) = drawn { (drawing::figure(drawn, "Replay")) }
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

/// A day for the script; nothing of one that is not known.
fn plain(day: Day) -> Option<String> {
    day.civil().map(|_| day.to_string())
}

fn seen(frame: &Frame, one: &SeenTold) -> Markup {
    html! {
        li data-connection data-day=[plain(one.path.day)] {
            (head(frame, &one.path))
            @for said in &one.last { (word(frame, said)) }
            @for known in &one.identities { p.source { "Known as one from then on: " (named(frame, known)) "." } }
        }
    }
}

fn fallen(frame: &Frame, one: &FallenTold) -> Markup {
    html! {
        li data-lead data-day=[plain(one.path.day)] data-until=[one.gone().and_then(plain)] {
            (head(frame, &one.path))
            p.source {
                @if one.until < Day::MAX { "Taken back or said otherwise " time { (one.until) } ". " }
                @if let Some(held) = one.held { "By what is held, " (since(held)) "." }
            }
            @for said in &one.not_held { (word(frame, said)) }
        }
    }
}

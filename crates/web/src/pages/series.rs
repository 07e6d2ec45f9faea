//! Series: incidents that hang together, what ties them, who stands behind whom, how much of it stands.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_connect::{Missing, Rule, Weakness};
use throughline_tell::connections::words::{looked, since, stands, weakness};
use throughline_tell::connections::{AllSeriesTold, ChainTold, Connections, SeriesTold};

use super::connections::{named, small_enough, too_large};
use crate::ask::Ask;
use crate::desk::{Answer, Page, Room};
use crate::layout::{Frame, counted};
use crate::trouble::Trouble;

/// How many ties may lie between two incidents of a series, as the command has it.
const WITHIN: usize = 2;

struct SeriesPage {
    found: Option<AllSeriesTold>,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let found = match small_enough(room)? {
        true => {
            let rule = Rule { ties: WITHIN, ..Rule::default() };
            let connections = Connections::load(room.casebook, ask.as_of)?;
            Some(connections.series(&rule, &Missing::default())?)
        }
        false => None,
    };
    Ok(Answer::page(SeriesPage { found }))
}

impl Page for SeriesPage {
    fn title(&self) -> String {
        "Series of incidents".to_owned()
    }

    fn json(&self) -> Json {
        match &self.found {
            Some(found) => found.json().into(),
            None => json!([{"error": too_large("series")}]),
        }
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "Series of incidents" }
            @match &self.found {
                Some(found) => (told(frame, found)),
                None => p.notice { (too_large("series")) "." },
            }
        }
    }
}

fn told(frame: &Frame, found: &AllSeriesTold) -> Markup {
    html! {
        p.about {
            "Incidents that hang together, each with some other " (looked(&found.searched))
            ". What ties them stands in no order of weight, and a tie proves nothing of the people whom it "
            "passes through. "
            a href=(frame.to("/leads")) { "Pairs with surprising things in common" } "."
        }
        @if found.series.is_empty() { p { "No two incidents hang together so closely." } }
        @for (at, one) in found.series.iter().enumerate() { (series(frame, at, one, &found.missing)) }
    }
}

fn series(frame: &Frame, at: usize, one: &SeriesTold, missing: &Missing) -> Markup {
    let place = format!("series-{}", at + 1);
    let seen = one.since.map_or("on no day that is known".to_owned(), since);
    html! {
        section aria-labelledby=(place) {
            h2 id=(place) { (counted(one.incidents.len() as u64, "incident", "incidents")) }
            ul { @for incident in &one.incidents { li { (named(frame, incident)) } } }
            p { "Could be seen as one " (seen) "; " (stands(one, missing)) "." }
            @if !one.through.is_empty() {
                h3 { "Tied to several of them" }
                ul {
                    @for through in &one.through {
                        li {
                            (named(frame, &through.record)) ", "
                            (counted(through.incidents.len() as u64, "incident", "incidents"))
                        }
                    }
                }
            }
            @if !one.chains.is_empty() {
                h3 { "Who stands behind whom" }
                ul { @for one in &one.chains { li { (chain(frame, one)) } } }
            }
        }
    }
}

fn chain(frame: &Frame, chain: &ChainTold) -> Markup {
    html! {
        @if let [first, others @ ..] = chain.records.as_slice() {
            (named(frame, first))
            @for (step, to) in chain.steps.iter().zip(others) {
                " — " em { (step.relation) }
                @if step.weakness != Weakness::default() { " (" (weakness(step.weakness)) ")" }
                " → " (named(frame, to))
            }
        }
    }
}

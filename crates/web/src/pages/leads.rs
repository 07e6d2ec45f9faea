//! Leads: pairs of incidents by how surprising it is what they have in common.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_connect::Rule;
use throughline_tell::connections::{Connections, LeadTold, LeadsTold};

use super::connections::{named, small_enough, too_large};
use crate::address;
use crate::ask::Ask;
use crate::desk::{Answer, Page, Room};
use crate::judging::{forms, grading};
use crate::layout::{Frame, counted};
use crate::trouble::Trouble;

/// How many leads the page has.
const MOST: usize = 100;

struct Leads {
    found: Option<LeadsTold>,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let found = match small_enough(room)? {
        true => {
            let connections = Connections::load(room.casebook, ask.as_of)?;
            Some(connections.leads(Rule::default().hub, MOST)?)
        }
        false => None,
    };
    Ok(Answer::page(Leads { found }))
}

impl Page for Leads {
    fn title(&self) -> String {
        "Leads".to_owned()
    }

    fn json(&self) -> Json {
        match &self.found {
            Some(found) => [found.json(false), found.json(true)].concat().into(),
            None => json!([{"error": too_large("leads")}]),
        }
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "Leads" }
            @match &self.found {
                Some(found) => (told(frame, found)),
                None => p.notice { (too_large("leads")) "." },
            }
        }
    }
}

fn told(frame: &Frame, found: &LeadsTold) -> Markup {
    let shown = found.leads.len();
    html! {
        p.about {
            "Pairs of incidents by how surprising it is what they have in common: a rare fact counts much, a "
            "common one little, and the less the more is written of either. A lead is something to look at, "
            "and proves nothing. "
            a href=(frame.to("/series")) { "Series of incidents" } "."
        }
        @if found.pairs == 0 { p { "No two incidents have anything in common that is held." } }
        @for one in &found.leads { (lead(frame, one, found.incidents)) }
        @if found.pairs > 0 {
            p.source {
                (shown) " of " (counted(found.pairs as u64, "pair", "pairs")) " with something in common."
                @if !found.left_out.is_empty() {
                    " Left out, since too many share it: "
                    @for (at, what) in found.left_out.iter().enumerate() {
                        @if at > 0 { ", " } (frame.words(what))
                    }
                    "."
                }
            }
        }
        @if !found.unrelated.is_empty() {
            section aria-labelledby="unrelated" {
                h2 #unrelated { "Looked at, and judged to be unrelated" }
                @for one in &found.unrelated { (lead(frame, one, found.incidents)) }
            }
        }
    }
}

fn lead(frame: &Frame, lead: &LeadTold, incidents: usize) -> Markup {
    let [a, b] = &lead.ends;
    let place = format!("{}-{}", a.id, b.id);
    let judged = frame.judging.map(|_| lead.unrelated.is_some());
    html! {
        article.value id=(place) data-state=[judged.map(|judged| if judged { "decided" } else { "open" })] {
            h3 { (named(frame, a)) " and " (named(frame, b)) }
            p { (lead.surprise()) "." }
            ul {
                @for one in &lead.shared {
                    li {
                        @match &one.record {
                            Some(record) => { (record.id.kind().name()) " " (named(frame, record)) }
                            None => (frame.words(&one.words)),
                        }
                        ", of " (one.incidents) " of "
                        (counted(incidents as u64, "incident", "incidents"))
                        " (" (format!("{:.1}", one.bits)) " bits)"
                    }
                }
            }
            @if let Some(judgment) = &lead.unrelated {
                p.source {
                    a href=(frame.to(&address::judgment(judgment.id))) { "Judged to be unrelated" } " by "
                    (frame.words(&judgment.by)) ": “" (frame.words(&judgment.reason)) "”"
                }
                (forms::undo(frame, judgment.id, "content"))
            } @else {
                (grading::unrelated(frame, a.id, b.id, &place))
            }
        }
    }
}

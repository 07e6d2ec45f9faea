//! The queue: what waits for a person, first what changes most, each beside who says so.

use std::sync::Arc;

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::EvidenceView;
use throughline_formats::codebooks::Codebook;
use throughline_tell::queue::{MOST, Queue, Waiting};

use super::counts::COUNTING;
use super::evidence::quoted;
use super::still;
use super::values::{Names, basis, held, variable};
use crate::address;
use crate::ask::Ask;
use crate::counter::Found;
use crate::desk::{Answer, BEFORE, Page, Room};
use crate::judging::forms;
use crate::layout::{self, Frame, counted};
use crate::trouble::Trouble;

/// How many values a page of the queue has: each stands with a sentence and its speaker.
const ROWS: usize = 20;

/// How much of a record's evidence is looked through for that sentence.
const EVIDENCE: usize = 200;

struct QueuePage {
    found: Option<Result<Arc<Queue>, String>>,
    /// The values of this page, each with what says so and the names that it refers to.
    rows: Vec<(Waiting, Option<EvidenceView>, Names)>,
    /// How many of those found were settled since, as far as the page looked.
    settled: usize,
    is_of_now: bool,
    codebook: Codebook,
    page: usize,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let page = ask.page()?;
    let latest = room.queue(ask.as_of);
    let is_of_now = latest.as_ref().is_none_or(|latest| latest.is_of_now);
    let found = latest.map(|latest| match latest.found {
        Found::Queue(queue) => Ok(queue),
        Found::Failed(why) => Err(why),
        _ => Err(COUNTING.to_owned()),
    });
    let (mut rows, mut settled) = (Vec::new(), 0);
    if let Some(Ok(queue)) = &found {
        let again = |waiting: &Waiting| -> Result<Option<Waiting>, Trouble> {
            let shown = room.casebook.shown(waiting.record, ask.as_of, EVIDENCE)?;
            Ok(shown.and_then(|shown| waiting.still(&shown)))
        };
        let of_page = still::page(&queue.waiting, (page, ROWS), is_of_now, again)?;
        settled = of_page.settled;
        for waiting in of_page.rows {
            let shown = room.casebook.shown(waiting.record, ask.as_of, EVIDENCE)?;
            let (says, names) = match shown {
                Some(mut shown) => (shown.evidence.remove(&waiting.says), shown.names),
                None => (None, Names::new()),
            };
            rows.push((waiting, says, names));
        }
        if is_of_now {
            ask.beyond(rows.len())?;
        }
    }
    let codebook = room.casebook.codebook()?.codebook;
    Ok(Answer::page(QueuePage { found, rows, settled, is_of_now, codebook, page }))
}

impl Page for QueuePage {
    fn title(&self) -> String {
        "Queue".to_owned()
    }

    fn json(&self) -> Json {
        match &self.found {
            Some(Ok(_)) => self.rows.iter().map(|(waiting, ..)| waiting.json()).collect(),
            Some(Err(why)) => json!([{"error": why}]),
            None => json!([{"error": COUNTING}]),
        }
    }

    fn neighbours(&self) -> (bool, bool) {
        let all = match &self.found {
            Some(Ok(queue)) => queue.waiting.len() - self.settled,
            _ => 0,
        };
        (self.page > 1, all > self.page * ROWS)
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "Queue" }
            p.about {
                "Values that only the program proposes, those first by which most changes: on which the most saved "
                "counts bear, of claims and incidents before others, contested ones, then those that settle the most readings."
            }
            @match &self.found {
                None => p { (COUNTING) },
                Some(Err(why)) => p { "It cannot be told: " (frame.words(why)) },
                Some(Ok(queue)) => {
                    p.progress role="status" {
                        @match queue.total.saturating_sub(self.settled) {
                            0 => "Nothing waits.",
                            many => { (counted(many as u64, "value waits", "values wait")) "." }
                        }
                        @if queue.total > MOST { " The first " (layout::number(MOST as u64)) " are here." }
                    }
                    @if !self.is_of_now { p.notice role="status" { (BEFORE) } }
                    @for (waiting, says, names) in &self.rows { (row(frame, waiting, says.as_ref(), names)) }
                    @if frame.judging.is_some() { (forms::term_lists(&self.codebook)) }
                    (layout::pager(frame, self.neighbours()))
                }
            }
        }
    }
}

fn row(frame: &Frame, waiting: &Waiting, says: Option<&EvidenceView>, names: &Names) -> Markup {
    let Waiting { record, name, holding, counts, .. } = waiting;
    let place = waiting.says.to_string();
    html! {
        section.value.waiting id=(place) data-state=[frame.judging.map(|_| "open")] {
            h2 {
                (variable(frame, holding.variable, holding.party, &waiting.names)) ": "
                strong { (held(frame, holding, &waiting.names)) }
                span.of { " of " (record.kind().name()) " " a href=(frame.to(&address::record(*record))) { (frame.name(*record, name)) } }
            }
            p.rests {
                (basis(holding)) ", " (counted(waiting.readings() as u64, "reading", "readings"))
                @if !counts.is_empty() {
                    "; asked for by "
                    @for (at, count) in counts.iter().enumerate() {
                        @if at > 0 { ", " }
                        a href=(frame.to(&format!("/counts/{}", address::escaped(count)))) { (frame.words(count)) }
                    }
                }
            }
            @if let Some(says) = says {
                div.side { (quoted(frame, says, names, false)) }
                @if frame.judging.is_some() {
                    p.source { a data-key="o" href=(format!("{}#{place}", address::document(says.assertion.document))) { "Open it where it stands" } }
                }
            }
            (forms::decide(frame, waiting.says, &place))
            (forms::finding(frame, *record, holding, &holding.support, &place))
        }
    }
}

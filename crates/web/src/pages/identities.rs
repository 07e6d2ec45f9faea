//! Pairs of records that may be one, side by side, with what speaks for it and against.

use std::sync::Arc;

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{Doubtful, EvidenceView, Side};
use throughline_model::{AsOf, MentionId};
use throughline_tell::doubtful;

use super::counts::COUNTING;
use super::evidence::quoted;
use super::still;
use super::values::Names;
use crate::address;
use crate::ask::Ask;
use crate::counter::Found;
use crate::desk::{Answer, BEFORE, Page, Room};
use crate::judging::forms;
use crate::layout::{self, Frame, counted};
use crate::trouble::Trouble;

/// How many pairs a page has.
const ROWS: usize = 10;

/// How much of a record's evidence is looked through for them.
const EVIDENCE: usize = 50;

/// How many sentences stand under each side.
const SENTENCES: usize = 3;

/// What speaks of one side, and the names that it refers to.
type Said = (Vec<EvidenceView>, Names);

/// A pair, and how its sides compare.
struct Pair {
    pair: Doubtful,
    /// What was compared, and what either side says.
    compared: Vec<(String, String, String)>,
    /// Features with their value in percent and what each adds, in hundredths of log-odds.
    terms: Vec<(&'static str, i32, i32)>,
    /// The first sentences on either.
    said: [Said; 2],
}

struct Identities {
    found: Option<Result<Arc<Vec<Doubtful>>, String>>,
    rows: Vec<Pair>,
    /// How many of those found are no longer in doubt, as far as the page looked.
    settled: usize,
    is_of_now: bool,
    page: usize,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let page = ask.page()?;
    // Which records may be one is asked of what there is now.
    let present = ask.as_of.is_present();
    let latest = present.then(|| room.doubtful()).flatten();
    let is_of_now = latest.as_ref().is_none_or(|latest| latest.is_of_now);
    let found = latest.map(|latest| match latest.found {
        Found::Doubtful(pairs) => Ok(pairs),
        Found::Failed(why) => Err(why),
        _ => Err(COUNTING.to_owned()),
    });
    let (mut rows, mut settled) = (Vec::new(), 0);
    if let Some(Ok(pairs)) = &found {
        let again = |pair: &Doubtful| Ok(room.casebook.still_doubtful(pair, AsOf::default())?);
        let of_page = still::page(pairs, (page, ROWS), is_of_now, again)?;
        settled = of_page.settled;
        for pair in of_page.rows {
            let why = room.casebook.why(pair.one.id, pair.other.id, AsOf::default())?;
            let (compared, terms) = why.map(|why| (why.compared, why.terms)).unwrap_or_default();
            let terms = terms.into_iter().map(|one| (one.feature, one.value, one.adds)).collect();
            let said = [said(room, pair.one.id)?, said(room, pair.other.id)?];
            rows.push(Pair { pair, compared, terms, said });
        }
        if is_of_now {
            ask.beyond(rows.len())?;
        }
    }
    Ok(Answer::page(Identities { found, rows, settled, is_of_now, page }))
}

/// The first sentences on a record: different ones, since one sentence says several things.
fn said(room: &Room, id: MentionId) -> Result<Said, Trouble> {
    let Some(shown) = room.casebook.shown(id, AsOf::default(), EVIDENCE)? else {
        return Ok(Said::default());
    };
    let mut all: Vec<EvidenceView> = shown.evidence.into_values().collect();
    all.sort_by_key(|one| (one.assertion.document, one.assertion.passage.span()));
    all.dedup_by_key(|one| (one.assertion.document, one.assertion.passage.span()));
    all.truncate(SENTENCES);
    Ok((all, shown.names))
}

impl Page for Identities {
    fn title(&self) -> String {
        "Identities".to_owned()
    }

    fn json(&self) -> Json {
        match &self.found {
            Some(Ok(_)) => self.rows.iter().map(|one| doubtful::json(&one.pair)).collect(),
            Some(Err(why)) => json!([{"error": why}]),
            None => json!([{"error": COUNTING}]),
        }
    }

    fn neighbours(&self) -> (bool, bool) {
        let all = match &self.found {
            Some(Ok(pairs)) => pairs.len() - self.settled,
            _ => 0,
        };
        (self.page > 1, all > self.page * ROWS)
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "Identities" }
            p.about {
                "Pairs of people, and pairs of incidents, that stand apart and may be one, and on which nobody has judged. "
                "Those first that would change most."
            }
            @if !frame.as_of().is_present() {
                p { "Which records may be one is asked of the present alone. " a.present href="/identities" { "Show it" } }
            } @else {
                @match &self.found {
                    None => p { (COUNTING) },
                    Some(Err(why)) => p { "It cannot be told: " (frame.words(why)) },
                    Some(Ok(pairs)) => {
                        p.progress role="status" {
                            @match pairs.len().saturating_sub(self.settled) {
                                0 => "No pair is in doubt.",
                                many => { (counted(many as u64, "pair is", "pairs are")) " in doubt." }
                            }
                        }
                        @if !self.is_of_now { p.notice role="status" { (BEFORE) } }
                        @for one in &self.rows { (row(frame, one)) }
                        (layout::pager(frame, self.neighbours()))
                    }
                }
            }
        }
    }
}

fn row(frame: &Frame, one: &Pair) -> Markup {
    let Pair { pair, compared, terms, said } = one;
    let place = format!("{}-{}", pair.one.id, pair.other.id);
    html! {
        section.value.pair-of-records id=(place) data-state=[frame.judging.map(|_| "open")] {
            h2 { (side(frame, &pair.one)) " and " (side(frame, &pair.other)) }
            p.rests {
                (pair.percent) " % alike; " (counted(pair.one.mentions, "mention", "mentions")) " and "
                (counted(pair.other.mentions, "mention", "mentions"))
                @if !pair.beside.is_empty() { "; beside both: " (frame.words(&pair.beside.join(", "))) }
            }
            @if !compared.is_empty() {
                div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                    caption.unseen { "What either says" }
                    thead { tr { th scope="col" { "What" } th scope="col" { "One" } th scope="col" { "Other" } } }
                    tbody { @for (what, a, b) in compared {
                        tr {
                            th scope="row" { (frame.words(what)) }
                            td data-title="One" { (frame.words(a)) }
                            td data-title="Other" { (frame.words(b)) }
                        }
                    } }
                } }
            }
            @if !terms.is_empty() {
                p.rests {
                    "What is weighed: "
                    @for (at, (feature, value, adds)) in terms.iter().enumerate() {
                        @if at > 0 { ", " }
                        (feature.replace(['-', '_'], " ")) " " (value) " % ("
                        @if *adds < 0 { "against" } @else { "for" } ")"
                    }
                    "."
                }
            }
            div.two-sides {
                @for (side, (sentences, names)) in [&pair.one, &pair.other].into_iter().zip(said) {
                    div.side {
                        h3 { (frame.name(side.id, &side.name)) }
                        @for one in sentences { (quoted(frame, one, names, false)) }
                    }
                }
            }
            (forms::identity(frame, pair.one.id, pair.other.id, &place))
        }
    }
}

fn side(frame: &Frame, side: &Side) -> Markup {
    html! { a href=(frame.to(&address::record(side.id))) { (frame.name(side.id, &side.name)) } }
}

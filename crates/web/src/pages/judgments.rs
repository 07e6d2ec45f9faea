//! Judgments: all of them, newest first, and one by one.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{HeldApart, JudgmentRow};
use throughline_model::{Act, Judgment};
use throughline_tell::judgment;

use super::{ids, judged};
use crate::address;
use crate::ask::{Ask, ROWS};
use crate::desk::{Answer, Page, Room};
use crate::judging::forms;
use crate::layout::{self, Frame};
use crate::trouble::Trouble;

struct Judgments {
    rows: Vec<JudgmentRow>,
    told: judged::Told,
    total: usize,
    held: Vec<HeldApart>,
    page: usize,
}

struct One {
    row: JudgmentRow,
    told: judged::Told,
    /// The judgments that took its place.
    over: Vec<Judgment>,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let as_of = ask.as_of;
    let part = throughline_casebook::Part { many: ROWS, ..ask.part()? };
    let (total, rows) =
        room.casebook.judgments_part(|_, recorded, _| as_of.recalls(recorded), part)?;
    ask.beyond(rows.len())?;
    let mut held = room.casebook.held_apart()?;
    held.retain(|one| as_of.recalls(one.recorded));
    let all = rows.iter().map(|(one, ..)| one).chain(held.iter().map(|one| &one.judgment));
    let told = judged::told(room, all)?;
    Ok(Answer::page(Judgments { rows, told, total, held, page: ask.page()? }))
}

pub(crate) fn one(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let typed = ask.id.as_deref().unwrap_or_default();
    let id = room.casebook.find_judgment(typed).map_err(|error| match error {
        throughline_casebook::Error::Unknown(_) => ids::unknown(typed),
        error => error.into(),
    })?;
    if id.to_string() != typed {
        return Ok(Answer::Elsewhere(address::judgment(id)));
    }
    let row = room.casebook.judgment(id)?.ok_or_else(|| ids::unknown(typed))?;
    if !ask.as_of.recalls(row.1) {
        return Err(Trouble::missing(
            format!("{id} was not recorded here by the date asked for; it was recorded {}.", row.1),
            "Show the present, or a later day.",
        ));
    }
    let part = throughline_casebook::Part { from: 0, many: ROWS };
    let (_, over) = room.casebook.judgments_part(|one, _, _| one.supersedes.contains(&id), part)?;
    let over = over.into_iter().map(|(judgment, ..)| judgment).collect();
    let told = judged::told(room, [&row.0])?;
    Ok(Answer::page(One { row, told, over }))
}

impl Page for Judgments {
    fn title(&self) -> String {
        "Judgments".to_owned()
    }

    fn json(&self) -> Json {
        self.rows
            .iter()
            .map(|(one, recorded, stands)| judgment::json(one, *recorded, *stands))
            .collect()
    }

    fn neighbours(&self) -> (bool, bool) {
        (self.page > 1, self.total > self.page * ROWS)
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "Judgments" }
            p.about { "What people judged, newest first. There are " (layout::number(self.total as u64)) ", recorded by the date of this view; whether one is in force is said as of today, and links lead to what it is on today." }
            (table(frame, &self.rows, &self.told))
            (layout::pager(frame, self.neighbours()))
            @if !self.held.is_empty() {
                h2 { "Held apart" }
                p { "These were brought in from elsewhere, contradict others, and count for nothing until somebody decides." }
                ul {
                    @for one in &self.held {
                        li {
                            (layout::capital(judged::done(&one.judgment.act))) ": " (judged::about(frame, &one.judgment, &self.told)) ", by "
                            (frame.words(&one.judgment.by)) ": " q { (frame.words(&one.judgment.reason)) }
                        }
                    }
                }
            }
        }
    }
}

/// Judgments as a table.
pub(crate) fn table(frame: &Frame, rows: &[JudgmentRow], told: &judged::Told) -> Markup {
    html! {
        @if rows.is_empty() {
            p { "None." }
        } @else {
            div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                caption.unseen { "Judgments, newest first" }
                thead { tr {
                    th scope="col" { "Judgment" } th scope="col" { "On what" } th scope="col" { "By whom, and why" } th scope="col" { "Recorded" }
                } }
                tbody {
                    @for (one, recorded, in_force) in rows {
                        tr {
                            th scope="row" {
                                a href=(frame.to(&address::judgment(one.id))) { (layout::capital(judged::done(&one.act))) }
                                @if !in_force { br; span.basis.over { "× no longer in force" } }
                            }
                            td data-title="On what" { (judged::about(frame, one, told)) }
                            td data-title="By whom, and why" { (frame.words(&one.by)) ": " q { (frame.words(&one.reason)) } }
                            td data-title="Recorded" { time { (judged::day(*recorded)) } }
                        }
                    }
                }
            } }
        }
    }
}

impl Page for One {
    fn title(&self) -> String {
        format!("Judgment {}", self.row.0.id)
    }

    fn json(&self) -> Json {
        let (one, recorded, stands) = &self.row;
        json!([judgment::json(one, *recorded, *stands)])
    }

    fn html(&self, frame: &Frame) -> Markup {
        let (one, recorded, in_force) = &self.row;
        html! {
            header.subject {
                p.kind { a href=(frame.to("/judgments")) { "Judgment" } " " code { (one.id) } }
                h1 { (layout::capital(judged::done(&one.act))) }
                p {
                    @if *in_force { span.basis.found { "● in force" } }
                    @else { span.basis.over { "× no longer in force" } }
                }
                @if *in_force && one.act != Act::Undo { (forms::undo(frame, one.id, "content")) }
            }
            dl.facts {
                div { dt { "On what" } dd { (judged::about(frame, one, &self.told)) } }
                div { dt { "By" } dd { (frame.words(&one.by)) } }
                div { dt { "Reason" } dd { (frame.words(&one.reason)) } }
                div { dt { "Made" } dd { (one.made) } }
                div { dt { "Recorded here" } dd { (recorded) } }
                @if !one.cites.is_empty() {
                    div {
                        dt { "Rests on" }
                        dd { @for (at, id) in one.cites.iter().enumerate() {
                            @if at > 0 { ", " }
                            // What it cites may have been published after the day of this view.
                            span.today { (frame.today(|frame| html! {
                                a href=(frame.to(&address::document(*id))) { code { (id) } }
                            })) }
                        } }
                    }
                }
                @if !one.supersedes.is_empty() {
                    div {
                        dt { "Takes the place of" }
                        dd { @for (at, id) in one.supersedes.iter().enumerate() {
                            @if at > 0 { ", " }
                            a href=(frame.to(&address::judgment(*id))) { code { (id) } }
                        } }
                    }
                }
                @if !self.over.is_empty() {
                    div {
                        dt { "Its place was taken by" }
                        dd { @for (at, other) in self.over.iter().enumerate() {
                            @if at > 0 { ", " }
                            a href=(frame.to(&address::judgment(other.id))) { code { (other.id) } }
                        } }
                    }
                }
            }
        }
    }
}

//! Lists of records.

use maud::{Markup, html};
use serde_json::Value as Json;
use throughline_casebook::Listed;
use throughline_model::{Holding, MentionId, SubjectKind, Variable};
use throughline_tell::listing::{self, accuses};
use throughline_tell::parts::{self, Placed};

use super::evidence::day;
use super::values::{held, short_basis};
use crate::address;
use crate::ask::{Ask, ROWS};
use crate::desk::{Answer, Page, Room};
use crate::layout::{self, Frame, counted};
use crate::trouble::Trouble;

/// A page of a list.
struct List {
    kind: SubjectKind,
    rows: Vec<Listed>,
    /// For an incident whose whole stands in the list, or was looked up, the record of the whole.
    wholes: Vec<(MentionId, MentionId)>,
    /// How many there are, where that is known.
    total: Option<u64>,
    undated: u64,
    page: usize,
    more: bool,
}

pub(crate) fn incidents(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    gather(room, ask, SubjectKind::Incident)
}

pub(crate) fn sets(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    gather(room, ask, SubjectKind::Set)
}

pub(crate) fn people(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    gather(room, ask, SubjectKind::Person)
}

pub(crate) fn groups(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    gather(room, ask, SubjectKind::Group)
}

pub(crate) fn claims(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    gather(room, ask, SubjectKind::Claim)
}

pub(crate) fn outlets(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    gather(room, ask, SubjectKind::Outlet)
}

pub(crate) fn channels(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    gather(room, ask, SubjectKind::Channel)
}

pub(crate) fn places(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    gather(room, ask, SubjectKind::Place)
}

fn gather(room: &Room, ask: &Ask, kind: SubjectKind) -> Result<Answer, Trouble> {
    let mut rows = room.casebook.listed_part(kind, ask.as_of, ask.part()?)?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    ask.beyond(rows.len())?;
    let mut wholes = Vec::new();
    if kind == SubjectKind::Incident {
        parts::arranged(&rows, |mention| {
            let whole = room.casebook.shown(mention, ask.as_of, 0)?.map(|shown| shown.record.id);
            wholes.extend(whole.map(|whole| (mention, whole)));
            Ok(whole)
        })?;
    }
    let total = match ask.as_of.is_present() {
        true => room.totals()?.into_iter().find(|(one, _)| *one == kind),
        false => None,
    };
    let undated = match ask.as_of.published {
        Some(_) => room.casebook.extent(ask.as_of)?.undated,
        None => 0,
    };
    let (total, page) = (total.map(|(_, many)| many), ask.page()?);
    Ok(Answer::page(List { kind, rows, wholes, total, undated, page, more }))
}

impl Page for List {
    fn title(&self) -> String {
        address::plural(self.kind).to_owned()
    }

    fn json(&self) -> Json {
        self.rows.iter().map(listing::json).collect()
    }

    fn neighbours(&self) -> (bool, bool) {
        (self.page > 1, self.more)
    }

    fn html(&self, frame: &Frame) -> Markup {
        let known = |mention: MentionId| {
            let found = self.wholes.iter().find(|(named, _)| *named == mention);
            Ok(found.map(|(_, whole)| *whole))
        };
        let placed = parts::arranged(&self.rows, known).unwrap_or_default();
        let columns = listing::columns(self.kind);
        let happens =
            matches!(self.kind, SubjectKind::Incident | SubjectKind::Set | SubjectKind::Claim);
        html! {
            h1 { (address::plural(self.kind)) }
            p.about {
                (about(self.kind))
                @if let Some(total) = self.total { " There are " (layout::number(total)) "." }
                @if self.undated > 0 {
                    " " (counted(self.undated, "undated document is", "undated documents are"))
                    " left out: without a date, in no view as of a day."
                }
            }
            @if self.rows.is_empty() {
                p { "None, as of these dates." }
            } @else {
                div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                    caption.unseen {
                        (address::plural(self.kind)) ", page " (self.page) ", by "
                        @if happens { "the day on which they happened, then by " } "id"
                    }
                    thead { tr {
                        th scope="col" { "Name" }
                        @for (title, _) in columns { th scope="col" { (layout::capital(title)) } }
                        th scope="col" { "First published" }
                        th.number scope="col" { "Mentions" }
                    } }
                    tbody { @for one in &placed { (row(frame, one, columns)) } }
                } }
                p.key {
                    (legend())
                }
            }
            (layout::pager(frame, self.neighbours()))
        }
    }
}

/// What the marks of a list mean.
pub(crate) fn legend() -> Markup {
    html! {
        span.found-mark { "●" } " found by a person; "
        span.basis.accepted { "◐ accepted" } ": a person stands behind the reading; "
        span.basis.proposed { "○ proposed" } " by the program, and not reviewed."
    }
}

fn about(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Incident => {
            "Plots, attacks and their sites, by the day on which they happened."
        }
        SubjectKind::Set => "Incidents spoken of together, whose members may be unknown.",
        SubjectKind::Claim => "Statements on responsibility, by the day on which they were made.",
        SubjectKind::Person => {
            "People as documents speak of them. Their part in an incident and what became of it stand \
             on each one's page, beside who says so, how firmly and when."
        }
        SubjectKind::Group => "Organisations and movements, state bodies included.",
        SubjectKind::Outlet => "Publishers of statements and news, as documents speak of them.",
        SubjectKind::Channel => {
            "Accounts, channels and platforms that documents speak of. A channel whose own messages were \
             read is their source, and stands beside the documents."
        }
        SubjectKind::Place => "Places on earth.",
    }
}

fn row(frame: &Frame, placed: &Placed, columns: &[listing::Column]) -> Markup {
    let row = placed.row;
    html! {
        tr {
            th scope="row" class=[(placed.depth > 0).then(|| format!("part part-{}", placed.depth.min(3)))] {
                @if placed.depth > 0 { span.branch aria-hidden="true" { "└ " } span.unseen { "part of the incident above: " } }
                a href=(frame.to(&address::record(row.id))) { (frame.name(row.id, &row.name)) }
                @if let Some(whole) = placed.elsewhere() {
                    br; small { "part of " (frame.words(whole)) }
                }
                @if placed.is_part() && !placed.is_reviewed() {
                    br; small { "a part: " span.basis.proposed { "○ proposed" } }
                }
            }
            @for (title, variables) in columns {
                td data-title=(layout::capital(title)) { (cell(frame, row, variables)) }
            }
            td data-title="First published" { (day(row.first_published.as_ref())) }
            td.number data-title="Mentions" { (layout::number(row.mentions)) }
        }
    }
}

/// Some values of a row. What accuses somebody stands only on the record's page, beside who says so.
pub(crate) fn cell(frame: &Frame, row: &Listed, variables: &[Variable]) -> Markup {
    const MOST: usize = 3;
    let wanted = row.holdings.iter().filter(|one| variables.contains(&one.variable));
    let (accusing, plain): (Vec<&Holding>, Vec<&Holding>) =
        wanted.partition(|one| accuses(one.variable, one.value.as_ref()));
    html! {
        @if plain.len() + accusing.len() > 0 { ul.cell {
            @for one in plain.iter().take(MOST) {
                li { (held(frame, one, &row.names)) (short_basis(one)) }
            }
            @if plain.len() > MOST { li { "and " (plain.len() - MOST) " more" } }
            @if !accusing.is_empty() {
                li { a href=(frame.to(&address::record(row.id))) { "who says what" } }
            }
        } }
    }
}

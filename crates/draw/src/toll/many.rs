//! The tolls held of several incidents, one under the other by the day on which they happened.

use maud::{Markup, html};
use throughline_model::{Figure, SubjectKind};
use throughline_tell::words;

use super::{Numbers, digits};
use crate::geometry::Point;
use crate::label::{broken, clean, counted};
use crate::paint::Paint;
use crate::sheet::{Anchor, N, Sheet, Words};
use crate::{Caption, Drawing, Standing, Table};

/// The width of names, and of the room for figures with their words.
const NAMES: f64 = 300.0;
const FIGURES: f64 = 480.0;
const WORDS: f64 = 170.0;

/// The height of one toll within a row, and of what lies between two rows.
const LINE: f64 = 15.0;
const BETWEEN: f64 = 9.0;

/// The tolls of several incidents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tolls {
    /// The incidents, from the top.
    pub rows: Vec<Toll>,
}

/// The toll of one incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toll {
    /// What it is called.
    pub name: String,
    /// When it happened, in words.
    pub when: String,
    /// Its id, for the table; empty where none may be given.
    pub id: String,
    /// Whether it is part of the incident above, whose toll counts it too.
    pub part: bool,
    /// How many were killed.
    pub killed: Held,
    /// How many were wounded.
    pub wounded: Held,
}

/// A figure and what people made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// The figure; `None` where it is not known.
    pub figure: Option<Figure>,
    /// What people made of it; `None` where nothing is said.
    pub standing: Option<Standing>,
    /// What it rests on.
    pub basis: String,
}

impl Held {
    /// In words: "at least 12, not reviewed", "not known".
    fn words(&self) -> String {
        self.figure.as_ref().map_or("not known".to_owned(), words::figure)
    }
}

/// Draws the tolls of several incidents.
pub fn tolls(tolls: &Tolls, caption: &Caption) -> Drawing {
    let figures = tolls.rows.iter().flat_map(|row| [&row.killed, &row.wounded]);
    let numbers = Numbers::over(figures.filter_map(|held| held.figure.as_ref()));
    let mut top = 14.0;
    let mut drawn = Vec::new();
    for row in &tolls.rows {
        let (markup, high) = drawn_row(row, numbers, top);
        drawn.push(markup);
        top += high + BETWEEN;
    }
    let x = |part: f64| NAMES + FIGURES * part;
    let body = html! {
        @for tick in numbers.ticks() {
            @let paint = if tick == 0.0 { Paint::Soft } else { Paint::Faint };
            path d={ "M" (N(x(tick / numbers.most))) " 8V" (N(top)) } fill="none" stroke-width="1"
                class=(paint.stroke()) stroke=(paint.hex()) {}
            @for at in [2.0, top + 13.0] {
                (Words {
                    paint: Paint::Soft, anchor: Anchor::Middle,
                    ..Words::new(Point::new(x(tick / numbers.most), at), &digits(tick), 10.0)
                })
            }
        }
        @for row in &drawn { (row) }
    };
    let mut key = vec![
        (sample(Kind::Killed, Some(Standing::Found)), "killed".to_owned()),
        (sample(Kind::Wounded, Some(Standing::Found)), "wounded".to_owned()),
    ];
    let held = || tolls.rows.iter().flat_map(|row| [&row.killed, &row.wounded]);
    if held().any(|one| one.figure.is_some_and(|figure| figure.most.is_none())) {
        key.push((html! { (open_end(-9.0, 0.0, Paint::Soft)) }, "at least".to_owned()));
    }
    if held().any(|one| {
        one.figure.is_some_and(|figure| figure.most.is_some_and(|most| most > figure.least))
    }) {
        key.push((
            uncertain(-12.0, 12.0, 0.0, Paint::Soft),
            "from the least to the most".to_owned(),
        ));
    }
    let mut standings: Vec<Standing> = held().filter_map(|one| one.standing).collect();
    standings.sort_unstable();
    standings.dedup();
    key.extend(
        standings.into_iter().filter(|one| *one != Standing::Found).map(|standing| {
            (sample(Kind::Killed, Some(standing)), standing.explained().to_owned())
        }),
    );
    let mut notes = Vec::new();
    if tolls.rows.iter().any(|row| row.part) {
        notes.push(
            "└ part of the incident above, and counted in its toll where that counts all parts."
                .to_owned(),
        );
    }
    let described = format!("Killed and wounded in {}", counted(tolls.rows.len(), "incident"));
    let size = Point::new(NAMES + FIGURES + WORDS, top + 18.0);
    let svg = Sheet { caption, described, body, size, key, notes }.svg();
    Drawing { svg, table: table(tolls), view: None }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Killed,
    Wounded,
}

impl Kind {
    fn paint(self) -> Paint {
        match self {
            Kind::Killed => Paint::Ink,
            Kind::Wounded => Paint::Kind(SubjectKind::Channel),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Kind::Killed => "killed",
            Kind::Wounded => "wounded",
        }
    }
}

fn drawn_row(row: &Toll, numbers: Numbers, top: f64) -> (Markup, f64) {
    let indent = if row.part { 16.0 } else { 0.0 };
    let room = NAMES - 24.0 - indent;
    let lines = broken(&clean(&row.name), 11.0, room, 2);
    let when = clean(&row.when);
    let text = lines.len() as f64 * 13.0 + if when.is_empty() { 0.0 } else { 12.0 };
    let high = text.max(2.0 * LINE);
    let begin = top + (high - text) / 2.0 + 9.5;
    let left = indent;
    let markup = html! {
        @if row.part { (Words { paint: Paint::Soft, ..Words::new(Point::new(2.0, begin), "└", 11.0) }) }
        @for (at, line) in lines.iter().enumerate() {
            (Words::new(Point::new(left, begin + at as f64 * 13.0), line, 11.0))
        }
        @let beneath = begin + lines.len() as f64 * 13.0 - 1.0;
        (Words { paint: Paint::Soft, ..Words::new(Point::new(left, beneath), &when, 9.5) })
        @for (kind, held, at) in [(Kind::Killed, &row.killed, 0.0), (Kind::Wounded, &row.wounded, 1.0)] {
            @let y = top + (high - 2.0 * LINE) / 2.0 + LINE * (at + 0.5);
            g {
                title { (clean(&row.name)) ": " (kind.name()) " " (held.words()) " (" (basis(held)) ")" }
                (drawn_held(kind, held, numbers, y))
            }
        }
    };
    (markup, high)
}

fn basis(held: &Held) -> String {
    if held.basis.is_empty() { "nothing is said".to_owned() } else { clean(&held.basis) }
}

fn drawn_held(kind: Kind, held: &Held, numbers: Numbers, y: f64) -> Markup {
    let x = |number: u32| NAMES + FIGURES * numbers.part(number);
    let paint = kind.paint();
    let Some(figure) = held.figure else {
        let words = match held.standing {
            Some(_) => format!("{}: found that it cannot be known", kind.name()),
            None => format!("{}: not known", kind.name()),
        };
        return html! {
            (Words { paint: Paint::Soft, ..Words::new(Point::new(NAMES + 9.0, y + 3.3), &words, 9.5) })
        };
    };
    let (least, most) = (x(figure.least), figure.most.map_or(x(figure.least), x));
    let standing = held.standing.unwrap_or(Standing::Proposed);
    let dashes = standing.dashes();
    let words = words::figure(&figure);
    html! {
        path d={ "M" (N(x(0))) " " (N(y)) "H" (N(least)) } fill="none" stroke-width=(N(standing.weight()))
            stroke-dasharray=[dashes] class=(paint.stroke()) stroke=(paint.hex()) {}
        @if most > least { (uncertain(least, most, y, paint)) }
        (head(kind, least, y, standing))
        @if figure.most.is_none() { (open_end(least, y, paint)) }
        (Words { halo: true, ..Words::new(Point::new(most + if figure.most.is_none() { 24.0 } else { 9.0 }, y + 3.5), &words, 10.0) })
    }
}

/// The end of a figure: round for the killed, square for the wounded, in the form of its standing;
/// with two strokes where it is contested.
fn head(kind: Kind, x: f64, y: f64, standing: Standing) -> Markup {
    let paint = kind.paint();
    let inner = if standing.is_full() { paint } else { Paint::Ground };
    html! {
        g class={ (inner.fill()) " " (paint.stroke()) } fill=(inner.hex()) stroke=(paint.hex())
            stroke-width="1.5" stroke-dasharray=[standing.edge()] {
            @match kind {
                Kind::Killed => { circle cx=(N(x)) cy=(N(y)) r="3.8" {} }
                Kind::Wounded => {
                    rect x=(N(x - 3.4)) y=(N(y - 3.4)) width="6.8" height="6.8" {}
                }
            }
        }
        @if standing == Standing::Contested {
            path d={ "M" (N(x - 7.5)) " " (N(y - 5.5)) "l2.6 11M" (N(x + 7.5)) " " (N(y - 5.5)) "l-2.6 11" }
                fill="none" stroke-width="1.5" class=(Paint::Mark.stroke()) stroke=(Paint::Mark.hex()) {}
        }
    }
}

fn uncertain(from: f64, to: f64, y: f64, paint: Paint) -> Markup {
    html! {
        rect x=(N(from)) y=(N(y - 2.6)) width=(N(to - from)) height="5.2"
            class={ (Paint::Ground.fill()) " " (paint.stroke()) } fill=(Paint::Ground.hex())
            stroke=(paint.hex()) stroke-width="1.2" {}
    }
}

fn open_end(x: f64, y: f64, paint: Paint) -> Markup {
    html! {
        path d={ "M" (N(x)) " " (N(y)) "h17m-4.5-3.4l4.5 3.4l-4.5 3.4" } fill="none" stroke-width="1.4"
            class=(paint.stroke()) stroke=(paint.hex()) {}
    }
}

fn sample(kind: Kind, standing: Option<Standing>) -> Markup {
    let standing = standing.unwrap_or(Standing::Found);
    html! {
        path d="M-13 0H9" fill="none" stroke-width=(N(standing.weight()))
            stroke-dasharray=[standing.dashes()] class=(kind.paint().stroke())
            stroke=(kind.paint().hex()) {}
        (head(kind, 9.0, 0.0, standing))
    }
}

fn table(tolls: &Tolls) -> Table {
    let mut table = Table::new(&[
        "id",
        "incident",
        "part",
        "date",
        "killed",
        "killed rests on",
        "wounded",
        "wounded rests on",
    ]);
    for row in &tolls.rows {
        let part = if row.part { "part of the incident above" } else { "" };
        table.rows.push(vec![
            clean(&row.id),
            clean(&row.name),
            part.to_owned(),
            clean(&row.when),
            row.killed.words(),
            basis(&row.killed),
            row.wounded.words(),
            basis(&row.wounded),
        ]);
    }
    table.without_empty_columns()
}

//! The figures reported of one incident, by the day on which they were published, and the one in
//! force on each day.

use maud::{Markup, html};
use throughline_model::{Day, Figure, SubjectKind};
use throughline_tell::words;

use super::{Numbers, digits};
use crate::geometry::{Area, Point};
use crate::label::{clean, counted, cut, width};
use crate::paint::Paint;
use crate::sheet::{Anchor, N, Sheet, Words};
use crate::timeline::scale::Scale;
use crate::timeline::{WIDE, axis};
use crate::{Caption, Drawing, Standing, Table};

/// The height of the room for figures, and of that beneath it for what is not known.
const HIGH: f64 = 165.0;
const UNKNOWN: f64 = 26.0;

/// Room above the figures.
const HEADING: f64 = 30.0;

/// The least room on the left for numbers.
const LEFT: f64 = 44.0;

/// What was reported of one incident.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// Killed, wounded: one under the other, over one line of days.
    pub strands: Vec<Strand>,
}

/// One toll.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strand {
    /// What is counted: "killed".
    pub what: String,
    /// What was reported, in any order.
    pub reports: Vec<Report>,
    /// What was in force from which day on, in order.
    pub steps: Vec<Step>,
}

/// One figure in one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// When it was published: the last day that it could be; `None` if that is not known.
    pub published: Option<Day>,
    /// The date in words.
    pub when: String,
    /// The figure; `None` where it is said not to be known.
    pub figure: Option<Figure>,
    /// Who says so.
    pub said_by: String,
    /// What people made of it: reported, not reviewed, denied.
    pub standing: Standing,
    /// Further words on it: "hedged", "taken back on 1901-09-25".
    pub beside: String,
}

/// The figure in force from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// From when on.
    pub from: Day,
    /// The figure; `None` where nothing is held, or where a finding holds that it cannot be known.
    pub figure: Option<Figure>,
    /// What people made of it; `None` where nothing is held.
    pub standing: Option<Standing>,
    /// What it rests on.
    pub basis: String,
}

/// Draws what was reported of one incident over time.
pub fn course(course: &Course, caption: &Caption) -> Drawing {
    let reports = || course.strands.iter().flat_map(|strand| &strand.reports);
    let steps = course.strands.iter().flat_map(|strand| strand.steps.iter().map(|step| step.from));
    let days = reports().filter_map(|report| report.published).chain(steps);
    let table = table(course);
    let undated = reports().filter(|report| report.published.is_none()).count();
    let mut notes = Vec::new();
    if undated > 0 {
        notes.push(format!(
            "{} in documents without a date: in the table alone.",
            counted(undated, "report")
        ));
    }
    let described = course
        .strands
        .iter()
        .map(|strand| {
            format!("{}: {}", clean(&strand.what), counted(strand.reports.len(), "report"))
        })
        .collect::<Vec<_>>()
        .join("; ");
    let widest = course.strands.iter().flat_map(|strand| numbers(strand).ticks());
    let widest = widest.map(|tick| width(&digits(tick), 10.0) + 9.0).fold(LEFT, f64::max);
    let wide = WIDE - widest;
    let Some(scale) = Scale::over(days, wide) else {
        notes.insert(0, "No report that has a date gives a figure.".to_owned());
        let size = Point::new(WIDE, 0.0);
        let svg = Sheet { caption, described, body: html! {}, size, key: Vec::new(), notes }.svg();
        return Drawing { svg, table, view: None };
    };
    let each = HEADING + HIGH + UNKNOWN;
    let shown: Vec<&Strand> = course.strands.iter().filter(|strand| is_told(strand)).collect();
    let bottom = each * shown.len() as f64 + 8.0;
    let body = html! {
        g transform={ "translate(" (N(widest)) " 0)" } {
            (axis(&scale, wide, bottom))
            @for (at, strand) in shown.iter().enumerate() {
                (drawn_strand(strand, &scale, wide, at as f64 * each + HEADING))
            }
        }
    };
    let mut standings: Vec<Standing> = reports().map(|report| report.standing).collect();
    standings.sort_unstable();
    standings.dedup();
    for strand in course.strands.iter().filter(|strand| !is_told(strand)) {
        notes.push(format!("{}: no report gives a figure.", clean(&strand.what)));
    }
    let mut key: Vec<(Markup, String)> = standings
        .into_iter()
        .map(|standing| (mark(Point::default(), standing), standing.explained().to_owned()))
        .collect();
    let open = |report: &Report| report.figure.is_some_and(|figure| figure.most.is_none());
    let wide = |report: &Report| {
        report.figure.is_some_and(|figure| figure.most.is_some_and(|most| most != figure.least))
    };
    if reports().any(wide) {
        key.push((range(0.0, 7.0, Some(-7.0), 0.0), "from the least to the most".to_owned()));
    }
    if reports().any(open) {
        key.push((range(0.0, 7.0, None, 0.0), "at least".to_owned()));
    }
    let line = html! {
        path d="M-13 4H0V-4H13" fill="none" stroke-width="1.8" class=(Paint::Ink.stroke())
            stroke=(Paint::Ink.hex()) {}
    };
    key.push((line, "in force, from what was public by then".to_owned()));
    let contested = |step: &Step| step.standing == Some(Standing::Contested);
    if course.strands.iter().flat_map(|strand| &strand.steps).any(contested) {
        let strokes = html! {
            path d="M-13 0H13" fill="none" stroke-width="1.6" stroke-dasharray="7 3"
                class=(Paint::Ink.stroke()) stroke=(Paint::Ink.hex()) {}
            path d="M-4.5-6l3 12M4.5-6l-3 12" fill="none" stroke-width="1.6"
                class=(Paint::Mark.stroke()) stroke=(Paint::Mark.hex()) {}
        };
        key.push((strokes, "contested".to_owned()));
    }
    let size = Point::new(WIDE, bottom + 22.0);
    let svg = Sheet { caption, described, body, size, key, notes }.svg();
    Drawing { svg, table, view: None }
}

/// Whether there is anything to draw of a strand.
fn is_told(strand: &Strand) -> bool {
    !strand.reports.is_empty() || strand.steps.iter().any(|step| step.figure.is_some())
}

/// A scale for all figures of a strand.
fn numbers(strand: &Strand) -> Numbers {
    let reported = strand.reports.iter().filter_map(|report| report.figure.as_ref());
    let held = strand.steps.iter().filter_map(|step| step.figure.as_ref());
    Numbers::over(reported.chain(held))
}

fn drawn_strand(strand: &Strand, scale: &Scale, wide: f64, top: f64) -> Markup {
    let numbers = numbers(strand);
    let y = |number: u32| top + HIGH * (1.0 - numbers.part(number));
    let unknown = top + HIGH + UNKNOWN - 12.0;
    let nothing_known = strand.steps.iter().any(|step| step.figure.is_none())
        || strand.reports.iter().any(|report| report.figure.is_none());
    let what = clean(&strand.what);
    let heading = Words {
        strong: true,
        paint: Paint::Soft,
        ..Words::new(Point::new(wide - WIDE, top - 13.0), &what, 11.5)
    };
    html! {
        (heading)
        @for tick in numbers.ticks() {
            @let at = top + HIGH * (1.0 - tick / numbers.most);
            @let paint = if tick == 0.0 { Paint::Soft } else { Paint::Faint };
            path d={ "M0 " (N(at)) "H" (N(wide)) } fill="none" stroke-width="1"
                class=(paint.stroke()) stroke=(paint.hex()) {}
            (Words {
                paint: Paint::Soft, anchor: Anchor::End,
                ..Words::new(Point::new(-7.0, at + 3.6), &digits(tick), 10.0)
            })
        }
        @if nothing_known {
            (Words {
                paint: Paint::Soft, anchor: Anchor::End,
                ..Words::new(Point::new(-7.0, unknown + 3.6), "not", 9.0)
            })
            (Words { paint: Paint::Soft, ..Words::new(Point::new(-4.5, unknown + 3.6), "known", 9.0) })
        }
        (in_force(strand, scale, wide, &y, unknown))
        @for report in &strand.reports {
            (drawn_report(report, scale, &y, top, unknown))
        }
        (numerals(strand, scale, wide, &y, top))
    }
}

/// The figure in force, as a line in steps; a band from its least to its most.
fn in_force(
    strand: &Strand,
    scale: &Scale,
    end: f64,
    y: &dyn Fn(u32) -> f64,
    unknown: f64,
) -> Markup {
    let ends = strand.steps.iter().skip(1).map(|step| scale.middle(step.from)).chain([end]);
    let spans: Vec<(f64, f64, &Step)> = strand
        .steps
        .iter()
        .zip(ends)
        .map(|(step, to)| (scale.middle(step.from), to, step))
        .collect();
    let height = |step: &Step| step.figure.map_or(unknown, |figure| y(figure.least));
    html! {
        @for (from, to, step) in &spans {
            @if let Some(Figure { least, most: Some(most), .. }) = step.figure && most > least {
                rect x=(N(*from)) y=(N(y(most))) width=(N((to - from).max(0.0)))
                    height=(N(y(least) - y(most))) class=(Paint::Faint.fill())
                    fill=(Paint::Faint.hex()) opacity="0.7" {}
            }
        }
        @for (at, (from, to, step)) in spans.iter().enumerate() {
            // Dashed where no finding stands behind it.
            path d={
                "M" (N(*from)) " "
                @if at > 0 { (N(height(spans[at - 1].2))) "V" }
                (N(height(step))) "H" (N(*to))
            } fill="none" stroke-width=(N(if step.standing == Some(Standing::Found) { 2.2 } else { 1.6 }))
                stroke-dasharray=[step.standing.unwrap_or(Standing::Proposed).dashes()]
                class=(Paint::Ink.stroke()) stroke=(Paint::Ink.hex()) {}
            @if step.standing == Some(Standing::Contested) {
                path d={ "M" (N(from + 16.0)) " " (N(height(step) - 6.0)) "l3 12M" (N(from + 24.0)) " "
                        (N(height(step) - 6.0)) "l-3 12" }
                    fill="none" stroke-width="1.6" class=(Paint::Mark.stroke())
                    stroke=(Paint::Mark.hex()) {}
            }
        }
        @for (from, to, step) in &spans {
            @let held = step.figure.as_ref().map_or("not known".to_owned(), words::figure);
            rect x=(N(*from)) y=(N(step.figure.map_or(unknown, |figure| y(figure.least)) - 5.0))
                width=(N((to - from).max(0.0))) height="10" fill="none" pointer-events="all" {
                title { "From " (step.from) " on: " (held) " (" (clean(&step.basis)) ")" }
            }
        }
    }
}

fn drawn_report(
    report: &Report,
    scale: &Scale,
    y: &dyn Fn(u32) -> f64,
    top: f64,
    unknown: f64,
) -> Markup {
    let Some(day) = report.published else { return html! {} };
    let x = scale.middle(day);
    let at = report.figure.map_or(unknown, |figure| y(figure.least));
    let figure = report.figure.as_ref().map_or("not known".to_owned(), words::figure);
    html! {
        g {
            title { (clean(&report.when)) ": " (figure) "; " (clean(&report.said_by)) "; " (told(report)) }
            @if let Some(figure) = report.figure && figure.most != Some(figure.least) {
                (range(x, at, figure.most.map(y), top - 8.0))
            }
            (mark(Point::new(x, at), report.standing))
        }
    }
}

/// What is said of a report besides its figure.
fn told(report: &Report) -> String {
    match report.beside.is_empty() {
        true => report.standing.name().to_owned(),
        false => format!("{}, {}", report.standing.name(), clean(&report.beside)),
    }
}

/// A bar from the least up to the most, or an arrow where there is no most.
fn range(x: f64, least: f64, most: Option<f64>, top: f64) -> Markup {
    let end = most.unwrap_or((least - 20.0).max(top));
    let paint = Paint::Kind(SubjectKind::Person);
    html! {
        path d={
            "M" (N(x - 4.5)) " " (N(least)) "h9M" (N(x)) " " (N(least)) "V" (N(end))
            @if most.is_some() { "M" (N(x - 4.5)) " " (N(end)) "h9" }
            @else { "m-3.6 5l3.6-5l3.6 5" }
        } fill="none" stroke-width="1.5" class=(paint.stroke()) stroke=(paint.hex()) {}
    }
}

/// The point of a report in the form of its standing, crossed where it is denied.
fn mark(at: Point, standing: Standing) -> Markup {
    let paint = Paint::Kind(SubjectKind::Person);
    let inner = if standing.is_full() { paint } else { Paint::Ground };
    html! {
        circle cx=(N(at.x)) cy=(N(at.y)) r="4" class={ (inner.fill()) " " (paint.stroke()) }
            fill=(inner.hex()) stroke=(paint.hex()) stroke-width="1.5"
            stroke-dasharray=[standing.edge()] {}
        @if standing == Standing::Denied {
            path d={ "M" (N(at.x - 4.5)) " " (N(at.y - 4.5)) "l9 9m0-9l-9 9" } fill="none"
                stroke-width="1.5" class=(Paint::Mark.stroke()) stroke=(Paint::Mark.hex()) {}
        }
    }
}

/// Each figure in digits beside its point, and who says so where there is room.
fn numerals(
    strand: &Strand,
    scale: &Scale,
    right: f64,
    y: &dyn Fn(u32) -> f64,
    top: f64,
) -> Markup {
    const LETTERS: f64 = 10.0;
    let mut taken: Vec<Area> = strand
        .reports
        .iter()
        .filter_map(|report| Some((scale.middle(report.published?), y(report.figure?.least))))
        .map(|(x, y)| Area { left: x, right: x, top: y, bottom: y }.grown(6.0))
        .collect();
    let mut written: Vec<(Point, String)> = Vec::new();
    // Who says so goes with a figure as long as all can be read.
    for report in &strand.reports {
        let (Some(day), Some(figure)) = (report.published, report.figure) else { continue };
        let (x, at) = (scale.middle(day), y(figure.least));
        let number = words::figure(&figure);
        let named = cut(&format!("{number} · {}", clean(&report.said_by)), LETTERS, 210.0);
        let place = [named, number].into_iter().find_map(|text| {
            let wide = width(&text, LETTERS);
            let corners = [
                (9.0, 10.0),
                (9.0, -9.0),
                (-9.0 - wide, -9.0),
                (-9.0 - wide, 10.0),
                (9.0, -21.0),
                (9.0, 22.0),
            ];
            corners.into_iter().find_map(|(across, down)| {
                let left = x + across;
                let area = Area {
                    left,
                    right: left + wide,
                    top: at + down - 6.0,
                    bottom: at + down + 6.0,
                };
                let inside = area.left >= 0.0
                    && area.right <= right + 4.0
                    && area.top >= top - 10.0
                    && area.bottom <= top + HIGH;
                let free = inside && !taken.iter().any(|other| other.overlaps(area));
                free.then(|| (area, text.clone()))
            })
        });
        if let Some((area, text)) = place {
            taken.push(area);
            written.push((Point::new(area.left, area.bottom - 2.6), text));
        }
    }
    html! {
        @for (at, text) in &written {
            (Words { halo: true, ..Words::new(*at, text, LETTERS) })
        }
    }
}

fn table(course: &Course) -> Table {
    let mut table =
        Table::new(&["toll", "from or published", "figure", "what", "standing", "said by"]);
    for strand in &course.strands {
        let what = clean(&strand.what);
        for report in &strand.reports {
            let figure = report.figure.as_ref().map_or("not known".to_owned(), words::figure);
            table.rows.push(vec![
                what.clone(),
                clean(&report.when),
                figure,
                "reported".to_owned(),
                told(report),
                clean(&report.said_by),
            ]);
        }
        for step in &strand.steps {
            let figure = step.figure.as_ref().map_or("not known".to_owned(), words::figure);
            table.rows.push(vec![
                what.clone(),
                step.from.to_string(),
                figure,
                "in force".to_owned(),
                clean(&step.basis),
                String::new(),
            ]);
        }
    }
    table
}

//! When things happened, were claimed, published and corrected, as a picture.
//!
//! Input: a [`Timeline`] of lanes. Output: lanes under one another over one line of days. A date that
//! is only partly known is a bar over all days that it could be; a lane with more than its rows can
//! name is a row of counts.

mod rows;
pub(crate) mod scale;

use maud::{Markup, html};
use throughline_model::{Day, SubjectKind};

use crate::geometry::Point;
use crate::label::{broken, clean, counted, cut, width};
use crate::paint::Paint;
use crate::sheet::{Anchor, N, Sheet, Words};
use crate::{Caption, Drawing, Standing, Table};
use rows::{Bin, Mark, Row};
use scale::Scale;

/// How wide the line of days is.
pub(crate) const WIDE: f64 = 940.0;

/// The height of a row of marks, of a row of counts, of a lane's heading.
const ROW: f64 = 19.0;
const COUNTS: f64 = 58.0;
const HEADING: f64 = 24.0;

/// The letters of marks.
const LETTERS: f64 = 10.5;

/// What stands between the two sides of a name.
pub(crate) const SIDES: &str = " – ";

/// Lanes over one line of days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// The lanes, from the top.
    pub lanes: Vec<Lane>,
}

/// Events of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// What they are.
    pub kind: EventKind,
    /// What stands over them instead of what they are.
    pub name: Option<String>,
    /// The events, in any order.
    pub events: Vec<Event>,
}

impl Lane {
    /// All events of a kind.
    pub fn of(kind: EventKind, events: Vec<Event>) -> Lane {
        Lane { kind, name: None, events }
    }

    /// What stands over them.
    fn heading(&self) -> &str {
        self.name.as_deref().unwrap_or(self.kind.heading())
    }
}

/// A kind of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// An incident happened.
    Incident,
    /// A claim was made.
    Claim,
    /// A document was published.
    Publication,
    /// What had been said was taken back, replaced or cleared up.
    Correction,
    /// Two incidents could first be seen to hang together.
    Connection,
    /// Two incidents seemed to hang together by what is not held.
    FalseLead,
}

/// Something that happened on a day, or on one of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What it is called.
    pub name: String,
    /// The first day that it could be; [`Day::MIN`] if that is open; `None` without any date.
    pub first: Option<Day>,
    /// The last day that it could be; [`Day::MAX`] if that is open.
    pub last: Option<Day>,
    /// The date in words.
    pub when: String,
    /// What people made of the date; `None` where there is nothing to judge.
    pub standing: Option<Standing>,
    /// Who says so, or what else belongs to it.
    pub said_by: String,
    /// Its id, for the table; empty where none may be given.
    pub id: String,
    /// The day on which it was gone again: of a false lead, when what it rested on was taken back, or
    /// the two hung together by what is held.
    pub until: Option<Day>,
}

impl EventKind {
    /// The heading of a lane of such events.
    fn heading(self) -> &'static str {
        match self {
            EventKind::Incident => "Incidents, by the day on which they happened",
            EventKind::Claim => {
                "Claims of responsibility and denials, by the day on which they were made"
            }
            EventKind::Publication => "Published",
            EventKind::Correction => "Taken back, corrected, cleared or released",
            EventKind::Connection => {
                "Connections, by the day on which they could first be seen in what was published"
            }
            EventKind::FalseLead => "False leads: visible then, and not held",
        }
    }

    /// The kind in a table.
    fn name(self) -> &'static str {
        match self {
            EventKind::Incident => "incident",
            EventKind::Claim => "claim",
            EventKind::Publication => "publication",
            EventKind::Correction => "correction",
            EventKind::Connection => "connection",
            EventKind::FalseLead => "false lead",
        }
    }

    fn paint(self) -> Paint {
        match self {
            EventKind::Incident => Paint::Kind(SubjectKind::Incident),
            EventKind::Claim => Paint::Kind(SubjectKind::Claim),
            EventKind::Publication => Paint::Kind(SubjectKind::Channel),
            EventKind::Connection => Paint::Kind(SubjectKind::Set),
            EventKind::Correction | EventKind::FalseLead => Paint::Mark,
        }
    }
}

impl Event {
    /// The days between which it lies; `None` if neither end is known.
    fn days(&self) -> Option<(Day, Day)> {
        let (first, last) = (self.first?, self.last.or(self.first)?);
        (first.civil().is_some() || last.civil().is_some()).then_some((first, last))
    }
}

/// Draws a timeline.
pub fn timeline(timeline: &Timeline, caption: &Caption) -> Drawing {
    let lanes: Vec<Lane> = timeline.lanes.iter().map(cleaned).collect();
    let all = || lanes.iter().flat_map(|lane| &lane.events);
    let days = all().filter_map(Event::days).flat_map(|(first, last)| [first, last]);
    let table = table(&lanes);
    let undated = all().filter(|event| event.days().is_none()).count();
    let mut notes = Vec::new();
    if undated > 0 {
        notes.push(format!("{} without a date: in the table alone.", counted(undated, "event")));
    }
    let described = lanes
        .iter()
        .map(|lane| format!("{}: {}", lane.heading(), counted(lane.events.len(), "event")))
        .collect::<Vec<_>>()
        .join("; ");
    let Some(scale) = Scale::over(days, WIDE) else {
        notes.insert(0, "Nothing here has a date.".to_owned());
        let size = Point::new(WIDE, 0.0);
        let svg = Sheet { caption, described, body: html! {}, size, key: Vec::new(), notes }.svg();
        return Drawing { svg, table, view: None };
    };
    let mut top = 0.0;
    let mut drawn: Vec<Markup> = Vec::new();
    let (mut bars, mut counts, mut standings) = (false, false, Vec::new());
    for lane in lanes.iter().filter(|lane| !lane.events.is_empty()) {
        let heading = Words {
            paint: Paint::Soft,
            strong: true,
            ..Words::new(Point::new(0.0, top + 13.0), lane.heading(), 11.0)
        };
        drawn.push(html! { (heading) });
        top += HEADING;
        match rows::rows(lane.kind, &lane.events, &scale) {
            Row::Marks(marks, rows) => {
                bars |= marks.iter().any(|mark| mark.first < mark.last);
                standings.extend(marks.iter().filter_map(|mark| mark.event.standing));
                drawn.extend(marks.iter().map(|mark| drawn_mark(mark, lane.kind, top)));
                top += rows as f64 * ROW;
            }
            Row::Counts(bins) => {
                counts = true;
                drawn.push(drawn_bins(&bins, lane.kind, top));
                top += COUNTS;
            }
        }
        top += 10.0;
    }
    let body = html! {
        (axis(&scale, WIDE, top))
        @for one in &drawn { (one) }
    };
    standings.sort_unstable();
    standings.dedup();
    let mut key: Vec<(Markup, String)> = standings
        .into_iter()
        .map(|standing| {
            (
                point(Point::default(), EventKind::Incident, Some(standing), Paint::Soft),
                standing.explained().to_owned(),
            )
        })
        .collect();
    if bars {
        key.push((bar(-12.0, 12.0, 0.0, None, Paint::Soft), "on some day between".to_owned()));
    }
    if counts {
        notes.push("Numbers on columns count what lies within; the table lists each.".to_owned());
    }
    let size = Point::new(WIDE, top + 22.0);
    let svg = Sheet { caption, described, body, size, key, notes }.svg();
    Drawing { svg, table, view: None }
}

fn cleaned(lane: &Lane) -> Lane {
    let event = |event: &Event| Event {
        name: clean(&event.name),
        when: clean(&event.when),
        said_by: clean(&event.said_by),
        id: clean(&event.id),
        ..event.clone()
    };
    let mut events: Vec<Event> = lane.events.iter().map(event).collect();
    events.sort_by_key(|event| event.days().unwrap_or((Day::MAX, Day::MAX)));
    Lane { kind: lane.kind, name: lane.name.as_deref().map(clean), events }
}

/// The line of days beneath the lanes, with its ticks through them.
pub(crate) fn axis(scale: &Scale, wide: f64, bottom: f64) -> Markup {
    let ticks = scale.ticks();
    html! {
        @for tick in &ticks {
            path d={ "M" (N(tick.x)) " 0V" (N(bottom + 4.0)) } fill="none" stroke-width="1"
                class=(Paint::Faint.stroke()) stroke=(Paint::Faint.hex()) {}
            (Words {
                paint: Paint::Soft,
                anchor: Anchor::Middle,
                // Words at the edge do not reach far over it.
                ..Words::new(Point::new(tick.x.clamp(14.0, wide - 14.0), bottom + 17.0), &tick.words, 10.5)
            })
        }
        path d={ "M0 " (N(bottom)) "H" (N(wide)) } fill="none" stroke-width="1.2"
            class=(Paint::Soft.stroke()) stroke=(Paint::Soft.hex()) {}
    }
}

fn drawn_mark(mark: &Mark, kind: EventKind, top: f64) -> Markup {
    let y = top + mark.row as f64 * ROW + ROW / 2.0;
    let event = mark.event;
    let mut title = format!("{}: {}", event.when, event.name);
    if !event.said_by.is_empty() {
        title.push_str(&format!(" ({})", event.said_by));
    }
    let words = Words {
        anchor: if mark.before { Anchor::End } else { Anchor::Start },
        halo: true,
        ..Words::new(Point::new(mark.words_at, y + 3.6), &mark.words, LETTERS)
    };
    // A connection has two ends.
    let of = event.id.replace(SIDES, " ");
    html! {
        g data-of=[Some(of).filter(|of| !of.is_empty())] data-day=[plain(event.first)]
            data-until=[plain(event.until)] {
            title { (title) }
            @if mark.first < mark.last {
                (bar(mark.first, mark.last, y, event.standing, kind.paint()))
                @if event.first == Some(Day::MIN) { (open_end(mark.first, y, -1.0, kind.paint())) }
                @if event.last == Some(Day::MAX) { (open_end(mark.last, y, 1.0, kind.paint())) }
            } @else {
                (point(Point::new(mark.first, y), kind, event.standing, kind.paint()))
            }
            (words)
        }
    }
}

/// A day for programs; nothing of one that is not known.
fn plain(day: Option<Day>) -> Option<String> {
    day.filter(|day| day.civil().is_some()).map(|day| day.to_string())
}

/// A mark on one day, in the form of its standing; full where there is nothing to judge.
fn point(at: Point, kind: EventKind, standing: Option<Standing>, paint: Paint) -> Markup {
    let inner = if standing.is_none_or(Standing::is_full) { paint } else { Paint::Ground };
    let class = format!("{} {}", inner.fill(), paint.stroke());
    let dashes = standing.and_then(Standing::edge);
    let shape = match kind {
        EventKind::Incident => html! { rect x="-4.5" y="-4.5" width="9" height="9" rx="1" {} },
        EventKind::Claim => html! { path d="M-5-4.5h10v6.5h-5l-3 3v-3h-2z" {} },
        EventKind::Publication => html! { circle r="3.6" {} },
        EventKind::Correction => html! { path d="M0-5.5l5.5 5.5-5.5 5.5-5.5-5.5z" {} },
        // Two ends and what is between; and the same, broken.
        EventKind::Connection => {
            html! { path d="M-6-3h3.6v2h4.8v-2h3.6v6h-3.6v-2h-4.8v2h-3.6z" {} }
        }
        EventKind::FalseLead => {
            html! { path d="M-6-3h3.6v2h1.6l-1 2h-.6v2h-3.6zM6-3h-3.6v2h-.6l-1 2h1.6v2h3.6z" {} }
        }
    };
    html! {
        g transform={ "translate(" (N(at.x)) " " (N(at.y)) ")" } class=(class) fill=(inner.hex())
            stroke=(paint.hex()) stroke-width="1.6" stroke-dasharray=[dashes] { (shape) }
        @if standing == Some(Standing::Contested) {
            (against(at.x - 8.5, at.x + 8.5, at.y))
        }
        @if standing == Some(Standing::Denied) {
            path d={ "M" (N(at.x - 6.5)) " " (N(at.y - 6.5)) "l13 13m0-13l-13 13" } fill="none"
                stroke-width="1.5" class=(Paint::Mark.stroke()) stroke=(Paint::Mark.hex()) {}
        }
    }
}

/// Two strokes against each other, at both ends of what is contested.
fn against(first: f64, last: f64, y: f64) -> Markup {
    html! {
        path d={ "M" (N(first)) " " (N(y - 6.0)) "l3 12M" (N(last)) " " (N(y - 6.0)) "l-3 12" }
            fill="none" stroke-width="1.5" class=(Paint::Mark.stroke()) stroke=(Paint::Mark.hex()) {}
    }
}

/// A bar over the days on one of which something happened, in the form of its standing.
fn bar(first: f64, last: f64, y: f64, standing: Option<Standing>, paint: Paint) -> Markup {
    let inner = if standing.is_none_or(Standing::is_full) { paint } else { Paint::Ground };
    html! {
        rect x=(N(first)) y=(N(y - 3.2)) width=(N((last - first).max(2.0))) height="6.4" rx="1"
            class={ (inner.fill()) " " (paint.stroke()) } fill=(inner.hex())
            stroke=(paint.hex()) stroke-width="1.4"
            stroke-dasharray=[standing.and_then(Standing::edge)] {}
        @if standing == Some(Standing::Contested) { (against(first - 4.5, last + 4.5, y)) }
    }
}

/// The end of a bar that goes on, nobody knows how far.
fn open_end(x: f64, y: f64, way: f64, paint: Paint) -> Markup {
    html! {
        path d={ "M" (N(x)) " " (N(y - 4.5)) "l" (N(way * 6.0)) " 4.5l" (N(way * -6.0)) " 4.5z" }
            class=(paint.fill()) fill=(paint.hex()) {}
    }
}

fn drawn_bins(bins: &[Bin], kind: EventKind, top: f64) -> Markup {
    let most = bins.iter().map(|bin| bin.count).max().unwrap_or(1).max(1) as f64;
    let ground = top + COUNTS - 4.0;
    html! {
        @for bin in bins.iter().filter(|bin| bin.count > 0) {
            @let high = (bin.count as f64 / most * (COUNTS - 20.0)).max(2.0);
            g {
                title { (bin.title) }
                rect x=(N(bin.left + 1.0)) y=(N(ground - high)) width=(N((bin.right - bin.left - 2.0).max(1.0)))
                    height=(N(high)) class=(kind.paint().fill()) fill=(kind.paint().hex()) {}
                (Words {
                    anchor: Anchor::Middle, halo: true,
                    ..Words::new(
                        Point::new((bin.left + bin.right) / 2.0, ground - high - 3.0),
                        &bin.count.to_string(), 9.5)
                })
            }
        }
    }
}

/// A label in one line; of a name of two sides, as a connection has, both are shortened.
fn short(name: &str, room: f64) -> String {
    if width(name, LETTERS) > room
        && let Some((one, other)) = name.split_once(SIDES)
    {
        let left = room - width(SIDES, LETTERS);
        let half = left / 2.0;
        let spare = |side: &str| (half - width(side, LETTERS)).max(0.0);
        let (a, b) = (half + spare(other), half + spare(one));
        return format!("{}{SIDES}{}", cut(one, LETTERS, a), cut(other, LETTERS, b));
    }
    let line = broken(name, LETTERS, room, 1).pop().unwrap_or_default();
    cut(&line, LETTERS, room)
}

fn table(lanes: &[Lane]) -> Table {
    let mut table = Table::new(&["id", "kind", "date", "until", "what", "standing", "said by"]);
    for lane in lanes {
        for event in &lane.events {
            table.rows.push(vec![
                event.id.clone(),
                lane.kind.name().to_owned(),
                event.when.clone(),
                plain(event.until).unwrap_or_default(),
                event.name.clone(),
                event.standing.map_or("", Standing::name).to_owned(),
                event.said_by.clone(),
            ]);
        }
    }
    table.without_empty_columns()
}

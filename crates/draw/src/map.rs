//! Where things happened, as a picture.
//!
//! Input: a [`Map`]. Output: outlines of countries in an equirectangular projection that is true to
//! scale in the middle of what is shown, with a mark wherever something lies. What lies at one place,
//! or too near to be drawn apart, goes together, counted by what people made of it. What is known to be
//! somewhere in a country or a region only is no point: it stands in a box of its own.

mod ground;
mod marks;
mod projection;

use std::collections::BTreeSet;

use maud::{Markup, html};
use throughline_model::SubjectKind;
use throughline_places::{ATTRIBUTION, Precision, outlines};

use crate::geometry::{Area, Point};
use crate::label::{broken, clean, counted, width};
use crate::paint::Paint;
use crate::sheet::{Anchor, N, Sheet, Words};
use crate::symbol::symbol;
use crate::{Caption, Drawing, Standing, Table};
use marks::{Mark, signed};
use projection::Projection;

pub use projection::View;

/// How wide a map is.
const WIDE: f64 = 940.0;

/// The letters of labels, and of what stands beneath them.
const NAME: f64 = 10.5;
const BENEATH: f64 = 9.5;

/// What a map shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    /// What lies somewhere, in the order in which tables list it.
    pub things: Vec<Located>,
    /// The stretch of the globe that is shown; `None` for all that lies anywhere.
    pub view: Option<View>,
}

/// One thing and one of its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// What kind of thing.
    pub kind: SubjectKind,
    /// What it is called.
    pub name: String,
    /// When it happened; of a person, the present status.
    pub beneath: String,
    /// Its id, for the table; empty where none may be given.
    pub id: String,
    /// What the place is of the thing: "place", "travelled to"; empty without a place.
    pub relation: String,
    /// What the place is called in the casebook.
    pub place: String,
    /// The id of the place.
    pub place_id: String,
    /// Where the place lies; `None` where nobody knows.
    pub lies: Option<Lies>,
    /// What people made of its being there.
    pub standing: Standing,
    /// What that rests on, in words.
    pub basis: String,
    /// Who says so.
    pub said_by: String,
    /// When that was published, in words.
    pub published: String,
}

/// Where a place lies, as a gazetteer has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lies {
    /// What the gazetteer calls it, with what it lies in.
    pub name: String,
    /// The code of its country, or nothing.
    pub country: String,
    /// Its point, in thousandths of a degree.
    pub point: throughline_places::Point,
    /// How closely the point says where it is.
    pub precision: Precision,
    /// How far it reaches, in kilometres.
    pub radius_km: u32,
    /// How sure it is that this is the place, in percent.
    pub percent: u8,
}

/// Draws a map.
pub fn map(map: &Map, caption: &Caption) -> Drawing {
    let things: Vec<Located> = map.things.iter().map(cleaned).collect();
    let table = table(&things);
    let lying = things.iter().filter(|thing| thing.lies.is_some()).count();
    let described = format!(
        "{} on a map, of {}",
        counted(lying, "place"),
        counted(things.len(), "row of the table").replace("table s", "tables")
    );
    let mut notes = Vec::new();
    let lost = things.len() - lying;
    if lost > 0 {
        notes.push(format!(
            "{lost} of {} without a place that is known to lie anywhere: in the table alone.",
            things.len()
        ));
    }
    let all = || things.iter().filter_map(|thing| thing.lies.as_ref());
    let Some(projection) = map.view.map(Projection::of).or_else(|| Projection::over(all())) else {
        notes.insert(0, "Nothing here is known to lie anywhere.".to_owned());
        let size = Point::new(WIDE, 0.0);
        let svg = Sheet { caption, described, body: html! {}, size, key: Vec::new(), notes }.svg();
        return Drawing { svg, table, view: None };
    };
    let frame = projection.frame();
    let inside: Vec<&Located> = things.iter().filter(|thing| projection.shows(thing)).collect();
    if map.view.is_some() {
        notes.push(format!("Shown is {}.", projection.view()));
        let outside = lying - inside.len();
        notes.extend((outside > 0).then(|| format!("{outside} of {lying} lie outside of that.")));
    }
    let marks = marks::marks(&inside, &projection);
    let mut taken: Vec<Area> = marks.iter().map(|mark| mark.area).collect();
    taken.push(ground::scale_area(frame));
    let mut labels: Vec<Markup> = Vec::new();
    let mut unnamed = 0;
    for mark in &marks {
        match label(mark, &taken, frame) {
            Some((area, words)) => {
                taken.push(area);
                labels.push(words);
            }
            None => unnamed += 1,
        }
    }
    let body = html! {
        (ground::water(frame))
        (ground::land(&projection))
        @for mark in &marks { (mark.extent(&projection)) }
        (ground::names(&projection, &taken))
        @for mark in &marks { (mark.drawn(&inside)) }
        @for label in &labels { (label) }
        (ground::scale(&projection))
        (ground::edge(frame))
    };
    match unnamed {
        0 => {}
        1 => notes.push("1 mark has no room for its name: it stands in the table.".to_owned()),
        many => notes
            .push(format!("{many} marks have no room for their names: they stand in the table.")),
    }
    notes.push(format!(
        "Where a name lies is proposed by the program: with a question mark where it is less sure than {} %; see \
         the table.",
        marks::SURE
    ));
    notes.push(format!("{ATTRIBUTION}. {}.", outlines::ORIGIN));
    let key = key(&marks, &inside);
    let svg = Sheet { caption, described, body, size: projection.size(), key, notes }.svg();
    Drawing { svg, table, view: Some(projection.view()) }
}

fn cleaned(thing: &Located) -> Located {
    let lies = thing.lies.as_ref().map(|lies| Lies {
        name: clean(&lies.name),
        country: clean(&lies.country),
        // What no map has lies at its edge.
        point: throughline_places::Point {
            lat: lies.point.lat.clamp(-90_000, 90_000),
            lon: lies.point.lon.clamp(-180_000, 180_000),
        },
        ..lies.clone()
    });
    Located {
        kind: thing.kind,
        standing: thing.standing,
        lies,
        name: clean(&thing.name),
        beneath: clean(&thing.beneath),
        id: clean(&thing.id),
        relation: clean(&thing.relation),
        place: clean(&thing.place),
        place_id: clean(&thing.place_id),
        basis: clean(&thing.basis),
        said_by: clean(&thing.said_by),
        published: clean(&thing.published),
    }
}

/// A label beside a mark where nothing else stands, with the room that it takes; a narrower one where
/// there is no room for a wide one.
fn label(mark: &Mark, taken: &[Area], frame: Area) -> Option<(Area, Markup)> {
    [(150.0, 2), (95.0, 3)].into_iter().find_map(|room| label_in(mark, taken, frame, room))
}

fn label_in(
    mark: &Mark,
    taken: &[Area],
    frame: Area,
    (room, lines): (f64, usize),
) -> Option<(Area, Markup)> {
    let lines = broken(&mark.name, NAME, room, lines);
    let beneath = broken(&mark.beneath, BENEATH, room, 1);
    let wide = lines.iter().map(|line| width(line, NAME));
    let wide = wide.chain(beneath.iter().map(|line| width(line, BENEATH))).fold(0.0, f64::max);
    let high = lines.len() as f64 * NAME * 1.15 + beneath.len() as f64 * BENEATH * 1.2;
    let middle = (mark.area.top + mark.area.bottom) / 2.0;
    let centre = (mark.area.left + mark.area.right) / 2.0;
    let places = [
        (mark.area.right + 3.0, middle - high / 2.0, Anchor::Start),
        (mark.area.left - 3.0 - wide, middle - high / 2.0, Anchor::End),
        (centre - wide / 2.0, mark.area.bottom + 1.0, Anchor::Middle),
        (centre - wide / 2.0, mark.area.top - high - 2.0, Anchor::Middle),
        (mark.area.right, mark.area.bottom, Anchor::Start),
        (mark.area.right, mark.area.top - high, Anchor::Start),
        (mark.area.left - wide, mark.area.bottom, Anchor::End),
        (mark.area.left - wide, mark.area.top - high, Anchor::End),
    ];
    let area = |left: f64, top: f64| Area { left, top, right: left + wide, bottom: top + high };
    let (left, top, anchor) = places.into_iter().find(|(left, top, _)| {
        let own = area(*left, *top);
        let within = own.left >= frame.left + 2.0
            && own.right <= frame.right - 2.0
            && own.top >= frame.top + 2.0
            && own.bottom <= frame.bottom - 2.0;
        within && !taken.iter().any(|other| other.overlaps(own))
    })?;
    let x = match anchor {
        Anchor::Start => left,
        Anchor::Middle => left + wide / 2.0,
        Anchor::End => left + wide,
    };
    let mut y = top;
    let mut words: Vec<Markup> = Vec::new();
    let all = lines.iter().map(|line| (line, NAME, 1.15, Paint::Ink));
    for (line, size, high, paint) in
        all.chain(beneath.iter().map(|line| (line, BENEATH, 1.2, Paint::Soft)))
    {
        y += size * high;
        let at = Point::new(x, y - size * 0.24);
        let of = Words { paint, anchor, halo: true, ..Words::new(at, line, size) };
        words.push(html! { (of) });
    }
    let drawn = html! { g data-of=[mark.ids()] { @for one in &words { (one) } } };
    Some((area(left, top), drawn))
}

/// What the forms of the marks mean.
fn key(marks: &[Mark], things: &[&Located]) -> Vec<(Markup, String)> {
    let mut kinds: Vec<SubjectKind> = things.iter().map(|thing| thing.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut key: Vec<(Markup, String)> = kinds
        .into_iter()
        .map(|kind| (symbol(kind, Point::default(), Standing::Found), kind.name().to_owned()))
        .collect();
    let standings: BTreeSet<Standing> = things.iter().map(|thing| thing.standing).collect();
    key.extend(standings.into_iter().map(|standing| {
        let sign = signed(SubjectKind::Incident, Point::default(), standing);
        (sign, standing.explained().to_owned())
    }));
    if marks.iter().any(|mark| mark.is_group()) {
        let plate = marks::plate(Area { left: -9.0, top: -8.0, right: 9.0, bottom: 5.0 });
        let count = Words { anchor: Anchor::Middle, ..Words::new(Point::new(0.0, 2.5), "5", NAME) };
        let sign = html! { (plate) (count) };
        key.push((sign, "so many here, or too near to be drawn apart".to_owned()));
    }
    if marks.iter().any(|mark| mark.is_wide()) {
        let area = Area { left: -11.0, top: -7.0, right: 11.0, bottom: 7.0 };
        key.push((marks::vague(area), "somewhere within: the box is no place".to_owned()));
    }
    key
}

fn table(things: &[Located]) -> Table {
    let mut table = Table::new(&[
        "id",
        "kind",
        "name",
        "date or status",
        "relation",
        "place id",
        "place",
        "lies at",
        "point",
        "precision",
        "sure",
        "standing",
        "basis",
        "said by",
        "published",
    ]);
    for thing in things {
        let lies = thing.lies.as_ref();
        let degrees = |lies: &Lies| {
            let (lat, lon) = lies.point.degrees();
            format!("{lat:.3} {lon:.3}")
        };
        // A country or a region has a middle, which is where nothing happened.
        let point = lies.filter(|lies| lies.precision > Precision::Region);
        let precision = |lies: &Lies| format!("{}, within {} km", lies.precision, lies.radius_km);
        let standing = if thing.relation.is_empty() { "" } else { thing.standing.name() };
        table.rows.push(vec![
            thing.id.clone(),
            thing.kind.name().to_owned(),
            thing.name.clone(),
            thing.beneath.clone(),
            thing.relation.clone(),
            thing.place_id.clone(),
            thing.place.clone(),
            lies.map(|lies| lies.name.clone()).unwrap_or_default(),
            point.map(degrees).unwrap_or_default(),
            lies.map(precision).unwrap_or_default(),
            lies.map(|lies| format!("{} %", lies.percent)).unwrap_or_default(),
            standing.to_owned(),
            thing.basis.clone(),
            thing.said_by.clone(),
            thing.published.clone(),
        ]);
    }
    table.without_empty_columns()
}

/// A box with round corners.
fn rounded(area: Area, inner: Paint, edge: Paint, dashes: Option<&'static str>) -> Markup {
    html! {
        rect x=(N(area.left)) y=(N(area.top)) width=(N(area.width())) height=(N(area.height())) rx="4"
            class={ (inner.fill()) " " (edge.stroke()) } fill=(inner.hex()) stroke=(edge.hex())
            stroke-width="1.1" stroke-dasharray=[dashes] {}
    }
}

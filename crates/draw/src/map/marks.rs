//! The marks of a map: what lies at one place, or too near to be drawn apart, counted by what people
//! made of it.

use std::collections::BTreeMap;

use maud::{Markup, html};
use throughline_model::SubjectKind;
use throughline_places::{Point as Place, Precision};

use super::projection::Projection;
use super::{Lies, Located, ground, rounded};
use crate::Standing;
use crate::geometry::{Area, Point};
use crate::label::{counted, width};
use crate::paint::Paint;
use crate::sheet::{N, Words};
use crate::symbol::{REACH, symbol};

/// Marks stand at least so far apart, in units of the picture; what would not goes together.
const APART: f64 = 1.5;

/// What is less sure than this, in percent, has a question mark.
pub(super) const SURE: u8 = 80;

/// How many things what is pointed at names.
const MOST_NAMED: usize = 12;

/// The letters of counts.
const COUNT: f64 = 10.5;

/// Where things lie of which no more is known, or of which it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wide {
    /// At a point: a city or less.
    Point,
    /// Somewhere in a region.
    Region,
    /// Somewhere in a country.
    Country,
}

impl Wide {
    fn of(precision: Precision) -> Wide {
        match precision {
            Precision::Country => Wide::Country,
            Precision::Region => Wide::Region,
            Precision::City | Precision::District | Precision::Spot => Wide::Point,
        }
    }
}

/// One entry of the gazetteer: how wide it is, where, and what it is called.
type Site<'t> = (Wide, Place, &'t str);

/// A sign of a mark: a kind of thing in one standing, and how many.
type Sign = (SubjectKind, Standing, usize);

/// One mark.
pub(super) struct Mark {
    wide: Wide,
    /// Where it stands.
    at: Point,
    /// Where what it stands for lies, if that is wide.
    place: Place,
    radius_km: u32,
    country: String,
    /// The places that are drawn as one.
    places: Vec<String>,
    /// What lies there, by its number.
    things: Vec<usize>,
    signs: Vec<Sign>,
    ids: Vec<String>,
    /// What it is called on the map, and what stands beneath.
    pub(super) name: String,
    pub(super) beneath: String,
    /// The room that it takes, without its name.
    pub(super) area: Area,
}

/// The marks of things that lie on a map, the fuller first.
pub(super) fn marks(things: &[&Located], projection: &Projection) -> Vec<Mark> {
    let mut sites: BTreeMap<Site, Vec<usize>> = BTreeMap::new();
    for (at, thing) in things.iter().enumerate() {
        let Some(lies) = &thing.lies else { continue };
        let wide = Wide::of(lies.precision);
        sites.entry((wide, lies.point, lies.name.as_str())).or_default().push(at);
    }
    let mut sites: Vec<(Site, Vec<usize>)> = sites.into_iter().collect();
    sites.sort_by_key(|(place, own)| (std::cmp::Reverse(own.len()), *place));
    let frame = projection.frame();
    let mut marks: Vec<Mark> = Vec::new();
    for ((wide, place, name), own) in sites {
        let lies = own.first().and_then(|first| things[*first].lies.as_ref());
        let mut mark = Mark {
            wide,
            at: projection.at(place),
            place,
            radius_km: lies.map_or(0, |lies| lies.radius_km),
            country: lies.map(|lies: &Lies| lies.country.clone()).unwrap_or_default(),
            places: vec![name.to_owned()],
            things: own,
            signs: Vec::new(),
            ids: Vec::new(),
            name: String::new(),
            beneath: String::new(),
            area: Area::default(),
        };
        if wide == Wide::Point {
            mark.settle(things, frame, &[]);
            // What would cover another mark goes to the fuller one, which grows, and may reach a third.
            let near = |mark: &Mark, other: &Mark| {
                other.wide == Wide::Point && mark.area.grown(APART).overlaps(other.area)
            };
            while let Some(at) = marks.iter().position(|other| near(&mark, other)) {
                let other = marks.remove(at);
                mark = other.with(mark);
                mark.settle(things, frame, &[]);
            }
        }
        marks.push(mark);
    }
    marks.sort_by_key(|mark| (std::cmp::Reverse(mark.things.len()), mark.place, mark.wide));
    let mut taken: Vec<Area> =
        marks.iter().filter(|mark| mark.wide == Wide::Point).map(|mark| mark.area).collect();
    // What has a place stands there; what has none makes room for it.
    for mark in marks.iter_mut().filter(|mark| mark.wide != Wide::Point) {
        mark.settle(things, frame, &taken);
        taken.push(mark.area);
    }
    marks
}

impl Mark {
    /// Whether it stands for several.
    pub(super) fn is_group(&self) -> bool {
        self.things.len() > 1
    }

    /// Whether it is known only to be somewhere within a region or a country.
    pub(super) fn is_wide(&self) -> bool {
        self.wide != Wide::Point
    }

    /// The ids of what it stands for, as other pictures have them; `None` where none may be given.
    pub(super) fn ids(&self) -> Option<String> {
        (!self.ids.is_empty()).then(|| self.ids.join(" "))
    }

    /// It with what another stands for, which is drawn at its place.
    fn with(mut self, other: Mark) -> Mark {
        let fuller = self.things.len() >= other.things.len();
        let (at, place) = if fuller { (self.at, self.place) } else { (other.at, other.place) };
        (self.at, self.place) = (at, place);
        match fuller {
            true => self.places.extend(other.places),
            false => self.places.splice(0..0, other.places).for_each(drop),
        }
        self.things.extend(other.things);
        self
    }

    /// Finds out what it says, and where it stands.
    fn settle(&mut self, things: &[&Located], frame: Area, taken: &[Area]) {
        self.things.sort_unstable();
        self.ids.clear();
        let mut signs: BTreeMap<(SubjectKind, Standing), usize> = BTreeMap::new();
        for at in &self.things {
            *signs.entry((things[*at].kind, things[*at].standing)).or_default() += 1;
            let id = &things[*at].id;
            if !id.is_empty() && !self.ids.contains(id) {
                self.ids.push(id.clone());
            }
        }
        self.signs =
            signs.into_iter().map(|((kind, standing), many)| (kind, standing, many)).collect();
        let place = self.places.first().map(String::as_str).unwrap_or_default();
        let sure = self.things.iter().filter_map(|at| things[*at].lies.as_ref());
        let sure = sure.filter(|lies| lies.name == place).map(|lies| lies.percent).max();
        let doubt = if sure >= Some(SURE) { "" } else { "?" };
        let place = format!("{}{doubt}", short(place));
        let more = self.places.len() - 1;
        let places = match more {
            0 => place,
            more => format!("{place} and {}", counted(more, "place").replace(' ', " more ")),
        };
        match self.things.as_slice() {
            [only] => {
                let thing = things[*only];
                self.name.clone_from(&thing.name);
                let when = Some(&thing.beneath).filter(|when| !when.is_empty());
                self.beneath =
                    when.map_or_else(|| places.clone(), |when| format!("{places}, {when}"));
            }
            _ => (self.name, self.beneath) = (places, String::new()),
        }
        let (wide, high) = (self.signs_wide() / 2.0, 10.0);
        let pad = if self.is_wide() { 5.0 } else { 3.0 };
        let boxed = Area { left: -wide - pad, right: wide + pad, top: -high, bottom: high };
        if self.is_wide() {
            // Anywhere near its middle: nothing says that it was there.
            let aside = [0.0, -24.0, 24.0, -48.0, 48.0].into_iter();
            let places =
                aside.flat_map(|y| [0.0, 30.0, -30.0, 60.0, -60.0].map(|x| self.at.plus(x, y)));
            let free = |at: &Point| {
                let own = Area::around(*at, boxed);
                frame.join(own) == frame && !taken.iter().any(|other| other.overlaps(own))
            };
            self.at = places.into_iter().find(free).unwrap_or(self.at);
        }
        self.area = match (self.wide, self.things.len()) {
            (Wide::Point, 1) => Area::around(self.at, Area::default().grown(REACH)),
            (Wide::Point, _) => {
                // A plate over the place, which it points at; beside the edge it points from aside.
                let own = Area::around(self.at.plus(0.0, -high - STEM), boxed);
                let aside = (frame.left + 2.0 - own.left).max(0.0)
                    - (own.right + 2.0 - frame.right).max(0.0);
                let down = if own.top < frame.top + 2.0 { 2.0 * (high + STEM) } else { 0.0 };
                let own = Area {
                    left: own.left + aside,
                    right: own.right + aside,
                    top: own.top + down,
                    bottom: own.bottom + down,
                };
                own.join(Area::around(self.at, Area::default().grown(1.0)))
            }
            _ => Area::around(self.at, boxed),
        };
    }

    /// How wide its signs are in a row.
    fn signs_wide(&self) -> f64 {
        self.signs.iter().map(sign_wide).sum::<f64>() + 4.0 * (self.signs.len() - 1) as f64
    }

    /// How far what it stands for may lie.
    pub(super) fn extent(&self, projection: &Projection) -> Markup {
        let extent = match self.wide {
            Wide::Point => None,
            Wide::Region => ground::circle(self.place, self.radius_km, projection),
            Wide::Country => ground::country(&self.country, projection)
                .or_else(|| ground::circle(self.place, self.radius_km, projection)),
        };
        html! { @if let Some(extent) = extent { (extent) } }
    }

    /// The mark, with what it stands for to be pointed at.
    pub(super) fn drawn(&self, things: &[&Located]) -> Markup {
        let plain = self.wide == Wide::Point && !self.is_group();
        let row = match self.wide {
            Wide::Point if !plain && self.area.top > self.at.y - 2.0 => {
                Area { top: self.area.top + STEM + 1.0, ..self.area }
            }
            Wide::Point if !plain => Area { bottom: self.at.y - STEM, ..self.area },
            _ => self.area,
        };
        let middle = (row.top + row.bottom) / 2.0;
        html! {
            g class="tl-mark" data-of=[self.ids()] {
                title { (self.told(things)) }
                @if self.is_wide() {
                    (vague(row))
                } @else if !plain {
                    (plate(row))
                    (stem(self.at, row))
                }
                @if plain {
                    @for (kind, standing, _) in &self.signs { (signed(*kind, self.at, *standing)) }
                } @else {
                    (self.row(Point::new((row.left + row.right) / 2.0, middle)))
                }
            }
        }
    }

    fn row(&self, middle: Point) -> Markup {
        let mut x = middle.x - self.signs_wide() / 2.0;
        let mut drawn: Vec<Markup> = Vec::new();
        for sign in &self.signs {
            let (kind, standing, many) = sign;
            let at = Point::new(x + SIGN / 2.0, middle.y);
            drawn.push(signed(*kind, at, *standing));
            if *many > 1 {
                let many = many.to_string();
                let words = Words::new(Point::new(x + SIGN + 2.0, middle.y + 3.8), &many, COUNT);
                drawn.push(html! { (words) });
            }
            x += sign_wide(sign) + 4.0;
        }
        html! { @for one in &drawn { (one) } }
    }

    /// What it stands for, in words.
    fn told(&self, things: &[&Located]) -> String {
        let each = self.things.iter().take(MOST_NAMED).map(|at| {
            let thing = things[*at];
            let when = Some(&thing.beneath).filter(|when| !when.is_empty());
            let when = when.map(|when| format!(" ({when})")).unwrap_or_default();
            format!("{}{when}, {}", crate::label::shortened(&thing.name, 80), thing.standing.name())
        });
        let mut each: Vec<String> = each.collect();
        let left = self.things.len().saturating_sub(MOST_NAMED);
        each.extend((left > 0).then(|| format!("and {left} more")));
        let somewhere = if self.is_wide() { "somewhere in " } else { "" };
        let places: Vec<&str> = self.places.iter().take(4).map(String::as_str).collect();
        let many =
            counted(self.things.len(), "thing").replace("1 thing", "1").replace(" things", "");
        format!("{somewhere}{} ({many}): {}", places.join("; "), each.join("; "))
    }
}

/// How wide a symbol is in a row.
const SIGN: f64 = 19.0;

/// How far a plate stands over its place.
const STEM: f64 = 7.0;

fn sign_wide((_, _, many): &Sign) -> f64 {
    match many {
        1 => SIGN,
        many => SIGN + 2.0 + width(&many.to_string(), COUNT),
    }
}

/// A place without what it lies in: "Paris" of "Paris, Île-de-France, France".
fn short(name: &str) -> &str {
    name.split(", ").next().unwrap_or(name)
}

/// A symbol in the form of a standing, also of what is contested or denied.
pub(super) fn signed(kind: SubjectKind, at: Point, standing: Standing) -> Markup {
    let strokes = match standing {
        Standing::Contested => Some(format!(
            "M{} {}l3 12M{} {}l-3 12",
            N2(at.x - 9.5),
            N2(at.y - 6.0),
            N2(at.x + 9.5),
            N2(at.y - 6.0)
        )),
        Standing::Denied => {
            Some(format!("M{} {}l15 15m0-15l-15 15", N2(at.x - 7.5), N2(at.y - 7.5)))
        }
        _ => None,
    };
    html! {
        (symbol(kind, at, standing))
        @if let Some(strokes) = strokes {
            path d=(strokes) fill="none" stroke-width="1.6" class=(Paint::Mark.stroke())
                stroke=(Paint::Mark.hex()) {}
        }
    }
}

/// The plate that several stand on, at one place.
pub(super) fn plate(area: Area) -> Markup {
    rounded(area, Paint::Ground, Paint::Soft, None)
}

/// The box of what is known only to be somewhere within.
pub(super) fn vague(area: Area) -> Markup {
    rounded(area, Paint::Ground, Paint::Ink, Some("5 3"))
}

/// What points from a plate to its place.
fn stem(at: Point, plate: Area) -> Markup {
    let edge = if plate.top > at.y { plate.top } else { plate.bottom };
    let foot = at.x.clamp(plate.left + 8.0, plate.right - 8.0);
    html! {
        path d={ "M" (N(foot - 4.0)) " " (N(edge)) "L" (N(at.x)) " " (N(at.y)) "L" (N(foot + 4.0)) " " (N(edge)) "z" }
            class={ (Paint::Soft.fill()) " " (Paint::Soft.stroke()) } fill=(Paint::Soft.hex())
            stroke=(Paint::Soft.hex()) stroke-width="0.8" {}
    }
}

/// A number in tenths, within words.
struct N2(f64);

impl std::fmt::Display for N2 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", (self.0 * 10.0).round() / 10.0 + 0.0)
    }
}

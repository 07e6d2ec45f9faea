//! Places in reports: which stretches name one, and how far from it they are put.
//!
//! A line of gold is a toponym: `doc`, `start` and `end` (bytes of the text), `lat`, `lon` and
//! `geonameid`, which may be null, and perhaps `ignore`: it then counts neither way. A prediction
//! has the same fields, and needs none but the first three. Documents have `id`, `text`, `source`.
//!
//! A toponym is found if a prediction has its span, and placed right if it is no farther than
//! [`RIGHT_KM`] from the gold. One without coordinates in the gold counts for finding alone.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::{Value as Json, json};

use super::{Counts, Error, Percent, interval, lines};

/// No farther than this, in kilometres, a toponym is placed right: a hundred miles, as the field has
/// it.
pub const RIGHT_KM: f64 = 161.0;

/// Where a toponym stands in a document.
pub type Span = (String, usize, usize);

/// What a toponym names.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Toponym {
    /// Its latitude and longitude in degrees, where it has one.
    pub at: Option<(f64, f64)>,
    /// Its number in GeoNames.
    pub geoname: Option<u64>,
    /// Whether it counts neither way.
    pub ignored: bool,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What it is called.
    pub document: String,
    /// Its text.
    pub text: String,
    /// Who published it, or nothing.
    pub source: String,
}

/// The toponyms of lines of JSON.
///
/// # Errors
/// If a line is no JSON, has no document, start or end, has no degrees where they should be, or is
/// of a span that an earlier line has.
pub fn toponyms(text: &str) -> Result<BTreeMap<Span, Toponym>, Error> {
    let mut found = BTreeMap::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |what: String| Error::new(at + 1, what);
        let json: Json = serde_json::from_str(line)
            .map_err(|error| wrong(format!("not valid JSON ({error})")))?;
        let document = lines::text(at + 1, &json, "doc")?;
        let offset = |field: &str| {
            let number = json[field].as_u64().and_then(|number| usize::try_from(number).ok());
            number.ok_or_else(|| wrong(format!("\"{field}\" must be a whole number (byte offset)")))
        };
        let degrees = |field: &str, most: f64| match &json[field] {
            Json::Null => Ok(None),
            value => {
                let degrees = value.as_f64().filter(|degrees| degrees.abs() <= most);
                let what = || wrong(format!("\"{field}\" must be a number of degrees or null"));
                degrees.map(Some).ok_or_else(what)
            }
        };
        let span = (document, offset("start")?, offset("end")?);
        let toponym = Toponym {
            at: degrees("lat", 90.0)?.zip(degrees("lon", 360.0)?),
            geoname: json["geonameid"].as_u64().filter(|id| *id > 0),
            ignored: json["ignore"].as_bool().unwrap_or(false),
        };
        let name = format!("{} {}-{}", span.0, span.1, span.2);
        if found.insert(span, toponym).is_some() {
            return Err(wrong(format!("span {name} occurs twice")));
        }
    }
    Ok(found)
}

/// The documents of lines of JSON.
///
/// # Errors
/// If a line is no JSON, or has no id or one that an earlier line has, or no text.
pub fn texts(text: &str) -> Result<Vec<Text>, Error> {
    lines::objects(text, "id")?
        .into_iter()
        .map(|(line, document, json)| {
            let text = lines::text(line, &json, "text")?;
            let source = json["source"].as_str().unwrap_or_default().to_owned();
            Ok(Text { document, text, source })
        })
        .collect()
}

/// A prediction as a line of JSON.
pub fn line((document, start, end): &Span, toponym: &Toponym) -> Json {
    json!({
        "doc": document,
        "start": start,
        "end": end,
        "lat": toponym.at.map(|at| at.0),
        "lon": toponym.at.map(|at| at.1),
        "geonameid": toponym.geoname,
    })
}

/// The score of predictions. Shares are of 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// Toponyms in the gold, and how many of them have coordinates.
    pub toponyms: usize,
    /// How many of the gold have coordinates.
    pub with_coordinates: usize,
    /// How many were predicted, and how many of the gold's with coordinates were placed.
    pub predicted: usize,
    /// How many spans of the gold count neither way.
    pub ignored: usize,
    /// How many of the gold's toponyms with coordinates were placed.
    pub placed: usize,
    /// Spans.
    pub detected: Percent,
    /// Of the toponyms with coordinates, how many are placed right; one not found is not.
    pub right: f64,
    /// Between what bounds that lies for nineteen of twenty samples of the documents.
    pub right_bounds: (f64, f64),
    /// Of those that were placed, how many are right.
    pub right_where_placed: f64,
    /// Spans with their places.
    pub end_to_end: Percent,
    /// Between what bounds their F1 lies, in percent.
    pub end_to_end_bounds: (f64, f64),
    /// How far those that were placed are off, in the middle, in kilometres.
    pub median_km: Option<f64>,
    /// Where both give a number in GeoNames, how often it is the same.
    pub same_geoname: Option<f64>,
}

/// Counts of one document.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    spans: Counts,
    places: Counts,
    geo: u32,
    right: u32,
}

/// Scores predictions.
pub fn score(gold: &BTreeMap<Span, Toponym>, predicted: &BTreeMap<Span, Toponym>) -> Score {
    let ignored: BTreeSet<&Span> =
        gold.iter().filter(|(_, toponym)| toponym.ignored).map(|(span, _)| span).collect();
    let predicted: Vec<(&Span, &Toponym)> =
        predicted.iter().filter(|(span, _)| !ignored.contains(span)).collect();
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut score = Score { ignored: ignored.len(), ..Score::default() };
    for (span, toponym) in gold.iter().filter(|(_, toponym)| !toponym.ignored) {
        let tally = tallies.entry(&span.0).or_default();
        tally.spans.gold += 1;
        tally.geo += u32::from(toponym.at.is_some());
        tally.places.gold += u32::from(toponym.at.is_some());
    }
    let (mut off, mut same, mut both) = (Vec::new(), 0_u32, 0_u32);
    for (span, toponym) in &predicted {
        let tally = tallies.entry(&span.0).or_default();
        let held = gold.get(*span);
        tally.spans.predicted += 1;
        tally.spans.right += u32::from(held.is_some());
        let wanted = held.and_then(|held| held.at);
        if toponym.at.is_some() && (held.is_none() || wanted.is_some()) {
            tally.places.predicted += 1;
        }
        if let (Some(at), Some(wanted)) = (toponym.at, wanted) {
            let km = km(wanted, at);
            off.push(km);
            let right = u32::from(km <= RIGHT_KM);
            tally.right += right;
            tally.places.right += right;
        }
        if let (Some(one), Some(other)) = (held.and_then(|held| held.geoname), toponym.geoname) {
            both += 1;
            same += u32::from(one == other);
        }
    }
    let tallies: Vec<Tally> = tallies.into_values().collect();
    let sum = |places: &mut dyn Iterator<Item = usize>| {
        let mut sum = Tally::default();
        for at in places {
            sum.spans.add(tallies[at].spans);
            sum.places.add(tallies[at].places);
            sum.geo += tallies[at].geo;
            sum.right += tallies[at].right;
        }
        sum
    };
    let share = |part: u32, of: usize| if of == 0 { 0.0 } else { f64::from(part) / of as f64 };
    let all = sum(&mut (0..tallies.len()));
    score.toponyms = all.spans.gold as usize;
    score.with_coordinates = all.geo as usize;
    score.predicted = predicted.len();
    score.placed = off.len();
    score.detected = all.spans.percent();
    score.right = share(all.right, all.geo as usize);
    score.right_where_placed = share(all.right, off.len());
    score.end_to_end = all.places.percent();
    score.median_km = median(&mut off);
    score.same_geoname = (both > 0).then(|| share(same, both as usize));
    score.right_bounds = interval::bounds(tallies.len(), |drawn| {
        let sum = sum(&mut drawn.iter().copied());
        share(sum.right, sum.geo as usize)
    });
    score.end_to_end_bounds = interval::bounds(tallies.len(), |drawn| {
        sum(&mut drawn.iter().copied()).places.percent().f1
    });
    score
}

fn median(numbers: &mut [f64]) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() {
        0 => None,
        many if many % 2 == 1 => Some(numbers[middle]),
        _ => Some((numbers[middle - 1] + numbers[middle]) / 2.0),
    }
}

/// How far two points are from one another on a globe of 6,371 km, in kilometres.
pub fn km((lat, lon): (f64, f64), (other_lat, other_lon): (f64, f64)) -> f64 {
    let radians = std::f64::consts::PI / 180.0;
    let north = ((other_lat - lat) * radians / 2.0).sin();
    let east = ((other_lon - lon) * radians / 2.0).sin();
    let x = north * north + (lat * radians).cos() * (other_lat * radians).cos() * east * east;
    2.0 * 6371.0 * x.sqrt().min(1.0).asin()
}

/// The spans of each document, in the order of its text.
pub fn spans(gold: &BTreeMap<Span, Toponym>) -> BTreeMap<&str, Vec<Range<usize>>> {
    let mut spans: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    for ((document, start, end), _) in gold.iter().filter(|(_, toponym)| !toponym.ignored) {
        spans.entry(document).or_default().push(*start..*end);
    }
    spans
}

#[cfg(test)]
mod tests;

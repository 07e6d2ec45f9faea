//! What the program makes of the places of a task.

use std::collections::BTreeMap;
use std::ops::Range;

use throughline_places::{EntryId, Gazetteer, Model, Read, Report, Reports, find};
use throughline_read::trained::Weights;

use super::places::{Span, Text, Toponym};
use super::reader;

/// The types of names of people and places.
const PER: usize = 0;
const LOC: usize = 2;

/// Where the program finds names of places in a text: those that the reader's weights give, and
/// those that the gazetteer knows beside them.
pub fn found(text: &str, weights: &Weights<'_>) -> Vec<Range<usize>> {
    let names = reader::names(text, weights);
    let of = |kind: usize| {
        names.iter().filter(move |name| name.kind == kind).map(|name| name.start..name.end)
    };
    let read = Read { places: of(LOC).collect(), people: of(PER).collect() };
    find(Gazetteer::own(), text, &read)
}

/// Documents by who published them; those of nobody are each alone.
pub fn by_source<'t>(texts: &[&'t Text]) -> Vec<Vec<&'t Text>> {
    let mut sources: BTreeMap<(&str, &str), Vec<&'t Text>> = BTreeMap::new();
    for text in texts {
        let alone = if text.source.is_empty() { text.document.as_str() } else { "" };
        sources.entry((&text.source, alone)).or_default().push(text);
    }
    sources.into_values().collect()
}

/// The places of toponyms, given for each document, of documents of one source.
pub fn placed(
    texts: &[&Text],
    spans: &BTreeMap<String, Vec<Range<usize>>>,
    model: &Model<'_>,
) -> Vec<(Span, Toponym)> {
    let gazetteer = Gazetteer::own();
    let none = Vec::new();
    let reports: Vec<Report<'_>> = texts
        .iter()
        .map(|text| Report {
            text: &text.text,
            toponyms: spans.get(&text.document).unwrap_or(&none),
            source: &text.source,
        })
        .collect();
    let placed = Reports::of(gazetteer, &reports).placed(model);
    let mut all = Vec::new();
    for ((text, report), placed) in texts.iter().zip(&reports).zip(placed) {
        for (span, placed) in report.toponyms.iter().zip(placed) {
            let toponym = placed.map(|placed| toponym(gazetteer, placed.id)).unwrap_or_default();
            all.push(((text.document.clone(), span.start, span.end), toponym));
        }
    }
    all
}

/// An entry as the task has it.
pub fn toponym(gazetteer: &Gazetteer, id: EntryId) -> Toponym {
    let entry = gazetteer.entry(id);
    let geoname = entry.geoname.map(u64::from);
    Toponym { at: Some(entry.point.degrees()), geoname, ignored: false }
}

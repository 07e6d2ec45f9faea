//! A report's names, each with what it may mean and what stands beside it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::beside::beside;
use crate::candidates::{Candidate, candidates, key};
use crate::gazetteer::{EntryId, Gazetteer};
use crate::source;

/// A report with the names of places in it.
#[derive(Clone, Copy, Debug)]
pub struct Report<'t> {
    /// Its text.
    pub text: &'t str,
    /// Where names of places stand in the text, in bytes.
    pub toponyms: &'t [Range<usize>],
    /// The source's name or address, or nothing.
    pub source: &'t str,
}

/// A name, in all its places in a report; the same name means the same place throughout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// The name as it is looked up.
    pub(crate) key: String,
    /// Which of the report's toponyms it is; none of the name that a source is named for.
    pub toponyms: Vec<usize>,
    /// What it may mean.
    pub candidates: Vec<Candidate>,
    /// Areas that are named beside it.
    pub(crate) beside: Vec<EntryId>,
}

/// What is known of a report's names before any is placed.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// Its names in the order of the text; last, where there is one, that of the source.
    pub names: Vec<Name>,
    /// The country of the source's address.
    pub(crate) country: Option<String>,
    /// The letters of the source's name.
    pub(crate) letters: String,
}

impl Analysis {
    /// Looks up the names of a report. A span that is none of the text is a name that nothing bears.
    pub fn of(gazetteer: &Gazetteer, report: &Report<'_>) -> Analysis {
        let mut names: Vec<Name> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (at, span) in report.toponyms.iter().enumerate() {
            let text = report.text.get(span.clone()).unwrap_or_default();
            let key = key(text);
            let place = *places.entry(key.clone()).or_insert_with(|| {
                let candidates = candidates(gazetteer, text);
                names.push(Name { key, toponyms: Vec::new(), candidates, beside: Vec::new() });
                names.len() - 1
            });
            names[place].toponyms.push(at);
            // "Paris, Texas" may be one name.
            let head = text.find(',').map_or(span.end, |comma| span.start + comma);
            names[place].beside.extend(beside(gazetteer, report.text, &(span.start..head)));
        }
        let candidates = source::named_for(gazetteer, report.source);
        if !candidates.is_empty() {
            // No toponym has a key with a mark in it, so that the source's name is a name of its own.
            let key = format!("@{}", source::letters(report.source));
            names.push(Name { key, toponyms: Vec::new(), candidates, beside: Vec::new() });
        }
        for name in &mut names {
            name.beside.sort_unstable();
            name.beside.dedup();
        }
        Analysis {
            names,
            country: source::country(report.source),
            letters: source::letters(report.source),
        }
    }
}

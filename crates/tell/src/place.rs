//! Where a place lies: the entry of the gazetteer that is proposed for its record, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, RecordView, Result};
use throughline_model::{Document, Mention, MentionId, Passage, SubjectKind};
use throughline_places::{
    ATTRIBUTION, Entry, EntryId, Gazetteer, Model, Placed, Reason, Report, Reports,
};

/// So many documents at most are asked what they mean by a name, the first by id.
const DOCUMENTS: usize = 20;

/// From this chance on, in percent, an entry is proposed: one on the wrong continent is worse than
/// none.
const LIKELY: u8 = 50;

/// A document, and where names of places stand in its text.
type Asked = (Document, Vec<(MentionId, Range<usize>)>);

/// The entry that most documents of a record propose for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceTold {
    /// Its entry, its chance and its reasons where it is likeliest.
    placed: Placed,
    /// How many documents propose it, and how many were asked.
    agree: (usize, usize),
}

impl PlaceTold {
    /// The proposal for a record of a place, from the documents in view; `None` of other records, and
    /// where no entry of the name is likelier than not.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn gather(casebook: &Casebook, shown: &RecordView) -> Result<Option<PlaceTold>> {
        let record = &shown.record;
        if record.id.kind() != SubjectKind::Place {
            return Ok(None);
        }
        let mentions = record.mentions.iter().copied().collect();
        let mut asked = Vec::new();
        for id in casebook.documents_mentioning(&mentions)?.into_iter().take(DOCUMENTS) {
            let Some(document) = casebook.document(id)? else { continue };
            let readings = casebook.readings(id)?;
            let named = readings.iter().flat_map(|reading| &reading.mentions);
            let toponyms: Vec<(MentionId, Range<usize>)> = named
                .filter(|mention| mention.id.kind() == SubjectKind::Place)
                .filter_map(|mention| Some((mention.id, stands(&document, mention)?)))
                .collect();
            asked.push((document, toponyms));
        }
        Ok(by_parts(&shown.called)
            .or_else(|| most(&proposals(&asked, &|id| record.mentions.contains(&id)))))
    }

    /// What the gazetteer says of it.
    pub fn entry(&self) -> Entry<'static> {
        Gazetteer::own().entry(self.placed.id)
    }

    /// What the gazetteer calls it, with what it lies in: "Paris, Île-de-France, France".
    pub fn name(&self) -> String {
        let gazetteer = Gazetteer::own();
        let around = gazetteer.around(self.placed.id).map(|id| gazetteer.entry(id).name);
        let names: Vec<&str> = std::iter::once(self.entry().name).chain(around).collect();
        names.join(", ")
    }

    /// How sure it is that this is the place, in percent.
    pub fn percent(&self) -> u8 {
        self.placed.percent
    }

    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let entry = self.entry();
        let (lat, lon) = entry.point.degrees();
        let reason =
            |one: &Reason| json!({"feature": one.feature, "value": one.value, "adds": one.adds});
        json!({
            "name": entry.name,
            "country": some(entry.country),
            "area": some(entry.area),
            "lat": lat,
            "lon": lon,
            "precision": entry.kind.precision().to_string(),
            "radius_km": entry.radius_km,
            "geonameid": entry.geoname,
            "note": some(entry.note),
            "percent": self.placed.percent,
            "documents": self.agree.0,
            "asked": self.agree.1,
            "reasons": self.placed.reasons.iter().map(reason).collect::<Vec<_>>(),
            "attribution": ATTRIBUTION,
        })
    }

    /// It in words, a line each: what it is and where, how sure and why, whose data it is.
    pub fn words(&self) -> Vec<String> {
        let entry = self.entry();
        let (lat, lon) = entry.point.degrees();
        let side = |degrees: f64, sides: [char; 2]| {
            format!("{:.2}° {}", degrees.abs(), sides[usize::from(degrees < 0.0)])
        };
        let mut lines = vec![format!(
            "{}; {}, within {} km of {} {}",
            self.name(),
            entry.kind.precision(),
            entry.radius_km,
            side(lat, ['N', 'S']),
            side(lon, ['E', 'W'])
        )];
        lines.extend((!entry.note.is_empty()).then(|| entry.note.to_owned()));
        let (agree, asked) = self.agree;
        let mut why = vec![format!("{} %, so {agree} of {asked} documents", self.placed.percent)];
        let speaks = self.placed.reasons.iter().filter(|one| one.adds > 0).take(4);
        for one in speaks.map(|one| because(one.feature).to_owned()) {
            // Several features may say one thing.
            if !why.contains(&one) {
                why.push(one);
            }
        }
        lines.push(why.join("; "));
        lines.push(ATTRIBUTION.to_owned());
        lines
    }
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// Where the name of a mention stands in its document.
fn stands(document: &Document, mention: &Mention) -> Option<Range<usize>> {
    let Passage::Text(span) = &mention.passage else { return None };
    let within = span.of(&document.text);
    let start = span.start as usize;
    match within.find(&mention.name) {
        Some(at) => Some(start + at..start + at + mention.name.len()),
        None => Some(start..start + within.len()),
    }
}

/// What a name says of where it lies that somebody gave with its surroundings, "Haymarket, Chicago": more
/// than the text that says "the Haymarket".
fn by_parts(called: &BTreeSet<String>) -> Option<PlaceTold> {
    let name = called.iter().find(|name| name.contains(','))?;
    let whole = 0..name.len();
    let report = Report { text: name, toponyms: std::slice::from_ref(&whole), source: "" };
    let placed = throughline_places::place(&report).pop().flatten()?;
    (placed.percent >= LIKELY).then_some(PlaceTold { placed, agree: (1, 1) })
}

/// What each document proposes for the mentions asked about: those of one source are placed together.
fn proposals(asked: &[Asked], own: &dyn Fn(MentionId) -> bool) -> Vec<Option<Placed>> {
    let mut sources: BTreeMap<(&str, usize), Vec<usize>> = BTreeMap::new();
    for (at, (document, _)) in asked.iter().enumerate() {
        let source = document.source.as_deref().unwrap_or_default();
        let alone = if source.is_empty() { at } else { 0 };
        sources.entry((source, alone)).or_default().push(at);
    }
    let spans: Vec<Vec<Range<usize>>> = asked
        .iter()
        .map(|(_, toponyms)| toponyms.iter().map(|(_, span)| span.clone()).collect())
        .collect();
    let mut found = vec![None; asked.len()];
    for ((source, _), documents) in sources {
        let report =
            |at: &usize| Report { text: &asked[*at].0.text, toponyms: &spans[*at], source };
        let reports: Vec<Report<'_>> = documents.iter().map(report).collect();
        let placed = Reports::of(Gazetteer::own(), &reports).placed(&Model::own());
        for (at, placed) in documents.into_iter().zip(placed) {
            let mentions = asked[at].1.iter().zip(placed);
            let mut of_record = mentions.filter(|((id, _), _)| own(*id));
            found[at] = of_record.find_map(|(_, placed)| placed);
        }
    }
    found
}

/// The entry that most documents propose, of those alike the one with the greater chance, then the
/// first in the gazetteer.
fn most(proposals: &[Option<Placed>]) -> Option<PlaceTold> {
    let mut entries: BTreeMap<EntryId, Vec<&Placed>> = BTreeMap::new();
    for placed in proposals.iter().flatten().filter(|placed| placed.percent >= LIKELY) {
        entries.entry(placed.id).or_default().push(placed);
    }
    let likeliest = |all: &[&Placed]| all.iter().map(|one| one.percent).max();
    let (_, all) = entries
        .into_iter()
        .min_by_key(|(id, all)| (std::cmp::Reverse((all.len(), likeliest(all))), *id))?;
    let placed = all.iter().min_by_key(|one| std::cmp::Reverse(one.percent))?;
    Some(PlaceTold { placed: (*placed).clone(), agree: (all.len(), proposals.len()) })
}

/// What a feature that speaks for an entry says.
fn because(feature: &str) -> &'static str {
    match feature {
        "beside" => "its area or country is named beside it",
        "only-one" => "no other place has the name",
        "main-name" => "it goes by the name",
        "alias" | "other-name" | "short-name" => "it has the name besides another",
        "people" => "the name is that of its people",
        "historic-name" => "it lies where something of the name lay",
        "capital" => "it is a capital",
        "known" | "less-known" | "large-city" => "it is well known for a place of the name",
        "country" | "area" | "county" | "city" | "region" => {
            "places of its kind are meant more often"
        }
        "area-among-names" | "some-area-around" => "its area or country is named in the report",
        "same-country" | "some-same-country" => "other names of the report lie in its country",
        "same-area" | "some-same-area" => "other names of the report lie in its area",
        "near" | "some-near" | "within-250-km" => "other names of the report lie near it",
        "home-country" => "its source writes of its country",
        "home-area" => "its source writes of its area",
        "home-near" | "home-is-near" => "its source writes of places near it",
        "source-country" => "its source's address is of its country",
        "source-named" => "its source is named for it",
        _ => "the form of the name",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(percent: u8, name: &str) -> Placed {
        let text = format!("They met in {name}.");
        let span = 12..12 + name.len();
        let report = Report { text: &text, toponyms: std::slice::from_ref(&span), source: "" };
        let found = throughline_places::place(&report).pop().flatten().unwrap();
        Placed { percent, ..found }
    }

    #[test]
    fn the_entry_that_most_documents_propose_is_told_with_its_point_and_whose_data_it_is() {
        let (cairo, lima) = (placed(90, "Cairo"), placed(99, "Lima"));
        let told = most(&[Some(lima), Some(cairo.clone()), None, Some(cairo)]).unwrap();
        assert_eq!((told.entry().name, told.agree), ("Cairo", (2, 4)));
        let words = told.words();
        assert!(
            words[0].starts_with("Cairo, ") && words[0].contains("30.06° N 31.25° E"),
            "{words:?}"
        );
        assert_eq!(words.last().map(String::as_str), Some(ATTRIBUTION));
        assert_eq!(told.json()["precision"], "city");
        assert!(most(&[None, Some(placed(49, "Cairo"))]).is_none());
    }

    #[test]
    fn a_name_with_its_surroundings_says_where_it_lies() {
        let called = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let told = by_parts(&called(&["Haymarket", "Haymarket, Chicago"])).unwrap();
        assert_eq!(told.entry().name, "Chicago");
        assert_eq!(by_parts(&called(&["Haymarket"])), None);
        assert_eq!(by_parts(&called(&["Haymarket, Xyzzyburgh Row, ,"])), None);
    }

    #[test]
    fn who_claims_what_is_disputed_is_told() {
        let told = most(&[Some(placed(90, "Kashmir"))]).unwrap();
        assert!(told.words()[1].contains("India"), "{:?}", told.words());
    }

    /// Each feature that may speak for an entry has words of its own, but those of a name's form.
    #[test]
    fn features_have_words() {
        let form = throughline_places::TOGETHER_NAMES
            .iter()
            .filter(|name| because(name) == "the form of the name")
            .count();
        assert_eq!(form, 6);
    }
}

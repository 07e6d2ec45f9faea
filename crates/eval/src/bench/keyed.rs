//! The incidents that a report tells of as the key of MUC-4 has them: days, places and values in
//! its words.

mod known;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use throughline_read::trained::incidents::{Incident, Readiness, Scene, Told};
use throughline_read::trained::{Page, Weights, cardinal, variables};

use super::incidents::{Filler, Record, Roles, Template};
pub use known::Known;

/// A report whose first stages are read, so that it can be told at several degrees of readiness.
pub struct Prepared<'p> {
    document: String,
    text: &'p str,
    known: Known,
    scene: Scene<'p>,
}

impl<'p> Prepared<'p> {
    /// Reads a report as far as its actors.
    pub fn new(
        document: &str,
        text: &'p str,
        page: &'p Page<'p>,
        weights: &Weights<'_>,
    ) -> Prepared<'p> {
        let known = Known::of(text, page, weights);
        Prepared { document: document.to_owned(), text, known, scene: Scene::new(page, weights) }
    }

    /// Its incidents.
    pub fn record(&self, weights: &Weights<'_>, readiness: &Readiness) -> Record {
        let told = self.scene.told(&self.known.given, weights, readiness);
        let writer = Writer {
            text: self.text,
            page: self.scene.page(),
            known: &self.known,
            told: &told,
            readiness,
        };
        writer.record(&self.document)
    }
}

struct Writer<'a> {
    text: &'a str,
    page: &'a Page<'a>,
    known: &'a Known,
    told: &'a Told,
    readiness: &'a Readiness,
}

/// The slots of an actor of each role: what he is called, and the answers to what is asked of him.
const SLOTS: [(&str, &[(usize, &str)]); 6] = [
    ("perp_individual", &[]),
    ("perp_org", &[(variables::CONFIDENCE, "perp_org_confidence")]),
    (
        "phys_id",
        &[
            (variables::TARGET, "phys_type"),
            (variables::DAMAGE, "phys_effect"),
            (variables::TARGETS, "phys_number"),
        ],
    ),
    ("hum_name", &OF_PEOPLE),
    ("instrument_id", &[(variables::WEAPON, "instrument_type")]),
    ("hum_description", &OF_PEOPLE),
];

const OF_PEOPLE: [(usize, &str); 3] = [
    (variables::PERSON, "hum_type"),
    (variables::HARM, "hum_effect"),
    (variables::PEOPLE, "hum_number"),
];

impl Writer<'_> {
    fn record(&self, document: &str) -> Record {
        let mut roles = Roles::default();
        for (at, actor) in self.told.actors.iter().enumerate() {
            if actor.certainty >= self.readiness.least[actor.role]
                && let Some(held) = roles.get_mut(actor.role)
            {
                held.push(vec![self.mention(at).to_lowercase()]);
            }
        }
        let templates = self.told.incidents.iter().map(|one| self.template(one)).collect();
        Record { document: document.to_owned(), templates, ree: Some(roles), ..Record::default() }
    }

    fn mention(&self, actor: usize) -> String {
        let words = self.told.actors[actor].mentions.first().map_or(0..0, |one| one.words.clone());
        self.written(&words)
    }

    fn written(&self, words: &Range<usize>) -> String {
        let spans = self.page.spans();
        if words.is_empty() {
            return String::new();
        }
        let span = spans[words.start].join(spans[words.end - 1]);
        span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn template(&self, incident: &Incident) -> Template {
        let mut roles = Roles::default();
        let mut slots: BTreeMap<&'static str, Vec<Filler>> = BTreeMap::new();
        let mut put = |slot: &'static str, value: String, of: Option<&str>| {
            let of = of.into_iter().map(str::to_owned).collect();
            slots.entry(slot).or_default().push(Filler {
                alternatives: vec![value],
                of,
                optional: false,
            });
        };
        let kind = variables::ALL[variables::KIND].values[incident.kind];
        put("type", kind.to_uppercase(), None);
        put("date", incident.day.map_or("-", |at| &self.known.days[at]).to_owned(), None);
        put("location", self.location(incident), None);
        let held: BTreeSet<usize> = incident.actors.iter().copied().collect();
        let named: BTreeMap<usize, usize> =
            self.told.described.iter().filter(|(_, name)| held.contains(name)).copied().collect();
        for &at in &incident.actors {
            let actor = &self.told.actors[at];
            let mention = self.mention(at);
            let (slot, asked) = SLOTS[actor.role];
            if let Some(held) = roles.get_mut(actor.role) {
                held.push(vec![mention.to_lowercase()]);
            }
            if let Some(name) = named.get(&at) {
                put(slot, mention.to_uppercase(), Some(&self.mention(*name)));
                continue;
            }
            put(slot, mention.to_uppercase(), None);
            if matches!(actor.role, 3 | 5)
                && let Some(nation) = self.nation(at, incident)
            {
                put("hum_nation", nation.to_owned(), Some(&mention));
            }
            for (variable, slot) in asked {
                let answer = incident
                    .values
                    .iter()
                    .find(|value| value.of == Some(at) && value.variable == *variable);
                let Some(answer) = answer else { continue };
                let value = variables::ALL[*variable].values[answer.value];
                let value = match value {
                    "WRITTEN" => self.number(at),
                    value => value.to_owned(),
                };
                if !value.is_empty() {
                    put(slot, value, Some(&mention));
                }
            }
        }
        let weapon = incident.actors.iter().any(|at| self.told.actors[*at].role == 4);
        for value in incident.values.iter().filter(|value| value.of.is_none()) {
            let (slot, wanted) = match value.variable {
                variables::STAGE => ("stage", true),
                variables::CATEGORY => ("perp_category", true),
                _ => ("instrument_type", !weapon),
            };
            let answer = variables::ALL[value.variable].values[value.value];
            if wanted && !answer.is_empty() {
                put(slot, answer.to_owned(), None);
            }
        }
        Template { kind: Some(kind.to_owned()), roles, slots, optional: false }
    }

    fn location(&self, incident: &Incident) -> String {
        let mut all: Vec<&str> =
            incident.country.iter().map(|at| self.known.countries[*at].as_str()).collect();
        all.extend(incident.places.iter().map(|at| self.known.places[*at].as_str()));
        all.join(": ")
    }

    /// The country that is named in the phrases of somebody, if it is another than the incident's,
    /// as the key has it.
    fn nation(&self, actor: usize, incident: &Incident) -> Option<&str> {
        let described = self.told.described.iter().filter(|(_, name)| *name == actor);
        let all = described.map(|(at, _)| *at).chain([actor]);
        let mut phrases = all.flat_map(|at| &self.told.actors[at].mentions);
        phrases.find_map(|one| {
            let within = |words: &Range<usize>| {
                words.start + 1 >= one.words.start && words.end <= one.words.end
            };
            let countries = self.known.given.countries.iter().enumerate();
            let mut other = countries.filter(|(at, _)| incident.country != Some(*at));
            let (at, _) = other.find(|(_, country)| country.words.iter().any(within))?;
            Some(self.known.countries[at].as_str())
        })
    }

    /// The number that stands in the phrases of somebody.
    fn number(&self, actor: usize) -> String {
        let mentions = &self.told.actors[actor].mentions;
        let words =
            mentions.iter().flat_map(|one| one.words.start.saturating_sub(1)..one.words.end);
        let mut numbers = words.filter_map(|at| cardinal(self.page.word(at)));
        numbers.next().map_or_else(|| "PLURAL".to_owned(), |number| number.to_string())
    }
}

/// The incidents of a report.
pub fn incidents(document: &str, text: &str, weights: &Weights<'_>) -> Record {
    let page = Page::of_text(text);
    Prepared::new(document, text, &page, weights).record(weights, &Readiness::default())
}

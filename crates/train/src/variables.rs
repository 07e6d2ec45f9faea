//! Variables of incidents and of those in them: what the key of each report teaches.
//!
//! Who is in an incident is looked for in the text by the key's own words, so that these questions
//! are learned of what is right.

use std::collections::{BTreeSet, HashMap};

use throughline_eval::bench::incidents::{Filler, Record, Template, normal, place};
use throughline_eval::bench::keyed::Known;
use throughline_linear::train::{Example, Settings, train};
use throughline_linear::{Chain, Sequence};
use throughline_read::trained::asked::Asked;
use throughline_read::trained::variables::{self as asked, ALL, Said};
use throughline_read::trained::{
    Columns, Company, Held, Page, Weights, incidents, phrases, relevance, roles,
};

use crate::roles::text;

/// How they are trained.
pub fn settings() -> Settings {
    Settings {
        passes: 20,
        rate: 0.05,
        l1: 0.1,
        l2: 1.0,
        dropped: 0.4,
        learned: 0.01,
        least: 2,
        ..Settings::default()
    }
}

/// The slot of the key that names those in each role.
const NAMED_IN: [&str; 6] =
    ["perp_individual", "perp_org", "phys_id", "hum_name", "instrument_id", "hum_description"];

/// The slot in which each question about one in a role is answered.
fn answered(variable: usize) -> &'static str {
    match variable {
        asked::CONFIDENCE => "perp_org_confidence",
        asked::WEAPON => "instrument_type",
        asked::TARGET => "phys_type",
        asked::DAMAGE => "phys_effect",
        asked::TARGETS => "phys_number",
        asked::PERSON => "hum_type",
        asked::HARM => "hum_effect",
        asked::PEOPLE => "hum_number",
        asked::STAGE => "stage",
        asked::CATEGORY => "perp_category",
        _ => "",
    }
}

/// What reports teach, by variable.
#[derive(Clone, Debug, Default)]
pub struct Taught(Vec<Vec<Example>>);

/// Somebody or something of the key that was found in the text.
struct Found {
    role: usize,
    said: Vec<Said>,
    /// What the key calls him, and whom he describes.
    called: Vec<String>,
    of: Vec<String>,
    /// Templates that he is in.
    of_templates: BTreeSet<usize>,
}

impl Taught {
    /// Nothing yet.
    pub fn new() -> Taught {
        Taught(vec![Vec::new(); ALL.len()])
    }

    /// What others teach too.
    pub fn extend(&mut self, other: &Taught) {
        self.0.iter_mut().zip(&other.0).for_each(|(own, more)| own.extend(more.iter().cloned()));
    }

    fn add(&mut self, variable: usize, seen: Sequence, value: usize) {
        let labels = vec![u16::try_from(value).unwrap_or(0)];
        self.0[variable].push(Example { forms: vec![(seen, 1.0)], labels, or: 0..0, weight: 1.0 });
    }

    /// What a report teaches; with `pairs`, only which two are of one incident, by the kinds that
    /// these weights give to each.
    pub fn read(&mut self, record: &Record, weights: &Weights<'_>, pairs: bool) {
        let tells = !record.templates.is_empty();
        if pairs && !tells {
            return;
        }
        let page = Page::of_text(&record.text);
        let columns = Columns::new(&page, weights);
        let context = roles::Context::new(&columns, weights);
        if !pairs {
            let kinds = relevance::read(&columns, weights);
            let first = roles::Heads::new(&columns, &context).each(weights);
            let company = Company::new(&columns, &context, &first);
            self.add(asked::TOLD, company.told(kinds.at(0)), usize::from(tells));
        }
        if !tells {
            return;
        }
        let asked = Asked { columns: &columns, context: &context };
        let found = found(record, &page, &columns, &context);
        if pairs {
            self.pairs(&asked, &found, weights);
            return;
        }
        let known = Known::of(&record.text, &page, weights);
        for (number, template) in record.templates.iter().enumerate() {
            let own: Vec<&Found> =
                found.iter().filter(|one| one.of_templates.contains(&number)).collect();
            self.template(template, &asked, &own, &known);
        }
        self.descriptions(&asked, &found);
    }

    fn template(&mut self, template: &Template, asked: &Asked<'_>, own: &[&Found], known: &Known) {
        let said: Vec<(usize, Said)> = own
            .iter()
            .flat_map(|one| one.said.iter().map(|said| (one.role, said.clone())))
            .collect();
        let values = |slot: &str| template.slots.get(slot).map_or(&[][..], Vec::as_slice);
        let first = |slot: &str| values(slot).first().and_then(|one| one.alternatives.first());
        let kind = first("type").and_then(|kind| number(asked::KIND, &kind.to_lowercase()));
        let Some(kind) = kind else { return };
        self.add(asked::KIND, asked.of_incident(asked::KIND, None, &said), kind);
        for variable in [asked::STAGE, asked::CATEGORY] {
            let value = first(answered(variable)).map_or("", String::as_str);
            if let Some(value) = number(variable, value) {
                self.add(variable, asked.of_incident(variable, Some(kind), &said), value);
            }
        }
        if values("instrument_id").is_empty() {
            let value = first("instrument_type").map_or("", String::as_str);
            if let Some(value) = number(asked::UNNAMED_WEAPON, value) {
                let seen = asked.of_incident(asked::UNNAMED_WEAPON, Some(kind), &said);
                self.add(asked::UNNAMED_WEAPON, seen, value);
            }
        }
        for one in own {
            let seen = asked.of_one(asked::KIND_OF_ONE, one.role, None, &one.said);
            self.add(asked::KIND_OF_ONE, seen, kind);
            if !one.of.is_empty() {
                continue;
            }
            for variable in incidents::asked_of(one.role) {
                let of_him =
                    |filler: &&Filler| filler.of.iter().any(|of| one.called.contains(&normal(of)));
                let value = values(answered(*variable)).iter().find(of_him);
                let value = value.and_then(|one| one.alternatives.first());
                let value = value.map_or("", String::as_str);
                let answer = match *variable {
                    asked::TARGETS | asked::PEOPLE => how_many(*variable, value),
                    _ => number(*variable, value),
                };
                if let Some(answer) = answer {
                    let seen = asked.of_one(*variable, one.role, Some(kind), &one.said);
                    self.add(*variable, seen, answer);
                }
            }
        }
        self.day(template, asked, &said, kind, known);
        self.place(template, asked, &said, kind, known);
    }

    fn day(
        &mut self,
        template: &Template,
        asked: &Asked<'_>,
        said: &[(usize, Said)],
        kind: usize,
        known: &Known,
    ) {
        let Some(gold) = template.slots.get("date").and_then(|all| all.first()) else { return };
        let right = |day: &String| gold.alternatives.iter().any(|own| own.trim() == day);
        if !known.days.iter().any(right) {
            return;
        }
        for (day, given) in known.days.iter().zip(&known.given.days) {
            let seen = asked.of_words(asked::DAY, &given.words, &given.own, kind, said);
            self.add(asked::DAY, seen, usize::from(right(day)));
        }
    }

    fn place(
        &mut self,
        template: &Template,
        asked: &Asked<'_>,
        said: &[(usize, Said)],
        kind: usize,
        known: &Known,
    ) {
        let Some(gold) = template.slots.get("location").and_then(|all| all.first()) else { return };
        let gold: Vec<_> = gold.alternatives.iter().map(|one| place(one)).collect();
        let mut country = None;
        for (at, (name, given)) in known.countries.iter().zip(&known.given.countries).enumerate() {
            let right = gold.iter().any(|(country, _)| country == name);
            if right {
                country = Some(at);
            }
            let seen = asked.of_words(asked::PLACE, &given.words, &given.own, kind, said);
            self.add(asked::PLACE, seen, usize::from(right));
        }
        for (name, given) in known.places.iter().zip(&known.given.places) {
            if given.within.is_some() && given.within != country {
                continue;
            }
            let right = gold.iter().any(|(_, parts)| parts.contains(name));
            let seen = asked.of_words(asked::PLACE, &given.words, &given.own, kind, said);
            self.add(asked::PLACE, seen, usize::from(right));
        }
    }

    /// Descriptions with the name that they are of, and with others of the same sentence.
    fn descriptions(&mut self, asked: &Asked<'_>, found: &[Found]) {
        for one in found.iter().filter(|one| one.role == 5) {
            for name in found.iter().filter(|one| one.role == 3) {
                let right = one.of.iter().any(|of| name.called.contains(of));
                for said in &one.said {
                    for named in &name.said {
                        if asked.context.sentence(said.1) == asked.context.sentence(named.1) {
                            let seen = asked.of_description(said, named);
                            self.add(asked::DESCRIBED, seen, usize::from(right));
                        }
                    }
                }
            }
        }
    }

    fn pairs(&mut self, asked: &Asked<'_>, found: &[Found], weights: &Weights<'_>) {
        let ones: Vec<_> =
            found.iter().map(|one| asked.one(one.role, &one.said, weights)).collect();
        // A report with many teaches no more than one with few.
        let count = found.len() * found.len().saturating_sub(1) / 2;
        let weight = (20.0 / count.max(1) as f32).min(1.0);
        for (at, one) in found.iter().enumerate() {
            for (by, other) in found.iter().enumerate().take(at) {
                let same = one.of_templates.intersection(&other.of_templates).next().is_some();
                let seen = asked.of_two(&ones[at], &ones[by]);
                self.add(asked::SAME, seen, usize::from(same));
                if let Some(last) = self.0[asked::SAME].last_mut() {
                    last.weight = weight;
                }
            }
        }
    }

    /// The weights that follow for some of the variables; the others have none.
    pub fn learn(&self, variables: &[usize], settings: &Settings) -> Chain {
        let chain = |(variable, asked): (usize, &asked::Variable)| {
            let name = |value: &&str| format!("{}: {value}", asked.name);
            let labels: Vec<String> = asked.values.iter().map(name).collect();
            let wanted = variables.contains(&variable);
            let examples = if wanted { self.0[variable].clone() } else { Vec::new() };
            train(examples, &labels, settings, |_| {})
        };
        Chain::joined(&ALL.iter().enumerate().map(chain).collect::<Vec<_>>())
    }
}

/// The number of an answer; what is none of ours teaches nothing.
fn number(variable: usize, value: &str) -> Option<usize> {
    ALL[variable].values.iter().position(|one| *one == value)
}

fn how_many(variable: usize, value: &str) -> Option<usize> {
    let known = number(variable, value);
    known.or_else(|| value.chars().any(|c| c.is_ascii_digit()).then_some(2))
}

/// Those of the key that stand in the text, each with the templates that he is in.
fn found(
    record: &Record,
    page: &Page<'_>,
    columns: &Columns,
    context: &roles::Context,
) -> Vec<Found> {
    let mut phrases_of: HashMap<String, Vec<Said>> = HashMap::new();
    for head in context.all_heads() {
        for one in phrases::candidates(columns, context, head) {
            let written = text(&record.text, page, &one.words);
            phrases_of.entry(written).or_default().push((one.words, head));
        }
    }
    let mut all: Vec<Found> = Vec::new();
    for (number, template) in record.templates.iter().enumerate() {
        for (role, slot) in NAMED_IN.iter().enumerate() {
            for filler in template.slots.get(slot).into_iter().flatten() {
                let called: Vec<String> =
                    filler.alternatives.iter().map(|one| normal(one)).collect();
                let known = all.iter_mut().find(|one| {
                    one.role == role && one.called.iter().any(|own| called.contains(own))
                });
                if let Some(known) = known {
                    known.of_templates.insert(number);
                    continue;
                }
                let mut said: Vec<Said> = Vec::new();
                for one in called.iter().filter_map(|one| phrases_of.get(one)).flatten() {
                    if !said.iter().any(|(_, head)| *head == one.1) {
                        said.push(one.clone());
                    }
                }
                if said.is_empty() {
                    continue;
                }
                said.sort_by_key(|(_, head)| *head);
                let of = filler.of.iter().filter(|one| *one != "-").map(|one| normal(one));
                let (of, of_templates) = (of.collect(), BTreeSet::from([number]));
                all.push(Found { role, said, called, of, of_templates });
            }
        }
    }
    all
}

/// Reports in parts, with what each teaches.
#[derive(Debug)]
pub struct Lessons {
    parts: Vec<Taught>,
}

impl Lessons {
    /// What reports teach, each with the kinds and the heads that other parts teach; which two are of one incident is
    /// learned with the kinds that the other parts teach.
    pub fn of(
        parts: &[(&[&Record], Held<'_>, Held<'_>)],
        weights: &Weights<'_>,
        settings: &Settings,
    ) -> Lessons {
        let mut taught = Vec::with_capacity(parts.len());
        for (records, kinds, heads) in parts {
            let weights = Weights { relevance: *kinds, heads: *heads, ..*weights };
            let mut own = Taught::new();
            records.iter().for_each(|record| own.read(record, &weights, false));
            taught.push(own);
        }
        for (at, (records, kinds, _)) in parts.iter().enumerate() {
            let mut others = Taught::new();
            let but = taught.iter().enumerate().filter(|(by, _)| *by != at);
            but.for_each(|(_, one)| others.extend(one));
            let chain = others.learn(&[asked::KIND_OF_ONE], settings);
            let chain = Held::from(&chain);
            let weights = Weights { relevance: *kinds, variables: chain, ..*weights };
            records.iter().for_each(|record| taught[at].read(record, &weights, true));
        }
        Lessons { parts: taught }
    }

    /// What all parts but one teach, or all.
    pub fn learn(&self, but: Option<usize>, settings: &Settings) -> Chain {
        let mut all = Taught::new();
        let parts = self.parts.iter().enumerate().filter(|(at, _)| Some(*at) != but);
        parts.for_each(|(_, one)| all.extend(one));
        all.learn(&(0..ALL.len()).collect::<Vec<_>>(), settings)
    }
}

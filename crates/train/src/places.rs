//! The weights by which names of places are placed.

mod shipped;

use std::collections::BTreeMap;
use std::ops::Range;

use throughline_eval::bench::placer;
use throughline_eval::bench::places::{self, RIGHT_KM, Score, Span, Text, Toponym};
use throughline_linear::{Random, logistic};
use throughline_places::weights::Weights;
use throughline_places::{
    ALONE, Chances, EntryId, Gazetteer, Kind, Model, ROUNDS, Report, Reports, SURE, TOGETHER, best,
    sure,
};

pub use shipped::train_places;

use crate::{Bench, Error};

/// How much weights are drawn to zero.
pub const L2: f64 = 0.3;

/// How many parts the sources are cut into to be cross-validated.
const PARTS: usize = 5;

/// The sets of gold data.
pub const SETS: [&str; 2] = ["lgl", "geovirus"];

/// The point of a country or an area is a convention: no farther off than this, in kilometres, it is
/// learned to be the right one.
const CONVENTION_KM: f64 = 400.0;

/// Gold data: documents with their toponyms.
#[derive(Clone, Debug)]
pub struct Pool {
    texts: Vec<Text>,
    gold: BTreeMap<Span, Toponym>,
}

/// Documents of one source with their names looked up, and which entries are right.
struct Source<'g> {
    texts: Vec<&'g Text>,
    reports: Reports<'g>,
    /// Of each document, name and candidate, of which none may be; nothing of a name without coordinates.
    right: Vec<Vec<Option<Vec<bool>>>>,
}

/// Weights of both kinds.
#[derive(Clone, Debug)]
pub struct Found {
    /// For an entry by itself.
    pub alone: Weights<ALONE>,
    /// For all names together.
    pub together: Weights<TOGETHER>,
    /// For how sure it is that the likeliest is the place.
    pub sure: Weights<SURE>,
}

impl Found {
    fn model(&self) -> Model<'_> {
        Model { alone: &self.alone, together: &self.together, sure: &self.sure }
    }
}

/// How a pool was placed by weights that saw none of it.
#[derive(Clone, Debug, Default)]
pub struct Validated {
    /// Its scores.
    pub score: Score,
    /// Of each toponym that was placed, how sure that was said to be, in percent, and whether it was right.
    pub stated: Vec<(u8, bool)>,
}

impl Validated {
    /// Of the places that were said to be as sure as this, or surer than the percents before: how many there
    /// are, how sure they were said to be on the mean, and the share that is right, both in percent.
    pub fn calibration(&self, up_to: &[u8]) -> Vec<(usize, f64, f64)> {
        let mut from = 0;
        let band = |to: &u8| {
            let band = from + 1..=*to;
            from = *to;
            let within: Vec<_> =
                self.stated.iter().filter(|(said, _)| band.contains(said)).collect();
            let mean = |sum: f64| if within.is_empty() { 0.0 } else { sum / within.len() as f64 };
            let said = mean(within.iter().map(|(said, _)| f64::from(*said)).sum());
            let right = within.iter().filter(|(_, right)| *right).count();
            (within.len(), said, mean(100.0 * right as f64))
        };
        up_to.iter().map(band).collect()
    }
}

/// What is left out, to see what it buys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Without<'n> {
    /// Features by their names.
    pub features: &'n [&'n str],
    /// Other documents of the same source.
    pub other_documents: bool,
}

impl Pool {
    /// Reads a set of a bench.
    ///
    /// # Errors
    /// If its files cannot be read.
    pub fn read(bench: &Bench, set: &str) -> Result<Pool, Error> {
        let (texts, gold) =
            (format!("places/{set}.docs.jsonl"), format!("places/{set}.gold.jsonl"));
        Ok(Pool {
            texts: places::texts(&bench.text(&texts)?)
                .map_err(|cause| bench.wrong(&texts, cause))?,
            gold: places::toponyms(&bench.text(&gold)?)
                .map_err(|cause| bench.wrong(&gold, cause))?,
        })
    }

    /// How many documents and toponyms it has.
    pub fn size(&self) -> (usize, usize) {
        (self.texts.len(), self.gold.len())
    }

    fn spans(&self) -> BTreeMap<String, Vec<Range<usize>>> {
        let spans = places::spans(&self.gold).into_iter();
        spans.map(|(document, spans)| (document.to_owned(), spans)).collect()
    }

    /// The documents by source, or one by one.
    fn sources<'g>(&'g self, without: &Without<'_>) -> Vec<Source<'g>> {
        let gazetteer = Gazetteer::own();
        let spans = self.spans();
        let texts: Vec<&Text> = self.texts.iter().collect();
        let groups = match without.other_documents {
            true => texts.iter().map(|text| vec![*text]).collect(),
            false => placer::by_source(&texts),
        };
        let source = |texts: Vec<&'g Text>| {
            let none = Vec::new();
            let of = |text: &Text| spans.get(&text.document).unwrap_or(&none);
            let reports: Vec<Report<'_>> = texts
                .iter()
                .map(|text| Report { text: &text.text, toponyms: of(text), source: &text.source })
                .collect();
            let reports = Reports::of(gazetteer, &reports);
            let right = texts.iter().zip(reports.analyses()).map(|(text, analysis)| {
                let name = |name: &throughline_places::Name| {
                    let gold: Vec<&Toponym> = name
                        .toponyms
                        .iter()
                        .filter_map(|at| of(text).get(*at))
                        .filter_map(|span| {
                            self.gold.get(&(text.document.clone(), span.start, span.end))
                        })
                        .filter(|gold| gold.at.is_some())
                        .collect();
                    let right = |id: EntryId| {
                        let right = gold.iter().filter(|gold| is_right(gazetteer, id, gold));
                        2 * right.count() > gold.len()
                    };
                    let right: Vec<bool> =
                        name.candidates.iter().map(|one| right(one.id)).collect();
                    (!gold.is_empty()).then_some(right)
                };
                analysis.names.iter().map(name).collect()
            });
            let right = right.collect();
            Source { texts, reports, right }
        };
        groups.into_iter().map(source).collect()
    }
}

fn is_right(gazetteer: &Gazetteer, id: EntryId, gold: &Toponym) -> bool {
    let entry = gazetteer.entry(id);
    let Some(at) = gold.at else { return false };
    let same = entry.geoname.map(u64::from).is_some_and(|own| Some(own) == gold.geoname);
    let most = match entry.kind {
        Kind::Country | Kind::Area => CONVENTION_KM,
        _ => RIGHT_KM,
    };
    same || places::km(at, entry.point.degrees()) <= most
}

/// Weights from the rows of names with their labels.
fn fit<'r, const N: usize>(
    rows: impl Iterator<Item = (&'r [i32; N], bool)>,
    names: &[&str; N],
    without: &[&str],
) -> Weights<N> {
    let kept = |at: usize| !without.contains(&names[at]);
    let (values, labels): (Vec<Vec<f64>>, Vec<bool>) = rows
        .map(|(values, label)| {
            let value = |at: usize| if kept(at) { f64::from(values[at]) / 100.0 } else { 0.0 };
            ((0..N).map(value).collect(), label)
        })
        .unzip();
    let weights = logistic::fit(&values, &labels, L2);
    let hundredths = |at: usize| {
        weights.get(at).map_or(0, |weight| (weight * 100.0).round().clamp(-1e5, 1e5) as i32)
    };
    let of = std::array::from_fn(|at| if kept(at) { hundredths(at + 1) } else { 0 });
    Weights { bias: hundredths(0), of }
}

/// The values of the names of which an entry is right, each with whether its entry is.
fn rows<'r, const N: usize>(
    values: &'r [Vec<Vec<[i32; N]>>],
    right: &'r [Vec<Option<Vec<bool>>>],
) -> impl Iterator<Item = (&'r [i32; N], bool)> {
    values.iter().flatten().zip(right.iter().flatten()).flat_map(|(values, right)| {
        // Where no entry is right, nothing is learned of which is.
        let right = right.iter().filter(|right| right.contains(&true)).flatten().copied();
        values.iter().zip(right)
    })
}

/// Finds weights on sources: for an entry by itself first, then for all together, given what the
/// ones before make likely.
fn train(sources: &[&Source<'_>], without: &Without<'_>) -> Found {
    let alone = sources.iter().flat_map(|source| rows(source.reports.alone(), &source.right));
    let alone = fit(alone, &throughline_places::ALONE_NAMES, without.features);
    let mut chances: Vec<Vec<Chances>> =
        sources.iter().map(|source| source.reports.first(&alone)).collect();
    let mut together = Weights { bias: 0, of: [0; TOGETHER] };
    let mut values = Vec::new();
    for _ in 0..ROUNDS {
        values = sources
            .iter()
            .zip(&chances)
            .map(|(source, chances)| source.reports.together(chances))
            .collect();
        let of =
            sources.iter().zip(&values).flat_map(|(source, values)| rows(values, &source.right));
        together = fit(of, &throughline_places::TOGETHER_NAMES, without.features);
        chances = values
            .iter()
            .map(|values| values.iter().map(|values| together.chances(values)).collect())
            .collect();
    }
    let likeliest = sources.iter().zip(&values).zip(&chances);
    let likeliest: Vec<([i32; SURE], bool)> = likeliest
        .flat_map(|((source, values), chances)| {
            let names = values.iter().flatten().zip(chances.iter().flatten());
            names.zip(source.right.iter().flatten()).filter_map(|((values, chances), right)| {
                let best = best(chances)?;
                Some((sure(&together.scores(values), best), right.as_ref()?[best]))
            })
        })
        .collect();
    let likeliest = likeliest.iter().map(|(values, right)| (values, *right));
    let sure = fit(likeliest, &throughline_places::SURE_NAMES, &[]);
    Found { alone, together, sure }
}

/// Weights from pools.
pub fn found(pools: &[Pool]) -> Found {
    let without = Without::default();
    let sources: Vec<Source<'_>> = pools.iter().flat_map(|pool| pool.sources(&without)).collect();
    train(&sources.iter().collect::<Vec<_>>(), &without)
}

/// Each document of some pools placed by weights that saw none of its source.
pub fn cross_validated(pools: &[Pool], without: &Without<'_>) -> Vec<Validated> {
    let sources: Vec<(usize, Source<'_>)> = pools
        .iter()
        .enumerate()
        .flat_map(|(at, pool)| pool.sources(without).into_iter().map(move |one| (at, one)))
        .collect();
    // Documents of one source stay in one part, also where each is looked at alone.
    let family = |(_, source): &(usize, Source<'_>)| match source.texts[0].source.as_str() {
        "" => source.texts[0].document.clone(),
        name => name.to_owned(),
    };
    let mut families: Vec<String> = sources.iter().map(family).collect();
    families.sort_unstable();
    families.dedup();
    let mut random = Random::new(1);
    for at in (1..families.len()).rev() {
        families.swap(at, random.below(at + 1));
    }
    let part: BTreeMap<&str, usize> =
        families.iter().enumerate().map(|(at, family)| (family.as_str(), at % PARTS)).collect();
    let mut predicted: Vec<BTreeMap<Span, Toponym>> = vec![BTreeMap::new(); pools.len()];
    let mut stated = vec![Vec::new(); pools.len()];
    let gazetteer = Gazetteer::own();
    for held_out in 0..PARTS {
        let own = |one: &(usize, Source<'_>)| part[family(one).as_str()] == held_out;
        let rest: Vec<&Source<'_>> =
            sources.iter().filter(|one| !own(one)).map(|(_, source)| source).collect();
        let found = train(&rest, without);
        let model = found.model();
        for (pool, source) in sources.iter().filter(|one| own(one)) {
            let placed = source.reports.placed(&model);
            let spans = pools[*pool].spans();
            for (text, placed) in source.texts.iter().zip(placed) {
                let Some(spans) = spans.get(&text.document) else { continue };
                for (span, placed) in spans.iter().zip(placed) {
                    let span = (text.document.clone(), span.start, span.end);
                    let gold = pools[*pool].gold.get(&span).filter(|gold| gold.at.is_some());
                    if let (Some(one), Some(gold)) = (&placed, gold) {
                        stated[*pool].push((one.percent, is_right(gazetteer, one.id, gold)));
                    }
                    let toponym = placed.map(|one| placer::toponym(gazetteer, one.id));
                    predicted[*pool].insert(span, toponym.unwrap_or_default());
                }
            }
        }
    }
    let each = pools.iter().zip(predicted).zip(stated);
    each.map(|((pool, found), stated)| Validated {
        score: places::score(&pool.gold, &found),
        stated,
    })
    .collect()
}

#[cfg(test)]
mod tests;

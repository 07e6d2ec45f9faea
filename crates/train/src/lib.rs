//! Training: weights of the reader's stages from folders of gold data.
//!
//! Input: the bench, a folder with a folder for each public task. Output: files of weights, each
//! with its card, which says from what data, with what features and by which command it was made,
//! and how well it reads.
//!
//! The reader does not know this crate: it holds the weights, and makes the features that both see
//! (`throughline_read::trained`). The order is [`clusters`], [`related`], [`parts`], [`syntax`], [`names`], [`incidents`],
//! [`attribution`], [`negation`], [`certainty`], since each sees what the ones before it give.
//!
//! The same bench and program give the same weights again.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod attribution;
mod bench;
mod card;
pub mod certainty;
pub mod clusters;
pub mod incidents;
mod made;
mod models;
pub mod names;
pub mod negation;
pub mod parts;
pub mod places;
pub mod related;
mod roles;
pub mod same_incident;
pub mod same_name;
pub mod syntax;
pub mod variables;
pub mod words;

use std::collections::BTreeMap;
use std::fmt;

use throughline_eval::bench as gold;
use throughline_eval::bench::reader;
use throughline_linear::train::Pass;
use throughline_linear::tree;
use throughline_read::trained::{Held, Weights};

pub use attribution::train_attribution;
pub use bench::{Bench, Error};
use card::Card;
pub use certainty::train_certainty;
pub use made::{save_roles, train_relevance, train_roles};
pub use models::Models;
pub use negation::train_negation;
pub use places::train_places;
pub use related::train_related;
pub use syntax::train_syntax;

/// What is told while training goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Told {
    /// So many words have been clustered.
    Words(usize),
    /// A pass over the examples.
    Pass(Pass),
    /// A pass over trees.
    Steps(tree::train::Pass),
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Told::Words(words) => write!(f, "{words} words are clustered"),
            Told::Steps(tree::train::Pass { number, wrong: (steps, relations) }) => write!(
                f,
                "pass {number}, wrong steps {:.2} %, wrong relations {:.2} %",
                100.0 * steps,
                100.0 * relations
            ),
            Told::Pass(Pass { number, loss }) => write!(f, "pass {number}, loss {loss:.4}"),
        }
    }
}

/// Weights that were made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The file's name, without its ending.
    pub name: &'static str,
    /// Its ending.
    pub ending: &'static str,
    /// How long it is.
    pub bytes: usize,
}

/// Makes the clusters of words.
///
/// # Errors
/// If the bench cannot be read or the weights cannot be written.
pub fn train_clusters(
    bench: &Bench,
    models: &Models,
    mut tell: impl FnMut(Told),
) -> Result<Made, Error> {
    let text = clusters::text(bench)?;
    let codes = clusters::train(&text, clusters::CLUSTERS, clusters::LEAST, |words| {
        if words % 1000 == 0 {
            tell(Told::Words(words));
        }
    });
    let words: usize = text.iter().map(Vec::len).sum();
    let card = Card {
        title: "Clusters of words",
        task: "clusters",
        about: "Words that stand between like neighbours share the beginning of their code: hierarchical clusters after Brown et al. (1992).",
        data: card::CLUSTERED,
        features: format!(
            "{words} words of running text, in lower case and with every digit alike; the {} that occur {} times or more, in {} clusters.",
            codes.len(),
            clusters::LEAST,
            clusters::CLUSTERS
        ),
        figures: "What they buy stands with the stages that use them, in docs/accuracy.md."
            .to_owned(),
    };
    models.save("clusters", &codes.to_bytes(), &card.to_string())
}

/// Makes the finder of names.
///
/// # Errors
/// If the bench, the clusters or the tagger cannot be read, or the weights cannot be written.
pub fn train_names(
    bench: &Bench,
    models: &Models,
    mut tell: impl FnMut(Told),
) -> Result<Made, Error> {
    let (clusters, related, parts) = (models.clusters()?, models.related()?, models.parts()?);
    let weights = Weights {
        clusters: &clusters,
        related: &related,
        parts: Held::from(&parts),
        ..Weights::own()
    };
    let records = bench.names_to_learn()?;
    let taggers = names::Taggers::new(&bench.sentences("syntax/train.conllu")?, weights);
    let training = names::Training::default();
    let chain = names::train_on(&records, &taggers, &training, |pass| tell(Told::Pass(pass)));
    let dev = bench.names("names/dev.jsonl")?;
    let weights = Weights { names: Held::from(&chain), ..weights };
    let predicted: BTreeMap<String, Vec<gold::names::Entity>> = dev
        .iter()
        .map(|record| (record.document.clone(), reader::names(&record.text, &weights)))
        .collect();
    let score = gold::names::score(&dev, &predicted);
    let (low, high) = score.mean_bounds;
    let sources: Vec<String> = score
        .sources
        .iter()
        .map(|(source, line)| format!("{source} {:.1}", line.typed.f1))
        .collect();
    let card = Card {
        title: "Names",
        task: "names",
        about: "A conditional random field over the beginning, middle and end of names of people (PER), organisations (ORG), places (LOC) and other things (MISC).",
        data: card::NAMED,
        features: format!(
            "The words around, their letters, shapes, clusters, related words and parts of speech, the project's word lists and table of places, and how a word stands elsewhere in its text; {} features have weights. Parts of speech are those that a tagger gives which does not know the document. Where guidelines have no other things (tweets, English-EWT), a word outside of names may be one. {}",
            chain.features(),
            card::settings(&training.settings)
        ),
        figures: format!(
            "F1 of exact names on the dev part: {}; their mean {:.2} (95 %: {low:.1} to {high:.1}).",
            sources.join(", "),
            score.mean
        ),
    };
    models.save("names", &chain.to_bytes(), &card.to_string())
}

/// Makes the weights by which names are compared.
///
/// # Errors
/// If the bench cannot be read or the weights cannot be written.
pub fn train_same_name(bench: &Bench, models: &Models) -> Result<Made, Error> {
    let examples = same_name::examples(bench)?;
    let weights = same_name::fit(&examples);
    let (f1, (low, high)) = same_name::cross_validated(&examples);
    let card = Card {
        title: "Comparing names",
        task: "same-name",
        about: "Logistic regression over what two names have in common, in hundredths of log-odds; from even odds on they are taken for one's.",
        data: card::SAME_NAME,
        features: format!(
            "The {} features of `crates/resolve/src/names/feature.rs`, L2 {}.",
            weights.of.len(),
            same_name::L2
        ),
        figures: format!(
            "F1 of {} pairs, of which {} are one's, by tenfold cross-validation in which pairs with a name in common stay together: {f1:.1} (95 %: {low:.1} to {high:.1}).",
            examples.len(),
            examples.iter().filter(|one| one.same).count(),
        ),
    };
    let names = throughline_resolve::names::Feature::ALL.map(|feature| feature.name());
    let table = weights.to_table(&names);
    models.save_as("same-name", "tsv", table.as_bytes(), &card.to_string())
}

/// Makes the table of how common words are.
///
/// # Errors
/// If the bench cannot be read or the table cannot be written.
pub fn train_words(bench: &Bench, models: &Models) -> Result<Made, Error> {
    let (all, counts) = words::count(bench)?;
    let card = Card {
        title: "How common words are",
        task: "words",
        about: "In how many documents of news each word stands; the first line says how many documents there are.",
        data: card::COUNTED,
        features: format!(
            "{} words of {all} documents, in lower case: those that stand in {} documents or more, and in two of the collections.",
            counts.len(),
            words::LEAST
        ),
        figures: "What it buys stands with the stage that uses it, in docs/accuracy.md.".to_owned(),
    };
    let table = words::table(all, &counts);
    models.save_as("words", "tsv", table.as_bytes(), &card.to_string())
}

/// Makes the weights by which reports of incidents are compared.
///
/// # Errors
/// If the bench cannot be read or the weights cannot be written.
pub fn train_same_incident(bench: &Bench, models: &Models) -> Result<Made, Error> {
    let dated = same_incident::Pool::read(bench, same_incident::GVA)?;
    let undated = same_incident::Pool::read(bench, same_incident::ECB)?;
    let (examples, of_undated) = (dated.examples(), undated.examples());
    let (found, found_undated) =
        (dated.cross_validated(&examples, &[]), undated.cross_validated(&of_undated, &[]));
    let figure = |found: &throughline_eval::bench::clusters::Score| {
        let (low, high) = found.bounds;
        format!(
            "B-cubed F1 {:.3} (95 %: {low:.3} to {high:.3}), adjusted Rand index {:.3}",
            found.b_cubed.f1, found.adjusted_rand
        )
    };
    let weights = same_incident::fit(examples.iter(), &[]);
    let card = Card {
        title: "Comparing reports of incidents",
        task: "same-incident",
        about: "Logistic regression over what two reports have in common, in hundredths of log-odds: `same-incident.tsv` where both days of publication are known, `same-incident-undated.tsv` where one is not. A report joins the incident whose reports it fits best on the mean, from even odds on.",
        data: card::SAME_INCIDENT,
        features: format!(
            "The {} features of `crates/resolve/src/incident/pair.rs`, L2 {}, over {} pairs of dated reports and {} of undated ones that share rare words.",
            weights.of.len(),
            same_incident::L2,
            examples.len(),
            of_undated.len()
        ),
        figures: format!(
            "Each report is compared by weights that saw no report of its fifth of the incidents. {} dated ones: {}. {} undated ones: {}.",
            found.items,
            figure(&found),
            found_undated.items,
            figure(&found_undated)
        ),
    };
    let names = throughline_resolve::incident::Feature::ALL.map(|feature| feature.name());
    let table = same_incident::fit(of_undated.iter(), &[]).to_table(&names);
    models.save_as("same-incident-undated", "tsv", table.as_bytes(), "")?;
    let table = weights.to_table(&names);
    models.save_as("same-incident", "tsv", table.as_bytes(), &card.to_string())
}

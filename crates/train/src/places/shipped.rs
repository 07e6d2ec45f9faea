//! The weights that ship, and their card.

use throughline_places::{ALONE, ALONE_NAMES, SURE_NAMES, TOGETHER, TOGETHER_NAMES};

use super::{L2, Pool, SETS, Validated, Without, cross_validated, found};
use crate::card::{self, Card};
use crate::{Bench, Error, Made, Models};

/// Makes the weights by which names of places are placed.
///
/// # Errors
/// If the bench cannot be read or the weights cannot be written.
pub fn train_places(bench: &Bench, models: &Models) -> Result<Made, Error> {
    let pools = SETS.iter().map(|set| Pool::read(bench, set)).collect::<Result<Vec<_>, _>>()?;
    let weights = found(&pools);
    let scores = cross_validated(&pools, &Without::default());
    let figures: Vec<String> = ["LGL", "GeoVirus"]
        .iter()
        .zip(&scores)
        .map(|(set, Validated { score, .. })| {
            let (low, high) = score.right_bounds;
            format!(
                "{set}: {:.3} (95 %: {low:.3} to {high:.3}) of {} given toponyms with coordinates.",
                score.right, score.with_coordinates
            )
        })
        .collect();
    let card = Card {
        title: "Placing names of places",
        task: "places",
        about: "Logistic regression over the entries that a name may mean, in hundredths of log-odds: `places-alone.tsv` for an entry by itself, `places.tsv` given what the other names of the report and of its source most likely mean; `places-sure.tsv` for how sure it is that the likeliest of them is the place, learned from names of which no entry is right as well.",
        data: card::PLACES,
        features: format!(
            "The {ALONE} features of `crates/places/src/feature.rs`, and {} more of `crates/places/src/context.rs`, L2 {L2}.",
            TOGETHER - ALONE
        ),
        figures: format!(
            "Within 161 km of the gold, each document placed by weights that saw none of its source, which makes five parts: {}",
            figures.join(" ")
        ),
    };
    let table = weights.alone.to_table(&ALONE_NAMES);
    models.save_as("places-alone", "tsv", table.as_bytes(), "")?;
    let table = weights.sure.to_table(&SURE_NAMES);
    models.save_as("places-sure", "tsv", table.as_bytes(), "")?;
    let table = weights.together.to_table(&TOGETHER_NAMES);
    models.save_as("places", "tsv", table.as_bytes(), &card.to_string())
}

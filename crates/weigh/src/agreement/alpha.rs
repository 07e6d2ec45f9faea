//! Krippendorff's alpha: agreement beyond chance for any number of coders, with gaps, on any scale.

use super::{Ratings, Scale};

/// Krippendorff's alpha (Krippendorff 2011), over the units that at least two coders coded. `None`
/// without such a unit, or where all of them have one value.
pub fn alpha(ratings: &Ratings) -> Option<f64> {
    let many = ratings.categories;
    // The coincidences: how often two values stand in one unit, each unit weighing as much as it has
    // codings.
    let mut met = vec![vec![0.0; many]; many];
    for unit in &ratings.units {
        let coded: Vec<usize> = unit.iter().flatten().copied().collect();
        if coded.len() < 2 {
            continue;
        }
        let weight = 1.0 / (coded.len() - 1) as f64;
        for (at, one) in coded.iter().enumerate() {
            for (place, other) in coded.iter().enumerate() {
                if at != place {
                    met[*one][*other] += weight;
                }
            }
        }
    }
    let values: Vec<f64> = met.iter().map(|row| row.iter().sum()).collect();
    let total: f64 = values.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for one in 0..many {
        for other in 0..many {
            let apart = distance(&ratings.scale, &values, one, other);
            observed += met[one][other] * apart;
            expected += values[one] * values[other] * apart;
        }
    }
    (expected > 0.0).then(|| 1.0 - (total - 1.0) * observed / expected)
}

/// The square of how far apart two categories are.
fn distance(scale: &Scale, values: &[f64], one: usize, other: usize) -> f64 {
    if one == other {
        return 0.0;
    }
    match scale {
        Scale::Nominal => 1.0,
        // As many ranks as there are codings between the two, each end counting by half.
        Scale::Ordinal => {
            let (low, high) = (one.min(other), one.max(other));
            let between: f64 = values[low..=high].iter().sum();
            let ranks = between - (values[low] + values[high]) / 2.0;
            ranks * ranks
        }
        Scale::Interval(places) => {
            let apart = places[one] - places[other];
            apart * apart
        }
    }
}

//! Cohen's and Fleiss' kappa: agreement beyond chance on a nominal scale, over units that all coded.

use super::Ratings;

/// Cohen's kappa of two coders (Cohen 1960), over the units that both coded: chance takes each coder's
/// own shares. `None` for other than two coders, without such a unit, or where chance alone makes them
/// agree.
pub fn cohen(ratings: &Ratings) -> Option<f64> {
    if ratings.coders() != 2 {
        return None;
    }
    let both: Vec<(usize, usize)> =
        ratings.units.iter().filter_map(|unit| Some((unit[0]?, unit[1]?))).collect();
    if both.is_empty() {
        return None;
    }
    let many = both.len() as f64;
    let mut shares = vec![(0.0, 0.0); ratings.categories];
    for (one, other) in &both {
        shares[*one].0 += 1.0;
        shares[*other].1 += 1.0;
    }
    let alike = both.iter().filter(|(one, other)| one == other).count() as f64;
    let chance: f64 = shares.iter().map(|(one, other)| one * other).sum();
    beyond(alike / many, chance / (many * many))
}

/// Fleiss' kappa (Fleiss 1971), over the units that all coders coded: chance takes the shares of all
/// coders together. `None` for fewer than two coders, without such a unit, or where chance alone makes
/// them agree.
pub fn fleiss(ratings: &Ratings) -> Option<f64> {
    let coders = ratings.coders() as f64;
    if coders < 2.0 {
        return None;
    }
    let (mut units, mut alike) = (0.0, 0.0);
    let mut shares = vec![0.0; ratings.categories];
    for unit in &ratings.units {
        let Some(coded) = unit.iter().copied().collect::<Option<Vec<usize>>>() else { continue };
        let mut counts = vec![0.0; ratings.categories];
        for category in coded {
            counts[category] += 1.0;
            shares[category] += 1.0;
        }
        units += 1.0;
        alike += counts.iter().map(|count| count * (count - 1.0)).sum::<f64>();
    }
    if units == 0.0 {
        return None;
    }
    let total = units * coders;
    let chance: f64 = shares.iter().map(|share| (share / total) * (share / total)).sum();
    beyond(alike / (total * (coders - 1.0)), chance)
}

/// Agreement beyond chance; `None` where chance leaves no room for it.
fn beyond(alike: f64, chance: f64) -> Option<f64> {
    (chance < 1.0).then(|| (alike - chance) / (1.0 - chance))
}

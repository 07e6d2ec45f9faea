//! How near predictions come to the gold.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::Day;

use super::rows::{Claimed, Dated, Labelled};

/// Into how many strata of similar coverage pairs are cut, at the quantiles of the connected ones.
const STRATA: usize = 10;

/// How pairs that are connected rank among those that are not.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// How many pairs there are.
    pub pairs: usize,
    /// How many are connected.
    pub positives: usize,
    /// How many have no score, and are put last.
    pub missing: usize,
    /// How the scores rank them.
    pub own: Figures,
    /// How the coverage alone ranks them, which knows nothing but how much is documented.
    pub control: Figures,
}

/// The figures of one ranking. Pairs of one score stand in every order with equal chance.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// The chance that a connected pair scores above one that is not, half where they are equal.
    pub auc: f64,
    /// Average precision.
    pub ap: f64,
    /// The share of connected ones among the first so many.
    pub precision_at: f64,
    /// The chance within strata of similar coverage, weighted by their connected pairs.
    pub auc_matched: f64,
}

/// The figures of scores, given by pair, for pairs with gold; `first` for the precision of so many.
pub fn ranked(gold: &[Labelled], scores: &BTreeMap<String, f64>, first: usize) -> Ranked {
    let least = scores.values().copied().fold(f64::INFINITY, f64::min);
    let last = if least.is_finite() { least - 1.0 } else { f64::NEG_INFINITY };
    let own: Vec<f64> =
        gold.iter().map(|one| scores.get(&one.id).copied().unwrap_or(last)).collect();
    let coverage: Vec<f64> = gold.iter().map(|one| one.coverage).collect();
    Ranked {
        pairs: gold.len(),
        positives: gold.iter().filter(|one| one.y).count(),
        missing: gold.iter().filter(|one| !scores.contains_key(&one.id)).count(),
        own: figures(gold, &own, first),
        control: figures(gold, &coverage, first),
    }
}

fn figures(gold: &[Labelled], scores: &[f64], first: usize) -> Figures {
    let all: Vec<(f64, bool)> =
        scores.iter().zip(gold).map(|(score, one)| (*score, one.y)).collect();
    let groups = groups(&all);
    Figures {
        auc: auc(&all),
        ap: average_precision(&groups),
        precision_at: precision_at(&groups, first),
        auc_matched: matched(gold, scores),
    }
}

/// Pairs of one score together, best first: how many, and how many connected.
fn groups(all: &[(f64, bool)]) -> Vec<(usize, usize)> {
    let mut sorted = all.to_vec();
    sorted.sort_by(|one, other| other.0.total_cmp(&one.0));
    let equal = sorted.chunk_by(|one, other| one.0 == other.0);
    equal.map(|own| (own.len(), own.iter().filter(|one| one.1).count())).collect()
}

/// The area under the curve; nought where all are connected, or none is.
pub(super) fn auc(all: &[(f64, bool)]) -> f64 {
    let mut below = 0.0;
    let (mut wins, mut positives) = (0.0, 0.0);
    for (many, connected) in groups(all).into_iter().rev() {
        let apart = (many - connected) as f64;
        wins += connected as f64 * (below + apart / 2.0);
        below += apart;
        positives += connected as f64;
    }
    if positives * below > 0.0 { wins / (positives * below) } else { 0.0 }
}

fn precision_at(groups: &[(usize, usize)], first: usize) -> f64 {
    let all: usize = groups.iter().map(|(many, _)| many).sum();
    let first = first.min(all);
    let (mut left, mut got) = (first, 0.0);
    for (many, connected) in groups {
        let taken = left.min(*many);
        got += *connected as f64 * taken as f64 / *many as f64;
        left -= taken;
    }
    if first == 0 { 0.0 } else { got / first as f64 }
}

/// Average precision, expected over the orders of what scores alike (McSherry and Najork 2008).
fn average_precision(groups: &[(usize, usize)]) -> f64 {
    let (mut seen, mut hits, mut sum) = (0.0, 0.0, 0.0);
    let total: usize = groups.iter().map(|(_, connected)| connected).sum();
    for (many, connected) in groups {
        let (n, p) = (*many as f64, *connected as f64);
        for place in 1..=*many {
            let i = place as f64;
            let before = match (*many, *connected) {
                (1, _) | (_, 0) => 0.0,
                _ => (i - 1.0) * (p - 1.0) / (n - 1.0),
            };
            sum += p / n * (hits + before + 1.0) / (seen + i);
        }
        seen += n;
        hits += p;
    }
    if total == 0 { 0.0 } else { sum / total as f64 }
}

fn matched(gold: &[Labelled], scores: &[f64]) -> f64 {
    let mut order: Vec<f64> = gold.iter().filter(|one| one.y).map(|one| one.coverage).collect();
    order.sort_by(f64::total_cmp);
    if order.is_empty() {
        return 0.0;
    }
    let mut cuts: Vec<f64> = (1..STRATA).map(|part| order[order.len() * part / STRATA]).collect();
    cuts.dedup();
    let mut strata: Vec<Vec<(f64, bool)>> = vec![Vec::new(); cuts.len() + 1];
    for (one, score) in gold.iter().zip(scores) {
        strata[cuts.partition_point(|cut| *cut <= one.coverage)].push((*score, one.y));
    }
    let (mut weight, mut sum) = (0.0, 0.0);
    for stratum in &strata {
        let positives = stratum.iter().filter(|one| one.1).count();
        if positives > 0 && positives < stratum.len() {
            weight += positives as f64;
            sum += positives as f64 * auc(stratum);
        }
    }
    if weight > 0.0 { sum / weight } else { 0.0 }
}

/// How right first dates are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct When {
    /// How many pairs there are.
    pub pairs: usize,
    /// How many are connected.
    pub connected: usize,
    /// The share with the right date, or none where they are not connected.
    pub accuracy: f64,
    /// Of those connected, the share with the right date.
    pub exact: f64,
    /// How many are dated too early: by what was not yet public.
    pub early: usize,
    /// How many are dated too late.
    pub late: usize,
    /// How many are connected and have no date.
    pub missed: usize,
    /// How many have a date and are not connected.
    pub wrong: usize,
    /// Of those connected that have a date, how many days it lies off, in the mean.
    pub days_off: Option<f64>,
    /// How many have no prediction.
    pub missing: usize,
}

/// How right dates are, given by pair.
pub fn when(gold: &[Dated], predicted: &[Dated]) -> When {
    let by: BTreeMap<&str, Option<Day>> =
        predicted.iter().map(|one| (one.id.as_str(), one.date)).collect();
    let mut found = When { pairs: gold.len(), ..When::default() };
    let (mut right, mut exact, mut off, mut compared) = (0, 0, 0.0, 0);
    for one in gold {
        found.missing += usize::from(!by.contains_key(one.id.as_str()));
        let own = by.get(one.id.as_str()).copied().flatten();
        match (one.date, own) {
            (None, None) => right += 1,
            (None, Some(_)) => found.wrong += 1,
            (Some(_), None) => found.missed += 1,
            (Some(gold), Some(own)) => {
                exact += usize::from(gold == own);
                found.early += usize::from(own < gold);
                found.late += usize::from(own > gold);
                off += f64::from(gold.0.abs_diff(own.0));
                compared += 1;
            }
        }
        found.connected += usize::from(one.date.is_some());
    }
    let share =
        |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    found.accuracy = share(right + exact, found.pairs);
    found.exact = share(exact, found.connected);
    found.days_off = (compared > 0).then(|| off / f64::from(compared));
    found
}

/// How many reported connections are found, and when.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Reported {
    /// How many pairs the gold has.
    pub gold: usize,
    /// How many are claimed.
    pub claimed: usize,
    /// The share of the gold's that are claimed.
    pub recall: f64,
    /// How many are claimed and not in the gold, which is not complete: no errors.
    pub beyond: usize,
    /// How many of the gold's have both dates.
    pub dated: usize,
    /// Of these, the share dated no earlier than the first report.
    pub not_before: Option<f64>,
    /// Of these, the share dated within seven days of it.
    pub within_a_week: Option<f64>,
}

/// Compares connections claimed with those reported, by the names of the incidents; of one pair the
/// earliest date counts.
pub fn reported(gold: &[Claimed], claimed: &[Claimed]) -> Reported {
    type Key = BTreeSet<String>;
    let firsts = |all: &[Claimed]| {
        let mut found: BTreeMap<Key, Option<Day>> = BTreeMap::new();
        for one in all {
            let key: Key = [&one.a, &one.b].map(|name| name.trim().to_lowercase()).into();
            let date = found.entry(key).or_insert(one.date);
            *date = [*date, one.date].into_iter().flatten().min();
        }
        found
    };
    let (gold, claimed) = (firsts(gold), firsts(claimed));
    let hits = gold.iter().filter_map(|(key, date)| Some((*date, *claimed.get(key)?)));
    let hits: Vec<(Option<Day>, Option<Day>)> = hits.collect();
    let dated: Vec<(Day, Day)> =
        hits.iter().filter_map(|(gold, own)| Some(((*gold)?, (*own)?))).collect();
    let share = |many: usize| (!dated.is_empty()).then(|| many as f64 / dated.len() as f64);
    Reported {
        gold: gold.len(),
        claimed: claimed.len(),
        recall: if gold.is_empty() { 0.0 } else { hits.len() as f64 / gold.len() as f64 },
        beyond: claimed.keys().filter(|key| !gold.contains_key(*key)).count(),
        dated: dated.len(),
        not_before: share(dated.iter().filter(|(gold, own)| own >= gold).count()),
        within_a_week: share(
            dated.iter().filter(|(gold, own)| gold.0.abs_diff(own.0) <= 7).count(),
        ),
    }
}

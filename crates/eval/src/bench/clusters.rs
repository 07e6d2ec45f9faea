//! Which reports, or which mentions of events, are of one incident? Two partitions of the same items
//! are compared.
//!
//! A line of gold is `{"id", "incident"}` or `{"id", "chain"}`, a prediction `{"id", "cluster"}`; an
//! item without a prediction is alone.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value as Json, json};

use super::{Error, interval, lines};

/// An item and the group that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gold {
    /// The id of the document or mention.
    pub id: String,
    /// What the group is called.
    pub group: String,
}

/// The gold of lines of JSON.
///
/// # Errors
/// If a line is no JSON, names no incident or chain, or has the id of an earlier one.
pub fn gold(text: &str) -> Result<Vec<Gold>, Error> {
    let gold = |(line, id, json): (usize, String, Json)| {
        let group = json["incident"].as_str().or_else(|| json["chain"].as_str());
        let group = group.ok_or_else(|| {
            Error::new(line, "expected a string \"incident\" or a string \"chain\"")
        })?;
        Ok(Gold { group: group.to_owned(), id })
    };
    lines::objects(text, "id")?.into_iter().map(gold).collect()
}

/// A prediction as a line of JSON.
pub fn line(id: &str, cluster: &str) -> Json {
    json!({"id": id, "cluster": cluster})
}

/// Precision, recall and their harmonic mean, from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Prf {
    /// Of what is together in the prediction, how much belongs together.
    pub precision: f64,
    /// Of what belongs together, how much is.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

impl Prf {
    fn of(precision: f64, recall: f64) -> Prf {
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Prf { precision, recall, f1 }
    }
}

/// How alike two partitions are.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// How many items, groups in the gold, and groups in the prediction.
    pub items: usize,
    /// Groups in the gold.
    pub gold: usize,
    /// Groups in the prediction.
    pub predicted: usize,
    /// B-cubed (Bagga, Baldwin 1998): for each item, the group around it.
    pub b_cubed: Prf,
    /// Pairs of items in one group.
    pub pairs: Prf,
    /// The Rand index adjusted for chance (Hubert, Arabie 1985): 0 by chance, 1 if equal.
    pub adjusted_rand: f64,
    /// Between what bounds B-cubed F1 lies for nineteen of twenty samples of the gold's groups.
    pub bounds: (f64, f64),
}

/// Scores clusters, given for each item of the gold by name.
pub fn score(gold: &[Gold], predicted: &HashMap<String, String>) -> Score {
    let mut groups: BTreeMap<&str, usize> = BTreeMap::new();
    // What was not predicted is alone, under a name that no cluster has.
    let mut clusters: BTreeMap<(bool, &str), usize> = BTreeMap::new();
    let mut items = Vec::with_capacity(gold.len());
    for one in gold {
        let next = groups.len();
        let group = *groups.entry(&one.group).or_insert(next);
        let cluster = match predicted.get(&one.id) {
            Some(cluster) => (true, cluster.as_str()),
            None => (false, one.id.as_str()),
        };
        let next = clusters.len();
        items.push((group, *clusters.entry(cluster).or_insert(next)));
    }
    let table = Table::of(&items);
    let mut members: Vec<Vec<(usize, usize)>> = vec![Vec::new(); groups.len()];
    items.iter().for_each(|item| members[item.0].push(*item));
    // Each item keeps the precision and recall that it has among all.
    let bounds = interval::bounds(members.len(), |drawn| {
        let own = drawn.iter().flat_map(|group| &members[*group]);
        let (mut many, mut precision, mut recall) = (0, 0.0, 0.0);
        for item in own {
            many += 1;
            precision += table.both[item] as f64 / table.clusters[&item.1] as f64;
            recall += table.both[item] as f64 / table.groups[&item.0] as f64;
        }
        let many = f64::from(many.max(1));
        Prf::of(precision / many, recall / many).f1
    });
    Score {
        items: items.len(),
        gold: groups.len(),
        predicted: clusters.len(),
        b_cubed: table.b_cubed(),
        pairs: table.pairs(),
        adjusted_rand: table.adjusted_rand(),
        bounds,
    }
}

/// How many items each group and each cluster has, alone and together.
struct Table<G, C> {
    items: usize,
    groups: BTreeMap<G, usize>,
    clusters: BTreeMap<C, usize>,
    both: BTreeMap<(G, C), usize>,
}

impl<G: Ord + Copy, C: Ord + Copy> Table<G, C> {
    fn of(items: &[(G, C)]) -> Table<G, C> {
        let mut table = Table {
            items: items.len(),
            groups: BTreeMap::new(),
            clusters: BTreeMap::new(),
            both: BTreeMap::new(),
        };
        for &(group, cluster) in items {
            *table.groups.entry(group).or_insert(0) += 1;
            *table.clusters.entry(cluster).or_insert(0) += 1;
            *table.both.entry((group, cluster)).or_insert(0) += 1;
        }
        table
    }

    fn b_cubed(&self) -> Prf {
        let mean = |size: &dyn Fn(&(G, C)) -> usize| {
            let sum: f64 =
                self.both.iter().map(|(key, many)| (many * many) as f64 / size(key) as f64).sum();
            if self.items == 0 { 0.0 } else { sum / self.items as f64 }
        };
        let precision = mean(&|(_, cluster)| self.clusters[cluster]);
        Prf::of(precision, mean(&|(group, _)| self.groups[group]))
    }

    /// Pairs together in both, in the prediction, and in the gold.
    fn together(&self) -> (usize, usize, usize) {
        fn pairs<'n>(sizes: impl Iterator<Item = &'n usize>) -> usize {
            sizes.map(|many| many * (many - 1) / 2).sum()
        }
        (pairs(self.both.values()), pairs(self.clusters.values()), pairs(self.groups.values()))
    }

    fn pairs(&self) -> Prf {
        let (both, predicted, gold) = self.together();
        let share = |of: usize, other: usize| match of {
            0 if other == 0 => 1.0,
            0 => 0.0,
            of => both as f64 / of as f64,
        };
        Prf::of(share(predicted, gold), share(gold, predicted))
    }

    fn adjusted_rand(&self) -> f64 {
        let (both, predicted, gold) = self.together();
        let all = self.items * self.items.saturating_sub(1) / 2;
        if all == 0 {
            return 1.0;
        }
        let expected = (predicted * gold) as f64 / all as f64;
        let most = (predicted + gold) as f64 / 2.0;
        if most == expected { 1.0 } else { (both as f64 - expected) / (most - expected) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scored(clusters: &[(&str, &str)]) -> Score {
        let gold = gold(
            r#"{"id": "a", "incident": "1"}
               {"id": "b", "incident": "1"}
               {"id": "c", "incident": "2"}
               {"id": "d", "incident": "3"}"#,
        );
        let predicted = clusters.iter().map(|(id, c)| ((*id).to_owned(), (*c).to_owned()));
        score(&gold.unwrap(), &predicted.collect())
    }

    #[test]
    fn equal_partitions_have_full_marks() {
        let score = scored(&[("a", "x"), ("b", "x"), ("c", "y"), ("d", "z")]);
        assert_eq!((score.b_cubed.f1, score.adjusted_rand, score.pairs.f1), (1.0, 1.0, 1.0));
        assert_eq!(score.bounds, (1.0, 1.0));
    }

    #[test]
    fn what_is_not_predicted_is_alone() {
        let score = scored(&[]);
        assert_eq!((score.predicted, score.b_cubed.precision), (4, 1.0));
        assert_eq!(score.b_cubed.recall, 0.75);
        assert_eq!(score.adjusted_rand, 0.0);
    }

    #[test]
    fn all_in_one_is_no_more_than_chance() {
        let score = scored(&[("a", "x"), ("b", "x"), ("c", "x"), ("d", "x")]);
        // Each of a and b has half of its cluster right, c and d a quarter.
        assert_eq!(score.b_cubed.precision, 0.375);
        assert_eq!((score.pairs.precision, score.pairs.recall), (1.0 / 6.0, 1.0));
        assert_eq!(score.adjusted_rand, 0.0);
    }
}

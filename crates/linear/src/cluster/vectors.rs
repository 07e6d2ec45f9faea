//! Things put together by vectors of theirs: k-means, and a tree of its clusters (Ward 1963).
//!
//! K-means gives clusters of their own breadth wherever many vectors lie; a tree over their means,
//! in which those two are merged whose merging adds least to the squared distances, gives each the
//! way to it from the root, so that the first bits of a code say most.

use crate::{Code, Random};

/// How many rounds of k-means there are; few vectors change their cluster after as many.
const ROUNDS: usize = 12;

/// Clusters vectors, which lie one behind the other in `all`; gives the code of each, in order.
///
/// Vectors are compared by their direction alone. Time is that of their number times that of the
/// clusters.
///
/// # Panics
/// If `all` is not of whole vectors.
pub fn of_vectors(all: &[f32], dimensions: usize, clusters: usize, seed: u64) -> Vec<Code> {
    assert!(
        dimensions > 0 && all.len().is_multiple_of(dimensions),
        "vectors of {dimensions} numbers each"
    );
    let mut units = all.to_vec();
    units.chunks_mut(dimensions).for_each(to_unit);
    let count = units.len() / dimensions;
    if count == 0 {
        return Vec::new();
    }
    let clusters = clusters.clamp(1, count);
    let mut order: Vec<usize> = (0..count).collect();
    Random::new(seed).shuffle(&mut order);
    let mut means = Means { dimensions, clusters, at: vec![0.0; clusters * dimensions] };
    for (cluster, vector) in order.iter().take(clusters).enumerate() {
        let from = &units[vector * dimensions..][..dimensions];
        means.set(cluster, from.iter().copied());
    }
    let mut of = vec![0; count];
    let mut sizes = vec![0; clusters];
    for _ in 0..ROUNDS {
        means.assign(&units, &mut of);
        sizes = means.follow(&units, &of);
    }
    let ways = tree(&means, &sizes);
    of.iter().map(|cluster| Code::new(&ways[*cluster])).collect()
}

fn to_unit(vector: &mut [f32]) {
    let length = vector.iter().map(|one| one * one).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|one| *one /= length);
    }
}

/// The means of clusters: of the first number of each, then of the second, and so on, so that one
/// vector is compared with many of them in one stroke.
struct Means {
    dimensions: usize,
    clusters: usize,
    at: Vec<f32>,
}

impl Means {
    fn set(&mut self, cluster: usize, numbers: impl Iterator<Item = f32>) {
        let clusters = self.clusters;
        numbers.enumerate().for_each(|(number, one)| self.at[number * clusters + cluster] = one);
    }

    fn of(&self, cluster: usize) -> Vec<f32> {
        (0..self.dimensions).map(|number| self.at[number * self.clusters + cluster]).collect()
    }

    /// Puts each vector to the nearest mean; of several the first.
    fn assign(&self, units: &[f32], of: &mut [usize]) {
        let halves: Vec<f32> = (0..self.clusters)
            .map(|cluster| -0.5 * self.of(cluster).iter().map(|one| one * one).sum::<f32>())
            .collect();
        let mut near = vec![0.0; self.clusters];
        for (vector, of) in units.chunks(self.dimensions).zip(of) {
            near.copy_from_slice(&halves);
            for (one, means) in vector.iter().zip(self.at.chunks(self.clusters)) {
                near.iter_mut().zip(means).for_each(|(sum, mean)| *sum += one * mean);
            }
            let mut best = 0;
            for (cluster, one) in near.iter().enumerate() {
                if *one > near[best] {
                    best = cluster;
                }
            }
            *of = best;
        }
    }

    /// Moves each mean to the middle of its vectors; one without any stays. Gives their sizes.
    fn follow(&mut self, units: &[f32], of: &[usize]) -> Vec<usize> {
        let mut sums = vec![0.0; self.clusters * self.dimensions];
        let mut sizes = vec![0; self.clusters];
        for (vector, cluster) in units.chunks(self.dimensions).zip(of) {
            let sum = &mut sums[cluster * self.dimensions..][..self.dimensions];
            sum.iter_mut().zip(vector).for_each(|(sum, one)| *sum += one);
            sizes[*cluster] += 1;
        }
        for (cluster, size) in sizes.iter().enumerate().filter(|(_, size)| **size > 0) {
            let sum = &sums[cluster * self.dimensions..][..self.dimensions];
            self.set(cluster, sum.iter().map(|one| one / *size as f32));
        }
        sizes
    }
}

/// The way to each cluster in the tree of them.
fn tree(means: &Means, sizes: &[usize]) -> Vec<Vec<bool>> {
    let mut ways = vec![Vec::new(); sizes.len()];
    let mut nodes: Vec<Node> = (0..sizes.len())
        .filter(|cluster| sizes[*cluster] > 0)
        .map(|cluster| Node {
            mean: means.of(cluster),
            size: sizes[cluster] as f32,
            members: vec![cluster],
        })
        .collect();
    // The nearest of the nearest, until two are nearest to each other: as merging never brings
    // others nearer, that gives the tree of the cheapest merges in the square of their number.
    let mut chain: Vec<usize> = Vec::new();
    while nodes.len() > 1 {
        let last = *chain.last().unwrap_or(&0);
        if chain.is_empty() {
            chain.push(last);
        }
        let before = chain.len().checked_sub(2).map(|at| chain[at]);
        let mut nearest = before.unwrap_or(usize::from(last == 0));
        let mut least = nodes[last].cost(&nodes[nearest]);
        for other in (0..nodes.len()).filter(|other| *other != last) {
            let cost = nodes[last].cost(&nodes[other]);
            if cost < least {
                (nearest, least) = (other, cost);
            }
        }
        if Some(nearest) != before {
            chain.push(nearest);
            continue;
        }
        chain.truncate(chain.len() - 2);
        let (one, other) = (last.min(nearest), last.max(nearest));
        let gone = nodes.remove(other);
        chain.iter_mut().filter(|at| **at > other).for_each(|at| *at -= 1);
        nodes[one].members.iter().for_each(|cluster| ways[*cluster].push(false));
        gone.members.iter().for_each(|cluster| ways[*cluster].push(true));
        nodes[one].merge(gone);
    }
    ways.iter_mut().for_each(|way| way.reverse());
    ways
}

/// Clusters that were merged.
struct Node {
    mean: Vec<f32>,
    size: f32,
    members: Vec<usize>,
}

impl Node {
    /// What merging two adds to the squared distances of vectors from their mean.
    fn cost(&self, other: &Node) -> f32 {
        let apart = self.mean.iter().zip(&other.mean).map(|(a, b)| (a - b) * (a - b));
        apart.sum::<f32>() * self.size * other.size / (self.size + other.size)
    }

    fn merge(&mut self, other: Node) {
        let all = self.size + other.size;
        for (own, more) in self.mean.iter_mut().zip(&other.mean) {
            *own = (*own * self.size + more * other.size) / all;
        }
        self.size = all;
        self.members.extend(other.members);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Vectors about the corners of a plane: a long way about the first two, which lie side by
    /// side, and about the third, which lies opposite.
    fn vectors() -> Vec<f32> {
        let mut random = Random::new(5);
        let corners = [(1.0, 0.2), (0.8, 0.6), (-1.0, -0.3)];
        (0..300)
            .flat_map(|at| {
                let (x, y) = corners[at % 3];
                let far = 1.0 + 9.0 * random.share();
                [far * (x + 0.05 * random.share()), far * (y + 0.05 * random.share())]
            })
            .collect()
    }

    #[test]
    fn vectors_of_one_direction_share_a_code() {
        let codes = of_vectors(&vectors(), 2, 3, 1);
        for corner in 0..3 {
            let own: BTreeSet<Code> = codes.iter().skip(corner).step_by(3).copied().collect();
            assert_eq!(own.len(), 1, "{corner}: {own:?}");
        }
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 3);
    }

    #[test]
    fn what_lies_side_by_side_shares_the_first_bit() {
        let codes = of_vectors(&vectors(), 2, 3, 1);
        assert_eq!(codes[0].prefix(1), codes[1].prefix(1));
        assert_ne!(codes[0].prefix(1), codes[2].prefix(1));
        let many = of_vectors(&vectors(), 2, 40, 1);
        let far: BTreeSet<u64> = many.iter().skip(2).step_by(3).map(|one| one.prefix(1)).collect();
        assert_eq!(far.len(), 1, "what lies opposite is the first to be told apart");
    }

    #[test]
    fn fewer_vectors_than_clusters_have_a_code_each() {
        let codes = of_vectors(&[1.0, 0.0, 0.0, 1.0, -1.0, 0.5], 2, 10, 1);
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 3);
        assert_eq!(of_vectors(&[], 2, 10, 1), []);
        assert_eq!(of_vectors(&[0.0, 0.0], 2, 10, 1).len(), 1, "nor does nothing point anywhere");
    }
}

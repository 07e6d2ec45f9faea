//! The features that get weights.

use super::Example;
use crate::Feature;

/// Features that occur often enough, in order; each has the row of its place among them.
#[derive(Debug)]
pub(super) struct Vocabulary {
    features: Vec<Feature>,
    /// For the upper bits of a feature, where those with these bits begin.
    index: Vec<u32>,
}

/// How many of the upper bits of a feature are indexed.
const INDEXED: u32 = 16;

impl Vocabulary {
    /// The features that occur at least so often in the first forms of the examples, or in others.
    pub(super) fn of(examples: &[Example], least: u32) -> Vocabulary {
        let forms = examples.iter().flat_map(|example| &example.forms);
        let mut all: Vec<Feature> =
            forms.flat_map(|(sequence, _)| sequence.places()).flatten().copied().collect();
        all.sort_unstable();
        let least = least.max(1) as usize;
        let features: Vec<Feature> = all
            .chunk_by(|one, other| one == other)
            .filter(|same| same.len() >= least)
            .map(|same| same[0])
            .collect();
        let index = (0..=1u64 << INDEXED)
            .map(|upper| {
                let first = upper << (32 - INDEXED);
                features.partition_point(|feature| u64::from(feature.0) < first) as u32
            })
            .collect();
        Vocabulary { features, index }
    }

    pub(super) fn len(&self) -> usize {
        self.features.len()
    }

    /// The row of a feature.
    pub(super) fn row(&self, feature: Feature) -> Option<u32> {
        let upper = (feature.0 >> (32 - INDEXED)) as usize;
        let (start, end) = (self.index[upper], self.index[upper + 1]);
        let near = &self.features[start as usize..end as usize];
        near.binary_search(&feature).ok().map(|at| start + at as u32)
    }

    /// All features, by row.
    pub(super) fn features(&self) -> &[Feature] {
        &self.features
    }
}

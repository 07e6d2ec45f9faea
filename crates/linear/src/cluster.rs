//! Words that stand between like neighbours, put together: hierarchical clusters (Brown et al.
//! 1992).
//!
//! The words come in by frequency. As soon as there is one cluster more than asked for, the two
//! whose merging loses least of the mutual information between neighbours are merged; in the end
//! so are the clusters themselves, which gives a tree, and a word's code is the way to its cluster
//! from the root. The loss of every merge is kept up to date rather than summed anew (Liang 2005),
//! so that a word costs time in the square of the number of clusters.
//!
//! Of words that others have made vectors of, their vectors tell as much ([`of_vectors`]).

mod merging;
mod vectors;

use crate::Code;
use merging::Merging;
pub use vectors::of_vectors;

/// Clusters the words of a text.
///
/// `sentences` are rows of words by number, the most frequent word being 0; numbers from `words` on
/// are words too rare to be clustered, which only keep their neighbours apart. Gives the code of
/// each word, in order. The text is held in memory twice over, and time is that of `words` times
/// the square of `clusters`. `tell` hears how many words have come in.
pub fn brown(
    sentences: &[Vec<u32>],
    words: usize,
    clusters: usize,
    mut tell: impl FnMut(usize),
) -> Vec<Code> {
    let clusters = clusters.clamp(1, words.max(1));
    let text = Text::of(sentences, words);
    let mut merging = Merging::new(clusters + 1, &text.counts, text.pairs_in_all);
    // The cluster of each word that has come in, as a node of the tree.
    let mut slots: Vec<usize> = Vec::with_capacity(words);
    for word in 0..words {
        let slot = merging.free();
        slots.push(slot);
        merging.add(
            slot,
            word,
            text.neighbours(word).filter_map(|(other, after, before)| {
                slots.get(other).map(|slot| (*slot, after, before))
            }),
        );
        if merging.len() > clusters {
            let (one, other) = merging.cheapest();
            merging.merge(one, other);
            slots.iter_mut().filter(|slot| **slot == other).for_each(|slot| *slot = one);
        }
        tell(word + 1);
    }
    // From here on clusters are merged; each step puts one more bit before the codes of both.
    let mut ways: Vec<Vec<bool>> = vec![Vec::new(); clusters + 1];
    let mut members: Vec<Vec<usize>> = (0..=clusters).map(|slot| vec![slot]).collect();
    while merging.len() > 1 {
        let (one, other) = merging.cheapest();
        merging.merge(one, other);
        members[one].iter().for_each(|slot| ways[*slot].push(false));
        members[other].iter().for_each(|slot| ways[*slot].push(true));
        let gone = std::mem::take(&mut members[other]);
        members[one].extend(gone);
    }
    ways.iter_mut().for_each(|way| way.reverse());
    slots.iter().map(|slot| Code::new(&ways[*slot])).collect()
}

/// How often words stand beside each other.
struct Text {
    /// Of each word how often it occurs.
    counts: Vec<u32>,
    /// How many pairs of neighbours there are.
    pairs_in_all: u64,
    /// For each word, where its neighbours begin.
    starts: Vec<usize>,
    /// A neighbour, how often it comes after the word, and how often before.
    neighbours: Vec<(u32, u32, u32)>,
}

impl Text {
    fn of(sentences: &[Vec<u32>], words: usize) -> Text {
        let known = |word: u32| (word as usize) < words;
        let mut counts = vec![0; words];
        // A word, its neighbour, and whether that comes before.
        let mut pairs: Vec<(u32, u32, bool)> = Vec::new();
        for sentence in sentences {
            for word in sentence.iter().filter(|word| known(**word)) {
                counts[*word as usize] += 1;
            }
            for two in sentence.windows(2).filter(|two| known(two[0]) && known(two[1])) {
                pairs.push((two[0], two[1], false));
                pairs.push((two[1], two[0], true));
            }
        }
        let pairs_in_all = pairs.len() as u64 / 2;
        pairs.sort_unstable();
        let mut neighbours = Vec::new();
        let mut starts = vec![0; words + 1];
        for same in pairs.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let before = same.iter().filter(|pair| pair.2).count() as u32;
            neighbours.push((same[0].1, same.len() as u32 - before, before));
            starts[same[0].0 as usize + 1] = neighbours.len();
        }
        for word in 0..words {
            starts[word + 1] = starts[word + 1].max(starts[word]);
        }
        Text { counts, pairs_in_all, starts, neighbours }
    }

    fn neighbours(&self, word: usize) -> impl Iterator<Item = (usize, u32, u32)> {
        let own = &self.neighbours[self.starts[word]..self.starts[word + 1]];
        own.iter().map(|(other, after, before)| (*other as usize, *after, *before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Random;

    /// Sentences "the NOUN VERBs a NOUN" over five nouns, four verbs and two articles, the words in
    /// order of frequency.
    fn sentences() -> Vec<Vec<u32>> {
        let mut random = Random::new(11);
        let mut pick = |from: u32, many: usize| from + random.below(many) as u32;
        (0..2000)
            .map(|_| vec![pick(0, 2), pick(2, 5), pick(7, 4), pick(0, 2), pick(2, 5)])
            .collect()
    }

    #[test]
    fn words_of_one_class_share_a_cluster() {
        let codes = brown(&sentences(), 11, 3, |_| {});
        for class in [0..2, 2..7, 7..11] {
            assert!(codes[class.clone()].windows(2).all(|two| two[0] == two[1]), "{class:?}");
        }
        assert_eq!(codes.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
    }

    #[test]
    fn with_more_clusters_a_class_shares_the_beginning_of_its_codes() {
        let codes = brown(&sentences(), 11, 11, |_| {});
        let distinct: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!(distinct.len(), 11, "every word has a way of its own");
        // Some prefix tells nouns from the rest.
        let apart = (1..8).any(|length| {
            let nouns: std::collections::BTreeSet<u64> =
                codes[2..7].iter().map(|code| code.prefix(length)).collect();
            let rest = codes[..2].iter().chain(&codes[7..]);
            nouns.len() == 1 && rest.clone().all(|code| !nouns.contains(&code.prefix(length)))
        });
        assert!(apart, "{codes:?}");
    }

    #[test]
    fn no_words_and_rare_words_are_no_trouble() {
        assert!(brown(&[], 0, 5, |_| {}).is_empty());
        assert_eq!(brown(&[vec![0, 9, 1]], 2, 1, |_| {}).len(), 2);
        assert_eq!(brown(&[vec![0, 1, 2]], 3, 100, |_| {}).len(), 3);
    }
}

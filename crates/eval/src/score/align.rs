//! Which subject of the reader stands for which of the coder.

use std::collections::BTreeMap;

use throughline_model::SubjectKind;

use super::facts::{Facts, equal, names_fit};

/// The most subjects of one kind that are paired by the best of all ways; the rest go unpaired.
const MOST: usize = 16;

/// Pairs the subjects of the coder, by index, with those of the reader, one to one.
///
/// Incidents, claims and sets are paired so that most facts are equal, and only where one is; the
/// others where their names fit, the best fit being the one with most equal facts.
pub(crate) fn pair(coded: &Facts, read: &Facts) -> BTreeMap<usize, usize> {
    let mut pairs = BTreeMap::new();
    let named = |kind| !matches!(kind, SubjectKind::Claim | SubjectKind::Set);
    // A claim may be about an incident, and a set have one as a member, so incidents come first.
    let (first, last): (Vec<_>, Vec<_>) = SubjectKind::ALL.into_iter().partition(|k| named(*k));
    for kind in first.into_iter().chain(last) {
        let of = |facts: &Facts| -> Vec<usize> {
            (0..facts.subjects.len()).filter(|at| facts.subjects[*at].kind == kind).collect()
        };
        let (ours, theirs) = (of(coded), of(read));
        let known = pairs.clone();
        let weight = |a: usize, b: usize| -> u32 {
            let common = common(coded, read, &known, a, b);
            match kind {
                SubjectKind::Incident | SubjectKind::Claim | SubjectKind::Set => common,
                _ if names_fit(&coded.subjects[a], &read.subjects[b]) => common + 1,
                _ => 0,
            }
        };
        pairs.extend(best(&ours, &theirs, &weight));
    }
    pairs
}

/// How many facts of two subjects are equal.
fn common(coded: &Facts, read: &Facts, known: &BTreeMap<usize, usize>, a: usize, b: usize) -> u32 {
    let mut pairs = known.clone();
    pairs.insert(a, b);
    let equals = coded.facts.iter().filter(|fact| {
        fact.subject == a
            && read
                .facts
                .iter()
                .any(|other| other.subject == b && equal(fact, other, coded, read, &pairs))
    });
    u32::try_from(equals.count()).unwrap_or(u32::MAX)
}

/// The one-to-one pairing with the greatest sum of weights; pairs of no weight are left out.
///
/// Over sets of the coder's subjects already paired, one subject of the reader after the other.
fn best(
    ours: &[usize],
    theirs: &[usize],
    weight: &dyn Fn(usize, usize) -> u32,
) -> BTreeMap<usize, usize> {
    let ours = &ours[..ours.len().min(MOST)];
    // For each set of ours: the greatest sum, and the pairs that make it.
    type Way = (u32, Vec<(usize, usize)>);
    let mut ways: BTreeMap<u32, Way> = BTreeMap::from([(0, (0, Vec::new()))]);
    for &their in theirs {
        let mut next = ways.clone();
        for (set, (sum, pairs)) in &ways {
            for (at, &our) in ours.iter().enumerate().filter(|(at, _)| set & (1 << at) == 0) {
                let more = weight(our, their);
                let key = set | 1 << at;
                if more > 0 && next.get(&key).is_none_or(|(known, _)| *known < sum + more) {
                    let mut pairs = pairs.clone();
                    pairs.push((our, their));
                    next.insert(key, (sum + more, pairs));
                }
            }
        }
        ways = next;
    }
    let way = ways.into_iter().max_by_key(|(set, (sum, _))| (*sum, std::cmp::Reverse(*set)));
    way.map(|(_, (_, pairs))| pairs.into_iter().collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_pairing_may_give_the_first_its_second_choice() {
        let weights = [[5, 4], [4, 0]];
        let pairs = best(&[0, 1], &[0, 1], &|a, b| weights[a][b]);
        assert_eq!(pairs, BTreeMap::from([(0, 1), (1, 0)]));
    }

    #[test]
    fn nothing_in_common_pairs_nothing() {
        assert!(best(&[0, 1], &[0, 1, 2], &|_, _| 0).is_empty());
        assert_eq!(best(&[7], &[3, 4], &|_, their| u32::from(their == 4)), [(7, 4)].into());
    }
}

//! Labels that begin, continue, end or are spans, and spans out of the probabilities of labels.

use std::ops::Range;

use crate::Probabilities;
use crate::lattice::best;

/// The parts of a span: its first place, one within, its last, or the only one.
const PARTS: [&str; 4] = ["B", "I", "E", "S"];
const BEGIN: usize = 0;
const INSIDE: usize = 1;
const END: usize = 2;
const SINGLE: usize = 3;

/// What no possible row of labels is worth.
const NEVER: f32 = -1e6;

/// Spans of several kinds as labels: `O` outside, `B-kind`, `I-kind`, `E-kind`, `S-kind`.
#[derive(Clone, Debug, PartialEq)]
pub struct Spans {
    kinds: Vec<String>,
    /// Zero where a label may follow another, else [`NEVER`].
    between: Vec<f32>,
    first: Vec<f32>,
    last: Vec<f32>,
}

/// A span that was decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Its places.
    pub places: Range<usize>,
    /// Its kind, by number.
    pub kind: usize,
    /// The least of the probabilities of its labels.
    pub certainty: f32,
}

impl Spans {
    /// Spans of these kinds.
    pub fn new<K: Into<String>>(kinds: impl IntoIterator<Item = K>) -> Spans {
        let kinds: Vec<String> = kinds.into_iter().map(Into::into).collect();
        let labels = 1 + kinds.len() * PARTS.len();
        // Whether a span is open behind a label, and whether one must be open before it.
        let opens = |label: usize| match label.checked_sub(1).map(|n| (n / 4, n % 4)) {
            Some((kind, BEGIN | INSIDE)) => Some(kind),
            _ => None,
        };
        let continues = |label: usize| match label.checked_sub(1).map(|n| (n / 4, n % 4)) {
            Some((kind, INSIDE | END)) => Some(kind),
            _ => None,
        };
        let allow = |fits: bool| if fits { 0.0 } else { NEVER };
        let pairs = (0..labels).flat_map(|from| (0..labels).map(move |to| (from, to)));
        Spans {
            between: pairs.map(|(from, to)| allow(opens(from) == continues(to))).collect(),
            first: (0..labels).map(|label| allow(continues(label).is_none())).collect(),
            last: (0..labels).map(|label| allow(opens(label).is_none())).collect(),
            kinds,
        }
    }

    /// The kinds that some labels stand for, if they are labels of spans in the order of
    /// [`Spans::labels`].
    pub fn of_labels(labels: &[String]) -> Option<Spans> {
        let kinds = labels.iter().filter_map(|label| label.strip_prefix("S-"));
        let spans = Spans::new(kinds);
        (spans.labels() == labels).then_some(spans)
    }

    /// The kinds, by their numbers.
    pub fn kinds(&self) -> &[String] {
        &self.kinds
    }

    /// All labels, by their numbers.
    pub fn labels(&self) -> Vec<String> {
        let parts = self
            .kinds
            .iter()
            .flat_map(|kind| PARTS.iter().map(move |part| format!("{part}-{kind}")));
        std::iter::once("O".to_owned()).chain(parts).collect()
    }

    /// The labels of `count` places that have these spans, each with its kind. Of two that overlap
    /// the first counts; what does not lie within the places is left out.
    pub fn encode(&self, count: usize, spans: &[(Range<usize>, usize)]) -> Vec<usize> {
        let mut labels = vec![0; count];
        for (places, kind) in spans {
            let Some(row) = labels.get_mut(places.clone()) else { continue };
            if row.is_empty() || *kind >= self.kinds.len() || row.iter().any(|label| *label > 0) {
                continue;
            }
            let label = |part: usize| 1 + kind * PARTS.len() + part;
            row.fill(label(INSIDE));
            row[0] = label(BEGIN);
            let end = row.len() - 1;
            row[end] = label(if end == 0 { SINGLE } else { END });
        }
        labels
    }

    /// The spans that lie apart and whose labels are together most probable: of all rows of labels
    /// that are spans, the one of which most are right on average.
    ///
    /// `outside` is what the probability of lying outside is multiplied by: below 1 more spans are
    /// found, above 1 fewer.
    ///
    /// # Panics
    /// If the labels are not those of these spans.
    pub fn decode(&self, probabilities: &Probabilities, outside: f32) -> Vec<Found> {
        let labels = self.first.len();
        if probabilities.is_empty() {
            return Vec::new();
        }
        assert_eq!(probabilities.labels(), labels, "probabilities are of the labels of the spans");
        let count = probabilities.len();
        let mut scores = Vec::with_capacity(count * labels);
        for place in 0..count {
            let start = scores.len();
            scores.extend_from_slice(probabilities.at(place));
            scores[start] *= outside;
        }
        let row = best(labels, &scores, &self.between, &self.first, &self.last);
        let mut found = Vec::new();
        let mut start = 0;
        for (place, &label) in row.iter().enumerate() {
            let Some((kind, part)) = label.checked_sub(1).map(|n| (n / 4, n % 4)) else { continue };
            if matches!(part, BEGIN | SINGLE) {
                start = place;
            }
            if matches!(part, END | SINGLE) {
                let places = start..place + 1;
                let each = places.clone().map(|at| probabilities.at(at)[row[at]]);
                let certainty = each.fold(1.0, f32::min);
                found.push(Found { places, kind, certainty });
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Random;

    fn certain(spans: &Spans, labels: &[usize]) -> Probabilities {
        let count = spans.labels().len();
        let values = labels.iter().flat_map(|label| {
            (0..count).map(move |other| if other == *label { 0.9 } else { 0.1 / count as f32 })
        });
        Probabilities::new(count, values.collect())
    }

    #[test]
    fn spans_come_back_from_their_labels() {
        let spans = Spans::new(["person", "place"]);
        assert_eq!(Spans::of_labels(&spans.labels()), Some(spans.clone()));
        assert_eq!(Spans::of_labels(&["O".to_owned(), "S-x".to_owned()]), None);
        let given = [(0..1, 1), (1..4, 0), (4..6, 0)];
        let labels = spans.encode(7, &given);
        let found = spans.decode(&certain(&spans, &labels), 1.0);
        let found: Vec<_> = found.into_iter().map(|one| (one.places, one.kind)).collect();
        assert_eq!(found, given);
        assert_eq!(spans.encode(2, &[(0..3, 0), (0..1, 9), (1..1, 0)]), [0, 0]);
        assert_eq!(spans.encode(3, &[(0..2, 0), (1..3, 1)]), spans.encode(3, &[(0..2, 0)]));
    }

    #[test]
    fn whatever_the_probabilities_spans_lie_apart_and_within() {
        let spans = Spans::new(["a", "b", "c"]);
        let mut random = Random::new(5);
        for count in 1..40 {
            let values = (0..count * 13).map(|_| random.share()).collect();
            let found = spans.decode(&Probabilities::new(13, values), 1.0);
            assert!(found.windows(2).all(|two| two[0].places.end <= two[1].places.start));
            assert!(found.iter().all(|one| one.places.start < one.places.end));
            assert!(found.iter().all(|one| one.places.end <= count && one.kind < 3));
        }
        assert_eq!(spans.decode(&Probabilities::default(), 1.0), []);
    }

    #[test]
    fn less_weight_outside_finds_more() {
        let spans = Spans::new(["a"]);
        let doubtful = Probabilities::new(5, vec![0.55, 0.0, 0.0, 0.0, 0.45]);
        assert!(spans.decode(&doubtful, 1.0).is_empty());
        let found = spans.decode(&doubtful, 0.7);
        assert_eq!(found, [Found { places: 0..1, kind: 0, certainty: 0.45 }]);
    }
}

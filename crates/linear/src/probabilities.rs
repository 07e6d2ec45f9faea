//! How probable each label is at each place.

/// A probability for each label of each place: what a reader of a text hands to a decoder.
///
/// Row by row, a row a place; the rows of a reader add up to one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Probabilities {
    labels: usize,
    values: Vec<f32>,
}

impl Probabilities {
    /// Probabilities of `labels` labels at each place, row after row.
    ///
    /// # Panics
    /// If the last row is not full.
    pub fn new(labels: usize, values: Vec<f32>) -> Probabilities {
        assert!(labels > 0 && values.len().is_multiple_of(labels), "every row has all labels");
        Probabilities { labels, values }
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.values.len().checked_div(self.labels).unwrap_or(0)
    }

    /// Whether there is no place.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// How many labels there are.
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// The probabilities at a place, one for each label.
    ///
    /// # Panics
    /// If there is no such place.
    pub fn at(&self, place: usize) -> &[f32] {
        &self.values[place * self.labels..(place + 1) * self.labels]
    }

    /// The most probable label at a place, the first of several.
    ///
    /// # Panics
    /// If there is no such place.
    pub fn best(&self, place: usize) -> usize {
        let row = self.at(place);
        (0..row.len()).fold(0, |best, label| if row[label] > row[best] { label } else { best })
    }

    /// Averages with what another reader gives for the same places and labels; `share`, from 0
    /// to 1, is how much of the result is the other's.
    ///
    /// # Panics
    /// If the two do not have the same places and labels.
    pub fn mix(&mut self, other: &Probabilities, share: f32) {
        assert_eq!(
            (self.labels, self.values.len()),
            (other.labels, other.values.len()),
            "two readers of one text have the same places and labels"
        );
        for (mine, theirs) in self.values.iter_mut().zip(&other.values) {
            *mine += share * (theirs - *mine);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_average_of_two_readers_lies_between_them() {
        let mut one = Probabilities::new(2, vec![1.0, 0.0, 0.5, 0.5]);
        let other = Probabilities::new(2, vec![0.0, 1.0, 1.0, 0.0]);
        assert_eq!((one.best(0), other.best(0)), (0, 1));
        one.mix(&other, 0.25);
        assert_eq!(one, Probabilities::new(2, vec![0.75, 0.25, 0.625, 0.375]));
        assert_eq!((one.len(), one.best(0), one.best(1)), (2, 0, 0));
    }
}

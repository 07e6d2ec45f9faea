//! Where a figure lies, by drawing documents anew.

use throughline_linear::Random;

/// How often documents are drawn.
const DRAWS: usize = 1000;

/// The bounds between which a figure lies for nineteen of twenty samples of as many documents: the
/// percentile bootstrap, from a fixed seed.
///
/// `figure` is asked for the figure of some documents, by number, of which some come several
/// times.
pub fn bounds(documents: usize, mut figure: impl FnMut(&[usize]) -> f64) -> (f64, f64) {
    if documents == 0 {
        return (0.0, 0.0);
    }
    let mut random = Random::new(1992);
    let mut figures: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let drawn: Vec<usize> = (0..documents).map(|_| random.below(documents)).collect();
            figure(&drawn)
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    (figures[DRAWS * 25 / 1000], figures[DRAWS * 975 / 1000])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_enclose_the_mean_and_narrow_with_documents() {
        let width = |many: usize| {
            let mean = |drawn: &[usize]| {
                drawn.iter().map(|at| (at % 2) as f64).sum::<f64>() / drawn.len() as f64
            };
            let (low, high) = bounds(many, mean);
            assert!(low < 0.5 && 0.5 < high, "{low} {high}");
            high - low
        };
        assert!(width(1000) < width(20));
        assert_eq!(bounds(0, |_| 1.0), (0.0, 0.0));
    }
}

//! How many were killed and wounded, as a picture: as reported over time of one incident, and as
//! held of many.
//!
//! A figure is drawn as exact as it is: a point, a bar from the least to the most, an arrow where only
//! the least is known. What is not known stands apart from zero.

mod course;
mod many;

use throughline_model::Figure;

pub use course::{Course, Report, Step, Strand, course};
pub use many::{Held, Toll, Tolls, tolls};

/// A scale of numbers from zero to something round.
#[derive(Clone, Copy, Debug)]
struct Numbers {
    most: f64,
    step: f64,
}

impl Numbers {
    /// A scale that holds all these figures.
    fn over<'f>(figures: impl IntoIterator<Item = &'f Figure>) -> Numbers {
        // What is open above needs room for its arrow.
        let end = |figure: &Figure| match figure.most {
            Some(most) => f64::from(most.max(figure.least)),
            None => f64::from(figure.least) * 1.15,
        };
        let most = figures.into_iter().map(end).fold(1.0, f64::max);
        let mut step = 1.0;
        // One, two, five, ten and so on, and at most six of them.
        for by in [2.0, 2.5, 2.0].into_iter().cycle().take(30) {
            if most / step <= 6.0 {
                break;
            }
            step *= by;
        }
        Numbers { most: (most / step).ceil() * step, step }
    }

    /// The part of the way at which a number stands.
    fn part(self, number: u32) -> f64 {
        f64::from(number) / self.most
    }

    fn ticks(self) -> impl Iterator<Item = f64> {
        let many = (self.most / self.step).round() as u32;
        (0..=many).map(move |tick| f64::from(tick) * self.step)
    }
}

/// A number in digits, with a space between thousands.
fn digits(number: f64) -> String {
    let text = format!("{number:.0}");
    let mut grouped = String::new();
    for (at, digit) in text.chars().enumerate() {
        if at > 0 && (text.len() - at).is_multiple_of(3) {
            grouped.push('\u{202F}');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_of_numbers_is_round_and_begins_at_nothing() {
        for (most, want) in [
            (0, vec![0.0, 1.0]),
            (5, vec![0.0, 1.0, 2.0, 3.0, 4.0, 5.0]),
            (130, vec![0.0, 50.0, 100.0, 150.0]),
        ] {
            let figure = Figure::exactly(most);
            let ticks: Vec<f64> = Numbers::over([&figure]).ticks().collect();
            assert_eq!(ticks, want, "{most}");
        }
        let open = Figure { least: 2_977, most: None, about: false };
        assert_eq!(Numbers::over([&open]).ticks().last(), Some(4_000.0));
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(digits(999.0), "999");
        assert_eq!(digits(2_977.0), "2\u{202F}977");
        assert_eq!(digits(1_000_000.0), "1\u{202F}000\u{202F}000");
    }
}

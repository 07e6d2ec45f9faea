//! Days along a line, with ticks at days that people think in: from single days to centuries.

use throughline_model::Day;

/// How many days apart ticks are, or months, or years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Days(i32),
    Months(i32),
    Years(i32),
}

/// The steps that there are, from the finest.
const STEPS: [Step; 16] = [
    Step::Days(1),
    Step::Days(2),
    Step::Days(7),
    Step::Days(14),
    Step::Months(1),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
    Step::Years(500),
    Step::Years(1_000),
];

impl Step {
    /// About how many days it is long.
    fn days(self) -> f64 {
        match self {
            Step::Days(days) => f64::from(days),
            Step::Months(months) => f64::from(months) * 30.4,
            Step::Years(years) => f64::from(years) * 365.25,
        }
    }

    /// Its first tick on or before a day, as a number of steps that [`Step::day`] understands.
    fn number(self, day: Day) -> i32 {
        let (year, month) =
            day.civil().map_or((0, 1), |date| (i32::from(date.year()), i32::from(date.month())));
        match self {
            // Weeks begin on Monday; 1970-01-05 was one.
            Step::Days(days @ (7 | 14)) => (day.0 - 4).div_euclid(days),
            Step::Days(days) => day.0.div_euclid(days),
            Step::Months(months) => (year * 12 + month - 1).div_euclid(months),
            Step::Years(years) => year.div_euclid(years),
        }
    }

    /// The day of a tick.
    fn day(self, number: i32) -> Option<Day> {
        match self {
            Step::Days(days @ (7 | 14)) => Some(Day(number * days + 4)),
            Step::Days(days) => Some(Day(number * days)),
            Step::Months(months) => {
                let months = number * months;
                let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
                Day::from_ymd(i16::try_from(months.div_euclid(12)).ok()?, month, 1)
            }
            Step::Years(years) => Day::from_ymd(i16::try_from(number * years).ok()?, 1, 1),
        }
    }

    /// A tick in words, no more exact than its step.
    fn words(self, day: Day) -> String {
        let text = day.to_string();
        let letters = match self {
            Step::Days(_) => 10,
            Step::Months(_) => 7,
            Step::Years(_) => 4,
        };
        // Years before year one have a sign more.
        let sign = usize::from(text.starts_with('-'));
        text.chars().take(letters + sign).collect()
    }
}

/// Days from left to right.
#[derive(Clone, Debug)]
pub(crate) struct Scale {
    first: f64,
    last: f64,
    wide: f64,
}

/// A tick of a scale.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    /// How far from the left.
    pub(crate) x: f64,
    /// Its day in words.
    pub(crate) words: String,
}

/// A stretch of time between two ticks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stretch {
    /// Its first day, and the first day after it.
    pub(crate) first: Day,
    pub(crate) next: Day,
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// What it is called.
    pub(crate) words: String,
}

impl Scale {
    /// A scale that holds all these days, with a little room on either side; open ends are none.
    /// `None` if there is no day at all.
    pub(crate) fn over(days: impl IntoIterator<Item = Day>, wide: f64) -> Option<Scale> {
        let days: Vec<i32> =
            days.into_iter().filter(|day| day.civil().is_some()).map(|day| day.0).collect();
        let (first, last) = (*days.iter().min()?, *days.iter().max()?);
        let room = ((f64::from(last) - f64::from(first)) * 0.03).max(1.2);
        Some(Scale { first: f64::from(first) - room, last: f64::from(last) + 1.0 + room, wide })
    }

    /// How far from the left a day begins; days out of sight stand at the edge.
    pub(crate) fn x(&self, day: Day) -> f64 {
        let part = (f64::from(day.0) - self.first) / (self.last - self.first);
        part.clamp(0.0, 1.0) * self.wide
    }

    /// How far from the left the middle of a day is.
    pub(crate) fn middle(&self, day: Day) -> f64 {
        let part = (f64::from(day.0) + 0.5 - self.first) / (self.last - self.first);
        part.clamp(0.0, 1.0) * self.wide
    }

    /// The ticks, none nearer to another than its words need.
    pub(crate) fn ticks(&self) -> Vec<Tick> {
        const NEAREST: f64 = 80.0;
        let step = self.step(NEAREST);
        self.days(step)
            .filter(|day| (self.first..=self.last).contains(&f64::from(day.0)))
            .map(|day| Tick { x: self.x(day), words: step.words(day) })
            .collect()
    }

    /// Stretches of time from tick to tick, each at least `narrowest` wide where it is whole.
    pub(crate) fn stretches(&self, narrowest: f64) -> Vec<Stretch> {
        let step = self.step(narrowest);
        let begins: Vec<Day> = self.days(step).collect();
        let pairs = begins.iter().zip(begins.iter().skip(1));
        pairs
            .map(|(first, next)| Stretch {
                first: *first,
                next: *next,
                left: self.x(*first),
                right: self.x(*next),
                words: step.words(*first),
            })
            .filter(|stretch| stretch.left < stretch.right)
            .collect()
    }

    fn step(&self, nearest: f64) -> Step {
        let day = (self.last - self.first) / self.wide;
        let wanted = STEPS.into_iter().find(|step| step.days() / day >= nearest);
        wanted.unwrap_or(Step::Years(1_000))
    }

    /// The days of a step, from the last one before the scale to the first one after it.
    fn days(&self, step: Step) -> impl Iterator<Item = Day> + '_ {
        let begin = step.number(Day(self.first.floor() as i32));
        let mut over = false;
        (begin..begin.saturating_add(400)).filter_map(move |number| step.day(number)).take_while(
            move |day| {
                let wanted = !over;
                over = f64::from(day.0) > self.last;
                wanted
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::Edtf;

    use super::*;

    fn ticks(from: &str, to: &str) -> Vec<String> {
        let day = |text: &str| text.parse::<Edtf>().unwrap().earliest();
        let scale = Scale::over([day(from), day(to)], 900.0).unwrap();
        scale.ticks().into_iter().map(|tick| tick.words).collect()
    }

    #[test]
    fn ticks_are_days_weeks_months_years_or_decades() {
        for (from, to, first, second) in [
            ("2017-03-22", "2017-03-24", "2017-03-21", "2017-03-22"),
            ("2017-03-22", "2017-05-24", "2017-03-27", "2017-04-03"),
            ("2017-03-22", "2017-11-24", "2017-04", "2017-05"),
            ("2015-03-22", "2017-11-24", "2015-07", "2016-01"),
            ("1994-01-22", "2017-11-24", "1995", "2000"),
            ("1878-05-11", "1931-12-12", "1880", "1890"),
            ("0044-03-15", "1914-06-28", "0000", "0500"),
        ] {
            let ticks = ticks(from, to);
            assert_eq!(&ticks[..2], [first, second], "{from} to {to}: {ticks:?}");
            assert!(ticks.len() <= 13, "{ticks:?}");
        }
    }

    #[test]
    fn one_day_has_a_scale_and_no_day_has_none() {
        assert_eq!(
            ticks("2017-03-24", "2017-03-24"),
            ["2017-03-23", "2017-03-24", "2017-03-25", "2017-03-26"]
        );
        assert!(Scale::over([Day::MIN, Day::MAX], 900.0).is_none());
    }
}

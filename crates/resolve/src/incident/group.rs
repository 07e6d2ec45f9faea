//! Reports that come one after the other, each joined to the incident that it fits best.

use super::pair::{Report, score};
use super::telling::Telling;
use crate::score::Score;

/// Of an incident with very many reports so many are compared: the first and the latest half.
pub(crate) const COMPARED: usize = 32;

/// How much speaks for something being of an incident of so many reports, in their order: the mean
/// over them. `None` if there are none.
pub(crate) fn mean(reports: usize, score: impl Fn(usize) -> Score) -> Option<Score> {
    let half = COMPARED / 2;
    let skipped = if reports > COMPARED { half..reports - half } else { 0..0 };
    let (mut sum, mut many) = (0i64, 0i64);
    for at in (0..reports).filter(|at| !skipped.contains(at)) {
        sum += i64::from(score(at).0);
        many += 1;
    }
    (many > 0).then(|| Score(i32::try_from(sum.div_euclid(many)).unwrap_or(i32::MIN)))
}

/// Groups reports: for each, in their order, the number of its group. What a report is joined to
/// hangs on nothing that comes after it.
pub fn group(reports: &[Report]) -> Vec<usize> {
    group_by(reports, |one, other| score(&reports[one], &reports[other]))
}

/// As [`group`], by another score of two reports, given by their places, the later one first.
pub fn group_by(reports: &[Report], score: impl Fn(usize, usize) -> Score) -> Vec<usize> {
    let mut telling = Telling::default();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut of = Vec::with_capacity(reports.len());
    for (place, report) in reports.iter().enumerate() {
        let candidates = report.words.as_ref().map(|words| telling.candidates(words));
        let best = candidates
            .into_iter()
            .flatten()
            .filter_map(|at| {
                let members = &groups[at];
                let fit = mean(members.len(), |member| score(place, members[member]))?;
                Some((fit, std::cmp::Reverse(at)))
            })
            .max();
        let at = match best {
            Some((fit, std::cmp::Reverse(at))) if fit.0 >= 0 => at,
            _ => {
                groups.push(Vec::new());
                groups.len() - 1
            }
        };
        groups[at].push(place);
        if let Some(words) = &report.words {
            telling.note(words, at);
        }
        of.push(at);
    }
    of
}

/// For each report the earlier ones that share most of its rare words, by their places.
pub fn candidates(reports: &[Report]) -> Vec<Vec<usize>> {
    let mut telling = Telling::default();
    let mut found = Vec::with_capacity(reports.len());
    for (place, report) in reports.iter().enumerate() {
        let Some(words) = &report.words else {
            found.push(Vec::new());
            continue;
        };
        found.push(telling.candidates(words).into_iter().collect());
        telling.note(words, place);
    }
    found
}

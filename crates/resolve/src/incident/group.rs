//! Reports in order of publication, each joined to the incident that it fits best.

use super::gather::{Fit, Home, Part, gather};
use super::pair::{Report, score};
use super::telling::Telling;
use super::weighed::Weighed;
use crate::score::Score;

/// Of an incident with very many reports so many are compared: the first and the latest half.
pub(crate) const COMPARED: usize = 32;

/// Which of so many reports, in their order, are compared.
pub(crate) fn compared(reports: usize) -> impl Iterator<Item = usize> {
    let half = COMPARED / 2;
    let skipped = if reports > COMPARED { half..reports - half } else { 0..0 };
    (0..reports).filter(move |at| !skipped.contains(at))
}

/// How much speaks for something being of an incident of so many reports, in their order: the mean
/// over them. `None` if there are none.
pub(crate) fn mean(reports: usize, score: impl Fn(usize) -> Score) -> Option<Score> {
    let (mut sum, mut many) = (0i64, 0i64);
    for at in compared(reports) {
        sum += i64::from(score(at).0);
        many += 1;
    }
    (many > 0).then(|| Score(i32::try_from(sum.div_euclid(many)).unwrap_or(i32::MIN)))
}

/// Groups reports: for each, in their order, the number of its group. What a report is joined to hangs
/// on nothing that comes after it, but for those without a date, which come at once.
pub fn group(reports: &[Report]) -> Vec<usize> {
    group_by(reports, |one, other| score(&reports[one], &reports[other]))
}

/// As [`group`], by another score of two reports, given by their places, the later one first.
pub fn group_by(reports: &[Report], score: impl Fn(usize, usize) -> Score) -> Vec<usize> {
    let mut telling = Telling::default();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut of: Vec<usize> = Vec::with_capacity(reports.len());
    let undated = |report: &Report| report.published.is_none();
    for batch in reports.chunk_by(|one, other| undated(one) && undated(other)) {
        let first = of.len();
        let near = among(batch, &telling);
        let fit = |one: usize, part: Part| match part {
            Part::Comes(other) => {
                let (earlier, later) = (first + one.min(other), first + one.max(other));
                Some(Fit::of(score(later, earlier), 1))
            }
            Part::There(at) => {
                let members = &groups[at];
                let mean = mean(members.len(), |member| score(first + one, members[member]))?;
                Some(Fit::of(mean, members.len().min(COMPARED)))
            }
        };
        let homes = gather(batch.len(), |one| near[one].clone(), fit);
        for (at, home) in homes.into_iter().enumerate() {
            let group = match home {
                Home::There(group) => group,
                Home::New(one) if one < at => of[first + one],
                Home::New(_) => {
                    groups.push(Vec::new());
                    groups.len() - 1
                }
            };
            groups[group].push(first + at);
            if let Some(words) = &batch[at].words {
                telling.note(words, group);
            }
            of.push(group);
        }
    }
    of
}

/// For each report of those that come at once the groups that were there, and the reports before it
/// among them, that share most of its rare words.
fn among(batch: &[Report], telling: &Telling) -> Vec<Vec<Part>> {
    let at_once = candidates(batch);
    batch
        .iter()
        .zip(at_once)
        .map(|(report, others)| {
            let there = report.words.iter().flat_map(|words| telling.candidates(words));
            there.map(Part::There).chain(others.into_iter().map(Part::Comes)).collect()
        })
        .collect()
}

/// For each report the earlier ones that share most of its rare words, by their places.
pub fn candidates(reports: &[Report]) -> Vec<Vec<usize>> {
    let words: Vec<_> = reports.iter().map(|report| report.words.as_ref()).collect();
    candidates_of(&words)
}

/// As [`candidates`], by the words of the reports.
pub(crate) fn candidates_of(reports: &[Option<&Weighed>]) -> Vec<Vec<usize>> {
    let mut telling = Telling::default();
    let mut found = Vec::with_capacity(reports.len());
    for (place, words) in reports.iter().enumerate() {
        let Some(words) = words else {
            found.push(Vec::new());
            continue;
        };
        found.push(telling.candidates(words).into_iter().collect());
        telling.note(words, place);
    }
    found
}

//! The replay: the days on which pairs of incidents could first be seen to hang together, and the
//! false leads that could be seen too.

use throughline_model::{Day, SubjectKind};

use crate::days::{First, Search, Which};
use crate::network::Network;
use crate::rule::Rule;
use crate::sets::Sets;

/// Two incidents that could first be seen to hang together on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The incident with the lesser number.
    pub a: usize,
    /// Since when, and by which path from it to the other.
    pub first: First,
}

/// A false lead: two incidents that seemed to hang together by something that is not held today,
/// before anything that is held showed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fallen {
    /// What was seen.
    pub seen: Seen,
    /// The words of its path that are not held, by place in [`Network::words`].
    pub not_held: Vec<usize>,
    /// The day on which the two could be seen to hang together by what is held, if they do.
    pub held: Option<Day>,
}

/// What became visible between two days, both included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replay {
    /// New connections, by day.
    pub seen: Vec<Seen>,
    /// False leads, by day.
    pub fallen: Vec<Fallen>,
}

impl Network {
    /// Replays what became visible between two days, among some incidents or all there are.
    ///
    /// A pair is listed on the first day on which it hangs together by what is held today, and as a
    /// false lead on an earlier day on which it seemed to.
    pub fn replay(&self, rule: &Rule, from: Day, to: Day, among: Option<&[usize]>) -> Replay {
        let incidents: Vec<usize> = match among {
            Some(some) => some.to_vec(),
            None => {
                (0..self.len()).filter(|at| self.id(*at).kind() == SubjectKind::Incident).collect()
            }
        };
        let wanted = |record: usize| among.is_none_or(|some| some.contains(&record));
        let doubtful = self.words().iter().any(|word| !word.held);
        let mut search = Search::new(self);
        let mut replay = Replay::default();
        for &a in &incidents {
            let mut run = |which| {
                let found = search.run(a, rule, which, None, to);
                let others = found.into_iter().filter(|first| first.record > a);
                others.filter(|first| wanted(first.record)).collect::<Vec<_>>()
            };
            let held = run(Which::Held);
            if doubtful {
                for first in run(Which::All) {
                    let own = held.binary_search_by_key(&first.record, |held| held.record);
                    let own = own.ok().map(|at| held[at].day);
                    if own.is_some_and(|own| own <= first.day) || first.day < from {
                        continue;
                    }
                    let words = first.path.steps(self).into_iter().map(|step| step.first);
                    let not_held = words.filter(|at| !self.words()[*at].held).collect();
                    replay.fallen.push(Fallen { seen: Seen { a, first }, not_held, held: own });
                }
            }
            let new = held.into_iter().filter(|first| first.day >= from);
            replay.seen.extend(new.map(|first| Seen { a, first }));
        }
        let key = |seen: &Seen| (seen.first.day, seen.a, seen.first.record);
        replay.seen.sort_by_key(key);
        replay.fallen.sort_by_key(|fallen| key(&fallen.seen));
        replay
    }
}

/// The first day on which a whole series could be seen as one, each incident tied to some other, by
/// the days on which pairs of it could; `None` if it never could.
pub fn together(series: &[usize], pairs: &[(usize, usize, Day)]) -> Option<Day> {
    let place = |record: usize| series.iter().position(|one| *one == record);
    let mut days: Vec<(Day, usize, usize)> =
        pairs.iter().filter_map(|(a, b, day)| Some((*day, place(*a)?, place(*b)?))).collect();
    days.sort_unstable();
    let mut sets = Sets::new(series.len());
    let mut parts = series.len();
    let mut last = Day::MIN;
    for (day, a, b) in days {
        if parts > 1 && sets.join(a, b) {
            (parts, last) = (parts - 1, day);
        }
    }
    (parts <= 1).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_is_one_when_its_last_incident_is_tied_to_any_other() {
        let pairs = [(3, 5, Day(10)), (5, 9, Day(30)), (3, 9, Day(20)), (1, 3, Day(1))];
        assert_eq!(together(&[3, 5, 9], &pairs), Some(Day(20)));
        assert_eq!(together(&[3, 5, 7], &pairs), None);
        assert_eq!(together(&[3], &pairs), Some(Day::MIN));
    }
}

//! Reports of incidents, joined to records and, those without a date, to each other.

use std::collections::HashMap;

use super::Draft;
use super::clusters::Clusters;
use crate::incident::{Fit, Home, Part, Telling, apart, candidates_of, fit, gather};
use crate::unit::Unit;

/// Where the reports gone through belong, by the places of their units. Looked up and
/// never gone through.
#[derive(Default)]
pub(super) struct Gathered {
    homes: HashMap<usize, Home>,
    /// The records that new groups have become, by the places of their first units.
    records: HashMap<usize, usize>,
}

impl Gathered {
    /// The record to which a unit was gathered, or the group that is to become one.
    pub(super) fn home(&self, unit: usize) -> Option<Place> {
        Some(match *self.homes.get(&unit)? {
            Home::There(record) => Place::Record(record),
            Home::New(first) => match self.records.get(&first) {
                Some(record) => Place::Record(*record),
                None => Place::Group(first),
            },
        })
    }

    /// Notes which record a group has become.
    pub(super) fn became(&mut self, group: usize, record: usize) {
        self.records.insert(group, record);
    }

    /// Gathers the units at these places, reports of one block in their order.
    ///
    /// Of units that judgments tie only the first is compared, since the others follow it. A copy of
    /// one that is compared goes where that goes, so that another copy changes nothing.
    pub(super) fn gather(
        &mut self,
        places: &[usize],
        units: &[Unit],
        records: &[Draft],
        telling: Option<&Telling>,
        clusters: &Clusters,
    ) {
        let mut compared: Vec<usize> = Vec::new();
        let mut follows: Vec<(usize, usize)> = Vec::new();
        let mut first_of: HashMap<usize, usize> = HashMap::new();
        for &at in places {
            let cluster = clusters.of_unit[at];
            if *first_of.entry(cluster).or_insert(at) != at {
                continue;
            }
            let before = compared.last().copied().filter(|&before| {
                let free = |at: usize| !clusters.has_apart(clusters.of_unit[at]);
                free(before) && free(at) && units[at].copies(&units[before])
            });
            match before {
                Some(before) => follows.push((at, before)),
                None => compared.push(at),
            }
        }
        let words: Vec<_> = compared.iter().map(|&at| units[at].words()).collect();
        // What comes alone has nobody beside it.
        let among = if compared.len() > 1 { candidates_of(&words) } else { vec![Vec::new()] };
        let near = |one: usize| -> Vec<Part> {
            let there = telling.zip(words[one]).map(|(telling, words)| telling.candidates(words));
            let there = there.into_iter().flatten().map(Part::There);
            there.chain(among[one].iter().map(|other| Part::Comes(*other))).collect()
        };
        let fit = |one: usize, part: Part| -> Option<Fit> {
            let (unit, cluster) = (&units[compared[one]], clusters.of_unit[compared[one]]);
            match part {
                Part::There(record) => {
                    let record = &records[record];
                    let held = clusters.are_apart(cluster, &record.judged_apart);
                    if held { None } else { record.incidents.fit(unit) }
                }
                Part::Comes(other) => {
                    let (other, of) = (&units[compared[other]], clusters.of_unit[compared[other]]);
                    let held = clusters.are_apart(cluster, &[of].into());
                    if held || apart(unit.local, other.local) { None } else { fit(unit, other) }
                }
            }
        };
        for (one, home) in gather(compared.len(), near, fit).into_iter().enumerate() {
            let home = match home {
                Home::New(first) => Home::New(compared[first]),
                there @ Home::There(_) => there,
            };
            self.homes.insert(compared[one], home);
        }
        for (copy, of) in follows {
            self.homes.insert(copy, self.homes[&of]);
        }
    }
}

/// Where a unit belongs.
pub(super) enum Place {
    /// To a record.
    Record(usize),
    /// To the group with this first unit, of which there is no record yet.
    Group(usize),
}

#[cfg(test)]
mod tests {
    use throughline_model::{
        DocumentId, JudgmentId, Mention, MentionId, Outline, OutlineWord, Passage, Sha256, Span,
        SubjectKind,
    };

    use crate::{BlockKey, Link, Links, Local, Referents, fold};

    /// What an undated report says, in words that are all rare; the first letter is its name.
    const REPORTS: [&str; 5] = [
        "a ferry mirador quelled raiders lindgulf oskarby twentysix skiffs brandvold",
        "b ferry mirador quelled raiders lindgulf oskarby twentysix patrols",
        "c tanker halvard boarded raiders marlgulf thirteen dhows marlsund ostby",
        "d tanker halvard boarded raiders marlgulf thirteen dhows marlsund escorts",
        "e ferry mirador raiders oskarby twentysix skiffs brandvold warship",
    ];

    fn local(report: &str) -> Local {
        let document = DocumentId::of_bytes(Sha256::of(report.as_bytes()));
        let passage = Passage::Text(Span::new(0, 5));
        let mention = Mention::new(SubjectKind::Incident, document, passage, "the raid");
        let mut words: Vec<OutlineWord> = report
            .split(' ')
            .skip(1)
            .map(|word| OutlineWord {
                word: Outline::hash(word),
                said: 2,
                named: 1,
                headline: false,
                opening: true,
            })
            .collect();
        words.sort();
        Local {
            block: BlockKey::from_text("incident 2011-11"),
            document,
            published: None,
            source: None,
            mentions: vec![mention],
            assertions: vec![],
            sentences: vec![],
            referents: Referents::default(),
            context: Vec::new(),
            outline: Some(Outline { words, ..Outline::default() }),
        }
    }

    /// The groups of reports in an order, each by the letters of its reports, all in order.
    fn groups(order: &[usize], apart: &[(usize, usize)]) -> Vec<String> {
        let locals: Vec<Local> = order.iter().map(|at| local(REPORTS[*at])).collect();
        let id = |at: usize| -> MentionId { local(REPORTS[at]).mentions[0].id };
        let link = |&(a, b): &(usize, usize)| Link {
            a: id(a),
            b: id(b),
            since: None,
            judgment: JudgmentId::from_bits(1),
        };
        let links = Links::new([], apart.iter().map(link));
        let mut groups: Vec<String> = fold(&locals.iter().collect::<Vec<_>>(), &links)
            .iter()
            .map(|record| {
                let mut names: Vec<&str> =
                    record.locals().iter().map(|at| &REPORTS[order[*at]][..1]).collect();
                names.sort_unstable();
                names.concat()
            })
            .collect();
        groups.sort();
        groups
    }

    #[test]
    fn undated_reports_come_together_in_any_order() {
        for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [2, 0, 3, 4, 1], [1, 2, 4, 0, 3]] {
            assert_eq!(groups(&order, &[]), ["abe", "cd"], "{order:?}");
        }
    }

    #[test]
    fn undated_reports_that_are_judged_apart_share_no_record() {
        for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0]] {
            for apart in [(0, 4), (0, 1), (1, 4)] {
                let found = groups(&order, &[apart]);
                let name = |at: usize| &REPORTS[at][..1];
                let both =
                    |group: &String| group.contains(name(apart.0)) && group.contains(name(apart.1));
                assert!(!found.iter().any(both), "{apart:?}: {found:?}");
                assert!(found.contains(&"cd".to_owned()), "{apart:?}: {found:?}");
            }
        }
    }
}

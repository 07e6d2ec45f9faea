//! Judgments that cannot stand beside each other.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use throughline_model::{Act, Judgment, JudgmentId, MentionId, Target, Value};

use crate::is_single;

/// The judgments among `standing` that contradict `new`, each once, by id; empty if none does.
///
/// `standing` holds those in force in the present. What `new` supersedes contradicts nothing.
/// "A is B", "B is C" and "A is not C" contradict each other over any number of links.
pub fn conflicts<'j>(
    standing: impl IntoIterator<Item = &'j Judgment>,
    new: &Judgment,
) -> Vec<JudgmentId> {
    let all: Vec<&Judgment> = standing.into_iter().collect();
    let superseded: BTreeSet<JudgmentId> = all
        .iter()
        .flat_map(|judgment| &judgment.supersedes)
        .chain(&new.supersedes)
        .copied()
        .collect();
    let in_force: Vec<&Judgment> = all
        .into_iter()
        .filter(|judgment| judgment.id != new.id && !superseded.contains(&judgment.id))
        .collect();
    let mut found: BTreeSet<JudgmentId> = in_force
        .iter()
        .filter(|other| exclude(&other.act, &new.act) || own_codings_exclude(other, new))
        .map(|other| other.id)
        .collect();
    match new.act {
        Act::NotSame(a, b) => found.extend(path(&in_force, a, b, None).unwrap_or_default()),
        Act::Same(a, b) => {
            for judgment in &in_force {
                if let Act::NotSame(x, y) = judgment.act
                    && let Some(path) = path(&in_force, x, y, Some((a, b, new.id)))
                    && path.contains(&new.id)
                {
                    found.insert(judgment.id);
                    found.extend(path.into_iter().filter(|id| *id != new.id));
                }
            }
        }
        _ => {}
    }
    found.into_iter().collect()
}

/// Whether two acts cannot both stand.
fn exclude(one: &Act, other: &Act) -> bool {
    let reading = |act: &Act| match act {
        Act::Accept(id) => Some((*id, None, true)),
        Act::Reject(id) | Act::Retract(id) => Some((*id, None, false)),
        Act::Correct { assertion, by } => Some((*assertion, Some(by.id), false)),
        _ => None,
    };
    match (one, other) {
        (Act::Find(one), Act::Find(other)) => findings_exclude(one, other),
        (Act::Dated { document, published }, Act::Dated { document: other, published: then }) => {
            document == other && published != then
        }
        (Act::Withdraw { assertion, on }, Act::Withdraw { assertion: other, on: then }) => {
            assertion == other && on != then
        }
        (Act::Grade { source, reliability }, Act::Grade { source: other, reliability: then }) => {
            source == other && reliability != then
        }
        (
            Act::Credit { assertion, credibility },
            Act::Credit { assertion: other, credibility: then },
        ) => assertion == other && credibility != then,
        _ => match (reading(one), reading(other)) {
            (Some((a, by, stands)), Some((b, other_by, other_stands))) => {
                a == b && (stands != other_stands || by != other_by)
            }
            _ => false,
        },
    }
}

/// Whether one coder coded two values of what has one. What two coders code never excludes each other.
fn own_codings_exclude(one: &Judgment, other: &Judgment) -> bool {
    match (&one.act, &other.act) {
        (Act::Code(a), Act::Code(b)) => one.by == other.by && findings_exclude(a, b),
        _ => false,
    }
}

/// Whether two findings hold different values of what has one.
fn findings_exclude(one: &Target, other: &Target) -> bool {
    let same_question =
        one.subject == other.subject && one.variable == other.variable && one.party == other.party;
    // "It cannot be known" excludes every value, even where there may be several.
    let unknowable = one.value.is_none() || other.value.is_none();
    same_question
        && one.value != other.value
        && (is_single(one.variable) || unknowable)
        && !dates_fit(&one.value, &other.value)
}

/// One date within the other is more exact, not different.
fn dates_fit(one: &Option<Value>, other: &Option<Value>) -> bool {
    match (one, other) {
        (Some(Value::Date(a)), Some(Value::Date(b))) => a.contains(b) || b.contains(a),
        _ => false,
    }
}

/// The judgments by which `from` is the same as `to`, with one more link taken as given.
fn path(
    judgments: &[&Judgment],
    from: MentionId,
    to: MentionId,
    given: Option<(MentionId, MentionId, JudgmentId)>,
) -> Option<Vec<JudgmentId>> {
    let mut links: BTreeMap<MentionId, Vec<(MentionId, JudgmentId)>> = BTreeMap::new();
    let same = judgments.iter().filter_map(|judgment| match judgment.act {
        Act::Same(a, b) => Some((a, b, judgment.id)),
        _ => None,
    });
    for (a, b, id) in same.chain(given) {
        links.entry(a).or_default().push((b, id));
        links.entry(b).or_default().push((a, id));
    }
    let mut came: BTreeMap<MentionId, (MentionId, JudgmentId)> = BTreeMap::new();
    let mut open = VecDeque::from([from]);
    while let Some(at) = open.pop_front() {
        if at == to {
            let mut way = Vec::new();
            let mut at = to;
            while at != from {
                let (before, id) = came[&at];
                way.push(id);
                at = before;
            }
            return Some(way);
        }
        for &(next, id) in links.get(&at).into_iter().flatten() {
            if next != from && !came.contains_key(&next) {
                came.insert(next, (at, id));
                open.push_back(next);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use throughline_model::{Fingerprint, Instant, SubjectKind, Variable};

    use super::*;

    fn mention(name: &str) -> MentionId {
        MentionId::of(SubjectKind::Person, Fingerprint::new("test").field(name.as_bytes()))
    }

    fn judged(act: Act, supersedes: &[&Judgment]) -> Judgment {
        Judgment {
            id: JudgmentId::from_bits(0),
            by: "A coder".into(),
            made: Instant(0),
            reason: "as read".into(),
            cites: vec![],
            supersedes: supersedes.iter().map(|judgment| judgment.id).collect(),
            act,
        }
        .sealed()
    }

    #[test]
    fn a_chain_of_sames_excludes_a_not_same_and_is_named() {
        let (a, b, c) = (mention("a"), mention("b"), mention("c"));
        let one = judged(Act::Same(a, b), &[]);
        let two = judged(Act::Same(b, c), &[]);
        let apart = judged(Act::NotSame(a, c), &[]);
        let mut both = vec![one.id, two.id];
        both.sort();
        assert_eq!(conflicts([&one, &two], &apart), both);
        let mut others = vec![one.id, apart.id];
        others.sort();
        assert_eq!(conflicts([&one, &apart], &two), others);
        let undo = judged(Act::Undo, &[&one]);
        assert_eq!(conflicts([&one, &undo, &apart], &two), vec![]);
        assert_eq!(conflicts([&one, &two], &judged(Act::NotSame(a, c), &[&two])), vec![]);
    }

    #[test]
    fn codings_exclude_each_other_only_where_one_coder_made_both() {
        let coded = |by: &str, dead: u32| {
            let figure = throughline_model::Figure::exactly(dead);
            let act = Act::Code(Box::new(Target {
                subject: mention("a"),
                variable: Variable::Killed,
                party: None,
                value: Some(Value::Figure(figure)),
                rests_on: vec![],
            }));
            Judgment { by: by.into(), ..judged(act, &[]) }.sealed()
        };
        assert_eq!(conflicts([&coded("A", 3)], &coded("B", 4)), vec![]);
        assert_eq!(conflicts([&coded("A", 3)], &coded("A", 4)).len(), 1);
        assert_eq!(conflicts([&coded("A", 3)], &coded("A", 3)), vec![]);
    }

    #[test]
    fn two_findings_of_one_value_exclude_each_other() {
        let find = |date: &str| {
            judged(
                Act::Find(Box::new(Target {
                    subject: mention("a"),
                    variable: Variable::Date,
                    party: None,
                    value: Some(Value::Date(date.parse().unwrap())),
                    rests_on: vec![],
                })),
                &[],
            )
        };
        assert_eq!(conflicts([&find("1894-06-24")], &find("1894-06-25")).len(), 1);
        assert_eq!(conflicts([&find("1894-06-24")], &find("1894-06")), vec![]);
        assert_eq!(conflicts([&find("1894-06-24")], &find("1894-06-24")), vec![]);
    }
}

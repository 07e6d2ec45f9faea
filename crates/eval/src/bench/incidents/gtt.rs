//! Templates mapped one to one, so that a document has its best F1 over types and roles.
//!
//! The mapping is searched exactly. Of mappings as good as each other the one counts that comes
//! first in the order of the reference: of templates of the gold the first, unmapped last.

use std::collections::BTreeMap;

use super::ree::{count, normalised, within};
use super::{ROLES, Record, Roles, Sides};

/// A template as far as it is compared here.
struct View {
    kind: String,
    roles: Roles,
}

/// Right of the predicted and right of the gold, for the type and each role.
type Pair = [(u32, u32); 6];

/// Templates of the gold that are used, what is right of the predicted, and of the gold.
type State = (u64, u32, u32);

/// More states than this are thinned.
const MOST: usize = 4000;

/// With more templates than this, states that a pair gains nothing by are left out.
const FEW: usize = 6;

/// Right and all, for the type and each role.
pub(super) fn tally(predicted: &Record, gold: &Record) -> [Sides; 6] {
    let (mine, theirs) = (views(predicted), views(gold));
    let mut tally = [Sides::default(); 6];
    for view in &mine {
        tally[0].predicted += 1;
        (0..ROLES.len())
            .for_each(|role| tally[role + 1].predicted += count(view.roles[role].len()));
    }
    for view in &theirs {
        tally[0].gold += 1;
        (0..ROLES.len()).for_each(|role| tally[role + 1].gold += count(view.roles[role].len()));
    }
    let mut pairs: BTreeMap<(usize, usize), Pair> = BTreeMap::new();
    for (i, one) in mine.iter().enumerate() {
        for (j, other) in
            theirs.iter().enumerate().filter(|(_, view)| view.kind.contains(&one.kind))
        {
            pairs.insert((i, j), pair(one, other));
        }
    }
    let all = |of: fn(&Sides) -> u32| tally.iter().map(of).sum::<u32>();
    let path =
        best(&pairs, mine.len(), theirs.len(), all(|one| one.predicted), all(|one| one.gold));
    for (i, j) in path.into_iter().enumerate() {
        let Some(pair) = pairs.get(&(i, j)) else { continue };
        for (sides, (mine, theirs)) in tally.iter_mut().zip(pair) {
            sides.predicted_right += mine;
            sides.gold_right += theirs;
        }
    }
    tally
}

fn views(record: &Record) -> Vec<View> {
    let view = |template: &super::Template| {
        let slot = template.slots.get("type").and_then(|all| all.first());
        let said = slot.and_then(|filler| filler.alternatives.first());
        let kind = template.kind.as_ref().or(said).map_or("attack", String::as_str);
        View { kind: kind.to_lowercase(), roles: normalised(&template.roles) }
    };
    record.incidents().iter().map(view).collect()
}

fn pair(mine: &View, theirs: &View) -> Pair {
    let mut pair = [(1, 1); 6];
    for role in 0..ROLES.len() {
        let (mine, theirs) = (&mine.roles[role], &theirs.roles[role]);
        let right = mine.iter().filter(|one| theirs.iter().any(|other| within(one, other)));
        let found = theirs.iter().filter(|other| mine.iter().any(|one| within(one, other)));
        pair[role + 1] = (count(right.count()), count(found.count()));
    }
    pair
}

/// For each predicted template the one of the gold that it is mapped to, or the number of those.
fn best(
    pairs: &BTreeMap<(usize, usize), Pair>,
    mine: usize,
    theirs: usize,
    predicted: u32,
    gold: u32,
) -> Vec<usize> {
    let mut states: BTreeMap<State, Vec<usize>> = BTreeMap::from([((0, 0, 0), Vec::new())]);
    for i in 0..mine {
        let mut next: BTreeMap<State, Vec<usize>> = BTreeMap::new();
        for ((used, a, b), path) in &states {
            for j in 0..=theirs {
                let state = if j == theirs {
                    (*used, *a, *b)
                } else if j >= 64 || used >> j & 1 == 1 {
                    continue;
                } else {
                    match pairs.get(&(i, j)) {
                        None if theirs > FEW => continue,
                        None => (used | 1 << j, *a, *b),
                        Some(pair) => (
                            used | 1 << j,
                            a + pair.iter().map(|one| one.0).sum::<u32>(),
                            b + pair.iter().map(|one| one.1).sum::<u32>(),
                        ),
                    }
                };
                let mut path = path.clone();
                path.push(j);
                match next.get_mut(&state) {
                    Some(held) if *held <= path => {}
                    Some(held) => *held = path,
                    None => {
                        next.insert(state, path);
                    }
                }
            }
        }
        states = if next.len() > MOST { thinned(next) } else { next };
    }
    let mut best: Option<(f64, Vec<usize>)> = None;
    for ((_, a, b), path) in states {
        let f1 = f1(a, predicted, b, gold);
        let better =
            best.as_ref().is_none_or(|(held, first)| f1 > *held || (f1 >= *held && path < *first));
        if better {
            best = Some((f1, path));
        }
    }
    best.map(|(_, path)| path).unwrap_or_default()
}

/// Without states that another with the same templates is no worse than.
fn thinned(states: BTreeMap<State, Vec<usize>>) -> BTreeMap<State, Vec<usize>> {
    let mut by: BTreeMap<u64, Vec<(u32, u32, Vec<usize>)>> = BTreeMap::new();
    for ((used, a, b), path) in states {
        by.entry(used).or_default().push((a, b, path));
    }
    let mut kept = BTreeMap::new();
    for (used, mut all) in by {
        all.sort_by(|one, other| (other.0, other.1, &one.2).cmp(&(one.0, one.1, &other.2)));
        let mut top = None;
        for (a, b, path) in all {
            if top.is_none_or(|top| b > top) {
                kept.insert((used, a, b), path);
                top = Some(b);
            }
        }
    }
    kept
}

fn f1(a: u32, predicted: u32, b: u32, gold: u32) -> f64 {
    let share = |right: u32, of: u32| if of == 0 { 0.0 } else { f64::from(right) / f64::from(of) };
    let (precision, recall) = (share(a, predicted), share(b, gold));
    let sum = precision + recall;
    if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum }
}

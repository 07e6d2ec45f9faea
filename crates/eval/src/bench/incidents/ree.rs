//! Entities of a document: one predicted is right if all its mentions are those of one of the gold,
//! and no two are right by the same one.

use super::compare::normal;
use super::{Entity, ROLES, Record, Roles, Sides};
use crate::bench::assign;

/// Right and all, by role.
pub(super) fn tally(predicted: &Record, gold: &Record) -> [Sides; 5] {
    let (mine, theirs) = (roles(predicted), roles(gold));
    let mut tally = [Sides::default(); 5];
    for role in 0..ROLES.len() {
        let (mine, theirs) = (&mine[role], &theirs[role]);
        let fits = |one: &Entity| -> Vec<usize> {
            (0..theirs.len()).filter(|&at| within(one, &theirs[at])).collect()
        };
        let rows: Vec<Vec<usize>> = mine.iter().map(fits).collect();
        let right = count(assign::most(&rows, theirs.len()));
        tally[role] = Sides {
            predicted_right: right,
            predicted: count(mine.len()),
            gold_right: right,
            gold: count(theirs.len()),
        };
    }
    tally
}

/// The entities of a document, those of its incidents joined where they are not given apart.
fn roles(record: &Record) -> Roles {
    if let Some(roles) = &record.ree {
        return normalised(roles);
    }
    let mut joined = Roles::default();
    for template in record.incidents() {
        for (all, own) in joined.iter_mut().zip(normalised(&template.roles)) {
            for entity in own {
                if !all.contains(&entity) {
                    all.push(entity);
                }
            }
        }
    }
    joined
}

/// In normal form, without entities that have no mention.
pub(super) fn normalised(roles: &Roles) -> Roles {
    let entity = |one: &Entity| one.iter().map(|mention| normal(mention)).collect();
    let own = |all: &Vec<Entity>| all.iter().filter(|one| !one.is_empty()).map(entity).collect();
    [0, 1, 2, 3, 4].map(|role| own(&roles[role]))
}

/// Whether all mentions of one are mentions of the other.
pub(super) fn within(mine: &Entity, theirs: &Entity) -> bool {
    mine.iter().all(|mention| theirs.contains(mention))
}

pub(super) fn count(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

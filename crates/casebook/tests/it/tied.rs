//! The network of a casebook against its records, as of the same dates.

use std::collections::{BTreeMap, BTreeSet};

use throughline_casebook::Casebook;
use throughline_connect::{kind_of, puts_forward, tied};
use throughline_model::*;

/// The network holds the records in view, why their mentions are one, and a word for each assertion
/// that ties two of them, and nothing of a later day.
pub(crate) fn assert_tied(casebook: &Casebook, records: &[Record], as_of: AsOf) {
    let own = casebook.tied(as_of).unwrap();
    let network = &own.network;
    assert_eq!(network.len(), records.len(), "as of {as_of:?}");
    let at = |mention: &MentionId| network.record_at(*mention).map(|record| network.id(record));
    for record in records {
        assert_eq!(own.names[&record.id], record.name);
        assert!(record.mentions.iter().all(|mention| at(mention) == Some(record.id)));
    }
    let joins = records.iter().flat_map(|record| &record.joins);
    let mut wanted: Vec<_> = joins.map(|join| (join.mention, join.to, join.judgment)).collect();
    let identities = network.identities().iter();
    let mut found: Vec<_> = identities.map(|one| (one.a, one.b, one.judgment)).collect();
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted, "as of {as_of:?}");

    let rows = casebook.assertions(as_of, None, None, usize::MAX).unwrap();
    let said: BTreeMap<AssertionId, Assertion> =
        rows.into_iter().map(|row| (row.evidence.assertion.id, row.evidence.assertion)).collect();
    let ties = |id: &AssertionId| {
        let said = &said[id];
        let tied = kind_of(said).filter(|tied| !tied.denies && tied.kind.class().is_some())?;
        at(&said.subject)?;
        at(&tied.other).map(|_| (*id, tied.kind))
    };
    let ties_held = |held: &&Holding| {
        tied(held).is_some_and(|tied| !tied.denies && tied.kind.class().is_some())
    };
    let held = records.iter().flat_map(|record| &record.holdings).filter(ties_held);
    let wanted: BTreeSet<_> = held.flat_map(|held| &held.support).filter_map(ties).collect();
    let words = |held| network.words().iter().filter(move |word| word.held == held);
    let found: BTreeSet<_> =
        words(true).filter_map(|word| Some((word.assertion?, word.kind))).collect();
    assert_eq!(found, wanted, "held as of {as_of:?}");
    // What else was put forward is there, and is not held.
    let forward = said.values().filter(|said| puts_forward(said)).map(|said| said.id);
    let others: BTreeSet<_> = forward.filter_map(|id| ties(&id)).collect();
    let others: BTreeSet<_> = others.difference(&wanted).copied().collect();
    let found: BTreeSet<_> =
        words(false).filter_map(|word| Some((word.assertion?, word.kind))).collect();
    assert_eq!(found, others, "not held as of {as_of:?}");

    if let Some(day) = as_of.published {
        assert!(network.words().iter().all(|word| word.day <= day), "as of {as_of:?}");
        assert!(network.identities().iter().all(|one| one.day <= day), "as of {as_of:?}");
    }
}

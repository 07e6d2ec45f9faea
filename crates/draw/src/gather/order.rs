//! An order of records that hangs on what is shown of them and on their ties, not on their ids: ids
//! are hashes of texts, and where names are withheld their order would tell of the texts.

use std::collections::BTreeMap;

use throughline_model::{Day, Edtf, MentionId, SubjectKind};

use super::{Catalog, date_of};

/// How often the ties of a record's neighbours are looked at: what lies farther away than this
/// does not tell two records apart.
const ROUNDS: usize = 4;

/// A place for each record: kind, date, first publication, name, then by their ties; records that
/// nothing tells apart come in the order of their ids.
pub(super) fn places(catalog: &Catalog) -> BTreeMap<MentionId, usize> {
    let day = |date: Option<&Edtf>| date.map_or(Day::MAX, Edtf::order);
    let own: BTreeMap<MentionId, (SubjectKind, Day, Day, Option<String>)> = catalog
        .rows
        .iter()
        .map(|(id, row)| {
            let record = &row.record;
            let name = catalog.veil.name(*id, &record.mentions, &record.name);
            let happened = day(date_of(row).map(|(date, _)| date));
            (*id, (id.kind(), happened, day(record.first_published.as_ref()), name))
        })
        .collect();
    let mut ranks = ranked(&own);
    for _ in 0..ROUNDS {
        let with_ties: BTreeMap<MentionId, _> = ranks
            .iter()
            .map(|(id, rank)| {
                let ties = catalog.ties.around(*id);
                let mut ties: Vec<_> = ties
                    .map(|tie| (tie.relation.as_str(), tie.from == *id, ranks[&tie.beyond(*id)]))
                    .collect();
                ties.sort_unstable();
                (*id, (*rank, ties))
            })
            .collect();
        let next = ranked(&with_ties);
        if next == ranks {
            break;
        }
        ranks = next;
    }
    let mut listed: Vec<(usize, MentionId)> =
        ranks.into_iter().map(|(id, rank)| (rank, id)).collect();
    listed.sort_unstable();
    listed.into_iter().enumerate().map(|(place, (_, id))| (id, place)).collect()
}

/// The rank of each key among all different ones.
fn ranked<K: Ord>(keys: &BTreeMap<MentionId, K>) -> BTreeMap<MentionId, usize> {
    let mut all: Vec<&K> = keys.values().collect();
    all.sort_unstable();
    all.dedup();
    keys.iter().map(|(id, key)| (*id, all.partition_point(|other| *other < key))).collect()
}

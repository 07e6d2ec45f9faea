//! What lists hold as of two dates, against the records in view and the ledger itself.

use std::collections::{BTreeMap, BTreeSet};

use throughline_casebook::{Casebook, EntryKind, Listed, Part, RecordRow};
use throughline_flow::Filed;
use throughline_model::*;

/// Lists hold what the records in view hold, and short lists the first of it.
pub(crate) fn assert_lists(casebook: &Casebook, as_of: AsOf) {
    for kind in SubjectKind::ALL {
        let rows = casebook.records(kind, as_of, usize::MAX).unwrap();
        let listed: Vec<Listed> = rows.iter().cloned().map(Listed::from).collect();
        let mut weighed: Vec<RecordRow> = Vec::new();
        casebook.each_weighed(kind, as_of, |row| weighed.push(row)).unwrap();
        let held = |row: &RecordRow| {
            let RecordRow { record, names, mentions } = row.clone();
            let (joins, superseded) = (Vec::new(), BTreeSet::new());
            (record.id, Record { joins, superseded, ..record }, names, mentions)
        };
        let by_id = |rows: &[RecordRow]| {
            let mut all: Vec<_> = rows.iter().map(held).collect();
            all.sort_by_key(|(id, ..)| *id);
            all
        };
        assert_eq!(by_id(&weighed), by_id(&rows), "{kind:?} weighed as of {as_of:?}");
        for limit in [0, 1, 2, usize::MAX] {
            let got = casebook.listed(kind, as_of, limit).unwrap();
            assert_eq!(got, listed[..limit.min(listed.len())], "{kind:?} as of {as_of:?}");
        }
        for (from, many) in [(1, 1), (2, 5)] {
            let got = casebook.listed_part(kind, as_of, Part { from, many }).unwrap();
            let want: Vec<_> = listed.iter().skip(from).take(many).cloned().collect();
            assert_eq!(got, want, "{kind:?} from {from} as of {as_of:?}");
        }
        if as_of.is_present() {
            let totals: BTreeMap<SubjectKind, u64> =
                casebook.totals().unwrap().into_iter().collect();
            assert_eq!(totals[&kind], listed.len() as u64, "{kind:?}");
        }
        // By its name a record is found wherever a text that mentions it so holds the name.
        for row in rows.iter().take(1) {
            let name = &row.record.name;
            let found = casebook.named(kind, name, as_of, usize::MAX).unwrap();
            let hits = casebook.search(name, as_of, usize::MAX).unwrap();
            let held = |document| hits.iter().any(|hit| hit.document.id == document);
            let called = row.mentions.values().any(|(at, own)| own == name && held(*at));
            match found.iter().find(|one| one.id == row.record.id) {
                Some(same) => assert_eq!(same, &Listed::from(row.clone()), "as of {as_of:?}"),
                None => assert!(!called, "{name} is not found as of {as_of:?}"),
            }
        }
    }
}

/// Near a record are those of which a value or a party is one of its mentions, as lists show them.
pub(crate) fn assert_near(casebook: &Casebook, records: &[Record], as_of: AsOf) {
    for about in records {
        let own: BTreeSet<MentionId> = about.mentions.iter().copied().collect();
        for kind in SubjectKind::ALL {
            let speaks = |record: &&Record| {
                let held = record.holdings.iter();
                let mut of = held.flat_map(|h| {
                    h.value.as_ref().and_then(Value::mention).into_iter().chain(h.party)
                });
                record.id.kind() == kind && of.any(|id| own.contains(&id))
            };
            let want: Vec<MentionId> =
                records.iter().filter(speaks).map(|record| record.id).collect();
            let near = casebook.near(kind, &own, as_of).unwrap();
            assert_eq!(near.iter().map(|one| one.id).collect::<Vec<_>>(), want, "as of {as_of:?}");
            for one in near {
                assert_eq!(casebook.listed_one(one.id, as_of).unwrap(), Some(one));
            }
        }
    }
}

/// The list of documents holds those in view, by the day since which they are public, undated ones last.
pub(crate) fn assert_documents(casebook: &Casebook, as_of: AsOf) {
    let standing = casebook.standing(as_of).unwrap();
    let mut want: Vec<(Option<Day>, DocumentId)> = Vec::new();
    let mut undated = 0;
    for entry in casebook.entries(&[EntryKind::Capture]).unwrap() {
        let Some(payload) = entry.payload.filter(|_| as_of.recalls(entry.recorded)) else {
            continue;
        };
        let document = throughline_formats::read_document(&payload).unwrap();
        let own = document.public_since();
        let since = standing.dated(document.id).or(own.as_ref());
        match as_of.sees(since) {
            true => want.push((since.map(Edtf::latest), document.id)),
            false => undated += u64::from(since.is_none()),
        }
    }
    want.sort_by_key(|(day, id)| (day.is_none(), *day, *id));
    let want: Vec<DocumentId> = want.into_iter().map(|(_, id)| id).collect();
    for limit in [usize::MAX, 2] {
        let (rows, left_out) = casebook.documents(as_of, limit).unwrap();
        let got: Vec<DocumentId> = rows.into_iter().map(|row| row.id).collect();
        assert_eq!(got, want[..limit.min(want.len())], "documents as of {as_of:?}");
        assert_eq!(left_out, undated);
    }
    let extent = casebook.extent(as_of).unwrap();
    assert_eq!((extent.documents, extent.undated), (want.len() as u64, undated), "{as_of:?}");
    for from in [0, 1, want.len() / 2, want.len()] {
        for many in [1, 7] {
            let rows = casebook.documents_part(as_of, Part { from, many }).unwrap();
            let got: Vec<DocumentId> = rows.into_iter().map(|row| row.id).collect();
            let want: Vec<DocumentId> = want.iter().skip(from).take(many).copied().collect();
            assert_eq!(got, want, "documents from {from} as of {as_of:?}");
        }
    }
    let dated: BTreeSet<DocumentId> = standing.all_dated().collect();
    let all = casebook.documents(as_of, usize::MAX).unwrap().0;
    let mut newest: Vec<_> =
        all.into_iter().filter(|row| !dated.contains(&row.id) && row.since.is_some()).collect();
    newest.reverse();
    newest.truncate(3);
    assert_eq!(casebook.latest(as_of, 3).unwrap(), newest, "as of {as_of:?}");
}

/// The list of assertions holds all that readings in force say in view, as people left it.
pub(crate) fn assert_assertions(
    casebook: &Casebook,
    filed: &[Filed],
    judgments: &[(Judgment, Instant)],
    as_of: AsOf,
) {
    let standing = casebook.standing(as_of).unwrap();
    let judged: BTreeSet<AssertionId> = judgments
        .iter()
        .filter(|(_, recorded)| as_of.recalls(*recorded))
        .flat_map(|(judgment, _)| judgment.assertions().chain(judgment.rests_on().iter().copied()))
        .collect();
    let mut by_document: BTreeMap<DocumentId, Vec<&Filed>> = BTreeMap::new();
    for one in filed.iter().filter(|one| as_of.recalls(one.recorded)) {
        by_document.entry(one.document).or_default().push(one);
    }
    let mut want: BTreeSet<AssertionId> = BTreeSet::new();
    for (document, filed) in by_document {
        if as_of.sees(standing.dated(document).or(filed[0].published.as_ref())) {
            let readings = throughline_flow::in_force(&filed, &|id| judged.contains(&id));
            let said = || readings.iter().flat_map(|reading| &reading.assertions);
            // A headline goes with what it repeats, unless somebody accepted it for itself.
            let stays = |one: &&Assertion| {
                let mut repeated = said().filter(|other| one.repeats == Some(other.id));
                standing.accepted(one.id).is_some()
                    || repeated.all(|other| standing.read(other).is_some())
            };
            let left = said().filter(stays).filter_map(|said| standing.read(said));
            want.extend(left.map(|said| said.id));
        }
    }
    let rows = casebook.assertions(as_of, None, None, usize::MAX).unwrap();
    let got: BTreeSet<AssertionId> =
        rows.into_iter().map(|row| row.evidence.assertion.id).collect();
    assert_eq!(got, want, "assertions as of {as_of:?}");
}

//! What an entry touches: what must be derived again when it enters.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use throughline_model::{Act, AsOf, AssertionId, Day, DocumentId, Judgment, MentionId, Variable};
use throughline_resolve::compares;

use crate::derived::{blocks_of, document_judged, locals, unsettled};
use crate::error::Result;
use crate::ledger::bits;
use crate::ledger::judged::Judged;
use crate::ledger::store;

/// Notes what may be held otherwise in a document since some of its words were judged: of whom they
/// are said something else, and of nobody else anything.
pub(crate) fn unsettle_words(
    connection: &Connection,
    document: DocumentId,
    judgments: &[&Judgment],
    all: &Judged,
) -> Result<()> {
    let rested_on = judgments.iter().any(|judgment| !judgment.rests_on().is_empty());
    let mut judged: BTreeSet<AssertionId> =
        judgments.iter().flat_map(|judgment| judgment.assertions()).collect();
    let words = judged.clone();
    // Whom words belong to does not hang on whether somebody stands behind them, nor on whether they
    // were taken back later; it may on whether they are said at all, if they are of what is compared.
    let regroups = judgments.iter().any(|judgment| {
        matches!(judgment.act, Act::Reject(_) | Act::Retract(_) | Act::Correct { .. })
    });
    let is_dated = all.dates(document);
    for local in locals::of_document(connection, document, AsOf::default())? {
        let (kind, block) = (local.kind(), local.block.as_str());
        let from = if is_dated { Day::MIN } else { local.day() };
        // What is put in the place of something may be of another variable, and of another subject.
        let mut put = words.iter().filter_map(|id| all.correction(*id));
        if regroups && put.any(|by| compares(kind, by.variable)) {
            unsettled::join_from(connection, block, from)?;
        }
        let corrected = |id: &AssertionId| {
            let by = all.correction(*id).map(|by| by.subject);
            by.is_some_and(|by| local.mentions.iter().any(|mention| mention.id == by))
        };
        let corrections = words.iter().copied().filter(corrected);
        let corrections = corrections.filter_map(|id| Some((id, all.correction(id)?.variable)));
        let said = local.assertions.iter().filter(|said| {
            words.contains(&said.id) || said.repeats.is_some_and(|of| words.contains(&of))
        });
        let said = said.map(|said| (said.id, said.variable));
        let found: BTreeMap<AssertionId, Variable> = said.chain(corrections).collect();
        if found.is_empty() {
            continue;
        }
        // A headline that somebody accepts for itself stays although what it repeats was rejected.
        let copies = local.assertions.iter().any(|said| said.repeats.is_some());
        for mention in &local.mentions {
            unsettled::weigh(connection, block, mention.id)?;
        }
        if (regroups || copies) && found.values().any(|variable| compares(kind, *variable)) {
            unsettled::join_from(connection, block, from)?;
        }
        found.keys().for_each(|id| {
            judged.remove(id);
        });
    }
    // Words of a reading that is in force no more, or that findings rest on.
    if rested_on || !judged.is_empty() { unsettle_document(connection, document) } else { Ok(()) }
}

/// Notes that everything that a judgment is about must be derived again, and everything about which
/// it supersedes another. Returns the documents whose words it judges, or rests a finding on where a
/// newer reading left them out.
pub(crate) fn unsettle_judged(
    connection: &Connection,
    judgment: &Judgment,
    all: &Judged,
) -> Result<BTreeSet<DocumentId>> {
    let superseded: Vec<&Judgment> =
        judgment.supersedes.iter().filter_map(|id| all.get(*id)).map(|(old, _)| old).collect();
    let mut documents = BTreeSet::new();
    for one in std::iter::once(judgment).chain(superseded) {
        unsettle_links(connection, one, all)?;
        for assertion in one.assertions() {
            documents.extend(document_judged(connection, assertion, all)?);
            for subject in all.resting_on(assertion) {
                unsettle_subject(connection, subject)?;
            }
        }
        for assertion in one.rests_on() {
            if let Some(document) = document_judged(connection, *assertion, all)?
                && store::is_read_again(connection, document)?
            {
                documents.insert(document);
            }
        }
        if let Act::Dated { document, .. } = one.act {
            unsettle_document(connection, document)?;
            unsettle_referring(connection, document, all)?;
            // What cites the document may come into force.
            for other in all.citing(document) {
                unsettle_links(connection, other, all)?;
            }
        }
    }
    Ok(documents)
}

/// Notes that the records must be derived again that other documents' words or findings tie to what a
/// document mentions: what it calls them tells which of them are one.
pub(crate) fn unsettle_referring(
    connection: &Connection,
    document: DocumentId,
    all: &Judged,
) -> Result<()> {
    let own = locals::mentions_of(connection, document)?;
    unsettle_all_references(connection, own, all)
}

pub(crate) fn unsettle_all_references(
    connection: &Connection,
    mentions: impl IntoIterator<Item = MentionId>,
    all: &Judged,
) -> Result<()> {
    let mut mentions = mentions.into_iter();
    mentions.try_for_each(|mention| unsettle_references(connection, mention, all))
}

pub(crate) fn unsettle_references(
    connection: &Connection,
    mention: MentionId,
    all: &Judged,
) -> Result<()> {
    for block in locals::blocks_of_references(connection, mention)? {
        unsettled::all_of(connection, &block)?;
    }
    all.referring(mention).try_for_each(|subject| unsettle_subject(connection, subject))
}

/// Notes that something else may be held of a mention.
pub(crate) fn unsettle_subject(connection: &Connection, subject: MentionId) -> Result<()> {
    let blocks = blocks_of(connection, subject)?;
    blocks.iter().try_for_each(|block| unsettled::weigh(connection, block, subject))
}

/// Notes that what is held of a judgment's mentions may change. Where it ties mentions or tells them
/// apart, it must be looked again who is one with whom in their blocks, and records that merely refer to
/// both sides may now count two values as one, or one as two, and change as well.
pub(crate) fn unsettle_links(
    connection: &Connection,
    judgment: &Judgment,
    all: &Judged,
) -> Result<()> {
    let (Act::Same(one, other) | Act::NotSame(one, other)) = judgment.act else {
        return judgment.mentions().try_for_each(|mention| unsettle_subject(connection, mention));
    };
    for mention in [one, other] {
        for block in blocks_of(connection, mention)? {
            // Records of the same members as before, neither of them among these, say what they said.
            unsettled::weigh(connection, &block, mention)?;
            unsettled::join_from(connection, &block, Day::MIN)?;
        }
    }
    // Who is told apart from whom his document took him for goes by his own name.
    if let Act::NotSame(..) = judgment.act {
        unsettle_references(connection, one, all)?;
        unsettle_references(connection, other, all)?;
    }
    for mention in all.affected(judgment.id, one, other) {
        for local in locals::referring(connection, mention)? {
            let block = local.block.as_str();
            for own in &local.mentions {
                unsettled::weigh(connection, block, own.id)?;
            }
            // By the names of what it refers to, a local may be joined to another record.
            let renamed = local
                .referents
                .iter()
                .any(|(id, referent)| [(one, other), (other, one)].contains(&(*id, referent.head)));
            if renamed && matches!(judgment.act, Act::NotSame(..)) {
                unsettled::join_from(connection, block, Day::MIN)?;
            }
        }
        for subject in all.referring(mention) {
            unsettle_subject(connection, subject)?;
        }
    }
    Ok(())
}

/// Notes that everything a document speaks of must be derived again.
pub(crate) fn unsettle_document(connection: &Connection, document: DocumentId) -> Result<()> {
    let blocks: BTreeSet<String> = connection
        .prepare_cached("SELECT block FROM local WHERE document = ?")?
        .query_map([bits(document)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    blocks.iter().try_for_each(|block| unsettled::all_of(connection, block))
}

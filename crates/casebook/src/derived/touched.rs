//! Which blocks judgments touch: what is kept of the others holds as of any day of publication.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::Connection;
use throughline_model::{
    Act, AsOf, AssertionId, DocumentId, Judgment, JudgmentId, MentionId, Value, Variable,
};
use throughline_resolve::compares;

use crate::derived;
use crate::derived::locals::{self, mention_bits};
use crate::error::Result;
use crate::ledger::judged::Judged;
use crate::ledger::{bits, document_of};

/// All blocks of which some judgment, in force or not, may change what they give. Rather too many:
/// every block of a document of which something was judged. Of a block whose words refer to what other
/// documents mention, what it gives hangs on whether these are in view, as if somebody had judged it.
pub(crate) fn blocks(connection: &Connection, judged: &Judged) -> Result<BTreeSet<String>> {
    let mut blocks = of_judgments(connection, judged, judged.all().map(|(judgment, _)| judgment))?;
    for mention in locals::referred_to(connection)? {
        blocks.extend(locals::blocks_of_references(connection, mention)?);
    }
    Ok(blocks)
}

/// Those in which judgments say who is who, or when something was published.
pub(crate) fn tied(connection: &Connection, judged: &Judged) -> Result<BTreeSet<String>> {
    let ties = |judgment: &&Judgment| {
        matches!(judgment.act, Act::Same(..) | Act::NotSame(..) | Act::Dated { .. })
    };
    let judgments = judged.all().map(|(judgment, _)| judgment).filter(ties);
    of_judgments(connection, judged, judgments)
}

/// Those of which some judgment may change what stands for one subject, or since when.
pub(crate) fn regrouped(
    connection: &Connection,
    judged: &Judged,
    compared: &mut Compared,
) -> Result<BTreeSet<String>> {
    compared.bring_up(connection)?;
    let mut blocks = BTreeSet::new();
    let mut others: Vec<&Judgment> = Vec::new();
    for (judgment, _) in judged.all() {
        match judgment.act {
            Act::Same(one, other) => {
                for mention in [one, other] {
                    blocks.extend(derived::blocks_of(connection, mention)?);
                }
            }
            Act::Reject(_) | Act::Retract(_) | Act::Correct { .. } => {
                for assertion in judgment.assertions() {
                    blocks.extend(compared.blocks(connection, judged, assertion)?.iter().cloned());
                }
            }
            // Who is told apart from whom his document took him for goes by another name there.
            Act::NotSame(..) | Act::Dated { .. } => others.push(judgment),
            // An accepted assertion is what it was, and what is held of a record does not say whose it is.
            Act::Accept(_)
            | Act::Withdraw { .. }
            | Act::Credit { .. }
            | Act::Grade { .. }
            | Act::Find(_)
            | Act::Code(_)
            | Act::Unsure(..)
            | Act::Unrelated(..)
            | Act::Undo => {}
        }
    }
    blocks.extend(of_judgments(connection, judged, others.into_iter())?);
    Ok(blocks)
}

/// Of assertions that somebody judged, the blocks in which it may tell who is one with whom that they, or
/// what repeats them, are said. Known for as long as nothing else is read and no document goes.
#[derive(Debug, Default)]
pub(crate) struct Compared {
    /// The last row of what was read, and the last removal.
    state: (i64, i64),
    /// By the assertion, and the variable of what was put in its place by then.
    blocks: HashMap<(AssertionId, Option<Variable>), Vec<String>>,
}

impl Compared {
    /// Forgets what may have changed.
    fn bring_up(&mut self, connection: &Connection) -> Result<()> {
        let sql = "SELECT coalesce((SELECT max(local) FROM local), 0),
                       coalesce((SELECT max(seq) FROM ledger WHERE kind = 'removal'), 0)";
        let state =
            connection.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if state != self.state {
            *self = Compared { state, blocks: HashMap::new() };
        }
        Ok(())
    }

    fn blocks(
        &mut self,
        connection: &Connection,
        judged: &Judged,
        assertion: AssertionId,
    ) -> Result<&[String]> {
        // What was put in the place of something stands in no reading, and may be of another subject.
        let by = judged.correction(assertion);
        let entry = match self.blocks.entry((assertion, by.map(|by| by.variable))) {
            Entry::Occupied(known) => return Ok(known.into_mut()),
            Entry::Vacant(entry) => entry,
        };
        let mut blocks = Vec::new();
        if let Some(document) = derived::document_judged(connection, assertion, judged)? {
            let ever = locals::ever_of_document(connection, document)?;
            let tells = ever.into_iter().filter(|local| {
                let kind = local.kind();
                let says = local.assertions.iter().any(|said| {
                    (said.id == assertion || said.repeats == Some(assertion))
                        && compares(kind, said.variable)
                });
                says || by.is_some_and(|by| compares(kind, by.variable))
            });
            blocks.extend(tells.map(|local| local.block.as_str().to_owned()));
        }
        Ok(entry.insert(blocks))
    }
}

/// Those that judgments may leave otherwise as of two dates than now: where one counts then and not
/// now, or now and not then, where what one rests on or refers to was not there yet, wherever one
/// says when something was published, and where one says who is who of several mentions of a document.
///
/// Elsewhere, what is published later changes nothing of who was one with whom before, also where people
/// say so. Only through a document that mentions two of whom they do may two earlier ones be one.
pub(crate) fn differing(
    connection: &Connection,
    judged: &Judged,
    as_of: AsOf,
) -> Result<BTreeSet<String>> {
    let in_force = |as_of: AsOf| -> Result<BTreeSet<JudgmentId>> {
        let seen = judged.in_view(connection, as_of)?;
        Ok(seen.into_iter().filter(|(.., stands)| *stands).map(|(one, ..)| one.id).collect())
    };
    let present = AsOf::default();
    let (counts, counted) = (in_force(present)?, in_force(as_of)?);
    let (now, then) = (judged.standing(connection, present)?, judged.standing(connection, as_of)?);
    let is_there = |mention: MentionId| -> Result<bool> {
        let mut documents = connection.prepare_cached(
            "SELECT DISTINCT l.document FROM mention m JOIN local l ON l.local = m.local
             WHERE m.mention = ?",
        )?;
        let mut rows = documents.query([mention_bits(mention)])?;
        while let Some(row) = rows.next()? {
            let document = document_of(row.get(0)?);
            let since = derived::since(connection, document)?;
            if !as_of.sees(then.dated(document).or(since.as_ref())) {
                return Ok(false);
            }
        }
        Ok(true)
    };
    let bridged = bridged(connection, judged)?;
    let mut differing: Vec<&Judgment> = Vec::new();
    for (judgment, _) in judged.all() {
        let (rests_on, refers): (&[AssertionId], Vec<MentionId>) = match &judgment.act {
            Act::Find(target) => {
                let value = target.value.as_ref().and_then(Value::mention);
                (&target.rests_on, value.into_iter().chain(target.party).collect())
            }
            Act::Correct { by, .. } => (&[], by.referred().collect()),
            _ => (&[], Vec::new()),
        };
        let always = match judgment.act {
            Act::Same(one, other) | Act::NotSame(one, other) => {
                bridged.contains(&one) || bridged.contains(&other)
            }
            Act::Dated { .. } => true,
            _ => false,
        };
        let later = matches!(&judgment.act, Act::Withdraw { on, .. } if !as_of.sees(Some(on)));
        let differs = always
            || later
            || counts.contains(&judgment.id) != counted.contains(&judgment.id)
            || rests_on.iter().any(|id| now.stands(*id) != then.stands(*id));
        let refers = refers.into_iter().map(is_there).collect::<Result<Vec<bool>>>()?;
        if differs || refers.contains(&false) {
            differing.push(judgment);
        }
    }
    let mut blocks = of_judgments(connection, judged, differing.into_iter())?;
    // What somebody said by hand may refer to a document that came later than his own.
    if let Some(day) = as_of.published {
        // In this order: such references are few, and mentions are found by their ids alone.
        let sql = "SELECT DISTINCT l.block FROM reference r
                   CROSS JOIN local l ON l.local = r.local
                   CROSS JOIN mention m ON m.mention = r.mention
                   CROSS JOIN local o ON o.local = m.local
                   CROSS JOIN document d ON d.document = o.document";
        take(connection, &format!("{sql} WHERE d.day > ?"), day.0.into(), &mut blocks)?;
        // Or to one that somebody dated otherwise than it dates itself.
        for document in then.all_dated() {
            let sql = format!("{sql} WHERE d.document = ?");
            take(connection, &sql, bits(document), &mut blocks)?;
        }
    }
    Ok(blocks)
}

/// The mentions of which people say who they are or are not, beside others of the same subject of the
/// same document of which they do.
fn bridged(connection: &Connection, judged: &Judged) -> Result<BTreeSet<MentionId>> {
    let mut linked: BTreeSet<MentionId> = BTreeSet::new();
    for (judgment, _) in judged.all() {
        if let Act::Same(one, other) | Act::NotSame(one, other) = judgment.act {
            linked.extend([one, other]);
        }
    }
    let mut standing = connection.prepare_cached("SELECT local FROM mention WHERE mention = ?")?;
    let mut first: BTreeMap<i64, MentionId> = BTreeMap::new();
    let mut bridged = BTreeSet::new();
    for mention in linked {
        let mut rows = standing.query([mention_bits(mention)])?;
        while let Some(row) = rows.next()? {
            let before = *first.entry(row.get(0)?).or_insert(mention);
            if before != mention {
                bridged.extend([before, mention]);
            }
        }
    }
    Ok(bridged)
}

/// All blocks of the documents in which some assertions were read.
pub(crate) fn of_assertions(
    connection: &Connection,
    judged: &Judged,
    assertions: impl IntoIterator<Item = AssertionId>,
) -> Result<BTreeSet<String>> {
    let mut documents: BTreeSet<DocumentId> = BTreeSet::new();
    for assertion in assertions {
        documents.extend(derived::document_judged(connection, assertion, judged)?);
    }
    let mut blocks = BTreeSet::new();
    of_documents(connection, documents, &mut blocks)?;
    Ok(blocks)
}

fn of_judgments<'j>(
    connection: &Connection,
    judged: &Judged,
    judgments: impl Iterator<Item = &'j Judgment>,
) -> Result<BTreeSet<String>> {
    let mut documents: BTreeSet<DocumentId> = BTreeSet::new();
    let mut mentions: BTreeSet<MentionId> = BTreeSet::new();
    for judgment in judgments {
        for assertion in judgment.assertions() {
            documents.extend(derived::document_judged(connection, assertion, judged)?);
        }
        if let Act::Dated { document, .. } = judgment.act {
            documents.insert(document);
        }
        mentions.extend(judgment.mentions());
    }
    let mut blocks = BTreeSet::new();
    of_documents(connection, documents, &mut blocks)?;
    for mention in mentions {
        for sql in [
            "SELECT o.block FROM mention m JOIN local l ON l.local = m.local
             JOIN local o ON o.document = l.document WHERE m.mention = ?",
            "SELECT l.block FROM reference r JOIN local l ON l.local = r.local WHERE r.mention = ?",
        ] {
            take(connection, sql, mention_bits(mention), &mut blocks)?;
        }
    }
    Ok(blocks)
}

fn of_documents(
    connection: &Connection,
    documents: BTreeSet<DocumentId>,
    blocks: &mut BTreeSet<String>,
) -> Result<()> {
    documents.into_iter().try_for_each(|document| {
        take(connection, "SELECT block FROM local WHERE document = ?", bits(document), blocks)
    })
}

fn take(connection: &Connection, sql: &str, key: i64, blocks: &mut BTreeSet<String>) -> Result<()> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([key])?;
    while let Some(row) = rows.next()? {
        blocks.insert(row.get(0)?);
    }
    Ok(())
}

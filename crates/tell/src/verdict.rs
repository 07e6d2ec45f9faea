//! Judging: what somebody decides, as typed, becomes a judgment and enters the ledger.
//!
//! `throughline judge` and the forms of pages come here. No clock: who calls says when it is.

pub(crate) mod remarks;
mod sense;
mod target;

use throughline_casebook::{Casebook, Disposition};
use throughline_model::{
    Act, AsOf, Credibility, DocumentId, Edtf, Instant, Judgment, JudgmentId, MentionId, Reliability,
};

pub use sense::refuse;
pub use target::{as_said, with_rests};

use crate::typed::{self, Error, Result, mistyped};

/// What somebody decides. Ids are as typed: in full, or their beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The document does say this.
    Accept(String),
    /// The document does not say this.
    Reject(String),
    /// The document says something else.
    Correct {
        /// The assertion.
        assertion: String,
        /// The value that the document gives.
        value: String,
        /// The variable, if that is what was misread.
        variable: Option<String>,
    },
    /// It was misread: it leaves every date.
    Retract(String),
    /// Its source took it back on a day.
    Withdraw {
        /// The assertion.
        assertion: String,
        /// The day.
        on: Edtf,
    },
    /// The value that we hold.
    Find(Answered),
    /// What somebody codes, beside others who code the same.
    Code(Answered),
    /// Two records are one subject.
    Same(String, String),
    /// Two records are two subjects.
    NotSame(String, String),
    /// A mention does not belong to the record that it was put into.
    Split(String),
    /// It could not be decided whether two records are one.
    Unsure(String, String),
    /// What two incidents have in common connects them by nothing.
    Unrelated(String, String),
    /// A document was published on a day that it does not give itself.
    Dated {
        /// The document.
        document: String,
        /// The day, month or year.
        published: Edtf,
    },
    /// How reliable a source is.
    Grade {
        /// Its name, as documents give it.
        source: String,
        /// How reliable.
        reliability: Reliability,
    },
    /// How credible a piece of information is, whoever gives it.
    Credit {
        /// The assertion.
        assertion: String,
        /// How credible.
        credibility: Credibility,
    },
    /// A judgment counts no more.
    Undo(String),
}

/// A question of a record, and an answer to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answered {
    /// The record.
    pub subject: String,
    /// The variable.
    pub variable: String,
    /// The value; `None` where it cannot be known.
    pub value: Option<String>,
    /// In relation to whom.
    pub party: Option<String>,
    /// The assertions that it rests on.
    pub rests_on: Vec<String>,
}

/// Who decides, when, why, and beside which other judgments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Who.
    pub by: String,
    /// When.
    pub made: Instant,
    /// Why.
    pub reason: String,
    /// Documents that it rests on.
    pub cites: Vec<String>,
    /// Judgments that it takes the place of.
    pub supersedes: Vec<String>,
}

/// What became of what somebody decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The judgment.
    pub judgment: Judgment,
    /// What became of it.
    pub disposition: Disposition,
    /// The documents that were read again, since it changed their date, with how many of their
    /// assertions are other ones than before.
    pub read_again: Vec<(DocumentId, usize)>,
    /// What somebody who judged so may not have meant, in words.
    pub remarks: Vec<String>,
}

/// Enters what somebody decides, and what became of it. Documents whose date it changes are read
/// again. Records that it touches are not yet settled.
///
/// # Errors
/// If something typed names nothing; as [`Casebook::judge`].
pub fn judge(casebook: &mut Casebook, verdict: &Verdict, stated: &Stated) -> Result<Judged> {
    let judgment = judgment(casebook, verdict, stated)?;
    if let Some(judgment) = target::found_before(casebook, &judgment)? {
        let disposition = Disposition::Known;
        return Ok(Judged { judgment, disposition, read_again: vec![], remarks: vec![] });
    }
    refuse(casebook, &judgment)?;
    let remarks = remarks::remarks(casebook, &judgment)?;
    let disposition = casebook.judge(&judgment)?;
    let mut read_again = Vec::new();
    // Also where it was entered before: what was cut short goes on here.
    for document in casebook.dated_by(&judgment)? {
        read_again.extend(casebook.read_again(document)?.map(|other| (document, other)));
    }
    Ok(Judged { judgment, disposition, read_again, remarks })
}

/// The judgment that somebody makes by deciding so.
fn judgment(casebook: &Casebook, verdict: &Verdict, stated: &Stated) -> Result<Judgment> {
    let undone = match verdict {
        Verdict::Undo(judgment) => Some(judgment),
        _ => None,
    };
    let supersedes = stated.supersedes.iter().chain(undone);
    let mut supersedes =
        supersedes.map(|id| typed::judgment(casebook, id)).collect::<Result<Vec<_>>>()?;
    let cites = stated.cites.iter().map(|id| typed::document(casebook, id));
    let cites = cites.collect::<Result<Vec<_>>>()?;
    let act = act(casebook, verdict)?;
    let mut cites = with_rests(casebook, cites, &act)?;
    if let Some(undone) = undone {
        let id = typed::judgment(casebook, undone)?;
        let undone = casebook.judgment(id)?.map(|(judgment, ..)| judgment);
        if let Some(Judgment { act: Act::Undo, supersedes, .. }) = &undone {
            let all: Vec<String> = supersedes.iter().map(ToString::to_string).collect();
            return mistyped(format!(
                "{id} is an undo itself; to have what it undid count again, judge so again \
                 (`throughline judgments` tells of {})",
                all.join(", ")
            ));
        }
        // Where what is undone does not count, there is nothing to undo; what counts always is undone always.
        let dated = undone.filter(|one| !matches!(one.act, Act::Retract(_) | Act::Dated { .. }));
        if cites.is_empty() {
            cites = dated.map(|judgment| judgment.cites).unwrap_or_default();
        }
    }
    if let Act::Code(target) = &act {
        supersedes.extend(target::coded_before(casebook, &stated.by, target)?);
        supersedes.dedup();
    }
    let mut judgment = Judgment {
        id: JudgmentId::from_bits(0),
        by: stated.by.clone(),
        made: stated.made,
        reason: stated.reason.clone(),
        cites,
        supersedes,
        act,
    }
    .sealed();
    // Said again after it was undone, it takes the place of what undid it; what somebody put in its
    // place is another judgment, and must be named.
    for other in undoing(casebook, &judgment)? {
        if !matches!(other.act, Act::Undo) {
            return mistyped(format!(
                "this was judged before, and {} by {} took its place; to have it again, add \
                 --supersedes {}",
                other.act.name(),
                other.by,
                other.id
            ));
        }
        judgment.supersedes.push(other.id);
        judgment = judgment.sealed();
    }
    Ok(judgment)
}

/// The judgments in force that took the place of this very judgment, if it was made before.
fn undoing(casebook: &Casebook, judgment: &Judgment) -> Result<Vec<Judgment>> {
    let all = casebook.judgments()?;
    let mut open = vec![judgment.id];
    let mut found = Vec::new();
    while let Some(id) = open.pop() {
        for (other, _, in_force) in &all {
            if other.supersedes.contains(&id)
                && found.iter().all(|one: &Judgment| one.id != other.id)
            {
                match in_force {
                    true => found.push(other.clone()),
                    false => open.push(other.id),
                }
            }
        }
    }
    found.sort_by_key(|one| one.id);
    Ok(found)
}

fn act(casebook: &Casebook, verdict: &Verdict) -> Result<Act> {
    let mention = |text: &String| typed::mention(casebook, text);
    let assertion_of = |text: &String| typed::assertion(casebook, text);
    Ok(match verdict {
        Verdict::Accept(assertion) => Act::Accept(assertion_of(assertion)?),
        Verdict::Reject(assertion) => Act::Reject(assertion_of(assertion)?),
        Verdict::Retract(assertion) => Act::Retract(assertion_of(assertion)?),
        Verdict::Withdraw { assertion, on } => {
            Act::Withdraw { assertion: assertion_of(assertion)?, on: on.clone() }
        }
        Verdict::Correct { assertion, value, variable } => {
            let assertion = assertion_of(assertion)?;
            let Some(mut by) = casebook.assertion_or_correction(assertion)? else {
                return mistyped(format!("{assertion} is no longer read from any document"));
            };
            if let Some(name) = variable {
                by.variable = typed::variable(name)?;
            }
            by.value = typed::value(casebook, by.variable, value)?;
            by.certainty = 100;
            Act::Correct { assertion, by: Box::new(by.sealed()) }
        }
        Verdict::Find(answered) => {
            Act::Find(Box::new(as_said(casebook, target::target(casebook, answered)?)?))
        }
        Verdict::Code(answered) => {
            let mut target = target::target(casebook, answered)?;
            // Two coders who name a record by two of its mentions code one record.
            for mention in std::iter::once(&mut target.subject).chain(&mut target.party) {
                let row = casebook.bare(*mention, AsOf::default())?;
                *mention = row.map_or(*mention, |row| row.record.id);
            }
            Act::Code(Box::new(target))
        }
        Verdict::Same(a, b) => Act::Same(mention(a)?, mention(b)?),
        Verdict::NotSame(a, b) => Act::NotSame(mention(a)?, mention(b)?),
        Verdict::Split(text) => split(casebook, mention(text)?)?,
        Verdict::Unsure(a, b) => Act::Unsure(mention(a)?, mention(b)?),
        Verdict::Unrelated(a, b) => Act::Unrelated(mention(a)?, mention(b)?),
        Verdict::Dated { document, published } => Act::Dated {
            document: typed::document(casebook, document)?,
            published: published.clone(),
        },
        Verdict::Grade { source, reliability } => {
            Act::Grade { source: source.clone(), reliability: *reliability }
        }
        Verdict::Credit { assertion, credibility } => {
            Act::Credit { assertion: assertion_of(assertion)?, credibility: *credibility }
        }
        Verdict::Undo(_) => Act::Undo,
    })
}

/// A mention is not the same as the one it was joined to.
fn split(casebook: &Casebook, mention: MentionId) -> Result<Act> {
    let shown = casebook.record(mention, AsOf::default())?;
    let Some(shown) = shown else { return mistyped(format!("there is no {mention}")) };
    let record = shown.record;
    let joined = record.joins.iter().find(|join| join.mention == mention).map(|join| join.to);
    // The earliest mention was joined to nobody, and the record is known by it: of two mentions it is
    // told from the other, of more one must be named.
    if joined.is_none() && record.mentions.len() > 2 {
        let others: Vec<String> = record
            .mentions
            .iter()
            .filter(|one| **one != mention)
            .map(ToString::to_string)
            .collect();
        return mistyped(format!(
            "{mention} is the first of {} mentions, by which the record is known; name the one that does \
             not belong to it: {}",
            record.mentions.len(),
            listed(&others)
        ));
    }
    let other = joined.or_else(|| record.joins.iter().find(|j| j.to == mention).map(|j| j.mention));
    other.map(|other| Act::NotSame(mention, other)).ok_or_else(|| {
        Error::Mistyped(format!(
            "{mention} is the only mention of its record; there is nothing to split"
        ))
    })
}

/// At most ten ids in a row.
fn listed(ids: &[String]) -> String {
    const MOST: usize = 10;
    let first = ids[..ids.len().min(MOST)].join(", ");
    match ids.len().checked_sub(MOST) {
        Some(more) if more > 0 => format!("{first} and {more} more"),
        _ => first,
    }
}

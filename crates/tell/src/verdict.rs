//! Judging: what somebody decides, as typed, becomes a judgment and enters the ledger.
//!
//! `throughline judge` and the forms of pages come here. No clock: who calls says when it is.

use throughline_casebook::{Casebook, Disposition, RecordRow};
use throughline_model::{
    Act, AsOf, Credibility, DocumentId, Edtf, Instant, Judgment, JudgmentId, MentionId,
    Reliability, Target, Value, ValueShape,
};

use crate::judgment::spelled;
use crate::typed::{self, Error, Result, mistyped};
use crate::words;

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
    let disposition = casebook.judge(&judgment)?;
    let remarks = remarks(casebook, &judgment)?;
    let mut read_again = Vec::new();
    // Also where it was entered before: what was cut short goes on here.
    for document in casebook.dated_by(&judgment)? {
        read_again.extend(casebook.read_again(document)?.map(|other| (document, other)));
    }
    Ok(Judged { judgment, disposition, read_again, remarks })
}

/// What somebody who judged so may not have meant.
fn remarks(casebook: &Casebook, judgment: &Judgment) -> Result<Vec<String>> {
    let mut remarks = Vec::new();
    let given = match &judgment.act {
        Act::Find(target) | Act::Code(target) => Some((target.variable, target.value.as_ref())),
        Act::Correct { by, .. } => Some((by.variable, Some(&by.value))),
        _ => None,
    };
    let codebook = casebook.codebook()?.codebook;
    let near = given.and_then(|(variable, value)| codebook.slip(variable, value));
    remarks.extend(
        near.map(|near| format!("the codebook does not list this value; did you mean {near}?")),
    );
    for id in &judgment.supersedes {
        let Some((replaced, ..)) = casebook.judgment(*id)? else { continue };
        let undone = matches!(judgment.act, Act::Undo);
        if replaced.by != judgment.by || !undone && !meet(&replaced, judgment) {
            remarks.push(format!(
                "{id} by {} no longer counts: {} {}",
                replaced.by,
                replaced.act.name(),
                spelled(&replaced)
            ));
        }
    }
    match &judgment.act {
        Act::Find(target) | Act::Code(target) => {
            let record =
                |id| -> Result<Option<RecordRow>> { Ok(casebook.bare(id, AsOf::default())?) };
            let Some(own) = record(target.subject)? else { return Ok(remarks) };
            for id in &target.rests_on {
                let Some(said) = casebook.assertion_or_correction(*id)? else { continue };
                if said.variable == target.variable
                    && said.value.shape() == ValueShape::Figure
                    && target.value.as_ref().is_some_and(|held| *held != said.value)
                {
                    let says = words::value(&said.value, &|_| None);
                    remarks.push(format!("{id} says {says}"));
                }
                let mentioned =
                    std::iter::once(said.subject).chain(said.party).chain(said.value.mention());
                if !mentioned.into_iter().any(|one| own.record.mentions.contains(&one)) {
                    let of = record(said.subject)?.map_or_else(String::new, |row| row.record.name);
                    remarks.push(format!(
                        "{id} says nothing of {}, but something of {of}",
                        own.record.name
                    ));
                }
            }
        }
        Act::Dated { document, published } => {
            let own = casebook.document(*document)?.and_then(|document| document.published);
            if let Some(own) = own.filter(|own| own != published) {
                remarks.push(format!(
                    "{document} gives itself the date {own}, which no longer counts"
                ));
            }
        }
        _ => {}
    }
    Ok(remarks)
}

/// Whether two judgments are on one assertion or one mention; of an undo, that is not asked.
fn meet(one: &Judgment, other: &Judgment) -> bool {
    matches!(one.act, Act::Undo)
        || one.assertions().any(|id| other.assertions().any(|own| own == id))
        || one.mentions().any(|id| other.mentions().any(|own| own == id))
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
    let cites = with_rests(casebook, cites, &act)?;
    if let Act::Code(target) = &act {
        supersedes.extend(coded_before(casebook, &stated.by, target)?);
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

/// A target whose value and party are the mentions by which its subject's own documents speak of
/// them: a finding on whoever goes by another document's mention would stand beside what these say
/// of the same man.
///
/// # Errors
/// If the casebook cannot be read.
pub fn as_said(casebook: &Casebook, target: Target) -> Result<Target> {
    let Some(own) = casebook.bare(target.subject, AsOf::default())? else { return Ok(target) };
    let said = |id: MentionId| -> Result<MentionId> {
        if own.names.contains_key(&id) {
            return Ok(id);
        }
        let Some(meant) = casebook.bare(id, AsOf::default())? else { return Ok(id) };
        let same = own.names.keys().find(|one| meant.record.mentions.contains(one));
        Ok(same.copied().unwrap_or(id))
    };
    let value = match target.value {
        Some(Value::Mention(id)) => Some(Value::Mention(said(id)?)),
        other => other,
    };
    Ok(Target { party: target.party.map(said).transpose()?, value, ..target })
}

/// A finding was not to be known before what it rests on: it cites the documents of that.
///
/// # Errors
/// If the casebook cannot be read.
pub fn with_rests(
    casebook: &Casebook,
    mut cites: Vec<DocumentId>,
    act: &Act,
) -> Result<Vec<DocumentId>> {
    let (Act::Find(target) | Act::Code(target)) = act else { return Ok(cites) };
    for id in &target.rests_on {
        let said = casebook.assertion_or_correction(*id)?;
        cites.extend(said.map(|said| said.document).filter(|id| !cites.contains(id)));
    }
    Ok(cites)
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
            Act::Find(Box::new(as_said(casebook, target(casebook, answered)?)?))
        }
        Verdict::Code(answered) => {
            let mut target = target(casebook, answered)?;
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

fn target(casebook: &Casebook, answered: &Answered) -> Result<Target> {
    let Answered { subject, variable, value, party, rests_on } = answered;
    let variable = typed::variable(variable)?;
    let value =
        value.as_deref().map(|value| typed::value(casebook, variable, value)).transpose()?;
    let rests_on = rests_on.iter().map(|text| typed::assertion(casebook, text));
    Ok(Target {
        subject: typed::mention(casebook, subject)?,
        variable,
        party: party.as_ref().map(|text| typed::mention(casebook, text)).transpose()?,
        value,
        rests_on: rests_on.collect::<Result<_>>()?,
    })
}

/// What a coder coded before of a question that has one answer: his new one takes its place.
fn coded_before(casebook: &Casebook, by: &str, target: &Target) -> Result<Vec<JudgmentId>> {
    let codings = casebook.codings(AsOf::default())?;
    let own = codings.fields.iter().filter(|field| {
        (field.record, field.variable, field.party)
            == (target.subject, target.variable, target.party)
    });
    let own = own.flat_map(|field| &field.codings).filter(|coding| coding.by == by);
    // That it cannot be known is an answer beside no other, whatever the question.
    let one = throughline_weigh::is_single(target.variable);
    let replaced = own.filter(|coding| {
        coding.value != target.value && (one || coding.value.is_none() || target.value.is_none())
    });
    Ok(replaced.map(|coding| coding.judgment).collect())
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

//! `throughline judge`, and the list of judgments.

use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use serde_json::json;
use throughline_casebook::{Casebook, Disposition};
use throughline_model::{
    Act, AsOf, Credibility, DocumentId, Edtf, Instant, Judgment, JudgmentId, MentionId,
    Reliability, Target,
};

use throughline_tell::judgment;

use crate::args::Seen;
use crate::commands::{open, open_seen};
use crate::ids;
use crate::output::{Output, print_json, say};
use crate::values;

#[derive(Debug, Args)]
pub(crate) struct Judge {
    #[command(subcommand)]
    verdict: Verdict,
    /// Who judges.
    #[arg(long, global = true, env = "THROUGHLINE_BY", value_name = "NAME")]
    by: Option<String>,
    /// Why.
    #[arg(long, global = true, value_name = "TEXT")]
    reason: Option<String>,
    /// A document that the judgment rests on: it counts as of a day when all of these were
    /// published by then.
    #[arg(long, global = true, value_name = "DOCUMENT")]
    cites: Vec<String>,
    /// A judgment that this one takes the place of.
    #[arg(long, global = true, value_name = "JUDGMENT")]
    supersedes: Vec<String>,
}

/// A question of a record, and an answer to it.
#[derive(Debug, Args)]
struct Answered {
    /// The record.
    subject: String,
    /// The variable.
    variable: String,
    /// The value; leave it out with --unknowable.
    #[arg(required_unless_present = "unknowable")]
    value: Option<String>,
    /// It cannot be known from what there is.
    #[arg(long, conflicts_with = "value")]
    unknowable: bool,
    /// In relation to whom.
    #[arg(long, value_name = "ID")]
    party: Option<String>,
    /// The assertions that it rests on.
    #[arg(long, value_name = "ASSERTION")]
    rests_on: Vec<String>,
}

#[derive(Debug, Subcommand)]
enum Verdict {
    /// The document does say this.
    Accept {
        /// The assertion.
        assertion: String,
    },
    /// The document does not say this.
    Reject {
        /// The assertion.
        assertion: String,
    },
    /// The document says something else.
    Correct {
        /// The assertion.
        assertion: String,
        /// The value that the document gives.
        value: String,
        /// The variable, if that is what was misread.
        #[arg(long, value_name = "NAME")]
        variable: Option<String>,
    },
    /// It was misread: it leaves every date.
    Retract {
        /// The assertion.
        assertion: String,
    },
    /// Its source took it back on a day.
    Withdraw {
        /// The assertion.
        assertion: String,
        /// The day.
        on: Edtf,
    },
    /// The value that we hold.
    Find(Answered),
    /// What you code, beside others who code the same: it settles nothing until it is adjudicated.
    Code(Answered),
    /// Two records are one subject.
    Same {
        /// One.
        a: String,
        /// The other.
        b: String,
    },
    /// Two records are two subjects.
    NotSame {
        /// One.
        a: String,
        /// The other.
        b: String,
    },
    /// A mention does not belong to the record that it was put into.
    Split {
        /// The mention, as `show` lists it under "why these mentions are one".
        mention: String,
    },
    /// It was looked at and could not be decided whether two records are one.
    Unsure {
        /// One.
        a: String,
        /// The other.
        b: String,
    },
    /// A document was published on a day that it does not give itself.
    Dated {
        /// The document.
        document: String,
        /// The day, month or year.
        #[arg(value_parser = super::read::parse_published)]
        published: Edtf,
    },
    /// How reliable a source is.
    Grade {
        /// Its name, as documents give it.
        source: String,
        /// A (completely reliable) to E (unreliable), or F (cannot be judged).
        reliability: Reliability,
    },
    /// How credible a piece of information is, whoever gives it.
    Credit {
        /// The assertion.
        assertion: String,
        /// 1 (confirmed by other sources) to 5 (improbable), or 6 (cannot be judged).
        credibility: Credibility,
    },
    /// A judgment counts no more.
    Undo {
        /// The judgment.
        judgment: String,
    },
}

pub(crate) fn run(path: &Path, command: &Judge, output: Output) -> anyhow::Result<ExitCode> {
    let mut casebook = open(path)?;
    let undone = match &command.verdict {
        Verdict::Undo { judgment } => Some(judgment),
        _ => None,
    };
    let mut supersedes = command
        .supersedes
        .iter()
        .chain(undone)
        .map(|id| ids::judgment(&casebook, id))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let cites = command
        .cites
        .iter()
        .map(|id| ids::document(&casebook, id))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let act = act(&casebook, &command.verdict)?;
    let cites = with_rests(&casebook, cites, &act)?;
    let by = stated(&command.by).context("a judgment needs the name of who judges: --by NAME")?;
    if let Act::Code(target) = &act {
        supersedes.extend(coded_before(&casebook, &by, target)?);
        supersedes.dedup();
    }
    let mut judgment = Judgment {
        id: JudgmentId::from_bits(0),
        by,
        made: now(),
        reason: stated(&command.reason).context("a judgment needs a reason: --reason TEXT")?,
        cites,
        supersedes,
        act,
    }
    .sealed();
    // Said again after it was undone, it takes the place of what undid it.
    for undone in undoing(&casebook, &judgment)? {
        judgment.supersedes.push(undone);
        judgment = judgment.sealed();
    }
    let disposition = casebook.judge(&judgment)?;
    casebook.settle(|_| {})?;
    if output.json {
        print_json(&json!([{
            "judgment": judgment.id.to_string(),
            "entered": disposition == Disposition::Entered,
        }]))?;
    } else {
        let word = match disposition {
            Disposition::Known => "was entered before",
            _ => "is entered",
        };
        say(&format!("{} {word}", judgment.id))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// A finding was not to be known before what it rests on: it cites the documents of that.
pub(crate) fn with_rests(
    casebook: &Casebook,
    mut cites: Vec<DocumentId>,
    act: &Act,
) -> anyhow::Result<Vec<DocumentId>> {
    let (Act::Find(target) | Act::Code(target)) = act else { return Ok(cites) };
    for id in &target.rests_on {
        let said = casebook.assertion_or_correction(*id)?;
        cites.extend(said.map(|said| said.document).filter(|id| !cites.contains(id)));
    }
    Ok(cites)
}

/// The judgments in force that took the place of this very judgment, if it was made before.
fn undoing(casebook: &Casebook, judgment: &Judgment) -> anyhow::Result<Vec<JudgmentId>> {
    let all = casebook.judgments()?;
    let mut open = vec![judgment.id];
    let mut found = Vec::new();
    while let Some(id) = open.pop() {
        for (other, _, in_force) in &all {
            if other.supersedes.contains(&id) && !found.contains(&other.id) {
                match in_force {
                    true => found.push(other.id),
                    false => open.push(other.id),
                }
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A text that says something.
pub(crate) fn stated(text: &Option<String>) -> Option<String> {
    text.clone().filter(|text| !text.trim().is_empty())
}

/// This moment.
pub(crate) fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Instant(since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX)))
}

fn act(casebook: &Casebook, verdict: &Verdict) -> anyhow::Result<Act> {
    let mention = |text: &String| ids::mention(casebook, text);
    let assertion_of = |text: &String| ids::assertion(casebook, text);
    Ok(match verdict {
        Verdict::Accept { assertion } => Act::Accept(assertion_of(assertion)?),
        Verdict::Reject { assertion } => Act::Reject(assertion_of(assertion)?),
        Verdict::Retract { assertion } => Act::Retract(assertion_of(assertion)?),
        Verdict::Withdraw { assertion, on } => {
            Act::Withdraw { assertion: assertion_of(assertion)?, on: on.clone() }
        }
        Verdict::Correct { assertion, value, variable } => {
            let assertion = assertion_of(assertion)?;
            let mut by = casebook
                .assertion_or_correction(assertion)?
                .with_context(|| format!("{assertion} is no longer read from any document"))?;
            if let Some(name) = variable {
                by.variable = values::variable(name)?;
            }
            by.value = values::parse(casebook, by.variable, value)?;
            by.certainty = 100;
            Act::Correct { assertion, by: Box::new(by.sealed()) }
        }
        Verdict::Find(answered) => Act::Find(Box::new(target(casebook, answered)?)),
        Verdict::Code(answered) => {
            let mut target = target(casebook, answered)?;
            // Two coders who name a record by two of its mentions code one record.
            for mention in std::iter::once(&mut target.subject).chain(&mut target.party) {
                let row = casebook.bare(*mention, AsOf::default())?;
                *mention = row.map_or(*mention, |row| row.record.id);
            }
            Act::Code(Box::new(target))
        }
        Verdict::Same { a, b } => Act::Same(mention(a)?, mention(b)?),
        Verdict::NotSame { a, b } => Act::NotSame(mention(a)?, mention(b)?),
        Verdict::Split { mention: text } => split(casebook, mention(text)?)?,
        Verdict::Unsure { a, b } => Act::Unsure(mention(a)?, mention(b)?),
        Verdict::Dated { document, published } => Act::Dated {
            document: ids::document(casebook, document)?,
            published: published.clone(),
        },
        Verdict::Grade { source, reliability } => {
            Act::Grade { source: source.clone(), reliability: *reliability }
        }
        Verdict::Credit { assertion, credibility } => {
            Act::Credit { assertion: assertion_of(assertion)?, credibility: *credibility }
        }
        Verdict::Undo { .. } => Act::Undo,
    })
}

fn target(casebook: &Casebook, answered: &Answered) -> anyhow::Result<Target> {
    let Answered { subject, variable, value, party, rests_on, .. } = answered;
    let variable = values::variable(variable)?;
    let value =
        value.as_deref().map(|value| values::parse(casebook, variable, value)).transpose()?;
    let rests_on = rests_on.iter().map(|text| ids::assertion(casebook, text));
    Ok(Target {
        subject: ids::mention(casebook, subject)?,
        variable,
        party: party.as_ref().map(|text| ids::mention(casebook, text)).transpose()?,
        value,
        rests_on: rests_on.collect::<anyhow::Result<_>>()?,
    })
}

/// What a coder coded before of a question that has one answer: his new one takes its place.
fn coded_before(casebook: &Casebook, by: &str, target: &Target) -> anyhow::Result<Vec<JudgmentId>> {
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
fn split(casebook: &Casebook, mention: MentionId) -> anyhow::Result<Act> {
    let shown = casebook
        .record(mention, AsOf::default())?
        .with_context(|| format!("there is no {mention}"))?;
    let record = shown.record;
    let joined = record.joins.iter().find(|join| join.mention == mention).map(|join| join.to);
    // The earliest mention was joined to nobody; the first that joined it is split from it.
    let other = joined.or_else(|| record.joins.iter().find(|j| j.to == mention).map(|j| j.mention));
    match other {
        Some(other) => Ok(Act::NotSame(mention, other)),
        None => bail!("{mention} is the only mention of its record; there is nothing to split"),
    }
}

pub(crate) fn list(path: &Path, seen: &Seen, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open_seen(path, seen)?;
    let judgments = casebook.judgments()?;
    let json = judgments
        .iter()
        .map(|(judgment, recorded, stands)| judgment::json(judgment, *recorded, *stands));
    let rows = judgments.iter().map(|(judgment, recorded, stands)| {
        let day = recorded.to_string();
        vec![
            judgment.id.to_string(),
            judgment.act.name().to_owned(),
            judgment::spelled(judgment),
            judgment.by.clone(),
            day.split('T').next().unwrap_or_default().to_owned(),
            if *stands { "" } else { "no longer" }.to_owned(),
            judgment.reason.clone(),
        ]
    });
    output.records(&["id", "act", "about", "by", "recorded", "in force", "reason"], rows, json)?;
    for held in casebook.held_apart()? {
        if !output.json {
            say(&format!(
                "held apart, since it contradicts others: {} {} by {}",
                held.judgment.id,
                held.judgment.act.name(),
                crate::output::plain(&held.judgment.by)
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

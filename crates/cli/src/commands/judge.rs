//! `throughline judge`, and the list of judgments.

use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, Subcommand};
use serde_json::json;
use throughline_model::{Act, Credibility, Edtf, Instant, Reliability};
use throughline_tell::judgment::{self, Wanted};
use throughline_tell::typed;
use throughline_tell::verdict::{self, Stated};

use crate::args::Judgments;
use crate::commands::{open, open_seen};
use crate::output::{Output, header, plain, print_json, say};

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
#[derive(Clone, Debug, Args)]
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

#[derive(Clone, Debug, Subcommand)]
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
        #[arg(value_parser = super::read::parse_published)]
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
    /// What two incidents have in common connects them by nothing: `leads` lists them no more.
    Unrelated {
        /// One incident.
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
    let (by, reason) = needed(&command.by, &command.reason);
    let stated = Stated {
        by,
        made: now(),
        reason,
        cites: command.cites.clone(),
        supersedes: command.supersedes.clone(),
    };
    let judged = verdict::judge(&mut casebook, &(&command.verdict).into(), &stated)?;
    casebook.settle(|_| {})?;
    if output.json {
        print_json(&json!([judged.json()]))?;
    } else {
        let judgment = &judged.judgment;
        let word = if judged.is_new() { "is entered" } else { "was entered before" };
        say(&format!("{} {word}", judgment.id))?;
        if let (Verdict::Split { .. }, Act::NotSame(one, other)) = (&command.verdict, &judgment.act)
        {
            say(&format!("{one} and {other} are two"))?;
        }
        for remark in &judged.remarks {
            eprintln!("note: {}", plain(remark));
        }
        for told in judged.read_anew() {
            say(&told)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Who judges and why, without which there is no judgment; else the end as of any command that is typed
/// wrongly. Since the verdicts are commands of their own, clap cannot require them.
fn needed(by: &Option<String>, reason: &Option<String>) -> (String, String) {
    let missing = match (stated(by), stated(reason)) {
        (Some(by), Some(reason)) => return (by, reason),
        (None, Some(_)) => "the name of who judges: --by NAME, or THROUGHLINE_BY for all commands",
        (Some(_), None) => "a reason: --reason TEXT",
        (None, None) => "the name of who judges and a reason: --by NAME --reason TEXT",
    };
    let missing = format!("a judgment needs {missing}\n");
    clap::Error::raw(clap::error::ErrorKind::MissingRequiredArgument, missing).exit()
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

impl From<&Verdict> for verdict::Verdict {
    fn from(typed: &Verdict) -> verdict::Verdict {
        use verdict::Verdict as V;
        match typed.clone() {
            Verdict::Accept { assertion } => V::Accept(assertion),
            Verdict::Reject { assertion } => V::Reject(assertion),
            Verdict::Retract { assertion } => V::Retract(assertion),
            Verdict::Withdraw { assertion, on } => V::Withdraw { assertion, on },
            Verdict::Correct { assertion, value, variable } => {
                V::Correct { assertion, value, variable }
            }
            Verdict::Find(answered) => V::Find(answered.into()),
            Verdict::Code(answered) => V::Code(answered.into()),
            Verdict::Same { a, b } => V::Same(a, b),
            Verdict::NotSame { a, b } => V::NotSame(a, b),
            Verdict::Split { mention } => V::Split(mention),
            Verdict::Unsure { a, b } => V::Unsure(a, b),
            Verdict::Unrelated { a, b } => V::Unrelated(a, b),
            Verdict::Dated { document, published } => V::Dated { document, published },
            Verdict::Grade { source, reliability } => V::Grade { source, reliability },
            Verdict::Credit { assertion, credibility } => V::Credit { assertion, credibility },
            Verdict::Undo { judgment } => V::Undo(judgment),
        }
    }
}

impl From<Answered> for verdict::Answered {
    fn from(typed: Answered) -> verdict::Answered {
        let Answered { subject, variable, value, party, rests_on, unknowable: _ } = typed;
        verdict::Answered { subject, variable, value, party, rests_on }
    }
}

pub(crate) fn list(path: &Path, list: &Judgments, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open_seen(path, &list.seen)?;
    let as_of = list.dates.as_of();
    if let Some(header) = header(as_of).filter(|_| !output.json) {
        say(&format!("{header}\n"))?;
    }
    let on = list.on.as_deref().map(|id| typed::parse(&casebook, id)).transpose()?;
    let wanted = Wanted { by: list.coder.clone(), act: list.act, on, in_force: list.in_force };
    let mut judgments = wanted.among(&casebook, casebook.judgments_as_of(as_of)?)?;
    let earlier = list.limit.map_or(0, |limit| judgments.len().saturating_sub(limit));
    judgments.drain(..earlier);
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
    if earlier > 0 && !output.json {
        say(&format!("{earlier} earlier left out (--limit)"))?;
    }
    let all = list.coder.is_none() && list.act.is_none() && on.is_none() && !list.in_force;
    let held = if all { casebook.held_apart()? } else { Vec::new() };
    for held in held.into_iter().filter(|held| as_of.recalls(held.recorded)) {
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

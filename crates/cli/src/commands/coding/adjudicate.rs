//! Findings made of what coders coded. Their codings stay as they are.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use clap::Args;
use serde_json::json;
use throughline_casebook::{Casebook, Coding, Disposition, Field};
use throughline_model::{
    Act, AsOf, AssertionId, Judgment, JudgmentId, MentionId, Target, Value, Variable,
};
use throughline_tell::typed;
use throughline_tell::verdict::{as_said, refuse, with_rests};
use throughline_tell::words;

use super::{By, Questions};
use crate::commands::judge::{now, stated};
use crate::commands::open;
use crate::output::{Output, namer, plain, say};

#[derive(Debug, Args)]
pub(super) struct Adjudicate {
    /// The record.
    id: String,
    /// The variable.
    variable: String,
    /// The value, if it is none that a coder gave.
    value: Option<String>,
    /// What this coder coded is found.
    #[arg(long, value_name = "CODER", conflicts_with_all = ["value", "unknowable"])]
    take: Option<String>,
    /// It cannot be known from what there is.
    #[arg(long, conflicts_with = "value")]
    unknowable: bool,
    /// In relation to whom.
    #[arg(long, value_name = "ID")]
    party: Option<String>,
    /// An assertion that it rests on, beside those of the codings that it follows.
    #[arg(long, value_name = "ASSERTION")]
    rests_on: Vec<String>,
    /// A judgment that it takes the place of.
    #[arg(long, value_name = "JUDGMENT")]
    supersedes: Vec<String>,
    #[command(flatten)]
    by: By,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Adopt {
    #[command(flatten)]
    questions: Questions,
    #[command(flatten)]
    by: By,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

pub(super) fn adjudicate(path: &Path, command: &Adjudicate, output: Output) -> anyhow::Result<()> {
    let mut casebook = open(path)?;
    let by = command.by.name()?;
    let reason = reason(&command.reason)?;
    let variable = typed::variable(&command.variable)?;
    let record = |text: &String| -> anyhow::Result<MentionId> {
        let id = typed::mention(&casebook, text)?;
        Ok(casebook.bare(id, AsOf::default())?.map_or(id, |row| row.record.id))
    };
    let subject = record(&command.id)?;
    let party = command.party.as_ref().map(record).transpose()?;
    let codings = casebook.codings(AsOf::default())?;
    let field = codings
        .fields
        .iter()
        .find(|field| (field.record, field.variable, field.party) == (subject, variable, party))
        .with_context(|| {
            let others = codings.fields.iter().filter(|field| {
                (field.record, field.variable) == (subject, variable) && party.is_none()
            });
            let parties = others.filter_map(|field| field.party).map(|id| id.to_string());
            match parties.collect::<Vec<_>>().join(", ") {
                parties if !parties.is_empty() => format!(
                    "{} of {subject} was coded in relation to {parties}; say which with --party",
                    variable.name()
                ),
                _ => format!(
                    "nobody has coded {} of {subject}{}; `throughline coding compare` lists what was, \
                     and `throughline judge find` finds without codings",
                    variable.name(),
                    if party.is_some() { " in relation to this party" } else { "" }
                ),
            }
        })?;
    let values = match (&command.take, &command.value, command.unknowable) {
        (Some(coder), ..) => taken(field, coder)?,
        (None, Some(text), _) => vec![Some(typed::value(&casebook, variable, text)?)],
        (None, None, true) => vec![None],
        (None, None, false) => {
            bail!("say what is found: a value, --take CODER, or --unknowable")
        }
    };
    let own = command.rests_on.iter().map(|id| typed::assertion(&casebook, id));
    let own = own.collect::<typed::Result<Vec<AssertionId>>>()?;
    let supersedes = command.supersedes.iter().map(|id| typed::judgment(&casebook, id));
    let supersedes = supersedes.collect::<typed::Result<Vec<JudgmentId>>>()?;
    let mut found = Vec::new();
    for value in values {
        let mut judgment = finding(&casebook, field, value, &own, (&by, &reason))?;
        judgment.supersedes.clone_from(&supersedes);
        found.push(judgment.sealed());
    }
    enter(&mut casebook, &found, output)
}

/// What a coder coded of a question.
fn taken(field: &Field, coder: &str) -> anyhow::Result<Vec<Option<Value>>> {
    let own: Vec<&Coding> = field.codings.iter().filter(|one| one.by == coder).collect();
    let known: BTreeSet<&str> = field.codings.iter().map(|one| one.by.as_str()).collect();
    ensure!(
        !own.is_empty(),
        "{coder:?} has not coded this; those who have are {}",
        known.into_iter().collect::<Vec<_>>().join(", ")
    );
    let values: BTreeSet<Option<Value>> = own.into_iter().map(|one| one.value.clone()).collect();
    Ok(values.into_iter().collect())
}

/// A finding that rests on what the codings of its value rest on.
fn finding(
    casebook: &Casebook,
    field: &Field,
    value: Option<Value>,
    more: &[AssertionId],
    (by, reason): (&str, &str),
) -> anyhow::Result<Judgment> {
    let alike = field.codings.iter().filter(|one| one.value == value);
    let rests_on: BTreeSet<AssertionId> =
        alike.flat_map(|one| one.rests_on.iter().copied()).chain(more.iter().copied()).collect();
    let target = Target {
        subject: field.record,
        variable: field.variable,
        party: field.party,
        value,
        rests_on: rests_on.into_iter().collect(),
    };
    let act = Act::Find(Box::new(as_said(casebook, target)?));
    Ok(Judgment {
        id: JudgmentId::from_bits(0),
        by: by.to_owned(),
        made: now(),
        reason: reason.to_owned(),
        cites: with_rests(casebook, Vec::new(), &act)?,
        supersedes: Vec::new(),
        act,
    }
    .sealed())
}

pub(super) fn adopt(path: &Path, command: &Adopt, output: Output) -> anyhow::Result<()> {
    let mut casebook = open(path)?;
    let by = command.by.name()?;
    let reason = reason(&command.reason)?;
    let variables: Vec<Variable> = command.questions.variables()?;
    let codings = casebook.codings(AsOf::default())?;
    let mut found = Vec::new();
    let agreed = codings.fields.iter().filter(|field| {
        field.is_agreed() == Some(true)
            && field.found.is_empty()
            && (variables.is_empty() || variables.contains(&field.variable))
    });
    for field in agreed {
        let values: BTreeSet<&Option<Value>> = field.codings.iter().map(|one| &one.value).collect();
        for value in values {
            found.push(finding(&casebook, field, value.clone(), &[], (&by, &reason))?);
        }
    }
    enter(&mut casebook, &found, output)
}

fn reason(text: &Option<String>) -> anyhow::Result<String> {
    stated(text).context("a finding needs a reason: --reason TEXT")
}

/// Enters findings, all in one step or none.
fn enter(casebook: &mut Casebook, found: &[Judgment], output: Output) -> anyhow::Result<()> {
    for one in found {
        refuse(casebook, one)?;
    }
    let entered = casebook.judge_all(found)?;
    casebook.settle(|_| {})?;
    let names = casebook.codings(AsOf::default())?.names;
    let names = namer(&names);
    let told: Vec<(&Judgment, &Target, bool)> = found
        .iter()
        .zip(&entered)
        .filter_map(|(one, disposition)| match &one.act {
            Act::Find(target) => Some((one, target.as_ref(), *disposition == Disposition::Entered)),
            _ => None,
        })
        .collect();
    let json = told.iter().map(|(one, target, entered)| {
        json!({
            "judgment": one.id.to_string(),
            "record": target.subject.to_string(),
            "variable": target.variable.name(),
            "entered": entered,
        })
    });
    let rows = told.iter().map(|(one, target, entered)| {
        let value = target.value.as_ref().map(|value| words::value(value, &names));
        let record = plain(&words::named(target.subject, &names));
        vec![
            one.id.to_string(),
            format!("{}\n{record}", target.subject),
            plain(&words::variable(target.variable, target.party, &names)),
            plain(&value.unwrap_or_else(|| "cannot be known".to_owned())),
            if *entered { "" } else { "was entered before" }.to_owned(),
        ]
    });
    if found.is_empty() && !output.json {
        say("nothing to find: of every question on which coders agree something is found")?;
        return Ok(());
    }
    output.records(&["finding", "record", "question", "found", ""], rows, json)?;
    Ok(())
}

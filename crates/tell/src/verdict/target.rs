//! What somebody finds or codes: of what, what it is, and what was found or coded of it before.

use std::collections::BTreeSet;

use throughline_casebook::Casebook;
use throughline_model::{Act, AsOf, DocumentId, Judgment, JudgmentId, MentionId, Target, Value};

use super::Answered;
use crate::typed::{self, Result};

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

/// The question that somebody answers, and his answer.
pub(super) fn target(casebook: &Casebook, answered: &Answered) -> Result<Target> {
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
pub(super) fn coded_before(
    casebook: &Casebook,
    by: &str,
    target: &Target,
) -> Result<Vec<JudgmentId>> {
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

/// The finding in force by the same person, for the same reason and on the same evidence, of the same
/// value of the same record, by whichever of its mentions: what is found once need not be found again.
pub(super) fn found_before(casebook: &Casebook, new: &Judgment) -> Result<Option<Judgment>> {
    let Act::Find(target) = &new.act else { return Ok(None) };
    let rests_on = |target: &Target| target.rests_on.iter().copied().collect::<BTreeSet<_>>();
    let cites = |one: &Judgment| one.cites.iter().copied().collect::<BTreeSet<_>>();
    alike(casebook, new, &|other, found| {
        other.by == new.by
            && other.reason == new.reason
            && cites(other) == cites(new)
            && rests_on(found) == rests_on(target)
            && new.supersedes.is_empty()
    })
}

/// A finding in force, by anybody and on whatever evidence, of the same value of the same record.
pub(super) fn found_alike(casebook: &Casebook, new: &Judgment) -> Result<Option<Judgment>> {
    alike(casebook, new, &|_, _| true)
}

/// The first finding in force of the same value of the same record that is as wanted, and neither this
/// one nor among those whose place it takes.
fn alike(
    casebook: &Casebook,
    new: &Judgment,
    wanted: &dyn Fn(&Judgment, &Target) -> bool,
) -> Result<Option<Judgment>> {
    let Act::Find(target) = &new.act else { return Ok(None) };
    let Some(own) = casebook.weighed(target.subject, AsOf::default())? else { return Ok(None) };
    let one = |a: Option<MentionId>, b: Option<MentionId>| -> Result<bool> {
        let (Some(a), Some(b)) = (a, b) else { return Ok(a == b) };
        let record = casebook.weighed(a, AsOf::default())?;
        Ok(a == b || record.is_some_and(|record| record.mentions.contains(&b)))
    };
    let standing = casebook.standing(AsOf::default())?;
    let findings = own.mentions.iter().flat_map(|mention| standing.findings(*mention));
    for (id, found) in findings.filter(|(_, found)| found.variable == target.variable) {
        let Some((other, ..)) = casebook.judgment(*id)? else { continue };
        if *id == new.id || new.supersedes.contains(id) || !wanted(&other, found) {
            continue;
        }
        let same_value = match (&found.value, &target.value) {
            (Some(Value::Mention(a)), Some(Value::Mention(b))) => one(Some(*a), Some(*b))?,
            (a, b) => a == b,
        };
        if same_value && one(found.party, target.party)? {
            return Ok(Some(other));
        }
    }
    Ok(None)
}

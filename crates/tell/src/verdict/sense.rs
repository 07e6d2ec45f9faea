//! Judgments that would mean nothing: refused, with what stands in their way.
//!
//! Refused here is what somebody decides by hand. What comes in by import was decided beside other
//! judgments, and is taken as it is.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use throughline_casebook::Casebook;
use throughline_model::{
    Act, AsOf, Assertion, AssertionId, Basis, Judgment, JudgmentId, MentionId, Record, Target,
    Value, Variable,
};

use crate::typed::{Result, mistyped};

/// Refuses a judgment that would mean nothing. The same judgment again is not refused.
///
/// # Errors
/// [`crate::typed::Error::Mistyped`], naming what stands in its way: two ids of one subject where two are
/// needed; a part that would lie in itself; words that were corrected, rejected or retracted; a day on which
/// something was published or taken back and that has not come. If the
/// casebook cannot be read.
pub fn refuse(casebook: &Casebook, judgment: &Judgment) -> Result<()> {
    if casebook.judgment(judgment.id)?.is_some() {
        return Ok(());
    }
    match &judgment.act {
        Act::Same(a, b) => already_one(casebook, judgment, *a, *b),
        Act::Correct { assertion, by } => unchanged(casebook, *assertion, by),
        Act::Undo => undone(casebook, judgment),
        Act::NotSame(a, b) | Act::Unsure(a, b) if a == b => one_mention(casebook, *a),
        Act::Unrelated(a, b) => one_incident(casebook, *a, *b),
        Act::Find(target) => circle(casebook, target),
        Act::Withdraw { on: day, .. } | Act::Dated { published: day, .. }
            if !day.has_begun(judgment.made) =>
        {
            mistyped(format!("{day} has not come yet"))
        }
        Act::Withdraw { assertion, .. } | Act::Credit { assertion, .. } => {
            match fallen(casebook, *assertion)? {
                Some(fallen) if !judgment.supersedes.contains(&fallen.by.id) => {
                    mistyped(fallen.told(*assertion))
                }
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// A correction that says what is read.
fn unchanged(casebook: &Casebook, assertion: AssertionId, by: &Assertion) -> Result<()> {
    match casebook.assertion_or_correction(assertion)? {
        Some(old) if (old.variable, &old.value) == (by.variable, &by.value) => mistyped(format!(
            "{assertion} says so already; `throughline judge accept {assertion}` says that it is right"
        )),
        _ => Ok(()),
    }
}

/// An undo of what was undone or replaced before.
fn undone(casebook: &Casebook, undo: &Judgment) -> Result<()> {
    for id in &undo.supersedes {
        let after = casebook.judgments()?.into_iter().find(|(one, ..)| one.supersedes.contains(id));
        if let Some((after, ..)) = after {
            return mistyped(format!(
                "{id} counts no more already, by {} ({} by {})",
                after.id,
                after.act.name(),
                after.by
            ));
        }
    }
    Ok(())
}

/// Two ids of what is one already on this person's word.
fn already_one(casebook: &Casebook, new: &Judgment, a: MentionId, b: MentionId) -> Result<()> {
    if a == b {
        return one_mention(casebook, a);
    }
    match links(casebook, a, b, &new.supersedes)? {
        // What one says may be said by another too, and holds on if the first takes it back.
        Some(by) if all_by(casebook, &by, &new.by)? => {
            let by: Vec<String> = by.iter().map(ToString::to_string).collect();
            mistyped(format!("{a} and {b} are one already, by {}", by.join(" and ")))
        }
        _ => Ok(()),
    }
}

fn all_by(casebook: &Casebook, judgments: &[JudgmentId], person: &str) -> Result<bool> {
    for id in judgments {
        if casebook.judgment(*id)?.is_some_and(|(judgment, ..)| judgment.by != person) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn one_mention<T>(casebook: &Casebook, id: MentionId) -> Result<T> {
    let name = name_of(casebook, id)?;
    mistyped(format!(
        "both ids are {id}{name}, and a thing is neither joined with itself nor told from itself; name \
         two records, or two mentions as `throughline show {id}` lists them"
    ))
}

fn one_incident(casebook: &Casebook, a: MentionId, b: MentionId) -> Result<()> {
    match casebook.weighed(a, AsOf::default())? {
        Some(one) if one.mentions.contains(&b) => mistyped(format!(
            "{a} and {b} are one record, {}; a lead is two incidents, as `throughline leads` lists them. \
             If they are two, say so first with `throughline judge not-same`",
            one.name
        )),
        _ => Ok(()),
    }
}

/// A record's name, in brackets, if it is in view.
fn name_of(casebook: &Casebook, id: MentionId) -> Result<String> {
    let record = casebook.weighed(id, AsOf::default())?;
    Ok(record.map_or_else(String::new, |record| format!(" ({})", record.name)))
}

/// The judgments in force by which two mentions are one, without those that are to be superseded; the
/// fewest.
pub(super) fn links(
    casebook: &Casebook,
    a: MentionId,
    b: MentionId,
    without: &[JudgmentId],
) -> Result<Option<Vec<JudgmentId>>> {
    let standing = casebook.standing(AsOf::default())?;
    let mut ties: BTreeMap<MentionId, Vec<(MentionId, JudgmentId)>> = BTreeMap::new();
    for pair in standing.same().iter().filter(|pair| !without.contains(&pair.judgment)) {
        ties.entry(pair.a).or_default().push((pair.b, pair.judgment));
        ties.entry(pair.b).or_default().push((pair.a, pair.judgment));
    }
    let mut met = BTreeSet::from([a]);
    let mut open = VecDeque::from([(a, Vec::new())]);
    while let Some((at, way)) = open.pop_front() {
        if at == b {
            return Ok(Some(way));
        }
        for (next, by) in ties.get(&at).into_iter().flatten() {
            if met.insert(*next) {
                open.push_back((*next, [way.as_slice(), &[*by]].concat()));
            }
        }
    }
    Ok(None)
}

/// A whole that lies in its part: A in B, while people hold that B is in A, over any number of steps.
fn circle(casebook: &Casebook, target: &Target) -> Result<()> {
    let (Variable::PartOf, Some(Value::Mention(whole))) = (target.variable, &target.value) else {
        return Ok(());
    };
    if target.subject == *whole {
        return Ok(()); // What no variable is said of is refused as for all of them.
    }
    let record = |id: MentionId| casebook.weighed(id, AsOf::default());
    let (Some(part), Some(whole)) = (record(target.subject)?, record(*whole)?) else {
        return Ok(());
    };
    let mut met = BTreeSet::from([whole.id]);
    let mut open: VecDeque<(Record, Vec<String>)> = VecDeque::from([(whole, Vec::new())]);
    while let Some((at, way)) = open.pop_front() {
        if at.id == part.id {
            return mistyped(match way.is_empty() {
                true => format!("{} ({}) is no part of itself", part.name, part.id),
                false => format!(
                    "{} ({}) would be a part of itself: {}",
                    part.name,
                    part.id,
                    way.join(", ")
                ),
            });
        }
        for held in at.holdings.iter().filter(|held| held.variable == Variable::PartOf) {
            let (Basis::Finding(by) | Basis::Accepted(by)) = held.basis else { continue };
            let Some(above) = held.value.as_ref().and_then(Value::mention) else { continue };
            let Some(above) = record(above)? else { continue };
            if met.insert(above.id) {
                let step = format!("{} is part of {} by {by}", at.name, above.name);
                let way = [way.as_slice(), &[step]].concat();
                open.push_back((above, way));
            }
        }
    }
    Ok(())
}

/// A judgment by which an assertion no longer stands as it was read.
pub(super) struct Fallen {
    /// The judgment.
    pub(super) by: Judgment,
}

/// The judgment in force by which an assertion was rejected, retracted or corrected, if there is one.
pub(super) fn fallen(casebook: &Casebook, id: AssertionId) -> Result<Option<Fallen>> {
    let found = casebook.judgments_on([id])?.into_iter().find(|(judgment, _, in_force)| {
        *in_force
            && match &judgment.act {
                Act::Reject(on) | Act::Retract(on) => *on == id,
                Act::Correct { assertion, .. } => *assertion == id,
                _ => false,
            }
    });
    Ok(found.map(|(by, ..)| Fallen { by }))
}

impl Fallen {
    /// What became of the assertion, in words.
    pub(super) fn told(&self, id: AssertionId) -> String {
        let Judgment { id: judgment, by, act, .. } = &self.by;
        match act {
            Act::Correct { by: put, .. } => format!(
                "{id} was corrected by {by} ({judgment}): what stands in its place is {}",
                put.id
            ),
            Act::Retract(_) => {
                format!("{id} was retracted by {by} ({judgment}), and counts for nothing")
            }
            _ => format!("{id} was rejected by {by} ({judgment}), and counts for nothing"),
        }
    }
}

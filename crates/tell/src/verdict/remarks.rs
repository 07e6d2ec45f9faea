//! What somebody who judged so may not have meant.
//!
//! A remark stops nothing: the judgment is entered, and who made it may mend it. What makes no sense at
//! all is refused ([`super::sense`]).

use throughline_casebook::Casebook;
use throughline_model::{
    Act, AsOf, AssertionId, Basis, Edtf, Holding, Instant, Judgment, MentionId, Record, Target,
    Value, ValueShape, Variable,
};

use super::sense::{fallen, links};
use super::target;
use crate::judgment::spelled;
use crate::typed::Result;
use crate::words;

/// The remarks on a judgment that is about to be entered, each in words.
pub(super) fn remarks(casebook: &Casebook, judgment: &Judgment) -> Result<Vec<String>> {
    let mut remarks = Vec::new();
    remarks.extend(slip(casebook, judgment)?);
    remarks.extend(replaced(casebook, judgment)?);
    match &judgment.act {
        Act::Find(target) | Act::Code(target) => {
            if let Some(own) = casebook.weighed(target.subject, AsOf::default())? {
                remarks.extend(evidence(casebook, target, &own)?);
                let found = matches!(judgment.act, Act::Find(_)) && judgment.cites.is_empty();
                remarks.extend(against_all(target, &own).filter(|_| found));
                remarks.extend(happened(casebook, judgment, target, &own)?);
                remarks.extend(other_side(casebook, target, &own)?);
            }
            if let Some(same) = target::found_alike(casebook, judgment)? {
                remarks.push(format!("{} by {} finds the same already", same.id, same.by));
            }
        }
        Act::Same(a, b) => remarks.extend(joined(casebook, *a, *b)?),
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

/// A value that the codebook does not list and one of its values is near to.
fn slip(casebook: &Casebook, judgment: &Judgment) -> Result<Option<String>> {
    let given = match &judgment.act {
        Act::Find(target) | Act::Code(target) => Some((target.variable, target.value.as_ref())),
        Act::Correct { by, .. } => Some((by.variable, Some(&by.value))),
        _ => None,
    };
    match given {
        Some((variable, value)) => unlisted(casebook, variable, value),
        None => Ok(None),
    }
}

/// That the codebook does not list a term, with one that it is near to, or what may be coded.
pub(crate) fn unlisted(
    casebook: &Casebook,
    variable: Variable,
    value: Option<&Value>,
) -> Result<Option<String>> {
    let codebook = casebook.codebook()?.codebook;
    let near = codebook.slip(variable, value).map(|near| format!("did you mean {near}?"));
    let said = near.or_else(|| codebook.unlisted(variable, value));
    Ok(said.map(|said| format!("the codebook does not list this value; {said}")))
}

/// A finding that rests on nothing that is named, against all that is read.
fn against_all(target: &Target, own: &Record) -> Option<String> {
    if !throughline_weigh::is_single(target.variable) {
        return None;
    }
    let asked = |held: &&Holding| (held.variable, held.party) == (target.variable, target.party);
    let held = own.holdings.iter().find(asked).filter(|_| target.rests_on.is_empty())?;
    let read = !held.support.is_empty() && !matches!(held.basis, Basis::Finding(_));
    let (found, says) = (target.value.as_ref()?, held.value.as_ref()?);
    let alone = read && held.against.is_empty() && found.mention().is_none() && found != says;
    alone.then(|| {
        format!(
            "all that is read says {}; name what this rests on with --rests-on or --cites",
            words::value(says, &|_| None)
        )
    })
}

/// What it takes the place of, if that is somebody else's or on something else.
fn replaced(casebook: &Casebook, judgment: &Judgment) -> Result<Vec<String>> {
    let mut remarks = Vec::new();
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
    Ok(remarks)
}

/// Evidence that is on another record, gives another figure, or no longer stands.
fn evidence(casebook: &Casebook, target: &Target, own: &Record) -> Result<Vec<String>> {
    let mut remarks = Vec::new();
    for id in &target.rests_on {
        if let Some(fallen) = fallen(casebook, *id)? {
            remarks.push(fallen.told(*id));
        }
        let Some(said) = casebook.assertion_or_correction(*id)? else { continue };
        if said.variable == target.variable
            && said.value.shape() == ValueShape::Figure
            && target.value.as_ref().is_some_and(|held| *held != said.value)
        {
            let says = words::value(&said.value, &|_| None);
            remarks.push(format!("{id} says {says}"));
        }
        let mentioned = std::iter::once(said.subject).chain(said.party).chain(said.value.mention());
        if !mentioned.into_iter().any(|one| own.mentions.contains(&one)) {
            let of = casebook.weighed(said.subject, AsOf::default())?;
            let of = of.map_or_else(String::new, |record| record.name);
            remarks.push(format!("{id} says nothing of {}, but something of {of}", own.name));
        }
    }
    Ok(remarks)
}

/// A day on which something is found to have happened and that has not come, or that had not come when
/// what speaks of it was published.
fn happened(
    casebook: &Casebook,
    judgment: &Judgment,
    target: &Target,
    own: &Record,
) -> Result<Vec<String>> {
    let (Variable::Date, Some(Value::Date(on))) = (target.variable, &target.value) else {
        return Ok(Vec::new());
    };
    if let Some(ahead) = ahead(on, judgment.made) {
        return Ok(vec![ahead]);
    }
    let early = |published: &Edtf| on.earliest() > published.latest();
    let mut remarks = Vec::new();
    for id in &target.rests_on {
        let published = published_of(casebook, *id)?;
        if let Some(published) = published.filter(early) {
            remarks.push(format!("{id} was published on {published}, before {on}"));
        }
    }
    let first = own.first_published.as_ref().filter(|published| early(published));
    if let (true, Some(first)) = (remarks.is_empty(), first) {
        remarks.push(format!("{} was written of on {first}, before {on}", own.name));
    }
    Ok(remarks)
}

/// Who is found to have done it, of whom the incident itself does not say so: counts ask the incident.
fn other_side(casebook: &Casebook, target: &Target, own: &Record) -> Result<Option<String>> {
    let did = target.value == Some(Value::Term("perpetrator".into()));
    let (Variable::Role, true, Some(incident)) = (target.variable, did, target.party) else {
        return Ok(None);
    };
    let Some(record) = casebook.weighed(incident, AsOf::default())? else { return Ok(None) };
    let says = record.holdings.iter().any(|held| {
        let by = held.value.as_ref().and_then(Value::mention);
        held.variable == Variable::Perpetrator && by.is_some_and(|by| own.mentions.contains(&by))
    });
    Ok((!says).then(|| {
        format!(
            "{} does not hold {} as its perpetrator, and counts by perpetrator ask it: \
             `throughline judge find {} perpetrator {}`",
            record.name, own.name, record.id, own.id
        )
    }))
}

/// When the document of an assertion was published, as people date it.
fn published_of(casebook: &Casebook, id: AssertionId) -> Result<Option<Edtf>> {
    let Some(said) = casebook.assertion_or_correction(id)? else { return Ok(None) };
    let dated = casebook.standing(AsOf::default())?.dated(said.document).cloned();
    let own = casebook.document(said.document)?.and_then(|document| document.published);
    Ok(dated.or(own))
}

/// A day that has not come.
fn ahead(on: &Edtf, now: Instant) -> Option<String> {
    let today = Edtf::day(now.day());
    (!on.has_begun(now)).then(|| format!("{on} has not come yet; today is {today}"))
}

/// Two mentions that the program joined already.
fn joined(casebook: &Casebook, a: MentionId, b: MentionId) -> Result<Option<String>> {
    let record = casebook.weighed(a, AsOf::default())?;
    let one = record.filter(|record| record.mentions.contains(&b));
    if let Some(by) = links(casebook, a, b, &[])? {
        // On one's own word twice is refused, unless this one takes its place.
        let by: Vec<String> = by.iter().map(ToString::to_string).collect();
        return Ok(
            one.map(|record| format!("both are {} already, by {}", record.name, by.join(" and ")))
        );
    }
    Ok(one.map(|record| {
        format!(
            "the program had joined both as {} ({}); now they are one on your word",
            record.name, record.id
        )
    }))
}

/// Whether two judgments are on one assertion or one mention; of an undo, that is not asked.
fn meet(one: &Judgment, other: &Judgment) -> bool {
    matches!(one.act, Act::Undo)
        || one.assertions().any(|id| other.assertions().any(|own| own == id))
        || one.mentions().any(|id| other.mentions().any(|own| own == id))
}

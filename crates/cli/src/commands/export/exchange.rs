//! A row an incident, in the columns of another dataset.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use throughline_casebook::{Casebook, RecordRow};
use throughline_formats::exchange::{self, Claim, Column, Exchange, Holds, Part};
use throughline_formats::table::guard;
use throughline_model::{AsOf, Holding, MentionId, SubjectKind, Value, Variable};
use throughline_tell::disclosed::Disclosed;

use super::table::{Teller, happened};

/// The set of this name, or in this file.
pub(super) fn set_of(named: &str) -> anyhow::Result<Exchange> {
    let path = Path::new(named);
    let toml = match exchange::SHIPPED.iter().find(|(name, _)| *name == named) {
        Some((_, toml)) => (*toml).to_owned(),
        None if path.is_file() => {
            std::fs::read_to_string(path).with_context(|| named.to_owned())?
        }
        None => {
            let names: Vec<&str> = exchange::SHIPPED.iter().map(|(name, _)| *name).collect();
            bail!(
                "{named}: there is no such file, and no set of columns of this name; there are {}",
                names.join(", ")
            )
        }
    };
    exchange::read(&toml).with_context(|| named.to_owned())
}

pub(super) fn write(
    casebook: &Casebook,
    as_of: AsOf,
    full: bool,
    set: &Exchange,
    writer: &mut dyn Write,
) -> anyhow::Result<usize> {
    let disclosed = Disclosed::gather(casebook)?;
    let mut claims: Vec<RecordRow> = Vec::new();
    if set.columns.iter().any(|column| matches!(column.holds, Holds::Claim(_))) {
        casebook.each_record(SubjectKind::Claim, as_of, |row| claims.push(row))?;
    }
    // The earliest first: of several claims one has the column.
    claims.sort_by_key(|row| (date(row, Variable::Issued), row.record.id));
    let mut rows = Vec::new();
    casebook.each_record(SubjectKind::Incident, as_of, |row| {
        let cleaner = disclosed.cleaner_of(&row.record.mentions);
        let teller = Teller { disclosed: &disclosed, cleaner: &cleaner, row: &row, full };
        let own: BTreeSet<MentionId> = row.record.mentions.iter().copied().collect();
        let about = |claim: &&RecordRow| {
            let mut values = held(claim, Variable::About).filter_map(Value::mention);
            values.any(|id| own.contains(&id))
        };
        let about: Vec<&RecordRow> = claims.iter().filter(about).collect();
        let cells: Vec<String> =
            set.columns.iter().map(|column| cell(column, &teller, &about)).collect();
        rows.push((happened(&row), cells, row.record.id));
    })?;
    // Ids are hashes of what may be withheld: where they do not show, they must not sort either.
    rows.sort_by(|a, b| {
        let ids = || if full { a.2.cmp(&b.2) } else { Ordering::Equal };
        a.0.cmp(&b.0).then_with(ids).then_with(|| a.1.cmp(&b.1))
    });
    let mut table = csv::Writer::from_writer(writer);
    let names = set.columns.iter().map(|column| column.name.as_str());
    table.write_record(std::iter::once(set.id.as_str()).chain(names))?;
    let count = rows.len();
    for (at, (_, cells, id)) in rows.into_iter().enumerate() {
        let id = if full { id.to_string() } else { format!("incident-{}", at + 1) };
        table.write_record(std::iter::once(id).chain(cells).map(|cell| guard(&cell)))?;
    }
    table.flush()?;
    Ok(count + 1)
}

fn cell(column: &Column, teller: &Teller, claims: &[&RecordRow]) -> String {
    let named = |value: &Value| match value {
        Value::Mention(id) => teller.name(*id),
        Value::Text(words) => teller.text(words),
        _ => String::new(),
    };
    match &column.holds {
        Holds::Fixed(text) => text.clone(),
        Holds::Variable(variable, part) => {
            let record = &teller.row.record;
            let mut own: Vec<&Holding> =
                record.holdings.iter().filter(|one| one.variable == *variable).collect();
            // By their words: the order of ids would tell what they are hashes of.
            own.sort_by_cached_key(|one| one.value.as_ref().map(&named));
            exchange::cell(column, *part, &own, &named)
        }
        Holds::Claim(claim) => of_claims(column, *claim, claims),
    }
}

fn of_claims(column: &Column, claim: Claim, claims: &[&RecordRow]) -> String {
    let claiming = claims.iter().filter(|row| {
        held(row, Variable::ClaimAct)
            .any(|value| matches!(value, Value::Term(act) if act == "claims"))
    });
    let claiming: Vec<&&RecordRow> = claiming.collect();
    match claim {
        Claim::Claimed => u8::from(!claiming.is_empty()).to_string(),
        Claim::Competing => {
            let claimants: BTreeSet<&Value> =
                claiming.iter().flat_map(|row| held(row, Variable::Claimant)).collect();
            u8::from(claimants.len() > 1).to_string()
        }
        Claim::Mode if claiming.is_empty() => String::new(),
        Claim::Mode => {
            let modes = claiming[0].record.holdings.iter();
            let modes: Vec<&Holding> = modes.filter(|one| one.variable == Variable::Mode).collect();
            exchange::cell(column, Part::Nth(0), &modes, &|_| String::new())
        }
    }
}

fn held(row: &RecordRow, variable: Variable) -> impl Iterator<Item = &Value> {
    let own = row.record.holdings.iter().filter(move |one| one.variable == variable);
    own.filter_map(|one| one.value.as_ref())
}

/// The first day of a date, those without one last.
fn date(row: &RecordRow, variable: Variable) -> (bool, i32) {
    let day = held(row, variable).find_map(|value| match value {
        Value::Date(date) => Some(date.order().0),
        _ => None,
    });
    (day.is_none(), day.unwrap_or_default())
}

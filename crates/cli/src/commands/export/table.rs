//! A row an incident: the values held, what each rests on, as of two dates.

use std::collections::BTreeMap;
use std::io::Write;

use throughline_casebook::{Casebook, RecordRow};
use throughline_formats::spelling::write_value;
use throughline_formats::table::{UNKNOWABLE, guard, join};
use throughline_model::{
    AsOf, Basis, Day, Element, Holding, MentionId, SubjectKind, Value, Variable,
};
use throughline_tell::disclosed::Disclosed;
use throughline_tell::disclosure::Cleaner;
use throughline_tell::redact::WITHHELD;

/// The variables of an incident that a table has columns for, in their order.
fn variables() -> impl Iterator<Item = Variable> {
    use Variable as V;
    let plain = [
        V::Date,
        V::Type,
        V::Stage,
        V::Description,
        V::Place,
        V::Target,
        V::TargetType,
        V::Weapon,
        V::Killed,
        V::Wounded,
        V::Arrested,
        V::Perpetrator,
        V::Victim,
        V::Company,
        V::AscribedTo,
        V::PartOf,
        V::Link,
    ];
    plain.into_iter().chain(Element::ALL.into_iter().map(V::Involvement))
}

pub(super) fn write(
    casebook: &Casebook,
    as_of: AsOf,
    full: bool,
    writer: &mut dyn Write,
) -> anyhow::Result<usize> {
    let disclosed = Disclosed::gather(casebook)?;
    let mut rows = Vec::new();
    casebook.each_record(SubjectKind::Incident, as_of, |row| {
        let cleaner = disclosed.cleaner_of(&row.record.mentions);
        let teller = Teller { disclosed: &disclosed, cleaner: &cleaner, row: &row, full };
        rows.push((happened(&row), teller.cells(), row.record.id));
    })?;
    // Ids are hashes of what may be withheld: where they do not show, they must not sort either.
    rows.sort_by(|a, b| {
        let ids = || if full { a.2.cmp(&b.2) } else { std::cmp::Ordering::Equal };
        a.0.cmp(&b.0).then_with(ids).then_with(|| a.1.cmp(&b.1))
    });
    let mut table = csv::Writer::from_writer(writer);
    let named = ["id", "name"].map(str::to_owned).into_iter();
    let columns = variables()
        .flat_map(|variable| [variable.name().to_owned(), format!("{}_basis", variable.name())]);
    let dates = ["as_of", "recorded_by"].map(str::to_owned);
    table.write_record(named.chain(columns).chain(dates))?;
    let text = |date: Option<String>| date.unwrap_or_default();
    let count = rows.len();
    for (at, (_, cells, id)) in rows.into_iter().enumerate() {
        let id = if full { id.to_string() } else { format!("incident-{}", at + 1) };
        let dates = [
            text(as_of.published.map(|day| day.to_string())),
            text(as_of.recorded.map(|moment| moment.to_string())),
        ];
        let cells = std::iter::once(id).chain(cells).chain(dates);
        table.write_record(cells.map(|cell| guard(&cell)))?;
    }
    table.flush()?;
    Ok(count + 1)
}

pub(super) fn happened(row: &RecordRow) -> Day {
    let date = row.record.holdings.iter().find_map(|held| match &held.value {
        Some(Value::Date(date)) if held.variable == Variable::Date => Some(date.earliest()),
        _ => None,
    });
    date.unwrap_or(Day::MAX)
}

/// Spells the cells of one row.
pub(super) struct Teller<'a> {
    pub(super) disclosed: &'a Disclosed,
    pub(super) cleaner: &'a Cleaner<'a>,
    pub(super) row: &'a RecordRow,
    pub(super) full: bool,
}

impl Teller<'_> {
    fn cells(&self) -> Vec<String> {
        let record = &self.row.record;
        let mut held: BTreeMap<Variable, Vec<(String, String)>> = BTreeMap::new();
        for holding in &record.holdings {
            held.entry(holding.variable).or_default().push((self.value(holding), basis(holding)));
        }
        let mut cells = vec![self.text(&record.name)];
        for variable in variables() {
            let mut values = held.remove(&variable).unwrap_or_default();
            // By their words: the order of ids would tell what they are hashes of.
            values.sort();
            let (values, bases): (Vec<String>, Vec<String>) = values.into_iter().unzip();
            cells.push(join(&values));
            cells.push(join(&bases));
        }
        cells
    }

    fn value(&self, holding: &Holding) -> String {
        let value = match &holding.value {
            None => UNKNOWABLE.to_owned(),
            Some(Value::Mention(id)) => self.name(*id),
            Some(value) => self.text(&write_value(value).unwrap_or_default()),
        };
        match holding.party {
            Some(party) => format!("{}: {value}", self.name(party)),
            None => value,
        }
    }

    pub(super) fn text(&self, text: &str) -> String {
        if self.full { text.to_owned() } else { self.cleaner.text(text) }
    }

    pub(super) fn name(&self, id: MentionId) -> String {
        let known = self.row.names.get(&id).or_else(|| self.disclosed.names.get(&id));
        match (known, self.full) {
            (Some(name), true) => name.clone(),
            (Some(name), false) => {
                self.cleaner.name(id, name).unwrap_or_else(|| WITHHELD.to_owned())
            }
            (None, true) => id.to_string(),
            (None, false) => WITHHELD.to_owned(),
        }
    }
}

/// `finding`, `accepted` or `proposal`, with what a reader must know beside it.
fn basis(holding: &Holding) -> String {
    let mut words = vec![match holding.basis {
        Basis::Finding(_) => "finding",
        Basis::Accepted(_) => "accepted",
        Basis::Proposal(_) => "proposal",
    }];
    words.extend(holding.hedged.then_some("hedged"));
    words.extend(holding.contested.then_some("contested"));
    words.extend(holding.evidence_gone.then_some(throughline_tell::words::EVIDENCE_GONE));
    words.join(", ")
}

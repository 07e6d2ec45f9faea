//! A row an incident: the values held, what each rests on, as of two dates.

use std::collections::BTreeMap;
use std::io::Write;

use throughline_casebook::{Casebook, RecordRow};
use throughline_formats::spelling::write_value;
use throughline_formats::table::basis::write_basis;
use throughline_formats::table::{UNKNOWABLE, cell, default_kind, guard, join};
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
    let mut rows: Vec<Row> = Vec::new();
    let mut row_of: BTreeMap<MentionId, MentionId> = BTreeMap::new();
    casebook.each_record(SubjectKind::Incident, as_of, |row| {
        let cleaner = disclosed.cleaner_of(&row.record.mentions);
        let teller = Teller { disclosed: &disclosed, cleaner: &cleaner, row: &row, full };
        row_of.extend(row.record.mentions.iter().map(|mention| (*mention, row.record.id)));
        rows.push(teller.row(happened(&row)));
    })?;
    // Ids are hashes of what may be withheld: where they do not show, they must not sort either. Words go
    // first, so that a table that was brought in elsewhere comes out in the same order.
    rows.sort_by(|a, b| {
        let ids = || if full { a.record.cmp(&b.record) } else { std::cmp::Ordering::Equal };
        a.happened.cmp(&b.happened).then_with(|| a.words().cmp(&b.words())).then_with(ids)
    });
    let id = |at: usize, record: MentionId| match full {
        true => record.to_string(),
        false => format!("incident-{}", at + 1),
    };
    let ids: BTreeMap<MentionId, String> =
        rows.iter().enumerate().map(|(at, row)| (row.record, id(at, row.record))).collect();
    let mut table = csv::Writer::from_writer(writer);
    let named = ["id", "name"].map(str::to_owned).into_iter();
    let columns = variables().flat_map(|variable| {
        ["", "_basis", "_rivals"].map(|what| format!("{}{what}", variable.name()))
    });
    let dates = ["as_of", "recorded_by"].map(str::to_owned);
    table.write_record(named.chain(columns).chain(dates))?;
    let text = |date: Option<String>| date.unwrap_or_default();
    let count = rows.len();
    for row in rows {
        let dates = [
            text(as_of.published.map(|day| day.to_string())),
            text(as_of.recorded.map(|moment| moment.to_string())),
        ];
        let own = [ids[&row.record].clone(), row.name];
        let cells = row.columns.into_iter().flat_map(|column| {
            let whole = |value: &Told| {
                let row = value.record.and_then(|id| row_of.get(&id)).and_then(|row| ids.get(row));
                row.unwrap_or(&value.words).clone()
            };
            let values: Vec<String> = column.values.iter().map(whole).collect();
            let bases: Vec<String> = column.values.into_iter().map(|told| told.basis).collect();
            [join(&values), join(&bases), join(&column.rivals)]
        });
        let cells = own.into_iter().chain(cells).chain(dates);
        table.write_record(cells.map(|cell| guard(&cell)))?;
    }
    table.flush()?;
    Ok(count + 1)
}

/// One incident, before its number among the others is known.
struct Row {
    happened: Day,
    record: MentionId,
    name: String,
    /// In the order of [`variables`].
    columns: Vec<Column>,
}

impl Row {
    /// Its words, which order rows of one day where ids must not.
    fn words(&self) -> impl Ord {
        let column = |column: &Column| {
            let told = |one: &Told| (one.words.clone(), one.basis.clone());
            (column.values.iter().map(told).collect::<Vec<_>>(), column.rivals.clone())
        };
        (self.name.clone(), self.columns.iter().map(column).collect::<Vec<_>>())
    }
}

/// The values of one variable.
#[derive(Default)]
struct Column {
    values: Vec<Told>,
    rivals: Vec<String>,
}

/// A value with what it rests on.
struct Told {
    words: String,
    basis: String,
    /// Another incident, which may be a row.
    record: Option<MentionId>,
}

pub(super) fn happened(row: &RecordRow) -> Day {
    let date = row.record.holdings.iter().find_map(|held| match &held.value {
        Some(Value::Date(date)) if held.variable == Variable::Date => Some(date.order()),
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
    fn row(&self, happened: Day) -> Row {
        let record = &self.row.record;
        let mut held: BTreeMap<Variable, Column> = BTreeMap::new();
        for holding in &record.holdings {
            let column = held.entry(holding.variable).or_default();
            let words = self.value(holding, holding.value.as_ref());
            column.rivals.extend(self.rivals(holding, &words));
            // Nothing that a cell could hold.
            if words.is_empty() {
                continue;
            }
            let incident = |id: &MentionId| id.kind() == SubjectKind::Incident;
            let record = holding.value.as_ref().and_then(Value::mention).filter(incident);
            column.values.push(Told { words, basis: write_basis(holding), record });
        }
        let columns = variables().map(|variable| {
            let mut column = held.remove(&variable).unwrap_or_default();
            // By their words: the order of ids would tell what they are hashes of.
            column.values.sort_by(|a, b| (&a.words, &a.basis).cmp(&(&b.words, &b.basis)));
            column.rivals.sort();
            column.rivals.dedup();
            column
        });
        let columns = columns.collect();
        Row { happened, record: record.id, name: self.text(&record.name), columns }
    }

    /// What is put forward in place of a value; what stands against a finding is another finding,
    /// and has a place among the values.
    fn rivals(&self, holding: &Holding, words: &str) -> Vec<String> {
        let rivals = holding.rivals.iter().filter(|_| !matches!(holding.basis, Basis::Finding(_)));
        rivals
            .map(|rival| match rival {
                Some(rival) => self.value(holding, Some(rival)),
                None => cell::write_denial(words),
            })
            .collect()
    }

    /// A value of a holding's variable and party; `None` where it cannot be known.
    fn value(&self, holding: &Holding, value: Option<&Value>) -> String {
        let words = match value {
            None => UNKNOWABLE.to_owned(),
            Some(Value::Mention(id)) => self.named(*id, default_kind(holding.variable)),
            Some(value) => self.text(&write_value(value).unwrap_or_default()),
        };
        let of_a_party = matches!(holding.variable, Variable::Link | Variable::Involvement(_));
        match (holding.party, of_a_party) {
            (None, false) => words,
            (party, _) => {
                let party = party.map(|party| self.named(party, SubjectKind::Group));
                cell::write_party(party.as_deref(), &words)
            }
        }
    }

    /// A record, with its kind where that is not the column's.
    fn named(&self, id: MentionId, column: SubjectKind) -> String {
        let name = self.name(id);
        match name == WITHHELD {
            true => name,
            false => cell::write_named(column, id.kind(), &name),
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

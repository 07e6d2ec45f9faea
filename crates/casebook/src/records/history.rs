//! How the values of a record changed: what was held as of each day on which they did.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{Act, AsOf, Day, DocumentId, Edtf, Holding, MentionId, Value, Variable};

use crate::casebook::Casebook;
use crate::error::Result;
use crate::records::RecordRow;

/// What was held of one variable of a record, in relation to one party, day by day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// What of it.
    pub variable: Variable,
    /// In relation to which record.
    pub party: Option<MentionId>,
    /// What was held since when, the earliest first; `None` as a day is the present, with what is in
    /// no view as of a day.
    pub steps: Vec<(Option<Day>, Vec<Holding>)>,
}

/// The history of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histories {
    /// What was held of each variable that ever had a value, in the order of variables.
    pub all: Vec<History>,
    /// The names of the mentions that values and parties are.
    pub names: BTreeMap<MentionId, String>,
    /// On how many days something of the record was published or taken back, beyond those looked at.
    pub left_out: usize,
}

/// What is held of each variable and party.
type Held = BTreeMap<(Variable, Option<MentionId>), Vec<Holding>>;

impl Casebook {
    /// How the values of the record of a mention changed up to a view's dates: the record as of each
    /// day on which something of it was published, taken back or cited, of these the last `most`;
    /// `None` if it is out of view. People are no part of it, as values or parties: an earlier view of
    /// a person stands only beside what is held of the person today.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn history(
        &self,
        mention: MentionId,
        as_of: AsOf,
        most: usize,
    ) -> Result<Option<Histories>> {
        self.snapshot(|| self.history_now(mention, as_of, most))
    }

    fn history_now(
        &self,
        mention: MentionId,
        as_of: AsOf,
        most: usize,
    ) -> Result<Option<Histories>> {
        let Some(days) = self.days_of(mention, as_of)? else { return Ok(None) };
        let left_out = days.len().saturating_sub(most);
        let mut told = Histories { left_out, ..Histories::default() };
        let mut steps: BTreeMap<(Variable, Option<MentionId>), History> = BTreeMap::new();
        let mut before = Held::new();
        let views = days.into_iter().skip(left_out).map(Some).chain([None]);
        for day in views {
            let view = AsOf { published: day.or(as_of.published), ..as_of };
            let row = self.bare(mention, view)?;
            let now = row.as_ref().map(held).unwrap_or_default();
            for key in before.keys().chain(now.keys()).copied().collect::<BTreeSet<_>>() {
                let (was, is) = (before.get(&key), now.get(&key));
                if !alike(was, is) {
                    let (variable, party) = key;
                    let own = steps.entry(key).or_insert_with(|| History {
                        variable,
                        party,
                        steps: Vec::new(),
                    });
                    own.steps.push((day, is.cloned().unwrap_or_default()));
                }
            }
            told.names.extend(row.map(|row| row.names).unwrap_or_default());
            before = now;
        }
        told.all = steps.into_values().collect();
        Ok(Some(told))
    }

    /// The days in view on which what bears on a record was published, taken back or cited.
    fn days_of(&self, mention: MentionId, as_of: AsOf) -> Result<Option<BTreeSet<Day>>> {
        let Some(view) = self.record(mention, as_of)? else { return Ok(None) };
        let own: BTreeSet<MentionId> = view.record.mentions.iter().copied().collect();
        let mut days: BTreeSet<Day> = BTreeSet::new();
        for one in view.evidence.values() {
            let since = one.changed.as_ref().or(one.published.as_ref());
            let withdrawn = one.withdrawn.as_ref().map(|one| &one.on);
            days.extend(since.into_iter().chain(withdrawn).map(Edtf::latest));
        }
        let mut cited: BTreeSet<DocumentId> = BTreeSet::new();
        let judged = self.judged()?;
        for (judgment, _) in judged.all() {
            let found = matches!(&judgment.act, Act::Find(target) if own.contains(&target.subject));
            let judged = judgment.assertions().any(|id| view.evidence.contains_key(&id));
            let joined = judgment.mentions().any(|id| own.contains(&id));
            if found || judged || joined {
                cited.extend(judgment.cites.iter().copied());
            }
        }
        let standing = self.standing(as_of)?;
        for id in cited {
            let own = self.document(id)?.and_then(|document| document.public_since());
            let since = standing.dated(id).cloned().or(own);
            days.extend(since.as_ref().map(Edtf::latest));
        }
        days.retain(|day| *day < Day::MAX && as_of.published.is_none_or(|last| *day <= last));
        Ok(Some(days))
    }
}

fn held(row: &RecordRow) -> Held {
    let person = |id: MentionId| id.kind() == throughline_model::SubjectKind::Person;
    let mut held = Held::new();
    for one in &row.record.holdings {
        let value = one.value.as_ref().and_then(Value::mention);
        if !value.into_iter().chain(one.party).any(person) {
            held.entry((one.variable, one.party)).or_default().push(one.clone());
        }
    }
    held
}

/// Whether the same is held, whoever says so.
fn alike(one: Option<&Vec<Holding>>, other: Option<&Vec<Holding>>) -> bool {
    let told = |held: &Holding| {
        let marks = (held.hedged, held.copied, held.contested, held.evidence_gone);
        (held.value.clone(), held.basis.clone(), marks)
    };
    let told = |all: Option<&Vec<Holding>>| all.into_iter().flatten().map(told).collect::<Vec<_>>();
    told(one) == told(other)
}

//! What pictures take, from the records of a casebook as of two dates.
//!
//! Input: a casebook, two dates, and a [`Veil`] that says what may be shown. Output: a
//! [`Network`](crate::Network), a [`Timeline`](crate::Timeline) and the like, with title and marks.
//!
//! Where names are withheld, nothing that was made of texts decides the order of what is shown, and
//! no id is given.

mod map;
mod only;
mod order;
mod picture;
mod replay;
mod scope;
mod ties;
mod timeline;
mod toll;
mod veil;
mod web;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use throughline_casebook::{Casebook, EvidenceView, PROGRAM, RecordRow, Result};
use throughline_model::{AsOf, Basis, Edtf, Holding, MentionId, SubjectKind, Value, Variable};
use throughline_tell::words;

pub use only::Only;
pub use picture::{NETWORK, Picture, TOLL};
pub use veil::{Open, Veil};

use crate::{Caption, Lies, Standing, State};

/// All records of a casebook as of two dates, with what ties them.
pub struct Catalog<'c> {
    casebook: &'c Casebook,
    as_of: AsOf,
    veil: Arc<dyn Veil>,
    rows: BTreeMap<MentionId, RecordRow>,
    /// The record of each mention, by the id that it shows.
    record_of: BTreeMap<MentionId, MentionId>,
    ties: ties::Ties,
    /// A place for each record in every list; equal for equal records, whatever their ids.
    places: BTreeMap<MentionId, usize>,
    /// The incidents that pictures of all there is are on, and why, if not on all.
    narrowed: Option<(BTreeSet<MentionId>, String)>,
    /// A number for each record of which no id may be given.
    numbers: BTreeMap<MentionId, usize>,
    /// Where places lie that were looked up.
    lying: RefCell<BTreeMap<MentionId, Option<Lies>>>,
}

/// What a picture takes, and what is to be said with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gathered<T> {
    /// What is drawn.
    pub shown: T,
    /// What the picture is called.
    pub title: String,
    /// What is left out, and what else a reader must know.
    pub marks: Vec<String>,
}

impl<'c> Catalog<'c> {
    /// Reads all records as of two dates.
    ///
    /// # Errors
    /// If the file cannot be read. For the present, records must be settled.
    pub fn load(casebook: &'c Casebook, as_of: AsOf, veil: Arc<dyn Veil>) -> Result<Catalog<'c>> {
        let mut rows = BTreeMap::new();
        let mut record_of = BTreeMap::new();
        for kind in SubjectKind::ALL {
            casebook.each_record(kind, as_of, |row| {
                record_of.extend(row.record.mentions.iter().map(|id| (*id, row.record.id)));
                rows.insert(row.record.id, row);
            })?;
        }
        let ties = ties::Ties::of(&rows, &record_of);
        let mut catalog = Catalog {
            casebook,
            as_of,
            veil,
            rows,
            record_of,
            ties,
            places: BTreeMap::new(),
            narrowed: None,
            numbers: BTreeMap::new(),
            lying: RefCell::default(),
        };
        catalog.places = order::places(&catalog);
        let mut listed: Vec<MentionId> = catalog.rows.keys().copied().collect();
        listed.sort_by_key(|id| (id.kind(), catalog.places[id]));
        let mut number = 0;
        let mut kind = None;
        for id in listed {
            number = if kind == Some(id.kind()) { number + 1 } else { 1 };
            kind = Some(id.kind());
            catalog.numbers.insert(id, number);
        }
        Ok(catalog)
    }

    /// The caption of a picture: its title, the dates and state it is drawn from, and its marks.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn caption<T>(&self, gathered: &Gathered<T>) -> Result<Caption> {
        let head = self.casebook.head()?;
        let only = self.narrowed.iter().map(|(_, words)| words.clone());
        let mut marks: Vec<String> = only.chain(gathered.marks.iter().cloned()).collect();
        if self.as_of.published.is_some() {
            let undated = self.casebook.documents(self.as_of, 0)?.1;
            match undated {
                0 => {}
                1 => marks.push("1 undated document is in no view as of a day.".to_owned()),
                many => marks.push(format!("{many} undated documents are in no view as of a day.")),
            }
        }
        if self.veil.withholds() {
            marks.push(
                "Names are withheld of people accused and not convicted, of victims, minors and kin, and \
                 of whoever's status is not known."
                    .to_owned(),
            );
        }
        Ok(Caption {
            title: gathered.title.clone(),
            as_of: crate::as_of(self.as_of),
            state: Some(State {
                content: head.content,
                head: Some(head.chain),
                program: PROGRAM.to_owned(),
            }),
            marks,
        })
    }

    /// The record that a mention belongs to; `None` if it is out of view.
    pub fn record(&self, mention: MentionId) -> Option<MentionId> {
        self.record_of.get(&mention).copied()
    }

    /// The name of a record, as it may be shown.
    fn name(&self, record: MentionId) -> String {
        let Some(row) = self.rows.get(&record) else { return "?".to_owned() };
        let shown = self.veil.name(record, &row.record.mentions, &row.record.name);
        shown.unwrap_or_else(|| {
            let number = self.numbers.get(&record).copied().unwrap_or_default();
            format!("{} {number} (name withheld)", record.kind().name())
        })
    }

    /// The id of a record, for a table: its own, or its number where no id may be given.
    fn id(&self, record: MentionId) -> String {
        match (self.veil.withholds(), self.numbers.get(&record)) {
            (true, Some(number)) => format!("{}-{number}", record.kind().name()),
            (true, None) => String::new(),
            (false, _) => record.to_string(),
        }
    }

    /// Through whom something comes, as it may be shown.
    fn said_by(&self, one: &EvidenceView, names: words::Names) -> String {
        let document = one.assertion.document;
        let source = one.source.as_deref().map(|name| self.veil.author(document, name));
        let by = words::speakers(&one.assertion.speakers, source.as_deref(), names);
        self.veil.words_of(document, &by)
    }

    /// Whether an assertion is shown: outside the casebook none that its source took back, on
    /// whatever day.
    fn shows(&self, one: &EvidenceView) -> bool {
        let withdrawn = self.veil.withholds() && one.withdrawn.is_some();
        !withdrawn && self.veil.keeps(&one.assertion, one.accepted)
    }

    /// The names that a record's evidence refers to, as they may be shown.
    fn namer<'n>(
        &'n self,
        own: &'n [MentionId],
        names: &'n BTreeMap<MentionId, String>,
    ) -> impl Fn(MentionId) -> Option<String> + 'n {
        move |id| match self.record(id) {
            Some(record) if id.kind() == SubjectKind::Person => Some(self.name(record)),
            _ => {
                let name = names.get(&id)?;
                let shown = self.veil.name(id, own, name);
                shown.or_else(|| Some("somebody whose name is withheld".to_owned()))
            }
        }
    }
}

/// What people made of a holding.
fn standing(holding: &Holding) -> Standing {
    if holding.contested { Standing::Contested } else { rests_on(&holding.basis) }
}

fn rests_on(basis: &Basis) -> Standing {
    match basis {
        Basis::Finding(_) => Standing::Found,
        Basis::Accepted(_) => Standing::Accepted,
        Basis::Proposal(_) => Standing::Proposed,
    }
}

/// What a holding rests on: "found", "reported, hedged, contested".
fn basis(holding: &Holding) -> String {
    let mut all = vec![rests_on(&holding.basis).name()];
    all.extend(words::marks(holding));
    all.join(", ")
}

/// The date that places a record in time: when it happened, when it was issued.
fn date_of(row: &RecordRow) -> Option<(&Edtf, &Holding)> {
    let wanted = match row.record.id.kind() {
        SubjectKind::Claim => Variable::Issued,
        _ => Variable::Date,
    };
    row.record.holdings.iter().find_map(|holding| match &holding.value {
        Some(Value::Date(date)) if holding.variable == wanted => Some((date, holding)),
        _ => None,
    })
}

/// A date in words, with a question mark if nobody has reviewed it.
fn date_words(date: &Edtf, holding: &Holding) -> String {
    let doubt = if holding.basis.is_reviewed() { "" } else { "?" };
    let contested = if holding.contested { " (contested)" } else { "" };
    format!("{}{doubt}{contested}", words::date(date))
}

//! One state of the casebook, from which a page is gathered, and what is worked out beside the pages.

use std::cell::Cell;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use throughline_casebook::{Casebook, Error, Fall, PublishedCount, Tip};
use throughline_model::AsOf;
use throughline_tell::beside::Other;

use super::{Desk, Totals};
use crate::counter::{Found, Question};
use crate::drawer::{Drawn, Sketch};
use crate::edition::Edition;
use crate::sources::taking::Takings;
use crate::trouble::Trouble;

/// How long a page waits for the content hash, which is beside its point and takes long in a large
/// casebook.
const HASHING: Duration = Duration::from_millis(60);

/// How long a page waits for what has an answer of the state before.
const SOON: Duration = Duration::from_millis(250);

/// What was found of a question that people work through.
pub(crate) struct Latest {
    pub(crate) found: Found,
    /// Whether it is of the state that is shown, and not of one before.
    pub(crate) is_of_now: bool,
}

/// What a page says that shows what was found of a state before.
pub(crate) const BEFORE: &str = "This is what waited before the last judgments, without what they settled; all is being gone through anew.";

/// One state of the casebook, and who works for its pages.
pub(crate) struct Room<'c> {
    pub(crate) casebook: &'c Casebook,
    pub(crate) tip: Tip,
    pub(crate) edition: Edition,
    /// Whether every record is derived.
    pub(super) settled: bool,
    pub(super) desk: &'c Desk,
    /// Until when this page waits for counts.
    pub(super) until: Instant,
    /// Whether something on the page is still to come.
    pub(super) waits: Cell<bool>,
    /// Whether the page says what is so at this moment alone.
    pub(super) passing: Cell<bool>,
}

impl Room<'_> {
    /// Whether people judge here.
    pub(crate) fn judges(&self) -> bool {
        self.desk.judges()
    }

    /// What was sent to be read: a page that says how far it is, is of this moment alone.
    pub(crate) fn takings(&self) -> &Takings {
        self.passing.set(true);
        self.desk.takings()
    }

    /// Lets the page be loaded again.
    pub(crate) fn wait(&self) {
        self.waits.set(true);
    }

    /// A definition counted; `None` while it is still being counted.
    pub(crate) fn counted(&self, toml: &str, as_of: AsOf) -> Option<Found> {
        self.found(Question::Count { toml: toml.to_owned(), as_of }, self.until)
    }

    /// How a definition's figure is cited; `None` while it is still being counted.
    pub(crate) fn cited(&self, toml: &str, as_of: AsOf, by: Option<String>) -> Option<Found> {
        self.found(Question::Cite { toml: toml.to_owned(), as_of, by }, self.until)
    }

    /// A definition set against another count; `None` while they are still being counted.
    pub(crate) fn against(&self, toml: &str, as_of: AsOf, other: Other) -> Option<Found> {
        let (toml, other) = (toml.to_owned(), Box::new(other));
        self.found(Question::Against { toml, as_of, other }, self.until)
    }

    /// What a definition's figures hang on; `None` while it is still being tried.
    pub(crate) fn sensitivity(&self, toml: &str, as_of: AsOf) -> Option<Found> {
        self.found(Question::HangsOn { toml: toml.to_owned(), as_of }, self.until)
    }

    /// What has become of a published count; `None` while it is still being counted.
    pub(crate) fn state(&self, count: &PublishedCount) -> Option<Found> {
        self.found(Question::State(Box::new(count.clone())), self.until)
    }

    /// What would change if what an id names fell; `None` while it is still being worked out.
    pub(crate) fn impact(&self, id: String, fall: Fall, as_of: AsOf) -> Option<Found> {
        self.found(Question::Impact { id, fall, as_of }, self.until)
    }

    /// How far coders agree; `None` while it is still being measured.
    pub(crate) fn agreement(&self, as_of: AsOf) -> Option<Found> {
        self.found(Question::Agreement { as_of }, self.until)
    }

    /// What waits for a person; `None` while it is gone through for the first time.
    pub(crate) fn queue(&self, as_of: AsOf) -> Option<Latest> {
        self.latest(&Question::Queue { as_of })
    }

    /// Pairs of records that may be one; `None` while they are looked for the first time.
    pub(crate) fn doubtful(&self) -> Option<Latest> {
        self.latest(&Question::Doubtful)
    }

    /// What people work through goes through all records, and each judgment makes a new state: so
    /// what was found in the last one is shown until the new one is gone through, and whoever shows
    /// it looks at each thing on the page anew.
    fn latest(&self, question: &Question) -> Option<Latest> {
        let last = self.desk.counter.last(question, self.tip);
        let until = match last {
            Some(_) => Instant::now() + SOON,
            None => self.until,
        };
        match self.found(question.clone(), until) {
            Some(found) => Some(Latest { found, is_of_now: true }),
            None => last.map(|found| Latest { found, is_of_now: false }),
        }
    }

    fn found(&self, question: Question, until: Instant) -> Option<Found> {
        let found = self.desk.counter.ask(self.tip, question, until);
        if found.is_none() {
            self.waits.set(true);
        }
        found
    }

    /// A picture; `None` while it is still being drawn.
    pub(crate) fn drawn(&self, sketch: Sketch) -> Result<Option<Arc<Drawn>>, Trouble> {
        let found = self.desk.drawer.ask(self.tip, sketch, self.until).transpose();
        let found = found.map_err(|why| {
            Trouble::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                format!("It cannot be drawn: {why}."),
                "Load this page again to try once more; other pages go on.",
            )
        })?;
        if found.is_none() {
            self.waits.set(true);
        }
        Ok(found)
    }

    /// The content hash of this state; `None` while it is still being worked out.
    pub(crate) fn head(&self) -> Option<Found> {
        self.found(Question::Head, Instant::now() + HASHING)
    }

    /// How many records of each kind there are at present, counted once for each state.
    pub(crate) fn totals(&self) -> Result<Totals, Error> {
        let mut held = self.desk.totals.lock().unwrap_or_else(PoisonError::into_inner);
        match held.as_ref() {
            Some((tip, totals)) if self.settled && *tip == self.tip => Ok(totals.clone()),
            _ => {
                let totals = self.casebook.totals()?;
                *held = self.settled.then(|| (self.tip, totals.clone()));
                Ok(totals)
            }
        }
    }
}

//! Connections between incidents: paths with their evidence, what became visible when, and leads.
//!
//! - `path`: one path, step by step, with every sentence, source and date;
//! - `replay`: the days on which pairs became connected, false leads, and whole series;
//! - `series`: incidents that belong together, who stands behind whom, and how much of that stands;
//! - `in_the_way`: why a connection could not be seen earlier;
//! - `leads`: pairs by how surprising it is what they share;
//! - [`words`]: what a step and a path say of themselves.
//!
//! Whoever a path passes through stands with the status held today, whatever day is asked for.

mod in_the_way;
mod leads;
mod path;
mod replay;
mod series;
pub mod words;

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, RecordView, Result, Tied};
use throughline_connect::{Network, Rule};
use throughline_model::{AsOf, MentionId, SubjectKind};

pub use in_the_way::{InTheWayTold, ObstacleTold};
pub use leads::{LeadTold, LeadsTold, SharedTold};
pub use path::{IdentityTold, PathTold, StepTold, WordTold};
pub use replay::{FallenTold, ReplayTold, SeenTold};
pub use series::{AllSeriesTold, ChainTold, HandTold, SeriesTold, ThroughTold};

use crate::record::status;

/// The connections of a casebook, as of two dates.
pub struct Connections<'c> {
    casebook: &'c Casebook,
    /// As of which dates.
    pub as_of: AsOf,
    tied: Tied,
    views: RefCell<BTreeMap<MentionId, Option<RecordView>>>,
    statuses: RefCell<BTreeMap<MentionId, String>>,
}

/// A record that a connection begins with, ends with or passes through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its id.
    pub id: MentionId,
    /// Its name.
    pub name: String,
    /// Of a person, the status held today.
    pub status: Option<String>,
}

impl Named {
    fn json(&self) -> Json {
        json!({"id": self.id.to_string(), "name": self.name, "present_status": self.status})
    }
}

/// Where a search looked, so that its finding nothing says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searched {
    /// How many ties a path could have.
    pub within: usize,
    /// How many documents are in view.
    pub documents: u64,
    /// How many publishers these have.
    pub publishers: u64,
    /// How many documents are in no view as of a day, since they are undated.
    pub undated: u64,
    /// What too many others are tied to for a path to pass through.
    pub left_out: Vec<Named>,
    /// Whether all paths were looked at.
    pub complete: bool,
}

/// How two incidents hang together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connected {
    /// The incident asked for, and the other.
    pub ends: [Named; 2],
    /// The best distinct paths.
    pub paths: Vec<PathTold>,
    /// The path that could be seen first, where it is none of these.
    pub first: Option<PathTold>,
    /// What stood in the way of seeing it earlier, if that was asked and something did.
    pub in_the_way: Option<InTheWayTold>,
    /// Where was looked.
    pub searched: Searched,
}

/// The incidents nearest to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// The incident asked for.
    pub from: Named,
    /// The best path to each.
    pub paths: Vec<PathTold>,
    /// Where was looked.
    pub searched: Searched,
}

impl<'c> Connections<'c> {
    /// Reads what ties the records of a casebook, as of two dates.
    ///
    /// # Errors
    /// If the casebook cannot be read. Its records must be settled.
    pub fn load(casebook: &'c Casebook, as_of: AsOf) -> Result<Connections<'c>> {
        let tied = casebook.tied(as_of)?;
        let (views, statuses) = (RefCell::default(), RefCell::default());
        Ok(Connections { casebook, as_of, tied, views, statuses })
    }

    fn network(&self) -> &Network {
        &self.tied.network
    }

    /// The record of an incident's mention; `None` if it is out of view.
    pub fn incident(&self, mention: MentionId) -> Option<usize> {
        let record = self.network().record_at(mention)?;
        let incident = self.network().id(record).kind() == SubjectKind::Incident;
        incident.then_some(record)
    }

    /// How two incidents hang together, by at most `wanted` paths.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn between(&self, a: usize, b: usize, rule: &Rule, wanted: usize) -> Result<Connected> {
        let (paths, complete) = self.network().paths(a, b, rule, wanted);
        let first = self.network().first_days(a, rule, Some(b)).pop();
        let earliest = paths.iter().map(|path| path.day).min();
        let earlier = first.filter(|first| earliest.is_none_or(|day| first.day < day));
        Ok(Connected {
            ends: [self.named(a)?, self.named(b)?],
            paths: paths.iter().map(|path| self.path(path)).collect::<Result<_>>()?,
            first: earlier.map(|first| self.path(&first.path)).transpose()?,
            in_the_way: None,
            searched: Searched { complete, ..self.searched(rule)? },
        })
    }

    /// The incidents nearest to one, at most `wanted`.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn nearest(&self, from: usize, rule: &Rule, wanted: usize) -> Result<Nearest> {
        let near = self.network().nearest(from, rule, wanted);
        Ok(Nearest {
            from: self.named(from)?,
            paths: near.iter().map(|near| self.path(&near.path)).collect::<Result<_>>()?,
            searched: self.searched(rule)?,
        })
    }

    fn searched(&self, rule: &Rule) -> Result<Searched> {
        let hubs = self.network().hubs(rule.hub);
        Ok(Searched {
            within: rule.ties,
            documents: self.tied.documents,
            publishers: self.tied.publishers,
            undated: self.tied.undated,
            left_out: hubs.into_iter().map(|hub| self.named(hub)).collect::<Result<_>>()?,
            complete: true,
        })
    }

    /// A record with its name, and of a person the present status.
    fn named(&self, record: usize) -> Result<Named> {
        let id = self.network().id(record);
        let name = self.tied.names.get(&id).cloned().unwrap_or_else(|| id.to_string());
        let status = match id.kind() {
            SubjectKind::Person => Some(self.status(id)?),
            _ => None,
        };
        Ok(Named { id, name, status })
    }

    /// The status of a person held today: an earlier view must not accuse again who was cleared
    /// since.
    fn status(&self, person: MentionId) -> Result<String> {
        if let Some(known) = self.statuses.borrow().get(&person) {
            return Ok(known.clone());
        }
        let today = self.casebook.shown(person, AsOf::default(), 1)?;
        let words = today.as_ref().map_or_else(|| "nothing is held".to_owned(), status);
        self.statuses.borrow_mut().insert(person, words.clone());
        Ok(words)
    }

    /// A record with all its evidence, read once.
    fn with_view<T>(
        &self,
        id: MentionId,
        take: impl FnOnce(Option<&RecordView>) -> T,
    ) -> Result<T> {
        if !self.views.borrow().contains_key(&id) {
            let view = self.casebook.record(id, self.as_of)?;
            self.views.borrow_mut().insert(id, view);
        }
        Ok(take(self.views.borrow().get(&id).and_then(Option::as_ref)))
    }
}

impl Searched {
    fn json(&self) -> Json {
        json!({
            "within": self.within,
            "documents": self.documents,
            "publishers": self.publishers,
            "undated": self.undated,
            "left_out": self.left_out.iter().map(Named::json).collect::<Vec<_>>(),
            "complete": self.complete,
        })
    }
}

impl Connected {
    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let mut json = json!({
            "from": self.ends[0].json(),
            "to": self.ends[1].json(),
            "paths": self.paths.iter().map(PathTold::json).collect::<Vec<_>>(),
            "first": self.first.as_ref().map(PathTold::json),
            "in_the_way": self.in_the_way.as_ref().map(InTheWayTold::json),
        });
        json["searched"] = self.searched.json();
        json
    }

    /// The day on which the two could first be seen to hang together, by the paths given.
    pub fn since(&self) -> Option<throughline_model::Day> {
        self.first.iter().chain(&self.paths).map(|path| path.day).min()
    }
}

impl Nearest {
    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        json!({
            "from": self.from.json(),
            "to": null,
            "paths": self.paths.iter().map(PathTold::json).collect::<Vec<_>>(),
            "first": null,
            "in_the_way": null,
            "searched": self.searched.json(),
        })
    }
}

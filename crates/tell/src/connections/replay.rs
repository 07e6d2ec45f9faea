//! What became visible when.

use serde_json::{Value as Json, json};
use throughline_casebook::Result;
use throughline_connect::{Kind, Rule, together};
use throughline_model::{Day, Variable};

use super::path::{PathTold, WordTold};
use super::words::since_json;
use super::{Connections, Named, Searched};

/// What became visible between two days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayTold {
    /// The days, both included.
    pub days: [Day; 2],
    /// New connections, by day.
    pub seen: Vec<SeenTold>,
    /// False leads, by day.
    pub fallen: Vec<FallenTold>,
    /// The incidents asked for, if some were.
    pub series: Vec<Named>,
    /// The first day on which all of them could be seen as one, if they could by the second day.
    pub together: Option<Day>,
    /// Where was looked.
    pub searched: Searched,
}

/// Two incidents that became connected on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenTold {
    /// By which path.
    pub path: PathTold,
    /// What of it became public on that day.
    pub last: Vec<WordTold>,
    /// Of which records mentions were known to be one from that day on.
    pub identities: Vec<Named>,
}

/// A false lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FallenTold {
    /// By which path.
    pub path: PathTold,
    /// What of it is not held.
    pub not_held: Vec<WordTold>,
    /// The day on which the path was gone again, since something of it was taken back;
    /// [`Day::MAX`] where nothing was.
    pub until: Day,
    /// The day on which the two could be seen to hang together by what is held, if they do by the
    /// second day.
    pub held: Option<Day>,
}

impl Connections<'_> {
    /// What became visible between two days, among some incidents or all there are.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn replay(
        &self,
        rule: &Rule,
        days: [Day; 2],
        among: Option<&[usize]>,
    ) -> Result<ReplayTold> {
        let replay = self.network().replay(rule, days[0], days[1], among);
        let mut seen = Vec::new();
        for one in &replay.seen {
            let path = &one.first.path;
            // Parts of one incident are no two.
            if path.steps(self.network()).iter().all(|step| self.is_part(step.first)) {
                continue;
            }
            let (last, path) = (self.last_needed(path)?, self.path(path)?);
            let known = path.identities.iter().filter(|one| one.day == path.day);
            let mut identities: Vec<Named> = known.map(|one| one.record.clone()).collect();
            identities.dedup();
            seen.push(SeenTold { path, last, identities });
        }
        let mut fallen = Vec::new();
        for one in &replay.fallen {
            let first = &one.seen.first;
            let path = self.path(&first.path)?;
            let steps = path.steps.iter().filter(|step| !step.held);
            let not_held = steps.filter_map(|step| step.words.first().cloned()).collect();
            fallen.push(FallenTold { path, not_held, until: first.until, held: one.held });
        }
        let series = among.unwrap_or_default();
        Ok(ReplayTold {
            days,
            seen,
            fallen,
            series: series.iter().map(|record| self.named(*record)).collect::<Result<_>>()?,
            together: match series.len() {
                0 | 1 => None,
                _ => self.together(rule, days[1], series),
            },
            searched: self.searched(rule)?,
        })
    }

    /// Whether a word says that one side is a part of the other.
    fn is_part(&self, word: usize) -> bool {
        self.network().words()[word].kind == Kind::Of(Variable::PartOf)
    }

    /// The first day on which a series could be seen as one, also before the days asked for.
    pub(super) fn together(&self, rule: &Rule, by: Day, series: &[usize]) -> Option<Day> {
        let all = self.network().replay(rule, Day::MIN, by, Some(series)).seen;
        let pairs: Vec<(usize, usize, Day)> =
            all.iter().map(|seen| (seen.a, seen.first.record, seen.first.day)).collect();
        together(series, &pairs)
    }
}

impl ReplayTold {
    /// Whether nothing became visible.
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty() && self.fallen.is_empty()
    }

    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        json!({
            "from": since_json(self.days[0]),
            "to": since_json(self.days[1]),
            "new": self.seen.iter().map(SeenTold::json).collect::<Vec<_>>(),
            "false_leads": self.fallen.iter().map(FallenTold::json).collect::<Vec<_>>(),
            "series": self.series.iter().map(Named::json).collect::<Vec<_>>(),
            "together": self.together.and_then(since_json),
            "searched": self.searched.json(),
        })
    }
}

impl SeenTold {
    fn json(&self) -> Json {
        json!({
            "day": since_json(self.path.day),
            "path": self.path.json(),
            "last": self.last.iter().map(WordTold::json).collect::<Vec<_>>(),
            "identities": self.identities.iter().map(Named::json).collect::<Vec<_>>(),
        })
    }
}

impl FallenTold {
    /// The day from which it misled nobody any more: something of it was taken back, or the two hung
    /// together by what is held; `None` where neither was.
    pub fn gone(&self) -> Option<Day> {
        self.held.into_iter().chain(Some(self.until)).filter(|day| *day < Day::MAX).min()
    }

    fn json(&self) -> Json {
        json!({
            "day": since_json(self.path.day),
            "until": since_json(self.until),
            "held_since": self.held.and_then(since_json),
            "path": self.path.json(),
            "not_held": self.not_held.iter().map(WordTold::json).collect::<Vec<_>>(),
        })
    }
}

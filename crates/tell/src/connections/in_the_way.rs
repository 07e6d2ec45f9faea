//! What stood in the way of seeing a connection earlier.

use serde_json::{Value as Json, json};
use throughline_casebook::Result;
use throughline_connect::{Obstacle, Rule};
use throughline_model::Day;

use super::Connections;
use super::path::{IdentityTold, PathTold, WordTold};
use super::words::since_json;

/// On which day a connection could have been seen, and what stood in the way of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InTheWayTold {
    /// The day on which all that the path needs had been said.
    pub day: Day,
    /// The path that could have been seen.
    pub path: PathTold,
    /// What stood in its way, in the order of the path.
    pub obstacles: Vec<ObstacleTold>,
}

/// Something that stood in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObstacleTold {
    /// That two mentions are one subject could be seen only later; with what each is called.
    Apart(Box<IdentityTold>, [String; 2]),
    /// It was said and taken back, and is held today by another word.
    TakenBack(Box<WordTold>),
}

impl Connections<'_> {
    /// What stood in the way of seeing on an earlier day that two incidents hang together; `None` if
    /// nothing did, or they do not.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn in_the_way(&self, a: usize, b: usize, rule: &Rule) -> Result<Option<InTheWayTold>> {
        let Some(found) = self.network().in_the_way(a, b, rule) else { return Ok(None) };
        let mut obstacles = Vec::new();
        for obstacle in &found.obstacles {
            obstacles.push(match *obstacle {
                Obstacle::Apart(at) => {
                    let identity = self.identity(at)?;
                    let mut called = identity.mentions.map(|id| id.to_string());
                    for (name, mention) in called.iter_mut().zip(identity.mentions) {
                        *name = self.casebook.called(mention)?.unwrap_or_default();
                    }
                    ObstacleTold::Apart(Box::new(identity), called)
                }
                Obstacle::TakenBack(at) => {
                    let word = &self.network().words()[at];
                    let from = self.network().record_at(word.from).unwrap_or_default();
                    ObstacleTold::TakenBack(Box::new(self.word(at, from)?))
                }
            });
        }
        let path = self.path(&found.path)?;
        Ok(Some(InTheWayTold { day: found.day, path, obstacles }))
    }
}

impl InTheWayTold {
    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        json!({
            "since": since_json(self.day),
            "path": self.path.json(),
            "obstacles": self.obstacles.iter().map(ObstacleTold::json).collect::<Vec<_>>(),
        })
    }
}

impl ObstacleTold {
    fn json(&self) -> Json {
        match self {
            ObstacleTold::Apart(identity, called) => {
                json!({"what": "apart", "identity": identity.json(), "called": called})
            }
            ObstacleTold::TakenBack(word) => json!({"what": "taken-back", "said": word.json()}),
        }
    }
}

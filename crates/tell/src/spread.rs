//! How a picture or a name spread: where it came first, who passed it on, where it was corrected.
//!
//! - `followed`: which documents are on the way, and who is spoken of in them;
//! - `people`: what is said of a person, and what takes it back;
//! - [`words`]: what a step says of itself and of others.

mod followed;
mod people;
pub mod words;

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use throughline_casebook::{AssertionRow, Casebook, Result, Step};
use throughline_model::{AsOf, MentionId, PictureId, Sha256};
use throughline_picture::Likeness;

pub use people::Person;

use crate::document::passed_json;
use crate::evidence;
use crate::record::status;
use crate::words::namer;

/// What is followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A picture.
    Picture {
        /// The hash of its bytes.
        sha256: Sha256,
        /// What it looks like, where that is known.
        likeness: Option<Likeness>,
    },
    /// A person by one mention, or all who go by one name.
    People(Vec<MentionId>),
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spread {
    /// What was asked for.
    pub asked: Asked,
    /// As of which dates.
    pub as_of: AsOf,
    /// The documents on the way, in order of time.
    pub steps: Vec<Step>,
    /// How many documents are left out of a view as of a day since they are undated.
    pub undated: usize,
    /// The pictures on the way, with how far each is from the one asked for.
    pub pictures: BTreeMap<Sha256, u32>,
    /// Who is accused or cleared in these documents; or the one asked for.
    pub people: Vec<Person>,
    /// Others who go by one of their names today, of whom something is held: a view of an earlier day
    /// must not accuse again one who was cleared since.
    pub today: Vec<Today>,
}

/// Somebody as the casebook has him today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Today {
    /// The record.
    pub id: MentionId,
    /// Its name.
    pub name: String,
    /// The status held today, in words.
    pub status: String,
}

impl Spread {
    /// Follows a picture or people, as of two dates.
    ///
    /// It goes through the names of all people: seconds in a casebook of a hundred thousand documents.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn follow(casebook: &Casebook, asked: Asked, as_of: AsOf) -> Result<Spread> {
        match asked {
            Asked::Picture { .. } => followed::picture(casebook, asked, as_of),
            Asked::People(mentions) => followed::people(casebook, mentions, as_of),
        }
    }

    /// The pictures of a step that are followed, with how far each is from the one asked for.
    pub fn pictures_of(&self, step: &Step) -> Vec<(Sha256, u32)> {
        let own = step.document.pictures.iter().filter_map(|picture| picture.sha256);
        own.filter_map(|one| Some((one, *self.pictures.get(&one)?))).collect()
    }

    /// What is said of the people followed in the document of a step.
    pub fn said_in(&self, step: &Step) -> Vec<&AssertionRow> {
        self.people
            .iter()
            .flat_map(|one| one.said.iter().chain(&one.corrected))
            .filter(|row| row.evidence.assertion.document == step.row.id)
            .collect()
    }

    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let (picture, person) = match &self.asked {
            Asked::Picture { sha256, .. } => (Some(PictureId::of_bytes(*sha256).to_string()), None),
            Asked::People(_) => (None, self.people.first().map(|one| one.id.to_string())),
        };
        let today = self
            .today
            .iter()
            .map(|one| json!({"id": one.id.to_string(), "name": one.name, "status": one.status}));
        json!({
            "picture": picture,
            "person": person,
            "as_of": self.as_of.published.map(|day| day.to_string()),
            "recorded_by": self.as_of.recorded.map(|moment| moment.to_string()),
            "undated": self.undated,
            "steps": self.steps.iter().map(|step| self.step_json(step)).collect::<Vec<_>>(),
            "today": today.collect::<Vec<_>>(),
            "people": self.people.iter().map(person_json).collect::<Vec<_>>(),
        })
    }

    fn step_json(&self, step: &Step) -> Json {
        let document = &step.document;
        let pictures = self.pictures_of(step).into_iter().map(|(one, distance)| {
            json!({"picture": PictureId::of_bytes(one).to_string(), "distance": distance})
        });
        json!({
            "document": step.row.id.to_string(),
            "source": step.row.source,
            "item": document.item,
            "published": step.row.published.as_ref().map(ToString::to_string),
            "published_at": document.published_at.as_ref().map(ToString::to_string),
            "modified": document.modified.as_ref().map(ToString::to_string),
            "text": words::excerpt(document),
            "pictures": pictures.collect::<Vec<_>>(),
            "passed": step.passed.iter().map(passed_json).collect::<Vec<_>>(),
        })
    }
}

fn person_json(one: &Person) -> Json {
    let rows = |rows: &[AssertionRow]| -> Vec<Json> {
        rows.iter().map(|row| evidence::json(&row.evidence, &namer(&row.names))).collect()
    };
    json!({
        "id": one.id.to_string(),
        "name": one.name,
        "namesake": one.namesake,
        "status": status(&one.shown),
        "present_status": one.present.as_ref().map(status),
        "said": rows(&one.said),
        "corrected": rows(&one.corrected),
    })
}

/// The words of a name in lower case, without what stands around them: how names are compared.
pub fn name_words(text: &str) -> Vec<String> {
    let letters =
        |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    text.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect()
}

//! Pictures of documents: what is known of one, and which others look like it.

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, PictureRow, Result};
use throughline_model::PictureId;
use throughline_picture::{ALIKE, Kind, Look, Unseen};

/// A picture with the others that look like it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureTold {
    /// The picture, and the first document that has it.
    pub row: PictureRow,
    /// The others, with how many bits of their likenesses differ, nearest first.
    pub alike: Vec<(PictureId, u32)>,
}

impl PictureTold {
    /// Looks for the others.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn gather(casebook: &Casebook, row: PictureRow) -> Result<PictureTold> {
        let mut alike = Vec::new();
        if let Some(Look { likeness: Ok(likeness), .. }) = &row.look {
            let found = casebook.alike(likeness, ALIKE)?.into_iter();
            let others = found.filter(|(sha256, _)| *sha256 != row.sha256);
            alike.extend(others.map(|(sha256, far)| (PictureId::of_bytes(sha256), far)));
        }
        Ok(PictureTold { row, alike })
    }

    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let row = &self.row;
        let look = row.look.as_ref();
        let alike = self
            .alike
            .iter()
            .map(|(id, distance)| json!({"picture": id.to_string(), "distance": distance}));
        json!({
            "id": row.id.to_string(),
            "sha256": row.sha256.to_string(),
            "format": look.and_then(|look| look.kind).map(Kind::name),
            "width": look.and_then(|look| look.size).map(|(width, _)| width),
            "height": look.and_then(|look| look.size).map(|(_, height)| height),
            "held": look.is_some(),
            "not_compared": look.and_then(|look| look.likeness.err()).map(Unseen::name),
            "documents": row.documents,
            "first": row.first.id.to_string(),
            "published": row.first.published.as_ref().map(ToString::to_string),
            "source": row.first.source,
            "alike": alike.collect::<Vec<_>>(),
        })
    }
}

/// `640 × 480 jpeg`, and why it was not looked at where it was not.
pub fn looks(look: Option<&Look>) -> String {
    let Some(look) = look else { return "bytes not held".to_owned() };
    let size = look.size.map(|(width, height)| format!("{width} × {height}"));
    let kind = look.kind.map(|kind| kind.name().to_owned());
    let mut words: Vec<String> = size.into_iter().chain(kind).collect();
    if let Err(unseen) = look.likeness {
        words.push(format!("({unseen}: not compared)"));
    }
    words.join(" ")
}

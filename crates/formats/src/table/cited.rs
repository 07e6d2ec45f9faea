//! The document that a row cites.

use throughline_model::{Document, Fingerprint, Passage, Sha256};

use super::fault::Fault;
use super::map::Map;
use super::split;
use super::template::{Cells, Template};

impl Map {
    /// The cited place, as a document of its own: a row that is corrected in a later edition cites
    /// another work and stands beside it.
    pub(super) fn document(&self, cells: &Cells) -> Result<Document, Fault> {
        let (work, place) = (self.work.fill(cells), self.place.fill(cells));
        let missing = |template: &Template, what: &str| Fault {
            column: template.first(),
            what: format!("the {what} that the row cites is empty"),
        };
        if work.is_empty() {
            return Err(missing(&self.work, "work"));
        }
        if place.is_empty() {
            return Err(missing(&self.place, "place"));
        }
        let published = match &self.published {
            None => None,
            Some(template) => match template.fill(cells).as_str() {
                "" => None,
                text => Some(text.parse().map_err(|error: throughline_model::EdtfError| {
                    Fault { column: template.first(), what: error.to_string() }
                })?),
            },
        };
        let source = self.source.as_ref().map(|template| template.fill(cells));
        let key = Fingerprint::new("cited place").field(work.as_bytes()).field(place.as_bytes());
        let sha256 = Sha256::of(&key.finish().0);
        Ok(Document {
            source: Some(
                source.filter(|source| !source.is_empty()).unwrap_or_else(|| work.clone()),
            ),
            title: Some(format!("{work}, {place}")),
            published,
            ..Document::bare(sha256)
        })
    }

    /// Where the row's words stand.
    pub(super) fn passage(&self, cells: &Cells) -> Passage {
        Passage::Cited { work: self.work.fill(cells), place: self.place.fill(cells) }
    }

    /// What the row's incident is called, in one line: a cell can hold several values, with a bar or a
    /// line's end between them.
    pub(super) fn called(&self, cells: &Cells) -> String {
        let named = self.name.fill(cells);
        let parts = split(&named);
        let parts = parts.iter().flat_map(|part| part.lines()).map(str::trim);
        let named = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        if named.is_empty() { cells.get(&self.id).to_owned() } else { named }
    }
}

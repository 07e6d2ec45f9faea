//! One value of a row, as its cell spells it: in relation to whom, and what.

use throughline_model::{Mention, MentionId, SubjectKind, Value, ValueShape};

use super::UNKNOWABLE;
use super::cell::{read_named, read_party};
use super::fault::Fault;
use super::map::{Entry, Judged, Party};
use super::row::Row;
use crate::spelling::read_value;

/// A value with the mentions that it brings along; they enter the reading only with it.
pub(super) struct Spelled {
    pub(super) party: Option<MentionId>,
    /// `None` where it cannot be known.
    pub(super) value: Option<Value>,
    pub(super) mentions: Vec<Mention>,
}

impl Row<'_> {
    /// What a text spells; `None` where it names nobody, such as a name withheld. That a value cannot
    /// be known is said by findings alone.
    pub(super) fn spelled(
        &self,
        entry: &Entry,
        text: &str,
        judged: Judged,
    ) -> Result<Option<Spelled>, Fault> {
        let mut mentions = Vec::new();
        let (party, text) = match &entry.party {
            Party::None => (None, text.to_owned()),
            Party::Incident => (Some(self.incident), text.to_owned()),
            Party::Label(label) => (self.labels.get(label.as_str()).copied(), text.to_owned()),
            Party::Named(kind) => {
                let (party, text) = read_party(text);
                let party = party.filter(|name| !entry.is_blank(name));
                (party.map(|name| self.named(*kind, name, &mut mentions)), text)
            }
        };
        if entry.is_blank(&text) {
            return Ok(None);
        }
        let value = match entry.variable.shape() {
            _ if judged == Judged::Found && text == UNKNOWABLE => None,
            ValueShape::Mention => Some(Value::Mention(match self.row_called(entry, &text) {
                Some(row) => row,
                None => {
                    let (_, name) = self.kind_and_name(entry.kind, &text);
                    if entry.is_blank(name) {
                        return Ok(None);
                    }
                    self.named(entry.kind, &text, &mut mentions)
                }
            })),
            _ => Some(
                read_value(entry.variable, &text)
                    .map_err(|error| Fault { column: entry.column(), what: error.to_string() })?,
            ),
        };
        Ok(Some(Spelled { party, value, mentions }))
    }

    /// The incident of another row, where the column names rows.
    fn row_called(&self, entry: &Entry, text: &str) -> Option<MentionId> {
        let row = self.rows.get(text).filter(|_| entry.rows)?;
        (*row != self.incident).then_some(*row)
    }

    fn kind_and_name<'t>(&self, column: SubjectKind, text: &'t str) -> (SubjectKind, &'t str) {
        if self.map.kinds { read_named(column, text) } else { (column, text) }
    }

    fn named(&self, column: SubjectKind, text: &str, new: &mut Vec<Mention>) -> MentionId {
        let (kind, name) = self.kind_and_name(column, text);
        let mention = Mention::new(kind, self.coded.document.id, self.passage.clone(), name);
        let id = mention.id;
        new.push(mention);
        id
    }
}

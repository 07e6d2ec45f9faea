//! A map from records: where incidents happened, and what else has places.

use std::collections::{BTreeMap, BTreeSet};

use throughline_casebook::Result;
use throughline_model::{MentionId, SubjectKind};
use throughline_tell::place::PlaceTold;

use super::ties::RawTie;
use super::{Catalog, Gathered, date_of, date_words};
use crate::{Lies, Located, Map, Standing, View};

impl Catalog<'_> {
    /// Where the incidents and claims of a record lie, or all there are, and the places of the people
    /// and groups tied to them: where somebody travelled, what he belongs to.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn map(&self, of: Option<MentionId>, view: Option<View>) -> Result<Gathered<Map>> {
        let of = of.and_then(|id| self.record(id));
        let mut on: BTreeSet<MentionId> = self.deeds(of).into_iter().chain(of).collect();
        let actor = |id: &MentionId| matches!(id.kind(), SubjectKind::Person | SubjectKind::Group);
        // Of a person or a group, no other's ways.
        if !of.as_ref().is_some_and(actor) {
            let deeds: Vec<MentionId> = on.iter().copied().collect();
            on.extend(deeds.into_iter().flat_map(|id| self.neighbours(id)).filter(actor));
        }
        let mut things = Vec::new();
        let mut left_out = 0;
        for id in self.in_order(on) {
            let own = self.ties.around(id).filter(|tie| tie.from == id);
            let own = own.filter(|tie| tie.to.kind() == SubjectKind::Place);
            let own: Vec<&RawTie> = own.collect();
            if own.is_empty() {
                // Whoever has no place is nowhere missed; an incident is.
                if id.kind() == SubjectKind::Incident {
                    things.push(self.located(id)?);
                }
                continue;
            }
            let Some(view) = self.casebook.record(id, self.as_of)? else { continue };
            for raw in own {
                let index = BTreeMap::from([(raw.from, 0), (raw.to, 1)]);
                let Some(tie) = self.tie(raw, &view, &index) else {
                    left_out += 1;
                    continue;
                };
                things.push(Located {
                    relation: tie.relation,
                    place: self.name(raw.to),
                    place_id: self.id(raw.to),
                    lies: self.lies(raw.to)?,
                    standing: tie.standing,
                    basis: tie.basis,
                    said_by: tie.said_by,
                    published: tie.published,
                    ..self.located(id)?
                });
            }
        }
        let title = match of {
            Some(of) => format!("{}: where it lies", self.name(of)),
            None => "Where incidents happened, and what else has a place".to_owned(),
        };
        let marks = match left_out {
            0 => Vec::new(),
            1 => vec!["1 place is left out, since what says so was taken back, or accuses without judgment.".to_owned()],
            many => vec![format!("{many} places are left out, since what says so was taken back, or accuses without judgment.")],
        };
        Ok(Gathered { shown: Map { things, view }, title, marks })
    }

    /// A record, as yet without a place.
    fn located(&self, id: MentionId) -> Result<Located> {
        let beneath = match id.kind() {
            SubjectKind::Person => self.status(id)?,
            _ => {
                let date = self.rows.get(&id).and_then(date_of);
                date.map(|(date, held)| date_words(date, held)).unwrap_or_default()
            }
        };
        Ok(Located {
            kind: id.kind(),
            name: self.name(id),
            beneath,
            id: self.id(id),
            relation: String::new(),
            place: String::new(),
            place_id: String::new(),
            lies: None,
            standing: Standing::Proposed,
            basis: String::new(),
            said_by: String::new(),
            published: String::new(),
        })
    }

    /// Where a place lies, by what its documents mean with its name; it is looked up once.
    fn lies(&self, place: MentionId) -> Result<Option<Lies>> {
        if let Some(known) = self.lying.borrow().get(&place) {
            return Ok(known.clone());
        }
        let told = match self.casebook.shown(place, self.as_of, 1)? {
            Some(view) if self.is_told(place) => PlaceTold::gather(self.casebook, &view)?,
            _ => None,
        };
        let lies = told.map(|told| {
            let entry = told.entry();
            Lies {
                name: told.name(),
                country: entry.country.to_owned(),
                point: entry.point,
                precision: entry.kind.precision(),
                radius_km: entry.radius_km,
                percent: told.percent(),
            }
        });
        self.lying.borrow_mut().insert(place, lies.clone());
        Ok(lies)
    }

    /// Whether every name of a place may be told. One that is called as somebody is whose name is withheld
    /// is put nowhere, since where it lies would spell the name.
    fn is_told(&self, place: MentionId) -> bool {
        let Some(row) = self.rows.get(&place) else { return false };
        let own = &row.record.mentions;
        let names = row.mentions.iter().map(|(id, (_, name))| (*id, name));
        names
            .chain([(place, &row.record.name)])
            .all(|(id, name)| self.veil.name(id, own, name).as_ref() == Some(name))
    }
}

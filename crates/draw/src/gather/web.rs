//! A network from records: around one of them, or over all.

use std::collections::{BTreeMap, BTreeSet};

use throughline_casebook::{RecordView, Result};
use throughline_model::{AsOf, Basis, Day, Edtf, Holding, MentionId, SubjectKind, Variable};
use throughline_tell::words;

use super::ties::RawTie;
use super::{Catalog, Gathered, basis, date_of, date_words, rests_on, standing};
use crate::{Network, Node, Standing, Tie};

/// How far from what it is drawn around a network reaches.
const RINGS: usize = 2;

impl Catalog<'_> {
    /// The network around a record, two steps far, or over all incidents; at most `most` nodes.
    ///
    /// Around a record the nearer come first. Over all, incidents come by the day on which they
    /// happened, each with all that is tied to it, as long as there is room.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn network(&self, around: Option<MentionId>, most: usize) -> Result<Gathered<Network>> {
        let around = around.and_then(|id| self.record(id));
        let (chosen, mut marks) = match around {
            Some(around) => self.chosen_around(around, most),
            None => self.chosen_of_all(most),
        };
        let index: BTreeMap<MentionId, usize> =
            chosen.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        let mut ties = Vec::new();
        let mut left_out = 0;
        for &id in &chosen {
            let own = self.ties.around(id).filter(|tie| tie.from == id);
            let own: Vec<&RawTie> = own.filter(|tie| index.contains_key(&tie.to)).collect();
            if own.is_empty() {
                continue;
            }
            let Some(view) = self.casebook.record(id, self.as_of)? else { continue };
            for raw in own {
                match self.tie(raw, &view, &index) {
                    Some(tie) => ties.push(tie),
                    None => left_out += 1,
                }
            }
        }
        // Whoever nothing ties any more does not belong here; an incident stands for itself.
        let tied: BTreeSet<usize> = ties.iter().flat_map(|tie: &Tie| [tie.from, tie.to]).collect();
        let stays = |(at, id): &(usize, &MentionId)| {
            tied.contains(at) || id.kind() == SubjectKind::Incident || around == Some(**id)
        };
        let kept: Vec<(usize, &MentionId)> = chosen.iter().enumerate().filter(stays).collect();
        let moved: BTreeMap<usize, usize> =
            kept.iter().enumerate().map(|(to, (from, _))| (*from, to)).collect();
        for tie in &mut ties {
            (tie.from, tie.to) = (moved[&tie.from], moved[&tie.to]);
        }
        let nodes = kept.into_iter().map(|(_, &id)| self.node(id, around == Some(id)));
        let nodes = nodes.collect::<Result<Vec<Node>>>()?;
        let key = |tie: &Tie| (tie.from, tie.to, tie.relation.clone(), tie.standing);
        ties.sort_by_key(key);
        if left_out > 0 {
            marks.push(match left_out {
                1 => "1 tie is left out, since what says so was taken back, or accuses without judgment.".to_owned(),
                many => format!("{many} ties are left out, since what says so was taken back, or accuses without judgment."),
            });
        }
        let title = match around {
            Some(around) => format!("{}: who and what is tied to it", self.name(around)),
            None => "Incidents, and who and what is tied to them".to_owned(),
        };
        Ok(Gathered { shown: Network { nodes, ties }, title, marks })
    }

    fn chosen_around(&self, around: MentionId, most: usize) -> (Vec<MentionId>, Vec<String>) {
        let (chosen, beyond) = self.rings(around, RINGS, most.max(1));
        let marks = match beyond {
            0 => vec!["Drawn is what is tied to it by one step or two.".to_owned()],
            beyond => vec![format!(
                "Drawn are the nearest {} of {} records that are tied to it by one step or two.",
                chosen.len(),
                chosen.len() + beyond
            )],
        };
        (chosen, marks)
    }

    fn chosen_of_all(&self, most: usize) -> (Vec<MentionId>, Vec<String>) {
        let incidents = self.all(SubjectKind::Incident);
        let mut chosen = Vec::new();
        let mut seen = BTreeSet::new();
        let mut drawn = 0;
        for &incident in &incidents {
            let own: Vec<MentionId> = std::iter::once(incident)
                .chain(self.neighbours(incident))
                .filter(|id| !seen.contains(id))
                .collect();
            if chosen.len() + own.len() > most && !chosen.is_empty() {
                break;
            }
            seen.extend(&own);
            chosen.extend(own);
            drawn += 1;
        }
        let cut = chosen.len() > most;
        chosen.truncate(most);
        // What is tied to what is drawn, but to no incident: affiliations, outlets of groups.
        let more: Vec<MentionId> = chosen.iter().flat_map(|id| self.neighbours(*id)).collect();
        let more = self.in_order(more.into_iter().filter(|id| seen.insert(*id)));
        let more: Vec<MentionId> =
            more.into_iter().filter(|id| id.kind() != SubjectKind::Incident).collect();
        let room = most - chosen.len();
        let dropped = more.len().saturating_sub(room);
        chosen.extend(more.into_iter().take(room));
        let mut marks = Vec::new();
        if drawn < incidents.len() || cut {
            marks.push(format!(
                "Drawn are the first {drawn} of {} incidents by the day on which they happened, each with what \
                 is tied to it.",
                incidents.len()
            ));
        }
        if dropped > 0 {
            marks.push(format!(
                "{dropped} records that are tied to these, and to no incident, are left out."
            ));
        }
        (chosen, marks)
    }

    fn node(&self, id: MentionId, centre: bool) -> Result<Node> {
        let beneath = match id.kind() {
            SubjectKind::Person => self.status(id)?,
            _ => self
                .rows
                .get(&id)
                .and_then(date_of)
                .map(|(date, held)| date_words(date, held))
                .unwrap_or_default(),
        };
        let (kind, name, standing) = (id.kind(), self.name(id), self.looked_at(id));
        Ok(Node { kind, name, beneath, standing, id: self.id(id), centre })
    }

    /// The best of what people made of anything held of a record, or of what ties it to another.
    fn looked_at(&self, id: MentionId) -> Standing {
        let held = |id: MentionId| self.rows.get(&id).map(|row| &row.record.holdings);
        let own = held(id).into_iter().flatten();
        let ties = self.ties.around(id).filter_map(|tie| held(tie.from)?.get(tie.holding));
        let all = own.chain(ties).map(|holding| rests_on(&holding.basis));
        all.min().unwrap_or(Standing::Proposed)
    }

    /// The present status of a person, whatever the dates of the view: last year's view must not
    /// accuse again somebody who has been cleared since.
    pub(super) fn status(&self, person: MentionId) -> Result<String> {
        // What leaves the casebook accuses nobody by name of what no person has judged.
        let named = self.rows.get(&person).is_some_and(|row| {
            let record = &row.record;
            self.veil.name(person, &record.mentions, &record.name).is_some()
        });
        let only_judged = self.veil.withholds() && named;
        let held = |holdings: &[Holding]| {
            use Variable as V;
            let wanted = holdings
                .iter()
                .filter(|held| matches!(held.variable, V::Procedure | V::Fate | V::Cleared))
                .filter(|held| !only_judged || held.basis.is_reviewed());
            let words: Vec<String> = wanted
                .map(|held| {
                    let doubt = if held.basis.is_reviewed() { "" } else { "?" };
                    let contested = if held.contested { " (contested)" } else { "" };
                    format!("{}{doubt}{contested}", words::held(held, &|_| None))
                })
                .collect();
            words.join(", ")
        };
        if self.as_of.is_present() {
            return Ok(self
                .rows
                .get(&person)
                .map(|row| held(&row.record.holdings))
                .unwrap_or_default());
        }
        let today = self.casebook.shown(person, AsOf::default(), 1)?;
        let today = today.map(|view| held(&view.record.holdings)).unwrap_or_default();
        Ok(if today.is_empty() { today } else { format!("today: {today}") })
    }

    /// A tie with who says so; `None` if all that says so must be left out.
    pub(super) fn tie(
        &self,
        raw: &RawTie,
        view: &RecordView,
        index: &BTreeMap<MentionId, usize>,
    ) -> Option<Tie> {
        let holding = self.rows.get(&raw.from)?.record.holdings.get(raw.holding)?;
        let behind = holding.support.iter().filter_map(|id| view.evidence.get(id));
        let names = self.namer(&view.record.mentions, &view.names);
        // The first to say so; of several on one day, by their words, since ids tell of texts.
        let first = behind
            .filter(|one| self.shows(one))
            .map(|one| {
                let said_by = self.said_by(one, &names);
                let day = one.published.as_ref().map_or(Day::MAX, Edtf::latest);
                (day, said_by, one.published.as_ref().map(words::date))
            })
            .min();
        let found = matches!(holding.basis, Basis::Finding(_));
        if first.is_none() && !holding.support.is_empty() && !found {
            return None;
        }
        let (day, said_by, published) = first.unwrap_or((Day::MAX, String::new(), None));
        let standing = match standing(holding) {
            Standing::Contested => Standing::Contested,
            _ if raw.denies => Standing::Denied,
            other => other,
        };
        Some(Tie {
            from: *index.get(&raw.from)?,
            to: *index.get(&raw.to)?,
            relation: raw.relation.clone(),
            standing,
            basis: basis(holding),
            said_by,
            published: published.unwrap_or_default(),
            since: (day != Day::MAX).then_some(day),
        })
    }
}

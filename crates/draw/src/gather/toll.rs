//! Tolls from records: the course of one incident, and what is held of many.

use std::collections::{BTreeMap, BTreeSet};

use throughline_casebook::{EvidenceView, Result};
use throughline_model::{
    Answer, AsOf, Day, Edtf, Figure, Holding, MentionId, Stance, SubjectKind, Value, Variable,
};
use throughline_tell::words;

use super::{Catalog, Gathered, basis, date_of, date_words, standing};
use crate::{Course, Held, Report, Standing, Step, Strand, Toll, Tolls};

/// The tolls that are drawn.
const TOLLS: [Variable; 2] = [Variable::Killed, Variable::Wounded];

impl Catalog<'_> {
    /// What was reported of one incident, and what was in force on each day on which something was.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn course(&self, incident: MentionId) -> Result<Gathered<Course>> {
        let incident = self.record(incident).unwrap_or(incident);
        let title = format!("{}: killed and wounded, as reported", self.name(incident));
        let Some(view) = self.casebook.record(incident, self.as_of)? else {
            return Ok(Gathered { shown: Course::default(), title, marks: Vec::new() });
        };
        let names = self.namer(&view.record.mentions, &view.names);
        let mut days: BTreeMap<Variable, BTreeSet<Day>> = BTreeMap::new();
        let mut strands: BTreeMap<Variable, Strand> =
            TOLLS.into_iter().map(|toll| (toll, Strand::default())).collect();
        for one in view.evidence.values() {
            let said = &one.assertion;
            if !TOLLS.contains(&said.variable) || !self.shows(one) {
                continue;
            }
            let own = days.entry(said.variable).or_default();
            own.extend(one.published.as_ref().map(Edtf::latest));
            if let Some(withdrawal) = one.withdrawn.as_ref().filter(|withdrawal| withdrawal.counts)
            {
                own.insert(withdrawal.on.latest());
            }
            let by = self.said_by(one, &names);
            strands.entry(said.variable).or_default().reports.extend(report(one, by));
        }
        let end =
            view.evidence.values().filter_map(|one| one.published.as_ref()).map(Edtf::latest).max();
        for (variable, strand) in &mut strands {
            strand.what = variable.name().to_owned();
            let key = |report: &Report| {
                let words = (report.said_by.clone(), report.beside.clone());
                (report.published.unwrap_or(Day::MAX), report.figure, words, report.standing)
            };
            strand.reports.sort_by_key(key);
            // A headline and its body are one report.
            strand.reports.dedup();
            let days = days.remove(variable).unwrap_or_default();
            strand.steps = self.steps(incident, *variable, days, end)?;
        }
        let strands = TOLLS.iter().filter_map(|variable| strands.remove(variable)).collect();
        Ok(Gathered { shown: Course { strands }, title, marks: Vec::new() })
    }

    /// What was in force from each of these days on, where it changes.
    fn steps(
        &self,
        incident: MentionId,
        variable: Variable,
        days: BTreeSet<Day>,
        end: Option<Day>,
    ) -> Result<Vec<Step>> {
        let mut steps: Vec<Step> = Vec::new();
        let until = self.as_of.published.unwrap_or(Day::MAX);
        for day in days.into_iter().chain(end).filter(|day| *day <= until && day.civil().is_some())
        {
            let as_of = AsOf { published: Some(day), ..self.as_of };
            let Some(view) = self.casebook.shown(incident, as_of, 0)? else { continue };
            let step = match held(&view.record.holdings, variable) {
                Some(holding) => Step {
                    from: day,
                    figure: figure(holding),
                    standing: Some(standing(holding)),
                    basis: basis(holding),
                },
                None => {
                    let basis = "nothing is held".to_owned();
                    Step { from: day, figure: None, standing: None, basis }
                }
            };
            let same = |last: &Step| (last.figure, &last.basis) == (step.figure, &step.basis);
            if !steps.last().is_some_and(same) {
                steps.push(step);
            }
        }
        steps.sort_by_key(|step| step.from);
        steps.dedup_by(|step, last| (last.figure, &last.basis) == (step.figure, &step.basis));
        Ok(steps)
    }

    /// What is held of the incidents of a record, or of all, by the day on which they happened; at
    /// most `most`, parts beneath what they are part of.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn tolls(&self, of: Option<MentionId>, most: usize) -> Result<Gathered<Tolls>> {
        let of = of.and_then(|id| self.record(id));
        let incidents: Vec<MentionId> =
            self.deeds(of).into_iter().filter(|id| id.kind() == SubjectKind::Incident).collect();
        let whole: BTreeMap<MentionId, MentionId> = incidents
            .iter()
            .filter_map(|id| {
                let mut wholes = self
                    .ties
                    .around(*id)
                    .filter(|tie| tie.from == *id && tie.relation == "part of");
                let whole = wholes.find(|tie| incidents.contains(&tie.to))?.to;
                Some((*id, whole))
            })
            .collect();
        let mut listed: Vec<(MentionId, bool)> = Vec::new();
        for &id in incidents.iter().filter(|id| !whole.contains_key(id)) {
            listed.push((id, false));
            let parts = incidents.iter().filter(|part| whole.get(part) == Some(&id));
            listed.extend(parts.map(|part| (*part, true)));
        }
        // Parts of parts, and what is said to be part of itself.
        let placed: BTreeSet<MentionId> = listed.iter().map(|(id, _)| *id).collect();
        listed.extend(incidents.iter().filter(|id| !placed.contains(id)).map(|id| (*id, false)));
        let mut marks = Vec::new();
        if listed.len() > most {
            marks.push(format!(
                "Drawn are the first {most} of {} incidents by the day on which they happened.",
                listed.len()
            ));
            listed.truncate(most);
        }
        let rows = listed.into_iter().map(|(id, part)| self.toll(id, part)).collect();
        let title = match of {
            Some(of) => format!("{}: killed and wounded", self.name(of)),
            None => "Killed and wounded, by incident".to_owned(),
        };
        Ok(Gathered { shown: Tolls { rows }, title, marks })
    }

    fn toll(&self, id: MentionId, part: bool) -> Toll {
        let row = self.rows.get(&id);
        let of = |variable| {
            let holding = row.and_then(|row| held(&row.record.holdings, variable));
            holding.map_or_else(Held::default, |holding| Held {
                figure: figure(holding),
                standing: Some(standing(holding)),
                basis: basis(holding),
            })
        };
        let when = row.and_then(date_of).map(|(date, held)| date_words(date, held));
        Toll {
            name: self.name(id),
            when: when.unwrap_or_default(),
            id: self.id(id),
            part,
            killed: of(Variable::Killed),
            wounded: of(Variable::Wounded),
        }
    }
}

fn held(holdings: &[Holding], variable: Variable) -> Option<&Holding> {
    holdings.iter().find(|holding| holding.variable == variable)
}

fn figure(holding: &Holding) -> Option<Figure> {
    match holding.value {
        Some(Value::Figure(figure)) => Some(figure),
        _ => None,
    }
}

/// A report of a figure, or of that it is not known; `None` for what is neither.
fn report(one: &EvidenceView, said_by: String) -> Option<Report> {
    let said = &one.assertion;
    let weakest = said.speakers.iter().map(|speaker| speaker.stance).max();
    let figure = match &said.value {
        Value::Figure(_) if weakest == Some(Stance::Unknown) => None,
        Value::Figure(figure) => Some(*figure),
        Value::Answer(Answer::Unknown) => None,
        _ => return None,
    };
    let standing = match weakest {
        Some(Stance::Denied) => Standing::Denied,
        _ if one.accepted => Standing::Accepted,
        _ => Standing::Proposed,
    };
    let mut beside = Vec::new();
    beside.extend(match weakest {
        Some(stance @ (Stance::Hedged | Stance::Questioned)) => Some(stance.name().to_owned()),
        _ => None,
    });
    if let Some(withdrawal) = &one.withdrawn {
        let later = if withdrawal.counts { "" } else { "later " };
        beside.push(format!("{later}taken back on {}", words::date(&withdrawal.on)));
    }
    Some(Report {
        published: one.published.as_ref().map(Edtf::latest),
        when: one.published.as_ref().map(words::date).unwrap_or_default(),
        figure,
        said_by,
        standing,
        beside: beside.join(", "),
    })
}

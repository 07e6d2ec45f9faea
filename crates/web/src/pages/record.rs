//! A record: every value with its evidence, what speaks against it, who judged, and why its mentions
//! are one.

mod beneath;
mod course;
mod people;
mod reports;

use std::collections::BTreeMap;
use std::sync::Arc;

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{EvidenceView, JudgmentRow, Part, RecordView, SHOWN};
use throughline_draw::gather::{Only, Picture, TOLL};
use throughline_formats::codebooks::Codebook;
use throughline_model::{
    Act, AsOf, AssertionId, Basis, DocumentId, Holding, Judgment, JudgmentId, MentionId,
    SubjectKind,
};
use throughline_tell::evidence::best_source;
use throughline_tell::record::{RecordTold, unweighed};

use super::evidence::{day, quoted};
use super::values::{basis, held, value, variable};
use super::{claim, drawing, ids, involvement, judged, status};
use crate::address;
use crate::ask::{Ask, Form};
use crate::desk::{Answer, Page, Room};
use crate::drawer::{Drawn, Sketch};
use crate::judging::{coding, forms};
use crate::layout::{self, Frame, counted};
use crate::trouble::Trouble;
use course::revised;
use people::people;

/// How many pieces of evidence, mentions and joins a page has, and how many when more are asked for.
const MOST: [usize; 2] = [SHOWN, 2_000];

/// Of how many people named on an earlier view the present status is given.
const PEOPLE: usize = 12;

/// The word in addresses that asks for more evidence.
pub(crate) const MORE: &str = "more";

struct RecordPage {
    told: RecordTold,
    judges: BTreeMap<JudgmentId, JudgmentRow>,
    /// The present records of people whom this earlier view speaks of.
    today: Vec<RecordView>,
    /// Of how many more the present status is not given.
    others: usize,
    /// What coders coded of it, and the codebook, where people judge.
    coded: Option<(Vec<JudgmentRow>, Codebook)>,
    most: usize,
    /// The people of an incident as they are held in this view, and of how many more they are not given.
    cast: Vec<RecordView>,
    uncast: usize,
    /// The figures reported of an incident, as a drawing, where several were.
    toll: Option<Arc<Drawn>>,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let typed = ask.id.as_deref().unwrap_or_default();
    let id = ids::mention(room, typed)?;
    let most = if ask.typed(MORE).is_some() { MOST[1] } else { MOST[0] };
    let Some(mut told) = RecordTold::gather(room.casebook, id, ask.as_of, most)? else {
        return Err(out_of_view(room, id)?);
    };
    room.edition.trim(&mut told.shown);
    told.present.iter_mut().for_each(|present| room.edition.trim(present));
    told.notes.retain(|(note, _)| note.assertion.is_none_or(|id| room.edition.carries(id)));
    let kind = told.shown.record.id.kind();
    let few = told.shown.left_out.mentions == 0;
    // Values of earlier days and whole texts are not gone through for readers, and JSON is that of the
    // command.
    let deed = matches!(kind, SubjectKind::Incident | SubjectKind::Claim | SubjectKind::Set);
    if room.edition.is_desk() && ask.form == Form::Html && deed {
        told = told.with_reports(room.casebook)?;
        if few {
            told = told.with_history(room.casebook, ask.as_of)?;
        }
    }
    let own = address::record(told.shown.record.id);
    if own != ask.path {
        // An id of any mention leads to its record.
        let more = ask.typed(MORE).map(|_| format!("?{MORE}=yes")).unwrap_or_default();
        return Ok(Answer::Elsewhere(format!("{own}{more}")));
    }
    let mut judges = BTreeMap::new();
    let of_values = told.shown.record.holdings.iter().filter_map(|one| match one.basis {
        Basis::Finding(id) | Basis::Accepted(id) => Some(id),
        Basis::Proposal(_) => None,
    });
    for id in of_values.chain(told.shown.record.joins.iter().filter_map(|join| join.judgment)) {
        if let Some(found) = room.casebook.judgment(id)? {
            judges.insert(id, found);
        }
    }
    let (mut today, mut others) = (Vec::new(), 0);
    if !ask.as_of.is_present() {
        for person in people(&told.shown) {
            if today.len() == PEOPLE {
                others += 1;
            } else if let Some(mut now) = room.casebook.shown(person, AsOf::default(), MOST[0])? {
                room.edition.trim(&mut now);
                // Several mentions may be one person today, perhaps the one this page is on.
                let known = today.iter().chain(&told.present);
                if !known.into_iter().any(|other: &RecordView| other.record.id == now.record.id) {
                    today.push(now);
                }
            }
        }
    }
    let coded = match room.judges() && ask.as_of.is_present() {
        true => {
            let mentions = &told.shown.record.mentions;
            let is_own = |judgment: &Judgment| match &judgment.act {
                Act::Code(target) => mentions.contains(&target.subject),
                _ => false,
            };
            let part = Part { from: 0, many: MOST[0] };
            let (_, rows) =
                room.casebook.judgments_part(|one, _, in_force| in_force && is_own(one), part)?;
            Some((rows, room.casebook.codebook()?.codebook))
        }
        false => None,
    };
    let (mut cast, mut uncast) = (Vec::new(), 0);
    let mut toll = None;
    if kind == SubjectKind::Incident && ask.form == Form::Html && room.edition.is_desk() {
        let all = people(&told.shown);
        uncast = all.len().saturating_sub(PEOPLE);
        // Of an earlier view the present status stands first, and this would stand beside it.
        if ask.as_of.is_present() {
            for person in all.into_iter().take(PEOPLE) {
                if let Some(mut own) = room.casebook.shown(person, ask.as_of, MOST[0])? {
                    room.edition.trim(&mut own);
                    if !cast.iter().any(|one: &RecordView| one.record.id == own.record.id) {
                        cast.push(own);
                    }
                }
            }
        }
        if revised(&told.shown) && drawing::draws(room)? {
            toll = room.drawn(Sketch {
                picture: Picture::Toll { most: TOLL },
                of: Some(told.shown.record.id),
                as_of: ask.as_of,
                only: Only::default(),
            })?;
        }
    }
    Ok(Answer::page(RecordPage { told, judges, today, others, coded, most, cast, uncast, toll }))
}

/// A record that is not in view as of the dates asked for, or in no reading any more.
pub(super) fn out_of_view(room: &Room, id: MentionId) -> Result<Trouble, Trouble> {
    Ok(match room.casebook.shown(id, AsOf::default(), 0)? {
        Some(present) => {
            let first = present.record.first_published.as_ref();
            let first = first.map_or_else(|| "on no known day".to_owned(), ToString::to_string);
            Trouble::missing(
                format!(
                    "{id} was not published, or not recorded here, by the dates asked for; it was \
                     first published {first}."
                ),
                "Show the present, or a later day.",
            )
        }
        None => Trouble::missing(
            format!("{id} was read once, and is in no reading now."),
            "A newer reading of its document does not give it; search for its words.",
        ),
    })
}

impl Page for RecordPage {
    fn title(&self) -> String {
        self.told.shown.record.name.clone()
    }

    fn json(&self) -> Json {
        json!([self.told.json()])
    }

    fn html(&self, frame: &Frame) -> Markup {
        let shown = &self.told.shown;
        let rest = unweighed(shown);
        html! {
            (self.head(frame))
            (drawing::links(frame, Some(shown.record.id)))
            @if let Some(present) = &self.told.present { (status::aside(frame, present)) }
            (self.people(frame))
            section.values aria-labelledby="values" {
                h2 #values { "What is held" }
                @if shown.record.holdings.is_empty() { p { "Nothing." } }
                @for (number, holding) in (1..).zip(&shown.record.holdings) {
                    (self.value(frame, holding, &format!("value-{number}")))
                }
                @if let Some((coded, codebook)) = &self.coded {
                    (self.coded(frame, coded))
                    (coding::another(frame, shown.record.id, codebook, &shown.record.holdings))
                    (forms::term_lists(codebook))
                }
            }
            (self.tolls(frame))
            (self.cast(frame))
            (self.located(frame))
            (self.history(frame))
            (involvement::section(frame, shown))
            @if let Some(told) = &self.told.claim { (claim::section(frame, told)) }
            @if let Some(claims) = &self.told.claims { (claim::record(frame, claims)) }
            @if !rest.is_empty() {
                section.rest aria-labelledby="rest" {
                    h2 #rest { "Said, and counted neither for nor against a value" }
                    @for one in rest { (self.unweighed(frame, one)) }
                }
            }
            (self.reports(frame))
            (self.left(frame))
            (self.notes(frame))
            (self.joins(frame))
        }
    }
}

impl RecordPage {
    fn head(&self, frame: &Frame) -> Markup {
        let (shown, record) = (&self.told.shown, &self.told.shown.record);
        let documents: std::collections::BTreeSet<DocumentId> =
            shown.evidence.values().map(|one| one.assertion.document).collect();
        let mentions = (record.mentions.len() + shown.left_out.mentions) as u64;
        html! {
            header.subject {
                p.kind {
                    a href=(frame.to(address::list(record.id.kind()))) { (layout::capital(record.id.kind().name())) }
                    " " code { (record.id) }
                }
                h1 { (frame.name(record.id, &record.name)) }
                p {
                    "First published " (day(record.first_published.as_ref())) "; "
                    (counted(mentions, "mention", "mentions")) ", evidence from "
                    (counted(documents.len() as u64, "document", "documents"))
                    @if shown.left_out.evidence > 0 { " of those shown" }
                    "."
                }
            }
        }
    }

    /// Where a place lies, as far as the gazetteer knows.
    fn located(&self, frame: &Frame) -> Markup {
        let Some(place) = &self.told.place else { return html! {} };
        html! {
            section.located aria-labelledby="located" {
                h2 #located { "Where it lies" }
                p.about { "Proposed by the gazetteer for the documents that name it. Nobody has judged it." }
                @for line in place.words() { p { (frame.words(&line)) } }
            }
        }
    }

    fn value(&self, frame: &Frame, holding: &Holding, place: &str) -> Markup {
        let names = &self.told.shown.names;
        html! {
            section.value id=[frame.judging.map(|_| place)] data-state=[frame.judging.map(|_| match holding.basis {
                Basis::Proposal(_) => "open",
                Basis::Accepted(_) | Basis::Finding(_) => "decided",
            })] {
                h3 {
                    (variable(frame, holding.variable, holding.party, names)) ": "
                    strong { (held(frame, holding, names)) }
                }
                p.rests {
                    (basis(holding))
                    @match &holding.basis {
                        Basis::Finding(id) | Basis::Accepted(id) => {
                            @if let Some((judgment, recorded, in_force)) = self.judges.get(id) {
                                " " (judged::by(frame, judgment, *recorded, *in_force))
                            }
                        }
                        Basis::Proposal(rule) => { ", not reviewed: " (rule) }
                    }
                    @if holding.voices > 0 { "; " (counted(holding.voices.into(), "voice", "voices")) }
                    @if let Some(grade) = best_source(&self.told.shown.evidence, &holding.support) {
                        "; best source " (grade) ", " (grade.means())
                    }
                }
                @if !holding.rivals.is_empty() {
                    p.rivals {
                        "Put forward instead: "
                        @for (at, rival) in holding.rivals.iter().enumerate() {
                            @if at > 0 { ", " }
                            @match rival {
                                Some(other) => strong { (value(frame, other, names)) },
                                None => "that it is not so, or cannot be known",
                            }
                        }
                        "."
                    }
                }
                (forms::finding(frame, self.told.shown.record.id, holding, &self.accepted(holding), place))
                (coding::coding(frame, self.told.shown.record.id, holding, place))
                @if let Basis::Finding(id) = holding.basis { (forms::undo(frame, id, place)) }
                (self.side(frame, "For", &holding.support, place))
                (self.side(frame, "Against", &holding.against, place))
            }
        }
    }

    /// What coders coded, each beside the others.
    fn coded(&self, frame: &Frame, rows: &[JudgmentRow]) -> Markup {
        html! {
            @if !rows.is_empty() {
                section.coded aria-labelledby="coded" {
                    h3 #coded { "Coded, which settles nothing until it is adjudicated" }
                    @for (judgment, recorded, in_force) in rows {
                        p.judged {
                            (self.answered(frame, judgment)) ", "
                            (judged::by(frame, judgment, *recorded, *in_force))
                        }
                        (forms::undo(frame, judgment.id, "coded"))
                    }
                    p { a href=(frame.to("/coding")) { "All that coders coded" } }
                }
            }
        }
    }

    /// The question of this record that somebody coded, and his answer.
    fn answered(&self, frame: &Frame, judgment: &Judgment) -> Markup {
        let Act::Code(target) = &judgment.act else { return html! {} };
        let names = &self.told.shown.names;
        html! {
            (variable(frame, target.variable, target.party, names)) ": "
            @match &target.value {
                Some(held) => strong { (value(frame, held, names)) },
                None => "cannot be known",
            }
        }
    }

    /// What a finding of the value held would rest on: what was accepted of what speaks for it, or all
    /// of it where nothing was yet.
    fn accepted(&self, holding: &Holding) -> Vec<AssertionId> {
        let evidence = &self.told.shown.evidence;
        let accepted = |id: &&AssertionId| evidence.get(id).is_some_and(|one| one.accepted);
        let own: Vec<AssertionId> = holding.support.iter().filter(accepted).copied().collect();
        if own.is_empty() { holding.support.clone() } else { own }
    }

    fn side(&self, frame: &Frame, side: &str, assertions: &[AssertionId], place: &str) -> Markup {
        let against = side == "Against";
        let shown = &self.told.shown;
        let found: Vec<&EvidenceView> =
            assertions.iter().filter_map(|id| shown.evidence.get(id)).collect();
        let left = assertions.len() - found.len();
        html! {
            @if !assertions.is_empty() {
                div.side.against[against] {
                    h4 { (side) }
                    ul.evidence {
                        @for one in found {
                            li.withdrawn[one.withdrawn.is_some()] {
                                @if against {
                                    p.other { (value(frame, &one.assertion.value, &shown.names)) }
                                }
                                (quoted(frame, one, &shown.names, shown.record.superseded.contains(&one.assertion.id)))
                                @if !one.accepted { (forms::decide(frame, one.assertion.id, place)) }
                            }
                        }
                    }
                    @if left > 0 { p.left { (counted(left as u64, "more says", "more say")) " so." } }
                }
            }
        }
    }

    fn unweighed(&self, frame: &Frame, one: &EvidenceView) -> Markup {
        let shown = &self.told.shown;
        let said = &one.assertion;
        html! {
            div.side {
                h3 {
                    (variable(frame, said.variable, said.party, &shown.names)) ": "
                    (value(frame, &said.value, &shown.names))
                }
                (quoted(frame, one, &shown.names, shown.record.superseded.contains(&said.id)))
            }
        }
    }
}

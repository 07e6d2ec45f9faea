//! What stands beside a count, each on a page of its own: how it is cited, another count it is set
//! against, and the single assertions that it hangs on.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_formats::counts::{self, NamedDefinition, unit_text};
use throughline_model::SubjectKind;
use throughline_tell::beside::{self, Other};
use throughline_tell::citation::Cited;
use throughline_tell::counts::{figure, ground};
use throughline_tell::typed;
use throughline_tell::words::namer;

use super::counts::COUNTING;
use crate::address::{self, escaped};
use crate::ask::Ask;
use crate::counter::{Found, HangsOn, SetAgainst};
use crate::desk::{Answer, Page, Room};
use crate::layout::{self, Frame};
use crate::trouble::Trouble;

/// What a count is set against, in addresses: a day, a moment or the name of a definition.
pub(crate) const AGAINST: &str = "against";

/// How many units and assertions stand on a page.
const MOST: usize = 200;

/// What stands beside a count.
enum What {
    Cited,
    Against(Option<String>),
    HangsOn,
}

struct BesideCount {
    named: NamedDefinition,
    what: What,
    found: Option<Found>,
}

pub(crate) fn cite(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let (named, toml) = saved(room, ask)?;
    let found = room.cited(&toml, ask.as_of, ask.by.clone());
    Ok(Answer::page(BesideCount { named, what: What::Cited, found }))
}

pub(crate) fn against(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let (named, toml) = saved(room, ask)?;
    let Some(typed) = ask.typed(AGAINST) else {
        return Ok(Answer::page(BesideCount { named, what: What::Against(None), found: None }));
    };
    let definitions = room.casebook.definitions()?;
    let text_of = || -> Result<String, typed::Error> {
        let found = definitions.iter().find(|one| one.saved.name == typed);
        found.map(|one| one.saved.toml.clone()).ok_or_else(|| {
            typed::Error::Mistyped(format!(
                "“{typed}” is neither a day, nor a moment, nor the name of a saved count"
            ))
        })
    };
    let other = Other::read(&named, ask.as_of, typed, text_of).map_err(|why| {
        Trouble::refused(
            format!("It cannot be set against that: {why}."),
            "Give a day (2016-05-13), a moment (2026-11-30T19:49Z) or the name of a saved count.",
        )
    })?;
    let found = room.against(&toml, ask.as_of, other);
    Ok(Answer::page(BesideCount { named, what: What::Against(Some(typed.to_owned())), found }))
}

pub(crate) fn sensitivity(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let (named, toml) = saved(room, ask)?;
    let found = room.sensitivity(&toml, ask.as_of);
    Ok(Answer::page(BesideCount { named, what: What::HangsOn, found }))
}

/// The saved definition that an address names.
fn saved(room: &Room, ask: &Ask) -> Result<(NamedDefinition, String), Trouble> {
    let name = ask.id.as_deref().unwrap_or_default();
    let saved = room.casebook.definitions()?;
    let found = saved.into_iter().find(|one| one.saved.name == name).ok_or_else(|| {
        Trouble::missing(
            format!("No definition called “{name}” is saved."),
            "See /counts for those that are.",
        )
    })?;
    let named = counts::read(&found.saved.toml).map_err(|error| {
        Trouble::refused(format!("The definition cannot be read: {error}."), "Save it anew.")
    })?;
    Ok((named, found.saved.toml))
}

impl Page for BesideCount {
    fn title(&self) -> String {
        let what = match &self.what {
            What::Cited => "how it is cited",
            What::Against(_) => "set against another count",
            What::HangsOn => "what it hangs on",
        };
        format!("{}: {what}", self.named.title)
    }

    fn json(&self) -> Json {
        match &self.found {
            None => json!([{"error": "being counted; ask again"}]),
            Some(Found::Failed(why)) => json!([{"error": why}]),
            Some(Found::Cited(cited)) => {
                let cited = cited.citation();
                json!([{"text": cited.text(), "bibtex": cited.bibtex(), "csl": cited.csl()}])
            }
            Some(Found::Against(set)) => beside::shifts_json(&set.shifts),
            Some(Found::HangsOn(on)) => {
                json!([beside::sensitivity_json(&on.sensitivity, &self.named.definition)])
            }
            Some(_) => json!([]),
        }
    }

    fn html(&self, frame: &Frame) -> Markup {
        let own = format!("/counts/{}", escaped(&self.named.name));
        html! {
            header.subject {
                p.kind { a href=(frame.to("/counts")) { "Count" } " " a href=(frame.to(&own)) { (frame.words(&self.named.name)) } }
                h1 { (frame.words(&self.title())) }
                (links(frame, &self.named.name))
            }
            @if let What::Against(typed) = &self.what { (self::form(frame, &self.named.name, typed.as_deref())) }
            @match (&self.what, &self.found) {
                (What::Against(None), _) => {}
                (_, None) => p.notice role="status" { (layout::capital(COUNTING)) "." },
                (What::Cited, Some(Found::Failed(why))) => {
                    p.notice { "Not yet: " (frame.words(why)) "." }
                    p { "What waits to be decided for it stands first in " a href=(frame.to("/queue")) { "the queue" } ", and which units are meant in " a href=(frame.to(&own)) { "the list behind it" } ". As a draft it can be published all the same." }
                }
                (_, Some(Found::Failed(why))) => p.notice { "It cannot be told: " (frame.words(why)) "." },
                (_, Some(Found::Cited(cited))) => (self::cited(frame, cited)),
                (_, Some(Found::Against(set))) => (self.set_against(frame, set)),
                (_, Some(Found::HangsOn(on))) => (self.hangs_on(frame, on)),
                (_, Some(_)) => {}
            }
        }
    }
}

/// Links from a count to what stands beside it.
pub(super) fn links(frame: &Frame, name: &str) -> Markup {
    let own = format!("/counts/{}", escaped(name));
    let all = [
        (own.clone(), "Figure and list"),
        (format!("{own}/cite"), "Cite it"),
        (format!("{own}/against"), "Set it against another"),
        (format!("{own}/sensitivity"), "What it hangs on"),
    ];
    html! {
        @if frame.edition.is_desk() {
            nav.filter aria-label="Of this count" {
                ul {
                    @for (to, words) in &all {
                        li { a href=(frame.to(to)) aria-current=[(frame.ask.path == *to).then_some("true")] { (words) } }
                    }
                }
            }
        }
    }
}

fn form(frame: &Frame, name: &str, typed: Option<&str>) -> Markup {
    html! {
        form.beside method="get" action=(format!("/counts/{}/against", escaped(name))) {
            @for (name, value) in frame.ask.dates() { input type="hidden" name=(name) value=(value); }
            div.field {
                label for="against" { "As of another day, as recorded here by a moment, or by another saved count" }
                input #against type="text" name=(AGAINST) value=[typed] required placeholder="2016-05-13" autocomplete="off" spellcheck="false";
            }
            button type="submit" { "Set them side by side" }
        }
    }
}

fn cited(frame: &Frame, cited: &Cited) -> Markup {
    let cited = cited.citation();
    let csl = serde_json::to_string_pretty(&cited.csl()).unwrap_or_default();
    html! {
        p { "The figure is final. Whoever has this casebook can verify it with the command at the end of the line." }
        @for (title, text) in [("As a line", cited.text()), ("For BibTeX", cited.bibtex()), ("As CSL-JSON", csl)] {
            h2 { (title) }
            pre.citation tabindex="0" { code { (frame.edition.lines(&text)) } }
        }
    }
}

impl BesideCount {
    fn set_against(&self, frame: &Frame, set: &SetAgainst) -> Markup {
        let sum = self.named.definition.sum;
        html! {
            div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                caption.unseen { "The figures of both" }
                thead { tr { th scope="col" { "Reading" } th scope="col" { "Here" } th scope="col" { (layout::capital(&set.called)) } } }
                tbody {
                    @for (name, here, there) in [
                        ("Strict", &set.here.tallies.strict, &set.there.tallies.strict),
                        ("Lenient", &set.here.tallies.lenient, &set.there.tallies.lenient),
                    ] {
                        tr {
                            th scope="row" { (name) }
                            td data-title="Here" { strong { (figure(here, sum)) } }
                            td data-title="There" { strong { (figure(there, sum)) } }
                        }
                    }
                }
            } }
            h2 { "What stands elsewhere" }
            @if set.shifts.is_empty() { p { "No unit stands elsewhere." } } @else {
                div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                    caption.unseen { "Units that stand elsewhere, with why" }
                    thead { tr {
                        th scope="col" { "Unit" } th scope="col" { "Reading" } th scope="col" { "Here" } th scope="col" { "There" }
                        th scope="col" { "Because, here" } th scope="col" { "Because, there" }
                    } }
                    tbody {
                        @for shift in set.shifts.iter().take(MOST) {
                            @let names = namer(&shift.names);
                            tr {
                                th scope="row" { (unit(frame, shift.unit, &shift.name)) }
                                td data-title="Reading" { (beside::reading(shift.reading)) }
                                td data-title="Here" { (shift.from.name()) }
                                td data-title="There" { (shift.to.name()) }
                                @for (title, grounds) in [("Because, here", &shift.before), ("Because, there", &shift.after)] {
                                    td data-title=(title) { ul.cell { @for one in grounds { li { (frame.words(&ground(one, &names))) } } } }
                                }
                            }
                        }
                    }
                } }
                @if shifts_left(set.shifts.len()) > 0 { p { (layout::counted(shifts_left(set.shifts.len()) as u64, "more stands", "more stand")) " elsewhere; the JSON of this page has all." } }
            }
        }
    }

    fn hangs_on(&self, frame: &Frame, on: &HangsOn) -> Markup {
        let (definition, all) = (&self.named.definition, &on.sensitivity);
        html! {
            p.about { "Each assertion on which the place of a unit rests is taken away by itself, as if it had been misread. A finding outlives its evidence: then it is told that no evidence is left." }
            h2 { "If one assertion fell" }
            p {
                (layout::counted(all.tried as u64, "assertion was", "assertions were")) " tried"
                @if all.tried < all.candidates { ", of " (layout::number(all.candidates as u64)) }
                "."
            }
            @if all.hanging.is_empty() { p { "No figure and no member would change with any of them." } } @else {
                div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                    caption.unseen { "Assertions on which the count hangs" }
                    thead { tr { th scope="col" { "Without" } th scope="col" { "Strict" } th scope="col" { "Lenient" } th scope="col" { "What moves" } } }
                    tbody {
                        @for (one, said) in all.hanging.iter().zip(&on.said).take(MOST) {
                            @let [strict, lenient] = beside::figures(&one.tallies, definition);
                            tr {
                                th scope="row" { a href=(frame.to(&address::assertion(one.assertion))) { (frame.words(said)) } }
                                td data-title="Strict" { (strict) @if !one.tallies.strict.is_final() { ", not final" } }
                                td data-title="Lenient" { (lenient) }
                                td data-title="What moves" { ul.cell { @for shift in &one.shifts {
                                    li { (unit(frame, shift.unit, &shift.name)) ": " (shift.from.name()) " → " (shift.to.name()) " (" (beside::reading(shift.reading)) ")" }
                                } } }
                            }
                        }
                    }
                } }
            }
            @if !all.units.is_empty() {
                h2 { "If one unit fell" }
                div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                    caption.unseen { "The figures without one unit" }
                    thead { tr { th scope="col" { "Without" } th scope="col" { "Strict" } th scope="col" { "Lenient" } } }
                    tbody { @for one in all.units.iter().take(MOST) {
                        @let [strict, lenient] = beside::figures(&one.tallies, definition);
                        tr {
                            th scope="row" {
                                @if let ([first], true) = (one.units.as_slice(), one.units.len() == 1) { (unit(frame, *first, &one.name)) }
                                @else { "any one of " (one.units.len()) @if let Some(first) = one.units.first() { ", such as " (unit(frame, *first, &one.name)) } }
                            }
                            td data-title="Strict" { (strict) }
                            td data-title="Lenient" { (lenient) }
                        }
                    } }
                } }
            }
        }
    }
}

fn shifts_left(all: usize) -> usize {
    all.saturating_sub(MOST)
}

/// A unit as a link. A person's part in an incident is told on the person's page alone, beside who says so.
pub(super) fn unit(frame: &Frame, id: throughline_weigh::count::UnitId, name: &str) -> Markup {
    let accuses = id.person.is_some() || id.record.kind() == SubjectKind::Person;
    let to = frame.to(&address::record(id.person.unwrap_or(id.record)));
    html! {
        @if accuses { a href=(to) { code { (unit_text(id)) } } }
        @else { a href=(to) { (frame.name(id.record, name)) } }
    }
}

//! One count: the figure, what is not known, and the list behind each number.

use std::sync::Arc;

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{Counted, CountedUnit, Quoted};
use throughline_formats::counts::{self, NamedDefinition};
use throughline_tell::beside::{self, Beside};
use throughline_tell::counted as told;
use throughline_tell::counts::{amount, figure, ground, mark, typologies, who};
use throughline_tell::words::{date, namer};
use throughline_weigh::count::{Place, Placed, Tally};

use super::beside as beside_count;
use super::counts::COUNTING;
use crate::address;
use crate::ask::{Ask, ROWS};
use crate::counter::Found;
use crate::desk::{Answer, Page, Room};
use crate::judging::fields::TOKEN;
use crate::layout::{self, Frame};
use crate::trouble::Trouble;

/// Of which place of a count the list is, in addresses: in, out, unknown, contested or apart.
pub(crate) const MEMBERS: &str = "members";

/// Whether a count is strict or lenient, in addresses.
pub(crate) const READING: &str = "reading";

struct Count {
    named: NamedDefinition,
    toml: String,
    counted: Option<Arc<Counted>>,
    failure: Option<String>,
    /// Of which place the units are listed, if not of all.
    place: Option<Place>,
    lenient: bool,
    beside: Beside,
    page: usize,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let name = ask.id.as_deref().unwrap_or_default();
    let mut saved = room.casebook.definitions()?;
    saved.retain(|one| room.edition.can_spell(&one.saved.name));
    let Some(found) = saved.iter().find(|one| one.saved.name == name) else {
        let names: Vec<&str> = saved.iter().map(|one| one.saved.name.as_str()).collect();
        let advice = match names.is_empty() {
            true => "None is saved; `throughline count FILE --save` saves one.".to_owned(),
            false => format!("There are {}.", names.join(", ")),
        };
        return Err(Trouble::missing(format!("No definition called “{name}” is saved."), advice));
    };
    let toml = found.saved.toml.clone();
    let named = counts::read(&toml).map_err(|error| {
        Trouble::refused(format!("The definition cannot be read: {error}."), "Save it anew.")
    })?;
    let place = match ask.typed(MEMBERS) {
        None => None,
        Some(typed) => Some(
            Place::LISTED.into_iter().find(|place| place.name() == typed).ok_or_else(|| {
                Trouble::refused(
                    format!("“{typed}” is no place of a count."),
                    "There are in, out, unknown, contested and apart.",
                )
            })?,
        ),
    };
    let lenient = match ask.typed(READING) {
        None | Some("strict") => false,
        Some("lenient") => true,
        Some(typed) => {
            let what = format!("“{typed}” is no reading of a count.");
            return Err(Trouble::refused(what, "There are strict and lenient."));
        }
    };
    let (counted, failure) = match room.counted(&toml, ask.as_of) {
        Some(Found::Counted(counted)) => (Some(counted), None),
        Some(Found::Failed(why)) => (None, Some(why)),
        _ => (None, None),
    };
    let (quoted, unquoted) = room.casebook.quoted(&named.quoted, ask.as_of)?;
    let beside = Beside { quoted, unquoted, ..Beside::default() };
    let page = Count { named, toml, counted, failure, place, lenient, beside, page: ask.page()? };
    if let Some(counted) = &page.counted {
        ask.beyond(page.units(counted).len().saturating_sub((page.page - 1) * ROWS))?;
    }
    Ok(Answer::page(page))
}

impl Count {
    fn placed<'u>(&self, unit: &'u CountedUnit) -> &'u Placed {
        if self.lenient { &unit.placing.lenient } else { &unit.placing.strict }
    }

    fn tally<'c>(&self, counted: &'c Counted) -> &'c Tally {
        if self.lenient { &counted.tallies.lenient } else { &counted.tallies.strict }
    }

    /// The units listed, place by place, as the command lists them.
    fn units<'c>(&self, counted: &'c Counted) -> Vec<&'c CountedUnit> {
        let wanted =
            |unit: &&CountedUnit| self.place.is_none_or(|place| self.placed(unit).place == place);
        let mut units: Vec<&CountedUnit> = counted.units.iter().filter(wanted).collect();
        units.sort_by_key(|unit| self.placed(unit).place);
        units
    }
}

impl Page for Count {
    fn title(&self) -> String {
        self.named.title.clone()
    }

    fn json(&self) -> Json {
        match &self.counted {
            Some(counted) => {
                let units = self.units(counted);
                json!([told::json(
                    &self.named,
                    &self.toml,
                    counted,
                    None,
                    &units,
                    &Beside::default()
                )])
            }
            None => {
                json!([{"name": self.named.name, "error": self.failure.as_deref().unwrap_or("being counted; ask again")}])
            }
        }
    }

    fn neighbours(&self) -> (bool, bool) {
        let many = self.counted.as_ref().map_or(0, |counted| self.units(counted).len());
        (self.page > 1, many > self.page * ROWS)
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            header.subject {
                p.kind { a href=(frame.to("/counts")) { "Count" } " " code { (frame.words(&self.named.name)) } }
                h1 { (frame.words(&self.named.title)) }
                @if let Some(question) = &self.named.question { p { (frame.words(question)) } }
                (beside_count::links(frame, &self.named.name))
            }
            @match (&self.counted, &self.failure) {
                (Some(counted), _) => (self.figures(frame, counted)),
                (None, Some(why)) => p.notice { "It cannot be counted: " (frame.words(why)) "." },
                (None, None) => p.notice role="status" { (layout::capital(COUNTING)) "." },
            }
            details {
                summary { "The definition" }
                @if let Some(notes) = &self.named.notes { p { (frame.words(notes)) } }
                pre { code { (frame.edition.lines(&self.toml)) } }
            }
            (self.publishing(frame))
        }
    }
}

impl Count {
    /// The forms by which the definition is changed and the figure published.
    fn publishing(&self, frame: &Frame) -> Markup {
        let Some(judging) = frame.judging else { return html! {} };
        let is_final =
            self.counted.as_ref().is_some_and(|counted| counted.tallies.strict.is_final());
        html! {
            details {
                summary { "Change the definition …" }
                form.choosing method="post" action="/count" {
                    input type="hidden" name=(TOKEN) value=(judging.token);
                    input type="hidden" name="replaces" value=(self.named.name);
                    div.field {
                        label for="toml" { "Its text; under another name it is another count" }
                        textarea #toml name="toml" rows=(self.toml.lines().count() + 1) spellcheck="false" { (self.toml) }
                    }
                    button type="submit" name="act" value="try" { "Count this text" }
                    " " button type="submit" name="act" value="save" { "Save this text" }
                }
            }
            details {
                summary { "Publish it …" }
                p.hint { "The figures, the places of all units and the state of the casebook are kept in the ledger, so that it can be said later what has become of them." }
                form.choosing method="post" action="/count" {
                    input type="hidden" name=(TOKEN) value=(judging.token);
                    input type="hidden" name="toml" value=(self.toml);
                    div.field {
                        label for="publish-by" { "Who publishes it" }
                        input #publish-by type="text" name="by" required value=[judging.by.map(throughline_tell::terminal::one_line)] maxlength="200";
                    }
                    div.field {
                        label for="publish-where" { "Where: the title of the article or the page" }
                        input #publish-where type="text" name="where" required maxlength="300";
                    }
                    @if !is_final {
                        input type="hidden" name="draft" value="yes";
                        p.hint { "The strict figure is not final, so it is published as a draft." }
                    }
                    button type="submit" name="act" value="publish" { @if is_final { "Publish it" } @else { "Publish a draft" } }
                }
            }
        }
    }

    fn figures(&self, frame: &Frame, counted: &Counted) -> Markup {
        let sum = self.named.definition.sum;
        let units = self.units(counted);
        let rows = units.iter().skip((self.page - 1) * ROWS).take(ROWS);
        let own = format!("/counts/{}", address::escaped(&self.named.name));
        let reading = if self.lenient { "&reading=lenient" } else { "" };
        let other = if self.lenient { "strict" } else { "lenient" };
        html! {
            dl.figures {
                @for (name, tally) in [("Strict", &counted.tallies.strict), ("Lenient", &counted.tallies.lenient)] {
                    div {
                        dt { (name) }
                        dd {
                            strong { (figure(tally, sum)) } " "
                            @if tally.is_final() { span.basis.found { "● final" } }
                            @for (one, units) in tally.marks() {
                                p.mark {
                                    span.basis.proposed { "○ not final" } " " (one.name()) ": " (mark(*one))
                                    @if !units.is_empty() { " (" (layout::counted(units.len() as u64, "unit", "units")) ")" }
                                }
                            }
                        }
                    }
                }
            }
            @if counted.tallies.left_out > 0 {
                p { (layout::counted(counted.tallies.left_out, "more is", "more are")) " left out by what documents say; no finding says so." }
            }
            @if counted.undated > 0 {
                p { (layout::counted(counted.undated, "undated document is", "undated documents are")) " left out: without a date, in no view as of a day." }
            }
            @for one in &counted.nameless { p { "No record goes by " (frame.words(&who(one))) "." } }
            @for why in counted.wordless.iter().chain(&counted.slips) { p { (frame.words(why)) } }
            @for (typology, _) in typologies(&self.named.definition) {
                p { "By the typology " b { (typology.title) } ", version " (typology.version) "." }
            }
            @for one in &self.beside.unquoted {
                p { "No set goes by " (frame.words(&who(one))) ", of which figures are asked for." }
            }
            (self.quoted(frame, counted))
            h2 { "The list behind it" }
            p {
                "By the " strong { @if self.lenient { "lenient" } @else { "strict" } } " reading; "
                a href=(frame.to(&format!("{own}?reading={other}"))) { "the " (other) " one" } ". "
                @for place in Place::LISTED {
                    @let many = self.tally(counted).amount(place);
                    @if many.units > 0 {
                        a href=(frame.to(&format!("{own}?members={}{reading}", place.name())))
                            aria-current=[(self.place == Some(place)).then_some("true")] { (place.name()) }
                        " " (amount(&many, sum)) "; "
                    }
                }
                a href=(frame.to(&format!("{own}?{}", reading.trim_start_matches('&')))) { "all" } "."
            }
            @if units.is_empty() {
                p { "None." }
            } @else {
                div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                    caption.unseen { "Units of the count, by place, then by the day on which they happened" }
                    thead { tr {
                        th scope="col" { "Unit" } th scope="col" { "Date" } th scope="col" { "Strict" } th scope="col" { "Lenient" } th scope="col" { "Because" }
                    } }
                    tbody { @for unit in rows { (self.row(frame, unit)) } }
                } }
            }
            (layout::pager(frame, self.neighbours()))
            p.hashes {
                "Content " code.hash { (counted.head.content) } ", head " code.hash { (counted.head.chain) } "."
            }
        }
    }

    /// The figures that documents quote of the sets that the definition names.
    fn quoted(&self, frame: &Frame, counted: &Counted) -> Markup {
        let carried = |one: &&Quoted| one.support.iter().any(|id| frame.edition.carries(*id));
        let quoted: Vec<Quoted> = self.beside.quoted.iter().filter(carried).cloned().collect();
        html! {
            @if !quoted.is_empty() {
                h2 { "Quoted by documents" }
                ul {
                    @for one in &quoted {
                        li {
                            q { (frame.words(&beside::quoted(one))) } ", of "
                            a href=(frame.to(&address::record(one.set))) { (frame.name(one.set, &one.name)) }
                            ul { @for line in beside::difference(one, counted) { li { (line) } } }
                        }
                    }
                    @for line in beside::same_part(&quoted) { li { (line) "." } }
                }
            }
        }
    }

    fn row(&self, frame: &Frame, unit: &CountedUnit) -> Markup {
        let names = namer(&unit.names);
        html! {
            tr {
                th scope="row" {
                    (beside_count::unit(frame, unit.placing.id, &unit.name))
                }
                td data-title="Date" { @if let Some(happened) = &unit.happened { time { (date(happened)) } } }
                td data-title="Strict" { (unit.placing.strict.place.name()) }
                td data-title="Lenient" { (unit.placing.lenient.place.name()) }
                td data-title="Because" {
                    ul.cell { @for one in &self.placed(unit).grounds { li { (frame.words(&ground(one, &names))) } } }
                }
            }
        }
    }
}

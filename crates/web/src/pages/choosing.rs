//! The page on which a count is chosen: what is counted, out of which, and what puts a unit in.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_formats::codebooks::Codebook;
use throughline_formats::counts;
use throughline_formats::typologies;
use throughline_model::{AsOf, Variable};
use throughline_tell::chosen::{SET, TESTS, TYPOLOGY};
use throughline_tell::counts::{figure, mark};
use throughline_weigh::count::{Level, Unit};

use super::counts::COUNTING;
use crate::ask::Ask;
use crate::counter::Found;
use crate::counting::{LISTS, ROWS, field};
use crate::desk::{Answer, Page, Room};
use crate::judging::fields::{Fields, TOKEN};
use crate::layout::{self, Frame};
use crate::trouble::Trouble;

/// The form, and what came of what was chosen.
pub(crate) struct Choosing {
    codebook: Codebook,
    chosen: Fields,
    /// The definition, if it could be made.
    toml: Option<String>,
    fault: Option<String>,
    found: Option<Found>,
}

pub(crate) fn gather(room: &Room, _ask: &Ask) -> Result<Answer, Trouble> {
    if !room.judges() {
        return Err(Trouble::missing(
            "Nothing is saved through these pages: they are only for reading.",
            "Save a definition with `throughline count FILE --save`.",
        ));
    }
    let codebook = room.casebook.codebook()?.codebook;
    let chosen = Fields::default();
    Ok(Answer::page(Choosing { codebook, chosen, toml: None, fault: None, found: None }))
}

/// What was chosen, counted at present where it can be.
pub(crate) fn tried(
    room: &Room,
    _ask: &Ask,
    fields: &Fields,
    toml: Option<String>,
    fault: Option<String>,
) -> Result<Choosing, Trouble> {
    let found = match (&toml, &fault) {
        (Some(toml), None) => room.counted(toml, AsOf::default()),
        _ => None,
    };
    let codebook = room.casebook.codebook()?.codebook;
    Ok(Choosing { codebook, chosen: fields.clone(), toml, fault, found })
}

impl Page for Choosing {
    fn title(&self) -> String {
        "Choose a count".to_owned()
    }

    fn json(&self) -> Json {
        json!([{"toml": self.toml, "error": self.fault}])
    }

    fn html(&self, frame: &Frame) -> Markup {
        let Some(judging) = frame.judging else {
            return html! {
                h1 { "Choose a count" }
                p { "A count is chosen at present, and can then be asked as of any day: " a href="/count" { "show it" } "." }
            };
        };
        html! {
            h1 { "Choose a count" }
            p.about {
                "What is counted, out of which whole, and what puts one in. Units of which it is not known stand apart "
                "and are told, so that the figure is a range where it must be. " a href=(frame.to("/counts")) { "All counts" } "."
            }
            @if let Some(fault) = &self.fault {
                p.notice.fault role="alert" { "It cannot be counted so: " (frame.words(fault)) "." }
            }
            (self.outcome(frame, judging.token))
            form.choosing method="post" action="/count" {
                input type="hidden" name=(TOKEN) value=(judging.token);
                fieldset {
                    legend { "What is counted" }
                    (self.line("title", "As a heading", "Attacks that killed, 2010 to 2016", true))
                    div.pair {
                        (self.select("unit", "Each is", Unit::ALL.map(|one| (one.name(), one.name()))))
                        (self.select("level", "Of incidents", Level::ALL.map(|one| (one.name(), level(one)))))
                    }
                    (self.select("sum", "Counted, or summed", [
                        ("", "counted, one by one"), ("killed", "the killed are summed"),
                        ("wounded", "the wounded are summed"), ("arrested", "the arrested are summed"),
                    ]))
                    (self.line("question", "The question, in words, if you like", "", false))
                }
                (self.conditions(frame, LISTS[0], "Out of which", "Without any, all of them are the whole."))
                (self.conditions(frame, LISTS[1], "What puts one in", "At least one."))
                p {
                    input #hedged type="checkbox" name="hedged" value="yes" checked[self.chosen.one("hedged").is_some()];
                    " " label for="hedged" { "Values count, too, that are said with reserve or by headlines and copies alone" }
                }
                p.send {
                    button type="submit" name="act" value="try" { "Count it" }
                    " " button type="submit" name="act" value="save" { "Save it" }
                }
            }
            (terms(&self.codebook))
        }
    }
}

impl Choosing {
    /// What came of it: the figures, the text, and the way to keep it.
    fn outcome(&self, frame: &Frame, token: &str) -> Markup {
        let Some(toml) = &self.toml else { return html! {} };
        let sum = counts::read(toml).ok().and_then(|named| named.definition.sum);
        html! {
            section.outcome aria-labelledby="outcome" {
                h2 #outcome { "What comes of it" }
                @match &self.found {
                    Some(Found::Counted(counted)) => dl.figures {
                        @for (name, tally) in [("Strict", &counted.tallies.strict), ("Lenient", &counted.tallies.lenient)] {
                            div {
                                dt { (name) }
                                dd {
                                    strong { (figure(tally, sum)) } " "
                                    @if tally.is_final() { span.basis.found { "● final" } }
                                    @for (one, units) in tally.marks() {
                                        p.mark {
                                            span.basis.proposed { "○ not final" } " " (mark(*one))
                                            @if !units.is_empty() { " (" (layout::counted(units.len() as u64, "unit", "units")) ")" }
                                        }
                                    }
                                }
                            }
                        }
                    },
                    Some(Found::Failed(why)) => p.notice { (frame.words(why)) "." },
                    _ if self.fault.is_some() => {},
                    _ => p.notice role="status" { "The figure is " (COUNTING.trim_end_matches("; this page loads again by itself")) ". Save it, and it is shown as soon as it is there." },
                }
                form.choosing method="post" action="/count" {
                    input type="hidden" name=(TOKEN) value=(token);
                    div.field {
                        label for="toml" { "The definition, as it is saved and cited" }
                        textarea #toml name="toml" rows=(toml.lines().count() + 1) spellcheck="false" { (toml) }
                    }
                    @if self.fault.is_some() {
                        @if let Ok(named) = counts::read(toml) {
                            p {
                                input #replaces type="checkbox" name="replaces" value=(named.name);
                                " " label for="replaces" { "It takes the place of the count " (frame.words(&named.name)) " that is saved" }
                            }
                        }
                    }
                    p.send {
                        button type="submit" name="act" value="try" { "Count this text" }
                        " " button type="submit" name="act" value="save" { "Save this text" }
                    }
                }
            }
        }
    }

    fn line(&self, name: &str, label: &str, example: &str, needed: bool) -> Markup {
        html! {
            div.field {
                label for=(name) { (label) }
                input id=(name) type="text" name=(name) value=[self.chosen.one(name)] placeholder=(example)
                    required[needed] autocomplete="off" maxlength="300";
            }
        }
    }

    fn select<const N: usize>(
        &self,
        name: &str,
        label: &str,
        options: [(&str, &str); N],
    ) -> Markup {
        let own = self.chosen.one(name).unwrap_or_default();
        html! {
            div.field {
                label for=(name) { (label) }
                select id=(name) name=(name) {
                    @for (value, title) in options { option value=(value) selected[value == own] { (title) } }
                }
            }
        }
    }

    /// The fields of a list of conditions.
    fn conditions(&self, frame: &Frame, list: &str, legend: &str, hint: &str) -> Markup {
        let how = format!("{list}-how");
        html! {
            fieldset {
                legend { (legend) }
                p.hint { (hint) }
                (self.select(&how, "One is, if", [("all", "all of these hold"), ("any", "any of these holds")]))
                @for row in 1..=ROWS {
                    @let own = |part| self.chosen.one(&field(list, row, part));
                    @let place = |part| field(list, row, part);
                    div.condition role="group" aria-label=(format!("{legend}: condition {row}")) {
                        select id=(place("what")) name=(place("what")) aria-label="Of what" data-values=(place("value")) {
                            option value="" { @if row == 1 { "choose what is asked" } @else { "–" } }
                            (self.asked(frame, own("what")))
                        }
                        select id=(place("test")) name=(place("test")) aria-label="Test" {
                            @for (value, title) in TESTS { option value=(value) selected[own("test") == Some(value)] { (title) } }
                        }
                        input id=(place("value")) type="text" name=(place("value")) value=[own("value")] aria-label="Value"
                            placeholder="value" autocomplete="off" maxlength="1000";
                        input id=(place("party")) type="text" name=(place("party")) value=[own("party")]
                            aria-label="In relation to whom, if to anybody" placeholder="in relation to" autocomplete="off" maxlength="300";
                    }
                }
            }
        }
    }

    /// What can be asked: what the codebook asks first, then the rest, then classes of typologies and sets.
    fn asked(&self, frame: &Frame, own: Option<&str>) -> Markup {
        let named = |variable: Variable| variable.name().replace(['-', '.'], " ");
        let option = |variable: Variable| {
            html! { option value=(variable.name()) selected[own == Some(variable.name())] { (named(variable)) } }
        };
        let others = Variable::all().filter(|one| self.codebook.of(*one).is_none());
        html! {
            optgroup label=(format!("Codebook {}", frame.edition.plain(&self.codebook.name))) {
                @for coded in &self.codebook.variables { (option(coded.variable)) }
            }
            optgroup label="Others" { @for variable in others { (option(variable)) } }
            optgroup label="Classes of published typologies" {
                @for typology in typologies::all() {
                    @let value = format!("{TYPOLOGY}{}", typology.name);
                    option value=(value) selected[own == Some(&*value)] { (typology.title) }
                }
            }
            optgroup label="Sets" {
                option value=(SET) selected[own == Some(SET)] { "member of the set (by name or id)" }
            }
        }
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Whole => "whole ones, whatever their sites",
        Level::Part => "sites of larger ones",
        Level::Any => "all",
    }
}

/// The words that conditions can ask for, to be looked up and to be offered where one types.
fn terms(codebook: &Codebook) -> Markup {
    let coded = || codebook.variables.iter().filter(|coded| !coded.values.is_empty());
    html! {
        details {
            summary { "Words that can be asked for" }
            p { "Dates as 2016, 2016-05, 2016-05-13 or 2010/2016; figures as numbers; yes, no or unknown of elements of involvement; of another record its name or id; else:" }
            dl.facts {
                @for coded in coded() {
                    div {
                        dt { (coded.variable.name().replace(['-', '.'], " ")) }
                        dd { (coded.values.iter().map(|term| term.value.as_str()).collect::<Vec<_>>().join(", ")) }
                    }
                }
                @for typology in typologies::all() {
                    div {
                        dt { (typology.title) }
                        dd { (typology.classes.iter().map(|class| class.name.as_str()).collect::<Vec<_>>().join(", ")) }
                    }
                }
            }
        }
        @for coded in coded() {
            datalist id=(format!("terms-{}", coded.variable.name())) {
                @for term in &coded.values { option value=(term.value) { (term.means) } }
            }
        }
        @for typology in typologies::all() {
            datalist id=(format!("terms-{TYPOLOGY}{}", typology.name)) {
                @for class in &typology.classes { option value=(class.name) { (class.title) } }
            }
        }
    }
}

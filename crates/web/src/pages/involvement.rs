//! How an incident stands under published typologies of involvement, and why.

use maud::{Markup, html};
use throughline_casebook::RecordView;
use throughline_tell::involvement::{because, change, hands, outcome, typology};
use throughline_tell::words::namer;
use throughline_weigh::involvement::{Hand, Standings};

use super::values::mention;
use crate::layout::Frame;

/// The section of an incident's page; nothing where no hand is spoken of.
pub(super) fn section(frame: &Frame, shown: &RecordView) -> Markup {
    let hands = hands(shown);
    html! {
        @if !hands.is_empty() {
            section.involvement aria-labelledby="involvement" {
                h2 #involvement { "Under published typologies" }
                p.about {
                    "Each typology is a file of conditions on the elements of involvement, and one incident can stand "
                    "differently under each. What is not known of an element leaves open every class that hangs on it."
                }
                @for hand in &hands { (one(frame, shown, hand)) }
            }
        }
    }
}

fn one(frame: &Frame, shown: &RecordView, hand: &Hand) -> Markup {
    html! {
        h3 {
            @match hand.party {
                Some(party) => (mention(frame, party, &shown.names)),
                None => "Whose hand it was is not said",
            }
        }
        div.scroll { table.list {
            caption.unseen { "Where the incident stands, why, and what would change it" }
            thead { tr {
                th scope="col" { "Typology" } th scope="col" { "Stands" } th scope="col" { "By findings alone" }
                th scope="col" { "Because" } th scope="col" { "Would be" }
            } }
            tbody { @for standings in &hand.standings { (row(frame, shown, standings)) } }
        } }
    }
}

fn row(frame: &Frame, shown: &RecordView, one: &Standings) -> Markup {
    let names = namer(&shown.names);
    html! {
        @if let Some(typology) = typology(one) {
            tr {
                th scope="row" { (typology.title) br; small { (typology.source) } }
                td data-title="Stands" { strong { (outcome(&typology, &one.lenient.outcome())) } }
                td data-title="By findings alone" { (outcome(&typology, &one.strict.outcome())) }
                td data-title="Because" {
                    ul.cell { @for line in because(&one.lenient, &names) { li { (frame.words(&line)) } } }
                }
                td data-title="Would be" {
                    ul.cell { @for one in &one.changes { li { (change(&typology, one)) } } }
                }
            }
        }
    }
}

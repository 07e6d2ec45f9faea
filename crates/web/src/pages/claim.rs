//! A claim's features with what published work says of them, and what came of a claimant's claims.

use maud::{Markup, html};
use throughline_model::AssertionId;
use throughline_tell::claim::{ClaimTold, pointers, public, title, value};
use throughline_tell::claimed::ClaimsRecord;
use throughline_tell::words::date;
use throughline_weigh::claim::{Feature, Points};
use throughline_weigh::count::Reading;

use super::evidence::quoted;
use crate::address;
use crate::layout::{Frame, counted};

/// The section of a claim's page.
pub(super) fn section(frame: &Frame, told: &ClaimTold) -> Markup {
    html! {
        section.claim aria-labelledby="claim-features" {
            h2 #claim-features { "Features of the claim" }
            p.about {
                "What each feature is, by the values and dates of this casebook, and in which direction published work "
                "says that it points. Nothing is added up: the table is the answer."
            }
            @if let Some((id, name)) = &told.incident {
                p { "On " a href=(frame.to(&address::record(*id))) { (frame.name(*id, name)) } "." }
            }
            div.scroll { table.list {
                caption.unseen { "Features of the claim, what they point to, and their evidence" }
                thead { tr {
                    th scope="col" { "Feature" } th scope="col" { "Here" } th scope="col" { "Points" } th scope="col" { "Evidence" }
                } }
                tbody { @for feature in &told.features { (row(frame, told, feature)) } }
            } }
            @let assessments = carried(frame, &told.assessments);
            @if !assessments.is_empty() {
                h3 { "What others say of the claimant’s hand" }
                ul.evidence { @for id in assessments { (evidence(frame, told, id)) } }
            }
            @if let Some(claims) = &told.record { (record(frame, claims)) }
        }
    }
}

fn row(frame: &Frame, told: &ClaimTold, feature: &Feature) -> Markup {
    let (title, question) = title(feature);
    html! {
        tr {
            th scope="row" { (title) br; small { (question) } }
            td data-title="Here" {
                strong { (frame.words(&value(feature))) }
                @if !feature.found.details.is_empty() {
                    ul.cell {
                        @for detail in &feature.found.details {
                            li { q { (frame.words(&detail.words)) } ": " (public(detail)) }
                        }
                    }
                }
            }
            td data-title="Points" {
                ul.cell {
                    @for pointer in pointers(feature) {
                        li { b { (points(pointer.points)) } ": " (pointer.says) " " small { (pointer.source) } }
                    }
                }
            }
            td data-title="Evidence" {
                ul.cell.evidence {
                    @for id in carried(frame, &feature.found.evidence) { (evidence(frame, told, id)) }
                    @for claim in &feature.found.claims {
                        li { a href=(frame.to(&address::record(*claim))) { code { (claim) } } }
                    }
                }
            }
        }
    }
}

/// In which direction something points, in words.
fn points(points: Points) -> &'static str {
    match points {
        Points::Hand => "to a hand in the attack",
        Points::NoHand => "to no hand in the attack",
        Points::Both => "to neither, found with both",
    }
}

/// Those assertions that this edition carries.
fn carried(frame: &Frame, ids: &[AssertionId]) -> Vec<AssertionId> {
    ids.iter().copied().filter(|id| frame.edition.carries(*id)).collect()
}

fn evidence(frame: &Frame, told: &ClaimTold, id: AssertionId) -> Markup {
    html! {
        @if let Some(one) = told.evidence.get(&id) { li { (quoted(frame, one, &told.names, false)) } }
    }
}

/// What came of all claims of one claimant.
pub(super) fn record(frame: &Frame, claims: &ClaimsRecord) -> Markup {
    let many = claims.claims.len();
    html! {
        section.claims aria-labelledby="claims-record" {
            h2 #claims-record { "What came of its claims" }
            p {
                (counted(many as u64, "claim", "claims")) " of "
                a href=(frame.to(&address::record(claims.claimant))) { (frame.name(claims.claimant, &claims.name)) }
                " as of these dates; what came of "
                (claims.resolved(Reading::Lenient)) " is held, of " (claims.resolved(Reading::Strict)) " by findings."
                @if claims.left_out > 0 { " " (counted(claims.left_out as u64, "earlier claim was", "earlier claims were")) " not looked up." }
            }
            div.scroll { table.list {
                caption.unseen { "Outcomes, by what is held and by findings alone" }
                thead { tr { th scope="col" { "Outcome" } th scope="col" { "As is held" } th scope="col" { "By findings" } } }
                tbody {
                    @for ((kind, lenient), (_, strict)) in claims.outcomes(Reading::Lenient).into_iter().zip(claims.outcomes(Reading::Strict)) {
                        tr {
                            th scope="row" { (kind.name().replace('-', " ")) }
                            td data-title="As is held" { (lenient) }
                            td data-title="By findings" { (strict) }
                        }
                    }
                }
            } }
            @let elements = claims.elements(Reading::Lenient);
            @if !elements.is_empty() {
                div.scroll { table.list {
                    caption.unseen { "Elements of involvement over the incidents claimed" }
                    thead { tr { th scope="col" { "Element" } th scope="col" { "Yes" } th scope="col" { "No" } th scope="col" { "Contested" } } }
                    tbody {
                        @for (element, [yes, no, contested]) in elements {
                            tr {
                                th scope="row" { (element.name().replace('-', " ")) }
                                td data-title="Yes" { (yes) } td data-title="No" { (no) } td data-title="Contested" { (contested) }
                            }
                        }
                    }
                } }
            }
            div.scroll { table.list {
                caption.unseen { "The claims" }
                thead { tr {
                    th scope="col" { "Claim" } th scope="col" { "Made" } th scope="col" { "About" }
                    th scope="col" { "As is held" } th scope="col" { "By findings" }
                } }
                tbody {
                    @for one in &claims.claims {
                        tr {
                            th scope="row" { a href=(frame.to(&address::record(one.claim))) { (frame.name(one.claim, &one.name)) } }
                            td data-title="Made" { @if let Some(issued) = &one.issued { time { (date(issued)) } } }
                            td data-title="About" {
                                @match &one.incident {
                                    Some((id, name)) => a href=(frame.to(&address::record(*id))) { (frame.name(*id, name)) },
                                    None => "not known",
                                }
                            }
                            td data-title="As is held" { (one.lenient.kind.name().replace('-', " ")) }
                            td data-title="By findings" { (one.strict.kind.name().replace('-', " ")) }
                        }
                    }
                }
            } }
        }
    }
}

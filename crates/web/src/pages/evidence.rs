//! One piece of evidence: the sentence, who says it and how firmly, where and when.

use maud::{Markup, html};
use throughline_casebook::{DocumentRow, EvidenceView};
use throughline_tell::evidence::{remarks, words_of};
use throughline_tell::{likelihood, words};

use super::values::{Names, speakers};
use crate::address;
use crate::layout::Frame;

/// A sentence with its source; `outdated` where its speaker's later word took its place.
pub(crate) fn quoted(frame: &Frame, one: &EvidenceView, names: &Names, outdated: bool) -> Markup {
    html! {
        blockquote { p { (frame.words_of(one.assertion.document, &words_of(one))) } }
        (source(frame, one, names, outdated))
        @for line in likelihood::told(&one.sentence) {
            p.source { (frame.words_of(one.assertion.document, &line)) }
        }
    }
}

/// Through whom it comes, when it was published, what a reader must know of it, and where it stands.
pub(crate) fn source(frame: &Frame, one: &EvidenceView, names: &Names, outdated: bool) -> Markup {
    let said = &one.assertion;
    html! {
        p.source {
            (speakers(frame, &said.speakers, (said.document, one.source.as_deref()), names)) ", "
            (day(one.published.as_ref()))
            @for remark in remarks(one, outdated, frame.as_of()) { ", " (frame.words(&remark)) }
            " "
            a.place href=(frame.to(&format!("{}#{}", address::document(said.document), said.id)))
                aria-label=(format!("{} in its document", said.id)) { code { (said.id) } }
        }
    }
}

/// When a document was last changed, where it counts from then on.
pub(crate) fn changed(row: &DocumentRow) -> Markup {
    html! { @if let Some(on) = row.changed() { ", changed " time { (words::date(on)) } } }
}

/// A day of publication, or that there is none.
pub(crate) fn day(published: Option<&throughline_model::Edtf>) -> Markup {
    match published {
        Some(date) => html! { time { (words::date(date)) } },
        None => html! { span.undated { "undated" } },
    }
}

//! A document for readers: what is known of it and what it says, sentence by sentence. Like an export
//! that withholds names, it gives no whole text.

use maud::{Markup, html};
use serde_json::Value as Json;
use throughline_casebook::AssertionRow;
use throughline_tell::document::DocumentTold;

use super::documents::title;
use super::evidence::{day, quoted};
use super::values::{mention, value, variable};
use crate::desk::{Page, Room};
use crate::layout::Frame;

pub(super) struct Cited {
    told: DocumentTold,
    said: Vec<AssertionRow>,
}

impl Cited {
    /// Of what a document says, that which readers get.
    pub(super) fn new(room: &Room, told: DocumentTold, mut said: Vec<AssertionRow>) -> Cited {
        said.retain(|row| room.edition.carries(row.evidence.assertion.id));
        Cited { told, said }
    }
}

impl Page for Cited {
    /// The headline stands on the page, where it may.
    fn title(&self) -> String {
        "Document".to_owned()
    }

    fn json(&self) -> Json {
        Json::Null
    }

    fn html(&self, frame: &Frame) -> Markup {
        let (document, row) = (&self.told.document, &self.told.row);
        let id = document.id;
        let byline = document.byline.as_deref().and_then(|line| frame.edition.title(id, line));
        let url = document.url.as_deref().and_then(|url| frame.edition.address(id, url));
        html! {
            header.subject {
                p.kind { "Document " code { (id) } }
                h1 { (title(frame, id, document.title.as_deref())) }
                dl.facts {
                    div {
                        dt { "Source" }
                        dd { (frame.words_of(id, document.source.as_deref().unwrap_or("unknown"))) }
                    }
                    @if let Some(byline) = byline { div { dt { "By" } dd { (byline) } } }
                    div { dt { "Published" } dd { (day(row.published.as_ref())) } }
                    @if let Some(url) = url { div { dt { "Found at" } dd.url { (url) } } }
                    @if let Some(language) = &document.language {
                        div { dt { "Language" } dd { (frame.words(language)) } }
                    }
                }
            }
            section aria-labelledby="says" {
                h2 #says { "What it says" }
                @if self.said.is_empty() { p { "Nothing was read in it." } }
                @for one in &self.said { (said(frame, one)) }
            }
        }
    }
}

fn said(frame: &Frame, row: &AssertionRow) -> Markup {
    let (evidence, names) = (&row.evidence, &row.names);
    let said = &evidence.assertion;
    html! {
        div.said id=(said.id) {
            p.what {
                (variable(frame, said.variable, said.party, names)) ": "
                strong { (value(frame, &said.value, names)) }
                span.of { " of " (said.subject.kind().name()) " " (mention(frame, said.subject, names)) }
            }
            (quoted(frame, evidence, names, false))
        }
    }
}

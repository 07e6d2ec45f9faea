//! The page on which a list of terms is searched at once, and what each finds.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_tell::terms::TermFound;

use super::documents::called;
use super::evidence::day;
use super::search::highlighted;
use crate::address;
use crate::ask::Ask;
use crate::desk::{Answer, Page, Room};
use crate::judging::fields::TOKEN;
use crate::layout::{Frame, counted};
use crate::trouble::Trouble;

/// How many documents are shown of a term.
pub(crate) const MOST: usize = 10;

/// The form, and what its terms found.
#[derive(Debug, Default)]
pub(crate) struct Terms {
    /// The list as it was written.
    pub(crate) list: String,
    pub(crate) purpose: Option<String>,
    pub(crate) by: Option<String>,
    /// Why it was not searched.
    pub(crate) fault: Option<String>,
    /// Whether what it is for was noted in the ledger.
    pub(crate) noted: bool,
    pub(crate) found: Vec<TermFound>,
}

pub(crate) fn gather(room: &Room, _ask: &Ask) -> Result<Answer, Trouble> {
    if !room.judges() {
        return Err(Trouble::missing(
            "Lists of terms are not searched through these pages: they are only for reading.",
            "Search for each by itself, or with `throughline search --terms FILE`.",
        ));
    }
    Ok(Answer::page(Terms::default()))
}

impl Page for Terms {
    fn title(&self) -> String {
        "Search for a list of terms".to_owned()
    }

    fn json(&self) -> Json {
        match &self.fault {
            Some(fault) => json!([{"error": fault}]),
            None => self.found.iter().map(TermFound::json).collect(),
        }
    }

    fn html(&self, frame: &Frame) -> Markup {
        let Some(judging) = frame.judging else {
            return html! {
                h1 { (self.title()) }
                p { "A list is searched at present: " a href="/terms" { "show it" } "." }
            };
        };
        let by = self.by.as_deref().or(judging.by);
        html! {
            h1 { (self.title()) }
            p.about {
                "One term a line; each is searched by itself, and words between quotation marks must stand together. "
                "Where a term may be somebody's name, what the search is for is noted in the ledger, without the terms."
            }
            @if let Some(fault) = &self.fault {
                p.notice.fault role="alert" { "It was not searched: " (frame.words(fault)) "." }
            }
            @if self.noted { p.notice role="status" { "What it is for was noted in the ledger." } }
            form.choosing method="post" action="/terms" {
                input type="hidden" name=(TOKEN) value=(judging.token);
                div.field {
                    label for="terms" { "Terms" }
                    textarea #terms name="terms" rows="8" required spellcheck="false" { (self.list) }
                }
                div.field {
                    label for="purpose" { "What the search is for, where there are names" }
                    input #purpose type="text" name="purpose" value=[self.purpose.as_deref()] maxlength="500" autocomplete="off";
                }
                div.field {
                    label for="searcher" { "Who searches" }
                    input #searcher type="text" name="by" value=[by] maxlength="200" autocomplete="name";
                }
                p.send { button type="submit" { "Search for all" } }
            }
            @if !self.found.is_empty() {
                @let none = self.found.iter().filter(|one| one.hits.is_empty()).count() as u64;
                p { (counted(self.found.len() as u64, "term", "terms")) ", " (counted(none, "of which is", "of which are")) " in no document." }
                @for one in &self.found { (found(frame, one)) }
            }
        }
    }
}

fn found(frame: &Frame, one: &TermFound) -> Markup {
    let all = format!("/search?words={}", address::escaped(&one.term));
    html! {
        section.term {
            h2 { (frame.words(&one.term)) }
            @if one.hits.is_empty() { p { "In no document." } }
            ol.hits {
                @for hit in &one.hits {
                    li {
                        p {
                            a href=(frame.to(&address::document(hit.document.id))) { (called(frame, &hit.document)) }
                            ", " (frame.words(hit.document.source.as_deref().unwrap_or("unknown source")))
                            ", " (day(hit.document.published.as_ref()))
                        }
                        p.snippet dir="auto" { (highlighted(&frame.edition.plain(&hit.snippet), &one.term)) }
                    }
                }
            }
            @if one.more { p { a href=(frame.to(&all)) { "More documents" } } }
        }
    }
}

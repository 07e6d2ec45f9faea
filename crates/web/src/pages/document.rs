//! A document: its text with what it says marked where it stands, and listed beside it.

mod beside;
mod itself;

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{JudgmentRow, Passed};
use throughline_model::{DocumentId, PictureId, Span, ZoneRole};
use throughline_tell::document::{self, DocumentAnswer, DocumentTold, verb, which};
use throughline_tell::evidence;
use throughline_tell::margin::Margin;
use throughline_tell::words::namer;

use super::adding::Adding;
use super::cited::Cited;
use super::documents::called;
use super::evidence::day;
use super::marked::{self, Passage, Piece, passages};
use super::values::Names;
use crate::address;
use crate::ask::Ask;
use crate::desk::{Answer, Page, Room};
use crate::layout::{self, Frame};
use crate::trouble::Trouble;

/// The longest stretch of a text on one page, in bytes.
const STRETCH: usize = 60_000;

struct DocumentPage {
    told: DocumentTold,
    margin: Margin,
    /// What an assertion by hand can be on, where people judge.
    adding: Option<Adding>,
    /// The names of those that what is gone speaks of.
    names: Names,
    /// What is in force of its date and of its source.
    on_itself: Vec<JudgmentRow>,
    passages: Vec<Passage>,
    stretch: Span,
    page: usize,
    pages: usize,
}

/// A document that was removed.
struct Removed {
    id: DocumentId,
    by: String,
    reason: String,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let typed = ask.id.as_deref().unwrap_or_default();
    let id = super::ids::document(room, typed)?;
    if id.to_string() != typed {
        return Ok(Answer::Elsewhere(address::document(id)));
    }
    let told = match DocumentAnswer::gather(room.casebook, id, ask.as_of)? {
        DocumentAnswer::Told(told) => *told,
        DocumentAnswer::Removed { by, reason } => {
            return Ok(Answer::page(Removed { id, by, reason }));
        }
        DocumentAnswer::OutOfView => {
            let present =
                DocumentAnswer::gather(room.casebook, id, throughline_model::AsOf::default())?;
            let published = match &present {
                DocumentAnswer::Told(told) => told.row.published.as_ref().map(ToString::to_string),
                _ => None,
            };
            let published = published.unwrap_or_else(|| "on no known day".to_owned());
            return Err(Trouble::missing(
                format!(
                    "{id} was not published, or not recorded here, by the dates asked for; it was published {published}."
                ),
                "Show the present, or a later day.",
            ));
        }
        DocumentAnswer::Unknown => return Err(super::ids::unknown(typed)),
    };
    let margin = Margin::gather(room.casebook, id, ask.as_of)?;
    if !room.edition.is_desk() {
        return Ok(Answer::page(Cited::new(room, told, margin.said)));
    }
    let names = margin.said.iter().flat_map(|row| row.names.clone()).collect();
    let spans = margin
        .said
        .iter()
        .map(|row| &row.evidence.assertion)
        .chain(&margin.gone)
        .filter_map(|said| said.passage.span());
    let passages = passages(spans);
    let stretches = marked::parts(&told.document.text, STRETCH);
    let page = ask.page()?;
    let Some(stretch) = stretches.get(page - 1).copied() else {
        return Err(Trouble::missing(
            format!(
                "This text has {}, and no page {page}.",
                layout::counted(stretches.len() as u64, "page", "pages")
            ),
            "Begin with the first.",
        ));
    };
    let pages = stretches.len();
    let adding = match room.judges() && ask.as_of.is_present() {
        true => Some(Adding::gather(room, id)?),
        false => None,
    };
    let on_itself = itself::on_itself(room, ask, id, told.document.source.as_deref())?;
    Ok(Answer::page(DocumentPage {
        told,
        margin,
        adding,
        names,
        on_itself,
        passages,
        stretch,
        page,
        pages,
    }))
}

impl Page for DocumentPage {
    fn title(&self) -> String {
        document::called(&self.told.row).to_owned()
    }

    /// What `show` prints, and with it what `assertions --document` does.
    fn json(&self) -> Json {
        let mut object = self.told.json();
        let said = self.margin.said.iter();
        object["assertions"] =
            said.map(|row| evidence::json(&row.evidence, &namer(&row.names))).collect();
        json!([object])
    }

    fn neighbours(&self) -> (bool, bool) {
        (self.page > 1, self.page < self.pages)
    }

    fn html(&self, frame: &Frame) -> Markup {
        let document = &self.told.document;
        html! {
            header.subject {
                p.kind { "Document " code { (document.id) } }
                h1 { (called(frame, &self.told.row)) }
                (self.about(frame))
                @if frame.edition.is_desk() {
                    p { a href=(frame.to(&format!("{}/impact", address::document(document.id)))) { "What hangs on it" } }
                }
            }
            (self.itself(frame))
            (self.captured(frame))
            (self.notes(frame))
            div.columns {
                article.text aria-label="Text" lang=[document.language.as_deref().filter(|tag| is_tag(tag))] dir="auto" {
                    @if document.text.is_empty() {
                        p.empty {
                            @if document.file.is_some() {
                                "No text was read in it. It is held as it came."
                            } @else {
                                "The text of this work is not held; what is cited from it stands beside."
                            }
                        }
                    }
                    (self.text(frame))
                    (layout::pager(frame, self.neighbours()))
                }
                section.margin aria-labelledby="says" {
                    h2 #says { "What it says" }
                    (self.progress(frame))
                    (self.beside(frame))
                    @if let Some(adding) = &self.adding { (adding.form(frame, document.id)) }
                }
            }
        }
    }
}

impl DocumentPage {
    fn about(&self, frame: &Frame) -> Markup {
        let (document, row) = (&self.told.document, &self.told.row);
        let author = |name: Option<&str>| {
            html! {
                @match name {
                    Some(name) => (frame.author(document.id, name)),
                    None => "unknown",
                }
            }
        };
        html! {
            dl.facts {
                div { dt { "Source" } dd { (author(document.source.as_deref())) } }
                div { dt { "By" } dd { (author(document.byline.as_deref())) } }
                div {
                    dt { "Published" }
                    dd {
                        (day(row.published.as_ref()))
                        @if row.published != document.published {
                            ", by a judgment; its own date: " (day(document.published.as_ref()))
                        }
                        @for one in &self.told.dated {
                            br;
                            small {
                                "dated " (frame.words(&document::dated_words(one).unwrap_or_default()))
                                ": " (frame.words(&one.0.reason))
                            }
                        }
                    }
                }
                @if let Some(at) = &document.published_at { div { dt { "At" } dd { time { (at) } } } }
                @if let Some(at) = &document.modified {
                    div {
                        dt { "Modified" }
                        dd {
                            time { (at) }
                            @if row.changed().is_some() {
                                ", in view from then on: its words may have been others before"
                            }
                        }
                    }
                }
                @if let Some(section) = &document.section {
                    div { dt { "Section" } dd { (frame.words(section)) } }
                }
                @if let Some(item) = &document.item {
                    div { dt { "Its own name" } dd { (frame.words(item)) } }
                }
                @if let Some(file) = &document.file {
                    div { dt { "File" } dd.url { (frame.words(file)) } }
                }
                @if let Some(url) = &document.url {
                    // As words: a page never leads out of the casebook by itself.
                    div { dt { "Found at" } dd.url { (frame.words(url)) } }
                }
                @if let Some(language) = &document.language {
                    div { dt { "Language" } dd { (frame.words(language)) } }
                }
                div { dt { "Recorded here" } dd { (row.recorded) } }
                div {
                    dt { "Read by" }
                    dd { (frame.words(row.reader.as_deref().unwrap_or("no machine"))) }
                }
                div { dt { "SHA-256" } dd { code.hash { (document.sha256) } } }
            }
        }
    }

    /// What came along: pictures, other documents it tells of, and what could not be taken in.
    fn captured(&self, frame: &Frame) -> Markup {
        let document = &self.told.document;
        html! {
            @if !self.told.passed.is_empty() {
                section aria-labelledby="references" {
                    h2 #references { "Other documents that it tells of" }
                    ul { @for other in &self.told.passed { li { (passed(frame, other)) } } }
                }
            }
            @if !document.pictures.is_empty() {
                section aria-labelledby="pictures" {
                    h2 #pictures { "Pictures in it" }
                    ol {
                        @for (number, picture) in (1..).zip(&document.pictures) {
                            li id=(format!("picture-{number}")) {
                                (frame.words(&picture.name))
                                @if let Some(caption) = &picture.caption { ": " q { (frame.words(caption)) } }
                                @match picture.sha256 {
                                    Some(sha256) => {
                                        @let id = PictureId::of_bytes(sha256);
                                        " " a href=(frame.to(&address::picture(id))) { code { (id) } }
                                    }
                                    None => " (only its name came along)",
                                }
                            }
                        }
                    }
                }
            }
            @if !document.notes.is_empty() {
                section.notes aria-labelledby="lacks" {
                    h2 #lacks { "What capture could not take in" }
                    ul { @for note in &document.notes { li { (frame.words(note)) } } }
                }
            }
        }
    }

    fn notes(&self, frame: &Frame) -> Markup {
        html! {
            @if !self.told.notes.is_empty() {
                section.notes aria-labelledby="notes" {
                    h2 #notes { "To look at" }
                    ul {
                        @for note in &self.told.notes {
                            li {
                                b { (note.kind.name().replace('-', " ")) } ": " (frame.words(&note.text)) " "
                                q { (frame.words(note.span.of(&self.told.document.text))) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// The text, zone by zone; what lies between zones is text as well.
    fn text(&self, frame: &Frame) -> Markup {
        let text = &self.told.document.text;
        let mut at = self.stretch.start;
        let mut stretches: Vec<(ZoneRole, Span)> = Vec::new();
        for zone in &self.told.document.zones {
            let start = zone.span.start.max(self.stretch.start);
            let end = zone.span.end.min(self.stretch.end);
            if start >= end {
                continue;
            }
            if at < start {
                stretches.push((ZoneRole::Body, Span { start: at, end: start }));
            }
            stretches.push((zone.role, Span { start, end }));
            at = end;
        }
        if at < self.stretch.end {
            stretches.push((ZoneRole::Body, Span { start: at, end: self.stretch.end }));
        }
        stretches.retain(|(_, span)| !span.of(text).trim().is_empty());
        // What stands before a byte that lies between two zones stands before the second.
        let mut from = self.stretch.start;
        html! {
            @for (role, span) in stretches {
                @let before = std::mem::replace(&mut from, span.end);
                (self.zone(frame, role, span, before))
            }
        }
    }

    fn zone(&self, frame: &Frame, role: ZoneRole, span: Span, from: u32) -> Markup {
        let signs = self.signs(frame, span, from);
        let places: Vec<u32> = signs.iter().map(|(at, _)| *at).collect();
        let cut = marked::pieces(&self.told.document.text, span, &self.passages, &places);
        let words = html! {
            @for piece in &cut {
                @for (_, sign) in signs.iter().filter(|(at, _)| *at == piece.span.start) { (sign) }
                (self.piece(frame, piece))
            }
        };
        // From this byte on, letters of a selection are counted.
        let at = frame.judging.map(|_| span.start);
        html! {
            @match role {
                ZoneRole::Headline => p.zone.headline data-at=[at] { span.role { "Headline" } (words) },
                ZoneRole::Source => p.zone.source-line data-at=[at] { span.role { "Publication" } (words) },
                ZoneRole::Byline => p.zone.byline data-at=[at] { span.role { "By-line" } (words) },
                ZoneRole::Dateline => p.zone.dateline data-at=[at] { span.role { "Date-line" } (words) },
                ZoneRole::PullQuote => p.zone.pull-quote data-at=[at] { span.role { "Pull-quote: a copy for display" } (words) },
                ZoneRole::Section => p.zone.section data-at=[at] { span.role { "Section line" } (words) },
                ZoneRole::Body => p.zone.body data-at=[at] { (words) },
            }
        }
    }

    /// Where pages begin and pictures stand in a zone, or between it and the one before.
    fn signs(&self, frame: &Frame, span: Span, from: u32) -> Vec<(u32, Markup)> {
        let document = &self.told.document;
        let within = |at: &u32| from <= *at && *at < span.end;
        let pages = document.pages.iter().filter(|page| within(&page.start)).map(|page| {
            let sign = html! { span.page-sign { "[page " (frame.words(&page.name)) "] " } };
            (page.start.max(span.start), sign)
        });
        let pictures = (1..).zip(&document.pictures).filter_map(|(number, picture)| {
            let at = picture.at.filter(|at| within(at))?;
            let sign = html! {
                span.page-sign { "[" a href=(format!("#picture-{number}")) { "picture " (number) } "] " }
            };
            Some((at.max(span.start), sign))
        });
        pages.chain(pictures).collect()
    }

    fn piece(&self, frame: &Frame, piece: &Piece) -> Markup {
        let words = frame.edition.text(piece.span.of(&self.told.document.text));
        let begins = |number: &&usize| {
            let span = self.passages.get(**number - 1).map(|one| one.span.start);
            span == Some(piece.span.start)
        };
        let ends = |number: &&usize| {
            let span = self.passages.get(**number - 1).map(|one| one.span.end);
            span == Some(piece.span.end)
        };
        html! {
            @for number in piece.begins.iter().filter(begins) { span id=(format!("passage-{number}")) {} }
            @match piece.depth {
                0 => (words),
                1 => mark { (words) },
                2 => mark.twice { (words) },
                _ => mark.more { (words) },
            }
            @for number in piece.ends.iter().filter(ends) {
                a.reference href=(format!("#beside-{number}")) aria-label=(format!("What passage {number} says")) { (number) }
            }
        }
    }
}

/// Another document, as this one tells of it, and where it is held.
fn passed(frame: &Frame, passed: &Passed) -> Markup {
    let other = &passed.reference;
    html! {
        "It " (verb(other.relation)) " "
        @match &other.item {
            Some(item) => (frame.words(item)),
            None => "a document",
        }
        " of "
        @match &other.source {
            Some(source) => (frame.words(source)),
            None => "somebody not named",
        }
        @if let Some(at) = &other.at { ", " time { (at) } }
        ": "
        @match passed.held {
            Some(id) => a href=(frame.to(&address::document(id))) { code { (id) } },
            None => (which(passed)),
        }
    }
}

/// Whether a text can stand as the tag of a language.
fn is_tag(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 35
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

impl Page for Removed {
    fn title(&self) -> String {
        "A removed document".to_owned()
    }

    fn json(&self) -> Json {
        json!([document::removed_json(self.id, &self.by, &self.reason)])
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "A removed document" }
            p { code { (self.id) } " was removed by " (frame.words(&self.by)) "." }
            p { "The order or the request: " (frame.words(&self.reason)) }
        }
    }
}

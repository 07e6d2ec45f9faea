//! The first page: what the casebook holds.

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{DocumentRow, Extent, Head, SavedDefinition, Tip};
use throughline_formats::counts;
use throughline_model::{AsOf, SubjectKind};
use throughline_tell::document;

use super::counts::{self as counts_page, COUNTING};
use super::{documents, drawing};
use crate::address::{self, escaped};
use crate::ask::Ask;
use crate::counter::Found;
use crate::desk::{Answer, Page, Room};
use crate::layout::{self, Frame, counted};
use crate::trouble::Trouble;

/// How many of the newest documents stand here.
const LATEST: usize = 10;

/// How many definitions of counts stand here.
const DEFINITIONS: usize = 10;

struct Start {
    as_of: AsOf,
    extent: Extent,
    /// How many records of each kind there are; only of the present.
    totals: Vec<(SubjectKind, u64)>,
    latest: Vec<DocumentRow>,
    definitions: Vec<SavedDefinition>,
    /// The content hash with the head, or why it is not here yet.
    head: Result<Head, String>,
    tip: Tip,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let as_of = ask.as_of;
    let mut definitions = room.casebook.definitions()?;
    definitions
        .retain(|one| as_of.recalls(one.recorded) && room.edition.can_spell(&one.saved.name));
    Ok(Answer::page(Start {
        as_of,
        extent: room.casebook.extent(as_of)?,
        totals: if as_of.is_present() { room.totals()? } else { Vec::new() },
        latest: room.casebook.latest(as_of, LATEST)?,
        definitions,
        head: match room.head() {
            Some(Found::Head(head)) => Ok(head),
            Some(Found::Failed(why)) => Err(why),
            _ => Err(COUNTING.to_owned()),
        },
        tip: room.tip,
    }))
}

impl Page for Start {
    fn title(&self) -> String {
        "What this casebook holds".to_owned()
    }

    fn json(&self) -> Json {
        let records: serde_json::Map<String, Json> =
            self.totals.iter().map(|(kind, many)| (kind.name().to_owned(), json!(many))).collect();
        json!([{
            "as_of": self.as_of.published.map(|day| day.to_string()),
            "recorded_by": self.as_of.recorded.map(|moment| moment.to_string()),
            "documents": self.extent.documents,
            "undated": self.extent.undated,
            "records": if self.totals.is_empty() { Json::Null } else { Json::Object(records) },
            "latest": self.latest.iter().map(document::row_json).collect::<Vec<_>>(),
            "definitions": self.definitions.iter().map(|one| &one.saved.name).collect::<Vec<_>>(),
            "entries": self.tip.entries,
            "head": self.tip.chain.to_string(),
            "content": self.head.as_ref().ok().map(|head| head.content.to_string()),
        }])
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "What this casebook holds" }
            @if self.is_empty() { (first_steps(frame)) } @else { (next_steps(frame)) }
            ul.tiles {
                li {
                    a href=(frame.to("/documents")) {
                        strong { (layout::number(self.extent.documents)) }
                        @if self.extent.documents == 1 { " document" } @else { " documents" }
                    }
                }
                @for kind in KINDS {
                    li {
                        a href=(frame.to(address::list(kind))) {
                            @match self.totals.iter().find(|(one, _)| *one == kind) {
                                Some((_, 1)) => { strong { "1" } " " (kind.name()) }
                                Some((_, many)) => { strong { (layout::number(*many)) } " " (address::plural(kind).to_lowercase()) }
                                None => (address::plural(kind).to_lowercase()),
                            }
                        }
                    }
                }
            }
            @if self.extent.undated > 0 {
                p {
                    (counted(self.extent.undated, "undated document is", "undated documents are"))
                    " left out: without a date, in no view as of a day."
                }
            }
            h2 { "Latest documents" }
            (documents::table(frame, &self.latest))
            p { a href=(frame.to("/documents")) { "All documents" } }
            h2 { "Counts" }
            @if self.definitions.is_empty() {
                p { "None is saved yet." }
                (counts_page::choose(frame))
            } @else {
                ul {
                    @for one in self.definitions.iter().take(DEFINITIONS) {
                        @let name = &one.saved.name;
                        @let title = counts::read(&one.saved.toml).map_or_else(|_| name.clone(), |named| named.title);
                        li { (frame.link(&format!("/counts/{}", escaped(name)), &title)) }
                    }
                }
                p { a href=(frame.to("/counts")) { "All counts, with their figures and what was published" } }
            }
            h2 { "Drawings of the whole casebook" }
            (drawing::links(frame, None))
            h2 { "State" }
            p {
                "For citing: head " code.hash { (self.tip.chain) } ", content "
                @match &self.head {
                    Ok(head) => code.hash { (head.content) },
                    Err(why) => (frame.words(why)),
                }
                ", " (counted(self.tip.entries.unsigned_abs(), "entry", "entries")) "."
            }
        }
    }
}

impl Start {
    /// Whether nothing was taken in yet.
    fn is_empty(&self) -> bool {
        self.as_of.is_present() && self.extent.documents == 0
    }
}

/// Where one goes on, where people judge.
fn next_steps(frame: &Frame) -> Markup {
    html! {
        @if frame.judging.is_some() {
            p.next-steps {
                "To go on: " a href="/queue" { "what waits to be judged" } ", "
                a href="/identities" { "what may be one" } ", "
                a href="/read" { "more sources" } ", "
                a href="/count" { "a new count" } "."
            }
        }
    }
}

/// What to do with a casebook that holds nothing.
fn first_steps(frame: &Frame) -> Markup {
    html! {
        section.first-steps aria-labelledby="first" {
            h2 #first { "It holds nothing yet" }
            ol {
                li {
                    @if frame.writes {
                        a href="/read" { "Read sources in" } ": a text that you paste, files, or a folder with all that it holds."
                    } @else {
                        "Read sources in: " code { "throughline read FOLDER" } "."
                    }
                }
                li {
                    "Judge what the program read in them. " a href=(frame.to("/queue")) { "The queue" }
                    " has first what changes most; beside a document’s text you say of each reading whether the document says so. Keys do it, too: " kbd { "?" } " lists them."
                }
                li { "Say which records are one and which are two, side by side, among the " a href=(frame.to("/identities")) { "identities" } "." }
                li { "Look at the " a href=(frame.to("/incidents")) { "incidents" } " that come of it: every value stands with the sentences for and against it, and can be found." }
                li {
                    @if frame.writes { a href=(frame.to("/count")) { "Choose a count" } } @else { a href=(frame.to("/counts")) { "Count" } }
                    ": a figure with the list behind it. When nothing that it hangs on is open any more, it can be cited."
                }
            }
            p {
                "To look around in a casebook that is coded first: " code { "cargo xtask demo" }
                ", in the folder of the program’s source, makes one of 64 dispatches in a file of its own, and serves it."
            }
        }
    }
}

const KINDS: [SubjectKind; 8] = [
    SubjectKind::Incident,
    SubjectKind::Set,
    SubjectKind::Person,
    SubjectKind::Group,
    SubjectKind::Claim,
    SubjectKind::Outlet,
    SubjectKind::Channel,
    SubjectKind::Place,
];

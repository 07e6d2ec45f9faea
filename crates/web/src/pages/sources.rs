//! Taking sources in: the form by which files and texts are sent, and how far their reading is.

use std::time::Duration;

use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_capture::MAX_TEXT_BYTES;
use throughline_casebook::DocumentRow;
use throughline_intake::{Entered, Tally};
use throughline_model::{AsOf, Medium};

use super::documents;
use crate::ask::{Ask, Form};
use crate::desk::{Answer, Page, Room};
use crate::judging::fields::TOKEN;
use crate::layout::{self, Frame, counted};
use crate::sources::address;
use crate::sources::arriving::{MOST_BYTES, MOST_FILES};
use crate::sources::taking::{Far, Taking};
use crate::trouble::Trouble;

/// How many documents of each sort are listed on the page of a reading.
const LISTED: usize = 200;

/// The form, and what was sent since the pages are served.
struct Sources {
    all: Vec<Taking>,
}

/// One sending.
struct One {
    taking: Taking,
    new: Listed,
    known: Listed,
}

/// Documents of one sort: the first of them, and how many there are beyond.
struct Listed {
    rows: Vec<DocumentRow>,
    left: u64,
}

pub(crate) fn gather(room: &Room, _ask: &Ask) -> Result<Answer, Trouble> {
    here(room)?;
    Ok(Answer::page(Sources { all: room.takings().all() }))
}

pub(crate) fn one(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    here(room)?;
    let typed = ask.id.as_deref().unwrap_or_default();
    let taking = typed.parse().ok().and_then(|number| room.takings().one(number));
    let Some(taking) = taking else {
        return Err(Trouble::missing(
            format!("Nothing was sent under the number “{typed}” since these pages are served."),
            "See /read for what was.",
        ));
    };
    // A program asks again when it likes.
    if !taking.far.is_over() && ask.form == Form::Html {
        room.wait();
    }
    let none = || Listed { rows: Vec::new(), left: 0 };
    let (new, known) = match &taking.far {
        Far::Done(tally) | Far::Failed { by_then: tally, .. } => (
            listed(room, &tally.documents, tally.new.all + tally.read.all)?,
            listed(room, &tally.known_documents, tally.known.all)?,
        ),
        _ => (none(), none()),
    };
    Ok(Answer::page(One { taking, new, known }))
}

fn here(room: &Room) -> Result<(), Trouble> {
    match room.judges() {
        true => Ok(()),
        false => Err(Trouble::missing(
            "Nothing is taken in through these pages: they are only for reading.",
            "Read with `throughline read`, or serve them without --read-only and --blind.",
        )),
    }
}

fn listed(room: &Room, entered: &[Entered], all: u64) -> Result<Listed, Trouble> {
    let mut rows = Vec::new();
    for one in entered.iter().take(LISTED) {
        rows.extend(room.casebook.document_row(one.id, AsOf::default())?);
    }
    Ok(Listed { left: all.saturating_sub(rows.len() as u64), rows })
}

impl Page for Sources {
    fn title(&self) -> String {
        "Read sources in".to_owned()
    }

    fn json(&self) -> Json {
        self.all.iter().map(json_of).collect()
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "Read sources in" }
            p.about {
                "What is sent here is kept with its bytes and read, as " code { "throughline read" } " does: texts, saved web pages, feeds, PDF, Word and OpenDocument files, letters, exports of channels, and archives of all of these. What is there already is not taken twice."
            }
            @match frame.judging {
                Some(judging) => (form(judging.token)),
                None => p { "Sources are taken in at present: " a href="/read" { "show it" } "." },
            }
            @if !self.all.is_empty() {
                section aria-labelledby="sent" {
                    h2 #sent { "Sent since these pages are served" }
                    ul.sendings {
                        @for taking in &self.all {
                            li {
                                a href=(address(taking.number)) { "No. " (taking.number) }
                                ", " (size(taking)) ": " (far(&taking.far)) "."
                            }
                        }
                    }
                }
            }
        }
    }
}

fn form(token: &str) -> Markup {
    html! {
        form.sources method="post" action="/read" enctype="multipart/form-data"
            data-most-files=(MOST_FILES) data-most-bytes=(MOST_BYTES) data-most-text=(MAX_TEXT_BYTES) {
            // First of all fields: without it nothing is laid down.
            input type="hidden" name=(TOKEN) value=(token);
            fieldset {
                legend { "Paste a text" }
                div.field {
                    label for="text" { "The text of one article or document" }
                    textarea #text name="text" rows="9" aria-describedby="text-hint" {}
                    p #text-hint.hint { "It may begin with the paper, the headline, “- By” the author and the date, each on a line of its own." }
                }
                div.field {
                    label for="headline" { "Its headline, if the text does not begin with it" }
                    input #headline type="text" name="headline" maxlength="2000";
                }
            }
            fieldset.drop {
                legend { "Or send files" }
                div.field {
                    label for="files" { "Files" }
                    input #files type="file" name="files" multiple;
                }
                div.field {
                    label for="folder" { "Or a folder, with all that it holds" }
                    input #folder type="file" name="folder" multiple webkitdirectory aria-describedby="folder-hint";
                    p #folder-hint.hint {
                        "At most " (layout::number(MOST_FILES as u64)) " files and " (MOST_BYTES >> 30)
                        " GiB at once, and no text of more than " (MAX_TEXT_BYTES >> 20) " MiB; " code { "throughline read FOLDER" } " has no such bound."
                    }
                }
            }
            fieldset {
                legend { "For documents that do not say it themselves" }
                div.pair {
                    div.field {
                        label for="source" { "Who published them" }
                        input #source type="text" name="source" maxlength="2000";
                    }
                    div.field {
                        label for="published" { "When they were published" }
                        input #published type="text" name="published" placeholder="2017-03-24" spellcheck="false" maxlength="40";
                    }
                }
                div.field {
                    label for="medium" { "What they are" }
                    select #medium name="medium" {
                        option value="" { "not said" }
                        @for medium in Medium::ALL { option value=(medium.name()) { (medium.name()) } }
                    }
                }
            }
            p.send { button type="submit" { "Read it in" } }
        }
    }
}

impl Page for One {
    fn title(&self) -> String {
        format!("Reading {}", self.taking.number)
    }

    /// What `read` prints when it is over; before, how far it is.
    fn json(&self) -> Json {
        json!([json_of(&self.taking)])
    }

    fn html(&self, frame: &Frame) -> Markup {
        let taking = &self.taking;
        html! {
            header.subject {
                p.kind { a href="/read" { "Read in" } " no. " (taking.number) ", " (size(taking)) }
                h1 {
                    @match &taking.far {
                        Far::Waits => "It waits to be read",
                        Far::Reads { .. } | Far::Settles { .. } => "It is being read",
                        Far::Done(tally) if tally.ended => "It was ended",
                        Far::Done(_) => "It is read",
                        Far::Failed { .. } => "It could not be read to its end",
                    }
                }
                p.progress role="status" { (layout::capital(&far(&taking.far))) "." }
                @if let (false, Some(since)) = (taking.far.is_over(), taking.since) {
                    p { "It has been read for " (lasted(since.elapsed())) ". A long text is one document, so the number may stand still for a while." }
                }
            }
            @match &taking.far {
                Far::Waits | Far::Reads { .. } | Far::Settles { .. } => (self.meanwhile(frame)),
                Far::Done(tally) => (self.became(frame, tally)),
                Far::Failed { by_then, .. } => {
                    p { "What was stored by then stays; sent again, only the rest is new." }
                    (self.became(frame, by_then))
                }
            }
            @if taking.far.is_over() { p { a href="/queue" { "Judge what was read" } ", beginning with what changes most." } }
            p { a href="/read" { "Read more in" } }
        }
    }
}

impl One {
    /// What one can do while it is read.
    fn meanwhile(&self, frame: &Frame) -> Markup {
        html! {
            p { "This page says how far it is by itself. All other pages go on, and show each document as soon as it is stored; this one may be left." }
            @if let (Some(judging), Far::Waits | Far::Reads { .. }) = (frame.judging, &self.taking.far) {
                form.end method="post" action="/read/end" {
                    input type="hidden" name=(TOKEN) value=(judging.token);
                    input type="hidden" name="reading" value=(self.taking.number);
                    button type="submit" { "End it" }
                    " What is stored by then stays."
                }
            }
        }
    }

    /// What became of everything, as the command says it.
    fn became(&self, frame: &Frame, tally: &Tally) -> Markup {
        let failed = tally.why_failed();
        html! {
            (listing(frame, "new", "Read now", &self.new))
            (listing(frame, "known", "There already", &self.known))
            @if !failed.is_empty() {
                (said(frame, "failed", "Not taken in", &failed, tally.failed))
            }
            @if !tally.unread.is_empty() {
                (said(frame, "bare", "Kept without text", &tally.unread, tally.kept))
            }
            @let remarks = throughline_intake::lines(&tally.remarks());
            @if !remarks.is_empty() {
                section aria-labelledby="remarks" {
                    h2 #remarks { "To be known" }
                    ul.places { @for line in remarks.iter().take(LISTED) { li { (frame.words(line)) "." } } }
                }
            }
            @if let Some(passed_over) = tally.passed_over() {
                p { "Passed over, since they are no documents of their own: " (passed_over) "." }
            }
        }
    }
}

fn listing(frame: &Frame, id: &str, heading: &str, listed: &Listed) -> Markup {
    html! {
        @if !listed.rows.is_empty() {
            section aria-labelledby=(id) {
                h2 id=(id) { (heading) }
                (documents::table(frame, &listed.rows))
                @if listed.left > 0 {
                    p { (counted(listed.left, "more stands", "more stand")) " in the " a href=(frame.to("/documents")) { "list of documents" } "." }
                }
            }
        }
    }
}

/// The first of some places, what is said of each, and how many there are beyond.
fn said(frame: &Frame, id: &str, heading: &str, said: &[(String, String)], all: usize) -> Markup {
    let lines = throughline_intake::lines(said);
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (heading) }
            ul.places { @for line in lines.iter().take(LISTED) { li { (frame.words(line)) "." } } }
            @if all > said.len().min(LISTED) && lines.len() > LISTED {
                p { "There are more: " (layout::number(all as u64)) " in all." }
            }
        }
    }
}

/// How much was sent.
fn size(taking: &Taking) -> String {
    let files = counted(taking.files as u64, "file", "files");
    match taking.bytes {
        bytes if bytes < 1 << 20 => format!("{files} of {} KiB", bytes.div_ceil(1 << 10)),
        bytes => format!("{files} of {} MiB", bytes.div_ceil(1 << 20)),
    }
}

/// How long something has lasted: "40 seconds", "3 minutes".
fn lasted(time: Duration) -> String {
    match time.as_secs() {
        seconds @ ..120 => counted(seconds, "second", "seconds"),
        seconds => counted(seconds / 60, "minute", "minutes"),
    }
}

/// How far it is, in words.
fn far(far: &Far) -> String {
    match far {
        Far::Waits => "others are read before it".to_owned(),
        Far::Reads { seen, new, failed } => {
            let failed = match failed {
                0 => String::new(),
                many => format!(", {many} failed"),
            };
            let seen = counted(*seen, "document is", "documents are");
            format!("{seen} gone through, {} new{failed}", layout::number(*new))
        }
        Far::Settles { left } => {
            format!(
                "all is stored; {} to be derived",
                counted(*left, "group of records is", "groups of records are")
            )
        }
        Far::Done(tally) => format!("documents: {}", tally.told()),
        Far::Failed { why, .. } => format!("it could not be gone on with: {why}"),
    }
}

fn json_of(taking: &Taking) -> Json {
    let (state, tally) = match &taking.far {
        Far::Waits => ("waits", None),
        Far::Reads { .. } => ("reads", None),
        Far::Settles { .. } => ("settles", None),
        Far::Done(tally) if tally.ended => ("ended", Some(tally)),
        Far::Done(tally) => ("read", Some(tally)),
        Far::Failed { by_then, .. } => ("failed", Some(by_then)),
    };
    json!({
        "reading": taking.number,
        "files": taking.files,
        "bytes": taking.bytes,
        "state": state,
        "far": far(&taking.far),
        "became": tally.map(|tally| tally.json()),
    })
}

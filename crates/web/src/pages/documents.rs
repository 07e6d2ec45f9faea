//! The list of documents.

use maud::{Markup, html};
use serde_json::Value as Json;
use throughline_casebook::{DocumentRow, Extent};
use throughline_model::DocumentId;
use throughline_tell::document;

use super::evidence::{changed, day};
use crate::address;
use crate::ask::{Ask, ROWS};
use crate::desk::{Answer, Page, Room};
use crate::layout::{self, Frame, counted};
use crate::trouble::Trouble;

struct Documents {
    rows: Vec<DocumentRow>,
    extent: Extent,
    page: usize,
    more: bool,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let mut rows = room.casebook.documents_part(ask.as_of, ask.part()?)?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    ask.beyond(rows.len())?;
    let (extent, page) = (room.casebook.extent(ask.as_of)?, ask.page()?);
    Ok(Answer::page(Documents { rows, extent, page, more }))
}

impl Page for Documents {
    fn title(&self) -> String {
        "Documents".to_owned()
    }

    fn json(&self) -> Json {
        self.rows.iter().map(document::row_json).collect()
    }

    fn neighbours(&self) -> (bool, bool) {
        (self.page > 1, self.more)
    }

    fn html(&self, frame: &Frame) -> Markup {
        let last = usize::try_from(self.extent.documents).unwrap_or(usize::MAX).div_ceil(ROWS);
        html! {
            h1 { "Documents" }
            p.about {
                "What sources published, by day of publication, undated ones last. In view: "
                (layout::number(self.extent.documents)) "."
                @if self.extent.undated > 0 {
                    " " (counted(self.extent.undated, "undated document is", "undated documents are"))
                    " left out: without a date, in no view as of a day."
                }
                @if last > 1 && self.page != last {
                    " " a href=(layout::of_page(frame.ask, last, false)) { "The last page has the newest" }
                }
            }
            (table(frame, &self.rows))
            (layout::pager(frame, self.neighbours()))
        }
    }
}

/// Documents as a table.
pub(crate) fn table(frame: &Frame, rows: &[DocumentRow]) -> Markup {
    html! {
        @if rows.is_empty() {
            p { "None, as of these dates." }
        } @else {
            div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                caption.unseen { "Documents" }
                thead { tr {
                    th scope="col" { "Title" }
                    th scope="col" { "Source" }
                    th scope="col" { "Published" }
                } }
                tbody {
                    @for row in rows {
                        tr {
                            th scope="row" {
                                a href=(frame.to(&address::document(row.id))) {
                                    (called(frame, row))
                                }
                                // A file may be named after anybody.
                                @if let Some(file) = row.file.as_deref().filter(|_| frame.edition.is_desk()) {
                                    br; small.file { (frame.words(file)) }
                                }
                            }
                            td data-title="Source" {
                                @match row.source.as_deref() {
                                    Some(source) => (frame.author(row.id, source)),
                                    None => "unknown",
                                }
                            }
                            td data-title="Published" { (day(row.published.as_ref())) (changed(row)) }
                        }
                    }
                }
            } }
        }
    }
}

/// What a document goes by: its headline, else at the desk how it begins.
pub(crate) fn called(frame: &Frame, row: &DocumentRow) -> Markup {
    match row.opening.as_deref().filter(|_| frame.edition.is_desk()) {
        Some(opening) => frame.words(opening),
        None => title(frame, row.id, row.title.as_deref()),
    }
}

/// A document's headline, or that it has none.
pub(crate) fn title(frame: &Frame, document: DocumentId, title: Option<&str>) -> Markup {
    match title.filter(|title| !title.trim().is_empty()) {
        Some(title) => {
            let shown = frame.edition.title(document, title);
            shown.unwrap_or_else(|| html! { "Headline withheld" })
        }
        None => html! { "Untitled" },
    }
}

//! Pictures of documents: the list, one of them with the way it went, and its pixels.
//!
//! A picture is shown only on its own page, beside who is accused and cleared where it stands, and
//! only as pixels written anew ([`throughline_picture::shown`]).

use axum::http::StatusCode;
use maud::{Markup, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{PictureRow, Result as Held};
use throughline_model::{PictureId, Sha256};
use throughline_picture::{Likeness, shown};
use throughline_tell::pictures::{PictureTold, looks};
use throughline_tell::spread::{Asked, Spread};

use super::evidence::day;
use super::{ids, spread};
use crate::address;
use crate::ask::{Ask, ROWS};
use crate::desk::{Answer, Page, Room};
use crate::layout::{self, Frame, counted};
use crate::trouble::Trouble;

/// The longer side of a picture on its page, in pixels.
const SIDE: u32 = 640;

struct Pictures {
    rows: Vec<PictureTold>,
    total: usize,
    page: usize,
}

struct PicturePage {
    told: PictureTold,
    /// The way that it went; `None` where the casebook is too large for a page.
    spread: Option<Spread>,
    drawable: bool,
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let all = room.casebook.pictures(ask.as_of, usize::MAX)?;
    let (total, page) = (all.len(), ask.page()?);
    let rows = all.into_iter().skip((page - 1) * ROWS).take(ROWS);
    let rows: Held<Vec<PictureTold>> =
        rows.map(|row| PictureTold::gather(room.casebook, row)).collect();
    let rows = rows?;
    ask.beyond(rows.len())?;
    Ok(Answer::page(Pictures { rows, total, page }))
}

pub(crate) fn one(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let (sha256, row) = match found(room, ask)? {
        Found::Here(sha256, row) => (sha256, *row),
        Found::Elsewhere(place) => return Ok(Answer::Elsewhere(place)),
    };
    // What is all of one shade has no likeness, and can be shown all the same.
    let drawable = row.look.is_some_and(|look| {
        look.kind.is_some()
            && matches!(look.likeness, Ok(_) | Err(throughline_picture::Unseen::Plain))
    });
    let asked = Asked::Picture { sha256, look: row.look };
    let spread = spread::follow(room, asked, ask.as_of)?;
    let told = PictureTold::gather(room.casebook, row)?;
    Ok(Answer::page(PicturePage { told, spread, drawable }))
}

/// The pixels, as PNG.
pub(crate) fn pixels(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let sha256 = match found(room, ask)? {
        Found::Here(sha256, _) => sha256,
        Found::Elsewhere(place) => return Ok(Answer::Elsewhere(format!("{place}/pixels"))),
    };
    let bytes = room.casebook.picture(sha256)?.ok_or_else(|| {
        Trouble::missing(
            format!("The bytes of {} are not held.", PictureId::of_bytes(sha256)),
            "Only its name came along with its document.",
        )
    })?;
    let png = shown(&bytes, SIDE).map_err(|unseen| {
        Trouble::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            format!("{} cannot be shown: {unseen}.", PictureId::of_bytes(sha256)),
            "Its page says where it stands.",
        )
    })?;
    Ok(Answer::Png(png))
}

/// A picture in view, or where its whole id leads.
enum Found {
    Here(Sha256, Box<PictureRow>),
    Elsewhere(String),
}

fn found(room: &Room, ask: &Ask) -> Result<Found, Trouble> {
    let typed = ask.id.as_deref().unwrap_or_default();
    let sha256 = ids::picture(room, typed)?;
    let id = PictureId::of_bytes(sha256);
    if id.to_string() != typed {
        return Ok(Found::Elsewhere(address::picture(id)));
    }
    match room.casebook.picture_row(sha256, ask.as_of)? {
        Some(row) => Ok(Found::Here(sha256, Box::new(row))),
        None => Err(Trouble::missing(
            format!("{id} is in no document published, or recorded here, by the dates asked for."),
            "Show the present, or a later day.",
        )),
    }
}

impl Page for Pictures {
    fn title(&self) -> String {
        "Pictures".to_owned()
    }

    fn json(&self) -> Json {
        self.rows.iter().map(PictureTold::json).collect()
    }

    fn neighbours(&self) -> (bool, bool) {
        (self.page > 1, self.total > self.page * ROWS)
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "Pictures" }
            p.about {
                "Pictures of documents, by the day on which the first of them was published. A likeness is "
                "of a whole picture; faces are neither found nor compared. There are "
                (layout::number(self.total as u64)) "."
            }
            @if self.rows.is_empty() {
                p { "None, as of these dates." }
            } @else {
                div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                    caption.unseen { "Pictures, page " (self.page) }
                    thead { tr {
                        th scope="col" { "Picture" }
                        th scope="col" { "First published" }
                        th scope="col" { "By" }
                        th.number scope="col" { "Documents" }
                        th.number scope="col" { "Alike" }
                    } }
                    tbody { @for one in &self.rows { (row(frame, one)) } }
                } }
            }
            (layout::pager(frame, self.neighbours()))
        }
    }
}

fn row(frame: &Frame, one: &PictureTold) -> Markup {
    let row = &one.row;
    html! {
        tr {
            th scope="row" {
                a href=(frame.to(&address::picture(row.id))) { code { (row.id) } }
                br; small { (looks(row.look.as_ref())) }
            }
            td data-title="First published" { (day(row.first.published.as_ref())) }
            td data-title="By" { (frame.words(row.first.source.as_deref().unwrap_or("unknown"))) }
            td.number data-title="Documents" { (layout::number(row.documents)) }
            td.number data-title="Alike" { (layout::number(one.alike.len() as u64)) }
        }
    }
}

impl Page for PicturePage {
    fn title(&self) -> String {
        format!("Picture {}", self.told.row.id)
    }

    /// What `show` prints, and with it what `spread` does.
    fn json(&self) -> Json {
        let mut object = self.told.json();
        object["spread"] = self.spread.as_ref().map_or(Json::Null, Spread::json);
        json!([object])
    }

    fn html(&self, frame: &Frame) -> Markup {
        let row = &self.told.row;
        html! {
            header.subject {
                p.kind { a href=(frame.to("/pictures")) { "Picture" } " " code { (row.id) } }
                h1 { "A picture, first published " (day(row.first.published.as_ref())) }
            }
            (self.seen(frame))
            dl.facts {
                div { dt { "Format" } dd { (looks(row.look.as_ref())) } }
                div {
                    dt { "First" }
                    dd {
                        a href=(frame.to(&address::document(row.first.id))) {
                            (frame.words(row.first.source.as_deref().unwrap_or("source unknown")))
                        }
                        ", " (day(row.first.published.as_ref()))
                    }
                }
                div { dt { "In" } dd { (counted(row.documents, "document", "documents")) } }
                div { dt { "SHA-256" } dd { code.hash { (row.sha256) } } }
            }
            section aria-labelledby="alike" {
                h2 #alike { "Pictures like it" }
                @if self.told.alike.is_empty() { p { "None is held." } }
                @else {
                    ul {
                        @for (id, distance) in &self.told.alike {
                            li {
                                a href=(frame.to(&address::picture(*id))) { code { (id) } }
                                ", " (distance) " of " (8 * Likeness::BYTES) " bits apart"
                            }
                        }
                    }
                }
            }
            (spread::told(frame, self.spread.as_ref(), &format!("throughline spread {}", row.id)))
        }
    }
}

impl PicturePage {
    fn seen(&self, frame: &Frame) -> Markup {
        let row = &self.told.row;
        let source =
            frame.edition.plain(row.first.source.as_deref().unwrap_or("an unknown source"));
        html! {
            @if self.drawable {
                figure.pixels {
                    img src=(frame.to(&format!("{}/pixels", address::picture(row.id))))
                        alt=(format!("The picture itself, as {source} published it first"));
                    figcaption {
                        "Who is to be seen on it, nobody has found here. What is said of people where it "
                        "stands follows below, with what takes it back."
                    }
                }
            } @else {
                p.notice { "It cannot be shown: " (looks(row.look.as_ref())) "." }
            }
        }
    }
}

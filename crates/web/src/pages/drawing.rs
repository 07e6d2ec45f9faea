//! A picture of a record or of the whole casebook, with the same facts as a table.

mod map;
mod narrowing;

use std::sync::Arc;

use maud::{Markup, PreEscaped, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{RecordView, SHOWN};
use throughline_draw::Table;
use throughline_draw::gather::{NETWORK, Only, Picture, TOLL};
use throughline_model::{AsOf, DocumentId, MentionId, SubjectKind, Variable};

use super::record::out_of_view;
use super::{ids, status};
use crate::address;
use crate::ask::Ask;
use crate::desk::{Answer, Page, Room, Totals};
use crate::drawer::{Drawn, Sketch};
use crate::layout::{self, Frame, counted};
use crate::trouble::Trouble;

/// In how large a casebook pages draw, in records: a picture takes all of them into memory.
const MOST_RECORDS: u64 = 20_000;

/// How many rows of a table stand on a page.
const MOST_ROWS: usize = 1_000;

pub(crate) use map::VIEW;
use narrowing::kept;
pub(crate) use narrowing::{GROUP, INVOLVEMENT, KIND, PLACE, STANDING};

struct DrawingPage {
    picture: Picture,
    of: Option<RecordView>,
    /// The present record of the person, if this is an earlier view of one.
    today: Option<RecordView>,
    as_of: AsOf,
    only: Only,
    /// The types that the codebook lists.
    types: Vec<String>,
    state: State,
    /// Pictures of the same that stand beside it, in which is marked what is picked in one of them.
    beside: Vec<(Picture, State)>,
}

enum State {
    Drawn(Arc<Drawn>),
    Waiting,
    /// The casebook has so many records, which is too many.
    TooMany(u64),
}

pub(crate) fn network(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    gather(room, ask, Picture::Network { most: NETWORK })
}

pub(crate) fn timeline(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    gather(room, ask, Picture::Timeline)
}

pub(crate) fn replay(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    gather(room, ask, Picture::Replay)
}

pub(crate) fn map(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    gather(room, ask, Picture::Map { view: map::view(ask)? })
}

pub(crate) fn toll(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    gather(room, ask, Picture::Toll { most: TOLL })
}

fn gather(room: &Room, ask: &Ask, picture: Picture) -> Result<Answer, Trouble> {
    let of = match ask.id.as_deref() {
        None => None,
        Some(typed) => {
            let id = ids::mention(room, typed)?;
            let Some(mut record) = room.casebook.shown(id, ask.as_of, SHOWN)? else {
                return Err(out_of_view(room, id)?);
            };
            room.edition.trim(&mut record);
            let own = record.record.id;
            let pictured = pictures(Some(own.kind())).contains(&word(picture));
            let place =
                if pictured { place(Some(own), word(picture)) } else { address::record(own) };
            if place != ask.path {
                return Ok(Answer::Elsewhere(place));
            }
            Some(record)
        }
    };
    let mut today = None;
    if let Some(record) = &of
        && record.record.id.kind() == SubjectKind::Person
        && !ask.as_of.is_present()
    {
        today = room.casebook.shown(record.record.id, AsOf::default(), SHOWN)?;
        today.iter_mut().for_each(|today| room.edition.trim(today));
    }
    let only = match (&of, picture) {
        (None, picture) if picture != Picture::Replay && room.edition.is_desk() => {
            narrowing::only(ask)?
        }
        _ => Only::default(),
    };
    let too_many = too_many(&room.totals()?);
    let id = of.as_ref().map(|record| record.record.id);
    let drawn = |picture: Picture| -> Result<State, Trouble> {
        let sketch = Sketch { picture, of: id, as_of: ask.as_of, only: only.clone() };
        Ok(match too_many {
            Some(many) => State::TooMany(many),
            None => room.drawn(sketch)?.map_or(State::Waiting, State::Drawn),
        })
    };
    let state = drawn(picture)?;
    if let (Some(_), true, State::Drawn(drawn)) = (ask.typed(FILE), room.edition.is_desk(), &state)
    {
        let of = of.as_ref().map(|record| format!("-{}", record.record.id)).unwrap_or_default();
        let name = format!("{}{of}", word(picture));
        return Ok(Answer::Svg(name, drawn.drawing.svg.clone()));
    }
    let codebook = room.casebook.codebook()?.codebook;
    let coded = codebook.of(Variable::Type).into_iter().flat_map(|coded| &coded.values);
    let types = coded.map(|term| term.value.clone()).collect();
    let beside = match (&state, picture) {
        (State::Drawn(_), Picture::Map { .. }) => map::BESIDE,
        _ => &[],
    };
    let beside = beside.iter().map(|picture| Ok((*picture, drawn(*picture)?)));
    let beside = beside.collect::<Result<_, Trouble>>()?;
    let as_of = ask.as_of;
    Ok(Answer::page(DrawingPage { picture, of, today, as_of, only, types, state, beside }))
}

/// The word in addresses by which a picture is asked for as a file.
pub(crate) const FILE: &str = "file";

/// Whether pages draw from so large a casebook.
pub(super) fn draws(room: &Room) -> Result<bool, Trouble> {
    Ok(too_many(&room.totals()?).is_none())
}

/// How many records there are, if pages do not draw so many.
fn too_many(totals: &Totals) -> Option<u64> {
    let many = totals.iter().map(|(_, many)| many).sum();
    (many > MOST_RECORDS).then_some(many)
}

/// The pictures that there are of a kind of record, or of the whole casebook, as they are called in
/// addresses.
fn pictures(of: Option<SubjectKind>) -> &'static [&'static str] {
    match of {
        None | Some(SubjectKind::Incident) => &["map", "network", "timeline", "replay", "toll"],
        Some(SubjectKind::Set) => &["map", "network", "timeline", "toll"],
        Some(SubjectKind::Person | SubjectKind::Group) => &["map", "network", "timeline"],
        _ => &[],
    }
}

/// What a picture is called, in addresses and by the command.
fn word(picture: Picture) -> &'static str {
    match picture {
        Picture::Network { .. } => "network",
        Picture::Map { .. } => "map",
        Picture::Timeline => "timeline",
        Picture::Replay => "replay",
        Picture::Toll { .. } => "toll",
    }
}

/// The address of a picture of a record, or of the whole casebook.
fn place(of: Option<MentionId>, word: &str) -> String {
    format!("{}/{word}", of.map(address::record).unwrap_or_default())
}

/// Links to the pictures of a record, or of the whole casebook.
pub(crate) fn links(frame: &Frame, of: Option<MentionId>) -> Markup {
    // Connections pass through people, and stand on no page for readers.
    let all = pictures(of.map(|id| id.kind())).iter().copied();
    let words: Vec<&str> =
        all.filter(|word| frame.edition.is_desk() || *word != "replay").collect();
    html! {
        @if !words.is_empty() {
            nav.filter aria-label="Drawings" {
                ul {
                    @if let Some(person) = of.filter(|id| frame.edition.is_desk() && id.kind() == SubjectKind::Person) {
                        @let place = address::spread(person);
                        @let here = (frame.ask.path == place).then_some("true");
                        li { a href=(frame.to(&place)) aria-current=[here] { "Where the name went" } }
                    }
                    @if let Some(incident) = of.filter(|id| frame.edition.is_desk() && id.kind() == SubjectKind::Incident) {
                        @let place = address::connections(incident);
                        @let here = (frame.ask.path == place).then_some("true");
                        li { a href=(frame.to(&place)) aria-current=[here] { "Connections" } }
                    }
                    @for word in &words {
                        @let place = place(of, word);
                        @let here = (frame.ask.path == place).then_some("true");
                        @let kept = if of.is_none() && *word != "replay" { kept(frame.ask) } else { String::new() };
                        @let to = if kept.is_empty() { place } else { format!("{place}?{kept}") };
                        li { a href=(frame.to(&to)) aria-current=[here] { (layout::capital(word)) } }
                    }
                }
            }
        }
    }
}

impl DrawingPage {
    /// The command that draws it.
    fn command(&self) -> String {
        let word = word(self.picture);
        let id = self.of.as_ref().map(|record| format!(" {}", record.record.id));
        let published = self.as_of.published.map(|day| format!(" --as-of {day}"));
        let recorded = self.as_of.recorded.map(|moment| format!(" --recorded-by {moment}"));
        let view = match self.picture {
            Picture::Map { view } => view.map(|view| format!(" --view={}", view.typed())),
            _ => None,
        };
        let rest = [id, published, recorded, view].into_iter().flatten().collect::<String>();
        format!("throughline draw {word}{rest} --out {word}.svg")
    }

    /// What the page says instead of a picture; `None` where there is one.
    fn instead(&self) -> Option<String> {
        match self.state {
            State::Drawn(_) => None,
            State::Waiting => {
                Some("The picture is being drawn, and this page loads itself again".to_owned())
            }
            State::TooMany(many) => Some(format!(
                "Pages draw from at most {} records, and this casebook has {}: a picture takes all \
                 of them into memory, and minutes. The command draws it",
                layout::number(MOST_RECORDS),
                layout::number(many)
            )),
        }
    }
}

impl Page for DrawingPage {
    fn title(&self) -> String {
        match (&self.state, &self.of) {
            (State::Drawn(drawn), _) => drawn.caption.title.clone(),
            (_, Some(record)) => {
                format!("{}: {}", record.record.name, word(self.picture))
            }
            (_, None) => format!("{} of the whole casebook", layout::capital(word(self.picture))),
        }
    }

    fn json(&self) -> Json {
        match &self.state {
            State::Drawn(drawn) => {
                json!([throughline_draw::json(&drawn.caption, &drawn.drawing.table, self.as_of)])
            }
            State::Waiting => json!([{"error": "being drawn; ask again"}]),
            State::TooMany(_) => {
                let why = self.instead().unwrap_or_default();
                json!([{"error": format!("{why}: {}", self.command())}])
            }
        }
    }

    fn html(&self, frame: &Frame) -> Markup {
        let of = self.of.as_ref().map(|record| &record.record);
        html! {
            header.subject {
                p.kind {
                    @match of {
                        Some(record) => {
                            a href=(frame.to(address::list(record.id.kind()))) { (layout::capital(record.id.kind().name())) }
                            " " (frame.mention(record.id, Some(&record.name)))
                            " " code { (record.id) }
                        }
                        None => "The whole casebook",
                    }
                }
                h1 { (frame.words(&self.title())) }
                (links(frame, of.map(|record| record.id)))
            }
            @if let Some(today) = &self.today { (status::aside(frame, today)) }
            @if self.of.is_none() && self.picture != Picture::Replay && frame.edition.is_desk() {
                (narrowing::form(frame, &self.only, &self.types))
            }
            @match &self.state {
                State::Drawn(drawn) => (self.drawing(frame, drawn)),
                State::Waiting => p.notice role="status" { (self.instead().unwrap_or_default()) "." },
                State::TooMany(_) => p.notice {
                    (self.instead().unwrap_or_default()) ": " code { (self.command()) } "."
                },
            }
        }
    }
}

/// The address of a picture as a file.
fn of_file(ask: &Ask) -> String {
    let view = ask.typed(VIEW).map(|view| format!("{VIEW}={}", address::escaped(view)));
    let kept = Some(kept(ask)).filter(|kept| !kept.is_empty());
    let kept: Vec<String> =
        [Some(format!("{FILE}=svg")), view, kept].into_iter().flatten().collect();
    format!("{}?{}", ask.path, kept.join("&"))
}

impl DrawingPage {
    /// The picture, its facts, and what they are drawn from.
    fn drawing(&self, frame: &Frame, drawn: &Drawn) -> Markup {
        let caption = &drawn.caption;
        html! {
            // Here the script lays what plays the days.
            @if self.picture == Picture::Replay { div data-replay {} }
            (figure(drawn, "Drawing"))
            @if let Some(view) = drawn.drawing.view { (map::zooming(frame, view)) }
            @if frame.edition.is_desk() {
                @let file = of_file(frame.ask);
                p.download { a href=(frame.to(&file)) download data-picture="yes" { "Keep it as SVG" } }
            }
            @for (picture, state) in &self.beside { (map::beside(*picture, state)) }
            h2 { "The same as a table" }
            (table(frame, &drawn.drawing.table, &caption.title))
            h2 { "What it is drawn from" }
            p { (caption.as_of) "." }
            @for mark in &caption.marks { p { (frame.words(mark)) } }
            @if let Some(state) = &caption.state {
                p.hashes {
                    "Content " code.hash { (state.content) }
                    @if let Some(head) = state.head { ", head " code.hash { (head) } }
                    "; " (state.program) "."
                }
            }
        }
    }
}

/// A picture within a page.
pub(super) fn figure(drawn: &Drawn, label: &str) -> Markup {
    html! {
        // Its words are escaped where it is drawn, and it has neither script nor style. Where a window
        // is narrower than its letters can be read at, it is moved within its frame, by keys too.
        figure.picture {
            div.scroll tabindex="0" role="group" aria-label=(label) { (PreEscaped(drawn.drawing.inline())) }
        }
    }
}

fn table(frame: &Frame, table: &Table, title: &str) -> Markup {
    let left = table.rows.len().saturating_sub(MOST_ROWS) as u64;
    html! {
        @if table.rows.is_empty() {
            p { "Nothing." }
        } @else {
            div.scroll tabindex="0" role="group" aria-label="Table" { table.list.drawn {
                caption.unseen { (frame.words(title)) }
                thead { tr { @for name in &table.header { th scope="col" { (layout::capital(name)) } } } }
                tbody {
                    @for row in table.rows.iter().take(MOST_ROWS) {
                        tr data-of=[subjects(table, row)] {
                            @for (name, cell) in table.header.iter().zip(row) {
                                td data-title=(layout::capital(name)) { (self::cell(frame, cell)) }
                            }
                        }
                    }
                }
            } }
        }
        @if left > 0 {
            p.left { (counted(left, "more row is", "more rows are")) " not shown here; this page as JSON has all." }
        }
    }
}

/// Of which records a row is, as pictures have them.
fn subjects(table: &Table, row: &[String]) -> Option<String> {
    let is_id = |name: &str| name == "id" || name == "to id";
    let own = table.header.iter().zip(row).filter(|(name, _)| is_id(name));
    let ids: Vec<&str> = own
        .flat_map(|(_, cell)| cell.split(|letter: char| !letter.is_alphanumeric() && letter != '-'))
        .filter(|id| !id.is_empty())
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// A cell: an id leads to what it names.
fn cell(frame: &Frame, cell: &str) -> Markup {
    let place = match (cell.parse::<MentionId>(), cell.parse::<DocumentId>()) {
        (Ok(id), _) => Some(address::record(id)),
        (_, Ok(id)) => Some(address::document(id)),
        _ => None,
    };
    html! {
        @match place {
            Some(place) => a href=(frame.to(&place)) { code { (cell) } },
            // What is empty stays so: narrow pages leave it out.
            None => @if !cell.is_empty() { (frame.words(cell)) },
        }
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::Edtf;

    use super::*;
    use crate::edition::Edition;

    fn frame(ask: &Ask) -> Frame<'_> {
        Frame {
            ask,
            edition: Edition::default(),
            casebook: "a".to_owned(),
            coder: None,
            judging: None,
            tip: None,
            unsettled: None,
            unsettled_because: None,
            reading: false,
            writes: false,
        }
    }

    #[test]
    fn a_large_casebook_is_drawn_by_the_command() {
        let totals = |many| vec![(SubjectKind::Incident, many), (SubjectKind::Person, 1)];
        assert_eq!(too_many(&totals(MOST_RECORDS - 1)), None);
        let many = too_many(&totals(MOST_RECORDS)).unwrap();
        let day = "2016-05-31".parse::<Edtf>().unwrap().latest();
        let as_of = AsOf { published: Some(day), recorded: None };
        let picture = Picture::Network { most: NETWORK };
        let page = DrawingPage {
            picture,
            of: None,
            today: None,
            as_of,
            only: Only::default(),
            types: Vec::new(),
            state: State::TooMany(many),
            beside: Vec::new(),
        };
        let ask = Ask { path: "/network".to_owned(), ..Ask::default() };
        let text = page.html(&frame(&ask)).into_string();
        assert!(text.contains("this casebook has 20,001"), "{text}");
        let command = "throughline draw network --as-of 2016-05-31 --out network.svg";
        assert!(text.contains(command), "{text}");
        assert!(page.json()[0]["error"].as_str().unwrap().contains(command));
    }
}

//! Search: documents by their words, and records by their names.

use maud::{Markup, PreEscaped, html};
use serde_json::{Value as Json, json};
use throughline_casebook::{Hit, Listed, Part};
use throughline_model::SubjectKind;
use throughline_tell::{found, listing, terminal};

use super::documents::called;
use super::evidence::{changed, day};
use super::list::cell;
use crate::address;
use crate::ask::{Ask, ROWS};
use crate::desk::{Answer, Page, Room};
use crate::layout::{self, Frame};
use crate::trouble::Trouble;

/// How many documents a page of a search has: each is read for its snippet.
const HITS: usize = 20;

/// The word in addresses that says what is looked for.
pub(crate) const KIND: &str = "kind";

/// What is looked for, in addresses.
pub(crate) const WORDS: &str = "words";

struct Search {
    words: String,
    found: Kind,
    page: usize,
}

enum Kind {
    Documents(Vec<Hit>, bool),
    Records(SubjectKind, Vec<Listed>),
}

pub(crate) fn gather(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let words = ask.typed(WORDS).unwrap_or_default().to_owned();
    // An id leads straight to what it names.
    let is_id = words.len() > 7
        && !words.contains(char::is_whitespace)
        && words.as_bytes().get(3) == Some(&b'-');
    if is_id && let Ok(address) = super::ids::leads(room, &words) {
        return Ok(Answer::Elsewhere(address));
    }
    let page = ask.page()?;
    let found = match ask.typed(KIND) {
        None | Some("document") => {
            let part = Part { from: (page - 1) * HITS, many: HITS + 1 };
            let mut hits = room.casebook.search_part(&words, ask.as_of, part)?;
            let more = hits.len() > HITS;
            hits.truncate(HITS);
            ask.beyond(hits.len())?;
            Kind::Documents(hits, more)
        }
        Some(name) => {
            let kind = SubjectKind::from_name(name).ok_or_else(|| {
                let kinds: Vec<&str> = SubjectKind::ALL.iter().map(|kind| kind.name()).collect();
                Trouble::refused(
                    format!("“{name}” is no kind of record."),
                    format!("There are document, {}.", kinds.join(", ")),
                )
            })?;
            Kind::Records(kind, room.casebook.named(kind, &words, ask.as_of, ROWS)?)
        }
    };
    Ok(Answer::page(Search { words, found, page }))
}

impl Page for Search {
    fn title(&self) -> String {
        match self.words.is_empty() {
            true => "Search".to_owned(),
            false => format!("Search: {}", self.words),
        }
    }

    fn json(&self) -> Json {
        match &self.found {
            Kind::Documents(hits, _) => hits.iter().map(found::json).collect(),
            Kind::Records(_, rows) => json!(rows.iter().map(listing::json).collect::<Vec<_>>()),
        }
    }

    fn neighbours(&self) -> (bool, bool) {
        match &self.found {
            Kind::Documents(_, more) => (self.page > 1, *more),
            Kind::Records(..) => (false, false),
        }
    }

    fn html(&self, frame: &Frame) -> Markup {
        html! {
            h1 { "Search" }
            (self.kinds(frame))
            @if frame.judging.is_some() { p { a href="/terms" { "Search for a list of terms" } } }
            @if self.words.is_empty() {
                p { "Write words above: all of them must stand in a document; those between quotation marks must stand together. An id leads to what it names." }
            } @else {
                @match &self.found {
                    Kind::Documents(hits, _) => (self.documents(frame, hits)),
                    Kind::Records(kind, rows) => (self.records(frame, *kind, rows)),
                }
            }
            (layout::pager(frame, self.neighbours()))
        }
    }
}

impl Search {
    fn kinds(&self, frame: &Frame) -> Markup {
        let words = address::escaped(&self.words);
        let here = match &self.found {
            Kind::Documents(..) => "document",
            Kind::Records(kind, _) => kind.name(),
        };
        let kinds = SubjectKind::ALL.into_iter().map(|kind| (kind.name(), address::plural(kind)));
        html! {
            nav.filter aria-label="What to look for" {
                ul {
                    @for (name, title) in std::iter::once(("document", "Documents")).chain(kinds) {
                        li {
                            a href=(frame.to(&format!("/search?words={words}&{KIND}={name}")))
                                aria-current=[(here == name).then_some("true")] { (title) }
                        }
                    }
                }
            }
        }
    }

    fn documents(&self, frame: &Frame, hits: &[Hit]) -> Markup {
        html! {
            h2 { "Documents that hold " q { (frame.words(&self.words)) } }
            @if hits.is_empty() { p { "None, as of these dates. Fewer words find more." } }
            ol.hits start=((self.page - 1) * HITS + 1) {
                @for hit in hits {
                    li {
                        h3 { a href=(frame.to(&address::document(hit.document.id))) { (called(frame, &hit.document)) } }
                        p.source {
                            (frame.words(hit.document.source.as_deref().unwrap_or("unknown source"))) ", "
                            (day(hit.document.published.as_ref()))
                            (changed(&hit.document))
                        }
                        p.snippet dir="auto" { (highlighted(&frame.edition.plain(&hit.snippet), &self.words)) }
                    }
                }
            }
        }
    }

    fn records(&self, frame: &Frame, kind: SubjectKind, rows: &[Listed]) -> Markup {
        let columns = listing::columns(kind);
        html! {
            h2 { (address::plural(kind)) " called " q { (frame.words(&self.words)) } }
            @if rows.is_empty() { p { "None, as of these dates. Records are found by their names." } }
            @else {
                div.scroll tabindex="0" role="group" aria-label="Table" { table.list {
                    caption.unseen { (address::plural(kind)) " found" }
                    thead { tr {
                        th scope="col" { "Name" }
                        @for (name, _) in columns { th scope="col" { (layout::capital(name)) } }
                        th.number scope="col" { "Mentions" }
                    } }
                    tbody { @for row in rows { tr {
                        th scope="row" { a href=(frame.to(&address::record(row.id))) { (frame.words(&row.name)) } }
                        @for (name, variables) in columns { td data-title=(layout::capital(name)) { (cell(frame, row, variables)) } }
                        td.number data-title="Mentions" { (layout::number(row.mentions)) }
                    } } }
                } }
                @if rows.len() == ROWS { p { "The first " (ROWS) "; more words find fewer." } }
            }
        }
    }
}

/// Words with those that were looked for marked, whatever their case.
pub(super) fn highlighted(snippet: &str, words: &str) -> Markup {
    let wanted: Vec<Vec<char>> = words
        .split(['"', '“', '”', '„', '«', '»', ' ', '\t'])
        .map(|word| {
            terminal::one_line(word).chars().flat_map(char::to_lowercase).collect::<Vec<_>>()
        })
        .filter(|word| word.iter().any(|letter| letter.is_alphanumeric()))
        .collect();
    let letters: Vec<char> = snippet.chars().collect();
    let same = |at: usize, word: &[char]| {
        let end = at + word.len();
        let starts = at == 0 || !letters[at - 1].is_alphanumeric();
        let ends = letters.get(end).is_none_or(|next| !next.is_alphanumeric());
        starts
            && ends
            && end <= letters.len()
            && letters[at..end]
                .iter()
                .zip(word)
                .all(|(letter, wanted)| letter.to_lowercase().eq([*wanted]))
    };
    let mut marked = String::new();
    let mut at = 0;
    let mut plain = String::new();
    while at < letters.len() {
        let found = wanted.iter().filter(|word| same(at, word)).map(Vec::len).max();
        match found {
            Some(length) => {
                let text: String = letters[at..at + length].iter().collect();
                let before = std::mem::take(&mut plain);
                marked.push_str(&html! { (before) mark { (text) } }.into_string());
                at += length;
            }
            None => {
                plain.push(letters[at]);
                at += 1;
            }
        }
    }
    marked.push_str(&html! { (plain) }.into_string());
    PreEscaped(marked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_and_nothing_becomes_markup() {
        for (snippet, words, want) in [
            ("A Bomb, a bombing.", "bomb", "A <mark>Bomb</mark>, a bombing."),
            ("the white tower", "\"white tower\"", "the <mark>white</mark> <mark>tower</mark>"),
            ("<b>bomb</b>", "b", "&lt;<mark>b</mark>&gt;bomb&lt;/<mark>b</mark>&gt;"),
            ("İstanbul", "istanbul", "İstanbul"),
            ("bomb", "", "bomb"),
            ("bomb", "\" , \"", "bomb"),
            ("", "bomb", ""),
        ] {
            assert_eq!(highlighted(snippet, words).into_string(), want, "{words}");
        }
    }
}

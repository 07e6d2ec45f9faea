//! The pieces of an article as a text with zones.
//!
//! Paragraphs stand apart by a blank line; items of a list and rows of a table on lines of their
//! own, an item after `- ` or its number, cells apart by ` | `. A block quote stands in quotation
//! marks, since its words are somebody else's and the page shows that by its form alone. What is
//! written under pictures is kept with them and not in the text: it would part sentences, and often
//! tells of another day.

use throughline_model::{Edtf, Picture, Span, Zone, ZoneRole};

use super::article::Article;
use super::flow::{Kind, Number, Piece, Shown};
use super::when::{seen, tells_of_a_change};
use crate::blocks::{Block, author, is_byline};
use crate::counting::written;
use crate::date::{agency_line, published_date};
use crate::pull_quote::Body;

/// A text under construction.
#[derive(Debug, Default)]
pub(crate) struct Composed {
    pub(crate) text: String,
    pub(crate) zones: Vec<Zone>,
    pub(crate) pictures: Vec<Picture>,
    /// What the lines around the headline say.
    pub(crate) byline: Option<String>,
    pub(crate) published: Option<Edtf>,
    pub(crate) modified: Option<Edtf>,
    /// The day in an agency's line, which is that of the report.
    pub(crate) agency: Option<Edtf>,
    /// Whether words that are struck out were left out.
    pub(crate) struck: bool,
    /// How many words the body has.
    pub(crate) words: usize,
}

impl Composed {
    fn push(&mut self, role: ZoneRole, before: &str, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.push_line(role, before, text);
    }

    fn push_line(&mut self, role: ZoneRole, before: &str, text: &str) {
        self.text.push_str(before);
        let start = self.text.len();
        self.text.push_str(text);
        self.zones.push(Zone { role, span: Span::new(start, self.text.len()) });
        if role == ZoneRole::Body {
            self.words += text.split_whitespace().count();
        }
    }

    fn has_body(&self) -> bool {
        self.zones.iter().any(|zone| zone.role == ZoneRole::Body)
    }

    /// A paragraph, of which the first may begin with an agency's line.
    fn push_paragraph(&mut self, text: &str) {
        match agency_line(text).filter(|_| !self.has_body()) {
            Some((date, length)) if length < text.len() => {
                self.agency = date;
                self.push(ZoneRole::Dateline, "", &text[..length]);
                // The line and its report stay one paragraph.
                self.text.push_str(&text[text[..length].trim_end().len()..length]);
                self.push_line(ZoneRole::Body, "", &text[length..]);
            }
            _ => self.push(ZoneRole::Body, "", text),
        }
    }
}

/// The text of an article. `title` is put above it if the page shows no headline, `body` takes the
/// place of its paragraphs.
pub(crate) fn compose(
    article: &Article,
    title: Option<&str>,
    body: Option<&[String]>,
    is_live: bool,
) -> Composed {
    let mut out = Composed { struck: article.flow.struck, ..Composed::default() };
    let pieces = &article.flow.pieces;
    if article.headline.is_none()
        && let Some(title) = title
    {
        out.push(ZoneRole::Headline, "", title);
    }
    let quoted =
        pieces.iter().filter(|piece| piece.kind == Kind::Quote).map(|piece| piece.text.len());
    let length: usize = pieces.iter().map(|piece| piece.text.len()).sum();
    // Where most of an article is a block quote, the page only indents it.
    let quotes = quoted.sum::<usize>() * 2 < length;
    let blocks = pieces
        .iter()
        .filter(|piece| matches!(piece.kind, Kind::Paragraph | Kind::Item(_) | Kind::Quote))
        .map(|piece| Block { start: 0, text: &piece.text })
        .collect::<Vec<_>>();
    let copied = Body::of(&blocks);
    let mut pictures = article.flow.pictures.iter().peekable();
    let mut said: Vec<&str> = Vec::new();
    let mut group = None;
    for (at, piece) in pieces.iter().enumerate() {
        while let Some(picture) = pictures.next_if(|picture| picture.before <= at) {
            out.pictures.push(pictured(picture, out.text.len()));
        }
        let in_body =
            !matches!(piece.kind, Kind::Credit | Kind::Term) && article.headline != Some(at);
        if body.is_some() && in_body && piece.kind != Kind::Standfirst {
            continue;
        }
        if is_said_again(piece, &said) {
            continue;
        }
        said.push(&piece.text);
        if article.headline == Some(at) {
            out.push(ZoneRole::Headline, "", &piece.text.replace('\n', " "));
        } else if article.is_list {
            out.push(ZoneRole::Section, "", &piece.text);
        } else {
            place(&mut out, piece, &copied, quotes, is_live, group == piece.group);
        }
        group = piece.group;
    }
    for paragraph in body.unwrap_or_default() {
        out.push_paragraph(paragraph);
    }
    let end = out.text.len();
    out.pictures.extend(pictures.map(|picture| pictured(picture, end)));
    // Terms come last, since a text without them is whole.
    out.text.truncate(out.text.trim_end().len());
    out
}

/// Whether a piece stands there a second time: a longer one as for narrow screens, any one right
/// after itself as in galleries.
fn is_said_again(piece: &Piece, said: &[&str]) -> bool {
    const LONG: usize = 60;
    const BACK: usize = 40;
    let back = if piece.text.len() >= LONG { BACK } else { 2 };
    let alone = !matches!(piece.kind, Kind::Row | Kind::Item(_));
    alone && said.iter().rev().take(back).any(|before| *before == piece.text)
}

fn place(
    out: &mut Composed,
    piece: &Piece,
    copied: &Body,
    quotes: bool,
    is_live: bool,
    same_group: bool,
) {
    let text = piece.text.as_str();
    match piece.kind {
        Kind::Credit => credit(out, text, is_live),
        Kind::Term if same_group && piece.group.is_some() && !out.text.is_empty() => {
            out.text.push('\n');
            out.push_line(ZoneRole::Section, "", text);
        }
        Kind::Term => out.push(ZoneRole::Section, "", text),
        Kind::Pull => out.push(ZoneRole::PullQuote, "", text),
        Kind::Standfirst => out.push(ZoneRole::Headline, "", text),
        Kind::Heading(_) => out.push(ZoneRole::Section, "", text),
        Kind::Item(number) => {
            let written = |number: Number| format!("{}. ", written(number.at, number.style));
            let mark = number.map_or_else(|| "- ".to_owned(), written);
            match same_group && piece.group.is_some() && !out.text.is_empty() {
                true => out.push_line(ZoneRole::Body, &format!("\n{mark}"), text),
                false => out.push(ZoneRole::Body, &mark, text),
            }
        }
        Kind::Row => match same_group && piece.group.is_some() && !out.text.is_empty() {
            true => out.push_line(ZoneRole::Body, "\n", text),
            false => out.push(ZoneRole::Body, "", text),
        },
        Kind::Quote | Kind::Paragraph => {
            let block = Block { start: 0, text };
            let opens = text.starts_with(['“', '"', '„', '«', '‘', '\'', '»', '—', '–', '-']);
            if !out.has_body() && is_credit_line(text) {
                credit(out, text, is_live);
            } else if out.has_body() && copied.is_quoted_in(&block) && !block.ends_a_sentence() {
                out.push(ZoneRole::PullQuote, "", text);
            } else if piece.kind == Kind::Quote && quotes && !opens {
                out.push(ZoneRole::Body, "", &format!("“{text}”"));
            } else {
                out.push_paragraph(text);
            }
        }
    }
}

/// Whether a paragraph is a byline, or a line with a day and hardly anything else.
fn is_credit_line(text: &str) -> bool {
    const LONGEST: usize = 60;
    let block = Block { start: 0, text };
    is_byline(text)
        || published_date(text).is_some()
        || text.len() <= LONGEST && !block.ends_a_sentence() && seen(text).is_some()
}

/// A line that tells who wrote the article, or when. Other small lines are left out, but for the
/// times of a live blog's posts.
fn credit(out: &mut Composed, text: &str, is_live: bool) {
    const LONGEST: usize = 200;
    // An editor's line or a lead may stand between the headline and the names.
    const FEW_WORDS: usize = 60;
    if out.words > FEW_WORDS {
        if is_live && is_clock(text) {
            out.push(ZoneRole::Section, "", text);
        }
        return;
    }
    let last = out.zones.last().map(|zone| zone.span.of(&out.text));
    if text.len() > LONGEST || last == Some(text) {
        return;
    }
    let day = seen(text);
    let name = out.byline.is_none().then(|| name_in(text, day.is_some())).flatten();
    match (name, day) {
        (Some(name), day) => {
            out.byline = Some(name);
            out.published = out.published.take().or(day.filter(|_| !tells_of_a_change(text)));
            out.push(ZoneRole::Byline, "", text);
        }
        (None, Some(day)) if tells_of_a_change(text) => {
            // "Published … Updated …" in one line: the first day is of publication.
            let lower = text.to_lowercase();
            if lower.starts_with("published") || lower.starts_with("posted") {
                out.published = out.published.take().or(Some(day));
            } else {
                out.modified = out.modified.take().or(Some(day));
            }
            out.push(ZoneRole::Dateline, "", text);
        }
        (None, Some(day)) => {
            out.published = out.published.take().or(Some(day));
            out.push(ZoneRole::Dateline, "", text);
        }
        (None, None) if is_live && out.has_body() && is_clock(text) => {
            out.push(ZoneRole::Section, "", text);
        }
        (None, None) => {}
    }
}

/// Whether a line gives a time of day, as above a live blog's post.
fn is_clock(text: &str) -> bool {
    text.len() <= 40 && text.contains(|letter: char| letter.is_ascii_digit())
}

/// The author in a line, without what stands beside him.
fn name_in(text: &str, has_day: bool) -> Option<String> {
    let part = text.split(['|', '•', '·', '\n']).map(str::trim).find(|part| author(part).is_some());
    let part = part.or_else(|| {
        let lower = text.to_lowercase();
        let at = lower.find(" by ").filter(|at| {
            (lower.starts_with("posted")
                || lower.starts_with("published")
                || lower.starts_with("written")
                || lower.starts_with("submitted"))
                && text.is_char_boundary(*at)
        })?;
        text.get(at + 1..)
    });
    match part {
        Some(part) => {
            let name = author(part)?;
            let name = name.split([',', '|']).next().map(str::trim)?;
            // "by Ada Marsh on 12 May 2016"
            let name = name.split(" on ").next().unwrap_or(name);
            Some(name.to_owned()).filter(|name| !name.is_empty() && name.len() <= 120)
        }
        // A line of its own with a name, and perhaps a role after a mark.
        None if !has_day => {
            let parts = text.split(['|', '•', '·', '\n']).map(str::trim);
            let name = parts.into_iter().find(|part| are_names(part));
            name.map(str::to_owned)
        }
        None => None,
    }
}

/// Whether a line is one name or several and nothing else.
fn are_names(line: &str) -> bool {
    let mut names = line.split(" and ").flat_map(|part| part.split(", "));
    names.all(is_name)
}

/// Whether a line is a name and nothing else: two to four words in capitals.
pub(crate) fn is_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let plain = |letter: char| {
        letter.is_alphabetic() || letter.is_whitespace() || matches!(letter, '.' | '-' | '\'' | '’')
    };
    matches!(words.len(), 2..=4) && line.chars().all(plain) && words.iter().all(capital)
}

fn pictured(picture: &Shown, at: usize) -> Picture {
    Picture {
        sha256: picture.sha256,
        name: picture.name.clone(),
        caption: picture.caption.clone(),
        at: u32::try_from(at).ok(),
    }
}

//! Articles as documents, by plain rules of their layout: blocks between empty lines.

use throughline_model::{Document, Edtf, Sha256, Span, Zone, ZoneRole};

/// The article as a document: paper, headline, byline, day, paragraphs, a pull-quote
/// (a block without a stop) and short lines at the end.
pub(crate) fn document(text: &str, published: Option<Edtf>) -> Document {
    let blocks = blocks(text);
    let last_paragraph = blocks.iter().rposition(|block| stopped(block.of(text)));
    let mut date = published;
    let mut title = None;
    let zones = blocks.iter().enumerate().map(|(at, &span)| {
        let words = span.of(text);
        let count = words.split_whitespace().count();
        let role = match at {
            0 => ZoneRole::Source,
            1 => {
                title = Some(words.to_owned());
                ZoneRole::Headline
            }
            _ if words.starts_with("- ") && count < 12 => ZoneRole::Byline,
            2..4 if !stopped(words) && day(words).is_some() => {
                date = date.clone().or(day(words));
                ZoneRole::Dateline
            }
            _ if stopped(words) => ZoneRole::Body,
            _ if Some(at) > last_paragraph && count < 7 => ZoneRole::Section,
            _ => ZoneRole::PullQuote,
        };
        Zone { role, span }
    });
    let zones = zones.collect();
    let sha256 = Sha256::of(text.as_bytes());
    Document { title, published: date, text: text.to_owned(), zones, ..Document::bare(sha256) }
}

/// A document whose whole text is one paragraph.
pub(crate) fn plain(text: &str, published: Option<&str>) -> Document {
    let mut made = document("", published.and_then(|date| date.parse().ok()));
    made.text = text.to_owned();
    if !text.is_empty() {
        made.zones = vec![Zone { role: ZoneRole::Body, span: Span::new(0, text.len()) }];
    }
    made
}

fn blocks(text: &str) -> Vec<Span> {
    let mut blocks: Vec<Span> = Vec::new();
    let mut open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if words.is_empty() {
            open = false;
        } else {
            let start = at + line.find(words).unwrap_or_default();
            let span = Span::new(start, start + words.len());
            match blocks.last_mut().filter(|_| open) {
                Some(block) => *block = block.join(span),
                None => blocks.push(span),
            }
            open = true;
        }
        at += line.len();
    }
    blocks
}

fn stopped(words: &str) -> bool {
    words.ends_with(['.', '!', '?', '”', '"', '’'])
}

/// "4 March 2019".
fn day(words: &str) -> Option<Edtf> {
    let mut parts = words.split_whitespace();
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    format!("{year}-{month:02}-{:02}", day.parse::<u8>().ok()?).parse().ok()
}

pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

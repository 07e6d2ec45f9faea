//! Plain text as newspaper archives export it.

use throughline_model::{Document, Edtf, Sha256, Span, Zone, ZoneRole};

use crate::blocks::{Block, LONGEST_HEAD, author, blocks};
use crate::date::{agency_line, looks_like_a_date, published_date};
use crate::letters::seen;
use crate::pull_quote::Body;
use crate::{Cause, Given, decode};

/// The longest line that can be a headline, a source or a section line, in bytes.
const LONGEST_HEADER: usize = 160;

/// A document from the bytes of a plain-text file.
///
/// The layout: the publication, the headline, `- By` the author, the date, each on a line of its
/// own; then paragraphs, among or after them pull-quotes, and section lines at the end. Each of
/// these may be missing; a text without any layout is all body, and a single line without a full
/// stop before it is its headline.
///
/// # Errors
/// [`Cause::Binary`], or [`Cause::Empty`] if there is nothing but white space.
pub fn read_text(bytes: &[u8], given: &Given) -> Result<Document, Cause> {
    let text = seen(&decode(bytes)?).into_owned();
    let blocks = blocks(&text);
    if blocks.is_empty() {
        return Err(Cause::Empty);
    }
    let header = Header::of(&blocks);
    let mut zones = header.zones.clone();
    let body = body_zones(&blocks[header.length..], &mut zones);
    let sha256 = Sha256::of(bytes);
    Ok(Document {
        source: header.source.or_else(|| given.source.clone()),
        title: header.title,
        byline: header.byline,
        published: header.published.or(body).or_else(|| given.published.clone()),
        url: given.url.clone(),
        language: given.language.clone(),
        zones,
        text,
        notes: header.notes,
        ..Document::bare(sha256)
    })
}

/// What stands before the first paragraph.
#[derive(Default)]
struct Header {
    /// How many blocks it has.
    length: usize,
    zones: Vec<Zone>,
    source: Option<String>,
    title: Option<String>,
    byline: Option<String>,
    published: Option<Edtf>,
    /// What could not be taken in.
    notes: Vec<String>,
}

impl Header {
    fn of(blocks: &[Block]) -> Header {
        let is_header = |block: &&Block| {
            block.is_one_line()
                && block.text.len() <= LONGEST_HEADER
                && (!block.ends_a_sentence()
                    || author(block.text).is_some()
                    || block.text.ends_with(['?', '!']))
                && agency_line(block.text).is_none()
        };
        let length = blocks.iter().take(LONGEST_HEAD).take_while(is_header).count();
        // A text of nothing but short lines has at most its first line above it.
        let length = if length == blocks.len() { length.min(1) } else { length };
        let mut header = Header { length, ..Header::default() };
        let mut titles: Vec<&Block> = Vec::new();
        for block in &blocks[..length] {
            let role = match (author(block.text), published_date(block.text)) {
                (Some(name), _) if header.byline.is_none() => {
                    header.byline = Some(name.to_owned());
                    ZoneRole::Byline
                }
                (_, Some(date)) if header.published.is_none() => {
                    header.published = Some(date);
                    ZoneRole::Dateline
                }
                _ => {
                    titles.push(block);
                    ZoneRole::Headline
                }
            };
            header.zones.push(Zone { role, span: block.span() });
        }
        // The first of two lines is the publication's name; a single one is the headline.
        if let [source, _, ..] = titles.as_slice() {
            header.source = Some(source.text.to_owned());
            let span = source.span();
            for zone in header.zones.iter_mut().filter(|zone| zone.span == span) {
                zone.role = ZoneRole::Source;
            }
        }
        // A line that was meant for a date, as far as it looks like one, must not go without a word.
        let meant = titles.iter().filter(|block| {
            header.published.is_none()
                && looks_like_a_date(block.text)
                && published_date(block.text).is_none()
        });
        header.notes = meant
            .map(|block| {
                format!(
                    "the line {:?} looks like a date of publication and is none; `read --published` \
                     or `judge dated` gives the date",
                    block.text
                )
            })
            .collect();
        let title = if titles.len() > 1 { titles.get(1) } else { titles.first() };
        header.title = title.map(|block| block.text.to_owned());
        header
    }
}

/// Adds the zones of paragraphs, pull-quotes and section lines; returns an agency line's date.
pub(crate) fn body_zones(blocks: &[Block], zones: &mut Vec<Zone>) -> Option<Edtf> {
    let body = Body::of(blocks);
    let mut published = None;
    let last = blocks.iter().rposition(Block::ends_a_sentence);
    for (at, block) in blocks.iter().enumerate() {
        let short = block.is_one_line() && block.text.len() <= LONGEST_HEADER;
        let after = last.is_some_and(|last| at > last);
        let role = if body.is_quoted_in(block) {
            ZoneRole::PullQuote
        } else if after && short {
            ZoneRole::Section
        } else {
            ZoneRole::Body
        };
        let span = block.span();
        match agency_line(block.text).filter(|_| at == 0 && role == ZoneRole::Body) {
            Some((date, length)) if length < block.text.len() => {
                published = date;
                let middle = block.start + length;
                let line = Span::new(block.start, middle);
                zones.push(Zone { role: ZoneRole::Dateline, span: line });
                let rest = Span::new(middle, block.start + block.text.len());
                zones.push(Zone { role: ZoneRole::Body, span: rest });
            }
            _ => zones.push(Zone { role, span }),
        }
    }
    published
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zones(text: &str) -> (Document, Vec<(ZoneRole, String)>) {
        let document = read_text(text.as_bytes(), &Given::default()).unwrap();
        let zones = document
            .zones
            .iter()
            .map(|zone| (zone.role, zone.span.of(&document.text).to_owned()))
            .collect();
        (document, zones)
    }

    const ARTICLE: &str = "The Morning Ferry\n\nBomb at the tram depot\n\n- By Ada Marsh\n\n\
        12 May 1906\n\nA bomb went off at the tram depot yesterday, wounding four of the nine \
        drivers.\n\nThe police hold nobody.\n\n4 The number of drivers wounded by the bomb\n\n\
        Transport\n\nLocal news\n";

    #[test]
    fn an_article_is_taken_apart() {
        let (document, zones) = zones(ARTICLE);
        assert_eq!(document.source.as_deref(), Some("The Morning Ferry"));
        assert_eq!(document.title.as_deref(), Some("Bomb at the tram depot"));
        assert_eq!(document.byline.as_deref(), Some("Ada Marsh"));
        assert_eq!(document.published.unwrap().as_str(), "1906-05-12");
        let roles: Vec<ZoneRole> = zones.iter().map(|(role, _)| *role).collect();
        use ZoneRole as Z;
        assert_eq!(
            roles,
            [
                Z::Source,
                Z::Headline,
                Z::Byline,
                Z::Dateline,
                Z::Body,
                Z::Body,
                Z::PullQuote,
                Z::Section,
                Z::Section,
            ]
        );
    }

    #[test]
    fn a_head_needs_no_blank_lines() {
        let (document, zones) = zones(
            "The Harbour Post\n12 March 2015\nBomb in Lydmouth kills six\n\nA bomb exploded in a \
             market.\nNobody claimed it.",
        );
        assert_eq!(document.source.as_deref(), Some("The Harbour Post"));
        assert_eq!(document.title.as_deref(), Some("Bomb in Lydmouth kills six"));
        assert_eq!(document.published.unwrap().as_str(), "2015-03-12");
        assert_eq!(zones.len(), 4);
    }

    #[test]
    fn a_text_without_layout_is_body() {
        let (document, zones) = zones("A man was shot.\nHe lives.\n");
        assert_eq!(zones, [(ZoneRole::Body, "A man was shot.\nHe lives.".to_owned())]);
        assert_eq!((document.source, document.title, document.published), (None, None, None));
    }

    #[test]
    fn an_agency_line_gives_the_date() {
        let (document, zones) = zones("PORTO, 3 JAN 90 (LUSA) -- A bomb exploded.\n\nNobody fell.");
        assert_eq!(document.published.unwrap().as_str(), "1990-01-03");
        assert_eq!(zones[1].1, "A bomb exploded.");
    }

    #[test]
    fn a_line_that_was_meant_for_a_date_is_told_of() {
        for (line, told) in [
            ("31 February 2016", true),
            ("03/04/2017", true),
            ("12 Mai 2016", true),
            ("12 May 2016", false),
            ("Twelve dead in 2016", false),
            ("Lenn", false),
        ] {
            let (document, _) = zones(&format!(
                "The Post\n\nShots at Lenn\n\n{line}\n\nNobody fell. All went home.\n\nEnd of it."
            ));
            let notes = document.notes.join(" ");
            assert_eq!(notes.contains("looks like a date of publication"), told, "{line}: {notes}");
        }
    }

    #[test]
    fn only_white_space_is_empty() {
        assert!(matches!(read_text(b" \n\t\n", &Given::default()), Err(Cause::Empty)));
    }
}

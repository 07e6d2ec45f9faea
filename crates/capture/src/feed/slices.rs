//! Where the entries of a feed begin and end, and what stands around them.

use encoding_rs::{Encoding, UTF_8};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::html::plain_words;
use crate::letters::one_line;
use crate::{Cause, decode};

/// The most entries that are read of one feed.
const MOST: usize = 100_000;

/// What a feed says of all its entries.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct About {
    pub(crate) title: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) author: Option<String>,
    /// The address from which the feed says that all others are to be seen.
    pub(crate) base: Option<String>,
}

/// A feed taken apart.
#[derive(Debug)]
pub(crate) struct Slices<'t> {
    pub(crate) entries: Vec<&'t str>,
    pub(crate) about: About,
    /// Why what comes after the entries could not be read.
    pub(crate) broken: Option<String>,
}

/// The text of an XML file, whose first line may name its encoding.
pub(crate) fn decode_xml(bytes: &[u8]) -> Result<String, Cause> {
    const LINE: usize = 200;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LINE)]).to_lowercase();
    let named = head.trim_start().strip_prefix("<?xml").and_then(|rest| {
        let line = rest.split("?>").next()?;
        let (_, rest) = line.split_once("encoding")?;
        let label = rest.trim_start_matches([' ', '=', '"', '\'']);
        Encoding::for_label(label.split(['"', '\'']).next()?.as_bytes())
    });
    match named.filter(|named| *named != UTF_8 && std::str::from_utf8(bytes).is_err()) {
        Some(encoding) if !bytes.contains(&0) => {
            Ok(encoding.decode_without_bom_handling(bytes).0.into_owned())
        }
        _ => decode(bytes),
    }
}

/// Whether the first element of a text is that of a feed.
pub(crate) fn opens_a_feed(text: &str) -> bool {
    let mut reader = reader(text);
    for _ in 0..40 {
        match reader.read_event() {
            Ok(Event::Start(tag)) => return is_feed(&local(&tag)),
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
    false
}

fn is_feed(name: &str) -> bool {
    matches!(name, "rss" | "feed" | "rdf")
}

pub(crate) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    // Feeds that people write by hand lack an end here and there; what is there is still good.
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader
}

/// An element's name without its prefix, in lower case.
pub(crate) fn local(tag: &BytesStart) -> String {
    tag.local_name().as_ref().to_lowercase()
}

impl<'t> Slices<'t> {
    /// Takes a feed apart.
    ///
    /// # Errors
    /// [`Cause::NotAFeed`] if its first element is none of a feed.
    pub(crate) fn of(text: &'t str) -> Result<Slices<'t>, Cause> {
        let mut slices = Slices { entries: Vec::new(), about: About::default(), broken: None };
        let mut reader = reader(text);
        // The names of the open elements, and where their content begins.
        let mut path: Vec<String> = Vec::new();
        let mut inside: Vec<usize> = Vec::new();
        let mut from = None;
        loop {
            let before = reader.buffer_position() as usize;
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    slices.broken = Some(format!("at byte {}: {error}", reader.error_position()));
                    break;
                }
            };
            match event {
                Event::Start(tag) => {
                    let name = local(&tag);
                    if path.is_empty() && !is_feed(&name) {
                        let reason = format!("its first element is <{}>", one_line(&name));
                        return Err(Cause::NotAFeed { reason });
                    }
                    if path.is_empty() || name == "feed" {
                        slices.about.language = language(&tag).or(slices.about.language.take());
                        slices.about.base = base(&tag).or(slices.about.base.take());
                    }
                    if from.is_none() && matches!(name.as_str(), "item" | "entry") {
                        from = Some((before, path.len()));
                    }
                    if path.len() < 200 {
                        path.push(name);
                        inside.push(reader.buffer_position() as usize);
                    } else {
                        slices.broken = Some("elements lie too deep in one another".to_owned());
                        break;
                    }
                }
                Event::End(tag) => {
                    let name = tag.local_name().as_ref().to_lowercase();
                    // An end that fits an element further out ends those within, too.
                    if let Some(at) = path.iter().rposition(|open| *open == name) {
                        if from.is_none() {
                            let words = text.get(inside[at]..before).unwrap_or_default();
                            slices.about(&path[..=at], words);
                        }
                        path.truncate(at);
                        inside.truncate(at);
                    }
                    if let Some((begin, depth)) = from
                        && path.len() <= depth
                    {
                        let end = reader.buffer_position() as usize;
                        slices.entries.extend(text.get(begin..end));
                        from = None;
                        if slices.entries.len() >= MOST {
                            slices.broken = Some(format!("it has more than {MOST} entries"));
                            break;
                        }
                    }
                }
                Event::Eof => {
                    if from.is_some() {
                        slices.broken = Some("it ends within an entry".to_owned());
                    }
                    break;
                }
                _ => {}
            }
        }
        Ok(slices)
    }

    /// Notes what the feed says of itself.
    fn about(&mut self, path: &[String], inner: &str) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let held = match path.as_slice() {
            ["rss" | "rdf", "channel", "title"] | ["feed", "title"] => &mut self.about.title,
            ["rss" | "rdf", "channel", "language"] => &mut self.about.language,
            ["feed", "author", "name"] => &mut self.about.author,
            _ => return,
        };
        let words = one_line(&plain_words(&content(inner)));
        if !words.is_empty() && held.is_none() {
            *held = Some(words);
        }
    }
}

/// The text that stands in XML: CDATA as it is, references as what they stand for, tags as they are.
pub(crate) fn content(inner: &str) -> String {
    let mut text = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find("<![CDATA[") {
        text.push_str(&unescaped(&rest[..at]));
        let begin = &rest[at + 9..];
        let end = begin.find("]]>").unwrap_or(begin.len());
        text.push_str(&begin[..end]);
        rest = begin.get(end + 3..).unwrap_or_default();
    }
    text.push_str(&unescaped(rest));
    text
}

/// Text with the references of XML resolved; others are left to the reader of HTML.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known =
            [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'")]
                .into_iter()
                .find(|(name, _)| rest.starts_with(name));
        let (length, letter) = known.map_or((1, "&"), |(name, letter)| (name.len(), letter));
        out.push_str(letter);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

fn language(tag: &BytesStart) -> Option<String> {
    attribute(tag, "xml:lang")
}

/// The address from which those in an element are to be seen.
pub(crate) fn base(tag: &BytesStart) -> Option<String> {
    attribute(tag, "xml:base").map(|base| one_line(&content(&base))).filter(|base| !base.is_empty())
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let named = tag.attributes().flatten().find(|one| one.key.as_ref() == name)?;
    Some(named.value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_cut_as_they_stand() {
        let feed = "<?xml version='1.0'?><rss version='2.0'><channel><title>A &amp; B</title>\
            <language>en</language><item><title>One</title></item>\n<item><title>Two</item>\
            </channel></rss>";
        let slices = Slices::of(feed).unwrap();
        assert_eq!(slices.entries, ["<item><title>One</title></item>", "<item><title>Two</item>"]);
        let about =
            About { title: Some("A & B".into()), language: Some("en".into()), ..About::default() };
        assert_eq!((slices.about, slices.broken), (about, None));
    }

    #[test]
    fn what_a_feed_declares_is_not_expanded() {
        let text = "<!DOCTYPE rss [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY f SYSTEM \
            'file:///etc/passwd'>]><rss><channel><item><title>&b;&f;</title></item></channel></rss>";
        let slices = Slices::of(text).unwrap();
        assert_eq!(slices.entries, ["<item><title>&b;&f;</title></item>"]);
    }

    #[test]
    fn a_feed_cut_short_keeps_its_entries() {
        let slices = Slices::of("<feed><entry><id>1</id></entry><entry><id>2").unwrap();
        assert_eq!(slices.entries.len(), 1);
        assert!(slices.broken.is_some());
        assert!(matches!(Slices::of("<html><item></item></html>"), Err(Cause::NotAFeed { .. })));
    }

    #[test]
    fn text_is_unescaped_once() {
        assert_eq!(
            content("a &amp;amp; b <![CDATA[<p>c &amp; d</p>]]>&lt;"),
            "a &amp; b <p>c &amp; d</p><"
        );
    }
}

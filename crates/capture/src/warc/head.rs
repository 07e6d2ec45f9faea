//! The head of a WARC record.

use std::io::{self, BufRead};

use throughline_model::Stamp;

use crate::lines::{Line, next_line};

/// The longest line of a record's head, in bytes, and how many lines it may have.
const LONGEST_LINE: u64 = 64 << 10;
const MOST_LINES: usize = 200;

/// What follows in a file.
pub(super) enum Next {
    Head(Head),
    /// Something that is no head, with why; the next one is looked for behind it.
    Broken(&'static str),
    End,
}

/// The head of a record.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) kind: String,
    /// How many bytes follow.
    pub(super) length: u64,
    pub(super) media_type: Option<String>,
    pub(super) address: Option<String>,
    /// When it was fetched.
    pub(super) fetched: Option<Stamp>,
    /// The address of which a repeat is one, where that is another than its own.
    pub(super) refers_to: Option<String>,
    /// Whether something else than a record stands before it.
    pub(super) after_strays: bool,
    /// Whether the crawler says that it did not keep all of it.
    pub(super) truncated: bool,
}

impl Head {
    /// The next head.
    pub(super) fn next(input: &mut dyn BufRead) -> io::Result<Next> {
        let mut strays = false;
        loop {
            match next_line(input, LONGEST_LINE)? {
                None if strays => return Ok(Next::Broken("no record follows where one should")),
                None => return Ok(Next::End),
                Some(Line::Whole(line)) if line.starts_with(b"WARC/") => break,
                Some(Line::Whole(line)) if line.trim_ascii().is_empty() => {}
                Some(_) => strays = true,
            }
        }
        let mut head = Head { after_strays: strays, ..Head::default() };
        let mut length = None;
        for _ in 0..MOST_LINES {
            let line = match next_line(input, LONGEST_LINE)? {
                Some(Line::Whole(line)) => line,
                Some(Line::TooLong { .. }) => continue,
                None => return Ok(Next::Broken("it ends in the head of a record")),
            };
            if line.is_empty() {
                let Some(length) = length else {
                    return Ok(Next::Broken("a record gives no length"));
                };
                return Ok(Next::Head(Head { length, ..head }));
            }
            let line = String::from_utf8_lossy(&line);
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                "content-length" => length = value.parse().ok(),
                "content-type" => head.media_type = Some(value.to_owned()),
                "warc-target-uri" => head.address = bare(value),
                "warc-refers-to-target-uri" => head.refers_to = bare(value),
                "warc-date" => head.fetched = crate::date::moment(value),
                "warc-truncated" => head.truncated = true,
                _ => {}
            }
        }
        Ok(Next::Broken("the head of a record does not end"))
    }

    pub(super) fn is_http(&self) -> bool {
        let address = self.address.as_deref().unwrap_or_default();
        address.starts_with("http:") || address.starts_with("https:")
    }

    /// Whether the crawler made the record of itself, as wget keeps its log.
    pub(super) fn is_of_the_crawler(&self) -> bool {
        let address = self.address.as_deref().unwrap_or_default();
        !["http:", "https:", "ftp:", "file:"].iter().any(|scheme| address.starts_with(scheme))
    }
}

/// An address without the angles around it.
fn bare(value: &str) -> Option<String> {
    let bare = value.trim_start_matches('<').trim_end_matches('>');
    Some(bare.to_owned()).filter(|bare| !bare.is_empty())
}

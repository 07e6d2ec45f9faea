//! WARC: what a crawler or an archive fetched, record after record.
//!
//! A page's document has the page's bytes as the server meant them, its address, and when it was
//! fetched, which is never when it was published. Requests, repeats and what only dresses a page
//! are passed over; so is every answer of a server that is not the page itself.

use std::io::{self, BufRead, Read};

use throughline_model::Stamp;

use crate::http::{self, Answer};
use crate::lines::{Line, next_line};
use crate::walk::{Entry, Flow, Input, Knows, Outer, Walk};
use crate::{Cause, PassedOver};

/// The largest record that is read, in bytes.
const MAX_RECORD_BYTES: u64 = 64 << 20;

/// The longest line of a record's head, in bytes, and how many lines it may have.
const LONGEST_LINE: u64 = 64 << 10;
const MOST_LINES: usize = 200;

/// Takes in the records of a file, by number.
pub(crate) fn take_records(walk: &mut Walk<'_>, entry: Entry<'_>) -> Flow {
    let (outer, input) = entry.open();
    let mut input = input.reader();
    let mut lost = false;
    for number in 1u64.. {
        let place = format!("{}:{number}", outer.place);
        let head = match Head::next(&mut *input) {
            Ok(Next::Head(head)) => head,
            Ok(Next::End) if number == 1 => return walk.fail(outer.place, Cause::Empty),
            Ok(Next::End) => break,
            // Where one record ends is said by its head alone, so the next is looked for.
            Ok(Next::Broken(reason)) => {
                if !lost {
                    walk.fail(place, Cause::Broken { reason: reason.to_owned() })?;
                }
                lost = true;
                continue;
            }
            // The rest of a file that cannot be read is lost; its first records are not.
            Err(error) => return walk.fail(place, Cause::of_io(error)),
        };
        if head.after_strays && !lost {
            let reason = "what stands before this record is none".to_owned();
            walk.fail(place.clone(), Cause::Broken { reason })?;
        }
        let mut block = (&mut input).take(head.length);
        // A record that fails is told of once, whatever else is wrong with it: that it is cut off, or
        // that something is left of it before the next.
        lost = match take_record(walk, &outer, &place, &head, &mut block) {
            Ok(flow) => {
                flow?;
                false
            }
            Err(cause) => {
                walk.fail(place.clone(), cause)?;
                true
            }
        };
        match io::copy(&mut block, &mut io::sink()) {
            Ok(_) if block.limit() == 0 || lost => {}
            Ok(_) => return walk.fail(place, cut_off()),
            Err(_) if lost => return Flow::Continue(()),
            Err(error) => return walk.fail(place, Cause::of_io(error)),
        }
    }
    Flow::Continue(())
}

/// Takes in one record; what it leaves of the block is passed over.
fn take_record(
    walk: &mut Walk<'_>,
    outer: &Outer,
    place: &str,
    head: &Head,
    block: &mut io::Take<&mut Box<dyn BufRead + '_>>,
) -> Result<Flow, Cause> {
    let (media_type, answer) = match head.kind.as_str() {
        "response" if head.is_http() => {
            let answer = http::read_answer(block)?;
            if answer.status != 200 {
                return Ok(walk.pass_over(PassedOver::Answer));
            }
            (answer.media_type.clone(), Some(answer))
        }
        "resource" | "conversion" if !head.is_of_the_crawler() => (head.media_type.clone(), None),
        "revisit" => return Ok(walk.pass_over(PassedOver::Revisit)),
        "continuation" | "response" => return Ok(walk.pass_over(PassedOver::Record)),
        // What was asked, and what the crawler notes of itself.
        _ => return Ok(Flow::Continue(())),
    };
    if let Some(kind) = media_type.as_deref().and_then(PassedOver::of_media_type) {
        return Ok(walk.pass_over(kind));
    }
    if block.limit() > MAX_RECORD_BYTES {
        let limit = MAX_RECORD_BYTES;
        return Err(Cause::TooLarge { bytes: Some(block.limit()), limit });
    }
    let mut sent = Vec::new();
    block.read_to_end(&mut sent).map_err(Cause::of_io)?;
    if block.limit() > 0 {
        // Told once, by whoever passes over the rest.
        return Ok(Flow::Continue(()));
    }
    let mut knows = Knows { url: head.address.clone(), ..outer.knows.clone() };
    knows.fetched = head.fetched.clone();
    if head.truncated {
        knows.notes.push("the crawler broke off before its end".to_owned());
    }
    let bytes = match answer {
        Some(Answer { coding, .. }) => {
            let body = coding.body(sent, MAX_RECORD_BYTES, &walk.budget)?;
            knows.notes.extend(body.note);
            body.bytes
        }
        None => sent,
    };
    if bytes.is_empty() {
        return Ok(walk.pass_over(PassedOver::Answer));
    }
    let mut entry = Entry::within(outer, place.to_owned(), String::new(), Input::Held(bytes));
    entry.media_type = media_type;
    entry.knows = knows;
    entry.kept = false;
    Ok(walk.take(entry))
}

fn cut_off() -> Cause {
    Cause::Broken { reason: "the record ends before the length that it gives".to_owned() }
}

/// What follows in a file.
enum Next {
    Head(Head),
    /// Something that is no head, with why; the next one is looked for behind it.
    Broken(&'static str),
    End,
}

/// The head of a record.
#[derive(Debug, Default, PartialEq, Eq)]
struct Head {
    kind: String,
    /// How many bytes follow.
    length: u64,
    media_type: Option<String>,
    address: Option<String>,
    /// When it was fetched.
    fetched: Option<Stamp>,
    /// Whether something else than a record stands before it.
    after_strays: bool,
    /// Whether the crawler says that it did not keep all of it.
    truncated: bool,
}

impl Head {
    /// The next head.
    fn next(input: &mut dyn BufRead) -> io::Result<Next> {
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
                "warc-target-uri" => {
                    let bare = value.trim_start_matches('<').trim_end_matches('>');
                    head.address = Some(bare.to_owned()).filter(|bare| !bare.is_empty());
                }
                "warc-date" => head.fetched = crate::date::moment(value),
                "warc-truncated" => head.truncated = true,
                _ => {}
            }
        }
        Ok(Next::Broken("the head of a record does not end"))
    }

    fn is_http(&self) -> bool {
        let address = self.address.as_deref().unwrap_or_default();
        address.starts_with("http:") || address.starts_with("https:")
    }

    /// Whether the crawler made the record of itself, as wget keeps its log.
    fn is_of_the_crawler(&self) -> bool {
        let address = self.address.as_deref().unwrap_or_default();
        !["http:", "https:", "ftp:", "file:"].iter().any(|scheme| address.starts_with(scheme))
    }
}

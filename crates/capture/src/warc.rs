//! WARC: what a crawler or an archive fetched, record after record.
//!
//! A page's document has the page's bytes as the server meant them, its address, and when it was
//! fetched, which is never when it was published. The pictures that it shows come along with it,
//! wherever in the crawl they are. Requests, repeats and what only dresses a page
//! are passed over; so is every answer of a server that is not the page itself.

mod head;
mod members;
mod parts;

use std::io::{self, BufRead, Cursor, Read};

use throughline_model::Stamp;

use self::head::{Head, Next};
pub(crate) use self::parts::Parts;
use crate::beside::{Beside, ByAddress};
use crate::http::{self, Answer};
use crate::walk::{Entry, Flow, Handle, Input, Knows, Outer, Walk};
use crate::{Cause, Format, PassedOver};

/// The largest record that is read, in bytes.
const MAX_RECORD_BYTES: u64 = 64 << 20;

/// The largest file that is held where its bytes come one after the other: what its pages show can
/// stand anywhere in it.
const MOST_HELD: u64 = 64 << 20;

/// Takes in the records of a file, by number.
pub(crate) fn take_records(walk: &mut Walk<'_>, mut entry: Entry<'_>) -> Flow {
    let known = match entry.beside.take() {
        Some(Beside::Crawl(parts)) => Some(parts),
        _ => None,
    };
    let (outer, input) = entry.open();
    let (mut input, parts) = match opened(input, known) {
        Ok(opened) => opened,
        Err(error) => return walk.fail(outer.place, Cause::of_io(error)),
    };
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
        lost = match take_record(walk, &outer, &place, &head, &mut block, parts.as_ref()) {
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

/// The bytes of a file, and what finds the pictures in it where that is not `known`.
///
/// # Errors
/// If it cannot be read.
fn opened<'a>(
    input: Input<'a>,
    known: Option<ByAddress<'a>>,
) -> io::Result<(Box<dyn BufRead + 'a>, Option<ByAddress<'a>>)> {
    if known.is_some() {
        return Ok((input.reader(), known));
    }
    let file = match input {
        Input::File(file) => file,
        Input::Held(bytes) => Handle::new(Cursor::new(bytes))?,
        stream => {
            let mut rest = stream.reader();
            let mut held = Vec::new();
            let end = (&mut rest).take(MOST_HELD + 1).read_to_end(&mut held);
            // What cannot be read on is told of where its records end.
            if end.is_err() || held.len() as u64 > MOST_HELD {
                return Ok((Box::new(Cursor::new(held).chain(rest)), None));
            }
            Handle::new(Cursor::new(held))?
        }
    };
    let parts = Parts::of(vec![file.again()]).by_address();
    Ok((Box::new(file), Some(parts)))
}

/// Takes in one record; what it leaves of the block is passed over.
fn take_record(
    walk: &mut Walk<'_>,
    outer: &Outer,
    place: &str,
    head: &Head,
    block: &mut io::Take<&mut Box<dyn BufRead + '_>>,
    parts: Option<&ByAddress<'_>>,
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
        let shown = kind == PassedOver::Picture && parts.is_some();
        return Ok(walk.pass_over(if shown { PassedOver::Shown } else { kind }));
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
    let is_page = media_type.as_deref().and_then(Format::of_media_type) == Some(Format::Html);
    if parts.is_none() && is_page {
        knows.notes.push(format!(
            "its pictures were not looked for: more than {} MiB of its archive came packed in another \
             file; read the archive as a file of its own",
            MOST_HELD >> 20
        ));
    }
    let mut entry = Entry::within(outer, place.to_owned(), String::new(), Input::Held(bytes));
    entry.media_type = media_type;
    entry.beside = parts.map(|parts| Beside::Web {
        address: head.address.clone().unwrap_or_default(),
        fetched: head.fetched.as_ref().map(Stamp::seconds),
        parts: parts.clone(),
    });
    entry.knows = knows;
    entry.kept = false;
    Ok(walk.take(entry))
}

fn cut_off() -> Cause {
    Cause::Broken { reason: "the record ends before the length that it gives".to_owned() }
}

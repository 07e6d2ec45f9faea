//! Web pages in one file (.mhtml, .mht), as Chromium and others save them: a letter whose parts are
//! the page, its pictures and its style sheets, each with its address.

use std::collections::HashMap;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use throughline_model::{Document, Sha256};

use crate::address::joined;
use crate::beside::Absent;
use crate::html::{decode_page, read_page};
use crate::letter::{is_tangled, sent};
use crate::letters::one_line;
use crate::{Cause, Given, Illustrated};

const FORMAT: &str = "MHTML";

/// The largest file that is read, in bytes; a page with its pictures has some million.
pub const MAX_MHTML_BYTES: u64 = 48 << 20;

/// Whether a head is that of a page that a browser saved, rather than that of a letter.
pub(crate) fn is_saved_page(start: &[u8]) -> bool {
    let head = start.windows(2).position(|two| two == b"\n\n");
    let head = head.or_else(|| start.windows(4).position(|four| four == b"\r\n\r\n"));
    let head = String::from_utf8_lossy(&start[..head.unwrap_or(start.len())]).to_ascii_lowercase();
    let saved = head.contains("\nsnapshot-content-location:")
        || head.starts_with("from: <saved by")
        || head.contains("\nfrom: <saved by");
    saved && head.contains("multipart/related")
}

/// A document from the bytes of a page in one file, with its pictures. When it was saved is when it
/// was fetched.
///
/// # Errors
/// [`Cause::Unsound`] if there is no page in it, [`Cause::Tangled`] if it is made to take for ever,
/// and as of a saved page.
pub fn read_mhtml(bytes: &[u8], given: &Given) -> Result<Illustrated, Cause> {
    let size = bytes.len() as u64;
    if size > MAX_MHTML_BYTES {
        return Err(Cause::TooLarge { bytes: Some(size), limit: MAX_MHTML_BYTES });
    }
    if is_tangled(bytes) {
        return Err(Cause::Tangled);
    }
    let unsound = || Cause::Unsound { format: FORMAT };
    let message = MessageParser::default().parse(bytes).ok_or_else(unsound)?;
    let root = root(&message).ok_or_else(unsound)?;
    let saved_from = message.header_raw("Snapshot-Content-Location").map(one_line);
    let address = saved_from.or_else(|| root.content_location().map(one_line)).unwrap_or_default();
    let parts = Parts::of(&message, &address);
    let is_address = address.starts_with("http://") || address.starts_with("https://");
    let given = Given {
        url: is_address.then(|| address.clone()).or_else(|| given.url.clone()),
        ..given.clone()
    };
    let bare = Document::bare(Sha256::of(bytes));
    let mut read = read_page(page(bytes, root)?, bare, &given, &mut |name| parts.bytes(name))?;
    read.document.fetched = sent(&message);
    Ok(read)
}

/// The part that is the page: the one that the head names, else the first page.
fn root<'m>(message: &'m Message<'_>) -> Option<&'m MessagePart<'m>> {
    let is_page = |part: &&MessagePart<'_>| matches!(part.body, PartType::Html(_));
    let start = message.content_type().and_then(|kind| kind.attribute("start"));
    let start = start.map(|start| start.trim_matches(['<', '>']));
    let named = |part: &&MessagePart<'_>| start.is_some() && part.content_id() == start;
    let mut pages = message.parts.iter().filter(is_page);
    message.parts.iter().filter(is_page).find(named).or_else(|| pages.next())
}

/// The text of the page: by the encoding that its part names, else as of any saved page.
fn page(bytes: &[u8], root: &MessagePart<'_>) -> Result<String, Cause> {
    let named = root.content_type().is_some_and(|kind| kind.has_attribute("charset"));
    match &root.body {
        PartType::Html(text) if named => match text.contains('\0') {
            true => Err(Cause::Binary),
            false => Ok(crate::encoding::normalise_line_endings(text.to_string())),
        },
        _ => decode_page(&unpacked(bytes, root)),
    }
}

/// The bytes of a part as they were before they were packed for the way.
fn unpacked(bytes: &[u8], part: &MessagePart<'_>) -> Vec<u8> {
    let (from, to) = (part.raw_body_offset() as usize, part.raw_end_offset() as usize);
    let raw = bytes.get(from..to).unwrap_or_default();
    let decoded = match part.encoding {
        Encoding::Base64 => base64_decode(raw),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::None => None,
    };
    decoded.unwrap_or_else(|| raw.to_vec())
}

/// The parts of a file by their addresses and their names.
struct Parts<'m> {
    message: &'m Message<'m>,
    base: &'m str,
    by_address: HashMap<String, usize>,
}

impl<'m> Parts<'m> {
    fn of(message: &'m Message<'m>, base: &'m str) -> Parts<'m> {
        let mut by_address = HashMap::new();
        for (at, part) in message.parts.iter().enumerate() {
            if let Some(address) = part.content_location() {
                by_address.entry(one_line(address)).or_insert(at);
            }
            if let Some(id) = part.content_id() {
                by_address.entry(format!("cid:{id}")).or_insert(at);
            }
        }
        Parts { message, base, by_address }
    }

    /// The bytes of what the page names: as it stands there, or seen from where the page is.
    fn bytes(&self, name: &str) -> Result<Vec<u8>, Absent> {
        let at = self
            .by_address
            .get(name)
            .or_else(|| self.by_address.get(&joined(self.base, name)?))
            .ok_or(Absent::NotThere)?;
        let part = &self.message.parts[*at];
        Ok(match &part.body {
            PartType::Binary(_) | PartType::InlineBinary(_) => part.contents().to_vec(),
            _ => unpacked(&self.message.raw_message, part),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_no_saved_page() {
        let saved = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.example/\r\n\
            Content-Type: multipart/related;\r\n\ttype=\"text/html\"\r\n\r\n";
        assert!(is_saved_page(saved));
        let letter = b"From: Ada <a@lamp.example>\nContent-Type: multipart/related\n\n\
            From: <Saved by Blink>\n";
        assert!(!is_saved_page(letter));
    }
}

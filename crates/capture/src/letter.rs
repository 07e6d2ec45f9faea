//! Letters: mail as programs save it.
//!
//! The words of a letter are its sender's. What it quotes of an earlier letter stays in its text,
//! marked as furniture, so that nobody's words are read as somebody else's. Its pictures come along
//! with it; all else that is attached is a document of its own that knows the letter.

mod flowed;
mod quoted;

use mail_parser::{DateTime, Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use throughline_model::{
    Document, Medium, Picture, Reference, Relation, Sha256, Span, Stamp, Zone, ZoneRole,
};

use crate::blocks::{Block, blocks};
use crate::encoding::normalise_line_endings;
use crate::html::{STRUCK, read_fragment};
use crate::letters::{one_line, seen};
use crate::text::body_zones;
use crate::walk::{Captured, Entry, Flow, Input, Knows, Outer, Walk};
use crate::{Cause, Given};

/// The largest letter that is read, attachments and all, in bytes: the largest that the large
/// providers deliver have fifty million.
pub const MAX_LETTER_BYTES: u64 = 48 << 20;

/// How many attachments and pictures of a letter are taken; thousands are a way to harm.
const MOST_ATTACHED: usize = 1_000;

/// A letter taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The letter itself.
    pub document: Document,
    /// The bytes of its pictures.
    pub pictures: Vec<Vec<u8>>,
    /// What else came along, in order.
    pub attachments: Vec<Attachment>,
}

/// What came along with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// What the letter calls it: words, never a path to follow.
    pub name: String,
    /// What the letter says it is.
    pub media_type: Option<String>,
    /// Its bytes, as they were before they were packed for the way.
    pub bytes: Vec<u8>,
}

/// Takes in a letter and what came along with it.
pub(crate) fn take_letter(walk: &mut Walk<'_>, entry: Entry<'_>) -> Flow {
    let (outer, input) = entry.open();
    match input.bytes(MAX_LETTER_BYTES) {
        Ok(bytes) => tell_letter(walk, &outer, bytes),
        Err(cause) => walk.fail(outer.place, cause),
    }
}

/// Tells of a letter and takes in what came along with it.
pub(crate) fn tell_letter(walk: &mut Walk<'_>, outer: &Outer, bytes: Vec<u8>) -> Flow {
    let letter = match read_letter(&bytes, &outer.knows.given(walk.given)) {
        Ok(letter) => letter,
        Err(cause) => return walk.fail(outer.place.clone(), cause),
    };
    let Letter { document, pictures, attachments } = letter;
    let with = Reference {
        relation: Relation::AttachedTo,
        source: document.source.clone(),
        item: document.item.clone(),
        at: document.published_at.clone(),
    };
    let captured = Captured::new(document, bytes, outer.place.clone());
    walk.tell(&outer.knows, Captured { pictures, ..captured })?;
    let medium = Some(Medium::Letter);
    let knows = Knows { references: vec![with], medium, ..outer.knows.clone() };
    for Attachment { name, media_type, bytes } in attachments {
        let place = format!("{}/{name}", outer.place);
        let mut entry = Entry::within(outer, place, name, Input::Held(bytes));
        entry.media_type = media_type;
        entry.knows = knows.clone();
        walk.take(entry)?;
    }
    Flow::Continue(())
}

/// The letter in some bytes.
///
/// # Errors
/// [`Cause::NoLetter`] if there is no head, [`Cause::Tangled`] if it is made to take for ever.
pub fn read_letter(bytes: &[u8], given: &Given) -> Result<Letter, Cause> {
    if is_tangled(bytes) {
        return Err(Cause::Tangled);
    }
    let message = MessageParser::default().parse(bytes).ok_or(Cause::NoLetter)?;
    if message.from().is_none() && message.date().is_none() && message.subject().is_none() {
        return Err(Cause::NoLetter);
    }
    let title = message.subject().map(one_line).filter(|title| !title.is_empty());
    let (words, struck) = words(&message);
    let (text, zones) = laid_out(title.as_deref(), &words);
    let mut parts = Parts::default();
    let broken = message.text_body_count() == 0;
    for part in message.attachments().filter(|part| !(broken && is_words(part))) {
        parts.take(bytes, part);
    }
    let mut notes = Vec::new();
    if quoted::begins(&words).is_some() {
        notes.push("an earlier letter is quoted at its end, and not read here".to_owned());
    }
    if struck {
        notes.push(STRUCK.to_owned());
    }
    if parts.left_out > 0 {
        notes.push(format!("{} more attachments were left out", parts.left_out));
    }
    let (source, byline) = sender(&message);
    let published_at = sent(&message);
    if published_at.is_none()
        && let Some(written) = message.header_raw("Date").map(one_line)
    {
        let written: String = written.chars().take(80).collect();
        notes.push(format!("its date cannot be read: {written}"));
    }
    let document = Document {
        medium: Some(Medium::Letter),
        source: source.or_else(|| given.source.clone()),
        title,
        byline,
        published: published_at.as_ref().map(Stamp::date).or_else(|| given.published.clone()),
        published_at,
        item: message.message_id().map(one_line).filter(|id| !id.is_empty()),
        url: given.url.clone(),
        language: given.language.clone(),
        text,
        zones,
        pictures: parts.named,
        references: answers(&message),
        notes,
        ..Document::bare(Sha256::of(bytes))
    };
    Ok(Letter { document, pictures: parts.pictures, attachments: parts.attachments })
}

/// Whether a letter is made so that taking it apart would not end: letters in letters by the
/// hundred, or parts that are each looked for to the end of it.
pub(crate) fn is_tangled(bytes: &[u8]) -> bool {
    const MOST_LETTERS: usize = 100;
    const MOST_STEPS: usize = 1 << 30;
    let (mut letters, mut parts) = (0usize, 0usize);
    for at in memchr_slash(bytes) {
        let (before, after) = (&bytes[..at], &bytes[at + 1..]);
        let ends = |word: &[u8]| {
            before.len() >= word.len()
                && before[before.len() - word.len()..].eq_ignore_ascii_case(word)
        };
        parts += usize::from(ends(b"multipart"));
        let digest = ends(b"multipart") && starts(after, b"digest");
        letters += usize::from(ends(b"message") || digest);
    }
    letters > MOST_LETTERS || parts.saturating_mul(bytes.len()) > MOST_STEPS
}

fn memchr_slash(bytes: &[u8]) -> impl Iterator<Item = usize> {
    bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| at)
}

fn starts(bytes: &[u8], word: &[u8]) -> bool {
    bytes.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// What the sender wrote: the parts in plain text, else what those in HTML say; and whether these have
/// words struck out.
fn words(message: &Message<'_>) -> (String, bool) {
    let (mut words, mut struck) = (String::new(), false);
    let bodies: Vec<&MessagePart<'_>> = match message.text_body_count() {
        0 => message.attachments().filter(|part| is_words(part)).collect(),
        _ => message.text_bodies().collect(),
    };
    for part in bodies {
        let said = match &part.body {
            PartType::Text(text) => {
                let says = |name: &str, word: &str| {
                    let kind = part.content_type();
                    let said = kind.and_then(|kind| kind.attribute(name)).unwrap_or_default();
                    said.eq_ignore_ascii_case(word)
                };
                match says("format", "flowed") {
                    true => flowed::unfolded(text, says("delsp", "yes")),
                    false => text.to_string(),
                }
            }
            PartType::Html(html) => {
                let read = read_fragment(html, None);
                struck |= read.struck;
                read.text
            }
            _ => continue,
        };
        words.push_str(said.trim_end());
        words.push_str("\n\n");
    }
    let words = normalise_line_endings(words.replace('\0', "\u{FFFD}"));
    (seen(&words).into_owned(), struck)
}

/// Whether a part is text that came to be an attachment only because the letter is broken, as where
/// the boundary never comes that should end it.
fn is_words(part: &MessagePart<'_>) -> bool {
    matches!(part.body, PartType::Text(_)) && part.attachment_name().is_none()
}

/// The text of a letter under its title, and what each part of it is.
fn laid_out(title: Option<&str>, words: &str) -> (String, Vec<Zone>) {
    let (mut text, mut zones) = (String::new(), Vec::new());
    if let Some(title) = title {
        text.push_str(title);
        zones.push(Zone { role: ZoneRole::Headline, span: Span::new(0, text.len()) });
        text.push_str("\n\n");
    }
    let from = text.len();
    text.push_str(words.trim_end());
    let mut own = Vec::new();
    let mut signed = false;
    let earlier = quoted::begins(words).unwrap_or(words.len());
    for block in blocks(&text[from..]) {
        for (passage, quoted) in passages(block, earlier) {
            signed |= passage.text.lines().next().is_some_and(|line| line.trim_end() == "--");
            let passage = Block { start: passage.start + from, ..passage };
            match quoted || signed {
                true => zones.push(Zone { role: ZoneRole::Section, span: passage.span() }),
                false => own.push(passage),
            }
        }
    }
    body_zones(&own, &mut zones);
    zones.sort_by_key(|zone| zone.span.start);
    (text, zones)
}

/// A block cut where what it quotes begins and ends, and of each passage whether it is quoted. From
/// `earlier` on, everything is.
fn passages(block: Block<'_>, earlier: usize) -> Vec<(Block<'_>, bool)> {
    let mut passages: Vec<(usize, usize, bool)> = Vec::new();
    let mut at = 0;
    for line in block.text.split_inclusive('\n') {
        let quoted = line.trim_start().starts_with('>') || block.start + at >= earlier;
        let (from, to) = (at, at + line.trim_end().len());
        at += line.len();
        match passages.last_mut() {
            Some(last) if last.2 == quoted => last.1 = to,
            _ => passages.push((from, to, quoted)),
        }
    }
    let cut = |(from, to, quoted): (usize, usize, bool)| {
        let text = &block.text[from..to];
        let indent = text.len() - text.trim_start().len();
        (Block { start: block.start + from + indent, text: text.trim_start() }, quoted)
    };
    passages.into_iter().filter(|(from, to, _)| from < to).map(cut).collect()
}

/// Who sent it, and the line that names him.
fn sender(message: &Message<'_>) -> (Option<String>, Option<String>) {
    let Some(sender) = message.from().or_else(|| message.sender()).and_then(|from| from.first())
    else {
        return (None, None);
    };
    let filled = |text: Option<&str>| text.map(one_line).filter(|text| !text.is_empty());
    match (filled(sender.name()), filled(sender.address())) {
        (Some(name), Some(address)) => (Some(name.clone()), Some(format!("{name} <{address}>"))),
        (name, address) => {
            let any = name.or(address);
            (any.clone(), any)
        }
    }
}

/// The letters that it answers: the last of those that led to it, where none is named alone.
fn answers(message: &Message<'_>) -> Vec<Reference> {
    let to = |item: &str| Reference {
        relation: Relation::Answers,
        source: None,
        item: Some(one_line(item)),
        at: None,
    };
    let named = message.in_reply_to().as_text_list().unwrap_or_default();
    let led = message.references().as_text_list().and_then(|list| list.last());
    match named {
        [] => led.into_iter().map(|item| to(item)).collect(),
        named => named.iter().map(|item| to(item)).collect(),
    }
}

/// When it was sent, by its `Date`. Some programs write no zone, and leave only the sender's clock.
pub(crate) fn sent(message: &Message<'_>) -> Option<Stamp> {
    let written = one_line(message.header_raw("Date")?);
    match message.date() {
        Some(date) => stamp(date, &written),
        None => stamp(&DateTime::parse_rfc822(&format!("{written} -0000"))?, ""),
    }
}

/// A date in the zone in which it is written.
fn stamp(date: &DateTime, written: &str) -> Option<Stamp> {
    let sign = if date.tz_before_gmt { '-' } else { '+' };
    let zone = match crate::date::tells_zone(written) {
        true => format!("{sign}{:02}:{:02}", date.tz_hour, date.tz_minute),
        false => String::new(),
    };
    let text = format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{zone}",
        date.year, date.month, date.day, date.hour, date.minute, date.second
    );
    crate::date::moment(&text)
}

/// What came along, as it is found.
#[derive(Default)]
struct Parts {
    named: Vec<Picture>,
    pictures: Vec<Vec<u8>>,
    attachments: Vec<Attachment>,
    left_out: usize,
}

impl Parts {
    fn take(&mut self, letter: &[u8], part: &MessagePart<'_>) {
        if self.named.len() + self.attachments.len() >= MOST_ATTACHED {
            self.left_out += 1;
            return;
        }
        let media_type = part.content_type().map(|kind| {
            format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase()
        });
        let number = self.named.len() + self.attachments.len() + 1;
        let name = part.attachment_name().map(one_line).filter(|name| !name.is_empty());
        let bytes = match &part.body {
            PartType::Message(inner) if part.encoding == Encoding::None => {
                let (from, to) = (part.raw_body_offset() as usize, part.raw_end_offset() as usize);
                let whole = letter.get(from..to).unwrap_or_else(|| inner.raw_message());
                // The line end before a boundary is the boundary's.
                let before_boundary = letter.get(to..).is_some_and(|rest| rest.starts_with(b"--"));
                let cut = |end: &[u8]| whole.strip_suffix(end).filter(|_| before_boundary);
                cut(b"\r\n").or_else(|| cut(b"\n")).unwrap_or(whole).to_vec()
            }
            PartType::Message(inner) => inner.raw_message().to_vec(),
            PartType::Multipart(_) => return,
            _ => part.contents().to_vec(),
        };
        if bytes.is_empty() {
            return;
        }
        let is_picture = media_type.as_deref().is_some_and(|kind| kind.starts_with("image/"));
        if is_picture || infer::is_image(&bytes) {
            let name = name.unwrap_or_else(|| format!("picture {number}"));
            let sha256 = Some(Sha256::of(&bytes));
            self.named.push(Picture { sha256, name, caption: None, at: None });
            if !self.pictures.contains(&bytes) {
                self.pictures.push(bytes);
            }
            return;
        }
        let name = name.unwrap_or_else(|| match &part.body {
            PartType::Message(_) => format!("letter {number}.eml"),
            _ => format!("part {number}"),
        });
        let name = self.told_apart(name);
        self.attachments.push(Attachment { name, media_type, bytes });
    }

    /// A name that no earlier attachment has, so that each has a place of its own.
    fn told_apart(&self, name: String) -> String {
        let many = self.attachments.iter().filter(|other| other.name == name).count();
        match (many, name.rsplit_once('.')) {
            (0, _) => name,
            (_, Some((stem, end))) => {
                format!("{stem} ({}).{end}", self.attachments.len() + 1)
            }
            (_, None) => format!("{name} ({})", self.attachments.len() + 1),
        }
    }
}

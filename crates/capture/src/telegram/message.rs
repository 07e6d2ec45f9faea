//! One message of an export as a document.

use std::borrow::Cow;

use serde_json::{Map, Value};
use throughline_model::{
    Day, Document, Picture, Reference, Relation, Sha256, Span, Stamp, Zone, ZoneRole,
};

use super::Chat;
use super::text::{Words, poll, tasks, words};
use crate::beside::Absent;
use crate::blocks::blocks;
use crate::date::moment;
use crate::encoding::normalise_line_endings;
use crate::html::STRUCK;
use crate::letters::{one_line, seen};
use crate::{Cause, Given};

/// What a message of an export is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// A document.
    Document(Box<Read>),
    /// A message of Telegram itself, or one that it could not write: passed over.
    Service(Service),
}

/// A document, its bytes and the bytes of its pictures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// The document.
    pub document: Document,
    /// An export of this message alone; the document's SHA-256 is of these.
    pub bytes: Vec<u8>,
    /// The bytes of those of its pictures that came along, in order.
    pub pictures: Vec<Vec<u8>>,
}

/// What Telegram itself tells in a chat: that somebody joined, that a message was pinned.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Service {
    /// What happened, in Telegram's word for it: `pin_message`.
    pub action: String,
}

/// Service messages that are kept: what a channel calls itself and shows as its picture.
const KEPT_ACTIONS: [(&str, &str); 5] = [
    ("create_channel", "the channel was created under this name"),
    ("create_group", "the group was created under this name"),
    ("migrate_from_group", "it goes on from the group of this name"),
    ("edit_group_title", "it was given this name"),
    ("edit_group_photo", "it was given this picture"),
];

/// The message in some bytes of an export. `file` gives the bytes of a file that it names.
///
/// # Errors
/// [`Cause::BadMessage`] if the bytes are no message as Telegram Desktop writes them.
pub fn read_message(
    chat: &Chat,
    bytes: &[u8],
    given: &Given,
    file: &mut dyn FnMut(&str) -> Result<Vec<u8>, Absent>,
) -> Result<Message, Cause> {
    let repaired = repaired(bytes);
    let text = String::from_utf8_lossy(&repaired);
    let message: Map<String, Value> = serde_json::from_str(&text)
        .map_err(|error| Cause::BadMessage { reason: error.to_string() })?;
    read_fields(chat, &message, given, file)
}

/// As [`read_message`], of a message's fields.
pub(super) fn read_fields(
    chat: &Chat,
    message: &Map<String, Value>,
    given: &Given,
    file: &mut dyn FnMut(&str) -> Result<Vec<u8>, Absent>,
) -> Result<Message, Cause> {
    let kind = message.get("type").and_then(Value::as_str).unwrap_or("message");
    let action = message.get("action").and_then(Value::as_str);
    let kept = KEPT_ACTIONS.iter().find(|(name, _)| Some(*name) == action);
    if kind != "message" && (kind != "service" || kept.is_none()) {
        let action = action.unwrap_or(kind).to_owned();
        return Ok(Message::Service(Service { action }));
    }
    let number = number(message.get("id"))
        .ok_or_else(|| Cause::BadMessage { reason: "it has no number".to_owned() })?;
    let mut reading = Reading { chat, message, notes: Vec::new() };
    let (pictures, shown) = reading.pictures(file);
    let own = reading.own_bytes(&shown);
    let (text, zones) = match kept {
        Some((_, what)) => {
            reading.notes.push(format!("a message of Telegram itself: {what}"));
            reading.title()
        }
        None => reading.text(),
    };
    reading.more_notes();
    let published_at = reading.moment("date");
    let document = Document {
        medium: Some(chat.medium()),
        source: reading.source().or_else(|| given.source.clone()),
        byline: reading.byline(),
        published: published_at.as_ref().map(Stamp::date).or_else(|| given.published.clone()),
        modified: reading.moment("edited"),
        url: reading.address(&number).or_else(|| given.url.clone()),
        language: given.language.clone(),
        references: reading.references(&number, published_at.as_ref()),
        published_at: published_at.filter(Stamp::has_time),
        item: Some(number),
        text,
        zones,
        pictures: shown,
        notes: reading.notes,
        ..Document::bare(Sha256::of(&own))
    };
    Ok(Message::Document(Box::new(Read { document, bytes: own, pictures })))
}

pub(super) struct Reading<'m> {
    pub(super) chat: &'m Chat,
    pub(super) message: &'m Map<String, Value>,
    notes: Vec<String>,
}

impl Reading<'_> {
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        self.message.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The chat's name; one whose name is gone goes by its number.
    fn source(&self) -> Option<String> {
        let name = self.chat.name.as_deref().map(one_line).filter(|name| !name.is_empty());
        name.or_else(|| self.chat.id.as_ref().map(|id| format!("Telegram chat {id}")))
    }

    /// Whether somebody is the chat itself, which speaks in its own name.
    pub(super) fn is_chat(&self, name: &str, id: Option<&Value>) -> bool {
        let own = self.chat.id.as_ref().map(|id| format!("channel{id}"));
        let same =
            id.and_then(Value::as_str).is_some() && id.and_then(Value::as_str) == own.as_deref();
        // Pages for browsers do not tell what a chat is; who is called as it is, is told by it.
        let by_name = self.chat.is_channel() || self.chat.kind.is_none();
        same || by_name && self.chat.name.as_deref() == Some(name)
    }

    /// Who signed it, or who sent it where that is not the channel itself.
    fn byline(&self) -> Option<String> {
        let sender = |name: &str, id: &str| {
            let sender = self.field(name)?;
            (!self.is_chat(sender, self.message.get(id))).then(|| one_line(sender))
        };
        let signed = self.field("author").map(one_line);
        signed.or_else(|| sender("from", "from_id")).or_else(|| sender("actor", "actor_id"))
    }

    /// A moment in UTC, where the export gives it; the clock of the computer that made the export
    /// says nothing of the channel, and is kept only where there is nothing else.
    pub(super) fn moment(&self, name: &str) -> Option<Stamp> {
        let seconds = self.message.get(&format!("{name}_unixtime")).and_then(|value| match value {
            Value::String(text) => text.trim().parse::<i64>().ok(),
            value => value.as_i64(),
        });
        // Other programs write seconds in the one field that there is.
        let seconds = seconds.or_else(|| self.message.get(name)?.as_i64());
        if let Some(at) = seconds.filter(|at| *at > 0) {
            return utc(at);
        }
        let local = self.field(name).filter(|text| !never_happened(text))?;
        moment(local).or_else(|| local.parse().ok())
    }

    /// A date that is there and cannot be read.
    pub(super) fn unread_moment(&self, name: &str) -> Option<String> {
        let given = [name.to_owned(), format!("{name}_unixtime")]
            .into_iter()
            .find_map(|name| self.message.get(&name).filter(|value| !value.is_null()))?;
        let never = match given {
            Value::String(text) => text.trim().is_empty() || never_happened(text),
            _ => false,
        };
        (!never && self.moment(name).is_none())
            .then(|| given.to_string().chars().take(60).collect())
    }

    /// The address by which Telegram itself links a message of a channel or a large group.
    fn address(&self, number: &str) -> Option<String> {
        let kind = self.chat.kind.as_deref()?;
        let linked = kind.ends_with("_channel") || kind.ends_with("_supergroup");
        let id = self.chat.id.as_deref().filter(|_| linked)?;
        // Messages from before a group became a large one have no such address.
        number.parse::<u32>().ok()?;
        id.bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| format!("https://t.me/c/{id}/{number}"))
    }

    fn references(&self, number: &str, published: Option<&Stamp>) -> Vec<Reference> {
        let name = |field: &str| self.field(field).map(one_line);
        let mut found = Vec::new();
        let mut forwards = |source: Option<String>| {
            let (item, at) = (None, self.moment("forwarded_date"));
            found.push(Reference { relation: Relation::Forwards, source, item, at });
        };
        let from = name("forwarded_from");
        // The name is null where its bearer is gone.
        if from.is_some() || self.message.contains_key("forwarded_from") {
            forwards(from.clone());
        }
        if let Some(saved) = name("saved_from").filter(|saved| Some(saved) != from.as_ref()) {
            forwards(Some(saved));
        }
        if let Some(item) = self::number(self.message.get("reply_to_message_id")) {
            let own = self.chat.id.as_ref().map(|id| format!("channel{id}"));
            let source = match name("reply_to_peer_id") {
                Some(other) if Some(&other) != own.as_ref() => Some(other),
                _ => self.source(),
            };
            let (item, at) = (Some(item), None);
            found.push(Reference { relation: Relation::Answers, source, item, at });
        }
        if self.moment("edited").is_some() {
            found.push(Reference {
                relation: Relation::Replaces,
                source: self.source(),
                item: Some(number.to_owned()),
                at: published.cloned(),
            });
        }
        found
    }

    /// Its pictures: the bytes of those that came along, and all of them as the document has them.
    fn pictures(
        &mut self,
        file: &mut dyn FnMut(&str) -> Result<Vec<u8>, Absent>,
    ) -> (Vec<Vec<u8>>, Vec<Picture>) {
        let Some(name) = self.picture_name().map(str::to_owned) else {
            return (Vec::new(), Vec::new());
        };
        let picture = |sha256| Picture { sha256, name: name.clone(), caption: None, at: Some(0) };
        if let Some(why) = not_included(&name) {
            self.notes.push(format!("its picture did not come along: {why}"));
            return (Vec::new(), vec![picture(None)]);
        }
        match file(&name) {
            Ok(bytes) => {
                let picture = picture(Some(Sha256::of(&bytes)));
                (vec![bytes], vec![picture])
            }
            Err(absent) => {
                let name: String = name.chars().take(120).collect();
                self.notes.push(format!("its picture {name} did not come along: {absent}"));
                (Vec::new(), vec![picture(None)])
            }
        }
    }

    fn picture_name(&self) -> Option<&str> {
        let sent_as_file = self.field("mime_type").is_some_and(|kind| kind.starts_with("image/"))
            && self.field("media_type") != Some("sticker");
        self.field("photo").or_else(|| self.field("file").filter(|_| sent_as_file))
    }

    fn text(&mut self) -> (String, Vec<Zone>) {
        let found = self.message.get("text").map(words).unwrap_or_default();
        let Words { mut text, links, unread, struck } = found;
        if struck {
            self.notes.push(STRUCK.to_owned());
        }
        if unread > 0 {
            let (many, verb) = match unread {
                1 => ("a piece".to_owned(), "is"),
                many => (format!("{many} pieces"), "are"),
            };
            self.notes.push(format!(
                "{many} of its text cannot be read, being none that Telegram Desktop writes, and \
                 {verb} in its bytes alone"
            ));
        }
        for (words, address) in links {
            self.notes.push(format!("the words “{words}” lead to {address}"));
        }
        let asked = self.message.get("poll").and_then(poll);
        let listed = self.message.get("todo_list").and_then(tasks);
        for asked in asked.into_iter().chain(listed) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&asked);
        }
        let text = normalise_line_endings(text.replace('\0', "\u{FFFD}"));
        let text = seen(&text).into_owned();
        let zones = blocks(&text)
            .iter()
            .map(|one| Zone { role: ZoneRole::Body, span: one.span() })
            .collect();
        (text, zones)
    }

    /// What a channel calls itself is no news: nothing is read from it.
    fn title(&self) -> (String, Vec<Zone>) {
        let title = self.field("title").map(one_line).unwrap_or_default();
        let span = Span::new(0, title.len());
        let zone = Zone { role: ZoneRole::Section, span };
        let zones = if title.is_empty() { Vec::new() } else { vec![zone] };
        (title, zones)
    }

    fn more_notes(&mut self) {
        let mut notes = Vec::new();
        for (name, what) in [("date", "its date"), ("edited", "the date of its last change")] {
            notes.extend(
                self.unread_moment(name).map(|given| format!("{what} cannot be read: {given}")),
            );
        }
        notes.extend(self.field("via_bot").map(|bot| format!("sent through {bot}")));
        if self.field("file").is_some() && self.picture_name().is_none() {
            let kind = match self.field("media_type") {
                Some("sticker") => "a sticker",
                Some("voice_message") => "a voice message",
                Some("video_message" | "video_file") => "a film",
                Some("animation") => "a moving picture",
                Some("audio_file") => "a sound",
                _ => "a file",
            };
            let name = self.field("file_name").or_else(|| self.field("sticker_emoji"));
            let name = name.map(|name| format!(", {name},")).unwrap_or_default();
            notes.push(format!("{kind}{name} belongs to it and is not kept"));
        }
        for (field, what) in [
            ("location_information", "a place on the map"),
            ("contact_information", "somebody's address card"),
            ("invoice_information", "a bill"),
            ("game_title", "a game"),
            ("giveaway_information", "a draw of lots"),
            ("giveaway_results", "the outcome of a draw of lots"),
            ("paid_media", "pictures or films that are paid for"),
        ] {
            if self.message.get(field).is_some_and(|value| !value.is_null()) {
                notes.push(format!("{what} belongs to it and is in its bytes alone"));
            }
        }
        notes.extend(self.field("place_name").map(|name| format!("the place is called {name}")));
        self.notes.append(&mut notes);
    }
}

/// What Telegram writes in the place of a path: `(File not included. Change data exporting …)`.
fn not_included(name: &str) -> Option<&str> {
    let (_, said) = name.rsplit_once('(')?;
    let said = said.strip_suffix(')')?;
    ["File", "Photo"].iter().any(|word| said.starts_with(word)).then_some(said)
}

/// Whether a date stands for none: old exports have this one for what never happened.
fn never_happened(date: &str) -> bool {
    date.trim().starts_with("1970-01-01")
}

/// A number, in digits or as text.
fn number(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.is_empty() && text.len() <= 24 => Some(text.clone()),
        value => value.as_i64().map(|number| number.to_string()),
    }
}

/// Seconds since 1970 as a moment in UTC.
fn utc(at: i64) -> Option<Stamp> {
    let day = Day(i32::try_from(at.div_euclid(86_400)).ok()?);
    let time = at.rem_euclid(86_400);
    let (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60);
    moment(&format!("{day}T{hour:02}:{minute:02}:{second:02}Z"))
}

/// JSON in which the control characters that Telegram Desktop writes as `\x1F` are written as JSON
/// has them.
pub(super) fn repaired(bytes: &[u8]) -> Cow<'_, [u8]> {
    if !bytes.windows(2).any(|pair| pair == b"\\x") {
        return Cow::Borrowed(bytes);
    }
    let mut out = Vec::with_capacity(bytes.len() + 16);
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        rest = match (first, after) {
            (b'\\', [b'x', high, low, after @ ..])
                if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() =>
            {
                out.extend([b'\\', b'u', b'0', b'0', *high, *low]);
                after
            }
            (b'\\', [escaped, after @ ..]) => {
                out.extend([b'\\', *escaped]);
                after
            }
            _ => {
                out.push(first);
                after
            }
        };
    }
    Cow::Owned(out)
}

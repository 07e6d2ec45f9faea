//! The messages of an export, cut out of the file one at a time.
//!
//! Nothing but brackets, strings and the names of chats is looked at here; what is cut out is
//! parsed by itself. A parser over the whole file would stop at the first message that it cannot
//! read and lose all that follow: Telegram Desktop itself writes control characters as `\x1F`,
//! which is no JSON. Memory is bounded by [`MAX_MESSAGE_BYTES`], whatever stands in the file.

use std::collections::VecDeque;
use std::io::{self, Read};

use throughline_model::Medium;

use crate::{Cause, MAX_LINE_BYTES};

/// The longest message that is read, in bytes; Telegram's own hold a few thousand letters.
pub const MAX_MESSAGE_BYTES: u64 = MAX_LINE_BYTES;

/// The longest name or number outside messages that is kept; longer ones are nothing that is
/// wanted.
const LONGEST_TOKEN: usize = 4 << 10;

/// How much of the messages of a chat is held back, in bytes, where they stand before what names it.
/// Telegram Desktop writes them after; programs that put keys in order do not.
const MOST_HELD: usize = 64 << 20;

/// How deep a chat can stand in an export: three levels do in all that were ever written.
const DEEPEST: usize = 32;

/// What an export says of a chat before its messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chat {
    /// Its name, at the time of the export.
    pub name: Option<String>,
    /// What it is: `public_channel`, `private_supergroup`, `personal_chat`, …
    pub kind: Option<String>,
    /// Its number in Telegram.
    pub id: Option<String>,
}

impl Chat {
    /// A chat of which the export says no more than its name.
    pub fn named(name: &str) -> Chat {
        Chat { name: Some(name.to_owned()), ..Chat::default() }
    }

    /// Whether it is a channel, in which everything is said in the channel's own name.
    pub fn is_channel(&self) -> bool {
        self.kind.as_deref().is_some_and(|kind| kind.ends_with("_channel"))
    }

    /// Whether it speaks to whoever follows it or can read it, or to its members alone. A chat that
    /// does not say what it is counts as private.
    pub fn medium(&self) -> Medium {
        let public = self.kind.as_deref().is_some_and(|kind| kind.starts_with("public_"));
        if public || self.is_channel() { Medium::Channel } else { Medium::Chat }
    }
}

/// A message as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// The chat that it stands in.
    pub chat: Chat,
    /// Which message of the file it is, from 1.
    pub number: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// An iterator over the messages of an export.
///
/// A message over the limit is one [`Cause::TooLarge`], and the next follows. Where the file ends
/// too early or is no JSON, that is the last item.
pub struct Slices<R> {
    input: R,
    buffer: Vec<u8>,
    /// How much of the buffer has been taken.
    taken: usize,
    /// How many bytes of the file came before the buffer.
    before: u64,
    levels: Vec<Level>,
    token: Option<Token>,
    cut: Option<Cut>,
    /// What is held back until its chat is known, with the level at which that is said.
    held: VecDeque<Item>,
    held_bytes: usize,
    /// What was cut out and is still to be given.
    ready: VecDeque<Item>,
    /// The message that was cut out last, and that was given last, from 1.
    passed: u64,
    number: u64,
    /// Whether there was a list of messages.
    found: bool,
    done: bool,
    /// What is said last.
    last: Option<Cause>,
}

/// A message or why there is none, and which it is.
type Item = (u64, Result<Slice, Cause>);

struct Level {
    array: bool,
    /// Of an object, the key of the value that follows.
    key: String,
    after_colon: bool,
    /// Of an array, whether its items are messages.
    messages: bool,
    /// Of an object, whether its messages have come.
    has_messages: bool,
    chat: Chat,
    /// Whether name, kind and number of the chat have come, null or not.
    told: [bool; 3],
}

/// A string or a bare word outside messages.
struct Token {
    text: Vec<u8>,
    string: bool,
    escaped: bool,
}

/// A message that is being cut out.
struct Cut {
    bytes: Vec<u8>,
    length: u64,
    depth: u64,
    string: bool,
    escaped: bool,
}

/// How many bytes are read at a time.
const CHUNK: u64 = 64 << 10;

impl<R: Read> Slices<R> {
    /// The messages of an export.
    pub fn new(input: R) -> Slices<R> {
        Slices {
            input,
            buffer: Vec::new(),
            taken: 0,
            before: 0,
            levels: Vec::new(),
            token: None,
            cut: None,
            held: VecDeque::new(),
            held_bytes: 0,
            ready: VecDeque::new(),
            passed: 0,
            number: 0,
            found: false,
            done: false,
            last: None,
        }
    }

    /// Which message the last item was, from 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Takes bytes until a message is complete or the bytes are at their end.
    fn take(&mut self, part: &[u8]) -> (usize, Option<Result<Slice, Cause>>) {
        let mut at = 0;
        while at < part.len() {
            if self.cut.is_some() {
                let (used, complete) = self.cut_on(&part[at..]);
                at += used;
                if complete {
                    let item = self.complete();
                    if item.is_some() || !self.ready.is_empty() {
                        return (at, item);
                    }
                }
                continue;
            }
            let byte = part[at];
            if self.in_token(byte) {
                at += 1;
                continue;
            }
            match self.structure(byte, self.before + (self.taken + at) as u64) {
                // The brace belongs to the message.
                Ok(true) => {}
                Ok(false) => {
                    at += 1;
                    if !self.ready.is_empty() {
                        return (at, None);
                    }
                }
                Err(cause) => return (at, Some(Err(cause))),
            }
        }
        (at, None)
    }

    /// Whether the byte belongs to a string or word that is open; closes it where it ends.
    fn in_token(&mut self, byte: u8) -> bool {
        let Some(token) = &mut self.token else { return false };
        let bare = !token.string;
        if bare && !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-')) {
            self.close_token();
            return false;
        }
        if token.text.len() < LONGEST_TOKEN {
            token.text.push(byte);
        }
        match byte {
            _ if bare => {}
            _ if token.escaped => token.escaped = false,
            b'\\' => token.escaped = true,
            b'"' => self.close_token(),
            _ => {}
        }
        true
    }

    fn close_token(&mut self) {
        let (Some(token), Some(level)) = (self.token.take(), self.levels.last_mut()) else {
            return;
        };
        if token.text.len() >= LONGEST_TOKEN || level.array {
            return;
        }
        let text = match token.string {
            true => serde_json::from_slice(&super::message::repaired(&token.text)).ok(),
            false => String::from_utf8(token.text).ok(),
        };
        let Some(text) = text else { return };
        if !level.after_colon {
            level.key = text;
            return;
        }
        let is_null = !token.string && text == "null";
        let told = match level.key.as_str() {
            "name" => 0,
            "type" => 1,
            "id" => 2,
            _ => return,
        };
        level.told[told] = true;
        match told {
            0 if token.string => level.chat.name = Some(text),
            1 if token.string => level.chat.kind = Some(text),
            2 if !is_null => level.chat.id = Some(text),
            _ => {}
        }
    }

    /// A byte between values; whether it opens a message.
    fn structure(&mut self, byte: u8, at: u64) -> Result<bool, Cause> {
        let broken = |reason: String| Cause::BrokenExport { reason };
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'{' if self.levels.last().is_some_and(|level| level.messages) => {
                self.passed += 1;
                self.cut = Some(Cut {
                    bytes: Vec::new(),
                    length: 0,
                    depth: 0,
                    string: false,
                    escaped: false,
                });
                return Ok(true);
            }
            _ if self.levels.is_empty() && self.found => {
                return Err(broken(format!("something after its end at byte {at}")));
            }
            b'{' | b'[' => {
                if self.levels.len() >= DEEPEST {
                    return Err(broken(format!("nested over {DEEPEST} deep at byte {at}")));
                }
                let above = self.levels.last();
                let messages = byte == b'['
                    && above.is_some_and(|level| !level.array && level.key == "messages");
                let chat = above.filter(|_| messages).map(|level| level.chat.clone());
                self.found |= messages;
                if messages && let Some(above) = self.levels.last_mut() {
                    above.has_messages = true;
                }
                self.levels.push(Level {
                    array: byte == b'[',
                    key: String::new(),
                    after_colon: false,
                    messages,
                    has_messages: false,
                    chat: chat.unwrap_or_default(),
                    told: [false; 3],
                });
            }
            b'}' | b']' => match self.levels.pop() {
                Some(level) if level.array == (byte == b']') => {
                    if !level.array && level.has_messages {
                        self.release(&level.chat);
                    }
                }
                _ => {
                    let byte = char::from(byte);
                    return Err(broken(format!("a {byte} that closes nothing at byte {at}")));
                }
            },
            _ if self.levels.is_empty() => {
                return Err(broken("it does not begin with {".to_owned()));
            }
            b':' | b',' => {
                if let Some(level) = self.levels.last_mut() {
                    level.after_colon = byte == b':';
                }
            }
            b'"' => self.token = Some(Token { text: vec![byte], string: true, escaped: false }),
            byte if byte.is_ascii_alphanumeric() || byte == b'-' => {
                self.token = Some(Token { text: vec![byte], string: false, escaped: false });
            }
            _ => return Err(broken(format!("an unexpected byte at byte {at}"))),
        }
        Ok(false)
    }

    /// Goes on with a message; how many bytes of it these are, and whether it is complete.
    fn cut_on(&mut self, part: &[u8]) -> (usize, bool) {
        let Some(cut) = &mut self.cut else { return (0, false) };
        let mut used = 0;
        let mut complete = false;
        for &byte in part {
            used += 1;
            if cut.string {
                match byte {
                    _ if cut.escaped => cut.escaped = false,
                    b'\\' => cut.escaped = true,
                    b'"' => cut.string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => cut.string = true,
                b'{' | b'[' => cut.depth += 1,
                b'}' | b']' => {
                    cut.depth = cut.depth.saturating_sub(1);
                    if cut.depth == 0 {
                        complete = true;
                        break;
                    }
                }
                _ => {}
            }
        }
        cut.length += used as u64;
        if cut.length <= MAX_MESSAGE_BYTES {
            cut.bytes.extend_from_slice(&part[..used]);
        } else {
            cut.bytes = Vec::new();
        }
        (used, complete)
    }

    /// What comes of a message that is complete; `None` while it is held back.
    fn complete(&mut self) -> Option<Result<Slice, Cause>> {
        let cut = self.cut.take()?;
        let chat = self.levels.last().map(|level| level.chat.clone()).unwrap_or_default();
        let told = self.levels.iter().rev().nth(1).is_some_and(|level| level.told == [true; 3]);
        let item = match cut.length > MAX_MESSAGE_BYTES {
            true => {
                let (bytes, limit) = (Some(cut.length), MAX_MESSAGE_BYTES);
                Err(Cause::TooLarge { bytes, limit })
            }
            false => Ok(Slice { chat, number: self.passed, bytes: cut.bytes }),
        };
        if told || self.held_bytes > MOST_HELD {
            self.number = self.passed;
            return Some(item);
        }
        // What is held of a message beside its bytes.
        const BESIDE: usize = 256;
        self.held_bytes += item.as_ref().map_or(0, |slice| slice.bytes.len()) + BESIDE;
        self.held.push_back((self.passed, item));
        if self.held_bytes > MOST_HELD {
            // Whatever comes later, what is known by now must do.
            self.ready.append(&mut self.held);
        }
        None
    }

    /// Gives what was held back for a chat that is known now.
    fn release(&mut self, chat: &Chat) {
        for (_, item) in &mut self.held {
            if let Ok(slice) = item {
                slice.chat = chat.clone();
            }
        }
        self.ready.append(&mut self.held);
        self.held_bytes = 0;
    }

    /// What is to be said when the input has ended.
    fn end(&self) -> Option<Cause> {
        if !self.levels.is_empty() || self.cut.is_some() {
            return Some(Cause::CutShort { after: self.passed - u64::from(self.cut.is_some()) });
        }
        if !self.found {
            return Some(Cause::BrokenExport { reason: "there are no messages in it".to_owned() });
        }
        (self.passed == 0).then_some(Cause::Empty)
    }
}

impl<R: Read> Iterator for Slices<R> {
    type Item = Result<Slice, Cause>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((number, item)) = self.ready.pop_front() {
                self.number = number;
                return Some(item);
            }
            if self.done {
                self.number = self.passed;
                return self.last.take().map(Err);
            }
            if self.taken == self.buffer.len() {
                let ended = match self.refill() {
                    Ok(true) => None,
                    Ok(false) => Some(self.end()),
                    Err(error) => Some(Some(Cause::of_io(error))),
                };
                if let Some(last) = ended {
                    self.finish(last);
                    continue;
                }
            }
            let buffer = std::mem::take(&mut self.buffer);
            let (used, item) = self.take(&buffer[self.taken..]);
            self.buffer = buffer;
            self.taken += used;
            match item {
                Some(Err(cause @ Cause::BrokenExport { .. })) => self.finish(Some(cause)),
                Some(item) => return Some(item),
                None => {}
            }
        }
    }
}

impl<R: Read> Slices<R> {
    /// Ends, after what is still held back.
    fn finish(&mut self, last: Option<Cause>) {
        let known = self.levels.iter().rev().find(|level| level.has_messages);
        let known = known.map(|level| level.chat.clone()).unwrap_or_default();
        self.release(&known);
        self.last = last;
        self.done = true;
    }

    /// Reads on; whether there was anything left.
    fn refill(&mut self) -> io::Result<bool> {
        self.before += self.buffer.len() as u64;
        self.buffer.clear();
        self.taken = 0;
        self.input.by_ref().take(CHUNK).read_to_end(&mut self.buffer)?;
        // A byte order mark says nothing that is not known.
        if self.before == 0 && self.buffer.starts_with(b"\xEF\xBB\xBF") {
            self.taken = 3;
        }
        Ok(self.taken < self.buffer.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> (Vec<(Option<String>, String)>, Vec<String>) {
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for item in Slices::new(text.as_bytes()) {
            match item {
                Ok(slice) => {
                    good.push((slice.chat.name, String::from_utf8(slice.bytes).unwrap()));
                }
                Err(cause) => bad.push(cause.to_string()),
            }
        }
        (good, bad)
    }

    #[test]
    fn messages_are_cut_out_of_a_chat_and_of_an_account() {
        let one = r#"{"name": "A \"B\"", "type": "public_channel", "id": 7, "messages": [
            {"id": 1, "text": "a } ] \" b"}, {"id": 2, "x": {"messages": [{}]}}]}"#;
        let (good, bad) = all(one);
        let name = Some("A \"B\"".to_owned());
        assert_eq!(
            good,
            [
                (name.clone(), r#"{"id": 1, "text": "a } ] \" b"}"#.to_owned()),
                (name, r#"{"id": 2, "x": {"messages": [{}]}}"#.to_owned()),
            ]
        );
        assert_eq!(bad, Vec::<String>::new());
        let account = format!(
            r#"{{"about": "x", "contacts": {{"list": [{{"name": "Nobody"}}]}},
                "chats": {{"list": [{one}, {{"name": null, "messages": [{{}}]}}]}},
                "left_chats": {{"list": [{one}]}}}}"#
        );
        let (good, bad) = all(&account);
        assert_eq!((good.len(), bad.len()), (5, 0));
        assert_eq!(good[2].0, None);
    }

    #[test]
    fn messages_before_the_name_of_their_chat_have_it_all_the_same() {
        let one = r#"{"id": 7, "messages": [{"id": 1}, {"id": 2}], "name": "A", "type": "c"}"#;
        let (good, bad) = all(one);
        let name = Some("A".to_owned());
        assert_eq!(
            good,
            [(name.clone(), "{\"id\": 1}".to_owned()), (name, "{\"id\": 2}".to_owned())]
        );
        assert_eq!(bad, Vec::<String>::new());
        let chats: Vec<Option<String>> =
            all(&format!("{{\"list\": [{one}, {}]}}", one.replace("\"A\"", "\"B\"")))
                .0
                .into_iter()
                .map(|(name, _)| name)
                .collect();
        assert_eq!(chats.into_iter().flatten().collect::<String>(), "AABB");
        let mut slices = Slices::new(one.as_bytes());
        let numbers: Vec<u64> =
            std::iter::from_fn(|| slices.next().map(|_| slices.number())).collect();
        assert_eq!(numbers, [1, 2]);
    }

    #[test]
    fn what_comes_before_a_cut_is_kept() {
        let whole = r#"{"name": "A", "messages": [{"id": 1}, {"id": 2}]}"#;
        for end in 0..whole.len() {
            let (good, bad) = all(&whole[..end]);
            let complete = whole[..end].matches("}").count();
            assert_eq!(good.len(), complete, "cut at {end}");
            assert_eq!(bad.len(), 1, "cut at {end}: {bad:?}");
        }
    }

    #[test]
    fn what_is_no_export_says_so() {
        for (text, want) in [
            ("[1]", "there are no messages"),
            ("{\"a\": 1}", "there are no messages"),
            ("text", "it does not begin with {"),
            ("{\"messages\": [}", "a } that closes nothing at byte 14"),
            ("{\"messages\": [\u{1}", "an unexpected byte at byte 14"),
            ("{\"messages\": []}", "nothing in it to read"),
            ("{\"messages\": []} {", "something after its end"),
        ] {
            let (good, bad) = all(text);
            assert!(good.is_empty() && bad.len() == 1 && bad[0].contains(want), "{text}: {bad:?}");
        }
        let deep = "[".repeat(100_000);
        assert!(all(&format!("{{\"a\": {deep}")).1[0].contains("nested over 32 deep"));
    }

    #[test]
    fn a_message_over_the_limit_is_passed_over_and_the_next_is_read() {
        let long = "x".repeat(usize::try_from(MAX_MESSAGE_BYTES).unwrap() + 1);
        let text = format!(r#"{{"messages": [{{"id": 1, "text": "{long}"}}, {{"id": 2}}]}}"#);
        let (good, bad) = all(&text);
        assert_eq!(good, [(None, "{\"id\": 2}".to_owned())]);
        assert!(bad[0].starts_with("too large: 8.0 MiB"), "{bad:?}");
    }

    #[test]
    fn messages_do_not_depend_on_how_much_is_read_at_a_time() {
        struct Drops<'t>(&'t [u8]);
        impl Read for Drops<'_> {
            fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
                let (one, rest) = self.0.split_at(self.0.len().min(1));
                to[..one.len()].copy_from_slice(one);
                self.0 = rest;
                Ok(one.len())
            }
        }
        let text = r#"{"name": "A", "messages": [{"t": "\\"}, {"t": "{"}]}"#;
        let whole: Vec<Slice> = Slices::new(text.as_bytes()).map(Result::unwrap).collect();
        let drops: Vec<Slice> = Slices::new(Drops(text.as_bytes())).map(Result::unwrap).collect();
        assert_eq!(whole, drops);
        assert_eq!(whole.len(), 2);
    }
}

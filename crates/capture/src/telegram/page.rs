//! The pages that Telegram Desktop writes for browsers: `messages.html`, `messages2.html`.
//!
//! Of each message the same fields are made that `result.json` has, as far as the page tells them;
//! so both are read alike. What the page lacks stays unknown: the chat's number and kind, the
//! numbers of senders, edits. A message right after one of the same sender has no name of its own.

use serde_json::{Map, Value, json};

use super::message::read_fields;
use super::messages::tell;
use super::{Chat, Message};
use crate::beside::Absent;
use crate::html::{MAX_PAGE_BYTES, NodeId, Step, Tree, decode_page, parse};
use crate::letters::one_line;
use crate::walk::{Entry, Flow, Walk};
use crate::{Cause, Given, PassedOver};

/// Whether a page begins as Telegram Desktop begins its pages of messages.
pub(crate) fn is_messages_page(start: &[u8]) -> bool {
    is_page(start) && says(start, b"\"page_body chat_page\"")
}

/// Whether a page begins as its others: lists of chats, of contacts, of sessions.
pub(crate) fn is_other_page(start: &[u8]) -> bool {
    is_page(start) && !is_messages_page(start)
}

fn is_page(start: &[u8]) -> bool {
    says(start, b"<title>Exported Data</title>") && says(start, b"\"page_wrap\"")
}

fn says(start: &[u8], words: &[u8]) -> bool {
    memchr::memmem::find(start, words).is_some()
}

/// Takes in a page of messages, each a document.
pub(crate) fn take_page(walk: &mut Walk<'_>, entry: Entry<'_>) -> Flow {
    let beside = entry.beside.clone();
    let (outer, input) = entry.open();
    let given = outer.knows.given(walk.given);
    let page = match input.bytes(MAX_PAGE_BYTES).and_then(|bytes| decode_page(&bytes)) {
        Ok(page) => page,
        Err(cause) => return walk.fail(outer.place, cause),
    };
    let mut file = |name: &str| match &beside {
        Some(beside) => beside.bytes(name),
        None => Err(Absent::NoFolder),
    };
    let mut any = false;
    let mut flow = Flow::Continue(());
    each_message(&page, &given, &mut file, &mut |number, read| {
        any = true;
        flow = tell(walk, &outer.knows, format!("{}:{number}", outer.place), read);
        flow
    });
    flow?;
    match any {
        true => Flow::Continue(()),
        false => walk.fail(outer.place, Cause::Empty),
    }
}

/// The messages of a page, or why one cannot be read. `file` gives the bytes of a file that the
/// page names.
///
/// # Errors
/// As of a saved page that cannot be read.
pub fn read_messages_page(
    bytes: &[u8],
    given: &Given,
    file: &mut dyn FnMut(&str) -> Result<Vec<u8>, Absent>,
) -> Result<Vec<Result<Message, Cause>>, Cause> {
    let mut found = Vec::new();
    each_message(&decode_page(bytes)?, given, file, &mut |_, read| {
        found.push(read);
        Flow::Continue(())
    });
    Ok(found)
}

fn each_message(
    page: &str,
    given: &Given,
    file: &mut dyn FnMut(&str) -> Result<Vec<u8>, Absent>,
    each: &mut dyn FnMut(usize, Result<Message, Cause>) -> Flow,
) {
    let parsed = parse(page);
    let tree = &parsed.tree;
    let header = tree.elements(Tree::ROOT).find(|id| is(tree, *id, "page_header"));
    let name = header.and_then(|header| words_of(tree, header, "text"));
    let chat = name.map(|name| Chat::named(&name)).unwrap_or_default();
    let mut before = Before::default();
    let mut number = 0;
    let mut walk = tree.walk(Tree::ROOT);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        let Some(own) = number_of(tree, id) else { continue };
        walk.pass_over(id);
        // Lines with the day between messages have numbers below zero.
        if own.starts_with('-') {
            continue;
        }
        number += 1;
        let read = match is(tree, id, "service") {
            true => {
                before = Before::default();
                let action = words_of(tree, id, "body").unwrap_or_default();
                Ok(Message::Service(super::Service { action }))
            }
            false => read_fields(&chat, &fields(tree, id, &own, &mut before), given, file),
        };
        if each(number, read).is_break() {
            return;
        }
    }
    if parsed.cut {
        let reason =
            format!("the page is too large, and what follows message {number} was not read");
        let _ = each(number + 1, Err(Cause::BadMessage { reason }));
    }
}

/// Who sent the message before, and whose message it passed on: the next one leaves out what is the
/// same.
#[derive(Default)]
struct Before {
    from: Option<String>,
    via: Option<String>,
    forwarded: Option<Value>,
}

/// The number of a message, if an element is one.
fn number_of(tree: &Tree, id: NodeId) -> Option<String> {
    let number = tree.attribute(id, "id")?.strip_prefix("message")?;
    let digits = number.strip_prefix('-').unwrap_or(number);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is(tree, id, "message") && plain).then(|| number.to_owned())
}

/// The fields of a message, as `result.json` has them.
fn fields(tree: &Tree, id: NodeId, number: &str, before: &mut Before) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("id".into(), number.parse::<i64>().map_or_else(|_| number.into(), Value::from));
    fields.insert("type".into(), "message".into());
    let Some(body) = tree.children(id).find(|child| is(tree, *child, "body")) else {
        return fields;
    };
    let own = |class: &str| tree.children(body).find(|child| is(tree, *child, class));
    if let Some(date) = own("date").and_then(|date| tree.attribute(date, "title")) {
        insert_date(&mut fields, "date", date);
    }
    // The picture of whoever is passed on is called so, too.
    let forwarded =
        tree.children(body).find(|child| is(tree, *child, "forwarded") && is(tree, *child, "body"));
    sender(tree, own("from_name"), is(tree, id, "joined"), &mut fields, before);
    passed_on(tree, forwarded, &mut fields, before);
    // What a message passes on stands in a body of its own.
    let inner = forwarded.into_iter().flat_map(|inner| tree.children(inner));
    for child in tree.children(body).chain(inner) {
        if is(tree, child, "reply_to") {
            answers(tree, child, &mut fields);
        } else if is(tree, child, "media_wrap") {
            media(tree, child, &mut fields);
        } else if is(tree, child, "signature") {
            fields.insert("author".into(), line(tree, child).into());
        } else if is(tree, child, "text") {
            fields.insert("text".into(), text(tree, child));
        }
    }
    fields
}

fn sender(
    tree: &Tree,
    name: Option<NodeId>,
    joined: bool,
    fields: &mut Map<String, Value>,
    before: &mut Before,
) {
    match name.map(|name| line(tree, name)) {
        Some(name) => {
            let (from, via) = match name.rsplit_once(" via @") {
                Some((from, bot)) => (from.to_owned(), Some(format!("@{bot}"))),
                None => (name, None),
            };
            (before.from, before.via) = (Some(from), via);
        }
        None if joined => {}
        None => (before.from, before.via) = (None, None),
    }
    fields.extend(before.from.clone().map(|from| ("from".to_owned(), from.into())));
    fields.extend(before.via.clone().map(|via| ("via_bot".to_owned(), via.into())));
}

fn passed_on(
    tree: &Tree,
    forwarded: Option<NodeId>,
    fields: &mut Map<String, Value>,
    before: &mut Before,
) {
    let Some(forwarded) = forwarded else {
        before.forwarded = None;
        return;
    };
    if let Some(name) = tree.children(forwarded).find(|child| is(tree, *child, "from_name")) {
        let date = tree.children(name).find(|child| is(tree, *child, "details"));
        let own = tree.children(name).filter_map(|child| tree.text(child)).collect::<String>();
        before.forwarded = Some(one_line(&own).into());
        if let Some(date) = date {
            let shown = line(tree, date);
            insert_date(fields, "forwarded_date", tree.attribute(date, "title").unwrap_or(&shown));
        }
    }
    fields.insert("forwarded_from".into(), before.forwarded.clone().unwrap_or(Value::Null));
}

/// The message that one answers, by the number in its link.
fn answers(tree: &Tree, reply: NodeId, fields: &mut Map<String, Value>) {
    let link = tree.elements(reply).find_map(|id| tree.attribute(id, "href"));
    let number = link.and_then(|link| link.rsplit_once("#go_to_message")).map(|(_, number)| number);
    if let Some(number) = number.and_then(|number| number.parse::<i64>().ok()) {
        fields.insert("reply_to_message_id".into(), number.into());
    }
}

/// What is shown beside the words: a picture, another file, a poll, a place.
fn media(tree: &Tree, wrap: NodeId, fields: &mut Map<String, Value>) {
    let Some(id) = tree.children(wrap).find(|child| !tree.name(*child).is_empty()) else { return };
    let link = tree.attribute(id, "href").map(str::trim).filter(|link| !link.is_empty());
    let said = |class: &str| words_of(tree, id, class).map(Value::String);
    let mut insert = |name: &str, value: Option<Value>| {
        fields.extend(value.map(|value| (name.to_owned(), value)));
    };
    let file = link.map(Value::from);
    if is(tree, id, "media_poll") {
        let answers = tree.children(id).filter(|child| is(tree, *child, "answer"));
        let answers: Vec<Value> = answers
            .map(|answer| {
                let own: String =
                    tree.children(answer).filter_map(|child| tree.text(child)).collect();
                json!({"text": one_line(&own).trim_start_matches("- ")})
            })
            .collect();
        insert("poll", Some(json!({"question": said("question"), "answers": answers})));
        return;
    }
    for (class, kind) in [
        ("sticker_wrap", "sticker"),
        ("animated_wrap", "animation"),
        ("video_file_wrap", "video_file"),
        ("media_voice_message", "voice_message"),
        ("media_video", "video_file"),
        ("media_audio_file", "audio_file"),
    ] {
        if is(tree, id, class) {
            insert("media_type", Some(kind.into()));
            insert("file", file.or(Some("".into())));
            return;
        }
    }
    if is(tree, id, "photo_wrap") || is(tree, id, "media_photo") {
        let why = words_of(tree, id, "description").unwrap_or_default();
        insert("photo", file.or(Some(format!("(Photo. {why})").into())));
    } else if is(tree, id, "media_file") {
        insert("mime_type", link.and_then(picture_type).map(Value::from));
        insert("file_name", said("title"));
        insert("file", file.or(said("title")));
    } else if ["media_location", "media_live_location", "media_venue"]
        .iter()
        .any(|class| is(tree, id, class))
    {
        insert("location_information", said("status"));
        insert("place_name", said("title").filter(|_| is(tree, id, "media_venue")));
        insert("address", said("description"));
    } else if is(tree, id, "media_contact") {
        insert("contact_information", said("title"));
    } else if is(tree, id, "media_game") {
        insert("game_title", said("title"));
    } else if is(tree, id, "media_invoice") {
        insert("invoice_information", said("title"));
    }
}

/// The media type of a picture that was sent as a file.
fn picture_type(link: &str) -> Option<String> {
    let extension = crate::recognise::extension(link)?;
    let picture = PassedOver::of_extension(extension) == Some(PassedOver::Picture);
    picture.then(|| format!("image/{}", extension.to_ascii_lowercase()))
}

/// `24.03.2017 10:30:00 UTC+01:00`, as a moment where the zone is there; older exports have none.
fn insert_date(fields: &mut Map<String, Value>, name: &str, date: &str) {
    let mut parts = date.split_whitespace();
    let (day, time, zone) = (parts.next(), parts.next(), parts.next());
    let day: Vec<&str> = day.unwrap_or_default().split('.').collect();
    let ([day, month, year], Some(time)) = (day.as_slice(), time) else {
        fields.insert(name.into(), date.into());
        return;
    };
    let local = format!("{year}-{month}-{day}T{time}");
    let zone = zone.and_then(|zone| zone.strip_prefix("UTC"));
    let zone = zone.map(|zone| if zone.is_empty() { "Z" } else { zone });
    let moment = zone.and_then(|zone| crate::date::moment(&format!("{local}{zone}")));
    if let Some(moment) = moment {
        fields.insert(format!("{name}_unixtime"), moment.seconds().to_string().into());
    }
    fields.insert(name.into(), local.into());
}

/// The words of a message in pieces, as `result.json` has them. Ends of lines stand as elements;
/// those between tags are the page's own.
fn text(tree: &Tree, from: NodeId) -> Value {
    let mut pieces: Vec<(String, Form)> = Vec::new();
    let mut open: Vec<(NodeId, Form)> = Vec::new();
    for step in tree.walk(from) {
        let words = match step {
            Step::Enter(id) if tree.name(id) == "br" => "\n",
            Step::Enter(id) => {
                if let Some(form) = form(tree, id).filter(|form| form.holds_within(&open)) {
                    open.push((id, form.clone()));
                    pieces.push((String::new(), form));
                }
                tree.text(id).unwrap_or_default()
            }
            Step::Leave(id) => {
                open.pop_if(|(opened, _)| *opened == id);
                continue;
            }
        };
        let form = open.last().map_or(&Form::Plain, |(_, form)| form);
        match pieces.last_mut() {
            Some((piece, of)) if of == form => piece.push_str(words),
            _ => pieces.push((words.to_owned(), form.clone())),
        }
    }
    if let Some((first, _)) = pieces.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some((last, _)) = pieces.last_mut() {
        last.truncate(last.trim_end().len());
    }
    pieces.retain(|(piece, _)| !piece.is_empty());
    let piece = |(text, form): (String, Form)| match form {
        Form::Plain => Value::String(text),
        Form::Link(href) => json!({"type": "text_link", "text": text, "href": href}),
        Form::Struck => json!({"type": "strikethrough", "text": text}),
        Form::Quote => json!({"type": "blockquote", "text": text}),
    };
    match <[_; 1]>::try_from(pieces) {
        Ok([(text, Form::Plain)]) => Value::String(text),
        Ok([formed]) => Value::Array(vec![piece(formed)]),
        Err(pieces) if pieces.is_empty() => "".into(),
        Err(pieces) => Value::Array(pieces.into_iter().map(piece).collect()),
    }
}

/// What a piece of a message is, as far as it says something of its words.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Plain,
    Link(String),
    Struck,
    Quote,
}

impl Form {
    /// Whether it says something within what is open: a piece has one form, and that words are taken
    /// back says more than where they lead.
    fn holds_within(&self, open: &[(NodeId, Form)]) -> bool {
        match open.last() {
            None => true,
            Some((_, Form::Struck)) => false,
            Some(_) => *self == Form::Struck,
        }
    }
}

fn form(tree: &Tree, id: NodeId) -> Option<Form> {
    match tree.name(id) {
        "a" => {
            let href = tree.attribute(id, "href").unwrap_or_default().trim();
            href.contains("://").then(|| Form::Link(href.to_owned()))
        }
        "s" | "del" | "strike" => Some(Form::Struck),
        "blockquote" => Some(Form::Quote),
        _ => None,
    }
}

/// Whether a word is among an element's classes.
fn is(tree: &Tree, id: NodeId, class: &str) -> bool {
    let classes = tree.attribute(id, "class").unwrap_or_default();
    classes.split_ascii_whitespace().any(|one| one == class)
}

/// The words of the first element below one that has a class.
fn words_of(tree: &Tree, from: NodeId, class: &str) -> Option<String> {
    let found = tree.elements(from).find(|id| is(tree, *id, class))?;
    Some(line(tree, found)).filter(|words| !words.is_empty())
}

fn line(tree: &Tree, from: NodeId) -> String {
    one_line(&tree.words(from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_with_and_without_a_zone() {
        let date = |text: &str| {
            let mut fields = Map::new();
            insert_date(&mut fields, "date", text);
            Value::Object(fields)
        };
        let want = json!({"date": "2017-03-24T10:30:00", "date_unixtime": "1490347800"});
        assert_eq!(date("24.03.2017 10:30:00 UTC+01:00"), want);
        assert_eq!(date(" 24.03.2017 10:30:00"), json!({"date": "2017-03-24T10:30:00"}));
        assert_eq!(date("soon"), json!({"date": "soon"}));
    }
}

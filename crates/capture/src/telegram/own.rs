//! The bytes of a message: an export of it alone.

use serde_json::{Map, Value};
use throughline_model::Picture;

use super::message::Reading;

/// The fields that say something of a message itself. All others are left out of a document's bytes:
/// counts that grow, sizes and paths of the export, and a second form of the same words.
const OWN: [&str; 35] = [
    "action",
    "actor",
    "actor_id",
    "address",
    "author",
    "contact_information",
    "date",
    "date_unixtime",
    "duration_seconds",
    "edited",
    "edited_unixtime",
    "file_name",
    "forwarded_date",
    "forwarded_date_unixtime",
    "forwarded_from",
    "forwarded_from_id",
    "from",
    "from_id",
    "height",
    "id",
    "location_information",
    "media_type",
    "mime_type",
    "new_title",
    "performer",
    "place_name",
    "reply_to_message_id",
    "reply_to_peer_id",
    "saved_from",
    "sticker_emoji",
    "text",
    "title",
    "type",
    "via_bot",
    "width",
];

impl Reading<'_> {
    /// An export of the message alone: its own fields in the order of their names, moments in UTC
    /// where they are known, pictures by the hash of their bytes.
    pub(super) fn own_bytes(&self, pictures: &[Picture]) -> Vec<u8> {
        let mut own: Map<String, Value> = OWN
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), self.message.get(*name)?.clone())))
            .collect();
        for name in ["date", "edited", "forwarded_date"] {
            match self.moment(name) {
                Some(at)
                    if self.message.contains_key(&format!("{name}_unixtime"))
                        || self.message.get(name).is_some_and(Value::is_number) =>
                {
                    // A clock without a zone says no moment.
                    if at.as_str().ends_with('Z') {
                        own.insert(format!("{name}_unixtime"), at.seconds().to_string().into());
                    }
                    own.insert(name.into(), at.as_str().trim_end_matches('Z').into());
                }
                Some(_) => {}
                None if self.unread_moment(name).is_some() => {}
                None => drop(own.remove(name)),
            }
        }
        for (name, id) in [("from", "from_id"), ("actor", "actor_id")] {
            // A channel that takes another name has not said everything anew.
            let own_name = |sender: &str| self.is_chat(sender, self.message.get(id));
            if self.field(name).is_some_and(own_name) {
                own.remove(name);
            }
        }
        if let Some(asked) = self.message.get("poll") {
            let answers = asked["answers"].as_array().into_iter().flatten();
            let answers: Vec<Value> =
                answers.map(|answer| serde_json::json!({"text": answer["text"]})).collect();
            let poll = serde_json::json!({"question": asked["question"], "answers": answers});
            own.insert("poll".into(), poll);
        }
        if let Some(list) = self.message.get("todo_list") {
            let items = list["items"].as_array().or(list["answers"].as_array());
            let items = items.into_iter().flatten();
            let items: Vec<Value> =
                items.map(|item| serde_json::json!({"text": item["text"]})).collect();
            let list = serde_json::json!({"title": list["title"], "items": items});
            own.insert("todo_list".into(), list);
        }
        if let Some(picture) = pictures.first() {
            let name = if self.field("photo").is_some() { "photo" } else { "file" };
            let hash = picture.sha256.map(|hash| format!("sha256:{hash}"));
            own.insert(name.into(), hash.map_or(Value::Null, Value::String));
        }
        let mut out = Vec::new();
        out.extend(b"{");
        // A chat without a number goes by its name.
        let name = self.chat.name.clone().filter(|_| self.chat.id.is_none());
        for (name, value) in [("name", &name), ("id", &self.chat.id), ("type", &self.chat.kind)] {
            if let Some(value) = value {
                write_text(name, &mut out);
                out.extend(b": ");
                let plain = name == "id" && value.bytes().all(|byte| byte.is_ascii_digit());
                if plain {
                    out.extend(value.bytes())
                } else {
                    write_text(value, &mut out)
                }
                out.extend(b", ");
            }
        }
        out.extend(b"\"messages\": [");
        write_sorted(&Value::Object(own), &mut out);
        out.extend(b"]}");
        out
    }
}

/// Writes a value with the keys of its objects in order and its numbers in one form, so that equal
/// messages are equal bytes, whatever wrote them.
fn write_sorted(value: &Value, out: &mut Vec<u8>) {
    let list = |out: &mut Vec<u8>, ends: [u8; 2], items: &mut dyn FnMut(&mut Vec<u8>)| {
        out.push(ends[0]);
        items(out);
        out.push(ends[1]);
    };
    match value {
        Value::Object(fields) => list(out, *b"{}", &mut |out| {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| name.as_str());
            for (at, (name, value)) in fields.into_iter().enumerate() {
                out.extend(if at > 0 { &b", "[..] } else { b"" });
                write_text(name, out);
                out.extend(b": ");
                write_sorted(value, out);
            }
        }),
        Value::Array(items) => list(out, *b"[]", &mut |out| {
            for (at, item) in items.iter().enumerate() {
                out.extend(if at > 0 { &b", "[..] } else { b"" });
                write_sorted(item, out);
            }
        }),
        Value::String(text) => write_text(text, out),
        Value::Number(number) => {
            let text = match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(number), ..) => number.to_string(),
                (_, Some(number), _) => number.to_string(),
                (_, _, number) => number.unwrap_or_default().to_string(),
            };
            out.extend(text.bytes());
        }
        Value::Bool(is) => out.extend(is.to_string().bytes()),
        Value::Null => out.extend(b"null"),
    }
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    // A string can always be written.
    let _ = serde_json::to_writer(&mut *out, text);
}

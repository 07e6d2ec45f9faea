//! The documents of an export, one after the other.

use super::{Message, Slices, read_message};
use crate::beside::Absent;
use crate::walk::{Captured, Entry, Flow, Knows, Walk};
use crate::{Cause, PassedOver};

/// The folders and pages that Telegram Desktop puts beside `result.json`.
const MEDIA: [&str; 14] = [
    "chats",
    "contacts",
    "css",
    "files",
    "images",
    "js",
    "other",
    "photos",
    "profile_pictures",
    "round_video_messages",
    "stickers",
    "stories",
    "video_files",
    "voice_messages",
];

/// Whether something beside an export is part of it, by its name: a folder of media, or one of the
/// pages for browsers that say the same again.
pub(crate) fn holds_media(name: &str, is_folder: bool) -> bool {
    match is_folder {
        true => MEDIA.contains(&name),
        false => is_page_name(name) || name == "export_results.html",
    }
}

/// Whether a name is that of a page of messages: `messages.html`, `messages2.html`.
fn is_page_name(name: &str) -> bool {
    let number = name.strip_prefix("messages").and_then(|rest| rest.strip_suffix(".html"));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a file is an export, by its name or by what its beginning says.
pub(crate) fn is_export(name: &str, start: &[u8]) -> bool {
    let says = |key: &[u8]| start.windows(key.len()).any(|bytes| bytes == key);
    let bare = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    let named = name.rsplit(['/', '\\']).next() == Some("result.json");
    let json = name.is_empty() || name.to_ascii_lowercase().ends_with(".json");
    named || json && bare.starts_with(b"{") && says(b"\"messages\": [")
}

/// Takes in an export, each message a document.
pub(crate) fn take_messages(walk: &mut Walk<'_>, entry: Entry<'_>) -> Flow {
    let beside = entry.beside.clone();
    let (outer, input) = entry.open();
    let given = outer.knows.given(walk.given);
    let mut slices = Slices::new(input.reader());
    while let Some(slice) = slices.next() {
        let place = match slices.number() {
            0 => outer.place.clone(),
            number => format!("{}:{number}", outer.place),
        };
        let slice = match slice {
            Ok(slice) => slice,
            Err(cause) => {
                walk.fail(place, cause)?;
                continue;
            }
        };
        let mut file = |name: &str| match &beside {
            Some(beside) => beside.bytes(name),
            None => Err(Absent::NoFolder),
        };
        tell(
            walk,
            &outer.knows,
            place,
            read_message(&slice.chat, &slice.bytes, &given, &mut file),
        )?;
    }
    Flow::Continue(())
}

/// Tells of a message that was read.
pub(super) fn tell(
    walk: &mut Walk<'_>,
    knows: &Knows,
    place: String,
    read: Result<Message, Cause>,
) -> Flow {
    match read {
        Ok(Message::Document(read)) => {
            let super::Read { document, bytes, pictures } = *read;
            let record = document.item.clone();
            walk.tell(knows, Captured { record, pictures, ..Captured::new(document, bytes, place) })
        }
        Ok(Message::Service(_)) => walk.pass_over(PassedOver::Service),
        Err(cause) => walk.fail(place, cause),
    }
}

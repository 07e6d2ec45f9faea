//! The documents of an export, one after the other.

use std::path::Path;

use super::beside::Beside;
use super::{Absent, Message, Slices, read_message};
use crate::PassedOver;
use crate::walk::{Captured, Entry, Flow, Walk};

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

/// Whether something beside an export is part of it: a folder of media, or one of the pages for
/// browsers that say the same again.
pub(crate) fn holds_media(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let page = name
        .strip_prefix("messages")
        .and_then(|rest| rest.strip_suffix(".html"))
        .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    page || name == "export_results.html" || MEDIA.contains(&name) && path.is_dir()
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
    let beside = entry.path.as_deref().and_then(Beside::of);
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
            None => Err(Absent::NotThere),
        };
        match read_message(&slice.chat, &slice.bytes, &given, &mut file) {
            Ok(Message::Document(read)) => {
                let super::Read { document, bytes, pictures } = *read;
                let record = document.item.clone();
                let captured =
                    Captured { record, pictures, ..Captured::new(document, bytes, place) };
                walk.tell(&outer.knows, captured)?;
            }
            Ok(Message::Service(_)) => walk.pass_over(PassedOver::Service)?,
            Err(cause) => walk.fail(place, cause)?,
        }
    }
    Flow::Continue(())
}

//! Which format a file is in, by its name.

use std::path::Path;

use crate::Cause;

/// The largest plain-text file that is read, in bytes: a newspaper article has
/// a few thousand, a long court judgment a million. Reading takes some hundred
/// times the text in memory.
pub const MAX_TEXT_BYTES: u64 = 8 << 20;

/// The longest line of a JSON Lines file that is read, in bytes.
pub const MAX_LINE_BYTES: u64 = MAX_TEXT_BYTES;

pub(crate) const KNOWN_FORMATS: &str = ".txt, .text, .md and names without an extension \
     (plain text), .jsonl and .ndjson (JSON Lines)";

/// A format of captured files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One document in plain text.
    Text,
    /// One document a line, as a JSON object.
    JsonLines,
}

impl Format {
    /// The format that a file's extension names, in either case.
    ///
    /// # Errors
    /// [`Cause::UnknownFormat`] if no format has that extension.
    pub fn of_path(path: &Path) -> Result<Format, Cause> {
        let Some(extension) = path.extension() else {
            return Ok(Format::Text);
        };
        let extension = extension.to_string_lossy();
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" | "md" => Ok(Format::Text),
            "jsonl" | "ndjson" => Ok(Format::JsonLines),
            _ => Err(Cause::UnknownFormat { extension: extension.into_owned() }),
        }
    }

    /// The format of input that has no name: an object opens JSON Lines.
    pub(crate) fn of_start(bytes: &[u8]) -> Format {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        match bytes.trim_ascii_start().first() {
            Some(b'{') => Format::JsonLines,
            _ => Format::Text,
        }
    }
}

//! What can go wrong when a document is captured, and what to do about it.

use std::fmt;
use std::io;

use crate::walk::Spent;

/// One item that could not be captured: where, and why. The other items go on.
#[derive(Debug)]
pub struct Failure {
    /// The path; with `/name` after it for what stands in an archive, `:number` for a line of a
    /// JSON Lines file.
    pub place: String,
    /// What happened there.
    pub cause: Cause,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", Plain(&self.place), self.cause)
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.source()
    }
}

/// Why an item could not be captured.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Cause {
    /// A file without any text, or without any line.
    #[error("nothing in it to read; export it again, or leave it out")]
    Empty,
    /// NUL bytes, and no mark that says UTF-16.
    #[error(
        "not text: it holds NUL bytes; convert it to plain text first \
         (text in UTF-16 must begin with its byte order mark)"
    )]
    Binary,
    /// A file of assertions where one of documents should be.
    #[error(
        "an export of assertions, not of documents; `throughline import assertions` reads one \
         that was written with --full"
    )]
    Assertions,
    /// A JSON Lines file in UTF-16, whose lines cannot be told apart by bytes.
    #[error("JSON Lines in UTF-16; save it as UTF-8")]
    Utf16Lines,
    /// A line of a JSON Lines file that is no JSON object.
    #[error(
        "not a JSON object: {reason}; each line must hold one whole object, as {{\"text\": …}}"
    )]
    NotJson {
        /// What was found, and at which column.
        reason: String,
    },
    /// A JSON object in which a field that is read is there twice, or holds something else.
    #[error(
        "a field that is read is not as it must be: {reason}; source, title, byline, published, \
         url, language and text each stand once, as a string"
    )]
    BadField {
        /// What was found, and at which column.
        reason: String,
    },
    /// A file that should be a feed, or the rest of one, that cannot be read as one.
    #[error("not a feed that can be read: {}; RSS and Atom are", Plain(&start(.reason)))]
    NotAFeed {
        /// What was found, and where.
        reason: String,
    },
    /// A JSON object without text.
    #[error("no text: the object needs a string under \"text\" that is not blank")]
    NoText,
    /// A date of publication that is no date, or that the calendar does not have.
    #[error(
        "\"{}\" is no date of publication; write it as 2017-03-24, 2017-03, 2017 \
         or 2017-03-24T10:30:00Z, or leave it out if it is not known",
        Plain(&start(.text))
    )]
    BadDate {
        /// The date as given.
        text: String,
    },
    /// A text file or a line over the limit. Nothing past the limit was kept.
    #[error(
        "too large: {}, and the limit is {}; split it, or leave it out \
         (many texts in one file are read as JSON Lines, one a line)",
        Size(*.bytes), Size(Some(*.limit))
    )]
    TooLarge {
        /// The size, where it is known.
        bytes: Option<u64>,
        /// The limit in bytes.
        limit: u64,
    },
    /// A file that is called a letter and has no head.
    #[error("no letter: it has no sender, date or subject; if it is a text, name it .txt")]
    NoLetter,
    /// A letter of so many parts or letters in one another that it is not taken apart.
    #[error(
        "made of too many parts in one another to be taken apart; \
         open it in a mail program, and save what is in it"
    )]
    Tangled,
    /// An archive, or an entry of one, that is cut off, damaged or not what it says it is.
    #[error("cannot be unpacked: {reason}; it is cut off or damaged, so fetch or export it again")]
    Broken {
        /// What is wrong with it.
        reason: String,
    },
    /// An entry that only a password opens.
    #[error("encrypted; unpack it with its password first, and read the folder")]
    Encrypted,
    /// An entry that is packed in a way that is not read here.
    #[error(
        "packed in a way that is not read here ({method}); unpack it first, and read the folder"
    )]
    UnknownPacking {
        /// What its archive calls the way.
        method: String,
    },
    /// An archive in so many others that it is not opened.
    #[error("more than {limit} archives in one another; unpack it first, and read the folder")]
    TooDeep {
        /// How many are opened.
        limit: usize,
    },
    /// What unpacks to a large multiple of its size, as no real archive does.
    #[error(
        "unpacks to more than {}, out of all proportion to its size, and was broken off there; \
         if that is meant, unpack it first, and read the folder",
        Size(Some(*.limit))
    )]
    UnpacksTooFar {
        /// The limit in bytes.
        limit: u64,
    },
    /// An archive with more entries than are looked at.
    #[error(
        "more than {limit} entries, and no more were read; unpack it first, and read the folder"
    )]
    TooManyEntries {
        /// How many are looked at.
        limit: usize,
    },
    /// A file that opens only with a password.
    #[error("encrypted, and it opens only with a password; save it without one first")]
    Locked,
    /// A file that would unpack to more than any real document does.
    #[error(
        "it would unpack to far more than a document holds, as files do that are made to fill the \
         memory; if it is a real one, open it in its program, save it anew and try again"
    )]
    Swollen,
    /// A file that is not what it says, or of which not enough is left to be read.
    #[error("no sound {format} file; open it in its program, save it anew and try again")]
    Unsound {
        /// What it should be: "PDF".
        format: &'static str,
    },
    /// A file of JSON that is no export of a channel, or stops being one.
    #[error(
        "not an export as Telegram Desktop writes it: {reason}; what stands before was read. \
         Give result.json as it was exported; documents in JSON go one a line into a .jsonl file"
    )]
    BrokenExport {
        /// What was found, and where.
        reason: String,
    },
    /// An export that ends in the middle.
    #[error(
        "cut short after {} complete message{}: what stands before was read; export it again for the rest",
        .after, if *.after == 1 { "" } else { "s" }
    )]
    CutShort {
        /// How many messages are complete.
        after: u64,
    },
    /// A message of an export that cannot be read; those after it are.
    #[error(
        "not a message as Telegram Desktop writes it: {reason}; it alone was left out, export it again"
    )]
    BadMessage {
        /// What was found, and at which column.
        reason: String,
    },
    /// A pipe, a socket or a device inside a folder.
    #[error(
        "neither a file nor a folder; give what it holds on standard input, if that is meant to be read"
    )]
    NotAFile,
    /// A named pipe.
    #[error(
        "a named pipe and no file, which may never end; give what comes out of it on standard input: read - < PIPE"
    )]
    Fifo,
    /// A link in a folder that leads to something outside it.
    #[error(
        "a link that leads out of the folder; name what it leads to, if that is meant to be read"
    )]
    LeadsOut,
    /// No such file or folder.
    #[error("no such file or folder; check the path")]
    Missing,
    /// The file or folder may not be read.
    #[error("may not be read; change its permissions, or leave it out")]
    PermissionDenied,
    /// The operating system failed in some other way.
    #[error("cannot be read ({0}); try again, or copy it elsewhere first")]
    Io(#[source] io::Error),
}

impl Cause {
    /// The cause behind an error of the operating system.
    pub(crate) fn of_io(error: io::Error) -> Cause {
        if let Some(spent) = error.get_ref().and_then(|inner| inner.downcast_ref::<Spent>()) {
            return Cause::UnpacksTooFar { limit: spent.limit };
        }
        match error.kind() {
            // What decoders say of bytes that end too soon, or that are not theirs, in words of
            // their own.
            io::ErrorKind::UnexpectedEof => {
                Cause::Broken { reason: "it ends before it should".to_owned() }
            }
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                Cause::Broken { reason: "its bytes are not those that were packed".to_owned() }
            }
            io::ErrorKind::NotFound => Cause::Missing,
            io::ErrorKind::PermissionDenied => Cause::PermissionDenied,
            _ => Cause::Io(error),
        }
    }

    /// This cause at a place.
    pub(crate) fn at(self, place: impl Into<String>) -> Failure {
        Failure { place: place.into(), cause: self }
    }

    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::error::Error::source(self)
    }
}

/// As much of somebody's words as tells which they are.
fn start(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Words of others for a terminal: control characters are spelled out.
struct Plain<'a>(&'a str);

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|letter| match letter.is_control() {
            true => write!(f, "{}", letter.escape_default()),
            false => write!(f, "{letter}"),
        })
    }
}

/// A size in the largest unit of which there is at least one.
struct Size(Option<u64>);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
        let Some(bytes) = self.0 else {
            return f.write_str("over the limit");
        };
        match UNITS.into_iter().find(|(unit, _)| bytes >= *unit) {
            Some((unit, name)) if bytes.is_multiple_of(unit) => {
                write!(f, "{} {name}", bytes / unit)
            }
            Some((unit, name)) => write!(f, "{:.1} {name}", bytes as f64 / unit as f64),
            None => write!(f, "{bytes} bytes"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_where_what_and_what_to_do() {
        let failure = Cause::TooLarge { bytes: Some(3 << 29), limit: 64 << 20 }.at("big.txt");
        assert_eq!(
            failure.to_string(),
            "big.txt: too large: 1.5 GiB, and the limit is 64 MiB; \
             split it, or leave it out (many texts in one file are read as JSON Lines, one a line)"
        );
        let failure = Cause::UnpacksTooFar { limit: 1 << 30 }.at("a.zip/b.txt").to_string();
        assert!(failure.starts_with("a.zip/b.txt: unpacks to more than 1 GiB"), "{failure}");
    }

    #[test]
    fn a_long_date_is_told_by_its_start() {
        let failure = Cause::BadDate { text: "é".repeat(5_000) }.at("a.jsonl:1").to_string();
        assert!(
            failure.starts_with("a.jsonl:1: \"éé") && failure.chars().count() < 250,
            "{failure}"
        );
    }

    #[test]
    fn a_place_cannot_write_to_the_terminal() {
        let failure = Cause::Empty.at("a\u{1b}[31m.txt");
        assert!(failure.to_string().starts_with(r"a\u{1b}[31m.txt: nothing"), "{failure}");
    }
}

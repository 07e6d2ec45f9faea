//! What is no document of its own, and is counted rather than kept.
//!
//! A folder of saved pages holds a hundred pictures and style sheets for every page. Each as a
//! document would bury the pages; none said would hide that they were there.

use std::fmt;

/// Why something was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum PassedOver {
    /// A picture. One that a document shows comes along with that document.
    Picture,
    /// A film or a sound.
    Recording,
    /// A style sheet, a script or a font.
    Style,
    /// A record of an archive that says that nothing had changed since an earlier one.
    Revisit,
    /// An answer of a server other than the page that it was asked for, such as another address.
    Answer,
    /// What a crawler notes beside what it fetched.
    Record,
    /// A file in an archive of the web that no reader knows.
    Other,
    /// A file beside a saved page, in the folder that the browser made for it.
    Companion,
    /// A file beside an export of a channel; messages bring their pictures along.
    Media,
    /// What a messenger itself tells in a chat: that somebody joined, that a message was pinned.
    Service,
    /// A picture that a crawler fetched: pages that show it bring it along.
    Shown,
    /// A file that programs hide, or one in a folder that they do.
    Hidden,
}

impl PassedOver {
    /// What an extension tells to be no document.
    pub(crate) fn of_extension(extension: &str) -> Option<PassedOver> {
        match extension.to_ascii_lowercase().as_str() {
            "jpg" | "jpeg" | "png" | "gif" | "webp" | "avif" | "heic" | "bmp" | "tif" | "tiff"
            | "svg" | "ico" | "cur" => Some(PassedOver::Picture),
            "mp3" | "m4a" | "ogg" | "oga" | "opus" | "wav" | "flac" | "aac" | "mp4" | "m4v"
            | "webm" | "mov" | "avi" | "mkv" | "mpg" | "mpeg" | "3gp" | "tgs" => {
                Some(PassedOver::Recording)
            }
            "css" | "js" | "mjs" | "map" | "woff" | "woff2" | "ttf" | "otf" | "eot" => {
                Some(PassedOver::Style)
            }
            _ => None,
        }
    }

    /// What a media type tells to be no document.
    pub(crate) fn of_media_type(media_type: &str) -> Option<PassedOver> {
        let bare = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match bare.split_once('/')? {
            ("image", _) => Some(PassedOver::Picture),
            ("audio" | "video", _) => Some(PassedOver::Recording),
            ("font", _) | ("text", "css" | "javascript" | "ecmascript") => Some(PassedOver::Style),
            ("application", kind)
                if kind.contains("javascript")
                    || kind.contains("ecmascript")
                    || kind.contains("font")
                    || kind.contains("wasm") =>
            {
                Some(PassedOver::Style)
            }
            _ => None,
        }
    }
}

impl PassedOver {
    /// What one of them is called, and what several are.
    fn words(self) -> [&'static str; 2] {
        match self {
            PassedOver::Picture => ["picture", "pictures"],
            PassedOver::Shown => [
                "picture of a crawl, which pages that show it bring along",
                "pictures of a crawl, which pages that show them bring along",
            ],
            PassedOver::Recording => ["film or sound", "films and sounds"],
            PassedOver::Style => ["style sheet, script or font", "style sheets, scripts and fonts"],
            PassedOver::Revisit => {
                ["repeat of a page that had not changed", "repeats of pages that had not changed"]
            }
            PassedOver::Answer => {
                ["answer of a server without a page", "answers of servers without a page"]
            }
            PassedOver::Record => ["note of a crawler", "notes of crawlers"],
            PassedOver::Other => [
                "file of a web site in a format without a reader",
                "files of web sites in formats without a reader",
            ],
            PassedOver::Media => {
                ["file that belongs to an export", "files that belong to an export"]
            }
            PassedOver::Service => {
                ["message of the messenger itself", "messages of the messenger itself"]
            }
            PassedOver::Hidden => ["hidden file", "hidden files"],
            PassedOver::Companion => [
                "file that a browser saved beside a page",
                "files that browsers saved beside pages",
            ],
        }
    }

    /// So many of them: "1 picture", "2 pictures".
    pub fn counted(self, many: u64) -> String {
        let [one, several] = self.words();
        format!("{many} {}", if many == 1 { one } else { several })
    }
}

impl fmt::Display for PassedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words()[1])
    }
}

/// The ends of the folders that browsers save beside `PAGE.html`, in the languages in which they
/// name them, and the extensions of the page.
const FOLDER_ENDS: [&str; 12] = [
    "_files",
    "-files",
    ".files",
    "_file",
    "_fichiers",
    "_archivos",
    "_arquivos",
    "_ficheiros",
    "_bestanden",
    "-Dateien",
    "_Dateien",
    "_filer",
];
const PAGE_ENDS: [&str; 5] = [".html", ".htm", ".xhtml", ".shtml", ".php"];

/// Whether a folder of this name is the one that a browser saved beside a page that is there.
pub(crate) fn is_beside_a_page(folder: &str, is_there: impl Fn(&str) -> bool) -> bool {
    FOLDER_ENDS.iter().filter_map(|end| folder.strip_suffix(end)).any(|stem| {
        !stem.is_empty() && PAGE_ENDS.iter().any(|end| is_there(&format!("{stem}{end}")))
    })
}

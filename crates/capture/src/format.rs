//! The formats that are read here, and what they are called.

/// The largest plain-text file that is read, in bytes: a newspaper article has
/// a few thousand, a long court judgment a million. Reading takes some hundred
/// times the text in memory.
pub const MAX_TEXT_BYTES: u64 = 8 << 20;

/// The longest line of a JSON Lines file that is read, in bytes.
pub const MAX_LINE_BYTES: u64 = MAX_TEXT_BYTES;

/// The largest file in a format without a reader that is kept as bytes.
pub const MAX_KEPT_BYTES: u64 = 32 << 20;

/// What is known of a format before a file is opened.
pub(crate) struct About {
    /// What a file of it is called in a sentence.
    pub(crate) name: &'static str,
    /// The extensions that name it, in lower case.
    pub(crate) extensions: &'static [&'static str],
    /// The media types that name it, where a record or a letter declares one.
    pub(crate) media_types: &'static [&'static str],
    /// Whether all its files begin with bytes that nothing else begins with. What lacks them is
    /// then not in it, whatever its name.
    pub(crate) marked: bool,
}

/// Declares [`Format`] with a list of all its variants, so that none can be left out of it.
macro_rules! formats {
    ($($(#[$doc:meta])* $variant:ident = $about:expr;)*) => {
        /// A format of captured files: what a new one needs is a line here and a file of its own, and
        /// the compiler finds the place where the two meet.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Format {
            $($(#[$doc])* $variant,)*
        }

        impl Format {
            /// All formats.
            pub const ALL: &'static [Format] = &[$(Format::$variant),*];

            pub(crate) fn about(self) -> About {
                match self {
                    $(Format::$variant => $about,)*
                }
            }
        }
    };
}

formats! {
    /// One document in plain text.
    Text = About {
        name: "a plain text",
        extensions: &["txt", "text", "md"],
        media_types: &["text/plain", "text/markdown"],
        marked: false,
    };
    /// One document a line, as a JSON object.
    JsonLines = About {
        name: "JSON Lines",
        extensions: &["jsonl", "ndjson"],
        media_types: &["application/jsonl", "application/x-ndjson"],
        marked: false,
    };
    /// A saved web page.
    Html = About {
        name: "a web page",
        extensions: &["html", "htm", "xhtml", "xht", "shtml", "php", "asp", "aspx", "jsp"],
        media_types: &["text/html", "application/xhtml+xml"],
        marked: false,
    };
    /// An RSS or Atom feed, a document an entry.
    Feed = About {
        name: "a feed",
        extensions: &["rss", "atom", "rdf", "xml"],
        media_types: &[
            "application/rss+xml",
            "application/atom+xml",
            "application/rdf+xml",
            "application/xml",
            "text/xml",
        ],
        marked: true,
    };
    /// An export of Telegram Desktop, one document a message. Files of JSON hold all sorts of things,
    /// so that the extension alone names none of them.
    Telegram = About {
        name: "an export of Telegram Desktop",
        extensions: &[],
        media_types: &[],
        marked: false,
    };
    /// A page of messages that Telegram Desktop exports for browsers, one document a message. It is
    /// told by its bytes alone.
    TelegramPage = About {
        name: "a page of messages of Telegram Desktop",
        extensions: &[],
        media_types: &[],
        marked: true,
    };
    /// A web page in one file, with its pictures.
    Mhtml = About {
        name: "a web page in one file",
        extensions: &["mhtml", "mht"],
        media_types: &["multipart/related", "application/x-mimearchive"],
        marked: false,
    };
    /// A letter, as mail programs save it.
    Letter = About {
        name: "a letter",
        extensions: &["eml"],
        media_types: &["message/rfc822", "message/global"],
        marked: false,
    };
    /// Letters one after the other.
    Mailbox = About {
        name: "a mailbox",
        extensions: &["mbox", "mbx"],
        media_types: &["application/mbox"],
        marked: false,
    };
    /// What a crawler fetched, record after record.
    Warc = About {
        name: "a WARC file",
        extensions: &["warc"],
        media_types: &["application/warc"],
        marked: true,
    };
    /// A zip archive of WARC files with an index.
    Wacz = About {
        name: "a WACZ archive",
        extensions: &["wacz"],
        media_types: &["application/wacz"],
        marked: true,
    };
    /// A PDF with a text layer, or a scan, of which only the bytes are kept.
    Pdf = About {
        name: "a PDF",
        extensions: &["pdf"],
        media_types: &["application/pdf", "application/x-pdf"],
        marked: false,
    };
    /// A document of Word, since 2007.
    Word = About {
        name: "a Word document",
        extensions: &["docx", "docm", "dotx"],
        media_types: &[
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.ms-word.document.macroenabled.12",
        ],
        marked: true,
    };
    /// An OpenDocument text, as LibreOffice writes it.
    OpenText = About {
        name: "an OpenDocument text",
        extensions: &["odt", "ott"],
        media_types: &["application/vnd.oasis.opendocument.text"],
        marked: true,
    };
    /// A book, in chapters that are web pages.
    Epub = About {
        name: "a book",
        extensions: &["epub"],
        media_types: &["application/epub+zip"],
        marked: true,
    };
    /// Rich text, as word processors save it for one another.
    RichText = About {
        name: "rich text",
        extensions: &["rtf"],
        media_types: &["application/rtf", "text/rtf", "text/richtext"],
        marked: true,
    };
    /// A zip archive of files in any format.
    Zip = About {
        name: "a zip archive",
        extensions: &["zip"],
        media_types: &["application/zip", "application/x-zip-compressed"],
        marked: true,
    };
    /// One file in any format, packed by gzip.
    Gzip = About {
        name: "a file packed by gzip",
        extensions: &["gz", "gzip"],
        media_types: &["application/gzip", "application/x-gzip"],
        marked: true,
    };
}

impl Format {
    /// What a file of it is called in a sentence: "a web page".
    pub fn name(self) -> &'static str {
        self.about().name
    }

    /// The extensions that name it, in lower case.
    pub fn extensions(self) -> &'static [&'static str] {
        self.about().extensions
    }

    /// Whether a file that begins so, without a mark of any format, can be one of this.
    pub(crate) fn can_begin(self, start: &[u8]) -> bool {
        match self {
            // Some programs put something of their own before a PDF.
            Format::Pdf => memchr::memmem::find(start, b"%PDF-").is_some(),
            _ => !self.about().marked,
        }
    }

    /// The format that an extension names, in either case.
    pub fn of_extension(extension: &str) -> Option<Format> {
        let extension = extension.to_ascii_lowercase();
        let named = |format: &&Format| format.about().extensions.contains(&extension.as_str());
        Self::ALL.iter().find(named).copied()
    }

    /// The format that a media type names, parameters passed over.
    pub fn of_media_type(media_type: &str) -> Option<Format> {
        let bare = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let named = |format: &&Format| format.about().media_types.contains(&bare.as_str());
        Self::ALL.iter().find(named).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_formats_share_a_name() {
        for list in [|about: &About| about.extensions, |about: &About| about.media_types] {
            let mut all: Vec<&str> =
                Format::ALL.iter().flat_map(|format| list(&format.about())).copied().collect();
            let many = all.len();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), many);
            assert!(all.iter().all(|name| *name == name.to_lowercase()));
        }
    }

    #[test]
    fn names_are_found_in_either_case() {
        assert_eq!(Format::of_extension("TXT"), Some(Format::Text));
        assert_eq!(Format::of_extension("pptx"), None);
        assert_eq!(Format::of_media_type("Text/Plain; charset=utf-8"), Some(Format::Text));
    }
}

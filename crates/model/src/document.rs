//! A captured item of a source, and places in its text.

use crate::{DocumentId, Edtf, Sha256, Stamp};

/// One captured item of a source, never changed after capture.
///
/// `text` is what the reader sees; the original bytes are kept by the casebook
/// under `sha256`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The document's name for ever, from `sha256`.
    pub id: DocumentId,
    /// The SHA-256 of the original bytes.
    pub sha256: Sha256,
    /// By what it speaks to whom; `None` where its format does not tell and nobody said.
    pub medium: Option<Medium>,
    /// Who publishes: a newspaper, an agency, a group's outlet, a channel, a court.
    pub source: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The author line, without "By".
    pub byline: Option<String>,
    /// When it was published; unknown stays unknown.
    pub published: Option<Edtf>,
    /// The moment of publication, where the source gives the time of that day.
    pub published_at: Option<Stamp>,
    /// When the source says that it last changed it; this never stands for `published`.
    pub modified: Option<Stamp>,
    /// When a crawler fetched it from its address; this never stands for `published`.
    pub fetched: Option<Stamp>,
    /// Where it was found.
    pub url: Option<String>,
    /// Its language as a BCP 47 tag, where known.
    pub language: Option<String>,
    /// The part of the publication that it stood in: "World", "Comment".
    pub section: Option<String>,
    /// What the source itself calls it: the number of a message, a Message-ID, a feed's guid.
    pub item: Option<String>,
    /// The file that it came in, by its name below what was given to be read, and its place in
    /// archives: words, never a path to follow. The same bytes may have come in other files since.
    pub file: Option<String>,
    /// The whole text in Unicode, headline and pull-quotes included.
    pub text: String,
    /// What each part of the text is, in text order, not overlapping.
    pub zones: Vec<Zone>,
    /// Where its pages begin, in order; empty for what has no pages.
    pub pages: Vec<Page>,
    /// The pictures in it, in order.
    pub pictures: Vec<Picture>,
    /// The documents that it passes on, answers or belongs to, as far as it tells.
    pub references: Vec<Reference>,
    /// What capture could not take in, in words for people: "no text layer; kept as bytes".
    pub notes: Vec<String>,
}

impl Document {
    /// A document of which nothing is known but its bytes' hash.
    pub fn bare(sha256: Sha256) -> Document {
        Document {
            id: DocumentId::of_bytes(sha256),
            sha256,
            medium: None,
            source: None,
            title: None,
            byline: None,
            published: None,
            published_at: None,
            modified: None,
            fetched: None,
            url: None,
            language: None,
            section: None,
            item: None,
            file: None,
            text: String::new(),
            zones: Vec::new(),
            pages: Vec::new(),
            pictures: Vec::new(),
            references: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Since when its words, as they stand here, are known to have been public: since it was
    /// published or, if its source says that it changed it after that day, since that change.
    /// Unknown if its publication is.
    pub fn public_since(&self) -> Option<Edtf> {
        let published = self.published.as_ref()?;
        let changed = self.modified.as_ref().filter(|at| at.day() > published.latest());
        Some(changed.map_or_else(|| published.clone(), Stamp::date))
    }

    /// The name of the page on which a byte of the text stands.
    pub fn page_at(&self, at: u32) -> Option<&str> {
        let after = self.pages.partition_point(|page| page.start <= at);
        Some(self.pages.get(after.checked_sub(1)?)?.name.as_str())
    }
}

/// By what a document speaks to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Medium {
    /// A page of the web.
    Page,
    /// An entry of a feed.
    Feed,
    /// A message of a channel, which speaks in its own name to whoever follows it, or of a group
    /// that everybody can read.
    Channel,
    /// A message of a chat or a group that its members alone can read.
    Chat,
    /// A letter.
    Letter,
}

impl Medium {
    /// All there are.
    pub const ALL: [Medium; 5] =
        [Medium::Page, Medium::Feed, Medium::Channel, Medium::Chat, Medium::Letter];

    /// Its name in formats.
    pub fn name(self) -> &'static str {
        match self {
            Medium::Page => "page",
            Medium::Feed => "feed",
            Medium::Channel => "channel",
            Medium::Chat => "chat",
            Medium::Letter => "letter",
        }
    }

    /// The medium of a name.
    pub fn from_name(name: &str) -> Option<Medium> {
        Medium::ALL.into_iter().find(|medium| medium.name() == name)
    }
}

/// Where a page of a document begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What the document calls it ("iv", "112"), else its number from 1.
    pub name: String,
    /// The first byte of its text.
    pub start: u32,
}

/// A picture in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The SHA-256 of its bytes; `None` where only its name came along.
    pub sha256: Option<Sha256>,
    /// What the document calls it, a file's name or an address: words, never a path to follow.
    pub name: String,
    /// What is written under it or said in its stead.
    pub caption: Option<String>,
    /// The byte of the text before which it stands, where that is known.
    pub at: Option<u32>,
}

/// Another document, as one document tells of it; whether it is held is not said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What the document has to do with the other.
    pub relation: Relation,
    /// Who published the other: a channel, a person, a newspaper.
    pub source: Option<String>,
    /// What that source calls it.
    pub item: Option<String>,
    /// When the other was published.
    pub at: Option<Stamp>,
}

/// What a document has to do with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It passes the other on, as a forwarded message does.
    Forwards,
    /// It answers the other.
    Answers,
    /// It came along with the other, as an attachment of a letter does.
    AttachedTo,
    /// It is a translation of the other.
    Translates,
    /// It is a later state of the other.
    Replaces,
}

/// A part of a document's text and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// What the part is.
    pub role: ZoneRole,
    /// Where it stands.
    pub span: Span,
}

/// What a part of a document's text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ZoneRole {
    /// The name of the publication.
    Source,
    /// The headline; it never counts stronger than the body.
    Headline,
    /// The author line.
    Byline,
    /// The line that gives the day of publication.
    Dateline,
    /// A paragraph of the article.
    Body,
    /// A passage lifted out of the article for display: a copy, never a second source.
    PullQuote,
    /// A section line, index term or other furniture; nothing is read from it.
    Section,
}

/// A byte range of a document's text, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    ///
    /// # Panics
    /// If the text is longer than 4 GiB; capture refuses such documents.
    pub fn new(start: usize, end: usize) -> Span {
        let narrow = |at: usize| u32::try_from(at).expect("capture refuses texts over 4 GiB");
        Span { start: narrow(start), end: narrow(end) }
    }

    /// The span as a range of bytes.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text under the span; empty if the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// Where an assertion stands: in a document's text, or in a work whose text is not held.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Passage {
    /// A byte range of the document's text.
    Text(Span),
    /// A place in a cited work, such as a page of a book.
    Cited {
        /// The work: author, title, year.
        work: String,
        /// The place within it: page, paragraph, folio.
        place: String,
    },
}

impl Passage {
    /// The byte range, for a passage whose text is held.
    pub fn span(&self) -> Option<Span> {
        match self {
            Passage::Text(span) => Some(*span),
            Passage::Cited { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_public_from_the_last_change_on() {
        let since = |published: Option<&str>, modified: Option<&str>| {
            let document = Document {
                published: published.map(|date| date.parse().unwrap()),
                modified: modified.map(|at| at.parse().unwrap()),
                ..Document::bare(Sha256::of(b"a"))
            };
            document.public_since().map(|date| date.to_string())
        };
        let day = |day: &str| Some(day.to_owned());
        assert_eq!(since(Some("2017-03-22"), None), day("2017-03-22"));
        assert_eq!(since(Some("2017-03-22"), Some("2017-03-24T10:30+01:00")), day("2017-03-24"));
        assert_eq!(since(Some("2017-03-22"), Some("2017-03-22T23:59")), day("2017-03-22"));
        // Within what the date leaves open, the change makes nothing more exact.
        assert_eq!(since(Some("2017-03"), Some("2017-03-24")), day("2017-03"));
        assert_eq!(since(Some("2017-03-22"), Some("2016-01-01")), day("2017-03-22"));
        assert_eq!(since(None, Some("2017-03-24")), None);
    }
}

//! What a book says of itself: its package document (EPUB 3.3, and 2.0.1 before it).

use std::collections::HashMap;

use super::FORMAT;
use crate::Cause;
use crate::address::joined;
use crate::beside::percent_decoded;
use crate::letters::one_line;
use crate::office::{Package, Sees, Tag, see};

/// The most files that a book lists; the parts that it may have.
const MOST_ITEMS: usize = 20_000;

/// The longest thing that a book says of itself, in bytes.
const LONGEST: usize = 4_000;

/// The most authors that are named.
const MOST_AUTHORS: usize = 12;

/// A file of a book.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// The name of its part.
    pub(super) part: String,
    media_type: String,
    properties: String,
    /// Whether it is the table of contents.
    pub(super) is_contents: bool,
}

/// What a book says of itself, and the files in it.
#[derive(Debug, Default)]
pub(super) struct Book {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    pub(super) identifier: Option<String>,
    /// The dates of publication, of making, and of the last change, as they are written.
    pub(super) published: Option<String>,
    pub(super) made: Option<String>,
    pub(super) changed: Option<String>,
    items: HashMap<String, Item>,
    /// The names of the files in their order, and whether they are part of it.
    spine: Vec<(String, bool)>,
    cover: Option<String>,
}

impl Book {
    /// Reads the package document of a book.
    ///
    /// # Errors
    /// [`Cause::Locked`] if more than its fonts is encrypted, [`Cause::Unsound`] if it has none.
    pub(super) fn of(package: &mut Package) -> Result<Book, Cause> {
        if let Some(part) = package.part("META-INF/encryption.xml")?
            && locks(&part)
        {
            return Err(Cause::Locked);
        }
        let unsound = || Cause::Unsound { format: FORMAT };
        let container = package.part("META-INF/container.xml")?.ok_or_else(unsound)?;
        let mut root = Root::default();
        see(&container, FORMAT, &mut root)?;
        let path = root.0.ok_or_else(unsound)?;
        let part = package.part(&path)?.ok_or_else(unsound)?;
        let mut reading = Reading { path, ..Reading::default() };
        see(&without_type(part), FORMAT, &mut reading)?;
        Ok(reading.book)
    }

    /// The files that are read, in order: what stands beside the order comes after it.
    pub(super) fn spine(&self) -> impl Iterator<Item = &Item> {
        let of = |linear: bool| {
            self.spine.iter().filter(move |(_, own)| *own == linear).map(|(name, _)| name)
        };
        of(true).chain(of(false)).filter_map(|name| self.items.get(name)).filter(|item| {
            matches!(item.media_type.as_str(), "application/xhtml+xml" | "text/html" | "")
        })
    }

    /// The picture on the cover.
    pub(super) fn cover(&self) -> Option<&Item> {
        let named = || self.items.get(self.cover.as_ref()?);
        let mut items = self.items.values();
        let is_cover = |item: &&Item| item.properties.split(' ').any(|one| one == "cover-image");
        items.find(is_cover).or_else(named)
    }
}

/// A package document without the document type that older ones name. One that declares something of its
/// own stays, and is refused.
fn without_type(mut part: Vec<u8>) -> Vec<u8> {
    let Some(from) = memchr::memmem::find(&part, b"<!DOCTYPE") else { return part };
    let Some(end) = part[from..].iter().position(|byte| b"[>".contains(byte)) else { return part };
    if part[from + end] == b'>' {
        part.drain(from..=from + end);
    }
    part
}

/// The name of the part that another one names.
pub(super) fn seen_from(part: &str, name: &str) -> Option<String> {
    const ROOT: &str = "epub://book/";
    // Some programs write names as their system has them.
    let seen = joined(&format!("{ROOT}{part}"), &name.replace('\\', "/"))?;
    let seen = seen.split(['#', '?']).next()?.strip_prefix(ROOT)?;
    String::from_utf8(percent_decoded(seen)).ok()
}

/// Whether more than fonts is encrypted, which publishers only make unfit for other use.
fn locks(encryption: &[u8]) -> bool {
    #[derive(Default)]
    struct Ways(bool);
    impl Sees for Ways {
        fn open(&mut self, name: &str, tag: &Tag) {
            const OF_FONTS: [&str; 2] =
                ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];
            let way = tag.get("Algorithm").filter(|_| local(name) == "EncryptionMethod");
            self.0 |= way.is_some_and(|way| !OF_FONTS.contains(&way.as_str()));
        }
        fn text(&mut self, _: &str) {}
        fn close(&mut self, _: &str) {}
    }
    let mut ways = Ways::default();
    see(encryption, FORMAT, &mut ways).is_err() || ways.0
}

/// Whether a program says that nobody told it.
fn is_unknown(words: &str) -> bool {
    const UNKNOWN: [&str; 6] =
        ["unknown", "unknown title", "unknown author", "untitled", "[unknown]", "n/a"];
    UNKNOWN.contains(&words.to_lowercase().as_str())
}

/// An element's name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or_default()
}

/// Where the package document is: the first that the container names.
#[derive(Default)]
struct Root(Option<String>);

impl Sees for Root {
    fn open(&mut self, name: &str, tag: &Tag) {
        if local(name) == "rootfile" && self.0.is_none() {
            self.0 = tag.get("full-path");
        }
    }
    fn text(&mut self, _: &str) {}
    fn close(&mut self, _: &str) {}
}

/// A package document while it goes by.
#[derive(Default)]
struct Reading {
    path: String,
    book: Book,
    /// What the element that is open says of itself, and its text.
    open: Option<(Says, String)>,
    unique: Option<String>,
}

/// What an element tells of a book.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Says {
    Title,
    Author,
    Publisher,
    Language,
    Identifier {
        id: Option<String>,
    },
    /// A date, with what happened then.
    Date {
        event: String,
    },
}

impl Sees for Reading {
    fn open(&mut self, name: &str, tag: &Tag) {
        let attribute = |name: &str| tag.get(name).unwrap_or_default();
        match local(name) {
            "package" => self.unique = tag.get("unique-identifier"),
            "item" if self.book.items.len() < MOST_ITEMS => {
                let properties = attribute("properties");
                let is_contents = properties.split(' ').any(|one| one == "nav");
                let Some(part) = seen_from(&self.path, &attribute("href")) else { return };
                let media_type = attribute("media-type");
                let item = Item { part, media_type, properties, is_contents };
                self.book.items.entry(attribute("id")).or_insert(item);
            }
            "itemref" if self.book.spine.len() < MOST_ITEMS => {
                self.book.spine.push((attribute("idref"), attribute("linear") != "no"));
            }
            "meta" if attribute("name") == "cover" => self.book.cover = tag.get("content"),
            "meta" if attribute("property") == "dcterms:modified" => {
                self.open = Some((Says::Date { event: "modification".to_owned() }, String::new()));
            }
            other => {
                let role = tag.get("opf:role").unwrap_or_else(|| "aut".to_owned());
                let says = match other {
                    "title" => Says::Title,
                    "creator" if role == "aut" => Says::Author,
                    "publisher" => Says::Publisher,
                    "language" => Says::Language,
                    "identifier" => Says::Identifier { id: tag.get("id") },
                    "date" => Says::Date { event: attribute("opf:event").to_lowercase() },
                    _ => return,
                };
                self.open = Some((says, String::new()));
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, words)) = self.open.as_mut().filter(|(_, words)| words.len() < LONGEST) {
            words.push_str(text);
        }
    }

    fn close(&mut self, _: &str) {
        let Some((says, words)) = self.open.take() else { return };
        let words = one_line(&words);
        if words.is_empty() || is_unknown(&words) {
            return;
        }
        let book = &mut self.book;
        let held = match says {
            // Whoever is named twice wrote it once.
            Says::Author => {
                if book.authors.len() < MOST_AUTHORS && !book.authors.contains(&words) {
                    book.authors.push(words);
                }
                return;
            }
            Says::Title => &mut book.title,
            Says::Publisher => &mut book.publisher,
            Says::Language => &mut book.language,
            Says::Identifier { id } if id.is_some() && id == self.unique => &mut book.identifier,
            Says::Identifier { .. } => return,
            Says::Date { event } => match event.as_str() {
                "" | "publication" | "original-publication" => &mut book.published,
                "modification" => &mut book.changed,
                "creation" => &mut book.made,
                _ => return,
            },
        };
        held.get_or_insert(words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_from_where_they_are() {
        for (name, want) in [
            ("text/a%20b.xhtml#c", Some("OEBPS/text/a b.xhtml")),
            ("../a.png", Some("a.png")),
            ("../../../etc/passwd", Some("etc/passwd")),
            ("/a.png", Some("a.png")),
            ("text\\a.xhtml", Some("OEBPS/text/a.xhtml")),
            ("https://lamp.example/a.png", None),
            ("//lamp.example/a.png", None),
            ("data:image/png;base64,QUJD", None),
        ] {
            assert_eq!(seen_from("OEBPS/content.opf", name).as_deref(), want, "{name}");
        }
    }

    #[test]
    fn a_document_type_is_only_named() {
        let of = |text: &str| String::from_utf8(without_type(text.into())).unwrap();
        let named =
            "<!DOCTYPE package PUBLIC '+//ISBN 0//DTD OEB 1.2//EN' 'http://a.example/a.dtd'>";
        assert_eq!(
            of(&format!("<?xml version='1.0'?>{named}<package/>")),
            "<?xml version='1.0'?><package/>"
        );
        for kept in ["<!DOCTYPE package [<!ENTITY a 'b'>]><package/>", "<!DOCTYPE", "<package/>"] {
            assert_eq!(of(kept), kept);
        }
    }

    #[test]
    fn only_what_hides_chapters_locks() {
        let of = |way: &str| {
            format!(
                "<encryption><EncryptedData><EncryptionMethod Algorithm='{way}'/></EncryptedData></encryption>"
            )
        };
        assert!(!locks(of("http://www.idpf.org/2008/embedding").as_bytes()));
        assert!(locks(of("http://www.w3.org/2001/04/xmlenc#aes128-cbc").as_bytes()));
        assert!(!locks(b"<encryption/>"));
    }
}

//! An entry of a feed as a document.

use quick_xml::events::{BytesStart, Event};
use throughline_model::{Document, Medium, Picture, Sha256, Span, Zone, ZoneRole};

use super::slices::{About, base, content, reader};
use crate::address::joined;
use crate::html::{STRUCK, When, plain_words, read_fragment, stated};
use crate::letters::one_line;
use crate::{Cause, Given};

/// An element directly within an entry.
#[derive(Debug)]
struct Child<'t> {
    /// Its name with its prefix, in lower case.
    name: String,
    attributes: Vec<(String, String)>,
    inner: &'t str,
}

impl Child<'_> {
    fn attribute(&self, wanted: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }

    /// Its words as one line.
    fn line(&self) -> Option<String> {
        Some(one_line(&plain_words(&content(self.inner)))).filter(|line| !line.is_empty())
    }

    /// What stands in it as HTML.
    fn html(&self) -> String {
        match self.attribute("type") {
            Some("text") => {
                let text = content(self.inner).replace('&', "&amp;").replace('<', "&lt;");
                text.split("\n\n").map(|paragraph| format!("<p>{paragraph}</p>")).collect()
            }
            Some("xhtml") => self.inner.to_owned(),
            _ => content(self.inner),
        }
    }
}

/// The document of an entry. Its bytes are those of the slice.
///
/// # Errors
/// [`Cause::Empty`] if it has neither title nor text.
pub(crate) fn read(slice: &str, about: &About, given: &Given) -> Result<Document, Cause> {
    let children = children(slice);
    let named = |names: &[&str]| {
        names.iter().find_map(|name| {
            children.iter().find(|child| child.name == *name && !child.inner.trim().is_empty())
        })
    };
    let title = named(&["title", "media:title"]).and_then(Child::line);
    // The whole text first, a summary where there is none.
    let body =
        named(&["content:encoded", "content", "description", "summary", "media:description"]);
    let body = body.map(Child::html).unwrap_or_default();
    let mut composed = read_fragment(&body, title.as_deref());
    if composed.text.is_empty() {
        return Err(Cause::Empty);
    }
    let terms = children.iter().filter(|child| child.name == "category").filter_map(|child| {
        child.attribute("label").or(child.attribute("term")).map(one_line).or_else(|| child.line())
    });
    for term in terms.filter(|term| !term.is_empty()) {
        composed.text.push_str("\n\n");
        let start = composed.text.len();
        composed.text.push_str(&term);
        let span = Span::new(start, composed.text.len());
        composed.zones.push(Zone { role: ZoneRole::Section, span });
    }
    // Of an Atom entry `updated` alone says nothing of when it was published.
    let published = named(&["pubdate", "published", "dc:date", "issued", "dcterms:issued", "date"]);
    let mut notes: Vec<String> = composed.struck.then(|| STRUCK.to_owned()).into_iter().collect();
    let published = moment(published, "published", &mut notes);
    let modified =
        named(&["updated", "atom:updated", "dcterms:modified", "modified", "a10:updated"]);
    let modified = moment(modified, "changed", &mut notes);
    if published.is_none() && modified.is_some() {
        notes
            .push("the feed says when the entry was changed, not when it was published".to_owned());
    }
    let item = named(&["guid", "id"]).and_then(Child::line).or_else(|| about_of(slice));
    let base = base_of(slice, about, given);
    let seen = |address: String| match &base {
        Some(base) => joined(base, &address).unwrap_or(address),
        None => address,
    };
    let url = address(&children, &seen);
    let source =
        named(&["source"]).and_then(|child| within(child, "title").or_else(|| child.line()));
    let language = named(&["dc:language"]).and_then(Child::line).or_else(|| about.language.clone());
    for mut picture in pictures(&children) {
        picture.name = seen(picture.name);
        // The same picture often stands in the text, too.
        if !composed.pictures.iter().any(|shown| shown.name == picture.name) {
            composed.pictures.push(picture);
        }
    }
    Ok(Document {
        medium: Some(Medium::Feed),
        source: source.or_else(|| about.title.clone()).or_else(|| given.source.clone()),
        title,
        byline: author(&children).or_else(|| about.author.clone()),
        published_at: published.as_ref().and_then(|when| when.moment.clone()),
        published: published.map(|when| when.date).or_else(|| given.published.clone()),
        modified: modified.and_then(|when| when.stamp()),
        url: url.or_else(|| given.url.clone()),
        language: language.or_else(|| given.language.clone()),
        item,
        text: composed.text,
        zones: composed.zones,
        pictures: composed.pictures,
        notes,
        ..Document::bare(Sha256::of(slice.as_bytes()))
    })
}

/// The moment that an element gives; what is none that can be read is noted.
fn moment(child: Option<&Child>, of: &str, notes: &mut Vec<String>) -> Option<When> {
    let line = child.and_then(Child::line)?;
    let when = stated(&line);
    if when.is_none() {
        let start: String = line.chars().take(80).collect();
        notes.push(format!("the date on which it was {of} cannot be read: {start}"));
    }
    when
}

/// The elements directly within the first one.
fn children(slice: &str) -> Vec<Child<'_>> {
    const MOST: usize = 500;
    let mut children: Vec<Child> = Vec::new();
    let mut reader = reader(slice);
    let mut open: Vec<String> = Vec::new();
    let mut begun: Option<(Child, usize)> = None;
    loop {
        let before = reader.buffer_position() as usize;
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                let name = name(&tag);
                if open.len() == 1 && begun.is_none() {
                    let child =
                        Child { name: name.clone(), attributes: attributes(&tag), inner: "" };
                    begun = Some((child, reader.buffer_position() as usize));
                }
                open.push(name);
            }
            Ok(Event::Empty(tag)) if open.len() == 1 => {
                let attributes = attributes(&tag);
                children.push(Child { name: name(&tag), attributes, inner: "" });
            }
            Ok(Event::End(tag)) => {
                let name = tag.name().as_ref().to_lowercase();
                if let Some(at) = open.iter().rposition(|open| *open == name) {
                    open.truncate(at);
                }
                if open.len() <= 1
                    && let Some((mut child, from)) = begun.take()
                {
                    child.inner = slice.get(from..before).unwrap_or_default();
                    children.push(child);
                }
            }
            Ok(Event::Eof) | Err(_) => return children,
            Ok(_) => {}
        }
        if children.len() >= MOST {
            return children;
        }
    }
}

fn name(tag: &BytesStart) -> String {
    tag.name().as_ref().to_lowercase()
}

fn attributes(tag: &BytesStart) -> Vec<(String, String)> {
    const MOST: usize = 32;
    let pair = |one: quick_xml::events::attributes::Attribute| {
        let name = one.key.as_ref().to_lowercase();
        (name, content(&one.value))
    };
    tag.attributes().flatten().take(MOST).map(pair).collect()
}

/// The address that RSS 1.0 gives the entry itself.
fn about_of(slice: &str) -> Option<String> {
    let mut reader = reader(slice);
    match reader.read_event() {
        Ok(Event::Start(tag)) => {
            let about = attributes(&tag).into_iter().find(|(name, _)| name == "rdf:about");
            about.map(|(_, value)| one_line(&value)).filter(|about| !about.is_empty())
        }
        _ => None,
    }
}

/// The address from which those of an entry are to be seen: its own base, as seen from that of the feed,
/// as seen from where the feed was found.
fn base_of(slice: &str, about: &About, given: &Given) -> Option<String> {
    let own = match reader(slice).read_event() {
        Ok(Event::Start(tag)) => base(&tag),
        _ => None,
    };
    let outer = [given.url.clone(), about.base.clone(), own];
    outer.into_iter().flatten().reduce(|outer, inner| joined(&outer, &inner).unwrap_or(inner))
}

/// A word of a child's own children.
fn within(child: &Child, wanted: &str) -> Option<String> {
    let whole = format!("<x>{}</x>", child.inner);
    children(&whole).iter().find(|child| child.name == wanted).and_then(Child::line)
}

/// Where the entry is to be read: `seen` gives an address as seen from where the feed says.
fn address(children: &[Child], seen: &dyn Fn(String) -> String) -> Option<String> {
    let links = || children.iter().filter(|child| child.name == "link");
    let stated = links().find_map(|link| match link.attribute("rel") {
        None | Some("alternate") => {
            let named = link.attribute("href").map(one_line).or_else(|| link.line())?;
            let own =
                link.attribute("xml:base").and_then(|own| joined(&seen(one_line(own)), &named));
            Some(own.unwrap_or_else(|| seen(named)))
        }
        Some(_) => None,
    });
    let own = || {
        let guid = children.iter().find(|child| child.name == "guid")?;
        guid.line().filter(|_| guid.attribute("ispermalink") != Some("false"))
    };
    let whole = |url: &String| url.starts_with("http://") || url.starts_with("https://");
    stated.filter(whole).or_else(|| own().filter(whole))
}

/// The authors: of RSS in `dc:creator` or, with an address of mail, in `author`; of Atom in `name`.
fn author(children: &[Child]) -> Option<String> {
    let named: Vec<String> = children
        .iter()
        .filter(|child| matches!(child.name.as_str(), "dc:creator" | "author" | "itunes:author"))
        .filter_map(|child| within(child, "name").or_else(|| child.line()))
        .map(|name| match name.split_once(" (") {
            Some((mail, name)) if mail.contains('@') => name.trim_end_matches(')').to_owned(),
            _ => name,
        })
        .filter(|name| !name.contains('@') || name.contains(' '))
        .collect();
    let mut once: Vec<&str> = Vec::new();
    for name in &named {
        let name = name.strip_prefix("By ").unwrap_or(name);
        if !once.contains(&name) && once.len() < 12 {
            once.push(name);
        }
    }
    Some(once.join(", ")).filter(|names| !names.is_empty())
}

/// The pictures that stand beside the text.
fn pictures(children: &[Child]) -> Vec<Picture> {
    let is_picture = |child: &&Child| match child.name.as_str() {
        "enclosure" => child.attribute("type").is_some_and(|kind| kind.starts_with("image/")),
        "media:content" => {
            child.attribute("medium") == Some("image")
                || child.attribute("type").is_some_and(|kind| kind.starts_with("image/"))
        }
        _ => false,
    };
    let picture = |child: &Child| {
        let name = child.attribute("url").map(one_line).filter(|name| !name.is_empty())?;
        let caption = within(child, "media:description").or_else(|| within(child, "media:title"));
        Some(Picture { sha256: None, name, caption, at: None })
    };
    children.iter().filter(is_picture).filter_map(picture).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_seen_from_the_base_of_their_feed() {
        let read = |feed: &str, entry: &str, given: Option<&str>| {
            let about = About {
                base: Some(feed.to_owned()).filter(|base| !base.is_empty()),
                ..About::default()
            };
            let given = Given { url: given.map(str::to_owned), ..Given::default() };
            let document = super::read(entry, &about, &given).unwrap();
            (document.url.unwrap_or_default(), document.pictures.into_iter().next())
        };
        let entry = |own: &str, link: &str| {
            format!(
                "<entry {own}><title>A mill burned</title><link href='a.html' {link}/>\
                <media:content medium='image' url='b.jpg'/></entry>"
            )
        };
        let site = "https://lamp.example/2017/";
        for (feed, own, link, given, want) in [
            (site, "", "", None, "https://lamp.example/2017/a.html"),
            (site, "xml:base='may/'", "", None, "https://lamp.example/2017/may/a.html"),
            ("", "xml:base='https://b.example/'", "", None, "https://b.example/a.html"),
            (site, "", "xml:base='/x/'", None, "https://lamp.example/x/a.html"),
            ("feeds/", "", "", Some(site), "https://lamp.example/2017/feeds/a.html"),
            ("", "", "", Some("https://lamp.example/feed.xml"), "https://lamp.example/a.html"),
            ("", "", "", None, ""),
        ] {
            let (url, picture) = read(feed, &entry(own, link), given);
            assert_eq!(url, want, "{feed} {own} {link}");
            let name = picture.unwrap().name;
            assert_eq!(name.ends_with("/b.jpg"), !want.is_empty(), "{name}");
        }
    }
}

//! XHTML as a reader of HTML must have it.

use std::borrow::Cow;

use memchr::memchr;

/// Elements that have no content in HTML, and so no end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// A page whose elements without content have an end: in XHTML `<title/>` is an empty title, to a
/// reader of HTML it begins one that holds the rest of the page.
pub(super) fn with_ends(page: &str) -> Cow<'_, str> {
    if !page.contains("/>") {
        return Cow::Borrowed(page);
    }
    let mut out = String::with_capacity(page.len() + page.len() / 16);
    let mut rest = page;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = end_of_tag(rest);
        let (tag, after) = rest.split_at(end);
        rest = after;
        let name = tag[1..].split(|letter: char| letter.is_whitespace() || "/>".contains(letter));
        let name = name.into_iter().next().unwrap_or_default();
        let is_element = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
        match tag.strip_suffix("/>") {
            Some(open) if is_element && !VOID.contains(&name.to_ascii_lowercase().as_str()) => {
                out.extend([open, "></", name, ">"]);
            }
            _ => out.push_str(tag),
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Where a tag, a comment or a section of letters ends that a text begins with: behind its last letter.
fn end_of_tag(text: &str) -> usize {
    for (begin, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] {
        if text.starts_with(begin) {
            return text.find(end).map_or(text.len(), |at| at + end.len());
        }
    }
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'>' => return at + 1,
            // What never ends is no quotation.
            quote @ (b'"' | b'\'') => {
                at += memchr(quote, &bytes[at + 1..]).map_or(0, |length| length + 1);
            }
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_without_content_end() {
        for (page, want) in [
            ("<title/><p>A mill.</p>", "<title></title><p>A mill.</p>"),
            ("<a id=\"b>c/\"/>d<br/>", "<a id=\"b>c/\"></a>d<br/>"),
            ("<!-- <i/> --><I />", "<!-- <i/> --><I ></I>"),
            ("<?xml a/><b/>?><i/>", "<?xml a/><b/>?><i></i>"),
            ("1 < 2 <i/", "1 < 2 <i/"),
            ("<p>no such</p>", "<p>no such</p>"),
            ("<é/><", "<é/><"),
        ] {
            assert_eq!(with_ends(page), want);
        }
    }

    #[test]
    fn quotation_marks_without_end_take_no_time() {
        let page = "<i a='/><b c=\"/>".repeat(50_000);
        assert!(with_ends(&page).len() >= page.len());
        assert!(with_ends(&"<i '\"".repeat(50_000)).len() >= 250_000);
    }
}

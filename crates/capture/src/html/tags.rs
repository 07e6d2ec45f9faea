//! Tags of a page before they are parsed: at most so many attributes of each.
//!
//! The parser compares every attribute of a tag with all before it, so one tag with very many takes
//! it time by their square: three megabytes of them took twenty seconds.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// The most attributes of one tag; tags of pages have some ten, the busiest a few dozen.
const MOST: usize = 128;

/// Elements whose content is no markup, up to their end tag.
const RAW: [&str; 8] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// The page without the attributes that its tags have too many of.
pub(super) fn thinned(page: &str) -> Cow<'_, str> {
    let bytes = page.as_bytes();
    let mut thin = String::new();
    let (mut at, mut taken) = (0, 0);
    while let Some(open) = memchr(b'<', &bytes[at..]).map(|next| at + next) {
        let after = &bytes[open + 1..];
        if after.starts_with(b"!--") {
            at = find(bytes, open + 4, b"-->").unwrap_or(bytes.len());
            continue;
        }
        let closing = after.first() == Some(&b'/');
        let name = open + 1 + usize::from(closing);
        if !bytes.get(name).is_some_and(u8::is_ascii_alphabetic) {
            at = open + 1;
            continue;
        }
        let tag = Tag::at(bytes, name);
        if let Some(surplus) = tag.surplus {
            thin.push_str(&page[taken..surplus]);
            taken = tag.end;
        }
        at = tag.end;
        let own = &bytes[name..tag.name_end];
        if !closing && RAW.iter().any(|raw| own.eq_ignore_ascii_case(raw.as_bytes())) {
            at = end_tag(bytes, at, own);
        }
    }
    if taken == 0 {
        return Cow::Borrowed(page);
    }
    thin.push_str(&page[taken..]);
    Cow::Owned(thin)
}

/// Where a needle stands, from a place on.
fn find(bytes: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    memmem::find(rest, needle).map(|at| from + at)
}

/// Where the end tag of an element stands whose content is no markup.
fn end_tag(bytes: &[u8], mut from: usize, name: &[u8]) -> usize {
    while let Some(at) = find(bytes, from, b"</") {
        let own = bytes.get(at + 2..at + 2 + name.len());
        if own.is_some_and(|own| own.eq_ignore_ascii_case(name)) {
            return at;
        }
        from = at + 2;
    }
    bytes.len()
}

/// A tag, by places in the page.
struct Tag {
    name_end: usize,
    /// Where the first attribute begins that is one too many.
    surplus: Option<usize>,
    /// The place of the bracket that closes it, or the end of the page.
    end: usize,
}

impl Tag {
    /// The tag whose name begins at a place, cut into attributes as the parser cuts it.
    fn at(bytes: &[u8], name: usize) -> Tag {
        let until = |from: usize, ends: fn(u8) -> bool| {
            let rest = bytes.get(from..).unwrap_or_default();
            rest.iter().position(|byte| ends(*byte)).map_or(bytes.len(), |at| from + at)
        };
        let past_space = |from| until(from, |byte| !byte.is_ascii_whitespace());
        let name_end =
            until(name, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
        let (mut at, mut many, mut surplus) = (name_end, 0, None);
        loop {
            at = until(at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
            if at >= bytes.len() || bytes[at] == b'>' {
                return Tag { name_end, surplus, end: at };
            }
            many += 1;
            if many > MOST {
                surplus.get_or_insert(at);
            }
            // A name may begin with the sign that otherwise ends it.
            at = until(at + 1, |byte| {
                byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=')
            });
            let sign = past_space(at);
            if bytes.get(sign) != Some(&b'=') {
                continue;
            }
            let value = past_space(sign + 1);
            at = match bytes.get(value) {
                Some(&quote @ (b'"' | b'\'')) => {
                    memchr(quote, &bytes[value + 1..]).map_or(bytes.len(), |end| value + 2 + end)
                }
                _ => until(value, |byte| byte.is_ascii_whitespace() || byte == b'>'),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_tag_the_first_attributes_stay() {
        let many: String = (0..MOST + 3).map(|at| format!(" a{at}='>'")).collect();
        let few: String = (0..MOST).map(|at| format!(" a{at}='>'")).collect();
        let page = format!("<p{many}>one</p><b{few}/>two<i{many}");
        let want = format!("<p{few} >one</p><b{few}/>two<i{few} ");
        assert_eq!(thinned(&page), want);
    }

    #[test]
    fn what_is_no_tag_stays() {
        let many = " a".repeat(MOST + 3);
        for page in [
            format!("<!-- <p{many}> --><b>one</b>"),
            format!("<script>if (a<b{many}) x = \"</p>\"</script><p>one"),
            format!("<TITLE>1 <a{many}</title>two"),
            format!("3 < 4{many}"),
            format!("<p{}>one", " a=b".repeat(MOST)),
            "<p a=\"".to_owned(),
            "<".to_owned(),
            "<!--".to_owned(),
            "<script".to_owned(),
            String::new(),
        ] {
            assert!(matches!(thinned(&page), Cow::Borrowed(same) if same == page), "{page}");
        }
    }
}

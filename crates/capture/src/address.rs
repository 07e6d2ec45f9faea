//! Addresses of the web, as far as they find one thing from another: as words, and nothing is fetched
//! from them.

use crate::beside::percent_decoded;

/// An address as seen from another one, after RFC 3986 without its rare cases: a whole one as it is,
/// one without a host from that of `base`. `None` where there is none to see it from.
pub(crate) fn joined(base: &str, name: &str) -> Option<String> {
    if scheme(name).is_some() {
        return Some(name.to_owned());
    }
    let (scheme, rest) = base.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    if let Some(rest) = name.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    let path = path.split(['?', '#']).next()?;
    if name.is_empty() || name.starts_with('#') || name.starts_with('?') {
        return Some(format!("{scheme}://{host}{path}{name}"));
    }
    let (words, query) = name.split_at(name.find(['?', '#']).unwrap_or(name.len()));
    let folder = match words.starts_with('/') {
        true => "",
        false => path.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut words = words.strip_prefix('/').unwrap_or(words).split('/').peekable();
    while let Some(part) = words.next() {
        let last = words.peek().is_none();
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            _ => parts.push(part),
        }
        // What leads to a folder ends as one.
        if last && matches!(part, "." | "..") {
            parts.push("");
        }
    }
    Some(format!("{scheme}://{host}/{}{query}", parts.join("/")))
}

/// What comes before the colon of a whole address: `https`, `data`, `cid`.
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let is_one = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme.bytes().all(plain);
    is_one.then_some(scheme)
}

/// An address of the web in the form by which two spellings of it are one: without its scheme, since
/// sites answer on both, its fragment and its usual port, its host in small letters, and letters that
/// are spelled as `%4D` as what they are.
pub(crate) fn found_by(address: &str) -> Option<Vec<u8>> {
    let address = address.trim();
    let (scheme, rest) = address.split_once("://")?;
    let port = match scheme.to_ascii_lowercase().as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => return None,
    };
    let rest = rest.split('#').next()?;
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let host = host.to_ascii_lowercase();
    let host = host.strip_suffix(port).unwrap_or(&host);
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    Some([host.as_bytes(), &percent_decoded(&path)].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_seen_from_the_page() {
        let page = "https://lamp.example/2017/mill.html?x=1/2#3";
        for (name, want) in [
            ("a.jpg", "https://lamp.example/2017/a.jpg"),
            ("./a.jpg", "https://lamp.example/2017/a.jpg"),
            ("../a.jpg", "https://lamp.example/a.jpg"),
            ("../../../a.jpg", "https://lamp.example/a.jpg"),
            ("b/../c/./a.jpg?d=../e", "https://lamp.example/2017/c/a.jpg?d=../e"),
            ("/a.jpg", "https://lamp.example/a.jpg"),
            ("//b.example/a.jpg", "https://b.example/a.jpg"),
            ("?x=2", "https://lamp.example/2017/mill.html?x=2"),
            ("..", "https://lamp.example/"),
            ("http://b.example/", "http://b.example/"),
            ("cid:a", "cid:a"),
        ] {
            assert_eq!(joined(page, name).as_deref(), Some(want), "{name}");
        }
        assert_eq!(joined("", "a.jpg"), None);
        assert_eq!(joined("https://a.example", "b").as_deref(), Some("https://a.example/b"));
        assert_eq!(
            joined("https://a.example?x", "12:30.jpg").as_deref(),
            Some("https://a.example/12:30.jpg")
        );
    }

    #[test]
    fn spellings_of_one_address_are_one() {
        let want = found_by("https://lamp.example/a b.jpg?c");
        for other in [
            "http://Lamp.example:80/a%20b.jpg?c#d",
            " HTTPS://LAMP.EXAMPLE:443/%61%20b.jpg?c ",
            "https://lamp.example/a b.jpg?c#",
        ] {
            assert_eq!(found_by(other), want, "{other}");
        }
        assert_eq!(found_by("https://lamp.example"), found_by("http://lamp.example/"));
        for other in ["https://lamp.example/a b.jpg", "https://lamp.example:8080/a b.jpg?c"] {
            assert_ne!(found_by(other), want, "{other}");
        }
        assert_eq!(found_by("data:image/png;base64,QUJD"), None);
        assert_eq!(found_by("a.jpg"), None);
    }
}

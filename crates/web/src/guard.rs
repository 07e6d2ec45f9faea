//! Who may ask, and what every answer carries.
//!
//! A page on loopback can be reached by whatever runs in a browser on this machine. So a request
//! that was sent to another name is refused (a foreign site that points its name here would read
//! what it answers), so is one without the key where these pages have one ([`crate::access`]), and
//! a change that another site's page asks for. No answer may be framed, sniffed, cached on disk, or
//! run a script but the one that is built into the program.

use std::sync::Arc;

use axum::extract::{Query, Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderName, LOCATION,
    ORIGIN, REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::access::{KEY, Keys};
use crate::address::escaped;
use crate::ask::{Ask, By};
use crate::desk::Desk;
use crate::layout;
use crate::routes;
use crate::trouble::Trouble;

/// The headers of every answer.
const HEADERS: [(HeaderName, &str); 6] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    // Names of people do not stay in a browser's files.
    (CACHE_CONTROL, "no-store"),
];

/// What pages for reading may do: nothing but be read.
const READING: [(HeaderName, &str); 2] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    (REFERRER_POLICY, "no-referrer"),
];

/// What pages for judging may do besides: run the script that is built in, which asks nobody else.
/// Under "no-referrer" a browser would not say from where a form was sent.
const JUDGING: [(HeaderName, &str); 2] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; \
         img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (REFERRER_POLICY, "same-origin"),
];

/// How the server is reached, and the desk behind it.
#[derive(Clone)]
pub(crate) struct Door {
    pub(crate) port: u16,
    /// Without any, everybody on this machine may read.
    pub(crate) keys: Option<Arc<Keys>>,
    pub(crate) desk: Arc<Desk>,
}

/// Refuses what may not ask, and gives every answer its headers.
pub(crate) async fn guard(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let by = door.keys.as_ref().and_then(|keys| keys.by(request.headers()));
    request.extensions_mut().insert(By(by));
    let mut response = match refusal(&door, &request) {
        None => next.run(request).await,
        Some(refusal) => refused(&door, &request, refusal),
    };
    let own = if door.desk.judges() { JUDGING } else { READING };
    for (name, value) in HEADERS.into_iter().chain(own) {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Why a request is not passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    Foreign,
    /// It carries the key: a browser gets the cookie instead, and the address without it.
    Admitted,
    Keyless,
    Method,
    /// A change that did not come from a form of these pages.
    Forged,
}

fn refusal(door: &Door, request: &Request) -> Option<Refusal> {
    let host = match request.headers().get(HOST) {
        Some(host) => host.to_str().ok(),
        None => request.uri().authority().map(|authority| authority.as_str()),
    };
    // Two of them would be read as one here and as another elsewhere.
    let twice = request.headers().get_all(HOST).iter().count() > 1;
    let Some(host) = host.filter(|host| !twice && is_own(host, door.port)) else {
        return Some(Refusal::Foreign);
    };
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if let Some(keys) = door.keys.as_ref().filter(|_| !routes::is_open(request.uri().path())) {
        match keys.fits(key(request).as_deref()) {
            Some(true) if reads => return Some(Refusal::Admitted),
            Some(false) => return Some(Refusal::Keyless),
            _ if !keys.knows(request.headers()) => return Some(Refusal::Keyless),
            _ => {}
        }
    }
    if reads {
        return None;
    }
    let posts = *request.method() == Method::POST && door.desk.judges();
    if !posts || !routes::takes(request.uri().path()) {
        return Some(Refusal::Method);
    }
    (!is_from_here(request, host)).then_some(Refusal::Forged)
}

/// Whether a change was asked for by a page of this very server: a browser says from where it asks,
/// and what is no browser acts for nobody else.
fn is_from_here(request: &Request, host: &str) -> bool {
    let said = |name: HeaderName| request.headers().get_all(name).into_iter();
    let own = format!("http://{host}");
    let fetched = HeaderName::from_static("sec-fetch-site");
    said(ORIGIN).all(|origin| origin.as_bytes().eq_ignore_ascii_case(own.as_bytes()))
        && said(fetched).all(|site| site == "same-origin")
}

/// The key that an address carries.
fn key(request: &Request) -> Option<String> {
    let query = Query::<Vec<(String, String)>>::try_from_uri(request.uri()).ok()?.0;
    query.into_iter().find(|(name, _)| name == KEY).map(|(_, value)| value)
}

fn refused(door: &Door, request: &Request, refusal: Refusal) -> Response {
    let trouble = match refusal {
        // Nothing of the casebook, not even its name, reaches whoever asked.
        Refusal::Foreign => {
            let words = format!(
                "These pages are for this machine alone, and this request was sent to another name.\n\
                 Open http://127.0.0.1:{}/ instead.\n",
                door.port
            );
            return (StatusCode::FORBIDDEN, words).into_response();
        }
        Refusal::Keyless => {
            let page = layout::keyless().into_string();
            let kind = (CONTENT_TYPE, "text/html; charset=utf-8");
            return (StatusCode::FORBIDDEN, [kind], page).into_response();
        }
        Refusal::Admitted => return admitted(door, request),
        Refusal::Method => Trouble::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "Nothing can be changed at this address.",
            match door.desk.judges() {
                true => "Judge by the forms of these pages, or with the commands.",
                false => "Judge and add with the commands; `throughline --help` lists them.",
            },
        ),
        Refusal::Forged => Trouble::new(
            StatusCode::FORBIDDEN,
            "This was not sent from these pages, so nothing was changed.",
            "Go to the page itself, and judge there.",
        ),
    };
    let ask = Ask { path: "/".to_owned(), ..Ask::default() };
    let mut response = door.desk.trouble(&ask, &trouble);
    if refusal == Refusal::Method {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

/// The same address without the key, and the cookie that takes its place.
fn admitted(door: &Door, request: &Request) -> Response {
    let query = Query::<Vec<(String, String)>>::try_from_uri(request.uri());
    let query = query.map(|Query(query)| query).unwrap_or_default();
    let rest: Vec<String> = query
        .iter()
        .filter(|(name, _)| name != KEY)
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    // A path that begins with two strokes would lead to another machine.
    let path = format!("/{}", request.uri().path().trim_start_matches('/'));
    let to = if rest.is_empty() { path } else { format!("{path}?{}", rest.join("&")) };
    let mut response = StatusCode::SEE_OTHER.into_response();
    let cookie = door.keys.as_ref().and_then(|keys| keys.admission());
    for (name, value) in [(LOCATION, HeaderValue::from_str(&to).ok()), (SET_COOKIE, cookie)] {
        response.headers_mut().extend(value.map(|value| (name, value)));
    }
    response
}

/// Whether a request was sent to this server by one of its own names.
fn is_own(host: &str, port: u16) -> bool {
    const NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];
    NAMES.iter().any(|name| {
        // Letters of a name have no case.
        let rest = match host.get(..name.len()) {
            Some(start) if start.eq_ignore_ascii_case(name) => &host[name.len()..],
            _ => return false,
        };
        match rest.strip_prefix(':') {
            Some(given) => given == port.to_string(),
            None => rest.is_empty() && port == 80,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_names_with_the_own_port() {
        for host in ["127.0.0.1:4717", "localhost:4717", "LocalHost:4717", "[::1]:4717"] {
            assert!(is_own(host, 4717), "{host}");
        }
        for host in [
            "",
            "localhost",
            "127.0.0.1",
            "127.0.0.1:80",
            "127.0.0.1:47170",
            "127.0.0.1:04717",
            "localhost.evil.example:4717",
            "evil.example:4717",
            "evil.example",
            "127.0.0.2:4717",
            "0.0.0.0:4717",
            "localhost:4717:4717",
            "localhost:4717@evil.example",
            "[::1]",
            "::1:4717",
            "ſocalhost:4717",
        ] {
            assert!(!is_own(host, 4717), "{host}");
        }
        assert!(is_own("localhost", 80));
    }
}

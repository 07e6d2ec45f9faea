//! Who may ask, and what every answer carries.
//!
//! A page on loopback can be reached by whatever runs in a browser on this machine. So a request
//! that was sent to another name is refused (a foreign site that points its name here would read
//! what it answers), and no answer may be framed, sniffed, cached on disk, or run a script.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::ask::Ask;
use crate::desk::Desk;
use crate::trouble::Trouble;

/// The headers of every answer.
const HEADERS: [(HeaderName, &str); 8] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    // Names of people do not stay in a browser's files.
    (CACHE_CONTROL, "no-store"),
];

/// The port at which this server is reached, and the desk behind it.
#[derive(Clone)]
pub(crate) struct Door {
    pub(crate) port: u16,
    pub(crate) desk: Arc<Desk>,
}

/// Refuses what may not ask, and gives every answer its headers.
pub(crate) async fn guard(State(door): State<Door>, request: Request, next: Next) -> Response {
    let mut response = match refusal(&door, &request) {
        // Nothing of the casebook, not even its name, reaches whoever asked.
        Some(Refusal::Foreign) => {
            let words = format!(
                "These pages are for this machine alone, and this request was sent to another name.\n\
                 Open http://127.0.0.1:{}/ instead.\n",
                door.port
            );
            (StatusCode::FORBIDDEN, words).into_response()
        }
        Some(Refusal::Method) => {
            let ask = Ask { path: "/".to_owned(), ..Ask::default() };
            let trouble = Trouble::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "Nothing can be changed through these pages.",
                "Judge and add with the commands; `throughline --help` lists them.",
            );
            let mut response = door.desk.trouble(&ask, &trouble);
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            response
        }
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refusal {
    Foreign,
    Method,
}

fn refusal(door: &Door, request: &Request) -> Option<Refusal> {
    let host = match request.headers().get(HOST) {
        Some(host) => host.to_str().ok(),
        None => request.uri().authority().map(|authority| authority.as_str()),
    };
    // Two of them would be read as one here and as another elsewhere.
    let twice = request.headers().get_all(HOST).iter().count() > 1;
    if twice || !host.is_some_and(|host| is_own(host, door.port)) {
        return Some(Refusal::Foreign);
    }
    (!matches!(*request.method(), Method::GET | Method::HEAD)).then_some(Refusal::Method)
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

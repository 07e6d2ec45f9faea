//! What is sent to the pages: addresses, headers and forms.

use std::sync::OnceLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response};
use throughline_web::{Manner, application};
use tokio::runtime::Runtime;
use tower::ServiceExt;

use crate::derived::store;

/// The port at which the pages believe to be reached.
const PORT: u16 = 4717;

/// Pages of a small casebook, and a browser that has their key.
struct Desk {
    _folder: tempfile::TempDir,
    runtime: Runtime,
    pages: Router,
    cookies: String,
    token: String,
}

/// Bytes as an address, as a header and as a form with the token of these pages, each: it is answered,
/// and no page fails.
pub fn pages(bytes: &[u8]) {
    static DESK: OnceLock<Desk> = OnceLock::new();
    let desk = DESK.get_or_init(Desk::open);
    let text = String::from_utf8_lossy(bytes);
    let bare = text.trim_start_matches('/');
    for address in [format!("/{bare}"), format!("/search?words={bare}"), format!("/people?{bare}")]
    {
        desk.ask(Request::get(address), Body::empty());
    }
    for header in ["host", "cookie", "accept", "origin", "content-type", "range"] {
        desk.ask(Request::get("/people").header(header, bytes), Body::empty());
    }
    for address in ["/judge", "/add", "/name"] {
        let form =
            Request::post(address).header("content-type", "application/x-www-form-urlencoded");
        desk.ask(form, Body::from([desk.token.as_bytes(), b"&", bytes].concat()));
    }
}

impl Desk {
    fn open() -> Desk {
        let folder = tempfile::tempdir().expect("a folder for a casebook");
        let path = folder.path().join("pages.casebook");
        store(&path);
        let served = application(&path, PORT, &Manner::default()).expect("pages");
        let runtime = Runtime::new().expect("a runtime");
        let (pages, cookies, token) = (served.pages, String::new(), String::new());
        let mut desk = Desk { _folder: folder, runtime, pages, cookies, token };
        let key = served.key.expect("pages to judge through have a key");
        let entered = desk.send(Request::get(format!("/?key={key}")), Body::empty());
        let set = entered.expect("a sound request").0;
        let set = set.headers().get_all("set-cookie").iter();
        let set = set.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
        desk.cookies = set.collect::<Vec<_>>().join("; ");
        let page = desk.send(Request::get("/"), Body::empty()).expect("a sound request").1;
        let token =
            page.split("name=\"token\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        desk.token = format!("token={}", token.expect("a form with a token"));
        desk
    }

    /// Sends what is a request at all.
    fn ask(&self, request: axum::http::request::Builder, body: Body) {
        if let Some((answer, text)) = self.send(request, body) {
            assert!(!answer.status().is_server_error(), "{}: {text}", answer.status());
        }
    }

    fn send(
        &self,
        request: axum::http::request::Builder,
        body: Body,
    ) -> Option<(Response<()>, String)> {
        let own = format!("127.0.0.1:{PORT}");
        let asks =
            |name: &str| request.headers_ref().is_some_and(|headers| headers.contains_key(name));
        let (host, cookie) = (!asks("host"), !asks("cookie"));
        let request = if host { request.header("host", own) } else { request };
        let request = if cookie { request.header("cookie", &self.cookies) } else { request };
        let request = request.body(body).ok()?;
        self.runtime.block_on(async {
            let answer = self.pages.clone().oneshot(request).await.expect("an answer");
            let (parts, body) = answer.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.expect("a page");
            let text = String::from_utf8_lossy(&bytes).into_owned();
            Some((Response::from_parts(parts, ()), text))
        })
    }
}

//! The script of the pages, as the build put it into the program.
//!
//! `cargo xtask page` builds it from `crates/web/page` where Node is present; without it the list is
//! empty, and pages are as complete and slower to judge on. A file's name holds a hash of what is in
//! it, so a browser keeps it for as long as it likes.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse, Response};

/// Where they are served.
pub(crate) const FOLDER: &str = "/assets/";

// `ASSETS: &[(&str, &[u8])]`, names and contents, by name.
include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The addresses of the scripts.
pub(crate) fn scripts() -> impl Iterator<Item = String> {
    let scripts = ASSETS.iter().filter(|(name, _)| name.ends_with(".js"));
    scripts.map(|(name, _)| format!("{FOLDER}{name}"))
}

/// One of them. It holds nothing of the casebook.
pub(crate) async fn asset(Path(wanted): Path<String>) -> Response {
    let Some((name, bytes)) = ASSETS.iter().find(|(name, _)| *name == wanted) else {
        return (StatusCode::NOT_FOUND, "There is no such file.\n").into_response();
    };
    let headers = [
        (CONTENT_TYPE, "text/javascript; charset=utf-8".to_owned()),
        (CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (ETAG, format!("\"{name}\"")),
    ];
    (headers, *bytes).into_response()
}

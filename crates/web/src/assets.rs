//! The script of the pages, as the build put it into the program.
//!
//! `cargo xtask page` builds it from `crates/web/page` where Node is present; without it the list is
//! empty, and pages are as complete and slower to judge on. A file's name holds a hash of what is in
//! it, so a browser keeps it for as long as it likes.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
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

/// One of them, unless the browser has it. It holds nothing of the casebook.
pub(crate) async fn asset(Path(wanted): Path<String>, headers: HeaderMap) -> Response {
    let Some((name, bytes)) = ASSETS.iter().find(|(name, _)| *name == wanted) else {
        return (StatusCode::NOT_FOUND, "There is no such file.\n").into_response();
    };
    let tag = format!("\"{name}\"");
    let kept = (CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned());
    let known = headers.get(IF_NONE_MATCH).is_some_and(|given| given.as_bytes() == tag.as_bytes());
    if known {
        return (StatusCode::NOT_MODIFIED, [kept, (ETAG, tag)]).into_response();
    }
    let kind = (CONTENT_TYPE, "text/javascript; charset=utf-8".to_owned());
    ([kind, kept, (ETAG, tag)], *bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_kept_under_a_name_that_changes_with_it() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let get = async |name: &str, headers| asset(Path(name.to_owned()), headers).await;
            for name in ["", "page.js", "../Cargo.toml"] {
                let answer = get(name, HeaderMap::new()).await;
                assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{name}");
            }
            // Built without node, the program has none.
            for (name, _) in ASSETS {
                let answer = get(name, HeaderMap::new()).await;
                assert!(answer.headers()[CACHE_CONTROL].to_str().unwrap().contains("immutable"));
                let known = HeaderMap::from_iter([(IF_NONE_MATCH, answer.headers()[ETAG].clone())]);
                assert_eq!(get(name, known).await.status(), StatusCode::NOT_MODIFIED);
            }
        });
    }
}

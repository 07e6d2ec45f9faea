//! The readers' edition of a casebook of very many protected people, and what was retracted in it.
//! `cargo xtask leaks` goes through a thousand incidents.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use throughline_casebook::Casebook;
use throughline_model::{AsOf, SubjectKind};
use throughline_web::{Audience, Manner};
use tower::ServiceExt;

use crate::protected::{self, leak, make, marked};
use crate::world::World;

const PORT: u16 = 4718;

async fn get(pages: &Router, address: &str) -> (StatusCode, String, Option<String>) {
    let request = Request::get(address).header("host", format!("127.0.0.1:{PORT}"));
    let response = pages.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let to = parts.headers.get("location").map(|to| to.to_str().unwrap().to_owned());
    (parts.status, String::from_utf8_lossy(&bytes).into_owned(), to)
}

/// Every page that links lead to, by address. Of the drawings of single records, which are many, every
/// twentieth.
async fn pages_of(pages: &Router) -> BTreeMap<String, String> {
    let mut open = VecDeque::from(["/".to_owned()]);
    let mut met: BTreeSet<String> = open.iter().cloned().collect();
    let mut found = BTreeMap::new();
    let mut drawings = 0;
    while let Some(address) = open.pop_front() {
        let drawn =
            ["/map", "/network", "/timeline", "/toll"].iter().any(|one| address.ends_with(one));
        if drawn && address.matches('/').count() > 1 {
            drawings += 1;
            if drawings % 20 > 0 {
                continue;
            }
        }
        let (status, text, to) = get(pages, &address).await;
        assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{address}: {text}");
        let links = text.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let links: Vec<String> = links.map(|link| link.replace("&amp;", "&")).collect();
        for link in links.into_iter().chain(to) {
            let bare = link.split('#').next().unwrap_or_default().to_owned();
            if bare.starts_with('/') && met.insert(bare.clone()) {
                open.push_back(bare);
            }
        }
        found.insert(address, text);
    }
    found
}

fn application(path: &Path, audience: Audience) -> Router {
    let manner = Manner { audience, read_only: true, coder: None };
    throughline_web::application(path, PORT, &manner).unwrap().pages
}

#[test]
fn no_protected_name_stands_on_any_page_for_readers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.casebook");
    let many = protected::incidents();
    make(&path, many, &marked);
    World::runtime().block_on(async {
        let pages = pages_of(&application(&path, Audience::Readers)).await;
        for (address, page) in &pages {
            assert_eq!(leak(page), None, "{address}");
            assert_eq!(leak(address), None, "{address}");
        }
        // Every incident, every person and every paper has its page.
        for (kind, least) in [("/incidents/", many), ("/people/", many), ("/documents/", many)] {
            let own =
                |address: &&String| address.starts_with(kind) && address.matches('/').count() == 2;
            let found = pages.keys().filter(own).count();
            assert!(found >= least, "{found} pages of {kind}, of {} in all", pages.len());
        }
        let named = pages.values().filter(|page| page.contains("Ilka Brandt")).count();
        assert!(named >= many, "whom the rules name is named on {named} pages");
    });
}

#[test]
fn what_was_retracted_supports_nothing_and_its_document_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("many.casebook");
    let made = make(&path, protected::incidents(), &marked);
    assert!(!made.retracted.is_empty());
    let gone: BTreeSet<_> = made.retracted.iter().map(|(id, _)| *id).collect();
    let casebook = Casebook::open(&path).unwrap();
    for kind in SubjectKind::ALL {
        casebook
            .each_record(kind, AsOf::default(), |row| {
                for held in &row.record.holdings {
                    let behind = held.support.iter().chain(&held.against);
                    assert!(behind.into_iter().all(|id| !gone.contains(id)), "{held:?}");
                }
            })
            .unwrap();
    }
    World::runtime().block_on(async {
        let desk = application(&path, Audience::Desk);
        for (id, document) in &made.retracted {
            let (status, page, _) = get(&desk, &format!("/documents/{document}")).await;
            assert_eq!(status, StatusCode::OK);
            let own = page.split(&format!("id=\"{id}\"")).nth(1).unwrap_or_default();
            let own = own.split("class=\"said").next().unwrap_or_default();
            assert!(own.contains("counts no more") && own.contains("Retracted"), "{id}: {own}");
        }
    });
}

//! The readers' edition: no protected name on any address, and nothing that answers guesses.

use axum::http::StatusCode;
use throughline_casebook::{Casebook, Item};
use throughline_model::{Document, Medium, Reading, Sha256};
use throughline_web::Audience;

use crate::crawl::crawl;
use crate::world::{World, world};

/// Words of the name of the man who was cleared, as texts write it.
const PROTECTED: [&str; 4] = ["Lind", "lind", "LIND", "Odo"];

/// What stands on a page, without what only looks like a name in it.
fn shows_a_name(page: &str) -> Option<&str> {
    PROTECTED.into_iter().find(|name| page.contains(name))
}

#[test]
fn no_protected_name_comes_out_on_any_address() {
    World::runtime().block_on(async {
        let desk = world();
        let all = crawl(&desk, &["/"]).await;
        assert!(all.values().any(|page| shows_a_name(page).is_some()), "the desk names him");
        let readers = desk.to(Audience::Readers);
        let days = ["", "?as-of=2016-05-31", "?recorded-by=2099"];
        let starts: Vec<String> = days.iter().map(|day| format!("/{day}")).collect();
        let starts: Vec<&str> = starts.iter().map(String::as_str).collect();
        let pages = crawl(&readers, &starts).await;
        assert!(pages.len() > 60, "{} pages", pages.len());
        for (address, page) in &pages {
            assert_eq!(shows_a_name(page), None, "{address}: {page}");
            assert_eq!(shows_a_name(address), None, "{address}");
        }
        assert!(pages.values().any(|page| page.contains("[name withheld]")));
        // Every kind of page that readers have is among them.
        for kind in
            ["/documents/", "/incidents/", "/people/", "/claims/", "/counts/", "/map", "/network"]
        {
            assert!(pages.keys().any(|address| address.starts_with(kind)), "no {kind}");
        }
        // What the desk answers, asked as the desk asks it: by ids as they are, and as JSON.
        for address in all.keys() {
            let bare = address.split('#').next().unwrap();
            let answer = readers.get(bare).await;
            assert_eq!(shows_a_name(&answer.text), None, "{address}: {}", answer.text);
            let place = answer.headers.get("location").map(|to| to.to_str().unwrap().to_owned());
            assert_eq!(place.as_deref().and_then(shows_a_name), None, "{address}");
        }
    });
}

#[test]
fn nothing_answers_a_guess() {
    World::runtime().block_on(async {
        let desk = world();
        let (first, person) = (desk.first, desk.person);
        let page = desk.html(&format!("/documents/{first}")).await;
        assert!(page.contains(&first.to_string()));
        let readers = desk.to(Audience::Readers);
        for address in [
            format!("/documents/{first}"),
            format!("/people/{person}"),
            format!("/ids/{person}"),
            "/search?words=Lind".to_owned(),
            "/pictures".to_owned(),
            "/judgments".to_owned(),
            "/people.json".to_owned(),
            "/Lind".to_owned(),
        ] {
            let answer = readers.get(&address).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}: {}", answer.text);
        }
        // An id or a hash of a text would let whoever guessed the name see that the guess is right.
        let pages = crawl(&readers, &["/"]).await;
        let casebook = Casebook::open(&readers.path).unwrap();
        for id in casebook.document_ids().unwrap() {
            let sha256 = casebook.document(id).unwrap().unwrap().sha256.to_string();
            for (address, page) in &pages {
                assert!(!page.contains(&id.to_string()) && !address.contains(&id.to_string()));
                assert!(!page.contains(&sha256), "{address}");
            }
        }
        assert!(pages.values().all(|page| !page.contains(&person.to_string())));
        // Nor what the id of a guess is shown as.
        let answer = readers.get(&format!("/incidents?as-of={first}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.text.contains(&format!("value=\"{first}\"")), "{}", answer.text);
        // Nor whether a name that somebody guessed is withheld.
        for guess in ["Lind", "Nobody", &first.to_string()] {
            let page = readers.html(&format!("/incidents?{guess}=1")).await;
            assert!(page.contains("does not know all that its address says"), "{page}");
            assert_eq!(page, readers.html("/incidents?x=1").await, "{guess}");
        }
        // Nor does a page that is not there tell an id.
        let person = pages.keys().find(|address| address.starts_with("/people/per-")).unwrap();
        let answer = readers.get(&format!("{person}?as-of=1900")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(answer.text.contains(&format!("action=\"{person}\"")), "{}", answer.text);
    });
}

#[test]
fn what_a_source_took_back_is_not_said_again() {
    World::runtime().block_on(async {
        let readers = world().to(Audience::Readers);
        let pages = crawl(&readers, &["/people"]).await;
        let of_people = pages.iter().filter(|(address, _)| address.starts_with("/people/per-"));
        // An id of another mention leads on, and is no page.
        let of_people: Vec<_> = of_people.filter(|(_, page)| !page.is_empty()).collect();
        assert!(of_people.iter().any(|(_, page)| page.contains("cleared")));
        for (address, page) in of_people {
            assert!(!page.contains("arrested"), "{address}: {page}");
        }
    });
}

#[test]
fn who_wrote_a_letter_is_not_told() {
    World::runtime().block_on(async {
        let desk = world();
        let text = "He was seen at the station on Monday.";
        let letter = Document {
            medium: Some(Medium::Letter),
            source: Some("Rosa Tamm <rosa@tamm.example>".to_owned()),
            byline: Some("Rosa Tamm".to_owned()),
            title: Some("The station".to_owned()),
            published: Some("2016-05-30".parse().unwrap()),
            text: text.to_owned(),
            ..Document::bare(Sha256::of(text.as_bytes()))
        };
        let reading = Reading::default();
        let mut casebook = Casebook::open(&desk.path).unwrap();
        let item = Item {
            document: &letter,
            bytes: text.as_bytes(),
            pictures: &[],
            reading: Some(("made-1", &reading)),
        };
        casebook.store(&[item]).unwrap();
        casebook.settle(|_| {}).unwrap();
        assert!(crawl(&desk, &["/documents"]).await.values().any(|page| page.contains("Tamm")));
        let readers = desk.to(Audience::Readers);
        let pages = crawl(&readers, &["/documents"]).await;
        assert!(pages.values().any(|page| page.contains("The station")));
        for (address, page) in &pages {
            assert!(!page.contains("Tamm") && !page.contains("tamm.example"), "{address}: {page}");
        }
    });
}

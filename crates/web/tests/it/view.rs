//! The two dates: what they show and hide, and that they are answered when they make no sense.

use axum::http::StatusCode;

use crate::world::{World, world};

#[test]
fn an_earlier_view_shows_the_present_status_apart() {
    World::runtime().block_on(async {
        let world = world();
        let then = format!("/people/{}?as-of=2016-05-31", world.person);
        let page = world.html(&then).await;
        let (status, held) = page.split_once("What is held").unwrap();
        assert!(status.contains("Present status"));
        assert!(status.contains("cleared"), "{status}");
        assert!(status.contains("the court"), "who says so: {status}");
        assert!(status.contains("2016-06-20"), "when: {status}");
        assert!(!held.contains("2016-06-20"), "nothing later is held then");
        // What is held today rests on documents that the earlier view does not have.
        let (_, status) = status.split_once("Present status").unwrap();
        assert!(status.contains("href=\"/documents/"), "{status}");
        assert!(!status.contains("as-of="), "a link keeps the earlier day: {status}");
        // The incident's page names him as well, and so does say what is held today.
        let incident = world.html(&format!("/incidents/{}?as-of=2016-05-31", world.incident)).await;
        let (status, _) = incident.split_once("What is held").unwrap();
        assert!(status.contains("Present status") && status.contains("cleared"), "{status}");
        // The present needs no second word.
        let now = world.html(&format!("/people/{}", world.person)).await;
        assert!(!now.contains("Present status"));
        let json = world.json(&format!("/people/{}.json?as-of=2016-05-31", world.person)).await;
        assert!(json[0]["present_status"].as_str().unwrap().contains("cleared"));
    });
}

#[test]
fn lists_of_people_accuse_nobody() {
    World::runtime().block_on(async {
        let world = world();
        for address in [
            "/people",
            "/people?as-of=2016-05-31",
            "/search?words=Odo&kind=person",
            "/incidents",
            "/counts/held",
            "/counts/held?reading=lenient",
        ] {
            let page = world.html(address).await;
            for accusing in ["perpetrator<", ">arrested", "suspect"] {
                assert!(!page.contains(accusing), "{address} says {accusing} without who says so");
            }
        }
        let page = world.html("/people").await;
        assert!(page.contains("who says what") && page.contains("cleared"), "{page}");
    });
}

#[test]
fn bad_dates_are_answered_in_the_form() {
    World::runtime().block_on(async {
        let world = world();
        for (address, typed) in [
            ("/people?as-of=2016-13", "2016-13"),
            ("/?recorded-by=%3Cyesterday%3E", "&lt;yesterday&gt;"),
            ("/search?words=mill&as-of=soon", "soon"),
        ] {
            let answer = world.get(address).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}");
            assert!(answer.text.contains(&format!("value=\"{typed}\"")), "{}", answer.text);
            assert!(answer.text.contains("aria-invalid=\"true\""), "{address}");
            assert!(answer.text.contains("is no date; write it as"), "{address}");
            assert!(!answer.text.contains("Lind"), "nothing is shown of another view");
        }
        let answer = world.get("/people.json?as-of=2016-13").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        let json: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
        assert!(json["error"].as_str().unwrap().contains("2016-13"));
    });
}

#[test]
fn what_was_not_yet_published_says_so() {
    World::runtime().block_on(async {
        let world = world();
        for address in [
            format!("/documents/{}?as-of=2016-05-31", world.second),
            format!("/incidents/{}?as-of=2016-05-01", world.incident),
            format!("/people/{}?recorded-by=1999", world.person),
        ] {
            let answer = world.get(&address).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{address}");
            assert!(answer.text.contains("by the dates asked for"), "{}", answer.text);
            assert!(answer.text.contains("Show the present"), "{}", answer.text);
        }
        let before = world.json("/documents.json?as-of=2016-05-31").await;
        assert_eq!(before.as_array().unwrap().len(), 1);
        let page = world.html("/documents?as-of=2016-05-31").await;
        assert!(page.contains("1 undated document is left out"), "{page}");
    });
}

/// Of two days one would be shown and the other passed over in silence.
#[test]
fn a_date_given_twice_and_a_page_after_the_last_are_refused() {
    World::runtime().block_on(async {
        let world = world();
        let answer = world.get("/people?as-of=2016-05-31&as-of=2016-07").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
        assert!(answer.text.contains("it is given twice"), "{}", answer.text);
        let same = world.get("/people?as-of=2016-05-31&as-of=2016-05-31").await;
        assert_eq!(same.status, StatusCode::OK);
        for list in ["documents", "people", "judgments", "corrections", "pictures"] {
            let answer = world.get(&format!("/{list}?page=7")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{list}");
            assert!(answer.text.contains("no page 7"), "{list}: {}", answer.text);
        }
        // A list with nothing in it has a first page all the same.
        assert_eq!(world.get("/sets?as-of=1900").await.status, StatusCode::OK);
    });
}

/// A misspelt date gives the present: the page says that it does, and a program is refused.
#[test]
fn a_name_that_no_page_knows_is_told_and_a_program_is_refused() {
    World::runtime().block_on(async {
        let world = world();
        let page = world.html("/people?as_off=2016-05-31&page=1").await;
        assert!(page.contains("This page knows no “as_off”."), "{page}");
        assert!(page.contains("it takes as-of, recorded-by, page."), "{page}");
        let hostile = world.html("/?%3Cscript%3E=1").await;
        assert!(hostile.contains("“&lt;script&gt;”") && !hostile.contains("<script>"), "{hostile}");
        // Links lead on without it.
        assert!(!page.contains("as_off=") && !hostile.contains("script%3E="), "{page}");
        let one = format!("/incidents/{}?page=2", world.incident);
        assert!(world.html(&one).await.contains("knows no “page”"), "a record has no pages");
        for address in ["/people.json?as_off=2016", "/counts/held.json?reading=both"] {
            let answer = world.get(address).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{address}: {}", answer.text);
            let json: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
            assert!(json["error"].as_str().unwrap().contains('“'), "{json}");
        }
        let known = world.html("/counts/held?reading=lenient&members=in&page=1&as-of=2017").await;
        assert!(!known.contains("knows no"), "{known}");
        let readers = world.to(throughline_web::Audience::Readers);
        let page = readers.html("/people?as_off=2016").await;
        assert!(page.contains("does not know all") && page.contains("it takes as-of"), "{page}");
    });
}

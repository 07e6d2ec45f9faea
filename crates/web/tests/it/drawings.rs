//! Pictures within pages: the same as the command draws, from any of the two dates.

use std::sync::Arc;

use axum::http::StatusCode;
use scraper::{Html, Selector};
use throughline_casebook::Casebook;
use throughline_draw::gather::{Catalog, NETWORK, Open, Picture, TOLL};
use throughline_model::{AsOf, Edtf};

use crate::world::{World, filler, world};

const PICTURES: [(&str, Picture); 4] = [
    ("map", Picture::Map { view: None }),
    ("network", Picture::Network { most: NETWORK }),
    ("timeline", Picture::Timeline),
    ("toll", Picture::Toll { most: TOLL }),
];

fn texts(page: &str, selector: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    page.select(&Selector::parse(selector).unwrap()).map(|one| one.text().collect()).collect()
}

/// A page with its picture, however long it is drawn.
async fn drawn(world: &World, address: &str) -> String {
    for _ in 0..20 {
        let answer = world.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text);
        if !answer.headers.contains_key("refresh") {
            return answer.text;
        }
        assert!(answer.text.contains("being drawn"), "{}", answer.text);
    }
    panic!("{address} is never drawn")
}

#[test]
fn pages_show_what_is_drawn_and_give_the_same_facts() {
    World::runtime().block_on(async {
        let world = world();
        let casebook = Casebook::open(&world.path).unwrap();
        for day in [None, Some("2016-05-31")] {
            let published = day.map(|day| day.parse::<Edtf>().unwrap().latest());
            let as_of = AsOf { published, recorded: None };
            let catalog = Catalog::load(&casebook, as_of, Arc::new(Open)).unwrap();
            let query = day.map(|day| format!("?as-of={day}")).unwrap_or_default();
            for of in [None, Some(world.incident)] {
                let stem = of.map(|id| format!("/incidents/{id}")).unwrap_or_default();
                for (word, picture) in PICTURES {
                    let (caption, drawing) = catalog.draw(picture, of).unwrap();
                    let json = drawn(&world, &format!("{stem}/{word}.json{query}")).await;
                    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
                    let want = throughline_draw::json(&caption, &drawing.table, as_of);
                    assert_eq!(json, serde_json::json!([want]), "{stem}/{word}{query}");
                    let page = drawn(&world, &format!("{stem}/{word}{query}")).await;
                    // Beneath a map stands the same as a timeline and a network.
                    let pictures = if word == "map" { 3 } else { 1 };
                    assert_eq!(texts(&page, "figure.picture svg.tl").len(), pictures, "{page}");
                    assert_eq!(texts(&page, "svg title")[0].trim(), texts(&page, "h1")[0].trim());
                    let rows = texts(&page, "table.list tbody tr").len();
                    assert_eq!(rows, drawing.table.rows.len(), "{stem}/{word}{query}");
                    // The dates and the state stand on it.
                    assert!(page.contains(&caption.as_of), "{page}");
                    let head = json[0]["head"].as_str().unwrap();
                    assert_eq!(texts(&page, ".hashes code")[1], head);
                }
            }
        }
    });
}

#[test]
fn a_picture_follows_the_ledger() {
    World::runtime().block_on(async {
        let world = world();
        let before = drawn(&world, "/timeline").await;
        assert!(!before.contains("Fire number 7"), "{before}");
        let mut casebook = Casebook::open(&world.path).unwrap();
        filler(&mut casebook, 7, 1);
        casebook.settle(|_| {}).unwrap();
        let after = drawn(&world, "/timeline").await;
        assert!(after.contains("Fire number 7"), "{after}");
    });
}

#[test]
fn records_lead_to_their_pictures_and_any_id_to_that_of_its_record() {
    World::runtime().block_on(async {
        let world = world();
        let record = world.html(&format!("/people/{}?as-of=2016-05-31", world.person)).await;
        let page = Html::parse_document(&record);
        let links: Vec<&str> = page
            .select(&Selector::parse("nav[aria-label=Drawings] a").unwrap())
            .map(|link| link.value().attr("href").unwrap())
            .collect();
        let own = |word: &str| format!("/people/{}/{word}?as-of=2016-05-31", world.person);
        assert_eq!(links, [own("spread"), own("map"), own("network"), own("timeline")]);
        // Last year's picture does not accuse somebody who has been cleared since.
        let then = drawn(&world, &own("timeline")).await;
        assert!(texts(&then, "section.today")[0].contains("cleared"), "{then}");
        let other = world.get(&format!("/people/{}/toll.json", world.later_incident)).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND, "there is no toll of people");
        for (address, to) in [
            (
                format!("/incidents/{}/toll", world.later_incident),
                format!("/incidents/{}/toll", world.incident),
            ),
            (
                format!("/sets/{}/toll?as-of=2017", world.person),
                format!("/people/{}?as-of=2017", world.person),
            ),
        ] {
            let answer = world.get(&address).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}");
            assert_eq!(answer.headers["location"], to.as_str());
        }
        let early = format!("/incidents/{}/network?as-of=2016-05-01", world.incident);
        let early = world.get(&early).await;
        assert_eq!(early.status, StatusCode::NOT_FOUND);
        assert!(early.text.contains("by the dates asked for"), "{}", early.text);
        let style = world.get("/style.css").await;
        assert!(style.text.contains(".tl-f-ink{") && style.text.contains("figure.picture"));
    });
}

#[test]
fn a_picture_of_all_is_narrowed_and_kept_as_a_file() {
    World::runtime().block_on(async {
        let world = world();
        let mut casebook = Casebook::open(&world.path).unwrap();
        filler(&mut casebook, 7, 1);
        casebook.settle(|_| {}).unwrap();
        let said = "Only incidents of which somebody has judged something.";
        let all = drawn(&world, "/timeline").await;
        let some = drawn(&world, "/timeline?standing=judged").await;
        assert!(all.contains("Fire number 7") && !all.contains(said));
        assert!(!some.contains("Fire number 7") && some.contains(said), "{some}");
        assert!(some.contains("/network?standing=judged"), "the next picture is narrowed alike");
        // The picture of all is not narrowed by what was asked before.
        assert!(drawn(&world, "/toll").await.contains("Fire number 7"));
        let nowhere = drawn(&world, "/toll?place=no%20such%20place").await;
        assert!(nowhere.contains("at a place called “no such place”"), "{nowhere}");
        assert!(!nowhere.contains("Fire number 7"));
        let wrong = world.get("/network?involvement=none").await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        assert!(wrong.text.contains("There are inspired"), "{}", wrong.text);
        let file = world.get("/timeline?file=svg&standing=judged").await;
        assert_eq!(file.headers["content-type"], "image/svg+xml");
        assert_eq!(file.headers["content-disposition"], "attachment; filename=\"timeline.svg\"");
        assert!(file.text.starts_with("<svg") || file.text.starts_with("<?xml"), "{}", file.text);
        assert!(file.text.contains("<style>") && file.text.contains(said), "whole as a file");
        // Readers get no files and narrow nothing.
        let world = world.to(throughline_web::Audience::Readers);
        let page = drawn(&world, "/timeline?file=svg&standing=judged").await;
        assert!(page.contains("Fire number 7") || !page.contains(said), "{page}");
        assert!(!page.contains("Keep it as"), "{page}");
    });
}

#[test]
fn a_map_is_shown_closer_and_narrowed_and_kept_as_it_is_shown() {
    World::runtime().block_on(async {
        let world = world();
        let page = drawn(&world, "/map?view=-5,42,9,51.5&standing=judged&as-of=2016-05-31").await;
        let html = Html::parse_document(&page);
        let values = |selector: &str| -> Vec<String> {
            let selector = Selector::parse(selector).unwrap();
            let found = html.select(&selector);
            found.map(|one| one.value().attr("value").unwrap_or_default().to_owned()).collect()
        };
        // What is asked goes along: both dates, and what it is narrowed to.
        assert_eq!(values("form.zooming input[type=hidden]"), ["2016-05-31", "judged"]);
        let views = values("form.zooming button");
        assert_eq!(views.len(), 6);
        for view in &views {
            assert!(throughline_draw::View::read(view).is_some(), "{view}");
        }
        // Where nothing lies anywhere there is nothing to move.
        assert!(!drawn(&world, "/map").await.contains("form class=\"zooming\""));
        let shown = drawn(&world, "/map?view=-5,42,9,51.5&standing=judged").await;
        assert!(shown.contains("Shown is") && shown.contains("° N to"), "{shown}");
        assert!(shown.contains("GeoNames, CC BY 4.0"), "whose places they are");
        let file = world.get("/map?file=svg&view=-5,42,9,51.5&standing=judged").await;
        assert_eq!(file.headers["content-disposition"], "attachment; filename=\"map.svg\"");
        assert!(
            shown.contains("file=svg&amp;view=-5%2C42%2C9%2C51.5&amp;standing=judged"),
            "{shown}"
        );
        assert!(file.text.contains("of which somebody has judged something"), "{}", file.text);
        for wrong in ["1,2,3", "a,b,c,d", "0,60,10,50", "0,0,10,95"] {
            let answer = world.get(&format!("/map?view={wrong}")).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
            assert!(answer.text.contains("west,south,east,north"), "{}", answer.text);
        }
        // Other pictures know no view, and say so rather than pass over it.
        let other = drawn(&world, "/timeline?view=-5,42,9,51.5").await;
        assert!(other.contains("knows no “view”"), "{other}");
    });
}

#[test]
fn what_stands_for_a_record_says_so_in_every_picture_of_a_page() {
    World::runtime().block_on(async {
        let world = world();
        let page = drawn(&world, "/map").await;
        let html = Html::parse_document(&page);
        let incident = world.incident.to_string();
        let of = |selector: &str| {
            let selector = Selector::parse(selector).unwrap();
            let found = html.select(&selector);
            let ids = found.filter_map(|one| one.value().attr("data-of"));
            ids.filter(|ids| ids.split(' ').any(|id| id == incident)).count()
        };
        assert_eq!(of("svg .tl-node"), 1, "{page}");
        assert!(of("svg g") > 1 && of("tr") >= 1, "{page}");
    });
}

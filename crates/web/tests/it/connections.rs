//! What an incident hangs together with, as a page and as JSON.

use axum::http::StatusCode;
use scraper::{Html, Selector};
use throughline_casebook::Casebook;
use throughline_model::{Act, Instant, Judgment, JudgmentId};
use throughline_web::Audience;

use crate::world::{World, two_fires, world};

#[test]
fn an_incident_leads_to_its_connections() {
    World::runtime().block_on(async {
        let world = world();
        let mut casebook = Casebook::open(&world.path).unwrap();
        let [first, second] = two_fires(&mut casebook);
        casebook.settle(|_| {}).unwrap();
        let place = format!("/incidents/{first}/connections");
        let record = world.html(&format!("/incidents/{first}")).await;
        assert!(record.contains(&format!("href=\"{place}\"")), "{record}");
        let json = world.json(&format!("{place}.json")).await;
        assert_eq!(json[0]["from"]["id"], first.to_string());
        assert_eq!(json[0]["searched"]["within"], 4);
        let paths = json[0]["paths"].as_array().unwrap();
        let ends: Vec<&str> = paths
            .iter()
            .filter_map(|path| path["records"].as_array()?.last()?["id"].as_str())
            .collect();
        assert!(ends.contains(&second.to_string().as_str()), "{ends:?}");
        assert!(paths.iter().any(|path| path["since"] == "2016-07-09"));
        let page = world.html(&place).await;
        assert!(!page.contains("<script>alert"), "{page}");
        let page = Html::parse_document(&page);
        let count = |what: &str| page.select(&Selector::parse(what).unwrap()).count();
        assert_eq!(count("article"), paths.len());
        let steps = paths.iter().map(|path| path["steps"].as_array().unwrap().len());
        assert_eq!(count("ol.way > li"), steps.sum::<usize>());
        // Before anything was published, there is no such incident.
        let early = world.get(&format!("{place}?as-of=1900")).await;
        assert_eq!(early.status, StatusCode::NOT_FOUND);
        // Whoever types another record comes to that record.
        let other = world.get(&format!("/incidents/{}/connections", world.person)).await;
        assert_eq!(other.headers["location"], format!("/people/{}", world.person));
    });
}

#[test]
fn the_replay_has_each_connection_and_each_false_lead_once() {
    World::runtime().block_on(async {
        let world = world();
        let mut casebook = Casebook::open(&world.path).unwrap();
        two_fires(&mut casebook);
        casebook.settle(|_| {}).unwrap();
        let json = world.json("/knowable.json").await;
        assert!(json[0]["new"].as_array().unwrap().iter().any(|new| new["day"] == "2016-07-09"));
        let many = |field: &str| json[0][field].as_array().unwrap().len();
        let page = Html::parse_document(&world.html("/knowable").await);
        let count = page.select(&Selector::parse("ol.way > li").unwrap()).count();
        assert_eq!(count, many("new") + many("false_leads"));
    });
}

#[test]
fn series_and_leads_are_those_of_the_commands() {
    World::runtime().block_on(async {
        let world = world();
        let mut casebook = Casebook::open(&world.path).unwrap();
        let [first, second] = two_fires(&mut casebook);
        casebook.settle(|_| {}).unwrap();
        let count = |page: &str, what: &str| {
            let page = Html::parse_document(page);
            page.select(&Selector::parse(what).unwrap()).count()
        };
        let series = world.json("/series.json").await;
        let both = |one: &serde_json::Value| {
            let text = one["incidents"].to_string();
            [first, second].iter().all(|id| text.contains(&id.to_string()))
        };
        assert!(series.as_array().unwrap().iter().any(both), "{series}");
        let page = world.html("/series").await;
        assert_eq!(
            count(&page, "section[aria-labelledby^=series-]"),
            series.as_array().unwrap().len()
        );
        assert!(page.contains("Could be seen as one since 2016-07-09"), "{page}");

        let leads = world.json("/leads.json").await;
        let many = leads.as_array().unwrap().len();
        assert!(many > 0);
        assert_eq!(count(&world.html("/leads").await, "article"), many);
        let judgment = Judgment {
            id: JudgmentId::from_bits(0),
            by: "R. Coder".into(),
            made: Instant(0),
            reason: "<b>two men</b>".into(),
            cites: vec![],
            supersedes: vec![],
            act: Act::Unrelated(first, second),
        };
        casebook.judge(&judgment.sealed()).unwrap();
        let after = world.json("/leads.json").await;
        let seen = after.as_array().unwrap().last().unwrap();
        assert_eq!(
            (after.as_array().unwrap().len(), &seen["unrelated"]["by"]),
            (many, &"R. Coder".into())
        );
        let page = world.html("/leads").await;
        assert!(page.contains("judged to be unrelated") && !page.contains("<b>two"), "{page}");
    });
}

#[test]
fn readers_get_no_connections() {
    World::runtime().block_on(async {
        let world = world().to(Audience::Readers);
        let own = |page| format!("/incidents/{}/{page}", world.incident);
        let all = ["/replay", "/knowable", "/series", "/leads"].map(str::to_owned);
        for place in all.into_iter().chain([own("connections"), own("replay")]) {
            assert_eq!(world.get(&place).await.status, StatusCode::NOT_FOUND, "{place}");
        }
    });
}

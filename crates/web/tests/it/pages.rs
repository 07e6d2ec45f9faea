//! What single pages show.

use axum::http::StatusCode;
use scraper::{Html, Selector};
use throughline_casebook::{Casebook, Item};
use throughline_model::{Document, Reference, Relation, Sha256};

use crate::world::{HOSTILE, World, world};

fn texts(page: &str, selector: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    page.select(&Selector::parse(selector).unwrap()).map(|one| one.text().collect()).collect()
}

#[test]
fn a_document_is_shown_word_for_word_with_its_passages_marked() {
    World::runtime().block_on(async {
        let world = world();
        let page = world.html(&format!("/documents/{}", world.first)).await;
        let body = texts(&page, ".zone.body");
        assert!(body[0].contains("killed two"), "{body:?}");
        assert!(body[0].contains("<script>alert(1)</script>"), "shown as the words that they are");
        assert!(body[1].contains(", \u{FFFD}perhaps laid it."), "{body:?}");
        let marks = texts(&page, "mark");
        assert!(marks.contains(&"killed two".to_owned()), "{marks:?}");
        let nested = texts(&page, "mark.twice");
        assert!(nested.contains(&"killed two".to_owned()), "a passage within another: {nested:?}");
        for (zone, words) in [
            (".zone.headline", "Lind blew up the mill"),
            (".zone.pull-quote", "a copy for display"),
            (".zone.section", "News"),
            (".page-sign", "page iv<"),
            (".page-sign a", "picture 1"),
        ] {
            let found = texts(&page, zone);
            assert!(found.iter().any(|text| text.contains(words)), "{zone}: {found:?}");
        }
        // What people took away is there, marked, with who did it and why.
        let gone = texts(&page, &format!("#{}", world.retracted));
        assert!(gone[0].contains("counts no more") && gone[0].contains("Retracted"), "{gone:?}");
        assert!(gone[0].contains("R. Coder <i>"), "{gone:?}");
        let withdrawn = texts(&page, &format!("#{}", world.withdrawn));
        assert!(withdrawn[0].contains("withdrawn by its source"), "{withdrawn:?}");
        let said = texts(&page, &format!("#{}", world.accusation));
        assert!(said[0].contains("Police (hedged)") && said[0].contains("2016-05-14"), "{said:?}");
        assert!(said[0].contains("read with 55 % certainty"), "{said:?}");
        assert!(said[0].contains("no longer in force today"), "an undone judgment: {said:?}");
    });
}

#[test]
fn a_record_shows_every_value_with_who_says_so() {
    World::runtime().block_on(async {
        let world = world();
        let page = world.html(&format!("/incidents/{}", world.incident)).await;
        let values = texts(&page, ".value");
        let value = |name: &str| {
            let found = values.iter().find(|text| text.trim().starts_with(name));
            found.unwrap_or_else(|| panic!("no {name}: {values:?}")).clone()
        };
        let killed = value("killed: 0");
        assert!(killed.contains("● found") && killed.contains("R. Coder <i>"), "{killed}");
        assert!(killed.contains("Against") && killed.contains("killed two"), "{killed}");
        let perpetrator = value("perpetrator");
        assert!(perpetrator.contains("○ proposed"), "{perpetrator}");
        assert!(perpetrator.contains("Police (hedged), 2016-05-14"), "{perpetrator}");
        assert!(perpetrator.contains("the headline"), "{perpetrator}");
        assert!(page.contains("Why these mentions are one"));
    });
}

#[test]
fn an_incident_stands_under_typologies_and_a_claim_is_told_feature_by_feature() {
    World::runtime().block_on(async {
        let world = world();
        let page = world.html(&format!("/incidents/{}", world.incident)).await;
        let stands = texts(&page, ".involvement tbody tr");
        assert_eq!(stands.len(), 8, "four typologies for each of two parties: {stands:?}");
        let directed = stands.iter().filter(|row| row.contains("New America"));
        assert!(directed.clone().all(|row| row.contains("directed")), "{stands:?}");
        assert!(directed.clone().count() == 2 && stands[0].contains("involvement.trained"));
        assert!(texts(&page, ".involvement h3").iter().any(|whose| whose.contains("Red Rope")));

        let claim = world.json("/claims.json").await[0]["id"].as_str().unwrap().to_owned();
        let page = world.html(&format!("/claims/{claim}")).await;
        let features = texts(&page, ".claim > .scroll tbody tr");
        let feature = |name: &str| {
            let found = features.iter().find(|row| row.trim().starts_with(name));
            found.unwrap_or_else(|| panic!("no {name}: {features:?}")).clone()
        };
        assert!(feature("Names the attacker").contains("Lind"), "{features:?}");
        assert!(feature("Wording").contains("<script>"), "words stay words");
        assert!(!page.contains("<script>"), "{page}");
        assert!(feature("Details").contains("cannot be told"), "the claim has no day");
        // A man whom the paper only suspects is no outcome.
        let outcomes = texts(&page, ".claims tbody tr");
        assert!(outcomes.iter().any(|row| row.starts_with("unresolved")), "{outcomes:?}");
    });
}

#[test]
fn ids_of_mentions_and_beginnings_of_ids_lead_to_their_record() {
    World::runtime().block_on(async {
        let world = world();
        let own = format!("/incidents/{}", world.incident);
        let later = world.later_incident.to_string();
        for address in [
            format!("/incidents/{later}"),
            format!("/people/{later}"),
            format!("/ids/{later}"),
            format!("/ids/{}", &later[..10]),
            format!("/search?words={later}"),
        ] {
            let mut at = address.clone();
            for _ in 0..3 {
                let answer = world.get(&at).await;
                if answer.status == StatusCode::OK {
                    break;
                }
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{at}: {}", answer.text);
                at = answer.headers["location"].to_str().unwrap().to_owned();
            }
            assert_eq!(at, own, "{address}");
        }
        let to = format!("/documents/{}#{}", world.first, world.accusation);
        let answer = world.get(&format!("/assertions/{}", world.accusation)).await;
        assert_eq!(answer.headers["location"], to.as_str());
        let answer = world.get(&format!("/assertions/{}.json?as-of=2017", world.accusation)).await;
        let place = answer.headers["location"].to_str().unwrap();
        assert!(place.contains(".json?as-of=2017#ast-"), "{place}");
    });
}

#[test]
fn corrections_are_gathered_newest_first() {
    World::runtime().block_on(async {
        let world = world();
        let page = world.html("/corrections").await;
        let rows = texts(&page, "table tbody th");
        assert!(rows[0].contains(&format!("number {}", world.published)), "{rows:?}");
        assert!(page.contains("no longer stands"), "{page}");
        let done: Vec<&str> = rows[1..].iter().map(|row| row.split('×').next().unwrap()).collect();
        // One found what another had found otherwise before.
        assert_eq!(done, ["Undone", "Found", "Withdrawn", "Retracted"]);
        // What was taken back stands there in words, and not only as an id.
        let about = texts(&page, "table tbody td[data-title='On what']");
        assert!(about.iter().all(|one| one.contains(": ") || one.starts_with("jdg-")), "{about:?}");
        assert!(about.iter().any(|one| one.contains(", of ")), "{about:?}");
        let json = world.json("/corrections.json").await;
        assert_eq!(json[0]["judgments"].as_array().unwrap().len(), 4);
        assert_eq!(json[0]["published"][0]["state"]["stands"], false);
        let now = json[0]["published"][0]["state"]["lenient"].as_str().unwrap();
        assert!(page.contains(&format!("lenient now {now}")), "{page}");
    });
}

#[test]
fn counts_have_their_figures_and_the_list_behind_them() {
    World::runtime().block_on(async {
        let world = world();
        let page = world.html("/counts").await;
        assert!(page.contains("Incidents &lt;b&gt;that&lt;/b&gt;"), "{page}");
        let json = world.json("/counts/deadly.json").await;
        let figure = json[0]["lenient"]["figure"].as_str().unwrap();
        assert!(texts(&page, "td").iter().any(|cell| cell.contains(figure)), "{figure}");
        let units = json[0]["units"].as_array().unwrap();
        let count = world.html("/counts/deadly").await;
        assert_eq!(texts(&count, "tbody tr").len(), units.len());
        let one = units[0]["id"].as_str().unwrap();
        assert!(count.contains(&format!("/incidents/{one}")), "{count}");
        let missing = world.get("/counts/nothing").await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
        assert!(missing.text.contains("There are deadly, held"), "{}", missing.text);
    });
}

#[test]
fn searches_find_documents_by_words_and_records_by_name() {
    World::runtime().block_on(async {
        let world = world();
        let page = world.html("/search?words=bomb").await;
        assert_eq!(texts(&page, ".hits li").len(), 2);
        assert!(texts(&page, "mark").iter().all(|word| word.eq_ignore_ascii_case("bomb")));
        let found = world.json("/search.json?words=odo+lind&kind=person").await;
        let names: Vec<&str> =
            found.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
        assert_eq!(names, [format!("Odo Lind {HOSTILE}")]);
        let none = world.json("/search.json?words=odo&kind=group").await;
        assert_eq!(none, serde_json::json!([]));
        let then = world.json("/search.json?words=bomb&as-of=2016-05-31").await;
        assert_eq!(then.as_array().unwrap().len(), 1);
        let then = world.json("/search.json?words=ostby&kind=incident&as-of=2016-05-31").await;
        assert_eq!(then, serde_json::json!([]), "it was not called so then");
        let now = world.json("/search.json?words=mill&kind=incident").await;
        assert_eq!(now[0]["id"], world.incident.to_string());
    });
}

#[test]
fn either_form_can_be_asked_for() {
    World::runtime().block_on(async {
        let world = world();
        let ask = async |accepts: &str| {
            let request = axum::http::Request::get("/people")
                .header("host", "localhost:4717")
                .header("accept", accepts)
                .body(axum::body::Body::empty())
                .unwrap();
            let answer = world.send(request).await;
            answer.headers["content-type"].to_str().unwrap().to_owned()
        };
        assert_eq!(ask("application/json").await, "application/json");
        assert_eq!(
            ask("text/html,application/xhtml+xml,*/*;q=0.8").await,
            "text/html; charset=utf-8"
        );
        assert_eq!(ask("*/*").await, "text/html; charset=utf-8");
    });
}

#[test]
fn what_hangs_on_an_assertion_has_a_page() {
    World::runtime().block_on(async {
        let world = world();
        let document = world.html(&format!("/documents/{}", world.first)).await;
        let address = format!("/assertions/{}/impact", world.accusation);
        assert!(document.contains(&address), "{document}");
        let page = world.html(&address).await;
        assert!(
            page.contains("1 assertion") && page.contains("Nothing is changed by asking"),
            "{page}"
        );
        assert!(page.contains("see the record") || page.contains("same values"), "{page}");
        let json = world.json(&format!("{address}.json")).await;
        assert_eq!(json[0]["assertions"], serde_json::json!([world.accusation.to_string()]));
        let whole = world.html(&format!("/documents/{}/impact", world.first)).await;
        assert!(texts(&whole, "h2").contains(&"Published counts".to_owned()), "{whole}");
        let readers = world.to(throughline_web::Audience::Readers);
        assert_eq!(readers.get(&address).await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn nobody_has_coded_and_the_page_says_so() {
    World::runtime().block_on(async {
        let page = world().html("/coding").await;
        assert!(page.contains("Nobody has coded anything"), "{page}");
    });
}

#[test]
fn a_document_leads_to_the_one_that_it_passes_on() {
    World::runtime().block_on(async {
        let world = world();
        let mut casebook = Casebook::open(&world.path).unwrap();
        let message = |source: &str, item: &str, text: &str, of: &[Option<&str>]| Document {
            source: Some(source.into()),
            item: Some(item.into()),
            text: text.into(),
            references: of
                .iter()
                .map(|item| Reference {
                    relation: Relation::Forwards,
                    source: Some("Quay <i>".into()),
                    item: item.map(str::to_owned),
                    at: None,
                })
                .collect(),
            ..Document::bare(Sha256::of(text.as_bytes()))
        };
        let first = message("Quay <i>", "7", "A bell rang.", &[]);
        let passing = message("Bell", "9", "Heard on the quay.", &[Some("7"), Some("8"), None]);
        for document in [&first, &passing] {
            let bytes = document.text.as_bytes();
            casebook.store(&[Item { document, bytes, pictures: &[], reading: None }]).unwrap();
        }
        let page = world.html(&format!("/documents/{}", passing.id)).await;
        let told = texts(&page, "section[aria-labelledby=references] li");
        assert_eq!(told[0], format!("It passes on 7 of Quay <i>: {}", first.id));
        assert_eq!(told[1], "It passes on 8 of Quay <i>: not held");
        assert_eq!(told[2], "It passes on a document of Quay <i>: not found among what is held");
        let link = format!("href=\"/documents/{}\"", first.id);
        assert!(page.contains(&link), "{page}");
    });
}

#[test]
fn an_incident_is_seen_as_the_codebook_asks_with_its_people_and_its_reports() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = crate::visitor::Visitor::enter(&world, Some("Ada")).await;
        let page = visitor.html(&format!("/incidents/{}", world.incident)).await;
        for section in [
            "id=\"cast\"",
            "id=\"reports\"",
            "questions of the codebook that nothing answers yet",
            "Not answered yet",
        ] {
            assert!(page.contains(section), "{section}: {page}");
        }
        // Whoever is accused there stands with what is held of him, beside who says so.
        let found = page.split("id=\"cast\"").nth(1).unwrap();
        assert!(found.contains(&format!("/people/{}", world.person)), "{found}");
        assert!(found.contains("class=\"source\""), "{found}");
        // Of an earlier view the present status stands first, and nothing beside it.
        let earlier =
            visitor.html(&format!("/incidents/{}?as-of=2016-05-31", world.incident)).await;
        assert!(!earlier.contains("id=\"cast\""), "{earlier}");
    });
}

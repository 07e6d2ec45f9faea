//! Judging through pages: who may, what it does, and what stands in the way.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use throughline_casebook::Casebook;
use throughline_model::Act;
use throughline_web::{Audience, Manner};

use crate::visitor::{Visitor, first, host, set};
use crate::world::{HOSTILE, PORT, World, answer, judge, world};

/// The addresses that take what is sent.
const TAKE: [&str; 5] = ["/judge", "/add", "/name", "/read/end", "/terms"];

fn entries(world: &World) -> i64 {
    Casebook::open(&world.path).unwrap().tip().unwrap().entries
}

#[test]
fn without_the_key_nothing_is_told_and_nothing_is_changed() {
    World::runtime().block_on(async {
        let world = world();
        let desk = world.desk();
        let before = entries(&world);
        let mut addresses: Vec<String> =
            throughline_web::addresses().map(|one| one.replace("{id}", "x")).collect();
        addresses.extend(["/head", "/nothing", "/index.json", "/people.json"].map(str::to_owned));
        for address in addresses {
            for asked in [address.clone(), format!("{address}?key=0123456789abcdef")] {
                let request = Request::get(&asked).header("host", host());
                let refused = answer(&desk.pages, request.body(Body::empty()).unwrap()).await;
                assert_eq!(refused.status, StatusCode::FORBIDDEN, "{asked}");
                assert!(refused.text.contains("throughline serve"), "{}", refused.text);
                assert!(!refused.text.contains("casebook") && !refused.text.contains("Lind"));
                assert!(!refused.headers.contains_key("set-cookie"), "{asked}");
            }
        }
        for address in TAKE {
            for asked in [address.to_owned(), format!("{address}?key={}", desk.key)] {
                let request = Request::post(&asked).header("host", host());
                let refused = answer(&desk.pages, request.body(Body::empty()).unwrap()).await;
                assert_eq!(refused.status, StatusCode::FORBIDDEN, "{asked}");
            }
        }
        for open in ["/style.css", "/icon.svg"] {
            let request = Request::get(open).header("host", host());
            let given = answer(&desk.pages, request.body(Body::empty()).unwrap()).await;
            assert_eq!(given.status, StatusCode::OK, "it holds nothing of any casebook");
        }
        assert_eq!(entries(&world), before);
    });
}

#[test]
fn the_key_is_exchanged_for_a_cookie_and_leaves_the_address() {
    World::runtime().block_on(async {
        let world = world();
        let desk = world.desk();
        for (asked, want) in [
            ("/people?as-of=2016&key=", "/people?as-of=2016"),
            ("//evil.example/?key=", "/evil.example/"),
            ("/?key=", "/"),
        ] {
            let request = Request::get(format!("{asked}{}", desk.key)).header("host", host());
            let entered = answer(&desk.pages, request.body(Body::empty()).unwrap()).await;
            assert_eq!(entered.headers["location"], want);
            let cookie = entered.headers["set-cookie"].to_str().unwrap();
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
            assert!(!cookie.contains(&desk.key), "the key itself is not kept");
            let headers = &entered.headers;
            assert_eq!(headers["referrer-policy"], "same-origin");
            let policy = headers["content-security-policy"].to_str().unwrap();
            assert!(
                policy.contains("script-src 'self';") && policy.contains("connect-src 'self';")
            );
            assert!(!policy.contains("unsafe"), "{policy}");
        }
    });
}

#[test]
fn nothing_is_changed_without_the_token_or_from_elsewhere() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = Visitor::enter(&world, Some("Ada")).await;
        let before = entries(&world);
        let said = world.accusation.to_string();
        let act = [("act", "accept"), ("assertion", said.as_str())];
        let own = format!("http://{}", host());
        for address in TAKE {
            for token in ["", "x", &visitor.desk.key, &visitor.token[1..]] {
                let fields = [&act[..], &[("token", token), ("by", "Eve")]].concat();
                let refused = visitor.send(address, &fields, &[("origin", &own)]).await;
                assert_eq!(refused.status, StatusCode::FORBIDDEN, "{address} {token}");
                assert!(!refused.headers.contains_key("set-cookie"), "{address} {token}");
            }
            let token = [("token", visitor.token.as_str()), ("by", "Eve")];
            let fields = [&act[..], &token].concat();
            for headers in [
                [("origin", "http://127.0.0.1:8000")],
                [("origin", "http://evil.example")],
                [("origin", "null")],
                [("sec-fetch-site", "same-site")],
                [("sec-fetch-site", "cross-site")],
                [("sec-fetch-site", "none")],
            ] {
                let refused = visitor.send(address, &fields, &headers).await;
                assert_eq!(refused.status, StatusCode::FORBIDDEN, "{address} {headers:?}");
            }
        }
        // Reading addresses take nothing, whoever sends it.
        let reading =
            throughline_web::addresses().filter(|one| !["/read", "/count", "/terms"].contains(one));
        for address in reading.map(|one| one.replace("{id}", "x")) {
            let refused = visitor.post(&address, &act).await;
            assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED, "{address}");
        }
        assert_eq!(entries(&world), before);
    });
}

#[test]
fn who_reads_only_and_readers_take_nothing() {
    World::runtime().block_on(async {
        let world = world();
        let before = entries(&world);
        for manner in [
            Manner { read_only: true, ..Manner::default() },
            Manner { audience: Audience::Readers, ..Manner::default() },
            Manner { coder: Some("Ada".into()), ..Manner::default() },
        ] {
            let served = throughline_web::application(&world.path, PORT, &manner).unwrap();
            assert!(!served.judges);
            let mut cookie = String::new();
            if let Some(key) = &served.key {
                let request = Request::get(format!("/?key={key}")).header("host", host());
                let entered = answer(&served.pages, request.body(Body::empty()).unwrap()).await;
                cookie = set(&entered).join("; ");
            }
            for address in TAKE {
                let request = Request::post(address)
                    .header("host", host())
                    .header("cookie", &cookie)
                    .header("content-type", "application/x-www-form-urlencoded");
                let refused =
                    answer(&served.pages, request.body(Body::from("act=accept")).unwrap()).await;
                assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED, "{manner:?} {address}");
            }
            let request = Request::get("/documents").header("host", host());
            let request = request.header("cookie", &cookie);
            let page = answer(&served.pages, request.body(Body::empty()).unwrap()).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(!page.text.contains("<form class=\"judge") && !page.text.contains("<script"));
        }
        assert_eq!(entries(&world), before);
    });
}

#[test]
fn a_judgment_is_made_taken_back_and_made_otherwise() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = Visitor::enter(&world, Some("Ada <i>")).await;
        let document = format!("/documents/{}", world.first);
        let said = world.accusation.to_string();
        let page = visitor.html(&document).await;
        let own = format!("#{said}");
        assert_eq!(first(&page, &own, "data-state"), "open", "what was undone is open");
        assert_eq!(first(&page, "#by", "value"), "Ada <i>");
        let back = format!("{document}#{said}");
        let act = |act| [("act", act), ("assertion", said.as_str()), ("back", back.as_str())];

        let accepted = visitor.post("/judge", &act("accept")).await;
        assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.text);
        assert_eq!(accepted.headers["location"], back.as_str());
        let page = visitor.html(&document).await;
        assert_eq!(first(&page, &own, "data-state"), "decided");
        assert!(page.contains("Ada &lt;i&gt;"), "who judged stands there");

        // The other way about, it stands in the way; the page names it and offers its place.
        let refused = visitor.post("/judge", &act("reject")).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.text.contains("the document says this"), "{}", refused.text);
        let over = first(&refused.text, "form.judge input[name=supersedes]", "value");
        let again = [&act("reject")[..], &[("supersedes", &over)]].concat();
        assert_eq!(visitor.post("/judge", &again).await.status, StatusCode::SEE_OTHER);
        let page = visitor.html(&document).await;
        let undo = format!("{own} form.undo input[name=judgment]");
        let rejected = first(&page, &undo, "value");
        let undone = visitor.post("/judge", &[("act", "undo"), ("judgment", &rejected)]).await;
        assert_eq!(undone.headers["location"], "/", "without a place, the first page");
        let page = visitor.html(&document).await;
        assert_eq!(first(&page, &own, "data-state"), "open");
    });
}

#[test]
fn a_repetition_that_goes_with_a_rejected_reading_is_shown_as_gone() {
    World::runtime().block_on(async {
        let empty = crate::sources::Empty::new().await;
        let text = b"The Lamp\n\nBomb in Lenn kills two\n\n14 May 2016\n\nA bomb went off in Lenn on 13 May 2016 and killed two people.\n";
        empty.visitor.over(&empty.visitor.deliver(&[("files", Some("a.txt"), text)]).await).await;
        let casebook = empty.casebook();
        let said = casebook.assertions(throughline_model::AsOf::default(), None, None, 100).unwrap();
        let copy = said.iter().map(|row| &row.evidence.assertion).find(|one| one.repeats.is_some());
        let copy = copy.expect("a headline that repeats its body");
        let (document, of) = (format!("/documents/{}", copy.document), copy.repeats.unwrap().to_string());
        let page = empty.visitor.html(&document).await;
        let own = format!("[id='{}']", copy.id);
        assert_eq!(first(&page, &own, "data-state"), "open");
        let reject = [("act", "reject"), ("assertion", of.as_str()), ("by", "Ada"), ("back", document.as_str())];
        assert_eq!(empty.visitor.post("/judge", &reject).await.status, StatusCode::SEE_OTHER);
        let page = empty.visitor.html(&document).await;
        assert!(first(&page, &own, "class").contains("gone"), "it stands where it stood: {page}");
        assert!(page.contains("goes with the words that it repeats"), "{page}");
    });
}

#[test]
fn who_has_not_said_his_name_is_asked_once() {
    World::runtime().block_on(async {
        let world = world();
        let mut visitor = Visitor::enter(&world, None).await;
        let said = world.accusation.to_string();
        let act = [("act", "accept"), ("assertion", said.as_str()), ("reason", HOSTILE)];
        let (status, json) = visitor.json("/judge", &act).await;
        assert_eq!((status, json["needs"].as_str()), (StatusCode::BAD_REQUEST, Some("by")));
        let asked = visitor.post("/judge", &act).await;
        assert!(asked.text.contains("Who judges?"));
        assert!(!asked.text.contains("<script>"), "what was typed comes back as words");
        assert_eq!(first(&asked.text, "form.judge input[name=act]", "value"), "accept");
        let named = visitor.post("/judge", &[&act[..], &[("by", "Zoë")]].concat()).await;
        assert_eq!(named.status, StatusCode::SEE_OTHER, "{}", named.text);
        visitor.cookies.extend(set(&named));
        assert_eq!(first(&visitor.html("/people").await, "#by", "value"), "Zoë");
        let casebook = Casebook::open(&world.path).unwrap();
        let last = casebook.judgments().unwrap().pop().unwrap().0;
        assert_eq!((last.by.as_str(), last.act), ("Zoë", Act::Accept(world.accusation)));
    });
}

#[test]
fn what_is_found_and_corrected_changes_the_record() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = Visitor::enter(&world, Some("Ada")).await;
        let incident = world.incident.to_string();
        let record = format!("/incidents/{incident}");
        let find = [
            ("act", "find"),
            ("subject", incident.as_str()),
            ("variable", "stage"),
            ("value", "executed"),
        ];
        let (status, json) = visitor.json("/judge", &find).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{json}");
        assert!(json["error"].as_str().unwrap().contains("a reason"), "{json}");
        let (status, json) =
            visitor.json("/judge", &[&find[..], &[("reason", "all say so")]].concat()).await;
        assert_eq!(status, StatusCode::OK, "{json}");
        assert!(json[0]["judgment"].as_str().unwrap().starts_with("jdg-"), "{json}");
        let page = visitor.html(&record).await;
        assert!(page.contains("all say so"));
        // Where one types a term, the codebook's are offered.
        assert_eq!(first(&page, "input[list=terms-stage]", "name"), "value");
        assert!(page.contains("<datalist id=\"terms-stage\"><option value=\""), "{page}");
        let wrong = [&find[..3], &[("value", "finished"), ("reason", "x")]].concat();
        let (status, json) = visitor.json("/judge", &wrong).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "the codebook has no such value: {json}");
    });
}

#[test]
fn what_no_reader_found_is_added_from_the_text() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = Visitor::enter(&world, Some("Ada")).await;
        let document = format!("/documents/{}", world.second);
        let page = visitor.html(&document).await;
        let at = first(&page, ".zone[data-at]", "data-at");
        let id = world.second.to_string();
        let add = [
            ("document", id.as_str()),
            ("at", at.as_str()),
            ("from", "4"),
            ("to", "9"),
            ("words", "court"),
            ("subject", ""),
            ("kind", "group"),
            ("name", HOSTILE),
            ("variable", "description"),
            ("value", "a court"),
            ("stance", "hedged"),
            ("speaker", "a reporter"),
        ];
        let added = visitor.post("/add", &add).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text);
        let casebook = Casebook::open(&world.path).unwrap();
        let Act::Accept(said) = casebook.judgments().unwrap().pop().unwrap().0.act else {
            panic!("it is accepted")
        };
        let said = casebook.assertion(said).unwrap().unwrap();
        let text = casebook.document(world.second).unwrap().unwrap().text;
        assert_eq!(said.passage.span().unwrap().of(&text), "court");
        assert_eq!(said.speakers.len(), 2);
        let page = visitor.html(&document).await;
        assert!(page.contains("a court") && !page.contains("<script>alert"), "{page}");
        let nowhere = [&add[..1], &[("at", "9999999"), ("from", "0"), ("to", "3")], &add[4..]];
        let refused = visitor.post("/add", &nowhere.concat()).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST);
        assert!(refused.text.contains("select them again"), "{}", refused.text);
    });
}

#[test]
fn two_who_judge_at_once_lose_nothing_and_see_each_other() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = Visitor::enter(&world, Some("Ada")).await;
        let before = entries(&world);
        let head = visitor.get("/head").await.text;
        let path = world.path.clone();
        let (one, other) = (world.accusation, world.incident.to_string());
        let beside = std::thread::spawn(move || {
            let mut casebook = Casebook::open(&path).unwrap();
            judge(&mut casebook, Act::Reject(one), &[])
        });
        let find = [
            ("act", "find"),
            ("subject", other.as_str()),
            ("variable", "stage"),
            ("value", "executed"),
            ("reason", "all say so"),
        ];
        assert_eq!(visitor.json("/judge", &find).await.0, StatusCode::OK);
        let theirs = beside.join().unwrap();
        assert_eq!(entries(&world), before + 2);
        assert_ne!(visitor.get("/head").await.text, head);
        let page = visitor.html(&format!("/documents/{}", world.first)).await;
        assert!(page.contains(&theirs.to_string()), "what the other did stands there");
    });
}

#[test]
fn pages_to_judge_on_are_well_formed() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = Visitor::enter(&world, Some(HOSTILE)).await;
        let addresses =
            ["/queue", "/identities", "/judgments", "/counts/deadly"].map(str::to_owned);
        let records = [
            format!("/documents/{}", world.first),
            format!("/documents/{}", world.second),
            format!("/incidents/{}", world.incident),
            format!("/people/{}", world.person),
        ];
        for address in addresses.into_iter().chain(records) {
            let page = visitor.html(&address).await;
            crate::crawl::examine(&address, &without_own_scripts(&page));
            assert!(page.contains("You judge as"), "{address}");
        }
        let queue = visitor.html("/queue").await;
        assert!(queue.contains("<blockquote>"), "each value stands beside its sentence: {queue}");
        let rows: serde_json::Value =
            serde_json::from_str(&visitor.get("/queue.json").await.text).unwrap();
        let rows = rows.as_array().unwrap();
        assert!(rows.len() > 3, "{rows:?}");
        let many: Vec<usize> =
            rows.iter().map(|row| row["counts"].as_array().unwrap().len()).collect();
        assert!(many.is_sorted_by(|a, b| a >= b), "what counts ask for comes first: {many:?}");
        assert!(rows.iter().all(|row| row["value"]["basis"] == "proposal"), "{rows:?}");
    });
}

/// A page without the scripts that the program was built with, which have nothing between their tags.
fn without_own_scripts(page: &str) -> String {
    let mut parts = page.split("<script type=\"module\" src=\"/assets/");
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        plain.push_str(part.split_once("\"></script>").unwrap().1);
    }
    plain
}

#[test]
fn an_earlier_view_has_nothing_to_judge_with() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = Visitor::enter(&world, Some("Ada")).await;
        for address in
            [format!("/documents/{}", world.first), format!("/incidents/{}", world.incident)]
        {
            let now = visitor.html(&address).await;
            assert!(now.contains("class=\"judge\""));
            let then = visitor.html(&format!("{address}?as-of=2016-05-31")).await;
            assert!(!then.contains("class=\"judge\""), "judged is what is held now");
        }
    });
}

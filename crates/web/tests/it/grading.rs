//! Judgments that leave readings as they are: dates, grades, what was taken back, codings, and leads
//! that are none.

use axum::http::StatusCode;
use throughline_casebook::Casebook;
use throughline_model::Act;

use crate::visitor::{Visitor, first};
use crate::world::{World, two_fires, world};

/// The acts that are in force, newest first.
fn in_force(world: &World) -> Vec<Act> {
    let all = throughline_casebook::Part { from: 0, many: 1_000 };
    let casebook = Casebook::open(&world.path).unwrap();
    let (_, rows) = casebook.judgments_part(|_, _, in_force| in_force, all).unwrap();
    rows.into_iter().map(|(judgment, ..)| judgment.act).collect()
}

/// Whether some act in force has a name.
fn stands(world: &World, name: &str) -> bool {
    in_force(world).iter().any(|act| act.name() == name)
}

/// Takes a judgment back by the button that stands at a place of a page.
async fn undone(visitor: &Visitor, address: &str, place: &str) {
    let page = visitor.html(address).await;
    let judgment = first(&page, &format!("{place} form.undo input[name=judgment]"), "value");
    let back = [("act", "undo"), ("judgment", judgment.as_str()), ("back", address)];
    let done = visitor.post("/judge", &back).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
}

#[test]
fn what_is_said_is_graded_and_taken_back_by_its_source() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = Visitor::enter(&world, Some("Ada")).await;
        let document = format!("/documents/{}", world.first);
        let said = world.accusation.to_string();
        let own = format!("[id='{said}']");
        let why = ("reason", "it stands in its next issue");
        for (act, field, value, shows) in [
            ("credit", "credibility", "2", "information graded 2"),
            ("withdraw", "on", "2016-06-02", "withdrawn by its source"),
        ] {
            let missing = [("act", act), ("assertion", &said), why];
            assert_eq!(visitor.post("/judge", &missing).await.status, StatusCode::BAD_REQUEST);
            let unreasoned = [("act", act), ("assertion", said.as_str()), (field, value)];
            let refused = visitor.post("/judge", &unreasoned).await;
            assert!(refused.text.contains("a reason"), "{act}: {}", refused.text);
            let fields = [&unreasoned[..], &[why, ("back", document.as_str())]].concat();
            let done = visitor.post("/judge", &fields).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{act}: {}", done.text);
            let page = visitor.html(&document).await;
            assert!(page.contains(shows), "{act}: {page}");
            assert!(stands(&world, act));
            undone(&visitor, &document, &own).await;
            assert!(!stands(&world, act) || act == "withdraw");
            assert!(!visitor.html(&document).await.contains("in its next issue</q>\u{20}<form"));
        }
        // A day that has not come, and a grade that is none.
        for (act, field, value, why) in [
            ("withdraw", "on", "2999-01-01", "has not come yet"),
            ("credit", "credibility", "7", "improbable"),
        ] {
            let fields =
                [("act", act), ("assertion", &said), (field, value), ("reason", "it says so")];
            let refused = visitor.post("/judge", &fields).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{act}");
            assert!(refused.text.contains(why), "{act}: {}", refused.text);
        }
    });
}

#[test]
fn a_document_is_dated_with_a_remark_and_its_source_graded() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = Visitor::enter(&world, Some("Ada")).await;
        let document = format!("/documents/{}", world.first);
        let id = world.first.to_string();
        let fields = [
            ("act", "dated"),
            ("document", id.as_str()),
            ("published", "2016-05-20"),
            ("reason", "the printed issue"),
            ("back", document.as_str()),
        ];
        // The command says that the document's own date counts no more; so does the page.
        let done = visitor.post("/judge", &fields).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.text);
        assert!(done.text.contains("which no longer counts"), "{}", done.text);
        assert!(done.text.contains(&format!("href=\"{document}\"")), "{}", done.text);
        let judgment = first(&done.text, "form.judge input[name=judgment]", "value");
        let page = visitor.html(&document).await;
        assert!(page.contains("by a judgment; its own date"), "{page}");
        // The script is told the same.
        let (_, told) = visitor.json("/judge", &fields).await;
        assert_eq!(told[0]["entered"], false);
        assert!(told[0]["remarks"][0].as_str().unwrap().contains("no longer counts"), "{told}");
        assert!(told[0]["read_again"].is_array(), "{told}");
        undone(&visitor, &document, "#itself").await;
        assert!(!stands(&world, "dated"), "{judgment}");

        let source = first(&visitor.html(&document).await, "#itself input[name=source]", "value");
        let fields = [
            ("act", "grade"),
            ("source", source.as_str()),
            ("reliability", "B"),
            ("reason", "it prints corrections"),
            ("back", document.as_str()),
        ];
        let done = visitor.post("/judge", &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        let page = visitor.html(&document).await;
        assert!(page.contains("source graded B"), "beside what it says: {page}");
        undone(&visitor, &document, "#itself").await;
        assert!(!visitor.html(&document).await.contains("source graded B"));
    });
}

#[test]
fn two_coders_code_one_value_and_another_question_is_answered() {
    World::runtime().block_on(async {
        let world = world();
        let record = format!("/incidents/{}", world.incident);
        let subject = world.incident.to_string();
        let code = |value: &'static str| {
            [
                ("act", "code"),
                ("subject", subject.as_str()),
                ("variable", "company"),
                ("value", value),
                ("reason", "by the codebook"),
                ("back", record.as_str()),
            ]
        };
        for (who, value) in [("Ada", "alone"), ("Ben", "helpers")] {
            let visitor = Visitor::enter(&world, Some(who)).await;
            let done = visitor.post("/judge", &code(value)).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
            let page = visitor.html(&record).await;
            assert!(page.contains("Coded, which settles nothing"), "{page}");
            assert!(page.contains(value), "{page}");
        }
        let visitor = Visitor::enter(&world, Some("Ben")).await;
        assert!(visitor.html("/coding").await.contains("differs"), "both stay");
        let bad = [&code("alone")[..4], &[("variable", "no-such"), ("reason", "x")]].concat();
        let bad: Vec<_> = bad.into_iter().filter(|one| one.1 != "company").collect();
        assert_eq!(visitor.post("/judge", &bad).await.status, StatusCode::BAD_REQUEST);
        undone(&visitor, &record, ".coded").await;
        assert!(!visitor.html("/coding").await.contains("differs"));
        // Another's is taken back as well, and that it is another's is said.
        let judgment = first(&visitor.html(&record).await, ".coded input[name=judgment]", "value");
        let other = visitor.post("/judge", &[("act", "undo"), ("judgment", &judgment)]).await;
        assert!(other.text.contains("by Ada no longer counts"), "{}", other.text);
        // The page that says so leads nowhere that takes forms alone.
        assert!(!other.text.contains("method=\"get\" action=\"/judge\""), "{}", other.text);

        // What the page offers for another question is what fits an incident.
        let page = visitor.html(&record).await;
        let form = first(&page, "#another option[value=weapon]", "value");
        assert_eq!(form, "weapon");
        assert!(!page.contains("<option value=\"custody\""), "that is of people");
        let found = [
            ("act", "find"),
            ("subject", subject.as_str()),
            ("variable", "weapon"),
            ("value", "gun"),
            ("reason", "all say so"),
            ("back", record.as_str()),
        ];
        let done = visitor.post("/judge", &found).await;
        assert!(done.status == StatusCode::SEE_OTHER || done.status == StatusCode::OK);
        assert!(visitor.html(&record).await.contains("all say so"));
    });
}

#[test]
fn from_a_document_the_next_undecided_one_is_found() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = Visitor::enter(&world, Some("Ada")).await;
        // From one to the next and around, until nothing is left: every reading is met once.
        let mut at = format!("/documents/{}", world.second);
        let mut decided = 0;
        loop {
            let page = visitor.html(&at).await;
            let link = first(&page, "a[data-next]", "href");
            assert_eq!(link, format!("{at}/next"));
            let led = visitor.get(&link).await;
            if led.status == StatusCode::OK {
                assert!(led.text.contains("Nothing left to decide"), "{}", led.text);
                break;
            }
            assert_eq!(led.status, StatusCode::SEE_OTHER, "{}", led.text);
            let to = led.headers["location"].to_str().unwrap().to_owned();
            let (document, said) = to.split_once('#').unwrap();
            let page = visitor.html(document).await;
            assert_eq!(first(&page, &format!("[id='{said}']"), "data-state"), "open");
            let fields = [("act", "accept"), ("assertion", said), ("back", document)];
            let done = visitor.post("/judge", &fields).await;
            assert!(done.status == StatusCode::SEE_OTHER || done.status == StatusCode::CONFLICT);
            if done.status == StatusCode::CONFLICT {
                let over = first(&done.text, "form.judge input[name=supersedes]", "value");
                let again = [&fields[..], &[("supersedes", &over)]].concat();
                visitor.post("/judge", &again).await;
            }
            decided += 1;
            assert!(decided < 200, "it comes to an end");
            // It stands elsewhere, so that the one just decided is met again if more waits in it.
            at = format!("/documents/{}", world.second);
            if document == at {
                at = format!("/documents/{}", world.first);
            }
        }
        assert!(decided > 1, "{decided}");
        // Who looks on sets out from where he began, and comes to an end there.
        let on = format!("/documents/{}/next?from={}", world.first, world.second);
        assert!(visitor.html(&on).await.contains("Nothing left to decide"));
        assert_eq!(visitor.get("/documents/doc-x/next").await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn a_lead_that_is_none_is_put_apart_and_taken_back() {
    World::runtime().block_on(async {
        let world = world();
        let mut casebook = Casebook::open(&world.path).unwrap();
        two_fires(&mut casebook);
        casebook.settle(|_| {}).unwrap();
        drop(casebook);
        let visitor = Visitor::enter(&world, Some("Ada")).await;
        let page = visitor.html("/leads").await;
        let value = |name: &str| {
            first(&page, &format!("article[data-state=open] input[name={name}]"), "value")
        };
        let (one, other) = (value("one"), value("other"));
        let fields = [
            ("act", "unrelated"),
            ("one", one.as_str()),
            ("other", other.as_str()),
            ("back", "/leads"),
        ];
        let done = visitor.post("/judge", &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        let page = visitor.html("/leads").await;
        assert!(page.contains("connects them by nothing"), "{page}");
        let place = format!("[id='{one}-{other}']");
        assert_eq!(first(&page, &place, "data-state"), "decided");
        undone(&visitor, "/leads", &place).await;
        let page = visitor.html("/leads").await;
        assert_eq!(first(&page, &place, "data-state"), "open");
        assert!(!stands(&world, "unrelated"));
    });
}

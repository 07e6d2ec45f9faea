//! Counts that are chosen, saved, set against others, cited and published through pages.

use axum::http::StatusCode;
use throughline_casebook::Casebook;

use crate::visitor::{Visitor, first};
use crate::world::{HOSTILE, World, world};

/// What is chosen: shootings, bombings and arson of any year, in by how many died.
const CHOSEN: [(&str, &str); 12] = [
    ("title", "Attacks that killed"),
    ("unit", "incident"),
    ("level", "any"),
    ("of-how", "any"),
    ("of-1-what", "type"),
    ("of-1-test", "known"),
    ("of-2-what", ""),
    ("of-2-test", "is"),
    ("in-how", "all"),
    ("in-1-what", "killed"),
    ("in-1-test", "at-least"),
    ("in-1-value", "1"),
];

fn and<'f>(fields: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    [&CHOSEN[..], fields].concat()
}

#[test]
fn a_count_is_chosen_tried_and_saved() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = Visitor::enter(&world, Some("Ada")).await;
        let form = visitor.html("/count").await;
        assert_eq!(first(&form, "form.choosing option[value='typology:inspired-directed'], form.choosing option[value^='typology:']", "value").split(':').next(), Some("typology"));
        let tried = visitor.post("/count", &and(&[("act", "try")])).await;
        assert_eq!(tried.status, StatusCode::OK);
        for said in ["What comes of it", "Strict", "name = &quot;attacks-that-killed&quot;"] {
            assert!(tried.text.contains(said), "{said}: {}", tried.text);
        }
        assert!(first(&tried.text, "#of-1-what option[selected]", "value") == "type", "what was chosen stays");
        let casebook = Casebook::open(&world.path).unwrap();
        let saved = || casebook.definitions().unwrap().into_iter().map(|one| one.saved.name).collect::<Vec<_>>();
        assert!(!saved().contains(&"attacks-that-killed".to_owned()), "only tried");

        let kept = visitor.post("/count", &and(&[("act", "save")])).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.text);
        assert_eq!(kept.headers["location"], "/counts/attacks-that-killed");
        assert!(saved().contains(&"attacks-that-killed".to_owned()));
        let page = visitor.html("/counts/attacks-that-killed").await;
        assert!(page.contains("The list behind it"), "{page}");

        // Another one of the same name takes its place only where that is said.
        let other = and(&[("act", "save"), ("in-2-what", "wounded"), ("in-2-test", "known")]);
        let refused = visitor.post("/count", &other).await;
        assert!(refused.text.contains("is saved already"), "{}", refused.text);
        let text = "name = \"attacks-that-killed\"\ntitle = \"T\"\nunit = \"incident\"\nin = { variable = \"killed\", given = true }";
        let over = [("toml", text), ("act", "save"), ("replaces", "attacks-that-killed")];
        assert_eq!(visitor.post("/count", &over).await.status, StatusCode::SEE_OTHER);
        assert!(visitor.html("/counts/attacks-that-killed").await.contains("given = true"));
    });
}

#[test]
fn what_cannot_be_counted_is_said_beside_what_was_chosen() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = Visitor::enter(&world, Some("Ada")).await;
        for (fields, why) in [
            (vec![("in-1-value", "many")], "“many” is no number"),
            (vec![("title", HOSTILE), ("in-1-value", "x")], "is no number"),
            (vec![("toml", "name = ")], "line 1"),
        ] {
            // Of two fields of a name the first counts.
            let sent = [&fields[..], &CHOSEN[..], &[("act", "save")]].concat();
            let refused = visitor.post("/count", &sent).await;
            assert!(refused.text.contains(why), "{why}: {}", refused.text);
            assert!(!refused.text.contains("<script>") && !refused.text.contains("<img"), "words");
        }
        let refused = visitor.post("/count", &[("title", "T"), ("act", "save")]).await;
        assert!(refused.text.contains("puts a unit in"), "{}", refused.text);
        let unsigned = visitor.send("/count", &and(&[("act", "save")]), &[]).await;
        assert_eq!(unsigned.status, StatusCode::FORBIDDEN, "without the token");
    });
}

#[test]
fn a_count_is_set_against_another_tried_cited_and_published() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = Visitor::enter(&world, Some("Ada")).await;
        visitor.post("/count", &and(&[("act", "save")])).await;
        let own = "/counts/attacks-that-killed";
        let page = visitor.html(&format!("{own}/against?against=2016-05-12")).await;
        assert!(page.contains("As of 2016-05-12") && page.contains("What stands elsewhere"), "{page}");
        let page = visitor.html(&format!("{own}/against?against=2016-05-12&as-of=2016-06")).await;
        assert!(page.contains("As published until"), "both days are given");
        let wrong = visitor.get(&format!("{own}/against?against=yesterday")).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        assert!(wrong.text.contains("neither a day"), "{}", wrong.text);
        let page = visitor.html(&format!("{own}/sensitivity")).await;
        assert!(page.contains("If one assertion fell"), "{page}");

        // What is not final is not cited, and is published as a draft alone.
        let page = visitor.html(&format!("{own}/cite")).await;
        assert!(page.contains("is not final and cannot be cited"), "{page}");
        let toml = first(&visitor.html(own).await, "input[name=toml]", "value");
        let publish = [("toml", toml.as_str()), ("act", "publish"), ("by", "Ada"), ("where", "The Lamp")];
        let refused = visitor.post("/count", &publish).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{}", refused.text);
        let draft = [&publish[..], &[("draft", "yes")]].concat();
        let published = visitor.post("/count", &draft).await;
        assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.text);
        let to = published.headers["location"].to_str().unwrap().to_owned();
        assert!(visitor.html(&to).await.contains("The Lamp"));

        // Of nothing that is open, a figure is final.
        let none = "name = \"none\"\ntitle = \"None\"\nunit = \"claim\"\nof = { all = [{ variable = \"act\", is = \"claims\" }, { variable = \"act\", is = \"denies\" }] }\nin = { variable = \"act\", is = \"claims\" }";
        visitor.post("/count", &[("toml", none), ("act", "save")]).await;
        let page = visitor.html("/counts/none/cite").await;
        let is_final = visitor.html("/counts/none").await.contains("● final");
        assert!(!is_final || page.contains("Verify: throughline count none"), "{page}");
        assert!(is_final, "{page}");
    });
}

//! A list of terms that is searched through the pages.

use axum::http::StatusCode;
use throughline_casebook::{Casebook, EntryKind};

use crate::visitor::Visitor;
use crate::world::{World, world};

/// What was noted of names that were looked for.
fn noted(world: &World) -> Vec<String> {
    let casebook = Casebook::open(&world.path).unwrap();
    let entries = casebook.entries(&[EntryKind::Disclosure]).unwrap();
    entries.into_iter().filter_map(|entry| entry.payload).collect()
}

#[test]
fn a_list_is_searched_and_names_only_for_a_purpose_that_is_noted() {
    World::runtime().block_on(async {
        let world = world();
        let visitor = Visitor::enter(&world, Some("Ada")).await;
        let form = visitor.html("/terms").await;
        assert!(form.contains("Search for all"), "{form}");
        let plain = visitor.post("/terms", &[("terms", "police\n# a remark\nxyzzy\n")]).await;
        assert_eq!(plain.status, StatusCode::OK, "{}", plain.text);
        assert!(plain.text.contains("2 terms, 1 of which is in no document"), "{}", plain.text);
        assert_eq!(noted(&world), Vec::<String>::new(), "words that name nobody need no purpose");

        let names = "police\nIlka Brandtner";
        let refused = visitor.post("/terms", &[("terms", names), ("by", "Ada")]).await;
        assert!(refused.text.contains("may be somebody"), "{}", refused.text);
        assert!(refused.text.contains("Ilka Brandtner</textarea>"), "what was written stays");
        assert!(noted(&world).is_empty(), "what is refused is not noted");
        let whole = [("terms", names), ("by", "Ada"), ("purpose", "the inquest")];
        let done = visitor.post("/terms", &whole).await;
        assert!(done.text.contains("was noted in the ledger"), "{}", done.text);
        let notes = noted(&world);
        assert_eq!(notes.len(), 1);
        assert!(notes[0].contains("the inquest") && !notes[0].contains("Brandtner"), "{notes:?}");

        let wrong = visitor.post("/terms", &[("terms", "???")]).await;
        assert!(wrong.text.contains("line 1 has neither letters nor digits"), "{}", wrong.text);
        let token = Visitor { token: "0".repeat(32), ..visitor };
        let foreign = token.post("/terms", &[("terms", "police")]).await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    });
}

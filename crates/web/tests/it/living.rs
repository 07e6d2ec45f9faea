//! A casebook that others write to while it is served.

use throughline_casebook::Casebook;

use crate::world::{World, filler, world};

fn ids(json: &serde_json::Value) -> Vec<String> {
    json.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_others_write_is_settled_and_shown() {
    World::runtime().block_on(async {
        let world = world();
        let before = world.json("/incidents.json").await;
        assert_eq!(before, world.json("/incidents.json").await);
        let mut other = Casebook::open(&world.path).unwrap();
        filler(&mut other, 0, 3);
        assert!(other.unsettled().unwrap() > 0);
        let after = world.json("/incidents.json").await;
        assert_eq!(ids(&after).len(), ids(&before).len() + 3);
        assert_eq!(other.unsettled().unwrap(), 0);
        assert_eq!(world.json("/documents.json").await.as_array().unwrap().len(), 6);
    });
}

#[test]
fn pages_of_a_list_follow_each_other() {
    World::runtime().block_on(async {
        let world = world();
        let mut other = Casebook::open(&world.path).unwrap();
        filler(&mut other, 0, 130);
        other.settle(|_| {}).unwrap();
        for (list, dates) in [
            ("incidents", ""),
            ("documents", ""),
            ("incidents", "as-of=2016-05-31"),
            ("documents", "as-of=2016-05-31"),
            ("incidents", "recorded-by=2099"),
        ] {
            let mut met: Vec<String> = Vec::new();
            let mut address = format!("/{list}.json?{dates}");
            loop {
                let answer = world.get(&address).await;
                met.extend(ids(&serde_json::from_str(&answer.text).unwrap()));
                let links = answer.headers.get("link").map(|links| links.to_str().unwrap());
                let next = links.unwrap_or_default().split(", ").find_map(|link| {
                    link.strip_suffix(">; rel=\"next\"").map(|link| link[1..].to_owned())
                });
                match next {
                    Some(next) => address = next,
                    None => break,
                }
            }
            let day: Option<throughline_model::Edtf> =
                dates.strip_prefix("as-of=").map(|day| day.parse().unwrap());
            let as_of =
                throughline_model::AsOf { published: day.map(|day| day.latest()), recorded: None };
            let want: Vec<String> = match list {
                "documents" => {
                    let rows = other.documents(as_of, 1_000).unwrap().0;
                    rows.iter().map(|row| row.id.to_string()).collect()
                }
                _ => {
                    let kind = throughline_model::SubjectKind::Incident;
                    let rows = other.listed(kind, as_of, 1_000).unwrap();
                    rows.iter().map(|row| row.id.to_string()).collect()
                }
            };
            assert!(want.len() > 100);
            assert_eq!(met, want, "{list} {dates}");
        }
        let page = world.html("/incidents?page=2").await;
        assert!(page.contains("Page 3 →") && page.contains("← Page 1"), "{page}");
    });
}

#[test]
fn twenty_readers_and_a_writer() {
    World::runtime().block_on(async {
        let world = std::sync::Arc::new(world());
        let path = world.path.clone();
        let writer = std::thread::spawn(move || {
            let mut other = Casebook::open(&path).unwrap();
            for round in 0..8 {
                filler(&mut other, round * 5, 5);
            }
            other.settle(|_| {}).unwrap();
        });
        let readers: Vec<_> = (0..20)
            .map(|reader| {
                let world = std::sync::Arc::clone(&world);
                tokio::spawn(async move {
                    for page in ["/", "/incidents", "/people", "/documents", "/counts", "/places"] {
                        let answer = world.get(page).await;
                        assert_eq!(answer.status, 200, "{reader} {page}: {}", answer.text);
                    }
                })
            })
            .collect();
        for reader in readers {
            reader.await.unwrap();
        }
        writer.join().unwrap();
        assert_eq!(world.json("/documents.json").await.as_array().unwrap().len(), 43);
        assert_eq!(ids(&world.json("/incidents.json").await).len(), 41);
    });
}

#[test]
fn a_casebook_that_went_away_is_a_page_that_says_so() {
    World::runtime().block_on(async {
        let world = world();
        std::fs::remove_file(&world.path).unwrap();
        // Casebooks already opened still hold the file; a new one cannot be opened.
        let answer = world.get("/people").await;
        let says = answer.text.contains("there is no casebook here");
        assert!(answer.status == 200 || says, "{}", answer.text);
        let bad = world.get("/people?as-of=x").await;
        assert_eq!(bad.status, 400);
    });
}

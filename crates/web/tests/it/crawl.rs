//! Every page that can be reached from the first, as of several dates: it answers, is well formed,
//! and takes nothing for markup.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::StatusCode;
use scraper::{ElementRef, Html, Selector};

use crate::world::{World, world};

/// Characters that move a cursor or turn a line around.
fn is_hostile(letter: char) -> bool {
    (letter.is_control() && letter != '\n')
        || matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

fn all<'h>(page: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The addresses of a page, without the place within.
#[track_caller]
pub(crate) fn examine(address: &str, text: &str) -> BTreeSet<String> {
    assert!(!text.chars().any(is_hostile), "{address}: a hostile character");
    let page = Html::parse_document(text);
    assert!(page.errors.is_empty(), "{address}: {:?}", page.errors);
    for never in ["script", "style", "iframe", "object", "embed", "base", "b b", "i"] {
        assert!(all(&page, never).is_empty(), "{address} has a {never}");
    }
    for element in all(&page, "*") {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on") && name != "style", "{address}: {name}={value}");
            assert!(!value.to_lowercase().contains("javascript:"), "{address}: {name}={value}");
        }
    }
    // Pictures are pixels written here, and nothing else is.
    let mut links = BTreeSet::new();
    for picture in all(&page, "img") {
        let (from, alt) = (picture.value().attr("src").unwrap(), picture.value().attr("alt"));
        let path = from.split('?').next().unwrap();
        assert!(path.starts_with("/pictures/") && path.ends_with("/pixels"), "{address}: {from}");
        assert!(alt.is_some_and(|alt| !alt.is_empty()), "{address}: a picture without words");
        links.insert(from.to_owned());
    }
    // Landmarks and headings in order.
    for once in ["h1", "main", "header.masthead", "head > title"] {
        assert_eq!(all(&page, once).len(), 1, "{address}: {once}");
    }
    // A search would tell readers in which documents a withheld name stands.
    let searches = usize::from(!text.contains("The readers' edition"));
    assert_eq!(all(&page, "form.search").len(), searches, "{address}");
    let mut level = 0;
    for heading in all(&page, "h1, h2, h3, h4, h5, h6") {
        let own = heading.value().name()[1..].parse::<u32>().unwrap();
        assert!(own <= level + 1, "{address}: h{own} after h{level}");
        assert!(
            heading.text().any(|words| !words.trim().is_empty()),
            "{address}: an empty heading"
        );
        level = own;
    }
    for table in all(&page, "table") {
        let caption = Selector::parse("caption").unwrap();
        assert_eq!(table.select(&caption).count(), 1, "{address}: a table without a caption");
    }
    assert!(
        all(&page, "th:not([scope])").is_empty(),
        "{address}: a heading of a table says nothing"
    );
    let mut ids = BTreeSet::new();
    for element in all(&page, "[id]") {
        let id = element.value().attr("id").unwrap();
        assert!(ids.insert(id), "{address}: {id} twice");
    }
    for label in all(&page, "label") {
        assert!(ids.contains(label.value().attr("for").unwrap()), "{address}: a label for nothing");
    }
    for element in all(&page, "[aria-labelledby]") {
        for id in element.value().attr("aria-labelledby").unwrap().split(' ') {
            assert!(ids.contains(id), "{address}: named by nothing: {id}");
        }
    }
    for link in all(&page, "a") {
        let to = link.value().attr("href").unwrap();
        assert!(link.text().any(|words| !words.trim().is_empty()), "{address}: an empty link");
        match to.strip_prefix('#') {
            Some(place) => assert!(ids.contains(place), "{address}: no place {place}"),
            None => {
                assert!(to.starts_with('/') && !to.starts_with("//"), "{address} leads out: {to}");
                links.insert(to.to_owned());
            }
        }
    }
    links
}

/// Follows every link from some pages; returns the texts of all pages, by their addresses.
pub(crate) async fn crawl(world: &World, starts: &[&str]) -> BTreeMap<String, String> {
    let mut open: VecDeque<String> = starts.iter().map(|&start| start.to_owned()).collect();
    let mut met: BTreeSet<String> = open.iter().cloned().collect();
    let mut pages = BTreeMap::new();
    while let Some(address) = open.pop_front() {
        let (bare, place) =
            address.split_once('#').map_or((&*address, None), |(a, p)| (a, Some(p)));
        let answer = world.get(bare).await;
        let links = match answer.status {
            StatusCode::SEE_OTHER => {
                BTreeSet::from([answer.headers["location"].to_str().unwrap().to_owned()])
            }
            StatusCode::OK if answer.headers["content-type"] == "image/png" => {
                assert!(answer.text.contains("PNG"), "{address}");
                assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{address}");
                BTreeSet::new()
            }
            StatusCode::OK if bare.contains(".json") => {
                let json: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
                assert!(json.is_array(), "{address}");
                BTreeSet::new()
            }
            // A day on which something was not yet known says so.
            StatusCode::NOT_FOUND
                if ["by the dates asked for", "or as of these dates"]
                    .iter()
                    .any(|words| answer.text.contains(words)) =>
            {
                BTreeSet::new()
            }
            status => {
                assert_eq!(status, StatusCode::OK, "{address}: {}", answer.text);
                if let Some(place) = place {
                    let id = format!("id=\"{place}\"");
                    assert!(answer.text.contains(&id), "{address} leads to no place");
                }
                // A drawing as a file is no page, and leads nowhere.
                match address.contains("file=svg") {
                    true => BTreeSet::new(),
                    false => examine(&address, &answer.text),
                }
            }
        };
        pages.insert(address.clone(), answer.text);
        open.extend(links.into_iter().filter(|link| met.insert(link.clone())));
    }
    pages
}

#[test]
fn every_link_from_the_first_page_answers() {
    World::runtime().block_on(async {
        let world = world();
        let pages =
            crawl(&world, &["/", "/search?words=Ostby", "/search?words=Lind&kind=person"]).await;
        // Each kind of page is among them, in both forms.
        for address in throughline_web::addresses() {
            // Here nobody judges, and nothing is taken in.
            if ["/ids/{id}", "/count", "/terms", "/read", "/read/{id}", "/documents/{id}/next"]
                .contains(&address)
            {
                continue;
            }
            let is_one = |met: &&String| {
                let path = met.split(['?', '#']).next().unwrap();
                let path = path.trim_end_matches(".json");
                let (wanted, own) = (address.split('/'), path.split('/'));
                wanted.clone().count() == own.clone().count()
                    && wanted.zip(own).all(|(wanted, own)| match wanted {
                        "{id}" => !own.is_empty(),
                        _ => wanted == own,
                    })
            };
            assert!(pages.keys().any(|met| is_one(&met)), "no {address} was met");
        }
        assert!(pages.len() > 100, "{} pages", pages.len());
    });
}

#[test]
fn dates_go_through_every_link() {
    World::runtime().block_on(async {
        let world = world();
        let dates = "as-of=2016-05-31&recorded-by=2099";
        let pages = crawl(&world, &[&format!("/?{dates}")]).await;
        let mut earlier = 0;
        for (address, text) in &pages {
            if !address.contains("as-of") {
                continue;
            }
            earlier += 1;
            let files = [".json", "/pixels", "file=svg"];
            if files.iter().any(|file| address.contains(file)) || text.is_empty() {
                continue;
            }
            let page = Html::parse_document(text);
            for link in all(&page, "a") {
                let to = link.value().attr("href").unwrap();
                let leaves = link.value().attr("class") == Some("present")
                    || link
                        .ancestors()
                        .filter_map(ElementRef::wrap)
                        .any(|around| around.value().attr("class") == Some("today"));
                if to.starts_with('/') && !leaves {
                    assert!(to.contains("as-of=2016-05-31"), "{address} loses the day: {to}");
                    assert!(to.contains("recorded-by=2099"), "{address} loses the day: {to}");
                }
            }
            assert!(text.contains("As published until 31 May 2016"), "{address}");
        }
        assert!(earlier > 50, "{earlier}");
    });
}

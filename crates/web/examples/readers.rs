//! How long pages take while many read a casebook at once: `readers CASEBOOK [READERS [PAUSE_MS]]`.
//!
//! Each reader asks for a page, waits a pause, and asks for the next, in this process and without
//! sockets: pages of lists, documents, records of all kinds, searches, and some as of an earlier day.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use throughline_web::Manner;
use tower::ServiceExt;

const PORT: u16 = 4717;

/// How long it is measured.
const LENGTH: Duration = Duration::from_secs(20);

/// Of a hundred pages, how many are of which kind.
const MIX: [(&str, usize); 8] = [
    ("start", 4),
    ("list", 20),
    ("documents", 8),
    ("document", 28),
    ("record", 28),
    ("search", 8),
    ("record as of a day", 3),
    ("list as of a day", 1),
];

const LISTS: [&str; 6] = ["incidents", "people", "groups", "claims", "sets", "places"];

/// Numbers that look like chance, and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound.max(1)
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

async fn get(pages: &Router, address: &str) -> (StatusCode, Vec<u8>) {
    let request = Request::get(address).header("host", format!("127.0.0.1:{PORT}"));
    let Ok(request) = request.body(Body::empty()) else { return Default::default() };
    let Ok(response) = pages.clone().oneshot(request).await;
    let status = response.status();
    let body = response.into_body().collect().await.map(|body| body.to_bytes().to_vec());
    (status, body.unwrap_or_default())
}

/// Addresses of things, from some pages of their lists.
async fn things(pages: &Router, chance: &mut Chance) -> BTreeMap<&'static str, Vec<String>> {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for list in LISTS.into_iter().chain(["documents"]) {
        for page in std::iter::once(1).chain((0..8).map(|_| 1 + chance.below(60))) {
            let (_, body) = get(pages, &format!("/{list}.json?page={page}")).await;
            let rows: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
            let ids = rows.as_array().into_iter().flatten().filter_map(|row| row["id"].as_str());
            let own = found.entry(list).or_default();
            own.extend(ids.map(|id| format!("/{list}/{id}")));
        }
    }
    found
}

fn choose(
    chance: &mut Chance,
    things: &BTreeMap<&'static str, Vec<String>>,
) -> Option<(&'static str, String)> {
    const WORDS: [&str; 6] = ["harbour", "depot", "market", "bridge", "court", "\"the police\""];
    let mut at = chance.below(100);
    let kind = MIX.iter().find(|(_, share)| match at.checked_sub(*share) {
        Some(rest) => {
            at = rest;
            false
        }
        None => true,
    });
    let kind = kind?.0;
    let list = *chance.one(&LISTS)?;
    let day = format!("as-of=20{:02}-06", 10 + chance.below(10));
    let thing = match things.get(list).filter(|all| !all.is_empty()) {
        Some(all) => chance.one(all)?.clone(),
        None => "/".to_owned(),
    };
    let address = match kind {
        "start" => "/".to_owned(),
        "list" => format!("/{list}?page={}", 1 + chance.below(10)),
        "documents" => format!("/documents?page={}", 1 + chance.below(100)),
        "document" => chance.one(things.get("documents")?)?.clone(),
        "record" => thing,
        "search" => {
            let (one, other) = (chance.one(&WORDS)?, chance.one(&WORDS)?);
            format!("/search?words={one}%20{other}").replace('"', "%22").replace(' ', "%20")
        }
        "record as of a day" => format!("{thing}?{day}"),
        _ => format!("/{list}?{day}"),
    };
    Some((kind, address))
}

async fn read(
    pages: Router,
    things: std::sync::Arc<BTreeMap<&'static str, Vec<String>>>,
    number: u64,
    pause: Duration,
) -> Vec<(&'static str, Duration)> {
    let mut chance = Chance(number);
    let mut taken = Vec::new();
    let end = Instant::now() + LENGTH;
    while Instant::now() < end {
        let Some((kind, address)) = choose(&mut chance, &things) else { continue };
        let begun = Instant::now();
        let (status, _) = get(&pages, &address).await;
        // A thing may be out of view on an earlier day.
        assert!(status != StatusCode::INTERNAL_SERVER_ERROR, "{address} failed");
        taken.push((kind, begun.elapsed()));
        tokio::time::sleep(pause).await;
    }
    taken
}

fn print(kind: &str, mut taken: Vec<Duration>) {
    taken.sort();
    let at = |part: usize| {
        let place = (taken.len() * part / 100).min(taken.len().saturating_sub(1));
        taken.get(place).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    println!(
        "{kind:20} {:6} pages, median {:7.1} ms, 95th percentile {:7.1} ms, worst {:7.1} ms",
        taken.len(),
        at(50),
        at(95),
        at(100)
    );
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.first().ok_or("usage: readers CASEBOOK [READERS [PAUSE_MS]]")?;
    let number =
        |at: usize, default: u64| arguments.get(at).map_or(Ok(default), |text| text.parse());
    let (readers, pause) = (number(1, 20)?, Duration::from_millis(number(2, 1_000)?));
    let manner = Manner { read_only: true, ..Manner::default() };
    let pages = throughline_web::application(Path::new(path), PORT, &manner)?.pages;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let things = std::sync::Arc::new(things(&pages, &mut Chance(7)).await);
        let tasks: Vec<_> = (1..=readers)
            .map(|reader| tokio::spawn(read(pages.clone(), things.clone(), reader, pause)))
            .collect();
        let mut all = Vec::new();
        for task in tasks {
            all.extend(task.await?);
        }
        println!("{readers} readers, a pause of {} ms after each page", pause.as_millis());
        print("all", all.iter().map(|(_, time)| *time).collect());
        for (kind, _) in MIX {
            print(
                kind,
                all.iter().filter(|(own, _)| *own == kind).map(|(_, time)| *time).collect(),
            );
        }
        Ok(())
    })
}

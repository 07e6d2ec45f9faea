//! All addresses, in one list; docs/pages.md says what stands at each.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use serde_json::json;

use crate::ask::{Ask, PAGE};
use crate::assets;
use crate::counting;
use crate::desk::{Desk, Gather, told};
use crate::edition::Audience;
use crate::judging;
use crate::layout::STYLE;
use crate::listing;
use crate::pages::{
    beside, choosing, coding, connections, corrections, count, counts, document, documents,
    drawing, identities, ids, impact, judgments, knowable, leads, list, next,
};
use crate::pages::{
    pictures, published, queue, record, search, series, sources as sending, spread, start, terms,
};
use crate::sources;
use crate::trouble::Trouble;

/// What an address may say after its question mark, beside the dates.
type Taken = &'static [&'static str];

const PLAIN: Taken = &[];
const LIST: Taken = &[PAGE];
const NEXT: Taken = &[next::FROM];
const RECORD: Taken = &[record::MORE];
const COUNT: Taken = &[count::MEMBERS, count::READING, PAGE];
const AGAINST: Taken = &[beside::AGAINST];
const FILE: Taken = &[drawing::FILE];
const DRAWING: Taken = &[
    drawing::FILE,
    drawing::KIND,
    drawing::GROUP,
    drawing::PLACE,
    drawing::INVOLVEMENT,
    drawing::STANDING,
];
const MAP: Taken = &[drawing::FILE, drawing::VIEW];
const MAPS: Taken = &[
    drawing::FILE,
    drawing::VIEW,
    drawing::KIND,
    drawing::GROUP,
    drawing::PLACE,
    drawing::INVOLVEMENT,
    drawing::STANDING,
];
const SEARCH: Taken = &[search::WORDS, search::KIND, PAGE];

/// Every address that answers; each also ends in `.json`, but for the stylesheet.
pub(crate) const ROUTES: &[(&str, Gather, Taken)] = &[
    ("/", start::gather, PLAIN),
    ("/documents", documents::gather, LIST),
    ("/documents/{id}", document::gather, LIST),
    ("/documents/{id}/impact", impact::of_document, PLAIN),
    ("/documents/{id}/next", next::gather, NEXT),
    ("/incidents", list::incidents, LIST),
    ("/incidents/{id}", record::gather, RECORD),
    ("/incidents/{id}/connections", connections::gather, PLAIN),
    ("/incidents/{id}/map", drawing::map, MAP),
    ("/incidents/{id}/network", drawing::network, FILE),
    ("/incidents/{id}/timeline", drawing::timeline, FILE),
    ("/incidents/{id}/replay", drawing::replay, FILE),
    ("/incidents/{id}/toll", drawing::toll, FILE),
    ("/sets", list::sets, LIST),
    ("/sets/{id}", record::gather, RECORD),
    ("/sets/{id}/map", drawing::map, MAP),
    ("/sets/{id}/network", drawing::network, FILE),
    ("/sets/{id}/timeline", drawing::timeline, FILE),
    ("/sets/{id}/toll", drawing::toll, FILE),
    ("/people", list::people, LIST),
    ("/people/{id}", record::gather, RECORD),
    ("/people/{id}/map", drawing::map, MAP),
    ("/people/{id}/network", drawing::network, FILE),
    ("/people/{id}/timeline", drawing::timeline, FILE),
    ("/people/{id}/spread", spread::gather, PLAIN),
    ("/groups", list::groups, LIST),
    ("/groups/{id}", record::gather, RECORD),
    ("/groups/{id}/map", drawing::map, MAP),
    ("/groups/{id}/network", drawing::network, FILE),
    ("/groups/{id}/timeline", drawing::timeline, FILE),
    ("/claims", list::claims, LIST),
    ("/claims/{id}", record::gather, RECORD),
    ("/outlets", list::outlets, LIST),
    ("/outlets/{id}", record::gather, RECORD),
    ("/channels", list::channels, LIST),
    ("/channels/{id}", record::gather, RECORD),
    ("/places", list::places, LIST),
    ("/places/{id}", record::gather, RECORD),
    ("/pictures", pictures::gather, LIST),
    ("/pictures/{id}", pictures::one, PLAIN),
    ("/pictures/{id}/pixels", pictures::pixels, PLAIN),
    ("/knowable", knowable::gather, PLAIN),
    ("/series", series::gather, PLAIN),
    ("/leads", leads::gather, PLAIN),
    ("/map", drawing::map, MAPS),
    ("/network", drawing::network, DRAWING),
    ("/timeline", drawing::timeline, DRAWING),
    ("/replay", drawing::replay, FILE),
    ("/toll", drawing::toll, DRAWING),
    ("/counts", counts::gather, PLAIN),
    ("/counts/{id}", count::gather, COUNT),
    ("/counts/{id}/cite", beside::cite, PLAIN),
    ("/counts/{id}/against", beside::against, AGAINST),
    ("/counts/{id}/sensitivity", beside::sensitivity, PLAIN),
    ("/count", choosing::gather, PLAIN),
    ("/published/{id}", published::gather, PLAIN),
    ("/corrections", corrections::gather, LIST),
    ("/judgments", judgments::gather, LIST),
    ("/judgments/{id}", judgments::one, PLAIN),
    ("/coding", coding::gather, LIST),
    ("/read", sending::gather, PLAIN),
    ("/read/{id}", sending::one, PLAIN),
    ("/queue", queue::gather, LIST),
    ("/identities", identities::gather, LIST),
    ("/search", search::gather, SEARCH),
    ("/terms", terms::gather, PLAIN),
    ("/assertions/{id}", ids::assertion, PLAIN),
    ("/assertions/{id}/impact", impact::of_assertion, PLAIN),
    ("/ids/{id}", ids::any, PLAIN),
];

/// Where judgments are sent.
const JUDGE: &str = "/judge";

/// Where assertions by hand are sent.
const ADD: &str = "/add";

/// Where the name of who judges is sent.
const NAME: &str = "/name";

/// Where counts are tried, saved and published.
const COUNTING: &str = "/count";

/// Where lists of terms are sent to be searched.
const TERMS: &str = "/terms";

/// Where files and texts are sent to be read.
const READ: &str = "/read";

/// Where it is said that a reading is to end.
const END: &str = "/read/end";

/// Whether forms are sent to a path, where people judge.
pub(crate) fn takes(path: &str) -> bool {
    [JUDGE, ADD, NAME, COUNTING, TERMS, READ, END].contains(&path)
}

/// Whether a path takes forms and has no page.
pub(crate) fn only_takes(path: &str) -> bool {
    takes(path) && ![READ, COUNTING, TERMS].contains(&path)
}

/// Whether what stands at a path is for everybody on this machine: it holds nothing of any casebook.
pub(crate) fn is_open(path: &str) -> bool {
    path == "/style.css" || path == "/icon.svg" || path.starts_with(assets::FOLDER)
}

/// Every address that answers, as it is written in docs/pages.md.
pub fn addresses() -> impl Iterator<Item = &'static str> {
    ROUTES.iter().map(|(address, ..)| *address)
}

/// The addresses with what answers them.
pub(crate) fn routes(desk: Arc<Desk>) -> Router {
    let audience = desk.audience;
    let pages = ROUTES
        .iter()
        .filter(|(address, ..)| audience == Audience::Desk || for_readers(address))
        .fold(Router::new(), |router, (address, gather, taken)| {
            router.route(address, page(*gather, taken))
        });
    let pages = pages.route("/style.css", get(style)).route("/icon.svg", get(icon));
    let pages = match desk.judges() {
        true => pages
            .route(JUDGE, post(judging::judge))
            .route(ADD, post(judging::add))
            .route(NAME, post(judging::name))
            .route(COUNTING, post(counting::count))
            .route(TERMS, post(listing::search))
            // What is sent to be read has bounds of its own.
            .route(READ, post(sources::take).layer(DefaultBodyLimit::disable()))
            .route(END, post(sources::end))
            .route("/head", get(head))
            .route("/assets/{name}", get(assets::asset)),
        false => pages,
    };
    pages.fallback(nothing).with_state(desk)
}

fn page(gather: Gather, taken: Taken) -> MethodRouter<Arc<Desk>> {
    get(move |State(desk): State<Arc<Desk>>, ask: Ask| desk.answer(ask.taking(taken), gather))
}

/// The style of pages, and that of pictures within them.
static SHEET: LazyLock<String> =
    LazyLock::new(|| format!("{STYLE}\n/* Pictures. */\n\n{}\n", throughline_draw::style()));

/// Whether readers get what stands at an address, as it is written in the list. They get no search
/// and no ids to try, which would answer whether a withheld name stands somewhere; no pictures, since
/// nobody has found who is to be seen on them; no judgments or codings, ways of names and connections, which
/// are about people; nothing that waits for a coder.
pub(crate) fn for_readers(address: &str) -> bool {
    const DESK: [&str; 29] = [
        "/terms",
        "/count",
        "/counts/{id}/cite",
        "/counts/{id}/against",
        "/counts/{id}/sensitivity",
        "/documents/{id}/next",
        "/read",
        "/read/{id}",
        "/queue",
        "/identities",
        "/knowable",
        "/series",
        "/leads",
        "/replay",
        "/incidents/{id}/replay",
        "/incidents/{id}/connections",
        "/pictures",
        "/pictures/{id}",
        "/pictures/{id}/pixels",
        "/people/{id}/spread",
        "/corrections",
        "/coding",
        "/judgments",
        "/judgments/{id}",
        "/search",
        "/assertions/{id}",
        "/assertions/{id}/impact",
        "/documents/{id}/impact",
        "/ids/{id}",
    ];
    !DESK.contains(&address)
}

async fn style() -> Response {
    // It holds nothing of the casebook.
    let kind = (CONTENT_TYPE, "text/css; charset=utf-8");
    ([kind, (CACHE_CONTROL, "max-age=300")], SHEET.as_str()).into_response()
}

/// A line through three points: browsers ask for an icon with every page.
const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1b4f87"/><g fill="#fcfbf8" stroke="#fcfbf8" stroke-width="2.5"><path d="M7 23 16 10l9 9" fill="none"/><circle cx="7" cy="23" r="2.4"/><circle cx="16" cy="10" r="2.4"/><circle cx="25" cy="19" r="2.4"/></g></svg>"##;

async fn icon() -> Response {
    let kind = (CONTENT_TYPE, "image/svg+xml");
    ([kind, (CACHE_CONTROL, "max-age=300")], ICON).into_response()
}

/// Where the ledger ends: a page asks whether others have judged meanwhile.
async fn head(State(desk): State<Arc<Desk>>, ask: Ask) -> Response {
    let at_work = Arc::clone(&desk);
    let tip = tokio::task::spawn_blocking(move || at_work.read(|room| Ok(room.tip))).await;
    match tip {
        Ok(Ok(tip)) => {
            let (entries, head) = (tip.entries, tip.chain.to_string());
            told(&json!([{"entries": entries, "head": head}]))
        }
        Ok(Err(trouble)) => desk.trouble(&ask, &trouble),
        Err(_panic) => desk.trouble(&ask, &Trouble::fault()),
    }
}

async fn nothing(State(desk): State<Arc<Desk>>, ask: Ask) -> Response {
    let what = format!("There is no page at {}.", ask.path);
    desk.trouble(&ask, &Trouble::missing(what, "The list above leads to all there are."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::{AS_OF, RECORDED_BY};

    #[test]
    fn every_address_is_described_and_every_described_one_answers() {
        let page = include_str!("../../../docs/pages.md");
        let table =
            page.split("| address | page").nth(1).and_then(|rest| rest.split("\n\n").next());
        let described: std::collections::BTreeSet<&str> = table
            .unwrap()
            .lines()
            .skip(2)
            .filter_map(|line| line.strip_prefix("| ")?.split(" |").next())
            .flat_map(|cell| cell.split('`').skip(1).step_by(2))
            .collect();
        assert_eq!(described, addresses().collect());
    }

    #[test]
    fn every_name_after_a_question_mark_is_described_and_every_described_one_is_taken() {
        let page = include_str!("../../../docs/pages.md");
        let table = page.split("| name | where | meaning |").nth(1);
        let table = table.and_then(|rest| rest.split("\n\n").next()).unwrap();
        let named = |line: &'static str| line.strip_prefix("| `")?.split('`').next();
        let described: std::collections::BTreeSet<&str> = table.lines().filter_map(named).collect();
        let taken = ROUTES.iter().flat_map(|(.., taken)| taken.iter().copied());
        assert_eq!(described, taken.chain([AS_OF, RECORDED_BY]).collect());
    }
}

//! Small things to draw, with names and places that nobody has.

use throughline_draw::{
    Caption, Course, Event, EventKind, Held, Lane, Lies, Located, Map, Network, Node, Report,
    Standing, State, Step, Strand, Tie, Timeline, Toll, Tolls,
};
use throughline_model::{Day, Edtf, Figure, Sha256, SubjectKind};
use throughline_places::{Point, Precision};

pub(crate) fn day(text: &str) -> Day {
    text.parse::<Edtf>().unwrap().earliest()
}

pub(crate) fn caption(title: &str) -> Caption {
    Caption {
        title: title.to_owned(),
        as_of: "The public record of 2016-06-01, under today's judgments".to_owned(),
        state: Some(State {
            content: Sha256::of(b"content"),
            head: Some(Sha256::of(b"head")),
            program: "throughline 0.1.0".to_owned(),
        }),
        marks: vec!["1 undated document is in no view as of a day.".to_owned()],
    }
}

fn node(kind: SubjectKind, name: &str, beneath: &str) -> Node {
    let id = format!("{}-1", kind.name());
    let (name, beneath) = (name.to_owned(), beneath.to_owned());
    Node { kind, name, beneath, standing: Standing::Found, id, centre: false }
}

fn tie(from: usize, to: usize, relation: &str, standing: Standing) -> Tie {
    Tie {
        from,
        to,
        relation: relation.to_owned(),
        standing,
        basis: standing.name().to_owned(),
        said_by: "The Ferry Post → police (hedged)".to_owned(),
        published: "2016-05-12".to_owned(),
        since: Some(day("2016-05-12")),
    }
}

/// Every kind of subject and every standing.
pub(crate) fn network() -> Network {
    use SubjectKind as K;
    let mut nodes = vec![
        node(K::Incident, "Shots at Lenn station", "2016-05-10"),
        node(K::Person, "Karl Vossler", "released"),
        node(K::Group, "The Ostby League", ""),
        node(K::Claim, "A note pinned to a door", "2016-05-11"),
        node(K::Outlet, "League Bulletin", ""),
        node(K::Channel, "@lenn-now", ""),
        node(K::Place, "Lenn", ""),
        node(K::Set, "Four attacks on stations", "2015 to 2016"),
        node(K::Person, "Odo Lind", ""),
    ];
    nodes[0].centre = true;
    nodes[1].standing = Standing::Accepted;
    for at in [5, 7, 8] {
        nodes[at].standing = Standing::Proposed;
    }
    let ties = vec![
        tie(0, 1, "perpetrator", Standing::Contested),
        tie(0, 1, "suspect", Standing::Proposed),
        tie(0, 2, "pledged", Standing::Denied),
        tie(0, 6, "place", Standing::Found),
        tie(3, 0, "about", Standing::Accepted),
        tie(3, 2, "claimant", Standing::Accepted),
        tie(4, 2, "outlet of", Standing::Found),
        tie(3, 5, "through", Standing::Proposed),
        tie(7, 0, "member", Standing::Accepted),
    ];
    Network { nodes, ties }
}

fn event(name: &str, first: Option<&str>, last: Option<&str>, standing: Option<Standing>) -> Event {
    Event {
        name: name.to_owned(),
        first: first.map(|text| if text == ".." { Day::MIN } else { day(text) }),
        last: last.map(|text| if text == ".." { Day::MAX } else { day(text) }),
        when: match (first, last) {
            (None, _) => String::new(),
            (Some(first), last) if Some(first) == last => first.to_owned(),
            (Some(first), last) => format!("{first}/{}", last.unwrap_or_default()),
        },
        standing,
        said_by: String::new(),
        until: None,
        id: String::new(),
    }
}

/// Days, spans, an open end, no date at all, and a crowd.
pub(crate) fn timeline() -> Timeline {
    let both = |name: &str, at: &str, standing| event(name, Some(at), Some(at), standing);
    let crowd = (0..60).map(|n| {
        let at = format!("2016-05-{:02}", 12 + n % 15);
        both(&format!("The Ferry Post: report {n} from Lenn"), &at, None)
    });
    Timeline {
        lanes: vec![
            Lane {
                kind: EventKind::Incident,
                name: None,
                events: vec![
                    both("Shots at Lenn station", "2016-05-10", Some(Standing::Found)),
                    event(
                        "A fire at Ostby mill",
                        Some("2016-04-01"),
                        Some("2016-04-30"),
                        Some(Standing::Proposed),
                    ),
                    both("A bomb that was none", "2016-05-10", Some(Standing::Contested)),
                    event(
                        "A second fire",
                        Some("2016-05-02"),
                        Some("2016-05-08"),
                        Some(Standing::Contested),
                    ),
                    event("A flood", Some("2016-04-10"), Some("2016-04-12"), Some(Standing::Found)),
                    both("A threat", "2016-05-28", Some(Standing::Accepted)),
                    both("A parcel", "2016-05-18", Some(Standing::Proposed)),
                    event("A plot of which no day is known", None, None, None),
                ],
            },
            Lane {
                kind: EventKind::Claim,
                name: None,
                events: vec![event(
                    "A note pinned to a door",
                    Some(".."),
                    Some("2016-05-11"),
                    None,
                )],
            },
            Lane::of(EventKind::Publication, crowd.collect()),
            Lane {
                kind: EventKind::Correction,
                name: None,
                events: vec![both("Karl Vossler: cleared", "2016-05-20", None)],
            },
        ],
    }
}

fn report(at: Option<&str>, figure: Option<Figure>, by: &str, standing: Standing) -> Report {
    Report {
        published: at.map(day),
        when: at.unwrap_or_default().to_owned(),
        figure,
        said_by: by.to_owned(),
        standing,
        beside: String::new(),
    }
}

/// Exact figures, ranges, open ones, zero, "not known", revisions.
pub(crate) fn course() -> Course {
    let range = Figure { least: 8, most: Some(12), about: true };
    let open = Figure { least: 1_200, most: None, about: false };
    let step = |from: &str, figure, standing| Step {
        from: day(from),
        figure,
        standing,
        basis: "as reported".to_owned(),
    };
    Course {
        strands: vec![
            Strand {
                what: "killed".to_owned(),
                reports: vec![
                    report(Some("2016-05-10"), None, "The Evening Lamp", Standing::Proposed),
                    report(Some("2016-05-11"), Some(range), "The Ferry Post", Standing::Accepted),
                    report(
                        Some("2016-05-14"),
                        Some(Figure::exactly(0)),
                        "The Evening Lamp → the mayor",
                        Standing::Denied,
                    ),
                    report(
                        Some("2016-05-20"),
                        Some(Figure::exactly(9)),
                        "The Ferry Post → the coroner",
                        Standing::Accepted,
                    ),
                    report(None, Some(Figure::exactly(7)), "A leaflet", Standing::Proposed),
                ],
                steps: vec![
                    step("2016-05-10", None, None),
                    step("2016-05-11", Some(range), Some(Standing::Contested)),
                    step("2016-05-20", Some(Figure::exactly(9)), Some(Standing::Found)),
                ],
            },
            Strand {
                what: "wounded".to_owned(),
                reports: vec![report(
                    Some("2016-05-11"),
                    Some(open),
                    "The Ferry Post",
                    Standing::Accepted,
                )],
                steps: vec![step("2016-05-11", Some(open), Some(Standing::Accepted))],
            },
        ],
    }
}

pub(crate) fn tolls() -> Tolls {
    let held = |figure, standing| Held { figure, standing, basis: "as held".to_owned() };
    let row = |name: &str, part, killed, wounded| Toll {
        name: name.to_owned(),
        when: "2016-05-10".to_owned(),
        id: "inc-1".to_owned(),
        part,
        killed,
        wounded,
    };
    let exactly = |n| Some(Figure::exactly(n));
    Tolls {
        rows: vec![
            row(
                "Shots at Lenn station",
                false,
                held(exactly(9), Some(Standing::Found)),
                held(
                    Some(Figure { least: 30, most: Some(40), about: true }),
                    Some(Standing::Contested),
                ),
            ),
            row(
                "The booking hall",
                true,
                held(exactly(0), Some(Standing::Accepted)),
                held(None, Some(Standing::Found)),
            ),
            row(
                "A fire at Ostby mill in the night before the fair, of which little was ever said",
                false,
                Held::default(),
                held(Some(Figure { least: 3, most: None, about: false }), Some(Standing::Proposed)),
            ),
        ],
    }
}

pub(crate) fn located(name: &str, lies: Option<Lies>, standing: Standing) -> Located {
    Located {
        kind: SubjectKind::Incident,
        name: name.to_owned(),
        beneath: "2016-05-10".to_owned(),
        id: "incident-1".to_owned(),
        relation: "place".to_owned(),
        place: lies.as_ref().map_or("Ostby", |lies| &lies.name).to_owned(),
        place_id: "place-1".to_owned(),
        lies,
        standing,
        basis: standing.name().to_owned(),
        said_by: "The Ferry Post".to_owned(),
        published: "2016-05-12".to_owned(),
    }
}

pub(crate) fn lies(name: &str, lat: i32, lon: i32, precision: Precision) -> Option<Lies> {
    Some(Lies {
        name: name.to_owned(),
        country: "DE".to_owned(),
        point: Point { lat, lon },
        precision,
        radius_km: 60,
        percent: 90,
    })
}

/// Every standing, a crowd, a region, a country, and a place that nobody knows.
pub(crate) fn map() -> Map {
    use Precision as P;
    let lenn = || lies("Lenn, Ostland, Germany", 52_100, 9_300, P::City);
    let mut travelled =
        located("Odo Lind", lies("Riva, Italy", 45_900, 10_800, P::City), Standing::Proposed);
    (travelled.kind, travelled.relation) = (SubjectKind::Person, "travelled to".to_owned());
    travelled.beneath = "released".to_owned();
    let things = vec![
        located("Shots at Lenn station", lenn(), Standing::Found),
        located("A fire at Lenn mill", lenn(), Standing::Accepted),
        located("A second fire at Lenn mill", lenn(), Standing::Accepted),
        located(
            "A bomb that was none",
            lies("Lenn Harbour", 52_110, 9_310, P::District),
            Standing::Proposed,
        ),
        located(
            "Letters to three courts",
            lies("Ferring, Denmark", 56_100, 9_000, P::City),
            Standing::Contested,
        ),
        located(
            "A raid that was none",
            lies("Sall, Poland", 51_000, 17_000, P::City),
            Standing::Denied,
        ),
        located(
            "A camp in the hills",
            lies("Harth, Germany", 48_500, 9_400, P::Region),
            Standing::Accepted,
        ),
        located(
            "Plans found in a car",
            lies("Germany", 51_200, 10_400, P::Country),
            Standing::Proposed,
        ),
        travelled,
        located("A threat by telephone", None, Standing::Proposed),
    ];
    Map { things, view: None }
}

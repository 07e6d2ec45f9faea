//! What holds of every picture.

use proptest::prelude::*;
use throughline_draw::{
    Caption, Course, Drawing, Exchange, Held, Lies, Map, Network, Node, Standing, Tie, Timeline,
    Tolls, View, course, exchange, map, network, timeline, tolls,
};
use throughline_model::{Day, Figure, SubjectKind};
use throughline_places::{Point, Precision};

use crate::samples;
use crate::svg::{forms, picture};

/// Words that want to be more than words.
fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("</text><script>alert(1)</script>".to_owned()),
        Just("\" onload=\"alert(1)".to_owned()),
        Just("&lt;&#x3c;]]><![CDATA[".to_owned()),
        Just("\u{202E}drawkcab\u{2066}\u{200F}".to_owned()),
        Just("a\0b\u{1B}[31m\u{FFFE}\u{FFFF}\n\n\tc".to_owned()),
        Just("x".repeat(10_000)),
        Just("e\u{301}\u{302}".repeat(5_000)),
        Just("نقطة 東京 नमस्ते".to_owned()),
        any::<String>(),
    ]
}

fn caption() -> impl Strategy<Value = Caption> {
    (hostile(), hostile(), hostile()).prop_map(|(title, as_of, mark)| Caption {
        title,
        as_of,
        marks: vec![mark],
        ..samples::caption("")
    })
}

fn networks() -> impl Strategy<Value = Network> {
    let node = (0..8usize, 0..5usize, hostile(), hostile());
    let node = node.prop_map(|(kind, standing, name, beneath)| Node {
        kind: SubjectKind::ALL[kind],
        name,
        beneath,
        standing: Standing::ALL[standing],
        id: String::new(),
        centre: kind == 0,
    });
    let tie = (0..20usize, 0..20usize, hostile(), 0..5usize, hostile());
    let tie = tie.prop_map(|(from, to, relation, standing, said_by)| Tie {
        from,
        to,
        relation,
        standing: Standing::ALL[standing],
        basis: String::new(),
        said_by,
        published: String::new(),
        since: None,
    });
    (prop::collection::vec(node, 0..16), prop::collection::vec(tie, 0..30))
        .prop_map(|(nodes, ties)| Network { nodes, ties })
}

fn days() -> impl Strategy<Value = Option<Day>> {
    prop_oneof![
        Just(None),
        Just(Some(Day::MIN)),
        Just(Some(Day::MAX)),
        (-800_000..800_000i32).prop_map(|day| Some(Day(day))),
        (16_000..16_100i32).prop_map(|day| Some(Day(day))),
    ]
}

fn figures() -> impl Strategy<Value = Option<Figure>> {
    let small = 0..20u32;
    prop_oneof![
        Just(None),
        (small.clone(), small, any::<bool>()).prop_map(|(a, b, about)| Some(Figure {
            least: a.min(b),
            most: Some(a.max(b)),
            about
        })),
        any::<u32>().prop_map(|least| Some(Figure { least, most: None, about: false })),
        any::<u32>().prop_map(|n| Some(Figure::exactly(n))),
    ]
}

fn timelines() -> impl Strategy<Value = Timeline> {
    let event = (hostile(), days(), days());
    prop::collection::vec((0..4usize, event), 0..80).prop_map(|events| {
        let mut timeline = samples::timeline();
        for lane in &mut timeline.lanes {
            lane.events.truncate(1);
        }
        for (lane, (name, one, other)) in events {
            let mut event = timeline.lanes[0].events[0].clone();
            event.name = name;
            event.first = one.min(other);
            event.last = one.max(other);
            timeline.lanes[lane].events.push(event);
        }
        timeline
    })
}

fn courses() -> impl Strategy<Value = Course> {
    let report = (days(), figures(), hostile());
    let step = (0..3_000i32, figures());
    let both = (prop::collection::vec(report, 0..14), prop::collection::vec(step, 0..6));
    both.prop_map(|(reports, steps)| {
        let mut course = samples::course();
        let strand = &mut course.strands[0];
        let (report, step) = (strand.reports[0].clone(), strand.steps[0].clone());
        strand.reports = reports
            .into_iter()
            .map(|(published, figure, said_by)| {
                let mut report = report.clone();
                (report.published, report.figure, report.said_by) = (published, figure, said_by);
                report
            })
            .collect();
        let mut steps = steps;
        steps.sort_by_key(|(day, _)| *day);
        strand.steps = steps
            .into_iter()
            .map(|(day, figure)| {
                let mut step = step.clone();
                (step.from, step.figure) = (Day(16_000 + day), figure);
                step
            })
            .collect();
        course
    })
}

fn lists() -> impl Strategy<Value = Tolls> {
    prop::collection::vec((hostile(), figures(), figures(), any::<bool>()), 0..12).prop_map(
        |rows| {
            let made = samples::tolls().rows[0].clone();
            let row = |(name, killed, wounded, part)| {
                let mut row = made.clone();
                (row.name, row.part) = (name, part);
                (row.killed.figure, row.wounded.figure) = (killed, wounded);
                row
            };
            Tolls { rows: rows.into_iter().map(row).collect() }
        },
    )
}

fn maps() -> impl Strategy<Value = Map> {
    use Precision as P;
    let precision =
        prop::sample::select(vec![P::Country, P::Region, P::City, P::District, P::Spot]);
    let code = prop_oneof![Just("FJ"), Just("RU"), Just("AQ"), Just(""), Just("<x>")];
    let near = (47_900..48_900, 1_800..2_900);
    let far = (-90_000..=90_000, -180_000..=180_000);
    let wild = (any::<i32>(), any::<i32>());
    let point = prop_oneof![4 => near, 2 => far, 1 => wild];
    let lies = (point, precision, code, any::<u16>(), hostile());
    let lies = lies.prop_map(|((lat, lon), precision, country, radius, name)| Lies {
        name,
        country: country.to_owned(),
        point: Point { lat, lon },
        precision,
        radius_km: radius.into(),
        percent: 50,
    });
    let thing = (hostile(), 0..8usize, 0..5usize, prop::option::weighted(0.9, lies));
    let view = prop_oneof![
        Just(None),
        (-90.0..89.0f64, -180.0..180.0f64, 0.01..60.0f64).prop_map(|(south, west, by)| {
            View::read(&format!("{west},{south},{},{}", west + by, (south + by).min(90.0)))
        })
    ];
    (prop::collection::vec(thing, 0..40), view).prop_map(|(things, view)| {
        let made = samples::map().things[0].clone();
        let thing = |(name, kind, standing, lies): (String, usize, usize, Option<Lies>)| {
            let mut thing = made.clone();
            (thing.name, thing.lies) = (name, lies);
            (thing.kind, thing.standing) = (SubjectKind::ALL[kind], Standing::ALL[standing]);
            thing
        };
        Map { things: things.into_iter().map(thing).collect(), view }
    })
}

/// Well formed, harmless, of bounded size, its words within its edges, its table square.
fn check(drawing: &Drawing) -> Result<(), TestCaseError> {
    let picture = picture(&drawing.svg);
    for text in &picture.texts {
        let inside = text.left >= -1.0 && text.right <= picture.wide + 1.0;
        prop_assert!(inside && (0.0..=picture.high).contains(&text.y), "{text:?} is cut");
        prop_assert!(!text.words.contains(['\n', '\u{202E}', '\u{2066}']), "{text:?}");
    }
    let longest = drawing.table.rows.iter().flatten().map(|cell| cell.chars().count()).max();
    prop_assert!(longest.unwrap_or(0) <= 2_000, "a cell without end");
    for row in &drawing.table.rows {
        prop_assert_eq!(row.len(), drawing.table.header.len());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn networks_are_whole_and_harmless(made in networks(), caption in caption()) {
        let drawing = network(&made, &caption);
        check(&drawing)?;
        prop_assert_eq!(&drawing, &network(&made, &caption));
    }

    #[test]
    fn files_for_other_programs_hold_every_node_and_tie(made in networks(), caption in caption()) {
        let nodes = made.nodes.len();
        let within = |tie: &&Tie| tie.from < nodes && tie.to < nodes && tie.from != tie.to;
        let ties = made.ties.iter().filter(within).count();
        for form in [Exchange::Gexf, Exchange::GraphMl] {
            let text = exchange(&made, &caption, form);
            let read = roxmltree::Document::parse(&text);
            prop_assert!(read.is_ok(), "{:?}: {text}", read.err());
            let read = read.unwrap();
            let many = |name| read.descendants().filter(|one| one.tag_name().name() == name).count();
            prop_assert_eq!((many("node"), many("edge")), (nodes, ties));
            let hostile = text.contains(['\u{202E}', '\u{2066}', '\u{1B}', '\0']);
            prop_assert!(!hostile, "{}", text);
            prop_assert_eq!(&text, &exchange(&made, &caption, form));
        }
    }

    #[test]
    fn timelines_are_whole_and_harmless(made in timelines(), caption in caption()) {
        let drawing = timeline(&made, &caption);
        check(&drawing)?;
        prop_assert_eq!(&drawing, &timeline(&made, &caption));
    }

    #[test]
    fn maps_are_whole_and_harmless(made in maps(), caption in caption()) {
        let drawing = map(&made, &caption);
        check(&drawing)?;
        prop_assert_eq!(drawing.table.rows.len(), made.things.len());
        prop_assert_eq!(&drawing, &map(&made, &caption));
    }

    #[test]
    fn courses_are_whole_and_harmless(made in courses(), caption in caption()) {
        let drawing = course(&made, &caption);
        check(&drawing)?;
        prop_assert_eq!(&drawing, &course(&made, &caption));
    }

    #[test]
    fn lists_of_tolls_are_whole_and_harmless(made in lists(), caption in caption()) {
        let drawing = tolls(&made, &caption);
        check(&drawing)?;
        prop_assert_eq!(&drawing, &tolls(&made, &caption));
    }
}

/// Whether some cell of a table says this.
fn tells(drawing: &Drawing, words: &str) -> bool {
    drawing.table.rows.iter().flatten().any(|cell| cell.contains(words))
}

#[test]
fn a_table_holds_every_fact_that_is_drawn() {
    let caption = samples::caption("Lenn");
    let drawn = network(&samples::network(), &caption);
    for node in samples::network().nodes {
        assert!(tells(&drawn, &node.name) && tells(&drawn, &node.beneath), "{node:?}");
    }
    for tie in samples::network().ties {
        let row = |row: &Vec<String>| {
            row.contains(&tie.relation)
                && row.contains(&tie.standing.name().to_owned())
                && row.contains(&tie.said_by)
                && row.contains(&tie.published)
        };
        assert!(drawn.table.rows.iter().any(row), "{tie:?}");
    }
    let drawn = timeline(&samples::timeline(), &caption);
    let events: usize = samples::timeline().lanes.iter().map(|lane| lane.events.len()).sum();
    assert_eq!(drawn.table.rows.len(), events, "even of what is only counted, each has a row");
    let drawn = course(&samples::course(), &caption);
    for words in ["about 8 to 12", "at least 1200", "not known", "A leaflet", "denied", "in force"]
    {
        assert!(tells(&drawn, words), "{words}");
    }
    let drawn = tolls(&samples::tolls(), &caption);
    for words in ["about 30 to 40", "at least 3", "not known", "part of the incident above"] {
        assert!(tells(&drawn, words), "{words}");
    }
}

#[test]
fn a_picture_says_as_of_when_and_from_which_state_it_is() {
    let caption = samples::caption("Lenn");
    for drawing in [
        network(&samples::network(), &caption),
        timeline(&samples::timeline(), &caption),
        course(&samples::course(), &caption),
        tolls(&samples::tolls(), &caption),
        network(&Network::default(), &caption),
        timeline(&Timeline::default(), &caption),
        map(&samples::map(), &caption),
        map(&Map::default(), &caption),
        course(&Course::default(), &caption),
        tolls(&Tolls::default(), &caption),
    ] {
        let picture = picture(&drawing.svg);
        let content = caption.state.as_ref().unwrap().content.to_string();
        for words in [&caption.title, &caption.as_of, &caption.marks[0], &content[..16]] {
            assert!(picture.texts.iter().any(|text| text.words.contains(words)), "{words}");
        }
        assert!(picture.titles.contains(&caption.title));
    }
}

/// What is known to be in a country only has no point: neither on the map nor in its table.
#[test]
fn a_country_is_no_point() {
    let caption = samples::caption("Lenn");
    let of = |at: usize| {
        let mut made = samples::map();
        made.things = vec![made.things[at].clone()];
        map(&made, &caption)
    };
    let [city, region, country] = [of(0), of(6), of(7)];
    let column = |drawing: &Drawing| drawing.table.header.iter().any(|name| name == "point");
    assert!(column(&city) && !column(&region) && !column(&country));
    let boxes = |drawing: &Drawing| drawing.svg.matches("stroke-dasharray=\"5 3\"").count();
    // On the map and in the key; the outline or the circle beside.
    assert_eq!((boxes(&city), boxes(&region), boxes(&country)), (0, 3, 3));
}

#[test]
fn a_map_says_what_lies_outside_of_it_and_what_lies_nowhere() {
    let mut made = samples::map();
    let words = |made: &Map| {
        let texts = picture(&map(made, &samples::caption("Lenn")).svg).texts;
        texts.into_iter().map(|text| text.words).collect::<Vec<String>>().join(" ")
    };
    let all = words(&made);
    assert!(all.contains("1 of 10 without a place that is known to lie anywhere"), "{all}");
    assert!(all.contains("GeoNames, CC BY 4.0. Outlines of countries: Natural Earth"), "{all}");
    assert!(!all.contains("outside"), "{all}");
    made.view = View::read("9,51.9,9.6,52.3");
    let some = words(&made);
    assert!(some.contains("lie outside of that") && some.contains("Shown is"), "{some}");
    let drawing = map(&made, &samples::caption("Lenn"));
    let view = drawing.view.unwrap();
    assert!(view.west <= 9_000 && view.north >= 52_300, "{view:?}");
}

/// What people made of a fact shows in grey print too, wherever it is drawn.
#[test]
fn each_standing_has_a_form_of_its_own_without_colour() {
    let caption = samples::caption("Lenn");
    let of_node = |standing: Standing| {
        let mut made = samples::network();
        made.ties.clear();
        made.nodes.truncate(1);
        made.nodes[0].standing = standing;
        network(&made, &caption)
    };
    let of_tie = |standing: Standing| {
        let mut made = samples::network();
        made.ties.truncate(1);
        made.ties[0].standing = standing;
        network(&made, &caption)
    };
    let of_event = |at: usize| {
        let caption = &caption;
        move |standing: Standing| {
            let mut made = samples::timeline();
            made.lanes.truncate(1);
            made.lanes[0].events = vec![made.lanes[0].events[at].clone()];
            made.lanes[0].events[0].standing = Some(standing);
            timeline(&made, caption)
        }
    };
    let of_report = |standing: Standing| {
        let mut made = samples::course();
        made.strands.truncate(1);
        made.strands[0].reports.truncate(2);
        made.strands[0].reports[1].standing = standing;
        course(&made, &caption)
    };
    let of_toll = |wounded: bool| {
        let caption = &caption;
        move |standing: Standing| {
            let mut made = samples::tolls();
            made.rows.truncate(1);
            let figure = Some(Figure::exactly(7));
            let held = Held { figure, standing: Some(standing), basis: String::new() };
            let row = &mut made.rows[0];
            (row.killed, row.wounded) = match wounded {
                true => (Held::default(), held),
                false => (held, Held::default()),
            };
            tolls(&made, caption)
        }
    };
    let of_place = |at: usize, many: usize| {
        let caption = &caption;
        move |standing: Standing| {
            let mut made = samples::map();
            made.things = vec![made.things[at].clone(); many];
            made.things.iter_mut().for_each(|thing| thing.standing = standing);
            map(&made, caption)
        }
    };
    use Standing as S;
    // A date, a toll and a record are held or not; only what is said can be denied.
    let held = [S::Found, S::Accepted, S::Proposed, S::Contested];
    let check = |what: &str, standings: &[Standing], drawn: &dyn Fn(Standing) -> Drawing| {
        let all: Vec<Vec<String>> =
            standings.iter().map(|standing| forms(&drawn(*standing).svg)).collect();
        for (at, one) in all.iter().enumerate() {
            for (other, with) in all[..at].iter().zip(standings) {
                assert!(one != other, "{what}: {:?} looks like {with:?}", standings[at]);
            }
        }
    };
    check("node", &held[..3], &of_node);
    check("tie", &S::ALL, &of_tie);
    check("day", &held, &of_event(0));
    check("span", &held, &of_event(1));
    check("report", &[S::Accepted, S::Proposed, S::Denied], &of_report);
    check("killed", &held, &of_toll(false));
    check("wounded", &held, &of_toll(true));
    check("point on a map", &S::ALL, &of_place(0, 1));
    check("plate on a map", &S::ALL, &of_place(0, 3));
    check("region on a map", &S::ALL, &of_place(6, 1));
    check("country on a map", &S::ALL, &of_place(7, 2));
}

#[test]
fn no_node_is_larger_because_more_is_tied_to_it() {
    let mut made = samples::network();
    let lone = made.nodes.len() - 1;
    for at in 1..lone {
        for _ in 0..4 {
            let mut tie = made.ties[0].clone();
            (tie.from, tie.to, tie.relation) = (at, 0, format!("tie {at}"));
            made.ties.push(tie);
        }
    }
    let drawing = network(&made, &samples::caption("Lenn"));
    let circles = drawing.svg.matches("<circle r=\"8\">").count();
    // Two people and the key, one with many ties and one with none.
    assert_eq!(circles, 3);
}

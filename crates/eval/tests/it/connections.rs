//! Scores of connections: to the digit those of the scorer that the task comes with.

use std::collections::BTreeMap;

use throughline_eval::bench::connections::*;

/// Whether two figures are equal in four places.
#[track_caller]
fn alike(own: f64, wanted: f64) {
    assert!((own - wanted).abs() <= 0.5e-4 + 1e-12, "{own} is not {wanted}");
}

/// Pairs by whether they are connected, coverage, and score where they have one.
const RANKED: [(u8, u8, Option<f64>); 24] = [
    (1, 4, Some(0.3)),
    (0, 1, Some(0.5)),
    (1, 2, Some(0.5)),
    (0, 1, None),
    (0, 6, Some(0.5)),
    (1, 12, Some(0.5)),
    (0, 6, Some(0.2)),
    (1, 12, Some(1.2)),
    (1, 2, Some(0.5)),
    (0, 1, Some(0.2)),
    (0, 12, Some(0.5)),
    (1, 6, Some(0.3)),
    (1, 4, Some(0.3)),
    (1, 4, Some(0.8)),
    (0, 6, Some(0.2)),
    (0, 4, Some(0.1)),
    (1, 6, Some(0.5)),
    (0, 2, None),
    (0, 6, Some(0.1)),
    (0, 12, Some(0.2)),
    (0, 20, Some(0.2)),
    (0, 20, Some(0.0)),
    (0, 6, Some(0.9)),
    (0, 6, Some(0.0)),
];

#[test]
fn rankings_score_as_the_task_has_it() {
    let rows = RANKED.iter().enumerate();
    let gold: String = rows
        .clone()
        .map(|(at, (y, coverage, _))| {
            format!("{{\"id\": \"p{at}\", \"y\": {y}, \"coverage\": {coverage}}}\n")
        })
        .collect();
    let predicted: String = rows
        .filter_map(|(at, (.., score))| {
            Some(format!("{{\"id\": \"p{at}\", \"score\": {}}}\n", score.as_ref()?))
        })
        .collect();
    let scores: BTreeMap<String, f64> = scored(&predicted).unwrap().into_iter().collect();
    let found = ranked(&labelled(&gold).unwrap(), &scores, 5);
    assert_eq!((found.pairs, found.positives, found.missing), (24, 9, 2));
    alike(found.own.auc, 0.8296);
    alike(found.own.ap, 0.6987);
    alike(found.own.precision_at, 0.6286);
    alike(found.own.auc_matched, 0.9213);
    alike(found.control.auc, 0.4481);
    alike(found.control.ap, 0.3655);
    alike(found.control.precision_at, 0.3);
    alike(found.control.auc_matched, 0.4444);
}

#[test]
fn dates_score_as_the_task_has_it() {
    let gold = r#"
        {"id": "a", "date": "2031-01-05"}
        {"id": "b", "date": null}
        {"id": "c", "date": "2031-02-11"}
        {"id": "d", "date": "2031-02-11"}
        {"id": "e", "date": "2031-02-11"}
        {"id": "f", "date": null}
        {"id": "h", "date": "2030-12-31"}
    "#;
    let predicted = r#"
        {"id": "a", "date": "2031-01-05"}
        {"id": "b", "date": null}
        {"id": "c", "date": "2031-01-31"}
        {"id": "d", "date": "2031-03-02"}
        {"id": "e", "date": null}
        {"id": "f", "date": "2031-02-11"}
    "#;
    let found = when(&dated(gold).unwrap(), &dated(predicted).unwrap());
    alike(found.accuracy, 0.2857);
    alike(found.exact, 0.2);
    let counts = (found.pairs, found.connected, found.early, found.late);
    assert_eq!(counts, (7, 5, 1, 1));
    assert_eq!((found.missed, found.wrong, found.missing), (2, 1, 1));
    assert_eq!(found.days_off, Some(10.0));
}

#[test]
fn reported_connections_score_as_the_task_has_it() {
    let gold = r#"
        {"id": "1", "a": "Plot A", "b": "Plot B", "date": "2031-01-05"}
        {"id": "2", "a": "plot b ", "b": "Plot A", "date": "2031-01-02"}
        {"id": "3", "a": "Plot A", "b": "Plot C", "date": null}
        {"id": "4", "a": "Plot C", "b": "Plot D", "date": "2031-05-01"}
        {"id": "5", "a": "Plot E", "b": "Plot D", "date": "2031-05-01"}
    "#;
    let own = r#"
        {"id": "x", "a": "plot a", "b": "plot b", "date": "2031-01-09"}
        {"id": "y", "a": "plot c", "b": "plot a"}
        {"id": "z", "a": "plot d", "b": "plot c", "date": "2031-04-30"}
        {"id": "w", "a": "plot q", "b": "plot r", "date": "2031-04-30"}
    "#;
    let found = reported(&claimed(gold).unwrap(), &claimed(own).unwrap());
    assert_eq!((found.gold, found.claimed, found.beyond, found.dated), (4, 4, 1, 2));
    alike(found.recall, 0.75);
    assert_eq!((found.not_before, found.within_a_week), (Some(0.5), Some(1.0)));
}

/// Plots of which one man is of both, or two are linked, over a third, at a place or in a country.
const WORLD: &str = r#"{"name": "tiny", "entities": [
    {"id": "P", "kind": "plot"}, {"id": "Q", "kind": "plot"}, {"id": "R", "kind": "plot"},
    {"id": "S", "kind": "plot"}, {"id": "T", "kind": "plot"},
    {"id": "a", "kind": "person"}, {"id": "b", "kind": "person"}, {"id": "c", "kind": "person"},
    {"id": "d", "kind": "person"}, {"id": "e", "kind": "person"}, {"id": "z", "kind": "person"},
    {"id": "camp", "kind": "place"}, {"id": "far", "kind": "country"}],
  "relations": [
    {"a": "a", "b": "P", "type": "involved_in", "date": "2031-01-01"},
    {"a": "b", "b": "Q", "type": "involved_in", "date": "2031-01-02"},
    {"a": "c", "b": "R", "type": "involved_in", "date": "2031-01-03"},
    {"a": "d", "b": "S", "type": "involved_in", "date": "2031-01-04"},
    {"a": "e", "b": "T", "type": "involved_in", "date": "2031-01-05"},
    {"a": "a", "b": "b", "type": "linked_to", "date": "2031-03-01"},
    {"a": "a", "b": "b", "type": "linked_to", "date": "2031-02-01"},
    {"a": "a", "b": "z", "type": "linked_to", "date": "2031-01-06"},
    {"a": "z", "b": "c", "type": "linked_to", "date": "2031-04-01"},
    {"a": "a", "b": "camp", "type": "present_in", "date": "2031-01-07"},
    {"a": "d", "b": "camp", "type": "present_in", "date": "2031-05-01"},
    {"a": "e", "b": "far", "type": "present_in", "date": "2031-01-08"},
    {"a": "a", "b": "far", "type": "present_in", "date": "2031-01-08"},
    {"a": "b", "b": "c", "type": "linked_to", "date": null}]}"#;

#[test]
fn first_dates_follow_the_rule_of_the_task() {
    let world = world(WORLD).unwrap();
    for (a, b, wanted) in [
        ("P", "Q", Some("2031-02-01")),
        ("P", "R", Some("2031-04-01")),
        ("P", "S", Some("2031-05-01")),
        // One country ties nobody.
        ("P", "T", None),
        // An undated link is not used, and no path leads through a third plot's man and two more.
        ("Q", "R", None),
    ] {
        let line = format!("{{\"id\": \"x\", \"a\": \"{a}\", \"b\": \"{b}\"}}");
        let found = dates(&world, &pairs(&line).unwrap());
        let date = found[0].date.map(|day| day.to_string());
        assert_eq!(date.as_deref(), wanted, "{a} and {b}");
    }
}

#[test]
fn what_nobody_can_use_is_named() {
    for (error, wanted) in [
        (pairs("{\"id\": \"x\", \"a\": \"P\"}").unwrap_err().to_string(), "line 1: field \"b\""),
        (
            labelled("\n{\"id\": \"x\", \"y\": 1}").unwrap_err().to_string(),
            "line 2: field \"coverage\"",
        ),
        (dated("{\"id\": \"x\", \"date\": \"May\"}").unwrap_err().to_string(), "is no date"),
        (dated("{\"id\": \"x\"}").unwrap_err().to_string(), "field \"date\" is missing"),
        (scored("{\"id\": \"x\"}").unwrap_err().to_string(), "field \"score\""),
        (claimed("{}").unwrap_err().to_string(), "a string \"id\""),
        (world("{}").unwrap_err(), "a list \"entities\""),
        (
            world(r#"{"entities": [], "relations": [{"a": "x", "b": "y", "type": "t"}]}"#)
                .unwrap_err(),
            "there is no entity x",
        ),
    ] {
        assert!(error.contains(wanted), "{error}");
    }
}

/// Attacks at three places; those of one group share feature 1 or feature 2.
fn attacks() -> (World, Vec<Pair>, Vec<Labelled>) {
    let mut entities = Vec::new();
    let (mut lines, mut labels) = (String::new(), String::new());
    for place in 0..12 {
        for (at, own) in [1, 1, 2, 2].into_iter().enumerate() {
            let (noise, year) = (10 + (place * 7 + at * 3) % 5, 1990 + at);
            entities.push(format!(
                r#"{{"id": "{place}/{at}", "kind": "attack", "date": "{year}-01-0{}", "type": "Arson", "place": "l{place}", "features": [{own}, {noise}]}}"#,
                place % 9 + 1
            ));
        }
        for (a, b) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
            let same = usize::from(a / 2 == b / 2);
            lines += &format!(
                "{{\"id\": \"{place}/{a}~{b}\", \"a\": \"{place}/{a}\", \"b\": \"{place}/{b}\"}}\n"
            );
            labels += &format!("{{\"id\": \"{place}/{a}~{b}\", \"y\": {same}, \"coverage\": 4}}\n");
        }
    }
    let text = format!(r#"{{"entities": [{}], "relations": []}}"#, entities.join(","));
    (world(&text).unwrap(), pairs(&lines).unwrap(), labelled(&labels).unwrap())
}

#[test]
fn what_is_shared_and_what_is_fitted_find_who_belongs_together() {
    let (world, pairs, gold) = attacks();
    let auc = |scores: Vec<f64>| {
        let scores = pairs.iter().map(|pair| pair.id.clone()).zip(scores).collect();
        ranked(&gold, &scores, 5).own.auc
    };
    assert!(auc(surprise(&world, &pairs)) > 0.8);
    assert!(auc(fitted(&world, &pairs, &gold)) > 0.95);
    // A pair is scored by what other places teach: its own label changes nothing.
    let mut turned = gold.clone();
    let last = turned.last_mut().unwrap();
    last.y = !last.y;
    let own = |gold| fitted(&world, &pairs, gold).last().copied();
    assert_eq!(own(&gold), own(&turned));
    // Undated attacks are last by nearness, and of one year first.
    let near = nearness(&world, &pairs);
    assert!(near[0] > near[2]);
}

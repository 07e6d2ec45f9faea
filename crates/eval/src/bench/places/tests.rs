//! Scores by hand and by the task's own script.

use super::*;

const GOLD: &str = r#"
{"doc":"a","start":0,"end":4,"lat":50.0,"lon":10.0,"geonameid":7}
{"doc":"a","start":9,"end":12,"lat":50.0,"lon":10.0,"geonameid":8}
{"doc":"a","start":20,"end":25,"lat":null,"lon":null,"geonameid":null}
{"doc":"b","start":3,"end":9,"lat":-33.5,"lon":151.25,"geonameid":null}
{"doc":"b","start":30,"end":39,"lat":10.0,"lon":20.0,"geonameid":9}
{"doc":"b","start":50,"end":55,"lat":10.0,"lon":20.0,"geonameid":9,"ignore":true}
"#;

const PREDICTED: &str = r#"
{"doc":"a","start":0,"end":4,"lat":50.7,"lon":10.6,"geonameid":7}
{"doc":"a","start":9,"end":12,"lat":52.0,"lon":10.0,"geonameid":5}
{"doc":"a","start":20,"end":25,"lat":1.0,"lon":1.0}
{"doc":"a","start":40,"end":45,"lat":1.0,"lon":1.0}
{"doc":"b","start":3,"end":9}
{"doc":"b","start":50,"end":55,"lat":10.0,"lon":20.0}
{"doc":"b","start":60,"end":65}
{"doc":"b","start":30,"end":39,"lat":11.0,"lon":20.5,"geonameid":9}
"#;

/// What the script of the task says of the same lines, to its four digits.
#[test]
fn figures_are_those_of_the_script_of_the_task() {
    let score = score(&toponyms(GOLD).unwrap(), &toponyms(PREDICTED).unwrap());
    let whole = [score.toponyms, score.with_coordinates, score.predicted, score.placed];
    assert_eq!((whole, score.ignored), ([5, 4, 7, 3], 1));
    let detected = score.detected;
    let end_to_end = score.end_to_end;
    for (figure, wanted) in [
        (detected.precision / 100.0, "0.7143"),
        (detected.recall / 100.0, "1.0000"),
        (detected.f1 / 100.0, "0.8333"),
        (score.right, "0.5000"),
        (score.right_where_placed, "0.6667"),
        (end_to_end.precision / 100.0, "0.5000"),
        (end_to_end.recall / 100.0, "0.5000"),
        (end_to_end.f1 / 100.0, "0.5000"),
        (score.median_km.unwrap(), "123.9058"),
        (score.same_geoname.unwrap(), "0.6667"),
    ] {
        assert_eq!(format!("{figure:.4}"), wanted);
    }
    let (low, high) = score.right_bounds;
    assert!(low <= score.right && score.right <= high);
}

#[test]
fn gold_against_itself_is_right_and_nothing_is_not() {
    let gold = toponyms(GOLD).unwrap();
    let itself = score(&gold, &gold);
    assert_eq!((itself.right, itself.detected.f1, itself.end_to_end.f1), (1.0, 100.0, 100.0));
    let none = score(&gold, &BTreeMap::new());
    assert_eq!((none.right, none.detected.f1, none.median_km), (0.0, 0.0, None));
    assert_eq!(spans(&gold)["b"], [3..9, 30..39]);
}

#[test]
fn predictions_come_back_from_their_lines() {
    let lines: String = toponyms(PREDICTED)
        .unwrap()
        .iter()
        .map(|(span, one)| format!("{}\n", line(span, one)))
        .collect();
    assert_eq!(toponyms(&lines).unwrap(), toponyms(PREDICTED).unwrap());
}

#[test]
fn lines_that_cannot_be_used_are_named() {
    for (text, wanted) in [
        ("\n{", "line 2: not valid JSON"),
        (r#"{"doc": 1}"#, "\"doc\" must be a string"),
        (r#"{"doc": "a", "start": 1}"#, "\"end\" must be a whole number"),
        (r#"{"doc": "a", "start": 1, "end": 2, "lat": 91, "lon": 1}"#, "degrees or null"),
        (
            "{\"doc\": \"a\", \"start\": 1, \"end\": 2}\n{\"doc\": \"a\", \"start\": 1, \"end\": 2}",
            "line 2: span a 1-2 occurs twice",
        ),
    ] {
        let error = toponyms(text).unwrap_err().to_string();
        assert!(error.contains(wanted), "{error}");
    }
    assert!(texts("{\"id\": \"a\"}").is_err());
}

//! Attributions made up for the purpose.

use super::*;

const GOLD: &str = r#"
    {"docid": "a", "text": "“It was calm,” Ada Marl said, “and dry.” Police say it rained.", "attributions": [{"source": [[19, 27]], "cue": [[28, 32]], "content": [[0, 18], [34, 48]]}, {"source": [[49, 55]], "cue": [[56, 59]], "content": [[60, 69]]}]}
    {"docid": "b", "text": "It is said that it snowed.", "attributions": [{"source": [], "cue": [[3, 10]], "content": [[11, 25]]}]}
"#;

fn scored(predictions: &str) -> Score {
    let predicted = records(predictions).unwrap();
    let predicted = predicted.into_iter().map(|one| (one.document, one.attributions)).collect();
    score(&records(GOLD).unwrap(), &predicted)
}

#[test]
fn gold_against_itself_has_full_marks_and_nothing_none() {
    let own = scored(GOLD);
    let all = own.exact.iter().chain(&own.words).chain([&own.whole, &own.overlap]);
    assert!(all.clone().all(|one| (one.f1 - 100.0).abs() < 1e-9));
    assert_eq!(own.right, Right { contents: 3, sources: 3 });
    let none = scored("");
    assert_eq!((none.whole.f1, none.right.percent(), none.exact[0].counts.gold), (0.0, 0.0, 2));
}

#[test]
fn pieces_are_widened_to_words() {
    let score = scored(
        r#"{"docid": "b", "attributions": [{"source": [], "cue": [[3, 9]], "content": [[12, 24]]}]}"#,
    );
    assert_eq!((score.whole.counts.right, score.exact[1].counts.right), (1, 1));
}

#[test]
fn a_wrong_mouth_is_counted() {
    let score = scored(
        r#"{"docid": "a", "attributions": [{"source": [[49, 55]], "cue": [[28, 32]], "content": [[0, 18]]}, {"source": [], "cue": [], "content": [[60, 69]]}]}"#,
    );
    assert_eq!(score.right, Right { contents: 2, sources: 0 });
    assert_eq!(score.whole.counts, Counts { right: 0, predicted: 2, gold: 3 });
    assert!(score.overlap.f1 > 30.0 && score.overlap.f1 < 70.0);
}

#[test]
fn predictions_come_back_from_their_lines() {
    let record = &records(GOLD).unwrap()[0];
    let line = line(&record.document, &record.attributions).to_string();
    assert_eq!(records(&line).unwrap()[0].attributions, record.attributions);
}

#[test]
fn lines_that_cannot_be_used_are_named() {
    for (text, wanted) in [
        (r#"{"docid": "a", "attributions": 1}"#, "must be a list"),
        (r#"{"docid": "a", "attributions": [{"cue": [[2, 2]]}]}"#, "attributions[0]: \"cue\""),
        (r#"{"docid": "a", "attributions": [{"source": [[2]]}]}"#, "attributions[0]: \"source\""),
    ] {
        let error = records(text).unwrap_err().to_string();
        assert!(error.contains(wanted), "{error}");
    }
}

#[test]
fn units_are_scored_by_spans_and_words() {
    let gold = units::records(
        r#"{"unit": "u", "tokens": ["Ada", "Marl", "said", "so"], "labels": ["B-source", "I-source", "B-cue", "B-content"]}"#,
    )
    .unwrap();
    let score = |labels: [&str; 4]| {
        units::score(&gold, &[("u".to_owned(), labels.map(str::to_owned).to_vec())].into())
    };
    let (exact, words) = score(["B-source", "B-source", "B-cue", "I-content"]);
    assert_eq!(exact[0].counts, Counts { right: 0, predicted: 2, gold: 1 });
    assert_eq!((words[0].counts.right, exact[1].counts.right, exact[2].counts.right), (2, 1, 1));
    assert!(units::records(r#"{"unit": "u", "tokens": ["a"], "labels": ["B-x"]}"#).is_err());
}

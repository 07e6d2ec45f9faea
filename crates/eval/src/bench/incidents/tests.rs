//! A small world of two documents.

use super::*;

const GOLD: &str = r#"
    {"docid": "a", "text": "GUNMEN BOMBED THE BANK", "templates": [{"optional": false, "type": [{"alts": ["BOMBING"]}], "perp_individual": [{"alts": ["GUNMEN", "TWO GUNMEN"]}], "perp_org": [{"alts": ["QUIET HARVEST"]}], "perp_org_confidence": [{"alts": ["CLAIMED OR ADMITTED"], "ref": ["QUIET HARVEST"]}], "phys_id": [{"alts": ["BANK"]}, {"alts": ["DOOR"], "optional": true}], "date": [{"alts": ["02 FEB 90"]}]}], "gtt": [{"incident_type": "bombing", "PerpInd": [["gunmen", "two gunmen"]], "PerpOrg": [["quiet harvest"]], "Target": [["bank"], ["door"]], "Victim": [], "Weapon": []}], "ree": {"PerpInd": [["gunmen", "two gunmen"]], "PerpOrg": [["quiet harvest"]], "Target": [["bank"], ["door"]], "Victim": [], "Weapon": []}}
    {"docid": "b", "text": "NOTHING HAPPENED", "templates": [], "gtt": [], "ree": {}}
"#;

fn scored(predictions: &str) -> Score {
    let predicted = records(predictions).unwrap();
    let predicted = predicted.into_iter().map(|one| (one.document.clone(), one)).collect();
    score(&records(GOLD).unwrap(), &predicted)
}

#[test]
fn gold_against_itself_has_full_marks_and_nothing_none() {
    let own = scored(GOLD);
    for all in [own.gtt_all, own.ree_all, own.full_all, own.templates, own.relevance] {
        assert!((all.f1 - 100.0).abs() < 1e-9);
    }
    assert!((own.confidence - 100.0).abs() < 1e-9);
    let none = scored("");
    assert_eq!((none.gtt_all.f1, none.ree_all.f1, none.full_all.f1), (0.0, 0.0, 0.0));
    // What the key leaves open is not missed.
    assert_eq!(none.full_all.counts.gold, 6);
}

#[test]
fn roles_count_in_all_three_measures() {
    let score = scored(
        r#"{"docid": "a", "templates": [{"incident_type": "attack", "PerpInd": [["the gunmen"]], "Target": [["bank"]]}, {"incident_type": "bombing", "Target": [["the bank"], ["banks"]]}]}"#,
    );
    // The type of the second fits, "attack" is no part of "bombing".
    assert_eq!(score.gtt[0].counts, Counts { right: 1, predicted: 2, gold: 1 });
    assert_eq!(score.gtt[3].counts, Counts { right: 1, predicted: 3, gold: 2 });
    assert_eq!(score.ree[0].counts, Counts { right: 1, predicted: 1, gold: 1 });
    assert_eq!(score.ree[2].counts, Counts { right: 1, predicted: 2, gold: 2 });
    // One template is mapped, with the most credit: half a type, a perpetrator and a target.
    assert_eq!(score.templates.counts, Counts { right: 1, predicted: 2, gold: 1 });
    assert_eq!(score.full_all.counts.right, 2);
}

#[test]
fn two_predictions_are_not_right_by_one_entity_of_a_document() {
    let score = scored(
        r#"{"docid": "a", "templates": [], "ree": {"PerpInd": [["gunmen"], ["two gunmen"]]}}"#,
    );
    assert_eq!(score.ree[0].counts, Counts { right: 1, predicted: 2, gold: 1 });
}

#[test]
fn what_is_no_record_is_refused_with_its_line() {
    for wrong in [
        r#"{"docid": "a", "templates": {}}"#,
        r#"{"docid": "a", "templates": [{"PerpInd": ["gunmen"]}]}"#,
        r#"{"docid": "a", "templates": [{"date": [["x"]]}]}"#,
    ] {
        assert_eq!(records(wrong).unwrap_err().line, 1, "{wrong}");
    }
}

#[test]
fn a_prediction_comes_back_from_its_line() {
    let text = r#"{"docid": "a", "templates": [{"incident_type": "bombing", "PerpInd": [["gunmen"]], "date": [{"value": "02 FEB 90", "ref": []}]}], "ree": {"Victim": [["ada marl"]]}}"#;
    let record = records(text).unwrap().remove(0);
    assert_eq!(records(&line(&record).to_string()).unwrap(), [record]);
}

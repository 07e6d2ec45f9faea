//! One coder scored against another, on the invented dispatches.

use throughline_eval::coding::Coded;
use throughline_eval::score::{Item, Tally, score};
use throughline_model::{Reading, SubjectKind, Variable};

use crate::coding::{ROWS, read};

/// The tallies of the first dispatch when it is read otherwise.
fn tally(change: impl Fn(&str) -> String, item: Item) -> Tally {
    let coded = read(ROWS, "", "").unwrap();
    let other = read(&change(ROWS), "", "").unwrap();
    let pairs = documents(&coded, &other);
    let score = score(&pairs[..1]);
    score.lines.get(&item).map_or_else(Tally::default, |line| line.tally)
}

fn documents<'c>(coded: &'c Coded, other: &'c Coded) -> Vec<(&'c Reading, &'c Reading)> {
    let pairs = coded.readings.iter().zip(&other.readings);
    pairs.map(|((_, coded), (_, other))| (coded, other)).collect()
}

const KILLED: Item = Item::Values(Variable::Killed);
const PROCEDURE: Item = Item::Values(Variable::Procedure);
const PERPETRATOR: Item = Item::Values(Variable::Perpetrator);

#[test]
fn a_reading_scored_against_itself_is_all_right() {
    let coded = read(ROWS, "", "").unwrap();
    let score = score(&documents(&coded, &coded));
    // The pull-quote says again what the body says, and counts once.
    assert_eq!(score.all.tally, Tally { coded: 5, read: 5, both: 5 });
    assert_eq!(score.same_stance, 5);
    assert_eq!(score.all.f1.map(|f1| (f1.low, f1.value)), Some((1.0, 1.0)));
    assert!(score.lines.contains_key(&Item::Subjects(SubjectKind::Incident)));
}

#[test]
fn another_value_is_missed_and_wrong() {
    let three = |rows: &str| rows.replace("killed\t2", "killed\t3");
    assert_eq!(tally(three, KILLED), Tally { coded: 1, read: 1, both: 0 });
    // The incident is still found by what else is said of it.
    let incident = Item::Subjects(SubjectKind::Incident);
    assert_eq!(tally(three, incident), Tally { coded: 1, read: 1, both: 1 });
}

#[test]
fn a_denial_is_not_what_it_denies() {
    let plain = |rows: &str| rows.replace("denied by Valmont; in court", "");
    assert_eq!(tally(plain, PERPETRATOR), Tally { coded: 1, read: 1, both: 0 });
}

#[test]
fn a_hedge_is_the_same_value_in_another_stance() {
    let hedged =
        |rows: &str| rows.replace("men were killed.\t\t", "men were killed.\thedged\t").to_owned();
    assert_eq!(tally(hedged, KILLED).both, 1);
    let coded = read(ROWS, "", "").unwrap();
    let other = read(&hedged(ROWS), "", "").unwrap();
    let all = score(&documents(&coded, &other));
    assert_eq!((all.all.tally.both, all.same_stance), (5, 4));
}

#[test]
fn people_are_paired_by_name() {
    let other = |rows: &str| rows.replace("p:Valmont\tprocedure", "p:the police\tprocedure");
    assert_eq!(tally(other, PROCEDURE), Tally { coded: 1, read: 1, both: 0 });
    let nobody = |rows: &str| {
        rows.lines()
            .filter(|row| !row.contains("procedure\tarrested"))
            .map(|row| format!("{row}\n"))
            .collect()
    };
    assert_eq!(tally(nobody, PROCEDURE), Tally { coded: 1, read: 0, both: 0 });
}

#[test]
fn a_tally_without_values_has_no_score() {
    let none = Tally::default();
    assert_eq!((none.precision(), none.recall(), none.f1()), (None, None, None));
    let half = Tally { coded: 4, read: 2, both: 2 };
    assert_eq!((half.precision(), half.recall()), (Some(1.0), Some(0.5)));
}

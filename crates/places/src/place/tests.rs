//! Names placed by weights made here, so that a new table of weights changes no test.

use std::ops::Range;

use super::*;
use crate::feature::ALONE_NAMES;

/// Weights of features by their names.
fn model(together: &[(&str, i32)]) -> (Weights<ALONE>, Weights<TOGETHER>) {
    let table: String =
        together.iter().map(|(name, weight)| format!("{name}\t{weight}\n")).collect();
    (Weights::of_table(&table, &ALONE_NAMES), Weights::of_table(&table, &TOGETHER_NAMES))
}

const USUAL: [(&str, i32); 6] = [
    ("known", 800),
    ("beside", 900),
    ("same-area", 600),
    ("near", 600),
    ("home-near", 2000),
    ("home-area", 1500),
];

fn spans(text: &str, names: &[&str]) -> Vec<Range<usize>> {
    names.iter().map(|name| text.find(name).map(|at| at..at + name.len()).unwrap()).collect()
}

/// The codes of the places of names in texts of one source.
fn codes(source: &str, texts: &[(&str, &[&str])]) -> Vec<Vec<String>> {
    let gazetteer = Gazetteer::own();
    let spans: Vec<Vec<Range<usize>>> =
        texts.iter().map(|(text, names)| spans(text, names)).collect();
    let reports: Vec<Report<'_>> = texts
        .iter()
        .zip(&spans)
        .map(|((text, _), toponyms)| Report { text, toponyms, source })
        .collect();
    let (alone, together) = model(&USUAL);
    let sure = weights::sure();
    let model = Model { alone: &alone, together: &together, sure };
    let placed = Reports::of(gazetteer, &reports).placed(&model);
    let code = |placed: &Option<Placed>| {
        placed.as_ref().map_or_else(String::new, |placed| {
            let entry = gazetteer.entry(placed.id);
            format!("{}.{}", entry.country, entry.area)
        })
    };
    placed.iter().map(|report| report.iter().map(code).collect()).collect()
}

#[test]
fn the_state_beside_a_name_and_its_neighbours_say_which_it_is() {
    let found = codes("", &[("He left Paris for Lyon.", &["Paris", "Lyon"])]);
    assert_eq!(found, [["FR.11", "FR.84"]]);
    let found = codes("", &[("He left Paris, Texas. In Paris he was known.", &["Paris"])]);
    assert_eq!(found, [["US.TX"]]);
}

#[test]
fn what_a_source_writes_of_says_where_it_is_at_home() {
    let elsewhere: (&str, &[&str]) =
        ("Reno and Sulphur Springs; Bonham, Sherman.", &["Sulphur Springs", "Bonham", "Sherman"]);
    let alone = codes("", &[("A man from Paris was hurt.", &["Paris"])]);
    assert_eq!(alone, [["FR.11"]]);
    let with = codes("", &[("A man from Paris was hurt.", &["Paris"]), elsewhere, elsewhere]);
    assert_eq!(with[0], ["US.TX"], "{with:?}");
}

#[test]
fn every_mention_of_a_name_has_its_place_and_its_reasons() {
    let text = "Cairo said so. Cairo's police, and Xyzzyburgh.";
    let toponyms = [0..5, 15..22, 35..45];
    let report = Report { text, toponyms: &toponyms, source: "" };
    let placed = place(&report);
    assert_eq!((placed.len(), &placed[0], &placed[2]), (3, &placed[1], &None));
    let first = placed[0].as_ref().unwrap();
    assert!(first.percent > 50 && first.percent < 100, "{first:?}");
    assert!(first.reasons.is_sorted_by_key(|reason| -reason.adds.abs()));
}

proptest::proptest! {
    #[test]
    fn any_text_and_any_spans_are_placed(
        text in "\\PC{0,120}",
        spans in proptest::collection::vec((0_usize..130, 0_usize..30), 0..6),
        source in "\\PC{0,20}",
    ) {
        let toponyms: Vec<Range<usize>> =
            spans.iter().map(|(start, length)| *start..start + length).collect();
        let report = Report { text: &text, toponyms: &toponyms, source: &source };
        let placed = place(&report);
        proptest::prop_assert_eq!(placed.len(), toponyms.len());
        proptest::prop_assert_eq!(place(&report), placed);
    }

    #[test]
    fn the_order_of_reports_changes_nothing(seed in proptest::collection::vec(0_usize..4, 2..5)) {
        const TEXTS: [&str; 4] = ["Paris", "Sherman", "Bonham", "Lyon"];
        let toponyms: Vec<Range<usize>> = seed.iter().map(|at| 0..TEXTS[*at].len()).collect();
        let reports: Vec<Report<'_>> = seed
            .iter()
            .zip(&toponyms)
            .map(|(at, span)| Report {
                text: TEXTS[*at],
                toponyms: std::slice::from_ref(span),
                source: "",
            })
            .collect();
        let gazetteer = Gazetteer::own();
        let placed = Reports::of(gazetteer, &reports).placed(&Model::own());
        let turned: Vec<Report<'_>> = reports.iter().rev().copied().collect();
        let mut back = Reports::of(gazetteer, &turned).placed(&Model::own());
        back.reverse();
        proptest::prop_assert_eq!(back, placed);
    }
}

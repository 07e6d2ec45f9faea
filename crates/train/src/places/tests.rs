//! Weights from a few toponyms made here.

use super::*;

/// Documents in which the state beside a name says which place of the name it is.
fn pool() -> Pool {
    const TOWNS: [(&str, &str, f64, f64); 4] = [
        ("Paris", "Texas", 33.66, -95.56),
        ("Athens", "Georgia", 33.96, -83.38),
        ("Lebanon", "Pennsylvania", 40.34, -76.42),
        ("Moscow", "Idaho", 46.73, -117.0),
    ];
    let (mut texts, mut gold) = (Vec::new(), BTreeMap::new());
    for (at, (town, state, lat, lon)) in TOWNS.iter().cycle().take(24).enumerate() {
        let document = format!("d{at}");
        let text = format!("{town}, {state}, was quiet.");
        let at = Some((*lat, *lon));
        let toponym = Toponym { at, geoname: None, ignored: false };
        gold.insert((document.clone(), 0, town.len()), toponym);
        texts.push(Text { document, text, source: String::new() });
    }
    Pool { texts, gold }
}

#[test]
fn what_stands_beside_a_name_is_learned_and_holds_for_other_sources() {
    let pools = [pool()];
    let beside = throughline_places::ALONE_NAMES.iter().position(|name| *name == "beside").unwrap();
    assert!(found(&pools).alone.of[beside] > 0);
    let with = &cross_validated(&pools, &Without::default())[0];
    assert_eq!((with.score.right, with.score.toponyms), (1.0, 24));
    assert!(with.stated.iter().all(|(said, right)| *right && *said > 50), "{:?}", with.stated);
}

#[test]
fn what_is_said_to_be_sure_is_held_against_what_is_right() {
    let stated = vec![(30, false), (50, true), (90, true), (90, true), (95, false)];
    let validated = Validated { stated, ..Validated::default() };
    assert_eq!(
        validated.calibration(&[50, 80, 99]),
        [(2, 40.0, 50.0), (0, 0.0, 0.0), (3, 275.0 / 3.0, 200.0 / 3.0)]
    );
}

#[test]
fn what_is_left_out_weighs_nothing() {
    let pools = [pool()];
    let without = Without { features: &["beside", "beside-another"], other_documents: true };
    let sources = pools[0].sources(&without);
    let found = train(&sources.iter().collect::<Vec<_>>(), &without);
    for (name, weight) in throughline_places::TOGETHER_NAMES.iter().zip(found.together.of) {
        assert!(weight == 0 || !without.features.contains(name), "{name}");
    }
}

//! Published worked examples, and laws that hold of any ratings.

use proptest::prelude::*;

use super::*;

fn ratings(units: Vec<Vec<Option<usize>>>, scale: Scale) -> Ratings {
    let categories = units.iter().flatten().flatten().max().map_or(0, |most| most + 1);
    Ratings { units, categories, scale }
}

/// A row a coder, as published tables have it; `.` where nothing was coded.
fn coders(rows: &[&str], scale: Scale) -> Ratings {
    let rows: Vec<Vec<Option<usize>>> = rows
        .iter()
        .map(|row| row.split_whitespace().map(|value| value.parse().ok()).collect())
        .collect();
    ratings((0..rows[0].len()).map(|at| rows.iter().map(|row| row[at]).collect()).collect(), scale)
}

/// How many units each of two coders put where.
fn crossed(table: &[&[usize]]) -> Ratings {
    let mut units = Vec::new();
    for (one, row) in table.iter().enumerate() {
        for (other, many) in row.iter().enumerate() {
            units.extend(vec![vec![Some(one), Some(other)]; *many]);
        }
    }
    ratings(units, Scale::Nominal)
}

fn near(found: Option<f64>, want: f64, digits: i32) {
    let found = found.unwrap();
    assert!((found - want).abs() <= 0.5 * 10_f64.powi(-digits) + 1e-12, "{found}, not {want}");
}

#[test]
fn cohens_kappa_is_that_of_published_tables() {
    // Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed. 2003, table
    // 18.1: 100 subjects diagnosed by two raters, kappa = 0.68.
    let diagnoses = crossed(&[&[75, 1, 4], &[5, 4, 1], &[0, 0, 10]]);
    near(cohen(&diagnoses), 0.68, 2);
    near(diagnoses.alike(), 0.89, 2);
    // The worked example of Wikipedia's article on Cohen's kappa: fifty grants, two readers, 0.4.
    near(cohen(&crossed(&[&[20, 5], &[10, 15]])), 0.4, 9);
}

#[test]
fn fleiss_kappa_is_that_of_a_published_table() {
    // The worked example of Wikipedia's article on Fleiss' kappa: ten subjects, fourteen raters, five
    // categories; kappa = 0.210, agreement 0.378.
    const TABLE: [[usize; 5]; 10] = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ];
    let unit = |row: &[usize; 5]| {
        row.iter().enumerate().flat_map(|(at, many)| vec![Some(at); *many]).collect()
    };
    let all = ratings(TABLE.iter().map(unit).collect(), Scale::Nominal);
    near(fleiss(&all), 0.210, 3);
    near(all.alike(), 0.378, 3);
}

#[test]
fn krippendorffs_alpha_is_that_of_his_worked_examples() {
    // K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011: A, binary data by two
    // observers, 0.095; B, nominal data by two observers, 0.692; C, four observers with gaps: nominal
    // 0.743, ordinal 0.815, interval 0.849.
    let binary = coders(&["0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"], Scale::Nominal);
    near(alpha(&binary), 0.095, 3);
    let two = coders(&["0 0 1 1 3 2 2 2 4 3 3 0", "1 0 1 1 1 2 2 2 4 3 3 3"], Scale::Nominal);
    near(alpha(&two), 0.692, 3);
    let four = [
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    ];
    near(alpha(&coders(&four, Scale::Nominal)), 0.743, 3);
    near(alpha(&coders(&four, Scale::Ordinal)), 0.815, 3);
    let places = (0..6).map(f64::from).collect();
    near(alpha(&coders(&four, Scale::Interval(places))), 0.849, 3);
}

#[test]
fn where_only_one_value_was_coded_nothing_is_told_from_chance() {
    let all = crossed(&[&[9]]);
    assert_eq!((cohen(&all), fleiss(&all), alpha(&all)), (None, None, None));
    assert_eq!(all.alike(), Some(1.0));
    assert_eq!(interval(&all, 1, alpha), Err(Unbounded::Few));
    let nothing = ratings(vec![vec![Some(0), None]; 3], Scale::Nominal);
    assert_eq!((nothing.shared(), nothing.alike()), (0, None));
    assert_eq!((cohen(&nothing), fleiss(&nothing), alpha(&nothing)), (None, None, None));
}

fn any_ratings() -> impl Strategy<Value = Ratings> {
    (2..4_usize, 1..4_usize).prop_flat_map(|(coders, most)| {
        let place = prop_oneof![1 => Just(None), 4 => (0..=most).prop_map(Some)];
        prop::collection::vec(prop::collection::vec(place, coders), 1..24)
            .prop_map(|units| ratings(units, Scale::Nominal))
    })
}

proptest! {
    #[test]
    fn who_agrees_everywhere_has_one_and_nobody_has_more(all in any_ratings()) {
        for found in [alpha(&all), fleiss(&all), cohen(&all)].into_iter().flatten() {
            prop_assert!(found <= 1.0 + 1e-9, "{found}");
        }
        let mut agreed = all.clone();
        for unit in &mut agreed.units {
            let first = unit.iter().flatten().copied().next();
            unit.iter_mut().for_each(|place| *place = first);
        }
        for found in [alpha(&agreed), fleiss(&agreed), cohen(&agreed)].into_iter().flatten() {
            prop_assert!((found - 1.0).abs() < 1e-9, "{found}");
        }
    }

    #[test]
    fn the_order_of_units_and_coders_and_the_names_of_values_do_not_matter(all in any_ratings()) {
        let mut other = all.clone();
        other.units.reverse();
        for unit in &mut other.units {
            unit.reverse();
            for place in unit.iter_mut() {
                *place = place.map(|at| all.categories - 1 - at);
            }
        }
        for coefficient in [alpha, fleiss, cohen] {
            match (coefficient(&all), coefficient(&other)) {
                (Some(one), Some(two)) => prop_assert!((one - two).abs() < 1e-9, "{one} {two}"),
                (one, two) => prop_assert_eq!(one, two),
            }
        }
    }

    #[test]
    fn with_two_values_every_scale_measures_alike(all in any_ratings()) {
        let mut two = all;
        for place in two.units.iter_mut().flatten() {
            *place = place.map(|at| at.min(1));
        }
        two.categories = 2;
        let nominal = alpha(&two);
        for scale in [Scale::Ordinal, Scale::Interval(vec![0.0, 1.0])] {
            match (nominal, alpha(&Ratings { scale, ..two.clone() })) {
                (Some(one), Some(other)) => prop_assert!((one - other).abs() < 1e-9),
                (one, other) => prop_assert_eq!(one, other),
            }
        }
    }

    #[test]
    fn an_interval_is_the_same_for_the_same_seed(all in any_ratings(), seed in 0..99_u64) {
        let found = interval(&all, seed, alpha);
        prop_assert_eq!(found, interval(&all, seed, alpha));
        if let Ok(Interval { low, high }) = found {
            prop_assert!(low < high && high <= 1.0 + 1e-9);
        }
    }
}

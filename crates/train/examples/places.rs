//! What each group of features buys in placing names, each document by weights that saw none of its
//! source: `cargo run --release --example places -- BENCH`.

#![allow(clippy::print_stdout)]

use std::path::Path;

use throughline_train::Bench;
use throughline_train::places::{Pool, SETS, Without, cross_validated};

/// Groups of features, each left out together.
const GROUPS: [(&str, &[&str]); 6] = [
    ("all", &[]),
    ("without what stands beside", &["beside", "beside-another"]),
    (
        "without how well known an entry is",
        &["known", "less-known", "not-best-known", "better-known", "large-city", "capital"],
    ),
    (
        "without other names of the report",
        &[
            "area-among-names",
            "same-country",
            "same-area",
            "near",
            "within-250-km",
            "some-area-around",
            "some-near",
            "some-same-area",
            "some-same-country",
        ],
    ),
    ("without the home of the source", &["home-country", "home-area", "home-near", "home-is-near"]),
    ("without the source's name", &["source-country", "source-named"]),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder of the bench")?;
    let bench = Bench::new(Path::new(&folder));
    let pools = SETS.iter().map(|set| Pool::read(&bench, set)).collect::<Result<Vec<_>, _>>()?;
    let show = |name: &str, without: &Without<'_>| {
        let scores = cross_validated(&pools, without);
        for (set, validated) in SETS.iter().zip(scores) {
            let score = &validated.score;
            let (low, high) = score.right_bounds;
            println!(
                "{name}\t{set}\t{:.3} ({low:.3} to {high:.3})\tof those placed {:.3}\tsame id {:.3}\tmedian {:.1} km",
                score.right,
                score.right_where_placed,
                score.same_geoname.unwrap_or_default(),
                score.median_km.unwrap_or_default()
            );
            for (many, said, right) in validated.calibration(&[50, 70, 80, 90, 95, 99]) {
                println!("\t\t{many} said to be sure by {said:.1} %: {right:.1} % are right");
            }
        }
    };
    for (name, features) in GROUPS {
        show(name, &Without { features, other_documents: false });
        if std::env::args().nth(2).is_some() {
            return Ok(());
        }
    }
    show("each document alone", &Without { features: &[], other_documents: true });
    Ok(())
}

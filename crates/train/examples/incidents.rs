//! What features buy in grouping reports of incidents, each report compared by weights that saw no
//! report of its fifth of the incidents: `cargo run --release --example incidents -- BENCH [LEFT-OUT]…`,
//! where each argument names the features to be left out together: `numbers,other-numbers`.

#![allow(clippy::print_stdout)]

use std::path::Path;

use throughline_resolve::incident::Feature;
use throughline_train::Bench;
use throughline_train::same_incident::{ECB, ECB_DEV, GVA, Pool, fit};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name the folder of the bench")?;
    let bench = Bench::new(Path::new(&folder));
    let dated = Pool::read(&bench, GVA)?;
    let undated = Pool::read(&bench, ECB)?;
    let dev = Pool::read(&bench, ECB_DEV)?;
    let (of_dated, of_undated) = (dated.examples(), undated.examples());
    for left_out in std::iter::once(String::new()).chain(arguments) {
        let named = |feature: &Feature| left_out.split(',').any(|name| name == feature.name());
        let without: Vec<Feature> = Feature::ALL.into_iter().filter(named).collect();
        let weights = fit(of_undated.iter(), &without);
        let found = [
            ("dated", dated.cross_validated(&of_dated, &without)),
            ("undated", undated.cross_validated(&of_undated, &without)),
            ("undated, dev", dev.found(|_| &weights)),
        ];
        for (set, score) in found {
            println!(
                "without {left_out:?}\t{set}\tB-cubed P {:.3} R {:.3} F1 {:.3} ({:.3} to {:.3})\tARI {:.3}",
                score.b_cubed.precision,
                score.b_cubed.recall,
                score.b_cubed.f1,
                score.bounds.0,
                score.bounds.1,
                score.adjusted_rand
            );
        }
    }
    Ok(())
}

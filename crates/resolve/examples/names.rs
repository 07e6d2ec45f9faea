//! How long it takes to compare two names, from text to score, and to find one among many.
//!
//! `cargo run --release --package throughline-resolve --example names`

use std::hint::black_box;
use std::time::Instant;

use throughline_resolve::names::{Comparison, Name, NameIndex};

const GIVEN: [&str; 8] =
    ["Abdel-Hamid", "Karl", "Oksana", "Yusuf", "Jean-Marie", "Mohammed", "Ada", "Sa’id"];
const FAMILY: [&str; 8] = [
    "Brandvold",
    "al-Ruelani",
    "Marl",
    "Petrovskaya",
    "bin Tarif al-Ostbi",
    "Lindqvist",
    "Abd al-Rahman",
    "O’Zarov",
];

#[expect(clippy::print_stdout, reason = "it is what this is for")]
fn main() {
    let names: Vec<String> = (0..512)
        .map(|at| format!("{} {} {at}", GIVEN[at % 8], FAMILY[at / 8 % 8]))
        .map(|name| name.trim_end_matches(|letter: char| letter.is_ascii_digit()).to_owned())
        .collect();
    let pairs = 512 * 511;
    let started = Instant::now();
    let mut same = 0;
    for (at, one) in names.iter().enumerate() {
        for other in names.iter().skip(at + 1).chain(&names[..at]) {
            let compared = Comparison::of(&Name::of(one), &Name::of(other));
            same += usize::from(black_box(compared).score().0 >= 0);
        }
    }
    let whole = started.elapsed().as_secs_f64() * 1e6 / f64::from(pairs);
    let cut: Vec<Name> = names.iter().map(|name| Name::of(name)).collect();
    let started = Instant::now();
    for (at, one) in cut.iter().enumerate() {
        for other in cut.iter().skip(at + 1).chain(&cut[..at]) {
            same += usize::from(black_box(Comparison::of(one, other)).score().0 >= 0);
        }
    }
    let compared = started.elapsed().as_secs_f64() * 1e6 / f64::from(pairs);
    let index = NameIndex::of(names.iter().map(String::as_str));
    let started = Instant::now();
    names.iter().for_each(|name| same += index.find(name, 10).len());
    let found = started.elapsed().as_secs_f64() * 1e6 / 512.0;
    println!(
        "{pairs} pairs: {whole:.2} µs a pair with cutting, {compared:.2} µs without; \
         {found:.0} µs a name among {} ({same})",
        names.len()
    );
}

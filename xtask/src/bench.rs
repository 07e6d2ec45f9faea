//! `cargo xtask bench`: the figures of docs/performance.md, measured on this machine.

use crate::cargo;

/// Documents made from the sentences below a folder, in so many; without arguments the dispatches of
/// the sample, in three sizes. With `sources`, files of other kinds made from these.
pub(crate) fn run(arguments: &[&str]) -> anyhow::Result<()> {
    let (texts, sizes) = match arguments {
        [] => ("sample/dispatches", &["1000", "10000", "100000"][..]),
        ["sources"] => ("sample/dispatches", &["sources"][..]),
        ["sources", texts] => (*texts, &["sources"][..]),
        [texts] => (*texts, &["1000", "10000", "100000"][..]),
        [texts, sizes @ ..] => (*texts, sizes),
    };
    cargo(&["build", "--release", "--locked", "--bin", "throughline"])?;
    for size in sizes {
        let example = ["run", "--release", "--locked"];
        let rest = ["--example", "speed", "--", texts, size];
        cargo(&[&example[..], &rest].concat())?;
    }
    Ok(())
}

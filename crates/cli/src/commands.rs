//! One file a command, or a family of them.

pub(crate) mod add;
pub(crate) mod assertions;
pub(crate) mod care;
pub(crate) mod codebook;
pub(crate) mod coding;
pub(crate) mod connect;
pub(crate) mod corrections;
pub(crate) mod count;
pub(crate) mod counts;
pub(crate) mod draw;
pub(crate) mod duplicates;
pub(crate) mod eval;
pub(crate) mod export;
pub(crate) mod impact;
pub(crate) mod import;
pub(crate) mod judge;
pub(crate) mod list;
pub(crate) mod pack;
pub(crate) mod pictures;
pub(crate) mod read;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod spread;
pub(crate) mod train;
pub(crate) mod why;

use std::path::Path;

use throughline_casebook::Casebook;

use crate::args::Seen;

/// Opens a casebook that exists, with everything derived, as somebody sees it.
pub(crate) fn open_seen(path: &Path, seen: &Seen) -> anyhow::Result<Casebook> {
    let mut casebook = open(path)?;
    if let Some(coder) = &seen.blind {
        casebook.blind(coder);
    }
    Ok(casebook)
}

/// Opens a casebook that exists, with everything derived.
pub(crate) fn open(path: &Path) -> anyhow::Result<Casebook> {
    let mut casebook = Casebook::open(path)?;
    casebook.settle(|_| {})?;
    Ok(casebook)
}

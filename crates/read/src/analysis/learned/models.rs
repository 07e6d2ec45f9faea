//! The weights that lie in the program.

use std::sync::LazyLock;

use throughline_linear::{Chain, Codes};

/// The clusters of words.
pub(super) fn clusters() -> &'static Codes {
    static CODES: LazyLock<Codes> = LazyLock::new(|| {
        let bytes = include_bytes!("../../../../../models/clusters.bin");
        Codes::from_bytes(bytes).expect("clusters were checked when they were made")
    });
    &CODES
}

/// The tagger of parts of speech.
pub(super) fn parts() -> &'static Chain {
    static CHAIN: LazyLock<Chain> =
        LazyLock::new(|| chain(include_bytes!("../../../../../models/parts-of-speech.bin")));
    &CHAIN
}

/// The finder of names.
pub(super) fn names() -> &'static Chain {
    static CHAIN: LazyLock<Chain> =
        LazyLock::new(|| chain(include_bytes!("../../../../../models/names.bin")));
    &CHAIN
}

fn chain(bytes: &[u8]) -> Chain {
    Chain::from_bytes(bytes).expect("weights were checked when they were made")
}

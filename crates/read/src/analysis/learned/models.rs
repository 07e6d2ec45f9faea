//! The weights that lie in the program.

use std::sync::LazyLock;

use throughline_linear::{Chain, Codes};

/// The weights of all trained stages.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'w> {
    /// Clusters of words.
    pub clusters: &'w Codes,
    /// Parts of speech.
    pub parts: &'w Chain,
    /// Names.
    pub names: &'w Chain,
    /// What kind of incident a text tells of.
    pub relevance: &'w Chain,
    /// Roles in incidents.
    pub roles: &'w Chain,
}

impl Weights<'static> {
    /// Those that lie in the program.
    pub fn own() -> Weights<'static> {
        static CLUSTERS: LazyLock<Codes> = LazyLock::new(|| {
            let bytes = include_bytes!("../../../../../models/clusters.bin");
            Codes::from_bytes(bytes).expect("clusters were checked when they were made")
        });
        static PARTS: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/parts-of-speech.bin")));
        static NAMES: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/names.bin")));
        static RELEVANCE: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/relevance.bin")));
        static ROLES: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/roles.bin")));
        Weights {
            clusters: &CLUSTERS,
            parts: &PARTS,
            names: &NAMES,
            relevance: &RELEVANCE,
            roles: &ROLES,
        }
    }
}

fn chain(bytes: &[u8]) -> Chain {
    Chain::from_bytes(bytes).expect("weights were checked when they were made")
}

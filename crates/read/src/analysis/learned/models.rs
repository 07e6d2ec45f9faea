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
    /// Words that tell that somebody says something.
    pub cues: &'w Chain,
    /// Who says it, and what.
    pub voices: &'w Chain,
    /// How firmly events are presented as real.
    pub certainty: &'w Chain,
    /// Words that negate.
    pub negation_cues: &'w Chain,
    /// What they reach over.
    pub negation_scopes: &'w Chain,
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
        static CUES: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/cues.bin")));
        static VOICES: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/voices.bin")));
        static CERTAINTY: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/certainty.bin")));
        static NEGATION_CUES: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/negation-cues.bin")));
        static NEGATION_SCOPES: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/negation-scopes.bin")));
        Weights {
            clusters: &CLUSTERS,
            parts: &PARTS,
            names: &NAMES,
            relevance: &RELEVANCE,
            roles: &ROLES,
            cues: &CUES,
            voices: &VOICES,
            certainty: &CERTAINTY,
            negation_cues: &NEGATION_CUES,
            negation_scopes: &NEGATION_SCOPES,
        }
    }
}

fn chain(bytes: &[u8]) -> Chain {
    Chain::from_bytes(bytes).expect("weights were checked when they were made")
}

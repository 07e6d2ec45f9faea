//! The weights that lie in the program.

use std::ops::Deref;
use std::sync::LazyLock;

use throughline_linear::{Chain, Codes};

/// Weights of a stage: those of the program, which are unpacked when they are first asked for, or
/// others.
#[derive(Clone, Copy, Debug)]
pub struct Held<'w>(Source<'w>);

#[derive(Clone, Copy, Debug)]
enum Source<'w> {
    Own(&'static LazyLock<Chain>),
    Given(&'w Chain),
}

impl<'w> From<&'w Chain> for Held<'w> {
    fn from(chain: &'w Chain) -> Held<'w> {
        Held(Source::Given(chain))
    }
}

impl Deref for Held<'_> {
    type Target = Chain;

    fn deref(&self) -> &Chain {
        match self.0 {
            Source::Own(chain) => chain,
            Source::Given(chain) => chain,
        }
    }
}

/// The weights of all trained stages.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'w> {
    /// Clusters of words.
    pub clusters: &'w Codes,
    /// Related words.
    pub related: &'w Codes,
    /// Parts of speech.
    pub parts: Held<'w>,
    /// The steps by which trees are made.
    pub steps: Held<'w>,
    /// The relations of words in them.
    pub relations: Held<'w>,
    /// Names.
    pub names: Held<'w>,
    /// What kind of incident a text tells of.
    pub relevance: Held<'w>,
    /// Heads of phrases that have a role in incidents, each read by itself.
    pub heads: Held<'w>,
    /// The same, each word by all heads that it is.
    pub together: Held<'w>,
    /// The same, each with what the others were read to be.
    pub roles: Held<'w>,
    /// Which words belong to the phrase of a head.
    pub phrases: Held<'w>,
    /// Variables of incidents and of those in them.
    pub variables: Held<'w>,
    /// Words that tell that somebody says something.
    pub cues: Held<'w>,
    /// Who says it, and what.
    pub voices: Held<'w>,
    /// How firmly events are presented as real.
    pub certainty: Held<'w>,
    /// Words that negate.
    pub negation_cues: Held<'w>,
    /// What they reach over.
    pub negation_scopes: Held<'w>,
}

impl Weights<'static> {
    /// Those that lie in the program.
    pub fn own() -> Weights<'static> {
        static CLUSTERS: LazyLock<Codes> = LazyLock::new(|| {
            let bytes = include_bytes!("../../../../../models/clusters.bin");
            Codes::from_bytes(bytes).expect("clusters were checked when they were made")
        });
        static RELATED: LazyLock<Codes> = LazyLock::new(|| {
            let bytes = include_bytes!("../../../../../models/related.bin");
            Codes::from_bytes(bytes).expect("codes were checked when they were made")
        });
        static PARTS: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/parts-of-speech.bin")));
        static STEPS: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/steps.bin")));
        static RELATIONS: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/relations.bin")));
        static NAMES: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/names.bin")));
        static RELEVANCE: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/relevance.bin")));
        static HEADS: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/heads.bin")));
        static ROLES: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/roles.bin")));
        static TOGETHER: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/together.bin")));
        static VARIABLES: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/variables.bin")));
        static PHRASES: LazyLock<Chain> =
            LazyLock::new(|| chain(include_bytes!("../../../../../models/phrases.bin")));
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
            related: &RELATED,
            parts: Held(Source::Own(&PARTS)),
            steps: Held(Source::Own(&STEPS)),
            relations: Held(Source::Own(&RELATIONS)),
            names: Held(Source::Own(&NAMES)),
            relevance: Held(Source::Own(&RELEVANCE)),
            heads: Held(Source::Own(&HEADS)),
            roles: Held(Source::Own(&ROLES)),
            together: Held(Source::Own(&TOGETHER)),
            phrases: Held(Source::Own(&PHRASES)),
            variables: Held(Source::Own(&VARIABLES)),
            cues: Held(Source::Own(&CUES)),
            voices: Held(Source::Own(&VOICES)),
            certainty: Held(Source::Own(&CERTAINTY)),
            negation_cues: Held(Source::Own(&NEGATION_CUES)),
            negation_scopes: Held(Source::Own(&NEGATION_SCOPES)),
        }
    }
}

fn chain(bytes: &[u8]) -> Chain {
    Chain::from_bytes(bytes).expect("weights were checked when they were made")
}

//! What happened: incidents and sets of incidents, as the text mentions them.

use std::ops::Range;

use throughline_model::{Edtf, MentionId};

use super::builder::Builder;
use crate::analysis::Analysis;

/// The incidents and sets of a document, in text order.
#[derive(Debug, Default)]
pub(crate) struct Deeds {
    pub(crate) deeds: Vec<Deed>,
}

/// One mention of an incident, or of a set of them.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    /// The words that mention it: "the shooting at the Pulse nightclub".
    pub(crate) tokens: Range<usize>,
    pub(crate) mention: MentionId,
    /// Whether it is a set.
    pub(crate) set: bool,
    /// Equal for mentions of one incident of this document.
    pub(crate) group: usize,
    /// Where, as an index into the names.
    pub(crate) place: Option<usize>,
    pub(crate) date: Option<Edtf>,
    pub(crate) kind: Option<&'static str>,
}

impl Deeds {
    /// The deeds mentioned in some tokens.
    pub(crate) fn in_tokens(&self, tokens: Range<usize>) -> impl Iterator<Item = &Deed> {
        let from = self.deeds.partition_point(|deed| deed.tokens.start < tokens.start);
        self.deeds[from..].iter().take_while(move |deed| deed.tokens.start < tokens.end)
    }

    /// The incident that words at `token` speak of: the last one mentioned before them.
    pub(crate) fn current(&self, token: usize) -> Option<&Deed> {
        let to = self.deeds.partition_point(|deed| deed.tokens.start <= token);
        self.deeds[..to].iter().rev().find(|deed| !deed.set)
    }
}

/// Finds the incidents and sets of a document.
pub(crate) fn find(_analysis: &Analysis, _builder: &mut Builder<'_>) -> Deeds {
    Deeds::default()
}

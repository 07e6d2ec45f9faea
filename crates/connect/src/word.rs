//! What one assertion says of two mentions, and that two mentions are one subject.

use throughline_model::{AssertionId, Day, DocumentId, JudgmentId, MentionId, Wording};

use crate::Kind;

/// One assertion, or a person's finding without one, that ties two mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Of whom it is said.
    pub from: MentionId,
    /// Whom it ties that one to.
    pub to: MentionId,
    /// The type of the tie.
    pub kind: Kind,
    /// The assertion; `None` for a finding that no assertion in view supports.
    pub assertion: Option<AssertionId>,
    /// The finding by which the tie is held, if a person's finding holds it.
    pub finding: Option<JudgmentId>,
    /// The day by which it was public, of a finding that cites nothing the first on which both subjects were;
    /// [`Day::MAX`] if that is not known.
    pub day: Day,
    /// Whether it is a finding that cites nothing, and so counts always: what only a coder knows.
    pub hindsight: bool,
    /// The day on which it was taken back or replaced by its speaker's later word; [`Day::MAX`] if
    /// never.
    pub until: Day,
    /// Who spoke first: equal numbers are one voice.
    pub voice: u32,
    /// The document that has it, of an assertion.
    pub document: Option<DocumentId>,
    /// How the sentence is worded, if that tells whose words they are.
    pub wording: Option<Wording>,
    /// How weak it is.
    pub weakness: Weakness,
    /// Whether the tie is among the values held as of the dates asked for. One that is not was put
    /// forward and is not held: false, disputed away or taken back.
    pub held: bool,
}

/// What makes a tie weaker, from the strongest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weakness {
    /// What is said cannot be reconciled with what others say.
    pub contested: bool,
    /// It is said with reserve.
    pub hedged: bool,
    /// No person stands behind it.
    pub unreviewed: bool,
}

impl Weakness {
    /// In the hundredths of which paths are made: a little for what nobody reviewed, more for what
    /// nobody says without reserve, most for what is contested.
    pub(crate) fn cost(self) -> u32 {
        400 * u32::from(self.contested)
            + 200 * u32::from(self.hedged)
            + 100 * u32::from(self.unreviewed)
    }
}

/// That two mentions stand for one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// One mention.
    pub a: MentionId,
    /// The other.
    pub b: MentionId,
    /// Since when the public record held enough to see it: [`Day::MIN`] for a judgment that cites
    /// nothing and so counts always, [`Day::MAX`] if that is not known.
    pub day: Day,
    /// The reason in words.
    pub reason: String,
    /// The judgment that decided it; without one it is a proposal, "if these two are the same".
    pub judgment: Option<JudgmentId>,
    /// Whether both stand in one document, which is its own word on whom it means.
    pub within_document: bool,
}

impl Identity {
    /// Whether no person has judged it, and the document does not say it itself.
    pub fn is_unreviewed(&self) -> bool {
        self.judgment.is_none() && !self.within_document
    }

    /// Whether it rests on a coder's word alone, which no published document supports.
    pub fn is_hindsight(&self) -> bool {
        self.judgment.is_some() && self.day == Day::MIN
    }
}

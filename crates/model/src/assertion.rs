//! The unit of evidence: a document says, through speakers, that a variable has a value.

use std::borrow::Cow;

use crate::{
    Answer, AssertionId, DocumentId, Fingerprint, Mention, MentionId, Passage, Span, Speaker,
    Stance, Value, Variable, Voice, ZoneRole,
};

/// What one document says in one passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assertion {
    /// Its name, from where it stands and what it says through whom: not from `zone`, `repeats`,
    /// `certainty` and cues, which another reader may see otherwise.
    pub id: AssertionId,
    /// Where it is said.
    pub document: DocumentId,
    /// The sentence, or the cited place.
    pub passage: Passage,
    /// What part of the document the passage is.
    pub zone: ZoneRole,
    /// Through whom, the document first, the first speaker last. Never empty.
    pub speakers: Vec<Speaker>,
    /// Of what.
    pub subject: MentionId,
    /// What of it.
    pub variable: Variable,
    /// In relation to whom or what, for variables that have two sides.
    pub party: Option<MentionId>,
    /// What it is said to be.
    pub value: Value,
    /// How it was obtained, where said: "in court", "under torture", "anonymously".
    pub obtained: Option<String>,
    /// The assertion that this one repeats, of the same document or of an earlier report; what
    /// differs shows in the values.
    pub repeats: Option<AssertionId>,
    /// How sure the reader is that the text says this, in percent. Says nothing of whether it is so.
    pub certainty: u8,
}

impl Assertion {
    /// Gives the assertion the id that its content demands.
    #[must_use]
    pub fn sealed(mut self) -> Assertion {
        self.id = AssertionId::of(self.fingerprint());
        self
    }

    /// Every mention that it refers to besides its subject: value, party and speakers.
    pub fn referred(&self) -> impl Iterator<Item = MentionId> {
        let speakers = self.speakers.iter().filter_map(|speaker| match speaker.voice {
            Voice::Mention(id) => Some(id),
            _ => None,
        });
        self.value.mention().into_iter().chain(self.party).chain(speakers)
    }

    /// The same assertion, under its own name, with others in the place of the mentions that it refers to
    /// besides its subject: of each the one that `stands_for` it.
    #[must_use]
    pub fn referring(mut self, stands_for: &dyn Fn(MentionId) -> MentionId) -> Assertion {
        self.party = self.party.map(stands_for);
        if let Value::Mention(id) = &mut self.value {
            *id = stands_for(*id);
        }
        for speaker in &mut self.speakers {
            if let Voice::Mention(id) = &mut speaker.voice {
                *id = stands_for(*id);
            }
        }
        self
    }

    /// The most reserved stance of its chain of speakers.
    pub fn weakest(&self) -> Stance {
        self.speakers.iter().map(|speaker| speaker.stance).max().unwrap_or(Stance::Asserted)
    }

    /// The value that it comes to. Who denies a yes says no, and where it is said that nobody knows, the
    /// answer is unknown; a no that is denied is what the denial comes to, as readers give it.
    pub fn comes_to(&self) -> Cow<'_, Value> {
        match (&self.value, self.weakest()) {
            (Value::Answer(Answer::Yes), Stance::Denied) => Cow::Owned(Value::Answer(Answer::No)),
            (Value::Answer(Answer::Yes), Stance::Unknown) => {
                Cow::Owned(Value::Answer(Answer::Unknown))
            }
            (value, _) => Cow::Borrowed(value),
        }
    }

    fn fingerprint(&self) -> Fingerprint {
        let key = Fingerprint::new("assertion").number(self.document.bits());
        let key = match &self.passage {
            Passage::Text(Span { start, end }) => {
                key.number(0).number((*start).into()).number((*end).into())
            }
            Passage::Cited { work, place } => {
                key.number(1).field(work.as_bytes()).field(place.as_bytes())
            }
        };
        let key = self.speakers.iter().fold(key.number(self.speakers.len() as u64), |key, link| {
            let key = match &link.voice {
                Voice::Document => key.number(0),
                Voice::Mention(id) => key.number(1).number(id.bits()),
                Voice::Described(words) => key.number(2).field(words.as_bytes()),
                Voice::Unnamed => key.number(3),
            };
            key.field(link.stance.name().as_bytes())
        });
        let key = key.number(self.subject.bits()).field(self.variable.name().as_bytes());
        let key = match self.party {
            Some(party) => key.number(1).number(party.bits()),
            None => key.number(0),
        };
        let key = self.value.add_to(key);
        key.optional(self.obtained.as_deref().map(str::as_bytes))
    }
}

/// All that a reader proposes from one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// What the text speaks of, in text order.
    pub mentions: Vec<Mention>,
    /// What it says, in text order.
    pub assertions: Vec<Assertion>,
    /// What a coder should look at.
    pub notes: Vec<Note>,
}

/// Something a coder should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where.
    pub span: Span,
    /// The assertion it is about, if it is about one.
    pub assertion: Option<AssertionId>,
    /// What kind of remark.
    pub kind: NoteKind,
    /// The remark in words.
    pub text: String,
}

/// What kind of remark a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteKind {
    /// Two dates in the text do not fit each other.
    DateMisfit,
    /// A headline or pull-quote says it more firmly than the body, or otherwise.
    Discrepancy,
    /// A relative date could not be resolved, since the document is undated.
    Undated,
    /// A stretch of text that could not be read.
    Unread,
}

impl NoteKind {
    /// The kind's name in formats and on pages.
    pub fn name(self) -> &'static str {
        match self {
            NoteKind::DateMisfit => "date-misfit",
            NoteKind::Discrepancy => "discrepancy",
            NoteKind::Undated => "undated",
            NoteKind::Unread => "unread",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<NoteKind> {
        [NoteKind::DateMisfit, NoteKind::Discrepancy, NoteKind::Undated, NoteKind::Unread]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

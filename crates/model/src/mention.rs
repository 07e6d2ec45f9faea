//! What a text speaks of: a stretch of words that stands for one subject.

use crate::{DocumentId, Fingerprint, MentionId, Passage};

/// What kind of thing a mention stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum SubjectKind {
    /// A plot, an attack, or one site of an attack.
    Incident = 0,
    /// Incidents spoken of together, members perhaps unknown.
    Set = 1,
    /// A statement on responsibility.
    Claim = 2,
    /// A person, named or described.
    Person = 3,
    /// An organisation or movement, state bodies included.
    Group = 4,
    /// A publisher of statements or news.
    Outlet = 5,
    /// An account or channel on a platform.
    Channel = 6,
    /// A place on earth.
    Place = 7,
}

impl SubjectKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [SubjectKind; 8] = [
        SubjectKind::Incident,
        SubjectKind::Set,
        SubjectKind::Claim,
        SubjectKind::Person,
        SubjectKind::Group,
        SubjectKind::Outlet,
        SubjectKind::Channel,
        SubjectKind::Place,
    ];

    /// The letters before the dash in an id of this kind.
    pub fn prefix(self) -> &'static str {
        ["inc", "set", "clm", "per", "grp", "out", "chn", "plc"][self as usize]
    }

    /// The kind's name in formats and on pages.
    pub fn name(self) -> &'static str {
        ["incident", "set", "claim", "person", "group", "outlet", "channel", "place"][self as usize]
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<SubjectKind> {
        SubjectKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A stretch of a text that stands for one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its name for ever: document, kind and position.
    pub id: MentionId,
    /// The document it stands in.
    pub document: DocumentId,
    /// Where it stands.
    pub passage: Passage,
    /// The words as they should be shown: "Khalid Masood", "the Westminster attack".
    pub name: String,
    /// The earlier mention in the same document that stands for the same subject, if the
    /// reader found one: a proposal, like any other.
    pub antecedent: Option<MentionId>,
}

impl Mention {
    /// A mention without antecedent; its id follows from kind, document and passage.
    pub fn new(
        kind: SubjectKind,
        document: DocumentId,
        passage: Passage,
        name: impl Into<String>,
    ) -> Mention {
        let name = name.into();
        let key = Fingerprint::new("mention").number(document.bits());
        let key = match &passage {
            Passage::Text(span) => key.number(0).number(span.start.into()).number(span.end.into()),
            // A cited place is coarse: two people on one page are told apart by their names.
            Passage::Cited { work, place } => {
                key.number(1).field(work.as_bytes()).field(place.as_bytes()).field(name.as_bytes())
            }
        };
        Mention { id: MentionId::of(kind, key), document, passage, name, antecedent: None }
    }

    /// What it stands for.
    pub fn kind(&self) -> SubjectKind {
        self.id.kind()
    }
}

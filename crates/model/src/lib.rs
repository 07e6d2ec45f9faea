//! The words of a casebook as types.
//!
//! Everything a stage takes or gives is spelled here, in the order of the flow:
//! a [`Document`] is read into [`Mention`]s and [`Assertion`]s, people pass
//! [`Judgment`]s on them, and records are derived from both as of two dates
//! ([`AsOf`]).
//!
//! Nothing here touches a file, a clock or a stored format, and nothing here
//! derives serialisation: formats belong to the crates that write them, so these
//! types stay free to change.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod as_of;
mod assertion;
mod date;
mod document;
mod grade;
mod id;
mod judgment;
mod mention;
mod outline;
mod record;
mod speaker;
mod stamp;
mod value;
mod variable;
mod wording;

pub use as_of::{AsOf, Instant};
pub use assertion::{Assertion, Note, NoteKind, Reading};
pub use date::{Day, Edtf, EdtfError};
pub use document::{
    Document, Medium, Page, Passage, Picture, Reference, Relation, Span, Zone, ZoneRole,
};
pub use grade::{Credibility, GradeError, Reliability};
pub use id::{
    AssertionId, DocumentId, Fingerprint, IdError, JudgmentId, MentionId, PictureId, Sha256,
};
pub use judgment::{Act, Judgment, Target};
pub use mention::{Mention, SubjectKind};
pub use outline::{Outline, OutlineWord, Sentence};
pub use record::{Basis, Holding, Join, Record};
pub use speaker::{Speaker, Stance, Voice};
pub use stamp::{Stamp, StampError};
pub use value::{Answer, Figure, Share, Value, ValueShape};
pub use variable::{Element, Variable};
pub use wording::{Wording, voices};

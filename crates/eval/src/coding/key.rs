//! The coder's keys: `carnot-1894`, `p:Émile Henry`, `c:henry-1894`.

use std::fmt;

use throughline_model::SubjectKind;

/// The coder's own name for a subject: equal keys stand for one subject, unless a judgment of the
/// coder says that they do not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What kind of subject.
    pub kind: SubjectKind,
    /// The key without its prefix.
    pub name: String,
}

/// The prefixes of keys; an incident's key has none.
const PREFIXES: [(&str, SubjectKind); 7] = [
    ("p:", SubjectKind::Person),
    ("g:", SubjectKind::Group),
    ("c:", SubjectKind::Claim),
    ("s:", SubjectKind::Set),
    ("o:", SubjectKind::Outlet),
    ("ch:", SubjectKind::Channel),
    ("pl:", SubjectKind::Place),
];

impl Key {
    /// The key of this kind and name.
    pub fn new(kind: SubjectKind, name: impl Into<String>) -> Key {
        Key { kind, name: name.into() }
    }

    /// Reads a key as the coding writes it.
    pub fn read(text: &str) -> Key {
        Key::prefixed(text).unwrap_or_else(|| Key::new(SubjectKind::Incident, text))
    }

    /// Reads a key that has a prefix; `None` for anything else.
    pub fn prefixed(text: &str) -> Option<Key> {
        PREFIXES
            .into_iter()
            .find_map(|(prefix, kind)| Some(Key::new(kind, text.strip_prefix(prefix)?)))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prefix = PREFIXES.into_iter().find(|(_, kind)| *kind == self.kind);
        write!(f, "{}{}", prefix.map_or("", |(prefix, _)| prefix), self.name)
    }
}

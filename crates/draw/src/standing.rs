//! What people made of a fact, and the form in which a picture shows it.

/// What people made of a fact.
///
/// Each has a form of its own: a line that is solid, dashed or dotted, a shape that is full, open or
/// open with a dotted edge, with or without a mark across. Colour is only added to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// A person holds it to be so.
    Found,
    /// A person confirmed that a document says so.
    Accepted,
    /// The program read it, and nobody has looked.
    Proposed,
    /// Sources contradict each other, and no finding settles it.
    Contested,
    /// It is said or found not to be so.
    Denied,
}

impl Standing {
    /// All, in the order in which a key lists them.
    pub const ALL: [Standing; 5] = [
        Standing::Found,
        Standing::Accepted,
        Standing::Proposed,
        Standing::Contested,
        Standing::Denied,
    ];

    /// The standing in words, as tables give it.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Found => "found",
            Standing::Accepted => "reported",
            Standing::Proposed => "not reviewed",
            Standing::Contested => "contested",
            Standing::Denied => "denied",
        }
    }

    /// What the key of a picture says of it.
    pub(crate) fn explained(self) -> &'static str {
        match self {
            Standing::Found => "found: held to be so",
            Standing::Accepted => "reported: confirmed in a document",
            Standing::Proposed => "not reviewed: read by the program",
            Standing::Contested => "contested",
            Standing::Denied => "denied: said not to be so",
        }
    }

    /// The dashes of its line; none for a solid one.
    pub(crate) fn dashes(self) -> Option<&'static str> {
        match self {
            Standing::Found => None,
            Standing::Accepted => Some("7 3"),
            Standing::Proposed => Some("2 3"),
            Standing::Contested => Some("7 3"),
            Standing::Denied => Some("1.5 4"),
        }
    }

    /// Whether its shape is full; else it is open.
    pub(crate) fn is_full(self) -> bool {
        self == Standing::Found
    }

    /// The dashes of its shape's edge; none for a solid one.
    pub(crate) fn edge(self) -> Option<&'static str> {
        (self == Standing::Proposed).then_some("2 1.6")
    }

    /// How thick its line is.
    pub(crate) fn weight(self) -> f64 {
        match self {
            Standing::Found => 1.9,
            _ => 1.3,
        }
    }
}

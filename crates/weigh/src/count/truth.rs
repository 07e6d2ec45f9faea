//! Yes, no, unknown and contested, and how they combine.

use std::ops::Not;

/// Whether a condition holds.
///
/// Kleene's three values, with "unknown" split in two: nobody can tell, and people tell it
/// differently. Where both meet, the whole is contested, so that no dispute hides behind what is
/// not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// It is not known.
    Unknown,
    /// It is disputed, and no finding settles it.
    Contested,
}

impl Truth {
    /// Whether all hold; of none: yes.
    pub fn all(parts: impl IntoIterator<Item = Truth>) -> Truth {
        parts.into_iter().fold(Truth::Yes, |one, other| one.combine(other, Truth::No))
    }

    /// Whether one holds; of none: no.
    pub fn any(parts: impl IntoIterator<Item = Truth>) -> Truth {
        parts.into_iter().fold(Truth::No, |one, other| one.combine(other, Truth::Yes))
    }

    /// The two together, where `settles` outweighs everything and its opposite changes nothing.
    fn combine(self, other: Truth, settles: Truth) -> Truth {
        match (self, other) {
            (one, other) if one == settles || other == settles => settles,
            (Truth::Contested, _) | (_, Truth::Contested) => Truth::Contested,
            (Truth::Unknown, _) | (_, Truth::Unknown) => Truth::Unknown,
            _ => !settles,
        }
    }

    /// Yes for true, no for false.
    pub fn of(holds: bool) -> Truth {
        if holds { Truth::Yes } else { Truth::No }
    }

    /// Whether it is yes or no.
    pub fn is_decided(self) -> bool {
        matches!(self, Truth::Yes | Truth::No)
    }
}

impl Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            undecided => undecided,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Truth; 4] = [Truth::Yes, Truth::No, Truth::Unknown, Truth::Contested];

    #[test]
    fn the_laws_hold_for_all_values() {
        for a in ALL {
            assert_eq!(!!a, a);
            assert_eq!(Truth::all([a]), a);
            assert_eq!(Truth::any([a]), a);
            for b in ALL {
                assert_eq!(Truth::all([a, b]), Truth::all([b, a]));
                assert_eq!(!Truth::all([a, b]), Truth::any([!a, !b]));
                for c in ALL {
                    assert_eq!(
                        Truth::all([Truth::all([a, b]), c]),
                        Truth::all([a, Truth::all([b, c])])
                    );
                    assert_eq!(
                        Truth::any([Truth::any([a, b]), c]),
                        Truth::any([a, Truth::any([b, c])])
                    );
                }
            }
        }
    }

    #[test]
    fn one_decisive_part_decides_whatever_the_others_are() {
        for other in ALL {
            assert_eq!(Truth::all([Truth::No, other]), Truth::No);
            assert_eq!(Truth::any([Truth::Yes, other]), Truth::Yes);
        }
        assert_eq!(Truth::all([Truth::Unknown, Truth::Contested]), Truth::Contested);
        assert_eq!(Truth::all([]), Truth::Yes);
        assert_eq!(Truth::any([]), Truth::No);
    }
}

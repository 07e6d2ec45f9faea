//! Names that never change: hashes of what a thing is, never of when it came in.
//!
//! An id is sixty bits of a SHA-256 over length-prefixed key fields, written as a
//! three-letter prefix and twelve characters of Crockford's base 32
//! (`inc-4q2m8zk7w1ya`). Reading the same bytes again gives the same ids.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use sha2::Digest;

use crate::SubjectKind;

/// The SHA-256 of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256(pub [u8; 32]);

impl Sha256 {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Sha256 {
        Sha256(sha2::Sha256::digest(bytes).into())
    }
}

impl fmt::Display for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Hashes key fields, each with its length before it, so that no two different
/// lists of fields give the same bytes.
#[derive(Clone)]
pub struct Fingerprint(sha2::Sha256);

impl Fingerprint {
    /// Starts a fingerprint; `domain` says what kind of thing it names.
    pub fn new(domain: &str) -> Fingerprint {
        Fingerprint(sha2::Sha256::new()).field(domain.as_bytes())
    }

    /// Adds one field.
    #[must_use]
    pub fn field(mut self, bytes: &[u8]) -> Fingerprint {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// Adds a number as a field.
    #[must_use]
    pub fn number(self, number: u64) -> Fingerprint {
        self.field(&number.to_le_bytes())
    }

    /// Adds a field that may be absent; absence differs from the empty field.
    #[must_use]
    pub fn optional(self, bytes: Option<&[u8]>) -> Fingerprint {
        match bytes {
            Some(bytes) => self.number(1).field(bytes),
            None => self.number(0),
        }
    }

    /// The full hash.
    pub fn finish(self) -> Sha256 {
        Sha256(self.0.finalize().into())
    }

    fn sixty_bits(self) -> u64 {
        let Sha256(bytes) = self.finish();
        let mut head = [0; 8];
        head.copy_from_slice(&bytes[..8]);
        u64::from_be_bytes(head) >> 4
    }
}

/// A text that is no id of the wanted kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdError {
    /// The text as given.
    pub text: String,
    /// What was wanted, as `a document's id (doc-…)`.
    pub wanted: &'static str,
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not {}", self.text, self.wanted)
    }
}

impl std::error::Error for IdError {}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn encode(bits: u64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    (0..12).rev().try_for_each(|place| {
        let digit = (bits >> (place * 5)) & 31;
        write!(f, "{}", char::from(ALPHABET[digit as usize]))
    })
}

fn decode(text: &str) -> Option<u64> {
    if text.len() != 12 {
        return None;
    }
    text.bytes().try_fold(0, |bits, byte| {
        let digit = ALPHABET.iter().position(|&letter| letter == byte)?;
        Some((bits << 5) | digit as u64)
    })
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal $wanted:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// The id of the thing with this fingerprint.
            pub fn of(fingerprint: Fingerprint) -> $name {
                $name(fingerprint.sixty_bits())
            }

            /// The sixty bits as a number that fits a signed 64-bit column.
            pub fn bits(self) -> u64 {
                self.0
            }

            /// The id with these bits, as [`Self::bits`] gave them.
            pub fn from_bits(bits: u64) -> $name {
                $name(bits)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($prefix)?;
                encode(self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<$name, IdError> {
                text.strip_prefix($prefix)
                    .and_then(decode)
                    .map($name)
                    .ok_or_else(|| IdError { text: text.to_owned(), wanted: $wanted })
            }
        }
    )*};
}

ids! {
    /// Names a document by the SHA-256 of its bytes.
    DocumentId "doc-" "a document's id (doc- and twelve characters)";
    /// Names an assertion by what it says, where and through whom.
    AssertionId "ast-" "an assertion's id (ast- and twelve characters)";
    /// Names a judgment by what it judges, who made it and what it supersedes.
    JudgmentId "jdg-" "a judgment's id (jdg- and twelve characters)";
    /// Names a picture by the SHA-256 of its bytes.
    PictureId "pic-" "a picture's id (pic- and twelve characters)";
}

impl DocumentId {
    /// The id of the document with these bytes.
    pub fn of_bytes(sha256: Sha256) -> DocumentId {
        DocumentId::of(Fingerprint::new("document").field(&sha256.0))
    }
}

impl PictureId {
    /// The id of the picture with these bytes.
    pub fn of_bytes(sha256: Sha256) -> PictureId {
        PictureId::of(Fingerprint::new("picture").field(&sha256.0))
    }
}

/// Names a mention by its document, kind and place in the text, for ever.
///
/// The kind is part of the id, so `per-…` can be told from `inc-…` at sight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId {
    kind: SubjectKind,
    bits: u64,
}

impl MentionId {
    /// The id of the mention of this kind with this fingerprint.
    pub fn of(kind: SubjectKind, fingerprint: Fingerprint) -> MentionId {
        MentionId { kind, bits: fingerprint.number(kind as u64).sixty_bits() }
    }

    /// What is mentioned.
    pub fn kind(self) -> SubjectKind {
        self.kind
    }

    /// Kind and hash in one number below 2⁶³: three bits of kind over sixty of hash.
    pub fn bits(self) -> u64 {
        (self.kind as u64) << 60 | self.bits
    }

    /// The numbers that ids of a kind have, as [`Self::bits`] gives them.
    pub fn bits_of(kind: SubjectKind) -> RangeInclusive<u64> {
        let first = (kind as u64) << 60;
        first..=first | ((1 << 60) - 1)
    }

    /// The id with these bits, as [`Self::bits`] gave them; `None` if no kind has that number.
    pub fn from_bits(bits: u64) -> Option<MentionId> {
        let kind = SubjectKind::ALL.get((bits >> 60) as usize).copied()?;
        Some(MentionId { kind, bits: bits & ((1 << 60) - 1) })
    }
}

impl fmt::Display for MentionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-", self.kind.prefix())?;
        encode(self.bits, f)
    }
}

impl fmt::Debug for MentionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for MentionId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<MentionId, IdError> {
        let parsed = text.split_once('-').and_then(|(prefix, rest)| {
            let kind = SubjectKind::ALL.into_iter().find(|kind| kind.prefix() == prefix)?;
            Some(MentionId { kind, bits: decode(rest)? })
        });
        parsed.ok_or_else(|| IdError {
            text: text.to_owned(),
            wanted: "a record's id (inc-, set-, clm-, per-, grp-, out-, chn- or plc- and twelve characters)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_as_they_were_written() {
        for kind in SubjectKind::ALL {
            let id = MentionId::of(kind, Fingerprint::new("test").number(7));
            assert_eq!(id.to_string().parse::<MentionId>(), Ok(id));
            assert_eq!(MentionId::from_bits(id.bits()), Some(id));
            assert!(i64::try_from(id.bits()).is_ok());
        }
        let id = DocumentId::of_bytes(Sha256::of(b"text"));
        assert_eq!(id.to_string().parse::<DocumentId>(), Ok(id));
        let id = PictureId::of_bytes(Sha256::of(b"text"));
        assert_eq!(id.to_string().parse::<PictureId>(), Ok(id));
    }

    #[test]
    fn fields_cannot_flow_into_each_other() {
        let a = Fingerprint::new("t").field(b"ab").field(b"c").finish();
        let b = Fingerprint::new("t").field(b"a").field(b"bc").finish();
        assert_ne!(a, b);
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        assert!("ast-000000000000".parse::<DocumentId>().is_err());
        assert!("per-00000000000".parse::<MentionId>().is_err());
        assert!("per-00000000000l".parse::<MentionId>().is_err());
    }
}

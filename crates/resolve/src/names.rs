//! Comparing names: could one person bear both, and what speaks for it?
//!
//! Input: two [`Name`]s. Output: a [`Comparison`]: which part of one stands for which of the other
//! and how ([`How`]), the [`Feature`]s with their values, and a [`Score`].
//!
//! A name is cut into parts once; parts are compared by their letters, by how they sound in any
//! transliteration, and between Arabic and Latin script by their consonants. Titles, articles and
//! marks of descent are no parts. How rare a part is comes from a table that ships.
//!
//! The score says how alike two names are, never that two people are one: for that, what stands
//! around them must speak too.

mod align;
mod edits;
mod feature;
mod index;
mod part;
mod rarity;
mod sound;
mod words;

pub use align::{How, Match};
pub use feature::{Comparison, Feature, THRESHOLD};
pub use index::NameIndex;
pub use part::{Name, Part};

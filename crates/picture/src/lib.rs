//! What a picture looks like: bytes in, its size and a likeness out, by which the same picture is
//! found again after it was recompressed, scaled, cropped a little or photographed off a screen.
//!
//! - [`look`]: decodes within bounds, whatever the bytes are and whatever they are called;
//! - [`shown`]: the picture written anew, for a page;
//! - [`Likeness`]: 312 bits, compared bit by bit, and [`ALIKE`], the distance up to which two
//!   pictures count as one.
//!
//! A likeness is of the whole picture, of its light and dark. Faces are neither looked for nor
//! compared, here or anywhere else: two pictures of one person are two pictures.
//!
//! Pure: no clock, no files. Equal bytes look alike, on every machine.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod likeness;
mod look;

pub use likeness::{ALIKE, Likeness, reduced};
pub use look::{Kind, LOOK, Look, MOST_PIXELS, Unseen, look, shown};

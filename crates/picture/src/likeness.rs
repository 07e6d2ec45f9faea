//! 312 bits of a picture, and how far two pictures are apart by them.

use std::fmt;

use image::imageops::{self, FilterType};
use image::{DynamicImage, GrayImage};

/// Up to so many differing bits of 312, two pictures count as one picture, slightly changed.
///
/// Measured on pictures made for it (`cargo run --release -p throughline-picture --example
/// likeness`; docs/pictures.md has the figures).
pub const ALIKE: u32 = 40;

/// The grid has so many fields in each row and column: 13 rows and 13 columns of 12 comparisons.
const SIDE: u32 = 13;

/// A picture that would be smaller without its bars keeps them.
const LEAST: u32 = 24;

/// The longer side, in pixels, of the picture from which the bits are taken.
const REDUCED: u32 = 256;

/// The light and dark of a picture, in 312 bits: whether it grows lighter from each field of a grid
/// to the next, across and down.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Likeness([u8; Likeness::BYTES]);

impl Likeness {
    /// How many bytes the bits take.
    pub const BYTES: usize = 39;

    /// The likeness of a decoded picture; `None` for one that is all of one shade, which would be
    /// like every other such picture.
    pub fn of(picture: &DynamicImage) -> Option<Likeness> {
        let small = reduced(picture);
        if is_plain(&small) {
            return None;
        }
        let grid = imageops::resize(&small, SIDE, SIDE, FilterType::Triangle);
        let field = |x: u32, y: u32| grid.get_pixel(x, y).0[0];
        let lines = || (0..SIDE).flat_map(|line| (1..SIDE).map(move |step| (line, step)));
        let across = lines().map(|(y, x)| field(x - 1, y) < field(x, y));
        let down = lines().map(|(x, y)| field(x, y - 1) < field(x, y));
        let mut bits = [0; Likeness::BYTES];
        for (at, lighter) in across.chain(down).enumerate() {
            bits[at / 8] |= u8::from(lighter) << (at % 8);
        }
        Some(Likeness(bits))
    }

    /// How many of the 312 bits differ.
    pub fn distance(&self, other: &Likeness) -> u32 {
        self.0.iter().zip(other.0).map(|(one, other)| (one ^ other).count_ones()).sum()
    }

    /// The bits.
    pub fn bytes(&self) -> [u8; Likeness::BYTES] {
        self.0
    }

    /// The likeness with these bits, as [`Likeness::bytes`] gave them.
    pub fn from_bytes(bytes: [u8; Likeness::BYTES]) -> Likeness {
        Likeness(bytes)
    }
}

impl fmt::Display for Likeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Likeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The picture in grey, at most 256 pixels along its longer side, without the plain bars that a
/// screen or a frame puts around it.
pub fn reduced(picture: &DynamicImage) -> GrayImage {
    let (width, height) = (picture.width().max(1), picture.height().max(1));
    let longer = width.max(height);
    let scaled = |side: u32| {
        let side = u64::from(side) * u64::from(REDUCED) / u64::from(longer);
        u32::try_from(side).unwrap_or(REDUCED).max(1)
    };
    let small = match longer > REDUCED {
        // Averages over areas, so that no pixel of a large picture is without weight.
        true => picture.thumbnail_exact(scaled(width), scaled(height)).into_luma8(),
        false => picture.to_luma8(),
    };
    without_bars(&small)
}

/// Shades that differ by no more are one shade, with the grain of a camera or a compression.
const ONE_SHADE: u8 = 24;

/// The picture without the rows and columns of one shade at its edges, if enough of it is left. The
/// shade may differ from row to row, as in a clear sky: measured, this finds more copies that are
/// darker or of less contrast than a rule that keeps such rows.
fn without_bars(picture: &GrayImage) -> GrayImage {
    let (width, height) = picture.dimensions();
    let row = |y: u32| is_one_shade(&mut (0..width).map(|x| picture.get_pixel(x, y).0[0]));
    let column = |x: u32| is_one_shade(&mut (0..height).map(|y| picture.get_pixel(x, y).0[0]));
    let plain = |side: u32, is_plain: &dyn Fn(u32) -> bool| {
        u32::try_from((0..side).take_while(|at| is_plain(*at)).count()).unwrap_or(side)
    };
    let (top, bottom) = (plain(height, &row), plain(height, &|y| row(height - 1 - y)));
    let (left, right) = (plain(width, &column), plain(width, &|x| column(width - 1 - x)));
    let (wide, tall) = (width.saturating_sub(left + right), height.saturating_sub(top + bottom));
    // A small thing on a plain ground is that thing on its ground, not the thing alone.
    if wide * 3 < width || tall * 3 < height || wide < LEAST || tall < LEAST {
        return picture.clone();
    }
    imageops::crop_imm(picture, left, top, wide, tall).to_image()
}

fn is_one_shade(pixels: &mut dyn Iterator<Item = u8>) -> bool {
    let (least, most) =
        pixels.fold((u8::MAX, u8::MIN), |(least, most), p| (least.min(p), most.max(p)));
    most.saturating_sub(least) <= ONE_SHADE
}

/// Whether there is nothing in a picture by which it could be told from others.
fn is_plain(picture: &GrayImage) -> bool {
    /// Variance of shades: that of one shade, recompressed, stays below it.
    const LEAST: f64 = 20.0;
    let count = f64::from(picture.width()) * f64::from(picture.height());
    let sum: f64 = picture.pixels().map(|pixel| f64::from(pixel.0[0])).sum();
    let mean = sum / count;
    let spread: f64 =
        picture.pixels().map(|pixel| (f64::from(pixel.0[0]) - mean).powi(2)).sum::<f64>() / count;
    spread < LEAST
}

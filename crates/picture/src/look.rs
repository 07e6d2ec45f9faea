//! Bytes of a picture, decoded within bounds.

use std::fmt;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::Likeness;

/// The version of what [`look`] gives: raised whenever the same bytes look otherwise, be it through
/// this crate or through its decoders.
pub const LOOK: i64 = 1;

/// The most pixels of a picture that is decoded. Decoding takes up to twelve bytes a pixel.
pub const MOST_PIXELS: u64 = 16 << 20;

/// Pictures over this are decoded one at a time, whatever the number of threads.
const LARGE: u64 = 4 << 20;

static ONE_LARGE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// What a picture looks like, as far as it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The format of the bytes, whatever their name says.
    pub kind: Option<Kind>,
    /// Its width and height in pixels, where the format is known and says so.
    pub size: Option<(u32, u32)>,
    /// The likeness, or why there is none.
    pub likeness: Result<Likeness, Unseen>,
}

/// A format in which pictures are decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP, the first picture of a moving one.
    Webp,
    /// GIF, the first picture of a moving one.
    Gif,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Jpeg, Kind::Png, Kind::Webp, Kind::Gif];

    /// The format's name in formats and on pages.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Jpeg => "jpeg",
            Kind::Png => "png",
            Kind::Webp => "webp",
            Kind::Gif => "gif",
        }
    }

    /// The format with this name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    fn format(self) -> ImageFormat {
        match self {
            Kind::Jpeg => ImageFormat::Jpeg,
            Kind::Png => ImageFormat::Png,
            Kind::Webp => ImageFormat::WebP,
            Kind::Gif => ImageFormat::Gif,
        }
    }
}

/// Why a picture has no likeness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unseen {
    /// Not in one of the four formats: a drawing in SVG, which is never rendered, or no picture.
    Unknown,
    /// More pixels than are decoded.
    TooLarge,
    /// The bytes are cut short or not what they begin as.
    Broken,
    /// All of one shade: like every other such picture.
    Plain,
}

impl Unseen {
    const ALL: [Unseen; 4] = [Unseen::Unknown, Unseen::TooLarge, Unseen::Broken, Unseen::Plain];

    /// The reason's name in formats.
    pub fn name(self) -> &'static str {
        match self {
            Unseen::Unknown => "unknown-format",
            Unseen::TooLarge => "too-large",
            Unseen::Broken => "broken",
            Unseen::Plain => "plain",
        }
    }

    /// The reason with this name.
    pub fn from_name(name: &str) -> Option<Unseen> {
        Unseen::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

impl fmt::Display for Unseen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unseen::Unknown => f.write_str("not JPEG, PNG, WebP or GIF"),
            Unseen::TooLarge => write!(f, "over {} megapixels", MOST_PIXELS >> 20),
            Unseen::Broken => f.write_str("cut short or damaged"),
            Unseen::Plain => f.write_str("all of one shade"),
        }
    }
}

/// Looks at the bytes of a picture. Never fails: what cannot be decoded says why.
///
/// The format is taken from the bytes alone. No more than [`MOST_PIXELS`] are decoded, of a moving
/// picture only the first.
pub fn look(bytes: &[u8]) -> Look {
    let Some(kind) = kind_of(bytes) else {
        return Look { kind: None, size: None, likeness: Err(Unseen::Unknown) };
    };
    // Decoders are others' code before hostile bytes: should one panic, one picture is lost and not
    // the run.
    let seen = catch_unwind(AssertUnwindSafe(|| see(bytes, kind)));
    let (size, likeness) = seen.unwrap_or((None, Err(Unseen::Broken)));
    Look { kind: Some(kind), size, likeness }
}

fn kind_of(bytes: &[u8]) -> Option<Kind> {
    let format = image::guess_format(bytes).ok()?;
    Kind::ALL.into_iter().find(|kind| kind.format() == format)
}

type Seen = (Option<(u32, u32)>, Result<Likeness, Unseen>);

fn see(bytes: &[u8], kind: Kind) -> Seen {
    let (size, likeness) = decoded(bytes, kind, |mut picture, turned| {
        if turned != Orientation::NoTransforms {
            // The camera's turn is applied to the small picture: turning the large one takes it twice.
            picture = DynamicImage::ImageLuma8(crate::reduced(&picture));
            picture.apply_orientation(turned);
        }
        Likeness::of(&picture).ok_or(Unseen::Plain)
    });
    (size, likeness.and_then(|likeness| likeness))
}

/// The picture as PNG, at most so many pixels along its longer side, for a page.
///
/// It is decoded within the same bounds as by [`look`] and written anew: what a browser gets are
/// pixels in a file of ours, and nothing of the bytes as they came, be it a fault made for another
/// decoder, a second file in the same bytes, or what a camera wrote beside the picture.
///
/// # Errors
/// Why it cannot be decoded.
pub fn shown(bytes: &[u8], longer: u32) -> Result<Vec<u8>, Unseen> {
    let kind = kind_of(bytes).ok_or(Unseen::Unknown)?;
    let drawn = catch_unwind(AssertUnwindSafe(|| {
        decoded(bytes, kind, |mut picture, turned| {
            if picture.width().max(picture.height()) > longer {
                picture = picture.thumbnail(longer, longer);
            }
            picture.apply_orientation(turned);
            let mut png = Cursor::new(Vec::new());
            let plain = DynamicImage::ImageRgba8(picture.into_rgba8());
            plain.write_to(&mut png, ImageFormat::Png).map_err(|_| Unseen::Broken)?;
            Ok(png.into_inner())
        })
        .1
    }));
    drawn.unwrap_or(Err(Unseen::Broken)).and_then(|png| png)
}

/// Decodes within bounds, and hands over the picture with the turn that the camera noted; with its
/// size, which is known of refused pictures too.
fn decoded<T>(
    bytes: &[u8],
    kind: Kind,
    then: impl FnOnce(DynamicImage, Orientation) -> T,
) -> (Option<(u32, u32)>, Result<T, Unseen>) {
    let mut limits = Limits::default();
    limits.max_alloc = Some(12 * MOST_PIXELS);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), kind.format());
    // The decoders check sizes against their limits as soon as they know them; the size itself is
    // wanted of refused pictures too, so it is asked for first.
    reader.limits(limits);
    let mut decoder = match reader.into_decoder() {
        Ok(decoder) => decoder,
        Err(image::ImageError::Limits(_)) => return (None, Err(Unseen::TooLarge)),
        Err(_) => return (None, Err(Unseen::Broken)),
    };
    let (width, height) = decoder.dimensions();
    let size = Some((width, height));
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS {
        return (size, Err(Unseen::TooLarge));
    }
    if pixels == 0 {
        return (size, Err(Unseen::Broken));
    }
    let _alone = (pixels > LARGE)
        .then(|| ONE_LARGE_AT_A_TIME.lock().unwrap_or_else(|poisoned| poisoned.into_inner()));
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    match DynamicImage::from_decoder(decoder) {
        Ok(picture) => (size, Ok(then(picture, turned))),
        Err(image::ImageError::Limits(_)) => (size, Err(Unseen::TooLarge)),
        Err(_) => (size, Err(Unseen::Broken)),
    }
}

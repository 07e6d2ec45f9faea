//! Whatever the bytes are, looking at them ends soon and takes little memory.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use throughline_picture::{Kind, Unseen, look, shown};

use crate::made;

fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture.clone()).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A PNG that says it is so large, with next to nothing in it.
fn png_that_claims(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(&RgbImage::new(1, 1), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    // The checksum over the header.
    let crc = !bytes[12..29].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    });
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    bytes
}

#[test]
fn four_formats_are_seen_by_their_bytes() {
    let picture = made::picture(1, 3);
    for (format, kind) in [
        (ImageFormat::Jpeg, Kind::Jpeg),
        (ImageFormat::Png, Kind::Png),
        (ImageFormat::WebP, Kind::Webp),
        (ImageFormat::Gif, Kind::Gif),
    ] {
        let seen = look(&encoded(&picture, format));
        assert_eq!((seen.kind, seen.size), (Some(kind), Some(picture.dimensions())));
        assert!(seen.likeness.is_ok(), "{kind:?}");
    }
    for other in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"BM\0\0", b"\x7FELF", b""] {
        let seen = look(other);
        assert_eq!((seen.kind, seen.likeness), (None, Err(Unseen::Unknown)));
    }
}

#[test]
fn a_bomb_is_told_by_its_size_and_not_opened() {
    let bomb = png_that_claims(50_000, 50_000);
    let seen = look(&bomb);
    assert_eq!(seen.size, Some((50_000, 50_000)));
    assert_eq!(seen.likeness, Err(Unseen::TooLarge));
    // A GIF whose screen is as large as can be said.
    let mut gif = encoded(&RgbImage::new(8, 8), ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xFF; 4]);
    assert_eq!(look(&gif).likeness, Err(Unseen::TooLarge));
}

#[test]
fn what_is_cut_short_or_plain_says_so() {
    let whole = made::jpeg(&made::picture(2, 1), 80);
    assert_eq!(look(&whole[..40]).likeness, Err(Unseen::Broken));
    let png = encoded(&made::picture(2, 1), ImageFormat::Png);
    assert_eq!(look(&png[..png.len() / 2]).likeness, Err(Unseen::Broken));
    for shade in [0, 128, 255] {
        let plain = RgbImage::from_pixel(300, 200, Rgb([shade; 3]));
        assert_eq!(look(&made::jpeg(&plain, 60)).likeness, Err(Unseen::Plain));
    }
    // Every byte at which it may end, and every byte changed.
    let small = encoded(&RgbImage::from_fn(9, 9, |x, y| Rgb([(x * y) as u8; 3])), ImageFormat::Png);
    for at in 0..small.len() {
        let _ = look(&small[..at]);
        let mut other = small.clone();
        other[at] ^= 0xFF;
        let _ = look(&other);
    }
}

#[test]
fn what_is_shown_is_written_anew_within_bounds() {
    let picture = made::picture(1, 3);
    let secret = b"<script>alert(1)</script>";
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        // A second file in the same bytes.
        let mut bytes = encoded(&picture, format);
        bytes.extend(secret);
        let png = shown(&bytes, 200).unwrap();
        let seen = look(&png);
        assert_eq!(seen.kind, Some(Kind::Png), "{format:?}");
        let (width, height) = seen.size.unwrap();
        assert_eq!(width.max(height), 200, "{format:?}");
        assert!(!png.windows(secret.len()).any(|bytes| bytes == secret), "{format:?}");
    }
    let small = encoded(&RgbImage::from_fn(9, 9, |x, y| Rgb([(x * y) as u8; 3])), ImageFormat::Png);
    assert_eq!(look(&shown(&small, 200).unwrap()).size, Some((9, 9)), "nothing is made larger");
    assert_eq!(shown(b"<svg xmlns='http://www.w3.org/2000/svg'/>", 200), Err(Unseen::Unknown));
    assert_eq!(shown(&png_that_claims(50_000, 50_000), 200), Err(Unseen::TooLarge));
    assert_eq!(shown(&small[..small.len() / 2], 200), Err(Unseen::Broken));
}

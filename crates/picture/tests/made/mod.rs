//! Pictures made by a program from a number, and what is done to pictures as they are passed on.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{self, FilterType};
use image::{DynamicImage, Rgb, RgbImage};

/// Numbers that look random and are the same on every machine (xorshift).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        (0..8).for_each(|_| _ = dice.next());
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from `from` up to and without `to`.
    pub(crate) fn between(&mut self, from: i32, to: i32) -> i32 {
        let span = u64::try_from(to - from).unwrap();
        from + i32::try_from((self.next() >> 20) % span).unwrap()
    }

    fn shade(&mut self) -> Rgb<u8> {
        Rgb([0, 0, 0].map(|_: u8| u8::try_from(self.between(0, 256)).unwrap()))
    }
}

/// What pictures show.
pub(crate) const KINDS: [&str; 6] = ["portrait", "landscape", "street", "page", "clouds", "poster"];

/// A picture of a kind (an index of [`KINDS`]), one for each number.
pub(crate) fn picture(kind: usize, number: u64) -> RgbImage {
    let mut dice = Dice::new(number * 6 + kind as u64 + 1);
    let (width, height) = match kind {
        0 | 3 => (dice.between(420, 520), dice.between(560, 660)),
        _ => (dice.between(600, 720), dice.between(420, 500)),
    };
    let (low, high) = (dice.shade(), dice.shade());
    let mut picture = RgbImage::from_fn(width as u32, height as u32, |_, y| {
        blend(low, high, y as i32 * 256 / height)
    });
    match kind {
        0 => portrait(&mut picture, &mut dice),
        1 => landscape(&mut picture, &mut dice),
        2 => boxes(&mut picture, &mut dice, 60),
        3 => page(&mut picture, &mut dice),
        4 => clouds(&mut picture, &mut dice),
        _ => boxes(&mut picture, &mut dice, 6),
    }
    let mut grain = Dice::new(number + 77);
    for pixel in picture.pixels_mut() {
        let noise = grain.between(-6, 7);
        pixel.0 = pixel.0.map(|one| clamp(i32::from(one) + noise));
    }
    picture
}

fn clamp(value: i32) -> u8 {
    value.clamp(0, 255) as u8
}

/// `part` of 256 of the second colour.
fn blend(one: Rgb<u8>, other: Rgb<u8>, part: i32) -> Rgb<u8> {
    let mix = |at: usize| {
        clamp((i32::from(one.0[at]) * (256 - part) + i32::from(other.0[at]) * part) / 256)
    };
    Rgb([mix(0), mix(1), mix(2)])
}

fn ellipse(picture: &mut RgbImage, (cx, cy): (i32, i32), (rx, ry): (i32, i32), shade: Rgb<u8>) {
    for y in (cy - ry).max(0)..(cy + ry).min(picture.height() as i32) {
        for x in (cx - rx).max(0)..(cx + rx).min(picture.width() as i32) {
            let (dx, dy) = (f64::from(x - cx) / f64::from(rx), f64::from(y - cy) / f64::from(ry));
            if dx * dx + dy * dy <= 1.0 {
                picture.put_pixel(x as u32, y as u32, shade);
            }
        }
    }
}

fn bar(picture: &mut RgbImage, (x, y): (i32, i32), (w, h): (i32, i32), shade: Rgb<u8>) {
    for y in y.max(0)..(y + h).min(picture.height() as i32) {
        for x in x.max(0)..(x + w).min(picture.width() as i32) {
            picture.put_pixel(x as u32, y as u32, shade);
        }
    }
}

/// Head and shoulders before a wall: all of these have one layout.
fn portrait(picture: &mut RgbImage, dice: &mut Dice) {
    let (w, h) = (picture.width() as i32, picture.height() as i32);
    let (cx, cy) =
        (w / 2 + dice.between(-w / 12, w / 12), h * 2 / 5 + dice.between(-h / 16, h / 16));
    let (rx, ry) = (w / 5 + dice.between(-w / 30, w / 30), h / 5 + dice.between(-h / 30, h / 30));
    let (coat, skin, hair) = (dice.shade(), dice.shade(), dice.shade());
    ellipse(picture, (cx, h), (rx * 2 + dice.between(0, 40), h / 3 + dice.between(0, 50)), coat);
    ellipse(picture, (cx, cy - ry / 4), (rx + dice.between(0, 20), ry + dice.between(0, 20)), hair);
    ellipse(picture, (cx, cy), (rx, ry), skin);
    for side in [-1, 1] {
        ellipse(picture, (cx + side * rx / 3, cy - ry / 6), (rx / 8 + 2, ry / 14 + 2), hair);
    }
    let mouth = (rx / 3 + dice.between(0, 10), ry / 16 + 3);
    ellipse(picture, (cx, cy + ry / 2), mouth, coat);
}

fn landscape(picture: &mut RgbImage, dice: &mut Dice) {
    let (w, h) = (picture.width() as i32, picture.height() as i32);
    for layer in 0..3 {
        let shade = dice.shade();
        for _ in 0..4 {
            let at = (dice.between(0, w), h * (6 + layer * 2) / 10 + dice.between(0, h / 5));
            ellipse(picture, at, (dice.between(w / 8, w / 3), dice.between(h / 8, h / 3)), shade);
        }
    }
    for _ in 0..dice.between(3, 9) {
        let shade = dice.shade();
        let (tall, wide) = (dice.between(40, h / 2), dice.between(20, 90));
        bar(picture, (dice.between(0, w), h - tall - dice.between(0, 60)), (wide, tall), shade);
    }
}

fn boxes(picture: &mut RgbImage, dice: &mut Dice, many: i32) {
    let (w, h) = (picture.width() as i32, picture.height() as i32);
    for _ in 0..many {
        let shade = dice.shade();
        let most = if many > 20 { 6 } else { 2 };
        let size = (dice.between(20, w / most), dice.between(20, h / most));
        let at = (dice.between(-20, w), dice.between(-20, h));
        match dice.between(0, 3) {
            0 => ellipse(picture, at, size, shade),
            _ => bar(picture, at, size, shade),
        }
    }
}

/// Dark lines on white: all of these are nearly one.
fn page(picture: &mut RgbImage, dice: &mut Dice) {
    let (w, h) = (picture.width() as i32, picture.height() as i32);
    bar(picture, (0, 0), (w, h), Rgb([250, 250, 248]));
    let ink = Rgb([30, 30, 34]);
    bar(picture, (w / 10, h / 14), (dice.between(w / 3, w * 4 / 5), 22), ink);
    let mut y = h / 14 + 50;
    while y < h * 13 / 14 {
        let mut x = w / 10;
        let last = if dice.between(0, 6) == 0 { w / 2 } else { w * 9 / 10 };
        while x < last {
            let word = dice.between(10, 50);
            bar(picture, (x, y), (word.min(last - x), 7), ink);
            x += word + 7;
        }
        y += if dice.between(0, 7) == 0 { 34 } else { 16 };
    }
}

/// Smooth light and dark, without an edge.
fn clouds(picture: &mut RgbImage, dice: &mut Dice) {
    const GRID: usize = 7;
    let knots: Vec<i32> = (0..(GRID + 1) * (GRID + 1)).map(|_| dice.between(0, 256)).collect();
    let (w, h) = picture.dimensions();
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let place = |at: u32, side: u32| {
            let at = at as usize * GRID * 256 / side as usize;
            (at / 256, (at % 256) as i32)
        };
        let ((kx, fx), (ky, fy)) = (place(x, w), place(y, h));
        let knot = |dx: usize, dy: usize| knots[(ky + dy) * (GRID + 1) + kx + dx];
        let across = |dy: usize| (knot(0, dy) * (256 - fx) + knot(1, dy) * fx) / 256;
        let light = (across(0) * (256 - fy) + across(1) * fy) / 256;
        *pixel = Rgb([clamp(light), clamp(light * 3 / 4 + 30), clamp(255 - light)]);
    }
}

/// What is done to pictures as they are passed on, by name.
pub(crate) const CHANGES: [&str; 14] = [
    "recompressed at quality 80",
    "recompressed at quality 30",
    "scaled to a half",
    "scaled to a quarter",
    "scaled up by a half",
    "cropped by 2 %",
    "cropped by 5 %",
    "cropped by 8 %",
    "brighter",
    "darker",
    "less contrast",
    "a watermark across",
    "a line of text below",
    "off a screen, with bars",
];

/// The picture with a change (an index of [`CHANGES`]), recompressed as every copy is.
pub(crate) fn changed(picture: &RgbImage, change: usize, seed: u64) -> RgbImage {
    let mut dice = Dice::new(seed + 1_000 + change as u64);
    let (w, h) = (picture.width() as i32, picture.height() as i32);
    let resized = |part: u32| {
        let side = |side: u32| (side * part / 100).max(8);
        imageops::resize(picture, side(w as u32), side(h as u32), FilterType::CatmullRom)
    };
    let mut cropped = |percent: i32| {
        // So much of each side altogether, taken from both ends as it comes.
        let (dx, dy) = (w * percent / 100, h * percent / 100);
        let (left, top) = (dice.between(0, dx + 1), dice.between(0, dy + 1));
        let size = ((w - dx) as u32, (h - dy) as u32);
        imageops::crop_imm(picture, left as u32, top as u32, size.0, size.1).to_image()
    };
    let quality = match change {
        0 => 80,
        1 => 30,
        _ => 70,
    };
    let made = match change {
        0 | 1 => picture.clone(),
        2 => resized(50),
        3 => resized(25),
        4 => resized(150),
        5 => cropped(2),
        6 => cropped(5),
        7 => cropped(8),
        8 => imageops::brighten(picture, 40),
        9 => imageops::brighten(picture, -40),
        10 => imageops::contrast(picture, -30.0),
        11 => watermarked(picture, &mut dice),
        12 => {
            let mut made = picture.clone();
            let at = h - h / 12;
            bar(&mut made, (0, at), (w, h / 12), Rgb([10, 10, 10]));
            for word in 0..6 {
                let x = 20 + word * w / 7;
                bar(&mut made, (x, at + h / 36), (w / 9, h / 40), Rgb([240, 240, 240]));
            }
            made
        }
        _ => {
            let small = resized(80);
            let (sw, sh) = (small.width() as i32, small.height() as i32);
            let shade = dice.between(0, 40) as u8;
            let high = sh + dice.between(80, 260);
            let mut screen = RgbImage::from_pixel(sw as u32, high as u32, Rgb([shade; 3]));
            imageops::replace(&mut screen, &small, 0, i64::from((high - sh) / 2));
            screen
        }
    };
    recompressed(&made, quality)
}

fn watermarked(picture: &RgbImage, dice: &mut Dice) -> RgbImage {
    let mut made = picture.clone();
    let (w, h) = (picture.width() as i32, picture.height() as i32);
    let top = h * dice.between(30, 60) / 100;
    for letter in 0..12 {
        let x = w / 12 + letter * w / 14;
        for y in top..top + h / 14 {
            for x in x..x + w / 24 {
                let pixel = made.get_pixel_mut(x as u32, y as u32);
                *pixel = blend(*pixel, Rgb([255; 3]), 110);
            }
        }
    }
    made
}

/// The bytes of a JPEG.
pub(crate) fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).unwrap();
    bytes
}

fn recompressed(picture: &RgbImage, quality: u8) -> RgbImage {
    image::load_from_memory(&jpeg(picture, quality)).unwrap().into_rgb8()
}

/// The picture as a decoder gives it.
pub(crate) fn decoded(picture: RgbImage) -> DynamicImage {
    DynamicImage::ImageRgb8(picture)
}

//! Pictures as rows of dots, and as files of PNG (RFC 2083).

use std::io::{Read, Write};

use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict};

use super::pictures::Colours;

/// What is known of the rows of a picture.
#[derive(Debug)]
pub(super) struct Rows {
    width: u32,
    height: u32,
    /// Bits of each part of a dot.
    depth: u8,
    colours: Colours,
    /// Whether its numbers count from white.
    inverted: bool,
}

impl Rows {
    /// What a picture says of itself; `None` if a PNG has nothing like it.
    pub(super) fn of(about: &Dict) -> Option<Rows> {
        let depth = about.get::<u8>(b"BitsPerComponent").unwrap_or(8);
        let colours = Colours::of(about)?;
        let fits = match colours {
            Colours::Rgb => matches!(depth, 8 | 16),
            Colours::Grey => matches!(depth, 1 | 2 | 4 | 8 | 16),
            Colours::Listed(_) => matches!(depth, 1 | 2 | 4 | 8),
        };
        let first = about.get::<Array>(b"Decode").and_then(|decode| decode.iter::<f32>().next());
        fits.then_some(Rows {
            width: about.get::<u32>(b"Width")?,
            height: about.get::<u32>(b"Height")?,
            depth,
            inverted: first == Some(1.0) && !matches!(colours, Colours::Listed(_)),
            colours,
        })
    }

    /// How many bytes a row has.
    fn row(&self) -> Option<usize> {
        let parts = if self.colours == Colours::Rgb { 3 } else { 1 };
        let bits = u64::from(self.width) * parts * u64::from(self.depth);
        usize::try_from(bits.div_ceil(8)).ok().filter(|bytes| *bytes > 0)
    }

    /// How many bytes all rows have.
    pub(super) fn size(&self) -> Option<usize> {
        self.row()?.checked_mul(self.height as usize)
    }

    /// A PNG of rows; `None` if there are fewer than it says.
    pub(super) fn png(&self, dots: &[u8]) -> Option<Vec<u8>> {
        let dots = dots.get(..self.size()?)?;
        let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
        let kind = match self.colours {
            Colours::Grey => 0,
            Colours::Rgb => 2,
            Colours::Listed(_) => 3,
        };
        let (width, height) = (self.width.to_be_bytes(), self.height.to_be_bytes());
        chunk(&mut out, b"IHDR", &[&width[..], &height, &[self.depth, kind, 0, 0, 0]].concat());
        if let Colours::Listed(list) = &self.colours {
            chunk(&mut out, b"PLTE", list);
        }
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        for row in dots.chunks_exact(self.row()?) {
            // Rows stand as they are, not as what they differ by.
            packed.write_all(&[0]).ok()?;
            match self.inverted {
                true => packed.write_all(&row.iter().map(|byte| !byte).collect::<Vec<_>>()).ok()?,
                false => packed.write_all(row).ok()?,
            }
        }
        chunk(&mut out, b"IDAT", &packed.finish().ok()?);
        chunk(&mut out, b"IEND", &[]);
        Some(out)
    }
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    let from = out.len();
    out.extend(name);
    out.extend(data);
    let mut sum = Crc::new();
    sum.update(&out[from..]);
    out.extend(sum.sum().to_be_bytes());
}

/// What a picture's bytes were before they were packed once more or spelled in letters; `None` if
/// that is more than `limit`, or in another way.
pub(super) fn spelled_out(filter: Filter, bytes: &[u8], limit: u64) -> Option<Vec<u8>> {
    match filter {
        Filter::FlateDecode => {
            let mut out = Vec::new();
            ZlibDecoder::new(bytes).take(limit + 1).read_to_end(&mut out).ok()?;
            (out.len() as u64 <= limit).then_some(out)
        }
        Filter::Ascii85Decode => Some(of_letters(bytes)),
        _ => None,
    }
}

/// The bytes that ASCII 85 spells, four in five letters, up to what is none.
fn of_letters(letters: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(letters.len() / 5 * 4);
    let (mut group, mut many) = (0u32, 0u32);
    for letter in letters.iter().filter(|letter| !letter.is_ascii_whitespace()) {
        match letter {
            b'z' if many == 0 => out.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(letter - b'!'));
                many += 1;
                if many == 5 {
                    out.extend(group.to_be_bytes());
                    (group, many) = (0, 0);
                }
            }
            _ => break,
        }
    }
    if many > 1 {
        for _ in many..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend(&group.to_be_bytes()[..many as usize - 1]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_spell_bytes() {
        assert_eq!(of_letters(b"87cUR D]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(of_letters(b"z87cUR\nDZ~>87"), b"\0\0\0\0Hello");
        assert_eq!(of_letters(b"zz!~>"), [0; 8]);
    }

    #[test]
    fn rows_become_a_file() {
        let rows =
            |width, depth, colours| Rows { width, height: 2, depth, colours, inverted: false };
        let list = Colours::Listed(vec![0; 6]);
        for (rows, dots) in [
            (rows(3, 8, Colours::Rgb), 18),
            (rows(3, 8, Colours::Grey), 6),
            (rows(9, 1, Colours::Grey), 4),
            (rows(3, 4, list), 4),
        ] {
            assert_eq!(rows.size(), Some(dots));
            assert_eq!(rows.png(&vec![0; dots - 1]), None);
            let file = rows.png(&vec![7; dots + 3]).unwrap();
            assert!(file.starts_with(b"\x89PNG") && file.ends_with(b"IEND\xAE\x42\x60\x82"));
        }
        assert_eq!(rows(u32::MAX, 16, Colours::Rgb).png(&[]), None);
    }
}

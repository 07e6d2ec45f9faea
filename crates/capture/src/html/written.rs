//! Pictures that are written into a page, as `data:` addresses.

use mail_parser::decoders::base64::base64_decode;

/// The most pictures that are taken out of one page, and the most bytes that they have together.
const MOST_WRITTEN: usize = 1_000;
const MOST_BYTES: usize = 32 << 20;

/// Smaller ones are what programs put in the place of a picture until they load it.
const SMALLEST: usize = 512;

/// What stands before the number of a picture that was taken out: no page can write it, since the
/// parser makes U+FFFD of it.
const MARK: char = '\0';

/// The pictures that were written into a page.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pictures: Vec<Vec<u8>>,
    bytes: usize,
}

impl Written {
    /// Takes in the picture of an address, and gives what stands in its place from now on. `None`
    /// where the address holds none, or nothing worth it.
    pub(super) fn take(&mut self, address: &str) -> Option<String> {
        let bytes = picture(address)?;
        let full = self.pictures.len() >= MOST_WRITTEN || self.bytes + bytes.len() > MOST_BYTES;
        if bytes.len() < SMALLEST || full {
            return None;
        }
        self.bytes += bytes.len();
        self.pictures.push(bytes);
        Some(format!("{MARK}{}", self.pictures.len() - 1))
    }

    /// The number of the picture that an address stands for.
    pub(super) fn number(address: &str) -> Option<usize> {
        address.strip_prefix(MARK)?.parse().ok()
    }

    /// Takes out the bytes of a picture by its number; none are left there.
    pub(super) fn take_out(&mut self, number: usize) -> Option<Vec<u8>> {
        self.pictures.get_mut(number).map(std::mem::take).filter(|bytes| !bytes.is_empty())
    }
}

/// The bytes of a picture in an address: `data:image/png;base64,…`.
fn picture(address: &str) -> Option<Vec<u8>> {
    let rest = address.trim_start();
    let kind = rest.get(..11).filter(|kind| kind.eq_ignore_ascii_case("data:image/"))?;
    let (about, data) = rest[kind.len()..].split_once(',')?;
    if !about.to_ascii_lowercase().ends_with(";base64") {
        return None;
    }
    match data.contains('%') {
        true => base64_decode(&crate::beside::percent_decoded(data)),
        false => base64_decode(data.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_taken_out_by_number() {
        let mut written = Written::default();
        let long = "QUJD".repeat(200);
        let taken = written.take(&format!("data:image/png;base64,{long}")).unwrap();
        assert_eq!(Written::number(&taken), Some(0));
        assert_eq!(written.take_out(0).unwrap(), b"ABC".repeat(200));
        assert_eq!(written.take_out(0), None);
        let spelled = format!(" DATA:image/gif;charset=x;base64,{}%51UJD", "QUJD%0A".repeat(200));
        assert_eq!(written.take(&spelled).unwrap(), "\u{0}1");
        assert_eq!(written.take_out(1).unwrap(), b"ABC".repeat(201));
        for address in [
            "data:image/png;base64,QUJD",
            "data:text/html;base64,QUJD",
            "data:image/svg+xml,<svg/>",
            "data:image/png",
            "data:",
            "a.png",
        ] {
            assert_eq!(written.take(address), None, "{address}");
        }
    }
}

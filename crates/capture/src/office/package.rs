//! The parts of a Word or OpenDocument file, which is a zip archive, within bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::Cause;

/// The largest file of an office program that is read, in bytes.
pub const MAX_OFFICE_BYTES: u64 = 128 << 20;

/// What one part may unpack to: text with all its marks, or a picture.
const MAX_PART: u64 = 64 << 20;
/// What all parts that are read may unpack to together.
const MAX_PARTS: u64 = 192 << 20;
/// The most parts of a file.
const MOST_PARTS: usize = 20_000;

/// An open file of an office program.
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    format: &'static str,
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens a file; nothing is unpacked yet.
    ///
    /// # Errors
    /// [`Cause::TooLarge`], [`Cause::Locked`] if it is encrypted, [`Cause::Swollen`] if it has too
    /// many parts, else [`Cause::Unsound`].
    pub(crate) fn open(bytes: &'b [u8], format: &'static str) -> Result<Package<'b>, Cause> {
        let size = bytes.len() as u64;
        if size > MAX_OFFICE_BYTES {
            return Err(Cause::TooLarge { bytes: Some(size), limit: MAX_OFFICE_BYTES });
        }
        // Word puts what it encrypts into a file of another kind.
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            let word: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
            let encrypted = memchr::memmem::find(bytes, &word).is_some();
            return Err(if encrypted { Cause::Locked } else { Cause::Unsound { format } });
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Cause::Unsound { format })?;
        if archive.len() > MOST_PARTS {
            return Err(Cause::Swollen);
        }
        Ok(Package { archive, format, left: MAX_PARTS })
    }

    /// The names of all parts.
    pub(crate) fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect()
    }

    /// What a part holds, or `None` if there is none of that name.
    ///
    /// # Errors
    /// [`Cause::Swollen`] over the limit, whatever size the archive declares; [`Cause::Unsound`] if
    /// it cannot be unpacked.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Cause> {
        let format = self.format;
        let Some(at) = self.archive.index_for_name(name) else { return Ok(None) };
        let part = self.archive.by_index(at).map_err(|_| Cause::Unsound { format })?;
        let limit = MAX_PART.min(self.left);
        let mut bytes = Vec::new();
        part.take(limit + 1).read_to_end(&mut bytes).map_err(|_| Cause::Unsound { format })?;
        let size = bytes.len() as u64;
        if size > limit {
            return Err(Cause::Swollen);
        }
        self.left -= size;
        Ok(Some(bytes))
    }
}

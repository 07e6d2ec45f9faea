//! The files that lie beside another one and belong to it: the pictures of an export, of a saved
//! page.

use std::fmt;
use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use crate::address::joined;

/// The largest picture that is taken in, in bytes.
pub const MAX_PICTURE_BYTES: u64 = 32 << 20;

/// Why a file that a document names did not come along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// It is not where the document says.
    NotThere,
    /// The name leads out of the document's folder, or over a link.
    Outside,
    /// It is over [`MAX_PICTURE_BYTES`].
    TooLarge,
    /// The document lies in no folder, as on standard input.
    NoFolder,
    /// It lies in an archive, and cannot be unpacked there.
    Packed,
    /// What was unpacked of its archive is as much as may be.
    Spent,
}

impl fmt::Display for Absent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Absent::NotThere => f.write_str("there is no such file beside it"),
            Absent::Outside => f.write_str(
                "its name is no plain name of a file in the same folder, and links are not followed",
            ),
            Absent::TooLarge => write!(f, "it is over {} MiB", MAX_PICTURE_BYTES >> 20),
            Absent::NoFolder => f.write_str("it was read without the folder that it was in"),
            Absent::Spent => f.write_str("too much was unpacked of the archive that it lies in"),
            Absent::Packed => f.write_str("it cannot be unpacked; unpack the archive first"),
        }
    }
}

/// What gives the bytes of an archive's entry, or of another file that was sent, by its whole name.
type ByName<'a> = Rc<dyn Fn(&str) -> Result<Vec<u8>, Absent> + 'a>;

/// What gives the bytes that a crawl has of an address of the web, as they were fetched nearest to a
/// moment, in seconds since 1970.
pub(crate) type ByAddress<'a> = Rc<dyn Fn(&str, Option<i64>) -> Result<Vec<u8>, Absent> + 'a>;

/// Where the files are that belong to a document.
#[derive(Clone)]
pub(crate) enum Beside<'a> {
    /// In the folder of this file.
    File(PathBuf),
    /// In a folder of an archive or of files that were sent, which are found by their whole names.
    Named { folder: String, bytes: ByName<'a> },
    /// In this crawl, of which a page is still to be found.
    Crawl(ByAddress<'a>),
    /// In a crawl that has what stood at this address, fetched at that moment.
    Web { address: String, fetched: Option<i64>, parts: ByAddress<'a> },
}

impl Beside<'_> {
    /// The bytes of a file that a document names; in a crawl, by its address.
    ///
    /// The name is somebody's words: only a plain one of a file below the folder is followed, and
    /// no link, neither there nor on the way.
    pub(crate) fn bytes(&self, name: &str) -> Result<Vec<u8>, Absent> {
        match self {
            Beside::File(_) | Beside::Named { .. } if !is_plain(name) => Err(Absent::Outside),
            Beside::File(file) => in_folder(file, name),
            Beside::Named { folder, bytes } => bytes(&format!("{folder}{name}")),
            Beside::Crawl(_) => Err(Absent::NoFolder),
            Beside::Web { address, fetched, parts } => {
                parts(&joined(address, name).ok_or(Absent::NotThere)?, *fetched)
            }
        }
    }
}

/// Whether a name is a plain one of a file in a folder, or in a folder below it.
fn is_plain(name: &str) -> bool {
    const LONGEST: usize = 512;
    let plain = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
    plain && !name.is_empty() && name.len() <= LONGEST && !name.contains(['\\', '\0', ':'])
}

fn in_folder(file: &Path, name: &str) -> Result<Vec<u8>, Absent> {
    let file = fs::canonicalize(file).map_err(|_| Absent::NotThere)?;
    let mut path = file.parent().ok_or(Absent::NotThere)?.to_owned();
    for part in Path::new(name).components() {
        path.push(part);
        let about = fs::symlink_metadata(&path).map_err(|_| Absent::NotThere)?;
        if about.is_symlink() {
            return Err(Absent::Outside);
        }
    }
    let about = fs::symlink_metadata(&path).map_err(|_| Absent::NotThere)?;
    if !about.is_file() {
        return Err(Absent::NotThere);
    }
    let file = fs::File::open(&path).map_err(|_| Absent::NotThere)?;
    bounded(file).map_err(|absent| absent.unwrap_or(Absent::NotThere))
}

/// All that can be read, within the limit; no reason where reading fails.
pub(crate) fn bounded(from: impl Read) -> Result<Vec<u8>, Option<Absent>> {
    let mut bytes = Vec::new();
    from.take(MAX_PICTURE_BYTES + 1).read_to_end(&mut bytes).map_err(|_| None)?;
    match bytes.len() as u64 > MAX_PICTURE_BYTES {
        true => Err(Some(Absent::TooLarge)),
        false => Ok(bytes),
    }
}

/// Bytes of an address, those that are spelled as `%4D` as what they are.
pub(crate) fn percent_decoded(address: &str) -> Vec<u8> {
    percent_encoding::percent_decode_str(address).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_below_the_folder_are_followed() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("export");
        fs::create_dir_all(folder.join("photos")).unwrap();
        fs::write(outer.path().join("secret.jpg"), b"secret").unwrap();
        fs::write(folder.join("photos/a.jpg"), b"a picture").unwrap();
        fs::write(folder.join("result.json"), b"{}").unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink(outer.path().join("secret.jpg"), folder.join("photos/link.jpg")).unwrap();
            symlink(outer.path(), folder.join("up")).unwrap();
        }
        let beside = Beside::File(folder.join("result.json"));
        assert_eq!(beside.bytes("photos/a.jpg").unwrap(), b"a picture");
        let absolute = folder.join("photos/a.jpg");
        for name in [
            "../secret.jpg",
            "photos/../../secret.jpg",
            "./photos/a.jpg/..",
            absolute.to_str().unwrap(),
            "C:\\photos\\a.jpg",
            "photos/a.jpg\0",
            "",
            "photos/link.jpg",
            "up/secret.jpg",
            &"a/".repeat(400),
        ] {
            assert!(beside.bytes(name).is_err(), "{name}");
        }
        assert_eq!(beside.bytes("photos/none.jpg"), Err(Absent::NotThere));
        assert_eq!(beside.bytes("photos"), Err(Absent::NotThere));
        let large = fs::File::create(folder.join("large.jpg")).unwrap();
        large.set_len(MAX_PICTURE_BYTES + 1).unwrap();
        assert_eq!(beside.bytes("large.jpg"), Err(Absent::TooLarge));
    }

    #[test]
    fn letters_of_addresses() {
        assert_eq!(percent_decoded("a%20b%C3%A9%zz%4"), "a bé%zz%4".as_bytes());
    }
}

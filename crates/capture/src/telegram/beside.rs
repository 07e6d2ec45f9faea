//! The files that lie beside an export.

use std::fs;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use super::Absent;

/// The largest picture that is taken in, in bytes.
pub const MAX_PICTURE_BYTES: u64 = 32 << 20;

/// The folder in which an export lies.
pub(crate) struct Beside {
    folder: PathBuf,
}

impl Beside {
    /// The folder of an export's file; `None` where that is none, as on standard input.
    pub(crate) fn of(export: &Path) -> Option<Beside> {
        let folder = fs::canonicalize(export).ok()?;
        Some(Beside { folder: folder.parent()?.to_owned() })
    }

    /// The bytes of a file that the export names.
    ///
    /// The name is somebody's words: only a plain one of a file below the folder is followed, and
    /// no link, neither there nor on the way.
    pub(crate) fn bytes(&self, name: &str) -> Result<Vec<u8>, Absent> {
        const LONGEST: usize = 512;
        let relative = Path::new(name);
        let plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
        if !plain || name.is_empty() || name.len() > LONGEST || name.contains(['\\', '\0', ':']) {
            return Err(Absent::Outside);
        }
        let mut path = self.folder.clone();
        for part in relative.components() {
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
        if about.len() > MAX_PICTURE_BYTES {
            return Err(Absent::TooLarge);
        }
        let mut bytes = Vec::new();
        let file = fs::File::open(&path).map_err(|_| Absent::NotThere)?;
        file.take(MAX_PICTURE_BYTES + 1).read_to_end(&mut bytes).map_err(|_| Absent::NotThere)?;
        if bytes.len() as u64 > MAX_PICTURE_BYTES {
            return Err(Absent::TooLarge);
        }
        Ok(bytes)
    }
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
        let beside = Beside::of(&folder.join("result.json")).unwrap();
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
}

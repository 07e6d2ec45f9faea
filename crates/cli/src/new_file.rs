//! Files that commands write: never over another, and never half.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::output;

/// A file that was not there before. Unless it is finished it goes again: half an export must not pass
/// for one.
#[derive(Debug)]
pub(crate) struct NewFile {
    file: BufWriter<File>,
    path: PathBuf,
    finished: bool,
}

impl NewFile {
    pub(crate) fn make(path: &Path) -> anyhow::Result<NewFile> {
        let place = path.display();
        let file = match File::create_new(path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => anyhow::bail!(
                "{place}: there is a file already, which is not written over; name a new file, or \
                 move that one away"
            ),
            made => made.with_context(|| {
                format!("{place} cannot be made; name a new file in a folder that may be written")
            })?,
        };
        Ok(NewFile { file: BufWriter::new(file), path: path.to_owned(), finished: false })
    }

    /// Waits until all of it is on the disk.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        let written = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        written.with_context(|| format!("{} cannot be written", self.path.display()))?;
        self.finished = true;
        Ok(())
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.finished {
            // Whoever sees this has been told of what went wrong before.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Where what a command gives is written.
#[derive(Debug)]
pub(crate) enum Out {
    /// A new file.
    File(NewFile),
    /// Standard output.
    Standard,
}

impl Out {
    /// The file, or standard output.
    pub(crate) fn to(path: Option<&Path>) -> anyhow::Result<Out> {
        Ok(match path {
            Some(path) => Out::File(NewFile::make(path)?),
            None => Out::Standard,
        })
    }

    /// Waits until all of it is written.
    pub(crate) fn finish(self) -> anyhow::Result<()> {
        match self {
            Out::File(file) => file.finish(),
            Out::Standard => Ok(output::send()?),
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Out::File(file) => file.write(bytes),
            Out::Standard => output::page().write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Out::File(file) => file.flush(),
            Out::Standard => output::send(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finished_goes_and_nothing_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        NewFile::make(&path).unwrap().write_all(b"half").unwrap();
        assert!(!path.exists());
        let mut file = NewFile::make(&path).unwrap();
        file.write_all(b"whole").unwrap();
        file.finish().unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
        assert!(NewFile::make(&path).unwrap_err().to_string().contains("not written over"));
        assert_eq!(std::fs::read(&path).unwrap(), b"whole");
    }
}

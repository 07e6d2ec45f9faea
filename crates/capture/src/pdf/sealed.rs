//! What the streams of an encrypted file hold before they are unpacked.
//!
//! The library opens a stream and unpacks it in one step, so that an encrypted one could not be
//! measured before. A file is made here that has nothing but these streams, said to be packed in no
//! way, and the keys of the real one: opened in that, they are as they were packed.

use std::sync::Arc;

use hayro_syntax::object::{ObjectIdentifier, Stream};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use memchr::memmem;

use crate::Cause;

/// A stream as it stands in a file.
pub(super) struct Sealed<'a> {
    pub(super) number: u32,
    pub(super) generation: i32,
    pub(super) data: &'a [u8],
}

/// The data of streams without their encryption; `None` for one that could not be opened.
///
/// # Errors
/// [`Cause::Locked`] if the file opens only with a password.
pub(super) fn opened(file: &[u8], sealed: &[Sealed]) -> Result<Vec<Option<Vec<u8>>>, Cause> {
    let none = || sealed.iter().map(|_| None).collect();
    let Some(made) = made(file, sealed) else { return Ok(none()) };
    let pdf = match Pdf::new(Arc::new(made)) {
        Ok(pdf) => pdf,
        Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => {
            return Err(Cause::Locked);
        }
        Err(_) => return Ok(none()),
    };
    let one = |sealed: &Sealed| {
        let id = ObjectIdentifier::new(sealed.number, sealed.generation);
        let stream = pdf.xref().get::<Stream>(id)?;
        Some(stream.raw_data().into_owned())
    };
    Ok(sealed.iter().map(one).collect())
}

/// A file of these streams under the keys of another; `None` where these are not found.
fn made(file: &[u8], sealed: &[Sealed]) -> Option<Vec<u8>> {
    let after = |word: &[u8]| {
        let at = memmem::rfind(file, word)? + word.len();
        Some(file[at..].trim_ascii_start())
    };
    let keys = after(b"/Encrypt")?;
    let mut words = keys.split(|byte| byte.is_ascii_whitespace() || *byte == b'/');
    let mut number = || std::str::from_utf8(words.next()?).ok()?.parse::<u32>().ok();
    let (number, generation) = (number()?, number()?);
    let head = format!("{number} {generation} obj");
    let begins = memmem::rfind_iter(file, head.as_bytes())
        .find(|at| !at.checked_sub(1).is_some_and(|before| file[before].is_ascii_digit()))?;
    let length = memmem::find(&file[begins..], b"endobj")?;
    let id = after(b"/ID").and_then(list).unwrap_or(b"[<> <>]");
    let root = sealed.iter().map(|one| one.number).max()?.max(number).checked_add(1)?;
    let pages = root.checked_add(1)?;
    let mut made = b"%PDF-1.7\n".to_vec();
    made.extend_from_slice(&file[begins..begins + length]);
    made.extend_from_slice(b"endobj\n");
    for Sealed { number, generation, data } in sealed {
        let length = data.len();
        made.extend_from_slice(
            format!("{number} {generation} obj\n<</Length {length}>>\nstream\n").as_bytes(),
        );
        made.extend_from_slice(data);
        made.extend_from_slice(b"\nendstream\nendobj\n");
    }
    made.extend_from_slice(
        format!(
            "{root} 0 obj\n<</Type/Catalog/Pages {pages} 0 R>>\nendobj\n\
             {pages} 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n\
             trailer\n<</Size {}/Root {root} 0 R/Encrypt {number} {generation} R/ID ",
            u64::from(pages) + 1
        )
        .as_bytes(),
    );
    made.extend_from_slice(id);
    made.extend_from_slice(b">>\nstartxref\n0\n%%EOF\n");
    Some(made)
}

/// A list from its bracket to the one that closes it, whatever letters its texts hold.
fn list(text: &[u8]) -> Option<&[u8]> {
    const LONGEST: usize = 1 << 10;
    let text = &text[..text.len().min(LONGEST)];
    let (mut at, mut depth) = (1, 0usize);
    if text.first() != Some(&b'[') {
        return None;
    }
    loop {
        match text.get(at)? {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b']' if depth == 0 => return Some(&text[..=at]),
            _ => {}
        }
        at += 1;
    }
}

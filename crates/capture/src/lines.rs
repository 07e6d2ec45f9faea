//! Lines of a stream, one at a time, of bounded length.

use std::io::{self, BufRead};

/// One line of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// The bytes without their line ending.
    Whole(Vec<u8>),
    /// A line over the limit; it was passed over, not kept.
    TooLong { bytes: u64 },
}

/// The next line, or `None` at the end. Memory is bounded by `limit`, in bytes.
pub(crate) fn next_line(input: &mut dyn BufRead, limit: u64) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let mut length = 0u64;
    loop {
        let part = match input.fill_buf() {
            Ok(part) => part,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if part.is_empty() && length == 0 {
            return Ok(None);
        }
        let end = part.iter().position(|&byte| byte == b'\n');
        let taken = end.map_or(part.len(), |at| at + 1);
        length += taken as u64;
        if length <= limit + 1 {
            line.extend_from_slice(&part[..taken]);
        } else {
            line = Vec::new();
        }
        let ended = end.is_some() || taken == 0;
        input.consume(taken);
        if !ended {
            continue;
        }
        if length > limit + 1 {
            return Ok(Some(Line::TooLong { bytes: length }));
        }
        if line.last() == Some(&b'\n') {
            line.pop();
            if line.last() == Some(&b'\r') {
                line.pop();
            }
        }
        return Ok(Some(Line::Whole(line)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8], buffer: usize, limit: u64) -> Vec<Line> {
        let mut input = io::BufReader::with_capacity(buffer, bytes);
        std::iter::from_fn(|| next_line(&mut input, limit).unwrap()).collect()
    }

    #[test]
    fn lines_do_not_depend_on_the_buffer() {
        let bytes = b"one\r\n\ntwo\nthe longest of them\nlast";
        let want = vec![
            Line::Whole(b"one".to_vec()),
            Line::Whole(b"".to_vec()),
            Line::Whole(b"two".to_vec()),
            Line::TooLong { bytes: 20 },
            Line::Whole(b"last".to_vec()),
        ];
        for buffer in 1..40 {
            assert_eq!(lines(bytes, buffer, 8), want, "buffer of {buffer}");
        }
    }
}

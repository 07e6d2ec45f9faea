//! Very many short texts in one: each by itself would cost more than it holds.

/// Texts, one after the other.
#[derive(Debug)]
pub(super) struct Lines {
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
}

impl Lines {
    /// The lines of a text; nothing if it is none, or larger than places in it can be told.
    pub(super) fn read(bytes: &[u8]) -> Option<Lines> {
        u32::try_from(bytes.len()).ok()?;
        let (mut text, mut ends) = (String::with_capacity(bytes.len()), Vec::new());
        for line in std::str::from_utf8(bytes).ok()?.split('\n') {
            text.push_str(line);
            ends.push(text.len() as u32);
        }
        Some(Lines { text, ends })
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// One of them; empty where there is none.
    pub(super) fn at(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let end = self.ends.get(at).map_or(0, |end| *end as usize);
        self.text.get(start.map_or(0, |start| *start as usize)..end).unwrap_or_default()
    }

    /// One more.
    pub(super) fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.ends.push(self.text.len() as u32);
    }

    /// Only the first of them.
    pub(super) fn truncate(&mut self, many: usize) {
        self.ends.truncate(many);
        self.text.truncate(self.ends.last().map_or(0, |end| *end as usize));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_pushed_and_cut() {
        let mut lines = Lines::read("Aachen\n\nÅrhus".as_bytes()).unwrap();
        assert_eq!(
            (lines.len(), lines.at(0), lines.at(1), lines.at(2), lines.at(3)),
            (3, "Aachen", "", "Århus", "")
        );
        lines.truncate(2);
        lines.push("Gent");
        assert_eq!((lines.at(1), lines.at(2), lines.len()), ("", "Gent", 3));
        lines.truncate(0);
        lines.push("Lund");
        assert_eq!(lines.at(0), "Lund");
        assert!(Lines::read(&[0xff]).is_none());
    }
}

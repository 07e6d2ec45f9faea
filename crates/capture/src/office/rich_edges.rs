//! Running heads and feet of an RTF file, each once.

#[derive(Default)]
pub(super) struct Edges {
    open: String,
    /// Whether a field stands in the line that is open: one that counts pages says nothing.
    counted: bool,
    lines: Vec<String>,
}

impl Edges {
    /// A piece of the line that is open.
    pub(super) fn push(&mut self, text: &str) {
        const LONGEST: usize = 2_000;
        if self.open.len() < LONGEST {
            self.open.push_str(text);
        }
    }

    /// A field stands in the line that is open.
    pub(super) fn count(&mut self) {
        self.counted = true;
    }

    /// The line that is open is complete.
    pub(super) fn end(&mut self) {
        let line = std::mem::take(&mut self.open);
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let counted = std::mem::take(&mut self.counted);
        if !line.is_empty() && !counted && !self.lines.contains(&line) {
            self.lines.push(line);
        }
    }

    pub(super) fn lines(&self) -> &[String] {
        &self.lines
    }
}

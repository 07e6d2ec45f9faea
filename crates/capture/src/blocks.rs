//! A text as blocks: header lines and paragraphs, each with its place.

use throughline_model::Span;

use crate::date::published_date;

/// The longest line that an editor wraps; longer ones are whole paragraphs.
const LONGEST_WRAPPED: usize = 100;

/// How many lines stand above the first paragraph at most.
pub(crate) const LONGEST_HEAD: usize = 6;

/// A paragraph or a header line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block<'t> {
    pub(crate) start: usize,
    pub(crate) text: &'t str,
}

impl Block<'_> {
    pub(crate) fn span(&self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }

    /// Whether it ends as a sentence does.
    pub(crate) fn ends_a_sentence(&self) -> bool {
        let closed = self.text.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»', ' ']);
        closed.ends_with(['.', '!', '?', '…', ':', ';'])
    }

    pub(crate) fn is_one_line(&self) -> bool {
        !self.text.contains('\n')
    }
}

/// The blocks of a text: runs of lines between blank ones, taken apart where their lines are
/// paragraphs of their own.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut run: Vec<Block> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            finish(text, &mut run, &mut blocks);
        } else {
            let indent = line.len() - line.trim_start().len();
            run.push(Block { start: start + indent, text: trimmed });
        }
        start += line.len();
    }
    finish(text, &mut run, &mut blocks);
    blocks
}

fn finish<'t>(text: &'t str, run: &mut Vec<Block<'t>>, blocks: &mut Vec<Block<'t>>) {
    let Some(last) = run.last().copied() else { return };
    let whole_lines = run[..run.len() - 1].iter().any(|line| line.text.len() > LONGEST_WRAPPED);
    if whole_lines {
        blocks.append(run);
        return;
    }
    let head = if blocks.is_empty() { head_of(run) } else { 0 };
    blocks.extend(run.drain(..head));
    if let Some(first) = run.first() {
        let end = last.start + last.text.len();
        blocks.push(Block { start: first.start, text: &text[first.start..end] });
        run.clear();
    }
}

/// How many lines at the top of a text are lines of its head: up to the last one that is an author's
/// or a date's; all, where no paragraph can be among them. A line that goes on in a small letter is
/// part of a paragraph that an editor wrapped.
fn head_of(run: &[Block]) -> usize {
    let is_head = |line: &Block| is_byline(line.text) || published_date(line.text).is_some();
    let begins = |line: &Block| !line.text.starts_with(char::is_lowercase);
    let top = run.iter().take(LONGEST_HEAD).take_while(|line| begins(line) || is_head(line));
    match top.enumerate().filter(|(_, line)| is_head(line)).map(|(at, _)| at).last() {
        Some(_) if run.len() <= LONGEST_HEAD => run.len(),
        Some(last) => last + 1,
        None => 0,
    }
}

/// Whether a line names its author.
pub(crate) fn is_byline(line: &str) -> bool {
    const LONGEST: usize = 120;
    author(line).is_some() && line.len() <= LONGEST
}

/// The author that a byline names.
pub(crate) fn author(line: &str) -> Option<&str> {
    let line = line.trim();
    let dashed = line.strip_prefix(['-', '–', '—']).map(str::trim_start);
    let rest = dashed.unwrap_or(line);
    let by = ["By ", "BY ", "by "].iter().find_map(|by| rest.strip_prefix(by));
    let from = rest.starts_with("From ") || rest.starts_with("FROM ");
    let named =
        |name: &&str| name.chars().next().is_some_and(char::is_uppercase) || dashed.is_some();
    match by {
        Some(name) => {
            Some(name.trim()).filter(named).filter(|_| !rest.ends_with('.') || dashed.is_some())
        }
        None if from && dashed.is_some() => Some(rest),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let found: Vec<&str> = blocks(text).iter().map(|block| block.text).collect();
        assert_eq!(found, want);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph_and_long_lines_are_paragraphs() {
        check("one\ntwo\n\n three \n", &["one\ntwo", "three"]);
        let long = "word ".repeat(30);
        let text = format!("{long}\nshort");
        check(&text, &[long.trim(), "short"]);
        check(
            "The Paper\nHeadline\nBy A. Writer\n\nText.",
            &["The Paper", "Headline", "By A. Writer", "Text."],
        );
        check(
            "The Paper\n12 March 2015\nHeadline\n\nText\nin two lines.",
            &["The Paper", "12 March 2015", "Headline", "Text\nin two lines."],
        );
        let wrapped = "A first line\nof a text\nthat somebody wrapped\nin its editor\nat five.";
        check(
            &format!("Headline\nMonday, 12 March 2015\n{wrapped}"),
            &["Headline", "Monday, 12 March 2015", wrapped],
        );
        check(
            &format!("{wrapped}\n12 March 2015\nis the day."),
            &[&format!("{wrapped}\n12 March 2015\nis the day.")],
        );
    }

    #[test]
    fn authors() {
        for (line, want) in [
            ("- By Ada Marsh", Some("Ada Marsh")),
            ("By ADA MARSH", Some("ADA MARSH")),
            ("- By our own correspondent", Some("our own correspondent")),
            ("- From our correspondent", Some("From our correspondent")),
            ("By then it was over.", None),
            ("by and large", None),
            ("Standby", None),
        ] {
            assert_eq!(author(line), want, "{line}");
        }
    }
}

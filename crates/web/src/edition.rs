//! The one place through which words of others become text of a page.
//!
//! Today there is one edition: the coder's own desk, served on loopback to whoever sits at this
//! machine. It shows every name, with its status. An edition for readers outside, which withholds
//! names as `throughline_tell::disclosure` decides, is another variant here: every name, title and
//! sentence of a page goes through [`Edition::words`] or [`Edition::text`], and every JSON through
//! [`Edition::json`], and pictures are drawn under [`Edition::veil`].

use maud::{Markup, PreEscaped, html};
use serde_json::Value as Json;
use throughline_draw::gather::{Open, Veil};
use throughline_tell::terminal;

/// For whom pages are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Edition {
    /// The coder at work, who sees every name with its status.
    #[default]
    Desk,
}

impl Edition {
    /// Words of others in one line, apart from the direction of what stands around them.
    pub(crate) fn words(self, words: &str) -> Markup {
        match self {
            Edition::Desk => html! { bdi { (terminal::one_line(words)) } },
        }
    }

    /// Words of others where markup cannot stand, as in a title.
    pub(crate) fn plain(self, words: &str) -> String {
        match self {
            Edition::Desk => terminal::one_line(words),
        }
    }

    /// A stretch of a document's text, letter for letter.
    pub(crate) fn text(self, text: &str) -> Markup {
        match self {
            Edition::Desk => html! { (terminal::letters(text)) },
        }
    }

    /// A value as JSON: the same as the commands print.
    pub(crate) fn json(self, value: &Json) -> String {
        match self {
            Edition::Desk => serde_json::to_string_pretty(value).unwrap_or_default(),
        }
    }

    /// What pictures may show.
    pub(crate) fn veil(self) -> &'static dyn Veil {
        match self {
            Edition::Desk => &Open,
        }
    }

    /// A whole page, after all: no character that moves a cursor or turns a line around, wherever it
    /// came from.
    pub(crate) fn page(self, page: Markup) -> String {
        let PreEscaped(page) = page;
        terminal::letters(&page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_never_become_markup() {
        let hostile = "<script>x</script>\u{202e}\"&";
        let words = Edition::Desk.words(hostile).into_string();
        assert_eq!(words, "<bdi>&lt;script&gt;x&lt;/script&gt;\u{FFFD}&quot;&amp;</bdi>");
        assert!(!Edition::Desk.text(hostile).into_string().contains('<'));
    }
}

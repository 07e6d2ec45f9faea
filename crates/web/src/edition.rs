//! The one place through which words of others become text of a page.
//!
//! There are two editions. The desk's is for the coder at this machine, who sees every name with its
//! status. The readers' withholds names as exports do (`throughline_tell::readers`): every name,
//! title and sentence of a page goes through [`Edition::name`], [`Edition::words`],
//! [`Edition::words_of`], [`Edition::author`] or [`Edition::text`], pictures are drawn under [`Audience::veil`], and ids
//! are masked ([`crate::mask`]). Which pages it has stands in [`crate::routes`].

use std::sync::Arc;

use maud::{Markup, PreEscaped, html};
use serde_json::Value as Json;
use throughline_casebook::{Casebook, RecordView, Result};
use throughline_draw::gather::{Open, Veil};
use throughline_model::{AssertionId, DocumentId, MentionId};
use throughline_tell::disclosed::Disclosed;
use throughline_tell::readers::Readers;
use throughline_tell::redact::WITHHELD;
use throughline_tell::terminal;

use crate::mask::Mask;

/// For whom a server makes its pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// The coder at work, who sees every name with its status.
    #[default]
    Desk,
    /// Readers outside: names are withheld as in exports.
    Readers,
}

impl Audience {
    /// What pictures may show, in one state of a casebook.
    pub(crate) fn veil(self, casebook: &Casebook) -> Result<Arc<dyn Veil>> {
        Ok(match self {
            Audience::Desk => Arc::new(Open),
            Audience::Readers => Arc::new(Disclosed::gather(casebook)?),
        })
    }
}

/// An edition of one state of a casebook.
#[derive(Clone, Debug, Default)]
pub(crate) enum Edition {
    /// Everything.
    #[default]
    Desk,
    /// What readers may see.
    Readers(Arc<Readers>, Arc<Mask>),
    /// For readers, where the casebook was not asked: no words of others at all.
    Closed,
}

impl Edition {
    /// Whether everything is shown.
    pub(crate) fn is_desk(&self) -> bool {
        matches!(self, Edition::Desk)
    }

    /// Words of others in one line, apart from the direction of what stands around them.
    pub(crate) fn words(&self, words: &str) -> Markup {
        html! { bdi { (self.plain(words)) } }
    }

    /// Words of others where markup cannot stand, as in a title.
    pub(crate) fn plain(&self, words: &str) -> String {
        match self {
            Edition::Desk => terminal::one_line(words),
            // Of which document they are is not known here, so every withheld name goes.
            Edition::Readers(readers, _) => {
                terminal::one_line(&readers.disclosed.everywhere(words))
            }
            Edition::Closed => String::new(),
        }
    }

    /// Words of one document in one line.
    pub(crate) fn words_of(&self, document: DocumentId, words: &str) -> Markup {
        match self {
            Edition::Readers(readers, _) => {
                html! { bdi { (terminal::one_line(&readers.words_of(document, words))) } }
            }
            _ => self.words(words),
        }
    }

    /// Who published or wrote a document, which readers are not told of letters and private chats.
    pub(crate) fn author(&self, document: DocumentId, name: &str) -> Markup {
        match self {
            Edition::Readers(readers, _) => {
                let name = readers.disclosed.cleaner(document).author(name);
                html! { bdi { (terminal::one_line(&name)) } }
            }
            _ => self.words(name),
        }
    }

    /// A document's headline; `None` where it is withheld.
    pub(crate) fn title(&self, document: DocumentId, title: &str) -> Option<Markup> {
        match self {
            Edition::Readers(readers, _) => {
                let title = readers.title(document, title)?;
                Some(html! { bdi { (terminal::one_line(&title)) } })
            }
            _ => Some(self.words(title)),
        }
    }

    /// Where a document was found; `None` where that could spell a withheld name.
    pub(crate) fn address(&self, document: DocumentId, url: &str) -> Option<Markup> {
        match self {
            Edition::Readers(readers, _) => {
                let url = readers.address(document, url)?;
                Some(html! { bdi { (terminal::one_line(&url)) } })
            }
            _ => Some(self.words(url)),
        }
    }

    /// The name of the record of a mention.
    pub(crate) fn name(&self, mention: MentionId, name: &str) -> Markup {
        match self {
            Edition::Readers(readers, _) => {
                let name = readers.name(mention, name);
                html! { bdi { (terminal::one_line(name.as_deref().unwrap_or(WITHHELD))) } }
            }
            _ => self.words(name),
        }
    }

    /// A stretch of a document's text, letter for letter. Readers get no whole texts.
    pub(crate) fn text(&self, text: &str) -> Markup {
        match self {
            Edition::Desk => html! { (terminal::letters(text)) },
            _ => html! {},
        }
    }

    /// What a person of the casebook wrote, line by line.
    pub(crate) fn lines(&self, text: &str) -> String {
        match self {
            Edition::Desk => terminal::lines(text),
            Edition::Readers(readers, _) => terminal::lines(&readers.disclosed.everywhere(text)),
            Edition::Closed => String::new(),
        }
    }

    /// Whether a name given in the casebook, such as that of a definition, can stand in an address.
    pub(crate) fn can_spell(&self, name: &str) -> bool {
        match self {
            Edition::Desk => true,
            Edition::Readers(readers, _) => !readers.disclosed.spelt_in(name),
            Edition::Closed => false,
        }
    }

    /// A record without what this edition does not carry.
    pub(crate) fn trim(&self, view: &mut RecordView) {
        if let Edition::Readers(readers, _) = self {
            readers.trim(view);
        }
    }

    /// Whether an assertion stands on pages.
    pub(crate) fn carries(&self, assertion: AssertionId) -> bool {
        match self {
            Edition::Desk => true,
            Edition::Readers(readers, _) => readers.carries(assertion),
            Edition::Closed => false,
        }
    }

    /// A value as JSON: the same as the commands print. Readers get none.
    pub(crate) fn json(&self, value: &Json) -> String {
        match self {
            Edition::Desk => serde_json::to_string_pretty(value).unwrap_or_default(),
            _ => "[]".to_owned(),
        }
    }

    /// A whole page, after all: no character that moves a cursor or turns a line around, wherever it
    /// came from, and no id that tells what it is a hash of.
    pub(crate) fn page(&self, page: Markup) -> String {
        let PreEscaped(page) = page;
        self.outward(terminal::letters(&page))
    }

    /// Text of an address or a page, with ids as this edition shows them.
    pub(crate) fn outward(&self, text: String) -> String {
        match self {
            Edition::Readers(_, mask) => mask.on(&text),
            _ => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_never_become_markup() {
        let hostile = "<script>x</script>\u{202e}\"&";
        for (edition, want) in [
            (Edition::Desk, "<bdi>&lt;script&gt;x&lt;/script&gt;\u{FFFD}&quot;&amp;</bdi>"),
            (Edition::Closed, "<bdi></bdi>"),
        ] {
            assert_eq!(edition.words(hostile).into_string(), want);
            assert!(!edition.text(hostile).into_string().contains('<'));
        }
        let readers = Edition::Readers(Arc::default(), Arc::new(Mask::new()));
        assert!(!readers.words(hostile).into_string().contains("<script"));
    }
}

//! Which blocks are lifted out of the article for display.

use std::collections::HashMap;

use crate::blocks::Block;

/// The share of a block's longer words that must stand in the body.
const SHARED: f64 = 0.6;

/// How often each longer word stands in a body, against which copies are known.
pub(crate) struct Body {
    words: HashMap<String, usize>,
}

impl Body {
    pub(crate) fn of(blocks: &[Block]) -> Body {
        let mut counts = HashMap::new();
        for word in blocks.iter().filter(|b| b.ends_a_sentence()).flat_map(|b| words(b.text)) {
            *counts.entry(word).or_insert(0) += 1;
        }
        Body { words: counts }
    }

    /// Whether a block is a passage lifted out: a figure set large with its caption, or words of
    /// the body again without the end of a sentence or between quotation marks.
    pub(crate) fn is_quoted_in(&self, block: &Block) -> bool {
        const LONGEST: usize = 300;
        let open = !block.ends_a_sentence();
        let quoted = block.text.starts_with(['“', '"', '‘', '«']) && ends_quoted(block.text);
        if block.text.len() > LONGEST || !open && !quoted {
            return false;
        }
        let own = words(block.text);
        let mut left: HashMap<&str, usize> = HashMap::new();
        // A block that ends a sentence was counted itself; its copy must stand elsewhere.
        if !open {
            own.iter().for_each(|word| *left.entry(word).or_insert(0) += 1);
        }
        let elsewhere = |word: &&String| {
            let counted = self.words.get(*word).copied().unwrap_or(0);
            counted > left.get(word.as_str()).copied().unwrap_or(0)
        };
        let shared = own.iter().filter(elsewhere).count() as f64;
        let figure = block.text.starts_with(|letter: char| letter.is_ascii_digit());
        own.len() >= 3 && (open && figure || shared >= SHARED * own.len() as f64)
    }
}

fn ends_quoted(text: &str) -> bool {
    text.ends_with(['”', '"', '’', '»'])
}

/// The longer words, in lower case.
fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| word.chars().count() > 3)
        .map(str::to_lowercase)
        .collect()
}

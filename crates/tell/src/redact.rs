//! Texts without the names that are withheld.
//!
//! Names are compared word by word in a plain form: without accents, case, marks that join or
//! split words invisibly, or possessive endings. A word of a withheld name is taken out where it
//! is written as a name (with a capital, in a script without capitals, or glued into an address or
//! a handle), and in small letters too, unless it is an ordinary word in a text that has capitals
//! ("a brown coat"); a whole name is taken out however it is written.
//!
//! A title before a name goes with it, since an office and a day say who held it.
//!
//! What stays in its place is always the same words, so that nothing of the name shows: not its
//! length, nor which of two withheld people is meant.

mod mail;
mod ordinary;
mod parts;
#[cfg(test)]
mod tests;
mod words;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

pub use mail::without_mail;
pub use parts::{NameParts, is_description};
pub(crate) use words::{Word, adjoin, is_capital, plain_words, possessive, words};

use ordinary::is_ordinary;
use words::{is_caseless, plain};

use crate::lists::is_title;
use crate::persons_named::stopped;

/// What stands where a name was.
pub const WITHHELD: &str = "[name withheld]";

/// Which names are taken out of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redactor {
    strong: BTreeSet<String>,
    /// Words that name somebody in small letters too, where they are among the strong ones.
    proper: BTreeSet<String>,
    weak: BTreeSet<String>,
    /// Whole names by their first word.
    phrases: BTreeMap<String, BTreeSet<Vec<String>>>,
    /// Whole names without the spaces between their words.
    joined: BTreeSet<String>,
}

impl Redactor {
    /// Takes out whole names and family names of this person, wherever they stand. A name of one
    /// word counts as one for somebody who has no longer name.
    pub fn withhold_whole(&mut self, parts: &NameParts) {
        if parts.phrases.is_empty() {
            self.strong.extend(parts.single.iter().cloned());
        }
        let families = parts.phrases.iter().filter_map(|phrase| phrase.last());
        self.strong.extend(families.filter(|word| parts.strong.contains(*word)).cloned());
        for phrase in &parts.phrases {
            self.joined.insert(phrase.concat());
            self.phrases.entry(phrase[0].clone()).or_default().insert(phrase.clone());
        }
        self.proper.extend(parts.proper.iter().cloned());
        self.weak.extend(parts.weak.iter().cloned());
    }

    /// Takes out a name where a title stands before it, which alone is many people's.
    pub fn withhold_titled(&mut self, title: &str, name: &str) {
        let phrase = vec![title.to_owned(), plain(name)];
        self.phrases.entry(phrase[0].clone()).or_default().insert(phrase);
    }

    /// Takes out every word of this person's names.
    pub fn withhold(&mut self, parts: &NameParts) {
        self.withhold_whole(parts);
        self.strong.extend(parts.strong.iter().cloned());
    }

    /// Takes out every word of this person's names, and a name of one word however it is written:
    /// for texts in which whoever goes by it wrote himself.
    pub fn withhold_author(&mut self, parts: &NameParts) {
        self.withhold(parts);
        self.joined.extend(parts.single.iter().cloned());
    }

    /// The text without the names.
    pub fn text(&self, text: &str) -> String {
        let words = words(text);
        let marked = self.marked(text, &words);
        let mut clean = String::with_capacity(text.len());
        let mut from = 0;
        let mut at = 0;
        while at < words.len() {
            if !marked[at] {
                at += 1;
                continue;
            }
            // One name, one mark: neighbours with nothing but a space, a stop or a dash between.
            let mut to = at;
            let goes_on = |at: usize| {
                let (one, other) = (&words[at], &words[at + 1]);
                adjoin(text, one, other) || is_title(&one.plain) && stopped(text, one, other)
            };
            while to + 1 < words.len() && marked[to + 1] && goes_on(to) {
                to += 1;
            }
            clean.push_str(&text[from..words[at].start]);
            clean.push_str(WITHHELD);
            let end = words[to].start + words[to].text.len();
            from = end - possessive(words[to].text).len();
            at = to + 1;
        }
        clean.push_str(&text[from..]);
        clean
    }

    /// Whether an address spells a whole name.
    pub fn spells_whole(&self, url: &str) -> bool {
        let plain = plain(&percent_decoded(url));
        self.joined.iter().any(|name| plain.contains(name.as_str()))
    }

    /// Whether a name that somebody gave a thing, such as a definition's, could spell one of these: as
    /// a word, or run together with others ("vosslerbombs"). Of short words run together that cannot be
    /// told.
    pub fn spelt_in(&self, given: &str) -> bool {
        const LETTERS: usize = 5;
        let plain = plain(given);
        let long = self.strong.iter().filter(|name| name.len() >= LETTERS && !is_ordinary(name));
        self.text(given) != given
            || long.chain(&self.joined).any(|name| plain.contains(name.as_str()))
    }

    /// An address, unless something in it could spell a name.
    pub fn address(&self, url: &str) -> Option<String> {
        let plain = plain(&percent_decoded(url));
        let spelled =
            self.strong.iter().chain(&self.joined).any(|name| plain.contains(name.as_str()));
        (!spelled).then(|| url.to_owned())
    }

    fn marked(&self, text: &str, words: &[Word]) -> Vec<bool> {
        // What is written without any capital writes names so too.
        let small = !text.chars().any(char::is_uppercase);
        let mut marked: Vec<bool> =
            words.iter().map(|word| self.spells_a_name(text, word, small)).collect();
        for at in 0..words.len() {
            for phrase in self.phrases.get(&words[at].plain).into_iter().flatten() {
                let same = words[at..].iter().map(|word| &word.plain).take(phrase.len()).eq(phrase);
                if same {
                    marked[at..at + phrase.len()].iter_mut().for_each(|mark| *mark = true);
                }
            }
        }
        // Particles and initials go with the name that they stand beside.
        for forward in [true, false] {
            let order: Vec<usize> = match forward {
                true => (1..words.len()).collect(),
                false => (0..words.len().saturating_sub(1)).rev().collect(),
            };
            for at in order {
                let (one, other) = if forward { (at - 1, at) } else { (at, at + 1) };
                let beside = if forward { one } else { other };
                // "of" belongs to a name between its words alone: "murder of Ruhl".
                let between = words[at].plain != "of"
                    || (at > 0 && marked[at - 1] && marked.get(at + 1) == Some(&true));
                if marked[beside]
                    && between
                    && self.weak.contains(&words[at].plain)
                    && adjoin(text, &words[one], &words[other])
                {
                    marked[at] = true;
                }
            }
        }
        // A title says who it is as well: "the murder of President …".
        for at in (1..words.len()).rev() {
            let title = &words[at - 1];
            if marked[at]
                && is_title(&title.plain)
                && is_capital(title.text)
                && stopped(text, title, &words[at])
            {
                marked[at - 1] = true;
            }
        }
        marked
    }

    /// Whether a word is one of a name; `small` if the text has no capital.
    fn spells_a_name(&self, text: &str, word: &Word, small: bool) -> bool {
        if self.joined.contains(&word.plain) {
            return true;
        }
        if is_caseless(word.text) {
            // Scripts without spaces run several words together.
            return self.strong.iter().any(|name| word.plain.contains(name.as_str()));
        }
        let Some(name) = self.named_by(&word.plain) else { return false };
        let rare = || !is_ordinary(&word.plain) && !is_ordinary(name);
        if is_capital(word.text) || self.proper.contains(name) && (small || rare()) {
            return true;
        }
        let glue = |letter: Option<char>| matches!(letter, Some('@' | '#' | '_' | '/' | '.' | '-'));
        let before = text[..word.start].chars().next_back();
        let mut after = text[word.start + word.text.len()..].chars();
        glue(before) || glue(after.next()) && after.next().is_some_and(char::is_alphanumeric)
    }

    /// The word of a name that a word is, or is the plural of.
    fn named_by(&self, plain: &str) -> Option<&str> {
        let stems = [Some(plain), plain.strip_suffix("es"), plain.strip_suffix('s')];
        stems.into_iter().flatten().find_map(|stem| self.strong.get(stem)).map(String::as_str)
    }
}

/// Bytes spelled as `%4D` in an address, as the letters they are.
fn percent_decoded(url: &str) -> Cow<'_, str> {
    percent_encoding::percent_decode_str(url).decode_utf8_lossy()
}

//! The words of a text in the plain form in which names are compared.

/// A word of a text.
pub(crate) struct Word<'t> {
    pub(crate) start: usize,
    pub(crate) text: &'t str,
    /// Its plain form.
    pub(crate) plain: String,
}

/// Whether nothing but spaces, stops or dashes stand between two words that follow each other.
pub(crate) fn adjoin(text: &str, one: &Word, other: &Word) -> bool {
    let between = &text[one.start + one.text.len()..other.start];
    between.chars().all(|letter| letter.is_whitespace() || matches!(letter, '.' | '-' | '‑' | '–'))
        && possessive(one.text).is_empty()
        // A full stop after a whole word ends a sentence; after an initial it does not.
        && (!between.contains('.') || one.plain.chars().count() == 1)
}

/// The words of a text: letters and digits, with apostrophes and invisible marks inside.
pub(crate) fn words(text: &str) -> Vec<Word<'_>> {
    let mut ranges = Vec::new();
    let mut start = None;
    for (at, letter) in text.char_indices() {
        let inside = letter.is_alphanumeric()
            || start.is_some() && (is_apostrophe(letter) || is_invisible(letter));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                ranges.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    ranges.extend(start.map(|from| (from, text.len())));
    let mut found = Vec::with_capacity(ranges.len());
    for (from, to) in ranges {
        let word =
            text[from..to].trim_end_matches(|letter| is_apostrophe(letter) || is_invisible(letter));
        let stem = &word[..word.len() - possessive(word).len()];
        found.push(Word { start: from, text: word, plain: plain(stem) });
    }
    found
}

/// The ending of a possessive, with its apostrophe.
pub(crate) fn possessive(word: &str) -> &str {
    let mut letters = word.char_indices().rev();
    match (letters.next(), letters.next()) {
        (Some((_, 's' | 'S')), Some((at, mark))) if is_apostrophe(mark) => &word[at..],
        _ => "",
    }
}

/// Letters and digits in lower case, in the Latin alphabet where there is a way to write them so.
pub(super) fn plain(text: &str) -> String {
    let visible: String = text.chars().filter(|letter| !is_invisible(*letter)).collect();
    let latin = match visible.is_ascii() {
        true => visible,
        false => deunicode::deunicode(&visible),
    };
    latin.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

/// The words of a text in their plain form.
pub(crate) fn plain_words(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.plain).collect()
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | 'ʼ')
}

/// Marks without a width of their own, and those that change the letter before.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'
        | '\u{0300}'..='\u{036F}' | '\u{FE00}'..='\u{FE0F}' | '\u{61C}')
}

pub(crate) fn is_capital(word: &str) -> bool {
    word.chars().find(|letter| letter.is_alphabetic()).is_some_and(char::is_uppercase)
}

pub(super) fn is_caseless(word: &str) -> bool {
    word.chars()
        .find(|letter| letter.is_alphabetic())
        .is_some_and(|letter| !letter.is_uppercase() && !letter.is_lowercase())
}

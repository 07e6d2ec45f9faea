//! A name, cut into the parts that are compared.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::rarity;
use super::sound::{arabic_bones, bones, is_arabic, sound};
use super::words::{Particle, is_title, mark, particle, short_forms};

/// Of longer names only so many parts are compared.
pub(super) const MOST_PARTS: usize = 12;

/// Of longer parts only so many letters are compared.
const LONGEST_PART: usize = 32;

/// A part of a name, as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// As it is shown: in lower case, without accents.
    pub(super) shown: String,
    /// A byte for each letter.
    pub(super) letters: Vec<u8>,
    /// How many of the letters say no more than "servant of" or "father of".
    pub(super) head: usize,
    /// How it sounds.
    pub(super) sound: Vec<u8>,
    /// Its consonants, alike for Arabic and Latin script.
    pub(super) bones: Vec<u8>,
    /// The lists of short forms that have it, a bit for each.
    pub(super) short_forms: u64,
    /// How much it says that two names share it, from 25 to 100.
    pub(super) weight: i32,
    pub(super) is_number: bool,
}

/// A name, cut into parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub(super) parts: Vec<Part>,
    /// Forms of companies and marks of generations, in order, each once.
    pub(super) marks: Vec<&'static str>,
    pub(super) arabic: bool,
    /// All letters, without spaces.
    pub(super) letters: Vec<u8>,
    /// All sounds, without spaces.
    pub(super) sounds: Vec<u8>,
}

impl Name {
    /// Cuts a name into parts.
    ///
    /// Titles, articles and words such as "bin" are left out, "Abd al-Rahman" and "Abu Omar" are one
    /// part each, letters with dots ("A.B.C.") one word. A part said twice counts once.
    pub fn of(name: &str) -> Name {
        let arabic = is_arabic(name);
        let mut marks = Vec::new();
        let words = without_marks(words(name, arabic), &mut marks);
        let texts = match arabic {
            true => arabic_parts(words),
            false => latin_parts(words),
        };
        let mut parts: Vec<Part> = Vec::with_capacity(texts.len());
        for text in texts {
            let part = Part::of(text, arabic);
            let said = parts.iter().any(|other| other.letters == part.letters);
            if (!said || part.is_number) && parts.len() < MOST_PARTS {
                parts.push(part);
            }
        }
        let letters = parts.iter().flat_map(|part| &part.letters).copied().collect();
        let sounds = parts.iter().flat_map(|part| &part.sound).copied().collect();
        Name { parts, marks, arabic, letters, sounds }
    }

    /// The consonants of a part, alike for its spellings in Latin and Arabic script; of a part with few
    /// of them, how it sounds.
    pub(crate) fn skeleton(&self, part: usize) -> String {
        let Some(part) = self.parts.get(part) else { return String::new() };
        let key = if part.bones.len() > 1 { &part.bones } else { &part.sound };
        String::from_utf8_lossy(key).into_owned()
    }

    /// The sound that a part begins with: a consonant, or `a` for any vowel.
    pub(crate) fn initial(&self, part: usize) -> char {
        let Some(part) = self.parts.get(part) else { return 'a' };
        let first = part.shown.chars().next().unwrap_or('a');
        match (first, part.bones.first()) {
            ('a' | 'e' | 'i' | 'o' | 'u' | 'ا' | 'ع', _) | (_, None) => 'a',
            (_, Some(&bone)) => char::from(bone),
        }
    }

    /// Its parts, as they are shown.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.shown.as_str())
    }
}

impl Part {
    fn of(text: String, arabic: bool) -> Part {
        let mut letters: Vec<u8> = match arabic {
            // The last byte of a letter's number tells the letters of a script apart.
            true => text.chars().map(|letter| (letter as u32 & 0xff) as u8).collect(),
            false => text.bytes().collect(),
        };
        letters.truncate(LONGEST_PART);
        let (sound, bones) = match arabic {
            true => (letters.clone(), arabic_bones(&text)),
            false => (sound(&letters), bones(&letters)),
        };
        // How common parts in Arabic script are is not known: most of them are shared by many.
        let weight = if arabic { 80 } else { rarity::weight(&sound) };
        let head = ["abdul", "abu"].into_iter().find(|head| text.starts_with(head));
        let head = head.map_or(0, str::len);
        Part {
            head: if letters.len() > head + 2 { head } else { 0 },
            short_forms: short_forms(&text),
            is_number: letters.iter().all(u8::is_ascii_digit),
            shown: text,
            letters,
            sound,
            bones,
            weight,
        }
    }
}

/// The words of a name, in lower case without accents and apostrophes.
fn words(name: &str, arabic: bool) -> Vec<String> {
    let text: Cow<str> = match arabic {
        true => Cow::Owned(name.nfkc().map(plain_arabic).collect()),
        false if name.is_ascii() => Cow::Borrowed(name),
        false => Cow::Owned(deunicode::deunicode(&name.replace(['’', '‘', 'ʼ', '`'], "'"))),
    };
    let mut words = Vec::new();
    for chunk in
        text.split(|letter: char| letter.is_whitespace() || ",;/()[]\"“”«»".contains(letter))
    {
        if let Some(initials) = dotted(chunk) {
            words.push(initials);
            continue;
        }
        if chunk == "&" {
            words.push("and".to_owned());
            continue;
        }
        for word in chunk.split(|letter: char| !letter.is_alphanumeric() && letter != '\'') {
            let word = word.strip_suffix("'s").unwrap_or(word);
            let word: String = word
                .chars()
                .filter(|letter| *letter != '\'')
                .flat_map(char::to_lowercase)
                .collect();
            // "na" stands in lists for what is not available.
            if !word.is_empty() && word != "na" {
                words.push(word);
            }
        }
    }
    words
}

/// A letter of Arabic script, those alike that are written for each other; nothing for its vowels.
fn plain_arabic(letter: char) -> char {
    match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ة' => 'ه',
        '\u{64b}'..='\u{65f}' | '\u{640}' | 'ء' => '\'',
        other => other,
    }
}

/// Letters with dots after them, as one word: "A.B.C.", "L.X.C". `None` for a single initial.
fn dotted(chunk: &str) -> Option<String> {
    if !chunk.contains('.') {
        return None;
    }
    let letters: Vec<&str> = chunk.strip_suffix('.').unwrap_or(chunk).split('.').collect();
    let single = letters.iter().all(|letter| letter.chars().count() == 1);
    let word = || letters.concat().to_lowercase();
    (letters.len() > 1 && single && letters.concat().chars().all(char::is_alphanumeric)).then(word)
}

/// Takes marks and titles out of words, unless nothing else is there.
fn without_marks(words: Vec<String>, marks: &mut Vec<&'static str>) -> Vec<String> {
    let mut kept = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        match mark(&words[at..]) {
            Some((found, length)) => {
                if !marks.contains(&found) {
                    marks.push(found);
                }
                at += length;
            }
            None => {
                if !is_title(&words[at]) {
                    kept.push(words[at].clone());
                }
                at += 1;
            }
        }
    }
    if kept.is_empty() {
        marks.clear();
        return words;
    }
    marks.sort_unstable();
    kept
}

fn latin_parts(words: Vec<String>) -> Vec<String> {
    let mut parts = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let last = at + 1 == words.len();
        match particle(word) {
            Some(kind @ (Particle::Servant | Particle::Parent)) if !last => {
                let mut next = at + 1;
                if particle(&words[next]) == Some(Particle::Article) && next + 1 < words.len() {
                    next += 1;
                }
                let head = if kind == Particle::Servant { "abdul" } else { "abu" };
                parts.push(format!("{head}{}", words[next]));
                at = next;
            }
            Some(Particle::Article) if !last => {}
            Some(Particle::Of) if !last && at > 0 => {}
            Some(Particle::Empty) if words.len() > 1 => {}
            _ => match number(word, words.get(at + 1)) {
                Some((digits, taken)) => {
                    parts.push(digits);
                    at += taken - 1;
                }
                None => parts.push(servant(word).unwrap_or_else(|| word.clone())),
            },
        }
        at += 1;
    }
    if parts.is_empty() { words } else { parts }
}

/// A name with "abd" glued to it, in one spelling: "abdelrahman", "abdurrahman", "abdallah".
fn servant(word: &str) -> Option<String> {
    let rest = word.strip_prefix("abd")?;
    let rest = rest.strip_prefix(['a', 'e', 'i', 'o', 'u'])?;
    let rest = rest.strip_prefix('u').unwrap_or(rest);
    let (first, after) = (rest.chars().next()?, rest.get(1..)?);
    // The article's l may sound like the letter after it, and that may be written once.
    let after = match first {
        'l' => after,
        'r' | 's' | 'n' | 'd' | 't' | 'z' => after.strip_prefix(first).map_or(rest, |_| after),
        _ => return None,
    };
    (after.len() >= 3).then(|| format!("abdul{after}"))
}

/// A number in words as digits, and of how many words it is.
fn number(word: &str, next: Option<&String>) -> Option<(String, usize)> {
    const ONES: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    const TENS: [&str; 8] =
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let one = |word: &str| ONES.iter().position(|one| *one == word);
    if let Some(value) = one(word) {
        return Some((value.to_string(), 1));
    }
    let word = if word == "fourty" { "forty" } else { word };
    let tens = 10 * (2 + TENS.iter().position(|tens| *tens == word)?);
    let next = next.and_then(|next| one(next).or_else(|| next.parse().ok()));
    match next.filter(|next| (1..10).contains(next)) {
        Some(next) => Some(((tens + next).to_string(), 2)),
        None => Some((tens.to_string(), 1)),
    }
}

fn arabic_parts(words: Vec<String>) -> Vec<String> {
    let mut parts = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        match (word.as_str(), words.get(at + 1)) {
            ("عبد" | "ابو", Some(next)) => {
                parts.push(format!("{word}{next}"));
                at += 1;
            }
            ("بن" | "ابن" | "ولد", Some(_)) => {}
            _ => parts.push(word.clone()),
        }
        at += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, want: &str) {
        let parsed = Name::of(name);
        let mut got: Vec<&str> = parsed.parts().collect();
        got.extend(&parsed.marks);
        assert_eq!(got.join(" "), want, "{name}");
    }

    #[test]
    fn names_are_cut_into_what_is_compared() {
        check("Émile Henry", "emile henry");
        check("HENRY, Émile", "henry emile");
        check("Shaikh Isa Bin Tarif Al Bin Ali", "isa tarif ali");
        check("Sa’id Jan ‘Abd-al-Salam", "said jan abdulsalam");
        check("Abdel Hakim", "abdulhakim");
        check("Abdurrahman", "abdulrahman");
        check("Abdurahman", "abdulrahman");
        check("Abdallah", "abdullah");
        check("Abou Omar al-Brandi", "abuomar brandi");
        check("J.-C. Hollin", "j c hollin");
        check("A.B.C. Company", "abc co");
        check("Kestrel Limited Liability Company", "kestrel llc");
        check("Brigade Forty-Four", "brigade 44");
        check("Dr. King", "dr king");
        check("Karl Brandt Jr.", "karl brandt junior");
        check("Marl Marl Ruel", "marl ruel");
        check("", "");
        check("'", "");
    }

    #[test]
    fn names_in_other_scripts_are_read() {
        check("Иван Марл", "ivan marl");
        let name = Name::of("محمد بن عبد الله");
        assert!(name.arabic);
        assert_eq!(name.parts.len(), 2);
        assert_eq!(name.parts[0].bones, Name::of("Mohammed").parts[0].bones);
    }

    #[test]
    fn no_name_is_too_long() {
        let name = Name::of(&"abcdefgh ".repeat(5000));
        assert_eq!(name.parts.len(), 1);
        let many: String = (0..5000).map(|at| format!("a{at}b ")).collect();
        assert_eq!(Name::of(&many).parts.len(), MOST_PARTS);
        assert!(Name::of(&"x".repeat(9000)).parts[0].letters.len() <= LONGEST_PART);
    }
}

//! The table of the world's countries, areas and cities.
//!
//! `resources/places.tsv` is sorted by bytes, so a name is found by halving in the text
//! itself. Most words begin no name, which one bit tells.
//!
//! Contains data from GeoNames, CC BY 4.0; `resources/places.md` says what was taken.

use std::sync::LazyLock;

use throughline_linear::hash;

static TABLE: &str = include_str!("../../../resources/places.tsv");

/// For the upper bits of the hash of a word, whether any name begins with such a word.
static BEGINNINGS: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let mut bits = vec![0; 1 << (INDEXED - 6)];
    for line in TABLE.lines() {
        let end = line.find([' ', '\t']).unwrap_or(line.len());
        let (at, bit) = place(&line[..end]);
        bits[at] |= bit;
    }
    bits
});

/// How many bits of a hash are indexed: with some forty thousand first words, one word in
/// twenty-five that begins no name is looked for in vain.
const INDEXED: u32 = 20;

/// Where the bit of a word stands.
fn place(word: &str) -> (usize, u64) {
    let upper = hash(word.as_bytes()) >> (64 - INDEXED);
    ((upper >> 6) as usize, 1 << (upper & 63))
}

/// What the table says of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analysis) struct Entry {
    pub(in crate::analysis) class: Class,
    /// The code of its country (ISO 3166).
    country: &'static str,
    /// Whether English names of people are often names of cities there ("Cleveland").
    pub(super) english: bool,
    /// The name that the place goes by, where this is another one.
    pub(super) main: Option<&'static str>,
}

impl Entry {
    /// Whether the name is that of the place more often than not, wherever it stands.
    pub(in crate::analysis) fn well_known(&self) -> bool {
        match self.class {
            Class::Country => true,
            _ if self.main.is_some() => false,
            Class::City(size) => size >= 6 || size == 5 && !self.english,
            Class::Area => false,
        }
    }
}

/// What sort of place has the name; the greatest if there are several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::analysis) enum Class {
    Country,
    Area,
    /// By the power of ten of its inhabitants.
    City(u8),
}

/// The longest name in the table that these words, in lower case, begin with: how many
/// words, and what the table says of them.
pub(in crate::analysis) fn longest<'a>(
    words: impl Iterator<Item = &'a str>,
) -> Option<(usize, Entry)> {
    let mut key = String::new();
    let mut best = None;
    for (at, word) in words.take(5).enumerate() {
        if at == 0 {
            let (first, bit) = place(word);
            if BEGINNINGS[first] & bit == 0 {
                return None;
            }
        } else {
            key.push(' ');
        }
        key.push_str(word);
        let line = from(&key);
        let Some(rest) = line.strip_prefix(key.as_str()) else { break };
        if let Some(entry) = rest.strip_prefix('\t').and_then(parse) {
            best = Some((at + 1, entry));
        }
        key.push(' ');
        if !from(&key).starts_with(key.as_str()) {
            break;
        }
        key.pop();
    }
    best
}

/// Whether the place of a name may lie in the country of another, by the greatest of each name; each in
/// lower case.
pub(crate) fn may_lie_in(part: &str, country: &str) -> bool {
    let whole = |name: &str| {
        let many = name.split(' ').count();
        longest(name.split(' ')).filter(|(count, _)| *count == many).map(|(_, entry)| entry)
    };
    match (whole(part), whole(country)) {
        (Some(part), Some(country)) => {
            country.class == Class::Country
                && part.class != Class::Country
                && part.country == country.country
        }
        _ => false,
    }
}

fn parse(fields: &'static str) -> Option<Entry> {
    let mut fields = fields.lines().next()?.split('\t');
    let code = fields.next()?;
    let class = match code.chars().last()? {
        'c' => Class::Country,
        'r' => Class::Area,
        digit => Class::City(u8::try_from(digit.to_digit(10)?).ok()?),
    };
    let english =
        ["US", "GB", "CA", "AU", "NZ", "IE", "ZA"].iter().any(|country| code.starts_with(country));
    Some(Entry { class, country: code.get(..2)?, english, main: fields.next() })
}

/// The table from the first line that is not before `key`.
fn from(key: &str) -> &'static str {
    let (mut low, mut high) = (0, TABLE.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start =
            TABLE.as_bytes()[..middle].iter().rposition(|&b| b == b'\n').map_or(0, |n| n + 1);
        let start = start.max(low);
        let end = TABLE.as_bytes()[start..].iter().position(|&b| b == b'\n');
        let end = end.map_or(TABLE.len(), |length| start + length + 1);
        if TABLE.as_bytes()[start..end] < *key.as_bytes() {
            low = end;
        } else {
            high = start;
        }
    }
    TABLE.get(low..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, expected: Option<(usize, Class)>) {
        let found = longest(words.split(' '));
        assert_eq!(found.map(|(count, entry)| (count, entry.class)), expected, "{words}");
    }

    #[test]
    fn the_longest_name_is_found() {
        check("peru", Some((1, Class::Country)));
        check("san salvador said", Some((2, Class::City(5))));
        check("new york city", Some((3, Class::City(6))));
        check("zzzz", None);
        check("zzzz top", None);
        check("", None);
        assert_eq!(longest("peking".split(' ')).unwrap().1.main, Some("Beijing"));
    }

    #[test]
    fn a_town_lies_in_its_country() {
        assert!(may_lie_in("mardan", "pakistan") && may_lie_in("san salvador", "el salvador"));
        for (part, country) in
            [("mardan", "peru"), ("pakistan", "mardan"), ("zzzz", "peru"), ("", "")]
        {
            assert!(!may_lie_in(part, country), "{part} in {country}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_every_line_is_found() {
        let keys: Vec<&str> = TABLE.lines().map(|line| line.split('\t').next().unwrap()).collect();
        assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
        for key in keys.iter().step_by(97) {
            assert!(from(key).starts_with(&format!("{key}\t")), "{key}");
        }
    }
}

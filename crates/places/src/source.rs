//! The place that a source is named for: "theparisnews.com", "Ostby Gazette".

use crate::candidates::{Candidate, Cut, MOST, weight};
use crate::entry::Kind;
use crate::fold::folded;
use crate::gazetteer::{Bears, EntryId, Gazetteer};

/// Labels of addresses that name no source.
const GENERIC: [&str; 8] = ["www", "com", "co", "org", "net", "news", "web", "online"];

/// The shortest name that is looked for within others.
const SHORTEST: usize = 4;

/// No source's name is read further than this.
const LONGEST: usize = 40;

/// The country of a source's address, by its ending: "GB" of "ostby.co.uk".
pub(crate) fn country(source: &str) -> Option<String> {
    let (_, ending) = source.rsplit_once('.').filter(|_| is_address(source))?;
    let code = ending.to_ascii_uppercase();
    (code.len() == 2).then(|| if code == "UK" { "GB".to_owned() } else { code })
}

/// The letters of a source's name, without spaces or the ending of an address.
pub(crate) fn letters(source: &str) -> String {
    if !is_address(source) {
        return folded(source).replace(' ', "");
    }
    let mut labels: Vec<&str> = source.split('.').collect();
    labels.pop();
    labels.retain(|label| !GENERIC.contains(label));
    labels.iter().map(|label| folded(label).replace(' ', "")).collect()
}

/// Whether a source is given by its address.
fn is_address(source: &str) -> bool {
    !source.contains(' ') && source.contains('.')
}

/// The entries of the longest name of a place in a source's name, the one that is spoken of most
/// first.
///
/// A name is looked for among whole words, in an address among all letters, where one of four counts
/// at the beginning or the end only.
pub(crate) fn named_for(gazetteer: &Gazetteer, source: &str) -> Vec<Candidate> {
    match is_address(source) {
        true => in_letters(gazetteer, &letters(source)),
        false => in_words(gazetteer, &folded(source)),
    }
}

fn in_words(gazetteer: &Gazetteer, name: &str) -> Vec<Candidate> {
    let words: Vec<&str> = name.split(' ').take(LONGEST).collect();
    let runs = (1..=words.len()).rev().flat_map(|many| words.windows(many));
    runs.map(|run| run.join(" "))
        .filter(|key| key.len() >= SHORTEST)
        .map(|key| usual(gazetteer, &key))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

fn in_letters(gazetteer: &Gazetteer, letters: &str) -> Vec<Candidate> {
    let letters = &letters[..letters.len().min(LONGEST)];
    for length in (SHORTEST..=letters.len()).rev() {
        for start in 0..=letters.len() - length {
            let edge = start == 0 || start + length == letters.len();
            if length == SHORTEST && !edge {
                continue;
            }
            let word = &letters[start..start + length];
            let parted =
                (2..length.saturating_sub(1)).map(|at| format!("{} {}", &word[..at], &word[at..]));
            for key in std::iter::once(word.to_owned()).chain(parted) {
                let found = usual(gazetteer, &key);
                if !found.is_empty() {
                    return found;
                }
            }
        }
    }
    Vec::new()
}

/// The entries of a name that a source may be named for.
fn usual(gazetteer: &Gazetteer, key: &str) -> Vec<Candidate> {
    let usual = |(id, bears): &(EntryId, Bears)| {
        let entry = gazetteer.entry(*id);
        matches!(bears, Bears::Main | Bears::Alias | Bears::People)
            && (entry.kind != Kind::City || entry.population >= 500)
    };
    let found = gazetteer.bearing(key).into_iter().filter(usual);
    let mut found: Vec<Candidate> = found
        .map(|(id, bears)| Candidate {
            id,
            bears,
            cut: Cut::Nothing,
            weight: weight(gazetteer, id),
        })
        .collect();
    found.sort_by_key(|one| (-one.weight, one.id));
    found.truncate(MOST);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_named_for_the_longest_name_in_its_own() {
        let gazetteer = Gazetteer::own();
        for (source, wanted) in
            [("lasvegasobserver.com", "Las Vegas"), ("The Cairo Evening Herald", "Cairo")]
        {
            let found = named_for(gazetteer, source);
            assert_eq!(gazetteer.entry(found[0].id).name, wanted, "{source}");
        }
        assert!(named_for(gazetteer, "").is_empty());
        assert_eq!(country("ostby.co.uk").as_deref(), Some("GB"));
        assert_eq!((country("ostby.com"), country("Mr. No")), (None, None));
    }
}

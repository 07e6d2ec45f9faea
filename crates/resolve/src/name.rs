//! Names as they are compared.

/// A name in lower case without accents, punctuation, possessive endings or a leading "the".
///
/// Two names are the same word for word when their normal forms are equal; that alone never makes
/// two people one.
pub fn normal(name: &str) -> String {
    let plain = match name.is_ascii() {
        true => name.to_ascii_lowercase(),
        false => deunicode::deunicode(&name.replace(['’', '‘', 'ʼ'], "'")).to_lowercase(),
    };
    let words: Vec<String> = plain
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .map(|word| word.strip_suffix("'s").unwrap_or(word))
        .map(|word| word.replace('\'', ""))
        .filter(|word| !word.is_empty())
        .collect();
    match words.split_first() {
        Some((first, rest)) if first == "the" && !rest.is_empty() => rest.join(" "),
        _ => words.join(" "),
    }
}

/// Whether two normal texts have a word of more than three letters in common.
pub(crate) fn share_a_word(one: &str, other: &str) -> bool {
    one.split(' ').any(|word| word.len() > 3 && other.split(' ').any(|others| others == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        for (one, other) in [
            ("Émile Henry", "emile henry"),
            ("The Henry Jackson Society", "Henry Jackson Society’s"),
            ("Jean-Marie", "Jean Marie"),
            ("O’Donovan Rossa", "O'Donovan Rossa"),
        ] {
            assert_eq!(normal(one), normal(other));
        }
        assert_ne!(normal("Henry"), normal("Henri"));
        assert_eq!(normal("The"), "the");
    }
}

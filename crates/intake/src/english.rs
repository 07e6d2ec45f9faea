//! Whether a text is in the language that is read.

/// Words that stand in every English text of some length, and in few texts of other languages.
const COMMON: [&str; 16] = [
    "the", "of", "and", "to", "that", "by", "for", "said", "with", "from", "were", "has", "it",
    "who", "had", "not",
];

/// How many words are looked at, and how few say nothing.
const LOOKED_AT: usize = 600;
const TOO_FEW: usize = 25;

/// Of how many words one must be common: in English news it is one in four.
const ONE_IN: usize = 14;

/// Whether a text may be English: it has words that English has everywhere, or too few words to tell.
///
/// "A bomb went off at the mill of Lenn …" may be; "Une bombe a explosé au moulin …" is not.
pub(crate) fn is_english(text: &str) -> bool {
    let words =
        || text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    let looked_at = words().take(LOOKED_AT).count();
    let common = |word: &&str| COMMON.iter().any(|common| word.eq_ignore_ascii_case(common));
    if looked_at < TOO_FEW {
        // Some scripts set no spaces: then letters tell.
        let letters = || text.chars().filter(|letter| letter.is_alphabetic()).take(LOOKED_AT);
        let latin = letters().filter(|letter| *letter < '\u{250}').count();
        return 2 * latin >= letters().count();
    }
    words().take(LOOKED_AT).filter(common).count() * ONE_IN >= looked_at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_the_words_that_stand_everywhere() {
        for (text, english) in [
            (
                "A bomb went off at the mill of Lenn on Friday and killed two people. Police said that \
                 a baker laid it, and that nobody else had a part in it.",
                true,
            ),
            (
                "Une bombe a explosé vendredi au moulin de Lenn et a tué deux personnes. La police a dit \
                 qu'un boulanger l'avait posée, et que personne d'autre n'y avait pris part.",
                false,
            ),
            (
                "Am Freitag explodierte in der Mühle von Lenn eine Bombe und tötete zwei Menschen. Die \
                 Polizei sagte, ein Bäcker habe sie gelegt, und sonst sei niemand beteiligt gewesen.",
                false,
            ),
            (
                "В пятницу на мельнице в Ленне взорвалась бомба. Погибли два человека. Полиция сообщила, \
                 что её заложил пекарь и что больше никто в этом не участвовал, хотя расследование идёт.",
                false,
            ),
            ("星期五，倫恩的磨坊發生炸彈爆炸，造成兩人死亡。", false),
            ("Bombe à Lenn", true),
            ("", true),
        ] {
            assert_eq!(is_english(text), english, "{text}");
        }
    }
}

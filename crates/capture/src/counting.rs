//! Numbers as Roman figures and as letters, as pages and paragraphs are counted.

const ROMAN: [(usize, &str); 13] = [
    (1_000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// A number in Roman figures, in lower case.
pub(crate) fn roman(number: usize) -> String {
    if number > 4_999 {
        return number.to_string();
    }
    let (mut left, mut out) = (number, String::new());
    for (value, letters) in ROMAN {
        while left >= value {
            out.push_str(letters);
            left -= value;
        }
    }
    out
}

/// The value of a Roman number in lower case, written as it should be.
pub(crate) fn of_roman(text: &str) -> Option<usize> {
    let (mut rest, mut number) = (text, 0);
    for (value, letters) in ROMAN {
        while let Some(after) = rest.strip_prefix(letters) {
            rest = after;
            number += value;
        }
    }
    (rest.is_empty() && number > 0 && roman(number) == text).then_some(number)
}

/// a to z, then aa to zz, and so on.
pub(crate) fn letters(number: usize) -> String {
    let Some(at) = number.checked_sub(1) else { return String::new() };
    let letter = char::from(b'a' + u8::try_from(at % 26).unwrap_or_default());
    std::iter::repeat_n(letter, (at / 26 + 1).min(9)).collect()
}

/// A number as a file says that it is written: "decimal", "lowerLetter", "a", …
pub(crate) fn written(number: u32, style: &str) -> String {
    let whole = number as usize;
    match style {
        "lowerLetter" | "a" => letters(whole),
        "upperLetter" | "A" => letters(whole).to_uppercase(),
        "lowerRoman" | "i" => roman(whole),
        "upperRoman" | "I" => roman(whole).to_uppercase(),
        "decimalZero" => format!("{number:02}"),
        "none" | "" => String::new(),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numbers() {
        for (number, text) in [(4, "iv"), (9, "ix"), (44, "xliv"), (112, "cxii")] {
            assert_eq!(roman(number), text);
            assert_eq!(of_roman(text), Some(number));
        }
        assert_eq!(of_roman("iiii"), None);
        assert_eq!(of_roman("civil"), None);
        assert_eq!((letters(2), letters(28)), ("b".to_owned(), "bb".to_owned()));
    }
}

//! One letter on a page, upright.

use hayro_font::hayro_cmap::BfString;

/// A letter that could not be told, since its font does not say what it stands for.
pub(super) const UNTOLD: char = '\u{FFFD}';

/// A letter, or a few drawn as one, where it stands on its page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// What it stands for.
    pub(super) letters: Letters,
    /// Left edge, in points, after the text was turned upright.
    pub(super) x0: f32,
    /// Right edge.
    pub(super) x1: f32,
    /// The line it stands on; larger is lower.
    pub(super) y: f32,
    /// How high its font is, in points.
    pub(super) size: f32,
    /// By how many quarters its line was turned, clockwise.
    pub(super) turn: u8,
    /// Whether its font is a bold one.
    pub(super) bold: bool,
    /// Whether the file says that it is no part of the text, but of the page.
    pub(super) artifact: bool,
}

/// What a glyph stands for. Nearly all stand for one letter, and there are millions.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Letters {
    One(char),
    Several(Box<str>),
}

impl Letters {
    pub(super) fn of(found: Option<BfString>) -> Letters {
        match found {
            Some(BfString::Char(letter)) => Letters::One(letter),
            Some(BfString::String(text)) => Letters::Several(text.into()),
            None => Letters::One(UNTOLD),
        }
    }

    /// What a glyph of TeX's bitmap fonts stands for, which are named by their number alone: letters
    /// and figures stand at their usual places, ligatures and dashes at TeX's.
    pub(super) fn of_tex(code: u32) -> Letters {
        let text = match code {
            11 | 27 => "ff",
            12 | 28 => "fi",
            13 | 29 => "fl",
            14 | 30 => "ffi",
            15 | 31 => "ffl",
            16 => "“",
            17 => "”",
            21 => "–",
            22 => "—",
            39 => "’",
            96 => "‘",
            _ => {
                let letter = char::from_u32(code).filter(|_| (32..127).contains(&code));
                return Letters::One(letter.unwrap_or(UNTOLD));
            }
        };
        Letters::Several(text.into())
    }

    pub(super) fn is_blank(&self) -> bool {
        match self {
            Letters::One(letter) => is_blank(*letter),
            Letters::Several(text) => text.chars().all(is_blank),
        }
    }

    pub(super) fn push_to(&self, text: &mut String) {
        match self {
            Letters::One(letter) => push(*letter, text),
            Letters::Several(letters) => letters.chars().for_each(|letter| push(letter, text)),
        }
    }

    /// This letter with an accent that is drawn over it, if there is such a letter.
    pub(super) fn accented(&self, accent: &Letters) -> Option<Letters> {
        let (Letters::One(base), Letters::One(accent)) = (self, accent) else { return None };
        let combining = match accent {
            '`' | '\u{2CB}' => '\u{300}',
            '´' | '\u{2CA}' => '\u{301}',
            'ˆ' | '^' => '\u{302}',
            '˜' => '\u{303}',
            '¯' => '\u{304}',
            '˘' => '\u{306}',
            '˙' => '\u{307}',
            '¨' => '\u{308}',
            '˚' => '\u{30A}',
            '˝' => '\u{30B}',
            'ˇ' => '\u{30C}',
            '¸' => '\u{327}',
            '˛' => '\u{328}',
            _ => return None,
        };
        let base = if *base == 'ı' { 'i' } else { *base };
        unicode_normalization::char::compose(base, combining).map(Letters::One)
    }

    /// Whether any of them is written from right to left.
    pub(super) fn is_leftward(&self) -> bool {
        match self {
            Letters::One(letter) => is_leftward(*letter),
            Letters::Several(text) => text.chars().any(is_leftward),
        }
    }
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\0')
}

/// Hebrew, Arabic and their kin.
pub(super) fn is_leftward(letter: char) -> bool {
    matches!(letter, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

/// Adds a letter as people type it: ligatures taken apart, no control characters.
fn push(letter: char, text: &mut String) {
    match letter {
        '\u{FB00}'..='\u{FB4F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => {
            unicode_normalization::char::decompose_compatible(letter, |part| text.push(part));
        }
        '\u{00A0}' => text.push(' '),
        // A soft hyphen stays: at the end of a line it says that the word goes on.
        _ if letter.is_control() || is_blank(letter) && letter != ' ' => {}
        // What only a font of its own can show says nothing.
        '\u{E000}'..='\u{F8FF}' => text.push(UNTOLD),
        _ => text.push(letter),
    }
}

//! Which letters the bytes of an RTF file stand for: each font can have its own code page.

use std::collections::HashMap;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
    WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};

/// The code pages of a file.
pub(super) struct Letters {
    /// That of the file, where a font has none of its own.
    page: &'static Encoding,
    fonts: HashMap<i32, Font>,
    /// The font that text has if nothing else is said.
    pub(super) default_font: i32,
    /// A code page that is not known.
    pub(super) unknown: Option<i32>,
}

#[derive(Clone, Copy, PartialEq)]
enum Font {
    Page(&'static Encoding),
    /// One whose letters are signs, such as the dots before items.
    Signs,
}

impl Letters {
    pub(super) fn new() -> Letters {
        Letters { page: WINDOWS_1252, fonts: HashMap::new(), default_font: 0, unknown: None }
    }

    /// The file's own code page, by its number.
    pub(super) fn set_page(&mut self, number: i32) {
        match code_page(number) {
            Some(page) => self.page = page,
            None => self.unknown = Some(number),
        }
    }

    /// A font's set of letters, by the number that Windows gives it.
    pub(super) fn set_font(&mut self, font: i32, charset: i32) {
        const MOST_FONTS: usize = 10_000;
        let page = match charset {
            // ANSI and the default say nothing that the file does not say.
            0 | 1 => return,
            2 => Font::Signs,
            charset => match of_charset(charset).and_then(code_page) {
                Some(page) => Font::Page(page),
                None => return,
            },
        };
        if self.fonts.len() < MOST_FONTS {
            self.fonts.insert(font, page);
        }
    }

    /// A font's own code page, which goes before its set of letters.
    pub(super) fn set_font_page(&mut self, font: i32, number: i32) {
        if let Some(page) = code_page(number) {
            self.fonts.insert(font, Font::Page(page));
        }
    }

    /// Bytes of a font as text.
    pub(super) fn decode(&self, bytes: &[u8], font: i32) -> String {
        match self.fonts.get(&font) {
            Some(Font::Signs) => bytes.iter().filter_map(|byte| sign(u32::from(*byte))).collect(),
            Some(Font::Page(page)) => page.decode_without_bom_handling(bytes).0.into_owned(),
            None => self.page.decode_without_bom_handling(bytes).0.into_owned(),
        }
    }
}

/// What a sign of a font of signs is, as far as it is one of text. Word writes these, too, as
/// letters from U+F000 on.
pub(super) fn sign(code: u32) -> Option<char> {
    match code & 0xFF {
        0xB7 | 0xA7 | 0xA8 | 0x6C | 0x6E | 0xD8 | 0xFC => Some('•'),
        0x2D => Some('–'),
        0x20 => Some(' '),
        _ => None,
    }
}

/// The code page of a set of letters of Windows.
fn of_charset(charset: i32) -> Option<i32> {
    Some(match charset {
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

fn code_page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        0 | 1252 => WINDOWS_1252,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        866 => IBM866,
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        10_000 => MACINTOSH,
        10_007 => X_MAC_CYRILLIC,
        65_001 => UTF_8,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_font_has_its_own_letters() {
        let mut letters = Letters::new();
        letters.set_page(1250);
        letters.set_font(1, 204);
        letters.set_font(2, 2);
        letters.set_font(3, 128);
        assert_eq!(letters.decode(b"\xBE\xF3d\x9F", 0), "ľódź");
        assert_eq!(letters.decode(b"\xCC\xE8\xF0", 1), "Мир");
        assert_eq!(letters.decode(b"\xB7", 2), "•");
        assert_eq!(letters.decode(b"\x93\x8C", 3), "東");
        letters.set_page(437);
        assert_eq!(letters.unknown, Some(437));
    }
}

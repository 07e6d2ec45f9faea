//! What each word of an RTF file does.

use super::flow::Kind;
use super::rich_places::{Place, destination};
use super::rich_text::Reading;

impl Reading {
    /// A word with its number; `star` says that programs which do not know it pass its group over.
    pub(super) fn word(&mut self, word: &str, number: Option<i32>, star: bool) {
        let on = number != Some(0);
        match word {
            "u" => return self.unit(number.unwrap_or_default()),
            "uc" => {
                self.state().spare =
                    number.and_then(|n| usize::try_from(n).ok()).unwrap_or(1).min(8);
                return;
            }
            _ => {}
        }
        if let Some(place) = destination(word, star) {
            return self.enter(place, word);
        }
        if star {
            self.state().place = Place::Nowhere;
            return;
        }
        match word {
            "ansicpg" => self.letters.set_page(number.unwrap_or(1252)),
            "mac" => self.letters.set_page(10_000),
            "pc" => self.letters.set_page(437),
            "pca" => self.letters.set_page(850),
            "deff" => {
                self.letters.default_font = number.unwrap_or_default();
                self.state().font = number.unwrap_or_default();
            }
            "f" if self.state().place == Place::Fonts => self.font = number.unwrap_or_default(),
            "f" => self.state().font = number.unwrap_or_default(),
            "fcharset" => self.letters.set_font(self.font, number.unwrap_or_default()),
            "cpg" => self.letters.set_font_page(self.font, number.unwrap_or_default()),
            "s" if self.state().place == Place::Styles => {
                self.styles.begin(number.unwrap_or_default());
            }
            "plain" => {
                let font = self.letters.default_font;
                self.state().letters_as_usual(font);
            }
            "deflang" => self.default_language = number,
            "lang" => self.state().language = number,
            "langfe" => self.state().eastern = number,
            "v" => {
                self.told.hidden += u32::from(on && !self.state().hidden);
                self.state().hidden = on;
            }
            "strike" | "striked" => {
                self.told.struck += u32::from(on && !self.state().struck);
                self.state().struck = on;
            }
            "deleted" => {
                self.told.deleted += u32::from(on && !self.state().deleted);
                self.state().deleted = on;
            }
            "revised" => self.told.inserted += u32::from(on),
            "upr" => self.twice = true,
            "ftnalt" => self.endnote = true,
            _ => match (format_of_picture(word), style_of_endnotes(word)) {
                (Some(extension), _) => self.drawings.is_of(extension),
                (_, Some(style)) => self.notes.write_endnotes(style),
                _ => self.layout(word, number),
            },
        }
    }

    /// Words that part the text, and letters that have a word.
    fn layout(&mut self, word: &str, number: Option<i32>) {
        let letter = match word {
            "emdash" => "—",
            "endash" => "–",
            "lquote" => "‘",
            "rquote" => "’",
            "ldblquote" => "“",
            "rdblquote" => "”",
            "bullet" => "•",
            "tab" | "emspace" | "enspace" | "qmspace" => " ",
            "line" | "lbr" => "\n",
            _ => "",
        };
        if !letter.is_empty() {
            return self.say(letter);
        }
        match word {
            "pard" => self.state().paragraph_as_usual(),
            "s" => self.state().style = number,
            "outlinelevel" => self.state().level = number,
            "intbl" => self.state().in_table = true,
            "yr" | "mo" | "dy" | "hr" | "min" => {
                let place = self.state().place;
                self.about.moment(place, word, number);
            }
            "par" | "sect" | "page" | "column" => self.paragraph(),
            "cell" | "nestcell" if self.state().text_of() == Place::Body => self.cells += 1,
            "row" | "nestrow" if self.state().text_of() == Place::Body => {
                self.cells = 0;
                self.flow.end(Kind::Text);
            }
            _ => {}
        }
    }

    pub(super) fn paragraph(&mut self) {
        let in_a_row = self.state().is_in_a_row();
        match self.state().text_of() {
            // A cell's paragraphs stand in one row.
            Place::Body if in_a_row => self.flow.push(" "),
            Place::Body => {
                let kind = self.kind();
                self.flow.end(kind);
            }
            Place::Note | Place::Edge => self.say(" "),
            _ => {}
        }
    }
}

/// How numbers of endnotes are written that a word sets.
fn style_of_endnotes(word: &str) -> Option<&'static str> {
    Some(match word {
        "aftnnar" => "decimal",
        "aftnnalc" => "lowerLetter",
        "aftnnauc" => "upperLetter",
        "aftnnrlc" => "lowerRoman",
        "aftnnruc" => "upperRoman",
        _ => return None,
    })
}

/// The extension of the format that a picture's word names.
fn format_of_picture(word: &str) -> Option<&'static str> {
    Some(match word {
        "pngblip" => "png",
        "jpegblip" => "jpg",
        "emfblip" => "emf",
        "wmetafile" => "wmf",
        "macpict" => "pict",
        "pmmetafile" => "met",
        "dibitmap" => "dib",
        "wbitmap" => "ddb",
        _ => return None,
    })
}

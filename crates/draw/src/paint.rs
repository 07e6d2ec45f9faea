//! Colours by what they are for, with a light and a dark form.
//!
//! Every element carries its light colour as an attribute, so that a program which knows no style
//! sheets draws it rightly, and a class for which [`STYLE`] has both forms. No fact hangs on colour.

use throughline_model::SubjectKind;

/// What a colour is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// What everything stands on.
    Ground,
    /// Words and lines.
    Ink,
    /// Words beside, axes.
    Soft,
    /// Grids and areas.
    Faint,
    /// What goes against what is shown: disputes, corrections.
    Mark,
    /// What a map stands on: the sea, the land, and the lines of coasts and borders.
    Water,
    Land,
    Coast,
    /// A kind of subject.
    Kind(SubjectKind),
}

impl Paint {
    /// The colour by day.
    pub(crate) fn hex(self) -> &'static str {
        self.forms().1
    }

    /// The class of what is filled with it.
    pub(crate) fn fill(self) -> String {
        format!("tl-f-{}", self.forms().0)
    }

    /// The class of what is outlined with it.
    pub(crate) fn stroke(self) -> String {
        format!("tl-s-{}", self.forms().0)
    }

    /// Its name, by day, by night.
    fn forms(self) -> (&'static str, &'static str, &'static str) {
        PAINTS[match self {
            Paint::Ground => 0,
            Paint::Ink => 1,
            Paint::Soft => 2,
            Paint::Faint => 3,
            Paint::Mark => 4,
            Paint::Kind(kind) => 5 + kind as usize,
            Paint::Water => 13,
            Paint::Land => 14,
            Paint::Coast => 15,
        }]
    }
}

/// Hues that people with any colour vision tell apart, each as dark as ink needs on its ground.
const PAINTS: [(&str, &str, &str); 16] = [
    ("ground", "#ffffff", "#16191d"),
    ("ink", "#1d2329", "#e6e9ec"),
    ("soft", "#56606a", "#a5afb9"),
    ("faint", "#dde2e7", "#363d45"),
    ("mark", "#8e2440", "#f3a0b4"),
    ("incident", "#bc4a0c", "#f2914f"),
    ("set", "#8a6200", "#dcb24a"),
    ("claim", "#a13f7c", "#e793c3"),
    ("person", "#1f62ab", "#82b8f2"),
    ("group", "#0b7a5f", "#56cba8"),
    ("outlet", "#5c4fb3", "#b0a4f2"),
    ("channel", "#2f7f9d", "#7fcae3"),
    ("place", "#646e78", "#b3bcc5"),
    ("water", "#eef3f7", "#12171d"),
    ("land", "#fbfaf7", "#22272d"),
    ("coast", "#b4bcc4", "#4d5761"),
];

/// The style sheet of pictures, for pages that hold them inline and allow no style of their own: a
/// picture that is a file has it inside.
///
/// A page with a switch of its own sets the variables, such as `--tl-ink`, on `.tl`.
pub fn style() -> String {
    let each =
        |form: fn(&(&str, &str, &str)) -> String| PAINTS.iter().map(form).collect::<String>();
    let classes = each(|(name, ..)| {
        format!(".tl-f-{name}{{fill:var(--tl-{name})}}.tl-s-{name}{{stroke:var(--tl-{name})}}")
    });
    let day = each(|(name, day, _)| format!("--tl-{name}:{day};"));
    let night = each(|(name, _, night)| format!("--tl-{name}:{night};"));
    // On paper it is always day.
    format!(".tl{{{day}}}@media screen and (prefers-color-scheme:dark){{.tl{{{night}}}}}{classes}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance, as the Web Content Accessibility Guidelines define it.
    fn luminance(hex: &str) -> f64 {
        let part = |from: usize| {
            let byte = u8::from_str_radix(&hex[from..from + 2], 16).unwrap();
            let value = f64::from(byte) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn words_and_shapes_stand_out_by_day_and_by_night() {
        let (_, day, night) = PAINTS[0];
        for (name, by_day, by_night) in &PAINTS[1..13] {
            let least = if *name == "faint" { 1.2 } else { 4.5 };
            assert!(contrast(by_day, day) >= least, "{name} by day");
            assert!(contrast(by_night, night) >= least, "{name} by night");
        }
        // On a map they stand on land and sea: words as on their ground, symbols as graphics must.
        for (name, by_day, by_night) in PAINTS[1..13].iter().filter(|(name, ..)| *name != "faint") {
            let least = if ["ink", "soft", "mark"].contains(name) { 4.5 } else { 3.0 };
            for (beneath, day, night) in &PAINTS[13..15] {
                assert!(contrast(by_day, day) >= least, "{name} on {beneath} by day");
                assert!(contrast(by_night, night) >= least, "{name} on {beneath} by night");
            }
        }
        let (_, by_day, by_night) = PAINTS[15];
        assert!(contrast(by_day, PAINTS[14].1) >= 1.7 && contrast(by_night, PAINTS[14].2) >= 1.7);
    }
}

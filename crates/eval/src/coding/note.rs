//! The note of a row: who says it and how, and what a coder should know.

use throughline_model::Stance;

/// What a note says of those who speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heard {
    /// How far the last speaker stands behind it.
    pub(crate) stance: Stance,
    /// Those through whom it comes besides the paper, the first speaker last.
    pub(crate) speakers: Vec<String>,
    /// Whether a headline or pull-quote repeats the body, or the paper an earlier report.
    pub(crate) copies: Option<Copy>,
    /// How it was obtained.
    pub(crate) obtained: Option<String>,
}

/// What a row adds no voice to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Copy {
    /// The body of the same dispatch.
    Body,
    /// An earlier report of the same.
    Report,
}

/// The ways of obtaining words that a remark may name.
const WAYS: [&str; 3] = ["in court", "under torture", "anonymously"];

/// Reads a note: `hedged by the magistrate; Henry denied it`, `by Lucheni, through a magistrate`,
/// `copy; headline`.
///
/// The first part, up to a semicolon, is an optional stance and an optional `by`; the rest are
/// remarks, of which only the ways of [`WAYS`] are understood.
pub(crate) fn read(note: &str) -> Heard {
    let (first, remarks) = note.split_once(';').unwrap_or((note, ""));
    let first = first.trim();
    let (word, rest) = first.split_once(' ').unwrap_or((first, ""));
    let said = ["hedged", "denied", "unknown", "questioned"]
        .into_iter()
        .find(|stance| word == *stance && (rest.is_empty() || rest.starts_with("by ")));
    let by = match said {
        Some(_) => rest.strip_prefix("by "),
        None => first.strip_prefix("by "),
    };
    let mut speakers: Vec<String> = Vec::new();
    if let Some(by) = by {
        let (who, through) = by.split_once(", through ").unwrap_or((by, ""));
        speakers.extend((!through.is_empty()).then(|| through.to_owned()));
        speakers.push(who.to_owned());
    }
    Heard {
        stance: said.and_then(Stance::from_name).unwrap_or(Stance::Asserted),
        speakers,
        copies: match word.trim_end_matches(',') {
            "copy" => Some(Copy::Body),
            "recap" => Some(Copy::Report),
            _ => None,
        },
        obtained: remarks
            .split(';')
            .map(str::trim)
            .find(|remark| WAYS.contains(remark))
            .map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_says_who_speaks_and_how() {
        let check = |note, stance, speakers: &[&str]| {
            let heard = read(note);
            assert_eq!(heard.stance, stance, "{note}");
            assert_eq!(heard.speakers, speakers, "{note}");
        };
        check("", Stance::Asserted, &[]);
        check("hedged", Stance::Hedged, &[]);
        check("by Valmont; in court", Stance::Asserted, &["Valmont"]);
        check("by Valmont, through a magistrate", Stance::Asserted, &["a magistrate", "Valmont"]);
        check("denied by the governor; not asked again", Stance::Denied, &["the governor"]);
        check("unknown; by the fire, not by the bomb", Stance::Unknown, &[]);
        check("unknown hands; a remark", Stance::Asserted, &[]);
        check("the paper's own reading", Stance::Asserted, &[]);
    }

    #[test]
    fn remarks_tell_copies_and_how_words_were_obtained() {
        assert_eq!(read("copy; headline").copies, Some(Copy::Body));
        assert_eq!(read("recap, other spelling").copies, Some(Copy::Report));
        assert_eq!(read("by Arden; under torture").obtained.as_deref(), Some("under torture"));
        assert_eq!(read("by Arden; wrong").obtained, None);
    }
}

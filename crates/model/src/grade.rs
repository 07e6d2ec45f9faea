//! Grades after the Admiralty code: how reliable a source is, and how credible one piece of
//! information. Each is judged by itself, whatever the other is.

use std::fmt;
use std::str::FromStr;

/// How reliable a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// It cannot be judged; no grade between others.
    F,
}

/// How credible one piece of information is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Credibility {
    /// Confirmed by other sources.
    Confirmed,
    /// Probably true.
    Probable,
    /// Possibly true.
    Possible,
    /// Doubtful.
    Doubtful,
    /// Improbable.
    Improbable,
    /// It cannot be judged; no grade between others.
    CannotBeJudged,
}

impl Reliability {
    /// All grades.
    pub const ALL: [Reliability; 6] = [
        Reliability::A,
        Reliability::B,
        Reliability::C,
        Reliability::D,
        Reliability::E,
        Reliability::F,
    ];

    /// What the grade means, in the words of the code.
    pub fn means(self) -> &'static str {
        match self {
            Reliability::A => "completely reliable",
            Reliability::B => "usually reliable",
            Reliability::C => "fairly reliable",
            Reliability::D => "not usually reliable",
            Reliability::E => "unreliable",
            Reliability::F => "cannot be judged",
        }
    }
}

impl Credibility {
    /// All grades.
    pub const ALL: [Credibility; 6] = [
        Credibility::Confirmed,
        Credibility::Probable,
        Credibility::Possible,
        Credibility::Doubtful,
        Credibility::Improbable,
        Credibility::CannotBeJudged,
    ];

    /// What the grade means, in the words of the code.
    pub fn means(self) -> &'static str {
        match self {
            Credibility::Confirmed => "confirmed by other sources",
            Credibility::Probable => "probably true",
            Credibility::Possible => "possibly true",
            Credibility::Doubtful => "doubtful",
            Credibility::Improbable => "improbable",
            Credibility::CannotBeJudged => "cannot be judged",
        }
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reliability::A => "A",
            Reliability::B => "B",
            Reliability::C => "C",
            Reliability::D => "D",
            Reliability::E => "E",
            Reliability::F => "F",
        })
    }
}

impl fmt::Display for Credibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Credibility::Confirmed => "1",
            Credibility::Probable => "2",
            Credibility::Possible => "3",
            Credibility::Doubtful => "4",
            Credibility::Improbable => "5",
            Credibility::CannotBeJudged => "6",
        })
    }
}

/// A text that is no grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeError {
    /// The text as given.
    pub text: String,
    /// What was wanted.
    pub wanted: &'static str,
}

impl fmt::Display for GradeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.text.chars().take(20).collect();
        write!(f, "{text:?} is no grade; wanted is {}", self.wanted)
    }
}

impl std::error::Error for GradeError {}

impl FromStr for Reliability {
    type Err = GradeError;

    fn from_str(text: &str) -> Result<Reliability, GradeError> {
        let wanted = "A (completely reliable), B, C, D, E (unreliable) or F (cannot be judged)";
        let upper = text.trim().to_ascii_uppercase();
        let found = Reliability::ALL.into_iter().find(|grade| grade.to_string() == upper);
        found.ok_or_else(|| GradeError { text: text.to_owned(), wanted })
    }
}

impl FromStr for Credibility {
    type Err = GradeError;

    fn from_str(text: &str) -> Result<Credibility, GradeError> {
        let wanted =
            "1 (confirmed by other sources), 2, 3, 4, 5 (improbable) or 6 (cannot be judged)";
        let found = Credibility::ALL.into_iter().find(|grade| grade.to_string() == text.trim());
        found.ok_or_else(|| GradeError { text: text.to_owned(), wanted })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_read_back_as_they_were_written() {
        for grade in Reliability::ALL {
            assert_eq!(grade.to_string().parse(), Ok(grade));
            assert_eq!(grade.to_string().to_lowercase().parse(), Ok(grade));
        }
        for grade in Credibility::ALL {
            assert_eq!(grade.to_string().parse(), Ok(grade));
        }
        assert!("G".parse::<Reliability>().unwrap_err().to_string().contains("F (cannot"));
        assert!("0".parse::<Credibility>().is_err());
    }
}

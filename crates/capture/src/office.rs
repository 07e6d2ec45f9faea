//! Word and OpenDocument texts, rich text, and what office programs write about a document.

mod about;
mod flow;
mod note_numbers;
mod numbering;
mod open_styles;
mod open_text;
mod package;
mod rich_about;
mod rich_drawings;
mod rich_edges;
mod rich_languages;
mod rich_letters;
mod rich_places;
mod rich_state;
mod rich_styles;
mod rich_text;
mod rich_tokens;
mod rich_words;
mod told;
mod word;
mod word_parts;
mod xml;

use throughline_model::{Document, Sha256};

use crate::letters::one_line;
use crate::{Cause, Given, MAX_TEXT_BYTES};
pub(crate) use about::{stamp, tell_moments};
pub(crate) use package::Package;
pub(crate) use xml::{Sees, Tag, see};

pub use open_text::read_odt;
pub use package::MAX_OFFICE_BYTES;
pub use rich_text::{MAX_RTF_BYTES, read_rtf};
pub use word::read_docx;

/// A document with the pictures in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Illustrated {
    /// The document.
    pub document: Document,
    /// The bytes of the pictures that it names by their SHA-256.
    pub pictures: Vec<Vec<u8>>,
}

/// A document that was read, with what the caller knows where it does not say so itself, and the
/// bytes of the pictures that it draws: `drawn` names the part of each, where it has one.
fn finished(
    mut document: Document,
    package: &mut Package,
    drawn: &[Option<String>],
    given: &Given,
) -> Result<Illustrated, Cause> {
    let mut pictures: Vec<Vec<u8>> = Vec::new();
    for (picture, part) in document.pictures.iter_mut().zip(drawn) {
        let Some(bytes) = part.as_deref().map(|part| package.part(part)).transpose()?.flatten()
        else {
            continue;
        };
        let sha256 = Sha256::of(&bytes);
        picture.sha256 = Some(sha256);
        if !pictures.contains(&bytes) {
            pictures.push(bytes);
        }
    }
    document.source = given.source.clone();
    document.published = given.published.clone();
    document.url = given.url.clone();
    document.language = document.language.or_else(|| given.language.clone());
    match document.text.len() as u64 {
        0 if document.pictures.is_empty() => Err(Cause::Empty),
        size if size > MAX_TEXT_BYTES => {
            Err(Cause::TooLarge { bytes: None, limit: MAX_TEXT_BYTES })
        }
        _ => Ok(Illustrated { document, pictures }),
    }
}

/// A title that somebody gave, rather than a program: not the name of a file, nor of a template.
pub(crate) fn likely_title(title: &str) -> Option<String> {
    const LONGEST: usize = 300;
    const EXTENSIONS: [&str; 16] = [
        ".doc", ".docx", ".docm", ".dot", ".odt", ".rtf", ".pdf", ".tex", ".dvi", ".indd", ".qxd",
        ".wpd", ".pages", ".html", ".htm", ".txt",
    ];
    const PROGRAMS: [&str; 9] = [
        "microsoft word",
        "microsoft powerpoint",
        "microsoft excel",
        "powerpoint presentation",
        "untitled",
        "unbenannt",
        "sans titre",
        "document",
        "about:blank",
    ];
    let title = one_line(title);
    let lower = title.to_lowercase();
    let letters = title.chars().filter(|letter| letter.is_alphabetic()).count();
    let of_a_program = PROGRAMS.iter().any(|program| {
        lower.strip_prefix(program).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
            && (program.contains(' ') || lower.split(' ').count() <= 2)
    });
    let of_a_file = EXTENSIONS.iter().any(|extension| lower.ends_with(extension))
        || !title.contains(' ') && title.contains(['_', '/', '\\', '~']);
    let good = (3..).contains(&letters) && title.len() <= LONGEST && !of_a_file && !of_a_program;
    // More figures than letters: a number of a file, or of a job of a printer.
    let figures = title.chars().filter(char::is_ascii_digit).count();
    (good && figures <= letters).then_some(title)
}

/// An author who can be a person or a body, rather than the account of a computer.
pub(crate) fn likely_author(author: &str) -> Option<String> {
    const LONGEST: usize = 160;
    const ACCOUNTS: [&str; 18] = [
        "admin",
        "administrator",
        "user",
        "owner",
        "author",
        "default",
        "unknown",
        "anonymous",
        "guest",
        "test",
        "scanner",
        "microsoft office user",
        "windows user",
        "office",
        "root",
        "pc",
        "python-docx",
        "benutzer",
    ];
    let author = one_line(author);
    let lower = author.to_lowercase();
    let account = ACCOUNTS.contains(&lower.as_str())
        || author.contains(['@', '\\', '/', '_', '='])
        || lower.contains("microsoft") && lower.contains("user");
    // A single word without a capital, or with a figure, is a name to log in with.
    let login = !author.contains(' ')
        && (!author.chars().next().is_some_and(char::is_uppercase)
            || author.chars().any(|letter| letter.is_ascii_digit()));
    let letters = author.chars().filter(|letter| letter.is_alphabetic()).count();
    (letters >= 2 && author.len() <= LONGEST && !account && !login).then_some(author)
}

/// A language tag: "en", "en-GB", "zh-Hant-TW"; `None` for what is none.
pub(crate) fn likely_language(tag: &str) -> Option<String> {
    let tag = tag.trim().replace('_', "-");
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let well_made = (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    let says_nothing = ["und", "zxx", "x-none"].contains(&tag.to_lowercase().as_str());
    (well_made && !says_nothing && tag.len() <= 35).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_somebody_gave() {
        for good in [
            "The Queen v Odo Lind",
            "Inquiry into the fire at Lenn",
            "Judgment",
            "Documents seized at Lenn in May",
        ] {
            assert_eq!(likely_title(good).as_deref(), Some(good));
        }
        for bad in [
            "Microsoft Word - draft3.doc",
            "report_final_v2",
            "judgment.docx",
            "untitled",
            "Document1",
            "Document 1",
            "20160512 44711",
            "",
            "--",
        ] {
            assert_eq!(likely_title(bad), None, "{bad}");
        }
    }

    #[test]
    fn authors_who_are_no_accounts() {
        for good in ["Ada Marsh", "Ministry of Harbours", "Marsh"] {
            assert_eq!(likely_author(good).as_deref(), Some(good));
        }
        for bad in [
            "amarsh",
            "Admin",
            "LENN\\amarsh",
            "a.marsh@lamp.example",
            "Microsoft Office User",
            "User1",
            "",
        ] {
            assert_eq!(likely_author(bad), None, "{bad}");
        }
    }

    #[test]
    fn languages() {
        assert_eq!(likely_language("en_GB").as_deref(), Some("en-GB"));
        assert_eq!(likely_language("zh-Hant-TW").as_deref(), Some("zh-Hant-TW"));
        for bad in ["", "x-none", "English (UK)", "und"] {
            assert_eq!(likely_language(bad), None, "{bad}");
        }
    }
}

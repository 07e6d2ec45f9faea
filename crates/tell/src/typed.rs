//! What people type: ids in full or their beginning, and values by the shape of their variable.
//!
//! A command line and a form of a page take the same words and refuse them with the same ones.

use throughline_casebook::{Casebook, Error as CasebookError};
use throughline_formats::FormatError;
use throughline_formats::spelling::{self, nearest};
use throughline_model::{
    AssertionId, DocumentId, JudgmentId, MentionId, Sha256, SubjectKind, Value, ValueShape,
    Variable,
};

/// Why something typed was not taken.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The casebook refused it, or could not be used.
    #[error(transparent)]
    Casebook(#[from] CasebookError),
    /// It names nothing, or is not written as such a thing is: what, and what to do.
    #[error("{0}")]
    Mistyped(String),
    /// It is no id at all, whatever the casebook holds, or one of another kind than is wanted: what, and
    /// what to do.
    #[error("{0}")]
    NoId(String),
    /// It could be an id, and nothing here has one that begins so.
    #[error("nothing in this casebook has an id that begins with {0}")]
    NotHere(String),
}

impl From<FormatError> for Error {
    fn from(error: FormatError) -> Error {
        Error::Mistyped(error.to_string())
    }
}

/// The result of taking what was typed.
pub type Result<T> = std::result::Result<T, Error>;

/// Refuses what was typed, with what is wrong and what to do.
pub(crate) fn mistyped<T>(what: impl Into<String>) -> Result<T> {
    Err(Error::Mistyped(what.into()))
}

/// Refuses what is no id.
fn no_id<T>(what: impl Into<String>) -> Result<T> {
    Err(Error::NoId(what.into()))
}

/// What an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Id {
    /// A document.
    Document(DocumentId),
    /// An assertion.
    Assertion(AssertionId),
    /// A judgment.
    Judgment(JudgmentId),
    /// A picture, by the hash of its bytes.
    Picture(Sha256),
    /// A mention, and so a record.
    Mention(MentionId),
}

/// The thing that an id, or the beginning of one, names.
///
/// # Errors
/// If it names nothing or several things; if the casebook cannot be read.
pub fn parse(casebook: &Casebook, text: &str) -> Result<Id> {
    Ok(match prefix(text)? {
        "doc" => Id::Document(document(casebook, text)?),
        "ast" => Id::Assertion(assertion(casebook, text)?),
        "jdg" => Id::Judgment(judgment(casebook, text)?),
        "pic" => Id::Picture(picture(casebook, text)?),
        _ => Id::Mention(mention(casebook, text)?),
    })
}

/// A record's id, or the beginning of one.
///
/// # Errors
/// As [`parse`].
pub fn mention(casebook: &Casebook, text: &str) -> Result<MentionId> {
    let other = match prefix(text)? {
        "doc" => "a document",
        "ast" => "an assertion",
        "pic" => "a picture",
        "jdg" => "a judgment",
        _ => return known(|| casebook.find_mention(text), text),
    };
    no_id(format!("{text} names {other}; wanted is a record, such as inc-…, per-… or grp-…"))
}

/// A document's id, or the beginning of one.
///
/// # Errors
/// As [`parse`].
pub fn document(casebook: &Casebook, text: &str) -> Result<DocumentId> {
    wanted(text, "doc", "a document's id, doc-…; `throughline documents` lists them")?;
    known(|| casebook.find_document(text), text)
}

/// An assertion's id, or the beginning of one.
///
/// # Errors
/// As [`parse`].
pub fn assertion(casebook: &Casebook, text: &str) -> Result<AssertionId> {
    let what = "an assertion's id, ast-…; `throughline show` gives it beside its sentence";
    wanted(text, "ast", what)?;
    known(|| casebook.find_assertion(text), text)
}

/// A judgment's id, or the beginning of one.
///
/// # Errors
/// As [`parse`].
pub fn judgment(casebook: &Casebook, text: &str) -> Result<JudgmentId> {
    wanted(text, "jdg", "a judgment's id, jdg-…; `throughline judgments` lists them")?;
    known(|| casebook.find_judgment(text), text)
}

/// A picture's id, or the beginning of one: the hash of its bytes.
///
/// # Errors
/// As [`parse`].
pub fn picture(casebook: &Casebook, text: &str) -> Result<Sha256> {
    wanted(text, "pic", "a picture's id, pic-…; `throughline pictures` lists them")?;
    known(|| casebook.find_picture(text), text)
}

/// The variable with this name.
///
/// # Errors
/// If there is none, with the nearest name.
pub fn variable(name: &str) -> Result<Variable> {
    Ok(spelling::read_variable(name)?)
}

/// The value that a text spells; another record by its id.
///
/// # Errors
/// If such a value is written otherwise, saying how; as [`parse`] for another record.
pub fn value(casebook: &Casebook, variable: Variable, text: &str) -> Result<Value> {
    if text.trim().is_empty() {
        return mistyped(format!("no value of {} was given", variable.name()));
    }
    Ok(match variable.shape() {
        ValueShape::Mention => Value::Mention(mention(casebook, text)?),
        _ => spelling::read_value(variable, text)?,
    })
}

fn wanted(text: &str, prefix: &str, what: &str) -> Result<()> {
    match text.split('-').next() == Some(prefix) {
        true => Ok(()),
        false => no_id(format!("{text:?} is not {what}")),
    }
}

/// The letters before the dash of an id, if they are those of some kind of id.
fn prefix(text: &str) -> Result<&str> {
    let known = prefixes();
    no_id(match text.split_once('-') {
        Some((prefix, _)) if known.contains(&prefix) => return Ok(prefix),
        Some((prefix, rest)) if rest.len() <= 12 => match nearest(prefix, &known) {
            Some(near) => format!("no id begins with {prefix}-; did you mean {near}-{rest}?"),
            None => format!("no id begins with {prefix}-; ids begin with {}-", known.join("-, ")),
        },
        _ => format!(
            "{text:?} is no id, such as inc-4q2m8zk7w1ya; lists such as `throughline incidents` give \
             ids, and `throughline search` finds documents by their words"
        ),
    })
}

/// The letters with which ids of each kind begin.
fn prefixes() -> Vec<&'static str> {
    SubjectKind::ALL.iter().map(|kind| kind.prefix()).chain(["doc", "ast", "jdg", "pic"]).collect()
}

/// Whether a text is written as an id or the beginning of one, and can hardly be words: "out-back" may
/// be both, and has no digit.
pub(crate) fn is_written_as_id(text: &str) -> bool {
    let Some((prefix, rest)) = text.split_once('-') else { return false };
    prefixes().contains(&prefix)
        && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && rest.bytes().any(|byte| byte.is_ascii_digit())
}

/// How many letters an id has behind its dash.
const ID_LETTERS: usize = 12;

/// Why nothing can have an id that begins so; `None` if something can.
fn misspelt(text: &str) -> Option<String> {
    let (_, rest) = text.split_once('-')?;
    if rest.len() > ID_LETTERS {
        return Some(format!(
            "{text} is too long for an id: behind the dash stand at most {ID_LETTERS} letters and digits, \
             and here are {}",
            rest.chars().count()
        ));
    }
    let strange = rest.chars().find(|letter| {
        !letter.is_ascii_digit() && !letter.is_ascii_lowercase() || "ilou".contains(*letter)
    })?;
    Some(match strange.to_ascii_lowercase() {
        'i' | 'l' => format!("no id has the letter {strange}: is that in {text} the digit 1?"),
        'o' => format!("no id has the letter {strange}: is that in {text} the digit 0?"),
        _ if strange.is_ascii_uppercase() => {
            format!("ids are written in small letters: {}", text.to_ascii_lowercase())
        }
        _ => format!(
            "no id has {strange:?}, which stands in {text}: they are written in digits and in small \
             letters, without i, l, o and u"
        ),
    })
}

/// Says what to do about an id that names nothing, or several things.
fn known<T>(find: impl FnOnce() -> throughline_casebook::Result<T>, text: &str) -> Result<T> {
    if let Some(why) = misspelt(text) {
        return no_id(why);
    }
    match find() {
        Err(CasebookError::Unknown(_)) if text.ends_with('-') => {
            mistyped(format!("{text} begins very many ids; give some letters more"))
        }
        Err(CasebookError::Unknown(_)) => Err(Error::NotHere(text.to_owned())),
        other => Ok(other?),
    }
}

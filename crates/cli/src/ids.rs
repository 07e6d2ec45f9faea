//! Ids as they are typed: in full, or their beginning.

use anyhow::{bail, ensure};
use throughline_casebook::{Casebook, Error};
use throughline_formats::spelling::nearest;
use throughline_model::{AssertionId, DocumentId, JudgmentId, MentionId, Sha256, SubjectKind};

/// What an id names.
pub(crate) enum Id {
    Document(DocumentId),
    Assertion(AssertionId),
    Judgment(JudgmentId),
    Picture(Sha256),
    Mention(MentionId),
}

/// The thing that an id names.
pub(crate) fn parse(casebook: &Casebook, text: &str) -> anyhow::Result<Id> {
    Ok(match prefix(text)? {
        "doc" => Id::Document(document(casebook, text)?),
        "ast" => Id::Assertion(assertion(casebook, text)?),
        "jdg" => Id::Judgment(judgment(casebook, text)?),
        "pic" => Id::Picture(picture(casebook, text)?),
        _ => Id::Mention(mention(casebook, text)?),
    })
}

/// A record's id, or the beginning of one.
pub(crate) fn mention(casebook: &Casebook, text: &str) -> anyhow::Result<MentionId> {
    let found = prefix(text)?;
    ensure!(
        !matches!(found, "doc" | "ast" | "jdg" | "pic"),
        "{text} names {}; wanted is a record, such as inc-…, per-… or grp-…",
        match found {
            "doc" => "a document",
            "ast" => "an assertion",
            "pic" => "a picture",
            _ => "a judgment",
        }
    );
    known(casebook.find_mention(text), text)
}

/// A document's id, or the beginning of one.
pub(crate) fn document(casebook: &Casebook, text: &str) -> anyhow::Result<DocumentId> {
    wanted(text, "doc", "a document's id, doc-…; `throughline documents` lists them")?;
    known(casebook.find_document(text), text)
}

/// An assertion's id, or the beginning of one.
pub(crate) fn assertion(casebook: &Casebook, text: &str) -> anyhow::Result<AssertionId> {
    wanted(
        text,
        "ast",
        "an assertion's id, ast-…; `throughline show` gives it beside its sentence",
    )?;
    known(casebook.find_assertion(text), text)
}

/// A judgment's id, or the beginning of one.
pub(crate) fn judgment(casebook: &Casebook, text: &str) -> anyhow::Result<JudgmentId> {
    wanted(text, "jdg", "a judgment's id, jdg-…; `throughline judgments` lists them")?;
    known(casebook.find_judgment(text), text)
}

/// A picture's id, or the beginning of one: the hash of its bytes.
pub(crate) fn picture(casebook: &Casebook, text: &str) -> anyhow::Result<Sha256> {
    wanted(text, "pic", "a picture's id, pic-…; `throughline pictures` lists them")?;
    known(casebook.find_picture(text), text)
}

fn wanted(text: &str, prefix: &str, what: &str) -> anyhow::Result<()> {
    ensure!(text.split('-').next() == Some(prefix), "{text:?} is not {what}");
    Ok(())
}

/// The letters before the dash of an id, if they are those of some kind of id.
fn prefix(text: &str) -> anyhow::Result<&str> {
    let known: Vec<&str> = SubjectKind::ALL
        .iter()
        .map(|kind| kind.prefix())
        .chain(["doc", "ast", "jdg", "pic"])
        .collect();
    match text.split_once('-') {
        Some((prefix, _)) if known.contains(&prefix) => Ok(prefix),
        Some((prefix, rest)) if rest.len() <= 12 => match nearest(prefix, &known) {
            Some(near) => bail!("no id begins with {prefix}-; did you mean {near}-{rest}?"),
            None => bail!("no id begins with {prefix}-; ids begin with {}-", known.join("-, ")),
        },
        _ => bail!(
            "{text:?} is no id, such as inc-4q2m8zk7w1ya; lists such as `throughline incidents` give \
             ids, and `throughline search` finds documents by their words"
        ),
    }
}

/// Says what to do about an id that names nothing, or several things.
fn known<T>(found: throughline_casebook::Result<T>, text: &str) -> anyhow::Result<T> {
    match found {
        Err(Error::Unknown(_)) => bail!(
            "nothing in this casebook has an id that begins with {text}; is it another casebook \
             (--casebook)?"
        ),
        other => Ok(other?),
    }
}

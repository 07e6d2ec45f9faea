//! From an id, or the beginning of one, to where it leads.

use throughline_casebook::Error;
use throughline_model::{AssertionId, DocumentId, MentionId, PictureId, Sha256, SubjectKind};

use super::record::out_of_view;
use crate::address;
use crate::ask::Ask;
use crate::desk::{Answer, Room};
use crate::trouble::Trouble;

/// The address of whatever an id names.
pub(crate) fn any(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let typed = ask.id.as_deref().unwrap_or_default();
    leads(room, typed).map(Answer::Elsewhere)
}

/// Where an id, or the beginning of one, leads.
pub(crate) fn leads(room: &Room, typed: &str) -> Result<String, Trouble> {
    let found = match typed.split('-').next().unwrap_or_default() {
        "doc" => room.casebook.find_document(typed).map(address::document),
        "ast" => room.casebook.find_assertion(typed).map(address::assertion),
        "pic" => room
            .casebook
            .find_picture(typed)
            .map(|sha256| address::picture(PictureId::of_bytes(sha256))),
        "jdg" => room.casebook.find_judgment(typed).map(address::judgment),
        prefix if SubjectKind::ALL.iter().any(|kind| kind.prefix() == prefix) => {
            room.casebook.find_mention(typed).map(address::record)
        }
        _ => return Err(no_id(typed)),
    };
    found.map_err(|error| known(error, typed))
}

/// The place of an assertion in its document.
pub(crate) fn assertion(room: &Room, ask: &Ask) -> Result<Answer, Trouble> {
    let typed = ask.id.as_deref().unwrap_or_default();
    let id = assertion_id(room, typed)?;
    let said = room.casebook.assertion_or_correction(id)?.ok_or_else(|| {
        Trouble::missing(
            format!("{id} is no longer read from any document."),
            "A newer reading of its document does not give it; search for its words.",
        )
    })?;
    Ok(Answer::Elsewhere(format!("{}#{id}", address::document(said.document))))
}

/// The assertion that an id names.
pub(crate) fn assertion_id(room: &Room, typed: &str) -> Result<AssertionId, Trouble> {
    room.casebook.find_assertion(typed).map_err(|error| known(error, typed))
}

/// The document that an id names.
pub(crate) fn document(room: &Room, typed: &str) -> Result<DocumentId, Trouble> {
    room.casebook.find_document(typed).map_err(|error| known(error, typed))
}

/// The picture that an id names, by the hash of its bytes.
pub(crate) fn picture(room: &Room, typed: &str) -> Result<Sha256, Trouble> {
    room.casebook.find_picture(typed).map_err(|error| known(error, typed))
}

/// The mention that an id names.
pub(crate) fn mention(room: &Room, typed: &str) -> Result<MentionId, Trouble> {
    room.casebook.find_mention(typed).map_err(|error| known(error, typed))
}

/// The record of a page that only one kind has: its id and name as of the dates asked for, or where
/// else the answer is.
pub(crate) fn record_of(
    room: &Room,
    ask: &Ask,
    kind: SubjectKind,
    page: fn(MentionId) -> String,
) -> Result<Result<(MentionId, String), Answer>, Trouble> {
    let id = mention(room, ask.id.as_deref().unwrap_or_default())?;
    let Some(shown) = room.casebook.shown(id, ask.as_of, 0)? else {
        return Err(out_of_view(room, id)?);
    };
    let own = shown.record.id;
    let place = if own.kind() == kind { page(own) } else { address::record(own) };
    Ok(if place == ask.path { Ok((own, shown.record.name)) } else { Err(Answer::Elsewhere(place)) })
}

/// Nothing has this id.
pub(crate) fn unknown(typed: &str) -> Trouble {
    Trouble::missing(
        format!("Nothing in this casebook has an id that begins with “{typed}”."),
        "See that it is copied whole, and that it is the right casebook; the lists above and the \
         search give ids.",
    )
}

fn no_id(typed: &str) -> Trouble {
    let kinds: Vec<&str> = SubjectKind::ALL
        .iter()
        .map(|kind| kind.prefix())
        .chain(["doc", "ast", "jdg", "pic"])
        .collect();
    Trouble::missing(
        format!("“{typed}” is no id."),
        format!("Ids begin with {}-, such as inc-4q2m8zk7w1ya.", kinds.join("-, ")),
    )
}

fn known(error: Error, typed: &str) -> Trouble {
    match error {
        Error::Unknown(_) => unknown(typed),
        error => error.into(),
    }
}

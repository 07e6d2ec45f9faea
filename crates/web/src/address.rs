//! Where things are found: every record, document, assertion, judgment and count has an address.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use throughline_model::{AssertionId, DocumentId, JudgmentId, MentionId, PictureId, SubjectKind};

/// The address of the list of a kind.
pub(crate) fn list(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Incident => "/incidents",
        SubjectKind::Set => "/sets",
        SubjectKind::Claim => "/claims",
        SubjectKind::Person => "/people",
        SubjectKind::Group => "/groups",
        SubjectKind::Outlet => "/outlets",
        SubjectKind::Channel => "/channels",
        SubjectKind::Place => "/places",
    }
}

/// What a list of a kind is called.
pub(crate) fn plural(kind: SubjectKind) -> &'static str {
    match kind {
        SubjectKind::Incident => "Incidents",
        SubjectKind::Set => "Sets",
        SubjectKind::Claim => "Claims",
        SubjectKind::Person => "People",
        SubjectKind::Group => "Groups",
        SubjectKind::Outlet => "Outlets",
        SubjectKind::Channel => "Channels",
        SubjectKind::Place => "Places",
    }
}

/// The address of the record that a mention belongs to.
pub(crate) fn record(id: MentionId) -> String {
    format!("{}/{id}", list(id.kind()))
}

/// The address of a document.
pub(crate) fn document(id: DocumentId) -> String {
    format!("/documents/{id}")
}

/// The address of a picture.
pub(crate) fn picture(id: PictureId) -> String {
    format!("/pictures/{id}")
}

/// The address of what an incident hangs together with.
pub(crate) fn connections(incident: MentionId) -> String {
    format!("{}/connections", record(incident))
}

/// The address of the way that a person's name went.
pub(crate) fn spread(person: MentionId) -> String {
    format!("{}/spread", record(person))
}

/// The address of an assertion, which leads to its place in its document.
pub(crate) fn assertion(id: AssertionId) -> String {
    format!("/assertions/{id}")
}

/// The address of a judgment.
pub(crate) fn judgment(id: JudgmentId) -> String {
    format!("/judgments/{id}")
}

/// What stands in an address as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as it is written within an address.
pub(crate) fn escaped(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_syntax_of_an_address() {
        assert_eq!(escaped("a b&c=\"é\"#?/"), "a%20b%26c%3D%22%C3%A9%22%23%3F%2F");
    }
}

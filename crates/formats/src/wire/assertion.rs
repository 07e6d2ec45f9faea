//! Mentions, assertions, readings and notes.

use serde::{Deserialize, Serialize};
use throughline_model::{
    Assertion, AssertionId, Mention, MentionId, Note, Passage, Reading, Speaker,
};

use super::{
    DocumentName, FormatError, Spelled, ValueForm,
    document::{role_name, role_of},
    spelled::{KindName, NoteName, VariableName},
    value::{SpanForm, SpeakerForm},
};

/// A span of the text, or a work and a place in it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PassageForm {
    Span(SpanForm),
    Cited { work: String, place: String },
}

impl From<&Passage> for PassageForm {
    fn from(passage: &Passage) -> PassageForm {
        match passage {
            Passage::Text(span) => PassageForm::Span((*span).into()),
            Passage::Cited { work, place } => {
                PassageForm::Cited { work: work.clone(), place: place.clone() }
            }
        }
    }
}

impl From<PassageForm> for Passage {
    fn from(form: PassageForm) -> Passage {
        match form {
            PassageForm::Span(span) => Passage::Text(span.into()),
            PassageForm::Cited { work, place } => Passage::Cited { work, place },
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MentionForm {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Spelled<MentionId>>,
    subject: KindName,
    document: DocumentName,
    passage: PassageForm,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    antecedent: Option<Spelled<MentionId>>,
}

impl From<&Mention> for MentionForm {
    fn from(mention: &Mention) -> MentionForm {
        MentionForm {
            id: Some(Spelled(mention.id)),
            subject: KindName(mention.kind()),
            document: DocumentName(mention.document),
            passage: (&mention.passage).into(),
            name: mention.name.clone(),
            antecedent: mention.antecedent.map(Spelled),
        }
    }
}

impl TryFrom<MentionForm> for Mention {
    type Error = FormatError;

    fn try_from(form: MentionForm) -> Result<Mention, FormatError> {
        let mut mention =
            Mention::new(form.subject.0, form.document.0, form.passage.into(), form.name);
        mention.antecedent = form.antecedent.map(|id| id.0);
        same_id("mention", form.id, mention.id)?;
        Ok(mention)
    }
}

/// Refuses an id that does not follow from what stands beside it.
pub(super) fn same_id<T: PartialEq + std::fmt::Display>(
    what: &str,
    given: Option<Spelled<T>>,
    computed: T,
) -> Result<(), FormatError> {
    match given {
        Some(Spelled(given)) if given != computed => Err(FormatError::new(format!(
            "the id {given} does not belong to this {what}, which is {computed}; \
             something in it was changed. Leave the id out to enter it as a new one"
        ))),
        _ => Ok(()),
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssertionForm {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Spelled<AssertionId>>,
    document: DocumentName,
    passage: PassageForm,
    #[serde(default = "body", skip_serializing_if = "is_body")]
    zone: String,
    #[serde(default)]
    speakers: Vec<SpeakerForm>,
    subject: Spelled<MentionId>,
    variable: VariableName,
    #[serde(skip_serializing_if = "Option::is_none")]
    party: Option<Spelled<MentionId>>,
    value: ValueForm,
    #[serde(skip_serializing_if = "Option::is_none")]
    obtained: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeats: Option<Spelled<AssertionId>>,
    #[serde(default = "sure", skip_serializing_if = "is_sure")]
    certainty: u8,
}

fn body() -> String {
    "body".to_owned()
}

fn is_body(zone: &String) -> bool {
    zone == "body"
}

fn sure() -> u8 {
    100
}

fn is_sure(certainty: &u8) -> bool {
    *certainty == 100
}

impl From<&Assertion> for AssertionForm {
    fn from(said: &Assertion) -> AssertionForm {
        AssertionForm {
            id: Some(Spelled(said.id)),
            document: DocumentName(said.document),
            passage: (&said.passage).into(),
            zone: role_name(said.zone).to_owned(),
            speakers: said.speakers.iter().map(SpeakerForm::from).collect(),
            subject: Spelled(said.subject),
            variable: VariableName(said.variable),
            party: said.party.map(Spelled),
            value: (&said.value).into(),
            obtained: said.obtained.clone(),
            repeats: said.repeats.map(Spelled),
            certainty: said.certainty,
        }
    }
}

impl TryFrom<AssertionForm> for Assertion {
    type Error = FormatError;

    fn try_from(form: AssertionForm) -> Result<Assertion, FormatError> {
        let variable = form.variable.0;
        let value: throughline_model::Value = form.value.into();
        if value.shape() != variable.shape() {
            return Err(FormatError::new(format!(
                "the value of {} must be a {}, and this is a {}",
                variable.name(),
                shape_name(variable.shape()),
                shape_name(value.shape())
            )));
        }
        if !variable.subjects().contains(&form.subject.0.kind()) {
            return Err(FormatError::new(format!(
                "{} is not said of {}s",
                variable.name(),
                form.subject.0.kind().name()
            )));
        }
        if form.certainty > 100 {
            return Err(FormatError::new("certainty is in percent, 0 to 100"));
        }
        let mut speakers: Vec<Speaker> = form.speakers.into_iter().map(Speaker::from).collect();
        if speakers.is_empty() {
            speakers.push(Speaker {
                voice: throughline_model::Voice::Document,
                stance: throughline_model::Stance::Asserted,
                cue: None,
            });
        }
        let said = Assertion {
            id: AssertionId::from_bits(0),
            document: form.document.0,
            passage: form.passage.into(),
            zone: role_of(&form.zone)?,
            speakers,
            subject: form.subject.0,
            variable,
            party: form.party.map(|id| id.0),
            value,
            obtained: form.obtained,
            repeats: form.repeats.map(|id| id.0),
            certainty: form.certainty,
        }
        .sealed();
        same_id("assertion", form.id, said.id)?;
        Ok(said)
    }
}

fn shape_name(shape: throughline_model::ValueShape) -> &'static str {
    use throughline_model::ValueShape as S;
    match shape {
        S::Text => "text",
        S::Term => "term",
        S::Mention => "mention",
        S::Date => "date",
        S::Figure => "figure",
        S::Answer => "answer",
        S::Share => "share",
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteForm {
    span: SpanForm,
    #[serde(skip_serializing_if = "Option::is_none")]
    assertion: Option<Spelled<AssertionId>>,
    note: NoteName,
    text: String,
}

impl From<&Note> for NoteForm {
    fn from(note: &Note) -> NoteForm {
        NoteForm {
            span: note.span.into(),
            assertion: note.assertion.map(Spelled),
            note: NoteName(note.kind),
            text: note.text.clone(),
        }
    }
}

impl From<NoteForm> for Note {
    fn from(form: NoteForm) -> Note {
        Note {
            span: form.span.into(),
            assertion: form.assertion.map(|id| id.0),
            kind: form.note.0,
            text: form.text,
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadingForm {
    mentions: Vec<MentionForm>,
    assertions: Vec<AssertionForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<NoteForm>,
}

impl From<&Reading> for ReadingForm {
    fn from(reading: &Reading) -> ReadingForm {
        ReadingForm {
            mentions: reading.mentions.iter().map(MentionForm::from).collect(),
            assertions: reading.assertions.iter().map(AssertionForm::from).collect(),
            notes: reading.notes.iter().map(NoteForm::from).collect(),
        }
    }
}

impl TryFrom<ReadingForm> for Reading {
    type Error = FormatError;

    fn try_from(form: ReadingForm) -> Result<Reading, FormatError> {
        Ok(Reading {
            mentions: form.mentions.into_iter().map(Mention::try_from).collect::<Result<_, _>>()?,
            assertions: form
                .assertions
                .into_iter()
                .map(Assertion::try_from)
                .collect::<Result<_, _>>()?,
            notes: form.notes.into_iter().map(Note::from).collect(),
        })
    }
}

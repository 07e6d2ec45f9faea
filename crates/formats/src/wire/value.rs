//! Values, speakers and spans.

use serde::{Deserialize, Serialize};
use throughline_model::{Edtf, Figure, MentionId, Share, Span, Speaker, Value, Voice};

use super::spelled::{AnswerName, Spelled, StanceName};

/// `[start, end]` in bytes of the document's text.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct SpanForm(u32, u32);

impl From<Span> for SpanForm {
    fn from(span: Span) -> SpanForm {
        SpanForm(span.start, span.end)
    }
}

impl From<SpanForm> for Span {
    fn from(SpanForm(start, end): SpanForm) -> Span {
        Span { start, end: end.max(start) }
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum ValueForm {
    Text(String),
    Term(String),
    Mention(Spelled<MentionId>),
    Date(Spelled<Edtf>),
    Figure(FigureForm),
    Answer(AnswerName),
    Share(ShareForm),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FigureForm {
    least: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    most: Option<u32>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    about: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShareForm {
    part: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    whole: Option<u32>,
    property: String,
}

impl From<&Value> for ValueForm {
    fn from(value: &Value) -> ValueForm {
        match value {
            Value::Text(words) => ValueForm::Text(words.clone()),
            Value::Term(term) => ValueForm::Term(term.clone()),
            Value::Mention(id) => ValueForm::Mention(Spelled(*id)),
            Value::Date(date) => ValueForm::Date(Spelled(date.clone())),
            Value::Figure(Figure { least, most, about }) => {
                ValueForm::Figure(FigureForm { least: *least, most: *most, about: *about })
            }
            Value::Answer(answer) => ValueForm::Answer(AnswerName(*answer)),
            Value::Share(Share { part, whole, property }) => ValueForm::Share(ShareForm {
                part: *part,
                whole: *whole,
                property: property.clone(),
            }),
        }
    }
}

impl From<ValueForm> for Value {
    fn from(form: ValueForm) -> Value {
        match form {
            ValueForm::Text(words) => Value::Text(words),
            ValueForm::Term(term) => Value::Term(term),
            ValueForm::Mention(id) => Value::Mention(id.0),
            ValueForm::Date(date) => Value::Date(date.0),
            ValueForm::Figure(FigureForm { least, most, about }) => {
                Value::Figure(Figure { least, most, about })
            }
            ValueForm::Answer(answer) => Value::Answer(answer.0),
            ValueForm::Share(ShareForm { part, whole, property }) => {
                Value::Share(Share { part, whole, property })
            }
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum VoiceForm {
    Document,
    Mention(Spelled<MentionId>),
    Described(String),
    Unnamed,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SpeakerForm {
    voice: VoiceForm,
    stance: StanceName,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<SpanForm>,
}

impl From<&Speaker> for SpeakerForm {
    fn from(speaker: &Speaker) -> SpeakerForm {
        SpeakerForm {
            voice: match &speaker.voice {
                Voice::Document => VoiceForm::Document,
                Voice::Mention(id) => VoiceForm::Mention(Spelled(*id)),
                Voice::Described(words) => VoiceForm::Described(words.clone()),
                Voice::Unnamed => VoiceForm::Unnamed,
            },
            stance: StanceName(speaker.stance),
            cue: speaker.cue.map(SpanForm::from),
        }
    }
}

impl From<SpeakerForm> for Speaker {
    fn from(form: SpeakerForm) -> Speaker {
        Speaker {
            voice: match form.voice {
                VoiceForm::Document => Voice::Document,
                VoiceForm::Mention(id) => Voice::Mention(id.0),
                VoiceForm::Described(words) => Voice::Described(words),
                VoiceForm::Unnamed => Voice::Unnamed,
            },
            stance: form.stance.0,
            cue: form.cue.map(Span::from),
        }
    }
}

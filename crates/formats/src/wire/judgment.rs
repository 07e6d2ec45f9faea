//! Judgments.

use serde::{Deserialize, Serialize};
use throughline_model::{
    Act, AssertionId, Credibility, Edtf, Instant, Judgment, JudgmentId, MentionId, Reliability,
    Target, Value,
};

use super::{
    AssertionForm, DocumentName, FormatError, Spelled, ValueForm, assertion::same_id,
    spelled::VariableName,
};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct JudgmentForm {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Spelled<JudgmentId>>,
    by: String,
    made: Spelled<Instant>,
    reason: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cites: Vec<DocumentName>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    supersedes: Vec<Spelled<JudgmentId>>,
    act: ActForm,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum ActForm {
    Accept(Spelled<AssertionId>),
    Reject(Spelled<AssertionId>),
    Correct { assertion: Spelled<AssertionId>, by: Box<AssertionForm> },
    Retract(Spelled<AssertionId>),
    Withdraw { assertion: Spelled<AssertionId>, on: Spelled<Edtf> },
    Find(Box<TargetForm>),
    Code(Box<TargetForm>),
    Same(Spelled<MentionId>, Spelled<MentionId>),
    NotSame(Spelled<MentionId>, Spelled<MentionId>),
    Unsure(Spelled<MentionId>, Spelled<MentionId>),
    Unrelated(Spelled<MentionId>, Spelled<MentionId>),
    Dated { document: DocumentName, published: Spelled<Edtf> },
    Grade { source: String, reliability: Spelled<Reliability> },
    Credit { assertion: Spelled<AssertionId>, credibility: Spelled<Credibility> },
    Undo,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetForm {
    subject: Spelled<MentionId>,
    variable: VariableName,
    #[serde(skip_serializing_if = "Option::is_none")]
    party: Option<Spelled<MentionId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<ValueForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rests_on: Vec<Spelled<AssertionId>>,
}

impl From<&Judgment> for JudgmentForm {
    fn from(judgment: &Judgment) -> JudgmentForm {
        JudgmentForm {
            id: Some(Spelled(judgment.id)),
            by: judgment.by.clone(),
            made: Spelled(judgment.made),
            reason: judgment.reason.clone(),
            cites: judgment.cites.iter().copied().map(DocumentName).collect(),
            supersedes: judgment.supersedes.iter().copied().map(Spelled).collect(),
            act: (&judgment.act).into(),
        }
    }
}

impl From<&Act> for ActForm {
    fn from(act: &Act) -> ActForm {
        match act {
            Act::Accept(id) => ActForm::Accept(Spelled(*id)),
            Act::Reject(id) => ActForm::Reject(Spelled(*id)),
            Act::Correct { assertion, by } => ActForm::Correct {
                assertion: Spelled(*assertion),
                by: Box::new(AssertionForm::from(&**by)),
            },
            Act::Retract(id) => ActForm::Retract(Spelled(*id)),
            Act::Withdraw { assertion, on } => {
                ActForm::Withdraw { assertion: Spelled(*assertion), on: Spelled(on.clone()) }
            }
            Act::Find(target) => ActForm::Find(Box::new((&**target).into())),
            Act::Code(target) => ActForm::Code(Box::new((&**target).into())),
            Act::Same(a, b) => ActForm::Same(Spelled(*a), Spelled(*b)),
            Act::NotSame(a, b) => ActForm::NotSame(Spelled(*a), Spelled(*b)),
            Act::Unsure(a, b) => ActForm::Unsure(Spelled(*a), Spelled(*b)),
            Act::Unrelated(a, b) => ActForm::Unrelated(Spelled(*a), Spelled(*b)),
            Act::Dated { document, published } => ActForm::Dated {
                document: DocumentName(*document),
                published: Spelled(published.clone()),
            },
            Act::Grade { source, reliability } => {
                ActForm::Grade { source: source.clone(), reliability: Spelled(*reliability) }
            }
            Act::Credit { assertion, credibility } => ActForm::Credit {
                assertion: Spelled(*assertion),
                credibility: Spelled(*credibility),
            },
            Act::Undo => ActForm::Undo,
        }
    }
}

impl From<&Target> for TargetForm {
    fn from(target: &Target) -> TargetForm {
        TargetForm {
            subject: Spelled(target.subject),
            variable: VariableName(target.variable),
            party: target.party.map(Spelled),
            value: target.value.as_ref().map(ValueForm::from),
            rests_on: target.rests_on.iter().copied().map(Spelled).collect(),
        }
    }
}

impl TryFrom<ActForm> for Act {
    type Error = FormatError;

    fn try_from(form: ActForm) -> Result<Act, FormatError> {
        Ok(match form {
            ActForm::Accept(id) => Act::Accept(id.0),
            ActForm::Reject(id) => Act::Reject(id.0),
            ActForm::Correct { assertion, by } => {
                Act::Correct { assertion: assertion.0, by: Box::new((*by).try_into()?) }
            }
            ActForm::Retract(id) => Act::Retract(id.0),
            ActForm::Withdraw { assertion, on } => {
                Act::Withdraw { assertion: assertion.0, on: on.0 }
            }
            ActForm::Find(target) => Act::Find(Box::new(target_of(*target)?)),
            ActForm::Code(target) => Act::Code(Box::new(target_of(*target)?)),
            ActForm::Same(a, b) => Act::Same(a.0, b.0),
            ActForm::NotSame(a, b) => Act::NotSame(a.0, b.0),
            ActForm::Unsure(a, b) => Act::Unsure(a.0, b.0),
            ActForm::Unrelated(a, b) => Act::Unrelated(a.0, b.0),
            ActForm::Dated { document, published } => {
                Act::Dated { document: document.0, published: published.0 }
            }
            ActForm::Grade { source, reliability } => {
                Act::Grade { source, reliability: reliability.0 }
            }
            ActForm::Credit { assertion, credibility } => {
                Act::Credit { assertion: assertion.0, credibility: credibility.0 }
            }
            ActForm::Undo => Act::Undo,
        })
    }
}

fn target_of(form: TargetForm) -> Result<Target, FormatError> {
    let variable = form.variable.0;
    let value = form.value.map(Value::from);
    if value.as_ref().is_some_and(|value| value.shape() != variable.shape()) {
        return Err(FormatError::new(format!(
            "the value found is not of the shape that {} has",
            variable.name()
        )));
    }
    Ok(Target {
        subject: form.subject.0,
        variable,
        party: form.party.map(|id| id.0),
        value,
        rests_on: Spelled::all(&form.rests_on),
    })
}

impl TryFrom<JudgmentForm> for Judgment {
    type Error = FormatError;

    fn try_from(form: JudgmentForm) -> Result<Judgment, FormatError> {
        let judgment = Judgment {
            id: JudgmentId::from_bits(0),
            by: form.by,
            made: form.made.0,
            reason: form.reason,
            cites: form.cites.iter().map(|cited| cited.0).collect(),
            supersedes: Spelled::all(&form.supersedes),
            act: form.act.try_into()?,
        }
        .sealed();
        same_id("judgment", form.id, judgment.id)?;
        Ok(judgment)
    }
}

//! Values held, without the assertions behind them, as a casebook keeps them for its lists.

use serde::{Deserialize, Serialize};
use throughline_model::{Basis, Holding, JudgmentId, MentionId, Value, Variable};

use super::{FormatError, ValueForm};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoldingForm {
    variable: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    party: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<ValueForm>,
    basis: BasisForm,
    voices: u32,
    hedged: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    copied: bool,
    contested: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    evidence_gone: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum BasisForm {
    Finding(String),
    Accepted(String),
    Rule(String),
}

impl From<&Holding> for HoldingForm {
    fn from(holding: &Holding) -> HoldingForm {
        HoldingForm {
            variable: holding.variable.name().to_owned(),
            party: holding.party.map(|id| id.to_string()),
            value: holding.value.as_ref().map(ValueForm::from),
            basis: match holding.basis {
                Basis::Finding(id) => BasisForm::Finding(id.to_string()),
                Basis::Accepted(id) => BasisForm::Accepted(id.to_string()),
                Basis::Proposal(rule) => BasisForm::Rule(rule.to_owned()),
            },
            voices: holding.voices,
            hedged: holding.hedged,
            copied: holding.copied,
            contested: holding.contested,
            evidence_gone: holding.evidence_gone,
        }
    }
}

impl HoldingForm {
    /// The holding, with no assertions and no rival values behind it. `rule` gives the rule of a name.
    pub(crate) fn holding(
        self,
        rule: &dyn Fn(&str) -> Option<&'static str>,
    ) -> Result<Holding, FormatError> {
        let unknown = |what: &str| FormatError::new(format!("{what:?} is not known here"));
        let judgment = |id: &str| id.parse::<JudgmentId>().map_err(|_| unknown(id));
        let mention = |id: &str| id.parse::<MentionId>().map_err(|_| unknown(id));
        Ok(Holding {
            variable: Variable::from_name(&self.variable).ok_or_else(|| unknown(&self.variable))?,
            party: self.party.as_deref().map(mention).transpose()?,
            value: self.value.map(Value::from),
            basis: match &self.basis {
                BasisForm::Finding(id) => Basis::Finding(judgment(id)?),
                BasisForm::Accepted(id) => Basis::Accepted(judgment(id)?),
                BasisForm::Rule(name) => Basis::Proposal(rule(name).ok_or_else(|| unknown(name))?),
            },
            support: Vec::new(),
            against: Vec::new(),
            voices: self.voices,
            hedged: self.hedged,
            copied: self.copied,
            contested: self.contested,
            evidence_gone: self.evidence_gone,
            rivals: Vec::new(),
        })
    }
}

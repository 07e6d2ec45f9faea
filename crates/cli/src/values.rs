//! Values as they are typed, by the shape of their variable.

use throughline_casebook::Casebook;
use throughline_formats::spelling;
use throughline_model::{Value, ValueShape, Variable};

use crate::ids;

/// The variable with this name.
pub(crate) fn variable(name: &str) -> anyhow::Result<Variable> {
    Ok(spelling::read_variable(name)?)
}

/// The value that a text spells; another record by its id.
pub(crate) fn parse(casebook: &Casebook, variable: Variable, text: &str) -> anyhow::Result<Value> {
    Ok(match variable.shape() {
        ValueShape::Mention => Value::Mention(ids::mention(casebook, text)?),
        _ => spelling::read_value(variable, text)?,
    })
}

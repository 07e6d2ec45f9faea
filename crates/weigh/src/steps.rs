//! Which steps of proceedings come after which, so that one report of an arrest and a release holds
//! nobody.

use throughline_model::{Value, Variable};

/// What each step ends, by its term. A step ends nothing that may go on beside it: who is released
/// may still be charged.
const ENDS: &[(&str, &[&str])] = &[
    ("arrested", &["sought"]),
    ("charged", &["sought", "arrested"]),
    ("released", &["sought", "arrested"]),
    ("dropped", &["sought", "arrested", "charged"]),
    ("tried", &["sought", "arrested", "charged"]),
    ("acquitted", &["sought", "arrested", "charged", "tried"]),
    ("convicted", &["sought", "arrested", "charged", "tried"]),
    ("sentenced", &["sought", "arrested", "charged", "tried", "convicted"]),
    ("pardoned", &["sought", "arrested", "charged", "tried", "convicted", "sentenced"]),
    ("quashed", &["sought", "arrested", "charged", "tried", "convicted", "sentenced"]),
];

/// Whether `later` is a step that ends `earlier`, where both are told of one day.
pub(crate) fn ends(variable: Variable, later: &Value, earlier: &Value) -> bool {
    let (Variable::Procedure, Value::Term(later), Value::Term(earlier)) =
        (variable, later, earlier)
    else {
        return false;
    };
    ENDS.iter().any(|(step, ended)| step == later && ended.contains(&earlier.as_str()))
}

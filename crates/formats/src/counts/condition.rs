//! Conditions: `all`, `any`, `not`, `set`, `claim`, or a variable with a test.

use toml::de::DeValue;

use throughline_model::{Edtf, Element, MentionId, SubjectKind, ValueShape, Variable};
use throughline_weigh::count::{Condition, Party, Test, Unit, Who};

use crate::keys::{Keys, Place, Result, Value, number, text, texts, truth};
use crate::typologies;

/// What a condition is, by the key that it has.
const KINDS: [&str; 7] = ["all", "any", "not", "set", "claim", "typology", "variable"];
/// How long after an incident a claim may have been made.
const DAYS: &str = "within-days";
/// The keys that are tests.
const TESTS: [&str; 9] =
    ["is", "one-of", "contains", "at-least", "at-most", "before", "after", "within", "given"];

/// Reads a condition on a unit.
pub(super) fn read(place: Place, value: &Value, unit: Unit) -> Result<Condition> {
    let DeValue::Table(table) = value.get_ref() else {
        let wanted = "a condition, such as { variable = \"type\", is = \"bombing\" }";
        return Err(place.unwanted(value, wanted));
    };
    let known: Vec<&str> = KINDS.into_iter().chain(["party"]).chain(TESTS).chain([DAYS]).collect();
    let keys = Keys::of(place, "a condition", value.span(), table, &known)?;
    let kinds: Vec<&str> = KINDS.into_iter().filter(|key| keys.get(key).is_some()).collect();
    let [kind] = kinds.as_slice() else {
        let text =
            "a condition has exactly one of all, any, not, set, claim, typology and variable";
        return Err(keys.error(text));
    };
    let fits = |key: &str| match key {
        DAYS => *kind == "claim",
        "party" | "is" | "one-of" => ["variable", "typology"].contains(kind),
        _ => *kind == "variable",
    };
    let beside = || known[KINDS.len()..].iter().filter(|key| keys.get(key).is_some());
    if let Some(stray) = beside().find(|key| !fits(key)) {
        let whose = if *stray == DAYS { "a claim" } else { "a variable" };
        return Err(keys.error(format!("{stray:?} belongs to {whose}, not to {kind:?}")));
    }
    if *kind == "typology" {
        return typology(&keys, unit);
    }
    if *kind == "variable" {
        return variable(&keys, unit);
    }
    Ok(match *kind {
        "all" => Condition::All(keys.needed("all", |place, value| list(place, value, unit))?),
        "any" => Condition::Any(keys.needed("any", |place, value| list(place, value, unit))?),
        "not" => {
            let part = keys.needed("not", |place, value| read(place, value, unit))?;
            Condition::Not(Box::new(part))
        }
        "claim" if unit.kind() != SubjectKind::Incident => {
            return Err(keys.wrong("claim", "no claim, since only incidents are claimed"));
        }
        "claim" => {
            let of = keys.needed("claim", |place, value| read(place, value, Unit::Claim))?;
            Condition::Claim { of: Box::new(of), days: keys.optional(DAYS, number)? }
        }
        _ if unit.kind() != SubjectKind::Incident => {
            return Err(keys.wrong("set", "no set, since only incidents are members of sets"));
        }
        _ => Condition::Set(who(keys.needed("set", text)?)),
    })
}

fn list(place: Place, value: &Value, unit: Unit) -> Result<Vec<Condition>> {
    match value.get_ref() {
        DeValue::Array(parts) if parts.iter().next().is_none() => {
            let text = "an empty list asks for nothing, and so for everything or for nothing at all; \
                        name one condition or more, or leave the key out";
            Err(place.error(value.span(), text))
        }
        DeValue::Array(parts) => parts.iter().map(|part| read(place, part, unit)).collect(),
        _ => Err(place.unwanted(value, "a list of conditions")),
    }
}

/// A condition on the values of one variable, or of one of several.
fn variable(keys: &Keys, unit: Unit) -> Result<Condition> {
    let mut variables = Vec::new();
    for name in keys.needed("variable", texts)? {
        variables.extend(named(keys, &name, unit)?);
    }
    let party = party(keys, unit)?;
    let mut parts = Vec::with_capacity(variables.len());
    for variable in variables {
        let test = test(keys, variable)?;
        parts.push(Condition::Value { variable, party: party.clone(), test });
    }
    Ok(match parts.len() {
        1 => parts.remove(0),
        _ => Condition::Any(parts),
    })
}

/// In relation to whom.
fn party(keys: &Keys, unit: Unit) -> Result<Party> {
    Ok(match keys.optional("party", texts)? {
        None => Party::Anyone,
        Some(names) if names == ["this"] && unit == Unit::Perpetrator => Party::ThisIncident,
        Some(names) => Party::Named(names.into_iter().map(who).collect()),
    })
}

/// A condition on where an incident stands under a typology.
fn typology(keys: &Keys, unit: Unit) -> Result<Condition> {
    if unit.kind() != SubjectKind::Incident {
        let wanted = "no typology, since only incidents stand under one";
        return Err(keys.wrong("typology", wanted));
    }
    let name = keys.needed("typology", text)?;
    let Some(typology) = typologies::shipped(&name) else {
        let known: Vec<String> = typologies::all().iter().map(|one| one.name.clone()).collect();
        return Err(keys.wrong("typology", &known.join(", ")));
    };
    let classes = match (keys.get("is"), keys.get("one-of")) {
        (Some(_), None) => vec![keys.needed("is", text)?],
        (None, Some(_)) => keys.needed("one-of", texts)?,
        _ => return Err(keys.error("a typology has exactly one test: is or one-of")),
    };
    let test = if keys.get("is").is_some() { "is" } else { "one-of" };
    if classes.iter().any(|class| typology.class(class).is_none()) {
        let known: Vec<&str> = typology.classes.iter().map(|class| class.name.as_str()).collect();
        return Err(keys.wrong(test, &format!("a class of {name}: {}", known.join(", "))));
    }
    Ok(Condition::Typology { typology, classes, party: party(keys, unit)? })
}

/// The variables with a name: one, or every element of involvement.
fn named(keys: &Keys, name: &str, unit: Unit) -> Result<Vec<Variable>> {
    let found = match name {
        "involvement.*" => Element::ALL.into_iter().map(Variable::Involvement).collect(),
        name => Vec::from_iter(Variable::from_name(name)),
    };
    match found.first() {
        Some(variable) if unit.has(*variable) && variable.shape() != ValueShape::Share => Ok(found),
        _ => {
            let known: Vec<&str> = Variable::all()
                .filter(|variable| unit.has(*variable) && variable.shape() != ValueShape::Share)
                .map(Variable::name)
                .collect();
            let known = known.join(", ");
            let wanted = format!("a variable of the unit {}: {known}, involvement.*", unit.name());
            Err(keys.error(format!("found {name:?}, wanted {wanted}")))
        }
    }
}

/// A record by its id, or by its name.
pub(super) fn who(text: String) -> Who {
    text.parse::<MentionId>().map_or(Who::Named(text), Who::Record)
}

/// The test of a condition, as the values of its variable are shaped.
fn test(keys: &Keys, variable: Variable) -> Result<Test> {
    let given: Vec<&str> = TESTS.into_iter().filter(|key| keys.get(key).is_some()).collect();
    if given == ["at-least", "at-most"] && variable.shape() == ValueShape::Figure {
        let (least, most) = (keys.needed("at-least", number)?, keys.needed("at-most", number)?);
        return match least <= most {
            true => Ok(Test::Between(least, most)),
            false => Err(keys.wrong("at-most", "no less than at-least")),
        };
    }
    let [test] = given.as_slice() else {
        return Err(keys.error(format!(
            "a variable has exactly one test: {} (at-least and at-most may stand together)",
            TESTS.join(", ")
        )));
    };
    use ValueShape as S;
    let date = |place: Place, value: &Value| -> Result<Edtf> {
        let wanted = "a date such as \"1894-06-24\", \"1894\" or \"1878/1914\"";
        text(place, value)?.parse().map_err(|_| place.unwanted(value, wanted))
    };
    Ok(match (variable.shape(), *test) {
        (_, "given") => Test::Given(keys.needed(test, truth)?),
        (S::Answer, "is") => match keys.needed(test, text)?.as_str() {
            "yes" => Test::Answer(true),
            "no" => Test::Answer(false),
            _ => return Err(keys.wrong(test, "yes or no; what is not known has given = false")),
        },
        (S::Term, "is") => Test::Terms(vec![keys.needed(test, text)?.to_lowercase()]),
        (S::Term, "one-of") => {
            let terms = keys.needed(test, texts)?;
            Test::Terms(terms.iter().map(|term| term.to_lowercase()).collect())
        }
        (S::Text, "is") => Test::Texts(vec![keys.needed(test, text)?]),
        (S::Text, "one-of") => Test::Texts(keys.needed(test, texts)?),
        (S::Text | S::Mention, "contains") => Test::Contains(keys.needed(test, texts)?),
        (S::Mention, "is") => Test::Subjects(vec![who(keys.needed(test, text)?)]),
        (S::Mention, "one-of") => {
            Test::Subjects(keys.needed(test, texts)?.into_iter().map(who).collect())
        }
        (S::Date, "is" | "within") => Test::Within(keys.needed(test, date)?),
        (S::Date, "before") => Test::Before(keys.needed(test, date)?),
        (S::Date, "after") => Test::After(keys.needed(test, date)?),
        (S::Figure, "is") => {
            let exactly = keys.needed(test, number)?;
            Test::Between(exactly, exactly)
        }
        (S::Figure, "at-least") => Test::Between(keys.needed(test, number)?, u32::MAX),
        (S::Figure, "at-most") => Test::Between(0, keys.needed(test, number)?),
        (shape, _) => {
            let wanted = match shape {
                S::Text => "is, one-of, contains or given",
                S::Term => "is, one-of or given",
                S::Mention => "is, one-of, contains or given",
                S::Date => "is, within, before, after or given",
                S::Figure => "is, at-least, at-most or given",
                S::Answer => "is or given",
                S::Share => "no test",
            };
            return Err(keys.error(format!(
                "{test:?} is no test for {}, which has {wanted}",
                variable.name()
            )));
        }
    })
}

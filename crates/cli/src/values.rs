//! Values as they are typed, by the shape of their variable.

use anyhow::Context;
use throughline_casebook::Casebook;
use throughline_model::{Answer, Figure, Share, Value, ValueShape, Variable};

/// The variable with this name.
pub(crate) fn variable(name: &str) -> anyhow::Result<Variable> {
    Variable::from_name(name).with_context(|| {
        let names: Vec<&str> = Variable::all().map(Variable::name).collect();
        format!("{name:?} is no variable; there are {}", names.join(", "))
    })
}

/// The value that a text spells.
pub(crate) fn parse(casebook: &Casebook, variable: Variable, text: &str) -> anyhow::Result<Value> {
    let name = variable.name();
    Ok(match variable.shape() {
        ValueShape::Text => Value::Text(text.to_owned()),
        ValueShape::Term => Value::Term(text.to_lowercase()),
        ValueShape::Mention => Value::Mention(casebook.find_mention(text)?),
        ValueShape::Date => Value::Date(text.parse()?),
        ValueShape::Figure => Value::Figure(figure(text).with_context(|| {
            format!("{name} is a number: 12, \"at least 12\", 30-40 or \"about 12\"; not {text:?}")
        })?),
        ValueShape::Answer => Value::Answer(
            Answer::from_name(text).with_context(|| format!("{name} is yes, no or unknown"))?,
        ),
        ValueShape::Share => Value::Share(share(text).with_context(|| {
            format!("{name} is written as \"31 of 38: property\"; not {text:?}")
        })?),
    })
}

fn figure(text: &str) -> Option<Figure> {
    let text = text.trim();
    let (about, text) = match text.strip_prefix("about ") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if let Some(least) = text.strip_prefix("at least ") {
        return Some(Figure { least: least.trim().parse().ok()?, most: None, about });
    }
    let (least, most) = match text.split_once(['-', '–']).or_else(|| text.split_once(" to ")) {
        Some((least, most)) => (least.trim().parse().ok()?, most.trim().parse().ok()?),
        None => {
            let exact = text.parse().ok()?;
            (exact, exact)
        }
    };
    (least <= most).then_some(Figure { least, most: Some(most), about })
}

fn share(text: &str) -> Option<Share> {
    let (figures, property) = text.split_once(':')?;
    let (part, whole) = match figures.split_once(" of ") {
        Some((part, whole)) => (part.trim().parse().ok()?, Some(whole.trim().parse().ok()?)),
        None => (figures.trim().parse().ok()?, None),
    };
    Some(Share { part, whole, property: property.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_as_typed() {
        let of = |least, most, about| Some(Figure { least, most, about });
        assert_eq!(figure("12"), of(12, Some(12), false));
        assert_eq!(figure("at least 12"), of(12, None, false));
        assert_eq!(figure("about 30-40"), of(30, Some(40), true));
        assert_eq!(figure("40-30"), None);
        assert_eq!(figure("many"), None);
    }

    #[test]
    fn shares_as_typed() {
        let share = share("31 of 38: directed").unwrap();
        assert_eq!((share.part, share.whole, share.property.as_str()), (31, Some(38), "directed"));
    }
}

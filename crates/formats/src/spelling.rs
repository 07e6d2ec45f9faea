//! Values as people type them, on a command line or in a cell.

use throughline_model::{Answer, Figure, Share, Value, ValueShape, Variable};

use crate::FormatError;

/// The variable with this name.
///
/// # Errors
/// [`FormatError`], with the nearest name if one is near, or all of them.
pub fn read_variable(name: &str) -> Result<Variable, FormatError> {
    Variable::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Variable::all().map(Variable::name).collect();
        let meant = nearest(name, &names);
        FormatError::new(match meant {
            Some(near) => format!("{name:?} is no variable; did you mean {near}?"),
            None => format!("{name:?} is no variable; there are {}", names.join(", ")),
        })
    })
}

/// The value of a variable that a text spells, for all shapes but mentions.
///
/// # Errors
/// [`FormatError`], saying how such a value is written; always for variables whose value is another
/// subject.
pub fn read_value(variable: Variable, text: &str) -> Result<Value, FormatError> {
    let name = variable.name();
    let text = text.trim();
    let wanted = |how: &str| FormatError::new(format!("{name} is {how}; not {text:?}"));
    Ok(match variable.shape() {
        ValueShape::Text => Value::Text(text.to_owned()),
        ValueShape::Term => Value::Term(text.to_lowercase()),
        ValueShape::Mention => return Err(wanted("another record")),
        ValueShape::Date => {
            Value::Date(text.parse().map_err(|error: throughline_model::EdtfError| {
                FormatError::new(error.to_string())
            })?)
        }
        ValueShape::Figure => Value::Figure(figure(text).ok_or_else(|| {
            wanted("a number: 12, \"at least 12\", \"30 to 40\" or \"about 12\"")
        })?),
        ValueShape::Answer => Value::Answer(
            Answer::from_name(&text.to_lowercase()).ok_or_else(|| wanted("yes, no or unknown"))?,
        ),
        ValueShape::Share => {
            Value::Share(share(text).ok_or_else(|| wanted("written as \"31 of 38: property\""))?)
        }
    })
}

/// A value as [`read_value`] reads it; `None` for another subject.
pub fn write_value(value: &Value) -> Option<String> {
    Some(match value {
        Value::Text(words) => words.clone(),
        Value::Term(term) => term.clone(),
        Value::Mention(_) => return None,
        Value::Date(date) => date.to_string(),
        Value::Figure(figure) => {
            let number = match figure.most {
                Some(most) if most == figure.least => most.to_string(),
                Some(most) => format!("{} to {most}", figure.least),
                None => format!("at least {}", figure.least),
            };
            if figure.about { format!("about {number}") } else { number }
        }
        Value::Answer(answer) => answer.name().to_owned(),
        Value::Share(share) => match share.whole {
            Some(whole) => format!("{} of {whole}: {}", share.part, share.property),
            None => format!("{}: {}", share.part, share.property),
        },
    })
}

fn figure(text: &str) -> Option<Figure> {
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
            let exact = text.trim().parse().ok()?;
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

/// The name among `names` that a text is likely a slip for.
pub fn nearest<'n>(text: &str, names: &[&'n str]) -> Option<&'n str> {
    let most = 1 + text.chars().count() / 4;
    names
        .iter()
        .map(|name| (distance(text, name), *name))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, name)| name)
}

/// How many letters must be put in, taken out or changed to make one text the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.to_lowercase().chars().enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        for (to, with) in other.iter().enumerate() {
            let change = corner + usize::from(letter != *with);
            corner = row[to + 1];
            row[to + 1] = change.min(row[to] + 1).min(corner + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_back_as_they_were_written() {
        for (variable, text) in [
            (Variable::Killed, "12"),
            (Variable::Killed, "at least 12"),
            (Variable::Killed, "about 30 to 40"),
            (Variable::Date, "1894-06"),
            (Variable::Type, "bombing"),
            (Variable::TravelledTo, "unknown"),
            (Variable::Share, "31 of 38: direction"),
            (Variable::Share, "31: direction"),
            (Variable::Target, "the mill"),
        ] {
            let value = read_value(variable, text).unwrap();
            assert_eq!(write_value(&value).as_deref(), Some(text));
        }
        assert_eq!(read_value(Variable::Killed, "30-40"), read_value(Variable::Killed, "30 to 40"));
    }

    #[test]
    fn a_value_that_is_none_says_how_it_is_written() {
        for (variable, text, why) in [
            (Variable::Killed, "many", "killed is a number"),
            (Variable::Killed, "40-30", "killed is a number"),
            (Variable::Date, "03/04/2017", "is no date"),
            (Variable::TravelledTo, "maybe", "yes, no or unknown"),
            (Variable::Place, "Lenn", "another record"),
        ] {
            let error = read_value(variable, text).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
    }

    #[test]
    fn a_slip_is_answered_with_what_was_meant() {
        let error = read_variable("kiled").unwrap_err().to_string();
        assert!(error.ends_with("did you mean killed?"), "{error}");
        assert!(read_variable("colour").unwrap_err().to_string().contains("there are name"));
    }
}

//! Values as the coder writes them.

use throughline_model::{Answer, Figure, Share, Value, ValueShape};

/// A value of a shape, except of a mention, which only a dispatch can give.
pub(crate) fn read(shape: ValueShape, text: &str) -> Result<Value, String> {
    match shape {
        ValueShape::Text => Ok(Value::Text(text.to_owned())),
        ValueShape::Term => Ok(Value::Term(text.to_owned())),
        ValueShape::Date => text.parse().map(Value::Date).map_err(|_| wrong(text, "an EDTF date")),
        ValueShape::Figure => {
            figure(text).map(Value::Figure).ok_or_else(|| wrong(text, "a figure"))
        }
        ValueShape::Answer => Answer::from_name(text)
            .map(Value::Answer)
            .ok_or_else(|| wrong(text, "yes, no or unknown")),
        ValueShape::Share => share(text)
            .map(Value::Share)
            .ok_or_else(|| wrong(text, "a share, as \"2 of 12 with a property\"")),
        ValueShape::Mention => Err(wrong(text, "a value that stands alone")),
    }
}

fn wrong(text: &str, wanted: &str) -> String {
    format!("{text:?} is not {wanted}")
}

/// `3`, `20..`, `14..30`, `~20`; `unknown` leaves everything open.
fn figure(text: &str) -> Option<Figure> {
    if text == "unknown" {
        return Some(Figure { least: 0, most: None, about: false });
    }
    let (about, text) = match text.strip_prefix('~') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (least, most) = match text.split_once("..") {
        Some((least, "")) => (least.parse().ok()?, None),
        Some((least, most)) => (least.parse().ok()?, Some(most.parse().ok()?)),
        None => (text.parse().ok()?, Some(text.parse().ok()?)),
    };
    Some(Figure { least, most, about })
}

/// `2 of 12 by men shown to have had help`; `of unknown` where the whole is not given.
fn share(text: &str) -> Option<Share> {
    let (part, rest) = text.split_once(" of ")?;
    let (whole, property) = rest.split_once(' ')?;
    let whole = match whole {
        "unknown" => None,
        number => Some(number.parse().ok()?),
    };
    Some(Share { part: part.parse().ok()?, whole, property: property.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_as_exact_as_they_are_written() {
        let check = |text: &str, least, most, about| {
            assert_eq!(figure(text), Some(Figure { least, most, about }), "{text}");
        };
        check("3", 3, Some(3), false);
        check("~20", 20, Some(20), true);
        check("20..", 20, None, false);
        check("14..30", 14, Some(30), false);
        check("unknown", 0, None, false);
        assert_eq!(figure("many"), None);
    }

    #[test]
    fn a_share_may_lack_its_whole() {
        let share = share("4 of unknown the work of others").unwrap();
        assert_eq!((share.part, share.whole), (4, None));
        assert_eq!(share.property, "the work of others");
    }
}

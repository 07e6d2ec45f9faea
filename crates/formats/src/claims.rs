//! What published work says of claims of responsibility, as `codebooks/claims.toml` has it.

use std::sync::LazyLock;

use toml::de::DeTable;

use throughline_weigh::claim::{FeatureKind, FeatureNote, Pointer, Points, Scheme};

use crate::keys::{Keys, Place, Result, name, number, tables, text, texts};

/// The file that is part of the program.
const FILE: &str = include_str!("../../../codebooks/claims.toml");

static SHIPPED: LazyLock<Option<Scheme>> = LazyLock::new(|| read(FILE).ok());

/// The scheme that is part of the program.
pub fn shipped() -> Option<&'static Scheme> {
    SHIPPED.as_ref()
}

/// Reads a scheme.
///
/// # Errors
/// [`crate::counts::DefinitionError`], with the line, what was found and what was wanted.
pub fn read(toml: &str) -> Result<Scheme> {
    let place = Place { toml };
    let table = DeTable::parse(toml)
        .map_err(|error| place.error(error.span().unwrap_or(0..0), error.message().to_owned()))?;
    let known = ["name", "version", "notes", "formulae", "feature"];
    let keys = Keys::of(place, "a scheme of claims", table.span(), table.get_ref(), &known)?;
    Ok(Scheme {
        name: keys.needed("name", name)?,
        version: keys.needed("version", number)?,
        notes: keys.optional("notes", text)?.map(|notes| notes.trim().to_owned()),
        formulae: keys.optional("formulae", texts)?.unwrap_or_default(),
        features: keys.needed("feature", |place, value| {
            let known = ["name", "title", "question", "points"];
            tables(place, value, ("[[feature]]", &known), feature)
        })?,
    })
}

fn feature(keys: &Keys) -> Result<FeatureNote> {
    let wanted: Vec<&str> = FeatureKind::ALL.iter().map(|kind| kind.name()).collect();
    let feature = FeatureKind::from_name(&keys.needed("name", text)?)
        .ok_or_else(|| keys.wrong("name", &wanted.join(", ")))?;
    let pointers = keys.optional("points", |place, value| {
        let known = ["value", "to", "says", "source"];
        tables(place, value, ("[[feature.points]]", &known), |keys| pointer(keys, feature))
    })?;
    Ok(FeatureNote {
        feature,
        title: keys.needed("title", text)?,
        question: keys.needed("question", text)?,
        pointers: pointers.unwrap_or_default(),
    })
}

fn pointer(keys: &Keys, feature: FeatureKind) -> Result<Pointer> {
    let value = keys.needed("value", text)?;
    if !feature.values().contains(&value.as_str()) {
        return Err(keys.wrong("value", &feature.values().join(", ")));
    }
    let to = keys.needed("to", text)?;
    let points = Points::ALL.into_iter().find(|points| points.name() == to);
    Ok(Pointer {
        value,
        points: points.ok_or_else(|| keys.wrong("to", "hand, no-hand or both"))?,
        says: keys.needed("says", text)?,
        source: keys.needed("source", text)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_scheme_has_every_feature_once_in_its_order() {
        let scheme = read(FILE).unwrap_or_else(|error| panic!("{error}"));
        let features: Vec<FeatureKind> = scheme.features.iter().map(|note| note.feature).collect();
        assert_eq!(features, FeatureKind::ALL);
        assert!(scheme.features.iter().all(|note| note.question.ends_with(['?', '.'])));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_what_was_wanted() {
        let head = "name = 'n'\nversion = 1\n[[feature]]\n";
        let delay = "name = 'delay'\ntitle = 'T'\nquestion = 'Q?'\n[[feature.points]]\n";
        for (text, line, words) in [
            (format!("{head}name = 'delays'"), 4, "names-attacker"),
            (format!("{head}name = 'delay'\ntitle = 'T'"), 3, "needs \"question\""),
            (format!("{head}{delay}value = 'soon'"), 8, "same-day"),
            (format!("{head}{delay}value = 'later'\nto = 'left'"), 9, "hand, no-hand or both"),
            (format!("{head}{delay}value = 'later'\nto = 'hand'"), 7, "needs \"says\""),
            (format!("{head}{delay}colour = 'red'"), 8, "unknown key \"colour\""),
        ] {
            let error = read(&text).unwrap_err();
            assert_eq!(error.line, line, "{error}\n{text}");
            assert!(error.text.contains(words), "{error}");
        }
    }
}

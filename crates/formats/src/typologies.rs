//! Typologies of involvement, as people write them in TOML.
//!
//! The grammar stands in docs/typologies.md. Those that are shipped lie in `codebooks/typologies`
//! and are part of the program, so that a count names one and means one text.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use toml::de::{DeTable, DeValue};

use throughline_model::{Element, Sha256};
use throughline_weigh::typology::{Class, Typology, When};

use crate::keys::{Keys, Place, Result, Value, name, number, tables, text, texts};

/// The files that are part of the program, in the order in which pages list them.
const FILES: [&str; 4] = [
    include_str!("../../../codebooks/typologies/new-america.toml"),
    include_str!("../../../codebooks/typologies/hegghammer-nesser.toml"),
    include_str!("../../../codebooks/typologies/orton.toml"),
    include_str!("../../../codebooks/typologies/bergema-kearney.toml"),
];

/// Typologies that were read, with the hash of each one's text.
static SHIPPED: LazyLock<Vec<(Arc<Typology>, Sha256)>> = LazyLock::new(|| {
    let read =
        |toml: &&str| read(toml).ok().map(|read| (Arc::new(read), Sha256::of(toml.as_bytes())));
    FILES.iter().filter_map(read).collect()
});

/// The typologies that are part of the program.
pub fn all() -> Vec<Arc<Typology>> {
    SHIPPED.iter().map(|(typology, _)| Arc::clone(typology)).collect()
}

/// The shipped typology with this name.
pub fn shipped(name: &str) -> Option<Arc<Typology>> {
    SHIPPED.iter().find(|(one, _)| one.name == name).map(|(one, _)| Arc::clone(one))
}

/// The SHA-256 of the text of a shipped typology.
pub fn sha256(name: &str) -> Option<Sha256> {
    SHIPPED.iter().find(|(one, _)| one.name == name).map(|(_, sha256)| *sha256)
}

/// Reads a typology.
///
/// # Errors
/// [`crate::counts::DefinitionError`], with the line, what was found and what was wanted.
pub fn read(toml: &str) -> Result<Typology> {
    let place = Place { toml };
    let table = DeTable::parse(toml)
        .map_err(|error| place.error(error.span().unwrap_or(0..0), error.message().to_owned()))?;
    let known = ["name", "title", "version", "source", "notes", "beyond", "implies", "class"];
    let keys = Keys::of(place, "a typology", table.span(), table.get_ref(), &known)?;
    let classes = keys.needed("class", classes)?;
    Ok(Typology {
        name: keys.needed("name", name)?,
        title: keys.needed("title", text)?,
        version: keys.needed("version", number)?,
        source: keys.needed("source", text)?,
        notes: keys.optional("notes", text)?.map(|notes| notes.trim().to_owned()),
        beyond: keys.optional("beyond", texts)?.unwrap_or_default(),
        implies: keys.optional("implies", implies)?.unwrap_or_default(),
        classes,
    })
}

/// What each element says of others.
fn implies(place: Place, value: &Value) -> Result<BTreeMap<Element, BTreeSet<Element>>> {
    let DeValue::Table(table) = value.get_ref() else {
        return Err(place.unwanted(value, "a table with elements and what each says of others"));
    };
    let mut found = BTreeMap::new();
    for (key, value) in table {
        let by = element(key.get_ref()).ok_or_else(|| {
            place.error(key.span(), format!("found {:?}, wanted {}", key.get_ref(), elements()))
        })?;
        let DeValue::Array(list) = value.get_ref() else {
            return Err(place.unwanted(value, "a list of elements"));
        };
        let implied: Result<BTreeSet<Element>> =
            list.iter().map(|one| named_element(place, one)).collect();
        found.insert(by, implied?);
    }
    Ok(found)
}

fn classes(place: Place, value: &Value) -> Result<Vec<Class>> {
    let known = ["name", "title", "definition", "when"];
    let classes = tables(place, value, ("[[class]]", &known), |keys| {
        Ok(Class {
            name: keys.needed("name", name)?,
            title: keys.needed("title", text)?,
            definition: keys.needed("definition", text)?,
            when: keys.needed("when", when)?,
        })
    })?;
    let mut met = BTreeSet::new();
    match classes.iter().find(|class| !met.insert(&class.name)) {
        Some(twice) => Err(place.error(value.span(), format!("two classes are {:?}", twice.name))),
        None if classes.is_empty() => Err(place.unwanted(value, "[[class]] tables")),
        None => Ok(classes),
    }
}

/// A condition on elements: one element, or a table with all, any or not.
fn when(place: Place, value: &Value) -> Result<When> {
    let table = match value.get_ref() {
        DeValue::String(_) => return Ok(When::Element(named_element(place, value)?)),
        DeValue::Table(table) => table,
        _ => {
            let wanted = "an element, or a table such as { any = [\"planned\", \"dispatched\"] }";
            return Err(place.unwanted(value, wanted));
        }
    };
    let kinds = ["all", "any", "not"];
    let keys = Keys::of(place, "a condition on elements", value.span(), table, &kinds)?;
    let given: Vec<&str> = kinds.into_iter().filter(|kind| keys.get(kind).is_some()).collect();
    match given.as_slice() {
        ["all"] => Ok(When::All(keys.needed("all", parts)?)),
        ["any"] => Ok(When::Any(keys.needed("any", parts)?)),
        ["not"] => Ok(When::Not(Box::new(keys.needed("not", when)?))),
        _ => Err(keys.error("a condition on elements has exactly one of all, any and not")),
    }
}

fn parts(place: Place, value: &Value) -> Result<Vec<When>> {
    match value.get_ref() {
        DeValue::Array(list) if list.iter().next().is_some() => {
            list.iter().map(|one| when(place, one)).collect()
        }
        _ => Err(place.unwanted(value, "a list of elements or conditions")),
    }
}

fn named_element(place: Place, value: &Value) -> Result<Element> {
    let found = match value.get_ref() {
        DeValue::String(name) => element(name),
        _ => None,
    };
    found.ok_or_else(|| place.unwanted(value, &elements()))
}

/// An element by its name, with or without `involvement.` before it.
fn element(name: &str) -> Option<Element> {
    Element::from_name(name.strip_prefix("involvement.").unwrap_or(name))
}

fn elements() -> String {
    let names: Vec<&str> = Element::ALL.into_iter().map(Element::name).collect();
    format!("an element of involvement: {}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "name = 'n'\ntitle = 'T'\nversion = 1\nsource = 'S'\n";

    #[test]
    fn every_shipped_typology_is_read_and_has_a_name_of_its_own() {
        let names: BTreeSet<String> = all().iter().map(|one| one.name.clone()).collect();
        assert_eq!(names.len(), FILES.len());
        for file in FILES {
            let typology = read(file).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(shipped(&typology.name).as_deref(), Some(&typology));
            assert!(!typology.beyond.is_empty(), "{}: elements never tell all", typology.name);
            let path = format!("{}.toml", typology.name);
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../codebooks/typologies/");
            assert_eq!(std::fs::read_to_string(format!("{folder}{path}")).unwrap(), file);
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_what_was_wanted() {
        let class = "[[class]]\nname = 'a'\ntitle = 'A'\ndefinition = 'D'\n";
        for (text, line, words) in [
            (format!("{HEAD}{class}when = 'trianed'"), 9, "answered-call"),
            (format!("{HEAD}{class}when = {{ any = [] }}"), 9, "a list of elements"),
            (
                format!("{HEAD}{class}when = {{ all = ['trained'], any = ['trained'] }}"),
                9,
                "exactly one",
            ),
            (format!("{HEAD}{class}when = {{ none = ['trained'] }}"), 9, "unknown key \"none\""),
            (format!("{HEAD}{class}colour = 'red'"), 9, "unknown key \"colour\""),
            (format!("{HEAD}{class}"), 5, "needs \"when\""),
            (format!("{HEAD}{class}when = 'trained'\n{class}when = 'trained'"), 5, "two classes"),
            (
                format!("{HEAD}[implies]\nsent = ['in-contact']\n{class}when = 'trained'"),
                6,
                "wanted an element",
            ),
            (HEAD.to_owned(), 1, "needs \"class\""),
            ("name = 'A B'\nclass = []".to_owned(), 2, "[[class]]"),
        ] {
            let error = read(&text).unwrap_err();
            assert_eq!(error.line, line, "{error}\n{text}");
            assert!(error.text.contains(words), "{error}\n{text}");
        }
    }
}

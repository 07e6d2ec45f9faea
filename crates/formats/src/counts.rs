//! Definitions of counts, as people write them in TOML.
//!
//! The grammar stands in docs/counts.md. Reading is strict: an unknown key, a variable that the unit
//! does not have or a test that its values do not fit is refused, with the line and what was wanted.

mod condition;
mod published;
pub mod view;

use toml::de::{DeTable, DeValue};

use throughline_model::Variable;
use throughline_weigh::count::{Admission, Condition, Definition, Level, Unit, Who};

pub use crate::keys::DefinitionError;
use crate::keys::{Keys, Place, Result, Value, name, number, text, texts, truth};
pub use published::{
    Published, PublishedReading, Saved, read_published, read_saved, unit_text, write_published,
    write_saved,
};

/// A definition and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDefinition {
    /// What commands and citations call it: lower-case letters, digits and dashes.
    pub name: String,
    /// What is counted, as a heading.
    pub title: String,
    /// The question that the figure answers.
    pub question: Option<String>,
    /// Remarks for whoever reads the definition.
    pub notes: Option<String>,
    /// The sets whose quoted figures stand beside the count.
    pub quoted: Vec<Who>,
    /// The definition.
    pub definition: Definition,
}

/// The tolls that can be summed.
const TOLLS: [Variable; 3] = [Variable::Killed, Variable::Wounded, Variable::Arrested];

/// Reads a definition.
///
/// # Errors
/// [`DefinitionError`], with the line, what was found and what was wanted.
pub fn read(toml: &str) -> std::result::Result<NamedDefinition, DefinitionError> {
    let place = Place { toml };
    let table = DeTable::parse(toml)
        .map_err(|error| place.error(error.span().unwrap_or(0..0), error.message().to_owned()))?;
    let keys = Keys::of(
        place,
        "a definition",
        table.span(),
        table.get_ref(),
        &[
            "name", "title", "question", "notes", "quoted", "unit", "level", "sum", "evidence",
            "of", "in",
        ],
    )?;
    let name = keys.needed("name", name)?;
    let unit_name = keys.needed("unit", text)?;
    let unit = Unit::ALL
        .into_iter()
        .find(|unit| unit.name() == unit_name)
        .ok_or_else(|| keys.wrong("unit", "incident, perpetrator, person or claim"))?;
    let of_incidents = matches!(unit, Unit::Incident | Unit::Perpetrator);
    let level = match keys.optional("level", text)? {
        None => Level::default(),
        Some(_) if !of_incidents => {
            return Err(keys.wrong("level", "no level, since only incidents have one"));
        }
        Some(name) => Level::ALL
            .into_iter()
            .find(|level| level.name() == name)
            .ok_or_else(|| keys.wrong("level", "whole, part or any"))?,
    };
    let sum = match keys.optional("sum", text)? {
        None => None,
        Some(_) if unit != Unit::Incident => {
            return Err(keys.wrong("sum", "no sum, since only tolls of incidents are summed"));
        }
        Some(name) => Some(
            TOLLS
                .into_iter()
                .find(|toll| toll.name() == name)
                .ok_or_else(|| keys.wrong("sum", "killed, wounded or arrested"))?,
        ),
    };
    let read =
        |key: &'static str| keys.optional(key, |place, value| condition::read(place, value, unit));
    Ok(NamedDefinition {
        title: keys.needed("title", text)?,
        question: keys.optional("question", text)?,
        notes: keys.optional("notes", text)?,
        quoted: keys
            .optional("quoted", texts)?
            .unwrap_or_default()
            .into_iter()
            .map(condition::who)
            .collect(),
        definition: Definition {
            unit,
            level,
            sum,
            admission: keys.optional("evidence", admission)?.unwrap_or_default(),
            of: read("of")?.unwrap_or(Condition::All(Vec::new())),
            within: read("in")?.ok_or_else(|| keys.missing("in"))?,
        },
        name,
    })
}

fn admission(place: Place, value: &Value) -> Result<Admission> {
    let DeValue::Table(table) = value.get_ref() else {
        return Err(place.unwanted(value, "a table with hedged, voices and findings-too"));
    };
    let known = ["hedged", "voices", "findings-too"];
    let keys = Keys::of(place, "[evidence]", value.span(), table, &known)?;
    let default = Admission::default();
    let voices = keys.optional("voices", number)?.unwrap_or(default.voices);
    if voices == 0 {
        return Err(keys.wrong("voices", "at least 1"));
    }
    Ok(Admission {
        hedged: keys.optional("hedged", truth)?.unwrap_or(default.hedged),
        voices,
        findings_too: keys.optional("findings-too", truth)?.unwrap_or(default.findings_too),
    })
}

#[cfg(test)]
mod tests {
    use throughline_weigh::count::{Party, Test};

    use super::*;

    const HEAD: &str = "name = \"n\"\ntitle = \"T\"\nunit = \"incident\"\n";

    fn condition(text: &str) -> Condition {
        read(&format!("{HEAD}in = {text}")).unwrap().definition.within
    }

    fn value(variable: &str, party: Party, test: Test) -> Condition {
        Condition::Value { variable: Variable::from_name(variable).unwrap(), party, test }
    }

    #[test]
    fn conditions_as_written() {
        let named = |name: &str| Who::Named(name.into());
        let anyone = Party::Anyone;
        for (text, want) in [
            (
                "{ variable = 'type', is = 'Bombing' }",
                value("type", anyone.clone(), Test::Terms(vec!["bombing".into()])),
            ),
            (
                "{ variable = 'involvement.instructed', party = ['Isil', 'Daesh'], is = 'yes' }",
                value(
                    "involvement.instructed",
                    Party::Named(vec![named("Isil"), named("Daesh")]),
                    Test::Answer(true),
                ),
            ),
            (
                "{ variable = 'killed', at-least = 2, at-most = 0x10 }",
                value("killed", anyone.clone(), Test::Between(2, 16)),
            ),
            (
                "{ variable = 'date', within = '1878/1914' }",
                value("date", anyone.clone(), Test::Within("1878/1914".parse().unwrap())),
            ),
            (
                "{ claim = { variable = 'details', given = true }, within-days = 2 }",
                Condition::Claim {
                    of: Box::new(value("details", anyone.clone(), Test::Given(true))),
                    days: Some(2),
                },
            ),
            (
                "{ not = { any = [{ set = 'the 38' }, { variable = 'place', given = false }] } }",
                Condition::Not(Box::new(Condition::Any(vec![
                    Condition::Set(named("the 38")),
                    value("place", anyone, Test::Given(false)),
                ]))),
            ),
        ] {
            assert_eq!(condition(text), want, "{text}");
        }
        let Condition::Any(elements) = condition("{ variable = 'involvement.*', is = 'yes' }")
        else {
            panic!("one of all elements")
        };
        assert_eq!(elements.len(), throughline_model::Element::ALL.len());
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_what_was_wanted() {
        for (text, line, words) in [
            (
                "name = 'n'\ntitle = 'T'\nunit = 'plot'\n",
                3,
                "incident, perpetrator, person or claim",
            ),
            ("name = 'Had Help'\n", 1, "lower-case letters"),
            ("title = 'T'\nunit = 'claim'", 1, "needs \"name\""),
            ("name = 'n'\ncolour = 'red'", 2, "unknown key \"colour\""),
            ("name = 'n'\ntitle = ", 2, "value"),
            ("name='n'\ntitle='T'\nunit='claim'\nlevel='part'\n[in]\n", 4, "only incidents"),
            ("name='n'\ntitle='T'\nunit='person'\nsum='killed'\n[in]\n", 4, "only tolls"),
            ("name='n'\ntitle='T'\nunit='claim'\n[evidence]\nvoices=0", 5, "at least 1"),
            ("name='n'\ntitle='T'\nunit='claim'\n", 1, "needs \"in\""),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!(error.line, line, "{error}");
            assert!(error.text.contains(words), "{error}");
        }
        for (condition, words) in [
            ("{ variable = 'killled', is = 1 }", "wanted a variable of the unit incident"),
            ("{ variable = 'procedure', is = 'arrested' }", "wanted a variable of the unit"),
            ("{ variable = 'share', given = true }", "wanted a variable of the unit"),
            ("{ variable = 'killed' }", "exactly one test"),
            ("{ variable = 'killed', is = 'many' }", "whole number"),
            ("{ variable = 'killed', is = -1 }", "whole number"),
            ("{ variable = 'killed', contains = '1' }", "is, at-least, at-most or given"),
            ("{ variable = 'killed', at-least = 3, at-most = 2 }", "no less than at-least"),
            ("{ variable = 'date', before = 'spring' }", "a date such as"),
            ("{ variable = 'involvement.planned', is = 'unknown' }", "yes or no"),
            ("{ all = [], any = [] }", "exactly one of all, any, not, set, claim, typology and"),
            ("{ typology = 'new-amerika', is = 'directed' }", "new-america, hegghammer-nesser"),
            ("{ typology = 'orton', is = 'directed' }", "a class of orton: controlled, guided"),
            ("{ typology = 'orton' }", "exactly one test"),
            ("{ typology = 'orton', given = true }", "belongs to a variable"),
            ("{ claim = { typology = 'orton', is = 'guided' } }", "only incidents stand"),
            (
                "{ claim = { variable = 'act', is = 'claims' }, is = 'yes' }",
                "belongs to a variable",
            ),
            ("{ variable = 'killed', is = 1, within-days = 2 }", "belongs to a claim"),
            ("{ claim = { variable = 'killed', is = 1 } }", "a variable of the unit claim"),
            ("{ claim = { set = 'x' } }", "only incidents are members"),
            (
                "{ claim = { claim = { variable = 'act', is = 'claims' } } }",
                "only incidents are claimed",
            ),
            ("{ all = [] }", "an empty list asks for nothing"),
            ("{ set = 'x', is = 'y' }", "belongs to a variable"),
            ("{ sett = 'x' }", "unknown key \"sett\""),
            ("'bombing'", "a condition, such as"),
        ] {
            let error = read(&format!("{HEAD}in = {condition}")).unwrap_err();
            assert_eq!(error.line, 4, "{error}");
            assert!(error.text.contains(words), "{error}");
        }
    }

    #[test]
    fn a_class_of_a_typology_is_a_condition() {
        let within = condition("{ typology = 'orton', one-of = ['guided', 'controlled'] }");
        let Condition::Typology { typology, classes, party } = within else { panic!("{within:?}") };
        assert_eq!((typology.name.as_str(), party), ("orton", Party::Anyone));
        assert_eq!(classes, ["guided", "controlled"]);
        let page = include_str!("../../../docs/typologies.md");
        let toml = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
        let read = read(toml.unwrap()).unwrap();
        assert_eq!(read.definition.within.typologies().len(), 1);
    }

    #[test]
    fn the_definition_of_the_manual_is_read() {
        let page = include_str!("../../../docs/counts.md");
        let toml = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
        let read = read(toml.unwrap()).unwrap();
        assert_eq!(read.name, "had-help");
        assert_eq!(read.definition.admission, Admission::default());
        assert_eq!(read.definition.level, Level::Whole);
    }
}

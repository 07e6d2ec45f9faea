//! Codebooks, as people write them in TOML: what each variable asks, and which values it has.
//!
//! The grammar stands in docs/codebooks.md. Those that are shipped lie in `codebooks` and are part
//! of the program.

use std::collections::BTreeSet;

use toml::de::DeTable;

use throughline_model::{Value, ValueShape, Variable};
use throughline_weigh::chosen_by;

pub use crate::keys::DefinitionError;
use crate::keys::{Keys, Place, Result, name, number, tables, text, texts, truth};
use crate::spelling::nearest;

/// The codebooks that are part of the program: their names and texts.
pub const SHIPPED: [(&str, &str); 1] = [("plot", include_str!("../../../codebooks/plot.toml"))];

/// A codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codebook {
    /// What commands call it.
    pub name: String,
    /// Its name as a heading.
    pub title: String,
    /// The version, from 1.
    pub version: u32,
    /// Remarks.
    pub notes: Option<String>,
    /// What each version since the first asks to be coded again, the latest first.
    pub changes: Vec<Change>,
    /// The variables, in the order of the file.
    pub variables: Vec<Coded>,
}

/// What a version asks to be coded again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The version that brought it.
    pub version: u32,
    /// The variables that must be coded again.
    pub recode: Vec<String>,
    /// Why.
    pub because: String,
}

/// A variable of a codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// The variable.
    pub variable: Variable,
    /// The question that a coder answers.
    pub question: String,
    /// What it means.
    pub definition: String,
    /// Its values, for variables that have terms.
    pub values: Vec<Term>,
    /// Whether terms beyond these are allowed.
    pub open: bool,
    /// When it is found that it cannot be known.
    pub unknown: Option<String>,
    /// When the question does not arise.
    pub not_applicable: Option<String>,
    /// How far apart its values are, for how far coders agree.
    pub scale: Spread,
    /// Examples of what counts.
    pub within: Vec<String>,
    /// Examples of what does not.
    pub out: Vec<String>,
}

/// How far apart the values of a variable are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// The same or another.
    Nominal,
    /// In the order in which the codebook lists them.
    Ordinal,
    /// At a distance: figures in people, dates in days.
    Interval,
}

impl Spread {
    /// All of them.
    pub const ALL: [Spread; 3] = [Spread::Nominal, Spread::Ordinal, Spread::Interval];

    /// Its name in codebooks and on pages.
    pub fn name(self) -> &'static str {
        match self {
            Spread::Nominal => "nominal",
            Spread::Ordinal => "ordinal",
            Spread::Interval => "interval",
        }
    }

    /// That of values of this shape, unless a codebook says otherwise.
    pub fn of(shape: ValueShape) -> Spread {
        match shape {
            ValueShape::Figure => Spread::Interval,
            _ => Spread::Nominal,
        }
    }

    /// Whether values of this shape can be so far apart.
    fn fits(self, shape: ValueShape) -> bool {
        match self {
            Spread::Nominal => true,
            Spread::Ordinal => shape == ValueShape::Term,
            Spread::Interval => matches!(shape, ValueShape::Figure | ValueShape::Date),
        }
    }
}

/// A term of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term, lower case.
    pub value: String,
    /// What it means.
    pub means: String,
}

impl Codebook {
    /// What it says of a variable.
    pub fn of(&self, variable: Variable) -> Option<&Coded> {
        self.variables.iter().find(|coded| coded.variable == variable)
    }

    /// Why a value may not be coded, with what may be; `None` if it may. `None` as a value holds that it
    /// cannot be known. Of variables that the codebook does not have it says nothing.
    pub fn refuses(&self, variable: Variable, value: Option<&Value>) -> Option<String> {
        let coded = self.of(variable)?;
        let name = variable.name();
        match value {
            None if coded.unknown.is_some() => None,
            None => Some(format!(
                "{name}: the codebook has no case in which it cannot be known; {}",
                coded.allowed()
            )),
            Some(Value::Term(term)) if !coded.allows(term) => {
                Some(format!("{name}: {term:?} is no value of it; {}", coded.allowed()))
            }
            Some(_) => None,
        }
    }
}

impl Codebook {
    /// What may be coded of a variable, in words, where the codebook lists terms and a term is none of them.
    pub fn unlisted(&self, variable: Variable, value: Option<&Value>) -> Option<String> {
        let Some(Value::Term(term)) = value else { return None };
        let coded = self.of(variable).filter(|coded| !coded.values.is_empty())?;
        let known = coded.values.iter().any(|one| one.value == *term);
        (!known).then(|| coded.allowed())
    }

    /// The term that another is likely a slip for, of a variable that takes others than the codebook lists.
    pub fn slip(&self, variable: Variable, value: Option<&Value>) -> Option<&str> {
        let Some(Value::Term(term)) = value else { return None };
        let coded = self.of(variable)?;
        let known: Vec<&str> = coded.values.iter().map(|one| one.value.as_str()).collect();
        match known.contains(&term.as_str()) {
            true => None,
            false => nearest(term, &known),
        }
    }
}

impl Coded {
    /// The values that may be coded, in words.
    fn allowed(&self) -> String {
        let terms: Vec<&str> = self.values.iter().map(|term| term.value.as_str()).collect();
        let mut words = match (terms.is_empty(), self.variable.shape()) {
            (true, ValueShape::Answer) => "allowed are yes, no, unknown".to_owned(),
            (true, _) => "allowed is any value of its kind".to_owned(),
            (false, _) => format!("allowed are {}", terms.join(", ")),
        };
        if self.open {
            words.push_str(" and others");
        }
        if self.unknown.is_some() {
            words.push_str(", and that it cannot be known");
        }
        words
    }

    /// Whether a term may be coded.
    pub fn allows(&self, term: &str) -> bool {
        self.open || self.values.iter().any(|one| one.value == term)
    }
}

/// Reads a codebook.
///
/// # Errors
/// [`DefinitionError`], with the line, what was found and what was wanted.
pub fn read(toml: &str) -> Result<Codebook> {
    let place = Place { toml };
    let table = DeTable::parse(toml)
        .map_err(|error| place.error(error.span().unwrap_or(0..0), error.message().to_owned()))?;
    let known = ["name", "title", "version", "notes", "change", "variable"];
    let keys = Keys::of(place, "a codebook", table.span(), table.get_ref(), &known)?;
    let variables = keys.needed("variable", |place, value| {
        const KNOWN: [&str; 11] = [
            "name",
            "question",
            "definition",
            "values",
            "open",
            "unknown",
            "not-applicable",
            "in",
            "out",
            "chosen",
            "scale",
        ];
        tables(place, value, ("[[variable]]", &KNOWN), coded)
    })?;
    let mut met = BTreeSet::new();
    if let Some(twice) = variables.iter().find(|coded| !met.insert(coded.variable)) {
        return Err(keys.error(format!("{:?} stands in it twice", twice.variable.name())));
    }
    let version = keys.needed("version", number)?;
    let changes = keys.optional("change", |place, value| {
        tables(place, value, ("[[change]]", &["version", "recode", "because"]), |keys| {
            change(keys, version)
        })
    })?;
    Ok(Codebook {
        name: keys.needed("name", name)?,
        title: keys.needed("title", text)?,
        version,
        notes: keys.optional("notes", text)?.map(|notes| notes.trim().to_owned()),
        changes: changes.unwrap_or_default(),
        variables,
    })
}

fn change(keys: &Keys, newest: u32) -> Result<Change> {
    let recode = keys.needed("recode", texts)?;
    if let Some(unknown) = recode.iter().find(|name| Variable::from_name(name).is_none()) {
        return Err(keys.wrong("recode", &format!("names of variables; {unknown:?} is none")));
    }
    let version = keys.needed("version", number)?;
    if !(2..=newest).contains(&version) {
        return Err(keys.wrong("version", "a version after the first, up to that of the codebook"));
    }
    Ok(Change { version, recode, because: keys.needed("because", text)? })
}

fn coded(keys: &Keys) -> Result<Coded> {
    let name = keys.needed("name", text)?;
    let Some(variable) = Variable::from_name(&name) else {
        let names: Vec<&str> = Variable::all().map(Variable::name).collect();
        return Err(keys.wrong("name", &format!("a variable: {}", names.join(", "))));
    };
    let values = keys.optional("values", |place, value| {
        tables(place, value, ("a value", &["value", "means"]), |keys| {
            let value = keys.needed("value", text)?;
            match value == value.to_lowercase() {
                true => Ok(Term { value, means: keys.needed("means", text)? }),
                false => Err(keys.wrong("value", "a term in lower case")),
            }
        })
    })?;
    let has_terms = variable.shape() == ValueShape::Term;
    if values.is_some() != has_terms {
        let text = match has_terms {
            true => format!("{name} has terms, and needs \"values\""),
            false => format!("{name} has no terms, and so no \"values\""),
        };
        return Err(keys.error(text));
    }
    let chosen = keys.needed("chosen", text)?;
    if chosen != chosen_by(variable) {
        let wanted = format!("{:?}, which is how {name} is weighed", chosen_by(variable));
        return Err(keys.wrong("chosen", &wanted));
    }
    let scale = keys.optional("scale", text)?;
    let scale = match &scale {
        None => Spread::of(variable.shape()),
        Some(scale) => Spread::ALL
            .into_iter()
            .find(|one| one.name() == scale && one.fits(variable.shape()))
            .ok_or_else(|| {
                let fit = Spread::ALL.into_iter().filter(|one| one.fits(variable.shape()));
                let fit: Vec<&str> = fit.map(Spread::name).collect();
                keys.wrong("scale", &format!("for {name}: {}", fit.join(" or ")))
            })?,
    };
    Ok(Coded {
        variable,
        scale,
        question: keys.needed("question", text)?,
        definition: keys.needed("definition", text)?,
        values: values.unwrap_or_default(),
        open: keys.optional("open", truth)?.unwrap_or(false),
        unknown: keys.optional("unknown", text)?,
        not_applicable: keys.optional("not-applicable", text)?,
        within: keys.optional("in", texts)?.unwrap_or_default(),
        out: keys.optional("out", texts)?.unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plot_codebook_has_every_variable_once() {
        let (name, toml) = SHIPPED[0];
        let codebook = read(toml).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(codebook.name, name);
        let described: BTreeSet<Variable> =
            codebook.variables.iter().map(|coded| coded.variable).collect();
        assert_eq!(described, Variable::all().collect());
        for coded in &codebook.variables {
            assert!(coded.question.ends_with('?'), "{}", coded.variable.name());
            // What has one value that may be hidden says when it is.
            let answers = coded.variable.shape() == ValueShape::Answer;
            assert!(!answers || coded.unknown.is_some(), "{}", coded.variable.name());
        }
    }

    #[test]
    fn a_value_is_refused_with_those_that_are_allowed() {
        let codebook = read(SHIPPED[0].1).unwrap();
        let term = |term: &str| Value::Term(term.into());
        let why = codebook.refuses(Variable::Company, Some(&term("gang"))).unwrap();
        assert!(why.contains("\"gang\"") && why.contains("alone, helpers, cell"), "{why}");
        assert_eq!(codebook.refuses(Variable::Company, Some(&term("cell"))), None);
        assert_eq!(codebook.refuses(Variable::Company, None), None);
        // An open list takes any term; where nothing is said of it, nothing is unknowable.
        assert_eq!(codebook.refuses(Variable::Type, Some(&term("sabotage"))), None);
        let why = codebook.refuses(Variable::Victim, None).unwrap();
        assert!(why.contains("no case in which it cannot be known"), "{why}");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_what_was_wanted() {
        let head = "name = 'n'\ntitle = 'T'\nversion = 2\n";
        let date = "[[variable]]\nname = 'date'\nquestion = 'Q?'\ndefinition = 'D'\n";
        let kind = "[[variable]]\nname = 'type'\nquestion = 'Q?'\ndefinition = 'D'\n";
        for (text, line, words) in [
            (format!("{head}[[variable]]\nname = 'dat'"), 5, "a variable: name, description"),
            (format!("{head}{date}values = []\nchosen = 'most voices'"), 4, "no terms"),
            (format!("{head}{kind}chosen = 'most voices'"), 4, "needs \"values\""),
            (format!("{head}{date}chosen = 'the latest word'"), 8, "\"most voices\""),
            (
                format!("{head}{date}chosen = 'most voices'\nscale = 'ordinal'"),
                9,
                "nominal or interval",
            ),
            (format!("{head}{date}colour = 'red'"), 8, "unknown key \"colour\""),
            (
                format!("{head}{kind}values = [{{ value = 'Bombing', means = 'M' }}]"),
                8,
                "lower case",
            ),
            (format!("{head}{kind}values = [{{ value = 'bombing' }}]"), 8, "needs \"means\""),
            (
                format!("{head}{date}chosen = 'most voices'\n{date}chosen = 'most voices'"),
                1,
                "stands in it twice",
            ),
            (
                format!(
                    "{head}{date}chosen = 'most voices'\n[[change]]\nversion = 3\nrecode = 'date'"
                ),
                10,
                "a version after the first",
            ),
            (
                format!(
                    "{head}{date}chosen = 'most voices'\n[[change]]\nversion = 2\nrecode = ['dat']"
                ),
                11,
                "\"dat\" is none",
            ),
        ] {
            let error = read(&text).unwrap_err();
            assert_eq!(error.line, line, "{error}\n{text}");
            assert!(error.text.contains(words), "{error}");
        }
    }
}

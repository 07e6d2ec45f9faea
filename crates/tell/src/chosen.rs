//! A count that is chosen on a page, as the text of its definition.
//!
//! Input: what somebody chose. Output: TOML as docs/counts.md describes it, which is read again before
//! it is given back: what cannot be counted is refused here, by the question in which it stands.

use throughline_formats::counts;
use throughline_model::{ValueShape, Variable};
use throughline_weigh::count::{Level, Unit};

use crate::typed::{Result, mistyped, variable};

/// What is counted, out of which, and what puts a unit in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// What is counted, as a heading.
    pub title: String,
    /// What commands and citations call it; made of the title where it is not given.
    pub name: Option<String>,
    /// The question that the figure answers.
    pub question: Option<String>,
    /// What is counted.
    pub unit: Unit,
    /// Which incidents are units.
    pub level: Level,
    /// The toll that is summed.
    pub sum: Option<String>,
    /// Whether values count that are said with reserve or by copies alone.
    pub hedged: bool,
    /// What puts a unit into the denominator.
    pub of: Conditions,
    /// What puts a unit of the denominator in.
    pub within: Conditions,
}

/// Conditions of which all must hold, or any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// Whether one of them is enough.
    pub any: bool,
    /// Each by itself.
    pub all: Vec<Asked>,
}

/// One condition, as it is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// A variable by its name, [`SET`], or [`TYPOLOGY`] and the name of one.
    pub what: String,
    /// One of [`TESTS`] by its name.
    pub test: String,
    /// What it is tested against; several values stand apart by commas.
    pub value: String,
    /// In relation to whom, by a name or an id.
    pub party: String,
}

/// What asks for members of a set.
pub const SET: &str = "set";

/// What stands before the name of a typology.
pub const TYPOLOGY: &str = "typology:";

/// The tests: their names, and as one reads them.
pub const TESTS: [(&str, &str); 12] = [
    ("is", "is"),
    ("is-not", "is not"),
    ("one-of", "is one of (apart by commas)"),
    ("contains", "contains one of (apart by commas)"),
    ("at-least", "is at least"),
    ("at-most", "is at most"),
    ("within", "lies within"),
    ("before", "is before"),
    ("after", "is after"),
    ("known", "is known"),
    ("not-known", "is not known"),
    ("none-of", "is none of (apart by commas)"),
];

impl Chosen {
    /// The text of the definition.
    ///
    /// # Errors
    /// [`crate::typed::Error::Mistyped`], if something is missing or asked for in a way that does not fit.
    pub fn toml(&self) -> Result<String> {
        if self.title.is_empty() {
            return mistyped("it needs a title: what is counted");
        }
        let name = self.name.clone().unwrap_or_else(|| name_of(&self.title));
        if name.is_empty() {
            return mistyped("it needs a name of lower-case letters, digits and dashes");
        }
        if self.within.all.is_empty() {
            return mistyped("it needs at least one condition that puts a unit in");
        }
        let mut lines =
            vec![format!("name = {}", quoted(&name)), format!("title = {}", quoted(&self.title))];
        lines.extend(self.question.iter().map(|text| format!("question = {}", quoted(text))));
        lines.push(format!("unit = {}", quoted(self.unit.name())));
        if self.level != Level::default() {
            lines.push(format!("level = {}", quoted(self.level.name())));
        }
        lines.extend(self.sum.iter().map(|toll| format!("sum = {}", quoted(toll))));
        if self.hedged {
            lines.push("\n[evidence]\nhedged = true".to_owned());
        }
        for (key, what, conditions) in
            [("of", "of the whole", &self.of), ("in", "of what is in", &self.within)]
        {
            if conditions.all.is_empty() {
                continue;
            }
            let how = if conditions.any { "any" } else { "all" };
            lines.push(format!("\n[{key}]\n{how} = ["));
            for (number, asked) in (1..).zip(&conditions.all) {
                let line = asked.line(self.unit).or_else(|why| {
                    mistyped(format!("condition {number} {what} ({}): {why}", asked.what))
                })?;
                lines.push(format!("  {line},"));
            }
            lines.push("]".to_owned());
        }
        let toml = lines.join("\n") + "\n";
        match counts::read(&toml) {
            Ok(_) => Ok(toml),
            Err(error) => mistyped(error.text),
        }
    }
}

impl Asked {
    /// The condition as a line of a definition, which a definition on the unit can have.
    fn line(&self, unit: Unit) -> Result<String> {
        let (turned, test) = match self.test.as_str() {
            "is-not" => (true, "is"),
            "none-of" => (true, "one-of"),
            "known" | "not-known" => (false, "given"),
            test => (false, test),
        };
        let (key, shape) = match self.what.strip_prefix(TYPOLOGY) {
            _ if self.what == SET => ("set", None),
            Some(_) => ("typology", None),
            None => ("variable", Some(variable(&self.what)?.shape())),
        };
        let value = match test {
            "given" => (self.test == "known").to_string(),
            _ if self.value.is_empty() => return mistyped("it needs a value"),
            "one-of" | "contains" => {
                let values = self.value.split(',').map(str::trim).filter(|one| !one.is_empty());
                format!("[{}]", values.map(quoted).collect::<Vec<_>>().join(", "))
            }
            _ if shape == Some(ValueShape::Figure) => match self.value.parse::<u32>() {
                Ok(number) => number.to_string(),
                Err(_) => return mistyped(format!("“{}” is no number", self.value)),
            },
            _ => quoted(&self.value),
        };
        let line = match key {
            "set" => format!("{{ set = {value} }}"),
            _ => {
                let what = quoted(self.what.strip_prefix(TYPOLOGY).unwrap_or(&self.what));
                let party = match self.party.as_str() {
                    "" => String::new(),
                    party => format!("party = {}, ", quoted(party)),
                };
                format!("{{ {key} = {what}, {party}{test} = {value} }}")
            }
        };
        let line = if turned { format!("{{ not = {line} }}") } else { line };
        let alone =
            format!("name = \"a\"\ntitle = \"a\"\nunit = {}\nin = {line}\n", quoted(unit.name()));
        match counts::read(&alone) {
            Ok(_) => Ok(line),
            Err(error) => mistyped(error.text),
        }
    }
}

/// The variables that a condition on a unit may ask for.
pub fn variables(unit: Unit) -> impl Iterator<Item = Variable> {
    Variable::all().filter(move |variable| unit.has(*variable))
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    // What JSON escapes, TOML escapes alike, but for one letter that is none.
    serde_json::Value::from(text.replace('\u{7f}', "")).to_string()
}

/// A name made of a title: "Attacks that killed, 1894" is "attacks-that-killed-1894".
fn name_of(title: &str) -> String {
    const LONGEST: usize = 60;
    let plain = deunicode::deunicode(title).to_lowercase();
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut name = String::new();
    for word in words {
        if name.len() + word.len() >= LONGEST {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(word);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(what: &str, test: &str, value: &str) -> Asked {
        let [what, test, value] = [what, test, value].map(str::to_owned);
        Asked { what, test, value, party: String::new() }
    }

    fn chosen(of: Vec<Asked>, within: Vec<Asked>) -> Chosen {
        Chosen {
            title: "Attacks on “mills” in Órrin, 1894".to_owned(),
            name: None,
            question: None,
            unit: Unit::Incident,
            level: Level::Whole,
            sum: None,
            hedged: false,
            of: Conditions { any: false, all: of },
            within: Conditions { any: false, all: within },
        }
    }

    #[test]
    fn what_is_chosen_is_the_definition_that_one_would_write() {
        let of = vec![
            asked("date", "within", "1890/1899"),
            asked("type", "one-of", "bombing, arson"),
            asked("weapon", "is-not", "a \"knife\""),
        ];
        let party =
            Asked { party: "The Ring".to_owned(), ..asked("involvement.trained", "is", "yes") };
        let within = vec![asked("killed", "at-least", "2"), party, asked("company", "known", "")];
        let toml = chosen(of, within).toml().unwrap();
        for line in [
            "name = \"attacks-on-mills-in-orrin-1894\"",
            "{ variable = \"type\", one-of = [\"bombing\", \"arson\"] }",
            "{ not = { variable = \"weapon\", is = \"a \\\"knife\\\"\" } }",
            "{ variable = \"killed\", at-least = 2 }",
            "party = \"The Ring\", is = \"yes\"",
            "{ variable = \"company\", given = true }",
        ] {
            assert!(toml.contains(line), "{line}\n{toml}");
        }
    }

    #[test]
    fn what_cannot_be_counted_is_refused_by_its_condition() {
        let one = |asked: Asked| chosen(Vec::new(), vec![asked]).toml().unwrap_err().to_string();
        for (wrong, why) in [
            (asked("killed", "at-least", "two"), "“two” is no number"),
            (asked("killed", "is", ""), "needs a value"),
            (asked("age", "at-least", "3"), "condition 1 of what is in (age)"),
            (asked("type", "before", "1894"), "before"),
            (asked("typology:none", "is", "guided"), "typology"),
        ] {
            let said = one(wrong);
            assert!(said.contains(why), "{said}");
        }
        assert!(
            chosen(Vec::new(), Vec::new())
                .toml()
                .unwrap_err()
                .to_string()
                .contains("puts a unit in")
        );
        let nameless =
            Chosen { title: "!".to_owned(), ..chosen(vec![], vec![asked("killed", "is", "1")]) };
        assert!(nameless.toml().unwrap_err().to_string().contains("lower-case"));
    }

    #[test]
    fn every_shipped_typology_can_be_asked_for() {
        for typology in throughline_formats::typologies::all() {
            let class = &typology.classes[0].name;
            let one = asked(&format!("{TYPOLOGY}{}", typology.name), "is", class);
            assert!(chosen(Vec::new(), vec![one]).toml().is_ok(), "{}", typology.name);
        }
    }
}

//! Typologies of involvement: published classes, each a condition on elements.
//!
//! A typology is data, read from a file; [`crate::count`] decides its classes by what is held, and
//! [`crate::involvement`] tells on a record why.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::Element;

/// Classes that an author tells apart, asked in order: an incident stands under the first whose
/// condition holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typology {
    /// What definitions of counts call it: lower-case letters, digits and dashes.
    pub name: String,
    /// Its name as a heading.
    pub title: String,
    /// The version of the file, from 1; another version may put incidents elsewhere.
    pub version: u32,
    /// Who published it, and where.
    pub source: String,
    /// Remarks for whoever uses it.
    pub notes: Option<String>,
    /// What the author asks for and no element tells.
    pub beyond: Vec<String>,
    /// What each element says of others, directly.
    pub implies: BTreeMap<Element, BTreeSet<Element>>,
    /// The classes, the closest first.
    pub classes: Vec<Class>,
}

/// One class of a typology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// What definitions of counts call it.
    pub name: String,
    /// Its name on pages.
    pub title: String,
    /// What it means, in words.
    pub definition: String,
    /// The elements that make it, if no closer class holds.
    pub when: When,
}

/// A condition on elements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// This element is there.
    Element(Element),
    /// Every one holds.
    All(Vec<When>),
    /// At least one holds.
    Any(Vec<When>),
    /// It does not hold.
    Not(Box<When>),
}

impl Typology {
    /// The class with this name.
    pub fn class(&self, name: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.name == name)
    }

    /// Every element that one element says of, over any number of steps, without itself.
    pub fn implied(&self, by: Element) -> BTreeSet<Element> {
        let mut found = BTreeSet::new();
        let mut open = vec![by];
        while let Some(element) = open.pop() {
            let next = self.implies.get(&element).into_iter().flatten();
            open.extend(next.filter(|next| found.insert(**next)));
        }
        found.remove(&by);
        found
    }

    /// The elements that any class asks for.
    pub fn elements(&self) -> BTreeSet<Element> {
        let mut found = BTreeSet::new();
        self.classes.iter().for_each(|class| class.when.gather(&mut found));
        found
    }
}

impl When {
    fn gather(&self, found: &mut BTreeSet<Element>) {
        match self {
            When::Element(element) => {
                found.insert(*element);
            }
            When::All(parts) | When::Any(parts) => {
                parts.iter().for_each(|part| part.gather(found));
            }
            When::Not(part) => part.gather(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_implied_is_followed_to_its_end_and_back_to_nothing() {
        use Element as E;
        let implies = [
            (E::Dispatched, BTreeSet::from([E::Instructed])),
            (E::Instructed, BTreeSet::from([E::InContact])),
            (E::InContact, BTreeSet::from([E::Dispatched])),
        ];
        let typology = Typology {
            name: "n".into(),
            title: "T".into(),
            version: 1,
            source: "S".into(),
            notes: None,
            beyond: vec![],
            implies: BTreeMap::from(implies),
            classes: vec![],
        };
        let all = BTreeSet::from([E::Instructed, E::InContact]);
        assert_eq!(typology.implied(E::Dispatched), all);
        assert_eq!(typology.implied(E::Pledged), BTreeSet::new());
    }
}

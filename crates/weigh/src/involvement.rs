//! A group's or handler's hand in one incident: what is held of each element, how the incident
//! stands under each typology, and what would change that.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use throughline_model::{Element, MentionId, Record, Variable};

use crate::count::{
    Admission, Asked, Case, Ground, Identity, Known, Named, Party, Reading, Rules, Stated, Subject,
    Truth, Who, Why,
};
use crate::typology::Typology;

/// One party's hand in an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    /// Whose hand; `None` for what is said without saying whose.
    pub party: Option<MentionId>,
    /// How the incident stands under each typology, in the order in which they were given.
    pub standings: Vec<Standings>,
}

/// How an incident stands under one typology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standings {
    /// The typology, by its place among those given.
    pub typology: usize,
    /// Resting on findings only.
    pub strict: Graded,
    /// Resting on accepted readings and proposals too.
    pub lenient: Graded,
    /// What would change the lenient standing: one element found to be there, or not.
    pub changes: Vec<Change>,
}

/// Whether each class of a typology holds, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graded {
    /// The classes in the order of the typology.
    pub classes: Vec<(Truth, Vec<Ground>)>,
}

/// Where an incident stands under a typology.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Under this class, by its place in the typology.
    Class(usize),
    /// Under none.
    None,
    /// Under one of these, or none of them; and whether that is contested rather than not known.
    Open(Vec<usize>, bool),
}

/// What one finding would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Findings, any one of which would do: the element, and whether it is found to be there.
    pub found: Vec<(Element, bool)>,
    /// Where the incident would stand then.
    pub to: Outcome,
}

impl Graded {
    /// Where the incident stands.
    pub fn outcome(&self) -> Outcome {
        let at = |wanted: Truth| self.classes.iter().position(|(truth, _)| *truth == wanted);
        if let Some(class) = at(Truth::Yes) {
            return Outcome::Class(class);
        }
        let open: Vec<usize> =
            (0..self.classes.len()).filter(|class| self.classes[*class].0 != Truth::No).collect();
        match open.is_empty() {
            true => Outcome::None,
            false => Outcome::Open(open, at(Truth::Contested).is_some()),
        }
    }

    /// The grounds of the outcome, each once: those of the class that holds, else of all that are
    /// open.
    pub fn grounds(&self) -> Vec<&Ground> {
        let classes = match self.outcome() {
            Outcome::Class(class) => vec![class],
            Outcome::None => (0..self.classes.len()).collect(),
            Outcome::Open(open, _) => open,
        };
        let mut found: Vec<&Ground> = Vec::new();
        for ground in classes.into_iter().flat_map(|class| &self.classes[class].1) {
            let same = |other: &Ground| other.asked == ground.asked && other.held == ground.held;
            if !found.iter().any(|other| same(other)) {
                found.push(ground);
            }
        }
        found
    }
}

/// The hands that an incident's record speaks of, by party, each under all typologies.
///
/// `names` are those of the mentions that the record's values are. A value that says only with
/// reserve what it says counts here: a page shows what is held, with its reserve.
pub fn hands(
    record: &Record,
    names: &BTreeMap<MentionId, String>,
    typologies: &[Arc<Typology>],
) -> Vec<Hand> {
    let spoken = record.holdings.iter().filter_map(|held| match held.variable {
        Variable::Involvement(_) => Some(held.party),
        _ => None,
    });
    let parties: BTreeSet<Option<MentionId>> = spoken.collect();
    parties.into_iter().map(|party| hand(record, names, typologies, party)).collect()
}

fn hand(
    record: &Record,
    names: &BTreeMap<MentionId, String>,
    typologies: &[Arc<Typology>],
    party: Option<MentionId>,
) -> Hand {
    // Of what is said without a party only that is asked here; what is said of one is his.
    let own: Vec<_> = record
        .holdings
        .iter()
        .filter(|held| party.is_some() || held.party.is_none())
        .cloned()
        .collect();
    let own = Record { holdings: own, ..record.clone() };
    let subject = Subject { record: &own, names, identity: Identity::Reviewed };
    let case = Case { main: subject, part: None, claims: &[] };
    let (asked, named) = match party {
        None => (Party::Anyone, BTreeMap::new()),
        Some(id) => {
            let who = Who::Record(id);
            let named = Named { called: BTreeSet::from([id]), ..Named::default() };
            (Party::Named(vec![who.clone()]), BTreeMap::from([(who, named)]))
        }
    };
    let known = Known { normal: &str::to_lowercase, named, sets: BTreeMap::new() };
    let admission = Admission { hedged: true, ..Admission::default() };
    let rules = |reading| Rules { reading, admission, known: &known };
    let strict = rules(Reading::Strict).elements(&case, &asked);
    let lenient = rules(Reading::Lenient).elements(&case, &asked);
    let standings = typologies
        .iter()
        .enumerate()
        .map(|(at, typology)| {
            let graded = |elements: &BTreeMap<Element, Stated>| Graded {
                classes: typology
                    .decide(&typology.close(elements))
                    .into_iter()
                    .map(|verdict| (verdict.truth, verdict.grounds))
                    .collect(),
            };
            let now = graded(&lenient);
            let mut changes: Vec<Change> = Vec::new();
            for element in typology.elements() {
                for answer in [true, false] {
                    let mut other = lenient.clone();
                    other.insert(element, Stated::supposed(answer));
                    let to = graded(&other).outcome();
                    if to == now.outcome() {
                        continue;
                    }
                    match changes.iter_mut().find(|change| change.to == to) {
                        Some(change) => change.found.push((element, answer)),
                        None => changes.push(Change { found: vec![(element, answer)], to }),
                    }
                }
            }
            changes.sort_by(|one, other| one.to.cmp(&other.to));
            Standings { typology: at, strict: graded(&strict), lenient: now, changes }
        })
        .collect();
    Hand { party, standings }
}

/// Whether a ground says only that nothing is held.
pub fn is_silent(ground: &Ground) -> bool {
    ground.held.is_none() && ground.why == Why::Nothing
}

/// The element that a ground is on, if it is on one.
pub fn element(ground: &Ground) -> Option<Element> {
    let variable = match (&ground.held, &ground.asked) {
        (Some(held), _) => held.variable,
        (None, Asked::Variable(variable)) => *variable,
        _ => return None,
    };
    match variable {
        Variable::Involvement(element) => Some(element),
        _ => None,
    }
}

//! What incidents have in common: who and what each is tied to, and its circumstances.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{SubjectKind, Variable};

use crate::kind::{Class, Kind};
use crate::network::{Bond, Network};

/// Something that an incident can have in common with others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A record that it is tied to, or that is a circumstance of it. People who are held to be one
    /// man are one.
    Record(usize),
    /// A circumstance in words.
    Words(Variable, String),
}

/// Something in common, with whoever has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub what: What,
    /// The incidents that have it, by number.
    pub incidents: Vec<usize>,
}

/// The facts of all incidents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Each fact, in order.
    pub all: Vec<Fact>,
    /// The incidents, by record.
    pub incidents: Vec<usize>,
    /// The facts of each incident, in the order of both.
    pub of: Vec<Vec<usize>>,
    /// For each incident the least record of those that are parts of one with it.
    pub whole: Vec<usize>,
    /// What more than the rule's number of ties share: it counts for nothing, and is named.
    pub left_out: Vec<What>,
}

impl Facts {
    /// The facts of incidents, without those of more than `hub` ties.
    ///
    /// A fact counts once for an incident, however many documents say it.
    pub fn of(network: &Network, hub: usize) -> Facts {
        let mut people = network.joined_by(Variable::IdentifiedAs);
        let mut parts = network.joined_by(Variable::PartOf);
        let mut found: BTreeSet<(usize, What)> = BTreeSet::new();
        let is = |record: usize, kind| network.id(record).kind() == kind;
        let incidents: Vec<usize> =
            (0..network.len()).filter(|at| is(*at, SubjectKind::Incident)).collect();
        for &incident in &incidents {
            for record in tied_to(network, incident) {
                found.insert((incident, What::Record(people.root(record))));
            }
        }
        for word in network.words().iter().filter(|word| word.held) {
            if word.kind.class() != Some(Class::Circumstance) {
                continue;
            }
            let ends = (network.record_at(word.from), network.record_at(word.to));
            let (Some(a), Some(b)) = ends else { continue };
            for (incident, other) in [(a, b), (b, a)] {
                if is(incident, SubjectKind::Incident) && !is(other, SubjectKind::Incident) {
                    found.insert((incident, What::Record(people.root(other))));
                }
            }
        }
        for circumstance in network.circumstances() {
            let Some(record) = network.record_at(circumstance.of) else { continue };
            if is(record, SubjectKind::Incident) {
                let what = What::Words(circumstance.variable, circumstance.words.clone());
                found.insert((record, what));
            }
        }
        let mut having: BTreeMap<What, Vec<usize>> = BTreeMap::new();
        for (incident, what) in found {
            having.entry(what).or_default().push(incident);
        }
        let mut facts = Facts {
            of: vec![Vec::new(); incidents.len()],
            whole: incidents.iter().map(|incident| parts.root(*incident)).collect(),
            incidents,
            ..Facts::default()
        };
        for (what, having) in having {
            let ties = match what {
                What::Record(record) => network.degree(record).max(having.len()),
                What::Words(..) => having.len(),
            };
            if ties > hub {
                facts.left_out.push(what);
                continue;
            }
            let place = |record| facts.incidents.binary_search(record).ok();
            let having: Vec<usize> = having.iter().filter_map(place).collect();
            for incident in &having {
                facts.of[*incident].push(facts.all.len());
            }
            facts.all.push(Fact { what, incidents: having });
        }
        facts
    }
}

/// Who and what an incident is tied to by one tie: itself, or through a claim about it.
fn tied_to(network: &Network, incident: usize) -> Vec<usize> {
    let one = |record: usize| {
        let own = network.bonds_of(record).filter(|(_, bond)| bond.length == 1);
        own.map(move |(_, bond)| bond.beyond(record))
    };
    let about = |bond: &Bond| {
        bond.words.iter().any(|at| network.words()[*at].kind == Kind::Of(Variable::About))
    };
    let claims = network.bonds_of(incident).filter(|(_, bond)| about(bond));
    let claims = claims.map(|(_, bond)| bond.beyond(incident));
    let all = one(incident).chain(claims.flat_map(one));
    all.filter(|other| network.id(*other).kind() != SubjectKind::Incident).collect()
}

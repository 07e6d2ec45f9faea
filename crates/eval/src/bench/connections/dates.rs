//! First dates by the rule of the task, found by the search that the program itself uses.
//!
//! Two plots are connected on a day if relations dated by then hold a participant of each, and these
//! are one person, or linked, or linked to one third person, or were at one place or activity: a
//! path of four ties at most that passes through no third plot. Undated relations are not used;
//! countries and localities connect nothing.

use std::collections::BTreeMap;

use throughline_connect::{Kind, Network, Rule, Subject, Weakness, Word};
use throughline_model::{Day, SubjectKind, Variable};

use super::rows::{Dated, Pair};
use super::world::{Relation, World, mention};

/// What an entity is in a network; `None` for what connects nothing.
fn kind(name: &str) -> Option<SubjectKind> {
    match name {
        "plot" | "attack" => Some(SubjectKind::Incident),
        "person" => Some(SubjectKind::Person),
        "place" => Some(SubjectKind::Place),
        "activity" => Some(SubjectKind::Group),
        _ => None,
    }
}

/// The type of tie that a relation is; `None` if it connects nothing.
fn tie(relation: &Relation, from: SubjectKind, to: SubjectKind) -> Option<Kind> {
    use SubjectKind as S;
    use Variable as V;
    match (relation.what.as_str(), from, to) {
        ("involved_in" | "took_part_in", S::Person, S::Incident) => Some(Kind::Of(V::Perpetrator)),
        ("linked_to", S::Person, S::Person) => Some(Kind::Of(V::ContactWith)),
        ("present_in", S::Person, S::Place) => Some(Kind::Of(V::TravelledTo)),
        ("took_part_in" | "present_in", S::Person, S::Group | S::Place) => {
            Some(Kind::Of(V::MemberOf))
        }
        _ => None,
    }
}

/// The network of a world's dated relations.
fn network(world: &World) -> Network {
    let kind_of = |id: &str| kind(&world.entities.get(id)?.kind);
    let subjects = world.entities.iter().filter_map(|(id, entity)| {
        Some(Subject { mentions: vec![mention(kind(&entity.kind)?, id)] })
    });
    let words = world.relations.iter().filter_map(|relation| {
        let (from, to) = (kind_of(&relation.a)?, kind_of(&relation.b)?);
        Some(Word {
            from: mention(from, &relation.a),
            to: mention(to, &relation.b),
            kind: tie(relation, from, to)?,
            assertion: None,
            finding: None,
            day: relation.date?,
            hindsight: false,
            until: Day::MAX,
            voice: 0,
            document: None,
            wording: None,
            weakness: Weakness::default(),
            held: true,
        })
    });
    Network::new(subjects.collect(), words.collect(), vec![], vec![])
}

/// The first day on which each pair is connected.
pub fn dates(world: &World, pairs: &[Pair]) -> Vec<Dated> {
    let network = network(world);
    let rule = Rule { ties: 4, hub: usize::MAX, through_incidents: false };
    let record = |id: &str| network.record_at(mention(SubjectKind::Incident, id));
    let mut from: BTreeMap<usize, BTreeMap<usize, Day>> = BTreeMap::new();
    pairs
        .iter()
        .map(|pair| {
            let date = match (record(&pair.a), record(&pair.b)) {
                (Some(a), Some(b)) => {
                    let days = from.entry(a).or_insert_with(|| {
                        let firsts = network.first_days(a, &rule, None);
                        firsts.into_iter().map(|first| (first.record, first.day)).collect()
                    });
                    days.get(&b).copied()
                }
                _ => None,
            };
            Dated { id: pair.id.clone(), date }
        })
        .collect()
}

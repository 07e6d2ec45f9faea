//! Scores of pairs of attacks that nothing was fitted for.

use throughline_connect::{Circumstance, Leads, Network, Subject};
use throughline_model::{SubjectKind, Variable};

use super::rows::Pair;
use super::world::{Entity, World, mention};

/// How surprising it is that both attacks have in common what they have, as leads are ranked:
/// features, type and place.
pub fn surprise(world: &World, pairs: &[Pair]) -> Vec<f64> {
    let of = |id: &str| mention(SubjectKind::Incident, id);
    let subjects = world.entities.keys().map(|id| Subject { mentions: vec![of(id)] });
    let circumstances = world.entities.iter().flat_map(|(id, entity)| {
        let one = move |variable, words: String| Circumstance {
            of: of(id),
            variable,
            words,
            said: vec![],
        };
        let features = entity.features.iter();
        let features = features.map(move |number| one(Variable::Details, number.to_string()));
        let what = entity.what.clone().map(|what| one(Variable::Type, what));
        let place = entity.place.clone().map(|place| one(Variable::Place, place));
        features.chain(what).chain(place)
    });
    let network = Network::new(subjects.collect(), vec![], vec![], circumstances.collect());
    let leads = Leads::of(&network, usize::MAX, usize::MAX).found;
    let mut bits: Vec<(usize, usize, f64)> =
        leads.into_iter().map(|lead| (lead.a, lead.b, lead.bits)).collect();
    bits.sort_unstable_by_key(|(a, b, _)| (*a, *b));
    pairs
        .iter()
        .map(|pair| {
            let ends = (network.record_at(of(&pair.a)), network.record_at(of(&pair.b)));
            let (Some(a), Some(b)) = ends else { return f64::NEG_INFINITY };
            let found = bits.binary_search_by_key(&(a.min(b), a.max(b)), |(a, b, _)| (*a, *b));
            found.map_or(f64::NEG_INFINITY, |at| bits[at].2)
        })
        .collect()
}

/// How near in time two attacks lie: days between them, less being more; undated ones are last.
pub fn nearness(world: &World, pairs: &[Pair]) -> Vec<f64> {
    let day = |id: &str| world.entities.get(id).and_then(|one| one.date);
    let score = |pair: &Pair| days_between(day(&pair.a), day(&pair.b));
    pairs
        .iter()
        .map(|pair| score(pair).map_or(f64::NEG_INFINITY, |days| -f64::from(days)))
        .collect()
}

fn days_between(
    one: Option<throughline_model::Day>,
    other: Option<throughline_model::Day>,
) -> Option<u32> {
    Some(one?.0.abs_diff(other?.0))
}

/// The days between two attacks, where both are dated.
pub(super) fn between(one: &Entity, other: &Entity) -> Option<u32> {
    days_between(one.date, other.date)
}

//! What holds of every world: equal to the plain references, blind to what came later.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use throughline_connect::*;
use throughline_model::*;

use crate::plain::{Plain, all_paths, first_day};
use crate::world::{World, rule, world};

/// Every incident of a network.
fn incidents(network: &Network) -> Vec<usize> {
    let incident = |at: &usize| network.id(*at).kind() == SubjectKind::Incident;
    (0..network.len()).filter(incident).collect()
}

fn pairs(network: &Network) -> Vec<(usize, usize)> {
    let all = incidents(network);
    let after =
        |(at, a): (usize, &usize)| all[at + 1..].iter().map(|b| (*a, *b)).collect::<Vec<_>>();
    all.iter().enumerate().flat_map(after).collect()
}

/// Each pair with its first day.
fn firsts(network: &Network, rule: &Rule) -> BTreeMap<(MentionId, MentionId), Day> {
    let mut days = BTreeMap::new();
    for a in incidents(network) {
        for first in network.first_days(a, rule, None) {
            days.insert((network.id(a), network.id(first.record)), first.day);
        }
    }
    days
}

/// Whether a path is one: every need public by its day, and each word met where the last one ended.
fn check_needs(network: &Network, path: &Path) {
    let mut here: BTreeSet<MentionId> = BTreeSet::from([network.id(path.records[0])]);
    let mut last = Day::MIN;
    for need in &path.needs {
        let (a, b, day) = match need {
            Need::Word(at) => {
                let word = &network.words()[*at];
                (word.from, word.to, word.day)
            }
            Need::Identity(at) => {
                let identity = &network.identities()[*at];
                (identity.a, identity.b, identity.day)
            }
        };
        let other = if here.contains(&a) { b } else { a };
        assert!(here.contains(&a) || here.contains(&b), "the way is broken");
        here = BTreeSet::from([other]);
        last = last.max(day);
    }
    assert_eq!(here, BTreeSet::from([network.id(*path.records.last().unwrap())]));
    assert_eq!(last, path.day);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 600,
        // A world is small, and trying every way in it once more takes its time.
        max_shrink_iters: 500,
        ..ProptestConfig::default()
    })]

    #[test]
    fn first_days_equal_those_of_trying_every_way_on_every_day(world in world(), rule in rule()) {
        let network = world.network();
        for (a, b) in pairs(&network) {
            let wanted = first_day(&world, &network, rule, (a, b), true);
            let all = network.first_days(a, &rule, None);
            let found = all.iter().find(|first| first.record == b);
            prop_assert_eq!(found.map(|first| first.day), wanted);
            let alone = network.first_days(a, &rule, Some(b));
            prop_assert_eq!(alone.first().map(|first| first.day), wanted);
            prop_assert!(alone.len() <= 1);
            let back = network.first_days(b, &rule, Some(a));
            prop_assert_eq!(back.first().map(|first| first.day), wanted);
            for first in alone.iter().chain(found) {
                check_needs(&network, &first.path);
                prop_assert!(first.path.ties <= rule.ties);
            }
        }
    }

    /// With all obstacles out of the world, its first days are those that could have been.
    #[test]
    fn what_stood_in_the_way_is_all_that_did(world in world(), rule in rule()) {
        let network = world.network();
        let record = |id| network.record_at(id);
        let mut lifted = world.clone();
        lifted.identities.iter_mut().for_each(|one| one.day = Day::MIN);
        for word in lifted.words.iter_mut().filter(|word| !word.held && word.until != Day::MAX) {
            let pair = |one: &Word| {
                let ends = record(one.from).zip(record(one.to));
                ends.map(|(a, b)| (a.min(b), a.max(b)))
            };
            let again = world.words.iter().filter(|one| one.held && one.kind == word.kind);
            if again.map(pair).any(|ends| ends.is_some() && ends == pair(word)) {
                (word.held, word.until) = (true, Day::MAX);
            }
        }
        let open = lifted.network();
        for (a, b) in pairs(&network) {
            let day = |network: &Network| Some(network.first_days(a, &rule, Some(b)).first()?.day);
            let (is, could) = (day(&network), day(&open));
            let found = network.in_the_way(a, b, &rule);
            let earlier = is.is_some() && could < is;
            prop_assert_eq!(found.as_ref().map(|found| found.day), could.filter(|_| earlier));
            if let Some(found) = found {
                prop_assert!(!found.obstacles.is_empty());
                prop_assert!(found.path.ties <= rule.ties);
                for one in found.obstacles {
                    let stood = match one {
                        Obstacle::Apart(at) => network.identities()[at].day > found.day,
                        Obstacle::TakenBack(at) => network.words()[at].until != Day::MAX,
                    };
                    prop_assert!(stood);
                }
            }
        }
    }

    #[test]
    fn paths_equal_those_of_trying_all(world in world(), rule in rule()) {
        let network = world.network();
        for (a, b) in pairs(&network) {
            let mut passed = BTreeSet::new();
            let mut wanted = all_paths(&world, &network, rule, a, b);
            wanted.retain(|path| {
                let inner = &path.records[1..path.records.len() - 1];
                let new = inner.is_empty() || inner.iter().any(|one| !passed.contains(one));
                passed.extend(inner.iter().copied().filter(|_| new));
                new
            });
            let (found, all) = network.paths(a, b, &rule, usize::MAX);
            prop_assert!(all);
            let told = |path: &Path| (path.cost, path.records.clone(), path.ties, path.day);
            let found_told: Vec<_> = found.iter().map(told).collect();
            let wanted: Vec<_> =
                wanted.iter().map(|path| (path.cost, path.records.clone(), path.ties(), path.day)).collect();
            prop_assert_eq!(found_told, wanted);
            found.iter().for_each(|path| check_needs(&network, path));
        }
    }

    #[test]
    fn the_nearest_are_those_of_trying_all(world in world(), rule in rule(), many in 1..4_usize) {
        let network = world.network();
        for a in incidents(&network) {
            let others = incidents(&network).into_iter().filter(|b| *b != a);
            let mut wanted: Vec<(usize, u32, usize)> = others
                .filter_map(|b| {
                    let all = all_paths(&world, &network, rule, a, b);
                    let best = all.iter().min_by_key(|path| (path.ties(), path.cost))?;
                    Some((best.ties(), best.cost, b))
                })
                .collect();
            wanted.sort_unstable();
            wanted.truncate(many);
            let found = network.nearest(a, &rule, many);
            let found: Vec<_> =
                found.iter().map(|near| (near.path.ties, near.path.cost, near.record)).collect();
            prop_assert_eq!(found, wanted);
        }
    }

    #[test]
    fn series_are_what_paths_hold_together(world in world(), rule in rule(), share in 0..=2_u8) {
        let rule = Rule { ties: rule.ties / 2 * 2, ..rule };
        let network = world.network();
        let mut wanted: Vec<BTreeSet<usize>> = Vec::new();
        for (a, b) in pairs(&network) {
            if all_paths(&world, &network, rule, a, b).is_empty() {
                continue;
            }
            let (own, rest) = wanted.into_iter().partition::<Vec<_>, _>(|one| one.contains(&a) || one.contains(&b));
            wanted = rest;
            wanted.push(own.into_iter().flatten().chain([a, b]).collect());
        }
        let missing = Missing { share: f64::from(share) / 2.0, draws: 8, seed: 3 };
        let found = network.series(&rule, &missing);
        // What is left out is one incident in its parts.
        for one in &found {
            prop_assert!(wanted.contains(&one.incidents.iter().copied().collect()));
            for through in &one.through {
                prop_assert!(through.incidents.len() > 1);
                prop_assert!(through.incidents.iter().all(|of| one.incidents.contains(of)));
            }
            let Stands { pairs, whole } = one.stands;
            prop_assert!((0.0..=1.0).contains(&whole) && whole <= pairs && pairs <= 1.0);
            if share == 0 {
                prop_assert_eq!((pairs, whole), (1.0, 1.0), "nothing is missing");
            }
        }
        let part = |at: &usize| network.words()[*at].kind == Kind::Of(Variable::PartOf);
        let parts = network.bonds().iter().filter(|bond| bond.length == 0 && bond.words.iter().any(part));
        let parts: Vec<(usize, usize)> = parts.map(|bond| (bond.a, bond.b)).collect();
        // Whether they are more than the parts of one.
        let tied = |some: &BTreeSet<usize>| {
            let mut own: BTreeSet<usize> = some.first().copied().into_iter().collect();
            for _ in 0..network.len() {
                let more = parts.iter().filter(|(a, b)| own.contains(a) || own.contains(b));
                let more: Vec<usize> = more.flat_map(|(a, b)| [*a, *b]).collect();
                own.extend(more);
            }
            !some.is_subset(&own)
        };
        for one in wanted.iter().filter(|some| tied(some)) {
            prop_assert!(found.iter().any(|series| series.incidents.iter().copied().eq(one.iter().copied())), "{one:?}");
        }
        prop_assert_eq!(&found, &network.series(&rule, &missing));
    }

    #[test]
    fn as_of_a_day_all_is_as_if_nothing_later_had_been_held(world in world(), ties in 0..6_usize, day in 0..9) {
        let rule = Rule { ties, ..Rule::default() };
        let whole = world.network();
        let before = earlier(&world, Day(day));
        let network = before.network();
        let own: BTreeSet<MentionId> = incidents(&whole).iter().map(|at| whole.id(*at)).collect();
        let mut now = firsts(&network, &rule);
        // What a later identity made one record is more than one here.
        now.retain(|(a, b), _| own.contains(a) && own.contains(b));
        let mut then = firsts(&whole, &rule);
        then.retain(|_, first| *first <= Day(day));
        prop_assert_eq!(now, then);
    }

    #[test]
    fn without_an_assertion_no_path_goes_through_it(world in world(), rule in rule(), at in any::<prop::sample::Index>()) {
        prop_assume!(!world.words.is_empty());
        let mut without = world.clone();
        let gone = without.words.remove(at.index(world.words.len()));
        let (old, network) = (world.network(), without.network());
        let twice = without.words.iter().any(|word| word.assertion == gone.assertion);
        prop_assume!(!twice);
        for (a, b) in pairs(&network) {
            let (found, _) = network.paths(a, b, &rule, 10);
            let first = network.first_days(a, &rule, Some(b));
            let words = found.iter().chain(first.iter().map(|first| &first.path));
            let words = words.flat_map(|path| path.steps(&network)).flat_map(|step| step.words);
            let words: Vec<usize> = words.collect();
            prop_assert!(words.iter().all(|at| network.words()[*at].assertion != gone.assertion));
            // Nothing is seen earlier for want of it, but where a hub is none any more.
            if rule.hub == 1000 {
                let before = old.first_days(a, &rule, Some(b)).first().map_or(Day::MAX, |first| first.day);
                let after = first.first().map_or(Day::MAX, |first| first.day);
                prop_assert!(before <= after);
            }
        }
    }

    #[test]
    fn the_replay_lists_every_pair_and_every_false_lead_on_its_first_day(world in world(), rule in rule(), from in 0..5, many in 0..9) {
        let network = world.network();
        let (from, to) = (Day(from), Day(from + many));
        let replay = network.replay(&rule, from, to, None);
        let (mut seen, mut fallen) = (Vec::new(), Vec::new());
        for (a, b) in pairs(&network) {
            let held = first_day(&world, &network, rule, (a, b), true);
            let any = first_day(&world, &network, rule, (a, b), false);
            let inside = |day: Option<Day>| day.filter(|day| (from..=to).contains(day));
            seen.extend(inside(held).map(|day| (day, a, b)));
            if held.is_none_or(|held| any.is_some_and(|any| any < held)) {
                fallen.extend(inside(any).map(|day| (day, a, b)));
            }
        }
        seen.sort_unstable();
        fallen.sort_unstable();
        let told = |seen: &Seen| (seen.first.day, seen.a, seen.first.record);
        prop_assert_eq!(replay.seen.iter().map(told).collect::<Vec<_>>(), seen);
        prop_assert_eq!(replay.fallen.iter().map(|one| told(&one.seen)).collect::<Vec<_>>(), fallen);
        for one in &replay.fallen {
            prop_assert!(!one.not_held.is_empty());
            prop_assert!(one.held.is_none_or(|held| held > one.seen.first.day));
            // On its last day before it fell, that very path still stood.
            let until = one.seen.first.until;
            if until != Day::MAX {
                let plain = Plain::on(&world, &network, rule, Day(until.0 - 1), false);
                prop_assert!(plain.leads(network.id(one.seen.a), network.id(one.seen.first.record)));
            }
        }
    }
}

/// The world as it was held on a day: later words are not there, and mentions that only a later
/// identity makes one are two subjects.
fn earlier(world: &World, day: Day) -> World {
    let mut before = world.clone();
    before.words.retain(|word| word.day <= day);
    before.identities.retain(|identity| identity.day <= day);
    before.subjects = world
        .subjects
        .iter()
        .flat_map(|subject| {
            let mut parts: Vec<Vec<MentionId>> =
                subject.mentions.iter().map(|id| vec![*id]).collect();
            for identity in &before.identities {
                let at = |id| parts.iter().position(|part| part.contains(&id));
                if let (Some(a), Some(b)) = (at(identity.a), at(identity.b))
                    && a != b
                {
                    let moved = parts.remove(a.max(b));
                    parts[a.min(b)].extend(moved);
                }
            }
            parts.into_iter().map(|mentions| Subject { mentions })
        })
        .collect();
    before
}

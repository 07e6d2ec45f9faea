//! Leads: what surprises and what does not, and what a copy changes.

use proptest::prelude::*;
use throughline_connect::*;
use throughline_model::*;

use crate::world::{World, mention, world};

/// Incidents 0 to 9, each with the people of its row.
fn tied(rows: &[&[usize]]) -> Network {
    let person = |at: usize| mention(SubjectKind::Person, at, 0);
    let incident = |at: usize| mention(SubjectKind::Incident, at, 0);
    let people = rows.iter().flat_map(|row| row.iter().copied()).max().unwrap() + 1;
    let subjects = (0..rows.len()).map(incident).chain((0..people).map(person));
    let word = |(at, who): (usize, usize)| Word {
        from: incident(at),
        to: person(who),
        kind: Kind::Of(Variable::Perpetrator),
        assertion: None,
        finding: None,
        day: Day(0),
        hindsight: false,
        until: Day::MAX,
        voice: 0,
        document: None,
        wording: None,
        weakness: Weakness::default(),
        held: true,
    };
    let ends = rows.iter().enumerate().flat_map(|(at, row)| row.iter().map(move |who| (at, *who)));
    Network::new(
        subjects.map(|id| Subject { mentions: vec![id] }).collect(),
        ends.map(word).collect(),
        vec![],
        vec![],
    )
}

/// The numbers of the incidents of each lead, best first.
fn ranked(network: &Network, rows: usize, hub: usize) -> Vec<(usize, usize)> {
    let number = |record: usize| {
        (0..rows).find(|at| network.id(record) == mention(SubjectKind::Incident, *at, 0)).unwrap()
    };
    let pair = |lead: &Lead| {
        let (a, b) = (number(lead.a), number(lead.b));
        (a.min(b), a.max(b))
    };
    Leads::of(network, hub, 100).found.iter().map(pair).collect()
}

#[test]
fn a_rare_shared_man_surprises_more_than_one_whom_many_share() {
    let network = tied(&[&[0, 1], &[0, 2], &[9, 3], &[9, 4], &[9, 5], &[9, 6], &[9, 7]]);
    let found = ranked(&network, 7, 1000);
    assert_eq!(found[0], (0, 1));
    assert_eq!(found.len(), 1 + 10);
}

#[test]
fn of_equal_evidence_the_pair_on_which_less_is_written_comes_first() {
    // Man 0 ties incidents 0 and 1; man 1 ties 2 and 3, on each of which much else is written.
    let network = tied(&[&[0], &[0], &[1, 2, 3, 4, 5], &[1, 6, 7, 8, 9], &[10], &[11]]);
    let leads = Leads::of(&network, 1000, 100);
    assert_eq!(ranked(&network, 6, 1000), [(0, 1), (2, 3)]);
    assert_eq!((leads.found[0].coverage, leads.found[1].coverage), (1, 25));
    assert!(leads.found[0].expected < leads.found[1].expected);
}

#[test]
fn what_too_many_share_is_left_out_and_named() {
    let network = tied(&[&[0, 1], &[0, 1], &[0], &[0]]);
    let leads = Leads::of(&network, 3, 100);
    assert_eq!(leads.pairs, 1);
    let hub = network.record_at(mention(SubjectKind::Person, 0, 0)).unwrap();
    assert_eq!(leads.left_out, [What::Record(hub)]);
    let shared: Vec<&What> = leads.found[0].shared.iter().map(|shared| &shared.what).collect();
    let other = network.record_at(mention(SubjectKind::Person, 1, 0)).unwrap();
    assert_eq!(shared, [&What::Record(other)]);
}

#[test]
fn the_control_compares_leads_on_which_as_much_is_written() {
    let network = tied(&[&[0, 1], &[0, 1], &[2, 3], &[2, 4], &[5, 6], &[5, 7]]);
    let leads = Leads::of(&network, 1000, 100).found;
    assert!(leads.iter().all(|lead| lead.coverage == 4));
    let above: Vec<f64> = leads.iter().map(|lead| lead.above).collect();
    assert_eq!(above, [1.0, 0.0, 0.0]);
}

/// The world with every word in a second document too, on mentions of its own, some days later.
fn copied(world: &World, later: i32) -> World {
    let mut both = world.clone();
    let again =
        |id: MentionId| MentionId::of(id.kind(), Fingerprint::new("copy").number(id.bits()));
    let after = |day: Day| if day.0 > 100 || day.0 < 0 { day } else { Day(day.0 + later) };
    for subject in &mut both.subjects {
        subject.mentions.extend(subject.mentions.clone().into_iter().map(again));
    }
    for word in &world.words {
        both.words.push(Word {
            from: again(word.from),
            to: again(word.to),
            assertion: word.assertion.map(|id| AssertionId::from_bits(id.bits() + (1 << 40))),
            finding: None,
            day: after(word.day),
            ..word.clone()
        });
    }
    let mentions = world.subjects.iter().flat_map(|subject| &subject.mentions);
    both.identities.extend(mentions.map(|id| Identity {
        a: again(*id),
        b: *id,
        day: Day(later),
        reason: String::new(),
        judgment: None,
        within_document: false,
    }));
    both
}

#[test]
fn pairs_judged_to_be_unrelated_stand_apart_and_change_no_other() {
    let network = tied(&[&[0, 1], &[0, 1], &[1, 2], &[2]]);
    let all = Leads::of(&network, 1000, 100);
    let first = [all.found[0].a, all.found[0].b];
    let apart = Leads::without(&network, 1000, 100, &[first].into());
    assert_eq!(apart.found, all.found[1..]);
    assert_eq!(apart.unrelated, all.found[..1]);
    assert_eq!((apart.pairs, all.unrelated), (all.pairs, vec![]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn copying_a_document_changes_no_score(world in world(), later in 9..20) {
        let (once, twice) = (world.network(), copied(&world, later).network());
        prop_assert_eq!(Leads::of(&once, 1000, 100), Leads::of(&twice, 1000, 100));
        let rule = Rule::default();
        for a in 0..once.len() {
            if once.id(a).kind() != SubjectKind::Incident {
                continue;
            }
            let told = |network: &Network| -> Vec<_> {
                let near = network.nearest(a, &rule, 100);
                near.iter().map(|near| {
                    let path = &near.path;
                    (near.record, path.cost, path.records.clone(), path.voices(network), path.day)
                }).collect()
            };
            prop_assert_eq!(told(&once), told(&twice));
            let days = |network: &Network| -> Vec<_> {
                network.first_days(a, &rule, None).iter().map(|first| (first.record, first.day)).collect()
            };
            prop_assert_eq!(days(&once), days(&twice));
        }
    }

    #[test]
    fn every_pair_with_something_in_common_is_a_lead_once(world in world()) {
        let network = world.network();
        let facts = Facts::of(&network, 1000);
        let leads = Leads::of(&network, 1000, usize::MAX);
        let mut wanted = Vec::new();
        for a in 0..facts.incidents.len() {
            for b in a + 1..facts.incidents.len() {
                let shared = facts.of[a].iter().filter(|fact| facts.of[b].contains(fact)).count();
                if shared > 0 && facts.whole[a] != facts.whole[b] {
                    wanted.push((facts.incidents[a], facts.incidents[b], shared));
                }
            }
        }
        let mut found: Vec<_> =
            leads.found.iter().map(|lead| (lead.a, lead.b, lead.shared.len())).collect();
        found.sort_unstable();
        prop_assert_eq!(found, wanted);
        for lead in &leads.found {
            let sum: f64 = lead.shared.iter().map(|shared| shared.bits).sum();
            prop_assert!((sum - lead.expected - lead.bits).abs() < 1e-9);
            prop_assert!(lead.a < lead.b);
        }
        prop_assert!(leads.incidents <= world.incidents());
    }
}

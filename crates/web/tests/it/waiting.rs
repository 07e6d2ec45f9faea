//! What people work through, looked at again after a judgment without going through all of it.

use throughline_casebook::Casebook;
use throughline_model::{Act, AsOf, SubjectKind};
use throughline_tell::queue::Queue;

use crate::sources::{Empty, Part};
use crate::world::{World, judge, world};

const NOW: AsOf = AsOf { published: None, recorded: None };

#[test]
fn a_value_of_the_queue_is_what_it_would_be_in_a_new_one() {
    let world = world();
    let mut casebook = Casebook::open(&world.path).unwrap();
    let before = Queue::gather(&casebook, NOW).unwrap();
    assert!(before.waiting.len() > 3, "{before:?}");
    let shown = |casebook: &Casebook, one: &throughline_tell::queue::Waiting| {
        let shown = casebook.shown(one.record, NOW, 200).unwrap();
        shown.and_then(|shown| one.still(&shown))
    };
    for one in &before.waiting {
        assert_eq!(shown(&casebook, one).as_ref(), Some(one), "nothing changed");
    }
    judge(&mut casebook, Act::Accept(before.waiting[0].says), &[]);
    casebook.settle(|_| {}).unwrap();
    let after = Queue::gather(&casebook, NOW).unwrap();
    assert!(!after.waiting.contains(&before.waiting[0]));
    // Each is as in a new queue, or in neither.
    let still: Vec<_> = before.waiting.iter().filter_map(|one| shown(&casebook, one)).collect();
    assert!(still.len() < before.waiting.len());
    for one in &still {
        assert!(after.waiting.contains(one), "{one:?}");
    }
    assert_eq!(still.len(), after.waiting.len(), "an accepted value makes none wait anew");
}

#[test]
fn a_pair_in_doubt_is_what_it_would_be_when_all_are_looked_for() {
    World::runtime().block_on(async {
        let empty = Empty::new().await;
        let parts: Vec<Part> = vec![
            ("files", Some("a.txt"), b"The Lamp\n\nBomb in Lenn\n\n14 May 2016\n\nA bomb went off in Lenn on 13 May 2016 and killed two people. Police said that Odo Lind, a baker, laid it.\n"),
            ("files", Some("b.txt"), b"The Herald\n\nOdo Linde held\n\n16 May 2016\n\nOdo Linde, a baker, was arrested on Sunday over a bomb at a mill. It went off in Lenn and killed people.\n"),
            ("files", Some("c.txt"), b"The Post\n\nOdo Lind held in Lenn\n\n18 May 2016\n\nPolice in Lenn arrested Odo Lind on Monday. He is a baker.\n"),
        ];
        empty.visitor.over(&empty.visitor.deliver(&parts).await).await;
        let mut casebook = empty.casebook();
        casebook.settle(|_| {}).unwrap();
        let before = casebook.doubtful(100, NOW).unwrap();
        assert!(before.len() > 1, "{before:?}");
        for pair in &before {
            assert_eq!(casebook.still_doubtful(pair, NOW).unwrap().as_ref(), Some(pair));
        }
        for (at, act) in [
            Act::Unsure(before[0].one.id, before[0].other.id),
            Act::Same(before[1].one.id, before[1].other.id),
        ]
        .into_iter()
        .enumerate()
        {
            judge(&mut casebook, act, &[]);
            casebook.settle(|_| {}).unwrap();
            let after = casebook.doubtful(100, NOW).unwrap();
            assert!(casebook.still_doubtful(&before[at], NOW).unwrap().is_none());
            for pair in &before {
                // As in a new search, or in neither.
                let found = after.iter().find(|one| {
                    (one.one.id, one.other.id) == (pair.one.id, pair.other.id)
                        || (one.one.id, one.other.id) == (pair.other.id, pair.one.id)
                });
                assert_eq!(casebook.still_doubtful(pair, NOW).unwrap().as_ref(), found);
            }
        }
        assert!(before.iter().any(|pair| pair.one.id.kind() == SubjectKind::Person));
    });
}

//! What is said to change if something fell is what changes when it does.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use throughline_casebook::{Casebook, CountedUnit, Error, Item, Listed};
use throughline_formats::counts::read;
use throughline_model::*;
use throughline_weigh::count::{Definition, Place, UnitId};

use crate::world::{Story, Verdict, document, judgment, reading, records, story};

/// A casebook of stories, some of it judged.
fn casebook(
    stories: &[Story],
    verdicts: &[(Verdict, usize, usize, Option<usize>)],
) -> (Casebook, Vec<Reading>) {
    let mut casebook = Casebook::in_memory().unwrap();
    let documents: Vec<Document> = stories.iter().map(document).collect();
    let readings: Vec<Reading> =
        documents.iter().zip(stories).map(|(d, s)| reading(d, s)).collect();
    for (document, reading) in documents.iter().zip(&readings) {
        let bytes = document.text.as_bytes();
        let reading = Some(("rules-1", reading));
        casebook.store(&[Item { document, bytes, pictures: &[], reading }]).unwrap();
    }
    let mut made: Vec<Judgment> = Vec::new();
    for (verdict, a, b, cites) in verdicts {
        let one = judgment(*verdict, (*a, *b), *cites, &documents, &documents, &readings, &made);
        let Some(one) = one else { continue };
        match casebook.judge(&one) {
            Ok(_) => made.push(one),
            Err(Error::Unknown(_) | Error::Refused(_) | Error::Contradiction(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    casebook.settle(|_| {}).unwrap();
    (casebook, readings)
}

fn retract(casebook: &mut Casebook, assertion: AssertionId) -> bool {
    let judgment = Judgment {
        id: JudgmentId::from_bits(0),
        by: "A second coder".into(),
        made: Instant(0),
        reason: "misread".into(),
        cites: vec![],
        supersedes: vec![],
        act: Act::Retract(assertion),
    };
    let done = casebook.judge(&judgment.sealed()).is_ok();
    casebook.settle(|_| {}).unwrap();
    done
}

fn verdicts() -> impl Strategy<Value = Vec<(Verdict, usize, usize, Option<usize>)>> {
    use Verdict as V;
    let verdict =
        prop::sample::select(vec![V::Accept, V::Correct, V::Find, V::Find, V::Same, V::Withdraw]);
    let one = (verdict, 0..64usize, 0..64usize, prop::option::of(0..64usize));
    prop::collection::vec(one, 0..8)
}

/// The view as of a day of March 1894, or of the present.
fn until(day: Option<u8>) -> AsOf {
    let published = day.map(|day| format!("1894-03-{day:02}").parse::<Edtf>().unwrap().latest());
    AsOf { published, recorded: None }
}

fn told(stories: Vec<Story>) -> Vec<Story> {
    let mut stories = stories;
    stories.sort_by_key(|story| story.number);
    stories.dedup_by_key(|story| story.number);
    stories
}

fn definitions() -> [Definition; 2] {
    [
        "unit = 'incident'\n[of]\nvariable = 'place'\nis = 'Porto'\n[in]\nvariable = 'killed'\nat-least = 5",
        "unit = 'person'\n[in]\nvariable = 'role'\nis = 'suspect'",
    ]
    .map(|rest| read(&format!("name = 'n'\ntitle = 'T'\n{rest}")).unwrap().definition)
}

/// Where each unit stands in both readings.
fn places(units: &[CountedUnit]) -> BTreeMap<UnitId, (Place, Place)> {
    let place = |unit: &CountedUnit| {
        let placing = &unit.placing;
        (placing.id, (placing.strict.place, placing.lenient.place))
    };
    units.iter().map(place).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_supposed_to_fall_falls_as_a_retraction_does(
        stories in prop::collection::vec(story(), 1..8),
        verdicts in verdicts(),
        chosen in any::<prop::sample::Index>(),
        day in prop::option::of(1..22u8),
    ) {
        let stories = told(stories);
        let (mut casebook, readings) = casebook(&stories, &verdicts);
        let as_of = until(day);
        let said: Vec<AssertionId> =
            readings.iter().flat_map(|reading| &reading.assertions).map(|one| one.id).collect();
        let id = said[chosen.index(said.len())];
        let fall = casebook.fall_of_assertion(id).unwrap().unwrap();
        let before = records(&casebook, as_of);
        let supposed =
            casebook.supposing(&fall.assertions, |casebook| Ok(records(casebook, as_of))).unwrap();
        let changed: BTreeSet<MentionId> = casebook
            .changes(&fall, as_of)
            .unwrap()
            .iter()
            .filter_map(|change| change.before.as_ref().or(change.after.as_ref()))
            .map(|row| row.record.id)
            .collect();
        // Asking leaves everything as it was.
        prop_assert_eq!(&records(&casebook, as_of), &before);
        if retract(&mut casebook, id) {
            let after = records(&casebook, as_of);
            prop_assert_eq!(&supposed, &after);
            // Whatever changes was named beforehand.
            let ids = before.keys().chain(after.keys()).copied().collect::<BTreeSet<_>>();
            let moved = ids.into_iter().filter(|id| before.get(id) != after.get(id));
            prop_assert_eq!(moved.collect::<BTreeSet<_>>(), changed);
        }
    }

    #[test]
    fn what_speaks_of_somebody_is_near(
        stories in prop::collection::vec(story(), 1..8),
        verdicts in verdicts(),
        day in prop::option::of(1..22u8),
    ) {
        let stories = told(stories);
        let (casebook, _) = casebook(&stories, &verdicts);
        let as_of = until(day);
        let records = records(&casebook, as_of);
        let of = |kind| records.values().filter(move |row| row.record.id.kind() == kind);
        for person in of(SubjectKind::Person) {
            let own: BTreeSet<MentionId> = person.record.mentions.iter().copied().collect();
            let near = casebook.near(SubjectKind::Incident, &own, as_of).unwrap();
            for row in &near {
                let everywhere = records.get(&row.id).cloned().map(Listed::from);
                prop_assert_eq!(Some(row), everywhere.as_ref());
            }
            let ids: BTreeSet<MentionId> = near.iter().map(|row| row.id).collect();
            prop_assert_eq!(ids.len(), near.len(), "each once");
            for incident in of(SubjectKind::Incident) {
                let speaks = incident.record.holdings.iter().any(|held| {
                    let value = held.value.as_ref().and_then(Value::mention);
                    value.into_iter().chain(held.party).any(|id| own.contains(&id))
                });
                prop_assert_eq!(speaks, ids.contains(&incident.record.id), "{:?}", person.record.id);
            }
        }
    }

    #[test]
    fn every_value_rests_on_a_passage_or_a_judgment(
        stories in prop::collection::vec(story(), 1..8),
        verdicts in verdicts(),
        day in prop::option::of(1..22u8),
    ) {
        let stories = told(stories);
        let (casebook, _) = casebook(&stories, &verdicts);
        let as_of = until(day);
        for row in records(&casebook, as_of).values() {
            for held in &row.record.holdings {
                match held.basis {
                    Basis::Finding(id) | Basis::Accepted(id) => {
                        prop_assert!(casebook.judgment(id).unwrap().is_some(), "{:?}", held);
                    }
                    Basis::Proposal(_) => prop_assert!(!held.support.is_empty(), "{:?}", held),
                }
                let shown = casebook.record(row.record.id, as_of).unwrap().unwrap();
                for id in held.support.iter().chain(&held.against) {
                    let Some(one) = shown.evidence.get(id) else {
                        return Err(TestCaseError::fail(format!("{id} is not shown")));
                    };
                    // Its words, or of a cited place the work and the place.
                    let cited = one.assertion.passage.span().is_none();
                    prop_assert!(cited || !one.sentence.is_empty(), "{} has no words", id);
                }
            }
        }
    }

    #[test]
    fn a_count_hangs_on_what_changes_it_and_on_nothing_else(
        stories in prop::collection::vec(story(), 1..6),
        verdicts in verdicts(),
    ) {
        let stories = told(stories);
        let (casebook, readings) = casebook(&stories, &verdicts);
        for definition in definitions() {
            let counted = casebook.count(&definition, AsOf::default()).unwrap();
            let own = places(&counted.units);
            let found = casebook.sensitivity(&definition, &counted).unwrap();
            prop_assert_eq!(found.tried, found.candidates);
            let moving: BTreeSet<AssertionId> = found
                .hanging
                .iter()
                .filter(|one| !one.shifts.is_empty())
                .map(|one| one.assertion)
                .collect();
            let mut without: BTreeMap<AssertionId, bool> = BTreeMap::new();
            for said in readings.iter().flat_map(|reading| &reading.assertions) {
                let fallen = BTreeSet::from([said.id]);
                let after = casebook
                    .supposing(&fallen, |casebook| casebook.count(&definition, AsOf::default()))
                    .unwrap();
                without.insert(said.id, places(&after.units) != own);
            }
            // Of corrections there is no reading.
            let known = moving.iter().filter(|id| without.contains_key(id));
            for id in known {
                prop_assert!(without[id], "{} changes nothing", id);
            }
            for one in found.hanging.iter().filter(|one| !one.shifts.is_empty()) {
                let fallen = BTreeSet::from([one.assertion]);
                let after = casebook
                    .supposing(&fallen, |casebook| casebook.count(&definition, AsOf::default()))
                    .unwrap();
                let all = casebook.shifts(&counted, &after).unwrap();
                prop_assert_eq!(&one.shifts, &all);
            }
        }
    }
}

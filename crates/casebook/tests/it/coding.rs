//! What coders code beside each other settles nothing, and each sees his own.

use proptest::prelude::*;
use throughline_casebook::{Casebook, Error, Item};
use throughline_model::*;

use crate::world::{Story, Verdict, document, judgment, reading, records, story};

type Chosen = (Verdict, usize, usize, Option<usize>, bool);

const CODERS: [&str; 2] = ["A coder", "A second coder"];

struct World {
    documents: Vec<Document>,
    readings: Vec<Reading>,
}

impl World {
    fn of(stories: &[Story]) -> World {
        let documents: Vec<Document> = stories.iter().map(document).collect();
        let readings = documents.iter().zip(stories).map(|(d, s)| reading(d, s)).collect();
        World { documents, readings }
    }

    fn casebook(&self) -> Casebook {
        let mut casebook = Casebook::in_memory().unwrap();
        for (document, reading) in self.documents.iter().zip(&self.readings) {
            let bytes = document.text.as_bytes();
            let reading = Some(("rules-1", reading));
            casebook.store(&[Item { document, bytes, pictures: &[], reading }]).unwrap();
        }
        casebook
    }

    /// Enters what does not contradict; returns what was entered.
    fn judged(&self, casebook: &mut Casebook, chosen: &[Chosen]) -> Vec<Judgment> {
        let mut made: Vec<Judgment> = Vec::new();
        for (verdict, a, b, cites, second) in chosen {
            let (documents, readings) = (&self.documents, &self.readings);
            let one = judgment(*verdict, (*a, *b), *cites, documents, documents, readings, &made);
            let Some(mut one) = one else { continue };
            one.by = CODERS[usize::from(*second)].into();
            made.extend(entered(casebook, one.sealed()));
        }
        casebook.settle(|_| {}).unwrap();
        made
    }
}

fn entered(casebook: &mut Casebook, judgment: Judgment) -> Option<Judgment> {
    match casebook.judge(&judgment) {
        Ok(_) => Some(judgment),
        Err(Error::Unknown(_) | Error::Refused(_) | Error::Contradiction(_)) => None,
        Err(other) => panic!("{other}"),
    }
}

fn told(mut stories: Vec<Story>) -> Vec<Story> {
    stories.sort_by_key(|story| story.number);
    stories.dedup_by_key(|story| story.number);
    stories
}

fn chosen() -> impl Strategy<Value = Vec<Chosen>> {
    use Verdict as V;
    let verdict = prop::sample::select(vec![
        V::Accept,
        V::Reject,
        V::Correct,
        V::Find,
        V::Find,
        V::Same,
        V::Withdraw,
        V::Undo,
    ]);
    let one = (verdict, 0..64usize, 0..64usize, prop::option::of(0..64usize), any::<bool>());
    prop::collection::vec(one, 0..8)
}

/// The same target coded rather than found.
fn as_codings(findings: &[Judgment]) -> Vec<Judgment> {
    let code = |one: &Judgment| match &one.act {
        Act::Find(target) => {
            Some(Judgment { act: Act::Code(target.clone()), ..one.clone() }.sealed())
        }
        _ => None,
    };
    findings.iter().filter_map(code).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_coders_code_changes_no_record(
        stories in prop::collection::vec(story(), 1..8),
        chosen in chosen(),
        day in prop::option::of(1..22u8),
    ) {
        let world = World::of(&told(stories));
        let mut casebook = world.casebook();
        let made = world.judged(&mut casebook, &chosen);
        let published =
            day.map(|day| format!("1894-03-{day:02}").parse::<Edtf>().unwrap().latest());
        let as_of = AsOf { published, recorded: None };
        let before = records(&casebook, as_of);
        let list = casebook.listed(SubjectKind::Incident, as_of, 99).unwrap();
        let codings: Vec<Judgment> = as_codings(&made)
            .into_iter()
            .filter_map(|coding| entered(&mut casebook, coding))
            .collect();
        casebook.settle(|_| {}).unwrap();
        prop_assert_eq!(before, records(&casebook, as_of));
        prop_assert_eq!(list, casebook.listed(SubjectKind::Incident, as_of, 99).unwrap());
        prop_assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![]);
        let told = casebook.codings(AsOf::default()).unwrap();
        let held: usize = told.fields.iter().map(|field| field.codings.len()).sum();
        prop_assert_eq!(held, codings.len());
    }

    #[test]
    fn who_sees_blind_sees_what_he_would_if_he_had_worked_alone(
        stories in prop::collection::vec(story(), 1..8),
        chosen in chosen(),
        second in any::<bool>(),
    ) {
        let world = World::of(&told(stories));
        let coder = CODERS[usize::from(second)];
        let mut casebook = world.casebook();
        let made = world.judged(&mut casebook, &chosen);
        for coding in as_codings(&made) {
            entered(&mut casebook, coding);
        }
        casebook.settle(|_| {}).unwrap();
        let mut alone = world.casebook();
        let own = |one: &Judgment| one.by == coder;
        let shared = |one: &Judgment| {
            matches!(one.act, Act::Same(..) | Act::Withdraw { .. } | Act::Undo) || own(one)
        };
        for one in made.iter().filter(|one| shared(one)) {
            entered(&mut alone, one.clone());
        }
        for coding in as_codings(&made).into_iter().filter(own) {
            entered(&mut alone, coding);
        }
        alone.settle(|_| {}).unwrap();
        casebook.blind(coder);
        let as_of = AsOf::default();
        prop_assert_eq!(records(&casebook, as_of), records(&alone, as_of));
        for kind in SubjectKind::ALL {
            prop_assert_eq!(
                casebook.listed(kind, as_of, 99).unwrap(),
                alone.listed(kind, as_of, 99).unwrap()
            );
        }
        let (seen, his) = (casebook.codings(as_of).unwrap(), alone.codings(as_of).unwrap());
        prop_assert!(seen.coders.iter().all(|one| one == coder), "{:?}", seen.coders);
        prop_assert_eq!(seen.fields.len(), his.fields.len());
        prop_assert!(casebook.judgments().unwrap().iter().all(|(one, ..)| shared(one)));
    }
}

/// One report, and the codings of its toll by two coders.
fn coded(one: u32, other: u32) -> (Casebook, MentionId) {
    let story = Story::plain();
    let world = World::of(&[story]);
    let mut casebook = world.casebook();
    let subject = world.readings[0].assertions[1].subject;
    for (coder, killed) in CODERS.into_iter().zip([one, other]) {
        casebook.judge(&toll(coder, subject, killed, true)).unwrap();
    }
    casebook.settle(|_| {}).unwrap();
    (casebook, subject)
}

fn toll(by: &str, subject: MentionId, killed: u32, coded: bool) -> Judgment {
    let target = Box::new(Target {
        subject,
        variable: Variable::Killed,
        party: None,
        value: Some(Value::Figure(Figure::exactly(killed))),
        rests_on: vec![],
    });
    Judgment {
        id: JudgmentId::from_bits(0),
        by: by.into(),
        made: Instant(0),
        reason: "as read".into(),
        cites: vec![],
        supersedes: vec![],
        act: if coded { Act::Code(target) } else { Act::Find(target) },
    }
    .sealed()
}

#[test]
fn both_codings_stand_beside_what_is_found_of_them() {
    let (mut casebook, subject) = coded(3, 4);
    casebook.judge(&toll("An editor", subject, 4, false)).unwrap();
    casebook.settle(|_| {}).unwrap();
    let codings = casebook.codings(AsOf::default()).unwrap();
    let field = &codings.fields[0];
    assert_eq!((codings.fields.len(), field.is_agreed()), (1, Some(false)));
    let said: Vec<(&str, Option<&Value>)> =
        field.codings.iter().map(|one| (one.by.as_str(), one.value.as_ref())).collect();
    let figure = |n| Value::Figure(Figure::exactly(n));
    assert_eq!(said, vec![(CODERS[0], Some(&figure(3))), (CODERS[1], Some(&figure(4)))]);
    assert_eq!(field.found.len(), 1);
    assert_eq!(
        (field.found[0].by.as_str(), &field.found[0].value),
        ("An editor", &Some(figure(4)))
    );
    assert_eq!(coded(4, 4).0.codings(AsOf::default()).unwrap().fields[0].is_agreed(), Some(true));
}

#[test]
fn one_coder_codes_one_value_and_who_sees_blind_enters_nothing() {
    let (mut casebook, subject) = coded(3, 4);
    let again = toll(CODERS[0], subject, 5, true);
    assert!(matches!(casebook.judge(&again), Err(Error::Contradiction(_))));
    casebook.blind(CODERS[0]);
    assert!(matches!(casebook.judge(&again), Err(Error::Refused(_))));
}

//! Which judgments are in force as of two dates.

use throughline_model::*;
use throughline_weigh::{Standing, Withdrawal};

fn document(name: &str) -> DocumentId {
    DocumentId::of_bytes(Sha256::of(name.as_bytes()))
}

/// "d5" was published on 5 March 1894.
fn published(id: DocumentId) -> Option<Edtf> {
    (1..30).find(|day| document(&format!("d{day}")) == id).map(date)
}

fn date(day: u32) -> Edtf {
    format!("1894-03-{day:02}").parse().unwrap()
}

fn assertion(killed: u32) -> Assertion {
    Assertion {
        id: AssertionId::from_bits(0),
        document: document("d1"),
        passage: Passage::Text(Span::new(0, 10)),
        zone: ZoneRole::Body,
        speakers: vec![Speaker { voice: Voice::Document, stance: Stance::Asserted, cue: None }],
        subject: MentionId::of(SubjectKind::Incident, Fingerprint::new("test")),
        variable: Variable::Killed,
        party: None,
        value: Value::Figure(Figure::exactly(killed)),
        obtained: None,
        repeats: None,
        certainty: 90,
    }
    .sealed()
}

fn judged(act: Act, cites: &[&str], supersedes: &[&Judgment]) -> Judgment {
    Judgment {
        id: JudgmentId::from_bits(0),
        by: "A coder".into(),
        made: Instant(0),
        reason: "as read".into(),
        cites: cites.iter().map(|name| document(name)).collect(),
        supersedes: supersedes.iter().map(|judgment| judgment.id).collect(),
        act,
    }
    .sealed()
}

fn standing(judgments: &[&Judgment], day: Option<u32>) -> Standing {
    let as_of = AsOf { published: day.map(|day| date(day).latest()), recorded: None };
    Standing::new(judgments.iter().map(|judgment| (*judgment, Instant(0))), &published, as_of)
}

#[test]
fn a_withdrawal_counts_from_its_day_once_it_is_known_and_shows_before() {
    let said = assertion(3).id;
    let withdraw =
        |cites: &[&str]| judged(Act::Withdraw { assertion: said, on: date(9) }, cites, &[]);
    for (cites, day, counts) in [
        (&[][..], None, true),
        (&[], Some(8), false),
        (&[], Some(9), true),
        (&["d12"], Some(8), false),
        (&["d12"], Some(10), false),
        (&["d12"], Some(12), true),
    ] {
        let got = standing(&[&withdraw(cites)], day);
        let want = Withdrawal { on: date(9), counts };
        assert_eq!(got.withdrawn(said), Some(&want), "citing {cites:?} as of {day:?}");
    }
    let taken = withdraw(&["d12"]);
    let undone = judged(Act::Undo, &[], &[&taken]);
    assert_eq!(standing(&[&taken, &undone], Some(8)).withdrawn(said), None);
}

#[test]
fn what_takes_the_place_of_a_judgment_takes_that_of_those_before_it() {
    let find = |killed: u32, cites: &[&str], supersedes: &[&Judgment]| {
        let target = Target {
            subject: assertion(3).subject,
            variable: Variable::Killed,
            party: None,
            value: Some(Value::Figure(Figure::exactly(killed))),
            rests_on: vec![],
        };
        judged(Act::Find(Box::new(target)), cites, supersedes)
    };
    let first = find(1, &[], &[]);
    let second = find(2, &["d10"], &[&first]);
    let third = find(3, &["d5"], &[&second]);
    let all = [&first, &second, &third];
    for (day, want) in [(4, &first), (7, &third), (12, &third)] {
        let standing = standing(&all, Some(day));
        let got: Vec<JudgmentId> =
            standing.findings(assertion(3).subject).iter().map(|(id, _)| *id).collect();
        assert_eq!(got, [want.id], "as of {day} March");
    }
}

#[test]
fn a_correction_may_be_corrected_again_or_retracted() {
    let [read, once, twice] = [3, 4, 5].map(assertion);
    let correct = |from: &Assertion, by: &Assertion| {
        judged(Act::Correct { assertion: from.id, by: Box::new(by.clone()) }, &[], &[])
    };
    let (one, two) = (correct(&read, &once), correct(&once, &twice));
    assert_eq!(standing(&[&one], None).read(&read), Some(once.clone()));
    assert_eq!(standing(&[&one, &two], None).read(&read), Some(twice.clone()));
    let gone = judged(Act::Retract(twice.id), &[], &[]);
    assert_eq!(standing(&[&one, &two, &gone], None).read(&read), None);
    // A correction of what its id leaves open, and one that leads back.
    let surer = Assertion { certainty: 100, ..read.clone() };
    assert_eq!(standing(&[&correct(&read, &surer)], None).read(&read), Some(surer));
    let back = correct(&once, &read);
    assert!(standing(&[&one, &back], None).read(&read).is_some());
}

//! What a finding rests on, and what becomes of the finding with it.

use throughline_casebook::{Casebook, Item};
use throughline_model::*;

use crate::world::{Story, document, reading};

fn story(killed: u32) -> Story {
    Story {
        number: 0,
        published: Some(1),
        place: 0,
        day: 1,
        killed,
        person: 0,
        hedged: false,
        long: true,
    }
}

fn judge(casebook: &mut Casebook, reason: &str, act: Act) {
    let judgment = Judgment {
        id: JudgmentId::from_bits(0),
        by: "A coder".into(),
        made: Instant(0),
        reason: reason.into(),
        cites: vec![],
        supersedes: vec![],
        act,
    };
    casebook.judge(&judgment.sealed()).unwrap();
    casebook.settle(|_| {}).unwrap();
}

/// A casebook with one report, read as a toll of two, and a finding of three that rests on it; the
/// incident, and what the finding rests on.
fn found() -> (Casebook, MentionId, AssertionId) {
    let mut casebook = Casebook::in_memory().unwrap();
    let document = document(&story(2));
    let reading = reading(&document, &story(2));
    let bytes = document.text.as_bytes();
    let item =
        Item { document: &document, bytes, pictures: &[], reading: Some(("rules-1", &reading)) };
    casebook.store(&[item]).unwrap();
    let toll = reading.assertions.iter().find(|said| said.variable == Variable::Killed).unwrap();
    let target = Target {
        subject: toll.subject,
        variable: Variable::Killed,
        party: None,
        value: Some(Value::Figure(Figure::exactly(3))),
        rests_on: vec![toll.id],
    };
    judge(&mut casebook, "with the man who died later", Act::Find(Box::new(target)));
    (casebook, toll.subject, toll.id)
}

fn held(casebook: &Casebook, incident: MentionId) -> Holding {
    let view = casebook.record(incident, AsOf::default()).unwrap().unwrap();
    let mut holdings = view.record.holdings.into_iter();
    let held = holdings.find(|held| held.variable == Variable::Killed).unwrap();
    let listed = casebook.listed(SubjectKind::Incident, AsOf::default(), 9).unwrap();
    let in_list = listed[0].holdings.iter().find(|held| held.variable == Variable::Killed).unwrap();
    assert_eq!(in_list.evidence_gone, held.evidence_gone, "lists say what the record says");
    held
}

#[test]
fn a_finding_outlives_its_evidence_and_says_so() {
    let (mut casebook, incident, toll) = found();
    assert!(!held(&casebook, incident).evidence_gone);
    judge(&mut casebook, "misread", Act::Retract(toll));
    let left = held(&casebook, incident);
    assert!(matches!(left.basis, Basis::Finding(_)) && left.evidence_gone, "{left:?}");
}

#[test]
fn what_a_correction_says_is_evidence_until_that_is_gone_too() {
    let (mut casebook, incident, toll) = found();
    let said = casebook.assertion(toll).unwrap().unwrap();
    let value = Value::Figure(Figure::exactly(4));
    let by = Assertion { value, ..said }.sealed();
    let put = by.id;
    judge(&mut casebook, "four", Act::Correct { assertion: toll, by: Box::new(by) });
    assert!(!held(&casebook, incident).evidence_gone);
    let on = "1894-03-20".parse().unwrap();
    judge(&mut casebook, "taken back", Act::Withdraw { assertion: put, on });
    assert!(held(&casebook, incident).evidence_gone);
}

#[test]
fn what_a_finding_rests_on_stays_when_a_newer_reader_leaves_it_out() {
    let (mut casebook, incident, toll) = found();
    let document = document(&story(2));
    let newer = reading(&document, &story(7));
    casebook.file(&[(document.id, "rules-2", &newer)]).unwrap();
    casebook.settle(|_| {}).unwrap();
    let view = casebook.record(incident, AsOf::default()).unwrap().unwrap();
    assert!(view.evidence.contains_key(&toll), "the finding still has its sentence");
    assert!(!held(&casebook, incident).evidence_gone);
}

/// A finding on the incident of one report that rests on the words of another.
fn found_by_another() -> (Casebook, MentionId, Document) {
    let mut casebook = Casebook::in_memory().unwrap();
    let (one, other) = (story(2), Story { number: 1, ..story(3) });
    let [first, second] = [&one, &other].map(document);
    let [of_first, of_second] = [reading(&first, &one), reading(&second, &other)];
    for (document, reading) in [(&first, &of_first), (&second, &of_second)] {
        let bytes = document.text.as_bytes();
        let reading = Some(("rules-1", reading));
        casebook.store(&[Item { document, bytes, pictures: &[], reading }]).unwrap();
    }
    let toll = |reading: &Reading| {
        let mut said = reading.assertions.iter();
        said.find(|said| said.variable == Variable::Killed).unwrap().clone()
    };
    let target = Target {
        subject: toll(&of_first).subject,
        variable: Variable::Killed,
        party: None,
        value: Some(Value::Figure(Figure::exactly(3))),
        rests_on: vec![toll(&of_second).id],
    };
    let subject = target.subject;
    judge(&mut casebook, "the later report", Act::Find(Box::new(target)));
    (casebook, subject, second)
}

#[test]
fn a_finding_outlives_the_document_that_it_rests_on_and_says_so() {
    let (mut casebook, incident, second) = found_by_another();
    assert!(!held(&casebook, incident).evidence_gone);
    casebook.forget(second.id, "A coder", "a request").unwrap();
    let left = held(&casebook, incident);
    assert!(matches!(left.basis, Basis::Finding(_)) && left.evidence_gone, "{left:?}");
    assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![]);
}

#[test]
fn a_finding_that_comes_before_its_evidence_says_so_until_that_comes() {
    let (whole, incident, second) = found_by_another();
    let judgments: Vec<Judgment> =
        whole.judgments().unwrap().into_iter().map(|(judgment, ..)| judgment).collect();
    let mut casebook = Casebook::in_memory().unwrap();
    let first = document(&story(2));
    let of_first = reading(&first, &story(2));
    let bytes = first.text.as_bytes();
    let item =
        Item { document: &first, bytes, pictures: &[], reading: Some(("rules-1", &of_first)) };
    casebook.store(&[item]).unwrap();
    for result in casebook.import_judgments(&judgments).unwrap() {
        result.unwrap();
    }
    casebook.settle(|_| {}).unwrap();
    assert!(held(&casebook, incident).evidence_gone);
    let before = casebook.judgments().unwrap().last().unwrap().1;
    let of_second = reading(&second, &Story { number: 1, ..story(3) });
    let bytes = second.text.as_bytes();
    let item = Item { document: &second, bytes, pictures: &[], reading: None };
    casebook.store(&[item]).unwrap();
    casebook.file(&[(second.id, "rules-1", &of_second)]).unwrap();
    casebook.settle(|_| {}).unwrap();
    assert!(!held(&casebook, incident).evidence_gone);
    // What was recorded by the day of the finding had no evidence for it.
    let then = AsOf { published: None, recorded: Some(before) };
    let shown = casebook.record(incident, then).unwrap().unwrap();
    let mut holdings = shown.record.holdings.iter();
    assert!(holdings.find(|held| held.variable == Variable::Killed).unwrap().evidence_gone);
    assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![]);
}

/// What a headline repeats is gone with the words of its report, unless somebody accepted the headline.
#[test]
fn a_headline_goes_with_the_words_that_it_repeats() {
    let story = Story { number: 1, ..story(2) };
    let document = document(&story);
    let reading = reading(&document, &story);
    let tolls: Vec<AssertionId> = reading
        .assertions
        .iter()
        .filter(|said| said.variable == Variable::Killed)
        .map(|said| said.id)
        .collect();
    let [words, headline] = tolls[..] else { panic!("{tolls:?}") };
    let on: Edtf = "1894-03-09".parse().unwrap();
    for act in [
        Act::Reject(words),
        Act::Retract(words),
        Act::Withdraw { assertion: words, on: on.clone() },
    ] {
        for accepted in [false, true] {
            let mut casebook = Casebook::in_memory().unwrap();
            let bytes = document.text.as_bytes();
            let reading = Some(("rules-1", &reading));
            casebook.store(&[Item { document: &document, bytes, pictures: &[], reading }]).unwrap();
            if accepted {
                judge(&mut casebook, "as it stands there", Act::Accept(headline));
            }
            judge(&mut casebook, "it is not so", act.clone());
            let rows = casebook.records(SubjectKind::Incident, AsOf::default(), 9).unwrap();
            let held = rows.iter().flat_map(|row| &row.record.holdings);
            let tolls = held.filter(|held| held.variable == Variable::Killed).count();
            // What a source takes back it takes back wherever it said it.
            let stays = accepted && !matches!(act, Act::Withdraw { .. });
            assert_eq!(tolls, usize::from(stays), "{act:?}, accepted: {accepted}");
            assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![]);
        }
    }
}

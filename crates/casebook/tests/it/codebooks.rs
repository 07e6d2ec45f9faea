//! Values that a codebook does not allow, and what a new version asks to be coded again.

use throughline_casebook::{Casebook, Error, Item};
use throughline_model::*;

use crate::world::{Story, document, reading};

fn codebook(version: u32, values: &[&str], change: &str) -> String {
    let values: Vec<String> =
        values.iter().map(|value| format!("{{ value = '{value}', means = 'M' }}")).collect();
    format!(
        "name = 'own'\ntitle = 'Our own'\nversion = {version}\n{change}\n[[variable]]\nname = \
         'company'\nquestion = 'Q?'\ndefinition = 'D'\nchosen = 'most voices'\nvalues = [{}]\n",
        values.join(", ")
    )
}

/// A casebook with one report, and its incident.
fn casebook() -> (Casebook, MentionId) {
    let story = Story::plain();
    let mut casebook = Casebook::in_memory().unwrap();
    let document = document(&story);
    let reading = reading(&document, &story);
    let (bytes, subject) = (document.text.as_bytes(), reading.assertions[1].subject);
    let reading = Some(("rules-1", &reading));
    casebook.store(&[Item { document: &document, bytes, pictures: &[], reading }]).unwrap();
    casebook.settle(|_| {}).unwrap();
    (casebook, subject)
}

fn company(subject: MentionId, value: Option<&str>, reason: &str) -> Judgment {
    let value = value.map(|term| Value::Term(term.into()));
    let target =
        Target { subject, variable: Variable::Company, party: None, value, rests_on: vec![] };
    Judgment {
        id: JudgmentId::from_bits(0),
        by: reason.into(),
        made: Instant(0),
        reason: reason.into(),
        cites: vec![],
        supersedes: vec![],
        act: Act::Code(Box::new(target)),
    }
    .sealed()
}

fn refused(result: Result<impl std::fmt::Debug, Error>) -> String {
    match result {
        Err(Error::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn what_the_codebook_in_force_does_not_allow_is_refused_with_what_it_does() {
    let (mut casebook, subject) = casebook();
    let why = refused(casebook.judge(&company(subject, Some("gang"), "a")));
    assert!(why.contains("company: \"gang\"") && why.contains("alone, helpers, cell"), "{why}");
    assert!(why.contains("codebook plot, version 1"), "{why}");
    casebook.judge(&company(subject, Some("cell"), "a")).unwrap();
    casebook.judge(&company(subject, None, "b")).unwrap();
    casebook.adopt_codebook(&codebook(1, &["gang"], "")).unwrap();
    casebook.judge(&company(subject, Some("gang"), "c")).unwrap();
    let why = refused(casebook.judge(&company(subject, None, "d")));
    assert!(why.contains("cannot be known"), "{why}");
    // What came before stays, and must be coded again.
    let again = casebook.recode().unwrap();
    let by: Vec<&str> = again.iter().map(|one| one.judgment.by.as_str()).collect();
    assert_eq!(by, vec!["a", "b"]);
    assert!(again[0].because[0].contains("\"cell\" is no value"), "{again:?}");
}

#[test]
fn a_new_version_lists_what_was_judged_before_it_and_must_be_coded_again() {
    let (mut casebook, subject) = casebook();
    casebook.adopt_codebook(&codebook(1, &["alone", "cell"], "")).unwrap();
    casebook.judge(&company(subject, Some("alone"), "before")).unwrap();
    assert_eq!(casebook.recode().unwrap(), vec![]);
    let change = "[[change]]\nversion = 2\nrecode = ['company']\nbecause = 'helpers apart'";
    let second = codebook(2, &["alone", "helpers", "cell"], change);
    // The same version with another text is refused, and the same text changes nothing.
    let why = refused(casebook.adopt_codebook(&codebook(1, &["alone"], "")));
    assert!(why.contains("raise its version"), "{why}");
    assert!(casebook.adopt_codebook(&second).unwrap());
    assert!(!casebook.adopt_codebook(&second).unwrap());
    casebook.judge(&company(subject, Some("helpers"), "after")).unwrap();
    let again = casebook.recode().unwrap();
    assert_eq!(again.len(), 1);
    assert_eq!((again[0].judgment.by.as_str(), again[0].because.len()), ("before", 1));
    assert_eq!(again[0].because[0], "version 2: helpers apart");
    // Coded again, it is done.
    let mut new = company(subject, Some("helpers"), "before");
    new.supersedes = vec![again[0].judgment.id];
    casebook.judge(&new.sealed()).unwrap();
    assert_eq!(casebook.recode().unwrap(), vec![]);
    // A third version asks for nothing that the second asked for.
    let third = codebook(3, &["alone", "helpers", "cell", "crowd"], change);
    casebook.adopt_codebook(&third).unwrap();
    assert_eq!(casebook.recode().unwrap(), vec![]);
}

#[test]
fn what_comes_from_elsewhere_may_have_been_judged_under_an_earlier_version() {
    let (mut casebook, subject) = casebook();
    casebook.adopt_codebook(&codebook(1, &["crowd"], "")).unwrap();
    casebook.adopt_codebook(&codebook(2, &["alone"], "")).unwrap();
    let told = [company(subject, Some("crowd"), "a"), company(subject, Some("gang"), "b")];
    let done = casebook.import_judgments(&told).unwrap();
    assert!(done[0].is_ok(), "{done:?}");
    assert!(matches!(&done[1], Err(Error::Refused(why)) if why.contains("alone")), "{done:?}");
    assert_eq!(casebook.recode().unwrap().len(), 1);
    assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![]);
}

//! Invented tables of a few rows: what they become, and what is refused.

use std::collections::BTreeMap;

use throughline_capture::{Given, read_text};
use throughline_eval::coding::{Coded, CodingError, Key, Tables, code};
use throughline_model::{Act, Document, Figure, Reading, Stance, SubjectKind, Value, Voice};

const FIRST: &str = "The Coast Post

A bomb at the mill

- By the Harbour Agency

3 May 1890

ARDEN, Friday. A bomb exploded at the mill on Thursday, and two men were killed. The police \
arrested Jean Valmont. Valmont denied everything.

“Two dead at Arden.”
";

const SECOND: &str = "The Hill Courier

Valmont free

- From our correspondent

9 May 1890

The bomb of 1 May at the mill killed three. J. Valmont has been released.
";

const SUBJECTS: &str = "key\tname\nmill-1890\tBomb at the mill\n";
const CODING: &str = "file\tincident\tvariable\tvalue\tsentence\tnote\tparty\n";
const JUDGMENTS: &str = "act\tone\tother\tfiles\ton\treason\n";
const FINDINGS: &str = "subject\tvariable\tparty\tvalue\tfiles\ton\tfrom\treason\n";

pub(crate) const ROWS: &str = "\
1.txt\tmill-1890\tkilled\t2\tA bomb exploded at the mill on Thursday, and two men were killed.\t\t
1.txt\tp:Valmont\tprocedure\tarrested\tThe police arrested Jean Valmont.\t\t
1.txt\tmill-1890\tperpetrator\tJean Valmont\tValmont denied everything.\tdenied by Valmont; in court\t
1.txt\tmill-1890\tkilled\t2\t“Two dead at Arden.”\tcopy; pull-quote\t
2.txt\tmill-1890\tkilled\t3\tThe bomb of 1 May at the mill killed three.\t\t
2.txt\tp:J. Valmont\tprocedure\treleased\tJ. Valmont has been released.\t\t
";

fn dispatches() -> BTreeMap<String, Document> {
    let read = |text: &str| read_text(text.as_bytes(), &Given::default()).unwrap();
    BTreeMap::from([("1.txt".to_owned(), read(FIRST)), ("2.txt".to_owned(), read(SECOND))])
}

pub(crate) fn read(rows: &str, judgments: &str, findings: &str) -> Result<Coded, CodingError> {
    code(Tables {
        coding: &format!("{CODING}{rows}"),
        subjects: SUBJECTS,
        judgments: &format!("{JUDGMENTS}{judgments}"),
        findings: &format!("{FINDINGS}{findings}"),
        dispatches: &dispatches(),
        agency: "Harbour Agency",
        coder: "a coder",
    })
}

/// The acts besides accepted readings.
fn acts(coded: &Coded) -> Vec<&'static str> {
    let acts = coded.judgments.iter().map(|judgment| judgment.act.name());
    acts.filter(|act| *act != "accept").collect()
}

fn refused(rows: &str, judgments: &str, findings: &str) -> String {
    read(rows, judgments, findings).unwrap_err().to_string()
}

#[test]
fn a_row_becomes_an_assertion_through_those_who_speak() {
    let coded = read(ROWS, "", "").unwrap();
    let reading: &Reading = &coded.readings[0].1;
    let said = &reading.assertions;
    assert_eq!(said[0].value, Value::Figure(Figure::exactly(2)));
    let stances: Vec<Stance> = said[2].speakers.iter().map(|speaker| speaker.stance).collect();
    assert_eq!(stances, [Stance::Asserted, Stance::Asserted, Stance::Denied]);
    let kinds: Vec<Option<SubjectKind>> = said[2]
        .speakers
        .iter()
        .map(|speaker| match speaker.voice {
            Voice::Mention(mention) => Some(mention.kind()),
            _ => None,
        })
        .collect();
    assert_eq!(kinds, [None, Some(SubjectKind::Outlet), Some(SubjectKind::Person)]);
    assert_eq!(said[2].obtained.as_deref(), Some("in court"));
    assert_eq!(said[3].repeats, Some(said[0].id));
    assert_eq!(said[3].speakers.len(), 1, "a pull-quote is the paper's, not the agency's");
}

#[test]
fn mentions_stand_at_the_words_and_form_chains() {
    let coded = read(ROWS, "", "").unwrap();
    let text = &dispatches()["1.txt"].text;
    let people: Vec<(&str, bool)> = coded.readings[0]
        .1
        .mentions
        .iter()
        .filter(|mention| mention.kind() == SubjectKind::Person)
        .map(|mention| (mention.passage.span().unwrap().of(text), mention.antecedent.is_some()))
        .collect();
    assert_eq!(people, [("Jean Valmont", false), ("Valmont", true)]);
}

#[test]
fn equal_keys_are_judged_the_same_and_equal_names_are_not() {
    let coded = read(ROWS, "", "").unwrap();
    assert_eq!(acts(&coded), ["same"]);
    let incidents = Key::read("mill-1890");
    let heads: Vec<_> =
        ["1.txt", "2.txt"].map(|file| coded.heads[&(file.to_owned(), incidents.clone())]).into();
    let same = coded.judgments.iter().find(|judgment| judgment.act.name() == "same").unwrap();
    assert_eq!(same.act, Act::Same(heads[0], heads[1]));
    assert_eq!(same.cites.len(), 2);
}

#[test]
fn a_later_finding_takes_the_place_of_the_earlier() {
    let findings = "\
mill-1890\tkilled\t\t2\t1.txt\t\t1890-05-03\tThe first report.
mill-1890\tkilled\t\t3\t2.txt\t\t1890-05-09\tThe last report.
mill-1890\tkilled\t\topen\t2.txt\t\t1890-05-09\tNeither is sure.
mill-1890\tperpetrator\t\tunknowable\t1.txt\tperpetrator\t1890-05-03\tHe denies it.
";
    let coded = read(ROWS, "", findings).unwrap();
    let found: Vec<_> = coded.judgments.iter().rev().take(4).rev().collect();
    assert_eq!(acts(&coded), ["same", "find", "find", "undo", "find"]);
    assert!(found[0].supersedes.is_empty());
    assert_eq!(found[1].supersedes, [found[0].id]);
    assert_eq!(found[2].supersedes, [found[1].id]);
    let Act::Find(target) = &found[3].act else { panic!("{:?}", found[3].act) };
    assert_eq!((target.value.as_ref(), target.rests_on.len()), (None, 1));
}

#[test]
fn judgments_name_rows_and_subjects() {
    let judgments = "\
same\tp:Valmont\tp:J. Valmont\t2.txt\t\tOne man.
not-same\t1.txt mill-1890\t2.txt mill-1890\t2.txt\t\tTwo mills.
withdraw\t1.txt mill-1890\tkilled 2\t2.txt\t1890-05-09\tTaken back.
retract\t1.txt p:Valmont\tprocedure arrested\t\t\tMisread.
";
    let coded = read(ROWS, judgments, "").unwrap();
    // Body and pull-quote are both taken back; what is misread is not accepted.
    assert_eq!(acts(&coded), ["same", "not-same", "withdraw", "withdraw", "retract"]);
    assert_eq!(coded.judgments.len(), 5 + 5);
}

#[test]
fn what_does_not_fit_is_refused_with_its_line() {
    let row = |sentence: &str| format!("1.txt\tmill-1890\tkilled\t2\t{sentence}\t\t\n");
    for (message, wanted) in [
        (refused(&row("Nobody said this."), "", ""), "coding.tsv:2: the sentence does not stand"),
        (refused("1.txt\tmill-1890\tkilled\n", "", ""), "coding.tsv:2: 3 columns"),
        (refused(&ROWS.replace("killed\t3", "dead\t3"), "", ""), "coding.tsv:6: \"dead\" is no"),
        (refused(&ROWS.replace("killed\t3", "killed\tmany"), "", ""), "coding.tsv:6: \"many\""),
        (refused(&ROWS.replace("mill-1890\tkilled\t3", "x\tkilled\t3"), "", ""), "x has no name"),
        (
            refused(ROWS, "same\tp:Nobody\tp:Valmont\t\t\tOne man.\n", ""),
            "judgments.tsv:2: the coding does not know p:Nobody",
        ),
        (
            refused(ROWS, "", "mill-1890\tkilled\t\t3\t2.txt\t\t1890-05-03\tSo.\n"),
            "findings.tsv:2: its dispatches were public from 1890-05-09",
        ),
        (
            refused(ROWS, "", "mill-1890\tkilled\t\t9\t2.txt\t\t1890-05-09\tSo.\n"),
            "findings.tsv:2: no row of its dispatches says this",
        ),
        (
            refused(ROWS, "", "mill-1890\tkilled\t\topen\t2.txt\t\t1890-05-09\tSo.\n"),
            "findings.tsv:2: there is no earlier finding",
        ),
    ] {
        assert!(message.contains(wanted), "{message}");
    }
}

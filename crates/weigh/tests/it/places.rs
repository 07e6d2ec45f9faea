//! Where a unit stands, value by value.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::*;
use throughline_weigh::count::*;

fn id(kind: SubjectKind, name: &str) -> MentionId {
    MentionId::of(kind, Fingerprint::new("test").field(name.as_bytes()))
}

/// A value, as "date = 1894 found", "company = cell said", "killed = 6 said or 7",
/// "involvement.instructed (The Ring) = yes accepted", "company = alone said hedged".
fn holding(text: &str) -> Holding {
    let (left, right) = text.split_once(" = ").unwrap();
    let (name, party) = match left.split_once(" (") {
        Some((name, party)) => (name, Some(id(SubjectKind::Group, party.trim_end_matches(')')))),
        None => (left, None),
    };
    let variable = Variable::from_name(name).unwrap();
    let (said, rival) = match right.split_once(" or ") {
        Some((said, rival)) => (said, Some(rival)),
        None => (right, None),
    };
    let hedged = said.ends_with(" hedged");
    let (value, basis) = said.trim_end_matches(" hedged").rsplit_once(' ').unwrap();
    let judgment = JudgmentId::from_bits(1);
    let mut holding = Holding {
        variable,
        party,
        value: value_of(variable, value),
        basis: match basis {
            "found" => Basis::Finding(judgment),
            "accepted" => Basis::Accepted(judgment),
            "said" => Basis::Proposal("most voices"),
            other => panic!("{other}"),
        },
        support: vec![],
        against: vec![],
        voices: 1,
        hedged,
        copied: false,
        contested: false,
        evidence_gone: false,
        rivals: vec![],
    };
    if let Some(rival) = rival {
        holding.dispute(vec![value_of(variable, rival)]);
    }
    holding
}

/// The value that a text spells; "not" stands for none.
fn value_of(variable: Variable, text: &str) -> Option<Value> {
    if text == "not" {
        return None;
    }
    Some(match variable.shape() {
        ValueShape::Term => Value::Term(text.into()),
        ValueShape::Text | ValueShape::Share => Value::Text(text.into()),
        ValueShape::Date => Value::Date(text.parse().unwrap()),
        ValueShape::Figure => Value::Figure(Figure::exactly(text.parse().unwrap())),
        ValueShape::Answer => Value::Answer(Answer::from_name(text).unwrap()),
        ValueShape::Mention => {
            let kind = match variable {
                Variable::Perpetrator | Variable::IdentifiedAs => SubjectKind::Person,
                _ => SubjectKind::Incident,
            };
            Value::Mention(id(kind, text))
        }
    })
}

fn record(kind: SubjectKind, name: &str, values: &[&str]) -> Record {
    Record {
        id: id(kind, name),
        name: name.into(),
        mentions: vec![id(kind, name)],
        joins: vec![],
        first_published: None,
        holdings: values.iter().map(|text| holding(text)).collect(),
        superseded: BTreeSet::new(),
    }
}

fn ask(variable: &str, party: Party, test: Test) -> Condition {
    Condition::Value { variable: Variable::from_name(variable).unwrap(), party, test }
}

fn terms(terms: &[&str]) -> Test {
    Test::Terms(terms.iter().map(|&term| term.to_owned()).collect())
}

fn named(name: &str) -> Who {
    Who::Named(name.into())
}

fn definition(within: Condition) -> Definition {
    Definition {
        unit: Unit::Incident,
        level: Level::Whole,
        sum: None,
        admission: Admission::default(),
        of: Condition::All(vec![]),
        within,
    }
}

/// What a definition may name: The Ring, its other name by a proposal, and a set of two.
fn known(members: &[&str]) -> Known<'static> {
    let ring = Named {
        called: BTreeSet::from([id(SubjectKind::Group, "The Ring")]),
        judged: BTreeSet::from([id(SubjectKind::Group, "the men of the Ring")]),
        proposed: BTreeSet::from([id(SubjectKind::Group, "Kolo")]),
    };
    let pair = SetRecord {
        mentions: BTreeSet::from([id(SubjectKind::Set, "the two")]),
        holdings: members.iter().map(|text| holding(text)).collect(),
        identity: Identity::Reviewed,
    };
    Known {
        normal: &|text| text.to_lowercase(),
        named: BTreeMap::from([(named("The Ring"), ring)]),
        sets: BTreeMap::from([(named("the two"), vec![pair])]),
    }
}

fn place(definition: &Definition, values: &[&str], known: &Known) -> Placing {
    let record = record(SubjectKind::Incident, "Arden", values);
    let names = BTreeMap::new();
    definition.place(&Case { main: subject(&record, &names), part: None, claims: &[] }, known)
}

fn subject<'s>(record: &'s Record, names: &'s BTreeMap<MentionId, String>) -> Subject<'s> {
    Subject { record, names, identity: Identity::Reviewed }
}

fn check(definition: &Definition, values: &[&str], want: (Place, Place)) -> Placing {
    let placing = place(definition, values, &known(&[]));
    assert_eq!((placing.strict.place, placing.lenient.place), want, "{values:?}");
    placing
}

use Place::{Apart, Contested, In, Out, Outside, Unknown};

#[test]
fn strict_rests_on_findings_and_lenient_on_what_is_said_too() {
    let had_help = definition(ask("company", Party::Anyone, terms(&["cell", "helpers"])));
    for (values, want) in [
        (&["company = cell found"][..], (In, In)),
        (&["company = cell accepted"], (Unknown, In)),
        (&["company = cell said"], (Unknown, In)),
        (&["company = alone said"], (Unknown, Out)),
        (&["company = cell said hedged"], (Unknown, Unknown)),
        (&["company = cell found hedged"], (In, In)),
        (&["company = not found"], (Unknown, Unknown)),
        (&["company = unknown found"], (Unknown, Unknown)),
        (&["company = cell said or alone"], (Contested, Contested)),
        (&["company = cell said or helpers"], (Unknown, In)),
        (&["company = cell said or not"], (Contested, Contested)),
        (&["date = 1894 found"], (Unknown, Unknown)),
    ] {
        check(&had_help, values, want);
    }
    let hedges = Definition {
        admission: Admission { hedged: true, ..Admission::default() },
        ..had_help.clone()
    };
    check(&hedges, &["company = cell said hedged"], (Unknown, In));
    let two = Admission { voices: 2, ..Admission::default() };
    let voices = Definition { admission: two, ..had_help.clone() };
    check(&voices, &["company = cell accepted"], (Unknown, Unknown));
    check(&voices, &["company = cell found"], (In, In));
    let findings_too =
        Definition { admission: Admission { findings_too: true, ..two }, ..had_help };
    check(&findings_too, &["company = cell found"], (Unknown, Unknown));
}

#[test]
fn an_answer_counts_for_the_party_it_is_about() {
    let instructed = |party, yes| ask("involvement.instructed", party, Test::Answer(yes));
    let by_ring = || Party::Named(vec![named("The Ring")]);
    for (values, of_ring, of_anyone) in [
        (&["involvement.instructed (The Ring) = yes found"][..], In, In),
        (&["involvement.instructed (the men of the Ring) = yes found"], In, In),
        (&["involvement.instructed (Others) = yes found"], Unknown, In),
        (&["involvement.instructed = yes found"], Unknown, In),
        (&["involvement.instructed = no found"], Out, Out),
        (&["involvement.instructed (The Ring) = no found"], Out, Out),
        (&["involvement.instructed (The Ring) = unknown found"], Unknown, Unknown),
        (
            &[
                "involvement.instructed (Others) = no found",
                "involvement.instructed (The Ring) = yes found",
            ],
            In,
            In,
        ),
    ] {
        let turned = |place| match place {
            In => Out,
            Out => In,
            other => other,
        };
        for (party, want) in [(by_ring(), of_ring), (Party::Anyone, of_anyone)] {
            check(&definition(instructed(party.clone(), true)), values, (want, want));
            let no = definition(instructed(party, false));
            check(&no, values, (turned(want), turned(want)));
        }
    }
    let alias = ["involvement.instructed (Kolo) = yes found"];
    let placing = check(&definition(instructed(by_ring(), true)), &alias, (In, In));
    assert_eq!(placing.strict.marks, BTreeSet::from([Mark::Identity]));
}

#[test]
fn several_values_pass_if_one_does() {
    let king = definition(ask("target", Party::Anyone, Test::Contains(vec!["king".into()])));
    for (values, want) in [
        (&["target = the king found", "target = a mill found"][..], (In, In)),
        (&["target = a mill found"], (Out, Out)),
        (&["target = a mill found", "target = the king said"], (Unknown, In)),
        (&["target = a mill said"], (Unknown, Out)),
        (&["target = a mill said or not"], (Contested, Contested)),
        (&["target = a mill found", "target = a bank said or not"], (Out, Out)),
        (&["target = the king said or not"], (Contested, Contested)),
    ] {
        check(&king, values, want);
    }
    let given = definition(ask("target", Party::Anyone, Test::Given(true)));
    check(&given, &["target = a mill said"], (Unknown, In));
    check(&given, &["target = not found"], (Out, Out));
    check(&given, &["date = 1894 found"], (Out, Out));
}

#[test]
fn the_denominator_leaves_apart_what_is_not_settled() {
    let bombings = Definition {
        of: ask("type", Party::Anyone, terms(&["bombing"])),
        ..definition(ask("killed", Party::Anyone, Test::Between(1, u32::MAX)))
    };
    let marked = |placing: &Placing| placing.strict.marks.contains(&Mark::Denominator);
    check(&bombings, &["type = bombing found", "killed = 2 found"], (In, In));
    check(&bombings, &["type = arson found"], (Outside, Outside));
    let left_out = check(&bombings, &["type = arson said"], (Outside, Outside));
    assert!(left_out.left_out);
    assert!(marked(&check(&bombings, &["type = bombing said", "killed = 2 found"], (Apart, In))));
    assert!(marked(&check(&bombings, &["date = 1894 found"], (Apart, Apart))));
    assert!(marked(&check(&bombings, &["type = bombing said or arson"], (Apart, Apart))));
    assert!(!marked(&check(&bombings, &["type = not found"], (Apart, Apart))));
}

#[test]
fn a_part_is_one_only_if_somebody_says_so() {
    let any = definition(Condition::All(vec![]));
    let parts = Definition { level: Level::Part, ..any.clone() };
    for (values, whole, part) in [
        (&["date = 1894 found"][..], (In, In), (Outside, Outside)),
        (&["part-of = Bellmar found"], (Outside, Outside), (In, In)),
        (&["part-of = Bellmar said"], (Outside, Outside), (Apart, In)),
    ] {
        check(&any, values, whole);
        check(&parts, values, part);
    }
}

#[test]
fn a_set_excludes_only_when_all_its_members_are_known() {
    let of_two = definition(Condition::Set(named("the two")));
    let others = ["member = Bellmar found", "member = Corvin found"];
    for (members, want) in [
        (&["member = Arden found"][..], (In, In)),
        (&["member = Arden said"], (Unknown, In)),
        (&others, (Unknown, Unknown)),
        (&[others[0], others[1], "size = 2 found"], (Out, Out)),
        (&[others[0], others[1], "size = 3 found"], (Unknown, Unknown)),
        (&[others[0], others[1], "size = 2 said"], (Unknown, Out)),
    ] {
        let placing = place(&of_two, &["date = 1894 found"], &known(members));
        assert_eq!((placing.strict.place, placing.lenient.place), want, "{members:?}");
    }
}

#[test]
fn tolls_add_up_as_exactly_as_they_are_known() {
    let dead = Definition {
        sum: Some(Variable::Killed),
        ..definition(ask("company", Party::Anyone, terms(&["cell"])))
    };
    let mut tallies = Tallies::default();
    for values in [
        &["company = cell found", "killed = 3 found"][..],
        &["company = alone found", "killed = 2 found"],
        &["company = not found", "killed = 4 found"],
        &["company = cell found", "killed = 6 said or 9"],
    ] {
        tallies.add(&place(&dead, values, &known(&[])), true);
    }
    assert_eq!(tallies.strict.range(), (3, Some(7)));
    assert_eq!(tallies.strict.denominator().least, 9);
    assert_eq!(tallies.strict.denominator().without, 1);
    assert!(tallies.strict.marks().contains_key(&Mark::Toll));
    let unknowable = ["company = cell found", "killed = not found"];
    assert!(!place(&dead, &unknowable, &known(&[])).strict.marks.contains(&Mark::Toll));
    assert_eq!(tallies.lenient.range(), (9, Some(16)));
    assert_eq!(tallies.lenient.denominator().least, 15);
    assert_eq!(tallies.lenient.denominator().most, Some(18));
}

#[test]
fn a_perpetrator_is_one_man_under_one_name() {
    let any = Definition { unit: Unit::Perpetrator, ..definition(Condition::All(vec![])) };
    let incident = record(SubjectKind::Incident, "Arden", &["date = 1894 found"]);
    let names = BTreeMap::new();
    let known = known(&[]);
    for (name, held, own, others, want) in [
        ("Jan Vale", "perpetrator = Jan Vale found", &[][..], &[][..], (In, In)),
        ("Jan Vale", "perpetrator = Jan Vale said", &[], &[], (Apart, In)),
        ("Jan Vale", "perpetrator = Jan Vale said or not", &[], &[], (Apart, Apart)),
        ("the thrower", "perpetrator = the thrower said", &[], &[], (Apart, In)),
        ("the thrower", "perpetrator = the thrower said", &[], &["Jan Vale"], (Apart, Apart)),
        ("the thrower", "perpetrator = the thrower found", &[], &["Jan Vale"], (In, In)),
        (
            "the thrower",
            "perpetrator = the thrower found",
            &["identified-as = Jan Vale found"],
            &["Jan Vale"],
            (Outside, Outside),
        ),
        (
            "Rinaldi",
            "perpetrator = Rinaldi found",
            &["identified-as = Jan Vale said or not"],
            &["Jan Vale"],
            (Apart, Apart),
        ),
    ] {
        let person = record(SubjectKind::Person, name, own);
        let held = holding(held);
        let others = others.iter().map(|other| id(SubjectKind::Person, other)).collect();
        let part = Part {
            person: person.id,
            holdings: &[&held],
            subject: Some(subject(&person, &names)),
            others: &others,
            named: name.starts_with(char::is_uppercase),
        };
        let placing = any.place(
            &Case { main: subject(&incident, &names), part: Some(part), claims: &[] },
            &known,
        );
        assert_eq!((placing.strict.place, placing.lenient.place), want, "{name}: {held:?}");
    }
}

#[test]
fn an_incident_is_claimed_if_a_claim_about_it_is_known() {
    let claimed = |days| {
        let of = ask("act", Party::Anyone, terms(&["claims"]));
        definition(Condition::Claim { of: Box::new(of), days })
    };
    let found = ["about = Arden found", "act = claims found"];
    let said = ["about = Arden said", "act = claims found"];
    let denied = ["about = Arden found", "act = denies found"];
    let names = BTreeMap::new();
    let known = known(&[]);
    let check = |days, incident: &[&str], claims: &[&[&str]], want: (Place, Place)| {
        let incident = record(SubjectKind::Incident, "Arden", incident);
        let claims: Vec<Record> =
            claims.iter().map(|values| record(SubjectKind::Claim, "a note", values)).collect();
        let claims: Vec<Subject> = claims.iter().map(|claim| subject(claim, &names)).collect();
        let case = Case { main: subject(&incident, &names), part: None, claims: &claims };
        let placing = claimed(days).place(&case, &known);
        assert_eq!((placing.strict.place, placing.lenient.place), want, "{days:?}");
        placing
    };
    let at = ["date = 1894-06-24 found"];
    check(None, &at, &[], (Out, Out));
    let placing = check(None, &at, &[&found], (In, In));
    let claim = Some(id(SubjectKind::Claim, "a note"));
    assert!(placing.strict.grounds.iter().all(|ground| ground.claim == claim));
    check(None, &at, &[&said], (Unknown, In));
    check(None, &at, &[&denied], (Out, Out));
    check(None, &at, &[&denied, &found], (In, In));
    check(None, &at, &[&["about = Arden found"]], (Unknown, Unknown));
    check(
        None,
        &at,
        &[&["about = Arden found or not", "act = claims found"]],
        (Contested, Contested),
    );
    let issued = |issued| [found[0], found[1], issued];
    let within = |incident: &[&str], on: &'static str, want| {
        check(Some(2), incident, &[&issued(on)], want);
    };
    within(&at, "issued = 1894-06-26 found", (In, In));
    within(&at, "issued = 1894-06-27 found", (Out, Out));
    within(&at, "issued = 1894-06-26 said", (Unknown, In));
    within(&at, "issued = 1894-06 found", (Unknown, Unknown));
    within(&["date = 1894-06-24 said"], "issued = 1894-07-09 found", (Unknown, Out));
    within(&["date = 1894-06-24 said or 1894-06-25"], "issued = 1894-07-09 found", (Unknown, Out));
    within(
        &["date = 1894-06-24 said or 1894-06-20"],
        "issued = 1894-06-25 found",
        (Contested, Contested),
    );
    within(&["killed = 2 found"], "issued = 1894-06-25 found", (Unknown, Unknown));
    check(Some(2), &at, &[&found], (Unknown, Unknown));
}

#[test]
fn a_finding_without_its_evidence_is_marked() {
    let mut arden = record(SubjectKind::Incident, "Arden", &["company = cell found"]);
    let asked = definition(ask("company", Party::Anyone, terms(&["cell"])));
    let names = BTreeMap::new();
    for gone in [false, true] {
        arden.holdings[0].evidence_gone = gone;
        let case = Case { main: subject(&arden, &names), part: None, claims: &[] };
        let placed = asked.place(&case, &known(&[])).strict;
        assert_eq!(placed.place, In);
        assert_eq!(placed.marks.contains(&Mark::Evidence), gone);
    }
}

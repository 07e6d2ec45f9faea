//! What holds of every count, whatever the values and the conditions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use throughline_model::*;
use throughline_weigh::count::*;
use throughline_weigh::involvement::{Outcome, hands};
use throughline_weigh::typology::{Class, Typology, When};

fn mention(kind: SubjectKind, number: u64) -> MentionId {
    MentionId::of(kind, Fingerprint::new("test").number(number))
}

fn group(number: u64) -> MentionId {
    mention(SubjectKind::Group, number)
}

fn judgment() -> JudgmentId {
    JudgmentId::from_bits(7)
}

/// A value of a variable.
fn value(variable: Variable) -> BoxedStrategy<Value> {
    match variable.shape() {
        ValueShape::Answer => prop::sample::select(vec![Answer::Yes, Answer::No, Answer::Unknown])
            .prop_map(Value::Answer)
            .boxed(),
        ValueShape::Term => prop::sample::select(vec!["alone", "cell", "unknown"])
            .prop_map(|term| Value::Term(term.into()))
            .boxed(),
        ValueShape::Text => prop::sample::select(vec!["the king", "a mill", "a minister"])
            .prop_map(|text| Value::Text(text.into()))
            .boxed(),
        ValueShape::Date => {
            prop::sample::select(vec!["1893", "1894-02", "1894-02-12", "1895-05-01"])
                .prop_map(|date| Value::Date(date.parse().unwrap()))
                .boxed()
        }
        ValueShape::Figure => (0..6u32, 0..3u32, any::<bool>(), any::<bool>())
            .prop_map(|(least, more, open, about)| {
                Value::Figure(Figure { least, most: (!open).then_some(least + more), about })
            })
            .boxed(),
        ValueShape::Mention | ValueShape::Share => {
            (0..3u64).prop_map(|at| Value::Mention(mention(SubjectKind::Incident, at))).boxed()
        }
    }
}

const VARIABLES: [Variable; 9] = [
    Variable::Involvement(Element::Instructed),
    Variable::Involvement(Element::InContact),
    Variable::Involvement(Element::Trained),
    Variable::Involvement(Element::Inspired),
    Variable::Company,
    Variable::Target,
    Variable::Date,
    Variable::Killed,
    Variable::PartOf,
];

fn holding(variable: Variable, party: Option<MentionId>) -> impl Strategy<Value = Holding> {
    (
        prop::option::weighted(0.9, value(variable)),
        0..3u8,
        any::<bool>(),
        0..3u32,
        prop::collection::vec(prop::option::weighted(0.7, value(variable)), 0..2),
    )
        .prop_map(move |(value, basis, hedged, voices, rivals)| {
            let basis = match (basis, &value) {
                (0, _) | (_, None) => Basis::Finding(judgment()),
                (1, _) => Basis::Accepted(judgment()),
                _ => Basis::Proposal("most voices"),
            };
            let mut holding = Holding {
                variable,
                party,
                value,
                support: vec![],
                against: vec![],
                voices,
                hedged,
                copied: false,
                contested: false,
                evidence_gone: false,
                rivals: vec![],
                basis,
            };
            // One finding settles: it is not contested by what is only said.
            if !matches!(holding.basis, Basis::Finding(_)) {
                holding.dispute(rivals);
            }
            holding
        })
}

/// The holdings of a record as weighing gives them: of what has one value, one for each party;
/// of others, any number of values.
fn holdings() -> impl Strategy<Value = Vec<Holding>> {
    let single = |variable: Variable| {
        let parties = match variable.shape() {
            ValueShape::Answer => vec![None, Some(group(0)), Some(group(1))],
            _ => vec![None],
        };
        parties
            .into_iter()
            .map(|party| prop::collection::vec(holding(variable, party), 0..2).boxed())
            .collect::<Vec<_>>()
    };
    let many = |variable| vec![prop::collection::vec(holding(variable, None), 0..4).boxed()];
    let all: Vec<_> = VARIABLES
        .into_iter()
        .flat_map(|variable| match variable {
            Variable::Target | Variable::PartOf => many(variable),
            variable => single(variable),
        })
        .collect();
    all.prop_map(|parts| parts.into_iter().flatten().collect())
}

/// Three classes, of which each hangs on what elements say of each other.
fn typology() -> Typology {
    use Element as E;
    let class = |name: &str, elements: &[Element]| Class {
        name: name.into(),
        title: name.into(),
        definition: name.into(),
        when: When::Any(elements.iter().copied().map(When::Element).collect()),
    };
    let contact = BTreeSet::from([E::InContact]);
    Typology {
        name: "t".into(),
        title: "T".into(),
        version: 1,
        source: "a test".into(),
        notes: None,
        beyond: vec![],
        implies: BTreeMap::from([(E::Instructed, contact.clone()), (E::Trained, contact)]),
        classes: vec![
            class("close", &[E::Trained]),
            class("remote", &[E::InContact, E::Instructed]),
            class("none", &[E::Inspired]),
        ],
    }
}

fn condition() -> impl Strategy<Value = Condition> {
    let of = |variable, party, test| Condition::Value { variable, party, test };
    let instructed = VARIABLES[0];
    let named = || Party::Named(vec![Who::Named("The Ring".into())]);
    let date = |text: &str| text.parse::<Edtf>().unwrap();
    let typed = |class: &str, party| Condition::Typology {
        typology: Arc::new(typology()),
        classes: vec![class.to_owned()],
        party,
    };
    let claimed = |of, days| Condition::Claim { of: Box::new(of), days };
    let leaf = prop::sample::select(vec![
        of(instructed, Party::Anyone, Test::Answer(true)),
        of(instructed, Party::Anyone, Test::Answer(false)),
        of(instructed, named(), Test::Answer(true)),
        of(instructed, named(), Test::Answer(false)),
        of(instructed, named(), Test::Given(true)),
        of(Variable::Company, Party::Anyone, Test::Terms(vec!["cell".into()])),
        of(Variable::Company, Party::Anyone, Test::Given(false)),
        of(Variable::Target, Party::Anyone, Test::Contains(vec!["king".into()])),
        of(Variable::Target, Party::Anyone, Test::Texts(vec!["a mill".into()])),
        of(Variable::Date, Party::Anyone, Test::Within(date("1894"))),
        of(Variable::Date, Party::Anyone, Test::Before(date("1894-02-12"))),
        of(Variable::Date, Party::Anyone, Test::After(date("1893"))),
        of(Variable::Killed, Party::Anyone, Test::Between(2, u32::MAX)),
        Condition::Set(Who::Named("the series".into())),
        typed("close", Party::Anyone),
        typed("close", named()),
        typed("remote", named()),
        typed("none", named()),
        claimed(Condition::All(vec![]), None),
        claimed(of(Variable::ClaimAct, Party::Anyone, Test::Terms(vec!["cell".into()])), None),
        claimed(of(Variable::ClaimAct, Party::Anyone, Test::Given(false)), Some(30)),
    ]);
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            2 => inner.clone(),
            1 => prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::All),
            1 => prop::collection::vec(inner.clone(), 0..3).prop_map(Condition::Any),
            1 => inner.prop_map(|part| Condition::Not(Box::new(part))),
        ]
    })
}

fn definition() -> impl Strategy<Value = Definition> {
    // Most denominators hold everything, so that most cases are decided by what is asked of them.
    let of = prop_oneof![3 => Just(Condition::All(vec![])), 1 => condition()];
    (of, condition(), 0..3usize, any::<bool>(), any::<bool>(), any::<bool>(), 1..3u32).prop_map(
        |(of, within, level, sum, hedged, findings_too, voices)| Definition {
            unit: Unit::Incident,
            level: Level::ALL[level],
            sum: sum.then_some(Variable::Killed),
            admission: Admission { hedged, voices, findings_too },
            of,
            within,
        },
    )
}

fn set(members: Vec<Holding>, size: Option<Holding>) -> SetRecord {
    let id = mention(SubjectKind::Set, 1);
    SetRecord {
        mentions: BTreeSet::from([id]),
        holdings: members.into_iter().chain(size).collect(),
        identity: Identity::Reviewed,
    }
}

fn sets() -> impl Strategy<Value = Vec<SetRecord>> {
    let members = prop::collection::vec(holding(Variable::Member, None), 0..4);
    let size = prop::option::of(holding(Variable::Size, None));
    prop::collection::vec((members, size).prop_map(|(members, size)| set(members, size)), 0..2)
}

/// Claims by what is held of each; what a claim is about is any of the incidents.
fn claims() -> impl Strategy<Value = Vec<Vec<Holding>>> {
    let of = |variable| prop::collection::vec(holding(variable, None), 0..2);
    let claim = (of(Variable::About), of(Variable::ClaimAct), of(Variable::Issued));
    prop::collection::vec(claim.prop_map(|(a, b, c)| [a, b, c].concat()), 0..3)
}

/// What stands around incidents.
type Around = (Vec<SetRecord>, Vec<Vec<Holding>>);

fn around() -> impl Strategy<Value = Around> {
    (sets(), claims())
}

fn record(number: u64, holdings: Vec<Holding>) -> Record {
    record_of(mention(SubjectKind::Incident, number), holdings)
}

fn record_of(id: MentionId, holdings: Vec<Holding>) -> Record {
    Record {
        id,
        name: id.to_string(),
        mentions: vec![id],
        joins: vec![],
        first_published: None,
        holdings,
        superseded: BTreeSet::new(),
    }
}

/// Places every record.
fn place(definition: &Definition, records: &[Record], (sets, claims): &Around) -> Vec<Placing> {
    let normal = |text: &str| text.to_lowercase();
    let named = Named { called: BTreeSet::from([group(0)]), ..Named::default() };
    let known = Known {
        normal: &normal,
        named: BTreeMap::from([(Who::Named("The Ring".into()), named)]),
        sets: BTreeMap::from([(Who::Named("the series".into()), sets.clone())]),
    };
    let names = BTreeMap::new();
    let claims: Vec<Record> = (0u64..)
        .zip(claims)
        .map(|(at, held)| record_of(mention(SubjectKind::Claim, at), held.clone()))
        .collect();
    let subject = |record| Subject { record, names: &names, identity: Identity::Reviewed };
    records
        .iter()
        .map(|record| {
            let about = |held: &Holding| {
                let id = held.value.as_ref().and_then(Value::mention);
                held.variable == Variable::About && id == Some(record.id)
            };
            let own = claims.iter().filter(|claim| claim.holdings.iter().any(about));
            let own: Vec<Subject> = own.map(subject).collect();
            definition.place(&Case { main: subject(record), part: None, claims: &own }, &known)
        })
        .collect()
}

fn tally(placings: &[Placing], sums: bool) -> Tallies {
    let mut tallies = Tallies::default();
    placings.iter().for_each(|placing| tallies.add(placing, sums));
    tallies
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_out_unknown_and_contested_add_up_and_order_changes_nothing(
        definition in definition(),
        values in prop::collection::vec(holdings(), 0..6),
        around in around(),
        turn in any::<prop::sample::Index>(),
    ) {
        let records: Vec<Record> = (0u64..).zip(values).map(|(at, held)| record(at, held)).collect();
        let sums = definition.sum.is_some();
        let mut placings = place(&definition, &records, &around);
        let counted = tally(&placings, sums);
        for tally in [&counted.strict, &counted.lenient] {
            let whole = tally.denominator();
            let parts = Place::COUNTED.map(|at| tally.amount(at));
            prop_assert_eq!(whole.units, parts.iter().map(|part| part.units).sum::<u64>());
            prop_assert_eq!(whole.least, parts.iter().map(|part| part.least).sum::<u64>());
            let (least, most) = tally.range();
            prop_assert!(most.is_none_or(|most| least <= most));
            prop_assert!(most.is_none_or(|most| whole.most.is_none_or(|whole| most <= whole)));
            prop_assert_eq!(tally.is_final(), tally.marks().is_empty());
        }
        if !placings.is_empty() {
            let at = turn.index(placings.len());
            placings.rotate_left(at);
            prop_assert_eq!(tally(&placings, sums), counted);
        }
    }

    #[test]
    fn what_is_decided_strictly_is_decided_so_leniently(
        definition in definition(),
        held in holdings(),
        around in around(),
    ) {
        for placing in place(&definition, &[record(0, held)], &around) {
            if let at @ (Place::In | Place::Out | Place::Outside) = placing.strict.place {
                prop_assert_eq!(placing.lenient.place, at);
            }
        }
    }

    #[test]
    fn turning_a_condition_round_turns_in_and_out(
        definition in definition(),
        held in holdings(),
        around in around(),
    ) {
        let records = [record(0, held)];
        let turned = |definition: &Definition| Definition {
            within: Condition::Not(Box::new(definition.within.clone())),
            ..definition.clone()
        };
        let plain = place(&definition, &records, &around);
        let once = place(&turned(&definition), &records, &around);
        let twice = place(&turned(&turned(&definition)), &records, &around);
        prop_assert_eq!(&plain, &twice);
        for (plain, once) in plain.iter().zip(&once) {
            let want = match plain.strict.place {
                Place::In => Place::Out,
                Place::Out => Place::In,
                other => other,
            };
            prop_assert_eq!(once.strict.place, want);
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_incident_stands_under_one_class_at_most_and_findings_are_never_unmade(
        held in holdings(),
    ) {
        let record = record(0, held);
        for hand in hands(&record, &BTreeMap::new(), &[Arc::new(typology())]) {
            for standings in &hand.standings {
                let strict = &standings.strict.classes;
                for graded in [&standings.strict, &standings.lenient] {
                    let certain = graded.classes.iter().filter(|(truth, _)| *truth == Truth::Yes);
                    prop_assert!(certain.count() <= 1);
                    // What is decided rests on something that is held.
                    for (truth, grounds) in &graded.classes {
                        let on_something = grounds.iter().any(|ground| ground.held.is_some());
                        prop_assert!(!truth.is_decided() || on_something);
                    }
                }
                for ((strict, _), (lenient, _)) in strict.iter().zip(&standings.lenient.classes) {
                    prop_assert!(!strict.is_decided() || strict == lenient);
                }
                for change in &standings.changes {
                    prop_assert!(change.to != standings.lenient.outcome());
                    prop_assert!(!change.found.is_empty());
                }
                if let Outcome::Open(open, _) = standings.lenient.outcome() {
                    prop_assert!(!open.is_empty());
                }
            }
        }
    }
}

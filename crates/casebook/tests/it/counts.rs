//! Counts over a casebook: the manual's worked example, and what holds whatever the casebook holds.

use proptest::prelude::*;
use throughline_casebook::{Casebook, Counted, Error, Item, Move, Publication};
use throughline_formats::counts::{NamedDefinition, read};
use throughline_model::*;
use throughline_tell::counts::figure;
use throughline_weigh::count::{Definition, Place, Reading as Resting, Tally, UnitId};

use crate::world::{Story, Verdict, document, judgment, reading, story};

/// The block of the manual that begins with a line.
fn block(fence: &str) -> &'static str {
    let page = include_str!("../../../../docs/counts.md");
    page.split_once(&format!("```{fence}\n"))
        .and_then(|(_, rest)| rest.split_once("```"))
        .unwrap()
        .0
}

/// A coder's casebook: each incident of the table with its documents and findings.
struct Example {
    casebook: Casebook,
    incidents: Vec<(String, MentionId)>,
}

impl Example {
    /// The table of the manual: a row an incident; a cell says what is found and what is said.
    fn of_the_manual() -> Example {
        let page = include_str!("../../../../docs/counts.md");
        let (_, table) = page.split_once("| incident | date | target | company |\n").unwrap();
        let mut example = Example { casebook: Casebook::in_memory().unwrap(), incidents: vec![] };
        for row in table.lines().skip(1).take_while(|line| line.starts_with('|')) {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            let [name, date, target, company] = cells[..] else { panic!("{row}") };
            let id = example.tell(
                name,
                [(Variable::Date, date), (Variable::Target, target), (Variable::Company, company)],
            );
            example.incidents.push((name.to_owned(), id));
        }
        example.casebook.settle(|_| {}).unwrap();
        example
    }

    fn tell(&mut self, name: &str, cells: [(Variable, &str); 3]) -> MentionId {
        let mut first = None;
        // The second thing said of one variable is said by a second paper.
        for paper in 0..2 {
            let said: Vec<(Variable, Value)> = cells
                .iter()
                .filter_map(|(variable, cell)| {
                    let mut parts = cell.split(", ").filter_map(|part| part.strip_prefix("said "));
                    Some((*variable, value(*variable, parts.nth(paper)?).unwrap()))
                })
                .collect();
            if paper > 0 && said.is_empty() {
                continue;
            }
            let mention = self.store(name, paper, &said);
            match first {
                None => first = Some(mention),
                Some(first) => self.judge(Act::Same(first, mention)),
            }
        }
        let subject = first.unwrap();
        for (variable, cell) in cells {
            for found in cell.split(", ").filter_map(|part| part.strip_prefix("found ")) {
                self.find(subject, variable, found);
            }
        }
        subject
    }

    fn store(&mut self, name: &str, paper: usize, said: &[(Variable, Value)]) -> MentionId {
        let text = format!("{name}, as paper {paper} tells it.");
        let sha256 = Sha256::of(text.as_bytes());
        let span = Span::new(0, text.len());
        let document = Document {
            source: Some(format!("Paper {paper}")),
            published: Some("1900-01-01".parse().unwrap()),
            zones: vec![Zone { role: ZoneRole::Body, span }],
            text,
            ..Document::bare(sha256)
        };
        let mention = Mention::new(SubjectKind::Incident, document.id, Passage::Text(span), name);
        let speaker = Speaker { voice: Voice::Document, stance: Stance::Asserted, cue: None };
        let assertions = said.iter().map(|(variable, value)| {
            Assertion {
                id: AssertionId::from_bits(0),
                document: document.id,
                passage: Passage::Text(span),
                zone: ZoneRole::Body,
                speakers: vec![speaker.clone()],
                subject: mention.id,
                variable: *variable,
                party: None,
                value: value.clone(),
                obtained: None,
                repeats: None,
                certainty: 80,
            }
            .sealed()
        });
        let reading = Reading {
            assertions: assertions.collect(),
            mentions: vec![mention.clone()],
            notes: vec![],
        };
        let item = Item {
            document: &document,
            bytes: document.text.as_bytes(),
            pictures: &[],
            reading: Some(("rules-1", &reading)),
        };
        self.casebook.store(&[item]).unwrap();
        mention.id
    }

    fn find(&mut self, subject: MentionId, variable: Variable, found: &str) {
        let value = value(variable, found);
        let target = Target { subject, variable, party: None, value, rests_on: vec![] };
        self.judge(Act::Find(Box::new(target)));
    }

    fn judge(&mut self, act: Act) {
        let judgment = Judgment {
            id: JudgmentId::from_bits(0),
            by: "A coder".into(),
            made: Instant(0),
            reason: "as in the manual".into(),
            cites: vec![],
            supersedes: vec![],
            act,
        };
        self.casebook.judge(&judgment.sealed()).unwrap();
    }

    fn id(&self, name: &str) -> MentionId {
        self.incidents.iter().find(|(known, _)| known == name).unwrap().1
    }
}

/// A value as the manual's table gives it; `None` for what cannot be known.
fn value(variable: Variable, cell: &str) -> Option<Value> {
    (cell != "unknowable").then(|| match variable.shape() {
        ValueShape::Date => Value::Date(cell.parse().unwrap()),
        ValueShape::Term => Value::Term(cell.into()),
        _ => Value::Text(cell.into()),
    })
}

fn marks(tally: &Tally) -> Vec<&'static str> {
    tally.marks().keys().map(|mark| mark.name()).collect()
}

#[test]
fn the_worked_example_of_the_manual_counts_as_it_says() {
    let mut example = Example::of_the_manual();
    let NamedDefinition { definition, .. } = read(block("toml")).unwrap();
    let counted = example.casebook.count(&definition, AsOf::default()).unwrap();
    let figures = format!(
        "strict: {}\nlenient: {}\n",
        figure(&counted.tallies.strict, None),
        figure(&counted.tallies.lenient, None)
    );
    assert_eq!(figures, block("text"));
    let strict: Vec<(&str, Place)> =
        counted.units.iter().map(|unit| (unit.name.as_str(), unit.placing.strict.place)).collect();
    use Place::{Apart, Contested, In, Out, Unknown};
    assert_eq!(
        strict,
        [
            ("Arden", In),
            ("Bellmar", Out),
            ("Corvin", Unknown),
            ("Dunmere", Unknown),
            ("Eskwater", Contested),
            ("Farrow", Apart),
        ]
    );
    assert_eq!(marks(&counted.tallies.strict), ["proposal", "contested", "denominator"]);
    assert_eq!(marks(&counted.tallies.lenient), ["proposal", "contested"]);

    for (name, variable, found) in [
        ("Corvin", Variable::Company, "helpers"),
        ("Eskwater", Variable::Company, "unknowable"),
        ("Farrow", Variable::Target, "a minister"),
    ] {
        example.find(example.id(name), variable, found);
    }
    let settled = example.casebook.count(&definition, AsOf::default()).unwrap();
    assert_eq!(figure(&settled.tallies.strict, None), "3 to 5 of 6 (2 unknown)");
    assert!(settled.tallies.strict.is_final());
}

#[test]
fn a_published_count_says_what_has_become_of_it() {
    let mut example = Example::of_the_manual();
    let toml = block("toml");
    let publication = |draft| Publication {
        toml,
        as_of: AsOf::default(),
        by: "A coder",
        at: "The Merton Quarterly",
        draft,
    };
    let before = example.casebook.head().unwrap();
    let refused = example.casebook.publish(&publication(false)).unwrap_err();
    assert!(refused.to_string().contains("proposal, contested, denominator"), "{refused}");
    assert_eq!(example.casebook.head().unwrap(), before);

    let published = example.casebook.publish(&publication(true)).unwrap();
    let again = example.casebook.publish(&publication(true)).unwrap();
    assert!(published.new && !again.new);
    assert_eq!(again.count, published.count);
    let count = published.count;
    assert!(count.published.draft);
    // What was asked and answered is not what is so.
    assert_eq!(example.casebook.head().unwrap().content, before.content);
    assert!(!example.casebook.save_definition(toml).unwrap());
    assert_eq!(example.casebook.definitions().unwrap().len(), 1);
    assert_eq!(example.casebook.published().unwrap(), std::slice::from_ref(&count));
    let state = example.casebook.state_of(&count).unwrap();
    assert!(state.stands() && !state.content_changed && state.other_program.is_none());

    example.find(example.id("Corvin"), Variable::Company, "alone");
    example.casebook.settle(|_| {}).unwrap();
    let state = example.casebook.state_of(&count).unwrap();
    assert!(state.content_changed);
    assert_eq!(state.then, []);
    let unit = UnitId { record: example.id("Corvin"), person: None };
    let moved = |reading, from| Move { reading, unit, from, to: Place::Out, now: None };
    assert_eq!(
        state.since,
        [moved(Resting::Strict, Place::Unknown), moved(Resting::Lenient, Place::In),]
    );

    // A record answers for ever to the id it was published with.
    example.judge(Act::Same(example.id("Arden"), example.id("Bellmar")));
    example.casebook.settle(|_| {}).unwrap();
    let state = example.casebook.state_of(&count).unwrap();
    let merged = state.since.iter().filter(|moved| moved.now.is_some()).count();
    assert_eq!(merged, 2, "{:?}", state.since);
    let faults = example.casebook.verify(|_| {}).unwrap().faults;
    assert_eq!(faults, []);
}

#[test]
fn a_definition_is_saved_once_and_replaced_by_a_changed_text() {
    let mut casebook = Casebook::in_memory().unwrap();
    let toml = block("toml");
    assert!(casebook.save_definition(toml).unwrap());
    assert!(!casebook.save_definition(toml).unwrap());
    let changed = toml.replace("1890/1899", "1890/1909");
    assert!(casebook.save_definition(&changed).unwrap());
    let saved = casebook.definitions().unwrap();
    assert_eq!(saved.len(), 1);
    assert_eq!(saved[0].saved.toml, changed);
    let refused = casebook.save_definition("name = 'n'").unwrap_err();
    assert!(refused.to_string().contains("line 1"), "{refused}");
}

fn definition(rest: &str) -> Definition {
    let toml = format!("name = 'n'\ntitle = 'T'\n{rest}");
    read(&toml).unwrap().definition
}

/// Counts of the small world of stories.
fn definitions() -> [Definition; 6] {
    let bombs = "[of]\nvariable = 'place'\nis = 'Porto'\n[in]\nvariable = 'killed'\nat-least = 5";
    [
        definition(&format!("unit = 'incident'\n{bombs}")),
        definition(&format!("unit = 'incident'\n[evidence]\nvoices = 2\n{bombs}")),
        definition(&format!("unit = 'incident'\nsum = 'killed'\n{bombs}")),
        definition(
            "unit = 'perpetrator'\n[in]\nany = [{ variable = 'name', contains = 'Henry' }, \
             { variable = 'role', party = 'this', is = 'suspect' }]",
        ),
        definition("unit = 'person'\n[in]\nvariable = 'role'\nis = 'suspect'"),
        definition("unit = 'incident'\n[in]\nclaim = { variable = 'act', is = 'claims' }"),
    ]
}

fn fill(stories: &[Story]) -> (Casebook, Vec<Document>, Vec<Reading>) {
    let mut casebook = Casebook::in_memory().unwrap();
    let documents: Vec<Document> = stories.iter().map(own_paper).collect();
    let readings: Vec<Reading> =
        documents.iter().zip(stories).map(|(d, s)| reading(d, s)).collect();
    for (document, reading) in documents.iter().zip(&readings) {
        store(&mut casebook, document, reading);
    }
    (casebook, documents, readings)
}

/// The document of a story, each in a paper of its own.
fn own_paper(story: &Story) -> Document {
    Document { source: Some(format!("Paper {}", story.number)), ..document(story) }
}

fn store(casebook: &mut Casebook, document: &Document, reading: &Reading) {
    let reading = Some(("rules-1", reading));
    casebook
        .store(&[Item { document, bytes: document.text.as_bytes(), pictures: &[], reading }])
        .unwrap();
}

/// Enters judgments and returns those entered; what is not there, or contradicts, is passed over.
fn judge(casebook: &mut Casebook, judgments: &[Judgment]) -> Vec<Judgment> {
    let entered = judgments.iter().filter(|judgment| match casebook.judge(judgment) {
        Ok(_) => true,
        Err(Error::Unknown(_) | Error::Refused(_) | Error::Contradiction(_)) => false,
        Err(other) => panic!("{other}"),
    });
    let entered = entered.cloned().collect();
    casebook.settle(|_| {}).unwrap();
    entered
}

fn verdicts() -> impl Strategy<Value = Vec<(Verdict, usize, usize, Option<usize>)>> {
    let verdict =
        prop::sample::select(vec![Verdict::Accept, Verdict::Reject, Verdict::Find, Verdict::Find]);
    prop::collection::vec((verdict, 0..64usize, 0..64usize, prop::option::of(0..64usize)), 0..8)
}

fn judgments(
    verdicts: &[(Verdict, usize, usize, Option<usize>)],
    documents: &[Document],
    readings: &[Reading],
) -> Vec<Judgment> {
    verdicts
        .iter()
        .filter_map(|(verdict, a, b, cites)| {
            judgment(*verdict, (*a, *b), *cites, documents, documents, readings, &[])
        })
        .collect()
}

/// What a count says, without the state of the casebook.
fn said(counted: Counted) -> (Vec<String>, Vec<throughline_weigh::count::Placing>) {
    let Counted { tallies, units, .. } = counted;
    let figures = [&tallies.strict, &tallies.lenient].map(|tally| format!("{tally:?}"));
    (figures.to_vec(), units.into_iter().map(|unit| unit.placing).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counts_and_ties_as_of_a_day_are_those_of_a_casebook_without_later_documents(
        stories in prop::collection::vec(story(), 1..10),
        verdicts in verdicts(),
        day in 1..22u8,
    ) {
        let mut stories = stories;
        stories.sort_by_key(|story| story.number);
        stories.dedup_by_key(|story| story.number);
        let (mut whole, documents, readings) = fill(&stories);
        let judgments = judgments(&verdicts, &documents, &readings);
        let published = Some(format!("1894-03-{day:02}").parse::<Edtf>().unwrap().latest());
        let as_of = AsOf { published, recorded: None };
        let is_there = |story: &&Story| as_of.sees(document(story).public_since().as_ref());
        let earlier: Vec<Story> = stories.iter().filter(is_there).cloned().collect();
        let (mut part, known, _) = fill(&earlier);
        let cited_is_known = |judgment: &&Judgment| {
            judgment.cites.iter().all(|id| known.iter().any(|document| document.id == *id))
        };
        let entered = judge(&mut whole, &judgments);
        let citing: Vec<Judgment> = entered.iter().filter(cited_is_known).cloned().collect();
        judge(&mut part, &citing);
        let end = AsOf { published: None, recorded: Some(Instant(i64::MAX)) };
        for definition in definitions() {
            // What is kept of records, as far as it is looked at, counts as all that is derived.
            let kept = whole.count(&definition, AsOf::default()).unwrap();
            prop_assert_eq!(&kept.units, &whole.count(&definition, end).unwrap().units);
            let then = whole.count(&definition, as_of).unwrap();
            let only = part.count(&definition, AsOf::default()).unwrap();
            prop_assert_eq!(said(then), said(only));
        }
        let (then, only) = (whole.tied(as_of).unwrap(), part.tied(AsOf::default()).unwrap());
        prop_assert_eq!(then.network.words(), only.network.words());
        prop_assert_eq!(then.network.identities(), only.network.identities());
        prop_assert_eq!(then.network.circumstances(), only.network.circumstances());
        prop_assert_eq!((then.names, then.documents), (only.names, only.documents));
    }

    #[test]
    fn copying_a_document_changes_no_figure(
        stories in prop::collection::vec(story(), 1..8),
        verdicts in verdicts(),
        copied in any::<prop::sample::Index>(),
    ) {
        // Within two days and few dead no two reports of a place conflict: what is one incident
        // does not hang on the order of the reports, which a copy may change.
        let mut stories = stories;
        for story in &mut stories {
            story.day = 1 + story.day % 2;
            story.killed %= 9;
        }
        stories.sort_by_key(|story| story.number);
        stories.dedup_by_key(|story| story.number);
        let (mut casebook, documents, readings) = fill(&stories);
        let mut judgments = judgments(&verdicts, &documents, &readings);
        // A reading rejected in one document still stands in its copy, until that is read too.
        judgments.retain(|judgment| !matches!(judgment.act, Act::Reject(_)));
        judge(&mut casebook, &judgments);
        let figures = |casebook: &Casebook| {
            definitions()[..3].iter().map(|definition| {
                let counted = casebook.count(definition, AsOf::default()).unwrap();
                let sum = definition.sum;
                (figure(&counted.tallies.strict, sum), figure(&counted.tallies.lenient, sum))
            }).collect::<Vec<_>>()
        };
        let before = figures(&casebook);
        let story = &stories[copied.index(stories.len())];
        let mut copy = own_paper(story);
        copy.text.push(' ');
        copy.sha256 = Sha256::of(copy.text.as_bytes());
        copy.id = DocumentId::of_bytes(copy.sha256);
        store(&mut casebook, &copy, &reading(&copy, story));
        casebook.settle(|_| {}).unwrap();
        prop_assert_eq!(figures(&casebook), before);
    }
}

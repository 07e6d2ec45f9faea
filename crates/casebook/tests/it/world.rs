//! A small world: documents, readings and judgments that a random number of commands is made of.

use std::collections::BTreeMap;

use proptest::prelude::*;
use throughline_casebook::{Casebook, RecordRow};
use throughline_model::*;

/// What a test does to a casebook.
#[derive(Clone, Debug)]
pub(crate) enum Command {
    /// A document of the small world enters with its reading.
    Store(Story),
    /// A document is read again by a later reader, which finds something else.
    Reread(usize, Story),
    /// A person adds a reading by hand; its perpetrator may be a mention of another document.
    Hand(usize, Story, Option<usize>),
    /// Readings by two readers and a hand enter in one step, so at one moment.
    Burst(usize, Story, Story, Story),
    /// Somebody judges; the numbers choose what, among what is there.
    Judge(Verdict, usize, usize, Option<usize>),
    /// Judgments come from elsewhere in one step, the last made first.
    Import(Vec<(Verdict, usize, usize, Option<usize>)>),
    /// What entered is derived; without it, later commands meet what is not.
    Settle,
    /// A document is removed.
    Forget(usize),
}

/// A kind of judgment.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verdict {
    Accept,
    Reject,
    Correct,
    Retract,
    Withdraw,
    Find,
    Same,
    NotSame,
    Dated,
    Grade,
    Credit,
    Undo,
}

/// What a document tells: who did what, where, when, with how many dead, and who says so.
#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) number: u8,
    pub(crate) published: Option<u8>,
    pub(crate) place: usize,
    pub(crate) day: u8,
    pub(crate) killed: u32,
    pub(crate) person: usize,
    pub(crate) hedged: bool,
    /// Whether it has words enough for reports to be compared by them.
    pub(crate) long: bool,
}

const PLACES: [&str; 2] = ["Porto", "Lyon"];
/// What long stories go on with.
const SCENES: [&str; 2] = [
    " Windows broke along the quay, and the customs house burned until dawn.",
    " The jewellers of the arcade found the clockmaker Verdier under his counter.",
];
const PEOPLE: [&str; 4] = ["Emile Henry", "E. Henry", "Jean Pauwels", "Henry"];

impl Story {
    /// One that is like any other.
    pub(crate) fn plain() -> Story {
        Story {
            number: 0,
            published: Some(1),
            place: 0,
            day: 1,
            killed: 2,
            person: 0,
            hedged: false,
            long: false,
        }
    }
}

pub(crate) fn story() -> impl Strategy<Value = Story> {
    (
        0..40u8,
        prop::option::weighted(0.85, 1..20u8),
        0..2usize,
        1..4u8,
        0..30u32,
        0..4usize,
        any::<bool>(),
        prop::bool::weighted(0.8),
    )
        .prop_map(|(number, published, place, day, killed, person, hedged, long)| Story {
            number,
            published,
            place,
            day,
            killed,
            person,
            hedged,
            long,
        })
}

pub(crate) fn command() -> impl Strategy<Value = Command> {
    use Verdict as V;
    let verdict = || {
        prop::sample::select(vec![
            V::Accept,
            V::Reject,
            V::Correct,
            V::Retract,
            V::Withdraw,
            V::Find,
            V::Find,
            V::Same,
            V::Same,
            V::Same,
            V::NotSame,
            V::NotSame,
            V::Dated,
            V::Grade,
            V::Credit,
            V::Undo,
        ])
    };
    let judged = move || (verdict(), 0..64usize, 0..64usize, prop::option::of(0..64usize));
    prop_oneof![
        8 => story().prop_map(Command::Store),
        2 => (0..64usize, story()).prop_map(|(at, story)| Command::Reread(at, story)),
        2 => (0..64usize, story(), prop::option::of(0..64usize))
            .prop_map(|(at, story, other)| Command::Hand(at, story, other)),
        1 => (0..64usize, story(), story(), story())
            .prop_map(|(at, a, b, c)| Command::Burst(at, a, b, c)),
        10 => judged().prop_map(|(v, a, b, cites)| Command::Judge(v, a, b, cites)),
        1 => prop::collection::vec(judged(), 1..5).prop_map(Command::Import),
        2 => (0..64usize).prop_map(Command::Forget),
        5 => Just(Command::Settle),
    ]
}

fn day(month: u8, day: u8) -> Edtf {
    format!("1894-{month:02}-{day:02}").parse().unwrap()
}

fn changed(number: u8) -> Stamp {
    format!("1894-03-{:02}T12:00", number % 20 + 1).parse().unwrap()
}

/// From this number on stories have a long first sentence, which other papers may have in the same words.
const WIRE: u8 = 20;

/// The document of a story; its bytes are its text.
pub(crate) fn document(story: &Story) -> Document {
    let (person, place, killed) = (PEOPLE[story.person], PLACES[story.place], story.killed);
    let mut text = match story.number < WIRE {
        true => format!(
            "Story {}. {person} was named. A bomb exploded at {place} and killed {killed}.",
            story.number
        ),
        false => format!(
            "{person} was named today as the one whose bomb exploded at {place} and killed {killed}. \
             Story {}.",
            story.number
        ),
    };
    if story.long {
        text.push_str(SCENES[story.place]);
    }
    let sha256 = Sha256::of(text.as_bytes());
    let end = text.len();
    Document {
        source: Some(format!("Paper {}", story.number % 3)),
        published: story.published.map(|at| day(3, at)),
        // Every third was changed, before or after the day that it gives.
        modified: story.number.is_multiple_of(3).then(|| changed(story.number)),
        zones: vec![Zone { role: ZoneRole::Body, span: Span::new(0, end) }],
        text,
        ..Document::bare(sha256)
    }
}

/// What a reader finds in a document if it takes it for `story`.
pub(crate) fn reading(document: &Document, story: &Story) -> Reading {
    reading_with(document, story, None)
}

/// As [`reading`], with a perpetrator that another document mentions.
pub(crate) fn reading_with(
    document: &Document,
    story: &Story,
    perpetrator: Option<MentionId>,
) -> Reading {
    let whole = document.text.len();
    let at = |from: usize, to: usize| Passage::Text(Span::new(from.min(whole), to.min(whole)));
    let mention =
        |kind, from: usize, name: &str| Mention::new(kind, document.id, at(from, from + 4), name);
    let person = mention(SubjectKind::Person, 9, PEOPLE[story.person]);
    let mut again = mention(SubjectKind::Person, 14, PEOPLE[story.person]);
    again.antecedent = Some(person.id);
    let incident = mention(SubjectKind::Incident, 20, "the explosion");
    let place = mention(SubjectKind::Place, 30, PLACES[story.place]);
    let said = |subject: MentionId, variable, value, party: Option<MentionId>| {
        let stance = if story.hedged { Stance::Hedged } else { Stance::Asserted };
        Assertion {
            id: AssertionId::from_bits(0),
            document: document.id,
            passage: at(0, whole),
            zone: ZoneRole::Body,
            speakers: vec![Speaker { voice: Voice::Document, stance, cue: None }],
            subject,
            variable,
            party,
            value,
            obtained: None,
            repeats: None,
            certainty: 80,
        }
        .sealed()
    };
    let mut assertions = vec![
        said(incident.id, Variable::Place, Value::Mention(place.id), None),
        said(incident.id, Variable::Date, Value::Date(day(2, story.day)), None),
        said(incident.id, Variable::Killed, Value::Figure(Figure::exactly(story.killed)), None),
        said(
            incident.id,
            Variable::Perpetrator,
            Value::Mention(perpetrator.unwrap_or(person.id)),
            None,
        ),
        said(again.id, Variable::Role, Value::Term("suspect".into()), Some(incident.id)),
    ];
    // Some headlines repeat the toll.
    if story.long && story.number % 2 == 1 {
        let toll = assertions[2].clone();
        let of = toll.id;
        let copy = Assertion { passage: at(0, 8), zone: ZoneRole::Headline, ..toll };
        assertions.push(Assertion { repeats: Some(of), ..copy }.sealed());
    }
    // Of most places nothing is said but their name.
    if story.killed % 4 == 1 {
        let words = Value::Text(format!("town {}", story.killed));
        assertions.push(said(place.id, Variable::Description, words, Some(person.id)));
    }
    Reading { mentions: vec![person, again, incident, place], assertions, notes: vec![] }
}

/// A judgment on what is there; `None` if there is nothing of the kind.
pub(crate) fn judgment(
    verdict: Verdict,
    (a, b): (usize, usize),
    cites: Option<usize>,
    documents: &[Document],
    citable: &[Document],
    readings: &[Reading],
    judgments: &[Judgment],
) -> Option<Judgment> {
    let corrections = judgments.iter().filter_map(|judgment| match &judgment.act {
        Act::Correct { by, .. } => Some(by.as_ref()),
        _ => None,
    });
    // Corrections first, since they are few.
    let assertions: Vec<&Assertion> =
        corrections.chain(readings.iter().flat_map(|r| &r.assertions)).collect();
    let mentions: Vec<&Mention> = readings.iter().flat_map(|r| &r.mentions).collect();
    let one = |at: usize| assertions.get(at % assertions.len().max(1)).copied();
    let pair = || {
        let first = mentions.get(a % mentions.len().max(1))?;
        let kind = first.kind();
        let others: Vec<_> =
            mentions.iter().filter(|m| m.kind() == kind && m.id != first.id).collect();
        Some((first.id, others.get(b % others.len().max(1))?.id))
    };
    let mut supersedes = vec![];
    let act = match verdict {
        Verdict::Accept => Act::Accept(one(a)?.id),
        Verdict::Reject => Act::Reject(one(a)?.id),
        Verdict::Retract => Act::Retract(one(a)?.id),
        Verdict::Withdraw => {
            Act::Withdraw { assertion: one(a)?.id, on: day(3, u8::try_from(b % 20 + 1).unwrap()) }
        }
        Verdict::Correct => {
            let old = assertions.iter().filter(|s| s.variable == Variable::Killed).nth(a % 8)?;
            let mut by = (*old).clone();
            by.value = Value::Figure(Figure::exactly(u32::try_from(b).unwrap()));
            Act::Correct { assertion: old.id, by: Box::new(by.sealed()) }
        }
        Verdict::Find => {
            let incidents: Vec<_> =
                mentions.iter().filter(|m| m.kind() == SubjectKind::Incident).collect();
            let subject = incidents.get(a % incidents.len().max(1))?.id;
            let people: Vec<_> =
                mentions.iter().filter(|m| m.kind() == SubjectKind::Person).collect();
            let (variable, value) = match b % 2 {
                0 => (Variable::Killed, Value::Figure(Figure::exactly(u32::try_from(b).unwrap()))),
                _ => {
                    (Variable::Perpetrator, Value::Mention(people.get(b % people.len().max(1))?.id))
                }
            };
            let value = (b % 5 > 0).then_some(value);
            // One in three rests on nothing that is named.
            let rests_on = (0..a % 3).filter_map(|at| Some(one(b + at)?.id)).collect();
            Act::Find(Box::new(Target { subject, variable, party: None, value, rests_on }))
        }
        Verdict::Same => pair().map(|(a, b)| Act::Same(a, b))?,
        Verdict::NotSame => pair().map(|(a, b)| Act::NotSame(a, b))?,
        Verdict::Dated => {
            let document = documents.get(a % documents.len().max(1))?.id;
            Act::Dated { document, published: day(3, u8::try_from(b % 20 + 1).unwrap()) }
        }
        Verdict::Grade => Act::Grade {
            source: format!("Paper {}", a % 3),
            reliability: Reliability::ALL[b % Reliability::ALL.len()],
        },
        Verdict::Credit => Act::Credit {
            assertion: one(a)?.id,
            credibility: Credibility::ALL[b % Credibility::ALL.len()],
        },
        Verdict::Undo => {
            supersedes.push(judgments.get(a % judgments.len().max(1))?.id);
            Act::Undo
        }
    };
    let cites = cites.and_then(|at| citable.get(at % citable.len().max(1))).map(|d| d.id);
    Some(
        Judgment {
            id: JudgmentId::from_bits(0),
            by: "A coder".into(),
            made: Instant(0),
            reason: format!("{a} and {b}"),
            cites: cites.into_iter().collect(),
            supersedes,
            act,
        }
        .sealed(),
    )
}

/// Every record, by id.
pub(crate) fn records(casebook: &Casebook, as_of: AsOf) -> BTreeMap<MentionId, RecordRow> {
    let mut found = BTreeMap::new();
    for kind in SubjectKind::ALL {
        casebook
            .each_record(kind, as_of, |row| {
                found.insert(row.record.id, row);
            })
            .unwrap();
    }
    found
}

//! Under random commands, every view as of any two dates equals the plain derivation from the
//! ledger filtered by them, and the derived tables equal what the ledger gives.

use std::collections::{BTreeMap, BTreeSet};

use crate::listing::{assert_assertions, assert_documents, assert_lists, assert_near};
use crate::world::{Command, Story, Verdict, command, document, judgment, reading, reading_with};
use proptest::prelude::*;
use throughline_casebook::{
    Casebook, Disposition, EntryKind, Error, EvidenceView, Item, Listed, SHOWN,
};
use throughline_flow::{Filed, Gone, from_scratch};
use throughline_model::*;

/// What was done to a casebook, as far as choosing the next command needs it.
#[derive(Default)]
pub(crate) struct Done {
    documents: Vec<Document>,
    readings: Vec<Reading>,
    judgments: Vec<Judgment>,
    /// Every document that is or will be stored: judgments may come before what they cite.
    citable: Vec<Document>,
}

impl Done {
    pub(crate) fn before(commands: &[Command]) -> Done {
        let stories = commands.iter().filter_map(|command| match command {
            Command::Store(story) => Some(document(story)),
            _ => None,
        });
        Done { citable: stories.collect(), ..Done::default() }
    }

    fn judgment(
        &self,
        (verdict, a, b, cites): (Verdict, usize, usize, Option<usize>),
    ) -> Option<Judgment> {
        judgment(
            verdict,
            (a, b),
            cites,
            &self.documents,
            &self.citable,
            &self.readings,
            &self.judgments,
        )
    }

    /// One of the documents that were stored, if it is still there.
    fn document(&self, casebook: &Casebook, at: usize) -> Option<&Document> {
        let document = self.documents.get(at % self.documents.len().max(1))?;
        casebook.document(document.id).unwrap().map(|_| document)
    }
}

pub(crate) fn run(casebook: &mut Casebook, done: &mut Done, command: &Command) {
    match command {
        Command::Store(story) => {
            let document = document(story);
            let reading = reading(&document, story);
            let item = Item {
                document: &document,
                bytes: document.text.as_bytes(),
                pictures: &[],
                reading: Some(("rules-1", &reading)),
            };
            casebook.store(&[item]).unwrap();
            done.documents.push(document);
            done.readings.push(reading);
        }
        Command::Reread(at, story) => {
            let Some(document) = done.document(casebook, *at) else { return };
            let reading = reading(document, story);
            casebook.file(&[(document.id, "rules-2", &reading)]).unwrap();
            done.readings.push(reading);
        }
        Command::Hand(at, story, other) => {
            let Some(document) = done.document(casebook, *at) else { return };
            let people: Vec<MentionId> = done
                .readings
                .iter()
                .flat_map(|reading| &reading.mentions)
                .map(|mention| mention.id)
                .filter(|mention| mention.kind() == SubjectKind::Person)
                .collect();
            let other = other.and_then(|at| people.get(at % people.len().max(1)).copied());
            let reading = reading_with(document, story, other);
            casebook.file(&[(document.id, "hand:A coder", &reading)]).unwrap();
            done.readings.push(reading);
        }
        Command::Burst(at, one, two, three) => {
            let Some(document) = done.document(casebook, *at) else { return };
            let own = [one, two, three].map(|story| reading(document, story));
            let filed: Vec<_> = ["rules-3", "import:Somebody", "rules-4"]
                .into_iter()
                .zip(&own)
                .map(|(reader, reading)| (document.id, reader, reading))
                .collect();
            casebook.file(&filed).unwrap();
            done.readings.extend(own);
        }
        Command::Judge(verdict, a, b, cites) => {
            let Some(made) = done.judgment((*verdict, *a, *b, *cites)) else { return };
            match casebook.judge(&made) {
                Ok(_) => done.judgments.push(made),
                Err(Error::Contradiction(others)) => assert!(!others.is_empty()),
                Err(Error::Unknown(_) | Error::Refused(_)) => {}
                Err(other) => panic!("{other}"),
            }
        }
        Command::Import(judged) => {
            let mut made: Vec<Judgment> = Vec::new();
            for one in judged {
                let Some(mut one) = done.judgment(*one) else { continue };
                // Each undoes the one made before it, which comes after it in the file.
                if let (Act::Undo, Some(before)) = (&one.act, made.last()) {
                    one.supersedes = vec![before.id];
                    one = one.sealed();
                }
                made.push(one);
            }
            made.reverse();
            let results = casebook.import_judgments(&made).unwrap();
            let entered = made.into_iter().zip(results).filter(|(_, result)| {
                matches!(result, Ok(Disposition::Entered | Disposition::Known))
            });
            done.judgments.extend(entered.map(|(judgment, _)| judgment));
        }
        Command::Settle => casebook.settle(|_| {}).unwrap(),
        Command::Forget(at) => {
            let Some(document) = done.documents.get(at % done.documents.len().max(1)) else {
                return;
            };
            match casebook.forget(document.id, "A coder", "a request") {
                Ok(_) | Err(Error::Unknown(_) | Error::Refused(_)) => {}
                Err(other) => panic!("{other}"),
            }
        }
    }
}

/// What the tombstones say, read without the program's own reader.
#[derive(Default)]
struct Tombstones {
    /// What stands for the mentions that went, if something does.
    successors: BTreeMap<MentionId, Option<MentionId>>,
    /// Since when documents that were removed were public, and when they were recorded.
    dates: BTreeMap<DocumentId, (Option<Edtf>, Instant)>,
    /// What stays of judgments that went.
    remains: Vec<(Judgment, Instant)>,
}

impl Tombstones {
    fn of(casebook: &Casebook) -> Tombstones {
        let mut all = Tombstones::default();
        for entry in casebook.entries(&[EntryKind::Removal]).unwrap() {
            let document = entry.document.unwrap();
            let tombstone: serde_json::Value =
                serde_json::from_str(&entry.payload.unwrap()).unwrap();
            for (gone, other) in tombstone["successors"].as_object().into_iter().flatten() {
                let other = other.as_str().map(|other| other.parse().unwrap());
                all.successors.insert(gone.parse().unwrap(), other);
            }
            let public = tombstone["public"].as_str().map(|date| date.parse().unwrap());
            let recorded = Instant(tombstone["recorded"].as_i64().unwrap());
            all.dates.insert(document, (public, recorded));
            for one in tombstone["remains"].as_array().into_iter().flatten() {
                fn list<T: std::str::FromStr<Err: std::fmt::Debug>>(
                    of: &serde_json::Value,
                ) -> Vec<T> {
                    let texts = of.as_array().unwrap().iter();
                    texts.map(|text| text.as_str().unwrap().parse().unwrap()).collect()
                }
                let published = one["published"].as_str().map(|date| date.parse().unwrap());
                let act = published.map(|published| Act::Dated { document, published });
                let judgment = Judgment {
                    id: one["id"].as_str().unwrap().parse().unwrap(),
                    by: String::new(),
                    made: Instant(0),
                    reason: String::new(),
                    cites: list(&one["cites"]),
                    supersedes: list(&one["supersedes"]),
                    act: act.unwrap_or(Act::Undo),
                };
                all.remains.push((judgment, Instant(one["recorded"].as_i64().unwrap())));
            }
        }
        all
    }

    fn stands_for(&self, mut mention: MentionId) -> MentionId {
        while let Some(Some(next)) = self.successors.get(&mention) {
            mention = *next;
        }
        mention
    }

    fn gone(&self) -> Gone {
        let lost = self.successors.iter().filter(|(_, other)| other.is_none());
        Gone { dates: self.dates.clone(), lost: lost.map(|(gone, _)| *gone).collect() }
    }
}

/// What the ledger holds, without any derived table.
fn ledger(casebook: &Casebook) -> (Vec<Filed>, Vec<(Judgment, Instant)>) {
    let (mut filed, mut judgments) = (Vec::new(), Vec::new());
    let mut documents: BTreeMap<DocumentId, Document> = BTreeMap::new();
    let kinds = [EntryKind::Capture, EntryKind::Reading, EntryKind::Hand, EntryKind::Judgment];
    let tombstones = Tombstones::of(casebook);
    let stands_for = |mention| tombstones.stands_for(mention);
    for entry in casebook.entries(&kinds).unwrap() {
        let Some(payload) = entry.payload else { continue };
        match entry.kind {
            EntryKind::Capture => {
                let document = throughline_formats::read_document(&payload).unwrap();
                documents.insert(document.id, document);
            }
            EntryKind::Judgment => {
                let judgment = throughline_formats::read_judgment(&payload).unwrap();
                judgments.push((judgment.on(&stands_for), entry.recorded));
            }
            _ => {
                let (reader, mut reading) = throughline_formats::read_filed(&payload).unwrap();
                let said = reading.assertions.into_iter();
                reading.assertions = said.map(|one| one.referring(&stands_for)).collect();
                let document = &documents[&entry.document.unwrap()];
                filed.push(Filed {
                    document: document.id,
                    published: document.public_since(),
                    source: document.source.clone(),
                    outline: throughline_flow::outline(document),
                    recorded: entry.recorded,
                    reader,
                    reading,
                });
            }
        }
    }
    (filed, judgments)
}

/// Compares everything that can be asked as of two dates with the plain derivation.
fn check(casebook: &mut Casebook, as_of: AsOf) {
    casebook.settle(|_| {}).unwrap();
    assert_lists(casebook, as_of);
    let (filed, judgments) = ledger(casebook);
    let tombstones = Tombstones::of(casebook);
    let ever = [judgments.clone(), tombstones.remains.clone()].concat();
    let want = from_scratch(&filed, &tombstones.gone(), &ever, as_of);
    let mut got = Vec::new();
    for kind in SubjectKind::ALL {
        let rows = casebook.records(kind, as_of, usize::MAX).unwrap();
        got.extend(rows.into_iter().map(|row| row.record));
    }
    got.sort_by_key(|record| record.id);
    assert_eq!(got, want, "as of {as_of:?}");
    crate::tied::assert_tied(casebook, &want, as_of);
    for record in &want {
        for mention in &record.mentions {
            let shown = casebook.record(*mention, as_of).unwrap().unwrap();
            assert_eq!(&shown.record, record);
            assert_eq!(casebook.weighed(*mention, as_of).unwrap().as_ref(), Some(record));
            let bare = casebook.bare(*mention, as_of).unwrap().map(Listed::from);
            assert_eq!(casebook.listed_one(*mention, as_of).unwrap(), bare);
            let some = casebook.shown(*mention, as_of, 2).unwrap().unwrap();
            assert_eq!(some.record.mentions, record.mentions[..record.mentions.len().min(2)]);
            assert_eq!(some.evidence.len() + some.left_out.evidence, shown.evidence.len());
            // What is worded alike is looked for among what is shown.
            let alone = |one: &EvidenceView| EvidenceView { worded_as: None, ..one.clone() };
            let same = |(id, one): (&AssertionId, &EvidenceView)| {
                shown.evidence.get(id).map(alone) == Some(alone(one))
            };
            assert!(some.evidence.iter().all(same));
            for id in record.holdings.iter().flat_map(|h| h.support.iter().chain(&h.against)) {
                assert!(shown.evidence.contains_key(id));
            }
            // What is kept of the present equals what is derived: nothing was recorded after the end.
            if as_of.is_present() {
                let end = AsOf { published: None, recorded: Some(Instant(i64::MAX)) };
                for most in [0, 2, SHOWN] {
                    let kept = casebook.shown(*mention, as_of, most).unwrap();
                    assert_eq!(kept, casebook.shown(*mention, end, most).unwrap(), "{most}");
                }
            }
        }
    }
    assert_near(casebook, &want, as_of);
    let in_view: BTreeSet<MentionId> =
        want.iter().flat_map(|record| &record.mentions).copied().collect();
    let ever = filed.iter().flat_map(|one| &one.reading.mentions).map(|mention| mention.id);
    for mention in ever.filter(|mention| !in_view.contains(mention)) {
        assert_eq!(casebook.weighed(mention, as_of).unwrap(), None);
        assert_eq!(casebook.listed_one(mention, as_of).unwrap(), None);
    }
    // Search obeys both dates.
    let by = |one: &Filed| as_of.recalls(one.recorded);
    let standing = casebook.standing(as_of).unwrap();
    let mut want: Vec<DocumentId> = filed
        .iter()
        .filter(|one| by(one))
        .filter(|one| as_of.sees(standing.dated(one.document).or(one.published.as_ref())))
        .map(|one| one.document)
        .collect();
    want.sort();
    want.dedup();
    assert_documents(casebook, as_of);
    assert_assertions(casebook, &filed, &judgments, as_of);
    let hits = casebook.search("bomb exploded", as_of, usize::MAX).unwrap();
    let mut got: Vec<DocumentId> = hits.into_iter().map(|hit| hit.document.id).collect();
    got.sort();
    assert_eq!(got, want);
}

/// Runs commands and compares every view with the plain derivation, at some days of publication and
/// at the moment that `cut` chooses among those at which something was recorded.
fn check_everything(commands: &[Command], days: &[u8], cut: impl Fn(usize) -> usize) {
    let mut casebook = Casebook::in_memory().unwrap();
    let mut done = Done::before(commands);
    for command in commands {
        run(&mut casebook, &mut done, command);
    }
    let all = [
        EntryKind::Capture,
        EntryKind::Reading,
        EntryKind::Hand,
        EntryKind::Judgment,
        EntryKind::Removal,
    ];
    let moments: Vec<Instant> =
        casebook.entries(&all).unwrap().into_iter().map(|entry| entry.recorded).collect();
    let on = |day: &u8| {
        let published = format!("1894-03-{day:02}").parse::<Edtf>().unwrap().latest();
        AsOf { published: Some(published), recorded: None }
    };
    // Lists as of a day need nothing to be settled.
    days.iter().for_each(|day| assert_lists(&casebook, on(day)));
    check(&mut casebook, AsOf::default());
    let recorded = (!moments.is_empty()).then(|| moments[cut(moments.len())]);
    for day in days {
        for recorded in [None, recorded] {
            check(&mut casebook, AsOf { recorded, ..on(day) });
        }
    }
    check(&mut casebook, AsOf { published: None, recorded });
    let verified = casebook.verify(|_| {}).unwrap();
    assert_eq!(verified.faults, vec![]);
}

fn told(number: u8, published: Option<u8>, place: usize, person: usize) -> Story {
    Story { number, published, place, day: 1, killed: 0, person, hedged: false, long: true }
}

/// Sequences that once gave another view than the plain derivation, or other rows than the ledger.
#[test]
fn what_once_went_wrong() {
    use Command as C;
    use Verdict as V;
    let cases = [
        // Mentions that a forgotten document tied are referred to by records of other blocks.
        vec![
            C::Store(told(0, None, 0, 0)),
            C::Store(told(14, None, 1, 0)),
            C::Store(told(4, None, 0, 2)),
            C::Judge(V::Same, 6, 1, None),
            C::Settle,
            C::Forget(1),
        ],
        // A judgment cites a document that is forgotten, and stays without a day.
        vec![
            C::Store(told(0, Some(5), 0, 0)),
            C::Store(told(1, Some(3), 0, 1)),
            C::Store(told(2, Some(9), 1, 2)),
            C::Judge(V::Same, 0, 0, Some(2)),
            C::Settle,
            C::Forget(2),
        ],
        // A judgment cites a document that comes later.
        vec![
            C::Store(told(0, Some(5), 0, 0)),
            C::Store(told(1, Some(3), 0, 1)),
            C::Judge(V::Same, 0, 0, Some(2)),
            C::Settle,
            C::Store(told(2, Some(9), 1, 2)),
        ],
        // Read anew, a mention leaves a block that is settled after the one it enters.
        vec![
            C::Store(told(0, Some(5), 0, 0)),
            C::Settle,
            C::Reread(0, told(0, Some(5), 1, 0)),
            C::Settle,
            C::Reread(0, told(0, Some(5), 0, 2)),
        ],
        // Two readers at one moment: what the first read was never in force.
        vec![
            C::Store(told(0, Some(5), 0, 0)),
            C::Burst(0, told(0, None, 1, 2), told(0, None, 0, 0), told(0, None, 0, 1)),
            C::Settle,
        ],
        // A document is dated by judgment, then forgotten and offered again.
        vec![
            C::Store(told(0, None, 0, 0)),
            C::Store(told(1, Some(3), 0, 0)),
            C::Judge(V::Dated, 0, 7, None),
            C::Settle,
            C::Forget(0),
            C::Store(told(0, None, 0, 0)),
            C::Judge(V::Dated, 0, 7, None),
        ],
        // A correction is retracted, and stands in no reading.
        vec![
            C::Store(told(0, Some(5), 0, 0)),
            C::Judge(V::Correct, 0, 3, None),
            C::Settle,
            C::Judge(V::Retract, 0, 0, None),
        ],
        // An imported finding rests on words that a newer reading left out; then a document is
        // forgotten.
        vec![
            C::Store(told(0, None, 0, 0)),
            C::Reread(0, Story { hedged: true, ..told(0, None, 0, 0) }),
            C::Store(told(0, None, 0, 1)),
            C::Import(vec![(V::Find, 2, 14, None)]),
            C::Forget(1),
        ],
        // Two perpetrators with one name are judged to be two people: one of each document, then
        // two mentions of one.
        vec![
            C::Store(told(0, Some(5), 0, 0)),
            C::Store(told(1, Some(3), 0, 0)),
            C::Settle,
            C::Judge(V::NotSame, 0, 1, None),
            C::Settle,
            C::Judge(V::NotSame, 0, 0, None),
        ],
    ];
    for commands in &cases {
        check_everything(commands, &[1, 6, 21], |moments| moments / 2);
    }
}

/// `PROPTEST_CASES` asks for more than the usual number.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, ..asked }
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn views_equal_the_plain_derivation(
        commands in prop::collection::vec(command(), 1..28),
        days in prop::collection::vec(1..22u8, 2),
        cut in any::<prop::sample::Index>(),
    ) {
        check_everything(&commands, &days, |moments| cut.index(moments));
    }

    #[test]
    fn any_order_and_split_gives_the_same_content(
        stories in prop::collection::vec(crate::world::story(), 1..10),
        order in any::<prop::sample::Index>(),
    ) {
        let fill = |stories: &[crate::world::Story], split: bool| {
            let mut casebook = Casebook::in_memory().unwrap();
            let documents: Vec<Document> = stories.iter().map(document).collect();
            let readings: Vec<Reading> =
                documents.iter().zip(stories).map(|(d, s)| reading(d, s)).collect();
            for (document, reading) in documents.iter().zip(&readings) {
                let reading = ("rules-1", reading);
                let item = |reading| Item {
                    document, bytes: document.text.as_bytes(), pictures: &[], reading,
                };
                if split {
                    casebook.store(&[item(None)]).unwrap();
                    casebook.file(&[(document.id, reading.0, reading.1)]).unwrap();
                } else {
                    casebook.store(&[item(Some(reading))]).unwrap();
                }
            }
            casebook.head().unwrap()
        };
        // Stories with one text and two dates are one document, dated by the first: leave them out.
        let mut stories = stories;
        stories.sort_by_key(|story| story.number);
        stories.dedup_by_key(|story| story.number);
        let mut turned = stories.clone();
        turned.rotate_left(order.index(stories.len()));
        prop_assert_eq!(fill(&stories, false).content, fill(&turned, true).content);
    }
}

/// Reports of the small world are compared by their words, so that what is kept of it is tried here.
#[test]
fn reports_are_joined_by_their_words() {
    let mut casebook = Casebook::in_memory().unwrap();
    let mut done = Done::default();
    let story = |number: u8, published: u8| Story {
        number,
        published: Some(published),
        place: 0,
        day: 2,
        killed: 5,
        person: 0,
        hedged: false,
        long: true,
    };
    for (number, published) in [(1, 4), (4, 6), (7, 5)] {
        run(&mut casebook, &mut done, &Command::Store(story(number, published)));
        // Each comes to what is settled, the last one before another.
        casebook.settle(|_| {}).unwrap();
    }
    let rows = casebook.records(SubjectKind::Incident, AsOf::default(), 9).unwrap();
    let joins = rows.iter().flat_map(|row| &row.record.joins);
    let alike = joins.filter(|join| join.reason.starts_with("reports alike")).count();
    assert_eq!(alike, 2, "{rows:?}");
    let day = "1894-03-05".parse::<Edtf>().unwrap().latest();
    check(&mut casebook, AsOf { published: Some(day), recorded: None });
    assert!(casebook.verify(|_| {}).unwrap().faults.is_empty());
}

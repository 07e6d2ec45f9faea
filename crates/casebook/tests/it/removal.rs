//! What people found out about a subject outlives one of the documents that speak of it.

use throughline_casebook::{Casebook, Error, Item, Removed, Successors};
use throughline_model::*;

use crate::world::{Story, document, reading};

/// A casebook of some stories, with what was read in each, and their incidents.
pub(crate) struct World {
    pub(crate) casebook: Casebook,
    pub(crate) documents: Vec<Document>,
    pub(crate) incidents: Vec<MentionId>,
}

/// Stories of one explosion, told in papers of the 4th, 5th and 6th and so on.
pub(crate) fn same(number: u8) -> Story {
    let published = Some(4 + number);
    Story { number, published, killed: 5, day: 2, person: 0, long: true, ..Story::plain() }
}

/// A story of another explosion than any other's.
pub(crate) fn other(number: u8) -> Story {
    Story { place: 1, person: 2, day: 1, ..same(number) }
}

pub(crate) fn world(stories: &[Story]) -> World {
    let mut casebook = Casebook::in_memory().unwrap();
    let documents: Vec<Document> = stories.iter().map(document).collect();
    let mut incidents = Vec::new();
    for (document, story) in documents.iter().zip(stories) {
        let reading = reading(document, story);
        let bytes = document.text.as_bytes();
        let item = Item { document, bytes, pictures: &[], reading: Some(("rules-1", &reading)) };
        casebook.store(&[item]).unwrap();
        let ids = reading.mentions.iter().map(|mention| mention.id);
        incidents.extend(ids.filter(|id| id.kind() == SubjectKind::Incident));
    }
    casebook.settle(|_| {}).unwrap();
    World { casebook, documents, incidents }
}

pub(crate) fn removed(gone: usize, stay: usize, bare: usize) -> Removed {
    Removed { gone, stay, bare, lingers: false }
}

impl World {
    pub(crate) fn judge(&mut self, act: Act) -> JudgmentId {
        self.judge_citing(vec![], act)
    }

    pub(crate) fn judge_citing(&mut self, cites: Vec<DocumentId>, act: Act) -> JudgmentId {
        self.enter(cites, vec![], act)
    }

    pub(crate) fn judge_instead(&mut self, of: JudgmentId, act: Act) -> JudgmentId {
        self.enter(vec![], vec![of], act)
    }

    fn enter(
        &mut self,
        cites: Vec<DocumentId>,
        supersedes: Vec<JudgmentId>,
        act: Act,
    ) -> JudgmentId {
        let judgment = Judgment {
            id: JudgmentId::from_bits(0),
            by: "A coder".into(),
            made: Instant(0),
            reason: "as read".into(),
            cites,
            supersedes,
            act,
        };
        let judgment = judgment.sealed();
        self.casebook.judge(&judgment).unwrap();
        self.casebook.settle(|_| {}).unwrap();
        judgment.id
    }

    pub(crate) fn find(&mut self, at: usize, killed: u32) -> JudgmentId {
        self.judge(self.killed(at, killed))
    }

    pub(crate) fn killed(&self, at: usize, killed: u32) -> Act {
        self.found_of(at, Variable::Killed, Value::Figure(Figure::exactly(killed)))
    }

    pub(crate) fn found_of(&self, at: usize, variable: Variable, value: Value) -> Act {
        let subject = self.incidents[at];
        let value = Some(value);
        Act::Find(Box::new(Target { subject, variable, party: None, value, rests_on: vec![] }))
    }

    /// The perpetrators of the record of an incident.
    pub(crate) fn perpetrators(&self, at: usize) -> Vec<Holding> {
        let holdings = self.record(at).into_iter().flat_map(|record| record.holdings);
        holdings.filter(|held| held.variable == Variable::Perpetrator).collect()
    }

    pub(crate) fn forget(&mut self, at: usize) -> Removed {
        let removed = self.casebook.forget(self.documents[at].id, "A coder", "order 7").unwrap();
        assert_eq!(self.casebook.verify(|_| {}).unwrap().faults, vec![]);
        removed
    }

    pub(crate) fn record(&self, at: usize) -> Option<Record> {
        self.casebook.weighed(self.incidents[at], AsOf::default()).unwrap()
    }

    pub(crate) fn found(&self, at: usize) -> Option<JudgmentId> {
        let record = self.record(at)?;
        let held = record.holdings.iter().find(|held| held.variable == Variable::Killed)?;
        match held.basis {
            Basis::Finding(judgment) => Some(judgment),
            _ => None,
        }
    }
}

#[test]
fn a_finding_stays_with_a_record_that_others_tell_of_too() {
    let mut world = world(&[same(1), same(4), other(9)]);
    assert_eq!(world.record(0).map(|record| record.mentions.len()), Some(2));
    let found = world.find(0, 6);
    assert_eq!(world.forget(0), removed(0, 1, 0));
    assert_eq!(world.found(1), Some(found), "under its own name");
    assert_eq!(world.found(2), None);
    // The record's old name leads to it, at full length and short.
    let old = world.incidents[0].to_string();
    for typed in [&old[..], &old[..10]] {
        assert_eq!(world.casebook.find_mention(typed).unwrap(), world.incidents[1], "{typed}");
    }
    // And so it does when that document goes as well, until nobody speaks of it any more.
    assert_eq!(world.forget(1), removed(1, 0, 0));
    let gone = world.casebook.find_mention(&old).unwrap();
    assert_eq!(world.casebook.weighed(gone, AsOf::default()).unwrap(), None);
}

#[test]
fn a_finding_goes_with_the_only_document_that_tells_of_it() {
    let mut world = world(&[same(1), other(9)]);
    world.find(0, 6);
    let stays = world.find(1, 7);
    assert_eq!(world.forget(0), removed(1, 0, 0));
    assert_eq!(world.found(1), Some(stays));
    let old = world.incidents[0].to_string();
    assert!(matches!(world.casebook.find_mention(&old), Err(Error::Unknown(_))));
}

#[test]
fn a_finding_is_in_force_as_of_the_days_on_which_it_was() {
    let mut world = world(&[same(1), same(4)]);
    let before = world.casebook.judgments().unwrap().len();
    world.find(0, 6);
    world.forget(0);
    let (_, recorded, in_force) = world.casebook.judgments().unwrap().remove(before);
    assert!(in_force);
    let held = |recorded| {
        let as_of = AsOf { published: None, recorded: Some(recorded) };
        let record = world.casebook.weighed(world.incidents[1], as_of).unwrap().unwrap();
        let basis = record.holdings.iter().find(|one| one.variable == Variable::Killed);
        matches!(basis.unwrap().basis, Basis::Finding(_))
    };
    assert!(held(recorded) && !held(Instant(recorded.0 - 1)));
}

#[test]
fn a_finding_that_cites_what_goes_holds_as_of_the_days_on_which_it_held() {
    let mut world = world(&[same(1), same(4)]);
    let target = Target {
        subject: world.incidents[1],
        variable: Variable::Killed,
        party: None,
        value: Some(Value::Figure(Figure::exactly(6))),
        rests_on: vec![],
    };
    let cites = vec![world.documents[0].id, world.documents[1].id];
    let found = world.judge_citing(cites, Act::Find(Box::new(target)));
    let held = |world: &World, day: &str| {
        let day = day.parse::<Edtf>().unwrap().latest();
        let as_of = AsOf { published: Some(day), recorded: None };
        let record = world.casebook.weighed(world.incidents[1], as_of).unwrap();
        let held = record.iter().flat_map(|record| &record.holdings);
        held.filter(|held| matches!(held.basis, Basis::Finding(by) if by == found)).count()
    };
    let days = ["1894-03-07", "1894-03-08", "1894-03-12"];
    let before = days.map(|day| held(&world, day));
    assert_eq!(before, [0, 1, 1]);
    world.forget(0);
    assert_eq!(days.map(|day| held(&world, day)), before);
}

#[test]
fn an_undo_of_what_goes_goes_with_it() {
    let mut world = world(&[same(1), same(4)]);
    let said = reading(&world.documents[0], &same(1)).assertions[0].id;
    let accepted = world.judge(Act::Accept(said));
    let undo = Judgment {
        id: JudgmentId::from_bits(0),
        by: "A coder".into(),
        made: Instant(0),
        reason: "no".into(),
        cites: vec![],
        supersedes: vec![accepted],
        act: Act::Undo,
    };
    let undo = undo.sealed();
    world.casebook.judge(&undo).unwrap();
    assert_eq!(world.forget(0), removed(2, 0, 0));
    assert_eq!(world.casebook.judgments().unwrap(), vec![]);
    // What others made of it elsewhere may still come.
    let other = Judgment { reason: "not at all".into(), ..undo }.sealed();
    let done = world.casebook.import_judgments(&[other]).unwrap().remove(0);
    assert!(done.is_ok(), "{done:?}");
}

#[test]
fn who_is_who_stays_only_where_a_person_tied_what_goes_to_what_stays() {
    // Of the first two the program says that they are one; a person ties the third to the first.
    let mut world = world(&[same(1), same(4), other(9)]);
    let [first, second, third] = world.incidents[..] else { unreachable!() };
    world.judge(Act::Same(first, third));
    assert_eq!(world.record(0).map(|record| record.mentions.len()), Some(3));
    assert_eq!(world.forget(0), removed(1, 0, 0), "it is one with itself");
    assert_ne!(world.record(1).map(|one| one.id), world.record(2).map(|one| one.id));

    // Where both were a person's word, the one through what went is kept.
    let mut world = self::world(&[same(1), same(4), other(9)]);
    world.judge(Act::NotSame(second, third));
    let undone = world.casebook.judgments().unwrap().remove(0).0.id;
    let undo = Judgment {
        id: JudgmentId::from_bits(0),
        by: "A coder".into(),
        made: Instant(0),
        reason: "after all".into(),
        cites: vec![],
        supersedes: vec![undone],
        act: Act::Undo,
    };
    world.casebook.judge(&undo.sealed()).unwrap();
    world.judge(Act::Same(first, second));
    world.judge(Act::Same(first, third));
    assert_eq!(world.forget(0), removed(1, 1, 0));
    assert_eq!(world.record(1).map(|one| one.id), world.record(2).map(|one| one.id));
}

#[test]
fn a_removal_that_is_taken_over_brings_what_stands_for_whom() {
    let mut from = world(&[same(1), same(4)]);
    let found = from.find(0, 6);
    let judgments: Vec<Judgment> = vec![from.casebook.judgment(found).unwrap().unwrap().0];
    from.forget(0);
    let mut to = world(&[same(4)]);
    let gone = from.documents[0].id;
    let tombstone = from.casebook.tombstone(gone).unwrap().unwrap();
    assert_ne!(tombstone.successors, Successors::default());
    to.casebook.take_removal(gone, &tombstone).unwrap();
    for done in to.casebook.import_judgments(&judgments).unwrap() {
        done.unwrap();
    }
    to.casebook.settle(|_| {}).unwrap();
    assert_eq!(to.found(0), Some(found));
    assert_eq!(to.casebook.verify(|_| {}).unwrap().faults, vec![]);
    let content = |world: &World| world.casebook.head().unwrap().content;
    assert_eq!(content(&to), content(&from));
}

#[test]
fn who_reads_meanwhile_keeps_what_was_deleted_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.casebook");
    let mut casebook = Casebook::open_or_create(&path).unwrap();
    let documents = [same(1), same(4)].map(|story| document(&story));
    for document in &documents {
        let bytes = document.text.as_bytes();
        casebook.store(&[Item { document, bytes, pictures: &[], reading: None }]).unwrap();
    }
    let reader = Casebook::open_to_ask(&path).unwrap();
    casebook.wait_at_most(std::time::Duration::from_millis(20)).unwrap();
    let first = reader.snapshot(|| {
        assert_eq!(reader.document_ids()?.len(), 2);
        casebook.forget(documents[0].id, "A coder", "order 7")
    });
    assert!(first.unwrap().lingers);
    assert!(!casebook.forget(documents[1].id, "A coder", "order 7").unwrap().lingers);
    let log = std::fs::metadata(folder.path().join("a.casebook-wal")).unwrap();
    assert_eq!(log.len(), 0);
}

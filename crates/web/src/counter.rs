//! Counting beside the pages.
//!
//! A count goes through every record of a kind, and the content hash over the whole ledger: milliseconds in a small casebook, seconds in one of
//! a hundred thousand documents. So one thread counts, one question after the other, keeps the last
//! results, and a page shows what is there and says what is still being counted.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use throughline_casebook::{
    Casebook, Counted, Doubtful, Fall, Head, PublishedCount, Result, Sensitivity, Shift, State, Tip,
};
use throughline_formats::counts;
use throughline_model::{AsOf, Sha256};
use throughline_tell::beside::{self, Other};
use throughline_tell::citation::Cited;
use throughline_tell::coding::measured::{Measured, measured};
use throughline_tell::impact::Impact;
use throughline_tell::queue::Queue;
use throughline_tell::typed;

use crate::book::Book;
use crate::judging::now;

/// How many results are kept.
const KEPT: usize = 24;

/// How many questions wait at a time; more are forgotten, and asked again with the page.
const WAITING: usize = 100;

/// Of how many questions the last answer is kept, of whatever state.
const LAST: usize = 8;

/// How many doubtful pairs are looked for: more than anybody compares in a day.
pub(crate) const PAIRS: usize = 500;

/// The seed from which the samples behind bounds are drawn, as the command has it.
const SEED: u64 = 1;

/// What is to be counted.
#[derive(Clone, Debug)]
pub(crate) enum Question {
    /// A definition, as of two dates.
    Count { toml: String, as_of: AsOf },
    /// What has become of a published count.
    State(Box<PublishedCount>),
    /// The head and the content hash, which goes over the whole ledger.
    Head,
    /// What would change if what an id names fell.
    Impact { id: String, fall: Fall, as_of: AsOf },
    /// How far coders agree, of what was coded in view.
    Agreement { as_of: AsOf },
    /// How a definition's figure is cited, by whom.
    Cite { toml: String, as_of: AsOf, by: Option<String> },
    /// A definition, set against another count.
    Against { toml: String, as_of: AsOf, other: Box<Other> },
    /// The single assertions that a definition's figures hang on.
    HangsOn { toml: String, as_of: AsOf },
    /// What waits for a person.
    Queue { as_of: AsOf },
    /// Pairs of records that may be one.
    Doubtful,
}

/// What came of it.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    Counted(Arc<Counted>),
    State(Arc<State>),
    Head(Head),
    Impact(Arc<Impact>),
    Agreement(Arc<Vec<Measured>>),
    Cited(Arc<Cited>),
    Against(Arc<SetAgainst>),
    HangsOn(Arc<HangsOn>),
    Queue(Arc<Queue>),
    Doubtful(Arc<Vec<Doubtful>>),
    /// It cannot be counted, and why.
    Failed(String),
}

/// Two counts side by side.
#[derive(Debug)]
pub(crate) struct SetAgainst {
    pub(crate) here: Counted,
    pub(crate) there: Counted,
    /// What the other is called.
    pub(crate) called: String,
    pub(crate) shifts: Vec<Shift>,
}

/// What a count hangs on, and what each assertion says.
#[derive(Debug)]
pub(crate) struct HangsOn {
    pub(crate) sensitivity: Sensitivity,
    pub(crate) said: Vec<String>,
}

type Key = (Tip, String);

impl Question {
    fn key(&self, tip: Tip) -> Key {
        let what = match self {
            Question::Count { toml, as_of } => {
                let (day, moment) = (as_of.published, as_of.recorded);
                format!("{} {day:?} {moment:?}", Sha256::of(toml.as_bytes()))
            }
            Question::Cite { toml, as_of, by } => {
                format!("cite {} {as_of:?} {by:?}", Sha256::of(toml.as_bytes()))
            }
            Question::Against { toml, as_of, other } => {
                format!("against {} {as_of:?} {other:?}", Sha256::of(toml.as_bytes()))
            }
            Question::HangsOn { toml, as_of } => {
                format!("hangs on {} {as_of:?}", Sha256::of(toml.as_bytes()))
            }
            Question::State(count) => format!("published {}", count.number),
            Question::Head => "head".to_owned(),
            Question::Impact { id, as_of, .. } => {
                format!("impact {id} {:?} {:?}", as_of.published, as_of.recorded)
            }
            Question::Agreement { as_of } => {
                format!("agreement {:?} {:?}", as_of.published, as_of.recorded)
            }
            Question::Queue { as_of } => {
                format!("queue {:?} {:?}", as_of.published, as_of.recorded)
            }
            Question::Doubtful => "doubtful".to_owned(),
        };
        (tip, what)
    }

    fn answer(&self, casebook: &Casebook) -> Result<Found> {
        Ok(match self {
            Question::Count { toml, as_of } => match counts::read(toml) {
                Ok(named) => Found::Counted(Arc::new(casebook.count(&named.definition, *as_of)?)),
                Err(error) => Found::Failed(error.to_string()),
            },
            Question::Cite { toml, as_of, by } => match counts::read(toml) {
                Ok(named) => {
                    let counted = casebook.count(&named.definition, *as_of)?;
                    let asked = (&named, toml.as_str(), named.name.as_str());
                    match Cited::gather(casebook, asked, &counted, by.as_deref(), now()) {
                        Ok(cited) => Found::Cited(Arc::new(cited)),
                        Err(typed::Error::Casebook(error)) => return Err(error),
                        Err(error) => Found::Failed(error.to_string()),
                    }
                }
                Err(error) => Found::Failed(error.to_string()),
            },
            Question::Against { toml, as_of, other } => match counts::read(toml) {
                Ok(named) => {
                    let here = casebook.count(&named.definition, *as_of)?;
                    let there = other.count(casebook)?;
                    let shifts = casebook.shifts(&here, &there)?;
                    let called = other.called.clone();
                    Found::Against(Arc::new(SetAgainst { here, there, called, shifts }))
                }
                Err(error) => Found::Failed(error.to_string()),
            },
            Question::HangsOn { toml, as_of } => match counts::read(toml) {
                Ok(named) => {
                    let counted = casebook.count(&named.definition, *as_of)?;
                    let sensitivity = casebook.sensitivity(&named.definition, &counted)?;
                    let said = sensitivity.hanging.iter();
                    let said = said.map(|one| beside::said(casebook, one.assertion));
                    let said = said.collect::<Result<_>>()?;
                    Found::HangsOn(Arc::new(HangsOn { sensitivity, said }))
                }
                Err(error) => Found::Failed(error.to_string()),
            },
            Question::State(count) => Found::State(Arc::new(casebook.state_of(count)?)),
            Question::Head => Found::Head(casebook.head()?),
            Question::Impact { fall, as_of, .. } => {
                Found::Impact(Arc::new(Impact::gather(casebook, fall.clone(), *as_of)?))
            }
            Question::Agreement { as_of } => {
                let codings = casebook.codings(*as_of)?;
                let codebook = casebook.codebook()?.codebook;
                Found::Agreement(Arc::new(measured(&codings, &codebook, &[], SEED)))
            }
            Question::Queue { as_of } => Found::Queue(Arc::new(Queue::gather(casebook, *as_of)?)),
            Question::Doubtful => {
                Found::Doubtful(Arc::new(casebook.doubtful(PAIRS, AsOf::default())?))
            }
        })
    }
}

/// The thread that counts, and what it found.
#[derive(Debug)]
pub(crate) struct Counter {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    book: Book,
    desk: Mutex<Desk>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Desk {
    waiting: VecDeque<(Key, Question)>,
    found: BTreeMap<Key, Found>,
    /// Keys in the order in which they were found.
    order: VecDeque<Key>,
    /// What was found last, of whatever state, of what people work through.
    last: BTreeMap<String, Found>,
    over: bool,
}

impl Counter {
    /// Starts the thread.
    pub(crate) fn start(book: Book) -> Counter {
        let shared = Arc::new(Shared { book, desk: Mutex::default(), changed: Condvar::new() });
        let own = Arc::clone(&shared);
        std::thread::spawn(move || own.work());
        Counter { shared }
    }

    /// What came of a question in one state of the casebook; `None` if it is not yet known when
    /// `until` has come.
    pub(crate) fn ask(&self, tip: Tip, question: Question, until: Instant) -> Option<Found> {
        let key = question.key(tip);
        let mut desk = self.shared.desk();
        if let Some(found) = desk.found.get(&key) {
            return Some(found.clone());
        }
        if !desk.waiting.iter().any(|(other, _)| *other == key) {
            if desk.waiting.len() >= WAITING {
                desk.waiting.pop_front();
            }
            desk.waiting.push_back((key.clone(), question));
            self.shared.changed.notify_all();
        }
        loop {
            if let Some(found) = desk.found.get(&key) {
                return Some(found.clone());
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            desk = self
                .shared
                .changed
                .wait_timeout(desk, left.min(Duration::from_millis(500)))
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }
}

impl Counter {
    /// What came of a question in the last state in which it was asked, for what people work
    /// through: they need not wait for the next to go on.
    pub(crate) fn last(&self, question: &Question, tip: Tip) -> Option<Found> {
        let (_, what) = question.key(tip);
        self.shared.desk().last.get(&what).cloned()
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        self.shared.desk().over = true;
        self.shared.changed.notify_all();
    }
}

impl Shared {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        let mut casebook = None;
        loop {
            let (key, question) = {
                let mut desk = self.desk();
                loop {
                    if desk.over {
                        return;
                    }
                    // It stays in the queue while it is counted, so that nobody asks twice.
                    match desk.waiting.front().cloned() {
                        Some(next) => break next,
                        None => {
                            desk = self.changed.wait(desk).unwrap_or_else(PoisonError::into_inner);
                        }
                    }
                }
            };
            let answered = self.answer(&mut casebook, &question);
            let mut desk = self.desk();
            desk.waiting.retain(|(other, _)| *other != key);
            let (key, found) = match answered {
                Ok((tip, found)) => (question.key(tip), found),
                Err(error) => (key, Found::Failed(error.to_string())),
            };
            if matches!(found, Found::Queue(_) | Found::Doubtful(_)) {
                if desk.last.len() >= LAST {
                    desk.last.pop_first();
                }
                desk.last.insert(key.1.clone(), found.clone());
            }
            if desk.found.insert(key.clone(), found).is_none() {
                desk.order.push_back(key);
            }
            while desk.order.len() > KEPT {
                if let Some(oldest) = desk.order.pop_front() {
                    desk.found.remove(&oldest);
                }
            }
            drop(desk);
            self.changed.notify_all();
        }
    }

    /// Counts in one state of the casebook, and says in which.
    fn answer(&self, casebook: &mut Option<Casebook>, question: &Question) -> Result<(Tip, Found)> {
        let own = match casebook.take() {
            Some(own) => own,
            None => self.book.open()?,
        };
        let answer = own.snapshot(|| Ok((own.tip()?, question.answer(&own)?)));
        *casebook = Some(own);
        answer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_work_through_is_at_hand_while_the_next_state_is_gone_through() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.casebook");
        let tip = Casebook::open_or_create(&path).unwrap().tip().unwrap();
        let counter = Counter::start(Book::new(&path, None));
        let queue = Question::Queue { as_of: AsOf::default() };
        assert!(counter.last(&queue, tip).is_none());
        let late = Instant::now() + Duration::from_secs(60);
        assert!(matches!(counter.ask(tip, queue.clone(), late), Some(Found::Queue(_))));
        assert!(matches!(counter.ask(tip, Question::Head, late), Some(Found::Head(_))));
        // In another state it is not known yet, and what was known is told as such.
        let next = Tip { entries: tip.entries + 1, chain: Sha256::of(b"another") };
        assert!(counter.ask(next, queue.clone(), Instant::now()).is_none());
        assert!(matches!(counter.last(&queue, next), Some(Found::Queue(_))));
        // What nobody works through is of one state alone, and dates are kept apart.
        assert!(counter.last(&Question::Head, next).is_none());
        let earlier = AsOf { recorded: Some(throughline_model::Instant(0)), ..AsOf::default() };
        assert!(counter.last(&Question::Queue { as_of: earlier }, next).is_none());
    }
}

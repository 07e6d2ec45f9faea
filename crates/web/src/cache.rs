//! Answers given before, for the state of the casebook that they were given of.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use throughline_casebook::Tip;

/// How many bytes of answers are kept.
const BYTES: usize = 48 << 20;

/// A finished answer: its bytes are shared by all who get it.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) body: Arc<str>,
}

/// Answers to questions, the least recently used dropped first; those of an earlier state of the
/// casebook all at once.
#[derive(Debug)]
pub(crate) struct Cache {
    held: Mutex<Held>,
    most: usize,
}

#[derive(Debug, Default)]
struct Held {
    tip: Option<Tip>,
    answers: HashMap<String, (Kept, u64)>,
    /// Keys by when they were last asked for.
    order: BTreeMap<u64, String>,
    clock: u64,
    bytes: usize,
}

impl Default for Cache {
    fn default() -> Cache {
        Cache::of(BYTES)
    }
}

impl Cache {
    /// A cache of so many bytes.
    fn of(most: usize) -> Cache {
        Cache { held: Mutex::default(), most }
    }

    /// The answer to a question, if it was given of this very state.
    pub(crate) fn get(&self, tip: Tip, key: &str) -> Option<Kept> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let held = &mut *held;
        if held.tip != Some(tip) {
            return None;
        }
        held.clock += 1;
        let now = held.clock;
        let (kept, last) = held.answers.get_mut(key)?;
        held.order.remove(last);
        *last = now;
        held.order.insert(now, key.to_owned());
        Some(kept.clone())
    }

    /// Keeps an answer.
    pub(crate) fn put(&self, tip: Tip, key: String, kept: Kept) {
        let size = |key: &str, kept: &Kept| 2 * key.len() + kept.body.len();
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.tip.is_some_and(|before| before.entries > tip.entries) {
            // A slow answer of a state that is past.
            return;
        }
        if held.tip != Some(tip) {
            *held = Held { tip: Some(tip), clock: held.clock, ..Held::default() };
        }
        let own = size(&key, &kept);
        if own > self.most / 4 {
            return;
        }
        held.clock += 1;
        let now = held.clock;
        held.bytes += own;
        held.order.insert(now, key.clone());
        if let Some((before, last)) = held.answers.insert(key.clone(), (kept, now)) {
            held.bytes -= size(&key, &before);
            held.order.remove(&last);
        }
        while held.bytes > self.most {
            let Some((_, oldest)) = held.order.pop_first() else { break };
            if let Some((gone, _)) = held.answers.remove(&oldest) {
                held.bytes -= size(&oldest, &gone);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::Sha256;

    use super::*;

    fn tip(entries: i64) -> Tip {
        Tip { entries, chain: Sha256::of(&entries.to_le_bytes()) }
    }

    fn kept(text: &str) -> Kept {
        Kept { body: text.into() }
    }

    #[test]
    fn answers_are_those_of_one_state() {
        let cache = Cache::default();
        cache.put(tip(1), "a".into(), kept("one"));
        assert_eq!(&*cache.get(tip(1), "a").unwrap().body, "one");
        assert!(cache.get(tip(2), "a").is_none());
        cache.put(tip(2), "b".into(), kept("two"));
        assert!(cache.get(tip(1), "a").is_none());
        // A slow answer of what was.
        cache.put(tip(1), "a".into(), kept("one"));
        assert!(cache.get(tip(1), "a").is_none());
        assert!(cache.get(tip(2), "b").is_some());
    }

    #[test]
    fn memory_is_bounded_and_what_is_asked_for_stays() {
        let cache = Cache::of(500);
        let long = "x".repeat(90);
        for number in 0..50 {
            cache.put(tip(1), format!("{number}"), kept(&long));
            assert!(cache.get(tip(1), "0").is_some(), "asked for every time");
        }
        assert!(cache.held.lock().unwrap().bytes <= 500);
        assert!(cache.get(tip(1), "49").is_some());
        assert!(cache.get(tip(1), "20").is_none());
        cache.put(tip(1), "huge".into(), kept(&"x".repeat(400)));
        assert!(cache.get(tip(1), "huge").is_none(), "one answer must not drive out all others");
        // The same question again takes no more room.
        for _ in 0..50 {
            cache.put(tip(1), "0".into(), kept(&long));
        }
        assert!(cache.get(tip(1), "49").is_some());
    }
}

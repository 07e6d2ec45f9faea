//! What stands for the mentions of removed documents.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::MentionId;

/// Mentions that went with their documents, each with those of other documents that stood for the same
/// subject: one, none where nobody else speaks of it, or several, where two casebooks each removed the
/// document and kept others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Successors(BTreeMap<MentionId, BTreeSet<MentionId>>);

impl Successors {
    /// Those of a list of pairs, of which a mention that nothing stands for has no other.
    pub fn of(pairs: impl IntoIterator<Item = (MentionId, Option<MentionId>)>) -> Successors {
        let mut all: BTreeMap<MentionId, BTreeSet<MentionId>> = BTreeMap::new();
        for (gone, other) in pairs {
            all.entry(gone).or_default().extend(other);
        }
        Successors(all)
    }

    /// Each mention that went with what stands for it, if something does, by mention.
    pub fn pairs(&self) -> impl Iterator<Item = (MentionId, Option<MentionId>)> {
        self.0.iter().flat_map(|(gone, others)| {
            let none = others.is_empty().then_some((*gone, None));
            others.iter().map(|other| (*gone, Some(*other))).chain(none)
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes in those of another tombstone.
    pub(crate) fn add(&mut self, others: Successors) {
        for (gone, own) in others.0 {
            self.0.entry(gone).or_default().extend(own);
        }
    }

    /// What stands for a mention now: itself, unless its document was removed; of one that nothing stands
    /// for, the last that did. Hangs on nothing but what went, so that it is the same in whatever order
    /// tombstones came.
    pub(crate) fn stands_for(&self, mention: MentionId) -> MentionId {
        let mut reached = BTreeSet::from([mention]);
        let mut open = vec![mention];
        while let Some(at) = open.pop() {
            let others = self.0.get(&at).into_iter().flatten();
            open.extend(others.filter(|other| reached.insert(**other)));
        }
        let here = |one: &&MentionId| !self.0.contains_key(one);
        let last = |one: &&MentionId| self.0.get(one).is_some_and(BTreeSet::is_empty);
        let first = reached.iter().find(here).or_else(|| reached.iter().find(last));
        // Two casebooks may each have removed what the other one kept.
        first.or(reached.first()).copied().unwrap_or(mention)
    }

    /// Whether a mention went with its document, and nothing stands for it.
    pub(crate) fn is_lost(&self, mention: MentionId) -> bool {
        self.0.contains_key(&self.stands_for(mention))
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::{Fingerprint, SubjectKind};

    use super::*;

    fn mentions<const N: usize>() -> [MentionId; N] {
        let named = |number| Fingerprint::new("test").number(number);
        let mut all: [MentionId; N] =
            std::array::from_fn(|at| MentionId::of(SubjectKind::Person, named(at as u64)));
        all.sort();
        all
    }

    #[test]
    fn what_is_here_stands_for_what_went_over_any_number_of_removals() {
        let [a, b, c, d] = mentions();
        let all = Successors::of([(a, Some(b)), (b, Some(c)), (d, None)]);
        assert_eq!([a, b, c, d].map(|one| all.stands_for(one)), [c, c, c, d]);
        assert_eq!([a, b, c, d].map(|one| all.is_lost(one)), [false, false, false, true]);
    }

    #[test]
    fn of_two_tombstones_the_order_makes_no_difference() {
        let [a, b, c] = mentions();
        // One casebook kept b, which it removed later; the other kept c.
        let (one, other) =
            (Successors::of([(a, Some(b)), (b, None)]), Successors::of([(a, Some(c))]));
        let [mut first, mut second] = [one.clone(), other.clone()];
        first.add(other);
        second.add(one);
        assert_eq!(first, second);
        assert_eq!((first.stands_for(a), first.is_lost(a), first.is_lost(b)), (c, false, true));
        // Each removed what the other kept.
        let both = Successors::of([(a, Some(b)), (b, Some(a))]);
        assert_eq!((both.stands_for(a), both.stands_for(b), both.is_lost(a)), (a, a, true));
    }
}

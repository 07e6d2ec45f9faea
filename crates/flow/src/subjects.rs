//! Which mentions that one record refers to stand for one subject.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use throughline_model::{Assertion, JudgmentId, MentionId, SubjectKind, Target};
use throughline_resolve::{Links, Local, normal};
use throughline_weigh::Standing;

/// Which of the mentions that a record's assertions and findings refer to stand for one subject, as
/// far as the record itself can tell: mentions that judgments tie, mentions of one chain, and
/// mentions with equal names, wherever they lie, unless judgments tell them apart. Within one record that is enough to
/// see that two reports name the same man; whether he is the same man elsewhere is for his own
/// record.
///
/// A subject is named by the first of its mentions here, never by one that the record does not
/// refer to: so a judgment on two mentions changes only records that refer to both of its sides.
#[derive(Default)]
pub(crate) struct Subjects {
    /// The mentions in the order in which they are met. Looked up and never gone through, so that
    /// nothing hangs on the order of hashes.
    place: HashMap<MentionId, usize>,
    met: Vec<MentionId>,
    /// For each place, one at or before it that stands for the same subject.
    root: Vec<usize>,
    /// Places that judgments tell apart.
    apart: Vec<(usize, usize)>,
}

impl Subjects {
    /// The subjects of a record's locals and findings.
    pub(crate) fn of(
        locals: &[&Local],
        findings: &[(JudgmentId, &Target)],
        links: &Links,
        standing: &Standing,
    ) -> Subjects {
        let mut subjects = Subjects::default();
        for local in locals {
            for (mention, referent) in &local.referents {
                subjects.meet(referent.head);
                if referent.head != *mention {
                    subjects.meet(*mention);
                }
            }
            for mention in local.assertions.iter().flat_map(Assertion::referred) {
                subjects.meet(mention);
            }
        }
        for (_, target) in findings {
            target.referred().for_each(|mention| subjects.meet(mention));
        }
        // Judgments outrank what the program makes of chains and names.
        subjects.judge(links);
        for local in locals {
            for (mention, referent) in &local.referents {
                if referent.head != *mention {
                    subjects.unite(referent.head, *mention);
                }
            }
        }
        let mut names = Names::default();
        for local in locals {
            for (mention, referent) in &local.referents {
                if let Some(first) = names.first(mention.kind(), &referent.name, referent.head) {
                    subjects.unite(first, *mention);
                }
            }
        }
        // What lies in documents that tell of another record is called there as people are here.
        for mention in subjects.met.clone() {
            if let Some(name) = standing.called(mention)
                && let Some(first) = names.first(mention.kind(), name, mention)
            {
                subjects.unite(first, mention);
            }
        }
        subjects
    }

    fn meet(&mut self, mention: MentionId) {
        let next = self.met.len();
        if *self.place.entry(mention).or_insert(next) == next {
            self.met.push(mention);
            self.root.push(next);
        }
    }

    /// Unites what judgments tie, and notes what they tell apart.
    fn judge(&mut self, links: &Links) {
        if links.is_empty() {
            return;
        }
        let mut tied: BTreeMap<MentionId, usize> = BTreeMap::new();
        let mut enemies: Vec<(usize, MentionId)> = Vec::new();
        for at in 0..self.met.len() {
            let mention = self.met[at];
            if links.is_alone(mention) {
                tied.insert(mention, at);
                enemies.extend(links.apart_from(mention).iter().map(|other| (at, *other)));
            } else if let Some(&first) = tied.get(&mention) {
                self.join(first, at);
            } else {
                let reached: BTreeSet<MentionId> = links.reach(mention);
                for one in reached {
                    tied.insert(one, at);
                    enemies.extend(links.apart_from(one).iter().map(|other| (at, *other)));
                }
            }
        }
        let apart = enemies.into_iter().filter_map(|(at, other)| Some((at, *tied.get(&other)?)));
        self.apart = apart.filter(|(one, other)| one != other).collect();
    }

    /// The mention by which the subject of a mention is known here.
    pub(crate) fn of_mention(&self, mention: MentionId) -> MentionId {
        self.place.get(&mention).map_or(mention, |&at| self.met[self.first(at)])
    }

    fn first(&self, mut at: usize) -> usize {
        while self.root[at] != at {
            at = self.root[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        self.root[one.max(other)] = one.min(other);
    }

    /// Takes two mentions for one subject, unless judgments tell them apart.
    fn unite(&mut self, one: MentionId, other: MentionId) {
        let (one, other) = (self.first(self.place[&one]), self.first(self.place[&other]));
        let kept_apart = self.apart.iter().any(|&(a, b)| {
            let pair = (self.first(a), self.first(b));
            pair == (one, other) || pair == (other, one)
        });
        if one != other && !kept_apart {
            self.join(one, other);
        }
    }
}

/// The first mention of each name, by its normal form; each spelling is made normal once.
#[derive(Default)]
struct Names<'l> {
    spelled: HashMap<(SubjectKind, &'l str), Option<MentionId>>,
    normal: BTreeMap<(SubjectKind, String), MentionId>,
}

impl<'l> Names<'l> {
    /// The first mention of a name, which is `mention` if there was none; `None` of a description.
    fn first(&mut self, kind: SubjectKind, name: &'l str, mention: MentionId) -> Option<MentionId> {
        *self.spelled.entry((kind, name)).or_insert_with(|| {
            // Descriptions ("the attacker") are of one document; names have a capital.
            let named = name.chars().next().is_some_and(char::is_uppercase);
            let name = Some(normal(name)).filter(|name| named && !name.is_empty())?;
            Some(*self.normal.entry((kind, name)).or_insert(mention))
        })
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::Fingerprint;
    use throughline_resolve::Link;

    use super::*;

    fn person(name: &str) -> MentionId {
        MentionId::of(SubjectKind::Person, Fingerprint::new("test").field(name.as_bytes()))
    }

    fn link(a: MentionId, b: MentionId) -> Link {
        Link { a, b, since: None, judgment: JudgmentId::from_bits(1) }
    }

    #[test]
    fn links_unite_what_the_record_refers_to_and_nothing_else() {
        let [a, b, c] = ["a", "b", "c"].map(person);
        let links = Links::new([link(a, b), link(b, c)], []);
        let mut subjects = Subjects::default();
        subjects.meet(c);
        subjects.judge(&links);
        assert_eq!(subjects.of_mention(c), c, "a and b are not referred to");
        let mut subjects = Subjects::default();
        [c, a].into_iter().for_each(|mention| subjects.meet(mention));
        subjects.judge(&links);
        assert_eq!((subjects.of_mention(a), subjects.of_mention(c)), (c, c));
        assert_eq!(subjects.of_mention(b), b);
    }

    #[test]
    fn equal_names_unite_nobody_whom_judgments_tell_apart() {
        let [a, b, c, d] = ["a", "b", "c", "d"].map(person);
        // "d" is "b", who is not "a".
        let links = Links::new([link(b, d)], [link(a, b)]);
        let mut subjects = Subjects::default();
        [a, b, c, d].into_iter().for_each(|mention| subjects.meet(mention));
        subjects.judge(&links);
        for other in [b, c, d] {
            subjects.unite(a, other);
        }
        assert_eq!([a, b, c, d].map(|one| subjects.of_mention(one)), [a, b, a, b]);
    }
}

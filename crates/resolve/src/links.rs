//! What people have judged to be one subject, or two.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{Edtf, JudgmentId, MentionId};

/// A judgment on two mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// One mention.
    pub a: MentionId,
    /// The other.
    pub b: MentionId,
    /// Since when the documents it cites were public; `None` if it cites none.
    pub since: Option<Edtf>,
    /// The judgment.
    pub judgment: JudgmentId,
}

/// The judged links in force. "Not the same" outranks "the same".
#[derive(Clone, Debug, Default)]
pub struct Links {
    same: BTreeMap<MentionId, Vec<Link>>,
    apart: BTreeMap<MentionId, Vec<MentionId>>,
}

impl Links {
    /// The links from judgments that two mentions are the same, and that two are not.
    pub fn new(
        same: impl IntoIterator<Item = Link>,
        apart: impl IntoIterator<Item = Link>,
    ) -> Links {
        let mut links = Links::default();
        for link in same {
            links.same.entry(link.a).or_default().push(link.clone());
            links.same.entry(link.b).or_default().push(link);
        }
        for Link { a, b, .. } in apart {
            links.apart.entry(a).or_default().push(b);
            links.apart.entry(b).or_default().push(a);
        }
        links
    }

    /// Whether no judgment says that another mention is the same as this one.
    pub fn is_alone(&self, mention: MentionId) -> bool {
        self.same_as(mention).is_empty()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.same.is_empty() && self.apart.is_empty()
    }

    /// The mentions that are judged to be another subject than this one, each by itself.
    pub fn apart_from(&self, mention: MentionId) -> &[MentionId] {
        self.apart.get(&mention).map_or(&[], Vec::as_slice)
    }

    /// The links that say which mentions are the same as this one.
    pub(crate) fn same_as(&self, mention: MentionId) -> &[Link] {
        self.same.get(&mention).map_or(&[], Vec::as_slice)
    }

    /// All mentions that judgments tie to this one, over any number of links, itself included.
    pub fn reach(&self, mention: MentionId) -> BTreeSet<MentionId> {
        let mut reached = BTreeSet::from([mention]);
        let mut open = vec![mention];
        while let Some(at) = open.pop() {
            for link in self.same_as(at) {
                for next in [link.a, link.b] {
                    if reached.insert(next) {
                        open.push(next);
                    }
                }
            }
        }
        reached
    }

    /// The mentions that judgments tie to this one, itself included, each with how many links lead to
    /// it at least.
    pub(crate) fn distances(&self, mention: MentionId) -> BTreeMap<MentionId, usize> {
        let mut distances = BTreeMap::from([(mention, 0)]);
        let mut open = std::collections::VecDeque::from([(mention, 0)]);
        while let Some((at, links)) = open.pop_front() {
            for link in self.same_as(at) {
                let next = if link.a == at { link.b } else { link.a };
                if let std::collections::btree_map::Entry::Vacant(place) = distances.entry(next) {
                    place.insert(links + 1);
                    open.push_back((next, links + 1));
                }
            }
        }
        distances
    }

    /// The links by which judgments lead from one mention to another, if they do; a shortest way.
    pub fn path(&self, from: MentionId, to: MentionId) -> Option<Vec<&Link>> {
        let mut came: BTreeMap<MentionId, (MentionId, &Link)> = BTreeMap::new();
        let mut open = std::collections::VecDeque::from([from]);
        while let Some(at) = open.pop_front() {
            if at == to {
                let mut path = Vec::new();
                let mut at = to;
                while at != from {
                    let (before, link) = came[&at];
                    path.push(link);
                    at = before;
                }
                path.reverse();
                return Some(path);
            }
            for link in self.same_as(at) {
                let next = if link.a == at { link.b } else { link.a };
                if next != from && !came.contains_key(&next) {
                    came.insert(next, (at, link));
                    open.push_back(next);
                }
            }
        }
        None
    }
}

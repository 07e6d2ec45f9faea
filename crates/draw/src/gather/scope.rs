//! Which records a picture is on.

use std::collections::BTreeSet;

use throughline_model::{MentionId, SubjectKind};

use super::Catalog;

impl Catalog<'_> {
    /// Records in the order of lists.
    pub(super) fn in_order(&self, records: impl IntoIterator<Item = MentionId>) -> Vec<MentionId> {
        let mut listed: Vec<MentionId> = records.into_iter().collect();
        listed.sort_by_key(|id| self.places.get(id).copied());
        listed.dedup();
        listed
    }

    /// All records of a kind, in order.
    pub(super) fn all(&self, kind: SubjectKind) -> Vec<MentionId> {
        let all = self.rows.keys().copied();
        self.in_order(all.filter(|id| id.kind() == kind && self.is_in(*id)))
    }

    /// The records tied to one, in order.
    pub(super) fn neighbours(&self, record: MentionId) -> Vec<MentionId> {
        self.in_order(self.ties.around(record).map(|tie| tie.beyond(record)))
    }

    /// The records from one outwards, ring by ring, at most `most`, and how many there are within
    /// `rings` steps beyond these. Places are reached and not gone beyond: that two things happened
    /// in one city ties nobody to anybody.
    pub(super) fn rings(
        &self,
        from: MentionId,
        rings: usize,
        most: usize,
    ) -> (Vec<MentionId>, usize) {
        let mut found = vec![from];
        let mut seen = BTreeSet::from([from]);
        let mut ring = vec![from];
        for _ in 0..rings {
            let open = ring.iter().filter(|id| **id == from || id.kind() != SubjectKind::Place);
            let next: Vec<MentionId> = open.flat_map(|id| self.neighbours(*id)).collect();
            ring = self.in_order(next.into_iter().filter(|id| seen.insert(*id)));
            found.extend(&ring);
        }
        let beyond = found.len().saturating_sub(most);
        found.truncate(most);
        (found, beyond)
    }

    /// The incidents and claims that a record is on: itself, its parts and members, and what is tied
    /// to it; for none, all there are.
    pub(super) fn deeds(&self, of: Option<MentionId>) -> Vec<MentionId> {
        let deed = |id: &MentionId| matches!(id.kind(), SubjectKind::Incident | SubjectKind::Claim);
        let Some(of) = of else {
            let all = self.rows.keys().copied();
            return self.in_order(all.filter(|id| deed(id) && self.is_in(*id)));
        };
        let mut found: BTreeSet<MentionId> = BTreeSet::new();
        found.extend(Some(of).filter(deed));
        found.extend(self.neighbours(of).into_iter().filter(deed));
        // What is claimed of the incidents of a set, a person or a group belongs to its story.
        let claims: Vec<MentionId> = found
            .iter()
            .flat_map(|id| self.neighbours(*id))
            .filter(|id| id.kind() == SubjectKind::Claim)
            .collect();
        found.extend(claims);
        self.in_order(found)
    }
}

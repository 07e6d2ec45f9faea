//! The mentions that a local's assertions refer to, as their own document knows them.

use throughline_model::MentionId;

/// A mention that an assertion refers to, as its own document knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referent {
    /// The first mention of the same subject in the document.
    pub head: MentionId,
    /// The fullest name of that subject in the document.
    pub name: String,
    /// What the mention itself is called, if otherwise.
    pub own: Option<String>,
}

/// Referents by their mentions, in the order of ids. There are few of each local and very many
/// locals, so they lie side by side rather than in a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Referents(Vec<(MentionId, Referent)>);

impl Referents {
    /// The referent of a mention.
    pub fn get(&self, mention: MentionId) -> Option<&Referent> {
        let at = self.place(mention).ok()?;
        Some(&self.0[at].1)
    }

    /// The referent of a mention, to be changed.
    pub fn get_mut(&mut self, mention: MentionId) -> Option<&mut Referent> {
        let at = self.place(mention).ok()?;
        Some(&mut self.0[at].1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, by id.
    pub fn iter(&self) -> std::slice::Iter<'_, (MentionId, Referent)> {
        self.0.iter()
    }

    /// Enters the referent of a mention, in place of an earlier one.
    pub fn insert(&mut self, mention: MentionId, referent: Referent) {
        match self.place(mention) {
            Ok(at) => self.0[at].1 = referent,
            Err(at) => self.0.insert(at, (mention, referent)),
        }
    }

    fn place(&self, mention: MentionId) -> Result<usize, usize> {
        self.0.binary_search_by_key(&mention, |(id, _)| *id)
    }
}

impl<'r> IntoIterator for &'r Referents {
    type Item = &'r (MentionId, Referent);
    type IntoIter = std::slice::Iter<'r, (MentionId, Referent)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl FromIterator<(MentionId, Referent)> for Referents {
    fn from_iter<I: IntoIterator<Item = (MentionId, Referent)>>(all: I) -> Referents {
        let mut all: Vec<(MentionId, Referent)> = all.into_iter().collect();
        // Of one mention the last counts, as in a map.
        all.reverse();
        all.sort_by_key(|(id, _)| *id);
        all.dedup_by_key(|(id, _)| *id);
        Referents(all)
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::{Fingerprint, SubjectKind};

    use super::*;

    #[test]
    fn the_last_word_on_a_mention_counts() {
        let id = |name: &str| {
            MentionId::of(SubjectKind::Person, Fingerprint::new("test").field(name.as_bytes()))
        };
        let referent = |name: &str| Referent { head: id(name), name: name.into(), own: None };
        let given = ["a", "b", "c"].map(|name| (id(name), referent(name)));
        let again = (id("b"), referent("other"));
        let all: Referents = given.iter().cloned().chain([again.clone()]).collect();
        let mut grown = Referents::default();
        for (mention, one) in given.into_iter().chain([again]) {
            grown.insert(mention, one);
        }
        assert_eq!(all, grown);
        assert_eq!(all.get(id("b")).map(|one| one.name.as_str()), Some("other"));
        assert!(all.iter().is_sorted_by_key(|(id, _)| *id));
        assert_eq!(all.get(id("d")), None);
    }
}

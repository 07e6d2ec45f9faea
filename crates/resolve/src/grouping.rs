//! What a fold gives: groupings, and what is kept of them, so that they can be made again without
//! comparing anything.

use std::collections::HashMap;

use throughline_model::{Edtf, Join, Mention, MentionId};

use crate::Local;
use crate::local::fullest;

/// A local, or the part of one that judgments leave together, as a member of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Which of the locals.
    pub local: usize,
    /// Its mentions, in text order. Never empty.
    pub mentions: Vec<MentionId>,
    /// Why it belongs to the record; the first member needs no reason.
    pub join: Option<Join>,
}

/// Mentions that stand for one subject, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// The id of the earliest mention.
    pub id: MentionId,
    /// The fullest name.
    pub name: String,
    /// When the first document that mentions it was published.
    pub first_published: Option<Edtf>,
    /// In order of publication. Never empty.
    pub members: Vec<Member>,
}

impl Grouping {
    /// The grouping of members of some locals.
    pub(crate) fn of(members: Vec<Member>, locals: &[&Local]) -> Grouping {
        let name = fullest(members.iter().flat_map(|member| own(member, locals))).to_owned();
        Grouping {
            id: members[0].mentions[0],
            name,
            first_published: locals[members[0].local].published.clone(),
            members,
        }
    }

    /// The mentions, earliest first.
    pub fn mentions(&self) -> impl Iterator<Item = MentionId> {
        self.members.iter().flat_map(|member| member.mentions.iter().copied())
    }

    /// Which of the locals speak of it, in order of publication, each once.
    pub fn locals(&self) -> Vec<usize> {
        let mut locals: Vec<usize> = self.members.iter().map(|member| member.local).collect();
        locals.dedup();
        locals
    }

    /// Whether it has these members, joined for the same reasons.
    pub fn is(&self, members: &[Placed], locals: &[&Local]) -> bool {
        let same = |(member, placed): (&Member, &Placed)| {
            locals[member.local].mentions[0].id == placed.head
                && member.mentions == placed.mentions
                && member.join == placed.join
        };
        self.members.len() == members.len() && self.members.iter().zip(members).all(same)
    }

    /// Why the mentions are one: a tree over them.
    pub fn joins(&self, locals: &[&Local]) -> Vec<Join> {
        let mut joins = Vec::new();
        for member in &self.members {
            let first = member.mentions[0];
            joins.extend(member.mentions.iter().skip(1).map(|&mention| Join {
                mention,
                to: first,
                since: locals[member.local].published.clone(),
                reason: "the same subject in one document".to_owned(),
                judgment: None,
            }));
            joins.extend(member.join.clone());
        }
        joins
    }
}

/// The mentions of a member, in text order.
fn own<'l>(member: &Member, locals: &[&'l Local]) -> impl Iterator<Item = &'l Mention> {
    let local: &'l Local = locals[member.local];
    let whole = local.mentions.len() == member.mentions.len();
    local.mentions.iter().filter(move |mention| whole || member.mentions.contains(&mention.id))
}

/// A member as it is kept: by the first mention of its local.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The first mention of the local.
    pub head: MentionId,
    /// Its mentions, in text order.
    pub mentions: Vec<MentionId>,
    /// Why it belongs to the record.
    pub join: Option<Join>,
}

/// What a fold gave, without the locals: the members of each record, in order of publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded(pub Vec<Vec<Placed>>);

impl Folded {
    /// What is to be kept of groupings.
    pub fn of(groupings: &[Grouping], locals: &[&Local]) -> Folded {
        let placed = |member: &Member| Placed {
            head: locals[member.local].mentions[0].id,
            mentions: member.mentions.clone(),
            join: member.join.clone(),
        };
        let members = |grouping: &Grouping| grouping.members.iter().map(placed).collect();
        Folded(groupings.iter().map(members).collect())
    }

    /// The groupings of those of the locals that are among `locals`.
    ///
    /// A record grows in order of publication, and what is published later changes nothing before it:
    /// so for the locals that were published by some day this is what a fold of them gives, as long as
    /// the judgments on them are the same.
    pub fn groupings(&self, locals: &[&Local]) -> Vec<Grouping> {
        let places: HashMap<MentionId, usize> =
            locals.iter().enumerate().map(|(at, local)| (local.mentions[0].id, at)).collect();
        let member = |placed: &Placed| {
            let local = *places.get(&placed.head)?;
            let (mentions, join) = (placed.mentions.clone(), placed.join.clone());
            Some(Member { local, mentions, join })
        };
        let grouping = |members: &Vec<Placed>| {
            let members: Vec<Member> = members.iter().filter_map(member).collect();
            (!members.is_empty()).then(|| Grouping::of(members, locals))
        };
        self.0.iter().filter_map(grouping).collect()
    }
}

//! Parts of locals: a local, or what judgments leave of it together.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use throughline_model::{Day, DocumentId, Mention, MentionId, Outline, SubjectKind};

use crate::incident::{Report, Weighed};
use crate::{Links, Local};

/// A local, or the part of one that judgments leave together.
#[derive(Debug)]
pub(crate) struct Unit<'a> {
    pub(crate) index: usize,
    pub(crate) local: &'a Local,
    /// In text order.
    pub(crate) mentions: Vec<&'a Mention>,
    /// The last day on which the document may have been published; undated ones come last. Kept
    /// here, since locals lie far apart and every unit is compared with many.
    day: Day,
    /// Equal for copies of one report, and zero where its words are not known.
    words: u64,
    document: DocumentId,
    /// What is compared of it, where it is a report of an incident whose words are known.
    pub(crate) report: Option<Box<Report<'a>>>,
}

impl<'a> Unit<'a> {
    /// The parts of a local, so that no two mentions judged apart share one.
    ///
    /// Mentions that judgments tie stay together; any other goes with its antecedent, else to the
    /// first part from which it is not apart.
    pub(crate) fn split(index: usize, local: &'a Local, links: &Links, into: &mut Vec<Unit<'a>>) {
        let day = local.day();
        let words = local.outline.as_ref().map_or(0, Outline::digest);
        let unit = |mentions| {
            let known = local.kind() == SubjectKind::Incident && local.outline.is_some();
            let report = known.then(|| Box::new(Report::of(local)));
            Unit { index, local, mentions, day, words, document: local.document, report }
        };
        let all: Vec<&Mention> = local.mentions.iter().collect();
        if links.is_empty() || all.len() == 1 {
            return into.push(unit(all));
        }
        let known: Vec<Known> = all.iter().map(|mention| Known::of(mention.id, links)).collect();
        if known.iter().all(|one| one.apart.is_empty()) {
            return into.push(unit(all));
        }
        let mut homes: Vec<Option<usize>> = vec![None; all.len()];
        let mut parts: Vec<Vec<usize>> = Vec::new();
        for at in 0..all.len() {
            if homes[at].is_some() {
                continue;
            }
            let fits =
                |at: usize, part: &[usize]| !part.iter().any(|&by| known[at].is_apart(&known[by]));
            let antecedent = all.iter().position(|other| Some(other.id) == all[at].antecedent);
            let home = antecedent
                .and_then(|antecedent| homes[antecedent])
                .filter(|&home| fits(at, &parts[home]))
                .or_else(|| parts.iter().position(|part| fits(at, part)));
            let home = home.unwrap_or_else(|| {
                parts.push(Vec::new());
                parts.len() - 1
            });
            parts[home].push(at);
            homes[at] = Some(home);
            for tied in at + 1..all.len() {
                let follows = homes[tied].is_none() && known[at].same.contains(&all[tied].id);
                if follows && fits(tied, &parts[home]) {
                    parts[home].push(tied);
                    homes[tied] = Some(home);
                }
            }
        }
        for part in &mut parts {
            part.sort_unstable();
        }
        // In text order, by what each begins with.
        parts.sort_unstable();
        into.extend(parts.iter().map(|part| unit(part.iter().map(|&at| all[at]).collect())));
    }

    /// The last day on which its document may have been published; the last there is, if undated.
    pub(crate) fn day(&self) -> Day {
        self.day
    }

    /// The words of its report, where they are known.
    pub(crate) fn words(&self) -> Option<&Weighed<'a>> {
        self.report.as_ref()?.words.as_ref()
    }

    /// Whether its report says the same as another's in the same words, and neither is a row of a
    /// coded work.
    pub(crate) fn copies(&self, other: &Unit) -> bool {
        let own = self.report.as_ref().zip(other.report.as_ref());
        own.is_some_and(|(one, other)| one.is_copy(other))
            && self.document != other.document
            && self.local.cited_work().is_none()
            && other.local.cited_work().is_none()
    }

    /// Of units in order, the places of those with which a report is joined to what there is: of one
    /// with a date only its own, of one without those of the undated ones of its block from it on.
    pub(crate) fn gathered_with<'u>(
        &'u self,
        units: &'u [Unit<'a>],
        from: usize,
    ) -> impl Iterator<Item = usize> + 'u {
        let undated = self.local.published.is_none();
        let end = if undated { units.len() } else { from + 1 };
        (from..end).filter(move |at| {
            *at == from
                || units[*at].words().is_some() && units[*at].local.block == self.local.block
        })
    }

    /// By publication (undated last), copies of one report side by side, document, position.
    pub(crate) fn order(&self, other: &Unit) -> Ordering {
        let key = |unit: &Unit| (unit.day, unit.words, unit.document);
        key(self).cmp(&key(other)).then_with(|| {
            let (own, other) = (self.mentions[0], other.mentions[0]);
            (&own.passage, own.id).cmp(&(&other.passage, other.id))
        })
    }
}

/// What judgments say of one mention.
struct Known {
    mention: MentionId,
    /// The mentions that they tie to it, itself included.
    same: BTreeSet<MentionId>,
    /// The mentions from which they tell these apart.
    apart: BTreeSet<MentionId>,
    /// The mentions from which they tell this very one apart.
    directly: BTreeSet<MentionId>,
}

impl Known {
    fn of(mention: MentionId, links: &Links) -> Known {
        let same = links.reach(mention);
        Known {
            mention,
            apart: same.iter().flat_map(|&one| links.apart_from(one)).copied().collect(),
            directly: links.apart_from(mention).iter().copied().collect(),
            same,
        }
    }

    /// Whether judgments tell it from another: of these two themselves, or of those that they are
    /// tied to, unless they are tied to each other.
    fn is_apart(&self, other: &Known) -> bool {
        self.directly.contains(&other.mention)
            || !self.same.contains(&other.mention) && !self.apart.is_disjoint(&other.same)
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::{DocumentId, JudgmentId, Passage, Sha256, Span, SubjectKind};

    use super::*;
    use crate::{BlockKey, Link, Referents};

    /// Four mentions of one document, each with the one before it as antecedent but for the last,
    /// whose antecedent is the first; and one of another document, `x`.
    fn check(same: &[(char, char)], apart: &[(char, char)], want: &str) {
        let document = DocumentId::of_bytes(Sha256::of(b"a"));
        let mut mentions: Vec<Mention> = (0..4)
            .map(|at| {
                let passage = Passage::Text(Span::new(at * 10, at * 10 + 5));
                Mention::new(SubjectKind::Person, document, passage, "he")
            })
            .collect();
        for (at, antecedent) in [(1, 0), (2, 1), (3, 0)] {
            mentions[at].antecedent = Some(mentions[antecedent].id);
        }
        let other = DocumentId::of_bytes(Sha256::of(b"b"));
        let far = Mention::new(SubjectKind::Person, other, mentions[0].passage.clone(), "he");
        let letters = "abcd";
        let id = |letter: char| match letters.find(letter) {
            Some(at) => mentions[at].id,
            None => far.id,
        };
        let link = |&(a, b): &(char, char)| Link {
            a: id(a),
            b: id(b),
            since: None,
            judgment: JudgmentId::from_bits(1),
        };
        let links = Links::new(same.iter().map(link), apart.iter().map(link));
        let local = Local {
            block: BlockKey::alone(mentions[0].id),
            document,
            published: None,
            source: None,
            mentions: mentions.clone(),
            assertions: vec![],
            sentences: vec![],
            referents: Referents::default(),
            context: Vec::new(),
            outline: None,
        };
        let mut units = Vec::new();
        Unit::split(0, &local, &links, &mut units);
        let got: Vec<String> = units
            .iter()
            .map(|unit| {
                let letter = |mention: &&Mention| {
                    letters.chars().find(|letter| id(*letter) == mention.id).unwrap()
                };
                unit.mentions.iter().map(letter).collect()
            })
            .collect();
        assert_eq!(got.join(" "), want, "same {same:?}, apart {apart:?}");
    }

    #[test]
    fn a_split_takes_along_what_goes_with_the_mention() {
        check(&[], &[], "abcd");
        // "c" goes with its antecedent.
        check(&[], &[('a', 'b')], "ad bc");
        check(&[], &[('b', 'c')], "abd c");
        // What is judged to be the same stays together, whatever the antecedents.
        check(&[('b', 'd')], &[('a', 'b')], "a bcd");
        check(&[('a', 'c')], &[('a', 'b')], "acd b");
        // Told apart through a mention of another document.
        check(&[('x', 'b')], &[('a', 'x')], "ad bc");
        check(&[], &[('a', 'x')], "abcd");
        check(&[], &[('a', 'b'), ('b', 'c'), ('a', 'c')], "ad b c");
    }
}

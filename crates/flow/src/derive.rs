//! From the locals of whole blocks and the judgments in force to records.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{
    AsOf, Assertion, JudgmentId, MentionId, Record, SubjectKind, Target, Value,
};
use throughline_resolve::{Link, Links, Local, fold, normal};
use throughline_weigh::{Evidence, Pair, Standing, Weighed, weigh};

/// The judged links of a standing, for the fold.
fn links(standing: &Standing) -> Links {
    let link = |pair: &Pair| Link {
        a: pair.a,
        b: pair.b,
        since: pair.since.clone(),
        judgment: pair.judgment,
    };
    Links::new(standing.same().iter().map(link), standing.apart().iter().map(link))
}

/// A local as of two dates: published when judgments say so, its assertions as people left them.
/// `None` if its document is out of view. Copied only where judgments change something.
pub fn in_view<'l>(local: &'l Local, standing: &Standing, as_of: AsOf) -> Option<Cow<'l, Local>> {
    let dated = standing.dated(local.document);
    if !as_of.sees(dated.or(local.published.as_ref())) {
        return None;
    }
    if dated.is_none() && !local.assertions.iter().any(|said| standing.changes(said.id)) {
        return Some(Cow::Borrowed(local));
    }
    Some(Cow::Owned(Local {
        published: dated.or(local.published.as_ref()).cloned(),
        assertions: local.assertions.iter().filter_map(|said| standing.read(said)).collect(),
        ..local.clone()
    }))
}

/// The records of the given locals, by id.
///
/// `locals` must hold whole blocks, and with each block those that judged links tie to it. They
/// are of readings recorded in view; what was published out of view is left out here.
pub fn derive(locals: &[&Local], standing: &Standing, as_of: AsOf) -> Vec<Record> {
    let locals: Vec<Cow<Local>> =
        locals.iter().filter_map(|local| in_view(local, standing, as_of)).collect();
    let locals: Vec<&Local> = locals.iter().map(AsRef::as_ref).collect();
    let links = links(standing);
    let mut records: Vec<Record> = fold(&locals, &links)
        .into_iter()
        .map(|grouping| {
            let own: Vec<&Local> = grouping.locals.iter().map(|&at| locals[at]).collect();
            let members: BTreeSet<MentionId> = grouping.mentions.iter().copied().collect();
            let evidence: Vec<Evidence> = own
                .iter()
                .flat_map(|local| local.assertions.iter().map(move |said| (local, said)))
                // A local that judgments split lends each part the assertions on its own mentions.
                .filter(|(_, said)| members.contains(&said.subject))
                .map(|(local, assertion)| Evidence {
                    assertion,
                    published: local.published.as_ref(),
                    source: local.source.as_deref(),
                })
                .collect();
            let findings: Vec<(JudgmentId, &Target)> = grouping
                .mentions
                .iter()
                .flat_map(|mention| standing.findings(*mention))
                .map(|(judgment, target)| (*judgment, target))
                .collect();
            let subjects = Subjects::of(&own, &findings, &links);
            let subject_of = |mention| subjects.of_mention(mention);
            let Weighed { holdings, superseded } =
                weigh(&evidence, &findings, standing, &subject_of);
            Record {
                id: grouping.id,
                name: grouping.name,
                mentions: grouping.mentions,
                joins: grouping.joins,
                first_published: grouping.first_published,
                holdings,
                superseded,
            }
        })
        .collect();
    records.sort_by_key(|record| record.id);
    records
}

/// Which of the mentions that a record's assertions and findings refer to stand for one subject, as
/// far as the record itself can tell: mentions of one chain, mentions with equal names, and mentions
/// that judgments tie. Within one record that is enough to see that two reports name the same man;
/// whether he is the same man elsewhere is for his own record.
///
/// A subject is named by the first of its mentions here, never by one that the record does not
/// refer to: so a link changes only records that refer to both of its sides.
#[derive(Default)]
struct Subjects {
    first: BTreeMap<MentionId, MentionId>,
    by_name: BTreeMap<(SubjectKind, String), MentionId>,
    by_link: BTreeMap<MentionId, MentionId>,
}

impl Subjects {
    fn of(locals: &[&Local], findings: &[(JudgmentId, &Target)], links: &Links) -> Subjects {
        let mut subjects = Subjects::default();
        for local in locals {
            for (mention, referent) in &local.referents {
                subjects.unite(referent.head, *mention);
                // Descriptions ("the attacker") are of one document; names have a capital.
                let named = referent.name.chars().next().is_some_and(char::is_uppercase);
                let name = normal(&referent.name);
                if named && !name.is_empty() {
                    let key = (mention.kind(), name);
                    let first = *subjects.by_name.entry(key).or_insert(referent.head);
                    subjects.unite(first, *mention);
                }
                subjects.follow(links, referent.head);
                subjects.follow(links, *mention);
            }
            for mention in local.assertions.iter().flat_map(Assertion::referred) {
                subjects.follow(links, mention);
            }
        }
        for (_, target) in findings {
            let value = target.value.as_ref().and_then(Value::mention);
            for mention in value.into_iter().chain(target.party) {
                subjects.follow(links, mention);
            }
        }
        subjects
    }

    /// Unites a mention with those met before that judgments tie to it.
    fn follow(&mut self, links: &Links, mention: MentionId) {
        if links.is_alone(mention) {
            return;
        }
        let reached = links.reach(mention);
        if let Some(all) = reached.first().filter(|_| reached.len() > 1) {
            let first = *self.by_link.entry(*all).or_insert(mention);
            self.unite(first, mention);
        }
    }

    fn of_mention(&self, mention: MentionId) -> MentionId {
        let mut at = mention;
        while let Some(&earlier) = self.first.get(&at) {
            at = earlier;
        }
        at
    }

    /// Makes the subject of `later` that of `earlier`, which was met first.
    fn unite(&mut self, earlier: MentionId, later: MentionId) {
        let (earlier, later) = (self.of_mention(earlier), self.of_mention(later));
        if earlier != later {
            self.first.insert(later, earlier);
        }
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::Fingerprint;

    use super::*;

    #[test]
    fn links_unite_what_the_record_refers_to_and_nothing_else() {
        let [a, b, c] = ["a", "b", "c"].map(|name| {
            MentionId::of(SubjectKind::Person, Fingerprint::new("test").field(name.as_bytes()))
        });
        let link = |a, b| Link { a, b, since: None, judgment: JudgmentId::from_bits(1) };
        let links = Links::new([link(a, b), link(b, c)], []);
        let mut subjects = Subjects::default();
        subjects.follow(&links, c);
        assert_eq!(subjects.of_mention(c), c, "a and b are not referred to");
        subjects.follow(&links, a);
        assert_eq!((subjects.of_mention(a), subjects.of_mention(c)), (c, c));
        assert_eq!(subjects.of_mention(b), b);
    }
}

//! From the locals of whole blocks and the judgments in force to records.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{AsOf, MentionId, Record, SubjectKind};
use throughline_resolve::{Link, Links, Local, fold, normal};
use throughline_weigh::{Evidence, Pair, Standing, weigh};

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
/// `None` if its document is out of view.
pub fn in_view(local: &Local, standing: &Standing, as_of: AsOf) -> Option<Local> {
    let published = standing.dated(local.document).or(local.published.as_ref());
    if !as_of.sees(published) {
        return None;
    }
    Some(Local {
        published: published.cloned(),
        assertions: local.assertions.iter().filter_map(|said| standing.read(said)).collect(),
        ..local.clone()
    })
}

/// The records of the given locals, by id.
///
/// `locals` must hold whole blocks, and with each block those that judged links tie to it. They
/// are of readings recorded in view; what was published out of view is left out here.
pub fn derive(locals: &[&Local], standing: &Standing, as_of: AsOf) -> Vec<Record> {
    let locals: Vec<Local> =
        locals.iter().filter_map(|local| in_view(local, standing, as_of)).collect();
    let links = links(standing);
    let mut records: Vec<Record> = fold(&locals, &links)
        .into_iter()
        .map(|grouping| {
            let own: Vec<&Local> = grouping.locals.iter().map(|&at| &locals[at]).collect();
            let subjects = Subjects::of(&own, &links);
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
            let findings: Vec<_> = grouping
                .mentions
                .iter()
                .flat_map(|mention| standing.findings(*mention))
                .map(|(judgment, target)| (*judgment, target))
                .collect();
            let holdings = weigh(&evidence, &findings, standing, as_of, &|mention| {
                subjects.of_mention(mention)
            });
            Record {
                id: grouping.id,
                name: grouping.name,
                mentions: grouping.mentions,
                joins: grouping.joins,
                first_published: grouping.first_published,
                holdings,
            }
        })
        .collect();
    records.sort_by_key(|record| record.id);
    records
}

/// Which of the mentions that a record's assertions refer to stand for one subject, as far as the
/// record itself can tell: mentions of one chain, mentions with equal names, and mentions that
/// judgments tie. Within one record that is enough to see that two reports name the same man;
/// whether he is the same man elsewhere is for his own record.
struct Subjects<'l> {
    representative: BTreeMap<MentionId, MentionId>,
    links: &'l Links,
}

impl<'l> Subjects<'l> {
    fn of(locals: &[&Local], links: &'l Links) -> Subjects<'l> {
        let mut by_name: BTreeMap<(SubjectKind, String), MentionId> = BTreeMap::new();
        let mut representative = BTreeMap::new();
        for local in locals {
            for (mention, referent) in &local.referents {
                let name = normal(&referent.name);
                // Descriptions ("the attacker") are of one document; names have a capital.
                let named = referent.name.chars().next().is_some_and(char::is_uppercase);
                let first = match named && !name.is_empty() {
                    true => *by_name.entry((mention.kind(), name)).or_insert(referent.head),
                    false => referent.head,
                };
                representative.insert(*mention, first);
                representative.entry(referent.head).or_insert(first);
            }
        }
        Subjects { representative, links }
    }

    fn of_mention(&self, mention: MentionId) -> MentionId {
        let own = self.representative.get(&mention).copied().unwrap_or(mention);
        // The least of all that judgments tie to it.
        let reached = self.links.reach(own).into_iter().chain(self.links.reach(mention));
        let tied =
            reached.filter_map(|at| self.representative.get(&at).copied().or(Some(at))).min();
        match tied {
            Some(least) if least != own && self.links.path(own, least).is_some() => least,
            _ => own,
        }
    }
}

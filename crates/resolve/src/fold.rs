//! The fold: locals in order of publication, each joined to a record or starting one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use throughline_model::{Day, Edtf, Join, MentionId, SubjectKind};

use crate::{
    BlockKey, Folded, Grouping, Links, Local, Member,
    block::place,
    claim,
    incident::{self, Agreement},
    person,
    unit::Unit,
};

/// Groups locals into records.
///
/// `locals` may come in any order; they must hold whole blocks, and every block that `links` join
/// to one of them, or a record may lack its other mentions. In order of publication (undated ones
/// last), copies of one report side by side, then by document and position, each local
///
/// 1. joins the record to which a judgment ties it; else
/// 2. joins, of the records of its block, the one that its report fits best, or the first with which
///    nothing conflicts and something agrees; else
/// 3. starts a record.
///
/// Mentions judged not to be the same never share a record, not even through a third one, and
/// where one document's own antecedents say otherwise its local is split.
pub fn fold(locals: &[&Local], links: &Links) -> Vec<Grouping> {
    refold(&Folded::default(), Day::MIN, locals, links)
}

/// As [`fold`], where it is known what a fold gave of what was published before a day: of that nothing
/// is compared again.
///
/// No judgment may touch any of the locals, and none that was published before the day may have
/// changed since, gone or come: else what is kept is no longer so.
pub fn refold(kept: &Folded, before: Day, locals: &[&Local], links: &Links) -> Vec<Grouping> {
    let kept = KeptPlaces::of(kept);
    let mut units: Vec<Unit> = Vec::new();
    for (index, &local) in locals.iter().enumerate() {
        Unit::split(index, local, links, &mut units);
    }
    units.sort_by(Unit::order);
    let clusters = Clusters::of(&units, links);

    let mut records: Vec<Draft> = Vec::new();
    let mut of_cluster: Vec<Option<usize>> = vec![None; clusters.many];
    let mut of_kept: Vec<Option<usize>> = vec![None; kept.many];
    let mut blocks = Blocks::default();
    for (index, unit) in units.iter().enumerate() {
        let cluster = clusters.of_unit[index];
        let known = kept.place(unit).filter(|_| unit.day() < before);
        let found = match (known, of_cluster[cluster]) {
            (Some((record, join)), _) => of_kept[record].map(|at| (at, join.cloned())),
            (None, Some(at)) => Some((at, Some(clusters.judged_join(unit, &records[at], links)))),
            (None, None) => propose(unit, cluster, &records, &blocks, &clusters)
                .map(|(at, join)| (at, Some(join))),
        };
        let (at, join) = found.unwrap_or_else(|| {
            records.push(Draft::default());
            (records.len() - 1, None)
        });
        if let Some((record, _)) = known {
            of_kept[record] = Some(at);
        }
        records[at].take(unit, join);
        if clusters.apart.contains_key(&cluster) {
            records[at].judged_apart.insert(cluster);
        }
        of_cluster[cluster] = Some(at);
        blocks.note(unit, at);
    }
    records.into_iter().map(|record| record.finish(locals)).collect()
}

/// Where what is kept of a fold puts a unit. Looked up and never gone through.
struct KeptPlaces<'k> {
    /// By the first mention: the number of the record, and the reason.
    places: HashMap<MentionId, (usize, Option<&'k Join>)>,
    /// How many records there are.
    many: usize,
}

impl<'k> KeptPlaces<'k> {
    fn of(kept: &'k Folded) -> KeptPlaces<'k> {
        let members = kept.0.iter().enumerate().flat_map(|(record, members)| {
            members.iter().map(move |one| (one.mentions[0], (record, one.join.as_ref())))
        });
        KeptPlaces { places: members.collect(), many: kept.0.len() }
    }

    fn place(&self, unit: &Unit) -> Option<(usize, Option<&'k Join>)> {
        self.places.get(&unit.mentions[0].id).copied()
    }
}

/// Which records hold locals of which block. Those of people are found by what stands beside them,
/// since one name may be borne by very many; those of incidents by their place, and by the rare words
/// of their reports. Looked up and never gone through.
#[derive(Default)]
struct Blocks<'a> {
    records: HashMap<&'a BlockKey, BTreeSet<usize>>,
    beside: HashMap<(&'a BlockKey, &'a str), BTreeSet<usize>>,
    places: HashMap<(&'a BlockKey, String), BTreeSet<usize>>,
    reports: HashMap<&'a BlockKey, incident::Telling>,
}

impl<'a> Blocks<'a> {
    fn note(&mut self, unit: &'a Unit<'a>, record: usize) {
        let local = unit.local;
        match local.kind() {
            SubjectKind::Person => {
                for word in &local.context {
                    self.beside.entry((&local.block, word)).or_default().insert(record);
                }
            }
            SubjectKind::Incident => {
                if let Some(place) = place(local) {
                    self.places.entry((&local.block, place)).or_default().insert(record);
                }
                if let Some(words) = unit.words() {
                    self.reports.entry(&local.block).or_default().note(words, record);
                }
            }
            _ => {
                self.records.entry(&local.block).or_default().insert(record);
            }
        }
    }

    /// The records with which a local may agree, in their order.
    fn candidates(&self, unit: &Unit<'a>) -> BTreeSet<usize> {
        let local = unit.local;
        match local.kind() {
            SubjectKind::Incident => {
                let at_place = place(local).and_then(|at| self.places.get(&(&local.block, at)));
                let mut found = at_place.cloned().unwrap_or_default();
                if let (Some(words), Some(reports)) = (unit.words(), self.reports.get(&local.block))
                {
                    found.extend(reports.candidates(words));
                }
                found
            }
            SubjectKind::Person => local
                .context
                .iter()
                .filter_map(|word| self.beside.get(&(&local.block, word.as_str())))
                .flatten()
                .copied()
                .collect(),
            _ => self.records.get(&local.block).cloned().unwrap_or_default(),
        }
    }
}

/// The record of the block that a unit is proposed to join, and why: the one that fits best where that
/// is weighed, else the first that agrees.
fn propose<'a>(
    unit: &Unit<'a>,
    cluster: usize,
    records: &[Draft],
    blocks: &Blocks<'a>,
    clusters: &Clusters,
) -> Option<(usize, Join)> {
    let mut best: Option<(usize, Agreement)> = None;
    for at in blocks.candidates(unit) {
        let record = &records[at];
        if clusters.are_apart(cluster, &record.judged_apart) {
            continue;
        }
        let Some(found) = agreement(unit, record) else { continue };
        if best.as_ref().is_none_or(|(_, best)| found.score > best.score) {
            let weighed = found.score.is_some();
            best = Some((at, found));
            if !weighed && unit.local.outline.is_none() {
                break;
            }
        }
    }
    let (at, Agreement { to, reason, .. }) = best?;
    let to = records[at].units.get(to)?;
    let since = later(unit.local.published.as_ref(), to.local.published.as_ref());
    let (mention, to) = (unit.mentions[0].id, to.mentions[0].id);
    Some((at, Join { mention, to, since, reason, judgment: None }))
}

/// The first unit of a record of the same block that a local agrees with, and the reason in words;
/// `None` if none does or if the local conflicts with any.
fn agreement(unit: &Unit, record: &Draft) -> Option<Agreement> {
    let local = unit.local;
    let first = |(to, reason)| Agreement { to, reason, score: None };
    match local.kind() {
        SubjectKind::Incident => record.incidents.agree(unit),
        SubjectKind::Claim => record.claims.agree(local).map(first),
        SubjectKind::Person => record.people.agree(local).map(first),
        SubjectKind::Set => None,
        // The block is the name, and these go by their names.
        SubjectKind::Group | SubjectKind::Outlet | SubjectKind::Channel | SubjectKind::Place => {
            Some(first((0, format!("same name ({})", local.name()))))
        }
    }
}

/// The later of two days of publication; unknown if one is.
fn later(a: Option<&Edtf>, b: Option<&Edtf>) -> Option<Edtf> {
    let (a, b) = (a?, b?);
    Some(if a.latest() >= b.latest() { a.clone() } else { b.clone() })
}

/// Units tied by judgments, over any number of links, those to mentions out of view included.
struct Clusters {
    /// Each below `many`.
    of_unit: Vec<usize>,
    many: usize,
    apart: BTreeMap<usize, BTreeSet<usize>>,
}

impl Clusters {
    fn of(units: &[Unit], links: &Links) -> Clusters {
        if links.is_empty() {
            let many = units.len();
            return Clusters { of_unit: (0..many).collect(), many, apart: BTreeMap::new() };
        }
        let mut sets = Sets::default();
        for unit in units {
            let first = sets.index(unit.mentions[0].id);
            for mention in &unit.mentions {
                let at = sets.index(mention.id);
                sets.join(first, at);
            }
        }
        let own: Vec<MentionId> =
            units.iter().flat_map(|u| u.mentions.iter().map(|m| m.id)).collect();
        let mut reached: BTreeSet<MentionId> = BTreeSet::new();
        for &mention in own.iter().filter(|&&mention| !links.same_as(mention).is_empty()) {
            if !reached.contains(&mention) {
                reached.extend(links.reach(mention));
            }
        }
        let everybody: BTreeSet<MentionId> =
            own.iter().copied().chain(reached.iter().copied()).collect();
        let apart: Vec<(usize, usize)> = everybody
            .iter()
            .flat_map(|&a| links.apart_from(a).iter().map(move |&b| (a, b)))
            .map(|(a, b)| (sets.index(a), sets.index(b)))
            .collect();
        // In the order of the judgments' ids, so that the outcome does not hang on arrival.
        let mut same: Vec<_> = reached.iter().flat_map(|&at| links.same_as(at)).collect();
        same.sort_by_key(|link| link.judgment);
        same.dedup();
        for link in same {
            let (a, b) = (sets.index(link.a), sets.index(link.b));
            let (a, b) = (sets.root(a), sets.root(b));
            let kept_apart = apart.iter().any(|&(x, y)| {
                let pair = (sets.root(x), sets.root(y));
                pair == (a, b) || pair == (b, a)
            });
            if !kept_apart {
                sets.join(a, b);
            }
        }
        let of_unit = units.iter().map(|unit| sets.index(unit.mentions[0].id)).collect::<Vec<_>>();
        let of_unit = of_unit.into_iter().map(|at| sets.root(at)).collect();
        let mut apart_of: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (a, b) in apart {
            let (a, b) = (sets.root(a), sets.root(b));
            apart_of.entry(a).or_default().insert(b);
            apart_of.entry(b).or_default().insert(a);
        }
        Clusters { of_unit, many: sets.parent.len(), apart: apart_of }
    }

    /// Whether a cluster is judged apart from any of a record's.
    fn are_apart(&self, cluster: usize, record: &BTreeSet<usize>) -> bool {
        self.apart.get(&cluster).is_some_and(|apart| !apart.is_disjoint(record))
    }

    /// Why a unit belongs to a record by judgment: the judgments that lead from it to the nearest
    /// mention of the record.
    fn judged_join(&self, unit: &Unit, record: &Draft, links: &Links) -> Join {
        let mut best: Option<(usize, MentionId, MentionId)> = None;
        for from in &unit.mentions {
            let near = links.distances(from.id);
            if near.len() < 2 {
                continue;
            }
            for to in record.units.iter().flat_map(|other| &other.mentions) {
                let Some(&links) = near.get(&to.id) else { continue };
                if best.is_none_or(|(fewest, ..)| links < fewest) {
                    best = Some((links, from.id, to.id));
                }
            }
        }
        let best = best.and_then(|(_, from, to)| Some((links.path(from, to)?, from, to)));
        match best {
            Some((path, mention, to)) => {
                let words: Vec<String> =
                    path.iter().map(|link| link.judgment.to_string()).collect();
                let since = match path.iter().any(|link| link.since.is_none()) {
                    true => None,
                    false => path.iter().filter_map(|l| l.since.clone()).max_by_key(Edtf::latest),
                };
                Join {
                    mention,
                    to,
                    since,
                    reason: format!("judged to be the same ({})", words.join(", ")),
                    judgment: path.first().map(|link| link.judgment),
                }
            }
            // Parts of one local, tied to the record through a unit of the same cluster.
            None => Join {
                mention: unit.mentions[0].id,
                to: record.units[0].mentions[0].id,
                since: unit.local.published.clone(),
                reason: "tied by judgments through other mentions of its document".to_owned(),
                judgment: None,
            },
        }
    }
}

/// Disjoint sets of mentions.
#[derive(Default)]
struct Sets {
    index: BTreeMap<MentionId, usize>,
    parent: Vec<usize>,
}

impl Sets {
    fn index(&mut self, mention: MentionId) -> usize {
        let next = self.parent.len();
        let at = *self.index.entry(mention).or_insert(next);
        if at == next {
            self.parent.push(next);
        }
        at
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

/// A record while it grows.
#[derive(Default)]
struct Draft<'a> {
    units: Vec<&'a Unit<'a>>,
    /// Its clusters that judgments tell from others.
    judged_apart: BTreeSet<usize>,
    /// Why each of the units belongs to it.
    joins: Vec<Option<Join>>,
    incidents: incident::Seen<'a>,
    claims: claim::Seen<'a>,
    people: person::Seen<'a>,
}

impl<'a> Draft<'a> {
    fn take(&mut self, unit: &'a Unit<'a>, join: Option<Join>) {
        let at = self.units.len();
        match unit.local.kind() {
            SubjectKind::Incident => self.incidents.note(unit, at),
            SubjectKind::Claim => self.claims.note(unit.local, at),
            SubjectKind::Person => self.people.note(unit.local, at),
            _ => {}
        }
        self.units.push(unit);
        self.joins.push(join);
    }

    fn finish(self, locals: &[&Local]) -> Grouping {
        let member = |(unit, join): (&Unit, Option<Join>)| Member {
            local: unit.index,
            mentions: unit.mentions.iter().map(|mention| mention.id).collect(),
            join,
        };
        Grouping::of(self.units.into_iter().zip(self.joins).map(member).collect(), locals)
    }
}

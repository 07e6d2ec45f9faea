//! The fold: locals in order of publication, each joined to a record or starting one.

mod blocks;
mod clusters;
mod compared;
mod gathered;

use std::collections::{BTreeSet, HashMap};

use throughline_model::{Day, Edtf, Join, MentionId, SubjectKind};

pub use compared::compares;

use blocks::Blocks;
use clusters::Clusters;
use gathered::{Gathered, Place};

use crate::{Folded, Grouping, Links, Local, Member, claim, incident, person, unit::Unit};

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
/// Undated reports have no order: those of a block join records and each other by what fits best
/// first.
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
    let mut gathered = Gathered::default();
    for (index, unit) in units.iter().enumerate() {
        let cluster = clusters.of_unit[index];
        let known_of = |unit: &Unit| kept.place(unit).filter(|_| unit.day() < before);
        let known = known_of(unit);
        let found = match (known, of_cluster[cluster]) {
            (Some((record, join)), _) => of_kept[record].map(|at| (at, join.cloned())),
            (None, Some(at)) => {
                Some((at, Some(clusters.judged_join(unit, &records[at].units, links))))
            }
            (None, None) => None,
        };
        let mut group = None;
        let found = found.or_else(|| {
            if unit.words().is_some() && gathered.home(index).is_none() {
                let open = |at: usize| {
                    known_of(&units[at]).is_none() && of_cluster[clusters.of_unit[at]].is_none()
                };
                let places: Vec<usize> =
                    unit.gathered_with(&units, index).filter(|at| open(*at)).collect();
                let telling = blocks.telling(&unit.local.block);
                gathered.gather(&places, &units, &records, telling, &clusters);
            }
            match gathered.home(index) {
                Some(Place::Record(at))
                    if !clusters.are_apart(cluster, &records[at].judged_apart) =>
                {
                    let (to, reason) = records[at].incidents.nearest(unit)?;
                    return Some((at, Some(joined(unit, &records[at], to, reason))));
                }
                Some(Place::Group(first)) => group = Some(first),
                _ => {}
            }
            propose(unit, cluster, &records, &blocks, &clusters).map(|(at, join)| (at, Some(join)))
        });
        let (at, join) = found.unwrap_or_else(|| {
            records.push(Draft::default());
            (records.len() - 1, None)
        });
        if let Some(first) = group {
            gathered.became(first, at);
        }
        if let Some((record, _)) = known {
            of_kept[record] = Some(at);
        }
        records[at].take(unit, join);
        if clusters.has_apart(cluster) {
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

/// The record of the block that a unit is proposed to join, and why: the first that agrees.
fn propose<'a>(
    unit: &Unit<'a>,
    cluster: usize,
    records: &[Draft],
    blocks: &Blocks<'a>,
    clusters: &Clusters,
) -> Option<(usize, Join)> {
    blocks.candidates(unit).into_iter().find_map(|at| {
        let record = &records[at];
        if clusters.are_apart(cluster, &record.judged_apart) {
            return None;
        }
        let (to, reason) = agreement(unit, record)?;
        Some((at, joined(unit, record, to, reason)))
    })
}

/// Why a unit belongs to a record: by the unit of the record at a place, and for a reason.
fn joined(unit: &Unit, record: &Draft, to: usize, reason: String) -> Join {
    let to = record.units[to];
    let since = later(unit.local.published.as_ref(), to.local.published.as_ref());
    let (mention, to) = (unit.mentions[0].id, to.mentions[0].id);
    Join { mention, to, since, reason, judgment: None }
}

/// The first unit of a record of the same block that a local agrees with, and the reason in words;
/// `None` if none does or if the local conflicts with any.
fn agreement(unit: &Unit, record: &Draft) -> Option<(usize, String)> {
    let local = unit.local;
    match local.kind() {
        SubjectKind::Incident => record.incidents.agree(unit),
        SubjectKind::Claim => record.claims.agree(local),
        SubjectKind::Person => record.people.agree(local),
        SubjectKind::Set => None,
        // The block is the name, and these go by their names.
        SubjectKind::Group | SubjectKind::Outlet | SubjectKind::Channel | SubjectKind::Place => {
            Some((0, format!("same name ({})", local.name())))
        }
    }
}

/// The later of two days of publication; unknown if one is.
fn later(a: Option<&Edtf>, b: Option<&Edtf>) -> Option<Edtf> {
    let (a, b) = (a?, b?);
    Some(if a.latest() >= b.latest() { a.clone() } else { b.clone() })
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

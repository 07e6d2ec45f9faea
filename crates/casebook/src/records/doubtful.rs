//! Which records may be one subject though they stand apart: pairs for a person to judge.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use throughline_flow::{Local, derive, in_view};
use throughline_model::{AsOf, MentionId, Record, SubjectKind};
use throughline_resolve::Why;

use crate::casebook::Casebook;
use crate::derived;
use crate::error::Result;

/// Records of larger blocks are compared with so many others, the next ones by id.
const COMPARED: usize = 200;

/// Incidents less alike than this, in percent, are two.
const LEAST_INCIDENT: u8 = 20;

/// Names less alike than this, in percent, are two people's.
const LEAST_NAME: u8 = 50;

/// One side of a doubtful pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The record's id.
    pub id: MentionId,
    /// Its name.
    pub name: String,
    /// How many mentions it has.
    pub mentions: u64,
}

/// Two records that may be one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubtful {
    /// The record with more mentions.
    pub one: Side,
    /// The other.
    pub other: Side,
    /// How alike they are, in percent.
    pub percent: u8,
    /// What stands beside both, by normal names.
    pub beside: Vec<String>,
}

impl Casebook {
    /// What the documents of two mentions say of their subjects as of two dates, compared; `None` if one
    /// of them is out of view, or they are of two kinds. Two records by their ids are compared as
    /// [`Casebook::doubtful`] compares them.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn why(&self, one: MentionId, other: MentionId, as_of: AsOf) -> Result<Option<Why>> {
        self.snapshot(|| {
            let (a, b) = (self.record_with(one, as_of)?, self.record_with(other, as_of)?);
            let Some(((a, of_a), (b, of_b))) = a.zip(b) else { return Ok(None) };
            let two_records = a.id == one && b.id == other && a.id != b.id;
            let local = |record: &Record, locals: &[Local], mention| {
                let of = by_mention(locals.iter());
                let whole = two_records.then(|| fullest(record, &of)).flatten();
                whole.or_else(|| of.get(&mention).copied()).cloned()
            };
            let compared = local(&a, &of_a, one).zip(local(&b, &of_b, other));
            Ok(compared.and_then(|(one, other)| throughline_resolve::why(&one, &other)))
        })
    }

    /// The record that a mention is of as of two dates, and what each of its documents says.
    fn record_with(&self, id: MentionId, as_of: AsOf) -> Result<Option<(Record, Vec<Local>)>> {
        let (standing, ties) = (self.standing(as_of)?, self.ties()?);
        let blocks = derived::closure(&ties, derived::blocks_of(&self.connection, id)?);
        let loaded = self.load_to_compare(&blocks, as_of)?;
        let all = loaded.all();
        let records = derive(&all, loaded.folded(), &standing, as_of);
        let Some(record) = records.into_iter().find(|record| record.mentions.contains(&id)) else {
            return Ok(None);
        };
        let own = |local: &&Local| record.mentions.contains(&local.mentions[0].id);
        let seen = all.into_iter().filter(own).filter_map(|local| in_view(local, &standing, as_of));
        let locals = seen.map(|local| Local::clone(&local)).collect();
        Ok(Some((record, locals)))
    }

    /// Pairs of people, and pairs of incidents, that may be one and stand apart, at most `many`: those
    /// first that would change most, which is the smaller record's mentions, then the more alike.
    /// Pairs that somebody has judged, if only to be unsure, are left out. All as of two dates.
    ///
    /// All records of both kinds are gone through.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn doubtful(&self, many: usize, as_of: AsOf) -> Result<Vec<Doubtful>> {
        self.snapshot(|| self.doubtful_of(many, as_of))
    }

    /// What has become of a pair that was in doubt in an earlier state: `None` if it no longer is,
    /// or one of the two is no record of its own any more. Only their own blocks are gone through.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn still_doubtful(&self, pair: &Doubtful, as_of: AsOf) -> Result<Option<Doubtful>> {
        self.snapshot(|| {
            let (standing, ties) = (self.standing(as_of)?, self.ties()?);
            let mut blocks = derived::blocks_of(&self.connection, pair.one.id)?;
            blocks.extend(derived::blocks_of(&self.connection, pair.other.id)?);
            let loaded = self.load_to_compare(&derived::closure(&ties, blocks), as_of)?;
            let all = loaded.all();
            let records = derive(&all, loaded.folded(), &standing, as_of);
            let record = |id| records.iter().find(|record| record.id == id);
            let Some((one, other)) = record(pair.one.id).zip(record(pair.other.id)) else {
                return Ok(None);
            };
            Ok(doubt(one, other, &by_mention(all.iter().copied()), &self.judged_pairs(as_of)?))
        })
    }

    /// Pairs of mentions that somebody told apart, or was unsure of, either way about.
    fn judged_pairs(&self, as_of: AsOf) -> Result<BTreeSet<(MentionId, MentionId)>> {
        let (standing, judged) = (self.standing(as_of)?, self.judged()?);
        let apart = standing.apart().iter().map(|pair| (pair.a, pair.b));
        let all = apart.chain(judged.unsure(as_of));
        Ok(all.flat_map(|(one, other)| [(one, other), (other, one)]).collect())
    }

    fn doubtful_of(&self, many: usize, as_of: AsOf) -> Result<Vec<Doubtful>> {
        let (standing, ties) = (self.standing(as_of)?, self.ties()?);
        let settled = self.judged_pairs(as_of)?;
        let mut found: BTreeMap<(MentionId, MentionId), Doubtful> = BTreeMap::new();
        let mut done: BTreeSet<String> = BTreeSet::new();
        for block in self.shared_blocks()? {
            if done.contains(&block) {
                continue;
            }
            let closed = derived::closure(&ties, [block]);
            let loaded = self.load_to_compare(&closed, as_of)?;
            let all = loaded.all();
            let by_mention = by_mention(all.iter().copied());
            let records = derive(&all, loaded.folded(), &standing, as_of);
            for (at, one) in records.iter().enumerate() {
                for other in records[at + 1..].iter().take(COMPARED) {
                    if let Some(doubtful) = doubt(one, other, &by_mention, &settled) {
                        found.insert((one.id, other.id), doubtful);
                    }
                }
            }
            done.extend(closed);
        }
        let mut found: Vec<Doubtful> = found.into_values().collect();
        let rank = |pair: &Doubtful| {
            let all = pair.one.mentions + pair.other.mentions;
            (pair.other.mentions, all, pair.percent)
        };
        found.sort_by(|a, b| {
            rank(b).cmp(&rank(a)).then((a.one.id, a.other.id).cmp(&(b.one.id, b.other.id)))
        });
        found.truncate(many);
        Ok(found)
    }

    /// The blocks of people and incidents with more than one local.
    fn shared_blocks(&self) -> Result<Vec<String>> {
        let kinds = [SubjectKind::Person, SubjectKind::Incident].map(SubjectKind::prefix);
        let mut blocks = Vec::new();
        for prefix in kinds {
            // A block of one local goes by its mention's id, which has no space.
            let mut statement = self.connection.prepare_cached(
                "SELECT block FROM local WHERE block >= ?1 AND block < ?2 AND ends IS NULL
                 GROUP BY block HAVING count(*) > 1",
            )?;
            let bounds = [format!("{prefix} "), format!("{prefix}!")];
            let rows = statement.query_map(bounds, |row| row.get(0))?;
            for block in rows {
                blocks.push(block?);
            }
        }
        Ok(blocks)
    }
}

/// Locals by their mentions.
fn by_mention<'l>(locals: impl Iterator<Item = &'l Local>) -> HashMap<MentionId, &'l Local> {
    locals.flat_map(|local| local.mentions.iter().map(move |own| (own.id, local))).collect()
}

/// Whether somebody is only described: an article or a number, and no capital behind it. What has neither may
/// be a name, in small letters or in a script without capitals.
fn is_described(name: &str) -> bool {
    const BEFORE: [&str; 16] = [
        "a", "an", "the", "another", "one", "two", "three", "four", "five", "six", "seven",
        "eight", "nine", "ten", "several", "some",
    ];
    let mut words = name.split(' ');
    let first = words.next().unwrap_or_default();
    let opens = BEFORE.iter().any(|one| first.eq_ignore_ascii_case(one));
    opens && !words.any(|word| word.chars().any(char::is_uppercase))
}

/// Whether two records may be one, and stand apart with nobody having said so.
fn doubt(
    one: &Record,
    other: &Record,
    by_mention: &HashMap<MentionId, &Local>,
    settled: &BTreeSet<(MentionId, MentionId)>,
) -> Option<Doubtful> {
    let kind = one.id.kind();
    if kind != other.id.kind() {
        return None;
    }
    let judged =
        one.mentions.iter().any(|a| other.mentions.iter().any(|b| settled.contains(&(*a, *b))));
    if judged {
        return None;
    }
    // "A gunman" here and "a gunman" there: nothing speaks for one and nobody can tell.
    if kind == SubjectKind::Person && [one, other].iter().any(|record| is_described(&record.name)) {
        return None;
    }
    let (a, b) = (fullest(one, by_mention)?, fullest(other, by_mention)?);
    if a.document == b.document {
        // One document tells them apart.
        return None;
    }
    let why = throughline_resolve::why(a, b)?;
    let percent = why.score?.percent();
    let least = if kind == SubjectKind::Person { LEAST_NAME } else { LEAST_INCIDENT };
    if percent < least {
        return None;
    }
    let side = |record: &Record| Side {
        id: record.id,
        name: record.name.clone(),
        mentions: record.mentions.len() as u64,
    };
    let (mut one, mut other) = (side(one), side(other));
    if one.mentions < other.mentions {
        std::mem::swap(&mut one, &mut other);
    }
    Some(Doubtful { one, other, percent, beside: why.beside })
}

/// The local of a record that says most: of an incident one whose words are known, of a person one
/// with the whole name.
fn fullest<'l>(record: &Record, by_mention: &HashMap<MentionId, &'l Local>) -> Option<&'l Local> {
    let locals = record.mentions.iter().filter_map(|mention| by_mention.get(mention).copied());
    // Mentions of one local follow each other, and it is asked once.
    let mut last = None;
    let locals = locals.filter(|local| {
        let head = Some(local.mentions[0].id);
        std::mem::replace(&mut last, head) != head
    });
    let says = |local: &Local| (local.outline.is_some(), local.name() == record.name);
    // Of several the first, so that the same one is shown every time.
    locals.fold(None, |best: Option<&Local>, local| match best {
        Some(best) if says(best) >= says(local) => Some(best),
        _ => Some(local),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_a_name_is_not_only_described() {
        for (name, described) in [
            ("A gunman", true),
            ("the man in black", true),
            ("two men", true),
            ("Amsel", false),
            ("A. Amsel", false),
            ("The brother of Otto Brandt", false),
            ("al-Awhali", false),
            ("khalid masood", false),
            ("王伟", false),
        ] {
            assert_eq!(is_described(name), described, "{name}");
        }
    }
}

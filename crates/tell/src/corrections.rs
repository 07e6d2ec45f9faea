//! What was corrected since a moment, and which published counts that touched.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, Counted, JudgmentRow, PublishedCount, Result, Shift};
use throughline_formats::counts;
use throughline_model::{Act, AsOf, DocumentId, Instant, Judgment, JudgmentId, MentionId};

use crate::beside::shifts_json;
use crate::{counted, counts as figures, judgment};

/// What was corrected since a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrections {
    /// Judgments that take something back, reject, correct or undo it, or take the place of others;
    /// the newest first.
    pub judgments: Vec<JudgmentRow>,
    /// The published counts of which members or marks changed since then, or since they were
    /// published.
    pub touched: Vec<Touched>,
    /// How many published counts there are.
    pub published: usize,
    /// Published counts that this program cannot count, with the reason.
    pub failed: Vec<(i64, String)>,
}

/// A published count that was touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The count.
    pub count: PublishedCount,
    /// The figure that it gives now, resting on findings only.
    pub now: String,
    /// The units that stand elsewhere.
    pub shifts: Vec<Shift>,
    /// Whether its strict figure was final, and whether it is.
    pub is_final: (bool, bool),
    /// The judgments among those listed that are on records of these units.
    pub by: Vec<JudgmentId>,
    /// The documents removed since, if something that was counted moved with them.
    pub removed: Vec<DocumentId>,
}

/// Whether a judgment corrects something.
pub fn corrects(judgment: &Judgment) -> bool {
    let act = matches!(
        judgment.act,
        Act::Retract(_) | Act::Withdraw { .. } | Act::Correct { .. } | Act::Reject(_) | Act::Undo
    );
    act || !judgment.supersedes.is_empty()
}

impl Corrections {
    /// What was corrected since a moment, as of two dates. Each published count is made twice: from what
    /// was recorded before, or when it was published if that is later, and from what is recorded as of
    /// these dates.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn gather(casebook: &Casebook, since: Instant, by: AsOf) -> Result<Corrections> {
        casebook.snapshot(|| {
            let mut judgments = casebook.judgments_as_of(by)?;
            judgments.retain(|(one, recorded, _)| *recorded >= since && corrects(one));
            // The newest first.
            judgments.sort_by_key(|(one, recorded, _)| (std::cmp::Reverse(*recorded), one.id));
            // What was published here is corrected as of any day: as of it, documents are left out, and
            // not the counts that hang on them.
            let published = casebook.published_as_of(AsOf { published: None, ..by })?;
            let mut found = Corrections {
                published: published.len(),
                touched: Vec::new(),
                failed: Vec::new(),
                judgments,
            };
            for count in published {
                match touched(casebook, count, (since, by), &found.judgments)? {
                    Ok(one) => found.touched.extend(one),
                    Err(failed) => found.failed.push(failed),
                }
            }
            Ok(found)
        })
    }

    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let judgments = self.judgments.iter();
        let judgments =
            judgments.map(|(one, recorded, stands)| judgment::json(one, *recorded, *stands));
        let touched = self.touched.iter().map(|one| {
            json!({
                "number": one.count.number,
                "name": one.count.published.definition.name,
                "at": one.count.published.at,
                "figure": counted::published_figures(&one.count.published)[0],
                "now": one.now,
                "final": {"before": one.is_final.0, "after": one.is_final.1},
                "shifts": shifts_json(&one.shifts),
                "by": one.by.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "removed": one.removed.iter().map(ToString::to_string).collect::<Vec<_>>(),
            })
        });
        let failed =
            self.failed.iter().map(|(number, why)| json!({"number": number, "error": why}));
        json!({
            "judgments": judgments.collect::<Vec<_>>(),
            "touched": touched.collect::<Vec<_>>(),
            "failed": failed.collect::<Vec<_>>(),
        })
    }
}

/// What became of one published count; the outer error is the casebook's.
fn touched(
    casebook: &Casebook,
    count: PublishedCount,
    (since, by): (Instant, AsOf),
    judgments: &[JudgmentRow],
) -> Result<std::result::Result<Option<Touched>, (i64, String)>> {
    let named = match counts::read(&count.published.definition.toml) {
        Ok(named) => named,
        Err(error) => return Ok(Err((count.number, error.to_string()))),
    };
    let as_of = count.published.as_of.within(by);
    let before = Instant(since.0 - 1).max(count.recorded);
    let then = AsOf { recorded: Some(as_of.recorded.map_or(before, |by| by.min(before))), ..as_of };
    let made = |as_of| -> Result<Counted> { casebook.count(&named.definition, as_of) };
    let is = made(as_of)?;
    let removed = casebook.removals(before, by)?;
    let removed: Vec<DocumentId> = removed.into_iter().map(|(document, _)| document).collect();
    // What a count was made from elsewhere came here in another order: what was published is known.
    let whole = before > count.recorded || casebook.was_here(&count)?;
    let (shifts, was_final, removed) = if whole {
        let was = made(then)?;
        let since = (casebook.shifts(&was, &is)?, was.tallies.strict.is_final());
        with_removed(casebook, &count, &is, since, removed)?
    } else {
        (casebook.shifts_since(&count.published, &is)?, !count.published.draft, removed)
    };
    let is_final = (was_final, is.tallies.strict.is_final());
    if shifts.is_empty() && is_final.0 == is_final.1 {
        return Ok(Ok(None));
    }
    let mut units: BTreeSet<MentionId> = BTreeSet::new();
    for shift in &shifts {
        let ids = [Some(shift.unit), shift.now].into_iter().flatten();
        units.extend(ids.flat_map(|unit| [Some(unit.record), unit.person]).flatten());
    }
    // Marks may have come to any unit.
    if is_final.0 != is_final.1 {
        units.extend(is.units.iter().map(|unit| unit.placing.id.record));
    }
    let mut known: BTreeMap<MentionId, Option<MentionId>> = BTreeMap::new();
    let mut causes = Vec::new();
    for (one, recorded, _) in judgments {
        if *recorded <= count.recorded {
            continue;
        }
        let mut own = false;
        for mention in judgment::subjects(casebook, one)? {
            let record = match known.get(&mention) {
                Some(record) => *record,
                None => {
                    let record = casebook.listed_one(mention, AsOf::default())?.map(|row| row.id);
                    known.insert(mention, record);
                    record
                }
            };
            own |= units.contains(&mention) || record.is_some_and(|record| units.contains(&record));
        }
        causes.extend(own.then_some(one.id));
    }
    let now = figures::figure(&is.tallies.strict, named.definition.sum);
    Ok(Ok(Some(Touched { count, now, shifts, is_final, by: causes, removed })))
}

/// What stands elsewhere since a moment, and whether the figure was final, with what documents moved that were
/// removed since; and these documents, if they moved anything. `since` compares the count as of that moment
/// without them with what `is`: so a unit that moved with them is compared with what was published, and no
/// other is, since what moved others before that moment is not of this time.
fn with_removed(
    casebook: &Casebook,
    count: &PublishedCount,
    is: &Counted,
    (shifts, was_final): (Vec<Shift>, bool),
    removed: Vec<DocumentId>,
) -> Result<(Vec<Shift>, bool, Vec<DocumentId>)> {
    if removed.is_empty() {
        return Ok((shifts, was_final, removed));
    }
    let (_, then) = casebook.counted_then(count)?;
    let moved = casebook.shifts_since(&count.published, &then)?;
    let published_final = !count.published.draft;
    let unfinished = then.tallies.strict.is_final() != published_final;
    if moved.is_empty() && !unfinished {
        return Ok((shifts, was_final, Vec::new()));
    }
    let moved: BTreeSet<_> = moved.iter().map(|shift| (shift.reading, shift.unit)).collect();
    let mut all = casebook.shifts_since(&count.published, is)?;
    all.retain(|shift| moved.contains(&(shift.reading, shift.unit)));
    let told: BTreeSet<_> = all
        .iter()
        .flat_map(|shift| [Some(shift.unit), shift.now].map(|unit| (shift.reading, unit)))
        .collect();
    all.extend(shifts.into_iter().filter(|one| !told.contains(&(one.reading, Some(one.unit)))));
    all.sort_by_key(|shift| (shift.unit, shift.reading));
    Ok((all, if unfinished { published_final } else { was_final }, removed))
}

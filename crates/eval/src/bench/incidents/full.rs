//! All slots of the key, after the official "all templates" row of 1992: fillers are right, half
//! right, missing or spurious.

use std::collections::BTreeMap;

use super::{Counts, Filler, OF_ROLES, Percent, Record, SLOTS, Template, compare, harmonic};
use crate::bench::assign;

/// Slots of which one in common lets two templates be of one incident.
const CONTENT: [&str; 7] = [
    "perp_individual",
    "perp_org",
    "phys_id",
    "phys_type",
    "hum_name",
    "hum_description",
    "hum_type",
];

/// Fillers of a slot: of the key, predicted, right, half right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Slot {
    possible: u32,
    actual: u32,
    right: u32,
    half: u32,
}

impl Slot {
    fn add(&mut self, other: Slot) {
        self.possible += other.possible;
        self.actual += other.actual;
        self.right += other.right;
        self.half += other.half;
    }

    fn percent(self) -> Percent {
        let credit = f64::from(self.right) + 0.5 * f64::from(self.half);
        let share = |of: u32| if of == 0 { 0.0 } else { 100.0 * credit / f64::from(of) };
        let (precision, recall) = (share(self.actual), share(self.possible));
        let counts = Counts { right: self.right, predicted: self.actual, gold: self.possible };
        Percent { precision, recall, f1: harmonic(precision, recall), counts }
    }
}

/// Counts of a document.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    slots: [Slot; SLOTS.len()],
    /// Templates that are mapped, predicted, of the key.
    templates: Counts,
    /// Whether there is an incident in both, the prediction, the key.
    relevance: Counts,
    /// Confidences of organisations that were found: right, half right, wrong.
    confidence: [u32; 3],
}

impl Default for Tally {
    fn default() -> Tally {
        Tally {
            slots: [Slot::default(); SLOTS.len()],
            templates: Counts::default(),
            relevance: Counts::default(),
            confidence: [0; 3],
        }
    }
}

impl Tally {
    pub(super) fn add(&mut self, other: &Tally) {
        self.slots.iter_mut().zip(other.slots).for_each(|(sum, own)| sum.add(own));
        self.templates.add(other.templates);
        self.relevance.add(other.relevance);
        self.confidence.iter_mut().zip(other.confidence).for_each(|(sum, own)| *sum += own);
    }

    pub(super) fn slots(&self) -> Vec<Percent> {
        self.slots.iter().map(|slot| slot.percent()).collect()
    }

    pub(super) fn all(&self) -> Percent {
        let mut all = Slot::default();
        self.slots.iter().for_each(|slot| all.add(*slot));
        all.percent()
    }

    pub(super) fn templates(&self) -> Percent {
        self.templates.percent()
    }

    pub(super) fn relevance(&self) -> Percent {
        self.relevance.percent()
    }

    pub(super) fn confidence(&self) -> f64 {
        let all: u32 = self.confidence.iter().sum();
        if all == 0 { 0.0 } else { 100.0 * f64::from(self.confidence[0]) / f64::from(all) }
    }
}

/// The fillers of a template by slot; of a prediction roles stand for slots that it does not have.
type View<'t> = BTreeMap<&'static str, Vec<std::borrow::Cow<'t, Filler>>>;

fn view(template: &Template, predicted: bool) -> View<'_> {
    let mut view: View<'_> = BTreeMap::new();
    for (slot, fillers) in &template.slots {
        view.insert(slot, fillers.iter().map(std::borrow::Cow::Borrowed).collect());
    }
    if predicted {
        let bare = |value: String| {
            std::borrow::Cow::Owned(Filler { alternatives: vec![value], ..Filler::default() })
        };
        if view.get("type").is_none_or(Vec::is_empty)
            && let Some(kind) = &template.kind
        {
            let kind = kind.split(" / ").next().unwrap_or_default().to_uppercase();
            view.insert("type", vec![bare(kind)]);
        }
        for (slot, entities) in OF_ROLES.into_iter().zip(&template.roles) {
            let first = |entity: &Vec<String>| entity.first().cloned().map(bare);
            view.entry(slot).or_insert_with(|| entities.iter().filter_map(first).collect());
        }
    }
    view
}

fn fillers<'v>(view: &'v View<'_>, slot: &str) -> &'v [std::borrow::Cow<'v, Filler>] {
    view.get(slot).map_or(&[], Vec::as_slice)
}

pub(super) fn tally(predicted: &Record, gold: &Record) -> Tally {
    let mine: Vec<View<'_>> = predicted.templates.iter().map(|one| view(one, true)).collect();
    let theirs: Vec<View<'_>> = gold.templates.iter().map(|one| view(one, false)).collect();
    let mut cells: BTreeMap<(usize, usize), [Slot; SLOTS.len()]> = BTreeMap::new();
    let mut weights = vec![vec![0; theirs.len()]; mine.len()];
    for (a, one) in mine.iter().enumerate() {
        for (b, other) in theirs.iter().enumerate() {
            if may_map(one, other) {
                let slots = SLOTS.map(|slot| slot_counts(slot, one, other));
                let credit = |slot: &Slot| i64::from(2 * slot.right + slot.half);
                weights[a][b] = 1 + slots.iter().map(credit).sum::<i64>();
                cells.insert((a, b), slots);
            }
        }
    }
    let pairs = assign::heaviest(&weights);
    let mapped: BTreeMap<usize, usize> =
        pairs.into_iter().filter(|&(a, b)| weights[a][b] > 0).collect();
    let mut tally = Tally::default();
    let (some, other) = (u32::from(!mine.is_empty()), u32::from(!theirs.is_empty()));
    tally.relevance = Counts { right: some * other, predicted: some, gold: other };
    tally.templates.predicted = super::ree::count(mine.len());
    tally.templates.right = super::ree::count(mapped.len());
    for (a, one) in mine.iter().enumerate() {
        if let Some(&b) = mapped.get(&a) {
            tally.slots.iter_mut().zip(&cells[&(a, b)]).for_each(|(sum, own)| sum.add(*own));
            confidences(one, &theirs[b], &mut tally.confidence);
        } else {
            for (slot, sum) in SLOTS.iter().zip(&mut tally.slots) {
                sum.actual += super::ree::count(fillers(one, slot).len());
            }
        }
    }
    for (b, other) in theirs.iter().enumerate() {
        if mapped.values().any(|&used| used == b) {
            tally.templates.gold += 1;
        } else if !gold.templates[b].optional {
            tally.templates.gold += 1;
            for (slot, sum) in SLOTS.iter().zip(&mut tally.slots) {
                let needed = fillers(other, slot).iter().filter(|filler| !filler.optional);
                sum.possible += super::ree::count(needed.count());
            }
        }
    }
    tally
}

/// Whether two templates can be of one incident: types that agree, and one actor or target.
fn may_map(mine: &View<'_>, theirs: &View<'_>) -> bool {
    let (Some(own), Some(kind)) = (fillers(mine, "type").first(), fillers(theirs, "type").first())
    else {
        return false;
    };
    if compare::filler("type", own, kind) == 0 {
        return false;
    }
    let any = |view: &View<'_>| CONTENT.iter().any(|slot| !fillers(view, slot).is_empty());
    if !any(mine) || !any(theirs) {
        return true;
    }
    CONTENT.iter().any(|slot| {
        fillers(mine, slot).iter().any(|one| {
            fillers(theirs, slot).iter().any(|other| compare::filler(slot, one, other) > 0)
        })
    })
}

fn slot_counts(slot: &str, mine: &View<'_>, theirs: &View<'_>) -> Slot {
    let (mine, theirs) = (fillers(mine, slot), fillers(theirs, slot));
    let row = |one: &std::borrow::Cow<'_, Filler>| -> Vec<i64> {
        theirs.iter().map(|other| compare::filler(slot, one, other)).collect()
    };
    let weights: Vec<Vec<i64>> = mine.iter().map(row).collect();
    let mut credit = vec![0; theirs.len()];
    for (i, j) in assign::heaviest(&weights) {
        credit[j] = weights[i][j];
    }
    let counted = (0..theirs.len()).filter(|&j| credit[j] > 0 || !theirs[j].optional);
    let of = |wanted: i64| super::ree::count(credit.iter().filter(|own| **own == wanted).count());
    Slot {
        possible: super::ree::count(counted.count()),
        actual: super::ree::count(mine.len()),
        right: of(compare::RIGHT),
        half: of(1),
    }
}

/// How firmly an organisation is blamed, where it was found.
fn confidences(mine: &View<'_>, theirs: &View<'_>, counts: &mut [u32; 3]) {
    const SLOT: &str = "perp_org_confidence";
    for one in fillers(mine, SLOT) {
        let Some(value) = one.alternatives.first() else { continue };
        let of_same = fillers(theirs, SLOT).iter().filter(|other| {
            one.of.iter().any(|mine| other.of.iter().any(|of| compare::text(mine, of) > 0))
        });
        let credit = of_same.map(|other| {
            let each = other.alternatives.iter().map(|key| compare::credit(SLOT, value, key));
            each.max().unwrap_or(0)
        });
        match credit.max() {
            Some(compare::RIGHT) => counts[0] += 1,
            Some(1) => counts[1] += 1,
            Some(_) => counts[2] += 1,
            None => {}
        }
    }
}

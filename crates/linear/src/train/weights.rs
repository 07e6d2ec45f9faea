//! Weights while they are trained.

use super::Settings;
use super::vocabulary::Vocabulary;
use crate::table::{Table, UNITS};
use crate::{Chain, Random};

/// Added to what a weight was moved by, so that the first steps are not the longest ones.
const FIRST: f32 = 0.5;

/// Which weights.
#[derive(Clone, Copy, Debug)]
pub(super) enum Row {
    Feature(u32),
    Between,
    First,
    Last,
}

/// The weights of edges.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edges<'a> {
    pub(super) between: &'a [f32],
    pub(super) first: &'a [f32],
    pub(super) last: &'a [f32],
}

/// Weights, what each was moved by, and when.
#[derive(Debug)]
pub(super) struct Weights {
    labels: usize,
    rate: f32,
    /// How strongly weights are drawn to zero in one step.
    l1: f32,
    l2: f32,
    /// For each feature its weights and, behind them, the sums of squares that moved them.
    rows: Vec<f32>,
    /// The step up to which each feature's weights have been drawn to zero.
    drawn: Vec<u32>,
    between: Vec<f32>,
    first: Vec<f32>,
    last: Vec<f32>,
    now: u32,
    /// Sums of the weights that were kept, the edges behind the features, and how often.
    kept: Vec<f32>,
    times: u32,
}

impl Weights {
    pub(super) fn new(
        features: usize,
        labels: usize,
        settings: &Settings,
        examples: usize,
    ) -> Weights {
        let share = |strength: f32| strength / examples.max(1) as f32;
        // The sums of squares lie in the second half.
        let edges = |many: usize| vec![0.0; 2 * many];
        Weights {
            labels,
            rate: settings.rate,
            l1: share(settings.l1),
            l2: share(settings.l2),
            rows: vec![0.0; features * labels * 2],
            drawn: vec![0; features],
            between: edges(labels * labels),
            first: edges(labels),
            last: edges(labels),
            now: 0,
            kept: Vec::new(),
            times: 0,
        }
    }

    pub(super) fn labels(&self) -> usize {
        self.labels
    }

    pub(super) fn edges(&self) -> Edges<'_> {
        Edges {
            between: &self.between[..self.labels * self.labels],
            first: &self.first[..self.labels],
            last: &self.last[..self.labels],
        }
    }

    /// Adds a feature's weights to scores. What they are still to be drawn to zero by is left out,
    /// which is little: a step's share.
    pub(super) fn add(&self, feature: u32, scale: f32, scores: &mut [f32]) {
        let start = feature as usize * self.labels * 2;
        let row = &self.rows[start..start + self.labels];
        scores.iter_mut().zip(row).for_each(|(sum, weight)| *sum += scale * weight);
    }

    pub(super) fn begin_step(&mut self) {
        self.now += 1;
    }

    /// Moves weights against a gradient.
    pub(super) fn step(&mut self, row: Row, scale: f32, gradient: &[f32]) {
        let held = match row {
            Row::Feature(feature) => {
                self.draw(feature);
                let start = feature as usize * self.labels * 2;
                &mut self.rows[start..start + self.labels * 2]
            }
            Row::Between => &mut self.between[..],
            Row::First => &mut self.first[..],
            Row::Last => &mut self.last[..],
        };
        let (weights, squares) = held.split_at_mut(gradient.len());
        for ((weight, square), one) in weights.iter_mut().zip(squares).zip(gradient) {
            let slope = scale * one;
            *square += slope * slope;
            *weight -= self.rate * slope / (FIRST + *square).sqrt();
        }
    }

    /// Draws a feature's weights to zero for all steps since that was last done.
    fn draw(&mut self, feature: u32) {
        let since = self.now - self.drawn[feature as usize];
        self.drawn[feature as usize] = self.now;
        if since == 0 {
            return;
        }
        let start = feature as usize * self.labels * 2;
        let (weights, squares) =
            self.rows[start..start + self.labels * 2].split_at_mut(self.labels);
        let steps = since as f32;
        for (weight, square) in weights.iter_mut().zip(squares) {
            let rate = self.rate / (FIRST + *square).sqrt() * steps;
            let size = (weight.abs() - rate * self.l1).max(0.0) / (1.0 + rate * self.l2);
            *weight = size.copysign(*weight);
        }
    }

    /// Draws all weights to zero up to now.
    pub(super) fn settle(&mut self) {
        for feature in 0..self.drawn.len() {
            self.draw(feature as u32);
        }
    }

    /// Adds the weights as they are to those that are kept.
    pub(super) fn keep(&mut self) {
        let mut kept = std::mem::take(&mut self.kept);
        let edges = self.edges();
        let features = self.rows.chunks(self.labels * 2).flat_map(|row| &row[..self.labels]);
        let all = features.chain(edges.between).chain(edges.first).chain(edges.last);
        if kept.is_empty() {
            kept = all.copied().collect();
        } else {
            kept.iter_mut().zip(all).for_each(|(sum, weight)| *sum += weight);
        }
        self.kept = kept;
        self.times += 1;
    }

    /// The mean of what was kept, in units; features without weight are left out.
    pub(super) fn into_chain(self, labels: &[String], vocabulary: &Vocabulary) -> Chain {
        let times = self.times.max(1) as f32;
        let units = |weight: &f32| {
            let scaled = (weight / times * UNITS).round();
            scaled.clamp(-f32::from(i16::MAX), f32::from(i16::MAX)) as i16
        };
        drop(self.rows);
        let count = self.labels;
        let kept: Vec<i16> = self.kept.iter().map(units).collect();
        drop(self.kept);
        let (features, edges) = kept.split_at(vocabulary.len() * count);
        let weighty = |row: &&[i16]| row.iter().any(|weight| *weight != 0);
        let rows = features.chunks(count).filter(weighty).count();
        let mut table = Table::with_capacity(count, rows);
        for (feature, row) in vocabulary.features().iter().zip(features.chunks(count)) {
            if weighty(&row) {
                let added = table.insert(*feature, row);
                assert!(added, "a table has room for the rows that it was made for");
            }
        }
        let edges: Vec<i32> = edges.iter().map(|weight| i32::from(*weight)).collect();
        let edge = |start: usize, many: usize| {
            edges.get(start..start + many).map_or(vec![0; many], <[i32]>::to_vec)
        };
        Chain {
            labels: labels.to_vec(),
            table,
            between: edge(0, count * count),
            first: edge(count * count, count),
            last: edge(count * count + count, count),
        }
    }
}

/// Which features a step does without.
#[derive(Debug)]
pub(super) struct Drawn {
    /// One bit a feature; empty where none is left out.
    left_out: Vec<bool>,
    scale: f32,
}

impl Drawn {
    pub(super) fn new(features: usize, share: f32, random: &mut Random) -> Drawn {
        if share <= 0.0 {
            return Drawn { left_out: Vec::new(), scale: 1.0 };
        }
        // What is left counts for what is left out.
        let left_out = (0..features).map(|_| random.share() < share).collect();
        Drawn { left_out, scale: 1.0 / (1.0 - share) }
    }

    /// The rows of a place that the step has, with what each counts.
    pub(super) fn of<'a>(
        &'a self,
        rows: &'a [u32],
        place: usize,
        ends: &[u32],
    ) -> impl Iterator<Item = (u32, f32)> + 'a {
        let start = if place == 0 { 0 } else { ends[place - 1] as usize };
        let kept = move |at: usize| !self.left_out.get(start + at).copied().unwrap_or(false);
        rows.iter().enumerate().filter(move |(at, _)| kept(*at)).map(|(_, row)| (*row, self.scale))
    }
}

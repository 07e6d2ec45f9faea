//! Letters to lines of words.

use super::glyph::{Glyph, UNTOLD, is_leftward};
use super::leftward::reordered;

/// Marks in a line's text around a small raised number: the mark of a note, perhaps.
pub(super) const RAISED: [char; 2] = ['\u{2}', '\u{3}'];

/// A gap that parts two columns or two cells, in heights of the font; or two words set wide apart,
/// which are put together again where there are no columns.
const WIDE_GAP: f32 = 0.9;
/// A gap that parts two words, where the file has no blanks between them.
const WORD_GAP: f32 = 0.18;
/// The same where it has.
const WORD_GAP_BESIDE_BLANKS: f32 = 0.25;
/// How much smaller than its line a raised number is at least.
const SMALL: f32 = 0.85;

/// A run of words on one line, apart from others on that line by more than a word's gap.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) x0: f32,
    pub(super) x1: f32,
    /// The line that the letters stand on; larger is lower.
    pub(super) y: f32,
    pub(super) size: f32,
    /// Whether all of it is bold.
    pub(super) bold: bool,
    /// Whether the file says that it is no part of the text.
    pub(super) artifact: bool,
    /// Whether it is a row of a table, its cells apart by bars.
    pub(super) cells: bool,
}

/// The lines of one page, or one side of it, that are turned alike, by their height.
pub(super) fn lines(glyphs: Vec<Glyph>) -> Vec<Line> {
    let mut rows = rows(glyphs);
    attach_raised(&mut rows);
    rows.into_iter().flat_map(|row| row.runs()).collect()
}

/// Letters that stand on one height, whatever lies between them.
struct Row {
    y: f32,
    /// The height of most of its letters.
    size: f32,
    glyphs: Vec<Placed>,
}

struct Placed {
    glyph: Glyph,
    raised: bool,
}

fn rows(mut glyphs: Vec<Glyph>) -> Vec<Row> {
    /// How far from a row's height a letter may stand, in heights of its font.
    const TOLERANCE: f32 = 0.2;
    glyphs.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut rows: Vec<Row> = Vec::new();
    for glyph in glyphs {
        match rows.last_mut() {
            Some(row) if glyph.y - row.y <= TOLERANCE * row.size.min(glyph.size) => {
                // The height of the row is that of its largest letters.
                row.size = row.size.max(glyph.size);
                row.glyphs.push(Placed { glyph, raised: false });
            }
            _ => rows.push(Row {
                y: glyph.y,
                size: glyph.size,
                glyphs: vec![Placed { glyph, raised: false }],
            }),
        }
    }
    rows
}

/// Moves small letters that stand a little above or below a row beside its letters into that row.
fn attach_raised(rows: &mut Vec<Row>) {
    const HIGHEST: f32 = 0.65;
    const LOWEST: f32 = 0.35;
    for at in 0..rows.len() {
        let (y, size) = (rows[at].y, rows[at].size);
        let near = |other: &Row| {
            let below = other.y - y;
            size < SMALL * other.size
                && (-LOWEST * other.size..=HIGHEST * other.size).contains(&below)
        };
        let (from, to) = (at.saturating_sub(2), rows.len().min(at + 3));
        let Some(home) = (from..to).find(|other| *other != at && near(&rows[*other])) else {
            continue;
        };
        let raised = rows[home].y > y;
        let moved = std::mem::take(&mut rows[at].glyphs);
        let (beside, apart): (Vec<Placed>, Vec<Placed>) = moved.into_iter().partition(|placed| {
            rows[home].glyphs.iter().any(|other| {
                let reach = 0.4 * other.glyph.size;
                placed.glyph.x0 - reach <= other.glyph.x1
                    && placed.glyph.x1 + reach >= other.glyph.x0
            })
        });
        // Letters that stand in a chain beside the row go with the first of them.
        let follows = !beside.is_empty() && apart.len() < 4;
        rows[at].glyphs = if follows { Vec::new() } else { apart };
        if !beside.is_empty() {
            rows[home].glyphs.extend(beside.into_iter().map(|placed| Placed { raised, ..placed }));
        }
    }
    rows.retain(|row| !row.glyphs.is_empty());
}

impl Row {
    /// The row's letters from left to right, cut where a wide gap is.
    fn runs(mut self) -> Vec<Line> {
        self.glyphs.sort_by(|one, other| one.glyph.x0.total_cmp(&other.glyph.x0));
        let mut runs: Vec<Vec<Placed>> = Vec::new();
        let mut reach = f32::NEG_INFINITY;
        for placed in self.glyphs {
            let glyph = &placed.glyph;
            if glyph.letters.is_blank() {
                // A blank says that words end here; how wide it is, its font says badly.
                if let Some(run) = runs.last_mut() {
                    run.push(placed);
                }
                continue;
            }
            // Letters drawn twice to look bold.
            let twice = runs.last().and_then(|run| run.last()).is_some_and(|last| {
                last.glyph.letters == glyph.letters
                    && (last.glyph.x0 - glyph.x0).abs() < 0.15 * glyph.size
            });
            if twice {
                continue;
            }
            let apart = glyph.x0 - reach > WIDE_GAP * glyph.size.max(self.size * SMALL);
            reach = if apart { glyph.x1 } else { reach.max(glyph.x1) };
            match runs.last_mut().filter(|_| !apart) {
                Some(run) => run.push(placed),
                None => runs.push(vec![placed]),
            }
        }
        runs.into_iter().filter_map(line).collect()
    }
}

/// A run of letters as words.
fn line(mut run: Vec<Placed>) -> Option<Line> {
    while run.last().is_some_and(|last| last.glyph.letters.is_blank()) {
        run.pop();
    }
    accent(&mut run);
    let leftward = run.iter().any(|placed| placed.glyph.letters.is_leftward());
    let size = usual_size(&run);
    let gap = word_gap(&run, size);
    let mut text = String::new();
    let (mut reach, mut raised) = (f32::NEG_INFINITY, false);
    for placed in &run {
        let glyph = &placed.glyph;
        let blank = glyph.letters.is_blank();
        let ended = blank || reach > f32::NEG_INFINITY && glyph.x0 - reach > gap;
        let small = placed.raised && glyph.size < SMALL * size && !blank;
        let mut letters = String::new();
        glyph.letters.push_to(&mut letters);
        if leftward && letters.chars().any(is_leftward) {
            // Several letters drawn as one are in the order of reading already.
            letters = letters.chars().rev().collect();
        }
        let small = small && letters.chars().all(|letter| letter.is_ascii_digit());
        if raised && !small {
            text.push(RAISED[1]);
        }
        if ended && !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
        if small && !raised {
            text.push(RAISED[0]);
        }
        raised = small;
        if !blank {
            text.push_str(&letters);
            reach = reach.max(glyph.x1);
        }
    }
    if raised {
        text.push(RAISED[1]);
    }
    if leftward {
        text = reordered(&text);
    }
    // The mark of a list is often from a font of signs.
    if let Some(rest) = text.trim().strip_prefix(UNTOLD)
        && (rest.is_empty() || rest.starts_with(' '))
    {
        text = format!("•{rest}");
    }
    let inked = || run.iter().map(|placed| &placed.glyph).filter(|glyph| !glyph.letters.is_blank());
    let first = inked().next()?;
    let y = inked().find(|glyph| glyph.size >= SMALL * size).map_or(first.y, |glyph| glyph.y);
    let text = text.trim().to_owned();
    (!text.is_empty()).then(|| Line {
        x0: inked().map(|glyph| glyph.x0).fold(f32::INFINITY, f32::min),
        x1: inked().map(|glyph| glyph.x1).fold(f32::NEG_INFINITY, f32::max),
        y,
        size,
        bold: inked().all(|glyph| glyph.bold),
        artifact: inked().all(|glyph| glyph.artifact),
        cells: false,
        text,
    })
}

/// Puts accents that are drawn over a letter into it.
fn accent(run: &mut Vec<Placed>) {
    let mut at = 0;
    while at < run.len() {
        let over = |other: Option<&Placed>, accent: &Glyph| {
            let middle = (accent.x0 + accent.x1) / 2.0;
            other.is_some_and(|other| {
                let base = &other.glyph;
                base.x0 < middle && middle < base.x1 && !base.letters.is_blank()
            })
        };
        let glyph = &run[at].glyph;
        let before = at.checked_sub(1).filter(|before| over(run.get(*before), glyph));
        let base = before.or(Some(at + 1).filter(|after| over(run.get(*after), glyph)));
        let accented = base.and_then(|base| run[base].glyph.letters.accented(&glyph.letters));
        match (base, accented) {
            (Some(base), Some(letters)) => {
                run[base].glyph.letters = letters;
                run.remove(at);
            }
            _ => at += 1,
        }
    }
}

/// The height of most letters of a run.
fn usual_size(run: &[Placed]) -> f32 {
    let mut sizes: Vec<f32> = run
        .iter()
        .filter(|placed| !placed.glyph.letters.is_blank())
        .map(|placed| placed.glyph.size)
        .collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

/// From which gap on two words are apart: more where the file has blanks, or where all letters are
/// set apart.
fn word_gap(run: &[Placed], size: f32) -> f32 {
    let blanks = run.iter().any(|placed| placed.glyph.letters.is_blank());
    let mut gaps: Vec<f32> = run
        .windows(2)
        .filter(|pair| !pair.iter().any(|placed| placed.glyph.letters.is_blank()))
        .map(|pair| pair[1].glyph.x0 - pair[0].glyph.x1)
        .collect();
    gaps.sort_by(f32::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or_default().max(0.0);
    let least = if blanks { WORD_GAP_BESIDE_BLANKS } else { WORD_GAP };
    (least * size).max(if usual > 0.08 * size { 2.0 * usual } else { 0.0 })
}

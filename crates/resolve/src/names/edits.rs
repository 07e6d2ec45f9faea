//! Distances between words, in letters.

/// Longer words are compared by so many letters.
pub(super) const LONGEST: usize = 96;

/// How many letters are put in, left out, changed or swapped with their neighbour to make one word of
/// another (optimal string alignment), if it is at most `most`; else `None`.
pub(super) fn within(one: &[u8], other: &[u8], most: usize) -> Option<usize> {
    let (one, other) = (&one[..one.len().min(LONGEST)], &other[..other.len().min(LONGEST)]);
    if one.len().abs_diff(other.len()) > most || letters_apart(one, other) > most {
        return None;
    }
    // What both begin and end with changes nothing.
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    let same = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[..one.len() - same], &other[..other.len() - same]);
    if one.is_empty() || other.is_empty() {
        return Some(one.len() + other.len());
    }
    // Three rows: before the last, the last, and the one being filled. Only a band as wide as `most`
    // allows is filled; what lies outside is too far in any case.
    let far = (most + 1) as u8;
    let mut rows = [[far; LONGEST + 1]; 3];
    let width = other.len();
    for (at, cell) in rows[1][..=width.min(most)].iter_mut().enumerate() {
        *cell = at as u8;
    }
    for i in 1..=one.len() {
        let (low, high) = (i.saturating_sub(most).max(1), (i + most).min(width));
        let mut row = [far; LONGEST + 1];
        row[0] = if i <= most { i as u8 } else { far };
        let mut least = row[0];
        for j in low..=high {
            let changed = u8::from(one[i - 1] != other[j - 1]);
            let mut cell = (rows[1][j - 1] + changed).min(rows[1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                cell = cell.min(rows[0][j - 2] + 1);
            }
            row[j] = cell.min(far);
            least = least.min(row[j]);
        }
        if least >= far {
            return None;
        }
        rows[0] = rows[1];
        rows[1] = row;
    }
    let distance = usize::from(rows[1][width]);
    (distance <= most).then_some(distance)
}

/// A distance that is never more than the one sought: half of the letters that only one of the words
/// has, which a change pairs and a swap leaves as they are.
fn letters_apart(one: &[u8], other: &[u8]) -> usize {
    let letters = |word: &[u8]| word.iter().fold(0u32, |set, letter| set | 1 << (letter % 32));
    let (one, other) = (letters(one), letters(other));
    (one & !other).count_ones().max((other & !one).count_ones()) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same by the book: the whole table.
    fn plain(one: &[u8], other: &[u8]) -> usize {
        let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
        for i in 0..=one.len() {
            for j in 0..=other.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let changed = usize::from(one[i - 1] != other[j - 1]);
                    let mut cell = (table[i - 1][j - 1] + changed)
                        .min(table[i - 1][j] + 1)
                        .min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                        cell = cell.min(table[i - 2][j - 2] + 1);
                    }
                    cell
                };
            }
        }
        table[one.len()][other.len()]
    }

    proptest! {
        #[test]
        fn the_band_gives_what_the_whole_table_gives(
            one in "[abc]{0,9}", other in "[abc]{0,9}", most in 0usize..6,
        ) {
            let whole = plain(one.as_bytes(), other.as_bytes());
            let got = within(one.as_bytes(), other.as_bytes(), most);
            prop_assert_eq!(got, (whole <= most).then_some(whole));
        }
    }
}

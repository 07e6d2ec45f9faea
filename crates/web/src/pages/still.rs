//! A page of what people work through, of a list that may be older than what was judged since.

use crate::trouble::Trouble;

/// What stands on a page, and how many before and among it are settled since.
pub(super) struct Still<T> {
    pub(super) rows: Vec<T>,
    pub(super) settled: usize,
}

/// The rows of a page, from 1. Of an older list each is looked at anew by `still`; what was settled moves
/// all that follows, so the list is gone through from its start, and no row stands on two pages.
pub(super) fn page<T: Clone>(
    all: &[T],
    (page, rows): (usize, usize),
    is_of_now: bool,
    mut still: impl FnMut(&T) -> Result<Option<T>, Trouble>,
) -> Result<Still<T>, Trouble> {
    let before = (page - 1) * rows;
    if is_of_now {
        let rows = all.iter().skip(before).take(rows).cloned().collect();
        return Ok(Still { rows, settled: 0 });
    }
    let mut found = Still { rows: Vec::new(), settled: 0 };
    let mut met = 0;
    for one in all {
        if found.rows.len() == rows {
            break;
        }
        match still(one)? {
            None => found.settled += 1,
            Some(_) if met < before => met += 1,
            Some(one) => found.rows.push(one),
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_of_an_older_list_stands_on_two_pages_or_on_none() {
        let all: Vec<u32> = (0..10).collect();
        // Judged since: two on the first page, one on the second.
        let still = |one: &u32| Ok((![0, 2, 4].contains(one)).then_some(*one));
        let rows = |number| {
            let found = page(&all, (number, 3), false, still).unwrap();
            (found.rows, found.settled)
        };
        assert_eq!(rows(1), (vec![1, 3, 5], 3));
        assert_eq!(rows(2), (vec![6, 7, 8], 3));
        assert_eq!(rows(3), (vec![9], 3));
        assert_eq!(page(&all, (2, 3), true, |_| unreachable!()).unwrap().rows, [3, 4, 5]);
    }
}

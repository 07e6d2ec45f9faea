//! Work that needs no casebook, done by another thread while this one reads and writes it: a connection is
//! of one thread, and most of what deriving and counting cost is not SQLite's.

use std::collections::VecDeque;
use std::sync::mpsc;

use crate::error::Result;

/// As much waits at most, in what [`each`] is told that things weigh.
const MOST: usize = 16_384;

/// Takes each item, has `work` done on it beside, and keeps what that gives, in the same order.
///
/// # Errors
/// The first that an item or `keep` gives; then nothing more is taken or kept.
pub(crate) fn each<T: Send, R: Send>(
    mut items: impl Iterator<Item = Result<T>>,
    weight: impl Fn(&T) -> usize,
    work: impl Fn(T) -> R + Sync,
    mut keep: impl FnMut(R) -> Result<()>,
) -> Result<()> {
    let Some(first) = items.next().transpose()? else { return Ok(()) };
    // What comes alone, as after a judgment, is done sooner here.
    let Some(second) = items.next() else { return keep(work(first)) };
    std::thread::scope(|scope| {
        let (to, todo) = mpsc::channel::<(usize, T)>();
        let (back, done) = mpsc::channel::<(usize, R)>();
        let work = &work;
        scope.spawn(move || {
            for (weight, item) in todo {
                if back.send((weight, work(item))).is_err() {
                    break;
                }
            }
        });
        let mut waiting = 0;
        for item in [Ok(first), second].into_iter().chain(items) {
            let item = item?;
            let own = weight(&item).max(1);
            while waiting > 0 && waiting + own > MOST {
                // A thread that has panicked does so here too, where the scope ends.
                let Ok((weight, result)) = done.recv() else { return Ok(()) };
                waiting -= weight;
                keep(result)?;
            }
            while let Ok((weight, result)) = done.try_recv() {
                waiting -= weight;
                keep(result)?;
            }
            waiting += own;
            if to.send((own, item)).is_err() {
                return Ok(());
            }
        }
        drop(to);
        done.into_iter().try_for_each(|(_, result)| keep(result))
    })
}

/// So many items wait for the other thread at most; what comes meanwhile is done by this one.
const AHEAD: usize = 2;

/// So many results wait at most for one that comes before them.
const UNKEPT: usize = 64;

/// As [`each`], where reading items takes so little that this thread does its share of the work.
///
/// # Errors
/// The first that an item or `keep` gives; then nothing more is taken or kept.
pub(crate) fn halved<T: Send, R: Send>(
    mut items: impl Iterator<Item = Result<T>>,
    work: impl Fn(T) -> R + Sync,
    mut keep: impl FnMut(R) -> Result<()>,
) -> Result<()> {
    let Some(first) = items.next().transpose()? else { return Ok(()) };
    // What comes alone is done sooner here.
    let Some(second) = items.next() else { return keep(work(first)) };
    std::thread::scope(|scope| {
        let (to, todo) = mpsc::sync_channel::<(usize, T)>(AHEAD);
        let (back, done) = mpsc::channel::<(usize, R)>();
        let work = &work;
        scope.spawn(move || {
            for (at, item) in todo {
                if back.send((at, work(item))).is_err() {
                    break;
                }
            }
        });
        // Results from the first that is still missing on, and the number of that.
        let mut unkept: VecDeque<Option<R>> = VecDeque::new();
        let mut kept = 0;
        for (at, item) in [Ok(first), second].into_iter().chain(items).enumerate() {
            unkept.push_back(None);
            match to.try_send((at, item?)) {
                Ok(()) => {}
                Err(mpsc::TrySendError::Full((_, item))) => unkept[at - kept] = Some(work(item)),
                // A thread that has panicked does so here too, where the scope ends.
                Err(mpsc::TrySendError::Disconnected(_)) => return Ok(()),
            }
            loop {
                let result = match unkept.len() < UNKEPT {
                    true => done.try_recv().ok(),
                    false => done.recv().ok(),
                };
                let Some((at, result)) = result else { break };
                unkept[at - kept] = Some(result);
                kept += keep_first(&mut unkept, &mut keep)?;
            }
            kept += keep_first(&mut unkept, &mut keep)?;
        }
        drop(to);
        for (at, result) in done {
            unkept[at - kept] = Some(result);
            kept += keep_first(&mut unkept, &mut keep)?;
        }
        Ok(())
    })
}

/// Keeps the results before the first that is missing; how many they are.
fn keep_first<R>(
    unkept: &mut VecDeque<Option<R>>,
    keep: &mut impl FnMut(R) -> Result<()>,
) -> Result<usize> {
    let mut many = 0;
    while let Some(result) = unkept.pop_front_if(|first| first.is_some()) {
        result.map(&mut *keep).transpose()?;
        many += 1;
    }
    Ok(many)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[test]
    fn all_are_kept_in_their_order() {
        for many in [0, 1, 2, 3, 1_000] {
            let mut kept = Vec::new();
            let items = (0..many).map(Ok);
            let keep = |twice: usize| {
                kept.push(twice);
                Ok(())
            };
            each(items, |_| MOST / 3, |item| item * 2, keep).unwrap();
            assert_eq!(kept, (0..many).map(|item| item * 2).collect::<Vec<_>>());
            let mut kept = Vec::new();
            let items = (0..many).map(Ok);
            let keep = |twice: usize| {
                kept.push(twice);
                Ok(())
            };
            // Some take much longer than others, so that these come back before them.
            let work = |item: usize| {
                let turns = if item.is_multiple_of(97) { 100_000 } else { 1 };
                (0..turns).fold(item, |item, _| std::hint::black_box(item)) * 2
            };
            halved(items, work, keep).unwrap();
            assert_eq!(kept, (0..many).map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_first_error_ends_it() {
        let wrong = || Error::Unknown("seven".to_owned());
        let items = (0..100).map(|item| if item == 7 { Err(wrong()) } else { Ok(item) });
        let mut kept = Vec::new();
        let keep = |item| {
            kept.push(item);
            Ok(())
        };
        let found = each(items, |_| 1, |item| item, keep);
        assert!(matches!(found, Err(Error::Unknown(what)) if what == "seven"));
        assert!(kept.iter().all(|item| *item < 7));
        let keep = |item| if item == 7 { Err(wrong()) } else { Ok(()) };
        assert!(each((0..100).map(Ok), |_| 1, |item| item, keep).is_err());
        assert!(halved((0..100).map(Ok), |item| item, keep).is_err());
        let items = (0..100).map(|item| if item == 7 { Err(wrong()) } else { Ok(item) });
        let mut kept = Vec::new();
        let keep = |item| {
            kept.push(item);
            Ok(())
        };
        let found = halved(items, |item| item, keep);
        assert!(matches!(found, Err(Error::Unknown(what)) if what == "seven"));
        assert!(kept.iter().all(|item| *item < 7));
    }
}

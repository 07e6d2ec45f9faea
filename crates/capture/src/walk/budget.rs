//! How much may be unpacked from one path.
//!
//! Ten megabytes can be made to unpack to a petabyte. What people archive seldom shrinks to less
//! than a fiftieth, so a multiple of what was packed, with room for small files, stops the one and
//! never the other.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

/// How many bytes come out of each packed one at most.
const RATIO: u64 = 100;

/// What may be unpacked beyond that, in bytes, so that a small file of one letter passes.
const ROOM: u64 = 256 << 20;

/// What may be unpacked from one path at most, in bytes.
const MOST: u64 = 256 << 30;

/// How many entries of one archive are looked at.
pub(crate) const MOST_ENTRIES: usize = 2_000_000;

/// What came in and what was unpacked from it, in bytes.
#[derive(Debug, Default)]
pub(crate) struct Budget {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
}

impl Budget {
    /// Counts bytes that came in as they are.
    pub(crate) fn came_in(&self, bytes: u64) {
        self.packed.set(self.packed.get().saturating_add(bytes));
    }

    /// How many bytes may be unpacked by now.
    pub(crate) fn limit(&self) -> u64 {
        MOST.min(self.packed.get().saturating_mul(RATIO).saturating_add(ROOM))
    }

    /// Whether nothing more may be unpacked.
    pub(crate) fn is_spent(&self) -> bool {
        self.unpacked.get() > self.limit()
    }

    /// Counts bytes that were unpacked.
    ///
    /// # Errors
    /// [`Spent`] if these are too many.
    pub(crate) fn unpack(&self, bytes: usize) -> io::Result<()> {
        self.unpacked.set(self.unpacked.get().saturating_add(bytes as u64));
        match self.is_spent() {
            true => Err(io::Error::other(Spent { limit: self.limit() })),
            false => Ok(()),
        }
    }
}

/// The error of a reader whose budget is spent.
#[derive(Debug, thiserror::Error)]
#[error("unpacks to more than {limit} bytes")]
pub(crate) struct Spent {
    pub(crate) limit: u64,
}

/// What comes out of a decoder, counted.
pub(crate) struct Metered<R> {
    inner: R,
    budget: Rc<Budget>,
}

impl<R> Metered<R> {
    pub(crate) fn new(inner: R, budget: &Rc<Budget>) -> Metered<R> {
        Metered { inner, budget: Rc::clone(budget) }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.budget.unpack(read)?;
        Ok(read)
    }
}

/// What comes in from a stream whose length nobody knows, counted.
pub(crate) struct Arriving<R> {
    inner: R,
    budget: Rc<Budget>,
}

impl<R> Arriving<R> {
    pub(crate) fn new(inner: R, budget: &Rc<Budget>) -> Arriving<R> {
        Arriving { inner, budget: Rc::clone(budget) }
    }
}

impl<R: BufRead> Read for Arriving<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.budget.came_in(read as u64);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Arriving<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.budget.came_in(amount as u64);
        self.inner.consume(amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_out_is_bounded_by_what_came_in() {
        let budget = Rc::new(Budget::default());
        budget.came_in(1_000);
        let mut sink = io::sink();
        let mut bomb = Metered::new(io::repeat(0), &budget);
        let error = io::copy(&mut bomb, &mut sink).unwrap_err();
        assert!(error.get_ref().is_some_and(|inner| inner.is::<Spent>()));
        assert!(budget.is_spent());
        assert!(budget.unpacked.get() < ROOM + 200_000);
    }
}

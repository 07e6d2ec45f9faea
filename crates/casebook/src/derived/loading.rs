//! The locals that a question needs, with what is known of their fold: of one record, of blocks once,
//! or of blocks that will be asked for again.

use std::collections::BTreeSet;

use throughline_flow::Folded;
use throughline_model::{AsOf, MentionId};

use crate::casebook::Casebook;
use crate::derived;
use crate::derived::blocks::Loaded;
use crate::derived::folds;
use crate::derived::locals::{self, Detail};
use crate::derived::touched;
use crate::derived::unsettled::{self, Extent};
use crate::error::Result;

/// A record of so many members is read out of its whole block: these lie side by side, each by itself on
/// a page of its own.
const MANY: usize = 256;

impl Casebook {
    /// The blocks of a mention, now or earlier, and all that judgments tie to them.
    pub(crate) fn blocks_around(&self, mention: MentionId) -> Result<BTreeSet<String>> {
        let seeds = derived::blocks_of(&self.connection, mention)?;
        Ok(derived::closure(&*self.ties()?, seeds))
    }

    /// The locals of a mention's record, or of its blocks where what their fold gives is not kept.
    pub(crate) fn load_around(&self, mention: MentionId, as_of: AsOf) -> Result<Loaded> {
        let as_of = match as_of.recorded {
            None => as_of,
            Some(_) => {
                let ever = self.blocks_around(mention)?;
                match self.as_now(&ever, as_of)? {
                    now if now.recorded.is_none() => now,
                    then => return self.load_so(&ever, then),
                }
            }
        };
        // By the readings of now it stands nowhere else.
        let seeds = locals::blocks_now(&self.connection, mention)?;
        let blocks = derived::closure(&*self.ties()?, seeds);
        if self.keeps_fold(&blocks, as_of)?
            && let Some((record, folded)) = folds::of_mention(&self.connection, mention)?
        {
            return match folded.0.iter().map(Vec::len).sum::<usize>() < MANY {
                true => {
                    let own = locals::of_folded(&self.connection, record)?;
                    Ok(Loaded::new(own, Some(folded)))
                }
                false => {
                    let detail = Detail::Weighed;
                    self.blocks.load(&self.connection, &blocks, as_of, detail, Some(folded))
                }
            };
        }
        self.load_so(&blocks, as_of)
    }

    /// The locals of whole blocks, by the readings recorded in view, with what is known of their fold.
    /// Where it is not known they have all that folding needs.
    pub(crate) fn load(&self, blocks: &BTreeSet<String>, as_of: AsOf) -> Result<Loaded> {
        self.load_so(blocks, self.as_now(blocks, as_of)?)
    }

    /// The same, once it is known whether they are as they are now.
    fn load_so(&self, blocks: &BTreeSet<String>, as_of: AsOf) -> Result<Loaded> {
        let (folded, detail) = self.fold_of(blocks, as_of)?;
        self.blocks.load(&self.connection, blocks, as_of, detail, folded)
    }

    /// The same with all that comparing needs.
    pub(crate) fn load_to_compare(&self, blocks: &BTreeSet<String>, as_of: AsOf) -> Result<Loaded> {
        let as_of = self.as_now(blocks, as_of)?;
        let (folded, _) = self.fold_of(blocks, as_of)?;
        self.blocks.load(&self.connection, blocks, as_of, Detail::Compared, folded)
    }

    /// As [`Casebook::load`], for a question that goes through very many blocks: none is kept.
    pub(crate) fn load_once(&self, blocks: &BTreeSet<String>, as_of: AsOf) -> Result<Loaded> {
        let as_of = self.as_now(blocks, as_of)?;
        let (folded, detail) = self.fold_of(blocks, as_of)?;
        let own = derived::load(&self.connection, blocks, as_of, detail)?;
        Ok(Loaded::new(own, folded))
    }

    /// The dates as of which the locals of some blocks are asked for: where nothing was read since a moment of
    /// recording, and no judgment may change what stands for one subject, they are as they are now.
    fn as_now(&self, blocks: &BTreeSet<String>, as_of: AsOf) -> Result<AsOf> {
        let Some(by) = as_of.recorded else { return Ok(as_of) };
        if !self.regrouped()?.is_disjoint(blocks) {
            return Ok(as_of);
        }
        for block in blocks {
            if locals::changed_since(&self.connection, block, by)? {
                return Ok(as_of);
            }
        }
        Ok(AsOf { recorded: None, ..as_of })
    }

    /// What is known of the fold of whole blocks, and how much of their locals is needed.
    fn fold_of(&self, blocks: &BTreeSet<String>, as_of: AsOf) -> Result<(Option<Folded>, Detail)> {
        Ok(match self.keeps_fold(blocks, as_of)? {
            true => (Some(folds::of_blocks(&self.connection, blocks)?), Detail::Weighed),
            false => (None, folds::detail(blocks)),
        })
    }

    /// Whether what the fold of some blocks gave is kept and holds as of two dates. It is of all
    /// readings, under the judgments of the present.
    fn keeps_fold(&self, blocks: &BTreeSet<String>, as_of: AsOf) -> Result<bool> {
        // Who is blind to what others judged folds anew.
        let another = as_of.recorded.is_some() || self.is_blind();
        if another || !folds::are_kept(blocks, &*self.ties()?) {
            return Ok(false);
        }
        for block in blocks {
            // That something else is held of a record does not say whose it is.
            if matches!(unsettled::extent(&self.connection, block)?, Some(Extent::From(_))) {
                return Ok(false);
            }
        }
        // Where judgments are what they are now, what was published by a day was joined then as it is.
        if as_of.published.is_some()
            && !self.regrouped()?.is_disjoint(blocks)
            && !self.differing(as_of)?.is_disjoint(blocks)
        {
            return Ok(false);
        }
        let supposed = self.supposed.borrow();
        if supposed.is_empty() {
            return Ok(true);
        }
        let fallen = supposed.iter().copied();
        let fallen = touched::of_assertions(&self.connection, &*self.judged()?, fallen)?;
        Ok(fallen.is_disjoint(blocks))
    }
}

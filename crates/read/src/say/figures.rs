//! Figures of the form "N of M", and the sizes of sets.

use super::builder::Builder;
use super::incidents::Deeds;
use crate::analysis::Analysis;

pub(crate) fn say(_analysis: &Analysis, _deeds: &Deeds, _builder: &mut Builder<'_>) {}

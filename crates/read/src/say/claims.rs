//! Claims of responsibility.

use super::builder::Builder;
use super::incidents::Deeds;
use crate::analysis::Analysis;

pub(crate) fn say(_analysis: &Analysis, _deeds: &Deeds, _builder: &mut Builder<'_>) {}

//! Headlines and pull-quotes that repeat the body.

use super::builder::Builder;
use crate::analysis::Analysis;

pub(crate) fn mark(_analysis: &Analysis, _builder: &mut Builder<'_>) {}

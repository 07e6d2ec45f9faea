//! Claims of responsibility.

use super::builder::Builder;
use super::incidents::Deeds;
use super::incidents::phrases::Words;

pub(crate) fn say(_words: &Words<'_>, _deeds: &Deeds, _builder: &mut Builder<'_>) {}

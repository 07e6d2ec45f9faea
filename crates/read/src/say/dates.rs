//! Dates of one text that do not fit each other.

use super::builder::Builder;
use super::incidents::Deeds;

pub(crate) fn note(_deeds: &Deeds, _builder: &mut Builder<'_>) {}

//! What a reader sees, one file a page or what several have in common.

mod cited;
mod claim;
pub(crate) mod coding;
pub(crate) mod connections;
pub(crate) mod corrections;
pub(crate) mod count;
pub(crate) mod counts;
pub(crate) mod document;
pub(crate) mod documents;
pub(crate) mod drawing;
mod evidence;
pub(crate) mod ids;
pub(crate) mod impact;
mod involvement;
mod judged;
pub(crate) mod judgments;
pub(crate) mod knowable;
pub(crate) mod list;
mod marked;
pub(crate) mod pictures;
pub(crate) mod published;
pub(crate) mod record;
pub(crate) mod search;
pub(crate) mod spread;
pub(crate) mod start;
mod status;
mod values;

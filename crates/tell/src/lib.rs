//! Telling: records in, words out; who may be named; and what people say of records, back in.
//!
//! - [`record`], [`document`], [`evidence`], [`judgment`], [`counted`], [`found`] and [`listing`]
//!   gather what one answer is made of, and give it as JSON; terminal and pages lay out the same;
//! - [`typed`] takes ids and values as people type them; [`verdict`] makes judgments of what they
//!   decide, and [`hand`] assertions of what they enter, for terminal and pages alike;
//! - [`margin`] gathers what stands beside a document's text;
//! - [`pictures`] and [`spread`]: what is known of a picture, and how it or a name went round;
//! - [`connections`]: how incidents hang together, since when, and what is surprising;
//! - [`parts`] puts incidents that are parts of others beneath them;
//! - [`claim`] tells a claim of responsibility feature by feature, [`claimed`] what came of all that
//!   one claimant made;
//! - [`involvement`]: how an incident stands under published typologies, and why;
//! - [`counts`] spells figures and their grounds, [`citation`] how they are cited, and [`beside`] what
//!   stands beside one: another count, what it hangs on, figures that documents quote;
//! - [`coding`]: what coders are asked, what they answer beside each other, and how far they agree;
//! - [`pack`]: the evidence pack of a published count, and how one is verified alone;
//! - [`impact`] says what would change if something fell, [`corrections`] what did;
//! - [`likelihood`]: what published scales mean by "very likely" in a sentence;
//! - [`queue`]: what waits for a person, by what changes most; [`doubtful`]: pairs that may be one;
//! - [`history`]: how the values of a record changed;
//! - [`words`] spells values, speakers and holdings, [`dates`] the two dates of a view;
//! - [`terminal`] makes words of documents safe to print;
//! - [`disclosure`] is the one place that decides who may be named when something leaves the
//!   casebook: [`naming`] by what is known of one person, [`redact`] what is taken out of texts;
//!   [`disclosed`] gathers what bears on it, and [`readers`] what pages for readers may show.
//!
//! No clock, and no file but the casebook that it is asked about.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod beside;
pub mod chosen;
pub mod citation;
pub mod claim;
pub mod claimed;
pub mod coding;
pub mod connections;
pub mod corrections;
pub mod counted;
pub mod counts;
pub mod dates;
pub mod disclosed;
pub mod disclosure;
pub mod document;
pub mod doubtful;
pub mod entered;
pub mod evidence;
pub mod found;
pub mod hand;
pub mod history;
pub mod impact;
pub mod involvement;
pub mod judgment;
pub mod likelihood;
pub mod listing;
mod lists;
pub mod margin;
pub mod naming;
pub mod pack;
pub mod parts;
mod persons_named;
pub mod pictures;
pub mod place;
pub mod queue;
pub mod readers;
pub mod record;
pub mod redact;
pub mod reports;
pub mod spread;
pub mod terminal;
pub mod terms;
pub mod typed;
pub mod undecided;
pub mod verdict;
pub mod words;

//! Sentences, names, dates and quantities → who says what.
//!
//! [`speech`] cuts sentences into clauses and finds who speaks in each and how
//! firmly; [`incidents`] finds what happened and where and when; the rules after
//! that say what is said of these, each in a file of its own. All of them write
//! into one [`Builder`], which puts the result in text order.

mod builder;
mod claims;
mod company;
mod copies;
mod cues;
mod dates;
mod figures;
mod genders;
mod habits;
mod incidents;
mod involvement;
mod people;
mod speech;
pub(crate) mod toll;
pub(crate) mod touched;
mod unended;
mod words;

use std::ops::Range;

use throughline_model::{Document, Reading};

use self::builder::Builder;
use self::words::Words;
use crate::analysis::Analysis;

/// What an analysed document tells of casualties in all.
pub(crate) fn casualties(document: &Document, analysis: &Analysis) -> toll::Casualties {
    let words = Words::new(analysis);
    toll::Casualties { toll: toll::toll(&words), names: touched::names(document, &words) }
}

/// What is reported as said, in order, each piece with the words that name who says it.
pub(crate) fn reported(analysis: &Analysis) -> Vec<(Range<usize>, Option<Range<usize>>)> {
    let speech = speech::read(&Words::new(analysis));
    let who = |who: speech::Who| match who {
        speech::Who::Name(name) => Some(analysis.names[name].tokens.clone()),
        speech::Who::Described(phrase) => Some(phrase),
        speech::Who::Document | speech::Who::Unnamed => None,
    };
    speech.reported.into_iter().map(|(piece, by)| (piece, who(by))).collect()
}

/// The mentions and assertions of an analysed document. Pure.
pub(crate) fn assertions(document: &Document, analysis: &Analysis) -> Reading {
    let words = Words::new(analysis);
    let speech = speech::read(&words);
    let mut builder = Builder::new(document, analysis, &speech.clauses);
    let deeds = incidents::find(&words, &mut builder);
    people::say(&words, &deeds, &mut builder);
    claims::say(&words, &deeds, &mut builder);
    involvement::say(&words, &deeds, &mut builder);
    company::say(&words, &deeds, &mut builder);
    habits::say(&words, &deeds, &speech.reported, &mut builder);
    figures::say(&words, &deeds, &mut builder);
    dates::note(&words, &deeds, &mut builder);
    unended::note(analysis, &mut builder);
    copies::mark(&words, &mut builder);
    builder.finish()
}

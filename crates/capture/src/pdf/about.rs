//! What a PDF says about itself, as far as it can be believed.

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, DateTime, Dict, String as Words};

use super::words::words_of;
use crate::office::{likely_author, likely_language, likely_title};

/// What a file says about itself.
#[derive(Debug, Default)]
pub(super) struct About {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    pub(super) language: Option<String>,
    pub(super) notes: Vec<String>,
    /// The layers that are switched off.
    pub(super) hidden: BTreeSet<(u32, i32)>,
}

/// Reads the catalog and the information dictionary.
pub(super) fn about(pdf: &Pdf, catalog: &Dict) -> About {
    let info = pdf.metadata();
    let words = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(words_of);
    let mut about = About {
        title: words(&info.title).and_then(|title| likely_title(&title)),
        author: words(&info.author).and_then(|author| likely_author(&author)),
        language: catalog
            .get::<Words>(b"Lang")
            .and_then(|language| likely_language(&words_of(language.as_bytes()))),
        ..About::default()
    };
    // When the file was made is not when it was published: a judgment of 1994 is scanned in 2016,
    // and whoever prints a page makes a file of today.
    match (info.creation_date.as_ref().map(day), info.modification_date.as_ref().map(day)) {
        (None, None) => {}
        (Some(made), Some(changed)) if made != changed => about.notes.push(format!(
            "the file says that it was made on {made} and changed on {changed}, which is no date \
             of publication"
        )),
        (Some(made), _) => about.notes.push(format!(
            "the file says that it was made on {made}, which is no date of publication"
        )),
        (None, Some(changed)) => about.notes.push(format!(
            "the file says that it was changed on {changed}, which is no date of publication"
        )),
    }
    if catalog.get::<Dict>(b"AcroForm").is_some_and(|form| {
        form.get::<Array>(b"Fields").is_some_and(|fields| fields.raw_iter().next().is_some())
    }) {
        about.notes.push("it is a form; what is filled in is not read".to_owned());
    }
    about.hidden = hidden(catalog);
    about
}

fn day(date: &DateTime) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}

fn hidden(catalog: &Dict) -> BTreeSet<(u32, i32)> {
    let off = catalog
        .get::<Dict>(b"OCProperties")
        .and_then(|layers| layers.get::<Dict>(b"D"))
        .and_then(|shown| shown.get::<Array>(b"OFF"));
    off.into_iter()
        .flat_map(|off| off.raw_iter())
        .filter_map(|layer| layer.as_obj_ref())
        .map(|layer| (layer.obj_number, layer.gen_number))
        .collect()
}

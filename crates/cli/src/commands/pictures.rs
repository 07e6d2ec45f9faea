//! `throughline pictures`

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;
use throughline_casebook::{Casebook, PictureRow};
use throughline_picture::Likeness;
use throughline_tell::pictures::{PictureTold, looks};

use crate::args::List;
use crate::commands::list::{first, foot, head, one_more};
use crate::commands::open_seen;
use crate::output::{Output, counted, plain, print_json, say};

pub(crate) fn run(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open_seen(path, &list.seen)?;
    let as_of = list.dates.as_of();
    let (rows, more) = first(casebook.pictures(as_of, one_more(list.limit))?, list.limit);
    if !output.json {
        head(&casebook, as_of)?;
    }
    let (mut cells, mut json) = (Vec::new(), Vec::new());
    for row in rows {
        let told = PictureTold::gather(&casebook, row)?;
        let row = &told.row;
        cells.push(vec![
            row.id.to_string(),
            row.first.published.as_ref().map_or_else(|| "?".into(), ToString::to_string),
            row.first.source.clone().unwrap_or_default(),
            row.documents.to_string(),
            looks(row.look.as_ref()),
            told.alike.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>().join("\n"),
        ]);
        json.push(told.json());
    }
    output.records(&["id", "first", "source", "documents", "picture", "alike"], cells, json)?;
    foot(more, list.limit, output)?;
    Ok(ExitCode::SUCCESS)
}

/// One picture, as `show` prints it.
pub(crate) fn show(casebook: &Casebook, row: PictureRow, output: Output) -> anyhow::Result<()> {
    let told = PictureTold::gather(casebook, row)?;
    if output.json {
        print_json(&json!([told.json()]))?;
        return Ok(());
    }
    let row = &told.row;
    say(&format!("{}  picture, {}", row.id, looks(row.look.as_ref())))?;
    say(&format!("sha256    {}", row.sha256))?;
    let published = row.first.published.as_ref().map_or_else(|| "?".into(), ToString::to_string);
    let source = plain(row.first.source.as_deref().unwrap_or("source unknown"));
    say(&format!("first     {published}, {source} [{}]", row.first.id))?;
    let documents = usize::try_from(row.documents).unwrap_or(usize::MAX);
    say(&format!("in        {}", counted(documents, "document")))?;
    for (id, distance) in &told.alike {
        say(&format!("like      {id}, {distance} of {} apart", 8 * Likeness::BYTES))?;
    }
    say(&format!("`throughline spread {}` follows it", row.id))?;
    Ok(())
}

//! `throughline pictures`

use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, PictureRow};
use throughline_model::PictureId;
use throughline_picture::{ALIKE, Kind, Likeness, Look, Unseen};

use crate::args::List;
use crate::commands::list::{foot, head};
use crate::commands::open;
use crate::output::{Output, counted, plain, print_json, say};

pub(crate) fn run(path: &Path, list: &List, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let as_of = list.dates.as_of();
    let rows = casebook.pictures(as_of, list.limit)?;
    if !output.json {
        head(&casebook, as_of)?;
    }
    let (mut cells, mut json) = (Vec::new(), Vec::new());
    for row in &rows {
        let alike = others(&casebook, row)?;
        cells.push(vec![
            row.id.to_string(),
            row.first.published.as_ref().map_or_else(|| "?".into(), ToString::to_string),
            row.first.source.clone().unwrap_or_default(),
            row.documents.to_string(),
            looks(row.look.as_ref()),
            alike.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>().join("\n"),
        ]);
        json.push(json_of(row, &alike));
    }
    output.records(&["id", "first", "source", "documents", "picture", "alike"], cells, json)?;
    if !output.json {
        foot(rows.len(), list.limit, false)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// One picture, as `show` prints it.
pub(crate) fn show(casebook: &Casebook, row: &PictureRow, output: Output) -> anyhow::Result<()> {
    let alike = others(casebook, row)?;
    if output.json {
        print_json(&json!([json_of(row, &alike)]))?;
        return Ok(());
    }
    say(&format!("{}  picture, {}", row.id, looks(row.look.as_ref())))?;
    say(&format!("sha256    {}", row.sha256))?;
    let published = row.first.published.as_ref().map_or_else(|| "?".into(), ToString::to_string);
    let source = plain(row.first.source.as_deref().unwrap_or("source unknown"));
    say(&format!("first     {published}, {source} [{}]", row.first.id))?;
    let documents = usize::try_from(row.documents).unwrap_or(usize::MAX);
    say(&format!("in        {}", counted(documents, "document")))?;
    for (id, distance) in &alike {
        say(&format!("like      {id}, {distance} of {} apart", 8 * Likeness::BYTES))?;
    }
    say(&format!("`throughline spread {}` follows it", row.id))?;
    Ok(())
}

/// The other pictures that are like one, with how far they are from it.
fn others(casebook: &Casebook, row: &PictureRow) -> anyhow::Result<Vec<(PictureId, u32)>> {
    let Some(Look { likeness: Ok(likeness), .. }) = row.look else { return Ok(Vec::new()) };
    let alike = casebook.alike(&likeness, ALIKE)?.into_iter();
    let others = alike.filter(|(sha256, _)| *sha256 != row.sha256);
    Ok(others.map(|(sha256, distance)| (PictureId::of_bytes(sha256), distance)).collect())
}

/// `640 × 480 jpeg`, and why it was not looked at where it was not.
pub(crate) fn looks(look: Option<&Look>) -> String {
    let Some(look) = look else { return "bytes not held".to_owned() };
    let size = look.size.map(|(width, height)| format!("{width} × {height}"));
    let kind = look.kind.map(|kind| kind.name().to_owned());
    let mut words: Vec<String> = size.into_iter().chain(kind).collect();
    if let Err(unseen) = look.likeness {
        words.push(format!("({unseen}: not compared)"));
    }
    words.join(" ")
}

fn json_of(row: &PictureRow, alike: &[(PictureId, u32)]) -> Json {
    let look = row.look.as_ref();
    json!({
        "id": row.id.to_string(),
        "sha256": row.sha256.to_string(),
        "format": look.and_then(|look| look.kind).map(Kind::name),
        "width": look.and_then(|look| look.size).map(|(width, _)| width),
        "height": look.and_then(|look| look.size).map(|(_, height)| height),
        "held": look.is_some(),
        "not_compared": look.and_then(|look| look.likeness.err()).map(Unseen::name),
        "documents": row.documents,
        "first": row.first.id.to_string(),
        "published": row.first.published.as_ref().map(ToString::to_string),
        "source": row.first.source,
        "alike": alike
            .iter()
            .map(|(id, distance)| json!({"picture": id.to_string(), "distance": distance}))
            .collect::<Vec<_>>(),
    })
}

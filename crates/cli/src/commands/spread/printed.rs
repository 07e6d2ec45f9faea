//! What was found, in words and as JSON.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use throughline_casebook::{AssertionRow, Casebook, Passed, Step};
use throughline_model::{AsOf, Document, DocumentId, PictureId, Relation, Sha256, ZoneRole};
use throughline_picture::{Likeness, Unseen};
use throughline_tell::document::{passed_json, verb};
use throughline_tell::evidence;
use throughline_tell::naming::accuses;
use throughline_tell::record::status;
use throughline_tell::words;

use super::Asked;
use super::followed::Followed;
use super::people::Person;
use crate::commands::pictures::looks;
use crate::output::{Output, counted, header, namer, plain, print_json, say, wrapped};

pub(super) fn print(
    casebook: &Casebook,
    asked: &Asked,
    followed: &Followed,
    as_of: AsOf,
    output: Output,
) -> anyhow::Result<()> {
    if output.json {
        print_json(&json!([object(casebook, asked, followed, as_of)?]))?;
        return Ok(());
    }
    match asked {
        Asked::Picture { sha256, look } => {
            let mut about = vec![format!("{}  picture", PictureId::of_bytes(*sha256))];
            about.extend(look.as_ref().map(|look| looks(Some(look))));
            if !held(casebook, *sha256)? {
                about.push("its bytes are not in this casebook".to_owned());
            }
            say(&about.join(", "))?;
            if look.is_none_or(|look| look.likeness.is_err()) {
                let words = "Not compared with others: shown is where this very file was, and not \
                             where it was scaled, cropped or recompressed.";
                say(&wrapped(words, "", ""))?;
            }
        }
        Asked::People(_) => {
            for one in &followed.people {
                say(&format!("{}  {}", one.id, plain(&one.name)))?;
            }
            if followed.people.len() > 1 {
                let many = followed.people.len();
                let words = format!(
                    "{many} records go by this name, and nobody has judged whether they are one \
                     person; what is said of each stays apart (`throughline judge same` joins them)"
                );
                say(&wrapped(&words, "", ""))?;
            }
        }
    }
    if let Some(header) = header(as_of) {
        say(&header)?;
    }
    if followed.undated > 0 {
        let left = counted(followed.undated, "undated document");
        say(&format!("{left} left out: without a date, in no view as of a day"))?;
    }
    if followed.steps.is_empty() {
        say("\nin no document in view")?;
    }
    for (at, step) in followed.steps.iter().enumerate() {
        say_step(at, step, asked, followed, as_of)?;
    }
    let wanted = matches!(asked, Asked::Picture { .. }) && !followed.people.is_empty();
    if wanted {
        say("\npeople accused, cleared or named in these documents")?;
    }
    for one in &followed.people {
        say_person(one, asked, as_of)?;
    }
    if !followed.today.is_empty() {
        say("\nof the same name, today")?;
    }
    for one in &followed.today {
        let text = format!("{}  {}: {}", one.id, plain(&one.name), one.status);
        say(&wrapped(&text, "  ", "    "))?;
    }
    Ok(())
}

fn say_step(
    at: usize,
    step: &Step,
    asked: &Asked,
    followed: &Followed,
    as_of: AsOf,
) -> anyhow::Result<()> {
    const INDENT: &str = "    ";
    let source = plain(step.row.source.as_deref().unwrap_or("source unknown"));
    let item = step.document.item.as_deref().map(|item| format!(" {}", plain(item)));
    say(&format!("\n{}  {source}{} [{}]", when(step), item.unwrap_or_default(), step.row.id))?;
    let mut remarks = Vec::new();
    if at == 0 && step.row.published.is_some() {
        remarks.push("the first that is held".to_owned());
    }
    remarks.extend(step.passed.iter().map(|passed| passed_on(passed, &followed.steps)));
    if let Asked::Picture { sha256, .. } = asked {
        let shown = pictures(step, followed);
        if shown.is_empty() {
            remarks.push("without the picture".to_owned());
        }
        remarks.extend(shown.into_iter().map(|(one, distance)| match one == *sha256 {
            true => "the picture itself".to_owned(),
            false => changed(PictureId::of_bytes(one), distance),
        }));
    }
    if !remarks.is_empty() {
        say(&wrapped(&remarks.join("; "), INDENT, INDENT))?;
    }
    let said = excerpt(&step.document);
    if !said.is_empty() {
        say(&wrapped(&format!("“{}”", plain(&said)), INDENT, INDENT))?;
    }
    let ids = followed.named.get(&step.row.id).into_iter().flatten();
    let named = ids.filter_map(|id| followed.people.iter().find(|one| one.id == *id));
    // Several records may go by one name.
    let names: BTreeSet<&str> = named.map(|one| one.name.as_str()).collect();
    for name in names {
        let words = format!("{} is named there, and nothing was read of that name", plain(name));
        say(&wrapped(&words, INDENT, INDENT))?;
    }
    if let Asked::People(_) = asked {
        let own: Vec<&AssertionRow> = followed
            .people
            .iter()
            .flat_map(|one| one.said.iter().chain(&one.corrected))
            .filter(|row| row.evidence.assertion.document == step.row.id)
            .collect();
        if own.is_empty() {
            say(&format!("{INDENT}the name stands there; nothing that is said of it was read"))?;
        }
        for row in own {
            say_row(row, INDENT, as_of)?;
        }
    }
    Ok(())
}

/// When it was said, as exactly as it is known.
fn when(step: &Step) -> String {
    let published = step.row.published.as_ref();
    let Some(published) = published else { return "undated".to_owned() };
    let own = step.document.published_at.as_ref().filter(|at| &at.date() == published);
    let at = own.map_or_else(|| words::date(published), ToString::to_string);
    match &step.document.modified {
        Some(modified) => format!("{modified} (changed; first published {at})"),
        None => at,
    }
}

/// What a document says of another.
fn passed_on(passed: &Passed, steps: &[Step]) -> String {
    let reference = &passed.reference;
    let source = plain(reference.source.as_deref().unwrap_or("somebody not named"));
    let on_the_way = |id: &DocumentId| steps.iter().find(|step| step.row.id == *id);
    let item = passed
        .held
        .as_ref()
        .and_then(on_the_way)
        .and_then(|step| step.document.item.clone())
        .or_else(|| reference.item.clone());
    let item = item.map(|item| format!(" {}", plain(&item))).unwrap_or_default();
    let held = passed.held.map_or_else(|| "not held".to_owned(), |id| id.to_string());
    match reference.relation {
        Relation::Replaces => match passed.held {
            Some(id) => format!("a later state of {id}"),
            None => "a later state; the earlier one is not held".to_owned(),
        },
        relation => format!("{} {source}{item} [{held}]", verb(relation)),
    }
}

fn changed(id: PictureId, distance: u32) -> String {
    let bits = 8 * Likeness::BYTES;
    match distance {
        0 => format!("the same picture in other bytes, {id}"),
        _ => format!("the picture slightly changed, {id}, {distance} of {bits} apart"),
    }
}

/// The pictures of a document that are on the way.
fn pictures(step: &Step, followed: &Followed) -> Vec<(Sha256, u32)> {
    let own = step.document.pictures.iter().filter_map(|picture| picture.sha256);
    own.filter_map(|one| Some((one, *followed.pictures.get(&one)?))).collect()
}

/// The beginning of a document's own words, without headline and author.
fn excerpt(document: &Document) -> String {
    const MOST: usize = 160;
    let body = document.zones.iter().find(|zone| zone.role == ZoneRole::Body);
    let text = body.and_then(|zone| document.text.get(zone.span.start as usize..));
    let text = text.unwrap_or(&document.text);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(MOST) {
        Some((end, _)) => {
            let cut = words[..end].rfind(' ').unwrap_or(end);
            format!("{} …", &words[..cut])
        }
        None => words,
    }
}

fn say_row(row: &AssertionRow, indent: &str, as_of: AsOf) -> anyhow::Result<()> {
    let names = namer(&row.names);
    let said = &row.evidence.assertion;
    let of = match said.subject.kind() {
        throughline_model::SubjectKind::Person => String::new(),
        kind => format!("of the {} {}, ", kind.name(), plain(&words::named(said.subject, &names))),
    };
    let inner = format!("{indent}  ");
    let what = plain(&words::assertion(said, &names));
    say(&wrapped(&format!("{of}{what}"), indent, &inner))?;
    say(&wrapped(&evidence::words_of(&row.evidence), &inner, &inner))?;
    let from = plain(&evidence::source_of(&row.evidence, &row.names, false, as_of));
    say(&wrapped(&format!("{from} [{}]", said.id), &inner, &inner))?;
    Ok(())
}

fn say_person(one: &Person, asked: &Asked, as_of: AsOf) -> anyhow::Result<()> {
    let picture = matches!(asked, Asked::Picture { .. });
    let only = if one.namesake { "  (of the same name; not judged to be one)" } else { "" };
    say(&format!("\n{}  {}{only}", one.id, plain(&one.name)))?;
    say(&wrapped(&format!("status: {}", status(&one.shown)), "", "  "))?;
    if let Some(present) = &one.present {
        say(&wrapped(&format!("present status: {}", status(present)), "", "  "))?;
    }
    if picture && !one.said.is_empty() {
        say("said")?;
        for row in &one.said {
            say_row(row, "  ", as_of)?;
        }
    }
    if !one.corrected.is_empty() {
        say("corrected")?;
    } else if one.said.iter().any(|row| accuses(&row.evidence.assertion)) {
        say("corrected: nowhere in view, as far as the program has read")?;
    }
    for row in &one.corrected {
        say_row(row, "  ", as_of)?;
    }
    Ok(())
}

/// Whether the bytes of a picture are here, as a picture or as a document of its own.
fn held(casebook: &Casebook, sha256: Sha256) -> anyhow::Result<bool> {
    let own = casebook.original(DocumentId::of_bytes(sha256))?;
    Ok(casebook.look(sha256)?.is_some() || own.is_some_and(|bytes| !bytes.is_empty()))
}

fn object(
    casebook: &Casebook,
    asked: &Asked,
    followed: &Followed,
    as_of: AsOf,
) -> anyhow::Result<Json> {
    let (mut picture, mut person, mut is_held, mut unseen) = (None, None, None, None);
    match asked {
        Asked::Picture { sha256, look } => {
            picture = Some(PictureId::of_bytes(*sha256).to_string());
            is_held = Some(held(casebook, *sha256)?);
            unseen = look.and_then(|look| look.likeness.err()).map(Unseen::name);
        }
        Asked::People(_) => person = followed.people.first().map(|one| one.id.to_string()),
    }
    Ok(json!({
        "picture": picture,
        "held": is_held,
        "not_compared": unseen,
        "person": person,
        "as_of": as_of.published.map(|day| day.to_string()),
        "recorded_by": as_of.recorded.map(|moment| moment.to_string()),
        "undated": followed.undated,
        "steps": followed.steps.iter().map(|step| step_json(step, followed)).collect::<Vec<_>>(),
        "today": followed
            .today
            .iter()
            .map(|one| json!({"id": one.id.to_string(), "name": one.name, "status": one.status}))
            .collect::<Vec<_>>(),
        "people": followed.people.iter().map(person_json).collect::<Vec<_>>(),
    }))
}

fn step_json(step: &Step, followed: &Followed) -> Json {
    let document = &step.document;
    json!({
        "document": step.row.id.to_string(),
        "source": step.row.source,
        "item": document.item,
        "published": step.row.published.as_ref().map(ToString::to_string),
        "published_at": document.published_at.as_ref().map(ToString::to_string),
        "modified": document.modified.as_ref().map(ToString::to_string),
        "text": excerpt(document),
        "pictures": pictures(step, followed)
            .into_iter()
            .map(|(one, distance)| {
                json!({"picture": PictureId::of_bytes(one).to_string(), "distance": distance})
            })
            .collect::<Vec<_>>(),
        "named": followed
            .named
            .get(&step.row.id)
            .into_iter()
            .flatten()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        "passed": step.passed.iter().map(passed_json).collect::<Vec<_>>(),
    })
}

fn person_json(one: &Person) -> Json {
    let rows = |rows: &[AssertionRow]| -> Vec<Json> {
        rows.iter().map(|row| evidence::json(&row.evidence, &namer(&row.names))).collect()
    };
    json!({
        "id": one.id.to_string(),
        "name": one.name,
        "namesake": one.namesake,
        "status": status(&one.shown),
        "present_status": one.present.as_ref().map(status),
        "said": rows(&one.said),
        "corrected": rows(&one.corrected),
    })
}

//! What is sent, into a folder of its own.
//!
//! Bytes go to the disk as they come, each file under a number: the name that it came with is words.
//! The token comes before everything else, so that nothing of a form of others is written.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use serde_json::json;
use tempfile::TempDir;
use throughline_capture::{Given, MAX_TEXT_BYTES, Sent};
use throughline_intake::published;
use throughline_model::Medium;
use tokio::sync::mpsc::{Receiver, channel};
use tokio::time::timeout;

use crate::judging::fields::TOKEN;
use crate::judging::now;
use crate::trouble::Trouble;

/// How many bytes may be sent at once.
pub(crate) const MOST_BYTES: u64 = 2 << 30;

/// How many files may be sent at once.
pub(crate) const MOST_FILES: usize = 10_000;

/// The longest of the short fields, in bytes.
const LONGEST: usize = 10_000;

/// The longest name of a file, in bytes.
const LONGEST_NAME: usize = 4_000;

/// How long one waits for the next bytes.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long a sending may take in all.
const LONGEST_SENDING: Duration = Duration::from_secs(30 * 60);

/// What the pasted text is called, with a headline of its own and without.
const PASTED: [&str; 2] = ["pasted.jsonl", "pasted.txt"];

/// What was sent, on the disk for as long as this is held.
#[derive(Debug)]
pub(crate) struct Arrived {
    /// Where it lies; it is cleared away with this.
    pub(crate) folder: TempDir,
    pub(crate) files: Vec<Sent>,
    pub(crate) bytes: u64,
    pub(crate) given: Given,
    /// How many files were laid down, that of the pasted text and those of no choice among them.
    laid: usize,
}

/// The short fields of the form.
#[derive(Debug, Default)]
struct Said {
    source: Option<String>,
    headline: Option<String>,
    published: Option<String>,
    medium: Option<String>,
}

/// Takes in all that is sent. Nothing of it stays unless all of it came.
pub(crate) async fn arrive(
    parts: Multipart,
    is_own: impl Fn(&str) -> bool,
) -> Result<Arrived, Trouble> {
    match timeout(LONGEST_SENDING, gathered(parts, is_own)).await {
        Ok(arrived) => arrived,
        Err(_late) => Err(late()),
    }
}

async fn gathered(mut parts: Multipart, is_own: impl Fn(&str) -> bool) -> Result<Arrived, Trouble> {
    let first = next(&mut parts).await?;
    let token = match first {
        Some(field) if field.name() == Some(TOKEN) => short(field).await?,
        _ => String::new(),
    };
    if !is_own(&token) {
        return Err(Trouble::new(
            StatusCode::FORBIDDEN,
            "This form is not of the server that runs now, so nothing was taken in.",
            "Load /read again, and send it from there.",
        ));
    }
    let folder = own_folder().map_err(full)?;
    let given = Given::default();
    let mut arrived = Arrived { folder, files: Vec::new(), bytes: 0, given, laid: 0 };
    let (mut said, mut pasted) = (Said::default(), None);
    // What is over a bound is refused when all of it came: a browser that is broken off while it
    // sends shows no answer.
    let mut over = None;
    while let Some(field) = next(&mut parts).await? {
        match field.name().unwrap_or_default() {
            "text" => pasted = lay(&mut arrived, field, &mut over, PASTED[1].to_owned()).await?,
            "files" | "folder" => {
                let name = field.file_name().unwrap_or_default().to_owned();
                if let Some(file) = lay(&mut arrived, field, &mut over, name).await? {
                    arrived.files.push(file);
                }
            }
            "source" => said.source = text(field).await?,
            "headline" => said.headline = text(field).await?,
            "published" => said.published = text(field).await?,
            "medium" => said.medium = text(field).await?,
            other => {
                let what = format!("“{}” is no field of this form.", cut(other));
                return Err(Trouble::refused(what, "Load /read again, and send it from there."));
            }
        }
    }
    if let Some(over) = over {
        return Err(over);
    }
    arrived.given = said.given()?;
    if let Some(pasted) = pasted {
        let headline = said.headline.take();
        let pasted = tokio::task::spawn_blocking(move || worded(pasted, headline.as_deref()));
        arrived.files.extend(pasted.await.map_err(|_| Trouble::fault())?.map_err(full)?);
    }
    match arrived.files.is_empty() {
        true => Err(Trouble::refused(
            "Nothing was sent to be read.",
            "Paste a text, or choose files or a folder.",
        )),
        false => Ok(arrived),
    }
}

/// A folder for what is sent, which nobody else on this machine can look into.
fn own_folder() -> std::io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("throughline-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o700));
    }
    builder.tempdir()
}

impl Said {
    /// What is said for documents that do not say it themselves, as the options of `read` do.
    fn given(&self) -> Result<Given, Trouble> {
        let published = self.published.as_deref().map(|text| published(text, now())).transpose();
        let medium = self.medium.as_deref().map(|name| {
            Medium::from_name(name).ok_or_else(|| format!("{:?} is no medium", cut(name)))
        });
        let refused = |why: String| {
            let what = format!("Nothing was taken in: {why}.");
            Trouble::refused(what, "Go back, mend it, and send it again.")
        };
        Ok(Given {
            source: self.source.clone(),
            published: published.map_err(refused)?,
            medium: medium.transpose().map_err(refused)?,
            ..Given::default()
        })
    }
}

/// The text as it is read: with a headline of its own as a line of JSON, else as a plain text. A
/// browser ends lines with a carriage return too, and a script does not.
fn worded(pasted: Sent, headline: Option<&str>) -> std::io::Result<Option<Sent>> {
    let long = std::fs::metadata(&pasted.path)?.len() > MAX_TEXT_BYTES;
    // What is too long is told so by whoever reads it.
    if long {
        return Ok(Some(pasted));
    }
    let text = String::from_utf8_lossy(&std::fs::read(&pasted.path)?).replace("\r\n", "\n");
    if text.trim().is_empty() {
        return Ok(None);
    }
    let (name, bytes) = match headline {
        Some(title) => (PASTED[0], json!({"title": title, "text": text}).to_string().into_bytes()),
        None => (PASTED[1], text.into_bytes()),
    };
    std::fs::write(&pasted.path, bytes)?;
    Ok(Some(Sent { name: name.to_owned(), path: pasted.path }))
}

/// Lays a file down under the next number; `None` where none was chosen, or it is over a bound.
async fn lay(
    arrived: &mut Arrived,
    mut field: Field<'_>,
    over: &mut Option<Trouble>,
    name: String,
) -> Result<Option<Sent>, Trouble> {
    if over.is_none() && arrived.files.len() >= MOST_FILES {
        *over = Some(too_much(format!("More than {MOST_FILES} files were sent at once")));
    }
    if over.is_none() && name.len() > LONGEST_NAME {
        *over = Some(too_much(format!("The name “{}” has {} bytes", cut(&name), name.len())));
    }
    let path = arrived.folder.path().join(arrived.laid.to_string());
    arrived.laid += 1;
    let (to_disk, writer) = channel::<Bytes>(8);
    let own = path.clone();
    let written = tokio::task::spawn_blocking(move || write(&own, writer));
    let mut length = 0;
    loop {
        let chunk = timeout(PATIENCE, field.chunk()).await.map_err(|_| late())?;
        let Some(bytes) = chunk.map_err(|error| broken_off(&error))? else { break };
        arrived.bytes += bytes.len() as u64;
        length += bytes.len() as u64;
        if arrived.bytes > MOST_BYTES && over.is_none() {
            *over = Some(too_much(format!("More than {} GiB were sent at once", MOST_BYTES >> 30)));
        }
        if arrived.bytes > 2 * MOST_BYTES {
            return Err(over.take().unwrap_or_else(late));
        }
        if over.is_none() && to_disk.send(bytes).await.is_err() {
            // Why it could not be written, its writer says.
            break;
        }
    }
    drop(to_disk);
    written.await.map_err(|_| Trouble::fault())?.map_err(full)?;
    // Of a field without a choice a browser sends an empty file without a name.
    let chosen = length > 0 || !name.is_empty();
    Ok((over.is_none() && chosen).then_some(Sent { name, path }))
}

fn write(path: &Path, mut bytes: Receiver<Bytes>) -> std::io::Result<()> {
    let mut file = File::create_new(path)?;
    while let Some(bytes) = bytes.blocking_recv() {
        file.write_all(&bytes)?;
    }
    file.flush()
}

async fn next(parts: &mut Multipart) -> Result<Option<Field<'_>>, Trouble> {
    let field = timeout(PATIENCE, parts.next_field()).await.map_err(|_| late())?;
    field.map_err(|error| broken_off(&error))
}

/// A short field that says something.
async fn text(field: Field<'_>) -> Result<Option<String>, Trouble> {
    let text = short(field).await?.trim().to_owned();
    Ok((!text.is_empty()).then_some(text))
}

async fn short(mut field: Field<'_>) -> Result<String, Trouble> {
    let name = field.name().unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    while let Some(chunk) = timeout(PATIENCE, field.chunk())
        .await
        .map_err(|_| late())?
        .map_err(|error| broken_off(&error))?
    {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST {
            return Err(Trouble::refused(
                format!("“{}” has more than {LONGEST} bytes.", cut(&name)),
                "Say it in fewer words.",
            ));
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// As much of somebody's words as tells which they are.
fn cut(words: &str) -> String {
    words.chars().take(60).collect()
}

fn too_much(what: String) -> Trouble {
    Trouble::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!("{what}, so nothing was taken in."),
        "Send it in parts, or read the folder with `throughline read`, which has no such bound.",
    )
}

fn broken_off(error: &MultipartError) -> Trouble {
    Trouble::refused(
        format!("What was sent is not whole, so nothing was taken in: {}.", error.body_text()),
        "Send it again.",
    )
}

fn late() -> Trouble {
    Trouble::new(
        StatusCode::REQUEST_TIMEOUT,
        "What was sent did not come in time, so nothing was taken in.",
        "Send it again, or in parts.",
    )
}

#[expect(clippy::needless_pass_by_value, reason = "what errors are mapped with")]
fn full(error: std::io::Error) -> Trouble {
    Trouble::new(
        StatusCode::INSUFFICIENT_STORAGE,
        format!("What was sent could not be laid down, so nothing was taken in: {error}."),
        "See that the folder for temporary files has room (TMPDIR names another), and send it again.",
    )
}

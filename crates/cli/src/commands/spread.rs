//! `throughline spread`: where a picture or a name came first, who passed it on, where it was
//! corrected.

mod printed;

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use throughline_capture::MAX_PICTURE_BYTES;
use throughline_casebook::Casebook;
use throughline_model::{AsOf, Sha256, SubjectKind};
use throughline_picture::look;
use throughline_tell::spread::{Asked, Spread as Followed, name_words};
use throughline_tell::typed;

use crate::args::Dates;
use crate::commands::open;
use crate::output::{Output, plain};

#[derive(Debug, Args)]
pub(crate) struct Spread {
    /// A picture's id (pic-…) or file, or the id (per-…) or the name of a person.
    #[arg(value_name = "PICTURE|NAME")]
    what: String,
    #[command(flatten)]
    dates: Dates,
}

pub(crate) fn run(path: &Path, command: &Spread, output: Output) -> anyhow::Result<ExitCode> {
    let casebook = open(path)?;
    let as_of = command.dates.as_of();
    let asked = asked(&casebook, &command.what, as_of)?;
    let followed = Followed::follow(&casebook, asked, as_of)?;
    printed::print(&followed, output)?;
    Ok(ExitCode::SUCCESS)
}

fn asked(casebook: &Casebook, what: &str, as_of: AsOf) -> anyhow::Result<Asked> {
    if what.starts_with("pic-") && !Path::new(what).is_file() {
        let sha256 = typed::picture(casebook, what)?;
        return Ok(Asked::Picture { sha256, look: casebook.look(sha256)? });
    }
    if what.starts_with("per-") {
        return Ok(Asked::People(vec![typed::mention(casebook, what)?]));
    }
    if Path::new(what).is_file() {
        return file(Path::new(what));
    }
    name(casebook, what, as_of)
}

/// A picture in a file.
fn file(path: &Path) -> anyhow::Result<Asked> {
    let place = || path.display().to_string();
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(place)?;
    file.take(MAX_PICTURE_BYTES + 1).read_to_end(&mut bytes).with_context(place)?;
    if bytes.len() as u64 > MAX_PICTURE_BYTES {
        bail!("{}: over {} MiB; give a smaller copy", place(), MAX_PICTURE_BYTES >> 20);
    }
    let look = look(&bytes);
    let sha256 = Sha256::of(&bytes);
    match look.likeness {
        Err(unseen) if look.kind.is_none() => {
            bail!("{}: {unseen}; give a picture in one of these formats", place())
        }
        // Of one that is not compared, the very bytes may be held all the same.
        _ => Ok(Asked::Picture { sha256, look: Some(look) }),
    }
}

/// All who go by a name: by the whole of it, or else by all of these words. They stay apart, since
/// one name is no proof of one person.
fn name(casebook: &Casebook, what: &str, as_of: AsOf) -> anyhow::Result<Asked> {
    let wanted = name_words(what);
    if wanted.is_empty() {
        bail!("{what:?} is no name; give a person's name or id, or a picture's id or file");
    }
    let people = casebook.listed(SubjectKind::Person, as_of, usize::MAX)?;
    let whole: Vec<_> = people.iter().filter(|row| name_words(&row.name) == wanted).collect();
    let part: Vec<_> = people
        .iter()
        .filter(|row| wanted.iter().all(|word| name_words(&row.name).contains(word)))
        .collect();
    let found = if whole.is_empty() { part } else { whole };
    let mut names: Vec<&str> = found.iter().map(|row| row.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    match names.as_slice() {
        [] => bail!(
            "nobody called {} is in view, and there is no such file; `throughline people` lists \
             people, `throughline pictures` pictures, and `throughline search` finds words",
            plain(what)
        ),
        [_] => Ok(Asked::People(found.iter().map(|row| row.id).collect())),
        many => {
            let some: Vec<String> = many.iter().take(10).map(|name| plain(name)).collect();
            bail!(
                "{} names have these words; give one of them in full: {}",
                many.len(),
                some.join(", ")
            )
        }
    }
}

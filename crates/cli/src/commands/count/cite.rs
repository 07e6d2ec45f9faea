//! How a figure is cited, and how a citation is verified.

use anyhow::bail;
use throughline_casebook::{Casebook, Counted, PROGRAM};
use throughline_formats::counts::NamedDefinition;
use throughline_model::Sha256;
use throughline_tell::citation::Citation;
use throughline_tell::counts as words;
use throughline_tell::disclosed::Disclosed;
use throughline_tell::terminal::lines;

use super::{Count, Form};
use crate::commands::judge::now;
use crate::output::{plain, print_json, say};

/// Prints how a figure is cited.
pub(super) fn cite(
    casebook: &Casebook,
    (named, toml): (&NamedDefinition, &str),
    counted: &Counted,
    command: &Count,
    form: Form,
) -> anyhow::Result<()> {
    let strict = &counted.tallies.strict;
    let figure = words::figure(strict, named.definition.sum);
    if !strict.is_final() {
        let marks: Vec<String> = strict
            .marks()
            .keys()
            .map(|mark| format!("{}: {}", mark.name(), words::mark(*mark)))
            .collect();
        bail!("{figure} is not final and cannot be cited ({})", marks.join("; "));
    }
    // Kept in the casebook, it goes by its name wherever the casebook goes.
    let kept = casebook.definitions()?.into_iter().any(|one| one.saved.toml == toml);
    let asked = if kept { &named.name } else { &command.definition };
    let typologies: Vec<String> = words::typologies(&named.definition)
        .into_iter()
        .map(|(one, sha256)| format!("{} version {} (sha256 {sha256})", one.name, one.version))
        .collect();
    let cited = Citation {
        title: &named.title,
        by: command.by.as_deref(),
        figure: &figure,
        definition: &named.name,
        asked,
        sha256: Sha256::of(toml.as_bytes()),
        typologies: &typologies,
        as_of: counted.as_of,
        now: now(),
        content: counted.head.content,
        head: counted.head.chain,
        program: PROGRAM,
    };
    if let Some(what) = cited.protected(&Disclosed::gather(casebook)?) {
        bail!(
            "{what} names somebody whose name is withheld, and a citation leaves the casebook; count by a \
             definition that names an id, under another name and title"
        );
    }
    if !kept {
        eprintln!(
            "note: this definition is not kept in the casebook, so that whoever verifies the figure needs \
             the file {}; --save keeps it",
            plain(&command.definition)
        );
    }
    match form {
        Form::Text => say(&plain(&cited.text()))?,
        Form::Bibtex => say(&lines(&cited.bibtex()))?,
        Form::Csl => print_json(&cited.csl())?,
    }
    Ok(())
}

/// Fails unless definition and figure are those that a citation gives.
pub(super) fn verify(
    named: &NamedDefinition,
    toml: &str,
    counted: &Counted,
    command: &Count,
) -> anyhow::Result<()> {
    let sha256 = Sha256::of(toml.as_bytes()).to_string();
    if let Some(wanted) = &command.hash
        && *wanted != sha256
    {
        bail!(
            "the text of {} has sha256 {sha256}, and not {wanted}: the definition was changed since, \
             `throughline counts` lists what was published by it",
            named.name
        );
    }
    let figure = words::figure(&counted.tallies.strict, named.definition.sum);
    match &command.expect {
        Some(wanted) if *wanted != figure => {
            bail!("the figure is {figure}, and not {wanted}")
        }
        _ => say(&format!("verified: {figure}"))?,
    }
    Ok(())
}

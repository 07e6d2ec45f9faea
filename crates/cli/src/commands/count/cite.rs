//! How a figure is cited, and how a citation is verified.

use anyhow::bail;
use throughline_casebook::{Casebook, Counted};
use throughline_formats::counts::NamedDefinition;
use throughline_model::Sha256;
use throughline_tell::citation::Cited;
use throughline_tell::counts as words;
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
    let asked = (named, toml, &*command.definition);
    let gathered = Cited::gather(casebook, asked, counted, command.by.as_deref(), now())?;
    let cited = gathered.citation();
    if !gathered.kept {
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

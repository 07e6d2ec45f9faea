//! Who and what is tied to what, as a file for programs that draw and measure networks.

use std::io::Write;
use std::sync::Arc;

use clap::ValueEnum;
use throughline_casebook::Casebook;
use throughline_draw::gather::{Catalog, Open, Veil};
use throughline_draw::{Exchange, exchange, facts};
use throughline_model::AsOf;
use throughline_tell::disclosed::Disclosed;
use throughline_tell::typed;

use crate::commands::draw::{in_view, write_table};

/// The form of the file.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Form {
    /// GEXF 1.3, for Gephi: ties begin on the day on which they were first published.
    Gexf,
    /// GraphML, for Cytoscape, yEd, NetworkX and others.
    Graphml,
    /// A table in CSV, a row a tie.
    Csv,
}

/// Writes the network around a record, or of all there are. Returns how many ties it has.
pub(super) fn write(
    casebook: &Casebook,
    around: Option<&str>,
    as_of: AsOf,
    form: Form,
    full: bool,
    writer: &mut dyn Write,
) -> anyhow::Result<usize> {
    let around = around.map(|text| typed::mention(casebook, text)).transpose()?;
    if let Some(id) = around {
        in_view(casebook, id, as_of)?;
    }
    let veil: Arc<dyn Veil> = match full {
        true => Arc::new(Open),
        false => Arc::new(Disclosed::gather(casebook)?),
    };
    let catalog = Catalog::load(casebook, as_of, veil)?;
    let gathered = catalog.network(around, usize::MAX)?;
    let caption = catalog.caption(&gathered)?;
    let text = |form| exchange(&gathered.shown, &caption, form);
    match form {
        Form::Gexf => writer.write_all(text(Exchange::Gexf).as_bytes())?,
        Form::Graphml => writer.write_all(text(Exchange::GraphMl).as_bytes())?,
        Form::Csv => write_table(&facts(&gathered.shown), writer)?,
    }
    Ok(gathered.shown.ties.len())
}

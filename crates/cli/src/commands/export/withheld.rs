//! What may be shown to anybody: assertions and judgments in force, without the names withheld.

use std::io::Write;

use throughline_casebook::Casebook;
use throughline_formats::withheld::{self, Numbers, Veil};
use throughline_model::Mention;
use throughline_tell::disclosed::Disclosed;

use super::{Told, judgments_in_order};

pub(super) fn write(casebook: &Casebook, writer: &mut dyn Write) -> anyhow::Result<usize> {
    let disclosed = Disclosed::gather(casebook)?;
    let mut numbers = Numbers::default();
    let mut written = 1;
    writeln!(writer, "{}", withheld::head())?;
    casebook.each_saying::<anyhow::Error>(|saying| {
        let cleaner = disclosed.cleaner(saying.document.id);
        let name = |mention: &Mention| cleaner.name(mention.id, &mention.name);
        let veil = Veil {
            text: &|text| cleaner.text(text),
            author: &|name| cleaner.author(name),
            address: &|url| cleaner.address(url),
            name: &name,
        };
        let published = saying.published.as_ref();
        let line =
            withheld::document(&mut numbers, &saying.document, published, saying.read, &veil);
        writeln!(writer, "{line}")?;
        for mention in &saying.mentions {
            let record = disclosed.record_of.get(&mention.id).copied();
            writeln!(writer, "{}", withheld::mention(&mut numbers, mention, record, &veil))?;
        }
        written += 1 + saying.mentions.len();
        for (at, said) in saying.said.iter().enumerate() {
            if disclosed.carries(&saying, at) {
                let span = said.assertion.passage.span();
                let sentence = span.map(|span| span.of(&saying.document.text));
                let accepted = said.accepted.is_some();
                let line =
                    withheld::assertion(&mut numbers, &said.assertion, sentence, accepted, &veil);
                writeln!(writer, "{line}")?;
                written += 1;
            }
        }
        Ok(())
    })?;
    let everywhere = |words: &str| disclosed.everywhere(words);
    for Told { judgment, in_force, .. } in judgments_in_order(casebook)? {
        if in_force && let Some(line) = withheld::judgment(&mut numbers, &judgment, &everywhere) {
            writeln!(writer, "{line}")?;
            written += 1;
        }
    }
    Ok(written)
}

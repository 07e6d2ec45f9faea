//! One piece of evidence on the terminal.

use throughline_casebook::{EvidenceView, RecordView};
use throughline_model::AsOf;
use throughline_tell::evidence::{source_of, words_of};
use throughline_tell::likelihood;

use crate::output::{plain, say, wrapped};

/// Prints it under a mark such as `for` or `against`.
pub(super) fn say_one(
    mark: &str,
    one: &EvidenceView,
    shown: &RecordView,
    as_of: AsOf,
) -> anyhow::Result<()> {
    const INDENT: &str = "            ";
    say(&wrapped(&words_of(one), &format!("  {mark:<10}"), INDENT))?;
    let outdated = shown.record.superseded.contains(&one.assertion.id);
    let from = plain(&source_of(one, &shown.names, outdated, as_of));
    say(&wrapped(&format!("{from} [{}]", one.assertion.id), INDENT, INDENT))?;
    for line in likelihood::told(&one.sentence) {
        say(&wrapped(&plain(&line), INDENT, INDENT))?;
    }
    Ok(())
}

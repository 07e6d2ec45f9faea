//! What stands beside a count, on the terminal.

use throughline_casebook::{Casebook, Counted, Quoted, Sensitivity, Shift};
use throughline_formats::counts::{NamedDefinition, unit_text};
use throughline_model::AssertionId;
use throughline_tell::beside;
use throughline_tell::counts as words;
use throughline_weigh::count::{Definition, Ground};

use crate::output::{counted as many, namer, plain, say, table, wrapped};

/// Figures that documents quote, and how they differ.
pub(super) fn quoted(all: &[Quoted], counted: &Counted) -> anyhow::Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    say("\nquoted by documents")?;
    for one in all {
        let said = format!("{} [{}]", plain(&beside::quoted(one)), ids(&one.support));
        say(&wrapped(&said, "  ", "    "))?;
        if !one.against.is_empty() {
            say(&wrapped(&format!("against it [{}]", ids(&one.against)), "    ", "      "))?;
        }
        for line in beside::difference(one, counted) {
            say(&wrapped(&line, "    ", "      "))?;
        }
    }
    for line in beside::same_part(all) {
        say(&wrapped(&line, "  ", "    "))?;
    }
    Ok(())
}

fn ids(ids: &[AssertionId]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Another count, and which units stand elsewhere in it.
pub(super) fn against(
    name: &str,
    named: &NamedDefinition,
    other: &Counted,
    shifts: &[Shift],
) -> anyhow::Result<()> {
    let sum = named.definition.sum;
    say(&format!("\nagainst the count {name}"))?;
    for (reading, tally) in [("strict", &other.tallies.strict), ("lenient", &other.tallies.lenient)]
    {
        say(&wrapped(&words::figure(tally, sum), &format!("{reading:8} "), "         "))?;
    }
    match shifts.is_empty() {
        true => say("no unit stands elsewhere")?,
        false => say(&self::shifts(shifts, ["here", "there"]))?,
    }
    Ok(())
}

/// Units that stand elsewhere, with why they do in either count, by what the two are called.
pub(crate) fn shifts(shifts: &[Shift], called: [&str; 2]) -> String {
    let rows: Vec<Vec<String>> = shifts
        .iter()
        .map(|shift| {
            let names = namer(&shift.names);
            let because = |grounds: &[Ground]| {
                let lines: Vec<String> =
                    grounds.iter().map(|one| words::ground(one, &names)).collect();
                lines.join("\n")
            };
            let now = shift.now.map(|now| format!("\nnow {}", unit_text(now)));
            vec![
                format!("{}{}", unit_text(shift.unit), now.unwrap_or_default()),
                shift.name.clone(),
                beside::reading(shift.reading).to_owned(),
                format!("{} → {}", shift.from.name(), shift.to.name()),
                because(&shift.before),
                because(&shift.after),
            ]
        })
        .collect();
    let because = called.map(|which| format!("because, {which}"));
    table(&["id", "name", "reading", "place", &because[0], &because[1]], &rows)
}

/// So many figures without one unit are printed.
const LISTED: usize = 10;

/// On which single units and assertions a count hangs.
pub(super) fn sensitivity(
    casebook: &Casebook,
    sensitivity: &Sensitivity,
    definition: &Definition,
) -> anyhow::Result<()> {
    if !sensitivity.units.is_empty() {
        say("\nif one unit fell")?;
    }
    for one in sensitivity.units.iter().take(LISTED) {
        let [strict, lenient] = beside::figures(&one.tallies, definition);
        let which = match one.units.len() {
            1 => format!("without {}", plain(&one.name)),
            units => format!("without any one of {units}, such as {}", plain(&one.name)),
        };
        say(&wrapped(&format!("{which}: strict {strict}; lenient {lenient}"), "  ", "    "))?;
    }
    let tried = many(sensitivity.tried, "assertion");
    say(&format!("\nif one assertion fell, of {tried} tried"))?;
    if sensitivity.tried < sensitivity.candidates {
        let left = many(sensitivity.candidates - sensitivity.tried, "assertion");
        say(&format!("{left} more not tried; `throughline impact ID` tries one"))?;
    }
    if sensitivity.hanging.is_empty() {
        say("no figure and no member would change with any of them")?;
        return Ok(());
    }
    let rows = sensitivity.hanging.iter().map(|one| -> anyhow::Result<Vec<String>> {
        let [strict, lenient] = beside::figures(&one.tallies, definition);
        let unsettled = if one.tallies.strict.is_final() { "" } else { ", not final" };
        let moves: Vec<String> = one
            .shifts
            .iter()
            .map(|shift| {
                let (from, to) = (shift.from.name(), shift.to.name());
                let reading = beside::reading(shift.reading);
                format!("{}: {from} → {to} ({reading})", plain(&shift.name))
            })
            .collect();
        let said = beside::said(casebook, one.assertion)?;
        Ok(vec![
            format!("{}\n{}", one.assertion, plain(&said)),
            format!("{strict}{unsettled}"),
            lenient,
            moves.join("\n"),
        ])
    });
    let rows = rows.collect::<anyhow::Result<Vec<_>>>()?;
    say(&table(&["without", "strict", "lenient", "moves"], &rows))?;
    Ok(())
}

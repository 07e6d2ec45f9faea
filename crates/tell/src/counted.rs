//! Counts evaluated, and what has become of those that were published.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use throughline_casebook::{Counted, CountedUnit, Move, PROGRAM, PublishedCount, State};
use throughline_formats::counts::{
    self, NamedDefinition, Published, PublishedReading, unit_text, view,
};
use throughline_model::Sha256;
use throughline_weigh::count::{Definition, Reading, Tally};

use crate::beside::{self, Beside};
use crate::counts as figures;
use crate::words::namer;

/// A count, with the `units` that are listed, in the fields that docs/json.md gives.
pub fn json(
    named: &NamedDefinition,
    toml: &str,
    counted: &Counted,
    number: Option<i64>,
    units: &[&CountedUnit],
    beside: &Beside,
) -> serde_json::Value {
    let definition = &named.definition;
    let tally =
        |tally: &Tally| view::tally(tally, &figures::figure(tally, definition.sum), definition.sum);
    let units: Vec<serde_json::Value> = units
        .iter()
        .map(|unit| {
            let names = namer(&unit.names);
            json!({
                "id": unit_text(unit.placing.id),
                "name": unit.name,
                "happened": unit.happened.as_ref().map(ToString::to_string),
                "strict": view::placed(&unit.placing.strict, &names),
                "lenient": view::placed(&unit.placing.lenient, &names),
            })
        })
        .collect();
    json!({
        "name": named.name,
        "title": named.title,
        "question": named.question,
        "sha256": Sha256::of(toml.as_bytes()).to_string(),
        "unit": definition.unit.name(),
        "sum": definition.sum.map(|toll| toll.name()),
        "as_of": counted.as_of.published.map(|day| day.to_string()),
        "recorded_by": counted.as_of.recorded.map(|moment| moment.to_string()),
        "undated": counted.undated,
        "left_out": counted.tallies.left_out,
        "strict": tally(&counted.tallies.strict),
        "lenient": tally(&counted.tallies.lenient),
        "typologies": typologies(definition),
        "nameless": counted.nameless.iter().map(figures::who).collect::<Vec<_>>(),
        "wordless": counted.wordless,
        "slips": counted.slips,
        "units": units,
        "content": counted.head.content.to_string(),
        "head": counted.head.chain.to_string(),
        "program": PROGRAM,
        "published": number,
        "unquoted": beside.unquoted.iter().map(figures::who).collect::<Vec<_>>(),
        "quoted": beside::quoted_json(&beside.quoted, counted),
        "against": beside.shifts.as_ref().map(|shifts| beside::shifts_json(shifts)),
        "hangs_on": beside.sensitivity.as_ref().map(|one| beside::sensitivity_json(one, definition)),
    })
}

/// The typologies that a definition asks for, each once.
fn typologies(definition: &Definition) -> Vec<Json> {
    figures::typologies(definition)
        .into_iter()
        .map(|(typology, sha256)| {
            json!({"name": typology.name, "version": typology.version, "sha256": sha256.to_string()})
        })
        .collect()
}

/// The figures of a count as it was published, the strict one first: "31 to 35 of 38 (4 unknown)".
pub fn published_figures(published: &Published) -> [String; 2] {
    spelled(published, [&published.strict, &published.lenient])
}

/// The figures that a published count gives as it stands, the strict one first.
pub fn figures_today(published: &Published, state: &State) -> [String; 2] {
    spelled(published, [&state.strict, &state.lenient])
}

fn spelled(published: &Published, readings: [&PublishedReading; 2]) -> [String; 2] {
    // A definition that this program cannot read is spelled as a count of units.
    let sum = counts::read(&published.definition.toml).ok().and_then(|named| named.definition.sum);
    readings.map(|reading| figures::published_figure(reading, sum))
}

/// What has become of a published count; of one that moved, with the figures that it gives now.
pub fn state_words(published: &Published, state: &State) -> String {
    let mut parts = Vec::new();
    if let Some(program) = &state.other_program {
        parts.push(format!("made with {program}"));
    }
    if !state.by_program.is_empty() {
        parts.push(format!("counted otherwise by this program: {}", units(&state.by_program)));
    }
    parts.push(match (state.content_changed, units(&state.since)) {
        (false, 0) => "as published".to_owned(),
        (true, 0) => "content changed, nothing moved".to_owned(),
        (false, many) => format!("{many} moved"),
        (true, many) => format!("content changed, {many} moved"),
    });
    let (was, is) = (published_figures(published), figures_today(published, state));
    for (at, reading) in ["strict", "lenient"].into_iter().enumerate() {
        if was[at] != is[at] {
            parts.push(format!("{reading} now {}", is[at]));
        }
    }
    parts.join("\n")
}

/// How many units moved, in one reading or both.
fn units(moves: &[Move]) -> usize {
    moves.iter().map(|moved| moved.unit).collect::<BTreeSet<_>>().len()
}

/// In which reading a unit moved.
pub fn reading(moved: &Move) -> &'static str {
    match moved.reading {
        Reading::Strict => "strict",
        Reading::Lenient => "lenient",
    }
}

/// A published count, in the fields that docs/json.md gives.
pub fn published_json(count: &PublishedCount, state: &Result<State, String>) -> Json {
    let published = &count.published;
    let form: Json = serde_json::from_str(&counts::write_published(published)).unwrap_or_default();
    let moves = |moves: &[Move]| -> Vec<Json> {
        moves
            .iter()
            .map(|moved| {
                json!({
                    "id": unit_text(moved.unit),
                    "reading": reading(moved),
                    "from": moved.from.name(),
                    "to": moved.to.name(),
                    "now": moved.now.map(unit_text),
                })
            })
            .collect()
    };
    let state = match state {
        Ok(state) => json!({
            "stands": state.stands(),
            "strict": figures_today(published, state)[0],
            "lenient": figures_today(published, state)[1],
            "other_program": state.other_program,
            "content_changed": state.content_changed,
            "by_program": moves(&state.by_program),
            "since": moves(&state.since),
        }),
        Err(error) => json!({"error": error}),
    };
    json!({
        "number": count.number,
        "recorded": count.recorded.to_string(),
        "count": form,
        "state": state,
    })
}

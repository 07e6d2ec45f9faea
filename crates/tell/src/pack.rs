//! The evidence pack of a published count: what it asked, where each unit stands and why, and what
//! that rests on, without full texts and without protected names.
//!
//! A pack is one JSON object. [`make`] makes it from the casebook as it stood when the count was
//! published; who is named is decided by what is known today. [`verify`] checks one alone: that it is
//! as it was sealed, and that the figures follow from the places of its units. That a place follows
//! from its sentences is for whoever reads them.
//!
//! Documents and passages carry hashes under a key that only the casebook's owner can make: equal for
//! the same bytes, and of no use to whoever guesses a name.

mod evidence;
mod verify;

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, CountedUnit, Error, PublishedCount, Result};
use throughline_formats::counts::{NamedDefinition, PublishedReading};
use throughline_model::{Day, Edtf, Fingerprint, Sha256};
use throughline_weigh::count::{Ground, Place, Placed, Tally, UnitId};

use crate::counts::{figure, ground_without_ids, typologies};
use crate::readers::Readers;
use crate::words;

pub use verify::{Verdict, title, verify};

use evidence::Evidence;

/// The version of the form of packs.
pub const VERSION: u64 = 1;

/// Makes the pack of a published count.
///
/// # Errors
/// [`Error::Refused`] if the definition or the place of publication names somebody who is protected,
/// or if this program counts otherwise than was published; if the casebook cannot be read.
pub fn make(casebook: &Casebook, count: &PublishedCount) -> Result<Json> {
    casebook.snapshot(|| make_now(casebook, count))
}

fn make_now(casebook: &Casebook, count: &PublishedCount) -> Result<Json> {
    let readers = Readers::gather(casebook)?;
    let published = &count.published;
    let spoken =
        [&published.definition.toml, &published.by, &published.at, &published.definition.name];
    let disclosed = &readers.disclosed;
    let named = spoken.iter().any(|words| disclosed.everywhere(words) != **words);
    if named || disclosed.spelt_in(&published.definition.name) {
        return Err(Error::Refused(
            "the definition of this count, or where it was published, names somebody whose name is \
             withheld, so that no pack of it can be shown; publish it by a definition that names an id"
                .into(),
        ));
    }
    let state = casebook.state_of(count)?;
    if !state.then.is_empty() {
        let units: BTreeSet<UnitId> = state.then.iter().map(|moved| moved.unit).collect();
        let many = units.len();
        return Err(Error::Refused(match (state.elsewhere, state.removed) {
            (true, _) => {
                "this count was published in another casebook, and what came here before it \
                          does not give it; make the pack there"
                    .to_owned()
            }
            (false, 0) => format!(
                "this program places {many} of its units otherwise than {}, with which the count was \
                 published; make the pack with that",
                published.program
            ),
            (false, _) => format!(
                "documents were removed since this count was published, and what is left places {many} \
                 of its units otherwise: it can no longer be made again"
            ),
        }));
    }
    let (named, counted) = casebook.counted_then(count)?;
    let key = casebook.secret(count.number)?;
    // By what is shown: ids are hashes of texts, and would order units by words that are withheld.
    let mut order: Vec<(Day, String, &CountedUnit)> = Vec::new();
    for unit in &counted.units {
        let mut alone = Evidence::new(casebook, &readers, None, counted.as_of);
        let told = unit_json(0, unit, &readers, &mut alone)?;
        let (passages, documents) = alone.close();
        let day = unit.happened.as_ref().map_or(Day::MAX, Edtf::order);
        order.push((day, canonical(&json!([told, passages, documents])), unit));
    }
    order.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    let mut evidence = Evidence::new(casebook, &readers, Some(key), counted.as_of);
    let mut units = Vec::new();
    for (at, (.., unit)) in order.into_iter().enumerate() {
        units.push(unit_json(at + 1, unit, &readers, &mut evidence)?);
    }
    let (passages, documents) = evidence.close();
    let pack = json!({
        "pack": VERSION,
        "count": head(count, &named, [&counted.tallies.strict, &counted.tallies.lenient]),
        "units": units,
        "passages": passages,
        "documents": documents,
    });
    Ok(sealed(pack))
}

/// What was published, as the ledger has it.
fn head(count: &PublishedCount, named: &NamedDefinition, tallies: [&Tally; 2]) -> Json {
    let published = &count.published;
    let sum = named.definition.sum;
    let reading = |reading: &PublishedReading, tally: &Tally| {
        json!({
            "figure": figure(tally, sum),
            "least": reading.figure.0,
            "most": reading.figure.1,
            "of": {"least": reading.denominator.0, "most": reading.denominator.1},
            "marks": reading.marks,
        })
    };
    let typologies = typologies(&named.definition).into_iter().map(|(typology, sha256)| {
        json!({"name": typology.name, "version": typology.version, "sha256": sha256.to_string()})
    });
    json!({
        "number": count.number,
        "recorded": count.recorded.to_string(),
        "by": published.by,
        "at": published.at,
        "draft": published.draft,
        "as_of": published.as_of.published.map(|day| day.to_string()),
        "recorded_by": published.as_of.recorded.map(|moment| moment.to_string()),
        "content": published.content,
        "head": published.head,
        "program": published.program,
        "definition": {
            "name": published.definition.name,
            "toml": published.definition.toml,
            "sha256": Sha256::of(published.definition.toml.as_bytes()).to_string(),
        },
        "typologies": typologies.collect::<Vec<_>>(),
        "strict": reading(&published.strict, tallies[0]),
        "lenient": reading(&published.lenient, tallies[1]),
    })
}

/// One unit: where it stands in either reading, because of which values, and on which passages these
/// rest.
fn unit_json(
    number: usize,
    unit: &CountedUnit,
    readers: &Readers,
    evidence: &mut Evidence,
) -> Result<Json> {
    let id = unit.placing.id;
    let own: Vec<_> = [Some(id.record), id.person].into_iter().flatten().collect();
    let cleaner = readers.disclosed.cleaner_of(&own);
    let names = |mention| {
        let name = unit.names.get(&mention)?;
        Some(readers.name(mention, name).unwrap_or_else(|| crate::redact::WITHHELD.to_owned()))
    };
    let mut placed = |placed: &Placed| -> Result<Json> {
        let mut grounds: Vec<(String, &Ground)> = placed
            .grounds
            .iter()
            .map(|ground| (cleaner.text(&ground_without_ids(ground, &names)), ground))
            .collect();
        grounds.sort_by(|a, b| a.0.cmp(&b.0));
        let mut because = Vec::new();
        for (words, ground) in grounds {
            let support = ground.held.as_ref().map_or(&[][..], |held| &held.support);
            let rests_on = evidence.passages(&own, ground.claim, support)?;
            because.push(json!({"words": words, "rests_on": rests_on}));
        }
        let marks: Vec<&str> = placed.marks.iter().map(|mark| mark.name()).collect();
        Ok(json!({
            "place": placed.place.name(),
            "toll": placed.toll().map(|(least, most)| json!({"least": least, "most": most})),
            "because": because,
            "marks": marks,
        }))
    };
    let (strict, lenient) = (placed(&unit.placing.strict)?, placed(&unit.placing.lenient)?);
    // A person's name stands in it by rule alone; an incident's can hold one.
    let name = readers.name(id.record, &unit.name).map(|name| cleaner.text(&name));
    Ok(json!({
        "unit": number,
        "kind": id.record.kind().name(),
        "name": name,
        "happened": unit.happened.as_ref().map(words::date),
        "strict": strict,
        "lenient": lenient,
    }))
}

/// The pack with the hash of all that stands in it.
fn sealed(mut pack: Json) -> Json {
    let seal = seal(&pack);
    pack["seal"] = json!(seal.to_string());
    pack
}

/// The hash of all that a pack holds but its seal: of its fields in the order of their names, without
/// spaces.
fn seal(pack: &Json) -> Sha256 {
    let mut bare = pack.clone();
    if let Some(object) = bare.as_object_mut() {
        object.remove("seal");
    }
    Sha256::of(canonical(&bare).as_bytes())
}

/// JSON with the fields of each object in the order of their names.
fn canonical(json: &Json) -> String {
    match json {
        Json::Object(fields) => {
            let mut names: Vec<&String> = fields.keys().collect();
            names.sort();
            let fields = names
                .into_iter()
                .map(|name| format!("{}:{}", Json::String(name.clone()), canonical(&fields[name])));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        Json::Array(all) => {
            format!("[{}]", all.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        plain => plain.to_string(),
    }
}

/// A hash under the pack's key, if it has one.
fn keyed(key: Option<Sha256>, what: &str, bytes: &[u8]) -> Option<String> {
    key.map(|key| Fingerprint::new(what).field(&key.0).field(bytes).finish().to_string())
}

/// The place of this name.
fn place_named(name: &str) -> Option<Place> {
    Place::LISTED.into_iter().chain([Place::Outside]).find(|place| place.name() == name)
}

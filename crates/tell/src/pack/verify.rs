//! Checking a pack alone.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use throughline_formats::{counts, typologies};
use throughline_model::{Fingerprint, MentionId, Sha256, SubjectKind, Variable};
use throughline_weigh::count::{Placed, Tally, UnitId};

use super::{VERSION, place_named, seal};
use crate::counts::figure;

/// What came of checking a pack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The seal that its content has.
    pub seal: String,
    /// What was checked and holds.
    pub holds: Vec<String>,
    /// What does not hold, each with its place in the pack.
    pub faults: Vec<String>,
}

/// Checks a pack: its seal, its definition, that its figures follow from the places of its units, and
/// that everything that it refers to is there.
pub fn verify(pack: &Json) -> Verdict {
    let mut verdict = Verdict { seal: seal(pack).to_string(), ..Verdict::default() };
    if pack["pack"].as_u64() != Some(VERSION) {
        verdict.faults.push(format!(
            "pack: this is no evidence pack of version {VERSION}, which this program reads"
        ));
        return verdict;
    }
    let sealed = pack["seal"].as_str() == Some(verdict.seal.as_str());
    verdict.note(
        sealed,
        "its content is what was sealed: it fits the seal that stands in it",
        "seal: its content was changed after it was sealed",
    );
    verdict.definition(pack);
    verdict.references(pack);
    verdict
}

/// Of what count a pack says that it is, in words.
pub fn title(pack: &Json) -> String {
    let count = &pack["count"];
    let text = |key: &str| count[key].as_str().unwrap_or("?").to_owned();
    let day: String = text("recorded").chars().take_while(|letter| *letter != 'T').collect();
    let draft = if count["draft"].as_bool() == Some(true) { ", as a draft" } else { "" };
    format!(
        "the evidence of {}, published as number {} on {day} by {} in {}{draft}",
        count["definition"]["name"].as_str().unwrap_or("?"),
        count["number"],
        text("by"),
        text("at"),
    )
}

impl Verdict {
    fn note(&mut self, holds: bool, yes: &str, no: &str) {
        match holds {
            true => self.holds.push(yes.to_owned()),
            false => self.faults.push(no.to_owned()),
        }
    }

    fn definition(&mut self, pack: &Json) {
        let definition = &pack["count"]["definition"];
        let toml = definition["toml"].as_str().unwrap_or_default();
        let hash = Sha256::of(toml.as_bytes()).to_string();
        self.note(
            definition["sha256"].as_str() == Some(hash.as_str()),
            "its definition has the hash that it gives",
            "count.definition.sha256: this is not the hash of the definition's text",
        );
        let named = match counts::read(toml) {
            Ok(named) => named,
            Err(error) => {
                self.faults.push(format!("count.definition.toml: {error}"));
                return;
            }
        };
        for one in pack["count"]["typologies"].as_array().into_iter().flatten() {
            let name = one["name"].as_str().unwrap_or_default();
            let own = typologies::sha256(name).map(|hash| hash.to_string());
            match own.as_deref() == one["sha256"].as_str() {
                true => self.holds.push(format!("the typology {name} is that of this program")),
                false => self.faults.push(format!(
                    "count.typologies: {name} is another than this program's; a program of its \
                     version has it"
                )),
            }
        }
        for reading in ["strict", "lenient"] {
            self.figure(pack, reading, named.definition.sum);
        }
    }

    /// The figure of a reading, added up from the places of units.
    fn figure(&mut self, pack: &Json, reading: &str, sum: Option<Variable>) {
        let mut tally = Tally::default();
        for (at, unit) in units(pack).enumerate() {
            let placed = &unit[reading];
            let place = placed["place"].as_str().and_then(place_named);
            let Some(place) = place else {
                self.faults.push(format!("units[{at}].{reading}.place: there is no such place"));
                continue;
            };
            let toll = placed["toll"]["least"]
                .as_u64()
                .map(|least| (least, placed["toll"]["most"].as_u64()));
            let key = Fingerprint::new("unit of a pack").number(at as u64);
            let id = UnitId { record: MentionId::of(SubjectKind::Incident, key), person: None };
            tally.add(id, &Placed::adding(place, toll), sum.is_some());
        }
        let told = &pack["count"][reading];
        let (least, most) = tally.range();
        let whole = tally.denominator();
        let same = told["figure"].as_str() == Some(figure(&tally, sum).as_str())
            && told["least"].as_u64() == Some(least)
            && told["most"].as_u64() == most
            && told["of"]["least"].as_u64() == Some(whole.least)
            && told["of"]["most"].as_u64() == whole.most;
        let figure = figure(&tally, sum);
        self.note(
            same,
            &format!("the {reading} figure follows from its units: {figure}"),
            &format!("count.{reading}: its units give {figure}"),
        );
    }

    /// Whether all that is referred to is there, and all that is there is referred to.
    fn references(&mut self, pack: &Json) {
        let numbers = |list: &str, name: &str| -> BTreeSet<u64> {
            let all = pack[list].as_array().into_iter().flatten();
            all.filter_map(|one| one[name].as_u64()).collect()
        };
        let (passages, documents) =
            (numbers("passages", "passage"), numbers("documents", "document"));
        let mut cited = BTreeSet::new();
        for unit in units(pack) {
            for reading in ["strict", "lenient"] {
                let because = unit[reading]["because"].as_array().into_iter().flatten();
                let rests =
                    because.flat_map(|one| one["rests_on"].as_array().into_iter().flatten());
                cited.extend(rests.filter_map(Json::as_u64));
            }
        }
        self.note(
            cited == passages,
            &format!(
                "every passage on which units rest is there, and no other: {}",
                passages.len()
            ),
            "passages: they are not those on which units rest",
        );
        let all = pack["passages"].as_array().into_iter().flatten();
        let cited: BTreeSet<u64> = all.filter_map(|one| one["document"].as_u64()).collect();
        self.note(
            cited == documents,
            &format!(
                "every document of these passages is named, and no other: {}",
                documents.len()
            ),
            "documents: they are not those of the passages",
        );
    }
}

fn units(pack: &Json) -> impl Iterator<Item = &Json> {
    pack["units"].as_array().into_iter().flatten()
}

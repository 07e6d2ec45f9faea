//! Definitions saved and counts published, as the ledger holds them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use throughline_model::{AsOf, Day, Edtf, Instant, MentionId};
use throughline_weigh::count::{Mark, Place, Tally, UnitId};

use crate::FormatError;

/// A definition in the ledger: its text as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    /// What it is called.
    pub name: String,
    /// Its text.
    pub toml: String,
}

/// A published count: ids and figures, no names of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The definition.
    pub definition: Saved,
    /// Who published it.
    pub by: String,
    /// Where: the title of the article, the page.
    pub at: String,
    /// Whether it was published as a draft, with marks.
    pub draft: bool,
    /// The dates of the view.
    pub as_of: AsOf,
    /// The content hash.
    pub content: String,
    /// The head.
    pub head: String,
    /// The program and its version.
    pub program: String,
    /// Resting on findings only.
    pub strict: PublishedReading,
    /// Resting on proposals too.
    pub lenient: PublishedReading,
}

/// One reading of a published count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishedReading {
    /// The least and the most of the figure.
    pub figure: (u64, Option<u64>),
    /// The least and the most of the denominator.
    pub denominator: (u64, Option<u64>),
    /// The marks.
    pub marks: BTreeSet<String>,
    /// Where each unit stands.
    pub members: BTreeMap<UnitId, Place>,
}

impl PublishedReading {
    /// The reading of a tally whose units stand where `members` says.
    pub fn of(tally: &Tally, members: BTreeMap<UnitId, Place>) -> PublishedReading {
        let whole = tally.denominator();
        PublishedReading {
            figure: tally.range(),
            denominator: (whole.least, whole.most),
            marks: tally.marks().keys().map(|mark| Mark::name(*mark).to_owned()).collect(),
            members,
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PublishedForm {
    definition: Saved,
    by: String,
    at: String,
    draft: bool,
    as_of: AsOfForm,
    content: String,
    head: String,
    program: String,
    strict: ReadingForm,
    lenient: ReadingForm,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AsOfForm {
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recorded: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadingForm {
    figure: RangeForm,
    of: RangeForm,
    marks: BTreeSet<String>,
    members: BTreeMap<String, Vec<String>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RangeForm {
    least: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    most: Option<u64>,
}

impl From<(u64, Option<u64>)> for RangeForm {
    fn from((least, most): (u64, Option<u64>)) -> RangeForm {
        RangeForm { least, most }
    }
}

/// A unit's id as text: a record's, or an incident's and a person's with a slash between.
pub fn unit_text(unit: UnitId) -> String {
    match unit.person {
        Some(person) => format!("{}/{person}", unit.record),
        None => unit.record.to_string(),
    }
}

fn unit_of(text: &str) -> Result<UnitId, FormatError> {
    let id =
        |text: &str| text.parse::<MentionId>().map_err(|error| FormatError::new(error.to_string()));
    Ok(match text.split_once('/') {
        Some((record, person)) => UnitId { record: id(record)?, person: Some(id(person)?) },
        None => UnitId { record: id(text)?, person: None },
    })
}

impl From<&PublishedReading> for ReadingForm {
    fn from(reading: &PublishedReading) -> ReadingForm {
        let mut members: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (unit, place) in &reading.members {
            members.entry(place.name().to_owned()).or_default().push(unit_text(*unit));
        }
        ReadingForm {
            figure: reading.figure.into(),
            of: reading.denominator.into(),
            marks: reading.marks.clone(),
            members,
        }
    }
}

impl TryFrom<ReadingForm> for PublishedReading {
    type Error = FormatError;

    fn try_from(form: ReadingForm) -> Result<PublishedReading, FormatError> {
        let mut members = BTreeMap::new();
        for (name, units) in form.members {
            let place = Place::from_name(&name)
                .ok_or_else(|| FormatError::new(format!("{name:?} is no place in a count")))?;
            for unit in units {
                members.insert(unit_of(&unit)?, place);
            }
        }
        Ok(PublishedReading {
            figure: (form.figure.least, form.figure.most),
            denominator: (form.of.least, form.of.most),
            marks: form.marks,
            members,
        })
    }
}

/// A saved definition as a JSON object.
pub fn write_saved(saved: &Saved) -> String {
    // Writing to memory fails only for maps with keys that are no strings; there are none.
    serde_json::to_string(saved).unwrap_or_default()
}

/// The definition in a JSON object.
///
/// # Errors
/// [`FormatError`] if the text is no JSON object of this form.
pub fn read_saved(json: &str) -> Result<Saved, FormatError> {
    Ok(serde_json::from_str(json)?)
}

/// A published count as a JSON object.
pub fn write_published(published: &Published) -> String {
    let form = PublishedForm {
        definition: published.definition.clone(),
        by: published.by.clone(),
        at: published.at.clone(),
        draft: published.draft,
        as_of: AsOfForm {
            published: published.as_of.published.map(|day| day.to_string()),
            recorded: published.as_of.recorded.map(|moment| moment.to_string()),
        },
        content: published.content.clone(),
        head: published.head.clone(),
        program: published.program.clone(),
        strict: (&published.strict).into(),
        lenient: (&published.lenient).into(),
    };
    // Writing to memory fails only for maps with keys that are no strings; there are none.
    serde_json::to_string(&form).unwrap_or_default()
}

/// The published count in a JSON object.
///
/// # Errors
/// [`FormatError`] if the text is no JSON object of this form.
pub fn read_published(json: &str) -> Result<Published, FormatError> {
    let form: PublishedForm = serde_json::from_str(json)?;
    let day = |text: String| -> Result<Day, FormatError> {
        let date: Edtf =
            text.parse().map_err(|_| FormatError::new(format!("{text:?} is no day")))?;
        Ok(date.latest())
    };
    let moment = |text: String| -> Result<Instant, FormatError> {
        text.parse().map_err(|_| FormatError::new(format!("{text:?} is no moment")))
    };
    Ok(Published {
        definition: form.definition,
        by: form.by,
        at: form.at,
        draft: form.draft,
        as_of: AsOf {
            published: form.as_of.published.map(day).transpose()?,
            recorded: form.as_of.recorded.map(moment).transpose()?,
        },
        content: form.content,
        head: form.head,
        program: form.program,
        strict: form.strict.try_into()?,
        lenient: form.lenient.try_into()?,
    })
}

#[cfg(test)]
mod tests {
    use throughline_model::{Fingerprint, SubjectKind};

    use super::*;

    #[test]
    fn a_published_count_reads_back_as_it_was_written() {
        let id = |kind, number| MentionId::of(kind, Fingerprint::new("test").number(number));
        let unit = |number| UnitId {
            record: id(SubjectKind::Incident, number),
            person: (number > 1).then(|| id(SubjectKind::Person, number)),
        };
        let reading = PublishedReading {
            figure: (1, Some(3)),
            denominator: (4, None),
            marks: BTreeSet::from(["proposal".to_owned()]),
            members: BTreeMap::from([(unit(0), Place::In), (unit(2), Place::Apart)]),
        };
        let published = Published {
            definition: Saved { name: "n".into(), toml: "name = 'n'".into() },
            by: "A coder".into(),
            at: "The Merton Quarterly".into(),
            draft: true,
            as_of: AsOf { published: Day::from_ymd(1894, 6, 24), recorded: Some(Instant(1_001)) },
            content: "c".into(),
            head: "h".into(),
            program: "throughline 1".into(),
            strict: reading.clone(),
            lenient: PublishedReading::default(),
        };
        assert_eq!(read_published(&write_published(&published)), Ok(published));
        let error = read_published("{\"colour\": 1}").unwrap_err();
        assert!(error.to_string().contains("unknown field"));
        assert!(unit_of("doc-000000000000").is_err());
    }
}

//! An assertion that somebody enters by hand: it is filed as a reading of its document and accepted.
//!
//! `throughline add` and the form beside a document's text come here. No clock: who calls says when
//! it is.

use throughline_casebook::{Casebook, Disposition, Item, Listed, Stored, normal};
use throughline_model::{
    Act, AsOf, Assertion, AssertionId, Document, DocumentId, Edtf, Instant, Judgment, JudgmentId,
    Mention, MentionId, Passage, Reading, Sha256, Span, Speaker, Stance, SubjectKind, Value,
    Variable, Voice, ZoneRole,
};

use crate::typed::{self, Error, Result, mistyped};
use crate::verdict::remarks::unlisted;

/// Where it is said. Ids are as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In words of a document that stand there once.
    Words {
        /// The document.
        document: String,
        /// The words, letter for letter.
        words: String,
    },
    /// In a stretch of a document's text, in letters as a page shows them.
    Stretch {
        /// The document.
        document: String,
        /// The byte from which letters are counted.
        at: u32,
        /// The first letter.
        from: u32,
        /// The letter after the last.
        to: u32,
    },
    /// At a place of a document whose text is not held.
    Cited {
        /// The document.
        document: String,
        /// Page, paragraph, folio.
        place: String,
    },
    /// At a place of a work that becomes a document without text.
    Work {
        /// Author, title, year.
        work: String,
        /// Page, paragraph, folio.
        place: String,
        /// When it was published.
        published: Option<Edtf>,
    },
}

/// Of whom it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A record that the document mentions, by its id.
    Known(String),
    /// A new one, as `KIND:NAME`.
    New(String),
}

/// An assertion to enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it is said.
    pub place: Place,
    /// Of whom.
    pub subject: Subject,
    /// What of it.
    pub variable: String,
    /// In relation to whom.
    pub party: Option<String>,
    /// What it is said to be; another record by its id or as `KIND:NAME`.
    pub value: String,
    /// Who says it in the document: a record's id, or a description.
    pub speaker: Option<String>,
    /// How far the speaker stands behind it.
    pub stance: Stance,
    /// How it was obtained, where that is said.
    pub obtained: Option<String>,
    /// Who enters it.
    pub by: String,
    /// When.
    pub made: Instant,
    /// Why.
    pub reason: String,
}

/// What was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    /// The assertion.
    pub assertion: Assertion,
    /// The judgment that accepts it.
    pub judgment: Judgment,
    /// Whether it is new; else the same person had entered the same before.
    pub new: bool,
    /// What whoever entered it may not have meant, in words.
    pub remarks: Vec<String>,
}

/// Enters an assertion. Records that it touches are not yet settled.
///
/// # Errors
/// If something typed names nothing or does not fit; as [`Casebook::judge`].
pub fn enter(casebook: &mut Casebook, entry: &Entry) -> Result<Entered> {
    if entry.by.trim().is_empty() || entry.reason.trim().is_empty() {
        return mistyped("an assertion by hand needs the name of who enters it, and a reason");
    }
    let (document, passage, zone) = passage(casebook, &entry.place)?;
    let mut mentions = Vec::new();
    let mut new = |text: &str| -> Result<Option<MentionId>> {
        let Some((kind, name)) = text.split_once(':') else { return Ok(None) };
        let kind = SubjectKind::from_name(kind).filter(|_| !name.trim().is_empty());
        let Some(kind) = kind else { return Ok(None) };
        let mention = Mention::new(kind, document, passage.clone(), name.trim());
        let id = mention.id;
        named_otherwise(casebook, &mention, &mentions)?;
        mentions.push(mention);
        Ok(Some(id))
    };
    let mut carried = None;
    let subject = match &entry.subject {
        Subject::Known(id) => {
            let mention = subject_in(casebook, document, typed::mention(casebook, id)?)?;
            let id = mention.id;
            carried = Some(mention);
            id
        }
        Subject::New(text) => new(text)?.ok_or_else(|| {
            Error::Mistyped(format!(
                "{text:?} is not KIND:NAME; the kinds are incident, set, claim, person, group, \
                 outlet, channel and place"
            ))
        })?,
    };
    let variable = typed::variable(&entry.variable)?;
    let value = match new(&entry.value)? {
        Some(id) => Value::Mention(id),
        None => match typed::value(casebook, variable, &entry.value)? {
            Value::Mention(id) => Value::Mention(other_in(casebook, document, id)?),
            value => value,
        },
    };
    if value.shape() != variable.shape() {
        return mistyped(format!("{} is not said with such a value", variable.name()));
    }
    casebook.check_entered(variable, &value)?;
    let party = match entry.party.as_deref() {
        None => None,
        Some(text) => Some(match new(text)? {
            Some(id) => id,
            None => other_in(casebook, document, typed::mention(casebook, text)?)?,
        }),
    };
    if let Some(why) = variable.refuses(subject, Some(&value), party) {
        return mistyped(why);
    }
    if let (Variable::PartOf, Value::Mention(whole)) = (variable, &value)
        && casebook
            .weighed(subject, AsOf::default())?
            .is_some_and(|own| own.mentions.contains(whole))
    {
        return mistyped(format!("{whole} and {subject} are one record, and no part of itself"));
    }
    let speakers = speakers(casebook, document, entry)?;
    mentions.extend(carried);
    let assertion = Assertion {
        id: AssertionId::from_bits(0),
        document,
        passage,
        zone,
        speakers,
        subject,
        variable,
        party,
        value,
        obtained: entry.obtained.clone(),
        repeats: None,
        certainty: 100,
    }
    .sealed();
    let judgment = Judgment {
        id: JudgmentId::from_bits(0),
        by: entry.by.clone(),
        made: entry.made,
        reason: entry.reason.clone(),
        cites: vec![],
        supersedes: vec![],
        act: Act::Accept(assertion.id),
    }
    .sealed();
    let reading = Reading { mentions, assertions: vec![assertion.clone()], notes: vec![] };
    casebook.file(&[(document, &format!("hand:{}", entry.by), &reading)])?;
    let new = casebook.judge(&judgment)? == Disposition::Entered;
    let unlisted = unlisted(casebook, assertion.variable, Some(&assertion.value))?;
    let remarks = unlisted.into_iter().collect();
    Ok(Entered { assertion, judgment, new, remarks })
}

/// Records that go by the name of the one on which something was entered, and are others than it.
/// Records must be settled.
///
/// # Errors
/// If the casebook cannot be read.
pub fn namesakes(casebook: &Casebook, entered: &Assertion) -> Result<Vec<Listed>> {
    const LOOKED_AT: usize = 20;
    let Some(own) = casebook.bare(entered.subject, AsOf::default())? else { return Ok(Vec::new()) };
    let own = own.record;
    let found = casebook.named(own.id.kind(), &own.name, AsOf::default(), LOOKED_AT)?;
    let same_name = |other: &Listed| normal(&other.name) == normal(&own.name);
    Ok(found.into_iter().filter(|other| other.id != own.id && same_name(other)).collect())
}

/// Refuses a new mention of words that are one already under another name: a mention is known by where
/// it stands, so the new name would be given to whoever the words are of.
fn named_otherwise(casebook: &Casebook, new: &Mention, others: &[Mention]) -> Result<()> {
    let readings = casebook.readings(new.document)?;
    let held = readings.iter().flat_map(|reading| &reading.mentions).chain(others);
    let same_name = |other: &Mention| normal(&other.name) == normal(&new.name);
    match held.into_iter().find(|other| other.id == new.id && !same_name(other)) {
        Some(other) => mistyped(format!(
            "these words are {} already, {}: name that one by its id, or take the words on which {} \
             is mentioned",
            other.name, other.id, new.name
        )),
        None => Ok(()),
    }
}

/// A document that stands for a work whose text is not held.
fn cited_work(work: &str, published: Option<Edtf>) -> Document {
    let sha256 = Sha256::of(format!("cited work\n{work}").as_bytes());
    Document { title: Some(work.to_owned()), published, ..Document::bare(sha256) }
}

/// The document's own voice, and who speaks in it. What is written as an id is no description: where it
/// names nothing, it was mistyped.
fn speakers(casebook: &Casebook, document: DocumentId, entry: &Entry) -> Result<Vec<Speaker>> {
    let speaker = |voice, stance| Speaker { voice, stance, cue: None };
    let Some(who) = &entry.speaker else { return Ok(vec![speaker(Voice::Document, entry.stance)]) };
    let voice = match typed::mention(casebook, who) {
        Ok(id) => Voice::Mention(other_in(casebook, document, id)?),
        Err(error) if typed::is_written_as_id(who) => return Err(error),
        Err(_) => Voice::Described(who.clone()),
    };
    Ok(vec![speaker(Voice::Document, Stance::Asserted), speaker(voice, entry.stance)])
}

/// The document, the place in it, and what part of it that is; a cited work becomes a document
/// without text.
fn passage(casebook: &mut Casebook, place: &Place) -> Result<(DocumentId, Passage, ZoneRole)> {
    let held = |id: &str| -> Result<Document> {
        let id = typed::document(casebook, id)?;
        let held = casebook.document(id)?;
        held.ok_or_else(|| Error::Mistyped(format!("there is no document {id}")))
    };
    let (document, span) = match place {
        Place::Work { work, .. } if work.trim().is_empty() => {
            return mistyped("a cited work needs its author, title and year");
        }
        Place::Work { work, place, published } => {
            let document = cited_work(work, published.clone());
            let item = Item { document: &document, bytes: &[], pictures: &[], reading: None };
            if let [Stored::OtherDate { held }] = &casebook.store(&[item])?[..] {
                let held = held.as_deref().unwrap_or("unknown");
                return mistyped(format!(
                    "this work is here with the date {held}; leave out --published, or change the date with \
                     `throughline judge dated {}`",
                    document.id
                ));
            }
            let passage = Passage::Cited { work: work.clone(), place: place.clone() };
            return Ok((document.id, passage, ZoneRole::Body));
        }
        Place::Cited { document, place } => {
            let Document { id, title, .. } = held(document)?;
            let work = title.unwrap_or_else(|| id.to_string());
            return Ok((id, Passage::Cited { work, place: place.clone() }, ZoneRole::Body));
        }
        Place::Words { document, words } => {
            let document = held(document)?;
            let span = the_only(&document, words)?;
            (document, span)
        }
        Place::Stretch { document, at, from, to } => {
            let document = held(document)?;
            let span = stretch(&document.text, *at, *from, *to).ok_or_else(|| {
                Error::Mistyped(format!(
                    "these words do not stand in {}; select them again",
                    document.id
                ))
            })?;
            (document, span)
        }
    };
    let zone = document.zones.iter().find(|zone| zone.span.overlaps(span));
    Ok((document.id, Passage::Text(span), zone.map_or(ZoneRole::Body, |zone| zone.role)))
}

/// Where words stand in a document, if they stand there once.
fn the_only(document: &Document, words: &str) -> Result<Span> {
    let id = document.id;
    if words.trim().is_empty() {
        return mistyped("no words were given; copy them from the document");
    }
    let mut found = document.text.match_indices(words);
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Ok(Span::new(at, at + words.len())),
        (Some(_), Some(_)) => {
            mistyped(format!("these words stand more than once in {id}; give more of the sentence"))
        }
        (None, _) => mistyped(format!(
            "these words do not stand in {id}; copy them from `throughline show {id} --text`"
        )),
    }
}

/// The bytes of a stretch that is given in letters from a byte on, without the space around it.
/// As on a page (`terminal::letters`), the two bytes of a carriage return and a line feed are one.
fn stretch(text: &str, at: u32, from: u32, to: u32) -> Option<Span> {
    let rest = text.get(at as usize..).filter(|_| from < to)?;
    let shown = rest.char_indices().filter(|(byte, _)| !rest[*byte..].starts_with("\r\n"));
    // A line break of two bytes begins at its first.
    let starts = shown.map(|(byte, letter)| match letter {
        '\n' if rest[..byte].ends_with('\r') => byte - 1,
        _ => byte,
    });
    let bounds: Vec<usize> = starts
        .chain([rest.len()])
        .enumerate()
        .filter(|(letter, _)| [from as usize, to as usize].contains(letter))
        .map(|(_, byte)| byte)
        .collect();
    let &[from, to] = bounds.as_slice() else { return None };
    let words = &rest[from..to];
    let own = words.trim();
    let start = at as usize + from + (words.len() - words.trim_start().len());
    (!own.is_empty()).then(|| Span::new(start, start + own.len()))
}

/// The mention by which a document speaks of a record: the one named, if it stands there, else the
/// record's first there; `None` if the document does not speak of it.
fn in_document(
    casebook: &Casebook,
    document: DocumentId,
    named: MentionId,
) -> Result<Option<Mention>> {
    let readings = casebook.readings(document)?;
    let mut own: Vec<&Mention> = readings.iter().flat_map(|reading| &reading.mentions).collect();
    if let Some(named) = own.iter().find(|mention| mention.id == named) {
        return Ok(Some((*named).clone()));
    }
    let Some(record) = casebook.weighed(named, AsOf::default())? else { return Ok(None) };
    own.retain(|mention| record.mentions.contains(&mention.id));
    // A record's mentions are in order of publication, and within a document in order of the text.
    own.sort_by_key(|mention| record.mentions.iter().position(|id| *id == mention.id));
    Ok(own.first().map(|mention| (*mention).clone()))
}

/// The mention by which a document speaks of a record that an assertion is on, which must stand there.
fn subject_in(casebook: &Casebook, document: DocumentId, named: MentionId) -> Result<Mention> {
    if let Some(mention) = in_document(casebook, document, named)? {
        return Ok(mention);
    }
    let (kind, name) = match casebook.weighed(named, AsOf::default())? {
        Some(record) => (named.kind().name(), record.name),
        None => (named.kind().name(), "NAME".to_owned()),
    };
    mistyped(format!(
        "{document} does not speak of {named} ({name}). If these words do, enter it with --new \
         {kind}:NAME, as the document calls it, in place of --subject, and then join the two with \
         `throughline judge same`"
    ))
}

/// The mention by which a document speaks of a record that is the value, a party or a speaker; the one
/// named, where it does not.
fn other_in(casebook: &Casebook, document: DocumentId, named: MentionId) -> Result<MentionId> {
    Ok(in_document(casebook, document, named)?.map_or(named, |mention| mention.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_a_page_are_bytes_of_a_text() {
        let text = "Ä b\r\nc\u{202e}d ";
        let words = |at, from, to| stretch(text, at, from, to).map(|span| span.of(text));
        assert_eq!(words(0, 0, 1), Some("Ä"));
        assert_eq!(words(0, 2, 5), Some("b\r\nc"), "a line break is one letter");
        assert_eq!(words(3, 0, 1), Some("b"), "counted from a byte");
        assert_eq!(words(0, 4, 8), Some("c\u{202e}d"), "space around it is left out");
        for (at, from, to) in [(0, 1, 2), (0, 2, 2), (0, 3, 2), (0, 2, 99), (1, 0, 1), (99, 0, 1)] {
            assert_eq!(words(at, from, to), None, "{at} {from} {to}");
        }
    }
}

//! `throughline add`

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use serde_json::json;
use throughline_casebook::{Casebook, Item};
use throughline_model::{
    Act, Assertion, AssertionId, Document, DocumentId, Edtf, Judgment, JudgmentId, Mention,
    MentionId, Passage, Reading, Sha256, Span, Speaker, Stance, SubjectKind, Voice, ZoneRole,
};

use crate::commands::judge::now;
use crate::commands::open;
use crate::ids;
use crate::output::{Output, print_json, say};
use crate::values;

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// The document that says it.
    #[arg(long, value_name = "ID", required_unless_present = "work")]
    document: Option<String>,
    /// The words of the document that say it, exactly as they stand there.
    #[arg(long, value_name = "WORDS", requires = "document")]
    words: Option<String>,
    /// A work whose text is not held: author, title, year.
    #[arg(long, value_name = "TEXT", requires = "place")]
    work: Option<String>,
    /// The place in the work: page, paragraph, folio.
    #[arg(long, value_name = "TEXT")]
    place: Option<String>,
    /// When the work was published.
    #[arg(long, value_name = "DATE", requires = "work")]
    published: Option<Edtf>,
    /// The record that it is said of.
    #[arg(long, value_name = "ID", required_unless_present = "new")]
    subject: Option<String>,
    /// A new record that it is said of, as KIND:NAME, such as `person:Émile Henry`.
    #[arg(long, value_name = "KIND:NAME", conflicts_with = "subject")]
    new: Option<String>,
    /// What is said of it.
    #[arg(long, value_name = "NAME")]
    variable: String,
    /// In relation to whom.
    #[arg(long, value_name = "ID")]
    party: Option<String>,
    /// What it is said to be; another record by its id, or as KIND:NAME.
    #[arg(long, value_name = "VALUE")]
    value: String,
    /// Who says it in the document: a record's id, or a description.
    #[arg(long, value_name = "WHO")]
    speaker: Option<String>,
    /// How far the speaker stands behind it: asserted, hedged, questioned, unknown, denied.
    #[arg(long, value_name = "STANCE", default_value = "asserted", value_parser = stance)]
    stance: Stance,
    /// How it was obtained, where that is said.
    #[arg(long, value_name = "TEXT")]
    obtained: Option<String>,
    /// Who enters it.
    #[arg(long, value_name = "NAME", env = "THROUGHLINE_BY")]
    by: String,
    /// Why.
    #[arg(long, value_name = "TEXT", default_value = "entered by hand")]
    reason: String,
}

fn stance(name: &str) -> Result<Stance, String> {
    Stance::from_name(name)
        .ok_or_else(|| "it is asserted, hedged, questioned, unknown or denied".to_owned())
}

pub(crate) fn run(path: &Path, command: &Add, output: Output) -> anyhow::Result<ExitCode> {
    let mut casebook = match command.work {
        Some(_) => Casebook::open_or_create(path)?,
        None => open(path)?,
    };
    let (document, passage) = passage(&mut casebook, command)?;
    let mut mentions = Vec::new();
    let mut new = |text: &str| -> anyhow::Result<Option<MentionId>> {
        let Some((kind, name)) = text.split_once(':') else { return Ok(None) };
        let Some(kind) = SubjectKind::from_name(kind) else { return Ok(None) };
        let mention = Mention::new(kind, document, passage.clone(), name.trim());
        let id = mention.id;
        mentions.push(mention);
        Ok(Some(id))
    };
    let subject = match (&command.subject, &command.new) {
        (Some(id), _) => ids::mention(&casebook, id)?,
        (None, Some(text)) => new(text)?.with_context(|| {
            format!("{text:?} is not KIND:NAME; the kinds are incident, set, claim, person, group, outlet, channel and place")
        })?,
        (None, None) => bail!("name the record with --subject or --new"),
    };
    let variable = values::variable(&command.variable)?;
    let value = match new(&command.value)? {
        Some(id) => throughline_model::Value::Mention(id),
        None => values::parse(&casebook, variable, &command.value)?,
    };
    if value.shape() != variable.shape() {
        bail!("{} is not said with such a value", variable.name());
    }
    if !variable.subjects().contains(&subject.kind()) {
        bail!("{} is not said of {}s", variable.name(), subject.kind().name());
    }
    casebook.check_entered(variable, &value)?;
    let party = command.party.as_deref().map(|id| ids::mention(&casebook, id)).transpose()?;
    carry(&casebook, document, subject, &mut mentions)?;
    let mut speakers = vec![Speaker {
        voice: Voice::Document,
        stance: if command.speaker.is_none() { command.stance } else { Stance::Asserted },
        cue: None,
    }];
    if let Some(who) = &command.speaker {
        let voice = match ids::mention(&casebook, who) {
            Ok(id) => Voice::Mention(id),
            Err(_) => Voice::Described(who.clone()),
        };
        speakers.push(Speaker { voice, stance: command.stance, cue: None });
    }
    let said = Assertion {
        id: AssertionId::from_bits(0),
        document,
        passage,
        zone: ZoneRole::Body,
        speakers,
        subject,
        variable,
        party,
        value,
        obtained: command.obtained.clone(),
        repeats: None,
        certainty: 100,
    }
    .sealed();
    let reading = Reading { mentions, assertions: vec![said.clone()], notes: vec![] };
    casebook.file(&[(document, &format!("hand:{}", command.by), &reading)])?;
    let accept = Judgment {
        id: JudgmentId::from_bits(0),
        by: command.by.clone(),
        made: now(),
        reason: command.reason.clone(),
        cites: vec![],
        supersedes: vec![],
        act: Act::Accept(said.id),
    }
    .sealed();
    casebook.judge(&accept)?;
    casebook.settle(|_| {})?;
    if output.json {
        print_json(&json!([{
            "assertion": said.id.to_string(),
            "subject": subject.to_string(),
            "document": document.to_string(),
            "judgment": accept.id.to_string(),
        }]))?;
    } else {
        say(&format!("{} on {subject} is entered", said.id))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The document and the place in it; a cited work becomes a document without text.
fn passage(casebook: &mut Casebook, command: &Add) -> anyhow::Result<(DocumentId, Passage)> {
    if let Some(work) = &command.work {
        let place = command.place.clone().context("a cited work needs --place")?;
        let document = cited_work(work, command.published.clone());
        casebook.store(&[Item {
            document: &document,
            bytes: &[],
            pictures: &[],
            reading: None,
        }])?;
        return Ok((document.id, Passage::Cited { work: work.clone(), place }));
    }
    let id = command.document.as_deref().context("name the document with --document")?;
    let id = ids::document(casebook, id)?;
    let document = casebook.document(id)?.with_context(|| format!("there is no document {id}"))?;
    let Some(words) = &command.words else {
        if let Some(place) = &command.place {
            let work = document.title.unwrap_or_else(|| id.to_string());
            return Ok((id, Passage::Cited { work, place: place.clone() }));
        }
        bail!("give the words of the document that say it with --words");
    };
    let mut found = document.text.match_indices(words.as_str());
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Ok((id, Passage::Text(Span::new(at, at + words.len())))),
        (Some(_), Some(_)) => {
            bail!("these words stand more than once in {id}; give more of the sentence")
        }
        (None, _) => {
            bail!("these words do not stand in {id}; copy them from `throughline show {id} --text`")
        }
    }
}

/// A document that stands for a work whose text is not held.
pub(crate) fn cited_work(work: &str, published: Option<Edtf>) -> Document {
    let sha256 = Sha256::of(format!("cited work\n{work}").as_bytes());
    Document { title: Some(work.to_owned()), published, ..Document::bare(sha256) }
}

/// A subject of another document gets a mention here too, so that the two can be joined; one of
/// this document is used as it is.
fn carry(
    casebook: &Casebook,
    document: DocumentId,
    subject: MentionId,
    mentions: &mut Vec<Mention>,
) -> anyhow::Result<()> {
    if mentions.iter().any(|mention| mention.id == subject) {
        return Ok(());
    }
    let readings = casebook.readings(document)?;
    let own = readings.iter().flat_map(|reading| &reading.mentions).find(|m| m.id == subject);
    match own {
        Some(mention) => {
            mentions.push(mention.clone());
            Ok(())
        }
        None => bail!(
            "{subject} is not mentioned in {document}; add it with --new KIND:NAME, and join the \
             two with `throughline judge same`"
        ),
    }
}

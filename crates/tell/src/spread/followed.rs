//! The documents on the way, and the people they speak of.

use std::collections::{BTreeMap, BTreeSet};

use throughline_casebook::{Casebook, Result};
use throughline_model::{AsOf, DocumentId, MentionId, Relation, Sha256, SubjectKind};
use throughline_picture::ALIKE;

use super::people::{self, Person};
use super::{Asked, Spread, Today, name_words};
use crate::naming::{accuses, corrects};
use crate::record::{status, status_of};

/// A picture, those like it, and the messages that pass on or answer one that has it.
pub(super) fn picture(casebook: &Casebook, asked: Asked, as_of: AsOf) -> Result<Spread> {
    let mut pictures: BTreeMap<Sha256, u32> = BTreeMap::new();
    if let Asked::Picture { sha256, likeness } = &asked {
        pictures.insert(*sha256, 0);
        if let Some(likeness) = likeness {
            pictures.extend(casebook.alike(likeness, ALIKE)?);
        }
    }
    let mut documents: BTreeSet<DocumentId> = BTreeSet::new();
    for sha256 in pictures.keys() {
        documents.extend(casebook.documents_with(*sha256)?);
    }
    let mut open: Vec<DocumentId> = documents.iter().copied().collect();
    while let Some(id) = open.pop() {
        for other in around(casebook, id, as_of)? {
            if documents.insert(other) {
                open.push(other);
            }
        }
    }
    let (steps, undated) = casebook.steps(&documents, as_of)?;
    let mut found: BTreeMap<MentionId, Person> = BTreeMap::new();
    for step in &steps {
        for row in casebook.assertions(as_of, Some(step.row.id), None, usize::MAX)? {
            let said = &row.evidence.assertion;
            if !accuses(said) && !corrects(said) {
                continue;
            }
            for mention in people::persons(said) {
                people::add(casebook, mention, as_of, false, &mut found)?;
            }
        }
    }
    namesakes(casebook, as_of, &mut found)?;
    let people: Vec<Person> = found.into_values().collect();
    let today = today(casebook, &people, as_of)?;
    Ok(Spread { asked, as_of, steps, undated, pictures, people, today })
}

/// The documents that pass on or answer one, in view.
fn around(casebook: &Casebook, id: DocumentId, as_of: AsOf) -> Result<Vec<DocumentId>> {
    let Some(document) = casebook.document(id)? else { return Ok(Vec::new()) };
    let mut found = casebook.referring(&document, Relation::Forwards)?;
    found.extend(casebook.referring(&document, Relation::Answers)?);
    let Some(source) = &document.source else { return Ok(found) };
    for other in casebook.passing_on(source)? {
        let Some(passing) = casebook.document(other)? else { continue };
        let passed = casebook.passed(&passing, as_of)?;
        if passed.iter().any(|one| one.held == Some(id)) {
            found.push(other);
        }
    }
    Ok(found)
}

/// Adds the records that go by the same full name as one on the way: a correction must be seen
/// beside the accusation before anybody has judged that both are on one person.
fn namesakes(
    casebook: &Casebook,
    as_of: AsOf,
    found: &mut BTreeMap<MentionId, Person>,
) -> Result<()> {
    let names: BTreeSet<Vec<String>> = found.values().map(|one| name_words(&one.name)).collect();
    let is_full = |name: &str| name.split(' ').filter(|word| begins_a_name(word)).count() > 1;
    for row in casebook.listed(SubjectKind::Person, as_of, usize::MAX)? {
        if is_full(&row.name) && names.contains(&name_words(&row.name)) {
            people::add(casebook, row.id, as_of, true, found)?;
        }
    }
    Ok(())
}

/// Who goes by one of these names today and is not among these people.
fn today(casebook: &Casebook, people: &[Person], as_of: AsOf) -> Result<Vec<Today>> {
    if as_of.is_present() {
        return Ok(Vec::new());
    }
    let names: BTreeSet<Vec<String>> = people.iter().map(|one| name_words(&one.name)).collect();
    let mut found = Vec::new();
    for row in casebook.listed(SubjectKind::Person, AsOf::default(), usize::MAX)? {
        let known = people.iter().any(|one| {
            let present = one.present.as_ref().unwrap_or(&one.shown);
            present.record.mentions.contains(&row.id)
        });
        if known || !names.contains(&name_words(&row.name)) {
            continue;
        }
        if let Some(shown) = casebook.record(row.id, AsOf::default())?
            && shown.record.holdings.iter().any(|held| status_of(held.variable))
        {
            found.push(Today { id: row.id, name: row.name, status: status(&shown) });
        }
    }
    Ok(found)
}

fn begins_a_name(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// People of one name: every document that mentions one of them, or has the name as it stands.
pub(super) fn people(casebook: &Casebook, mentions: Vec<MentionId>, as_of: AsOf) -> Result<Spread> {
    let mut found = BTreeMap::new();
    for mention in &mentions {
        people::add(casebook, *mention, as_of, false, &mut found)?;
    }
    namesakes(casebook, as_of, &mut found)?;
    let people: Vec<Person> = found.into_values().collect();
    let mut documents: BTreeSet<DocumentId> = BTreeSet::new();
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for one in &people {
        documents.extend(&one.documents);
        names.insert(&one.name);
    }
    for name in names {
        const MOST: usize = 1_000;
        let hits = casebook.search(&format!("\"{}\"", name.replace('"', " ")), as_of, MOST)?;
        documents.extend(hits.into_iter().map(|hit| hit.document.id));
    }
    let (steps, undated) = casebook.steps(&documents, as_of)?;
    let today = today(casebook, &people, as_of)?;
    let asked = Asked::People(mentions);
    Ok(Spread { asked, as_of, steps, undated, pictures: BTreeMap::new(), people, today })
}

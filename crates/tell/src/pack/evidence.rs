//! The passages and documents of a pack, each once, numbered as they come.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use throughline_casebook::{Casebook, EvidenceView, RecordView, Result};
use throughline_model::{AsOf, AssertionId, DocumentId, MentionId, Passage, Sha256};

use super::{canonical, keyed};
use crate::evidence::remarks;
use crate::readers::Readers;
use crate::words::{self, namer};

/// A piece of evidence, and the names that it refers to.
struct Found {
    view: EvidenceView,
    names: BTreeMap<MentionId, String>,
}

pub(super) struct Evidence<'c> {
    casebook: &'c Casebook,
    readers: &'c Readers,
    /// Under which hashes are made; without it there are none.
    key: Option<Sha256>,
    as_of: AsOf,
    /// The records asked for.
    records: BTreeMap<MentionId, Option<RecordView>>,
    numbers: BTreeMap<AssertionId, usize>,
    passages: Vec<Json>,
    document_numbers: BTreeMap<DocumentId, usize>,
    documents: Vec<Json>,
}

impl<'c> Evidence<'c> {
    pub(super) fn new(
        casebook: &'c Casebook,
        readers: &'c Readers,
        key: Option<Sha256>,
        as_of: AsOf,
    ) -> Evidence<'c> {
        Evidence {
            casebook,
            readers,
            key,
            as_of,
            records: BTreeMap::new(),
            numbers: BTreeMap::new(),
            passages: Vec::new(),
            document_numbers: BTreeMap::new(),
            documents: Vec::new(),
        }
    }

    /// The numbers of the passages that say something of a unit or of a claim about it. What readers
    /// may not see is left out.
    pub(super) fn passages(
        &mut self,
        unit: &[MentionId],
        claim: Option<MentionId>,
        assertions: &[AssertionId],
    ) -> Result<Vec<usize>> {
        let mut numbers = BTreeSet::new();
        let mut new: Vec<(String, Found)> = Vec::new();
        for id in assertions.iter().filter(|id| self.readers.carries(**id)) {
            if let Some(number) = self.numbers.get(id) {
                numbers.insert(*number);
            } else if let Some(found) = self.find(unit.iter().copied().chain(claim), *id)? {
                // Numbered by what is shown: ids would order passages by words that are withheld.
                let told =
                    canonical(&json!([self.passage(0, 0, None, &found), self.told(&found)?]));
                new.push((told, found));
            }
        }
        new.sort_by(|a, b| a.0.cmp(&b.0));
        for (_, found) in new {
            let number = self.passages.len() + 1;
            self.numbers.insert(found.view.assertion.id, number);
            let document = self.document(&found)?;
            self.passages.push(self.passage(number, document, self.key, &found));
            numbers.insert(number);
        }
        Ok(numbers.into_iter().collect())
    }

    /// What is known of an assertion on one of some records.
    fn find(
        &mut self,
        records: impl Iterator<Item = MentionId>,
        id: AssertionId,
    ) -> Result<Option<Found>> {
        for record in records {
            if !self.records.contains_key(&record) {
                let view = self.casebook.record(record, self.as_of)?;
                self.records.insert(record, view);
            }
            let view = self.records.get(&record).and_then(Option::as_ref);
            let found = view.and_then(|view| {
                let (view, names) = (view.evidence.get(&id)?.clone(), view.names.clone());
                Some(Found { view, names })
            });
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    fn passage(
        &self,
        number: usize,
        document: usize,
        key: Option<Sha256>,
        Found { view: one, names }: &Found,
    ) -> Json {
        let said = &one.assertion;
        let clean = |words: &str| self.readers.words_of(said.document, words);
        let shown: BTreeMap<MentionId, String> = names
            .iter()
            .map(|(id, name)| {
                let shown = self.readers.name(*id, name);
                (*id, shown.unwrap_or_else(|| crate::redact::WITHHELD.to_owned()))
            })
            .collect();
        let shown = namer(&shown);
        let cleaner = self.readers.disclosed.cleaner(said.document);
        let source = one.source.as_deref().map(|source| cleaner.author(source));
        let speakers = words::speakers(&said.speakers, source.as_deref(), &shown);
        let (sentence, cited) = match &said.passage {
            Passage::Text(_) => (Some(clean(&one.sentence)), None),
            Passage::Cited { work, place } => {
                (None, Some(json!({"work": clean(work), "place": clean(place)})))
            }
        };
        // Ids in remarks would tell what they are hashes of.
        let remarks = remarks(one, false, self.as_of).into_iter();
        let remarks = remarks.filter(|remark| !remark.contains("ast-")).map(|one| clean(&one));
        json!({
            "passage": number,
            "document": document,
            "sentence": sentence,
            "cited": cited,
            "page": one.page,
            "says": clean(&words::assertion(said, &shown)),
            "speakers": clean(&speakers),
            "remarks": remarks.collect::<Vec<_>>(),
            "keyed": keyed(key, "passage", &said.id.bits().to_be_bytes()),
        })
    }

    /// The number of the document of a passage.
    fn document(&mut self, found: &Found) -> Result<usize> {
        let id = found.view.assertion.document;
        if let Some(number) = self.document_numbers.get(&id) {
            return Ok(*number);
        }
        let number = self.documents.len() + 1;
        let sha256 = self.casebook.document(id)?.map(|document| document.sha256);
        let mut told = self.told(found)?;
        told["document"] = json!(number);
        told["keyed"] = json!(sha256.and_then(|one| keyed(self.key, "document", &one.0)));
        self.documents.push(told);
        self.document_numbers.insert(id, number);
        Ok(number)
    }

    /// What is shown of the document of a passage.
    fn told(&self, Found { view: one, .. }: &Found) -> Result<Json> {
        let id = one.assertion.document;
        let document = self.casebook.document(id)?;
        let cleaner = self.readers.disclosed.cleaner(id);
        let url = document.as_ref().and_then(|document| document.url.as_deref());
        Ok(json!({
            "source": one.source.as_deref().map(|source| cleaner.author(source)),
            "title": one.title.as_deref().and_then(|title| self.readers.title(id, title)),
            "published": one.published.as_ref().map(words::date),
            "url": url.and_then(|url| self.readers.address(id, url)),
        }))
    }

    /// All passages and documents.
    pub(super) fn close(self) -> (Vec<Json>, Vec<Json>) {
        (self.passages, self.documents)
    }
}

//! Documents by the dates that people gave them: what "on Wednesday" means hangs on the day of
//! publication, so that a document whose date a judgment changes is read again.

use std::collections::{BTreeMap, BTreeSet};

use throughline_flow::{READER, read_document};
use throughline_model::{Act, AsOf, AssertionId, Document, DocumentId, Edtf, Judgment};

use crate::casebook::Casebook;
use crate::error::Result;

impl Casebook {
    /// The dates of publication that judgments in force give documents.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn dates_given(&self) -> Result<BTreeMap<DocumentId, Edtf>> {
        let standing = self.standing(AsOf::default())?;
        let date = |document| Some((document, standing.dated(document)?.clone()));
        Ok(standing.all_dated().filter_map(date).collect())
    }

    /// A document with the date of publication in force, as readers should see it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn document_dated(&self, id: DocumentId) -> Result<Option<Document>> {
        let standing = self.standing(AsOf::default())?;
        let given = standing.dated(id).cloned();
        Ok(self.document(id)?.map(|document| match given {
            Some(date) => Document { published: Some(date), ..document },
            None => document,
        }))
    }

    /// The documents whose date of publication a judgment gives, or gave and no longer does.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn dated_by(&self, judgment: &Judgment) -> Result<BTreeSet<DocumentId>> {
        let mut found = BTreeSet::new();
        let (mut open, mut met) = (vec![judgment.clone()], BTreeSet::new());
        while let Some(one) = open.pop() {
            if let Act::Dated { document, .. } = one.act {
                found.insert(document);
            }
            for id in one.supersedes {
                if met.insert(id) {
                    open.extend(self.judgment(id)?.map(|(judgment, ..)| judgment));
                }
            }
        }
        Ok(found)
    }

    /// Reads a document again with the date in force, as a new reading by the same reader, and says
    /// how many of its assertions are other ones than before. `None` where this reader has not read
    /// it. Records that it touches are not yet settled.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn read_again(&mut self, id: DocumentId) -> Result<Option<usize>> {
        let filed = self.filed(id)?;
        let Some((_, before)) = filed
            .iter()
            .rfind(|(reader, _)| !throughline_flow::by_hand(reader))
            .filter(|(reader, _)| reader == READER)
        else {
            return Ok(None);
        };
        let Some(document) = self.document_dated(id)? else { return Ok(None) };
        let reading = read_document(&document);
        let known: BTreeSet<AssertionId> = before.assertions.iter().map(|said| said.id).collect();
        let own: BTreeSet<AssertionId> = reading.assertions.iter().map(|said| said.id).collect();
        // What came, or what went, if that is more.
        let other = own.difference(&known).count().max(known.difference(&own).count());
        self.file(&[(id, READER, &reading)])?;
        Ok(Some(other))
    }
}

//! What pages for readers may show of a casebook: names, words and evidence, as exports give them.

use std::collections::{BTreeMap, BTreeSet};

use throughline_casebook::{Casebook, Error, RecordView, Result};
use throughline_model::{AssertionId, Basis, DocumentId, Holding, MentionId, Value, Variable};

use crate::disclosed::Disclosed;
use crate::naming::{Bearing, bearing};

/// What may be shown, decided once for one state of a casebook.
#[derive(Debug, Default)]
pub struct Readers {
    /// Who may be named.
    pub disclosed: Disclosed,
    /// The mentions of each record, by the id that it shows.
    mentions_of: BTreeMap<MentionId, Vec<MentionId>>,
    /// What no page carries: what a source took back, and unjudged accusations of people who are
    /// named because they speak in public, with whatever shares a sentence with these.
    silent: BTreeSet<AssertionId>,
    /// The documents that anybody or anything has read.
    read: BTreeSet<DocumentId>,
}

impl Readers {
    /// Goes through the whole casebook twice: who is named decides what is carried.
    ///
    /// # Errors
    /// If the casebook cannot be read. Its records must be settled.
    pub fn gather(casebook: &Casebook) -> Result<Readers> {
        let disclosed = Disclosed::gather(casebook)?;
        let (mut silent, mut read) = (BTreeSet::new(), BTreeSet::new());
        casebook.each_saying::<Error>(|saying| {
            read.extend(saying.read.then_some(saying.document.id));
            let left = (0..saying.said.len()).filter(|at| !disclosed.carries(&saying, *at));
            silent.extend(left.map(|at| saying.said[at].assertion.id));
            Ok(())
        })?;
        let mut mentions_of: BTreeMap<MentionId, Vec<MentionId>> = BTreeMap::new();
        for (mention, record) in &disclosed.record_of {
            mentions_of.entry(*record).or_default().push(*mention);
        }
        Ok(Readers { disclosed, mentions_of, silent, read })
    }

    /// The name to show for the record of a mention; `None` where it is withheld.
    pub fn name(&self, mention: MentionId, name: &str) -> Option<String> {
        let record = self.disclosed.record_of.get(&mention);
        let own = [mention];
        let mentions = record.and_then(|record| self.mentions_of.get(record));
        self.disclosed.cleaner_of(mentions.map_or(&own[..], Vec::as_slice)).name(mention, name)
    }

    /// Words of one document.
    pub fn words_of(&self, document: DocumentId, words: &str) -> String {
        self.disclosed.cleaner(document).text(words)
    }

    /// A document's headline: of one that nobody has read, nobody knows whom it names.
    pub fn title(&self, document: DocumentId, title: &str) -> Option<String> {
        self.read.contains(&document).then(|| self.words_of(document, title))
    }

    /// An address, unless it could spell a withheld name.
    pub fn address(&self, document: DocumentId, url: &str) -> Option<String> {
        let known = self.read.contains(&document);
        known.then(|| self.disclosed.cleaner(document).address(url)).flatten()
    }

    /// Whether pages carry an assertion.
    pub fn carries(&self, assertion: AssertionId) -> bool {
        !self.silent.contains(&assertion)
    }

    /// Takes out of a record what pages do not carry. A value that rests on nothing else and that
    /// nobody has judged goes with it, and so does one put forward instead that accuses somebody.
    pub fn trim(&self, view: &mut RecordView) {
        view.evidence.retain(|id, _| self.carries(*id));
        let record = &mut view.record;
        record.superseded.retain(|id| self.carries(*id));
        for held in &mut record.holdings {
            held.against.retain(|id| self.carries(*id));
            held.rivals.retain(|rival| !accuses(held.variable, rival.as_ref()));
        }
        record.holdings.retain_mut(|held| {
            let said = held.support.len();
            held.support.retain(|id| self.carries(*id));
            !is_proposed(held) || said == 0 || !held.support.is_empty()
        });
    }
}

fn is_proposed(held: &Holding) -> bool {
    matches!(held.basis, Basis::Proposal(_))
}

/// Whether a value accuses its subject, or whom it names.
fn accuses(variable: Variable, value: Option<&Value>) -> bool {
    let named = matches!(variable, Variable::Perpetrator | Variable::IdentifiedAs);
    let accused = bearing(variable, value);
    named || accused.iter().any(|one| matches!(one, Bearing::Accused | Bearing::Convicted))
}

//! The network of all records as of two dates: what ties them, since when, on whose word.
//!
//! Records are visited one block after the other; of each, only what ties it is held.

use std::collections::{BTreeMap, BTreeSet};

use throughline_connect::{
    Circumstance, Identity, Network, Subject, Weakness, Word, kind_of, puts_forward, tied,
};
use throughline_flow::{derive, in_view};
use throughline_model::{
    AsOf, Assertion, AssertionId, Basis, Day, DocumentId, Edtf, Holding, Join, JudgmentId,
    MentionId, Record, Stance, SubjectKind, Value, ValueShape, Variable, Voice, Wording,
};
use throughline_resolve::normal;
use throughline_weigh::Standing;

use crate::casebook::Casebook;
use crate::derived::blocks::Loaded;
use crate::error::Result;
use crate::ledger::judged::Judged;

/// What ties the records of a casebook, as of two dates.
#[derive(Clone, Debug)]
pub struct Tied {
    /// Records, ties and identities.
    pub network: Network,
    /// The names of records, by the ids that they show.
    pub names: BTreeMap<MentionId, String>,
    /// How many documents are in view.
    pub documents: u64,
    /// How many publishers they have; a document of which nobody knows who published it is one.
    pub publishers: u64,
    /// How many documents are left out because they are undated.
    pub undated: u64,
}

impl Casebook {
    /// The network of all records in view.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn tied(&self, as_of: AsOf) -> Result<Tied> {
        self.snapshot(|| self.tied_now(as_of))
    }

    fn tied_now(&self, as_of: AsOf) -> Result<Tied> {
        let (standing, judged) = (self.standing(as_of)?, self.judged()?);
        let mut gathering = Gathering::new(&standing, &judged);
        let (rows, undated) = self.documents(as_of, usize::MAX)?;
        for row in &rows {
            if let Some(since) = row.since.as_ref() {
                gathering.published.insert(row.id, since.latest());
            }
        }
        // What cites a document counts from its day on, also once it was removed.
        let gone = judged.tombstones().all().filter(|(_, _, recorded)| as_of.recalls(*recorded));
        let gone = gone.filter_map(|(document, since, _)| {
            Some((document, standing.dated(document).or(since)?.latest()))
        });
        gathering.published.extend(gone);
        // Every block: each key begins with the letters of its kind.
        self.each_closed("", "~", as_of, |loaded| {
            gathering.blocks(loaded, as_of);
            Ok(())
        })?;
        let publishers: BTreeSet<&str> =
            rows.iter().filter_map(|row| row.source.as_deref()).collect();
        let unnamed = rows.iter().filter(|row| row.source.is_none()).count();
        let (network, names) = gathering.finish();
        Ok(Tied {
            network,
            names,
            documents: rows.len() as u64,
            publishers: (publishers.len() + unnamed) as u64,
            undated,
        })
    }
}

/// Who spoke first, before it is known which mentions are one subject.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum First {
    Paper(String),
    Unknown(DocumentId),
    Mention(MentionId),
    Described(String, String),
}

/// An assertion in view, as far as ties need it.
struct Heard<'l> {
    said: &'l Assertion,
    published: Option<&'l Edtf>,
    source: Option<&'l str>,
    wording: Option<Wording>,
}

impl Heard<'_> {
    /// The day by which it was public.
    fn day(&self) -> Day {
        self.published.map_or(Day::MAX, Edtf::latest)
    }

    fn voice(&self) -> First {
        let paper = || self.source.map(str::to_owned);
        let unknown = First::Unknown(self.said.document);
        match self.said.speakers.last().map(|speaker| &speaker.voice) {
            Some(Voice::Mention(id)) => First::Mention(*id),
            Some(Voice::Described(words)) => {
                let paper = paper().unwrap_or_else(|| self.said.document.to_string());
                First::Described(paper, words.clone())
            }
            _ => paper().map_or(unknown, First::Paper),
        }
    }

    /// Whether every speaker says it without reserve.
    fn is_firm(&self) -> bool {
        match (self.said.value.shape(), self.said.weakest()) {
            // A yes or no says what a denial comes to.
            (ValueShape::Answer, stance) => !matches!(stance, Stance::Hedged | Stance::Questioned),
            (_, stance) => stance == Stance::Asserted,
        }
    }
}

/// All that ties records, as it is collected.
struct Gathering<'s> {
    standing: &'s Standing,
    judged: &'s Judged,
    /// Since when the documents in view are public.
    published: BTreeMap<DocumentId, Day>,
    names: BTreeMap<MentionId, String>,
    /// Since when each record is public.
    public: BTreeMap<MentionId, Day>,
    record_of: BTreeMap<MentionId, MentionId>,
    subjects: Vec<Subject>,
    words: Vec<(Word, First)>,
    identities: Vec<Identity>,
    circumstances: Vec<Circumstance>,
}

impl<'s> Gathering<'s> {
    fn new(standing: &'s Standing, judged: &'s Judged) -> Gathering<'s> {
        Gathering {
            standing,
            judged,
            published: BTreeMap::new(),
            names: BTreeMap::new(),
            public: BTreeMap::new(),
            record_of: BTreeMap::new(),
            subjects: Vec::new(),
            words: Vec::new(),
            identities: Vec::new(),
            circumstances: Vec::new(),
        }
    }

    /// Takes in the records of whole blocks.
    fn blocks(&mut self, loaded: &Loaded, as_of: AsOf) {
        let locals = loaded.all();
        let records = derive(&locals, loaded.folded(), self.standing, as_of);
        let seen: Vec<_> =
            locals.iter().filter_map(|local| in_view(local, self.standing, as_of)).collect();
        let mut heard: BTreeMap<MentionId, Vec<Heard>> = BTreeMap::new();
        let mut document_of: BTreeMap<MentionId, DocumentId> = BTreeMap::new();
        for local in &seen {
            document_of.extend(local.mentions.iter().map(|mention| (mention.id, local.document)));
            for said in &local.assertions {
                heard.entry(said.subject).or_default().push(Heard {
                    said,
                    published: local.published.as_ref(),
                    source: local.source.as_deref(),
                    wording: local.wording_of(said),
                });
            }
        }
        for record in records {
            let own = record.mentions.iter().filter_map(|id| heard.get(id)).flatten();
            let own: BTreeMap<AssertionId, &Heard> = own.map(|one| (one.said.id, one)).collect();
            self.record(&record, &own, &document_of);
        }
    }

    fn record(
        &mut self,
        record: &Record,
        own: &BTreeMap<AssertionId, &Heard>,
        document_of: &BTreeMap<MentionId, DocumentId>,
    ) {
        self.names.insert(record.id, record.name.clone());
        let public = record.first_published.as_ref().map_or(Day::MAX, Edtf::latest);
        self.public.insert(record.id, public);
        self.record_of.extend(record.mentions.iter().map(|mention| (*mention, record.id)));
        // The mention whose id is shown comes first.
        let others = record.mentions.iter().filter(|mention| **mention != record.id);
        let mentions = std::iter::once(&record.id).chain(others).copied().collect();
        self.subjects.push(Subject { mentions });
        for join in &record.joins {
            let identity = self.identity(join, document_of);
            self.identities.push(identity);
        }
        let mut held: BTreeSet<AssertionId> = BTreeSet::new();
        for holding in &record.holdings {
            held.extend(self.held(record, holding, own));
            self.circumstance(record, holding);
        }
        for (id, one) in own.iter().filter(|(id, _)| !held.contains(*id)) {
            let Some(tied) = kind_of(one.said).filter(|tied| !tied.denies) else { continue };
            if tied.kind.class().is_none() || !puts_forward(one.said) {
                continue;
            }
            let word = Word {
                from: one.said.subject,
                to: tied.other,
                kind: tied.kind,
                assertion: Some(*id),
                finding: None,
                day: one.day(),
                hindsight: false,
                until: self.until(record, one, own),
                voice: 0,
                document: Some(one.said.document),
                wording: one.wording,
                weakness: Weakness {
                    contested: false,
                    hedged: !one.is_firm(),
                    unreviewed: self.standing.accepted(*id).is_none(),
                },
                held: false,
            };
            self.words.push((word, one.voice()));
        }
    }

    /// The words behind a value that ties its record; returns the assertions among them.
    fn held(
        &mut self,
        record: &Record,
        holding: &Holding,
        own: &BTreeMap<AssertionId, &Heard>,
    ) -> Vec<AssertionId> {
        let Some(tied) = tied(holding).filter(|tied| !tied.denies) else { return Vec::new() };
        if tied.kind.class().is_none() {
            return Vec::new();
        }
        let reviewed = holding.basis.is_reviewed();
        let finding = match holding.basis {
            Basis::Finding(judgment) => Some(judgment),
            Basis::Accepted(_) | Basis::Proposal(_) => None,
        };
        let mut told = Vec::new();
        for id in &holding.support {
            let Some(one) = own.get(id) else { continue };
            let Some(said) = kind_of(one.said).filter(|said| !said.denies) else { continue };
            let word = Word {
                from: one.said.subject,
                to: said.other,
                kind: said.kind,
                assertion: Some(*id),
                finding,
                day: one.day(),
                hindsight: false,
                until: Day::MAX,
                voice: 0,
                document: Some(one.said.document),
                wording: one.wording,
                weakness: Weakness {
                    contested: holding.contested,
                    hedged: !one.is_firm(),
                    unreviewed: !reviewed && self.standing.accepted(*id).is_none(),
                },
                held: true,
            };
            self.words.push((word, one.voice()));
            told.push(*id);
        }
        // A person's finding stands also where no assertion in view says the same.
        if let Some(judgment) = finding
            && told.is_empty()
        {
            let word = Word {
                from: record.id,
                to: tied.other,
                kind: tied.kind,
                assertion: None,
                finding,
                day: self.counts_from(judgment),
                hindsight: self.counts_from(judgment) == Day::MIN,
                until: Day::MAX,
                voice: 0,
                document: None,
                wording: None,
                weakness: Weakness { contested: holding.contested, ..Weakness::default() },
                held: true,
            };
            self.words.push((word, First::Described("finding".to_owned(), judgment.to_string())));
        }
        told
    }

    /// Since when all that a judgment cites was public: always, if it cites nothing; not known, if
    /// something of it is undated.
    fn counts_from(&self, judgment: JudgmentId) -> Day {
        let Some((judgment, _)) = self.judged.get(judgment) else { return Day::MAX };
        let days = judgment.cites.iter().map(|cited| self.published.get(cited));
        days.map(|day| day.copied().unwrap_or(Day::MAX)).max().unwrap_or(Day::MIN)
    }

    fn identity(&self, join: &Join, document_of: &BTreeMap<MentionId, DocumentId>) -> Identity {
        let known = join.since.as_ref().map(Edtf::latest);
        let day = match (known, join.judgment) {
            (Some(day), _) => day,
            (None, Some(judgment)) => self.counts_from(judgment),
            (None, None) => Day::MAX,
        };
        let document = |mention| document_of.get(mention);
        Identity {
            a: join.mention,
            b: join.to,
            day,
            reason: join.reason.clone(),
            judgment: join.judgment,
            within_document: join.judgment.is_none()
                && document(&join.mention) == document(&join.to),
        }
    }

    /// The day from which words that are not held no longer stood: taken back by their source, or
    /// replaced by a later word of the same speaker on the same question.
    fn until(&self, record: &Record, one: &Heard, own: &BTreeMap<AssertionId, &Heard>) -> Day {
        if let Some(withdrawal) = self.standing.withdrawn(one.said.id) {
            return withdrawal.on.latest();
        }
        if !record.superseded.contains(&one.said.id) {
            return Day::MAX;
        }
        let voice = one.voice();
        let later = own.values().filter(|other| {
            other.said.variable == one.said.variable
                && other.day() > one.day()
                && other.voice() == voice
        });
        later.map(|other| other.day()).min().unwrap_or(Day::MAX)
    }

    /// What is held of an incident that others may share by chance, in words.
    fn circumstance(&mut self, record: &Record, holding: &Holding) {
        use Variable as V;
        let wanted = matches!(holding.variable, V::Type | V::Target | V::TargetType | V::Weapon);
        let words = match &holding.value {
            Some(value) if value.leaves_type_open() => return,
            Some(Value::Text(words) | Value::Term(words)) => normal(words),
            _ => return,
        };
        if record.id.kind() == SubjectKind::Incident && wanted && !words.is_empty() {
            let (of, variable) = (record.id, holding.variable);
            let said = holding.support.clone();
            self.circumstances.push(Circumstance { of, variable, words, said });
        }
    }

    /// The network, with voices numbered in the order of who speaks.
    fn finish(mut self) -> (Network, BTreeMap<MentionId, String>) {
        for (word, voice) in &mut self.words {
            if let First::Mention(id) = voice {
                *id = self.record_of.get(id).copied().unwrap_or(*id);
            }
            // Nobody sees a tie to somebody before he is in the news.
            if word.assertion.is_none() {
                let record = |mention| self.record_of.get(mention);
                let ends = [&word.from, &word.to].into_iter().filter_map(record);
                let public = ends.filter_map(|record| self.public.get(record));
                word.day = public.copied().max().map_or(word.day, |day| word.day.max(day));
            }
        }
        let speakers: BTreeSet<&First> = self.words.iter().map(|(_, voice)| voice).collect();
        let numbers: BTreeMap<&First, u32> = speakers.into_iter().zip(0..).collect();
        let mut words: Vec<Word> = self
            .words
            .iter()
            .map(|(word, voice)| Word { voice: numbers[voice], ..word.clone() })
            .collect();
        // In an order that does not hang on that of blocks.
        words.sort_by_key(|word| (word.from, word.to, word.kind, word.assertion));
        self.identities.sort_by_key(|identity| (identity.a, identity.b));
        self.circumstances.sort_by(|one, other| {
            (one.of, one.variable, &one.words).cmp(&(other.of, other.variable, &other.words))
        });
        let network = Network::new(self.subjects, words, self.identities, self.circumstances);
        (network, self.names)
    }
}

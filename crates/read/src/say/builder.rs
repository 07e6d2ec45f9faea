//! Collects what the rules find, and puts it in order.
//!
//! Rules name things by tokens; the builder turns these into mentions and
//! assertions: one mention for equal words at one place, the whole sentence as
//! the passage, the speakers of the clause that says it. At the end everything is
//! in text order, and each mention's antecedent is the first of its chain.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use throughline_model::{
    Answer, Assertion, AssertionId, Document, Edtf, Fingerprint, Mention, MentionId, Note,
    NoteKind, Passage, Reading, Span, Speaker, Stance, SubjectKind, Value, Variable, Voice,
    ZoneRole,
};

use super::speech::{Clause, Said, Who};
use crate::analysis::{Analysis, Quote, Sentence};

/// How many quotations back one is looked for that others are nested in.
const NESTED: usize = 8;

/// Mentions, assertions and notes of one document, as the rules find them.
pub(crate) struct Builder<'a> {
    document: &'a Document,
    analysis: &'a Analysis,
    clauses: &'a [Clause],
    mentions: Vec<Entry>,
    by_place: BTreeMap<(SubjectKind, Span), usize>,
    by_id: BTreeMap<MentionId, usize>,
    names: Vec<Option<MentionId>>,
    /// Whether what is said at a token is taken for granted.
    granted: Vec<bool>,
    assertions: Vec<Assertion>,
    said: BTreeSet<AssertionId>,
    notes: Vec<Note>,
}

struct Entry {
    mention: Mention,
    span: Span,
    /// The entry that stands for the same subject; itself at the root of a chain.
    same: usize,
}

impl<'a> Builder<'a> {
    /// A builder without mentions.
    pub(crate) fn new(
        document: &'a Document,
        analysis: &'a Analysis,
        clauses: &'a [Clause],
    ) -> Builder<'a> {
        Builder {
            document,
            analysis,
            clauses,
            mentions: Vec::new(),
            by_place: BTreeMap::new(),
            by_id: BTreeMap::new(),
            names: vec![None; analysis.names.len()],
            granted: vec![false; analysis.tokens.len()],
            assertions: Vec::new(),
            said: BTreeSet::new(),
            notes: Vec::new(),
        }
    }

    /// The document's day of publication.
    pub(crate) fn published(&self) -> Option<Edtf> {
        self.document.published.clone()
    }

    /// The mention of `analysis.names[name]`, one with the name it is the same as.
    ///
    /// # Panics
    /// If there is no such name: the rules only pass on what the analysis gave.
    pub(crate) fn name(&mut self, name: usize) -> MentionId {
        if let Some(id) = self.names[name] {
            return id;
        }
        let found = &self.analysis.names[name];
        let (kind, tokens, same_as) = (found.kind, found.tokens.clone(), found.same_as);
        let entry = self.enter(kind, tokens);
        let id = self.mentions[entry].mention.id;
        self.names[name] = Some(id);
        if let Some(earlier) = same_as.filter(|&earlier| earlier < name) {
            let earlier = self.name(earlier);
            self.join(earlier, id);
        }
        id
    }

    /// The mention of something that the text describes with these tokens.
    pub(crate) fn described(&mut self, kind: SubjectKind, tokens: Range<usize>) -> MentionId {
        let entry = self.enter(kind, tokens);
        self.mentions[entry].mention.id
    }

    /// The same, shown in words that are not the text's own: "Westminster attack" for what
    /// "the Westminster attacker" presupposes.
    pub(crate) fn shown(
        &mut self,
        kind: SubjectKind,
        tokens: Range<usize>,
        words: String,
    ) -> MentionId {
        let entry = self.enter(kind, tokens);
        self.mentions[entry].mention.name = words;
        self.mentions[entry].mention.id
    }

    /// The mention of what `earlier` stands for, in other words.
    pub(crate) fn refer(
        &mut self,
        earlier: MentionId,
        kind: SubjectKind,
        tokens: Range<usize>,
    ) -> MentionId {
        let id = self.described(kind, tokens);
        self.join(earlier, id);
        id
    }

    /// Makes two mentions of one kind stand for one subject.
    pub(crate) fn join(&mut self, a: MentionId, b: MentionId) {
        if let (Some(&a), Some(&b)) = (self.by_id.get(&a), self.by_id.get(&b))
            && self.mentions[a].mention.kind() == self.mentions[b].mention.kind()
        {
            let (a, b) = (self.root(a), self.root(b));
            self.mentions[a.max(b)].same = a.min(b);
        }
    }

    /// Whether two mentions stand for one subject.
    pub(crate) fn same(&self, a: MentionId, b: MentionId) -> bool {
        match (self.by_id.get(&a), self.by_id.get(&b)) {
            (Some(&a), Some(&b)) => self.root(a) == self.root(b),
            _ => false,
        }
    }

    /// The mention that stands for a mention's subject, so far.
    pub(crate) fn subject(&self, mention: MentionId) -> MentionId {
        let entry = self.by_id.get(&mention).map(|&entry| self.root(entry));
        entry.map_or(mention, |entry| self.mentions[entry].mention.id)
    }

    /// Says a value, in the sentence and with the speakers of the clause that holds `at`.
    ///
    /// An answer of yes becomes no where the innermost speaker denies, and unknown where
    /// the speaker says that it is not known; one who denies with reserve ("does not appear
    /// to") gives a hedged no.
    pub(crate) fn say(
        &mut self,
        at: Range<usize>,
        subject: MentionId,
        variable: Variable,
        party: Option<MentionId>,
        value: Value,
        certainty: u8,
    ) -> AssertionId {
        if self.granted.get(at.start) == Some(&true) {
            let speakers = self.granting(at.start);
            return self.say_as(at, subject, variable, party, value, certainty, speakers);
        }
        let mut speakers = self.speakers(at.start);
        let reserve =
            self.clause(at.start).and_then(|clause| clause.speakers.last()?.reserve.clone());
        let value = match (value, reserve, speakers.last_mut()) {
            (Value::Answer(Answer::Yes), Some(reserve), Some(last))
                if last.stance == Stance::Denied =>
            {
                last.stance = Stance::Hedged;
                last.cue = Some(span(self.analysis, reserve));
                Value::Answer(Answer::No)
            }
            (value, _, _) => value,
        };
        self.say_as(at, subject, variable, party, value, certainty, speakers)
    }

    /// Says what the words take for granted: "police deny that the harbour attack was
    /// directed" has an attack at the harbour on the document's own word. Within a quotation
    /// the speaker takes it for granted.
    pub(crate) fn say_granted(
        &mut self,
        at: Range<usize>,
        subject: MentionId,
        variable: Variable,
        value: Value,
        certainty: u8,
    ) -> AssertionId {
        let speakers = self.granting(at.start);
        self.say_as(at, subject, variable, None, value, certainty, speakers)
    }

    /// Marks words as taking for granted whatever any rule says at them.
    pub(crate) fn grant(&mut self, tokens: Range<usize>) {
        for token in tokens {
            if let Some(granted) = self.granted.get_mut(token) {
                *granted = true;
            }
        }
    }

    /// Who takes for granted what stands at a token; nobody beside the document, outside of
    /// quotations.
    fn granting(&mut self, token: usize) -> Vec<Speaker> {
        let quotes = &self.analysis.quotes;
        let to = quotes.partition_point(|quote| quote.tokens.start <= token);
        let holds = |quote: &Quote| !quote.scare && quote.tokens.contains(&token);
        let quoted = quotes[..to].iter().rev().take(NESTED).any(holds);
        let mut speakers = if quoted { self.speakers(token) } else { Vec::new() };
        for speaker in &mut speakers {
            speaker.stance = Stance::Asserted;
            speaker.cue = None;
        }
        speakers
    }

    /// Says a value with speakers of the rule's own.
    #[expect(clippy::too_many_arguments, reason = "the parts of an assertion, in its order")]
    pub(crate) fn say_as(
        &mut self,
        at: Range<usize>,
        subject: MentionId,
        variable: Variable,
        party: Option<MentionId>,
        value: Value,
        certainty: u8,
        mut speakers: Vec<Speaker>,
    ) -> AssertionId {
        if speakers.is_empty() {
            speakers.push(Speaker { voice: Voice::Document, stance: Stance::Asserted, cue: None });
        }
        let (span, zone) = match self.sentence(at.start) {
            Some(sentence) => (sentence.span, sentence.zone),
            None => (self.span(at), ZoneRole::Body),
        };
        let value = match (value, speakers.last().map(|speaker| speaker.stance)) {
            (Value::Answer(Answer::Yes), Some(Stance::Denied)) => Value::Answer(Answer::No),
            (Value::Answer(Answer::Yes), Some(Stance::Unknown)) => Value::Answer(Answer::Unknown),
            (value, _) => value,
        };
        let assertion = Assertion {
            id: AssertionId::of(Fingerprint::new("unsealed")),
            document: self.document.id,
            passage: Passage::Text(span),
            zone,
            speakers,
            subject,
            variable,
            party,
            value,
            obtained: None,
            repeats: None,
            certainty: certainty.min(100),
        }
        .sealed();
        let id = assertion.id;
        if zone != ZoneRole::Section && self.said.insert(id) {
            self.assertions.push(assertion);
        }
        id
    }

    /// Takes an assertion back whose party stands for the same one as `deed`, since the document says
    /// more of it elsewhere.
    pub(crate) fn unsay(&mut self, said: AssertionId, deed: MentionId) {
        let party = self.assertions.iter().find(|held| held.id == said).and_then(|held| held.party);
        if party.is_some_and(|party| self.same(party, deed)) {
            self.assertions.retain(|held| held.id != said);
        }
    }

    /// Leaves a remark for a coder.
    pub(crate) fn note(
        &mut self,
        at: Range<usize>,
        assertion: Option<AssertionId>,
        kind: NoteKind,
        text: impl Into<String>,
    ) {
        let span = self.span(at);
        self.notes.push(Note { span, assertion, kind, text: text.into() });
    }

    /// The assertions said so far, in the order in which they were said.
    pub(crate) fn assertions(&self) -> &[Assertion] {
        &self.assertions
    }

    /// Marks an assertion as repeating another one of the document.
    pub(crate) fn repeats(&mut self, copy: AssertionId, of: AssertionId) {
        if copy == of {
            return;
        }
        if let Some(assertion) = self.assertions.iter_mut().find(|held| held.id == copy) {
            assertion.repeats = Some(of);
        }
    }

    /// The words of a mention.
    pub(crate) fn words(&self, mention: MentionId) -> &str {
        self.by_id.get(&mention).map_or("", |&entry| &self.mentions[entry].mention.name)
    }

    /// Whether the innermost speaker of the clause that holds a token denies it.
    pub(crate) fn denies(&self, token: usize) -> bool {
        let last = self.clause(token).and_then(|clause| clause.speakers.last());
        last.is_some_and(|said| said.stance == Stance::Denied)
    }

    /// The speakers of the clause that holds a token, the document first.
    pub(crate) fn speakers(&mut self, token: usize) -> Vec<Speaker> {
        let said = self.clause(token).map_or(&[][..], |clause| &clause.speakers);
        said.iter().map(|said| self.speaker(said)).collect()
    }

    /// The clause that holds a token.
    pub(crate) fn clause(&self, token: usize) -> Option<&'a Clause> {
        let clauses = self.clauses;
        let at = clauses.partition_point(|clause| clause.tokens.end <= token);
        clauses.get(at).filter(|clause| clause.tokens.start <= token)
    }

    /// A speaker as the model has it.
    pub(crate) fn speaker(&mut self, said: &Said) -> Speaker {
        let voice = match &said.voice {
            Who::Document => Voice::Document,
            Who::Name(name) => Voice::Mention(self.name(*name)),
            Who::Described(tokens) => Voice::Described(self.text(tokens.clone())),
            Who::Unnamed => Voice::Unnamed,
        };
        let cue = said.cue.clone().map(|cue| self.span(cue));
        Speaker { voice, stance: said.stance, cue }
    }

    /// The words of some tokens, on one line.
    pub(crate) fn text(&self, tokens: Range<usize>) -> String {
        let text = self.span(tokens).of(&self.document.text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The sentence that holds a token.
    pub(crate) fn sentence(&self, token: usize) -> Option<&'a Sentence> {
        let sentences = &self.analysis.sentences;
        let at = sentences.partition_point(|sentence| sentence.tokens.end <= token);
        sentences.get(at).filter(|sentence| sentence.tokens.contains(&token))
    }

    /// The bytes from the first to the last of some tokens; empty if there are none.
    pub(crate) fn span(&self, tokens: Range<usize>) -> Span {
        span(self.analysis, tokens)
    }

    /// Everything found, in text order.
    pub(crate) fn finish(mut self) -> Reading {
        // The root of a chain is the entry made first; its first in the text is its antecedent.
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        let before = |entries: &[Entry], a: usize, b: usize| {
            (entries[a].span, entries[a].mention.id) < (entries[b].span, entries[b].mention.id)
        };
        for entry in 0..self.mentions.len() {
            let root = self.root(entry);
            let earliest = first.entry(root).or_insert(entry);
            if before(&self.mentions, entry, *earliest) {
                *earliest = entry;
            }
        }
        for entry in 0..self.mentions.len() {
            let earliest = first[&self.root(entry)];
            if earliest != entry {
                self.mentions[entry].mention.antecedent = Some(self.mentions[earliest].mention.id);
            }
        }
        self.mentions.sort_by_key(|entry| (entry.span, entry.mention.id));
        self.assertions
            .sort_by_key(|assertion| assertion.passage.span().unwrap_or(Span::new(0, 0)));
        self.notes.sort_by(|a, b| (a.span, a.kind, &a.text).cmp(&(b.span, b.kind, &b.text)));
        self.notes.dedup();
        Reading {
            mentions: self.mentions.into_iter().map(|entry| entry.mention).collect(),
            assertions: self.assertions,
            notes: self.notes,
        }
    }

    fn enter(&mut self, kind: SubjectKind, tokens: Range<usize>) -> usize {
        let span = self.span(tokens.clone());
        if let Some(&entry) = self.by_place.get(&(kind, span)) {
            return entry;
        }
        let words = self.text(tokens);
        let mention = Mention::new(kind, self.document.id, Passage::Text(span), words);
        let entry = self.mentions.len();
        self.by_place.insert((kind, span), entry);
        self.by_id.insert(mention.id, entry);
        self.mentions.push(Entry { mention, span, same: entry });
        entry
    }

    fn root(&self, mut entry: usize) -> usize {
        while self.mentions[entry].same != entry {
            entry = self.mentions[entry].same;
        }
        entry
    }
}

fn span(analysis: &Analysis, tokens: Range<usize>) -> Span {
    let held = analysis.tokens.get(tokens).unwrap_or_default();
    match (held.first(), held.last()) {
        (Some(first), Some(last)) => first.span.join(last.span),
        _ => Span::new(0, 0),
    }
}

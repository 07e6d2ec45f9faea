//! A local as bytes, in a derived row: a casebook decodes very many of them, so they are short and
//! fast to read. Nothing but derived rows has this form; the ledger's is JSON.
//!
//! Numbers are LEB128, ids eight bytes, texts and lists preceded by their length. Variables are
//! spelled by name, and the numbers of other closed lists stand below, so that a later version of
//! the program reads them alike.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use throughline_model::{
    Answer, Assertion, AssertionId, DocumentId, Edtf, Figure, Join, JudgmentId, Mention, MentionId,
    Passage, Sentence, Share, Span, Speaker, Stance, Value, Variable, Voice, Wording, ZoneRole,
};
use throughline_resolve::{Referent, Referents};

use crate::derived::locals::Detail;

/// What a row holds besides its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) published: Option<Edtf>,
    pub(crate) source: Option<String>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) assertions: Vec<Assertion>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) referents: Referents,
    pub(crate) context: Vec<String>,
    /// Whether it is the incident that its document mainly reports, beside which the document's outline
    /// stands.
    pub(crate) principal: bool,
}

const ZONES: [ZoneRole; 7] = [
    ZoneRole::Source,
    ZoneRole::Headline,
    ZoneRole::Byline,
    ZoneRole::Dateline,
    ZoneRole::Body,
    ZoneRole::PullQuote,
    ZoneRole::Section,
];
const STANCES: [Stance; 5] =
    [Stance::Asserted, Stance::Hedged, Stance::Denied, Stance::Questioned, Stance::Unknown];
const ANSWERS: [Answer; 3] = [Answer::Yes, Answer::No, Answer::Unknown];

/// The body of a local's row.
pub(crate) fn write(body: &Body) -> Vec<u8> {
    let mut out = Writer(Vec::with_capacity(256));
    out.optional(body.published.as_ref(), |out, date| out.text(date.as_str()));
    out.optional(body.source.as_deref(), Writer::text);
    out.list(&body.mentions, |out, mention| {
        out.id(mention.id.bits());
        out.passage(&mention.passage);
        out.text(&mention.name);
        out.optional(mention.antecedent, |out, id| out.id(id.bits()));
    });
    out.list(&body.assertions, Writer::assertion);
    out.list(&body.sentences, Writer::sentence);
    out.number(body.referents.iter().len() as u64);
    for (id, referent) in &body.referents {
        out.id(id.bits());
        out.id(referent.head.bits());
        out.text(&referent.name);
        out.optional(referent.own.as_deref(), Writer::text);
    }
    out.list(&body.context, |out, word| out.text(word));
    out.number(u64::from(body.principal));
    out.0
}

/// What [`write`] gave, but for what stands beside the subject where that is not compared; `None` if the
/// bytes are nothing of the kind.
pub(crate) fn read(bytes: &[u8], document: DocumentId, detail: Detail) -> Option<Body> {
    let mut input = Reader(bytes);
    let body = Body {
        published: input.optional(Reader::date)?,
        source: input.optional(Reader::text)?,
        mentions: input.list(|input| {
            Some(Mention {
                id: input.mention()?,
                document,
                passage: input.passage()?,
                name: input.text()?,
                antecedent: input.optional(Reader::mention)?,
            })
        })?,
        assertions: input.list(|input| input.assertion(document))?,
        sentences: input.list(Reader::sentence)?,
        referents: input
            .list(|input| {
                let (id, head) = (input.mention()?, input.mention()?);
                let name = input.text()?;
                Some((id, Referent { head, name, own: input.optional(Reader::text)? }))
            })?
            .into_iter()
            .collect(),
        context: match detail {
            Detail::Compared => input.list(Reader::text)?,
            Detail::Weighed => input.list(|input| input.blob().map(|_| ())).map(|_| Vec::new())?,
        },
        principal: input.flag()?,
    };
    input.0.is_empty().then_some(body)
}

/// What is being written.
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn new() -> Writer {
        Writer(Vec::new())
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        self.0
    }

    fn blob(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend(bytes);
    }

    pub(crate) fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.0.push(number.to_le_bytes()[0]);
    }

    pub(crate) fn id(&mut self, bits: u64) {
        self.0.extend(bits.to_le_bytes());
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.blob(text.as_bytes());
    }

    pub(crate) fn list<T>(&mut self, list: &[T], mut each: impl FnMut(&mut Writer, &T)) {
        self.number(list.len() as u64);
        list.iter().for_each(|one| each(self, one));
    }

    pub(crate) fn optional<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Writer, T)) {
        self.number(u64::from(value.is_some()));
        if let Some(value) = value {
            write(self, value);
        }
    }

    /// The place of a term in its list.
    fn term<T: PartialEq>(&mut self, list: &[T], term: &T) {
        self.number(list.iter().position(|one| one == term).unwrap_or(list.len()) as u64);
    }

    fn span(&mut self, span: Span) {
        self.number(span.start.into());
        self.number(span.end.into());
    }

    fn passage(&mut self, passage: &Passage) {
        match passage {
            Passage::Text(span) => {
                self.number(0);
                self.span(*span);
            }
            Passage::Cited { work, place } => {
                self.number(1);
                self.text(work);
                self.text(place);
            }
        }
    }

    fn assertion(&mut self, said: &Assertion) {
        self.id(said.id.bits());
        self.passage(&said.passage);
        self.term(&ZONES, &said.zone);
        self.list(&said.speakers, Writer::speaker);
        self.id(said.subject.bits());
        self.variable(said.variable);
        self.optional(said.party, |out, id| out.id(id.bits()));
        self.value(&said.value);
        self.optional(said.obtained.as_deref(), Writer::text);
        self.optional(said.repeats, |out, id| out.id(id.bits()));
        self.number(said.certainty.into());
    }

    pub(crate) fn sentence(&mut self, sentence: &Sentence) {
        self.span(sentence.span);
        self.id(sentence.wording.bits());
    }

    pub(crate) fn variable(&mut self, variable: Variable) {
        self.text(variable.name());
    }

    fn speaker(&mut self, speaker: &Speaker) {
        match &speaker.voice {
            Voice::Document => self.number(0),
            Voice::Mention(id) => {
                self.number(1);
                self.id(id.bits());
            }
            Voice::Described(words) => {
                self.number(2);
                self.text(words);
            }
            Voice::Unnamed => self.number(3),
        }
        self.term(&STANCES, &speaker.stance);
        self.optional(speaker.cue, Writer::span);
    }

    pub(crate) fn join(&mut self, join: &Join) {
        self.id(join.mention.bits());
        self.id(join.to.bits());
        self.optional(join.since.as_ref(), |out, date| out.text(date.as_str()));
        self.text(&join.reason);
        self.optional(join.judgment, |out, id| out.id(id.bits()));
    }

    pub(crate) fn value(&mut self, value: &Value) {
        match value {
            Value::Text(words) => {
                self.number(0);
                self.text(words);
            }
            Value::Term(term) => {
                self.number(1);
                self.text(term);
            }
            Value::Mention(id) => {
                self.number(2);
                self.id(id.bits());
            }
            Value::Date(date) => {
                self.number(3);
                self.text(date.as_str());
            }
            Value::Figure(Figure { least, most, about }) => {
                self.number(4);
                self.number((*least).into());
                self.optional(*most, |out, most| out.number(most.into()));
                self.number((*about).into());
            }
            Value::Answer(answer) => {
                self.number(5);
                self.term(&ANSWERS, answer);
            }
            Value::Share(Share { part, whole, property }) => {
                self.number(6);
                self.number((*part).into());
                self.optional(*whole, |out, whole| out.number(whole.into()));
                self.text(property);
            }
        }
    }
}

/// What is left to read.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    pub(crate) fn of(bytes: &'b [u8]) -> Reader<'b> {
        Reader(bytes)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn blob(&mut self) -> Option<&'b [u8]> {
        let length: usize = self.small()?;
        let (bytes, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(bytes)
    }

    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (first, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(first & 0x7f) << shift;
            if first & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub(crate) fn small<T: TryFrom<u64>>(&mut self) -> Option<T> {
        self.number()?.try_into().ok()
    }

    pub(crate) fn id(&mut self) -> Option<u64> {
        let (bits, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*bits))
    }

    pub(crate) fn mention(&mut self) -> Option<MentionId> {
        MentionId::from_bits(self.id()?)
    }

    pub(crate) fn assertion_id(&mut self) -> Option<AssertionId> {
        self.id().map(AssertionId::from_bits)
    }

    /// Passes over a value, as [`Writer::value`] wrote it.
    pub(crate) fn pass_value(&mut self) -> Option<()> {
        match self.number()? {
            0 | 1 | 3 => self.blob().map(|_| ()),
            2 => self.id().map(|_| ()),
            4 => {
                self.number()?;
                self.optional(Reader::number)?;
                self.flag().map(|_| ())
            }
            5 => self.number().map(|_| ()),
            6 => {
                self.number()?;
                self.optional(Reader::number)?;
                self.blob().map(|_| ())
            }
            _ => None,
        }
    }

    /// Passes over a list of ids.
    pub(crate) fn pass_ids(&mut self) -> Option<()> {
        let length: usize = self.small()?;
        self.0 = self.0.get(length.checked_mul(8)?..)?;
        Some(())
    }

    pub(crate) fn words(&mut self) -> Option<&'b str> {
        str::from_utf8(self.blob()?).ok()
    }

    pub(crate) fn date(&mut self) -> Option<Edtf> {
        self.words()?.parse().ok()
    }

    pub(crate) fn text(&mut self) -> Option<String> {
        self.words().map(str::to_owned)
    }

    pub(crate) fn list<T>(
        &mut self,
        mut each: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let length: usize = self.small()?;
        // Every item takes a byte at least: no length makes room for more than there can be.
        let mut list = Vec::with_capacity(length.min(self.0.len()));
        for _ in 0..length {
            list.push(each(self)?);
        }
        Some(list)
    }

    #[expect(clippy::option_option, reason = "nothing there is not the same as nothing readable")]
    pub(crate) fn optional<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.number()? {
            0 => Some(None),
            1 => Some(Some(read(self)?)),
            _ => None,
        }
    }

    pub(crate) fn flag(&mut self) -> Option<bool> {
        Some(self.optional(|_| Some(()))?.is_some())
    }

    fn term<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        list.get(self.small::<usize>()?).copied()
    }

    fn span(&mut self) -> Option<Span> {
        Some(Span { start: self.small()?, end: self.small()? })
    }

    pub(crate) fn sentence(&mut self) -> Option<Sentence> {
        Some(Sentence { span: self.span()?, wording: Wording::from_bits(self.id()?) })
    }

    fn passage(&mut self) -> Option<Passage> {
        match self.number()? {
            0 => Some(Passage::Text(self.span()?)),
            1 => Some(Passage::Cited { work: self.text()?, place: self.text()? }),
            _ => None,
        }
    }

    fn assertion(&mut self, document: DocumentId) -> Option<Assertion> {
        Some(Assertion {
            id: self.assertion_id()?,
            document,
            passage: self.passage()?,
            zone: self.term(&ZONES)?,
            speakers: self.list(Reader::speaker)?,
            subject: self.mention()?,
            variable: self.variable()?,
            party: self.optional(Reader::mention)?,
            value: self.value()?,
            obtained: self.optional(Reader::text)?,
            repeats: self.optional(Reader::assertion_id)?,
            certainty: self.small()?,
        })
    }

    pub(crate) fn variable(&mut self) -> Option<Variable> {
        static VARIABLES: LazyLock<BTreeMap<&str, Variable>> =
            LazyLock::new(|| Variable::all().map(|one| (one.name(), one)).collect());
        VARIABLES.get(self.words()?).copied()
    }

    fn speaker(&mut self) -> Option<Speaker> {
        let voice = match self.number()? {
            0 => Voice::Document,
            1 => Voice::Mention(self.mention()?),
            2 => Voice::Described(self.text()?),
            3 => Voice::Unnamed,
            _ => return None,
        };
        Some(Speaker { voice, stance: self.term(&STANCES)?, cue: self.optional(Reader::span)? })
    }

    pub(crate) fn join(&mut self) -> Option<Join> {
        Some(Join {
            mention: self.mention()?,
            to: self.mention()?,
            since: self.optional(Reader::date)?,
            reason: self.text()?,
            judgment: self.optional(|input| input.id().map(JudgmentId::from_bits))?,
        })
    }

    pub(crate) fn value(&mut self) -> Option<Value> {
        Some(match self.number()? {
            0 => Value::Text(self.text()?),
            1 => Value::Term(self.text()?),
            2 => Value::Mention(self.mention()?),
            3 => Value::Date(self.date()?),
            4 => Value::Figure(Figure {
                least: self.small()?,
                most: self.optional(Reader::small)?,
                about: self.flag()?,
            }),
            5 => Value::Answer(self.term(&ANSWERS)?),
            6 => Value::Share(Share {
                part: self.small()?,
                whole: self.optional(Reader::small)?,
                property: self.text()?,
            }),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::{Sha256, SubjectKind};

    use super::*;

    fn body(document: DocumentId) -> Body {
        let cited = Passage::Cited { work: "A life, 1901".into(), place: "p. 12".into() };
        let mut one = Mention::new(SubjectKind::Person, document, cited.clone(), "Ada Brandt");
        let text = Passage::Text(Span::new(300, 70_000));
        let two = Mention::new(SubjectKind::Incident, document, text, "the blast");
        one.antecedent = Some(one.id);
        let values = [
            Value::Text("café".into()),
            Value::Term("bombing".into()),
            Value::Mention(one.id),
            Value::Date("1894-06-24~".parse().unwrap()),
            Value::Figure(Figure { least: 12, most: None, about: true }),
            Value::Figure(Figure::exactly(u32::MAX)),
            Value::Answer(Answer::Unknown),
            Value::Share(Share { part: 31, whole: Some(38), property: "directed".into() }),
        ];
        let voices =
            [Voice::Document, Voice::Mention(one.id), Voice::Described("x".into()), Voice::Unnamed];
        let speakers = voices.into_iter().zip(STANCES).map(|(voice, stance)| Speaker {
            voice,
            stance,
            cue: (stance == Stance::Hedged).then(|| Span::new(1, 200)),
        });
        let speakers: Vec<Speaker> = speakers.collect();
        let assertions = values.into_iter().zip(Variable::all()).map(|(value, variable)| {
            Assertion {
                id: AssertionId::from_bits(0),
                document,
                passage: cited.clone(),
                zone: ZoneRole::PullQuote,
                speakers: speakers.clone(),
                subject: two.id,
                variable,
                party: Some(one.id),
                value,
                obtained: Some("in court".into()),
                repeats: Some(AssertionId::from_bits(9)),
                certainty: 100,
            }
            .sealed()
        });
        Body {
            published: Some("1894-06".parse().unwrap()),
            source: Some("Coast Wire".into()),
            assertions: assertions.collect(),
            sentences: vec![Sentence {
                span: Span::new(3, 400),
                wording: Wording::from_bits(u64::MAX),
            }],
            referents: [(
                one.id,
                Referent { head: one.id, name: "Ada".into(), own: Some("A.".into()) },
            )]
            .into_iter()
            .collect(),
            context: vec!["lisk".into(), String::new()],
            principal: true,
            mentions: vec![one, two],
        }
    }

    #[test]
    fn what_is_written_is_read_and_nothing_less() {
        let document = DocumentId::of_bytes(Sha256::of(b"a"));
        let body = body(document);
        let bytes = write(&body);
        assert_eq!(read(&bytes, document, Detail::Compared), Some(body.clone()));
        let weighed = Body { context: Vec::new(), ..body };
        assert_eq!(read(&bytes, document, Detail::Weighed), Some(weighed));
        for cut in 0..bytes.len() {
            for detail in [Detail::Compared, Detail::Weighed] {
                assert_eq!(read(&bytes[..cut], document, detail), None, "cut at {cut}");
            }
        }
    }

    #[test]
    fn no_bytes_make_it_panic_or_fill_the_memory() {
        let document = DocumentId::of_bytes(Sha256::of(b"a"));
        let bytes = write(&body(document));
        for at in 0..bytes.len() {
            for flipped in [0xff, 0x80, 0x01] {
                let mut other = bytes.clone();
                other[at] ^= flipped;
                // Read as something else or not at all.
                let _ = read(&other, document, Detail::Compared);
            }
        }
    }
}

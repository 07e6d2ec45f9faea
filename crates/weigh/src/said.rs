//! One assertion as far as weighing needs it, and which later words take the place of earlier ones.

use std::collections::BTreeMap;

use throughline_model::{
    Assertion, AssertionId, Day, DocumentId, Edtf, JudgmentId, MentionId, Stance, Value,
    ValueShape, Voice, Wording, ZoneRole,
};

use crate::Standing;
use crate::fit::{fit, is_exact, same, width};

/// An assertion in view, as people left it, and where it comes from.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The assertion.
    pub assertion: &'a Assertion,
    /// When its document was published.
    pub published: Option<&'a Edtf>,
    /// Who published it.
    pub source: Option<&'a str>,
    /// How its sentence is worded, if that tells whose words they are.
    pub wording: Option<Wording>,
    /// Whether it repeats words of its own document that were taken back, in view.
    pub taken_back: bool,
}

/// One assertion, as far as weighing needs it.
pub(crate) struct Said<'a> {
    pub(crate) id: AssertionId,
    pub(crate) value: Value,
    stance: Stance,
    pub(crate) voice: Source<'a>,
    pub(crate) document: DocumentId,
    /// How it is worded.
    pub(crate) wording: Option<Wording>,
    published: Option<&'a Edtf>,
    pub(crate) accepted: Option<JudgmentId>,
    /// A headline, a pull-quote or a repetition.
    pub(crate) copy: bool,
    /// What it repeats, if the reader saw that.
    pub(crate) repeats: Option<AssertionId>,
    /// Taken back by its source.
    withdrawn: bool,
    /// The same voice has said otherwise since.
    pub(crate) superseded: bool,
}

/// Whom a voice belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source<'a> {
    Paper(Paper<'a>),
    Subject(MentionId),
    /// Somebody without a name, told apart by his description within one paper.
    Described(Paper<'a>, &'a str),
}

/// Who publishes a document; where nobody knows, the document stands for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Paper<'a> {
    Named(&'a str),
    Unknown(DocumentId),
}

/// On which side of its value an assertion stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    For,
    Against,
    /// It asks, or says that it is not known.
    Open,
}

impl<'a> Said<'a> {
    pub(crate) fn of(
        evidence: Evidence<'a>,
        standing: &Standing,
        subject_of: &dyn Fn(MentionId) -> MentionId,
    ) -> Said<'a> {
        let Evidence { assertion, published, source, wording, taken_back } = evidence;
        let paper = source.map_or(Paper::Unknown(assertion.document), Paper::Named);
        let voice = match assertion.speakers.last().map(|speaker| &speaker.voice) {
            Some(Voice::Mention(id)) => Source::Subject(subject_of(*id)),
            Some(Voice::Described(words)) => Source::Described(paper, words),
            Some(Voice::Document | Voice::Unnamed) | None => Source::Paper(paper),
        };
        Said {
            id: assertion.id,
            value: same(&assertion.comes_to(), subject_of),
            stance: assertion.weakest(),
            voice,
            document: assertion.document,
            wording,
            published,
            accepted: standing.accepted(assertion.id),
            repeats: assertion.repeats,
            copy: assertion.repeats.is_some()
                || matches!(assertion.zone, ZoneRole::Headline | ZoneRole::PullQuote),
            withdrawn: taken_back || standing.withdrawn(assertion.id).is_some_and(|one| one.counts),
            superseded: false,
        }
    }

    /// The day by which it was public; what is undated comes after all days.
    pub(crate) fn day(&self) -> Day {
        self.published.map_or(Day::MAX, Edtf::latest)
    }

    fn side(&self) -> Side {
        match (self.value.shape(), self.stance) {
            // A yes, no or unknown says what a denial comes to.
            (ValueShape::Answer, _) | (_, Stance::Asserted | Stance::Hedged) => Side::For,
            (_, Stance::Denied) => Side::Against,
            (_, Stance::Questioned | Stance::Unknown) => Side::Open,
        }
    }

    /// Whether it puts its value forward, with or without reserve.
    pub(crate) fn puts_forward(&self) -> bool {
        !self.withdrawn && !self.superseded && self.side() == Side::For
    }

    pub(crate) fn speaks_against(&self) -> bool {
        !self.withdrawn && !self.superseded && self.side() == Side::Against
    }

    /// Whether a paper says it in its own words, and passes on nobody's.
    pub(crate) fn is_of_a_paper(&self) -> bool {
        matches!(self.voice, Source::Paper(_))
    }

    pub(crate) fn is_firm(&self) -> bool {
        match self.value.shape() {
            ValueShape::Answer => !matches!(self.stance, Stance::Hedged | Stance::Questioned),
            _ => self.stance == Stance::Asserted,
        }
    }
}

/// What a voice said at some time, whichever document has it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Word<'s> {
    value: &'s Value,
    side: Side,
    firm: bool,
    accepted: bool,
}

impl<'s> Word<'s> {
    fn of(said: &'s Said) -> Word<'s> {
        Word {
            value: &said.value,
            side: said.side(),
            firm: said.is_firm(),
            accepted: said.accepted.is_some(),
        }
    }

    /// The range in which all words on a value lie.
    fn all_of(value: &'s Value) -> std::ops::RangeInclusive<Word<'s>> {
        let first = Word { value, side: Side::For, firm: false, accepted: false };
        let last = Word { value, side: Side::Open, firm: true, accepted: true };
        first..=last
    }

    /// Whether it takes the place of an earlier word of the same voice: it says otherwise, takes
    /// the other side, or has become more reserved. A doubt of one value takes back no other.
    fn replaces(self, earlier: Word, single: bool) -> bool {
        // What people stand behind does not give way to what nobody has looked at.
        if earlier.accepted && !self.accepted {
            return false;
        }
        if !fit(self.value, earlier.value) {
            return single && self.side == Side::For && earlier.side == Side::For;
        }
        let reserved = earlier.firm && !self.firm && width(self.value) <= width(earlier.value);
        self.side != earlier.side || reserved
    }
}

/// Marks the words of one question that a later word of the same voice takes the place of.
///
/// Only a named speaker and a paper have a latest word: who is merely described may be another
/// each time. Copies and words taken back replace nothing, and of two words of one day, or of days
/// that may be one, neither is the later.
pub(crate) fn supersede(said: &mut [Said], single: bool) {
    if said.len() < 2 {
        return;
    }
    // Of equal words the latest decides.
    let mut words: BTreeMap<&Source, BTreeMap<Word, Day>> = BTreeMap::new();
    for one in said.iter().filter(|one| !one.copy && !one.withdrawn) {
        if let (Source::Paper(_) | Source::Subject(_), Some(published)) =
            (&one.voice, one.published)
        {
            let since = words.entry(&one.voice).or_default().entry(Word::of(one));
            let day = since.or_insert(Day::MIN);
            *day = published.earliest().max(*day);
        }
    }
    let outdated: Vec<bool> = said
        .iter()
        .map(|one| {
            let word = Word::of(one);
            let takes_place =
                |(later, day): (&Word, &Day)| *day > one.day() && later.replaces(word, single);
            words.get(&one.voice).is_some_and(|words| match single || !is_exact(word.value) {
                true => words.iter().any(takes_place),
                // Of many exact values, a word bears on its own alone: a paper may name hundreds.
                false => words.range(Word::all_of(word.value)).any(takes_place),
            })
        })
        .collect();
    for (one, outdated) in said.iter_mut().zip(outdated) {
        one.superseded = outdated;
    }
}

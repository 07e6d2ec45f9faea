//! What happened: incidents and sets of incidents, as the text mentions them.
//!
//! In the order of the work: [`nouns`] and [`verbs`] find mentions in a sentence,
//! [`sentence`] gives them the times and places that stand apart from their words,
//! [`group`] finds which of them stand for one incident, and [`values`], [`parts`] and
//! [`tolls`] say what the text says of each.

pub(crate) mod ages;
mod ascribed;
mod corrections;
mod found;
mod group;
mod imagined;
pub(crate) mod killings;
pub(crate) mod lexicon;
pub(crate) mod nouns;
mod parts;
pub(crate) mod police;
pub(crate) mod relatives;
mod sentence;
mod sums;
mod tolls;
mod values;
mod verbs;

use std::collections::BTreeSet;
use std::ops::Range;

use throughline_model::{Edtf, MentionId, SubjectKind, ZoneRole};

use self::found::Found;
use self::lexicon::Class;
use super::builder::Builder;
use super::cues::Cue;
use super::words::Words;

/// The most mentions that one sentence is read for; no prose has as many, and reading stays
/// linear in the length.
const IN_SENTENCE: usize = 48;
/// How many mentions back an incident spoken of is looked for.
const BACK: usize = 200;

/// The incidents and sets of a document, in text order.
#[derive(Debug, Default)]
pub(crate) struct Deeds {
    pub(crate) deeds: Vec<Deed>,
    /// The sentences, in order, with the place of a word for other attacks in each that goes on
    /// to tell of them: "the attack follows other stabbings, of which one killed".
    others: Vec<(Range<usize>, usize)>,
    /// The paragraph of each token that begins a sentence, in order.
    paragraphs: Vec<(usize, usize)>,
    /// The day of publication.
    published: Option<Edtf>,
}

/// One mention of an incident, or of a set of them.
#[derive(Debug, Clone)]
pub(crate) struct Deed {
    /// The words that mention it: "the shooting at the Pulse nightclub".
    pub(crate) tokens: Range<usize>,
    pub(crate) mention: MentionId,
    /// Whether it is a set.
    pub(crate) set: bool,
    /// Equal for mentions of one incident of this document.
    pub(crate) group: usize,
    /// When, as far as this mention says.
    pub(crate) date: Option<Edtf>,
    /// The word that it hangs on: its verb, or its noun.
    pub(crate) head: usize,
    /// Whether it stands in the body.
    pub(crate) body: bool,
    /// Where, as far as this mention says, as indices into the analysis.
    places: Vec<usize>,
    /// The tokens of its sentence.
    pub(crate) sentence: Range<usize>,
    paragraph: usize,
}

impl Deeds {
    /// The deeds mentioned in some tokens.
    pub(crate) fn in_tokens(&self, tokens: Range<usize>) -> impl Iterator<Item = &Deed> {
        let from = self.deeds.partition_point(|deed| deed.tokens.start < tokens.start);
        self.deeds[from..].iter().take_while(move |deed| deed.tokens.start < tokens.end)
    }

    /// The incident that words at `token` speak of: the one that they tell, else the last one
    /// before them in their sentence, else the first one after, else the latest of the paragraph, else the one
    /// that the document is about.
    pub(crate) fn current(&self, token: usize) -> Option<&Deed> {
        if self.of_others(token) {
            return None;
        }
        let to = self.deeds.partition_point(|deed| deed.tokens.start <= token);
        let (before, after) = self.deeds.split_at(to);
        let incident = |deed: &&Deed| !deed.set;
        let here = |deed: &&Deed| !deed.set && deed.sentence.contains(&token);
        let at = self.paragraphs.partition_point(|&(start, _)| start <= token);
        let paragraph = at.checked_sub(1).map(|at| self.paragraphs[at].1);
        let near = |deed: &&Deed| !deed.set && Some(deed.paragraph) == paragraph;
        let own = |deed: &&Deed| !deed.set && deed.head == token;
        let mut in_sentence = before.iter().rev().take(8);
        (in_sentence.clone().find(own))
            .or_else(|| in_sentence.find(here))
            .or_else(|| after.iter().take(8).find(here))
            .or_else(|| before.iter().rev().take(BACK).find(incident).filter(near))
            .or_else(|| self.main())
    }

    /// The incident in which somebody was hurt of whom the words at a token tell; none if they tell of a day
    /// before it: "a policeman was killed there in 2012", after an attack of 2015.
    pub(crate) fn harmed(&self, words: &Words<'_>, token: usize) -> Option<&Deed> {
        /// How many days before its report an incident without a day may have been.
        const RECENT: i32 = 60;
        let deed = self.current(token)?;
        let own = self.deeds.iter().filter(|one| one.group == deed.group);
        let day = own.filter_map(|one| one.date.as_ref()).map(Edtf::earliest).min();
        let reported = || self.published.as_ref().map(|day| day.earliest().plus(-RECENT));
        let day = day.or_else(reported);
        let before = |when: &Edtf| day.is_some_and(|day| when.latest() < day);
        let sentence = words.sentence(token)?.tokens.clone();
        let elsewhen = self.in_tokens(sentence.clone()).next().is_none()
            && imagined::near(&sentence, token)
                .filter_map(|at| words.time(at))
                .map(|time| &words.analysis.times[time])
                // "a man with a 9/11 tattoo": no day of what is told.
                .filter(|time| {
                    let before = time.tokens.start.checked_sub(1);
                    time.relative || before.is_some_and(|at| words.is(at, Class::Preposition))
                })
                .any(|time| time.value.as_ref().is_some_and(before));
        (!elsewhen && !self.of_elsewhere(words, deed, &sentence)).then_some(deed)
    }

    /// Whether an incident that is only told of behind a sentence has another place than the sentence names.
    fn of_elsewhere(&self, words: &Words<'_>, deed: &Deed, sentence: &Range<usize>) -> bool {
        if deed.tokens.start < sentence.end {
            return false;
        }
        let root = |place: usize| words.root(place);
        let of_deed = |one: &&Deed| one.group == deed.group;
        let own = self.deeds.iter().take(BACK).filter(of_deed).flat_map(|one| &one.places);
        let own: BTreeSet<usize> = own.map(|&place| root(place)).collect();
        let here = words.names_in(sentence.clone(), SubjectKind::Place);
        !own.is_empty() && !here.is_empty() && !here.iter().any(|&place| own.contains(&root(place)))
    }

    /// The incident of whose case a word speaks, by the place that the case is called after ("accused in the
    /// Lenn case"), which may be none that is told of; else the one spoken of.
    pub(crate) fn of_case(&self, words: &Words<'_>, token: usize) -> Option<&Deed> {
        /// How far behind the word its case may be named, in tokens.
        const NEAR: usize = 7;
        let end = words.sentence(token).map_or(token, |held| held.tokens.end).min(token + NEAR);
        let case = (token + 1..end).find(|&at| {
            words.name(at).is_none() && matches!(words.lower(at), "case" | "trial" | "affair")
        });
        let place = case.and_then(|case| {
            let called = words.names_in(token + 1..case, SubjectKind::Place);
            let near = |name: &usize| words.analysis.names[*name].tokens.end + 2 >= case;
            called.last().copied().filter(near)
        });
        match place {
            Some(place) => self.at(words, place, token),
            None => self.current(token),
        }
    }

    /// The incident that was last told to be at a place, before a token; else the first told after it.
    pub(crate) fn at(&self, words: &Words<'_>, place: usize, token: usize) -> Option<&Deed> {
        let place = words.root(place);
        let to = self.deeds.partition_point(|deed| deed.tokens.start <= token);
        let (before, after) = self.deeds.split_at(to);
        let there =
            |deed: &&Deed| !deed.set && deed.places.iter().any(|&one| words.root(one) == place);
        (before.iter().rev().take(BACK).find(there)).or_else(|| after.iter().take(BACK).find(there))
    }

    /// Whether the word at a token tells of an incident.
    pub(crate) fn tells(&self, token: usize) -> bool {
        let to = self.deeds.partition_point(|deed| deed.tokens.start <= token);
        self.deeds[..to].iter().rev().take(8).any(|deed| !deed.set && deed.head == token)
    }

    /// Whether words at `token` go on from a word for other attacks.
    fn of_others(&self, token: usize) -> bool {
        let to = self.others.partition_point(|(sentence, _)| sentence.start <= token);
        let last = to.checked_sub(1).map(|last| &self.others[last]);
        last.is_some_and(|(sentence, at)| {
            sentence.contains(&token)
                && *at <= token
                && self.in_tokens(*at..token + 1).next().is_none()
        })
    }

    /// The incident that the document is about: the first one that its body mentions.
    pub(crate) fn main(&self) -> Option<&Deed> {
        let incident = |deed: &&Deed| !deed.set;
        let body = |deed: &&Deed| !deed.set && deed.body;
        self.deeds.iter().find(body).or_else(|| self.deeds.iter().find(incident))
    }

    /// The latest mention of a set before a token, with a condition.
    pub(crate) fn set_in(&self, tokens: Range<usize>) -> Option<&Deed> {
        self.in_tokens(tokens).find(|deed| deed.set)
    }
}

/// Finds the incidents and sets of a document, and says what it says of them.
pub(crate) fn find(words: &Words<'_>, builder: &mut Builder<'_>) -> Deeds {
    let analysis = words.analysis;
    let mut all: Vec<Found> = Vec::new();
    let mut imagined: Vec<Range<usize>> = Vec::new();
    for sentence in &analysis.sentences {
        if !matches!(sentence.zone, ZoneRole::Headline | ZoneRole::Body | ZoneRole::PullQuote) {
            continue;
        }
        if imagined::sentence(words, sentence) {
            imagined.push(sentence.tokens.clone());
            continue;
        }
        let mut here = Vec::new();
        nouns::find(words, sentence, &mut here);
        verbs::find(words, sentence, &mut here);
        here.sort_by_key(|found| (found.tokens.start, found.head));
        here.dedup_by(swallowed);
        nouns::plots_to(words, &mut here);
        here.truncate(IN_SENTENCE);
        nouns::set_apart(words, sentence, &mut here);
        parts::find(words, &mut here);
        sentence::fill(words, sentence, &mut here);
        sentence::same_day(words, sentence, all.last(), &mut here);
        all.append(&mut here);
    }
    for found in &all {
        // What a definite noun or "who threw the bomb" tells is taken for granted by whoever
        // speaks: no hedge or denial around it touches it.
        let told = found.tokens.clone();
        let hedged = told.clone().any(|token| words.cue(token, Cue::HedgeAdjective));
        if found.definite && !found.verbal && !hedged {
            builder.grant(told);
        } else if found.verbal
            && (found.negated
                || verbs::moods::presupposed(words, found)
                || killings::in_proceedings(words, found.head))
        {
            builder.grant(found.head..found.head + 1);
        }
    }
    let groups = mishaps(words, &mut all);
    let others = nouns::others(words, &all);
    let mentions = values::mention(words, &all, &groups, builder);
    let deeds = Deeds {
        deeds: all
            .iter()
            .zip(&groups)
            .zip(&mentions)
            .map(|((found, &group), &mention)| {
                let date = found.date(words, builder.published().as_ref());
                deed(found, date, group, mention)
            })
            .collect(),
        others,
        published: builder.published(),
        paragraphs: analysis
            .sentences
            .iter()
            .map(|sentence| (sentence.tokens.start, sentence.paragraph))
            .collect(),
    };
    values::say(words, &all, &groups, &mentions, builder);
    parts::say(words, &all, &mentions, builder);
    tolls::say(words, &deeds, &imagined, builder);
    ascribed::say(words, &deeds, builder);
    deeds
}

/// Groups the mentions, and leaves out those of explosions that are told to be accidents:
/// "the blast was an accident", said once, is of every mention of that blast.
fn mishaps(words: &Words<'_>, all: &mut Vec<Found>) -> Vec<usize> {
    let groups = group::group(words, all);
    let told: BTreeSet<usize> = (all.iter().zip(&groups))
        .filter(|(found, _)| imagined::mishap(words, found))
        .map(|(_, &group)| group)
        .collect();
    let bombed: BTreeSet<usize> = (all.iter().zip(&groups))
        .filter(|(found, _)| found.weapon.is_some())
        .map(|(_, &group)| group)
        .collect();
    if told.is_subset(&bombed) {
        return groups;
    }
    let out = |group: &usize| told.contains(group) && !bombed.contains(group);
    let mut kept = groups.iter().map(|group| !out(group));
    all.retain(|_| kept.next().unwrap_or(true));
    groups.into_iter().filter(|group| !out(group)).collect()
}

/// Whether a mention only repeats words of the one before it: "the bombing" within
/// "the bombing of the bank", told a second time by the verb.
fn swallowed(later: &mut Found, earlier: &mut Found) -> bool {
    later.head == earlier.head || later.tokens == earlier.tokens
}

fn deed(found: &Found, date: Option<Edtf>, group: usize, mention: MentionId) -> Deed {
    Deed {
        tokens: found.tokens.clone(),
        mention,
        set: mention.kind() == SubjectKind::Set,
        group,
        date,
        head: found.head,
        body: !found.display,
        places: found.places.clone(),
        sentence: found.sentence.clone(),
        paragraph: found.paragraph,
    }
}

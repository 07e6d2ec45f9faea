//! The phrase of a head: which words around a noun belong to what it names.
//!
//! "Group of ten paid assassins" is headed by "group"; whether a report's reader would write down
//! the word alone, the phrase before it, or all that hangs on it too, is learned from examples.

use std::ops::Range;

use throughline_linear::{Sequence, hash, join};

use super::columns::Columns;
use super::heads::{COARSE, FINE};
use super::models::Weights;
use super::roles::{ADJ, ADP, Context, DET, NOUN, NUM, PROPN, PUNCT};
use super::scene::EDGE;

/// The labels of phrases: not so, so.
pub const LABELS: [&str; 2] = ["no", "yes"];

/// So many words before a head are looked at, and so many behind it.
const BEFORE: usize = 8;
const BEHIND: usize = 16;

/// What may stand before the head of a phrase.
fn modifies(tag: u8) -> bool {
    matches!(tag, ADJ | NOUN | PROPN | NUM | DET)
}

/// A phrase that a head may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its words.
    pub words: Range<usize>,
    /// What its end follows from.
    end: End,
    /// Whether nothing before it could be part of it.
    whole: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// The head.
    Head,
    /// Names and numbers right behind it.
    Run,
    /// What hangs on it.
    Hung,
    /// A preposition and what follows, whatever the tree says.
    Prepositional,
}

/// The phrases that a head may have, in order of their first words.
pub fn candidates(columns: &Columns, context: &Context, head: usize) -> Vec<Phrase> {
    let sentence = &columns.sentences[context.sentence[head] as usize];
    let word = |at: usize, text: &str| columns.all[at].word == hash(text.as_bytes());
    let apart = |at: usize| context.tags[at] == PUNCT && !word(at, "\"") && !word(at, "-");
    let mut first = head;
    while first > sentence.start && head - first < BEFORE {
        let before = first - 1;
        if apart(before) || !(under(context, before, head) || modifies(context.tags[before])) {
            break;
        }
        first = before;
    }
    let empty = ["the", "a", "an", "'s", ",", "-"];
    let starts =
        (first..=head).filter(|at| *at == head || !empty.iter().any(|text| word(*at, text)));
    let ends = ends(columns, context, head);
    let mut found: Vec<Phrase> = Vec::new();
    for start in starts {
        for (end, how) in &ends {
            let words = start..*end;
            let known = found.iter().any(|one| one.words == words);
            if !known && headed(context, &words) == head {
                found.push(Phrase { words, end: *how, whole: false });
            }
        }
    }
    let whole = found.iter().map(|one| one.words.start).min();
    found.iter_mut().for_each(|one| one.whole = Some(one.words.start) == whole);
    found
}

/// Where phrases of a head may end.
fn ends(columns: &Columns, context: &Context, head: usize) -> Vec<(usize, End)> {
    let sentence = &columns.sentences[context.sentence[head] as usize];
    let word = |at: usize, text: &str| columns.all[at].word == hash(text.as_bytes());
    let mut ends = vec![(head + 1, End::Head)];
    let mut end = head + 1;
    while end < sentence.end
        && end - head < 6
        && (matches!(context.tags[end], PROPN | NUM | NOUN) || word(end, "-"))
    {
        end += 1;
        ends.push((end, End::Run));
    }
    for near in context.hung[head].iter().map(|near| *near as usize).filter(|near| *near > head) {
        let upto = sentence.end.min(head + BEHIND + 1);
        let last = (near + 1..upto).find(|at| !under(context, *at, near)).unwrap_or(upto);
        if last - head <= BEHIND {
            ends.push((last, End::Hung));
        }
    }
    let mut at = head + 1;
    for _ in 0..3 {
        if at >= sentence.end || context.tags[at] != ADP && !word(at, "'s") {
            break;
        }
        let fits = |next: &usize| modifies(context.tags[*next]) || word(*next, "'s");
        let next = (at + 1..sentence.end.min(head + BEHIND)).take_while(fits).last();
        let Some(last) = next else { break };
        at = last + 1;
        ends.push((at, End::Prepositional));
    }
    ends
}

/// Whether a word hangs on another, directly or not.
fn under(context: &Context, at: usize, top: usize) -> bool {
    context.trees.above(at, BEHIND).any(|above| above == top)
}

/// The word that heads some words: the first noun that hangs on none of them.
pub fn headed(context: &Context, words: &Range<usize>) -> usize {
    let top = |at: &usize| {
        context.heads(*at) && context.trees.head(*at).is_none_or(|head| !words.contains(&head))
    };
    words.clone().find(top).unwrap_or(words.end - 1)
}

/// The likeliest phrase of a head in a role, and how probable it is.
pub fn best(
    columns: &Columns,
    context: &Context,
    head: usize,
    role: usize,
    phrases: &[Phrase],
    weights: &Weights<'_>,
) -> Option<(Range<usize>, f32)> {
    let mut best: Option<(Range<usize>, f32)> = None;
    for phrase in phrases {
        let seen = features(columns, context, head, role, phrase);
        let share = weights.phrases.probabilities(&seen).at(0)[1];
        if best.as_ref().is_none_or(|(_, most)| share > *most) {
            best = Some((phrase.words.clone(), share));
        }
    }
    best
}

/// What is seen of a phrase of a head in a role.
pub fn features(
    columns: &Columns,
    context: &Context,
    head: usize,
    role: usize,
    phrase: &Phrase,
) -> Sequence {
    let Phrase { words, end, whole } = phrase;
    let sentence = &columns.sentences[context.sentence[head] as usize];
    let inside = |at: usize| Some(at).filter(|at| sentence.contains(at));
    let word = |at: Option<usize>| at.map_or(EDGE, |at| columns.all[at].word);
    let code = |at: Option<usize>, bits: u8| {
        at.and_then(|at| columns.all[at].code).map_or(EDGE, |code| code.prefix(bits))
    };
    let tag = |at: Option<usize>| at.map_or(99, |at| u64::from(context.tags[at]));
    let (first, last) = (Some(words.start), Some(words.end - 1));
    let before = words.start.checked_sub(1).and_then(inside);
    let after = inside(words.end);
    let left = (head - words.start).min(5) as u64;
    let right = (words.end - head).min(6) as u64;
    let how = *end as u64;
    let (name, named) = &context.named[head];
    let fits = if named.is_empty() {
        0
    } else {
        u64::from(named == words)
            + 2 * u64::from(named.start == words.start)
            + 4 * u64::from(named.end == words.end)
    };
    // The first word behind the head.
    let goes_on = Some(head + 1).filter(|at| *at < words.end);
    let noun = |tag: u64| u64::from([NOUN, PROPN, NUM].map(u64::from).contains(&tag));
    let more_before = noun(tag(before)) | u64::from(tag(before) == u64::from(ADJ));
    let all = [
        0,
        word(first),
        tag(first),
        join(tag(before), tag(first)),
        word(before),
        tag(after),
        word(after),
        join(left, right),
        left,
        right,
        how,
        context.trees.relation(words.start),
        fits,
        word(last),
        tag(last),
        join(code(Some(head), 12), left),
        join(code(Some(head), 12), right),
        join(code(first, 12), tag(before)),
        join(word(goes_on), how),
        join(word(goes_on), code(Some(head), 12)),
        join(word(goes_on), word(Some(head))),
        u64::from(*whole),
        join(code(last, 12), word(goes_on)),
        join(code(first, 28), left),
        join(context.trees.relation(words.end - 1), how),
        join(noun(tag(after)), right),
        join(more_before, code(before, 12)),
        join(word(first), word(before)),
        join(word(Some(head)), join(left, right)),
        join(*name, join(fits, left)),
        join(word(after), how),
    ];
    let mut out = Sequence::with_capacity(1, 2 * all.len());
    // Which words the head, its neighbours and the ends are related to.
    let kin = |at: Option<usize>, bits: u8| {
        at.and_then(|at| columns.all[at].related).map_or(EDGE, |code| code.prefix(bits))
    };
    let related = [
        join(kin(Some(head), FINE), left),
        join(kin(Some(head), FINE), right),
        join(kin(Some(head), COARSE), join(left, right)),
        join(kin(first, FINE), tag(before)),
        join(kin(first, COARSE), kin(before, COARSE)),
        join(kin(goes_on, FINE), how),
        join(kin(last, FINE), how),
        join(kin(last, COARSE), word(goes_on)),
        join(kin(before, FINE), tag(first)),
        join(kin(after, FINE), how),
    ];
    for (number, filling) in (40..).zip(related) {
        let seen = join(number, filling);
        out.add(200, seen);
        out.add(201 + role as u64, seen);
    }
    for (number, filling) in (0..).zip(all) {
        let seen = join(number, filling);
        out.add(200, seen);
        out.add(201 + role as u64, seen);
    }
    out.end_place();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::learned::Page;

    /// The phrases that a word of a text may head.
    fn of(text: &str, head: &str) -> Vec<String> {
        let weights = Weights::own();
        let page = Page::of_text(text);
        let columns = Columns::new(&page, &weights);
        let context = Context::new(&columns, &weights);
        let at = (0..page.len()).find(|at| page.word(*at) == head).unwrap();
        let written = |words: &Range<usize>| -> String {
            words.clone().map(|at| page.word(at)).collect::<Vec<_>>().join(" ")
        };
        candidates(&columns, &context, at).iter().map(|one| written(&one.words)).collect()
    }

    #[test]
    fn a_phrase_goes_from_what_modifies_its_head_to_what_hangs_on_it() {
        let found = of("The bridge was hit by a group of armed men.", "group");
        assert!(found.contains(&"group".to_owned()), "{found:?}");
        assert!(found.contains(&"group of armed men".to_owned()), "{found:?}");
        assert!(found.iter().all(|one| !one.starts_with("a ")), "{found:?}");
        let found = of("Two armed guards of the bank fled.", "guards");
        for wanted in ["guards", "armed guards", "Two armed guards", "Two armed guards of the bank"]
        {
            assert!(found.contains(&wanted.to_owned()), "{wanted} {found:?}");
        }
        assert!(found.iter().all(|one| !one.contains("fled")), "{found:?}");
    }
}

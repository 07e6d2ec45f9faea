//! Headlines and pull-quotes that repeat the body, with what differs.
//!
//! A pull-quote is a copy and never a second source, and a headline is written over the
//! body: where one says what the body says, it repeats it. A headline that asserts what the
//! body only suggests, or a copy that leaves a number out or brings in words of its own, is
//! noted.

use std::collections::BTreeSet;

use throughline_model::{Assertion, NoteKind, Share, Value, Variable, ZoneRole};

use super::builder::Builder;
use super::incidents::lexicon::Class;
use super::words::Words;

/// Marks copies and notes what differs.
pub(crate) fn mark(words: &Words<'_>, builder: &mut Builder<'_>) {
    let display =
        |assertion: &&Assertion| matches!(assertion.zone, ZoneRole::Headline | ZoneRole::PullQuote);
    let copies: Vec<Assertion> = builder.assertions().iter().filter(display).cloned().collect();
    for copy in copies {
        let Some(original) = original(&copy, builder) else { continue };
        builder.repeats(copy.id, original.id);
        if copy.variable == Variable::Share {
            builder.join(original.subject, copy.subject);
        }
        let differences = differences(words, &copy, &original);
        if let Some(text) = differences {
            let at = tokens(words, &copy);
            builder.note(at, Some(copy.id), NoteKind::Discrepancy, text);
        }
    }
}

/// The body's assertion that a copy repeats: the same variable of the same subject; of
/// several the one with the same value.
fn original(copy: &Assertion, builder: &Builder<'_>) -> Option<Assertion> {
    let body = builder.assertions().iter().filter(|held| {
        held.zone == ZoneRole::Body && held.variable == copy.variable && held.id != copy.id
    });
    let same_party = |held: &&Assertion| match (held.party, copy.party) {
        (Some(a), Some(b)) => builder.same(a, b),
        (a, b) => a == b,
    };
    let found = match &copy.value {
        Value::Share(share) => body
            .filter(|held| matches!(&held.value, Value::Share(other) if other.part == share.part))
            .max_by_key(|held| shared_words(held, share)),
        value => body
            .filter(|held| builder.same(held.subject, copy.subject))
            .filter(same_party)
            .max_by_key(|held| equal(&held.value, value, builder)),
    };
    found.cloned()
}

fn equal(a: &Value, b: &Value, builder: &Builder<'_>) -> bool {
    match (a, b) {
        (Value::Mention(a), Value::Mention(b)) => builder.same(*a, *b),
        _ => a == b,
    }
}

fn shared_words(held: &Assertion, share: &Share) -> usize {
    let Value::Share(other) = &held.value else { return 0 };
    let theirs: BTreeSet<&str> = other.property.split_whitespace().collect();
    share.property.split_whitespace().filter(|word| theirs.contains(word)).count()
}

/// What a copy says otherwise than the body, in words; `None` if nothing.
fn differences(words: &Words<'_>, copy: &Assertion, body: &Assertion) -> Option<String> {
    let place = if copy.zone == ZoneRole::Headline { "the headline" } else { "the pull-quote" };
    let mut parts: Vec<String> = Vec::new();
    let (of_copy, of_body) = (copy.weakest(), body.weakest());
    if of_copy < of_body {
        parts.push(format!(
            "of {} {place} has as {} what the body has as {}",
            copy.variable.name(),
            of_copy.name(),
            of_body.name()
        ));
    }
    if let (Value::Share(short), Value::Share(long)) = (&copy.value, &body.value) {
        if let (None, Some(whole)) = (short.whole, long.whole) {
            parts.push(format!("{place} leaves out the whole of {whole}"));
        } else if short.whole != long.whole {
            parts.push(format!("{place} gives another whole"));
        }
        let own = own_words(words, copy, body);
        if !own.is_empty() {
            parts.push(format!(
                "{place} says {}, which the sentence that it repeats does not",
                own.join(", ")
            ));
        }
    } else if let (Value::Figure(a), Value::Figure(b)) = (&copy.value, &body.value)
        && a != b
    {
        parts.push(format!("{place} gives another figure than the body"));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Runs of words of the copy's sentence that the body's does not have, in quotation marks.
fn own_words(words: &Words<'_>, copy: &Assertion, body: &Assertion) -> Vec<String> {
    let (mine, theirs) = (tokens(words, copy), tokens(words, body));
    let lemma = |token: usize| words.analysis.tokens[token].lemma.as_str();
    let known: BTreeSet<&str> = theirs.map(lemma).collect();
    let content = |token: usize| {
        !words.mark(token)
            && words.name(token).is_none()
            && words.quantity(token).is_none()
            && !words.is(token, Class::Determiner)
            && !words.is(token, Class::Preposition)
            && !words.is(token, Class::Auxiliary)
            && !words.is(token, Class::Relative)
            && !matches!(lemma(token), "number" | "total")
            && !known.contains(lemma(token))
    };
    let mut runs: Vec<String> = Vec::new();
    let mut open = false;
    for token in mine {
        if content(token) {
            match runs.last_mut().filter(|_| open) {
                Some(run) => {
                    run.push(' ');
                    run.push_str(words.lower(token));
                }
                None => runs.push(words.lower(token).to_owned()),
            }
            open = true;
        } else {
            // "inspired by" says more than "inspired".
            let small = words.lower(token) == "by"
                || words.is(token, Class::Preposition) && !known.contains(lemma(token));
            if let Some(run) = runs.last_mut().filter(|_| open && small) {
                run.push(' ');
                run.push_str(words.lower(token));
            }
            open = false;
        }
    }
    runs.into_iter().map(|run| format!("“{run}”")).collect()
}

/// The tokens of the sentence that an assertion stands in.
fn tokens(words: &Words<'_>, assertion: &Assertion) -> std::ops::Range<usize> {
    let Some(span) = assertion.passage.span() else { return 0..0 };
    let sentences = &words.analysis.sentences;
    let at = sentences.partition_point(|sentence| sentence.span.start < span.start);
    sentences.get(at).map_or(0..0, |sentence| sentence.tokens.clone())
}

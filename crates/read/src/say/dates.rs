//! Dates of one text that do not fit each other, and which incidents belong to a set.
//!
//! A set and an incident in one sentence belong together where the words between them say
//! so ("including", "culminating in", "helped allow"). If the set is of "last year" and its
//! member of the year before, a coder should look.

use throughline_model::{NoteKind, Value, Variable};

use super::builder::Builder;
use super::incidents::lexicon::Class;
use super::incidents::{Deed, Deeds};
use super::words::Words;

/// Says the members of sets, and notes dates that do not fit or that need a day of publication
/// which is not known.
pub(crate) fn note(words: &Words<'_>, deeds: &Deeds, builder: &mut Builder<'_>) {
    // Where that day is known, what is left counts from something else ("two days after the vote").
    let undated = builder.published().is_none();
    let open = words.analysis.times.iter().filter(|time| time.relative && time.value.is_none());
    for time in open.filter(|_| undated) {
        let text = format!(
            "“{}” cannot be resolved, since the day of publication is not known",
            builder.text(time.tokens.clone())
        );
        builder.note(time.tokens.clone(), None, NoteKind::Undated, text);
    }
    for (at, set) in deeds.deeds.iter().enumerate().filter(|(_, deed)| deed.set) {
        let later = deeds.deeds[at + 1..].iter();
        let in_sentence = later.take_while(|deed| deed.tokens.start < set.sentence.end);
        let mut seen = None;
        for member in in_sentence.filter(|deed| !deed.set) {
            if seen == Some(member.group) || !includes(words, set, member) {
                continue;
            }
            seen = Some(member.group);
            let value = Value::Mention(member.mention);
            let said =
                builder.say(set.tokens.clone(), set.mention, Variable::Member, None, value, 60);
            let (Some(of_set), Some(of_member)) = (&set.date, &member.date) else { continue };
            if of_set.overlaps(of_member) {
                continue;
            }
            let (set_words, member_words) =
                (builder.words(set.mention), builder.words(member.mention));
            let text = format!(
                "“{set_words}” is dated {of_set}, but “{member_words}”, spoken of with it, {of_member}"
            );
            let span = set.tokens.start..member.tokens.end;
            builder.note(span, Some(said), NoteKind::DateMisfit, text);
        }
    }
}

fn includes(words: &Words<'_>, set: &Deed, member: &Deed) -> bool {
    let between = set.tokens.end..member.tokens.start;
    let such_as =
        between.clone().any(|token| words.lower(token) == "such" && words.lower(token + 1) == "as");
    such_as || words.any(between, Class::Inclusive)
}

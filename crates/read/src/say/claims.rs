//! Claims of responsibility: who claims, through which outlet, when, in what words, with
//! which details; and pictures or names that channels pass on.
//!
//! A statement by a group is a claim where it takes or refuses responsibility, or says what
//! the attacker was to the group. Its parts often stand in several sentences: "the group's
//! claim …", "a statement released yesterday …", "the message …" are one claim unless
//! claimant or day differ.

mod shared;
mod spoken;
mod statements;

use throughline_model::{MentionId, SubjectKind, Value, Variable};

use super::builder::Builder;
use super::incidents::Deeds;
use super::incidents::lexicon::Class;
use super::words::Words;

use self::statements::{Claimant, Statement};

/// One claim of the document, as far as the sentences before have told it.
struct Claim {
    mention: MentionId,
    claimant: Option<MentionId>,
    noun: String,
    deed: Option<usize>,
}

/// Says the claims of a document, and what was shared.
pub(crate) fn say(words: &Words<'_>, deeds: &Deeds, builder: &mut Builder<'_>) {
    let found = statements::find(words);
    let evident = chains(words, &found, builder);
    let mut claims: Vec<Claim> = Vec::new();
    for (statement, evident) in found.iter().zip(evident) {
        if evident {
            claim(words, deeds, statement, &mut claims, builder);
        }
    }
    shared::say(words, builder);
}

/// Which statements are claims: those that say so, and those that go with one that does.
fn chains(words: &Words<'_>, found: &[Statement], builder: &mut Builder<'_>) -> Vec<bool> {
    let claimants: Vec<Option<MentionId>> =
        found.iter().map(|statement| who(statement, builder)).collect();
    let alike = |a: usize, b: usize| {
        let same_noun = words.lower(found[a].head) == words.lower(found[b].head);
        let points_back = found[a.max(b)].definite && found[a.max(b)].claimant.is_none();
        match (claimants[a], claimants[b]) {
            (Some(x), Some(y)) => builder.same(x, y),
            _ => same_noun && points_back,
        }
    };
    let count = found.len();
    let near = |a: usize| a.saturating_sub(6)..(a + 7).min(count);
    (0..count)
        .map(|a| {
            found[a].evident
                || (!found[a].loose && near(a).any(|b| found[b].evident && alike(a, b)))
        })
        .collect()
}

/// Whether what is claimed is told as something new: "for a bomb sent to", "for two bombs".
fn of_another(words: &Words<'_>, statement: &Statement) -> bool {
    let until = statement.sentence.end.min(statement.tokens.end + 4);
    (statement.head..until)
        .find(|&at| {
            matches!(
                words.lower(at),
                "for"
                    | "behind"
                    | "planting"
                    | "planted"
                    | "placing"
                    | "placed"
                    | "sending"
                    | "sent"
                    | "left"
            )
        })
        .is_some_and(|at| words.is(at + 1, Class::Indefinite) || words.quantity(at + 1).is_some())
}

/// The mention of the claimant.
fn who(statement: &Statement, builder: &mut Builder<'_>) -> Option<MentionId> {
    let mention = match statement.claimant.clone()? {
        Claimant::Name(name) => builder.name(name),
        Claimant::Group(phrase) => builder.described(SubjectKind::Group, phrase),
    };
    Some(mention)
}

fn claim(
    words: &Words<'_>,
    deeds: &Deeds,
    statement: &Statement,
    claims: &mut Vec<Claim>,
    builder: &mut Builder<'_>,
) {
    let claimant = who(statement, builder);
    let deed = deeds.in_tokens(statement.sentence.clone()).find(|deed| !deed.set);
    // "responsible for a device at the gates", which is no incident told before.
    let anew = deed.is_none() && of_another(words, statement);
    let about = deed.or_else(|| deeds.current(statement.head).filter(|_| !anew)).cloned();
    let group = about.as_ref().map(|deed| deed.group);
    let noun = words.lower(statement.head).to_owned();
    let known = claims.iter().rposition(|claim| {
        let same_deed = claim.deed == group || claim.deed.is_none() || group.is_none();
        let same_claimant = match (claim.claimant, claimant) {
            (Some(a), Some(b)) => builder.same(a, b),
            (None, None) => claim.noun == noun,
            _ => statement.definite || claim.noun == noun,
        };
        same_deed && same_claimant
    });
    let tokens = statement.tokens.clone();
    let mention = match claimant {
        // In lists "claimed" or "a statement" tells no claim from another.
        Some(claimant) => {
            let what = if statement.act == "denies" { "denial" } else { "claim" };
            let shown = format!("{what} by {}", builder.words(claimant));
            builder.shown(SubjectKind::Claim, tokens, shown)
        }
        None => builder.described(SubjectKind::Claim, tokens),
    };
    match known {
        Some(known) => {
            builder.join(claims[known].mention, mention);
            claims[known].claimant = claims[known].claimant.or(claimant);
        }
        None => claims.push(Claim { mention, claimant, noun, deed: group }),
    }
    let head = statement.head..statement.head + 1;
    let act = Value::Term(statement.act.to_owned());
    if statement.evident {
        builder.say(head.clone(), mention, Variable::ClaimAct, None, act, 85);
    }
    if let Some(claimant) = claimant {
        let value = Value::Mention(claimant);
        builder.say(head.clone(), mention, Variable::Claimant, None, value, 85);
    }
    if let Some(outlet) = statement.outlet {
        let outlet = builder.name(outlet);
        builder.say(head.clone(), mention, Variable::Through, None, Value::Mention(outlet), 85);
        if let Some(claimant) = claimant.filter(|_| statement.outlet_of_claimant) {
            let value = Value::Mention(claimant);
            builder.say(head.clone(), outlet, Variable::OutletOf, None, value, 80);
        }
    }
    if let Some(about) = &about {
        let sure = if deed.is_some() { 85 } else { 70 };
        let value = Value::Mention(about.mention);
        builder.say(head.clone(), mention, Variable::About, None, value, sure);
    }
    if let Some(time) = statement.issued.map(|time| &words.analysis.times[time])
        && let Some(date) = time.value.clone()
    {
        builder.say(head.clone(), mention, Variable::Issued, None, Value::Date(date), 85);
    }
    for quote in &statement.wording {
        let text = Value::Text(builder.text(quote.clone()));
        builder.say(quote.clone(), mention, Variable::Wording, None, text, 85);
    }
    if statement.no_details {
        let none = Value::Text("none".to_owned());
        builder.say(head.clone(), mention, Variable::Details, None, none, 80);
    }
    if let Some(manner) = statement.manner.clone() {
        let text = Value::Text(builder.text(manner.clone()));
        builder.say(manner, mention, Variable::Manner, None, text, 85);
    }
}

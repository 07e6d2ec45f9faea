//! What a step and a path say of themselves.

use throughline_connect::{Missing, Weakness};
use throughline_model::Day;

use super::path::{IdentityTold, PathTold, StepTold};
use super::{ChainTold, Connected, ObstacleTold, Searched, SeriesTold};

/// A day; nothing for always, for never and for what is not known.
pub(super) fn since_json(day: Day) -> Option<String> {
    (day != Day::MIN && day != Day::MAX).then(|| day.to_string())
}

/// Since when something could be seen.
pub fn since(day: Day) -> String {
    match day {
        Day::MIN => "on a coder's word, which no document supports".to_owned(),
        Day::MAX => "on no day that is known: something of it is undated".to_owned(),
        day => format!("since {day}"),
    }
}

/// How weak something is, in words; nothing if a person stands behind it and nothing speaks against
/// it.
pub fn weakness(weakness: Weakness) -> String {
    let mut words = Vec::new();
    words.extend(weakness.unreviewed.then_some("not reviewed"));
    words.extend(weakness.hedged.then_some("hedged"));
    words.extend(weakness.contested.then_some("contested"));
    words.join(", ")
}

/// A step as a line: `A ─ perpetrator → B`; dashed where it is only alleged.
pub fn line(path: &PathTold, at: usize) -> String {
    let step = &path.steps[at];
    let (from, to) = (&path.records[at].name, &path.records[at + 1].name);
    let (relation, forward) = relation(step);
    let alleged = step.weakness != Weakness::default() || !step.held;
    let bar = if alleged { "┄" } else { "─" };
    match forward {
        true => format!("{from} {bar} {relation} → {to}"),
        false => format!("{from} ← {relation} {bar} {to}"),
    }
}

/// A chain of hands as a line: `A ─ perpetrator → B ┄ gave money → C`.
pub fn chain(chain: &ChainTold) -> String {
    let mut line = chain.records.first().map(|one| one.name.clone()).unwrap_or_default();
    for (step, to) in chain.steps.iter().zip(chain.records.iter().skip(1)) {
        let marks = weakness(step.weakness);
        let (bar, marks) = match marks.is_empty() {
            true => ("─", String::new()),
            false => ("┄", format!(" ({marks})")),
        };
        line.push_str(&format!(" {bar} {}{marks} → {}", step.relation, to.name));
    }
    line
}

/// How much of a series stands if ties are missing.
pub fn stands(series: &SeriesTold, missing: &Missing) -> String {
    format!(
        "with {:.0} % of the ties missing {:.0} % of its pairs still hang together, and all of it in \
         {:.0} % of {} draws",
        missing.share * 100.0,
        series.stands.pairs * 100.0,
        series.stands.whole * 100.0,
        missing.draws
    )
}

/// What a step is, and whether it goes along the path: by the first word; other types are named too.
fn relation(step: &StepTold) -> (String, bool) {
    let forward = step.words.first().is_none_or(|word| word.forward);
    let mut names: Vec<&str> = Vec::new();
    for word in &step.words {
        if word.forward == forward && !names.contains(&word.relation.as_str()) {
            names.push(&word.relation);
        }
    }
    (names.join(", "), forward)
}

/// Whom a path passes through, in words: "Émile Henry, Émile Henry's circle"; nothing if it passes
/// through nobody.
pub fn through(path: &PathTold) -> String {
    let inner = path.records.len().saturating_sub(1);
    let names = path.records.get(1..inner).unwrap_or_default().iter();
    names.map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Which mentions in several documents a path takes for one subject, and on whose word; each record
/// once, with what could be seen last.
pub fn identities(path: &PathTold) -> Option<String> {
    let mut last: Vec<&IdentityTold> = Vec::new();
    for one in &path.identities {
        match last.iter_mut().find(|other| other.record.id == one.record.id) {
            Some(other) if rank(other) < rank(one) => *other = one,
            Some(_) => {}
            None => last.push(one),
        }
    }
    let told = |one: &&IdentityTold| {
        let so = match (one.judgment, one.hindsight) {
            (Some(_), true) => "hindsight, on a coder's word that no document supports".to_owned(),
            (Some(_), false) => format!("judged, {}", since(one.day)),
            (None, _) => format!("not reviewed, {}, {}", one.reason, since(one.day)),
        };
        format!("{} ({so})", one.record.name)
    };
    let told: Vec<String> = last.iter().map(told).collect();
    (!told.is_empty()).then(|| format!("taken for one in several documents: {}", told.join("; ")))
}

/// What stood in the way, in words: "two names until 1894-02-13: Henry and E. Henry (…)".
pub fn obstacle(obstacle: &ObstacleTold) -> String {
    match obstacle {
        ObstacleTold::Apart(identity, [one, other]) => {
            let names = match one == other {
                true => format!("{one} in two documents"),
                false => format!("{one} and {other}"),
            };
            let until = match identity.day {
                Day::MAX => "as far as days are known".to_owned(),
                day => format!("until {day}"),
            };
            format!("not known to be one {until}: {names} ({})", identity.reason)
        }
        ObstacleTold::TakenBack(word) => {
            format!("said {} and taken back on {}: {}", since(word.day), word.until, word.relation)
        }
    }
}

/// What nobody reviewed comes before what somebody judged, then the later.
fn rank(one: &IdentityTold) -> (bool, Day) {
    (one.judgment.is_none(), one.day)
}

/// That nothing was found, and where was looked.
pub fn nothing(connected: &Connected) -> String {
    format!("No connection {}.", looked(&connected.searched))
}

/// Where was looked: "within 4 ties in 64 documents of 6 publishers".
pub fn looked(searched: &Searched) -> String {
    let counted = |many: u64, one: &str| match many {
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    };
    format!(
        "within {} in {} of {}",
        counted(searched.within as u64, "tie"),
        counted(searched.documents, "document"),
        counted(searched.publishers, "publisher")
    )
}

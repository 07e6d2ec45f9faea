//! How an incident stands under published typologies of involvement, and why.

use std::sync::Arc;

use serde_json::{Value as Json, json};
use throughline_casebook::RecordView;
use throughline_formats::{counts::view, typologies};
use throughline_model::{Element, MentionId, SubjectKind};
use throughline_weigh::count::Truth;
use throughline_weigh::involvement::{self, Change, Graded, Hand, Outcome, Standings};
use throughline_weigh::typology::Typology;

use crate::counts;
use crate::words::{Names, namer};

/// The hands that an incident's record speaks of, under all typologies of the program; of other
/// records none.
pub fn hands(shown: &RecordView) -> Vec<Hand> {
    match shown.record.id.kind() {
        SubjectKind::Incident => {
            involvement::hands(&shown.record, &shown.names, &typologies::all())
        }
        _ => Vec::new(),
    }
}

/// The typology of some standings.
pub fn typology(standings: &Standings) -> Option<Arc<Typology>> {
    typologies::all().get(standings.typology).map(Arc::clone)
}

/// Where an incident stands: "directed", "enabled or inspired, not known", "none of them".
pub fn outcome(typology: &Typology, outcome: &Outcome) -> String {
    let name = |at: &usize| typology.classes.get(*at).map_or("?", |class| class.name.as_str());
    match outcome {
        Outcome::Class(at) => name(at).to_owned(),
        Outcome::None => "none of them".to_owned(),
        Outcome::Open(open, contested) => {
            let names: Vec<&str> = open.iter().map(name).collect();
            let which = match names.split_last() {
                Some((last, [])) => format!("perhaps {last}"),
                Some((last, others)) => format!("{} or {last}", others.join(", ")),
                None => String::new(),
            };
            format!("{which}, {}", if *contested { "contested" } else { "not known" })
        }
    }
}

/// What puts it there, each in a line. What nobody says anything of is one line.
pub fn because(graded: &Graded, names: Names) -> Vec<String> {
    let grounds = graded.grounds();
    let (silent, held): (Vec<_>, Vec<_>) =
        grounds.into_iter().partition(|ground| involvement::is_silent(ground));
    let mut lines: Vec<String> =
        held.into_iter().map(|ground| counts::ground(ground, names)).collect();
    let silent: Vec<&str> =
        silent.into_iter().filter_map(involvement::element).map(Element::name).collect();
    if !silent.is_empty() {
        lines.push(format!("nothing is held of {}", silent.join(", ")));
    }
    lines
}

/// One thing that would change it: "directed, if found: trained or gave-money".
pub fn change(typology: &Typology, change: &Change) -> String {
    let found = |answer: bool| -> Vec<&str> {
        let of = change.found.iter().filter(|(_, found)| *found == answer);
        of.map(|(element, _)| element.name()).collect()
    };
    let mut parts = Vec::new();
    for (there, words) in [(true, "found"), (false, "found not to be")] {
        let elements = found(there);
        if !elements.is_empty() {
            parts.push(format!("{words}: {}", elements.join(" or ")));
        }
    }
    format!("{}, if {}", outcome(typology, &change.to), parts.join(", or "))
}

/// The fields that docs/json.md gives.
pub fn json(shown: &RecordView) -> Json {
    let names = namer(&shown.names);
    hands(shown).iter().map(|hand| hand_json(hand, &names)).collect()
}

fn hand_json(hand: &Hand, names: Names) -> Json {
    let party = |id: MentionId| json!({"id": id.to_string(), "name": names(id)});
    let standings = hand.standings.iter().filter_map(|one| Some((one, typology(one)?)));
    let standings = standings.map(|(one, typology)| {
        let outcome = |outcome: &Outcome| self::outcome(&typology, outcome);
        let changes = one.changes.iter().map(|change| {
            let found = change.found.iter();
            let found = found.map(|(element, there)| {
                json!({"element": element.name(), "answer": if *there { "yes" } else { "no" }})
            });
            json!({"found": found.collect::<Vec<_>>(), "to": outcome(&change.to)})
        });
        json!({
            "typology": typology.name,
            "version": typology.version,
            "strict": graded_json(&one.strict, &typology, names),
            "lenient": graded_json(&one.lenient, &typology, names),
            "changes": changes.collect::<Vec<_>>(),
        })
    });
    json!({"party": hand.party.map(party), "standings": standings.collect::<Vec<_>>()})
}

fn graded_json(graded: &Graded, typology: &Typology, names: Names) -> Json {
    let classes = typology.classes.iter().zip(&graded.classes).map(|(class, (truth, grounds))| {
        json!({
            "class": class.name,
            "holds": truth_name(*truth),
            "because": grounds.iter().map(|one| view::ground(one, names)).collect::<Vec<_>>(),
        })
    });
    json!({
        "stands": outcome(typology, &graded.outcome()),
        "classes": classes.collect::<Vec<_>>(),
    })
}

fn truth_name(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "yes",
        Truth::No => "no",
        Truth::Unknown => "unknown",
        Truth::Contested => "contested",
    }
}

//! A claim's features and a claimant's record on the terminal.

use throughline_model::{AsOf, AssertionId};
use throughline_tell::claim::{self, ClaimTold};
use throughline_tell::claimed::ClaimsRecord;
use throughline_tell::evidence::{source_of, words_of};
use throughline_weigh::claim::Points;
use throughline_weigh::count::Reading;

use crate::output::{counted, plain, say, table, wrapped};

const INDENT: &str = "            ";

/// Feature by feature: what it is, what published work says of that, and the evidence.
pub(super) fn features(told: &ClaimTold, as_of: AsOf) -> anyhow::Result<()> {
    say("\nfeatures of the claim, and where published work says they point")?;
    if let Some((id, name)) = &told.incident {
        say(&wrapped(&plain(&format!("on {name} [{id}]")), "  ", "    "))?;
    }
    for feature in &told.features {
        let (title, _) = claim::title(feature);
        say("")?;
        say(&wrapped(&plain(&format!("{title}: {}", claim::value(feature))), "  ", "    "))?;
        for detail in &feature.found.details {
            let line = format!("“{}”: {}", plain(&detail.words), claim::public(detail));
            say(&wrapped(&line, "    ", "      "))?;
        }
        for pointer in claim::pointers(feature) {
            let line = format!("{}: {} ({})", points(pointer.points), pointer.says, pointer.source);
            say(&wrapped(&line, "    points  ", INDENT))?;
        }
        for id in &feature.found.evidence {
            evidence("for", *id, told, as_of)?;
        }
        for other in &feature.found.claims {
            say(&format!("    claim   {other}"))?;
        }
    }
    if !told.assessments.is_empty() {
        say("\nwhat others say of the claimant's hand")?;
        for id in &told.assessments {
            evidence("", *id, told, as_of)?;
        }
    }
    match &told.record {
        Some(claims) => record(claims),
        None => Ok(()),
    }
}

/// In which direction something points, in words.
fn points(points: Points) -> &'static str {
    match points {
        Points::Hand => "to a hand in the attack",
        Points::NoHand => "to no hand in the attack",
        Points::Both => "to neither, found with both",
    }
}

fn evidence(mark: &str, id: AssertionId, told: &ClaimTold, as_of: AsOf) -> anyhow::Result<()> {
    let Some(one) = told.evidence.get(&id) else { return Ok(()) };
    say(&wrapped(&words_of(one), &format!("    {mark:<8}"), INDENT))?;
    let from = plain(&source_of(one, &told.names, false, as_of));
    say(&wrapped(&format!("{from} [{id}]"), INDENT, INDENT))?;
    Ok(())
}

/// What came of all claims of one claimant.
pub(super) fn record(claims: &ClaimsRecord) -> anyhow::Result<()> {
    let many = claims.claims.len();
    let title = format!("what came of {} of {}", counted(many, "claim"), plain(&claims.name));
    say("")?;
    say(&wrapped(&title, "", "  "))?;
    for (reading, name) in
        [(Reading::Lenient, "as is held"), (Reading::Strict, "by findings alone")]
    {
        let outcomes = claims.outcomes(reading).into_iter().filter(|(_, many)| *many > 0);
        let outcomes: Vec<String> =
            outcomes.map(|(kind, many)| format!("{many} {}", kind.name())).collect();
        let resolved = claims.resolved(reading);
        let line = format!("{}; {resolved} of {many} resolved", outcomes.join(", "));
        say(&wrapped(&line, &format!("  {name:<19}"), "    "))?;
    }
    for (element, [yes, no, contested]) in claims.elements(Reading::Lenient) {
        let line = format!("{}: {yes} yes, {no} no, {contested} contested", element.name());
        say(&wrapped(&line, "    ", "      "))?;
    }
    let rows: Vec<Vec<String>> = claims
        .claims
        .iter()
        .map(|one| {
            let incident = one.incident.as_ref();
            vec![
                one.claim.to_string(),
                one.issued.as_ref().map(ToString::to_string).unwrap_or_default(),
                incident.map_or_else(|| "?".to_owned(), |(_, name)| plain(name)),
                one.lenient.kind.name().to_owned(),
                one.strict.kind.name().to_owned(),
            ]
        })
        .collect();
    say(&table(&["claim", "issued", "about", "as is held", "by findings"], &rows))?;
    if claims.left_out > 0 {
        say(&format!("  {} earlier not looked up", counted(claims.left_out, "claim")))?;
    }
    Ok(())
}

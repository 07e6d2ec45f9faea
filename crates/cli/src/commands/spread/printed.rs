//! What was found, laid out for a terminal.

use serde_json::json;
use throughline_casebook::{AssertionRow, Step};
use throughline_model::{AsOf, PictureId};
use throughline_tell::evidence;
use throughline_tell::pictures::looks;
use throughline_tell::record::status;
use throughline_tell::spread::words::{
    excerpt, named, not_compared, of_one_name, remarks, stands_uncorrected, when, whose,
};
use throughline_tell::spread::{Asked, Person, Spread};
use throughline_tell::words;

use crate::output::{Output, counted, header, namer, plain, print_json, say, wrapped};

pub(super) fn print(spread: &Spread, output: Output) -> anyhow::Result<()> {
    let as_of = spread.as_of;
    if output.json {
        print_json(&json!([spread.json()]))?;
        return Ok(());
    }
    match &spread.asked {
        Asked::Picture { sha256, look } => {
            let mut about = vec![format!("{}  picture", PictureId::of_bytes(*sha256))];
            about.extend(look.as_ref().map(|look| looks(Some(look))));
            if spread.held == Some(false) {
                about.push("its bytes are not in this casebook".to_owned());
            }
            say(&about.join(", "))?;
            if let Some(words) = not_compared(spread) {
                say(&wrapped(words, "", ""))?;
            }
        }
        Asked::People(_) => {
            for one in &spread.people {
                say(&format!("{}  {}", one.id, plain(&one.name)))?;
            }
            if let Some(words) = of_one_name(spread) {
                say(&wrapped(&words, "", ""))?;
            }
        }
    }
    if let Some(header) = header(as_of) {
        say(&header)?;
    }
    if spread.undated > 0 {
        let left = counted(spread.undated, "undated document");
        say(&format!("{left} left out: without a date, in no view as of a day"))?;
    }
    if spread.steps.is_empty() {
        say("\nin no document in view")?;
    }
    for (at, step) in spread.steps.iter().enumerate() {
        say_step(at, step, spread)?;
    }
    let wanted = matches!(spread.asked, Asked::Picture { .. }) && !spread.people.is_empty();
    if wanted {
        say("\npeople accused, cleared or named in these documents")?;
    }
    for one in &spread.people {
        say_person(one, &spread.asked, as_of)?;
    }
    if !spread.today.is_empty() {
        say("\nof the same name, today")?;
    }
    for one in &spread.today {
        let text = format!("{}  {} – {}", one.id, plain(&one.name), one.status);
        say(&wrapped(&text, "  ", "    "))?;
    }
    Ok(())
}

fn say_step(at: usize, step: &Step, spread: &Spread) -> anyhow::Result<()> {
    const INDENT: &str = "    ";
    say(&format!("\n{}  {} [{}]", when(step), whose(step), step.row.id))?;
    let remarks = remarks(spread, at, step);
    if !remarks.is_empty() {
        say(&wrapped(&remarks.join("; "), INDENT, INDENT))?;
    }
    let said = excerpt(&step.document);
    if !said.is_empty() {
        say(&wrapped(&format!("“{}”", plain(&said)), INDENT, INDENT))?;
    }
    for words in named(spread, step) {
        say(&wrapped(&plain(&words), INDENT, INDENT))?;
    }
    if let Asked::People(_) = spread.asked {
        let own = spread.said_in(step);
        if own.is_empty() {
            say(&format!("{INDENT}the name stands there; nothing that is said of it was read"))?;
        }
        for row in own {
            say_row(row, INDENT, spread.as_of)?;
        }
    }
    Ok(())
}

fn say_row(row: &AssertionRow, indent: &str, as_of: AsOf) -> anyhow::Result<()> {
    let names = namer(&row.names);
    let said = &row.evidence.assertion;
    let of = match said.subject.kind() {
        throughline_model::SubjectKind::Person => String::new(),
        kind => format!("of the {} {}, ", kind.name(), plain(&words::named(said.subject, &names))),
    };
    let inner = format!("{indent}  ");
    let what = plain(&words::assertion(said, &names));
    say(&wrapped(&format!("{of}{what}"), indent, &inner))?;
    say(&wrapped(&evidence::words_of(&row.evidence), &inner, &inner))?;
    let from = plain(&evidence::source_of(&row.evidence, &row.names, false, as_of));
    say(&wrapped(&format!("{from} [{}]", said.id), &inner, &inner))?;
    Ok(())
}

fn say_person(one: &Person, asked: &Asked, as_of: AsOf) -> anyhow::Result<()> {
    let picture = matches!(asked, Asked::Picture { .. });
    let only = if one.namesake { "  (of the same name; not judged to be one)" } else { "" };
    say(&format!("\n{}  {}{only}", one.id, plain(&one.name)))?;
    say(&wrapped(&format!("status: {}", status(&one.shown)), "", "  "))?;
    if let Some(present) = &one.present {
        say(&wrapped(&format!("present status: {}", status(present)), "", "  "))?;
    }
    if picture && !one.said.is_empty() {
        say("said")?;
        for row in &one.said {
            say_row(row, "  ", as_of)?;
        }
    }
    if !one.corrected.is_empty() {
        say("corrected")?;
    } else if stands_uncorrected(one) {
        say("corrected: nowhere in view, as far as the program has read")?;
    }
    for row in &one.corrected {
        say_row(row, "  ", as_of)?;
    }
    Ok(())
}

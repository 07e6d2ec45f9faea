//! The map with which `import table` reads a table of such columns.

use throughline_model::Variable;

use super::{Claim, Column, Exchange, Holds, Part};

/// By what later values speak of the claim.
const CLAIMED: &str = "\"claim\"";

/// The map as TOML, with comments. What a row does not tell apart (several claims, doubt, what is the
/// same in every row) is not read.
pub fn map(set: &Exchange) -> String {
    let mut text = format!(
        "# The map with which `throughline import table` reads a table in the columns of {}.\n\
         # Change `by` to the name of who stands for the values, and `work` to what is cited.\n\
         by = \"the table's coder\"\nid = {}\nguarded = true\nblank = [\"[name withheld]\"]\n\n\
         [cites]\nwork = {}\nplace = {}\n",
        quoted(&set.title),
        quoted(&set.id),
        quoted(&set.title),
        quoted(&format!("row {{{}}}", set.id)),
    );
    if let Some(called) = &set.called {
        let name = format!("name = {}\n\n[cites]", quoted(called));
        text = text.replacen("\n[cites]", &name, 1);
    }
    let part_of = |part: Part| {
        set.columns.iter().find(|one| one.holds == Holds::Variable(Variable::Date, part))
    };
    // Tables of TOML stand before those of another name.
    for column in set.columns.iter().filter(|one| one.holds == Holds::Claim(Claim::Claimed)) {
        text.push_str(&format!(
            "\n# {}\n[[claim]]\nlabel = {CLAIMED}\ncolumn = {}\nis = [\"1\"]\n",
            column.means,
            quoted(&column.name)
        ));
    }
    let claimed = text.contains("[[claim]]");
    for column in &set.columns {
        let (variable, part) = match column.holds {
            Holds::Variable(variable, part) => (variable, part),
            Holds::Claim(Claim::Mode) if claimed => (Variable::Mode, Part::Nth(0)),
            Holds::Claim(_) | Holds::Fixed(_) => continue,
        };
        let mut lines = vec![format!("variable = {}", quoted(variable.name()))];
        match part {
            Part::Doubt | Part::Inexact | Part::Month | Part::Day => continue,
            Part::Year => {
                let named = [("year", Some(column)), ("month", part_of(Part::Month))];
                for (key, column) in named.into_iter().chain([("day", part_of(Part::Day))]) {
                    lines.extend(column.map(|one| format!("{key} = {}", quoted(&one.name))));
                }
            }
            Part::All => {
                lines.push(format!("column = {}", quoted(&column.name)));
                lines.push("several = true".to_owned());
            }
            Part::Nth(_) | Part::Edtf | Part::Exact if column.beside.is_some() => {
                let other = column.beside.as_deref().unwrap_or_default();
                lines.push(format!(
                    "text = {}",
                    quoted(&format!("{{{other}}}/{{{}}}", column.name))
                ));
            }
            Part::Nth(_) | Part::Edtf | Part::Exact => {
                lines.push(format!("column = {}", quoted(&column.name)));
            }
        }
        if matches!(column.holds, Holds::Claim(_)) {
            lines.push(format!("of = {CLAIMED}"));
        }
        lines.extend(reads(column));
        text.push_str(&format!("\n# {}\n[[value]]\n{}\n", column.means, lines.join("\n")));
    }
    text
}

/// How cells are translated, and which say nothing.
fn reads(column: &Column) -> Vec<String> {
    let mut lines = Vec::new();
    if !column.reads.is_empty() {
        let pairs =
            column.reads.iter().map(|(cell, term)| format!("{} = {}", quoted(cell), quoted(term)));
        lines.push(format!("values = {{ {} }}", pairs.collect::<Vec<_>>().join(", ")));
        lines.push("others = \"leave-out\"".to_owned());
    }
    if !column.unknown.is_empty() {
        lines.push(format!("blank = [{}]", quoted(&column.unknown)));
    }
    lines
}

/// A basic string of TOML: a string of JSON is one.
fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

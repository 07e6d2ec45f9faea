//! Incidents that are parts of others stand beneath them, so that one attack on three sites does
//! not look like four attacks.

use std::collections::{BTreeMap, BTreeSet};

use throughline_casebook::{Listed, Result};
use throughline_model::{MentionId, SubjectKind, Value, Variable};

/// An incident in its place in the list.
#[derive(Debug, PartialEq, Eq)]
pub struct Placed<'r> {
    /// The incident.
    pub row: &'r Listed,
    /// How many incidents of the list it stands beneath.
    pub depth: usize,
    /// Whether somebody has reviewed that it is a part.
    reviewed: bool,
    /// What it is a part of, where that is not above it in the list.
    elsewhere: Option<String>,
}

impl Placed<'_> {
    /// The name, with a mark or a word for a part.
    pub fn name(&self) -> String {
        let name = &self.row.name;
        let doubt = if self.reviewed { "" } else { "?" };
        match (self.depth, &self.elsewhere) {
            (0, None) => name.clone(),
            (0, Some(whole)) => format!("{name}, part of {whole}{doubt}"),
            (depth, _) => format!("{}└{doubt} {name}", "└ ".repeat(depth - 1)),
        }
    }

    /// Whether somebody has reviewed that it is a part.
    pub fn is_reviewed(&self) -> bool {
        self.reviewed
    }

    /// The name of what it is a part of, where that does not stand above it in the list.
    pub fn elsewhere(&self) -> Option<&str> {
        self.elsewhere.as_deref()
    }

    /// Whether it is said to be a part of another.
    pub fn is_part(&self) -> bool {
        self.depth > 0 || self.elsewhere.is_some()
    }
}

/// The rows in their order, and each part after its whole. `record_of` gives the record that a
/// mention belongs to, since a value may name any of a record's mentions.
pub fn arranged(
    rows: &[Listed],
    mut record_of: impl FnMut(MentionId) -> Result<Option<MentionId>>,
) -> Result<Vec<Placed<'_>>> {
    let listed: BTreeSet<MentionId> = rows.iter().map(|row| row.id).collect();
    let mut parts: BTreeMap<MentionId, Vec<Placed>> = BTreeMap::new();
    let mut tops = Vec::new();
    for row in rows {
        let mut one = Placed { row, depth: 0, reviewed: true, elsewhere: None };
        let Some((named, reviewed)) = whole_of(row) else {
            tops.push(one);
            continue;
        };
        let whole = if listed.contains(&named) { Some(named) } else { record_of(named)? };
        match whole {
            // Mentions of a site and of the whole that were judged to be one.
            Some(whole) if whole == row.id => tops.push(one),
            Some(whole) if listed.contains(&whole) => {
                one.reviewed = reviewed;
                parts.entry(whole).or_default().push(one);
            }
            _ => {
                one.reviewed = reviewed;
                let name = row.names.get(&named).cloned();
                one.elsewhere = Some(name.unwrap_or_else(|| named.to_string()));
                tops.push(one);
            }
        }
    }
    let mut placed = Vec::with_capacity(rows.len());
    for one in tops {
        place(one, 0, &mut parts, &mut placed);
    }
    // What is left are circles, in which each is said to be a part of another.
    while let Some((_, circle)) = parts.pop_first() {
        for one in circle {
            place(one, 0, &mut parts, &mut placed);
        }
    }
    Ok(placed)
}

fn place<'r>(
    one: Placed<'r>,
    depth: usize,
    parts: &mut BTreeMap<MentionId, Vec<Placed<'r>>>,
    placed: &mut Vec<Placed<'r>>,
) {
    let own = parts.remove(&one.row.id).unwrap_or_default();
    placed.push(Placed { depth, ..one });
    for part in own {
        place(part, depth + 1, parts, placed);
    }
}

/// The incident that a row is a part of, and whether that is reviewed.
fn whole_of(row: &Listed) -> Option<(MentionId, bool)> {
    row.holdings.iter().find_map(|held| match (held.variable, &held.value) {
        (Variable::PartOf, Some(Value::Mention(id))) if id.kind() == SubjectKind::Incident => {
            Some((*id, held.basis.is_reviewed()))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use throughline_model::{Basis, Fingerprint, Holding};

    use super::*;

    fn id(name: &str) -> MentionId {
        MentionId::of(SubjectKind::Incident, Fingerprint::new("test").field(name.as_bytes()))
    }

    fn row(name: &str, whole: Option<&str>) -> Listed {
        let holdings = whole.map(|whole| Holding {
            variable: Variable::PartOf,
            party: None,
            value: Some(Value::Mention(id(whole))),
            basis: Basis::Proposal("each value said"),
            voices: 1,
            hedged: false,
            copied: false,
            contested: false,
            evidence_gone: false,
            rivals: Vec::new(),
            support: Vec::new(),
            against: Vec::new(),
        });
        Listed {
            id: id(name),
            name: name.to_owned(),
            mentions: 1,
            first_published: None,
            holdings: holdings.into_iter().collect(),
            names: whole.map(|whole| (id(whole), whole.to_owned())).into_iter().collect(),
        }
    }

    #[track_caller]
    fn check(rows: &[(&str, Option<&str>)], want: &[&str]) {
        let rows: Vec<Listed> = rows.iter().map(|(name, whole)| row(name, *whole)).collect();
        // A record that answers to a second mention.
        let record_of = |mention| Ok((mention == id("the blasts")).then(|| id("Lenn")));
        let placed = arranged(&rows, record_of).unwrap();
        assert_eq!(placed.iter().map(Placed::name).collect::<Vec<_>>(), want);
    }

    #[test]
    fn parts_stand_beneath_their_whole() {
        check(
            &[("Ostby", None), ("Lenn", None), ("mill", Some("Lenn")), ("pier", Some("mill"))],
            &["Ostby", "Lenn", "└? mill", "└ └? pier"],
        );
        check(
            &[("bank", Some("the blasts")), ("Ostby", None), ("Lenn", None)],
            &["Ostby", "Lenn", "└? bank"],
        );
        check(&[("mill", Some("Lenn"))], &["mill, part of Lenn?"]);
    }

    #[test]
    fn circles_lose_nothing_and_nothing_is_a_part_of_itself() {
        let said = [("a", "b"), ("b", "a"), ("c", "c"), ("d", "a")];
        let rows: Vec<Listed> = said.iter().map(|(name, whole)| row(name, Some(whole))).collect();
        let placed = arranged(&rows, |_| Ok(None)).unwrap();
        let mut names: Vec<&str> = placed.iter().map(|one| one.row.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["a", "b", "c", "d"]);
        assert!(placed.iter().all(|one| one.row.name != "c" || !one.is_part()));
    }
}
